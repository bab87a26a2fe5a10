"""Measures of one 2 × 2 table, or of many at once.

Every function takes the four cells as numbers or arrays of one shape, and returns floats:

=====================  ======================  ==========================
..                     target (or: word 2)     reference (or: not word 2)
=====================  ======================  ==========================
the term (or: word 1)  ``a``                   ``b``
other tokens           ``c``                   ``d``
=====================  ======================  ==========================

With a target of ``Nt`` and a reference of ``Nr`` tokens, ``c = Nt - a`` and ``d = Nr - b``.

Zero rule: tests use the counts as they are. All tests take tokens as independent draws. Tokens
of one text are not, so these p-values are too small; :func:`analysis.keyness` puts a
permutation of whole units beside them.
"""

import numpy as np
from scipy.special import erfc, xlogy

NAMES = ("a", "b", "c", "d")


def check_cells(*cells) -> list[np.ndarray]:
    """Return the cells as float arrays of one shape, or say which of them cannot be a count.

    >>> check_cells(1, 0, 4, 5)[0].tolist()
    1.0
    """
    table = [np.asarray(cell, dtype=float) for cell in cells]
    for name, cell in zip(NAMES, table, strict=True):
        wrong = ~(np.isfinite(cell) & (cell >= 0))
        if wrong.any():
            raise ValueError(
                f"Cell {name} must be a count of 0 or more, not "
                f"{cell[wrong].flat[0]}: is a count larger than its corpus?"
            )
    a, b, c, d = table = list(np.broadcast_arrays(*table))
    for margin, what in (
        (a + b, "the term occurs on neither side"),
        (a + c, "the target is empty"),
        (b + d, "the reference is empty"),
    ):
        if (margin == 0).any():
            raise ValueError(f"Table {int(np.flatnonzero(margin == 0)[0])}: {what} (counts of zero); leave it out.")
    return table


def expected(a, b, c, d) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return the four counts expected if row and column were independent.

    >>> [float(cell) for cell in expected(1, 3, 3, 1)]
    [2.0, 2.0, 2.0, 2.0]
    """
    a, b, c, d = check_cells(a, b, c, d)
    total = a + b + c + d
    return ((a + b) * (a + c) / total, (a + b) * (b + d) / total, (c + d) * (a + c) / total, (c + d) * (b + d) / total)


def sign(a, b, c, d) -> np.ndarray:
    """Return 1 where the term is more frequent in the target, -1 where less, 0 where equal.

    >>> float(sign(148, 54, 43002 - 148, 108539 - 54))
    1.0
    """
    a, b, c, d = check_cells(a, b, c, d)
    return np.sign(a * d - b * c)


def log_likelihood(a, b, c, d, cells: int = 4) -> np.ndarray:
    """Return the log-likelihood ratio G², 0 or more, with one degree of freedom.

    ``cells=4`` sums over the whole table (Dunning 1993, Computational Linguistics 19; quanteda,
    NLTK); ``cells=2`` only over the row of the term (Rayson and Garside 2000; AntConc, WMatrix
    and UCREL's calculator). The two differ most for frequent terms and must not be mixed in
    one table. G² grows with the size of the corpora: values from corpora of different sizes
    are not comparable, and a ranking by G² is not a ranking by size of the difference.

    >>> round(float(log_likelihood(10, 0, 3, 31764)), 2)
    167.23
    """
    observed = check_cells(a, b, c, d)
    if cells not in (2, 4):
        raise ValueError(f"cells must be 2 or 4, not {cells!r}.")
    pairs = list(zip(observed, expected(*observed), strict=True))[:cells]
    total = sum(xlogy(o, np.where(o > 0, o, 1) / np.where(e > 0, e, 1)) for o, e in pairs)
    return np.maximum(2 * total, 0)


def chi_squared(a, b, c, d) -> np.ndarray:
    """Return Pearson's chi-squared with quanteda's conditional Yates correction.

    The correction is made only if the smallest expected count is below 5 and ``|ad - bc|`` is
    at least ``N / 2`` (quanteda.textstats); other programs always or never correct, and their
    values are not comparable with these for rare terms. 0 or more; :func:`sign` tells the side.

    >>> round(float(chi_squared(3, 0, 1660 - 3, 41342)), 5)
    51.05861
    """
    a, b, c, d = check_cells(a, b, c, d)
    total = a + b + c + d
    distance = np.abs(a * d - b * c)
    small = np.minimum.reduce(expected(a, b, c, d)) < 5
    distance = np.where(small & (distance >= total / 2), distance - total / 2, distance)
    margins = (a + b) * (c + d) * (a + c) * (b + d)
    return np.where(margins > 0, total * distance**2 / np.where(margins > 0, margins, 1), 0.0)


def p_value(statistic) -> np.ndarray:
    """Return the upper tail of chi-squared with one degree of freedom (for G² and chi²).

    >>> round(float(p_value(3.841459)), 6)
    0.05
    """
    return erfc(np.sqrt(np.asarray(statistic, dtype=float) / 2))


def fisher_exact(a, b, c, d, alternative: str = "two-sided") -> np.ndarray:
    """Return the p-value of Fisher's exact test.

    ``"two-sided"`` adds up all tables with the same margins that are no more probable than
    this one (as R does; doubling the smaller tail gives another p), ``"less"`` and
    ``"greater"`` those with at most and at least ``a`` in the first cell.

    >>> [round(float(fisher_exact(1, 3, 3, 1, side)), 3)
    ...  for side in ("two-sided", "less", "greater")]
    [0.486, 0.243, 0.986]
    """
    if alternative not in ("two-sided", "less", "greater"):
        raise ValueError(f"alternative must be two-sided, less or greater, not {alternative!r}.")
    table = check_cells(a, b, c, d)
    shape = table[0].shape
    rows = np.stack([cell.ravel() for cell in table], axis=1).astype(np.int64)
    margins = np.stack([rows[:, 0] + rows[:, 1], rows[:, 0] + rows[:, 2], rows.sum(axis=1)], 1)
    distinct, which = np.unique(margins, axis=0, return_inverse=True)
    order = np.argsort(which.ravel(), kind="stable")
    ends = np.cumsum(np.bincount(which.ravel(), minlength=len(distinct)))
    p = np.empty(len(rows))
    for (row, column, total), members in zip(distinct, np.split(order, ends[:-1]), strict=True):
        lowest, probability = _hypergeometric(row, column, total)
        p[members] = _tail(probability, rows[members, 0] - lowest, alternative)
    return np.minimum(p, 1).reshape(shape)


def _hypergeometric(row: int, column: int, total: int) -> tuple[int, np.ndarray]:
    """Return the smallest possible first cell and the probabilities from there upwards."""
    low, high = max(0, row + column - total), min(row, column)
    k = np.arange(low, high, dtype=float)
    steps = np.log((row - k) * (column - k)) - np.log((k + 1) * (total - row - column + k + 1))
    weights = np.concatenate([[0.0], np.cumsum(steps)])
    weights = np.exp(weights - weights.max())
    return low, weights / weights.sum()


def _tail(probability: np.ndarray, place: np.ndarray, alternative: str) -> np.ndarray:
    if alternative == "less":
        return np.cumsum(probability)[place]
    if alternative == "greater":
        return np.cumsum(probability[::-1])[::-1][place]
    ranked = np.sort(probability)
    # R's tolerance: tables that are equally probable must not be parted by rounding.
    as_rare = np.searchsorted(ranked, probability[place] * (1 + 1e-7), side="right")
    return np.cumsum(ranked)[as_rare - 1]


def pmi(a, b, c, d) -> np.ndarray:
    """Return pointwise mutual information ``log2(a / expected a)``, in bits.

    Corpus linguists call it MI. It is highest for words that occur once, and next to each
    other: never rank by it alone. Minus infinity for a pair that never meets. Source: Church and
    Hanks (1990), Computational Linguistics 16.

    >>> round(float(pmi(8, 1105 - 8, 44 - 8, 15_000_000 - 1105 - 44 + 8)), 1)
    11.3
    """
    a, b, c, d = check_cells(a, b, c, d)
    with np.errstate(divide="ignore"):
        return np.log2(a) - np.log2(expected(a, b, c, d)[0])


def npmi(a, b, c, d) -> np.ndarray:
    """Return PMI over ``-log2(a / N)``: -1 never together, 0 independent, 1 only together.

    Less drawn to rare words than PMI, and still so. Source: Bouma (2009), Normalized
    (pointwise) mutual information in collocation extraction.

    >>> [float(npmi(*cells)) for cells in ((10, 0, 0, 90), (1, 9, 9, 81), (0, 10, 10, 80))]
    [1.0, 0.0, -1.0]
    """
    a, b, c, d = check_cells(a, b, c, d)
    total = a + b + c + d
    seen = np.where(a > 0, a, 1)
    surprise = -np.log2(seen / total)
    ratio = np.log2(seen / expected(a, b, c, d)[0]) / np.where(surprise > 0, surprise, 1)
    return np.where(a == 0, -1.0, np.where(surprise == 0, 1.0, ratio))


def t_score(a, b, c, d) -> np.ndarray:
    """Return ``(a - expected a) / sqrt(a)``, 0 for a pair that never meets.

    A ranking that prefers frequent pairs, not a t test: its p-values mean nothing. Source:
    Church, Gale, Hanks and Hindle (1991).

    >>> float(t_score(4, 0, 0, 4))
    1.0
    """
    a, b, c, d = check_cells(a, b, c, d)
    return np.where(a > 0, (a - expected(a, b, c, d)[0]) / np.sqrt(np.where(a > 0, a, 1)), 0.0)


def log_dice(a, b, c, d) -> np.ndarray:
    """Return ``14 + log2(2a / (row + column))``: at most 14, one less is half the association.

    Does not depend on the size of the corpus, so that it can be compared between corpora; it
    does not compare with chance. Source: Rychlý (2008), A lexicographer-friendly association
    score.

    >>> float(log_dice(8, 0, 0, 100))
    14.0
    """
    a, b, c, d = check_cells(a, b, c, d)
    with np.errstate(divide="ignore"):
        return 14 + np.log2(2 * a) - np.log2(2 * a + b + c)


def delta_p(a, b, c, d, given: int = 1) -> np.ndarray:
    """Return by how much word 1 raises the probability of word 2 (``given=1``), or the other way.

    From -1 to 1. The two directions answer different questions and must not be mixed. Source:
    Gries (2013), International Journal of Corpus Linguistics 18.

    >>> cells = 5610, 168938, 2257, 10233063
    >>> round(float(delta_p(*cells)), 3), round(float(delta_p(*cells, given=2)), 3)
    (0.032, 0.697)
    """
    a, b, c, d = check_cells(a, b, c, d)
    if given not in (1, 2):
        raise ValueError(f"given must be 1 or 2, not {given!r}.")
    if given == 2:
        b, c = c, b
    rest = np.where(c + d > 0, c + d, 1)
    return a / np.where(a + b > 0, a + b, 1) - c / rest


def mutual_information(a, b, c, d) -> np.ndarray:
    """Return the mutual information of the whole table in bits, ``G² / (2 N ln 2)``.

    Not what corpus linguists call MI, which is :func:`pmi`. Source: Cover and Thomas (2006).

    >>> float(mutual_information(10, 0, 0, 10))
    1.0
    """
    a, b, c, d = check_cells(a, b, c, d)
    return log_likelihood(a, b, c, d) / (2 * np.log(2) * (a + b + c + d))
