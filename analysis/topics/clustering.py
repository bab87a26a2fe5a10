"""Themes: vectors, clusters with their terms and typical sentences, shares with intervals."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix, issparse
from scipy.stats import rankdata
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfTransformer
from sklearn.preprocessing import normalize

from analysis.textstats.counts import count_terms, encode
from analysis.topics.models import METHODS, Fit, centres, fit, one_thread

KINDS = ("tfidf", "counts", "lsa")
MEASURES = ("weight", "ctfidf", "frex")


class Vectors(NamedTuple):
    """Rows of unit length: ``matrix`` (units × columns), and the ``counts`` of ``terms``."""

    matrix: csr_matrix | np.ndarray
    terms: np.ndarray
    index: pd.Index
    counts: csr_matrix


class Topics(NamedTuple):
    """What :func:`cluster` finds.

    ``units``: on the corpus's index, ``topic`` (1..k) and ``strength`` (0..1: the topic's
    part of the unit, or the cosine with the cluster's centre).
    ``terms``: tidy, ``topic``, ``rank``, ``term``, ``weight``, ``ctfidf``, ``frex``.
    ``labels``: Series, topic to its first three terms.
    ``strengths``: units × topics, the strength of every topic in every unit.
    """

    units: pd.DataFrame
    terms: pd.DataFrame
    labels: pd.Series
    strengths: pd.DataFrame


def vectorise(
    tokens: pd.Series,
    min_df: int = 2,
    kind: str = "tfidf",
    embedder: Callable | None = None,
    texts: pd.Series | None = None,
    dimensions: int = 100,
    seed: int = 0,
) -> Vectors:
    """Turn tokens into rows of length one.

    Parameters
    ----------
    tokens : Series of lists of str; one-character words are kept.
    min_df : leave out terms that stand in fewer units.
    kind : ``"tfidf"`` (sublinear term frequency, smoothed idf), ``"counts"``, or ``"lsa"``
        (TF-IDF reduced to ``dimensions`` by a truncated decomposition that starts from ``seed``).
    embedder : any callable from a list of texts to an array with a row for each, used in place
        of ``kind``; nothing is downloaded here. With sentence-transformers:
        ``embedder=SentenceTransformer("BAAI/bge-small-zh-v1.5").encode``.
    texts : what the embedder reads, on the index of ``tokens``; without it, the tokens joined.

    Returns
    -------
    Vectors

    Raises
    ------
    ValueError
        If no term reaches ``min_df``; if a unit is left without any term, is missing, or is not
        a list (it is named); if the embedder gives another number of rows, or missing values.

    Examples
    --------
    >>> vectorise(pd.Series([["创新", "链"], ["创新"]]), min_df=2).terms.tolist()
    ['创新']
    >>> lengths = lambda texts: [[len(text), 1] for text in texts]
    >>> vectorise(pd.Series([["创新", "链"], ["创新"]]), embedder=lengths).matrix.round(2).tolist()
    [[0.95, 0.32], [0.89, 0.45]]

    Notes
    -----
    An embedder's version and weights are part of the method: name them beside the result.
    Source of LSA: Deerwester et al. (1990), JASIS 41.
    """
    if kind not in KINDS:
        raise ValueError(f"kind must be one of {KINDS}, not {kind!r}.")
    counts, terms = count_terms(encode(tokens), min_df)
    if embedder is not None:
        return Vectors(_embed(tokens, embedder, texts), terms, tokens.index, counts)
    empty = np.flatnonzero(np.diff(counts.indptr) == 0)
    if len(empty):
        raise ValueError(
            f"Unit {tokens.index[empty[0]]!r} has no term that stands in {min_df} or "
            "more units: lower min_df, or leave the unit out."
        )
    return Vectors(weigh(counts, kind, dimensions, seed), terms, tokens.index, counts)


def weigh(counts: csr_matrix, kind: str, dimensions: int = 100, seed: int = 0):
    """Return rows of length one from counts of terms."""
    if kind == "counts":
        return normalize(counts.astype(float))
    matrix = TfidfTransformer(sublinear_tf=True).fit_transform(counts)
    dimensions = min(dimensions, min(matrix.shape) - 1)
    if kind == "tfidf" or dimensions < 1:
        return matrix
    return normalize(TruncatedSVD(dimensions, random_state=seed).fit_transform(matrix))


def _embed(tokens: pd.Series, embedder: Callable, texts: pd.Series | None) -> np.ndarray:
    if texts is not None and not texts.index.equals(tokens.index):
        raise ValueError("texts and tokens are not on the same index: take both from one corpus.")
    rows = tokens.str.join("") if texts is None else texts
    matrix = np.asarray(embedder(rows.tolist()), dtype=float)
    if matrix.ndim != 2 or len(matrix) != len(tokens):
        raise ValueError(
            f"The embedder gave an array of shape {matrix.shape} for {len(tokens)} units; one row each is needed."
        )
    if not np.isfinite(matrix).all():
        unit = tokens.index[~np.isfinite(matrix).all(axis=1)][0]
        raise ValueError(f"The embedder gave missing values for unit {unit!r}.")
    return normalize(matrix)


def cluster(
    tokens: pd.Series | Vectors,
    k: int,
    method: str = "nmf",
    seed: int = 0,
    min_df: int = 2,
    top: int = 10,
    rank_by: str = "weight",
) -> Topics:
    """Group units by their vocabulary and label the groups.

    Parameters
    ----------
    tokens : Series of lists of str, one per unit, or what :func:`vectorise` made of it.
    k : number of topics, from 2 to the number of units less one.
    method : ``"nmf"`` (non-negative matrix factorisation, NNDSVD start), ``"lda"`` (latent
        Dirichlet allocation on counts), ``"kmeans"`` (best of ten starts) or
        ``"agglomerative"`` (Ward's tree). NMF and LDA give a unit to its heaviest topic.
    seed : of all that is random; Ward's tree has no chance in it.
    min_df, top : terms in at least ``min_df`` units; ``top`` terms listed per topic.
    rank_by : ``"weight"`` (the model's own: NMF and LDA components, mean TF-IDF of a cluster),
        ``"ctfidf"`` (class-based TF-IDF) or ``"frex"`` (frequent and exclusive).

    Returns
    -------
    Topics
        Numbered by the first unit that belongs to them, so that reruns do not renumber.
        NMF and LDA may leave a topic without a unit of its own: it then comes last. Numbers
        are rounded to 6 decimals.

    Raises
    ------
    ValueError
        For an unknown method, fewer than three units, a ``k`` that the units cannot fill, units that are all alike, or
        NMF on vectors with negative numbers (LSA, embeddings).

    Examples
    --------
    >>> tokens = pd.Series([["创新", "链"], ["创新", "链"], ["养老", "医疗"], ["养老", "医疗"]])
    >>> cluster(tokens, k=2).units.topic.tolist()
    [1, 1, 2, 2]

    Notes
    -----
    Any k returns k topics, also from noise. See :func:`choose_k` and :func:`consensus_clusters`
    before interpreting one. Sources: Lee and Seung (1999), Nature 401; Boutsidis and
    Gallopoulos (2008) for the start of NMF; Blei, Ng and Jordan (2003); Grootendorst (2022),
    arXiv 2203.05794, for c-TF-IDF; Bischof and Airoldi (2012), ICML, for FREX, here with equal
    weight for both halves.
    """
    for name, value, known in (("method", method, METHODS), ("rank_by", rank_by, MEASURES)):
        if value not in known:
            raise ValueError(f"{name} must be one of {known}, not {value!r}.")
    vectors = tokens if isinstance(tokens, Vectors) else None
    units = len(vectors.index if vectors else tokens)
    if units < 3:
        raise ValueError(
            f"There {'is' if units == 1 else 'are'} only {units} unit"
            f"{'s' * (units != 1)}, and topics need three or more: give more texts, "
            "or cut them finer, as load_corpus(level='sentence') does."
        )
    if not 2 <= k < units:
        raise ValueError(f"k must lie between 2 and {units - 1} for {units} units, not {k}.")
    vectors = vectors or vectorise(tokens, min_df)
    matrix = check_rows(vectors, k, method)
    with one_thread():
        found = fit(matrix, k, method, seed)
    order = sorted(range(k), key=lambda t: (*np.flatnonzero(found.found == t)[:1], units))
    number = np.argsort(order) + 1
    strengths = pd.DataFrame(
        found.strengths[:, order].round(6), index=vectors.index, columns=pd.RangeIndex(1, k + 1, name="topic")
    )
    assigned = number[found.found]
    table = pd.DataFrame(
        {"topic": assigned, "strength": strengths.to_numpy()[np.arange(units), assigned - 1]}, index=vectors.index
    )
    members = _memberships(strengths, assigned, method)
    weights = term_weights(found, weigh(vectors.counts, "tfidf"), k)[order]
    terms = _describe(vectors, members, weights, top, rank_by)
    labels = terms[terms["rank"] <= 3].groupby("topic").term.agg("、".join).rename("label")
    return Topics(table, terms, labels, strengths)


def check_rows(vectors: Vectors, k: int, method: str):
    """Return the matrix that a method reads, or say why it cannot."""
    matrix = vectors.counts if method == "lda" else vectors.matrix
    if method == "nmf" and matrix.min() < 0:
        raise ValueError(
            "NMF needs weights of terms and these vectors have negative numbers: "
            "vectorise with kind='tfidf', or take another method."
        )
    rows = matrix.toarray() if issparse(matrix) and matrix.shape[0] < 500 else matrix
    if not issparse(rows):
        distinct = len(np.unique(rows.round(6), axis=0))
        if distinct < k:
            raise ValueError(
                f"Only {distinct} of the {len(rows)} units differ from each other: they cannot fill {k} topics."
            )
    if method == "nmf" and matrix.shape[1] < k:
        raise ValueError(f"Only {matrix.shape[1]} terms are left: they cannot make {k} topics. Lower min_df, or k.")
    return matrix


def _memberships(strengths: pd.DataFrame, assigned: np.ndarray, method: str) -> np.ndarray:
    if method in ("nmf", "lda"):
        return strengths.to_numpy()
    return (assigned[:, None] == strengths.columns.to_numpy()).astype(float)


def term_weights(model: Fit, tfidf, k: int) -> np.ndarray:
    """Return what topics are made of: components, or the mean TF-IDF of a cluster's units."""
    if model.method in ("nmf", "lda"):
        return model.weights
    return centres(tfidf, model.found, k)


def _describe(vectors: Vectors, members: np.ndarray, weights: np.ndarray, top: int, rank_by: str) -> pd.DataFrame:
    """Rank the terms of each topic."""
    counts = (vectors.counts.T @ members).T
    by = {"weight": weights, "ctfidf": class_tfidf(counts), "frex": _frex(counts)}
    by = {name: table.round(6) for name, table in by.items()}
    frames = []
    for topic, score in enumerate(by[rank_by]):
        best = np.lexsort([np.arange(len(score)), -by["weight"][topic], -score])[:top]
        best = best[score[best] > 0]
        frames.append(
            pd.DataFrame({
                "topic": topic + 1,
                "rank": range(1, len(best) + 1),
                "term": vectors.terms[best],
                **{name: table[topic, best] for name, table in by.items()},
            })
        )
    return pd.concat(frames, ignore_index=True)


def class_tfidf(counts: np.ndarray) -> np.ndarray:
    """Weigh terms by their share of a topic's tokens times ln(1 + A / frequency).

    ``counts`` are topics × terms; A is the mean number of tokens of a topic.
    """
    totals = counts.sum(axis=1, keepdims=True)
    shares = counts / np.where(totals > 0, totals, 1)
    frequency = counts.sum(axis=0)
    return shares * np.log1p(totals.mean() / np.where(frequency > 0, frequency, 1))


def _frex(counts: np.ndarray) -> np.ndarray:
    """Return the harmonic mean of two ranks (0..1): frequency in a topic, and exclusivity."""
    totals = counts.sum(axis=1, keepdims=True)
    shares = counts / np.where(totals > 0, totals, 1)
    exclusive = shares / np.maximum(shares.sum(axis=0), 1e-12)
    often, only = (rankdata(table.round(6), method="max", axis=1) / counts.shape[1] for table in (shares, exclusive))
    return np.where(counts > 0, 2 / (1 / often + 1 / only), 0)
