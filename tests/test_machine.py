"""Another machine changes no result: its text layout, cores, locale, home and caches."""

import os
import subprocess
import sys

import matplotlib.pyplot as plt
import nbformat
import pandas as pd
import pytest
from PIL import ImageFont

from analysis import reproduction
from analysis._machine import environment, list_fonts, private_settings
from analysis.figures.keywords import plot_wordclouds
from analysis.figures.style import basic_text_layout

TABLE = pd.DataFrame({
    "group": "a",
    "term": ["京津冀协同发展", "创新链", "R&D AVATAR", "人才"],
    "tfidf": [9.0, 5.0, 4.0, 1.0],
})


def test_word_clouds_do_not_depend_on_libraqm(monkeypatch):
    places = []
    for there in (True, False):
        monkeypatch.setattr(ImageFont.core, "HAVE_RAQM", there)
        ax = plot_wordclouds(TABLE)[0]
        places.append([(t.get_text(), t.get_position(), t.get_fontsize()) for t in ax.texts])
        plt.close("all")
    assert places[0] == places[1]


def test_no_text_is_laid_out_by_libraqm(monkeypatch):
    engines = []
    font = ImageFont.FreeTypeFont

    class Recorder(font):
        def __init__(self, *args, **kwargs):
            super().__init__(*args, **kwargs)
            engines.append(self.layout_engine)

    monkeypatch.setattr(ImageFont, "FreeTypeFont", Recorder)
    plot_wordclouds(TABLE)
    plt.close("all")
    assert engines and set(engines) == {ImageFont.Layout.BASIC}
    before = ImageFont.truetype
    with pytest.raises(ZeroDivisionError), basic_text_layout():
        1 / 0
    assert ImageFont.truetype is before


NOTEBOOK = """
import matplotlib.pyplot as plt
import pandas as pd
from sklearn.cluster import KMeans
print(KMeans(2, random_state=1).fit([[0, 0], [0, 1], [9, 9], [9, 8]]).inertia_, "创新")
plt.subplots()[1].set_title("ok")
print(open(__import__("os").devnull).encoding)
"""


def test_a_poor_machine_adds_nothing_to_a_notebook(tmp_path):
    notebook = tmp_path / "01.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(NOTEBOOK)]), notebook)
    poor = {
        "PATH": str(tmp_path),  # neither lscpu nor fc-list
        "HOME": "/proc/nowhere",
        "XDG_CACHE_HOME": "/proc/nowhere",
        "LOKY_MAX_CPU_COUNT": str((os.cpu_count() or 1) + 1),
        "LC_ALL": "xx_XX",
        "LANG": "zh_CN.GB18030",
    }
    with environment(private_settings(str(tmp_path)) | poor):
        list_fonts()
        reproduction._Run(tmp_path).execute(notebook)
    outputs = nbformat.read(notebook, as_version=4).cells[0].outputs
    texts = [output.text for output in outputs if output.output_type == "stream"]
    assert texts == ["1.0 创新\nutf-8\n"]


def test_without_these_settings_a_library_does_complain(tmp_path):
    program = "from sklearn.cluster import KMeans; KMeans(2).fit([[0, 0], [0, 1], [9, 9]])"
    poor = {name: value for name, value in os.environ.items() if name != "OMP_NUM_THREADS"}
    run = subprocess.run(
        [sys.executable, "-c", program], env=poor | {"PATH": str(tmp_path)}, capture_output=True, text=True, check=True
    )
    if sys.platform != "linux":
        pytest.skip("other systems count their cores without lscpu")
    assert "physical cores" in run.stderr
