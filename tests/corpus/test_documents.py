"""Documents as the web leaves them: their heads, articles, lists, and input of any shape in time of its length."""

import time

import pandas as pd
import pytest

from analysis import find_mentions, load_articles, load_corpus, outline
from analysis.corpus.recognition import OTHERS, PROSE

LAW = (
    "办法\n第一章 总则\n第一条 好。\n第二条 有：\n（一）甲；\n（二）乙。\n表1 丙\n丁\n戊\n1\n第二款。\n附件\n说明\n完。"
)


def lines_of(text):
    """The kinds of the lines of a document, with the levels of headings."""
    units = outline(text)
    lines = units[units.kind.isin([*PROSE, *OTHERS])].sort_values("start")
    return [kind + str(level) * (kind == "heading") for kind, level in zip(lines.kind, lines.level, strict=True)]


# Each document on a line, "/" between its lines.
RULES = """
主要指标是：/产值增长6%；/投资增长8%；/消费增长7%。 -> body list list list
好。/一、实事/1.新建食堂；/2.改造危桥；/3.建设公园。 -> lead heading1 list list list
要求：/1.应当报告，及时处理；/2.应当登记；/3.应当公开。 -> body body body body
要求：/一是报告；/二是登记；/三是公开。 -> body body body body
公布如下。/东山市（2个）/柳树镇/桥头镇/西河市（1个）/石门镇 -> lead heading1 list list heading1 list
第一章 甲/第二章 乙/第三章 丙/第一章 甲/好。/第二章 乙/好。 -> contents contents contents heading1 body heading1 body
正文。/渠道长度表/东山/西河/100 -> body caption table table table
第一篇 甲/第一章 乙/好。/结束语/好。 -> heading1 heading2 body heading1 body
办法。/甲委员会/乙建设部/丙总局/2024年5月6日/（此件公开发布） -> body signature signature signature date note
好。/2024年5月6日/管护台账/（试行）/好。 -> body date annex annex body
好。/备注：总分不足的不计。 -> body footnote
"""


@pytest.mark.parametrize("rule", RULES.strip().split("\n"))
def test_lines_are_told_by_their_neighbours(rule):
    text, kinds = rule.split(" -> ")
    assert lines_of(text.replace("/", "\n")) == kinds.split()


def test_an_article_of_a_law_is_a_unit():
    laws = pd.DataFrame({"text": [LAW.replace("/", "\n")]}, index=["a"])
    corpus = load_corpus(laws, level="article", kinds=["body", "table"])
    whole = load_corpus(laws, kinds=["body", "table"])
    assert "".join("".join(corpus.text).split()) == "".join("".join(whole.text).split())
    assert corpus.text.str[:3].tolist() == ["第一条", "第二条", "丁", "戊", "1", "第二款", "完。"]
    assert corpus.text["a-03"] == "第二条 有：\n（一）甲；\n（二）乙。"
    assert corpus.heading.tolist() == ["第一章 总则"] * 6 + ["说明"]


@pytest.mark.parametrize("number", ["国发〔2018〕41号", "国发[2018]41号", "国发（2018）41号", "国发【２０１８】４１号"])
def test_a_number_has_the_name_of_the_title_beside_it(number):
    found = find_mentions(pd.Series([f"按照《甲办法》（{number}）执行，见国发〔2018〕41号和建设部令第12号。"]))
    assert found["name"].tolist() == ["甲办法", "甲办法", "建设部令第12号"]


def test_metadata_stand_above_what_a_document_prints(tmp_path):
    text = "通知\n河府发〔2024〕12号\n各乡镇人民政府：\n请执行。\n河口县人民政府\n2024年5月6日"
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    (tmp_path / "metadata.csv").write_text("file,issuer\na.txt,县政府\n", encoding="utf-8")
    found = load_articles(tmp_path).loc["a", ["issuer", "number", "date", "addressee"]]
    assert found.tolist() == ["县政府", "河府发〔2024〕12号", "2024年5月6日", "各乡镇人民政府"]


@pytest.mark.parametrize(
    "text, kinds",
    [
        ("好" * 200_000, ["body"]),
        ("一、甲\n二、乙\n三、丙", ["list"] * 3),
        ("乡镇\t干渠\n东山\t100\n西河\t90", ["table"] * 3),
        ("\ufeff一、甲\r\n好。\r二、乙\n好。", ["heading1", "body"] * 2),
    ],
)
def test_odd_documents(text, kinds):
    assert lines_of(text) == kinds


@pytest.mark.parametrize("text", ["", "\ufeff", " \n\u3000\ufeff\n"])
def test_nothing_is_no_document(text):
    with pytest.raises(ValueError, match="no text"):
        outline(text)
    with pytest.raises(ValueError, match="No document has a line of the kinds .'table'."):
        load_corpus(pd.DataFrame({"text": ["好。"]}), kinds=["table"])


@pytest.mark.parametrize(
    "unit", ["一、甲\n", "第一条 好。\n（一）好；\n", "附件1\n甲\n", "一是好。二是坏。", "（好", "“（好》。"]
)
@pytest.mark.parametrize("level", ["paragraph", "measure", "clause"])
def test_time_grows_as_the_text(unit, level):
    def seconds(times):
        articles, least = pd.DataFrame({"text": [unit * times + "好。" + "）" * times]}), 99.0
        for _ in range(2):
            begun = time.process_time()
            load_corpus(articles, level=level)
            least = min(least, time.process_time() - begun)
        return least

    assert seconds(4000) < 8 * seconds(1000) + 0.05  # 16 times if it grew with the square
