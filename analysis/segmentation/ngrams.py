"""Every frequent string of a text: its count, cohesion, freedom and nesting, in numpy."""

import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

NONE = -1


class Strings(NamedTuple):
    """The frequent strings of some texts, up to a length.

    ``ids[n - 1][i]`` numbers the string of length ``n`` that begins at character ``i`` of ``text``, or is -1
    if it is rare or crosses a break; ``counts[n - 1]`` says how often each occurs; ``codes`` are the
    characters numbered densely, -1 for a break; ``offsets`` says where each unit begins and the last ends.
    """

    text: str
    offsets: np.ndarray
    codes: np.ndarray
    ids: list[np.ndarray]
    counts: list[np.ndarray]


def count_strings(texts: Sequence[str], min_count: int, max_length: int) -> Strings:
    """Count all strings of up to ``max_length`` characters that occur ``min_count`` times; they may overlap.

    A break is the end of a text, and any character that is neither letter nor number (Unicode L, N). A string is
    its first ``n - 1`` characters and its last, packed into one integer: each length costs one sort.

    >>> count_strings(["创新链,创新"], min_count=2, max_length=3).ids[1].tolist()
    [0, -1, -1, -1, 0, -1, -1]
    """
    text = "\n".join(texts) + "\n" if len(texts) else ""
    offsets = np.concatenate([[0], np.cumsum([len(unit) + 1 for unit in texts])]).astype(np.int64)
    codes = _codes(text)
    found = [_frequent(codes.astype(np.int64), min_count)]
    for length in range(2, max_length + 1):
        found.append(_frequent(_longer(found[-1][0], codes, length), min_count))
    return Strings(text, offsets, codes, [ids for ids, _ in found], [counts for _, counts in found])


def branching_entropy(ids: np.ndarray, count: np.ndarray, neighbours: np.ndarray) -> np.ndarray:
    """Return the entropy in bits of the characters next to each string.

    ``neighbours`` are the codes beside the string that begins at each place. Each break (-1) is a neighbour of its
    own kind: a string before punctuation is as free as it can be (accessor variety, Feng et al. 2004).
    """
    here = ids != NONE
    number, beside = ids[here].astype(np.int64), neighbours[here]
    breaks = np.bincount(number[beside == NONE], minlength=len(count))
    width = int(beside.max(initial=0)) + 1
    pairs, times = np.unique((number * width + beside)[beside != NONE], return_counts=True)
    share = times / count[pairs // width]
    entropy = np.bincount(pairs // width, -share * np.log2(share), minlength=len(count))
    return entropy + breaks * np.log2(count) / count


def cohesion(strings: Strings, length: int, first: np.ndarray) -> np.ndarray:
    """Return the pointwise mutual information of strings, the least over all binary partings.

    In bits, ``log2(count × characters / (count of head × count of tail))``; ``first`` is a place of each string.
    """
    total = (strings.codes != NONE).sum()
    whole = _counts(strings, length, first)
    lowest = np.full(len(first), np.inf)
    for cut in range(1, length):
        parts = _counts(strings, cut, first) * _counts(strings, length - cut, first + cut)
        np.minimum(lowest, np.log2(whole * total / parts), out=lowest)
    return lowest


def c_value(strings: Strings, lengths: np.ndarray, first: np.ndarray) -> np.ndarray:
    """Return the C-value of each candidate among all of them.

    ``log2(length) × (count - nested / containers)``: ``containers`` are the longer candidates that hold this one,
    ``nested`` its places in them, each once; ``first`` is a place of each. After Frantzi, Ananiadou and Mima (2000).
    A nested container passes on only its free places; strings that overlap can cover more than there are, then 0.
    """
    lengths, first = np.asarray(lengths), np.asarray(first)
    place = [np.full(len(counts), NONE) for counts in strings.counts]
    count = np.zeros(len(lengths))
    for length in np.unique(lengths):
        some = np.flatnonzero(lengths == length)
        place[length - 1][strings.ids[length - 1][first[some]]] = some
        count[some] = _counts(strings, length, first[some])
    nested, containers = np.zeros(len(lengths)), np.zeros(len(lengths))
    for length in np.unique(lengths)[::-1]:
        longer = np.flatnonzero(lengths == length)
        outer, inner = _inside(strings, place, longer, first[longer], length)
        free = np.maximum(count - nested, 0)
        nested += np.bincount(inner, free[outer], len(lengths))
        containers += np.bincount(inner, minlength=len(lengths))
    return np.log2(lengths) * (count - nested / np.maximum(containers, 1))


def following(codes: np.ndarray, length: int) -> np.ndarray:
    """Return the character ``length`` places on, -1 for a break."""
    return np.append(codes, [NONE] * length)[length:]


def _codes(text: str) -> np.ndarray:
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    present = np.flatnonzero(np.bincount(points))
    table = np.full(int(points.max(initial=0)) + 1, NONE, dtype=np.int32)
    letters = [point for point in present if unicodedata.category(chr(point))[0] in "LN"]
    table[letters] = np.arange(len(letters))
    return table[points]


def _longer(ids: np.ndarray, codes: np.ndarray, length: int) -> np.ndarray:
    keys = np.full(len(codes), NONE, dtype=np.int64)
    last = codes[length - 1 :]
    ok = np.flatnonzero((ids[: len(last)] != NONE) & (ids[1 : len(last) + 1] != NONE))
    keys[ok] = ids[ok].astype(np.int64) * (int(codes.max(initial=0)) + 1) + last[ok]
    return keys


def _frequent(keys: np.ndarray, min_count: int) -> tuple[np.ndarray, np.ndarray]:
    numbers = np.full(len(keys), NONE, dtype=np.int32)
    here = keys != NONE
    _, inverse, count = np.unique(keys[here], return_inverse=True, return_counts=True)
    frequent = count >= min_count
    numbers[here] = np.where(frequent, np.cumsum(frequent) - 1, NONE)[inverse]
    return numbers, count[frequent]


def _counts(strings: Strings, length: int, places: np.ndarray) -> np.ndarray:
    return strings.counts[length - 1][strings.ids[length - 1][places]].astype(float)


def _inside(strings: Strings, place: list[np.ndarray], longer: np.ndarray, first: np.ndarray, length: int) -> tuple:
    """Return all pairs of a candidate of one length and a candidate inside it, each once."""
    size = sum(map(len, place))
    pairs = [longer[:0] * size]
    for inner in range(2, length):
        for start in range(length - inner + 1):
            found = place[inner - 1][strings.ids[inner - 1][first + start]]
            pairs.append((longer * size + found)[found != NONE])
    once = np.unique(np.concatenate(pairs))
    return once // size, once % size
