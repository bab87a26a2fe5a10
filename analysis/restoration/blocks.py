"""The blocks of a newspaper page (what stands between blank lines) and what each is, from its shape alone."""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from itertools import chain, pairwise
from typing import NamedTuple

from analysis.reading.lines import line_kind
from analysis.reading.numbering import UNFINISHED, numbering
from analysis.restoration.bylines import is_byline

_NOTE = re.compile(r"[（(]\s*(?:本文)?(?:第一)?作者(?:单位|简介|分别|均|为|系|是|：|:|\s).*[）)]", re.DOTALL)
_FULL_TO_HALF = str.maketrans("，：；（）？！　", ",:;()?! ")

LONGEST_TITLE = 60
_FEWEST_WORDS = 4  # of Latin text
Blocks = tuple[str, ...]  # the texts of a page
Run = tuple[int, ...]  # numbers of blocks, read one after the other
_LINE_BREAK = re.compile(r"\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")


class Page(NamedTuple):
    """A page as its blocks and the white space around them."""

    blocks: Blocks
    spaces: tuple[str, ...]


class Header(NamedTuple):
    """The page blocks that open an article."""

    titles: Run
    byline: int | None


def split_when(numbers: Iterable[int], parts: Callable[[int, int], bool]) -> list[Run]:
    """Cut a row of numbers wherever ``parts`` says so of two neighbours."""
    runs: list[Run] = []
    for number in numbers:
        if runs and not parts(runs[-1][-1], number):
            runs[-1] += (number,)
        else:
            runs.append((number,))
    return runs


def split_page(text: str) -> Page:
    """Cut a page at its blank lines; ``spaces`` has one entry more than ``blocks``."""
    body = text.strip()
    if not body:
        return Page((), (text,))
    head, tail = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    gaps = [gap.span() for gap in re.finditer(r"\s+", body) if len(_LINE_BREAK.findall(gap.group())) >= 2]
    bounds = pairwise([0, *chain.from_iterable(gaps), len(body)])
    pieces = [body[start:end] for start, end in bounds]  # blocks and the gaps between them
    return Page(tuple(pieces[::2]), (head, *pieces[1::2], tail))


def fold_width(text: str) -> str:
    """Write full-width punctuation as half-width, so that the two compare as equal."""
    return text.translate(_FULL_TO_HALF)


def is_note(block: str) -> bool:
    """Whether a block is a note on the authors, such as ``(作者为…)``."""
    return len(block) <= 300 and bool(_NOTE.fullmatch(block))


def stands_alone(blocks: Blocks) -> tuple[bool, ...]:
    """Whether each block is a line that never belongs to a paragraph, by its shape or since the page repeats it."""
    times = Counter(block for block in blocks if len(block) <= LONGEST_TITLE and not re.search("[。；;]", block))
    return tuple(times[block] > 1 or line_kind(block) is not None or not _is_prose(block) for block in blocks)


def _is_prose(block: str) -> bool:
    """Whether a block has words: not a number, a formula, or a line in brackets."""
    words = re.search("[\u4e00-\u9fff]", block) or len(re.findall("[A-Za-z]{2,}", block)) >= _FEWEST_WORDS
    return bool(words) and not re.fullmatch(r"[【［\[].*[】］\]]", block)


def find_headers(blocks: Blocks) -> list[Header]:
    """Find where articles open: one or two title blocks, and a byline if there is one."""
    headers: list[Header] = []
    for index, block in enumerate(blocks):
        floor = (headers[-1].byline or headers[-1].titles[-1]) + 1 if headers else 0
        if index > floor and is_byline(block) and is_title(blocks[index - 1]) and _opens_text(blocks, index + 1):
            second = index - 2 >= floor and _is_title_start(blocks, index - 2)
            headers.append(Header(tuple(range(index - 1 - second, index)), index))
    return _add_titles_without_byline(blocks, headers)


def _opens_text(blocks: Blocks, index: int) -> bool:
    """Whether a text goes on below a byline: with prose, a heading, or a note that explains it; not with a list."""
    below = blocks[index : index + 2]
    return not below or any(re.search("[。，；]", block) or numbering(block) or is_note(block) for block in below)


def _add_titles_without_byline(blocks: Blocks, headers: list[Header]) -> list[Header]:
    """A title without a byline is believed at the top, and between two notes."""
    taken = {index for header in headers for index in header.titles}
    notes = [index for index, block in enumerate(blocks) if is_note(block)]
    found = list(headers)
    for index in [0, *(note + 1 for note in notes[:-1])]:
        if index in taken or index + 1 in taken or index + 1 >= len(blocks):
            continue
        bare = not re.search("[，,、]", blocks[index]) or index == 0
        ends = min((h.titles[0] for h in headers if h.titles[0] > index), default=len(blocks))
        closed = index == 0 or any(index < note < ends for note in notes)
        if bare and closed and is_title(blocks[index]) and len(blocks[index]) <= 40:
            second = UNFINISHED.search(blocks[index]) and is_title(blocks[index + 1])
            found.append(Header((index, index + 1) if second else (index,), None))
    return sorted(found, key=lambda header: header.titles)


def is_title(block: str) -> bool:
    """Whether a block may be a line of a title."""
    may_be = (
        2 <= len(block) <= LONGEST_TITLE
        and not re.search(r"[。；;]|^[—―（(·【［\[]", block)
        and block[-1] not in "，,、：:"
    )
    return may_be and numbering(block) is None and line_kind(block) is None


def _is_title_start(blocks: Blocks, index: int) -> bool:
    """A first line of a title, not the end of a paragraph that the page breaks off here: that has a stop or a comma."""
    block = blocks[index]
    opens = index == 0 or is_note(blocks[index - 1])
    slogan = len(block) <= 12 or not re.search("[，,、]", block) or bool(re.search(r"\s", block))
    return is_title(block) and 4 <= len(block) <= 30 and not is_byline(block) and (opens or slogan)
