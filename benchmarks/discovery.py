"""Time and peak memory of discover_terms at real size.

    python benchmarks/discovery.py PATH [MEGABYTES ...]

PATH is a JSON Lines file with a field ``text``, gzipped or not, or a folder of ``.txt`` files.
Each row of the table is measured in a process of its own, on as many bytes (UTF-8) of the
beginning as it says; a last text is cut short so that the size is exact to a character.
"""

import gzip
import json
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

RUNS = [("words", 3), ("words", 10), ("characters", 10)]


def main(path: str, *sizes: str) -> None:
    """Print a row for every size, kind of boundaries and minimum count."""
    print(f"{'MB':>5} {'boundaries':<11}{'min_count':>10}{'candidates':>11}{'seconds':>9}{'peak MB':>9}", flush=True)
    for size in sizes or ("1", "10"):
        for boundaries, min_count in RUNS:
            program = [sys.executable, __file__, "--one", path, size, boundaries, str(min_count)]
            subprocess.run(program, check=True)


def measure(path: str, size: str, boundaries: str, min_count: str) -> None:
    """Print the row of one run."""
    from analysis import discover_terms

    texts = pd.Series(list(beginning(Path(path), int(float(size) * 1e6))))
    start = time.perf_counter()
    found = discover_terms(texts, boundaries=boundaries, min_count=int(min_count))
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    print(f"{size:>5} {boundaries:<11}{min_count:>10}{len(found):>11}{seconds:>9.1f}{peak:>9.0f}", flush=True)


def beginning(path: Path, size: int) -> Iterator[str]:
    """Yield texts until they add up to ``size`` bytes."""
    for text in read_texts(path):
        data = text.encode()[:size]
        yield data.decode(errors="ignore")
        size -= len(data)
        if size <= 0:
            return


def read_texts(path: Path) -> Iterator[str]:
    """Yield the texts of a JSON Lines file or of a folder."""
    if path.is_dir():
        yield from (file.read_text(encoding="utf-8") for file in sorted(path.glob("*.txt")))
        return
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as lines:
        yield from (json.loads(line)["text"] for line in lines)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        measure(*sys.argv[2:])
    elif len(sys.argv) > 1:
        main(*sys.argv[1:])
    else:
        sys.exit(__doc__)
