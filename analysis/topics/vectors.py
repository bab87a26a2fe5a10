"""Tokens as rows of numbers: term weights, reduced term weights, or a caller's embedding."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix, issparse
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfTransformer
from sklearn.preprocessing import normalize

from analysis._checks import check_choice
from analysis.textstats.counts import check_same_index, count_terms, encode

KINDS = ("tfidf", "counts", "lsa")


class Vectors(NamedTuple):
    """Rows of unit length: ``matrix`` (units × columns), and the ``counts`` of ``terms``."""

    matrix: csr_matrix | np.ndarray
    terms: np.ndarray
    index: pd.Index
    counts: csr_matrix


def vectorise(
    tokens: pd.Series,
    *,
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
    tokens : Series of lists of str
        One-character words are kept.
    min_df : int, default 2
        Terms that stand in fewer units are left out.
    kind : {"tfidf", "counts", "lsa"}, default "tfidf"
        TF-IDF has sublinear term frequencies and a smoothed idf; LSA reduces it to ``dimensions`` by a truncated
        decomposition that starts from ``seed``.
    embedder : callable, optional
        From a list of texts to an array with a row for each, in place of ``kind``; nothing is downloaded here.
        With sentence-transformers: ``embedder=SentenceTransformer(name).encode``.
    texts : Series of str, optional
        What the embedder reads, on the index of ``tokens``; without it, the tokens joined.
    dimensions : int, default 100
    seed : int, default 0

    Returns
    -------
    Vectors

    Raises
    ------
    ValueError
        If no term reaches ``min_df``, a unit is left without any or is no list (it is named), or the embedder
        gives another number of rows, or missing values.

    Examples
    --------
    >>> vectorise(pd.Series([["创新", "链"], ["创新"]]), min_df=2).terms.tolist()
    ['创新']

    Notes
    -----
    An embedder's version and weights are part of the method: name them beside the result. Source of LSA:
    Deerwester et al. (1990), JASIS 41.
    """
    check_choice("kind", kind, KINDS)
    counts, terms = count_terms(encode(tokens), min_df)
    if embedder is not None:
        return Vectors(_embed(tokens, embedder, texts), terms, tokens.index, counts)
    empty = np.flatnonzero(np.diff(counts.indptr) == 0)
    if len(empty):
        unit = tokens.index[empty[0]]
        raise ValueError(f"Unit {unit!r} has no term that stands in {min_df} or more units: lower min_df, or drop it.")
    return Vectors(weigh(counts, kind, dimensions, seed), terms, tokens.index, counts)


def weigh(counts: csr_matrix, kind: str, dimensions: int = 100, seed: int = 0) -> csr_matrix | np.ndarray:
    """Return rows of length one from counts of terms."""
    if kind == "counts":
        return normalize(counts.astype(float))
    matrix = TfidfTransformer(sublinear_tf=True).fit_transform(counts)
    dimensions = min(dimensions, min(matrix.shape) - 1)
    if kind == "tfidf" or dimensions < 1:
        return matrix
    return normalize(TruncatedSVD(dimensions, random_state=seed).fit_transform(matrix))


def _embed(tokens: pd.Series, embedder: Callable, texts: pd.Series | None) -> np.ndarray:
    rows = tokens.str.join("") if texts is None else texts
    check_same_index("texts", rows, tokens)
    matrix = np.asarray(embedder(rows.tolist()), dtype=float)
    if matrix.ndim != 2 or len(matrix) != len(tokens):
        raise ValueError(f"The embedder gave an array of shape {matrix.shape} for {len(tokens)} units.")
    if len(gaps := tokens.index[~np.isfinite(matrix).all(axis=1)]):
        raise ValueError(f"The embedder gave missing values for unit {gaps[0]!r}.")
    return normalize(matrix)


def check_units(units: int, least: int, purpose: str) -> None:
    """Refuse too few units."""
    if units < least:
        few = f"There {'is' if units == 1 else 'are'} only {units} unit{'s' * (units != 1)}, and {purpose}: "
        raise ValueError(few + "give more texts, or cut them finer, as load_corpus(level='sentence') does.")


def check_rows(vectors: Vectors, k: int, method: str) -> csr_matrix | np.ndarray:
    """Return the matrix that a method reads, or say why it cannot make ``k`` topics of it."""
    matrix = vectors.counts if method == "lda" else vectors.matrix
    if method == "nmf" and matrix.min() < 0:
        raise ValueError("NMF cannot read vectors with negative numbers: take kind='tfidf', or another method.")
    rows = matrix if isinstance(matrix, np.ndarray) or matrix.shape[0] >= 500 else matrix.toarray()
    if not issparse(rows) and (distinct := len(np.unique(rows.round(6), axis=0))) < k:
        raise ValueError(f"Only {distinct} of the {len(rows)} units differ: they cannot fill {k} topics.")
    if method == "nmf" and matrix.shape[1] < k:
        raise ValueError(f"Only {matrix.shape[1]} terms are left: they cannot make {k} topics. Lower min_df, or k.")
    return matrix
