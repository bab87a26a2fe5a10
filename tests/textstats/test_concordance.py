"""Concordances whose spans lead back to the text, and collocations counted by hand."""

import re
from collections import Counter

import pandas as pd
import pytest

from analysis import align_kwic, collocations, kwic, segment
from analysis.textstats.association import log_likelihood

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
