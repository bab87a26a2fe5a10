"""Tokens in Parquet: the same as from memory, the same bytes after any interruption."""

import gzip
import json
import os
import shutil
import signal
import subprocess
import sys

import joblib
import pytest
from pyarrow import parquet

from analysis import ROOT, load_stopwords, load_tokens, segment, segment_files
from analysis.segmentation import parts, standard

SIZE = 600  # characters: the two articles make 8 parts

# Kills itself when it is about to rename its fourth part, of which only a piece is written.
KILLED = """
import os, signal, sys
import analysis as pa
from analysis import _tables

def replace(partial, path, rename=os.replace, done=[]):
    if path.suffix == ".parquet":
        done.append(path)
    if len(done) == 4:
        os.truncate(partial, 100)
        os.kill(os.getpid(), signal.SIGKILL)
    rename(partial, path)

_tables.os.replace = replace
pa.segment_files(sys.argv[1], sys.argv[2], pa.load_lexicon(), batch=int(sys.argv[3]))
"""


def contents(folder):
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def third_part(folder):
    return next(folder.glob("part-00002-*.parquet"))


def write_lines(path, records):
    text = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    path.write_bytes(gzip.compress(text.encode()) if path.suffix == ".gz" else text.encode())
    return path


@pytest.fixture(scope="module")
def lines(corpus, tmp_path_factory):
    path = tmp_path_factory.mktemp("input") / "units.jsonl.gz"
    return write_lines(path, ({"id": unit, "text": text} for unit, text in corpus.text.items()))


@pytest.fixture(scope="module")
def whole(lines, lexicon, tmp_path_factory):
    out = tmp_path_factory.mktemp("whole")
    segment_files(lines, out, lexicon, batch=SIZE)
    return out


def test_tokens_are_those_of_segment(corpus, lexicon, lines, whole):
    tokens = load_tokens(whole)
    assert tokens.to_dict() == segment(corpus.text, lexicon).to_dict()
    assert tokens.index.tolist() == corpus.index.tolist()
    assert [unit for part in load_tokens(whole, chunks=True) for unit in part.index] == corpus.index.tolist()


def test_all_settings_reach_the_segmenter(corpus, lexicon, lines, tmp_path):
    settings = {"level": "word", "pos": ["n"], "stopwords": load_stopwords(), "engine": "jieba", "dictionary": "stock"}
    segment_files(lines, tmp_path / "a", lexicon, **settings)
    assert load_tokens(tmp_path / "a").tolist() == segment(corpus.text, lexicon, **settings).tolist()
    segment_files(lines, tmp_path / "b", punctuation=True)
    assert load_tokens(tmp_path / "b").str.join("").tolist() == corpus.text.tolist()


def test_the_table_of_parts_tells_what_is_there(corpus, lines, lexicon, whole):
    table = segment_files(lines, whole, lexicon, batch=SIZE)
    assert table.documents.sum() == len(corpus) and len(table) == 8
    assert table.tokens.sum() == load_tokens(whole).str.len().sum()
    assert parquet.read_schema(whole / table.index[0]).names == ["id", "tokens"]
    names = {"plan.json", "parts.csv", "failures.csv", *table.index}
    assert set(contents(whole)) == names


def test_processes_write_the_same_bytes(lines, lexicon, whole, tmp_path):
    segment_files(lines, tmp_path, lexicon, batch=SIZE, n_jobs=2)
    assert contents(tmp_path) == contents(whole)


def test_a_run_that_stopped_is_finished(lines, lexicon, whole, tmp_path, monkeypatch):
    write, seen = parts.write, []

    def stop_at_third(path, data):
        if len(seen) == 2 and stops:
            raise KeyboardInterrupt
        if path.suffix == ".parquet":
            seen.append(path.name)
        write(path, data)

    monkeypatch.setattr(parts, "write", stop_at_third)
    stops = True
    with pytest.raises(KeyboardInterrupt):
        segment_files(lines, tmp_path, lexicon, batch=SIZE)
    with pytest.raises(FileNotFoundError, match="no finished run"):
        load_tokens(tmp_path)
    stops = False
    segment_files(lines, tmp_path, lexicon, batch=SIZE)
    assert contents(tmp_path) == contents(whole)
    assert len(seen) == len(set(seen)) == 8


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no such signal here")
def test_a_killed_run_is_finished_and_loses_one_batch(lines, lexicon, whole, tmp_path):
    done = subprocess.run([sys.executable, "-c", KILLED, lines, tmp_path, str(SIZE)], cwd=ROOT, check=False)
    assert done.returncode == -signal.SIGKILL
    left = contents(tmp_path)
    assert [name for name in left if name.startswith("part")] == sorted(contents(whole))[1:4]
    assert sorted(map(len, left.values()))[0] == 100
    segment_files(lines, tmp_path, lexicon, batch=SIZE)
    assert contents(tmp_path) == contents(whole)


@pytest.mark.parametrize("name, keep", [("parts.csv", 0), ("parts.csv", 3), ("failures.csv", None)])
def test_a_damaged_table_is_told_and_mended(lines, lexicon, whole, tmp_path, name, keep):
    out = tmp_path / "out"
    shutil.copytree(whole, out)
    if keep is None:
        (out / name).unlink()
    else:
        rows = (out / name).read_text(encoding="utf-8").splitlines(keepends=True)
        (out / name).write_text("".join(rows[:keep]), encoding="utf-8")
        with pytest.raises(ValueError, match="parts.csv is damaged"):
            load_tokens(out)
    with pytest.warns(UserWarning, match=f"{name} is damaged or gone, and is made anew"):
        segment_files(lines, out, lexicon, batch=SIZE)
    assert contents(out) == contents(whole)


def test_results_among_the_input_are_refused(tmp_path):
    (tmp_path / "a.txt").write_text("推动发展。", encoding="utf-8")
    with pytest.raises(ValueError, match="inside the input folder"):
        segment_files(tmp_path, tmp_path / "out")
    with pytest.raises(ValueError, match="is a file"):
        segment_files(tmp_path, tmp_path / "a.txt")


def test_other_rules_are_another_run(lines, lexicon, whole, monkeypatch):
    monkeypatch.setattr(standard, "COMMON", 101)
    with pytest.raises(ValueError, match="other dictionary"):
        segment_files(lines, whole, lexicon, batch=SIZE)


def test_a_part_damaged_in_a_run_that_stopped_is_found(lines, lexicon, whole, tmp_path):
    shutil.copytree(whole, tmp_path / "out")
    (tmp_path / "out" / "parts.csv").unlink()
    part = third_part(tmp_path / "out")
    data = bytearray(part.read_bytes())
    data[200] ^= 1
    part.write_bytes(data)
    with pytest.warns(UserWarning, match=f"{part.name} is damaged"):
        segment_files(lines, tmp_path / "out", lexicon, batch=SIZE)
    assert contents(tmp_path / "out") == contents(whole)


def test_tokens_keep_the_record_of_how_they_were_made(corpus, lexicon, whole):
    expected = segment(corpus.text, lexicon).attrs
    assert load_tokens(whole).attrs == expected
    assert all(part.attrs == expected for part in load_tokens(whole, chunks=True))


@pytest.mark.parametrize(
    "damage",
    [
        lambda path: path.unlink(),
        lambda path: os.truncate(path, 300),
        lambda path: path.write_bytes(path.read_bytes()[::-1]),
    ],
)
def test_a_damaged_part_is_found_and_made_anew(lines, lexicon, whole, tmp_path, damage):
    segment_files(lines, tmp_path, lexicon, batch=SIZE)
    damage(third_part(tmp_path))
    with pytest.raises(ValueError, match="part-00002-.*parquet is damaged or gone"):
        load_tokens(tmp_path)
    with pytest.warns(UserWarning, match="part-00002-.*parquet is damaged or gone"):
        segment_files(lines, tmp_path, lexicon, batch=SIZE)
    assert contents(tmp_path) == contents(whole)


@pytest.mark.parametrize(
    "change, named",
    [
        ({"level": "word"}, "other level .'term' there"),
        ({"lexicon": None}, "other lexicon"),
        ({"stopwords": ["的"]}, "other stopwords"),
        ({"batch": SIZE + 1}, "other batch"),
        ({"engine": "jieba"}, "other engine"),
    ],
)
def test_another_plan_is_refused(lines, lexicon, whole, change, named):
    before = contents(whole)
    with pytest.raises(ValueError, match=named):
        segment_files(lines, whole, **{"lexicon": lexicon, "batch": SIZE, **change})
    assert contents(whole) == before


def test_other_input_is_refused_but_another_place_and_date_are_not(lines, lexicon, whole, tmp_path):
    moved = tmp_path / lines.name
    moved.write_bytes(lines.read_bytes())
    os.utime(moved, (0, 0))
    segment_files(moved, whole, lexicon, batch=SIZE)
    write_lines(moved, [{"id": "a", "text": "三地"}])
    with pytest.raises(ValueError, match=rf"other inputs \({lines.name}\)"):
        segment_files(moved, whole, lexicon, batch=SIZE)
    more = tmp_path / "more.jsonl"
    write_lines(more, [{"id": "b", "text": "三地"}])
    with pytest.raises(ValueError, match=r"other inputs \(more.jsonl\)"):
        segment_files([lines, more], whole, lexicon, batch=SIZE)


def test_a_folder_of_other_things_is_refused(lines, tmp_path):
    (tmp_path / "thesis.docx").write_bytes(b"")
    with pytest.raises(ValueError, match="holds other files"):
        segment_files(lines, tmp_path)
    (tmp_path / "plan.json").write_text("{")
    with pytest.raises(ValueError, match="plan.json is damaged"):
        segment_files(lines, tmp_path)


def test_text_files_and_folders_are_read_as_by_read_folder(tmp_path):
    for name, encoding in (("b/two.txt", "gb18030"), ("one.md", "utf-16"), (".hidden.txt", "utf-8")):
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes("推动京津冀协同发展。".encode(encoding))
    segment_files(tmp_path / "in", tmp_path / "out")
    tokens = load_tokens(tmp_path / "out")
    assert tokens.str.join(" ").to_dict() == dict.fromkeys(["b/two", "one"], "推动 京津冀 协同 发展")


BAD_LINES = [
    ('{"id": "b", "text": "三地"', "no JSON"),
    ('["b", "三地"]', "no JSON object with 'id' and 'text'"),
    ('{"id": "b"}', "no JSON object with 'id' and 'text'"),
    ('{"id": 1.5, "text": "三地"}', "'id' is neither text nor a whole number but 1.5"),
    ('{"id": true, "text": "三地"}', "'id' is neither"),
    ('{"id": "b", "text": null}', "'text' of 'b' is not text but None"),
    ('{"id": "b", "text": "\\ud800"}', "surrogates not allowed"),
    ("[" * 100_000, "no JSON"),
]


@pytest.mark.parametrize("line, message", BAD_LINES)
def test_a_bad_line_is_named_or_reported(tmp_path, line, message):
    path = tmp_path / "in.jsonl"
    path.write_text(f'\ufeff{{"id": 7, "text": "三地"}}\n\n{line}\n{{"id": "c", "text": ""}}', encoding="utf-8")
    with pytest.raises(ValueError, match=f"in.jsonl, line 3: .*{message}"):
        segment_files(path, tmp_path / "out", batch=1)
    problems = []
    table = segment_files(path, tmp_path / "out", batch=1, problems=problems)
    assert [(problem.file, problem.line) for problem in problems] == [("in.jsonl", 3)]
    assert message in problems[0].message
    again = []
    segment_files(path, tmp_path / "out", batch=1, problems=again)
    assert again == problems
    assert load_tokens(tmp_path / "out").to_dict() == {"7": ["三地"], "c": []}
    assert len(table) == 2
    with pytest.raises(ValueError, match="in.jsonl, line 3"):
        segment_files(path, tmp_path / "out", batch=1)


def test_damaged_files_are_reported_and_the_rest_is_read(corpus, lines, tmp_path):
    cut = tmp_path / "cut.jsonl.gz"
    cut.write_bytes(lines.read_bytes()[:5000])
    other = tmp_path / "latin.jsonl"
    other.write_bytes('{"id": "a", "text": "三地"}\n'.encode("gb18030"))
    (tmp_path / "empty.txt").touch()
    inputs = [cut, other, tmp_path / "empty.txt", lines]
    problems = []
    table = segment_files(inputs, tmp_path / "out", problems=problems, n_jobs=2)
    assert [problem.file for problem in problems] == ["cut.jsonl.gz", "latin.jsonl", "empty.txt"]
    assert [problem.line is None for problem in problems] == [False, False, True]
    assert table.documents.sum() > len(corpus)
    with pytest.raises(ValueError, match="cut.jsonl.gz, line .*: the compressed file is damaged"):
        segment_files(inputs, tmp_path / "other", batch=SIZE, n_jobs=2)
    with pytest.raises(ValueError, match="stands more than once"):
        load_tokens(tmp_path / "out")


@pytest.mark.parametrize(
    "arguments, error, message",
    [
        ({"paths": []}, FileNotFoundError, "nothing to read"),
        ({"paths": "no-such-folder"}, FileNotFoundError, "no-such-folder"),
        ({"level": "clause"}, ValueError, "level"),
        ({"batch": 0}, ValueError, "batch"),
        ({"problems": "report"}, TypeError, "problems must be a list"),
    ],
)
def test_wrong_arguments_leave_nothing_behind(lines, tmp_path, arguments, error, message):
    with pytest.raises(error, match=message):
        segment_files(**{"paths": lines, "out": tmp_path / "out", **arguments})
    assert not (tmp_path / "out").exists()


def test_two_files_of_one_name_are_refused(tmp_path):
    for folder in "ab":
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "notice.txt").write_text("三地", encoding="utf-8")
    with pytest.raises(ValueError, match="would have the id 'notice'"):
        segment_files([tmp_path / "a", tmp_path / "b"], tmp_path / "out")


def test_progress_is_shown_only_where_it_is_wanted(lines, tmp_path, capfd):
    segment_files(lines, tmp_path / "a")
    assert capfd.readouterr() == ("", "")
    segment_files(lines, tmp_path / "b", progress=True)
    out, err = capfd.readouterr()
    assert out == "" and "100%" in err


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_cluster_of_two_workers_writes_the_same_bytes(lines, lexicon, whole, tmp_path):
    from distributed import Client, LocalCluster

    with (
        LocalCluster(
            n_workers=2, threads_per_worker=1, dashboard_address=None, local_directory=str(tmp_path)
        ) as cluster,
        Client(cluster) as client,
    ):
        with joblib.parallel_config(backend="dask"):
            segment_files(lines, tmp_path / "out", lexicon, batch=SIZE)
        used = client.run(lambda: "analysis.segmentation.streaming" in sys.modules)
    assert contents(tmp_path / "out") == contents(whole)
    assert list(used.values()) == [True, True]
