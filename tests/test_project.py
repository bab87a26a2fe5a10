"""The project as such: public names, indexes, the lock, the conda file, what is committed."""

import importlib
import inspect
import pkgutil
import re
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
import yaml
from packaging.requirements import Requirement

import analysis
from analysis import ROOT

LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
LOCKED = dict(re.findall(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)", LOCK, re.M))
CONDA_NAMES = {"matplotlib-base": "matplotlib", "pdfminer.six": "pdfminer-six"}
STEPS = {module.name for module in pkgutil.iter_modules(analysis.__path__) if module.ispkg}
FUNCTIONS = [name for name in analysis.__all__ if name.islower() and name not in STEPS]


@pytest.mark.parametrize("name", analysis.__all__)
def test_every_public_name_is_there(name):
    assert getattr(analysis, name) is not None


def test_no_public_name_is_a_modules():
    # Importing analysis.x sets the attribute x of the package: a function x would vanish.
    modules = {module.name for module in pkgutil.iter_modules(analysis.__path__)}
    assert modules & set(analysis.__all__) == STEPS


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_public_function_is_documented(name):
    doc = inspect.getdoc(getattr(analysis, name))
    assert doc and len(doc.splitlines()[0]) < 100
    if not name.startswith(("plot_", "explore_")):
        assert ">>>" in doc, f"{name} has no example"


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_parameter_is_documented_with_its_type(name):
    function = getattr(analysis, name)
    doc = inspect.getdoc(function)
    section = re.search(r"^Parameters\n-+\n(.*?)(?=^\w[\w ]*\n-+\n|\Z)", doc, re.S | re.M)
    parameters = set(inspect.signature(function).parameters)
    assert section or not parameters
    if section:
        heads = re.findall(r"^(\S[^\n]*)$", section[1], re.M)
        assert all(re.fullmatch(r"[*\w, ]+( : \S.*)?", head) for head in heads), heads
        assert parameters <= set(re.findall(r"\w+", section[1]))


@pytest.mark.parametrize("name", FUNCTIONS)
def test_settings_are_given_by_name(name):
    parameters = inspect.signature(getattr(analysis, name)).parameters.values()
    loose = {p.name for p in parameters if p.kind is p.POSITIONAL_OR_KEYWORD and p.default is not p.empty}
    assert loose <= set(
        "lexicon stopwords target source parts by path kinds classes width height lang".split()
    )  # what a call is about


def test_unknown_names_are_attribute_errors():
    with pytest.raises(AttributeError, match="keyword_cloud"):
        analysis.keyword_cloud


def test_every_verb_keeps_the_index(corpus, lexicon):
    some = corpus.sample(frac=1, random_state=4)  # an order that no default index has
    tokens = analysis.segment(some.text, lexicon)
    topics = analysis.cluster(tokens, 3)
    assert tokens.index.equals(some.index)
    assert analysis.vectorise(tokens).index.equals(some.index)
    assert topics.units.index.equals(some.index)


def test_import_does_no_work():
    program = (
        "import time, sys; start = time.perf_counter(); import analysis; "
        "print(time.perf_counter() - start, 'pandas' in sys.modules)"
    )
    out = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()
    assert float(out[0]) < 0.5 and out[1] == "False"


def test_imports_run_one_way():
    lint = Path(sys.executable).with_name("lint-imports")
    run = subprocess.run([lint], cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout


def test_the_lock_has_hashes_and_no_addresses():
    assert len(LOCKED) > 50
    assert LOCK.count("--hash=sha256:") > len(LOCKED)
    assert not re.search(r"https?://|index-url|find-links|file:", LOCK)


def test_the_lock_has_one_version_for_every_python():
    names = re.findall(r"^([A-Za-z0-9._-]+)==", LOCK, re.M)
    assert len(names) == len(set(names))


def test_the_lock_covers_the_projects_requirements():
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *sum(project["optional-dependencies"].values(), [])]
    assert not {Requirement(line).name for line in wanted} - set(LOCKED)


def test_the_conda_file_agrees_with_the_lock():
    content = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    pip = next(entry["pip"] for entry in content["dependencies"] if isinstance(entry, dict))
    pins = [entry for entry in content["dependencies"] if isinstance(entry, str)]
    pins = [entry for entry in pins if not re.match(r"(python|pip)\b(?!-)", entry)]
    pins += [entry for entry in pip if not entry.startswith("-")]
    assert "--editable ." in pip and len(pins) > 15
    for entry in pins:
        pin = Requirement(entry)
        locked = LOCKED[CONDA_NAMES.get(pin.name, pin.name)]
        assert str(pin.specifier) == f"=={locked}", entry
    named = {CONDA_NAMES.get(Requirement(entry).name, Requirement(entry).name) for entry in pins}
    card = {"jupyterlab", "pandas", "jieba", "wordcloud", "matplotlib", "scikit-learn", "nbval"}
    assert card <= named


def test_one_range_of_pythons_is_named_everywhere():
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    minors = [int(line.rpartition(".")[2]) for line in project["classifiers"] if re.search(r":: 3\.\d+$", line)]
    first, last = minors[0], minors[-1]
    assert minors == list(range(first, last + 1))
    assert project["requires-python"] == f">=3.{first}"
    texts = {name: (ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "environment.yml", "Makefile")}
    assert f"Python 3.{first} to 3.{last}" in texts["README.md"]
    assert f"python >=3.{first},<3.{last + 1}" in texts["environment.yml"]
    assert all(f"python3.{minor}" in texts["Makefile"] for minor in minors)


def test_the_tables_are_aligned_in_the_codebook():
    codebook = (ROOT / "data" / "README.md").read_text(encoding="utf-8")
    for folder in ("raw", "edition", "gold", "reference", "derived", "../analysis/data"):
        for path in sorted((ROOT / "data" / folder).iterdir()):
            assert f"{folder}/{path.name}" in codebook, path.name
            if path.suffix == ".csv":
                for column in pd.read_csv(path, nrows=0).columns:
                    assert f"`{column}`" in codebook, (path.name, column)


def test_the_readme_names_every_notebook_and_figure():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for path in (ROOT / "notebooks").glob("*.ipynb"):
        assert path.name in readme
    assert importlib.import_module("analysis").__version__ in (ROOT / "CITATION.cff").read_text(encoding="utf-8")


def test_figures_and_notebooks_stay_small():
    files = [path for folder in ("figures", "notebooks") for path in (ROOT / folder).glob("*.*")]
    assert sum(path.stat().st_size for path in files) < 12e6


def test_file_names_are_legal_on_every_system():
    places = [ROOT, *(path for path in ROOT.iterdir() if path.is_dir() and path.name not in (".venv", ".git"))]
    files = [path for place in places for path in (place.rglob("*") if place != ROOT else place.iterdir())]
    names = [path.relative_to(ROOT).as_posix() for path in files]
    reserved = re.compile(r"(?i)(^|/)(con|prn|aux|nul|com\d|lpt\d)(\.|/|$)|[<>:\"|?*\\\\]|[ .](/|$)")
    assert not [name for name in names if reserved.search(name)]
    assert len({name.lower() for name in names}) == len(names)


def test_the_package_starts_no_shell():
    for path in (ROOT / "analysis").rglob("*.py"):
        assert not re.search(r"shell=True|os\.system|os\.popen|os\.fork", path.read_text(encoding="utf-8")), path.name
