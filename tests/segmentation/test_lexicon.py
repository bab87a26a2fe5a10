"""Loading lexicons and stopwords; what the tables hold is checked in test_lexicon_data."""

import pandas as pd
import pytest

from analysis import load_aliases, load_lexicon, load_stopwords, segment, tag_tokens

HEAD = "term,category,gloss,level\n"


@pytest.mark.parametrize(
    "body, message",
    [
        ("新质生产力,concept,new,idiom\n", "line 2: level 'idiom'"),
        ("——,concept,new,word\n", "line 2: .* never be a token"),
        ("新质 生产力,concept,new,term\n", "line 2: .* white space"),
        ("新质生产力,concept,new,term\n新质生产力,concept,new,term\n", "line 3: .* second time"),
        (",concept,new,term\n", "line 2: term must not be empty"),
        ("新质生产力,concept,new, but unquoted,term\n", "line 2: 5 cells under 4 .* quotation marks"),
        ("新质生产力,concept\n", "line 2: 2 cells under 4"),
    ],
)
def test_a_damaged_lexicon_is_refused_with_its_line(tmp_path, body, message):
    path = tmp_path / "mine.csv"
    path.write_text(HEAD + body, encoding="utf-8")
    with pytest.raises(ValueError, match=message):
        load_lexicon(path)


def test_a_byte_order_mark_does_no_harm(tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text(HEAD + "新质生产力,concept,new,term\n", encoding="utf-8-sig")
    assert load_lexicon(path).index.tolist() == ["新质生产力"]


def test_an_unknown_stopword_class_is_refused():
    with pytest.raises(ValueError, match="policy_verbs"):
        load_stopwords(["policy_verbs"])


def test_a_plain_list_of_stopwords_is_read(tmp_path):
    path = tmp_path / "mine.txt"
    path.write_text("本市\n\n推进\n", encoding="utf-8-sig")
    assert load_stopwords(path=path) == {"本市", "推进"}
    with pytest.raises(TypeError, match="give the file as path="):
        load_stopwords(str(path))
    with pytest.raises(ValueError, match="has no classes"):
        load_stopwords(["particle"], path=path)
    path.write_text("本市\n推进 加强\n", encoding="utf-8")
    with pytest.raises(ValueError, match="mine.txt, line 2: one word"):
        load_stopwords(path=path)


def test_stopwords_by_class_add_up():
    verbs = load_stopwords(["policy_verb"])
    assert verbs and not verbs & load_stopwords()


@pytest.mark.parametrize("frequency", ["x", "-3", "1.5", "00"])
def test_a_wrong_frequency_is_refused_with_its_line(tmp_path, frequency):
    path = tmp_path / "mine.csv"
    path.write_text(f"term,category,gloss,level,frequency\n新质,,,word,\n链长,,,word,{frequency}\n", encoding="utf-8")
    with pytest.raises(ValueError, match="line 3: frequency"):
        load_lexicon(path)


def test_jiebas_own_format_is_read(tmp_path):
    path = tmp_path / "mine.txt"
    path.write_text("链长制 3000 n\n微短剧\n双碳 v\n低空经济 200\n", encoding="utf-8-sig")
    lexicon = load_lexicon(path)
    assert lexicon.frequency.to_dict() == {"链长制": 3000, "微短剧": 0, "双碳": 0, "低空经济": 200}
    assert set(lexicon.level) == {"word"}
    tokens = segment(pd.Series(["发展低空经济和微短剧"]), lexicon)[0]
    assert tokens == ["发展", "低空经济", "和", "微短剧"]
    assert tag_tokens(pd.Series([["双碳", "微短剧", "链长制"]]), lexicon)[0] == ["v", "nz", "n"]


@pytest.mark.parametrize(
    "body, message",
    [
        ("链长制 3000 n\n链长制\n", "line 2: 链长制 .* second time"),
        ("链长制 3000 n 5\n", "line 1: expected"),
        ("链长制 3,000\n", "line 1: frequency '3,000'"),
        ("链长制,3000,n\n", "line 1: .* comma"),
        ("链长制 n 3000\n", "line 1: '3000' is no tag"),
        ("AI 大模型\n", "line 1: frequency '大模型'"),
        ("链\ue000长制\n", "line 1: .* invisible"),
        ("链长制 99999999999999999999\n", "line 1: frequency .* above all reason"),
    ],
)
def test_a_damaged_jieba_dictionary_is_refused_with_its_line(tmp_path, body, message):
    path = tmp_path / "mine.txt"
    path.write_text(body, encoding="utf-8")
    with pytest.raises(ValueError, match=message):
        load_lexicon(path)


def test_aliases_that_guess_are_off_by_default():
    aliases = load_aliases()
    assert "京津冀地区" in aliases.index
    assert not {"三地", "我市", "天津开高教科技园"} & set(aliases.index)
    assert load_aliases(["deictic"]).preferred["我市"] == "天津"
    with pytest.raises(ValueError, match="slang"):
        load_aliases(["slang"])
