"""What a policy text is made of: sections, articles, paragraphs, measures, sentences, clauses, all as spans of it."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

import pandas as pd

from analysis.corpus.enumerations import SEQUENCES, find_measures
from analysis.corpus.recognition import RANKS, STANDING, Line, recognise
from analysis.corpus.sentences import Span, split_clauses, split_sentences
from analysis.reading.numbering import Number

LEVELS = ("article", "paragraph", "measure", "sentence", "clause")
COLUMNS = ["unit", "kind", "level", "parent", "start", "end"]
_TITLE, _BARE = 0, 0.5  # ranks of another document's title, and of a heading that follows no number
_LONGEST_TOPIC = 40  # characters of the sentence with which a run-in item opens


class Unit(NamedTuple):
    """A unit of a text, without its words."""

    unit: str
    kind: str
    level: int
    parent: str
    start: int
    end: int


class Parsed(NamedTuple):
    """A text as its sections, in the order of their beginning, and its lines, each with the section it stands in."""

    front: list[Unit]
    sections: list[Unit]
    lines: list[Unit]


def outline(text: str, *, name: str = "text") -> pd.DataFrame:
    """Parse a text into nested units.

    Parameters
    ----------
    text : str
        Paragraphs on lines of their own, with or without blank lines between them.
    name : str, default "text"
        Begins the units' names.

    Returns
    -------
    DataFrame
        Index ``unit``; columns ``kind``, ``level``, ``parent``, ``start``, ``end``, ``text``, with ``text`` the
        stretch from ``start`` to ``end`` of the argument. Kinds:

        - ``front``: lines above the first sentence (title, number, date, addressee, speaker);
        - ``section`` (``NAME-s1``, ``NAME-s1.2``): from its heading to the next of the same or a wider numbering;
          ``level`` counts from 1 how deep it is nested; ``NAME-s0`` is what precedes the first;
        - ``article`` (``NAME-s1.3``): 第三条 of a law with its paragraphs and items, inside its chapter;
        - ``heading``, ``lead``, ``body`` (``NAME-03``): the lines, counted from 1 without the front; ``lead`` is
          prose before the first heading of a text that has headings;
        - lines that are neither prose nor heading: ``table``, ``list`` (a roster, a list of annexes or names),
          ``signature``, ``date``, ``note`` (（此件公开发布）), ``annex`` (附件1 and the title below it), ``contents``,
          ``caption``, ``footnote``. Together the lines hold every character but white space once;
        - ``thesis`` (``NAME-03-t``): the first sentence of a paragraph;
        - ``opening`` and ``measure`` (``NAME-03-m0``, ``NAME-03-m1``): the parts of a paragraph that enumerates
          (一是…二是…; 首先…其次…; 一方面…另一方面…; 第一，…第二，…), or whole paragraphs that do so in turn;
          ``closing`` (``NAME-03-r1``) is what follows the last measure in its paragraph;
        - ``sentence`` (``NAME-03-1``) and ``clause`` (``NAME-03-1-1``).

    Raises
    ------
    TypeError, ValueError
        If ``text`` is no string, or has nothing but white space.

    Examples
    --------
    >>> units = outline("一、创新\\n要抓两点。一是建链。二是补链,强链。", name="a")
    >>> units.text[units.kind == "measure"].to_dict()
    {'a-02-m1': '一是建链。', 'a-02-m2': '二是补链,强链。'}

    Notes
    -----
    A measure ends before a sentence that turns to the whole (我们要…, 总之…) or at the end of its paragraph; a lone
    一是 without 二是 is no enumeration. Headings are numbered lines without a stop, of 48 characters at most, numbered
    sentences alone above prose, or unnumbered lines shorter than 26 without any stop that have something below them;
    （一） and 一、 before a whole paragraph open a section too, with its first sentence for a heading. The title of
    another document in the text ends all sections before it. Kinds are told by shape and neighbours alone; tables
    and lists are mistaken for each other where they have neither numbers nor a caption, and short items that end in a
    stop stay prose. Notebook 01 has the rates on documents that were not tuned on.
    """
    parsed = parse(text, name)
    rows: list[Unit] = [*parsed.front, *parsed.sections]
    prose = [Span(line.start, line.end) for line in parsed.lines if line.kind in ("lead", "body")]
    measures = find_measures(text, prose)
    for line in parsed.lines:
        rows.append(line)
        if line.kind in ("lead", "body"):
            rows += inside(text, line, measures.get(Span(line.start, line.end), []))
    table = pd.DataFrame(rows, columns=COLUMNS)
    table["text"] = [text[row.start : row.end] for row in rows]
    return table.set_index("unit")


def parse(text: str, name: str) -> Parsed:
    """Find the sections and lines of a text; what is inside the lines is left to :func:`inside`."""
    if not isinstance(text, str):
        raise TypeError(f"{name} is not text but {type(text).__name__}.")
    lines = recognise(text)
    if not lines:
        raise ValueError(f"{name} has no text: nothing but white space.")
    begun = next((i for i, line in enumerate(lines) if line.kind != "front"), len(lines))
    front = [Unit(f"{name}-f{i}", "front", 0, name, *line[:2]) for i, line in enumerate(lines[:begun])]
    sections, homes = _sections(lines[begun:], name)
    numbered = zip(lines[begun:], homes, strict=True)
    first = next((i for i, line in enumerate(lines[begun:]) if line.kind in ("heading", "title")), None)
    rows = []
    for number, (line, home) in enumerate(numbered, start=1):
        kind = line.kind if line.kind != "title" else "heading"
        if kind == "prose":
            kind = "lead" if first is not None and home.unit.endswith("-s0") else "body"
        rows.append(Unit(f"{name}-{number:02d}", kind, home.level, home.unit, *line[:2]))
    return Parsed(front, sections, rows)


def _sections(lines: list[Line], name: str) -> tuple[list[Unit], list[Unit]]:
    """The sections of a text, and for each line the innermost section it stands in."""
    opened: list[list] = []  # unit, kind, level, parent, start, end: the end grows with each line
    homes: list[int] = []
    path: list[tuple[float, int]] = []  # rank and place of the open sections
    children: Counter[str] = Counter()
    numbered = [RANKS[line.number.manner] for line in lines if line.number and line.kind == "heading"]
    widest = last = min(numbered, default=_BARE)
    for above, line, ahead in zip([None, *lines], lines, _numbers_ahead(lines), strict=False):
        second = line.kind == "annex" and above is not None and above.kind == "annex"
        begins = ahead is not None and ahead.value == 1
        bare = RANKS[ahead.manner] - _BARE if ahead and begins else last
        rank = None if second else _opens(line, path, bare, widest)
        if rank is not None:
            path = [] if rank == _TITLE else [step for step in path if 0 <= step[0] < rank]
            parent = opened[path[-1][1]][0] if path else name
            children[parent] += 1
            own = f"{parent}.{children[parent]}" if path else f"{name}-s{children[parent]}"
            kind = "article" if rank == RANKS["article"] else "section"
            path.append((rank, len(opened)))
            opened.append([own, kind, len(path), parent, line.start, line.end])
            last = RANKS[line.number.manner] + _BARE if line.number else last
        elif not opened:
            path.append((-1, 0))  # what precedes the first section
            opened.append([f"{name}-s0", "section", 0, name, line.start, line.end])
        for _, place in path:
            opened[place][5] = line.end
        homes.append(path[-1][1])
    sections = [Unit(*row) for row in opened]
    return sections, [sections[place] for place in homes]


def _numbers_ahead(lines: list[Line]) -> list[Number | None]:
    """For each line the next numbered heading below it: where its numbers begin anew, it stands under the line."""
    ahead: list[Number | None] = []
    number = None
    for line in reversed(lines):
        ahead.append(number)
        number = line.number if line.kind == "heading" and line.number else number
    return ahead[::-1]


def _opens(line: Line, path: list[tuple[float, int]], last: float, widest: float) -> float | None:
    """The rank of the section that a line opens, None if it opens none.

    Inside an article of a law numbers are items; elsewhere （一） and 一、 open a section even before a whole
    paragraph, and a narrower number where the paragraph begins with a short sentence.
    """
    if line.kind in ("title", "annex"):
        return _TITLE
    if line.kind == "heading":
        if STANDING.fullmatch(line.text):
            return widest
        return RANKS[line.number.manner] if line.number else last
    if line.kind != "prose" or line.number is None:
        return None
    rank = RANKS[line.number.manner]
    if line.number.manner == "article" or rank < RANKS["article"]:
        return rank
    if any(step == RANKS["article"] for step, _ in path):
        return None
    if line.number.manner in ("section", "subsection"):
        return rank
    topic = re.match(r"[^。；;]*。(?=.)", line.text)
    runs_in = line.number.manner != "ordinal" and topic is not None and topic.end() <= _LONGEST_TOPIC
    return rank if runs_in and any(0 < step < rank for step, _ in path) else None


def inside(text: str, line: Unit, measures: list[Span]) -> Iterator[Unit]:
    """The units inside a paragraph: thesis, measures, sentences, clauses."""
    unit, level = line.unit, line.level
    sentences = [Span(line.start + a, line.start + b) for a, b in split_sentences(text[line.start : line.end])]
    yield Unit(f"{unit}-t", "thesis", level, unit, *sentences[0])
    yield from measure_units(text, line, measures)
    for i, sentence in enumerate(sentences, start=1):
        yield Unit(f"{unit}-{i}", "sentence", level, unit, *sentence)
        for j, (a, b) in enumerate(split_clauses(text[sentence.start : sentence.end]), start=1):
            yield Unit(f"{unit}-{i}-{j}", "clause", level, f"{unit}-{i}", sentence.start + a, sentence.start + b)


def measure_units(text: str, line: Unit, measures: list[Span]) -> Iterator[Unit]:
    """A paragraph's opening and measures, and what stands between or after them."""
    place, number, rest = line.start, 0, 0
    for measure in [*measures, Span(line.end, line.end)] if measures else []:
        between = text[place : measure.start].strip()
        if between:
            start = text.index(between, place)
            own = f"{line.unit}-m0" if not number else f"{line.unit}-r{(rest := rest + 1)}"
            yield Unit(own, "opening" if not number else "closing", line.level, line.unit, start, start + len(between))
        if measure.start < measure.end:
            number += 1
            yield Unit(f"{line.unit}-m{number}", "measure", line.level, line.unit, *measure)
        place = measure.end


def headlines(units: pd.DataFrame, *, longest: int = 22) -> pd.DataFrame:
    """Say at a glance what a text says: headings, theses and measures, by depth.

    Parameters
    ----------
    units : DataFrame
        Result of :func:`outline`.
    longest : int, default 22
        Characters kept of each line; what is cut ends in ``…``.

    Returns
    -------
    DataFrame
        On the units' index, in reading order: ``depth`` (0 for sections, 1 for paragraphs, 2 for measures),
        ``label`` (the heading, or the first clause of thesis or measure) and ``characters`` (of the whole unit).

    Examples
    --------
    >>> headlines(outline("一、创新\\n要抓两点。一是建链,强链。二是补链。")).label.tolist()
    ['一、创新', '要抓两点。', '一是建链,', '二是补链。']
    """
    depth = {"section": 0, "lead": 1, "body": 1, "measure": 2}
    chosen = units[units.kind.isin(depth)].sort_values(["start", "level"], kind="stable")
    headings = units[units.kind == "heading"].set_index("parent").text
    rows = []
    for unit, row in chosen.iterrows():
        if row.kind == "section" and unit not in headings.index:
            continue
        clauses = split_clauses(row.text)
        bare = row.text[: clauses[0].end].rstrip(",，") in SEQUENCES[0] + SEQUENCES[1]
        end = clauses[int(bare and len(clauses) > 1)].end
        label = headings[unit] if row.kind == "section" else row.text[clauses[0].start : end]
        cut = label if len(label) <= longest else label[: longest - 1] + "…"
        rows.append((unit, depth[row.kind], cut, row.end - row.start))
    return pd.DataFrame(rows, columns=["unit", "depth", "label", "characters"]).set_index("unit")
