"""The table of tokens, plain and compiled: the same answers, and nothing leaks."""

import random
import sys

import pytest

from analysis import load_stopwords, segment
from analysis.segmentation import tokenizer
from analysis.segmentation.lookup import COMPILED, PlainTable, Table

TABLES = pytest.mark.parametrize("kind", dict.fromkeys([PlainTable, Table]), ids=lambda k: k.__name__)


def table_of(kind, words):
    table = kind()
    for token, word in words.items():
        table[token] = (word,) if word else ()
    return table


def found(kind, words, row, place=0):
    out = ["before"]
    return table_of(kind, words).extend(out, row, place), out[1:]


@TABLES
def test_words_are_added_until_one_is_unknown(kind):
    words = {"协同": "协同", "的": "", "2035年": "2035年", "R": "R"}
    row = ["协同", "的", "2035年", "R", "发展", "协同"]
    assert found(kind, words, row) == (4, ["协同", "2035年", "R"])
    assert found(kind, words, row, 5) == (6, ["协同"])
    assert found(kind, words, row, 6) == (6, [])
    assert found(kind, words, []) == (0, [])


@TABLES
def test_what_is_set_last_counts(kind):
    table, out = table_of(kind, {"的": "", "京津冀协同": "京津冀协同"}), []
    table["的"], table["京津冀协同"] = ("的",), ()
    assert table.extend(out, ["的", "京津冀协同"], 0) == 2 and out == ["的"]


@TABLES
def test_a_token_may_have_several_words(kind):
    table, out = table_of(kind, {"和": ""}), []
    table["但三地"] = table["之日起施行"] = "但", "三地"
    assert table.extend(out, ["但三地", "和", "之日起施行", "但"], 0) == 3
    assert out == ["但", "三地"] * 2
    table["但三地"] = ("但三地",)
    assert table.extend(out, ["但三地"], 0) == 1 and out[-1] == "但三地"


@TABLES
@pytest.mark.parametrize("place", [0, 1, 62, 63, 64, 65, 127, 128, 129, 199])
def test_an_unknown_token_is_found_wherever_it_stands(kind, place):
    row = [chr(0x4E00 + i) * (1 + i % 5) for i in range(200)]
    words = {token: token for token in row if token != row[place]}
    assert found(kind, words, row) == (place, row[:place])
    assert found(kind, words, row, place + 1) == (200, row[place + 1:])


# Each pair would be one if a string were taken for its bytes, or its end for nothing.
@TABLES
@pytest.mark.parametrize("one, other", [
    ("ab", "\u6162"), ("ba", "\u6162"), ("a", "a\0"), ("一", "一\0"), ("一", "\0一"), ("\0", ""),
    ("\0\0", "\0"), ("é", "e"), ("\U00020000", "\ud840"), ("一二三四", "一二三四五"),
    ("\U00020000一", "一"), ("1", "一"),
])
def test_tokens_that_look_alike_are_told_apart(kind, one, other):
    assert found(kind, {one: "one"}, [other]) == (0, [])
    assert found(kind, {other: "other"}, [one]) == (0, [])
    assert found(kind, {one: "one", other: "other"}, [one, other]) == (2, ["one", "other"])


@TABLES
def test_a_large_table_keeps_all(kind):
    signs = "一丁七万三上下不与专且世丘丙业丛东丝丞ab01,。\0é\U00020000"
    chance = random.Random(1)
    words = {}
    for _ in range(30_000):
        token = "".join(chance.choices(signs, k=chance.randint(0, 6)))
        words[token] = chance.choice(["", token])
    row = chance.choices(list(words), k=50_000)
    assert found(kind, words, row) == (len(row), [words[t] for t in row if words[t]])


@pytest.mark.skipif(not COMPILED, reason="no C compiler when this was installed")
def test_the_compiled_table_refuses_what_is_no_token():
    table = Table()
    for token, words in ((1, ("一",)), ("一", None), (None, ("一",)), ("一", "一"), ("一", ["一"]),
                         ("一", (b"x",)), ("一", ("一", None))):
        with pytest.raises(TypeError, match="a tuple of str for each str"):
            table[token] = words
    with pytest.raises(TypeError, match="a tuple of str for each str"):
        del table["一"]
    with pytest.raises(TypeError, match="a token is a str, not 7"):
        table.extend([], [7], 0)
    for arguments in (((), [], 0), ([], (), 0), ([], []), ([], [], "0")):
        with pytest.raises(TypeError):
            table.extend(*arguments)
    row = ["一"]
    with pytest.raises(ValueError, match="two lists"):
        table.extend(row, row, 0)
    with pytest.raises(ValueError, match="a place"):
        table.extend([], row, -1)


@TABLES
def test_words_live_as_long_as_their_table(kind):
    short, long = "".join(["长", "江"]), "".join(["长江经济带", "发展"])
    before = sys.getrefcount(short), sys.getrefcount(long)
    for _ in range(3):
        table, out = table_of(kind, {"一": short, "一二三四五": long}), []
        table["一"] = (short,)
        table["二"] = table["一二三四五六"] = short, long
        table.extend(out, ["一", "一二三四五", "二", "一二三四五六"] * 100, 0)
        assert sys.getrefcount(short) == before[0] + 302
        del table, out
    assert (sys.getrefcount(short), sys.getrefcount(long)) == before


def test_tokens_do_not_depend_on_the_compiler(corpus, lexicon, monkeypatch):
    stopwords = load_stopwords()
    ways = [(level, stop) for level in ("word", "term", "phrase") for stop in ((), stopwords)]
    texts = corpus.text
    usual = [segment(texts, lexicon, stop, level) for level, stop in ways]
    monkeypatch.setattr(tokenizer, "Table", PlainTable)
    tokenizer._tokenizer.cache_clear()
    plain = [segment(texts, lexicon, stop, level) for level, stop in ways]
    tokenizer._tokenizer.cache_clear()
    for one, other in zip(usual, plain, strict=True):
        assert one.tolist() == other.tolist() and one.attrs == other.attrs
