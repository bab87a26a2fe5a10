"""Dispersion against published worked examples, and against definitions written as loops."""

from itertools import product

import numpy as np
import pandas as pd
import pytest
from scipy.sparse import csr_matrix

from analysis import dispersion
from analysis.textstats.dispersion import deviation_of_proportions, evenness, reduced_frequency

GRIES = pd.Series([
    part.split()
    for part in (
        "b a m n i b e u p",
        "b a s a t b e w q n",
        "b c a g a b e s t a",
        "b a g h a b e a a t",
        "b a h a a b e a x a t",
    )
])
GRIES_VALUES = {  # Juilland D, Rosengren S, DP, DPnorm, KL; all but the last row published
    "b": (0.968, 0.999, 0.02, 0.024, 0.003),
    "i": (0, 0.18, 0.82, 1, 2.474),
    "q": (0, 0.2, 0.8, 0.976, 2.322),
    "x": (0, 0.22, 0.78, 0.951, 2.184),
    "a": (0.785, 0.950, 0.18, 0.220, 0.137),
}
ALLEMAND = ((2, 0, 1, 1, 3, 0, 3, 0, 0, 0), (8143, 8058, 8271, 8125, 7959, 7941, 8146, 8001, 8003, 7930))
EQUAL_PARTS = [
    ("Carroll 1970", [2, 1, 1, 1, 0], "carroll_d2", 0.8277),
    ("Carroll 1970", [0, 4, 3, 2, 1], "juilland_d", 0.6464),
    ("Lijffijt and Gries 2012", [2, 1, 0], "dp_norm", 0.5),
    ("Lijffijt and Gries 2012", [2, 1, 0], "dp", 0.333),
    ("Gries 2008", [1, 2, 3, 4, 5], "rosengren_s", 0.937),
    ("Gries 2008", [1, 2, 3, 4, 5], "lyne_d3", 0.944),
]


def one_term(counts, sizes) -> dict[str, float]:
    found = evenness(csr_matrix(np.array(counts, dtype=float)[:, None]), np.array(sizes))
    return {name: float(value[0]) for name, value in found.items()}


@pytest.mark.parametrize("term", GRIES_VALUES)
def test_gries_five_parts(term):
    row = dispersion(GRIES).set_index("term").loc[term]
    found = row[["juilland_d", "rosengren_s", "dp", "dp_norm", "kl"]].tolist()
    assert found == pytest.approx(GRIES_VALUES[term], abs=0.0005)


@pytest.mark.parametrize("source, counts, measure, value", EQUAL_PARTS)
def test_equal_parts(source, counts, measure, value):
    half = 0.5 * 10 ** -len(str(value).partition(".")[2])
    assert one_term(counts, [100] * len(counts))[measure] == pytest.approx(value, abs=half)


@pytest.mark.parametrize(
    "measure, value",
    [("juilland_d", 0.6038797), ("carroll_d2", 0.6521444), ("rosengren_s", 0.4763652), ("dp", 0.49907)],
)
def test_allemand(measure, value):
    assert one_term(*ALLEMAND)[measure] == pytest.approx(value, abs=5e-6)


def test_allemand_divergence_in_the_form_tlda_prints():
    assert 1 / (1 + one_term(*ALLEMAND)["kl"]) == pytest.approx(0.4665078, abs=5e-7)


def test_arf_is_its_definition():
    codes = np.random.default_rng(3).integers(0, 7, 200)
    for term, found in enumerate(reduced_frequency(codes, 7)):
        places = np.flatnonzero(codes == term)
        stretch = len(codes) / len(places)
        distances = [(b - a - 1) % len(codes) + 1 for a, b in zip(np.roll(places, 1), places, strict=True)]
        assert found == pytest.approx(sum(min(d, stretch) for d in distances) / stretch)


def test_dp_is_its_definition_and_survives_empty_parts():
    counts = np.random.default_rng(4).integers(0, 3, (6, 30))
    sizes = np.array([10, 0, 30, 5, 8, 20])
    counts[1] = 0
    counts[2] += 1
    expected = [
        0.5 * sum(abs(v / column.sum() - s / sizes.sum()) for v, s in zip(column, sizes, strict=True))
        for column in counts.T
    ]
    assert deviation_of_proportions(csr_matrix(counts), sizes) == pytest.approx(expected)


def test_columns_of_the_table(tokens, corpus):
    table = dispersion(tokens, corpus.article)
    assert table["count"].sum() == tokens.str.len().sum()
    assert table.range.between(1, 2).all() and (table.parts == 2).all()
    assert table.dp.between(0, 1).all() and table.dp_norm.between(0, 1).all()
    assert (table.arf <= table["count"] + 1e-6).all() and (table.arf >= 1 - 1e-6).all()
    assert table["count"].is_monotonic_decreasing and not table.isna().any(axis=None)


@pytest.mark.parametrize(
    "tokens, parts, message",
    [
        (pd.Series([["链"], []]), None, "Part 1 has no tokens"),
        (pd.Series([["链"]]), None, "two parts or more"),
        (pd.Series([["链"], ["网"]]), pd.Series(["a", "a"]), "two parts or more"),
        (pd.Series([["链"], ["网"]]), pd.Series(["a", "b"], index=[1, 2]), "same index"),
        (pd.Series([["链"], ["网"]]), pd.Series(["a", None]), "no label for unit 1"),
        (pd.Series([[], []]), None, "no tokens"),
    ],
)
def test_bad_input_is_named(tokens, parts, message):
    with pytest.raises(ValueError, match=message):
        dispersion(tokens, parts)


def test_juilland_is_0_in_one_part_and_never_below_however_unequal_the_parts():
    rng = np.random.default_rng(6)
    sizes = np.array([1, 3, 10, 200, 5000])
    assert [one_term(row, sizes)["juilland_d"] for row in np.eye(5)] == pytest.approx([0] * 5, abs=1e-9)
    counts = rng.binomial(sizes, rng.random((300, 5)) ** 6)
    found = [one_term(row, sizes)["juilland_d"] for row in counts if row.any()]
    assert min(found) >= 0 and max(found) > 0.2


@pytest.mark.parametrize("count, sizes", [(1, (6, 3, 1)), (2, (6, 3, 1)), (3, (4, 4, 2))])
def test_dp_by_chance_is_the_mean_over_all_ways_to_fall(count, sizes):
    share = np.array(sizes) / sum(sizes)
    expected = 0.0
    for fall in product(range(len(sizes)), repeat=count):
        expected += share[list(fall)].prod() * np.abs(np.bincount(fall, minlength=3) / count - share).sum() / 2
    rows = [["甲"] * (part == 0) * count + ["乙"] * (size - (part == 0) * count) for part, size in enumerate(sizes)]
    row = dispersion(pd.Series(rows), draws=20_000).set_index("term").loc["甲"]
    assert row.dp_expected == pytest.approx(expected, abs=0.005)
    assert row.dp_low <= expected <= row.dp_high


def test_terms_thrown_at_random_lie_in_the_range_nineteen_times_in_twenty():
    rng = np.random.default_rng(7)
    rows = [[f"w{word}" for word in rng.integers(0, 120, size)] for size in (300, 700, 1500, 200, 900, 2400)]
    table = dispersion(pd.Series(rows), draws=2000)
    assert 0.89 < table.dp.between(table.dp_low, table.dp_high).mean() <= 0.99
    assert table.dp.mean() == pytest.approx(table.dp_expected.mean(), rel=0.06)


def test_draws_add_columns_and_change_none(tokens):
    plain, drawn = dispersion(tokens), dispersion(tokens, draws=50)
    pd.testing.assert_frame_equal(plain, drawn[list(plain)])
    pd.testing.assert_frame_equal(drawn, dispersion(tokens, draws=50))
    assert not drawn.dp_expected.equals(dispersion(tokens, draws=50, seed=1).dp_expected)
    with pytest.raises(ValueError, match="draws must be a whole number of 0 or more"):
        dispersion(tokens, draws=-1)
