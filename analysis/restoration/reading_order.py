"""The order in which the blocks of a page are read: one assignment for the whole page."""

import heapq
import math
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from scipy.optimize import linear_sum_assignment
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import johnson

from analysis.restoration.blocks import Blocks, Header, Run, split_when
from analysis.restoration.neighbours import FORBIDDEN, Layout, Seams, describe, make_nodes, score_neighbours
from analysis.restoration.seams import Seam

_MOST_BRANCHES = 200
_MOST_BLOCKS = 1000
_PER_MARGIN = 0.75  # of the confidence, in log-odds
_NUMBERED, _PLAIN = 1.8, 0.3  # on a newspaper page with numbered headings in every article, and elsewhere
Pair = tuple[int, int]


class Reading(NamedTuple):
    """The articles of a page as lists of blocks, and the seams that are joined."""

    articles: tuple[Run, ...]
    headers: tuple[Header, ...]
    joins: dict[Pair, Seam]
    confidences: dict[Pair, float]  # of a jump or a join


def read(blocks: Blocks, least: float = 0.0) -> tuple[Reading, Reading]:
    """Put the blocks of a page, given in page order, in reading order.

    Returns the best reading of all, and the best of those in which every jump and every join has a confidence of
    ``least``. What is not sure enough is barred and the page read again; its margin is always that among all readings.
    Blocks are moved only on a page with bylines, and of a thousand blocks at most; elsewhere the order is the page's.
    """
    layout = describe(blocks)
    seams = Seams(layout)
    if len(blocks) > _MOST_BLOCKS or all(header.byline is None for header in layout.headers):
        return _read_in_order(layout, seams, 0.0), _read_in_order(layout, seams, least)
    nodes = make_nodes(layout)
    scores, gains = score_neighbours(layout, nodes, seams)
    margins = Margins(scores, gains)
    best = reading = _read(layout, nodes, seams, scores, margins)
    while barred := [pair for pair, sure in reading.confidences.items() if sure < least]:
        for a, b in _ends(barred, nodes):
            scores[a, b] = scores[a, b] - gains[a, b] if b == a + 1 else FORBIDDEN
            seams.bar(nodes[a][-1], nodes[b][0])
        reading = _read(layout, nodes, seams, scores, margins)
    return best, reading


def confidence(margin: float, numbered: bool) -> float:
    """The share of repairs with such a margin that are right, fitted to pages apart from those that are reported."""
    odds = (_NUMBERED if numbered else _PLAIN) + _PER_MARGIN * max(-9.0, min(9.0, margin))
    return round(1 / (1 + math.exp(-odds)), 3)


def _read_in_order(layout: Layout, seams: Seams, least: float) -> Reading:
    order = list(range(len(layout.blocks)))
    found = {(a, b): seams(a, b) for a, b in pairwise(order) if seams.may_join(a, b)}
    sure = {pair: confidence(seam.score, numbered=False) for pair, seam in found.items() if seam.score > 0}
    joins = {pair: found[pair] for pair in sure if sure[pair] >= least}
    return Reading(group_by_article(order, layout.headers), layout.headers, joins, sure)


def _read(layout: Layout, nodes: list[Run], seams: Seams, scores: np.ndarray, margins: "Margins") -> Reading:
    path = _best_path(scores)
    order = [block for node in path for block in nodes[node]]
    joins = {(a, b): seams(a, b) for a, b in pairwise(order) if seams.may_join(a, b) and seams(a, b).score > 0}
    steps = {(nodes[a][-1], nodes[b][0]): (a, b) for a, b in pairwise(path)}
    made = {pair: step for pair, step in steps.items() if step[1] != step[0] + 1 or pair in joins}
    sure = {pair: confidence(margins(*step), numbered=all(layout.numbered)) for pair, step in made.items()}
    return Reading(group_by_article(order, layout.headers), layout.headers, joins, sure)


def _ends(pairs: list[Pair], nodes: list[Run]) -> list[Pair]:
    """The nodes that end and begin with the blocks of each pair."""
    last, first = ({node[end]: i for i, node in enumerate(nodes)} for end in (-1, 0))
    return [(last[a], first[b]) for a, b in pairs]


class Margins:
    """By how much the best assignment with a pair beats the best without it, for all pairs at once.

    Given the best assignment, another that takes the pair differs from it by one circle of exchanges; the cheapest is a
    shortest path (Johnson 1977), so that not every pair needs an assignment of its own.
    """

    def __init__(self, scores: np.ndarray, gains: np.ndarray) -> None:
        self.gains = gains
        self.chosen = np.array(_assign(scores)[1])
        own = scores[np.arange(len(scores)), self.chosen]
        self.losses = own[:, None] - scores[:, self.chosen]  # row i takes the column of row k
        i, k = np.nonzero(scores[:, self.chosen] > FORBIDDEN / 2)
        graph = csr_matrix((np.round(self.losses[i, k], 3), (i, k)), shape=scores.shape)
        self.back = johnson(graph)
        self.losses[scores[:, self.chosen] <= FORBIDDEN / 2] = np.inf

    def __call__(self, a: int, b: int) -> float:
        exchange = self.losses[a] + self.back[:, a]
        if self.chosen[a] != b:
            return -round(float(exchange[np.flatnonzero(self.chosen == b)[0]]), 3)
        exchange[a] = self.gains[a, b] if b == a + 1 else np.inf
        return round(float(min(exchange.min(), -FORBIDDEN)), 3)


def _best_path(scores: np.ndarray) -> list[int]:
    """The best single path from the page's beginning to its end.

    The Hungarian algorithm gives each block one successor; a circle in them is broken in every possible way and
    the best result kept (branch and bound). A page that stays tangled is left in its own order.
    """
    counter = 0
    queue: list[tuple[float, Run, int, tuple[Pair, ...]]] = [(*_assign(scores), counter, ())]
    while queue and counter < _MOST_BRANCHES:
        _, successors, _, barred = heapq.heappop(queue)
        circle = _shortest_circle(successors)
        if len(circle) == len(successors):
            page_end = circle.index(len(circle) - 1)
            return circle[page_end + 1 :] + circle[:page_end]
        for a in circle:
            counter += 1
            further = (*barred, (a, successors[a]))
            heapq.heappush(queue, (*_assign(_without(scores, further)), counter, further))
    return list(range(len(scores) - 1))


def _without(scores: np.ndarray, barred: tuple[Pair, ...]) -> np.ndarray:
    reduced = scores.copy()
    for pair in barred:
        reduced[pair] = FORBIDDEN
    return reduced


def _assign(scores: np.ndarray) -> tuple[float, tuple[int, ...]]:
    rows, columns = linear_sum_assignment(scores, maximize=True)
    return -round(float(scores[rows, columns].sum()), 3), tuple(int(c) for c in columns)


def _shortest_circle(successors: tuple[int, ...]) -> list[int]:
    circles, seen = [], set()
    for start in range(len(successors)):
        circle, node = [], start
        while node not in seen:
            seen.add(node)
            circle.append(node)
            node = successors[node]
        circles.append(circle)
    return min((c for c in circles if c), key=len)


def group_by_article(order: list[int], headers: tuple[Header, ...]) -> tuple[Run, ...]:
    """Cut blocks in reading order into articles, each beginning with its title."""
    starts = {header.titles[0] for header in headers}
    return tuple(split_when(order, lambda _, block: block in starts))
