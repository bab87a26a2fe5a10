"""Sentences segmented by hand: the file, its notation, and its consistency.

A row of ``sentences.tsv`` holds a sentence and its segmentation. In ``words`` a
space is a boundary that must be there, ``~`` is a boundary that may be there, and
two characters that touch belong to one word::

    推动 科技~创新 和 产业~创新 深度~融合

In ``terms`` every policy term is ``start:end=term`` (offsets in ``text``, counted
from 0, end excluded); ``start:end?=term`` is a term that may be compounded or not.
"""

import re
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from analysis._paths import DATA

COLUMNS = ["id", "article", "text", "words", "terms"]
JOIN, CUT, FREE = ".", "|", "~"
PUNCTUATION = frozenset("，。、；：？！“”‘’《》（）—…·,.;:?!()-")
_TERM = re.compile(r"(\d+):(\d+)(\??)=(\S+)")


class Term(NamedTuple):
    """A policy term in a sentence: offsets in the text, and whether it is required."""

    start: int
    end: int
    required: bool
    text: str


def parse_words(words):
    """Read the notation of a segmentation.

    Parameters
    ----------
    words : str
        Words with a space at every obligatory and ``~`` at every optional boundary.

    Returns
    -------
    text : str
        The sentence without the notation.
    boundaries : str
        One character for each gap between two characters of ``text``: ``|``
        boundary, ``~`` optional, ``.`` none.

    Raises
    ------
    ValueError
        If a mark stands at the edge or beside another mark.

    Examples
    --------
    >>> parse_words("推动 科技~创新")
    ('推动科技创新', '.|.~.')
    """
    if words != words.strip(" ~") or re.search(r"[ ~]{2}|[^\S ]", words):
        raise ValueError(
            "a boundary mark stands at the edge or beside another one in "
            f"{words!r}: write one space or one ~ between two words"
        )
    parts = re.split(r"([ ~])", words)
    marks = {" ": CUT, "~": FREE}
    boundaries = "".join(marks[part] if part in marks else JOIN * (len(part) - 1) for part in parts)
    return "".join(parts[::2]), boundaries


def parse_terms(terms, text, boundaries):
    """Read the terms of a sentence and check them against its words.

    Parameters
    ----------
    terms : str
        ``start:end=term`` or ``start:end?=term``, separated by spaces; may be empty.
    text : str
        The sentence.
    boundaries : str
        Its boundaries, as :func:`parse_words` gives them.

    Returns
    -------
    tuple of Term
        In the order of the text, the longer first.

    Raises
    ------
    ValueError
        If an item is malformed, names other text than its offsets hold, begins or
        ends inside a word, or overlaps another required term.

    Examples
    --------
    >>> parse_terms("2:6=科技创新", "推动科技创新", ".|.~.")
    (Term(start=2, end=6, required=True, text='科技创新'),)
    """
    found = sorted(
        (_parse_term(item, text, boundaries) for item in terms.split()), key=lambda term: (term.start, -term.end)
    )
    required = [term for term in found if term.required]
    for left, right in pairwise(required):
        if left.end > right.start:
            raise ValueError(f"the required terms {left.text} and {right.text} overlap")
    return tuple(found)


def _parse_term(item, text, boundaries):
    match = _TERM.fullmatch(item)
    if match is None:
        raise ValueError(f"term {item!r} is not of the form start:end=term")
    start, end, name = int(match[1]), int(match[2]), match[4]
    if start >= end or text[start:end] != name:
        at = [m.start() for m in re.finditer(re.escape(name), text)]
        raise ValueError(
            f"term {item!r}: the text has {text[start:end]!r} there; {name!r} begins at {at or 'no place'}"
        )
    for edge in (start, end):
        if 0 < edge < len(text) and boundaries[edge - 1] == JOIN:
            raise ValueError(f"term {item!r} begins or ends inside a word")
    return Term(start, end, not match[3], name)


def load_gold(path=None):
    """Load sentences that were segmented by hand.

    Parameters
    ----------
    path : str or path-like, optional
        A tab-separated file in UTF-8 with the columns ``id``, ``article``, ``text``,
        ``words`` and ``terms``; by default ``data/gold/sentences.tsv``.

    Returns
    -------
    DataFrame
        Index ``id``; columns ``article``, ``text``, ``words`` (in the notation),
        ``boundaries`` (a character for each gap: ``|``, ``~`` or ``.``) and ``terms``
        (tuples of :class:`Term`).

    Raises
    ------
    FileNotFoundError
        If there is no such file.
    ValueError
        Naming file and line, if the header, an id, the notation of the words or that
        of the terms is wrong.

    Examples
    --------
    >>> gold = load_gold()
    >>> gold.loc["lu-009", "words"]
    '一~是 进一步 完善 京津冀 协同~创新 机制 。'
    >>> [term.text for term in gold.loc["lu-009", "terms"] if term.required]
    ['协同创新']

    Notes
    -----
    The rules are in ``data/gold/GUIDELINE.md``, doubtful cases in ``DECISIONS.md``.
    """
    path = DATA / "gold" / "sentences.tsv" if path is None else Path(path)
    lines = path.read_text(encoding="utf-8").removeprefix("\ufeff").splitlines()
    if not lines or lines[0].split("\t") != COLUMNS:
        raise ValueError(f"{path.name}, line 1: the columns must be {', '.join(COLUMNS)}")
    rows, seen = [], {}
    for number, line in enumerate(lines[1:], start=2):
        try:
            row = _parse_row(line)
        except ValueError as error:
            raise ValueError(f"{path.name}, line {number}: {error}") from error
        if row["id"] in seen:
            raise ValueError(f"{path.name}, line {number}: id {row['id']} is already on line {seen[row['id']]}")
        seen[row["id"]] = number
        rows.append(row)
    columns = ["id", "article", "text", "words", "boundaries", "terms"]
    return pd.DataFrame(rows, columns=columns).set_index("id")


def _parse_row(line):
    fields = line.split("\t")
    if len(fields) != len(COLUMNS):
        raise ValueError(f"{len(fields)} columns instead of {len(COLUMNS)}")
    row = dict(zip(COLUMNS, fields, strict=False))
    text, boundaries = parse_words(row["words"])
    if not text or text != row["text"]:
        raise ValueError(f"the words of {row['id']} do not add up to its text")
    terms = parse_terms(row["terms"], text, boundaries)
    return row | {"boundaries": boundaries, "terms": terms}


def boundary_agreement(first, second):
    """Agreement of two segmentations by hand of the same sentences.

    Parameters
    ----------
    first, second : DataFrame
        As :func:`load_gold` gives them, with the same index and texts.

    Returns
    -------
    Series
        ``gaps`` (between two characters neither of which is punctuation),
        ``agreed``, ``opposed`` (a boundary in one and none in the other),
        ``rate`` (agreed / gaps) and ``kappa`` (Cohen's, over the three marks).

    Raises
    ------
    ValueError
        If the sentences are not the same.

    Examples
    --------
    >>> gold = load_gold()
    >>> boundary_agreement(gold, gold)["kappa"]
    1.0

    Notes
    -----
    Gaps beside punctuation are left out: nobody can disagree there. Cohen, J.
    (1960), A coefficient of agreement for nominal scales.
    """
    if not first["text"].equals(second["text"]):
        raise ValueError("first and second must hold the same sentences under the same ids")
    pairs = pd.DataFrame(
        [
            pair
            for text, one, two in zip(first["text"], first["boundaries"], second["boundaries"], strict=False)
            for left, right, *pair in zip(text, text[1:], one, two, strict=False)
            if left not in PUNCTUATION and right not in PUNCTUATION
        ],
        columns=["first", "second"],
    )
    same = pairs["first"] == pairs["second"]
    opposed = ~same & (pairs != FREE).all(axis=1)
    shares = [pairs[column].value_counts(normalize=True) for column in pairs]
    chance = float(shares[0].mul(shares[1], fill_value=0).sum())
    rate = float(same.mean())
    kappa = (rate - chance) / (1 - chance) if chance < 1 else 1.0
    return pd.Series(
        {
            "gaps": len(pairs),
            "agreed": int(same.sum()),
            "opposed": int(opposed.sum()),
            "rate": round(rate, 4),
            "kappa": round(kappa, 4),
        },
        dtype=object,
    )
