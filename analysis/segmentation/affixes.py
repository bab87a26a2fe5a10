"""Function words cut off what the model guessed, and affixes joined to their words."""

import re

from analysis.segmentation import standard
from analysis.segmentation.standard import is_adverbial, phrases_to_cut

FUNCTION_INITIALS = "更最较总正均愿但向使以与和于将把被从对为其这很只所之比由地未该每并或虽仍已曾且"
FUNCTION_FINALS = "为于与和以是要同等有得了着未应由向经因至及其该本或予确"
GUESSED_PAIRS = (
    ("中内", "起有要来谋是求说带使到报补"),  # 中谋 in 高质量发展中谋突破, but 中欧, 中铁
    ("报经交请", "市省县区乡原"),  # 报|市 in 报市人民政府批准
    ("处", standard.NUMERALS),  # 处|二 in 处二万元以上罚款
)
FUNCTION_WORDS = frozenset("或者 以及 有关 相关 简称 以上 以下 之一 必须 未经 根据 我们 一切".split())
SUFFIXES = frozenset("化性率型权圈群链度力感网港区制者式级类场业")
# These may stand after a classifier, too, and are nouns of their own there: 三个|区, 一张|网.
NOUN_SUFFIXES = frozenset("权圈群链网港区制者级类场业")
PREFIXES = frozenset("副微子双")
AFFIXES = SUFFIXES | PREFIXES
# What goes on after digits: 10万户 is 10万 and 户, 60余种 is 60余 and 种, 42％ is one word.
AFTER_DIGITS = frozenset("万亿％‰℃余多")
DIGITS = re.compile("[0-9]+")
NUMBER = re.compile(r".*[0-9][余多]?|[一二三四五六七八九十百千万两几]+")
QUANTITY = re.compile(r"((?:万亿|[万亿％‰℃])?[余多]?(?:万亿|[万亿])?)(.*)", re.DOTALL)
COUNTED = standard.NUMERALS + standard.DISTRIBUTIVES + "各某"
WORD_OF_TWO = re.compile("[a-zA-Z一-鿕]{2}")


def cut_guess(word: str) -> tuple[str, ...]:
    """Cut a function word off a word that the hidden Markov model guessed.

    >>> cut_guess("但三地"), cut_guess("港为"), cut_guess("生和促"), cut_guess("雄安")
    (('但', '三地'), ('港', '为'), ('生', '和', '促'), ('雄安',))
    """
    if word in standard.KEPT:
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
        if len(word) == 3 and (word[1] in standard.CONJUNCTIONS or word[1] == "之" and word[1:] in phrases_to_cut()):
            return tuple(word)
        if word[-1] in FUNCTION_FINALS:
            return (*cut_guess(word[:-1]), word[-1])
    return (word,)


def attach_affixes(tokens: list[str]) -> list[str]:
    """Join a prefix or suffix that stands alone to its word of two characters, 万 to its digits.

    >>> attach_affixes(["常态", "化", "对接", "副", "中心", "，", "化", "10.5", "万户"])
    ['常态化', '对接', '副中心', '，', '化', '10.5万', '户']
    """
    joined = tokens.copy()
    for i, token in enumerate(joined):  # which may grow meanwhile
        if is_affix(token):
            join_affix(joined, i)
    return list(filter(None, joined))


def is_affix(token: str) -> bool:
    """Tell whether a token may have to be joined to its neighbour, as 化 and 万户."""
    return token in AFFIXES or token[:1] in AFTER_DIGITS or token == standard.ORDINAL


def join_affix(tokens: list[str], i: int) -> None:
    """Join the affix at a place, leaving an empty string where the word stood.

    What follows a number, like 户 in 10万户, becomes a token after it.
    """
    if tokens[i] == standard.ORDINAL:
        if i + 1 < len(tokens) and DIGITS.fullmatch(tokens[i + 1]):
            tokens[i], tokens[i + 1] = tokens[i] + tokens[i + 1], ""
    elif tokens[i] in AFFIXES:
        word = i + 1 if tokens[i] in PREFIXES else i - 1
        if 0 <= word < len(tokens) and takes_affix(tokens[word], tokens[i]):
            first, last = sorted((i, word))
            tokens[i], tokens[word] = tokens[first] + tokens[last], ""
    elif i and NUMBER.fullmatch(tokens[i - 1]) and (quantity := QUANTITY.match(tokens[i])):
        unit, rest = quantity.groups()
        tokens[i - 1], tokens[i] = "", tokens[i - 1] + unit
        if rest:
            tokens.insert(i + 1, rest)


def has_affix(word: str) -> bool:
    """Tell whether a word looks as if an affix had been joined to it, as 地区级 and 副主任."""
    if word[-1:] in SUFFIXES and takes_affix(word[:-1], word[-1]):
        return True
    return word[:1] in PREFIXES and takes_affix(word[1:], word[0])


def takes_affix(word: str, affix: str) -> bool:
    """Tell whether a word is of the form that an affix may belong to: 常态 and 化, but not 三个 or 或者 and 区."""
    counted = word[-1:] == "个" or affix in NOUN_SUFFIXES and word[:1] in COUNTED
    return WORD_OF_TWO.fullmatch(word) is not None and not counted and word not in FUNCTION_WORDS
