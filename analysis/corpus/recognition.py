"""What each line of a document is, from its shape and from the lines around it."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from analysis.reading.lines import line_kind
from analysis.reading.marks import ends_sentence
from analysis.reading.numbering import MANNERS, NUMERAL, UNFINISHED, Number, is_numbered_heading, numbering

RANKS = {manner: rank for rank, manner in enumerate(MANNERS, start=1)}  # 0: the title of another document
PROSE = ("lead", "body")
OTHERS = tuple("front heading table list signature date note annex contents caption footnote".split())
SHORTEST_PROSE = 26  # an unnumbered line below this, without a stop, may be a heading
_LONGEST_TITLE, _LONGEST_CELL, _LONGEST_ENTRY = 60, 20, 40
_FEWEST = 3  # lines of a table or a list
_GENRE = re.compile(
    r"(?:通知|意见|方案|办法|规定|规划|条例|细则|决定|公报|纲要|计划|要点|措施|清单|报告|说明|规则|章程|指南|政策|倡议书|批复|函|公告"
    r"|通告|预案|制度|规程|标准|名单)(?:[（(][^（）()]*[）)])?$"
)
_TABLE_TITLE = re.compile("(?<!代)表$")
_COUNTED = re.compile(r".{2,20}[（(]共?\d+[个家名项处人所件种批][）)]")
_MAY_BE_OTHER = re.compile(r"[（(［\[〔【*†‡※①-⑳¹²³注备来资数附抄分主]|组\s*长|成\s*员|副?主\s*任")
_ONE_SENTENCE = re.compile(r"[^，,。；;：:]{2,30}。")
_LISTED = re.compile(r"附\s*(?:件|表)?\s*[：:]\s*\S")
_DECIMALS = ("decimal", "decimal of two", "decimal of three")
_LINE = re.compile(r"[^\s\ufeff](?:[^\n\r\v\f\x85\u2028\u2029]*[^\s\ufeff])?")
_PLAIN = re.compile(rf"(?!{NUMERAL}[是要])[\u4e00-\u9fff]")
_LABEL = re.compile(r"[\u4e00-\u9fff\s]{2,12}(?<!如下)：.{0,12}(?<![。；])")
BRACKETED = re.compile(r"[（(].*[）)]")
STANDING = re.compile(r"(?:前|引|序|导)\s*言|导语|绪论|结语|结束语|后记")
_KINDS = {"adopted": "front", "number": "front", "addressee": "front", "keywords": "note"}


class Line(NamedTuple):
    """A line of a document: where it stands, what it says and is, and how it is numbered."""

    start: int
    end: int
    text: str
    kind: str  # prose, heading, title (of another document), or one of the others
    number: Number | None


def recognise(text: str) -> list[Line]:
    """Say of every line of a text what it is; together they hold every character but white space once."""
    lines = [Line(*m.span(), m.group(), *_shape(m.group())) for m in _LINE.finditer(text)]
    if not lines:
        return []
    if not any(line.number and line.number.manner in _DECIMALS and line.number.value == 1 for line in lines):
        lines = [_without_decimal(line) for line in lines]
    for step in (
        _contents,
        _annexes,
        _front,
        _closings,
        _tables,
        _lists,
        _indicators,
        _notes,
        _entries,
        _signatures,
        _titles,
        _two_lines,
        _headings,
    ):
        lines = step(lines)
    if all(line.kind != "prose" for line in lines):  # a few words: better a text than none
        lines = [line._replace(kind="prose") if line.kind in ("front", "heading") else line for line in lines]
    return lines


def _without_decimal(line: Line) -> Line:
    """A text whose decimals do not begin with 1 has quantities there: 7层以下."""
    if line.number is None or line.number.manner not in _DECIMALS:
        return line
    return line._replace(number=None, kind="bare" if line.kind == "heading" else line.kind)


def _shape(line: str) -> tuple[str, Number | None]:
    """What a line is by itself; ``bare`` is short and without a stop, ``stopped`` a numbered line of one sentence."""
    number = numbering(line)
    if number:
        if is_numbered_heading(line):
            return "heading", number
        one = number.manner not in ("article", "ordinal") and _ONE_SENTENCE.fullmatch(line)
        if not _MAY_BE_OTHER.match(line) or number.manner == "subsection":
            return ("stopped" if one else "prose"), number
    ends = ends_sentence(line, also="；;")
    kind = None if ends and not _MAY_BE_OTHER.match(line) else line_kind(line)
    if kind:
        return kind, None if kind != "annex" else number
    if number:
        return "prose", number
    if STANDING.fullmatch(line):
        return "heading", None
    bare = not ends and len(line) <= _LONGEST_TITLE and not re.search("[，,；;。]|[：:]$", line)
    return ("bare" if bare else "prose"), None


def _marked(lines: list[Line], places: Iterable[int], kind: str) -> list[Line]:
    """The lines with those at some places called by another kind."""
    changed = set(places)
    return [line._replace(kind=kind) if i in changed else line for i, line in enumerate(lines)]


def _bare_name(text: str) -> str:
    return re.sub(r"\s|[.．…·_]{2,}|[（(/／]\d+[）)]?$|[ \t\u3000.．…·]*[\dⅠⅡⅢⅣⅤ]+$", "", text)


def _contents(lines: list[Line]) -> list[Line]:
    """The lines under 目录 up to the first that comes again; elsewhere the lines with dots and a page number."""
    place = next((i for i, line in enumerate(lines) if re.fullmatch(r"目\s*[录次]", line.text)), None)
    if place is None or place + 1 >= len(lines):
        short = ("heading", "contents", "bare")
        names = [_bare_name(line.text) if line.kind in short else "" for line in lines]
        cells = (i for i, line in enumerate(lines) if line.kind == "contents" and "\t" in line.text)
        known = Counter(names)
        lines = _marked(lines, (i for i in cells if known[names[i]] == 1), "table")
        return _marked(lines, _printed_again(lines, names), "contents")
    names = [_bare_name(line.text) for line in lines]
    again = next((i for i in range(place + 2, len(lines)) if names[i] == names[place + 1]), place + 1)
    return _marked(lines, range(place, again), "contents")


def _printed_again(lines: list[Line], names: list[str]) -> Iterator[int]:
    """Headings one below the other that all come again further down, each after the other."""
    last = {name: i for i, name in enumerate(names)}
    for run in _runs(lines, lambda line: line.kind == "heading"):
        again = [i for i in run if last[names[i]] > run[-1]]
        beginning = next((i for i in run if i not in again), run[-1] + 1)
        if beginning - run[0] >= _FEWEST:
            yield from range(run[0], beginning)
        else:  # the last lines of the contents and the first heading of the text are one run
            first = next((i for i in run[1:] if names[i] == names[run[0]]), run[0])
            yield from range(run[0], first) if first - run[0] >= _FEWEST else ()


def _annexes(lines: list[Line]) -> list[Line]:
    """附件：1.… with what follows it is a list; 附件1 alone opens an annex, and its title goes with it."""
    changed, listing = lines.copy(), False
    for i, line in enumerate(lines):
        if line.kind == "annex":
            listing = bool(_LISTED.match(line.text))
            changed[i] = line._replace(kind="list" if listing else "annex")
        elif listing and line.number and line.number.manner == "item" and not ends_sentence(line.text):
            changed[i] = line._replace(kind="list")
        elif i and _takes_title(changed[i - 1], line):
            changed[i], listing = line._replace(kind="annex"), False
        else:
            listing = False
    return changed


def _takes_title(above: Line, line: Line) -> bool:
    """Whether a line is the title of the annex above it, or what stands in brackets below that title."""
    if above.kind != "annex":
        return False
    alone = re.fullmatch(r"附\s*(?:件|表|录)\s*[\d一二三四五六七八九十A-Z]{0,3}", above.text)
    bracketed = BRACKETED.fullmatch(line.text)
    return line.kind == "bare" and bool(alone) or bool(bracketed)


def _closings(lines: list[Line]) -> list[Line]:
    """Organs between prose and a date end a letter; they are no cells."""
    changed = lines.copy()
    for run in _runs(lines, lambda line: line.kind == "signature"):
        above, below = lines[run[0] - 1] if run[0] else None, run[-1] + 1
        dated = below < len(lines) and lines[below].kind == "date"
        if dated and above and above.kind not in ("bare", "table", "date"):
            for i in run:
                changed[i] = lines[i]._replace(kind="signed")
            changed[below] = lines[below]._replace(kind="dated")
    return changed


def _tables(lines: list[Line]) -> list[Line]:
    """Runs of short lines with a number among them, or below a caption, are the cells of a table."""

    def is_cell(line: Line) -> bool:
        short = line.kind in ("bare", "table", "date", "signature") and len(line.text) <= _LONGEST_CELL
        return short or line.kind == "table"

    places: set[int] = set()
    for run in _runs(lines, is_cell):
        above = lines[run[0] - 1] if run[0] else None
        titled = int(_names_table(lines[run[0]]))
        captioned = titled or above is not None and (above.kind == "caption" or _names_table(above))
        numeric = any(lines[i].kind == "table" for i in run[titled:])
        if len(run) - titled >= _FEWEST and (numeric or captioned):
            places.update(run[titled:])
    lines = _marked(lines, places, "table")
    titles = (i for i, below in enumerate(lines[1:]) if below.kind == "table" and _names_table(lines[i]))
    return _marked(lines, titles, "caption")


def _names_table(line: Line) -> bool:
    return line.kind in ("bare", "list") and bool(_TABLE_TITLE.search(line.text))


def _runs(lines: list[Line], test: Callable[[Line], bool]) -> Iterator[list[int]]:
    for good, run in groupby(range(len(lines)), lambda i: test(lines[i])):
        if good:
            yield list(run)


def _lists(lines: list[Line]) -> list[Line]:
    """Rosters, with the lines that continue them, and long runs of short lines."""

    def is_label(line: Line) -> bool:
        return line.kind == "prose" and line.number is None and bool(_LABEL.fullmatch(line.text))

    def is_entry(line: Line) -> bool:
        if is_label(line):
            return True
        short = line.kind in ("bare", "signature") and len(line.text) <= _LONGEST_ENTRY
        return line.kind == "roster" or short and not _COUNTED.fullmatch(line.text)

    places: set[int] = set()
    for run in _runs(lines, is_entry):
        roster = [i for i in run if lines[i].kind == "roster"]
        counted = run[0] > 0 and _COUNTED.fullmatch(lines[run[0] - 1].text)
        if roster:
            last = max(i for i in run if not is_label(lines[i]) or len(lines[i].text) > lines[i].text.index("：") + 1)
            places.update(range(roster[0], last + 1))
        elif (
            (len(run) >= _FEWEST or counted)
            and not any(is_label(lines[i]) for i in run)
            and not _above_date(lines, run)
            and not any(_GENRE.search(lines[i].text) for i in run[-2:])
        ):
            places.update(run)
    return _marked(lines, places, "list")


def _indicators(lines: list[Line]) -> list[Line]:
    """Short lines that end in ； below a colon or a heading: without numbers, or below a heading without commas."""
    places: set[int] = set()
    articles = False
    for i, line in enumerate(lines):
        articles |= line.number is not None and line.number.manner == "article"
        articles &= line.kind != "annex"
        headed = line.kind == "heading"
        if articles or not headed and not line.text.endswith(("：", ":")):
            continue
        last = i + 1
        while last < len(lines) and _is_indicator(lines[last], headed) and lines[last].text[-1] in "；;":
            last += 1
        if last - i >= _FEWEST and last < len(lines) and _is_indicator(lines[last], headed):
            places.update(range(i + 1, last + 1))
    return _marked(lines, places, "list")


def _is_indicator(line: Line, headed: bool) -> bool:
    if line.kind not in ("prose", "stopped") or len(line.text) > _LONGEST_ENTRY or "。" in line.text[:-1]:
        return False
    if line.number is None:
        return bool(_PLAIN.match(line.text))
    return headed and line.number.manner == "item" and not re.search("[，,]", line.text)


def _notes(lines: list[Line]) -> list[Line]:
    """What stands below 注： or 资料来源： alone on its line belongs to it."""
    heads = (i for i, line in enumerate(lines[:-1]) if line.kind == "footnote" and line.text[-1] in "：:")
    return _marked(lines, (i + 1 for i in heads), "footnote")


def _entries(lines: list[Line]) -> list[Line]:
    """Numbered lines that follow each other with nothing below any of them are a list, not headings."""
    places: set[int] = set()
    for run in _runs(lines, lambda line: line.kind == "heading"):
        manners = [number.manner for i in run if (number := lines[i].number)]
        ends = run[-1] + 1 == len(lines) or lines[run[-1] + 1].kind not in ("prose", "stopped", "bare", "list", "table")
        empty = [i for i, a, b in zip(run, manners, [*manners[1:], ""], strict=False) if b and RANKS[b] <= RANKS[a]]
        places.update(empty + ([run[-1]] if ends and empty else []))
    return _marked(lines, places, "list")


def _above_date(lines: list[Line], run: list[int]) -> bool:
    return run[-1] + 1 < len(lines) and lines[run[-1] + 1].kind == "date"


def _front(lines: list[Line]) -> list[Line]:
    """What stands above the first sentence or heading; further down a roster is a list, keywords are a note."""
    begun, changed = len(lines) == 1, []
    for i, line in enumerate(lines):
        kind = _KINDS.get(line.kind, line.kind)
        if not begun:
            roster = line.kind == "roster" and any(below.kind == "roster" for below in lines[i + 1 : i + 3])
            begun = line.number is not None or line.kind == "heading" or roster
            begun |= line.kind == "prose" and (ends_sentence(line.text, also="：:；;") or _has_clauses(line.text))
            begun &= line.kind != "contents"
            kept = kind in ("contents", "caption") or kind == "table" and not BRACKETED.fullmatch(line.text)
            kind = kind if begun or kept else "front"
        changed.append(line if kind == line.kind else line._replace(kind=kind))
    return changed


def _has_clauses(line: str) -> bool:
    """Say whether a line without a stop is prose nevertheless, and longer than titles with a comma are."""
    return "，" in line and len(line) > 40 and not _GENRE.search(line)


def _signatures(lines: list[Line]) -> list[Line]:
    """A short line right above a date is a signature, as are organs where the text ends; elsewhere they are a line."""
    named = {"signed": "signature", "dated": "date"}
    lines = [line._replace(kind=named[line.kind]) if line.kind in named else line for line in lines]
    ends = ("date", "signature", "note", "annex", "list", "front")
    belows = [line.kind for line in lines[1:]] + ["date"]
    heads = (i for i, below in enumerate(belows) if lines[i].kind == "signature" and below not in ends)
    lines = _marked(lines, heads, "bare")
    for i in reversed(range(len(lines) - 1)):
        line = lines[i]
        if line.kind == "bare" and len(line.text) < SHORTEST_PROSE and lines[i + 1].kind in ("date", "signature"):
            lines[i] = line._replace(kind="signature")
    return lines


def _titles(lines: list[Line]) -> list[Line]:
    """The title of another document in the text: named as documents are, with a beginning below it."""
    changed, closed = lines.copy(), False
    for i, line in enumerate(lines):
        closed |= line.kind in ("signature", "date", "note")
        if i and changed[i - 1].kind == "annex" and BRACKETED.fullmatch(line.text):
            changed[i] = line._replace(kind="annex")
        if line.kind != "bare" or changed[i].kind == "annex":
            continue
        below = next((below for below in lines[i + 1 : i + 3] if not BRACKETED.fullmatch(below.text)), None)
        follows = i > 0 and closed and lines[i - 1].kind in ("signature", "date", "note")
        if below and (follows or _GENRE.search(line.text) and _may_open(below)):
            changed[i] = line._replace(kind="annex" if closed else "title")
            closed = False
    return changed


def _may_open(below: Line) -> bool:
    first = below.number is not None and below.number.value == 1
    return first or below.kind in ("front", "contents") or below.kind == "prose" and below.number is None


def _two_lines(lines: list[Line]) -> list[Line]:
    """A heading or title on two lines is one."""
    merged: list[Line] = []
    for line in lines:
        above = merged[-1] if merged else None
        if above and above.kind == "bare" and line.kind in ("bare", "title", "annex") and _goes_on(above, line):
            merged[-1] = above._replace(end=line.end, text=above.text + "\n" + line.text, kind=line.kind)
        else:
            merged.append(line)
    return merged


def _goes_on(above: Line, line: Line) -> bool:
    titled = line.kind != "bare" and not _GENRE.search(above.text) and above.text[:2] == "关于"
    return bool(UNFINISHED.search(above.text) or re.match("[的和与及暨]", line.text)) or titled


def _headings(lines: list[Line]) -> list[Line]:
    """Call a heading what has something below it that it may head; the rest is prose.

    A line without a number stands above prose, a list, a table or a narrower number; where the numbering begins anew,
    it heads what follows. A numbered sentence alone on its line heads the prose below it, outside articles of a law.
    """
    changed, above, articles = [], 0, False
    for line, below in zip(lines, [*lines[1:], None], strict=False):
        kind, rank = line.kind, RANKS[line.number.manner] if line.number else 0
        articles |= line.number is not None and line.number.manner == "article"
        articles &= kind not in ("annex", "title")
        if kind == "stopped":
            alone = below and below.kind == "prose" and (not below.number or RANKS[below.number.manner] > rank)
            kind = "heading" if alone and not articles else "prose"
        elif kind == "bare":
            short = len(line.text) < SHORTEST_PROSE or "\n" in line.text
            short &= bool(re.search("[一-龥]{2}", line.text))
            kind = "heading" if below and short and not articles and _heads(below, above) else "prose"
        elif kind == "heading" and (below is None or below.kind in ("signature", "date")):
            kind = "prose"
        above = rank if kind == "heading" and rank else above
        changed.append(line if kind == line.kind else line._replace(kind=kind))
    return changed


def _heads(below: Line, above: int) -> bool:
    if below.kind in ("heading", "stopped") and below.number:
        return RANKS[below.number.manner] > above or below.number.value == 1
    return below.kind in ("prose", "list", "table", "bare", "heading", "caption")
