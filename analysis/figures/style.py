"""Figures fit to print: a canvas at a journal's width, one style, one way of saving."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, lru_cache, partial, wraps
from inspect import signature
from pathlib import Path

import matplotlib as mpl
import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.colors import to_hex
from matplotlib.font_manager import fontManager, get_font
from matplotlib.text import Text
from PIL import Image, ImageFont

from analysis import _paths as paths
from analysis._tables import replacing

STYLE = Path(__file__).with_name("policy.mplstyle")
WIDTHS = {"single": 85, "double": 175}
LANGUAGES = ("en", "zh")
MM = 1 / 25.4


class SavedFigure:
    """The files of one figure. A notebook shows the very PNG that was written."""

    def __init__(self, stem: Path, caption: str):
        self.stem, self.caption = stem, caption

    def __repr__(self) -> str:
        place = (_shown(self.stem.parent) / self.stem.name).as_posix()
        return f"{place} (.pdf .svg .png .csv): {self.caption}"

    def _repr_mimebundle_(self, include=None, exclude=None):
        png = self.stem.with_name(f"{self.stem.name}.png")
        with Image.open(png) as image:
            millimetres = image.width / image.info["dpi"][0] / MM
        size = {"width": round(millimetres * 96 * MM * 1.15)}
        return ({"text/plain": repr(self), "image/png": png.read_bytes()}, {"image/png": size})


def _shown(folder: Path) -> Path:
    """Name a folder without saying where on the machine it lies."""
    folder, here = folder.resolve(), Path.cwd().resolve()
    return folder.relative_to(here) if folder.is_relative_to(here) else Path("…", folder.name)


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


def styled(function):
    """Run a function under the project's style and leave the session's settings alone.

    What all figures need is checked here: a known ``lang``, and a table with rows where the
    first argument is a table.

    >>> show = styled(lambda table, lang="en": lang)
    >>> show(pd.DataFrame({"term": ["创新"]}), "zh")
    'zh'
    >>> show(pd.DataFrame({"term": []}))
    Traceback (most recent call last):
    ValueError: <lambda>: table has no rows, so that there is nothing to draw.
    """
    names = list(signature(function).parameters)

    @wraps(function)
    def inner(*args, **kwargs):
        given = dict(zip(names, args, strict=False)) | kwargs
        check_lang(given.get("lang", "en"))
        first = given.get(names[0]) if names else None
        if isinstance(first, (pd.DataFrame, pd.Series)) and first.empty:
            raise ValueError(f"{function.__name__}: {names[0]} has no rows, so that there is nothing to draw.")
        _register_font()
        with plt.style.context(STYLE, after_reset=True):
            return function(*args, **kwargs)

    return inner


@styled
def figure(width: str = "double", height: float = 80, **subplots):
    """Open a figure at a journal's width.

    Parameters
    ----------
    width : ``"single"`` (85 mm, one column) or ``"double"`` (175 mm, two columns).
    height : in mm.
    subplots : passed on to ``matplotlib.pyplot.subplots``.

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


@styled
def save_figure(
    fig, name: str, data: pd.DataFrame, caption: str, lang: str = "en", folder: Path | None = None
) -> SavedFigure:
    """Write a figure as PDF, SVG and PNG, with the CSV of what it plots and its caption.

    Parameters
    ----------
    fig : matplotlib Figure, 85 or 175 mm wide.
    name : stem of the files, with the number of the notebook (``"03-keywords"``).
    data : exactly what is plotted; the index is not written. Floats get 6 decimals.
    caption : in the language of the figure. It is embedded in the files and collected in
        ``captions.md``.
    lang : ``"en"`` or ``"zh"``; Chinese figures are named ``NAME-zh``.
    folder : where to write; ``figures/`` of the working folder by default.

    Returns
    -------
    SavedFigure
        Shows the PNG in a notebook, and names the files: below the working directory with their
        folders, elsewhere as ``…/FOLDER/NAME``. The figure is closed.

    Raises
    ------
    ValueError
        If the font lacks a character, a text runs over the edge, the width is not a
        journal's, ``data`` or the caption is empty. Nothing is written then.

    Examples
    --------
    >>> import tempfile
    >>> fig, ax = figure("single", 60)
    >>> bars = ax.bar(["创新", "协同"], [3, 2])
    >>> table = pd.DataFrame({"term": ["创新", "协同"], "count": [3, 2]})
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     saved = save_figure(fig, "00-example", table, "Two terms.", folder=folder)
    ...     sorted(path.name for path in Path(folder).iterdir())
    ['00-example.csv', '00-example.pdf', '00-example.png', '00-example.svg', 'captions.md']

    Notes
    -----
    The PDF embeds the font's used glyphs as TrueType, so that Chinese text can be searched
    and copied; the SVG draws glyphs as outlines. No date or program path is written.
    """
    if not caption.strip() or not len(data):
        raise ValueError(f"{name}: a figure needs a caption and the data that it plots.")
    folder = Path(folder or "figures")
    folder.mkdir(parents=True, exist_ok=True)
    check(fig, name)
    fig.set_layout_engine("none")  # laid out once, in the check; not again for every format
    stem = folder / (name if lang == "en" else f"{name}-{lang}")
    metadata = {
        "pdf": {"CreationDate": None, "Title": stem.name, "Subject": caption},
        "svg": {"Date": None, "Title": stem.name, "Description": caption},
        "png": {"Title": stem.name, "Description": caption},
    }
    for kind, entries in metadata.items():
        path = stem.with_name(f"{stem.name}.{kind}")
        with replacing(path) as temporary:
            fig.savefig(temporary, format=kind, metadata=entries)
    plt.close(fig)
    if lang == "en":
        with replacing(folder / f"{name}.csv") as temporary:
            data.to_csv(temporary, index=False, lineterminator="\n", float_format="%.6f")
    write_captions(folder)
    return SavedFigure(stem, caption)


def write_captions(folder: Path) -> Path:
    """Collect the figures of a folder in its ``captions.md``, with the captions in their PNG."""
    lines = ["# Captions", "", "Collected from the figures, where they are embedded."]
    for path in sorted(folder.glob("*.png")):
        with Image.open(path) as image:
            if "Description" in image.info:  # a picture of the reader's own has none
                lines += ["", f"**{path.stem}**", "", f"![{path.stem}]({path.name})", "", image.info["Description"]]
    target = folder / "captions.md"
    with replacing(target) as temporary:
        temporary.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    return target


@styled
def check(fig, name: str) -> None:
    """Refuse a figure of another width, with a character the font lacks, or cut off at the edge.

    Examples
    --------
    >>> fig, ax = figure("single", 60)
    >>> title = ax.set_title("创新 🙂")
    >>> check(fig, "x")
    Traceback (most recent call last):
    ValueError: x: the font has no '🙂', wanted in '创新 🙂'.
    >>> plt.close(fig)
    """
    width = fig.get_figwidth() / MM
    if round(width, 3) not in WIDTHS.values():
        raise ValueError(f"{name} is {width:.1f} mm wide; journals take 85 or 175: open it with analysis.figure().")
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing")  # an error, just below
        fig.canvas.draw()
    texts = [text for text in fig.findobj(Text) if text.get_visible() and text.get_text().strip()]
    for text in texts:
        lacking = missing_characters(text.get_text(), text.get_fontproperties())
        if lacking:
            raise ValueError(f"{name}: the font has no {lacking!r}, wanted in {text.get_text()!r}.")
    if not _holds(fig.bbox_inches, fig.get_tightbbox()):
        out = [
            text.get_text() for text in texts if text.get_in_layout() and not _holds(fig.bbox, text.get_window_extent())
        ]
        raise ValueError(
            f"{name}: something runs over the edge of the figure, probably one of {out[:5]}; make room or shorten it."
        )


def _holds(outer, inner, tolerance: float = 0.002) -> bool:
    """Whether a box lies within another, give or take two thousandths of its width."""
    slack = tolerance * outer.width
    return (
        outer.x0 - slack <= inner.x0
        and inner.x1 <= outer.x1 + slack
        and outer.y0 - slack <= inner.y0
        and inner.y1 <= outer.y1 + slack
    )


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
