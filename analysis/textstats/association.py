"""Measures of one 2 × 2 table, or of many at once: tests, effect sizes, association of two words.

The cells, numbers or arrays: ``a`` the term in the target (or: word 1 with word 2), ``b`` in the reference
(word 1 without word 2), ``c`` and ``d`` other tokens in target and reference (word 2 alone, neither word).

Zero rule: tests use the counts as they are; effect sizes take a count of zero as 0.5 where it would be
divided by or its logarithm taken, and nowhere else. All tests take tokens as independent draws, which those of
one text are not, so that p is too small: :func:`analysis.keyness` permutes whole units beside them.
"""

import numpy as np
from scipy.special import betaincinv, erfc, xlogy


def check_cells(a, b, c, d) -> list[np.ndarray]:
    """Return the cells as float arrays of one shape, or say which of them cannot be a count."""
    cells = {name: np.asarray(cell, dtype=float) for name, cell in zip("abcd", (a, b, c, d), strict=True)}
    for name, cell in cells.items():
        wrong = ~(np.isfinite(cell) & (cell >= 0))
        if wrong.any():
            found = cell[wrong].flat[0]
            raise ValueError(f"Cell {name} must be a count of 0 or more, not {found}: is it larger than its corpus?")
    a, b, c, d = table = list(np.broadcast_arrays(*cells.values()))
    margins = {"the term occurs on neither side": a + b, "the target is empty": a + c, "the reference is empty": b + d}
    for what, margin in margins.items():
        if (margin == 0).any():
            raise ValueError(f"Table {int(np.flatnonzero(margin == 0)[0])}: {what} (counts of zero); leave it out.")
    return table


def expected(a, b, c, d) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return the four counts expected if row and column were independent."""
    a, b, c, d = check_cells(a, b, c, d)
    total = a + b + c + d
    return (a + b) * (a + c) / total, (a + b) * (b + d) / total, (c + d) * (a + c) / total, (c + d) * (b + d) / total


def sign(a, b, c, d) -> np.ndarray:
    """Return 1 where the term is more frequent in the target, -1 where less, 0 where equal."""
    a, b, c, d = check_cells(a, b, c, d)
    return np.sign(a * d - b * c)


def log_likelihood(a, b, c, d, *, cells: int = 4) -> np.ndarray:
    """Return the log-likelihood ratio G², 0 or more, with one degree of freedom.

    Parameters
    ----------
    a, b, c, d : int or array_like of int
        The cells of the table: term in target and reference, other tokens in both.
    cells : {4, 2}
        4 sums over the whole table (Dunning 1993, Computational Linguistics 19; quanteda, NLTK), 2 only over
        the row of the term (Rayson and Garside 2000; AntConc, WMatrix). Never mix them in a table.

    Returns
    -------
    ndarray of float
        Not comparable between corpora of different sizes, since it grows with them.

    Examples
    --------
    >>> round(float(log_likelihood(10, 0, 3, 31764)), 2)
    167.23
    """
    observed = check_cells(a, b, c, d)
    if cells not in (2, 4):
        raise ValueError(f"cells must be 2 or 4, not {cells!r}.")
    pairs = list(zip(observed, expected(*observed), strict=True))[:cells]
    total = sum(xlogy(o, np.where(o > 0, o, 1) / np.where(e > 0, e, 1)) for o, e in pairs)
    return np.maximum(2 * total, 0)


def p_value(statistic) -> np.ndarray:
    """Return the p of a G²: the upper tail of chi-squared with one degree of freedom.

    Parameters
    ----------
    statistic : float or array_like of float

    Returns
    -------
    ndarray of float

    Examples
    --------
    >>> round(float(p_value(3.841459)), 6)
    0.05
    """
    return erfc(np.sqrt(np.asarray(statistic, dtype=float) / 2))


def fisher_exact(a, b, c, d) -> np.ndarray:
    """Return the two-sided p of Fisher's exact test, as R: all tables with these margins no more probable."""
    a, b, c, d = check_cells(a, b, c, d)
    tables = zip(*(cell.ravel().astype(int) for cell in (a, b, c, d)), strict=True)
    return np.array([_two_sided(*table) for table in tables], dtype=float).reshape(a.shape)


def _two_sided(a: int, b: int, c: int, d: int) -> float:
    low, high = max(0, a - d), a + min(b, c)
    k = np.arange(low, high, dtype=float)
    # Each table's weight from its neighbour's: scipy's function takes a hundred times as long, and in corpora of
    # 100 million tokens its seventh decimal is wrong.
    steps = np.log((a + b - k) * (a + c - k)) - np.log((k + 1) * (d - a + k + 1))
    weights = np.concatenate([[0.0], np.cumsum(steps)])
    weights = np.exp(weights - weights.max())
    # R's tolerance: tables that are equally probable must not be parted by rounding.
    as_rare = weights <= weights[a - low] * (1 + 1e-7)
    return weights[as_rare].sum() / weights.sum()


def log_ratio(a, b, c, d) -> np.ndarray:
    """Return the binary logarithm of the ratio of rates: 1 is twice, -1 half as frequent.

    Parameters
    ----------
    a, b, c, d : int or array_like of int
        The cells of the table: term in target and reference, other tokens in both.

    Returns
    -------
    ndarray of float
        Comparable between corpora of different sizes, unlike G²; huge for rare terms, where it means little.
        Source: Hardie (2014), CASS briefing.

    Examples
    --------
    >>> round(float(log_ratio(148, 54, 43002 - 148, 108539 - 54)), 4)
    2.7903
    """
    a, b, c, d = check_cells(a, b, c, d)
    ratio = np.where(a > 0, a, 0.5) / np.where(b > 0, b, 0.5)
    return np.log2(ratio * ((b + d) / (a + c)))


def log_ratio_interval(a, b, c, d, *, confidence: float = 0.95) -> tuple[np.ndarray, np.ndarray]:
    """Return the exact confidence interval of the log ratio; an end may be infinite.

    Clopper and Pearson's for the share ``a / (a + b)``, which has a binomial distribution given ``a + b``
    when both counts are Poisson. Source: Evert (2022), Measuring keyness, DH2022.
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


def conservative_log_ratio(low: np.ndarray, high: np.ndarray) -> np.ndarray:
    """Return LRC: the end of the log ratio's interval nearer to 0, or 0 if 0 is inside (Evert 2022, unadjusted)."""
    return np.where(low > 0, low, np.where(high < 0, high, 0.0))


def percent_difference(a, b, c, d) -> np.ndarray:
    """Return %DIFF, the difference of rates in per cent of the reference's (Gabrielatos and Marchi 2011).

    Where the reference lacks the term, the authors take 1e-18 for 0.5 and get numbers without meaning.
    """
    a, b, c, d = check_cells(a, b, c, d)
    rate = np.where(b > 0, b, 0.5) / (b + d)
    return 100 * (a / (a + c) - rate) / rate


def odds_ratio(a, b, c, d) -> np.ndarray:
    """Return ``ad / bc`` (Pojanapunya and Watson Todd 2018), without Haldane and Anscombe's 0.5 in all cells."""
    a, b, c, d = check_cells(a, b, c, d)
    return a * d / (np.where(b > 0, b, 0.5) * np.where(c > 0, c, 0.5))


def bic(a, b, c, d) -> np.ndarray:
    """Return BIC, the two-term G² less the logarithm of the size of both corpora (Wilson 2013).

    Above 2 positive, above 6 strong, above 10 very strong evidence of a difference; below 0 against one.
    """
    return log_likelihood(a, b, c, d, cells=2) - np.log(sum(check_cells(a, b, c, d)))


def pmi(a, b, c, d) -> np.ndarray:
    """Return pointwise mutual information ``log2(a / expected a)`` in bits, linguists' MI (Church and Hanks 1990).

    Highest for words that occur once, and next to each other: never rank by it alone.
    """
    with np.errstate(divide="ignore"):
        return np.log2(a) - np.log2(expected(a, b, c, d)[0])


def npmi(a, b, c, d) -> np.ndarray:
    """Return PMI over ``-log2(a / N)``: -1 never together, 0 independent, 1 only together (Bouma 2009)."""
    a, b, c, d = check_cells(a, b, c, d)
    seen = np.where(a > 0, a, 1)
    surprise = -np.log2(seen / (a + b + c + d))
    ratio = np.log2(seen / expected(a, b, c, d)[0]) / np.where(surprise > 0, surprise, 1)
    return np.where(a == 0, -1.0, np.where(surprise == 0, 1.0, ratio))


def t_score(a, b, c, d) -> np.ndarray:
    """Return ``(a - expected a) / sqrt(a)``: it ranks frequent pairs high, and is no t test (Church et al. 1991)."""
    a, b, c, d = check_cells(a, b, c, d)
    return np.where(a > 0, (a - expected(a, b, c, d)[0]) / np.sqrt(np.where(a > 0, a, 1)), 0.0)


def log_dice(a, b, c, d) -> np.ndarray:
    """Return ``14 + log2(2a / (row + column))``: at most 14, one less is half the association (Rychlý 2008).

    Comparable between corpora of different sizes; does not compare with chance.
    """
    a, b, c, d = check_cells(a, b, c, d)
    with np.errstate(divide="ignore"):
        return 14 + np.log2(2 * a) - np.log2(2 * a + b + c)


def delta_p(a, b, c, d) -> np.ndarray:
    """Return by how much word 1 raises the probability of word 2, -1 to 1 (Gries 2013).

    The other direction (``b`` and ``c`` exchanged) answers another question.
    """
    a, b, c, d = check_cells(a, b, c, d)
    return a / np.where(a + b > 0, a + b, 1) - c / np.where(c + d > 0, c + d, 1)
