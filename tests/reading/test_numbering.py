"""Numerals, headings, brackets and the ends of sentences are read in one way by all rooms."""

import pytest

from analysis import outline
from analysis.reading.marks import BRACKETS, QUOTES, ends_sentence, match_brackets
from analysis.reading.numbering import is_numbered_heading, numbering, read_numeral


@pytest.mark.parametrize(
    "numeral, value",
    [
        ("一", 1),
        ("十", 10),
        ("二十一", 21),
        ("九十", 90),
        ("一百", 100),
        ("一百一十", 110),
        ("三百零五", 305),
        ("７", 7),
    ],
)
def test_numerals(numeral, value):
    assert read_numeral(numeral) == value


@pytest.mark.parametrize(
    "line, found",
    [
        ("第二编 分则", ("part", 2)),
        ("第十二章 附则", ("chapter", 12)),
        ("第一节 规划", ("subchapter", 1)),
        ("一", ("section", 1)),
        ("一百零一、其他", ("section", 101)),
        ("（十二）健全机制", ("subsection", 12)),
        ("第三，改革", ("ordinal", 3)),
        ("3.规范使用", ("item", 3)),
        ("（２）规范", ("subitem", 2)),
        ("3.5万人", None),
        ("一个地区", None),
        ("第三条 为了", ("article", 3)),
        ("1 总则", ("decimal", 1)),
        ("1.2编制目的", ("decimal of two", 2)),
        ("1.2.3 县域", ("decimal of three", 3)),
        ("②推行", ("circled", 2)),
        ("3 个地区", None),
        ("1.5万人", None),
    ],
)
def test_manners_of_numbering(line, found):
    assert numbering(line) == found


# Lines of real reports on which two parsers of headings once disagreed, and their kinds.
@pytest.mark.parametrize(
    "line, is_heading",
    [
        ("第一，进一步稳定和加强农业", True),
        ("第五、关于文化教育", True),
        ("一", True),
        ("八、贯彻依法治国方略，建设廉洁、勤政、务实、高效政府", True),
        ("7.“双向揭榜挂帅”：企业找技术、成果找市场“双向", False),
        ("二、统筹城乡发展，", False),
        ("三、加快开放和", False),
        ("一、哪里新？怎么干", False),
        ("（二）起步。结构优化", False),
        ("四、" + "长" * 47, False),
        ("总体要求", False),
    ],
)
def test_numbered_headings(line, is_heading):
    assert is_numbered_heading(line) == is_heading


def test_a_heading_by_an_ordinal_opens_a_section_below_the_wider_ones():
    units = outline("一、过去\n增长。\n第一，农业\n丰收。\n第二，工业\n增产。\n二、今年\n稳。", name="a")
    sections = units[units.kind == "section"]
    assert sections.index.tolist() == ["a-s1", "a-s1.1", "a-s1.2", "a-s2"]
    assert units.text[units.kind == "heading"].tolist() == ["一、过去", "第一，农业", "第二，工业", "二、今年"]


def test_a_hundred_measures_are_counted():
    numerals = [f"{tens}十{ones}" for tens in ["", *"二三四五六七八九"] for ones in ["", *"一二三四五六七八九"]]
    text = "".join(f"{numeral}是好。" for numeral in [*"一二三四五六七八九", *numerals, "一百", "一百零一"])
    assert (outline(text).kind == "measure").sum() == 101


@pytest.mark.parametrize(
    "text, closed, unclosed, unopened",
    [
        ("“a”（b）", [(0, 2), (3, 5)], "", ""),
        ("（a)", [(0, 2)], "", ""),
        ("（“a）", [(0, 3)], "", ""),
        ("“（《a", [], "“（《", ""),
        ("a》）”", [], "", "》）”"),
        ("[a【b】]", [(2, 4), (0, 5)], "", ""),
        ("（a））", [(0, 2)], "", "）"),
    ],
)
def test_brackets(text, closed, unclosed, unopened):
    assert match_brackets(text) == (closed, unclosed, unopened)


def test_brackets_and_quotation_marks_can_be_matched_apart():
    text = "（“a）”"
    assert match_brackets(text, BRACKETS).closed == [(0, 3)]
    assert match_brackets(text, QUOTES).closed == [(1, 4)]


@pytest.mark.parametrize("text", ["走。", "走！”", "走？）", "走……", "（走。）", "“走。》"])
def test_a_sentence_ends_with_a_stop_and_what_closes(text):
    assert ends_sentence(text)


@pytest.mark.parametrize("text", ["", "走", "走，", "走。了", "走："])
def test_what_ends_no_sentence(text):
    assert not ends_sentence(text)
