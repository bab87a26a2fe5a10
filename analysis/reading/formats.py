"""Word files and web pages to text: paragraphs separated by blank lines."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from analysis.reading.decoding import Decoded, decode
from analysis.reading.extras import extra

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# Copies for old programs, properties, text that was moved away, and readings above characters.
SKIPPED = {FALLBACK, f"{W}pPr", f"{W}moveFrom", f"{W}rt"}
SIGNS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}

JUNK = "script style noscript template svg iframe button select textarea nav aside head object canvas audio video"
ROLES = ("navigation", "banner", "contentinfo", "search", "complementary")
BLOCKS = (
    "address article blockquote body caption center dd div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hr li main ol p pre section table tbody thead tfoot tr ul"
).split()
HAN = "[\u3400-\u9fff\u3000-\u303f\uff00-\uffef]"


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
    return _filled(text, path, "docx", "It may hold pictures of pages: run OCR on them first.")


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


def html_document(path: Path, encoding: str | None = None) -> Decoded:
    """Read the main text of a web page, its paragraphs kept; cells of a table row are separated by tabs.

    The main text is that of the one ``article`` or ``main`` that holds at least half of the page's, else of the
    body; without scripts, navigation, forms, hidden parts, and blocks that are mostly links. That is a judgement:
    read a few of the results before counting. Unless ``encoding`` is given the text decides it.
    """
    source = decode(path.read_bytes(), str(path), encoding)
    soup = extra("bs4").BeautifulSoup(source.text, extra("lxml").__name__)
    _drop(soup)
    root = soup.body or soup
    size = len(root.get_text(strip=True))
    parts = sorted(root.find_all(["article", "main"]), key=lambda part: -len(part.get_text()))
    if parts and len(parts[0].get_text(strip=True)) * 2 >= size:
        root = parts[0]
    advice = "The page may fetch its text with a script: save it from a browser as text."
    return _filled(_html_text(root), path, f"html, {source.read_as}", advice)._replace(notes=source.notes)


def _drop(soup) -> None:
    from bs4 import Comment

    hidden = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
    comments = {"string": lambda string: isinstance(string, Comment)}
    for which in (comments, {"name": JUNK.split()}, {"hidden": True}, {"style": hidden}, {"role": ROLES}):
        for tag in soup.find_all(**which):
            tag.extract()
    for tag in soup.find_all(["header", "footer"]):
        if not tag.find_parent(["article", "main"]) and not tag.find("h1"):
            tag.extract()
    for tag in soup.find_all(["ul", "ol", "table", "div", "p", "form"]):
        links = tag.find_all("a")
        linked = sum(len(link.get_text(strip=True)) for link in links)
        if len(links) > 2 and linked * 3 > 2 * len(tag.get_text(strip=True)):
            tag.extract()


def _html_text(root) -> str:
    for pre in root.find_all("pre"):
        for string in pre.find_all(string=True):
            string.replace_with(string.replace("\n", "\v"))
    for string in root.find_all(string=True):
        # A line break in the source between two Chinese characters is no space.
        joined = re.sub(f"(?<={HAN})[ \t\r]*\n[ \t\r\n]*(?={HAN})", "", string)
        string.replace_with(re.sub("[ \t\r\n\f]+", " ", joined))
    for tag in root.find_all("br"):
        tag.replace_with("\v")
    for tag in root.find_all(["td", "th"]):
        tag.append("\t")
    for tag in root.find_all(BLOCKS):
        tag.insert_before("\n")
        tag.append("\n")
    lines = (line.strip(" \t\n\v") for line in root.get_text().split("\n"))
    return "\n\n".join(re.sub(" *\v *", "\n", line) for line in lines if line)


def _filled(text: str, path: Path, read_as: str, advice: str) -> Decoded:
    if not text.strip():
        raise ValueError(f"{path} was read as {read_as} and holds no text. {advice}")
    return Decoded(text, read_as)
