"""Figures: complete, searchable, the same bytes twice, and no silent boxes or clipped labels."""

import re

import matplotlib as mpl
import matplotlib.pyplot as plt
import pandas as pd
import pytest
from PIL import Image

from analysis import ROOT, figure, plot_keywords, save_figure
from analysis.figures.labels import word
from analysis.figures.publishing import check
from analysis.figures.style import missing_characters, styled
from analysis.segmentation.standard import is_punctuation

DATA = pd.DataFrame({"term": ["新质生产力"], "value": [1 / 3]})
COMMITTED = sorted((ROOT / "figures").glob("*.pdf"))


@styled
def draw(label="新质生产力 new quality"):
    fig, ax = figure("single", 50)
    ax.set_title(label)
    ax.plot([0, 1])
    return fig


def test_five_files_and_what_is_in_them(tmp_path):
    save_figure(draw(), "09-x", DATA, "A caption 图注.", folder=tmp_path)
    assert (tmp_path / "09-x.csv").read_text(encoding="utf-8") == "term,value\n新质生产力,0.333333\n"
    assert "A caption 图注." in (tmp_path / "captions.md").read_text(encoding="utf-8")
    with Image.open(tmp_path / "09-x.png") as image:
        assert round(image.info["dpi"][0]) == 300
        assert round(image.width / 300 * 25.4) == 85
        assert image.info["Description"] == "A caption 图注."
    pdf = (tmp_path / "09-x.pdf").read_bytes()
    assert b"/FontFile2" in pdf and b"/ToUnicode" in pdf and b"/Type3" not in pdf
    assert b"CreationDate" not in pdf
    assert "<text" not in (tmp_path / "09-x.svg").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "folder, shown",
    [
        (None, "figures/09-x"),
        ("here/figures", "figures/09-x"),
        ("here/drafts", "drafts/09-x"),
        ("here", "09-x"),
        ("elsewhere/paper", "…/paper/09-x"),
    ],
)
def test_a_saved_figure_names_the_folder_that_was_written(tmp_path, monkeypatch, folder, shown):
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    saved = save_figure(draw(), "09-x", DATA, "c", folder=folder and tmp_path / folder)
    assert repr(saved) == f"{shown} (.pdf .svg .png .csv): c"


def test_chinese_figures_stand_beside_the_english(tmp_path):
    save_figure(draw(), "09-x", DATA, "c", folder=tmp_path)
    save_figure(draw(), "09-x", DATA, "图", lang="zh", folder=tmp_path)
    assert len(list(tmp_path.glob("09-x*"))) == 7
    assert len(list(tmp_path.glob("*.csv"))) == 1


def test_a_picture_from_elsewhere_is_left_alone(tmp_path):
    Image.new("RGB", (4, 4)).save(tmp_path / "photo.png")
    save_figure(draw(), "09-x", DATA, "c", folder=tmp_path)
    assert "photo" not in (tmp_path / "captions.md").read_text(encoding="utf-8")


def test_a_digit_has_one_form_whatever_stands_before_it(tmp_path):
    fig = draw("tf-idf (per 1,000) 每千词 1,000")
    save_figure(fig, "09-x", DATA, "c", folder=tmp_path)
    assert (tmp_path / "09-x.pdf").read_bytes().count(b"/FontFile2 ") == 1


def test_the_same_bytes_twice(tmp_path):
    for folder in ("one", "two"):
        save_figure(draw(), "09-x", DATA, "c", folder=tmp_path / folder)
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes(), path.name


def test_the_sessions_settings_neither_matter_nor_change(tmp_path):
    save_figure(draw(), "09-x", DATA, "c", folder=tmp_path / "one")
    with mpl.rc_context({"font.size": 20, "pdf.fonttype": 3, "lines.linewidth": 9}):
        before = dict(mpl.rcParams)
        save_figure(draw(), "09-x", DATA, "c", folder=tmp_path / "two")
        assert dict(mpl.rcParams) == before
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes(), path.name


@pytest.mark.parametrize(
    "call, message",
    [
        (lambda f: save_figure(draw("京津冀 🙂"), "09-x", DATA, "c", folder=f), "no '🙂'"),
        (lambda f: save_figure(draw("长" * 60), "09-x", DATA, "c", folder=f), "over the edge.*长长"),
        (lambda f: save_figure(plt.figure(figsize=(5, 3)), "09-x", DATA, "c", folder=f), "127.0 mm"),
        (lambda f: save_figure(draw(), "09-x", DATA.head(0), "c", folder=f), "data that it plots"),
        (lambda f: save_figure(draw(), "09-x", DATA, " ", folder=f), "caption"),
        (lambda f: save_figure(draw(), "09-x", DATA, "c", lang="fr", folder=f), "lang"),
        (lambda f: figure("triple"), "width"),
    ],
)
def test_a_bad_figure_is_refused_and_nothing_written(tmp_path, call, message):
    with pytest.raises(ValueError, match=message):
        call(tmp_path)
    assert list(tmp_path.iterdir()) == []
    plt.close("all")


def test_the_font_has_every_character_of_the_articles(corpus):
    assert missing_characters("".join([*corpus.text, *corpus.title])) == ""


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_labels_switch_language(lang):
    table = pd.DataFrame({"group": ["a"], "rank": [1], "term": ["创新"], "count": [2], "tfidf": [1.5]})
    ax = plot_keywords(table, names={"en": {"a": "Report"}, "zh": {"a": "报告"}}, lang=lang)[0]
    assert ax.get_xlabel() == word("tfidf", lang)
    assert ax.get_title(loc="left") == {"en": "Report", "zh": "报告"}[lang]
    assert plot_keywords(table, lang=lang)[0].get_title(loc="left") == "a"
    plt.close("all")


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("groups, rows", [(1, 1), (2, 1), (3, 2), (5, 3), (9, 5)])
def test_groups_of_keywords_stand_two_in_a_row_with_room_for_glosses(groups, rows, lang, lexicon):
    terms = ["京津冀协同发展", "北京(京津冀)国际科技创新中心", "科技成果转化", "企业"]
    table = pd.DataFrame(
        [(f"group {g}", r, term, 5 - r, 50.0 - 10 * r) for g in range(groups) for r, term in enumerate(terms, start=1)],
        columns=["group", "rank", "term", "count", "tfidf"],
    )
    axes = plot_keywords(table, top=4, glosses=lexicon.gloss, lang=lang)
    check(axes[0].figure, "09-x")
    assert [ax.get_title(loc="left") for ax in axes] == [f"group {g}" for g in range(groups)]
    assert axes[0].figure.get_figheight() * 25.4 == pytest.approx(rows * (22 + 5.8 * 4))
    assert all(ax.get_window_extent().width > 150 for ax in axes)
    labels = [ax.get_xticklabels()[0] for ax in axes]
    assert all(label.get_visible() and label.get_text() for label in labels)
    plt.close("all")


@pytest.mark.parametrize("path", COMMITTED, ids=lambda p: p.stem)
def test_committed_figures_are_complete(path):
    assert list((ROOT / "notebooks").glob(f"{path.name[:2]}-*.ipynb"))
    assert b"/FontFile2" in path.read_bytes() and b"/Type3" not in path.read_bytes()
    for kind in (".svg", ".png"):
        assert path.with_suffix(kind).is_file()
    assert path.with_name(path.stem.removesuffix("-zh") + ".csv").is_file()
    with Image.open(path.with_suffix(".png")) as image:
        assert round(image.width / 300 * 25.4) in (85, 175)


def test_every_figure_has_both_languages():
    names = {path.stem for path in COMMITTED}
    english = {name for name in names if not name.endswith("-zh")}
    assert len(english) >= 5
    assert names == english | {f"{name}-zh" for name in english}


def test_punctuation_is_unicodes():
    assert [t for t in ("、", "——", "“", "1到N", "的", "%", " ") if is_punctuation(t)] == ["、", "——", "“", "%", " "]


def test_a_figure_drawn_in_one_cell_and_saved_in_the_next_keeps_its_colours(tmp_path):
    table = pd.DataFrame({
        "group": ["a", "b"],
        "rank": 1,
        "term": ["创新", "协同"],
        "count": [2, 1],
        "tfidf": [1.5, 1.0],
    })
    for folder, shown in (("one", False), ("two", True)):
        fig = plot_keywords(table)[0].figure
        with mpl.rc_context(mpl.rcParamsDefault):
            if shown:
                fig.canvas.draw()  # as the end of a cell does
        save_figure(fig, "09-x", table, "c", folder=tmp_path / folder)
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes(), path.name


def test_no_colour_waits_for_the_style_in_force_when_it_is_drawn():
    for path in sorted((ROOT / "analysis").rglob("*.py")):
        code = path.read_text(encoding="utf-8")
        assert not re.search(r"""(color|ec|fc|mec|mfc)=f?["']C[0-9{]""", code), path.name
