"""What several figures have in common, and the figures of any table.

Every function takes a tidy frame and ``lang="en"|"zh"``, which switches all labels, and returns
Axes. Chinese terms stand as they are; English figures add a gloss where one is given.
"""

from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd

from analysis.figures.labels import word
from analysis.figures.style import Words, figure, group_colour, needs, styled

AT_ROW = ("axes fraction", "data")  # across the panel by its width, down by the data


def panels(count: int, most: int, height: float, extra: float = 0, **subplots) -> np.ndarray:
    """Open a double-width figure of so many panels, at most ``most`` in a row, each so high."""
    columns = min(most, count)
    rows = -(-count // columns)
    _, axes = figure("double", extra + rows * height, nrows=rows, ncols=columns, squeeze=False, **subplots)
    for ax in axes.flat[count:]:
        ax.set_visible(False)
    return axes.ravel()[:count]


def beside(ax, text, xy: tuple, shift: tuple = (5, 0), **style):
    """Write a small text beside a place, ``shift`` points off."""
    return ax.annotate(
        str(text), xy, shift, **{"textcoords": "offset points", "va": "center", "fontsize": 6.5, **style}
    )


def draw_bars(ax, values: Iterable[float], colour: str, size: float = 4) -> None:
    """Draw values from the top, each a dot at the end of a line from 0."""
    places = np.arange(len(values))
    ax.hlines(places, 0, values, color=colour, lw=1.4)
    ax.plot(values, places, "o", color=colour, ms=size)


def label_terms(ax, terms: Iterable[str], glosses: Mapping[str, str], first: float = 0) -> None:
    """Name the rows from the top, each term with its gloss below it, if there is one.

    ``first`` is where the middle of the first row stands.
    """
    ax.set_yticks([])
    ax.set_ylim(first + len(terms) - 0.5, first - 0.5)
    for place, term in enumerate(terms):
        at = {"xy": (0, first + place), "xycoords": AT_ROW, "ha": "right"}
        gloss = glosses.get(term, "")
        beside(ax, term, shift=(-4, 3.2 if gloss else 0), fontsize=7.5, color="black", **at)
        beside(ax, _shorten(gloss), shift=(-4, -4.4), fontsize=6, color="0.35", **at)


def _shorten(gloss: str, width: int = 46) -> str:
    return gloss if len(gloss) <= width else gloss[: width - 1].rsplit(" ", 1)[0] + " …"


def in_percent(axis) -> None:
    """Print the numbers of an axis in per cent."""
    axis.set_major_formatter(lambda share, _: f"{share:.0%}")


@styled
def plot_heatmap(
    table: pd.DataFrame,
    *,
    rows: str,
    columns: str,
    value: str = "per_1000",
    note: str = "count",
    names: Words = None,
    column_groups: Mapping | None = None,
    lang: str = "en",
):
    """Draw a value for every pair of row and column, with a number in each filled cell.

    Parameters
    ----------
    table : DataFrame
        Tidy; ``rows``, ``columns``, ``value`` and ``note`` name its columns. Rows and columns
        stand in order of first appearance; missing pairs are zero.
    rows, columns : str
        Columns of the table.
    value : str, default "per_1000"
        Column that is the shade of a cell.
    note : str, default "count"
        Column whose number is printed in the cell, zeros left blank.
    column_groups : dict, optional
        Group of each column; columns of one group stand together under its name.
    names, lang : optional
        As in all figures, see :mod:`analysis.figures`.

    Returns
    -------
    Axes
    """
    needs(table, rows, columns, value, note)
    groups = column_groups or {}
    down, across = table[rows].unique(), list(table[columns].unique())
    kinds = list(dict.fromkeys(groups.get(c) for c in across))
    across.sort(key=lambda c: kinds.index(groups.get(c)))
    shade, counts = (
        table.pivot(index=rows, columns=columns, values=name).reindex(index=down, columns=across).fillna(0)
        for name in (value, note)
    )
    fig, ax = figure("double", 26 + 4.6 * len(shade))
    # Squares as shapes and not as a picture: a picture would be pixels in the PDF.
    image = ax.pcolormesh(shade, cmap="Blues", vmin=0, edgecolors="white", linewidth=0.8)
    dark = shade.to_numpy() > shade.to_numpy().max() / 2
    for (i, j), count in np.ndenumerate(counts.to_numpy()):
        if count:
            style = {"ha": "center", "va": "center", "fontsize": 7, "color": "white" if dark[i, j] else "black"}
            ax.text(j + 0.5, i + 0.5, f"{count:.0f}", **style)
    ax.set_xticks(np.arange(len(across)) + 0.5, [names.get(c, c) for c in across])
    ax.set_yticks(np.arange(len(down)) + 0.5, [names.get(r, r) for r in down])
    ax.invert_yaxis()
    if groups:
        _head_groups(ax, [groups[c] for c in across], names)
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
    fig.colorbar(image, ax=ax, label=word(value, lang), shrink=0.6, aspect=30, pad=0.01)
    return ax


def _head_groups(ax, groups: list, names: Mapping) -> None:
    for group in dict.fromkeys(groups):
        first, after = groups.index(group), len(groups) - groups[::-1].index(group)
        at = {"xy": ((first + after) / 2, 1), "xycoords": ("data", "axes fraction")}
        beside(ax, names.get(group, group), shift=(0, 5), ha="center", va="baseline", fontsize=9, **at)
        if first:
            ax.axvline(first, color="white", lw=5)


@styled
def plot_intervals(
    table: pd.DataFrame,
    *,
    label: str,
    xlabel: str,
    note: str | None = None,
    names: Words = None,
    width: str = "single",
    percent: bool = False,
    lang: str = "en",
):
    """Draw estimates with their intervals, one row each, from the top.

    Parameters
    ----------
    table : DataFrame
        Columns ``value``, ``low`` and ``high``, and those named by ``label`` and ``note``.
    label : str
        Column of what each row is.
    xlabel : str
        What the values are.
    note : str, optional
        Column that is printed at the right.
    width : {"single", "double"}
    percent : bool, default False
        Whether values are shares, to be shown in per cent.
    names, lang : optional
        As in all figures, see :mod:`analysis.figures`.

    Returns
    -------
    Axes
    """
    needs(table, label, "value", "low", "high", *([note] if note else []))
    _, ax = figure(width, 22 + 5.5 * len(table))
    places = np.arange(len(table))
    ax.hlines(places, table.low, table.high, color=group_colour(0), lw=1.4)
    ax.plot(table.value, places, "o", color=group_colour(0), ms=4)
    for place, text in enumerate(table[note] if note else ()):
        beside(ax, text, (1, place), (4, 0), xycoords=AT_ROW)
    ax.set_yticks(places, [names.get(name, name) for name in table[label]])
    ax.set(ylim=(len(table) - 0.5, -0.5), xlabel=xlabel)
    if percent:
        in_percent(ax.xaxis)
    ax.grid(axis="x")
    ax.tick_params(axis="y", length=0)
    return ax


@styled
def plot_lexicon_effect(table: pd.DataFrame, *, glosses: Words = None, lang: str = "en"):
    """Draw how often each term is printed, and cut as one token without and with the lexicon.

    Parameters
    ----------
    table : DataFrame
        Columns ``term``, ``printed``, ``without`` and ``with`` (counts), in the order to be drawn.
    glosses, lang : optional
        As in all figures, see :mod:`analysis.figures`.

    Returns
    -------
    Axes
    """
    needs(table, "term", "printed", "without", "with")
    fig, ax = figure("double", 24 + 5.8 * len(table))
    places = np.arange(len(table))
    ax.hlines(places, table["without"], table["with"], color="0.7", lw=1.2, zorder=1)
    for name, marker, style in (
        ("printed", "|", {"color": "0.3", "ms": 9, "mew": 1.2}),
        ("with", "o", {"color": group_colour(0), "ms": 5}),
        ("without", "D", {"color": group_colour(1), "ms": 4, "mfc": "white"}),
    ):
        ax.plot(table[name], places, marker, label=word(name, lang), **style)
    label_terms(ax, table.term, glosses)
    ax.set_xlabel(word("count", lang))
    ax.set_xlim(-0.5, table[["printed", "without", "with"]].to_numpy().max() + 1)
    ax.grid(axis="x")
    fig.legend(loc="outside upper right", ncols=3)
    return ax
