"""A scrambled newspaper page back into its articles, with an account of every repair."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from itertools import pairwise
from pathlib import Path

import pandas as pd

from analysis._checks import strings
from analysis._tables import read_text_file
from analysis.reading.numbering import is_numbered_heading
from analysis.restoration.blocks import Blocks, Page, Run, is_note, split_page, split_when
from analysis.restoration.bylines import byline_names
from analysis.restoration.reading_order import Reading, group_by_article, read
from analysis.restoration.repairs import Repair, move_blocks, propose

_COLUMNS = ["kind", "article", "blocks", "after", "text", "evidence", "confidence"]


@dataclass(frozen=True)
class Paragraph:
    """A paragraph: its text, its kind (lead, heading or body) and the blocks it came from."""

    text: str
    kind: str
    blocks: tuple[int, ...]


@dataclass(frozen=True)
class Article:
    """An article; ``block_order`` covers title, byline and note as well."""

    title: str
    byline: str
    authors: tuple[str, ...]
    affiliation: str
    paragraphs: tuple[Paragraph, ...]
    block_order: tuple[int, ...]

    @property
    def text(self) -> str:
        """The paragraphs with a blank line between them."""
        return "\n\n".join(paragraph.text for paragraph in self.paragraphs)


@dataclass(frozen=True)
class Restoration:
    """What :func:`restore` returns.

    ``operations`` has one row per repair made, ``proposals`` one per repair that was not sure
    enough. ``pieces`` is the account of every character: one row per block, with the article and part (title, byline,
    paragraph number or note) it went to, the span it has there, and the characters removed because the page prints
    them twice. ``spaces`` is the white space around the blocks.
    """

    articles: tuple[Article, ...]
    operations: pd.DataFrame = field(compare=False)
    proposals: pd.DataFrame = field(compare=False)
    pieces: pd.DataFrame = field(compare=False)
    spaces: tuple[str, ...]


def restore(text: str, *, least: float = 0.9, refuse: Iterable[str] = ()) -> Restoration:
    """Put the blocks of an extracted page back into articles, and leave alone what is not surely broken.

    Parameters
    ----------
    text : str
        The page; blocks are separated by blank lines.
    least : float, default 0.9
        Repairs less confident than this are not made and are listed in ``proposals``; 0 makes the best of all.
    refuse : collection of str, optional
        Ids of operations not to be applied, from the index of ``operations``.

    Returns
    -------
    Restoration
        ``operations`` has a row per repair, its index an id such as ``"join-6-8"``; columns ``kind`` (move, join,
        overlap removed, title merged), ``article`` (from 0), ``blocks`` (page blocks, from 0), ``after`` (the
        block they are placed after; -1 for the top), ``text`` (characters removed, or put between two lines of a
        title or two Latin words), ``evidence`` and ``confidence`` (0 to 1). ``proposals`` has the same columns.

    Raises
    ------
    TypeError, ValueError
        If the page is not a string, or ``refuse`` is one; if the page is empty or has one block only, ``least`` is
        no share, or an id to refuse is not among the operations.

    Examples
    --------
    >>> page = "新闻标题\\n\\n王芳\\n\\n一要坚持改革,深化开\\n\\n放,扩大合作。\\n\\n(作者为教授)"
    >>> restore(page).articles[0].text
    '一要坚持改革,深化开放,扩大合作。'

    Notes
    -----
    Two uses. On a newspaper page, known by its bylines, leads that were printed in a box and beginnings that were
    printed late are moved back. In any other text, such as one out of a PDF, nothing is moved: only paragraphs
    broken between neighbouring blocks are joined, and what stands between their halves (a footnote, a running head)
    is left there.

    Every pair of blocks is scored as neighbours: the log-odds that they are one paragraph, less a price for
    leaving the order of the page. One assignment then gives each block its successor so that the total is highest
    (:func:`analysis.restoration.reading_order.read`). Lines that are no prose by their shape
    (:func:`analysis.reading.lines.line_kind`) are never joined or moved. The confidence of a repair is by how much
    the best reading with it beats the best without, as a share of repairs that were right on pages made for this;
    notebook 01 shows how far that holds on others.
    """
    if not 0 <= least <= 1:
        raise ValueError(f"least is a confidence from 0 to 1, not {least!r}")
    if not isinstance(text, str):
        raise TypeError(f"text: a page is a string, not {type(text).__name__}; decode bytes first")
    page, refused = split_page(text), set(strings("refuse", refuse))
    if len(page.blocks) < 2:
        found = "one block" if page.blocks else "empty"
        raise ValueError(f"text: the page is {found}; give a newspaper page, its blocks separated by blank lines")
    best, reading = read(page.blocks, least)
    sure = [repair for repair in propose(page.blocks, reading) if repair.confidence >= least]
    unknown = sorted(refused - {repair.id for repair in sure})
    if unknown:
        known = ", ".join(repair.id for repair in sure) or "none"
        raise ValueError(f"refuse: no such operation {unknown}; made on this page: {known}")
    left = [repair for repair in propose(page.blocks, best) if repair.id not in {made.id for made in sure}]
    return _build(page, reading, [repair for repair in sure if repair.id not in refused], left)


def undo(result: Restoration) -> str:
    """Give the page back, byte for byte, from the articles and the account of operations.

    Parameters
    ----------
    result : Restoration

    Returns
    -------
    str

    Examples
    --------
    >>> page = "标题\\r\\n\\r\\n王芳\\r\\n\\r\\n正文。"
    >>> undo(restore(page)) == page
    True
    """
    texts = []
    for piece in result.pieces.itertuples():
        article = result.articles[piece.article]
        whole = {"title": article.title, "byline": article.byline, "note": article.affiliation}
        part = article.paragraphs[piece.paragraph].text if piece.part == "paragraph" else whole[piece.part]
        texts.append(piece.removed + part[piece.start : piece.end])
    return "".join(a + b for a, b in zip(result.spaces, [*texts, ""], strict=True))


def restore_pages(paths: Iterable[str | Path], *, least: float = 0.9) -> Iterator[str]:
    """Restore the pages in UTF-8 text files; yields one line of JSON per page.

    It holds ``{"articles": [{"title", "authors", "affiliation", "block_order", "paragraphs"}], "operations": [],
    "proposals": []}``, blocks counted from 0; ``least`` as in :func:`restore`. A FileNotFoundError or ValueError names
    the file that is missing, not UTF-8, or no page.
    """
    for path in map(Path, paths):
        text = read_text_file(path)
        try:
            result = restore(text, least=least)
        except ValueError as error:
            raise ValueError(f"{path}: {error}") from error
        articles = [asdict(article) for article in result.articles]
        for article in articles:
            del article["byline"]  # its names are the authors
        repairs = {"operations": result.operations, "proposals": result.proposals}
        listed = {name: [{**row, "id": key} for key, row in t.to_dict("index").items()] for name, t in repairs.items()}
        yield json.dumps({"articles": articles, **listed}, ensure_ascii=False)


def _build(page: Page, reading: Reading, accepted: list[Repair], left: list[Repair]) -> Restoration:
    by_kind = {kind: [r for r in accepted if r.kind == kind] for kind in {r.kind for r in accepted}}
    order = move_blocks(len(page.blocks), by_kind.get("move", ()))
    place = {block: i for i, block in enumerate(order)}
    made = sorted(accepted, key=lambda repair: place[repair.blocks[0]])
    articles, pieces = [], []
    for number, blocks in enumerate(group_by_article(order, reading.headers)):
        article, rows = _build_article(page.blocks, reading, by_kind, blocks)
        articles.append(article)
        pieces += [(number, *row) for row in rows]
    account = pd.DataFrame(pieces, columns=["article", "block", "part", "paragraph", "start", "end", "removed"])
    account = account.set_index("block").sort_index()
    return Restoration(tuple(articles), _table(made), _table(left), account, page.spaces)


def _table(repairs: list[Repair]) -> pd.DataFrame:
    table = pd.DataFrame(repairs, columns=Repair._fields).set_index("id")[_COLUMNS]
    return table.astype({"article": "int64", "after": "int64", "confidence": "float64"})


def _build_article(blocks: Blocks, reading: Reading, by_kind: dict, order: Run) -> tuple[Article, list[tuple]]:
    """The article that some blocks make, and the piece that each block became."""
    header = next((h for h in reading.headers if h.titles[0] == order[0]), None)
    titles = header.titles if header else ()
    glues = [repair.text for repair in by_kind.get("title merged", ()) if repair.blocks == titles]
    glue = glues[0] if glues else ""
    merged = titles if glues else titles[:1]
    byline = (header.byline,) if header and header.byline is not None else ()
    note = tuple(i for i in order if is_note(blocks[i]))[-1:]
    rows = _spans(blocks, merged, "title", glue=dict.fromkeys(merged[1:], glue))
    rows += _spans(blocks, byline, "byline") + _spans(blocks, note, "note")
    body = [i for i in order if i not in merged + byline + note]
    paragraphs, more = _paragraphs(blocks, body, by_kind)
    title = glue.join(blocks[i] for i in merged)
    names, affiliation = ("".join(blocks[i] for i in part) for part in (byline, note))
    authors = byline_names(names)
    return Article(title, names, authors, affiliation, paragraphs, order), rows + more


def _paragraphs(blocks: Blocks, body: list[int], by_kind: dict) -> tuple[tuple[Paragraph, ...], list[tuple]]:
    glues = {repair.blocks: repair.text for repair in by_kind.get("join", ())}
    twice = {r.blocks: r.text for r in by_kind.get("overlap removed", ()) if r.blocks in glues}
    groups = split_when(body, lambda a, b: (a, b) not in glues)
    first_heading = next((n for n, g in enumerate(groups) if is_numbered_heading(blocks[g[0]])), 0)
    paragraphs, rows = [], []
    for number, group in enumerate(groups):
        removed = {b: twice.get((a, b), "") for a, b in pairwise(group)}
        glue = {b: glues[a, b] for a, b in pairwise(group)}
        text = "".join(glue.get(i, "") + blocks[i][len(removed.get(i, "")) :] for i in group)
        kind = "lead" if number < first_heading else "heading" if is_numbered_heading(text) else "body"
        paragraphs.append(Paragraph(text, kind, group))
        rows += _spans(blocks, group, "paragraph", number, glue=glue, removed=removed)
    return tuple(paragraphs), rows


def _spans(blocks: Blocks, group: Run, part: str, number=-1, glue: dict | None = None, removed: dict | None = None):
    """Where the blocks of a group stand in the text that they make."""
    rows, end = [], 0
    for block in group:
        gone = (removed or {}).get(block, "")
        start = end + len((glue or {}).get(block, ""))
        end = start + len(blocks[block]) - len(gone)
        rows.append((block, part, number, start, end, gone))
    return rows
