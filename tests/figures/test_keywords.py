"""Figures of keywords: what is drawn is what the table says, in both languages."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.collections import PathCollection
from matplotlib.colors import to_hex

from analysis import ROOT, keyness, plot_history, plot_keyness, plot_positions, plot_wordclouds, term_positions
from analysis.figures.publishing import check
from analysis.textstats import section_starts

HISTORY = pd.DataFrame({
    "term": ["京津冀"] * 3 + ["新质生产力"] * 3 + ["都市圈"] * 3,
    "document": ["2012", "2014", "2024"] * 3,
    "year": [2012, 2014, 2024] * 3,
    "count": [0, 2, 1, 0, 0, 1, 0, 0, 0],
    "per_10k": [0, 2.0, 1.0, 0, 0, 1.0, 0, 0, 0],
    "first": [False, True, False, False, False, True, False, False, False],
})


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


@pytest.fixture(scope="module")
def extremes(tokens, corpus):
    table = keyness(tokens, corpus.article == "zhang-lu", min_count=4, draws=0)
    return pd.concat([table.head(6), table[table.keyword == "negative"].head(5)])


def test_keyness_is_sorted_by_effect_and_filled_where_the_interval_has_no_zero(extremes):
    ax = plot_keyness(extremes)
    points = [c for c in ax.collections if isinstance(c, PathCollection)][: len(extremes)]
    rows = extremes.sort_values(["log_ratio", "term"], ascending=[False, True])
    assert [p.get_offsets()[0][0] for p in points] == pytest.approx(rows.log_ratio.tolist())
    filled = [to_hex(p.get_facecolor()[0]) != "#ffffff" for p in points]
    assert filled == ((rows.log_ratio_low > 0) | (rows.log_ratio_high < 0)).tolist()
    sizes = [p.get_sizes()[0] for p in points]
    counts = (rows.count_target + rows.count_reference).to_numpy()
    assert (np.argsort(sizes, kind="stable") == np.argsort(counts, kind="stable")).all()


def test_infinite_and_missing_ends_can_be_drawn(extremes):
    assert np.isinf(extremes.log_ratio_high).any()
    assert np.isfinite(plot_keyness(extremes).get_xlim()).all()
    without = extremes.assign(boot_low=np.nan, boot_high=np.nan)
    ax = plot_keyness(without, low="boot_low", high="boot_high")
    assert not [line for line in ax.lines if line.get_marker() in "<>"]


def test_positions_are_drawn_where_they_are(tokens, corpus):
    terms = ["新质生产力", "科技成果转化", "京津冀"]
    table = term_positions(tokens, terms, corpus.article)
    words = tokens[corpus.article == "lu"].explode().reset_index(drop=True)
    expected = words.index[words == "科技成果转化"].tolist()
    own = table[(table.group == "lu") & (table.term == "科技成果转化")]
    assert own.position.tolist() == expected
    assert own.share.tolist() == pytest.approx([p / len(words) for p in expected], abs=1e-6)
    assert all(row.term in tokens[row.unit] for row in table.itertuples())
    axes = plot_positions(table, terms=terms, starts=section_starts(tokens, corpus.section, corpus.article))
    lines = axes[1].collections[1].get_segments()
    assert sorted({line[0][0] for line in lines}) == sorted(set(table.share[table.group == "lu"]))


def test_sections_start_where_their_first_unit_does(tokens, corpus):
    starts = section_starts(tokens, corpus.section, corpus.article)
    sizes = tokens.str.len()
    for row in starts.itertuples():
        own = corpus.article == row.group
        before = sizes[own & (corpus.section < row.section)].sum()
        assert row.share == round(before / sizes[own].sum(), 6)
    assert len(starts) == len(corpus.groupby(["article", "section"]))


def test_history_marks_the_first_document_of_each_term():
    ax = plot_history(HISTORY)
    x, y = ax.lines[0].get_data()
    assert (list(x), list(y)) == ([1.5, 2.5], [0.5, 1.5])
    assert {t.get_text() for t in ax.texts} >= {"2014", "2024"}
    assert ax.collections[0].get_array().mask.sum() == 6


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_figure_has_room_and_characters_in_both_languages(lang, tokens, corpus, lexicon, extremes):
    places = term_positions(tokens, ["京津冀", "企业"], corpus.article)
    drawn = {
        "keyness": plot_keyness(extremes, glosses=lexicon.gloss, lang=lang),
        "positions": plot_positions(places, glosses=lexicon.gloss, lang=lang)[0],
        "history": plot_history(HISTORY, glosses=lexicon.gloss, lang=lang),
    }
    for name, ax in drawn.items():
        check(ax.figure, name)


def test_terms_that_do_not_occur_are_named(tokens, corpus):
    with pytest.raises(ValueError, match="None of the terms .'养老驿站'. occurs"):
        term_positions(tokens, ["养老驿站"], corpus.article)


def test_a_cloud_holds_every_word_or_is_refused():
    table = pd.read_csv(ROOT / "figures" / "03-wordclouds.csv")
    for ax, (_, part) in zip(plot_wordclouds(table, value="g2"), table.groupby("group", sort=False), strict=True):
        assert {text.get_text() for text in ax.texts} >= set(part.term)
    crowd = pd.concat([table.assign(term=table.term + str(i)) for i in range(6)])
    with pytest.raises(ValueError, match="no room for .* draw fewer terms"):
        plot_wordclouds(crowd, value="g2")
