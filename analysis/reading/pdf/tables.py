"""Tables that a page draws with rules: which characters stand in which cell."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from statistics import median
from typing import NamedTuple

from analysis.reading.pdf.glyphs import Glyph

NEAR = 3  # points between the ends of rules that meet
LARGEST = 40_000  # fields of a grid; a drawing or a map has more
PROSE = 100  # characters in the usual cell: a frame round prose, no table
Rule = tuple[float, float, float, float]  # x0, top, x1, bottom


class Cells(NamedTuple):
    """A row of a table: its box and the characters of each cell."""

    box: Rule
    cells: list[list[Glyph]]


def ruled_tables(rules: list[Rule], glyphs: list[Glyph]) -> tuple[list[Glyph], list[list[Cells]]]:
    """Part the characters outside of all tables from the rows of each table.

    A table has two rows with text in two cells each, closed by rules but for its left and right side. A box of one
    cell, a frame of columns of prose and the grid of a chart are none.
    """
    flat = _joined([(top, x0, x1) for x0, top, x1, bottom in rules if x1 - x0 > bottom - top])
    upright = _joined([(x0, top, bottom) for x0, top, x1, bottom in rules if x1 - x0 <= bottom - top])
    if len(flat) < 2 or not upright or len(flat) * len(upright) > LARGEST:
        return glyphs, []
    _close_sides(flat, upright)
    grid = _Grid(flat, upright)
    inside: dict[int, list[Glyph]] = defaultdict(list)
    for glyph in glyphs:
        inside[grid.cell_at((glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2)].append(glyph)
    tables, taken = [], set()
    for cells in grid.groups():
        rows = list(grid.rows(cells, inside))
        if _is_table(rows):
            tables.append([row for row in rows if any(_text(cell) for cell in row.cells)])
            taken |= cells
    if not tables:
        return glyphs, []
    places = {id(glyph) for cell in taken for glyph in inside.get(cell, ())}
    return [glyph for glyph in glyphs if id(glyph) not in places], tables


def _text(cell: list[Glyph]) -> str:
    return "".join(glyph.text for glyph in cell).strip()


def _is_table(rows: list[Cells]) -> bool:
    texts = [[_text(cell) for cell in row.cells] for row in rows]
    filled = [len(text) for row in texts for text in row if text]
    several = sum(sum(map(bool, row)) > 1 for row in texts)
    return several > 1 and 4 * len(filled) >= sum(map(len, texts)) and median(filled) <= PROSE


def _joined(rules: list[tuple[float, float, float]]) -> dict[float, list[tuple[float, float]]]:
    """Bring rules that nearly lie in one line into it, and join those that meet."""
    lines: dict[float, list[tuple[float, float]]] = {}
    at = last = float("-inf")
    for place, start, end in sorted(rules):
        if place - last > NEAR:
            at = place
        last = place
        lines.setdefault(at, []).append((start, end))
    return {place: list(_merged(spans)) for place, spans in lines.items()}


def _merged(spans: list[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    spans.sort()
    start, end = spans[0]
    for low, high in spans[1:]:
        if low > end + NEAR:
            yield start, end
            start = low
            end = high
        end = max(end, high)
    yield start, end


def _close_sides(flat: dict[float, list[tuple[float, float]]], upright: dict[float, list[tuple[float, float]]]) -> None:
    """Close a table that is open to the left and right: three rules of one length, with one upright between them."""
    alike: dict[tuple[int, int], list[float]] = defaultdict(list)
    ends: dict[tuple[int, int], tuple[float, float]] = {}
    for place, spans in flat.items():
        for start, end in spans:
            key = round(start / (2 * NEAR)), round(end / (2 * NEAR))
            alike[key].append(place)
            ends[key] = start, end
    for key, places in alike.items():
        left, right = ends[key]
        first, last = min(places), max(places)
        inner = any(
            left + NEAR < place < right - NEAR and start < last and end > first
            for place, spans in upright.items()
            for start, end in spans
        )
        if len(places) > 2 and inner:
            for side in (left, right):
                near = next((place for place in upright if abs(place - side) <= 2 * NEAR), side)
                upright[near] = list(_merged([*upright.get(near, []), (first, last)]))


class _Grid:
    """The fields between all rules of a page, and the cells that they make where no rule parts them."""

    def __init__(self, flat: dict[float, list[tuple[float, float]]], upright: dict[float, list[tuple[float, float]]]):
        self.xs, self.ys = sorted(upright), sorted(flat)
        self.walls = _covered(self.xs, self.ys, upright)
        self.floors = _covered(self.ys, self.xs, flat)
        self.cells: dict[tuple[int, int], int] = {}
        self.closed: set[int] = set()
        for field in ((i, j) for j in range(len(self.ys) - 1) for i in range(len(self.xs) - 1)):
            if field not in self.cells:
                self._fill(field)

    def _fill(self, field: tuple[int, int]) -> None:
        """Spread from one field to all that no rule parts from it; a cell is closed if none is at the edge."""
        number, waiting, closed = len(self.cells), [field], True
        self.cells[field] = number
        while waiting:
            i, j = waiting.pop()
            for other, rule in (
                ((i - 1, j), (i, j) in self.walls),
                ((i + 1, j), (i + 1, j) in self.walls),
                ((i, j - 1), (j, i) in self.floors),
                ((i, j + 1), (j + 1, i) in self.floors),
            ):
                if rule:
                    continue
                if not (0 <= other[0] < len(self.xs) - 1 and 0 <= other[1] < len(self.ys) - 1):
                    closed = False
                elif other not in self.cells:
                    self.cells[other] = number
                    waiting.append(other)
        if closed:
            self.closed.add(number)

    def cell_at(self, x: float, y: float) -> int:
        """Return the number of the closed cell at a place, or -1."""
        cell = self.cells.get((bisect_right(self.xs, x) - 1, bisect_right(self.ys, y) - 1), -1)
        return cell if cell in self.closed else -1

    def groups(self) -> Iterator[set[int]]:
        """Give the closed cells that lie next to each other."""
        beside: dict[int, set[int]] = {cell: set() for cell in self.closed}
        for (i, j), cell in self.cells.items():
            for other in (self.cells.get((i + 1, j)), self.cells.get((i, j + 1))):
                if cell in beside and other in beside and other is not None:
                    beside[cell].add(other)
                    beside[other].add(cell)
        while beside:
            group, waiting = set(), [next(iter(beside))]
            while waiting:
                cell = waiting.pop()
                if cell not in group:
                    group.add(cell)
                    waiting += beside.pop(cell)
            yield group

    def rows(self, cells: set[int], inside: dict[int, list[Glyph]]) -> Iterator[Cells]:
        """Give the rows of a group of cells; one that reaches over several rows stands in the first."""
        fields = sorted((j, i) for (i, j), cell in self.cells.items() if cell in cells)
        left, right = self.xs[min(i for _, i in fields)], self.xs[max(i for _, i in fields) + 1]
        by_row: dict[int, list[int]] = defaultdict(list)
        for j, i in fields:
            by_row[j].append(self.cells[i, j])
        before: set[int] = set()
        for j, numbers in by_row.items():
            row = list(dict.fromkeys(numbers))
            if not before.issuperset(row):
                found = [[] if number in before else inside.get(number, []) for number in row]
                yield Cells((left, self.ys[j], right, self.ys[j + 1]), found)
            before.update(row)


def _covered(
    lines: list[float], across: list[float], spans: dict[float, list[tuple[float, float]]]
) -> set[tuple[int, int]]:
    """Say which piece of which line, between two that cross it, is drawn."""
    middles = [(one + other) / 2 for one, other in zip(across, across[1:], strict=False)]
    return {
        (number, piece)
        for number, line in enumerate(lines)
        for start, end in spans[line]
        for piece in range(bisect_right(middles, start), bisect_right(middles, end))
    }
