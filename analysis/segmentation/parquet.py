"""A folder of Parquet parts: claimed by a plan, written part by part, checked, read back.

A file is written under another name, and renamed when it is complete. The journal has a line
for each finished part; it becomes ``parts.csv`` when all are there.
"""

import hashlib
import json
import os
import re
import warnings
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pyarrow as arrow
from pyarrow import parquet

PLAN, PARTS, FAILURES = "plan.json", "parts.csv", "failures.csv"
PARTIAL = ".partial"
COLUMNS = ["part", "documents", "tokens", "sha256"]
ROW = re.compile(r"(part-\d{5,}\.parquet),(\d+),(\d+),([0-9a-f]{64})\n")
SCHEMA = arrow.schema([("id", arrow.string()), ("tokens", arrow.list_(arrow.string()))])

Row = tuple[str, int, int, str]  # as COLUMNS


def load_tokens(folder: str | Path) -> pd.Series:
    """Load the tokens that ``segment_files`` wrote.

    Parameters
    ----------
    folder : the folder of a finished run.

    Returns
    -------
    Series of lists of str
        Index ``id``, named ``tokens``, in the order of the input: as :func:`analysis.segment`
        gives them.

    Raises
    ------
    FileNotFoundError
        If there is no finished run.
    ValueError
        If a part or the table of the parts is damaged, or an id stands there twice.

    Examples
    --------
    >>> import tempfile
    >>> from analysis import DATA, segment_files
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = segment_files(DATA / "edition" / "lu.txt", Path(folder, "tokens"))
    ...     tokens = load_tokens(Path(folder, "tokens"))
    >>> tokens["lu"][:4]
    ['凝聚', '合力', '积极', '推进']

    Notes
    -----
    All tokens are in memory then: use :func:`iterate_tokens` for what is too large.
    """
    pieces = list(iterate_tokens(folder))
    tokens = pd.concat(pieces) if pieces else _series([], [])
    twice = tokens.index[tokens.index.duplicated()]
    if len(twice):
        raise ValueError(
            f"The id {twice[0]!r} stands more than once in {folder}: give each document "
            "an id of its own, or use iterate_tokens()."
        )
    return tokens


def iterate_tokens(folder: str | Path) -> Iterator[pd.Series]:
    """Load the tokens that ``segment_files`` wrote part by part, for what is too large for memory.

    Parameters
    ----------
    folder : the folder of a finished run.

    Yields
    ------
    Series of lists of str
        As :func:`load_tokens`, one part after the other; ids are not checked for repetition.

    Raises
    ------
    FileNotFoundError
        If there is no finished run.
    ValueError
        If a part is damaged.

    Examples
    --------
    >>> import tempfile
    >>> from analysis import DATA, segment_files
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = segment_files(DATA / "edition", Path(folder, "tokens"), on_error="report")
    ...     sum(len(tokens) for tokens in iterate_tokens(Path(folder, "tokens")))
    2
    """
    folder = Path(folder)
    if not (folder / PARTS).is_file():
        raise FileNotFoundError(
            f"{folder} has no {PARTS}, so no finished run of segment_files(): "
            "call it again with the same arguments to finish one."
        )
    if not _is_whole(folder / PARTS):
        raise ValueError(f"{folder / PARTS} is damaged: call segment_files() again with the same arguments to mend it.")
    for row in _rows(folder / PARTS):
        data = _read_intact(folder, row)
        if data is None:
            raise ValueError(
                f"{folder / row[0]} is damaged or gone: call segment_files() again "
                "with the same arguments to make it anew."
            )
        columns = parquet.read_table(arrow.BufferReader(data)).to_pydict()
        yield _series(columns["id"], columns["tokens"])


def _series(ids: list[str], rows: list[list[str]]) -> pd.Series:
    return pd.Series(rows, index=pd.Index(ids, name="id", dtype="str"), name="tokens", dtype=object)


def to_parquet(tokens: pd.Series) -> bytes:
    """Write tokens as the bytes of a Parquet file, the same for the same tokens.

    Examples
    --------
    >>> data = to_parquet(pd.Series([["协同", "发展"]], index=["a"]))
    >>> parquet.read_table(arrow.BufferReader(data)).to_pylist()
    [{'id': 'a', 'tokens': ['协同', '发展']}]
    """
    table = arrow.table([tokens.index.tolist(), tokens.tolist()], schema=SCHEMA)
    sink = arrow.BufferOutputStream()
    parquet.write_table(
        table,
        sink,
        version="2.6",
        compression="zstd",
        compression_level=1,
        row_group_size=max(1, len(tokens)),
        store_schema=False,
    )
    return sink.getvalue().to_pybytes()


def claim(folder: Path, plan: dict) -> None:
    """Make the folder one of this plan, or raise if it is one of another or of other things."""
    path = folder / PLAN
    if path.is_file():
        _compare(path, plan)
        return
    if folder.is_dir() and {entry.name for entry in folder.iterdir()} - {PLAN + PARTIAL}:
        raise ValueError(f"{folder} holds other files, and no {PLAN}: give a new or empty folder.")
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(plan, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    save(path, text.encode())


def _compare(path: Path, plan: dict) -> None:
    try:
        earlier = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise ValueError(f"{path} is damaged ({error}): give another folder.") from error
    other = [
        f"{name} ({_change(earlier.get(name), plan.get(name))})"
        for name in sorted(earlier.keys() | plan.keys())
        if earlier.get(name) != plan.get(name)
    ]
    if other:
        raise ValueError(
            f"{path.parent} holds a run with other {'; other '.join(other)}. Give another folder, or delete that one."
        )


def _change(before, after) -> str:
    """Tell how a value differs, and of files which."""
    files = [
        {entry["file"]: entry for entry in value}
        if isinstance(value, list) and value and isinstance(value[0], dict)
        else None
        for value in (before, after)
    ]
    if None in files:
        return f"was {before!r:.80}, is {after!r:.80}"
    was, now = files
    kinds = {
        "new": now.keys() - was.keys(),
        "gone": was.keys() - now.keys(),
        "changed": {name for name in was.keys() & now.keys() if was[name] != now[name]},
    }
    told = [
        f"{kind}: {', '.join(sorted(names)[:3])}{' …' if len(names) > 3 else ''}"
        for kind, names in kinds.items()
        if names
    ]
    return "; ".join(told) or "the same in another order, or a file twice"


def save(path: Path, data: bytes) -> None:
    """Write a file so that it is there as a whole or not at all."""
    partial = path.with_name(path.name + PARTIAL)
    with open(partial, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    os.replace(partial, path)


def add_part(folder: Path, row: Row, data: bytes) -> None:
    """Write a part, then its line in the journal."""
    save(folder / row[0], data)
    with open(folder / (PARTS + PARTIAL), "ab") as journal:
        journal.write(_line(row))
        journal.flush()
        os.fsync(journal.fileno())


def intact_parts(folder: Path) -> dict[str, Row]:
    """Find the finished parts; warn of each that is damaged or gone, and forget it."""
    done, journal = folder / PARTS, folder / (PARTS + PARTIAL)
    if not done.is_file() and not journal.is_file():
        return {}
    whole = _is_whole(done) and (folder / FAILURES).is_file()
    if done.is_file() and not whole:
        warnings.warn(f"{done} or {FAILURES} is damaged or gone, and both are made anew.", UserWarning, stacklevel=3)
    rows = _rows(done if done.is_file() else journal)
    intact = {row[0]: row for row in rows if _read_intact(folder, row) is not None}
    for row in rows:
        if row[0] not in intact:
            warnings.warn(f"{folder / row[0]} is damaged or gone, and is made anew.", UserWarning, stacklevel=3)
    if not whole or len(intact) < len(rows):
        save(journal, b"".join(map(_line, intact.values())))
        done.unlink(missing_ok=True)
    return intact


def finish(folder: Path, rows: list[Row], failures: list[tuple]) -> None:
    """Write the tables that tell that all parts are there."""
    lines = pd.DataFrame(failures, columns=["file", "line", "message"]).astype({"line": "Int64"})
    save(folder / FAILURES, lines.to_csv(index=False, lineterminator="\n").encode())
    head = (",".join(COLUMNS) + "\n").encode()
    save(folder / PARTS, head + b"".join(map(_line, sorted(rows))))
    (folder / (PARTS + PARTIAL)).unlink(missing_ok=True)


def read_results(folder: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Read the tables of parts and of failures of a finished run."""
    parts = pd.DataFrame(_rows(folder / PARTS), columns=COLUMNS).set_index("part")
    return parts, pd.read_csv(folder / FAILURES, dtype={"line": "Int64"})


def _line(row: Row) -> bytes:
    return (",".join(map(str, row)) + "\n").encode()


def _rows(path: Path) -> list[Row]:
    """Read the rows of a table of parts; a last line that was cut off is none."""
    found = map(ROW.fullmatch, path.read_text(encoding="utf-8").splitlines(keepends=True))
    return sorted({match[1]: (match[1], int(match[2]), int(match[3]), match[4]) for match in found if match}.values())


def _is_whole(path: Path) -> bool:
    """Tell whether a table of parts has its head, its rows, and a row for every part there is."""
    text = path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""
    head, *lines = text.splitlines(keepends=True) or [""]
    names = [row[0] for row in _rows(path)] if lines else []
    return (
        head == ",".join(COLUMNS) + "\n"
        and all(map(ROW.fullmatch, lines))
        and names == [f"part-{number:05d}.parquet" for number in range(len(lines))]
        and {part.name for part in path.parent.glob("part-*.parquet")} <= set(names)
    )


def _read_intact(folder: Path, row: Row) -> bytes | None:
    path = folder / row[0]
    data = path.read_bytes() if path.is_file() else b""
    return data if hashlib.sha256(data).hexdigest() == row[3] else None
