"""Figures of keywords: how large and how sure, where in the text, since when, beside what."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib import colormaps
from matplotlib.axes import Axes
from matplotlib.colors import PowerNorm
from matplotlib.patches import FancyArrowPatch
from pandas import DataFrame
from PIL import ImageFont
from wordcloud import WordCloud

from analysis import _paths as paths
from analysis._checks import strings
from analysis.figures.common import AT_ROW, beside, by_group, draw_bars, draw_cells, in_percent, label_terms, panels
from analysis.figures.labels import word
from analysis.figures.style import Map, basic_text_layout, figure, group_colour, needs, styled


@styled
def plot_keywords(
    table: DataFrame, *, value: str = "tfidf", top: int = 15, names: Map = None, glosses: Map = None, lang: str = "en"
) -> np.ndarray:
    """Draw the top terms of each group with their values, one panel per group, two in a row.

    All panels have one scale. With more than four groups, a smaller ``top`` keeps the figure on a page.

    Parameters
    ----------
    table : DataFrame
        Columns ``group``, ``rank``, ``term``, ``count`` and ``value``.
    value : str, default "tfidf"
        Column that is plotted; ``count`` is printed at the end of each line.
    top : int, default 15
        Terms per group.
    names, glosses, lang : optional, as in all figures
    """
    needs(table, "group", "rank", "term", "count", value)
    axes = panels(table.group.nunique(dropna=False), 2, 22 + 5.8 * top, sharex=True)
    for ax, part, colour in by_group(axes, table, "group", names):
        part = part[part["rank"] <= top]
        draw_bars(ax, part[value], colour)
        for place, (size, count) in enumerate(zip(part[value], part["count"], strict=True)):
            beside(ax, f"{size:.1f} (n={count})", (size, place))
        label_terms(ax, part.term, glosses)
        ax.tick_params(labelbottom=True)
        ax.set_xlabel(word(value, lang))
    axes[0].set_xlim(0, table.loc[table["rank"] <= top, value].max() * 1.32)
    return axes


@styled
def plot_wordclouds(
    table: DataFrame, *, value: str = "tfidf", names: Map = None, seed: int = 2026, lang: str = "en"
) -> np.ndarray:
    """Draw one word cloud per group, side by side, every word as text.

    Area is hard to compare, position and colour mean nothing here beyond the group, and a cloud hides how sure a
    weight is. Print it beside its table, not in its place.

    Parameters
    ----------
    table : DataFrame
        Columns ``group``, ``term`` and ``value``, as :func:`analysis.keywords` gives them.
    value : str, default "tfidf"
        Column that sizes the words.
    seed : int, default 2026
        Of the layout.
    names, lang : optional, as in all figures
    """
    needs(table, "group", "term", value)
    count = table.group.nunique(dropna=False)
    axes = panels(count, count, 84)
    axes[0].figure.set_layout_engine("none")
    for number, (ax, part, _) in enumerate(by_group(axes, table, "group", names)):
        ax.set_position([number / count + 0.012, 0.02, 1 / count - 0.024, 0.86])
        part = part.sort_values([value, "term"], ascending=[False, True])
        _draw_cloud(ax, dict(zip(part.term, part[value], strict=True)), "Oranges" if number % 2 else "Blues", seed)
    return axes


def _draw_cloud(ax, weights: dict[str, float], shades: str, seed: int) -> None:
    box = ax.get_window_extent().transformed(ax.figure.dpi_scale_trans.inverted())
    points = box.width * 72
    scale = 4  # lay out on a fine grid, draw in points
    grid = {"width": int(points * scale), "height": int(box.height * 72 * scale), "margin": 4 * scale}
    sizes = {"min_font_size": 6 * scale, "max_font_size": 30 * scale, "relative_scaling": 0.6}
    rest = {"font_path": str(paths.font_path()), "prefer_horizontal": 1.0, "collocations": False}
    cloud = WordCloud(random_state=seed, **grid, **sizes, **rest)
    with basic_text_layout():
        cloud.generate_from_frequencies(weights)
    lost = weights.keys() - {word for (word, _), *_ in cloud.layout_}
    if lost:  # wordcloud leaves them out without a word
        raise ValueError(f"The cloud has no room for {sorted(lost)}: draw fewer terms.")
    for (term, weight), size, (top, left), _, _ in cloud.layout_:
        # The layout places the corner of a word's ink; text is placed by its baseline.
        font = ImageFont.truetype(str(paths.font_path()), size, layout_engine=ImageFont.Layout.BASIC)
        ink_left, ink_top, _, _ = font.getbbox(term, anchor="ls")
        style = {"fontsize": size * points / cloud.width, "color": colormaps[shades](0.55 + 0.4 * weight)}
        ax.text(left - ink_left, top - ink_top, term, va="baseline", ha="left", **style)
    ax.set(xlim=(0, cloud.width), ylim=(cloud.height, 0), xticks=[], yticks=[])
    ax.spines[:].set_visible(False)


@styled
def plot_keyness(
    table: DataFrame,
    *,
    effect: str = "log_ratio",
    low: str = "log_ratio_low",
    high: str = "log_ratio_high",
    sides: tuple[str, str] | None = None,
    glosses: Map = None,
    lang: str = "en",
) -> Axes:
    """Draw keywords with their effect and its interval, sorted by effect, sized by count.

    Filled points have an interval that excludes 0, which is no test of the terms chosen: the
    terms that a figure shows were chosen for being extreme.

    Parameters
    ----------
    table : DataFrame
        Rows of :func:`analysis.keyness` to be drawn.
    effect, low, high : str
        Columns of the effect and of its interval. Infinite ends run to the edge with an arrow; missing ones
        leave a point without interval.
    sides : tuple of str, optional
        How the figure calls target and reference.
    glosses, lang : optional, as in all figures
    """
    needs(table, "term", "count_target", "count_reference", effect, low, high)
    if sides is not None and (isinstance(sides, str) or len(sides) != 2):
        raise ValueError(f"sides must be two names, of target and reference, not {sides!r}.")
    target, reference = sides or (word("target", lang), word("reference", lang))
    rows = table.sort_values([effect, "term"], ascending=[False, True], ignore_index=True)
    fig, ax = figure("double", 26 + 5.8 * len(rows))
    count = rows[["count_target", "count_reference"]].sum(axis=1)
    limit = 1.15 * rows[[effect, low, high]].replace([np.inf, -np.inf], np.nan).abs().max(axis=None)
    sure = (rows[low] > 0) | (rows[high] < 0)
    for place, row in rows.iterrows():
        colour = group_colour(0) if row[effect] > 0 else group_colour(1)
        _draw_interval(ax, place, row[low], row[high], limit, colour)
        face = colour if sure[place] else "white"
        ax.scatter(row[effect], place, s=8 + 5 * count[place], color=colour, zorder=3, facecolor=face)
    ax.axvline(0, color="0.4", lw=0.8)
    ax.set_xlim(-limit if (rows[[effect, low]] < 0).any(axis=None) else -0.04 * limit, limit)
    label_terms(ax, rows.term, glosses)
    for place, row in rows.iterrows():
        beside(ax, f"{row.count_target}:{row.count_reference}", (1, place), (6, 0), xycoords=AT_ROW)
    ax.set_xlabel(word("log_ratio", lang).format(target=target, reference=reference))
    if not sure.all():
        for kind, face in (("sure", "0.3"), ("unsure", "white")):
            ax.scatter([], [], s=24, color="0.3", facecolor=face, label=word(kind, lang))
        fig.legend(loc="outside upper right", ncols=2)
    return ax


def _draw_interval(ax, place: int, low: float, high: float, limit: float, colour: str) -> None:
    if np.isnan(low) or np.isnan(high):
        return
    ax.hlines(place, max(low, -limit), min(high, limit), color=colour, lw=1.2)
    for end, marker in ((low, "<"), (high, ">")):
        if np.isinf(end):
            ax.plot(np.sign(end) * limit, place, marker, color=colour, ms=4, clip_on=False)


@styled
def plot_positions(
    table: DataFrame,
    *,
    terms: Sequence[str] | None = None,
    starts: DataFrame | None = None,
    names: Map = None,
    glosses: Map = None,
    lang: str = "en",
) -> np.ndarray:
    """Draw where each term stands in the running text, one panel per group (an x-ray).

    Parameters
    ----------
    table : DataFrame
        Result of :func:`analysis.term_positions`.
    terms : sequence of str, optional
        Rows from the top; by first appearance in the table without them.
    starts : DataFrame, optional
        Result of :func:`analysis.textstats.section_starts`; lines where sections begin.
    names, glosses, lang : optional, as in all figures
    """
    needs(table, "group", "term", "share")
    terms = list(dict.fromkeys(table.term if terms is None else strings("terms", terms)))
    table = table[table.term.isin(terms)]
    count = table.group.nunique(dropna=False)
    if not count:
        raise ValueError(f"None of the terms {terms} is in the table, so that there is nothing to draw.")
    axes = panels(count, count, 24 + 6.2 * len(terms))
    for ax, part, colour in by_group(axes, table, "group", names):
        places = part.term.map(terms.index)
        ax.hlines(range(len(terms)), 0, 1, color="0.9", lw=0.6)
        ax.vlines(part.share, places - 0.32, places + 0.32, color=colour, lw=1)
        if starts is not None:
            begins = starts.share[(starts.group == part.group.iloc[0]) & (starts.share > 0)]
            ax.vlines(begins, -0.5, len(terms) - 0.5, color="0.5", lw=0.6, ls=":")
        for place, found in enumerate(part.term.value_counts().reindex(terms, fill_value=0)):
            beside(ax, found, (1, place), (3, 0))
        label_terms(ax, terms if ax is axes[0] else [""] * len(terms), glosses)
        ax.set(xlim=(0, 1), xlabel=word("running", lang))
        in_percent(ax.xaxis)
    return axes


@styled
def plot_history(table: DataFrame, *, glosses: Map = None, lang: str = "en") -> Axes:
    """Draw the rate of each term in each document, the first document with it marked.

    Columns are documents, not years: years without a document are not drawn as empty. Cells of
    zero are white; shade grows with the square root of the rate.

    Parameters
    ----------
    table : DataFrame
        Result of :func:`analysis.term_history`, of phrases; documents stand in its order.
    glosses, lang : optional, as in all figures
    """
    needs(table, "term", "document", "per_10k", "first")
    terms, documents = table.term.unique(), table.document.unique()
    shade = table.pivot(index="term", columns="document", values="per_10k").loc[terms, documents]
    fig, ax = figure("double", 30 + 6.2 * len(terms))
    scale = PowerNorm(0.5, 0, max(shade.max(axis=None), 1))
    image = draw_cells(ax, np.ma.masked_equal(shade, 0), linewidth=0.4, norm=scale)
    ax.hlines(np.arange(len(terms)) + 0.5, 0, len(documents), color="0.9", lw=0.6, zorder=0)
    first = table[table["first"]]
    places = (shade.columns.get_indexer(first.document) + 0.5, shade.index.get_indexer(first.term) + 0.5)
    ax.plot(*places, "o", color=group_colour(1), ms=3, label=word("first_document", lang))
    for x, y, document in zip(*places, first.document, strict=True):
        beside(ax, document, (x, y), (-4, 0), ha="right", bbox={"fc": "white", "ec": "none", "pad": 0.5})
    every = max(1, len(documents) // 12)
    ax.set_xticks(np.arange(0, len(documents), every) + 0.5, documents[::every])
    label_terms(ax, terms, glosses, first=0.5)
    fig.colorbar(image, ax=ax, label=word("per_10k", lang), shrink=0.8, aspect=25, pad=0.01)
    fig.legend(loc="outside upper right")
    return ax


@styled
def plot_network(table: DataFrame, *, node: str, glosses: Map = None, lang: str = "en") -> Axes:
    """Draw a word with its neighbours on a circle, and the neighbours' ties with each other.

    Clockwise from the top, neighbours stand in order of log Dice with the node; lines are as
    wide as a pair is frequent. Angles have no other meaning.

    Parameters
    ----------
    table : DataFrame
        Result of :func:`analysis.collocations` for all pairs, so that ties between the neighbours are in it.
    node : str
        The word in the middle.
    glosses, lang : optional, as in all figures
    """
    needs(table, "word1", "word2", "count", "log_dice")
    place = _circle(table, node)
    _, ax = figure("double", 105)
    ties = table[table.word1.isin(place) & table.word2.isin(place)]
    for row in ties.itertuples():
        own = node in (row.word1, row.word2)
        colour, over, bend = (group_colour(0), 1, "arc3,rad=0") if own else ("0.8", 0.5, "arc3,rad=0.18")
        style: dict[str, Any] = {"color": colour, "zorder": over, "lw": 4 * row.count / ties["count"].max() + 0.4}
        line: dict[str, Any] = {"arrowstyle": "-", "connectionstyle": bend, "shrinkA": 0, "shrinkB": 0}
        ax.add_patch(FancyArrowPatch(place[row.word1], place[row.word2], **line, **style))
    for term, (x, y) in place.items():
        text = f"{term}\n{glosses[term]}" if glosses.get(term) else term
        size, rim = (9, group_colour(0)) if term == node else (7, "0.8")
        box = {"fc": "white", "ec": rim, "lw": 0.6, "boxstyle": "round,pad=0.3"}
        ax.text(x, y, text, ha="center", va="center", fontsize=size, zorder=2, bbox=box)
    ax.set(xlim=(-1.75, 1.75), ylim=(-1.2, 1.2))
    ax.axis("off")
    return ax


def _circle(table: DataFrame, node: str) -> dict[str, tuple[float, float]]:
    own = table[(table.word1 == node) | (table.word2 == node)]
    if own.empty:
        raise ValueError(f"No pair of the table has {node!r}.")
    own = own.assign(other=own.word1.where(own.word2 == node, own.word2))
    own = own.sort_values(["log_dice", "other"], ascending=[False, True])
    angle = np.pi / 2 - 2 * np.pi * np.arange(len(own)) / len(own)
    return dict(zip(own.other, zip(1.35 * np.cos(angle), np.sin(angle), strict=True), strict=True)) | {node: (0.0, 0.0)}
