"""Profiles of reference corpora as files: a compressed table and its provenance."""

import gzip
import hashlib
import io
import json
import zlib
from collections.abc import Collection, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix

from analysis._checks import strings
from analysis.segmentation.provenance import fingerprint_of
from analysis.textstats.reference import Profile, make_profile

FIXED = ["term", "count", "documents", "dp"]
REMEDY = "restore both files from version control, or build the profile anew."


def save_profile(profile: Profile, path: str | Path) -> Path:
    """Write a profile as a compressed table and, beside it, its provenance.

    Parameters
    ----------
    profile : result of :func:`build_profile`.
    path : ends in ``.csv.gz``; the provenance gets the same name with ``.json``.

    Returns
    -------
    Path of the table: columns ``term``, ``count``, ``documents``, ``dp``, then one column of
    counts per document, empty for zero; sorted by count descending, then term.

    Examples
    --------
    >>> import tempfile
    >>> from analysis import build_profile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = Path(folder, "a.txt").write_text("推动创新。", encoding="utf-8")
    ...     path = save_profile(build_profile(folder), Path(folder, "mine.csv.gz"))
    ...     load_profile(path).terms["count"].tolist()
    [1, 1]

    Notes
    -----
    The table is the same bytes everywhere; a compressed file may differ between builds of
    zlib, so that the provenance keeps the SHA-256 of the table before compression.
    """
    path = Path(path)
    if not path.name.endswith(".csv.gz"):
        raise ValueError(f"{path}: the name of a profile ends in .csv.gz.")
    table = profile.terms.reset_index()
    cells = pd.DataFrame(profile.counts.toarray().T, columns=profile.documents.index, dtype=object)
    table = pd.concat([table, cells.where(cells > 0, "")], axis=1)
    table = table.sort_values(["count", "term"], ascending=[False, True])
    content = table.to_csv(index=False, lineterminator="\n", float_format="%.6f").encode()
    buffer = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", fileobj=buffer, mtime=0) as file:
        file.write(content)
    path.write_bytes(buffer.getvalue())
    documents = json.loads(profile.documents.reset_index().to_json(orient="records"))
    provenance = {
        "name": profile.name,
        "segmentation": profile.segmentation,
        "sha256": hashlib.sha256(content).hexdigest(),
        "documents": documents,
        "phrases": {phrase: " ".join(map(str, count)) for phrase, count in profile.phrases.items()},
    }
    _beside(path).write_text(
        json.dumps(provenance, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n"
    )
    return path


def load_profile(path: str | Path, stopwords: Collection[str] = (), documents: Sequence[str] | None = None) -> Profile:
    """Load a profile, or some of its documents.

    Parameters
    ----------
    path : the ``.csv.gz`` file; its provenance is the ``.json`` beside it.
    stopwords : words to leave out, the same that the tokens to be compared were made without.
    documents : names of the documents to keep (``["2025"]``); all by default.

    Returns
    -------
    Profile

    Raises
    ------
    FileNotFoundError, ValueError
        If a file is missing or damaged, or a document is not in the profile.

    Examples
    --------
    >>> import tempfile
    >>> from analysis import build_profile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     for year in ("2024", "2025"):
    ...         _ = Path(folder, f"{year}.txt").write_text(f"{year}的改革", encoding="utf-8")
    ...     path = save_profile(build_profile(folder), Path(folder, "mine.csv.gz"))
    ...     load_profile(path, stopwords={"的"}, documents=["2025"]).terms.index.tolist()
    ['2025', '改革']

    Notes
    -----
    Counts of whole documents. DP over documents is not comparable with DP over paragraphs.
    """
    path, stopwords = Path(path), strings("stopwords", stopwords)
    provenance, content = _read(path)
    documented = pd.DataFrame(provenance["documents"]).set_index("document")
    documented["year"] = documented.year.astype("Int64")
    names = [*FIXED, *(f"document {place}" for place in range(len(documented)))]
    table = pd.read_csv(
        io.BytesIO(content),
        names=names,
        skiprows=1,
        dtype={"term": str},
        keep_default_na=False,
        na_values={name: [""] for name in names[1:]},
    )
    table = table.sort_values("term", ignore_index=True)
    counts = csr_matrix(table[names[4:]].fillna(0).to_numpy(dtype=np.int64).T)
    terms, segmentation = table.term.to_numpy(dtype=object), provenance["segmentation"]
    rows = _places(documented.index, documents, path)
    if stopwords:
        segmentation = _without(segmentation, stopwords, path)
        keep = ~np.isin(terms, sorted(stopwords))
        counts, terms = counts[:, keep], terms[keep]
    phrases = pd.DataFrame(
        {phrase: list(map(int, found.split())) for phrase, found in provenance["phrases"].items()},
        index=documented.index,
        dtype=np.int64,
    )
    return make_profile(
        provenance["name"],
        counts[rows],
        terms,
        documented.iloc[rows].drop(columns="tokens"),
        phrases.iloc[rows],
        segmentation,
    )


def _beside(path: Path) -> Path:
    return path.with_name(path.name.removesuffix(".csv.gz") + ".json")


def _read(path: Path) -> tuple[dict, bytes]:
    """Return the provenance and the uncompressed table, checked against each other."""
    for file in (path, _beside(path)):
        if not file.is_file():
            raise FileNotFoundError(
                f"{file} does not exist: build it with build_profile() and "
                "save_profile(), or restore it from version control."
            )
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


def _places(names: pd.Index, chosen: Sequence[str] | None, path: Path) -> list[int]:
    if chosen is None:
        return list(range(len(names)))
    chosen = strings("documents", chosen)
    unknown = [name for name in chosen if name not in names]
    if unknown or not len(chosen):
        raise ValueError(f"{path} has no document {unknown}; it has {list(names)}.")
    return sorted({names.get_loc(name) for name in chosen})


def _without(segmentation: dict, stopwords: Collection[str], path: Path) -> dict:
    if segmentation["stopwords"] != "none":
        raise ValueError(f"{path} was built without some stopwords already: load it without any.")
    return segmentation | {"stopwords": fingerprint_of(sorted(set(stopwords)))}
