"""A segmentation laid against the gold, gap by gap, and where it goes wrong.

A gap lies between two characters: arrays over the gaps of a sentence have one element less than its text.
"""

from collections.abc import Hashable
from os.path import commonprefix
from typing import Any

import numpy as np
from pandas import DataFrame, Series

from analysis._checks import check_series
from analysis.segmentation.gold import CUT, FREE, JOIN

LEVELS = ("word", "term")
KINDS = ("error", "sentence")


def segmentation_errors(gold: DataFrame, tokens: Series, *, level: str = "word", by: str = "error") -> DataFrame:
    """List every wrong join and wrong cut, or the sentences that have any.

    Parameters
    ----------
    gold, tokens, level
        As in :func:`analysis.evaluate_segmentation`.
    by : {"error", "sentence"}
        What has a row of its own.

    Returns
    -------
    DataFrame
        By error: ``id``, ``position`` (the boundary is before this character), ``kind`` (``"wrong join"`` or
        ``"wrong cut"``), ``predicted`` (the token, or the two tokens with ``/`` between) and ``gold`` (the
        same stretch, widened to whole units, in the gold's notation).
        By sentence: index ``id``, worst first (ties in the order of the gold); ``errors``, ``wrong_joins``,
        ``wrong_cuts``, ``gold`` and ``predicted`` (tokens between spaces).

    Raises
    ------
    ValueError
        As in :func:`analysis.evaluate_segmentation`, and if ``by`` is neither.

    Examples
    --------
    >>> import pandas as pd
    >>> gold = pd.DataFrame({"text": "推进创新链与产业链", "boundaries": ".|..||..", "terms": [()]}, ["a"])
    >>> tokens = pd.Series([["推进", "创新", "链与", "产业链"]], ["a"])
    >>> segmentation_errors(gold, tokens)[["kind", "predicted", "gold"]]
             kind predicted   gold
    0   wrong cut     创新/链与  创新链 与
    1  wrong join        链与  创新链 与
    """
    if by not in KINDS:
        raise ValueError(f"by must be one of {KINDS}, not {by!r}.")
    tokens = check_tokens(gold, tokens, level)
    errors, sentences = [], []
    for row, words in zip(gold.itertuples(), tokens, strict=True):
        marks, cuts = level_marks(row, level), cuts_of(words)
        joins, wrong = (marks == CUT) & ~cuts, (marks == JOIN) & cuts
        for gap in np.flatnonzero(joins | wrong):
            kind = "wrong cut" if cuts[gap] else "wrong join"
            errors.append((row.Index, gap + 1, kind, *_stretch(row.text, marks, cuts, int(gap))))
        counts = int(joins.sum() + wrong.sum()), int(joins.sum()), int(wrong.sum())
        sentences.append((row.Index, *counts, notation(row.text, marks), " ".join(words)))
    if by == "error":
        return DataFrame(errors, columns=["id", "position", "kind", "predicted", "gold"])
    columns = ["id", "errors", "wrong_joins", "wrong_cuts", "gold", "predicted"]
    table = DataFrame(sentences, columns=columns).set_index("id").query("errors > 0")
    return table.sort_values("errors", ascending=False, kind="stable")


def _stretch(text: str, marks: np.ndarray, cuts: np.ndarray, gap: int) -> tuple[str, str]:
    """Return the predicted token or tokens at a gap, and the gold units they touch."""
    starts, ends = spans_of(cuts)
    touched = [(s, e) for s, e in zip(starts, ends, strict=True) if s <= gap + 1 <= e]
    predicted = "/".join(text[s:e] for s, e in touched)
    starts, ends = spans_of(marks == CUT)  # of the gold's units
    left, right = starts[starts <= touched[0][0]].max(), ends[ends >= touched[-1][1]].min()
    return predicted, notation(text[left:right], marks[left : right - 1])


def check_tokens(gold: DataFrame, tokens: Series, level: str) -> Series:
    """Return the tokens in the order of the gold, without spaces; an error if they do not fit."""
    if level not in LEVELS:
        raise ValueError(f"level must be one of {', '.join(LEVELS)}, not {level!r}")
    if not isinstance(gold, DataFrame) or not {"text", "boundaries", "terms"} <= set(gold):
        raise TypeError("gold must be a table, as load_gold() gives it")
    if not len(gold):
        raise ValueError("gold holds no sentence")
    check_series("tokens", tokens, "a list of tokens per sentence, from segment()")
    for there, other, name, where in ((gold, tokens, "gold", "tokens"), (tokens, gold, "tokens", "gold")):
        if not there.index.is_unique:
            raise ValueError(f"{name}: id {there.index[there.index.duplicated()][0]} is doubled")
        if len(missing := there.index.difference(other.index)):
            raise ValueError(f"{where}: no row for {len(missing)} ids, the first is {missing[0]}")
    rows = [_check_row(name, text, tokens[name]) for name, text in gold["text"].items()]
    return Series(rows, index=gold.index)


def _check_row(name: Hashable, text: str, words: list[str]) -> list[str]:
    if not isinstance(words, (list, tuple)):
        raise ValueError(f"tokens of {name}: a list of words is needed, not {words!r:.40}")
    words = ["".join(str(word).split()) for word in words]
    if (joined := "".join(words)) != text:
        at = len(commonprefix([joined, text]))
        raise ValueError(
            f"tokens of {name} do not add up to its text: at character {at} the text has {text[at : at + 6]!r} and the "
            f"tokens {joined[at : at + 6]!r}; keep punctuation and stop words, and do not normalise before evaluating"
        )
    return [word for word in words if word]


def level_marks(row: Any, level: str) -> np.ndarray:
    """Return the marks of a sentence's gaps; at the level of terms, none inside a required term."""
    marks = np.array(list(row.boundaries), dtype="U1")
    if level == "term":
        for term in sorted(row.terms, key=lambda term: term.required):
            inner = marks[term.start : term.end - 1]
            inner[inner != JOIN] = JOIN if term.required else FREE
    return marks


def notation(text: str, marks: np.ndarray) -> str:
    """Return the text with the marks of its gaps, as in the file of the gold."""
    symbols = {JOIN: "", CUT: " ", FREE: "~"}
    return "".join(char + symbols[mark] for char, mark in zip(text, [*marks, JOIN], strict=True))


def cuts_of(words: list[str]) -> np.ndarray:
    """Return true at each gap between characters where the prediction has a boundary."""
    cuts = np.zeros(sum(map(len, words)), dtype=bool)
    cuts[np.cumsum([len(word) for word in words]) - 1] = True
    return cuts[:-1]


def spans_of(cuts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the starts and ends of the pieces that the boundaries make."""
    edges = np.flatnonzero(np.concatenate(([True], cuts, [True])))
    return edges[:-1], edges[1:]


def count_inside(flags: np.ndarray, starts: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """Count how many flagged gaps lie strictly inside each span."""
    running = np.concatenate(([0], np.cumsum(flags)))
    return running[ends - 1] - running[starts]
