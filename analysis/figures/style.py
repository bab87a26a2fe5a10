"""Figures fit to print: a canvas at a journal's width, one style, one way of being called."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache, partial, wraps
from inspect import signature
from pathlib import Path
from typing import TypeAlias

import matplotlib as mpl
import matplotlib.pyplot as plt
from matplotlib.colors import to_hex
from matplotlib.font_manager import fontManager, get_font
from pandas import DataFrame, Series
from PIL import ImageFont

from analysis import _paths as paths

STYLE = Path(__file__).with_name("policy.mplstyle")
WIDTHS = {"single": 85, "double": 175}
LANGUAGES = ("en", "zh")
MM = 1 / 25.4

Map: TypeAlias = Mapping | Series | DataFrame
"""What is printed for a group, a unit or a term: by it, or by language and it; a dict where a figure is drawn."""


@cache
def palette() -> tuple[str, ...]:
    """Return the colours of the style, as ``#RRGGBB``.

    Names such as ``"C0"`` matplotlib looks up when it draws, in whatever style is in force by then.

    >>> palette()[:2]
    ('#0072B2', '#D55E00')
    """
    style = mpl.rc_params_from_file(STYLE, use_default_template=False)
    return tuple(to_hex(name).upper() for name in style["axes.prop_cycle"].by_key()["color"])


def group_colour(place: int) -> str:
    """Return the colour of the group at ``place``, counted from 0 and round again."""
    return palette()[place % len(palette())]


@cache
def _register_font() -> None:
    fontManager.addfont(paths.font_path())


def use_style() -> None:
    """Set the project's font and style for every figure that follows in this session.

    The ``plot_*`` functions and :func:`save_figure` use it by themselves; call this for figures of your own.

    Examples
    --------
    >>> use_style()
    >>> mpl.rcParams["font.family"]
    ['Noto Sans SC']
    """
    _register_font()
    plt.style.use(STYLE)


@contextmanager
def basic_text_layout() -> Iterator[None]:
    """Let Pillow lay text out in one way: by default it kerns differently where a system has libfribidi."""
    before = ImageFont.truetype
    ImageFont.truetype = partial(before, layout_engine=ImageFont.Layout.BASIC)
    try:
        yield
    finally:
        ImageFont.truetype = before


def check_lang(lang: str) -> None:
    """Refuse a language that figures have no words for."""
    if lang not in LANGUAGES:
        raise ValueError(f"lang must be one of {LANGUAGES}, not {lang!r}.")


def in_language(options: dict, lang: str) -> dict:
    """Return options with those resolved that are dicts, or tables, with a part for each language."""
    return {
        name: value[lang] if isinstance(value, (Mapping, DataFrame)) and set(value) == set(LANGUAGES) else value
        for name, value in options.items()
    }


def _wording(name: str, words: Map) -> dict:
    if words is None:
        return {}
    if not isinstance(words, (Mapping, Series)):
        raise TypeError(f"{name} must be a dict or a Series, such as lexicon.gloss, not the {type(words).__name__}.")
    if isinstance(words, Series):
        twice = words.index[words.index.duplicated()]
        if len(twice):
            advice = f"keep one: {name}[~{name}.index.duplicated(keep='last')]"
            raise ValueError(f"{name} has two words for {twice[0]!r}; {advice}.")
        words = words.dropna()
    return dict(words)


def needs(table: DataFrame, *columns: str) -> None:
    """Refuse to draw what is no table, or a table without these columns."""
    if not isinstance(table, DataFrame):
        raise TypeError(f"A figure is drawn of a DataFrame, not of the {type(table).__name__} given.")
    lacking = [column for column in columns if column not in table]
    if lacking:
        lack, found = (", ".join(map(repr, names)) for names in (lacking, table))
        raise ValueError(f"The table has no column {lack}, only {found}: name other columns, or draw another table.")


def styled(function):
    """Run a function under the project's style and leave the session's settings alone.

    What all figures need is done here: a known ``lang`` is asked for, and rows where the first argument is a
    table; options by language are resolved; ``names`` and ``glosses`` become dicts, empty if ``glosses`` in Chinese.
    """
    parameters = list(signature(function).parameters)

    @wraps(function)
    def inner(*args, **kwargs):
        lang = kwargs.get("lang", "en")
        check_lang(lang)
        first = args[0] if args else kwargs.get(parameters[0])
        if isinstance(first, (DataFrame, Series)) and first.empty:
            raise ValueError(f"{function.__name__}: {parameters[0]} has no rows, so that there is nothing to draw.")
        kwargs = in_language(kwargs, lang)
        for name in {"names", "glosses"}.intersection(parameters):
            words = _wording(name, kwargs.get(name))
            kwargs[name] = words if name == "names" or lang == "en" else {}
        _register_font()
        with plt.style.context(STYLE, after_reset=True):
            before = set(plt.get_fignums())
            result = function(*args, **kwargs)
            for number in set(plt.get_fignums()) - before:
                for ax in plt.figure(number).axes:  # ticks take the settings in force when they are made
                    ax.get_xticklabels(), ax.get_yticklabels()
            return result

    return inner


@styled
def figure(width: str = "double", height: float = 80, **subplots):
    """Open a figure at a journal's width.

    Parameters
    ----------
    width : {"double", "single"}
        175 mm, two columns of a journal, or 85 mm, one column.
    height : float, default 80
        In mm.
    **subplots : passed on to ``matplotlib.pyplot.subplots``

    Returns
    -------
    Figure, Axes or array of Axes

    Examples
    --------
    >>> fig, ax = figure("single", 60)
    >>> (fig.get_size_inches() * 25.4).round().tolist()
    [85.0, 60.0]
    >>> plt.close(fig)
    """
    if width not in WIDTHS:
        raise ValueError(f"width must be one of {tuple(WIDTHS)}, not {width!r}.")
    return plt.subplots(figsize=(WIDTHS[width] * MM, height * MM), **subplots)


def missing_characters(text: str, font=None) -> str:
    """Return the characters of ``text`` that the project's font cannot draw."""
    _register_font()
    path = fontManager.findfont(font) if font is not None else str(paths.font_path())
    return "".join(sorted({c for c in text if not c.isspace()} - _characters(path)))


@cache
def _characters(path: str) -> frozenset[str]:
    return frozenset(map(chr, get_font(path).get_charmap()))
