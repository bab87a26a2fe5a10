"""Do both engines give the same tokens? Every difference, with its context.

    python benchmarks/engines.py FOLDER [--level word] [--dictionary stock] [--no-lexicon]

reads all documents of a folder (and its folders), segments them with jieba and with rjieba,
and ends with an error if there is a difference.
"""

import argparse
import sys
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

import pandas as pd

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import analysis as pa  # noqa: E402
from analysis.segmentation.tokenizer import DICTIONARIES, LEVELS  # noqa: E402

WIDTH = 8  # characters of context on each side


def differences(left: list[str], right: list[str]) -> Iterator[tuple[int, int]]:
    """Find the stretches of a text between whose common ends the tokens differ."""
    ends = [list(accumulate(map(len, tokens))) for tokens in (left, right)]
    common = sorted(set(ends[0]) & set(ends[1]))
    sets = list(map(set, ends))
    either = sorted(sets[0] ^ sets[1])
    start = place = 0
    for end in common:
        inside = place
        while place < len(either) and either[place] < end:
            place += 1
        if place > inside:
            yield start, end
        start = end


def between(tokens: list[str], start: int, end: int) -> str:
    """Write the tokens of a stretch of the text."""
    ends = list(accumulate(map(len, tokens)))
    return "|".join(token for token, stop in zip(tokens, ends, strict=True) if start < stop <= end)


def compare(texts: pd.Series, **settings) -> tuple[pd.DataFrame, int]:
    """Return a table of differences, and how many tokens were compared."""
    both = {engine: pa.segment(texts, engine=engine, punctuation=True, **settings) for engine in ("jieba", "rjieba")}
    rows = []
    for unit, text in texts.items():
        left, right = both["jieba"][unit], both["rjieba"][unit]
        if left != right:
            rows += [
                (
                    unit,
                    text[max(0, start - WIDTH) : start],
                    between(left, start, end),
                    between(right, start, end),
                    text[end : end + WIDTH],
                )
                for start, end in differences(left, right)
            ]
    table = pd.DataFrame(rows, columns=["unit", "before", "jieba", "rjieba", "after"])
    return table, int(both["jieba"].str.len().sum())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--level", choices=LEVELS, default="term")
    parser.add_argument("--dictionary", choices=DICTIONARIES, default="standard")
    parser.add_argument("--no-lexicon", action="store_true")
    arguments = parser.parse_args()
    lexicon = None if arguments.no_lexicon else pa.load_lexicon()
    texts = pa.read_folder(arguments.folder, pattern="**/*.txt").text
    table, tokens = compare(texts, lexicon=lexicon, level=arguments.level, dictionary=arguments.dictionary)
    if len(table):
        print(table.to_string(index=False))
    print(f"{len(texts)} documents, {tokens:,} tokens, {len(table)} differences")
    sys.exit(1 if len(table) else 0)


if __name__ == "__main__":
    main()
