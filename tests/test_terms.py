"""Counting against values worked out by hand and by scikit-learn."""

import pandas as pd
import pytest
from sklearn.feature_extraction.text import CountVectorizer

from analysis import frequencies, term_matrix

TOKENS = pd.Series({"a1": ["创新", "链", "创新"], "a2": ["链"], "b1": ["协同", "链"]})
BY = pd.Series({"a1": "a", "a2": "a", "b1": "b"})


def test_frequencies_by_hand():
    table = frequencies(TOKENS, BY)
    assert table.values.tolist() == [["a", "创新", 2, 1, 500.0], ["a", "链", 2, 2, 500.0],
                                     ["b", "协同", 1, 1, 500.0], ["b", "链", 1, 1, 500.0]]


@pytest.mark.parametrize("min_df", [1, 3])
def test_the_matrix_is_scikit_learns(tokens, min_df):
    vectorizer = CountVectorizer(analyzer=lambda words: words, min_df=min_df)
    expected = vectorizer.fit_transform(tokens)
    counts, terms = term_matrix(tokens, min_df)
    assert terms.tolist() == vectorizer.get_feature_names_out().tolist()
    assert (counts != expected).nnz == 0


def test_texts_are_no_tokens():
    with pytest.raises(TypeError, match="Unit 1 is not a list of tokens but '创新'"):
        term_matrix(pd.Series([["创新"], "创新"]))


def test_counts_add_up(tokens, corpus):
    table = frequencies(tokens, corpus.article)
    assert table.groupby("group")["count"].sum().to_dict() == \
        tokens.str.len().groupby(corpus.article).sum().to_dict()


@pytest.mark.parametrize("call, message", [
    (lambda: term_matrix(pd.Series([[], []])), "no tokens"),
    (lambda: term_matrix(pd.Series([], dtype=object)), "no tokens"),
    (lambda: term_matrix(TOKENS, min_df=4), "lower min_df"),
    (lambda: frequencies(TOKENS, BY.iloc[:2]), "same index"),
    (lambda: frequencies(TOKENS, BY.where(BY == "a")), "no label for unit 'b1'"),
])
def test_bad_input_is_named(call, message):
    with pytest.raises(ValueError, match=message):
        call()
