"""Terms over the documents of a reference corpus: when they come first, and how often they are used."""

from collections.abc import Collection, Sequence
from itertools import chain, combinations

import numpy as np
import pandas as pd

from analysis._checks import check_choice, strings
from analysis.textstats.reference import Profile, check_profile


def term_history(
    profile: Profile, terms: Sequence[str], *, by: str = "phrase", outside: Collection[str] = ()
) -> pd.DataFrame:
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
    outside : collection of str, optional
        Phrases inside which a term does not count: with ``["京津冀协同发展"]`` only other 协同发展 do.

    Returns
    -------
    DataFrame
        ``term``, ``document``, ``year``, ``count``, ``per_10k`` (characters of the document for phrases,
        tokens for tokens; 6 decimals) and ``first`` (True for the first document with the term, which need
        not be its first use), every term in every document.

    Raises
    ------
    ValueError
        If there are no terms, a phrase was not counted when the profile was built, tokens are asked for outside a
        phrase, or an ``outside`` has no term in it, or one twice, or can overlap with another one.

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
    outside = strings("outside", outside)
    if outside and by == "token":
        raise ValueError("outside is for phrases: a token is never inside a longer one.")
    if by == "phrase" and (unknown := [term for term in [*terms, *outside] if term not in profile.phrases]):
        remedy = "build it with phrases=[…], or count tokens with by='token'"
        raise ValueError(f"The profile {profile.name} has not counted the phrase {unknown[0]!r}: {remedy}.")
    longer = {term: _around(term, outside) for term in terms}
    if spare := set(outside) - set(chain.from_iterable(longer.values())):
        raise ValueError(f"None of the terms is inside {min(spare)!r}: leave it out of outside.")
    documents, words = profile.documents, profile.terms.index
    table = documents.reset_index()[["document", "year"]]
    size = (documents.characters if by == "phrase" else documents.tokens).to_numpy()
    frames = []
    for term in terms:
        count = profile.phrases[term].to_numpy() if by == "phrase" else profile.counts[:, words == term].sum(axis=1).A1
        count = count - profile.phrases[_shortest(longer[term])].sum(axis=1).to_numpy(dtype=np.int64)
        first = (count > 0) & (np.cumsum(count > 0) == 1)
        frames.append(table.assign(term=term, count=count, per_10k=(1e4 * count / size).round(6), first=first))
    return pd.concat(frames, ignore_index=True)[["term", *table, "count", "per_10k", "first"]]


def _around(term: str, outside: Collection[str]) -> list[str]:
    """Return the phrases that a term is inside of, if subtracting their counts takes no occurrence twice."""
    found = sorted(phrase for phrase in set(outside) if term in phrase)
    for phrase in found:
        if phrase == term or phrase.count(term) > 1:
            raise ValueError(f"{phrase!r} in outside must be longer than {term!r} and have it once.")
    for one, other in combinations(_shortest(found), 2):
        # Laid over each other at the term, do they agree wherever both have a character?
        before, after = zip(one.split(term), other.split(term), strict=True)
        ends = [min(map(len, before)), min(map(len, after))]
        same_left = before[0][len(before[0]) - ends[0] :] == before[1][len(before[1]) - ends[0] :]
        if same_left and after[0][: ends[1]] == after[1][: ends[1]]:
            raise ValueError(f"{one!r} and {other!r} in outside can overlap at {term!r}: give one of them.")
    return found


def _shortest(phrases: list[str]) -> list[str]:
    """Leave out phrases that have another one in them, and so are counted with it."""
    return [phrase for phrase in phrases if not any(other in phrase for other in phrases if other != phrase)]
