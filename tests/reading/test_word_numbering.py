"""Automatic numbers of Word files come back as Word prints them."""

import pytest
from word_files import level, lists, numbered, par


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
