"""Word files made here come back as Word shows them, and what is left out is said."""

import io
import warnings
import zipfile

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from analysis import load_corpus, read_text
from analysis.reading.word import docx_document

PARAGRAPHS = load_corpus().text.tolist()[-5:]


def test_a_word_file_with_table_and_headings(tmp_path):
    path = tmp_path / "notice.docx"
    document = docx.Document()
    document.add_heading("一、总体要求", 1)
    document.add_paragraph(PARAGRAPHS[0])
    table = document.add_table(2, 2)
    for cell, text in zip(table._cells, ["地区", "目标", "北京", "创新"], strict=True):
        cell.text = text
    document.add_paragraph("第一行").add_run().add_break()
    document.paragraphs[-1].add_run("第二行")
    document.save(path)
    assert read_text(path) == "\n\n".join(["一、总体要求", PARAGRAPHS[0], "地区\t目标", "北京\t创新", "第一行\n第二行"])


def test_tracked_changes_content_controls_and_text_boxes(tmp_path):
    path = tmp_path / "draft.docx"
    document = docx.Document()
    body = document.element.body
    changes = (
        "<w:r><w:t>推动</w:t></w:r><w:ins><w:r><w:t>协同</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>旧的</w:delText></w:r></w:del>"
        "<w:moveFrom><w:r><w:t>移走的</w:t></w:r></w:moveFrom><w:r><w:t>发展</w:t></w:r>"
    )
    control = "<w:p><w:r><w:t>控件</w:t></w:r></w:p>"
    box = (
        "<w:r><w:t>正文</w:t><w:pict><w:txbxContent><w:p><w:r><w:t>文本框</w:t></w:r></w:p>"
        "</w:txbxContent></w:pict></w:r>"
    )
    words = nsdecls("w")
    body.insert(0, parse_xml(f"<w:p {words}>{changes}</w:p>"))
    body.insert(1, parse_xml(f"<w:sdt {words}><w:sdtContent>{control}</w:sdtContent></w:sdt>"))
    body.insert(2, parse_xml(f"<w:p {words}>{box}</w:p>"))
    document.save(path)
    assert read_text(path) == "推动协同发展\n\n控件\n\n正文\n\n文本框"


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
