"""The text layer of a PDF, and what speaks against trusting it."""

import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import reduce
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from analysis.reading.decoding import PLAUSIBLE, Decoded, score
from analysis.reading.extras import extra
from analysis.reading.pdf.glyphs import (
    UNKNOWN,
    Glyph,
    across_the_text,
    main_angle,
    printed_once,
    turned,
    without_overprints,
)
from analysis.reading.pdf.layout import Line, columns, paragraphs
from analysis.reading.pdf.margins import without_margins, without_web_foot
from analysis.reading.pdf.tables import Cells, ruled_tables
from analysis.reading.wrapping import join_lines

FEW = 20  # one character in so many may be unknown
FOREIGN = 0.1  # share of letters beyond ASCII from which on they must look like Chinese


class Sheet(NamedTuple):
    """A page as lines, with what was left out of them or is not known."""

    number: int
    height: float
    lines: list[Line]
    scanned: bool = False
    across: list[str] = []
    tables: int = 0
    fault: str = ""
    fields: int = 0


class Refusal(ValueError):
    """A message to the reader, not a fault of a parser."""


def pdf_document(path: Path, megabytes: float = 200) -> Decoded:
    """Read the text layer of a PDF, columns one after the other.

    Paragraphs are joined over the ends of lines, columns and pages; a row of a ruled table is a paragraph with tabs
    between its cells. Page numbers and running heads and feet (rows at the edge that return on half of the pages,
    at one height, the same but for their figures, and section names among them) are left out. So are, with a note,
    watermarks and all that is printed at another angle than the text, and the foot of a web page. Text set from top
    to bottom, footnotes and newspaper pages with boxes need the reader's eye. A file that unfolds to more than
    ``megabytes``, or a page that draws with more than a tenth of that, is not read.
    """
    extra("pdfplumber")
    try:
        sheets, losses = _sheets(path, megabytes)
        return _document(path, sheets, losses)
    except (Refusal, OSError):
        raise
    except Exception as error:  # pdfminer raises whatever a damaged file leads it to
        told = f"{type(error).__name__}: {error}"[:200].rstrip(": ")
        raise ValueError(f"{path} is no whole PDF ({told}): fetch it again.") from error


def _sheets(path: Path, megabytes: float) -> tuple[list[Sheet], list[str]]:
    """Read every page, and say what pdfminer says is lost."""
    from pdfminer.pdfdocument import PDFPasswordIncorrect

    from analysis.reading.pdf.pages import Limit, quiet, read_pages

    sheets = []
    with quiet() as log:
        try:
            for page in read_pages(path, megabytes):
                sheets.append(_sheet(page))
        except PDFPasswordIncorrect as error:
            raise Refusal(f"{path} has a password: save a copy without one.") from error
        except Limit as error:
            raise Refusal(f"{path} was not read: {error}; if you trust it, raise megabytes=.") from error
    return sheets, log.losses()


def _sheet(page: Any) -> Sheet:
    """Part a page into lines of running text, rows of tables, and what lies across."""
    if page.fault and not page.glyphs:
        return Sheet(page.number, page.height, [], fault=page.fault)
    glyphs = printed_once(page.glyphs)
    angle = main_angle(glyphs)
    glyphs, across = across_the_text(glyphs, angle)
    rules, height = page.rules, page.height
    if angle:
        glyphs, rules, height = turned(glyphs, rules, angle, page.width, page.height)
    glyphs, over = without_overprints(glyphs)
    glyphs, tables = ruled_tables(rules, glyphs)
    lines = lines_of(glyphs) + [_row(row) for table in tables for row in table]
    scanned = not lines and page.pictures > 0
    return Sheet(page.number, height, lines, scanned, across + over, len(tables), page.fault, page.fields)


def _row(row: Cells) -> Line:
    """Write a row of a table as one line, the wrapped lines of each cell joined."""
    cells = [reduce(join_lines, [line.text for line in lines_of(cell)], "") if cell else "" for cell in row.cells]
    x0, top, x1, bottom = row.box
    return Line("\t".join(cells).rstrip("\t"), x0, x1, top, bottom, cells=True)


def _document(path: Path, sheets: list[Sheet], losses: list[str]) -> Decoded:
    faults = [sheet for sheet in sheets if sheet.fault]
    if not sheets:
        raise Refusal(f"{path} is no whole PDF (it has no pages): fetch it again.")
    if not any(sheet.lines for sheet in sheets):
        if faults:
            told = f"{path} has no page that can be read (page {faults[0].number}: {faults[0].fault})"
            raise Refusal(f"{told}: fetch it again.")
        across = Counter(word for sheet in sheets for word in sheet.across if word)
        if across:
            raise Refusal(f"{path} has no text but “{next(iter(across))}” printed across its page(s): run OCR on it.")
        raise Refusal(f"{path} has no text layer, only pictures of its {len(sheets)} page(s): run OCR on it first.")
    pages, marks = _without_watermarks(sheets)
    pages = without_margins(pages, [sheet.height for sheet in sheets])
    pages, foot = without_web_foot(pages)
    text = "\n\n".join(paragraphs([column for page in pages if page for column in columns(page)]))
    if not text:
        raise Refusal(f"{path} has no text but page numbers, running heads and feet: run OCR on it.")
    unknown = {sheet.number: sum(_unknown(line.text) for line in sheet.lines) for sheet in sheets}
    _check(path, text)
    notes = [
        _note(
            "page(s) {} have no text layer and are missing: run OCR on them", (s.number for s in sheets if s.scanned)
        ),
        _note(
            f"page(s) {{}} cannot be read and are missing ({faults[0].fault}): fetch it again",
            (s.number for s in faults),
        )
        if faults
        else "",
        _note(
            f"{sum(unknown.values())} unknown characters on page(s) {{}} stand as {UNKNOWN}: look at them",
            (number for number, count in unknown.items() if count),
        ),
        _note(f"{_quoted(marks.values())} printed across page(s) {{}} left out: look whether text is among it", marks),
        _note(
            f"{sum(sheet.tables for sheet in sheets)} table(s) on page(s) {{}} stand as rows with tabs between cells",
            (sheet.number for sheet in sheets if sheet.tables),
        ),
        _note(
            f"{sum(sheet.fields for sheet in sheets)} filled field(s) or typed note(s) on page(s) {{}} are not read: "
            "print the file to a new PDF",
            (sheet.number for sheet in sheets if sheet.fields),
        ),
        f"the foot of a web page, from “{foot[:30]}” on, was left out: look whether text is among it" if foot else "",
        f"the file is damaged in {len(losses)} place(s) and text may be missing ({losses[0]}): fetch it again"
        if losses
        else "",
    ]
    return Decoded(text, "pdf", tuple(f"{path}: {note}." for note in notes if note))


def _without_watermarks(sheets: list[Sheet]) -> tuple[list[list[Line]], dict[int, list[str]]]:
    """Take away pale lines that are watermarks elsewhere, or large and on half of the pages at one place."""
    marks: dict[int, list[str]] = {sheet.number: sheet.across for sheet in sheets if any(sheet.across)}
    known = {word for words in marks.values() for word in words if len(word) > 1}
    seen = Counter(_sign(line) for sheet in sheets for line in sheet.lines if line.pale and not line.cells)
    sizes = [line.size for sheet in sheets for line in sheet.lines if not line.cells]
    large = 1.5 * median(sizes) if sizes else 0
    pages = []
    for sheet in sheets:
        gone = [
            line
            for line in sheet.lines
            if line.pale and (line.text in known or line.size > large and seen[_sign(line)] >= max(2, len(sheets) / 2))
        ]
        if gone:
            marks.setdefault(sheet.number, []).extend(line.text for line in gone)
        pages.append([line for line in sheet.lines if line not in gone] if gone else sheet.lines)
    return pages, dict(sorted(marks.items()))


def _sign(line: Line) -> tuple[str, int, int]:
    return line.text, round(line.x0 / 5), round(line.top / 5)


def _check(path: Path, text: str) -> None:
    """Refuse a text with many unknown characters, and one whose letters beyond ASCII make no Chinese."""
    signs = Counter(text)
    total = sum(count for sign, count in signs.items() if not sign.isspace())
    if signs[UNKNOWN] * FEW > total:
        why = f"{signs[UNKNOWN]} of {total} characters are unknown"
        raise Refusal(f"{path}: the text layer does not say what one sees ({why}): run OCR on it.")
    letters = {sign: count for sign, count in signs.items() if unicodedata.category(sign)[0] == "L"}
    foreign = "".join(sign * count for sign, count in letters.items() if not sign.isascii())
    if len(foreign) > FOREIGN * sum(letters.values()) and score(foreign) < PLAUSIBLE:
        why = f"score {score(foreign):.2f}, plausible from {PLAUSIBLE} on"
        raise Refusal(f"{path}: the text layer does not say what one sees, or is no Chinese ({why}): run OCR on it.")


def _unknown(text: str) -> int:
    return text.count(UNKNOWN)


def _note(told: str, pages: Iterable[int]) -> str:
    """Fill in the numbers of pages, at most ten of them; nothing if there are none."""
    numbers = list(pages)
    more = f" and {len(numbers) - 10} more" if len(numbers) > 10 else ""
    return told.format(", ".join(map(str, numbers[:10])) + more) if numbers else ""


def _quoted(found: Iterable[list[str]]) -> str:
    words = list(dict.fromkeys(word for group in found for word in group if word))
    told = "、".join(f"“{word[:20]}”" for word in words[:3]).replace("{", "{{").replace("}", "}}")
    return told + (f" and {len(words) - 3} more" if len(words) > 3 else "")


def lines_of(glyphs: list[Glyph]) -> list[Line]:
    """Join the words of a page that stand side by side, but not over a gap of one character."""
    if not glyphs:
        return []
    from pdfplumber.utils import extract_words

    chars = [
        {
            "text": glyph.text,
            "x0": glyph.x0,
            "x1": glyph.x1,
            "top": glyph.top,
            "bottom": glyph.bottom,
            "doctop": glyph.top,
            "size": glyph.size,
            "upright": True,
            "pale": glyph.pale,
        }
        for glyph in glyphs
    ]
    words = extract_words(chars, x_tolerance_ratio=0.15, keep_blank_chars=True, return_chars=True)
    lines: list[Line] = []
    for word in words:
        # An indent may be made of spaces: it is none of the line's width.
        marks = [char for char in word["chars"] if char["text"].strip()]
        if not marks or word["bottom"] <= word["top"]:
            continue
        pale = all(char["pale"] for char in marks)
        new = Line(word["text"].strip(), marks[0]["x0"], marks[-1]["x1"], word["top"], word["bottom"], pale)
        last = lines[-1] if lines else None
        if last and _beside(last, new):
            latin = (last.text[-1] + new.text[0]).isascii()
            space = " " if new.x0 - last.x1 > (0.15 if latin else 0.6) * last.size else ""
            top, bottom = min(last.top, new.top), max(last.bottom, new.bottom)
            lines[-1] = Line(last.text + space + new.text, last.x0, new.x1, top, bottom, last.pale and new.pale)
        else:
            lines.append(new)
    return lines


def _beside(last: Line, new: Line) -> bool:
    shared = min(last.bottom, new.bottom) - max(last.top, new.top)
    smaller, larger = sorted((last.size, new.size))
    return shared > 0.5 * smaller and -0.5 * last.size < new.x0 - last.x1 < 0.95 * larger
