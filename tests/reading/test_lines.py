"""Lines that are no prose are known by their shape, and how lines are numbered."""

import pytest

from analysis.reading.lines import line_kind
from analysis.reading.numbering import Number, is_numbered_heading, numbering


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("2024年5月1日", "date"),
        ("二〇二四年五月一日", "date"),
        ("国发〔2018〕41号", "number"),
        ("（2024年3月1日河口县第七届人民代表大会常务委员会第二次会议通过）", "adopted"),
        ("（此件公开发布）", "note"),
        ("第一章　总则……………………3", "contents"),
        ("表2 各镇水渠长度", "caption"),
        ("中图分类号：F127", "keywords"),
        ("［1］ 王芳．水渠研究［J］．水利经济，2015（3）：12－19．", "footnote"),
        ("附件2", "annex"),
        ("各省、自治区、直辖市人民政府，国务院各部委、各直属机构：", "addressee"),
        ("1,234.5", "table"),
        ("组　长：王　芳　副县长", "roster"),
        ("河口县人民政府", "signature"),
        ("各位代表：", None),
        ("一、总体要求", None),
        ("附 则", None),
        ("表2显示，水渠的长度比上年增加了一成。", None),
        ("2024年5月1日起，全县水渠统一管护。", None),
        ("推进水渠管护工作", None),
    ],
)
def test_a_line_by_its_shape(line, expected):
    assert line_kind(line) == expected


@pytest.mark.parametrize(
    ("line", "number", "heading"),
    [
        ("1.1 编制目的", Number("decimal of two", 1), True),
        ("2管护的出路", Number("decimal", 2), True),
        ("1.1.2 县域", Number("decimal of three", 2), True),
        ("①强化责任", Number("circled", 1), True),
        ("第一百二十三条 本法所称", Number("article", 123), False),
        ("12个项目", None, False),
        ("1.5亿元投资", None, False),
        ("2024年工作", None, False),
        ("2.5", None, False),
    ],
)
def test_numbers_of_lines(line, number, heading):
    assert numbering(line) == number
    assert is_numbered_heading(line) == heading
