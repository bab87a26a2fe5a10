"""Clusters: a known answer, a fixed numbering, shares that add up, agreement by hand."""

import numpy as np
import pandas as pd
import pytest

from analysis import cluster, seed_agreement, shares, vectorise

KNOWN = {"创新": ["创新", "链", "研发", "转化"], "民生": ["养老", "医疗", "教育", "社保"],
         "生态": ["碳", "水", "林", "修复"]}


@pytest.fixture(scope="module")
def known():
    """Thirty units drawn from three vocabularies, in a mixed order."""
    random = np.random.default_rng(7)
    themes = list(KNOWN) * 10
    units = [list(random.choice(KNOWN[theme], 6)) for theme in themes]
    return pd.Series(units, index=[f"u{i}" for i in range(30)]), pd.Series(themes)


@pytest.mark.parametrize("method", ["nmf", "kmeans", "agglomerative"])
def test_a_known_answer_is_found_and_numbered_from_the_first_unit(known, method):
    units, themes = known
    topics = cluster(units, k=3, method=method, seed=3)
    assert topics.units.topic.tolist() == (pd.factorize(themes)[0] + 1).tolist()
    assert topics.units.index.equals(units.index)
    assert topics.units.strength.between(0, 1).all()
    assert set(topics.terms.term[topics.terms.topic == 2]) == set(KNOWN["民生"])


def test_reruns_are_the_same(tokens):
    for method in ("nmf", "kmeans", "agglomerative"):
        one, two = (cluster(tokens, 4, method, seed=5) for _ in range(2))
        assert one.units.equals(two.units) and one.terms.equals(two.terms)


def test_shares_sum_to_one_and_count_every_unit(tokens, corpus):
    topics = cluster(tokens, 4)
    table = shares(topics, corpus.article, tokens.str.len())
    assert table.groupby("group").share.sum().round(5).eq(1).all()
    assert table.units.sum() == len(tokens)
    assert len(table) == 4 * 2


def test_rows_have_length_one(tokens):
    matrix = vectorise(tokens).matrix
    assert np.allclose(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel(), 1)


def test_agreement_is_one_on_the_known_answer_and_low_on_noise(known):
    units, _ = known
    assert seed_agreement(units, 3, range(8)).ari.mean() > 0.7
    random = np.random.default_rng(1)
    noise = pd.Series([list(random.choice(list("甲乙丙丁戊己庚辛壬癸"), 8)) for _ in range(40)])
    assert seed_agreement(noise, 4, range(8)).ari.mean() < 0.6


@pytest.mark.parametrize("call, message", [
    (lambda t: cluster(t, 1), "k must lie between 2 and 29"),
    (lambda t: cluster(t, 30), "k must lie between 2 and 29"),
    (lambda t: cluster(t, 3, method="lda2vec"), "method"),
    (lambda t: cluster(pd.concat([t, pd.Series([["孤"]], index=["alone"])]), 3), "Unit 'alone'"),
    (lambda t: cluster(t, 3, min_df=99), "lower min_df"),
    (lambda t: shares(cluster(t, 3), pd.Series(["a"] * 30)), "same index"),
    (lambda t: seed_agreement(t, 3, [1]), "Two seeds"),
])
def test_bad_input_is_named(known, call, message):
    with pytest.raises(ValueError, match=message):
        call(known[0])
