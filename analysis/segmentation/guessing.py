"""How jieba cuts what its dictionary does not cover."""

import re
from collections import Counter
from functools import lru_cache
from itertools import accumulate, chain, pairwise, product
from math import log
from typing import NamedTuple

import pandas as pd

from analysis._jieba import dictionary_entries, import_jieba
from analysis.segmentation.standard import CONJUNCTIONS, FUNCTION_BEFORE, NEVER, phrases_to_cut

# Of jieba's tags of characters. Prepositions, and at the end of a word all but particles, are more often part of it
# than others with FUNCTION_BEFORE (绘本, 实地, 对标).
PREPOSITION, PARTICLES = "p", ("u", "ud", "ug", "ul", "uz")
# Set on every other line of the People's Daily of January 1998 as Peking University cut it (PKU), and on pairs of
# characters: below the first any two are two words, below the second those with a function word, and below the third
# those with a character that may be one.
LOOSE, LOOSE_FUNCTION, LOOSE_BESIDE = -13.5, -11.0, -12.5
# 报|市 in 报市人民政府批准, and the like: frequent in laws.
REPORTS, AUTHORITIES = "报经交请", "市省县区乡原"
# A character that is so much less often part of a word than one of its own is a function word, whatever its tag, and
# one that is at least so much so is cut off a guess of three characters.
ALONE, ALONE_IN_THREE = -8.0, -6.5


def explain_guess(text: str, *, top: int = 5) -> pd.DataFrame:
    """Show how jieba's hidden Markov model weighs the ways of cutting a run of characters.

    Parameters
    ----------
    text : str
        Two to eight characters that the dictionary does not cover.
    top : int, default 5
        So many ways, the most probable first.

    Returns
    -------
    DataFrame
        ``tokens`` (the way of cutting), ``states`` (B begins a word, M is in its middle, E ends it, S is a
        word alone) and ``log_probability`` (3 decimals).

    Examples
    --------
    >>> explain_guess("但三地", top=1).values.tolist()
    [['但三地', 'BME', -19.649]]

    Notes
    -----
    The model knows nothing about meaning; jieba asks it only about runs of characters in which no word of its
    dictionary is found. Source: jieba's ``finalseg``.
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


class Ties(NamedTuple):
    """How much each character makes words rather than stands alone: log of its words of two to its own occurrences."""

    first: dict[str, float]  # at the beginning of a word
    last: dict[str, float]  # and at its end
    tags: dict[str, str]  # of the character as a word


@lru_cache(maxsize=1)
def ties() -> Ties:
    """Count in the dictionary what characters make words, and what stands alone."""
    alone, first, last = {}, Counter[str](), Counter[str]()
    for word, count, tag in dictionary_entries():
        if len(word) == 1:
            alone[word] = int(count), tag
        elif len(word) == 2 and int(count) > NEVER:
            first[word[0]] += 1
            last[word[1]] += 1

    def tie(words: Counter[str]) -> dict[str, float]:
        return {sign: round(log((words[sign] + 1) / (count + 1)), 6) for sign, (count, _) in alone.items()}

    return Ties(tie(first), tie(last), {sign: tag for sign, (_, tag) in alone.items()})


def cut_guess(word: str) -> tuple[str, ...]:
    """Cut what the hidden Markov model took for a word, if its characters stand alone rather than make words.

    >>> cut_guess("但三地"), cut_guess("港为"), cut_guess("生和促"), cut_guess("雄安"), cut_guess("愿景")
    (('但', '三地'), ('港', '为'), ('生', '和', '促'), ('雄安',), ('愿景',))
    """
    if word in phrases_to_cut():
        return cut_phrase(word)
    known = ties()
    if not 2 <= len(word) <= 3 or any(sign not in known.tags for sign in word):
        return (word,)
    if len(word) == 2:
        return tuple(word) if _is_loose(word, known) else (word,)
    if word[1] in CONJUNCTIONS or known.tags[word[1]] == "ud":
        return tuple(word)
    if _is_cut_off(word[0], known.first, known.tags):
        return (word[0], *cut_guess(word[1:]))
    if _is_cut_off(word[2], known.last, known.tags):
        return (*cut_guess(word[:2]), word[2])
    return (word,)


def _is_loose(pair: str, known: Ties) -> bool:
    """Tell whether two characters are two words."""
    if pair[0] in REPORTS and pair[1] in AUTHORITIES:
        return True
    (first, last), ties = ((known.tags[sign] for sign in pair), (known.first[pair[0]], known.last[pair[1]]))
    if first[0] in FUNCTION_BEFORE or last in PARTICLES or min(ties) < ALONE:
        limit = LOOSE_FUNCTION
    else:
        limit = LOOSE_BESIDE if first[0] == PREPOSITION or last[0] in FUNCTION_BEFORE + PREPOSITION else LOOSE
    return sum(ties) < limit


def _is_cut_off(sign: str, side: dict[str, float], tags: dict[str, str]) -> bool:
    """Tell whether a character at the edge of a guess of three is a function word."""
    return side[sign] < ALONE or tags[sign][0] in FUNCTION_BEFORE + PREPOSITION and side[sign] < ALONE_IN_THREE


def cut_phrase(word: str) -> tuple[str, ...]:
    """Cut an entry of the dictionary into its words, if the standard does.

    >>> cut_phrase("身份证件"), cut_phrase("工业园区")
    (('身份', '证件'), ('工业园区',))
    """
    parts = phrases_to_cut().get(word)
    return tuple(chain.from_iterable(map(cut_phrase, parts))) if parts else (word,)
