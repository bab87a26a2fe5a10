"""Text to tokens: a tokenizer of one's own for every lexicon, no global state."""

import logging
import re
import warnings
from collections.abc import Callable, Collection, Iterable
from functools import lru_cache
from importlib.util import find_spec
from itertools import chain
from typing import NamedTuple

import pandas as pd
from joblib import Parallel, delayed

from analysis.dictionary import (DATES, attach_suffixes, cut_guess, phrases_to_cut,
                                 read_dictionary)
from analysis.tables import is_punctuation

ENGINES = ("auto", "rjieba", "jieba")
LEVELS = ("word", "term", "phrase")
DICTIONARIES = ("standard", "stock")
# High enough for a term to win over its parts (-9 against -15 and less in log probability),
# low enough that hundreds of terms leave the dictionary's 60 million tokens as they are.
TERM_FREQUENCY = 5000
# Both engines cut at every character outside this class before they look at their dictionary.
UNMATCHABLE = re.compile(r"[^一-鿕a-zA-Z0-9+#&._%-]")
# rjieba keeps 2011-2020 and PM_2.5 whole and jieba does not: both are cut as jieba does.
JOINED = re.compile(r"[+#&_-]|\.(?=[a-zA-Z])")
ALPHANUMERIC = re.compile(r"([a-zA-Z0-9]+(?:\.\d+)?%?)")
SEPARATOR = "\x1f"
SUFFIX_TAGS = {"化": "v", "性": "n", "率": "n", "型": "b", "式": "b", "级": "b"}


class Setting(NamedTuple):
    """All that a tokenizer depends on; hashable, and small enough to send to a process."""

    engine: str
    dictionary: str
    level: str
    entries: tuple[tuple[str, str, int], ...]  # term, level, frequency
    drop: frozenset[str]
    punctuation: bool


def segment(texts: pd.Series, lexicon: pd.DataFrame | None = None,
            stopwords: Collection[str] = (), level: str = "term", pos: Collection[str] = (),
            engine: str = "auto", dictionary: str = "standard", punctuation: bool = False,
            n_jobs: int = 1) -> pd.Series:
    """Cut texts into words, with the terms of a lexicon kept whole or taken apart.

    Parameters
    ----------
    texts : Series of str, one per unit of the corpus.
    lexicon : what :func:`analysis.load_lexicon` returns (index ``term``, column ``level``, and
        ``frequency`` where one is to be set).
    stopwords : words to leave out, after terms are made.
    level : ``"term"`` keeps policy terms of several words whole (高质量发展); ``"word"`` gives
        the words inside them (高质量, 发展); ``"phrase"`` also keeps the lexicon's longer
        phrases (统筹高质量发展与高水平安全). Entries of level ``word`` stay whole always.
    pos : keep only tokens whose part of speech begins with one of these (``["n", "v"]``), as
        :func:`tag_tokens` gives it.
    engine : ``"rjieba"`` (Rust), ``"jieba"`` (the Python reference), or ``"auto"``: rjieba
        where it is installed.
    dictionary : ``"standard"``: jieba's dictionary with the rules of
        :mod:`analysis.dictionary`, after GB/T 13715; ``"stock"``: as jieba has it.
    punctuation : whether to keep punctuation and white space as tokens; with it and without
        stopwords, the tokens of a text joined together are the text.
    n_jobs : processes, as in joblib; a ``joblib.parallel_config`` (Dask, say) is respected.

    Returns
    -------
    Series of lists of str
        On the index of ``texts``, named ``tokens``.

    Raises
    ------
    TypeError, ValueError
        If ``texts`` holds something that is not a string (the unit is named), or an argument
        is not one of those above.

    Examples
    --------
    >>> from analysis import load_lexicon
    >>> text = pd.Series({"a": "发展新质生产力,关键在于科技创新。"})
    >>> segment(text, dictionary="stock")["a"]
    ['发展', '新质', '生产力', '关键在于', '科技', '创新']
    >>> segment(text, load_lexicon())["a"]
    ['发展', '新质生产力', '关键', '在于', '科技创新']
    >>> segment(text, load_lexicon(), level="word")["a"]
    ['发展', '新质', '生产力', '关键', '在于', '科技', '创新']

    Notes
    -----
    Counts made with different lexicons, levels, dictionaries or engines are not comparable.
    The model is jieba's: the most probable path through a dictionary of 350,000 words, and a
    hidden Markov model over B, M, E and S positions for runs of characters that the dictionary
    does not cover, which is where wrong joins such as 但三地 come from. Its accuracy on text
    segmented by hand is measured in notebook 02 with :func:`analysis.evaluate_segmentation`.
    """
    for name, value, allowed in (("level", level, LEVELS), ("engine", engine, ENGINES),
                                 ("dictionary", dictionary, DICTIONARIES)):
        if value not in allowed:
            raise ValueError(f"{name} must be one of {allowed}, not {value!r}.")
    for unit, text in texts.items():
        if not isinstance(text, str):
            raise TypeError(f"Unit {unit!r} is not text but {text!r}: drop or fill it first.")
    setting = Setting(engine, dictionary, level, _entries(lexicon), frozenset(stopwords),
                      punctuation)
    rows = _cut_all(texts.tolist(), setting, n_jobs)
    tokens = pd.Series(rows, index=texts.index, name="tokens", dtype=object)
    return _keep_pos(tokens, tuple(pos), lexicon) if pos else tokens


def tag_tokens(tokens: pd.Series, lexicon: pd.DataFrame | None = None) -> pd.Series:
    """Give every token its part of speech.

    Parameters
    ----------
    tokens : Series of lists of str, from :func:`segment`.
    lexicon : its terms get ``nz`` where the dictionary has no tag for them.

    Returns
    -------
    Series of lists of str
        Tags of the same lengths on the same index, in the tag set of jieba (ICTCLAS): ``n``,
        ``v``, ``vn``, ``a``, ``d``, ``m``, ``ns``, ….

    Examples
    --------
    >>> tag_tokens(pd.Series([["推动", "协同", "发展", "常态化", "2035年"]]))[0]
    ['v', 'n', 'vn', 'v', 'm']

    Notes
    -----
    A word has the tag that it most often has in jieba's dictionary, whatever its context, so
    that 发展 is always ``vn``, be it verb or noun here; a word that it lacks has the tag of its
    end. Good for leaving out adverbs and numerals, too coarse for a claim about
    nouns and verbs.
    """
    words = read_dictionary()
    names = {} if lexicon is None else dict.fromkeys(lexicon.index, "nz")
    tags: dict[str, str] = {}

    def tag(token: str) -> str:
        if token not in tags:
            known = words[token][1] if token in words else None
            tags[token] = known or names.get(token) or _guess_tag(token, words)
        return tags[token]

    return tokens.map(lambda row: [tag(token) for token in row])


def _guess_tag(token: str, words: dict[str, tuple[int, str]]) -> str:
    """Tag a word that neither dictionary nor lexicon has by its signs, or by its end."""
    if is_punctuation(token):
        return "x"
    if re.fullmatch(r"[0-9.%]+[年月日]?", token):
        return "m"
    if token.isascii():
        return "eng"
    if token[-1] in SUFFIX_TAGS:
        return SUFFIX_TAGS[token[-1]]
    ends = (token[i:] for i in range(1, len(token)))
    return next((words[end][1] for end in ends if end in words), "n")


def resolve_aliases(tokens: pd.Series, aliases: pd.DataFrame) -> tuple[pd.Series, pd.DataFrame]:
    """Replace variants by the name that they stand for, and say where.

    Parameters
    ----------
    tokens : Series of lists of str; a variant is found where it is one token.
    aliases : what :func:`analysis.load_aliases` returns.

    Returns
    -------
    tokens : Series of lists of str, on the same index.
    record : DataFrame with ``unit``, ``variant``, ``preferred`` and ``count``, one row for each
        variant in each unit. The text itself is never rewritten.

    Examples
    --------
    >>> aliases = pd.DataFrame({"preferred": ["京津冀"]}, index=["京津冀地区"])
    >>> tokens, record = resolve_aliases(pd.Series({"a": ["京津冀地区", "协同"]}), aliases)
    >>> tokens["a"], record["count"].tolist()
    (['京津冀', '协同'], [1])
    """
    preferred = aliases.preferred.to_dict()
    record = [(unit, token, preferred[token]) for unit, row in tokens.items() for token in row
              if token in preferred]
    columns = ["unit", "variant", "preferred"]
    table = pd.DataFrame(record, columns=columns).groupby(columns, sort=False).size()
    replaced = tokens.map(lambda row: [preferred.get(token, token) for token in row])
    return replaced, table.rename("count").reset_index()


def _entries(lexicon: pd.DataFrame | None) -> tuple[tuple[str, str, int], ...]:
    if lexicon is None:
        return ()
    if "level" not in lexicon:
        raise ValueError("The lexicon lacks the column 'level'; load it with load_lexicon().")
    frequency = lexicon.get("frequency", pd.Series(0, index=lexicon.index))
    return tuple(sorted(zip(lexicon.index, lexicon.level, frequency, strict=True)))


def _cut_all(texts: list[str], setting: Setting, n_jobs: int) -> list[list[str]]:
    if n_jobs == 1 or len(texts) < 2:
        return list(map(_tokenizer(setting), texts))
    batches = _batches(texts, 8 * abs(n_jobs))
    joined = Parallel(n_jobs=n_jobs)(delayed(_cut_batch)(batch, setting) for batch in batches)
    return [row.split(SEPARATOR) if row else [] for rows in joined for row in rows]


def _batches(texts: list[str], pieces: int) -> list[list[str]]:
    """Deal texts out in order, in about as many batches of about the same length."""
    size = sum(map(len, texts)) // pieces + 1
    batches: list[list[str]] = [[]]
    filled = 0
    for text in texts:
        if filled >= size:
            batches.append([])
            filled = 0
        batches[-1].append(text)
        filled += len(text)
    return batches


def _cut_batch(texts: list[str], setting: Setting) -> list[str]:
    """Cut texts in another process; strings travel faster than lists of them."""
    cut = _tokenizer(setting)
    return [SEPARATOR.join(cut(text)) for text in texts]


@lru_cache(maxsize=8)
def _tokenizer(setting: Setting) -> Callable[[str], list[str]]:
    """Build the function that turns one text into its tokens."""
    standard = setting.dictionary == "standard"
    chosen = [entry for entry in setting.entries
              if LEVELS.index(entry[1]) <= max(LEVELS.index(setting.level), 1)]
    words = [entry for entry in chosen if entry[1] == "word"]
    cut, known = _engine(setting.engine, standard, tuple(chosen))
    cut_word, _ = _engine(setting.engine, standard, tuple(words))
    table = _Outputs(setting, {term for term, level, _ in chosen if level != "word"}, known,
                     _standardise(cut_word, known) if standard else cut_word)
    split = _splitter([term for term, _, _ in chosen])

    def tokens(text: str) -> list[str]:
        row = split(text, cut)
        if standard:
            row = attach_suffixes(row)
        return list(chain.from_iterable(map(table.__getitem__, row)))

    return tokens


class _Outputs(dict):
    """What comes out for a token of the engine: itself, its words, or nothing."""

    def __init__(self, setting: Setting, terms: set[str], known: Callable, cut_word: Callable):
        self.setting, self.terms, self.known, self.cut_word = setting, terms, known, cut_word

    def __missing__(self, token: str) -> tuple[str, ...]:
        if token in self.terms:
            inside = self.setting.level == "word"
            parts = tuple(self.cut_word(token)) if inside else (token,)
        elif self.known(token):
            parts = (token,)
        elif JOINED.search(token):
            parts = tuple(part for part in ALPHANUMERIC.split(token) if part)
        else:
            parts = cut_guess(token) if self.setting.dictionary == "standard" else (token,)
        self[token] = tuple(part for part in parts if part not in self.setting.drop
                            and (self.setting.punctuation or not is_punctuation(part)))
        return self[token]


def _standardise(cut: Callable, known: Callable) -> Callable[[str], list[str]]:
    return lambda text: [part for token in attach_suffixes(cut(text))
                         for part in ((token,) if known(token) else cut_guess(token))]


def _splitter(terms: Iterable[str]) -> Callable[[str, Callable], list[str]]:
    """Set apart the terms with characters that the engines' dictionaries cannot match."""
    special = sorted((t for t in terms if UNMATCHABLE.search(t)), key=lambda t: (-len(t), t))
    if not special:
        return lambda text, cut: cut(text)
    pattern = re.compile("(" + "|".join(map(re.escape, special)) + ")")

    def split(text: str, cut: Callable) -> list[str]:
        if not any(term in text for term in special):
            return cut(text)
        pieces = pattern.split(text)
        return [token for i, piece in enumerate(pieces)
                for token in ((piece,) if i % 2 else cut(piece))]

    return split


@lru_cache(maxsize=8)
def _engine(engine: str, standard: bool, entries: tuple[tuple[str, str, int], ...]
            ) -> tuple[Callable, Callable]:
    """Return an engine's functions: text to tokens, and whether it knows a word."""
    if engine == "auto":
        engine = "rjieba" if find_spec("rjieba") else "jieba"
    add, known, cut = _new_rjieba() if engine == "rjieba" else _new_jieba()
    if standard:
        for phrase in phrases_to_cut():
            add(phrase, 0)
        for date in DATES:
            add(date, TERM_FREQUENCY)
    off = set(phrases_to_cut()) if standard else set()
    names = {term for term, _, _ in entries}

    def has(word: str) -> bool:
        return word in names or word not in off and known(word)

    for term, _, frequency in entries:
        listed = term not in off and known(term)
        add(term, frequency or (None if listed else TERM_FREQUENCY))
    return cut, has


def _new_rjieba() -> tuple[Callable, Callable, Callable]:
    import rjieba

    tokenizer = rjieba.Jieba()
    return (lambda word, count: tokenizer.add_word(word, count, None), tokenizer.has_word,
            tokenizer.cut)


def _new_jieba() -> tuple[Callable, Callable, Callable]:
    tokenizer = _import_jieba().Tokenizer()
    # Built here and not by initialize(), which would load a cache from the shared temp folder
    # that anybody may have written.
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True

    def add(word: str, count: int | None) -> None:
        if count == 0:  # add_word would set it down in a list that all tokenizers share
            tokenizer.FREQ[word] = 0
        else:
            tokenizer.add_word(word, count)

    return add, lambda word: bool(tokenizer.FREQ.get(word)), tokenizer.lcut


def _import_jieba():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # jieba's own SyntaxWarnings on Python 3.12 and newer
        import jieba
    jieba.setLogLevel(logging.WARNING)
    return jieba


def _keep_pos(tokens: pd.Series, pos: tuple[str, ...],
              lexicon: pd.DataFrame | None) -> pd.Series:
    tags = tag_tokens(tokens, lexicon)
    rows = [[token for token, tag in zip(row, marks, strict=True) if tag.startswith(pos)]
            for row, marks in zip(tokens, tags, strict=True)]
    return pd.Series(rows, index=tokens.index, name="tokens", dtype=object)
