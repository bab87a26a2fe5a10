"""What several figures have in common, and the figures of any table."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from pandas import DataFrame

from analysis.figures.labels import word
from analysis.figures.style import Map, figure, group_colour, needs, styled

AT_ROW = ("axes fraction", "data")  # across the panel by its width, down by the data


def panels(count: int, most: int, height: float, extra: float = 0, **subplots) -> np.ndarray:
    """Open a double-width figure of so many panels, at most ``most`` in a row, each so high."""
    columns = min(most, count)
    rows = -(-count // columns)
    _, axes = figure("double", extra + rows * height, nrows=rows, ncols=columns, squeeze=False, **subplots)
    for ax in axes.flat[count:]:
        ax.set_visible(False)
    return axes.ravel()[:count]


def by_group(axes, table: DataFrame, column: str, names: Map) -> Iterator[tuple]:
    """Head each panel with a group, in its colour, and yield the panel, the group's rows and the colour."""
    for number, (ax, group) in enumerate(zip(axes, table[column].unique(), strict=True)):
        ax.set_title(names.get(group, group), color=group_colour(number))
        yield ax, table[table[column] == group], group_colour(number)


def beside(ax, text, xy: tuple, shift: tuple = (5, 0), **style):
    """Write a small text beside a place, ``shift`` points off."""
    return ax.annotate(str(text), xy, shift, **{"textcoords": "offset points", "va": "center", "fontsize": 6.5} | style)


def draw_bars(ax, values: Sequence[float], colour: str, size: float = 4, low=0, high=None) -> None:
    """Draw values from the top, each a dot on its interval, or at the end of a line from 0."""
    places = np.arange(len(values))
    ax.hlines(places, low, values if high is None else high, color=colour, lw=1.4)
    ax.plot(values, places, "o", color=colour, ms=size)


def draw_cells(ax, values, **style):
    """Draw squares from the top, as shapes and not as a picture: a picture would be pixels in the PDF."""
    cells = ax.pcolormesh(values, **{"cmap": "Blues", "edgecolors": "white"} | style)
    ax.invert_yaxis()
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
    return cells


def label_terms(ax, terms: Sequence[str], glosses: Map, first: float = 0) -> None:
    """Name the rows, the middle of the top one at ``first``, each term with its gloss below it."""
    ax.set_yticks([])
    ax.set_ylim(first + len(terms) - 0.5, first - 0.5)
    for place, term in enumerate(terms):
        at: dict[str, Any] = {"xy": (0, first + place), "xycoords": AT_ROW, "ha": "right"}
        gloss = glosses.get(term, "")
        beside(ax, term, shift=(-4, 3.2 if gloss else 0), fontsize=7.5, color="black", **at)
        shown = gloss if len(gloss) <= 46 else gloss[:45].rsplit(" ", 1)[0] + " …"
        beside(ax, shown, shift=(-4, -4.4), fontsize=6, color="0.35", **at)


def in_percent(axis) -> None:
    axis.set_major_formatter(lambda share, _: f"{share:.0%}")


@styled
def plot_heatmap(
    table: DataFrame,
    *,
    rows: str,
    columns: str,
    value: str = "per_1000",
    note: str = "count",
    names: Map = None,
    column_groups: Mapping | None = None,
    lang: str = "en",
) -> Axes:
    """Draw a value for every pair of row and column, with a number in each filled cell.

    Parameters
    ----------
    table : DataFrame
        One row per pair; they stand in order of first appearance, and missing pairs are zero.
    rows, columns : str
        Columns of the table that name the pair.
    value, note : str
        Columns of the shade of a cell, and of the number printed in it, zeros left blank.
    column_groups : dict, optional
        Group of each column; those of one group stand together under its name.
    names, lang : optional, as in all figures
    """
    needs(table, rows, columns, value, note)
    groups = column_groups or {}
    down, across = table[rows].unique(), list(table[columns].unique())
    kinds = list(dict.fromkeys(groups.get(c) for c in across))
    across.sort(key=lambda c: kinds.index(groups.get(c)))
    cells = table.pivot(index=rows, columns=columns)
    shade, counts = (cells[name].reindex(index=down, columns=across).fillna(0) for name in (value, note))
    fig, ax = figure("double", 26 + 4.6 * len(shade))
    image = draw_cells(ax, shade, vmin=0, linewidth=0.8)
    dark = shade.to_numpy() > shade.to_numpy().max() / 2
    for i, j in np.argwhere(counts.to_numpy()):
        style = {"ha": "center", "va": "center", "fontsize": 7, "color": "white" if dark[i, j] else "black"}
        ax.text(j + 0.5, i + 0.5, f"{counts.iat[i, j]:.0f}", **style)
    ax.set_xticks(np.arange(len(across)) + 0.5, [names.get(c, c) for c in across])
    ax.set_yticks(np.arange(len(down)) + 0.5, [names.get(r, r) for r in down])
    heads = [groups[c] for c in across if groups]
    for group in dict.fromkeys(heads):
        first, after = heads.index(group), len(heads) - heads[::-1].index(group)
        look: dict[str, Any] = {"ha": "center", "va": "baseline", "xycoords": ("data", "axes fraction")}
        beside(ax, names.get(group, group), ((first + after) / 2, 1), (0, 5), fontsize=9, **look)
        if first:
            ax.axvline(first, color="white", lw=5)
    fig.colorbar(image, ax=ax, label=word(value, lang), shrink=0.6, aspect=30, pad=0.01)
    return ax


@styled
def plot_intervals(
    table: DataFrame,
    *,
    label: str,
    xlabel: str,
    note: str | None = None,
    names: Map = None,
    width: str = "single",
    percent: bool = False,
    lang: str = "en",
) -> Axes:
    """Draw estimates with their intervals, one row each, from the top.

    Parameters
    ----------
    table : DataFrame
        Columns ``value``, ``low`` and ``high``.
    label, note : str
        Columns of what each row is, and, optional, of what is printed at its right.
    xlabel : str
        What the values are.
    width : {"single", "double"}
    percent : bool, default False
        Whether values are shares, to be shown in per cent.
    names, lang : optional, as in all figures
    """
    needs(table, label, "value", "low", "high", *([note] if note else []))
    _, ax = figure(width, 22 + 5.5 * len(table))
    draw_bars(ax, table.value, group_colour(0), low=table.low, high=table.high)
    for place, text in enumerate(table[note] if note else ()):
        beside(ax, text, (1, place), (4, 0), xycoords=AT_ROW)
    ax.set_yticks(range(len(table)), [names.get(name, name) for name in table[label]])
    ax.set(ylim=(len(table) - 0.5, -0.5), xlabel=xlabel)
    if percent:
        in_percent(ax.xaxis)
    ax.grid(axis="x")
    ax.tick_params(axis="y", length=0)
    return ax


@styled
def plot_lexicon_effect(table: DataFrame, *, glosses: Map = None, lang: str = "en") -> Axes:
    """Draw how often each term is printed, and cut as one token without and with the lexicon.

    Parameters
    ----------
    table : DataFrame
        Columns ``term``, ``printed``, ``without`` and ``with`` (counts), in the order to be drawn.
    glosses, lang : optional, as in all figures
    """
    needs(table, "term", "printed", "without", "with")
    fig, ax = figure("double", 24 + 5.8 * len(table))
    places = np.arange(len(table))
    ax.hlines(places, table["without"], table["with"], color="0.7", lw=1.2, zorder=1)
    ax.plot(table["printed"], places, "|", label=word("printed", lang), color="0.3", ms=9, mew=1.2)
    ax.plot(table["with"], places, "o", label=word("with", lang), color=group_colour(0), ms=5)
    ax.plot(table["without"], places, "D", label=word("without", lang), color=group_colour(1), ms=4, mfc="white")
    label_terms(ax, table.term, glosses)
    ax.set(xlabel=word("count", lang), xlim=(-0.5, table[["printed", "without", "with"]].max(axis=None) + 1))
    ax.grid(axis="x")
    fig.legend(loc="outside upper right", ncols=3)
    return ax
