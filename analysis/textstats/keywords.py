"""The leading terms of each group of units, by four methods, and how sure their ranks are."""

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix

from analysis._checks import check_number, strings
from analysis.textstats.counts import encode, group_labels, neighbours, term_matrix
from analysis.textstats.resampling import BLOCK, redraw

METHODS = ("tfidf", "c-tfidf", "frequency", "textrank")
SPAN = 4  # tokens on either side that are linked in the graph of TextRank
DAMPING = 0.85


def keywords(
    tokens: pd.Series,
    by: pd.Series,
    *,
    method: str | Sequence[str] = "tfidf",
    top: int | None = 20,
    draws: int = 0,
    seed: int = 2026,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Rank the terms of each group by one method, or find those that several agree on.

    Parameters
    ----------
    tokens : Series of list of str
    by : Series
        Labels on the same index (``corpus.article``, or article and section joined).
    method : str or sequence of str, default "tfidf"
        One method, or two or more that vote:

        - ``"tfidf"``: share of the group's tokens times ``ln((1 + N) / (1 + df)) + 1`` (the smoothed idf of
          scikit-learn). The ``N`` documents are the units (paragraphs), not the groups: with two groups,
          every term of both would have the same idf.
        - ``"c-tfidf"``: share of the group's tokens times ``ln(1 + A / f)``, with ``A`` the mean number of
          tokens of a group and ``f`` the term's count in all groups.
        - ``"frequency"``: share of the group's tokens.
        - ``"textrank"``: PageRank (damping 0.85) of the graph that links tokens of a unit up to 4 places
          apart, links weighted by their number; one graph per group.
    top : int or None, default 20
        Terms per group, or on the list that each of several methods votes with; None for all.
    draws, seed, confidence : int, int, float, default 0, 2026, 0.95
        Samples of the units, redrawn within each group, for the interval of the rank by one method; 0: none.

    Returns
    -------
    DataFrame
        Groups in order of first appearance. With one method: ``group``, ``rank`` (from 1; ties by term),
        ``term``, ``count`` (in the group), ``df`` (units with the term in the whole corpus) and one named after
        the method (``c_tfidf``; per 1,000 tokens, or per mille of the walk; 6 decimals); with ``draws`` also
        ``rank_low``, ``rank_high``. With several, every term with a vote by votes descending, mean rank, term:
        ``group``, ``term``, ``count``, ``votes`` (methods with it on their list), ``mean_rank``, ``rank_…``.

    Raises
    ------
    TypeError, ValueError
        If ``by`` does not fit, a method is unknown or alone in a list, or a group has no tokens.

    Examples
    --------
    >>> tokens, by = pd.Series([["创新", "创新", "链"], ["协同", "链"]]), pd.Series(["a", "b"])
    >>> keywords(tokens, by, top=1)[["group", "term", "count"]].values.tolist()
    [['a', '创新', 2], ['b', '协同', 1]]

    Notes
    -----
    A weight describes and does not test: see :func:`analysis.keyness`. The interval of a rank says how far it
    hangs on single units; a term that a sample lacks comes last in it. Several methods share their counts, so
    their agreement is no independent confirmation. Sources: Spärck Jones (1972), Journal of Documentation 28;
    Grootendorst (2022), BERTopic; Mihalcea and Tarau (2004), TextRank, without its filter by part of speech.
    """
    methods = [method] if isinstance(method, str) else list(dict.fromkeys(strings("method", method)))
    if unknown := [name for name in methods if name not in METHODS]:
        raise ValueError(f"method must be one or several of {METHODS}, not {unknown[0]!r}.")
    check_number("draws", draws, 0)
    if top is not None:
        check_number("top", top, 1)
    if isinstance(method, str):
        return _ranked(tokens, by, method, top, (draws, seed, confidence))
    if len(methods) < 2 or draws:
        wanted = f"A list of methods needs two or more of {METHODS} and gives no rank intervals"
        raise ValueError(f"{wanted}, not {methods} with draws={draws}: name one method as a string.")
    return _agreed(tokens, by, methods, top)


def _ranked(tokens: pd.Series, by: pd.Series, method: str, top: int | None, sampling: tuple) -> pd.DataFrame:
    labels = group_labels(tokens, by)
    names, rows = labels.unique(), [(labels == group).to_numpy() for group in labels.unique()]
    counts, terms = term_matrix(tokens)
    links = _links(tokens) if method == "textrank" else ()
    inside = [counts[own].sum(axis=0).A1 for own in rows]
    if empty := [group for group, count in zip(names, inside, strict=True) if not count.any()]:
        raise ValueError(f"Group {empty[0]!r} has no tokens: leave it out.")
    weigh = partial(_weights, counts, rows, method, links)
    scores = weigh(np.ones((len(tokens), 1)))[:, :, 0].round(6)
    chosen = [np.argsort(-score, kind="stable")[: (score > 0).sum()][:top] for score in scores]
    df, frames = counts.getnnz(axis=0), []
    for group, count, score, order in zip(names, inside, scores, chosen, strict=True):
        columns = {"group": group, "rank": np.arange(1, len(order) + 1), "term": terms[order]}
        columns |= {"count": count[order], "df": df[order], method.replace("-", "_"): score[order]}
        frames.append(pd.DataFrame(columns))
    if sampling[0]:
        ends = _rank_intervals(weigh, rows, chosen, len(terms), *sampling)
        frames = [frame.assign(rank_low=low, rank_high=high) for frame, (low, high) in zip(frames, ends, strict=True)]
    return pd.concat(frames, ignore_index=True)


def _agreed(tokens: pd.Series, by: pd.Series, methods: list[str], top: int | None) -> pd.DataFrame:
    """Count in how many methods' lists each term stands."""
    ranks = [keywords(tokens, by, method=method, top=None).set_index(["group", "term"]) for method in methods]
    names = [f"rank_{method.replace('-', '_')}" for method in methods]
    places = pd.concat([rank["rank"] for rank in ranks], axis=1, keys=names)
    votes, mean = (places <= (top or np.inf)).sum(axis=1), places.mean(axis=1).round(6)
    table = pd.DataFrame({"count": ranks[0]["count"], "votes": votes, "mean_rank": mean}).join(places)
    table = table[table.votes > 0].reset_index()
    table = table.sort_values(["votes", "mean_rank", "term"], ascending=[False, True, True])
    return pd.concat([table[table.group == group] for group in by.unique()], ignore_index=True)


def _rank_intervals(weigh: Callable, rows, chosen: list, terms: int, draws: int, seed: int, confidence: float) -> list:
    """Return the lower and upper rank of the chosen terms of each group."""
    rng = np.random.default_rng(seed)
    drawn = np.empty((len(rows[0]), draws))
    for own in rows:
        drawn[own] = redraw(own.sum(), draws, rng)
    step = max(1, BLOCK // (terms * len(chosen)))
    ranks: list[list] = [[] for _ in chosen]
    for start in range(0, draws, step):
        for place, found in enumerate(weigh(drawn[:, start : start + step])):
            ranks[place].append(_ranks(found)[chosen[place]])
    tail = (1 - confidence) / 2
    return [np.quantile(np.hstack(rank), [tail, 1 - tail], axis=1, method="inverted_cdf").astype(int) for rank in ranks]


def _ranks(weights: np.ndarray) -> np.ndarray:
    """Rank each column from 1, ties by row; zeros share the place after all others."""
    weights = weights.round(9)
    order = np.argsort(-weights, axis=0, kind="stable")
    return np.minimum(np.argsort(order, axis=0) + 1, (weights > 0).sum(axis=0) + 1)


def _weights(counts: csr_matrix, rows: list, method: str, links: tuple, drawn: np.ndarray) -> np.ndarray:
    """Return groups × terms × draws; ``rows`` say who is in each group, ``drawn`` is units × draws."""
    inside = np.stack([counts[own].T @ drawn[own] for own in rows])
    if method == "textrank":
        return 1000 * np.stack([_walk(links, drawn, own, found > 0) for own, found in zip(rows, inside, strict=True)])
    if method == "c-tfidf":
        return 1000 * class_tfidf(inside)
    share = 1000 * inside / np.maximum(inside.sum(axis=1, keepdims=True), 1)
    if method == "frequency":
        return share
    df = (counts > 0).T @ drawn
    return share * (np.log((1 + drawn.sum(axis=0)) / (1 + df)) + 1)


def class_tfidf(counts: np.ndarray) -> np.ndarray:
    """Weigh terms (classes × terms, or × draws) by share of the class times ``ln(1 + A / f)``, ``A`` its mean size."""
    totals = counts.sum(axis=1, keepdims=True)
    frequency = counts.sum(axis=0)
    shares = counts / np.where(totals > 0, totals, 1)
    return shares * np.log1p(totals.mean(axis=0) / np.where(frequency > 0, frequency, 1))


def _walk(links: tuple, drawn: np.ndarray, rows: np.ndarray, present: np.ndarray) -> np.ndarray:
    """Return the PageRank of each term in each draw of one group's units."""
    first, second, per_unit = links
    weight = per_unit[rows].T @ drawn[rows]
    return np.column_stack([pagerank(first, second, *draw) for draw in zip(weight.T, present.T, strict=True)])


def _links(tokens: pd.Series) -> tuple[np.ndarray, np.ndarray, csr_matrix]:
    """Return both ends of every link between two terms, and its count per unit."""
    sequences = encode(tokens)
    size = len(sequences.terms)
    left, right, unit = neighbours(sequences, SPAN)
    apart = left != right
    ends = np.minimum(left, right)[apart] * size + np.maximum(left, right)[apart]
    pairs, which = np.unique(ends, return_inverse=True)
    per_unit = csr_matrix((np.ones(len(which)), (unit[apart], which)), shape=(len(tokens), len(pairs)))
    return *np.divmod(pairs, size), per_unit


def pagerank(first: np.ndarray, second: np.ndarray, weight: np.ndarray, present: np.ndarray) -> np.ndarray:
    """Return the PageRank of an undirected weighted graph, which sums to 1.

    ``first`` and ``second`` are the ends of the links, as places in ``present``, which says what is a node. A
    node without links sends its rank to all nodes.
    """
    n = len(present)
    links = csr_matrix((weight, (first, second)), shape=(n, n))
    links = links + links.T
    strength = links.sum(axis=1).A1
    share = np.divide(1, strength, out=np.zeros(n), where=strength > 0)
    even = present / max(present.sum(), 1)
    rank = even
    for _ in range(200):
        stranded = rank[strength == 0].sum()
        new = (1 - DAMPING + DAMPING * stranded) * even + DAMPING * (links @ (rank * share))
        if np.abs(new - rank).sum() < 1e-10:
            break
        rank = new
    return new
