"""Sentences segmented by hand: the file, its notation, and its consistency.

In ``words`` a space is a boundary that must be there, ``~`` one that may be there. In ``terms`` a policy term
is ``start:end=term`` (offsets in ``text``), or ``start:end?=term`` if it need not be compounded.
"""

import re
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from analysis._paths import DATA
from analysis._tables import read_text_file

GOLD = DATA / "gold" / "sentences.tsv"
COLUMNS = ["id", "article", "text", "words", "terms"]
JOIN, CUT, FREE = ".", "|", "~"
_TERM = re.compile(r"(\d+):(\d+)(\??)=(\S+)")


class Term(NamedTuple):
    """A policy term in a sentence: offsets in the text, and whether it is required."""

    start: int
    end: int
    required: bool
    text: str


def parse_words(words: str) -> tuple[str, str]:
    """Read a segmentation, 推动 科技~创新: the sentence, and for each gap in it ``|``, ``~`` or ``.`` (none)."""
    if words != words.strip(" ~") or re.search(r"[ ~]{2}|[^\S ]", words):
        problem = "a boundary mark stands at the edge or beside another one in"
        raise ValueError(f"{problem} {words!r}: write one space or one ~ between two words")
    parts, marks = re.split(r"([ ~])", words), {" ": CUT, "~": FREE}
    boundaries = "".join(marks[part] if part in marks else JOIN * (len(part) - 1) for part in parts)
    return "".join(parts[::2]), boundaries


def parse_terms(terms: str, text: str, boundaries: str) -> tuple[Term, ...]:
    """Read the terms of a sentence, the longer first, and check them against its words."""
    parsed = (_parse_term(item, text, boundaries) for item in terms.split())
    found = sorted(parsed, key=lambda term: (term.start, -term.end))
    for left, right in pairwise(term for term in found if term.required):
        if left.end > right.start:
            raise ValueError(f"the required terms {left.text} and {right.text} overlap")
    return tuple(found)


def _parse_term(item: str, text: str, boundaries: str) -> Term:
    match = _TERM.fullmatch(item)
    if match is None:
        raise ValueError(f"term {item!r} is not of the form start:end=term")
    start, end, name = int(match[1]), int(match[2]), match[4]
    if start >= end or text[start:end] != name:
        at, there = [match.start() for match in re.finditer(re.escape(name), text)], text[start:end]
        raise ValueError(f"term {item!r}: the text has {there!r} there; {name!r} begins at {at or 'no place'}")
    for edge in (start, end):
        if 0 < edge < len(text) and boundaries[edge - 1] == JOIN:
            raise ValueError(f"term {item!r} begins or ends inside a word")
    return Term(start, end, not match[3], name)


def load_gold(path: str | Path = GOLD) -> pd.DataFrame:
    """Load sentences that were segmented by hand.

    Parameters
    ----------
    path : str or Path
        A tab-separated file in UTF-8 with the columns ``id``, ``article``, ``text``, ``words`` and ``terms``;
        by default the project's.

    Returns
    -------
    DataFrame
        Index ``id``; ``article``, ``text``, ``words`` (a space is a boundary, ``~`` one that may be there),
        ``boundaries`` (a character for each gap: ``|``, ``~`` or ``.`` for none) and ``terms`` (tuples).

    Raises
    ------
    FileNotFoundError, ValueError
        Naming file and line, if the header, an id, or the notation of the words or terms is wrong.

    Examples
    --------
    >>> sentence = load_gold().iloc[0]
    >>> len(sentence.text) == len(sentence.boundaries) + 1
    True

    Notes
    -----
    The rules are in ``data/gold/GUIDELINE.md``, doubtful cases in ``DECISIONS.md``.
    """
    path = Path(path)
    lines = read_text_file(path).splitlines()
    if not lines or lines[0].split("\t") != COLUMNS:
        raise ValueError(f"{path.name}, line 1: the columns must be {', '.join(COLUMNS)}")
    rows: dict[str, dict] = {}
    for number, line in enumerate(lines[1:], start=2):
        try:
            row = _parse_row(line)
            if row["id"] in rows:
                raise ValueError(f"id {row['id']} is already on line {list(rows).index(row['id']) + 2}")
        except ValueError as error:
            raise ValueError(f"{path.name}, line {number}: {error}") from error
        rows[row["id"]] = row
    return pd.DataFrame(rows.values(), columns=[*COLUMNS[:4], "boundaries", "terms"]).set_index("id")


def _parse_row(line: str) -> dict:
    if len(fields := line.split("\t")) != len(COLUMNS):
        raise ValueError(f"{len(fields)} columns instead of {len(COLUMNS)}")
    row = dict(zip(COLUMNS, fields, strict=True))
    text, boundaries = parse_words(row["words"])
    if not text or text != row["text"]:
        raise ValueError(f"the words of {row['id']} do not add up to its text")
    return row | {"boundaries": boundaries, "terms": parse_terms(row["terms"], text, boundaries)}
