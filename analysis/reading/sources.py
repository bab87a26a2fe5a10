"""Files to read, found in one way, and what can be wrong with them."""

import hashlib
import re
import sys
import unicodedata
import warnings
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

LINES = (".jsonl", ".jsonl.gz")
METADATA = ("metadata.csv", "metadata.xlsx")  # read_folder joins them; they are no documents
WARNED = ("incomplete", "mended", "same text", "renamed")  # the document is there: no reason to stop
PASSED_OVER = ("thumbs.db", "desktop.ini", "__macosx", "$recycle.bin")  # what Windows and macOS leave in folders


class Problem(NamedTuple):
    """What is wrong with a file, or with one of its lines."""

    file: str
    kind: str
    message: str
    line: int | None = None


def report(found: list[Problem], problems: list[Problem] | None) -> None:
    """Add what was found to a list of problems; without one, warn of what was read and raise for the rest."""
    if problems is not None:
        problems += found
        return
    for problem in found:
        if problem.kind in WARNED:
            warnings.warn(problem.message, UserWarning, stacklevel=_outside())
    errors = [problem.message for problem in found if problem.kind not in WARNED]
    if errors:
        listed = "\n".join(f"- {message}" for message in errors[:20])
        more = f"\n- and {len(errors) - 20} more" if len(errors) > 20 else ""
        raise ValueError(f"{len(errors)} problem(s); with a list, problems=[], reading goes on:\n{listed}{more}")


def same_texts(texts: Iterable[tuple[str, str]]) -> Iterator[Problem]:
    """Name documents that hold what another before them holds, white space apart."""
    seen: dict[bytes, str] = {}
    for name, text in texts:
        first = seen.setdefault(hashlib.sha256("".join(text.split()).encode()).digest(), name)
        if first != name:
            message = f"{name} holds the same text as {first}: take one away, or it counts twice."
            yield Problem(name, "same text", message)


def _outside() -> int:
    """Return how far up the caller stands who is not in this package, as ``stacklevel`` counts."""
    level, frame = 1, sys._getframe(1)
    while frame.f_back and frame.f_globals["__name__"].startswith("analysis."):
        level, frame = level + 1, frame.f_back
    return level


class Source(NamedTuple):
    """A file to read, or why not; ``unit`` is the id of its document, empty if it holds one on each line."""

    path: Path
    name: str
    unit: str
    size: int
    fault: str = ""


def find_files(folder: Path, pattern: str = "**/*") -> tuple[dict[str, Path], list[Problem]]:
    """Find the files of a folder and its folders by their names in it, sorted, in Unicode NFC.

    Hidden files and folders, what Windows and macOS leave (Thumbs.db, desktop.ini, Word's ``~$`` files) and the
    folder's metadata are left out. Problems name links that lead out of the folder or nowhere, what is no file
    (pipes), and files whose names are the same in NFC, of which the first is read.
    """
    found: dict[str, Path] = {}
    problems = []
    inside: dict[Path, bool] = {}
    for path in sorted(folder.glob(pattern)):
        name = shown(path.relative_to(folder).as_posix())
        parts = name.lower().split("/")
        if any(part.startswith((".", "~$")) or part in PASSED_OVER for part in parts) or name in METADATA:
            continue
        if path.parent not in inside:
            inside[path.parent] = path.parent.resolve().is_relative_to(folder.resolve())
        fault = _fault(path, folder, inside[path.parent])
        if fault is None and name in found:
            fault = "has the name of another file, written in other characters of Unicode: rename one"
        if fault:
            problems.append(Problem(name, "unreadable", f"{shown(path)} {fault}."))
        elif path.is_file():
            found[name] = path
    return dict(sorted(found.items())), problems


def _fault(path: Path, folder: Path, inside: bool) -> str | None:
    """Say why what stands in a folder is no document of it."""
    link = path.is_symlink()
    if link and not path.exists():
        return "is a link that leads nowhere: mend it or take it away"
    if not inside or link and not path.resolve().is_relative_to(folder.resolve()):
        return "is a link that leads out of the folder, and is not followed: copy the file"
    if not path.is_file() and not path.is_dir():
        return "is neither a file nor a folder (a pipe or a device): take it away"
    return None


def shown(path: str | Path) -> str:
    """Return a path as text that can be printed and saved, in Unicode NFC.

    Bytes that are no UTF-8, as in names out of a zip that Windows packed, are read as GB 18030 if they fit, else
    written as ``\\xb2``.
    """
    name = str(path)
    try:
        name.encode()
    except UnicodeEncodeError:
        raw = name.encode("utf-8", "surrogateescape")
        try:
            name = raw.decode("gb18030")
        except UnicodeDecodeError:
            name = raw.decode("utf-8", "backslashreplace")
    return unicodedata.normalize("NFC", name)


def suffix_of(name: str) -> str:
    """Return the suffix of a file's name in small letters: a point and up to five Latin letters or digits.

    >>> suffix_of("notice.DOCX"), suffix_of("1.总体要求"), suffix_of("第2.2024")
    ('.docx', '', '')
    """
    suffix = Path(name).suffix.lower()
    return suffix if re.fullmatch(r"\.[a-z][a-z0-9]{1,5}", suffix) else ""


def unit_of(name: str) -> str:
    """Return the id of the document in a file: its name in the folder without its suffix."""
    return name[: len(name) - len(suffix_of(name))]


def find_sources(paths: str | Path | Iterable[str | Path]) -> list[Source]:
    """List the files to read, in the order given, and those of a folder sorted by name.

    Errors name a path that does not exist, a folder without a file, and two documents that would have the same id.
    What stands in a folder and is no file to read (a link that leads out of it, a pipe) is a source with a fault.
    """
    given = [paths] if isinstance(paths, str | Path) else list(paths)
    if not given:
        raise FileNotFoundError("There is nothing to read: give at least one file or folder.")
    sources = [source for path in given for source in _sources(Path(path))]
    units: dict[str, Source] = {}
    for source in sources:
        if source.unit and units.setdefault(source.unit, source) is not source:
            fault = f"{source.path} would have the id {source.unit!r}, as {units[source.unit].path} has"
            raise ValueError(f"{fault}: rename one, or give the folder that holds both.")
    return sources


def _sources(path: Path) -> list[Source]:
    if not path.exists():
        raise FileNotFoundError(f"{path} does not exist.")
    files, problems = find_files(path) if path.is_dir() else ({shown(path.name): path}, [])
    if not files and not problems:
        raise FileNotFoundError(f"{path} has no file to read.")
    units = {name: "" if name.lower().endswith(LINES) else unit_of(name) for name in files}
    faults = [Source(path, problem.file, "", 0, problem.message) for problem in problems]
    return faults + [Source(file, name, units[name], file.stat().st_size) for name, file in files.items()]


def fingerprints(sources: list[Source]) -> list[dict[str, str | int]]:
    """Tell each file's name, size and SHA-256, whatever its place and its date."""
    hashes = {}
    for source in sources:
        if source.path not in hashes and not source.fault:
            with open(source.path, "rb") as file:
                hashes[source.path] = hashlib.file_digest(file, "sha256").hexdigest()
    return [{"file": s.name, "size": s.size, "sha256": hashes.get(s.path, "")} for s in sources]
