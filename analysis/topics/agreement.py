"""Do models of the same units agree, with each other or with a known answer?"""

from collections.abc import Iterable
from itertools import combinations

import numpy as np
import pandas as pd
from scipy.optimize import linear_sum_assignment
from scipy.sparse import csr_matrix
from sklearn.metrics import adjusted_rand_score, normalized_mutual_info_score

from analysis._checks import check_choice, check_number, whole_numbers
from analysis.textstats.counts import check_same_index
from analysis.topics.clustering import check_k
from analysis.topics.models import fit, one_hot, one_thread
from analysis.topics.vectors import check_rows, vectorise

SEEDED = ("kmeans", "nmf", "lda")


def stacked(found: np.ndarray) -> csr_matrix:
    """Return the memberships of all partitions (one per row), one above the other."""
    fits, n = found.shape
    k = int(found.max()) + 1
    rows = np.arange(fits)[:, None] * k + found
    return csr_matrix((np.ones(rows.size), (rows.ravel(), np.tile(np.arange(n), fits))), shape=(fits * k, n))


def seed_agreement(
    tokens: pd.Series, k: int, seeds: Iterable[int], *, min_df: int = 2, method: str = "kmeans", starts: int = 10
) -> pd.DataFrame:
    """Cluster from many seeds and compare every pair of results.

    Parameters
    ----------
    tokens, k, seeds, min_df, method, starts
        As in :func:`cluster_runs`; two seeds or more.

    Returns
    -------
    DataFrame
        One row per pair of seeds ``a``, ``b``: ``ari``, the adjusted Rand index (1 for the same clusters,
        about 0 for clusters that agree as two random ones would; 6 decimals).

    Examples
    --------
    >>> tokens = pd.Series([["创新", "链"], ["创新", "链"], ["养老", "医疗"], ["养老", "医疗"]])
    >>> seed_agreement(tokens, 2, range(3)).ari.tolist()
    [1.0, 1.0, 1.0]

    Notes
    -----
    Necessary and not sufficient: a deterministic method agrees with itself whatever the data. More ``starts``
    agree better: compare methods at those they use. Source: Hubert and Arabie (1985), J. of Classification 2.
    """
    seeds = whole_numbers("seeds", seeds)
    if len(seeds) < 2:
        raise ValueError("Two seeds or more are needed to compare them.")
    found = cluster_runs(tokens, k, seeds, min_df=min_df, method=method, starts=starts)
    rows = [(a, b, adjusted_rand_score(found[a], found[b])) for a, b in combinations(seeds, 2)]
    return pd.DataFrame(rows, columns=["a", "b", "ari"]).round(6)


def cluster_runs(
    tokens: pd.Series, k: int, seeds: Iterable[int], *, min_df: int = 2, method: str = "kmeans", starts: int = 10
) -> pd.DataFrame:
    """Cluster once from every seed, with the clusters of all runs numbered alike.

    Parameters
    ----------
    tokens, k, min_df
        As in :func:`cluster`.
    seeds : iterable of int
        Each one run.
    method : {"kmeans", "nmf", "lda"}, default "kmeans"
        NMF starts at random here: its usual start has no chance in it.
    starts : int, default 10
        Of k-means in each run, of which the best counts.

    Returns
    -------
    DataFrame
        On the index of ``tokens``, a column per seed: the cluster of each unit. The first run's are numbered
        from 1 by first unit; another's so that most units keep the number they have in the first.

    Raises
    ------
    ValueError
        For a method without chance, ``starts`` below one, or a ``k`` that :func:`cluster` refuses.

    Examples
    --------
    >>> tokens = pd.Series([["创新", "链"], ["创新", "链"], ["养老", "医疗"], ["养老", "医疗"]])
    >>> cluster_runs(tokens, 2, [0, 1]).values.tolist()
    [[1, 1], [1, 1], [2, 2], [2, 2]]

    Notes
    -----
    A number in two columns names the best match (Kuhn 1955, NRLQ 2) and need not be the same cluster.
    """
    check_choice("method, which is to depend on a seed,", method, SEEDED)
    check_number("starts", starts, 1)
    seeds = whole_numbers("seeds", seeds)
    vectors = vectorise(tokens, min_df=min_df)
    check_k(k, len(tokens))
    matrix = check_rows(vectors, k, method)
    with one_thread():
        runs = {seed: fit(matrix, k, method, seed, starts=starts, random=True).found for seed in seeds}
    first = pd.factorize(next(iter(runs.values()), np.zeros(0, int)))[0]
    return pd.DataFrame({seed: renumber(found, first, k) + 1 for seed, found in runs.items()}, index=tokens.index)


def renumber(found: np.ndarray, first: np.ndarray, k: int) -> np.ndarray:
    """Return clusters (from 0) under the numbers with which most units stay as in ``first``."""
    shared = (one_hot(found, k).T @ one_hot(first, k)).toarray()
    return linear_sum_assignment(-shared)[1][found]


def recovery(found: pd.Series, known: pd.Series) -> dict[str, float]:
    """Compare clusters with known groups.

    Parameters
    ----------
    found, known : Series
        Topics of the units (``cluster(...).units.topic``) and the groups they come from, on one index.

    Returns
    -------
    dict of str to float
        ``ari`` (adjusted Rand index: 1 for the same groups, about 0 for chance) and ``nmi`` (normalised mutual
        information, 0..1; it rises with the number of clusters: compare at equal k only), 6 decimals.

    Raises
    ------
    ValueError
        If the two are not on the same index.

    Examples
    --------
    >>> recovery(pd.Series([1, 1, 2, 2]), pd.Series(["税", "税", "海关", "海关"]))
    {'ari': 1.0, 'nmi': 1.0}
    """
    check_same_index("known", known, found)
    scores = {"ari": adjusted_rand_score, "nmi": normalized_mutual_info_score}
    return {name: round(float(score(known, found)), 6) for name, score in scores.items()}
