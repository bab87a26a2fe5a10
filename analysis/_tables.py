"""Reading the project's tables with one kind of error for all of them."""

import csv
import os
from io import StringIO
from pathlib import Path

import pandas as pd


def read_table(path: Path, columns: list[str], key: list[str], *, text: str | None = None) -> pd.DataFrame:
    """Read a UTF-8 CSV, or its ``text``, whose ``columns`` must be there and whose ``key`` must be unique.

    All cells are text, empty ones ``""``; the line of row ``i`` in the file is ``i + 2`` as long as no cell holds a
    line break. A FileNotFoundError or ValueError names the file and, where there is one, the line.

    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp(), "articles.csv")
    >>> _ = path.write_text("article,title\\na,创新\\nb,\\n", encoding="utf-8")
    >>> read_table(path, ["title"], ["article"]).values.tolist()
    [['a', '创新'], ['b', '']]
    """
    path = Path(path)
    text = "\n".join(read_lines(path)) if text is None else text
    _check_widths(path, text)
    try:
        table = pd.read_csv(StringIO(text), dtype=str, keep_default_na=False, skip_blank_lines=False)
    except (pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        raise ValueError(f"{path} is not a readable CSV: {error}") from error
    missing = [name for name in columns if name not in table.columns]
    if missing:
        raise ValueError(f"{path} lacks the column(s) {missing}; it has {list(table.columns)}.")
    empty = table.index[(table[key] == "").any(axis=1)]
    if len(empty):
        raise ValueError(f"{path}, line {empty[0] + 2}: {' and '.join(key)} must not be empty.")
    twice = table.index[table.duplicated(key)]
    if len(twice):
        value = ", ".join(table.loc[twice[0], key])
        raise ValueError(f"{path}, line {twice[0] + 2}: {value} stands there a second time.")
    return table


def _check_widths(path: Path, text: str) -> None:
    """Refuse rows that pandas would shift or fill without a word."""
    rows = csv.reader(StringIO(text))
    header = next(rows, [])
    for row in rows:
        if row and len(row) != len(header):
            raise ValueError(
                f"{path}, line {rows.line_num}: {len(row)} cells under {len(header)} "
                "column names; a cell with a comma in it needs quotation marks."
            )


def read_lines(path: Path) -> list[str]:
    """Read the lines of a UTF-8 file, with or without a byte order mark."""
    return read_text_file(path).rstrip("\n").split("\n")


def read_text_file(path: Path) -> str:
    """Read a UTF-8 file, with or without a byte order mark, its line ends as they are."""
    if not path.is_file():
        raise FileNotFoundError(f"{path} does not exist.")
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"{path} is not UTF-8 (byte {error.start}): save it as UTF-8.") from error


class replacing:
    """Write beside a target, then take its place in one step: it is there whole or as before.

    >>> import tempfile
    >>> target = Path(tempfile.mkdtemp(), "words.txt")
    >>> with replacing(target) as temporary:
    ...     _ = temporary.write_text("协同", encoding="utf-8")
    >>> target.read_text(encoding="utf-8"), [path.name for path in target.parent.iterdir()]
    ('协同', ['words.txt'])
    """

    def __init__(self, target: Path):
        self.target = target
        self.temporary = target.with_name(f".{target.name}.{os.getpid()}")

    def __enter__(self) -> Path:
        return self.temporary

    def __exit__(self, kind, value, trace) -> None:
        if kind is None:
            os.replace(self.temporary, self.target)
        else:
            self.temporary.unlink(missing_ok=True)
            if isinstance(value, OSError):
                problem = f"{value.strerror or value}: {self.target} is not written, and is as it was before"
                raise OSError(value.errno, problem) from value
