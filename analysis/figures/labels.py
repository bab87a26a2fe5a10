"""All words that figures print, in English and Chinese: those of ``data/labels.csv``."""

from analysis import _paths as paths
from analysis._tables import read_table

WORDS = read_table(paths.LISTS / "labels.csv", ["en", "zh"], ["word"]).set_index("word").to_dict("index")


def word(key: str, lang: str) -> str:
    """Return a word of the figures; what they have no word for is printed as it is.

    Examples
    --------
    >>> word("count", "en"), word("count", "zh"), word("my_measure", "zh")
    ('occurrences', '出现次数', 'my_measure')
    """
    return WORDS[key][lang] if key in WORDS else key
