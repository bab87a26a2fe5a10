"""Tokens: aligned, lossless, independent of each other, and the same from both engines."""

from concurrent.futures import ThreadPoolExecutor

import pandas as pd
import pytest

from analysis import load_stopwords, segment


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
    assert segment(corpus.text, engine="rjieba").equals(segment(corpus.text, engine="jieba"))


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


def test_threads_give_the_same_tokens(corpus, lexicon):
    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(lambda _: segment(corpus.text, lexicon), range(8)))
    assert all(result.equals(results[0]) for result in results)


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
    ({"texts": pd.Series(["x"]), "level": "phrase"}, ValueError, "level"),
    ({"texts": pd.Series(["x"]), "engine": "thulac"}, ValueError, "engine"),
    ({"texts": pd.Series(["x"]), "lexicon": pd.DataFrame({"a": [1]})}, ValueError, "'level'"),
])
def test_bad_input_is_named(arguments, error, message):
    with pytest.raises(error, match=message):
        segment(**arguments)
