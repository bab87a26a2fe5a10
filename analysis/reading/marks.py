"""Marks of Chinese prose: which end a sentence, and which brackets belong together."""

import re
from collections import Counter
from functools import lru_cache
from typing import NamedTuple

STOPS = "。！？!?…"
BRACKETS = {"（": "）)", "(": "）)", "《": "》", "〈": "〉", "【": "】", "[": "]"}
QUOTES = {"“": "”", "‘": "’", "「": "」", "『": "』"}
CLOSING_QUOTES = "".join(QUOTES.values()) + '"'
CLOSING = re.escape(CLOSING_QUOTES + "".join(sorted(set("".join(BRACKETS.values())))))


class Pairs(NamedTuple):
    """Brackets that belong together, as places in the text, and those without a partner."""

    closed: list[tuple[int, int]]
    unclosed: str
    unopened: str


def ends_sentence(text: str, *, also: str = "") -> bool:
    """Say whether a text ends with 。！？…, ． or ... for them, or one of ``also``, and marks that close."""
    return bool(re.search(rf"(?:[{STOPS}{also}]|(?<!\d)．|\.{{3}})[{CLOSING}]*$", text))


def as_printed(text: str) -> str:
    """Write straight quotation marks as curly ones, and ． and ... as 。 and … where they end a sentence.

    The length stays: what is found in the result stands at the same place in the text. Straight marks pair within a
    line, one that is left over stays. ． is a stop at the end of a line, and everywhere in a text without 。, but not
    between letters or digits or behind the number of a line.

    >>> as_printed('他说"好．"走......')
    '他说“好。”走………………'
    """
    if '"' in text:
        text = re.sub('"([^"\n]*)"', "“\\1”", text)
    if "．" in text:
        anywhere = "" if "。" not in text else rf"(?=[{CLOSING}]*\s*$)"
        text = re.sub(rf"(?m)(?<![\sA-Za-z0-9０-９．])．(?![A-Za-z0-9０-９．]){anywhere}", "。", text)
    return re.sub(r"(?<![A-Za-z0-9.])\.{3,}", lambda dots: "…" * len(dots[0]), text) if "..." in text else text


def match_brackets(text: str, pairs: dict[str, str] = BRACKETS | QUOTES) -> Pairs:
    """Match brackets and quotation marks; one of full width may close one of half width.

    A closing mark belongs to the nearest of its kind before it; what was opened in between and not closed is taken
    for an ordinary character.
    """
    closing = "".join(pairs.values())
    stack: list[int] = []
    waiting: Counter[str] = Counter()  # what is on the stack, by its partners
    closed, unopened = [], ""
    for match in _any_of("".join(pairs) + closing).finditer(text):
        place, character = match.start(), match[0]
        if character in pairs:
            stack.append(place)
            waiting.update(pairs[character])
        elif waiting[character]:
            while character not in (partners := pairs[text[stack[-1]]]):
                waiting.subtract(partners)
                stack.pop()
            waiting.subtract(partners)
            closed.append((stack.pop(), place))
        else:
            unopened += character
    return Pairs(closed, "".join(text[start] for start in stack), unopened)


@lru_cache(maxsize=8)
def _any_of(characters: str) -> re.Pattern[str]:
    return re.compile(f"[{re.escape(characters)}]")
