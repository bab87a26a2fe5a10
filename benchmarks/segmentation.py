"""Speed and memory of segmentation, side by side in one run.

    python benchmarks/segmentation.py laws.jsonl.gz           prints the tables
    python benchmarks/segmentation.py laws.jsonl.gz --write   and writes the speeds to
                                                              benchmarks/segmentation.csv

takes JSON Lines with ``id`` and ``text``. Every way of cutting is tried several times, in
turn, and its best time counts, so that whatever else the machine does falls on all alike;
jieba cuts only every tenth document, because it takes a minute for all of them. What one
process does is compared by processor time, two processes with one by the clock: only the
latter needs a quiet machine.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd
from joblib import Parallel, delayed

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import analysis as pa  # noqa: E402
from analysis.reading.documents import read_documents  # noqa: E402
from analysis.reading.sources import find_sources  # noqa: E402

TABLE = ROOT / "benchmarks" / "segmentation.csv"
ONE, TWO = "segment, terms", "segment, terms, n_jobs=2"
EVERY = 10  # jieba cuts one document in ten
GOALS = """
goal                                                    wanted  measured
segment, lexicon and stopwords, times plain jieba      >= 10.0  {times:8.1f}
compounding, times the cutting itself                   <= 1.0  {compounding:8.2f}
n_jobs=2, times one process                             >= 1.0  {jobs:8.2f}
peak memory of segment_files, MB                        <= 400  {memory:8.0f}
"""


def stop(*problem) -> None:
    raise ValueError(problem)


def measure(ways: dict[str, Callable], repeats: int) -> dict[str, list[tuple[float, float]]]:
    """Time every way as often as told, in turn: by the clock, and of this process."""
    times: dict[str, list[tuple[float, float]]] = {name: [] for name in ways}
    for _ in range(repeats):
        for name, run in ways.items():
            clock, processor = time.perf_counter(), time.process_time()
            run()
            times[name].append((time.perf_counter() - clock, time.process_time() - processor))
    return times


def ways_of_cutting(texts: pd.Series) -> dict[str, Callable]:
    """The cutters, built and warmed up, so that only the cutting is timed."""
    import rjieba

    from analysis._jieba import import_jieba

    jieba, rust = import_jieba().Tokenizer(), rjieba.Jieba()
    lexicon, stopwords = pa.load_lexicon(), pa.load_stopwords()
    few, plain = texts.tolist()[::EVERY], texts.tolist()
    for text in few[:2]:
        jieba.lcut(text)
        rust.cut(text)
    for level in ("term", "word"):
        pa.segment(texts.iloc[:2], lexicon, stopwords=stopwords, level=level)
    return {
        "jieba": lambda: [len(jieba.lcut(text)) for text in few],
        "rjieba": lambda: [len(rust.cut(text)) for text in plain],
        "segment, no lexicon": lambda: pa.segment(texts),
        ONE: lambda: pa.segment(texts, lexicon, stopwords=stopwords),
        "segment, words": lambda: pa.segment(texts, lexicon, stopwords=stopwords, level="word"),
        "segment, nouns and verbs": lambda: pa.segment(texts, lexicon, stopwords=stopwords, pos=["n", "v"]),
        TWO: lambda: pa.segment(texts, lexicon, stopwords=stopwords, n_jobs=2),
    }


def cutting(path: Path, repeats: int) -> tuple[pd.DataFrame, float]:
    """Return the table of speeds, and the seconds of the first call with two processes."""
    documents = list(read_documents(find_sources(path), stop))
    texts = pd.Series([d.text for d in documents], dtype=object)
    sizes = texts.map(lambda text: len(text.encode()) / 1e6)
    times = measure(ways_of_cutting(texts), repeats)
    best = {name: map(min, zip(*pairs, strict=True)) for name, pairs in times.items()}
    table = pd.DataFrame.from_dict(best, orient="index", columns=["seconds", "processor"])
    table["MB"] = sizes.sum()
    table.loc["jieba", "MB"] = sizes.iloc[::EVERY].sum()
    table.loc[TWO, "processor"] = None  # the work is done in others
    table["MB/s"] = table.MB / table.processor.fillna(table.seconds)
    table["times jieba"] = table["MB/s"] / table.loc["jieba", "MB/s"]
    return table, times[TWO][0][0]


def peak() -> int:
    """Return the largest memory that this process has had, in MB (of Linux)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def stream_once(path: str, copies: int, n_jobs: int) -> dict:
    """Run segment_files in this process and tell its time and memory."""
    lexicon, stopwords = pa.load_lexicon(), pa.load_stopwords()
    with tempfile.TemporaryDirectory() as out:
        start = time.perf_counter()
        parts = pa.segment_files([path] * copies, out, lexicon, stopwords=stopwords, n_jobs=n_jobs)
        seconds = time.perf_counter() - start
        size = sum(file.stat().st_size for file in Path(out).iterdir()) / 1e6
    workers = Parallel(n_jobs)(delayed(peak)() for _ in range(8)) if n_jobs > 1 else []
    return {
        "copies": copies,
        "n_jobs": n_jobs,
        "seconds": round(seconds, 1),
        "documents": int(parts.documents.sum()),
        "tokens": int(parts.tokens.sum()),
        "parts": len(parts),
        "MB written": round(size, 1),
        "peak MB": peak(),
        "peak MB of a worker": max(workers, default=None),
    }


def streaming(path: Path) -> pd.DataFrame:
    """Try segment_files in processes of their own, once and ten times the input."""
    rows = []
    for copies, n_jobs in ((1, 1), (10, 1), (1, 2), (10, 2)):
        command = [sys.executable, __file__, str(path), "--stream", str(copies), str(n_jobs)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        rows.append(json.loads(done.stdout))
    return pd.DataFrame(rows).set_index(["copies", "n_jobs"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("path", type=Path)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--write", action="store_true", help="write benchmarks/segmentation.csv")
    parser.add_argument("--stream", nargs=2, type=int, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.stream:
        print(json.dumps(stream_once(str(arguments.path), *arguments.stream)))
        return
    # First, for a process starts with the peak memory of the one that starts it.
    stream = streaming(arguments.path)
    table, cold = cutting(arguments.path, arguments.repeats)
    whole, cut = table.processor[ONE], table.processor["rjieba"]
    print(stream.to_string(), table.round(2).to_string(), sep="\n\n")
    print(f"\nThe first call with two processes, which starts them: {cold:.2f} s")
    print(
        GOALS.format(
            times=table["times jieba"][ONE],
            compounding=(whole - cut) / cut,
            jobs=table.seconds[ONE] / table.seconds[TWO],
            memory=stream["peak MB"].max(),
        )
    )
    if arguments.write:
        speeds = table[["MB", "MB/s", "times jieba"]].drop(TWO).rename_axis("way")
        speeds.to_csv(TABLE, lineterminator="\n", float_format="%.2f")


if __name__ == "__main__":
    main()
