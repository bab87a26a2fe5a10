"""Figures of units: which stand together, in what tree, and where on a map."""

import numpy as np
import pandas as pd
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.transforms import Affine2D, ScaledTranslation
from scipy.cluster.hierarchy import dendrogram, leaves_list
from scipy.sparse import issparse

from analysis.figures.common import article_name
from analysis.figures.style import figure, group_colour, styled
from analysis.figures.topics import MARKS, WORDS, _colour, _topic_title
from analysis.topics.clustering import Topics
from analysis.topics.consensus import Consensus, verdict
from analysis.topics.vectors import Vectors

LABELS = {
    "together": {"en": "share of models that put both together", "zh": "两者归入同一主题的模型占比"},
    "apart": {"en": "share of models that part the branches", "zh": "将两支分开的模型占比"},
    "back": {"en": "{:.0%} · chance {:.0%}", "zh": "{:.0%} · 随机 {:.0%}"},
    "survives": {"en": "survives", "zh": "稳定"},
    "borderline": {"en": "borderline", "zh": "临界"},
    "dissolves": {"en": "dissolves", "zh": "不稳定"},
}
LINES = {"survives": "-", "borderline": (0, (6, 1.5, 1, 1.5)), "dissolves": (0, (3, 2))}


@styled
def plot_consensus(consensus: Consensus, names: pd.Series | None = None, lang: str = "en"):
    """Draw the co-assignment of all units, ordered by the tree, with frames around clusters.

    Solid frames are clusters that survive, dashed ones do not, and dots between the dashes
    mark what lies between: see :func:`verdict`. Beside each frame stand the cluster's terms, the
    share of models in which it comes back, and the largest that shuffled tokens reached.

    Parameters
    ----------
    consensus : result of :func:`analysis.consensus_clusters`.
    names : label of each unit, on the index; the index without it. More than 60 units are not
        labelled.

    Returns
    -------
    Axes
    """
    order = _leaves(consensus)
    table = consensus.matrix.iloc[order, order]
    small = len(order) <= 60
    height = min(150, 24 + 4.4 * len(order)) if small else 120
    fig, ax = figure("double", height)
    image = ax.pcolormesh(
        table,
        cmap="Blues",
        vmin=0,
        vmax=1,
        edgecolors="white" if small else "none",
        linewidth=0.4,
        rasterized=not small,
    )
    names = names if names is not None else consensus.matrix.index.to_series().astype(str)
    ticks = np.arange(len(order)) + 0.5 if small else []
    ax.set_yticks(ticks, names.iloc[order] if small else [])
    ax.set_xticks([])
    _frame(ax, consensus, order, lang)
    ax.invert_yaxis()
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
    fig.colorbar(image, ax=ax, label=LABELS["together"][lang], location="bottom", shrink=0.6, aspect=40, pad=0.02)
    return ax


def _leaves(consensus: Consensus) -> np.ndarray:
    """Return the order of the tree's leaves, clusters in one piece."""
    leaves = leaves_list(consensus.tree)
    cluster = consensus.units.cluster.to_numpy()[leaves]
    first = {number: place for place, number in reversed(list(enumerate(cluster)))}
    return leaves[
        np.argsort([first[number] if number else place for place, number in enumerate(cluster)], kind="stable")
    ]


def _frame(ax, consensus: Consensus, order: np.ndarray, lang: str) -> None:
    cluster = consensus.units.cluster.to_numpy()[order]
    for row in consensus.clusters.itertuples():
        inside = np.flatnonzero(cluster == row.cluster)
        low, size = inside[0], len(inside)
        ax.add_patch(_box(low, size, LINES[verdict(row)]))
        ax.annotate(
            _label(row, lang),
            (1, low + size / 2),
            (5, 0),
            fontsize=7,
            va="center",
            xycoords=("axes fraction", "data"),
            textcoords="offset points",
            color="0.45" if verdict(row) == "dissolves" else "black",
        )


def _box(low: float, size: float, style):
    return Rectangle((low, low), size, size, fill=False, ec=group_colour(1), lw=1.4, ls=style, clip_on=False)


def _label(row, lang: str) -> str:
    numbers = LABELS["back"][lang].format(row.survival, row.null)
    return f"{row.label}\n{numbers}\n{LABELS[verdict(row)][lang]}"


@styled
def plot_dendrogram(consensus: Consensus, names: pd.Series | None = None, lang: str = "en"):
    """Draw the tree of the consensus, its clusters coloured and named on their branches.

    The dashed line is where the tree is cut: branches that meet beyond it are together in too
    few models. A unit that meets no other before it is grey. Labels as in :func:`plot_consensus`.

    Parameters
    ----------
    consensus : result of :func:`analysis.consensus_clusters`, at most eight clusters.
    names : label of each unit; the index without it.

    Returns
    -------
    Axes
    """
    names = names if names is not None else consensus.matrix.index.to_series().astype(str)
    drawn = dendrogram(consensus.tree, no_plot=True, color_threshold=0)
    fig, ax = figure("double", 24 + 4.4 * len(names))
    cluster = consensus.units.cluster.to_numpy()[drawn["leaves"]]
    limit = 1 - consensus.threshold
    for y, x in zip(drawn["icoord"], drawn["dcoord"], strict=True):
        number = cluster[round((y[0] - 5) / 10)] if x[1] <= limit + 1e-9 else 0
        ax.plot(x, y, color=_colour(number) if number else "0.6", lw=1.2, solid_capstyle="round")
    ax.axvline(limit, color="0.4", lw=0.8, ls=(0, (3, 2)))
    for row in consensus.clusters.itertuples():
        inside = np.flatnonzero(cluster == row.cluster)
        ends = inside[[0, -1]] * 10 + [2, 8]
        ax.plot(
            [1.01, 1.01], ends, color=_colour(row.cluster), lw=2.5, clip_on=False, transform=ax.get_yaxis_transform()
        )
        ax.annotate(
            _label(row, lang),
            (1.01, ends.mean()),
            (5, 0),
            va="center",
            fontsize=7,
            xycoords=ax.get_yaxis_transform(),
            textcoords="offset points",
        )
    ax.set_yticks(np.arange(len(names)) * 10 + 5, names.iloc[drawn["leaves"]])
    ax.set(ylim=(10 * len(names), 0), xlim=(0, 1.02 * consensus.tree[-1, 2]), xlabel=LABELS["apart"][lang])
    ax.xaxis.set_major_formatter(lambda x, _: f"{x:.0%}")
    ax.spines["left"].set_visible(False)
    ax.tick_params(axis="y", length=0)
    return ax


@styled
def plot_topic_map(
    vectors: Vectors,
    topics: Topics,
    by: pd.Series | None = None,
    names: pd.Series | None = None,
    most: int = 60,
    lang: str = "en",
):
    """Draw units as points, near where their vectors are, with labels that do not meet.

    Parameters
    ----------
    vectors : result of :func:`analysis.vectorise`.
    topics : result of :func:`analysis.cluster` on the same units, at most eight topics.
    by : group of each unit (``corpus.article``), drawn as a mark.
    names : label of each unit; the index without it.
    most : so many labels at most, the strongest units first. A label stands at its point, or,
        where there is no room, farther off with a line to it; without room there either, it
        is left out.

    Returns
    -------
    Axes

    Notes
    -----
    Two axes of the decomposition of the cosines (principal coordinates): on texts they hold a
    small part of the distances (the axes say which), and neighbours on the map need not be
    neighbours. Source: Gower (1966), Biometrika 53.
    """
    places, parts = _coordinates(vectors.matrix)
    fig, ax = figure("double", 105)
    groups = pd.Series("", index=vectors.index) if by is None else by
    for mark, group in zip(MARKS * len(groups), groups.unique(), strict=False):
        rows = np.flatnonzero(groups == group)
        ax.scatter(
            *places[rows].T,
            marker=mark,
            s=26,
            lw=0.4,
            ec="white",
            c=[_colour(topic) for topic in topics.units.topic.iloc[rows]],
        )
        if group:
            ax.scatter([], [], marker=mark, s=26, color="0.4", label=article_name(group, lang))
    for topic, label in topics.labels.items():
        ax.plot([], [], color=_colour(topic), lw=3, label=_topic_title(topic, label, lang))
    for name, part, axis in zip(("first", "second"), parts, ("x", "y"), strict=True):
        ax.set(**{f"{axis}label": f"{WORDS[name][lang]} ({part:.0%})", f"{axis}ticks": []})
    ax.margins(0.08)
    fig.legend(loc="outside lower left", ncols=2, handlelength=1)
    names = names if names is not None else vectors.index.to_series().astype(str)
    strongest = topics.units.strength.to_numpy().argsort(kind="stable")[::-1][:most]
    _place_labels(ax, places, names, strongest)
    return ax


def _coordinates(matrix) -> tuple[np.ndarray, np.ndarray]:
    """Return two principal coordinates, and the part of the variance that each holds."""
    cosine = matrix @ matrix.T
    cosine = cosine.toarray() if issparse(cosine) else cosine
    centred = cosine - cosine.mean(axis=0) - cosine.mean(axis=1, keepdims=True) + cosine.mean()
    values, vectors = np.linalg.eigh(centred.round(9))
    found = vectors[:, [-1, -2]] * np.sqrt(np.maximum(values[[-1, -2]], 0))
    found *= np.sign(found[np.abs(found).round(6).argmax(axis=0), [0, 1]])
    return found.round(6), values[[-1, -2]] / max(values[values > 0].sum(), 1e-12)


def _place_labels(ax, places: np.ndarray, names: pd.Series, order: np.ndarray) -> None:
    """Put each label at the first place around its point that is free."""
    fig = ax.figure
    fig.canvas.draw()  # fixes the layout, so that sizes on paper are known
    renderer, frame = fig.canvas.get_renderer(), ax.get_window_extent()
    points = ax.transData.transform(places)
    unit = fig.dpi / 72
    taken = [(x - 3 * unit, y - 3 * unit, x + 3 * unit, y + 3 * unit) for x, y in points]
    for place in order:
        text = ax.annotate(
            names.iloc[place], places[place], (0, 0), fontsize=6.5, textcoords="offset points", ha="center", va="center"
        )
        size = text.get_window_extent(renderer)
        for dx, dy, far in _around(size.width / unit / 2, size.height / unit / 2):
            x, y = points[place] + np.array([dx, dy]) * unit
            box = (x - size.width / 2, y - size.height / 2, x + size.width / 2, y + size.height / 2)
            if _inside(box, frame) and not any(_meet(box, other) for other in taken):
                text.set_position((dx, dy))
                taken.append(box)
                if far:
                    _lead(ax, places[place], dx, dy - np.sign(dy) * size.height / unit / 2)
                break
        else:
            text.remove()


def _around(width: float, height: float) -> list[tuple[float, float, bool]]:
    """Return offsets for a label of half this size: at the point, then farther above and below.

    Right, left, above, below and the corners, then four rows farther off, which need a line.
    """
    x, y = width + 5, height + 3.5
    near = [(x, 0), (-x, 0), (0, y), (0, -y), (x, y), (-x, y), (x, -y), (-x, -y)]
    far = [(step * width, side * (height + gap)) for gap in (12, 20, 28, 36) for side in (1, -1) for step in (0, 1, -1)]
    return [(*offset, False) for offset in near] + [(*offset, True) for offset in far]


def _lead(ax, point: np.ndarray, dx: float, dy: float) -> None:
    """Draw a thin line from the rim of a point to its label.

    A line and no arrow: the ends of an arrow are found by bisection, and the last digits of a
    coordinate, which differ between machines, decide where that stops.
    """
    rim = 3 * np.array([dx, dy]) / np.hypot(dx, dy)
    points = Affine2D().scale(1 / 72) + ax.figure.dpi_scale_trans
    ax.add_artist(
        Line2D(
            [rim[0], dx], [rim[1], dy], lw=0.5, color="0.5", transform=points + ScaledTranslation(*point, ax.transData)
        )
    )


def _inside(box, frame) -> bool:
    return frame.x0 <= box[0] and box[2] <= frame.x1 and frame.y0 <= box[1] and box[3] <= frame.y1


def _meet(a, b) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
