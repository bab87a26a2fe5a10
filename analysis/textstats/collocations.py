"""Words beside each other, more often than chance would put them there."""

from numbers import Integral

import numpy as np
import pandas as pd

from analysis._checks import check_choice, check_number
from analysis.textstats import association
from analysis.textstats.counts import Sequences, encode, neighbours

MEASURES = ("g2", "pmi", "npmi", "t", "log_dice", "delta_p_2_given_1", "delta_p_1_given_2")


def collocations(
    tokens: pd.Series,
    *,
    window: int | str = 5,
    measure: str = "g2",
    node: str | None = None,
    min_count: int = 3,
    top: int | None = None,
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

    Returns
    -------
    DataFrame
        ``word1``, ``word2`` (in a window: by code point, or the node first), ``count``, ``count1``,
        ``count2`` (margins: places beside each word, in a window; first and second places, if adjacent),
        ``expected``, and the measures ``g2`` (four-term, with a minus if the pair is rarer than expected),
        ``pmi``, ``npmi``, ``t``, ``log_dice``, ``delta_p_2_given_1``, ``delta_p_1_given_2``. Sorted by
        ``measure`` descending, then G², then the words; 6 decimals.

    Raises
    ------
    TypeError, ValueError
        For an unknown measure or window, a node that does not occur, or no pair left.

    Examples
    --------
    >>> tokens = pd.Series([["科技", "创新", "链"], ["科技", "创新"], ["科技", "创新", "力"]])
    >>> collocations(tokens, window="adjacent")[["word1", "word2", "count", "expected"]].values.tolist()
    [['科技', '创新', 3, 1.8]]

    Notes
    -----
    G² here ranks and does not test: overlapping windows are not independent. Values from windows of different
    widths are not comparable. Source: Evert (2008), Corpora and collocations (surface co-occurrence).
    """
    check_choice("measure", measure, MEASURES)
    if window != "adjacent" and not (isinstance(window, Integral) and window >= 1):
        raise ValueError(f"window must be 'adjacent' or a number of tokens from 1, not {window!r}.")
    check_number(f"min_count with {measure}", min_count, 3 if measure in ("pmi", "npmi") else 1)
    if top is not None:
        check_number("top", top, 1)
    sequences = encode(tokens)
    terms = sequences.terms
    pairs = neighbour_counts(sequences, window)
    if node is not None:
        pairs = _with_node(pairs, terms, node, window)
    pairs = pairs[pairs["count"] >= min_count].reset_index(drop=True)
    if pairs.empty:
        raise ValueError(f"No pair has a count of {min_count} or more; lower min_count or widen the window.")
    table = pd.DataFrame({"word1": terms[pairs["first"]], "word2": terms[pairs["second"]]})
    table = table.join(_pair_measures(pairs)).round(6)
    keys = list(dict.fromkeys([measure, "g2", "word1", "word2"]))
    table = table.sort_values(keys, ascending=[name.startswith("word") for name in keys], ignore_index=True)
    return table if top is None else table.head(top)


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


def _pair_measures(pairs: pd.DataFrame) -> pd.DataFrame:
    a = pairs["count"].to_numpy()
    first, second, total = (pairs[name].to_numpy() for name in ("count1", "count2", "total"))
    cells = a, first - a, second - a, total - first - second + a
    return pairs[["count", "count1", "count2"]].assign(
        expected=association.expected(*cells)[0],
        g2=association.sign(*cells) * association.log_likelihood(*cells),
        pmi=association.pmi(*cells),
        npmi=association.npmi(*cells),
        t=association.t_score(*cells),
        log_dice=association.log_dice(*cells),
        delta_p_2_given_1=association.delta_p(*cells),
        delta_p_1_given_2=association.delta_p(a, second - a, first - a, cells[3]),
    )
