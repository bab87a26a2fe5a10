"""Figures fit to print: a canvas at a journal's width, one style, one way of being called."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache, lru_cache, partial, wraps
from inspect import signature
from pathlib import Path

import matplotlib as mpl
import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.colors import to_hex
from matplotlib.font_manager import fontManager, get_font
from PIL import ImageFont

from analysis import _paths as paths

STYLE = Path(__file__).with_name("policy.mplstyle")
WIDTHS = {"single": 85, "double": 175}
LANGUAGES = ("en", "zh")
MM = 1 / 25.4


@lru_cache(maxsize=1)
def palette() -> tuple[str, ...]:
    """Return the colours of the style, as ``#RRGGBB``.

    A figure gets its colours from here and not by names such as ``"C0"``, which matplotlib
    looks up when it draws, in whatever style is in force by then.

    Examples
    --------
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

    The ``plot_*`` functions and :func:`save_figure` use the style by themselves; call this
    once for figures of your own, or to show them without saving.

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
    """Let Pillow lay text out in one way, also where others open the font (word clouds).

    By default it uses libraqm where the system has libfribidi, and kerns differently there.

    Examples
    --------
    >>> with basic_text_layout():
    ...     ImageFont.truetype(paths.font_path(), 9).layout_engine.name
    'BASIC'
    """
    before = ImageFont.truetype
    ImageFont.truetype = partial(before, layout_engine=ImageFont.Layout.BASIC)
    try:
        yield
    finally:
        ImageFont.truetype = before


def check_lang(lang: str) -> None:
    """Refuse a language that figures have no words for.

    >>> check_lang("fr")
    Traceback (most recent call last):
    ValueError: lang must be one of ('en', 'zh'), not 'fr'.
    """
    if lang not in LANGUAGES:
        raise ValueError(f"lang must be one of {LANGUAGES}, not {lang!r}.")


def in_language(options: dict, lang: str) -> dict:
    """Return options with those that are given by language resolved.

    Examples
    --------
    >>> in_language({"top": 8, "names": {"en": {"a": "Report"}, "zh": {"a": "报告"}}}, "zh")
    {'top': 8, 'names': {'a': '报告'}}
    """
    return {
        name: value[lang] if isinstance(value, Mapping) and set(value) == set(LANGUAGES) else value
        for name, value in options.items()
    }


def styled(function):
    """Run a function under the project's style and leave the session's settings alone.

    What all figures need is done here: a known ``lang`` is asked for, and a table with rows where
    the first argument is a table; options given by language are resolved.

    >>> show = styled(lambda table, lang="en": lang)
    >>> show(pd.DataFrame({"term": ["创新"]}), lang="zh")
    'zh'
    >>> show(pd.DataFrame({"term": []}))
    Traceback (most recent call last):
    ValueError: <lambda>: table has no rows, so that there is nothing to draw.
    """
    parameters = list(signature(function).parameters)

    @wraps(function)
    def inner(*args, **kwargs):
        given = dict(zip(parameters, args, strict=False)) | kwargs
        lang = given.get("lang", "en")
        check_lang(lang)
        first = given.get(parameters[0])
        if isinstance(first, (pd.DataFrame, pd.Series)) and first.empty:
            raise ValueError(f"{function.__name__}: {parameters[0]} has no rows, so that there is nothing to draw.")
        kwargs = in_language(kwargs, lang)
        _register_font()
        with plt.style.context(STYLE, after_reset=True):
            return function(*args, **kwargs)

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
    **subplots
        Passed on to ``matplotlib.pyplot.subplots``.

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
    """Return the characters of ``text`` that the project's font cannot draw.

    Examples
    --------
    >>> missing_characters("京津冀 🙂")
    '🙂'
    """
    _register_font()
    path = fontManager.findfont(font) if font is not None else str(paths.font_path())
    known = _charmap(path)
    return "".join(sorted({c for c in text if not c.isspace() and ord(c) not in known}))


@cache
def _charmap(path: str) -> frozenset[int]:
    return frozenset(get_font(path).get_charmap())
