"""Evidence, as a sum of log-odds, at the seam between two blocks of a page: one paragraph or two?"""

import functools
import re
from typing import NamedTuple

from analysis.reading.marks import ends_sentence, match_brackets
from analysis.reading.numbering import UNFINISHED, is_numbered_heading, numbering
from analysis.restoration.blocks import fold_width, is_note
from analysis.restoration.openings import pair_evidence, rest_evidence

OVERLAPS = (4, 3, 2)  # characters that a page may print twice at a break
_CLOSED = -7.0
_PRINTED_TWICE = 7.0  # log-odds
_ALIKE = (0.3, -1.3, -2.2)  # log-odds, by how many other paragraphs open with the same two characters
LONGEST_SUBHEAD = 30
_LONGEST_BARE, _SHORTEST_BROKEN, _SHORTEST_PART = 40, 20, 8
_UNPRINTED = re.compile(r"(?:[\ue000-\uf8ff\u200b-\u200f\ufeff\s①-⑳¹²³]|[［\[]\d{1,3}[］\]])+$")  # or a footnote's mark
_PUNCTUATED = re.compile(r"[，,。；;、]|[a-z)][.!?]\s+[A-Z]")
_UNFINISHED_LATIN = re.compile(r"\b(?:and|or|of|the|an?|to|in|on|for|with|by|that|is|are)$")


class Seam(NamedTuple):
    """How well one block continues another."""

    score: float  # log-odds; above zero, they are one paragraph
    overlap: int  # characters printed twice
    evidence: tuple[str, ...]


def seam(
    first: str, second: str, *, headings: float = 2.5, subheads: bool = True, alike: int = 0, typical: float = 120.0
) -> Seam:
    """Score the hypothesis that ``second`` continues the paragraph of ``first``.

    ``headings`` are the log-odds that a block numbered like ``first``, and without a full stop, is unfinished.
    ``subheads`` says that the page may have headings without a number.
    ``alike`` says how many other paragraphs of the page open with the first two characters of ``second``, ``typical``
    how long its paragraphs are. Characters count as printed twice only where the two are one paragraph without that,
    too: a heading's last word may open its paragraph.
    """
    openness, words = _openness(first, headings, subheads)
    if openness <= _CLOSED:
        return Seam(openness, 0, ())
    rest = rest_evidence(second, typical) + _ALIKE[min(alike, len(_ALIKE) - 1)]
    overlap = overlap_length(first, second) if openness + rest > 0 else 0
    if overlap:
        words += (f"“{second[:overlap]}” is printed on both sides of the break",)
    pair, reasons = pair_evidence(first, second[overlap:])
    score = openness + rest + pair + _PRINTED_TWICE * (overlap > 0)
    return Seam(round(score, 3), overlap, words + reasons)


def overlap_length(first: str, second: str) -> int:
    """How many characters (two to four) are printed on both sides of a seam; digits only if more than a year."""
    left, right = fold_width(first), fold_width(second)
    for length in OVERLAPS:
        shared = right[:length]
        if len(shared) == length < len(right) and left.endswith(shared) and _is_printed_twice(left, right, shared):
            return length
    return 0


def _is_printed_twice(left: str, right: str, shared: str) -> bool:
    if shared.isdigit():
        before, after = re.sub(r"(?s).*\D", "", left), re.sub(r"(?s)\D.*", "", right)
        return len(before + after) > 4
    return True


@functools.lru_cache(maxsize=4096)
def _openness(block: str, headings: float, subheads: bool) -> tuple[float, tuple[str, ...]]:
    """Log-odds that a block stops before its paragraph ends."""
    block = _UNPRINTED.sub("", block) or block
    last = block[-1]
    if is_note(block) or ends_sentence(block, also="．") or re.search(r"[A-Za-z)\d]\.[”’\"')]*$", block):
        return -12.0, ()
    if len(block) < _SHORTEST_PART or last in "：:":
        return _CLOSED, ()
    if last in "；;":
        return -4.0, ()
    unclosed = match_brackets(block).unclosed
    if unclosed:
        return 9.0, (f"the first block leaves {unclosed[-1]} open",)
    if last in "，,、":
        return 10.0, (f"the first block stops at a comma ({last})",)
    if is_numbered_heading(block):
        number = numbering(block)
        return (-9.0 if number and number.manner == "section" else headings), ()
    if last in "）)":  # after the full stop it names who is in charge: it ends the paragraph
        start = max(block.rfind("（"), block.rfind("("))
        return (-12.0 if start > 0 and block[start - 1] in "。！？；;”" else 1.0 - 0.3 * (len(block) - start)), ()
    bare = not _PUNCTUATED.search(block) and len(block) <= _LONGEST_BARE
    short = bare and len(block) <= _SHORTEST_BROKEN and last == "的"  # a heading may end so
    if not short and (UNFINISHED.search(block) or _UNFINISHED_LATIN.search(block)):
        return 6.0, (f"the first block stops at “{block.split()[-1][-3:]}”",)
    line = bare or len(block) <= LONGEST_SUBHEAD and not re.search("[。！？]", block)
    if subheads and line or short or block[0] in "—―" and "。" not in block:
        return _CLOSED, ()  # a subheading, a cell, a name: nothing says that it goes on
    words = ("the first block stops in mid-sentence",)
    if re.search(r"[。！？]|[a-z)][.!?]\s+[A-Z]", block):
        return 7.0, words
    # Without a full stop it may be a heading, the shorter the likelier where there are others.
    return min(1.5, (len(block) - (_LONGEST_BARE if subheads else _SHORTEST_BROKEN)) / 8), words
