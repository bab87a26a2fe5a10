"""The lexicon's three tables keep the promises of ``analysis/data/README.md``."""

import csv
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LEXICON = ROOT / "analysis" / "data"
EDITION = ROOT / "data" / "edition"

# Places where the characters of a term stand but not the term (README, "False hits").
FALSE_HITS = {"成果转化": ("成果转化为",)}

TERM = re.compile(r"[\u4e00-\u9fffA-Za-z0-9、()—+《》]+")
GLOSS = re.compile(r"[ -~]+")
FIELD_EVIDENCE = re.compile(r"((GWR|CPC) \d+|[A-Z][a-z]+( Mongolia)? GWR \d{4}): [1-9]\d*")
WIDTH = 60
LEVELS = {"word", "term", "phrase"}
KINDS = {"abbreviation", "deictic", "doubtful_reading", "full_form", "spelling"}
COLUMNS = {
    "policy_terms.csv": ["term", "category", "gloss", "level", "source", "evidence"],
    "stopwords.csv": ["word", "class", "reason"],
    "glosses.csv": ["word", "gloss"],
    "aliases.csv": ["variant", "preferred", "note", "kind"],
}


def edition_paragraphs():
    """Return ``{article: [paragraph, ...]}`` in reading order, title, byline and note included."""
    return {
        number: (EDITION / f"{name}.txt").read_text(encoding="utf-8").strip().split("\n\n")
        for number, name in ((1, "zhang-lu"), (2, "lu"))
    }


def read(name):
    """Return the header and the rows of one of the lexicon's tables."""
    with (LEXICON / name).open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream, strict=True)
        return reader.fieldnames, list(reader)


def documented(section):
    """Return the code names of a table in the README under a heading."""
    readme = (LEXICON / "README.md").read_text(encoding="utf-8")
    body = readme.split(f"## {section}\n", 1)[1].split("\n## ", 1)[0]
    rows = [line.split("|")[1:-1] for line in body.splitlines() if line.startswith("| `")]
    return {row[0].strip().strip("`") for row in rows}


def spans(term, paragraph):
    """Return the spans of a term in a paragraph, false hits left out."""
    excluded = FALSE_HITS.get(term, ())
    return [
        match.span()
        for match in re.finditer(re.escape(term), paragraph)
        if not any(paragraph.startswith(context, match.start()) for context in excluded)
    ]


def first_place(term, terms, paragraphs):
    """Return (paragraph, start) of a term: its first free place, else its first place.

    A place is free where no longer term of the lexicon covers it.
    """
    longer = [other for other in terms if term in other and other != term]
    nested = None
    for paragraph in paragraphs:
        covers = [span for other in longer for span in spans(other, paragraph)]
        for start, end in spans(term, paragraph):
            if not any(left <= start and end <= right for left, right in covers):
                return paragraph, start
            nested = nested or (paragraph, start)
    return nested


def expected_evidence(term, terms, paragraphs):
    """Return the sentence of a term's first place, cut to WIDTH characters around it."""
    place = first_place(term, terms, paragraphs)
    if place is None:
        return None
    paragraph, at = place
    start = paragraph.rfind("。", 0, at) + 1
    stop = paragraph.find("。", at + len(term) - 1) + 1 or len(paragraph)
    sentence = paragraph[start:stop]
    left = at - start - (WIDTH - len(term)) // 2
    left = max(0, min(left, len(sentence) - WIDTH))
    return sentence[left : left + WIDTH]


@pytest.fixture(scope="module")
def articles():
    return edition_paragraphs()


@pytest.fixture(scope="module")
def paragraphs(articles):
    return [paragraph for article in articles.values() for paragraph in article]


@pytest.fixture(scope="module")
def terms():
    return read("policy_terms.csv")[1]


@pytest.mark.parametrize("name", sorted(COLUMNS))
def test_table_is_plain_utf8_with_documented_columns(name):
    raw = (LEXICON / name).read_bytes()
    assert not raw.startswith(b"\xef\xbb\xbf"), f"{name} has a byte order mark"
    assert b"\r" not in raw and raw.endswith(b"\n")
    header, rows = read(name)
    assert header == COLUMNS[name]
    ragged = [row for row in rows if None in row or None in row.values()]
    padded = [row for row in rows if any(cell != cell.strip() for cell in row.values())]
    assert not ragged and not padded


@pytest.mark.parametrize(
    "name, key, order",
    [
        ("policy_terms.csv", "term", ("category", "term")),
        ("stopwords.csv", "word", ("class", "word")),
        ("aliases.csv", "variant", ("kind", "variant")),
        ("glosses.csv", "word", ("word",)),
    ],
)
def test_rows_are_sorted_and_unique(name, key, order):
    _, rows = read(name)
    keys = [tuple(row[column] for column in order) for row in rows]
    assert keys == sorted(keys)
    values = [row[key] for row in rows]
    assert len(values) == len(set(values)), {v for v in values if values.count(v) > 1}


def test_the_lexicon_is_as_large_as_it_says(terms):
    assert len(terms) >= 320
    assert sum(row["source"] == "seed" for row in terms) >= 230


def test_categories_are_those_of_the_codebook(terms):
    assert {row["category"] for row in terms} == documented("Categories")
    assert {row["level"] for row in terms} == LEVELS
    assert {row["source"] for row in terms} == {"seed", "field"}


def test_terms_and_glosses_have_only_the_characters_they_may_have(terms):
    assert not [row["term"] for row in terms if not TERM.fullmatch(row["term"])]
    assert not [row["term"] for row in terms if len(row["term"]) < 2]
    assert not [row["term"] for row in terms if not GLOSS.fullmatch(row["gloss"])]


def test_words_are_short_and_unbroken(terms):
    words = [row["term"] for row in terms if row["level"] == "word"]
    assert not [word for word in words if len(word) > 5 or re.search("[、()—]", word)]


def test_every_seed_term_stands_in_the_text_with_its_evidence(terms, paragraphs):
    everything = [row["term"] for row in terms]
    wrong = {}
    for row in terms:
        expected = expected_evidence(row["term"], everything, paragraphs)
        if row["source"] == "seed" and row["evidence"] != expected:
            wrong[row["term"]] = expected
    assert not wrong


def test_evidence_contains_its_term_and_is_short(terms):
    seeds = [row for row in terms if row["source"] == "seed"]
    assert not [row["term"] for row in seeds if row["term"] not in row["evidence"]]
    assert max(len(row["evidence"]) for row in seeds) <= WIDTH


def test_field_terms_are_absent_from_the_text_and_cite_a_report_or_nothing(terms, paragraphs):
    field = [row for row in terms if row["source"] == "field"]
    assert not [row["term"] for row in field if any(spans(row["term"], p) for p in paragraphs)]
    cited = [row["evidence"] for row in field if row["evidence"]]
    assert not [evidence for evidence in cited if not FIELD_EVIDENCE.fullmatch(evidence)]


def test_false_hits_are_still_needed(paragraphs):
    for contexts in FALSE_HITS.values():
        for context in contexts:
            assert any(context in paragraph for paragraph in paragraphs)


def test_stopword_classes_are_documented_and_no_policy_term_is_stopped(terms):
    _, rows = read("stopwords.csv")
    assert {row["class"] for row in rows} == documented("Stopword classes")
    assert all(row["reason"] for row in rows)
    assert not {row["word"] for row in rows} & {row["term"] for row in terms}


def test_policy_verbs_are_off_by_default_in_the_codebook():
    readme = (LEXICON / "README.md").read_text(encoding="utf-8")
    off = [line for line in readme.splitlines() if line.startswith("| `policy_verb`")]
    assert [line.split("|")[2].strip() for line in off] == ["off"]


def test_each_alias_stands_in_the_text_and_leads_to_a_known_name(terms, paragraphs):
    _, rows = read("aliases.csv")
    known = {row["term"] for row in terms}
    assert {row["kind"] for row in rows} == KINDS == documented("Alias kinds")
    for row in rows:
        assert any(row["variant"] in p for p in paragraphs), row["variant"]
        attested = row["preferred"] in known or any(row["preferred"] in p for p in paragraphs)
        assert attested, row["preferred"]
        assert row["note"], row["variant"]


def test_aliases_do_not_chain():
    _, rows = read("aliases.csv")
    assert not {row["variant"] for row in rows} & {row["preferred"] for row in rows}


def test_alias_scopes_hold(articles):
    _, rows = read("aliases.csv")
    whole = {article: "\n".join(parts) for article, parts in articles.items()}
    for row in rows:
        if scope := re.match(r"article ([12])( only)?\b(?! beside)", row["note"]):
            inside = int(scope.group(1))
            assert row["variant"] in whole[inside], row["variant"]
            assert row["variant"] not in whole[3 - inside], row["variant"]


def test_sentences_that_the_page_breaks_are_joined(articles):
    first, second = ("".join(parts) for parts in articles.values())
    for seam in ("天津滨海新区", "产业应用“1到N”", "全生命周期支撑体系", "区位优势,依托"):
        assert first.count(seam) == 1
    for seam in ("配置机制,建立", "批量生产", "强链延链补链,协同培育"):
        assert second.count(seam) == 1
