"""Figures of topics: complete in both languages, the same twice, with labels that do not meet."""

from io import BytesIO

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest

import analysis as pa
from analysis.figures import clusters as topic_maps
from analysis.figures.publishing import check
from analysis.figures.style import styled
from analysis.topics.agreement import renumber


@pytest.fixture(scope="module")
def results(tokens, corpus, lexicon):
    runs = pa.resample_topics(tokens, [2, 3, 4], bootstraps=3, seeds=2, nulls=1)
    topics = pa.cluster(tokens, 4)
    sections = corpus.article + "|" + corpus.section.astype(str)
    return {
        "topics": topics,
        "vectors": pa.vectorise(tokens),
        "sizes": tokens.str.len(),
        "sections": pa.shares(topics, sections, weights=tokens.str.len()),
        "articles": pa.shares(topics, corpus.article, weights=tokens.str.len()),
        "choice": pa.choose_k(tokens),
        "consensus": pa.consensus_clusters(runs),
    }


DRAWN = {
    "terms": lambda r, c, x, lang: pa.plot_topic_terms(r["topics"].terms, lang=lang)[0],
    "glosses": lambda r, c, x, lang: pa.plot_topic_terms(
        r["topics"].terms, value="frex", top=5, glosses=x.gloss, lang=lang
    )[0],
    "articles": lambda r, c, x, lang: pa.plot_topic_shares(r["articles"], lang=lang)[0],
    "sections": lambda r, c, x, lang: pa.plot_topic_shares(
        r["sections"], names={"en": {}, "zh": {"lu|0": "导语"}}, lang=lang
    )[0],
    "choice": lambda r, c, x, lang: pa.plot_choose_k(r["choice"].candidates, lang=lang)[0],
    "flow": lambda r, c, x, lang: pa.plot_flow(r["topics"], c.article, r["sizes"], parts=c.section, lang=lang)[0],
    "consensus": lambda r, c, x, lang: pa.plot_consensus(r["consensus"], lang=lang),
    "tree": lambda r, c, x, lang: pa.plot_dendrogram(r["consensus"], lang=lang),
    "map": lambda r, c, x, lang: pa.plot_topic_map(r["vectors"], r["topics"], by=c.article, lang=lang),
}


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("name", DRAWN)
def test_every_figure_has_room_and_characters_in_both_languages(name, lang, results, corpus, lexicon):
    axes = DRAWN[name](results, corpus, lexicon, lang)
    check(axes.figure, name)
    plt.close("all")


@pytest.mark.parametrize("name", ["map", "tree", "flow"])
def test_the_same_drawing_twice(name, results, corpus, lexicon):
    drawings = [BytesIO(), BytesIO()]
    for drawing in drawings:
        axes = DRAWN[name](results, corpus, lexicon, "en")
        styled(axes.figure.savefig)(drawing, format="svg", metadata={"Date": None})
    assert drawings[0].getvalue() == drawings[1].getvalue()
    plt.close("all")


def boxes_of(ax):
    renderer = ax.figure.canvas.get_renderer()
    return [text.get_window_extent(renderer).extents for text in ax.texts if text.get_text()]


def meeting(boxes):
    return [
        (a, b)
        for i, a in enumerate(boxes)
        for b in boxes[:i]
        if a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
    ]


def test_labels_of_the_map_do_not_meet_and_stay_inside(results, corpus):
    units = pd.Series([["甲", "乙", str(i % 7)] * 2 for i in range(60)], index=[f"paragraph {i}" for i in range(60)])
    vectors = pa.vectorise(units)
    ax = pa.plot_topic_map(vectors, pa.cluster(vectors, 3))
    boxes = boxes_of(ax)
    frame = ax.get_window_extent()
    assert 3 <= len(boxes) <= 60
    assert not meeting(boxes)
    assert all(frame.x0 - 1 <= x0 and x1 <= frame.x1 + 1 for x0, _, x1, _ in boxes)
    plt.close("all")


def test_the_map_labels_every_paragraph_of_the_articles(results, corpus):
    ax = pa.plot_topic_map(results["vectors"], results["topics"], by=corpus.article)
    assert {text.get_text() for text in ax.texts if text.get_text()} == set(corpus.index)
    plt.close("all")


def test_the_map_labels_every_measure_too(lexicon):
    corpus = pa.load_corpus(level="measure")
    vectors = pa.vectorise(pa.segment(corpus.text, lexicon, stopwords=pa.load_stopwords(), level="word"))
    ax = pa.plot_topic_map(vectors, pa.cluster(vectors, 4), by=corpus.article)
    labels = [text for text in ax.texts if text.get_text()]
    assert {text.get_text() for text in labels} == set(corpus.index)
    assert not meeting(boxes_of(ax))
    plt.close("all")


def test_a_label_far_from_its_point_has_a_line():
    units = pd.Series([["甲", "乙", "丙"]] * 9 + [["丁", "戊", "己"]] * 9, index=[f"a name {i}" for i in range(18)])
    vectors = pa.vectorise(units)
    ax = pa.plot_topic_map(vectors, pa.cluster(vectors, 2))
    to_pixels = ax.transData.transform
    points = to_pixels(np.concatenate([dots.get_offsets() for dots in ax.collections]))
    leads = [to_pixels(np.transpose(line.get_data())) for line in ax.lines if len(line.get_xdata())]
    for box in boxes_of(ax):
        near = np.clip(points, box[:2], box[2:])
        if np.linalg.norm(points - near, axis=1).min() > 8:
            ends = [end for lead in leads for end in lead]
            assert min(np.linalg.norm(np.clip(end, box[:2], box[2:]) - end) for end in ends) < 4
    plt.close("all")


def test_the_last_digits_of_coordinates_change_no_byte_of_the_map(results, corpus, tmp_path):
    vectors = results["vectors"]
    for name, noise in (("one", 0), ("two", 1e-12), ("three", -1e-12)):
        matrix = vectors.matrix.copy()
        matrix.data = matrix.data + noise * np.random.default_rng(1).normal(size=len(matrix.data))
        ax = pa.plot_topic_map(vectors._replace(matrix=matrix), results["topics"], by=corpus.article)
        pa.save_figure(ax, "map", results["topics"].units, "c", folder=tmp_path / name)
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes(), path.name
        assert path.read_bytes() == (tmp_path / "three" / path.name).read_bytes(), path.name


def test_survival_stands_beside_chance_in_the_figures(results):
    for plot, lang, survives, words in (
        (pa.plot_consensus, "en", True, "70% · chance 60%\nsurvives"),
        (pa.plot_dendrogram, "zh", False, "70% · 随机 60%\n不稳定"),
    ):
        clusters = results["consensus"].clusters.assign(survival=0.7, null=0.6, survives=survives)
        ax = plot(results["consensus"]._replace(clusters=clusters), lang=lang)
        labels = [text.get_text() for text in ax.texts]
        assert labels == [f"{label}\n{words}" for label in clusters.label]
    plt.close("all")


def test_bars_of_the_flow_fill_each_article(results, corpus):
    axes = pa.plot_flow(results["topics"], corpus.article, results["sizes"])
    for ax, article in zip(axes, corpus.article.unique(), strict=True):
        bars = [bar for bar in ax.patches if bar.get_width()]
        area = sum(bar.get_width() * bar.get_height() for bar in bars)
        assert area == pytest.approx(1, abs=0.05), article
    plt.close("all")


def test_clusters_stand_in_one_piece_in_the_matrix(results):
    consensus = results["consensus"]
    order = topic_maps._leaves(consensus)
    assert sorted(order) == list(range(len(consensus.units)))
    for number in consensus.clusters.cluster:
        places = np.flatnonzero(consensus.units.cluster.to_numpy()[order] == number)
        assert (np.diff(places) == 1).all()


def test_more_topics_than_colours_are_refused(tokens, corpus):
    topics = pa.cluster(tokens, 9)
    with pytest.raises(ValueError, match="8 topics apart"):
        pa.plot_flow(topics, corpus.article, tokens.str.len())
    plt.close("all")


def test_sliders_are_offered(capsys):
    tokens = pd.Series([["创新", "链"], ["创新", "链"], ["养老", "医疗"]] * 2)
    widget = pa.explore_seeds(tokens, ks=[2], runs=3)
    assert [type(child).__name__ for child in widget.children[:2]] == ["SelectionSlider", "IntSlider"]
    assert "Figure" in capsys.readouterr().out


def test_runs_of_the_same_clusters_have_the_same_colours():
    tokens = pd.Series([["创新", "链"], ["养老", "医疗"], ["创新", "链"], ["养老", "医疗"]])
    runs = pa.topics.cluster_runs(tokens, 2, range(6))
    assert runs[0].tolist() == [1, 2, 1, 2] and runs.index.equals(tokens.index)
    assert (runs.eq(runs[0], axis=0)).all(axis=None)
    ax = pa.plot_runs(runs, by=pd.Series(["a", "a", "b", "b"]), lang="zh")
    assert ax.get_xlabel() == "随机种子"
    plt.close("all")


def test_one_early_unit_that_moves_does_not_change_the_colours_of_the_others():
    first = np.array([0, 0, 0, 1, 1, 1, 2, 2, 2])
    moved = np.array([1, 0, 0, 1, 1, 1, 2, 2, 2])  # by first unit, 1 and 0 would change places
    for names in ([0, 1, 2], [2, 0, 1], [1, 2, 0]):
        assert renumber(np.array(names)[moved], first, 3).tolist() == moved.tolist()
    assert renumber(np.array([1, 1, 1, 0]), np.array([0, 0, 1, 1]), 3).tolist() == [0, 0, 0, 1]
