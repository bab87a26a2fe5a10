"""Reading the project's CSV files with one kind of error for all of them."""

from pathlib import Path

import pandas as pd


def read_table(path: Path, columns: list[str], key: list[str]) -> pd.DataFrame:
    """Read a UTF-8 CSV whose ``columns`` must be there and whose ``key`` must be unique.

    Parameters
    ----------
    path : path of the file, with or without a byte order mark.
    columns : names that must be present; further columns are kept.
    key : columns that must be filled and, taken together, unique.

    Returns
    -------
    DataFrame
        All cells as text, empty cells as ``""``; the line of row ``i`` in the file is
        ``i + 2`` as long as no cell holds a line break.

    Raises
    ------
    FileNotFoundError, ValueError
        Naming the file and, where there is one, the line.

    Examples
    --------
    >>> from analysis.paths import DATA
    >>> read_table(DATA / "edition" / "articles.csv", ["article"], ["article"]).article.tolist()
    ['zhang-lu', 'lu']
    """
    path = Path(path)
    if not path.is_file():
        raise FileNotFoundError(f"{path} does not exist; expected a CSV with columns {columns}.")
    try:
        table = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"{path} is not UTF-8 (byte {error.start}): save it as UTF-8.") from error
    except (pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        raise ValueError(f"{path} is not a readable CSV: {error}") from error
    missing = [name for name in columns if name not in table.columns]
    if missing:
        raise ValueError(f"{path} lacks the column(s) {missing}; it has {list(table.columns)}.")
    empty = table.index[(table[key] == "").any(axis=1)]
    if len(empty):
        raise ValueError(f"{path}, line {empty[0] + 2}: {' and '.join(key)} must not be empty.")
    twice = table.index[table.duplicated(key)]
    if len(twice):
        value = ", ".join(table.loc[twice[0], key])
        raise ValueError(f"{path}, line {twice[0] + 2}: {value} stands there a second time.")
    return table
