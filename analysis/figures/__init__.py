"""Figures fit to print: a table in, Axes out, files and captions in two languages.

Rooms: ``style`` (canvas, colours, how every figure is called), ``labels`` (all words that are
printed), ``publishing`` (saving and captions), ``files`` (PNG, SVG and PDF small and alike on all
machines), ``common`` (figures of any table), ``pages``, ``keywords``, ``topics`` and ``clusters``.

All ``plot_*`` functions take these, where they apply:

names : dict or Series, optional
    What is printed for a group, a unit or a text; the thing itself where it has no name.
glosses : dict or Series, optional
    English gloss of each term, printed below it in the English figure.
lang : {"en", "zh"}, default "en"
    The language of all labels. Chinese terms stand as they are.

Any option may be given by language, as a dict or a table with the columns ``en`` and ``zh``.

Examples
--------
>>> import pandas as pd
>>> from analysis import plot_keywords
>>> table = pd.DataFrame({"group": ["a"], "rank": [1], "term": ["创新"], "count": [3], "tfidf": [2.5]})
>>> names = pd.DataFrame({"en": ["My report"], "zh": ["我的报告"]}, index=["a"])
>>> plot_keywords(table, names=names, lang="zh")[0].get_title(loc="left")
'我的报告'
"""

from analysis.figures.clusters import verdict
from analysis.figures.common import plot_lexicon_effect
from analysis.figures.labels import word
from analysis.figures.pages import page_layout, plot_rates
from analysis.figures.publishing import check, write_captions
from analysis.figures.style import group_colour, palette

__all__ = [
    "check",
    "group_colour",
    "page_layout",
    "palette",
    "plot_lexicon_effect",
    "plot_rates",
    "verdict",
    "word",
    "write_captions",
]
