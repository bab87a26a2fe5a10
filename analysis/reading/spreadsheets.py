"""Tables as people keep them: CSV in any encoding, Excel, JSON lines."""

import json
import warnings
from collections.abc import Iterable
from io import StringIO
from pathlib import Path

import pandas as pd

from analysis.reading.decoding import decode
from analysis.reading.extras import extra
from analysis.reading.limits import MEGABYTES, check_archive

TABLES = (".csv", ".tsv", ".xlsx", ".jsonl")
ROWS, CELLS = 1_048_576, 20_000_000  # of a sheet; Excel allows so many rows, and 17,000 millions of cells
LONGEST_CELL = 32_767  # characters; Excel cuts off what is more


def read_spreadsheet(path: Path, megabytes: float = MEGABYTES) -> pd.DataFrame:
    """Read a table as text: ``""`` for an empty cell, names of columns without white space around them.

    The index counts the rows of the file, from 1, the one with the names among them.

    ``.csv`` and ``.tsv`` may be in any encoding that :func:`analysis.read_text` reads, separated by commas,
    semicolons or tabs; of an ``.xlsx`` the first sheet is read, dates as 2024-03-05; of ``.jsonl`` every line must be
    an object. Errors name the file, and the line where there is one. An ``.xlsx`` that would unpack to more than
    ``megabytes`` is refused.
    """
    suffix = path.suffix.lower()
    if suffix == ".xlsx":
        table = _excel(path, megabytes)
    elif suffix == ".jsonl":
        table = _json_lines(path)
    else:
        table = _separated(path)
    table.columns = [str(column).strip() for column in table.columns]
    twice = sorted(set(table.columns[table.columns.duplicated()]))
    if twice:
        raise ValueError(f"{path} has more than one column {', '.join(twice)}: rename them.")
    return table


def without_clashes(table: pd.DataFrame, taken: Iterable[str]) -> tuple[pd.DataFrame, list[str]]:
    """Rename columns that are called as one of ``taken``, and say so."""
    names = {}
    for column in table.columns:
        if column in taken:
            names[column] = f"given_{column}"
            while names[column] in table:
                names[column] += "_"
    said = [
        f"The column {old!r} is called {new!r}, since the corpus has one of this name." for old, new in names.items()
    ]
    return table.rename(columns=names), said


def _separated(path: Path) -> pd.DataFrame:
    text = decode(path.read_bytes(), str(path)).text.lstrip("\ufeff")
    head = text.partition("\n")[0]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", pd.errors.ParserWarning)  # cells beyond the header
            mark = max(",;\t", key=head.count)
            table = pd.read_csv(StringIO(text), dtype=str, keep_default_na=False, sep=mark, header=None)
    except (pd.errors.ParserError, pd.errors.ParserWarning, pd.errors.EmptyDataError) as error:
        raise ValueError(f"{path} is not a readable CSV: {error}") from error
    return _headed(table)


def _headed(table: pd.DataFrame) -> pd.DataFrame:
    """Take the first row for the names of the columns; pandas would rename those that stand twice."""
    named = table.iloc[1:].set_axis(table.iloc[0].astype(str), axis=1).rename_axis(columns=None)
    return named.set_axis(named.index + 1)


def _excel(path: Path, megabytes: float) -> pd.DataFrame:
    """Read the first sheet, cell by cell: a sheet that says it is a million rows long may hold one."""
    openpyxl = extra("openpyxl")
    check_archive(path, megabytes)
    rows: list[list[str]] = []
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        for number, row in enumerate(book.worksheets[0].iter_rows(values_only=True), start=1):
            if number > ROWS or number * len(row) > CELLS:
                raise ValueError(f"it says it has more than {ROWS:,} rows or {CELLS:,} cells")
            cells = [_cell(value) for value in row]
            rows.append(cells)
        book.close()
    except Exception as error:
        fault = f"{path} is no whole Excel file ({type(error).__name__}: {error!s:.150})"
        raise ValueError(f"{fault}: open it and save it again.") from error
    while rows and not any(rows[-1]):
        rows.pop()
    width = max((place for row in rows for place, cell in enumerate(row, start=1) if cell), default=0)
    if not width:
        raise ValueError(f"{path} has nothing on its first sheet: put the table there.")
    return _headed(pd.DataFrame([(row + [""] * width)[:width] for row in rows]))


def _cell(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value).removesuffix(" 00:00:00")  # of a date


def _check_characters(row: dict, where: str) -> None:
    """Refuse half of a surrogate pair, which JSON can write and which is no character."""
    try:
        json.dumps(row, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        raise ValueError(f"{where} has half of a character ({error.object[error.start]!r}): write it anew.") from error


def _json_lines(path: Path) -> pd.DataFrame:
    rows, numbers = [], []
    for number, line in enumerate(decode(path.read_bytes(), str(path)).text.split("\n"), start=1):
        if line.strip():
            try:
                row = json.loads(line)
            except (ValueError, RecursionError) as error:
                raise ValueError(f"{path}, line {number} is no JSON: {error}") from error
            if not isinstance(row, dict):
                raise ValueError(f"{path}, line {number} is no JSON object with names and values.")
            if not line.isascii() or "\\ud" in line.lower():
                _check_characters(row, f"{path}, line {number}")
            numbers.append(number)
            rows.append({str(key): value if isinstance(value, str) else _cell(value) for key, value in row.items()})
    return pd.DataFrame(rows, index=numbers).fillna("")
