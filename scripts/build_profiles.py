"""Build the profiles in data/reference/ from folders of texts.

    python scripts/build_profiles.py REFERENCE [--output FOLDER] [--words FILE]

REFERENCE holds ``gwr/`` (national government work reports, ``YEAR.txt``),
``provincial_gwr_2026/`` (``PROVINCE.txt``) and ``SOURCES.csv``. The texts are not part of this
project; their SHA-256 is checked against SOURCES.csv and kept in the profile. Run it anew
after every change of the lexicon or the segmentation: profiles made otherwise are refused.
The common words of the national reports go to ``analysis/data/common_words.csv``, or where --words says.
"""

import argparse
from pathlib import Path

import numpy as np
import pandas as pd

from analysis import DATA, build_profile, load_lexicon, save_profile
from analysis._paths import LISTS
from analysis._tables import read_table

CORPORA = ("gwr", "provincial_gwr_2026")
# Key formulations that are counted as strings, besides the terms of the lexicon.
PHRASES = (
    "协同发展",
    "先行区",
    "首都都市圈",
    "京津冀",
    "雄安新区",
    "创新驱动",
    "一体化",
    "供给侧",
    "高质量发展",
    "新质生产力",
    "中国式现代化",
    "科技成果转化",
)
COMMON = 50  # occurrences in the national reports from which a word is common
COLUMNS = ["title", "date", "issuer", "source_repository", "licence_status"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("reference", type=Path, help="folder with the texts and SOURCES.csv")
    parser.add_argument("--output", type=Path, default=DATA / "reference")
    parser.add_argument("--words", type=Path, default=LISTS / "common_words.csv")
    options = parser.parse_args()
    options.output.mkdir(parents=True, exist_ok=True)
    for corpus in CORPORA:
        profile = build(options.reference, corpus)
        path = save_profile(profile, options.output / f"{corpus}.csv.gz")
        print(
            f"{path.name}: {len(profile.documents)} documents, {len(profile.terms)} terms, "
            f"{profile.documents.tokens.sum()} tokens, {path.stat().st_size} bytes"
        )
    options.words.write_text(common_words(options.output / "gwr.csv.gz"), encoding="utf-8")


def common_words(path: Path) -> str:
    """Give the common words of a profile, as a CSV with the binary logarithm of one in how many words each is."""
    profile = pd.read_csv(path, usecols=["term", "count"], index_col="term")["count"]
    bits = -np.log2(profile[profile >= COMMON] / profile.sum())
    return bits.rename_axis("word").rename("bits").sort_index().round(2).to_csv(lineterminator="\n")


def build(reference: Path, corpus: str):
    """Count one folder after checking its texts against their sources."""
    sources = read_table(reference / "SOURCES.csv", ["path", "sha256", *COLUMNS], ["path"])
    sources = sources[sources.path.str.contains(f"/{corpus}/", regex=False)]
    sources.index = [Path(path).stem for path in sources.path]
    lexicon = load_lexicon()
    phrases = sorted({*lexicon.index, *PHRASES})
    profile = build_profile(reference / corpus, lexicon, phrases=phrases, sources=sources[COLUMNS])
    changed = profile.documents.index[profile.documents.sha256 != sources.sha256[profile.documents.index]]
    if len(changed):
        raise ValueError(
            f"{reference / corpus / changed[0]}.txt is not the text that SOURCES.csv "
            "describes: restore it, or correct its sha256."
        )
    return profile


if __name__ == "__main__":
    main()
