"""How characters meet: counts made by ``scripts/count_characters.py``, and the words of jieba's dictionary."""

import functools
import gzip
import math
import re
from itertools import accumulate, pairwise
from typing import NamedTuple

from analysis._jieba import read_dictionary
from analysis._paths import LISTS
from analysis.restoration.blocks import fold_width

COUNTS = LISTS / "character-counts.tsv.gz"
_LONGEST_WORD = 6
_ADDED = 2.0


class Counts(NamedTuple):
    """Character counts of the reference reports."""

    opening: dict[str, int]
    running: dict[str, int]
    paragraphs: int
    characters: int


@functools.lru_cache(maxsize=1)
def load_counts() -> Counts:
    """Read the counts that ``scripts/count_characters.py`` wrote."""
    places: dict[str, dict[str, int]] = {"opening": {}, "running": {}}
    with gzip.open(COUNTS, "rt", encoding="utf-8", newline="\n") as rows:
        next(rows)
        for row in rows:
            place, characters, count = row.rstrip("\n").split("\t")
            places[place][characters] = int(count)
    totals = [sum(n for c, n in places[p].items() if len(c) == 1) for p in ("opening", "running")]
    return Counts(places["opening"], places["running"], *totals)


@functools.lru_cache(maxsize=1)
def word_frequencies() -> dict[str, int]:
    """Word frequencies of jieba's dictionary; the empty string has their sum."""
    frequencies = {word: count for word, (count, _) in read_dictionary().items()}
    frequencies[""] = sum(frequencies.values())
    return frequencies


def word_across(first: str, second: str) -> tuple[float, str]:
    """How much more likely (log) the characters at a seam are as words that cross it, and the longest such word."""
    ends, begins = re.search(r"[\u4e00-\u9fff]{1,6}$", first), re.match(r"[\u4e00-\u9fff]{1,6}", second)
    if not ends or not begins:
        return 0.0, ""
    left, right = ends.group(), begins.group()
    joined, words = _best_words(left + right)
    apart = _best_words(left)[0] + _best_words(right)[0]
    ends_at = zip(words, accumulate(map(len, words)), strict=True)
    return joined - apart, next((word for word, end in ends_at if end - len(word) < len(left) < end), "")


@functools.lru_cache(maxsize=65536)
def _best_words(text: str) -> tuple[float, tuple[str, ...]]:
    """The most probable words of a short text (a unigram model)."""
    dictionary = word_frequencies()
    best: list[tuple[float, tuple[str, ...]]] = [(0.0, ())]
    for end in range(1, len(text) + 1):
        options = []
        for start in range(max(0, end - _LONGEST_WORD), end):
            word = text[start:end]
            count = dictionary.get(word, 0)
            if count or len(word) == 1:
                value = math.log((count or 0.5) / dictionary[""])
                options.append((best[start][0] + value, best[start][1] + (word,)))
        best.append(max(options))
    return best[-1]


def pair_score(first: str, second: str) -> float:
    """Log-ratio of how often the characters at a seam meet to what chance would give."""
    counts = load_counts()
    left, right = fold_width(first[-1]), fold_width(second[0])
    together = counts.running.get(left + right, 0)
    expected = (counts.running.get(left, 0) + 20) * (counts.running.get(right, 0) + 20)
    return math.log((together + 0.5) * counts.characters / expected)


def opening_scores(block: str) -> tuple[float, float]:
    """How much more often than chance (log) a paragraph begins with a block's first character, and with its first two.

    Both counts get a little added, so that a character never seen says nothing.
    """
    counts, pair = load_counts(), fold_width(block[:2])
    first = pair[0]
    stands, begins = counts.running.get(first, 0), counts.opening.get(first, 0)
    by_chance = counts.paragraphs * stands / counts.characters
    usual = begins * counts.running.get(pair, 0) / max(stands, 1)
    character = math.log((begins + _ADDED) / (by_chance + _ADDED))
    return character, math.log((counts.opening.get(pair, 0) + _ADDED) / (usual + _ADDED))


def shared_rarity(first: str, second: str) -> float:
    """How rare the pairs of characters are that stand in both texts (at most 20)."""
    counts = load_counts()
    left, right = fold_width(first), fold_width(second)
    shared = set(map("".join, pairwise(left))) & set(map("".join, pairwise(right)))
    pairs = [pair for pair in sorted(shared) if re.fullmatch("[\u4e00-\u9fff]{2}", pair)]
    rarities = [math.log(counts.characters / (counts.running.get(pair, 0) + 100)) - 6 for pair in pairs]
    return min(20.0, sum(max(0.0, rarity) for rarity in rarities))
