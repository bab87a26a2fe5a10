"""Automatic numbers of Word files, as Word shows them: 一、, （一）, 第一条, 1.1 (ECMA-376, part 1, 17.9)."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from analysis.reading.symbols import symbol_font
from analysis.reading.word.parts import child, children, flag, short, value

DIGITS = "零一二三四五六七八九"
FORMAL = {"simplified": ("零壹贰叁肆伍陆柒捌玖", "拾佰仟万"), "traditional": ("零壹貳參肆伍陸柒捌玖", "拾佰仟萬")}
# Characters one after the other, the first for 1; beyond the last, digits are written.
ROWS = {
    "decimalEnclosedCircle": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
    "decimalEnclosedParen": "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇",
    "decimalEnclosedFullstop": "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛",
    "ideographEnclosedCircle": "㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩",
    "ideographTraditional": "甲乙丙丁戊己庚辛壬癸",
    "ideographZodiac": "子丑寅卯辰巳午未申酉戌亥",
}
ROWS["decimalEnclosedCircleChinese"] = ROWS["decimalEnclosedCircle"]
ROMAN = {1000: "m", 900: "cm", 500: "d", 400: "cd", 100: "c", 90: "xc", 50: "l", 40: "xl", 10: "x", 9: "ix"}
ROMAN |= {5: "v", 4: "iv", 1: "i"}
LONGEST = 99  # characters of a number; Word has 31
LARGEST = 32_767  # of numbers that are written in other signs than digits
NO_SPACE_AFTER = "、，。．：；）】》〉」』—"
WORDS = re.compile(r"[\u3400-\u9fff]|\w\w")


@dataclass
class Level:
    """One level of a list."""

    start: int = 0
    format: str = "decimal"
    text: str = ""
    between: str = "tab"
    restart: int | None = None
    legal: bool = False
    hidden: bool = False
    style: str = ""
    font: str = ""


@dataclass
class List:
    """A list that paragraphs refer to: its levels, and where its numbers start anew when first used."""

    abstract: str
    levels: dict[int, Level]
    starts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """The lists of a file, and how far each has counted."""

    def __init__(self, root, styles) -> None:
        self.styles = styles
        self.lists: dict[str, List] = {}
        self.counts: dict[str, dict[int, int]] = {}
        self.begun: set[tuple[str, int]] = set()
        self.unknown: Counter[str] = Counter()  # formats that are not known here, how often
        if root is not None:
            self._read(root)

    def number(self, ppr, style: str) -> str:
        """Count a paragraph with these properties, and return its number with what parts it from the text."""
        found = self._place(ppr, style)
        if found is None:
            return ""
        name, depth = found
        which = self.lists[name]
        level = which.levels.get(depth)
        if level is None:
            return ""
        self._count(name, which, depth, level)
        if level.hidden:
            return ""
        text = self._text(which, depth, level)
        if not text or level.between == "nothing":
            return text
        close = text[-1].isspace() or (level.between == "tab" and text[-1] in NO_SPACE_AFTER)
        return text if close else f"{text} "

    def _place(self, ppr, style: str) -> tuple[str, int] | None:
        """Find the list and the level of a paragraph: its own, or those of its style."""
        direct = child(ppr, "w:numPr")
        name, depth = value(child(direct, "w:numId")), value(child(direct, "w:ilvl"))
        if name is None:
            name, styled = self.styles.numbering(style)
            linked = [i for i, level in self._levels(name).items() if level.style and level.style == style]
            depth = depth or (str(linked[0]) if linked else styled)
        if name not in self.lists:
            return None
        return name, whole(depth, 0)

    def _levels(self, name: str | None) -> dict[int, Level]:
        return self.lists[name].levels if name in self.lists else {}

    def _count(self, name: str, which: List, depth: int, level: Level) -> None:
        counts = self.counts.setdefault(which.abstract, {})
        start = which.starts.get(depth, level.start)
        if depth not in counts or (depth in which.starts and (name, depth) not in self.begun):
            counts[depth] = start
        else:
            counts[depth] += 1
        self.begun.add((name, depth))
        for other in [other for other in counts if other > depth]:
            restart = which.levels[other].restart if other in which.levels else None
            if restart is None or depth < restart:
                del counts[other]

    def _text(self, which: List, depth: int, level: Level) -> str:
        if level.format == "bullet":
            return level.text if WORDS.search(level.text) and not level.font else ""
        used = [int(digit) - 1 for digit in re.findall("%([1-9])", level.text)]
        if any(other > depth for other in used):
            return ""  # as Word does

        def one(match: re.Match) -> str:
            other = int(match[1]) - 1
            its = which.levels.get(other, Level(1))
            count = self.counts[which.abstract].get(other, its.start)
            return self._signs(count, "decimal" if level.legal and its.format != "decimalZero" else its.format)

        return re.sub("%([1-9])", one, level.text)

    def _signs(self, number: int, how: str) -> str:
        written = in_signs(number, how)
        if written is None:
            self.unknown[how] += 1
        return str(number) if written is None else written

    def _read(self, root) -> None:
        abstracts = {value(item, "abstractNumId"): item for item in children(root, "w:abstractNum")}
        targets = {value(item, "numId"): value(child(item, "w:abstractNumId")) for item in children(root, "w:num")}
        known: dict[str | None, dict[int, Level]] = {}
        for item in children(root, "w:num"):
            abstract = value(child(item, "w:abstractNumId"))
            for _ in range(9):  # a list may take its levels from the list of a style
                link = value(child(abstracts.get(abstract), "w:numStyleLink"))
                if link is None:
                    break
                abstract = targets.get(self.styles.numbering(link)[0])
            name = value(item, "numId")
            if abstract not in abstracts or name is None:
                continue
            if abstract not in known:
                known[abstract] = {_depth(level): _level(level) for level in children(abstracts[abstract], "w:lvl")}
            which = List(str(abstract), dict(known[abstract]))
            for change in children(item, "w:lvlOverride"):
                if (own := child(change, "w:lvl")) is not None:
                    which.levels[_depth(change)] = _level(own)
                if (start := value(child(change, "w:startOverride"))) is not None:
                    which.starts[_depth(change)] = whole(start, 1)
            self.lists[name] = which


def _depth(element) -> int:
    return whole(value(element, "ilvl"), 0)


def _level(element) -> Level:
    text, restart = child(element, "w:lvlText"), value(child(element, "w:lvlRestart"))
    properties = child(element, "w:rPr")
    fonts = child(properties, "w:rFonts")
    return Level(
        start=whole(value(child(element, "w:start")), 0),
        format=_format(element),
        text=(value(text) or "")[:LONGEST] if child(element, "w:lvlPicBulletId") is None else "",
        between=value(child(element, "w:suff")) or "tab",
        restart=None if restart is None else whole(restart, 0),
        legal=flag(child(element, "w:isLgl")) or False,
        hidden=flag(child(properties, "w:vanish")) or False,
        style=value(child(element, "w:pStyle")) or "",
        font=symbol_font(*fonts.attrib.values()) if fonts is not None else "",
    )


def _format(level) -> str:
    """Return how a level writes its numbers; a newer manner stands in a choice, before what old programs do."""
    for element in level.iter():
        if short(element) == "w:numFmt":
            how = value(element) or "decimal"
            if how != "custom":
                return how
            if zeros := re.match("(0{0,8})1, ", value(element, "format") or ""):
                return f"zeros {len(zeros[1]) + 1}"
    return "decimal"


def in_signs(number: int, how: str) -> str | None:
    """Write a number as a format of Word does, or return None for a format that is not known here."""
    if how in ("none", "bullet"):
        return ""
    if how.startswith("zeros "):
        return str(number).zfill(whole(how[6:], 1))
    if how in PLAIN:
        return PLAIN[how](number)
    known = how in ROWS or how in SIGNS
    if not known:
        return None
    if not 0 < number <= LARGEST:
        return str(number)
    if how in ROWS:
        return ROWS[how][number - 1] if number <= len(ROWS[how]) else str(number)
    return SIGNS[how](number)


def counting(number: int, signs: str = DIGITS, units: str = "十百千万", *, zero: bool = True, one: str = "") -> str:
    """Write a number below a hundred million with units: 一百零一, or 百一 where ``one`` names units without 一."""
    if number >= 10_000:
        head, rest = divmod(number, 10_000)
        gap = signs[0] if zero and 0 < rest < 1000 else ""
        tail = counting(rest, signs, units, zero=zero, one=one) if rest else ""
        return counting(head, signs, units, zero=zero, one=one) + units[3] + gap + tail
    written, skipped = "", False
    for digit, unit in zip(f"{number:04d}", (units[2], units[1], units[0], ""), strict=True):
        if digit == "0":
            skipped = bool(written)
            continue
        written += signs[0] if skipped and zero else ""
        written += unit if digit == "1" and unit and unit in one else signs[int(digit)] + unit
        skipped = False
    return written


def thousands(number: int) -> str:
    """Write 十, 十一, 一百零一, 一百一十."""
    written = counting(number)
    return written.removeprefix("一") if 10 <= number < 20 else written


def tens(number: int, nought: str = "○") -> str:
    """Write 十, 十一, 九十九, and from a hundred on digit by digit: 一○○."""
    return thousands(number) if number < 100 else by_digit(number, nought)


def by_digit(number: int, nought: str = "〇") -> str:
    """Write 一〇一."""
    return "".join((nought + DIGITS[1:])[int(digit)] for digit in str(number))


def roman(number: int) -> str:
    """Write a number in small Roman numerals."""
    written = ""
    for size, sign in ROMAN.items():
        count, number = divmod(number, size)
        written += sign * count
    return written


def letters(number: int) -> str:
    """Write a, b … z, aa, bb, as Word does."""
    times, which = divmod(number - 1, 26)
    if times >= 30:
        return str(number)
    return chr(ord("a") + which) * (times + 1)


def whole(text: str | None, otherwise: int) -> int:
    """Read a whole number of at most nine digits."""
    return int(text) if text and re.fullmatch(r"\s*[+-]?[0-9]{1,9}\s*", text) else otherwise


def _stems(number: int) -> str:
    return ROWS["ideographTraditional"][(number - 1) % 10] + ROWS["ideographZodiac"][(number - 1) % 12]


PLAIN: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalHalfWidth": str,
    "decimalZero": lambda n: str(n).zfill(2),
    "decimalFullWidth": lambda n: str(n).translate({48 + d: 0xFF10 + d for d in range(10)}),
    "numberInDash": lambda n: f"- {n} -",
}
PLAIN["decimalFullWidth2"] = PLAIN["decimalFullWidth"]
SIGNS: dict[str, Callable[[int], str]] = {
    "upperRoman": lambda n: roman(n).upper(),
    "lowerRoman": roman,
    "upperLetter": lambda n: letters(n).upper(),
    "lowerLetter": letters,
    "hex": lambda n: f"{n:X}",
    "ordinal": lambda n: f"{n}{'th' if n % 100 in (11, 12, 13) else {1: 'st', 2: 'nd', 3: 'rd'}.get(n % 10, 'th')}",
    "chineseCounting": tens,
    "taiwaneseCounting": tens,
    "chineseCountingThousand": thousands,
    "taiwaneseCountingThousand": thousands,
    "japaneseCounting": lambda n: counting(n, zero=False, one="十百千"),
    "ideographDigital": by_digit,
    "japaneseDigitalTenThousand": by_digit,
    "taiwaneseDigital": lambda n: by_digit(n, "○"),
    "koreanDigital2": lambda n: by_digit(n, "零"),
    "chineseLegalSimplified": lambda n: counting(n, *FORMAL["simplified"]),
    "ideographLegalTraditional": lambda n: counting(n, *FORMAL["traditional"]),
    "japaneseLegal": lambda n: counting(n, "零壱弐参四伍六七八九", "拾百阡萬", zero=False),
    "ideographZodiacTraditional": _stems,
}
