"""What nbval cannot see: notebooks without outputs, out of order, or without argument."""

import json
import re

import pandas as pd
import pytest

from analysis import ROOT

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def notebook(request):
    return json.loads(request.param.read_text(encoding="utf-8"))


def code(notebook):
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]


def test_every_caption_belongs_to_a_figure():
    sources = "".join(path.read_text(encoding="utf-8") for path in NOTEBOOKS)
    names = pd.read_csv(ROOT / "notebooks" / "captions.csv").name
    assert sorted(names) == sorted(path.stem for path in (ROOT / "figures").glob("*.csv"))
    assert all(f'publish_figure(\\"{name}\\"' in sources for name in names)


def test_all_notebooks_are_there():
    assert [path.name[:2] for path in NOTEBOOKS] == ["00", "01", "02", "03", "04"]


def test_cells_ran_in_order_with_outputs(notebook):
    assert [cell["execution_count"] for cell in code(notebook)] == list(range(1, len(code(notebook)) + 1))
    assert sum(bool(cell["outputs"]) for cell in code(notebook)) >= len(code(notebook)) / 2


def test_no_errors_no_stderr_no_traces_of_a_machine(notebook):
    outputs = [output for cell in code(notebook) for output in cell["outputs"]]
    assert not [o for o in outputs if o["output_type"] == "error" or o.get("name") == "stderr"]
    text = json.dumps(notebook, ensure_ascii=False)
    assert not re.search(r"/(home|root|Users|tmp|work)/|[A-Z]:\\\\", text)


def test_about_half_is_prose_and_headings_are_claims(notebook):
    prose = [cell for cell in notebook["cells"] if cell["cell_type"] == "markdown"]
    assert 0.4 <= len(prose) / len(notebook["cells"]) <= 0.7
    headings = re.findall(r"^## (.+)$", "\n".join("".join(c["source"]) for c in prose), re.M)
    assert len(headings) >= 3
    assert all(len(cell["source"]) <= 15 for cell in code(notebook))


def test_what_is_found_comes_first_and_what_is_next_comes_last(notebook):
    first, last = ("".join(notebook["cells"][i]["source"]) for i in (0, -1))
    assert first.startswith("# ")
    assert "finds" in first or "question" in first.lower()
    assert ".ipynb)" in last


def test_internal_links_lead_somewhere(notebook):
    text = "".join("".join(cell["source"]) for cell in notebook["cells"])
    for target in re.findall(r"\]\(([^)#:]+)\)", text):
        assert (ROOT / "notebooks" / target).exists(), target


def test_what_is_claimed_is_said_in_a_sentence(notebook):
    sources = ["".join(cell["source"]) for cell in code(notebook)]
    assert not [source for source in sources if re.search(r"^\s*assert\b", source, re.M)]
    claims = re.findall(r"pa\.claim\(\s*\"([^\"]+)", "\n".join(sources))
    assert all(len(claim.split()) >= 4 for claim in claims)


def test_code_cells_are_short():
    notebooks = [json.loads(path.read_text(encoding="utf-8")) for path in NOTEBOOKS]
    lengths = sorted(len(cell["source"]) for notebook in notebooks for cell in code(notebook))
    assert lengths[len(lengths) // 2] <= 5


def test_figures_are_drawn_by_one_call_with_captions_from_one_file(notebook):
    source = "\n".join("".join(cell["source"]) for cell in code(notebook))
    assert "save_figure" not in source
    captions = pd.read_csv(ROOT / "notebooks" / "captions.csv").set_index("name")
    drawn = re.findall(r"publish_figure\(\s*\"([^\"]+)", source)
    assert set(drawn) <= set(captions.index) and captions.notna().all(axis=None)
