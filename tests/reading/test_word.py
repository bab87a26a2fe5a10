"""Word files made here come back as Word shows them, and what is left out is said."""

import quopri
import warnings
import zipfile

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from analysis import load_corpus, read_text
from analysis.reading.word.document import docx_document

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


@pytest.fixture
def word(tmp_path):
    """Return what writes a file, reads it, and gives its paragraphs and its notes without the path."""

    def read(body, **parts):
        path = write(tmp_path / "a.docx", body, **parts)
        found = docx_document(path)
        assert all(note.startswith(str(path)) for note in found.notes)
        return found.text.split("\n\n"), [note.removeprefix(str(path)).lstrip(": ") for note in found.notes]

    return read


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


def m(name, *parts, **properties):
    """Write a form of an equation with its parts, or text."""
    said = "".join(f'<m:{key} m:val="{value}"/>' for key, value in properties.items())
    return f"<m:{name}><m:{name}Pr>{said}<m:ctrlPr/></m:{name}Pr>{''.join(parts)}</m:{name}>"


def t(name, text):
    return f"<m:{name}>{text if text.startswith('<') else f'<m:r><m:t>{text}</m:t></m:r>'}</m:{name}>"


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


def test_automatic_numbers_of_an_official_document(word):
    levels = [
        level(0, "chineseCounting", "%1、"),
        level(1, "chineseCountingThousand", "（%2）"),
        level(2, "decimal", "%3."),
        level(3, "decimalEnclosedCircle", "%4", '<w:suff w:val="nothing"/>'),
    ]
    order = [
        (0, "总体要求"),
        (1, "原则"),
        (2, "甲"),
        (2, "乙"),
        (3, "丙"),
        (1, "目标"),
        (2, "丁"),
        (0, "任务"),
        (1, "戊"),
    ]
    text, notes = word("".join(numbered(words, depth) for depth, words in order), numbering=lists(*levels))
    numbers = ["一、总体要求", "（一）原则", "1. 甲", "2. 乙", "①丙", "（二）目标", "1. 丁", "二、任务", "（一）戊"]
    assert text == numbers and not notes


def test_numbers_from_styles_and_levels_that_name_their_style(word):
    styles = '<w:style w:type="paragraph" w:default="1" w:styleId="a"/>'
    styles += '<w:style w:type="paragraph" w:styleId="1"><w:basedOn w:val="a"/><w:pPr><w:numPr><w:numId w:val="1"/>'
    styles += '</w:numPr></w:pPr></w:style><w:style w:type="paragraph" w:styleId="2"><w:basedOn w:val="1"/>'
    styles += '<w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr></w:style>'
    levels = lists(
        level(0, "chineseCountingThousand", "第%1章", '<w:pStyle w:val="1"/>'),
        level(1, "chineseCountingThousand", "第%2条", '<w:pStyle w:val="2"/><w:lvlRestart w:val="0"/>'),
    )
    body = "".join(par(f"文{n}", f'<w:pStyle w:val="{n}"/>') for n in "122122")
    body += par("无号", '<w:pStyle w:val="2"/><w:numPr><w:numId w:val="0"/></w:numPr>') + par("正文")
    text, _ = word(body, styles=styles, numbering=levels)
    assert text == ["第一章 文1", "第一条 文2", "第二条 文2", "第二章 文1", "第三条 文2", "第四条 文2", "无号", "正文"]


def test_numbers_start_anew_and_go_on(word):
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    own = f'<w:lvlOverride w:ilvl="0">{level(0, "lowerLetter", "%1)")}</w:lvlOverride>'
    more = f'<w:num w:numId="2"><w:abstractNumId w:val="7"/>{override}</w:num>'
    more += f'<w:num w:numId="3"><w:abstractNumId w:val="7"/>{own}</w:num>'
    levels = lists(level(0, "decimal", "%1.", start=3), more=more)
    text, _ = word("".join(numbered("文", 0, which) for which in (1, 1, 2, 2, 1, 3)), numbering=levels)
    assert text == ["3. 文", "4. 文", "5. 文", "6. 文", "7. 文", "h) 文"]


def test_numbers_of_several_levels(word):
    levels = [
        level(0, "chineseCounting", "第%1章"),
        level(1, "decimal", "%1.%2", "<w:isLgl/>"),
        level(2, "upperRoman", "%1-%3", '<w:suff w:val="space"/>'),
        level(3, "decimal", "%5"),
        level(4, "none", "附注："),
        level(5, "decimal", "第%6款\u3000"),
    ]
    text, notes = word("".join(numbered("文", depth) for depth in (0, 1, 1, 2, 3, 4, 5)), numbering=lists(*levels))
    assert text == ["第一章 文", "1.1 文", "1.2 文", "一-I 文", "文", "附注：文", "第1款\u3000文"] and not notes


@pytest.mark.parametrize(
    "how, numbers",
    [
        ("chineseCounting", {9: "九", 10: "十", 11: "十一", 20: "二十", 99: "九十九", 101: "一○一"}),
        (
            "chineseCountingThousand",
            {10: "十", 19: "十九", 100: "一百", 101: "一百零一", 110: "一百一十", 1001: "一千零一"},
        ),
        ("japaneseCounting", {10: "十", 100: "百", 111: "百十一", 205: "二百五"}),
        ("ideographDigital", {10: "一〇", 25: "二五"}),
        ("chineseLegalSimplified", {3: "叁", 10: "壹拾", 105: "壹佰零伍"}),
        ("ideographLegalTraditional", {2: "貳", 20: "貳拾"}),
        ("ideographTraditional", {1: "甲", 10: "癸", 11: "11"}),
        ("decimalEnclosedCircleChinese", {1: "①", 20: "⑳", 21: "21"}),
        ("decimalEnclosedParen", {3: "⑶"}),
        ("decimalFullWidth", {12: "１２"}),
        ("decimalZero", {7: "07", 12: "12"}),
        ("lowerLetter", {1: "a", 26: "z", 27: "aa"}),
        ("upperLetter", {2: "B"}),
        ("lowerRoman", {4: "iv", 19: "xix", 44: "xliv"}),
        ("numberInDash", {5: "- 5 -"}),
    ],
)
def test_formats_of_numbers(word, how, numbers):
    for number, written in numbers.items():
        levels = lists(level(0, how, "%1", '<w:suff w:val="nothing"/>', start=number))
        assert word(numbered("文"), numbering=levels) == ([f"{written}文"], [])


def test_numbers_of_an_unknown_kind_are_said(word):
    text, notes = word(numbered("甲") + numbered("乙"), numbering=lists(level(0, "hebrew1", "%1.")))
    assert text == ["1. 甲", "2. 乙"] and len(notes) == 1
    assert notes[0].startswith("2 automatic number(s) of a kind not known here (hebrew1)")


def test_bullets_empty_paragraphs_and_numbers_without_a_list(word):
    font = '<w:rPr><w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/></w:rPr>'
    levels = lists(level(0, "bullet", "\uf06c", font), level(1, "bullet", "o"), level(2, "bullet", "附件："),
                   level(3, "decimal", "%4."))  # fmt: skip
    body = numbered("甲") + numbered("乙", 1) + numbered("丙", 2) + numbered("", 3) + numbered("丁", 3)
    assert word(body + numbered("戊", 0, 9), numbering=levels) == (["甲", "乙", "附件：丙", "2. 丁", "戊"], [])


def test_a_list_takes_its_levels_from_the_list_of_a_style(word):
    styles = (
        '<w:style w:type="numbering" w:styleId="L"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    more = '<w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num>'
    link = '<w:abstractNum w:abstractNumId="8"><w:numStyleLink w:val="L"/></w:abstractNum>'
    levels = link + lists(level(0, "chineseCounting", "%1、"), more=more)
    assert word(numbered("甲", 0, 2), styles=styles, numbering=levels) == (["一、甲"], [])


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


def field(kind):
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


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


PAGE = quopri.encodestring(f"<html><body><p>{PARAGRAPHS[0]}</p></body></html>".encode()).decode()
ARCHIVE = 'MIME-Version: 1.0\nContent-Type: multipart/related; type="text/html"; boundary="--x"\n\n'
ARCHIVE += '----x\nContent-Type: text/html; charset="utf-8"\nContent-Transfer-Encoding: quoted-printable\n\n'
ARCHIVE += f"{PAGE}\n----x--\n"


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


def change(path, name, data):
    """Put other data in place of a member, or take it away."""
    with zipfile.ZipFile(path) as archive:
        members = {member: archive.read(member) for member in archive.namelist()}
    members[name] = data
    with zipfile.ZipFile(path, "w") as archive:
        for member in members:
            if members[member] is not None:
                archive.writestr(member, members[member])


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
