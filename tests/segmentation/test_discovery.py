"""Discovery against counts by hand, a published C-value, and judgements made by eye."""

import math
import re
from collections import Counter

import numpy as np
import pandas as pd
import pytest

from analysis import DATA, accept_terms, discover_terms, load_lexicon
from analysis._jieba import read_dictionary
from analysis._paths import LISTS
from analysis.segmentation import discovery
from analysis.segmentation.discovery import COLUMNS
from analysis.segmentation.ngrams import NONE, branching_entropy, c_value, cohesion, count_strings, following

SHEET = DATA / "gold" / "discovery_judged.csv"
README = LISTS / "README.md"
TEXTS = pd.Series({"a": "标准互认,资质互认,互认", "b": "新质生产力壮大。新质生产力,培育新质生产力"})


@pytest.fixture(scope="module")
def found(corpus):
    return discover_terms(corpus.text, min_count=2)


@pytest.fixture(scope="module")
def judged():
    return pd.read_csv(SHEET)


def test_every_frequent_string_is_counted_and_nothing_crosses_a_break(corpus):
    strings = count_strings(corpus.text.tolist(), min_count=2, max_length=6)
    runs = [run for text in corpus.text for run in re.findall(r"[^\W_]+", text)]
    for length in range(1, 7):
        naive = Counter(run[i : i + length] for run in runs for i in range(len(run) - length + 1))
        ids = strings.ids[length - 1]
        first = {int(number): place for place, number in reversed(list(enumerate(ids)))}
        mine = {
            strings.text[first[number] : first[number] + length]: int(count)
            for number, count in enumerate(strings.counts[length - 1])
        }
        assert mine == {string: count for string, count in naive.items() if count >= 2}


def test_cohesion_and_entropy_by_hand():
    strings = count_strings(["甲乙丙,甲乙丁,丙甲乙"], min_count=1, max_length=3)
    pair = strings.ids[1][0]
    # 9 characters; 甲 3 times, 乙 3 times, 甲乙 3 times; to its right 丙, 丁 and a break.
    assert cohesion(strings, 2, np.array([0]))[0] == pytest.approx(math.log2(3 * 9 / (3 * 3)))
    right = branching_entropy(strings.ids[1], strings.counts[1], following(strings.codes, 2))
    assert right[pair] == pytest.approx(math.log2(3))
    # The weakest parting of 甲乙丙 is 甲乙|丙: 1 × 9 / (3 × 2).
    assert cohesion(strings, 3, np.array([0]))[0] == pytest.approx(math.log2(9 / 6))


def test_c_value_is_that_of_the_paper():
    # Frantzi, Ananiadou and Mima (2000), section 2.3.1: B, C, L are BASAL, CELL, CARCINOMA.
    times = {"ASBCL": 5, "SBCL": 6, "UBCL": 7, "RBCL": 5, "MBCL": 3, "BCL": 958}
    strings = count_strings([string for string, n in times.items() for _ in range(n)], 2, 5)
    terms = ["ASBCL", "SBCL", "UBCL", "RBCL", "MBCL", "BCL"]
    first = np.array([strings.text.index(term) for term in terms])
    values = c_value(strings, np.array([len(term) for term in terms]), first)
    assert values.round(2).tolist() == [11.61, 12.0, 14.0, 10.0, 6.0, 1551.36]


def test_the_score_follows_from_the_columns(found, corpus):
    characters = sum(c.isalnum() for text in corpus.text for c in text)
    lower = found[["left_entropy", "right_entropy"]].min(axis=1)
    npmi = found.cohesion / np.log2(characters / found["count"])
    assert np.allclose(found.freedom, lower / np.log2(found["count"]), atol=1e-5)
    assert np.allclose(found.npmi, npmi, atol=1e-5)
    assert np.allclose(found.score, found.c_value * found.freedom * found.npmi, atol=1e-4)


def test_counts_units_and_context_are_those_of_the_text(found, corpus):
    for row in found.itertuples():
        inside = corpus.text.str.contains(row.term, regex=False)
        places = re.findall(f"(?={re.escape(row.term)})", "\n".join(corpus.text))
        assert (row[3], row.units) == (len(places), inside.sum())
        assert row.term in row.context and row.context in corpus.text[row.unit]


def test_the_ranking_is_deterministic_and_ties_are_sorted(found, corpus):
    again = discover_terms(corpus.text.sample(frac=1, random_state=4), min_count=2)
    same = [column for column in COLUMNS if column not in ("unit", "context")]
    pd.testing.assert_frame_equal(found[same], again[same])
    key = list(zip(-found.score, -found["count"], found.term, strict=True))
    assert key == sorted(key) and found["rank"].tolist() == list(range(1, len(found) + 1))


def test_fragments_and_words_of_the_dictionary_are_left_out(found):
    assert not {"京津冀协", "质生产力", "都市", "发展", "京津冀协同发展新"} & set(found.term)
    anywhere = discover_terms(TEXTS, min_count=2, boundaries="characters")
    assert set(anywhere.term) == {"互认", "新质生产力"}


def test_known_terms_are_left_out(corpus, lexicon, found):
    new = discover_terms(corpus.text, known=lexicon.index, min_count=2, strict=False)
    assert not set(new.term) & set(lexicon.index)
    assert set(found.term) - set(new.term) <= set(lexicon.index)


def test_a_reference_moves_what_is_rare_there_to_the_top():
    plain = discover_terms(TEXTS, min_count=2)
    rates = discover_terms(TEXTS, reference={"新质生产力": 3000}, reference_size=10_000, min_count=2)
    size = 5 + 5 + 7 + 4 + 4 + 2 + 2  # characters of TEXTS, punctuation not counted
    row = rates.set_index("term").loc["新质生产力"]
    assert row.log_ratio == pytest.approx(math.log2(3.5 / size / 0.30005), abs=1e-5)
    assert plain.term[0] == "新质生产力" and rates.term[0] == "互认"
    share = 1 / (1 + 2**-row.log_ratio)
    assert row.score == pytest.approx(plain.set_index("term").score["新质生产力"] * share, abs=1e-4)


def test_the_sheet_judges_the_top_50_of_the_articles(judged, found):
    sheet = judged[judged.corpus == "articles"]
    for column in ("rank", "term", "count"):
        assert sheet[column].tolist() == found[column].head(50).tolist()


def test_the_lexicons_own_terms_that_are_judged_wrong_are_those_reported(judged, lexicon):
    wrong = judged[(judged.judgement == "wrong") & judged.term.isin(lexicon.index)]
    text = README.read_text(encoding="utf-8")
    reported = re.search(r"make it right \((.+?) are judged wrong", text, re.DOTALL)
    assert set(re.findall(r"[一-鿿]+", reported[1])) == set(wrong.term)


def test_the_sheet_is_complete_and_the_reported_precision_follows_from_it(judged):
    assert set(judged.judgement) == {"right", "wrong"} and judged.reason.str.len().min() > 0
    assert judged.groupby(["term", "corpus"]).size().max() == 1
    assert judged.groupby("term").judgement.nunique().max() == 1
    for _, sheet in judged.groupby("corpus"):
        assert sheet["rank"].tolist() == list(range(1, 51))
    right = judged[judged.judgement == "right"].groupby("corpus").size() / 50
    reported = dict(
        re.findall(r"^\| `([\w-]+)` \|.*\| (0\.\d\d) \|$", README.read_text(encoding="utf-8"), re.MULTILINE)
    )
    assert reported == {name: f"{share:.2f}" for name, share in right.items()}


def test_reported_recall_of_the_lexicon(corpus, lexicon, found):
    text = "\n".join(corpus.text)
    frequent = [term for term in lexicon.index if text.count(term) >= 3]
    unknown = [term for term in frequent if term not in read_dictionary()]
    anywhere = discover_terms(corpus.text, min_count=2, boundaries="characters")
    numbers = (
        found.head(50).term.isin(lexicon.index).sum(),
        len(frequent),
        len(unknown),
        len(set(unknown) & set(found.term)),
        len(set(unknown) & set(anywhere.term)),
    )
    reported = re.search(
        r"(\d+) of the top 50 .* has (\d+) .* Of the (\d+) .* finds (\d+), .*"
        r" (\d+)\.",
        README.read_text(encoding="utf-8").replace("\n", " "),
    )
    assert tuple(map(int, reported.groups())) == numbers


def test_a_date_is_no_term():
    texts = pd.Series(["甲在2026年完成标准互认", "乙到2026年年底实现资质互认", "丙自2026年起推进结果互认"])
    found = discover_terms(texts, min_count=2).term.tolist()
    assert "互认" in found and not any("2026" in term for term in found)


STRICT = pd.Series([
    "零碳园区,脱贫攻坚成果。提振消费。重点项目,特色鲜明。新发展理念",
    "和零碳园区、脱贫攻坚成果;提振消费;重点项目、特色鲜明;新发展理念",
    "在零碳园区;脱贫攻坚成果,提振消费,重点项目;特色鲜明,新发展格局",
])


@pytest.mark.parametrize("strict", [True, False])
def test_strict_leaves_out_common_words_verb_phrases_and_ends_that_are_no_nouns(strict):
    found = discover_terms(STRICT, known=["零碳"], strict=strict).set_index("term")
    assert "零碳园区" in found.index
    phrases = {"重点项目", "特色鲜明", "提振消费"}
    assert phrases & set(found.index) == (set() if strict else phrases)
    assert (found.rarity >= 11.5).all() or not strict


@pytest.mark.parametrize(
    "rule, value, phrase",
    [("LEAST_RARITY", 0, "重点项目"), ("TAGS_NEVER_LAST", (), "特色鲜明"), ("NOUN_TAGS", ("v", "n"), "提振消费")],
)
def test_each_rule_alone_leaves_out_its_phrase(rule, value, phrase, monkeypatch):
    others = {"LEAST_RARITY": 0, "TAGS_NEVER_LAST": (), "NOUN_TAGS": ("v", "n")}
    for name, off in others.items():
        if name != rule:
            monkeypatch.setattr(discovery, name, off)
    assert phrase not in set(discover_terms(STRICT, strict=True).term)
    monkeypatch.setattr(discovery, rule, value)
    assert phrase in set(discover_terms(STRICT, strict=True).term)


def test_strict_asks_for_a_second_neighbour_on_both_sides():
    often = pd.Series(["零碳园区,和零碳园区,和零碳园区,和零碳园区"])
    once = pd.Series(["零碳园区,和零碳园区,和零碳园区,在零碳园区"])
    assert "零碳园区" in set(discover_terms(once, strict=True).term)
    assert "零碳园区" not in set(discover_terms(often, strict=True).term)
    assert "零碳园区" in set(discover_terms(often).term)


def test_strict_is_the_default_where_terms_are_known():
    assert discover_terms(STRICT, known=[]).equals(discover_terms(STRICT, strict=True))
    assert discover_terms(STRICT).equals(discover_terms(STRICT, known=[], strict=False))


def test_a_verb_before_a_noun_and_a_word_alone_may_be_terms():
    texts = pd.Series(["赋能,外送电量。赋能", "再赋能、外送电量;赋能", "在外送电量,赋能"])
    assert {"赋能", "外送电量"} <= set(discover_terms(texts, strict=True).term)


def test_rarity_is_the_mean_over_the_words():
    common = discovery.common_words()
    row = discover_terms(STRICT).set_index("term").loc["重点项目"]
    assert row.rarity == pytest.approx((common["重点"] + common["项目"]) / 2)
    row = discover_terms(STRICT).set_index("term").loc["零碳园区"]
    assert row.rarity == pytest.approx((max(common.values()) + common.get("园区", max(common.values()))) / 2)
    assert discover_terms(STRICT, boundaries="characters").rarity.isna().all()


def test_the_common_words_are_those_of_the_reference():
    profile = pd.read_csv(DATA / "reference" / "gwr.csv.gz", index_col="term", usecols=["term", "count"])["count"]
    bits = {word: round(math.log2(profile.sum() / count), 2) for word, count in profile.items() if count >= 50}
    assert discovery.common_words() == pytest.approx(bits, abs=0.011)


@pytest.mark.parametrize("texts", [[], [""], ["", "。,!"], ["唯一的文本"], ["新"]])
@pytest.mark.parametrize("boundaries", ["words", "characters"])
def test_nothing_found_is_an_empty_table(texts, boundaries):
    table = discover_terms(pd.Series(texts, dtype=object), boundaries=boundaries)
    assert table.empty and table.columns.tolist() == COLUMNS
    assert table.term.dtype == "str" and table.context.dtype == "str"


@pytest.mark.parametrize(
    "arguments, error, message",
    [
        ({"texts": ["新质生产力"]}, TypeError, "must be a Series"),
        ({"texts": pd.Series({"a": None})}, TypeError, "Unit 'a'"),
        ({"min_count": 1}, ValueError, "min_count"),
        ({"max_length": 1}, ValueError, "max_length"),
        ({"boundaries": "bytes"}, ValueError, "boundaries"),
        ({"known": "新质生产力"}, TypeError, "known"),
        ({"known": pd.DataFrame({"term": ["互认"]})}, TypeError, "lexicon.index"),
        ({"reference": {"互认": -1}}, ValueError, "reference"),
        ({"reference": {}}, ValueError, "more than zero"),
        ({"reference": {"互认": 1}, "reference_size": 0}, ValueError, "more than zero"),
    ],
)
def test_bad_input_is_named(arguments, error, message):
    with pytest.raises(error, match=message):
        discover_terms(**{"texts": TEXTS, **arguments})


def test_accepted_terms_make_a_lexicon(found, lexicon, tmp_path):
    mine = pd.DataFrame({"category": "concept", "gloss": "enabling", "level": "word"}, ["赋能"])
    both = accept_terms(found, mine, lexicon)
    both.to_csv(tmp_path / "mine.csv")
    again = load_lexicon(tmp_path / "mine.csv")
    assert len(again) == len(lexicon) + 1
    assert again.loc["赋能", ["gloss", "level", "source"]].tolist() == ["enabling", "word", "discovered"]
    assert again.loc["新质生产力"].equals(lexicon.loc["新质生产力"])


@pytest.mark.parametrize(
    "term, columns, message",
    [
        ("赋能", {"category": "concept"}, r"\['gloss'\]"),
        ("赋能", {"category": "concept", "gloss": ""}, "'赋能' lacks"),
        ("赋能", {"category": "concept", "gloss": "x", "level": "clause"}, "level"),
        ("不在", {"category": "concept", "gloss": "x"}, "not among the candidates"),
        ("新质生产力", {"category": "concept", "gloss": "x"}, "in the lexicon already"),
    ],
)
def test_what_cannot_be_accepted_is_named(found, lexicon, term, columns, message):
    with pytest.raises(ValueError, match=message):
        accept_terms(found, pd.DataFrame(columns, [term]), lexicon)


def test_no_string_of_a_break_is_numbered():
    strings = count_strings(["创新,创新"], 2, 3)
    assert all(ids[2] == NONE for ids in strings.ids)
