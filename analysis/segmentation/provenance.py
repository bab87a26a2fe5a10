"""How tokens were made, so that counts made in another way can be refused."""

import hashlib
import json
from collections.abc import Iterable

import pandas as pd


def fingerprint_of(entries: Iterable) -> str:
    """Return the beginning of a SHA-256 over a list of entries, ``"none"`` for an empty one.

    >>> fingerprint_of([]), fingerprint_of(["的"])
    ('none', '7d85ad27eca2bfc2')
    """
    entries = list(entries)
    content = json.dumps(entries, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(content.encode()).hexdigest()[:16] if entries else "none"


def require_same_segmentation(tokens: pd.Series, other: dict | None, what: str) -> None:
    """Refuse to compare tokens with counts that were made in another way.

    Parameters
    ----------
    tokens : result of :func:`analysis.segment`.
    other : ``attrs["segmentation"]`` of what they are compared with, if it has one.
    what : how the message names the other side (``"The profile gwr"``).

    Raises
    ------
    ValueError
        Naming every difference, or that a record is missing.

    Examples
    --------
    >>> from analysis import segment
    >>> plain = segment(pd.Series(["创新"]))
    >>> require_same_segmentation(plain, plain.attrs["segmentation"], "The reference")

    Notes
    -----
    pandas drops ``attrs`` when tokens become a column of a table, and keeps them when ``map``
    or ``apply`` changes the tokens: leave words out with ``stopwords``, not afterwards.
    """
    own = tokens.attrs.get("segmentation")
    if own is None and other is None:
        return
    if own is None or other is None:
        which = "The tokens have" if own is None else f"{what} has"
        raise ValueError(
            f"{which} no record of the segmentation, so that the two sides may be cut in different "
            "ways. pandas drops it when tokens become a column of a table: pass the Series that "
            "segment() returned, or copy its attrs."
        )
    differences = [
        f"{key}: {other.get(key)!r} against {own.get(key)!r}"
        for key in sorted(own.keys() | other.keys())
        if own.get(key) != other.get(key)
    ]
    if differences:
        raise ValueError(
            f"{what} is cut in another way than the tokens ({'; '.join(differences)}): counts are "
            "not comparable. Segment both with the same lexicon, stopwords, level and engine, or "
            "build the profile anew."
        )
