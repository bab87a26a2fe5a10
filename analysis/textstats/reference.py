"""Reference corpora as counts: what a corpus says without its texts."""

import hashlib
import re
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix

from analysis._checks import strings
from analysis.segmentation.segment import segment
from analysis.textstats.counts import term_matrix
from analysis.textstats.dispersion import deviation_of_proportions


class Profile(NamedTuple):
    """The counts of a reference corpus.

    ``name``: how messages and figures call it. ``terms``: index ``term``, sorted by code
    point; ``count``, ``documents`` (that have the term) and ``dp`` (Gries, over documents; NaN
    for a single one). ``documents``: index ``document``; ``year`` (from the file's name),
    ``characters``, ``tokens``, ``sha256`` and what is known of the source. ``counts``: sparse,
    documents × terms. ``phrases``: documents × phrases, counted as strings in the texts, which
    no segmentation can cut or swallow. ``segmentation``: how the tokens were made.
    """

    name: str
    terms: pd.DataFrame
    documents: pd.DataFrame
    counts: csr_matrix
    phrases: pd.DataFrame
    segmentation: dict


def build_profile(
    folder: str | Path,
    lexicon: pd.DataFrame | None = None,
    level: str = "term",
    engine: str = "auto",
    phrases: Collection[str] = (),
    sources: pd.DataFrame | None = None,
) -> Profile:
    """Count the words of a folder of texts.

    Parameters
    ----------
    folder : holds one UTF-8 ``.txt`` file per document; names must differ.
    lexicon, level, engine : as for :func:`analysis.segment`. Stopwords are kept, and left out
        by :func:`load_profile` where the comparison needs it.
    phrases : strings to count in the texts as they stand, for :func:`term_history`.
    sources : further columns for ``documents`` (title, date, issuer, …), on the names of the
        files without ``.txt``.

    Returns
    -------
    Profile
        Named after the folder, documents in order of their names.

    Raises
    ------
    FileNotFoundError, ValueError
        If there is no such file, or one of them is empty, not UTF-8 or not in ``sources``.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = Path(folder, "2024.txt").write_text("推动创新，推动改革。", encoding="utf-8")
    ...     _ = Path(folder, "2025.txt").write_text("推动发展。", encoding="utf-8")
    ...     profile = build_profile(folder)
    >>> profile.terms.loc["推动", ["count", "documents"]].tolist()
    [3, 2]
    """
    folder, phrases = Path(folder), strings("phrases", phrases)
    paths = sorted(folder.glob("*.txt"), key=lambda path: path.name)
    if not paths:
        raise FileNotFoundError(f"{folder} has no .txt file; expected one per document.")
    content = {path.stem: path.read_bytes() for path in paths}
    texts = pd.Series({path.stem: _text(path) for path in paths}, dtype=object)
    tokens = segment(texts, lexicon, level=level, engine=engine)
    counts, terms = term_matrix(tokens)
    documents = pd.DataFrame(
        {
            "year": pd.array([_year(name) for name in content], dtype="Int64"),
            "characters": texts.str.len().to_numpy(),
            "sha256": [hashlib.sha256(data).hexdigest() for data in content.values()],
        },
        index=pd.Index(content, name="document"),
    )
    if sources is not None:
        documents = documents.join(_sources(sources, documents.index, folder))
    found = pd.DataFrame(
        {phrase: texts.str.count(re.escape(phrase)) for phrase in phrases}, index=documents.index, dtype=np.int64
    )
    return make_profile(folder.name, counts, terms, documents, found, tokens.attrs["segmentation"])


def term_history(profile: Profile, terms: Sequence[str], by: str = "phrase") -> pd.DataFrame:
    """Give the count of each term in each document, and where it comes first.

    Parameters
    ----------
    profile : result of :func:`build_profile` or :func:`load_profile`.
    terms : in the order wanted.
    by : ``"phrase"`` for the ``phrases`` that the profile was built with: strings as they
        stand in the texts, inside longer terms too; ``"token"`` for tokens, where
        京津冀协同发展 kept whole is no 协同发展.

    Returns
    -------
    DataFrame
        Columns ``term``, ``document``, ``year``, ``count``, ``per_10k`` (per 10,000 characters
        of the document for phrases, per 10,000 tokens for tokens; 6 decimals) and ``first``
        (True for the first document with the term), every term in every document.

    Raises
    ------
    ValueError
        If there are no terms, or a phrase was not counted when the profile was built.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     for year in ("2024", "2025"):
    ...         _ = Path(folder, f"{year}.txt").write_text(f"改革 {year}", encoding="utf-8")
    ...     term_history(build_profile(folder, phrases=["改革"]), ["改革"])["first"].tolist()
    [True, False]

    Notes
    -----
    The first document of a profile with a term need not be the term's first use. A string may
    mean something else where it runs over a boundary of words, and rates of tokens depend on
    the stopwords left out.
    """
    if by not in ("phrase", "token"):
        raise ValueError(f"by must be 'phrase' or 'token', not {by!r}.")
    terms = strings("terms", terms)
    if not terms:
        raise ValueError("terms is empty: name one term or more.")
    documents = profile.documents
    size = documents.characters if by == "phrase" else documents.tokens
    frames = []
    for term in terms:
        count = _phrase(profile, term) if by == "phrase" else _token(profile, term)
        frames.append(
            pd.DataFrame({
                "term": term,
                "document": documents.index,
                "year": documents.year.array,
                "count": count,
                "per_10k": (1e4 * count / size.to_numpy()).round(6),
                "first": (count > 0) & (np.cumsum(count > 0) == 1),
            })
        )
    return pd.concat(frames, ignore_index=True)


def _phrase(profile: Profile, term: str) -> np.ndarray:
    if term not in profile.phrases:
        raise ValueError(
            f"The profile {profile.name} has not counted the phrase {term!r}: build "
            "it with phrases=[…], or count tokens with by='token'."
        )
    return profile.phrases[term].to_numpy()


def _token(profile: Profile, term: str) -> np.ndarray:
    return profile.counts[:, np.flatnonzero(profile.terms.index == term)].sum(axis=1).A1


def make_profile(
    name: str, counts: csr_matrix, terms: np.ndarray, documents: pd.DataFrame, phrases: pd.DataFrame, segmentation: dict
) -> Profile:
    """Put a profile together from its counts; terms without a count fall out."""
    used = counts.getnnz(axis=0) > 0
    if not used.any():
        raise ValueError(f"The profile {name} has no tokens left.")
    counts, terms = csr_matrix(counts[:, used]), terms[used]
    sizes = counts.sum(axis=1).A1
    documents = documents.copy()
    documents.insert(2, "tokens", sizes)
    spread = deviation_of_proportions(counts, sizes) if len(sizes) > 1 else np.nan
    table = pd.DataFrame(
        {"count": counts.sum(axis=0).A1, "documents": counts.getnnz(axis=0), "dp": np.round(spread, 6)},
        index=pd.Index(terms, name="term"),
    )
    return Profile(name, table, documents, counts, phrases, dict(segmentation))


def _text(path: Path) -> str:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"{path} is not UTF-8 (byte {error.start}): save it as UTF-8.") from error
    if not text.strip():
        raise ValueError(f"{path} is empty: remove it, or put the text in.")
    return text


def _year(name: str):
    found = re.search(r"(?<!\d)(?:19|20)\d\d(?!\d)", name)
    return int(found[0]) if found else pd.NA


def _sources(sources: pd.DataFrame, names: pd.Index, folder: Path) -> pd.DataFrame:
    missing = names.difference(sources.index)
    if len(missing):
        raise ValueError(f"sources has no row for {folder / missing[0]}.txt.")
    return sources.drop(columns=["year", "characters", "tokens", "sha256"], errors="ignore")
