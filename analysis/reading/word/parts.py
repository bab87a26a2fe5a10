"""The parts of a Word file: what is in the archive, how parts refer to each other, and their XML."""

import lzma
import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

from analysis.reading.decoding import MAGIC
from analysis.reading.extras import extra
from analysis.reading.limits import TooLarge, check_size

# As Word writes them, and in the strict form of the standard.
SPACES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://schemas.openxmlformats.org/drawingml/2006/main": "a",
    "http://purl.oclc.org/ooxml/drawingml/main": "a",
    "urn:schemas-microsoft-com:vml": "v",
    "urn:schemas-microsoft-com:office:office": "o",
}
# By a member that only such a file has.
OTHERS = {
    "xl/workbook": "a spreadsheet (.xlsx)",
    "ppt/presentation": "a presentation (.pptx)",
    "visio/document": "a drawing (.vsdx)",
    "ofd.xml": "an OFD document (.ofd)",
    "meta-inf/container.xml": "an e-book (.epub)",
    "content.xml": "an OpenDocument file (.odt, .ods)",
    "index/document.iwa": "a Pages document (.pages)",
}
MAIN = re.compile(r"(?:wordprocessingml|ms-word)\.(?:document|template).*main\+xml", re.IGNORECASE)
MARKS_A_MEGABYTE = 25_000  # of tags and attributes, for each megabyte allowed: 50 MB of usual XML for 200
# What unpacking raises on damage; a member of a name that is not there is a KeyError.
DAMAGE = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, KeyError)
DAMAGE += (NotImplementedError, RuntimeError, OSError, ValueError)  # type: ignore[assignment]
AGAIN = "open it in Word and save it as .docx"


class Target(NamedTuple):
    """Another part that a part refers to."""

    kind: str
    name: str


class Package:
    """The archive of a Word file; only parts that are asked for are unpacked."""

    def __init__(self, path: Path, megabytes: float, inner: bool = False) -> None:
        self.path, self.megabytes, self.inner = path, megabytes, inner  # inner: it stood in another
        _refuse_other_files(path)
        try:
            self.archive = zipfile.ZipFile(path)
        except DAMAGE as error:
            raise ValueError(f"{path} is cut off or damaged ({error}): fetch it again.") from error
        members = self.archive.infolist()
        try:
            check_size(path, self.archive, megabytes)
            if any(member.flag_bits & 1 for member in members):
                raise ValueError(f"{path} has a password: {AGAIN} without one.")
        except ValueError:
            self.archive.close()
            raise
        self.members = {part_name(member.filename): member for member in members}

    def __enter__(self) -> "Package":
        """Give the package itself."""
        return self

    def __exit__(self, *_) -> None:
        """Close the archive."""
        self.archive.close()

    def bytes(self, name: str) -> bytes:
        """Unpack one part."""
        return self.archive.read(self.members[part_name(name)])

    def xml(self, name: str):
        """Unpack and parse one part; what is damaged raises a ValueError without the name of the file."""
        etree = extra("lxml.etree")
        data = self.bytes(name)
        marks = data.count(b"<") + 2 * data.count(b"=")
        if marks > MARKS_A_MEGABYTE * self.megabytes:
            raise TooLarge(
                f"{name} has {marks:,} tags and attributes, too many for the memory: raise megabytes= to read it"
            )
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
        )
        try:
            root = etree.fromstring(data, parser)
        except etree.XMLSyntaxError as error:
            raise ValueError(f"{name}: {error}") from error
        if root.getroottree().docinfo.internalDTD is not None:
            raise ValueError(f"{name} declares entities, which Word does not allow")
        return root

    def main(self) -> str:
        """Find the part with the body."""
        named = [target.name for target in self.targets("") if target.kind == "officeDocument"]
        try:
            items = list(self.xml("[Content_Types].xml"))
        except DAMAGE:
            items = []
        typed = [part_name(item.get("PartName", "")) for item in items if MAIN.search(item.get("ContentType", ""))]
        both = [name for name in named if name in typed]
        found = next((name for name in [*both, *typed, *named, "word/document.xml"] if name in self.members), None)
        other = next((what for name, what in OTHERS.items() if any(m.startswith(name) for m in self.members)), "")
        if found is None or (other and found not in typed):
            holds = ", ".join(list(self.members)[:3]) or "nothing"
            what = other or f"a zip archive and no whole Word file (it holds {holds})"
            raise ValueError(f"{self.path} is no Word file but {what}: give it its right suffix, or {AGAIN}.")
        return found

    def targets(self, name: str, ids: bool = False) -> list[Target]:
        """List the parts a part refers to, by the last word of what they are, or by their ids."""
        folder, base = posixpath.split(name)
        relations = posixpath.join(folder, "_rels", base + ".rels")
        if relations not in self.members:
            return []
        try:
            root = self.xml(relations)
        except DAMAGE:
            return []
        found = []
        for item in root:
            target = unquote(item.get("Target") or "")
            if item.get("TargetMode") != "External" and target:
                kind = (item.get("Id") if ids else (item.get("Type") or "").rsplit("/", 1)[-1]) or ""
                found.append(Target(kind, part_name(posixpath.normpath(posixpath.join("/", folder, target)))))
        return found


def _refuse_other_files(path: Path) -> None:
    with open(path, "rb") as file:
        data = file.read(4096)
        if data.startswith(b"PK") or zipfile.is_zipfile(path):
            return
        if data.startswith(b"\xd0\xcf\x11\xe0"):
            data += file.read(200_000_000)
            if "EncryptedPackage".encode("utf-16-le") in data:
                raise ValueError(f"{path} is not a Word file as it stands: it has a password. {AGAIN} without one.")
            what = "an old .doc" if "WordDocument".encode("utf-16-le") in data else "an old Office file, as .doc is"
            raise ValueError(f"{path} is not a Word file of today but {what}: {AGAIN}.")
    what = next((what for magic, what in MAGIC.items() if data.startswith(magic)), "")
    start = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:200].lower()
    if start.startswith((b"<!doctype html", b"<html")):
        what = "a web page: name it .html"
    elif start.startswith(b"<?xml"):
        what = "plain XML"
    raise ValueError(
        f"{path} is not a Word file but {what or 'something else, or cut off'}: {AGAIN}, or fetch it again."
    )


def part_name(name: str) -> str:
    """Write the name of a part as parts are compared: in small letters, with /, from the root."""
    return name.replace("\\", "/").lstrip("/").lower()


@lru_cache(maxsize=4096)
def _short_tag(tag: str) -> str:
    space, _, local = tag[1:].rpartition("}") if tag[0] == "{" else ("", "", tag)
    return f"{SPACES[space]}:{local}" if space in SPACES else local


def short(element) -> str:
    """Return the name of an element with the usual prefix of its namespace, or without one."""
    tag = element.tag
    return _short_tag(tag) if isinstance(tag, str) else ""


def children(element, name: str) -> Iterator:
    """Give the children of an element, if there is one, that have this name."""
    if element is not None:
        for item in element:
            if short(item) == name:
                yield item


def child(element, name: str):
    """Return the first child with this name, or None."""
    if element is not None:
        for item in element:
            if short(item) == name:
                return item
    return None


def by_name(element) -> dict:
    """Return the children of an element, if there is one, by their names."""
    return {} if element is None else {short(item): item for item in element}


def value(element, name: str = "val") -> str | None:
    """Return an attribute in whatever namespace, or None."""
    if element is None:
        return None
    for key, found in element.attrib.items():
        if key.rpartition("}")[2] == name:
            return found
    return None


def flag(element) -> bool | None:
    """Say whether a property is on or off; None if it is not there."""
    return None if element is None else value(element) not in ("0", "false", "off", "none")
