"""Fonts whose letters are signs: Symbol, Wingdings and Webdings, and what their characters are in Unicode."""

import re
from functools import lru_cache

UNKNOWN = "〓"  # in print, the sign for one that is missing
FONTS = re.compile(r"(symbol|wingdings(?: [23])?|webdings|marlett|zapf ?dingbats)(?: [a-z]+)?", re.IGNORECASE)
# From 0x20 and from 0xA0 on; what the other fonts show is given only where it is well known.
SYMBOL = (
    " !∀#∃%&∋()*+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼",
    "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪",
    "〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭",
)
CIRCLED, BLACK = "⓪①②③④⑤⑥⑦⑧⑨⑩", "⓿❶❷❸❹❺❻❼❽❾❿"
WINGDINGS = {
    0x20: " ", 0x22: "✂", 0x28: "☎", 0x2A: "✉", 0x3F: "✍", 0x41: "✌", 0x45: "☜☞☝☟", 0x4A: "☺", 0x4C: "☹",
    0x51: "✈☼", 0x54: "❄", 0x6C: "●❍■□□❑❒", 0x73: "⬧⧫◆❖⬥☒", 0x7A: "⌘", 0x80: CIRCLED, 0x8B: BLACK,
    0x9E: "·•▪○", 0xA4: "◉◎", 0xA7: "▪□", 0xAA: "✦★✶", 0xB5: "✪✰", 0xD8: "➢", 0xDF: "←→↑↓↖↗↙↘",
    0xE7: "←→↑↓↖↗↙↘⇦⇨⇧⇩", 0xF3: "⇔", 0xFB: "✗✓☒☑",
}  # fmt: skip
WINGDINGS_2 = {0x4F: "✗✓☒☑☒☒", 0x69: CIRCLED, 0x74: BLACK, 0x97: "•●○", 0xA2: "■□"}
WINGDINGS_3 = {0x66: "←→↑↓", 0x70: "▲▼△▽◀▶◁▷◣◢◤◥◀▶▲▼"}
WEBDINGS = {0x33: "◀▶▲▼", 0x61: "✓", 0x63: "□", 0x67: "■", 0x6E: "●", 0x72: "✗"}


def _table(runs: dict[int, str]) -> dict[int, str]:
    return {start + place: sign for start, signs in runs.items() for place, sign in enumerate(signs)}


TABLES = {
    "symbol": _table({0x20: SYMBOL[0], 0xA0: SYMBOL[1], 0xF1: SYMBOL[2]}),
    "wingdings": _table(WINGDINGS),
    "wingdings 2": _table(WINGDINGS_2),
    "wingdings 3": _table(WINGDINGS_3),
    "webdings": _table(WEBDINGS),
}


def symbol_font(*names: str | None) -> str:
    """Return the first of these fonts whose letters are signs, or nothing."""
    return next((font for font in map(_symbol_font, names) if font), "")


@lru_cache(maxsize=1024)
def _symbol_font(name: str | None) -> str:
    match = FONTS.fullmatch(name.strip()) if name else None
    return match[1].lower() if match else ""


def symbol(code: int, font: str) -> str:
    """Return the character that a font of signs shows for a code, with or without 0xF000 before it, or UNKNOWN."""
    code -= 0xF000 if 0xF000 <= code <= 0xF0FF else 0
    return TABLES.get(font, {}).get(code, UNKNOWN)


# What lists are marked with, in a text that does not tell its font: Wingdings has these, and Symbol the round one.
_MARKS = b"\x6c\x6e\x6f\x71\x72\x75\x76\x77\x9f\xa7\xd8\xe8\xf0\xfc\xfe"
BULLETS = {chr(0xF000 + code): TABLES["wingdings"][code] for code in _MARKS}
BULLETS["\uf0b7"] = "•"
