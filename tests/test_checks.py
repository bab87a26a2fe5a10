"""Wrong arguments: one string for several, one number for several, a text for a corpus."""

import inspect

import matplotlib.pyplot as plt
import pandas as pd
import pytest

import analysis as pa
from analysis.restoration import restore, scramble, write_edition

TEXTS = pd.Series({"a": "推动京津冀协同发展", "b": "推动改革发展"})
TOKENS = pd.Series({"a": ["推动", "发展"], "b": ["改革", "发展"]})
BY = pd.Series({"a": "x", "b": "y"})
PAGE = "标题\n\n王芳\n\n一要坚持改革,深化开\n\n放,扩大合作。\n\n(作者为教授)"


@pytest.mark.parametrize(
    "name, call",
    [
        ("stopwords", lambda one: pa.segment(TEXTS, stopwords=one)),
        ("pos", lambda one: pa.segment(TEXTS, pos=one)),
        ("stopwords", lambda one: pa.segment_files("no.txt", "out", stopwords=one)),
        ("pos", lambda one: pa.segment_files("no.txt", "out", pos=one)),
        ("stopwords", lambda one: pa.discover_terms(TEXTS, stopwords=one)),
        ("known", lambda one: pa.discover_terms(TEXTS, known=one)),
        ("stopwords", lambda one: pa.load_profile("no.csv.gz", stopwords=one)),
        ("phrases", lambda one: pa.build_profile("no", phrases=one)),
        ("terms", lambda one: pa.term_history(None, one)),
        ("terms", lambda one: pa.term_positions(TOKENS, one, BY)),
        ("terms", lambda one: pa.find_mentions(TEXTS, kind="term", terms=one)),
        ("texts", lambda one: pa.segmentation.terms_in(pa.load_lexicon(), one)),
        ("kinds", pa.load_aliases),
        ("classes", pa.load_stopwords),
        ("refuse", lambda one: pa.restore(PAGE, refuse=one)),
        ("refuse", lambda one: write_edition(pa.DATA / "raw" / "theory-page.txt", ["a", "b"], "out", refuse=one)),
        ("names", lambda one: write_edition("no.txt", one, "out")),
        ("names", lambda one: pa.figures.page_layout(restore(PAGE), one)),
        ("damages", lambda one: scramble(restore(PAGE).articles, seed=1, damages=one)),
        ("methods", lambda one: pa.resample_topics(TOKENS, [2], methods=one)),
    ],
)
def test_one_string_is_not_taken_for_its_characters(name, call):
    with pytest.raises(
        TypeError,
        match=rf"^{name} must be a collection of strings, not the "
        r"string '发展': write \['发展'\]",
    ):
        call("发展")


def test_documents_of_a_profile_are_several(tmp_path):
    (tmp_path / "2.txt").write_text("推动发展", encoding="utf-8")
    path = pa.save_profile(pa.build_profile(tmp_path), tmp_path / "mine.csv.gz")
    with pytest.raises(TypeError, match="documents must be a collection"):
        pa.load_profile(path, documents="2")


@pytest.mark.parametrize(
    "wrong, message",
    [(pa.load_lexicon(), "not a table: give its index"), (None, "not None"), (["发展", 3.5], "3.5 in it is none")],
)
def test_what_holds_no_strings_is_refused(wrong, message):
    with pytest.raises(TypeError, match=f"stopwords must be a collection of strings.*{message}"):
        pa.segment(TEXTS, stopwords=wrong)


@pytest.mark.parametrize(
    "several", [["发展"], ("发展",), {"发展"}, pd.Index(["发展"]), pd.Series(["发展"]), iter(["发展"]), {"发展": 1}]
)
def test_any_collection_of_strings_will_do(several):
    assert "发展" not in pa.segment(TEXTS, stopwords=several)["b"]


def test_a_part_of_speech_that_no_word_has_is_refused_with_the_tag_set():
    with pytest.raises(ValueError, match=r"pos has \['NN', '名词'\].*ICTCLAS.*ad,.*eng,.*vn"):
        pa.segment(TEXTS, pos=["NN", "n", "名词"])
    with pytest.raises(ValueError, match="pos has"):
        pa.segment_files("no.txt", "out", pos=["NN"])
    assert pa.segment(pd.Series(["GDP,发展"]), pos=["eng", "vn"])[0] == ["GDP", "发展"]


@pytest.mark.parametrize(
    "name, call",
    [
        ("ks", lambda: pa.resample_topics(TOKENS, 5)),
        ("seeds", lambda: pa.topics.seed_agreement(TOKENS, 2, 5)),
        ("seeds", lambda: pa.topics.cluster_runs(TOKENS, 2, 5)),
    ],
)
def test_one_number_is_not_several(name, call):
    with pytest.raises(TypeError, match=rf"^{name} must be several whole numbers.*\[5\], not 5"):
        call()


def test_half_a_topic_is_no_number_of_topics():
    with pytest.raises(TypeError, match="ks .* and 2.5 in it is none"):
        pa.resample_topics(TOKENS, [2, 2.5])


PLOTS = [getattr(pa, name) for name in pa.__all__ if name.startswith("plot_")]


def required(function):
    """Stand-ins for what a figure has to be given; they are not looked at."""
    needed = [p for p in inspect.signature(function).parameters.values() if p.default is p.empty]
    return [None for p in needed if p.kind is not p.KEYWORD_ONLY], {
        p.name: "x" for p in needed if p.kind is p.KEYWORD_ONLY
    }


@pytest.mark.parametrize("function", PLOTS, ids=lambda f: f.__name__)
def test_every_figure_names_the_languages_it_has(function):
    with pytest.raises(ValueError, match=r"lang must be one of \('en', 'zh'\), not 'fr'"):
        data, options = required(function)
        function(*data, **options, lang="fr")


@pytest.mark.parametrize(
    "function",
    [f for f in PLOTS if f.__name__ not in ("plot_consensus", "plot_dendrogram", "plot_flow", "plot_topic_map")],
    ids=lambda f: f.__name__,
)
def test_no_figure_is_drawn_of_an_empty_table(function):
    first = next(iter(inspect.signature(function).parameters))
    table = pd.DataFrame(columns=["group", "term", "rank", "tfidf"])
    with pytest.raises(ValueError, match=f"^{function.__name__}: {first} has no rows"):
        data, options = required(function)
        function(table, *data[1:], **options)
    assert not plt.get_fignums()


@pytest.mark.parametrize(
    "call, message",
    [
        (lambda: pa.segment("完善机制"), "^texts must be a Series .*, not the str '完善机制'"),
        (lambda: pa.segment(["完善机制"]), "^texts must be a Series .*, not the list"),
        (lambda: pa.tag_tokens(["完善"]), "^tokens must be a Series"),
        (lambda: pa.find_mentions("完善机制"), "^texts must be a Series"),
        (lambda: pa.normalisation_report("完善机制"), "^texts must be a Series"),
        (lambda: pa.kwic("完善机制", "机制", by="regex"), "must be a Series"),
        (lambda: pa.kwic(TEXTS, "发展", by="regex", groups="x"), "^groups must be a Series"),
        (lambda: pa.keywords(TOKENS, by="article"), "^by must be a Series .*, not the str 'article'"),
        (lambda: pa.keywords(TOKENS, by=["x", "y"]), "^by must be a Series .*, not the list"),
        (lambda: pa.frequencies(TOKENS, by="article"), "^by must be a Series .*corpus.article"),
        (lambda: pa.frequencies(TOKENS.tolist()), "^tokens must be a Series"),
        (lambda: pa.keywords(TOKENS.tolist(), BY), "^tokens must be a Series"),
        (lambda: pa.shares(pa.cluster(pd.concat([TOKENS] * 2), 2, method="kmeans"), "article"), "^by must be"),
        (lambda: pa.vectorise("发展"), "^tokens must be a Series"),
    ],
)
def test_what_has_no_index_is_refused(call, message):
    with pytest.raises(TypeError, match=message):
        call()


@pytest.mark.parametrize(
    "call, message",
    [
        (lambda: pa.cluster(TOKENS.head(1), k=2), "There is only 1 unit, and topics need three"),
        (lambda: pa.cluster(TOKENS, k=2), "There are only 2 units"),
        (lambda: pa.cluster(pa.vectorise(TOKENS), k=2), "There are only 2 units"),
        (lambda: pa.resample_topics(TOKENS.head(1), [2]), "There is only 1 unit, and four or more"),
        (lambda: pa.resample_topics(TOKENS, [2]), "There are only 2 units, and four or more"),
    ],
)
def test_too_few_units_are_counted(call, message):
    with pytest.raises(ValueError, match=message):
        call()


@pytest.mark.parametrize(
    "call", [pa.segment, pa.discover_terms, pa.find_mentions, pa.normalisation_report], ids=lambda call: call.__name__
)
def test_a_unit_that_is_no_text_is_named(call):
    with pytest.raises(TypeError, match="Unit 'b' is not text but 7: drop or fill it first"):
        call(pd.Series({"a": "协同", "b": 7}))
