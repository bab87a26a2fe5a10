"""Word files made here come back as Word shows them, and what is left out is said."""

import quopri
import warnings

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from word_files import OFFICE, level, lists, par, run, write

from analysis import load_corpus, read_text

PARAGRAPHS = load_corpus().text.tolist()[-5:]
PAGE = quopri.encodestring(f"<html><body><p>{PARAGRAPHS[0]}</p></body></html>".encode()).decode()
ARCHIVE = 'MIME-Version: 1.0\nContent-Type: multipart/related; type="text/html"; boundary="--x"\n\n'
ARCHIVE += '----x\nContent-Type: text/html; charset="utf-8"\nContent-Transfer-Encoding: quoted-printable\n\n'
ARCHIVE += f"{PAGE}\n----x--\n"


def m(name, *parts, **properties):
    """Write a form of an equation with its parts, or text."""
    said = "".join(f'<m:{key} m:val="{value}"/>' for key, value in properties.items())
    return f"<m:{name}><m:{name}Pr>{said}<m:ctrlPr/></m:{name}Pr>{''.join(parts)}</m:{name}>"


def t(name, text):
    return f"<m:{name}>{text if text.startswith('<') else f'<m:r><m:t>{text}</m:t></m:r>'}</m:{name}>"


def field(kind):
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


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


def test_symbols_of_fonts_of_signs(word):
    signs = "".join(f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>' for font, code in [
        ("Symbol", "F0B3"), ("Symbol", "A3"), ("Wingdings", "F0E0"), ("Wingdings", "F0FE"), ("Wingdings 2", "F052"),
        ("宋体", "2265"),
    ])  # fmt: skip
    font = '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>'
    private = run("\uf06c\uf0fc", font) + run("l", font) + run("目标", font) + run("a", '<w:rFonts w:ascii="Symbol"/>')
    assert word(par(signs) + par(private)) == (["≥≤→☑☑≥", "●✓●目标α"], [])


def test_symbols_that_are_not_known_are_counted(word):
    body = par('<w:r><w:sym w:font="某字体" w:char="F041"/></w:r>' + run("目标\uf0a7"))
    text, notes = word(body)
    assert text == ["〓目标〓"] and len(notes) == 1 and notes[0].startswith("2 symbol(s)")


@pytest.mark.parametrize(
    "equation, line",
    [
        ("<m:r><m:t>S=0.7M</m:t></m:r><m:r><m:t>+0.3N</m:t></m:r>", "S=0.7M+0.3N"),
        (m("f", t("num", "a+b"), t("den", "2")), "(a+b)/2"),
        (m("f", t("num", "就业人数"), t("den", "人口")), "就业人数/人口"),
        (m("f", t("num", "n"), t("den", "k"), type="noBar"), "n; k"),
        (m("sSub", t("e", "x"), t("sub", "i")) + m("sSup", t("e", "x"), t("sup", "n+1")), "x_ix^(n+1)"),
        (m("sSubSup", t("e", "x"), t("sub", "1"), t("sup", "2")), "x_1^2"),
        (m("rad", t("deg", ""), t("e", "x")) + m("rad", t("deg", "3"), t("e", "x+1")), "√x√[3](x+1)"),
        (m("nary", t("sub", "i=1"), t("sup", "n"), t("e", m("sSub", t("e", "x"), t("sub", "i"))), chr="∑"),
         "∑_(i=1)^n x_i"),
        (m("nary", t("e", "x")), "∫x"),
        (m("d", t("e", "a"), t("e", "b"), begChr="[", sepChr=","), "[a,b)"),
        (m("func", t("fName", "sin"), t("e", "x")), "sin x"),
        (m("limLow", t("e", "max"), t("lim", "x")), "max_x"),
        (m("acc", t("e", "y")) + m("bar", t("e", "x"), pos="top"), "y\u0302x\u0305"),
        (m("m", f"<m:mr>{t('e', 'a')}{t('e', 'b')}</m:mr>", f"<m:mr>{t('e', 'c')}{t('e', 'd')}</m:mr>"),
         "[a, b; c, d]"),
        (m("d", t("e", m("eqArr", t("e", "x&gt;0"), t("e", "x=0"))), begChr="{", endChr=""), "{x>0; x=0"),
        ('<m:r><m:t>a</m:t><w:sym w:font="Symbol" w:char="F0B3"/></m:r>', "a≥"),
        (m("box", t("e", "x")) + "<w:del><m:r><m:t>旧</m:t></m:r></w:del>", "x"),
    ],
)  # fmt: skip
def test_equations_are_written_in_one_line(word, equation, line):
    body = par(f"{run('按')}<m:oMath>{equation}</m:oMath>{run('计算')}")
    assert word(body) == ([f"按{line}计算"], [])


def test_footnotes_and_endnotes_follow_the_body(word):
    note = '<w:{0} w:id="{1}">{2}</w:{0}>'
    feet = note.format("footnote", -1, par("分隔")) + note.format("footnote", 2, par(run(" 来源甲")) + par("第二段"))
    feet += note.format("footnote", 3, par("来源乙")) + note.format("footnote", 4, par("*来源丙"))
    body = par(f"{run('托位')}<w:r><w:footnoteReference w:id='2'/></w:r>{run('数提高')}")
    body += par(f"{run('甲')}<w:r><w:footnoteReference w:id='4' w:customMarkFollows='1'/><w:t>*</w:t></w:r>")
    body += par(f"{run('乙')}<w:r><w:endnoteReference w:id='1'/></w:r><w:r><w:footnoteReference w:id='3'/></w:r>")
    text, notes = word(body, footnotes=feet, endnotes=note.format("endnote", 1, par("参见附件")))
    assert (
        text == ["托位数提高", "甲", "乙", "[1] 来源甲 第二段", "*来源丙", "[2] 来源乙", "[3] 参见附件"] and not notes
    )


def test_footnotes_that_are_not_there_are_counted(word):
    text, notes = word(par(f"{run('甲')}<w:r><w:footnoteReference w:id='2'/></w:r>"))
    assert text == ["甲"] and notes[0].startswith("1 footnote(s)")


def test_hidden_text_is_left_out_and_counted(word):
    styles = '<w:style w:type="character" w:styleId="H"><w:rPr><w:vanish/></w:rPr></w:style>'
    styles += '<w:style w:type="paragraph" w:styleId="P"><w:rPr><w:vanish/></w:rPr></w:style>'
    body = par(
        run("甲")
        + run("（待核实）", "<w:vanish/>")
        + run("乙", '<w:vanish w:val="0"/>')
        + run("丙", '<w:rStyle w:val="H"/>')
    )
    body += par(run("丁丁") + run("戊", '<w:vanish w:val="false"/>'), '<w:pStyle w:val="P"/>')
    text, notes = word(body, styles=styles)
    assert text == ["甲乙", "戊"] and len(notes) == 1 and notes[0].startswith("8 character(s) of hidden text")


def test_the_page_number_of_a_table_of_contents_is_left_out(word):
    web = "<w:webHidden/>"
    line = f"{run('一、总体要求')}<w:r><w:rPr>{web}</w:rPr><w:tab/></w:r>{run('12', web)}"
    assert word(par(line)) == (["一、总体要求"], [])
    assert word(par(run("甲") + run("乙文", web)))[1][0].startswith("2 character(s)")


def test_a_paragraph_whose_mark_was_deleted_goes_on_in_the_next(word):
    gone = "<w:rPr><w:del/></w:rPr>"
    numbers = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    body = par(run("推动"), numbers + gone) + par("发展", numbers)
    body += par("<w:del><w:r><w:delText>旧</w:delText></w:r></w:del>", numbers + gone) + par("创新", numbers)
    assert word(body, numbering=lists(level(0, "chineseCounting", "%1、"))) == (["一、推动发展", "二、创新"], [])


def test_order_is_kept_where_a_paragraph_goes_on(word):
    box = f"<w:r><w:txbxContent>{par('框')}</w:txbxContent></w:r>"
    gone = par(run("甲") + box, "<w:rPr><w:del/></w:rPr>")
    table = f"<w:tbl><w:tr><w:tc>{par('表')}</w:tc></w:tr></w:tbl>"
    assert word(gone + par("乙") + gone + table + par("丙")) == (["甲乙", "框", "甲", "框", "表", "丙"], [])


def test_a_large_first_letter_belongs_to_its_paragraph(word):
    assert word(par("推", '<w:framePr w:dropCap="drop" w:lines="3"/>') + par("动发展")) == (["推动发展"], [])


def test_fields_give_their_result(word):
    code = "<w:r><w:instrText> PAGEREF _Toc1 </w:instrText></w:r>"
    inner = field("begin") + code + field("separate") + run("在内") + field("end")
    body = par(field("begin") + code + inner + field("separate") + run("结果") + field("end") + run("后"))
    body += par(f'<w:fldSimple w:instr="DATE">{run("今日")}</w:fldSimple>')
    assert word(body) == (["结果后", "今日"], [])

    def old(code):
        return word(par(f"{run('甲')}{field('begin')}<w:r><w:instrText>{code}</w:instrText></w:r>{field('end')}"))

    assert old("EQ \\i(a,b,x)")[1][0].startswith("1 field(s) whose result is not in the file")
    assert old("eq \\o\\ac(○,12)") == (["甲⑫"], []) and old("EQ \\f(1,2)") == (["甲1/2"], [])
    assert old('EQ \\* jc2 \\* "Font:宋体" \\* hps10 \\o\\ad(\\s\\up 9(hàn),汉)') == (["甲汉"], [])
    sign = '<w:r><w:instrText> SYMBOL 179 \\f "Symbol" \\s 12 </w:instrText></w:r>'
    assert word(par(field("begin") + sign + field("end") + run("5"))) == (["≥5"], [])


def test_a_field_without_end_loses_nothing(word):
    text, notes = word(par(field("begin") + run("甲")) + par("乙"))
    assert text == ["甲", "乙"] and "1 field(s) have no end" in notes[0]


def test_boxes_to_tick_and_lists_to_choose_from(word):
    box = "<w:r><w:fldChar w:fldCharType='begin'><w:ffData><w:checkBox><w:default w:val='{}'/></w:checkBox></w:ffData>"
    entries = "<w:result w:val='1'/><w:listEntry w:val='是'/><w:listEntry w:val='否'/>"
    chosen = (
        f"<w:r><w:fldChar w:fldCharType='begin'><w:ffData><w:ddList>{entries}</w:ddList></w:ffData></w:fldChar></w:r>"
    )
    ticks = "".join(f"{box.format(n)}</w:fldChar></w:r>{field('end')}" for n in "10")
    assert word(par(ticks + run("合格") + chosen + field("end"))) == (["☒☐合格否"], [])


def test_one_branch_of_a_choice_is_read(word):
    box = (
        "<w:drawing><wps xmlns=''><w:txbxContent><w:p><w:r><w:t>框</w:t></w:r></w:p></w:txbxContent></wps></w:drawing>"
    )
    choice = f'<mc:AlternateContent><mc:Choice Requires="wps">{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>'
    empty = f'<mc:AlternateContent><mc:Choice Requires="x"/><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>'
    body = par(f"{run('正')}<w:r>{choice}</mc:AlternateContent></w:r>{run('文')}<w:r>{empty}</w:r>")
    assert word(body) == (["正文", "框", "框"], [])


def test_shapes_with_text(word):
    art = "<w:r><w:pict><v:shape><v:textpath string='国务院文件'/></v:shape></w:pict></w:r>"
    shape = "<w:r><w:drawing><a:txBody><a:p><a:r><a:t>图示</a:t></a:r></a:p></a:txBody></w:drawing></w:r>"
    assert word(par(art + shape + run("正文"))) == (["正文", "国务院文件", "图示"], [])


def test_what_is_not_read_is_said_with_its_number(word):
    thing = '<w:r><w:object><o:OLEObject ProgID="Equation.3"/></w:object></w:r>'
    chart = f'<w:r><w:drawing><a:graphic><a:graphicData uri="{OFFICE}/chart"/></a:graphic></w:drawing></w:r>'
    comment = '<w:commentRangeStart w:id="1"/>' + run("文") + '<w:r><w:commentReference w:id="1"/></w:r>'
    text, notes = word(par(run("甲") + thing * 2 + chart + comment) + '<w:altChunk r:id="rId9"/>')
    assert text == ["甲文"]
    assert [note[:2] for note in notes] == ["1 ", "2 ", "th", "1 "]
    assert "comment" in notes[0] and "embedded object" in notes[1] and "1 chart" in notes[2] and "document" in notes[3]


@pytest.mark.parametrize("name, data", [
    ("c.html", f"<html><body><p>{PARAGRAPHS[0]}</p></body></html>"), ("c.mht", ARCHIVE), ("c.txt", PARAGRAPHS[0]),
    ("c.docx", None),
])  # fmt: skip
def test_documents_inside_the_document_are_read(word, tmp_path, name, data):
    if data is None:
        data = write(tmp_path / "inner.docx", par(PARAGRAPHS[0])).read_bytes()
    members, targets = [(f"word/{name}", data)], [("rId9", OFFICE, "aFChunk", name)]
    text, notes = word(par("前") + '<w:altChunk r:id="rId9"/>' + par("后"), members=members, targets=targets)
    assert text == ["前", PARAGRAPHS[0], "后"] and not notes


def test_pictures_are_said_only_where_there_is_hardly_text(word):
    picture = "<w:r><w:drawing><a:blip/></w:drawing></w:r>"
    assert word(par(picture + run(PARAGRAPHS[0])))[1] == []
    assert word(par(picture + run("附件")))[1][0].startswith("holds 1 picture(s)")


def test_tabs_breaks_and_hyphens(word):
    parts = ["<w:tab/>", "<w:ptab/>", "<w:br/>", "<w:cr/>", "<w:noBreakHyphen/>", "<w:softHyphen/>"]
    body = par("".join(f"<w:r><w:t>字</w:t>{part}</w:r>" for part in parts))
    page = '<w:r><w:br w:type="page"/><w:lastRenderedPageBreak/></w:r>'
    body += par(run("推动协") + page + run("同发展。") + page + run("下页"))
    assert word(body) == (["字\t字\t字\n字\n字-字", "推动协同发展。\n下页"], [])


def test_tables_with_merged_cells_nested_tables_and_deleted_rows(word):
    def cell(text, properties=""):
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{text if text.startswith('<') else par(text)}</w:tc>"

    inner = f"<w:tbl><w:tr>{cell('内甲')}{cell('内乙')}</w:tr></w:tbl>"
    start, goes_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    rows = [
        cell("地区", start) + cell(par("一行") + par("<w:r><w:t>两</w:t><w:br/><w:t>行</w:t></w:r>")),
        cell("重复", goes_on) + cell(inner),
        "<w:trPr><w:del/></w:trPr>" + cell("删去") + cell("的行"),
    ]
    body = f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"
    assert word(body) == (["地区\t一行 两 行", "\t内甲\t内乙"], [])


def test_ruby_smart_tags_links_and_moved_text(word):
    ruby = f"<w:r><w:ruby><w:rt>{run('hàn')}</w:rt><w:rubyBase>{run('汉')}</w:rubyBase></w:ruby></w:r>"
    body = f"{ruby}<w:hyperlink>{run('字')}</w:hyperlink><w:smartTag>{run('典')}</w:smartTag>"
    assert word(par(f"{body}<w:moveTo>{run('新')}</w:moveTo><w:moveFrom>{run('旧')}</w:moveFrom>")) == (
        ["汉字典新"],
        [],
    )


def test_a_document_read_whole_has_no_note(tmp_path):
    document = docx.Document()
    document.add_heading("一、总体要求", 1)
    document.add_paragraph(PARAGRAPHS[0], style="List Bullet")
    document.add_paragraph(PARAGRAPHS[1], style="List Number")
    document.sections[0].header.paragraphs[0].text = "页眉"
    document.save(tmp_path / "a.docx")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert read_text(tmp_path / "a.docx") == "\n\n".join(["一、总体要求", PARAGRAPHS[0], f"1. {PARAGRAPHS[1]}"])
