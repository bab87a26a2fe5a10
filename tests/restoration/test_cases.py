"""Small pages of the kinds that went wrong: what is to be repaired there, and that nothing else is."""

import re
from pathlib import Path

import pytest

from analysis import restore, undo
from analysis.restoration.blocks import split_page

TEXT = (Path(__file__).parent / "cases.txt").read_text(encoding="utf-8")
PAGES = dict(re.findall(r"^=== (\S+)\n\n(.*?)(?=\n\n?===|\Z)", TEXT, re.DOTALL | re.MULTILINE))
REPAIRS = {
    "r03a-boxed-lead-reform": ["move-4", "join-3-5"],
    "r03b-boxed-lead-definition": ["move-4", "join-3-5"],
    "r04-rest-taken-for-lead": ["join-3-4"],
    "r05b-byline-rare-surname": ["join-3-4"],
    "r06-two-line-title-after-text": ["title-4-5"],
    "r09-english": ["join-1-2"],
    "r12-number-of-document": ["title-0-1"],
}


@pytest.mark.parametrize("name", PAGES)
def test_nothing_but_the_damage_is_repaired(name):
    result = restore(PAGES[name])
    assert sorted(result.operations.index) == sorted(REPAIRS.get(name, []))
    assert undo(result) == PAGES[name]


def test_authors_and_titles_of_the_cases():
    authors = {name: [article.authors for article in restore(page).articles] for name, page in PAGES.items()}
    assert authors["r05a-byline-padded-name"] == [("王芳",)]
    assert authors["r05b-byline-rare-surname"] == [("王芳",), ("里昕",)]
    assert authors["r05c-byline-with-office"] == [("王芳",)]
    second = restore(PAGES["r06-two-line-title-after-text"]).articles[1]
    assert second.title == "着力让村民读书看报更加方便 着力把图书室建得更好管得更细"


def test_latin_words_are_joined_with_a_space():
    text = "\n".join(p.text for p in restore(PAGES["r09-english"]).articles[0].paragraphs)
    assert "year and members" in text and "writing.\nThe" in text


def test_what_is_not_sure_is_proposed():
    page = PAGES["r03b-boxed-lead-definition"]
    careful = restore(page, least=1)
    assert careful.operations.empty
    assert {"move-4", "join-3-5"} <= set(careful.proposals.index)
    assert [block for article in careful.articles for block in article.block_order] == list(range(9))
    with pytest.raises(ValueError, match="least is a confidence"):
        restore(page, least=90)


@pytest.mark.parametrize("name", sorted(set(PAGES) - set(REPAIRS) - {"r10-heading-amid-run-in-numbers"}))
def test_whole_pages_stay_whole_even_at_the_lowest_confidence(name):
    assert restore(PAGES[name], least=0).operations.empty


def test_without_a_byline_nothing_moves():
    page = "\n\n".join(block for block in split_page(PAGES["r03a-boxed-lead-reform"]).blocks if block != "王芳")
    assert "move" not in set(restore(page, least=0).operations.kind)
