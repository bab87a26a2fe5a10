"""Loading lexicons and stopwords; what the tables hold is checked in test_lexicon_data."""

import pytest

from analysis import load_lexicon, load_stopwords

HEAD = "term,category,gloss,level\n"


@pytest.mark.parametrize("body, message", [
    ("新质生产力,concept,new,phrase\n", "line 2: level 'phrase'"),
    ("新质 生产力,concept,new,term\n", "line 2: .* white space"),
    ("新质生产力,concept,new,term\n新质生产力,concept,new,term\n", "line 3: .* second time"),
    (",concept,new,term\n", "line 2: term must not be empty"),
])
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


def test_stopwords_by_class_add_up():
    verbs = load_stopwords(["policy_verb"])
    assert verbs and not verbs & load_stopwords()
