"""The table of rules: every rule on its own examples, and all of them on the dictionary."""

import pytest

from analysis._jieba import read_dictionary
from analysis.segmentation import standard
from analysis.segmentation.standard import RULES, decide, make_entry, phrases_to_cut


def entry(word):
    return make_entry(word, *read_dictionary()[word], standard._words_and_short_phrases()[0])


@pytest.mark.parametrize("rule", RULES, ids=[rule.name for rule in RULES])
def test_a_rule_decides_its_example_and_not_its_counterexample(rule):
    assert decide(entry(rule.example)) is rule and not rule.holds(entry(rule.other))
    assert (rule.example in phrases_to_cut()) is not rule.keeps
    assert min(len(rule.example), 5) in rule.lengths and min(len(rule.other), 5) in rule.lengths


def test_a_rule_that_cuts_shows_a_word_that_is_left_whole():
    assert not [rule.name for rule in RULES if not rule.keeps and rule.other in phrases_to_cut()]


def test_names_of_rules_are_theirs_alone():
    assert len({rule.name for rule in RULES}) == len(RULES)


def test_exceptions_are_what_the_rules_would_decide_otherwise():
    assert standard.KEPT.isdisjoint(phrases_to_cut()) and phrases_to_cut().items() >= standard.FRAGMENTS.items()
    rules = [decide(entry(word)) for word in standard.KEPT if word in read_dictionary()]
    assert sum(rule is not None and not rule.keeps for rule in rules) > 15
