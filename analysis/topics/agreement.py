"""Numbers for one model, or for many models of the same units: fit, agreement, reliability."""

from collections.abc import Iterable
from itertools import combinations

import numpy as np
import pandas as pd
from scipy.optimize import linear_sum_assignment
from scipy.sparse import csr_matrix, issparse
from sklearn.metrics import adjusted_rand_score, normalized_mutual_info_score

from analysis._checks import check_choice, check_number, whole_numbers
from analysis.textstats.counts import check_same_index
from analysis.topics.clustering import check_k
from analysis.topics.models import fit, one_hot, one_thread
from analysis.topics.vectors import check_rows, vectorise

SEEDED = ("kmeans", "nmf", "lda")


def silhouette(matrix, found: np.ndarray, k: int) -> float:
    """Return the mean cosine silhouette, without the table of all distances that scikit-learn needs.

    Rows have length one: the mean distance of a unit to a cluster is one less its product with the mean
    of the cluster's rows. A unit alone counts 0. Source: Rousseeuw (1987), J. Comp. Appl. Math. 20.
    """
    member = one_hot(found, k)
    total = member.T @ matrix
    product = matrix @ (total.toarray() if issparse(total) else total).T
    sizes = np.bincount(found, minlength=k)
    if (sizes > 0).sum() < 2:
        return 0.0
    rows = np.arange(len(found))
    squares = matrix.multiply(matrix).sum(axis=1).A1 if issparse(matrix) else (matrix**2).sum(1)
    own = (sizes[found] - 1) - (product[rows, found] - squares)
    own = own / np.maximum(sizes[found] - 1, 1)
    other = 1 - product / np.where(sizes > 0, sizes, np.nan)
    other[rows, found] = np.nan
    nearest = np.nanmin(other, axis=1)
    larger = np.maximum(own, nearest)
    score = np.where(larger > 0, (nearest - own) / np.where(larger > 0, larger, 1), 0)
    return float(np.where(sizes[found] > 1, score, 0).mean())


def unexplained(matrix, members: np.ndarray) -> float:
    """Return the relative squared error of the best reconstruction from memberships, 0..1."""
    basis, upper = np.linalg.qr(members)
    kept = basis[:, np.abs(np.diag(upper)) > 1e-9]
    part = matrix.T @ kept
    total = matrix.multiply(matrix).sum() if issparse(matrix) else (matrix**2).sum()
    return float(1 - (part**2).sum() / total)


def exclusivity(weights: np.ndarray, tops: list[np.ndarray]) -> float:
    """Return how much of its top terms' weight a topic has to itself, 0..1, as a mean."""
    shares = weights / np.maximum(weights.sum(axis=1, keepdims=True), 1e-12)
    own = shares / np.maximum(shares.sum(axis=0), 1e-12)
    return float(np.mean([own[t, top].mean() for t, top in enumerate(tops) if len(top)]))


def stacked(found: np.ndarray) -> csr_matrix:
    """Return the memberships of all partitions (one per row), one above the other."""
    fits, n = found.shape
    k = int(found.max()) + 1
    rows = np.arange(fits)[:, None] * k + found
    return csr_matrix((np.ones(rows.size), (rows.ravel(), np.tile(np.arange(n), fits))), shape=(fits * k, n))


def pairwise_ari(found: np.ndarray) -> np.ndarray:
    """Return the adjusted Rand index of every pair of partitions (rows), all tables from one product."""
    fits, n = found.shape
    member = stacked(found)
    table = (member @ member.T).toarray().reshape(fits, member.shape[0] // fits, fits, -1)
    both = (table * (table - 1) / 2).sum(axis=(1, 3))
    alone = np.diag(both)
    expected = np.outer(alone, alone) / (n * (n - 1) / 2)
    limit = (alone[:, None] + alone) / 2
    spread = limit - expected
    return np.where(spread > 0, (both - expected) / np.where(spread > 0, spread, 1), 1.0)


def pairwise_jaccard(tops: list[list[np.ndarray]], terms: int) -> np.ndarray:
    """Return the mean Jaccard index of the top terms of best-matched topics, per pair of fits."""
    fits, k = len(tops), len(tops[0])
    flat = [top for topics in tops for top in topics]
    rows = np.repeat(np.arange(len(flat)), [len(top) for top in flat])
    hot = csr_matrix((np.ones(len(rows)), (rows, np.concatenate(flat))), shape=(len(flat), terms))
    shared = (hot @ hot.T).toarray()
    sizes = np.diag(shared)
    index = (shared / np.maximum(sizes[:, None] + sizes - shared, 1)).reshape(fits, k, fits, k)
    found = np.eye(fits)
    for a in range(fits):
        for b in range(a):
            found[a, b] = found[b, a] = index[a, :, b][linear_sum_assignment(-index[a, :, b].round(6))].mean()
    return found


def correlations(columns: np.ndarray) -> np.ndarray:
    """Return the correlations of a stack of tables' columns; one without variance correlates with nothing."""
    centred = columns - columns.mean(axis=1, keepdims=True)
    norms = np.linalg.norm(centred, axis=1, keepdims=True)
    scaled = np.where(norms > 1e-9, centred / np.where(norms > 1e-9, norms, 1), 0)
    return scaled.transpose(0, 2, 1) @ scaled


def omega(tables: np.ndarray, rounds: int = 100) -> np.ndarray:
    """Return McDonald's omega (total, one factor) of each correlation matrix in a stack.

    The loadings minimise the squared residuals off the diagonal: each is in turn the regression of its row on
    the others, damped by half, since all are updated at once and would swing between two solutions.
    """
    off = tables * (1 - np.eye(tables.shape[-1]))
    size = max(tables.shape[-1] - 1, 1)
    loads = np.sqrt(np.maximum(off.sum(axis=-1) / size, 0))
    for _ in range(rounds):
        others = (loads**2).sum(axis=-1, keepdims=True) - loads**2
        step = (off @ loads[..., None])[..., 0] / np.where(others > 1e-12, others, 1)
        loads = np.clip((loads + np.where(others > 1e-12, step, 0)) / 2, -1, 1)
    common = loads.sum(axis=-1) ** 2
    unique = (1 - loads**2).sum(axis=-1)
    return common / (common + unique)


def reliability(strengths: list[np.ndarray], weights: list[np.ndarray], leave_out: bool = True) -> np.ndarray:
    """Match topics to the first fit's; return omega over all fits, then, if asked, without each in turn.

    Omega is a mean over topics, of units' strengths and terms' weights: Schroeder and Wood-Doughty (2025), NAACL.
    """
    rows = [w / np.maximum(np.linalg.norm(w, axis=1, keepdims=True), 1e-12) for w in weights]
    order = [linear_sum_assignment(-(rows[0] @ other.T).round(6))[1] for other in rows]
    tables = np.concatenate([
        correlations(np.stack([table.T[o] for table, o in zip(fits, order, strict=True)], axis=2))
        for fits in (strengths, [w.T for w in weights])
    ])
    found = omega(tables).mean(keepdims=True)
    if not leave_out:
        return found
    kept = [np.delete(np.arange(len(order)), i) for i in range(len(order))]
    without = omega(np.concatenate([tables[:, fits][:, :, fits] for fits in kept]))
    return np.append(found, without.reshape(len(order), -1).mean(axis=1))


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
