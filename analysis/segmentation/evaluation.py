"""How right is a segmentation? Measured against sentences segmented by hand.

Boundaries that the gold marks as optional count neither way. Without them the measures of words are the usual
ones of the SIGHAN bakeoffs (Sproat & Emerson 2003), punctuation included.
"""

from collections.abc import Collection
from typing import Any

import numpy as np
import pandas as pd

from analysis._checks import strings
from analysis.segmentation.errors import check_tokens, count_inside, cuts_of, level_marks, spans_of
from analysis.segmentation.gold import CUT, FREE, JOIN

OPTIONAL = {"free": FREE, "cut": CUT, "join": JOIN}  # what optional boundaries count as
# measure -> numerator and denominator among the counts of a sentence, and a factor; of F1 its precision, recall and 0
MEASURES = {
    "boundary_precision": ("cuts_right", "cuts_predicted", 1),
    "boundary_recall": ("cuts_right", "cuts_gold", 1),
    "boundary_f1": ("boundary_precision", "boundary_recall", 0),
    "errors_per_1000": ("errors", "characters", 1000),
    "wrong_joins_per_1000": ("wrong_joins", "characters", 1000),
    "wrong_cuts_per_1000": ("wrong_cuts", "characters", 1000),
    "word_precision": ("words_right", "words_predicted", 1),
    "word_recall": ("units_found", "units", 1),
    "word_f1": ("word_precision", "word_recall", 0),
    "oov_recall": ("oov_found", "oov", 1),
    "term_recall": ("terms_found", "terms", 1),
    "term_precision": ("compounds_right", "compounds", 1),
}


def evaluate_segmentation(
    gold: pd.DataFrame,
    tokens: pd.Series,
    *,
    level: str = "word",
    vocabulary: Collection[str] | None = None,
    optional: str = "free",
    documents: str | None = None,
    n_boot: int = 1000,
    seed: int = 2026,
) -> pd.DataFrame:
    """Measure a segmentation against the gold.

    Parameters
    ----------
    gold : DataFrame
        As :func:`analysis.segmentation.load_gold` gives it.
    tokens : Series of lists of str
        On the index of ``gold``; the tokens of a sentence must add up to its text (spaces aside).
    level : {"word", "term"}
        ``"term"`` expects the policy terms compounded: a boundary inside a required term is an error, and
        ``term_recall`` and ``term_precision`` are added.
    vocabulary : collection of str, optional
        The words a segmenter knew beforehand; adds ``oov_recall``.
    optional : {"free", "cut", "join"}
        Whether optional boundaries count neither way, as boundaries, or as none. Report all three where a choice of
        convention could make the difference.
    documents : str, optional
        The column of ``gold`` that names the documents: they, not the sentences, are then drawn by the bootstrap.
        Sentences of one document are wrong in the same ways, so that intervals over sentences are too narrow.
    n_boot : int, default 1000
        Bootstrap samples of sentences or documents, at least 1.
    seed : int, default 2026
        Seed of the bootstrap.

    Returns
    -------
    DataFrame
        Index ``measure``; ``value``, ``low`` and ``high`` (percentile interval, 95 %), ``numerator`` and
        ``denominator`` (counts; missing for F1). ``..._per_1000`` are errors per 1000 characters.

    Raises
    ------
    ValueError
        If an argument is wrong, ids are missing, doubled or unknown, or the tokens of a sentence do not add
        up to its text (the id is named).

    Examples
    --------
    >>> gold = pd.DataFrame({"text": "完善协同创新机制", "boundaries": ".|.~.|.", "terms": [()]}, ["a"])
    >>> tokens = pd.Series([["完善", "协同", "创新机制"]], ["a"])
    >>> scores = evaluate_segmentation(gold, tokens)
    >>> scores["value"].loc[["boundary_recall", "word_precision"]].round(3).to_dict()
    {'boundary_recall': 0.5, 'word_precision': 0.667}

    Notes
    -----
    *Boundaries*: precision is the share of predicted boundaries, optional ones left out, that are in the gold;
    recall the share of obligatory boundaries predicted. *Errors* are wrong joins (an obligatory boundary missed)
    and wrong cuts (a boundary inside a word). *Words*: a predicted word is right if its edges are boundaries of
    the gold and no obligatory one lies inside; a unit of the gold, between two obligatory boundaries, is found if
    it is cut out and not cut inside a word. *Out-of-vocabulary words* are the shortest words of the gold that are
    not in the vocabulary and hold neither digit nor punctuation; one is found if the predicted word that holds it
    is right. A required *term* is found if one token is the term, or is an optional term that contains it; term
    precision is the share of terms of the gold among the tokens that cross an obligatory boundary.

    The interval tells how the value varies with what is drawn, and nothing about other kinds of text.
    Compare two segmenters on the same sentences only.
    """
    if not isinstance(n_boot, int) or n_boot < 1:
        raise ValueError(f"n_boot must be a whole number of 1 or more, not {n_boot!r}")
    vocabulary = None if vocabulary is None else frozenset(strings("vocabulary", vocabulary))
    rows_of_tokens = check_tokens(gold, tokens, level)
    if optional not in OPTIONAL:
        raise ValueError(f"optional must be one of {tuple(OPTIONAL)}, not {optional!r}.")
    if documents is not None and documents not in gold:
        raise ValueError(f"documents must be a column of the gold ({', '.join(gold)}), not {documents!r}.")
    pairs = zip(_decided(gold, optional).itertuples(), rows_of_tokens, strict=True)
    counts = pd.DataFrame([_count_row(row, words, level, vocabulary) for row, words in pairs])
    drawn_units = counts if documents is None else counts.groupby(gold[documents].to_numpy()).sum()
    sums = _resample(drawn_units.to_numpy(float), n_boot, seed)
    total, draws = _measures(counts.columns, sums[:1]), _measures(counts.columns, sums[1:])
    rows = []
    for measure in total:
        drawn = draws[measure][~np.isnan(draws[measure])]
        limits = np.percentile(drawn, [2.5, 97.5]) if len(drawn) else (np.nan, np.nan)
        above, below, factor = MEASURES[measure]
        of = (int(counts[above].sum()), int(counts[below].sum())) if factor else (pd.NA, pd.NA)
        rows.append((measure, float(total[measure][0]), *limits, *of))
    columns = ["measure", "value", "low", "high", "numerator", "denominator"]
    frame = pd.DataFrame(rows, columns=columns).set_index("measure")
    return frame.round({"value": 6, "low": 6, "high": 6}).astype({"numerator": "Int64", "denominator": "Int64"})


def _decided(gold: pd.DataFrame, optional: str) -> pd.DataFrame:
    """Count optional boundaries as boundaries or as none, if they are to be counted."""
    return gold.assign(boundaries=gold.boundaries.str.replace(FREE, OPTIONAL[optional], regex=False))


def _count_row(row: Any, words: list[str], level: str, vocabulary: Collection[str] | None) -> dict[str, int]:
    marks, cuts = level_marks(row, level), cuts_of(words)
    joined, cut = marks == JOIN, marks == CUT
    right = _find(cuts, ~joined, cut)  # no obligatory boundary inside
    found = _find(cut, cuts, joined & cuts)  # units: not cut inside a word
    counts = {"characters": len(row.text)} | _count_boundaries(joined, cut, cuts)
    counts |= {"words_right": int(right.sum()), "words_predicted": len(right)}
    counts |= {"units_found": int(found.sum()), "units": len(found)}
    if vocabulary is not None:
        counts |= _count_oov(row.text, ~joined, cuts, right, vocabulary)
    if level == "term":
        counts |= _count_terms(row, cuts)
    return counts


def _count_boundaries(joined: np.ndarray, cut: np.ndarray, cuts: np.ndarray) -> dict[str, int]:
    right, wrong_joins, wrong_cuts = (int(gaps.sum()) for gaps in (cut & cuts, cut & ~cuts, joined & cuts))
    counts = {"cuts_right": right, "cuts_predicted": right + wrong_cuts, "cuts_gold": int(cut.sum())}
    return counts | {"errors": wrong_joins + wrong_cuts, "wrong_joins": wrong_joins, "wrong_cuts": wrong_cuts}


def _find(cuts: np.ndarray, boundaries: np.ndarray, wrong: np.ndarray) -> np.ndarray:
    """Tell which pieces between cuts have both edges at a boundary of the other side, and nothing wrong inside."""
    starts, ends = spans_of(cuts)
    edges = np.concatenate(([True], boundaries, [True]))
    return edges[starts] & edges[ends] & (count_inside(wrong, starts, ends) == 0)


def _count_oov(text: str, allowed: np.ndarray, cuts: np.ndarray, right: np.ndarray, known: Collection[str]) -> dict:
    starts, ends = spans_of(allowed)
    words = [text[start:end] for start, end in zip(starts, ends, strict=True)]
    unknown = np.array([word not in known and word.isalpha() for word in words])
    holder = np.append(0, np.cumsum(cuts))
    found = unknown & (holder[starts] == holder[ends - 1]) & right[holder[starts]]
    return {"oov_found": int(found.sum()), "oov": int(unknown.sum())}


def _count_terms(row: Any, cuts: np.ndarray) -> dict[str, int]:
    starts, ends = spans_of(cuts)
    predicted = set(zip(starts.tolist(), ends.tolist(), strict=True))
    known = {(term.start, term.end) for term in row.terms}
    required = [term for term in row.terms if term.required]
    found = sum(any(start <= t.start and t.end <= end for start, end in predicted & known) for t in required)
    crossing = count_inside(level_marks(row, "word") == CUT, starts, ends) > 0
    compounds = set(zip(starts[crossing].tolist(), ends[crossing].tolist(), strict=True))
    counts = {"terms_found": found, "terms": len(required)}
    return counts | {"compounds_right": len(compounds & known), "compounds": len(compounds)}


def _resample(counts: np.ndarray, n_boot: int, seed: int) -> np.ndarray:
    """Return sums over all sentences in row 0, over bootstrap samples of them below."""
    size = len(counts)
    weights = np.random.default_rng(seed).multinomial(size, [1 / size] * size, size=n_boot)
    return np.vstack([np.ones((1, size)), weights]) @ counts


def _measures(columns: pd.Index, sums: np.ndarray) -> dict[str, np.ndarray]:
    column = dict(zip(columns, sums.T, strict=True))
    measures: dict[str, np.ndarray] = {}
    for name, (above, below, factor) in MEASURES.items():
        if not factor:
            p, r = measures[above], measures[below]
            measures[name] = _divide(2 * p * r, p + r)
        elif above in column:
            measures[name] = factor * _divide(column[above], column[below])
    return measures


def _divide(above: np.ndarray, below: np.ndarray) -> np.ndarray:
    return np.divide(above, below, out=np.full(len(above), np.nan), where=below > 0)
