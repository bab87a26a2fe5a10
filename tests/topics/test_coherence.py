"""Coherence: two libraries' numbers, counts by hand, and what windows must not do."""

import itertools
import json
import math
import runpy

import numpy as np
import pandas as pd
import pytest

from analysis import ROOT, topic_coherence
from analysis.textstats.counts import Sequences
from analysis.topics.coherence import coherences

ORACLE = ROOT / "tests" / "topics" / "oracles" / "coherence"


@pytest.fixture(scope="module")
def oracle():
    script = runpy.run_path(str(ORACLE.with_suffix(".py")))
    numbers = json.loads(ORACLE.with_suffix(".json").read_text(encoding="utf-8"))
    return pd.Series(script["blocks"]()), [list(topic) for topic in script["TOPICS"]], numbers


@pytest.mark.parametrize(
    "library, measure", [("gensim 4.4.0", "npmi"), ("gensim 4.4.0", "c_v"), ("tomotopy 0.14.0", "npmi")]
)
def test_trusted_implementations_agree(oracle, library, measure):
    tokens, topics, numbers = oracle
    found = topic_coherence(tokens, topics, measure=measure)
    assert np.allclose(found, numbers[library][measure], rtol=0, atol=1e-6)


def by_hand(texts, topic, window):
    cut = [set(text[i : i + window]) for text in texts if text for i in range(max(len(text) - window + 1, 1))]
    share = lambda *terms: sum(set(terms) <= words for words in cut) / len(cut)  # noqa: E731
    pairs = [(share(a), share(b), share(a, b) + 1e-12) for a, b in itertools.combinations(topic, 2)]
    return sum(math.log(both / (a * b)) / -math.log(both) for a, b, both in pairs) / len(pairs)


@pytest.mark.parametrize("window", [2, 5, 10, 40])
def test_npmi_by_hand_with_short_empty_and_repetitive_units(window):
    random = np.random.default_rng(3)
    texts = [[str(word) for word in random.choice(list("甲乙丙丁戊己"), size)] for size in (0, 1, 4, 5, 11, 30)]
    found = topic_coherence(pd.Series(texts), [list("甲乙丙")], window=window)
    assert found.iloc[0] == pytest.approx(by_hand(texts, "甲乙丙", window), abs=1e-6)


def test_numbering_of_terms_does_not_matter_in_a_corpus_of_many_windows():
    codes = np.tile(np.arange(8_000, dtype=np.int32), 40)  # 320,000 windows × 8,000 terms > 2**31
    terms, lengths = np.arange(8_000), np.array([len(codes)])
    topics = [np.array([1, 2, 3]), np.array([7_996, 7_997, 7_998])]
    found = coherences(Sequences(codes, lengths, terms), topics, "npmi")
    assert found[0] == pytest.approx(found[1], abs=1e-3) and found[0] > 0.9


def test_the_index_of_topics_is_kept(tokens):
    topics = pd.Series([["安全", "发展"], ["企业", "发展"]], index=["security", "firms"])
    assert topic_coherence(tokens, topics).index.equals(topics.index)


@pytest.mark.parametrize(
    "call, message",
    [
        (lambda t: topic_coherence(t, [["甲", "乙"]], measure="u_mass"), "measure"),
        (lambda t: topic_coherence(t, [["甲", "乙"]], window=1), "window"),
        (lambda t: topic_coherence(t, [["甲", "乙"], ["甲"]]), "Topic 2 has fewer"),
        (lambda t: topic_coherence(t, ["甲乙"]), "Topic 1 has fewer"),
        (lambda t: topic_coherence(t, [["甲", "丑"]]), "'丑' is not in the tokens"),
        (lambda t: topic_coherence(t.map(lambda words: []), [["甲", "乙"]]), "every unit is empty"),
    ],
)
def test_bad_input_is_named(call, message):
    with pytest.raises(ValueError, match=message):
        call(pd.Series([["甲", "乙"], ["丙"]]))
