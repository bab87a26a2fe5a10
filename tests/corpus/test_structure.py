"""Units are spans of their text, hold all of it once, and are where a reader would put them."""

import re

import numpy as np
import pandas as pd
import pytest

from analysis import DATA, find_mentions, load_articles, load_corpus, outline, split_clauses, split_sentences
from analysis.corpus.recognition import OTHERS, PROSE
from analysis.corpus.structure import LEVELS

SIGNS = list("京津冀发展创新。！？；：，,、“”‘’（）()《》\n\n 　一二三是、0:") + [
    "一是",
    "二是",
    "一、",
    "（一）",
    "首先",
    "其次",
    "\n\n",
    "……",
]
REPORT = """政府工作报告

——2025年3月5日

各位代表：

现在报告工作。

一、回顾

过去一年很不平凡。主要做了以下工作：

一是稳定经济。成效明显。

二是深化改革。

（一）开局

总量扩大。

（二）起步。结构优化，共三点：第一，调；第二，稳。

二、任务

今年要抓好“三件事。”，一要快，二要稳。

结束语

各位代表！让我们奋斗！"""


def bare(text):
    return re.sub(r"\s", "", text)


def check(text, name="x"):
    """Assert what must hold for any text, and return its outline."""
    units = outline(text, name=name)
    assert units.index.is_unique
    assert units.text.tolist() == [text[a:b] for a, b in zip(units.start, units.end, strict=True)]
    lines = units[units.kind.isin([*PROSE, *OTHERS])].sort_values("start")
    assert bare("".join(lines.text)) == bare(text)
    prose = bare("".join(lines.text[lines.kind.isin(["lead", "body"])]))
    for kind in ("sentence", "clause"):
        assert bare("".join(units.text[units.kind == kind])) == prose
    for unit, row in units[units.parent != name].iterrows():
        around = units.loc[row.parent]
        assert around.start <= row.start and row.end <= around.end, unit
    return units


def test_any_junk_is_kept_whole():
    random = np.random.default_rng(11)
    for _ in range(400):
        text = "".join(random.choice(SIGNS, random.integers(1, 60)))
        if text.strip():
            check(text)


def test_the_articles_have_fourteen_and_twelve_measures():
    articles = load_articles()
    for name, measures, sections in (("zhang-lu", 14, 2), ("lu", 12, 4)):
        units = check(articles.text[name], name)
        assert (units.kind == "measure").sum() == measures
        assert (units.kind == "heading").sum() == sections
        assert units.kind.eq("lead").sum() == 1


def test_the_outline_finds_the_headings_and_leads_of_the_edition():
    rows = pd.read_csv(DATA / "edition" / "paragraphs.csv")
    articles = load_articles()
    for name, part in rows.groupby("article"):
        units = outline(articles.text[name], name=name)
        units = units[units.kind.isin(["heading", "lead", "body"])]
        assert units.kind.tolist() == part.kind.tolist()
        assert units.text.tolist() == part.text.tolist()


@pytest.mark.parametrize("level", LEVELS)
def test_every_level_holds_the_prose_once(level):
    articles, corpus = load_articles(), load_corpus(level=level)
    whole = load_corpus()
    for name in articles.index:
        part = corpus[corpus.article == name]
        assert part.start.is_monotonic_increasing
        assert part.text.tolist() == [articles.text[name][a:b] for a, b in zip(part.start, part.end, strict=True)]
        assert "".join(part.text) == "".join(whole.text[whole.article == name])


def test_finer_units_know_their_place():
    paragraphs, measures = load_corpus(), load_corpus(level="measure")
    columns = ["article", "section", "heading", "position", "blocks"]
    for unit, row in measures.iterrows():
        assert (row[columns] == paragraphs.loc["-".join(unit.split("-m")[:1])][columns]).all()
    assert measures.kind.value_counts().to_dict() == {"measure": 26, "opening": 9, "body": 6, "lead": 2}


def test_a_report_is_parsed():
    units = check(REPORT, "r")
    kinds = units.groupby("kind", sort=False).text.agg(list)
    assert kinds["front"] == ["政府工作报告", "——2025年3月5日"]
    assert kinds["heading"] == ["一、回顾", "（一）开局", "二、任务", "结束语"]
    assert kinds["lead"] == ["各位代表：", "现在报告工作。"]
    assert kinds["measure"] == [
        "一是稳定经济。成效明显。",
        "二是深化改革。",
        "第一，调；",
        "第二，稳。",
        "一要快，",
        "二要稳。",
    ]
    sections = units[units.kind == "section"]
    assert sections.index.tolist() == ["r-s0", "r-s1", "r-s1.1", "r-s1.2", "r-s2", "r-s3"]
    assert sections.parent["r-s1.2"] == "r-s1"
    assert sections.text["r-s1.2"].startswith("（二）起步。")


def test_a_lone_line_above_a_wider_heading_is_prose():
    text = "一、要求\n坚持。\n支持开展试点\n二、任务\n（一）建设。起降。\n下一步\n1.建库\n入库。"
    units = check(text, "a")
    assert units.text[units.kind == "body"].tolist() == ["坚持。", "支持开展试点", "（一）建设。起降。", "入库。"]
    articles = pd.DataFrame({"text": [text], "read_as": "utf-8"}, index=["a"])
    assert load_corpus(articles).heading.tolist() == ["一、要求", "一、要求", "二、任务", "1.建库"]


@pytest.mark.parametrize(
    "text, measures",
    [
        ("统一是关键。第二是人。", []),
        ("一是建链。", []),
        ("要点:一是建链,二是补链。三是强链。", ["一是建链,", "二是补链。", "三是强链。"]),
        ("二是补链。一是建链。", []),
        ("一要求稳。二要求进。", []),
        ("首先,看。最后,走。", ["首先,看。", "最后,走。"]),
        ("一方面稳。另一方面进。", ["一方面稳。", "另一方面进。"]),
        ("另一方面进。", []),
        ("九是甲。", []),
        ("。".join(f"{n}是好" for n in "一 二 三 四 五 六 七 八 九 十 十一 十二".split()), 12),
    ],
)
def test_enumerations(text, measures):
    units = check(text)
    found = units.text[units.kind == "measure"].tolist()
    assert len(found) == measures if isinstance(measures, int) else found == measures


@pytest.mark.parametrize(
    "text, sentences",
    [
        ("前进。后退！停？", ["前进。", "后退！", "停？"]),
        ("他说:“好。”再走。", ["他说:“好。”", "再走。"]),
        ("提出“稳。”的方针。", ["提出“稳。”的方针。"]),
        ("提出“稳。进。”要求,走。", ["提出“稳。进。”", "要求,走。"]),
        ("见(附件一。二)说明。", ["见(附件一。二)说明。"]),
        ("《问。答》出版。好", ["《问。答》出版。", "好"]),
        ("没有关“上。好。", ["没有关“上。", "好。"]),
        ("还有……走。", ["还有……", "走。"]),
        ('写道。"最新的情况"很重要。', ["写道。", '"最新的情况"很重要。']),
        ('他说:"好。"再走。', ['他说:"好。"', "再走。"]),
        ('他说"好。\n再走"。', ['他说"好。', '再走"。']),
        ("很难......不过好了。", ["很难......", "不过好了。"]),
        ("改造．机制．增长5.2％．提高．", ["改造．", "机制．", "增长5.2％．", "提高．"]),
        ("１．加强约翰．洛克的研究。", ["１．加强约翰．洛克的研究。"]),
        ("", []),
    ],
)
def test_sentences(text, sentences):
    assert [text[a:b] for a, b in split_sentences(text)] == sentences


@pytest.mark.parametrize(
    "text, clauses",
    [
        ("聚焦堵点,打通链条，走。", ["聚焦堵点,", "打通链条，", "走。"]),
        ("增长1,200亿,好;在12:30前。", ["增长1,200亿,", "好;", "在12:30前。"]),
        ("“先行,示范,”再走", ["“先行,", "示范,”", "再走"]),
        ("教育、科技(含,人才)、医疗。", ["教育、科技(含,人才)、医疗。"]),
    ],
)
def test_clauses(text, clauses):
    assert [text[a:b] for a, b in split_clauses(text)] == clauses


def test_documents_and_their_abbreviations():
    found = find_mentions(load_articles().text)
    assert found.groupby("unit")["name"].nunique().to_dict() == {"zhang-lu": 1, "lu": 1}
    assert found.mention.tolist()[1] == "规划"
    texts = pd.Series(["《甲法》。《〈乙〉条例》(以下简称“条例”)。见《条例》", "《条例》"])
    assert find_mentions(texts)[["name", "mention"]].values.tolist() == [
        ["甲法", "甲法"],
        ["〈乙〉条例", "〈乙〉条例"],
        ["〈乙〉条例", "条例"],
        ["〈乙〉条例", "条例"],
        ["条例", "条例"],
    ]


def test_mentions_are_spans():
    text = load_articles().text
    for kind, terms in (("document", None), ("coinage", None), ("term", ["京津冀", "津冀"])):
        table = find_mentions(text, kind=kind, terms=terms)
        assert len(table) and set(table.kind) == {kind}
        assert table.columns.tolist() == ["unit", "kind", "mention", "name", "start", "end"]
        for row in table.itertuples():
            assert row.mention in text[row.unit][row.start : row.end]
            assert row.end - row.start <= len(row.mention) + 2


def test_coinages_are_short_and_unbroken():
    coinages = find_mentions(load_articles().text, kind="coinage").mention
    assert {"牛鼻子", "微中心", "卡脖子"} <= set(coinages)
    assert find_mentions(pd.Series(["“推动发展,迈上台阶”和“" + "长" * 13 + "”"]), kind="coinage").empty


def test_a_lone_line_above_a_new_series_is_a_heading():
    units = check("报告\n一、经济\n增长。\n二、社会\n稳定。\n明年工作安排\n一、产业\n创新。", "a")
    assert "明年工作安排" in units.text[units.kind == "heading"].tolist()


def test_terms_in_latin_letters_are_no_parts_of_longer_words():
    found = find_mentions(pd.Series({"a": "存16GB，6G网、TODAY与TOD"}), kind="term", terms=["6G", "TOD"])
    assert found[["mention", "start"]].values.tolist() == [["6G", 6], ["TOD", 16]]


def test_longer_terms_win():
    assert find_mentions(pd.Series(["京津冀与津冀"]), kind="term", terms=["津冀", "京津冀"]).mention.tolist() == [
        "京津冀",
        "津冀",
    ]


@pytest.mark.parametrize(
    "call, error, message",
    [
        (lambda: outline("  \n"), ValueError, "no text"),
        (lambda: outline(None, name="a"), TypeError, "a is not text but NoneType"),
        (lambda: find_mentions(pd.Series(["x"]), kind="term", terms=[]), ValueError, "no terms"),
        (lambda: find_mentions(pd.Series(["x"]), kind="term"), ValueError, "terms go with kind='term'"),
        (lambda: find_mentions(pd.Series(["x"]), terms=["x"]), ValueError, "kind is 'document'"),
        (lambda: find_mentions(pd.Series(["x"]), kind="law"), ValueError, "kind must be one of .* not 'law'"),
        (lambda: load_corpus(pd.DataFrame({"words": ["x"]})), ValueError, "no column 'text', only .'words'"),
        (lambda: load_corpus(pd.DataFrame({"text": [7]}, index=["a"])), TypeError, "Unit 'a' is not text but 7"),
        (lambda: load_articles(problems="report"), TypeError, "problems must be a list"),
        (lambda: load_corpus(level="word"), ValueError, "level must be one of"),
    ],
)
def test_bad_input_is_named(call, error, message):
    with pytest.raises(error, match=message):
        call()


def test_a_folder_of_ones_own_is_a_corpus(tmp_path):
    (tmp_path / "notice.txt").write_bytes(REPORT.encode("gb18030"))
    (tmp_path / "metadata.csv").write_text("file,title,issuer\nnotice.txt,报告,市政府\n", encoding="utf-8")
    articles, corpus = load_articles(tmp_path), load_corpus(tmp_path, level="measure")
    assert (corpus.kind == "measure").sum() == 6
    assert set(corpus.issuer) == {"市政府"} and set(corpus.article) == {"notice"}
    assert "政府工作报告" not in "".join(corpus.text)
    assert corpus.text.tolist() == [articles.text["notice"][a:b] for a, b in zip(corpus.start, corpus.end, strict=True)]
    assert load_corpus(articles, level="measure").equals(corpus)
