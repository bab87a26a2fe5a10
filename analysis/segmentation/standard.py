"""Jieba's dictionary, brought nearer to the national standard for word segmentation.

It joins free phrases (充分发挥, 更是) that GB/T 13715 cuts, as ``RULES`` say by an entry's count, tag and parts.
Lists and thresholds were set with errors on government reports and essays in view.
"""

import unicodedata
from collections.abc import Callable, Iterator, Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from analysis._jieba import dictionary_entries

COMMON = 100  # occurrences from which a word of two to four characters is taken for a free word
KNOWN = 20  # and from which it counts as a word at all
ADVERBS, PLAIN_VERBS = "更总正还都已又也确", "是要有以具能会在将被把让应需须可"
DEGREES, GRADABLE = "更最较很过", "大好强优快深广小足严稳美多少"
CONJUNCTIONS, POINTERS, DISTRIBUTIVES = "和与", "此该本", "每这那近"
NUMERALS, ORDINAL = "一二三四五六七八九十百千万几两半", "第"
BOUND = "之未每确"  # 之|路, 未|满, 每|届, 确|属: rare as words, and free to form
VERBS_LIKE_PREFIXES = "试负无预超跨分反"  # 试运行, 负增长
WHOLE_ENDS = ("主义", "主义者", "学家")  # neither is a free word
# Idioms and names stay whole, unless they are rare and made of very common words, for then
# jieba's tag is a guess (重大进展 as an institution).
FREE_TAGS, OBJECT_TAGS = ("n", "l", "v", "vn"), ("n", "v", "l", "i", "vn")
NAME_TAGS, WHOLE_TAGS = ("ns", "nt", "nrt", "nrfg", "q"), ("m", "nr", "nrt", "nrfg")
GENERIC_TAGS = ("n", "nt")  # of what a long name ends with, if it is made of words: 自治区
KEPT = frozenset(
    "感兴趣 翻一番 教科研 增城市 分系统 正在 总是 总会 还是 又是 也是 还有 已有 "
    "环卫工人 输气管道 求全责备 无上光荣 满腔热忱 罪恶累累 "
    "最多 最少 很多 很少 可及 为由 并网 未然 每隔 确权 确证 本外币 毫不动摇 总的来看 总的来说 总的说来 "
    "总的看来 一步一个脚印 中华人民共和国".split()
)
# Of 最大限度 and 很大程度, which have the adverb cut off, of 有利|于 and of 自公布之日起.
FRAGMENTS = frozenset("大限度 大程度 利于 有利于 不利于 之日起 日起 时起 日止 时止".split())


class Words(NamedTuple):
    """What an entry's parts are looked up in."""

    known: Mapping[str, tuple[int, str]]  # up to four characters: count and tag
    verbs: frozenset[str]  # of one character
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

    @property
    def head_holds(self) -> bool:
        """Whether three characters would fall into two and one: or 以至于 comes out as 以|至于."""
        head = self.head * self.occurrences(self.word[2], unknown=1)
        return head > self.occurrences(self.word[0], unknown=1) * self.tail

    @property
    def inner_word(self) -> bool:
        """Whether three of four characters are a word: 中|医学院 would win over 中医|学院."""
        return self.word[1:] in self.words.known or self.word[:3] in self.words.known

    @property
    def rare(self) -> bool:
        return self.tag in FREE_TAGS and self.frequency <= 100 or self.tag not in NAME_TAGS and self.frequency <= 10

    @property
    def linked(self) -> bool:
        return self.word[1] in CONJUNCTIONS


def is_adverbial(word: str) -> bool:
    """Tell whether two characters are an adverb and what it modifies: 更是, 最大, but not 最近."""
    return word[0] in ADVERBS and word[1] in PLAIN_VERBS or word[0] in DEGREES and word[1] in GRADABLE


def is_made_of_words(entry: Entry) -> bool:
    """Tell whether a long entry is a row of free words, and no name that ends with a name."""
    word, free = entry.word, entry.words.free
    reached = {0}  # places that words lead to from the beginning
    for end in range(2, len(word) + 1):
        if any(end - size in reached and word[end - size : end] in free for size in (2, 3, 4)):
            reached.add(end)
    last = next((free[word[-size:]] for size in (4, 3, 2) if len(word) - size in reached and word[-size:] in free), "")
    return len(word) in reached and (entry.tag != "ns" or last in GENERIC_TAGS)


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
    test: Callable[[Entry], bool] | None = None

    def holds(self, entry: Entry) -> bool:
        """Tell whether an entry fulfils all conditions."""
        word, count, tag, _, head, tail = entry
        if not self.least <= count <= self.most or head < self.head or tail < self.tail:
            return False
        if word[0] not in (self.first or word) or word[-1] not in (self.last or word):
            return False
        return (not self.tags or tag in self.tags) and (self.test is None or self.test(entry))


# Of the rules for a length the first that holds decides; an entry that none holds for stays whole.
# fmt: off
RULES = (
    Rule("adverb and plain verb or adjective", (2,), "更是", "最近", test=lambda e: is_adverbial(e.word)),
    Rule("bound first character", (2,), "未满", "未来", first=BOUND, most=10),
    Rule("verb and aspect", (2,), "防着", "为了", last="着了", most=10),
    Rule("numeral", (3,), "一系列", "每一集", keeps=True, first=NUMERALS),
    Rule("noun that ends with 间", (3,), "直播间", "彼此间", keeps=True, last="间", tags=("n",), least=4),
    Rule("word and aspect or 于", (3,), "立足于", "以至于", last="着了于", head=50, test=lambda e: e.head_holds),
    Rule("word and place", (3,), "丛林中", "海内外", last="间中上下内外时", most=50, head=COMMON),
    Rule("verb and result", (3,), "释放出", "成其为", last="出起到成给为", most=50, head=50,
         test=lambda e: e.words.known[e.word[:2]][1].startswith("v") and e.head_holds),
    Rule("verb and how it is done", (3,), "看病难", "老大难", last="难贵", most=50, head=COMMON),
    Rule("verb and object", (3,), "打基础", "试运行", tags=OBJECT_TAGS, most=50, tail=2000,
         test=lambda e: e.head < 50 and e.word[0] in e.words.verbs and e.word[0] not in VERBS_LIKE_PREFIXES),
    Rule("pointer and word", (3,), "此基础", "本科生", first=POINTERS, tail=COMMON,
         test=lambda e: e.tag not in WHOLE_TAGS and not e.head_holds),
    Rule("bound first character and word", (3,), "未登记", "未成年", first=BOUND, most=10, tail=COMMON,
         test=lambda e: not e.head_holds),
    Rule("distributive and number", (3,), "这两项", "近年来", first=DISTRIBUTIVES, most=100,
         test=lambda e: e.word[1] in NUMERALS),
    Rule("numeral and fraction", (4,), "四通八达", "八项注意", keeps=True, first=NUMERALS + ORDINAL,
         test=lambda e: e.tag[:1] not in ("n", "l", "v")),
    Rule("主义 and 学家", (4, 5), "保护主义", "汉语拼音", keeps=True, test=lambda e: e.word.endswith(WHOLE_ENDS)),
    Rule("doubled characters", (4,), "星星点点", "变化多端", keeps=True,
         test=lambda e: e.word[0] == e.word[1] and e.word[2] == e.word[3]),
    Rule("rare, of two common words", (4,), "充分发挥", "相辅相成", head=COMMON, tail=COMMON, test=lambda e: e.rare),
    Rule("rare, with 和 or 与", (4,), "人与自然", "与此同时", tail=COMMON, test=lambda e: e.rare and e.linked),
    Rule("rare, of a very common and a known word", (4,), "象形文字", "精神文明", tags=FREE_TAGS, most=100,
         head=KNOWN, tail=KNOWN, test=lambda e: not e.inner_word and max(e.head, e.tail) >= 500),
    Rule("very common words, whatever the tag", (4,), "大大提高", "行政区域", most=30, head=500, tail=500,
         test=lambda e: e.tag != "m" and not e.inner_word),
    Rule("和 or 与 and a very common word", (4,), "党和政府", "与此同时", most=30, tail=500,
         test=lambda e: e.tag != "m" and e.linked),
    Rule("的 between words", (4,), "党的建设", "不知不觉", tags=FREE_TAGS, tail=COMMON,
         test=lambda e: e.word[1] == "的"),
    Rule("frame around a word", (4,), "在实践中", "从古至今", first="在从", last="上下中内里起",
         test=lambda e: e.occurrences(e.word[1:3]) >= COMMON),
    Rule("pointer and free word", (5,), "本行政区域", "手扶拖拉机", first=POINTERS,
         test=lambda e: e.word[1:] in e.words.free),
    Rule("number or name of a person", (5,), "毛泽东思想", "文艺工作者", keeps=True, tags=WHOLE_TAGS),
    Rule("common idiom", (5,), "何乐而不为", "专属经济区", keeps=True, tags=("i",), least=51),
    Rule("common word of five", (5,), "中国共产党", "欧洲共同体", keeps=True, least=1000,
         test=lambda e: len(e.word) == 5),
    Rule("word of five with a free word of four", (5,), "政治经济学", "欧洲共同体", keeps=True,
         test=lambda e: len(e.word) == 5 and (e.word[1:] in e.words.free or e.word[:4] in e.words.free)),
    Rule("row of free words", (5,), "国际货币基金组织", "吉尔吉斯斯坦", test=is_made_of_words),
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
def phrases_to_cut() -> frozenset[str]:
    """Find the entries of the dictionary that the standard cuts, as ``RULES`` say."""
    words, short = _words_and_short_phrases()
    return frozenset(short | set(_cut_among(words, range(5, 1000))) - KEPT | FRAGMENTS)


@lru_cache(maxsize=1)
def _words_and_short_phrases() -> tuple[Words, frozenset[str]]:
    """Read what entries are made of, and find those of up to four characters that are cut."""
    # Not by read_dictionary(), whose 100 MB a process that only cuts texts can do without.
    known, verbs = {}, set()
    for word, count, tag in dictionary_entries():
        if len(word) <= 4 and int(count) >= KNOWN:
            known[word] = int(count), tag
        if len(word) == 1 and tag == "v":
            verbs.add(word)
    words = Words(known, frozenset(verbs), {})
    short = frozenset(_cut_among(words, range(2, 5))) - KEPT
    free = {word: tag for word, (count, tag) in known.items() if count >= COMMON and word not in short}
    return words._replace(free=free), short


def _cut_among(words: Words, lengths: range) -> Iterator[str]:
    for word, count, tag in dictionary_entries():
        rule = decide(make_entry(word, int(count), tag, words)) if len(word) in lengths else None
        if rule and not rule.keeps:
            yield word


def make_entry(word: str, count: int, tag: str, words: Words) -> Entry:
    """Look up the parts of an entry."""
    head, tail = (words.known.get(part, (0,))[0] for part in (word[:2], word[-2:]))
    return Entry(word, count, tag, words, head, tail)


@lru_cache(maxsize=4)
def words_with(count: int) -> frozenset[str]:
    """Return the entries of the dictionary that have at least so many occurrences."""
    return frozenset(word for word, frequency, _ in dictionary_entries() if int(frequency) >= count)


@cache
def is_punctuation(token: str) -> bool:
    """Tell whether a token holds nothing but punctuation, symbols and white space."""
    return all(unicodedata.category(character)[0] in "PSZC" for character in token)
