"""Policy terms and stopwords."""

from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from analysis.paths import DATA
from analysis.tables import read_table

LEXICON = DATA / "lexicon" / "policy_terms.csv"
STOPWORDS = DATA / "lexicon" / "stopwords.csv"
LEVELS = ("word", "term")


def load_lexicon(path: str | Path = LEXICON) -> pd.DataFrame:
    """Load a lexicon of policy terms.

    Parameters
    ----------
    path : UTF-8 CSV with at least ``term``, ``category``, ``gloss`` and ``level``.

    Returns
    -------
    DataFrame
        Index ``term``; ``category`` (see ``data/lexicon/README.md``); ``gloss`` in English;
        ``level``: ``word`` for a unit that the national standard GB/T 13715 keeps whole,
        ``term`` for a policy term made of several words; any further columns of the file.

    Raises
    ------
    FileNotFoundError, ValueError
        For a missing file or column, a repeated term, an unknown level, or a term with white
        space in it (which no token can match), naming the line.

    Examples
    --------
    >>> lexicon = load_lexicon()
    >>> lexicon.loc["新质生产力", "gloss"]
    'new quality productive forces'

    Notes
    -----
    The lexicon was made while reading these two articles, so what it finds in them is partly
    what was put in; on another corpus expect lower recall.
    """
    path = Path(path)
    table = read_table(path, ["term", "category", "gloss", "level"], ["term"])
    for line, row in enumerate(table.itertuples(), start=2):
        if row.level not in LEVELS:
            raise ValueError(f"{path}, line {line}: level {row.level!r} is not one of {LEVELS}.")
        if any(character.isspace() for character in row.term):
            raise ValueError(f"{path}, line {line}: {row.term!r} has white space in it.")
    return table.set_index("term")


def load_stopwords(classes: Iterable[str] | None = None,
                   path: str | Path = STOPWORDS) -> frozenset[str]:
    """Load stopwords by class.

    Parameters
    ----------
    classes : the classes to use; by default all but ``policy_verb`` (推动, 加强, …), which is
        the very texture of policy prose and should be dropped only on purpose.
    path : UTF-8 CSV with ``word``, ``class`` and ``reason``.

    Returns
    -------
    frozenset of str

    Raises
    ------
    ValueError
        If a class is not in the file.

    Examples
    --------
    >>> "的" in load_stopwords(), "推动" in load_stopwords()
    (True, False)
    >>> "推动" in load_stopwords(["policy_verb"])
    True
    """
    table = read_table(Path(path), ["word", "class", "reason"], ["word"])
    known = set(table["class"])
    chosen = known - {"policy_verb"} if classes is None else set(classes)
    if chosen - known:
        raise ValueError(f"{path} has no class {sorted(chosen - known)}; it has {sorted(known)}.")
    return frozenset(table.word[table["class"].isin(chosen)])
