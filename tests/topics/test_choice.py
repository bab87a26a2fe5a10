"""The number of topics: found where it is known, refused where there is none, the same anywhere."""

import json

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import adjusted_rand_score, silhouette_score

from analysis import ROOT, choose_k, cluster, consensus_clusters, resample_topics, vectorise
from analysis.textstats.counts import encode, shuffled
from analysis.topics import cluster_runs, seed_agreement
from analysis.topics.agreement import (
    exclusivity,
    omega,
    pairwise_ari,
    pairwise_jaccard,
    reliability,
    silhouette,
    unexplained,
)
from analysis.topics.choice import MEASURES

THEMES = (
    ["创新", "链", "研发", "转化", "专利"],
    ["养老", "医疗", "教育", "社保", "托育"],
    ["碳", "水", "林", "修复", "湿地"],
)
SHARED = ["发展", "建设", "推进", "加强"]


def units_of(themes, seed=7, size=27):
    """Units that draw six words of ten from a theme, and the rest from what all share."""
    random = np.random.default_rng(seed)
    return pd.Series(
        [
            [
                str(word)
                for word in random.permutation(
                    np.concatenate([random.choice(themes[i % len(themes)], 6), random.choice(SHARED, 4)])
                )
            ]
            for i in range(size)
        ],
        index=[f"u{i}" for i in range(size)],
    )


@pytest.fixture(scope="module")
def known():
    return units_of(THEMES)


@pytest.fixture(scope="module")
def noise():
    return units_of([sum(THEMES, [])], seed=11)


@pytest.fixture(scope="module")
def choice(known):
    return choose_k(resample_topics(known, range(2, 6), bootstraps=8, seeds=3))


def test_a_known_number_of_topics_is_recommended_with_its_reason(choice):
    assert choice.k == 3
    assert "nmf k = 3" in choice.reason and "19 null corpora" in choice.reason
    best = choice.candidates[choice.candidates.k == 3]
    assert best.passes.all() and (best.p == 0.05).all() and (best.null < 0.5).all()


def test_noise_has_no_number_of_topics(noise):
    found = choose_k(resample_topics(noise, range(2, 6), bootstraps=8, seeds=3))
    assert found.k is None
    assert found.reason.startswith("k is not identifiable on these data")
    assert not found.candidates.passes.any()


def test_another_seed_and_the_other_methods_find_none_either(noise):
    plan = {"bootstraps": 3, "seeds": 2, "seed": 1}
    assert choose_k(resample_topics(noise, [2, 3], methods=["agglomerative"], **plan)).k is None
    assert choose_k(resample_topics(noise, [3], methods=["lda"], nulls=2, **plan)).k is None


def test_equal_candidates_are_not_decided_between():
    nested = [
        [*group, *half]
        for group, half in zip(
            [["甲", "乙", "丙", "丁"], ["戊", "己", "庚", "辛"]] * 2,
            [["子", "丑"], ["寅", "卯"], ["辰", "巳"], ["午", "未"]],
            strict=True,
        )
    ]
    tokens = pd.Series(nested * 8)
    found = choose_k(resample_topics(tokens, [2, 4], methods=["agglomerative"], bootstraps=6, seeds=2))
    assert found.k is None and "several are equally stable (agglomerative k = 2, 4" in found.reason


def test_every_measure_has_an_interval_and_a_null_band(choice):
    table = choice.measures
    assert set(table.measure) == set(MEASURES)
    assert len(table) == len(MEASURES) * 4 * 2
    assert not table.isna().any().any()
    assert (table.low <= table.value + 1e-9).all() and (table.value <= table.high + 1e-9).all()
    assert (table.null_low <= table.null).all() and (table.null <= table.null_high).all()


def test_the_known_topics_exceed_the_null_corpora(choice):
    table = choice.measures[choice.measures.k == 3].set_index(["measure", "method"])
    for measure in ("ari", "jaccard", "omega", "silhouette", "exclusivity"):
        assert (table.value[measure] > table.null_high[measure]).all(), measure


def results(runs):
    """Return everything that the two readers make of the runs, as text."""
    choice, found = choose_k(runs), consensus_clusters(runs)
    tables = choice.measures, choice.candidates, found.matrix, found.clusters, found.units
    return [choice.k, choice.reason, *(table.to_csv() for table in tables), found.tree.round(6).tolist()]


def test_two_processes_give_the_bytes_of_one(known):
    one, two = (resample_topics(known, [2, 3], bootstraps=4, seeds=2, nulls=2, n_jobs=jobs) for jobs in (1, 2))
    assert results(one) == results(two)


@pytest.mark.parametrize("name", ["themes", "all methods"])
def test_readers_of_one_set_of_runs_find_what_they_found_with_their_own(name, known):
    expected = json.loads((ROOT / "tests" / "topics" / "oracles" / "resampled.json").read_text(encoding="utf-8"))
    plan = expected[name]["plan"]
    runs = resample_topics(known, **plan)
    for found, wanted in zip(results(runs), expected[name]["results"], strict=True):
        assert found == wanted


def test_fewer_models_are_the_first_of_more(known):
    plan = {"ks": [3], "seeds": 2, "nulls": 2}
    many, few = (resample_topics(known, bootstraps=8, **options, **plan) for options in ({}, {"null_bootstraps": 4}))
    pd.testing.assert_frame_equal(choose_k(many).measures, choose_k(few).measures)
    unmeasured = resample_topics(known, bootstraps=8, measures=False, **plan)
    assert consensus_clusters(unmeasured).clusters.equals(consensus_clusters(many).clusters)
    with pytest.raises(ValueError, match="measures=True"):
        choose_k(unmeasured)


def test_a_candidate_does_not_depend_on_the_company_it_is_in(known):
    plan = {"methods": ["kmeans"], "bootstraps": 4, "seeds": 2, "nulls": 1}
    together, alone = (choose_k(resample_topics(known, ks, **plan)).measures for ks in ([2, 3, 4], [3]))
    kept = together[together.k == 3].reset_index(drop=True)
    pd.testing.assert_frame_equal(kept, alone)


def test_the_null_corpus_keeps_lengths_and_frequencies(tokens):
    before = encode(tokens)
    after = shuffled(before, 5)
    assert (after.lengths == before.lengths).all() and (after.terms == before.terms).all()
    assert (np.bincount(after.codes) == np.bincount(before.codes)).all()
    assert (after.codes != before.codes).any()


def test_progress_is_silent_here_and_shown_on_request(known, capsys):
    plan = {"methods": ["kmeans"], "bootstraps": 3, "seeds": 2, "nulls": 1}
    resample_topics(known, [2], **plan)
    assert capsys.readouterr().err == ""
    resample_topics(known, [2], progress=True, **plan)
    assert "resample_topics" in capsys.readouterr().err


def test_agreement_of_partitions_is_scikit_learns():
    found = np.random.default_rng(0).integers(0, 4, (5, 30))
    expected = [[adjusted_rand_score(a, b) for a in found] for b in found]
    assert np.allclose(pairwise_ari(found), expected)


@pytest.mark.parametrize("sparse", [True, False])
def test_silhouette_is_scikit_learns(tokens, sparse):
    matrix = vectorise(tokens).matrix
    matrix = matrix if sparse else matrix.toarray()
    found = cluster(tokens, 3).units.topic.to_numpy() - 1
    assert silhouette(matrix, found, 3) == pytest.approx(silhouette_score(matrix, found, metric="cosine"))
    assert silhouette(matrix, np.zeros(len(tokens), int), 3) == 0


def test_what_memberships_explain():
    matrix = np.array([[1, 0], [1, 0], [0, 1.0]])
    assert unexplained(matrix, np.array([[1, 0], [1, 0], [0, 1]])) == pytest.approx(0)
    assert unexplained(matrix, np.array([[1], [1], [1]])) == pytest.approx(1 - (4 / 3 + 1 / 3) / 3)


def test_top_terms_are_matched_before_they_are_compared():
    one = [np.array([0, 1, 2]), np.array([3, 4, 5])]
    two = [np.array([3, 4, 6]), np.array([0, 1, 2])]
    assert pairwise_jaccard([one, two], 7)[0, 1] == pytest.approx((1 + 2 / 4) / 2)


def test_exclusivity_by_hand():
    weights = np.array([[3, 1, 0], [0, 1, 3.0]])
    assert exclusivity(weights, [np.array([0, 1]), np.array([2])]) == pytest.approx((0.75 + 1) / 2)


@pytest.mark.parametrize("loadings", [[0.9, 0.8, 0.7], [0.3, 0.95, 0.6, 0.5], [1, 1, 1], [0.6, 0.6]])
def test_omega_of_a_known_factor_model(loadings):
    loadings = np.array(loadings, float)
    table = np.outer(loadings, loadings)
    np.fill_diagonal(table, 1)
    common = loadings.sum() ** 2
    assert omega(table[None])[0] == pytest.approx(common / (common + (1 - loadings**2).sum()))


def test_reliability_sees_through_renumbered_topics_and_falls_with_noise():
    random = np.random.default_rng(2)
    strengths, weights = random.random((40, 3)), random.random((3, 60))
    orders = [random.permutation(3) for _ in range(5)]
    same = reliability([strengths[:, o] for o in orders], [weights[o] for o in orders])
    noisy = reliability([random.random((40, 3)) for _ in orders], [random.random((3, 60)) for _ in orders])
    assert np.allclose(same, 1) and len(same) == 6 and noisy[0] < 0.7


def test_seeds_agree_on_the_known_answer_and_not_on_noise(known, noise):
    assert seed_agreement(known, 3, range(8)).ari.mean() > 0.7
    assert seed_agreement(noise, 4, range(8)).ari.mean() < 0.5


def test_runs_have_the_starts_of_cluster_and_more_starts_agree_better(known, noise):
    runs = cluster_runs(noise, 4, [3])
    assert adjusted_rand_score(runs[3], cluster(noise, 4, method="kmeans", seed=3).units.topic) == 1
    one, ten = (seed_agreement(noise, 4, range(8), starts=starts).ari.mean() for starts in (1, 10))
    assert one < ten


@pytest.mark.parametrize("method", ["nmf", "lda"])
def test_seeds_of_other_methods_are_compared_too(known, noise, method):
    found = seed_agreement(known, 3, range(4), method=method)
    assert len(found) == 6
    assert found.ari.mean() > seed_agreement(noise, 4, range(4), method=method).ari.mean()


@pytest.mark.parametrize(
    ("options", "message"),
    [({"method": "agglomerative"}, "depend on a seed"), ({"starts": 0}, "^starts must be a whole number of 1 or more")],
)
def test_runs_without_chance_or_starts_are_refused(known, options, message):
    with pytest.raises(ValueError, match=message):
        cluster_runs(known, 3, [1, 2], **options)


def test_consensus_finds_the_known_topics_without_being_told_k(known):
    found = consensus_clusters(resample_topics(known, range(2, 6), bootstraps=8, seeds=2, nulls=2))
    assert found.units.cluster.tolist() == [1, 2, 3] * 9
    assert found.clusters.survives.all() and found.units.belongs.all()
    assert found.matrix.index.equals(known.index) and found.matrix.columns.equals(known.index)
    assert (np.diag(found.matrix) == 1).all() and np.allclose(found.matrix, found.matrix.T)
    assert (found.units.support > found.units.next).all()


def test_nothing_in_noise_survives_and_every_unit_belongs_nowhere(noise):
    found = consensus_clusters(resample_topics(noise, range(2, 6), bootstraps=8, seeds=2, nulls=3))
    assert not found.clusters.survives.any()
    assert not found.units.belongs.any()


def test_where_no_units_stay_together_there_are_no_clusters(noise):
    found = consensus_clusters(resample_topics(noise, [5], bootstraps=3, seeds=2, nulls=1), threshold=0.999)
    assert found.clusters.empty and (found.units.cluster == 0).all() and not found.units.belongs.any()


def test_a_stranger_belongs_nowhere(known):
    stranger = pd.Series([["创新", "养老", "碳", "发展", "链", "医疗", "水"]], index=["x"])
    found = consensus_clusters(
        resample_topics(pd.concat([known, stranger]), range(3, 6), bootstraps=8, seeds=2, nulls=2)
    )
    assert not found.units.belongs["x"]
    assert found.units.belongs[known.index].mean() > 0.9


@pytest.mark.parametrize(
    "change, message",
    [
        ({"ks": [1, 2]}, "k must lie between 2 and 13"),
        ({"ks": [14]}, "k must lie between 2 and 13"),
        ({"ks": []}, "At least one k"),
        ({"methods": []}, "one method"),
        ({"methods": ["som"]}, "method must be one of"),
        ({"bootstraps": 2}, "^bootstraps must be a whole number of 3 or more"),
        ({"seeds": 1}, "^seeds must be a whole number of 2 or more"),
        ({"nulls": 0}, "^nulls must be a whole number of 1 or more"),
        ({"null_bootstraps": 2}, "^null_bootstraps must be a whole number of 3 or more"),
        ({"min_df": 99}, "lower min_df"),
        ({"kind": "bm25"}, "kind"),
        ({"alike": True}, "Only 1 of the 27 units"),
        ({"blank": True}, "Unit 'u3'"),
    ],
)
def test_bad_input_is_named(known, change, message):
    tokens = known.map(lambda words: ["水", "林"]) if change.get("alike") else known.copy()
    if change.get("blank"):
        tokens["u3"] = []
    options = {name: value for name, value in change.items() if name not in ("alike", "blank")}
    with pytest.raises(ValueError, match=message):
        resample_topics(tokens, **{"ks": [2, 3], **options})


def test_other_bad_input_is_named(known):
    with pytest.raises(ValueError, match="threshold"):
        consensus_clusters(resample_topics(known, [2], bootstraps=3, seeds=2, nulls=1), threshold=1.5)
    for reader in (choose_k, consensus_clusters):
        with pytest.raises(TypeError, match="result of resample_topics.* not a Series"):
            reader(known)
    with pytest.raises(ValueError, match="Two seeds"):
        seed_agreement(known, 3, [1])
