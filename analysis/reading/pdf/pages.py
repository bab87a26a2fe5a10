"""Pages of a PDF as characters and rules, by pdfminer, within limits of memory and work.

The package of the extra is imported here at the top: import this module when it is needed.
"""

import logging
import math
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from logging.handlers import BufferingHandler
from pathlib import Path
from typing import Any, NamedTuple

from pdfminer import pdftypes
from pdfminer.lzw import LZWDecoder
from pdfminer.pdfdevice import PDFTextDevice
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdffont import PDFFont, PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import (
    PDFObjRef,
    PDFStream,
    PDFValueError,
    dict_value,
    int_value,
    list_value,
    resolve1,
    stream_value,
)
from pdfminer.psparser import literal_name
from pdfminer.utils import apply_matrix_pt, apply_png_predictor, apply_tiff_predictor

from analysis.reading.pdf.glyphs import Glyph, seen

FORMS, MARKS = 20_000, 500_000  # on one page; a dense one has 10 and 10,000
FARTHEST = 20_000  # points; a page is at most 14,400 wide
LOST = ("Data-loss", "Cannot render", "Ignoring (part of) ToUnicode")
STEP = 1 << 16
Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)


class Limit(Exception):
    """A file that unfolds to more than was allowed."""


class Page(NamedTuple):
    """What is on a page: characters, rules (x0, top, x1, bottom), how many pictures and filled fields, or its fault."""

    number: int
    width: float = 0
    height: float = 0
    glyphs: list[Glyph] = []
    rules: list[tuple[float, float, float, float]] = []
    pictures: int = 0
    fault: str = ""
    fields: int = 0


class Log(BufferingHandler):
    """What pdfminer logs, kept off the screen."""

    def losses(self) -> list[str]:
        messages = [record.getMessage() for record in self.buffer]
        return [message for message in messages if message.startswith(LOST)]


@contextmanager
def quiet() -> Iterator[Log]:
    """Keep what pdfminer logs off the screen and in a buffer."""
    handler, log = Log(sys.maxsize), logging.getLogger("pdfminer")
    handler.setLevel(logging.WARNING)
    propagates, log.propagate = log.propagate, False
    log.addHandler(handler)
    try:
        yield handler
    finally:
        log.removeHandler(handler)
        log.propagate = propagates


def read_pages(path: Path, megabytes: float) -> Iterator[Page]:
    """Read one page after the other; one that cannot be read has a fault instead.

    Raises :class:`Limit`, and whatever pdfminer does of a file that it cannot open.
    """
    with open(path, "rb") as file:
        budget = Budget(megabytes)
        document = _Document(_Parser(file, budget))
        resources = PDFResourceManager()
        device = _Device(resources, budget)
        interpreter = _Interpreter(resources, device)
        number = 0
        pages = PDFPage.create_pages(document)
        while True:
            try:
                page = next(pages, None)
            except Limit:
                raise
            except Exception as error:  # whatever the tree of pages holds
                yield Page(number + 1, fault=_told(error))
                return
            if page is None:
                break
            number += 1
            yield _read_page(page, number, device, interpreter)
        promised = resolve1(dict_value(document.catalog.get("Pages")).get("Count"))
        for missing in range(number + 1, min(promised, number + 1000) + 1 if isinstance(promised, int) else 0):
            yield Page(missing, fault="it is not in the file")


def _read_page(page: PDFPage, number: int, device: "_Device", interpreter: "_Interpreter") -> Page:
    if page.attrs.get("MediaBox") is None:
        return Page(number, fault="it has no MediaBox")
    try:
        interpreter.process_page(page)
        fields = sum(map(_is_filled, list_value(page.annots or [])))
    except Limit:
        raise
    except Exception as error:  # pdfminer raises whatever a damaged page leads it to
        return Page(number, fault=_told(error))
    drawn = device.width, device.height, device.glyphs, device.rules, device.pictures, device.fault
    return Page(number, *drawn, fields)


def _is_filled(annotation: Any) -> bool:
    """Say whether a field of a form has been filled in, or a text was typed onto the page: neither is in its text."""
    entries = dict_value(annotation)
    kind = literal_name(resolve1(entries.get("Subtype", "")))
    value = resolve1(entries.get({"Widget": "V", "FreeText": "Contents"}.get(kind, "")))
    return isinstance(value, bytes) and bool(value.strip(b"\xfe\xff\0 "))


def _told(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:120] if str(error) else type(error).__name__


class Budget:
    """How many bytes a file may still unfold to, and a page draw."""

    def __init__(self, megabytes: float) -> None:
        self.megabytes = megabytes
        self.room = int(megabytes * 1_000_000)

    def spend(self, size: int) -> None:
        self.room -= size
        if self.room < 0:
            raise Limit(f"its streams unfold to more than {self.megabytes:g} MB")


class _Parser(PDFParser):
    """A parser whose streams are unfolded within a budget."""

    def __init__(self, file: Any, budget: Budget) -> None:
        self.budget = budget
        super().__init__(file)

    def push(self, *objects: Any) -> None:
        super().push(*[(place, self._bounded(thing)) for place, thing in objects])

    def _bounded(self, thing: Any) -> Any:
        if type(thing) is not PDFStream:
            return thing
        stream = _Stream(thing.attrs, thing.rawdata or b"", thing.decipher)
        stream.budget = self.budget
        return stream


class _Document(PDFDocument):
    """A document whose objects may refer to others, but not in a circle: pdfminer would follow it for ever."""

    def getobj(self, objid: int) -> object:
        value = super().getobj(objid)
        seen = {objid}
        while isinstance(value, PDFObjRef):
            if value.objid in seen:
                raise PDFValueError(f"object {objid} is defined by itself")
            seen.add(value.objid)
            value = super().getobj(value.objid)
        return value


class _Stream(PDFStream):
    """A stream that is unfolded step by step, and not beyond its budget."""

    budget: Budget

    def decode(self) -> None:
        data = self.rawdata or b""
        if self.decipher and self.objid is not None and self.genno is not None:
            data = self.decipher(self.objid, self.genno, data, self.attrs)
        for name, params in self.get_filters():
            data = self._unfolded(name, data)
            self.budget.spend(len(data))
            if isinstance(params, dict) and int_value(params.get("Predictor", 1)) != 1:
                data = self._predicted(data, params)
        self.data, self.rawdata = data, None

    def _unfolded(self, name: Any, data: bytes) -> bytes:
        if name in pdftypes.LITERALS_FLATE_DECODE:
            return _inflate(data, self.budget)
        if name in pdftypes.LITERALS_LZW_DECODE:
            return _joined(LZWDecoder(BytesIO(data)).run(), self.budget)
        if name in pdftypes.LITERALS_ASCII85_DECODE:
            return pdftypes.ascii85decode(data)
        if name in pdftypes.LITERALS_ASCIIHEX_DECODE:
            return pdftypes.asciihexdecode(data)
        if name in pdftypes.LITERALS_RUNLENGTH_DECODE and 64 * len(data) < self.budget.room:
            return pdftypes.rldecode(data)
        raise pdftypes.PDFNotImplementedError(f"a stream of text cannot be unfolded by {name!r}")

    def _predicted(self, data: bytes, params: dict[str, Any]) -> bytes:
        predictor = int_value(params["Predictor"])
        colours, columns = int_value(params.get("Colors", 1)), int_value(params.get("Columns", 1))
        bits = int_value(params.get("BitsPerComponent", 8))
        if colours * columns * bits // 8 > len(data) + 8:
            raise pdftypes.PDFNotImplementedError("a row of a stream is longer than the stream")
        if predictor == 2:
            return apply_tiff_predictor(colours, columns, bits, data)
        return apply_png_predictor(predictor, colours, columns, bits, data)


def _joined(parts: Iterator[bytes], budget: Budget) -> bytes:
    data = bytearray()
    for part in parts:
        data += part
        if len(data) > budget.room:
            budget.spend(len(data))
    return bytes(data)


def _inflate(data: bytes, budget: Budget) -> bytes:
    """Decompress what can be, and log as pdfminer does if that is not all or not what was written."""
    decoder = zlib.decompressobj(-zlib.MAX_WBITS)
    result, rest = bytearray(), memoryview(data)[2:]
    fault = len(data) < 2 or data[0] & 15 != 8 or int.from_bytes(data[:2], "big") % 31 != 0
    try:
        while not decoder.eof and (rest or decoder.unconsumed_tail):
            waiting = decoder.unconsumed_tail or rest[:STEP]
            rest = rest if decoder.unconsumed_tail else rest[STEP:]
            result += decoder.decompress(waiting, 16 * STEP)
            if len(result) > budget.room:
                budget.spend(len(result))
    except zlib.error:
        fault = True
    checksum = (decoder.unused_data + bytes(rest[:4]))[:4]
    wrong = len(checksum) == 4 and checksum != zlib.adler32(result).to_bytes(4, "big")
    if fault or wrong or not decoder.eof and data:
        logging.getLogger("pdfminer").warning("Data-loss while unfolding a damaged stream")
    return bytes(result)


class _Interpreter(PDFPageInterpreter):
    """An interpreter that counts what it is asked to do, and knows how transparent a character is."""

    device: "_Device"
    opacity = 1.0

    def init_state(self, ctm: Matrix) -> None:
        super().init_state(ctm)
        self.opacities: list[float] = []

    def execute(self, streams: Any) -> None:
        for stream in streams:
            self.device.count(len(stream_value(stream).get_data()))
        super().execute(streams)

    def subinterp(self) -> "_Interpreter":
        inner: Any = super().subinterp()
        inner.opacity = self.opacity
        return inner

    def push(self, obj: Any) -> None:
        if len(self.argstack) < 10_000:
            self.argstack.append(obj)
        else:
            self.device.fault = "an operator has more than 10,000 operands"

    def do_q(self) -> None:
        super().do_q()
        self.opacities.append(self.opacity)

    def do_Q(self) -> None:
        super().do_Q()
        if self.opacities:
            self._set_opacity(self.opacities.pop())

    def do_gs(self, name: Any) -> None:
        states = dict_value(dict_value(self.resources).get("ExtGState"))
        opacity = resolve1(dict_value(states.get(literal_name(name))).get("ca"))
        if isinstance(opacity, (int, float)):
            self._set_opacity(float(opacity))

    def do_Do(self, xobjid_arg: Any) -> None:
        self.device.forms += 1
        if self.device.forms > FORMS:
            raise ValueError(f"it draws forms more than {FORMS} times")
        super().do_Do(xobjid_arg)
        self.device.set_ctm(self.ctm)
        self.device.opacity = self.opacity

    def _set_opacity(self, opacity: float) -> None:
        self.opacity = self.device.opacity = opacity


class _Device(PDFTextDevice):
    """What draws: characters and rules are written down."""

    def __init__(self, resources: PDFResourceManager, budget: Budget) -> None:
        super().__init__(resources)
        self.allowed = budget.megabytes * 100_000
        self.fonts: dict[PDFFont, dict[int, tuple[str, float, Any]]] = {}

    def begin_page(self, page: PDFPage, ctm: Any) -> None:
        corners = [apply_matrix_pt(ctm, corner) for corner in (page.mediabox[:2], page.mediabox[2:])]
        self.width, self.height = (abs(corners[0][axis] - corners[1][axis]) for axis in (0, 1))
        self.glyphs: list[Glyph] = []
        self.rules: list[tuple[float, float, float, float]] = []
        self.pictures = self.forms = self.bytes = 0
        self.opacity = 1.0
        self.fault = ""

    def count(self, size: int) -> None:
        """Count the bytes that a page has drawn with, those of a form each time it is called."""
        self.bytes += size
        if self.bytes > self.allowed:
            raise ValueError(f"it draws with more than {self.allowed / 1e6:g} MB, a tenth of megabytes=")

    def render_image(self, name: str, stream: PDFStream) -> None:
        self.pictures += 1

    def paint_path(self, graphicstate: Any, stroke: bool, fill: bool, evenodd: bool, path: Any) -> None:
        """Keep straight lines that are drawn, and filled boxes as thin as a line."""
        if len(self.rules) + len(path) > MARKS:
            self.fault = f"it has more than {MARKS:,} rules"
            return
        start = last = (0.0, 0.0)
        box: list[tuple[float, float]] = []
        for operator, *places in [*path, ("m", 0, 0)]:
            if operator == "m":
                if fill and not stroke and len(box) > 1:
                    self._fill(box)
                start = last = self._at(places)
                box = [start]
                continue
            place = start if operator == "h" else self._at(places[-2:])
            if stroke and operator in "lh":
                self._rule(last, place)
            box.append(place)
            last = place

    def _at(self, place: Any) -> tuple[float, float]:
        x, y = apply_matrix_pt(self.ctm or IDENTITY, place)
        return x, self.height - y

    def _fill(self, box: list[tuple[float, float]]) -> None:
        xs, ys = [place[0] for place in box], [place[1] for place in box]
        left, right, top, bottom = min(xs), max(xs), min(ys), max(ys)
        if min(right - left, bottom - top) <= 2.5:
            flat = bottom - top <= right - left
            middle = (top + bottom) / 2 if flat else (left + right) / 2
            self._rule(*(((left, middle), (right, middle)) if flat else ((middle, top), (middle, bottom))))

    def _rule(self, one: tuple[float, float], other: tuple[float, float]) -> None:
        (x0, x1), (top, bottom) = sorted((one[0], other[0])), sorted((one[1], other[1]))
        if min(x1 - x0, bottom - top) < 1 < max(x1 - x0, bottom - top) < FARTHEST:
            self.rules.append((x0, top, x1, bottom))

    def render_char(
        self,
        matrix: Matrix,
        font: PDFFont,
        fontsize: float,
        scaling: float,
        rise: float,
        cid: int,
        ncs: Any,
        graphicstate: Any,
    ) -> float:
        known = self.fonts.get(font)
        if known is None:
            known = self.fonts[font] = {}
        if cid not in known:
            known[cid] = _shown(font, cid), font.char_width(cid), font.char_disp(cid)
        text, width, place = known[cid]
        advance = width * fontsize * scaling
        if font.is_vertical():
            vx, vy = place
            left = -(fontsize * 0.5 if vx is None else vx * fontsize * 0.001)
            low = (1000 - vy) * fontsize * 0.001 + rise
            box = (left, low + advance, left + fontsize, low)
        else:
            low = font.get_descent() * fontsize + rise
            box = (0, low, advance, low + fontsize)
        a, b, c, d, e, f = matrix
        xs = [a * x + c * y + e for x in box[::2] for y in box[1::2]]
        ys = [b * x + d * y + f for x in box[::2] for y in box[1::2]]
        if max(map(abs, (*xs, *ys))) < FARTHEST and len(self.glyphs) < MARKS:
            angle, size = 0, max(ys) - min(ys)
            if b or a * fontsize * scaling < 0:
                sign = -1 if fontsize * scaling < 0 else 1
                angle = round(math.degrees(math.atan2(sign * b, sign * a))) % 360
                size = abs(fontsize) * math.hypot(c, d)
            pale = self.opacity < 0.75 or _is_pale(graphicstate.ncolor)
            top, bottom = self.height - max(ys), self.height - min(ys)
            self.glyphs.append(Glyph(text, min(xs), top, max(xs), bottom, size, angle, pale))
        elif len(self.glyphs) >= MARKS:
            self.fault = f"it has more than {MARKS:,} characters"
        return advance


def _shown(font: PDFFont, cid: int) -> str:
    try:
        text = font.to_unichr(cid)
    except PDFUnicodeNotDefined:
        text = ""
    mapped = getattr(font, "unicode_map", None) is not None or font.is_multibyte()
    return seen(text, str(font.fontname), None if mapped else cid)


def _is_pale(colour: Any) -> bool:
    """Say whether a colour is light, but not white."""
    parts = colour if isinstance(colour, tuple) else (colour,)
    if not parts or not all(isinstance(part, (int, float)) for part in parts):
        return False
    if len(parts) == 4:
        light = (1 - parts[3]) * (1 - 0.3 * parts[0] - 0.59 * parts[1] - 0.11 * parts[2])
    else:
        light = parts[0] if len(parts) == 1 else sum(w * p for w, p in zip((0.3, 0.59, 0.11), parts, strict=False))
    return 0.6 <= light < 0.99
