"""What holds for every public figure: its call, its language, its colours, and what it refuses."""

import inspect
import io

import matplotlib as mpl
import matplotlib.pyplot as plt
import pandas as pd
import pytest

import analysis as pa
from analysis.figures.publishing import check, figure_of
from analysis.figures.style import styled

TABLES = {
    "intervals": pd.DataFrame({"what": ["a", "b"], "value": [1.0, 2.0], "low": [0.5, 1.5], "high": [1.5, 2.5]}),
    "keywords": pd.DataFrame({
        "group": ["a", "a", "b"],
        "rank": [1, 2, 1],
        "term": ["创新", "协同", "创新"],
        "count": [3, 1, 2],
        "tfidf": [2.0, 1.0, 1.5],
    }),
    "keyness": pd.DataFrame({
        "term": ["创新", "协同"],
        "count_target": [5, 1],
        "count_reference": [1, 4],
        "log_ratio": [2.0, -2.0],
        "log_ratio_low": [1.0, -3.0],
        "log_ratio_high": [3.0, 0.5],
    }),
    "pairs": pd.DataFrame({
        "word1": ["创新", "创新"],
        "word2": ["协同", "发展"],
        "count": [3, 2],
        "log_dice": [9.0, 8.0],
    }),
    "cells": pd.DataFrame({"term": ["创新"] * 2, "group": ["a", "b"], "count": [3, 1], "per_1000": [2.0, 1.0]}),
    "history": pd.DataFrame({
        "term": ["创新"] * 2,
        "document": ["2012", "2014"],
        "per_10k": [0.0, 2.0],
        "first": [False, True],
    }),
    "positions": pd.DataFrame({"group": ["a", "b"], "term": ["创新"] * 2, "share": [0.1, 0.5]}),
    "outline": pd.DataFrame({"article": ["a"] * 2, "depth": [0, 1], "label": ["甲", "乙"], "characters": [90, 40]}),
    "rates": pd.DataFrame({"damage": ["none"], "exact": [9], "n": [10], "rate": [0.9], "low": [0.6], "high": [0.97]}),
    "effect": pd.DataFrame({"term": ["创新"], "printed": [5], "without": [2], "with": [5]}),
}
UNITS = pd.Series([["甲", "乙", str(i % 3)] * 2 for i in range(8)], index=[f"u{i}" for i in range(8)])
BY = pd.Series(["a"] * 4 + ["b"] * 4, index=UNITS.index)
PAGE = "标题\n\n王芳\n\n一要坚持改革,深化开\n\n放,扩大合作。\n\n(作者为教授)"


@pytest.fixture(scope="module")
def topics():
    return pa.cluster(UNITS, 2)


DRAWN = {
    "plot_heatmap": lambda t, **o: pa.plot_heatmap(TABLES["cells"], rows="term", columns="group", **o),
    "plot_intervals": lambda t, **o: pa.plot_intervals(TABLES["intervals"], label="what", xlabel="x", **o),
    "plot_lexicon_effect": lambda t, **o: pa.figures.plot_lexicon_effect(TABLES["effect"], **o),
    "plot_keywords": lambda t, **o: pa.plot_keywords(TABLES["keywords"], **o),
    "plot_wordclouds": lambda t, **o: pa.plot_wordclouds(TABLES["keywords"], **o),
    "plot_keyness": lambda t, **o: pa.plot_keyness(TABLES["keyness"], **o),
    "plot_positions": lambda t, **o: pa.plot_positions(TABLES["positions"], **o),
    "plot_history": lambda t, **o: pa.plot_history(TABLES["history"], **o),
    "plot_network": lambda t, **o: pa.plot_network(TABLES["pairs"], node="创新", **o),
    "plot_page": lambda t, **o: pa.plot_page(pa.figures.page_layout(pa.restore(PAGE), ["a"]), **o),
    "plot_rates": lambda t, **o: pa.figures.plot_rates(TABLES["rates"], **o),
    "plot_outline": lambda t, **o: pa.plot_outline(TABLES["outline"], **o),
    "plot_topic_terms": lambda t, **o: pa.plot_topic_terms(t.terms, **o),
    "plot_topic_shares": lambda t, **o: pa.plot_topic_shares(pa.shares(t, BY, weights=UNITS.str.len()), **o),
    "plot_flow": lambda t, **o: pa.plot_flow(t, BY, UNITS.str.len(), parts=BY, **o),
    "plot_runs": lambda t, **o: pa.plot_runs(pa.topics.cluster_runs(UNITS, 2, range(3)), by=BY, **o),
    "plot_topic_map": lambda t, **o: pa.plot_topic_map(pa.vectorise(UNITS), t, by=BY, **o),
    "plot_choose_k": lambda t, **o: pa.plot_choose_k(choice().candidates, **o),
    "plot_consensus": lambda t, **o: pa.plot_consensus(consensus(), **o),
    "plot_dendrogram": lambda t, **o: pa.plot_dendrogram(consensus(), **o),
}


def runs():
    return pa.resample_topics(UNITS, [2], bootstraps=3, seeds=2, nulls=1)


def choice():
    return pa.choose_k(pd.concat([UNITS] * 3, ignore_index=True))


def consensus():
    return pa.consensus_clusters(runs())


PUBLIC = {name: getattr(pa, name) for name in pa.__all__ if name.startswith("plot_")}
PUBLIC |= {name: getattr(pa.figures, name) for name in ("plot_lexicon_effect", "plot_rates")}


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


def test_every_public_figure_is_drawn_here():
    assert set(DRAWN) == set(PUBLIC)


@styled
def saved(fig) -> str:
    """Check a figure as for saving, and return its SVG, which holds every place and colour."""
    check(fig, "x")
    target = io.StringIO()
    fig.savefig(target, format="svg", metadata={"Date": None})
    return target.getvalue()


@pytest.mark.parametrize("name", DRAWN)
def test_a_figure_drawn_under_other_settings_and_then_saved_has_the_same_bytes(name, topics):
    at_once, later = (figure_of(DRAWN[name](topics)) for _ in range(2))
    with mpl.rc_context(mpl.rcParamsDefault):
        later.canvas.draw()  # as the end of a cell does
    assert saved(at_once) == saved(later)


@pytest.mark.parametrize("name", PUBLIC)
def test_what_follows_the_data_is_given_by_name(name):
    parameters = inspect.signature(PUBLIC[name]).parameters.values()
    positional = [p.name for p in parameters if p.kind is p.POSITIONAL_OR_KEYWORD]
    assert len(positional) == {"plot_flow": 3, "plot_topic_map": 2}.get(name, 1)
    assert "lang" in {p.name for p in parameters}


@pytest.mark.parametrize("name", [name for name in DRAWN if "names" in inspect.signature(PUBLIC[name]).parameters])
def test_names_are_printed_for_what_they_name_and_it_itself_without(name, topics):
    def printed(**options):
        fig = figure_of(DRAWN[name](topics, **options))
        fig.canvas.draw()
        return " ".join(text.get_text() for text in fig.findobj(mpl.text.Text))

    names = {key: f"Name of {key}" for key in ("a", "b", *UNITS.index)}
    assert "Name of" not in printed()
    for given in (names, pd.Series(names), {"en": names, "zh": {}}, pd.DataFrame({"en": names, "zh": names})):
        assert "Name of" in printed(names=given)
    assert "Name of" not in printed(names={"en": names, "zh": {}}, lang="zh")


@pytest.mark.parametrize(
    "call, message",
    [
        (lambda t: pa.plot_keywords(t.rename(columns={"tfidf": "g2"})), "no column 'tfidf', only .*'g2'"),
        (lambda t: pa.plot_keywords(t, value="c_tfidf"), "no column 'c_tfidf'"),
        (lambda t: pa.plot_keyness(t), "no column 'count_target', 'count_reference', 'log_ratio'"),
        (lambda t: pa.plot_keyness(TABLES["keyness"], sides="report"), "sides must be two names"),
        (lambda t: pa.plot_positions(TABLES["positions"], terms=["养老"]), "None of the terms .*养老"),
        (
            lambda t: pa.plot_keywords(t, glosses=pd.Series({"创新": "a", "协同": "b"}).repeat(2)),
            "glosses has two words for '创新'; keep one",
        ),
    ],
)
def test_a_wrong_table_or_option_is_named(call, message):
    with pytest.raises(ValueError, match=message):
        call(TABLES["keywords"])


@pytest.mark.parametrize(
    "call, message",
    [
        (lambda t: pa.plot_keywords(list(t.term)), "drawn of a DataFrame, not of the list"),
        (lambda t: pa.plot_keywords(t, glosses=t), "glosses must be a dict or a Series.*not the DataFrame"),
        (lambda t: pa.plot_keywords(t, names="a"), "names must be a dict or a Series.*not the str"),
        (lambda t: pa.save_figure("x", "x", t, "c"), "Figure, Axes or an array of Axes is wanted.*not 'x'"),
    ],
)
def test_a_wrong_kind_is_named(call, message):
    with pytest.raises(TypeError, match=message):
        call(TABLES["keywords"])


def test_axes_are_saved_as_their_figure(tmp_path):
    table = TABLES["keywords"]
    for name, of in (("a", lambda axes: axes), ("b", lambda axes: axes[0]), ("c", lambda axes: axes[0].figure)):
        pa.save_figure(of(pa.plot_keywords(table)), "x", table, "c", folder=tmp_path / name)
    assert (tmp_path / "a" / "x.svg").read_bytes() == (tmp_path / "c" / "x.svg").read_bytes()
    assert (tmp_path / "b" / "x.svg").read_bytes() == (tmp_path / "c" / "x.svg").read_bytes()


@pytest.mark.parametrize("name", ["", "../x", "a/b", "/tmp/x", "a\\b", ".hidden", "..", "a:b", "a?"])
def test_a_name_that_is_no_file_of_the_folder_is_refused(name, tmp_path):
    with pytest.raises(ValueError, match="A figure's name is the stem of its files"):
        pa.save_figure(pa.figure("single", 40)[0], name, TABLES["cells"], "c", folder=tmp_path / "f")
    assert not list(tmp_path.iterdir())


def test_columns_of_a_group_stand_together():
    cells = pd.DataFrame([("创新", g, 1, 1.0) for g in "abcd"], columns=["term", "group", "count", "per_1000"])
    groups = dict(zip("abcd", ["coast", "inland"] * 2, strict=True))
    ax = pa.plot_heatmap(cells, rows="term", columns="group", column_groups=groups)
    assert [label.get_text() for label in ax.get_xticklabels()] == ["a", "c", "b", "d"]
