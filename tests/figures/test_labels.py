"""The words of figures: in one table, in both languages, and with every character in the font."""

import ast

import pytest

from analysis import ROOT
from analysis.figures.labels import WORDS
from analysis.figures.style import LANGUAGES, missing_characters

MODULES = sorted((ROOT / "analysis" / "figures").glob("*.py"))


@pytest.mark.parametrize("key", WORDS)
def test_every_word_is_there_in_both_languages_and_can_be_drawn(key):
    assert set(WORDS[key]) == set(LANGUAGES) and all(text.strip() for text in WORDS[key].values())
    assert missing_characters("".join(WORDS[key].values())) == ""


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.name)
def test_no_module_holds_chinese_words(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    texts = [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    found = [node.value for node in texts if id(node) not in docstrings and any("一" <= c <= "鿿" for c in node.value)]
    assert found == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.name)
def test_the_library_knows_nothing_of_the_two_articles(path):
    text = path.read_text(encoding="utf-8")
    assert not [word for word in ("zhang-lu", '"lu"', "吕", "张贵", "Zhang") if word in text]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.name)
def test_every_word_that_a_figure_asks_for_is_there(path):
    calls = [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
    asked = [
        call.args[0].value
        for call in calls
        if getattr(call.func, "id", "") == "word" and isinstance(call.args[0], ast.Constant)
    ]
    assert set(asked) <= set(WORDS)
