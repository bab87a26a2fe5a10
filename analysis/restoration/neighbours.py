"""What it gains and costs, in log-odds, to read one block of a page after another."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from statistics import median
from typing import NamedTuple

import numpy as np

from analysis.reading.marks import ends_sentence
from analysis.reading.numbering import is_numbered_heading, numbering
from analysis.restoration.blocks import Blocks, Header, Run, find_headers, is_note, stands_alone
from analysis.restoration.openings import lead_evidence
from analysis.restoration.seams import LONGEST_SUBHEAD, Seam, seam

# Prices in log-odds. A boxed lead pays the first, third and fourth; together they were set
# where, on pages made from government reports, a lead missed and one seen wrongly cost alike.
FORBIDDEN = -10_000.0
_BOX = 0.8  # a paragraph goes on after one block that does not belong to it
_LONGER_BOX = 3.0  # for each further such block
_START = 0.5  # an article begins elsewhere than under its byline
_START_WITHOUT_HEADINGS = 2.5  # where nothing marks what is a lead and what is not
_RETURN = 0.2  # and comes back to the block under the byline
_LONGEST_BOX = 5  # such blocks at most
_NO_LEAD = 1.5  # an article without a lead gets one
_ELSEWHERE = 14.0  # an article does not follow the one before it
_LEAVES_NOTE = 9.0  # an article goes on after the note on its authors
_NO_NOTE = 3.0  # an article ends without one
_OTHER_ARTICLE = 8.0  # the two blocks stand in different articles on the page
_LOOSE = 1.0  # or one of them between two articles
_SURE_HEADING = 20  # a numbered line up to this length, without comma or stop, is a heading
_LEAD_ODDS = 0.0  # what stands elsewhere opens as a lead does
_SHORTEST_PROSE, _FEW, _USUAL = 40, 4, 120.0  # to say how long paragraphs of a page are
_WRONG_NUMBER = 6.0  # the first heading is not the first, or one is left out


class Layout(NamedTuple):
    """What is known of a page before its blocks are put in order."""

    blocks: Blocks
    headers: tuple[Header, ...]
    heads: tuple[Run, ...]
    alone: tuple[bool, ...]
    headings: dict[str, float]
    subheads: bool  # whether it may have headings without a number
    numbered: tuple[bool, ...]  # whether each article on the page has numbered headings
    typical: float  # length of a paragraph


def describe(blocks: Blocks) -> Layout:
    """Find the headers of a page, the lines that stand alone, and the numbering that its headings use."""
    headers = tuple(find_headers(blocks))
    heads = tuple(h.titles + (() if h.byline is None else (h.byline,)) for h in headers)
    prose = [len(block) for block in blocks if len(block) >= _SHORTEST_PROSE and ends_sentence(block)]
    typical = float(median(prose)) if len(prose) >= _FEW else _USUAL
    alone = stands_alone(blocks)
    subheads = _has_subheads(blocks, headers, alone)
    return Layout(blocks, headers, heads, alone, _heading_odds(blocks), subheads, _numbered(blocks, headers), typical)


def _numbered(blocks: Blocks, headers: tuple[Header, ...]) -> tuple[bool, ...]:
    starts = [header.titles[0] for header in headers]
    return tuple(any(map(is_numbered_heading, blocks[a:b])) for a, b in pairwise([*starts, len(blocks)]))


def _has_subheads(blocks: Blocks, headers: tuple[Header, ...], alone: tuple[bool, ...]) -> bool:
    """Where newspapers have headings without a number they have several; one such line is a broken paragraph."""
    inside = {i for header in headers for i in (*header.titles, header.byline)}
    lines = [b for i, b in enumerate(blocks) if not (i in inside or alone[i] or numbering(b) or is_note(b))]
    bare = [b for b in lines if len(b) <= LONGEST_SUBHEAD and not re.search("[。；]|[，,、：:]$", b)]
    return len(bare) > 1 or all(header.byline is None for header in headers)


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
        self.special |= {i for i, b in enumerate(layout.blocks) if is_note(b) or layout.alone[i]}
        self.known: dict[tuple[int, int], Seam] = {}
        self.openings = [self._opening(i) for i in range(len(layout.blocks))]
        self.openings_used = Counter(filter(None, self.openings))

    def _opening(self, index: int) -> str:
        """The first two characters of a block that follows a whole paragraph on the page."""
        blocks = self.layout.blocks
        before = blocks[index - 1] if index else ""
        sure = before and (ends_sentence(before) or is_numbered_heading(before))
        return blocks[index][:2] if sure and index not in self.special else ""

    def bar(self, first: int, second: int) -> None:
        """Keep two blocks apart."""
        self.known[first, second] = Seam(-1.0, 0, ())

    def may_join(self, first: int, second: int) -> bool:
        return first not in self.special and second not in self.special

    def __call__(self, first: int, second: int) -> Seam:
        if (first, second) not in self.known:
            a, b = self.layout.blocks[first], self.layout.blocks[second]
            number = numbering(a)
            odds = self.layout.headings[number.manner] if number else 0.0
            odds = min(odds, -3.0) if len(a) <= _SURE_HEADING and not re.search("[，,]", a) else odds
            alike = self.openings_used[b[:2]] - (self.openings[second] == b[:2])
            self.known[first, second] = seam(
                a, b, headings=odds, subheads=self.layout.subheads, alike=alike, typical=self.layout.typical
            )
        return self.known[first, second]


def score_neighbours(layout: Layout, nodes: list[Run], seams: Seams) -> tuple[np.ndarray, np.ndarray]:
    """Score of every node following every other, and what of it a join gains.

    The last row and column are the page's ends. A pair that no evidence speaks for is forbidden.
    """
    size = len(nodes)
    scores = np.full((size + 1, size + 1), FORBIDDEN)
    gains = np.zeros((size + 1, size + 1))
    context = Context(layout, nodes, seams)
    for a, b in _pairs(context):
        gain = context.gain(a, b)
        price = _price(a, b, context, joined=gain > 0)
        if price is not None:
            scores[a, b], gains[a, b] = gain - price, gain
    for a in range(size):
        scores[a, size] = 0.0 if context.is_note(a) else -_NO_NOTE - (a != size - 1)
    scores[size, 0] = 0.0
    return np.round(scores, 3), gains


def _pairs(context: "Context") -> Iterator[tuple[int, int]]:
    """The pairs of nodes that may follow each other: near ones, and those around the beginning of an article."""
    size = len(context.nodes)
    far = sorted({*context.heads, *context.returns, *context.late_beginnings()})
    for a in range(size):
        near = range(a + 1, size) if a in context.heads else range(a + 1, min(size, a + _LONGEST_BOX + 2))
        yield from ((a, b) for b in sorted({*near, *far} - {a}))


class Context:
    """Where each node stands: its article on the page and the section numbers around it."""

    def __init__(self, layout: Layout, nodes: list[Run], seams: Seams) -> None:
        self.seams = seams
        self.blocks, self.nodes, self.alone = layout.blocks, nodes, layout.alone
        self.heads = [a for a, node in enumerate(nodes) if node in layout.heads]
        self.returns = {a + 1: a for a in self.heads if a + 1 < len(nodes)}
        self.region = [sum(head <= a for head in self.heads) for a in range(len(nodes))]
        self.loose = self._loose()
        self.before = self._section_numbers(range(len(nodes)))
        self.after = self._section_numbers(reversed(range(len(nodes))))

    def opens_bare(self, b: int) -> bool:
        """Whether an article has its first heading under the byline, and no lead."""
        number = numbering(self.blocks[self.nodes[b][0]])
        return number is not None and number.value == 1 and is_numbered_heading(self.blocks[self.nodes[b][0]])

    def has_headings(self, head: int) -> bool:
        """Whether an article has numbered headings."""
        return self.seams.layout.numbered[self.heads.index(head)]

    def gain(self, a: int, b: int) -> float:
        """What joining two nodes gains, 0 if they are better kept apart."""
        first, second = self.nodes[a][-1], self.nodes[b][0]
        return max(0.0, self.seams(first, second).score) if self.seams.may_join(first, second) else 0.0

    def boxed(self, a: int) -> bool:
        """Whether a node stands inside a paragraph: what it interrupts may go on behind it."""
        behind = range(a + 1, min(len(self.nodes), a + _LONGEST_BOX + 1))
        return a > 0 and any(self.gain(a - 1, b) > 0 for b in behind)

    def stays(self, a: int) -> bool:
        """Whether a node is no prose: it never leaves its place."""
        return a in self.heads or self.is_note(a) or self.alone[self.nodes[a][0]]

    def late_beginnings(self) -> list[int]:
        """Nodes that stand first after a note and are no title."""
        return [b for b in range(1, len(self.nodes)) if self.loose[b] and self.is_note(b - 1)]

    def lead_evidence(self, a: int) -> float:
        return FORBIDDEN if self.stays(a) else lead_evidence(self.blocks[self.nodes[a][0]], self.seams.layout.typical)

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


def _price(a: int, b: int, context: Context, joined: bool) -> float | None:
    """What it costs, in log-odds, that node b is read after node a; None if nothing speaks for it."""
    adjacent = b == a + 1
    if b in context.heads:
        return _price_of_new_article(a, b, context)
    if context.is_note(a):
        return _LEAVES_NOTE if adjacent else None
    if adjacent:
        return _WRONG_NUMBER * (a in context.heads and context.after[b] > 1)
    if context.stays(b):
        return None
    late = context.loose[b] and context.is_note(b - 1)
    if a in context.heads:
        unlike = 0.0 if late else max(0.0, _LEAD_ODDS - context.lead_evidence(b))
        start = _START if late or context.has_headings(a) else _START_WITHOUT_HEADINGS
        return start + context.distance(a, b) + unlike if late or context.boxed(b) else None
    if b in context.returns:
        if not (joined or context.boxed(a) or 0 < context.before[a] == context.after[b] - 1):
            return None
        wrong = context.after[b] > 1 and context.before[a] + 1 != context.after[b]
        return _RETURN + context.distance(a, b) + _WRONG_NUMBER * wrong - _NO_LEAD * context.opens_bare(b)
    if late:
        return _RETURN + context.distance(a, b) if a < b and context.boxed(a) else None
    if joined and b > a and not any(map(context.stays, range(a + 1, b))):
        return _BOX + _LONGER_BOX * (b - a - 2) + context.distance(a, b)
    return None


def _price_of_new_article(a: int, b: int, context: Context) -> float:
    """Articles follow each other in page order, after the note of the one before."""
    earlier = [head for head in context.heads if head < b]
    if not earlier or context.region[a] > context.region[b] - 1 and not context.is_note(a):
        return _ELSEWHERE
    if context.is_note(a):
        return 0.0 if context.region[a] == context.region[b] - 1 else -FORBIDDEN
    return _NO_NOTE + (0.0 if b == a + 1 else _NO_NOTE)
