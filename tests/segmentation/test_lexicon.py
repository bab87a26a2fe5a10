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


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lists_are_read_as_people_have_them(tmp_path, encoding, end):
    words, userdict, table = (tmp_path / name for name in ("stop.txt", "user.txt", "mine.csv"))
    words.write_bytes(end.join(["的", "", ",", "。", "５Ｇ", "推进"]).encode(encoding))
    userdict.write_bytes(end.join(["社区托育 5 n", "", "５Ｇ基站", "ＡＩ助老 n", ""]).encode(encoding))
    table.write_bytes(end.join(["term", "社区托育", "５Ｇ基站"]).encode(encoding))
    assert load_stopwords(path=words) == {"的", ",", "。", "5G", "推进"}
    assert load_lexicon(userdict).index.tolist() == ["社区托育", "5G基站", "AI助老"]
    lexicon = load_lexicon(table)
    assert lexicon.index.tolist() == ["社区托育", "5G基站"] and set(lexicon.level) == {"word"}
    tokens = segment(pd.Series(["新建5G基站，推广社区托育。"]), lexicon)[0]
    assert tokens == ["新建", "5G基站", "推广", "社区托育"]


def test_lines_of_several_words_are_passed_over_with_a_warning_unless_there_are_many(tmp_path):
    path = tmp_path / "stop.txt"
    path.write_text("\n".join(["的", "as well", *"和与及等之其此该各每"]), encoding="utf-8")
    with pytest.warns(UserWarning, match="line 2: one word is expected on a line, not 'as well'; so are 0 others"):
        assert len(load_stopwords(path=path)) == 11
    path.write_text("的 了 和 " * 50_000 + "\n", encoding="utf-8")
    with pytest.raises(ValueError, match="line 1: one word") as error:
        load_stopwords(path=path)
    assert len(str(error.value)) < 300


def test_a_lexicon_of_ones_own_wins_over_the_packages(tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text(
        "term,category,gloss,level\n新质生产力,mine,my gloss,term\n社区嵌入式托育,mine,,term\n", encoding="utf-8"
    )
    with pytest.warns(UserWarning, match="1 terms are in the package's lexicon, too; yours are taken: 新质生产力"):
        joined = load_lexicon(path, join=True)
    assert joined.index.is_unique and len(joined) == len(load_lexicon()) + 1
    assert joined.loc["新质生产力", "gloss"] == "my gloss" and joined.index[:2].tolist() == [
        "新质生产力",
        "社区嵌入式托育",
    ]
    assert segment(pd.Series(["推动社区嵌入式托育发展"]), joined)[0] == ["推动", "社区嵌入式托育", "发展"]
