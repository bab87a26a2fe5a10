"""Statistics of the 2 × 2 table against published worked examples and scipy's tests."""

import numpy as np
import pytest
from scipy.stats import chi2_contingency, fisher_exact

from analysis.textstats import association

# US inaugural addresses, post-war against pre-war: documentation of quanteda.textstats.
POST_WAR = {
    "we": (1048, 779, 676.350, 1.7637),
    "us": (289, 216, 183.436, 1.7558),
    "america": (148, 54, 174.601, 2.7903),
    "upon": (39, 332, 70.546, -1.7539),
    "the": (2089, 8094, 352.755, -0.6183),
}


def cells(a, b, target, reference):
    return a, b, target - a, reference - b


def lrc(*table):
    return association.conservative_log_ratio(*association.log_ratio_interval(*table))


AMERICA = cells(148, 54, 43002, 108539)
MEASURES = [
    ("Dunning 1993, p. 72", association.log_likelihood, (10, 0, 3, 31764), {}, 167.23),
    ("quanteda.extras", association.log_likelihood, cells(10, 5, 100, 200), {}, 7.329812),
    ("two terms", association.log_likelihood, cells(10, 5, 100, 200), {"cells": 2}, 6.931472),
    ("america", association.log_likelihood, AMERICA, {"cells": 2}, 174.334),
    ("america", association.bic, AMERICA, {}, 162.405),
    ("america", lrc, AMERICA, {}, 2.3316),
    ("america", association.percent_difference, AMERICA, {}, 591.78),
    ("Gabrielatos and Marchi 2011", association.percent_difference, cells(206523, 178174, 959641, 1562358), {}, 88.7),
    ("Pojanapunya and Todd 2016", association.odds_ratio, cells(16217, 735, 2796938, 2087946), {}, 16.6),
    ("Church and Hanks 1990", association.pmi, (8, 1097, 36, 14998859), {}, 11.3),
    ("Bouma 2009", association.npmi, (10, 0, 0, 90), {}, 1),
    ("Bouma 2009", association.npmi, (1, 9, 9, 81), {}, 0),
    ("Bouma 2009", association.npmi, (0, 10, 10, 80), {}, -1),
    ("Gries 2013", association.delta_p, (5610, 168938, 2257, 10233063), {}, 0.032),
    ("Gries 2013", association.delta_p, (5610, 2257, 168938, 10233063), {}, 0.697),
    ("Pedersen 1996", association.fisher_exact, (1, 3, 3, 1), {}, 0.486),
]


def shown(value) -> float:
    """Half of the last digit that is printed."""
    decimals = len(str(value).partition(".")[2])
    return 0.5 * 10**-decimals + 1e-9


@pytest.mark.parametrize("word", POST_WAR)
def test_post_war_addresses(word):
    a, b, g2, ratio = POST_WAR[word]
    table = cells(a, b, 43002, 108539)
    assert association.sign(*table) == np.sign(ratio)
    assert association.log_likelihood(*table) == pytest.approx(g2, abs=0.0005)
    assert association.log_ratio(*table) == pytest.approx(ratio, abs=shown(ratio))


@pytest.mark.parametrize("source, measure, table, options, value", MEASURES)
def test_published_values(source, measure, table, options, value):
    assert measure(*table, **options) == pytest.approx(value, abs=shown(value))


def test_fisher_is_scipys_on_many_tables_at_once():
    tables = np.random.default_rng(5).integers(0, 40, (4, 200)) + [[1], [0], [0], [1]]
    expected = [fisher_exact([[a, b], [c, d]]).pvalue for a, b, c, d in tables.T]
    assert association.fisher_exact(*tables) == pytest.approx(expected, abs=1e-9)
    assert association.fisher_exact(*np.zeros((4, 0))).shape == (0,)


def test_tails_and_g2_are_scipys():
    for a, b, c, d in [(3, 9, 40, 20), (30, 9, 400, 20), (5, 0, 40, 20)]:
        result = chi2_contingency([[a, b], [c, d]], correction=False, lambda_="log-likelihood")
        g2 = association.log_likelihood(a, b, c, d)
        assert g2 == pytest.approx(result.statistic)
        assert association.p_value(g2) == pytest.approx(result.pvalue)


def test_arrays_give_what_single_tables_give():
    tables = np.array([[3, 9, 40, 20], [30, 9, 400, 20], [1, 2, 3, 4]]).T
    for measure in (
        association.pmi,
        association.npmi,
        association.t_score,
        association.log_dice,
        association.delta_p,
        association.odds_ratio,
    ):
        assert measure(*tables).tolist() == [float(measure(*table)) for table in tables.T]


def test_swapping_target_and_reference_turns_the_sign():
    assert association.log_ratio(3, 9, 40, 20) == pytest.approx(-association.log_ratio(9, 3, 20, 40))
    low, high = association.log_ratio_interval(3, 9, 40, 20)
    assert association.log_ratio_interval(9, 3, 20, 40) == pytest.approx((-high, -low))


@pytest.mark.parametrize(
    "table, ratio, low, high", [((4, 0, 96, 100), 3.0, -0.6, np.inf), ((0, 4, 100, 96), -3.0, -np.inf, 0.6)]
)
def test_zero_counts_follow_the_rule(table, ratio, low, high):
    assert association.log_ratio(*table) == ratio
    ends = association.log_ratio_interval(*table)
    assert ends == pytest.approx((low, high), abs=0.1)
    assert association.conservative_log_ratio(*ends) == 0
    assert association.percent_difference(*table) == pytest.approx(-100 if table[0] == 0 else 700)


@pytest.mark.parametrize(
    "table, message",
    [
        ((-1, 2, 3, 4), "Cell a must be a count"),
        ((1, 2, np.nan, 4), "Cell c must be a count"),
        (cells(5, 1, 4, 10), "larger than its corpus"),
        (([1, 0], [1, 0], [5, 5], [5, 5]), "Table 1: the term occurs on neither side"),
        ((0, 5, 0, 5), "the target is empty"),
        ((5, 0, 5, 0), "the reference is empty"),
    ],
)
def test_impossible_tables_are_named(table, message):
    with pytest.raises(ValueError, match=message):
        association.log_likelihood(*table)


@pytest.mark.parametrize(
    "call, message",
    [
        (lambda: association.log_likelihood(1, 2, 3, 4, cells=3), "cells must be 2 or 4"),
        (lambda: association.log_ratio_interval(1, 2, 3, 4, confidence=95), "between 0 and 1"),
    ],
)
def test_bad_arguments_are_named(call, message):
    with pytest.raises(ValueError, match=message):
        call()
