"""The number of topics: found where it is planted, refused where there is none, the same anywhere."""

import numpy as np
import pandas as pd
import pytest
from scipy.sparse import csr_matrix

from analysis import ROOT, choose_k, plant, power
from analysis.textstats.counts import term_matrix
from analysis.topics import rates
from analysis.topics.choice import _recommend
from analysis.topics.spectrum import deal, grouped, spectrum

SIZES = pd.Series([47] * 43, index=[f"u{i}" for i in range(43)])


@pytest.mark.parametrize("k", [2, 3, 4, 5])
@pytest.mark.parametrize("kind", ["pure", "unequal"])
def test_planted_groups_are_counted(kind, k):
    choices = [choose_k(plant(SIZES, k, kind=kind, share=0.8, seed=seed).tokens) for seed in range(3)]
    assert sum(choice.k == k for choice in choices) >= 2, [choice.reason for choice in choices]
    choice = next(choice for choice in choices if choice.k == k)
    assert choice.reason.startswith(f"{k} groups: what is left is")
    assert choice.candidates.passes[k - 1] and choice.candidates.enough.tolist()[:-1] == [False] * (
        len(choice.candidates) - 1
    )


@pytest.mark.parametrize(
    ("kind", "k", "why"),
    [
        ("continuum", 2, "poles are enough, but units lie between them"),
        ("continuum", 3, "poles are enough, but units lie between them"),
        ("unigram", 2, "not even one dimension is more than chance"),
        ("bursty", 2, "not even one dimension is more than chance"),
    ],
)
def test_where_there_are_no_groups_there_is_no_number(kind, k, why):
    choices = [choose_k(plant(SIZES, k, kind=kind, share=0.8, seed=seed).tokens) for seed in range(4)]
    reasons = [choice.reason for choice in choices if choice.k is None]
    assert len(reasons) >= 3 and any(why in reason for reason in reasons), [choice.reason for choice in choices]


def test_tokens_dealt_anew_over_real_units_have_no_number(tokens):
    words = np.random.default_rng(3).permutation(np.array(tokens.sum(), dtype=object))
    parts = np.split(words, tokens.str.len().cumsum()[:-1])
    assert choose_k(pd.Series([part.tolist() for part in parts], tokens.index)).k is None


def test_a_corpus_with_more_dimensions_than_groups_has_no_number(tokens):
    choice = choose_k(tokens)
    assert choice.k is None and "2 groups, the most tried, leave more than chance" in choice.reason


def test_minor_dimensions_are_passed_over():
    planted = plant(pd.Series([120] * 40), 3, share=0.7, seed=2).tokens
    other = plant(pd.Series([40] * 40), 2, kind="continuum", share=0.9, vocabulary=200, seed=3).tokens
    choice = choose_k(planted + other.map(lambda row: ["x" + word for word in row]))
    minor = choice.candidates.set_index("k")
    assert not minor.enough[3] and minor.gap[3] > 2 and minor.passes[3] and minor.enough[4] and minor.passes[4]
    assert choice.k == 3 and "what is left is minor" in choice.reason


def test_the_same_on_every_machine_and_another_seed_says_the_same():
    tokens = plant(SIZES, 3, share=0.7, seed=9).tokens
    first, again, other = choose_k(tokens), choose_k(tokens), choose_k(tokens, seed=1)
    pd.testing.assert_frame_equal(first.candidates, again.candidates)
    assert first.k == other.k == 3 and (first.candidates.null != other.candidates.null).all()
    assert first.candidates.left.tolist() == other.candidates.left.tolist() == LEFT


LEFT = [2.678817, 2.296503, 0.491476]


def test_of_many_units_a_sample_is_read():
    tokens = plant(pd.Series([30] * 300), 2, share=0.9, seed=1).tokens
    choice = choose_k(tokens, nulls=5)
    assert choice.k == 2 and choice.candidates.smallest[0] == 200


def test_a_verdict_goes_out_with_its_rates():
    given, none = (choose_k(plant(SIZES, 2, kind=kind, share=0.8).tokens) for kind in ("pure", "unigram"))
    table = rates(43)
    for choice in (given, none):
        assert choice.candidates.attrs["rates"] == table.to_dict("index")
    assert f"{table.wrong['no topics']} of {table.cases['no topics']} with no topics" in given.reason
    assert f"wrong on {table.none['groups']} of {table.cases['groups']} with groups" in none.reason


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"tokens": SIZES.head(11).map(lambda n: ["水", "林"])}, "only 11 units, and a number of topics needs 12"),
        ({"most": 1}, "^most must be a whole number of 2 or more"),
        ({"nulls": 4}, "^nulls must be a whole number of 5 or more"),
        ({"min_df": 99}, "lower min_df"),
    ],
)
def test_bad_input_is_named(change, message):
    with pytest.raises(ValueError, match=message):
        choose_k(**{"tokens": SIZES.map(lambda n: ["水", "林"]), **change})


def test_dealt_terms_keep_their_units_and_counts_inside_each_group(tokens):
    counts = term_matrix(tokens)[0]
    groups = np.arange(len(tokens)) % 3
    dealt = deal(counts, groups, np.random.default_rng(0))
    for group in range(3):
        before, after = (np.sort(table[groups == group].toarray(), axis=0) for table in (counts, dealt))
        assert (before == after).all()
    assert (dealt != counts).nnz > 0.5 * counts.nnz
    types = [np.diff(table.indptr) for table in (counts, dealt)]
    assert np.corrcoef(*types)[0, 1] > 0.7


def test_a_spectrum_is_without_the_noise_of_units():
    one = np.eye(4)[[0, 0, 0, 1, 1, 1]]
    values, places = spectrum(csr_matrix(one), 2)
    off = np.kron(np.eye(2), np.ones((3, 3))) - 0.4
    expected = np.linalg.eigvalsh(off * (1 - np.eye(6)))[::-1]
    assert values == pytest.approx(expected[:2], abs=1e-6)
    assert len(set(places[:3, 0])) == 1 and places[0, 0] == -places[3, 0]


def test_points_are_told_from_what_lies_between():
    random = np.random.default_rng(1)
    corners = np.array([[0, 0], [1, 0], [0, 1.0]])
    noise = 0.08 * random.normal(size=(60, 2))
    found, apart = grouped(corners[np.arange(60) % 3] + noise, 3)
    assert apart > 20 and all(len(set(found[i::3])) == 1 for i in range(3))
    assert grouped(random.dirichlet(np.ones(3), 60) @ corners + noise, 3)[1] < 2


def test_power_rises_with_separation_and_its_interval_holds_the_rate():
    table = power(SIZES, [2], shares=[0.1, 0.8], corpora=4)
    assert table.found.tolist() == [0, 4] and table.corpora.tolist() == [4, 4]
    assert (table.low <= table.rate).all() and (table.rate <= table.high).all() and table.low[1] < 0.9
    assert table.ari[0] < 0.5 < table.ari[1] and (table.other + table.found <= 4).all()


def test_rates_are_the_sums_of_what_the_benchmark_counted():
    counted = pd.read_csv(ROOT / "benchmarks" / "topics.csv")
    for verdict, part in counted.groupby("verdict"):
        for units in part.units.unique():
            table = rates(units, verdict)
            sums = part[part.units == units].groupby("truth")[["cases", "right", "none", "wrong"]].sum()
            assert table.loc[sums.index, sums.columns].equals(sums)
            assert (table.right + table.none + table.wrong == table.cases).all()
            assert (table.low <= table.rate).all() and (table.rate <= table.high).all()


def test_rates_are_as_promised():
    for units, least in ((43, 0.8), (120, 0.9)):
        table = rates(units)
        assert table.right["groups"] / table.cases["groups"] >= least
        assert table.rate["no topics"] <= 0.05 and table.rate["continuum"] <= 0.2
        assert table.rate["laws of several subjects"] <= 0.2
    with pytest.raises(ValueError, match="verdict must be one of"):
        rates(43, "silhouette")


def test_a_group_of_three_units_is_none():
    row = {"k": [1, 2], "left": [2.0, 0.5], "null": [0.5, 0.5], "z": [9.0, 0.0], "enough": [False, True]}
    row |= {"apart": [0.0, 9.0], "needed": [0.0, 2.0], "smallest": [40, 3], "passes": [False, False]}
    k, reason = _recommend(pd.DataFrame(row))
    assert k is None and "would have 3 units" in reason
    themes = [["创新", "研发", "专利", "转化"], ["养老", "医疗", "社保", "护理"]]
    rng = np.random.default_rng(4)
    tokens = pd.Series([rng.choice(themes[i < 3], 40).tolist() for i in range(40)])
    choice = choose_k(tokens)
    assert choice.k is None and not choice.candidates.passes.any()
