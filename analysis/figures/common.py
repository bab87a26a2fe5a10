"""The figures of the notebooks: a tidy frame in, Axes out.

Every function takes ``lang="en"|"zh"``, which switches all labels. Chinese terms stand as
they are; English figures add a gloss where one is given.
"""

import numpy as np
import pandas as pd
from matplotlib import colormaps
from PIL import ImageFont
from wordcloud import WordCloud

from analysis import _paths as paths
from analysis.figures.style import basic_text_layout, check_lang, figure, group_colour, styled

NAMES = {"en": {"zhang-lu": "Zhang and Lü", "lu": "Lü Jingwei"}, "zh": {"zhang-lu": "张贵、吕晓静", "lu": "吕静韦"}}
WORDS = {
    "tfidf": {"en": "tf-idf weight (per 1,000 tokens)", "zh": "tf-idf 权重(每千词)"},
    "count": {"en": "occurrences", "zh": "出现次数"},
    "share": {"en": "share of tokens", "zh": "词数占比"},
    "topic": {"en": "Topic", "zh": "主题"},
    "without": {"en": "stock dictionary", "zh": "默认词典"},
    "with": {"en": "with lexicon", "zh": "使用词表"},
    "printed": {"en": "printed", "zh": "印刷次数"},
    "ari": {"en": "adjusted Rand index of two seeds", "zh": "两个随机种子之间的调整兰德指数"},
    "k": {"en": "number of clusters k", "zh": "聚类数 k"},
    "mean": {"en": "mean", "zh": "均值"},
    "median": {"en": "median", "zh": "中位数"},
    "per_1000": {"en": "per 1,000 tokens", "zh": "每千词次数"},
}


def _label(column: str, lang: str) -> str:
    """Return how figures name a column; one that they do not know is named as it is."""
    return WORDS.get(column, {}).get(lang, column)


def article_name(article: str, lang: str) -> str:
    """Return how figures name an article; other corpora's labels stand as they are.

    Examples
    --------
    >>> article_name("zhang-lu", "en"), article_name("my-report", "en")
    ('Zhang and Lü', 'my-report')
    """
    check_lang(lang)
    return NAMES[lang].get(article, article)


def section_name(section: int, lang: str) -> str:
    """Return how figures name a section by its number, 0 for the lead.

    Examples
    --------
    >>> section_name(2, "en"), section_name(2, "zh"), section_name(0, "zh")
    ('section 2', '第2部分', '导语')
    """
    check_lang(lang)
    if section == 0:
        return {"en": "lead", "zh": "导语"}[lang]
    return {"en": f"section {section}", "zh": f"第{section}部分"}[lang]


@styled
def plot_wordclouds(table: pd.DataFrame, value: str = "tfidf", lang: str = "en", seed: int = 2026):
    """Draw one word cloud per group, side by side, every word as text.

    Parameters
    ----------
    table : columns ``group``, ``term`` and ``value``, as :func:`analysis.keywords` gives them.
    value : column that sizes the words.
    seed : of the layout.

    Returns
    -------
    array of Axes, one per group in order of first appearance.

    Notes
    -----
    Area is hard to compare, position and colour mean nothing here beyond the group, and a
    cloud hides how sure a weight is. Print it beside its table, not in its place.
    """
    groups = list(table.group.unique())
    fig, axes = figure("double", 84, squeeze=False, ncols=len(groups))
    fig.set_layout_engine("none")
    for column, (ax, group) in enumerate(zip(axes[0], groups, strict=True)):
        width = 1 / len(groups)
        ax.set_position([column * width + 0.012, 0.02, width - 0.024, 0.86])
        ax.set_title(article_name(group, lang), color=group_colour(column))
        part = table[table.group == group].sort_values([value, "term"], ascending=[False, True])
        _draw_cloud(ax, dict(zip(part.term, part[value], strict=True)), column, seed)
    return axes[0]


def _draw_cloud(ax, weights: dict[str, float], column: int, seed: int) -> None:
    box = ax.get_window_extent().transformed(ax.figure.dpi_scale_trans.inverted())
    points = box.width * 72
    scale = 4  # lay out on a fine grid, draw in points
    cloud = WordCloud(
        font_path=str(paths.font_path()),
        width=int(points * scale),
        height=int(box.height * 72 * scale),
        prefer_horizontal=1.0,
        random_state=seed,
        min_font_size=6 * scale,
        max_font_size=30 * scale,
        relative_scaling=0.6,
        margin=4 * scale,
        collocations=False,
    )
    with basic_text_layout():
        cloud.generate_from_frequencies(weights)
    lost = weights.keys() - {word for (word, _), *_ in cloud.layout_}
    if lost:  # wordcloud leaves them out without a word
        raise ValueError(f"The cloud has no room for {sorted(lost)}: draw fewer terms.")
    shades = colormaps["Blues" if column % 2 == 0 else "Oranges"]
    for (word, weight), size, (top, left), _, _ in cloud.layout_:
        # The layout places the corner of a word's ink; text is placed by its baseline.
        font = ImageFont.truetype(str(paths.font_path()), size, layout_engine=ImageFont.Layout.BASIC)
        ink_left, ink_top, _, _ = font.getbbox(word, anchor="ls")
        ax.text(
            left - ink_left,
            top - ink_top,
            word,
            fontsize=size * points / cloud.width,
            color=shades(0.55 + 0.4 * weight),
            va="baseline",
            ha="left",
        )
    ax.set(xlim=(0, cloud.width), ylim=(cloud.height, 0), xticks=[], yticks=[])
    ax.spines[:].set_visible(False)


@styled
def plot_keywords(
    table: pd.DataFrame, value: str = "tfidf", top: int = 15, glosses: pd.Series | None = None, lang: str = "en"
):
    """Draw the top terms of each group with their values, one panel per group, two in a row.

    Parameters
    ----------
    table : columns ``group``, ``rank``, ``term``, ``count`` and ``value``.
    value : column that is plotted; ``count`` is printed at the end of each line.
    top : terms per group.
    glosses : Series, term to English gloss, for the English figure.

    Returns
    -------
    array of Axes, one per group.

    Notes
    -----
    All panels have one scale. Two rows of 15 terms are 218 mm high: with more than four groups,
    a smaller ``top`` keeps the figure on a page.
    """
    groups = list(table.group.unique())
    columns = min(2, len(groups))
    rows = -(-len(groups) // columns)
    fig, axes = figure("double", rows * (22 + 5.8 * top), squeeze=False, nrows=rows, ncols=columns, sharex=True)
    for place, ax in enumerate(axes.flat):
        ax.set_visible(place < len(groups))
        ax.tick_params(labelbottom=True)
    for column, (ax, group) in enumerate(zip(axes.flat, groups, strict=False)):
        part = table[(table.group == group) & (table["rank"] <= top)]
        places = np.arange(len(part))
        ax.hlines(places, 0, part[value], color=group_colour(column), lw=1.4)
        ax.plot(part[value], places, "o", color=group_colour(column), ms=4)
        for place, row in zip(places, part.itertuples(), strict=True):
            ax.annotate(
                f"{getattr(row, value):.1f} (n={row.count})",
                (getattr(row, value), place),
                (5, 0),
                textcoords="offset points",
                va="center",
                fontsize=6.5,
            )
        label_terms(ax, part.term, glosses, lang)
        ax.set_xlabel(_label(value, lang))
        ax.set_title(article_name(group, lang), color=group_colour(column))
    axes[0][0].set_xlim(0, table.loc[table["rank"] <= top, value].max() * 1.32)
    return axes.ravel()[: len(groups)]


def label_terms(ax, terms: pd.Series, glosses: pd.Series | None, lang: str, first: float = 0) -> None:
    """Name the rows from the top, each term with its gloss below it in an English figure.

    ``first`` is where the middle of the first row stands.
    """
    ax.set_yticks([])
    ax.set_ylim(first + len(terms) - 0.5, first - 0.5)
    for place, term in enumerate(terms):
        gloss = "" if glosses is None or lang != "en" else glosses.get(term, "")
        for text, shift, size, colour in (
            (term, 3.2 if gloss else 0, 7.5, "black"),
            (_shorten(gloss), -4.4, 6, "0.35"),
        ):
            ax.annotate(
                text,
                (0, first + place),
                (-4, shift),
                xycoords=("axes fraction", "data"),
                textcoords="offset points",
                ha="right",
                va="center",
                fontsize=size,
                color=colour,
            )


def _shorten(gloss: str, width: int = 46) -> str:
    return gloss if len(gloss) <= width else gloss[: width - 1].rsplit(" ", 1)[0] + " …"


@styled
def plot_heatmap(
    table: pd.DataFrame,
    rows: str,
    columns: str,
    value: str = "per_1000",
    note: str = "count",
    column_labels: dict | None = None,
    column_groups: dict | None = None,
    lang: str = "en",
):
    """Draw a value for every pair of row and column, with a number in each filled cell.

    Parameters
    ----------
    table : tidy; ``rows``, ``columns``, ``value`` and ``note`` name its columns. Rows and
        columns stand in order of first appearance; missing pairs are zero.
    note : column whose number is printed in the cell, zeros left blank.
    column_labels : label of each column, if its value is not to be printed.
    column_groups : name of the group of each column; neighbours of one group stand together
        under its name.

    Returns
    -------
    Axes
    """
    order = [table[name].unique() for name in (rows, columns)]
    shade, number = (
        table.pivot(index=rows, columns=columns, values=name).reindex(index=order[0], columns=order[1]).fillna(0)
        for name in (value, note)
    )
    fig, ax = figure("double", 26 + 4.6 * len(shade))
    # Squares as shapes and not as a picture: a picture would be pixels in the PDF.
    image = ax.pcolormesh(shade, cmap="Blues", vmin=0, edgecolors="white", linewidth=0.8)
    limit = shade.to_numpy().max() / 2
    for (i, j), count in np.ndenumerate(number.to_numpy()):
        if count:
            dark = shade.iat[i, j] > limit
            ax.text(
                j + 0.5,
                i + 0.5,
                f"{count:.0f}",
                ha="center",
                va="center",
                fontsize=7,
                color="white" if dark else "black",
            )
    labels = column_labels or {}
    ax.set_xticks(np.arange(len(order[1])) + 0.5, [labels.get(c, c) for c in order[1]])
    ax.set_yticks(np.arange(len(order[0])) + 0.5, order[0])
    ax.invert_yaxis()
    if column_groups:
        _head_groups(ax, [column_groups[c] for c in order[1]])
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
    fig.colorbar(image, ax=ax, label=_label(value, lang), shrink=0.6, aspect=30, pad=0.01)
    return ax


def _head_groups(ax, groups: list[str]) -> None:
    for group in dict.fromkeys(groups):
        first, last = groups.index(group), len(groups) - groups[::-1].index(group)
        ax.annotate(
            group,
            ((first + last) / 2, 1),
            (0, 5),
            xycoords=("data", "axes fraction"),
            textcoords="offset points",
            ha="center",
            fontsize=9,
        )
        if first:
            ax.axvline(first, color="white", lw=5)


@styled
def plot_intervals(
    table: pd.DataFrame, label: str, xlabel: str, note: str | None = None, width: str = "single", percent: bool = False
):
    """Draw estimates with their intervals, one row each, from the top.

    Parameters
    ----------
    table : columns ``label`` (its name is the argument), ``value``, ``low`` and ``high``, and
        ``note`` (printed at the right) if it is named.
    xlabel : what the values are.
    width : ``"single"`` or ``"double"``.
    percent : whether values are shares to be shown in per cent.

    Returns
    -------
    Axes
    """
    fig, ax = figure(width, 22 + 5.5 * len(table))
    places = np.arange(len(table))
    ax.hlines(places, table.low, table.high, color=group_colour(0), lw=1.4)
    ax.plot(table.value, places, "o", color=group_colour(0), ms=4)
    for place, text in zip(places, table[note] if note else (), strict=False):
        ax.annotate(
            text,
            (1, place),
            (4, 0),
            xycoords=("axes fraction", "data"),
            textcoords="offset points",
            va="center",
            fontsize=6.5,
        )
    ax.set_yticks(places, table[label])
    ax.set(ylim=(len(table) - 0.5, -0.5), xlabel=xlabel)
    if percent:
        ax.xaxis.set_major_formatter(lambda x, _: f"{x:.0%}")
    ax.grid(axis="x")
    ax.tick_params(axis="y", length=0)
    return ax


@styled
def plot_shares(table: pd.DataFrame, lang: str = "en"):
    """Draw the share of each topic in each group as stacked bars that say what they hold.

    Parameters
    ----------
    table : result of :func:`analysis.shares`.

    Returns
    -------
    Axes
    """
    groups = list(table.group.unique())
    fig, ax = figure("double", 34 + 12 * len(groups))
    left = pd.Series(0.0, index=groups)
    for place, (topic, part) in enumerate(table.groupby("topic")):
        share = part.set_index("group").share[groups]
        label = f"{WORDS['topic'][lang]} {topic}: {part.label.iloc[0]}"
        bars = ax.barh(
            range(len(groups)), share, left=left, color=group_colour(place), label=label, edgecolor="white", height=0.66
        )
        inside = [f"{s:.0%}" if s >= 0.05 else "" for s in share]
        dark = place in (0, 1, 2, 6)
        ax.bar_label(bars, inside, label_type="center", fontsize=7, color="white" if dark else "black")
        left += share
    ax.set_yticks(range(len(groups)), [article_name(g, lang) for g in groups])
    ax.set(ylim=(len(groups) - 0.5, -0.5), xlim=(0, 1), xlabel=WORDS["share"][lang])
    ax.xaxis.set_major_formatter(lambda x, _: f"{x:.0%}")
    fig.legend(loc="outside lower left", ncols=2, handlelength=1)
    return ax


@styled
def plot_lexicon_effect(table: pd.DataFrame, glosses: pd.Series | None = None, lang: str = "en"):
    """Draw how often each term is printed, and cut as one token without and with the lexicon.

    Parameters
    ----------
    table : columns ``term``, ``printed``, ``without`` and ``with`` (counts), in the order to be
        drawn.

    Returns
    -------
    Axes
    """
    fig, ax = figure("double", 24 + 5.8 * len(table))
    places = np.arange(len(table))
    ax.hlines(places, table["without"], table["with"], color="0.7", lw=1.2, zorder=1)
    ax.plot(table["printed"], places, "|", color="0.3", ms=9, mew=1.2, label=WORDS["printed"][lang])
    ax.plot(table["with"], places, "o", color=group_colour(0), ms=5, label=WORDS["with"][lang])
    ax.plot(table["without"], places, "D", color=group_colour(1), ms=4, mfc="white", label=WORDS["without"][lang])
    label_terms(ax, table.term, glosses, lang)
    ax.set_xlabel(WORDS["count"][lang])
    ax.set_xlim(-0.5, table[["printed", "without", "with"]].to_numpy().max() + 1)
    ax.grid(axis="x")
    fig.legend(loc="outside upper right", ncols=3)
    return ax


@styled
def plot_agreement(table: pd.DataFrame, lang: str = "en"):
    """Draw how far every pair of seeds agrees, by number of clusters, as box plots.

    Boxes are quartiles, whiskers reach the smallest and the largest agreement.

    Parameters
    ----------
    table : columns ``k`` and ``ari``, one row per pair of seeds.

    Returns
    -------
    Axes
    """
    fig, ax = figure("single", 62)
    ks = sorted(table.k.unique())
    ax.boxplot(
        [table.ari[table.k == k] for k in ks],
        tick_labels=ks,
        whis=(0, 100),
        widths=0.55,
        showmeans=True,
        medianprops={"color": group_colour(0), "lw": 1.4},
        meanprops={"marker": "D", "mfc": group_colour(1), "mec": group_colour(1), "ms": 3.5},
    )
    ax.plot([], [], "D", color=group_colour(1), ms=3.5, label=WORDS["mean"][lang])
    ax.plot([], [], color=group_colour(0), lw=1.4, label=WORDS["median"][lang])
    ax.axhline(0, color="0.6", lw=0.6)
    ax.axhline(1, color="0.6", lw=0.6)
    ax.set(xlabel=WORDS["k"][lang], ylabel=WORDS["ari"][lang], ylim=(-0.15, 1.08))
    fig.legend(loc="outside upper right", ncols=2)
    return ax
