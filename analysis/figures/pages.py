"""Figures of a page: before and after restoration, how often that works, and the outlines."""

from textwrap import wrap
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import FancyArrowPatch, Rectangle
from pandas import DataFrame, Series

from analysis._checks import strings
from analysis.figures.common import by_group, panels, plot_intervals
from analysis.figures.labels import word
from analysis.figures.style import Map, figure, group_colour, needs, styled
from analysis.restoration import Restoration, undo
from analysis.restoration.blocks import split_page

SMALLEST = 104  # height of a one-line block, in characters, so that titles can be read
GAP = 10
_LONGEST_LINE, _BARS = 27, 0.86  # characters of an outline's label, and where its bars begin


def page_layout(result: Restoration, names: list[str]) -> DataFrame:
    """List the blocks of a page with their places before and after restoration.

    Parameters
    ----------
    result : Restoration
        What :func:`analysis.restore` returns.
    names : sequence of str
        A name for each article.

    Returns
    -------
    DataFrame
        Index ``block``; ``article``, ``characters``, ``begins`` (its first six), ``place`` (in reading order,
        from 0), ``moved`` and ``joined`` (to the block before it).

    Examples
    --------
    >>> from analysis import restore
    >>> page = "标题\\n\\n王芳\\n\\n一要坚持改革,深化开\\n\\n放,扩大合作。\\n\\n(作者为教授)"
    >>> page_layout(restore(page), ["a"]).joined.tolist()
    [False, False, False, True, False]
    """
    names = strings("names", names)
    blocks = split_page(undo(result)).blocks
    order = [block for article in result.articles for block in article.block_order]
    operations = result.operations
    moved = {b for row in operations[operations.kind == "move"].blocks for b in row}
    joined = {row[1] for row in operations[operations.kind == "join"].blocks}
    rows = [
        (names[result.pieces.article[i]], len(text), text[:6], order.index(i), i in moved, i in joined)
        for i, text in enumerate(blocks)
    ]
    columns = ["article", "characters", "begins", "place", "moved", "joined"]
    return DataFrame(rows, columns=columns).rename_axis("block")


@styled
def plot_page(layout: DataFrame, *, names: Map = None, lang: str = "en") -> Axes:
    """Draw the blocks of a page in the order of the page and in reading order.

    Heights are characters, with a least height for one-line blocks. Joined blocks stand without a gap.

    Parameters
    ----------
    layout : DataFrame
        Result of :func:`page_layout`.
    names, lang : optional, as in all figures
    """
    needs(layout, "article", "characters", "begins", "place", "moved", "joined")
    _, ax = figure("double", 150)
    colours = {name: group_colour(i) for i, name in enumerate(layout.article.unique())}
    reading = layout.sort_values("place")
    new_article = reading.article.ne(reading.article.shift())
    left = _stack(layout.characters, np.full(len(layout), GAP))
    right = _stack(reading.characters, np.where(reading.joined, 0, GAP) + np.where(new_article, 4 * GAP, 0))
    for block, row in layout.iterrows():
        height, colour = max(row.characters, SMALLEST), colours[row.article]
        for x, top in ((0, left[block]), (2.2, right[block])):
            alpha = 0.85 if row.moved else 0.4
            ax.add_patch(Rectangle((x, top), 1, height, facecolor=colour, edgecolor="white", lw=0.5, alpha=alpha))
            ax.text(x + 0.03, top + height / 2, f"{block}  {row.begins}", va="center", fontsize=6)
        ends = (1.02, left[block] + height / 2), (2.18, right[block] + height / 2)
        head, lw, alpha = ("-|>", 1.6, 1) if row.moved else ("-", 0.4, 0.6)
        style: dict[str, Any] = {"arrowstyle": head, "mutation_scale": 7, "shrinkA": 0, "shrinkB": 0}
        ax.add_patch(FancyArrowPatch(*ends, color=colour, lw=lw, alpha=alpha, **style))
        if row.joined:
            ax.plot(3.26, right[block], marker="<", color="black", ms=4)
            ax.text(3.31, right[block], word("joined", lang), va="center", fontsize=6)
    for x, key in ((0, "page"), (2.2, "restored")):
        ax.text(x, -3 * GAP, word(key, lang), fontsize=9)
    for name, part in reading.groupby("article", sort=False):
        ax.text(3.62, right[part.index[0]], names.get(name, name), color=colours[name], va="top", fontsize=8)
    bottom = (layout.characters.clip(lower=SMALLEST) + np.maximum(left, right)).max()
    ax.set(xlim=(-0.05, 4.2), ylim=(bottom + GAP, -9 * GAP))
    ax.axis("off")
    return ax


def _stack(characters: Series, gaps: np.ndarray) -> Series:
    """Return where each block begins when blocks stand below each other."""
    heights = characters.clip(lower=SMALLEST).to_numpy()
    tops = np.concatenate(([0], np.cumsum(heights)[:-1])) + np.cumsum(gaps) - gaps[0]
    return Series(tops, index=characters.index)


@styled
def plot_rates(table: DataFrame, *, lang: str = "en") -> Axes:
    """Draw how often damaged pages come back exactly, with 95 % intervals.

    Parameters
    ----------
    table : DataFrame
        Result of :func:`analysis.restoration.restoration_rates`.
    lang : optional, as in all figures
    """
    needs(table, "damage", "exact", "n", "rate", "low", "high")
    notes = table.exact.astype(str) + "/" + table.n.astype(str)
    shown = table.assign(damage=[word(damage, lang) for damage in table.damage], value=table.rate, note=notes)
    ax = plot_intervals(shown, label="damage", xlabel=word("rate", lang), note="note", percent=True)
    ax.set_xlim(table.low.min() - 0.02, 1.02)
    return ax


@styled
def plot_outline(table: DataFrame, *, names: Map = None, lang: str = "en") -> np.ndarray:
    """Draw the outline of each article as a tree, with the characters of every part as a bar.

    Parameters
    ----------
    table : DataFrame
        Columns ``article``, ``depth``, ``label``, ``characters``, as of :func:`analysis.corpus.headlines`.
    names, lang : optional, as in all figures
    """
    needs(table, "article", "depth", "label", "characters")
    sizes = table.label.map(_lines_of).groupby(table.article, sort=False).sum()
    lines = sizes.max()
    axes = panels(len(sizes), len(sizes), 16 + 3.7 * lines)
    for ax, part, colour in by_group(axes, table, "article", names):
        last: dict[int, float] = {}
        place = 0.0
        for row in part.itertuples():
            x, middle = 0.05 * row.depth, place + (_lines_of(row.label) - 1) / 2
            if row.depth - 1 in last:
                top = last[row.depth - 1]
                ax.plot([x - 0.03, x - 0.03, x - 0.008], [top + 0.4, middle, middle], color="0.7", lw=0.6)
            last[row.depth] = middle
            label = "\n".join(wrap(row.label, _LONGEST_LINE))
            ax.text(x, middle, label, va="center", fontsize=6.5 + (row.depth == 0), linespacing=1.1)
            width = 0.08 * row.characters / table.characters.max()
            alpha = (0.9, 0.6, 0.35)[min(row.depth, 2)]
            ax.barh(middle, width, left=_BARS, height=0.6, color=colour, alpha=alpha)
            ax.text(_BARS + 0.01 + width, middle, row.characters, va="center", fontsize=5.5, color="0.35")
            place += _lines_of(row.label)
        ax.text(_BARS, -1, word("characters", lang), va="center", fontsize=6, color="0.35")
        ax.set(xlim=(-0.02, 1), ylim=(lines - 0.4, -1.6), xticks=[], yticks=[])
        ax.spines[:].set_visible(False)
    return axes


def _lines_of(label: str) -> int:
    return max(1, -(-len(label) // _LONGEST_LINE))


@styled
def plot_reliability(table: DataFrame, *, lang: str = "en") -> Axes:
    """Draw how often repairs of a stated confidence are right, with 95 % intervals, over the confidence stated.

    Parameters
    ----------
    table : DataFrame
        Columns ``group`` (bounds of the confidence, ``0.90-0.95``), ``right``, ``of``, ``rate``, ``low`` and ``high``,
        as of :func:`analysis.restoration.load_checks`.
    lang : optional, as in all figures
    """
    needs(table, "group", "right", "of", "rate", "low", "high")
    notes = table.right.astype(str) + "/" + table.of.astype(str)
    shown = table.assign(value=table.rate, note=notes, group=table.group.str.replace("-", "–"))
    ax = plot_intervals(shown, label="group", xlabel=word("reliability", lang), note="note", percent=True)
    for place, group in enumerate(table.group):
        low, high = map(float, group.split("-"))
        ax.barh(place, high - low, left=low, height=0.7, color="0.85", zorder=0)
    ax.set_ylabel(word("confidence", lang))
    ax.set_xlim(min(0.5, table.low.min()), 1.03)
    return ax
