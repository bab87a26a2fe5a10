"""A web page as blocks: what a reader sees as paragraphs, rows and headings, and in which box of the page."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from analysis.reading.extras import extra

SKIPPED = frozenset("script style svg iframe button select textarea object canvas audio video head rt rp xml".split())
BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dir div dl dt fieldset figcaption figure footer "
    "form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav noscript ol option p pre section summary table "
    "tbody td template tfoot th thead tr ul xmp".split()
)
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
SENTENCE = re.compile(r"[。！？；]|[.!?;](?:\s|$)")
HAN = "\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef"
SPACES, BREAK = re.compile("[ \t\f]+"), re.compile(" ?\n[ \n]*")
BROKEN = re.compile(rf"(?<=[{HAN}])\n|\n(?=[{HAN}])")  # no space, as that between two Latin words is
INDENT = re.compile("\u3000\u3000|[\xa0\u2002\u2003 ]{4}")
NUMBERED = re.compile(r"[\d０-９（(一二三四五六七八九十第①-⑳]")
LONGEST_LINK = 200  # characters: an <a> that was not closed would make one link of the rest


class Box:
    """An element that holds blocks; what they come to is added up when all are known."""

    __slots__ = (
        "aside", "best", "dense", "files", "footer", "hidden", "inner", "inside", "linked", "links", "others", "parent",
        "prose", "size", "tag", "top", "weight",
    )  # fmt: skip

    def __init__(self, parent: "Box | None", tag: str, hidden: bool, aside: bool) -> None:
        self.parent, self.tag = parent, tag
        # The outermost element that hides this one, or puts it beside the text.
        self.hidden: Box | None = (parent and parent.hidden) or (self if hidden else None)
        self.inner: bool = bool(parent and (parent.inner or (parent.hidden and hidden)))  # hidden in what is hidden
        self.aside: Box | None = (parent and parent.aside) or (self if aside else None)
        self.prose = self.weight = self.size = self.linked = self.links = self.others = self.files = 0
        self.best: Box | None = None  # the heaviest in it
        self.top: Box | None = None  # the outermost round it that holds hardly any sentence
        self.footer = self.inside = self.dense = False


class Part(NamedTuple):
    """A line or a paragraph: how many of its characters are links, and whether a sentence ends outside them."""

    text: str
    linked: int
    ends: bool


class Block:
    """A paragraph, or a row of a table."""

    __slots__ = ("box", "control", "files", "furniture", "linked", "links", "prose", "row", "size", "text")

    def __init__(self, box: Box, part: Part, links: int, control: bool, files: bool, row: bool = False) -> None:
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


class Text:
    """What stands between two ends of blocks: pieces of a line, and the lines before it."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.lines: list[Part] = []
        self.linked = self.links = 0
        self.control = self.files = self.ends = False

    def end_line(self) -> None:
        """End a line, as <br> does."""
        self.lines.append(Part("".join(self.pieces), self.linked, self.ends))
        self.pieces, self.linked, self.ends = [], 0, False

    def paragraphs(self) -> Iterator[Part]:
        """Part the lines at empty ones and before those with an indent."""
        lines: list[Part] = []
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


def _joined(sign: str, parts: list[Part]) -> Part:
    text = sign.join(part.text for part in parts)
    return Part(text, sum(part.linked for part in parts), any(part.ends for part in parts))


class Page:
    """Takes what the parser finds. No tree is built: time and memory grow with the page, however it is nested."""

    def __init__(self) -> None:
        self.box, self.text = Box(None, "html", False, False), Text()
        self.boxes, self.blocks = [self.box], list[Block]()
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
                before, self.text = self.text, Text()
            called = f"{attributes.get('class', '')} {attributes.get('id', '')}"
            aside = tag in ASIDE or attributes.get("role") in ROLES or bool(CALLED.search(called))
            self.box = Box(self.box, tag, hidden, aside)
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
        text.lines[line:] = [Part(part.text, 0, bool(SENTENCE.search(part.text))) for part in text.lines[line:]]
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

    def close(self) -> "Page":
        """End the page."""
        self._flush()
        return self

    def _flush(self) -> None:
        text, self.text = self.text, Text()
        if not text.pieces and not text.lines:
            return
        text.end_line()
        for part in text.paragraphs():
            self.blocks.append(Block(self.box, part, text.links, text.control, text.files))

    def _end_row(self, first: int, nested: bool, box: Box, cells: list[int]) -> None:
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
        whole = Part(text.rstrip("\t"), sum(block.linked for block in blocks), False)
        control, files = any(block.control for block in blocks), any(block.files for block in blocks)
        row = Block(box, whole, sum(block.links for block in blocks), control, files, row=True)
        self.blocks[first:] = [*self.blocks[first : cells[0]], row]


def parse(text: str, path: Path) -> Page:
    extra("lxml")
    from lxml import etree

    parser = etree.HTMLParser(
        target=Page(), encoding="utf-8", huge_tree=True, no_network=True, remove_comments=True, remove_pis=True
    )
    data = text.replace("\0", "").encode("utf-8", "replace")
    try:
        for start in range(0, len(data), 1 << 14):  # in pieces, between which a limit of time can be noticed
            parser.feed(data[start : start + (1 << 14)])
        return parser.close()
    except etree.LxmlError as error:
        raise ValueError(f"{path} is no web page that can be read ({error}): save its text as .txt.") from error
