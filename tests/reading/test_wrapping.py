"""Line ends and spaces that no author set are taken out of paragraphs, and all others stay."""

import random

import pytest

from analysis import load_corpus, read_text
from analysis.reading.wrapping import unwrap

PARAGRAPHS = load_corpus().text.tolist()
NEVER_FIRST = "，。；：、）》”’！？…％"


def wrap(paragraph, width, indent=""):
    """Wrap as a word processor does: a mark that may not begin a line takes the last character along."""
    lines, line = [], indent
    for character in paragraph:
        if len(line) < width:
            line += character
        elif character in NEVER_FIRST:
            lines.append(line[:-1])
            line = line[-1] + character
        else:
            lines.append(line)
            line = character
    return "\n".join([*lines, line])


@pytest.mark.parametrize("width", [20, 24, 36, 40])
@pytest.mark.parametrize("between, indent", [("\n\n", ""), ("\n", "\u3000\u3000")])
def test_wrapped_paragraphs_come_back(width, between, indent):
    text, done = unwrap(between.join(wrap(paragraph, width, indent) for paragraph in PARAGRAPHS))
    found = [paragraph.strip() for paragraph in text.split(between)]
    assert sum(paragraph in found for paragraph in PARAGRAPHS) >= len(PARAGRAPHS) - 1
    assert "line ends inside paragraphs" in done[0]


def test_a_page_with_a_paragraph_for_each_line_comes_back():
    lines = [line for paragraph in PARAGRAPHS[:6] for line in wrap(paragraph, 30).split("\n")]
    assert unwrap("\n\n".join(lines))[0].split("\n\n") == PARAGRAPHS[:6]


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(PARAGRAPHS),
        "\n\n".join(PARAGRAPHS),
        "白日依山尽，\n黄河入海流。\n欲穷千里目，\n更上一层楼。",
        "床前明月光\n疑是地上霜\n举头望明月\n低头思故乡",
        "加强组织领导\n完善政策措施\n强化资金保障\n严格督促检查\n抓好宣传引导\n健全长效机制",
        "县委书记　王　芳\n县长　　　李　明\n出席：王 芳、李 明、张 伟、刘 洋、陈 静。",
        "第一条 为了规范管理，制定本条例。\n第二条 本条例适用于本市，自公布施行。\n第三条 本市、区应当履行职责。",
        "北京 天津 河北 山西 辽宁 吉林 上海 江苏\n北京、天津 河北，山西 辽宁 吉林 上海",
        "地区   2023   2024\n北京   4.1    4.4\n天津   1.6    1.7\n河北   4.2    4.4",
        "推进 老旧 小区 改造 ， 坚持 居民 自愿 。",
        "我们采用 natural language processing 方法，参考 the public reports of each province，结论 is stable。",
    ],
)
def test_what_authors_set_stays(text):
    assert unwrap(text) == (text, [])


def test_the_space_between_two_latin_words_comes_back():
    words = "本文用一种公开的方法来计算各个省份政府工作报告之间的相似程度并且与既有研究的结果相互比较"
    lines = [
        words[:22],
        words[22:44],
        "采用主题模型latent Dirichlet",
        "allocation来识别各省份报告中的主要议题及其",
        "变化，结果稳健。",
    ]
    text, _ = unwrap("\n".join([*lines, "", wrap(PARAGRAPHS[0], 22), "", wrap(PARAGRAPHS[1], 22)]))
    assert "latent Dirichlet allocation来识别" in text


def test_spaces_of_ocr_are_taken_out_and_those_between_latin_words_stay():
    rng = random.Random(4)
    paragraph = PARAGRAPHS[3]
    everywhere = " ".join(paragraph)
    here_and_there = "".join(sign + " " * (rng.random() < 0.2) for sign in paragraph).strip()
    assert unwrap(everywhere)[0] == paragraph and "as OCR sets them" in unwrap(everywhere)[1][0]
    assert unwrap(here_and_there)[0].replace(" ", "") == paragraph.replace(" ", "")
    assert unwrap(here_and_there)[0].count(" ") == 0
    assert unwrap(here_and_there + "\n用 deep learning 的方法。")[0].endswith("用 deep learning 的方法。")


def test_a_reader_is_told_and_can_have_the_file_as_it_is(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(wrap(PARAGRAPHS[0], 24), encoding="utf-8")
    with pytest.warns(UserWarning, match=r"a\.txt: \d+ line ends inside paragraphs"):
        assert read_text(path) == PARAGRAPHS[0]
    assert read_text(path, normalised=False) == wrap(PARAGRAPHS[0], 24)


def test_wide_lines_of_one_width_are_wrapped_although_they_tear_no_word():
    pairs = [
        ("各地要健全长效管护机制，明确资金来源和责任主体，由县级财政按年列入预算，", "并且向社会公开。"),
        ("中小企业申请贷款贴息，可以在线上提出申请，由所在地县级财政部门完成审核", "，再拨付到账户。"),
        ("森林防火期内进入林区的人员和车辆应当接受检查登记，严禁携带各类火种入林", "，违者依法处理。"),
        ("普惠托育机构的收费实行政府指导价，具体标准由县级发展改革部门会同有关部门", "确定，并且公示。"),
        ("对群众反映集中的办事堵点，由市政务服务管理机构每季度梳理一次并列出单位", "，逾期予以通报。"),
    ]
    width = max(len(first) for first, _ in pairs)
    pairs = [(first[: width - 1].ljust(width - 1, "办"), second) for first, second in pairs]
    text, done = unwrap("\n".join(first + "\n" + second for first, second in pairs))
    assert done and text.split("\n") == [first + second for first, second in pairs]
