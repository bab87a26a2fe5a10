"""How often each document of a reference corpus uses a term, and which is the first."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis._checks import strings
from analysis.textstats.reference import Profile, check_profile


def term_history(profile: Profile, terms: Sequence[str], *, by: str = "phrase") -> pd.DataFrame:
    """Give the count of each term in each document, and where it comes first.

    Parameters
    ----------
    profile : Profile
        Of :func:`analysis.build_profile` or :func:`analysis.load_profile`.
    terms : sequence of str
        In the order wanted.
    by : {"phrase", "token"}
        ``"phrase"`` for the ``phrases`` that the profile was built with: strings as they stand in
        the texts, inside longer terms too; ``"token"`` for tokens, where 京津冀协同发展 kept whole is
        no 协同发展.

    Returns
    -------
    DataFrame
        ``term``, ``document``, ``year``, ``count``, ``per_10k`` (characters of the document for
        phrases, tokens for tokens; 6 decimals) and ``first`` (True for the first document with the
        term, which need not be its first use), every term in every document.

    Raises
    ------
    ValueError
        If there are no terms, or a phrase was not counted when the profile was built.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from analysis import build_profile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     for year in ("2024", "2025"):
    ...         _ = Path(folder, f"{year}.txt").write_text(f"改革 {year}", encoding="utf-8")
    ...     term_history(build_profile(folder, phrases=["改革"]), ["改革"])["first"].tolist()
    [True, False]
    """
    if by not in ("phrase", "token"):
        raise ValueError(f"by must be 'phrase' or 'token', not {by!r}.")
    terms = strings("terms", terms)
    if not terms:
        raise ValueError("terms is empty: name one term or more.")
    check_profile(profile)
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
