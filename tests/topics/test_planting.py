"""Planted corpora have what they are said to have."""

import numpy as np
import pandas as pd
import pytest

from analysis import plant
from analysis.textstats.counts import term_matrix
from analysis.topics.planting import KINDS

SIZES = pd.Series([60] * 40, index=[f"u{i}" for i in range(40)])


@pytest.mark.parametrize("kind", KINDS)
def test_sizes_index_and_mixture_are_those_asked_for(kind, tokens):
    planted = plant(tokens, 3, kind=kind, seed=1)
    assert planted.tokens.index.equals(tokens.index) and (planted.tokens.str.len() == tokens.str.len()).all()
    assert set(planted.tokens.sum()) <= set(tokens.sum())
    assert planted.mixture.shape == (len(tokens), 3) and np.allclose(planted.mixture.sum(axis=1), 1, atol=1e-5)
    assert planted.labels.isna().all() == (kind in ("continuum", "unigram", "bursty"))
    assert plant(tokens, 3, kind=kind, seed=1).tokens.equals(planted.tokens)
    assert not plant(tokens, 3, kind=kind, seed=2).tokens.equals(planted.tokens)


def test_groups_are_equal_or_fall_to_four_tenths():
    assert plant(SIZES, 4).labels.value_counts().tolist() == [10] * 4
    sizes = plant(SIZES, 3, kind="unequal").labels.value_counts()
    assert sizes.sort_index().is_monotonic_decreasing and sizes.min() / sizes.max() == pytest.approx(0.4, abs=0.1)
    assert (plant(SIZES, 3, kind="mixed").mixture.max(axis=1) >= 0.75).all()


def test_two_poles_have_units_evenly_between_them():
    part = np.sort(plant(SIZES, 2, kind="continuum").mixture[0])
    assert part == pytest.approx(np.linspace(0, 1, 40), abs=1e-6)


def test_the_share_is_the_part_of_words_that_others_never_say():
    for share, overlap in ((1, 0), (0.5, 0), (1, 0.5)):
        planted = plant(SIZES, 2, share=share, overlap=overlap, seed=3)
        groups = planted.tokens.groupby(planted.labels).sum()
        foreign = np.mean([word in set(groups[1]) for word in groups[0]])
        assert foreign == 0 if (share, overlap) == (1, 0) else foreign > 0.3


def test_words_repeat_within_units_of_a_bursty_corpus():
    types = {kind: plant(SIZES, 2, kind=kind).tokens.map(lambda row: len(set(row))).mean() for kind in KINDS}
    assert types["bursty"] < 0.8 * types["unigram"]
    assert plant(SIZES, 2, burst=5).tokens.map(lambda row: len(set(row))).mean() < 0.5 * types["pure"]


def test_lengths_alone_get_words_by_the_law_of_zipf():
    counts, terms = term_matrix(plant(SIZES * 50, 2, kind="unigram", vocabulary=20, exponent=1).tokens)
    often = pd.Series(counts.sum(axis=0).A1, terms)
    assert set(terms) == {f"w{i}" for i in range(1, 21)}
    assert often["w1"] > 5 * often["w20"]


@pytest.mark.parametrize(
    ("change", "error", "message"),
    [
        ({"k": 1}, ValueError, "^k must be a whole number of 2 or more"),
        ({"kind": "fractal"}, ValueError, "^kind must be one of"),
        ({"share": 1.5}, ValueError, "^share must lie between 0 and 1"),
        ({"overlap": -1}, ValueError, "^overlap must lie between 0 and 1"),
        ({"corpus": [3, 4]}, TypeError, "^corpus must be a Series"),
        ({"corpus": pd.Series(["水"])}, TypeError, "not a list of tokens"),
    ],
)
def test_bad_input_is_named(change, error, message):
    with pytest.raises(error, match=message):
        plant(**{"corpus": SIZES, "k": 2, **change})
