"""Arguments of the wrong shape, refused in one way: what is wanted, what came, what to write."""

from collections.abc import Iterable
from numbers import Integral

import pandas as pd


def strings(name: str, value: Iterable[str]) -> list[str]:
    """Return several strings as a list; one string is refused, not taken for its characters.

    >>> strings("stopwords", "发展")
    Traceback (most recent call last):
    TypeError: stopwords must be a collection of strings, not the string '发展': write ['发展'].
    """
    wanted = f"{name} must be a collection of strings"
    if isinstance(value, str):
        raise TypeError(f"{wanted}, not the string {value!r}: write [{value!r}].")
    if isinstance(value, pd.DataFrame):
        raise TypeError(f"{wanted}, not a table: give its index (lexicon.index) or a column.")
    if not isinstance(value, Iterable):
        raise TypeError(f"{wanted}, such as ['发展'], not {value!r}.")
    found = list(value)
    for item in found:
        if not isinstance(item, str):
            raise TypeError(f"{wanted}, and {item!r} in it is none.")
    return found


def whole_numbers(name: str, value: Iterable[int]) -> list[int]:
    """Return several whole numbers as a list; one number is refused."""
    wanted = f"{name} must be several whole numbers, such as range(2, 6) or [5]"
    if isinstance(value, str) or not isinstance(value, Iterable):
        raise TypeError(f"{wanted}, not {value!r}.")
    found = list(value)
    for item in found:
        if not isinstance(item, Integral) or isinstance(item, bool):
            raise TypeError(f"{wanted}, and {item!r} in it is none.")
    return [int(item) for item in found]


def check_series(name: str, value: pd.Series, holds: str) -> None:
    """Refuse what is no Series: without an index, units cannot be told apart.

    ``holds`` says what the Series is to hold, and where it comes from.
    """
    if not isinstance(value, pd.Series):
        shown = f" {value!r:.40}" if isinstance(value, (str, int, float)) else ""
        raise TypeError(f"{name} must be a Series ({holds}), not the {type(value).__name__}{shown}.")


def check_texts(texts: pd.Series) -> None:
    """Refuse what is no Series of strings, and name the unit."""
    check_series("texts", texts, "one text per unit, such as corpus.text")
    for unit, text in texts.items():
        if not isinstance(text, str):
            raise TypeError(f"Unit {unit!r} is not text but {text!r}: drop or fill it first.")


def check_token_lists(tokens: pd.Series) -> None:
    """Refuse what is no Series of lists of tokens, and name the unit."""
    check_series("tokens", tokens, "a list of tokens per unit, from segment()")
    for unit, row in tokens.items():
        if not isinstance(row, (list, tuple)):
            raise TypeError(f"Unit {unit!r} is not a list of tokens but {row!r:.60}: segment the texts first.")


def check_problems(problems: list | None) -> None:
    """Refuse what cannot be filled with problems."""
    if problems is not None and not isinstance(problems, list):
        raise TypeError(f"problems must be a list to be filled, or left out, not {problems!r:.60}.")


def check_number(name: str, value: int, least: int) -> None:
    """Refuse what is no whole number, and one that is too small."""
    wanted = f"{name} must be a whole number of {least} or more, not {value!r}."
    if not isinstance(value, Integral) or isinstance(value, bool):
        raise TypeError(wanted)
    if value < least:
        raise ValueError(wanted)


def check_choice(name: str, value: str, choices: tuple[str, ...]) -> None:
    """Refuse what is not among the choices."""
    if value not in choices:
        raise ValueError(f"{name} must be one of {choices}, not {value!r}.")
