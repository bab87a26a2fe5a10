"""Word files written from their XML, for tests."""

import zipfile

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
NAMES = " ".join([
    f'xmlns:w="{WORD}" xmlns:m="{OFFICE}/math" xmlns:r="{OFFICE}/relationships"',
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml"',
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:o="urn:schemas-microsoft-com:office:office"',
])


def write(path, body, targets=(), members=(), **parts):
    """Write a Word file from its XML; parts are named by what they are: styles, numbering, footnotes."""
    roots = {"footnotes": "footnotes", "endnotes": "endnotes", "styles": "styles", "numbering": "numbering"}
    relation = '<Relationship Id="{}" Type="{}/relationships/{}" Target="{}"/>'
    begin = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    with zipfile.ZipFile(path, "w") as archive:
        main = relation.format("rId1", OFFICE, "officeDocument", "word/document.xml")
        archive.writestr("_rels/.rels", f"{begin}{main}</Relationships>")
        archive.writestr("word/document.xml", f"<w:document {NAMES}><w:body>{body}</w:body></w:document>")
        links = [relation.format(*target) for target in targets]
        links += [relation.format(kind, OFFICE, kind, f"{kind}.xml") for kind in parts]
        archive.writestr("word/_rels/document.xml.rels", f"{begin}{''.join(links)}</Relationships>")
        for kind, xml in parts.items():
            archive.writestr(f"word/{kind}.xml", f"<w:{roots[kind]} {NAMES}>{xml}</w:{roots[kind]}>")
        for name, data in members:
            archive.writestr(name, data)
    return path


def run(text, properties=""):
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def par(text, properties=""):
    """Write a paragraph from a text, or from XML."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{text if text.startswith('<') else run(text)}</w:p>"


def numbered(text, depth=0, which=1):
    return par(text, f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{which}"/></w:numPr>')


def level(depth, how, text, more="", start=1):
    begin = f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{how}"/>'
    return f'{begin}<w:lvlText w:val="{text}"/>{more}</w:lvl>'


def lists(*levels, more=""):
    """Write a numbering part with one list of these levels as number 1."""
    abstract = f'<w:abstractNum w:abstractNumId="7">{"".join(levels)}</w:abstractNum>'
    return f'{abstract}<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>{more}'


def change(path, name, data):
    """Put other data in place of a member, or take it away."""
    with zipfile.ZipFile(path) as archive:
        members = {member: archive.read(member) for member in archive.namelist()}
    members[name] = data
    with zipfile.ZipFile(path, "w") as archive:
        for member in members:
            if members[member] is not None:
                archive.writestr(member, members[member])
