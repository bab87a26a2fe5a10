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
    """Read a segmentation: the sentence, and ``|``, ``~`` or ``.`` (none) for each gap in it.

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


def parse_terms(terms: str, text: str, boundaries: str) -> tuple[Term, ...]:
    """Read the terms of a sentence, the longer first, and check them against its words.

    Examples
    --------
    >>> parse_terms("2:6=科技创新", "推动科技创新", ".|.~.")
    (Term(start=2, end=6, required=True, text='科技创新'),)
    """
    parsed = (_parse_term(item, text, boundaries) for item in terms.split())
    found = sorted(parsed, key=lambda term: (term.start, -term.end))
    required = [term for term in found if term.required]
    for left, right in pairwise(required):
        if left.end > right.start:
            raise ValueError(f"the required terms {left.text} and {right.text} overlap")
    return tuple(found)


def _parse_term(item: str, text: str, boundaries: str) -> Term:
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


def load_gold(path: str | Path = GOLD) -> pd.DataFrame:
    """Load sentences that were segmented by hand.

    Parameters
    ----------
    path : str or Path
        A tab-separated file in UTF-8 with the columns ``id``, ``article``, ``text``,
        ``words`` and ``terms``; by default the project's.

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
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "mine.tsv")
    ...     row = "a-1\\tA\\t推动科技创新\\t推动 科技~创新\\t2:6=科技创新"
    ...     _ = path.write_text("id\\tarticle\\ttext\\twords\\tterms\\n" + row, encoding="utf-8")
    ...     load_gold(path).boundaries["a-1"]
    '.|.~.'

    Notes
    -----
    The rules are in ``data/gold/GUIDELINE.md``, doubtful cases in ``DECISIONS.md``.
    """
    path = Path(path)
    lines = read_text_file(path).splitlines()
    if not lines or lines[0].split("\t") != COLUMNS:
        raise ValueError(f"{path.name}, line 1: the columns must be {', '.join(COLUMNS)}")
    rows: list[dict] = []
    seen: dict[str, int] = {}
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


def _parse_row(line: str) -> dict:
    fields = line.split("\t")
    if len(fields) != len(COLUMNS):
        raise ValueError(f"{len(fields)} columns instead of {len(COLUMNS)}")
    row = dict(zip(COLUMNS, fields, strict=True))
    text, boundaries = parse_words(row["words"])
    if not text or text != row["text"]:
        raise ValueError(f"the words of {row['id']} do not add up to its text")
    terms = parse_terms(row["terms"], text, boundaries)
    return row | {"boundaries": boundaries, "terms": terms}
