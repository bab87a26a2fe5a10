"""Lines of a printed page to paragraphs in reading order."""

from collections.abc import Iterator
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from analysis.reading.marks import ends_sentence
from analysis.reading.wrapping import join_lines


class Line(NamedTuple):
    """A line within its column, or the row of a table; places in points from the upper left corner of the page."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    pale: bool = False
    cells: bool = False

    @property
    def size(self) -> float:
        return self.bottom - self.top


def columns(lines: list[Line]) -> list[list[Line]]:
    """Part the lines of a page into columns in reading order.

    A page is parted at the widest white column that at most a quarter of its lines cross, and each side again.
    Lines that cross it, or stand centred and alone, divide the page into bands read one after the other.
    """
    gutter = _gutter([line for line in lines if not line.cells])
    if gutter is None:
        return [sorted(lines, key=lambda line: (round(line.top), line.x0))]
    across = [line for line in lines if line.x0 < gutter < line.x1 or _is_centred(line, lines)]
    across.sort(key=lambda line: line.top)
    beside = [line for line in lines if line not in across]
    result, above = [], float("-inf")
    for line in [*across, None]:
        below = line.top if line else float("inf")
        band = [other for other in beside if above <= other.top < below]
        left, right = [o for o in band if o.x1 <= gutter], [o for o in band if o.x0 >= gutter]
        for part in filter(None, (left, right)):
            result += columns(part)
        if line:
            result.append([line])
        above = below
    return _merged(result, set(across))


def _is_centred(line: Line, lines: list[Line]) -> bool:
    """Say whether a line stands in the middle of all, and alone: the authors, a page number."""
    middle = (min(other.x0 for other in lines) + max(other.x1 for other in lines)) / 2
    beside = (other for other in lines if other is not line and other.top < line.bottom and line.top < other.bottom)
    return not line.cells and abs(line.x0 + line.x1 - 2 * middle) < 2 * line.size and not any(beside)


def _merged(parted: list[list[Line]], across: set[Line]) -> list[list[Line]]:
    """Join lines across the page that follow each other into one column: a lead, a title."""
    result: list[list[Line]] = []
    for column in parted:
        if result and column[0] in across and result[-1][-1] in across:
            result[-1] += column
        else:
            result.append(list(column))
    return result


def _gutter(lines: list[Line]) -> float | None:
    """Find where a white column parts the lines and at most a quarter of them cross it."""
    found = []
    for x in sorted({line.x0 for line in lines}):
        left = [line for line in lines if line.x1 <= x]
        right = [line for line in lines if line.x0 >= x - 0.1]
        crossing = len(lines) - len(left) - len(right)
        if min(len(left), len(right)) < 2 or crossing * 4 > len(lines) or not _level(left, right):
            continue
        edge = max(line.x1 for line in left)
        gap = min(line.x0 for line in right) - edge
        if gap >= 0.5 * median(line.size for line in lines):
            found.append((-crossing, gap, edge + gap / 2))
    return max(found, key=lambda white: white[:2], default=(0, 0, None))[2]


def _level(left: list[Line], right: list[Line]) -> bool:
    """Say whether two groups of lines stand side by side for at least two lines."""
    bottom = min(max(line.bottom for line in side) for side in (left, right))
    top = max(min(line.top for line in side) for side in (left, right))
    return bottom - top > 1.5 * median(line.size for line in left)


def paragraphs(parted: list[list[Line]]) -> Iterator[str]:
    """Join lines to paragraphs, within columns and from one to the next.

    A paragraph begins at an indented line, after a short line, after a gap, where the size of type changes, and at
    the head of a column if the last line before it ends a sentence. A row of a table stands for itself.
    """
    # Where paragraphs are indented, a ragged right edge tells nothing.
    slack = 0.5 if _is_indented(parted) else 0.0
    last, text, full = Line("", 0, 0, 0, 0), "", False
    for column in parted:
        prose = [line for line in column if not line.cells]
        left, right = min((line.x0 for line in prose), default=0), max((line.x1 for line in prose), default=0)
        pitch = median([b.top - a.top for a, b in pairwise(prose)] or [0])
        for place, line in enumerate(column):
            if line.cells:
                yield from filter(None, (text, line.text))
                text, full = "", False
                continue
            alike = line.x0 < left + 0.8 * line.size and abs(line.size - last.size) < 0.15 * line.size
            near = line.top - last.top < 1.4 * pitch if place else not ends_sentence(text, also="；;：:")
            follows = full and alike and near
            if text and not follows:
                yield text
            text = join_lines(text, line.text) if follows else line.text
            last = line
            full = line.x1 > right - max(1.5 * line.size, slack * (right - left))
    if text:
        yield text


def _is_indented(parted: list[list[Line]]) -> bool:
    """Say whether one line in fifty, and two at least, begin one to four characters in."""
    proses = [[line for line in column if not line.cells] for column in parted]
    lefts = [min((line.x0 for line in prose), default=0) for prose in proses]
    steps = [(line.x0 - left) / line.size for prose, left in zip(proses, lefts, strict=True) for line in prose]
    return sum(1 < step < 4 for step in steps) >= max(2, len(steps) / 50)
