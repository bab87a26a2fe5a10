"""Characters as a page shows them: unknown ones, symbols, those printed twice, and those printed across the text."""

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from statistics import median
from typing import NamedTuple

from analysis.reading.symbols import BULLETS, TABLES

UNKNOWN = "\ufffd"
AT_ONCE = 1.6  # points between two prints of one character that are to make it bold
TILT = 5  # degrees off that a scanned line may be
Box = tuple[float, float, float, float]  # x0, top, x1, bottom


class Glyph(NamedTuple):
    """A character in points from the upper left corner; ``angle`` in degrees, ``pale`` if its colour is."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    angle: int = 0
    pale: bool = False


def seen(text: str, font: str, code: int | None) -> str:
    """Return what a character shows, U+FFFD if its font does not tell.

    ``code`` is the byte it has in a font that says nothing of Unicode.
    """
    fonts = ("wingdings 3", "wingdings 2", "wingdings", "webdings", "symbol")
    named = re.sub("(?<=s)[ -]*(?=[23])", " ", font.lower())
    table = next((TABLES[name] for name in fonts if name in named), None)
    private = len(text) == 1 and 0xF020 <= ord(text) <= 0xF0FF
    if private:
        code = ord(text) - 0xF000
    if table and code is not None and code in table:
        return table[code]
    if private:
        return BULLETS.get(text, UNKNOWN)
    if not text or any(
        unicodedata.category(sign) in ("Cc", "Co", "Cn", "Cs") and sign not in "\t\n\r" for sign in text
    ):
        return UNKNOWN
    return UNKNOWN if UNKNOWN in text else text


def printed_once(glyphs: list[Glyph]) -> list[Glyph]:
    """Take away characters printed again in the same place, or next to it to make them bold."""
    kept: list[Glyph] = []
    places: dict[tuple[str, int, int], list[Glyph]] = defaultdict(list)
    for glyph in glyphs:
        reach = min(max(AT_ONCE, 0.08 * glyph.size), 4)
        across, down = min(reach, 0.75 * (glyph.x1 - glyph.x0)), min(reach, 0.5 * glyph.size)
        columns = {int((glyph.x0 - across) // 8), int((glyph.x0 + across) // 8)}
        rows = {int((glyph.bottom - down) // 8), int((glyph.bottom + down) // 8)}
        near = (other for x in columns for y in rows for other in places.get((glyph.text, x, y), ()))
        if any(
            abs(other.x0 - glyph.x0) <= across
            and abs(other.bottom - glyph.bottom) <= down
            and abs(other.size - glyph.size) <= 0.1 * glyph.size
            for other in near
        ):
            continue
        kept.append(glyph)
        places[glyph.text, int(glyph.x0 // 8), int(glyph.bottom // 8)].append(glyph)
    return kept


def main_angle(glyphs: list[Glyph]) -> int:
    """Return the quarter turn that most characters stand in."""
    turns = Counter(round(glyph.angle / 90) % 4 * 90 for glyph in glyphs if _off(glyph.angle, 90) <= TILT)
    return max(turns, key=lambda turn: (turns[turn], -turn), default=0)


def _off(angle: int, step: int) -> int:
    return min(angle % step, -angle % step)


def across_the_text(glyphs: list[Glyph], angle: int) -> tuple[list[Glyph], list[str]]:
    """Part the running text from what is printed at another angle, and return the words of that."""
    running = [glyph for glyph in glyphs if _off(glyph.angle - angle, 360) <= TILT]
    if len(running) == len(glyphs):
        return glyphs, []
    return running, words(glyph for glyph in glyphs if _off(glyph.angle - angle, 360) > TILT)


def turned(
    glyphs: list[Glyph], rules: list[Box], angle: int, width: float, height: float
) -> tuple[list[Glyph], list[Box], float]:
    """Turn a page so that its text stands upright, and return its new height, too."""

    def turn(box: Box) -> Box:
        x0, top, x1, bottom = box
        if angle == 90:
            return height - bottom, x0, height - top, x1
        if angle == 270:
            return top, width - x1, bottom, width - x0
        return width - x1, height - bottom, width - x0, height - top

    result = []
    for glyph in glyphs:
        x0, top, x1, bottom = turn((glyph.x0, glyph.top, glyph.x1, glyph.bottom))
        result.append(glyph._replace(x0=x0, top=top, x1=x1, bottom=bottom, angle=glyph.angle - angle))
    return result, [turn(rule) for rule in rules], height if angle == 180 else width


def words(glyphs: Iterable[Glyph]) -> list[str]:
    """Join characters in the order of their printing while each stands next to the one before it."""
    return ["".join(glyph.text for glyph in run).strip() for run in _runs(glyphs)]


def _runs(glyphs: Iterable[Glyph]) -> Iterator[list[Glyph]]:
    run: list[Glyph] = []
    for glyph in glyphs:
        if run and not _next(run[-1], glyph):
            yield run
            run = []
        run.append(glyph)
    if run:
        yield run


def _next(last: Glyph, glyph: Glyph) -> bool:
    alike = last.angle == glyph.angle and abs(last.size - glyph.size) < 0.1 * last.size
    apart = math.hypot(glyph.x0 + glyph.x1 - last.x0 - last.x1, glyph.top + glyph.bottom - last.top - last.bottom) / 2
    return alike and apart < 2 * max(last.x1 - last.x0, last.bottom - last.top)


def without_overprints(glyphs: list[Glyph]) -> tuple[list[Glyph], list[str]]:
    """Take away runs that are pale or large and lie over other characters: upright watermarks."""
    if not glyphs:
        return glyphs, []
    usual = 1.5 * median(glyph.size for glyph in glyphs)
    suspects = [place for place, glyph in enumerate(glyphs) if glyph.pale or glyph.size > usual]
    if not suspects or len(suspects) == len(glyphs):
        return glyphs, []
    suspected = set(suspects)
    ground: dict[tuple[int, int], list[Glyph]] = defaultdict(list)
    for place, glyph in enumerate(glyphs):
        if place not in suspected and glyph.text.strip():
            middle = (glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2
            ground[int(middle[0] // 16), int(middle[1] // 16)].append(glyph)
    gone: set[int] = set()
    found = []
    start = 0
    for run in _runs(glyphs[place] for place in suspects):
        inked = [glyph for glyph in run if glyph.text.strip()]
        if inked and 3 * sum(_covers(glyph, ground) for glyph in inked) >= len(inked):
            gone.update(suspects[start : start + len(run)])
            found.append("".join(glyph.text for glyph in run).strip())
        start += len(run)
    return [glyph for place, glyph in enumerate(glyphs) if place not in gone], found


def _covers(glyph: Glyph, ground: dict[tuple[int, int], list[Glyph]]) -> bool:
    """Say whether another character lies for at least a fifth under this one."""
    for x in range(int((glyph.x0 - 12) // 16), int((glyph.x1 + 12) // 16) + 1):
        for y in range(int((glyph.top - 12) // 16), int((glyph.bottom + 12) // 16) + 1):
            for other in ground.get((x, y), ()):
                width = min(glyph.x1, other.x1) - max(glyph.x0, other.x0)
                height = min(glyph.bottom, other.bottom) - max(glyph.top, other.top)
                if min(width, height) > 0 and 5 * width * height > (other.x1 - other.x0) * (other.bottom - other.top):
                    return True
    return False
