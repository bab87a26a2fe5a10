"""One call draws a figure in both languages, saves it with its caption and shows the first."""

import matplotlib.pyplot as plt
import pandas as pd
import pytest

from analysis import ROOT, figure, publish_figure, save_figure
from analysis.figures.publishing import read_captions
from analysis.figures.style import missing_characters

TABLE = pd.DataFrame({"term": ["创新", "协同"], "count": [3, 2]})
CAPTIONS = {"en": "The {n} terms.", "zh": "{n} 个词。"}


def draw(table, *, title="", lang="en"):
    fig, ax = figure("single", 50)
    ax.bar(table.term, table["count"])
    ax.set_title(f"{lang} {title}")
    return ax


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


def test_a_figure_is_drawn_saved_and_shown_in_one_call(tmp_path):
    saved = publish_figure("09-x", draw, TABLE, captions=CAPTIONS, values={"n": 2}, folder=tmp_path)
    assert saved.stem == tmp_path / "09-x" and saved.caption == "The 2 terms."
    assert {path.name for path in tmp_path.iterdir()} == {
        *(f"09-x{lang}.{kind}" for lang in ("", "-zh") for kind in ("pdf", "svg", "png")),
        "09-x.csv",
        "captions.md",
    }
    assert pd.read_csv(tmp_path / "09-x.csv").equals(TABLE)
    assert not plt.get_fignums()


def test_options_by_language_and_what_a_figure_returns(tmp_path):
    seen = []

    def returns_figure(table, *, title, top, lang):
        seen.append((lang, title, top))
        return draw(table, title=title, lang=lang).figure

    options = {"captions": CAPTIONS, "values": {"n": 2}, "folder": tmp_path, "languages": ("zh", "en")}
    saved = publish_figure("09-x", returns_figure, TABLE, title={"en": "T", "zh": "题"}, top=8, **options)
    assert seen == [("zh", "题", 8), ("en", "T", 8)] and saved.stem.name == "09-x-zh"


def test_captions_are_looked_for_in_the_working_folder_and_then_in_the_notebooks(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert read_captions("01-page")["zh"].startswith("修复前后")
    (tmp_path / "captions.csv").write_text("name,en,zh\nmine,Mine.,我的。\n", encoding="utf-8")
    assert read_captions("mine") == {"en": "Mine.", "zh": "我的。"}
    (tmp_path / "other.csv").write_text("name,en,zh\nmine,Other.,别的。\n", encoding="utf-8")
    assert read_captions("mine", "other.csv")["en"] == "Other."


@pytest.mark.parametrize(
    "call, message",
    [
        (lambda f: publish_figure("09-none", draw, TABLE, folder=f), "captions.csv has no caption for '09-none': add"),
        (lambda f: publish_figure("x", draw, TABLE, captions=CAPTIONS, folder=f), "wants {n}: give it with values="),
        (
            lambda f: publish_figure("x", draw, TABLE, captions={"en": "c"}, folder=f),
            "no caption for the language 'zh'",
        ),
        (lambda f: publish_figure("x", draw, 7, captions=CAPTIONS, folder=f), "say what the figure plots.*table="),
        (
            lambda f: publish_figure("x", draw, TABLE, captions={"fr": "c"}, languages=["fr"], folder=f),
            r"lang must be one of \('en', 'zh'\), not 'fr'",
        ),
    ],
)
def test_what_lacks_is_named(tmp_path, call, message):
    with pytest.raises(ValueError, match=message):
        call(tmp_path)
    with pytest.raises(FileNotFoundError, match="there is no none.csv: make one"):
        publish_figure("x", draw, TABLE, captions="none.csv", folder=tmp_path)
    assert not list(tmp_path.glob("*.pdf"))


def test_every_committed_figure_has_a_caption_in_both_languages():
    table = pd.read_csv(ROOT / "notebooks" / "captions.csv")
    assert table.columns.tolist() == ["name", "en", "zh"] and table.name.is_unique
    assert {path.stem for path in (ROOT / "figures").glob("0*.csv")} == set(table.name)
    assert table.notna().all(axis=None) and missing_characters("".join(table.zh)) == ""


@pytest.mark.parametrize("label", ["US$5亿、HK$3亿", "Ba$$in", "$x$"])
def test_a_label_with_dollar_signs_is_drawn_as_it_stands(tmp_path, label):
    fig, ax = figure("single", 50)
    ax.bar([label], [3])
    ax.set_title(label)  # outside the style, as a user does
    save_figure(fig, "x", TABLE, f"Money: {label}.", folder=tmp_path)
    assert f"<!-- {label} -->" in (tmp_path / "x.svg").read_text(encoding="utf-8")


def test_captions_are_text_and_no_markup(tmp_path):
    fig, _ = figure("single", 50)
    save_figure(fig, "x", TABLE, "# <script>1</script> *a* [b](c)\n$d$ & `e`", folder=tmp_path)
    lines = (tmp_path / "captions.md").read_text(encoding="utf-8").splitlines()
    assert lines[-1] == r"\# &lt;script&gt;1&lt;/script&gt; \*a\* \[b\](c) \$d\$ &amp; \`e\`"


@pytest.mark.parametrize(
    "name", ["", " ", "..", "a/b", "../a", ".a", "a ", "CON", "nul.txt", "a\udcff", "x" * 300, "a\n"]
)
def test_names_that_are_none_for_a_file_are_refused_and_nothing_is_written(tmp_path, name):
    fig, _ = figure("single", 50)
    with pytest.raises(ValueError, match="A figure's name is the stem"):
        save_figure(fig, name, TABLE, "A caption.", folder=tmp_path)
    assert not list(tmp_path.iterdir())
