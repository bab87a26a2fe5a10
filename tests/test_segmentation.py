"""Tokens: aligned, lossless, independent of each other, and the same from both engines."""

import os
import signal
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pandas as pd
import pytest
from joblib import Parallel, delayed
from joblib.externals.loky import BrokenProcessPool

from analysis import (evaluate_segmentation, explain_guess, load_aliases, load_gold,
                      load_stopwords, resolve_aliases, segment, sharing, tag_tokens, tokenizer)


@pytest.mark.parametrize("level", ["term", "word"])
@pytest.mark.parametrize("engine", ["jieba", "rjieba"])
def test_tokens_joined_are_the_text(corpus, lexicon, level, engine):
    tokens = segment(corpus.text, lexicon, level=level, engine=engine, punctuation=True)
    assert tokens.str.join("").tolist() == corpus.text.tolist()


@pytest.mark.parametrize("level", ["term", "word"])
def test_both_engines_agree_on_the_articles(corpus, lexicon, level):
    rust, python = (segment(corpus.text, lexicon, level=level, engine=e)
                    for e in ("rjieba", "jieba"))
    assert rust.equals(python)
    rust, python = (segment(corpus.text, dictionary="stock", engine=e) for e in ("rjieba", "jieba"))
    assert rust.equals(python)


def test_words_are_cuts_of_terms(corpus, lexicon):
    terms, words = (segment(corpus.text, lexicon, level=level, punctuation=True)
                    for level in ("term", "word"))
    ends = [[{sum(map(len, row[:i + 1])) for i in range(len(row))} for row in t]
            for t in (terms, words)]
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
    assert segment(texts, lexicon, stop, n_jobs=2).equals(segment(texts, lexicon, stop))


def test_helpers_live_beside_joblibs_own_and_are_replaced_when_killed(corpus):
    alone = segment(corpus.text)
    assert segment(corpus.text, n_jobs=2).equals(alone)
    assert Parallel(n_jobs=2)(delayed(len)(row) for row in alone[:4]) == [*map(len, alone[:4])]
    for process in list(sharing._helpers(1)._processes):
        os.kill(process, signal.SIGTERM)
    with suppress(BrokenProcessPool):  # it may be gone before or while it is asked
        segment(corpus.text, n_jobs=2)
    assert segment(corpus.text, n_jobs=2).equals(alone)


def test_phrases_are_kept_only_when_asked_for(lexicon):
    text = pd.Series(["统筹高质量发展与高水平安全"])
    assert segment(text, lexicon)[0] == ["统筹", "高质量发展", "与", "高水平安全"]
    assert segment(text, lexicon, level="phrase")[0] == ["统筹高质量发展与高水平安全"]
    assert segment(text, lexicon, level="word")[0] == ["统筹", "高质量", "发展", "与", "高水平", "安全"]


@pytest.mark.parametrize("engine", ["jieba", "rjieba"])
@pytest.mark.parametrize("text, tokens", [
    ("更是充分发挥", ["更", "是", "充分", "发挥"]),
    ("肩负着常态化", ["肩负", "着", "常态化"]),
    ("2026年1月22日", ["2026年", "1月", "22日"]),
    ("2011-2020年PM_2.5", ["2011", "-", "2020年", "PM", "_", "2.5"]),
    ("23.GEP核算", ["23", ".", "GEP", "核算"]),
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
    ("试运行、负增长、贸易保护主义", ["试运行", "、", "负增长", "、", "贸易", "保护主义"]),
])
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
    expected = [[t for t, tag in zip(row, marks) if tag.startswith("v")]
                for row, marks in zip(tokens, tags)]
    assert verbs.tolist() == expected and verbs.str.len().sum() > 300


def test_aliases_replace_tokens_and_are_recorded(corpus, lexicon):
    tokens = segment(corpus.text, lexicon, level="phrase")
    resolved, record = resolve_aliases(tokens, load_aliases())
    assert resolved.index.equals(tokens.index)
    assert not set(record.variant) & set(resolved.explode())
    assert record["count"].sum() == (tokens.explode() != resolved.explode()).sum() > 3


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
    errors = {name: evaluate_segmentation(gold, tokens, n_boot=1).numerator["errors_per_1000"]
              for name, tokens in {
                  "stock": segment(gold.text, dictionary="stock", punctuation=True),
                  "lexicon": segment(gold.text, lexicon, level="word", punctuation=True)}.items()}
    assert errors["lexicon"] <= errors["stock"] / 3
    terms = segment(gold.text, lexicon, punctuation=True)
    assert evaluate_segmentation(gold, terms, "term", n_boot=1).value["term_recall"] >= 0.98


def test_stopwords_and_punctuation_go(corpus, lexicon):
    stop = load_stopwords()
    tokens = segment(corpus.text, lexicon, stopwords=stop).explode()
    assert not set(tokens) & stop
    assert not tokens.str.fullmatch(r"[\W_]+").any()


def test_no_dictionary_cache_is_written(tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    segment(pd.Series(["三地"]), pd.DataFrame({"level": ["word"]}, index=["三地标准"]),
            engine="jieba")
    assert list(tmp_path.iterdir()) == []


def test_empty_texts_and_no_texts_are_no_accident():
    assert segment(pd.Series(["", "。"])).tolist() == [[], []]
    assert segment(pd.Series([], dtype=object)).empty


@pytest.mark.parametrize("arguments, error, message", [
    ({"texts": pd.Series({"a": None})}, TypeError, "Unit 'a'"),
    ({"texts": pd.Series({"a": 3})}, TypeError, "Unit 'a'"),
    ({"texts": pd.Series(["x"]), "level": "clause"}, ValueError, "level"),
    ({"texts": pd.Series(["x"]), "dictionary": "mine"}, ValueError, "dictionary"),
    ({"texts": pd.Series(["x"]), "engine": "thulac"}, ValueError, "engine"),
    ({"texts": pd.Series(["x"]), "lexicon": pd.DataFrame({"a": [1]})}, ValueError, "'level'"),
    ({"texts": pd.Series(["x"]), "lexicon": pd.DataFrame({"level": ["word"]})}, ValueError,
     "index must be its terms"),
])
def test_bad_input_is_named(arguments, error, message):
    with pytest.raises(error, match=message):
        segment(**arguments)
