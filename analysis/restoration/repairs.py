"""The repairs that turn a page into its reading order, each with evidence and confidence."""

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import NamedTuple

from analysis.reading.numbering import UNFINISHED, is_numbered_heading, numbering
from analysis.restoration.blocks import Blocks, Run, is_note, split_when
from analysis.restoration.characters import word_across
from analysis.restoration.reading_order import Reading

_TWO_TITLES = 0.99  # confidence that two lines above a byline are one title


class Repair(NamedTuple):
    """One operation on the blocks of a page."""

    id: str
    kind: str
    article: int
    blocks: Run
    after: int
    text: str
    evidence: str
    confidence: float


def propose(blocks: Blocks, reading: Reading) -> list[Repair]:
    """List the repairs that a reading of the page amounts to, in reading order by kind."""
    return [
        *_moves(blocks, reading),
        *_joins(blocks, reading),
        *_overlaps(blocks, reading),
        *_merged_titles(blocks, reading),
    ]


def move_blocks(size: int, moves: Iterable[Repair]) -> list[int]:
    """Apply moves, in the order given, to the blocks of a page of a given size."""
    order = list(range(size))
    for move in moves:
        order = [block for block in order if block not in move.blocks]
        place = order.index(move.after) + 1 if move.after >= 0 else 0
        order[place:place] = move.blocks
    return order


def join_glue(first: str, second: str) -> str:
    """What stands between two parts of a paragraph: a space between two Latin words, else nothing."""
    return " " if re.search("[A-Za-z,;]$", first) and re.match("[A-Za-z]", second) else ""


def title_glue(first: str, second: str) -> str:
    """What stands between two title blocks: nothing if the title breaks off, else a space."""
    gain, word = word_across(first, second)
    broken = UNFINISHED.search(first) or second[0] in "的之与和及、》”）)" or (word and gain > 3)
    return "" if broken else " "


def _repair(kind: str, blocks: Run, reading: Reading, sure: float, evidence: str, after=None, text="") -> Repair:
    name = "-".join([kind.split()[0], *dict.fromkeys((str(blocks[0]), str(blocks[-1])))])
    article = next(i for i, article in enumerate(reading.articles) if blocks[0] in article)
    place = blocks[0] if after is None else after
    return Repair(name, kind, article, blocks, place, text, evidence, sure)


def _moves(blocks: Blocks, reading: Reading) -> Iterator[Repair]:
    """The runs of blocks that must leave their place; the heaviest rest stays where it is."""
    runs = split_when(chain.from_iterable(reading.articles), lambda a, b: b != a + 1)
    fixed = {block for h in reading.headers for block in (*h.titles, h.byline)}
    fixed |= {i for i, block in enumerate(blocks) if is_note(block)}
    weights = [len(run) + len(blocks) * len(fixed.intersection(run)) for run in runs]
    staying = _heaviest_increasing(runs, weights)
    before = -1
    for run in runs:
        if run not in staying:
            sure = reading.confidences.get((before, run[0]), 0.5)
            yield _repair("move", run, reading, sure, _move_evidence(run, blocks, reading), after=before)
        before = run[-1]


def _heaviest_increasing(runs: list[Run], weights: list[int]) -> set[Run]:
    best: list[tuple[int, list[Run]]] = []
    for i, run in enumerate(runs):
        earlier = [best[j] for j in range(i) if runs[j][0] < run[0]]
        weight, chain = max(earlier, key=lambda pair: pair[0], default=(0, []))
        best.append((weight + weights[i], [*chain, run]))
    return set(max(best, key=lambda pair: pair[0])[1])


def _move_evidence(run: Run, blocks: Blocks, reading: Reading) -> str:
    before, after = run[0] - 1, run[-1] + 1
    found = []
    if (before, after) in reading.joins:
        found.append(f"stands inside the paragraph that blocks {before} and {after} make")
    if before >= 0 and is_note(blocks[before]):
        found.append(f"stands after the note (block {before}) that ends an article")
    found += [f"block {a} is continued by block {b}" for a, b in reading.joins if (a in run) != (b in run)]
    headings = [blocks[i] for i in run if is_numbered_heading(blocks[i])]
    firsts = [heading for heading in headings if (number := numbering(heading)) and number.value == 1]
    if firsts:
        found.append(f"holds the first heading ({firsts[0][:12]})")
    if not found or len(found) == 1 and len(run) == 1:
        found.append("opens as a lead does, and reads best after the byline")
    return "; ".join(found)


def _joins(blocks: Blocks, reading: Reading) -> Iterator[Repair]:
    for pair, seam in reading.joins.items():
        glue = join_glue(*(blocks[i] for i in pair))
        evidence = "; ".join(seam.evidence) or "the second block does not open a paragraph"
        yield _repair("join", pair, reading, reading.confidences[pair], evidence, text=glue)


def _overlaps(blocks: Blocks, reading: Reading) -> Iterator[Repair]:
    for (a, b), seam in reading.joins.items():
        if text := blocks[b][: seam.overlap]:
            evidence = f"“{text}” ends block {a} and begins block {b}"
            yield _repair("overlap removed", (a, b), reading, reading.confidences[a, b], evidence, text=text)


def _merged_titles(blocks: Blocks, reading: Reading) -> Iterator[Repair]:
    for header in reading.headers:
        if len(header.titles) > 1:
            first, second = (blocks[i] for i in header.titles)
            evidence = f"two lines without a full stop stand above the byline (block {header.byline})"
            glue = title_glue(first, second)
            yield _repair("title merged", header.titles, reading, _TWO_TITLES, evidence, text=glue)
