"""Words in their sentences."""

import re
from collections.abc import Collection
from html import escape
from itertools import accumulate

import pandas as pd

from analysis._checks import check_choice, check_number, check_series, strings
from analysis.textstats.counts import check_same_index


def kwic(
    tokens_or_text: pd.Series,
    pattern: str | Collection[str],
    *,
    by: str = "word",
    groups: pd.Series | None = None,
    width: int = 20,
    sort: str = "position",
) -> pd.DataFrame:
    """Show every hit of a pattern with what stands left and right of it.

    Parameters
    ----------
    tokens_or_text : Series of str or of list of str
        Texts, or tokens that joined give the text again: with ``punctuation=True``, without stopwords.
    pattern : str or collection of str
        With ``"word"`` a token, or several; with ``"regex"`` one expression, which must match whole tokens.
    by : {"word", "regex"}
        ``"word"`` needs tokens: 创新 is no hit inside 创新链.
    groups : Series, optional
        Label per unit (``corpus.article``), on the same index; becomes the column ``group``.
    width : int, default 20
        Characters of context on each side.
    sort : {"position", "left", "right"}
        As in the corpus, or by the left context from the keyword outwards, or by the right; ties by position.

    Returns
    -------
    DataFrame
        ``group`` (if given), ``unit``, ``start`` and ``end`` (span in the unit's text, in characters from 0,
        end exclusive), ``left``, ``keyword``, ``right``. Line breaks are shown as spaces.

    Raises
    ------
    TypeError, ValueError
        For texts with ``by="word"``, tokens that are not the whole text, a pattern that is no expression.

    Examples
    --------
    >>> hits = kwic(pd.Series({"a": "以科技创新引领产业创新。"}), "创新", by="regex", width=3)
    >>> hits[["start", "left", "keyword", "right"]].values.tolist()
    [[3, '以科技', '创新', '引领产'], [9, '领产业', '创新', '。']]

    Notes
    -----
    A concordance shows all uses; who quotes some of them should report the number left out. In texts a string is
    found inside longer terms too: ``"(?<!京津冀)协同发展"`` with ``by="regex"`` finds the others.
    """
    check_choice("by", by, ("word", "regex"))
    check_choice("sort", sort, ("position", "left", "right"))
    check_number("width", width, 1)
    texts, spans = _hits(tokens_or_text, pattern, by)
    texts = [re.sub(r"\s", " ", text) for text in texts]  # one for one: spans stay
    rows = []
    for unit, start, end in spans:
        text = texts[unit]
        rows.append((unit, start, end, text[max(0, start - width) : start], text[start:end], text[end : end + width]))
    table = pd.DataFrame(rows, columns=["unit", "start", "end", "left", "keyword", "right"])
    places = table.unit.astype(int)
    if groups is not None:
        check_same_index("groups", groups, tokens_or_text)
        table.insert(0, "group", groups.iloc[places].to_numpy())
    table["unit"] = tokens_or_text.index[places]
    table = table.astype({"left": str, "keyword": str, "right": str})
    if sort == "position":
        return table
    step = -1 if sort == "left" else 1  # left contexts are read from their end, outwards
    return table.sort_values(sort, key=lambda context: context.str[::step], kind="stable", ignore_index=True)


class AlignedKwic:
    """A concordance as a table in HTML, with the keywords one below the other."""

    def __init__(self, table: pd.DataFrame) -> None:
        self._table = table

    def to_html(self) -> str:
        """Return the source: everything escaped, and styled in each cell, since notebooks strip style sheets."""
        rows = [[f"<th>{escape(str(name))}</th>" for name in self._table]]
        for row in self._table.itertuples(index=False):
            rows.append([_cell(name, value) for name, value in zip(self._table, row, strict=True)])
        return "<table>\n" + "\n".join(f"<tr>{''.join(cells)}</tr>" for cells in rows) + "\n</table>"

    _repr_html_ = to_html

    def __repr__(self) -> str:
        return self._table.to_string(index=False)


def _cell(name: str, value: object) -> str:
    styles = {"left": "text-align: right", "keyword": "text-align: center; font-weight: bold"}
    style = f"{styles.get(name, 'text-align: left')}; white-space: nowrap"
    return f'<td style="{style}">{escape(str(value))}</td>'


def align_kwic(table: pd.DataFrame) -> AlignedKwic:
    """Set a concordance for a notebook: left context flush right, keyword bold between.

    Parameters
    ----------
    table : DataFrame
        Result of :func:`kwic`, or rows of it.

    Returns
    -------
    AlignedKwic
        Shown by a notebook as an HTML table, trusted or not; ``to_html()`` gives its source. The columns ``start`` and
        ``end`` are not shown.

    Examples
    --------
    >>> "text-align: right" in align_kwic(kwic(pd.Series(["科技创新"]), "创新", by="regex")).to_html()
    True
    """
    lacking = [name for name in ("left", "keyword", "right") if name not in table]
    if lacking:
        raise ValueError(f"align_kwic needs the table that kwic() gives: it has no column {', '.join(lacking)}.")
    return AlignedKwic(table.drop(columns=["start", "end"], errors="ignore"))


def _hits(source: pd.Series, pattern, by: str) -> tuple[list[str], list[tuple[int, int, int]]]:
    """Return the text of each unit, and unit (as place), start and end of each hit."""
    check_series("kwic's first argument", source, "texts, or lists of tokens")
    kinds = {"text" if isinstance(unit, str) else "tokens" for unit in source}
    if len(kinds) > 1 or not all(isinstance(unit, (str, list, tuple)) for unit in source):
        raise TypeError("kwic needs a Series of texts or a Series of lists of tokens.")
    matches = _matcher(pattern, by)
    whole = "segment(texts, lexicon, punctuation=True)"
    if kinds != {"tokens"}:
        if by == "word" and kinds:
            raise ValueError(f"by='word' needs tokens: pass {whole}, or search the texts with by='regex'.")
        found = [(place, hit) for place, text in enumerate(source) for hit in matches.finditer(text) if hit.group()]
        return source.tolist(), [(place, *hit.span()) for place, hit in found]
    made = source.attrs.get("segmentation", {"punctuation": True, "stopwords": "none"})
    if not made["punctuation"] or made["stopwords"] != "none":
        raise ValueError(f"A concordance needs sentences, and these tokens are not the whole text: pass {whole}.")
    return source.str.join("").tolist(), [
        (place, end - len(token), end)
        for place, tokens in enumerate(source)
        for token, end in zip(tokens, accumulate(map(len, tokens)), strict=True)
        if matches.fullmatch(token)
    ]


def _matcher(pattern, by: str) -> re.Pattern:
    if by == "word":
        words = [pattern] if isinstance(pattern, str) else strings("pattern", pattern)
        pattern = "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))
    elif not isinstance(pattern, str):
        raise TypeError(f"by='regex' takes one expression, such as '创新|改革', not {pattern!r:.60}.")
    try:
        matcher = re.compile(pattern)
    except re.error as error:
        raise ValueError(f"{pattern!r} is not a regular expression: {error}.") from error
    if not pattern or matcher.fullmatch(""):
        raise ValueError(f"The pattern {pattern!r} matches the empty string: ask for a character at least.")
    return matcher
