"""One model of the themes: the units of each topic, its terms, its name."""

from numbers import Integral
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.stats import rankdata

from analysis._checks import check_choice
from analysis.textstats.keywords import class_tfidf
from analysis.topics.models import METHODS, MIXED, fit, one_hot, one_thread, term_weights
from analysis.topics.vectors import Vectors, check_rows, check_units, vectorise, weigh

MEASURES = ("weight", "ctfidf", "frex")


class Topics(NamedTuple):
    """What :func:`cluster` finds.

    ``units``, on the corpus's index: ``topic`` (1..k), ``strength`` (0..1: its part of the unit, or the cosine
    with its centre). ``terms``: ``topic``, ``rank``, ``term``, ``weight``, ``ctfidf``, ``frex``. ``labels``: topic
    to its first three terms. ``strengths``: units × topics.
    """

    units: pd.DataFrame
    terms: pd.DataFrame
    labels: pd.Series
    strengths: pd.DataFrame


def cluster(
    tokens: pd.Series | Vectors,
    k: int,
    *,
    method: str = "nmf",
    seed: int = 0,
    min_df: int = 2,
    top: int = 10,
    rank_by: str = "weight",
) -> Topics:
    """Group units by their vocabulary and label the groups.

    Parameters
    ----------
    tokens : Series of lists of str, or Vectors
        One list per unit, or what :func:`vectorise` made of it.
    k : int
        Number of topics, from 2 to the number of units less one.
    method : {"nmf", "lda", "kmeans", "agglomerative"}, default "nmf"
        Non-negative matrix factorisation (NNDSVD start), latent Dirichlet allocation on counts, k-means (best
        of ten starts), or Ward's tree. NMF and LDA give a unit to its heaviest topic.
    seed : int, default 0
        Of all that is random; Ward's tree has no chance in it.
    min_df : int, default 2
        Units that a term must stand in.
    top : int, default 10
        Terms listed per topic.
    rank_by : {"weight", "ctfidf", "frex"}, default "weight"
        The model's own weight (NMF and LDA components, mean TF-IDF of a cluster), class-based TF-IDF, or
        frequent and exclusive.

    Returns
    -------
    Topics
        Numbered by first unit, so that reruns do not renumber; a topic of NMF or LDA without a unit of its own
        comes last. Numbers have 6 decimals.

    Raises
    ------
    TypeError, ValueError
        For a ``k`` that is not one whole number or that the units cannot fill, an unknown method, fewer than
        three units, or NMF on vectors with negative numbers (LSA, embeddings).

    Examples
    --------
    >>> tokens = pd.Series([["创新", "链"], ["创新", "链"], ["养老", "医疗"], ["养老", "医疗"]])
    >>> cluster(tokens, k=2).units.topic.tolist()
    [1, 1, 2, 2]

    Notes
    -----
    Any k returns k topics, also from noise: see :func:`choose_k` and :func:`consensus_clusters` first.
    Sources: Lee and Seung (1999), Nature 401; Boutsidis and Gallopoulos (2008) for the start of NMF; Blei, Ng and
    Jordan (2003); Grootendorst (2022), arXiv 2203.05794, for c-TF-IDF; Bischof and Airoldi (2012), ICML, for FREX.
    """
    check_choice("method", method, METHODS)
    check_choice("rank_by", rank_by, MEASURES)
    units = len(tokens.index if isinstance(tokens, Vectors) else tokens)
    check_k(k, units)
    vectors = tokens if isinstance(tokens, Vectors) else vectorise(tokens, min_df=min_df)
    matrix = check_rows(vectors, k, method)
    with one_thread():
        found = fit(matrix, k, method, seed)
    order = sorted(range(k), key=lambda t: (*np.flatnonzero(found.found == t)[:1], units))
    topic = np.argsort(order)[found.found]
    strengths = found.strengths[:, order].round(6)
    members = strengths if method in MIXED else one_hot(topic, k).toarray()
    weights = term_weights(found, weigh(vectors.counts, "tfidf"), k)[order]
    terms = _describe(vectors, members, weights, top, rank_by)
    return Topics(
        pd.DataFrame({"topic": topic + 1, "strength": strengths[np.arange(units), topic]}, index=vectors.index),
        terms,
        terms[terms["rank"] <= 3].groupby("topic").term.agg("、".join).rename("label"),
        pd.DataFrame(strengths, index=vectors.index, columns=pd.RangeIndex(1, k + 1, name="topic")),
    )


def check_k(k: int, units: int) -> None:
    """Refuse a number of topics that the units cannot fill."""
    if isinstance(k, bool) or not isinstance(k, Integral):
        raise TypeError(f"k must be one whole number, such as 4, not {k!r}: resample_topics() compares several.")
    check_units(units, 3, "topics need three or more")
    if not 2 <= k < units:
        raise ValueError(f"k must lie between 2 and {units - 1} for {units} units, not {k}.")


def _describe(vectors: Vectors, members: np.ndarray, weights: np.ndarray, top: int, rank_by: str) -> pd.DataFrame:
    """Rank the terms of each topic."""
    counts = (vectors.counts.T @ members).T
    totals = counts.sum(axis=1, keepdims=True)
    shares = counts / np.where(totals > 0, totals, 1)
    tables = {"weight": weights, "ctfidf": class_tfidf(counts), "frex": _frex(shares)}
    by = {name: table.round(6) for name, table in tables.items()}
    frames = []
    for topic, score in enumerate(by[rank_by]):
        best = np.lexsort([np.arange(len(score)), -by["weight"][topic], -score])[:top]
        best = best[score[best] > 0]
        head = {"topic": topic + 1, "rank": range(1, len(best) + 1), "term": vectors.terms[best]}
        frames.append(pd.DataFrame(head | {name: values[topic, best] for name, values in by.items()}))
    return pd.concat(frames, ignore_index=True)


def _frex(shares: np.ndarray) -> np.ndarray:
    """Return the harmonic mean of two ranks (0..1): frequency in a topic, and exclusivity."""
    exclusive = shares / np.maximum(shares.sum(axis=0), 1e-12)
    often, only = (rankdata(table.round(6), method="max", axis=1) / shares.shape[1] for table in (shares, exclusive))
    return np.where(shares > 0, 2 / (1 / often + 1 / only), 0)
