"""Figures of units: which stand together, in what tree, and where on a map."""

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from pandas import Series
from scipy.cluster.hierarchy import dendrogram, leaves_list
from scipy.sparse import issparse
from textalloc import allocate

from analysis.figures.common import AT_ROW, beside, draw_cells, in_percent
from analysis.figures.labels import word
from analysis.figures.style import Map, figure, group_colour, styled
from analysis.figures.topics import MARKS, topic_colour, topic_title
from analysis.topics.clustering import Topics
from analysis.topics.consensus import Consensus
from analysis.topics.vectors import Vectors

LINES = {True: "-", False: (0, (3, 2))}


@styled
def plot_consensus(consensus: Consensus, *, names: Map = None, lang: str = "en") -> Axes:
    """Draw the co-assignment of all units, ordered by the tree, with frames around clusters.

    Solid frames are clusters that survive, dashed ones do not. Beside each stand the cluster's terms, the share of
    models in which it comes back, and the largest that branches of its size reached by chance.

    Parameters
    ----------
    consensus : Consensus
        Result of :func:`analysis.consensus_clusters`.
    names, lang : optional, as in all figures
    """
    order = _leaves(consensus)
    table = consensus.matrix.iloc[order, order]
    small = len(order) <= 60
    fig, ax = figure("double", min(150, 24 + 4.4 * len(order)) if small else 120)
    edges = {"edgecolors": "white" if small else "none", "linewidth": 0.4, "rasterized": not small}
    image = draw_cells(ax, table, vmin=0, vmax=1, **edges)
    labels = [names.get(unit, unit) for unit in table.index] if small else []
    ax.set_yticks(np.arange(len(labels)) + 0.5, labels)
    ax.set_xticks([])
    cluster = consensus.units.cluster.to_numpy()[order]
    for row in consensus.clusters.itertuples():
        inside = np.flatnonzero(cluster == row.cluster)
        low, size = inside[0], len(inside)
        style: dict[str, Any] = {"ec": group_colour(1), "lw": 1.4, "ls": LINES[row.survives]}
        ax.add_patch(Rectangle((low, low), size, size, fill=False, clip_on=False, **style))
        colour = "black" if row.survives else "0.45"
        beside(ax, _label(row, lang), (1, low + size / 2), fontsize=7, xycoords=AT_ROW, color=colour)
    fig.colorbar(image, ax=ax, label=word("together", lang), location="bottom", shrink=0.6, aspect=40, pad=0.02)
    return ax


def _leaves(consensus: Consensus) -> np.ndarray:
    """Return the order of the tree's leaves, clusters in one piece."""
    leaves = leaves_list(consensus.tree)
    cluster = consensus.units.cluster.to_numpy()[leaves]
    first = {number: place for place, number in reversed(list(enumerate(cluster)))}
    places = [first[number] if number else place for place, number in enumerate(cluster)]
    return leaves[np.argsort(places, kind="stable")]


def _label(row, lang: str) -> str:
    numbers = word("back", lang).format(survival=row.survival, null=row.null)
    return f"{row.label}\n{numbers}\n{word('survives' if row.survives else 'dissolves', lang)}"


@styled
def plot_dendrogram(consensus: Consensus, *, names: Map = None, lang: str = "en") -> Axes:
    """Draw the tree of the consensus, its clusters coloured and named on their branches.

    The dashed line is where the tree is cut: branches that meet beyond it are together in too few models. A unit
    that meets no other before it is grey. Labels as in :func:`plot_consensus`.

    Parameters
    ----------
    consensus : Consensus
        Result of :func:`analysis.consensus_clusters`, at most eight clusters.
    names, lang : optional, as in all figures
    """
    drawn = dendrogram(consensus.tree, no_plot=True, color_threshold=0)
    units = consensus.units.index[drawn["leaves"]]
    _, ax = figure("double", 24 + 4.4 * len(units))
    cluster = consensus.units.cluster.to_numpy()[drawn["leaves"]]
    limit = 1 - consensus.threshold
    for y, x in zip(drawn["icoord"], drawn["dcoord"], strict=True):
        number = cluster[round((y[0] - 5) / 10)] if x[1] <= limit + 1e-9 else 0
        ax.plot(x, y, color=topic_colour(number) if number else "0.6", lw=1.2, solid_capstyle="round")
    ax.axvline(limit, color="0.4", lw=0.8, ls=(0, (3, 2)))
    for row in consensus.clusters.itertuples():
        inside = np.flatnonzero(cluster == row.cluster)
        ends = inside[[0, -1]] * 10 + [2, 8]
        across = ax.get_yaxis_transform()
        ax.plot([1.01, 1.01], ends, color=topic_colour(row.cluster), lw=2.5, clip_on=False, transform=across)
        beside(ax, _label(row, lang), (1.01, ends.mean()), fontsize=7, xycoords=across)
    ax.set_yticks(np.arange(len(units)) * 10 + 5, [names.get(unit, unit) for unit in units])
    ax.set(ylim=(10 * len(units), 0), xlim=(0, 1.02 * consensus.tree[-1, 2]), xlabel=word("apart", lang))
    in_percent(ax.xaxis)
    ax.spines["left"].set_visible(False)
    ax.tick_params(axis="y", length=0)
    return ax


@styled
def plot_topic_map(
    vectors: Vectors, topics: Topics, *, by: Series | None = None, names: Map = None, most: int = 60, lang: str = "en"
) -> Axes:
    """Draw units as points, near where their vectors are, with labels that do not meet.

    Principal coordinates of the cosines (Gower 1966, Biometrika 53): two axes hold a small part of the distances of
    texts (the axes say which), and neighbours on the map need not be neighbours.

    Parameters
    ----------
    vectors : Vectors
        Result of :func:`analysis.vectorise`.
    topics : Topics
        Result of :func:`analysis.cluster` on the same units, at most eight topics.
    by : Series, optional
        Group of each unit (``corpus.article``), drawn as a mark.
    most : int, default 60
        Labels at most, the strongest units first; where there is no room near a point, it has none.
    names, lang : optional, as in all figures
    """
    places, parts = _coordinates(vectors.matrix)
    fig, ax = figure("double", 105)
    groups = Series("", index=vectors.index) if by is None else by
    for mark, group in zip(MARKS * len(groups), groups.unique(), strict=False):
        rows = np.flatnonzero(groups == group)
        colours = [topic_colour(topic) for topic in topics.units.topic.iloc[rows]]
        ax.scatter(*places[rows].T, marker=mark, s=26, lw=0.4, ec="white", c=colours)
        if group:
            ax.scatter([], [], marker=mark, s=26, color="0.4", label=names.get(group, group))
    for topic, label in topics.labels.items():
        ax.plot([], [], color=topic_colour(topic), lw=3, label=topic_title(topic, label, lang))
    for name, part, axis in zip(("first_axis", "second_axis"), parts, ("x", "y"), strict=True):
        ax.set(**{f"{axis}label": f"{word(name, lang)} ({part:.0%})", f"{axis}ticks": []})
    ax.margins(0.08)
    fig.legend(loc="outside lower left", ncols=2, handlelength=1)
    labels = [str(names.get(unit, unit)) for unit in vectors.index]
    strongest = topics.units.strength.to_numpy().argsort(kind="stable")[::-1][:most]
    _label_points(ax, places, labels, strongest)
    return ax


def _coordinates(matrix) -> tuple[np.ndarray, np.ndarray]:
    """Return two principal coordinates, and the part of the variance that each holds."""
    cosine = matrix @ matrix.T
    cosine = cosine.toarray() if issparse(cosine) else cosine
    centred = cosine - cosine.mean(axis=0) - cosine.mean(axis=1, keepdims=True) + cosine.mean()
    values, vectors = np.linalg.eigh(centred.round(9))
    found = vectors[:, [-1, -2]] * np.sqrt(np.maximum(values[[-1, -2]], 0))
    found *= np.sign(found[np.abs(found).round(6).argmax(axis=0), [0, 1]])
    return found.round(6) + 0.0, values[[-1, -2]] / max(values[values > 0].sum(), 1e-12)


def _label_points(ax, places: np.ndarray, names: list[str], order: np.ndarray) -> None:
    """Write each name where there is room, with a line to its point; without room, leave it out."""
    x, y = places[order].T
    look: dict[str, Any] = {"textsize": 6.5, "linecolor": "0.5", "linewidth": 0.5, "draw_all": False}
    look |= {"min_distance": 0.008, "max_distance": 0.2, "nbr_candidates": 400}
    shown = [names[place] for place in order]
    drawn: tuple = allocate(ax, x, y, shown, x_scatter=places[:, 0], y_scatter=places[:, 1], **look)
    for text in filter(None, drawn[2]):  # rounded, since the last digits differ between machines
        text.set_position(np.round(text.get_position(), 5))
    for line in filter(None, drawn[3]):
        line.set_data(np.round(line.get_data(), 5))
