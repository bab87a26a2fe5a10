"""The edition holds the page's characters, all of them, and the log explains every step."""

import hashlib
import re
from collections import Counter
from pathlib import Path

import pandas as pd
import pytest

from analysis import DATA, load_articles, load_corpus
from analysis.restoration import load_readings, load_repairs, write_edition

HERE = Path(__file__).parent
PAGE = DATA / "raw" / "theory-page.txt"
SHA256 = "0a37e9cb4ea074b514ba6688d98970e5b77079df565f025697f3f7a4dd105503"


@pytest.fixture(scope="module")
def blocks():
    text = PAGE.read_text(encoding="utf-8")
    return [block.strip() for block in re.split(r"\n\s*\n", text) if block.strip()]


@pytest.fixture(scope="module")
def paragraphs():
    return pd.read_csv(DATA / "edition" / "paragraphs.csv", dtype=str)


def test_the_page_is_untouched_and_the_codebook_says_so():
    assert hashlib.sha256(PAGE.read_bytes()).hexdigest() == SHA256
    assert SHA256 in (DATA / "README.md").read_text(encoding="utf-8")


def test_every_block_is_used_once(blocks, paragraphs):
    used = [int(n) for cell in paragraphs.blocks for n in cell.split("+")]
    outside = {0, 1, 20, 21, 22, 23, 33}  # titles, bylines, notes
    assert sorted([*used, *outside]) == list(range(len(blocks)))


def test_no_character_is_lost_or_invented_but_the_overlap(blocks, paragraphs):
    removed = "".join(load_repairs().removed)
    for row in paragraphs.itertuples():
        printed = "".join(blocks[int(n)] for n in row.blocks.split("+"))
        gone = Counter(printed) - Counter(row.text)
        assert not Counter(row.text) - Counter(printed), row.text[:20]
        assert "".join(sorted(gone.elements())) in ("", "".join(sorted(removed)))
    assert removed == "优势,"


def test_joined_blocks_stand_in_their_paragraph_in_order(blocks, paragraphs):
    for row in paragraphs[paragraphs.blocks.str.contains("+", regex=False)].itertuples():
        first, second = (blocks[int(n)] for n in row.blocks.split("+"))
        assert row.text.startswith(first)
        assert row.text.endswith(second.removeprefix("优势,"))


def test_the_edition_is_the_one_made_by_hand(paragraphs):
    by_hand = pd.read_csv(HERE / "paragraphs_by_hand.csv", dtype=str)
    assert paragraphs.equals(by_hand)


def test_the_machine_makes_the_repairs_that_the_hand_made():
    by_hand = pd.read_csv(HERE / "repairs_by_hand.csv", dtype=str).fillna("")
    found = load_repairs()
    kinds = {"remove overlap": "overlap removed", "merge title": "title merged"}
    blocks = by_hand.blocks.replace({"34-36": "34+35+36"})
    blocks = blocks.mask(by_hand.operation == "remove overlap", "6+8")
    expected = sorted(zip(by_hand.operation.replace(kinds), by_hand.article, blocks, strict=False))
    assert sorted(zip(found.operation, found.article, found.blocks, strict=False)) == expected
    assert found.confidence.min() > 0.9


def test_every_join_of_the_edition_is_in_the_log(paragraphs):
    joined = set(paragraphs.blocks[paragraphs.blocks.str.contains("+", regex=False)])
    repairs = load_repairs()
    assert joined == set(repairs.blocks[repairs.operation == "join"])


def test_readable_texts_say_what_the_tables_say(paragraphs):
    articles = pd.read_csv(DATA / "edition" / "articles.csv", dtype=str)
    for article in articles.itertuples():
        text = (DATA / "edition" / f"{article.article}.txt").read_text(encoding="utf-8")
        body = paragraphs.text[paragraphs.article == article.article]
        byline = article.authors.replace(";", " ")
        assert text == "\n\n".join([article.title, byline, *body, article.affiliation]) + "\n"


def test_doubtful_readings_stand_where_the_list_says(paragraphs):
    for unit, row in load_readings().iterrows():
        article, position = unit.rsplit("-", 1)
        here = paragraphs[(paragraphs.article == article) & (paragraphs.position == str(int(position)))]
        assert row.printed in here.text.item()


def test_headings_are_columns_and_not_rows():
    corpus = load_corpus()
    assert corpus.index.is_unique
    assert not corpus.text.isin(corpus.heading).any()
    assert (corpus.heading == "").equals(corpus.kind == "lead")
    assert corpus.groupby("article").section.max().to_dict() == {"zhang-lu": 2, "lu": 4}


@pytest.fixture
def damaged(tmp_path):
    """Return a function that copies the edition with one replacement in a file."""

    def copy(name, old, new):
        for path in (DATA / "edition").glob("*.csv"):
            text = path.read_text(encoding="utf-8")
            if path.name == name:
                assert old in text
                text = text.replace(old, new, 1)
            (tmp_path / path.name).write_text(text, encoding="utf-8")
        return tmp_path

    return copy


@pytest.mark.parametrize(
    "name, old, new, message",
    [
        ("paragraphs.csv", "lu,1,lead", "nobody,1,lead", "line 2: article 'zhang-nobody'"),
        ("paragraphs.csv", "lu,1,lead", "lu,1,poem", "line 2: kind 'poem'"),
        ("paragraphs.csv", "zhang-lu,2,", "zhang-lu,3,", "line 4: .* a second time"),
        ("paragraphs.csv", "zhang-lu,14,", "zhang-lu,15,", "line 15: position 15"),
        ("paragraphs.csv", "zhang-lu,2,", "zhang-lu,two,", "line 3: position 'two'"),
        ("paragraphs.csv", "position", "place", r"lacks the column\(s\) \['position'\]"),
        ("articles.csv", "zhang-lu,", ",", "line 2: article must not be empty"),
    ],
)
def test_a_damaged_edition_is_refused_with_file_and_line(damaged, name, old, new, message):
    with pytest.raises(ValueError, match=message) as error:
        load_corpus(damaged(name, old, new))
    assert name in str(error.value)


def test_a_missing_edition_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match="articles.csv"):
        load_corpus(tmp_path)


def test_a_stray_or_empty_file_can_be_left_out(tmp_path):
    (tmp_path / "notice.txt").write_text("推动京津冀协同发展。", encoding="utf-8")
    (tmp_path / "empty.txt").touch()
    (tmp_path / "notes.log").write_text("x", encoding="utf-8")
    with pytest.raises(ValueError, match=r"problems=\[\], reading goes on"):
        load_corpus(tmp_path)
    for load in (load_corpus, load_articles):
        problems = []
        table = load(tmp_path, problems=problems)
        assert table.text.tolist() == ["推动京津冀协同发展。"]
        assert [problem.file for problem in problems] == ["empty.txt", "notes.log"]
    assert load_corpus(tmp_path, level="sentence", problems=[]).kind.tolist() == ["sentence"]


def test_the_edition_has_nothing_to_report():
    problems = []
    corpus = load_corpus(problems=problems)
    assert corpus.equals(load_corpus()) and not problems


def test_a_folder_without_documents_says_so(tmp_path):
    with pytest.raises(FileNotFoundError, match="nofolder does not exist or is no folder"):
        load_corpus(tmp_path / "nofolder")
    (tmp_path / "data.xlsx").touch()
    with pytest.raises(FileNotFoundError, match=r"has no document to read .*\.txt"):
        load_corpus(tmp_path)
    (tmp_path / "empty.txt").touch()
    with pytest.raises(ValueError, match=r"(?s)None of the documents .*empty\.txt is empty"):
        load_corpus(tmp_path, problems=[])
    with pytest.raises(TypeError, match="problems must be a list to be filled, or left out, not 'skip'"):
        load_corpus(tmp_path, problems="skip")


def test_an_edition_is_written_whole_or_stays_as_it_was(tmp_path, monkeypatch):
    write_edition(PAGE, ["a", "b"], tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    for name in ("articles.csv", "paragraphs.csv", "repairs.csv"):
        committed = (
            (DATA / "edition" / name).read_text(encoding="utf-8").replace("zhang-lu,", "a,").replace("lu,", "b,")
        )
        assert before[name].decode("utf-8") == committed

    def full_disk(path, text, **options):
        path.write_bytes(text.encode()[:10])
        raise OSError("No space left on device")

    monkeypatch.setattr(Path, "write_text", full_disk)
    with pytest.raises(OSError, match="No space left"):
        write_edition(PAGE, ["c", "d"], tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_file_that_is_not_utf8_is_refused(tmp_path):
    (tmp_path / "articles.csv").write_bytes("article,title,authors\n京津冀,x,y\n".encode("gbk"))
    with pytest.raises(ValueError, match="not UTF-8"):
        load_corpus(tmp_path)
