"""Policy terms and stopwords."""

import re
import warnings
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Any

import pandas as pd

from analysis._checks import strings
from analysis._paths import LISTS
from analysis._tables import read_table
from analysis.corpus.mentions import pattern_of
from analysis.corpus.regions import ZONE_LEVELS, load_regions
from analysis.reading import normalise
from analysis.reading.decoding import decode
from analysis.segmentation.standard import is_punctuation
from analysis.segmentation.tokenizer import LEVELS

LEXICON = LISTS / "policy_terms.csv"
GLOSSES = LISTS / "glosses.csv"
STOPWORDS = LISTS / "stopwords.csv"
ALIASES = LISTS / "aliases.csv"
CERTAIN = ("abbreviation", "full_form", "spelling")  # kinds of aliases


def load_lexicon(path: str | Path = LEXICON, *, join: bool = False) -> pd.DataFrame:
    """Load a lexicon of policy terms.

    Parameters
    ----------
    path : str or Path
        By default the package's: a CSV with at least ``term``, and ``category``, ``gloss``, ``level`` (``word`` where
        it is not given) and ``frequency`` where they are to be set; or a ``.txt`` in jieba's format, ``term
        [frequency] [tag]`` on each line, whose entries become words. In any encoding that
        :func:`analysis.read_text` reads; terms are normalised as texts are.
    join : bool, default False
        Whether to add the package's lexicon; of a term that is in both, the file's entry is taken, and a
        warning names it.

    Returns
    -------
    DataFrame
        Index ``term``; ``category`` (see ``analysis/data/README.md``); ``gloss`` in English; ``level``:
        ``word`` for what GB/T 13715 keeps whole, ``term`` for a policy term of several words, ``phrase`` for
        a longer formula; ``frequency``: how often the term counts as seen in the 60 million tokens of jieba's
        dictionary, 0 to let :func:`analysis.segment` choose; any further columns of the file.

    Raises
    ------
    FileNotFoundError, ValueError
        For a missing file or column, a repeated term, an unknown level, a wrong frequency, or a term that can
        never match, naming the line.

    Examples
    --------
    >>> load_lexicon().gloss["新质生产力"]
    'new quality productive forces'

    Notes
    -----
    The package's lexicon has the zones, city groups and basins of :func:`analysis.load_regions`, too, as places
    without a gloss. It was partly made while reading two articles about Beijing, Tianjin and
    Hebei, so part of what it finds in them was put in; on another corpus expect lower recall.
    """
    path = Path(path)
    if path.suffix.lower() == ".txt":
        table = _read_jieba(path)
        lines = table.pop("line")
    else:
        table = read_table(path, ["term"], ["term"], text=_text_of(path))
        lines = table.index + 2
        for column, value in (("category", ""), ("gloss", ""), ("level", "word"), ("frequency", "")):
            table[column] = table.get(column, pd.Series(value, table.index))
        table["level"] = table.level.replace("", "word")
        table["frequency"] = table.frequency.replace("0", "")  # what this function returns for an empty cell
    table["term"] = [normalise(term.strip()) for term in table.term]
    for line, row in zip(lines, table.itertuples(), strict=True):
        _check_entry(f"{path}, line {line}", row)
    if len(twice := table.index[table.term.duplicated()]):
        raise ValueError(f"{path}, line {lines[twice[0]]}: {table.term[twice[0]]:.40} stands there a second time.")
    table["frequency"] = table.frequency.replace("", "0").astype(int)
    table = table.set_index("term")
    if path == LEXICON:
        return _with_zones(table)
    return _joined(table, load_lexicon()) if join else table


def _with_zones(table: pd.DataFrame) -> pd.DataFrame:
    """Add the zones, city groups and basins of the gazetteer, but for those that the lexicon has."""
    zones = load_regions(levels=ZONE_LEVELS)
    names = {name: source for row in zones.itertuples() for name in (row.name, *row.aliases) for source in [row.source]}
    new = {name: source for name, source in names.items() if len(name) > 2 and name not in table.index}
    rows = pd.DataFrame({"category": "place", "source": "gazetteer", "evidence": new.values()}, index=list(new))
    rows["level"] = ["term" if len(name) > 3 else "word" for name in new]
    added = pd.concat([table, rows.assign(gloss="", frequency=0)[table.columns]])
    return added.rename_axis("term")


def _joined(own: pd.DataFrame, ours: pd.DataFrame) -> pd.DataFrame:
    """Put the package's entries behind the user's, but for those that the user has, too."""
    both = own.index.intersection(ours.index)
    if len(both):
        named = "、".join(both[:10]) + (f" and {len(both) - 10} more" if len(both) > 10 else "")
        warnings.warn(f"{len(both)} terms are in the package's lexicon, too; yours are taken: {named}.", stacklevel=3)
    return pd.concat([own, ours.drop(both)]).fillna("")


def _text_of(path: Path) -> str:
    """Read a list in any encoding, with line ends of any kind."""
    if not path.is_file():
        raise FileNotFoundError(f"{path} does not exist.")
    return re.sub("\r\n?", "\n", decode(path.read_bytes(), str(path)).text).rstrip("\n")


def _check_entry(where: str, row: Any) -> None:
    if row.level not in LEVELS:
        raise ValueError(f"{where}: level {row.level!r} is not one of {LEVELS}.")
    if row.frequency and not (row.frequency.isdecimal() and 0 < int(row.frequency) < 1e9):
        raise ValueError(f"{where}: frequency {row.frequency!r} is no positive whole number, or above all reason.")
    if any(character.isspace() for character in row.term) or is_punctuation(row.term):
        raise ValueError(f"{where}: {row.term!r} can never be a token: it has white space or is mere punctuation.")
    if not row.term.isprintable():
        raise ValueError(f"{where}: {row.term!r} has an invisible character in it.")


def _read_jieba(path: Path) -> pd.DataFrame:
    """Read jieba's dictionary format; the rows keep the order of the lines, and say which line."""
    rows = []
    for line, text in enumerate(_text_of(path).split("\n"), start=1):
        parts, where, wanted = text.split(), f"{path}, line {line}", "expected 'term [frequency] [tag]'"
        if not parts:
            continue
        if len(parts) > 3:
            raise ValueError(f"{where}: {wanted}, not {text!r:.60}.")
        if "," in parts[0] and len(parts[0]) > 1:
            raise ValueError(f"{where}: {parts[0]!r:.60} has a comma in it: write spaces, or name the file .csv.")
        # jieba allows a tag without a frequency
        tag = parts.pop() if len(parts) > 1 and re.fullmatch("[a-z]+", parts[-1], re.I) else ""
        rows.append((parts[0], "", "", "word", "".join(parts[1:2]), tag, line))
        if len(parts) > 2:
            raise ValueError(f"{where}: {parts[2]!r:.40} is no tag; {wanted}, not {text!r:.60}.")
    return pd.DataFrame(rows, columns=["term", "category", "gloss", "level", "frequency", "tag", "line"])


def load_aliases(kinds: Iterable[str] = CERTAIN, *, path: str | Path = ALIASES) -> pd.DataFrame:
    """Load variants and the names that they stand for, to be used by ``resolve_aliases``.

    Parameters
    ----------
    kinds : iterable of str
        By default not ``deictic`` (三地, 我市: true of some texts only) and not ``doubtful_reading`` (what is
        printed may be right).
    path : str or Path
        UTF-8 CSV with ``variant``, ``preferred``, ``note`` and ``kind``; by default the package's.

    Returns
    -------
    DataFrame
        Index ``variant``; ``preferred``, ``note``, ``kind``.

    Raises
    ------
    ValueError
        If a kind is not in the file.

    Examples
    --------
    >>> load_aliases().preferred["京津冀地区"]
    '京津冀'
    """
    table = read_table(Path(path), ["variant", "preferred", "note", "kind"], ["variant"])
    return _rows_of(table, "kind", strings("kinds", kinds), path).set_index("variant")


def _rows_of(table: pd.DataFrame, column: str, chosen: Collection[str], path: str | Path) -> pd.DataFrame:
    """Choose rows by what stands in a column; an error if one of the values does not."""
    if unknown := sorted(set(chosen) - set(table[column])):
        raise ValueError(f"{path} has no {column} {unknown}; it has {sorted(set(table[column]))}.")
    return table[table[column].isin(chosen)]


def terms_in(lexicon: pd.DataFrame, texts: Iterable[str]) -> pd.DataFrame:
    """Keep the entries of a lexicon whose characters stand in some texts.

    Parameters
    ----------
    lexicon : DataFrame
        What :func:`analysis.load_lexicon` returns.
    texts : iterable of str
        Such as those of one document, to try on another what a reader of the first alone could have listed.

    Returns
    -------
    DataFrame
        The rows that are found, in their order.

    Examples
    --------
    >>> terms_in(load_lexicon(), ["推动新质生产力发展"]).index.tolist()
    ['新质生产力']
    """
    whole = "\n".join(strings("texts", texts))
    return lexicon[[term in whole and bool(re.search(pattern_of(term), whole)) for term in lexicon.index]]


def load_stopwords(classes: Iterable[str] | None = None, *, path: str | Path = STOPWORDS) -> frozenset[str]:
    """Load stopwords by class.

    Parameters
    ----------
    classes : iterable of str, optional
        By default all but ``policy_verb`` (推动, 加强, …), the texture of policy prose: drop it on purpose only.
    path : str or Path
        UTF-8 CSV with ``word``, ``class`` and ``reason``, by default the package's; or a ``.txt`` with one
        word on each line, which has no classes to choose from, in any encoding that :func:`analysis.read_text`
        reads. Words are normalised as texts are; lines with white space inside can be no token and are passed over
        with a warning.

    Returns
    -------
    frozenset of str
        Add words of your own with ``|``, put words back with ``-``.

    Raises
    ------
    FileNotFoundError, TypeError, ValueError
        If a class is not in the file, or more than one line in ten of a ``.txt`` has several words.

    Examples
    --------
    >>> "的" in load_stopwords(), "推动" in load_stopwords()
    (True, False)
    """
    if isinstance(classes, (str, Path)) and Path(classes).suffix:
        raise TypeError(f"classes must be names of classes; give the file as path={str(classes)!r}.")
    path = Path(path)
    if path.suffix.lower() == ".txt":
        return _read_words(path, classes)
    table = read_table(path, ["word", "class", "reason"], ["word"])
    chosen = set(table["class"]) - {"policy_verb"} if classes is None else strings("classes", classes)
    return frozenset(_rows_of(table, "class", chosen, path).word)


def _read_words(path: Path, classes: Iterable[str] | None) -> frozenset[str]:
    """Read a plain list of stopwords."""
    if classes is not None:
        raise ValueError(f"{path} is a plain list and has no classes: leave classes out, or give a CSV that has them.")
    lines = [normalise(line).strip() for line in _text_of(path).split("\n")]
    several = [number for number, word in enumerate(lines, start=1) if re.search(r"\s|\S,\S", word)]
    if several:
        what = f"{path}, line {several[0]}: one word is expected on a line, not {lines[several[0] - 1]!r:.40}"
        if len(several) * 10 > len(lines):
            raise ValueError(f"{what}; so are {len(several) - 1} others. Write each word on a line of its own.")
        warnings.warn(f"{what}; so are {len(several) - 1} others. They are passed over.", UserWarning, stacklevel=3)
    return frozenset(filter(None, lines)) - {lines[number - 1] for number in several}


def load_glosses(lexicon: pd.DataFrame | None = None, *, path: str | Path = GLOSSES) -> pd.Series:
    """Load short English glosses for the labels of figures.

    Parameters
    ----------
    lexicon : DataFrame, optional
        What :func:`load_lexicon` returns, by default the package's, for words that the file lacks.
    path : str or Path
        UTF-8 CSV with ``word`` and ``gloss``: ordinary words, and terms whose gloss is too long for a label.

    Returns
    -------
    Series of str
        Gloss by word.

    Examples
    --------
    >>> load_glosses()[["区域", "新质生产力"]].tolist()
    ['region', 'new quality productive forces']

    Notes
    -----
    One gloss a word, whatever the context (建设 is also *build*): help for a reader, and no basis for a claim.
    """
    own = read_table(Path(path), ["word", "gloss"], ["word"]).set_index("word").gloss
    return own.combine_first((load_lexicon() if lexicon is None else lexicon).gloss)
