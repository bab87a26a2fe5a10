"""Time to load and cut a corpus, against splitting the same texts into lines with one test for each.

python benchmarks/structure.py ../shared/scale/laws.jsonl.gz
"""

import argparse
import gzip
import json
import re
import sys
from pathlib import Path
from time import perf_counter

import pandas as pd

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from analysis import load_corpus, restore  # noqa: E402

NUMBERED = re.compile("第.{1,5}[章条]|[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）")


def seconds(call) -> float:
    """Time of one call."""
    start = perf_counter()
    call()
    return perf_counter() - start


def plain(texts: pd.Series) -> int:
    """Lines that open with a number."""
    return sum(bool(NUMBERED.match(line.strip())) for text in texts for line in text.splitlines())


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("laws", type=Path)
    with gzip.open(parser.parse_args().laws, "rt", encoding="utf-8") as rows:
        laws = [json.loads(row) for row in rows]
    table = pd.DataFrame({"text": [law["text"] for law in laws]})
    base = min(seconds(lambda: plain(table.text)) for _ in range(3))
    print(f"{len(table)} laws, {table.text.str.len().sum()} characters; lines with one test each: {base:.2f} s")
    for level in ("paragraph", "measure"):
        took = seconds(lambda level=level: load_corpus(table, level=level))
        print(f"load_corpus(level={level!r}): {took:.1f} s, {took / base:.0f} times as long")
    lines = [line.strip() for text in table.text[:300] for line in text.splitlines() if len(line.strip()) > 60]
    page = "水渠\n\n王芳\n\n" + "\n\n".join(line[:55] for line in lines[:500])
    whole = seconds(lambda: restore("\n\n".join(lines[:500])))
    print(f"restore of 500 unfinished blocks: {seconds(lambda: restore(page)) / whole:.1f} times 500 whole ones")


if __name__ == "__main__":
    main()
