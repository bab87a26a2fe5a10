"""A folder of one's own documents to a table, one row per document."""

import difflib
from collections.abc import Iterable, Mapping
from pathlib import Path

import pandas as pd

from analysis._checks import check_problems
from analysis.reading.documents import SUFFIXES, read_document
from analysis.reading.limits import MEGABYTES, SECONDS
from analysis.reading.normalisation import normalise
from analysis.reading.sources import METADATA, Problem, find_files, report, same_texts, shown, unit_of
from analysis.reading.spreadsheets import read_spreadsheet, without_clashes

OWN_COLUMNS = ("unit", "read_as", "text")
FILE_COLUMNS = ("file", "filename", "file_name", "文件名", "文件", "文件名称")
Encoding = str | Mapping[str, str] | None


def read_folder(
    folder: str | Path,
    *,
    pattern: str = "**/*",
    encoding: str | Mapping[str, str] | None = None,
    half_width: bool = True,
    convert: str | None = None,
    normalised: bool = True,
    megabytes: float = MEGABYTES,
    seconds: float = SECONDS,
    problems: list[Problem] | None = None,
) -> pd.DataFrame:
    """Read all documents of a folder and its folders, with their metadata.

    Parameters
    ----------
    folder : str or Path
        A ``metadata.csv`` (separated by commas, semicolons or tabs) or ``metadata.xlsx`` in it, with a column
        ``file`` or 文件名 and any others (``title``, ``date``, ``issuer``, …), is joined by file name,
        ``2024/notice.docx`` for a file in a folder of it; the suffix may be left out.
    pattern : str, default "**/*"
        Which files, ``"*.txt"`` for those. Hidden files, Word's ``~$`` files and what Windows and macOS leave
        (Thumbs.db) are never read; links that lead out of the folder are not followed, and named.
    encoding : str or mapping, optional
        Of all text files, or of some: ``{"old.txt": "cp950"}``.
    half_width, convert, normalised, megabytes, seconds : optional
        As in :func:`analysis.read_text`.
    problems : list, optional
        A list to be filled: reading goes on, and each thing wrong is added to it as a
        ``Problem(file, kind, message, line)``, sorted by file, the line ``None`` where it is the whole file.
        Without it, one error names them all.

    Returns
    -------
    DataFrame
        One row per document, sorted by file name. Index ``unit``: the file name without its suffix. Columns
        ``file``; ``title`` (of the metadata, else the file name without folder and suffix); the other columns
        of the metadata, as text, ``""`` where there is none; ``read_as`` (encoding or format); ``text``. Of the
        kinds of problems, ``unreadable`` and ``same unit`` mean that the file is not in it; ``incomplete``,
        ``mended`` (line ends and spaces inside paragraphs taken out), ``same text`` (as another), ``no metadata``
        and ``named twice`` that it is, with empty metadata in the latter two; ``no such file`` is one that only
        the metadata name, ``renamed`` a column of theirs that is called as one of these.

    Raises
    ------
    FileNotFoundError, ValueError
        If the folder does not exist or has no file to read; without ``problems``, for any but ``incomplete``,
        ``mended``, ``same text`` and ``renamed``, which are a warning; for metadata that cannot be read, in any
        case.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = Path(folder, "notice.txt").write_bytes("推动京津冀协同发展。".encode("gbk"))
    ...     read_folder(folder).loc["notice"].to_list()
    ['notice.txt', 'notice', 'gb18030', '推动京津冀协同发展。']

    Notes
    -----
    Dates are kept as they are written: a spreadsheet may have changed them before.
    """
    check_problems(problems)
    folder = Path(folder)
    files, found = _files(folder, pattern, encoding)
    metadata, clashes = _metadata(folder, files)
    rows = []
    for file, path, unit in _units(files, found):
        forced = encoding.get(file) if isinstance(encoding, Mapping) else encoding
        try:
            document = read_document(path, forced, mended=normalised, megabytes=megabytes, seconds=seconds)
        except (ImportError, OSError, ValueError) as error:
            found.append(Problem(file, "unreadable", str(error)))
            continue
        found += [Problem(file, "incomplete", note) for note in document.notes]
        found += [Problem(file, "mended", change) for change in document.changes]
        text = normalise(document.text, half_width=half_width, convert=convert) if normalised else document.text
        rows.append({"unit": unit, "file": file, "read_as": document.read_as, "text": text})
    found += [*same_texts((row["file"], row["text"]) for row in rows), *clashes, *_metadata_problems(metadata, files)]
    report(sorted(found, key=lambda problem: problem[:2]), problems)
    return _joined(pd.DataFrame(rows, columns=["unit", "file", "read_as", "text"]), metadata)


def _files(folder: Path, pattern: str, encoding: Encoding) -> tuple[dict[str, Path], list[Problem]]:
    if not folder.is_dir():
        raise FileNotFoundError(f"{folder} does not exist or is no folder.")
    files, problems = find_files(folder, pattern)
    if not files and not problems:
        raise FileNotFoundError(f"{folder} has no file that fits {pattern!r}: documents end in {', '.join(SUFFIXES)}.")
    if isinstance(encoding, Mapping) and set(encoding) - set(files):
        raise ValueError(f"encoding names {sorted(set(encoding) - set(files))}, not among the files of {folder}.")
    return files, problems


def _units(files: dict[str, Path], problems: list[Problem]) -> Iterable[tuple[str, Path, str]]:
    """Yield file, path and id of each document, and add those to the problems whose id another has."""
    units: dict[str, str] = {}
    for file, path in files.items():
        unit = unit_of(file)
        if units.setdefault(unit, file) == file:
            yield file, path, unit
        else:
            message = f"{shown(path)} would be the unit {unit!r}, as {units[unit]} is: rename one of them."
            problems.append(Problem(file, "same unit", message))


def _metadata(folder: Path, files: dict[str, Path]) -> tuple[pd.DataFrame | None, list[Problem]]:
    """Read the folder's metadata, if there are any; column ``file`` as the files are called."""
    paths = [folder / name for name in METADATA if (folder / name).is_file()]
    if not paths:
        return None, []
    if len(paths) > 1:
        raise ValueError(f"{folder} has {' and '.join(METADATA)}: keep one of them.")
    table = read_spreadsheet(paths[0])
    named = [column for column in table if column.lower() in FILE_COLUMNS]
    if not named:
        needs = f"it needs one that names the files, called {' or '.join(FILE_COLUMNS[:4])}."
        raise ValueError(f"{paths[0]} has the columns {list(table.columns)}: {needs}")
    table = table.rename(columns={named[0]: "file"})
    table, renamed = without_clashes(table, OWN_COLUMNS)
    stems: dict[str, list[str]] = {}
    for file in files:
        stems.setdefault(unit_of(file), []).append(file)
    names = [shown(name.strip().replace("\\", "/")) for name in table.file]
    table["file"] = [stems[name][0] if name not in files and len(stems.get(name, "")) == 1 else name for name in names]
    problems = [Problem(paths[0].name, "renamed", message) for message in renamed]
    return table[(table != "").any(axis=1)], problems


def _metadata_problems(metadata: pd.DataFrame | None, files: dict[str, Path]) -> list[Problem]:
    if metadata is None:
        return []
    problems = []
    counts = metadata.file.value_counts(sort=False)
    unknown = [file for file in counts.index if file not in files]
    for file in unknown:
        # A search among thousands for each of thousands would take minutes.
        near = difflib.get_close_matches(file, files, 1, 0.8) if len(unknown) <= 20 else []
        hint = f"; perhaps {near[0]} is meant" if near else ""
        message = f"The metadata name {file!r}, which is not among the files{hint}."
        problems.append(Problem(file, "no such file", message))
    for file in counts.index[counts > 1]:
        message = f"The metadata name {file!r} {counts[file]} times: keep one of the rows."
        problems.append(Problem(file, "named twice", message))
    named = set(counts.index)
    lacking = [file for file in files if file not in named]
    return problems + [
        Problem(file, "no metadata", f"The metadata have no row for {file!r}: add one.") for file in lacking
    ]


def _joined(table: pd.DataFrame, metadata: pd.DataFrame | None) -> pd.DataFrame:
    if metadata is not None:
        single = metadata[~metadata.duplicated("file", keep=False)]
        table = table.merge(single, on="file", how="left").fillna("")
    stem = table.unit.map(lambda unit: unit.rpartition("/")[2])
    title = table.get("title", stem)
    table["title"] = title.where(title != "", stem)
    first, last = ["file", "title"], ["read_as", "text"]
    others = [name for name in table if name not in (*first, *last, "unit")]
    return table.set_index("unit")[[*first, *others, *last]]
