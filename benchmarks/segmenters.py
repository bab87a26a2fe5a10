"""Other segmenters on the sentences segmented by hand: accuracy, and speed in the same run.

    python benchmarks/segmenters.py           prints both tables for what is installed
    python benchmarks/segmenters.py --write   and writes them to benchmarks/segmenters.csv,
                                              if everything is installed

None of them is a dependency of the project. In an environment of their own::

    pip install -e . "setuptools<81" cython numpy pandas scikit-learn
    pip install thulac snownlp cutword jieba-fast jieba-next jieba3 jiojio wapic \\
        wapic-cws-model pyicu lindera-python-jieba genius
    pip install --no-build-isolation pkuseg

What was tried and does not run without downloads is listed in ``benchmarks/README.md``.
"""

import argparse
import contextlib
import re
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from importlib.metadata import version
from itertools import accumulate, repeat
from pathlib import Path
from typing import NamedTuple

import pandas as pd

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import analysis as pa  # noqa: E402

TABLE = ROOT / "benchmarks" / "segmenters.csv"
MEASURES = [
    "boundary_precision",
    "boundary_recall",
    "boundary_f1",
    "errors_per_1000",
    "wrong_joins_per_1000",
    "wrong_cuts_per_1000",
    "word_f1",
]
REGION = "京津冀"  # in every other sentence: whoever cuts it has two wrong cuts each time
REPEATS, COPIES = 3, 10
Cut = Callable[[str], list[str]]
Cutter = Callable[[pd.Series], pd.Series]


def build_jieba() -> Cut:
    import jieba

    return jieba.Tokenizer().lcut


def build_rjieba() -> Cut:
    import rjieba

    return rjieba.Jieba().cut


def build_jieba_fast() -> Cut:
    import jieba_fast

    return jieba_fast.Tokenizer().lcut


def build_jieba_next() -> Cut:
    import jieba_next

    return jieba_next.Tokenizer().lcut


def build_jieba3() -> Cut:
    from jieba3 import jieba3

    cutter = jieba3()
    return lambda text: list(cutter.cut_text(text))


def build_cutword() -> Cut:
    from cutword import Cutter

    return Cutter().cutword


def build_lindera() -> Cut:
    import lindera

    cutter = lindera.Tokenizer(lindera.load_dictionary("embedded://jieba"))
    return lambda text: [token.surface for token in cutter.tokenize(text)]


def build_icu() -> Cut:
    from icu import BreakIterator, Locale

    words = BreakIterator.createWordInstance(Locale("zh_CN"))

    def cut(text: str) -> list[str]:
        words.setText(text)
        ends = list(words)
        return [text[start:end] for start, end in zip([0, *ends], ends, strict=False)]

    return cut


def build_snownlp() -> Cut:
    from snownlp import seg

    return seg.seg


def build_genius() -> Cut:
    import genius

    return lambda text: [word.text for word in genius.seg_text(text)]


def build_thulac() -> Cut:
    import thulac

    cutter = thulac.thulac(seg_only=True)
    return lambda text: [word for word, _ in cutter.cut(text)]


def build_pkuseg() -> Cut:
    import pkuseg

    return pkuseg.pkuseg().cut


def build_jiojio() -> Cut:
    import jiojio

    jiojio.init()
    return jiojio.cut


def build_wapic() -> Cut:
    import wapic

    return wapic.Segmenter().segment


class Segmenter(NamedTuple):
    """A package, how it works, and what builds its function."""

    package: str
    model: str
    build: Callable[[], Cut]


DAG = "dictionary of jieba, path of highest probability"
OTHERS = {
    "jieba": Segmenter("jieba", DAG + ", HMM", build_jieba),
    "rjieba": Segmenter("rjieba", DAG + ", HMM (Rust)", build_rjieba),
    "jieba_fast": Segmenter("jieba-fast", DAG + ", HMM (C)", build_jieba_fast),
    "jieba_next": Segmenter("jieba-next", DAG + ", HMM (Rust)", build_jieba_next),
    "jieba3": Segmenter("jieba3", DAG + ", HMM", build_jieba3),
    "lindera": Segmenter("lindera-python-jieba", "dictionary of jieba, lattice (Rust)", build_lindera),
    "cutword": Segmenter("cutword", "dictionary of its own, path of highest probability", build_cutword),
    "ICU": Segmenter("pyicu", "dictionary of ICU, path of lowest cost (C++)", build_icu),
    "SnowNLP": Segmenter("snownlp", "character-based generative model", build_snownlp),
    "genius": Segmenter("genius", "conditional random field", build_genius),
    "THULAC": Segmenter("thulac", "structured perceptron", build_thulac),
    "pkuseg": Segmenter("pkuseg", "conditional random field, mixed domains", build_pkuseg),
    "jiojio": Segmenter("jiojio", "conditional random field", build_jiojio),
    "Wapic": Segmenter("wapic", "conditional random field (C++)", build_wapic),
}


def build_all() -> tuple[dict[str, Cut], list[str]]:
    """Build what is installed, and name what is not."""
    cutters, missing = {}, []
    for name, other in OTHERS.items():
        try:
            with contextlib.redirect_stdout(sys.stderr):
                cutters[name] = other.build()
        except ImportError as error:
            missing.append(f"{name} (package {other.package}: {error})")
    return cutters, missing


def own_ways() -> dict[str, Cutter]:
    """This project's ways; the lexicon was made while reading these very articles."""
    lexicon = pa.load_lexicon()
    return {
        "this project, no lexicon": lambda texts: pa.segment(texts, punctuation=True),
        "this project, lexicon": lambda texts: pa.segment(texts, lexicon, level="word", punctuation=True),
    }


def fastest(cut: Cutter, texts: pd.Series) -> float:
    """Return the best time in seconds."""
    times = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        cut(texts)
        times.append(time.perf_counter() - start)
    return min(times)


def cuts_inside(word: str, text: str, tokens: list[str]) -> int:
    """Count the boundaries inside a word, wherever it stands in the text."""
    ends = set(accumulate(map(len, tokens)))
    starts = (match.start() for match in re.finditer(word, text))
    return sum(start + i in ends for start in starts for i in range(1, len(word)))


def compare(gold: pd.DataFrame, cutters: dict[str, Cut]) -> tuple[pd.DataFrame, pd.Series]:
    """Return the table of accuracy, and the seconds for ten times all sentences."""
    ways = {name: lambda texts, cut=cut: texts.map(cut) for name, cut in cutters.items()}
    many = pd.concat([gold.text] * COPIES, ignore_index=True)
    rows, seconds = [], {}
    for name, cut in (ways | own_ways()).items():
        tokens = cut(gold.text)  # builds what is built at the first call
        seconds[name] = fastest(cut, many)
        scores = pa.evaluate_segmentation(gold, tokens)
        other = OTHERS.get(name)
        row = {
            "segmenter": name,
            "version": version(other.package) if other else "",
            "model": other.model if other else "dictionary of jieba after GB/T 13715, HMM",
        }
        rows.append(
            row
            | scores.value[MEASURES].round(4).to_dict()
            | {
                "errors_low": scores.low["errors_per_1000"].round(4),
                "errors_high": scores.high["errors_per_1000"].round(4),
                "cuts_inside_region": sum(map(cuts_inside, repeat(REGION), gold.text, tokens)),
            }
        )
    table = pd.DataFrame(rows).sort_values(["errors_per_1000", "segmenter"])
    return table.set_index("segmenter"), pd.Series(seconds)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--write", action="store_true", help="write benchmarks/segmenters.csv")
    write = parser.parse_args().write
    warnings.simplefilter("ignore")  # of packages that are older than this Python
    with tempfile.TemporaryDirectory() as folder:
        tempfile.tempdir = folder  # where some keep caches that anybody may have written
        gold = pa.segmentation.load_gold()
        cutters, missing = build_all()
        table, seconds = compare(gold, cutters)
    speed = pd.DataFrame({"ms": seconds * 1000, "times jieba": seconds["jieba"] / seconds})
    print(f"{len(gold)} sentences, {gold.text.str.len().sum()} characters\n")
    print(table.drop(columns=["version", "model"]).round(3).to_string(), end="\n\n")
    print(speed.round(2).to_string())
    for name in missing:
        print("not installed:", name)
    if write and missing:
        sys.exit("Not written, because something is not installed.")
    if write:
        table["times_jieba"] = speed["times jieba"].map("{:.2g}".format)
        table.to_csv(TABLE, lineterminator="\n")


if __name__ == "__main__":
    main()
