"""New terms: strings of a corpus that hold together, stand free and recur."""

from collections.abc import Collection, Mapping

import numpy as np
import pandas as pd

from analysis._checks import check_texts, strings
from analysis._jieba import read_dictionary
from analysis.segmentation.lexicon import load_stopwords
from analysis.segmentation.ngrams import NONE, Strings, branching_entropy, c_value, cohesion, count_strings, following
from analysis.segmentation.segment import segment
from analysis.segmentation.standard import DATES, phrases_to_cut
from analysis.segmentation.tokenizer import LEVELS

BOUNDARIES = ("words", "characters")
COLUMNS = (
    "rank term count units cohesion npmi left_entropy right_entropy freedom c_value log_ratio score level unit context"
).split()
# Modifiers that the stopwords leave out because they make terms: they can begin one, not end it;
# and nouns so general that what ends with them is a phrase.
NEVER_LAST = frozenset([
    *"新高大全多首跨非",
    *"作用 力度 工作 水平 任务 目标 问题 成效 步伐 局面 情况 前列 要求 课题 领域".split(),
])
# Words of report prose that no term begins or ends with and that are not on the list of stopwords.
FRAME = frozenset(
    "保持 超过 成功 出 达 第 高于 各位 贯彻 贯彻落实 更好 过去 好 获 获评 建成 坚决 接受 居 举办 来 累计 连续 迈出 "
    "纳入 取得 认真 入选 深入 所有 突破 完成 维护 稳居 新增 占 主要 自觉 做到 办好".split()
)
LONGEST_WORD = 3
DECIMALS = 6
ABSENT = ""


def discover_terms(
    texts: pd.Series,
    *,
    known: Collection[str] | None = None,
    reference: Mapping[str, float] | None = None,
    reference_size: int | None = None,
    min_count: int = 3,
    max_length: int = 10,
    boundaries: str = "words",
    stopwords: Collection[str] | None = None,
    width: int = 15,
) -> pd.DataFrame:
    """Rank strings that may be terms and that are no words of the dictionary.

    Parameters
    ----------
    texts : Series of str
        One per unit of the corpus.
    known : collection of str, optional
        Terms to leave out: the index of a lexicon, or any words. Words that the dictionary has already (产业链)
        are not proposed in any case, but for the phrases that the standard cuts.
    reference : mapping of str to float, optional
        How often strings occur in other texts (a Series or a dict). What is not in it counts as absent there,
        so a profile of words makes every term of several words look rare: count the candidates themselves.
    reference_size : int, optional
        Characters of the other texts; by default those of the strings, right for a profile of all words.
    min_count, max_length : int, default 3 and 10
        The least occurrences and the most characters of a term, 2 or more.
    boundaries : {"words", "characters"}
        ``"words"``: a term begins and ends where the segmenter cuts, in at least half of its places, and is
        free of stopwords there; ``"characters"``: anywhere, but not with the characters of a stopword.
    stopwords : collection of str, optional
        By default all of :func:`analysis.load_stopwords`, frame verbs included.
    width : int, default 15
        Characters of context on either side.

    Returns
    -------
    DataFrame
        One row per candidate, best first (equal ones by count, then by term): ``rank``, ``term``, ``count``
        (also inside longer terms) and ``units`` that have it; ``cohesion`` (pointwise mutual information in
        bits of its two parts, the smallest over all ways of parting it) and ``npmi`` (divided by its maximum,
        ``log2(characters / count)``); ``left_entropy`` and ``right_entropy`` (bits, of the characters beside
        it) and ``freedom`` (the smaller divided by its maximum, ``log2(count)``); ``c_value``; ``log_ratio``
        (binary logarithm of the rate here against the reference, half an occurrence added to either; missing
        without one); ``score``; ``level`` (a suggestion); ``unit`` and ``context`` of its first place.

    Raises
    ------
    TypeError, ValueError
        If ``texts`` is no Series of strings (the unit is named), ``known`` or ``stopwords`` is a whole table
        or one string, or an argument is not one of those above.

    Examples
    --------
    >>> texts = pd.Series({"a": "培育新质生产力,壮大新质生产力。", "b": "标准互认,资质互认、结果互认"})
    >>> discover_terms(texts, min_count=2)[["term", "count", "units", "unit"]].values.tolist()
    [['新质生产力', 2, 1, 'a'], ['互认', 3, 1, 'b']]

    Notes
    -----
    ``score = c_value × freedom × npmi``, and with a reference also × ``r / (r + s)``, where ``r``
    and ``s`` are the rates here and there; only candidates whose factors are all positive are listed.
    C-value: Frantzi, Ananiadou and Mima (2000), International Journal on Digital Libraries 3, with length in
    characters. Cohesion and branching entropy: Sproat and Shih (1990), Jin and Tanaka-Ishii (2006); every
    break counts as a neighbour of its own kind.

    A candidate is a proposal: read its context before accepting it. Ranks from corpora of different size are
    not comparable, and for a string that occurs twice ``freedom`` is 0 or 1.
    """
    _check(texts, min_count, max_length, boundaries, width)
    known = strings("known", () if known is None else known)
    if stopwords is None:
        stopwords = load_stopwords() | load_stopwords(["policy_verb"]) | FRAME
    stop = frozenset(filter(None, strings("stopwords", stopwords)))
    other = _reference(reference, reference_size)
    found = count_strings(texts.tolist(), min_count, max_length)
    marks = _word_marks(texts, found, stop) if boundaries == "words" else None
    rows = pd.concat([_measures(found, length, marks) for length in range(2, max_length + 1)])
    old = frozenset(read_dictionary()).difference(phrases_to_cut()).union(known)
    rows = rows[np.array([term not in old for term in rows.term], dtype=bool)]
    rows = (rows if marks else rows[_edges_fit(rows.term, stop)]).reset_index(drop=True)
    rows["c_value"] = c_value(found, rows["length"], rows["first"]).round(DECIMALS)
    rows = _score(rows, other, int((found.codes != NONE).sum()))
    return _evidence(rows, found, texts.index, width)


def accept_terms(found: pd.DataFrame, accepted: pd.DataFrame, lexicon: pd.DataFrame | None = None) -> pd.DataFrame:
    """Turn accepted candidates into rows of a lexicon.

    Parameters
    ----------
    found : DataFrame
        What :func:`discover_terms` returns.
    accepted : DataFrame
        Index ``term``; ``category`` and ``gloss``, by a person, and ``level`` where the suggested is wrong.
    lexicon : DataFrame, optional
        What :func:`analysis.load_lexicon` returns; the new rows are added to it.

    Returns
    -------
    DataFrame
        As :func:`analysis.load_lexicon` returns it, sorted by category and term: ``category``, ``gloss``,
        ``level``, ``source`` (``discovered``), ``evidence`` (the context), ``frequency`` (0).

    Raises
    ------
    ValueError
        For a term that was not found, is known or stands twice, or lacks category or gloss.

    Examples
    --------
    >>> found = discover_terms(pd.Series(["标准互认,资质互认", "结果互认"]), min_count=2)
    >>> mine = pd.DataFrame({"category": "mechanism", "gloss": "mutual recognition"}, ["互认"])
    >>> accept_terms(found, mine).loc["互认", ["gloss", "level", "evidence"]].tolist()
    ['mutual recognition', 'word', '标准互认,资质互认']
    """
    lexicon = pd.DataFrame() if lexicon is None else lexicon
    _check_accepted(found, accepted, lexicon)
    rows = found.set_index("term").loc[accepted.index]
    columns = {"level": accepted.get("level", rows.level), "source": "discovered", "evidence": rows.context}
    new = accepted[["category", "gloss"]].assign(**columns, frequency=0)
    old = lexicon.assign(frequency=lexicon.get("frequency", 0))
    both = pd.concat([new, old]).fillna("").rename_axis("term").reset_index()
    return both.sort_values(["category", "term"]).set_index("term")


def _measures(strings: Strings, length: int, marks: tuple | None) -> pd.DataFrame:
    """Return count, first place, cohesion and entropies of the strings of one length."""
    ids, count = strings.ids[length - 1], strings.counts[length - 1]
    fitting = ids if marks is None else np.where(_fits(marks, length), ids, NONE)
    first = np.zeros(len(count) + 1, dtype=np.int64)  # the last for NONE
    first[fitting[::-1]] = np.arange(len(fitting))[::-1]
    share = np.bincount(fitting[fitting != NONE], minlength=len(count)) / count
    rows = pd.DataFrame({
        "number": np.arange(len(count)),
        "length": length,
        "count": count,
        "first": first[:-1],
        "left_entropy": branching_entropy(ids, count, np.append(NONE, strings.codes)[:-1]),
        "right_entropy": branching_entropy(ids, count, following(strings.codes, length)),
    })[share >= 0.5].round(DECIMALS)
    rows["cohesion"] = cohesion(strings, length, rows["first"].to_numpy()).round(DECIMALS)
    rows = rows[(rows[["left_entropy", "right_entropy", "cohesion"]] > 0).all(axis=1)]
    term = [strings.text[place : place + length] for place in rows["first"]]
    return rows.assign(term=pd.Series(term, rows.index, dtype="str"))


def _fits(marks: tuple, length: int) -> np.ndarray:
    """Mark where a string of some length is a run of content words."""
    begins, ends, stops = marks
    size = max(len(begins) - length, 0)
    good = np.zeros(len(begins) - 1, dtype=bool)
    good[:size] = begins[:size] & ends[length:] & (stops[length:] == stops[:size])
    return good


def _word_marks(texts: pd.Series, strings: Strings, stop: frozenset[str]) -> tuple:
    """Mark where words begin and end, and count the stopwords that begin before each place."""
    begins, ends, stops = (np.zeros(len(strings.codes) + 1, dtype=bool) for _ in range(3))
    stop = stop.union(DATES)
    for offset, words in zip(strings.offsets, segment(texts, punctuation=True), strict=False):
        end = offset + np.cumsum(np.fromiter(map(len, words), np.int64, len(words)))
        begin = np.concatenate([[offset], end[:-1]])[: len(words)]
        begins[begin] = True
        ends[end] = np.fromiter((word not in NEVER_LAST for word in words), bool, len(words))
        stops[begin] = [word in stop or word.isdecimal() for word in words]
    return begins, ends, np.concatenate([[0], np.cumsum(stops[:-1])])


def _edges_fit(terms: pd.Series, stop: frozenset[str]) -> np.ndarray:
    """Say which strings neither begin nor end with the characters of a stopword."""
    heads, tails = tuple(sorted(stop)), tuple(sorted(stop | NEVER_LAST))
    return ~(terms.str.startswith(heads) | terms.str.endswith(tails) | terms.str.isdecimal()).to_numpy(bool)


def _score(rows: pd.DataFrame, rates: pd.Series | None, characters: int) -> pd.DataFrame:
    count = rows["count"]
    rows["npmi"] = (rows.cohesion / np.log2(characters / count)).round(DECIMALS)
    rows["freedom"] = (rows[["left_entropy", "right_entropy"]].min(axis=1) / np.log2(count)).round(DECIMALS)
    score = rows.c_value * rows.freedom * rows.npmi
    rows["log_ratio"] = np.nan
    if rates is not None:
        there = rows.term.map(rates).fillna(rates[ABSENT]).astype(float)
        rows["log_ratio"] = np.log2((count + 0.5) / characters / there).round(DECIMALS)
        score = score / (1 + np.exp2(-rows.log_ratio))
    rows["score"] = score.round(DECIMALS)
    rows = rows[rows.score > 0].sort_values(["score", "count", "term"], ascending=[False, False, True])
    return rows.assign(rank=np.arange(1, len(rows) + 1)).reset_index(drop=True)


def _reference(counts: Mapping[str, float] | None, size: int | None) -> pd.Series | None:
    """Return occurrences per character, half an occurrence added, and that of absent strings."""
    if counts is None:
        return None
    found = pd.Series({string: n for string, n in dict(counts).items() if string}, dtype=float)
    characters = sum(count * len(string) for string, count in found.items()) if size is None else size
    if not characters > 0 or not np.isfinite(found).all() or (found < 0).any():
        raise ValueError("reference must map strings to counts of 0 or more, and have more than zero characters.")
    return pd.concat([found, pd.Series({ABSENT: 0.0})]).add(0.5) / characters


def _evidence(rows: pd.DataFrame, strings: Strings, index: pd.Index, width: int) -> pd.DataFrame:
    first = rows["first"].to_numpy()
    unit = np.searchsorted(strings.offsets, first, side="right") - 1
    begin = np.maximum(first - width, strings.offsets[unit])
    end = np.minimum(first + rows["length"] + width, strings.offsets[unit + 1] - 1)
    rows["unit"] = index[unit]
    lines = [" ".join(strings.text[a:b].split()) for a, b in zip(begin, end, strict=True)]
    rows["context"] = pd.Series(lines, rows.index, dtype="str")
    rows["level"] = pd.Series(np.where(rows["length"] <= LONGEST_WORD, *LEVELS[:2]), dtype="str")
    rows["units"] = _units(rows, strings)
    return rows[COLUMNS]


def _units(rows: pd.DataFrame, strings: Strings) -> np.ndarray:
    units = np.zeros(len(rows), dtype=np.int64)
    unit = np.repeat(np.arange(len(strings.offsets) - 1), np.diff(strings.offsets))  # of each character
    for length, some in rows.groupby("length"):
        wanted = np.full(len(strings.counts[length - 1]) + 1, NONE)  # the last for NONE
        wanted[some.number] = some.index
        row = wanted[strings.ids[length - 1]]
        pairs = np.unique((row * len(unit) + unit)[row != NONE])
        units += np.bincount(pairs // len(unit), minlength=len(rows))
    return units


def _check(texts: pd.Series, min_count: int, max_length: int, boundaries: str, width: int) -> None:
    check_texts(texts)
    if not all(isinstance(number, int) for number in (min_count, max_length, width)):
        raise TypeError("min_count, max_length and width must be whole numbers.")
    if min_count < 2 or max_length < 2 or width < 0:
        raise ValueError("min_count and max_length must be 2 or more (else there is no cohesion), and width 0 or more.")
    if boundaries not in BOUNDARIES:
        raise ValueError(f"boundaries must be one of {BOUNDARIES}, not {boundaries!r}.")


def _check_accepted(found: pd.DataFrame, accepted: pd.DataFrame, lexicon: pd.DataFrame) -> None:
    if missing := {"category", "gloss"} - set(accepted):
        raise ValueError(f"accepted lacks the column(s) {sorted(missing)}.")
    problems = [
        (accepted.index.duplicated(), "stands twice in accepted"),
        (~accepted.index.isin(found.term), "is not among the candidates found"),
        (accepted.index.isin(lexicon.index), "is in the lexicon already"),
        ((accepted[["category", "gloss"]].fillna("").map(str.strip) == "").any(axis=1), "lacks category or gloss"),
    ]
    if "level" in accepted:
        problems.append((~accepted.level.isin(LEVELS), f"has a level that is not one of {LEVELS}"))
    for wrong, problem in problems:
        if wrong.any():
            raise ValueError(f"{accepted.index[wrong][0]!r} {problem}.")
