"""The gold is the articles' own text, and its notation is checked."""

import re

import pandas as pd
import pytest
from sklearn.metrics import cohen_kappa_score

from analysis import evaluate_segmentation, segment
from analysis._paths import DATA, LISTS
from analysis.segmentation.gold import CUT, FREE, JOIN, Term, load_gold, parse_terms, parse_words

PUNCTUATION = frozenset("，。、；：？！“”‘’《》（）—…·,.;:?!()-")
HEADER = "id\tarticle\ttext\twords\tterms"
# blocks of the page in reading order, up to the authors' note; 8 goes on from 6
# and prints the last three characters of 6 again
ORDER = {
    "zhang-lu": [7, 2, 3, 4, 5, 6, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19],
    "lu": [34, 35, 36, 24, 25, 26, 27, 28, 29, 30, 31, 32],
}


@pytest.fixture(scope="module")
def gold():
    return load_gold()


@pytest.fixture(scope="module")
def articles():
    page = (DATA / "raw" / "theory-page.txt").read_text(encoding="utf-8")
    blocks = [block.strip("\n") for block in re.split(r"\n\s*\n", page) if block.strip()]
    assert blocks[6].endswith("优势,") and blocks[8].startswith("优势,")
    blocks[8] = blocks[8].removeprefix("优势,")
    return {article: "".join(blocks[k] for k in order) for article, order in ORDER.items()}


@pytest.mark.parametrize("article", ORDER)
def test_gold_is_the_whole_article_verbatim(gold, articles, article):
    assert "".join(gold.loc[gold.article == article, "text"]) == articles[article]


def test_every_sentence_and_heading_is_there(gold):
    assert gold.text.str.endswith("。").sum() == 105
    headings = gold.loc[~gold.text.str.endswith("。"), "text"]
    assert len(headings) == 6 and headings.str.match(r"[一二三四]、").all()


def test_boundaries_fit_the_text(gold):
    assert (gold.boundaries.str.len() == gold.text.str.len() - 1).all()
    assert set("".join(gold.boundaries)) == {CUT, FREE, JOIN}


def test_punctuation_stands_alone(gold):
    for row in gold.itertuples():
        for gap, mark in enumerate(row.boundaries):
            signs = sum(char in PUNCTUATION for char in row.text[gap : gap + 2])
            assert signs == 0 or mark == (FREE if signs == 2 else CUT), (row.Index, gap)


def test_one_term_is_marked_one_way_everywhere(gold):
    marked = {(term.text, term.required) for terms in gold.terms for term in terms}
    assert len(marked) == len({text for text, _ in marked})


def test_required_terms_are_marked_wherever_they_stand(gold):
    required = {term.text for terms in gold.terms for term in terms if term.required}
    missed = [
        (row.Index, name)
        for row in gold.itertuples()
        for name in sorted(required)
        for match in re.finditer(name, row.text)
        if not any(t.start <= match.start() and match.end() <= t.end for t in row.terms)
    ]
    # 协同发展成果 | 转化为: the words meet by chance
    assert missed == [("zhang-lu-054", "成果转化")]


def test_inside_a_short_required_term_boundaries_are_optional(gold):
    for row in gold.itertuples():
        for term in row.terms:
            if term.required and term.end - term.start <= 5:
                assert CUT not in row.boundaries[term.start : term.end - 1], (row.Index, term)


@pytest.mark.parametrize("word", ["京津冀", "津冀", "创新链", "都市圈", "卡脖子", "2035年", "十八大"])
def test_words_that_the_guideline_names_are_never_cut(gold, word):
    places = [
        (row.Index, row.boundaries[match.start() : match.end() - 1])
        for row in gold.itertuples()
        for match in re.finditer(word, row.text)
    ]
    assert places and all(set(marks) == {JOIN} for _, marks in places)


@pytest.mark.parametrize(
    ("words", "text", "boundaries"),
    [
        ("推动 科技~创新", "推动科技创新", ".|.~."),
        ("京津冀", "京津冀", ".."),
        ("一~是 要", "一是要", "~|"),
        ("的", "的", ""),
    ],
)
def test_parse_words(words, text, boundaries):
    assert parse_words(words) == (text, boundaries)


@pytest.mark.parametrize("words", [" 推动", "推动~", "推动  科技", "推动 ~科技", "推动\u3000科技"])
def test_parse_words_refuses(words):
    with pytest.raises(ValueError, match="boundary mark stands at the edge"):
        parse_words(words)


def test_parse_terms_orders_and_nests():
    text, boundaries = parse_words("北京 国际 科技~创新 中心")
    terms = parse_terms("2:10=国际科技创新中心 0:10?=北京国际科技创新中心", text, boundaries)
    assert terms == (Term(0, 10, False, text), Term(2, 10, True, text[2:]))


@pytest.mark.parametrize(
    ("terms", "message"),
    [
        ("科技创新", "not of the form"),
        ("2:6=科技创业", "the text has '科技创新' there; '科技创业' begins at no place"),
        ("0:4=科技创新", r"begins at \[2\]"),
        ("3:6=技创新", "begins or ends inside a word"),
        ("2:6=科技创新 4:8=创新中心", "overlap"),
    ],
)
def test_parse_terms_refuses(terms, message):
    text, boundaries = parse_words("推动 科技~创新 中心")
    with pytest.raises(ValueError, match=message):
        parse_terms(terms, text, boundaries)


def write(tmp_path, *rows, header=HEADER):
    path = tmp_path / "gold.tsv"
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return path


GOOD = "a-1\ta\t推动创新\t推动 创新\t"


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("a-2\ta\t推动创新\t推动 创新", "line 3: 4 columns instead of 5"),
        ("a-2\ta\t推动创新\t推动 创业\t", "line 3: the words of a-2 do not add up"),
        ("a-2\ta\t推动创新\t推动  创新\t", "line 3: a boundary mark"),
        ("a-2\ta\t推动创新\t推动 创新\t1:3=动创", "line 3: term '1:3=动创' begins or ends inside"),
        (GOOD, "line 3: id a-1 is already on line 2"),
        ("", "line 3: 1 columns instead of 5"),
    ],
)
def test_load_gold_names_the_line(tmp_path, row, message):
    with pytest.raises(ValueError, match=rf"gold\.tsv, {message}"):
        load_gold(write(tmp_path, GOOD, row))


def test_load_gold_refuses_another_header(tmp_path):
    with pytest.raises(ValueError, match="line 1: the columns must be id, article"):
        load_gold(write(tmp_path, GOOD, header="id\ttext"))


def test_load_gold_with_bom_and_crlf(tmp_path):
    path = tmp_path / "gold.tsv"
    path.write_bytes(f"\ufeff{HEADER}\r\n{GOOD}\r\n".encode())
    assert load_gold(path).loc["a-1", "boundaries"] == ".|."


def test_missing_file(tmp_path):
    with pytest.raises(FileNotFoundError):
        load_gold(tmp_path / "nothing.tsv")


def agreement(first, second):
    """Agreement of two segmentations on the gaps beside which there is no punctuation."""
    pairs = pd.DataFrame(
        [
            pair
            for text, one, two in zip(first.text, first.boundaries, second.boundaries, strict=True)
            for left, right, *pair in zip(text, text[1:], one, two, strict=False)
            if left not in PUNCTUATION and right not in PUNCTUATION
        ],
        columns=["first", "second"],
    )
    same = pairs["first"] == pairs["second"]
    kappa = cohen_kappa_score(pairs["first"], pairs["second"])
    opposed = int((~same & (pairs != FREE).all(axis=1)).sum())
    counts = {"gaps": len(pairs), "agreed": int(same.sum()), "opposed": opposed}
    return counts | {"rate": round(float(same.mean()), 4), "kappa": round(float(kappa), 4)}


def test_agreement_of_the_passes_is_as_reported(gold):
    first, second = (load_gold(DATA / "gold" / "passes" / f"{n}.tsv") for n in ("first", "second"))
    found = agreement(first, second)
    assert first.text.equals(gold.text) and found["rate"] > 0.98
    log = (DATA / "gold" / "DECISIONS.md").read_text(encoding="utf-8")
    for name, value in found.items():
        assert f"| {name} | {value} |" in log, name


def test_every_tenth_sentence_has_its_parts_of_speech(gold):
    tagged = pd.read_csv(DATA / "gold" / "parts_of_speech.csv")
    assert set(tagged.pos) == set("nvadmf")
    words = tagged.groupby("id", sort=False).word.agg(list)
    assert words.index.tolist() == gold.index[3::10].tolist()
    for unit, row in words.items():
        runs = (run for run in re.split(r"[ ~]", gold.words[unit]) if run not in PUNCTUATION)
        assert row == [run for run in runs if run]


def test_what_the_readme_says_of_other_texts_is_what_is_counted(lexicon):
    gold = load_gold(DATA / "gold" / "other_texts_counted.tsv")
    counts = {}
    for name, way in {"stock": {"dictionary": "stock"}, "rules": {}, "both": {"lexicon": lexicon}}.items():
        words = segment(gold.text, level="word", punctuation=True, **way)
        terms = segment(gold.text, punctuation=True, **way)
        errors = evaluate_segmentation(gold, words, documents="article", n_boot=1).loc["errors_per_1000"]
        found = evaluate_segmentation(gold, terms, level="term", n_boot=1).loc["term_recall"]
        counts[name] = int(errors.numerator), int(errors.denominator), found
    readme = " ".join((LISTS / "README.md").read_text(encoding="utf-8").split())
    (stock, size, found_stock), (rules, _, _), (both, _, found) = counts.values()
    assert f"makes {stock} boundary errors in {size:,} characters, the rules alone {rules}, rules and" in readme
    assert f"lexicon {both}. Of {found.denominator:.0f} required terms {found.value:.0%}".replace("%", " %") in readme
    assert f"stock jieba finds {found_stock.value:.0%}.".replace("%", " %") in readme
    assert both < rules < stock


def test_the_counts_of_the_peoples_daily_are_of_these_rules_and_add_up():
    table = pd.read_csv(DATA / "gold" / "people_daily.csv").set_index(["half", "dictionary"])
    rules = segment(pd.Series(["推动"])).attrs["segmentation"]["dictionary"]
    assert table.rules.xs("standard", level="dictionary").eq(rules).all()
    errors = table.errors.unstack("dictionary")
    assert (errors.standard < errors.stock * 0.6).all()
    assert table.boundary_f1.between(table.f1_low, table.f1_high).all()


@pytest.mark.parametrize("name", ["read", "counted"])
def test_sentences_of_other_texts_follow_the_notation_and_share_no_text_with_the_articles(name, gold):
    other = load_gold(DATA / "gold" / f"other_texts_{name}.tsv")
    assert other.text.is_unique and not set(other.text) & set(gold.text)
    assert other.article.nunique() == 27
