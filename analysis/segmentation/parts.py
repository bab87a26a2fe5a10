"""A folder of Parquet parts: claimed by a plan, each part there or not, read back and checked.

Every file takes its place in one step; ``parts.csv`` closes a run: it is written when all parts are there.
"""

import hashlib
import json
import re
import warnings
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal, overload

import pandas as pd
import pyarrow as arrow
from pyarrow import parquet

from analysis._tables import replacing
from analysis.reading.sources import Problem

PLAN, PARTS, FAILURES = "plan.json", "parts.csv", "failures.csv"
ANY_PART = "part-*.parquet"
COLUMNS, COLUMNS_OF_FAILURES = ["part", "documents", "tokens", "sha256"], ["file", "line", "message"]
FORMAT = {"version": "2.6", "compression": "zstd", "compression_level": 1, "store_schema": False}
SCHEMA = arrow.schema([("id", arrow.string()), ("tokens", arrow.list_(arrow.string()))])
LEFT_BEHIND = re.compile(r"\.(plan\.json|parts\.csv|failures\.csv|part-[\w-]+\.parquet)\.\d+")  # by a killed run

Row = tuple[str, int, int, str]  # as COLUMNS
Failure = tuple[str, int | None, str]  # as COLUMNS_OF_FAILURES


@overload
def load_tokens(folder: str | Path, *, chunks: Literal[False] = False) -> pd.Series: ...
@overload
def load_tokens(folder: str | Path, *, chunks: Literal[True]) -> Iterator[pd.Series]: ...


def load_tokens(folder: str | Path, *, chunks: bool = False) -> pd.Series | Iterator[pd.Series]:
    """Load the tokens that :func:`analysis.segment_files` wrote.

    Parameters
    ----------
    folder : str or Path
        The folder of a finished run.
    chunks : bool, default False
        Whether to load part by part what is too large for memory.

    Returns
    -------
    Series of lists of str
        As :func:`analysis.segment` gives them, on the index ``id`` in the order of the input. With
        ``chunks=True`` an iterator of them, one for each part, whose ids are not checked for repetition.

    Raises
    ------
    FileNotFoundError, ValueError
        If there is no finished run, something in it is damaged, or an id stands there twice.

    Examples
    --------
    >>> import tempfile
    >>> from analysis import segment_files
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = Path(folder, "a.txt").write_text("推动创新。", encoding="utf-8")
    ...     _ = segment_files(Path(folder, "a.txt"), Path(folder, "tokens"))
    ...     tokens = load_tokens(Path(folder, "tokens"))
    >>> tokens["a"]
    ['推动', '创新']
    """
    folder = Path(folder)
    if not (folder / PARTS).is_file():
        raise FileNotFoundError(f"{folder} has no {PARTS}, so no finished run of segment_files(): call it again.")
    record = _read_plan(folder)["segmentation"]
    pieces = (_load(folder / part, digest, record) for part, digest in read_parts(folder).sha256.items())
    if chunks:
        return pieces
    tokens = pd.concat([_series([], [], record), *pieces])
    if len(twice := tokens.index[tokens.index.duplicated()]):
        raise ValueError(f"The id {twice[0]!r} stands more than once in {folder}: make ids unique, or use chunks=True.")
    return tokens


def _load(path: Path, digest: str, record: dict) -> pd.Series:
    if not is_intact(path, digest):
        raise ValueError(_damaged(path))
    columns = parquet.read_table(path).to_pydict()
    return _series(columns["id"], columns["tokens"], record)


def _series(ids: list[str], rows: list[list[str]], record: dict) -> pd.Series:
    tokens = pd.Series(rows, index=pd.Index(ids, name="id", dtype="str"), name="tokens", dtype=object)
    tokens.attrs["segmentation"] = record
    return tokens


def _damaged(path: Path) -> str:
    return f"{path} is damaged or gone: call segment_files() again with the same arguments to make it anew."


def to_parquet(tokens: pd.Series) -> bytes:
    """Write tokens as the bytes of a Parquet file, the same for the same tokens."""
    table = arrow.table([tokens.index.tolist(), tokens.tolist()], schema=SCHEMA)
    sink = arrow.BufferOutputStream()
    parquet.write_table(table, sink, row_group_size=max(1, len(tokens)), write_page_checksum=True, **FORMAT)
    return sink.getvalue().to_pybytes()


def claim(folder: Path, plan: dict) -> None:
    """Make the folder one of this plan, or raise if it is one of another or of other things."""
    folder.mkdir(parents=True, exist_ok=True)
    left = {path for path in folder.iterdir() if LEFT_BEHIND.fullmatch(path.name)}
    if not (folder / PLAN).is_file():
        if set(folder.iterdir()) - left:
            raise ValueError(f"{folder} holds other files, and no {PLAN}: give a new or empty folder.")
        write(folder / PLAN, (json.dumps(plan, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode())
    if other := _differences(_read_plan(folder), json.loads(json.dumps(plan))):
        raise ValueError(f"{folder} holds a run with other {'; other '.join(other)}: give another folder.")
    for path in left:
        path.unlink()


def _read_plan(folder: Path) -> dict:
    try:
        return json.loads((folder / PLAN).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ValueError(f"{folder / PLAN} is damaged ({error}): give segment_files() another folder.") from error


def _differences(there: dict, here: dict) -> list[str]:
    """Name the settings in which two plans differ, and of inputs the files."""
    was, now = ({**plan, **plan["segmentation"], "segmentation": None, "inputs": None} for plan in (there, here))
    other = [f"{name} ({was.get(name)!r:.60} there)" for name in sorted(was | now) if was.get(name) != now.get(name)]
    old, new = there["inputs"], here["inputs"]
    if old != new:
        files = {entry["file"] for entry in old + new if entry not in old or entry not in new}
        other.append(f"inputs ({', '.join(sorted(files)[:3]) or 'in another order'})")
    return other


def write(path: Path, data: bytes) -> None:
    """Write a file so that it is there as a whole or not at all."""
    with replacing(path) as temporary:
        temporary.write_bytes(data)


def row_of(name: str, data: bytes) -> Row | None:
    """Tell what is in a part, or None if it is damaged."""
    try:
        table = parquet.read_table(arrow.BufferReader(data), page_checksum_verification=True)
    except (arrow.ArrowException, OSError):
        return None
    return name, len(table), len(table["tokens"].combine_chunks().flatten()), hashlib.sha256(data).hexdigest()


def is_intact(path: Path, digest: str) -> bool:
    """Tell whether a part is there and is what the closing table says."""
    return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == digest


def is_finished(folder: Path) -> bool:
    """Tell whether all parts are there and whole; warn of what is not, and put it away."""
    if not (folder / PARTS).is_file():
        return False
    try:
        digests = read_parts(folder).sha256.items()
        damaged = [folder / part for part, digest in digests if not is_intact(folder / part, digest)]
    except ValueError:
        damaged = [folder / PARTS]
    damaged += [path for path in [folder / FAILURES] if not path.is_file()]
    for path in damaged:
        warnings.warn(f"{path} is damaged or gone, and is made anew.", UserWarning, stacklevel=3)
        path.unlink(missing_ok=True)
    if damaged:
        (folder / PARTS).unlink(missing_ok=True)
    return not damaged


def finish(folder: Path, rows: Iterable[Row], failures: list[Failure]) -> None:
    """Write the tables that tell that all parts are there."""
    _write_table(folder / FAILURES, pd.DataFrame(failures, columns=COLUMNS_OF_FAILURES).astype({"line": "Int64"}))
    parts = pd.DataFrame(sorted(rows), columns=COLUMNS)
    for name in {path.name for path in folder.glob(ANY_PART)} - set(parts.part):
        (folder / name).unlink()  # of texts that are read in another way now
    _write_table(folder / PARTS, parts)


def _write_table(path: Path, table: pd.DataFrame) -> None:
    write(path, table.to_csv(index=False, lineterminator="\n").encode())


def read_parts(folder: Path) -> pd.DataFrame:
    """Read the closing table; an error if it does not list the parts that are there."""
    try:
        parts = pd.read_csv(folder / PARTS, dtype={"part": str, "sha256": str}).set_index("part")
    except (KeyError, ValueError) as error:
        raise ValueError(_damaged(folder / PARTS)) from error
    if [parts.index.name, *parts] != COLUMNS or {path.name for path in folder.glob(ANY_PART)} - set(parts.index):
        raise ValueError(_damaged(folder / PARTS))
    return parts


def read_problems(folder: Path) -> list[Problem]:
    """Read what could not be read."""
    table = pd.read_csv(folder / FAILURES, dtype={"line": "Int64"}).astype(object)
    rows = table.where(table.notna(), None).itertuples(index=False)
    return [Problem(row.file, "unreadable", row.message, row.line) for row in rows]
