"""Word files that are strict, damaged, large or no Word files at all."""

import zipfile

import docx
import pytest
from word_files import NAMES, OFFICE, WORD, change, level, lists, numbered, par, run, write

from analysis import load_corpus, read_text
from analysis.reading.word.document import docx_document

PARAGRAPHS = load_corpus().text.tolist()[-5:]


def m(name, *parts, **properties):
    """Write a form of an equation with its parts, or text."""
    said = "".join(f'<m:{key} m:val="{value}"/>' for key, value in properties.items())
    return f"<m:{name}><m:{name}Pr>{said}<m:ctrlPr/></m:{name}Pr>{''.join(parts)}</m:{name}>"


def t(name, text):
    return f"<m:{name}>{text if text.startswith('<') else f'<m:r><m:t>{text}</m:t></m:r>'}</m:{name}>"


def test_word_files_that_cannot_be_read(tmp_path):
    path = tmp_path / "a.docx"
    document = docx.Document()
    document.save(path)
    with pytest.raises(ValueError, match=r"a\.docx was read as docx and holds no text"):
        read_text(path)
    document.add_paragraph(PARAGRAPHS[0])
    document.save(path)
    whole = path.read_bytes()
    for damaged in (whole[: len(whole) // 2], b"\xd0\xcf\x11\xe0" + bytes(600), b"text"):
        path.write_bytes(damaged)
        with pytest.raises(ValueError, match=r"a\.docx is (not a Word file|cut off)"):
            read_text(path)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "text")
    with pytest.raises(ValueError, match=r"a\.docx is no Word file but a zip archive and no whole Word file"):
        read_text(path)
    at = whole.index(b"word/document.xml") + 60
    path.write_bytes(whole[:at] + b"\0\xff\0\xff" + whole[at + 4 :])
    with pytest.raises(ValueError, match="no whole Word file"):
        read_text(path)


def test_strict_files_and_files_without_relationships(tmp_path):
    path = write(tmp_path / "a.docx", numbered("推动"), numbering=lists(level(0, "chineseCounting", "%1、")))
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name).replace(WORD.encode(), strict.encode()) for name in archive.namelist()}
    for name, data in members.items():
        change(path, name, data)
    assert docx_document(path).text == "一、推动"
    change(path, "_rels/.rels", None)
    change(path, "word/_rels/document.xml.rels", None)
    assert docx_document(path).text == "一、推动"


def test_dangling_relationships_lose_nothing(word):
    targets = [("rId8", OFFICE, "image", "NULL"), ("rId9", OFFICE, "hyperlink", "#_top")]
    assert word(par("推动"), targets=targets) == (["推动"], [])


def test_a_main_part_of_another_name(tmp_path):
    path = write(tmp_path / "a.docx", par("推动"))
    with zipfile.ZipFile(path) as archive:
        main, relations = archive.read("word/document.xml"), archive.read("_rels/.rels")
    change(path, "word/document.xml", None)
    change(path, "word/document2.xml", main)
    change(path, "_rels/.rels", relations.replace(b"word/document.xml", b"/word/document2.xml"))
    assert docx_document(path).text == "推动"


def test_damage_beside_the_body_is_said_and_damage_of_the_body_refused(tmp_path):
    path = write(tmp_path / "a.docx", numbered("推动"), numbering=lists(level(0, "decimal", "%1.")))
    change(path, "word/numbering.xml", b"<w:numbering")
    found = docx_document(path)
    assert found.text == "推动" and "numbering is damaged" in found.notes[0]
    for body in (b"<w:document", f'<w:document xmlns:w="{WORD}"/>'.encode(), b"", None):
        change(path, "word/document.xml", body)
        with pytest.raises(ValueError, match=r"a\.docx is .*no whole Word file"):
            docx_document(path)


@pytest.mark.parametrize(
    "members, what",
    [
        (["xl/workbook.xml"], r"a spreadsheet \(\.xlsx\)"),
        (["ppt/presentation.xml"], r"a presentation \(\.pptx\)"),
        (["mimetype", "content.xml"], r"an OpenDocument file \(\.odt, \.ods\)"),
        (["OFD.xml", "Doc_0/Document.xml"], r"an OFD document \(\.ofd\)"),
        (["a.txt"], r"a zip archive .*it holds a\.txt"),
    ],
)
def test_other_archives_are_named(tmp_path, members, what):
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w") as archive:
        for name in members:
            archive.writestr(name, "<x/>")
    with pytest.raises(ValueError, match=rf"a\.docx is no Word file but {what}"):
        read_text(path)


@pytest.mark.parametrize(
    "data, what",
    [
        (b"\xd0\xcf\x11\xe0" + bytes(5000) + "EncryptedPackage".encode("utf-16-le"), "it has a password"),
        (b"\xd0\xcf\x11\xe0" + bytes(5000) + "WordDocument".encode("utf-16-le"), r"an old \.doc"),
        (b"%PDF-1.4", "a PDF"),
        (b"{\\rtf1", "rich text"),
        (b"<html><body>", "a web page"),
        (b"PK\x03\x04" + bytes(100), "cut off or damaged"),
    ],
)
def test_files_that_are_no_archive_are_named(tmp_path, data, what):
    path = tmp_path / "a.docx"
    path.write_bytes(data)
    with pytest.raises(ValueError, match=rf"a\.docx .*{what}"):
        read_text(path)


def test_a_password_of_the_archive_is_named(tmp_path):
    path = write(tmp_path / "a.docx", par("推动"))
    data = bytearray(path.read_bytes())
    for mark, place in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        data[data.index(mark) + place] |= 1
    path.write_bytes(data)
    with pytest.raises(ValueError, match=r"a\.docx has a password"):
        docx_document(path)


def test_large_files_are_refused_before_they_are_unpacked(tmp_path):
    path = write(tmp_path / "a.docx", par("推动"))
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/media/a.bin", bytes(3_000_000))
    with pytest.raises(ValueError, match=r"a\.docx unpacks to 3 MB, more than the 2 allowed.*megabytes="):
        docx_document(path, megabytes=2)
    assert docx_document(path, megabytes=4).text == "推动"
    write(path, par("<w:r/>" * 200_000 + run("推动")))
    with pytest.raises(ValueError, match=r"a\.docx: word/document\.xml has \d+,\d+ tags and attributes.*megabytes="):
        docx_document(path, megabytes=3)
    assert docx_document(path).text == "推动"


def test_entities_have_no_effect(tmp_path):
    path = write(tmp_path / "a.docx", par("推动"))
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "笑"}">' for n in range(9))
    text = f"<w:document {NAMES}><w:body>{par('&l8;')}</w:body></w:document>"
    change(path, "word/document.xml", f"<!DOCTYPE d [{laughs}]>{text}")
    with pytest.raises(ValueError, match=r"a\.docx is .*no whole Word file"):
        docx_document(path)
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    outside = f'<!DOCTYPE d [<!ENTITY l8 SYSTEM "file://{tmp_path}/secret.txt">]>'
    change(path, "word/document.xml", outside + text)
    with pytest.raises(ValueError, match=r"a\.docx is .*no whole Word file"):
        docx_document(path)


def test_deep_nesting_is_read_or_refused(tmp_path):
    for depth in (20, 60, 5000):
        table = "<w:tbl><w:tr><w:tc>" * depth + par("推动") + "</w:tc></w:tr></w:tbl>" * depth
        path = write(tmp_path / "a.docx", table)
        if depth < 100:
            assert docx_document(path).text == "推动"
        else:
            with pytest.raises(ValueError, match=r"a\.docx"):
                docx_document(path)
    equation = "<m:f><m:num>" * 100 + "<m:r><m:t>x</m:t></m:r>" + "</m:num></m:f>" * 100
    assert "x" in docx_document(write(path, par(f"<m:oMath>{equation}</m:oMath>"))).text
