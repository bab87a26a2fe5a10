"""The text layer of a PDF, and what speaks against trusting it."""

import logging
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from logging.handlers import BufferingHandler
from pathlib import Path

from analysis.reading.decoding import PLAUSIBLE, Decoded, score
from analysis.reading.extras import extra
from analysis.reading.layout import Line, columns, paragraphs, without_margins

LOSSES = ("Data-loss", "Cannot render", "Ignoring (part of) ToUnicode")


def pdf_document(path: Path) -> Decoded:
    """Read the text layer of a PDF, columns one after the other.

    Paragraphs are joined over the ends of lines, columns and pages. Page numbers and running heads (the outermost
    line of a page, the same but for its figures on half of the pages) are left out. Text set from top to bottom,
    tables, footnotes and newspaper pages with boxes need the reader's eye.
    """
    lines, scanned, faults = _pages(path)
    if not any(lines):
        raise ValueError(f"{path} has no text layer, only pictures of its {len(lines)} page(s): run OCR on it first.")
    text = "\n\n".join(paragraphs([column for page in without_margins(lines) if page for column in columns(page)]))
    unmapped = len(re.findall(r"\(cid:\d+\)", text))
    if unmapped * 100 > len(text) or score(text) < PLAUSIBLE:
        why = f"{unmapped} unknown characters, score {score(text):.2f}, plausible from {PLAUSIBLE} on"
        raise ValueError(f"{path}: the text layer does not say what one sees ({why}): run OCR on it.")
    notes = []
    if scanned:
        pages = ", ".join(map(str, scanned))
        notes.append(f"{path}: page(s) {pages} have no text layer and are missing: run OCR on them.")
    if unmapped:
        notes.append(f"{path}: {unmapped} unknown characters stand as (cid:…): look at them.")
    if faults:
        damage = f"{path} is damaged in {len(faults)} place(s) and text may be missing"
        notes.append(f"{damage} ({faults[0]}): fetch it again.")
    return Decoded(text, "pdf", tuple(notes))


def _pages(path: Path) -> tuple[list[list[Line]], list[int], list[str]]:
    """Return the lines of every page, the numbers of pages that are pictures, and faults."""
    pdfplumber = extra("pdfplumber")
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfplumber.utils.exceptions import PdfminerException

    pages, scanned = [], []
    try:
        with _pdfminer_log() as log, pdfplumber.open(path) as pdf:
            for page in pdf.pages:
                pages.append(_lines(page))
                if not pages[-1] and page.images:
                    scanned.append(page.page_number)
                page.close()
    except PdfminerException as error:
        if error.args and isinstance(error.args[0], PDFPasswordIncorrect):
            raise ValueError(f"{path} has a password: save a copy without one.") from error
        raise ValueError(f"{path} is no whole PDF ({error}): fetch it again.") from error
    if not pages:
        raise ValueError(f"{path} is no whole PDF (it has no pages): fetch it again.")
    messages = [record.getMessage() for record in log.buffer]
    return pages, scanned, [message for message in messages if message.startswith(LOSSES)]


@contextmanager
def _pdfminer_log() -> Iterator[BufferingHandler]:
    """Keep what pdfminer logs off the screen and in a buffer."""
    handler, log = BufferingHandler(sys.maxsize), logging.getLogger("pdfminer")
    handler.setLevel(logging.WARNING)
    propagates, log.propagate = log.propagate, False
    log.addHandler(handler)
    try:
        yield handler
    finally:
        log.removeHandler(handler)
        log.propagate = propagates


def _lines(page) -> list[Line]:
    """Join the words of a page that stand side by side, but not over a gap of one character."""
    words = page.dedupe_chars().extract_words(x_tolerance_ratio=0.15, keep_blank_chars=True, return_chars=True)
    lines: list[Line] = []
    for word in words:
        # An indent may be made of spaces: it is none of the line's width.
        marks = [char for char in word["chars"] if char["text"].strip()]
        if not marks or word["bottom"] <= word["top"]:
            continue
        new = Line(word["text"].strip(), marks[0]["x0"], marks[-1]["x1"], word["top"], word["bottom"])
        last = lines[-1] if lines else None
        if last and _beside(last, new):
            latin = (last.text[-1] + new.text[0]).isascii()
            space = " " if new.x0 - last.x1 > (0.15 if latin else 0.6) * last.size else ""
            top, bottom = min(last.top, new.top), max(last.bottom, new.bottom)
            lines[-1] = Line(last.text + space + new.text, last.x0, new.x1, top, bottom)
        else:
            lines.append(new)
    return lines


def _beside(last: Line, new: Line) -> bool:
    shared = min(last.bottom, new.bottom) - max(last.top, new.top)
    smaller, larger = sorted((last.size, new.size))
    return shared > 0.5 * smaller and -0.5 * last.size < new.x0 - last.x1 < 0.95 * larger
