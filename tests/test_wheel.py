"""The wheel, used from a folder that knows nothing of the checkout."""

import subprocess
import sys
import zipfile

import pytest

from analysis import ROOT

USE = """
import os, pathlib, pandas as pd
import analysis as pa
assert pathlib.Path(pa.__file__).is_relative_to(os.environ["PYTHONPATH"])
tokens = pa.segment(pd.Series({"a": "推动京津冀协同发展。", "b": "推动改革开放。"}), pa.load_lexicon(),
                    stopwords=pa.load_stopwords())
assert tokens["a"] == ["推动", "京津冀协同发展"], tokens["a"]
page = "标题\\n\\n王芳\\n\\n一要坚持改革,深化开\\n\\n放,扩大合作。\\n\\n(作者为教授)"
assert pa.restore(page).articles[0].title == "标题"
by = pd.Series({"a": "x", "b": "y"})
print(pa.keyness(tokens, by == "x").term.tolist())
keywords = pa.keywords(tokens, by)
saved = pa.save_figure(pa.plot_keywords(keywords, glosses=pa.load_glosses())[0].figure, "mine",
                       keywords, "Mine.")
print(saved)
try:
    pa.load_corpus()
except FileNotFoundError as error:
    print(error)
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    subprocess.run(
        [*pip, "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", folder, ROOT],
        check=True,
        capture_output=True,
    )
    (wheel,) = folder.glob("*.whl")
    subprocess.run(
        [*pip, "install", "--no-deps", "--no-index", "--target", folder / "site", wheel],
        check=True,
        capture_output=True,
    )
    return wheel, folder / "site"


def test_the_wheel_is_pure_python_with_its_lists(installed):
    wheel, _ = installed
    assert wheel.name.endswith("-py3-none-any.whl")
    names = zipfile.ZipFile(wheel).namelist()
    assert {
        "analysis/data/policy_terms.csv",
        "analysis/data/character-counts.tsv.gz",
        "analysis/data/common_words.csv",
        "analysis/data/topic_rates.csv",
        "analysis/figures/policy.mplstyle",
    } <= set(names)
    assert not [
        name for name in names if name.endswith((".c", ".so")) or name.startswith(("tests", "data", "notebooks"))
    ]


def test_the_wheel_works_from_another_folder(installed, tmp_path, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(installed[1]))
    run = subprocess.run([sys.executable, "-c", USE], cwd=tmp_path, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    assert "figures/mine (.pdf .svg .png .csv): Mine." in run.stdout
    assert "give your own file or folder" in run.stdout
    assert sorted(path.name for path in (tmp_path / "figures").iterdir()) == [
        "captions.md",
        "mine.csv",
        "mine.pdf",
        "mine.png",
        "mine.svg",
    ]
