"""The leading terms of each group of units, by four methods, and how sure their ranks are."""

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix

from analysis._checks import strings
from analysis.textstats.counts import encode, group_labels, neighbours, term_matrix
from analysis.textstats.resampling import BLOCK, redraw

METHODS = ("tfidf", "c-tfidf", "frequency", "textrank")
SPAN = 4  # tokens on either side that are linked in the graph of TextRank
DAMPING = 0.85


def keywords(
    tokens: pd.Series,
    by: pd.Series,
    method: str = "tfidf",
    top: int | None = 20,
    draws: int = 0,
    seed: int = 2026,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Rank the terms of each group.

    Parameters
    ----------
    tokens : Series of lists of str, one per unit.
    by : labels on the same index (``corpus.article``, or article and section joined).
    method :
        - ``"tfidf"``: share of the group's tokens times ``ln((1 + N) / (1 + df)) + 1`` (the
          smoothed idf of scikit-learn). The ``N`` documents are the units (paragraphs), not
          the groups: with two groups, every term of both would have the same idf.
        - ``"c-tfidf"``: share of the group's tokens times ``ln(1 + A / f)``, with ``A`` the
          mean number of tokens of a group and ``f`` the term's count in all groups.
        - ``"frequency"``: share of the group's tokens.
        - ``"textrank"``: PageRank (damping 0.85) of the graph that links tokens of a unit
          up to 4 places apart, links weighted by their number; one graph per group.
    top : so many terms per group, or all of them with ``None``.
    draws : samples of the units, drawn with replacement within each group, for the interval
        of the rank; no interval with 0.
    seed : of the samples.
    confidence : of the interval.

    Returns
    -------
    DataFrame
        Columns ``group``, ``rank`` (from 1), ``term``, ``count`` (in the group), ``df``
        (units with the term, in the whole corpus) and one named after the method (``tfidf``,
        ``c_tfidf``, ``frequency``, ``textrank``; per 1,000 tokens, or per mille of the walk;
        6 decimals); with ``draws`` also ``rank_low`` and ``rank_high``. Groups in order of
        first appearance; equal weights sorted by term.

    Raises
    ------
    TypeError
        If ``by`` is no Series (the name of a column, a list).
    ValueError
        If ``by`` is not on the index of ``tokens`` or has missing labels, the method is
        unknown, or a group has no tokens.

    Examples
    --------
    >>> tokens = pd.Series([["创新", "创新", "链"], ["协同", "链"]])
    >>> keywords(tokens, pd.Series(["a", "b"]), top=1)[["group", "term", "count"]].values.tolist()
    [['a', '创新', 2], ['b', '协同', 1]]

    Notes
    -----
    A weight describes and does not test: see :func:`analysis.keyness` for a comparison. The
    interval of a rank says how far the rank hangs on single units; a term that a sample lacks
    comes after all others in it. Weights of different methods, and of corpora cut with
    different lexicons, are not comparable. Sources: Spärck Jones (1972), Journal of
    Documentation 28; Grootendorst (2022), BERTopic (c-tf-idf); Mihalcea and Tarau (2004),
    TextRank, without its filter by part of speech.
    """
    if method not in METHODS:
        raise ValueError(f"method must be one of {METHODS}, not {method!r}.")
    labels = group_labels(tokens, by)
    counts, terms = term_matrix(tokens)
    _check_groups(counts, labels)
    once = np.ones((len(tokens), 1))
    df = counts.getnnz(axis=0)
    frames = []
    for group, weights in _weights(tokens, counts, labels, method, once):
        score = weights[:, 0].round(6)
        order = np.lexsort((np.arange(len(terms)), -score))[: (score > 0).sum()][:top]
        frames.append(
            pd.DataFrame({
                "group": group,
                "rank": np.arange(1, len(order) + 1),
                "term": terms[order],
                "count": counts[(labels == group).to_numpy()].sum(axis=0).A1[order],
                "df": df[order],
                method.replace("-", "_"): score[order],
            })
        )
    if draws:
        chosen = [np.searchsorted(terms, frame.term.to_numpy(dtype=object)) for frame in frames]
        ends = _rank_intervals(tokens, counts, labels, method, chosen, draws, seed, confidence)
        frames = [frame.assign(rank_low=low, rank_high=high) for frame, (low, high) in zip(frames, ends, strict=True)]
    return pd.concat(frames, ignore_index=True)


def consensus(tokens: pd.Series, by: pd.Series, methods: Sequence[str] = METHODS, top: int = 20) -> pd.DataFrame:
    """Find the terms that several methods agree on.

    Parameters
    ----------
    tokens, by : as for :func:`keywords`.
    methods : two or more of those of :func:`keywords`.
    top : length of the list that each method votes with.

    Returns
    -------
    DataFrame
        Columns ``group``, ``term``, ``count``, ``votes`` (methods with the term among their
        ``top``), ``mean_rank`` (over the methods, 6 decimals) and ``rank_…`` for each method;
        every term with a vote, sorted by group, votes descending, mean rank, term.

    Raises
    ------
    ValueError
        As :func:`keywords`, and for fewer than two different methods.

    Examples
    --------
    >>> tokens = pd.Series([["创新", "创新", "链"], ["协同", "链"]])
    >>> table = consensus(tokens, pd.Series(["a", "b"]), ["tfidf", "frequency"], top=1)
    >>> table[["group", "term", "votes"]].values.tolist()
    [['a', '创新', 2], ['b', '协同', 2]]

    Notes
    -----
    The methods share the counts that they start from, so that their agreement is no
    independent confirmation: it shows what does not hang on the choice of a method.
    """
    methods = list(dict.fromkeys(strings("methods", methods)))
    if len(methods) < 2:
        raise ValueError(f"A consensus needs two methods or more of {METHODS}, not {methods}.")
    ranks = [keywords(tokens, by, method, top=None).set_index(["group", "term"]) for method in methods]
    table = pd.DataFrame({
        f"rank_{method.replace('-', '_')}": rank["rank"] for method, rank in zip(methods, ranks, strict=True)
    })
    table.insert(0, "count", ranks[0]["count"])
    places = table.drop(columns="count")
    table.insert(1, "votes", (places <= top).sum(axis=1))
    table.insert(2, "mean_rank", places.mean(axis=1).round(6))
    order = {group: place for place, group in enumerate(by.unique())}
    table = table[table.votes > 0].reset_index()
    table["place"] = table.group.map(order)
    return table.sort_values(
        ["place", "votes", "mean_rank", "term"], ignore_index=True, ascending=[True, False, True, True]
    ).drop(columns="place")


def _check_groups(counts: csr_matrix, labels: pd.Series) -> None:
    sizes = pd.Series(counts.sum(axis=1).A1, index=labels.index).groupby(labels).sum()
    if (sizes == 0).any():
        raise ValueError(f"Group {sizes.index[sizes == 0][0]!r} has no tokens: leave it out.")


def _rank_intervals(
    tokens: pd.Series,
    counts: csr_matrix,
    labels: pd.Series,
    method: str,
    chosen: list[np.ndarray],
    draws: int,
    seed: int,
    confidence: float,
) -> list[np.ndarray]:
    """Return the lower and upper rank of the chosen terms of each group."""
    rng = np.random.default_rng(seed)
    drawn = np.empty((len(labels), draws))
    for group in labels.unique():
        rows = (labels == group).to_numpy()
        drawn[rows] = redraw(rows.sum(), draws, rng)
    step = max(1, BLOCK // counts.shape[1])
    ranks = [[] for _ in chosen]
    for start in range(0, draws, step):
        part = _weights(tokens, counts, labels, method, drawn[:, start : start + step])
        for place, (_, weights) in enumerate(part):
            ranks[place].append(_ranks(weights)[chosen[place]])
    tail = (1 - confidence) / 2
    return [np.quantile(np.hstack(rank), [tail, 1 - tail], axis=1, method="inverted_cdf").astype(int) for rank in ranks]


def _ranks(weights: np.ndarray) -> np.ndarray:
    """Rank each column from 1, ties by row; zeros share the place after all others."""
    weights = weights.round(9)
    order = np.argsort(-weights, axis=0, kind="stable")
    ranks = np.empty_like(order)
    np.put_along_axis(ranks, order, np.arange(1, len(weights) + 1)[:, None], axis=0)
    return np.minimum(ranks, (weights > 0).sum(axis=0) + 1)


def _weights(
    tokens: pd.Series, counts: csr_matrix, labels: pd.Series, method: str, drawn: np.ndarray
) -> Iterator[tuple[str, np.ndarray]]:
    """Yield each group with its weights (terms × draws); ``drawn`` is units × draws."""
    links = _links(tokens) if method == "textrank" else None
    for group in labels.unique():
        rows = (labels == group).to_numpy()
        inside = counts[rows].T @ drawn[rows]
        share = 1000 * inside / np.maximum(inside.sum(axis=0), 1)
        if method == "frequency":
            yield group, share
        elif method == "tfidf":
            df = (counts > 0).T @ drawn
            yield group, share * (np.log((1 + drawn.sum(axis=0)) / (1 + df)) + 1)
        elif method == "c-tfidf":
            everywhere = counts.T @ drawn
            mean = everywhere.sum(axis=0) / labels.nunique()
            yield group, class_tfidf(share, everywhere, mean)
        else:
            first, second, per_unit = links
            weight = per_unit[rows].T @ drawn[rows]
            yield (
                group,
                1000
                * np.column_stack([
                    pagerank(first, second, weight[:, draw], inside[:, draw] > 0) for draw in range(drawn.shape[1])
                ]),
            )


def class_tfidf(shares: np.ndarray, frequency: np.ndarray, mean: np.ndarray | float) -> np.ndarray:
    """Weigh terms by their share of a class's tokens times ln(1 + A / frequency).

    ``frequency`` is that of each term in all classes, A the ``mean`` number of tokens of a class.
    """
    return shares * np.log1p(mean / np.where(frequency > 0, frequency, 1))


def _links(tokens: pd.Series) -> tuple[np.ndarray, np.ndarray, csr_matrix]:
    """Return both ends of every link between two terms, and its count per unit."""
    codes, units, terms = encode(tokens)
    left, right, unit = neighbours(codes, units, SPAN)
    apart = left != right
    ends = np.minimum(left, right)[apart] * len(terms) + np.maximum(left, right)[apart]
    pairs, which = np.unique(ends, return_inverse=True)
    shape = len(tokens), len(pairs)
    per_unit = csr_matrix((np.ones(len(which)), (unit[apart], which)), shape=shape)
    return *np.divmod(pairs, len(terms)), per_unit


def pagerank(first: np.ndarray, second: np.ndarray, weight: np.ndarray, present: np.ndarray) -> np.ndarray:
    """Return the PageRank of an undirected weighted graph, which sums to 1.

    Parameters
    ----------
    first, second : ends of the links, as places in ``present``.
    weight : of the links, 0 or more.
    present : which places are nodes. A node without links sends its rank to all nodes.

    Examples
    --------
    >>> ends = np.array([0, 0]), np.array([1, 2])
    >>> pagerank(*ends, np.array([1, 1]), np.array([True, True, True])).round(3).tolist()
    [0.486, 0.257, 0.257]
    """
    n = len(present)
    links = csr_matrix(
        (np.tile(weight, 2), (np.concatenate([first, second]), np.concatenate([second, first]))), shape=(n, n)
    )
    strength = links.sum(axis=1).A1
    share = np.divide(1, strength, out=np.zeros(n), where=strength > 0)
    even = present / present.sum()
    rank = even
    for _ in range(200):
        stranded = rank[strength == 0].sum()
        new = (1 - DAMPING + DAMPING * stranded) * even + DAMPING * (links @ (rank * share))
        if np.abs(new - rank).sum() < 1e-10:
            break
        rank = new
    return new
