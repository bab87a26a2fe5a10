"""Jieba's dictionary, brought nearer to the national standard for word segmentation.

The stock dictionary joins free phrases (充分发挥, 更是, 立足于) because its source did, and has no
word for most compounds with a suffix (常态化, 用水权). GB/T 13715 cuts the former and keeps the
latter. What follows are rules and not a list made from the texts at hand: they are read off
the dictionary's own entries, so that they hold for any policy prose.
"""

from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

RARE = 100  # occurrences in jieba's counts, up to which an entry of four characters is doubted
COMMON = 500  # and from which a word of two is taken for a free word
FREE_TAGS = ("n", "l", "v", "vn")  # idioms (i) and names (nr, ns, nt, nz) stay whole
ADVERBS, PLAIN_VERBS = "更总正还都已又也", "是要有以具能会在将被把让"
ASPECTS, LOCALISERS = "着了于", "间中上下内外时"
FUNCTION_INITIALS = "更总正但向使以与和将把被从对为其"
FUNCTION_FINALS = "为于与和以"
SUFFIXES = frozenset("化性率型权圈群链度力感网港区制者")
KEPT = frozenset(("正在", "总是", "总会", "还是", "又是", "也是", "还有", "已有"))
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
    spec = find_spec("jieba")
    if spec is None:
        raise FileNotFoundError("jieba is not installed, and its dictionary is needed.")
    lines = (Path(spec.origin).parent / "dict.txt").read_text(encoding="utf-8").splitlines()
    entries = (line.split(" ") for line in lines)
    return {word: (int(count), tag) for word, count, tag in entries}


@lru_cache(maxsize=1)
def phrases_to_cut() -> tuple[str, ...]:
    """List the entries of the dictionary that the standard cuts, sorted.

    - four characters, rare, made of two common words: 充分|发挥, 监督|机制;
    - an adverb of one character and a plain verb: 更|是, 总|要;
    - a word of two characters with 着, 了 or 于: 肩负|着, 立足|于; or, if rare, with a
      localiser: 区域|间.

    Examples
    --------
    >>> found = set(phrases_to_cut())
    >>> {"充分发挥", "更是", "立足于"} <= found, "相辅相成" in found
    (True, False)
    """
    words = read_dictionary()

    def count(word: str) -> int:
        return words.get(word, (0, ""))[0]

    found = []
    for word, (frequency, tag) in words.items():
        stem, last = word[:2], word[-1]
        if len(word) == 4:
            cut = (frequency <= RARE and tag in FREE_TAGS and count(stem) >= COMMON
                   and count(word[2:]) >= COMMON)
        elif len(word) == 3:
            cut = (last in ASPECTS and count(stem) >= 50
                   or last in LOCALISERS and frequency <= 50 and count(stem) >= COMMON)
        else:
            cut = len(word) == 2 and word[0] in ADVERBS and last in PLAIN_VERBS
        if cut and word not in KEPT:
            found.append(word)
    return tuple(sorted(found))


def cut_guess(word: str) -> tuple[str, ...]:
    """Cut a function word off a word that the hidden Markov model guessed.

    Examples
    --------
    >>> cut_guess("但三地"), cut_guess("港为"), cut_guess("雄安")
    (('但', '三地'), ('港', '为'), ('雄安',))
    """
    if 2 <= len(word) <= 3 and all("一" <= character <= "鿿" for character in word):
        if word[0] in FUNCTION_INITIALS:
            return (word[0], *cut_guess(word[1:]))
        if word[-1] in FUNCTION_FINALS:
            return (*cut_guess(word[:-1]), word[-1])
    return (word,)


def attach_suffixes(tokens: list[str]) -> list[str]:
    """Join a suffix that stands alone to the word of two characters before it.

    Examples
    --------
    >>> attach_suffixes(["常态", "化", "对接", "，", "化"])
    ['常态化', '对接', '，', '化']
    """
    hits = [i for i, token in enumerate(tokens) if token in SUFFIXES]
    if not hits:
        return tokens
    joined = tokens.copy()
    for i in hits:
        if i and len(joined[i - 1]) == 2 and joined[i - 1].isalpha():
            joined[i - 1], joined[i] = "", joined[i - 1] + joined[i]
    return [token for token in joined if token]
