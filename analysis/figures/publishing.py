"""Saving figures: their files, their captions, and one call that draws, saves and shows."""

import html
import io
import re
import warnings
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from urllib.parse import quote

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.text import Text
from pandas import DataFrame
from PIL import Image

from analysis import _paths as paths
from analysis._tables import read_table, replacing
from analysis.figures import files
from analysis.figures.style import LANGUAGES, MM, WIDTHS, check_lang, in_language, missing_characters, styled

# None of the characters that Windows refuses, no half of a surrogate pair, no point or space at either end.
_NAME = re.compile(
    r"(?![. ])(?!(?i:con|prn|aux|nul|com\d|lpt\d)(?:\.|$))[^\\/:*?\"<>|\x00-\x1f\x7f\ud800-\udfff]+(?<![. ])"
)


class SavedFigure:
    """The files of one figure. A notebook shows the PNG that was written, at the resolution of a screen."""

    def __init__(self, stem: Path, caption: str):
        self.stem, self.caption = stem, caption

    def __repr__(self) -> str:
        folder, here = self.stem.parent.resolve(), Path.cwd().resolve()  # not where on the machine it lies
        shown = folder.relative_to(here) if folder.is_relative_to(here) else Path("…", folder.name)
        return f"{(shown / self.stem.name).as_posix()} (.pdf .svg .png .csv): {self.caption}"

    def _repr_mimebundle_(self, include=None, exclude=None):
        picture = files.for_screen(self.stem.with_name(f"{self.stem.name}.png").read_bytes())
        return {"text/plain": repr(self), "image/png": picture}


def publish_figure(
    name: str,
    draw: Callable,
    *data,
    table: DataFrame | None = None,
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
        A ``plot_*`` function, or one of your own: ``*data`` and ``lang`` in, Axes or a Figure out.
    *data : what ``draw`` takes first
    table : DataFrame, optional
        What the figure plots, written as CSV; by default the first of ``data``.
    captions : path or dict, optional
        A table with the columns ``name`` and one per language, or the captions by language; by default
        ``captions.csv`` of the working folder or else of the notebooks.
    values : dict, optional
        What stands for the ``{placeholders}`` of the caption.
    languages : sequence of str, default ("en", "zh")
        The figure of the first is returned.
    folder : path, optional
        Where to write; ``figures/`` of the working folder by default.
    **options : passed on to ``draw``, the part for the language of those given by language

    Returns
    -------
    SavedFigure

    Raises
    ------
    FileNotFoundError, ValueError
        If there is no file of captions, no caption, no value for a placeholder, or :func:`save_figure` refuses.

    Examples
    --------
    >>> import tempfile
    >>> from analysis import plot_keywords
    >>> table = DataFrame({"group": ["a"], "rank": [1], "term": ["创新"], "count": [3], "tfidf": [2.5]})
    >>> captions = {"en": "Top {n} term.", "zh": "前 {n} 词。"}
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     publish_figure("a", plot_keywords, table, captions=captions, values={"n": 1}, folder=folder).caption
    'Top 1 term.'
    """
    table = next(iter(data), None) if table is None else table
    if not isinstance(table, DataFrame):
        raise ValueError(f"{name}: say what the figure plots, as a DataFrame: table=….")
    texts = captions if isinstance(captions, Mapping) else read_captions(name, captions)
    filled = {lang: _filled(name, texts, lang, values or {}) for lang in languages}
    saved = []
    for lang, caption in filled.items():
        drawn = draw(*data, lang=lang, **in_language(options, lang))
        saved.append(save_figure(drawn, name, table, caption, lang=lang, folder=folder))
    return saved[0]


def read_captions(name: str, path: str | Path | None = None) -> dict[str, str]:
    """Return the captions of a figure by language, from a table, by default as :func:`publish_figure` says."""
    places = [Path(path)] if path else [Path("captions.csv"), paths.NOTEBOOKS / "captions.csv"]
    found = next((place for place in places if place.is_file()), places[0])
    if not found.is_file():
        advice = "make one with the columns name, en, zh, or give captions="
        raise FileNotFoundError(f"{name}: there is no {found}: {advice}.")
    table = read_table(found, ["name"], ["name"]).set_index("name")
    if name not in table.index:
        raise ValueError(f"{found.name} has no caption for {name!r}: add a row with it, or give captions=.")
    return table.loc[name].to_dict()


def _filled(name: str, captions: Mapping[str, str], lang: str, values: Mapping) -> str:
    check_lang(lang)
    if not captions.get(lang):
        raise ValueError(f"{name}: no caption for the language {lang!r}: add it, or leave it out of languages=.")
    try:
        return captions[lang].format_map(values)
    except KeyError as error:
        raise ValueError(f"{name}: the caption wants {{{error.args[0]}}}: give it with values=.") from error


def figure_of(drawn) -> Figure:
    """Return the figure of Axes, of an array of Axes, or the figure given."""
    first = next(iter(np.ravel(drawn)), None) if isinstance(drawn, (np.ndarray, list, tuple)) else drawn
    found = getattr(first, "figure", None)
    if not isinstance(found, Figure):
        wanted = "A Figure, Axes or an array of Axes is wanted, as the plot functions return"
        raise TypeError(f"{wanted}, not {drawn!r:.40}.")
    return found


@styled
def save_figure(
    fig, name: str, data: DataFrame, caption: str, lang: str = "en", *, folder: str | Path | None = None
) -> SavedFigure:
    """Write a figure as PDF, SVG and PNG, with the CSV of what it plots and its caption.

    The PDF embeds the font's used glyphs as TrueType, so that Chinese text can be searched
    and copied; the SVG draws glyphs as outlines. No date or program path is written.

    Parameters
    ----------
    fig : Figure, Axes or array of Axes
        The figure, or what a plot function returns; 85 or 175 mm wide.
    name : str
        Stem of the files, with the number of the notebook (``"03-keywords"``).
    data : DataFrame
        Exactly what is plotted; the index is not written. Floats get 6 decimals.
    caption : str
        In the language of the figure; embedded in the files and collected in ``captions.md``.
    lang : {"en", "zh"}, default "en"
        Chinese figures are named ``NAME-zh``.
    folder : path, optional
        Where to write; ``figures/`` of the working folder by default.

    Returns
    -------
    SavedFigure
        Names the files, and shows the PNG in a notebook. The figure is closed.

    Raises
    ------
    ValueError
        If the font lacks a character, a text runs over the edge, the width is not a journal's, ``data`` or the
        caption is empty, or the name is none for a file. Nothing is written then.

    Examples
    --------
    >>> import tempfile
    >>> from analysis import figure
    >>> fig, ax = figure("single", 60)
    >>> table = DataFrame({"term": ["创新"], "count": [3]})
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     save_figure(fig, "mine", table, "One term.", folder=folder).stem.name, len(list(Path(folder).iterdir()))
    ('mine', 5)
    """
    fig = figure_of(fig)
    if not _NAME.fullmatch(name) or len(name.encode(errors="replace")) > 200:
        raise ValueError(f"A figure's name is the stem of its files, such as '03-keywords', and not {name!r:.80}.")
    if not isinstance(data, DataFrame) or data.empty or not caption.strip():
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
    drawn = {kind: io.BytesIO() for kind in ("pdf", "svg", "rgba")}
    pdf = {"CreationDate": None, "Title": texts["Title"], "Subject": texts["Description"]}
    for kind, metadata in (("pdf", pdf), ("svg", texts | {"Date": None}), ("rgba", None)):
        fig.savefig(drawn[kind], format=kind, metadata=metadata)
    dpi = plt.rcParams["savefig.dpi"]
    width, height = map(int, fig.get_size_inches() * dpi)
    pixels = Image.frombytes("RGBA", (width, height), drawn["rgba"].getvalue())
    picture = files.png(pixels, dpi, **texts)
    svg = files.compact_svg(drawn["svg"].getvalue().decode())
    return {"pdf": drawn["pdf"].getvalue(), "svg": svg.encode(), "png": picture}


def write_captions(folder: Path) -> Path:
    """Collect the figures of a folder in its ``captions.md``, with the captions in their PNG."""
    lines = ["# Captions", "", "Collected from the figures, where they are embedded."]
    for path in sorted(folder.glob("*.png")):
        caption = _caption(path, path.stat().st_mtime_ns)
        if caption is not None:  # a picture of the reader's own has none
            name = _escaped(path.stem)
            lines += ["", f"**{name}**", "", f"![{name}]({quote(path.name)})", "", _escaped(caption)]
    target = folder / "captions.md"
    with replacing(target) as temporary:
        temporary.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    return target


def _escaped(text: str) -> str:
    """Keep a text from being read as Markdown or HTML."""
    return re.sub(r"([\\`*_$\[\]])|^([#>+-])", r"\\\1\2", html.escape(" ".join(text.split()), quote=False))


@cache
def _caption(path: Path, changed: int) -> str | None:
    """Return the caption in a PNG, read once as long as the file has not changed."""
    with Image.open(path) as image:
        return image.info.get("Description")


@styled
def check(fig, name: str) -> None:
    """Refuse a figure of another width, with a character the font lacks, or cut off at the edge.

    >>> check(plt.figure(figsize=(5, 3)), "x")
    Traceback (most recent call last):
    ValueError: x is 127.0 mm wide; journals take 85 or 175: open it with analysis.figure().
    >>> plt.close()
    """
    for text in fig.findobj(Text):
        text.set_parse_math(False)  # $ is a sign of money here
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
        out = [t.get_text() for t in texts if t.get_in_layout() and not _holds(fig.bbox, t.get_window_extent())]
        problem = "something runs over the edge of the figure, probably one of"
        raise ValueError(f"{name}: {problem} {out[:5]}; make room or shorten it.")


def _begin_layout(fig: Figure) -> None:
    """Put all axes where a layout begins: a second one would begin at the first and end elsewhere."""
    laid_out = isinstance(fig.get_layout_engine(), ConstrainedLayoutEngine)
    for ax in fig.axes if laid_out else ():
        if spec := ax.get_subplotspec():
            ax.set_subplotspec(spec)
        elif ax.get_label() == "<colorbar>":
            ax.set_position((0.9, 0.1, 0.05, 0.8))
            ax.set_in_layout(True)


def _holds(outer, inner) -> bool:
    """Whether a box lies within another, give or take two thousandths of its width."""
    wider = outer.padded(0.002 * outer.width)
    return wider.contains(inner.x0, inner.y0) and wider.contains(inner.x1, inner.y1)
