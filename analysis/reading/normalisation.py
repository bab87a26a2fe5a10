"""One way of writing the same characters: Unicode forms, invisible characters, widths."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable

import pandas as pd

from analysis._checks import check_texts
from analysis.reading.extras import extra
from analysis.reading.symbols import BULLETS

# Parts of characters that the fonts of some PDFs put in the place of the characters: all of the block U+2E80 that
# Unicode's EquivalentUnifiedIdeograph.txt names (the block U+2F00 has its equivalents in NFKC).
RADICALS = str.maketrans(
    "⺁⺂⺃⺄⺅⺆⺇⺈⺉⺊⺋⺌⺍⺎⺏⺐⺑⺒⺓⺔⺕⺖⺗⺘⺙⺛⺜⺝⺞⺟⺠⺡⺢⺣⺤⺥⺦⺧⺨⺩⺪⺫⺬⺭⺮⺯⺰⺱⺲⺳⺴⺵⺶⺷⺸⺹⺺"
    "⺻⺼⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻇⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻞⻟⻠⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳",
    "厂乛乚乙亻冂𠘨刀刂卜㔾小小兀尣尢𡯂巳幺彑𫜹忄心扌攵旡日月歺母民氵氺灬爫爫丬牛犭王𤴔目示礻𥫗糹纟罓罒㓁冗𦉫羊𦍌𦍋耂肀"
    "聿肉𦥑艹艹艹虎衤覀西见角𧢲讠贝𧾷车辶辶辶邑钅長镸长门𨸏阝雨青韦页风飞食𩙿飠饣𩠐马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟",
)
CONVERSIONS = ("t2s", "tw2s", "tw2sp", "hk2s", "s2t", "s2tw", "s2twp", "s2hk")
HALF = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F) if chr(code).isalnum()}
INVISIBLE = (
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffc\U000e0100-\U000e01ef]"
)
# U+E5E5 is the blank A3A0 of GBK; Hangul fillers and the empty Braille cell are blanks, too.
SPACES = "[\xa0\u115f\u1160\u1680\u2000-\u200a\u202f\u205f\u2800\u3000\u3164\uffa0\ue5e5]"
DIGITS = "一二三四五六七八九〇"
STEPS: dict[str, tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]]] = {
    "line_ends": (re.compile("\r\n?|[\v\f\x85\u2028\u2029]"), "\n"),
    "invisible": (re.compile(INVISIBLE), ""),
    "spaces": (re.compile(SPACES), " "),
    "radicals": (re.compile("[\u2e80-\u2fd5]"), lambda m: unicodedata.normalize("NFKC", m[0].translate(RADICALS))),
    "bullets": (re.compile(f"[{''.join(BULLETS)}]"), lambda m: BULLETS[m[0]]),
    "zeros": (re.compile(f"(?<=[{DIGITS}])[○◯OＯ0０]+(?=[{DIGITS}年月日号])"), lambda m: "〇" * len(m[0])),
    "half_width": (re.compile("[０-９Ａ-Ｚａ-ｚ]|(?<=[0-9０-９])．(?=[0-9０-９])"), lambda m: HALF.get(ord(m[0]), ".")),
}


def normalise(text: str, *, half_width: bool = True, convert: str | None = None) -> str:
    """Write a text in one form, without touching its wording.

    Parameters
    ----------
    text : str
    half_width : bool, default True
        Whether full-width digits and letters (２０３５, ＧＤＰ), and the full-width point between digits, become
        half-width. Punctuation stays as printed.
    convert : str, optional
        A conversion of OpenCC, such as ``"t2s"`` (traditional to simplified) or ``"tw2sp"`` (with Taiwan's
        words); none by default. Needs the extra ``reading``.

    Returns
    -------
    str
        Line ends are ``\\n``; zero-width and control characters, soft hyphens, variation selectors and byte order
        marks are gone; ideographic and other wide spaces, and characters that stand for a blank, are plain spaces;
        radicals (⼈, ⻓) that stand for characters are those; ○, O and 0 among Chinese digits (二○二四年) are 〇;
        bullets of symbol fonts (U+F06C) are ● and the like; Unicode NFC. Without ``convert``, normalising again
        changes nothing.

    Raises
    ------
    TypeError, ValueError
        If ``text`` is no string, or the conversion is not one of ``CONVERSIONS``.

    Examples
    --------
    >>> normalise("２０３５年，ＧＤＰ\\u200b增长５．２％\\r\\n")
    '2035年，GDP增长5.2％\\n'

    Notes
    -----
    NFC and not NFKC, which would also turn ， into a comma and ① into 1. OpenCC converts by phrases and can still
    choose wrongly where one character stands for several (乾, 著, 后): convert a copy, cite the original.
    Source: Unicode Standard Annex 15.
    """
    if not isinstance(text, str):
        raise TypeError(f"text must be a string, not {type(text).__name__}: map normalise over a Series.")
    if convert is not None and convert not in CONVERSIONS:
        raise ValueError(f"convert must be one of {CONVERSIONS} or None, not {convert!r}.")
    for step, (pattern, replacement) in STEPS.items():
        if half_width or step != "half_width":
            text = pattern.sub(replacement, text)
    text = unicodedata.normalize("NFC", text)
    return extra("opencc").OpenCC(convert).convert(text) if convert else text


def normalisation_report(texts: pd.Series) -> pd.DataFrame:
    """Count what :func:`normalise` changes in texts that have not been through it.

    Parameters
    ----------
    texts : Series of str
        As ``read_folder(folder, normalised=False).text`` gives it.

    Returns
    -------
    DataFrame
        On the index of ``texts``, the number of places changed by each step: ``line_ends``, ``invisible``,
        ``spaces``, ``radicals``, ``bullets``, ``zeros``, ``half_width``, and ``composed`` (characters not in
        Unicode NFC).

    Examples
    --------
    >>> normalisation_report(pd.Series({"a": "２０３５年\\u3000远景"})).loc["a", ["spaces", "half_width"]].to_list()
    [1, 4]
    """
    check_texts(texts)
    rows = []
    for text in texts:
        counts = []
        for pattern, replacement in STEPS.values():
            text, count = pattern.subn(replacement, text)
            counts.append(count)
        rows.append([*counts, (Counter(text) - Counter(unicodedata.normalize("NFC", text))).total()])
    return pd.DataFrame(rows, index=texts.index, columns=[*STEPS, "composed"], dtype=int)
