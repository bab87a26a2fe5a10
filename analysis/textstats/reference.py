"""Reference corpora as counts: what a corpus says without its texts, in memory and as files."""

import gzip
import hashlib
import io
import json
import re
import unicodedata
import zlib
from collections.abc import Collection, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.sparse import csc_matrix, csr_matrix

from analysis._checks import strings
from analysis._tables import replacing
from analysis.reading import read_folder
from analysis.segmentation.provenance import fingerprint_of
from analysis.segmentation.segment import segment
from analysis.textstats.counts import term_matrix
from analysis.textstats.dispersion import deviation_of_proportions

FIXED = 4  # columns before those of the documents: term, count, documents, dp
REMEDY = "restore both files from version control, or build the profile anew."


class Profile(NamedTuple):
    """The counts of a reference corpus.

    ``name``: how messages and figures call it. ``terms``: index ``term``, sorted by code point; ``count``,
    ``documents`` (that have the term) and ``dp`` (Gries, over documents; NaN for a single one).
    ``documents``: index ``document``; ``year`` (from the file's name), ``characters``, ``tokens``, ``sha256``,
    ``units`` (paragraphs) and what is known of the source. ``counts``: sparse, documents × terms; ``units``: the
    same by paragraphs, document after document, or None if the file is older than they are. ``phrases``:
    documents × phrases, counted as strings in the texts, which no segmentation can cut or swallow.
    ``segmentation``: how it was cut.
    """

    name: str
    terms: pd.DataFrame
    documents: pd.DataFrame
    counts: csr_matrix
    phrases: pd.DataFrame
    segmentation: dict
    units: csr_matrix | None = None


def build_profile(
    folder: str | Path,
    lexicon: pd.DataFrame | None = None,
    *,
    level: str = "term",
    engine: str = "auto",
    phrases: Collection[str] = (),
    sources: pd.DataFrame | None = None,
    encoding: str | Mapping[str, str] | None = None,
    problems: list | None = None,
) -> Profile:
    """Count the words of a folder of documents.

    Parameters
    ----------
    folder : str or Path
        Read as by :func:`analysis.read_folder`, with the characters that the files have.
    lexicon, level, engine : DataFrame, str, str
        As for :func:`analysis.segment`. Stopwords are kept; :func:`load_profile` can leave them out.
    phrases : collection of str, optional
        Strings to count in the texts as they stand, for :func:`analysis.term_history`.
    sources : DataFrame, optional
        Further columns for ``documents`` (title, date, …; a ``year`` goes before that of the file's name), on
        the names of the files without their suffix.
    encoding : str or mapping, optional
        Of all text files, or of some, as for :func:`analysis.read_folder`.
    problems : list, optional
        Filled with what cannot be read and is left out; without it, that is an error.

    Returns
    -------
    Profile
        Named after the folder, documents in order of their names.

    Raises
    ------
    FileNotFoundError, ValueError
        If there is no such file, or one of them is unreadable, empty or not in ``sources``.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = Path(folder, "2024.txt").write_text("推动创新，推动改革。", encoding="utf-8")
    ...     build_profile(folder).terms.loc["推动", ["count", "documents"]].tolist()
    [2, 1]
    """
    folder, phrases = Path(folder), strings("phrases", phrases)
    read = read_folder(folder, encoding=encoding, normalised=False, problems=problems).rename_axis("document")
    if read.empty:
        raise ValueError(f"{folder} has no document that can be read: see problems.")
    lines = read.text.str.split("\n").explode()
    tokens = segment(lines.reset_index(drop=True), lexicon, level=level, engine=engine)
    filled = tokens.str.len().to_numpy() > 0
    units, terms = term_matrix(tokens[filled])
    number = pd.Series(filled, lines.index).groupby(level=0, sort=False).sum()
    year = read.index.to_series().str.extract(r"(?<!\d)((?:19|20)\d\d)(?!\d)")[0]
    documents = pd.DataFrame({"year": pd.to_numeric(year).astype("Int64"), "characters": read.text.str.len()})
    # Names are in Unicode NFC, also where a disk's are not.
    paths = {unicodedata.normalize("NFC", path.relative_to(folder).as_posix()): path for path in folder.rglob("*")}
    documents["sha256"] = [hashlib.sha256(paths[name].read_bytes()).hexdigest() for name in read.file]
    documents["units"] = number
    if sources is not None:
        documents = _with_sources(documents, sources, folder)
    found = {phrase: read.text.str.count(re.escape(phrase)) for phrase in phrases}
    found = pd.DataFrame(found, index=read.index, dtype=np.int64)
    counts = _by_document(units, documents.units)
    return _make_profile(folder.name, counts, terms, documents, found, tokens.attrs["segmentation"], units)


def _by_document(units: csr_matrix, number: pd.Series) -> csr_matrix:
    """Sum the counts of units to those of documents, which have so many units each."""
    starts = np.concatenate([[0], np.cumsum(number)])
    shape = len(number), units.shape[0]
    return csr_matrix((np.ones(shape[1], np.int64), np.arange(shape[1]), starts), shape=shape) @ units


def _with_sources(documents: pd.DataFrame, sources: pd.DataFrame, folder: Path) -> pd.DataFrame:
    missing = documents.index.difference(sources.index)
    if len(missing):
        raise ValueError(f"sources has no row for {missing[0]!r} of {folder}.")
    counted = [name for name in ("characters", "tokens", "sha256", "units") if name in sources]
    if counted:
        raise ValueError(f"sources has the column(s) {counted}, which the profile counts itself: drop them.")
    if "year" in sources:
        documents = documents.assign(year=sources.year.astype("Int64"))
    return documents.join(sources.drop(columns="year", errors="ignore"))


def check_profile(profile: Profile) -> None:
    """Refuse what is no profile: its path, or tokens."""
    if not isinstance(profile, Profile):
        raise TypeError(f"profile must be a Profile, from load_profile() or build_profile(), not {profile!r:.60}.")


def save_profile(profile: Profile, path: str | Path) -> Path:
    """Write a profile as a compressed table and, beside it, its provenance: both, or neither.

    Parameters
    ----------
    profile : Profile
        Of :func:`build_profile`.
    path : str or Path
        Ends in ``.csv.gz``; the provenance gets the same name with ``.json``.

    Returns
    -------
    Path
        Of the table: ``term``, ``count``, ``documents``, ``dp``, then one column of counts per document,
        empty for zero; at last ``units``: for each occurrence the number of its paragraph, in order, less that of
        the one before (``3 0 2``: twice in paragraph 3, once in 5; from 0). Sorted by count descending, then term.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = Path(folder, "a.txt").write_text("推动创新。", encoding="utf-8")
    ...     save_profile(build_profile(folder), Path(folder, "mine.csv.gz")).name
    'mine.csv.gz'

    Notes
    -----
    Builds of zlib compress differently: the provenance keeps the SHA-256 of the table before.
    """
    check_profile(profile)
    path = Path(path)
    if not path.name.endswith(".csv.gz"):
        raise ValueError(f"{path}: the name of a profile ends in .csv.gz.")
    table = profile.terms.reset_index()
    cells = pd.DataFrame(profile.counts.toarray().T, columns=profile.documents.index, dtype=object)
    table = pd.concat([table, cells.where(cells > 0, "")], axis=1)
    if profile.units is not None:
        table.insert(table.shape[1], "units", _pack(profile.units), allow_duplicates=True)
    table = table.sort_values(["count", "term"], ascending=[False, True])
    content = table.to_csv(index=False, lineterminator="\n", float_format="%.6f").encode()
    provenance = {
        "name": profile.name,
        "segmentation": profile.segmentation,
        "sha256": hashlib.sha256(content).hexdigest(),
        "documents": json.loads(profile.documents.reset_index().to_json(orient="records")),
        "phrases": {phrase: " ".join(map(str, count)) for phrase, count in profile.phrases.items()},
    }
    text = json.dumps(provenance, ensure_ascii=False, indent=1) + "\n"
    # Neither takes its place before both are written: a table without its provenance is refused.
    with replacing(path) as packed, replacing(_beside(path)) as told:
        with packed.open("wb") as raw, gzip.GzipFile(filename="", mode="wb", fileobj=raw, mtime=0) as file:
            file.write(content)
        told.write_text(text, encoding="utf-8", newline="\n")
    return path


def _pack(units: csr_matrix) -> list[str]:
    """Write each term's occurrences as the steps from unit to unit."""
    columns = csc_matrix(units)
    columns.sort_indices()
    ends = columns.indptr
    packed = []
    for start, end in zip(ends[:-1], ends[1:], strict=True):
        places = np.repeat(columns.indices[start:end], columns.data[start:end])
        packed.append(" ".join(map(str, np.diff(places, prepend=0))))
    return packed


def _unpack(packed: pd.Series, number: int) -> csr_matrix:
    """Read what :func:`_pack` wrote, for so many units."""
    steps = packed.str.split(" ")
    length = steps.str.len().to_numpy()
    run = np.cumsum(np.fromiter(map(int, chain.from_iterable(steps)), np.int64, length.sum()))
    before = np.concatenate([[0], run[np.cumsum(length)[:-1] - 1]])
    places = run - np.repeat(before, length), np.repeat(np.arange(len(packed)), length)
    return csr_matrix((np.ones(len(run), np.int64), places), shape=(number, len(packed)))


def load_profile(
    path: str | Path, *, stopwords: Collection[str] = (), documents: Sequence[str] | None = None
) -> Profile:
    """Load a profile, or some of its documents.

    Parameters
    ----------
    path : str or Path
        The ``.csv.gz`` file; its provenance is the ``.json`` beside it.
    stopwords : collection of str, optional
        Words to leave out, the same that the tokens to be compared were made without.
    documents : sequence of str, optional
        Names of the documents to keep (``["2025"]``); all by default.

    Returns
    -------
    Profile

    Raises
    ------
    FileNotFoundError, ValueError
        If a file is missing or damaged, or a document is not in the profile.

    Examples
    --------
    >>> from analysis import DATA
    >>> profile = load_profile(DATA / "reference" / "gwr.csv.gz", stopwords=["的"], documents=["2025"])
    >>> profile.documents.year.tolist(), "的" in profile.terms.index
    ([2025], False)
    """
    path, stopwords = Path(path), strings("stopwords", stopwords)
    provenance, content = _read(path)
    documented = pd.DataFrame(provenance["documents"]).set_index("document").astype({"year": "Int64"})
    # Columns by their places: a document may be called "count", and a term "NA".
    empty = {place: [""] for place in range(1, FIXED + len(documented))}
    strings_at = {0: str, FIXED + len(documented): str}
    options = {"header": None, "skiprows": 1, "dtype": strings_at, "keep_default_na": False, "na_values": empty}
    table = pd.read_csv(io.BytesIO(content), **options).sort_values(0)
    cells = table.iloc[:, FIXED : FIXED + len(documented)]
    counts, units = csr_matrix(cells.fillna(0).to_numpy(dtype=np.int64).T), None
    if table.shape[1] > FIXED + len(documented):
        units = _unpack(table.iloc[:, -1], documented.units.sum())
    terms, segmentation = table[0].to_numpy(dtype=object), provenance["segmentation"]
    chosen = list(documented.index) if documents is None else strings("documents", documents)
    unknown = [name for name in chosen if name not in documented.index]
    if unknown or not chosen:
        raise ValueError(f"{path} has no document {unknown}; it has {list(documented.index)}.")
    rows = documented.index.isin(chosen)
    if stopwords:
        if segmentation["stopwords"] != "none":
            raise ValueError(f"{path} was built without some stopwords already: load it without any.")
        segmentation = segmentation | {"stopwords": fingerprint_of(sorted(set(stopwords)))}
        keep = ~np.isin(terms, sorted(stopwords))
        counts, terms, units = counts[:, keep], terms[keep], None if units is None else units[:, keep]
    phrases = {phrase: list(map(int, found.split())) for phrase, found in provenance["phrases"].items()}
    phrases = pd.DataFrame(phrases, index=documented.index, dtype=np.int64)[rows]
    units = None if units is None else units[np.repeat(rows, documented.units)]
    documented = documented[rows].drop(columns="tokens")
    return _make_profile(provenance["name"], counts[rows], terms, documented, phrases, segmentation, units)


def _beside(path: Path) -> Path:
    return path.with_name(path.name.removesuffix(".csv.gz") + ".json")


def _read(path: Path) -> tuple[dict, bytes]:
    """Return the provenance and the uncompressed table, checked against each other."""
    for file in (path, _beside(path)):
        if not file.is_file():
            remedy = "build it with build_profile() and save_profile(), or restore it from version control"
            raise FileNotFoundError(f"{file} does not exist: {remedy}.")
    try:
        content = gzip.decompress(path.read_bytes())
        provenance = json.loads(_beside(path).read_text(encoding="utf-8"))
    except (gzip.BadGzipFile, EOFError, zlib.error, ValueError) as error:
        raise ValueError(f"{path} or its .json is damaged ({error}): {REMEDY}") from error
    if {"name", "segmentation", "sha256", "documents", "phrases"} - set(provenance):
        raise ValueError(f"{_beside(path)} is not the provenance of a profile: {REMEDY}")
    if hashlib.sha256(content).hexdigest() != provenance["sha256"]:
        raise ValueError(f"{path} is not the table that {_beside(path).name} describes: {REMEDY}")
    return provenance, content


def _make_profile(
    name: str,
    counts: csr_matrix,
    terms: np.ndarray,
    documents: pd.DataFrame,
    phrases: pd.DataFrame,
    segmentation: dict,
    units: csr_matrix | None,
) -> Profile:
    """Put a profile together from its counts; terms without a count fall out."""
    used = counts.getnnz(axis=0) > 0
    if not used.any():
        raise ValueError(f"The profile {name} has no tokens left.")
    counts, terms = csr_matrix(counts[:, used]), terms[used]
    sizes = counts.sum(axis=1).A1
    documents = documents.copy()
    documents.insert(2, "tokens", sizes)
    spread = deviation_of_proportions(counts, sizes).round(6)
    table = {"count": counts.sum(axis=0).A1, "documents": counts.getnnz(axis=0), "dp": spread}
    table = pd.DataFrame(table, index=pd.Index(terms, name="term"))
    units = None if units is None else csr_matrix(units[:, used])
    return Profile(name, table, documents, counts, phrases, dict(segmentation), units)


def unit_tokens(profile: Profile) -> pd.Series:
    """Give the words of each paragraph of a profile, in order of code points: counts, and no text.

    Parameters
    ----------
    profile : Profile
        Of :func:`analysis.build_profile`, or loaded from a file that has counts by paragraph.

    Returns
    -------
    Series of list of str
        On ``document`` and ``unit`` (from 0 in each document), with the record of the segmentation: for whatever
        does not ask for an order of words, as :func:`analysis.keyness`, and not for collocations or concordances.
        With :func:`analysis.textstats.passages` for a placebo.

    Raises
    ------
    ValueError
        If the profile has no counts by paragraph.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = Path(folder, "2024.txt").write_text("推动创新。\\n推动改革。", encoding="utf-8")
    ...     unit_tokens(build_profile(folder)).tolist()
    [['创新', '推动'], ['推动', '改革']]
    """
    check_profile(profile)
    if profile.units is None:
        raise ValueError(f"The profile {profile.name} has no counts by paragraph: build and save it anew.")
    units = profile.units.tocsr().sorted_indices()
    words = np.repeat(profile.terms.index.to_numpy(dtype=object)[units.indices], units.data)
    ends = np.cumsum(units.sum(axis=1).A1)
    number = profile.documents.units.to_numpy()
    places = np.concatenate([np.arange(n) for n in number])
    index = pd.MultiIndex.from_arrays([np.repeat(profile.documents.index, number), places], names=["document", "unit"])
    tokens = pd.Series([part.tolist() for part in np.split(words, ends[:-1])], index=index)
    tokens.attrs["segmentation"] = profile.segmentation
    return tokens
