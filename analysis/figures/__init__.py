"""Figures fit to print: a table in, Axes out, files and captions in two languages.

``style`` (canvas, colours), ``labels`` (words), ``publishing`` and ``files`` (saving), ``common`` (any table),
``pages``, ``keywords``, ``topics``, ``clusters``. Every ``plot_*`` returns its Axes, an array if it has several panels,
and takes these, where they apply; any option may be given by language, as a dict or a table
with the columns ``en`` and ``zh``:

names : dict or Series, optional
    What is printed for a group, a unit or a text; the thing itself where it has no name.
glosses : dict or Series, optional
    English gloss of each term, printed below it in the English figure.
lang : {"en", "zh"}, default "en"
    The language of all labels. Chinese terms stand as they are.

>>> import pandas as pd
>>> from analysis import plot_keywords
>>> table = pd.DataFrame({"group": ["a"], "rank": [1], "term": ["创新"], "count": [3], "tfidf": [2.5]})
>>> plot_keywords(table, names={"en": {"a": "My report"}, "zh": {"a": "我的报告"}}, lang="zh")[0].get_title(loc="left")
'我的报告'
"""

from analysis.figures.common import plot_lexicon_effect as plot_lexicon_effect
from analysis.figures.labels import word as word
from analysis.figures.pages import page_layout as page_layout
from analysis.figures.pages import plot_rates as plot_rates
from analysis.figures.pages import plot_reliability as plot_reliability
from analysis.figures.publishing import check as check
from analysis.figures.publishing import write_captions as write_captions
from analysis.figures.style import group_colour as group_colour
from analysis.figures.style import palette as palette
