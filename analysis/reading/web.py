"""Web pages to text: the article, its paragraphs separated by blank lines."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from email import message_from_bytes
from pathlib import Path
from typing import NamedTuple

from analysis.reading.decoding import Decoded, decode, filled
from analysis.reading.extras import extra
from analysis.reading.lines import line_kind

SKIPPED = frozenset("script style svg iframe button select textarea object canvas audio video head rt rp xml".split())
BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dir div dl dt fieldset figcaption figure footer "
    "form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav noscript ol option p pre section summary table "
    "tbody td template tfoot th thead tr ul xmp".split()
)
PLACES = frozenset("article body center div fieldset form main section td".split())  # that can hold a whole text
ASIDE = frozenset("aside footer nav".split())
ROLES = frozenset("banner complementary contentinfo navigation search".split())
CALLED = re.compile(r"(?<![a-z])(?:aside|footer|nav)(?![a-z])", re.IGNORECASE)  # as HTML calls them today
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)", re.IGNORECASE)
KEPT_LINES = re.compile(r"white-space\s*:\s*(?:pre|break-spaces)", re.IGNORECASE)
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
UNNUMBERED = re.compile(r"list-style(?:-type)?\s*:[^;]*none", re.IGNORECASE)
SUPERSCRIPT = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
FILE = re.compile(r"\.(?:docx?|wps|pdf|ofd|ceb|xlsx?|et|csv|pptx?|txt|rtf|zip|rar|7z)(?:$|[?#])", re.IGNORECASE)
SCRIPT = re.compile(r"javascript:(?!\s*(?:void\b|;|$))", re.IGNORECASE)  # one that does something
WORDS = re.compile(r"\w")
PARTS = re.compile(r"[。！？；\n]")
ENDS = ("annex", "date", "footnote", "note", "number", "signature")
SENTENCE = re.compile(r"[。！？；]|[.!?;](?:\s|$)")
HAN = "\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef"
SPACES, BREAK = re.compile("[ \t\f]+"), re.compile(" ?\n[ \n]*")
BROKEN = re.compile(rf"(?<=[{HAN}])\n|\n(?=[{HAN}])")  # no space, as that between two Latin words is
INDENT = re.compile("\u3000\u3000|[\xa0\u2002\u2003 ]{4}")
NUMBERED = re.compile(r"[\d０-９（(一二三四五六七八九十第①-⑳]")
# What a site of the mainland has to show, and what stands round it.
REGISTERED = re.compile(r"ICP[备证]\D{0,6}\d|公网安备\D{0,3}\d|网站标识码\W{0,3}[a-z]{0,2}\d", re.IGNORECASE)
OWNER = re.compile("[主承]办|版权所有|copyright|©", re.IGNORECASE)
LONGEST_LINK = 200  # characters: an <a> that was not closed would make one link of the rest
PROSE = 16  # characters of sentences: so much is said when it is left out
LINES = 6  # before the text, in which a title that nothing marks is looked for
SHARE = 0.9  # of a page's text must be in the place that is taken for the article


class _Box:
    """An element that holds blocks; what they come to is added up when all are known."""

    __slots__ = (
        "aside", "best", "dense", "files", "footer", "hidden", "inner", "inside", "linked", "links", "others", "parent",
        "prose", "size", "tag", "top", "weight",
    )  # fmt: skip

    def __init__(self, parent: "_Box | None", tag: str, hidden: bool, aside: bool) -> None:
        self.parent, self.tag = parent, tag
        # The outermost element that hides this one, or puts it beside the text.
        self.hidden: _Box | None = (parent and parent.hidden) or (self if hidden else None)
        self.inner: bool = bool(parent and (parent.inner or (parent.hidden and hidden)))  # hidden in what is hidden
        self.aside: _Box | None = (parent and parent.aside) or (self if aside else None)
        self.prose = self.weight = self.size = self.linked = self.links = self.others = self.files = 0
        self.best: _Box | None = None  # the heaviest in it
        self.top: _Box | None = None  # the outermost round it that holds hardly any sentence
        self.footer = self.inside = self.dense = False


class _Part(NamedTuple):
    """A line or a paragraph: how many of its characters are links, and whether a sentence ends outside them."""

    text: str
    linked: int
    ends: bool


class _Block:
    """A paragraph, or a row of a table."""

    __slots__ = ("box", "control", "files", "furniture", "linked", "links", "prose", "row", "size", "text")

    def __init__(self, box: _Box, part: _Part, links: int, control: bool, files: bool, row: bool = False) -> None:
        self.box, self.text, self.links, self.control, self.files, self.row = box, part.text, links, control, files, row
        self.size = len(WORDS.findall(part.text))
        self.weigh(part.linked, part.ends)

    def weigh(self, linked: int, ends: bool) -> None:
        """Tell text from furniture."""
        self.linked = min(linked, self.size)
        plain = self.size - self.linked
        if self.row:
            self.prose = plain if plain >= 8 and plain > self.linked else 0
        else:
            self.prose = self.size if ends and (plain >= 4 or self.size >= 20) else 0
        label = self.links and plain <= 6 and re.search("[：:]", self.text)
        furniture = 2 * self.linked >= self.size or self.control or label
        self.furniture = bool(furniture and not self.prose and not self.files)


class _Text:
    """What stands between two ends of blocks: pieces of a line, and the lines before it."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.lines: list[_Part] = []
        self.linked = self.links = 0
        self.control = self.files = self.ends = False

    def end_line(self) -> None:
        """End a line, as <br> does."""
        self.lines.append(_Part("".join(self.pieces), self.linked, self.ends))
        self.pieces, self.linked, self.ends = [], 0, False

    def paragraphs(self) -> Iterator[_Part]:
        """Part the lines at empty ones and before those with an indent."""
        lines: list[_Part] = []
        for raw in self.lines:
            line = BREAK.sub("\n", SPACES.sub(" ", raw.text.replace("\r", "\n")))
            line = BROKEN.sub("", line).replace("\n", " ")
            if lines and (not line.strip() or INDENT.match(line.lstrip(" "))):
                yield _joined("\n", lines)
                lines = []
            if line.strip():
                lines.append(raw._replace(text=line.strip()))
        if lines:
            yield _joined("\n", lines)


def _joined(sign: str, parts: list[_Part]) -> _Part:
    text = sign.join(part.text for part in parts)
    return _Part(text, sum(part.linked for part in parts), any(part.ends for part in parts))


class _Page:
    """Takes what the parser finds. No tree is built: time and memory grow with the page, however it is nested."""

    def __init__(self) -> None:
        self.box, self.text = _Box(None, "html", False, False), _Text()
        self.boxes, self.blocks = [self.box], list[_Block]()
        self.titles, self.scripts, self.frames = list[list[str]](), list[list[str]](), list[str]()
        self.head: list[str] | None = None  # the title or the data that is being read
        self.open: list[tuple] = []
        self.rows: list[list] = []
        self.lists: list[int | None] = []
        self.skipped = self.links = self.pre = self.left = self.raised = 0
        self.mark = (0, self.text, 0, 0, 0)  # where the last link begins
        self.wide = False  # whether it may hold paragraphs, as cards do
        self.number = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Open an element."""
        style = attributes.get("style", "")
        skipped = bool(self.skipped) or tag in SKIPPED
        hidden = "hidden" in attributes or tag in ("noscript", "template") or bool(style and HIDDEN.search(style))
        boxed = not skipped and (tag in BLOCKS or hidden)
        before = None
        if boxed:
            if tag in BLOCKS:
                if self.links and (self.text.linked or not self.wide):  # a paragraph in it: the <a> was not closed
                    self.left = 0
                self._flush()
            else:  # hidden words in the middle of a paragraph
                before, self.text = self.text, _Text()
            called = f"{attributes.get('class', '')} {attributes.get('id', '')}"
            aside = tag in ASIDE or attributes.get("role") in ROLES or bool(CALLED.search(called))
            self.box = _Box(self.box, tag, hidden, aside)
            self.boxes.append(self.box)
            self._table_or_list(tag, attributes)
        outer = self.left, self.mark, self.wide
        link = not skipped and self._link(tag, attributes)
        pre = not skipped and (tag in ("pre", "xmp") or bool(style and KEPT_LINES.search(style)))
        self.open.append((tag, skipped, boxed, link, pre, before, outer))
        self.skipped, self.links, self.pre = self.skipped + skipped, self.links + link, self.pre + pre
        self.raised += tag == "sup"
        self._aside(tag, attributes)
        if tag == "br" and not self.skipped:
            self.text.end_line()

    def _table_or_list(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "table" and self.rows:
            self.rows[-1][1] = True
        elif tag == "tr":
            self.rows.append([len(self.blocks), False, self.box, []])
        elif tag in ("td", "th") and self.rows:
            self.rows[-1][3].append(len(self.blocks))
        elif tag == "ol":
            plain = attributes.get("type", "1") == "1" and not UNNUMBERED.search(attributes.get("style", ""))
            start = attributes.get("start", "1")
            self.lists.append(int(start) - 1 if plain and re.fullmatch("[0-9]{1,6}", start) else None)
        elif tag in ("ul", "menu", "dir"):
            self.lists.append(None)
        elif tag == "li" and self.lists and (last := self.lists[-1]) is not None:
            self.lists[-1] = last + 1
            self.number = f"{last + 1}. "

    def _link(self, tag: str, attributes: dict[str, str]) -> bool:
        """Say whether the text of an element is a link or a button; one to a file names an annex."""
        address = attributes.get("href", "").strip()
        named = "name" in attributes or "id" in attributes
        if tag == "a" and FILE.search(address):
            self.text.files = True
            return False
        if (tag == "a" and not address and named) or (tag != "a" and ("onclick" not in attributes or tag in BLOCKS)):
            return False
        script = "onclick" in attributes or (tag == "a" and (not address or bool(SCRIPT.match(address))))
        self.text.control = self.text.control or script
        self.text.links += 1
        text, self.wide = self.text, tag == "a"
        self.left, self.mark = LONGEST_LINK, (len(self.blocks), text, len(text.lines), len(text.pieces), text.linked)
        return True

    def _unlink(self) -> None:
        """Take what is longer than a link for text: the <a> was not closed."""
        block, text, line, piece, linked = self.mark
        for whole in self.blocks[block:]:
            whole.weigh(0, bool(SENTENCE.search(whole.text)))
        if text is not self.text:
            line, piece, linked = 0, 0, 0
        elif line < len(text.lines):
            piece, linked = 0, 0
        text = self.text
        text.lines[line:] = [_Part(part.text, 0, bool(SENTENCE.search(part.text))) for part in text.lines[line:]]
        text.linked, text.ends = linked, text.ends or bool(SENTENCE.search("".join(text.pieces[piece:])))

    def _aside(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "meta" and attributes.get("property", attributes.get("name", "")).lower().endswith("title"):
            self.titles.append([attributes.get("content", "")])
        if tag in ("frame", "iframe") and attributes.get("src", "").strip():
            self.frames.append(attributes["src"].strip())
        if tag == "title" and "svg" not in (name for name, *_ in self.open[-3:]):
            self.head = []
            self.titles.append(self.head)
        elif tag == "script" and attributes.get("type", "").lower() == "application/ld+json":
            self.head = []
            self.scripts.append(self.head)

    def end(self, tag: str) -> None:
        """Close an element."""
        if not self.open:
            return
        _, skipped, boxed, link, pre, before, outer = self.open.pop()
        if link:
            self.left, self.mark, self.wide = outer
        self.head = None
        self.raised -= tag == "sup"
        self.skipped, self.links, self.pre = self.skipped - skipped, self.links - link, self.pre - pre
        if not boxed:
            return
        self._flush()
        if before is not None:
            self.text = before
        if tag == "tr" and self.rows:
            self._end_row(*self.rows.pop())
        elif tag in ("ol", "ul", "menu", "dir") and self.lists:
            self.lists.pop()
        elif tag == "li":
            self.number = ""
        self.box = self.box.parent or self.box

    def data(self, text: str) -> None:
        """Take text."""
        if self.head is not None:
            self.head.append(text)
        if self.skipped or self.head is not None:
            return
        if self.number and text.strip():
            if not NUMBERED.match(text.strip()):
                self.text.pieces.append(self.number)
            self.number = ""
        if self.raised and text.strip().isdigit():
            text = text.translate(SUPERSCRIPT)
        for step, line in enumerate(text.split("\n") if self.pre else [text]):
            if step:
                self.text.end_line()
            self.text.pieces.append(line)
            if self.links and self.left > 0:
                size = len(WORDS.findall(line))
                self.text.linked += size
                self.left -= size
                if self.left <= 0:
                    self._unlink()
            elif not self.text.ends:
                self.text.ends = bool(SENTENCE.search(line))

    def close(self) -> "_Page":
        """End the page."""
        self._flush()
        return self

    def _flush(self) -> None:
        text, self.text = self.text, _Text()
        if not text.pieces and not text.lines:
            return
        text.end_line()
        for part in text.paragraphs():
            self.blocks.append(_Block(self.box, part, text.links, text.control, text.files))

    def _end_row(self, first: int, nested: bool, box: _Box, cells: list[int]) -> None:
        """Make one block of a row, if its cells are those of a table of data and not of the page's layout."""
        if nested or not cells:
            return
        parts = [self.blocks[start:end] for start, end in zip(cells, [*cells[1:], len(self.blocks)], strict=True)]
        if sum(map(bool, parts)) < 2:
            return
        for part in parts:
            if sum(bool(block.prose) for block in part) > 1 or sum(block.furniture for block in part) > 2:
                return
        blocks = [block for part in parts for block in part]
        if any(block.row or block.box.tag in HEADINGS or block.box.hidden is not box.hidden for block in blocks):
            return
        text = "\t".join(" ".join(" ".join(block.text.split()) for block in part) for part in parts)
        whole = _Part(text.rstrip("\t"), sum(block.linked for block in blocks), False)
        control, files = any(block.control for block in blocks), any(block.files for block in blocks)
        row = _Block(box, whole, sum(block.links for block in blocks), control, files, row=True)
        self.blocks[first:] = [*self.blocks[first : cells[0]], row]


def html_document(path: Path, encoding: str | None = None, megabytes: float = 200) -> Decoded:
    """Read the article of a web page, its paragraphs kept; cells of a row of a table are separated by tabs.

    The article is what stands from the title to the end of the place that holds nine tenths of the page's
    sentences. Before and after its sentences, links, buttons and the owner of the site are left out; between them
    nothing is but what is hidden. A note tells of sentences that are left out. Unless ``encoding`` is given the
    text decides it, whatever the page says. A file of more than ``megabytes`` is refused.

    On 16 page shapes kept back (``benchmarks/web_pages.py``) no paragraph is lost and 9.5 % of the furniture stays;
    trafilatura 2.3.1 loses 3 paragraphs and keeps 47 %, or loses 6 and keeps 26 %.
    """
    _check_size(path, megabytes)
    source = decode(path.read_bytes(), str(path), encoding)
    return _read(source, path, f"html, {source.read_as}")


def mht_document(path: Path, encoding: str | None = None, megabytes: float = 200) -> Decoded:
    """Read a web page that a browser saved with its pictures in one file, as :func:`html_document` does."""
    _check_size(path, megabytes)
    try:
        parts = [part for part in message_from_bytes(path.read_bytes()).walk() if not part.is_multipart()]
        pages = [bytes(part.get_payload(decode=True)) for part in parts if part.get_content_type() == "text/html"]
        data = max(pages, key=len) if b"<frameset" in pages[0].lower() else pages[0]
    except (LookupError, RecursionError, TypeError, ValueError) as error:
        fault = f"{path} is no web page saved in one file"
        raise ValueError(f"{fault}: save it anew from a browser, as .html or .txt.") from error
    source = decode(data, f"{path} (its page)", encoding)
    return _read(source, path, f"mht, {source.read_as}")


def _check_size(path: Path, megabytes: float) -> None:
    size = path.stat().st_size
    if size > megabytes * 1_000_000:
        fault = f"{path} is a web page of {size / 1e6:.1f} MB, and megabytes={megabytes} is the limit"
        raise ValueError(f"{fault}: raise it if the page is that long, or save its text as .txt.")


def _read(source: Decoded, path: Path, read_as: str) -> Decoded:
    page = _parse(source.text, path)
    kept, notes = _article(page)
    text = "\n\n".join(block.text for block in kept)
    if not any(block.prose for block in kept) and (told := _told(page.scripts)):
        return Decoded(told, read_as, source.notes)
    advice = "The page may fetch its text with a script: save it from a browser as text."
    if any(block.linked for block in page.blocks):
        advice = "It has links and no text beside them: read the pages they lead to."
    if page.frames and not any(block.prose for block in kept):
        advice = f"Its text may be in its frames ({', '.join(page.frames[:3])}): read those."
        notes.append(f"holds frames and no sentence: its text may be in {', '.join(page.frames[:3])}; read those.")
    notes = [f"{path} {note}" for note in notes]
    return filled(text, path, read_as, advice)._replace(notes=(*source.notes, *notes))


def _parse(text: str, path: Path) -> _Page:
    extra("lxml")
    from lxml import etree

    parser = etree.HTMLParser(
        target=_Page(), encoding="utf-8", huge_tree=True, no_network=True, remove_comments=True, remove_pis=True
    )
    data = text.replace("\0", "").encode("utf-8", "replace")
    try:
        for start in range(0, len(data), 1 << 14):  # in pieces, between which a limit of time can be noticed
            parser.feed(data[start : start + (1 << 14)])
        return parser.close()
    except etree.LxmlError as error:
        raise ValueError(f"{path} is no web page that can be read ({error}): save its text as .txt.") from error


def _told(scripts: list[list[str]]) -> str:
    """Find the text in the data that a page gives to search engines (JSON-LD)."""
    for parts in scripts:
        try:
            data = json.loads("".join(parts))
        except (ValueError, RecursionError):
            continue
        queue = [data]
        for item in queue:
            if isinstance(item, list):
                queue.extend(item)
            elif isinstance(item, dict):
                if isinstance(item.get("articleBody"), str) and item["articleBody"].strip():
                    lines = [str(item.get("headline") or ""), *item["articleBody"].splitlines()]
                    return "\n\n".join(line.strip() for line in lines if line.strip())
                queue.append(item.get("@graph"))
    return ""


def _article(page: _Page) -> tuple[list[_Block], list[str]]:
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


def _shown(blocks: list[_Block]) -> list[_Block]:
    """Leave out what is hidden or aside, but not if it holds far more sentences than the rest: scripts show it."""
    hidden, aside = Counter[_Box | None](), Counter[_Box]()
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


def _once(blocks: list[_Block]) -> list[_Block]:
    """Leave out the second copy of a page that has one for computers and one for telephones."""
    text = [n for n, block in enumerate(blocks) if block.prose and not block.row]
    half = len(text) // 2
    copies = zip(text[:half], text[half:], strict=False)
    if half > 1 and len(text) == 2 * half and all(blocks[one].text == blocks[two].text for one, two in copies):
        return blocks[: text[half - 1] + 1]
    return blocks


def _add_up(boxes: list[_Box], blocks: list[_Block]) -> None:
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


def _mark_footers(boxes: list[_Box], blocks: list[_Block]) -> None:
    """Mark the elements round the numbers under which a site is registered."""
    least = boxes[0].prose / 10
    for box in boxes[1:]:
        box.top = (box.parent and box.parent.top) or (box if box.prose < least and box.tag != "body" else None)
    for block in blocks:
        if block.prose < 200 and block.box.top and REGISTERED.search(block.text):
            block.box.top.footer = True
    for box in boxes:
        box.footer = bool(box.top and box.top.footer)


def _root(boxes: list[_Box]) -> _Box:
    """Go down to the smallest place that holds nearly all sentences."""
    root = place = boxes[0]
    while place.best is not None and place.best.weight >= SHARE * boxes[0].weight:
        place = place.best
        root = place if place.tag in PLACES else root
    return root


def _kept(blocks: list[_Block], root: _Box, titles: list[list[str]]) -> list[_Block]:
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


def _heads(block: _Block) -> bool:
    """Whether a line between title and text belongs to them: who wrote it and when, but no tools and menus."""
    bar = block.control or block.linked == block.size or (block.links > 1 and block.furniture)
    return bool(block.prose) or block.files or not (bar or block.box.dense)


def _before_owner(blocks: list[_Block], numbers: list[int]) -> list[int]:
    """Leave out the lines on the owner of the site, where the number of its registration is among them."""
    registered = [at for at, n in enumerate(numbers) if REGISTERED.search(blocks[n].text)]
    owner = [at for at, n in enumerate(numbers) if OWNER.search(blocks[n].text)]
    return numbers[: min(owner + registered)] if registered else numbers


def _title(blocks: list[_Block], titles: list[list[str]]) -> int | None:
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


def _left_out(blocks: list[_Block], kept: list[_Block]) -> list[str]:
    """Tell of sentences that were left out and do not stand in the text as well."""
    chosen = set(map(id, kept))
    whole = {part.strip() for block in kept for part in PARTS.split(block.text)}
    hidden: list[_Block] = []
    beside: list[_Block] = []
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
