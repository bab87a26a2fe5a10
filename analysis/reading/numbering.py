"""Numbered lines: numerals, the manners of numbering in official documents, and headings."""

import re
from functools import lru_cache
from typing import NamedTuple

from analysis.reading.marks import match_brackets

NUMERAL = "[〇零一二三四五六七八九十百]{1,5}"
# From the widest to the narrowest.
MANNERS = {
    "part": rf"第(?P<n>{NUMERAL})(?:编|部分)",
    "chapter": rf"第(?P<n>{NUMERAL})章",
    "subchapter": rf"第(?P<n>{NUMERAL})节",
    "section": rf"(?P<n>{NUMERAL})(?:、|$)",
    "subsection": rf"[（(](?P<n>{NUMERAL})[）)]",
    "ordinal": rf"第(?P<n>{NUMERAL})[、，,]",
    "item": r"(?P<n>\d{1,2})[.．、](?!\d)",
    "subitem": r"[（(](?P<n>\d{1,2})[）)]",
}
LONGEST_HEADING = 48  # characters; headings of the national reports reach 44
UNFINISHED = re.compile(r"(?:关于|对于|基于|应当|已经|[的、]|(?<!参)与|(?<![共饱温缓总])和|(?<![以涉普])及|(?<!求)是)$")
_DIGITS = {"〇": 0} | {digit: value for value, digit in enumerate("零一二三四五六七八九")}
_TENS = {"十": 10, "百": 100}


class Number(NamedTuple):
    """How a line is numbered, and its number."""

    manner: str
    value: int


def read_numeral(numeral: str) -> int:
    """Read a numeral below one thousand, in Chinese or in digits."""
    if numeral.isdecimal():
        return int(numeral)
    total = digit = 0
    for character in numeral:
        if character in _TENS:
            total += (digit or 1) * _TENS[character]
            digit = 0
        else:
            digit = _DIGITS[character]
    return total + digit


@lru_cache(maxsize=4096)  # the blocks of a page are asked for again and again
def numbering(line: str) -> Number | None:
    """Return the manner and the number with which a line opens, or None."""
    for manner, pattern in MANNERS.items():
        match = re.match(pattern, line)
        if match:
            return Number(manner, read_numeral(match["n"]))
    return None


def is_numbered_heading(line: str) -> bool:
    """Say whether a line is a heading by its number: short, whole, and not a sentence."""
    if len(line) > LONGEST_HEADING or numbering(line) is None:
        return False
    has_stop = re.search(r"[。；;！!？?…]|[，,、：:]$", line)
    return not (has_stop or UNFINISHED.search(line) or match_brackets(line).unclosed)
