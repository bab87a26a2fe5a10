"""OFD files made here, and old Word files with a program that stands for LibreOffice."""

import stat
import sys
import zipfile

import docx
import pytest

from analysis import load_corpus, read_text

PARAGRAPHS = load_corpus().text.tolist()
SPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def ofd(path, pages):
    """Write lines (x, baseline, size, text) on pages, in the shape that Chinese office programs give."""
    with zipfile.ZipFile(path, "w") as archive:
        root = "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>"
        archive.writestr("OFD.xml", f'<ofd:OFD {SPACE} Version="1.0"><ofd:DocBody>{root}</ofd:DocBody></ofd:OFD>')
        places = "".join(f'<ofd:Page ID="{i}" BaseLoc="Pages/Page_{i}/Content.xml"/>' for i in range(len(pages)))
        box = "<ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
        tree = f"<ofd:CommonData>{box}</ofd:CommonData><ofd:Pages>{places}</ofd:Pages>"
        archive.writestr("Doc_0/Document.xml", f"<ofd:Document {SPACE}>{tree}</ofd:Document>")
        for i, lines in enumerate(pages):
            objects = ""
            for x, y, size, text in lines:
                steps = f"g {len(text) - 1} {size}"
                code = f'<ofd:TextCode X="0" Y="{size * 0.88}" DeltaX="{steps}">{text}</ofd:TextCode>'
                place = f"{x} {y - size * 0.88} {size * len(text)} {size * 1.2}"
                objects += f'<ofd:TextObject ID="9" Boundary="{place}" Font="1" Size="{size}">{code}</ofd:TextObject>'
            layer = f'<ofd:Content><ofd:Layer ID="5">{objects}</ofd:Layer></ofd:Content>'
            archive.writestr(f"Doc_0/Pages/Page_{i}/Content.xml", f"<ofd:Page {SPACE}>{layer}</ofd:Page>")


def printed(paragraph, top, size=5.6, width=27):
    """Set a paragraph with an indent of two characters."""
    cuts = [0, *range(width - 2, len(paragraph), width), len(paragraph)]
    lines = [paragraph[a:b] for a, b in zip(cuts, cuts[1:], strict=False)]
    return [(28 + (2 * size if i == 0 else 0), top + i * 1.8 * size, size, line) for i, line in enumerate(lines)]


def test_an_ofd_file_with_a_title_and_page_numbers(tmp_path):
    first, second = PARAGRAPHS[3].replace("“", "「").replace("”", "」"), PARAGRAPHS[5]
    pages = [[(60, 30, 7, "关于推进协同发展的通知"), *printed(first, 45)], printed(second, 30)]
    pages = [[*lines, (100, 285, 4, f"- {number} -")] for number, lines in enumerate(pages, start=1)]
    ofd(tmp_path / "a.ofd", pages)
    assert read_text(tmp_path / "a.ofd").split("\n\n") == ["关于推进协同发展的通知", first, second]


def test_ofd_files_that_cannot_be_read(tmp_path):
    (tmp_path / "a.ofd").write_bytes(b"PK")
    with pytest.raises(ValueError, match=r"a\.ofd is no whole \.ofd file"):
        read_text(tmp_path / "a.ofd")
    ofd(tmp_path / "b.ofd", [[]])
    with pytest.raises(ValueError, match=r"b\.ofd was read as ofd and holds no text"):
        read_text(tmp_path / "b.ofd")
    ofd(tmp_path / "c.ofd", [[(28, 45, 5.6, PARAGRAPHS[0][:20])], []])
    with pytest.warns(UserWarning, match=r"page\(s\) 2 have no text"):
        read_text(tmp_path / "c.ofd")


@pytest.mark.skipif(sys.platform == "win32", reason="the program is a script")
def test_old_word_files_are_read_through_libreoffice(tmp_path, monkeypatch):
    document = docx.Document()
    document.add_paragraph(PARAGRAPHS[0])
    document.save(tmp_path / "made.docx")
    (tmp_path / "a.doc").write_bytes(b"\xd0\xcf\x11\xe0 old")
    programs = tmp_path / "bin"
    programs.mkdir()
    monkeypatch.setenv("PATH", str(programs))
    monkeypatch.setattr("analysis.reading.office.PLACES", ())
    with pytest.raises(ValueError, match=r"a\.doc needs LibreOffice.*soffice --headless --convert-to docx 'a\.doc'"):
        read_text(tmp_path / "a.doc")
    program = programs / "soffice"
    program.write_text(
        f'#!/bin/sh\nwhile [ "$1" != --outdir ]; do shift; done\n/bin/cp {tmp_path}/made.docx "$2/a.docx"\n'
    )
    program.chmod(program.stat().st_mode | stat.S_IEXEC)
    assert read_text(tmp_path / "a.doc") == PARAGRAPHS[0]
    program.write_text("#!/bin/sh\necho no filter >&2\nexit 1\n")
    with pytest.raises(ValueError, match=r"a\.doc could not be converted by LibreOffice \(no filter\)"):
        read_text(tmp_path / "a.doc")


def test_what_only_bears_the_name_of_an_old_word_file_is_read_as_what_it_is(tmp_path):
    (tmp_path / "a.doc").write_text(f"<html><body><p>{PARAGRAPHS[0]}</p></body></html>", encoding="utf-8")
    document = docx.Document()
    document.add_paragraph(PARAGRAPHS[1])
    document.save(tmp_path / "b.wps")
    assert read_text(tmp_path / "a.doc") == PARAGRAPHS[0]
    assert read_text(tmp_path / "b.wps") == PARAGRAPHS[1]
