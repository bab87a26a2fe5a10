"""Text to tokens, tokens to parts of speech, variants to names."""

import re
import unicodedata
from collections.abc import Collection
from functools import lru_cache
from importlib.metadata import version
from itertools import accumulate, pairwise, product

import pandas as pd

from analysis._checks import check_texts, check_token_lists, strings
from analysis._jieba import import_jieba, read_dictionary
from analysis.segmentation.processes import share_cutting
from analysis.segmentation.provenance import fingerprint_of
from analysis.segmentation.standard import is_punctuation, rules_in_use
from analysis.segmentation.tokenizer import DICTIONARIES, ENGINES, LEVELS, Setting, resolve_engine

NUMERAL = re.compile(
    r"第?[0-9.]+(万亿|[万亿])?[%‰]?(°C|年度?|年代|月份?|日)?"
    r"|第?[一二三四五六七八九十百千万亿零〇两几]+"
)
SUFFIX_TAGS = {"化": "v", "性": "n", "率": "n", "型": "b", "式": "b", "级": "b"}


def segment(
    texts: pd.Series,
    lexicon: pd.DataFrame | None = None,
    stopwords: Collection[str] = (),
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
    texts : Series of str, one per unit of the corpus.
    lexicon : what :func:`analysis.load_lexicon` returns (index ``term``, column ``level``, and
        ``frequency`` where one is to be set; empty cells count as 0). Two lexicons are joined
        with ``pd.concat``, as long as no term is in both.
    stopwords : words to leave out, after terms are made: ``load_stopwords() | {"推进"}``.
    level : ``"term"`` keeps policy terms of several words whole (高质量发展); ``"word"`` gives
        the words inside them (高质量, 发展); ``"phrase"`` also keeps the lexicon's longer
        phrases (统筹高质量发展与高水平安全). Entries of level ``word`` stay whole always.
    pos : keep only tokens whose part of speech begins with one of these (``["n", "v"]``), as
        :func:`tag_tokens` gives it; one that no tag begins with is refused. Idioms are ``i``, set
        phrases ``l`` and abbreviations ``j``, terms of the lexicon among them: for all content
        words see the list in notebook 02.
    engine : ``"rjieba"`` (Rust), ``"jieba"`` (the Python reference), or ``"auto"``: rjieba
        where it is installed.
    dictionary : ``"standard"``: jieba's dictionary with the rules of
        :mod:`analysis.segmentation.standard`, after GB/T 13715; ``"stock"``: as jieba has it.
    punctuation : whether to keep punctuation and white space as tokens; with it and without
        stopwords, the tokens of a text joined together are the text.
    n_jobs : processes, this one among them; -1 for one on each core. For a cluster see
        :func:`analysis.segment_files`.

    Returns
    -------
    Series of lists of str
        On the index of ``texts``, named ``tokens``. ``attrs["segmentation"]`` records how they
        were made, so that counts made in another way can be refused. ``pd.concat`` of tokens
        made in two ways loses the record, and with it the protection.

    Raises
    ------
    TypeError, ValueError
        If ``texts`` is no Series or holds something that is not a string (the unit is named),
        ``stopwords`` or ``pos`` is one string, or an argument is not one of those above.

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
    Dictionary and rules are for simplified characters: convert traditional ones before
    (:func:`analysis.normalise` with ``convert="t2s"``), or many words are cut wrongly and no term
    is found in them.
    What is neither Han nor a number or Latin word comes apart: R&D is two tokens, an address on
    the web many.
    The model is jieba's: the most probable path through a dictionary of 350,000 words, and a
    hidden Markov model over B, M, E and S positions for runs of characters that the dictionary
    does not cover, which is where wrong joins such as 但三地 come from. Its accuracy on text
    segmented by hand is measured in notebook 02 with :func:`analysis.evaluate_segmentation`.
    """
    for name, value, allowed in (
        ("level", level, LEVELS),
        ("engine", engine, ENGINES),
        ("dictionary", dictionary, DICTIONARIES),
    ):
        if value not in allowed:
            raise ValueError(f"{name} must be one of {allowed}, not {value!r}.")
    check_texts(texts)
    stopwords, pos = strings("stopwords", stopwords), strings("pos", pos)
    _check_pos(pos, lexicon)
    setting = Setting(engine, dictionary, level, _entries(lexicon), frozenset(stopwords), punctuation)
    try:
        rows = share_cutting(texts.tolist(), setting, n_jobs)
    except UnicodeEncodeError as error:
        unit = next(unit for unit, text in texts.items() if re.search("[\ud800-\udfff]", text))
        raise ValueError(f"Unit {unit!r} holds half a character (a lone surrogate): decode its source anew.") from error
    tokens = pd.Series(rows, index=texts.index, name="tokens", dtype=object)
    if pos:
        tokens = _keep_pos(tokens, tuple(pos), lexicon)
    tokens.attrs["segmentation"] = _record(setting, pos)
    if pos and (own := _own_tags(lexicon)):
        tokens.attrs["segmentation"]["tags"] = fingerprint_of(sorted(own.items()))
    return tokens


def _check_pos(pos: list[str], lexicon: pd.DataFrame | None) -> None:
    """Refuse a part of speech that no word can have, before all is cut for nothing."""
    if not pos:
        return
    tags = sorted({tag for _, tag in read_dictionary().values()} | {"eng", "nz"} | set(_own_tags(lexicon).values()))
    unknown = [one for one in pos if not one or not any(tag.startswith(one) for tag in tags)]
    if unknown:
        raise ValueError(f"pos has {unknown}, which no tag begins with; tags are jieba's (ICTCLAS): {', '.join(tags)}.")


def _record(setting: Setting, pos: Collection[str]) -> dict:
    """Say all that the tokens depend on, the rules of the dictionary included."""
    engine = resolve_engine(setting.engine)
    return {
        "engine": _engine_version(engine),
        "level": setting.level,
        "dictionary": fingerprint_of_rules() if setting.dictionary == "standard" else "stock",
        "lexicon": _fingerprint_of_entries(setting.entries),
        "stopwords": fingerprint_of(sorted(setting.drop)),
        "punctuation": bool(setting.punctuation),
        "pos": sorted(pos),
    }


@lru_cache(maxsize=2)
def _engine_version(engine: str) -> str:
    return f"{engine} {version(engine)}"


@lru_cache(maxsize=1)
def fingerprint_of_rules() -> str:
    """Return the fingerprint of the lists and patterns that the rules of the dictionary use.

    >>> len(fingerprint_of_rules())
    16
    """
    return fingerprint_of(rules_in_use())


@lru_cache(maxsize=8)
def _fingerprint_of_entries(entries: tuple[tuple[str, str, int], ...]) -> str:
    return fingerprint_of(entries)


def tag_tokens(tokens: pd.Series, lexicon: pd.DataFrame | None = None) -> pd.Series:
    """Give every token its part of speech.

    Parameters
    ----------
    tokens : Series of lists of str, from :func:`segment`.
    lexicon : its terms get ``nz`` where the dictionary has no tag for them, or the tag in its
        column ``tag``, where it has one, as a list in jieba's format may give it.

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
    end. Good for telling content words from function words, too coarse for a claim about
    nouns and verbs: notebook 02 measures both. It costs a fraction of the cutting.
    """
    check_token_lists(tokens)
    words = read_dictionary()
    names = {} if lexicon is None else dict.fromkeys(lexicon.index, "nz")
    own = _own_tags(lexicon)
    tags: dict[str, str] = {}

    def tag(token: str) -> str:
        if token not in tags:
            known = words[token][1] if token in words else None
            tags[token] = own.get(token) or known or names.get(token) or _guess_tag(token, words)
        return tags[token]

    return tokens.map(lambda row: [tag(token) for token in row])


def _own_tags(lexicon: pd.DataFrame | None) -> dict[str, str]:
    if not isinstance(lexicon, pd.DataFrame) or "tag" not in lexicon:
        return {}
    return {term: tag for term, tag in lexicon.tag.items() if isinstance(tag, str) and tag}


def _guess_tag(token: str, words: dict[str, tuple[int, str]]) -> str:
    """Tag a word that neither dictionary nor lexicon has by its signs, or by its end."""
    plain = unicodedata.normalize("NFKC", token)  # ＡＩ, １０, ％, ① and Ⅲ as AI, 10, %, 1 and III
    if NUMERAL.fullmatch(plain) or token and (unicodedata.category(token[0]) in ("No", "Nl")):
        return "m"
    if is_punctuation(token):
        return "x"
    if plain.isascii():
        return "eng"
    if token[-1] in SUFFIX_TAGS:
        return SUFFIX_TAGS[token[-1]]
    ends = (token[i:] for i in range(1, len(token)))
    return next((words[end][1] for end in ends if end in words), "n")


def explain_guess(text: str, top: int = 5) -> pd.DataFrame:
    """Show how jieba's hidden Markov model weighs the ways of cutting a run of characters.

    Parameters
    ----------
    text : two to eight characters that the dictionary does not cover.
    top : so many ways, the most probable first.

    Returns
    -------
    DataFrame
        ``tokens`` (the way of cutting), ``states`` (B begins a word, M is in its middle, E ends
        it, S is a word alone) and ``log_probability`` (3 decimals).

    Examples
    --------
    >>> explain_guess("但三地", top=1).values.tolist()
    [['但三地', 'BME', -19.649]]

    Notes
    -----
    The model knows how often a character stands in each state and which state follows which,
    and nothing about meaning: it was trained on other text, and it cannot weigh a function word
    against a name. jieba asks it only about runs of characters in which no word of its dictionary
    is found; about a word that it has, the table is idle. Source: jieba's ``finalseg``.
    """
    if not re.fullmatch("[一-鿕]{2,8}", text):
        raise ValueError(f"Give two to eight Chinese characters, not {text!r}.")
    import_jieba()
    from jieba.finalseg import MIN_FLOAT, emit_P, start_P, trans_P

    rows = []
    for states in product("BMES", repeat=len(text)):
        path = "".join(states)
        if re.fullmatch(r"(?:S|BM*E)+", path):
            steps = [start_P[path[0]], *(trans_P[a].get(b, MIN_FLOAT) for a, b in pairwise(path))]
            steps += [emit_P[state].get(sign, MIN_FLOAT) for state, sign in zip(path, text, strict=True)]
            words = re.findall(r"S|BM*E", path)
            cuts = [0, *accumulate(map(len, words))]
            rows.append((" / ".join(text[a:b] for a, b in pairwise(cuts)), path, sum(steps)))
    table = pd.DataFrame(rows, columns=["tokens", "states", "log_probability"])
    table = table.sort_values(["log_probability", "states"], ascending=[False, True])
    return table.head(top).round(3).reset_index(drop=True)


def resolve_aliases(tokens: pd.Series, aliases: pd.DataFrame) -> tuple[pd.Series, pd.DataFrame]:
    """Replace variants by the name that they stand for, and say where.

    Parameters
    ----------
    tokens : Series of lists of str; a variant is found where it is one token. Longer ones
        (京津冀地区) are that only after ``segment(level="phrase")``.
    aliases : what :func:`analysis.load_aliases` returns.

    Returns
    -------
    tokens : Series of lists of str, on the same index.
    record : DataFrame with ``unit``, ``variant``, ``preferred`` and ``count``, one row for each
        variant in each unit. The text itself is never rewritten.

    Raises
    ------
    TypeError
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
        replaced.attrs["segmentation"] = {
            **tokens.attrs["segmentation"],
            "aliases": fingerprint_of(sorted(preferred.items())),
        }
    return replaced, table.rename("count").reset_index()


def _entries(lexicon: pd.DataFrame | None) -> tuple[tuple[str, str, int], ...]:
    if lexicon is None:
        return ()
    if not isinstance(lexicon, pd.DataFrame):
        raise TypeError(
            f"lexicon must be a table, as load_lexicon() gives it, not the {type(lexicon).__name__} {lexicon!r:.60}."
        )
    if "level" not in lexicon:
        raise ValueError("The lexicon lacks the column 'level'; load it with load_lexicon().")
    if not all(isinstance(term, str) and term for term in lexicon.index):
        raise ValueError("The lexicon's index must be its terms: lexicon.set_index('term').")
    given = lexicon.get("frequency", pd.Series(0, lexicon.index)).replace("", 0).fillna(0)
    frequency = pd.to_numeric(given, errors="coerce").fillna(-1)
    for wrong, problem in (
        (lexicon.index.duplicated(), "stands there twice"),
        (~lexicon.level.isin(LEVELS), f"has a level that is not one of {LEVELS}"),
        (
            (frequency < 0) | (frequency >= 1e9) | (frequency % 1 != 0),
            "has a frequency that is no whole number, or above all reason",
        ),
    ):
        if wrong.any():
            raise ValueError(f"The lexicon's term {lexicon.index[wrong][0]!r} {problem}.")
    columns = lexicon.index.tolist(), lexicon.level.tolist(), frequency.astype(int).tolist()
    return tuple(sorted(zip(*columns, strict=True)))


def _keep_pos(tokens: pd.Series, pos: tuple[str, ...], lexicon: pd.DataFrame | None) -> pd.Series:
    tags = tag_tokens(tokens, lexicon)
    rows = [
        [token for token, tag in zip(row, marks, strict=True) if tag.startswith(pos)]
        for row, marks in zip(tokens, tags, strict=True)
    ]
    return pd.Series(rows, index=tokens.index, name="tokens", dtype=object)
