"""The members of enumerations: 一是…二是…, 首先…其次…, 一方面…另一方面…, 第一，…第二，…, as spans of the text."""

import re
from bisect import bisect_right
from itertools import pairwise

from analysis.corpus.sentences import Span, split_sentences
from analysis.reading.numbering import NUMERAL, read_numeral

MARKERS = (
    rf"(?P<n>{NUMERAL})(?:是|要(?!求|素|点|件|害|塞))",
    r"(?P<n>首先|其次|再次|最后)[,，]?",
    rf"第(?P<n>{NUMERAL})[,，]",
    r"(?P<n>一方面|另一方面)[,，]?",
)
SEQUENCES = ("首先", "其次", "再次", "最后"), ("一方面", "另一方面")
_BOUNDARY = "。！？!?；;：:，,—"
_TURNS = re.compile(
    r"我们(?:要|将|必须|应|坚信|相信)|各级|各地|各部门|大家|同志们|总之|总的来看|综上|以上|上述|让我们|通过(?:以上|上述)"
)


def find_measures(text: str, lines: list[Span]) -> dict[Span, list[Span]]:
    """Find the enumerations inside each line, and those that run from line to line."""
    found: dict[Span, list[Span]] = {}
    for line in lines:
        groups = _enumerations(text[line.start : line.end])
        if groups:
            found[line] = [
                Span(line.start + a, line.start + b)
                for starts, end in groups
                for a, b in _members(text[line.start : line.end], starts, end)
            ]
    run: list[Span] = []
    for line in [*lines, Span(0, 0)]:  # the last ends a run
        match = None if line in found else re.match(MARKERS[0], text[line.start : line.end])
        number = read_numeral(match["n"]) if match else 0
        if number == len(run) + 1:
            run.append(line)
            continue
        if len(run) > 1:
            found.update({member: [member] for member in run})
        run = [line] if number == 1 else []
    return found


def _members(paragraph: str, starts: list[int], end: int) -> list[tuple[int, int]]:
    """The span of each member; the last ends where a sentence turns from it to the whole."""
    spans = [(a, a + len(paragraph[a:b].rstrip())) for a, b in pairwise([*starts, end])]
    last, stop = spans[-1]
    sentences = split_sentences(paragraph[last:stop])
    turn = next((a for a, b in sentences[1:] if _TURNS.match(paragraph[last + a : last + b])), None)
    if turn is not None:
        spans[-1] = last, last + len(paragraph[last : last + turn].rstrip())
    return spans


def _enumerations(paragraph: str) -> list[tuple[list[int], int]]:
    """The starts of the members of each enumeration of a paragraph, of the manner with most members, and its end."""
    candidates = [_numbered(paragraph, MARKERS[0]), _numbered(paragraph, MARKERS[2])]
    for pattern, words in ((MARKERS[1], SEQUENCES[0]), (MARKERS[3], SEQUENCES[1])):
        candidates.append(_in_turn([(words.index(m["n"]), m.start()) for m in _at_boundaries(paragraph, pattern)]))
    groups = max(candidates, key=lambda groups: sum(map(len, groups)))
    starts = [sentence.start for sentence in split_sentences(paragraph)] if len(groups) > 1 else []
    ends = [starts[bisect_right(starts, group[0]) - 1] for group in groups[1:]] + [len(paragraph)]
    return list(zip(groups, ends, strict=True)) if groups else []


def _numbered(paragraph: str, pattern: str) -> list[list[int]]:
    groups: list[list[int]] = []
    starts: list[int] = []
    for match in [*_at_boundaries(paragraph, pattern), None]:
        value = read_numeral(match["n"]) if match else 0
        if match and value == len(starts) + 1:
            starts.append(match.start())
        elif match is None or value == 1:
            groups += [starts] if len(starts) > 1 else []
            starts = [match.start()] if match else []
    return groups


def _in_turn(hits: list[tuple[int, int]]) -> list[list[int]]:
    """Runs of words in their order, each beginning with the first."""
    groups: list[list[int]] = []
    order: list[int] = []
    for word, start in hits:
        if order and word > order[-1]:
            groups[-1].append(start)
            order.append(word)
        elif word == 0:
            groups.append([start])
            order = [word]
        else:
            order = []
    return [group for group in groups if len(group) > 1]


def _at_boundaries(paragraph: str, pattern: str) -> list[re.Match]:
    """Find a marker at the start of the paragraph, or behind a stop with its closing quote."""
    before = rf"(?:^|(?<=[{_BOUNDARY}])|(?<=[。！？；][”）)]))"
    return list(re.finditer(before + pattern, paragraph))
