"""One document to text, or documents one after the other, from files of any number and size."""

import gzip
import json
import re
import warnings
import zlib
from collections.abc import Callable, Iterator
from html.entities import name2codepoint
from pathlib import Path
from typing import NamedTuple

from analysis.reading.decoding import Decoded, decode
from analysis.reading.limits import MEGABYTES, SECONDS, within
from analysis.reading.normalisation import normalise
from analysis.reading.ofd import ofd_document
from analysis.reading.office import OFFICE, office_document
from analysis.reading.pdf.document import pdf_document
from analysis.reading.sources import Source, shown, suffix_of
from analysis.reading.spreadsheets import TABLES
from analysis.reading.web.document import html_document, mht_document
from analysis.reading.word.document import docx_document
from analysis.reading.wrapping import unwrap

PLAIN, WEB, SAVED = (".txt", ".md", ""), (".html", ".htm"), (".mht", ".mhtml")
SUFFIXES = (".txt", ".md", *WEB, *SAVED, ".docx", ".pdf", ".ofd", *OFFICE)
LONGEST_ID = 500  # characters
# How web pages and programs write a Chinese character in ASCII.
ESCAPES = re.compile(rf"&(?:#\d{{4,6}}|#[xX][0-9a-fA-F]{{4,5}}|{'|'.join(name2codepoint)});|\\u[0-9a-fA-F]{{4}}")

Fail = Callable[[str, int | None, str], None]  # told the file, the line and what is wrong


class Document(NamedTuple):
    """A text with its id; ``position`` is how many bytes of all files are read with it."""

    id: str
    text: str
    position: int


def read_text(
    path: str | Path,
    *,
    encoding: str | None = None,
    half_width: bool = True,
    convert: str | None = None,
    normalised: bool = True,
    megabytes: float = MEGABYTES,
    seconds: float = SECONDS,
) -> str:
    """Read one document.

    Parameters
    ----------
    path : str or Path
        A ``.txt`` or ``.md`` (UTF-8, UTF-16, GB18030, GBK, GB2312 or Big5; a name without suffix is taken for one),
        ``.docx``, ``.html``, ``.htm`` or ``.mhtml``, ``.ofd``, or ``.pdf`` with a text layer; ``.doc``, ``.wps``,
        ``.rtf`` or ``.odt`` where LibreOffice is installed. All but the first two need the extra ``reading``.
    encoding : str, optional
        Of a text file or web page, if it is known; by default the text itself decides.
    half_width, convert : optional
        Passed on to :func:`analysis.normalise`.
    normalised : bool, default True
        ``False`` for the characters exactly as the file has them. Otherwise line ends and spaces inside Chinese
        paragraphs that a printer or an OCR set there are taken out, too, with a warning.
    megabytes, seconds : float, default 200 and 120
        A file that would unpack to more, or takes longer to read, is refused.

    Returns
    -------
    str
        Paragraphs of Word files, web pages and PDFs are separated by blank lines. A UserWarning tells of what
        is missing: scanned pages among others, characters lost before.

    Raises
    ------
    FileNotFoundError, ImportError, ValueError
        For a missing file or package, a suffix that is not read, and a file that is empty, cut off, damaged,
        locked by a password, without a text layer, or no Chinese text in any known encoding.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = Path(folder, "notice.txt").write_bytes("推动协同发展，２０３５年。".encode("gbk"))
    ...     read_text(Path(folder, "notice.txt"))
    '推动协同发展，2035年。'

    Notes
    -----
    Encodings are told apart by how Chinese the result looks: see :func:`analysis.reading.decoding.decode`.
    A file cut off between two characters cannot be noticed.
    """
    document = read_document(Path(path), encoding, mended=normalised, megabytes=megabytes, seconds=seconds)
    for note in document.notes + document.changes:
        warnings.warn(note, UserWarning, stacklevel=2)
    return normalise(document.text, half_width=half_width, convert=convert) if normalised else document.text


def read_document(
    path: Path,
    encoding: str | None = None,
    *,
    mended: bool = True,
    megabytes: float = MEGABYTES,
    seconds: float = SECONDS,
) -> Decoded:
    """Read one document as :func:`read_text` does, with what is to be known of it; ``mended``: as far as layout goes.

    Whatever a parser of others raises on a damaged file is a ValueError here that names the file.
    """
    if not path.is_file():
        raise FileNotFoundError(f"{shown(path)} does not exist or is no file.")
    suffix = suffix_of(path.name)
    if suffix not in (*SUFFIXES, ""):
        fault = f"{shown(path)} has a suffix that is not read ({suffix})"
        if suffix in TABLES:
            raise ValueError(f"{fault} as a document: give a table by itself, load_corpus(path, text=its column).")
        raise ValueError(f"{fault}: save it as one of {', '.join(SUFFIXES)}.")
    size = path.stat().st_size
    if size == 0:
        raise ValueError(f"{shown(path)} is empty (0 bytes): fetch it again or take it away.")
    if size > megabytes * 1e6:
        raise ValueError(f"{shown(path)} has {size / 1e6:.0f} MB: allow so much with megabytes=, or part it.")
    try:
        document = _read(path, suffix, encoding, megabytes, seconds)
    except (ImportError, PermissionError):
        raise
    except TimeoutError as error:
        fault = f"{shown(path)} was not read in {seconds:g} seconds"
        raise ValueError(f"{fault}: it is damaged or very large. Allow more with seconds=.") from error
    except Exception as error:
        own = isinstance(error, ValueError) and str(path) in str(error)
        why = str(error).replace(str(path), shown(path)) if own else f"{shown(path)} is damaged ({_brief(error)}): "
        raise ValueError(why if own else f"{why}open it and save it again, or fetch it again.") from error
    document = document._replace(notes=(*document.notes, *_escapes(document.text, shown(path))))
    if not mended:
        return document
    text, changes = unwrap(document.text)
    return document._replace(text=text, changes=tuple(f"{shown(path)}: {change}." for change in changes))


def _read(path: Path, suffix: str, encoding: str | None, megabytes: float, seconds: float) -> Decoded:
    if suffix in PLAIN:
        return _plain_document(path, encoding)
    readers: dict[str, Callable[[], Decoded]] = {
        ".docx": lambda: docx_document(path, megabytes),
        ".pdf": lambda: pdf_document(path, megabytes),
        ".ofd": lambda: ofd_document(path, megabytes),
    }
    saved = suffix in WEB and _is_saved_page(path)
    readers |= dict.fromkeys(WEB, lambda: (mht_document if saved else html_document)(path, encoding))
    readers |= dict.fromkeys(SAVED, lambda: mht_document(path, encoding))
    readers |= dict.fromkeys(OFFICE, lambda: office_document(path, megabytes, seconds))
    return within(seconds, readers[suffix])


def _is_saved_page(path: Path) -> bool:
    """Say whether a web page is one of those that a browser saves with its pictures in one file."""
    with open(path, "rb") as file:
        head = file.read(2000).lower()
    return b"mime-version:" in head and b"multipart/related" in head


def _brief(error: Exception) -> str:
    words = " ".join(str(error).split())
    return f"{type(error).__name__}: {words[:150]}" if words else type(error).__name__


def _escapes(text: str, name: str) -> tuple[str, ...]:
    """Note Chinese that is written as entities or escapes, or refuse it where it is most of a text."""
    escapes = ESCAPES.findall(text)
    if not escapes:
        return ()
    where = f"{name} has {len(escapes)} characters written as {escapes[0]}"
    if len(escapes) > len(re.findall("[\u3400-\u9fff]", text)):
        raise ValueError(f"{where}: undo that first, with html.unescape(text) or json.loads(text).")
    return (f"{where}: they are counted as Latin letters and figures.",)


def _plain_document(path: Path, encoding: str | None) -> Decoded:
    document = decode(path.read_bytes(), str(path), encoding)
    if not any(sign.isprintable() and not sign.isspace() for sign in document.text):
        raise ValueError(f"{path} holds nothing but white space: fetch it again or take it away.")
    if document.text[:200].lstrip().lower().startswith(("<!doctype html", "<html")):
        raise ValueError(f"{path} is a web page by its first characters: name it .html.")
    if not suffix_of(path.name) and document.text.isascii():
        raise ValueError(f"{path} has neither a suffix nor Chinese: name it .txt to have it read, or take it away.")
    if nulls := document.text.count("\0"):
        note = f"{path} has {nulls} null characters, which are left out: text may have been lost there."
        return document._replace(notes=(*document.notes, note))
    return document


def read_documents(sources: list[Source], fail: Fail) -> Iterator[Document]:
    """Read documents one after the other, never all at once.

    Files that end in ``.jsonl`` or ``.jsonl.gz`` hold an object with ``id`` (text or whole number) and ``text`` on
    each line, in UTF-8; blank lines are passed over, and texts are as they stand there. All others are read and
    normalised by :func:`read_text`. ``fail`` is called with file, line (or None) and message for what cannot be
    read. If it raises, reading ends; if it returns, reading goes on with the next line or file.
    """
    before = 0
    for source in sources:
        for document in (_read_file if source.unit or source.fault else _read_lines)(source, fail):
            yield document._replace(position=before + document.position)
        before += source.size


def _read_file(source: Source, fail: Fail) -> Iterator[Document]:
    if source.fault:
        fail(source.name, None, source.fault)
        return
    try:
        text = read_text(source.path)
    except (ImportError, OSError, ValueError) as error:
        fail(source.name, None, str(error))
    else:
        yield Document(source.unit, text, source.size)


def _read_lines(source: Source, fail: Fail) -> Iterator[Document]:
    number = 0
    with open(source.path, "rb") as raw:
        lines = gzip.GzipFile(fileobj=raw) if source.name.lower().endswith(".gz") else raw
        try:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    try:
                        unit, text = _parse(line.decode("utf-8-sig" if number == 1 else "utf-8"))
                    except ValueError as error:
                        fail(source.name, number, str(error))
                    else:
                        yield Document(unit, text, raw.tell())
        except (EOFError, gzip.BadGzipFile, zlib.error) as error:
            fail(source.name, number + 1, f"the compressed file is damaged from here on ({error}): fetch it again")


def _parse(line: str) -> tuple[str, str]:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"no JSON ({error})") from error
    if not isinstance(record, dict) or not {"id", "text"} <= set(record):
        raise ValueError("no JSON object with 'id' and 'text'")
    unit, text = record["id"], record["text"]
    if isinstance(unit, int) and not isinstance(unit, bool):
        unit = str(unit)
    if not isinstance(unit, str) or not unit:
        raise ValueError(f"'id' is neither text nor a whole number but {unit!r:.60}")
    if len(unit) > LONGEST_ID:
        raise ValueError(f"'id' has {len(unit)} characters, and {LONGEST_ID} at most are taken")
    if not isinstance(text, str):
        raise ValueError(f"'text' of {unit!r:.60} is not text but {text!r:.60}")
    (unit + text).encode()  # half of a surrogate pair, which JSON can write, is no character
    return unit, text
