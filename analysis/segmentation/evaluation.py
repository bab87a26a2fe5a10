"""How right is a segmentation? Measured against sentences segmented by hand.

Boundaries that the gold marks as optional count neither way, so that a score tells
errors and not conventions. Without optional boundaries the measures of words are the
usual ones of the SIGHAN bakeoffs (Sproat & Emerson 2003), punctuation included.
"""

import numpy as np
import pandas as pd

from analysis._checks import strings
from analysis.segmentation.alignment import check_tokens, count_inside, cuts_of, level_marks, spans_of
from analysis.segmentation.errors import segmentation_errors, worst_sentences
from analysis.segmentation.gold import CUT, JOIN, load_gold

__all__ = ["evaluate_segmentation", "load_gold", "segmentation_errors", "worst_sentences"]

# measure -> numerator and denominator among the counts of a sentence, factor
RATIOS = {
    "boundary_precision": ("cuts_right", "cuts_predicted", 1),
    "boundary_recall": ("cuts_right", "cuts_gold", 1),
    "errors_per_1000": ("errors", "characters", 1000),
    "wrong_joins_per_1000": ("wrong_joins", "characters", 1000),
    "wrong_cuts_per_1000": ("wrong_cuts", "characters", 1000),
    "word_precision": ("words_right", "words_predicted", 1),
    "word_recall": ("units_found", "units", 1),
    "oov_recall": ("oov_found", "oov", 1),
    "term_recall": ("terms_found", "terms", 1),
    "term_precision": ("compounds_right", "compounds", 1),
}
F1 = {"boundary_f1": ("boundary_precision", "boundary_recall"), "word_f1": ("word_precision", "word_recall")}
ORDER = [
    "boundary_precision",
    "boundary_recall",
    "boundary_f1",
    "errors_per_1000",
    "wrong_joins_per_1000",
    "wrong_cuts_per_1000",
    "word_precision",
    "word_recall",
    "word_f1",
    "oov_recall",
    "term_recall",
    "term_precision",
]


def evaluate_segmentation(gold, tokens, level="word", vocabulary=None, n_boot=1000, seed=2026):
    """Measure a segmentation against the gold.

    Parameters
    ----------
    gold : DataFrame
        As :func:`load_gold` gives it.
    tokens : Series of lists of str
        On the index of ``gold``; the tokens of a sentence, punctuation included, must
        add up to its text (spaces aside).
    level : {"word", "term"}
        ``"word"`` measures words. ``"term"`` expects the policy terms compounded: a
        boundary inside a required term is an error, and ``term_recall`` and
        ``term_precision`` are added.
    vocabulary : collection of str, optional
        The words a segmenter knew beforehand; adds ``oov_recall``.
    n_boot : int
        Bootstrap samples of sentences, at least 1.
    seed : int
        Seed of the bootstrap.

    Returns
    -------
    DataFrame
        Index ``measure``; columns ``value``, ``low`` and ``high`` (percentile interval,
        95 %), ``numerator`` and ``denominator`` (counts; missing for F1). Precision,
        recall and F1 are shares; ``..._per_1000`` are errors per 1000 characters.

    Raises
    ------
    ValueError
        If ``level`` or ``n_boot`` is wrong, ids are missing, doubled or unknown, or the
        tokens of a sentence do not add up to its text (the id is named).

    Examples
    --------
    >>> gold = load_gold().loc[["lu-009"]]
    >>> tokens = pd.Series([["一是", "进一步", "完善", "京津冀", "协同", "创新机制", "。"]],
    ...                    index=gold.index)
    >>> scores = evaluate_segmentation(gold, tokens)
    >>> scores["value"].loc[["boundary_recall", "word_precision"]].round(3).to_dict()
    {'boundary_recall': 0.833, 'word_precision': 0.857}

    Notes
    -----
    *Boundaries*: precision is the share of predicted boundaries, optional ones left
    out, that are in the gold; recall the share of obligatory boundaries predicted.
    *Errors* are wrong joins (an obligatory boundary missed) and wrong cuts (a boundary
    inside a word). *Words*: a predicted word is right if it begins and ends where the
    gold has a boundary, obligatory or optional, and no obligatory boundary lies inside.
    A gold unit is what stands between two obligatory boundaries; it is found if it is
    cut out and not cut inside a word. *Out-of-vocabulary words* are the shortest words
    of the gold, all optional boundaries cut, that are not in the vocabulary and hold
    neither digit nor punctuation; one is found if the predicted word that holds it is
    right. *Term recall*: a required term
    is found if one token is the term, or is an optional term that contains it. *Term
    precision*: of the tokens that cross an obligatory boundary between words, the share
    that are terms of the gold.

    The interval tells how the value varies with the sentences drawn, given this
    segmentation; it says nothing about other kinds of text. Two segmenters must be
    compared on the same sentences, and their intervals may overlap although one is
    better on nearly every sentence.
    """
    if not isinstance(n_boot, int) or n_boot < 1:
        raise ValueError(f"n_boot must be a whole number of 1 or more, not {n_boot!r}")
    vocabulary = None if vocabulary is None else frozenset(strings("vocabulary", vocabulary))
    counts = _count(gold, check_tokens(gold, tokens, level), level, vocabulary)
    sums = _resample(counts.to_numpy(float), n_boot, seed)
    total, draws = _measures(counts.columns, sums[:1]), _measures(counts.columns, sums[1:])
    rows = []
    for measure in (name for name in ORDER if name in total):
        low, high = _interval(draws[measure])
        numerator, denominator = _parts(counts, measure)
        rows.append((measure, float(total[measure][0]), low, high, numerator, denominator))
    frame = pd.DataFrame(rows, columns=["measure", "value", "low", "high", "numerator", "denominator"]).set_index(
        "measure"
    )
    frame[["value", "low", "high"]] = frame[["value", "low", "high"]].round(6)
    return frame.astype({"numerator": "Int64", "denominator": "Int64"})


def _count(gold, tokens, level, vocabulary):
    rows = [_count_row(row, words, level, vocabulary) for row, words in zip(gold.itertuples(), tokens, strict=False)]
    return pd.DataFrame(rows, index=gold.index)


def _count_row(row, words, level, vocabulary):
    marks, cuts = level_marks(row, level), cuts_of(words)
    joined, cut = marks == JOIN, marks == CUT
    right, found = _right_words(joined, cut, cuts), _found_units(joined, cut, cuts)
    counts = {"characters": len(row.text)} | _count_boundaries(joined, cut, cuts)
    counts |= {"words_right": int(right.sum()), "words_predicted": len(right)}
    counts |= {"units_found": int(found.sum()), "units": len(found)}
    if vocabulary is not None:
        counts |= _count_oov(row.text, ~joined, cuts, right, vocabulary)
    if level == "term":
        counts |= _count_terms(row, cuts)
    return counts


def _count_boundaries(joined, cut, cuts):
    right = int((cut & cuts).sum())
    wrong_joins, wrong_cuts = int((cut & ~cuts).sum()), int((joined & cuts).sum())
    return {
        "cuts_right": right,
        "cuts_predicted": right + wrong_cuts,
        "cuts_gold": int(cut.sum()),
        "errors": wrong_joins + wrong_cuts,
        "wrong_joins": wrong_joins,
        "wrong_cuts": wrong_cuts,
    }


def _right_words(joined, cut, cuts):
    """Predicted words with both edges at a gold boundary and no obligatory one inside."""
    starts, ends = spans_of(cuts)
    allowed = np.concatenate(([True], ~joined, [True]))
    return allowed[starts] & allowed[ends] & (count_inside(cut, starts, ends) == 0)


def _found_units(joined, cut, cuts):
    """Gold units (between obligatory boundaries) cut out and not cut inside a word."""
    starts, ends = spans_of(cut)
    edges = np.concatenate(([True], cuts, [True]))
    return edges[starts] & edges[ends] & (count_inside(joined & cuts, starts, ends) == 0)


def _count_oov(text, allowed, cuts, right, vocabulary):
    starts, ends = spans_of(allowed)
    unknown = np.array([
        text[s:e] not in vocabulary and text[s:e].isalpha() for s, e in zip(starts, ends, strict=False)
    ])
    holder = np.concatenate(([0], np.cumsum(cuts)))
    whole = holder[starts] == holder[ends - 1]
    found = unknown & whole & right[holder[starts]]
    return {"oov_found": int(found.sum()), "oov": int(unknown.sum())}


def _count_terms(row, cuts):
    starts, ends = spans_of(cuts)
    predicted = set(zip(starts.tolist(), ends.tolist(), strict=False))
    known = {(term.start, term.end) for term in row.terms}
    required = [term for term in row.terms if term.required]
    found = [
        term for term in required if any(start <= term.start and term.end <= end for start, end in predicted & known)
    ]
    crossing = count_inside(level_marks(row, "word") == CUT, starts, ends) > 0
    compounds = set(zip(starts[crossing].tolist(), ends[crossing].tolist(), strict=False))
    return {
        "terms_found": len(found),
        "terms": len(required),
        "compounds_right": len(compounds & known),
        "compounds": len(compounds),
    }


def _resample(counts, n_boot, seed):
    """Sums over all sentences in row 0, over bootstrap samples of them below."""
    size = len(counts)
    weights = np.random.default_rng(seed).multinomial(size, [1 / size] * size, size=n_boot)
    return np.vstack([np.ones((1, size)), weights]) @ counts


def _measures(columns, sums):
    column = dict(zip(columns, sums.T, strict=False))
    measures = {
        name: factor * _divide(column[above], column[below])
        for name, (above, below, factor) in RATIOS.items()
        if above in column
    }
    for name, (precision, recall) in F1.items():
        p, r = measures[precision], measures[recall]
        measures[name] = _divide(2 * p * r, p + r)
    return measures


def _divide(above, below):
    out = np.full(len(above), np.nan)
    return np.divide(above, below, out=out, where=below > 0)


def _interval(values):
    values = values[~np.isnan(values)]
    if not len(values):
        return float("nan"), float("nan")
    low, high = np.percentile(values, [2.5, 97.5])
    return float(low), float(high)


def _parts(counts, measure):
    if measure not in RATIOS:
        return pd.NA, pd.NA
    above, below, _ = RATIOS[measure]
    return int(counts[above].sum()), int(counts[below].sum())
