"""One document to text, or documents one after the other, from files of any number and size."""

import gzip
import json
import warnings
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from analysis.reading.decoding import Decoded, decode
from analysis.reading.normalisation import normalise
from analysis.reading.pdf import pdf_document
from analysis.reading.sources import Source
from analysis.reading.web import html_document
from analysis.reading.word import docx_document

PLAIN, WEB = (".txt", ".md"), (".html", ".htm")
SUFFIXES = (*PLAIN, *WEB, ".docx", ".pdf")

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
) -> str:
    """Read one document.

    Parameters
    ----------
    path : str or Path
        A ``.txt`` or ``.md`` (UTF-8, UTF-16, GB18030, GBK, GB2312 or Big5), ``.docx``, ``.html`` or ``.htm``,
        or ``.pdf`` with a text layer. All but the first two need the extra ``reading``.
    encoding : str, optional
        Of a text file or web page, if it is known; by default the text itself decides.
    half_width, convert : optional
        Passed on to :func:`analysis.normalise`.
    normalised : bool, default True
        ``False`` for the characters exactly as the file has them.

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
    document = read_document(Path(path), encoding)
    for note in document.notes:
        warnings.warn(note, UserWarning, stacklevel=2)
    return normalise(document.text, half_width=half_width, convert=convert) if normalised else document.text


def read_document(path: Path, encoding: str | None = None) -> Decoded:
    """Read one document as :func:`read_text` does, with what is to be known of it."""
    if not path.is_file():
        raise FileNotFoundError(f"{path} does not exist or is no file.")
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        fault = f"{path} has a suffix that is not read ({suffix or 'none'})"
        raise ValueError(f"{fault}: save it as one of {', '.join(SUFFIXES)}.")
    if path.stat().st_size == 0:
        raise ValueError(f"{path} is empty (0 bytes): fetch it again or take it away.")
    if suffix in WEB:
        return html_document(path, encoding)
    if suffix in PLAIN:
        return _plain_document(path, encoding)
    return docx_document(path) if suffix == ".docx" else pdf_document(path)


def _plain_document(path: Path, encoding: str | None) -> Decoded:
    document = decode(path.read_bytes(), str(path), encoding)
    if not any(sign.isprintable() and not sign.isspace() for sign in document.text):
        raise ValueError(f"{path} holds nothing but white space: fetch it again or take it away.")
    if document.text[:200].lstrip().lower().startswith(("<!doctype html", "<html")):
        raise ValueError(f"{path} is a web page by its first characters: name it .html.")
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
        for document in (_read_file if source.unit else _read_lines)(source, fail):
            yield document._replace(position=before + document.position)
        before += source.size


def _read_file(source: Source, fail: Fail) -> Iterator[Document]:
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
        raise ValueError(f"'id' is neither text nor a whole number but {unit!r}")
    if not isinstance(text, str):
        raise ValueError(f"'text' of {unit!r} is not text but {text!r:.60}")
    (unit + text).encode()  # half of a surrogate pair, which JSON can write, is no character
    return unit, text
