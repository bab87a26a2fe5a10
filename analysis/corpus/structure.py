"""What a policy text is made of: sections, paragraphs, measures, sentences, clauses, all as spans of it."""

import re
from collections import Counter

import pandas as pd

from analysis.corpus.sentences import Span, split_clauses, split_sentences
from analysis.reading.marks import ends_sentence
from analysis.reading.numbering import MANNERS, NUMERAL, Number, is_numbered_heading, numbering, read_numeral

LEVELS = ("paragraph", "measure", "sentence", "clause")

RANKS = {manner: rank for rank, manner in enumerate(MANNERS)}
SHORTEST_PROSE = 26  # an unnumbered line below this, without a stop, is a heading

MARKERS = (
    rf"(?P<n>{NUMERAL})(?:是|要(?!求|素|点|件|害|塞))",
    r"(?P<n>首先|其次|再次|最后)[,，]?",
    rf"第(?P<n>{NUMERAL})[,，]",
    r"(?P<n>一方面|另一方面)[,，]?",
)
SEQUENCES = ("首先", "其次", "再次", "最后"), ("一方面", "另一方面")
BOUNDARY = "。！？!?；;：:，,—"


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

        - ``front``: lines above the first sentence (title, date, speaker);
        - ``section`` (``NAME-s1``, ``NAME-s1.2``): from its heading to the next of the same or a higher level,
          which ``level`` counts from 1; ``NAME-s0`` is what precedes the first;
        - ``heading``, ``lead``, ``body`` (``NAME-03``): the lines, counted from 1 without the front; together
          with ``front`` they hold every character but white space once; ``lead`` is prose before the first
          heading of a text that has headings;
        - ``thesis`` (``NAME-03-t``): the first sentence of a paragraph;
        - ``opening`` and ``measure`` (``NAME-03-m0``, ``NAME-03-m1``): the parts of a paragraph that enumerates
          (一是…二是…; 首先…其次…; 一方面…另一方面…; 第一，…第二，…), or whole paragraphs that do so in turn;
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
    A measure runs to the next marker or to the end of its paragraph, so the last one takes a concluding sentence
    with it. A lone 一是 without 二是 is no enumeration. Headings are numbered lines without a stop, of 48
    characters at most, or unnumbered lines shorter than 26 without any stop that have prose or narrower headings
    below them; （一） before a whole paragraph opens a section too, with its first sentence for a heading.
    """
    if not isinstance(text, str):
        raise TypeError(f"{name} is not text but {type(text).__name__}.")
    lines = [Span(*match.span()) for match in re.finditer(r"\S(?:[^\n]*\S)?", text)]
    if not lines:
        raise ValueError(f"{name} has no text: nothing but white space.")
    kinds = _line_kinds(text, lines)
    begun = kinds.count("front")  # the front comes first
    rows: list[tuple] = [(f"{name}-f{i}", "front", 0, name, *line) for i, line in enumerate(lines[:begun])]
    body = list(zip(lines[begun:], kinds[begun:], strict=True))
    sections = _sections(text, body, name)
    rows += sections
    measures = _measures(text, [line for line, kind in body if kind == "prose"])
    starts = [row[4] for row in sections if not row[0].endswith("-s0")] if "heading" in kinds else []
    for number, (line, kind) in enumerate(body, start=1):
        unit = f"{name}-{number:02d}"
        parent = [row for row in sections if row[4] <= line.start and line.end <= row[5]][-1]
        if kind == "heading":
            rows.append((unit, "heading", parent[2], parent[0], *line))
            continue
        rows.append((unit, "lead" if starts and line.start < starts[0] else "body", parent[2], parent[0], *line))
        rows += _inside(text, unit, parent[2], line, measures.get(line, []))
    table = pd.DataFrame(rows, columns=["unit", "kind", "level", "parent", "start", "end"])
    table["text"] = [text[start:end] for start, end in zip(table.start, table.end, strict=True)]
    return table.set_index("unit")


def _line_kinds(text: str, lines: list[Span]) -> list[str]:
    """Call every line ``front``, ``heading`` or ``prose``."""
    kinds: list[str] = []
    strings = [text[line.start : line.end] for line in lines]
    for string in strings:
        begun = "prose" in kinds or "heading" in kinds
        if is_numbered_heading(string):
            kinds.append("heading")
        elif _is_bare_heading(string):
            kinds.append("heading" if begun else "front")
        else:
            is_front = len(lines) > 1 and not begun and not ends_sentence(string, also="：:")
            kinds.append("front" if is_front else "prose")
    kinds = _without_empty_headings(kinds, [numbering(string) for string in strings])
    return kinds if "prose" in kinds else ["prose"] * len(kinds)


def _is_bare_heading(line: str) -> bool:
    """Say whether a line without a number is short and has no stop, as a heading may be."""
    has_stop = re.search("[，,、；;：:。]", line) or ends_sentence(line)
    return len(line) < SHORTEST_PROSE and not has_stop and bool(re.search("[一-龥]{2}", line))


def _without_empty_headings(kinds: list[str], numbers: list[Number | None]) -> list[str]:
    """Call prose what looks like a heading and has nothing below it: a signature, a lone line.

    Where the numbering begins anew, the line above it heads what follows.
    """
    kinds, above = kinds.copy(), -1
    for place, (kind, number) in enumerate(zip(kinds, numbers, strict=True)):
        below = numbers[place + 1] if kinds[place + 1 : place + 2] == ["heading"] else None
        if kind == "heading" and number:
            above = RANKS[number.manner]
        elif kind == "heading" and below and RANKS[below.manner] <= above and below.value != 1:
            kinds[place] = "prose"
    while kinds and kinds[-1] == "heading":
        kinds.pop()
    return kinds + ["prose"] * (len(numbers) - len(kinds))


def _sections(text: str, body: list[tuple[Span, str]], name: str) -> list[tuple]:
    """Return the rows of the sections, each with its level, its parent and its span."""
    heads = []
    for line, kind in body:
        number = numbering(text[line.start : line.end])
        if kind == "heading" or number and number.manner == "subsection":
            heads.append((line, number.manner if number else None))
    levels = _levels([manner for _, manner in heads])
    end = body[-1][0].end
    rows = []
    first = heads[0][0].start if heads else end
    if body[0][0].start < first:
        last = max(line.end for line, _ in body if line.end <= first)
        rows.append((f"{name}-s0", "section", 0, name, body[0][0].start, last))
    path: list[tuple[int, str]] = []  # level and number of the open sections
    children: Counter[str] = Counter()
    for place, ((line, _), level) in enumerate(zip(heads, levels, strict=True)):
        path = [step for step in path if step[0] < level]
        parent = path[-1][1] if path else ""
        children[parent] += 1
        own = f"{parent}.{children[parent]}".lstrip(".")
        path.append((level, own))
        later = zip(heads[place + 1 :], levels[place + 1 :], strict=True)
        stop = next((head.start for (head, _), other in later if other <= level), end + 1)
        last = max(other.end for other, _ in body if line.start <= other.start < stop)
        rows.append((f"{name}-s{own}", "section", level, f"{name}-s{parent}" if parent else name, line.start, last))
    return rows


def _levels(manners: list[str | None]) -> list[int]:
    """Rank the manners of numbering in use; a bare heading stands below the last numbered one."""
    used = [manner for manner in MANNERS if manner in manners]
    levels, numbered = [], 0
    for manner in manners:
        if manner:
            numbered = used.index(manner) + 1
        levels.append(numbered if manner else numbered + 1)
    return levels


def _inside(text: str, unit: str, level: int, line: Span, measures: list[Span]) -> list[tuple]:
    rows = []
    sentences = [Span(line.start + a, line.start + b) for a, b in split_sentences(text[line.start : line.end])]
    rows.append((f"{unit}-t", "thesis", level, unit, *sentences[0]))
    if measures and measures[0].start > line.start:
        opening = text[line.start : measures[0].start].rstrip()
        rows.append((f"{unit}-m0", "opening", level, unit, line.start, line.start + len(opening)))
    rows += [(f"{unit}-m{i}", "measure", level, unit, *measure) for i, measure in enumerate(measures, start=1)]
    for i, sentence in enumerate(sentences, start=1):
        rows.append((f"{unit}-{i}", "sentence", level, unit, *sentence))
        for j, (a, b) in enumerate(split_clauses(text[sentence.start : sentence.end]), start=1):
            rows.append((f"{unit}-{i}-{j}", "clause", level, f"{unit}-{i}", sentence.start + a, sentence.start + b))
    return rows


def _measures(text: str, lines: list[Span]) -> dict[Span, list[Span]]:
    """Find the enumerations inside each line, and those that run from line to line."""
    found: dict[Span, list[Span]] = {}
    for line in lines:
        starts = _enumeration(text[line.start : line.end])
        if starts:
            bounds = [line.start + start for start in starts] + [line.end]
            found[line] = [Span(a, a + len(text[a:b].rstrip())) for a, b in zip(bounds, bounds[1:], strict=False)]
    run: list[Span] = []
    for line in [*lines, Span(0, 0)]:  # the last ends a run
        match = None if line in found else re.match(MARKERS[0], text[line.start : line.end])
        number = read_numeral(match["n"]) if match else 0
        if number == len(run) + 1:
            run.append(line)
            continue
        if len(run) > 1:
            found.update({member: [member] for member in run})
        run = [line] if number == 1 else []
    return found


def _enumeration(paragraph: str) -> list[int]:
    """Return where the members of the longest enumeration of a paragraph start."""
    candidates = [_numbered(paragraph, MARKERS[0]), _numbered(paragraph, MARKERS[2])]
    for pattern, words in ((MARKERS[1], SEQUENCES[0]), (MARKERS[3], SEQUENCES[1])):
        hits = [(m["n"], m.start()) for m in _at_boundaries(paragraph, pattern)]
        order = [words.index(word) for word, _ in hits]
        if len(hits) > 1 and order[0] == 0 and order == sorted(set(order)):
            candidates.append([start for _, start in hits])
    return max(candidates, key=len)


def _numbered(paragraph: str, pattern: str) -> list[int]:
    best: list[int] = []
    starts: list[int] = []
    for match in _at_boundaries(paragraph, pattern):
        value = read_numeral(match["n"])
        if value == len(starts) + 1:
            starts.append(match.start())
        elif value == 1:
            starts = [match.start()]
        if len(starts) > max(len(best), 1):
            best = list(starts)
    return best


def _at_boundaries(paragraph: str, pattern: str) -> list[re.Match]:
    """Find a marker at the start of the paragraph, or behind a stop with its closing quote."""
    before = rf"(?:^|(?<=[{BOUNDARY}])|(?<=[。！？；][”）)]))"
    return list(re.finditer(before + pattern, paragraph))


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
