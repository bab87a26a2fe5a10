"""Count characters and character pairs in the reference reports for the restoration.

    python scripts/count_characters.py ../shared/reference

writes ``analysis/data/character-counts.tsv.gz``: how often a character or a pair of
characters stands anywhere in a paragraph (``running``) and at its beginning (``opening``).
Only counts of three and more are kept, so no text can be rebuilt from the table.
"""

import argparse
import gzip
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from analysis.reading.marks import ends_sentence  # noqa: E402
from analysis.restoration.blocks import fold_width  # noqa: E402

TABLE = ROOT / "analysis" / "data" / "character-counts.tsv.gz"
SMALLEST_COUNT = 3
SHORTEST_PARAGRAPH = 40


def read_paragraphs(folder: Path) -> list[str]:
    """Whole paragraphs of every text below a folder, punctuation folded to half width."""
    lines = (
        line.strip() for path in sorted(folder.rglob("*.txt")) for line in path.read_text(encoding="utf-8").splitlines()
    )
    return [fold_width(s) for s in lines if len(s) >= SHORTEST_PARAGRAPH and ends_sentence(s)]


def count_characters(paragraphs: list[str]) -> dict[str, Counter]:
    """Counts of characters and pairs, anywhere and at the beginning of paragraphs."""
    running, opening = Counter(), Counter()
    for paragraph in paragraphs:
        running.update(paragraph)
        running.update(paragraph[i : i + 2] for i in range(len(paragraph) - 1))
        opening.update((paragraph[0], paragraph[:2]))
    return {"opening": opening, "running": running}


def write_table(counts: dict[str, Counter], path: Path) -> int:
    """Write the counts as tab-separated rows, the same bytes each time; returns the rows."""
    rows = [
        f"{place}\t{characters}\t{count}\n"
        for place, counter in sorted(counts.items())
        for characters, count in sorted(counter.items())
        if count >= SMALLEST_COUNT and not any(c.isspace() for c in characters)
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    text = "place\tcharacters\tcount\n" + "".join(rows)
    path.write_bytes(gzip.compress(text.encode("utf-8"), compresslevel=9, mtime=0))
    return len(rows)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, help="folder of UTF-8 texts, one paragraph a line")
    arguments = parser.parse_args()
    rows = write_table(count_characters(read_paragraphs(arguments.folder)), TABLE)
    print(f"{rows} rows in {TABLE.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
