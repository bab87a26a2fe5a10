"""How often each document of a reference corpus uses a term, and which is the first."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis._checks import strings
from analysis.textstats.counts import check_choice
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
        ``"phrase"`` for the ``phrases`` that the profile was built with: strings as they stand in the texts,
        inside longer terms too; ``"token"`` for tokens, where 京津冀协同发展 kept whole is no 协同发展.

    Returns
    -------
    DataFrame
        ``term``, ``document``, ``year``, ``count``, ``per_10k`` (characters of the document for phrases, tokens
        for tokens; 6 decimals) and ``first`` (True for the first document with the term, which need not be its
        first use), every term in every document.

    Raises
    ------
    ValueError
        If there are no terms, or a phrase was not counted when the profile was built.

    Examples
    --------
    >>> from analysis import DATA, load_profile
    >>> profile = load_profile(DATA / "reference" / "gwr.csv.gz", documents=["2024", "2025"])
    >>> term_history(profile, ["改革"], by="token")["first"].tolist()
    [True, False]
    """
    check_choice("by", by, ("phrase", "token"))
    terms = strings("terms", terms)
    if not terms:
        raise ValueError("terms is empty: name one term or more.")
    check_profile(profile)
    if by == "phrase" and (unknown := [term for term in terms if term not in profile.phrases]):
        remedy = "build it with phrases=[…], or count tokens with by='token'"
        raise ValueError(f"The profile {profile.name} has not counted the phrase {unknown[0]!r}: {remedy}.")
    documents, words = profile.documents, profile.terms.index
    table = documents.reset_index()[["document", "year"]]
    size = (documents.characters if by == "phrase" else documents.tokens).to_numpy()
    frames = []
    for term in terms:
        count = profile.phrases[term].to_numpy() if by == "phrase" else profile.counts[:, words == term].sum(axis=1).A1
        first = (count > 0) & (np.cumsum(count > 0) == 1)
        frames.append(table.assign(term=term, count=count, per_10k=(1e4 * count / size).round(6), first=first))
    return pd.concat(frames, ignore_index=True)[["term", *table, "count", "per_10k", "first"]]
