"""How sure a difference between two groups of units is, when the unit is what was sampled.

A word said once in a paragraph is likely to be said again, so whole units are relabelled or redrawn.
"""

from itertools import combinations
from math import comb

import numpy as np
import pandas as pd
from scipy.sparse import csc_matrix, csr_matrix

from analysis._checks import check_number, check_token_lists

BLOCK = 2_000_000  # cells of a dense block of terms × draws, 16 MB


def passages(tokens: pd.Series, size: int) -> pd.DataFrame:
    """Cut a text into passages of whole units, to see what a filter finds where there is nothing to find.

    Parameters
    ----------
    tokens : Series of list of str
        One list per unit, in reading order, of one document: ``unit_tokens(profile).loc[["2025"]]``.
    size : int
        Tokens of a passage, such as your target has; what is left at the end is in none.

    Returns
    -------
    DataFrame of bool
        Units × passages, numbered from 0. A unit is in the passage in which it begins.

    Raises
    ------
    ValueError
        If the document is not twice as long as a passage: the rest of it is the reference.

    Examples
    --------
    >>> report = pd.Series([["推动", "创新"], ["推动", "改革"], ["协同", "发展"], ["改革"]])
    >>> for number, passage in passages(report, 3).items():
    ...     print(number, report.index[passage].tolist())
    0 [0, 1]
    1 [2]

    Notes
    -----
    ``keyness(report, passage)`` for each, through your filter, and count the passages in which it finds a word.
    Of 165 passages of 1,743 tokens from 49 national reports, ``p_bh < .05`` in three paragraphs found one in 94 %,
    and in 47 % where paragraphs were shuffled before; with ``p_permutation_bh < .05`` as well, in 14 % and in none.
    Passages differ in what they are about, as arguments do: the 14 % are no error of the permutation.
    """
    check_token_lists(tokens)
    check_number("size", size, 1)
    length = tokens.str.len()
    number = int(length.sum()) // size
    if number < 2:
        raise ValueError(f"The document has {length.sum()} tokens, and passages of {size} need twice as many.")
    begins = (length.cumsum() - length) // size
    return pd.DataFrame({place: begins == place for place in range(number)}, index=tokens.index)


def holm(p: np.ndarray) -> np.ndarray:
    """Return p-values adjusted by Holm's step-down method (family-wise error)."""
    order = np.argsort(p, kind="stable")
    steps = p[order] * np.arange(len(p), 0, -1)
    adjusted = np.empty(len(p))
    adjusted[order] = np.minimum(np.maximum.accumulate(steps), 1)
    return adjusted


def permutation_p(counts: csr_matrix, sizes: np.ndarray, is_target: np.ndarray, draws: int, seed: int) -> np.ndarray:
    """Return per term how often relabelled units differ in its rate as much as the two sides do.

    ``counts`` are units × terms, ``sizes`` all tokens of each unit, also of terms that are not in ``counts``.
    All relabellings that keep the number of target units if there are no more than ``draws``, else random
    ones. Two-sided; the observed labels are among them, so that the smallest p is one over their number.
    """
    labels = labelings(is_target, draws, seed)
    # Rates are of all tokens of the relabelled sides, as the observed ones are: long units weigh more.
    target = np.maximum(sizes @ labels, 1)
    reference = np.maximum(sizes.sum() - sizes @ labels, 1)
    p = np.empty(counts.shape[1])
    for block, columns in _blocks(counts, labels.shape[1]):
        total = columns.sum(axis=0).A1[:, None]
        inside = columns.T @ labels
        gap = np.abs(inside / target - (total - inside) / reference)
        # Equal differences must not be parted by rounding.
        p[block] = (gap >= gap[:, :1] * (1 - 1e-9)).mean(axis=1)
    return p


def labelings(is_target: np.ndarray, draws: int, seed: int) -> np.ndarray:
    """Return labels as columns (units × labelings, 0 or 1), the observed one first."""
    n, chosen = len(is_target), int(is_target.sum())
    observed = is_target.astype(float)[:, None]
    if comb(n, chosen) <= draws:  # few enough to look at them all
        places = np.array(list(combinations(range(n), chosen)))
        labels = np.zeros((n, len(places)))
        labels[places.T, np.arange(len(places))] = 1
        return np.hstack([observed, labels[:, (labels != observed).any(axis=0)]])
    shuffled = np.random.default_rng(seed).permuted(np.repeat(observed, draws, axis=1), axis=0)
    return np.hstack([observed, shuffled])


def bootstrap_log_ratio(sides, sizes, draws: int, seed: int, confidence: float) -> np.ndarray:
    """Return the percentile interval (two rows) of each term's log ratio over redrawn units.

    ``sides`` are counts of target and reference, units × the same terms, ``sizes`` the tokens of their units.
    A count of zero in a sample counts as 0.5. With a handful of units any interval is too narrow.
    """
    target, reference = sides
    ends = np.full((2, target.shape[1]), np.nan)
    if target.shape[0] < 2:  # a single unit cannot show how much units vary
        return ends
    rng = np.random.default_rng(seed)
    # A reference of a single unit is drawn as it is each time.
    weights = [redraw(side.shape[0], draws, rng) for side in sides]
    totals = [np.maximum(size @ weight, 1) for size, weight in zip(sizes, weights, strict=True)]
    shift = np.log2(totals[1] / totals[0])
    tail = (1 - confidence) / 2
    for (block, ours), (_, theirs) in zip(_blocks(target, draws), _blocks(reference, draws), strict=True):
        ratio = np.log2(np.maximum(ours.T @ weights[0], 0.5)) - np.log2(np.maximum(theirs.T @ weights[1], 0.5)) + shift
        ends[:, block] = np.quantile(ratio, [tail, 1 - tail], axis=1)
    # Units without a term cannot show how much it varies: the zero rule would set the interval.
    ends[:, (target.getnnz(axis=0) == 0) | (reference.getnnz(axis=0) == 0)] = np.nan
    return ends


def redraw(units: int, draws: int, rng: np.random.Generator) -> np.ndarray:
    """Return how often each unit is drawn with replacement (units × draws)."""
    return rng.multinomial(units, np.full(units, 1 / units), size=draws).T.astype(float)


def _blocks(counts: csr_matrix, draws: int):
    """Yield slices of terms, and their columns, that give dense blocks of bounded size."""
    columns = csc_matrix(counts)
    step = max(1, BLOCK // draws)
    for start in range(0, counts.shape[1], step):
        block = slice(start, start + step)
        yield block, columns[:, block]
