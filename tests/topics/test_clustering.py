"""Clusters: a known answer, a fixed numbering, terms, shares and sentences that add up."""

import re

import numpy as np
import pandas as pd
import pytest
from sklearn.cluster import KMeans
from sklearn.feature_extraction.text import TfidfVectorizer

from analysis import cluster, representatives, segment, shares, vectorise
from analysis.textstats.keywords import class_tfidf
from analysis.topics import cluster_runs, recovery
from analysis.topics.models import METHODS, fit, place

KNOWN = {
    "创新": ["创新", "链", "研发", "转化"],
    "民生": ["养老", "医疗", "教育", "社保"],
    "生态": ["碳", "水", "林", "修复"],
}


@pytest.fixture(scope="module")
def known():
    """Thirty units drawn from three vocabularies, in a mixed order."""
    random = np.random.default_rng(7)
    themes = list(KNOWN) * 10
    units = [list(random.choice(KNOWN[theme], 6)) for theme in themes]
    return pd.Series(units, index=[f"u{i}" for i in range(30)]), pd.Series(themes)


@pytest.mark.parametrize("method", METHODS)
def test_a_known_answer_is_found_and_numbered_from_the_first_unit(known, method):
    units, themes = known
    topics = cluster(units, k=3, method=method, seed=3)
    assert topics.units.topic.tolist() == (pd.factorize(themes)[0] + 1).tolist()
    assert topics.units.index.equals(units.index) and topics.strengths.index.equals(units.index)
    assert topics.units.strength.between(0, 1).all()
    # LDA gives every term some weight in every topic.
    best = topics.terms[(topics.terms.topic == 2) & (topics.terms["rank"] <= 4)]
    assert set(best.term) == set(KNOWN["民生"])


@pytest.mark.parametrize("kind", ["counts", "lsa"])
@pytest.mark.parametrize("method", ["kmeans", "agglomerative"])
def test_other_vectors_find_it_too(known, kind, method):
    vectors = vectorise(known[0], kind=kind, dimensions=5)
    topics = cluster(vectors, 3, method=method)
    assert topics.units.topic.tolist() == (pd.factorize(known[1])[0] + 1).tolist()
    assert set(topics.terms.term[topics.terms.topic == 1]) == set(KNOWN["创新"])


def test_an_embedder_gets_the_texts_and_terms_come_from_the_tokens(known):
    units, themes = known
    seen = []

    def embedder(texts):
        seen.extend(texts)
        return [[text.count(word) for word in sum(KNOWN.values(), [])] for text in texts]

    texts = units.str.join(",")
    topics = cluster(vectorise(units, embedder=embedder, texts=texts), 3, method="kmeans")
    assert seen == texts.tolist()
    assert topics.units.topic.tolist() == (pd.factorize(themes)[0] + 1).tolist()
    assert set(topics.terms.term[topics.terms.topic == 3]) == set(KNOWN["生态"])


def passages(corpus, size=3):
    """Cut every section into passages of a few sentences."""
    rows = []
    for (article, _), part in corpus.groupby(["article", "section"], sort=False):
        sentences = [s for text in part.text for s in re.findall(r"[^。！？]+[。！？]?", text)]
        rows += [(article, "".join(sentences[i : i + size])) for i in range(0, len(sentences), size)]
    return pd.DataFrame(rows, columns=["article", "text"])


def test_passages_are_given_back_to_their_article_better_than_by_the_usual_script(corpus, lexicon):
    table = passages(corpus)
    words = segment(table.text, dictionary="stock").str.join(" ")
    matrix = TfidfVectorizer().fit_transform(words)
    usual = [recovery(pd.Series(KMeans(2, random_state=seed).fit_predict(matrix)), table.article) for seed in range(10)]
    tokens = segment(table.text, lexicon, level="word")  # grammar tells these authors apart, too
    vectors = vectorise(tokens, min_df=1)
    for method in ("nmf", "agglomerative"):
        found = recovery(cluster(vectors, 2, method=method).units.topic, table.article)
        assert found["ari"] > np.mean([one["ari"] for one in usual]) + 0.1
        assert found["nmi"] > np.mean([one["nmi"] for one in usual]) + 0.1


def test_reruns_are_the_same(tokens):
    for method in METHODS:
        one, two = (cluster(tokens, 4, method=method, seed=5) for _ in range(2))
        assert one.units.equals(two.units) and one.terms.equals(two.terms)
        assert one.strengths.equals(two.strengths)


def test_numbers_do_not_depend_on_the_order_of_columns(tokens):
    renamed = tokens.map(lambda words: [word[::-1] + word for word in words])
    for method in ("nmf", "agglomerative"):
        one, two = (cluster(words, 4, method=method).units.topic for words in (tokens, renamed))
        assert one.equals(two)


def test_class_tfidf_by_hand():
    counts = np.array([[3, 1, 0], [0, 1, 5]])
    expected = [
        [0.75 * np.log(1 + 5 / 3), 0.25 * np.log(1 + 5 / 2), 0],
        [0, np.log(1 + 5 / 2) / 6, 5 / 6 * np.log(1 + 5 / 5)],
    ]
    assert np.allclose(class_tfidf(counts), expected)


def test_ranking_by_frex_prefers_what_a_topic_has_to_itself():
    units = pd.Series([["共", "甲", "甲"]] * 3 + [["共", "乙", "乙"]] * 3)
    for by in ("ctfidf", "frex"):
        terms = cluster(units, 2, rank_by=by).terms
        assert terms.term[terms["rank"] == 1].tolist() == ["甲", "乙"]
        assert (terms.groupby("topic")[by].diff().dropna() <= 0).all()


def test_placing_units_of_the_fit_gives_their_strengths_back(tokens):
    matrix = vectorise(tokens).matrix
    for method in ("nmf", "kmeans"):
        model = fit(matrix, 3, method, seed=1)
        assert np.allclose(place(matrix, method, model.weights), model.strengths)
        assert np.allclose(place(matrix[4], method, model.weights), model.strengths[4])


def test_a_unit_that_counts_twice_is_a_unit_given_twice(known):
    matrix = vectorise(known[0]).matrix.toarray()[:12]
    times = np.array([2] + [1] * 11)
    once = fit(matrix, 3, "kmeans", 0, times=times)
    twice = fit(np.vstack([matrix[0], matrix]), 3, "kmeans", 0)
    assert np.allclose(sorted(once.weights.tolist()), sorted(twice.weights.tolist()))


def test_a_tree_is_cut_into_exactly_k_clusters_in_spite_of_ties():
    fits = [fit(np.eye(6), k, "agglomerative", 0) for k in range(1, 7)]  # all distances equal
    assert [len(set(model.found)) for model in fits] == [1, 2, 3, 4, 5, 6]


def test_shares_sum_to_one_count_every_unit_and_lie_in_their_interval(tokens, corpus):
    topics = cluster(tokens, 4)
    table = shares(topics, corpus.article, weights=tokens.str.len())
    assert table.groupby("group").share.sum().round(5).eq(1).all()
    assert table.units.sum() == len(tokens)
    assert len(table) == 4 * 2
    assert (table.low <= table.share).all() and (table.share <= table.high).all()


def test_the_interval_of_equal_units_is_wilsons():
    topics = cluster(pd.Series([["甲", "乙"]] * 8 + [["丙", "丁"]] * 2), 2)
    row = shares(topics, pd.Series(["a"] * 10)).iloc[0]  # 8 of 10: Newcombe (1998) gives 49–94 %
    assert (row.share, round(row.low, 4), round(row.high, 4)) == (0.8, 0.4902, 0.9433)


def test_representatives_belong_to_their_topic_and_are_quoted(tokens, corpus):
    topics = cluster(tokens, 4)
    table = representatives(topics, corpus.text, top=2)
    assert (topics.units.topic[table.unit].to_numpy() == table.topic).all()
    for row in table.itertuples():
        assert row.sentence in corpus.text[row.unit]
        assert all(term in row.sentence for term in row.terms.split("、") if term)


def test_rows_have_length_one(tokens):
    for kind in ("tfidf", "counts", "lsa"):
        matrix = vectorise(tokens, kind=kind).matrix
        matrix = matrix if isinstance(matrix, np.ndarray) else matrix.toarray()
        assert np.allclose((matrix**2).sum(axis=1), 1)


@pytest.mark.parametrize(
    "call, message",
    [
        (lambda t: cluster(t, 1), "k must lie between 2 and 29"),
        (lambda t: cluster_runs(t, 30, [1, 2]), "k must lie between 2 and 29"),
        (lambda t: shares(cluster(t, 3), pd.Series("a", t.index), weights=pd.Series([1] * 30)), "^weights has"),
        (lambda t: cluster(t, 30), "k must lie between 2 and 29"),
        (lambda t: cluster(t, 3, method="lda2vec"), "method"),
        (lambda t: cluster(t, 3, rank_by="beauty"), "rank_by"),
        (lambda t: cluster(pd.concat([t, pd.Series([["孤"]], index=["alone"])]), 3), "Unit 'alone'"),
        (lambda t: cluster(pd.concat([t, pd.Series([[]], index=["blank"])]), 3), "Unit 'blank'"),
        (lambda t: cluster(pd.concat([t, pd.Series([None], index=["gone"])]), 3), "Unit 'gone'"),
        (lambda t: cluster(pd.concat([t, pd.Series([["水", np.nan]], index=["half"])]), 3), "'half'"),
        (lambda t: cluster(t.str.join(" "), 3), "Unit 'u0' is not a list"),
        (lambda t: cluster(t.map(lambda words: ["水", "林"]), 3), "Only 1 of the 30 units differ"),
        (lambda t: cluster(pd.Series([["水"] * i + ["林"] for i in range(9)]), 3), "Only 2 terms"),
        (lambda t: cluster(t, 3, min_df=99), "lower min_df"),
        (lambda t: cluster(vectorise(t, kind="lsa"), 3, method="nmf"), "negative numbers"),
        (lambda t: vectorise(t, kind="bm25"), "kind"),
        (lambda t: vectorise(t, embedder=lambda texts: [[1.0]]), "shape"),
        (lambda t: vectorise(t, embedder=lambda texts: [[np.nan]] * 30), "missing values.*'u0'"),
        (lambda t: vectorise(t, embedder=len, texts=t.reset_index(drop=True)), "same index"),
        (lambda t: shares(cluster(t, 3), pd.Series(["a"] * 30)), "same index"),
        (lambda t: shares(cluster(t, 3), pd.Series([None] * 30, index=t.index)), "no label"),
        (lambda t: representatives(cluster(t, 3), pd.Series(["a"] * 30)), "same index"),
        (lambda t: recovery(pd.Series([1, 2]), pd.Series([1, 2], index=[5, 6])), "same index"),
    ],
)
def test_bad_input_is_named(known, call, message):
    with pytest.raises((TypeError, ValueError), match=message):
        call(known[0])


@pytest.mark.parametrize("k", [[2, 3], range(2, 4), 2.5, "3"])
def test_several_numbers_of_topics_are_refused_where_one_is_wanted(known, k):
    for call in (lambda: cluster(known[0], k), lambda: cluster_runs(known[0], k, [1, 2])):
        with pytest.raises(TypeError, match="k must be one whole number"):
            call()
