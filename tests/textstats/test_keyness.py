"""Keyness: counts by hand, agreement with the plain functions, resampling, and bad input."""

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from scipy.sparse import csr_matrix
from scipy.stats import chi2_contingency, false_discovery_control, fisher_exact

from analysis import keyness, segment
from analysis.textstats import association, passages
from analysis.textstats.resampling import bootstrap_log_ratio, holm, labelings, permutation_p

TOKENS = pd.Series({"a1": ["创新", "创新", "链"], "a2": ["创新", "的"], "b1": ["协同", "链", "的"], "b2": ["协同"]})
FIRST = pd.Series([True, True, False, False], index=TOKENS.index)


@pytest.fixture(scope="module")
def table(tokens, corpus):
    return keyness(tokens, corpus.article == "zhang-lu").set_index("term")


def test_counts_rates_and_documents_by_hand():
    row = keyness(TOKENS, FIRST).set_index("term").loc["创新"]
    assert row[["count_target", "count_reference", "df_target", "df_reference"]].tolist() == [3, 0, 2, 0]
    assert row.rate_target == 6000 and row.rate_reference == 0
    assert row.dp_target == round(abs(2 / 3 - 3 / 5), 6) and np.isnan(row.dp_reference)


def test_every_column_is_what_the_plain_function_gives(table, tokens, corpus):
    size = tokens.str.len().groupby(corpus.article).sum()
    for term in ("发展", "新质生产力", "科技成果转化", "区域"):
        row = table.loc[term]
        a, b = row.count_target, row.count_reference
        cells = a, b, size["zhang-lu"] - a, size["lu"] - b
        side = association.sign(*cells)
        expected = {
            "g2": side * association.log_likelihood(*cells),
            "g2_two_term": side * association.log_likelihood(*cells, cells=2),
            "bic": association.bic(*cells),
            "log_ratio": association.log_ratio(*cells),
            "lrc": association.conservative_log_ratio(*association.log_ratio_interval(*cells)),
            "diff_percent": association.percent_difference(*cells),
            "odds_ratio": association.odds_ratio(*cells),
        }
        expected = {name: float(value) for name, value in expected.items()}
        assert row[list(expected)].to_dict() == pytest.approx(expected, abs=1e-6)
        exact = min(association.expected(*cells)) < 5
        assert row.test == ("Fisher" if exact else "G2")
        g2 = association.log_likelihood(*cells)
        p = association.fisher_exact(*cells) if exact else association.p_value(g2)
        assert row.p == pytest.approx(p, abs=1e-6)


def test_all_tokens_are_counted_and_sides_can_be_swapped(table, tokens, corpus):
    size = tokens.str.len().groupby(corpus.article).sum()
    counts = table[["count_target", "count_reference"]].sum()
    assert counts.tolist() == size[["zhang-lu", "lu"]].tolist()
    other = keyness(tokens, corpus.article == "lu").set_index("term").loc[table.index]
    assert other.g2.tolist() == pytest.approx((-table.g2).tolist())
    assert other.log_ratio.tolist() == pytest.approx((-table.log_ratio).tolist(), abs=1e-6)
    assert other.boot_low.tolist() == pytest.approx((-table.boot_high).tolist(), abs=1, nan_ok=True)


def test_rarer_terms_leave_the_family_and_not_the_sizes(table, tokens, corpus):
    some = keyness(tokens, corpus.article == "zhang-lu", min_count=5).set_index("term")
    same = table.loc[some.index]
    assert (some.count_target + some.count_reference).min() == 5
    untouched = ["rate_target", "g2", "p", "log_ratio", "dp_target", "p_permutation", "boot_low"]
    pd.testing.assert_frame_equal(some[untouched], same[untouched])
    assert (some.p_holm <= same.p_holm).all() and (some.p_holm < same.p_holm).any()


def test_order_is_positive_then_negative_by_g2_then_term(table):
    places = table.keyword.map({"positive": 0, "neither": 1, "negative": 2})
    keys = list(zip(places, -table.g2.abs(), table.index, strict=True))
    assert keys == sorted(keys)


def test_the_same_call_gives_the_same_table(table, tokens, corpus):
    again = keyness(tokens, corpus.article == "zhang-lu").set_index("term")
    pd.testing.assert_frame_equal(table, again, check_exact=True)
    order = corpus.sample(frac=1, random_state=1).index
    mixed = keyness(tokens[order], corpus.article[order] == "zhang-lu", draws=0)
    pd.testing.assert_frame_equal(mixed.set_index("term"), table[mixed.columns[1:]])


def test_a_reference_can_be_a_mask_or_other_tokens():
    others = TOKENS[~FIRST]
    by_default = keyness(TOKENS, FIRST)
    pd.testing.assert_frame_equal(by_default, keyness(TOKENS, FIRST, reference=~FIRST))
    pd.testing.assert_frame_equal(by_default, keyness(TOKENS[FIRST], reference=others))


def test_significance_without_effect_and_effect_without_evidence():
    rng = np.random.default_rng(8)
    words = np.array(["的", "链"])
    rows = [words[(rng.random(50_000) < rate).astype(int)].tolist() for rate in (0.50, 0.50, 0.515, 0.515)]
    rows[0].append("孤")
    found = keyness(pd.Series(rows), pd.Series([True, True, False, False]), draws=0)
    found = found.set_index("term")
    assert found.p["的"] < 1e-6 and abs(found.log_ratio["的"]) < 0.1
    assert found.p["孤"] > 0.4 and found.log_ratio["孤"] > 0.9 and found.lrc["孤"] == 0


def test_permutation_is_the_enumeration_of_all_labelings():
    counts = np.array([[3, 1, 0], [2, 0, 0], [0, 2, 1], [1, 4, 0], [0, 0, 0]])
    sizes = np.array([9, 5, 7, 8, 3])
    gaps = []
    for chosen in combinations(range(5), 2):
        inside = np.isin(range(5), chosen)
        gaps.append(abs(counts[inside].sum(0) / sizes[inside].sum() - counts[~inside].sum(0) / sizes[~inside].sum()))
    expected = (np.array(gaps) >= gaps[0] - 1e-12).mean(axis=0)
    is_target = np.array([True, True, False, False, False])
    exact = permutation_p(csr_matrix(counts), sizes, is_target, 10, 0)
    assert exact == pytest.approx(expected)
    many = np.tile(counts, (4, 1)), np.tile(sizes, 4), np.tile(is_target, 4)
    drawn = [permutation_p(csr_matrix(many[0]), *many[1:], 2000, seed) for seed in (1, 2)]
    assert drawn[0] == pytest.approx(drawn[1], abs=0.04)
    assert (drawn[0] >= 1 / 2001).all()


def test_labelings_keep_the_size_of_the_target():
    is_target = np.arange(30) < 12
    labels = labelings(is_target, 500, 3)
    assert labels.shape == (30, 501) and (labels.sum(axis=0) == 12).all()
    assert (labels[:, 0] == is_target).all()


def test_permutation_p_is_uniform_where_nothing_differs():
    counts = csr_matrix(np.random.default_rng(9).poisson(40, (24, 400)))
    p = permutation_p(counts, np.full(24, 9000), np.arange(24) < 12, 999, 4)
    assert 0.02 < (p < 0.05).mean() < 0.08 and 0.4 < np.median(p) < 0.6


def test_bootstrap_covers_the_true_ratio_nineteen_times_in_twenty():
    rng = np.random.default_rng(10)
    rates = rng.gamma(2, 1, (120, 300))  # units differ more than Poisson: tokens cluster
    rates[:60] *= 2
    counts = csr_matrix(rng.poisson(rates))
    sizes = np.full(60, 1000)
    low, high = bootstrap_log_ratio((counts[:60], counts[60:]), (sizes, sizes), 500, 6, 0.95)
    assert 0.90 < ((low <= 1) & (high >= 1)).mean() < 0.98


def test_a_term_that_one_side_lacks_has_no_bootstrap_interval(table):
    lacking = (table.count_target == 0) | (table.count_reference == 0)
    assert (table.boot_low.isna() == lacking).all() and (table.boot_high.isna() == lacking).all()


@pytest.mark.parametrize(
    "p, expected", [([0.01, 0.04, 0.03, 0.005], [0.03, 0.06, 0.06, 0.02]), ([0.5, 0.9], [1, 1]), ([0.2], [0.2])]
)
def test_holm(p, expected):
    assert holm(np.array(p)) == pytest.approx(expected)


def test_adjusted_p_values_are_of_the_whole_table(table):
    assert (table.p <= table.p_bh + 1e-9).all() and (table.p_bh <= table.p_holm + 1e-9).all()
    assert table.p_bh.tolist() == pytest.approx(false_discovery_control(table.p).tolist(), abs=1e-3)


@pytest.mark.parametrize(
    "arguments, message",
    [
        ({"target": ~(FIRST | ~FIRST)}, "target is empty"),
        ({"target": FIRST | ~FIRST}, "target is every unit"),
        ({}, "target is every unit"),
        ({"target": FIRST, "reference": FIRST}, "'a1' is in target and reference"),
        ({"target": FIRST, "reference": ~(FIRST | ~FIRST)}, "reference is empty"),
        ({"target": FIRST.iloc[:2]}, "on the index of tokens"),
        ({"target": pd.Series("a", index=TOKENS.index)}, r"True or False for each unit.*not \['a'\]"),
        ({"target": FIRST, "reference": pd.Series([[], []])}, "no tokens"),
        ({"target": FIRST, "min_count": 9}, "lower min_count"),
        ({"target": FIRST, "min_count": 0}, "min_count must be a whole number of 1 or more"),
        ({"target": FIRST, "draws": -1}, "draws must be a whole number of 0 or more"),
        ({"target": FIRST, "confidence": 95}, "between 0 and 1"),
    ],
)
def test_bad_input_is_named(arguments, message):
    with pytest.raises(ValueError, match=message):
        keyness(TOKENS, **arguments)


@pytest.mark.parametrize(
    "arguments, message",
    [
        ({"target": "a"}, "target must be a Series .*True or False.*not the str 'a'"),
        ({"target": [True, False]}, "target must be a Series .*not the list"),
        ({"target": FIRST, "reference": "gwr"}, "reference must be a Series .*profile.*not the str 'gwr'"),
        ({"reference": pd.Series("a", index=TOKENS.index)}, "'a1' is not a list of tokens but 'a'"),
    ],
)
def test_arguments_of_another_type_are_named(arguments, message):
    with pytest.raises(TypeError, match=message):
        keyness(TOKENS, **arguments)


def test_where_every_expected_count_is_large_no_exact_test_is_needed():
    tokens = pd.Series([["链", "网"] * 10] * 4)
    assert keyness(tokens, pd.Series([True, True, False, False]), draws=0).test.tolist() == ["G2", "G2"]


def test_where_every_expected_count_is_small_all_tests_are_exact():
    tokens = pd.Series([["链", "网"], ["链", "链", "网"], ["网", "网"], ["网", "链", "网"]])
    found = keyness(tokens, pd.Series([True, True, False, False]), draws=0)
    assert found.test.tolist() == ["Fisher", "Fisher"]
    assert found.p.tolist() == pytest.approx([fisher_exact([[3, 1], [2, 4]]).pvalue] * 2, abs=1e-6)


def test_both_tests_in_one_table_each_at_its_place():
    tokens = pd.Series([["链"] * 60 + ["网"] * 30 + ["孤"] * 3, ["链"] * 40 + ["网"] * 50 + ["港"]])
    found = keyness(tokens, pd.Series([True, False]), draws=0).set_index("term")
    assert found.test.to_dict() == {"链": "G2", "网": "G2", "孤": "Fisher", "港": "Fisher"}
    for term, row in found.iterrows():
        a, b = int(row.count_target), int(row.count_reference)
        cells = [[a, b], [93 - a, 91 - b]]
        g2 = chi2_contingency(cells, correction=False, lambda_="log-likelihood")
        expected = fisher_exact(cells) if row.test == "Fisher" else g2
        assert row.p == pytest.approx(expected.pvalue, abs=1e-6), term


@pytest.mark.parametrize("units, smallest", [(8, 1 / 1001), (4, 2 / 70)])
def test_the_smallest_p_is_one_over_the_draws_or_that_of_all_labelings(units, smallest):
    tokens = pd.Series([["链"] * 5] * units + [["网"] * 5] * units)
    found = keyness(tokens, pd.Series(np.arange(2 * units) < units), draws=1000)
    assert found.p_permutation.tolist() == [round(smallest, 6)] * 2


@pytest.mark.parametrize(
    "size, expected", [(3, [[0, 1], [2]]), (2, [[0], [1], [2]]), (1, [[0], [], [1], [], [2], [], [3]])]
)
def test_passages_are_of_whole_units_and_of_no_more_than_the_text(size, expected):
    tokens = pd.Series([["链", "网"], ["链", "网"], ["链", "网"], ["链"]])
    found = passages(tokens, size)
    assert [tokens.index[found[number]].tolist() for number in found] == expected


def test_a_text_too_short_for_two_passages_is_named():
    with pytest.raises(ValueError, match="has 4 tokens, and passages of 3 need twice"):
        passages(pd.Series([["链", "网"], ["链", "网"]]), 3)


def test_permutation_finds_nothing_where_paragraphs_are_drawn_at_random_and_tokens_are_bursty():
    rng = np.random.default_rng(11)
    naive = shuffled = 0
    for _ in range(12):
        tokens = pd.Series([[f"w{word}" for word in rng.choice(12, 4) for _ in range(8)] for _ in range(24)])
        mask = pd.Series(rng.permutation(24) < 12)
        table = keyness(tokens, mask, draws=400)
        naive += (table.p_bh < 0.05).any()
        shuffled += (table.p_permutation_bh < 0.05).any()
    assert naive >= 9 and shuffled <= 2


@pytest.mark.parametrize(
    "change, message",
    [
        ({"lexicon": None}, "lexicon: 'none' against"),
        ({"stopwords": ["的"]}, "stopwords: "),
        ({"level": "word"}, "level: 'word' against 'term'"),
        ({"engine": "jieba"}, "engine: 'jieba"),
    ],
)
def test_tokens_cut_in_two_ways_are_refused(corpus, lexicon, change, message):
    texts = corpus.text.head(3)
    reference = segment(texts, **({"lexicon": lexicon} | change))
    with pytest.raises(ValueError, match=message):
        keyness(segment(texts, lexicon), reference=reference)


def test_a_lost_record_of_the_segmentation_is_an_error(corpus, lexicon):
    tokens = segment(corpus.text.head(3), lexicon)
    column = corpus.head(3).assign(tokens=tokens).tokens
    with pytest.raises(ValueError, match="The tokens have no record of the segmentation"):
        keyness(column, reference=tokens)
    with pytest.raises(ValueError, match="The reference has no record of the segmentation"):
        keyness(tokens, reference=column)
    column.attrs = tokens.attrs
    assert len(keyness(column, reference=tokens, draws=0))


def test_documents_are_the_unit_where_they_are_named():
    rng = np.random.default_rng(3)
    words = np.array(["甲", "乙", "丙", "丁"])
    rates = rng.dirichlet([2, 2, 2, 2], size=6)  # each document has words of its own
    rows = [(doc, rng.choice(words, 30, p=rates[doc]).tolist()) for doc in range(6) for _ in range(8)]
    tokens = pd.Series([row for _, row in rows])
    names = pd.Series([f"d{doc}" for doc, _ in rows])
    target = names.isin(["d0", "d1", "d2"])
    by_unit, by_document = keyness(tokens, target), keyness(tokens, target, documents=names)
    assert (by_unit.p_permutation_bh < 0.05).any() and not (by_document.p_permutation_bh < 0.05).any()
    assert by_document.df_target.max() == 3 and by_unit.df_target.max() > 3
    whole = tokens.groupby(names).agg(lambda units: [token for unit in units for token in unit])
    pd.testing.assert_frame_equal(by_document, keyness(whole, pd.Series(whole.index < "d3", whole.index)))


def test_a_document_on_both_sides_or_without_a_name_is_named():
    tokens, names = pd.Series([["甲"], ["乙"], ["甲"]]), pd.Series(["a", "a", "b"])
    with pytest.raises(ValueError, match="document 'a' are in the target and some are not"):
        keyness(tokens, pd.Series([True, False, False]), documents=names)
    with pytest.raises(ValueError, match="Unit 1 has no document"):
        keyness(tokens, pd.Series([True, True, False]), documents=pd.Series(["a", None, "b"]))
    with pytest.raises(ValueError, match="not on the index"):
        keyness(tokens, pd.Series([True, True, False]), documents=names[:2])
