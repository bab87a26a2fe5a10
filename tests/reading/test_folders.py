"""What lies in people's folders beside documents, and what files are called."""

import contextlib
import os
import re
import subprocess
import sys
import threading
import time
import unicodedata

import pandas as pd
import pytest

from analysis import load_articles, load_corpus, read_folder, read_text, segment_files
from analysis.reading.limits import within
from analysis.reading.sources import shown, suffix_of

TEXT = "推进老旧小区改造，要坚持居民自愿、因地制宜。"
OTHER = "各地要健全长效管护机制，明确资金来源和责任主体。"
posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    return folder


def kinds(folder):
    found = []
    table = read_folder(folder, problems=found)
    return table, {problem.file: problem.kind for problem in found}


def test_what_systems_leave_in_folders_is_passed_over(folder):
    (folder / "__MACOSX").mkdir()
    for name in ("Thumbs.db", "desktop.ini", ".DS_Store", "~$a.docx", "__MACOSX/a.txt"):
        (folder / name).write_bytes(b"\0\xff")
    assert read_folder(folder).index.tolist() == ["a"]


@posix
def test_names_out_of_a_windows_zip_are_read(folder):
    raw = os.fsencode(str(folder)) + b"/" + "意见.txt".encode("gbk")
    with open(raw, "w", encoding="utf-8") as file:
        file.write(OTHER)
    assert load_corpus(folder).article.tolist() == ["a", "意见"]
    segment_files(folder, folder.parent / "out")
    with open(raw, "wb") as file:
        file.write(b"\xff\0")
    table, found = kinds(folder)
    assert table.index.tolist() == ["a"] and found == {"意见.txt": "unreadable"}


@posix
def test_links_and_pipes_are_named_and_not_followed(folder):
    (folder.parent / "secret.txt").write_text(OTHER, encoding="utf-8")
    (folder / "out.txt").symlink_to(folder.parent / "secret.txt")
    (folder / "dangling.txt").symlink_to(folder / "nowhere.txt")
    (folder / "up").symlink_to(folder.parent)
    os.mkfifo(folder / "pipe.txt")
    table, found = kinds(folder)
    assert table.index.tolist() == ["a"]
    assert found == dict.fromkeys(["dangling.txt", "out.txt", "pipe.txt", "up"], "unreadable")
    listed = []
    segment_files(folder, folder.parent / "out", problems=listed)
    assert sorted(problem.file for problem in listed) == sorted(found)


@posix
def test_two_names_that_are_one_in_unicode_are_named(folder):
    for form in ("NFC", "NFD"):
        (folder / unicodedata.normalize(form, "é.txt")).write_text(OTHER, encoding="utf-8")
    if len(list(folder.iterdir())) == 3:  # some file systems make them one
        assert kinds(folder)[1] == {"é.txt": "unreadable"}


def test_suffixes_are_latin_and_a_name_may_have_none(folder):
    assert [suffix_of(name) for name in ("a.TXT", "1.总体要求", "第2.2024", "a.tar.gz")] == [".txt", "", "", ".gz"]
    (folder / "国发〔2024〕12号").write_text(OTHER, encoding="utf-8")
    (folder / "Makefile").write_text("all:\n", encoding="utf-8")
    table, found = kinds(folder)
    assert table.index.tolist() == ["a", "国发〔2024〕12号"]
    assert found == {"Makefile": "unreadable"}


def test_the_same_text_twice_is_named(folder):
    (folder / "b.txt").write_text(TEXT + "\r\n", encoding="utf-8")
    with pytest.warns(UserWarning, match=r"b\.txt holds the same text as a\.txt"):
        assert len(read_folder(folder)) == 2


@pytest.mark.parametrize("column", ["file", "文件名", "Filename"])
@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
@pytest.mark.parametrize("name", ["a.txt", "a"])
def test_metadata_as_people_keep_them(folder, column, suffix, name):
    table = pd.DataFrame({column: [name], "年份": [2024], "日期": [pd.Timestamp("2024-03-05")]})
    path = folder / f"metadata{suffix}"
    table.to_excel(path, index=False) if suffix == ".xlsx" else table.to_csv(path, index=False, encoding="gbk")
    read = read_folder(folder)
    assert read.loc["a", ["年份", "日期"]].tolist() == ["2024", "2024-03-05"]


def test_columns_of_metadata_never_stand_for_those_of_the_corpus(folder):
    (folder / "b.txt").write_text(OTHER, encoding="utf-8")
    rows = "file,section,kind,article,text,start\na.txt,理论版,评论,同一,x,1\nb.txt,要闻,评论,同一,y,2\n"
    (folder / "metadata.csv").write_text(rows, encoding="utf-8")
    with pytest.warns(UserWarning, match="'kind' is called 'given_kind'"):
        corpus = load_corpus(folder)
    assert corpus.article.tolist() == ["a", "b"] and corpus.kind.tolist() == ["body", "body"]
    assert corpus.given_section.tolist() == ["理论版", "要闻"] and corpus.given_text.tolist() == ["x", "y"]


def test_thousands_of_names_in_metadata_that_fit_no_file_take_no_time(folder):
    rows = "".join(f"文件{i}的名称很长.txt,{i}\n" for i in range(3000))
    for i in range(200):
        (folder / f"文件的名称{i}.txt").write_text(f"{TEXT}{i}", encoding="utf-8")
    (folder / "metadata.csv").write_text("file,number\n" + rows, encoding="utf-8")
    start = time.perf_counter()
    assert len(kinds(folder)[1]) == 3201
    assert time.perf_counter() - start < 10


@pytest.mark.parametrize("suffix", [".xlsx", ".csv", ".jsonl"])
def test_a_table_is_a_corpus(tmp_path, suffix):
    table = pd.DataFrame({"编号": ["x", "y", "z"], "正文": [TEXT, "", OTHER], "kind": ["a", "b", "c"]})
    path = tmp_path / f"corpus{suffix}"
    if suffix == ".xlsx":
        table.to_excel(path, index=False)
    elif suffix == ".csv":
        table.to_csv(path, index=False, encoding="gbk")
    else:
        table.to_json(path, orient="records", lines=True, force_ascii=False)
    found = []
    corpus = load_corpus(path, text="正文", problems=found)
    assert corpus.article.tolist() == ["x", "z"] and corpus.given_kind.tolist() == ["a", "c"]
    assert [(problem.kind, problem.line) for problem in found] == [
        ("unreadable", 2 if suffix == ".jsonl" else 3),
        ("renamed", None),
    ]
    with pytest.raises(ValueError, match=r"has no column 'text', only \['编号', '正文', 'kind'\]"):
        load_corpus(path)


def test_a_table_in_memory_keeps_its_metadata_whatever_its_index():
    table = pd.DataFrame({"正文": [TEXT, OTHER], "年份": [2023, 2024]}, index=[7, 9])
    assert load_corpus(table, text="正文").年份.tolist() == [2023, 2024]
    assert load_articles(table, text="正文").index.tolist() == ["7", "9"]


def test_a_cell_as_long_as_excel_allows_is_named(tmp_path):
    text = (TEXT * 1500)[:32_767]
    pd.DataFrame({"text": [text]}).to_csv(tmp_path / "a.csv", index=False)
    with pytest.warns(UserWarning, match="row 2 has 32767 characters.* may be missing"):
        load_articles(tmp_path / "a.csv")


def test_a_spreadsheet_among_documents_is_told_where_it_belongs(folder):
    pd.DataFrame({"text": [OTHER]}).to_excel(folder / "b.xlsx")
    with pytest.raises(ValueError, match=r"b\.xlsx .* load_corpus\(path, text="):
        read_folder(folder)


@pytest.mark.parametrize(
    "text, message",
    [
        ("&#25512;&#36827;&#25913;&#36896;&#12290;", "5 characters written as &#25512;.*html.unescape"),
        ("&ldquo;&ldquo;&nbsp;&rdquo;", "4 characters written as &ldquo;"),
        (r"\u63a8\u8fdb\u6539\u9020", r"4 characters written as \\u63a8"),
    ],
)
def test_escapes_in_place_of_chinese_are_refused(folder, text, message):
    (folder / "b.txt").write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=message):
        read_text(folder / "b.txt")
    (folder / "b.txt").write_text(TEXT + re.match(r"&\w+;|&#\d+;|\\u\w{4}", text)[0], encoding="utf-8")
    with pytest.warns(UserWarning, match="1 characters written as"):
        read_text(folder / "b.txt")


def test_whatever_a_parser_raises_is_an_error_that_names_the_file(folder, monkeypatch):
    (folder / "b.html").write_text("<p>x</p>", encoding="utf-8")
    for error in (AttributeError("no body"), RuntimeError(), MemoryError(), RecursionError("deep"), ValueError("bad")):

        def parse(*args, error=error):
            raise error

        monkeypatch.setattr("analysis.reading.documents.html_document", parse)
        table, found = kinds(folder)
        assert table.index.tolist() == ["a"] and found == {"b.html": "unreadable"}
        with pytest.raises(ValueError, match=rf"b\.html is damaged \({type(error).__name__}"):
            read_text(folder / "b.html")


def test_a_document_that_takes_too_long_is_named(folder, monkeypatch):
    def parse(*args):
        while True:
            with contextlib.suppress(Exception):  # a parser that takes whatever comes for its own
                time.sleep(0.001)

    monkeypatch.setattr("analysis.reading.documents.html_document", parse)
    (folder / "b.html").write_text("<p>x</p>", encoding="utf-8")
    with pytest.raises(ValueError, match=r"b\.html was not read in 0\.2 seconds.*seconds="):
        read_text(folder / "b.html", seconds=0.2)


def test_a_time_limit_leaves_nothing_behind():
    def work(until):
        while time.perf_counter() < until:  # about as long as is allowed: it is stopped at any of its points, or not
            pass
        return True

    ended = 0
    for i in range(40):
        with contextlib.suppress(TimeoutError):
            ended += within(0.05, lambda i=i: work(time.perf_counter() + 0.049 + i * 0.00005))
    assert 0 <= ended <= 40
    before = threading.active_count()
    assert within(60, lambda: sum(range(1000))) == 499_500
    time.sleep(0.05)
    assert threading.active_count() <= before


def test_a_profiler_runs_after_a_time_limit():
    program = (
        "import cProfile; from analysis.reading.limits import within; within(9, lambda: 1)\n"
        "print(cProfile.Profile().runcall(lambda: sum(i for i in range(1000))))"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)
    assert run.stdout.strip() == "499500", run.stderr


def test_a_file_larger_than_allowed_is_refused(folder):
    with pytest.raises(ValueError, match="MB: allow so much with megabytes="):
        read_text(folder / "a.txt", megabytes=1e-6)


def test_names_that_cannot_be_printed_are_written_so_that_they_can():
    assert shown("a\udcff.txt") == "a\\xff.txt"
    assert shown(os.fsdecode("意见".encode("gbk"))) == "意见" or sys.platform == "win32"
