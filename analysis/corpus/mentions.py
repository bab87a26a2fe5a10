"""What a text names: documents it cites, words it puts in quotation marks, terms of a list."""

import re
from collections.abc import Iterable

import pandas as pd

from analysis._checks import check_texts, strings

DOCUMENT = re.compile(r"《((?:[^《》]|《[^《》]*》)+)》(?:[（(]以下(?:简称|称)[“\"]?《?([^》）)”\"]+)》?[”\"]?[）)])?")
COINAGE = re.compile(r"“([^“”，,。；;：:！？!?]+)”")
LONGEST_COINAGE = 12


def find_documents(texts: pd.Series) -> pd.DataFrame:
    """Find the documents that texts cite in 《》, with the abbreviations they agree on.

    Parameters
    ----------
    texts : Series of str, one article (or paragraph) each, in reading order; an abbreviation
        holds from where it is introduced, ``《…》(以下简称《规划》)``, to the end of its text.

    Returns
    -------
    DataFrame
        One row per mention: ``unit``, ``document`` (full title), ``mention`` (as printed, without
        the marks), ``start`` and ``end`` in the unit's text, marks included.

    Examples
    --------
    >>> text = "《首都都市圈规划(2023—2035年)》(以下简称《规划》)获批。《规划》提出"
    >>> find_documents(pd.Series({"a": text}))[["mention", "start"]].values.tolist()
    [['首都都市圈规划(2023—2035年)', 0], ['规划', 26], ['规划', 34]]

    Notes
    -----
    Marks of 《》 name books, papers and laws alike; the kind is left to the reader.
    """
    check_texts(texts)
    rows = []
    for unit, text in texts.items():
        full: dict[str, str] = {}
        for match in DOCUMENT.finditer(text):
            title, short = match.groups()
            end = match.start() + len(title) + 2
            rows.append((unit, full.get(title, title), title, match.start(), end))
            if short:
                full[short] = title
                start = text.index(short, end) - (text[text.index(short, end) - 1] == "《")
                stop = start + len(short) + 2 * (text[start] == "《")
                rows.append((unit, title, short, start, stop))
    return pd.DataFrame(rows, columns=["unit", "document", "mention", "start", "end"])


def find_coinages(texts: pd.Series) -> pd.DataFrame:
    """Find the short expressions in quotation marks: coinages, images and set phrases.

    Returns
    -------
    DataFrame
        One row per mention: ``unit``, ``coinage`` (without the marks), ``start``, ``end`` (marks
        included). Quotations of more than 12 characters, or with a stop in them, are left out.

    Examples
    --------
    >>> find_coinages(pd.Series({"a": "牵住“牛鼻子”,打造“微中心”。"})).coinage.tolist()
    ['牛鼻子', '微中心']
    """
    check_texts(texts)
    rows = [
        (unit, match[1], *match.span())
        for unit, text in texts.items()
        for match in COINAGE.finditer(text)
        if len(match[1]) <= LONGEST_COINAGE
    ]
    return pd.DataFrame(rows, columns=["unit", "coinage", "start", "end"])


def find_terms(texts: pd.Series, terms: Iterable[str]) -> pd.DataFrame:
    """Find the terms of a list by their characters, the longest first where they overlap.

    Parameters
    ----------
    texts : Series of str.
    terms : such as the places of a lexicon, ``lexicon.index[lexicon.category == "place"]``.

    Returns
    -------
    DataFrame
        One row per mention: ``unit``, ``term``, ``start``, ``end``.

    Raises
    ------
    ValueError
        If there are no terms.
    TypeError
        If ``terms`` is one string.

    Examples
    --------
    >>> find_terms(pd.Series({"a": "北京城市副中心在北京"}), ["北京", "北京城市副中心"]).term.tolist()
    ['北京城市副中心', '北京']

    Notes
    -----
    This reads characters and not words, so 上海 is found in 海上海, but 6G not in 16GB; tokens are
    the safer ground for counting, spans the better one for showing where a term stands.
    """
    check_texts(texts)
    ordered = sorted({term for term in strings("terms", terms) if term}, key=lambda term: (-len(term), term))
    if not ordered:
        raise ValueError("There are no terms to find: the list is empty.")
    pattern = re.compile("|".join(map(pattern_of, ordered)))
    rows = [(unit, match.group(), *match.span()) for unit, text in texts.items() for match in pattern.finditer(text)]
    return pd.DataFrame(rows, columns=["unit", "term", "start", "end"])


def pattern_of(term: str) -> str:
    """Return the pattern that finds a term, and not its letters inside a longer Latin word.

    Examples
    --------
    >>> [bool(re.search(pattern_of("6G"), text)) for text in ("发展6G网络", "16GB")]
    [True, False]
    """
    before = "(?<![A-Za-z0-9])" if re.match("[A-Za-z0-9]", term) else ""
    after = "(?![A-Za-z0-9])" if re.search("[A-Za-z0-9]$", term) else ""
    return before + re.escape(term) + after
