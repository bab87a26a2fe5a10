"""The measures on cases counted by hand, and against a naive implementation."""

import time

import numpy as np
import pandas as pd
import pytest

from analysis import evaluate_segmentation, segmentation_errors
from analysis.segmentation.gold import CUT, FREE, JOIN, load_gold, parse_terms, parse_words


def make_gold(*rows):
    """Gold from (words, terms); ids s1, s2, ..."""
    parsed = [parse_words(words) for words, _ in rows]
    return pd.DataFrame(
        {
            "article": "a",
            "text": [text for text, _ in parsed],
            "words": [words for words, _ in rows],
            "boundaries": [boundaries for _, boundaries in parsed],
            "terms": [parse_terms(t, *p) for (_, t), p in zip(rows, parsed, strict=True)],
        },
        index=pd.Index([f"s{k}" for k in range(1, len(rows) + 1)], name="id"),
    )


def make_tokens(*sentences):
    ids = [f"s{k}" for k in range(1, len(sentences) + 1)]
    return pd.Series([sentence.split() for sentence in sentences], index=ids)


def scores(gold, tokens, **options):
    return evaluate_segmentation(gold, tokens, n_boot=10, **options)


ONE = make_gold(("推动 科技~创新 和 产业链 发展 。", "2:6=科技创新"))


@pytest.mark.parametrize(
    ("sentence", "boundary", "word", "units"),
    [
        # (right, predicted, in gold), (right, predicted), (found, in gold)
        ("推动 科技 创新 和 产业链 发展 。", (5, 5, 5), (7, 7), (6, 6)),
        ("推动 科技创新 和 产业链 发展 。", (5, 5, 5), (6, 6), (6, 6)),
        ("推动 科技创新 和 产业 链 发展 。", (5, 6, 5), (5, 7), (5, 6)),
        ("推动 科技 创新和 产业链 发展 。", (4, 4, 5), (5, 6), (4, 6)),
        ("推动科技 创新 和 产业链 发展 。", (4, 4, 5), (5, 6), (4, 6)),
        ("推动科技创新和产业链发展。", (0, 0, 5), (0, 1), (0, 6)),
        ("推 动 科 技 创 新 和 产 业 链 发 展 。", (5, 11, 5), (2, 13), (2, 6)),
    ],
)
def test_counted_by_hand(sentence, boundary, word, units):
    found = scores(ONE, make_tokens(sentence))
    assert found.loc["boundary_precision", "numerator"] == boundary[0]
    assert found.loc["boundary_precision", "denominator"] == boundary[1]
    assert found.loc["boundary_recall", "denominator"] == boundary[2]
    assert tuple(found.loc["word_precision", ["numerator", "denominator"]]) == word
    assert tuple(found.loc["word_recall", ["numerator", "denominator"]]) == units


def test_perfect_is_one_with_no_width():
    found = scores(ONE, make_tokens("推动 科技 创新 和 产业链 发展 。"))
    shares = found.drop(index=found.index[found.index.str.contains("per_1000")])
    assert (shares[["value", "low", "high"]] == 1).all(axis=None)
    assert (found.filter(like="per_1000", axis=0)["value"] == 0).all()


def test_nothing_cut_has_no_precision_of_boundaries():
    found = scores(ONE, make_tokens("推动科技创新和产业链发展。"))
    assert np.isnan(found.loc["boundary_precision", "value"])
    assert found.loc["boundary_recall", "value"] == 0
    assert found.loc["errors_per_1000", "value"] == round(1000 * 5 / 13, 6)


def test_errors_are_per_thousand_characters():
    found = scores(ONE, make_tokens("推动 科技 创新和 产业 链 发展 。"))
    assert found.loc["wrong_joins_per_1000", "value"] == round(1000 / 13, 6)
    assert found.loc["wrong_cuts_per_1000", "value"] == round(1000 / 13, 6)
    assert found.loc["errors_per_1000", "value"] == round(2000 / 13, 6)


def test_f1_is_the_harmonic_mean():
    found = scores(ONE, make_tokens("推动 科技 创新和 产业 链 发展 。"))["value"]
    precision, recall = found["word_precision"], found["word_recall"]
    assert found["word_f1"] == pytest.approx(2 * precision * recall / (precision + recall), abs=1e-6)


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("推动 科技 创新 和 产业链 发展 。", 1),
        ("推动 科技创新 和 产业链 发展 。", 1),
        ("推动 科技 创新 和 产业 链 发展 。", 0),
        ("推动 科技 创新 和产业链 发展 。", 0),
    ],
)
def test_oov_recall(sentence, found):
    vocabulary = {"推动", "科技", "创新", "和", "发展"}
    row = scores(ONE, make_tokens(sentence), vocabulary=vocabulary).loc["oov_recall"]
    assert (row["numerator"], row["denominator"]) == (found, 1)


TERMS = make_gold((
    "北京 国际 科技~创新 中心 的 高质量~发展",
    "0:10?=北京国际科技创新中心 2:10=国际科技创新中心 11:16=高质量发展",
))


@pytest.mark.parametrize(
    ("sentence", "found", "compounds", "errors"),
    [
        ("北京 国际科技创新中心 的 高质量发展", 2, (1, 1), 0),
        ("北京国际科技创新中心 的 高质量发展", 2, (1, 1), 0),
        ("北京 国际 科技创新 中心 的 高质量发展", 1, (0, 0), 2),
        ("北京国际 科技创新中心 的 高质量 发展", 0, (0, 2), 2),
        ("北京 国际科技创新中心的 高质量发展", 1, (0, 1), 1),
    ],
)
def test_terms_by_hand(sentence, found, compounds, errors):
    table = scores(TERMS, make_tokens(sentence), level="term")
    assert tuple(table.loc["term_recall", ["numerator", "denominator"]]) == (found, 2)
    assert tuple(table.loc["term_precision", ["numerator", "denominator"]]) == compounds
    assert table.loc["errors_per_1000", "numerator"] == errors


def test_compounding_the_required_terms_is_perfect():
    gold = load_gold()
    inside = [
        {gap for term in terms if term.required for gap in range(term.start, term.end - 1)} for terms in gold.terms
    ]
    tokens = [
        "".join(
            char + " " * int(mark != JOIN and gap not in gaps)
            for gap, (char, mark) in enumerate(zip(text, boundaries + ".", strict=True))
        ).split()
        for text, boundaries, gaps in zip(gold.text, gold.boundaries, inside, strict=True)
    ]
    table = scores(gold, pd.Series(tokens, index=gold.index), level="term")
    assert (table.loc[["term_recall", "term_precision", "word_f1"], "value"] == 1).all()
    assert table.loc["term_recall", "denominator"] == 220


def test_measures_of_terms_only_at_their_level():
    tokens = make_tokens("北京 国际 科技 创新 中心 的 高质量 发展")
    assert "term_recall" not in scores(TERMS, tokens).index
    assert "oov_recall" not in scores(TERMS, tokens).index
    assert scores(TERMS, tokens).loc["errors_per_1000", "numerator"] == 0


def cut_at_random(text, rng):
    cuts = rng.random(len(text) - 1) < 0.6
    return "".join(char + " " * int(cut) for char, cut in zip(text, [*cuts, False], strict=True))


def spans(words):
    ends = np.cumsum([len(word) for word in words]).tolist()
    return list(zip([0, *ends[:-1]], ends, strict=True))


@pytest.mark.parametrize("seed", range(20))
def test_without_optional_boundaries_words_are_scored_as_usual(seed):
    rng = np.random.default_rng(seed)
    text = "甲乙丙丁戊己庚辛壬癸子丑寅卯"
    words, predicted = cut_at_random(text, rng), cut_at_random(text, rng)
    same = len(set(spans(words.split())) & set(spans(predicted.split())))
    found = scores(make_gold((words, "")), make_tokens(predicted))["value"]
    assert found["word_precision"] == round(same / len(predicted.split()), 6)
    assert found["word_recall"] == round(same / len(words.split()), 6)


@pytest.mark.parametrize("seed", range(20))
def test_optional_boundaries_count_neither_way(seed):
    rng = np.random.default_rng(seed)
    gold = load_gold().iloc[rng.integers(111, size=3)].drop_duplicates("text")
    tokens = [
        "".join(
            char + " " * int(mark == CUT or (mark == FREE and rng.random() < 0.5))
            for char, mark in zip(row.text, [*row.boundaries, "."], strict=True)
        ).split()
        for row in gold.itertuples()
    ]
    found = scores(gold, pd.Series(tokens, index=gold.index), vocabulary=set())["value"]
    assert (found.filter(regex="precision|recall|f1") == 1).all()
    assert found["errors_per_1000"] == 0


def test_bootstrap_against_a_loop():
    gold, tokens = (
        make_gold(*[("甲乙 丙 丁", "")] * 6),
        make_tokens("甲乙 丙 丁", "甲乙丙 丁", "甲 乙 丙丁", "甲乙 丙 丁", "甲乙丙丁", "甲乙 丙丁"),
    )
    missed = np.array([0, 1, 1, 0, 2, 1])
    weights = np.random.default_rng(7).multinomial(6, [1 / 6] * 6, size=500)
    recalls = [1 - sum(w * m for w, m in zip(row, missed, strict=True)) / 12 for row in weights]
    found = evaluate_segmentation(gold, tokens, n_boot=500, seed=7).loc["boundary_recall"]
    assert found["value"] == round(7 / 12, 6)
    assert tuple(found[["low", "high"]]) == pytest.approx(np.percentile(recalls, [2.5, 97.5]), abs=1e-6)


def test_the_same_seed_gives_the_same_table():
    gold = load_gold()
    tokens = gold.text.map(list)
    again = [evaluate_segmentation(gold, tokens, n_boot=50, seed=3) for _ in range(2)]
    pd.testing.assert_frame_equal(*again)
    other = evaluate_segmentation(gold, tokens, n_boot=50, seed=4)
    assert (other["value"] == again[0]["value"]).all() and not other["low"].equals(again[0]["low"])


def test_a_thousand_draws_take_less_than_a_second():
    gold = load_gold()
    tokens = gold.text.map(list)
    start = time.perf_counter()
    evaluate_segmentation(gold, tokens, n_boot=1000)
    assert time.perf_counter() - start < 1


def test_order_of_tokens_does_not_matter_but_ids_do():
    gold = load_gold()
    tokens = gold.text.map(list)
    pd.testing.assert_frame_equal(
        evaluate_segmentation(gold, tokens[::-1], n_boot=5), evaluate_segmentation(gold, tokens, n_boot=5)
    )


def test_segmentation_errors_shows_both_sides():
    errors = segmentation_errors(ONE, make_tokens("推动 科技 创新和 产业 链 发展 。"))
    assert errors.to_dict("records") == [
        {"id": "s1", "position": 6, "kind": "wrong join", "predicted": "创新和", "gold": "科技~创新 和"},
        {"id": "s1", "position": 9, "kind": "wrong cut", "predicted": "产业/链", "gold": "产业链"},
    ]


def test_errors_by_sentence_are_ranked_and_leaves_out_the_right_ones():
    gold = make_gold(("甲乙 丙", ""), ("甲 乙~丙", ""), ("甲乙 丙丁", ""))
    tokens = make_tokens("甲乙 丙", "甲乙 丙", "甲 乙丙 丁")
    table = segmentation_errors(gold, tokens, by="sentence")
    assert table.index.tolist() == ["s3", "s2"]
    assert table.loc["s3"].tolist() == [3, 1, 2, "甲乙 丙丁", "甲 乙丙 丁"]
    assert table.loc["s2", "gold"] == "甲 乙~丙"
    with pytest.raises(ValueError, match="by must be one of"):
        segmentation_errors(gold, tokens, by="word")


@pytest.mark.parametrize(
    ("tokens", "message"),
    [
        (make_tokens("推动 科技 创新 和 产业链 发展"), "tokens of s1 do not add up.*character 12"),
        (make_tokens("推动 科技 创业 和 产业链 发展 。"), "character 5 the text has '新和产业链发'"),
        (make_tokens("推动 科技", "创新"), "gold: no row for 1 ids, the first is s2"),
        (pd.Series([["推动"]], index=["s9"]), "tokens: no row for 1 ids, the first is s1"),
        (pd.Series([["推动"]] * 2, index=["s1", "s1"]), "id s1 is doubled"),
        (pd.Series(["推动 科技"], index=["s1"]), "tokens of s1: a list of words is needed"),
    ],
)
def test_tokens_that_do_not_fit_are_named(tokens, message):
    for function in (evaluate_segmentation, segmentation_errors):
        with pytest.raises(ValueError, match=message):
            function(ONE, tokens)


def test_spaces_are_put_aside():
    tokens = pd.Series([["推动 ", " ", "科技", "创新", "和", "产业链", "发展", "。"]], index=["s1"])
    assert scores(ONE, tokens).loc["word_precision", "denominator"] == 7


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"level": "phrase"}, "level must be one of"),
        ({"n_boot": 0}, "n_boot must be a whole number of 1 or more"),
        ({"n_boot": None}, "not None"),
    ],
)
def test_wrong_options(options, message):
    with pytest.raises(ValueError, match=message):
        evaluate_segmentation(ONE, make_tokens("推动 科技 创新 和 产业链 发展 。"), **options)


@pytest.mark.parametrize(
    "arguments, message",
    [
        ((ONE[["text"]], make_tokens("推动"), None), "gold must be a table"),
        ((ONE, [["推动"]], None), "tokens must be a Series"),
        ((ONE, make_tokens("推动"), "推动"), "vocabulary must be a collection"),
    ],
)
def test_arguments_of_another_kind_are_refused(arguments, message):
    gold, tokens, vocabulary = arguments
    with pytest.raises(TypeError, match=message):
        evaluate_segmentation(gold, tokens, vocabulary=vocabulary)


def test_optional_boundaries_count_in_three_ways():
    gold = pd.DataFrame({"text": "完善协同创新机制", "boundaries": ".|.~.|.", "terms": [()]}, ["a"])
    joined, cut = pd.Series([["完善", "协同创新", "机制"]], ["a"]), pd.Series([["完善", "协同", "创新", "机制"]], ["a"])

    def errors(tokens, optional):
        return evaluate_segmentation(gold, tokens, optional=optional, n_boot=1).numerator["errors_per_1000"]

    assert [errors(joined, way) for way in ("free", "cut", "join")] == [0, 1, 0]
    assert [errors(cut, way) for way in ("free", "cut", "join")] == [0, 0, 1]
    with pytest.raises(ValueError, match="optional must be one of"):
        evaluate_segmentation(gold, cut, optional="both")


def test_documents_are_drawn_whole():
    size = 40
    gold = pd.DataFrame(
        {"text": "创新机制", "boundaries": ".|.", "terms": [()] * size, "article": [f"d{n % 2}" for n in range(size)]},
        [f"s{n}" for n in range(size)],
    )
    tokens = pd.Series([["创新机制"] if n % 2 else ["创新", "机制"] for n in range(size)], gold.index)
    by_sentence = evaluate_segmentation(gold, tokens).loc["errors_per_1000"]
    by_document = evaluate_segmentation(gold, tokens, documents="article").loc["errors_per_1000"]
    assert by_sentence.value == by_document.value == 125
    assert (by_document.low, by_document.high) == (0, 250) and by_sentence.low > 50
    with pytest.raises(ValueError, match="column of the gold"):
        evaluate_segmentation(gold, tokens, documents="author")
