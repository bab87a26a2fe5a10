"""A folder of documents becomes one table, and nothing of it is lost without a word."""

import time
import tracemalloc
import unicodedata
import warnings

import docx
import pandas as pd
import pytest

from analysis import DATA, load_corpus, read_folder, read_text
from analysis.reading import Problem
from analysis.reading.sources import find_sources

TEXTS = load_corpus().text.tolist()


@pytest.fixture
def folder(tmp_path):
    """Give a folder with documents of several kinds, one in a folder of its own."""
    (tmp_path / "2024").mkdir()
    (tmp_path / "2024" / "意见.txt").write_bytes(TEXTS[0].encode("gbk"))
    (tmp_path / "notice.md").write_text("﻿" + TEXTS[1], encoding="utf-8")
    (tmp_path / "plan.html").write_text(f"<p>{TEXTS[2]}</p>", encoding="utf-16")
    document = docx.Document()
    document.add_paragraph(TEXTS[3])
    document.save(tmp_path / "report.docx")
    (tmp_path / ".hidden.txt").write_bytes(b"\xff")
    (tmp_path / "~$report.docx").write_bytes(b"\xff")
    return tmp_path


def problems(folder, **options):
    """Read on over problems and give their kinds by file."""
    found = []
    table = read_folder(folder, problems=found, **options)
    assert found == sorted(found) and all(isinstance(problem, Problem) for problem in found)
    return table, {problem.file: problem.kind for problem in found}


def test_a_folder_without_metadata(folder):
    table = read_folder(folder)
    assert table.index.name == "unit"
    assert table.index.tolist() == ["2024/意见", "notice", "plan", "report"]
    assert table.columns.tolist() == ["file", "title", "read_as", "text"]
    assert table.title.tolist() == ["意见", "notice", "plan", "report"]
    assert table.read_as.tolist() == ["gb18030", "utf-8", "html, utf-16-le", "docx"]
    assert table.text.tolist() == TEXTS[:4]


METADATA = (
    "file,title,date,issuer\nplan.html,规划纲要,2015-04-30,中共中央政治局\n"
    "2024/意见.txt,,2024-05-01,国务院\nnotice.md,关于协同发展的通知,,河北省人民政府\n"
    'report.docx,"工作报告,全文",2025-01-14,北京市人民政府\n'
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_metadata_is_joined_by_file_name(folder, encoding, separator):
    text = METADATA if separator == "," else METADATA.replace("工作报告,全文", "全文").replace(",", separator)
    (folder / "metadata.csv").write_bytes(text.replace("\n", "\r\n").encode(encoding))
    table = read_folder(folder)
    assert table.columns.tolist() == ["file", "title", "date", "issuer", "read_as", "text"]
    assert table.loc["plan", ["title", "date"]].tolist() == ["规划纲要", "2015-04-30"]
    assert table.loc["2024/意见", "title"] == "意见"
    assert table.loc["notice", "date"] == ""
    assert table.issuer.tolist() == ["国务院", "河北省人民政府", "中共中央政治局", "北京市人民政府"]


def test_metadata_that_does_not_fit_the_files(folder):
    text = METADATA.replace("notice.md", "notise.md") + "plan.html,另一个,,\n"
    (folder / "metadata.csv").write_text(text, encoding="utf-8")
    table, kinds = problems(folder)
    assert kinds == {"notise.md": "no such file", "notice.md": "no metadata", "plan.html": "named twice"}
    assert table.loc[["notice", "plan"], "issuer"].tolist() == ["", ""]
    assert table.loc["plan", "title"] == "plan" and table.loc["report", "issuer"] != ""
    with pytest.raises(ValueError, match="(?s)3 problem.*perhaps notice.md is meant.*2 times"):
        read_folder(folder)


@pytest.mark.parametrize(
    "text, message",
    [
        ("name,date\nplan.html,2015\n", "it needs one that names the files"),
        ("file,date,date\nplan.html,x,y\n", "more than one column date"),
        ("file,date\nplan.html,2015,x\nnotice.md,2016,x\n", "not a readable CSV"),
        ('file,date\nplan.html,"2015\n', "not a readable CSV"),
        ("", "is empty"),
    ],
)
def test_metadata_that_cannot_be_read_is_an_error_in_any_case(folder, text, message):
    (folder / "metadata.csv").write_text(text, encoding="utf-8")
    for found in (None, []):
        with pytest.raises(ValueError, match=f"metadata.csv .*{message}"):
            read_folder(folder, problems=found)


def test_what_cannot_be_read_is_listed_and_the_rest_is_read(folder):
    bad = {
        "a.txt": b"",
        "b.txt": b"\x89PNG\r\n\x1a\n\0\0",
        "c.txt": TEXTS[0].encode()[:-1],
        "d.xlsx": b"PK",
        "e.txt": b" \r\n\xe3\x80\x80",
        "f.pdf": b"%PDF",
        "g.ini": b"x",
        "h.txt": b"<html><p>x</p></html>",
    }
    for name, data in bad.items():
        (folder / name).write_bytes(data)
    found = ["what was in the list stays"]
    table = read_folder(folder, problems=found)
    report = found[1:]
    assert [problem.file for problem in report] == list(bad) and {problem.kind for problem in report} == {"unreadable"}
    for name, _, message, _ in report:
        assert str(folder / name) in message and ":" in message.replace(str(folder), "")
    expected = ["is empty", "PNG", "cut off", "suffix", "white space", "PDF", "suffix", "web page"]
    assert all(words in problem.message for words, problem in zip(expected, report, strict=True))
    assert table.text.tolist() == TEXTS[:4]
    with pytest.raises(ValueError, match="(?s)8 problem.*problems=.*a.txt.*h.txt"):
        read_folder(folder)


def test_a_folder_of_which_nothing_can_be_read(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"\xff\0\xff")
    (tmp_path / "metadata.csv").write_text("file,date\na.txt,2024\n", encoding="utf-8")
    table, kinds = problems(tmp_path)
    assert table.empty and table.columns.tolist() == ["file", "title", "date", "read_as", "text"]
    assert kinds == {"a.txt": "unreadable"}


def test_two_files_for_one_unit(folder):
    (folder / "report.txt").write_text(TEXTS[5], encoding="utf-8")
    table, kinds = problems(folder)
    assert kinds == {"report.txt": "same unit"}
    assert table.loc["report", "text"] == TEXTS[3]


def test_a_stream_of_files_and_a_folder_have_the_same_ids_in_the_same_order(folder):
    (folder / ".drafts").mkdir()
    (folder / ".drafts" / "a.txt").write_text(TEXTS[0], encoding="utf-8")
    (folder / "metadata.csv").write_text(METADATA, encoding="utf-8")
    assert [source.unit for source in find_sources(folder)] == read_folder(folder).index.tolist()


def test_a_unit_does_not_depend_on_other_files(folder):
    before = read_folder(folder)
    (folder / "aaa.txt").write_text(TEXTS[5], encoding="utf-8")
    assert read_folder(folder).loc[before.index].equals(before)
    assert read_folder(folder, pattern="*.md").index.tolist() == ["notice"]


def test_file_names_in_another_unicode_form(tmp_path):
    name = unicodedata.normalize("NFD", "规划é.txt")
    (tmp_path / name).write_text(TEXTS[0], encoding="utf-8")
    (tmp_path / "metadata.csv").write_text("file,date\n规划é.txt,2024\n", encoding="utf-8")
    assert read_folder(tmp_path).loc["规划é", "date"] == "2024"


def test_encodings_by_file(tmp_path):
    (tmp_path / "a.txt").write_bytes("décision".encode("cp1252"))
    (tmp_path / "b.txt").write_bytes(TEXTS[0].encode("gbk"))
    assert read_folder(tmp_path, encoding={"a.txt": "cp1252"}).text.tolist() == ["décision", TEXTS[0]]
    with pytest.raises(ValueError, match="a.txt is not utf-8"):
        read_folder(tmp_path, encoding="utf-8")
    with pytest.raises(ValueError, match=r"encoding names \['c.txt'\]"):
        read_folder(tmp_path, encoding={"c.txt": "cp1252"})


def test_normalisation_can_be_left_out_and_conversion_asked_for(tmp_path):
    (tmp_path / "a.txt").write_bytes("推動京津冀協同發展，２０３５年。\r\n".encode("big5"))
    assert read_folder(tmp_path).text.item() == "推動京津冀協同發展，2035年。\n"
    assert read_folder(tmp_path, normalised=False).text.item() == "推動京津冀協同發展，２０３５年。\r\n"
    assert read_folder(tmp_path, convert="t2s", half_width=False).text.item() == "推动京津冀协同发展，２０３５年。\n"
    with pytest.raises(ValueError, match="convert must be one of"):
        read_folder(tmp_path, convert="simplified")


def test_the_page_reads_as_it_is():
    page = DATA / "raw" / "theory-page.txt"
    assert read_text(page) == page.read_text(encoding="utf-8")


def test_lost_characters_are_a_warning_or_a_row(tmp_path):
    (tmp_path / "a.txt").write_text(TEXTS[0] + "\ufffd", encoding="utf-8")
    with pytest.warns(UserWarning, match=r"a\.txt has 1 replacement"):
        read_text(tmp_path / "a.txt")
    with pytest.warns(UserWarning, match=r"a\.txt has 1 replacement"):
        assert len(read_folder(tmp_path)) == 1
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        table, kinds = problems(tmp_path)
    assert len(table) == 1 and kinds == {"a.txt": "incomplete"}


def test_arguments_and_places_that_are_not_there(tmp_path):
    with pytest.raises(FileNotFoundError, match="nowhere does not exist or is no folder"):
        read_folder(tmp_path / "nowhere")
    with pytest.raises(FileNotFoundError, match="has no file that fits"):
        read_folder(tmp_path)
    with pytest.raises(FileNotFoundError, match=r"a\.txt does not exist"):
        read_text(tmp_path / "a.txt")
    with pytest.raises(TypeError, match="problems must be a list to be filled"):
        read_folder(tmp_path, problems="report")


@pytest.mark.parametrize("name, package", [("a.docx", "lxml"), ("a.html", "lxml"), ("a.pdf", "pdfplumber")])
def test_a_missing_package_is_named_with_its_extra(folder, monkeypatch, name, package):
    path = folder / name
    path.write_bytes((folder / "report.docx").read_bytes() if name == "a.docx" else b"<p>x</p>")

    def missing(module, *args, **kwargs):
        raise ImportError(module)

    monkeypatch.setattr("analysis.reading.extras.import_module", missing)
    with pytest.raises(ImportError, match=r"pip install -e '\.\[reading\]'"):
        read_text(path)


def write_large(path, size):
    text = "\n".join(TEXTS)
    text *= size // len(text.encode("gbk")) + 1
    path.write_bytes(text.encode("gbk"))
    return text


def test_a_file_of_twenty_megabytes_takes_seconds(tmp_path):
    text = write_large(tmp_path / "laws.txt", 20_000_000)
    start = time.perf_counter()
    assert read_text(tmp_path / "laws.txt") == text
    assert time.perf_counter() - start < 20


def test_memory_stays_within_some_copies_of_the_file(tmp_path):
    write_large(tmp_path / "laws.txt", 1_000_000)
    read_text(tmp_path / "laws.txt")  # tables of characters are made once
    tracemalloc.start()
    read_text(tmp_path / "laws.txt")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 6_000_000


def test_the_table_is_of_text_throughout(folder):
    (folder / "metadata.csv").write_text(METADATA, encoding="utf-8")
    table = read_folder(folder)
    assert all(isinstance(cell, str) for column in table for cell in table[column])
    assert isinstance(table, pd.DataFrame) and table.index.is_unique
