"""Sentences and clauses of Chinese prose, as spans of the text."""

import re
from typing import NamedTuple

FINAL = "。！？!?…"
OPENING, CLOSING = "（(《〈【[", "）)》〉】]"
CLOSING_QUOTES = '”’」』"'


class Span(NamedTuple):
    """A stretch of a text, ``start`` included and ``end`` not."""

    start: int
    end: int


def split_sentences(text: str) -> list[Span]:
    """Find the sentences of a paragraph.

    A sentence ends at 。！？ or …, with any closing quotation mark or bracket that follows; not
    inside brackets (《》 included), and not inside quotation marks unless the sentence ends with
    them. Marks that are opened and never closed are taken for ordinary characters.

    Returns
    -------
    list of Span
        Every character but white space is in exactly one of them.

    Examples
    --------
    >>> text = "他说:“好。”再看(见上。)吧。走"
    >>> [text[a:b] for a, b in split_sentences(text)]
    ['他说:“好。”', '再看(见上。)吧。', '走']
    """
    return _split(text, _sentence_ends(text))


def split_clauses(text: str) -> list[Span]:
    """Find the clauses of a sentence: cut at full- and half-width ，；：and at sentence ends.

    Not inside brackets, not at 、, and not between digits (``1,234``, ``12:30``).

    Examples
    --------
    >>> text = "聚焦堵点,打通链条;增长1,200亿元(含税,下同)。"
    >>> [text[a:b] for a, b in split_clauses(text)]
    ['聚焦堵点,', '打通链条;', '增长1,200亿元(含税,下同)。']
    """
    depth = _bracket_depth(text)
    ends = set(_sentence_ends(text))
    for match in re.finditer(rf"[，,；;：:][{CLOSING_QUOTES}]*", text):
        i = match.start()
        in_number = text[i - 1 : i].isdigit() and text[i + 1 : i + 2].isdigit()
        if not depth[i] and not in_number:
            ends.add(match.end())
    return _split(text, sorted(ends))


def _split(text: str, ends: list[int]) -> list[Span]:
    spans, start = [], 0
    for end in [*ends, len(text)]:
        piece = text[start:end]
        if piece.strip():
            left = start + len(piece) - len(piece.lstrip())
            spans.append(Span(left, start + len(piece.rstrip())))
        start = max(start, end)
    return spans


def _sentence_ends(text: str) -> list[int]:
    depth, quoted = _bracket_depth(text), _quoted(text)
    ends = []
    for match in re.finditer(f"[{FINAL}]+([{CLOSING_QUOTES}]*)", text):
        closes_quote, after = match[1], text[match.end() : match.end() + 1]
        if depth[match.start()] or quoted[match.start()] and not closes_quote:
            continue
        if not (closes_quote and after and after in "，,、；;的"):
            ends.append(match.end())
    return ends


def _bracket_depth(text: str) -> list[int]:
    """Count, at each character, the brackets around it that are closed in the text."""
    pairs = dict(zip(CLOSING, OPENING, strict=True))
    change = [0] * (len(text) + 1)
    stack: list[tuple[str, int]] = []
    for i, character in enumerate(text):
        if character in OPENING:
            stack.append((character, i))
        elif character in CLOSING:
            matching = [k for k, (mark, _) in enumerate(stack) if mark == pairs[character]]
            if matching:
                change[stack[matching[-1]][1]] += 1
                change[i + 1] -= 1
                del stack[matching[-1] :]
    total, depth = 0, []
    for step in change[:-1]:
        total += step
        depth.append(total)
    return depth


def _quoted(text: str) -> list[bool]:
    """Tell, for each character, whether it stands in quotation marks that are closed."""
    inside = [False] * len(text)
    for opening, closing in ("“”", "‘’", "「」", "『』"):
        for match in re.finditer(f"{opening}[^{opening}{closing}]*{closing}", text):
            inside[match.start() : match.end()] = [True] * (match.end() - match.start())
    return inside
