"""From a page to an edition: the files under ``data/edition/``, written by ``restore``."""

from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from analysis._checks import strings
from analysis._intervals import wilson
from analysis._paths import DATA, EDITION
from analysis._tables import read_table, read_text_file, replacing
from analysis.restoration.blocks import split_page
from analysis.restoration.page import Restoration, restore, undo

SEAM = 8  # characters shown on either side
LOG = ["repair", "operation", "article", "blocks", "after", "removed", "seam", "evidence", "confidence"]


def write_edition(
    page: str | Path, names: Iterable[str], folder: str | Path, *, refuse: Iterable[str] = ()
) -> Restoration:
    """Restore a page and write its articles, with the log of every repair.

    Parameters
    ----------
    page : str or Path
        The page, UTF-8.
    names : collection of str
        A name for each article, in the order of the page (``["a", "b"]``).
    folder : str or Path
        Gets ``articles.csv``, ``paragraphs.csv``, ``repairs.csv`` and ``NAME.txt``, each whole or as it was before.
    refuse : collection of str, optional
        Repairs not to be made, by their name in ``repairs.csv`` (``join-6-8``).

    Returns
    -------
    Restoration

    Raises
    ------
    ValueError
        If the number of names is not that of the articles found.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     page = "标题\\n\\n王芳\\n\\n一要改革。二要深化开\\n\\n放,扩大合作。"
    ...     _ = Path(folder, "page.txt").write_text(page, encoding="utf-8")
    ...     write_edition(Path(folder, "page.txt"), ["a"], folder).operations.index.tolist()
    ['join-2-3']
    """
    folder, names = Path(folder), strings("names", names)
    result = restore(read_text_file(Path(page)), refuse=refuse)
    if len(names) != len(result.articles):
        titles = [article.title for article in result.articles]
        raise ValueError(f"{page} has {len(titles)} articles ({titles}), and {len(names)} names.")
    folder.mkdir(parents=True, exist_ok=True)
    tables = {"repairs": repair_log(result, names), **_tables(result, names)}
    files = {f"{name}.csv": table.to_csv(index=False, lineterminator="\n") for name, table in tables.items()}
    for name, article in zip(names, result.articles, strict=True):
        parts = [article.title, article.byline, article.text, article.affiliation]
        files[f"{name}.txt"] = "\n\n".join(part for part in parts if part) + "\n"
    for file, text in files.items():
        with replacing(folder / file) as temporary:
            temporary.write_text(text, encoding="utf-8", newline="\n")
    return result


def load_repairs(folder: str | Path = EDITION) -> pd.DataFrame:
    """Load the log of every repair that turned the page into the edition.

    Returns
    -------
    DataFrame
        Index ``repair``; columns ``operation`` (``move``, ``join``, ``overlap removed``, ``title merged``);
        ``article``; ``blocks`` (``6+8``, counted on the page from 0); ``after`` (the block that they are placed
        after); ``removed`` (characters left out because they are printed twice); ``seam`` (the text there);
        ``evidence`` and ``confidence`` (0..1, the model's own).

    Examples
    --------
    >>> sorted(load_repairs().operation.unique())
    ['join', 'move', 'overlap removed', 'title merged']
    """
    table = read_table(Path(folder) / "repairs.csv", LOG, ["repair"]).set_index("repair")
    return table.astype({"confidence": float})


def load_readings(folder: str | Path = EDITION) -> pd.DataFrame:
    """Load the doubtful readings: what is printed (and kept in the corpus), what it may stand for, and why.

    Returns
    -------
    DataFrame
        Index ``unit`` (of the corpus, or of a heading); columns ``printed``, ``compare``, ``note``.

    Examples
    --------
    >>> load_readings().columns.tolist()
    ['printed', 'compare', 'note']
    """
    columns = ["article", "position", "printed", "compare", "note"]
    rows = read_table(Path(folder) / "readings.csv", columns, ["article", "position", "printed"])
    unit = rows.article + "-" + rows.position.astype(int).map("{:02d}".format)
    return rows.set_index(unit.rename("unit"))[["printed", "compare", "note"]]


def load_checks(path: str | Path = DATA / "gold" / "checks.csv") -> pd.DataFrame:
    """Load how often restoration and structure were right on pages and documents that they were not tuned on.

    Returns
    -------
    DataFrame
        Columns ``measure``, ``group``, ``right`` and ``of`` (counts), ``rate``, and ``low`` and ``high``, the 95 %
        interval of Wilson (1927), as ``scripts/measure_documents.py`` counted them.

    Examples
    --------
    >>> load_checks().columns.tolist()
    ['measure', 'group', 'right', 'of', 'rate', 'low', 'high']
    """
    table = read_table(Path(path), ["measure", "group", "right", "of"], ["measure", "group"])
    table = table.astype({"right": int, "of": int})
    low, high = wilson(table.right, table.of)
    return table.assign(rate=table.right / table.of, low=low, high=high).round(3)


def repair_log(result: Restoration, names: list[str]) -> pd.DataFrame:
    """List the repairs of a restoration as :func:`load_repairs` reads them."""
    page = split_page(undo(result)).blocks
    rows = []
    for name, row in result.operations.iterrows():
        blocks, removed = "+".join(map(str, row.blocks)), row.text if row.kind == "overlap removed" else ""
        placed = (name, row.kind, names[row.article], blocks, row.after, removed)
        rows.append((*placed, _seam(page, result, row), row.evidence, f"{row.confidence:.3f}"))
    return pd.DataFrame(rows, columns=LOG)


def _seam(page: tuple[str, ...], result: Restoration, row: pd.Series) -> str:
    """Show what stands on either side of a join, or what stands at the head of a move."""
    if row.kind == "move":
        return f"{page[row.blocks[0]][: 2 * SEAM]}…"
    first, second = (page[block] for block in row.blocks[:2])
    second = second if row.kind == "overlap removed" else second.removeprefix(result.pieces.removed[row.blocks[1]])
    return f"{first[-SEAM:]} | {second[:SEAM]}"


def _tables(result: Restoration, names: list[str]) -> dict[str, pd.DataFrame]:
    articles, paragraphs = [], []
    for name, article in zip(names, result.articles, strict=True):
        articles.append((name, article.title, ";".join(article.authors), article.affiliation))
        for position, part in enumerate(article.paragraphs, start=1):
            paragraphs.append((name, position, part.kind, "+".join(map(str, part.blocks)), part.text))
    about = pd.DataFrame(articles, columns=["article", "title", "authors", "affiliation"])
    text = pd.DataFrame(paragraphs, columns=["article", "position", "kind", "blocks", "text"])
    return {"articles": about, "paragraphs": text}
