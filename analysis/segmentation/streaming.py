"""Any number of documents to tokens in Parquet files, with flat memory and resumption.

The documents are dealt out in order into batches of about the same length, a function of the
input alone, and each batch becomes one file. So a second run knows which files are missing,
and writes the same bytes.
"""

import hashlib
from collections.abc import Collection, Iterable, Iterator
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import pandas as pd
from joblib import Parallel, delayed
from tqdm import tqdm

from analysis import __version__
from analysis._checks import strings
from analysis.reading.documents import Document, read_documents
from analysis.reading.sources import Source, find_sources, fingerprints
from analysis.segmentation.parquet import PARTS, Row, add_part, claim, finish, intact_parts, read_results, to_parquet
from analysis.segmentation.segment import fingerprint_of_rules, segment
from analysis.segmentation.tokenizer import resolve_engine


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
    stopwords: Collection[str] = (),
    level: str = "term",
    pos: Collection[str] = (),
    engine: str = "auto",
    dictionary: str = "standard",
    punctuation: bool = False,
    n_jobs: int | None = None,
    batch: int = 1_000_000,
    on_error: str = "raise",
    progress: bool | None = None,
):
    """Segment more documents than fit into memory, and write their tokens as Parquet files.

    Parameters
    ----------
    paths : a file, a folder, or several of them: ``.jsonl`` or ``.jsonl.gz`` with ``id`` and
        ``text`` on each line, whose texts are taken as they are; and all that
        :func:`analysis.read_text` reads, with the file name without its suffix as id.
    out : a new or empty folder, or that of an earlier run with the same input and settings:
        then the finished parts are kept and the others are made. One run at a time.
    lexicon, stopwords, level, pos, engine, dictionary, punctuation : as in
        :func:`analysis.segment`.
    n_jobs : processes, as in joblib: one, unless a ``joblib.parallel_config`` says otherwise.
    batch : characters that make a part. Memory grows with it, and an interruption loses at most
        one batch in each process.
    on_error : ``"raise"``: stop at the first document that cannot be read, keeping the parts
        that are finished; ``"report"``: go on without it. Another call may choose the other.
    progress : whether to show a progress bar, of bytes read; by default if the standard error
        is a terminal.

    Returns
    -------
    DataFrame
        Index ``part``, the file name; ``documents``, ``tokens`` (counts) and ``sha256``. It is
        written as ``parts.csv``, too, when all parts are there.
    (DataFrame, DataFrame)
        With ``on_error="report"``: the same, and what could not be read: ``file``, ``line``
        (missing for a whole file) and ``message``; written as ``failures.csv``.

    Raises
    ------
    FileNotFoundError
        If a path does not exist.
    ValueError
        If an argument is wrong; if ``out`` holds a run with another plan (what differs is
        named) or other files; if a document cannot be read (file and line are named).

    Warns
    -----
    UserWarning
        If a finished part is damaged or gone; it is made anew.

    Examples
    --------
    >>> import tempfile
    >>> from analysis import DATA, load_tokens
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     parts = segment_files(DATA / "edition" / "lu.txt", Path(folder, "tokens"))
    ...     tokens = load_tokens(Path(folder, "tokens"))
    >>> parts.documents.to_dict(), tokens["lu"][:4]
    ({'part-00000.parquet': 1}, ['凝聚', '合力', '积极', '推进'])

    Notes
    -----
    A part has the columns ``id`` and ``tokens`` (lists of strings), for pyarrow, Polars, DuckDB
    or R. ``plan.json`` records settings, versions, and size and SHA-256 of every input. Ids of
    JSON Lines are not checked for repetition here, which would need memory for all of them, but
    by :func:`load_tokens`.

    Where one machine is not enough, the same call runs on a Dask cluster (``pip install
    distributed``)::

        client = distributed.Client("tcp://scheduler:8786")     # or LocalCluster(n_workers=2)
        with joblib.parallel_config(backend="dask"):
            segment_files(paths, out, lexicon)

    All workers of the cluster are used unless ``n_jobs`` says less. The calling process reads
    the input and writes the parts, so that workers need no common file system, only this
    package in the same versions; the bytes are those of a run on one machine.
    """
    if on_error not in ("raise", "report"):
        raise ValueError(f"on_error must be 'raise' or 'report', not {on_error!r}.")
    if not isinstance(batch, int) or batch < 1:
        raise ValueError(f"batch must be 1 character or more, a whole number, not {batch!r}.")
    stopwords, pos = strings("stopwords", stopwords), strings("pos", pos)
    options = {
        "lexicon": lexicon,
        "stopwords": frozenset(stopwords),
        "level": level,
        "pos": tuple(sorted(set(pos))),
        "engine": resolve_engine(engine),
        "dictionary": dictionary,
        "punctuation": punctuation,
    }
    segment(pd.Series([], dtype=object), **options)  # wrong arguments end here, before any work
    paths = [paths] if isinstance(paths, (str, Path)) else list(paths)
    sources, out = find_sources(paths), Path(out)
    _check_out(out, paths)
    claim(out, _plan(fingerprints(sources), options, batch))
    finished = intact_parts(out)
    if not (out / PARTS).is_file():
        silent = None if progress is None else not progress  # None: unless it is a terminal
        with tqdm(total=sum(source.size for source in sources), unit="B", unit_scale=True, disable=silent) as bar:
            _run(sources, out, finished, options, batch, n_jobs, on_error, bar)
    parts, failures = read_results(out)
    if on_error == "report":
        return parts, failures
    for problem in failures.itertuples(index=False):
        _stop(*problem)
    return parts


def _check_out(out: Path, paths: list[str | Path]) -> None:
    """Refuse results among the input, which a second run would take for new input."""
    if out.exists() and not out.is_dir():
        raise ValueError(f"{out} is a file: give a new or empty folder for the results.")
    for path in map(Path, paths):
        if path.is_dir() and out.resolve().is_relative_to(path.resolve()):
            raise ValueError(f"{out} is inside the input folder {path}: give a folder outside it.")


def _plan(inputs: list[dict], options: dict, batch: int) -> dict:
    """Record all that the bytes of the parts depend on."""
    versions = {name: version(name) for name in ("jieba", "rjieba", "pyarrow") if find_spec(name)}
    plan = options | {
        "inputs": inputs,
        "batch": batch,
        "pos": list(options["pos"]),
        "versions": versions | {"analysis": __version__},
    }
    lexicon = options["lexicon"]
    if lexicon is not None:
        columns = [name for name in ("level", "frequency", "tag") if name in lexicon]
        plan["lexicon"] = _digest(lexicon[columns].sort_index().to_csv())
    if options["dictionary"] == "standard":
        plan["rules"] = fingerprint_of_rules()
    plan["stopwords"] = _digest("\n".join(sorted(options["stopwords"])))
    return plan


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _run(
    sources: list[Source],
    out: Path,
    finished: dict[str, Row],
    options: dict,
    size: int,
    n_jobs: int | None,
    on_error: str,
    bar: tqdm,
) -> None:
    failures, rows = [], dict(finished)

    def note(*problem) -> None:
        failures.append(problem)

    def tasks() -> Iterator:
        documents = read_documents(sources, note if on_error == "report" else _stop)
        for batch in _batches(documents, size):
            if batch.part in finished:
                bar.update(batch.read)
            else:
                yield delayed(_cut)(batch, options)

    parallel = Parallel(n_jobs, return_as="generator_unordered", batch_size=1, pre_dispatch="2 * n_jobs")
    for row, data, read in parallel(tasks()):
        add_part(out, row, data)
        rows[row[0]] = row
        bar.update(read)
    finish(out, list(rows.values()), failures)


def _stop(file: str, line: int | None, message: str) -> None:
    where = file if pd.isna(line) else f"{file}, line {line}"
    raise ValueError(f"{where}: {message.rstrip('.')}. With on_error='report' it is left out and listed.")


def _batches(documents: Iterable[Document], size: int) -> Iterator[Batch]:
    """Deal documents out in order, so many that they have ``size`` characters."""
    number = filled = start = end = 0
    ids, texts = [], []
    for unit, text, end in documents:
        ids.append(unit)
        texts.append(text)
        filled += len(text)
        if filled >= size:
            yield Batch(f"part-{number:05d}.parquet", ids, texts, end - start)
            number, filled, start, ids, texts = number + 1, 0, end, [], []
    if ids:
        yield Batch(f"part-{number:05d}.parquet", ids, texts, end - start)


def _cut(batch: Batch, options: dict) -> tuple[Row, bytes, int]:
    """Make a part; this is what runs in other processes, and on other machines."""
    tokens = segment(pd.Series(batch.texts, index=batch.ids, dtype=object), **options)
    data = to_parquet(tokens)
    digest = hashlib.sha256(data).hexdigest()
    return (batch.part, len(tokens), int(tokens.str.len().sum()), digest), data, batch.read
