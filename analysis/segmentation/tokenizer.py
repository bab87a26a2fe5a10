"""The function that cuts a text, built for one setting: no global state, nothing shared."""

import re
import sys
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import lru_cache
from importlib.metadata import version
from importlib.util import find_spec
from itertools import chain
from typing import NamedTuple

from analysis._jieba import import_jieba
from analysis.corpus.regions import DIVISION_LEVELS, load_regions
from analysis.segmentation import affixes, guessing, standard
from analysis.segmentation.affixes import attach_affixes, has_affix, is_affix, join_affix, takes_affix
from analysis.segmentation.guessing import cut_guess, cut_phrase
from analysis.segmentation.provenance import fingerprint_of, settings_of
from analysis.segmentation.standard import frequencies_of, is_punctuation, phrases_to_cut

ENGINES = ("auto", "rjieba", "jieba")
LEVELS = ("word", "term", "phrase")
DICTIONARIES = ("standard", "stock")
# High enough for a term to win over its parts (-9 against -15 and less in log probability). What a lexicon adds to the
# total of the dictionary changes how texts without its terms are cut, so the total is raised once, for all lexicons.
TERM_FREQUENCY = 5000
ROOM, NOWHERE = 5_000_000, "\ue000"  # a private character, at which both engines cut before they look anything up
DATE_FREQUENCY = NAME_FREQUENCY = 100
# Both engines cut at every character outside this class before they look at their dictionary.
UNMATCHABLE = re.compile(r"[^一-鿕a-zA-Z0-9+#&._%-]")
ENDS_OF_NUMBERS = frozenset(f"0123456789{standard.NUMERALS}余多")
# rjieba keeps 2011-2020, 1.2.3 and characters that jieba's dictionary cannot have whole, and jieba
# does not: all are cut as jieba does. (A guess beside such a character may still differ.)
RARE = r"\u3400-\u4dbf\u9fd6-\u9fff\uf900-\ufaff\U00010000-\U0010ffff"
NUMBER_OR_LATIN = r"[a-zA-Z0-9]+(?:\.\d+)?%?"
# Numbers that both engines tear, as their dictionary cannot hold these characters.
NUMERALS = "[一二三四五六七八九十百千万零]"
THOUSANDS = r"(?<![\d,.])\d{1,3}(?:,\d{3})+(?:\.\d+)?%?(?![\d,])"
# What stands before 日, 月 or 年 and is no date would be torn by the entry of a shorter one: 4|5日 of 45日.
DATE = r"(?:[1-9]|[12]\d|3[01])日|(?:[1-9]|1[0-2])月|(?:19\d\d|20\d\d|2100)年|(?:(?:19|20)?\d0|2100)年代"
UNDATED = rf"(?<![\d.a-zA-Z])(?!{DATE})\d+(?:\.\d+)?(?=[日月年])"
NUMBERS = re.compile(rf"({THOUSANDS}|{UNDATED}|{NUMERALS}*〇(?:{NUMERALS}|〇)*[年月日]?)")
_RUN, _IN_RUN = re.compile(r"\d[\d,.]*"), re.compile(f"{THOUSANDS}|{UNDATED}")
JOINED = re.compile(rf"(?!{NUMBER_OR_LATIN}$)[a-zA-Z0-9+#&._%{RARE}-]{{2,}}")
APART = re.compile(rf"({NUMBER_OR_LATIN}|[{RARE}])")


class Setting(NamedTuple):
    """All that a tokenizer depends on; hashable, and small enough to send to a process."""

    engine: str
    dictionary: str
    level: str
    entries: tuple[tuple[str, str, int], ...]  # term, level, frequency
    drop: frozenset[str]
    punctuation: bool


def cut_texts(texts: list[str], setting: Setting) -> list[list[str]]:
    """Cut texts into tokens; equal tokens are one object, so that lists of them travel fast."""
    return list(map(_tokenizer(setting), texts))


def made_with(setting: Setting) -> dict[str, str]:
    """Tell apart tokens made by another engine, dictionary, or list, threshold or pattern."""
    rules = "stock"
    if setting.dictionary == "standard":
        rules = fingerprint_of([
            settings_of(standard),
            settings_of(affixes),
            settings_of(guessing),
            _fingerprint_of_phrases(),
        ])
    engine, own = _resolve(setting.engine), fingerprint_of([settings_of(sys.modules[__name__])])
    return {"engine": f"{engine} {version(engine)}", "dictionary": rules, "tokenizer": own}


def _resolve(engine: str) -> str:
    """Tell which engine ``auto`` is here."""
    if engine == "auto":
        return "rjieba" if find_spec("rjieba") else "jieba"
    return engine


@lru_cache(maxsize=1)
def _fingerprint_of_phrases() -> str:
    return fingerprint_of(sorted(phrases_to_cut().items()))


@lru_cache(maxsize=8)
def _tokenizer(setting: Setting) -> Callable[[str], list[str]]:
    """Build the function that turns one text into its tokens."""
    by_rules = setting.dictionary == "standard"
    chosen = [entry for entry in setting.entries if LEVELS.index(entry[1]) <= max(LEVELS.index(setting.level), 1)]
    cut, known = _engine(setting.engine, by_rules, tuple(chosen))
    terms = {term for term, level, _ in chosen if level != "word"}
    inside = _cutter_of_terms(setting, chosen) if setting.level == "word" else None
    parts = _Parts(setting, terms, known, inside)
    split = _splitter([term for term, _, _ in chosen], by_rules)
    table: dict[str, tuple[str, ...]] = {"": ()}

    def tokens(text: str) -> list[str]:
        out: list[str] = []
        row = split(text, cut)
        for place, token in enumerate(row):  # which may change on the way
            words = table.get(token)
            if words is None and by_rules and is_affix(token):
                words = _join(row, place, out, parts)
            elif words is None:
                words = table[token] = parts[token]
            out += words
        return out

    return tokens


class _Parts(dict):
    """What comes out for a token of the engine: itself, its words, or nothing."""

    def __init__(self, setting: Setting, terms: set[str], known: Callable, inside: Callable | None):
        self.setting, self.terms, self.known, self.inside = setting, terms, known, inside
        self.by_rules = setting.dictionary == "standard"

    def __missing__(self, token: str) -> tuple[str, ...]:
        if token in self.terms:
            parts = self.inside(token) if self.inside else (token,)
        else:
            parts = self.cut(token)
        self[token] = self.left(parts)
        return self[token]

    def cut(self, token: str) -> tuple[str, ...]:
        """Cut a token that is no term where the engines differ, and a guess by its signs."""
        if self.known(token) or self.by_rules and NUMBERS.fullmatch(token):
            return (token,)
        if len(parts := _take_apart(token)) > 1:
            return parts
        return cut_guess(token) if self.by_rules else (token,)

    def left(self, parts: Iterable[str]) -> tuple[str, ...]:
        """Leave out stopwords and punctuation."""
        drop, all_signs = self.setting.drop, self.setting.punctuation
        return tuple(part for part in parts if part not in drop and (all_signs or not is_punctuation(part)))

    def whole(self, token: str) -> tuple[str, ...]:
        """Return what comes out for a word that an affix was joined to: it is no guess."""
        return self[token] if token in self.terms else self.left((token,))

    def with_affix(self, term: str, affix: str) -> tuple[str, ...]:
        """Return the words of a term whose last takes the affix behind it (公众|参与度), or none."""
        *first, last = self.inside(term) if self.inside else (term[:-2], term[-2:])
        if not (takes_affix(last, affix) and all(map(self.known, first)) and self.known(last)):
            return ()
        return (*self.left(first), *self.whole(last + affix))


def _join(row: list[str], place: int, out: list[str], parts: _Parts) -> tuple[str, ...]:
    """Join an affix to its word in the row, take that word back, and return what comes out instead."""
    affix = row[place]
    beside = place + 1 if affix in affixes.PREFIXES or affix == standard.ORDINAL else place - 1
    after_word = affix[0] in affixes.AFTER_DIGITS and (not place or row[place - 1][-1:] not in ENDS_OF_NUMBERS)
    if after_word or not 0 <= beside < len(row):
        return parts[affix]
    word = row[beside]
    if beside > place:
        if not parts.known(word):
            row[beside : beside + 1] = _pieces(word, True)
    # It may be a guess, as 处二 before 万元, unless an affix was just joined to it.
    elif not (word in parts.terms or has_affix(word)):
        word = row[beside] = parts.cut(word)[-1]
    words = parts.with_affix(word, affix) if affix in affixes.SUFFIXES and word in parts.terms else ()
    if not words:
        join_affix(row, place)
        words = parts[affix] if row[place] == affix else parts.whole(row[place])
        if beside > place or not word or row[beside]:
            return words
    if taken := len(parts[word]):
        del out[-taken:]
    return words


def _cutter_of_terms(setting: Setting, chosen: list[tuple]) -> Callable:
    """Build the function that takes terms apart: an engine that has only the lexicon's words."""
    by_rules = setting.dictionary == "standard"
    words = tuple(entry for entry in chosen if entry[1] == "word")
    cut, known = _engine(setting.engine, by_rules, words)

    def words_of(term: str) -> list[str]:
        found = [part for token in cut(term) for part in ((token,) if known(token) else _pieces(token, by_rules))]
        if not by_rules:
            return found
        joined = attach_affixes(found)
        certain = set(joined) - set(found)  # an affix was joined to them
        parts = ((token,) if token in certain or known(token) else cut_guess(token) for token in joined)
        return list(chain.from_iterable(parts))

    return words_of


def _pieces(token: str, by_rules: bool) -> tuple[str, ...]:
    """Cut what no word is: a phrase by the standard, or what rjieba alone keeps whole."""
    return cut_phrase(token) if by_rules and token in phrases_to_cut() else _take_apart(token)


def _take_apart(token: str) -> tuple[str, ...]:
    """Take apart what rjieba alone keeps whole."""
    return tuple(filter(None, APART.split(token))) if JOINED.fullmatch(token) else (token,)


def _splitter(terms: Iterable[str], by_rules: bool) -> Callable[[str, Callable], list[str]]:
    """Set apart the terms, and by rule the numbers, with characters that the engines' dictionaries cannot match."""
    special = sorted((t for t in terms if UNMATCHABLE.search(t)), key=lambda t: (-len(t), t))
    pattern = re.compile("(" + "|".join(map(re.escape, special)) + ")")

    def split(text: str, cut: Callable) -> list[str]:
        pieces = pattern.split(text) if any(term in text for term in special) else [text]
        tokens: list[str] = []
        for place, piece in enumerate(pieces):
            if place % 2:
                tokens.append(piece)
            else:
                done = 0
                for begin, end in _numbers(piece) if by_rules else ():
                    tokens += cut(piece[done:begin])
                    tokens.append(piece[begin:end])
                    done = end
                tokens += cut(piece[done:])
        return tokens

    return split


def _numbers(text: str) -> Iterator[tuple[int, int]]:
    """Find what ``NUMBERS`` does. Where no 〇 stands only runs of digits are looked at: 15 times as fast."""
    if "〇" in text:
        yield from (number.span() for number in NUMBERS.finditer(text))
        return
    for run in _RUN.finditer(text):
        begin, end = run.span()
        if text[end : end + 1] in "日月年" or "," in run[0]:
            yield from (number.span() for number in _IN_RUN.finditer(text, begin, end + 2))


@lru_cache(maxsize=8)
def _engine(engine: str, by_rules: bool, entries: tuple[tuple[str, str, int], ...]) -> tuple[Callable, Callable]:
    """Return an engine's functions: text to tokens, and whether it knows a word."""
    add, known, cut = _new_rjieba() if _resolve(engine) == "rjieba" else _new_jieba()
    if by_rules:
        for date in standard.DATES:
            add(date, DATE_FREQUENCY)
        for name in (*standard.ORDINALS, *_names_of_divisions()):
            if not known(name):
                add(name, NAME_FREQUENCY)
    off: Collection[str] = phrases_to_cut() if by_rules else ()
    names = {term for term, _, _ in entries}

    def has(word: str) -> bool:
        return word in names or word not in off and known(word)

    taken = _add_terms(add, entries)
    if by_rules and taken < ROOM:
        add(NOWHERE, ROOM - taken)
    return cut, has


@lru_cache(maxsize=1)
def _names_of_divisions() -> tuple[str, ...]:
    """Return the names of divisions of three to five characters, but of 自治州 and the like."""
    names = load_regions(levels=DIVISION_LEVELS).name
    return tuple(name for name in names if 3 <= len(name) <= 5 and "自治" not in name)


def _add_terms(add: Callable, entries: tuple[tuple[str, str, int], ...]) -> int:
    """Add a lexicon to an engine, and return what it adds to the total."""
    # Latin words and numbers are whole anyway; added, 6G would cut 16GB.
    terms = {term: frequency for term, _, frequency in entries if not re.fullmatch(NUMBER_OR_LATIN, term)}
    usual = min(TERM_FREQUENCY, ROOM // max(1, len(terms)))
    before = frequencies_of(terms) if terms else {}
    for term in terms:
        if not terms[term]:
            terms[term] = max(usual, before.get(term, 0))
        add(term, terms[term])
    return sum(terms.values()) - sum(before.values())


def _new_rjieba() -> tuple[Callable, Callable, Callable]:
    import rjieba

    tokenizer = rjieba.Jieba()
    return (lambda word, count: tokenizer.add_word(word, count, None), tokenizer.has_word, tokenizer.cut)


def _new_jieba() -> tuple[Callable, Callable, Callable]:
    tokenizer = import_jieba().Tokenizer()
    # Built here and not by initialize(), which would load a cache from the shared temp folder
    # that anybody may have written.
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True

    def add(word: str, count: int | None) -> None:
        tokenizer.total -= tokenizer.FREQ.get(word) or 0  # as rjieba does; jieba forgets it
        if count == 0:  # add_word would set it down in a list that all tokenizers share
            tokenizer.FREQ[word] = 0
        else:
            tokenizer.add_word(word, count)

    return add, lambda word: bool(tokenizer.FREQ.get(word)), tokenizer.lcut
