"""Text to tokens: a tokenizer of one's own for every call, no global state."""

import logging
import unicodedata
import warnings
from collections.abc import Callable, Collection
from functools import lru_cache
from importlib.util import find_spec

import pandas as pd

ENGINES = ("auto", "rjieba", "jieba")
# High enough for a term to win over its parts (-9 against -15 and less in log probability),
# low enough that 300 terms leave the dictionary's 60 million tokens nearly as they are.
TERM_FREQUENCY = 5000


def segment(texts: pd.Series, lexicon: pd.DataFrame | None = None,
            stopwords: Collection[str] = (), level: str = "term", engine: str = "auto",
            punctuation: bool = False) -> pd.Series:
    """Cut texts into words, with the terms of a lexicon kept whole or taken apart.

    Parameters
    ----------
    texts : Series of str, one per unit of the corpus.
    lexicon : what :func:`analysis.load_lexicon` returns (index ``term``, column ``level``).
    stopwords : words to leave out.
    level : ``"term"`` keeps policy terms of several words whole (高质量发展); ``"word"`` gives
        the words inside them (高质量, 发展). Entries of the lexicon whose own level is
        ``word`` stay whole either way.
    engine : ``"rjieba"`` (Rust), ``"jieba"`` (the Python reference), or ``"auto"``: rjieba
        where it is installed.
    punctuation : whether to keep punctuation and white space as tokens; with it and without
        stopwords, the tokens of a text joined together are the text.

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
    >>> segment(text)["a"]
    ['发展', '新质', '生产力', '关键在于', '科技', '创新']
    >>> segment(text, lexicon=load_lexicon())["a"]
    ['发展', '新质生产力', '关键在于', '科技创新']

    Notes
    -----
    Counts made with different lexicons, levels or engines are not comparable. The model is
    jieba's: the most probable path through a dictionary of 350,000 words, and a hidden Markov
    model over B, M, E and S positions for runs of characters that the dictionary does not
    cover, which is where wrong joins such as 但三地 come from.
    """
    if level not in ("term", "word"):
        raise ValueError(f"level must be 'term' or 'word', not {level!r}.")
    for unit, text in texts.items():
        if not isinstance(text, str):
            raise TypeError(f"Unit {unit!r} is not text but {text!r}: drop or fill it first.")
    cut, inside = _tokenizer(engine, _entries(lexicon))
    drop = frozenset(stopwords)
    rows = []
    for text in texts:
        tokens = cut(text)
        if level == "word":
            tokens = [word for token in tokens for word in inside.get(token, (token,))]
        if not punctuation:
            tokens = [token for token in tokens if not _is_punctuation(token)]
        rows.append([token for token in tokens if token not in drop] if drop else tokens)
    return pd.Series(rows, index=texts.index, name="tokens", dtype=object)


def _entries(lexicon: pd.DataFrame | None) -> tuple[tuple[str, str], ...]:
    if lexicon is None:
        return ()
    if "level" not in lexicon:
        raise ValueError("The lexicon lacks the column 'level'; load it with load_lexicon().")
    return tuple(sorted(lexicon.level.items()))


@lru_cache(maxsize=8)
def _tokenizer(engine: str, entries: tuple[tuple[str, str], ...]) -> tuple[Callable, dict]:
    """Return a cutting function, and the words inside each term of several words."""
    if engine not in ENGINES:
        raise ValueError(f"engine must be one of {ENGINES}, not {engine!r}.")
    if engine == "auto":
        engine = "rjieba" if find_spec("rjieba") else "jieba"
    new = _new_rjieba if engine == "rjieba" else _new_jieba
    words = new([term for term, level in entries if level == "word"])
    inside = {term: tuple(words(term)) for term, level in entries if level == "term"}
    return new([term for term, _ in entries]), inside


def _new_rjieba(terms: list[str]) -> Callable[[str], list[str]]:
    import rjieba

    tokenizer = rjieba.Jieba()
    for term in terms:
        tokenizer.add_word(term, None if tokenizer.has_word(term) else TERM_FREQUENCY, None)
    return tokenizer.cut


def _new_jieba(terms: list[str]) -> Callable[[str], list[str]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # jieba's own SyntaxWarnings on Python 3.12 and newer
        import jieba
    jieba.setLogLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer()
    # Built here and not by initialize(), which would load a cache from the shared temp folder
    # that anybody may have written.
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True
    for term in terms:
        tokenizer.add_word(term, None if tokenizer.FREQ.get(term) else TERM_FREQUENCY)
    return tokenizer.lcut


@lru_cache(maxsize=None)
def _is_punctuation(token: str) -> bool:
    return all(unicodedata.category(character)[0] in "PSZC" for character in token)
