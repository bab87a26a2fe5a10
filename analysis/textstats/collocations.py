"""Words beside each other, more often than chance would put them there."""

from collections.abc import Iterable, Iterator
from numbers import Integral

import numpy as np
import pandas as pd

from analysis._checks import check_choice, check_number
from analysis.textstats import association
from analysis.textstats.counts import Sequences, encode, neighbours, shuffled_within

MEASURES = ("g2", "pmi", "npmi", "t", "log_dice", "delta_p_2_given_1", "delta_p_1_given_2")
LEVELS = (3.84, 6.63, 10.83)  # G² at which a test of one pair would have p = .05, .01, .001


def collocations(
    tokens: pd.Series,
    *,
    window: int | str = 5,
    measure: str = "g2",
    node: str | None = None,
    min_count: int = 3,
    top: int | None = None,
    shuffles: int = 0,
    seed: int = 2026,
) -> pd.DataFrame:
    """Find words that stand near each other more often than chance would put them there.

    Parameters
    ----------
    tokens : Series of list of str
        One list per unit; no pair reaches over the end of a unit.
    window : int or "adjacent", default 5
        ``"adjacent"`` for word 2 right after word 1; or a distance of up to so many tokens, in any order.
    measure : str, default "g2"
        What to sort by: any of the measures below.
    node : str, optional
        Only pairs with this word.
    min_count : int, default 3
        Leave out rarer pairs; at least 3 for ``"pmi"`` and ``"npmi"``, which love words that occur once.
    top : int, optional
        So many pairs, or all.
    shuffles, seed : int, default 0 and 2026
        How often the tokens of each unit are put into another order, for the last three columns.

    Returns
    -------
    DataFrame
        ``word1``, ``word2`` (in a window: by code point, or the node first), ``count``, ``count1``,
        ``count2`` (margins: places beside each word, in a window; first and second places, if adjacent),
        ``expected``, and the measures ``g2`` (four-term, with a minus if the pair is rarer than expected),
        ``pmi``, ``npmi``, ``t``, ``log_dice``, ``delta_p_2_given_1``, ``delta_p_1_given_2``. Sorted by
        ``measure`` descending, then G², then the words; 6 decimals. With shuffles also ``expected_within`` (mean
        count with the tokens of each unit shuffled), ``p_within`` (share of shuffles with a count at least so
        large, the observed one among them: never below ``1 / (shuffles + 1)``) and ``p_within_bh`` (adjusted
        for the pairs that could have reached ``min_count``). ``attrs["expected_above"]`` has for G² of
        3.84, 6.63 and 10.83 how many pairs of ``min_count`` exceed it in a shuffle, on average.

    Raises
    ------
    TypeError, ValueError
        For an unknown measure or window, a node that does not occur, or no pair left.

    Examples
    --------
    >>> tokens = pd.Series([["科技", "创新", "链"], ["科技", "创新"], ["科技", "创新", "力"]])
    >>> collocations(tokens, window="adjacent")[["word1", "word2", "count", "expected"]].values.tolist()
    [['科技', '创新', 3, 1.8]]
    >>> near = collocations(tokens, window=2, shuffles=99)
    >>> near[["word1", "word2", "count", "expected_within", "p_within"]].values.tolist()
    [['创新', '科技', 3, 3.0, 1.0]]
    >>> int((near.g2 > 3.84).sum()), near.attrs["expected_above"][3.84]  # so many, of which so many are expected
    (0, 0.0)

    Notes
    -----
    G² here ranks and does not test: overlapping windows are not independent, and words of one theme meet in its
    units in any order. ``p_within`` asks what order adds to that, and says nothing of the themes. The table's pairs
    are chosen by their counts, so that more than 5 % of them are below .05 by chance: use ``p_within_bh``. With
    few shuffles and many rare pairs it cannot be small: ask for a larger ``min_count`` (10), or for one ``node``.

    Values from windows of different widths are not comparable. Two words of count ``f`` that always stand beside
    each other, once, away from the ends of units, have log Dice ``14 - log2(2w)`` in a window of ``w`` (10.678
    for 5; 14 if adjacent) and NPMI ``1 - 2 log2(2w) / log2(2wN / f)`` among ``N`` tokens (1 if adjacent). Only
    ends of units, or meeting more than once in a window, give more. Sources: Evert (2008), Corpora and
    collocations (surface co-occurrence); Heyse (2011), for adjusting p of tests that cannot all be significant.
    """
    check_choice("measure", measure, MEASURES)
    if window != "adjacent" and not (isinstance(window, Integral) and window >= 1):
        raise ValueError(f"window must be 'adjacent' or a number of tokens from 1, not {window!r}.")
    check_number(f"min_count with {measure}", min_count, 3 if measure in ("pmi", "npmi") else 1)
    if top is not None:
        check_number("top", top, 1)
    check_number("shuffles", shuffles, 0)
    sequences = encode(tokens)
    terms = sequences.terms
    found = _pairs(sequences, window, node)
    pairs = found[found["count"] >= min_count].reset_index(drop=True)
    if pairs.empty:
        raise ValueError(f"No pair has a count of {min_count} or more; lower min_count or widen the window.")
    table = pd.DataFrame({"word1": terms[pairs["first"]], "word2": terms[pairs["second"]]})
    table = table.join(_pair_measures(pairs))
    if shuffles:
        null = (_pairs(shuffled, window, node) for shuffled in _shuffles(sequences, shuffles, seed))
        table = _beside_null(table, pairs, null, min_count, len(terms))
    keys = list(dict.fromkeys([measure, "g2", "word1", "word2"]))
    ascending = [name.startswith("word") for name in keys]
    table = table.round(6).sort_values(keys, ascending=ascending, ignore_index=True)
    return table if top is None else table.head(top)


def _shuffles(sequences: Sequences, shuffles: int, seed: int) -> Iterator[Sequences]:
    rng = np.random.default_rng(seed)
    return (shuffled_within(sequences, rng) for _ in range(shuffles))


def _beside_null(
    table: pd.DataFrame, pairs: pd.DataFrame, null: Iterable[pd.DataFrame], min_count: int, terms: int
) -> pd.DataFrame:
    """Add what the pairs' counts are in shuffled units; both have their words by codes below ``terms``."""
    numbers, count = _numbers(pairs, terms), pairs["count"].to_numpy()
    sums, reached, draws = np.zeros(len(pairs)), np.ones(len(pairs)), 0
    family, above = [numbers], np.zeros(len(LEVELS))
    for shuffled in null:
        draws += 1
        place = pd.Index(_numbers(shuffled, terms)).get_indexer(numbers)
        found = np.where(place < 0, 0, shuffled["count"].to_numpy()[place])
        sums, reached = sums + found, reached + (found >= count)
        enough = shuffled[shuffled["count"] >= min_count]
        family.append(_numbers(enough, terms))
        above += (_signed_g2(_cells(enough))[:, None] > LEVELS).sum(axis=0)
    p = reached / (draws + 1)
    # The table's pairs are chosen by their counts: those that shuffles lift over min_count could have been there, too.
    _, often = np.unique(np.concatenate(family), return_counts=True)
    adjusted = _adjusted(p, often / (draws + 1))
    table = table.assign(expected_within=sums / draws, p_within=p, p_within_bh=adjusted)
    table.attrs["expected_above"] = dict(zip(LEVELS, (above / draws).round(6).tolist(), strict=True))
    return table


def _adjusted(p: np.ndarray, chances: np.ndarray) -> np.ndarray:
    """Return Benjamini and Hochberg's p where test i can come below t with ``min(t, chances[i])`` only (Heyse 2011)."""
    levels, place = np.unique(p, return_inverse=True)
    false = np.array([np.minimum(chances, level).sum() for level in levels])
    rate = np.minimum(false / np.searchsorted(np.sort(p), levels, side="right"), 1)
    return np.minimum.accumulate(rate[::-1])[::-1][place]


def _numbers(pairs: pd.DataFrame, terms: int) -> np.ndarray:
    return pairs["first"].to_numpy() * terms + pairs["second"].to_numpy()


def _pairs(sequences: Sequences, window: int | str, node: str | None) -> pd.DataFrame:
    pairs = neighbour_counts(sequences, window)
    return pairs if node is None else _with_node(pairs, sequences.terms, node, window)


def neighbour_counts(sequences: Sequences, window: int | str) -> pd.DataFrame:
    """Count pairs of tokens near each other by their codes; ``count1``, ``count2``, ``total`` are the margins.

    Adjacent pairs are ordered and margins count first and second places. Pairs in a window are unordered
    (``first < second``; a word is not paired with itself) and margins count the places beside each word.
    """
    left, right, _ = neighbours(sequences, window)
    terms = len(sequences.terms)
    margins = [np.bincount(side, minlength=terms) for side in (left, right)]
    total = len(left)
    if window != "adjacent":
        left, right = np.minimum(left, right), np.maximum(left, right)
        left, right = left[left != right], right[left != right]
        margins, total = [margins[0] + margins[1]] * 2, 2 * total
    pairs, counts = np.unique(left * terms + right, return_counts=True)
    first, second = np.divmod(pairs, terms)
    columns = {"first": first, "second": second, "count": counts}
    return pd.DataFrame(columns | {"count1": margins[0][first], "count2": margins[1][second], "total": total})


def _with_node(pairs: pd.DataFrame, terms: np.ndarray, node: str, window: int | str) -> pd.DataFrame:
    found = np.flatnonzero(terms == node)
    if not len(found):
        raise ValueError(f"The node {node!r} does not occur as a token.")
    begins, ends = pairs["first"] == found[0], pairs["second"] == found[0]
    if window == "adjacent":
        return pairs[begins | ends]
    swap = {"first": "second", "second": "first", "count1": "count2", "count2": "count1"}
    return pd.concat([pairs[begins], pairs[ends].rename(columns=swap)[pairs.columns]])


def _cells(pairs: pd.DataFrame) -> tuple[np.ndarray, ...]:
    a, first, second, total = (pairs[name].to_numpy() for name in ("count", "count1", "count2", "total"))
    return a, first - a, second - a, total - first - second + a


def _signed_g2(cells: tuple[np.ndarray, ...]) -> np.ndarray:
    return association.sign(*cells) * association.log_likelihood(*cells)


def _pair_measures(pairs: pd.DataFrame) -> pd.DataFrame:
    a, b, c, d = cells = _cells(pairs)
    return pairs[["count", "count1", "count2"]].assign(
        expected=association.expected(*cells)[0],
        g2=_signed_g2(cells),
        pmi=association.pmi(*cells),
        npmi=association.npmi(*cells),
        t=association.t_score(*cells),
        log_dice=association.log_dice(*cells),
        delta_p_2_given_1=association.delta_p(*cells),
        delta_p_1_given_2=association.delta_p(a, c, b, d),
    )
