"""Concordances whose spans lead back to the text, and collocations counted by hand."""

import re
from collections import Counter
from itertools import permutations, product

import numpy as np
import pandas as pd
import pytest
from scipy.stats import false_discovery_control

from analysis import align_kwic, collocations, kwic, segment
from analysis.textstats.association import log_likelihood
from analysis.textstats.collocations import _adjusted
from analysis.textstats.counts import encode, shuffled_within

TEXT = pd.Series({"a1": "以科技创新引领产业创新。\n创新链", "b1": "协同创新,再创新。"})
GROUPS = pd.Series({"a1": "a", "b1": "b"})
PAIRS = pd.Series([["科技", "创新", "科技", "链"], ["科技", "创新", "链"], ["创新", "科技"]])


@pytest.fixture(scope="module")
def whole(corpus, lexicon):
    return segment(corpus.text, lexicon, punctuation=True)


@pytest.mark.parametrize(
    "pattern, by", [("新质生产力", "word"), (["北京", "天津", "河北"], "word"), ("协同.*", "regex"), ("创新", "regex")]
)
def test_spans_lead_back_to_the_text(whole, corpus, pattern, by):
    for source in (whole, corpus.text)[: 2 if by == "regex" else 1]:
        hits = kwic(source, pattern, by=by, groups=corpus.article, width=8)
        assert len(hits) > 3
        for hit in hits.itertuples():
            text = corpus.text[hit.unit]
            assert text[hit.start : hit.end] == hit.keyword
            assert text[max(0, hit.start - 8) : hit.start] == hit.left
            assert text[hit.end : hit.end + 8] == hit.right
            assert hit.group == corpus.article[hit.unit]


def test_every_hit_is_there_in_order(whole, corpus):
    words = whole.explode()
    found = kwic(whole, "京津冀").groupby("unit", sort=False).size()
    assert found.to_dict() == words[words == "京津冀"].groupby(level=0).size().to_dict()
    strings = kwic(corpus.text, "京津冀", by="regex").groupby("unit").size()
    expected = corpus.text.str.count("京津冀")
    assert strings.to_dict() == expected[expected > 0].to_dict()


def test_words_are_whole_tokens_and_expressions_match_whole_tokens():
    tokens = pd.Series([["创新链", "创新", "。"]])
    assert kwic(tokens, "创新").start.tolist() == [3]
    assert kwic(tokens, "创新.*", by="regex").keyword.tolist() == ["创新链", "创新"]
    assert kwic(tokens, "新", by="regex").empty
    assert kwic(tokens, "创新|创新链", by="regex").keyword.tolist() == ["创新链", "创新"]


@pytest.mark.parametrize(
    "sort, starts",
    [
        ("position", [3, 9, 13, 2, 6]),
        ("left", [13, 9, 6, 2, 3]),  # " 。", "业产", "再,", "同协", "技科"
        ("right", [2, 6, 9, 3, 13]),
    ],
)  # ",", "。", "。 创", "引", "链"
def test_sorting(sort, starts):
    table = kwic(TEXT, "创新", by="regex", sort=sort)
    assert table.start.tolist() == starts
    key = {"left": table.left.str[::-1], "right": table.right}.get(sort, table.unit)
    assert key.tolist() == sorted(key)


def test_line_breaks_are_shown_as_spaces_and_do_not_move_spans():
    row = kwic(TEXT, "创新链", by="regex", width=2).iloc[0]
    assert (row.left, row.start, TEXT["a1"][row.start : row.end]) == ("。 ", 13, "创新链")


def test_no_hit_is_an_empty_table_with_the_same_columns():
    some, none = (kwic(TEXT, p, by="regex", groups=GROUPS) for p in ("创新", "无此词"))
    assert none.empty and list(none) == list(some)
    assert list(some) == ["group", "unit", "start", "end", "left", "keyword", "right"]
    assert "<table" in align_kwic(none).to_html()


def test_the_aligned_table_is_the_same_source_each_time():
    hits = kwic(TEXT, "创新", by="regex", groups=GROUPS)
    assert align_kwic(hits).to_html() == align_kwic(hits).to_html()
    assert align_kwic(hits).to_html().count("<tr>") == len(hits) + 1


def test_the_aligned_table_escapes_everything_and_needs_no_style_sheet():
    texts = pd.Series({"<script>.txt": "请登录<PPP项目库>填报，联系A&B公司。"})
    groups = pd.Series({"<script>.txt": "<b>"})
    source = align_kwic(kwic(texts, "填报", by="regex", groups=groups)).to_html()
    assert "&lt;PPP项目库&gt;" in source and "A&amp;B" in source
    assert not re.search("<(?!/?(?:table|tr|th|td)\\b)", source) and "<style" not in source
    assert source.count("white-space: nowrap") == 5 and source.count("text-align: right") == 1
    with pytest.raises(ValueError, match="has no column left, keyword, right"):
        align_kwic(pd.DataFrame({"term": ["x"]}))


@pytest.mark.parametrize(
    "call, message",
    [
        (lambda: kwic(TEXT, "创新"), "by='word' needs tokens"),
        (lambda: kwic(TEXT, "创(新", by="regex"), "'创\\(新' is not a regular expression"),
        (lambda: kwic(TEXT, "x*", by="regex"), "matches the empty string"),
        (lambda: kwic(PAIRS, ""), "matches the empty string"),
        (lambda: kwic(PAIRS, []), "matches the empty string"),
        (lambda: kwic(TEXT, "创新", by="lemma"), "by must be"),
        (lambda: kwic(TEXT, "创新", by="regex", sort="up"), "sort must be"),
        (lambda: kwic(TEXT, "创新", by="regex", width=0), "width must be"),
        (lambda: kwic(TEXT, "创新", by="regex", groups=GROUPS.iloc[:1]), "same index"),
        (lambda: kwic(segment(TEXT), "创新"), "not the whole text"),
        (lambda: kwic(segment(TEXT, stopwords=["以"], punctuation=True), "创新"), "not the whole text"),
        (lambda: collocations(PAIRS, measure="mi"), "measure must be one of"),
        (lambda: collocations(PAIRS, window=0), "window must be"),
        (lambda: collocations(PAIRS, window="near"), "window must be"),
        (
            lambda: collocations(PAIRS, measure="pmi", min_count=2),
            "min_count with pmi must be a whole number of 3 or more",
        ),
        (lambda: collocations(PAIRS, node="养老"), "'养老' does not occur"),
        (lambda: collocations(PAIRS, top=0), "top must be a whole number of 1 or more, not 0"),
        (lambda: collocations(PAIRS, shuffles=-1), "shuffles must be a whole number of 0 or more"),
        (lambda: collocations(PAIRS, min_count=9), "lower min_count"),
        (lambda: collocations(pd.Series([["链"], ["网"]])), "lower min_count or widen"),
    ],
)
def test_bad_input_is_named(call, message):
    with pytest.raises(ValueError, match=message):
        call()


@pytest.mark.parametrize("pattern, by", [(["海洋", "制造"], "regex"), (7, "regex"), ([7], "word")])
def test_a_pattern_of_another_kind_is_named(pattern, by):
    with pytest.raises(TypeError, match="one expression.*not|pattern must be"):
        kwic(PAIRS, pattern, by=by)


@pytest.mark.parametrize("source", [pd.Series([1, 2]), pd.Series(["a", ["b"]], dtype=object)])
def test_a_series_of_something_else_is_named(source):
    with pytest.raises(TypeError, match="texts or a Series of lists"):
        kwic(source, "a")


def test_adjacent_pairs_by_hand():
    table = collocations(PAIRS, window="adjacent", min_count=1).set_index(["word1", "word2"])
    expected = {("科技", "创新"): 2, ("创新", "科技"): 2, ("科技", "链"): 1, ("创新", "链"): 1}
    assert table["count"].to_dict() == expected
    row = table.loc[("科技", "创新")]
    assert (row.count1, row.count2) == (3, 2)
    assert row.expected == 3 * 2 / 6
    assert row.g2 == pytest.approx(float(log_likelihood(2, 1, 0, 3)), abs=1e-6)


def test_window_is_a_plain_loop(tokens):
    pairs, beside, total = Counter(), Counter(), 0
    for words in tokens:
        for i, word in enumerate(words):
            for other in words[i + 1 : i + 4]:
                pairs[tuple(sorted((word, other)))] += 1
                beside.update([word, other])
                total += 2
    table = collocations(tokens, window=3)
    found = table.set_index(["word1", "word2"])
    expected = {pair: n for pair, n in pairs.items() if n >= 3 and pair[0] != pair[1]}
    assert found["count"].to_dict() == expected
    for row in table.head(20).itertuples():
        assert (row.count1, row.count2) == (beside[row.word1], beside[row.word2])
        assert row.expected == pytest.approx(row.count1 * row.count2 / total, abs=1e-6)


def test_node_comes_first_and_keeps_the_values(tokens):
    everything = collocations(tokens, window=5, min_count=2)
    node = collocations(tokens, window=5, node="京津冀", min_count=2)
    has = (everything.word1 == "京津冀") | (everything.word2 == "京津冀")
    assert (node.word1 == "京津冀").all() and len(node) == has.sum()
    assert sorted(node.g2) == sorted(everything.g2[has])
    row = everything[everything.word2 == "京津冀"].iloc[0]
    same = node[node.word2 == row.word1].iloc[0]
    assert (row.delta_p_1_given_2, row.count1) == (same.delta_p_2_given_1, same.count2)


@pytest.mark.parametrize("measure", ["g2", "pmi", "log_dice", "delta_p_2_given_1"])
def test_order_is_by_measure_then_g2_then_words(tokens, measure):
    table = collocations(tokens, window=4, measure=measure)
    keys = list(zip(-table[measure], -table.g2, table.word1, table.word2, strict=True))
    assert keys == sorted(keys) and (table["count"] >= 3).all()
    assert collocations(tokens, window=4, measure=measure, top=5).equals(table.head(5))


def test_no_pair_reaches_over_the_end_of_a_unit():
    table = collocations(pd.Series([["甲", "乙"], ["丙", "丁"]]), window=5, min_count=1)
    pairs = {frozenset(pair) for pair in zip(table.word1, table.word2, strict=True)}
    assert pairs == {frozenset("甲乙"), frozenset("丙丁")}


def test_no_shuffles_give_the_same_table_and_shuffles_add_to_it(tokens):
    plain, shuffled = (collocations(tokens, window=4, shuffles=n) for n in (0, 20))
    pd.testing.assert_frame_equal(plain, shuffled[list(plain)])
    assert list(shuffled)[len(plain.columns) :] == ["expected_within", "p_within", "p_within_bh"]
    again, other = (collocations(tokens, window=4, shuffles=20, seed=seed) for seed in (2026, 1))
    pd.testing.assert_frame_equal(shuffled, again)
    assert again.attrs == shuffled.attrs and not other.expected_within.equals(again.expected_within)


@pytest.mark.parametrize("window, node, pair", [(1, None, "乙甲"), (1, "甲", "甲乙"), ("adjacent", None, "甲乙")])
def test_shuffles_within_units_are_all_their_orders(window, node, pair):
    units = [list("甲乙丙丁"), list("甲乙丁"), list("丙甲乙甲")]
    joined = [["".join(order) for order in permutations(unit)] for unit in units]
    ways = {pair} if window == "adjacent" else {pair, pair[::-1]}
    drawn = [[sum(order[i : i + 2] in ways for i in range(3)) for order in orders] for orders in joined]
    sums = np.array([sum(counts) for counts in product(*drawn)])
    table = collocations(pd.Series(units), window=window, node=node, min_count=1, shuffles=600)
    row = table.set_index(table.word1 + table.word2).loc[pair]
    assert row.expected_within == pytest.approx(sums.mean(), abs=0.08)
    assert row.p_within == pytest.approx((sums >= row["count"]).mean(), abs=0.05)


def themes(rng, units=40):
    """Two themes of six words, of which each unit has one, in any order."""
    return [rng.permutation([f"{'甲乙'[i % 2]}{word}" for word in range(6)]).tolist() for i in range(units)]


def test_what_units_are_about_explains_pairs_and_order_does_not():
    table = collocations(pd.Series(themes(np.random.default_rng(5))), window=1, shuffles=200)
    assert (table.g2 > 3.84).sum() > 10 and table.p_within_bh.min() > 0.05
    assert table.attrs["expected_above"][3.84] == pytest.approx((table.g2 > 3.84).sum(), rel=0.2)


def test_a_pair_that_stands_together_is_found_among_those_of_its_theme():
    rows = [unit + ["创新", "链"] for unit in themes(np.random.default_rng(5))]
    table = collocations(pd.Series(rows), window=1, shuffles=1500)
    found = table[table.p_within_bh < 0.05]
    assert found[["word1", "word2"]].to_numpy().tolist() == [["创新", "链"]]
    assert found.p_within.iloc[0] == round(1 / 1501, 6)


def test_pairs_expected_above_are_those_of_a_plain_loop(tokens):
    sequences, rng = encode(tokens), np.random.default_rng(2026)
    above = []
    for _ in range(5):
        codes = shuffled_within(sequences, rng).codes
        units = np.split(sequences.terms[codes], np.cumsum(sequences.lengths)[:-1])
        assert [sorted(unit) for unit in units] == [sorted(unit) for unit in tokens]
        null = collocations(pd.Series([unit.tolist() for unit in units]), window=5)
        above.append([(null.g2 > level).sum() for level in (3.84, 6.63, 10.83)])
    found = collocations(tokens, window=5, shuffles=5).attrs["expected_above"]
    assert found == dict(zip((3.84, 6.63, 10.83), np.mean(above, axis=0), strict=True))


def test_adjusted_p_is_that_of_benjamini_and_hochberg_where_every_test_could_be_significant():
    p = np.array([0.01, 0.04, 0.04, 0.2, 0.9])
    assert _adjusted(p, np.ones(5)) == pytest.approx(false_discovery_control(p))
    # Five more that could, if rarely: (5 * .01 + 5 * .01) / 1, ...; and that could not below .04.
    assert _adjusted(p, np.r_[np.ones(5), np.full(5, 0.02)])[0] == pytest.approx(min(0.1, (0.2 + 0.1) / 3))


@pytest.mark.parametrize("window", [1, 2, 5, 8, "adjacent"])
def test_the_largest_log_dice_and_npmi_are_those_of_the_formula(window):
    filler = [f"w{i}" for i in range(20)]  # further apart than any window reaches
    unit = (filler + ["甲", "乙"]) * 400 + filler
    row = collocations(pd.Series([unit]), window=window).set_index(["word1", "word2"])
    row = row.loc[("甲", "乙") if window == "adjacent" else ("乙", "甲")]
    places, beside = (len(unit), 1) if window == "adjacent" else (2 * window * len(unit), 2 * window)
    assert row.log_dice == pytest.approx(14 - np.log2(beside), abs=1e-6)
    assert row.npmi == pytest.approx(1 - 2 * np.log2(beside) / np.log2(places / 400), abs=1e-3)
