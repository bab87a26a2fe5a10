"""Jieba's dictionary, brought nearer to the national standard for word segmentation.

It joins free phrases (充分发挥, 更是) that GB/T 13715 cuts, as ``RULES`` say by an entry's count, tag and parts. Most
of them were taken over from lists and never counted in a text. The thresholds were set on every other line of the
People's Daily of January 1998 as Peking University cut it (PKU), and counted on the rest.
"""

import unicodedata
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import cache, lru_cache
from itertools import accumulate, pairwise
from math import log
from operator import ge
from typing import NamedTuple

from analysis._jieba import dictionary_entries

NEVER = 3  # the count of an entry that was never counted in a text, but taken over from a list
COMMON = 100  # occurrences from which a word of two to four characters is taken for a free word
VERY_COMMON = 1000  # and from which a character is one, whatever beside it
KNOWN = 20  # and from which it counts as a word at all
ADVERBS, PLAIN_VERBS = "更总正还都已又也确", "是要有以具能会在将被把让应需须可"
DEGREES, GRADABLE = "更最较很过", "大好强优快深广小足严稳美多少"
CONJUNCTIONS, POINTERS, DISTRIBUTIVES = "和与", "此该本", "每这那近"
NUMERALS, ORDINAL = "一二三四五六七八九十百千万几两半", "第"
SUFFIXES, PREFIXES = frozenset("化性率型权圈群链度力感网港区制者式级类场业"), frozenset("副微子双")
# Of a character that ends words of three: log of their number to its occurrences as a word (PKU, half to look at).
PRODUCTIVE = -4.75
OCCURRENCES = 60_101_964  # of all entries of the dictionary
VERBS_LIKE_PREFIXES = frozenset("试负无预超跨分反")  # 试运行, 负增长
# By jieba's tags of characters: before a word, and behind one.
FUNCTION_BEFORE, FUNCTION_BEHIND, WHOLLY_FUNCTION = "cdru", "pu", ("c", "d", "r")
LEAST_HALF = {"i": COMMON, "nr": COMMON, "m": 10**9}  # occurrences, by the tag of a phrase of two halves
FREE_BEFORE, FREE_BEHIND = "vdprmcu", "vadpuf"
WHOLE_ENDS = ("主义", "主义者", "学家")  # neither is a free word
FREE_TAGS, NOUN_TAGS = ("n", "l", "v", "vn"), ("n", "nr", "ns", "nt", "nz", "vn")
PERSON_TAGS = ("nr", "nrt", "nrfg")
PROPER_TAGS, PHRASE_TAGS = ("m", *PERSON_TAGS, "ns", "nt"), ("l", "v", "i", "d")
GENERIC_TAGS = ("n", "nt")  # of what a long name ends with, if it is made of words: 自治区
KEPT = frozenset(
    "正在 总是 总会 还是 还有 已有 最多 最少 很多 很少 "
    "增城市 教科研 翻一番 环卫工人 输气管道 罪恶累累 确权 一步一个脚印".split()
)
# Of 最大限度 and 很大程度, which have the adverb cut off, of 有利|于, and of 自公布之日起.
FRAGMENTS = {
    word.replace("|", ""): tuple(word.split("|"))
    for word in "大|限度 大|程度 有利|于 不利|于 之|日|起 日|起 时|起 日|止 时|止".split()
}


class Words(NamedTuple):
    """What an entry's parts are looked up in."""

    known: Mapping[str, tuple[int, str]]  # up to four characters: count and tag
    free: Mapping[str, str]  # the common ones that are not cut themselves: their tag


class Entry(NamedTuple):
    """An entry of the dictionary, and the words that it may be made of."""

    word: str
    frequency: int
    tag: str
    words: Words
    head: int  # how often its first two characters occur as a word
    tail: int  # and its last two

    def occurrences(self, part: str, unknown: int = 0) -> int:
        """Return how often a part of it occurs as a word."""
        return self.words.known.get(part, (unknown,))[0]

    def tag_of(self, part: str) -> str:
        """Return the tag of a part that is a word."""
        return self.words.known.get(part, (0, "n"))[1]

    @property
    def head_holds(self) -> bool:
        """Whether three characters would fall into two and one: or 以至于 comes out as 以|至于."""
        head = self.head * self.occurrences(self.word[2], unknown=1)
        return head > self.occurrences(self.word[0], unknown=1) * self.tail


def is_adverbial(word: str) -> bool:
    """Tell whether two characters are an adverb and what it modifies: 更是, 最大, but not 最近."""
    return word[0] in ADVERBS and word[1] in PLAIN_VERBS or word[0] in DEGREES and word[1] in GRADABLE


def likely_row(entry: Entry) -> tuple[str, ...]:
    """Return the most probable row of words that an entry may be cut into, or none."""
    word, known = entry.word, entry.words.known
    rows: dict[int, tuple[float, tuple[str, ...]]] = {0: (0.0, ())}
    for end in range(1, len(word) + 1):
        parts = ((start, word[start:end]) for start in rows if end - start < len(word) and word[start:end] in known)
        ways = [(rows[at][0] + log(known[part][0] / OCCURRENCES), (*rows[at][1], part)) for at, part in parts]
        if ways:
            rows[end] = max(ways)
    return rows.get(len(word), (0.0, ()))[1]


def holds_function_word(entry: Entry) -> bool:
    """Tell whether one of two characters is a function word, and both are common words: 渐趋, but not 约谈, a noun."""
    (first, before), (last, behind) = (entry.words.known.get(sign, (0, "n")) for sign in entry.word)
    functional = before[0] in FUNCTION_BEFORE or behind[0] in FUNCTION_BEHIND
    return min(first, last) >= VERY_COMMON and (
        entry.tag in WHOLLY_FUNCTION or functional and entry.tag not in NOUN_TAGS
    )


def is_row_of_three(entry: Entry) -> bool:
    """Tell whether four characters are three common words, the longest at one end."""
    row = likely_row(entry)
    least = (VERY_COMMON if len(part) == 1 else COMMON for part in row)
    return len(row) == 3 and len(row[1]) == 1 and all(map(ge, map(entry.occurrences, row), least))


def is_free_before(entry: Entry) -> bool:
    """Tell whether a character before a word stands for itself: of a noun no prefix, adjective or noun does."""
    first = entry.word[0]
    if first in PREFIXES | VERBS_LIKE_PREFIXES:
        return False
    return entry.tag not in NOUN_TAGS or entry.tag_of(first)[0] in FREE_BEFORE


def row_of_words(entry: Entry) -> tuple[str, ...]:
    """Return the free words that a long entry is made of, or none if it is not, or a name that ends with a name."""
    word, free = entry.word, entry.words.free
    rows: dict[int, tuple[str, ...]] = {0: ()}  # by the place that they lead to from the beginning
    for end in range(2, len(word) + 1):
        for size in (4, 3, 2):
            if end - size in rows and (part := word[end - size : end]) in free:
                rows.setdefault(end, (*rows[end - size], part))
    row = rows.get(len(word), ())
    return row if row and (entry.tag != "ns" or free[row[-1]] in GENERIC_TAGS) else ()


class Rule(NamedTuple):
    """A condition under which an entry is cut, or kept whole; empty columns do not matter."""

    name: str
    lengths: tuple[int, ...]  # in characters; 5 stands for five and more
    example: str  # of what the rule is about
    other: str  # like it, and not what it is about
    keeps: bool = False
    first: str = ""  # characters that it begins with
    last: str = ""  # and ends with
    tags: tuple[str, ...] = ()  # jieba's
    least: int = 0  # occurrences of the entry
    most: float = float("inf")
    head: int = 0  # occurrences of its first two characters, at least
    tail: int = 0  # and of its last two
    parts: tuple[int, ...] | Callable[[Entry], tuple[str, ...]] = ()  # what it is cut into, or how many characters each
    test: Callable[[Entry], object] | None = None

    def holds(self, entry: Entry) -> bool:
        """Tell whether an entry fulfils all conditions."""
        word, count, tag, _, head, tail = entry
        if not self.least <= count <= self.most or head < self.head or tail < self.tail:
            return False
        if word[0] not in (self.first or word) or word[-1] not in (self.last or word):
            return False
        return (not self.tags or tag in self.tags) and (self.test is None or bool(self.test(entry)))


# Of the rules for a length the first that holds decides; an entry that none holds for stays whole.
# fmt: off
RULES = (
    Rule("adverb and plain verb or adjective", (2,), "更是", "最近", parts=(1, 1), test=lambda e: is_adverbial(e.word)),
    Rule("never counted, with a function word", (2,), "渐趋", "约谈", parts=(1, 1), most=NEVER,
         test=holds_function_word),
    Rule("noun that ends with 间", (3,), "直播间", "彼此间", keeps=True, last="间", tags=("n",), least=4),
    Rule("word and place", (3,), "丛林中", "海内外", parts=(2, 1), last="间中上下内外时", most=50, head=COMMON,
         test=lambda e: e.tag not in ("m", "q")),
    Rule("distributive and number", (3,), "这两项", "近年来", parts=(1, 2), first=DISTRIBUTIVES, most=100,
         test=lambda e: e.word[1] in NUMERALS or e.frequency <= NEVER and e.tail >= COMMON),
    Rule("never counted, a character and a word", (3,), "写文章", "铝门窗", parts=(1, 2), most=NEVER, tail=COMMON,
         test=lambda e: e.tag not in PROPER_TAGS and not e.head_holds and is_free_before(e)),
    Rule("never counted, a word and a character", (3,), "暴露出", "时代感", parts=(2, 1), tags=PHRASE_TAGS, most=NEVER,
         head=COMMON, test=lambda e: e.head_holds and e.word[-1] not in SUFFIXES
         and e.tag_of(e.word[-1])[0] in FREE_BEHIND),
    Rule("主义 and 学家", (4, 5), "保护主义", "汉语拼音", keeps=True, test=lambda e: e.word.endswith(WHOLE_ENDS)),
    Rule("never counted, of two known words", (4,), "改革开放", "相辅相成", parts=(2, 2), most=NEVER,
         head=KNOWN, tail=KNOWN, test=lambda e: min(e.head, e.tail) >= LEAST_HALF.get(e.tag, 0)),
    Rule("never counted, with 和 or 与", (4,), "党和国家", "与此同时", parts=(1, 1, 2), most=NEVER, tail=COMMON,
         test=lambda e: e.word[1] in CONJUNCTIONS),
    Rule("never counted, of three words", (4,), "两国关系", "晨钟暮鼓", parts=likely_row, tags=PHRASE_TAGS, most=NEVER,
         test=is_row_of_three),
    Rule("rare, of two very common words", (4,), "社会教育", "象形文字", parts=(2, 2), most=30, head=VERY_COMMON,
         tail=VERY_COMMON, test=lambda e: e.tag in (*FREE_TAGS, "nr", "nt", "ns")),
    Rule("noun of two very common words", (4,), "充分发挥", "象形文字", parts=(2, 2), tags=("n",), most=100,
         head=VERY_COMMON, tail=VERY_COMMON),
    Rule("institution of known words", (4,), "中国海关", "全国人大", parts=(2, 2), tags=("nt",), most=100, head=50,
         tail=50),
    Rule("frame around a word", (4,), "在实践中", "从古至今", parts=(1, 2, 1), first="在从自", last="上下中内里起",
         test=lambda e: e.occurrences(e.word[1:3]) >= COMMON),
    Rule("pointer and free word", (5,), "本行政区域", "手扶拖拉机", parts=(1, 4), first=POINTERS,
         test=lambda e: e.word[1:] in e.words.free),
    Rule("number or name of a person", (5,), "毛泽东思想", "文艺工作者", keeps=True, tags=("m", *PERSON_TAGS)),
    Rule("common word of five", (5,), "中国共产党", "欧洲共同体", keeps=True, least=1000,
         test=lambda e: len(e.word) == 5),
    Rule("row of free words", (5,), "国际货币基金组织", "吉尔吉斯斯坦", parts=row_of_words, test=row_of_words),
)
# fmt: on


def _numeral(number: int) -> str:
    """Write a number below 1,000 as it stands in 第一百零五条."""
    hundreds, tens, ones = (("", *"一二三四五六七八九")[int(digit)] for digit in f"{number:03}")
    hundreds = hundreds and hundreds + "百"
    tens = tens + "十" if tens else "零" if hundreds and ones else ""
    return (hundreds + tens + ones).removeprefix("一" if number < 20 and tens else "")


# The stock dictionary has some and cuts the others in their middle: 第一百|二十三条.
ORDINALS = tuple(ORDINAL + _numeral(number) for number in range(1, 1000))
DATES = (
    *(f"{month}月{rest}" for month in range(1, 13) for rest in ("", "份")),
    *(f"{day}日" for day in range(1, 32)),
    *(f"{year}年{rest}" for year in range(1900, 2101) for rest in ("", "度")),
    *(f"{decade}年代" for decade in (*range(1900, 2101, 10), *range(10, 100, 10))),
)


def decide(entry: Entry) -> Rule | None:
    """Return the rule that decides about an entry: the first of its length that holds, if any."""
    _, count, _, _, with_head, with_tail = entry
    for least, most, head, tail, rule in _rules_for(min(len(entry.word), 5)):  # a million times: numbers first
        if least <= count <= most and with_head >= head and with_tail >= tail and rule.holds(entry):
            return rule
    return None


@cache
def _rules_for(length: int) -> tuple[tuple[int, float, int, int, Rule], ...]:
    return tuple((rule.least, rule.most, rule.head, rule.tail, rule) for rule in RULES if length in rule.lengths)


@lru_cache(maxsize=1)
def phrases_to_cut() -> Mapping[str, tuple[str, ...]]:
    """Find the entries of the dictionary that the standard cuts, and what they are cut into, as ``RULES`` say."""
    words, short = _words_and_short_phrases()
    return short | dict(_cut_among(words, range(5, 1000))) | FRAGMENTS


@lru_cache(maxsize=1)
def suffixes() -> frozenset[str]:
    """Return the listed suffixes, and all characters that end words of three rather than stand alone, as 员 does."""
    words, _ = _words_and_short_phrases()
    ends = Counter[str]()
    for word, count, tag in dictionary_entries():
        if len(word) == 3 and int(count) > NEVER and tag not in PERSON_TAGS and word[:2] in words.known:
            ends[word[2]] += 1
    productive = {
        sign
        for sign, number in ends.items()
        if not words.known.get(sign, (0, "n"))[1].startswith("v")
        and round(log((number + 1) / (words.known.get(sign, (0,))[0] + 1)), 6) > PRODUCTIVE
    }
    return SUFFIXES | productive


def word_tag(word: str, unknown: str) -> str:
    """Return the tag of a word that the dictionary counts often enough, or what stands for the others."""
    return _words_and_short_phrases()[0].known.get(word, (0, unknown))[1]


@lru_cache(maxsize=1)
def _words_and_short_phrases() -> tuple[Words, dict[str, tuple[str, ...]]]:
    """Read what entries are made of, and find those of up to four characters that are cut."""
    # Not by read_dictionary(), whose 100 MB a process that only cuts texts can do without.
    entries = dictionary_entries()
    known = {word: (int(count), tag) for word, count, tag in entries if len(word) <= 4 and int(count) >= KNOWN}
    words = Words(known, {})
    short = dict(_cut_among(words, range(2, 5)))
    free = {word: tag for word, (count, tag) in known.items() if count >= COMMON and word not in short}
    return words._replace(free=free), short


def _cut_among(words: Words, lengths: range) -> Iterator[tuple[str, tuple[str, ...]]]:
    for word, count, tag in dictionary_entries():
        if len(word) in lengths and word not in KEPT:
            entry = make_entry(word, int(count), tag, words)
            rule = decide(entry)
            if rule and not rule.keeps:
                yield word, divide(entry, rule)


def divide(entry: Entry, rule: Rule) -> tuple[str, ...]:
    """Return what a rule cuts an entry into; what remains of it after the sizes named is the last part."""
    if callable(rule.parts):
        return rule.parts(entry)
    starts = (0, *accumulate(rule.parts[:-1]))
    return tuple(entry.word[a:b] for a, b in pairwise((*starts, len(entry.word))))


def make_entry(word: str, count: int, tag: str, words: Words) -> Entry:
    """Look up the parts of an entry."""
    head, tail = (words.known.get(part, (0,))[0] for part in (word[:2], word[-2:]))
    return Entry(word, count, tag, words, head, tail)


def frequencies_of(words: Collection[str]) -> dict[str, int]:
    """Return how often words are counted in the dictionary, those that it has."""
    return {word: int(count) for word, count, _ in dictionary_entries() if word in words}


@cache
def is_punctuation(token: str) -> bool:
    """Tell whether a token holds nothing but punctuation, symbols and white space."""
    return all(unicodedata.category(character)[0] in "PSZC" for character in token)
