"""PDFs made here come back as their paragraphs, in order, and what is left out is said."""

import random
import re
import warnings
import zlib

import matplotlib.pyplot as plt
import pytest
from matplotlib.backends.backend_pdf import PdfPages
from matplotlib.font_manager import FontProperties

from analysis import load_corpus, read_text
from analysis._paths import font_path
from analysis.reading.pdf.layout import Line, columns, paragraphs

PARAGRAPHS = load_corpus().text.tolist()[-5:]
A4 = (595, 842)


def set_lines(texts, width):
    """Break paragraphs into lines of so many characters, each with its indent in characters."""
    lines = []
    for text in texts:
        cut = [text[: width - 2], *(text[i : i + width] for i in range(width - 2, len(text), width))]
        lines += [(2, cut[0]), *((0, line) for line in cut[1:])]
    return lines


def draw_pdf(path, pages):
    """Write a PDF with texts at places: x and y in points from the upper left, and a size."""
    with plt.rc_context({"pdf.fonttype": 42}), PdfPages(path) as pdf:
        for page in pages:
            figure = plt.figure(figsize=(A4[0] / 72, A4[1] / 72))
            for x, y, text, size in page:
                font = FontProperties(fname=font_path(), size=size)
                figure.text(x / A4[0], 1 - y / A4[1], text, fontproperties=font, va="baseline")
            pdf.savefig(figure)
            plt.close(figure)


def set_pages(title, texts, number, width, rows=44):
    """Set a title across the page and paragraphs in columns, with running head and number."""
    lines, pages = set_lines(texts, width), []
    while lines:
        page = [(50, 40, f"协同发展研究  第{len(pages) + 1}期", 8), (285, 810, f"— {len(pages) + 1} —", 8)]
        top = 80
        if not pages:
            page.append((90, 80, title, 18))
            top = 120
        for column in range(number):
            for row in range(rows - (top - 80) // 15):
                if lines:
                    indent, text = lines.pop(0)
                    page.append((50 + column * 260 + indent * 10, top + row * 15, text, 10))
        pages.append(page)
    return pages


@pytest.mark.parametrize("number, width", [(2, 22), (1, 45)])
def test_a_pdf_in_columns_comes_back_in_reading_order(tmp_path, number, width):
    path = tmp_path / "journal.pdf"
    title = "凝聚合力 积极推进京津冀协同发展"
    texts = [*PARAGRAPHS, "一、总体要求", *PARAGRAPHS[::-1]]
    pages = set_pages(title, texts, number, width)
    assert len(pages) > 1
    draw_pdf(path, pages)
    assert read_text(path).split("\n\n") == [title, *texts]


def test_pages_that_are_pictures_are_named(tmp_path):
    path = tmp_path / "scan.pdf"
    with PdfPages(path) as pdf:
        for _ in range(2):
            figure = plt.figure()
            figure.figimage([[0.0, 1.0], [1.0, 0.0]])
            pdf.savefig(figure)
            plt.close(figure)
    with pytest.raises(ValueError, match=r"scan\.pdf has no text layer.*2 page.*OCR"):
        read_text(path)
    with plt.rc_context({"pdf.fonttype": 42}), PdfPages(path) as pdf:
        for page in range(2):
            figure = plt.figure()
            if page:
                figure.figimage([[0.0, 1.0], [1.0, 0.0]])
            else:
                font = FontProperties(fname=font_path())
                figure.text(0.1, 0.5, "推动协同发展", fontproperties=font)
            pdf.savefig(figure)
            plt.close(figure)
    with pytest.warns(UserWarning, match=r"scan\.pdf: page\(s\) 2 have no text layer"):
        assert read_text(path) == "推动协同发展"


def small_pdf(trailer):
    """Write the smallest PDF there is, with something more in its trailer."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [] /Count 0 >>",
        b"<< /Filter /Standard /V 1 /R 2 /P -4 /O <" + b"11" * 32 + b"> /U <" + b"22" * 32 + b"> >>",
    ]
    data, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer\n<< /Size 4 /Root 1 0 R %b>>\nstartxref\n%d\n%%%%EOF\n" % (trailer, len(data))
    return data + b"xref\n0 4\n0000000000 65535 f \n" + table + end


@pytest.mark.parametrize(
    "data, message",
    [
        (small_pdf(b"/Encrypt 3 0 R /ID [<00> <00>] "), "has a password"),
        (small_pdf(b""), "no whole PDF.*no pages"),
        (b"%PDF-1.4\nnothing", "no whole PDF"),
        ("推动协同发展".encode(), "no whole PDF"),
    ],
)
def test_pdfs_that_cannot_be_read(tmp_path, data, message):
    path = tmp_path / "a.pdf"
    path.write_bytes(data)
    with pytest.raises(ValueError, match=rf"a\.pdf.*{message}"):
        read_text(path)


def test_a_pdf_cut_off_is_refused(tmp_path):
    path = tmp_path / "a.pdf"
    draw_pdf(path, set_pages("题目", PARAGRAPHS, 2, 22))
    whole = path.read_bytes()
    for share in (0.1, 0.5, 0.9):
        path.write_bytes(whole[: int(len(whole) * share)])
        with pytest.raises(ValueError, match=r"a\.pdf is no whole PDF"):
            read_text(path)


def test_a_text_layer_that_does_not_say_what_one_sees_is_refused(tmp_path, monkeypatch):
    from analysis.reading.pdf import document as pdf

    for text, fits in (
        ("\ufffd" * 50, False),
        ("魑魅魍魉" * 50, False),
        ("推动协同发展" * 50 + "\ufffd", True),
        ("All is well 😀😀", True),
    ):
        sheets = [pdf.Sheet(1, 800, [Line(text, 0, 100, 0, 10)])]
        monkeypatch.setattr(pdf, "_sheets", lambda path, megabytes, sheets=sheets: (sheets, []))
        if fits:
            notes = pdf.pdf_document(tmp_path / "a.pdf").notes
            assert ("1 unknown characters on page(s) 1" in "".join(notes)) == ("\ufffd" in text)
        else:
            with pytest.raises(ValueError, match=r"a\.pdf: the text layer does not say.*OCR"):
                pdf.pdf_document(tmp_path / "a.pdf")


def test_a_damaged_stream_is_a_warning_and_pdfminers_log_stays_off_the_screen(tmp_path, capfd):
    path = tmp_path / "a.pdf"
    draw_pdf(path, set_pages("题目", PARAGRAPHS, 2, 22))
    data = path.read_bytes()
    found = []
    for start in re.finditer(rb">>\nstream\n", data):
        place = start.end() + (data.index(b"endstream", start.end()) - start.end()) // 2
        path.write_bytes(data[:place] + bytes([data[place] ^ 0xFF]) + data[place + 1 :])
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            try:
                read_text(path)
            except ValueError as error:
                found.append(str(error))
        found += [str(warning.message) for warning in caught]
        if any("is damaged in" in message for message in found):
            break
    assert any("is damaged in" in message for message in found)
    assert capfd.readouterr().err == ""


def test_layout_keeps_every_line_once():
    rng = random.Random(8)
    for _ in range(200):
        lines = [
            Line(
                str(number),
                x := rng.randrange(500),
                x + rng.randrange(5, 300),
                y := rng.randrange(700),
                y + rng.randrange(6, 20),
            )
            for number in range(40)
        ]
        parted = [line.text for column in columns(lines) for line in column]
        assert sorted(parted, key=int) == [str(number) for number in range(40)]


def three_columns(indent):
    """Give lines of three columns under a title, with the authors in the middle."""
    page = [Line("题目", 100, 495, 40, 60), Line("作者", 280, 315, 70, 79)]
    order = ["题目", "作者"]
    for column in range(3):
        for row in range(12):
            begins = indent and row % 6 == 0
            left = 30 + 180 * column
            order.append(f"{'甲乙丙'[column]}{'子丑寅卯辰巳午未申酉戌亥'[row]}")
            page.append(Line(order[-1], left + 18 * begins, left + 165, 100 + 13 * row, 109 + 13 * row))
    return page, order


def test_three_columns_with_a_title_and_authors_across():
    page, order = three_columns(indent=True)
    random.Random(1).shuffle(page)
    assert [line.text for column in columns(page) for line in column] == order
    found = list(paragraphs(columns(page)))
    assert found[:2] == ["题目", "作者"] and len(found) == 8
    assert "".join(found) == "".join(order)


def test_paragraphs_without_indents_end_at_a_short_line_or_a_gap():
    def line(text, row, x1):
        return Line(text, 50, x1, 100 + row * 15, 110 + row * 15)

    column = [
        line("甲", 0, 250),
        line("乙。", 1, 120),
        line("丙", 2, 250),
        line("丁。", 3, 249),
        line("戊", 5, 250),
        line("己。", 6, 90),
    ]
    assert list(paragraphs([column])) == ["甲乙。", "丙丁。", "戊己。"]


@pytest.mark.parametrize(
    "before, after, joined",
    [
        ("the plan", "of 2024", "the plan of 2024"),
        ("(2", "025)", "(2025)"),
        ("发展", "GDP", "发展GDP"),
        ("区域,", "协同", "区域,协同"),
        ("regions,", "too", "regions, too"),
    ],
)
def test_lines_are_joined_as_their_script_asks(before, after, joined):
    lines = [Line(before, 50, 250, 100, 110), Line(after, 50, 250, 115, 125)]
    assert list(paragraphs([lines])) == [joined]


def draw_slanted(path, rotation):
    with plt.rc_context({"pdf.fonttype": 42}), PdfPages(path) as pdf:
        figure = plt.figure(figsize=(A4[0] / 72, A4[1] / 72))
        font = FontProperties(fname=font_path(), size=12)
        figure.text(0.1, 0.8, "推动京津冀协同发展，优化空间布局。", fontproperties=font)
        figure.text(0.1, 0.75, "内部资料", fontproperties=font, rotation=rotation)
        pdf.savefig(figure)
        plt.close(figure)


def test_a_slanted_watermark_is_left_out_and_said(tmp_path):
    draw_slanted(tmp_path / "a.pdf", 40)
    with pytest.warns(UserWarning, match="“内部资料” printed across page.*1 left out"):
        assert read_text(tmp_path / "a.pdf") == "推动京津冀协同发展，优化空间布局。"


def test_characters_printed_again_to_make_them_bold_are_read_once(tmp_path):
    draw_pdf(tmp_path / "a.pdf", [[(100, 100, "人人关心天天谢谢11", 22), (101.4, 100, "人人关心天天谢谢11", 22)]])
    assert read_text(tmp_path / "a.pdf") == "人人关心天天谢谢11"


def test_a_ruled_table_is_rows_of_cells():
    from analysis.reading.pdf.glyphs import Glyph
    from analysis.reading.pdf.tables import ruled_tables

    rules = [(0, y, 80, y) for y in (0, 20, 40)] + [(x, 0, x, 40) for x in (0, 40, 80)]
    glyphs = [
        Glyph(t, x, y, x + 10, y + 10, 10) for t, x, y in (("甲", 5, 5), ("乙", 45, 5), ("丙", 5, 25), ("丁", 45, 25))
    ]
    outside = Glyph("外", 5, 60, 15, 70, 10)
    rest, tables = ruled_tables(rules, [*glyphs, outside])
    assert rest == [outside]
    assert [["".join(g.text for g in c) for c in row.cells] for row in tables[0]] == [["甲", "乙"], ["丙", "丁"]]
    assert ruled_tables([rule for rule in rules if rule[0] != 40], glyphs) == (glyphs, [])


def body(number, lines=12):
    text = (PARAGRAPHS[number % 5] + PARAGRAPHS[(number + 1) % 5])[: 46 * lines]
    return [(50, 90 + 20 * i, text[46 * i : 46 * i + 46], 10) for i in range(lines)]


FURNITURE = {
    "odd and even heads": lambda i: [
        (50, 40, "协同发展研究" if i % 2 else "2024年第3期", 8),
        (285, 810, str(i + 1), 8),
    ],
    "heads of two lines": lambda i: [
        (50, 30, "内部资料", 8),
        (50, 42, "协同发展研究", 8),
        (285, 810, f"- {i + 1} -", 8),
    ],
    "names of sections": lambda i: [(50, 40, ["总体要求", "重点任务", "保障措施"][i // 2], 8)],
    "Roman numbers": lambda i: [(285, 810, "ⅠⅡⅢⅣⅤⅥ"[i], 8)],
    "Chinese numbers": lambda i: [(285, 810, f"第{'一二三四五六'[i]}页 共六页", 8)],
    "numbers of all": lambda i: [(285, 810, f"{i + 1}/6", 8)],
    "what a browser prints": lambda i: [
        (30, 20, "2024/3/5 10:30", 7),
        (250, 20, "关于改造的通知_某某市人民政府", 7),
        (30, 825, "https://www.example.gov.cn/art/1.html", 7),
        (540, 825, f"{i + 1}/6", 7),
    ],
}


@pytest.mark.parametrize("kind", FURNITURE)
def test_heads_feet_and_numbers_go_and_no_line_of_the_text_does(tmp_path, kind):
    draw_pdf(tmp_path / "a.pdf", [body(i) + FURNITURE[kind](i) for i in range(6)])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        text = read_text(tmp_path / "a.pdf")
    printed = "".join(line for i in range(6) for _, _, line, _ in body(i))
    assert re.sub(r"\s", "", text) == re.sub(r"\s", "", printed)


def test_a_first_and_a_last_line_of_one_or_two_pages_stay(tmp_path):
    pages = [[(50, 40, "关于做好工作的通知", 16), *body(0)], [*body(1), (300, 700, "2024年3月5日", 10)]]
    for number in (1, 2):
        draw_pdf(tmp_path / "a.pdf", pages[:number])
        text = read_text(tmp_path / "a.pdf")
        assert text.startswith("关于做好工作的通知") and text.endswith("2024年3月5日") == (number == 2)


def test_the_foot_of_a_web_page_is_left_out_and_said(tmp_path):
    foot = [
        "主办单位：某某市人民政府办公室",
        "网站标识码：1301000001　冀ICP备05000001号",
        "冀公网安备 13010202000001号",
    ]
    lines = [(50, 600 + 15 * i, line, 8) for i, line in enumerate(foot)]
    draw_pdf(tmp_path / "a.pdf", [body(0), [*body(1), *lines]])
    with pytest.warns(UserWarning, match="the foot of a web page, from “主办单位"):
        text = read_text(tmp_path / "a.pdf")
    assert "ICP" not in text and "公网安备" not in text


def raw_pdf(objects):
    """Write a PDF of numbered objects, without its table of places."""
    parts = [b"%d 0 obj\n%b\nendobj\n" % (number, data) for number, data in objects.items()]
    return b"%PDF-1.4\n" + b"".join(parts) + b"trailer << /Root 1 0 R >>\nstartxref\n0\n%%EOF"


PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>"
TREE = {1: b"<< /Type /Catalog /Pages 2 0 R >>", 2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", 3: PAGE}


@pytest.mark.parametrize(
    "objects, message",
    [
        (TREE | {1: b"1 0 R"}, "defined by itself"),
        (TREE | {3: PAGE.replace(b"/MediaBox [0 0 595 842]", b"")}, "no MediaBox"),
        (TREE | {2: b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>"}, "no text layer"),
    ],
)
def test_damaged_trees_are_named_and_end(tmp_path, objects, message):
    (tmp_path / "a.pdf").write_bytes(raw_pdf(objects))
    with pytest.raises(ValueError, match=f"(?s)a.pdf .*{message}"):
        read_text(tmp_path / "a.pdf", seconds=20)


def test_a_stream_that_unfolds_to_more_than_allowed_is_refused_before_it_does(tmp_path):
    data = zlib.compress(b"0 0 m\n" * 5_000_000)
    stream = b"<< /Length %d /Filter /FlateDecode >>\nstream\n%b\nendstream" % (len(data), data)
    (tmp_path / "a.pdf").write_bytes(raw_pdf(TREE | {4: stream}))
    with pytest.raises(ValueError, match=r"a\.pdf .*megabytes="):
        read_text(tmp_path / "a.pdf", megabytes=5, seconds=60)
