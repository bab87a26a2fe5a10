"""Build the profiles in data/reference/ from folders of texts.

    python scripts/build_profiles.py REFERENCE [--output FOLDER]

REFERENCE holds ``gwr/`` (national government work reports, ``YEAR.txt``),
``provincial_gwr_2026/`` (``PROVINCE.txt``) and ``SOURCES.csv``. The texts are not part of this
project; their SHA-256 is checked against SOURCES.csv and kept in the profile. Run it anew
after every change of the lexicon or the segmentation: profiles made otherwise are refused.
"""

import argparse
from pathlib import Path

from analysis import DATA, build_profile, load_lexicon, save_profile
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
COLUMNS = ["title", "date", "issuer", "source_repository", "licence_status"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("reference", type=Path, help="folder with the texts and SOURCES.csv")
    parser.add_argument("--output", type=Path, default=DATA / "reference")
    options = parser.parse_args()
    options.output.mkdir(parents=True, exist_ok=True)
    for corpus in CORPORA:
        profile = build(options.reference, corpus)
        path = save_profile(profile, options.output / f"{corpus}.csv.gz")
        print(
            f"{path.name}: {len(profile.documents)} documents, {len(profile.terms)} terms, "
            f"{profile.documents.tokens.sum()} tokens, {path.stat().st_size} bytes"
        )


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
