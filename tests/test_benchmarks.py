"""The benchmarks' own arithmetic; what they measure is not tested."""

import os
import re
import sys

import pandas as pd
import pytest

from analysis import ROOT, read_folder
from analysis.segmentation import load_gold

REPORTS = os.environ.get("POLICY_REPORTS")  # a folder of .txt files, which are not shipped


@pytest.fixture(scope="module", autouse=True)
def importable():
    sys.path.insert(0, str(ROOT / "benchmarks"))
    yield
    sys.path.remove(str(ROOT / "benchmarks"))


def test_differences_of_engines_are_found_in_their_context(monkeypatch):
    import engines

    rows = {"jieba": ["都市", "圈", "的", "但三地"], "rjieba": ["都市圈", "的", "但", "三地"]}
    monkeypatch.setattr(engines.pa, "segment", lambda texts, engine, **_: pd.Series([rows[engine]], index=texts.index))
    table, tokens = engines.compare(pd.Series({"a": "都市圈的但三地"}))
    assert table.values.tolist() == [
        ["a", "", "都市|圈", "都市圈", "的但三地"],
        ["a", "都市圈的", "但三地", "但|三地", ""],
    ]
    assert tokens == 4


@pytest.mark.skipif(not REPORTS, reason="POLICY_REPORTS names no folder of government reports")
@pytest.mark.parametrize("level", ["term", "word"])
def test_both_engines_agree_on_reports(lexicon, level):
    import engines

    table, tokens = engines.compare(read_folder(REPORTS, pattern="**/*.txt").text, lexicon=lexicon, level=level)
    assert tokens and table.empty, table


@pytest.mark.parametrize(
    "tokens, cuts", [(["京津冀", "的", "京津冀"], 0), (["京津", "冀的京津冀"], 1), (list("京津冀的京津冀"), 4)]
)
def test_cuts_inside_a_word_are_counted(tokens, cuts):
    import segmenters

    assert segmenters.cuts_inside("京津冀", "".join(tokens), tokens) == cuts


def test_the_committed_table_is_that_of_this_gold():
    import segmenters

    table = pd.read_csv(segmenters.TABLE, index_col="segmenter", keep_default_na=False)
    own = segmenters.own_ways()
    assert set(table.index) == set(segmenters.OTHERS) | set(own)
    gold = load_gold()
    ways = {"jieba": lambda texts: texts.map(segmenters.build_jieba()), **own}
    for name, cut in ways.items():
        scores = segmenters.pa.evaluate_segmentation(gold, cut(gold.text), n_boot=1)
        for measure in segmenters.MEASURES:
            assert table.loc[name, measure] == round(scores.value[measure], 4), (name, measure)


def test_the_readme_shows_the_committed_speeds():
    speeds = pd.read_csv(ROOT / "benchmarks" / "segmentation.csv")
    text = (ROOT / "benchmarks" / "README.md").read_text(encoding="utf-8")
    shown = re.findall(r"^\| .+ \| ([\d.]+) \| ([\d.]+) \|$", text, re.MULTILINE)
    assert len(shown) == len(speeds)
    for (rate, times), row in zip(shown, speeds.itertuples(), strict=True):
        assert abs(float(rate) - row[3]) <= 0.051 and abs(float(times) - row[4]) <= 0.051, row
