"""Files to read, found in one way, and what can be wrong with them."""

import hashlib
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

LINES = (".jsonl", ".jsonl.gz")
METADATA = "metadata.csv"  # read_folder joins it; it is no document


class Problem(NamedTuple):
    """What is wrong with a file, or with one of its lines."""

    file: str
    kind: str
    message: str
    line: int | None = None


class Source(NamedTuple):
    """A file to read; ``unit`` is the id of its document, empty if it holds one on each line."""

    path: Path
    name: str
    unit: str
    size: int


def find_files(folder: Path, pattern: str = "**/*") -> dict[str, Path]:
    """Find the files of a folder and its folders by their names in it, sorted, in Unicode NFC.

    Hidden files and folders, Word's ``~$`` files and the folder's ``metadata.csv`` are left out.
    """
    found = {}
    for path in folder.glob(pattern):
        name = unicodedata.normalize("NFC", path.relative_to(folder).as_posix())
        hidden = any(part.startswith((".", "~$")) for part in name.split("/"))
        if path.is_file() and not hidden and name != METADATA:
            found[name] = path
    return dict(sorted(found.items()))


def unit_of(name: str) -> str:
    """Return the id of the document in a file: its name in the folder without its suffix."""
    return name.removesuffix(Path(name).suffix)


def find_sources(paths: str | Path | Iterable[str | Path]) -> list[Source]:
    """List the files to read, in the order given, and those of a folder sorted by name.

    Errors name a path that does not exist, a folder without a file, and two documents that would have the same id.
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
    files = find_files(path) if path.is_dir() else {path.name: path}
    if not files:
        raise FileNotFoundError(f"{path} has no file to read.")
    units = {name: "" if name.lower().endswith(LINES) else unit_of(name) for name in files}
    return [Source(file, name, units[name], file.stat().st_size) for name, file in files.items()]


def fingerprints(sources: list[Source]) -> list[dict[str, str | int]]:
    """Tell each file's name, size and SHA-256, whatever its place and its date."""
    hashes = {}
    for source in sources:
        if source.path not in hashes:
            with open(source.path, "rb") as file:
                hashes[source.path] = hashlib.file_digest(file, "sha256").hexdigest()
    return [{"file": s.name, "size": s.size, "sha256": hashes[s.path]} for s in sources]
