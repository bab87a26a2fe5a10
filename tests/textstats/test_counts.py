"""Counting against values worked out by hand and by scikit-learn."""

import pandas as pd
import pytest
from sklearn.feature_extraction.text import CountVectorizer

from analysis import collocations, filter_tokens, frequencies, keyness, keywords, kwic, segment, term_matrix

TOKENS = pd.Series({"a1": ["创新", "链", "创新"], "a2": ["链"], "b1": ["协同", "链"]})
BY = pd.Series({"a1": "a", "a2": "a", "b1": "b"})


def test_frequencies_by_hand():
    table = frequencies(TOKENS, BY)
    assert table.values.tolist() == [
        ["a", "创新", 2, 1, 500.0],
        ["a", "链", 2, 2, 500.0],
        ["b", "协同", 1, 1, 500.0],
        ["b", "链", 1, 1, 500.0],
    ]


@pytest.mark.parametrize("min_df", [1, 3])
def test_the_matrix_is_scikit_learns(tokens, min_df):
    vectorizer = CountVectorizer(analyzer=lambda words: words, min_df=min_df)
    expected = vectorizer.fit_transform(tokens)
    counts, terms = term_matrix(tokens, min_df=min_df)
    assert terms.tolist() == vectorizer.get_feature_names_out().tolist()
    assert (counts != expected).nnz == 0


def test_texts_are_no_tokens():
    with pytest.raises(TypeError, match="Unit 1 is not a list of tokens but '创新'"):
        term_matrix(pd.Series([["创新"], "创新"]))


def test_counts_add_up(tokens, corpus):
    table = frequencies(tokens, corpus.article)
    assert table.groupby("group")["count"].sum().to_dict() == tokens.str.len().groupby(corpus.article).sum().to_dict()


def test_filtering_by_units_is_scikit_learns_and_leaves_a_record(tokens):
    vectorizer = CountVectorizer(analyzer=lambda words: words, min_df=2, max_df=0.3)
    kept, dropped = filter_tokens(tokens, min_df=2, max_df=0.3)
    expected = set(vectorizer.fit(tokens).get_feature_names_out())
    assert set(kept.explode().dropna()) == expected
    assert set(dropped.term) == set(tokens.explode()) - expected
    assert set(dropped.reason[dropped.units == 1]) == {"rare"}
    assert set(dropped.reason[dropped.units > 1]) == {"frequent"}
    assert kept.index.equals(tokens.index) and kept.name == "tokens"
    assert dropped["count"].sum() == tokens.str.len().sum() - kept.str.len().sum()
    assert "filtered" in kept.attrs["segmentation"]
    assert "filtered" not in tokens.attrs["segmentation"]


def test_filtered_tokens_are_refused_beside_counts_of_all():
    tokens = segment(pd.Series(["京津冀协同创新", "京津冀协同发展", "京津冀港口"]))
    kept, _ = filter_tokens(tokens, max_df=0.9)
    with pytest.raises(ValueError, match="filtered: None against"):
        keyness(kept, reference=tokens)


def test_nothing_dropped_is_the_same_tokens(tokens):
    kept, dropped = filter_tokens(tokens)
    assert kept.tolist() == tokens.tolist() and dropped.empty
    assert kept.attrs == tokens.attrs


@pytest.mark.parametrize(
    "call, message",
    [
        (lambda: filter_tokens(TOKENS, min_df=0), "min_df must be a whole number of 1 or more, not 0"),
        (lambda: filter_tokens(TOKENS, max_df=50), "share of the units above 0 and up to 1, not 50"),
        (lambda: filter_tokens(TOKENS, min_df=3, max_df=0.5), "widen the limits"),
        (lambda: term_matrix(pd.Series([[], []])), "no tokens"),
        (lambda: term_matrix(pd.Series([], dtype=object)), "no tokens"),
        (lambda: term_matrix(TOKENS, min_df=4), "lower min_df"),
        (lambda: frequencies(TOKENS, BY.iloc[:2]), "2 values for 3 units.*same index: take both"),
        (lambda: frequencies(TOKENS.iloc[:2], BY), "3 values for 2 units.*same index: write by.loc"),
        (lambda: term_matrix(pd.Series([["创新", 7]])), "Unit 0 holds 7, which is not a string"),
        (lambda: frequencies(TOKENS, BY.where(BY == "a")), "no label for unit 'b1'"),
    ],
)
def test_bad_input_is_named(call, message):
    with pytest.raises(ValueError, match=message):
        call()


@pytest.mark.parametrize(
    "call, message",
    [
        (lambda: filter_tokens(TOKENS, min_df=0.5), "min_df must be a whole number of 1 or more, not 0.5"),
        (lambda: term_matrix(TOKENS, min_df="2"), "min_df must be .* not '2'"),
        (lambda: keywords(TOKENS, BY, top="5"), "top must be .* not '5'"),
        (lambda: keywords(TOKENS, BY, draws="9"), "draws must be a whole number of 0 or more, not '9'"),
        (lambda: keyness(TOKENS, BY == "a", min_count="3"), "min_count must be .* not '3'"),
        (lambda: keyness(TOKENS, BY == "a", draws=1.5), "draws must be .* not 1.5"),
        (lambda: collocations(TOKENS, min_count="3"), "min_count with g2 must be .* not '3'"),
        (lambda: collocations(TOKENS, top=True), "top must be .* not True"),
        (lambda: kwic(TOKENS, "链", width="8"), "width must be .* not '8'"),
    ],
)
def test_numbers_of_another_type_are_named(call, message):
    with pytest.raises(TypeError, match=message):
        call()
