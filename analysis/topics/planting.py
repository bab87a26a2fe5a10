"""Corpora whose topics are known, because they were planted: what a method finds can be counted."""

from collections import Counter
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis._checks import check_choice, check_number, check_series, check_token_lists

BURST = 50.0


class Planted(NamedTuple):
    """What :func:`plant` makes: ``tokens``, ``labels`` (missing without groups), ``mixture`` (units × topics)."""

    tokens: pd.Series
    labels: pd.Series
    mixture: pd.DataFrame


def _spread(units: int, k: int, random: np.random.Generator) -> np.ndarray:
    """Return mixtures everywhere between the topics, between two of them evenly."""
    if k > 2:
        return random.dirichlet(np.ones(k), units)
    part = np.linspace(0, 1, units)
    return np.column_stack([part, 1 - part])


def _sizes(units: int, k: int, smallest: float) -> np.ndarray:
    """Return the topic of each unit; sizes fall evenly from the first to the last, as 1 to ``smallest``."""
    share = np.linspace(1, smallest, k).cumsum()
    return np.searchsorted(share / share[-1], (np.arange(units) + 0.5) / units)


def _mixed(units: int, k: int, random: np.random.Generator) -> np.ndarray:
    """Return mixtures of one main topic, three quarters, and a rest that is spread at random."""
    return 0.75 * np.eye(k)[_sizes(units, k, 1)] + 0.25 * random.dirichlet(np.ones(k), units)


KINDS: dict[str, Callable[[int, int, np.random.Generator], np.ndarray]] = {
    "pure": lambda units, k, random: np.eye(k)[_sizes(units, k, 1)],
    "unequal": lambda units, k, random: np.eye(k)[_sizes(units, k, 0.4)],
    "mixed": _mixed,
    "continuum": _spread,
    "unigram": lambda units, k, random: np.full((units, k), 1 / k),
    "bursty": lambda units, k, random: np.full((units, k), 1 / k),
}
GROUPED = ("pure", "unequal", "mixed")


def plant(
    corpus: pd.Series,
    k: int,
    *,
    kind: str = "pure",
    share: float = 0.6,
    overlap: float = 0.0,
    burst: float | None = None,
    vocabulary: int = 800,
    exponent: float = 1.0,
    seed: int = 0,
) -> Planted:
    """Make a corpus of the sizes of another, with topics that are known.

    Parameters
    ----------
    corpus : Series of lists of str, or of int
        Tokens, of which units' lengths and words' frequencies are taken; or lengths alone.
    k : int
        Number of topics, 2 or more.
    kind : {"pure", "unequal", "mixed", "continuum", "unigram", "bursty"}, default "pure"
        Groups of one topic each, of one size or with the last 0.4 of the first; with a main topic (three quarters) and
        a rest; no groups but places between the topics (two: evenly from pole to pole, more: Dirichlet(1)); no topics;
        none, and words that repeat within a unit.
    share : float, default 0.6
        Part of the tokens that a topic draws from words of its own, the rest from all words: the separation.
    overlap : float, default 0
        Part of all words that a topic has besides its own.
    burst : float, optional
        Concentration of Dirichlet-multinomial units: the smaller, the more words repeat (50 if ``kind`` is "bursty").
    vocabulary, exponent : int, float
        Number of words and exponent of Zipf's law, where ``corpus`` holds lengths alone.
    seed : int, default 0

    Returns
    -------
    Planted
        All on the index of ``corpus``.

    Raises
    ------
    TypeError, ValueError
        For a corpus that is no Series of lists or lengths, an unknown kind, k below 2, or a share out of range.

    Examples
    --------
    >>> planted = plant(pd.Series([5, 5, 5, 5]), 2, share=1, vocabulary=6)
    >>> planted.tokens[0], planted.labels.tolist()
    (['w4', 'w2', 'w2', 'w2', 'w2'], [0, 0, 1, 1])

    Notes
    -----
    Each word belongs to one topic at random, and keeps its frequency there. Sources: Church and Gale (1995) on
    words that repeat; Madsen, Kauchak and Elkan (2005), ICML, for the Dirichlet-multinomial.
    """
    check_number("k", k, 2)
    check_choice("kind", kind, tuple(KINDS))
    for name, value in {"share": share, "overlap": overlap}.items():
        if not 0 <= value <= 1:
            raise ValueError(f"{name} must lie between 0 and 1, not {value!r}.")
    lengths, terms, base = _corpus(corpus, vocabulary, exponent)
    random = np.random.default_rng(seed)
    topics = share * _topics(base, k, overlap, random) + (1 - share) * base
    mixture = KINDS[kind](len(lengths), k, random)[random.permutation(len(lengths))]
    chances = mixture @ topics
    if burst := burst or (BURST if kind == "bursty" else None):
        chances = random.gamma(np.maximum(burst * chances, 1e-3))
    chances /= chances.sum(axis=1, keepdims=True)
    drawn = [terms[random.choice(len(terms), n, p=row)].tolist() for n, row in zip(lengths, chances, strict=True)]
    labels = pd.Series(mixture.argmax(axis=1) if kind in GROUPED else pd.NA, corpus.index, dtype="Int64")
    frame = pd.DataFrame(mixture.round(6), corpus.index, pd.RangeIndex(k, name="topic"))
    return Planted(pd.Series(drawn, corpus.index, dtype=object), labels, frame)


def _corpus(corpus: pd.Series, vocabulary: int, exponent: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the lengths of the units, the words, and how frequent each is."""
    check_series("corpus", corpus, "tokens from segment(), or the number of tokens of each unit")
    if pd.api.types.is_integer_dtype(corpus):
        check_number("vocabulary", vocabulary, 2)
        base = np.arange(1, vocabulary + 1) ** -float(exponent)
        return corpus.to_numpy(), np.array([f"w{i}" for i in range(1, vocabulary + 1)], object), base / base.sum()
    check_token_lists(corpus)
    counts = Counter(word for row in corpus for word in row)
    terms = np.array(sorted(counts), dtype=object)
    base = np.array([counts[term] for term in terms], dtype=float)
    return corpus.str.len().to_numpy(), terms, base / base.sum()


def _topics(base: np.ndarray, k: int, overlap: float, random: np.random.Generator) -> np.ndarray:
    """Give each word to one topic, and to others with a chance of ``overlap``."""
    own = random.permutation(np.arange(len(base)) % k)
    held = (own == np.arange(k)[:, None]) | (random.random((k, len(base))) < overlap)
    return base * held / (base * held).sum(axis=1, keepdims=True)
