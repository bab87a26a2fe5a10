"""Affixes joined to their words."""

import re

from analysis.segmentation import standard
from analysis.segmentation.standard import PREFIXES, SUFFIXES, suffixes, word_tag

FUNCTION_WORDS = frozenset("或者 以及 有关 相关 简称 以上 以下 之一 必须 未经 根据 我们 一切".split())
# The other suffixes may stand after a classifier, too, and are nouns of their own there: 三个|区, 一张|网.
NO_NOUNS = frozenset("化性率型度力感式")
TAKES_SUFFIX = ("n", "v")  # tags of words that any suffix belongs to; words that the dictionary lacks take one, too
# What goes on after digits: 10万户 is 10万 and 户, 60余种 is 60余 and 种, 42％ is one word.
AFTER_DIGITS = frozenset("万亿％‰℃余多")
DIGITS = re.compile("[0-9]+")
NUMBER = re.compile(r".*[0-9][余多]?|[一二三四五六七八九十百千万两几]+")
QUANTITY = re.compile(r"((?:万亿|[万亿％‰℃])?[余多]?(?:万亿|[万亿])?)(.*)", re.DOTALL)
COUNTED = standard.NUMERALS + standard.DISTRIBUTIVES + "各某"
WORD_OF_TWO = re.compile("[a-zA-Z一-鿕]{2}")


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
    return token in PREFIXES or token in suffixes() or token[:1] in AFTER_DIGITS or token == standard.ORDINAL


def join_affix(tokens: list[str], i: int) -> None:
    """Join the affix at a place, leaving an empty string where the word stood.

    What follows a number, like 户 in 10万户, becomes a token after it.
    """
    if tokens[i] == standard.ORDINAL:
        if i + 1 < len(tokens) and DIGITS.fullmatch(tokens[i + 1]):
            tokens[i], tokens[i + 1] = tokens[i] + tokens[i + 1], ""
    elif tokens[i] in PREFIXES or tokens[i] in suffixes():
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
    if word[-1:] in suffixes() and takes_affix(word[:-1], word[-1]):
        return True
    return word[:1] in PREFIXES and takes_affix(word[1:], word[0])


def takes_affix(word: str, affix: str) -> bool:
    """Tell whether a word is of the form that an affix may belong to: 常态 and 化, but not 三个 or 或者 and 区."""
    counted = word[-1:] == "个" or affix not in NO_NOUNS | PREFIXES and word[:1] in COUNTED
    if affix not in SUFFIXES | PREFIXES and word_tag(word, "n")[:1] not in TAKES_SUFFIX:
        return False
    return WORD_OF_TWO.fullmatch(word) is not None and not counted and word not in FUNCTION_WORDS
