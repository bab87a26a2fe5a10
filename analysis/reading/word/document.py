"""Word files to text: paragraphs separated by blank lines."""

import email
import re
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from analysis.reading.decoding import Decoded, decode, filled
from analysis.reading.limits import TooLarge
from analysis.reading.marks import ends_sentence
from analysis.reading.symbols import UNKNOWN, symbol, symbol_font
from analysis.reading.web.document import html_document
from analysis.reading.word.equations import linear, old_equation
from analysis.reading.word.numbering import Numbering, whole
from analysis.reading.word.parts import AGAIN, DAMAGE, Package, by_name, child, children, flag, short, value
from analysis.reading.word.styles import Styles, fonts

# What a file holds besides its text: properties, what was deleted or moved away, readings above characters.
OUT = set(
    "w:pPr w:rPr w:tblPr w:tblGrid w:trPr w:tcPr w:sectPr w:sdtPr w:sdtEndPr w:del w:moveFrom w:delText w:rt".split()
)
SIGNS = {"w:tab": "\t", "w:ptab": "\t", "w:br": "\n", "w:cr": "\n", "w:noBreakHyphen": "-"}
GONE = ("w:del", "w:moveFrom", "w:vanish")  # a mark of a paragraph that is so joins it to the next
EQUATIONS = ("w:oMath", "m:oMath", "m:oMathPara")
WITHOUT_RESULT = ("EQ", "AUTONUM", "AUTONUMLGL", "AUTONUMOUT", "LISTNUM")
PRIVATE = re.compile("[\uf000-\uf0ff]")
LEADER = re.compile(r"[\dIVXLCivxlc\s.…\-–]*")  # the page number in a table of contents
FEW = 100, 20  # characters, and characters for each picture
LOOK = "look at them in Word."
NOTES = {
    "hidden": "{n} character(s) of hidden text are left out; to have them in, take the hidden format away in Word.",
    "symbol": f"{{n}} symbol(s) of fonts not known here are written {UNKNOWN}; {LOOK}",
    "comment": f"{{n}} comment(s) are not read; {LOOK}",
    "object": f"{{n}} embedded object(s) are not read; {LOOK}",
    "drawing": f"the text of {{n}} chart(s) or diagram(s) is not read; {LOOK}",
    "chunk": f"{{n}} embedded document(s) are not read; {AGAIN} again to have them in.",
    "field": f"{{n}} field(s) whose result is not in the file (formulas of old kind, numbers) are not read; {LOOK}",
    "note": f"{{n}} footnote(s) or endnote(s) are not in the file; {LOOK}",
    "loose": f"{{n}} field(s) have no end, so text of their instructions may have been read; {LOOK}",
}


def docx_document(path: Path, megabytes: float = 200) -> Decoded:
    """Read a Word file as it shows itself: paragraphs and tables of the body in order.

    Read are the body with what tracked changes put in, text boxes (after their paragraph), tables (a line per row,
    cells between tabs), results of fields, equations in one line, embedded text, web pages and Word files, and
    automatic numbers, which stand before their paragraph as in Word (一、 or 第一条). Bullets are left out, and numbers
    of paragraphs without text. Footnotes, then endnotes, are paragraphs of their own after the body, in the order of
    the text and counted through, as in [1]; the running text has no mark.

    Left out without a word is what is no part of the text: headers and footers, deletions, readings above characters,
    page numbers of a table of contents, pictures. What else is not read, hidden text and comments among it, is told
    in a note. A file that unpacks to more than ``megabytes`` is refused before it is unpacked.
    """
    try:
        with Package(path, megabytes) as package:
            return _document(package)
    except RecursionError as error:
        raise ValueError(f"{path} is nested too deep to be read: {AGAIN} again.") from error


@dataclass
class Begun:
    """A paragraph that has begun: its text, its text boxes, and its number once it is known whose it is."""

    pieces: list[str]
    boxes: list
    number: str | None = None


@dataclass
class Field:
    """A field that has begun: its instruction, whether its result has begun, and whether that has text."""

    instruction: list[str] = field(default_factory=list)
    result: bool = False
    text: bool = False


class Run(NamedTuple):
    """What holds for the text of a run."""

    paragraph: str = ""  # style
    hidden: bool = False
    web_hidden: bool = False
    fonts: dict[str, str] = {}


def _document(package: Package) -> Decoded:
    path, main = package.path, package.main()
    try:
        body = child(package.xml(main), "w:body")
    except TooLarge as error:
        raise ValueError(f"{path}: {error}.") from error
    except DAMAGE as error:
        raise ValueError(f"{path} is a zip archive but no whole Word file ({error}): {AGAIN} again.") from error
    if body is None:
        raise ValueError(f"{path} is a zip archive but no whole Word file (it has no body): {AGAIN} again.")
    reader = _Reader(package, main)
    blocks = list(reader.read(body))
    if reader.instructions:
        reader = _Reader(package, main, loose=reader.instructions)
        blocks = list(reader.read(body))
    text = "\n\n".join(block.strip("\n") for block in blocks if block.strip())
    notes = tuple(reader.told(len(text)))
    advice = " ".join(notes) or "It may hold pictures of pages: run OCR on them first."
    return filled(text, path, "docx", advice)._replace(notes=notes)


class _Reader:
    """Reads the parts of one file, and counts what it leaves out."""

    def __init__(self, package: Package, main: str, loose: int = 0) -> None:
        self.package, self.main = package, main
        self.lost: Counter[str] = Counter({"loose": loose} if loose else {})
        self.damaged: list[str] = []
        self.chunks: dict[str, str] | None = None
        self.inner: tuple[str, ...] = ()  # notes of documents inside
        self.fields: list[Field] = []
        self.instructions = 0  # of fields whose result has not begun
        self.boxes: list = []
        self.begun: Begun | None = None
        self.cited: dict[str, dict[str, bool]] = {"footnote": {}, "endnote": {}}  # and whether the mark is text
        self.pictures = 0
        self.styles = Styles(self._part("styles"))
        self.numbering = Numbering(self._part("numbering"), self.styles)

    def read(self, body) -> Iterator[str]:
        yield from self._blocks(body)
        yield from self._end()
        yield from self._notes()

    def told(self, size: int) -> Iterator[str]:
        """Tell what was left out."""
        path = self.package.path
        yield from self.inner
        for kind, note in NOTES.items():
            if self.lost[kind]:
                yield f"{path}: {note.format(n=self.lost[kind])}"
        for how, count in self.numbering.unknown.items():
            yield f"{path}: {count} automatic number(s) of a kind not known here ({how}) are in digits; {LOOK}"
        if self.damaged:
            yield f"{path}: what it says of {', '.join(self.damaged)} is damaged and not read; {LOOK}"
        if self.pictures and 0 < size < min(FEW[0], FEW[1] * self.pictures):
            yield f"{path} holds {self.pictures} picture(s) and hardly any text: text in pictures needs OCR."

    def _part(self, kind: str):
        """Find and parse a part by what it is, or return None."""
        names = [target.name for target in self.package.targets(self.main) if target.kind == kind]
        name = next((name for name in [*names, f"word/{kind}.xml"] if name in self.package.members), None)
        if name is None:
            return None
        try:
            return self.package.xml(name)
        except TooLarge as error:
            raise ValueError(f"{self.package.path}: {error}.") from error
        except DAMAGE:
            self.damaged.append(kind)
            return None

    def _blocks(self, element) -> Iterator[str]:
        """Give the paragraphs and table rows inside an element."""
        for item in element:
            name = short(item)
            if name == "w:p":
                yield from self._paragraph(item)
            elif name == "w:tr":
                yield from self._row(item)
            elif name in ("w:altChunk", "altChunk"):
                yield from self._chunk(item)
            elif name == "mc:AlternateContent":
                yield from self._branch(item, lambda branch: list(self._blocks(branch)))
            elif name == "w:r" or name in EQUATIONS:
                yield self._inline([item], Run())
            elif name and name not in OUT:
                yield from self._blocks(item)

    def _paragraph(self, item) -> Iterator[str]:
        properties = child(item, "w:pPr")
        style = value(child(properties, "w:pStyle")) or self.styles.default
        outer, self.boxes = self.boxes, []
        text = self._inline(item, Run(style, fonts=self.styles.text(style, "")[1]))
        mark, begun = by_name(child(properties, "w:rPr")), self.begun or Begun([], [])
        begun.pieces.append(text)
        begun.boxes.extend(self.boxes)
        self.boxes, self.begun = outer, begun
        goes_on = _is_initial(properties) or any(flag(mark.get(name)) for name in GONE)
        if begun.number is None and (text.strip() or not goes_on):
            begun.number = self.numbering.number(properties, style)
        if not goes_on:
            yield from self._end()

    def _end(self) -> Iterator[str]:
        """Give the paragraph that has begun, if one has, and its boxes: one whose mark is gone goes on in the next."""
        begun, self.begun = self.begun, None
        if begun is not None:
            text = "".join(begun.pieces)
            yield (begun.number or "") + text if text.strip() else ""
            for box in begun.boxes:
                yield from self._box(box)

    def _apart(self, element) -> list[str]:
        """Read what stands apart from the paragraph that has begun."""
        outer, self.begun = self.begun, None
        blocks = [block for block in [*self._blocks(element), *self._end()] if block.strip()]
        self.begun = outer
        return blocks

    def _box(self, box) -> Iterator[str]:
        if short(box) == "w:txbxContent":
            yield from self._apart(box)
        elif short(box) == "a:txBody":
            for line in children(box, "a:p"):
                yield "".join(item.text or "" for item in line.iter() if short(item) == "a:t")
        else:
            yield value(box, "string") or ""

    def _row(self, row) -> Iterator[str]:
        yield from self._end()
        properties = child(row, "w:trPr")
        if any(child(properties, name) is not None for name in ("w:del", "w:moveFrom")):
            return
        cells = ["" if _is_continued(cell) else self._cell(cell) for cell in _cells(row)]
        if flag(child(properties, "w:hidden")):
            self.lost["hidden"] += sum(len(cell) for cell in cells)
        else:
            yield "\t".join(cells)

    def _cell(self, cell) -> str:
        return " ".join(block.replace("\n", " ") for block in self._apart(cell)).strip()

    def _branch(self, item, read: Callable) -> list[str]:
        """Read the first branch of a choice that holds anything."""
        before = dict(self.lost), self.pictures
        for branch in item:
            if short(branch) in ("mc:Choice", "mc:Fallback"):
                boxes = len(self.boxes)
                found = read(branch)
                after = dict(self.lost), self.pictures
                if any(block.strip() for block in found) or len(self.boxes) > boxes or after != before:
                    return found
        return []

    def _inline(self, element, run: Run) -> str:
        """Read the text of a paragraph, or of a part of one."""
        pieces: list[str] = []
        self._walk(element, run, pieces)
        return "".join(pieces)

    def _walk(self, element, run: Run, pieces: list[str]) -> None:
        """Add the text inside an element to the pieces."""
        for item in element:
            name = short(item)
            if name == "w:t":
                self._add(_plain(item), run, pieces)
            elif name == "w:r":
                self._walk(item, self._run(item, run), pieces)
            elif name in SIGNS:
                self._add(_sign(item, name, pieces), run, pieces)
            elif name in EQUATIONS:
                self._equation(item, run, pieces)
            elif name in SPECIAL:
                SPECIAL[name](self, item, run, pieces)
                if value(item, "customMarkFollows") in ("1", "true", "on"):
                    break  # the rest of the run is the mark of a note
            elif name and name not in OUT:
                self._walk(item, run, pieces)

    def _run(self, item, outer: Run) -> Run:
        properties = by_name(child(item, "w:rPr"))
        hidden, named = self.styles.text(outer.paragraph, value(properties.get("w:rStyle")) or "")
        if "w:rFonts" in properties:
            named = named | fonts(properties["w:rFonts"])
        own, web = flag(properties.get("w:vanish")), bool(flag(properties.get("w:webHidden")))
        return Run(outer.paragraph, hidden if own is None else own, web, named)

    def _add(self, text: str, run: Run, pieces: list[str]) -> None:
        """Add text, unless it is hidden or the instruction of a field."""
        if not text or (self.instructions and not self.lost["loose"]):
            return
        if run.hidden or (run.web_hidden and not LEADER.fullmatch(text)):
            self.lost["hidden"] += len(text.strip())
        elif not run.web_hidden:
            if self.fields:
                self.fields[-1].text = True
            pieces.append(self._signs(text, run))

    def _signs(self, text: str, run: Run) -> str:
        """Write characters of fonts of signs as what they show."""
        named = run.fonts
        high = "eastAsia" if named.get("hint") == "eastAsia" else "hAnsi"
        low = symbol_font(named.get("ascii")), symbol_font(named.get(high))
        if not any(low) and not PRIVATE.search(text):
            return text
        font = symbol_font(*(named.get(kind) for kind in ("hAnsi", "ascii", "eastAsia", "cs")))

        def sign(match: re.Match) -> str:
            which = font if match[0] >= "\uf000" else low[match[0] > "\x7f"]
            return self._symbol(ord(match[0]), which) if which or match[0] >= "\uf000" else match[0]

        return re.sub("[!-~\xa1-\xff\uf000-\uf0ff]", sign, text)

    def _symbol(self, code: int, font: str) -> str:
        sign = symbol(code, font)
        self.lost["symbol"] += sign == UNKNOWN
        return sign

    def _equation(self, item, run: Run, pieces: list[str]) -> None:
        line = linear(item)
        self.lost["symbol"] += line.count(UNKNOWN)
        self._add(line, run._replace(fonts={}), pieces)

    def _sym(self, item, run: Run, pieces: list[str]) -> None:
        code, font = value(item, "char") or "", value(item, "font") or ""
        number = int(code, 16) if re.fullmatch("[0-9A-Fa-f]{1,6}", code) else 0xF000
        if run.hidden:
            self.lost["hidden"] += 1
        elif symbol_font(font) or 0xE000 <= number <= 0xF8FF or not chr(min(number, 0x10FFFF)).isprintable():
            self._add(self._symbol(number, symbol_font(font)), run._replace(fonts={}), pieces)
        else:
            self._add(chr(number), run._replace(fonts={}), pieces)

    def _choice(self, item, run: Run, pieces: list[str]) -> None:
        pieces += self._branch(item, lambda branch: [self._inline(branch, run)])

    def _field(self, item, run: Run, pieces: list[str]) -> None:
        kind = value(item, "fldCharType")
        if kind == "begin":
            self._form(item, run, pieces)
            self.fields.append(Field())
            self.instructions += 1
        elif kind == "separate" and self.fields:
            self.instructions -= not self.fields[-1].result
            self.fields[-1].result = True
        elif kind == "end" and self.fields:
            ended = self.fields.pop()
            self.instructions -= not ended.result
            if not ended.text and not run.hidden:
                self._without_result("".join(ended.instruction), run, pieces)
            elif self.fields:
                self.fields[-1].text = True

    def _form(self, item, run: Run, pieces: list[str]) -> None:
        """Read a box to be ticked or a list to choose from, whose state is no text."""
        form = child(item, "w:ffData")
        if (box := child(form, "w:checkBox")) is not None:
            state = [flag(child(box, name)) for name in ("w:checked", "w:default")]
            ticked = state[1] if state[0] is None else state[0]
            self._add("☒" if ticked else "☐", run._replace(fonts={}), pieces)
        elif (box := child(form, "w:ddList")) is not None:
            entries = [value(entry) or "" for entry in children(box, "w:listEntry")]
            chosen = whole(value(child(box, "w:result")) or value(child(box, "w:default")), 0)
            self._add(entries[chosen] if 0 <= chosen < len(entries) else "", run._replace(fonts={}), pieces)

    def _without_result(self, instruction: str, run: Run, pieces: list[str]) -> None:
        kind, *rest = instruction.split() or [""]
        if kind.upper() == "SYMBOL" and rest:
            font = re.search(r'\\f\s+"?([^"\\]+)', instruction)
            code = int(rest[0], 0) if re.fullmatch("0[xX][0-9A-Fa-f]{1,5}|[1-9][0-9]{0,5}", rest[0]) else 0
            which = symbol_font(font[1].strip() if font else "Symbol")
            sign = chr(code) if not which and chr(code).isprintable() else self._symbol(code, which)
            self._add(sign, run._replace(fonts={}), pieces)
        elif kind.upper().startswith("EQ\\") or kind.upper() in WITHOUT_RESULT:
            written = old_equation(instruction)
            self.lost["field"] += not written
            self._add(written, run, pieces)

    def _instruction(self, item, run: Run, pieces: list[str]) -> None:
        if self.fields:
            self.fields[-1].instruction.append(item.text or "")

    def _simple_field(self, item, run: Run, pieces: list[str]) -> None:
        text = self._inline(item, run)
        if not text:
            self._without_result(value(item, "instr") or "", run, pieces)
        pieces.append(text)

    def _keep_box(self, item, run: Run, pieces: list[str]) -> None:
        if run.hidden:
            self.lost["hidden"] += sum(len(part.text or "") for part in item.iter() if short(part) == "w:t")
        else:
            self.boxes.append(item)

    def _reference(self, item, run: Run, pieces: list[str]) -> None:
        kind, name = ("footnote" if short(item) == "w:footnoteReference" else "endnote"), value(item, "id") or ""
        if not run.hidden:
            own_mark = value(item, "customMarkFollows") in ("1", "true", "on")
            self.cited[kind].setdefault(name, own_mark)

    def _notes(self) -> Iterator[str]:
        """Give the footnotes and endnotes that the text refers to, each in one paragraph begun with its mark."""
        number = 0
        for kind, cited in self.cited.items():
            found = children(self._part(f"{kind}s") if cited else None, f"w:{kind}")
            notes = {value(note, "id"): note for note in found}
            for name, own_mark in cited.items():
                number += not own_mark
                self.lost["note"] += name not in notes
                text = " ".join(self._apart(notes[name])).replace("\n", " ").strip() if name in notes else ""
                if text:
                    yield text if own_mark else f"[{number}] {text}"

    def _chunk(self, item) -> Iterator[str]:
        """Read a document inside the document; a Word file in it must not hold another."""
        yield from self._end()
        if self.chunks is None:
            self.chunks = {target.kind: target.name for target in self.package.targets(self.main, ids=True)}
        try:
            found = self._embedded(self.chunks.get(value(item, "id") or "", ""))
        except DAMAGE:
            self.lost["chunk"] += 1
        else:
            self.inner += found.notes
            yield found.text

    def _embedded(self, name: str) -> Decoded:
        data, suffix = self.package.bytes(name), Path(name).suffix
        title = f"{self.package.path}: {name}"
        if suffix == ".txt":
            return decode(data, title)
        if suffix in (".mht", ".mhtml"):
            data, suffix = _page(data), ".html"
        if suffix not in (".docx", ".html", ".htm", ".xhtml") or self.package.inner:
            raise ValueError(f"{title} is of a kind that is not read.")
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, f"chunk{suffix}")
            path.write_bytes(data)
            if suffix == ".docx":
                with Package(path, self.package.megabytes, inner=True) as package:
                    found = _document(package)
            else:
                found = html_document(path)
        return found._replace(notes=tuple(note.replace(str(path), title) for note in found.notes))

    def _object(self, item, run: Run, pieces: list[str]) -> None:
        self.lost["object"] += 1

    def _comment(self, item, run: Run, pieces: list[str]) -> None:
        self.lost["comment"] += 1

    def _other_document(self, item, run: Run, pieces: list[str]) -> None:
        self.lost["chunk"] += 1

    def _graphic(self, item, run: Run, pieces: list[str]) -> None:
        """Look what a drawing is: shapes hold text boxes; charts and diagrams have their text elsewhere."""
        self.lost["drawing"] += (value(item, "uri") or "").endswith(("/chart", "/chartex", "/diagram"))
        self._walk(item, run, pieces)

    def _picture(self, item, run: Run, pieces: list[str]) -> None:
        self.pictures += 1

    def _word_art(self, item, run: Run, pieces: list[str]) -> None:
        self.boxes.append(item)


SPECIAL: dict[str, Callable] = {
    "w:sym": _Reader._sym,
    "w:fldChar": _Reader._field,
    "w:instrText": _Reader._instruction,
    "w:fldSimple": _Reader._simple_field,
    "w:txbxContent": _Reader._keep_box,
    "a:txBody": _Reader._keep_box,
    "v:textpath": _Reader._word_art,
    "v:imagedata": _Reader._picture,
    "a:blip": _Reader._picture,
    "a:graphicData": _Reader._graphic,
    "w:object": _Reader._object,
    "o:OLEObject": _Reader._object,
    "w:subDoc": _Reader._other_document,
    "w:commentReference": _Reader._comment,
    "w:footnoteReference": _Reader._reference,
    "w:endnoteReference": _Reader._reference,
    "mc:AlternateContent": _Reader._choice,
}


def _page(data: bytes) -> bytes:
    """Return the web page in an archive of one, as programs that make Word files of web pages write it."""
    parts = email.message_from_bytes(data).walk()
    found = next((part.get_payload(decode=True) for part in parts if part.get_content_type() == "text/html"), None)
    if not isinstance(found, bytes):
        raise ValueError("The archive holds no web page.")
    return found


def _plain(item) -> str:
    text = item.text or ""
    if "\n" in text and value(item, "space") != "preserve":
        return re.sub(r"\s*\n\s*", " ", text.strip())
    return text.replace("\n", " ")


def _sign(item, name: str, pieces: list[str]) -> str:
    """Return the character for a tab or break; a break of the page in the middle of a sentence is none."""
    if name == "w:br" and value(item, "type") in ("page", "column"):
        return "\n" if ends_sentence("".join(pieces[-1:])) else ""
    return SIGNS[name]


def _is_initial(properties) -> bool:
    """Say whether a paragraph is the large first letter of the next."""
    return value(child(properties, "w:framePr"), "dropCap") in ("drop", "margin")


def _cells(row) -> Iterator:
    for item in row:
        name = short(item)
        # A content control may stand round a cell.
        yield from [item] if name == "w:tc" else [] if name in OUT else _cells(item)


def _is_continued(cell) -> bool:
    """Say whether a cell is the rest of the one above or before it, or was deleted."""
    properties = child(cell, "w:tcPr")
    merges = (child(properties, name) for name in ("w:vMerge", "w:hMerge"))
    continued = any(merge is not None and value(merge) in (None, "continue") for merge in merges)
    return continued or child(properties, "w:cellDel") is not None
