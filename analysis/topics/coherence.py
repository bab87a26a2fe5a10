"""Do the top terms of a topic stand near each other? NPMI and c_v, by sliding windows."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix

from analysis._checks import check_choice, check_number
from analysis.textstats.counts import Sequences, encode

WINDOWS = {"npmi": 10, "c_v": 110}
EPSILON = 1e-12


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
    chosen, places = np.unique(np.concatenate([np.zeros(0, int), *topics]), return_inverse=True)
    both = _shared(sequences, chosen, WINDOWS[measure] if window is None else window)
    alone = np.diag(both)
    values = np.log((both + EPSILON) / np.outer(alone, alone)) / -np.log(both + EPSILON)
    score = _mean if measure == "npmi" else _c_v
    parts = np.split(places, np.cumsum([len(topic) for topic in topics]))[:-1]
    return np.array([score(values[np.ix_(part, part)]) if len(part) > 1 else np.nan for part in parts]).round(6)


def _shared(sequences: Sequences, chosen: np.ndarray, window: int) -> np.ndarray:
    """Return the share of windows that hold both of any two chosen terms.

    The windows of all units lie on one axis. A token lies in neighbouring ones only, and between two places where
    one comes or goes all windows hold the same: no window is ever looked at.
    """
    codes, lengths, terms = sequences
    counts = np.where(lengths > 0, np.maximum(lengths - window + 1, 1), 0)
    number = np.full(len(terms), -1)
    number[chosen] = np.arange(len(chosen))
    where = np.flatnonzero(number[codes] >= 0)
    unit = np.repeat(np.arange(len(lengths)), lengths)[where]
    place = where - (np.cumsum(lengths) - lengths)[unit]
    offset = (np.cumsum(counts) - counts)[unit]
    start, end = offset + np.maximum(place - window + 1, 0), offset + np.minimum(place, counts[unit] - 1) + 1
    cuts = np.unique(np.concatenate([start, end]))
    first, size = np.searchsorted(cuts, start), np.searchsorted(cuts, end) - np.searchsorted(cuts, start)
    stretch = np.arange(size.sum()) + np.repeat(first - np.cumsum(size) + size, size)
    held = (np.ones(len(stretch), bool), (np.repeat(number[codes[where]], size), stretch))
    held = csr_matrix(held, shape=(len(chosen), len(cuts))).astype(float)
    return (held.multiply(np.diff(cuts, append=cuts[-1:])) @ held.T).toarray() / counts.sum()


def _mean(values: np.ndarray) -> float:
    return values[np.triu_indices(len(values), 1)].mean()


def _c_v(values: np.ndarray) -> float:
    """Return the mean cosine of each term's NPMI vector with the sum of all vectors."""
    np.fill_diagonal(values, 1)
    total = values.sum(axis=0)
    norms = np.linalg.norm(values, axis=1) * np.linalg.norm(total)
    return float((values @ total / norms).mean())
