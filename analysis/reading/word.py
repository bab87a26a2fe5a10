"""Word files to text: paragraphs separated by blank lines."""

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from analysis.reading.decoding import Decoded, filled
from analysis.reading.extras import extra

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# Copies for old programs, properties, text that was moved away, and readings above characters.
SKIPPED = {FALLBACK, f"{W}pPr", f"{W}moveFrom", f"{W}rt"}
SIGNS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}


def docx_document(path: Path) -> Decoded:
    """Read a Word file: paragraphs and tables of the body in order, a line per table row, cells between tabs.

    Tracked insertions are in, deletions out; text boxes follow their paragraph. Headers, footers, footnotes and
    comments are not read. Numbers that Word makes itself (automatic lists) are not in the file's text: 一、 at a
    heading may be missing.
    """
    if not zipfile.is_zipfile(path):
        fault = f"{path} is not a Word file, or is cut off, has a password, or is an old .doc"
        raise ValueError(f"{fault}: open it in Word and save it as .docx without a password.")
    docx = extra("docx")
    from docx.opc.exceptions import PackageNotFoundError
    from lxml.etree import XMLSyntaxError

    damage = (KeyError, ValueError, EOFError, zipfile.BadZipFile, zlib.error, PackageNotFoundError, XMLSyntaxError)
    try:
        body = docx.Document(str(path)).element.body
    except damage as error:
        fault = f"{path} is a zip archive but no whole Word file ({error})"
        raise ValueError(f"{fault}: open it in Word and save it as .docx again.") from error
    text = "\n\n".join(block for block in _word_blocks(body) if block.strip())
    return filled(text, path, "docx", "It may hold pictures of pages: run OCR on them first.")


def _word_blocks(element) -> Iterator[str]:
    for child in element.iterchildren():
        if child.tag == f"{W}p":
            yield "".join(_word_text(child))
            for box in child.iter(f"{W}txbxContent"):
                if not any(parent.tag == FALLBACK for parent in box.iterancestors()):
                    yield from _word_blocks(box)
        elif child.tag == f"{W}tr":
            yield "\t".join(" ".join(_word_blocks(cell)).strip() for cell in _cells(child))
        elif child.tag not in SKIPPED:
            yield from _word_blocks(child)


def _cells(row) -> Iterator:
    for child in row.iterchildren():
        # A content control may stand round a cell.
        yield from [child] if child.tag == f"{W}tc" else _cells(child)


def _word_text(element) -> Iterator[str]:
    for child in element.iterchildren():
        if child.tag == f"{W}t":
            yield child.text or ""
        elif child.tag in SIGNS:
            yield SIGNS[child.tag]
        elif child.tag not in SKIPPED and child.tag != f"{W}txbxContent":
            yield from _word_text(child)
