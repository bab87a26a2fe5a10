"""Tokens: aligned, lossless, independent of each other, and the same from both engines."""

import random
import re
from concurrent.futures import ThreadPoolExecutor

import pandas as pd
import pytest

from analysis import evaluate_segmentation, load_aliases, load_stopwords, resolve_aliases, segment, tag_tokens
from analysis.segmentation import affixes, explain_guess, load_gold, standard, tagging, tokenizer
from analysis.segmentation.provenance import require_same_segmentation
from analysis.segmentation.segment import _record


@pytest.mark.parametrize("level", ["term", "word"])
@pytest.mark.parametrize("engine", ["jieba", "rjieba"])
def test_tokens_joined_are_the_text(corpus, lexicon, level, engine):
    tokens = segment(corpus.text, lexicon, level=level, engine=engine, punctuation=True)
    assert tokens.str.join("").tolist() == corpus.text.tolist()


@pytest.mark.parametrize("level", ["term", "word"])
def test_both_engines_agree_on_the_articles(corpus, lexicon, level):
    rust, python = (segment(corpus.text, lexicon, level=level, engine=e) for e in ("rjieba", "jieba"))
    assert rust.equals(python)
    rust, python = (segment(corpus.text, dictionary="stock", engine=e) for e in ("rjieba", "jieba"))
    assert rust.equals(python)


def test_words_are_cuts_of_terms(corpus, lexicon):
    terms, words = (segment(corpus.text, lexicon, level=level, punctuation=True) for level in ("term", "word"))
    ends = [[{sum(map(len, row[: i + 1])) for i in range(len(row))} for row in t] for t in (terms, words)]
    assert all(coarse <= fine for coarse, fine in zip(*ends, strict=True))
    assert words.str.len().sum() > terms.str.len().sum()


def test_two_lexicons_live_side_by_side(lexicon):
    text = pd.Series(["推动京津冀协同发展"])
    with_terms = segment(text, lexicon)[0]
    assert segment(text)[0] != with_terms
    assert segment(text, lexicon.loc[["京津冀"]])[0] != with_terms
    assert segment(text, lexicon)[0] == with_terms


def test_no_tokenizer_changes_another(lexicon):
    text = pd.Series(["更是充分发挥高质量发展的作用"])
    before = segment(text, dictionary="stock", engine="jieba")[0]
    segment(text, lexicon, engine="jieba")
    tokenizer._engine.cache_clear()
    tokenizer._tokenizer.cache_clear()
    assert segment(text, dictionary="stock", engine="jieba")[0] == before


def test_threads_give_the_same_tokens(corpus, lexicon):
    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(lambda _: segment(corpus.text, lexicon), range(8)))
    assert all(result.equals(results[0]) for result in results)


def test_processes_give_the_same_tokens(corpus, lexicon):
    stop = load_stopwords()
    texts = pd.concat([corpus.text, pd.Series({"empty": "", "full stop": "。"})])
    assert segment(texts, lexicon, stopwords=stop, n_jobs=2).equals(segment(texts, lexicon, stopwords=stop))


SETTINGS = [
    (module, name) for module in (standard, affixes, tokenizer, tagging) for name in vars(module) if name.isupper()
]


@pytest.mark.parametrize("module, name", SETTINGS, ids=lambda value: getattr(value, "__name__", value))
def test_a_change_of_any_setting_changes_the_record(module, name, monkeypatch):
    text, pos = pd.Series(["发展"]), ["n"] if module is tagging else []
    before = segment(text, pos=pos).attrs
    monkeypatch.setattr(module, name, "changed")
    setting = tokenizer.Setting("auto", "standard", "term", (), frozenset(), False)
    assert _record(setting, pos, None) != before["segmentation"]


def test_phrases_are_kept_only_when_asked_for(lexicon):
    text = pd.Series(["统筹高质量发展与高水平安全"])
    assert segment(text, lexicon)[0] == ["统筹", "高质量发展", "与", "高水平安全"]
    assert segment(text, lexicon, level="phrase")[0] == ["统筹高质量发展与高水平安全"]
    assert segment(text, lexicon, level="word")[0] == ["统筹", "高质量", "发展", "与", "高水平", "安全"]


@pytest.mark.parametrize("engine", ["jieba", "rjieba"])
@pytest.mark.parametrize(
    "text, tokens",
    [
        ("更是充分发挥", ["更", "是", "充分", "发挥"]),
        ("肩负着常态化", ["肩负", "着", "常态化"]),
        ("2026年1月22日", ["2026年", "1月", "22日"]),
        ("2011-2020年PM_2.5", ["2011", "-", "2020年", "PM", "_", "2.5"]),
        ("23.GEP核算", ["23", ".", "GEP", "核算"]),
        ("(2024.1.5)3.2.1.1节", ["(", "2024.1", ".", "5", ")", "3.2", ".", "1.1", "节"]),
        ("a_b1.5万户PM2.5c", ["a", "_", "b1.5万", "户", "PM2.5", "c"]),
        ("𠀀#𠀀协同_𠀀", ["𠀀", "#", "𠀀", "协同", "_", "𠀀"]),
        ("绿水青山相辅相成", ["绿水青山", "相辅相成"]),
        ("国际货币基金组织", ["国际", "货币", "基金", "组织"]),
        ("西藏自治区和斯洛伐克", ["西藏", "自治区", "和", "斯洛伐克"]),
        ("在实践中展现出最大活力", ["在", "实践", "中", "展现", "出", "最", "大", "活力"]),
        ("党的建设取得重大进展", ["党", "的", "建设", "取得", "重大", "进展"]),
        ("每一项民生类政策", ["每", "一项", "民生类", "政策"]),
        ("2026年度", ["2026年度"]),
        ("参与式预算按其他类管理", ["参与式", "预算", "按", "其他类", "管理"]),
        ("和谐性与更新率", ["和谐性", "与", "更新率"]),
        ("三个区和两张网", ["三个", "区", "和", "两张", "网"]),
        ("1990年代、6月份", ["1990年代", "、", "6月份"]),
        ("第四十五条，四分之三", ["第四十五", "条", "，", "四分之三"]),
        ("第一百二十三条和第三百零六条", ["第一百二十三", "条", "和", "第三百零六", "条"]),
        ("1.5亿千瓦时", ["1.5亿", "千瓦时"]),
        ("1100余处、20多万人、1.4万余户", ["1100余", "处", "、", "20多万", "人", "、", "1.4万余", "户"]),
        ("和声者区、地区级网", ["和声者", "区", "、", "地区级", "网"]),
        ("令之日起，中确需", ["令", "之", "日", "起", "，", "中", "确", "需"]),
        ("报市人民政府或者区人民政府批准", ["报", "市", "人民政府", "或者", "区", "人民政府", "批准"]),
        ("自公布之日起未办理", ["自", "公布", "之", "日", "起", "未", "办理"]),
        ("本行政区域的单位经其同意", ["本", "行政区域", "的", "单位", "经", "其", "同意"]),
        ("有利于优势互补，不利于", ["有利", "于", "优势", "互补", "，", "不利", "于"]),
        ("处二万元罚款，还应毫不动摇", ["处", "二万", "元", "罚款", "，", "还", "应", "毫不动摇"]),
        ("每届未满一个学期", ["每", "届", "未", "满", "一个", "学期"]),
        ("试运行、负增长、贸易保护主义", ["试运行", "、", "负增长", "、", "贸易", "保护主义"]),
    ],
)
def test_the_standard_dictionary_cuts_and_joins(engine, text, tokens):
    assert segment(pd.Series([text]), engine=engine, punctuation=True)[0] == tokens


@pytest.mark.parametrize("engine", ["jieba", "rjieba"])
@pytest.mark.parametrize("level", ["term", "word"])
def test_a_suffix_takes_its_word_out_of_a_term(engine, level, lexicon):
    texts = pd.Series(["公众参与度", "养老服务业", "公众参与"])
    tokens = segment(texts, lexicon, level=level, engine=engine)
    assert tokens[0] == ["公众", "参与度"] and tokens[1] == ["养老", "服务业"]
    assert tokens[2] == (["公众参与"] if level == "term" else ["公众", "参与"])


def test_terms_with_punctuation_are_found(lexicon):
    text = pd.Series(["深化天津滨海—中关村科技园建设,可复制、可推广"])
    tokens = segment(text, lexicon, level="phrase", punctuation=True)[0]
    assert tokens == ["深化", "天津滨海—中关村科技园", "建设", ",", "可复制、可推广"]


def test_parts_of_speech_are_aligned_and_filter(corpus, lexicon):
    tokens = segment(corpus.text, lexicon)
    tags = tag_tokens(tokens, lexicon)
    assert tags.str.len().equals(tokens.str.len())
    verbs = segment(corpus.text, lexicon, pos=["v"])
    expected = [
        [t for t, tag in zip(row, marks, strict=False) if tag.startswith("v")]
        for row, marks in zip(tokens, tags, strict=False)
    ]
    assert verbs.tolist() == expected and verbs.str.len().sum() > 300


def test_aliases_replace_tokens_and_are_recorded(corpus, lexicon):
    tokens = segment(corpus.text, lexicon, level="phrase")
    resolved, record = resolve_aliases(tokens, load_aliases())
    assert resolved.index.equals(tokens.index)
    assert not set(record.variant) & set(resolved.explode())
    assert record["count"].sum() == (tokens.explode() != resolved.explode()).sum() > 3


def test_counts_with_and_without_aliases_are_told_apart(corpus, lexicon):
    tokens = segment(corpus.text, lexicon, level="phrase")
    replaced, _ = resolve_aliases(tokens, load_aliases())
    with pytest.raises(ValueError, match="aliases"):
        require_same_segmentation(replaced, tokens.attrs["segmentation"], "The other")


def test_every_alias_on_by_default_can_be_a_token(lexicon):
    variants = load_aliases().index
    tokens = segment(pd.Series(variants, dtype=object), lexicon, level="phrase", punctuation=True)
    assert tokens.str.join("|").tolist() == variants.tolist()


def test_aliases_want_tokens_and_a_table():
    aliases = load_aliases()
    with pytest.raises(TypeError, match="Unit 'a' is not a list of tokens"):
        resolve_aliases(pd.Series({"a": "京津冀地区"}), aliases)
    with pytest.raises(TypeError, match="load_aliases"):
        resolve_aliases(pd.Series({"a": ["京津冀地区"]}), {"京津冀地区": "京津冀"})


@pytest.mark.parametrize("text", ["但", "abc", "但三地,", "一二三四五六七八九"])
def test_a_guess_is_explained_for_a_few_characters_only(text):
    with pytest.raises(ValueError, match="two to eight Chinese characters"):
        explain_guess(text)


def test_gold_errors_are_at_most_a_third_of_stock_jiebas(lexicon):
    gold = load_gold()
    errors = {
        name: evaluate_segmentation(gold, tokens, n_boot=1).numerator["errors_per_1000"]
        for name, tokens in {
            "stock": segment(gold.text, dictionary="stock", punctuation=True),
            "lexicon": segment(gold.text, lexicon, level="word", punctuation=True),
        }.items()
    }
    assert errors["lexicon"] <= errors["stock"] / 3
    terms = segment(gold.text, lexicon, punctuation=True)
    assert evaluate_segmentation(gold, terms, level="term", n_boot=1).value["term_recall"] >= 0.98


def test_stopwords_and_punctuation_go(corpus, lexicon):
    stop = load_stopwords()
    tokens = segment(corpus.text, lexicon, stopwords=stop).explode()
    assert not set(tokens) & stop
    assert not tokens.str.fullmatch(r"[\W_]+").any()


def test_no_dictionary_cache_is_written(tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    segment(pd.Series(["三地"]), pd.DataFrame({"level": ["word"]}, index=["三地标准"]), engine="jieba")
    assert list(tmp_path.iterdir()) == []


def entries(*terms, **columns):
    return pd.DataFrame({"level": "term"} | columns, index=list(terms))


@pytest.mark.parametrize("engine", ["jieba", "rjieba"])
def test_lexicons_are_joined_although_one_has_no_frequencies(lexicon, engine):
    both = pd.concat([lexicon, entries("低空飞行试点")])
    text = pd.Series(["推动低空飞行试点和新质生产力"])
    assert segment(text, both, engine=engine)[0] == ["推动", "低空飞行试点", "和", "新质生产力"]


def test_entries_in_latin_letters_do_not_cut_longer_words(lexicon):
    text = pd.Series(["存储卡16GB和TODAY品牌，6G与TOD"])
    assert segment(text, lexicon)[0] == ["存储卡", "16GB", "和", "TODAY", "品牌", "6G", "与", "TOD"]


@pytest.mark.parametrize("engine", ["jieba", "rjieba"])
def test_ranges_come_apart_before_units_are_joined(engine):
    text = pd.Series(["约5-10万吨，3.5-4.5万亿元，第1-3章"])
    assert segment(text, engine=engine)[0] == ["约", "5", "10万", "吨", "3.5", "4.5万亿", "元", "第1", "3", "章"]


def test_nothing_is_lost_whatever_was_cut_before():
    chance = random.Random(7)
    signs = [
        "副",
        "多",
        "化",
        "区",
        "级",
        "地区",
        "或者",
        "5G",
        "1.5",
        "万",
        "第",
        "-",
        "协同",
        "，",
        "𠀀",
        "余",
        "者",
        "常态",
    ]
    texts = pd.Series(["".join(chance.choices(signs, k=chance.randint(1, 8))) for _ in range(3000)])
    alone = [segment(texts[[i]], punctuation=True).iloc[0] for i in range(0, 3000, 30)]
    tokens = segment(texts, punctuation=True)
    assert tokens.str.join("").tolist() == texts.tolist()
    tokenizer._tokenizer.cache_clear()
    assert [segment(texts[[i]], punctuation=True).iloc[0] for i in range(0, 3000, 30)] == alone
    assert alone == tokens[::30].tolist()


def test_numbers_and_foreign_words_are_tagged_whatever_their_signs():
    numbers = ["5.2％", "42%", "10万亿", "第12", "第一百二十三", "3月份", "2024年度", "１０", "①", "Ⅲ", "30℃"]
    assert tag_tokens(pd.Series([numbers]))[0] == ["m"] * len(numbers)
    assert tag_tokens(pd.Series([["ＡＩ", "AI", "，"]]))[0] == ["eng", "eng", "x"]


def test_half_a_character_is_named():
    with pytest.raises(ValueError, match="Unit 'b' holds half a character"):
        segment(pd.Series({"a": "发展", "b": "发\ud800展"}, dtype=object), engine="rjieba")


def test_a_text_is_no_list_of_tokens_to_tag():
    with pytest.raises(TypeError, match="Unit 'a' is not a list of tokens"):
        tag_tokens(pd.Series({"a": "推动发展"}))


def test_empty_texts_and_no_texts_are_no_accident():
    assert segment(pd.Series(["", "。"])).tolist() == [[], []]
    assert segment(pd.Series([], dtype=object)).empty


@pytest.mark.parametrize(
    "arguments, error, message",
    [
        ({"texts": pd.Series({"a": None})}, TypeError, "Unit 'a'"),
        ({"texts": pd.Series({"a": 3})}, TypeError, "Unit 'a'"),
        ({"texts": pd.Series(["x"]), "level": "clause"}, ValueError, "level"),
        ({"texts": pd.Series(["x"]), "dictionary": "mine"}, ValueError, "dictionary"),
        ({"texts": pd.Series(["x"]), "engine": "thulac"}, ValueError, "engine"),
        ({"texts": pd.Series(["x"]), "lexicon": pd.DataFrame({"a": [1]})}, ValueError, "'level'"),
        (
            {"texts": pd.Series(["x"]), "lexicon": pd.DataFrame({"level": ["word"]})},
            ValueError,
            "index must be its terms",
        ),
        ({"texts": pd.Series(["x"]), "lexicon": "mine.csv"}, TypeError, "not the str 'mine.csv'"),
        ({"texts": pd.Series(["x"]), "lexicon": entries("甲", level="Term")}, ValueError, "'甲' has a level"),
        ({"texts": pd.Series(["x"]), "lexicon": entries("甲", "甲")}, ValueError, "'甲' stands there twice"),
        ({"texts": pd.Series(["x"]), "lexicon": entries("甲", frequency=-1)}, ValueError, "'甲' has a frequency"),
        ({"texts": pd.Series(["x"]), "lexicon": entries("甲", frequency="viel")}, ValueError, "'甲' has a frequency"),
    ],
)
def test_bad_input_is_named(arguments, error, message):
    with pytest.raises(error, match=message):
        segment(**arguments)


@pytest.mark.parametrize("engine", ["rjieba", "jieba"])
@pytest.mark.parametrize(
    "text, wanted",
    [
        ("本办法自二〇二四年三月一日起施行，至二〇二九年。", ["二〇二四年", "二〇二九年"]),
        ("托位23,876个，投资1,200.5亿元，占12,345,678.9%。", ["23,876", "1,200.5亿", "12,345,678.9%"]),
        ("第二〇三号，二〇〇〇年", ["二〇三", "二〇〇〇年"]),
    ],
)
def test_numbers_with_signs_that_dictionaries_lack_are_whole(engine, text, wanted):
    tokens = segment(pd.Series([text]), punctuation=True, engine=engine)[0]
    assert "".join(tokens) == text and set(wanted) <= set(tokens)
    assert segment(pd.Series(["见1,2,34页"]), punctuation=True, engine=engine)[0][1:6] == ["1", ",", "2", ",", "34"]


@pytest.mark.parametrize("engine", ["rjieba", "jieba"])
def test_no_number_is_torn_before_a_unit_of_time(engine):
    numbers = [*range(1, 400), 1860, 1899, 2024, 12024, "1.5"]
    for unit in ("日内", "日", "月份", "年内", "年代"):
        texts = pd.Series([f"自收到申请之日起{number}{unit}答复。" for number in numbers])
        for number, tokens in zip(map(str, numbers), segment(texts, engine=engine), strict=True):
            assert any(token.startswith(number) for token in tokens), (number, unit, tokens)


@pytest.mark.parametrize("engine", ["jieba", "rjieba"])
@pytest.mark.parametrize(
    "text, word",
    [
        ("共同愿景", "愿景"),
        ("开展比选", "比选"),
        ("绘本阅读", "绘本"),
        ("地票交易", "地票"),
        ("正泰集团", "正泰"),
        ("走马上任的人", "走马上任"),
        ("此事有利可图", "有利可图"),
        ("气得不得了", "不得了"),
    ],
)
def test_a_guess_whose_characters_make_words_is_whole_and_so_is_an_idiom(engine, text, word):
    assert word in segment(pd.Series([text]), engine=engine)[0]


@pytest.mark.parametrize("engine", ["jieba", "rjieba"])
@pytest.mark.parametrize(
    "text, words",
    [
        ("身份证件", "身份 证件"),
        ("许可证书", "许可 证书"),
        ("机动车道", "机动车道"),
        ("在干旱地区特别是在夏季", "在 干旱 地区 特别 是 在 夏季"),
        ("最好查一下", "最 好 查 一下"),
        ("交往中党和国家领导人", "交往 中 党 和 国家 领导人"),
    ],
)
def test_a_phrase_is_cut_where_its_words_meet_and_leaves_no_orphan(engine, text, words):
    assert segment(pd.Series([text]), engine=engine)[0] == words.split()


def test_a_function_word_is_cut_off_a_guess_by_what_its_characters_do_elsewhere():
    texts = pd.Series(["闸门须关，小树渐黄", "两家各算各的账", "灌区既要有水闸", "渠要修得直"])
    tokens = segment(texts, engine="rjieba")
    assert {"须", "关"} <= set(tokens[0]) and {"各", "算"} <= set(tokens[1])
    assert {"既", "要"} <= set(tokens[2]) and {"修", "得"} <= set(tokens[3])


def test_productive_ends_are_joined_to_nouns_and_verbs_and_not_to_pronouns():
    assert segment(pd.Series(["发放应急款"]))[0][-1] == "应急款"
    assert segment(pd.Series(["我们厂"]))[0] == ["我们", "厂"]


@pytest.mark.parametrize("engine", ["jieba", "rjieba"])
@pytest.mark.parametrize("terms", [23, 4000])
def test_a_lexicon_changes_nothing_where_none_of_its_terms_stands(engine, terms, corpus, lexicon):
    sentences = corpus.text.str.findall("[^。]+。?").explode().reset_index(drop=True)
    own = pd.DataFrame({"level": "term"}, index=[f"㐀{chr(0x4E00 + n)}㐁" for n in range(terms)])
    sentences = pd.concat([sentences, pd.Series(["他现在不在北京", "公司规模不大"])], ignore_index=True)
    assert segment(sentences, own, engine=engine).tolist() == segment(sentences, engine=engine).tolist()
    without = ~sentences.str.contains("|".join(map(re.escape, lexicon.index)))
    assert without.sum() >= 2
    cut = segment(sentences[without], lexicon, engine=engine)
    assert cut.tolist() == segment(sentences[without], engine=engine).tolist()


def test_a_lexicon_of_any_size_leaves_the_total_as_it_is():
    large = pd.DataFrame({"level": "term"}, index=[f"{chr(0x4E00 + n)}{chr(0x5E00 + n % 4000)}龘" for n in range(9000)])
    text = pd.Series(["他现在不在北京，公司规模不大，最好查一下。"])
    assert segment(text, large)[0] == segment(text)[0]


@pytest.mark.parametrize("engine", ["jieba", "rjieba"])
def test_a_prefix_takes_the_first_word_of_a_phrase(engine):
    assert "中心医院" in standard.phrases_to_cut()
    assert segment(pd.Series(["副中心医院"]), engine=engine)[0] == ["副中心", "医院"]
