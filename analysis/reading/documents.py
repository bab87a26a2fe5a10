"""A folder of one's own documents to a table, one row per document."""

import difflib
import unicodedata
import warnings
from collections.abc import Mapping
from io import StringIO
from pathlib import Path

import pandas as pd

from analysis.reading.decoding import Document, decode
from analysis.reading.formats import docx_document, html_document
from analysis.reading.normalisation import normalise
from analysis.reading.pdf import pdf_document

PLAIN, WEB = (".txt", ".md"), (".html", ".htm")
SUFFIXES = (*PLAIN, *WEB, ".docx", ".pdf")
METADATA = "metadata.csv"
OWN_COLUMNS = ("unit", "read_as", "text")


def read_text(
    path: str | Path,
    encoding: str | None = None,
    half_width: bool = True,
    convert: str | None = None,
    normalised: bool = True,
) -> str:
    """Read one document.

    Parameters
    ----------
    path : a ``.txt`` or ``.md`` (UTF-8, UTF-16, GB18030, GBK, GB2312 or Big5), ``.docx``,
        ``.html`` or ``.htm``, or ``.pdf`` with a text layer. All but the first two need the
        extra ``reading``.
    encoding : of a text file or web page, if it is known; by default the text itself decides.
    half_width, convert : passed on to :func:`analysis.normalise`.
    normalised : ``False`` for the characters exactly as the file has them.

    Returns
    -------
    str
        Paragraphs of Word files, web pages and PDFs are separated by blank lines.

    Raises
    ------
    FileNotFoundError, ImportError, ValueError
        Naming the file, what was tried and what to do: for a missing file or package, a suffix
        that is not read, and a file that is empty, cut off, damaged, locked by a password,
        without a text layer, or no Chinese text in any known encoding.

    Warns
    -----
    UserWarning
        If a part is missing: scanned pages among others, characters lost before.

    Examples
    --------
    >>> from analysis._paths import DATA
    >>> read_text(DATA / "raw" / "theory-page.txt").split()[0]
    '站在新起点'

    Notes
    -----
    Encodings are told apart by how Chinese the result looks: see
    :func:`analysis.reading.decoding.decode`. A file cut off between two characters cannot be noticed.
    """
    document = _read(Path(path), encoding)
    for note in document.notes:
        warnings.warn(note, UserWarning, stacklevel=2)
    return normalise(document.text, half_width, convert) if normalised else document.text


def read_folder(
    folder: str | Path,
    on_error: str = "raise",
    pattern: str = "**/*",
    encoding: str | Mapping[str, str] | None = None,
    half_width: bool = True,
    convert: str | None = None,
    normalised: bool = True,
):
    """Read all documents of a folder and its folders, with their metadata.

    Parameters
    ----------
    folder : the folder. A ``metadata.csv`` in it (column ``file``, and any others: ``title``,
        ``date``, ``issuer``, …) is joined by file name, ``2024/notice.docx`` for a file in a
        folder of it. It may be in any encoding that text files may be in, separated by
        commas, semicolons or tabs.
    on_error : ``"raise"``: one error that lists everything that is wrong; ``"report"``: go on
        without it and return it as a table.
    pattern : which files, ``"*.txt"`` for those. Hidden files and Word's ``~$`` files are
        never read.
    encoding : of all text files, or of some: ``{"old.txt": "cp950"}``.
    half_width, convert, normalised : as in :func:`read_text`.

    Returns
    -------
    DataFrame
        One row per document, sorted by file name. Index ``unit``: the file name without its
        suffix, which does not depend on other files. Columns ``file``; ``title`` (of the
        metadata, else the file name without folder and suffix); the other columns of the
        metadata, as text, ``""`` where there is none; ``read_as`` (encoding or format);
        ``text``.
    (DataFrame, DataFrame)
        With ``on_error="report"``: the documents that could be read, and the table of problems:
        ``file``, ``kind`` and ``message``. Kinds are ``unreadable`` and ``same unit`` (the file
        is not in the first table), ``incomplete``, ``no metadata`` and ``named twice`` (it is,
        with empty metadata in the latter two), ``no such file`` (of the metadata).

    Raises
    ------
    FileNotFoundError
        If the folder does not exist or has no file to read.
    ValueError
        For a problem of the above kinds other than ``incomplete`` (a warning) with
        ``on_error="raise"``; for metadata that cannot be read, whatever ``on_error`` is.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     bytes_ = "推动京津冀协同发展。".encode("gbk")
    ...     _ = Path(folder, "notice.txt").write_bytes(bytes_)
    ...     _ = Path(folder, "metadata.csv").write_text("file,date\\nnotice.txt,2024-05-01\\n")
    ...     documents = read_folder(folder)
    >>> documents.loc["notice"].to_list()
    ['notice.txt', 'notice', '2024-05-01', 'gb18030', '推动京津冀协同发展。']

    Notes
    -----
    Dates are kept as they are written: a spreadsheet may have changed them before.
    """
    folder = Path(folder)
    if on_error not in ("raise", "report"):
        raise ValueError(f"on_error must be 'raise' or 'report', not {on_error!r}.")
    files = _files(folder, pattern)
    if isinstance(encoding, Mapping) and set(encoding) - set(files):
        raise ValueError(f"encoding names {sorted(set(encoding) - set(files))}, not among the files of {folder}.")
    metadata = _metadata(folder / METADATA)
    rows, problems = _documents(files, encoding)
    if normalised:
        for row in rows:
            row["text"] = normalise(row["text"], half_width, convert)
    problems += _metadata_problems(metadata, files)
    table = _joined(pd.DataFrame(rows, columns=["unit", "file", "read_as", "text"]), metadata)
    report = pd.DataFrame(problems, columns=["file", "kind", "message"])
    report = report.sort_values(["file", "kind"], kind="stable", ignore_index=True)
    if on_error == "report":
        return table, report
    _raise(report)
    return table


def _read(path: Path, encoding: str | None) -> Document:
    if not path.is_file():
        raise FileNotFoundError(f"{path} does not exist or is no file.")
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise ValueError(
            f"{path} has a suffix that is not read ({suffix or 'none'}): save it as one of {', '.join(SUFFIXES)}."
        )
    if path.stat().st_size == 0:
        raise ValueError(f"{path} is empty (0 bytes): fetch it again or take it away.")
    if suffix in WEB:
        return html_document(path, encoding)
    if suffix in PLAIN:
        return _plain_document(path, encoding)
    return docx_document(path) if suffix == ".docx" else pdf_document(path)


def _plain_document(path: Path, encoding: str | None) -> Document:
    document = decode(path.read_bytes(), str(path), encoding)
    if not any(sign.isprintable() and not sign.isspace() for sign in document.text):
        raise ValueError(f"{path} holds nothing but white space: fetch it again or take it away.")
    if document.text[:200].lstrip().lower().startswith(("<!doctype html", "<html")):
        raise ValueError(f"{path} is a web page by its first characters: name it .html.")
    return document


def _files(folder: Path, pattern: str) -> dict[str, Path]:
    """Return the files to read by their names in the folder, in Unicode NFC, sorted."""
    if not folder.is_dir():
        raise FileNotFoundError(f"{folder} does not exist or is no folder.")
    found = {}
    for path in folder.glob(pattern):
        parts = path.relative_to(folder).parts
        hidden = any(part.startswith(".") for part in parts) or path.name.startswith("~$")
        if path.is_file() and not hidden and parts != (METADATA,):
            found[unicodedata.normalize("NFC", "/".join(parts))] = path
    if not found:
        raise FileNotFoundError(f"{folder} has no file that fits {pattern!r}: documents end in {', '.join(SUFFIXES)}.")
    return dict(sorted(found.items()))


def _documents(files: dict[str, Path], encoding) -> tuple[list[dict], list[tuple]]:
    rows, problems, units = [], [], {}
    for file, path in files.items():
        unit = file.removesuffix(Path(file).suffix)
        try:
            document = _read(path, encoding.get(file) if isinstance(encoding, Mapping) else encoding)
        except (ImportError, OSError, ValueError) as error:
            problems.append((file, "unreadable", str(error)))
            continue
        if unit in units:
            message = f"{path} would be the unit {unit!r}, as {units[unit]} is: rename one of them."
            problems.append((file, "same unit", message))
            continue
        units[unit] = file
        problems += [(file, "incomplete", note) for note in document.notes]
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
            table = pd.read_csv(
                StringIO(text), dtype=str, keep_default_na=False, index_col=False, sep=max(",;\t", key=head.count)
            )
    except (pd.errors.ParserError, pd.errors.ParserWarning, pd.errors.EmptyDataError) as error:
        raise ValueError(f"{path} is not a readable CSV: {error}") from error
    table.columns = [column.strip() for column in table.columns]
    if "file" not in table or set(OWN_COLUMNS) & set(table.columns):
        raise ValueError(
            f"{path} has the columns {list(table.columns)}: it needs 'file', and none of {', '.join(OWN_COLUMNS)}."
        )
    table["file"] = [unicodedata.normalize("NFC", name.strip().replace("\\", "/")) for name in table.file]
    return table[(table != "").any(axis=1)]


def _metadata_problems(metadata: pd.DataFrame | None, files: dict[str, Path]) -> list[tuple]:
    if metadata is None:
        return []
    problems = []
    for file, count in metadata.file.value_counts(sort=False).items():
        if file not in files:
            near = difflib.get_close_matches(file, files, 1, 0.8)
            hint = f"; perhaps {near[0]} is meant" if near else ""
            message = f"{METADATA} names {file!r}, which is not among the files{hint}."
            problems.append((file, "no such file", message))
        elif count > 1:
            message = f"{METADATA} names {file!r} {count} times: keep one of the rows."
            problems.append((file, "named twice", message))
    problems += [
        (file, "no metadata", f"{METADATA} has no row for {file!r}: add one.")
        for file in files
        if file not in set(metadata.file)
    ]
    return problems


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


def _raise(report: pd.DataFrame) -> None:
    for message in report.message[report.kind == "incomplete"]:
        warnings.warn(message, UserWarning, stacklevel=3)
    errors = report.message[report.kind != "incomplete"]
    if len(errors):
        listed = "\n".join(f"- {message}" for message in errors[:20])
        more = f"\n- and {len(errors) - 20} more" if len(errors) > 20 else ""
        raise ValueError(f"{len(errors)} problem(s); on_error='report' goes on without:\n{listed}{more}")
