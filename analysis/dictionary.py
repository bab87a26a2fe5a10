"""Jieba's dictionary, brought nearer to the national standard for word segmentation.

The stock dictionary joins free phrases (充分发挥, 更是, 立足于) because its source did, and has no
word for most compounds with a suffix (常态化, 用水权). GB/T 13715 cuts the former and keeps the
latter. What follows are rules and not a list made from the texts at hand: they are read off
the dictionary's own entries, so that they hold for any policy prose.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

RARE, VERY_RARE = 100, 10  # occurrences in jieba's counts, up to which an entry is doubted
COMMON = 100  # and from which a word of two characters is taken for a free word
FREE_TAGS = ("n", "l", "v", "vn")  # idioms and names stay whole, unless they are very rare:
NAME_TAGS = ("ns", "nt", "nrt", "nrfg")  # then jieba's tags are guesses, these excepted
ADVERBS, PLAIN_VERBS = "更总正还都已又也", "是要有以具能会在将被把让"
CONJUNCTIONS, OBJECT_TAGS = "和与", ("n", "v", "l", "i", "vn")
POINTERS = "此该"
ASPECTS, LOCALISERS = "着了于", "间中上下内外时"
FUNCTION_INITIALS = "更总正均愿但向使以与和将把被从对为其这很只所之比由地"
FUNCTION_FINALS = "为于与和以是要同等有得"
LOCALISED_VERBS = "起有要来谋是求说带"  # 中谋 in 高质量发展中谋突破, but 中欧, 中铁
SUFFIXES = frozenset("化性率型权圈群链度力感网港区制者式带级")
PREFIXES = frozenset("副微子双")
AFFIXES = SUFFIXES | PREFIXES
KEPT = frozenset("感兴趣 翻一番 教科研 增城市 分系统 正在 总是 总会 还是 又是 也是 还有 已有".split())
# What goes on after digits: 10万户 is 10万 and 户, 60余种 is 60, 余 and 种, 42％ is one word.
AFTER_DIGITS = frozenset("万亿％‰℃余多")
ORDINAL, DIGITS = "第", re.compile("[0-9]+")
NUMBER = re.compile(r".*[0-9]|[一二三四五六七八九十百千万两几]+")
QUANTITY = re.compile(r"(万亿|[万亿％‰℃])?([余多]?)(.*)", re.DOTALL)
DATES = (*(f"{month}月" for month in range(1, 13)), *(f"{day}日" for day in range(1, 32)),
         *(f"{year}年" for year in range(1900, 2101)))


@lru_cache(maxsize=1)
def read_dictionary() -> dict[str, tuple[int, str]]:
    """Read jieba's dictionary: word to its count and its part of speech.

    Examples
    --------
    >>> read_dictionary()["协同"], "新质" in read_dictionary()
    ((846, 'n'), False)
    """
    return {word: (int(count), tag) for word, count, tag in _entries()}


def _entries() -> Iterator[list[str]]:
    spec = find_spec("jieba")
    if spec is None:
        raise FileNotFoundError("jieba is not installed, and its dictionary is needed.")
    with open(Path(spec.origin).parent / "dict.txt", encoding="utf-8") as lines:
        yield from map(str.split, lines)


@lru_cache(maxsize=1)
def phrases_to_cut() -> tuple[str, ...]:
    """List the entries of the dictionary that the standard cuts, sorted.

    - four characters, rare, made of two common words: 充分|发挥, 监督|机制; or of two words
      with 和 or 与 between them: 人|与|自然;
    - a verb of one character and its common object, rare: 谋|发展, 打|基础;
    - an adverb of one character and a plain verb: 更|是, 总|要;
    - a word of two characters with 着, 了 or 于: 肩负|着, 立足|于; or, if rare, with a
      localiser: 区域|间; or a pronoun and a common word: 此|基础.

    Examples
    --------
    >>> found = set(phrases_to_cut())
    >>> {"充分发挥", "更是", "立足于"} <= found, "相辅相成" in found
    (True, False)
    """
    # Not by read_dictionary(), whose 100 MB a process that only cuts texts can do without.
    counts, verbs = {}, set()
    for word, frequency, tag in _entries():
        if len(word) == 2:
            counts[word] = int(frequency)
        elif len(word) == 1 and tag == "v":
            verbs.add(word)

    def count(word: str) -> int:
        return counts.get(word, 0)

    found = []
    for word, frequency, tag in _entries():
        stem, last, frequency = word[:2], word[-1], int(frequency)
        if len(word) == 4:
            free = tag in FREE_TAGS and frequency <= RARE or (
                tag not in NAME_TAGS and frequency <= VERY_RARE)
            cut = free and count(word[2:]) >= COMMON and (
                count(stem) >= COMMON or word[1] in CONJUNCTIONS)
        elif len(word) == 3:
            cut = (last in ASPECTS and count(stem) >= 50
                   or last in LOCALISERS and frequency <= 50 and count(stem) >= COMMON
                   or tag in OBJECT_TAGS and frequency <= 50 and count(stem) < 50
                   and word[0] in verbs and count(word[1:]) >= 2000
                   or word[0] in POINTERS and count(word[1:]) >= COMMON)
        else:
            cut = len(word) == 2 and word[0] in ADVERBS and last in PLAIN_VERBS
        if cut and word not in KEPT:
            found.append(word)
    return tuple(sorted(found))


@lru_cache(maxsize=4)
def words_with(count: int) -> frozenset[str]:
    """Return the entries of the dictionary that have at least so many occurrences.

    >>> "发展" in words_with(5000), "群团" in words_with(5000)
    (True, False)
    """
    return frozenset(word for word, frequency, _ in _entries() if int(frequency) >= count)


def cut_guess(word: str) -> tuple[str, ...]:
    """Cut a function word off a word that the hidden Markov model guessed.

    Examples
    --------
    >>> cut_guess("但三地"), cut_guess("港为"), cut_guess("中谋"), cut_guess("雄安")
    (('但', '三地'), ('港', '为'), ('中', '谋'), ('雄安',))
    """
    if 2 <= len(word) <= 3 and all("一" <= character <= "鿿" for character in word):
        if word[0] in FUNCTION_INITIALS or (
                word[0] in ADVERBS and word[1] in PLAIN_VERBS
                or word[0] == "中" and word[1] in LOCALISED_VERBS):
            return (word[0], *cut_guess(word[1:]))
        if word[-1] in FUNCTION_FINALS:
            return (*cut_guess(word[:-1]), word[-1])
    return (word,)


def attach_affixes(tokens: list[str]) -> list[str]:
    """Join a prefix or suffix that stands alone to its word of two characters, 万 to its digits.

    Examples
    --------
    >>> attach_affixes(["常态", "化", "对接", "副", "中心", "，", "化", "10.5", "万户"])
    ['常态化', '对接', '副中心', '，', '化', '10.5万', '户']
    """
    joined = tokens.copy()
    for i, token in enumerate(joined):  # which may grow meanwhile
        if is_affix(token):
            join_affix(joined, i)
    return list(filter(None, joined))


def is_affix(token: str) -> bool:
    """Tell whether a token may have to be joined to its neighbour.

    >>> is_affix("化"), is_affix("万户"), is_affix("户")
    (True, True, False)
    """
    return token in AFFIXES or token[:1] in AFTER_DIGITS or token == ORDINAL


def join_affix(tokens: list[str], i: int) -> None:
    """Join the affix at a place, leaving an empty string where the word stood.

    What follows a number, like 户 in 10万户, becomes a token after it.
    """
    if tokens[i] == ORDINAL:
        if i + 1 < len(tokens) and DIGITS.fullmatch(tokens[i + 1]):
            tokens[i], tokens[i + 1] = tokens[i] + tokens[i + 1], ""
    elif tokens[i] in AFFIXES:
        word = i + 1 if tokens[i] in PREFIXES else i - 1
        if 0 <= word < len(tokens) and len(tokens[word]) == 2 and tokens[word].isalpha():
            first, last = sorted((i, word))
            tokens[i], tokens[word] = tokens[first] + tokens[last], ""
    elif i and NUMBER.fullmatch(tokens[i - 1]):
        unit, about, rest = QUANTITY.match(tokens[i]).groups()
        if unit:
            tokens[i - 1], tokens[i] = "", tokens[i - 1] + unit
            tokens[i + 1:i + 1] = filter(None, (about, rest))
        else:
            tokens[i:i + 1] = filter(None, (about, rest))


@lru_cache(maxsize=None)
def is_punctuation(token: str) -> bool:
    """Tell whether a token holds nothing but punctuation, symbols and white space."""
    return all(unicodedata.category(character)[0] in "PSZC" for character in token)
