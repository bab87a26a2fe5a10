"""How often which term stands where, and next to what."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import chain, groupby

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix, vstack

from analysis._checks import check_series, check_token_lists
from analysis.segmentation.provenance import fingerprint_of

BLOCK = 1_000_000  # tokens counted at a time


def term_matrix(tokens: pd.Series, min_df: int = 1) -> tuple[csr_matrix, np.ndarray]:
    """Count every token in every unit.

    Parameters
    ----------
    tokens : Series of lists of str.
    min_df : keep tokens that stand in at least so many units.

    Returns
    -------
    counts : sparse matrix, units × terms, int.
    terms : array of str, sorted by code point; one-character words are kept.

    Raises
    ------
    ValueError
        If the tokens are empty, or no term reaches ``min_df``.

    Examples
    --------
    >>> counts, terms = term_matrix(pd.Series([["创新", "创新", "链"], ["链"]]))
    >>> terms.tolist(), counts.toarray().tolist()
    (['创新', '链'], [[2, 1], [0, 1]])
    """
    check_tokens(tokens)
    vocabulary = _vocabulary()
    counts = vstack([_count(part, vocabulary) for part in _blocks(tokens)], format="csr")
    terms, place = _sorted(vocabulary)
    counts = csr_matrix((counts.data, place[counts.indices], counts.indptr), shape=(len(tokens), len(terms)))
    counts.sort_indices()
    enough = counts.getnnz(axis=0) >= min_df
    if not enough.any():
        raise ValueError(f"No term stands in {min_df} or more of the {len(tokens)} units; lower min_df.")
    return (counts, terms) if enough.all() else (counts[:, enough], terms[enough])


def _blocks(tokens: pd.Series) -> Iterator[pd.Series]:
    """Yield runs of units of about ``BLOCK`` tokens, so that memory does not grow with them."""
    ends = np.cumsum(np.fromiter(map(len, tokens), dtype=np.int64, count=len(tokens)))
    for _, rows in groupby(range(len(tokens)), key=lambda row: ends[row] // BLOCK):
        rows = list(rows)
        yield tokens.iloc[rows[0] : rows[-1] + 1]


def _count(tokens: pd.Series, vocabulary: dict[str, int]) -> csr_matrix:
    """Count the tokens of some units; there are more columns than terms, so as to stack them."""
    codes, units = _number(tokens, vocabulary)
    ones = np.ones(len(codes), dtype=np.int64)
    return csr_matrix((ones, (units, codes)), shape=(len(tokens), 2**31 - 1))


def _vocabulary() -> dict[str, int]:
    """Return a dictionary that numbers terms when it is asked for them."""
    vocabulary = defaultdict(int)
    vocabulary.default_factory = vocabulary.__len__
    return vocabulary


def _number(tokens: pd.Series, vocabulary: dict[str, int]) -> tuple[np.ndarray, np.ndarray]:
    """Return the number of each token in running order, and its unit as a row."""
    sizes = np.fromiter(map(len, tokens), dtype=np.int64, count=len(tokens))
    numbers = map(vocabulary.__getitem__, chain.from_iterable(tokens))
    codes = np.fromiter(numbers, dtype=np.int32, count=sizes.sum())
    return codes, np.repeat(np.arange(len(tokens), dtype=np.int32), sizes)


def _sorted(vocabulary: dict[str, int]) -> tuple[np.ndarray, np.ndarray]:
    """Return the terms sorted by code point, and the place of each number among them."""
    terms = sorted(vocabulary)
    place = np.empty(len(terms), dtype=np.int32)
    place[np.fromiter(map(vocabulary.get, terms), dtype=np.int64)] = np.arange(len(terms))
    return np.array(terms, dtype=object), place


def check_tokens(tokens: pd.Series) -> None:
    """Say which unit is no list of tokens, or that there is no token at all.

    >>> check_tokens(pd.Series([["链"], []]))
    """
    check_token_lists(tokens)
    if not any(map(len, tokens)):
        raise ValueError("There are no tokens to count: every unit is empty.")


def encode(tokens: pd.Series) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Number the tokens in running order.

    Returns
    -------
    codes : the term of each token, as its place in ``terms``.
    units : the unit of each token, as its row in ``tokens``.
    terms : array of str, sorted by code point.

    Raises
    ------
    TypeError, ValueError
        If ``tokens`` is not a Series of lists, or holds no token at all.

    Examples
    --------
    >>> codes, units, terms = encode(pd.Series([["链", "创新"], ["链"]]))
    >>> codes.tolist(), units.tolist(), terms.tolist()
    ([1, 0, 1], [0, 0, 1], ['创新', '链'])
    """
    check_tokens(tokens)
    vocabulary = _vocabulary()
    codes, units = _number(tokens, vocabulary)
    terms, place = _sorted(vocabulary)
    return place[codes].astype(np.int64), units, terms


def frequencies(tokens: pd.Series, by: pd.Series | None = None) -> pd.DataFrame:
    """Count terms per group.

    Parameters
    ----------
    tokens : Series of lists of str.
    by : labels on the same index (``corpus.article``); all units are one group without it.

    Returns
    -------
    DataFrame
        Columns ``group``, ``term``, ``count``, ``units`` (units of the group with the term)
        and ``per_1000`` (tokens of the group, 3 decimals), sorted by group in order of first
        appearance, count descending, term.

    Examples
    --------
    >>> frequencies(pd.Series([["创新", "链"], ["创新"]])).values.tolist()
    [['all', '创新', 2, 2, 666.667], ['all', '链', 1, 1, 333.333]]
    """
    counts, terms = term_matrix(tokens)
    labels = group_labels(tokens, by)
    frames = []
    for group in labels.unique():
        rows = counts[(labels == group).to_numpy()]
        count = rows.sum(axis=0).A1
        frame = pd.DataFrame({
            "group": group,
            "term": terms,
            "count": count,
            "units": (rows > 0).sum(axis=0).A1,
            "per_1000": (1000 * count / max(count.sum(), 1)).round(3),
        })
        frames.append(frame[frame["count"] > 0].sort_values(["count", "term"], ascending=[False, True]))
    return pd.concat(frames, ignore_index=True)


def filter_tokens(tokens: pd.Series, min_df: int = 1, max_df: float = 1.0) -> tuple[pd.Series, pd.DataFrame]:
    """Leave out tokens that stand in too few or too many units, and say which.

    Parameters
    ----------
    tokens : Series of lists of str, one per unit.
    min_df : keep tokens that stand in at least so many units, a whole number.
    max_df : keep tokens that stand in at most this share of the units, above 0 and up to 1.

    Returns
    -------
    tokens : Series of lists of str, on the same index; a unit may become empty.
    dropped : DataFrame with ``term``, ``units`` (that have it), ``count`` and ``reason``
        (``"rare"`` or ``"frequent"``), sorted by units descending, then term.

    Raises
    ------
    ValueError
        For limits out of range, or if no token would be left.

    Examples
    --------
    >>> tokens = pd.Series([["创新", "链"], ["创新", "港"], ["创新", "链"]])
    >>> kept, dropped = filter_tokens(tokens, min_df=2, max_df=0.9)
    >>> kept.tolist(), dropped[["term", "units", "reason"]].values.tolist()
    ([['链'], [], ['链']], [['创新', 3, 'frequent'], ['港', 1, 'rare']])

    Notes
    -----
    What stands everywhere separates nothing, but in a corpus on one theme the theme itself
    (京津冀) stands everywhere, too: read ``dropped``. Rates per 1,000 tokens change with what is
    left out, so that filtered tokens are refused beside counts that were not filtered alike.
    """
    if not (isinstance(min_df, (int, np.integer)) and min_df >= 1):
        raise ValueError(f"min_df is a whole number of units from 1, not {min_df!r}.")
    if not 0 < max_df <= 1:
        raise ValueError(f"max_df is a share of the units above 0 and up to 1, not {max_df!r}.")
    counts, terms = term_matrix(tokens)
    table = pd.DataFrame({"term": terms, "units": counts.getnnz(axis=0), "count": counts.sum(axis=0).A1})
    rare = table.units < min_df
    dropped = table[rare | (table.units > max_df * len(tokens))]
    if len(dropped) == len(table):
        raise ValueError(
            f"No token stands in {min_df} or more and in at most {max_df:.0%} of the "
            f"{len(tokens)} units: widen the limits."
        )
    dropped = dropped.assign(reason=np.where(rare[dropped.index], "rare", "frequent"))
    out = frozenset(dropped.term)
    kept = tokens.map(lambda row: [token for token in row if token not in out])
    if out and "segmentation" in tokens.attrs:
        kept.attrs["segmentation"] = {**tokens.attrs["segmentation"], "filtered": fingerprint_of(sorted(out))}
    return kept, dropped.sort_values(["units", "term"], ascending=[False, True], ignore_index=True)


def group_labels(tokens: pd.Series, by: pd.Series | None) -> pd.Series:
    """Return the label of each unit, ``all`` without any, after checking that they fit.

    >>> group_labels(pd.Series([["链"]]), None).tolist()
    ['all']
    """
    check_series("tokens", tokens, "a list of tokens per unit, from segment()")
    if by is None:
        return pd.Series("all", index=tokens.index)
    check_series("by", by, "a label per unit on the index of tokens, such as corpus.article")
    if not by.index.equals(tokens.index):
        raise ValueError("by and tokens are not on the same index: take both from one corpus.")
    if by.isna().any():
        raise ValueError(f"by has no label for unit {by.index[by.isna()][0]!r}.")
    return by


def neighbour_counts(codes: np.ndarray, units: np.ndarray, window: int | str) -> pd.DataFrame:
    """Count pairs of tokens that stand near each other in one unit.

    Parameters
    ----------
    codes, units : of :func:`encode`.
    window : ``"adjacent"``, or the largest distance in tokens.

    Returns
    -------
    DataFrame
        ``first``, ``second`` (codes), ``count``, and the margins of the table of pairs
        ``count1``, ``count2``, ``total``. Adjacent pairs are ordered and margins count first
        and second places. Pairs in a window are unordered (``first < second``; a word is not
        paired with itself) and margins count the places beside each word.

    Examples
    --------
    >>> codes, units = np.array([1, 0, 1]), np.array([0, 0, 0])
    >>> neighbour_counts(codes, units, 2).values.tolist()
    [[0, 1, 2, 2, 4, 6]]
    >>> neighbour_counts(codes, units, "adjacent").values.tolist()
    [[0, 1, 1, 1, 1, 2], [1, 0, 1, 1, 1, 2]]
    """
    left, right, _ = neighbours(codes, units, window)
    terms = int(codes.max()) + 1
    margins = [np.bincount(side, minlength=terms) for side in (left, right)]
    total = len(left)
    if window != "adjacent":
        left, right = np.minimum(left, right), np.maximum(left, right)
        left, right = left[left != right], right[left != right]
        margins, total = [margins[0] + margins[1]] * 2, 2 * total
    pairs, count = np.unique(left * terms + right, return_counts=True)
    first, second = np.divmod(pairs, terms)
    return pd.DataFrame({
        "first": first,
        "second": second,
        "count": count,
        "count1": margins[0][first],
        "count2": margins[1][second],
        "total": total,
    })


def neighbours(codes: np.ndarray, units: np.ndarray, window: int | str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return left word, right word and unit of every pair of tokens near each other.

    >>> [part.tolist() for part in neighbours(np.array([1, 0, 1]), np.array([0, 0, 1]), 2)]
    [[1], [0], [0]]
    """
    pairs = []
    for step in range(1, 2 if window == "adjacent" else window + 1):
        same = units[step:] == units[:-step]
        pairs.append((codes[:-step][same], codes[step:][same], units[step:][same]))
    return tuple(np.concatenate(parts) for parts in zip(*pairs, strict=True))
