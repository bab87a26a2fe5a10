"""From a page to an edition: the files under ``data/edition/``, written by ``restore``."""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from analysis._checks import strings
from analysis._tables import read_text_file
from analysis.restoration import Restoration, restore, undo
from analysis.restoration.blocks import split_page

SEAM = 8  # characters shown on either side


def write_edition(
    page: str | Path, names: Sequence[str], folder: str | Path, refuse: Sequence[str] = ()
) -> Restoration:
    """Restore a page and write its articles, with the log of every repair.

    Parameters
    ----------
    page : path of the page, UTF-8.
    names : a name for each article, in the order of the page (``["zhang-lu", "lu"]``).
    folder : gets ``articles.csv``, ``paragraphs.csv``, ``repairs.csv`` and ``NAME.txt``.
    refuse : repairs not to be made, by their name in ``repairs.csv`` (``join-6-8``).

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
    >>> from analysis._paths import DATA
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     result = write_edition(DATA / "raw" / "theory-page.txt", ["a", "b"], folder)
    ...     sorted(path.name for path in Path(folder).iterdir())
    ['a.txt', 'articles.csv', 'b.txt', 'paragraphs.csv', 'repairs.csv']
    """
    folder, names = Path(folder), strings("names", names)
    text = read_text_file(Path(page))
    result = restore(text, refuse=refuse)
    if len(names) != len(result.articles):
        raise ValueError(
            f"{page} has {len(result.articles)} articles "
            f"({[a.title for a in result.articles]}), and {len(names)} names."
        )
    tables = {
        "articles": _articles(result, names),
        "paragraphs": _paragraphs(result, names),
        "repairs": repair_log(result, names),
    }
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in tables.items():
        table.to_csv(folder / f"{name}.csv", index=False, lineterminator="\n")
    for name, article in zip(names, result.articles, strict=True):
        parts = [article.title, article.byline, article.text, article.affiliation]
        whole = "\n\n".join(part for part in parts if part) + "\n"
        (folder / f"{name}.txt").write_text(whole, encoding="utf-8", newline="\n")
    return result


def repair_log(result: Restoration, names: Sequence[str]) -> pd.DataFrame:
    """List the repairs of a restoration with the text at each seam.

    Returns
    -------
    DataFrame
        ``repair``, ``operation``, ``article``, ``blocks`` (``6+8``), ``after`` (the block that
        they are placed after), ``removed`` (characters left out because they are printed
        twice), ``seam``, ``evidence`` and ``confidence`` (0..1, the model's own).
    """
    rows = [
        (
            name,
            row.kind,
            names[row.article],
            "+".join(map(str, row.blocks)),
            row.after,
            row.text if row.kind == "overlap removed" else "",
            _seam(result, row),
            row.evidence,
            f"{row.confidence:.3f}",
        )
        for name, row in result.operations.iterrows()
    ]
    return pd.DataFrame(
        rows, columns=["repair", "operation", "article", "blocks", "after", "removed", "seam", "evidence", "confidence"]
    )


def _seam(result: Restoration, row: pd.Series) -> str:
    """Show what stands on either side of a join, or what stands at the head of a move."""
    page = _blocks(result)
    if row.kind == "move":
        return f"{page[row.blocks[0]][: 2 * SEAM]}…"
    first, second = (page[block] for block in row.blocks[:2])
    second = second if row.kind == "overlap removed" else second.removeprefix(result.pieces.removed[row.blocks[1]])
    return f"{first[-SEAM:]} | {second[:SEAM]}"


def _blocks(result: Restoration) -> list[str]:
    return list(split_page(undo(result)).blocks)


def _articles(result: Restoration, names: Sequence[str]) -> pd.DataFrame:
    rows = [
        (name, article.title, ";".join(article.authors), article.affiliation)
        for name, article in zip(names, result.articles, strict=True)
    ]
    return pd.DataFrame(rows, columns=["article", "title", "authors", "affiliation"])


def _paragraphs(result: Restoration, names: Sequence[str]) -> pd.DataFrame:
    rows = [
        (name, position, part.kind, "+".join(map(str, part.blocks)), part.text)
        for name, article in zip(names, result.articles, strict=True)
        for position, part in enumerate(article.paragraphs, start=1)
    ]
    return pd.DataFrame(rows, columns=["article", "position", "kind", "blocks", "text"])
