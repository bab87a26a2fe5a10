"""Tokens as whole numbers: counts, and a null corpus, without a Python loop over tokens."""

from collections import defaultdict
from itertools import chain, count
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix

from analysis._checks import check_series


class Sequences(NamedTuple):
    """Units as runs of codes: ``codes`` (all tokens in order), ``lengths``, ``terms``."""

    codes: np.ndarray
    lengths: np.ndarray
    terms: np.ndarray


def encode(tokens: pd.Series) -> Sequences:
    """Number the tokens of a corpus; terms stand in order of code points.

    Raises
    ------
    TypeError
        If ``tokens`` is no Series.
    ValueError
        If there are no tokens at all, or a unit is not a list (a missing value, or a text that
        has not been segmented); the unit is named.

    Examples
    --------
    >>> found = encode(pd.Series([["链", "创新", "链"], ["创新"]]))
    >>> found.terms.tolist(), found.codes.tolist(), found.lengths.tolist()
    (['创新', '链'], [1, 0, 1, 0], [3, 1])
    """
    check_series("tokens", tokens, "a list of tokens per unit, from segment()")
    for unit, words in tokens.items():
        if not isinstance(words, (list, tuple, np.ndarray)):
            raise ValueError(
                f"Unit {unit!r} is not a list of tokens but {words!r}: segment the text, or drop the unit."
            )
    lengths = np.fromiter(map(len, tokens), np.int64, len(tokens))
    if not lengths.sum():
        raise ValueError("There are no tokens to count: every unit is empty.")
    numbers: defaultdict[str, int] = defaultdict(count().__next__)
    codes = np.fromiter(map(numbers.__getitem__, chain.from_iterable(tokens)), np.int32, lengths.sum())
    _check_words(tokens, numbers)
    terms = np.array(list(numbers), dtype=object)
    order = np.argsort(terms, kind="stable")
    places = np.empty(len(terms), np.int32)
    places[order] = np.arange(len(terms), dtype=np.int32)
    return Sequences(places[codes], lengths, terms[order])


def _check_words(tokens: pd.Series, numbers) -> None:
    wrong = [word for word in numbers if not isinstance(word, str)]
    if wrong:
        unit = next(unit for unit, words in tokens.items() if any(not isinstance(word, str) for word in words))
        raise ValueError(f"Unit {unit!r} holds {wrong[0]!r}, which is not a string.")


def count_terms(sequences: Sequences, min_df: int = 1) -> tuple[csr_matrix, np.ndarray]:
    """Count terms in units and keep those that stand in at least ``min_df`` units.

    Raises
    ------
    ValueError
        If no term reaches ``min_df``.
    """
    codes, lengths, terms = sequences
    rows = np.repeat(np.arange(len(lengths), dtype=np.int32), lengths)
    counts = csr_matrix((np.ones(len(codes), np.int32), (rows, codes)), shape=(len(lengths), len(terms)))
    if min_df > 1:
        keep = np.bincount(counts.indices, minlength=len(terms)) >= min_df
        if not keep.any():
            raise ValueError(f"No term stands in {min_df} or more of the {len(lengths)} units; lower min_df.")
        counts, terms = counts[:, np.flatnonzero(keep)], terms[keep]
    return counts, terms


def shuffled(sequences: Sequences, seed: np.random.SeedSequence | int) -> Sequences:
    """Deal all tokens anew to the units, each unit keeping its length.

    What is left in such a null corpus is what term frequencies and lengths alone produce.

    Examples
    --------
    >>> found = encode(pd.Series([["链", "创新", "链"], ["创新"]]))
    >>> null = shuffled(found, seed=1)
    >>> sorted(null.codes.tolist()), null.lengths.tolist()
    ([0, 0, 1, 1], [3, 1])
    """
    codes = np.random.default_rng(seed).permutation(sequences.codes)
    return sequences._replace(codes=codes)
