"""What the styles of a Word file say of numbers, hidden text and fonts."""

from typing import NamedTuple

from analysis.reading.word.parts import child, children, flag, value


class Style(NamedTuple):
    """What one style itself says."""

    based_on: str | None
    list: str | None
    depth: str | None
    hidden: bool | None
    fonts: dict[str, str]


NOTHING = Style(None, None, None, None, {})


class Styles:
    """The styles of a file by their ids; what a style does not say, the one it is based on does."""

    def __init__(self, root) -> None:
        items = [item for item in children(root, "w:style") if value(item, "styleId")]
        own = {str(value(item, "styleId")): _style(item) for item in items}
        defaults = child(child(child(root, "w:docDefaults"), "w:rPrDefault"), "w:rPr")
        self.default = next((value(i, "styleId") or "" for i in items if _is_default(i)), "")
        self.base = NOTHING._replace(hidden=flag(child(defaults, "w:vanish")), fonts=fonts(child(defaults, "w:rFonts")))
        self.own = own
        self.known: dict[str, Style] = {}
        self.texts: dict[tuple[str, str], tuple[bool, dict[str, str]]] = {}

    def full(self, name: str) -> Style:
        """Return all that a style says, with what it is based on."""
        chain: dict[str, None] = {}
        while name in self.own and name not in self.known and name not in chain:
            chain[name] = None
            name = self.own[name].based_on or ""
        said = self.known.get(name, NOTHING)
        for name in reversed(chain):
            mine = self.own[name]
            same = mine.list is None
            said = Style(
                None,
                said.list if same else mine.list,
                said.depth if mine.depth is None and same else mine.depth,
                said.hidden if mine.hidden is None else mine.hidden,
                said.fonts | mine.fonts,
            )
            self.known[name] = said
        return said

    def numbering(self, name: str) -> tuple[str | None, str | None]:
        """Return the list and the level of a style."""
        said = self.full(name)
        return said.list, said.depth

    def text(self, paragraph: str, character: str) -> tuple[bool, dict[str, str]]:
        """Say whether styles hide a text (one of the two does, both together show it), and name its fonts."""
        key = (paragraph if paragraph in self.own else "", character if character in self.own else "")
        if key not in self.texts:
            around, own = self.full(paragraph), self.full(character)
            shown = self.base.hidden if around.hidden is None else around.hidden
            self.texts[key] = bool(shown) != bool(own.hidden), self.base.fonts | around.fonts | own.fonts
        return self.texts[key]


def fonts(element) -> dict[str, str]:
    """Return the fonts that properties of a run name, by the characters they are for."""
    return {} if element is None else {key.rpartition("}")[2]: found for key, found in element.attrib.items()}


def _style(item) -> Style:
    run, numbers = child(item, "w:rPr"), child(child(item, "w:pPr"), "w:numPr")
    which, depth = value(child(numbers, "w:numId")), value(child(numbers, "w:ilvl"))
    return Style(
        value(child(item, "w:basedOn")), which, depth, flag(child(run, "w:vanish")), fonts(child(run, "w:rFonts"))
    )


def _is_default(item) -> bool:
    return value(item, "type") == "paragraph" and value(item, "default") in ("1", "true", "on")
