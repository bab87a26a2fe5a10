"""Names of regions: provinces, prefectures and counties, and the zones, city groups and basins that policy names."""

from collections.abc import Iterable
from functools import lru_cache

import pandas as pd

from analysis._checks import strings
from analysis._paths import LISTS
from analysis._tables import read_table

DIVISIONS = LISTS / "regions.csv"  # made by scripts/build_regions.py
ZONES = LISTS / "zones.csv"  # by hand
DIVISION_LEVELS = ("province", "prefecture", "county")
ZONE_LEVELS = (
    "new_area",
    "free_trade_zone",
    "cooperation_zone",
    "innovation_zone",
    "city_group",
    "strategy_region",
    "basin",
    "park",
)
LEVELS = DIVISION_LEVELS + ZONE_LEVELS
COLUMNS = ["name", "level", "parent", "aliases", "code", "source"]


def load_regions(*, levels: Iterable[str] | None = None) -> pd.DataFrame:
    """Load the names of Chinese regions, with their level, parent and aliases.

    Parameters
    ----------
    levels : iterable of str, optional
        Some of ``province``, ``prefecture``, ``county``, ``new_area``, ``free_trade_zone``, ``cooperation_zone``,
        ``innovation_zone``, ``city_group``, ``strategy_region``, ``basin`` and ``park``; by default all.

    Returns
    -------
    DataFrame
        Index ``region``: the code of a division, the name of any other region. ``name`` in full; ``level``;
        ``parent``, the ``region`` it lies in, ``""`` for a province and for what crosses its borders; ``aliases``, a
        tuple; ``code`` of six digits, or ``""``; ``source``. In the order of the levels, divisions by code.

    Raises
    ------
    TypeError, ValueError
        For unknown levels.

    Examples
    --------
    >>> regions = load_regions()
    >>> regions.loc["222400", ["name", "parent", "aliases"]].tolist()
    ['延边朝鲜族自治州', '220000', ('延边', '延边州')]
    >>> load_regions(levels=["new_area"]).loc["雄安新区", "source"]
    '中共中央、国务院关于设立河北雄安新区的通知 (2017)'

    Notes
    -----
    Divisions are those at the end of 2024: a county that was renamed or merged before is not there. Names are not
    unique (four counties are called 鼓楼区), and many short names of counties are words (和平, 安定): do not look for
    them in texts as they are; :func:`analysis.find_mentions` with ``kind="place"`` takes care. The zones are a choice.
    """
    chosen = list(LEVELS) if levels is None else strings("levels", levels)
    unknown = [level for level in chosen if level not in LEVELS]
    if unknown:
        raise ValueError(f"levels must be some of {LEVELS}, and {unknown[0]!r} is none.")
    table = _read()
    return table[table.level.isin(chosen)].copy()


@lru_cache(maxsize=1)
def _read() -> pd.DataFrame:
    tables = [read_table(path, COLUMNS, [key])[COLUMNS] for path, key in ((DIVISIONS, "code"), (ZONES, "name"))]
    table = pd.concat(tables, ignore_index=True)
    table.index = pd.Index(table.code.where(table.code != "", table.name), name="region")
    _check(table)
    table["aliases"] = [tuple(filter(None, cell.split("|"))) for cell in table.aliases]
    return table.iloc[table.level.map(LEVELS.index).argsort(kind="stable")]


def _check(table: pd.DataFrame) -> None:
    """Refuse a level or a parent that is not there."""
    for region, level, parent in zip(table.index, table.level, table.parent, strict=True):
        if level not in LEVELS:
            raise ValueError(f"{region} in {ZONES.parent}: level {level!r} is not one of {LEVELS}.")
        if parent and parent not in table.index:
            raise ValueError(f"{region} in {ZONES.parent}: its parent {parent!r} is no region: write a code or a name.")
