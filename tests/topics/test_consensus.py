"""Units that stay together: found where groups are known, dissolved where there are none, the same anywhere."""

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import adjusted_rand_score

from analysis import cluster, consensus_clusters, plant, resample_topics
from analysis.topics import cluster_runs, seed_agreement
from analysis.topics.consensus import _branches, _chance

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


def results(runs):
    """Return everything that is made of the runs, as text."""
    found = consensus_clusters(runs)
    return [*(table.to_csv() for table in (found.matrix, found.clusters, found.units)), found.tree.round(6).tolist()]


def test_two_processes_give_the_bytes_of_one(known):
    one, two = (resample_topics(known, [2, 3], bootstraps=4, seeds=2, nulls=2, n_jobs=jobs) for jobs in (1, 2))
    assert results(one) == results(two)


def test_fewer_models_are_the_first_of_more(known):
    plan = {"methods": ["kmeans"], "bootstraps": 4, "seeds": 2}
    together, alone = (resample_topics(known, ks, nulls=nulls, **plan) for ks, nulls in (([2, 3, 4], 2), ([3], 1)))
    for corpus, part in zip(together.corpora, alone.corpora, strict=False):
        assert (corpus[1] == part[0]).all()


def test_progress_is_silent_here_and_shown_on_request(known, capsys):
    plan = {"methods": ["kmeans"], "bootstraps": 3, "seeds": 2, "nulls": 1}
    resample_topics(known, [2], **plan)
    assert capsys.readouterr().err == ""
    resample_topics(known, [2], progress=True, **plan)
    assert "resample_topics" in capsys.readouterr().err


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


def test_planted_groups_survive_and_what_repeated_words_hold_together_does_not():
    sizes = pd.Series([47] * 43)
    plan = {"bootstraps": 8, "seeds": 2, "nulls": 3}
    groups, none = (plant(sizes, 4, kind=kind, share=0.8, seed=4) for kind in ("pure", "bursty"))
    found = consensus_clusters(resample_topics(groups.tokens, range(3, 6), **plan))
    assert adjusted_rand_score(found.units.cluster, groups.labels) > 0.9
    assert found.clusters.survives.all() and (found.clusters.null < 0.6).all()
    found = consensus_clusters(resample_topics(none.tokens, range(3, 6), **plan))
    assert not found.clusters.survives.any()


def test_branches_by_hand():
    tree = np.array([[0, 1, 0.1, 2], [3, 2, 0.4, 3]])
    assert _branches(tree).T.tolist() == [[1, 1, 0], [1, 1, 1]]


def test_a_null_has_the_size_of_what_it_is_compared_with():
    runs = [np.array([[0] * 9 + [1] * 3, [0] * 9 + [1] * 3, [0] * 9 + [1, 2, 3]])]
    nine, three, six = _chance([runs], np.array([9, 3, 6]))
    assert (nine, three, six) == (1, 0.666667, 1)
    assert _chance([runs], np.array([30])) == 0


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
    with pytest.raises(TypeError, match="result of resample_topics.* not a Series"):
        consensus_clusters(known)
    with pytest.raises(ValueError, match="Two seeds"):
        seed_agreement(known, 3, [1])
