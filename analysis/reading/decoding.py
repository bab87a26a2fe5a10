"""Bytes to Chinese text: every encoding is tried, and the text itself is the judge."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice
from pathlib import Path
from typing import NamedTuple

# Big5 first as the standard has it, then with the characters of Windows and of Hong Kong.
FAMILIES = [["utf-8"], ["gb18030"], ["big5", "cp950", "big5hkscs"], ["utf-16-le"], ["utf-16-be"]]
# UTF-32 before UTF-16, whose mark its own begins with.
MARKED = ("utf-8", "utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be", "gb18030")
MARKS = {"\ufeff".encode(codec): codec for codec in MARKED}
MAGIC = {
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture",
    b"%PDF-": "a PDF",
    b"PK\x03\x04": "a zip archive (as .docx, .xlsx and .wps are)",
    b"\xd0\xcf\x11\xe0": "an old Office file (.doc, .xls) or one with a password",
    b"{\\rtf": "rich text (RTF)",
    b"\x1f\x8b": "a gzip archive",
    b"Rar!": "a RAR archive",
    b"7z\xbc\xaf": "a 7z archive",
    b"SQLite format": "a database",
}
# The 200 commonest characters of public government and congress reports, simplified and
# traditional: about 65 % of their running text, and about 5 % of any wrong decoding.
FREQUENT = frozenset(
    "的和国业发一大展人民建进中要加化产主经工会全政力设实在制有是生新社年作地改我不济增重动强行高持体义资革推能们保提"
    "成农为现理以务了家各合基对面方开个平定度同上等党区坚分治好用出长本企法代这部入量系学到市五步多施关育技机事性利结"
    "文级点续深完科十公创就教善共水来质于自支决领时项快城造更策规放活三服品外管效导稳场过应安调万积内得极计取特优目必"
    "统群心投收金向府立总划下期构战村种整正费术争众题护权程际通促前任國業發進產經會設實濟動強體義資們農爲現務對開個黨"
    "區堅長這學關機結級點續創來質於決領時項規導穩場過應調萬積內極計優統羣總劃構戰種費術爭衆題護權際"
)
LOSSES = {"\ufffd": "replacement characters (U+FFFD)", "锟斤拷": "runs of 锟斤拷"}
PLAUSIBLE = 0.9  # thousands of slices of 16 characters score 1.09 or more, wrong readings less
MARGIN = 0.25  # between the best reading and the next
ENOUGH, USUAL = 100, 0.12  # of so many characters such a share is frequent; in Korean, less
SURE = 6  # bytes beyond the first of their characters: other encodings do not fit UTF-8 so often
PRIVATE = 0.3  # of the characters of UTF-8 may be private: bullets and rare characters of some font
SAMPLE = 2000  # characters that tell the language
GARBLED = 0.1  # of a text in lines that are misread is too much of it; right lines score 1 or more
# The common Hangul only: half of the characters of Big5 are rare ones.
HANGUL = "".join(bytes([lead, trail]).decode("euc_kr") for lead in range(0xB0, 0xC9) for trail in range(0xA1, 0xFF))
FOREIGN = {"cp949": f"[{HANGUL}]", "euc_jp": "[ぁ-ヺ]", "cp932": "[ぁ-ヺ]"}
KANA = re.compile("[ぁ-ヺ]")
ALPHABETS = re.compile("[Ͱ-ӿ\u0590-\u0fff\u1100-\u11ffぁ-ヺ가-힣]")


class Decoded(NamedTuple):
    """A text without its byte order mark, the encoding or format it was read as, and what a reader should know.

    ``notes`` tell what is missing or doubtful, ``changes`` what was mended and is whole.
    """

    text: str
    read_as: str
    notes: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()


class Reading(NamedTuple):
    """One way of reading the bytes."""

    score: float
    encoding: str
    text: str
    cut: bool


def decode(data: bytes, name: str = "text", encoding: str | None = None) -> Decoded:
    """Decode bytes whose encoding is not known, or refuse; messages call them by ``name``, a path.

    An ``encoding`` that is given must fit, and nothing else is asked. Otherwise a byte order mark decides, or more
    than a few characters that fit UTF-8; else each encoding that fits is scored by the share of common characters
    (first level of GB 2312 or of Big5) plus that of the 200 most frequent. A right reading has about 1.6, a wrong
    one below 0.9. Where no encoding fits the whole, one that fits all but a byte in a thousand is taken, with U+FFFD
    for these and a note. Made for Chinese: text of another language beyond ASCII, and text a tenth of which was
    misread before it was saved, is refused unless ``encoding`` is given. Below about ten characters an answer may
    be wrong.
    """
    if not data:
        raise ValueError(f"{name} is empty (0 bytes): fetch it again or take it away.")
    if encoding is not None:
        return Decoded(_forced(data, name, encoding), encoding)
    for magic, what in MAGIC.items():
        if data.startswith(magic):
            advice = "give it its right suffix, or save its text as .txt."
            raise ValueError(f"{name} is not text but {what}, by its first bytes: {advice}")
    marked = next((mark for mark in MARKS if data.startswith(mark)), b"")
    data = data[len(marked) :]
    families = [[MARKS[marked]]] if marked else FAMILIES
    found, tried = _readings(data, families)
    plausible = bool(found) and found[0].score >= PLAUSIBLE
    mended = None if plausible else _mended(data, families)
    if mended:
        lines = _listed(number for number, line in enumerate(mended.text.split("\n"), 1) if "\ufffd" in line)
        note = f"{name} has bytes in line {lines} that do not fit {mended.encoding}: U+FFFD stands for them. Mend them."
        return Decoded(mended.text, mended.encoding, (note,))
    best = _choose(found, tried, name)
    _check_language(best, name)
    return Decoded(best.text, best.encoding, tuple(_losses(best.text, name)))


def _mended(data: bytes, families: list[list[str]]) -> Reading | None:
    """Read bytes that no encoding fits in the one that fits all but a few; UTF-16 fits too much to be tried."""
    found = []
    for codec in [codec for family in families for codec in family if "16" not in codec and "32" not in codec]:
        text = data.decode(codec, "replace")
        lost = text.count("\ufffd")
        if codec == "utf-8" and not lost:  # whole, and no Chinese
            return None
        if 0 < lost <= max(1, len(text) // 1000) and not text.endswith("\ufffd"):
            found.append(Reading(score(text.replace("\ufffd", ""), USUAL), codec, text, False))
    best = max(found, key=lambda reading: (reading.score, reading.encoding), default=None)
    return best if best and best.score >= PLAUSIBLE + MARGIN else None


def _check_language(best: Reading, name: str) -> None:
    """Refuse Korean and Japanese, whose bytes or characters are Chinese ones, too."""
    beginning = best.text[:SAMPLE]
    usual = _usual(beginning)
    if usual > 0.3 and not KANA.search(beginning):
        return
    for codec, signs in FOREIGN.items():
        try:
            text = beginning if best.encoding == "utf-8" else beginning.encode(best.encoding).decode(codec)
        except UnicodeDecodeError:
            continue
        letters = [character for character in text if not character.isascii() and character.isalpha()]
        own = sum(re.match(signs, letter) is not None for letter in letters)
        # Half of the bytes of Chinese are no Hangul; Japanese has a kana to each character, and Chinese none.
        korean = codec == "cp949" and own > 0.9 * len(letters) and usual < 0.3
        if own >= 6 and (korean or codec != "cp949" and own > 0.2 * len(letters)):
            language = "Korean" if korean else "Japanese"
            advice = "take it away, or give encoding= to have it read nevertheless."
            raise ValueError(f"{name} is {language} ({codec}) by its characters, and not Chinese: {advice}")


def _usual(text: str) -> float:
    """Return the share of Chinese characters that are among the frequent ones."""
    characters = re.findall("[\u3400-\u9fff]", text)
    return sum(map(FREQUENT.__contains__, characters)) / max(1, len(characters))


def _losses(text: str, name: str) -> Iterator[str]:
    """Tell what was lost before, or refuse a text of which too much was."""
    lost = "characters were lost before this file was written; look for a better copy."
    for sign, what in LOSSES.items():
        if sign in text:
            yield f"{name} has {text.count(sign)} {what}: {lost}"
    lines = text.split("\n")
    garbled = [number for number, line in enumerate(lines, 1) if _is_garbled(line)] if _is_odd(text) else []
    if not garbled:
        return
    share = sum(len(lines[number - 1]) for number in garbled) / len(text)
    where = f"{share:.0%} of {name} was read in a wrong encoding before it was saved (line {_listed(garbled)})"
    if share > GARBLED:
        raise ValueError(f"{where}: look for a better copy, or give encoding= to have it read as it is.")
    yield f"{where}: look for a better copy."


def _is_odd(text: str) -> bool:
    """Say whether a text has a character in a hundred that Chinese in the right encoding seldom has."""
    kinds: Counter[str] = Counter()
    for character, count in Counter(text).items():
        kinds[_kind(character)] += count
    return (kinds["rare"] + kinds["bad"] + kinds["private"]) * 100 > kinds.total() - kinds["neutral"]


def _is_garbled(line: str) -> bool:
    """Say whether a line looks misread, and is not just in another alphabet."""
    signs = [character for character in line if not character.isspace()]
    foreign = [character for character in signs if not character.isascii()]
    enough = len(foreign) >= 8 and len(foreign) * 2 > len(signs)
    return enough and len(ALPHABETS.findall(line)) * 2 < len(foreign) and score(line, 0.0, PRIVATE) < PLAUSIBLE


def _listed(numbers: Iterable[int]) -> str:
    """List the first numbers, and say that there are more."""
    first = [*map(str, islice(numbers, 6))]
    return ", ".join(first[:5]) + (" and others" if len(first) > 5 else "")


def filled(text: str, path: Path, read_as: str, advice: str) -> Decoded:
    """Say what a file was read as, or refuse one without text with advice."""
    if not text.strip():
        raise ValueError(f"{path} was read as {read_as} and holds no text. {advice}")
    return Decoded(text, read_as)


def score(text: str, usual: float = 0.0, private: float = 0.0) -> float:
    """Score how much a text looks like Chinese in the right encoding, at most 2; plain ASCII has 1.

    Control, unassigned and replacement characters weigh ten times; private ones, too, unless ``private``, the share
    of them that is no fault, is not passed. A text of 100 characters or more with a share of frequent ones below
    ``usual`` has -1.
    """
    kinds: Counter[str] = Counter()
    for character, count in Counter(text).items():
        kinds[_kind(character)] += count
    total = kinds.total() - kinds["neutral"]
    if kinds["private"] <= private * total:
        total -= kinds.pop("private", 0)
    if total >= ENOUGH and kinds["frequent"] < usual * total:
        return -1.0
    return (
        round((kinds["common"] + 2 * kinds["frequent"] - 9 * (kinds["bad"] + kinds["private"])) / total, 6)
        if total
        else 1.0
    )


def _readings(data: bytes, families: list[list[str]]) -> tuple[list[Reading], list[str]]:
    """Read the bytes in every way that fits, and list all ways with what came of them."""
    found, tried = [], []
    for family in families:
        attempts = [_attempt(data, codec) for codec in family]
        best = next((reading for reading, fault in attempts if not fault), attempts[0][0])
        found += [best] if best else []
        if best is None or best.cut:
            tried.append(attempts[0][1])
            continue
        tried.append(f"{best.encoding} scores {best.score:.2f}")
        if family == ["utf-8"] and len(data) - len(best.text) >= SURE:
            break
    return sorted(found, key=lambda reading: -reading.score), tried


def _attempt(data: bytes, codec: str) -> tuple[Reading | None, str]:
    """Read the bytes in one way, less the last character if only that does not fit."""
    fault = ""
    try:
        text = data.decode(codec)
    except UnicodeDecodeError as error:
        fault = f"{codec} fails at byte {error.start} of {len(data)}"
        if error.end < len(data) or not len(data) - 4 < error.start or not error.start:
            return None, fault
        text = data[: error.start].decode(codec)
    # Bytes of another encoding hardly ever fit UTF-8: a list of names may pass.
    measured = score(text, 0.0, PRIVATE) if codec == "utf-8" else score(text, USUAL)
    return Reading(measured, codec, text, bool(fault)), fault


def _choose(found: list[Reading], tried: list[str], name: str) -> Reading:
    report = f"Tried: {'; '.join(tried)} (plausible from {PLAUSIBLE} on)."
    if not found or found[0].score < PLAUSIBLE:
        advice = "If it is text, name its encoding with encoding=; if not, take it away."
        raise ValueError(f"{name} is not Chinese text in any encoding known here. {report} {advice}")
    best = found[0]
    other = next((other for other in found if other.text != best.text), None)
    if other and best.score - other.score < MARGIN:
        which = f"{best.encoding} or {other.encoding}"
        raise ValueError(f"{name} may be {which}: too short to tell. {report} Name its encoding with encoding=.")
    if best.cut:
        fault = f"{name} ends in the middle of a character, read as {best.encoding}: it is cut off."
        raise ValueError(f"{fault} {report} Fetch it again, or take away its last bytes.")
    return best


def _forced(data: bytes, name: str, encoding: str) -> str:
    try:
        return data.decode(encoding).removeprefix("\ufeff")
    except LookupError as error:
        raise ValueError(f"{name}: Python knows no encoding {encoding!r}.") from error
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        place = f"in line {line}, byte {error.start} of the file"
        advice = "mend that line, or leave encoding= out: a text with few such bytes is read, with a warning."
        raise ValueError(f"{name} is not {encoding}: what stands {place}, does not fit; {advice}") from error


@cache
def _kind(character: str) -> str:
    """Return ``neutral``, ``frequent``, ``common``, ``rare``, ``private`` or ``bad``."""
    if character.isascii():
        return "neutral" if character.isprintable() or character in "\t\n\r\v\f\x1a" else "bad"
    if character in FREQUENT:
        return "frequent"
    if character in _common():
        return "common"
    if character == "\ue5e5":  # a blank of GBK
        return "neutral"
    if "\u2e80" <= character <= "\u2fd5":  # a radical stands for its character
        return "common"
    category = unicodedata.category(character)
    if category == "Co":
        return "private"
    if character == "\ufffd" or category in ("Cc", "Cn", "Cs"):
        return "bad"
    wide = "\uff01" <= character <= "\uff5e"  # full-width ASCII
    symbol = "\u2000" <= character <= "\u2bff" or "\u3000" <= character <= "\u303f"
    return "neutral" if wide or symbol or character in "\xa0·×\ufeff" else "rare"


@cache
def _common() -> frozenset[str]:
    """Return the characters that GB 2312 and Big5 put on their first level, by frequency."""
    rows = [("gb2312", row) for row in range(0xB0, 0xD8)] + [("big5", row) for row in range(0xA4, 0xC7)]
    cells = (bytes([row, cell]).decode(codec, "ignore") for codec, row in rows for cell in range(0x40, 0xFF))
    return frozenset(character for character in "".join(cells) if not character.isascii())
