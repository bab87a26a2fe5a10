"""Names of regions: the tables, and where texts name them."""

import time

import pandas as pd
import pytest

from analysis import find_mentions, load_regions
from analysis.corpus import regions as module
from analysis.corpus.regions import LEVELS

# Each text, what is found in it, and the region.
CASES = """
建设雄安新区 -> 雄安新区=雄安新区
河北省安新县 -> 河北省=130000 安新县=130632
上海南部 -> 上海=310000
长白山和哈密瓜 ->
北京大学 ->
成都平原 -> 成都=510100
阿里巴巴 ->
百姓安康 ->
陕西安康 -> 陕西=610000 安康=610900
宝鸡、安康 -> 宝鸡=610300 安康=610900
安康、宝鸡 -> 安康=610900 宝鸡=610300
那曲和阿里 -> 那曲=540600 阿里=542500
安康市人民安康 -> 安康市=610900 安康=610900
推进安康机场建设 -> 安康=610900
真金白银 ->
重大庆祝活动 ->
安新、和平、民主 ->
城市和县域 ->
安徽和县 -> 安徽=340000 和县=340523
建设示范县 ->
滨海城市带 ->
北京市场 -> 北京=110000
中共北京市委 -> 北京市=110000
建成新城区 ->
呼和浩特市新城区 -> 呼和浩特市=150100 新城区=150102
印度洋和平区 ->
吉林加快发展 -> 吉林=220000|220200
吉林吉林市 -> 吉林=220000 吉林市=220200
吉林省，吉林 -> 吉林省=220000 吉林=220000
在鼓楼区 ->
辽宁、吉林 -> 辽宁=210000 吉林=220000
吉林和长春 -> 吉林=220200 长春=220100
海南海口 -> 海南=460000 海口=460100
青海海南 -> 青海=630000 海南=632500
鼓楼区、台江区 -> 鼓楼区=350102 台江区=350103
南京市鼓楼区 -> 南京市=320100 鼓楼区=320106
徐州市鼓楼区在鼓楼区 -> 徐州市=320300 鼓楼区=320302 鼓楼区=320302
和平区通州区 -> 通州区=110112|320612
北京朝阳 -> 北京=110000
辽宁朝阳 -> 辽宁=210000 朝阳=211300
上海浦东新区 -> 上海=310000 浦东新区=浦东新区
鄂温克旗和前郭县 -> 鄂温克旗=150724
延边州、延边 -> 延边州=222400 延边=222400
中国（上海）自由贸易试验区 -> 中国（上海）自由贸易试验区=中国(上海)自由贸易试验区
中国(上海)自由贸易试验区临港新片区 -> 中国(上海)自由贸易试验区临港新片区=临港新片区
天津滨海-中关村科技园 -> 天津滨海-中关村科技园=天津滨海—中关村科技园
海南自由贸易港 -> 海南自由贸易港=海南自由贸易港
天津港保税区 -> 天津港保税区=天津港保税区
泛珠三角合作 -> 泛珠三角=泛珠三角区域
川东北经济区 ->
我国香港特区 -> 香港特区=810000
红旗飘飘 ->
大湾区内地九市 -> 大湾区=粤港澳大湾区
宝坻京津中关村科技城 -> 京津中关村科技城=京津中关村科技城
"""


def places(text):
    return find_mentions(pd.Series({"a": text}), kind="place")


@pytest.mark.parametrize("case", CASES.strip().split("\n"))
def test_places_are_told_from_words(case):
    text, expected = case.split(" ->")
    found = places(text)
    assert [f"{m}={r}" for m, r in zip(found.mention, found.region, strict=True)] == expected.split()


def test_a_place_has_its_full_name_level_and_parent():
    found = places("吉林，延边州").set_index("mention")
    assert found.loc["延边州", ["name", "level", "parent"]].tolist() == ["延边朝鲜族自治州", "prefecture", "220000"]
    assert found.loc["吉林", ["name", "level", "parent"]].tolist() == ["吉林", "", ""]
    twin = places("通州区").iloc[0]
    assert (twin["name"], twin.level, twin.parent) == ("通州区", "county", "")


def test_places_are_spans_and_keep_the_unit():
    texts = pd.Series({"b": "在南京市鼓楼区", "a": "没有地名", "c": ""})
    found = find_mentions(texts, kind="place")
    assert found.unit.tolist() == ["b", "b"] and set(found.kind) == {"place"}
    assert [texts[u][s:e] for u, s, e in zip(found.unit, found.start, found.end, strict=True)] == found.mention.tolist()
    empty = find_mentions(texts[["c"]], kind="place")
    assert empty.empty and list(empty.columns) == list(found.columns)


def test_other_kinds_keep_their_columns():
    assert list(find_mentions(pd.Series(["《甲》"])).columns) == ["unit", "kind", "mention", "name", "start", "end"]


@pytest.mark.parametrize("between", ["\r\n", "\0", "\ufeff", "\u3000", "😀", "𠀀", " 8.5%"])
def test_characters_of_any_kind_move_no_place(between):
    found = places(f"{between}海口{between}海口市{between}")
    assert found.start.tolist() == [len(between), 2 * len(between) + 2]
    assert found.mention.tolist() == ["海口", "海口市"]


def test_one_text_says_nothing_of_another():
    found = find_mentions(pd.Series({"a": "安康市", "b": "百姓安康"}), kind="place")
    assert found.unit.tolist() == ["a"]


def test_a_report_is_read_in_a_fifth_of_a_second():
    places("北京")  # loads
    text = "推动京津冀协同发展，支持雄安新区、天津和平区与陕西安康建设；" * 670
    start = time.perf_counter()
    found = places(text)
    assert len(text) > 20_000 and len(found) == 670 * 6
    assert time.perf_counter() - start < 0.2


def test_regions_are_whole():
    table = load_regions()
    assert table.index.is_unique and table.index.name == "region"
    assert table.level.value_counts()[["province", "prefecture", "new_area"]].tolist() == [34, 333, 19]
    assert {"香港特别行政区", "澳门特别行政区", "台湾省"} <= set(table.name)
    assert set(table.parent) - {""} <= set(table.index)
    assert not table["name"].isin(["市辖区", "县", "直辖县"]).any()
    assert (table.source != "").all() and table.code.str.fullmatch(r"(\d{6})?").all()
    assert set(table.level) == set(LEVELS)


@pytest.mark.parametrize(
    ("region", "aliases"),
    [
        ("130000", ("河北",)),
        ("150724", ("鄂温克", "鄂温克旗")),
        ("622926", ("东乡", "东乡县")),
        ("653000", ("克孜勒苏", "克州", "克孜勒苏州")),
        ("340523", ()),
        ("中新苏州工业园区", ("苏州工业园区",)),
    ],
)
def test_aliases_are_the_usual_short_names(region, aliases):
    assert load_regions().aliases[region] == aliases


def test_parents_tell_names_apart():
    table = load_regions()
    same = table[table.name == "鼓楼区"]
    assert table.name[same.parent].tolist() == ["南京市", "徐州市", "福州市", "开封市"]
    assert table.parent[["110101", "419001"]].tolist() == ["110000", "410000"]
    assert not table.duplicated(["name", "level", "parent"]).any()


def test_no_name_in_a_zone_is_anothers_alias():
    zones = load_regions(levels=LEVELS[3:])
    aliases = zones.aliases.explode().dropna()
    assert not aliases.duplicated().any() and not aliases.isin(zones.name).any()


def test_levels_are_chosen_and_the_table_is_the_callers():
    first = load_regions(levels=["new_area", "basin"])
    assert set(first.level) == {"new_area", "basin"}
    first["name"] = ""
    assert "雄安新区" in set(load_regions(levels=["new_area"]).name)


@pytest.mark.parametrize(
    ("levels", "error", "message"),
    [("county", TypeError, "write \\['county'\\]"), (["town"], ValueError, "levels must be some of .* 'town' is none")],
)
def test_unknown_levels_are_refused(levels, error, message):
    with pytest.raises(error, match=message):
        load_regions(levels=levels)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("甲区,town,,,,来源", "甲区 in .*level 'town' is not one of"),
        ("甲区,park,999999,,,来源", "甲区 in .*parent '999999' is no region"),
        (",park,,,,来源", "line 2: name must not be empty"),
    ],
)
def test_a_wrong_row_is_named(tmp_path, monkeypatch, row, message):
    path = tmp_path / "zones.csv"
    path.write_text(f"name,level,parent,aliases,code,source\n{row}\n", encoding="utf-8")
    monkeypatch.setattr(module, "ZONES", path)
    with pytest.raises(ValueError, match=message):
        module._read.__wrapped__()


@pytest.mark.parametrize("path", [module.DIVISIONS, module.ZONES], ids=lambda path: path.name)
def test_the_tables_are_sorted_text(path):
    content = path.read_bytes()
    assert b"\r" not in content and content.endswith(b"\n") and not content.startswith(b"\xef")
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    assert list(table.columns) == module.COLUMNS
    by = [table.level.map(LEVELS.index), table.name] if path == module.ZONES else [table.code]
    keys = list(zip(*by, strict=True))
    assert keys == sorted(keys)
