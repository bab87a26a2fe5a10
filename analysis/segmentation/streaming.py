"""Any number of documents to tokens in Parquet files, with flat memory and resumption.

Documents are dealt out in order into batches, a function of the input alone, and each becomes one file: so a
second run knows which files are missing, and writes the same bytes.
"""

import hashlib
import json
import warnings
from collections.abc import Callable, Collection, Iterable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

import pandas as pd
from joblib import Parallel, delayed
from tqdm import tqdm

from analysis import __version__
from analysis._checks import check_problems, strings
from analysis.reading.documents import Document, read_documents
from analysis.reading.sources import Problem, find_sources, fingerprints
from analysis.segmentation import parts
from analysis.segmentation.segment import segment


class Batch(NamedTuple):
    """Documents that become one part, and how many bytes were read for it."""

    part: str
    ids: list[str]
    texts: list[str]
    read: int


def segment_files(
    paths: str | Path | Iterable[str | Path],
    out: str | Path,
    lexicon: pd.DataFrame | None = None,
    *,
    stopwords: Collection[str] = (),
    level: str = "term",
    pos: Collection[str] = (),
    engine: str = "auto",
    dictionary: str = "standard",
    punctuation: bool = False,
    n_jobs: int | None = None,
    batch: int = 1_000_000,
    problems: list[Problem] | None = None,
    progress: bool | None = None,
) -> pd.DataFrame:
    """Segment more documents than fit into memory, and write their tokens as Parquet files.

    Parameters
    ----------
    paths : str, Path or several of them
        Files and folders: ``.jsonl`` or ``.jsonl.gz`` with ``id`` and ``text`` on each line, taken as they
        are; and all that :func:`analysis.read_text` reads, with the file name without its suffix as id.
    out : str or Path
        A new or empty folder, or that of an earlier run with the same input and settings: then only the parts
        that are missing are made. One run at a time.
    lexicon, stopwords, level, pos, engine, dictionary, punctuation
        As in :func:`analysis.segment`.
    n_jobs : int, optional
        Processes, as in joblib: one, unless a ``joblib.parallel_config`` says otherwise.
    batch : int, default 1,000,000
        Characters that make a part. Memory grows with it; an interruption loses at most one in each process.
    problems : list, optional
        A list to be filled with what cannot be read, ``Problem(file, kind, message, line)`` each; the run
        goes on without it. Left out, the first problem is an error, and the parts that are finished stay.
    progress : bool, optional
        Whether to show a progress bar, of bytes read; by default if the standard error is a terminal.

    Returns
    -------
    DataFrame
        Index ``part``, the file name; ``documents``, ``tokens`` (counts) and ``sha256``. It is written as
        ``parts.csv``, too, when all parts are there, beside ``failures.csv`` with the problems.

    Raises
    ------
    FileNotFoundError, ValueError
        If a path does not exist, an argument is wrong, ``out`` holds other files or a run with other settings
        or input (what differs is named), or a document cannot be read.

    Warns
    -----
    UserWarning
        If a finished part is damaged or gone; it is made anew.

    Examples
    --------
    >>> import tempfile
    >>> from analysis import load_tokens
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = Path(folder, "a.txt").write_text("推动创新。", encoding="utf-8")
    ...     parts = segment_files(Path(folder, "a.txt"), Path(folder, "tokens"))
    ...     tokens = load_tokens(Path(folder, "tokens"))
    >>> parts.documents.tolist(), tokens["a"]
    ([1], ['推动', '创新'])

    Notes
    -----
    A part has the columns ``id`` and ``tokens`` (lists of strings). ``plan.json`` records settings, versions,
    and the hash of every input. :func:`load_tokens` checks whether an id stands twice.

    Where one machine is not enough, the same call runs on a Dask cluster (``pip install distributed``)::

        client = distributed.Client("tcp://scheduler:8786")     # or LocalCluster(n_workers=2)
        with joblib.parallel_config(backend="dask"):
            segment_files(paths, out, lexicon)

    All workers are used unless ``n_jobs`` says less. The calling process reads and writes: workers need no
    common file system, only this package in the same versions. The bytes are those of a run on one machine.
    """
    check_problems(problems)
    if not isinstance(batch, int) or batch < 1:
        raise ValueError(f"batch must be 1 character or more, a whole number, not {batch!r}.")
    stopwords, pos = frozenset(strings("stopwords", stopwords)), sorted(set(strings("pos", pos)))
    options = {"lexicon": lexicon, "stopwords": stopwords, "level": level, "pos": pos}
    options |= {"engine": engine, "dictionary": dictionary, "punctuation": punctuation}
    plan = _plan(options, batch)  # wrong arguments end here, before any work
    paths = [paths] if isinstance(paths, (str, Path)) else list(paths)
    sources, out = find_sources(paths), Path(out)
    _check_out(out, paths)
    parts.claim(out, plan | {"inputs": fingerprints(sources)})
    if not parts.is_finished(out):
        silent = None if progress is None else not progress  # None: unless it is a terminal
        with tqdm(total=sum(source.size for source in sources), unit="B", unit_scale=True, disable=silent) as bar:
            failures: list[parts.Failure] = []
            documents = read_documents(sources, _stop if problems is None else lambda *one: failures.append(one))
            parts.finish(out, _make(_batches(documents, batch, plan), out, options, n_jobs, bar.update), failures)
    found = parts.read_problems(out)
    if problems is not None:
        problems += found
    elif found:
        _stop(found[0].file, found[0].line, found[0].message)
    return parts.read_parts(out)


def _plan(options: dict, batch: int) -> dict:
    """Record all that the bytes of the parts depend on, but for the texts."""
    record = segment(pd.Series([], dtype=object), **options).attrs["segmentation"]
    versions = {"analysis": __version__, "jieba": version("jieba"), "pyarrow": version("pyarrow")}
    return {"segmentation": record, "batch": batch, "versions": versions}


def _check_out(out: Path, paths: list[str | Path]) -> None:
    """Refuse results among the input, which a second run would take for new input."""
    if out.exists() and not out.is_dir():
        raise ValueError(f"{out} is a file: give a new or empty folder for the results.")
    for path in map(Path, paths):
        if path.is_dir() and out.resolve().is_relative_to(path.resolve()):
            raise ValueError(f"{out} is inside the input folder {path}: give a folder outside it.")


def _make(batches: Iterable[Batch], out: Path, options: dict, jobs: int | None, progress: Callable) -> list[parts.Row]:
    """Make the parts that are not there yet, and tell what is in each."""
    rows: list[parts.Row] = []

    def tasks() -> Iterator:
        for batch in batches:
            path = out / batch.part
            if path.is_file() and (row := parts.row_of(path.name, path.read_bytes())):
                rows.append(row)
                progress(batch.read)
                continue
            if path.is_file():
                warnings.warn(f"{path} is damaged, and is made anew.", UserWarning, stacklevel=2)
            yield delayed(_cut)(batch, options)

    parallel = Parallel(jobs, return_as="generator_unordered", batch_size=1, pre_dispatch="2 * n_jobs")
    for row, data, read in parallel(tasks()):
        parts.write(out / row[0], data)
        rows.append(row)
        progress(read)
    return rows


def _stop(file: str, line: int | None, message: str) -> None:
    where = file if line is None else f"{file}, line {line}"
    raise ValueError(f"{where}: {message.rstrip('.')}. With a list, problems=[], it is left out and listed.")


def _batches(documents: Iterable[Document], size: int, plan: dict) -> Iterator[Batch]:
    """Deal documents out in order, so many that they have ``size`` characters."""
    number = filled = start = end = 0
    ids, texts = [], []
    for unit, text, end in documents:
        ids.append(unit)
        texts.append(text)
        filled += len(text)
        if filled >= size:
            yield Batch(_name(number, ids, texts, plan), ids, texts, end - start)
            number, filled, start, ids, texts = number + 1, 0, end, [], []
    if ids:
        yield Batch(_name(number, ids, texts, plan), ids, texts, end - start)


def _name(number: int, ids: list[str], texts: list[str], plan: dict) -> str:
    """Name a part by its place and by a hash of all that it is made from."""
    content = json.dumps([plan, ids, texts], ensure_ascii=False, sort_keys=True)
    return f"part-{number:05d}-{hashlib.sha256(content.encode()).hexdigest()[:16]}.parquet"


def _cut(batch: Batch, options: dict) -> tuple[parts.Row | None, bytes, int]:
    """Make a part; this is what runs in other processes, and on other machines."""
    data = parts.to_parquet(segment(pd.Series(batch.texts, index=batch.ids, dtype=object), **options))
    return parts.row_of(batch.part, data), data, batch.read
