"""Restoration: the page of the project, pages made by the scrambler, and pages of junk."""

import json
import random
from itertools import pairwise
from pathlib import Path

import pytest

from analysis.__main__ import main
from analysis._paths import DATA
from analysis.restoration.blocks import find_headers, split_page
from analysis.restoration.bylines import byline_names
from analysis.restoration.characters import word_across
from analysis.restoration.page import restore, restore_pages, undo
from analysis.restoration.repairs import title_glue
from analysis.restoration.scrambling import DAMAGES, restoration_rates, scramble
from analysis.restoration.seams import overlap_length, seam

PAGE = DATA / "raw" / "theory-page.txt"
OWN = (Path(__file__).parent / "restoration_articles.txt").read_text(encoding="utf-8")


def read_page() -> str:
    return PAGE.read_bytes().decode("utf-8")


@pytest.fixture(scope="module")
def real():
    return restore(read_page()).articles


@pytest.fixture(scope="module")
def own():
    result = restore(OWN)
    assert result.operations.empty
    return result.articles


# The page of the project


def test_the_page_comes_out_as_the_edition():
    first, second = restore(read_page()).articles
    assert first.title == "站在新起点 奋力开创京津冀协同发展新局面"
    assert second.title == "凝聚合力 积极推进北京(京津冀)国际科技创新中心建设"
    assert (first.authors, second.authors) == (("张贵", "吕晓静"), ("吕静韦",))
    assert first.block_order == (0, 1, 7, 2, 3, 4, 5, 6, 8, *range(9, 21))
    assert second.block_order == (21, 22, 23, 34, 35, 36, *range(24, 34))
    joined = [p.blocks for a in (first, second) for p in a.paragraphs if len(p.blocks) > 1]
    assert joined == [(6, 8), (12, 13), (14, 15), (16, 17), (36, 24), (26, 27), (29, 30)]
    assert "携揽“三北”的地理区位优势,依托超大规模消费市场" in first.text
    assert "要素市场化配置机制,建立要素流动" in second.text
    assert [a.paragraphs[0].kind for a in (first, second)] == ["lead", "lead"]
    assert [sum(p.kind == "heading" for p in a.paragraphs) for a in (first, second)] == [2, 4]
    assert first.affiliation.startswith("(作者分别为南开大学")


def test_the_operations_on_the_page():
    operations = restore(read_page()).operations
    assert list(operations.index[operations.kind == "move"]) == ["move-7", "move-34-36"]
    assert operations.loc["overlap-6-8", "text"] == "优势,"
    assert operations.loc["title-21-22", "text"] == " "
    assert operations.confidence.between(0.9, 1).all()
    assert operations.evidence.str.len().min() > 10
    assert "滨海新区" in operations.loc["join-12-13", "evidence"]


def test_each_operation_can_be_refused():
    page = read_page()
    for refused in restore(page).operations.index:
        result = restore(page, refuse=[refused])
        assert refused not in result.operations.index
        assert undo(result) == page
        assert_nothing_lost(page, result)


def test_refusing_everything_leaves_the_page():
    page = read_page()
    result = restore(page, refuse=list(restore(page).operations.index))
    assert result.operations.empty
    assert [b for a in result.articles for b in a.block_order] == list(range(37))
    assert undo(result) == page


def test_refusing_a_join_keeps_the_paragraphs_apart():
    first = restore(read_page(), refuse=["join-12-13"]).articles[0]
    assert (12,) in [p.blocks for p in first.paragraphs]
    assert (13,) in [p.blocks for p in first.paragraphs]


def test_refusing_an_overlap_prints_it_twice():
    first = restore(read_page(), refuse=["overlap-6-8"]).articles[0]
    assert "地理区位优势,优势,依托" in first.text


# Pages made by the scrambler


@pytest.mark.parametrize("source", ["real", "own"])
def test_undamaged_pages_are_untouched(source, request):
    articles = request.getfixturevalue(source)
    for seed in range(20):
        page, truth, _ = scramble(articles, seed=seed, damages=())
        result = restore(page)
        assert result.operations.empty
        assert result.articles == truth


@pytest.mark.parametrize("damage", DAMAGES)
def test_most_damaged_pages_are_restored(damage, real, own):
    pages = [scramble(articles, seed=seed, damages=[damage]) for articles in (real, own) for seed in range(50)]
    pages = [page for page in pages if page.damages]
    results = [restore(page.page) for page in pages]
    for page, result in zip(pages, results, strict=True):
        assert undo(result) == page.page
    exact = sum(result.articles == page.articles for result, page in zip(results, pages, strict=True))
    assert len(pages) >= 50
    assert exact >= 0.88 * len(pages)


def test_joins_are_precise_and_complete(real, own):
    found, right, true = 0, 0, 0
    for seed in range(100):
        page = scramble((real, own)[seed % 2], seed=1000 + seed)
        operations = restore(page.page).operations
        guessed = set(operations.blocks[operations.kind == "join"])
        expected = {
            pair for article in page.articles for paragraph in article.paragraphs for pair in pairwise(paragraph.blocks)
        }
        found, right, true = (found + len(guessed), right + len(guessed & expected), true + len(expected))
    assert true > 500
    assert right / found > 0.96
    assert right / true > 0.96


def test_scrambling_is_the_same_each_time_and_loses_nothing(own):
    page, truth, done = scramble(own, seed=7)
    assert (page, truth, done) == scramble(own, seed=7)
    assert page != scramble(own, seed=8).page
    assert set(done) == set(DAMAGES)
    assert sorted(b for a in truth for b in a.block_order) == list(range(len(split_page(page).blocks)))


def test_rates_by_kind_of_damage(own):
    rates = restoration_rates(own, draws=4, seed=3)
    assert list(rates.damage) == ["none", *DAMAGES, "all"]
    assert rates.loc[0, "exact"] == rates.loc[0, "n"] <= 2  # two orders of two articles
    assert ((rates.low <= rates.rate) & (rates.rate <= rates.high)).all()
    assert rates.loc[0, "low"] == {1: 0.207, 2: 0.342}[rates.loc[0, "n"]]
    failed = rates.failures.str.split("; ").map(lambda names: len(list(filter(None, names))))
    assert (failed == rates.n - rates.exact).all()


@pytest.mark.parametrize(
    ("articles", "damages", "message"), [([], DAMAGES, "at least one"), (None, ["flood"], "flood")]
)
def test_scrambling_refuses_what_it_cannot_do(articles, damages, message, own):
    with pytest.raises(ValueError, match=message):
        scramble(own if articles is None else articles, seed=1, damages=damages)


# Nothing is lost, whatever the page


def assert_nothing_lost(page: str, result) -> None:
    """Every character of the page is in one part, white space or a duplicate removed."""
    parts = "".join(a.title + a.byline + a.affiliation + "".join(p.text for p in a.paragraphs) for a in result.articles)
    removed = "".join(result.pieces.removed)
    glue = "".join(result.operations.text[result.operations.kind.isin(["title merged", "join"])])
    assert sorted(parts + removed + "".join(result.spaces)) == sorted(page + glue)
    blocks = [b for article in result.articles for b in article.block_order]
    assert sorted(blocks) == list(range(len(result.pieces)))


def junk_page(rng: random.Random) -> str:
    """Random pieces of text in random order with random white space."""
    stock = [line for line in OWN.split("\n") if line]
    blocks = []
    for _ in range(rng.randrange(2, 25)):
        block = rng.choice(stock)
        start = rng.randrange(len(block))
        blocks.append(rng.choice((block, block[start:], block[: start + 1], "优势,", "——", "1")))
    page = rng.choice(("", "\n", "\r\n\r\n", " \n"))
    for block in blocks:
        page += block.strip() + rng.choice(("\n\n", "\r\n\r\n", "\n \n", "\n\n\n\n\n", "\n\n\u3000\u3000"))
    return page if rng.randrange(2) else page.rstrip()


@pytest.mark.parametrize("seed", range(30))
def test_junk_pages_lose_nothing_and_can_be_undone(seed):
    for page in (junk_page(random.Random(10 * seed + draw)) for draw in range(10)):
        result = restore(page, least=(0, 0.9)[seed % 2])
        assert undo(result) == page
        assert_nothing_lost(page, result)
        assert restore(page, least=(0, 0.9)[seed % 2]) == result


@pytest.mark.parametrize(
    "page",
    [
        "没有标题的一页。\n\n只有两段话。",
        "\r\n\r\n标题\r\n\r\n王芳\r\n\r\n正文在此。\r\n\r\n\r\n\r\n（作者为教授）\r\n",
        "标题\n\n王芳\n\n一行\n二行。\n\n(作者为教授)\n\n(作者为教授)",
        "(作者为教授)\n\n(作者为教授)",
        "标题\n\n王芳",
        "、，。\n\n）」\n\n“（《",
        "一、修渠\n\n二、管水\n\n三、育人",
        "编号\n\n31\n\n31408.25\n\n|a|b|\n\n甲\t乙",
        "没有标点的一行\n\n也没有标点的一行\n\n还是没有",
        "标题\n\n王芳\r\n\r\n正文一\n \r\n二。\x0b\x0b三。",
        "标题\n\n王芳\n\n" + "\n\n".join(f"第{i}段没有写完，" for i in range(1200)),
    ],
)
def test_odd_pages_lose_nothing(page):
    result = restore(page)
    assert undo(result) == page
    assert_nothing_lost(page, result)


# Errors


@pytest.mark.parametrize(
    ("page", "error", "message"),
    [
        ("", ValueError, "empty"),
        (" \n\u3000\n", ValueError, "empty"),
        ("只有一段话。\n没有空行。", ValueError, "one block"),
        ("标题\n\n正文。".encode(), TypeError, "decode"),
        (None, TypeError, "string"),
        ("\ufeff", ValueError, "one block"),
    ],
)
def test_what_is_not_a_page_is_refused(page, error, message):
    with pytest.raises(error, match=message):
        restore(page)


def test_refusing_an_unknown_operation_names_those_proposed():
    with pytest.raises(ValueError, match="join-9-9.*join-6-8"):
        restore(read_page(), refuse=["join-9-9"])


def test_files_that_are_no_pages_are_named(tmp_path):
    with pytest.raises(FileNotFoundError, match="missing.txt"):
        list(restore_pages([tmp_path / "missing.txt"]))
    (tmp_path / "gbk.txt").write_bytes("标题\n\n正文。".encode("gbk"))
    with pytest.raises(ValueError, match=r"gbk\.txt.*UTF-8"):
        list(restore_pages([tmp_path / "gbk.txt"]))
    (tmp_path / "empty.txt").write_bytes(b"")
    with pytest.raises(ValueError, match=r"empty\.txt.*empty"):
        list(restore_pages([tmp_path / "empty.txt"]))


# The command's lines


def test_a_bad_page_is_named_and_the_others_are_restored(tmp_path, capfdbinary):
    (tmp_path / "bad.txt").write_bytes(b"")
    pages = [str(PAGE), str(tmp_path / "bad.txt"), str(tmp_path / "missing.txt"), str(PAGE)]
    assert main(["restore", *pages]) == 2
    out, err = capfdbinary.readouterr()
    first, second = out.decode("utf-8").splitlines()
    assert first == second and json.loads(first)["articles"]
    bad, missing = err.decode("utf-8").splitlines()
    assert "bad.txt: text: the page is empty" in bad and "missing.txt does not exist" in missing
    assert main(["restore", str(PAGE)]) == 0


def test_a_line_of_json_per_page(tmp_path):
    copy = tmp_path / "copy.txt"
    copy.write_bytes(b"\xef\xbb\xbf" + PAGE.read_bytes())
    lines = list(restore_pages([PAGE, str(copy)]))
    assert lines[0] == lines[1]
    assert "\n" not in lines[0]
    record = json.loads(lines[0])
    assert set(record) == {"articles", "operations", "proposals"}
    article = record["articles"][1]
    assert set(article) == {"title", "authors", "affiliation", "block_order", "paragraphs"}
    assert article["authors"] == ["吕静韦"]
    assert article["paragraphs"][2] == {
        "text": restore(read_page()).articles[1].paragraphs[2].text,
        "blocks": [36, 24],
        "kind": "body",
    }
    assert {"id", "kind", "article", "blocks", "evidence", "confidence"} <= set(record["operations"][0])


# The evidence


@pytest.mark.parametrize(
    ("first", "second", "overlap"),
    [
        ("携揽“三北”的地理区位优势,", "优势,依托超大规模", 3),
        ("市场运作、", "运作、创新机制", 3),
        ("携揽地理区位优势，", "优势,依托超大规模", 3),
        ("企业", "企业兼并重组", 2),
        ("到20", "20年", 0),
        ("到2020", "20年", 2),
        ("增长10.4%、", "4%、12.1%。", 3),
        ("人人", "人民", 0),
        ("扩大开放", "促进合作", 0),
    ],
)
def test_overlaps(first, second, overlap):
    assert overlap_length(first, second) == overlap


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("支持天津滨海", "新区与河北雄安新区联动发展。", True),
        ("项目,能源“源", "网荷储”一体工程加快建设。", True),
        ("安全是发展的前提。", "高质量发展需要保障。", False),
        ("一、总体要求", "坚持改革创新,扩大开放。", False),
        ("重点做好以下工作：", "加强领导,落实责任。", False),
        ("提高水平。（财政部、教育部负责）", "加强领导,落实责任。", False),
        ("编制集约化平台建设标准,", "（三）构建资源库。分类建设。", False),
    ],
)
def test_seams(first, second, joined):
    found = seam("二是坚持改革。" + first if joined else first, second)
    assert (found.score > 0) == joined or (not joined and found.score < 2)


def test_words_across_a_seam():
    assert word_across("支持天津滨海", "新区与河北")[1] == "滨海新区"
    assert word_across("。", "新区") == (0.0, "")


@pytest.mark.parametrize(
    ("first", "second", "glue"),
    [
        ("凝聚合力", "积极推进建设", " "),
        ("向新而行", "“无废城市”试点", " "),
        ("上海关于", "《纲要》的说明", ""),
        ("新时代的", "中国道路", ""),
    ],
)
def test_titles_are_joined_with_or_without_a_space(first, second, glue):
    assert title_glue(first, second) == glue


@pytest.mark.parametrize(
    ("block", "names"),
    [
        ("欧阳文、李静", ["欧阳文", "李静"]),
        ("王　芳", ["王芳"]),
        ("王　芳　李　明", ["王芳", "李明"]),
        ("里昕", ["里昕"]),
        ("阿依古丽·买买提", ["阿依古丽·买买提"]),
        ("中共河口县委书记 王芳", ["王芳"]),
        ("王芳（县水利局局长）", ["王芳"]),
        ("河口县县长王芳", ["王芳"]),
        ("■ 王芳", ["王芳"]),
        ("文/李明", ["李明"]),
        ("本报记者 赵一凡 通讯员 钱二", ["赵一凡", "钱二"]),
        ("宰父明　哈斯巴根", ["宰父明", "哈斯巴根"]),
        ("□ 本报记者　牟子涵　实习生　帅　琪", ["牟子涵", "帅琪"]),
        ("口述:牛玉珍　整理:本报记者　伏　笔", ["牛玉珍", "伏笔"]),
        ("县委常委、宣传部部长 王芳", ["王芳"]),
        ("王芳/文", ["王芳"]),
        ("高质量 发展", []),
        ("成果", []),
        ("各位代表", []),
        ("安全 生产", []),
        ("王芳说，水渠要修。", []),
    ],
)
def test_bylines(block, names):
    assert list(byline_names(block)) == names


def test_headers_of_the_page():
    headers = find_headers(split_page(read_page()).blocks)
    assert [(h.titles, h.byline) for h in headers] == [((0,), 1), ((21, 22), 23)]
