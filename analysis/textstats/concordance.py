"""Words in their sentences, and words beside each other."""

import re
from collections.abc import Collection, Iterator

import numpy as np
import pandas as pd

from analysis._checks import check_series
from analysis.textstats import association
from analysis.textstats.counts import encode, neighbour_counts

SORTS = ("position", "left", "right")
MEASURES = ("g2", "pmi", "npmi", "t", "log_dice", "delta_p_2_given_1", "delta_p_1_given_2")


def kwic(
    tokens_or_text: pd.Series,
    pattern: str | Collection[str],
    by: str = "word",
    groups: pd.Series | None = None,
    width: int = 20,
    sort: str = "position",
) -> pd.DataFrame:
    """Show every hit of a pattern with what stands left and right of it.

    Parameters
    ----------
    tokens_or_text : texts (``corpus.text``), or tokens that joined give the text again: made
        with ``punctuation=True`` and without stopwords.
    pattern : with ``by="word"`` a token, or several; with ``by="regex"`` a regular expression,
        which is searched in texts, and has to match whole tokens.
    by : ``"word"`` (needs tokens: 创新 is no hit inside 创新链) or ``"regex"``.
    groups : label per unit (``corpus.article``), on the same index; becomes the column
        ``group``.
    width : characters of context on each side.
    sort : ``"position"`` (as in the corpus), ``"left"`` (by the left context from the keyword
        outwards) or ``"right"``; ties by position.

    Returns
    -------
    DataFrame
        ``group`` (if given), ``unit``, ``start`` and ``end`` (span in the unit's text, in
        characters from 0, end exclusive), ``left``, ``keyword``, ``right``. Line breaks in the
        context are shown as spaces. Empty if there is no hit.

    Raises
    ------
    TypeError, ValueError
        For texts with ``by="word"``, tokens that are not the whole text, or a pattern that is
        no regular expression or matches nothing but emptiness.

    Examples
    --------
    >>> text = pd.Series({"a": "以科技创新引领产业创新。"})
    >>> hits = kwic(text, "创新", by="regex", width=3)
    >>> hits[["start", "left", "keyword", "right"]].values.tolist()
    [[3, '以科技', '创新', '引领产'], [9, '领产业', '创新', '。']]

    Notes
    -----
    A concordance shows all uses; choosing some of them for quotation is the reader's
    judgement, to be reported with the number left out. :func:`align_kwic` sets the table with
    the keywords below each other.
    """
    _check_kwic(by, sort, width)
    texts, spans = _hits(tokens_or_text, pattern, by)
    rows = [
        (
            unit,
            start,
            end,
            _flat(texts[unit][max(0, start - width) : start]),
            _flat(texts[unit][start:end]),
            _flat(texts[unit][end : end + width]),
        )
        for unit, start, end in spans
    ]
    names = ["unit", "start", "end", "left", "keyword", "right"]
    table = pd.DataFrame(rows, columns=names)
    if groups is not None:
        check_series("groups", groups, "a label per unit, such as corpus.article")
        if not groups.index.equals(tokens_or_text.index):
            raise ValueError("groups and the texts are not on the same index: take both from one corpus.")
        table.insert(0, "group", groups.iloc[table.unit.astype(int)].to_numpy())
    table["unit"] = tokens_or_text.index[table.unit.astype(int)]
    table = table.astype({"left": str, "keyword": str, "right": str})
    if sort == "position":
        return table
    return table.sort_values(sort, key=_outwards(sort), kind="stable", ignore_index=True)


def align_kwic(table: pd.DataFrame):
    """Set a concordance for a notebook: left context flush right, keyword bold between.

    Parameters
    ----------
    table : result of :func:`kwic`, or rows of it.

    Returns
    -------
    pandas Styler, shown by a notebook as an HTML table; ``to_html()`` gives its source, the
    same each time.

    Examples
    --------
    >>> hits = kwic(pd.Series({"a": "科技创新"}), "创新", by="regex")
    >>> "text-align: right" in align_kwic(hits).to_html()
    True
    """
    from pandas.io.formats.style import Styler

    style = Styler(table, uuid="kwic", cell_ids=False).hide(axis="index")
    style = style.set_properties(subset=["left"], **{"text-align": "right"})
    style = style.set_properties(subset=["right"], **{"text-align": "left"})
    return style.set_properties(subset=["keyword"], **{"text-align": "center", "font-weight": "bold"})


def collocations(
    tokens: pd.Series,
    window: int | str = 5,
    measure: str = "g2",
    node: str | None = None,
    min_count: int = 3,
    top: int | None = None,
) -> pd.DataFrame:
    """Find words that stand near each other more often than chance would put them there.

    Parameters
    ----------
    tokens : Series of lists of str; no pair reaches over the end of a unit.
    window : ``"adjacent"`` for word 2 right after word 1; or a distance of up to so many
        tokens on either side, in any order.
    measure : what to sort by: ``"g2"``, ``"t"``, ``"log_dice"``, ``"delta_p_2_given_1"``,
        ``"delta_p_1_given_2"``, ``"pmi"`` or ``"npmi"``.
    node : only pairs with this word.
    min_count : leave out pairs with a smaller count; at least 3 for ``"pmi"`` and ``"npmi"``,
        which would otherwise list words that occur once.
    top : so many pairs, or all.

    Returns
    -------
    DataFrame
        ``word1``, ``word2`` (in a window: by code point, or the node first), ``count``,
        ``count1``, ``count2`` (margins of the table of pairs: places beside each word, in a
        window; first and second places, if adjacent), ``expected``, ``g2`` (four-term, with a
        minus if the pair is rarer than expected), ``pmi``, ``npmi``, ``t``, ``log_dice``,
        ``delta_p_2_given_1``, ``delta_p_1_given_2``. Sorted by ``measure`` descending, then
        G², then the words; 6 decimals.

    Raises
    ------
    ValueError
        For an unknown measure or window, a node that does not occur, or no pair left.

    Examples
    --------
    >>> tokens = pd.Series([["科技", "创新", "链"], ["科技", "创新"], ["科技", "创新", "力"]])
    >>> found = collocations(tokens, window="adjacent", min_count=2)
    >>> found[["word1", "word2", "count", "expected"]].values.tolist()
    [['科技', '创新', 3, 1.8]]

    Notes
    -----
    G² here ranks; its p-value would take overlapping windows as independent, and pairs found
    in one corpus as a hypothesis about it. Values from windows of different widths, and
    adjacent pairs, are not comparable. If stopwords were left out, neighbours are neighbours
    among what was kept. Windows count places as Evert (2008), Corpora and collocations, for
    surface co-occurrence; sources of the measures: :mod:`analysis.textstats.association`.
    """
    _check_collocations(window, measure, min_count)
    sequences = encode(tokens)
    terms = sequences.terms
    pairs = neighbour_counts(sequences, window)
    if node is not None:
        pairs = _with_node(pairs, terms, node, window)
    pairs = pairs[pairs["count"] >= min_count]
    if not len(pairs):
        raise ValueError(f"No pair has a count of {min_count} or more; lower min_count or widen the window.")
    table = pd.DataFrame({"word1": terms[pairs["first"]], "word2": terms[pairs["second"]]})
    table = table.join(_pair_measures(pairs.reset_index(drop=True))).round(6)
    keys = list(dict.fromkeys([measure, "g2", "word1", "word2"]))
    table = table.sort_values(keys, ascending=[name.startswith("word") for name in keys], ignore_index=True)
    return table if top is None else table.head(top)


def _check_kwic(by: str, sort: str, width: int) -> None:
    if by not in ("word", "regex"):
        raise ValueError(f"by must be 'word' or 'regex', not {by!r}.")
    if sort not in SORTS:
        raise ValueError(f"sort must be one of {SORTS}, not {sort!r}.")
    if width < 1:
        raise ValueError(f"width must be 1 character or more, not {width!r}.")


def _flat(text: str) -> str:
    return re.sub(r"\s", " ", text)


def _outwards(sort: str):
    """Read left contexts from their end, which is next to the keyword."""
    return (lambda context: context.str[::-1]) if sort == "left" else None


def _hits(source: pd.Series, pattern, by: str) -> tuple[list[str], list[tuple[int, int, int]]]:
    """Return the text of each unit, and unit (as place), start and end of each hit."""
    check_series("kwic's first argument", source, "texts, or lists of tokens")
    kinds = {"text" if isinstance(unit, str) else "tokens" for unit in source}
    if len(kinds) > 1 or not all(isinstance(unit, (str, list, tuple)) for unit in source):
        raise TypeError("kwic needs a Series of texts or a Series of lists of tokens.")
    matches = _matcher(pattern, by)
    if kinds == {"tokens"}:
        _check_whole(source)
        spans = [
            (place, start, end)
            for place, tokens in enumerate(source)
            for token, start, end in _spans(tokens)
            if matches.fullmatch(token)
        ]
        return source.str.join("").tolist(), spans
    if by == "word" and kinds:
        raise ValueError(
            "by='word' needs tokens: pass segment(texts, lexicon, punctuation=True), "
            "or search the texts with by='regex'."
        )
    spans = [(place, *hit.span()) for place, text in enumerate(source) for hit in matches.finditer(text) if hit.group()]
    return source.tolist(), spans


def _matcher(pattern, by: str) -> re.Pattern:
    if by == "word":
        words = [pattern] if isinstance(pattern, str) else list(pattern)
        pattern = "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))
    try:
        matcher = re.compile(pattern)
    except re.error as error:
        raise ValueError(f"{pattern!r} is not a regular expression: {error}.") from error
    if not pattern or matcher.fullmatch(""):
        raise ValueError(f"The pattern {pattern!r} matches the empty string: ask for a character at least.")
    return matcher


def _check_whole(tokens: pd.Series) -> None:
    made = tokens.attrs.get("segmentation", {"punctuation": True, "stopwords": "none"})
    if not made["punctuation"] or made["stopwords"] != "none":
        raise ValueError(
            "These tokens are not the whole text, so that a concordance cannot show "
            "sentences: pass segment(texts, lexicon, punctuation=True) without "
            "stopwords."
        )


def _spans(tokens: list[str]) -> Iterator[tuple[str, int, int]]:
    end = 0
    for token in tokens:
        start, end = end, end + len(token)
        yield token, start, end


def _check_collocations(window: int | str, measure: str, min_count: int) -> None:
    if measure not in MEASURES:
        raise ValueError(f"measure must be one of {MEASURES}, not {measure!r}.")
    if window != "adjacent" and not (isinstance(window, int) and window >= 1):
        raise ValueError(f"window must be 'adjacent' or a number of tokens from 1, not {window!r}.")
    if measure in ("pmi", "npmi") and min_count < 3:
        raise ValueError(
            f"{measure} with min_count {min_count} would rank words that occur once "
            "or twice: take a min_count of 3 or more, or another measure."
        )


def _with_node(pairs: pd.DataFrame, terms: np.ndarray, node: str, window: int | str) -> pd.DataFrame:
    found = np.flatnonzero(terms == node)
    if not len(found):
        raise ValueError(f"The node {node!r} does not occur as a token.")
    pairs = pairs[(pairs["first"] == found[0]) | (pairs["second"] == found[0])]
    if window == "adjacent":
        return pairs
    swap = {"first": "second", "second": "first", "count1": "count2", "count2": "count1"}
    turned = pairs[pairs["first"] != found[0]].rename(columns=swap)
    return pd.concat([pairs[pairs["first"] == found[0]], turned[pairs.columns]])


def _pair_measures(pairs: pd.DataFrame) -> pd.DataFrame:
    a = pairs["count"].to_numpy()
    first, second, total = (pairs[name].to_numpy() for name in ("count1", "count2", "total"))
    cells = a, first - a, second - a, total - first - second + a
    return pd.DataFrame({
        "count": a,
        "count1": first,
        "count2": second,
        "expected": association.expected(*cells)[0],
        "g2": association.sign(*cells) * association.log_likelihood(*cells),
        "pmi": association.pmi(*cells),
        "npmi": association.npmi(*cells),
        "t": association.t_score(*cells),
        "log_dice": association.log_dice(*cells),
        "delta_p_2_given_1": association.delta_p(*cells),
        "delta_p_1_given_2": association.delta_p(*cells, given=2),
    })
