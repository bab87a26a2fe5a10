"""Evidence, as a sum of log-odds, at the seam between two blocks of a page: one paragraph or two?"""

import functools
import re
from collections.abc import Iterator
from typing import NamedTuple

from analysis.reading.marks import ends_sentence, match_brackets
from analysis.reading.numbering import UNFINISHED, is_numbered_heading, numbering
from analysis.restoration.blocks import fold_width, is_note
from analysis.restoration.characters import doubling_is_odd, opening_scores, pair_score, shared_rarity, word_across

LONGEST_OVERLAP = 4
_CLOSED = -7.0
_ALIKE = (0.3, -1.3, -2.2)
_WORD, _PAIR, _LIST, _SHARED_VOCABULARY = 1.1, 0.75, 0.6, 0.06  # log-odds, as all of these weights
_OFFSET, _OPENING_CHARACTER, _OPENING_PAIR = -0.4, -0.85, -0.33
_LEAD_OPENING = (
    r"“?十[一二三四五]五”?|20\d\d年|当前|近年来|习近平|党的|党中央|为(?!了)|今年|过去|一年来|五年来|这五年"
    r"|未来|根据|按照|实现上述|综合考虑|站在|围绕|我们|在[^，,。]{2,12}[中时][，,]"
)
_NEW_SENTENCE = (
    r"[一二三四五六七八九十]{1,3}是|其次|此外|总之|同时[，,]|各位|实践证明|需要[^，,。]{0,10}说明"
    r"|[^，,。；;：:、]{0,10}的同时[，,]"
)
_LEADER = r"(?:习近平|党的|党中央|中央|国务院|总书记)[^，,。]{0,16}(?:指出|提出|强调|要求|明确|部署|召开)[，,:：]"
_LEAD_ENDING = r"(?:(?:如下|以下)[^。，,]{0,12}[。：:]?|[做抓]好[^。，,]{0,12}(?:工作|任务)[。：:]|审[查议]。)$"
_SHAPES = {
    re.compile(r"[^，,。；;：:、]{8,18}。."): -1.05,  # a topic sentence
    re.compile(r"[^，,。；;：:、]{1,5}。"): 1.4,  # the rest of a sentence
    re.compile(_LEAD_OPENING): -1.7,
    re.compile(_NEW_SENTENCE): -2.5,
    re.compile(_LEADER): -1.8,  # quotes one
    re.compile("(?s).*" + _LEAD_ENDING): -1.5,
    re.compile(r"(?s).*[：:]$|[^，,。；;：:、]{2,20}[是为][:：]"): -2.0,  # announces a list
    re.compile("[的地得了和与及等并或之]"): 1.5,  # goes on
    re.compile(r"[^，,。；;：:、]{2,18}是"): -1.8,  # a copula
}
_PREPOSITION = re.compile(r"围绕|在(?!于)|对(?!外)|从|通过|根据|按照|以(?!及)|随着|为(?:了|进一步)")


class Seam(NamedTuple):
    """How well one block continues another."""

    score: float  # log-odds; above zero, they are one paragraph
    overlap: int  # characters printed twice
    evidence: tuple[str, ...]


def seam(first: str, second: str, headings: float = 2.5, alike: int = 0) -> Seam:
    """Score the hypothesis that ``second`` continues the paragraph of ``first``.

    ``headings`` are the log-odds that a block numbered like ``first``, and without a full stop, is unfinished.
    ``alike`` says how many other paragraphs of the page open with the first two characters of ``second``.
    """
    openness, evidence = _openness(first, headings)
    if openness <= _CLOSED:
        return Seam(openness, 0, ())
    overlap = overlap_length(first, second)
    remainder = second[overlap:]
    freshness = _freshness(second) + _ALIKE[min(alike, len(_ALIKE) - 1)]
    score = openness + freshness * (0.3 if overlap > 1 else 1.0)
    for value, words in _evidence(first, second[:overlap], remainder):
        score += value
        evidence += (words,) if words else ()
    return Seam(round(score, 3), overlap, evidence)


def overlap_length(first: str, second: str) -> int:
    """How many characters (at most four) are printed on both sides of a seam.

    A single character counts only if doubling it would be odd; digits only if they make more than a year.
    """
    left, right = fold_width(first), fold_width(second)
    for length in range(min(LONGEST_OVERLAP, len(left), len(right) - 1), 0, -1):
        shared = right[:length]
        if left.endswith(shared) and _is_printed_twice(left, right, shared):
            return length
    return 0


def _is_printed_twice(left: str, right: str, shared: str) -> bool:
    if len(shared) == 1:
        return "\u4e00" <= shared <= "\u9fff" and doubling_is_odd(left, right, shared)
    if shared.isdigit():
        before, after = re.sub(r"(?s).*\D", "", left), re.sub(r"(?s)\D.*", "", right)
        return len(before + after) > 4
    return True


@functools.lru_cache(maxsize=4096)
def _openness(block: str, headings: float) -> tuple[float, tuple[str, ...]]:
    """Log-odds that a block stops before its paragraph ends."""
    last = block[-1]
    if is_note(block) or ends_sentence(block):
        return -12.0, ()
    unclosed = match_brackets(block).unclosed
    if unclosed:
        return 9.0, (f"the first block leaves {unclosed[-1]} open",)
    if last in "，,、":
        return 10.0, (f"the first block stops at a comma ({last})",)
    if is_numbered_heading(block):
        number = numbering(block)
        return (-9.0 if number and number.manner == "section" else headings), ()
    if last in "：:；;":
        return (-7.0 if last in "：:" else -4.0), ()
    if last in "）)":  # after the full stop it names who is in charge: it ends the paragraph
        start = max(block.rfind("（"), block.rfind("("))
        return (-12.0 if start > 0 and block[start - 1] in "。！？；;”" else 1.0 - 0.3 * (len(block) - start)), ()
    if not re.search(r"[，,。；;、]", block) and len(block) <= 40:
        # A few words without any punctuation may be a subheading; the shorter, the likelier.
        odds = 0.15 * len(block) - 2.5 + 2.5 * bool(_PREPOSITION.match(block))
        return (6.0 if UNFINISHED.search(block) else odds), ("the first block has no full stop",)
    if block.startswith("—") and "。" not in block:
        return -4.0, ()
    whole_sentences = "。" in block or len(block) > 45
    return (7.0 if whole_sentences else 5.0), ("the first block stops in mid-sentence",)


@functools.lru_cache(maxsize=4096)
def _freshness(block: str) -> float:
    """Log-odds that a block is the rest of a paragraph, from its own beginning and end."""
    if numbering(block) or is_note(block) or block.startswith("——"):
        return -9.0
    if block[0] in "，,、。；;：:！!？?%％”’）)》」』":
        return 9.0
    character, pair = opening_scores(block)
    shapes = sum(weight for pattern, weight in _SHAPES.items() if pattern.match(block))
    return _OFFSET + _OPENING_CHARACTER * character + _OPENING_PAIR * pair + shapes


def _evidence(first: str, shared: str, second: str) -> Iterator[tuple[float, str]]:
    """Log-odds of what stands on the two sides of a break, ``shared`` on both, with words for the reader."""
    if shared:
        yield (7.0 if len(shared) > 1 else 1.5), f"“{shared}” is printed on both sides of the break"
    opened, closed = match_brackets(first).unclosed, match_brackets(second).unopened
    if opened and closed:
        yield 5.0, f"the second block closes {opened[-1]} with {closed[0]}"
    elif opened or closed:
        yield -3.0, ""
    gain, word = word_across(first, second)
    yield _WORD * max(-4.0, min(6.0, gain)), f"“{word}” is a word across the break" if word and gain > 0 else ""
    pair = pair_score(first, second)
    yield _PAIR * pair, f"“{first[-1]}{second[0]}” is a common pair" if pair > 4 else ""
    # A list with 、 goes on with another item, or with 等, 和 or 及.
    if first[-1] == "、" and re.match(r"[^，,。；;：:、]*、|[^，,。；;：:、]{0,11}[等和及]", second):
        yield _LIST, "the list with 、 goes on"
    yield _SHARED_VOCABULARY * shared_rarity(first[-200:], second[:120]), ""
