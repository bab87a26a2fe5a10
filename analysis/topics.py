"""Themes: vectors, clusters with labels, their shares, and whether another seed agrees."""

from itertools import combinations
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix
from sklearn.cluster import AgglomerativeClustering, KMeans
from sklearn.decomposition import NMF
from sklearn.feature_extraction.text import TfidfTransformer
from sklearn.metrics import adjusted_rand_score

from analysis.terms import term_matrix

METHODS = ("nmf", "kmeans", "agglomerative")


class Vectors(NamedTuple):
    """TF-IDF rows of unit length: ``matrix`` (units × terms), ``terms`` and the ``index``."""

    matrix: csr_matrix
    terms: np.ndarray
    index: pd.Index


class Topics(NamedTuple):
    """What :func:`cluster` finds.

    ``units``: on the corpus's index, ``topic`` (1..k) and ``strength`` (0..1: the topic's
    part of the unit's NMF weights, or the cosine with the cluster's centre).
    ``terms``: tidy, ``topic``, ``rank``, ``term``, ``weight``.
    ``labels``: Series, topic to its first three terms.
    """

    units: pd.DataFrame
    terms: pd.DataFrame
    labels: pd.Series


def vectorise(tokens: pd.Series, min_df: int = 2) -> Vectors:
    """Turn tokens into TF-IDF rows of length one.

    Parameters
    ----------
    tokens : Series of lists of str; one-character words are kept.
    min_df : leave out terms that stand in fewer units.

    Returns
    -------
    Vectors

    Raises
    ------
    ValueError
        If no term reaches ``min_df``, or a unit is left without any term (it is named).

    Examples
    --------
    >>> vectorise(pd.Series([["创新", "链"], ["创新"]]), min_df=2).terms.tolist()
    ['创新']
    """
    counts, terms = term_matrix(tokens, min_df)
    empty = np.flatnonzero(counts.sum(axis=1).A1 == 0)
    if len(empty):
        raise ValueError(f"Unit {tokens.index[empty[0]]!r} has no term that stands in {min_df} or "
                         "more units: lower min_df, or leave the unit out.")
    matrix = TfidfTransformer(sublinear_tf=True).fit_transform(counts)
    return Vectors(matrix, terms, tokens.index)


def cluster(tokens: pd.Series, k: int, method: str = "nmf", seed: int = 0, min_df: int = 2,
            top: int = 10) -> Topics:
    """Group units by their vocabulary and label the groups.

    Parameters
    ----------
    tokens : Series of lists of str, one per unit.
    k : number of topics, from 2 to the number of units less one.
    method : ``"nmf"`` (non-negative matrix factorisation, NNDSVD start; a unit belongs to its
        heaviest topic), ``"kmeans"`` or ``"agglomerative"`` (cosine, average linkage).
    seed : of the centres of k-means, and of the randomised decomposition that NMF starts from;
        agglomerative clustering has no chance in it.
    min_df, top : terms in at least ``min_df`` units; ``top`` terms listed per topic.

    Returns
    -------
    Topics
        Numbered by the first unit that belongs to them, so that reruns do not renumber.
        NMF may leave a topic without a unit of its own: it then comes last. Weights of terms
        are rounded to 6 decimals.

    Raises
    ------
    ValueError
        For an unknown method, or a ``k`` that the units cannot fill.

    Examples
    --------
    >>> tokens = pd.Series([["创新", "链"], ["创新", "链"], ["养老", "医疗"], ["养老", "医疗"]])
    >>> cluster(tokens, k=2).units.topic.tolist()
    [1, 1, 2, 2]

    Notes
    -----
    Any k returns k topics, also from noise. See :func:`seed_agreement` before interpreting
    one. Sources: Lee and Seung (1999), Nature 401; Boutsidis and Gallopoulos (2008) for the
    start of NMF.
    """
    if method not in METHODS:
        raise ValueError(f"method must be one of {METHODS}, not {method!r}.")
    if not 2 <= k < len(tokens):
        raise ValueError(f"k must lie between 2 and {len(tokens) - 1} for {len(tokens)} units, "
                         f"not {k}.")
    vectors = vectorise(tokens, min_df)
    membership, weights = _fit(vectors.matrix, k, method, seed)
    assigned = membership.argmax(axis=1)
    order = sorted(range(k), key=lambda t: (*np.flatnonzero(assigned == t)[:1], len(tokens)))
    number = {topic: place for place, topic in enumerate(order, start=1)}
    units = pd.DataFrame({"topic": [number[t] for t in assigned],
                          "strength": membership.max(axis=1).round(6)}, index=vectors.index)
    terms = pd.concat([_top_terms(number[t], weights[t], vectors.terms, top) for t in order],
                      ignore_index=True)
    labels = terms[terms["rank"] <= 3].groupby("topic").term.agg("、".join).rename("label")
    return Topics(units, terms, labels)


def shares(topics: Topics, by: pd.Series, weights: pd.Series | None = None) -> pd.DataFrame:
    """Give each topic's share of each group.

    Parameters
    ----------
    topics : result of :func:`cluster`.
    by : labels of the units (``corpus.article``), on the corpus's index.
    weights : size of each unit (``tokens.str.len()``); units count alike without it.

    Returns
    -------
    DataFrame
        Columns ``group``, ``topic``, ``label``, ``units`` and ``share`` (0..1, 6 decimals,
        sums to 1 over a group), every topic in every group.

    Examples
    --------
    >>> tokens = pd.Series([["创新", "链"], ["创新", "链"], ["养老", "医疗"], ["养老", "医疗"]])
    >>> table = shares(cluster(tokens, k=2), pd.Series(["a", "a", "a", "b"]))
    >>> table.share.tolist()
    [0.666667, 0.333333, 0.0, 1.0]
    """
    if not by.index.equals(topics.units.index):
        raise ValueError("by and topics are not on the same index: take both from one corpus.")
    size = pd.Series(1, index=by.index) if weights is None else weights
    frame = pd.DataFrame({"group": by, "topic": topics.units.topic, "size": size})
    grid = pd.MultiIndex.from_product([by.unique(), topics.labels.index],
                                      names=["group", "topic"])
    table = frame.groupby(["group", "topic"])["size"].agg(units="size", size="sum")
    table = table.reindex(grid, fill_value=0).reset_index()
    total = table.groupby("group")["size"].transform("sum")
    table["share"] = (table["size"] / total).round(6)
    table["label"] = table.topic.map(topics.labels)
    return table[["group", "topic", "label", "units", "share"]]


def seed_agreement(tokens: pd.Series, k: int, seeds: range, min_df: int = 2) -> pd.DataFrame:
    """Cluster with k-means from many seeds and compare every pair of results.

    Parameters
    ----------
    tokens : Series of lists of str.
    k, min_df : as in :func:`cluster`.
    seeds : at least two seeds, each one start of k-means.

    Returns
    -------
    DataFrame
        One row per pair: ``a``, ``b`` (seeds), ``ari`` (adjusted Rand index, 6 decimals): 1 for
        the same clusters, about 0 for clusters that agree as two random ones would.

    Examples
    --------
    >>> tokens = pd.Series([["创新", "链"], ["创新", "链"], ["养老", "医疗"], ["养老", "医疗"]])
    >>> seed_agreement(tokens, 2, range(3)).ari.tolist()
    [1.0, 1.0, 1.0]

    Notes
    -----
    Agreement over seeds is necessary and not sufficient: a deterministic method agrees with
    itself whatever the data. Source: Hubert and Arabie (1985), Journal of Classification 2.
    """
    seeds = list(seeds)
    if len(seeds) < 2:
        raise ValueError("Two seeds or more are needed to compare them.")
    found = {s: cluster(tokens, k, "kmeans", s, min_df).units.topic for s in seeds}
    rows = [(a, b, round(adjusted_rand_score(found[a], found[b]), 6))
            for a, b in combinations(seeds, 2)]
    return pd.DataFrame(rows, columns=["a", "b", "ari"])


def _fit(matrix: csr_matrix, k: int, method: str, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Return strengths (units × k) and term weights (k × terms)."""
    if method == "nmf":
        model = NMF(k, init="nndsvd", tol=1e-5, max_iter=5000, random_state=seed)
        part = model.fit_transform(matrix)
        total = part.sum(axis=1, keepdims=True)
        return part / np.where(total > 0, total, 1), model.components_
    if method == "kmeans":
        found = KMeans(k, n_init=1, random_state=seed).fit_predict(matrix)
    else:
        found = AgglomerativeClustering(k, metric="cosine", linkage="average").fit_predict(
            matrix.toarray())
    centres = np.vstack([matrix[found == t].mean(axis=0).A1 for t in range(k)])
    norms = np.linalg.norm(centres, axis=1, keepdims=True)
    cosine = matrix @ (centres / norms).T
    belongs = found[:, None] == np.arange(k)
    return np.where(belongs, cosine, 0.0), centres


def _top_terms(topic: int, weights: np.ndarray, terms: np.ndarray, top: int) -> pd.DataFrame:
    weights = weights.round(6)
    best = sorted(np.flatnonzero(weights > 0), key=lambda i: (-weights[i], terms[i]))[:top]
    return pd.DataFrame({"topic": topic, "rank": range(1, len(best) + 1), "term": terms[best],
                         "weight": weights[best]})
