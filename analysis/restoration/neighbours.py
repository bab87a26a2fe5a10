"""What it gains and costs, in log-odds, to read one block of a page after another."""

from collections import Counter
from collections.abc import Iterable
from itertools import permutations
from typing import NamedTuple

import numpy as np

from analysis.reading.marks import ends_sentence
from analysis.reading.numbering import is_numbered_heading, numbering
from analysis.restoration.blocks import Blocks, Header, Run, find_headers, is_note
from analysis.restoration.seams import Seam, seam

# Prices in log-odds. A boxed lead pays the first, third and fourth; together they were set
# where, on pages made from government reports, a lead missed and one seen wrongly cost alike.
FORBIDDEN = -10_000.0
_BOX = 0.8  # a paragraph goes on after one block that does not belong to it
_LONGER_BOX = 3.0  # for each further such block
_START = 0.5  # an article begins elsewhere than under its byline
_RETURN = 0.2  # and comes back to the block under the byline
_ELSEWHERE = 14.0  # any other jump
_LEAVES_NOTE = 9.0  # an article goes on after the note on its authors
_NO_NOTE = 3.0  # an article ends without one
_OTHER_ARTICLE = 8.0  # the two blocks stand in different articles on the page
_LOOSE = 1.0  # or one of them between two articles
_WRONG_NUMBER = 6.0  # the first heading is not the first, or one is left out


class Layout(NamedTuple):
    """What is known of a page before its blocks are put in order."""

    blocks: Blocks
    headers: tuple[Header, ...]
    heads: tuple[Run, ...]
    headings: dict[str, float]


def describe(blocks: Blocks) -> Layout:
    """Find the headers of a page and the numbering that its headings use."""
    headers = tuple(find_headers(blocks))
    heads = tuple(h.titles + (() if h.byline is None else (h.byline,)) for h in headers)
    return Layout(blocks, headers, heads, _heading_odds(blocks))


def _heading_odds(blocks: Blocks) -> dict[str, float]:
    """For each manner of numbering, the log-odds that a block without full stop is unfinished.

    Where at least a third of the blocks so numbered look like headings, one more is a heading.
    """
    found = [(number.manner, block) for block in blocks if (number := numbering(block))]
    headings = Counter(manner for manner, block in found if is_numbered_heading(block))
    shares = {kind: headings[kind] / count for kind, count in Counter(manner for manner, _ in found).items()}
    return {kind: -5.0 if s > 1 / 2 else -2.0 if s > 1 / 3 else 2.5 for kind, s in shares.items()}


def make_nodes(layout: Layout) -> list[Run]:
    """The steps of a path: a header counts as one; every other block stands alone."""
    inside = {index: head for head in layout.heads for index in head}
    return sorted({inside.get(i, (i,)) for i in range(len(layout.blocks))})


class Seams:
    """Seams of a page, worked out when asked for."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.special = {i for head in layout.heads for i in head}
        self.special |= {i for i, b in enumerate(layout.blocks) if is_note(b)}
        self.known: dict[tuple[int, int], Seam] = {}
        self.openings = [self._opening(i) for i in range(len(layout.blocks))]
        self.openings_used = Counter(filter(None, self.openings))

    def _opening(self, index: int) -> str:
        """The first two characters of a block that follows a whole paragraph on the page."""
        blocks = self.layout.blocks
        before = blocks[index - 1] if index else ""
        sure = before and (ends_sentence(before) or is_numbered_heading(before))
        return blocks[index][:2] if sure and index not in self.special else ""

    def may_join(self, first: int, second: int) -> bool:
        return first not in self.special and second not in self.special

    def __call__(self, first: int, second: int) -> Seam:
        if (first, second) not in self.known:
            a, b = self.layout.blocks[first], self.layout.blocks[second]
            number = numbering(a)
            odds = self.layout.headings[number.manner] if number else 0.0
            alike = self.openings_used[b[:2]] - (self.openings[second] == b[:2])
            self.known[first, second] = seam(a, b, odds, alike)
        return self.known[first, second]


def score_neighbours(layout: Layout, nodes: list[Run], seams: Seams) -> np.ndarray:
    """Score of every node following every other; the last row and column are the page's ends."""
    size = len(nodes)
    scores = np.full((size + 1, size + 1), FORBIDDEN)
    context = Context(layout, nodes)
    for a, b in permutations(range(size), 2):
        first, second = nodes[a][-1], nodes[b][0]
        gain = max(0.0, seams(first, second).score) if seams.may_join(first, second) else 0.0
        scores[a, b] = gain - _price(a, b, context, seams)
    for a in range(size):
        scores[a, size] = 0.0 if context.is_note(a) else -_NO_NOTE - (a != size - 1)
    scores[size, 0] = 0.0
    return np.round(scores, 3)


class Context:
    """Where each node stands: its article on the page and the section numbers around it."""

    def __init__(self, layout: Layout, nodes: list[Run]) -> None:
        self.blocks, self.nodes = layout.blocks, nodes
        self.heads = [a for a, node in enumerate(nodes) if node in layout.heads]
        self.returns = {a + 1: a for a in self.heads}
        self.region = [sum(head <= a for head in self.heads) for a in range(len(nodes))]
        self.loose = self._loose()
        self.before = self._section_numbers(range(len(nodes)))
        self.after = self._section_numbers(reversed(range(len(nodes))))

    def is_note(self, a: int) -> bool:
        return is_note(self.blocks[self.nodes[a][-1]])

    def _loose(self) -> list[bool]:
        """Whether a node stands after a note and before the next title."""
        loose, after_note = [], False
        for a in range(len(self.nodes)):
            after_note = after_note and a not in self.heads
            loose.append(after_note)
            after_note = after_note or self.is_note(a)
        return loose

    def distance(self, a: int, b: int) -> float:
        """What it costs to read two nodes in one article, from where they stand."""
        if self.region[a] == self.region[b]:
            return 0.0
        return _LOOSE if self.loose[a] or self.loose[b] else _OTHER_ARTICLE

    def _section_numbers(self, order: Iterable[int]) -> dict[int, int]:
        """The number of the nearest section heading on the way to each node of an article."""
        numbers, number = {}, 0
        for a in order:
            block = self.blocks[self.nodes[a][0]]
            found = numbering(block) if is_numbered_heading(block) else None
            if a in self.heads or self.is_note(a):
                number = 0
            elif found and found.manner == "section":
                number = found.value
            numbers[a] = number
        return numbers


def _price(a: int, b: int, context: Context, seams: Seams) -> float:
    """What it costs, in log-odds, that node b is read after node a."""
    adjacent = b == a + 1
    if b in context.heads:
        return _price_of_new_article(a, b, context)
    if context.is_note(a):
        return _LEAVES_NOTE + (0.0 if adjacent else _ELSEWHERE)
    if a in context.heads and not (context.is_note(b) and not adjacent):
        late = _WRONG_NUMBER * (context.after[b] > 1)
        return late if adjacent else _START + context.distance(a, b)
    if adjacent or context.is_note(b):
        return 0.0 if adjacent else _ELSEWHERE
    if b in context.returns:
        wrong = context.after[b] > 1 and context.before[a] + 1 != context.after[b]
        return _RETURN + context.distance(a, b) + _WRONG_NUMBER * wrong
    joined = seams(context.nodes[a][-1], context.nodes[b][0]).score > 0
    skipped = _BOX + _LONGER_BOX * max(0, abs(b - a) - 2)
    return context.distance(a, b) + (skipped if joined else _ELSEWHERE)


def _price_of_new_article(a: int, b: int, context: Context) -> float:
    """Articles follow each other in page order, after the note of the one before."""
    earlier = [head for head in context.heads if head < b]
    if not earlier or context.region[a] > context.region[b] - 1 and not context.is_note(a):
        return _ELSEWHERE
    if context.is_note(a):
        return 0.0 if context.region[a] == context.region[b] - 1 else -FORBIDDEN
    return _NO_NOTE + (0.0 if b == a + 1 else _NO_NOTE)
