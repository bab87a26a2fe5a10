"""The corpus of the two articles, as the edition in ``data/edition/`` has them."""

from pathlib import Path

import pandas as pd

from analysis.paths import DATA
from analysis.tables import read_table

EDITION = DATA / "edition"
KINDS = ("lead", "heading", "body")


def load_corpus(edition: str | Path = EDITION) -> pd.DataFrame:
    """Load the articles of an edition, one row per paragraph.

    Parameters
    ----------
    edition : folder with ``articles.csv`` and ``paragraphs.csv``.

    Returns
    -------
    DataFrame
        Index ``unit`` (``zhang-lu-03``: article and position, stable). Columns: ``article``;
        ``title`` and ``authors`` of the article; ``kind`` (``lead`` or ``body``);
        ``section`` (number of the heading above it, 0 for the lead); ``heading`` (its text,
        ``""`` for the lead); ``position`` (place among all paragraphs of the article, headings
        counted, from 1); ``blocks`` (blocks of the page it was restored from, ``6+8``);
        ``text``. Headings are not rows: their words would count as prose.

    Raises
    ------
    FileNotFoundError, ValueError
        If a file is missing or damaged, a paragraph belongs to no article, has an unknown
        kind, or is out of order; the message names file and line.

    Examples
    --------
    >>> corpus = load_corpus()
    >>> corpus.groupby("article", sort=False).size().to_dict()
    {'zhang-lu': 12, 'lu': 5}
    >>> corpus.loc["lu-03", "heading"]
    '一、推动构建一体化创新格局'

    Notes
    -----
    The wording is the authors', as printed; doubtful readings are listed by
    :func:`load_readings` and not corrected. Two articles are a small corpus: shares and
    rankings describe these texts and are no sample of anything larger.
    """
    edition = Path(edition)
    articles = read_table(edition / "articles.csv", ["article", "title", "authors"], ["article"])
    path = edition / "paragraphs.csv"
    rows = read_table(path, ["article", "position", "kind", "blocks", "text"],
                      ["article", "position"])
    _check_paragraphs(path, rows, set(articles.article))
    rows["position"] = rows.position.astype(int)
    is_heading = rows.kind == "heading"
    rows["section"] = is_heading.groupby(rows.article).cumsum()
    rows["heading"] = rows.text.where(is_heading).groupby(rows.article).ffill().fillna("")
    rows = rows[~is_heading].merge(articles[["article", "title", "authors"]], on="article")
    rows.index = pd.Index(rows.article + "-" + rows.position.map("{:02d}".format), name="unit")
    return rows[["article", "title", "authors", "kind", "section", "heading", "position",
                 "blocks", "text"]]


def load_repairs(edition: str | Path = EDITION) -> pd.DataFrame:
    """Load the log of every repair that turned the page into the edition.

    Returns
    -------
    DataFrame
        Index ``repair``; columns ``operation`` (``move``, ``join``, ``remove overlap``,
        ``merge title``), ``article``, ``blocks`` (counted on the page from 0), ``removed``
        (characters dropped because they are printed twice), ``seam`` and ``evidence``.

    Examples
    --------
    >>> load_repairs().removed.loc[lambda s: s != ""].tolist()
    ['优势,']
    """
    columns = ["repair", "operation", "article", "blocks", "removed", "seam", "evidence"]
    return read_table(Path(edition) / "repairs.csv", columns, ["repair"]).set_index("repair")


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
        raise ValueError(f"{path}, line {wrong[0] + 2}: position {rows.position[wrong[0]]} follows "
                         f"out of order; positions of an article run 1, 2, 3, ….")
