"""Sentences and clauses of Chinese prose, as spans of the text."""

import re
from typing import NamedTuple

from analysis.reading.marks import BRACKETS, CLOSING_QUOTES, QUOTES, STOPS, as_printed, match_brackets


class Span(NamedTuple):
    """A stretch of a text, ``start`` included and ``end`` not."""

    start: int
    end: int


def split_sentences(text: str) -> list[Span]:
    """Find the sentences of a paragraph; every character but white space is in exactly one of the spans.

    A sentence ends at 。！？ or …, with any closing quotation mark or bracket that follows; not inside brackets
    (《》 included), and not inside quotation marks unless the sentence ends with them. Marks that are opened and
    never closed are taken for ordinary characters. Straight quotation marks pair within a line as curly ones do; ．
    and ... end a sentence as 。 and … do (． within a line only where there is no 。).

    Parameters
    ----------
    text : str

    Returns
    -------
    list of (start, end)

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

    Parameters
    ----------
    text : str

    Returns
    -------
    list of (start, end)

    Examples
    --------
    >>> text = "聚焦堵点,打通链条;增长1,200亿元(含税,下同)。"
    >>> [text[a:b] for a, b in split_clauses(text)]
    ['聚焦堵点,', '打通链条;', '增长1,200亿元(含税,下同)。']
    """
    bracketed = _inside(text, BRACKETS)
    ends = set(_sentence_ends(text))
    for match in re.finditer(rf"[，,；;：:][{CLOSING_QUOTES}]*", text):
        i = match.start()
        in_number = text[i - 1 : i].isdigit() and text[i + 1 : i + 2].isdigit()
        if i not in bracketed and not in_number:
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
    text = as_printed(text)
    bracketed, quoted = _inside(text, BRACKETS), _inside(text, QUOTES)
    ends = []
    for match in re.finditer(f"[{STOPS}]+([{CLOSING_QUOTES}]*)", text):
        closes_quote, after = match[1], text[match.end() : match.end() + 1]
        if match.start() in bracketed or match.start() in quoted and not closes_quote:
            continue
        if not (closes_quote and after and after in "，,、；;的"):
            ends.append(match.end())
    return ends


def _inside(text: str, pairs: dict[str, str]) -> set[int]:
    """Return the places between marks of which both are in the text."""
    places: set[int] = set()
    reached = 0
    for start, end in sorted(match_brackets(text, pairs).closed):
        places.update(range(max(start, reached), end))
        reached = max(reached, end)
    return places
