"""Jieba's dictionary, brought nearer to the national standard for word segmentation.

The stock dictionary joins free phrases (充分发挥, 更是, 立足于) because its source did, and has no
word for most compounds with a suffix (常态化, 用水权). GB/T 13715 cuts the former and keeps the
latter. What follows are rules about the dictionary's own entries, by their count, tag and parts, with
short lists of affixes and exceptions. The lists and the thresholds were set with errors on the two
articles and on government reports in view; how far they carry is measured on held-out sentences.
"""

import re
import unicodedata
from functools import cache, lru_cache, partial

from analysis._jieba import dictionary_entries

# Occurrences in jieba's counts: up to which an entry is doubted, and from which a word of two
# characters is taken for a free word. Idioms and names stay whole, unless they are rare and made
# of very common words, for then jieba's tag is a guess (重大进展 as an institution).
RARE, VERY_RARE, COMMON = 100, 10, 100
DOUBTFUL, VERY_COMMON, KNOWN = 30, 500, 20
FREE_TAGS, NAME_TAGS = ("n", "l", "v", "vn"), ("ns", "nt", "nrt", "nrfg", "q")
ADVERBS, PLAIN_VERBS = "更总正还都已又也确", "是要有以具能会在将被把让应需须可"
DEGREES, GRADABLE = "更最较很过", "大好强优快深广小足严稳美多少"
CONJUNCTIONS, OBJECT_TAGS = "和与", ("n", "v", "l", "i", "vn")
POINTERS, DISTRIBUTIVES, NUMERALS = "此该本", "每这那近", "一二三四五六七八九十百千万几两半"
ASPECTS, LOCALISERS = "着了于", "间中上下内外时"
BOUND = "之未每确"  # 之|路, 未|满, 每|届, 确|属: rare as words, and free to form
RESULTS, EASE = "出起到成给为", "难贵"  # 展现|出, 看病|难
VERBS_LIKE_PREFIXES = "试负无预超跨分反"  # 试运行, 负增长
WHOLE_ENDS = ("主义", "主义者", "学家")  # neither is a free word
FRAMES, FRAME_ENDS = "在从", "上下中内里起"  # 在|实践|中
WHOLE_TAGS = ("m", "nr", "nrt", "nrfg")
GENERIC_TAGS = ("n", "nt")  # of what a long name ends with, if it is made of words: 自治区
FUNCTION_INITIALS = "更最较总正均愿但向使以与和于将把被从对为其这很只所之比由地未该每并或虽仍已曾且"
FUNCTION_FINALS = "为于与和以是要同等有得了着未应由向经因至及其该本或予确"
GUESSED_PAIRS = (
    ("中内", "起有要来谋是求说带使到报补"),  # 中谋 in 高质量发展中谋突破, but 中欧, 中铁
    ("报经交请", "市省县区乡原"),  # 报|市 in 报市人民政府批准
    ("处", NUMERALS),
)  # 处|二 in 处二万元以上罚款
FUNCTION_WORDS = frozenset("或者 以及 有关 相关 简称 以上 以下 之一 必须 未经 根据 我们 一切".split())
SUFFIXES = frozenset("化性率型权圈群链度力感网港区制者式级类场业")
# These may stand after a classifier, too, and are nouns of their own there: 三个|区, 一张|网.
NOUN_SUFFIXES = frozenset("权圈群链网港区制者级类场业")
PREFIXES = frozenset("副微子双")
AFFIXES = SUFFIXES | PREFIXES
KEPT = frozenset(
    "感兴趣 翻一番 教科研 增城市 分系统 正在 总是 总会 还是 又是 也是 还有 已有 "
    "环卫工人 输气管道 求全责备 无上光荣 满腔热忱 罪恶累累 "
    "最多 最少 很多 很少 可及 为由 并网 未然 每隔 确权 确证 本外币 毫不动摇 总的来看 总的来说 总的说来 "
    "总的看来 一步一个脚印 中华人民共和国".split()
)
# Of 最大限度 and 很大程度, which have the adverb cut off, of 有利|于 and of 自公布之日起.
FRAGMENTS = frozenset("大限度 大程度 利于 有利于 不利于 之日起 日起 时起 日止 时止".split())
# What goes on after digits: 10万户 is 10万 and 户, 60余种 is 60余 and 种, 42％ is one word.
AFTER_DIGITS = frozenset("万亿％‰℃余多")
ORDINAL, DIGITS = "第", re.compile("[0-9]+")
NUMBER = re.compile(r".*[0-9][余多]?|[一二三四五六七八九十百千万两几]+")
QUANTITY = re.compile(r"((?:万亿|[万亿％‰℃])?[余多]?(?:万亿|[万亿])?)(.*)", re.DOTALL)
DATES = (
    *(f"{month}月{rest}" for month in range(1, 13) for rest in ("", "份")),
    *(f"{day}日" for day in range(1, 32)),
    *(f"{year}年{rest}" for year in range(1900, 2101) for rest in ("", "度")),
    *(f"{decade}年代" for decade in (*range(1900, 2101, 10), *range(10, 100, 10))),
)


DIGIT_SIGNS = ("", *"一二三四五六七八九")


def _numeral(number: int) -> str:
    """Write a number below 1,000 as it stands in 第一百零五条."""
    hundreds, tens, ones = (DIGIT_SIGNS[int(digit)] for digit in f"{number:03}")
    hundreds = hundreds and hundreds + "百"
    tens = tens + "十" if tens else "零" if hundreds and ones else ""
    return (hundreds + tens + ones).removeprefix("一" if number < 20 and tens else "")


# The stock dictionary has some and cuts the others in their middle: 第一百|二十三条.
ORDINALS = tuple(ORDINAL + _numeral(number) for number in range(1, 1000))


@lru_cache(maxsize=1)
def phrases_to_cut() -> frozenset[str]:
    """Find the entries of the dictionary that the standard cuts.

    - two characters: an adverb and a plain verb or an adjective: 更|是, 总|要, 最|大; very rare
      ones with 之, 未, 每, 确 or 着, 了: 未|满, 每|届, 通|了;
    - three: a verb and its common object, rare: 谋|发展, 打|基础; a word with 着, 了, 于 or,
      if rare, a localiser or a result: 肩负|着, 立足|于, 区域|间, 展现|出; a pronoun and a word
      or a number: 此|基础, 本|季度, 每|一项;
    - four: two common words, rare: 充分|发挥, 监督|机制; two words with 和, 与 or 的 between them
      or 在 or 从 around them: 人|与|自然, 党|的|建设, 在|实践|中;
    - more: words of two characters and more, none of them rare, but for the names of foreign
      places: 国际|货币|基金|组织, 大幅度|提高, 西藏|自治区; 本 and a word: 本|行政区域.

    Left whole are numerals and what begins with one (四分之三, 第五十五, 千瓦时), prefixes that are
    verbs elsewhere (试运行), 主义 and 学家, and words like 星星点点.

    Examples
    --------
    >>> {"充分发挥", "更是", "立足于", "国际货币基金组织"} <= phrases_to_cut()
    True
    >>> phrases_to_cut().isdisjoint({"相辅相成", "四分之三", "试运行", "保护主义"})
    True
    """
    # Not by read_dictionary(), whose 100 MB a process that only cuts texts can do without.
    words, verbs = {}, set()
    for word, frequency, tag in dictionary_entries():
        if len(word) <= 4 and int(frequency) >= KNOWN:
            words[word] = int(frequency), tag
        if len(word) == 1 and tag == "v":
            verbs.add(word)
    cut_of = {2: _cut_of_two, 3: partial(_cut_of_three, words, verbs), 4: partial(_cut_of_four, words)}
    found, longer = set(), []
    for word, frequency, tag in dictionary_entries():
        if len(word) > 4:
            longer.append((word, int(frequency), tag))
        elif len(word) > 1 and cut_of[len(word)](word, int(frequency), tag):
            found.add(word)
    parts = {
        word: tag
        for word, (frequency, tag) in words.items()
        if frequency >= COMMON and (word not in found or word in KEPT)
    }
    found.update(entry[0] for entry in longer if _cut_of_more(parts, *entry))
    return frozenset(found - KEPT | FRAGMENTS)


def _cut_of_two(word: str, frequency: int, tag: str) -> bool:
    return is_adverbial(word) or frequency <= VERY_RARE and (word[0] in BOUND or word[1] in "着了")


def is_adverbial(word: str) -> bool:
    """Tell whether two characters are an adverb and what it modifies.

    >>> is_adverbial("更是"), is_adverbial("最大"), is_adverbial("最近")
    (True, True, False)
    """
    return word[0] in ADVERBS and word[1] in PLAIN_VERBS or word[0] in DEGREES and word[1] in GRADABLE


def _cut_of_three(words: dict, verbs: set[str], word: str, frequency: int, tag: str) -> bool:
    stem, stem_tag = words.get(word[:2], (0, ""))
    end, last = words.get(word[1:], (0, ""))[0], word[2]
    if word[0] in NUMERALS or last == "间" and tag == "n" and frequency > 3:  # 直播间
        return False
    # Or it would come out torn, as 以|至于.
    holds = stem * words.get(last, (1,))[0] > words.get(word[0], (1,))[0] * end
    return (
        last in ASPECTS
        and stem >= 50
        and holds
        or last in LOCALISERS
        and frequency <= 50
        and stem >= COMMON
        or last in RESULTS
        and frequency <= 50
        and stem >= 50
        and stem_tag[:1] == "v"
        and holds
        or last in EASE
        and frequency <= 50
        and stem >= COMMON
        or tag in OBJECT_TAGS
        and frequency <= 50
        and stem < 50
        and word[0] in verbs
        and end >= 2000
        and word[0] not in VERBS_LIKE_PREFIXES
        or word[0] in POINTERS
        and end >= COMMON
        and tag not in WHOLE_TAGS
        and not holds
        or word[0] in BOUND
        and end >= COMMON
        and frequency <= VERY_RARE
        and not holds
        or word[0] in DISTRIBUTIVES
        and word[1] in NUMERALS
        and frequency <= 100
    )


def _cut_of_four(words: dict, word: str, frequency: int, tag: str) -> bool:
    def count(part: str) -> int:
        return words.get(part, (0, ""))[0]

    if (
        word[0] in NUMERALS + ORDINAL
        and tag[:1] not in ("n", "l", "v")
        or word.endswith(WHOLE_ENDS)
        or word[0] == word[1]
        and word[2] == word[3]
    ):
        return False
    stem, end, middle = count(word[:2]), count(word[2:]), count(word[1:3])
    free = tag in FREE_TAGS and frequency <= RARE or (tag not in NAME_TAGS and frequency <= VERY_RARE)
    linked = word[1] in CONJUNCTIONS
    other = word[1:] in words or word[:3] in words  # 中|医学院 would win over 中医|学院
    return (
        free
        and end >= COMMON
        and (stem >= COMMON or linked)
        or free
        and tag in FREE_TAGS
        and not other
        and min(stem, end) >= KNOWN
        and max(stem, end) >= VERY_COMMON
        or frequency <= DOUBTFUL
        and tag != "m"
        and end >= VERY_COMMON
        and (stem >= VERY_COMMON and not other or linked)
        or word[1] == "的"
        and tag in FREE_TAGS
        and end >= COMMON
        or word[0] in FRAMES
        and word[3] in FRAME_ENDS
        and middle >= COMMON
    )


def _cut_of_more(parts: dict, word: str, frequency: int, tag: str) -> bool:
    if word[0] in POINTERS and word[1:] in parts:
        return True
    whole = (
        tag in WHOLE_TAGS
        or tag == "i"
        and frequency > RARE / 2
        or len(word) == 5
        and (frequency >= 1000 or word[1:] in parts or word[:4] in parts)
        or word.endswith(WHOLE_ENDS)
    )
    if whole:
        return False
    ends = {0}  # places that words lead to from the beginning
    for end in range(2, len(word) + 1):
        if any(end - size in ends and word[end - size : end] in parts for size in (2, 3, 4)):
            ends.add(end)
    last = next((parts[word[-size:]] for size in (4, 3, 2) if len(word) - size in ends and word[-size:] in parts), None)
    return len(word) in ends and (tag != "ns" or last in GENERIC_TAGS)


@lru_cache(maxsize=4)
def words_with(count: int) -> frozenset[str]:
    """Return the entries of the dictionary that have at least so many occurrences.

    >>> "发展" in words_with(5000), "群团" in words_with(5000)
    (True, False)
    """
    return frozenset(word for word, frequency, _ in dictionary_entries() if int(frequency) >= count)


def cut_guess(word: str) -> tuple[str, ...]:
    """Cut a function word off a word that the hidden Markov model guessed.

    Examples
    --------
    >>> cut_guess("但三地"), cut_guess("港为"), cut_guess("中谋"), cut_guess("雄安")
    (('但', '三地'), ('港', '为'), ('中', '谋'), ('雄安',))
    >>> cut_guess("生和促")
    ('生', '和', '促')
    """
    if word in KEPT:
        return (word,)
    if word in phrases_to_cut():
        return tuple(word)  # as rjieba does with a word of frequency 0 whose characters it meets
    if 2 <= len(word) <= 3 and all("一" <= character <= "鿿" for character in word):
        if (
            word[0] in FUNCTION_INITIALS
            or is_adverbial(word)
            or any(word[0] in firsts and word[1] in seconds for firsts, seconds in GUESSED_PAIRS)
        ):
            return (word[0], *cut_guess(word[1:]))
        if len(word) == 3 and (word[1] in CONJUNCTIONS or word[1] == "之" and word[1:] in phrases_to_cut()):
            return tuple(word)
        if word[-1] in FUNCTION_FINALS:
            return (*cut_guess(word[:-1]), word[-1])
    return (word,)


def rules_in_use() -> tuple:
    """Return all lists and patterns that the tokens of the standard dictionary depend on.

    >>> "充分发挥" in rules_in_use()
    True
    """
    return (
        *sorted(phrases_to_cut()),
        *sorted(AFFIXES | AFTER_DIGITS),
        *DATES,
        *ORDINALS,
        *sorted(NOUN_SUFFIXES),
        *sorted(FUNCTION_WORDS | KEPT),
        NUMERALS,
        DISTRIBUTIVES,
        FUNCTION_INITIALS,
        FUNCTION_FINALS,
        *GUESSED_PAIRS,
        NUMBER.pattern,
        QUANTITY.pattern,
        ORDINAL,
        ADVERBS,
        PLAIN_VERBS,
        DEGREES,
        GRADABLE,
        CONJUNCTIONS,
    )


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
        if 0 <= word < len(tokens) and takes_affix(tokens[word], tokens[i]):
            first, last = sorted((i, word))
            tokens[i], tokens[word] = tokens[first] + tokens[last], ""
    elif i and NUMBER.fullmatch(tokens[i - 1]):
        unit, rest = QUANTITY.match(tokens[i]).groups()
        tokens[i - 1], tokens[i] = "", tokens[i - 1] + unit
        if rest:
            tokens.insert(i + 1, rest)


def has_affix(word: str) -> bool:
    """Tell whether a word looks as if an affix had been joined to it.

    >>> has_affix("地区级"), has_affix("副主任"), has_affix("但三地")
    (True, True, False)
    """
    return (
        word[-1:] in SUFFIXES
        and takes_affix(word[:-1], word[-1])
        or word[:1] in PREFIXES
        and takes_affix(word[1:], word[0])
    )


def takes_affix(word: str, affix: str) -> bool:
    """Tell whether a word is of the form that an affix may belong to.

    >>> takes_affix("常态", "化"), takes_affix("三个", "区"), takes_affix("京津冀", "区")
    (True, False, False)
    >>> takes_affix("或者", "区"), takes_affix("一个", "化")
    (False, False)
    """
    counted = word[-1:] == "个" or affix in NOUN_SUFFIXES and (word[:1] in NUMERALS + DISTRIBUTIVES + "各某")
    return bool(re.fullmatch("[a-zA-Z一-鿕]{2}", word)) and not counted and (word not in FUNCTION_WORDS)


@cache
def is_punctuation(token: str) -> bool:
    """Tell whether a token holds nothing but punctuation, symbols and white space."""
    return all(unicodedata.category(character)[0] in "PSZC" for character in token)
