"""Articles of an edition, or documents of your own, as a corpus: one row per unit of text."""

from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from analysis._checks import check_problems, check_texts, strings
from analysis._paths import EDITION
from analysis._tables import read_table
from analysis.corpus.enumerations import find_measures
from analysis.corpus.heads import document_heads
from analysis.corpus.recognition import BRACKETED, OTHERS, PROSE
from analysis.corpus.sentences import Span
from analysis.corpus.structure import LEVELS, Parsed, Unit, inside, measure_units, parse
from analysis.reading import Problem, normalise, read_folder
from analysis.reading.documents import SUFFIXES
from analysis.reading.sources import report, same_texts, suffix_of
from analysis.reading.spreadsheets import LONGEST_CELL, TABLES, read_spreadsheet, without_clashes

KINDS = ("lead", "heading", "body")  # of an edition
_COLUMNS = ["article", "kind", "section", "heading", "position", "start", "end", "text", "left_out"]


def load_articles(
    source: str | Path | pd.DataFrame = EDITION, *, text: str = "text", problems: list[Problem] | None = None
) -> pd.DataFrame:
    """Load the articles of an edition, or of a folder or a table of your own documents, one row each.

    Parameters
    ----------
    source : str, Path or DataFrame, default ``data/edition`` of the checkout
        A folder with ``articles.csv`` and ``paragraphs.csv``, as :func:`analysis.restoration.write_edition`
        makes it; any other folder is read with :func:`analysis.read_folder`. Or a table of documents, one a row:
        a ``.xlsx``, ``.csv`` or ``.jsonl`` file, or a DataFrame. Of a file, a column ``unit``, ``id``, ``file`` or
        编号 names the documents if it is different and filled in each row, else the number of the row in the file.
    text : str, default "text"
        The column of a table that holds the texts; all others are metadata.
    problems : list, optional
        A list to be filled with what is wrong with documents, which are then left out, as in
        :func:`analysis.read_folder`. In an edition an error is always raised.

    Returns
    -------
    DataFrame
        Index ``article``; ``title``, ``authors`` (separated by ``;``), ``affiliation`` and ``text``: lead,
        headings and paragraphs, with a blank line between them; or the columns that ``read_folder`` gives, and
        those of :func:`analysis.corpus.document_heads` that it has not and that some document prints.

    Raises
    ------
    FileNotFoundError, ValueError
        If the folder does not exist or holds no document that can be read; for an edition with file and line,
        if a file is missing or damaged, or a paragraph has no article, an unknown kind, or is out of order.

    Examples
    --------
    >>> load_articles().columns.tolist()
    ['title', 'authors', 'affiliation', 'text']
    """
    check_problems(problems)
    if isinstance(source, pd.DataFrame):
        return _own_columns(_with_text(source, text), problems)
    folder = Path(source)
    if folder.is_file() and folder.suffix.lower() in TABLES:
        return _own_columns(_table_of_documents(folder, text, problems), problems)
    if _is_edition(folder):
        return _edition(folder)
    if folder == EDITION:
        why = "the two articles of the project lie in its checkout and are not installed with the package"
        raise FileNotFoundError(f"{folder} does not exist: {why}. Work there, or give your own file or folder.")
    if not folder.is_dir():
        advice = f"give a folder that holds documents, or a table of them ({', '.join(TABLES)})."
        raise FileNotFoundError(f"{folder} does not exist or is no folder: {advice}")
    if not any(suffix_of(path.name) in (*SUFFIXES, "") and not path.is_dir() for path in folder.rglob("*")):
        fault = f"{folder} has no document to read (none ends in {', '.join(SUFFIXES)})"
        raise FileNotFoundError(f"{fault}, and is no edition either (no articles.csv with paragraphs.csv).")
    begun = len(problems or [])
    articles = read_folder(folder, problems=problems)
    if articles.empty:
        listed = "\n".join(f"- {problem.message}" for problem in (problems or [])[begun:][:20])
        raise ValueError(f"None of the documents of {folder} can be read:\n{listed}")
    heads = document_heads(articles.text)
    found = [column for column in heads if column not in articles and heads[column].any()]
    return _own_columns(articles.join(heads[found]), problems)


def _table_of_documents(path: Path, text: str, problems: list[Problem] | None) -> pd.DataFrame:
    """Read a table with a text in each row; rows without one are named and left out."""
    table = _with_text(read_spreadsheet(path), text, str(path))
    empty = table.index[table.text.str.strip() == ""]
    full = table.index[table.text.str.len() == LONGEST_CELL]
    lost = f"{path}, row {{}} has no text: fill it in or take it away."
    cut = f"{path}, row {{}} has {LONGEST_CELL} characters, as many as a cell of Excel holds: its end may be missing."
    found = [Problem(path.name, "unreadable", lost.format(row), row) for row in empty]
    found += [Problem(path.name, "incomplete", cut.format(row), row) for row in full]
    ids = [name for name in ("unit", "id", "file", "编号") if name in table and table[name].is_unique]
    if ids and (table[ids[0]] != "").all():
        table = table.set_index(ids[0], drop=ids[0] in ("unit", "id"))
    table = table[table.text.str.strip() != ""]
    table["text"] = [normalise(each) for each in table.text]
    report(found + [*same_texts(table.text.items())], problems)
    return table


def _with_text(table: pd.DataFrame, text: str, name: str = "The table of documents") -> pd.DataFrame:
    if text not in table:
        raise ValueError(f"{name} has no column {text!r}, only {list(table.columns)}: name that of the texts, text=….")
    if text == "text":
        return table.copy()
    return table.rename(columns={"text": "given_text", text: "text"})


def _own_columns(articles: pd.DataFrame, problems: list[Problem] | None) -> pd.DataFrame:
    """Keep metadata whose columns are called as those of the corpus, under other names."""
    articles, renamed = without_clashes(articles, {*_COLUMNS, "unit", "blocks"} - {"text"})
    report([Problem("", "renamed", message) for message in renamed], problems)
    articles.index = articles.index.map(str)
    return articles.rename_axis("article")


def _is_edition(folder: Path) -> bool:
    return any((folder / name).exists() for name in ("articles.csv", "paragraphs.csv"))


def _edition(folder: Path) -> pd.DataFrame:
    """Read the articles of an edition, with their paragraphs as text."""
    articles = read_table(folder / "articles.csv", ["article", "title", "authors", "affiliation"], ["article"])
    path = folder / "paragraphs.csv"
    rows = read_table(path, ["article", "position", "kind", "blocks", "text"], ["article", "position"])
    _check_paragraphs(path, rows, set(articles.article))
    articles = articles.set_index("article")
    articles["text"] = rows.groupby("article", sort=False).text.agg("\n\n".join)
    if articles.text.isna().any():
        raise ValueError(f"{path} has no paragraph of {articles.index[articles.text.isna()][0]}.")
    return articles


def load_corpus(
    source: str | Path | pd.DataFrame = EDITION,
    *,
    text: str = "text",
    level: str = "paragraph",
    kinds: Iterable[str] = PROSE,
    problems: list[Problem] | None = None,
) -> pd.DataFrame:
    """Load the articles of an edition, or your own documents, cut into units of one size.

    Parameters
    ----------
    source : str, Path or DataFrame, default ``data/edition`` of the checkout
        A folder, or a table with a column of texts and any others, as in :func:`load_articles`; such as
        :func:`analysis.read_folder` gives.
    text : str, default "text"
        The column of a table that holds the texts.
    level : {"paragraph", "article", "measure", "sentence", "clause"}
        At ``"article"``, what 第三条 of a law says, items included, is one unit; what stands in no article comes
        as paragraphs. At ``"measure"``, paragraphs that enumerate (一是…二是…) come apart into their opening and their
        measures. At each level the units hold all prose of the articles once.
    kinds : collection of str, default ("lead", "body")
        Kinds of lines that the corpus holds, of those of :func:`analysis.outline`: prose by default; add ``"list"``
        or ``"table"`` for indicators, ``"heading"``, ``"front"`` and so on. What is no prose is not cut further.
    problems : list, optional
        As in :func:`load_articles`.

    Returns
    -------
    DataFrame
        Index ``unit`` (``a-10``, its second measure ``a-10-m2``, its first sentence ``a-10-1``: article,
        position, part; stable). Columns: ``article``; ``title`` and ``authors`` of the article, or the columns
        of your own table (one that is called as one of these is ``given_kind`` and so on, with a warning);
        ``kind`` (``lead``, ``body``; ``opening``, ``measure``, ``closing``; ``sentence``;
        ``clause``; or another of ``kinds``);
        ``section`` (number of the heading above it, 0 for the lead); ``heading`` (the nearest above it, ``""``
        for the lead); ``position`` (of the paragraph in the article, headings counted, from 1); ``blocks`` (of
        an edition: blocks of the page that its paragraph was restored from, ``6+8``); ``start`` and ``end`` in
        the text of the article; ``text``; ``left_out``: the share of the article's characters, white space apart,
        that is in none of the rows, since it is of other kinds (headings, tables, signatures, what stands above the
        first sentence: their words would count as prose). A document without any line of ``kinds`` has no row.

    Raises
    ------
    FileNotFoundError, ValueError
        As :func:`load_articles`; and for an unknown level or kind, a table without documents or a column ``text``,
        and documents that hold nothing of ``kinds``.

    Examples
    --------
    >>> articles = pd.DataFrame({"text": ["一、创新\\n要抓两点。一是建链。二是补链,强链。"]}, index=["a"])
    >>> load_corpus(articles, level="measure").text["a-02-m1"]
    '一是建链。'

    Notes
    -----
    The wording is the authors', as printed: doubtful readings of the edition are listed by
    :func:`analysis.restoration.load_readings` and not corrected. A few articles are a small corpus: shares and
    rankings describe these texts and are no sample of anything larger.
    """
    if level not in LEVELS:
        raise ValueError(f"level must be one of {LEVELS}, not {level!r}.")
    articles = load_articles(source, text=text, problems=problems)
    if articles.empty:
        raise ValueError("The table has no document: read_folder() left nothing in it.")
    check_texts(articles.text)
    chosen = _check_kinds(kinds)
    rows = [row for name, words in articles.text.items() for row in _units(str(name), words, level, chosen)]
    if not rows:
        raise ValueError(f"No document has a line of the kinds {sorted(chosen)}: ask for others with kinds=.")
    corpus = pd.DataFrame(rows, columns=["unit", *_COLUMNS]).set_index("unit")
    about = articles.drop(columns=["text", "affiliation"], errors="ignore").reindex(corpus.article)
    about.index = corpus.index
    corpus = pd.concat([corpus[["article"]], about, corpus.drop(columns="article")], axis=1)
    if not isinstance(source, pd.DataFrame) and _is_edition(Path(source)):
        _add_blocks(corpus, Path(source))
    return corpus


def _add_blocks(corpus: pd.DataFrame, edition: Path) -> None:
    """Say which blocks of the page each unit's paragraph was restored from."""
    rows = read_table(edition / "paragraphs.csv", ["blocks"], ["article", "position"])
    blocks = rows.set_index(["article", rows.position.astype(int)]).blocks
    keys = pd.MultiIndex.from_frame(corpus[["article", "position"]])
    corpus.insert(corpus.columns.get_loc("position") + 1, "blocks", blocks.reindex(keys).to_numpy())


def _check_kinds(kinds: Iterable[str]) -> set[str]:
    chosen = set(strings("kinds", kinds))
    unknown = sorted(chosen - {*PROSE, *OTHERS})
    if unknown or not chosen:
        raise ValueError(f"kinds: {unknown or 'none'} not known; choose from {', '.join((*PROSE, *OTHERS))}.")
    return chosen


def _units(name: str, text: str, level: str, kinds: set[str]) -> list[tuple]:
    """The units of one article at one level, in reading order."""
    parsed = parse(text, name)
    prose = [line for line in parsed.lines if line.kind in PROSE and line.kind in kinds]
    spans = [Span(line.start, line.end) for line in prose]
    measures = find_measures(text, spans) if level == "measure" else {}
    headings = _headings(text, parsed)
    rows, kept, whole = [], 0, 0
    places = enumerate([*parsed.front, *parsed.lines], start=1 - len(parsed.front))
    for position, line in _whole_articles(parsed, places) if level == "article" else places:
        size = len("".join(text[line.start : line.end].split()))
        whole += size
        if line.kind not in kinds:
            continue
        kept += size
        section = 0 if line.kind == "front" else int(line.parent.rsplit("-s", 1)[1].split(".")[0])
        for unit in _cut(text, line, level, measures) if line.kind in PROSE else [line]:
            words = text[unit.start : unit.end]
            placed = (unit.unit, name, unit.kind, section, headings.get(line.parent, ""), max(position, 0))
            rows.append((*placed, unit.start, unit.end, words))
    left = round(1 - kept / whole, 4)
    return [(*row, left) for row in rows]


def _whole_articles(parsed: Parsed, places: Iterable[tuple[int, Unit]]) -> list[tuple[int, Unit]]:
    """The lines of a text with those of one article of a law put together."""
    articles = {section.unit for section in parsed.sections if section.kind == "article"}
    joined: list[tuple[int, Unit]] = []
    for position, line in places:
        above = joined[-1][1] if joined else None
        if above and line.parent in articles and line.kind == above.kind == "body" and line.parent == above.parent:
            joined[-1] = joined[-1][0], above._replace(end=line.end)
        else:
            joined.append((position, line))
    return joined


def _cut(text: str, line: Unit, level: str, measures: dict[Span, list[Span]]) -> Iterable[Unit]:
    """A paragraph at a level."""
    if level in ("article", "paragraph"):
        return [line]
    if level == "measure":
        return list(measure_units(text, line, measures.get(Span(line.start, line.end), []))) or [line]
    return [unit for unit in inside(text, line, []) if unit.kind == level]


def _headings(text: str, parsed: Parsed) -> dict[str, str]:
    """The heading of every section, or that of the nearest around it that has one."""
    heads = [line for line in parsed.lines if line.kind in ("heading", "annex")]
    own = {line.parent: line for line in heads if not BRACKETED.fullmatch(text[line.start : line.end])}
    found: dict[str, str] = {}
    for section in parsed.sections:
        line = own.get(section.unit)
        found[section.unit] = text[line.start : line.end] if line else found.get(section.parent, "")
    return found


def _check_paragraphs(path: Path, rows: pd.DataFrame, articles: set[str]) -> None:
    expected = (rows.groupby("article").cumcount() + 1).astype(str)
    for wrong, message in (
        (~rows.article.isin(articles), "article {article!r} is not in articles.csv."),
        (~rows.kind.isin(KINDS), f"kind {{kind!r}} is not one of {KINDS}."),
        (~rows.position.str.isdecimal(), "position {position!r} is not a number."),
        (rows.text.str.strip() == "", "the paragraph is empty."),
        (rows.position.str.lstrip("0") != expected, "position {position} is out of order: they run 1, 2, 3, …."),
    ):
        for line in rows.index[wrong][:1]:
            raise ValueError(f"{path}, line {line + 2}: {message.format(**rows.loc[line])}")
