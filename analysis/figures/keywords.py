"""Figures of keywords: how large and how sure, where in the text, and since when."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.colors import PowerNorm
from matplotlib.patches import FancyArrowPatch

from analysis._checks import strings
from analysis.figures.common import article_name, label_terms
from analysis.figures.style import figure, group_colour, styled

LABELS = {
    "log_ratio": {
        "en": "log ratio: ← more in {reference}   |   more in {target} →",
        "zh": "对数比率：← {reference}用得多   |   {target}用得多 →",
    },
    "count": {"en": "occurrences", "zh": "出现次数"},
    "target": {"en": "target", "zh": "目标语料"},
    "reference": {"en": "reference", "zh": "参照语料"},
    "sure": {"en": "interval without 0", "zh": "区间不含 0"},
    "unsure": {"en": "interval with 0", "zh": "区间含 0"},
    "running": {"en": "place in the article (share of its tokens)", "zh": "在文中的位置（词数占比）"},
    "per_10k": {"en": "per 10,000 characters", "zh": "每万字次数"},
    "first": {"en": "first report with the term", "zh": "首次出现的报告"},
}


@styled
def plot_keyness(
    table: pd.DataFrame,
    effect: str = "log_ratio",
    low: str = "log_ratio_low",
    high: str = "log_ratio_high",
    names: tuple[str, str] | None = None,
    glosses: pd.Series | None = None,
    lang: str = "en",
):
    """Draw keywords with their effect and its interval, sorted by effect, sized by count.

    Parameters
    ----------
    table : rows of :func:`analysis.keyness` to be drawn, at least one.
    effect, low, high : columns of the effect and of the ends of its interval. Ends that are
        infinite run to the edge with an arrow; missing ones leave a point without interval.
    names : how the figure calls target and reference.
    glosses : Series, term to English gloss, for the English figure.

    Returns
    -------
    Axes

    Notes
    -----
    Filled points have an interval that excludes 0, which is no test of the terms chosen: the
    terms that a figure shows were chosen for being extreme.
    """
    rows = table.sort_values([effect, "term"], ascending=[False, True], ignore_index=True)
    fig, ax = figure("double", 26 + 5.8 * len(rows))
    count = rows[["count_target", "count_reference"]].sum(axis=1)
    limit = 1.15 * rows[[effect, low, high]].replace([np.inf, -np.inf], np.nan).abs().max(axis=None)
    sure = (rows[low] > 0) | (rows[high] < 0)
    for place, row in rows.iterrows():
        colour = group_colour(0) if row[effect] > 0 else group_colour(1)
        _draw_interval(ax, place, row[low], row[high], limit, colour)
        ax.scatter(
            row[effect],
            place,
            s=8 + 5 * count[place],
            color=colour,
            zorder=3,
            facecolor=colour if sure[place] else "white",
        )
    ax.axvline(0, color="0.4", lw=0.8)
    ax.set_xlim(-limit if (rows[[effect, low]] < 0).any(axis=None) else -0.04 * limit, limit)
    label_terms(ax, rows.term, glosses, lang)
    _print_counts(ax, rows)
    target, reference = names or (LABELS["target"][lang], LABELS["reference"][lang])
    ax.set_xlabel(LABELS["log_ratio"][lang].format(target=target, reference=reference))
    if not sure.all():
        for kind, face in (("sure", "0.3"), ("unsure", "white")):
            ax.scatter([], [], s=24, color="0.3", facecolor=face, label=LABELS[kind][lang])
        fig.legend(loc="outside upper right", ncols=2)
    return ax


def _draw_interval(ax, place: int, low: float, high: float, limit: float, colour: str) -> None:
    if np.isnan(low) or np.isnan(high):
        return
    left, right = max(low, -limit), min(high, limit)
    ax.hlines(place, left, right, color=colour, lw=1.2)
    for end, marker in ((low, "<"), (high, ">")):
        if np.isinf(end):
            ax.plot(np.sign(end) * limit, place, marker, color=colour, ms=4, clip_on=False)


def _print_counts(ax, rows: pd.DataFrame) -> None:
    for place, row in rows.iterrows():
        ax.annotate(
            f"{row.count_target}:{row.count_reference}",
            (1, place),
            (6, 0),
            xycoords=("axes fraction", "data"),
            textcoords="offset points",
            va="center",
            fontsize=6.5,
        )


@styled
def plot_positions(
    table: pd.DataFrame,
    terms: Sequence[str] | None = None,
    starts: pd.DataFrame | None = None,
    glosses: pd.Series | None = None,
    lang: str = "en",
):
    """Draw where each term stands in the running text, one panel per group (an x-ray).

    Parameters
    ----------
    table : result of :func:`analysis.term_positions`.
    terms : rows from the top; by first appearance in the table without them.
    starts : result of :func:`analysis.textstats.section_starts`; lines where sections begin.
    glosses : Series, term to English gloss, for the English figure.

    Returns
    -------
    array of Axes, one per group.
    """
    terms = list(dict.fromkeys(table.term if terms is None else strings("terms", terms)))
    table, groups = table[table.term.isin(terms)], table.group.unique()
    _, axes = figure("double", 24 + 6.2 * len(terms), squeeze=False, ncols=len(groups))
    for column, (ax, group) in enumerate(zip(axes[0], groups, strict=True)):
        part = table[table.group == group]
        ax.hlines(range(len(terms)), 0, 1, color="0.9", lw=0.6)
        ax.vlines(
            part.share, (place := part.term.map(terms.index)) - 0.32, place + 0.32, color=group_colour(column), lw=1
        )
        if starts is not None:
            ax.vlines(
                starts.share[(starts.group == group) & (starts.share > 0)],
                -0.5,
                len(terms) - 0.5,
                color="0.5",
                lw=0.6,
                ls=":",
            )
        for place, count in enumerate(part.term.value_counts().reindex(terms, fill_value=0)):
            ax.annotate(str(count), (1, place), (3, 0), textcoords="offset points", va="center", fontsize=6.5)
        label_terms(ax, pd.Series(terms if column == 0 else [""] * len(terms)), glosses, lang)
        ax.set(xlim=(0, 1), xlabel=LABELS["running"][lang])
        ax.xaxis.set_major_formatter(lambda share, _: f"{share:.0%}")
        ax.set_title(article_name(group, lang), color=group_colour(column))
    return axes[0]


@styled
def plot_history(table: pd.DataFrame, glosses: pd.Series | None = None, lang: str = "en"):
    """Draw the rate of each term in each document, the first document with it marked.

    Parameters
    ----------
    table : result of :func:`analysis.term_history`, of phrases; documents stand in its order.
    glosses : Series, term to English gloss, for the English figure.

    Returns
    -------
    Axes

    Notes
    -----
    Columns are documents, not years: years without a document are not drawn as empty. Cells of
    zero are white; shade grows with the square root of the rate.
    """
    terms, documents = table.term.unique(), table.document.unique()
    shade = table.pivot(index="term", columns="document", values="per_10k").loc[terms, documents]
    fig, ax = figure("double", 30 + 6.2 * len(terms))
    image = ax.pcolormesh(
        np.ma.masked_equal(shade, 0),
        cmap="Blues",
        edgecolors="white",
        linewidth=0.4,
        norm=PowerNorm(0.5, 0, max(shade.max(axis=None), 1)),
    )
    ax.hlines(np.arange(len(terms)) + 0.5, 0, len(documents), color="0.9", lw=0.6, zorder=0)
    first = table[table["first"]]
    places = (shade.columns.get_indexer(first.document) + 0.5, shade.index.get_indexer(first.term) + 0.5)
    ax.plot(*places, "o", color=group_colour(1), ms=3, label=LABELS["first"][lang])
    for x, y, document in zip(*places, first.document, strict=True):
        ax.annotate(
            document,
            (x, y),
            (-4, 0),
            textcoords="offset points",
            ha="right",
            va="center",
            fontsize=6.5,
            bbox={"fc": "white", "ec": "none", "pad": 0.5},
        )
    every = max(1, len(documents) // 12)
    ax.set_xticks(np.arange(0, len(documents), every) + 0.5, documents[::every])
    label_terms(ax, pd.Series(terms), glosses, lang, first=0.5)
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
    fig.colorbar(image, ax=ax, label=LABELS["per_10k"][lang], shrink=0.8, aspect=25, pad=0.01)
    fig.legend(loc="outside upper right")
    return ax


@styled
def plot_network(table: pd.DataFrame, node: str, glosses: pd.Series | None = None, lang: str = "en"):
    """Draw a word with its neighbours on a circle, and the neighbours' ties with each other.

    Parameters
    ----------
    table : result of :func:`analysis.collocations` for all pairs, so that ties between the
        neighbours are in it; the pairs with ``node`` decide which words are drawn.
    node : the word in the middle.
    glosses : Series, term to English gloss, for the English figure.

    Returns
    -------
    Axes

    Notes
    -----
    Clockwise from the top, neighbours stand in order of log Dice with the node; lines are as
    wide as a pair is frequent. Angles have no other meaning, so that the picture is the same
    each time.
    """
    own = table[(table.word1 == node) | (table.word2 == node)]
    if own.empty:
        raise ValueError(f"No pair of the table has {node!r}.")
    own = own.assign(other=own.word1.where(own.word2 == node, own.word2))
    own = own.sort_values(["log_dice", "other"], ascending=[False, True])
    angle = np.pi / 2 - 2 * np.pi * np.arange(len(own)) / len(own)
    place = dict(zip(own.other, zip(1.35 * np.cos(angle), np.sin(angle), strict=True), strict=True))
    place[node] = (0.0, 0.0)
    fig, ax = figure("double", 105)
    ties = table[table.word1.isin(place) & table.word2.isin(place)]
    for row in ties.itertuples():
        is_own = node in (row.word1, row.word2)
        ax.add_patch(
            FancyArrowPatch(
                place[row.word1],
                place[row.word2],
                arrowstyle="-",
                zorder=1 if is_own else 0.5,
                connectionstyle=f"arc3,rad={0 if is_own else 0.18}",
                shrinkA=0,
                shrinkB=0,
                color=group_colour(0) if is_own else "0.8",
                lw=4 * row.count / ties["count"].max() + 0.4,
            )
        )
    for word, (x, y) in place.items():
        gloss = "" if glosses is None or lang != "en" else glosses.get(word, "")
        ax.text(
            x,
            y,
            f"{word}\n{gloss}" if gloss else word,
            ha="center",
            va="center",
            fontsize=9 if word == node else 7,
            zorder=2,
            bbox={
                "fc": "white",
                "ec": group_colour(0) if word == node else "0.8",
                "lw": 0.6,
                "boxstyle": "round,pad=0.3",
            },
        )
    ax.set(xlim=(-1.75, 1.75), ylim=(-1.2, 1.2))
    ax.axis("off")
    return ax
