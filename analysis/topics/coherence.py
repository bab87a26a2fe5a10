"""Do the top terms of a topic stand near each other? NPMI and c_v, by sliding windows."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.spatial.distance import squareform

from analysis._checks import check_choice, check_number
from analysis.textstats.counts import Sequences, encode

WINDOWS = {"npmi": 10, "c_v": 110}
EPSILON = 1e-12


class Spans(NamedTuple):
    """Where terms stand, as runs of windows on one axis: ``[start, end)``, sorted by term."""

    term: np.ndarray
    start: np.ndarray
    end: np.ndarray
    first: np.ndarray
    before: np.ndarray
    windows: int


def topic_coherence(
    tokens: pd.Series, topics: Sequence[Sequence[str]], *, measure: str = "npmi", window: int | None = None
) -> pd.Series:
    """Measure how often the top terms of each topic stand near each other.

    Parameters
    ----------
    tokens : Series of lists of str
        In the order of the text.
    topics : Series or sequence of sequences of str
        The top terms of each topic, two or more: ``topics.terms.groupby("topic").term.agg(list)``.
    measure : {"npmi", "c_v"}, default "npmi"
        Mean normalised pointwise mutual information of all pairs (-1..1), or mean cosine between each term's
        NPMI vector and the sum of them (0..1 as a rule).
    window : int, optional
        Tokens in a sliding window; 10 for NPMI and 110 for c_v, as published. A shorter unit is one window.

    Returns
    -------
    Series
        One value per topic, 6 decimals, on the index of ``topics`` if it has one, else from 1.

    Raises
    ------
    ValueError
        For an unknown measure, a window below 2, or a topic with fewer than two terms or one not in the tokens.

    Examples
    --------
    >>> tokens = pd.Series([["创新", "链"], ["创新", "链"], ["养老", "医疗"], ["养老", "医疗"]])
    >>> topic_coherence(tokens, [["创新", "链"], ["创新", "医疗"]]).tolist()
    [1.0, -0.949828]

    Notes
    -----
    Values depend on corpus, window and number of top terms: compare topics of one corpus, with a null corpus
    beside them. Two terms that never meet get a value near -1 only through the constant 1e-12 in the logarithm.
    Agrees with gensim and tomotopy to 6 decimals. Sources: Aletras and Stevenson (2013), IWCS; Röder, Both and
    Hinneburg (2015), WSDM.
    """
    check_choice("measure", measure, tuple(WINDOWS))
    window = WINDOWS[measure] if window is None else window
    check_number("window", window, 2)
    sequences = encode(tokens)
    places = {term: place for place, term in enumerate(sequences.terms)}
    index = topics.index if isinstance(topics, pd.Series) else range(1, len(topics) + 1)
    coded = [_code(topic, terms, places) for topic, terms in zip(index, topics, strict=True)]
    return pd.Series(coherences(sequences, coded, measure, window), index=index, name=measure)


def _code(topic, terms: Sequence[str], places: dict[str, int]) -> np.ndarray:
    if len(terms) < 2 or isinstance(terms, str):
        raise ValueError(f"Topic {topic!r} has fewer than two terms: {terms!r}.")
    if strange := [term for term in terms if term not in places]:
        raise ValueError(f"Topic {topic!r}: the term {strange[0]!r} is not in the tokens.")
    return np.array([places[term] for term in terms])


def coherences(sequences: Sequences, topics: list[np.ndarray], measure: str, window: int | None = None) -> np.ndarray:
    """Return the coherence of topics given as codes; NaN for fewer than two terms."""
    runs = _runs(sequences, topics, WINDOWS[measure] if window is None else window)
    pairs, inverse = _pairs(topics, len(sequences.terms))
    values = _npmi(runs, pairs)
    score = np.mean if measure == "npmi" else _c_v
    ends = np.cumsum([len(terms) * (len(terms) - 1) // 2 for terms in topics])
    return np.array([score(part) if len(part) else np.nan for part in np.split(values[inverse], ends)[:-1]]).round(6)


def _pairs(topics: list[np.ndarray], size: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the distinct pairs of terms, and where those of each topic are among them."""
    keys = [np.zeros(0, np.int64)]
    for terms in topics:
        low, high = np.triu_indices(len(terms), 1)
        pair = np.sort([terms[low], terms[high]], axis=0).astype(np.int64)
        keys.append(pair[0] * size + pair[1])
    unique, inverse = np.unique(np.concatenate(keys), return_inverse=True)
    return np.stack([unique // size, unique % size]), inverse


def _runs(sequences: Sequences, topics: list[np.ndarray], window: int) -> Spans:
    """Lay the windows of all units on one axis and find the runs that hold each term.

    A token lies in neighbouring windows only, so that a term's windows are a few runs, however wide the window:
    counts come from the ends of runs, and no window is ever looked at.
    """
    codes, lengths, terms = sequences
    counts = np.where(lengths > 0, np.maximum(lengths - window + 1, 1), 0)
    where = np.flatnonzero(np.isin(np.arange(len(terms)), np.concatenate([[], *topics]))[codes])
    unit = np.repeat(np.arange(len(lengths)), lengths)[where]
    place = where - (np.cumsum(lengths) - lengths)[unit]
    offset = (np.cumsum(counts) - counts)[unit]
    start = offset + np.maximum(place - window + 1, 0)
    end = offset + np.minimum(place, counts[unit] - 1) + 1
    found = codes[where].astype(np.int64)
    order = np.argsort(found, kind="stable")
    return _merge(found[order], start[order], end[order], len(terms), int(counts.sum()))


def _merge(term, start, end, size: int, windows: int) -> Spans:
    """Join runs of one term that touch."""
    opens = np.r_[True, (term[1:] != term[:-1]) | (start[1:] > end[:-1])][: len(term)]
    closes = np.r_[opens[1:], True][: len(term)]
    term, start, end = term[opens], start[opens], end[closes]
    total = np.concatenate([[0], np.cumsum(end - start)])
    first = np.searchsorted(term, np.arange(size + 1))
    return Spans(term, start, end, first, total, windows)


def _together(runs: Spans, a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Count windows that hold both terms of each pair, going through the rarer one's runs."""
    sizes = np.diff(runs.first)
    a, b = np.where(sizes[a] < sizes[b], (a, b), (b, a))
    pair = np.repeat(np.arange(len(a)), sizes[a])
    run = np.arange(len(pair)) + (runs.first[a] - np.cumsum(sizes[a]) + sizes[a])[pair]
    both = _covered(runs, b[pair], runs.end[run]) - _covered(runs, b[pair], runs.start[run])
    return np.bincount(pair, weights=both, minlength=len(a))


def _covered(runs: Spans, term: np.ndarray, until: np.ndarray) -> np.ndarray:
    """Count windows before ``until`` that hold a term."""
    span = runs.windows + 1
    place = np.searchsorted(runs.term * span + runs.start, term * span + until)
    inside = np.maximum(place - 1, 0)
    past = np.maximum(runs.end[inside] - until, 0)
    found = runs.before[place] - runs.before[runs.first[term]] - past
    return np.where(place > runs.first[term], found, 0)


def _npmi(runs: Spans, pairs: np.ndarray, at_once: int = 200_000) -> np.ndarray:
    """Return the NPMI of each pair, in parts of so many runs that memory stays small."""
    alone = np.diff(runs.before[runs.first]) / max(runs.windows, 1)
    sizes = np.diff(runs.first)
    work = np.cumsum(np.minimum(sizes[pairs[0]], sizes[pairs[1]]))
    cuts = np.searchsorted(work, np.arange(at_once, work[-1] if len(work) else 0, at_once))
    parts = np.split(np.arange(pairs.shape[1]), np.unique(cuts))
    both = np.concatenate([_together(runs, *pairs[:, part]) for part in parts]) / runs.windows
    product = alone[pairs[0]] * alone[pairs[1]]
    return np.log((both + EPSILON) / product) / -np.log(both + EPSILON)


def _c_v(values: np.ndarray) -> float:
    """Return the mean cosine of each term's NPMI vector with the sum of all vectors."""
    table = squareform(values)
    np.fill_diagonal(table, 1)
    total = table.sum(axis=0)
    norms = np.linalg.norm(table, axis=1) * np.linalg.norm(total)
    return float((table @ total / norms).mean())
