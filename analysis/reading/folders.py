"""A folder of one's own documents to a table, one row per document."""

import difflib
import unicodedata
import warnings
from collections.abc import Mapping
from io import StringIO
from pathlib import Path

import pandas as pd

from analysis._checks import check_problems
from analysis.reading.decoding import decode
from analysis.reading.documents import SUFFIXES, read_document
from analysis.reading.normalisation import normalise
from analysis.reading.sources import METADATA, Problem, find_files, unit_of

OWN_COLUMNS = ("unit", "read_as", "text")
Encoding = str | Mapping[str, str] | None


def read_folder(
    folder: str | Path,
    *,
    pattern: str = "**/*",
    encoding: str | Mapping[str, str] | None = None,
    half_width: bool = True,
    convert: str | None = None,
    normalised: bool = True,
    problems: list[Problem] | None = None,
) -> pd.DataFrame:
    """Read all documents of a folder and its folders, with their metadata.

    Parameters
    ----------
    folder : str or Path
        A ``metadata.csv`` in it (column ``file``, and any others: ``title``, ``date``, ``issuer``, …; separated
        by commas, semicolons or tabs) is joined by file name, ``2024/notice.docx`` for a file in a folder of it.
    pattern : str, default "**/*"
        Which files, ``"*.txt"`` for those. Hidden files and Word's ``~$`` files are never read.
    encoding : str or mapping, optional
        Of all text files, or of some: ``{"old.txt": "cp950"}``.
    half_width, convert, normalised : optional
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
        ``no metadata`` and ``named twice`` that it is, with empty metadata in the latter two; ``no such file``
        is one that only the metadata name.

    Raises
    ------
    FileNotFoundError, ValueError
        If the folder does not exist or has no file to read; without ``problems``, for any but those
        ``incomplete``, which are a warning; for metadata that cannot be read, in any case.

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
    files = _files(folder, pattern, encoding)
    metadata = _metadata(folder / METADATA)
    rows, found = _documents(files, encoding)
    if normalised:
        for row in rows:
            row["text"] = normalise(row["text"], half_width=half_width, convert=convert)
    found = sorted([*found, *_metadata_problems(metadata, files)], key=lambda problem: problem[:2])
    if problems is None:
        _raise(found)
    else:
        problems += found
    return _joined(pd.DataFrame(rows, columns=["unit", "file", "read_as", "text"]), metadata)


def _files(folder: Path, pattern: str, encoding: Encoding) -> dict[str, Path]:
    if not folder.is_dir():
        raise FileNotFoundError(f"{folder} does not exist or is no folder.")
    files = find_files(folder, pattern)
    if not files:
        raise FileNotFoundError(f"{folder} has no file that fits {pattern!r}: documents end in {', '.join(SUFFIXES)}.")
    if isinstance(encoding, Mapping) and set(encoding) - set(files):
        raise ValueError(f"encoding names {sorted(set(encoding) - set(files))}, not among the files of {folder}.")
    return files


def _documents(files: dict[str, Path], encoding: Encoding) -> tuple[list[dict[str, str]], list[Problem]]:
    rows, problems = [], []
    units: dict[str, str] = {}
    for file, path in files.items():
        unit = unit_of(file)
        try:
            document = read_document(path, encoding.get(file) if isinstance(encoding, Mapping) else encoding)
        except (ImportError, OSError, ValueError) as error:
            problems.append(Problem(file, "unreadable", str(error)))
            continue
        if unit in units:
            message = f"{path} would be the unit {unit!r}, as {units[unit]} is: rename one of them."
            problems.append(Problem(file, "same unit", message))
            continue
        units[unit] = file
        problems += [Problem(file, "incomplete", note) for note in document.notes]
        rows.append({"unit": unit, "file": file, "read_as": document.read_as, "text": document.text})
    return rows, problems


def _metadata(path: Path) -> pd.DataFrame | None:
    """Read ``metadata.csv`` if there is one; column ``file`` in Unicode NFC."""
    if not path.is_file():
        return None
    text = decode(path.read_bytes(), str(path)).text.lstrip("\ufeff")
    head = text.partition("\n")[0]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", pd.errors.ParserWarning)  # cells beyond the header
            mark = max(",;\t", key=head.count)
            table = pd.read_csv(StringIO(text), dtype=str, keep_default_na=False, index_col=False, sep=mark)
    except (pd.errors.ParserError, pd.errors.ParserWarning, pd.errors.EmptyDataError) as error:
        raise ValueError(f"{path} is not a readable CSV: {error}") from error
    table.columns = [column.strip() for column in table.columns]
    if "file" not in table or set(OWN_COLUMNS) & set(table.columns):
        needs = f"it needs 'file', and none of {', '.join(OWN_COLUMNS)}."
        raise ValueError(f"{path} has the columns {list(table.columns)}: {needs}")
    table["file"] = [unicodedata.normalize("NFC", name.strip().replace("\\", "/")) for name in table.file]
    return table[(table != "").any(axis=1)]


def _metadata_problems(metadata: pd.DataFrame | None, files: dict[str, Path]) -> list[Problem]:
    if metadata is None:
        return []
    problems = []
    for file, count in metadata.file.value_counts(sort=False).items():
        if file not in files:
            near = difflib.get_close_matches(file, files, 1, 0.8)
            hint = f"; perhaps {near[0]} is meant" if near else ""
            message = f"{METADATA} names {file!r}, which is not among the files{hint}."
            problems.append(Problem(file, "no such file", message))
        elif count > 1:
            message = f"{METADATA} names {file!r} {count} times: keep one of the rows."
            problems.append(Problem(file, "named twice", message))
    lacking = [file for file in files if file not in set(metadata.file)]
    message = f"{METADATA} has no row for {{!r}}: add one."
    return problems + [Problem(file, "no metadata", message.format(file)) for file in lacking]


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


def _raise(problems: list[Problem]) -> None:
    for problem in problems:
        if problem.kind == "incomplete":
            warnings.warn(problem.message, UserWarning, stacklevel=3)
    errors = [problem.message for problem in problems if problem.kind != "incomplete"]
    if errors:
        listed = "\n".join(f"- {message}" for message in errors[:20])
        more = f"\n- and {len(errors) - 20} more" if len(errors) > 20 else ""
        raise ValueError(f"{len(errors)} problem(s); with a list, problems=[], reading goes on:\n{listed}{more}")
