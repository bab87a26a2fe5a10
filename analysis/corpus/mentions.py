"""What a text names: documents it cites, words it puts in quotation marks, terms of a list, places."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from unicodedata import normalize

import pandas as pd

from analysis._checks import check_texts, strings
from analysis.corpus.places import find_places
from analysis.reading.lines import NUMBER

KINDS = ("document", "coinage", "term", "place")
_CODE = (
    rf"[\u4e00-\u9fff]{{1,10}}\s?{NUMBER}|[\u4e00-\u9fff]{{1,16}}令\s*第?\s*\d{{1,5}}\s*号"
    r"|[\u4e00-\u9fff]{0,10}公告\s?\d{4}年第\s?\d{1,5}号"
)
_SHORT = r"以下(?:简称|称)[“\"]?《?([^》）)”\"]+)》?[”\"]?"
_TITLE = r"《((?:[^《》]|《[^《》]*》)+)》"
DOCUMENT = re.compile(rf"{_TITLE}(?:[（(](?:({_CODE})[，,、；;\s]*)?(?:{_SHORT})?[）)])?|({_CODE})")
_LEADS_IN = re.compile(
    r".*(?:根据|按照|依据|依照|参照|执行|落实|贯彻|印发|转发|关于|以及|[见以按据和与及的])(?=[\u4e00-\u9fff])"
)
COINAGE = re.compile(r"“([^“”，,。；;：:！？!?]{1,12})”")

Mention = tuple[str, str, int, int]  # as printed, its name, start, end


def find_mentions(texts: pd.Series, *, kind: str = "document", terms: Iterable[str] | None = None) -> pd.DataFrame:
    """Find what texts name: documents in 《》, coinages in “”, the terms of a list, or places.

    Parameters
    ----------
    texts : Series of str
        One article (or paragraph) each, in reading order; an abbreviation of a document holds from where it is
        introduced, ``《…》(以下简称《规划》)``, to the end of its text, as does the number beside a title,
        ``《…》(国发〔2018〕41号)``.
    kind : {"document", "coinage", "term", "place"}
        A coinage is a short expression in quotation marks: at most 12 characters and no stop. Places are those of
        :func:`analysis.load_regions`, the longest name where they overlap.
    terms : collection of str, optional
        What to find with ``kind="term"``, such as the places of a lexicon,
        ``lexicon.index[lexicon.category == "place"]``; the longest first where they overlap.

    Returns
    -------
    DataFrame
        One row per mention: ``unit``, ``kind``, ``mention`` (as printed, without the marks), ``name`` (the full
        title of a document mentioned by its abbreviation or number, the full name of a place, else the mention),
        ``start`` and ``end`` in the text, marks included. Of places also ``region``, as in the index of
        :func:`analysis.load_regions`, and its ``level`` and ``parent``; where a name has several bearers (吉林 is a
        province and a city in it), ``region`` has all, ``"220000|220200"``, ``name`` is the mention, and what they do
        not share is ``""``.

    Raises
    ------
    TypeError, ValueError
        For texts or terms of the wrong shape, an unknown kind, and terms missing or given for another kind.

    Examples
    --------
    >>> text = "《首都都市圈规划(2023—2035年)》(以下简称《规划》)获批。《规划》提出打造“微中心”"
    >>> find_mentions(pd.Series({"a": text}))[["mention", "start"]].values.tolist()
    [['首都都市圈规划(2023—2035年)', 0], ['规划', 26], ['规划', 34]]
    >>> places = find_mentions(pd.Series({"a": "陕西安康和雄安新区"}), kind="place")
    >>> places[["name", "region", "parent"]].values.tolist()
    [['陕西省', '610000', ''], ['安康市', '610900', '610000'], ['雄安新区', '雄安新区', '130000']]

    Notes
    -----
    Marks of 《》 name books, papers and laws alike; the kind is left to the reader. Terms are found by their
    characters and not as words, so 上海 is found in 海上海, but 6G not in 16GB; tokens are the safer ground for
    counting, spans the better one for showing where a term is.

    Places are looked for by full names and aliases, but not by short names of counties (安新, 和平); 和县 only after
    the place it lies in. A short name must not be a part of another word (海南 in 上海南部, 北京 in 北京大学). One that
    jieba's dictionary has as a common word (安康, 来宾; 新城区) counts after a place that it lies in, in a list of such
    places (宝鸡、安康), before 机场 and the like, and in a text that has it so or in full elsewhere. Of several bearers
    the one in the place directly before is meant, around the place directly after, like its neighbours in a list, or
    the only one that the text names elsewhere. Of 150 mentions in nine provincial reports that the rules were not
    made on, one reader, a language model, judged 147 right, and 97 of 100 of those that name no province; some stand
    in the name of a firm or a school. Of about 1,050 places of the list there, short names of counties aside, 19 were
    missed. Names are those of 2024: an older text may mean another extent.
    """
    check_texts(texts)
    if kind not in KINDS:
        raise ValueError(f"kind must be one of {KINDS}, not {kind!r}.")
    if (kind == "term") != (terms is not None):
        raise ValueError(f"terms go with kind='term', and kind is {kind!r}: give both or neither.")
    columns = ["unit", "kind", "mention", "name", "start", "end"]
    find: Callable[[str], Iterator[tuple]]
    if kind == "place":
        find, columns = find_places, [*columns, "region", "level", "parent"]
    else:
        find = _documents if kind == "document" else partial(_matches, COINAGE if terms is None else _any_of(terms))
    rows = [(unit, kind, *mention) for unit, text in texts.items() for mention in find(text)]
    return pd.DataFrame(rows, columns=columns)


def _documents(text: str) -> Iterator[Mention]:
    """Titles with the number beside them, their abbreviations, and numbers alone, which stand for the title."""
    full: dict[str, str] = {}
    for match in DOCUMENT.finditer(text):
        title, number, short, alone = match.groups()
        if alone:
            code = _LEADS_IN.sub("", alone)
            yield code, full.get(_plain(code), code), match.end() - len(code), match.end()
            continue
        end = match.start() + len(title) + 2
        name = full.get(title, title)
        if number:
            full[_plain(number)] = name
            end = match.end(2) + (not short and match.end() > match.end(2))
        yield title, name, match.start(), end
        if short:
            full[short] = title
            start = match.start(3) - (text[match.start(3) - 1] == "《")
            yield short, title, start, start + len(short) + 2 * (text[start] == "《")


def _plain(number: str) -> str:
    """A document's number without what differs between ways to print it."""
    return re.sub(r"[\s第年]|[〔\[【（(﹝〕\]】）)﹞]", "", normalize("NFKC", number))


def _matches(pattern: re.Pattern, text: str) -> Iterator[Mention]:
    for match in pattern.finditer(text):
        yield match[pattern.groups], match[pattern.groups], *match.span()


def _any_of(terms: Iterable[str]) -> re.Pattern:
    ordered = sorted({term for term in strings("terms", terms) if term}, key=lambda term: (-len(term), term))
    if not ordered:
        raise ValueError("There are no terms to find: the list is empty.")
    return re.compile("|".join(map(pattern_of, ordered)))


def pattern_of(term: str) -> str:
    """Return the pattern that finds a term, and not its letters inside a longer Latin word."""
    before = "(?<![A-Za-z0-9])" if re.match("[A-Za-z0-9]", term) else ""
    after = "(?![A-Za-z0-9])" if re.search("[A-Za-z0-9]$", term) else ""
    return before + re.escape(term) + after
