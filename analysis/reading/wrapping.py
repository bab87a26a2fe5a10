"""Line ends and spaces that a printer, a mail program or an OCR set inside Chinese paragraphs.

Evidence is the same for both: in Chinese prose nobody sets a space or ends a line inside a word. Where a quarter of
such places part two characters that are a word of jieba's dictionary, they are not the author's. Measured on
reports and laws: at the ends of paragraphs, in lists and between the words of segmented text it is one in ten. A
line that begins with a mark such as ， tells the same, and so do four wide lines of one width without a stop.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from typing import NamedTuple

from analysis.reading.marks import CLOSING, STOPS, ends_sentence
from analysis.reading.names import is_word
from analysis.reading.numbering import is_numbered_heading, numbering

TORN = 0.25
NARROW = 32  # columns
HAN = "\u3400-\u9fff"
_WIDE = f"{HAN}\u3001-\u303f\uff01-\uff65“”‘’…—"
_BLANK = "[ \xa0]"  # an ideographic space is the author's
_GAP = re.compile(f"(?<=[{HAN}]){_BLANK}(?=[{HAN}])")
# A space behind or before a Chinese character or mark, unless a Latin letter is on its other side.
_CLOSED_UP = re.compile(f"(?<=[{_WIDE}]){_BLANK}(?=[{_WIDE},.;:!?)\\d])|(?<=[,.;:!?(\\d]){_BLANK}(?=[{_WIDE}])")
_STOP = re.compile("[，。；、]")
_SINGLES = re.compile(rf"\s*\S(?:{_BLANK}\S)+\s*")
_INDENT = re.compile("\u3000| {2}|\t|\xa0")
_NEVER_FIRST = rf"{CLOSING}{STOPS}，、；：,.;:％%"
_TOKEN = re.compile(rf"[!-~]+|[^\s!-~][{_NEVER_FIRST}]*")


class Wrapping(NamedTuple):
    """The width at which lines were wrapped, how it is measured, how many words it tears, and how many lines
    are as wide as can be."""

    torn: int
    exact: int
    width: int
    measure: Callable[[str], int]


def join_lines(before: str, after: str) -> str:
    """Join two lines, with a space between two words in Latin letters but none in a number."""
    words = re.search(r"[A-Za-z][,.;:!?)]?$", before) and re.match("[A-Za-z0-9(]", after)
    unit = re.search("[0-9]$", before) and re.match("[A-Za-z]", after)
    return f"{before} {after}" if words or unit else before + after


def unwrap(text: str) -> tuple[str, list[str]]:
    """Take line ends and spaces that stand inside Chinese paragraphs out, and say what was done."""
    text = re.sub("\r\n?", "\n", text)
    text, spaces = _without_spaces(text)
    text, ends = _without_line_ends(text)
    done = []
    if spaces:
        done.append(f"{spaces} spaces between Chinese characters were taken out, as OCR sets them")
    if ends:
        done.append(f"{ends} line ends inside paragraphs were taken out, since lines of equal width tear words")
    return text, done


def _is_word(before: str, after: str) -> bool:
    return is_word(before + after)


def _without_spaces(text: str) -> tuple[str, int]:
    """Close up lines of prose whose spaces tear words, and lines of single characters beside them."""
    lines = text.split("\n")
    prose = [line for line in lines if _STOP.search(line)]
    gaps = sum(len(_gaps(line)) for line in prose)
    torn = sum(map(_torn, prose)) if gaps > 3 else 0
    if torn < 3 or torn < TORN * gaps:
        return text, 0
    closed = [_closed_up(line) for line in lines]
    return "\n".join(closed), sum(map(len, lines)) - sum(map(len, closed))


def _closed_up(line: str) -> str:
    if _SINGLES.fullmatch(line):
        return re.sub(rf"(?<=\S){_BLANK}(?=\S)", "", line)
    gaps = len(_gaps(line))
    prose = _STOP.search(line) or gaps > 2 and _torn(line) >= TORN * gaps
    return _CLOSED_UP.sub("", line) if prose else line


def _torn(line: str) -> int:
    """Count the spaces in a line that part the two characters of a word."""
    return sum(_is_word(line[place - 1], line[place + 1]) for place in _gaps(line))


def _gaps(line: str) -> list[int]:
    """Return the places of spaces between Chinese characters, the one behind the line's number apart."""
    number = re.match(r"\s*\S{1,8}\s", line) if numbering(line.lstrip()) else None
    return [
        gap.start()
        for gap in _GAP.finditer(line, number.end() - 1 if number else 0)
        if not number or gap.start() >= number.end()
    ]


def _columns(line: str) -> int:
    """Count a wide character twice, as a terminal and most printers do."""
    return sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in line)


def _without_line_ends(text: str) -> tuple[str, int]:
    lines = [line.rstrip() for line in text.split("\n")]
    pairs = [(a, b) for a, b in pairwise(lines) if a and b]
    spread = False
    if len(pairs) * 4 < sum(map(bool, lines)):  # a blank line after each: a web page with a paragraph for each line
        lines, spread = [line for line in lines if line], True
        pairs = list(pairwise(lines))
    wrapping = _wrapping(pairs, least=8 if spread else 2)
    if wrapping is None:
        return text, 0
    joined: list[str] = []
    last = ""
    for line in lines:
        if joined and last and line and _goes_on(last, line, wrapping):
            joined[-1] = join_lines(joined[-1], line.lstrip())
        else:
            joined.append(line)
        last = line
    return ("\n\n" if spread else "\n").join(joined), len(lines) - len(joined)


def _wrapping(pairs: list[tuple[str, str]], least: int) -> Wrapping | None:
    """Find the width at which lines tear words, if there is one."""
    candidates = (_measured(pairs, measure) for measure in (_columns, len))
    best = max((found for found in candidates if found), key=lambda found: (found.torn, found.exact), default=None)
    return best if best and best.torn >= least else None


def _measured(pairs: list[tuple[str, str]], measure: Callable[[str], int]) -> Wrapping | None:
    inside = [(a, b) for a, b in pairs if not (ends_sentence(a) or _begins(b) or re.search(r"\S(?: {2}|\t)", a))]
    widths = Counter(measure(a) for a, _ in inside)
    if not widths:
        return None
    # Lines are a character or two shorter where a mark may not begin the next.
    width = max(widths, key=lambda width: (sum(widths[w] for w in range(width - 4, width + 1)), -width))
    full = [(a, b) for a, b in inside if width - 4 <= measure(a) <= width]
    ends = [(a, b) for a, b in full if re.search(f"[{HAN}]$", a) and re.match(f"[{HAN}]", b)]
    marks = sum(re.match(f"[{_NEVER_FIRST}]", b) is not None for _, b in full)
    torn = marks + sum(_is_word(a[-1], b[0]) for a, b in ends)
    exact = widths[width] + widths[width - 1]
    narrow = width < (NARROW if measure is _columns else NARROW // 2)
    usual = torn >= (0.4 if narrow else TORN) * (len(ends) + marks)
    # Lists have a few lines of one width, but not wide ones, and not nearly all.
    even = exact >= 4 and exact * 4 >= len(inside) * 3 and width >= (1.5 if measure is _columns else 0.75) * NARROW
    if len(full) * 2 <= len(inside) or not (usual or even):
        return None
    return Wrapping(torn if usual else max(torn, exact), exact, width, measure)


def _begins(line: str) -> bool:
    """Say whether a line begins a paragraph by its indent or its number."""
    return bool(_INDENT.match(line)) or numbering(line) is not None


def _goes_on(last: str, line: str, wrapping: Wrapping) -> bool:
    """Say whether the first word of a line had no room on the last, or no line may begin with it."""
    token = _TOKEN.match(line)
    room = wrapping.width - wrapping.measure(last + (token[0] if token else ""))
    if _INDENT.match(line) or ends_sentence(last, also="；：") and (room >= 0 or numbering(line)):
        return False
    if room < 0 or re.match(f"[{_NEVER_FIRST}]", line):
        return True
    # The last character of a line may have gone to the next with a mark that must not begin it.
    return room < wrapping.measure(line[0]) and not is_numbered_heading(line)
