"""Figures of topics: their terms, shares and flow, and how far they can be trusted.

Tables in, Axes out, as in :mod:`analysis.figures.common`; every function takes ``lang="en"|"zh"``.
"""

from collections.abc import Sequence

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.colors import ListedColormap
from matplotlib.ticker import MaxNLocator

from analysis.figures.common import article_name, label_terms
from analysis.figures.style import figure, group_colour, styled
from analysis.topics.agreement import cluster_runs
from analysis.topics.clustering import Topics

WORDS = {
    "topic": {"en": "Topic", "zh": "主题"},
    "share": {"en": "share of tokens, with 95 % interval", "zh": "词数占比及95%区间"},
    "k": {"en": "number of topics k", "zh": "主题数 k"},
    "null": {"en": "shuffled tokens", "zh": "词语随机重排"},
    "weight": {"en": "weight", "zh": "权重"},
    "ctfidf": {"en": "class-based tf-idf", "zh": "类别 tf-idf"},
    "frex": {"en": "frequent and exclusive (FREX)", "zh": "高频且专属（FREX）"},
    "strength": {"en": "strength", "zh": "强度"},
    "from_first": {"en": "share of the article's tokens, from first to last", "zh": "从首段到末段的词数累计占比"},
    "first": {"en": "first axis", "zh": "第一轴"},
    "second": {"en": "second axis", "zh": "第二轴"},
}
PANELS = {
    "ari": {"en": "Agreement (ARI)", "zh": "划分一致性（ARI）"},
    "jaccard": {"en": "Top terms (Jaccard)", "zh": "主题词重合（Jaccard）"},
    "omega": {"en": "McDonald's omega", "zh": "McDonald ω"},
    "ari_seeds": {"en": "Agreement of seeds (ARI)", "zh": "不同种子的一致性（ARI）"},
    "npmi": {"en": "Coherence (NPMI)", "zh": "连贯性（NPMI）"},
    "c_v": {"en": "Coherence (c_v)", "zh": "连贯性（c_v）"},
    "silhouette": {"en": "Silhouette (cosine)", "zh": "轮廓系数（余弦）"},
    "exclusivity": {"en": "Exclusivity", "zh": "专属度"},
}
METHODS = {
    "nmf": {"en": "NMF", "zh": "NMF"},
    "lda": {"en": "LDA", "zh": "LDA"},
    "kmeans": {"en": "k-means", "zh": "k-means"},
    "agglomerative": {"en": "Ward's tree", "zh": "Ward 聚类"},
}
MARKS = "os^D"
COLOURS = 8


def _colour(topic: int) -> str:
    if topic > COLOURS:
        raise ValueError(
            f"Topic {topic} has no colour of its own: this figure can tell {COLOURS} "
            "topics apart. Draw fewer, or use plot_topic_terms()."
        )
    return group_colour(topic - 1)


def _topic_title(topic: int, label: str, lang: str) -> str:
    return f"{WORDS['topic'][lang]} {topic}: {label}"


@styled
def plot_topic_terms(
    terms: pd.DataFrame, value: str = "weight", top: int = 8, glosses: pd.Series | None = None, lang: str = "en"
):
    """Draw the top terms of each topic with their values, one small panel per topic.

    Parameters
    ----------
    terms : ``cluster(...).terms``.
    value : column that is plotted: ``weight``, ``ctfidf`` or ``frex``. Terms stand in the
        order of ``rank``.
    top : terms per topic.
    glosses : Series, term to English gloss, for the English figure.

    Returns
    -------
    array of Axes, one per topic.
    """
    topics = list(terms.topic.unique())
    columns = min(4 if glosses is None else 2, len(topics))
    rows = -(-len(topics) // columns)
    fig, axes = figure(
        "double",
        10 + rows * (12 + (5.2 if glosses is not None else 4) * top),
        nrows=rows,
        ncols=columns,
        squeeze=False,
        sharex=True,
    )
    for ax, topic in zip(axes.flat, topics, strict=False):
        part = terms[(terms.topic == topic) & (terms["rank"] <= top)]
        places = np.arange(len(part))
        colour = group_colour(topic - 1)
        ax.hlines(places, 0, part[value], color=colour, lw=1.4)
        ax.plot(part[value], places, "o", color=colour, ms=3.5)
        label_terms(ax, part.term, glosses, lang)
        ax.set_title(f"{WORDS['topic'][lang]} {topic}")
        ax.xaxis.set_major_locator(MaxNLocator(3))
    for ax in axes.flat[len(topics) :]:
        ax.set_visible(False)
    axes[0][0].set_xlim(0)
    fig.supxlabel(WORDS[value][lang], fontsize=8)
    return axes.ravel()[: len(topics)]


@styled
def plot_topic_shares(table: pd.DataFrame, names: dict | None = None, lang: str = "en"):
    """Draw each topic's share of each group as a point with its interval, a panel per topic.

    Parameters
    ----------
    table : result of :func:`analysis.shares`, of articles or of sections.
    names : label of each group; names of articles without it.

    Returns
    -------
    array of Axes, one per topic.
    """
    groups, topics = list(table.group.unique()), list(table.topic.unique())
    columns = min(4, len(topics))
    rows = -(-len(topics) // columns)
    fig, axes = figure(
        "double", 14 + rows * (10 + 5 * len(groups)), nrows=rows, ncols=columns, squeeze=False, sharex=True, sharey=True
    )
    places = np.arange(len(groups))
    units = table.groupby("group").units.sum()[groups]
    names = names or {group: article_name(group, lang) for group in groups}
    for ax, topic in zip(axes.flat, topics, strict=False):
        part = table[table.topic == topic].set_index("group").loc[groups]
        colour = group_colour(topic - 1)
        ax.hlines(places, part.low, part.high, color=colour, lw=1.6, alpha=0.45)
        ax.plot(part.share, places, "o", color=colour, ms=4, clip_on=False)
        ax.set_title(f"{WORDS['topic'][lang]} {topic}\n{part.label.iloc[0]}", fontsize=8)
        ax.grid(axis="x")
    for ax in axes.flat[len(topics) :]:
        ax.set_visible(False)
    axes[0][0].set_yticks(places, [f"{names[g]} ({n})" for g, n in zip(groups, units, strict=True)])
    axes[0][0].set(ylim=(len(groups) - 0.5, -0.5), xlim=(0, 1))
    axes[0][0].xaxis.set_major_locator(MaxNLocator(2))
    axes[0][0].xaxis.set_major_formatter(lambda x, _: f"{x:.0%}")
    fig.supxlabel(WORDS["share"][lang], fontsize=8)
    return axes.ravel()[: len(topics)]


@styled
def plot_choose_k(measures: pd.DataFrame, lang: str = "en"):
    """Draw every measure against k, with its interval and the band of the null corpora.

    Parameters
    ----------
    measures : ``choose_k(...).measures``. Panels share the axis of k and not that of values.

    Returns
    -------
    array of Axes, one per measure.
    """
    methods, ks = list(measures.method.unique()), sorted(measures.k.unique())
    fig, axes = figure("double", 92, nrows=2, ncols=4, sharex=True)
    for ax, (measure, title) in zip(axes.flat, PANELS.items(), strict=True):
        for place, method in enumerate(methods):
            part = measures[(measures.measure == measure) & (measures.method == method)]
            x = part.k + 0.12 * (place - (len(methods) - 1) / 2)
            ax.fill_between(part.k, part.null_low, part.null_high, color=group_colour(place), alpha=0.15, lw=0)
            ax.plot(part.k, part.null, color=group_colour(place), lw=0.8, ls=(0, (3, 2)))
            ax.vlines(x, part.low, part.high, color=group_colour(place), lw=1)
            ax.plot(x, part.value, MARKS[place % 4] + "-", color=group_colour(place), ms=3.5, lw=0.8)
        ax.set_title(title[lang], fontsize=8)
        ax.yaxis.set_major_locator(MaxNLocator(4))
    axes[0][0].set_xticks(ks)
    for place, method in enumerate(methods):
        axes[0][0].plot(
            [], [], MARKS[place % 4] + "-", color=group_colour(place), ms=3.5, lw=0.8, label=METHODS[method][lang]
        )
        axes[0][0].fill_between(
            [],
            [],
            [],
            color=group_colour(place),
            alpha=0.15,
            lw=0,
            label=f"{METHODS[method][lang]}, {WORDS['null'][lang]}",
        )
    fig.supxlabel(WORDS["k"][lang], fontsize=8)
    fig.legend(loc="outside upper right", ncols=4)
    return axes.ravel()


@styled
def plot_flow(topics: Topics, by: pd.Series, sizes: pd.Series, parts: pd.Series | None = None, lang: str = "en"):
    """Draw the topics of each text from its first unit to its last.

    Each unit is a bar as wide as its share of the text's tokens, filled by the parts that
    topics have in it (NMF, LDA), or wholly by its cluster.

    Parameters
    ----------
    topics : result of :func:`analysis.cluster`, at most eight topics.
    by : text of each unit (``corpus.article``), units in reading order.
    sizes : tokens of each unit.
    parts : section of each unit; a line marks where a new one begins.

    Returns
    -------
    array of Axes, one per text.
    """
    texts = list(by.unique())
    fig, axes = figure("double", 26 + 22 * len(texts), nrows=len(texts), squeeze=False, sharex=True)
    filling = _filling(topics)
    for ax, text in zip(axes[:, 0], texts, strict=True):
        rows = filling[by == text]
        width = sizes[by == text] / sizes[by == text].sum()
        left, bottom = width.cumsum() - width, pd.Series(0.0, index=rows.index)
        for topic in filling:
            ax.bar(
                left, rows[topic], width, bottom=bottom, align="edge", color=_colour(topic), edgecolor="white", lw=0.5
            )
            bottom = bottom + rows[topic]
        if parts is not None:
            part = parts[by == text]
            for place in left[part != part.shift()].iloc[1:]:
                ax.axvline(place, color="black", lw=1, ymax=1.06, clip_on=False)
        ax.set_title(article_name(text, lang), pad=7)
        ax.set(xlim=(0, 1), ylim=(0, 1), ylabel=WORDS["strength"][lang])
        ax.xaxis.set_major_formatter(lambda x, _: f"{x:.0%}")
    axes[-1, 0].set_xlabel(WORDS["from_first"][lang])
    for topic, label in topics.labels.items():
        axes[0, 0].bar([0], [0], color=_colour(topic), label=_topic_title(topic, label, lang))
    fig.legend(loc="outside lower left", ncols=2, handlelength=1)
    return axes[:, 0]


def _filling(topics: Topics) -> pd.DataFrame:
    """Return the parts of each unit: its strengths if they are parts, else its cluster."""
    total = topics.strengths.sum(axis=1)
    if (total.sub(1).abs() < 1e-3).mean() > 0.5:
        return topics.strengths
    return pd.DataFrame({topic: (topics.units.topic == topic).astype(float) for topic in topics.strengths})


@styled
def plot_runs(runs: pd.DataFrame, by: pd.Series | None = None, lang: str = "en"):
    """Draw the clusters of every unit in several runs, one column per run.

    A colour is a number of :func:`analysis.cluster_runs`: that of the best match in the first
    column, so that rows of one colour are units that the runs agree on.

    Parameters
    ----------
    runs : result of :func:`analysis.cluster_runs`.
    by : labels of the units (``corpus.article``), named at the left; lines part them.

    Returns
    -------
    Axes
    """
    clusters = int(runs.max(axis=None))
    fig, ax = figure("single", 40 + 1.6 * len(runs))
    colours = ListedColormap([group_colour(i) for i in range(clusters)])
    ax.pcolormesh(runs.to_numpy(), cmap=colours, vmin=0.5, vmax=clusters + 0.5, edgecolors="white", linewidth=0.5)
    ax.invert_yaxis()
    ax.set_xticks(np.arange(runs.shape[1]) + 0.5, runs.columns)
    ax.set_yticks([])
    if by is not None:
        place = pd.Series(np.arange(len(by)), index=by.to_numpy())
        for label, rows in place.groupby(level=0, sort=False):
            ax.text(-0.2, rows.mean() + 0.5, article_name(label, lang), rotation=90, ha="right", va="center")
            if rows.min():
                ax.axhline(rows.min(), color="black", lw=1)
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
    ax.set_xlabel({"en": "seed", "zh": "随机种子"}[lang])
    return ax


def explore_seeds(tokens: pd.Series, ks: Sequence[int] = range(2, 9), runs: int = 12, lang: str = "en"):
    """Show :func:`plot_runs` with sliders for the number of clusters and the first seed.

    Parameters
    ----------
    tokens : Series of lists of str.
    ks : numbers of clusters to choose from.
    runs : columns of the picture.

    Returns
    -------
    ipywidgets widget, for a notebook with a live kernel.

    Raises
    ------
    ImportError
        If ipywidgets is not installed.

    Examples
    --------
    In a notebook with a live kernel: ``explore_seeds(tokens, ks=range(2, 7))``.
    """
    try:
        import ipywidgets
    except ImportError as error:
        raise ImportError(
            "Sliders need ipywidgets: pip install ipywidgets, at the version of requirements.lock."
        ) from error
    from IPython.display import display

    def show(k: int, first_seed: int) -> None:
        ax = plot_runs(cluster_runs(tokens, k, range(first_seed, first_seed + runs)), lang=lang)
        display(ax.figure)
        plt.close(ax.figure)

    return ipywidgets.interactive(
        show, k=ipywidgets.SelectionSlider(options=list(ks)), first_seed=ipywidgets.IntSlider(min=0, max=100)
    )
