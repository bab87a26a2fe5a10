"""Effect sizes of a term in a target against a reference: how large the difference is.

The four cells are those of :mod:`analysis.textstats.association`: ``a`` and ``b`` count the term in
target and reference, ``c`` and ``d`` the other tokens, as numbers or arrays of one shape.

Zero rule: a count of zero is taken as 0.5 where it would be divided by or its logarithm
taken, and nowhere else.
"""

import numpy as np
from scipy.special import betaincinv

from analysis.textstats.association import check_cells, log_likelihood


def log_ratio(a, b, c, d) -> np.ndarray:
    """Return the binary logarithm of the ratio of rates: 1 is twice, -1 half as frequent.

    A zero in ``a`` or ``b`` counts as 0.5 (Hardie 2014, CASS briefing). Comparable between
    corpora of different sizes, unlike G²; for rare terms it is huge and means little, see
    :func:`conservative_log_ratio`.

    >>> round(float(log_ratio(148, 54, 43002 - 148, 108539 - 54)), 4)
    2.7903
    """
    a, b, c, d = check_cells(a, b, c, d)
    ratio = np.where(a > 0, a, 0.5) / np.where(b > 0, b, 0.5)
    return np.log2(ratio * ((b + d) / (a + c)))


def log_ratio_interval(a, b, c, d, confidence: float = 0.95) -> tuple[np.ndarray, np.ndarray]:
    """Return the confidence interval of the log ratio that LRC is made from.

    Exact (Clopper and Pearson) for the share ``a / (a + b)``, which has a binomial
    distribution given ``a + b`` when both counts are Poisson; not the delta method, whose
    interval is narrower. No zero rule is needed: an end may be infinite. Unadjusted for the
    number of terms looked at. Source: Evert (2022), Measuring keyness, DH2022; R package
    corpora.

    >>> [round(float(end), 4) for end in log_ratio_interval(148, 54, 42854, 108485)]
    [2.3316, 3.2677]
    """
    if not 0 < confidence < 1:
        raise ValueError(f"confidence must lie between 0 and 1, not {confidence!r}.")
    a, b, c, d = check_cells(a, b, c, d)
    tail = (1 - confidence) / 2
    low = np.where(a > 0, betaincinv(np.maximum(a, 1), b + 1, tail), 0.0)
    high = np.where(b > 0, betaincinv(a + 1, np.maximum(b, 1), 1 - tail), 1.0)
    with np.errstate(divide="ignore"):
        shift = np.log2(b + d) - np.log2(a + c)
        return (np.log2(low) - np.log2(1 - low) + shift, np.log2(high) - np.log2(1 - high) + shift)


def conservative_log_ratio(a, b, c, d, confidence: float = 0.95) -> np.ndarray:
    """Return LRC: the end of the log ratio's interval that is nearer to 0, or 0 if 0 is inside.

    The variant without adjustment for the number of terms. Values made with different
    ``confidence`` are not comparable. Source: Evert (2022).

    >>> round(float(conservative_log_ratio(148, 54, 42854, 108485)), 4)
    2.3316
    """
    low, high = log_ratio_interval(a, b, c, d, confidence)
    return np.where(low > 0, low, np.where(high < 0, high, 0.0))


def percent_difference(a, b, c, d) -> np.ndarray:
    """Return %DIFF, the difference of rates in per cent of the reference's rate.

    -100 for a term that the target lacks; a zero in ``b`` counts as 0.5, where the authors
    take 1e-18 and get numbers without meaning. Source: Gabrielatos and Marchi (2011).

    >>> round(float(percent_difference(206523, 178174, 959641 - 206523, 1562358 - 178174)), 1)
    88.7
    """
    a, b, c, d = check_cells(a, b, c, d)
    rate = np.where(b > 0, b, 0.5) / (b + d)
    return 100 * (a / (a + c) - rate) / rate


def odds_ratio(a, b, c, d) -> np.ndarray:
    """Return ``ad / bc``; a zero in ``b`` or ``c`` counts as 0.5, no other cell is changed.

    The Haldane-Anscombe variant, which adds 0.5 to all four, gives other values. For rare terms
    about the ratio of rates. Source: Pojanapunya and Watson Todd (2018), Corpus Linguistics
    and Linguistic Theory 14.

    >>> round(float(odds_ratio(16217, 735, 2796938 - 16217, 2087946 - 735)), 1)
    16.6
    """
    a, b, c, d = check_cells(a, b, c, d)
    return a * d / (np.where(b > 0, b, 0.5) * np.where(c > 0, c, 0.5))


def bic(a, b, c, d) -> np.ndarray:
    """Return BIC, the two-term G² less the logarithm of the size of both corpora.

    Above 2 positive, above 6 strong, above 10 very strong evidence of a difference; below 0
    evidence against one. Source: Wilson (2013), Embracing Bayes factors for key item analysis.

    >>> round(float(bic(148, 54, 43002 - 148, 108539 - 54)), 3)
    162.405
    """
    a, b, c, d = check_cells(a, b, c, d)
    return log_likelihood(a, b, c, d, cells=2) - np.log(a + b + c + d)


def simple_maths(a, b, c, d, k: float = 1) -> np.ndarray:
    """Return the ratio of rates per million, each with ``k`` added, which needs no zero rule.

    A larger ``k`` prefers more frequent terms; values of different ``k`` are not comparable.
    Source: Kilgarriff (2009), Simple maths for keywords.

    >>> round(float(simple_maths(35, 263, 112289811 - 35, 1559717242 - 263)), 4)
    1.1224
    """
    if k <= 0:
        raise ValueError(f"k must be above 0, not {k!r}.")
    a, b, c, d = check_cells(a, b, c, d)
    return (1e6 * a / (a + c) + k) / (1e6 * b / (b + d) + k)
