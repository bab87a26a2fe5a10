"""How often which term stands where, and next to what."""

from collections import defaultdict
from itertools import chain, count
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix

from analysis._checks import check_number, check_series, check_token_lists
from analysis.segmentation.provenance import fingerprint_of


class Sequences(NamedTuple):
    """Units as runs of codes: ``codes`` (all tokens in order), ``lengths``, ``terms``."""

    codes: np.ndarray
    lengths: np.ndarray
    terms: np.ndarray


def encode(tokens: pd.Series) -> Sequences:
    """Number the tokens of a corpus; terms stand in order of code points."""
    check_token_lists(tokens)
    lengths = np.fromiter(map(len, tokens), np.int64, len(tokens))
    if not lengths.sum():
        raise ValueError("There are no tokens to count: every unit is empty.")
    numbers: defaultdict[str, int] = defaultdict(count().__next__)
    codes = np.fromiter(map(numbers.__getitem__, chain.from_iterable(tokens)), np.int32, lengths.sum())
    wrong = [word for word in numbers if not isinstance(word, str)]
    if wrong:
        unit = tokens.index[np.repeat(np.arange(len(tokens)), lengths)[codes == numbers[wrong[0]]][0]]
        raise ValueError(f"Unit {unit!r} holds {wrong[0]!r}, which is not a string.")
    terms = np.array(list(numbers), dtype=object)
    order = np.argsort(terms, kind="stable")
    return Sequences(np.argsort(order).astype(np.int32)[codes], lengths, terms[order])


def count_terms(sequences: Sequences, min_df: int = 1) -> tuple[csr_matrix, np.ndarray]:
    """Count terms in units and keep those that stand in at least ``min_df`` units."""
    check_number("min_df", min_df, 1)
    codes, lengths, terms = sequences
    # Tokens already stand unit by unit: rows need no coordinates, only where each begins.
    starts = np.concatenate([[0], np.cumsum(lengths)])
    shape = len(lengths), len(terms)
    counts = csr_matrix((np.ones(len(codes), np.int64), codes.copy(), starts), shape=shape)
    counts.sum_duplicates()
    enough = counts.getnnz(axis=0) >= min_df
    if not enough.any():
        raise ValueError(f"No term stands in {min_df} or more of the {len(lengths)} units; lower min_df.")
    return (counts, terms) if enough.all() else (counts[:, enough], terms[enough])


def shuffled_within(sequences: Sequences, rng: np.random.Generator) -> Sequences:
    """Put the tokens of each unit into another order: what it is about stays, what stands beside what does not."""
    units = np.repeat(np.arange(len(sequences.lengths)), sequences.lengths)
    return sequences._replace(codes=sequences.codes[np.lexsort((rng.random(len(units)), units))])


def term_matrix(tokens: pd.Series, *, min_df: int = 1) -> tuple[csr_matrix, np.ndarray]:
    """Count every token in every unit.

    Parameters
    ----------
    tokens : Series of list of str
    min_df : int, default 1
        Keep tokens that stand in at least so many units.

    Returns
    -------
    counts : csr_matrix of int
        Units × terms.
    terms : ndarray of str
        Sorted by code point; one-character words are kept.

    Raises
    ------
    TypeError, ValueError
        If a unit is no list of tokens (it is named), or no term reaches ``min_df``.

    Examples
    --------
    >>> counts, terms = term_matrix(pd.Series([["创新", "创新", "链"], ["链"]]))
    >>> terms.tolist(), counts.toarray().tolist()
    (['创新', '链'], [[2, 1], [0, 1]])
    """
    return count_terms(encode(tokens), min_df)


def frequencies(tokens: pd.Series, by: pd.Series | None = None) -> pd.DataFrame:
    """Count terms per group.

    Parameters
    ----------
    tokens : Series of list of str
    by : Series, optional
        Labels on the same index (``corpus.article``); all units are one group without it.

    Returns
    -------
    DataFrame
        Columns ``group``, ``term``, ``count``, ``units`` (units of the group with the term) and ``per_1000``
        (tokens of the group, 3 decimals), by group in order of first appearance, count descending, term.

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
        per_1000 = (1000 * count / max(count.sum(), 1)).round(3)
        columns = {"group": group, "term": terms, "count": count, "units": rows.getnnz(axis=0), "per_1000": per_1000}
        frame = pd.DataFrame(columns)[count > 0]
        frames.append(frame.sort_values(["count", "term"], ascending=[False, True]))
    return pd.concat(frames, ignore_index=True)


def filter_tokens(tokens: pd.Series, *, min_df: int = 1, max_df: float = 1.0) -> tuple[pd.Series, pd.DataFrame]:
    """Leave out tokens that stand in too few or too many units, and say which.

    Parameters
    ----------
    tokens : Series of list of str
    min_df : int, default 1
        Keep tokens that stand in at least so many units.
    max_df : float, default 1.0
        Keep tokens that stand in at most this share of the units, above 0 and up to 1.

    Returns
    -------
    tokens : Series of list of str
        On the same index; a unit may become empty.
    dropped : DataFrame
        ``term``, ``units`` (that have it), ``count`` and ``reason`` (``"rare"`` or ``"frequent"``), sorted by
        units descending, then term.

    Raises
    ------
    TypeError, ValueError
        For limits that are no numbers or out of range, or if no token would be left.

    Examples
    --------
    >>> kept, dropped = filter_tokens(pd.Series([["创新", "链"], ["创新", "港"], ["创新", "链"]]), max_df=0.9)
    >>> kept.tolist(), dropped[["term", "units", "reason"]].values.tolist()
    ([['链'], ['港'], ['链']], [['创新', 3, 'frequent']])

    Notes
    -----
    What stands everywhere separates nothing, but in a corpus on one theme the theme itself does, too: read
    ``dropped``. Rates change with what is left out: filtered tokens are refused beside counts of all.
    """
    check_number("min_df", min_df, 1)
    if not 0 < max_df <= 1:
        raise ValueError(f"max_df is a share of the units above 0 and up to 1, not {max_df!r}.")
    counts, terms = term_matrix(tokens)
    table = pd.DataFrame({"term": terms, "units": counts.getnnz(axis=0), "count": counts.sum(axis=0).A1})
    rare = table.units < min_df
    dropped = table[rare | (table.units > max_df * len(tokens))]
    if len(dropped) == len(table):
        limits = f"{min_df} or more and in at most {max_df:.0%} of the {len(tokens)} units"
        raise ValueError(f"No token stands in {limits}: widen the limits.")
    dropped = dropped.assign(reason=np.where(rare[dropped.index], "rare", "frequent"))
    out = frozenset(dropped.term)
    kept = tokens.map(lambda row: [token for token in row if token not in out])
    if out and "segmentation" in tokens.attrs:
        kept.attrs["segmentation"] = {**tokens.attrs["segmentation"], "filtered": fingerprint_of(sorted(out))}
    return kept, dropped.sort_values(["units", "term"], ascending=[False, True], ignore_index=True)


def group_labels(tokens: pd.Series, by: pd.Series | None, name: str = "by") -> pd.Series:
    """Return the label of each unit, ``all`` without any, after checking that they fit."""
    check_series("tokens", tokens, "a list of tokens per unit, from segment()")
    if by is None:
        return pd.Series("all", index=tokens.index)
    check_same_index(name, by, tokens)
    if by.isna().any():
        raise ValueError(f"{name} has no label for unit {by.index[by.isna()][0]!r}.")
    return by


def check_same_index(name: str, labels: pd.Series, units: pd.Series) -> None:
    """Refuse labels that are not those of the units, and say how to choose them."""
    check_series(name, labels, "a value per unit on the index of tokens, such as corpus.article")
    if labels.index.equals(units.index):
        return
    fits = labels.index.is_unique and units.index.isin(labels.index).all()
    remedy = f"write {name}.loc[tokens.index]" if fits else "take both from one corpus"
    raise ValueError(f"{name} has {len(labels)} values for {len(units)} units, not on the same index: {remedy}.")


def neighbours(sequences: Sequences, window: int | str) -> tuple[np.ndarray, ...]:
    """Return left word, right word and unit (as row) of every pair of tokens near each other."""
    codes = sequences.codes.astype(np.int64)  # pairs of codes are numbered by their product
    units = np.repeat(np.arange(len(sequences.lengths)), sequences.lengths)
    pairs = []
    reach = 1 if window == "adjacent" else int(window)
    for step in range(1, reach + 1):
        same = units[step:] == units[:-step]
        pairs.append((codes[:-step][same], codes[step:][same], units[step:][same]))
    return tuple(np.concatenate(parts) for parts in zip(*pairs, strict=True))
