"""Lines of official documents are told apart, and sections nest as they are written."""

import cProfile
import pstats
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis import load_corpus, outline
from analysis.corpus import document_heads
from analysis.corpus.recognition import OTHERS, PROSE, recognise

TEXT = (Path(__file__).parent / "cases.txt").read_text(encoding="utf-8")
CASES = dict(re.findall(r"^=== (\S+)\n(.*?)(?=\n\n===|\Z)", TEXT, re.DOTALL | re.MULTILINE))


def units_of(name):
    return outline(next(text for case, text in CASES.items() if case.startswith(name)), name="d")


def kind(units, text):
    return units.kind[units.text.str.startswith(text) & ~units.kind.isin(["section", "article"])].iloc[0]


def above(units, text):
    """Names of the sections and articles around the line that begins so, from the innermost."""
    parent, around = units.parent[units.text.str.startswith(text) & units.kind.isin([*PROSE, *OTHERS])].iloc[0], []
    while parent in units.index:
        around.append(units.text[parent].split("\n")[0])
        parent = units.parent[parent]
    return around


def test_signature_note_and_annex():
    units = units_of("s01")
    assert [kind(units, text) for text in ("河口县人民政府", "2024年", "（此件")] == ["front", "date", "note"]
    assert units.text[units.kind == "signature"].tolist() == ["河口县人民政府"]
    assert kind(units, "水渠管护方案") == "annex"
    assert above(units, "坚持先修后管") == ["一、总体要求", "水渠管护方案"]


def test_a_roster_is_a_list():
    units = units_of("s02")
    assert (units.kind == "list").sum() == 5
    assert "heading" not in set(units.kind)


def test_cells_are_a_table():
    units = units_of("s03")
    assert (units.kind == "table").sum() == 9
    assert kind(units, "以上数字") == "body"


def test_contents_are_no_sections():
    units = units_of("s04")
    assert (units.kind == "contents").sum() == 5
    levels = units[units.kind == "section"].level.tolist()
    assert levels == [0, 1, 2, 1, 2]


def test_articles_hold_their_items():
    units = units_of("s05")
    assert (units.kind == "article").sum() == 5
    assert above(units, "（二）") == ["第三条 有下列情形之一的，应当报告：", "第二章 管护责任"]
    assert above(units, "第四条")[1] == "第二章 管护责任"


def test_run_in_numbers_nest():
    units = units_of("s06")
    assert above(units, "（二）")[1].startswith("一、")
    assert above(units, "水利局研究") == ["二、关于水闸更新问题。你县请求更换三座旧水闸。"]


def test_headings_with_a_stop_on_two_lines_and_of_another_document():
    assert kind(units_of("s07"), "（一）水渠强基行动。") == "heading"
    second = units_of("s08")
    assert above(second, "为节约用水") == ["河口县水渠管护与节约用水三年行动计划（2024—2026年）"]
    two = units_of("s09")
    assert two.text[two.kind == "heading"].iloc[0] == "关于全县水渠冬修\n和节约用水工作的意见"


def test_a_list_of_annexes_and_the_first_of_them():
    units = units_of("s10")
    assert kind(units, "2.东山") == "list"
    assert units.text[units.kind == "annex"].tolist() == ["附件1", "县水利局关于东山乡山体滑坡调研情况的报告"]
    assert above(units, "滑坡位于") == ["附件1"]


def test_a_measure_ends_before_the_turn_to_the_whole():
    units = units_of("s11")
    assert units.text[units.kind == "measure"].tolist()[-1] == "三是办两期培训班。"
    assert units.text[units.kind == "closing"].tolist() == ["我们要用心用力，让每一滴水都流到田里。"]
    table = pd.DataFrame({"text": [CASES["s11-measure-tail"]]}, index=["d"])
    corpus, paragraphs = load_corpus(table, level="measure"), load_corpus(table)
    assert "".join(corpus.text) == "".join(paragraphs.text)


@pytest.mark.parametrize(
    ("paragraph", "measures"),
    [
        ("要抓两点：一要快，二要稳。还有两点：一要准，二要狠。", ["一要快，", "二要稳。", "一要准，", "二要狠。"]),
        (
            "首先看渠。其次看闸。再说用水：首先记账。其次公开。",
            ["首先看渠。", "其次看闸。", "首先记账。", "其次公开。"],
        ),
        ("一方面修渠，另一方面护林。", ["一方面修渠，", "另一方面护林。"]),
        ("任务有三：一是修渠；二是管水；三是育人。", ["一是修渠；", "二是管水；", "三是育人。"]),
    ],
)
def test_enumerations_one_after_the_other(paragraph, measures):
    units = outline(paragraph)
    assert units.text[units.kind == "measure"].tolist() == measures


def test_what_the_corpus_leaves_out_is_said():
    table = pd.DataFrame({"text": [CASES["s03-table-cells"]]}, index=["d"])
    prose, more = load_corpus(table), load_corpus(table, kinds=["lead", "body", "table"])
    assert prose.left_out.between(0.4, 0.7).all()
    assert more.left_out.iloc[0] < prose.left_out.iloc[0]
    assert more.kind.value_counts()["table"] == 9
    everything = load_corpus(table, kinds=[*PROSE, *OTHERS])
    assert everything.left_out.eq(0).all()
    with pytest.raises(ValueError, match="kinds: .'verse'. not known"):
        load_corpus(table, kinds=["verse"])


def test_heads_are_read_and_never_override_metadata():
    heads = document_heads(pd.Series(CASES))
    assert heads.loc["s01-signature-note-annex"].tolist() == [
        "河口县人民政府",
        "河府发〔2024〕12号",
        "2024年5月6日",
        "各乡镇人民政府",
    ]
    assert heads.loc["s11-measure-tail"].tolist() == ["", "", "", ""]


PIECES = [
    *(
        "一、总体要求",
        "（一）修渠。全年修渠。",
        "第一章 总则",
        "第一条 本法适用于水渠。",
        "1.1 目的",
        "目录",
        "附件1",
        "附件：1.表",
    ),
    *(
        "河口县人民政府",
        "2024年5月6日",
        "（此件公开发布）",
        "组　长：王　芳　副县长",
        "100",
        "乡镇",
        "\ufeff",
        "\r",
        "表1 长度",
    ),
    *(
        "水渠管护方案",
        "各乡镇人民政府：",
        "今年一是修渠。二是管水。",
        "没有标点的一行字",
        "①",
        "|a|b|",
        "甲\t乙",
        "——2024年",
        "注：无。",
    ),
]


@pytest.mark.parametrize("seed", range(20))
def test_any_lines_are_kept_whole(seed):
    random = np.random.default_rng(seed)
    for _ in range(15):
        text = "\n".join(random.choice(PIECES, random.integers(1, 25)))
        lines = recognise(text)
        assert "".join("".join(line.text.split()) for line in lines) == "".join(text.replace("\ufeff", "").split())
        if lines:
            units = outline(text, name="x")
            assert set(units.kind[units.parent == "x"]) <= {"front", "section", "article"}
            corpus = load_corpus(pd.DataFrame({"text": [text]}, index=["x"]), kinds=[*PROSE, *OTHERS])
            assert "".join("".join(corpus.text).split()) == "".join(text.replace("\ufeff", "").split())


def test_work_grows_no_faster_than_the_text():
    """Counted in calls of functions, which are the same on every machine."""
    calls = {}
    for size in (200, 800):
        text = "\n".join(f"（{'一二三四五六七八九十'[i % 10]}）修渠\n修渠两百公里。" for i in range(size))
        profile = cProfile.Profile()
        profile.runcall(load_corpus, pd.DataFrame({"text": [text]}, index=["x"]))
        calls[size] = pstats.Stats(profile).total_calls
    assert calls[800] < 4.5 * calls[200]
