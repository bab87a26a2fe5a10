"""Documents one after the other, from files of any number and size, never all at once."""

import gzip
import hashlib
import json
import unicodedata
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from analysis.reading import read_text

LINES = (".jsonl", ".jsonl.gz")
METADATA = "metadata.csv"  # read_folder joins it; a stream of texts has no use for it

Fail = Callable[[str, int | None, str], None]  # told the file, the line and what is wrong


class Source(NamedTuple):
    """A file to read; ``unit`` is the id of its document, empty if it holds one on each line."""

    path: Path
    name: str
    unit: str
    size: int


class Document(NamedTuple):
    """A text with its id; ``position`` is how many bytes of all files are read with it."""

    id: str
    text: str
    position: int


def find_sources(paths: str | Path | Iterable[str | Path]) -> list[Source]:
    """List the files to read, in the order given, and those of a folder sorted by name.

    Parameters
    ----------
    paths : a file, a folder, or several of them. Hidden files and ``metadata.csv`` are left out.

    Returns
    -------
    list of Source
        The name of a file in a folder is its path in it, ``2024/notice.txt``, and its ``unit``
        is that without the suffix, as in :func:`analysis.read_folder`.

    Raises
    ------
    FileNotFoundError
        If a path does not exist, a folder has no file, or there are no paths.
    ValueError
        If two documents would have the same id.

    Examples
    --------
    >>> from analysis._paths import DATA
    >>> [source.unit for source in find_sources(DATA / "edition") if source.name > "z"]
    ['zhang-lu']
    """
    given = [paths] if isinstance(paths, str | Path) else list(paths)
    if not given:
        raise FileNotFoundError("There is nothing to read: give at least one file or folder.")
    sources = [source for path in given for source in _sources(Path(path))]
    units: dict[str, Source] = {}
    for source in sources:
        if source.unit and units.setdefault(source.unit, source) is not source:
            raise ValueError(
                f"{source.path} would have the id {source.unit!r}, as "
                f"{units[source.unit].path} has: rename one, or give the folder that "
                "holds both."
            )
    return sources


def _sources(path: Path) -> list[Source]:
    if path.is_file():
        return [_source(path, path.name)]
    if not path.is_dir():
        raise FileNotFoundError(f"{path} does not exist.")
    names = {
        unicodedata.normalize("NFC", file.relative_to(path).as_posix()): file
        for file in path.rglob("*")
        if file.is_file()
    }
    found = [
        _source(file, name)
        for name, file in sorted(names.items())
        if not any(part.startswith((".", "~$")) for part in name.split("/")) and name != METADATA
    ]
    if not found:
        raise FileNotFoundError(f"{path} has no file to read.")
    return found


def _source(path: Path, name: str) -> Source:
    unit = "" if name.lower().endswith(LINES) else name.removesuffix(path.suffix)
    return Source(path, name, unit, path.stat().st_size)


def fingerprints(sources: list[Source]) -> list[dict[str, str | int]]:
    """Tell each file's name, size and SHA-256, whatever its place and its date."""
    hashes = {}
    for source in sources:
        if source.path not in hashes:
            with open(source.path, "rb") as file:
                hashes[source.path] = hashlib.file_digest(file, "sha256").hexdigest()
    return [{"file": s.name, "size": s.size, "sha256": hashes[s.path]} for s in sources]


def read_documents(sources: list[Source], fail: Fail) -> Iterator[Document]:
    """Read documents one after the other.

    Parameters
    ----------
    sources : what :func:`find_sources` returns. Files that end in ``.jsonl`` or ``.jsonl.gz``
        hold an object with ``id`` (text or whole number) and ``text`` on each line, in UTF-8;
        blank lines are passed over. All others are read by :func:`analysis.read_text`.
    fail : called with file, line (or None) and message for what cannot be read. If it raises,
        reading ends; if it returns, reading goes on with the next line or file.

    Yields
    ------
    Document
        Texts of lines are as they stand there; those of other files are normalised.

    Examples
    --------
    >>> from analysis._paths import DATA
    >>> document = next(read_documents(find_sources(DATA / "edition" / "lu.txt"), print))
    >>> document.id, document.text[:4]
    ('lu', '凝聚合力')
    """
    before = 0
    for source in sources:
        read = _read_file if source.unit else _read_lines
        for unit, text, position in read(source, fail):
            yield Document(unit, text, before + position)
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
