"""Figures of topics: their terms, shares and flow, and how far they can be trusted."""

from collections.abc import Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import ListedColormap
from matplotlib.ticker import MaxNLocator
from pandas import DataFrame, Series

from analysis.figures.common import draw_bars, draw_cells, in_percent, label_terms, panels
from analysis.figures.labels import word
from analysis.figures.style import Map, figure, group_colour, needs, styled
from analysis.topics.agreement import cluster_runs
from analysis.topics.clustering import Topics

BAND = {"color": "0.4", "alpha": 0.15, "lw": 0}
MARKS = "os^D"
COLOURS = 8


def topic_colour(topic: int) -> str:
    """Return the colour of a topic, by its number from 1."""
    if topic > COLOURS:
        known = f"this figure can tell {COLOURS} topics apart"
        raise ValueError(f"Topic {topic} has no colour of its own: {known}. Draw fewer, or use plot_topic_terms().")
    return group_colour(topic - 1)


def topic_title(topic: int, label: str, lang: str) -> str:
    return f"{word('topic', lang)} {topic}: {label}"


@styled
def plot_topic_terms(
    terms: DataFrame, *, value: str = "weight", top: int = 8, glosses: Map = None, lang: str = "en"
) -> np.ndarray:
    """Draw the top terms of each topic with their values, one small panel per topic.

    Parameters
    ----------
    terms : DataFrame
        ``cluster(...).terms``.
    value : {"weight", "ctfidf", "frex"}
        Column that is plotted. Terms stand in the order of ``rank``.
    top : int, default 8
        Terms per topic.
    glosses, lang : optional, as in all figures
    """
    needs(terms, "topic", "rank", "term", value)
    topics = terms.topic.unique()
    most, line = (2, 5.2) if glosses else (4, 4)
    axes = panels(len(topics), most, 12 + line * top, extra=10, sharex=True)
    for ax, topic in zip(axes, topics, strict=True):
        part = terms[(terms.topic == topic) & (terms["rank"] <= top)]
        draw_bars(ax, part[value], group_colour(topic - 1), size=3.5)
        label_terms(ax, part.term, glosses)
        ax.set_title(f"{word('topic', lang)} {topic}")
        ax.xaxis.set_major_locator(MaxNLocator(3))
    axes[0].set_xlim(0)
    axes[0].figure.supxlabel(word(value, lang), fontsize=8)
    return axes


@styled
def plot_topic_shares(table: DataFrame, *, names: Map = None, lang: str = "en") -> np.ndarray:
    """Draw each topic's share of each group as a point with its interval, a panel per topic.

    Parameters
    ----------
    table : DataFrame
        Result of :func:`analysis.shares`.
    names, lang : optional, as in all figures
    """
    needs(table, "group", "topic", "label", "units", "share", "low", "high")
    groups, topics = table.group.unique(), table.topic.unique()
    axes = panels(len(topics), 4, 10 + 5 * len(groups), extra=14, sharex=True, sharey=True)
    places = np.arange(len(groups))
    for ax, topic in zip(axes, topics, strict=True):
        part = table[table.topic == topic].set_index("group").loc[groups]
        colour = group_colour(topic - 1)
        ax.hlines(places, part.low, part.high, color=colour, lw=1.6, alpha=0.45)
        ax.plot(part.share, places, "o", color=colour, ms=4, clip_on=False)
        ax.set_title(f"{word('topic', lang)} {topic}\n{part.label.iloc[0]}", fontsize=8)
        ax.grid(axis="x")
    units = table.groupby("group").units.sum()[groups]
    axes[0].set_yticks(places, [f"{names.get(group, group)} ({count})" for group, count in units.items()])
    axes[0].set(ylim=(len(groups) - 0.5, -0.5), xlim=(0, 1))
    axes[0].xaxis.set_major_locator(MaxNLocator(2))
    in_percent(axes[0].xaxis)
    axes[0].figure.supxlabel(word("share", lang), fontsize=8)
    return axes


@styled
def plot_choose_k(candidates: DataFrame, *, lang: str = "en") -> np.ndarray:
    """Draw what each number of groups leaves beside chance, and whether units lie in groups.

    Parameters
    ----------
    candidates : DataFrame
        ``choose_k(...).candidates``. Left: the eigenvalue that k groups leave; dashes and band: mean of what chance
        leaves, and its largest on both sides. Right: log likelihood of k points over that of all the places
        between them; dashes: what is needed. A filled point passes.
    lang : optional, as in all figures
    """
    needs(candidates, "k", "left", "null", "null_high", "apart", "needed", "enough", "passes")
    axes = panels(2, 2, 46, sharex=True)
    groups = candidates[candidates.k > 1]
    line, dashes = {"color": group_colour(0), "lw": 0.8}, {"color": "0.4", "lw": 0.8, "ls": (0, (3, 2))}
    axes[0].fill_between(candidates.k, 2 * candidates.null - candidates.null_high, candidates.null_high, **BAND)
    axes[0].plot(candidates.k, candidates.null, label=word("by_chance", lang), **dashes)
    axes[1].plot(groups.k, groups.needed, **dashes)
    for ax, table, value in ((axes[0], candidates, "left"), (axes[1], groups, "apart")):
        ax.plot(table.k, table[value], **line)
        for passed, colour in ((True, group_colour(0)), (False, "white")):
            part = table[table.passes == passed]
            ax.plot(part.k, part[value], "o", ms=4, mec=group_colour(0), mfc=colour)
    for ax, title in zip(axes, ("left_over", "in_groups"), strict=True):
        ax.set_title(word(title, lang), fontsize=8)
        ax.yaxis.set_major_locator(MaxNLocator(4))
    axes[0].set_xticks(candidates.k)
    axes[0].figure.supxlabel(word("k", lang), fontsize=8)
    axes[0].figure.legend(loc="outside upper right")
    return axes


@styled
def plot_flow(
    topics: Topics, by: Series, sizes: Series, *, parts: Series | None = None, names: Map = None, lang: str = "en"
) -> np.ndarray:
    """Draw the topics of each text from its first unit to its last.

    Each unit is a bar as wide as its share of the text's tokens, filled by the parts that
    topics have in it (NMF, LDA), or wholly by its cluster.

    Parameters
    ----------
    topics : Topics
        Result of :func:`analysis.cluster`, at most eight topics.
    by : Series
        Text of each unit (``corpus.article``), units in reading order.
    sizes : Series of int
        Tokens of each unit.
    parts : Series, optional
        Section of each unit; a line marks where a new one begins.
    names, lang : optional, as in all figures
    """
    filling = topics.strengths
    if (filling.sum(axis=1).sub(1).abs() < 1e-3).mean() <= 0.5:  # they are no parts: draw the cluster
        filling = DataFrame({topic: (topics.units.topic == topic).astype(float) for topic in filling})
    texts = by.unique()
    axes = panels(len(texts), 1, 22, extra=26, sharex=True)
    for ax, text in zip(axes, texts, strict=True):
        rows = filling[by == text]
        width = sizes[by == text] / sizes[by == text].sum()
        left, bottom = width.cumsum() - width, Series(0.0, index=rows.index)
        for topic in filling:
            style = {"color": topic_colour(topic), "edgecolor": "white", "lw": 0.5}
            ax.bar(left, rows[topic], width, bottom=bottom, align="edge", **style)
            bottom = bottom + rows[topic]
        if parts is not None:
            part = parts[by == text]
            for place in left[part != part.shift()].iloc[1:]:
                ax.axvline(place, color="black", lw=1, ymax=1.06, clip_on=False)
        ax.set_title(names.get(text, text), pad=7)
        ax.set(xlim=(0, 1), ylim=(0, 1), ylabel=word("strength", lang))
        in_percent(ax.xaxis)
    axes[-1].set_xlabel(word("from_first", lang))
    for topic, label in topics.labels.items():
        axes[0].bar([0], [0], color=topic_colour(topic), label=topic_title(topic, label, lang))
    axes[0].figure.legend(loc="outside lower left", ncols=2, handlelength=1)
    return axes


@styled
def plot_runs(runs: DataFrame, *, by: Series | None = None, names: Map = None, lang: str = "en") -> Axes:
    """Draw the clusters of every unit in several runs, one column per run.

    A colour is that of the best match in the first column: rows of one colour are units that the runs agree on.

    Parameters
    ----------
    runs : DataFrame
        Result of :func:`analysis.topics.cluster_runs`.
    by : Series, optional
        Text of each unit (``corpus.article``), named at the left; lines part them.
    names, lang : optional, as in all figures
    """
    clusters = int(runs.max(axis=None))
    _, ax = figure("single", 40 + 1.6 * len(runs))
    colours = ListedColormap([group_colour(i) for i in range(clusters)])
    draw_cells(ax, runs.to_numpy(), cmap=colours, vmin=0.5, vmax=clusters + 0.5, linewidth=0.5)
    ax.set_xticks(np.arange(runs.shape[1]) + 0.5, runs.columns)
    ax.set_yticks([])
    if by is not None:
        places = Series(np.arange(len(by)), index=by.to_numpy())
        for text, rows in places.groupby(level=0, sort=False):
            ax.text(-0.2, rows.mean() + 0.5, names.get(text, text), rotation=90, ha="right", va="center")
            if rows.min():
                ax.axhline(rows.min(), color="black", lw=1)
    ax.set_xlabel(word("seed", lang))
    return ax


def explore_seeds(tokens: Series, *, ks: Sequence[int] = range(2, 9), runs: int = 12, lang: str = "en"):
    """Show :func:`plot_runs` with sliders for the number of clusters and the first seed.

    Parameters
    ----------
    tokens : Series of lists of str
    ks : sequence of int, default range(2, 9)
        Numbers of clusters to choose from.
    runs : int, default 12
        Columns of the picture.
    lang : optional, as in all figures

    Returns
    -------
    ipywidgets widget, for a notebook with a live kernel.

    Raises
    ------
    ImportError
        If ipywidgets is not installed.
    """
    try:
        import ipywidgets
    except ImportError as error:
        advice = "pip install ipywidgets, at the version of requirements.lock"
        raise ImportError(f"Sliders need ipywidgets: {advice}.") from error
    from IPython.display import display

    def show(k: int, first_seed: int) -> None:
        ax = plot_runs(cluster_runs(tokens, k, range(first_seed, first_seed + runs)), lang=lang)
        display(ax.figure)
        plt.close(ax.figure)

    k = ipywidgets.SelectionSlider(options=list(ks))
    return ipywidgets.interactive(show, k=k, first_seed=ipywidgets.IntSlider(min=0, max=100))
