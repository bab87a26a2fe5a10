"""The verdict: what counts as the same, and that the committed results are those recorded."""

import json
import os
import subprocess
import sys
import time
from contextlib import suppress

import nbformat
import pandas as pd
import pytest
from PIL import Image, PngImagePlugin

from analysis import ROOT, claim, reproduction
from analysis.__main__ import main
from analysis.reproduction import compare, fingerprint, read_manifest, take_manifest


def test_the_committed_results_are_those_of_the_manifest():
    found = take_manifest()
    expected = read_manifest()
    for part in ("inputs", "outputs"):
        assert compare({part: expected[part]}, {part: found[part]}).empty


def test_versions_are_those_of_the_lock():
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    for name, version in read_manifest()["packages"].items():
        assert f"\n{name}=={version} " in f"\n{lock}"


def test_compression_of_a_png_does_not_count_but_pixels_and_captions_do(tmp_path):
    prints = []
    for name, level, value, caption in (("a", 1, 9, "x"), ("b", 9, 9, "x"), ("c", 9, 8, "x"), ("d", 9, 9, "y")):
        info = PngImagePlugin.PngInfo()
        info.add_text("Description", caption)
        path = tmp_path / f"{name}.png"
        Image.new("L", (50, 50), value).save(path, compress_level=level, pnginfo=info)
        prints.append(fingerprint(path))
    assert prints[0] == prints[1]
    assert len(set(prints)) == 3


def test_code_and_outputs_of_a_notebook_count_and_the_words_between_them_do_not(tmp_path):
    def of(code, value, words):
        cells = [
            nbformat.v4.new_markdown_cell(words, id="w"),
            nbformat.v4.new_code_cell(code, id="c", outputs=[nbformat.v4.new_output("stream", text=value)]),
        ]
        nbformat.write(nbformat.v4.new_notebook(cells=cells), tmp_path / "n.ipynb")
        return fingerprint(tmp_path / "n.ipynb")

    first = of("x", "1", "before")
    assert first != of("x", "2", "before")
    assert first != of("y", "1", "before")
    assert first == of("x", "1", "after")


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A project of one notebook, with the machinery pointed at it."""
    for folder in ("notebooks", "figures", "data/derived", "data/edition"):
        (tmp_path / folder).mkdir(parents=True)
    monkeypatch.setattr(reproduction.paths, "ROOT", tmp_path)
    monkeypatch.setattr(reproduction.paths, "NOTEBOOKS", tmp_path / "notebooks")
    monkeypatch.setattr(reproduction.paths, "DATA", tmp_path / "data")
    monkeypatch.setattr(reproduction.paths, "FIGURES", tmp_path / "figures")
    monkeypatch.setattr(reproduction, "MANIFEST", tmp_path / "figures" / "manifest.json")
    monkeypatch.setattr(reproduction, "write_derived", lambda: None)

    def write(source):
        cells = [nbformat.v4.new_code_cell(source, id="only")]
        nbformat.write(nbformat.v4.new_notebook(cells=cells), tmp_path / "notebooks" / "01.ipynb")

    return write


def test_identical_then_different_then_failed(project, capsys):
    project("print(1)")
    assert main(["reproduce"]) == 2
    assert "manifest.json is missing" in capsys.readouterr().err
    assert main(["accept"]) == 0
    assert main(["reproduce"]) == 0
    assert "identical" in capsys.readouterr().out
    project("print(2)")
    assert main(["reproduce"]) == 1
    assert "notebooks/01.ipynb differs" in capsys.readouterr().out
    project("raise ValueError('no such block')")
    before = (reproduction.paths.NOTEBOOKS / "01.ipynb").read_bytes()
    assert main(["reproduce"]) == 2
    assert "01.ipynb: ValueError: no such block" in capsys.readouterr().err
    assert (reproduction.paths.NOTEBOOKS / "01.ipynb").read_bytes() == before


def test_a_claim_that_does_not_hold_is_shown_in_a_cell_and_fails_the_run(project, capsys):
    project("import analysis as pa\npa.claim('two is odd', 2 % 2)\n'the result'")
    assert main(["reproduce"]) == 2
    assert "01.ipynb: does not hold: two is odd" in capsys.readouterr().err
    assert not nbformat.read(reproduction.paths.NOTEBOOKS / "01.ipynb", as_version=4).cells[0].outputs


@pytest.mark.parametrize("conditions, message", [((), "no condition"), ((pd.Series([1, 0]),), "is a Series")])
def test_a_claim_needs_conditions_that_are_true_or_false(conditions, message):
    with pytest.raises(TypeError, match=f"'all is well'.*{message}"):
        claim("all is well", *conditions)


def test_lines_that_arrive_apart_are_one_output(project):
    project("import time\nprint(1, flush=True)\ntime.sleep(0.4)\nprint(2)")
    assert main(["accept"]) == 0 and main(["reproduce"]) == 1
    notebook = nbformat.read(reproduction.paths.NOTEBOOKS / "01.ipynb", as_version=4)
    assert [output.text for output in notebook.cells[0].outputs] == ["1\n2\n"]


ELSEWHERE = """
import sys
from pathlib import Path
from analysis import __main__, reproduction
root = Path(sys.argv[1])
for name in ("notebooks", "data", "figures"):
    setattr(reproduction.paths, name.upper(), root / name)
reproduction.paths.ROOT, reproduction.MANIFEST = root, root / "figures" / "manifest.json"
reproduction.write_derived = lambda: None
sys.exit(__main__.main(["reproduce"]))
"""
unix = pytest.mark.skipif(sys.platform == "win32", reason="no limits of size and no terminals like these")


@unix
def test_a_full_disk_leaves_what_was_there(project):
    import resource

    project("print(('协' * 99 + chr(10)) * 5000)")
    root = reproduction.paths.ROOT
    before = (root / "notebooks" / "01.ipynb").read_bytes()
    run = subprocess.run(
        [sys.executable, "-c", ELSEWHERE, root],
        capture_output=True,
        text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000)),
    )
    assert run.returncode == 2 and "Traceback" not in run.stderr
    assert "File too large" in run.stderr and "01.ipynb" in run.stderr
    assert (root / "notebooks" / "01.ipynb").read_bytes() == before
    assert [path.name for path in (root / "notebooks").iterdir()] == ["01.ipynb"]


@unix
def test_ctrl_c_ends_it_at_once_with_its_kernels(project):
    import pty

    root = reproduction.paths.ROOT
    project(f"import os, time; open({str(root / 'pid')!r}, 'w').write(str(os.getpid())); time.sleep(99)")
    try:
        child, terminal = pty.fork()
    except OSError as error:
        pytest.skip(f"this machine has no pseudo-terminal ({error})")
    if not child:
        os.execv(sys.executable, [sys.executable, "-c", ELSEWHERE, str(root)])
    while not (root / "pid").is_file() or not (kernel := (root / "pid").read_text()):
        time.sleep(0.05)
    os.write(terminal, b"\x03")
    stopped = time.monotonic()
    said = b""
    with suppress(OSError):  # the terminal's end
        while more := os.read(terminal, 1000):
            said += more
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 130, said
    assert time.monotonic() - stopped < 3
    assert b"stopped" in said and b"Traceback" not in said
    with pytest.raises(ProcessLookupError):
        os.kill(int(kernel), 0)


def test_saving_a_notebook_unchanged_changes_nothing(tmp_path):
    committed = ROOT / "notebooks" / "02-segmentation.ipynb"
    notebook = nbformat.read(committed, as_version=4)
    notebook.metadata.language_info = {"name": "python", "version": "3.12.1", "mimetype": "text/x-python"}
    notebook.metadata.kernelspec.display_name = "Python 3 (ipykernel)"
    for cell in notebook.cells:
        cell.metadata["execution"] = {"iopub.execute_input": "2026-01-01T00:00:00"}
    nbformat.write(notebook, tmp_path / "saved.ipynb")
    assert fingerprint(tmp_path / "saved.ipynb") == fingerprint(committed)


def test_a_name_that_no_notebook_has_is_an_error(project, capsys):
    project("1")
    assert main(["reproduce", "77"]) == 2
    assert "77" in capsys.readouterr().err


def test_the_command_explains_itself():
    run = subprocess.run([sys.executable, "-m", "analysis", "--help"], capture_output=True, text=True, check=True)
    assert "reproduce" in run.stdout


def test_the_manifest_is_sorted_and_names_no_machine():
    text = (ROOT / "figures" / "manifest.json").read_text(encoding="utf-8")
    manifest = json.loads(text)
    assert list(manifest["outputs"]) == sorted(manifest["outputs"])
    assert not [name for part in manifest.values() for name in part if name.startswith("/")]
