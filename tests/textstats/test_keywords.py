"""Keywords by four methods against values worked out by hand and by other programs."""

import math

import numpy as np
import pandas as pd
import pytest
from sklearn.feature_extraction.text import TfidfTransformer

from analysis import keywords, term_matrix
from analysis.textstats.keywords import METHODS, SPAN, pagerank

TOKENS = pd.Series({"a1": ["创新", "链", "创新"], "a2": ["链"], "b1": ["协同", "链"]})
BY = pd.Series({"a1": "a", "a2": "a", "b1": "b"})


@pytest.mark.parametrize(
    "method, term, value",
    [
        ("tfidf", ("a", "创新"), 1000 * 2 / 4 * (math.log(4 / 2) + 1)),
        ("tfidf", ("b", "链"), 1000 * 1 / 2 * (math.log(4 / 4) + 1)),
        ("c-tfidf", ("a", "创新"), 1000 * 2 / 4 * math.log(1 + 3 / 2)),
        ("c-tfidf", ("b", "链"), 1000 * 1 / 2 * math.log(1 + 3 / 3)),
        ("frequency", ("b", "链"), 500.0),
        ("textrank", ("a", "链"), 500.0),
        ("textrank", ("b", "协同"), 500.0),
    ],
)
def test_weights_by_hand(method, term, value):
    table = keywords(TOKENS, BY, method=method).set_index(["group", "term"])
    assert table[method.replace("-", "_")][term] == round(value, 6)


def test_idf_is_scikit_learns(tokens):
    counts, terms = term_matrix(tokens)
    idf = pd.Series(TfidfTransformer().fit(counts).idf_, index=terms)
    table = keywords(tokens, pd.Series("all", index=tokens.index), top=None)
    expected = 1000 * table["count"] / table["count"].sum() * table.term.map(idf)
    assert (table.tfidf - expected).abs().max() < 1e-6


def test_textrank_is_the_stationary_walk_on_the_graph(tokens):
    """The same graph as a dense matrix, solved as linear equations instead of iterated."""
    terms = sorted(set(tokens.explode()))
    place = {term: i for i, term in enumerate(terms)}
    graph = np.zeros((len(terms), len(terms)))
    for words in tokens:
        for i, word in enumerate(words):
            for other in words[i + 1 : i + 1 + SPAN]:
                if other != word:
                    graph[place[word], place[other]] += 1
                    graph[place[other], place[word]] += 1
    walk = graph / graph.sum(axis=0)
    n = len(terms)
    solved = np.linalg.solve(np.eye(n) - 0.85 * walk, np.full(n, 0.15 / n))
    table = keywords(tokens, pd.Series("all", index=tokens.index), method="textrank", top=None)
    found = table.set_index("term").textrank[terms]
    assert found.tolist() == pytest.approx((1000 * solved).tolist(), abs=2e-6)
    assert found.sum() == pytest.approx(1000, abs=1e-3)


def test_pagerank_of_nodes_without_links_and_of_places_that_are_no_nodes():
    rank = pagerank(np.array([0]), np.array([1]), np.array([3.0]), np.array([True, True, True, False]))
    assert rank.sum() == pytest.approx(1) and rank[3] == 0
    assert rank[2] == pytest.approx(0.15 / 3 + 0.85 * rank[2] / 3)


@pytest.mark.parametrize("method", METHODS)
def test_ranks_and_ties(tokens, corpus, method):
    table = keywords(tokens, corpus.article, method=method, top=None)
    column = method.replace("-", "_")
    for _, part in table.groupby("group"):
        keys = list(zip(-part[column], part.term, strict=True))
        assert keys == sorted(keys) and part["rank"].tolist() == list(range(1, len(part) + 1))
    first = keywords(tokens, corpus.article, method=method, top=15)
    assert first.equals(table[table["rank"] <= 15].reset_index(drop=True))


@pytest.mark.parametrize("method", METHODS)
def test_rank_intervals_hold_the_rank_and_do_not_change_it(tokens, corpus, method):
    table = keywords(tokens, corpus.article, method=method, top=10, draws=200)
    plain = keywords(tokens, corpus.article, method=method, top=10)
    assert table[plain.columns].equals(plain)
    assert (table.rank_low <= table["rank"]).mean() > 0.9
    assert (table.rank_high >= table["rank"]).all()
    assert table.equals(keywords(tokens, corpus.article, method=method, top=10, draws=200))
    assert not table.equals(keywords(tokens, corpus.article, method=method, top=10, draws=200, seed=1))


def test_a_keyword_of_one_paragraph_has_a_wide_interval():
    tokens = pd.Series([["甲", "乙"]] * 8 + [["丙"] * 12 + ["乙"]])
    table = keywords(tokens, pd.Series("x", index=tokens.index), method="frequency", draws=500)
    table = table.set_index("term")
    assert table["rank"]["丙"] == 1
    assert (table.rank_low["丙"], table.rank_high["丙"]) == (1, 3)
    assert table.rank_high["乙"] == 2


def test_intervals_from_blocks_are_the_same(tokens, corpus, monkeypatch):
    whole = keywords(tokens, corpus.article, draws=60)
    monkeypatch.setattr("analysis.textstats.keywords.BLOCK", 10_000)
    assert keywords(tokens, corpus.article, draws=60).equals(whole)


def test_several_methods_count_the_lists_that_name_a_term(tokens, corpus):
    table = keywords(tokens, corpus.article, method=METHODS, top=10)
    lists = {
        (method, group): set(part.term)
        for method in METHODS
        for group, part in keywords(tokens, corpus.article, method=method, top=10).groupby("group")
    }
    for row in table.itertuples():
        assert row.votes == sum(row.term in lists[method, row.group] for method in METHODS) > 0
    assert set(table.term) == set().union(*lists.values())
    ranks = table[["rank_tfidf", "rank_c_tfidf", "rank_frequency", "rank_textrank"]]
    assert (table.mean_rank - ranks.mean(axis=1)).abs().max() < 1e-6
    assert table.group.unique().tolist() == ["zhang-lu", "lu"]
    keys = list(zip(table.group == "lu", -table.votes, table.mean_rank, table.term, strict=True))
    assert keys == sorted(keys)


def test_ties_are_sorted_by_term():
    table = keywords(pd.Series([["乙", "甲", "丙"]]), pd.Series(["x"]))
    assert table.term.tolist() == sorted(["乙", "甲", "丙"])


@pytest.mark.parametrize(
    "call, message",
    [
        (lambda: keywords(TOKENS, BY.iloc[:2]), "same index"),
        (lambda: keywords(TOKENS, BY.where(BY == "a")), "no label for unit 'b1'"),
        (lambda: keywords(TOKENS, BY, method="rake"), "method must be one or several of .*not 'rake'"),
        (lambda: keywords(TOKENS, BY, method=["tfidf", "rake"]), "method must be one or several of .*not 'rake'"),
        (lambda: keywords(TOKENS, BY, top=0), "top must be a whole number of 1 or more"),
        (lambda: keywords(pd.Series([["链"], []]), pd.Series(["a", "b"])), "Group 'b' has no tokens"),
        (lambda: keywords(TOKENS, BY, method=["tfidf"]), "needs two or more"),
        (lambda: keywords(TOKENS, BY, method=["tfidf", "tfidf"]), "needs two or more"),
        (lambda: keywords(TOKENS, BY, method=METHODS, draws=9), "no rank intervals"),
    ],
)
def test_bad_input_is_named(call, message):
    with pytest.raises(ValueError, match=message):
        call()
