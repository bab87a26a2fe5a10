"""What is taken from jieba: its module without its noise, and its dictionary."""

import logging
import warnings
from collections.abc import Iterator
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path


def import_jieba():
    """Import jieba without its warnings and its log."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # jieba's own SyntaxWarnings on Python 3.12 and newer
        import jieba
    jieba.setLogLevel(logging.WARNING)
    return jieba


@lru_cache(maxsize=1)
def read_dictionary() -> dict[str, tuple[int, str]]:
    """Read jieba's dictionary: word to its count and its part of speech."""
    return {word: (int(count), tag) for word, count, tag in dictionary_entries()}


def dictionary_entries() -> Iterator[list[str]]:
    """Yield word, count and tag of each entry, for who can do without 100 MB of them at once.

    >>> next(dictionary_entries())
    ['AT&T', '3', 'nz']
    """
    spec = find_spec("jieba")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("jieba is not installed, and its dictionary is needed.")
    with open(Path(spec.origin).parent / "dict.txt", encoding="utf-8") as lines:
        yield from map(str.split, lines)
