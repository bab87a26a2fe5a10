"""The repairs that turn a page into its reading order, each with evidence and confidence."""

import math
from collections.abc import Iterable
from typing import NamedTuple

from analysis.reading.numbering import UNFINISHED, is_numbered_heading, numbering
from analysis.restoration.blocks import is_note
from analysis.restoration.characters import word_across
from analysis.restoration.reading_order import Reading


class Repair(NamedTuple):
    """One operation on the blocks of a page."""

    id: str
    kind: str
    article: int
    blocks: tuple[int, ...]
    after: int
    text: str
    evidence: str
    confidence: float


def propose(blocks: tuple[str, ...], reading: Reading) -> list[Repair]:
    """List the repairs that a reading of the page amounts to, in reading order by kind."""
    return [*_moves(blocks, reading), *_joins(reading), *_overlaps(blocks, reading), *_merged_titles(blocks, reading)]


def move_blocks(size: int, moves: Iterable[Repair]) -> list[int]:
    """Apply moves, in the order given, to the blocks of a page of a given size."""
    order = list(range(size))
    for move in moves:
        order = [block for block in order if block not in move.blocks]
        place = order.index(move.after) + 1 if move.after >= 0 else 0
        order[place:place] = move.blocks
    return order


def title_glue(first: str, second: str) -> str:
    """What stands between two title blocks: nothing if the title breaks off, else a space."""
    gain, word = word_across(first, second)
    broken = UNFINISHED.search(first) or second[0] in "的之与和及、》”）)" or (word and gain > 3)
    return "" if broken else " "


def _repair(
    kind: str,
    blocks: tuple[int, ...],
    reading: Reading,
    log_odds: float,
    evidence: str,
    *,
    after: int | None = None,
    text: str = "",
) -> Repair:
    name = "-".join([kind.split()[0], *dict.fromkeys((str(blocks[0]), str(blocks[-1])))])
    article = next(i for i, article in enumerate(reading.articles) if blocks[0] in article)
    confidence = round(1 / (1 + math.exp(-max(-9.0, min(9.0, log_odds)))), 3)
    return Repair(name, kind, article, blocks, blocks[0] if after is None else after, text, evidence, confidence)


def _moves(blocks: tuple[str, ...], reading: Reading) -> list[Repair]:
    """The runs of blocks that must leave their place; the heaviest rest stays where it is."""
    order = [block for article in reading.articles for block in article]
    runs = _runs(order)
    fixed = {block for h in reading.headers for block in (*h.titles, h.byline)}
    fixed |= {i for i, block in enumerate(blocks) if is_note(block)}
    weights = [len(run) + len(blocks) * len(fixed.intersection(run)) for run in runs]
    staying = _heaviest_increasing(runs, weights)
    moves, before = [], -1
    for run in runs:
        if run not in staying:
            margin = reading.margins.get((before, run[0]), 0.0)
            moves.append(_repair("move", run, reading, margin, _move_evidence(run, blocks, reading), after=before))
        before = run[-1]
    return moves


def _runs(order: list[int]) -> list[tuple[int, ...]]:
    runs: list[list[int]] = []
    for block in order:
        if runs and block == runs[-1][-1] + 1:
            runs[-1].append(block)
        else:
            runs.append([block])
    return [tuple(run) for run in runs]


def _heaviest_increasing(runs: list[tuple[int, ...]], weights: list[int]) -> set[tuple[int, ...]]:
    best: list[tuple[int, list[tuple[int, ...]]]] = []
    for i, run in enumerate(runs):
        earlier = [best[j] for j in range(i) if runs[j][0] < run[0]]
        weight, chain = max(earlier, key=lambda pair: pair[0], default=(0, []))
        best.append((weight + weights[i], [*chain, run]))
    return set(max(best, key=lambda pair: pair[0])[1])


def _move_evidence(run: tuple[int, ...], blocks: tuple[str, ...], reading: Reading) -> str:
    before, after = run[0] - 1, run[-1] + 1
    found = []
    if (before, after) in reading.joins:
        found.append(f"stands inside the paragraph that blocks {before} and {after} make")
    if before >= 0 and is_note(blocks[before]):
        found.append(f"stands after the note (block {before}) that ends an article")
    found += [f"block {a} is continued by block {b}" for a, b in reading.joins if (a in run) != (b in run)]
    numbers = [blocks[i] for i in run if is_numbered_heading(blocks[i]) and numbering(blocks[i]).value == 1]
    if numbers:
        found.append(f"holds the first heading ({numbers[0][:12]})")
    if not found or len(found) == 1 and len(run) == 1:
        found.append("opens as a lead does, and reads best after the byline")
    return "; ".join(found)


def _joins(reading: Reading) -> list[Repair]:
    return [
        _repair(
            "join",
            pair,
            reading,
            min(seam.score, reading.margins.get(pair, seam.score)),
            "; ".join(seam.evidence) or "the second block does not open a paragraph",
        )
        for pair, seam in reading.joins.items()
    ]


def _overlaps(blocks: tuple[str, ...], reading: Reading) -> list[Repair]:
    repairs = []
    for (a, b), seam in reading.joins.items():
        text = blocks[b][: seam.overlap]
        if text:
            evidence = f"“{text}” ends block {a} and begins block {b}"
            repairs.append(_repair("overlap removed", (a, b), reading, 2.0 * len(text) - 1.0, evidence, text=text))
    return repairs


def _merged_titles(blocks: tuple[str, ...], reading: Reading) -> list[Repair]:
    repairs = []
    for header in reading.headers:
        if len(header.titles) > 1:
            first, second = (blocks[i] for i in header.titles)
            evidence = f"two lines without a full stop stand above the byline (block {header.byline})"
            glue, odds = title_glue(first, second), 4.0 - 0.1 * len(first)
            repairs.append(_repair("title merged", header.titles, reading, odds, evidence, text=glue))
    return repairs
