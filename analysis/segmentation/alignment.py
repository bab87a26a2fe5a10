"""A segmentation laid against the gold: the same text, gap by gap.

The helpers that :mod:`evaluation` and :mod:`errors` share. A gap lies between two
characters; arrays over the gaps of a sentence have one element less than its text.
"""

from os.path import commonprefix

import numpy as np
import pandas as pd

from analysis._checks import check_series
from analysis.segmentation.gold import CUT, FREE, JOIN

LEVELS = ("word", "term")


def check_tokens(gold, tokens, level):
    """The tokens in the order of the gold, without spaces; an error if they do not fit."""
    if level not in LEVELS:
        raise ValueError(f"level must be one of {', '.join(LEVELS)}, not {level!r}")
    if not isinstance(gold, pd.DataFrame) or not {"text", "boundaries", "terms"} <= set(gold):
        raise TypeError("gold must be a table, as load_gold() gives it")
    if not len(gold):
        raise ValueError("gold holds no sentence")
    check_series("tokens", tokens, "a list of tokens per sentence, from segment()")
    if not gold.index.is_unique:
        raise ValueError(f"gold: id {gold.index[gold.index.duplicated()][0]} is doubled")
    _check_ids(gold.index, tokens.index)
    rows = [_check_row(name, text, tokens[name]) for name, text in gold["text"].items()]
    return pd.Series(rows, index=gold.index)


def _check_ids(gold, tokens):
    if not tokens.is_unique:
        raise ValueError(f"tokens: id {tokens[tokens.duplicated()][0]} is doubled")
    for missing, where in ((gold.difference(tokens), "tokens"), (tokens.difference(gold), "gold")):
        if len(missing):
            raise ValueError(f"{where}: no row for {len(missing)} ids, the first is {missing[0]}")


def _check_row(name, text, words):
    if not isinstance(words, (list, tuple)):
        raise ValueError(f"tokens of {name}: a list of words is needed, not {words!r:.40}")
    words = ["".join(str(word).split()) for word in words]
    joined = "".join(words)
    if joined != text:
        at = len(commonprefix([joined, text]))
        raise ValueError(
            f"tokens of {name} do not add up to its text: at character {at} the text has "
            f"{text[at : at + 6]!r} and the tokens {joined[at : at + 6]!r}; keep punctuation and "
            "stop words, and do not normalise before evaluating"
        )
    return [word for word in words if word]


def level_marks(row, level):
    """The marks of a sentence's gaps; at the level of terms, none inside a required term."""
    marks = np.array(list(row.boundaries), dtype="U1")
    if level == "term":
        for term in sorted(row.terms, key=lambda term: term.required):
            inner = marks[term.start : term.end - 1]
            inner[inner != JOIN] = JOIN if term.required else FREE
    return marks


def notation(text, marks):
    """The text with the marks of its gaps, as in the file of the gold."""
    symbols = {JOIN: "", CUT: " ", FREE: "~"}
    return "".join(char + symbols[mark] for char, mark in zip(text, [*marks, JOIN], strict=False))


def cuts_of(words):
    """True at each gap between characters where the prediction has a boundary."""
    cuts = np.zeros(sum(map(len, words)), dtype=bool)
    cuts[np.cumsum([len(word) for word in words]) - 1] = True
    return cuts[:-1]


def spans_of(cuts):
    """Starts and ends of the pieces that the boundaries make."""
    edges = np.flatnonzero(np.concatenate(([True], cuts, [True])))
    return edges[:-1], edges[1:]


def count_inside(flags, starts, ends):
    """How many flagged gaps lie strictly inside each span."""
    running = np.concatenate(([0], np.cumsum(flags)))
    return running[ends - 1] - running[starts]
