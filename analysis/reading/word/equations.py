"""Equations of Word files in one line: (a+b)/2, x_1^2, √x, ∑_(i=1)^n x_i."""

import re

from analysis.reading.symbols import symbol, symbol_font
from analysis.reading.word.numbering import in_signs, whole
from analysis.reading.word.parts import child, children, flag, short, value

SIMPLE = re.compile(r"[\w.%‰′]*|\([^()]*\)|\S")
SKIPPED = {"w:del", "w:moveFrom", "w:rPr", "w:instrText", "w:delText"}


def linear(element) -> str:
    """Write an equation, or a piece of one, in one line: its characters in order, and signs for their places."""
    name = short(element)
    if name in SKIPPED or (name.startswith("m:") and name.endswith("Pr")):
        return ""
    if name in ("m:t", "w:t"):
        return element.text or ""
    write = FORMS.get(name)
    return write(element) if write else _inside(element)


def _inside(element) -> str:
    return "".join(linear(item) for item in element) if element is not None else ""


def _part(element, name: str) -> str:
    return _inside(child(element, f"m:{name}"))


def _set(element, name: str, otherwise: str) -> str:
    """Return what the properties of a form say, or what holds if they do not."""
    properties = next((item for item in element if short(item) == f"{short(element)}Pr"), None)
    found = child(properties, f"m:{name}")
    return otherwise if found is None else value(found) or ""


def _bound(text: str) -> str:
    """Put brackets round what would fall apart."""
    return text if SIMPLE.fullmatch(text) else f"({text})"


def _low(text: str) -> str:
    return f"_{_bound(text)}" if text else ""


def _high(text: str) -> str:
    return f"^{_bound(text)}" if text else ""


def _fraction(element) -> str:
    above, below = _part(element, "num"), _part(element, "den")
    if _set(element, "type", "bar") == "noBar":
        return f"{above}; {below}"
    return f"{_bound(above)}/{_bound(below)}"


def _scripts(element) -> str:
    return _bound(_part(element, "e")) + _low(_part(element, "sub")) + _high(_part(element, "sup"))


def _before(element) -> str:
    return _low(_part(element, "sub")) + _high(_part(element, "sup")) + _part(element, "e")


def _root(element) -> str:
    degree = _part(element, "deg")
    return f"√{f'[{degree}]' if degree else ''}{_bound(_part(element, 'e'))}"


def _sum(element) -> str:
    limits = _low(_part(element, "sub")) + _high(_part(element, "sup"))
    return _set(element, "chr", "∫") + limits + (" " if limits else "") + _part(element, "e")


def _brackets(element) -> str:
    inside = _set(element, "sepChr", "|").join(_inside(item) for item in children(element, "m:e"))
    return _set(element, "begChr", "(") + inside + _set(element, "endChr", ")")


def _matrix(element) -> str:
    rows = (", ".join(_inside(cell) for cell in children(row, "m:e")) for row in children(element, "m:mr"))
    return f"[{'; '.join(rows)}]"


def _lines(element) -> str:
    return "; ".join(_inside(item) for item in children(element, "m:e"))


def _function(element) -> str:
    name, of = _part(element, "fName"), _part(element, "e")
    return f"{name}{of}" if of.startswith(("(", "[")) else f"{name} {of}".strip()


def _limit(sign: str):
    return lambda element: _bound(_part(element, "e")) + (_low if sign == "_" else _high)(_part(element, "lim"))


def _accent(element) -> str:
    return _bound(_part(element, "e")) + _set(element, "chr", "\u0302")


def _bar(element) -> str:
    return _bound(_part(element, "e")) + ("\u0305" if _set(element, "pos", "bot") == "top" else "\u0332")


def _several(element) -> str:
    return "\n".join(_inside(item) for item in children(element, "m:oMath"))


def _sign(element) -> str:
    code = value(element, "char") or ""
    return symbol(int(code, 16) if re.fullmatch("[0-9A-Fa-f]{1,5}", code) else 0, symbol_font(value(element, "font")))


def _phantom(element) -> str:
    properties = child(element, "m:phantPr")
    return "" if flag(child(properties, "m:show")) is False else _part(element, "e")


FORMS = {
    "w:sym": _sign,
    "m:oMathPara": _several,
    "m:f": _fraction,
    "m:sSub": _scripts,
    "m:sSup": _scripts,
    "m:sSubSup": _scripts,
    "m:sPre": _before,
    "m:rad": _root,
    "m:nary": _sum,
    "m:d": _brackets,
    "m:m": _matrix,
    "m:eqArr": _lines,
    "m:func": _function,
    "m:limLow": _limit("_"),
    "m:limUpp": _limit("^"),
    "m:acc": _accent,
    "m:bar": _bar,
    "m:phant": _phantom,
}


def old_equation(instruction: str) -> str:
    """Read a sign in a circle, a character with its reading above it, and a fraction; of others, nothing."""
    overlaid = re.search(r"\\o\s*(?:\\a[lcrd]\s*)?\((.*)[,，;]([^,，;\\]+)\)\s*$", instruction)
    if overlaid and overlaid[1].strip() in ("○", "〇", "◯"):
        sign = overlaid[2].strip()
        return in_signs(whole(sign, 0), "decimalEnclosedCircle") or "" if whole(sign, 0) else sign
    if overlaid and overlaid[1].strip().startswith("\\s\\up"):
        return overlaid[2].strip()
    parts = re.search(r"\\f\s*\(([^,，;\\()]+)[,，;]([^,，;\\()]+)\)\s*$", instruction)
    return f"{parts[1].strip()}/{parts[2].strip()}" if parts else ""
