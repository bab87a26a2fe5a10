"""Saving figures: their files, their captions, and one call that draws, saves and shows."""

import io
import re
import warnings
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.text import Text
from PIL import Image

from analysis import _paths as paths
from analysis._tables import read_table, replacing
from analysis.figures import files
from analysis.figures.style import LANGUAGES, MM, WIDTHS, check_lang, in_language, missing_characters, styled


class SavedFigure:
    """The files of one figure. A notebook shows the PNG that was written, at the resolution of a screen."""

    def __init__(self, stem: Path, caption: str):
        self.stem, self.caption = stem, caption

    def __repr__(self) -> str:
        place = (_shown(self.stem.parent) / self.stem.name).as_posix()
        return f"{place} (.pdf .svg .png .csv): {self.caption}"

    def _repr_mimebundle_(self, include=None, exclude=None):
        picture = files.for_screen(self.stem.with_name(f"{self.stem.name}.png").read_bytes())
        return {"text/plain": repr(self), "image/png": picture}


def _shown(folder: Path) -> Path:
    """Name a folder without saying where on the machine it lies."""
    folder, here = folder.resolve(), Path.cwd().resolve()
    return folder.relative_to(here) if folder.is_relative_to(here) else Path("…", folder.name)


def publish_figure(
    name: str,
    draw: Callable,
    *data,
    table: pd.DataFrame | None = None,
    captions: str | Path | Mapping[str, str] | None = None,
    values: Mapping | None = None,
    languages: Sequence[str] = LANGUAGES,
    folder: str | Path | None = None,
    **options,
) -> SavedFigure:
    """Draw a figure in each language, save it with its caption and table, and show it.

    Parameters
    ----------
    name : str
        Stem of the files, and the row of ``captions.csv``.
    draw : callable
        A ``plot_*`` function, or one of your own that takes ``*data`` and ``lang`` and returns
        Axes, an array of Axes or a Figure.
    *data
        What ``draw`` takes first.
    table : DataFrame, optional
        What the figure plots, written as CSV; by default the first of ``data``.
    captions : path or dict, optional
        A table with the columns ``name`` and one per language, or the captions by language;
        by default ``captions.csv`` of the working folder or else of the notebooks.
    values : dict, optional
        What stands for the ``{placeholders}`` of the caption.
    languages : sequence of str, default ("en", "zh")
        The figure of the first is returned.
    folder : path, optional
        Where to write; ``figures/`` of the working folder by default.
    **options
        Passed on to ``draw``. A dict whose keys are the languages is resolved for each.

    Returns
    -------
    SavedFigure

    Raises
    ------
    FileNotFoundError, KeyError, ValueError
        If there is no file of captions, no caption of that name, no value for a placeholder,
        or the figure is refused by :func:`save_figure`.

    Examples
    --------
    >>> import tempfile
    >>> from analysis import plot_keywords
    >>> table = pd.DataFrame({"group": ["a"], "rank": [1], "term": ["创新"], "count": [3], "tfidf": [2.5]})
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     saved = publish_figure(
    ...         "mine", plot_keywords, table, top={"en": 1, "zh": 2},
    ...         captions={"en": "Top {n} term.", "zh": "前 {n} 词。"}, values={"n": 1}, folder=folder,
    ...     )
    ...     saved.caption, len(list(Path(folder).glob("mine*")))
    ('Top 1 term.', 7)
    """
    table = _plotted(name, data) if table is None else table
    texts = captions if isinstance(captions, Mapping) else read_captions(name, captions)
    filled = {lang: _filled(name, texts, lang, values or {}) for lang in languages}
    saved = []
    for lang, caption in filled.items():
        drawn = draw(*data, lang=lang, **in_language(options, lang))
        saved.append(save_figure(drawn, name, table, caption, lang=lang, folder=folder))
    return saved[0]


def _plotted(name: str, data: tuple) -> pd.DataFrame:
    if not data or not isinstance(data[0], pd.DataFrame):
        raise ValueError(f"{name}: say what the figure plots, as a DataFrame: table=….")
    return data[0]


def read_captions(name: str, path: str | Path | None = None) -> dict[str, str]:
    """Return the captions of a figure by language, from ``captions.csv``.

    Parameters
    ----------
    name : str
        Name of the figure.
    path : path, optional
        By default the ``captions.csv`` of the working folder or else of the notebooks.
    """
    places = [Path(path)] if path else [Path("captions.csv"), paths.NOTEBOOKS / "captions.csv"]
    found = next((place for place in places if place.is_file()), places[0])
    if not found.is_file():
        raise FileNotFoundError(
            f"{name}: there is no {found}: make one with the columns name, en, zh, or give captions=."
        )
    table = read_table(found, ["name"], ["name"]).set_index("name")
    if name not in table.index:
        raise ValueError(f"{found.name} has no caption for {name!r}: add a row with it, or give captions=.")
    return table.loc[name].to_dict()


def _filled(name: str, captions: Mapping[str, str], lang: str, values: Mapping) -> str:
    check_lang(lang)
    if not captions.get(lang):
        raise ValueError(
            f"{name}: there is no caption for the language {lang!r}: add it, or leave it out of languages=."
        )
    try:
        return captions[lang].format_map(values)
    except KeyError as error:
        raise ValueError(f"{name}: the caption wants {{{error.args[0]}}}: give it with values=.") from error


def figure_of(drawn) -> Figure:
    """Return the figure of Axes, of an array of Axes, or the figure given.

    Examples
    --------
    >>> fig, axes = plt.subplots(ncols=2)
    >>> figure_of(axes) is figure_of(axes[0]) is figure_of(fig) is fig
    True
    >>> plt.close(fig)
    >>> figure_of("x")
    Traceback (most recent call last):
    TypeError: A Figure, Axes or an array of Axes is wanted, as the plot functions return, not 'x'.
    """
    first = next(iter(np.ravel(drawn)), None) if isinstance(drawn, (np.ndarray, list, tuple)) else drawn
    found = getattr(first, "figure", None)
    if not isinstance(found, Figure):
        raise TypeError(
            f"A Figure, Axes or an array of Axes is wanted, as the plot functions return, not {drawn!r:.40}."
        )
    return found


@styled
def save_figure(
    fig, name: str, data: pd.DataFrame, caption: str, *, lang: str = "en", folder: str | Path | None = None
) -> SavedFigure:
    """Write a figure as PDF, SVG and PNG, with the CSV of what it plots and its caption.

    Parameters
    ----------
    fig : Figure, Axes or array of Axes
        The figure, or what a plot function returns; 85 or 175 mm wide.
    name : str
        Stem of the files, with the number of the notebook (``"03-keywords"``).
    data : DataFrame
        Exactly what is plotted; the index is not written. Floats get 6 decimals.
    caption : str
        In the language of the figure. It is embedded in the files and collected in
        ``captions.md``.
    lang : {"en", "zh"}, default "en"
        Chinese figures are named ``NAME-zh``.
    folder : path, optional
        Where to write; ``figures/`` of the working folder by default.

    Returns
    -------
    SavedFigure
        Shows the PNG in a notebook, and names the files: below the working directory with their
        folders, elsewhere as ``…/FOLDER/NAME``. The figure is closed.

    Raises
    ------
    ValueError
        If the font lacks a character, a text runs over the edge, the width is not a
        journal's, ``data`` or the caption is empty, or the name is none for a file. Nothing is
        written then.

    Examples
    --------
    >>> import tempfile
    >>> from analysis import figure
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
    fig = figure_of(fig)
    _check_name(name)
    if not isinstance(data, pd.DataFrame) or data.empty or not caption.strip():
        raise ValueError(f"{name}: a figure needs a caption and the data that it plots, a DataFrame with rows.")
    folder = Path(folder or "figures")
    folder.mkdir(parents=True, exist_ok=True)
    check(fig, name)
    fig.set_layout_engine("none")  # laid out once, in the check; not again for every format
    stem = folder / (name if lang == "en" else f"{name}-{lang}")
    texts = {"Title": stem.name, "Description": caption}
    for kind, content in _files(fig, texts).items():
        with replacing(stem.with_name(f"{stem.name}.{kind}")) as temporary:
            temporary.write_bytes(content)
    plt.close(fig)
    if lang == "en":
        with replacing(folder / f"{name}.csv") as temporary:
            data.to_csv(temporary, index=False, lineterminator="\n", float_format="%.6f")
    write_captions(folder)
    return SavedFigure(stem, caption)


def _files(fig: Figure, texts: dict[str, str]) -> dict[str, bytes]:
    """Return the files of a figure by their kind."""
    drawn = {kind: io.BytesIO() for kind in ("pdf", "svg", "png")}
    pdf = {"CreationDate": None, "Title": texts["Title"], "Subject": texts["Description"]}
    for kind, metadata in (("pdf", pdf), ("svg", texts | {"Date": None}), ("png", {})):
        fig.savefig(drawn[kind], format=kind, metadata=metadata)
    with Image.open(drawn["png"]) as image:
        picture = files.png(image, plt.rcParams["savefig.dpi"], **texts)
    svg = files.compact_svg(drawn["svg"].getvalue().decode())
    return {"pdf": drawn["pdf"].getvalue(), "svg": svg.encode(), "png": picture}


def _check_name(name: str) -> None:
    if not re.fullmatch(r"[^\\/:*?\"<>|\x00-\x1f.][^\\/:*?\"<>|\x00-\x1f]*", name):
        raise ValueError(f"A figure's name is the stem of its files, such as '03-keywords', and not {name!r}.")


def write_captions(folder: Path) -> Path:
    """Collect the figures of a folder in its ``captions.md``, with the captions in their PNG."""
    lines = ["# Captions", "", "Collected from the figures, where they are embedded."]
    for path in sorted(folder.glob("*.png")):
        caption = _caption(path, path.stat().st_mtime_ns)
        if caption is not None:  # a picture of the reader's own has none
            lines += ["", f"**{path.stem}**", "", f"![{path.stem}]({path.name})", "", caption]
    target = folder / "captions.md"
    with replacing(target) as temporary:
        temporary.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    return target


@cache
def _caption(path: Path, changed: int) -> str | None:
    """Return the caption in a PNG, read once as long as the file has not changed."""
    with Image.open(path) as image:
        return image.info.get("Description")


@styled
def check(fig, name: str) -> None:
    """Refuse a figure of another width, with a character the font lacks, or cut off at the edge.

    Examples
    --------
    >>> from analysis import figure
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
    _begin_layout(fig)
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


def _begin_layout(fig: Figure) -> None:
    """Put all axes where a layout begins: a second one would begin at the first and end elsewhere."""
    laid_out = isinstance(fig.get_layout_engine(), ConstrainedLayoutEngine)
    for ax in fig.axes if laid_out else ():
        if ax.get_subplotspec():
            ax.set_subplotspec(ax.get_subplotspec())
        elif ax.get_label() == "<colorbar>":
            ax.set_position((0.9, 0.1, 0.05, 0.8))
            ax.set_in_layout(True)


def _holds(outer, inner, tolerance: float = 0.002) -> bool:
    """Whether a box lies within another, give or take two thousandths of its width."""
    slack = tolerance * outer.width
    return (
        outer.x0 - slack <= inner.x0
        and inner.x1 <= outer.x1 + slack
        and outer.y0 - slack <= inner.y0
        and inner.y1 <= outer.y1 + slack
    )
