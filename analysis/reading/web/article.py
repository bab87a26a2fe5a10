"""Which blocks of a web page are its article, and what is left out with them."""

import re
from collections import Counter

from analysis.reading.lines import line_kind
from analysis.reading.web.blocks import HEADINGS, SENTENCE, WORDS, Block, Box, Page

PLACES = frozenset("article body center div fieldset form main section td".split())  # that can hold a whole text
PARTS = re.compile(r"[。！？；\n]")
ENDS = ("annex", "date", "footnote", "note", "number", "signature")
# What a site of the mainland has to show, and what stands round it.
REGISTERED = re.compile(r"ICP[备证]\D{0,6}\d|公网安备\D{0,3}\d|网站标识码\W{0,3}[a-z]{0,2}\d", re.IGNORECASE)
OWNER = re.compile("[主承]办|版权所有|copyright|©", re.IGNORECASE)
PROSE = 16  # characters of sentences: so much is said when it is left out
LINES = 6  # before the text, in which a title that nothing marks is looked for
SHARE = 0.9  # of a page's text must be in the place that is taken for the article


def find_article(page: Page) -> tuple[list[Block], list[str]]:
    """Choose the blocks of the article, and say what was left out."""
    blocks = _once(_shown(page.blocks))
    _add_up(page.boxes, blocks)
    _mark_footers(page.boxes, blocks)
    blocks = [block for block in blocks if not block.box.footer]
    _add_up(page.boxes, blocks)
    root = _root(page.boxes)
    for box in page.boxes:
        up = box.parent
        box.inside = box is root or (up is not None and up.inside)
        listed = not box.prose and not box.files and 2 * box.linked >= box.size and box.others <= box.links
        box.dense = box.inside and box is not root and (listed or (up is not None and up.dense))
    kept = _kept(blocks, root, page.titles)
    notes = _left_out(page.blocks, kept)
    if kept and not any(block.prose for block in kept):
        links = sum(block.linked for block in blocks[blocks.index(kept[0]) :])
        if links > sum(block.size for block in kept):
            notes.append("holds no sentence and mostly links: if it lists articles and is none, read those.")
    return kept, notes


def _shown(blocks: list[Block]) -> list[Block]:
    """Leave out what is hidden or aside, but not if it holds far more sentences than the rest: scripts show it."""
    hidden, aside = Counter[Box | None](), Counter[Box]()
    seen = 0
    for block in blocks:
        if block.box.hidden:
            hidden[block.box.hidden.parent] += block.prose
        else:
            seen += block.prose
            if block.box.aside:
                aside[block.box.aside] += block.prose
    left = {box for box, prose in aside.items() if 2 * prose <= seen}
    most = max(hidden, key=lambda box: hidden[box], default=None)
    opened = most if hidden[most] > 2 * seen else None
    return [
        block
        for block in blocks
        if (not block.box.hidden or (block.box.hidden.parent is opened and not block.box.inner))
        and block.box.aside not in left
    ]


def _once(blocks: list[Block]) -> list[Block]:
    """Leave out the second copy of a page that has one for computers and one for telephones."""
    text = [n for n, block in enumerate(blocks) if block.prose and not block.row]
    half = len(text) // 2
    copies = zip(text[:half], text[half:], strict=False)
    if half > 1 and len(text) == 2 * half and all(blocks[one].text == blocks[two].text for one, two in copies):
        return blocks[: text[half - 1] + 1]
    return blocks


def _add_up(boxes: list[Box], blocks: list[Block]) -> None:
    for box in boxes:
        box.prose = box.weight = box.size = box.linked = box.links = box.others = box.files = 0
        box.best = None
    # Where there are hardly any sentences, the other lines count as well.
    few = 4 * sum(block.prose for block in blocks) < sum(block.size - block.linked for block in blocks)
    for block in blocks:
        box = block.box
        box.prose += block.prose
        box.weight += block.size - block.linked if few else block.prose
        box.size += block.size
        box.linked += block.linked
        box.links += int(block.furniture)
        box.others += int(not block.furniture)
        box.files += int(block.files)
    for box in reversed(boxes):
        up = box.parent
        if up is not None:
            up.prose, up.weight, up.size = up.prose + box.prose, up.weight + box.weight, up.size + box.size
            up.linked, up.links = up.linked + box.linked, up.links + box.links
            up.others, up.files = up.others + box.others, up.files + box.files
            if up.best is None or box.weight >= up.best.weight:
                up.best = box


def _mark_footers(boxes: list[Box], blocks: list[Block]) -> None:
    """Mark the elements round the numbers under which a site is registered."""
    least = boxes[0].prose / 10
    for box in boxes[1:]:
        box.top = (box.parent and box.parent.top) or (box if box.prose < least and box.tag != "body" else None)
    for block in blocks:
        if block.prose < 200 and block.box.top and REGISTERED.search(block.text):
            block.box.top.footer = True
    for box in boxes:
        box.footer = bool(box.top and box.top.footer)


def _root(boxes: list[Box]) -> Box:
    """Go down to the smallest place that holds nearly all sentences."""
    root = place = boxes[0]
    while place.best is not None and place.best.weight >= SHARE * boxes[0].weight:
        place = place.best
        root = place if place.tag in PLACES else root
    return root


def _kept(blocks: list[Block], root: Box, titles: list[list[str]]) -> list[Block]:
    """Choose the blocks from the title to the lines that end the article."""
    inside = [n for n, block in enumerate(blocks) if block.box.inside]
    text = [n for n in inside if blocks[n].prose]
    if not text:
        text = _before_owner(blocks, [n for n in inside if not blocks[n].furniture and not blocks[n].box.dense])
    if not text:
        return []
    first, last = text[0], text[-1]
    title = _title(blocks[:first], titles)
    start = title
    if start is None:
        start = inside[0]
        while (
            start and first - start < LINES and root.tag not in ("article", "main") and not blocks[start - 1].furniture
        ):
            start -= 1
    kept = {n for n in range(start, first) if n == title or _heads(blocks[n])}
    while title and blocks[title - 1].row and not blocks[title - 1].furniture:  # the card of a document
        title -= 1
        kept.add(title)
    crowded = 2 * root.linked > root.size - root.linked
    kept |= {n for n in range(first, last + 1) if blocks[n].box.inside and not (crowded and blocks[n].box.dense)}
    for n in _before_owner(blocks, list(range(last + 1, len(blocks)))):
        block = blocks[n]
        kind = "annex" if block.files else line_kind(block.text)
        if kind == "annex" or not (block.furniture or block.box.dense):
            if not block.box.inside and kind not in ENDS:
                break
            kept.add(n)
    return [blocks[n] for n in sorted(kept)]


def _heads(block: Block) -> bool:
    """Whether a line between title and text belongs to them: who wrote it and when, but no tools and menus."""
    bar = block.control or block.linked == block.size or (block.links > 1 and block.furniture)
    return bool(block.prose) or block.files or not (bar or block.box.dense)


def _before_owner(blocks: list[Block], numbers: list[int]) -> list[int]:
    """Leave out the lines on the owner of the site, where the number of its registration is among them."""
    registered = [at for at, n in enumerate(numbers) if REGISTERED.search(blocks[n].text)]
    owner = [at for at, n in enumerate(numbers) if OWNER.search(blocks[n].text)]
    return numbers[: min(owner + registered)] if registered else numbers


def _title(blocks: list[Block], titles: list[list[str]]) -> int | None:
    """Find the title among the blocks before the first sentence: a heading, or what the page calls itself."""
    names = ["".join(WORDS.findall("".join(parts)[:500])) for parts in titles[:9]]
    found = []
    for n, block in enumerate(blocks):
        words = "".join(WORDS.findall(block.text))
        named = len(words) >= 4 and any(words in name for name in names)
        heading = block.box.tag in HEADINGS[:3] and bool(words)
        if heading or (named and not block.linked):
            rank = len(HEADINGS) - HEADINGS.index(block.box.tag) if heading else 0
            found.append((named, len(words) * named, rank, n))
    return max(found)[-1] if found else None


def _left_out(blocks: list[Block], kept: list[Block]) -> list[str]:
    """Tell of sentences that were left out and do not stand in the text as well."""
    chosen = set(map(id, kept))
    whole = {part.strip() for block in kept for part in PARTS.split(block.text)}
    hidden: list[Block] = []
    beside: list[Block] = []
    for block in blocks:
        # Dialogues, what browsers without scripts are told, and abstracts in links are of no concern unless long.
        minor = (block.box.hidden and not block.box.inside) or not block.prose
        if id(block) in chosen or block.row or ((block.box.footer or block.box.aside) and OWNER.search(block.text)):
            continue
        if SENTENCE.search(block.text) and block.size >= PROSE * (5 if minor else 1):
            parts = (part.strip() for part in PARTS.split(block.text))
            if any(len(part) > 8 and part not in whole for part in parts):
                (hidden if block.box.hidden else beside).append(block)
    notes = []
    for left, what in ((hidden, "hidden in it"), (beside, "beside the article")):
        if left:
            size = sum(block.size for block in left)
            begins = re.sub(r"\s+", " ", left[0].text[:12])
            notes.append(
                f"was read without {size} characters {what} ({begins}…): add them by hand if they belong to it."
            )
    return notes
