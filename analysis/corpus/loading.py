"""The corpus of the two articles, as the edition in ``data/edition/`` has them."""

from pathlib import Path

import pandas as pd

from analysis._paths import DATA
from analysis._tables import read_table
from analysis.corpus.structure import LEVELS, outline
from analysis.reading import read_folder
from analysis.reading.documents import SUFFIXES

EDITION = DATA / "edition"
KINDS = ("lead", "heading", "body")
PROBLEMS = ["file", "kind", "message"]


def load_articles(edition: str | Path = EDITION, on_error: str = "raise"):
    """Load the articles of an edition, or of a folder of your own documents, one row each.

    Parameters
    ----------
    edition : folder with ``articles.csv`` and ``paragraphs.csv``; any other folder is read with
        :func:`analysis.read_folder`.
    on_error : as in :func:`analysis.read_folder`: ``"report"`` goes on without the documents that
        cannot be read, and returns what is wrong with them, too.

    Returns
    -------
    DataFrame
        Index ``article``; ``title``, ``authors`` (separated by ``;``), ``affiliation`` and
        ``text``: lead, headings and paragraphs, with a blank line between them. For a folder of
        documents, the columns that ``read_folder`` gives.
    (DataFrame, DataFrame)
        With ``on_error="report"``: the same, and the table of problems of ``read_folder``, which
        has no row for an edition: there an error is always raised.

    Raises
    ------
    FileNotFoundError, ValueError
        If the folder does not exist or holds no document that can be read; if a file is missing
        or damaged, a paragraph belongs to no article, has an unknown
        kind, or is out of order; the message names file and line.

    Examples
    --------
    >>> load_articles().title["zhang-lu"]
    '站在新起点 奋力开创京津冀协同发展新局面'
    """
    articles, problems = _articles(Path(edition), on_error)
    return (articles, problems) if on_error == "report" else articles


def _articles(folder: Path, on_error: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the articles, and what is wrong with documents that are left out."""
    if on_error not in ("raise", "report"):
        raise ValueError(f"on_error must be 'raise' or 'report', not {on_error!r}.")
    if any((folder / name).exists() for name in ("articles.csv", "paragraphs.csv")):
        return _edition(folder), pd.DataFrame(columns=PROBLEMS)
    if folder == EDITION:
        raise FileNotFoundError(
            f"{folder} does not exist: the two articles of the project lie in "
            "its checkout and are not installed with the package. Work there, "
            "or give your own file or folder."
        )
    if not folder.is_dir():
        raise FileNotFoundError(
            f"{folder} does not exist or is no folder: give the folder of an edition, or one that holds your documents."
        )
    if not any(path.suffix.lower() in SUFFIXES for path in folder.rglob("*")):
        raise FileNotFoundError(
            f"{folder} has no document to read (none ends in "
            f"{', '.join(SUFFIXES)}), and is no edition either (no "
            "articles.csv with paragraphs.csv)."
        )
    found = read_folder(folder, on_error)
    articles, problems = found if on_error == "report" else (found, pd.DataFrame(columns=PROBLEMS))
    if articles.empty:
        listed = "\n".join(f"- {message}" for message in problems.message[:20])
        raise ValueError(f"None of the documents of {folder} can be read:\n{listed}")
    return articles.rename_axis("article"), problems


def _edition(edition: Path) -> pd.DataFrame:
    """Read the articles of an edition, with their paragraphs as text."""
    columns = ["article", "title", "authors", "affiliation"]
    articles = read_table(edition / "articles.csv", columns, ["article"])
    path = edition / "paragraphs.csv"
    rows = read_table(path, ["article", "position", "kind", "blocks", "text"], ["article", "position"])
    _check_paragraphs(path, rows, set(articles.article))
    articles = articles.set_index("article")
    articles["text"] = rows.groupby("article", sort=False).text.agg("\n\n".join)
    if articles.text.isna().any():
        raise ValueError(f"{path} has no paragraph of {articles.index[articles.text.isna()][0]}.")
    return articles


def load_corpus(edition: str | Path | pd.DataFrame = EDITION, level: str = "paragraph", on_error: str = "raise"):
    """Load the articles of an edition, or your own documents, cut into units of one size.

    Parameters
    ----------
    edition : folder with ``articles.csv`` and ``paragraphs.csv``, or any folder of documents
        (``.txt``, ``.md``, ``.docx``, ``.html``, ``.pdf``; see :func:`analysis.read_folder`, whose
        table can also be given in place of the folder).
    level : ``"paragraph"``; ``"measure"`` (paragraphs that enumerate, 一是…二是…, come apart into
        their opening and their measures); ``"sentence"``; ``"clause"``. At each level the units
        hold all prose of the articles once.
    on_error : as in :func:`load_articles`, for documents that cannot be read.

    Returns
    -------
    DataFrame
        Index ``unit`` (``zhang-lu-10``, its second measure ``zhang-lu-10-m2``, its first sentence
        ``zhang-lu-10-1``: article, position, part; stable). Columns: ``article``; ``title`` and
        ``authors`` of the article; ``kind`` (``lead``, ``body``; ``opening``, ``measure``;
        ``sentence``; ``clause``); ``section`` (number of the heading above it, 0 for the lead);
        ``heading`` (the nearest above it, ``""`` for the lead); ``position`` (place of the
        paragraph in the article, headings counted, from 1); ``blocks`` (blocks of the page that
        its paragraph was restored from, ``6+8``); ``start`` and ``end`` in the text of
        :func:`load_articles`; ``text``. Headings are not rows: their words would count as prose,
        nor are the lines above a document's first sentence. For documents of your own, their
        metadata stand in place of ``authors``, and there are no ``blocks``.
    (DataFrame, DataFrame)
        With ``on_error="report"``: the same, and the table of problems (``file``, ``kind``,
        ``message``).

    Raises
    ------
    FileNotFoundError, ValueError
        As :func:`load_articles`; and for an unknown level.

    Examples
    --------
    >>> corpus = load_corpus()
    >>> corpus.groupby("article", sort=False).size().to_dict()
    {'zhang-lu': 12, 'lu': 5}
    >>> corpus.loc["lu-03", "heading"]
    '一、推动构建一体化创新格局'
    >>> load_corpus(level="measure").kind.value_counts()["measure"]
    np.int64(26)

    Notes
    -----
    The wording is the authors', as printed; doubtful readings are listed by
    :func:`load_readings` and not corrected. Two articles are a small corpus: shares and
    rankings describe these texts and are no sample of anything larger.
    """
    if level not in LEVELS:
        raise ValueError(f"level must be one of {LEVELS}, not {level!r}.")
    if isinstance(edition, pd.DataFrame):
        articles, problems = edition.rename_axis("article"), pd.DataFrame(columns=PROBLEMS)
    else:
        articles, problems = _articles(Path(edition), on_error)
    if articles.empty:
        raise ValueError("The table has no document: read_folder() left nothing in it.")
    corpus = pd.concat([_units(name, row, level) for name, row in articles.iterrows()])
    if "read_as" not in articles:
        _add_blocks(corpus, Path(edition))
    return (corpus, problems) if on_error == "report" else corpus


def _add_blocks(corpus: pd.DataFrame, edition: Path) -> None:
    """Say which blocks of the page each unit's paragraph was restored from."""
    rows = read_table(edition / "paragraphs.csv", ["blocks"], ["article", "position"])
    blocks = rows.set_index(["article", rows.position.astype(int)]).blocks
    keys = pd.MultiIndex.from_frame(corpus[["article", "position"]])
    corpus.insert(7, "blocks", blocks.reindex(keys).to_numpy())


def _units(name: str, article: pd.Series, level: str) -> pd.DataFrame:
    """Return the units of one article at one level, in reading order."""
    units = outline(article.text, name)
    paragraphs = units[units.kind.isin(["lead", "body"])]
    if level == "paragraph":
        chosen = paragraphs
    elif level == "measure":
        parts = units[units.kind.isin(["opening", "measure"])]
        whole = paragraphs[~paragraphs.index.isin(parts.parent)]
        chosen = pd.concat([parts, whole]).sort_values("start")
    else:
        chosen = units[units.kind == level]
    chosen = chosen.sort_values("start")
    starts = pd.Series(paragraphs.index, index=paragraphs.start)
    home = starts.iloc[starts.index.searchsorted(chosen.start, side="right") - 1].to_numpy()
    headings = units[units.kind == "heading"].set_index("parent").text
    section = units.parent.loc[home].to_numpy()
    return pd.DataFrame({
        "article": name,
        **article.drop(["text", "affiliation"], errors="ignore"),
        "kind": chosen.kind,
        "section": [int(unit.rsplit("-s", 1)[1].split(".")[0]) for unit in section],
        "heading": [_heading_above(unit, headings) for unit in section],
        "position": [int(unit.rsplit("-", 1)[1]) for unit in home],
        "start": chosen.start,
        "end": chosen.end,
        "text": chosen.text,
    })


def _heading_above(section: str, headings: pd.Series) -> str:
    """Return a section's heading, or that of the nearest section around it that has one."""
    while section not in headings and "." in section:
        section = section.rpartition(".")[0]
    return headings.get(section, "")


def load_repairs(edition: str | Path = EDITION) -> pd.DataFrame:
    """Load the log of every repair that turned the page into the edition.

    Returns
    -------
    DataFrame
        Index ``repair``; columns ``operation`` (``move``, ``join``, ``overlap removed``,
        ``title merged``), ``article``, ``blocks`` (counted on the page from 0), ``after`` (the
        block that they are placed after), ``removed`` (characters dropped because they are
        printed twice), ``seam``, ``evidence`` and ``confidence`` (0..1).

    Examples
    --------
    >>> load_repairs().removed.loc[lambda s: s != ""].tolist()
    ['优势,']
    """
    columns = ["repair", "operation", "article", "blocks", "after", "removed", "seam", "evidence", "confidence"]
    table = read_table(Path(edition) / "repairs.csv", columns, ["repair"]).set_index("repair")
    return table.astype({"confidence": float})


def load_readings(edition: str | Path = EDITION) -> pd.DataFrame:
    """Load the doubtful readings: what is printed, what it may stand for, and why.

    Returns
    -------
    DataFrame
        Index ``unit`` (of the corpus, or of a heading); columns ``printed``, ``compare``,
        ``note``. The text of the corpus keeps what is printed.

    Examples
    --------
    >>> "前哨哨所" in load_readings().printed.tolist()
    True
    """
    columns = ["article", "position", "printed", "compare", "note"]
    rows = read_table(Path(edition) / "readings.csv", columns, ["article", "position", "printed"])
    unit = rows.article + "-" + rows.position.astype(int).map("{:02d}".format)
    return rows.set_index(unit.rename("unit"))[["printed", "compare", "note"]]


def _check_paragraphs(path: Path, rows: pd.DataFrame, articles: set[str]) -> None:
    for line, row in enumerate(rows.itertuples(), start=2):
        if row.article not in articles:
            raise ValueError(f"{path}, line {line}: article {row.article!r} is not in articles.csv.")
        if row.kind not in KINDS:
            raise ValueError(f"{path}, line {line}: kind {row.kind!r} is not one of {KINDS}.")
        if not row.position.isdecimal():
            raise ValueError(f"{path}, line {line}: position {row.position!r} is not a number.")
        if not row.text.strip():
            raise ValueError(f"{path}, line {line}: the paragraph is empty.")
    expected = (rows.groupby("article").cumcount() + 1).astype(str)
    wrong = rows.index[rows.position.str.lstrip("0") != expected]
    if len(wrong):
        raise ValueError(
            f"{path}, line {wrong[0] + 2}: position {rows.position[wrong[0]]} follows "
            f"out of order; positions of an article run 1, 2, 3, …."
        )
