"""Counting and tf-idf against values worked out by hand and by scikit-learn."""

import math

import pandas as pd
import pytest
from sklearn.feature_extraction.text import TfidfTransformer

from analysis import frequencies, keywords, term_matrix

TOKENS = pd.Series({"a1": ["创新", "链", "创新"], "a2": ["链"], "b1": ["协同", "链"]})
BY = pd.Series({"a1": "a", "a2": "a", "b1": "b"})


def test_frequencies_by_hand():
    table = frequencies(TOKENS, BY)
    assert table.values.tolist() == [["a", "创新", 2, 1, 500.0], ["a", "链", 2, 2, 500.0],
                                     ["b", "协同", 1, 1, 500.0], ["b", "链", 1, 1, 500.0]]


def test_tfidf_by_hand():
    table = keywords(TOKENS, BY).set_index(["group", "term"])
    assert table.tfidf["a", "创新"] == round(1000 * 2 / 4 * (math.log(4 / 2) + 1), 6)
    assert table.tfidf["b", "链"] == round(1000 * 1 / 2 * (math.log(4 / 4) + 1), 6)
    assert table["rank"]["b", "协同"] == 1


def test_idf_is_scikit_learns(tokens):
    counts, terms = term_matrix(tokens)
    idf = pd.Series(TfidfTransformer().fit(counts).idf_, index=terms)
    table = keywords(tokens, pd.Series("all", index=tokens.index), top=None)
    expected = 1000 * table["count"] / table["count"].sum() * table.term.map(idf)
    assert (table.tfidf - expected).abs().max() < 1e-6


def test_counts_add_up(tokens, corpus):
    table = frequencies(tokens, corpus.article)
    assert table.groupby("group")["count"].sum().to_dict() == \
        tokens.str.len().groupby(corpus.article).sum().to_dict()


def test_ties_are_sorted_by_term():
    table = keywords(pd.Series([["乙", "甲", "丙"]]), pd.Series(["x"]))
    assert table.term.tolist() == sorted(["乙", "甲", "丙"])


@pytest.mark.parametrize("call, message", [
    (lambda: term_matrix(pd.Series([[], []])), "no tokens"),
    (lambda: term_matrix(pd.Series([], dtype=object)), "no tokens"),
    (lambda: term_matrix(TOKENS, min_df=4), "lower min_df"),
    (lambda: keywords(TOKENS, BY.iloc[:2]), "same index"),
    (lambda: keywords(TOKENS, BY.where(BY == "a")), "no label for unit 'b1'"),
])
def test_bad_input_is_named(call, message):
    with pytest.raises(ValueError, match=message):
        call()
