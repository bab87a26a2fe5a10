"""Numbered lines: numerals, the manners of numbering in official documents, and headings."""

import re
from functools import lru_cache
from typing import NamedTuple

from analysis.reading.marks import match_brackets

NUMERAL = "[〇零一二三四五六七八九十百]{1,5}"
_COUNTED = "年月日时分秒个项家条件人次名位岁种类倍届级亿万千百十多余元吨公米平度点号线座所户只辆台套期批周天省市县区"
_SHORT = rf"(?=(?![{_COUNTED}])[\u4e00-\u9fff][^，,。；;：:]{{0,30}}$)"  # a few words and no more
# From the widest to the narrowest.
MANNERS = {
    "part": rf"第(?P<n>{NUMERAL})(?:编|篇|部分)",
    "subpart": rf"第(?P<n>{NUMERAL})分编",
    "chapter": rf"第(?P<n>{NUMERAL})章",
    "subchapter": rf"第(?P<n>{NUMERAL})节",
    "article": rf"第(?P<n>{NUMERAL})条",
    "section": rf"(?P<n>{NUMERAL})(?:、|$)",
    "subsection": rf"[（(](?P<n>{NUMERAL})[）)]",
    "ordinal": rf"第(?P<n>{NUMERAL})[、，,]",
    "decimal": rf"(?P<n>\d{{1,2}})(?:[ \u3000]+(?![万亿千百个年月日元])(?=[\u4e00-\u9fff])|{_SHORT})",
    "item": r"(?P<n>\d{1,2})[.．、](?!\d)",
    "decimal of two": rf"\d{{1,2}}[.．](?P<n>\d{{1,2}})(?:[ \u3000]+|{_SHORT})(?![.．\d])",
    "decimal of three": rf"\d{{1,2}}[.．]\d{{1,2}}[.．](?P<n>\d{{1,2}})(?:[ \u3000]+|{_SHORT})(?![.．\d])",
    "subitem": r"[（(](?P<n>\d{1,2})[）)]",
    "circled": r"(?P<n>[①-⑳])",
}
_PATTERNS = {manner: re.compile(pattern) for manner, pattern in MANNERS.items()}
_OPENS = re.compile(r"[第（(①-⑳〇零一二三四五六七八九十百\d]")
LONGEST_HEADING = 48  # characters; headings of the national reports reach 44
UNFINISHED = re.compile(
    r"(?:关于|对于|基于|应当|已经|、|(?<!目)的|(?<!参)与|(?<![共饱温缓总])和|(?<![以涉普])及|(?<!求)是)$"
)
_DIGITS = {"〇": 0} | {digit: value for value, digit in enumerate("零一二三四五六七八九")}
_TENS = {"十": 10, "百": 100}
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


class Number(NamedTuple):
    """How a line is numbered, and its number."""

    manner: str
    value: int


def read_numeral(numeral: str) -> int:
    """Read a numeral below one thousand, in Chinese or in digits."""
    if numeral.isdecimal():
        return int(numeral)
    if numeral in _CIRCLED:
        return _CIRCLED.index(numeral) + 1
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
    if _OPENS.match(line):
        for manner, pattern in _PATTERNS.items():
            if match := pattern.match(line):
                return Number(manner, read_numeral(match["n"]))
    return None


def is_numbered_heading(line: str) -> bool:
    """Say whether a line is a heading by its number: short, whole, and not a sentence; nor the article of a law."""
    number = numbering(line)
    if len(line) > LONGEST_HEADING or number is None or number.manner == "article":
        return False
    has_stop = re.search(r"[。；;！!？?…]|[，,、：:]$|(?<!\d)．$", line)
    return not (has_stop or UNFINISHED.search(line) or match_brackets(line).unclosed)
