"""Profiles: counts without texts, kept with their provenance, refused when they do not fit."""

import gzip
import hashlib
import json
import os
import subprocess
import sys

import pandas as pd
import pytest

from analysis import (
    ROOT,
    build_profile,
    dispersion,
    frequencies,
    keyness,
    load_profile,
    load_stopwords,
    save_profile,
    segment,
    term_history,
)
from analysis.textstats import unit_tokens

TEXTS = {"2023": "推动京津冀协同发展，推动创新。", "2024": "协同发展要创新的改革。", "local": "创新，创新。"}

PHRASES = ["协同发展", "创新"]


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "texts").mkdir()
    for name, text in TEXTS.items():
        (tmp_path / "texts" / f"{name}.txt").write_text(text, encoding="utf-8")
    return tmp_path / "texts"


@pytest.fixture
def saved(folder, lexicon, tmp_path):
    return save_profile(build_profile(folder, lexicon, phrases=PHRASES), tmp_path / "texts.csv.gz")


def test_counts_are_those_of_the_texts(folder, lexicon):
    profile = build_profile(folder, lexicon)
    tokens = segment(pd.Series(TEXTS), lexicon)
    expected = frequencies(tokens).set_index("term")
    spread = dispersion(tokens).set_index("term")
    assert profile.terms["count"].to_dict() == expected["count"].to_dict()
    assert profile.terms.documents.to_dict() == expected.units.to_dict()
    assert profile.terms.dp.to_dict() == pytest.approx(spread.dp.to_dict())
    assert profile.documents.tokens.to_dict() == tokens.str.len().to_dict()
    assert profile.documents.year.tolist() == [2023, 2024, pd.NA]
    assert profile.documents.sha256["local"] == hashlib.sha256(TEXTS["local"].encode()).hexdigest()


def test_a_saved_profile_comes_back(folder, lexicon, saved):
    built, loaded = build_profile(folder, lexicon, phrases=PHRASES), load_profile(saved)
    pd.testing.assert_frame_equal(built.terms, loaded.terms)
    pd.testing.assert_frame_equal(built.phrases, loaded.phrases)
    pd.testing.assert_frame_equal(built.documents, loaded.documents, check_dtype=False)
    assert (built.counts != loaded.counts).nnz == 0 and (built.units != loaded.units).nnz == 0
    assert (built.name, built.segmentation) == (loaded.name, loaded.segmentation)


def test_the_files_are_the_same_bytes_each_time(folder, lexicon, saved, tmp_path):
    again = save_profile(build_profile(folder, lexicon, phrases=PHRASES), tmp_path / "again.csv.gz")
    assert saved.read_bytes() == again.read_bytes()
    assert (tmp_path / "texts.json").read_bytes() == (tmp_path / "again.json").read_bytes()
    assert saved.read_bytes()[3:8] == bytes(5)  # no file name, no time
    header = gzip.decompress(saved.read_bytes()).decode().splitlines()[0]
    assert header == "term,count,documents,dp,2023,2024,local,units"
    assert "texts" not in json.loads((tmp_path / "texts.json").read_text("utf-8"))["segmentation"]


def test_stopwords_and_documents_are_left_out_on_loading(saved, lexicon):
    stopwords = load_stopwords()
    profile = load_profile(saved, stopwords=stopwords, documents=["2024"])
    tokens = segment(pd.Series([TEXTS["2024"]]), lexicon, stopwords=stopwords)
    assert profile.terms["count"].to_dict() == frequencies(tokens).set_index("term")["count"].to_dict()
    assert profile.documents.tokens.tolist() == [len(tokens[0])]
    assert profile.terms.dp.isna().all()
    assert profile.segmentation == tokens.attrs["segmentation"]


def test_keyness_against_a_profile_is_keyness_against_its_tokens(saved, tokens, corpus, lexicon):
    stopwords = load_stopwords()
    profile = load_profile(saved, stopwords=stopwords)
    reference = segment(pd.Series(TEXTS), lexicon, stopwords=stopwords)
    target = corpus.article == "lu"
    by_profile = keyness(tokens, target, reference=profile, draws=200)
    by_tokens = keyness(tokens, target, reference=reference, draws=200)
    pd.testing.assert_frame_equal(by_profile, by_tokens)
    older = keyness(tokens, target, reference=profile._replace(units=None), draws=200)
    resampled = ["p_permutation", "p_permutation_bh"]
    pd.testing.assert_frame_equal(older.drop(columns=resampled), by_tokens.drop(columns=resampled))
    assert older[resampled].isna().all(axis=None)


PARAGRAPHS = {
    "2023": "推动创新，推动改革。\n\n改革要推动的创新。\n。\n协同发展。",
    "2024": "协同发展。",
    "units": "创新，创新，的。\n改革。",
}


@pytest.fixture
def by_paragraph(tmp_path, lexicon):
    (tmp_path / "several").mkdir()
    for name, text in PARAGRAPHS.items():
        (tmp_path / "several" / f"{name}.txt").write_text(text, encoding="utf-8")
    return save_profile(build_profile(tmp_path / "several", lexicon), tmp_path / "several.csv.gz")


def paragraphs(lexicon, names=tuple(PARAGRAPHS), **options):
    rows = [(name, line) for name in names for line in PARAGRAPHS[name].split("\n")]
    tokens = segment(pd.Series([line for _, line in rows]), lexicon, **options)
    tokens.index = pd.MultiIndex.from_tuples(enumerate(name for name, _ in rows))
    return tokens[tokens.str.len() > 0]


@pytest.mark.parametrize("names", [("2023", "2024", "units"), ("2023", "units"), ("2024",)])
@pytest.mark.parametrize("stopwords", [(), ("的", "创新")])
def test_paragraphs_come_back_with_their_words(by_paragraph, lexicon, names, stopwords):
    profile = load_profile(by_paragraph, documents=names, stopwords=stopwords)
    given, found = paragraphs(lexicon, names, stopwords=stopwords), unit_tokens(profile)
    found = found[found.str.len() > 0]
    assert found.tolist() == [sorted(row) for row in given]
    assert found.index.get_level_values("document").tolist() == given.index.get_level_values(1).tolist()
    assert found.attrs["segmentation"] == given.attrs["segmentation"]
    assert profile.documents.tokens.sum() == profile.units.sum() == given.str.len().sum()
    with pytest.raises(ValueError, match="several has no counts by paragraph: build"):
        unit_tokens(profile._replace(units=None))


def test_paragraphs_of_a_profile_are_relabelled_and_documents_where_those_are_the_units(by_paragraph, lexicon):
    profile = load_profile(by_paragraph)
    texts = ["推动改革。", "创新，改革。", "改革，改革。", "协同发展。"]
    target = segment(pd.Series(texts), lexicon)
    reference = paragraphs(lexicon)
    assert len(reference) == 6
    found = keyness(target, reference=profile)
    pd.testing.assert_frame_equal(found, keyness(target, reference=reference))
    assert found.p_permutation.between(1 / 210, 1).all() and found.df_reference.max() == 3
    names = pd.Series(list("aabb"))
    found = keyness(target, reference=profile, documents=names)
    whole = reference.groupby(level=1, sort=False).agg(lambda rows: [word for row in rows for word in row])
    whole.attrs = reference.attrs
    pd.testing.assert_frame_equal(found, keyness(target, reference=whole, documents=names))
    assert found.p_permutation.min() >= 0.1 and found.df_reference.max() == 2
    older = profile._replace(units=None)
    pd.testing.assert_frame_equal(found, keyness(target, reference=older, documents=names))
    assert keyness(target, reference=older).p_permutation.isna().all()


def test_a_file_without_counts_by_paragraph_is_still_read(by_paragraph, lexicon, tmp_path):
    profile = load_profile(by_paragraph)
    older = profile._replace(units=None)
    again = load_profile(save_profile(older, tmp_path / "older.csv.gz"))
    assert again.units is None and (again.counts != profile.counts).nnz == 0


def test_a_profile_of_another_segmentation_is_refused(saved, tokens, corpus, lexicon):
    with pytest.raises(ValueError, match="profile texts is cut in another way.*stopwords"):
        keyness(tokens, reference=load_profile(saved))
    fewer = segment(corpus.text, lexicon.iloc[1:])
    with pytest.raises(ValueError, match="profile texts is cut in another way.*lexicon"):
        keyness(fewer, reference=load_profile(saved))
    with pytest.raises(ValueError, match="tokens have no record"):
        keyness(pd.Series([["创新"]]), reference=load_profile(saved))


def test_history_finds_the_first_document(saved):
    table = term_history(load_profile(saved), PHRASES)
    assert table["count"].tolist() == [1, 1, 0, 1, 1, 2]
    assert table.document[table["first"]].tolist() == ["2023", "2023"]
    assert table.per_10k[3] == round(1e4 / len(TEXTS["2023"]), 6)
    some = term_history(load_profile(saved, documents=["2024", "local"]), ["创新"])
    assert some["count"].tolist() == [1, 2] and some["first"].tolist() == [True, False]


def test_history_of_tokens_does_not_look_inside_longer_ones(saved):
    profile = load_profile(saved)
    table = term_history(profile, ["京津冀协同发展", "协同发展"], by="token")
    assert table["count"].tolist() == [1, 0, 0, 0, 1, 0]
    assert table.per_10k[0] == round(1e4 / profile.documents.tokens["2023"], 6)


@pytest.fixture
def nested(tmp_path):
    (tmp_path / "nested").mkdir()
    text = "京津冀协同发展战略，京津冀协同发展，协同发展。区域协同发展。协同创新，协同发展体系。"
    (tmp_path / "nested" / "a.txt").write_text(text, encoding="utf-8")
    (tmp_path / "nested" / "b.txt").write_text("协同发展。", encoding="utf-8")
    phrases = ["协同", "协同发展", "京津冀协同发展", "京津冀协同发展战略", "区域协同发展", "协同发展体系", "发展体系"]
    return build_profile(tmp_path / "nested", phrases=phrases)


@pytest.mark.parametrize(
    "outside, counts",
    [
        ([], [5, 1]),
        (["京津冀协同发展"], [3, 1]),
        (["京津冀协同发展战略"], [4, 1]),
        (["京津冀协同发展", "京津冀协同发展战略", "区域协同发展"], [2, 1]),  # what is in both counts once
        (["京津冀协同发展", "京津冀协同发展"], [3, 1]),
    ],
)
def test_terms_inside_longer_ones_do_not_count(nested, outside, counts):
    found = term_history(nested, ["协同发展"], outside=outside)
    assert found["count"].tolist() == counts and found["count"].dtype == "int64"
    assert found.per_10k[1] == 2000


def test_outside_holds_for_every_term_in_it(nested):
    found = term_history(nested, ["协同", "协同发展", "发展体系"], outside=["京津冀协同发展", "区域协同发展"])
    assert found["count"].tolist() == [3, 1, 2, 1, 1, 0]
    alone = term_history(nested, ["京津冀协同发展"], outside=["京津冀协同发展战略"])
    assert alone["count"].tolist() == [1, 0] and alone["first"].tolist() == [True, False]


@pytest.mark.parametrize(
    "options, message",
    [
        ({"outside": ["京津冀协同发展", "协同发展体系"]}, "can overlap at '协同发展'"),
        ({"outside": ["协同"]}, "None of the terms is inside '协同'"),
        ({"outside": ["协同发展"]}, "must be longer"),
        ({"outside": ["南水北调协同发展"]}, "not counted the phrase '南水北调协同发展'"),
        ({"outside": ["京津冀协同发展"], "by": "token"}, "outside is for phrases"),
    ],
)
def test_what_cannot_be_left_out_is_named(nested, options, message):
    with pytest.raises(ValueError, match=message):
        term_history(nested, ["协同发展"], **options)


def test_sources_are_kept_with_the_documents(folder, lexicon, tmp_path):
    sources = pd.DataFrame({"title": ["甲", "乙", "丙"]}, index=["local", "2024", "2023"])
    path = save_profile(build_profile(folder, lexicon, sources=sources), tmp_path / "x.csv.gz")
    assert load_profile(path).documents.title.tolist() == ["丙", "乙", "甲"]
    with pytest.raises(ValueError, match="sources has no row for '2023'"):
        build_profile(folder, lexicon, sources=sources.iloc[:2])


@pytest.mark.parametrize(
    "damage, message",
    [
        (lambda path: path.write_bytes(path.read_bytes()[:-20]), "damaged"),
        (lambda path: path.write_bytes(b"term,count\n"), "damaged"),
        (lambda path: path.write_bytes(gzip.compress(b"term,count\n")), "not the table"),
        (lambda path: path.with_name("texts.json").write_text("{"), "damaged"),
        (lambda path: path.with_name("texts.json").write_text("{}"), "not the provenance"),
    ],
)
def test_a_damaged_profile_is_named(saved, damage, message):
    damage(saved)
    with pytest.raises(ValueError, match=f"texts.*{message}.*anew"):
        load_profile(saved)


@pytest.mark.parametrize("name", ["texts.csv.gz", "texts.json"])
def test_a_missing_file_is_named(saved, name):
    saved.with_name(name).unlink()
    with pytest.raises(FileNotFoundError, match=name):
        load_profile(saved)


def test_the_script_builds_both_profiles_and_checks_the_texts(tmp_path):
    rows = [("gwr/2025.txt", "推动创新。"), ("provincial_gwr_2026/天津市.txt", "协同发展。")]
    for name, text in rows:
        path = tmp_path / name
        path.parent.mkdir()
        path.write_text(text, encoding="utf-8")
    sources = pd.DataFrame({
        "path": [f"reference/{name}" for name, _ in rows],
        "title": "t",
        "date": "d",
        "issuer": "i",
        "source_repository": "r",
        "licence_status": "l",
        "sha256": [hashlib.sha256(text.encode()).hexdigest() for _, text in rows],
    })
    sources.to_csv(tmp_path / "SOURCES.csv", index=False)
    command = [sys.executable, ROOT / "scripts" / "build_profiles.py", tmp_path, "--output", tmp_path / "out"]
    command += ["--words", tmp_path / "words.csv"]
    options = {
        "capture_output": True,
        "text": True,
        "encoding": "utf-8",
        "env": os.environ | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
    }
    assert "1 documents" in subprocess.run(command, check=True, **options).stdout
    profile = load_profile(tmp_path / "out" / "provincial_gwr_2026.csv.gz")
    assert profile.documents.issuer.to_dict() == {"天津市": "i"}
    assert profile.phrases.loc["天津市", "协同发展"] == 1
    (tmp_path / "gwr" / "2025.txt").write_text("推动改革。", encoding="utf-8")
    failed = subprocess.run(command, check=False, **options)
    assert failed.returncode and "2025.txt is not the text" in failed.stderr


def test_bad_input_is_named(folder, saved, lexicon, tmp_path):
    with pytest.raises(ValueError, match="no document .'2022'."):
        load_profile(saved, documents=["2022"])
    with pytest.raises(ValueError, match="ends in .csv.gz"):
        save_profile(load_profile(saved), tmp_path / "x.csv")
    with pytest.raises(ValueError, match="built without some stopwords"):
        load_profile(save_profile(load_profile(saved, stopwords=["的"]), tmp_path / "x.csv.gz"), stopwords=["的"])
    with pytest.raises(ValueError, match="terms is empty"):
        term_history(load_profile(saved), [])
    with pytest.raises(ValueError, match="has not counted the phrase '改革'"):
        term_history(load_profile(saved), ["改革"])
    with pytest.raises(ValueError, match="by must be one of .'phrase', 'token'., not 'word'"):
        term_history(load_profile(saved), ["创新"], by="word")
    with pytest.raises(TypeError, match="profile must be a Profile.*not 'texts'"):
        term_history("texts", ["改革"])
    with pytest.raises(FileNotFoundError, match="nowhere does not exist"):
        build_profile(tmp_path / "nowhere")


def test_what_cannot_be_read_is_an_error_or_a_problem(folder):
    whole = build_profile(folder)
    (folder / "void.txt").write_text(" \n", encoding="utf-8")
    with pytest.raises(ValueError, match="problem.*\n.*void.txt"):
        build_profile(folder)
    problems = []
    assert build_profile(folder, problems=problems).terms.equals(whole.terms)
    assert [problem.file for problem in problems] == ["void.txt"]
    for path in folder.glob("*.txt"):
        path.write_bytes(b"")
    with pytest.raises(ValueError, match="no document that can be read"):
        build_profile(folder, problems=problems)


def test_all_encodings_and_formats_are_read(folder):
    whole = build_profile(folder)
    (folder / "2023.txt").write_bytes(TEXTS["2023"].encode("gb18030"))
    (folder / "local.txt").rename(folder / "local.md")
    again = build_profile(folder)
    assert again.terms.equals(whole.terms)
    assert again.documents.drop(columns="sha256").equals(whole.documents.drop(columns="sha256"))


def test_a_year_that_is_given_goes_before_that_of_the_name(folder):
    sources = pd.DataFrame({"year": [2006, 2007, None], "title": "t"}, index=["2023", "2024", "local"])
    found = build_profile(folder, sources=sources).documents
    assert found.year.tolist() == [2006, 2007, pd.NA] and list(found)[:2] == ["year", "characters"]
    with pytest.raises(ValueError, match="'tokens'.*counts itself"):
        build_profile(folder, sources=sources.assign(tokens=1))


def test_a_profile_is_written_whole_or_not_at_all(folder, saved, monkeypatch):
    before = {path.name: path.read_bytes() for path in saved.parent.glob("texts.*")}
    (folder / "2025.txt").write_text("推动改革。", encoding="utf-8")
    profile = build_profile(folder)

    def full(*_, **__):
        raise OSError("No space left on device")

    monkeypatch.setattr("pathlib.Path.write_text", full)
    with pytest.raises(OSError, match="No space"):
        save_profile(profile, saved)
    assert {path.name: path.read_bytes() for path in saved.parent.glob("*texts.*")} == before
