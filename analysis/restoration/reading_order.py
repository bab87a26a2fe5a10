"""The order in which the blocks of a page are read: one assignment for the whole page."""

import heapq
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from scipy.optimize import linear_sum_assignment

from analysis.restoration.blocks import Blocks, Header, Run, split_when
from analysis.restoration.neighbours import FORBIDDEN, Seams, describe, make_nodes, score_neighbours
from analysis.restoration.seams import Seam

_MOST_BRANCHES = 400
Pair = tuple[int, int]


class Reading(NamedTuple):
    """The articles of a page as lists of blocks, and the seams that are joined."""

    articles: tuple[Run, ...]
    headers: tuple[Header, ...]
    joins: dict[Pair, Seam]
    margins: dict[Pair, float]  # by how much (log-odds) a jump or a join beats the best reading without


def read(blocks: Blocks) -> Reading:
    """Put the blocks of a page, given in page order, in reading order."""
    layout = describe(blocks)
    nodes = make_nodes(layout)
    seams = Seams(layout)
    scores = score_neighbours(layout, nodes, seams)
    path = _best_path(scores)
    order = [block for node in path for block in nodes[node]]
    joins = {(a, b): seams(a, b) for a, b in pairwise(order) if seams.may_join(a, b) and seams(a, b).score > 0}
    return Reading(group_by_article(order, layout.headers), layout.headers, joins, _margins(path, nodes, scores, joins))


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


def _margins(path: list[int], nodes: list[Run], scores: np.ndarray, joins: dict[Pair, Seam]) -> dict[Pair, float]:
    """By how much the reading beats the best one without a given jump or join."""
    total = -_assign(scores)[0]
    margins = {}
    for a, b in pairwise(path):
        pair = nodes[a][-1], nodes[b][0]
        if b != a + 1 or pair in joins:
            margins[pair] = round(total + _assign(_without(scores, ((a, b),)))[0], 3)
    return margins
