"""Evidence, in log-odds, that a block is the rest of a paragraph, or a lead; and that two blocks meet in one sentence.

The weights were set on pages and articles apart from those that are reported (``scripts/measure_documents.py``).
"""

import functools
import math
import re

from analysis._jieba import read_dictionary
from analysis.reading.marks import ends_sentence, match_brackets
from analysis.reading.numbering import numbering
from analysis.restoration.blocks import fold_width, is_note
from analysis.restoration.characters import opening_scores, pair_score, shared_rarity, word_across

_SURE = 9.0
_MARKED = re.compile(r"——|[［\[【*†‡①-⑳·■●◆□]|\d{1,3}[ \u3000]")  # a footnote, a reference, a line of its own
_OFFSET, _CHARACTER, _PAIR_OF_CHARACTERS, _LENGTH = -0.4, -0.85, -0.33, -0.5
_MOST_LENGTH = 1.2  # what a block is longer or shorter than others counts up to this factor of e
_LEAD = (
    r"“?十[一二三四五]五”?|(?:19|20)\d\d年|当前|习近平|党的|党中央|为(?!了)|今年|过去|这五年|未来"
    r"|根据|按照|实现上述|综合考虑|站在|围绕|我们|在[^，,。]{2,12}[中时][，,]"
)
_SINCE = r"[^，,。；;：:、]{0,12}(?:以来|年来|时期|之际|关头)[，,]|[^，,。；;：:、]{1,24}[（(](?:以下)?简称"
_NEW_SENTENCE = (
    r"[一二三四五六七八九十]{1,3}是|其次|此外|总之|同时[，,]|各位|实践证明|需要[^，,。]{0,10}说明"
    r"|[^，,。；;：:、]{0,10}的同时[，,]"
)
_LEADER = r"(?:习近平|党的|党中央|中央|国务院|总书记)[^，,。]{0,16}(?:指出|提出|强调|要求|明确|部署|召开)[，,:：]"
_LEAD_ENDING = r"(?:(?:如下|以下)[^。，,]{0,12}[。：:]?|[做抓]好[^。，,]{0,12}(?:工作|任务)[。：:]|审[查议]。)$"
_SHAPES = {
    re.compile(r"[^，,。；;：:、]{8,18}。."): -1.05,  # a topic sentence
    re.compile(r"[^，,。；;：:、]{1,5}。"): 1.4,  # the rest of a sentence
    re.compile(_LEAD): -1.7,
    re.compile(_SINCE): -2.7,
    re.compile(_NEW_SENTENCE): -2.5,
    re.compile(_LEADER): -1.8,  # quotes one
    re.compile("(?s).*" + _LEAD_ENDING): -1.5,
    re.compile(r"(?s).*[：:]$|[^，,。；;：:、]{2,20}[是为][:：]"): -2.0,  # announces a list
    re.compile("[的地得了和与及等并或之]"): 1.5,  # goes on
    re.compile(r"[^，,。；;：:、]{2,18}是"): -1.8,  # a copula
    re.compile("[a-z]"): 3.0,  # Latin text goes on in small letters
    re.compile("[A-Z][A-Za-z]*[ ,.]"): -6.0,
    re.compile(r"[^，,。；;、！？!?.]{1,40}(?<![：:])$"): -_SURE,
    re.compile(
        r"(?s).{1,40}(?<![。；;！？!?.”’）),，、：:])$"
    ): -3.0,  # or ends in mid-sentence, and is long  # a rest has a stop, or at least a comma
}
_WORD, _COMMON_PAIR, _SHARED_VOCABULARY, _LIST, _ALIKE = 0.46, 0.82, 0.15, 0.85, 0.5
_SHORT_LEAD = 60  # characters


@functools.lru_cache(maxsize=4096)
def rest_evidence(block: str, typical: float) -> float:
    """Log-odds that a block is the rest of a paragraph; ``typical`` is the length of the paragraphs around it."""
    if numbering(block) or is_note(block) or _MARKED.match(block):
        return -_SURE
    if block[0] in "，,、。；;：:！!？?%％”’）)》」』":
        return _SURE
    character, pair = opening_scores(block)
    shapes = sum(weight for pattern, weight in _SHAPES.items() if pattern.match(block))
    length = max(-_MOST_LENGTH, min(_MOST_LENGTH, math.log(len(block) / typical)))
    return _OFFSET + _CHARACTER * character + _PAIR_OF_CHARACTERS * pair + _LENGTH * length + shapes


def lead_evidence(block: str, typical: float) -> float:
    """Log-odds that a block is a lead printed elsewhere: whole, not short, and opening a paragraph."""
    if not ends_sentence(block, also="：:"):
        return -_SURE
    return -rest_evidence(block, typical) - max(0.0, _SHORT_LEAD - len(block)) / 6


def pair_evidence(first: str, second: str) -> tuple[float, tuple[str, ...]]:
    """Log-odds that two texts meet in one sentence, with words for the reader."""
    odds, reasons = _brackets(first, second)
    gain, word = word_across(first, second)
    pair = 0.0 if first[-1].isascii() and second[0].isascii() else pair_score(first, second)
    odds += _WORD * max(-4.0, min(6.0, gain)) + _COMMON_PAIR * pair
    odds += _SHARED_VOCABULARY * shared_rarity(first[-200:], second[:40]) + _goes_on(first, second)
    reasons += (f"“{word}” is a word across the break",) if word and gain > 0 else ()
    reasons += (f"“{first[-1]}{second[0]}” is a common pair",) if pair > 4 else ()
    return odds, reasons


def _brackets(first: str, second: str) -> tuple[float, tuple[str, ...]]:
    opened, closed = match_brackets(first).unclosed, match_brackets(second).unopened
    if opened and closed:
        return 5.0, (f"the second block closes {opened[-1]} with {closed[0]}",)
    return (-3.0 if opened or closed else 0.0), ()


def _goes_on(first: str, second: str) -> float:
    """A list with 、 goes on with another item, or with 等, 和 or 及; a clause often opens as the one before it."""
    left, right = fold_width(first), fold_width(second)
    if left[-1] == "、":
        return _LIST * bool(re.match(r"[^,。;:、]*、|[^,。;:、]{0,11}[等和及]", right))
    if left[-1] == ",":
        return _ALIKE * (_first_tag(re.split("[,。;:]", left[:-1])[-1]) == _first_tag(right))
    return 0.0


def _first_tag(text: str) -> str:
    """The part of speech of the longest word of the dictionary that a text opens with."""
    dictionary = read_dictionary()
    word = next((text[:n] for n in (4, 3, 2, 1) if text[:n] in dictionary), "")
    return dictionary[word][1][0] if word else ""
