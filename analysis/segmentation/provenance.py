"""How tokens were made, so that counts made in another way can be refused."""

import hashlib
import json
import re
from collections.abc import Iterable
from types import ModuleType
from typing import Any

import pandas as pd


def fingerprint_of(entries: Iterable) -> str:
    """Return the beginning of a SHA-256 over a list of entries, ``"none"`` for an empty one.

    >>> fingerprint_of([]), fingerprint_of(["的"])
    ('none', '7d85ad27eca2bfc2')
    """
    entries = list(entries)
    content = json.dumps(entries, ensure_ascii=False, separators=(",", ":"), default=_plain)
    return hashlib.sha256(content.encode()).hexdigest()[:16] if entries else "none"


def settings_of(module: ModuleType) -> dict[str, object]:
    """Return all constants of a module, since what its functions do depends on nothing else."""
    return {name: value for name, value in sorted(vars(module).items()) if name.isupper()}


def _plain(value: Any) -> object:
    """Write what JSON has no form for; of a rule's test its name, since what it cuts is hashed, too."""
    if isinstance(value, frozenset):
        return sorted(value)
    return value.pattern if isinstance(value, re.Pattern) else value.__name__


def require_same_segmentation(tokens: pd.Series, other: dict | None, what: str) -> None:
    """Refuse to compare tokens with counts that were made in another way, naming every difference.

    ``other`` is ``attrs["segmentation"]`` of these, if they have one, and ``what`` their name in the message.
    pandas drops ``attrs`` when tokens become a column of a table, and keeps them when ``map`` changes tokens.
    """
    own = tokens.attrs.get("segmentation")
    if own == other:
        return
    if own is None or other is None:
        which = "The tokens have" if own is None else f"{what} has"
        raise ValueError(
            f"{which} no record of the segmentation, so that the two sides may be cut in different ways. pandas drops "
            "it when tokens become a column of a table: pass the Series that segment() returned, or copy its attrs."
        )
    keys = [key for key in sorted(own.keys() | other.keys()) if own.get(key) != other.get(key)]
    differences = "; ".join(f"{key}: {other.get(key)!r} against {own.get(key)!r}" for key in keys)
    raise ValueError(
        f"{what} is cut in another way than the tokens ({differences}): counts are not comparable. Segment "
        "both with the same lexicon, stopwords, level and engine, or build the profile anew."
    )
