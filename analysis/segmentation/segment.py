"""Text to tokens, and variants to names."""

import re
from bisect import bisect
from collections.abc import Collection
from itertools import accumulate, pairwise

import pandas as pd
from joblib import Parallel, delayed, effective_n_jobs

from analysis._checks import check_texts, check_token_lists, strings
from analysis.segmentation.provenance import fingerprint_of
from analysis.segmentation.tagging import check_pos, fingerprint_of_tags, keep_pos
from analysis.segmentation.tokenizer import DICTIONARIES, ENGINES, LEVELS, Setting, cut_texts, made_with

BATCHES = 4  # for each process, so that none waits long for another


def segment(
    texts: pd.Series,
    lexicon: pd.DataFrame | None = None,
    stopwords: Collection[str] = (),
    *,
    level: str = "term",
    pos: Collection[str] = (),
    engine: str = "auto",
    dictionary: str = "standard",
    punctuation: bool = False,
    n_jobs: int = 1,
) -> pd.Series:
    """Cut texts into words, with the terms of a lexicon kept whole or taken apart.

    Parameters
    ----------
    texts : Series of str
        One per unit of the corpus.
    lexicon : DataFrame, optional
        What :func:`analysis.load_lexicon` returns (index ``term``, column ``level``, and ``frequency`` where
        one is to be set). Two lexicons are joined with ``pd.concat``, as long as no term is in both.
    stopwords : collection of str, optional
        Words to leave out, after terms are made: ``load_stopwords() | {"推进"}``.
    level : {"term", "word", "phrase"}
        ``"term"`` keeps policy terms of several words whole (高质量发展); ``"word"`` gives the words inside them
        (高质量, 发展); ``"phrase"`` also keeps the lexicon's longer phrases. Entries of level ``word`` stay whole.
    pos : collection of str, optional
        Keep only tokens whose part of speech begins with one of these (``["n", "v"]``), as
        :func:`analysis.tag_tokens` gives it. Idioms are ``i``, set phrases ``l`` and abbreviations ``j``,
        terms of the lexicon among them: for all content words see the list in notebook 02.
    engine : {"auto", "rjieba", "jieba"}
        rjieba (Rust), jieba (the Python reference), or ``"auto"``: rjieba where it is installed.
    dictionary : {"standard", "stock"}
        jieba's dictionary by the rules of :mod:`analysis.segmentation.standard` (GB/T 13715), or as it is.
    punctuation : bool, default False
        Whether to keep punctuation and white space; then, without stopwords, the tokens joined are the text.
    n_jobs : int, default 1
        Processes, -1 for one on each core; several pay from some 50 MB of text on.

    Returns
    -------
    Series of lists of str
        On the index of ``texts``, named ``tokens``. ``attrs["segmentation"]`` records how they were made, so
        that counts made in another way can be refused; ``pd.concat`` of tokens made in two ways loses it.

    Raises
    ------
    TypeError, ValueError
        If ``texts`` is no Series of strings (the unit is named), ``stopwords`` or ``pos`` is one string, no
        tag begins with one of ``pos``, or an argument is not one of those above.

    Examples
    --------
    >>> from analysis import load_lexicon
    >>> text = pd.Series({"a": "发展新质生产力,关键在于科技创新。"})
    >>> segment(text, dictionary="stock")["a"]
    ['发展', '新质', '生产力', '关键在于', '科技', '创新']
    >>> segment(text, load_lexicon())["a"]
    ['发展', '新质生产力', '关键', '在于', '科技创新']

    Notes
    -----
    Counts made with different lexicons, levels, dictionaries or engines are not comparable. Convert
    traditional characters before (:func:`analysis.normalise` with ``convert="t2s"``), or many words are cut
    wrongly. The model is jieba's: the most probable path through a dictionary of 350,000 words, and a hidden
    Markov model for what it does not cover, where wrong joins such as 但三地 come from.
    """
    choices = ("level", level, LEVELS), ("engine", engine, ENGINES), ("dictionary", dictionary, DICTIONARIES)
    for name, value, allowed in choices:
        if value not in allowed:
            raise ValueError(f"{name} must be one of {allowed}, not {value!r}.")
    check_texts(texts)
    stopwords, pos = strings("stopwords", stopwords), strings("pos", pos)
    check_pos(pos, lexicon)
    setting = Setting(engine, dictionary, level, _entries(lexicon), frozenset(stopwords), punctuation)
    try:
        rows = _cut(texts.tolist(), setting, n_jobs)
    except UnicodeEncodeError as error:
        unit = next(unit for unit, text in texts.items() if re.search("[\ud800-\udfff]", text))
        raise ValueError(f"Unit {unit!r} holds half a character (a lone surrogate): decode its source anew.") from error
    tokens = pd.Series(rows, index=texts.index, name="tokens", dtype=object)
    if pos:
        tokens = keep_pos(tokens, pos, lexicon)
    tokens.attrs["segmentation"] = _record(setting, pos, lexicon)
    return tokens


def _cut(texts: list[str], setting: Setting, n_jobs: int) -> list[list[str]]:
    """Cut texts in this process, or share them among several in batches of about one length."""
    jobs = min(effective_n_jobs(n_jobs), len(texts))
    if jobs < 2:
        return cut_texts(texts, setting)
    ends, batches = list(accumulate(map(len, texts))), BATCHES * jobs
    places = [bisect(ends, ends[-1] * batch / batches) for batch in range(1, batches)]
    tasks = (delayed(cut_texts)(texts[a:b], setting) for a, b in pairwise([0, *places, len(texts)]) if a < b)
    return [row for rows in Parallel(jobs)(tasks) for row in rows]


def _record(setting: Setting, pos: Collection[str], lexicon: pd.DataFrame | None) -> dict:
    """Say all that the tokens depend on, the rules of the dictionary included."""
    lists = {"lexicon": fingerprint_of(setting.entries), "stopwords": fingerprint_of(sorted(setting.drop))}
    record: dict = made_with(setting) | {"level": setting.level} | lists
    record |= {"punctuation": bool(setting.punctuation), "pos": sorted(pos)}
    return record | {"tags": fingerprint_of_tags(lexicon)} if pos else record


def resolve_aliases(tokens: pd.Series, aliases: pd.DataFrame) -> tuple[pd.Series, pd.DataFrame]:
    """Replace variants by the name that they stand for, and say where.

    Parameters
    ----------
    tokens : Series of lists of str
        A variant is found where it is one token, a longer one (京津冀地区) only after ``segment(level="phrase")``.
    aliases : DataFrame
        What :func:`analysis.load_aliases` returns.

    Returns
    -------
    tokens : Series of lists of str
        On the same index.
    record : DataFrame
        ``unit``, ``variant``, ``preferred`` and ``count``, one row for each variant in each unit.

    Raises
    ------
    TypeError, ValueError
        If a unit is not a list of tokens (it is named), or the aliases are no such table.

    Examples
    --------
    >>> aliases = pd.DataFrame({"preferred": ["京津冀"]}, index=["京津冀地区"])
    >>> tokens, record = resolve_aliases(pd.Series({"a": ["京津冀地区", "协同"]}), aliases)
    >>> tokens["a"], record["count"].tolist()
    (['京津冀', '协同'], [1])
    """
    check_token_lists(tokens)
    if not isinstance(aliases, pd.DataFrame) or "preferred" not in aliases:
        raise TypeError("aliases must be a table with 'preferred' on an index of variants, as load_aliases() gives it.")
    if not all(isinstance(variant, str) for variant in aliases.index):
        raise TypeError("The index of aliases must be its variants: aliases.set_index('variant').")
    if aliases.index.duplicated().any() or not all(isinstance(name, str) and name for name in aliases.preferred):
        raise ValueError("Each variant of aliases must stand there once, with a name that is not empty.")
    preferred = aliases.preferred.to_dict()
    record = [(unit, token, preferred[token]) for unit, row in tokens.items() for token in row if token in preferred]
    columns = ["unit", "variant", "preferred"]
    table = pd.DataFrame(record, columns=columns).groupby(columns, sort=False, dropna=False).size()
    replaced = tokens.map(lambda row: [preferred.get(token, token) for token in row])
    if "segmentation" in tokens.attrs:
        made = fingerprint_of(sorted(preferred.items()))
        replaced.attrs["segmentation"] = {**tokens.attrs["segmentation"], "aliases": made}
    return replaced, table.rename("count").reset_index()


def _entries(lexicon: pd.DataFrame | None) -> tuple[tuple[str, str, int], ...]:
    if lexicon is None:
        return ()
    if not isinstance(lexicon, pd.DataFrame):
        kind = type(lexicon).__name__
        raise TypeError(f"lexicon must be a table, as load_lexicon() gives it, not the {kind} {lexicon!r:.60}.")
    if "level" not in lexicon:
        raise ValueError("The lexicon lacks the column 'level'; load it with load_lexicon().")
    if not all(isinstance(term, str) and term for term in lexicon.index):
        raise ValueError("The lexicon's index must be its terms: lexicon.set_index('term').")
    given = lexicon.get("frequency", pd.Series(0, lexicon.index)).replace("", 0).fillna(0)
    frequency = pd.to_numeric(given, errors="coerce").fillna(-1)
    unreal = (frequency < 0) | (frequency >= 1e9) | (frequency % 1 != 0)
    for wrong, problem in (
        (lexicon.index.duplicated(), "stands there twice"),
        (~lexicon.level.isin(LEVELS), f"has a level that is not one of {LEVELS}"),
        (unreal, "has a frequency that is no whole number, or above all reason"),
    ):
        if wrong.any():
            raise ValueError(f"The lexicon's term {lexicon.index[wrong][0]!r} {problem}.")
    columns = lexicon.index.tolist(), lexicon.level.tolist(), frequency.astype(int).tolist()
    return tuple(sorted(zip(*columns, strict=True)))
