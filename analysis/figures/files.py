"""The files of a figure: small, and the same on every machine in what they show."""

import io
import re
import zlib

import numpy as np
from PIL import Image
from PIL.PngImagePlugin import PngInfo

COLOURS = 256
SCREEN = 110  # dots per inch


def quantised(image: Image.Image) -> Image.Image:
    """Return a picture with 256 of its colours, and for each other one the nearest of them.

    Kept is first the most frequent colour of each cell of a grid (so that a scale of colours stays one), then
    what is most frequent otherwise. Fills and text keep their very colours.
    """
    red, green, blue = np.moveaxis(np.asarray(image.convert("RGB"), dtype=np.int32), 2, 0)
    code = red << 16 | green << 8 | blue
    counts = np.bincount(code.ravel())
    colours = np.flatnonzero(counts)
    colours = colours[np.argsort(-counts[colours], kind="stable")]
    _, first = np.unique(colours & 0xF8F8F8, return_index=True)
    kept = np.concatenate([colours[np.sort(first)], np.delete(colours, first)])[:COLOURS]
    palette = _channels(kept)
    nearest = np.zeros(len(counts), dtype=np.uint8)
    nearest[colours] = [np.square(palette - colour).sum(axis=1).argmin() for colour in _channels(colours)]
    small = Image.fromarray(nearest[code])
    small.putpalette(palette.astype(np.uint8).ravel().tolist())
    return small


def _channels(codes: np.ndarray) -> np.ndarray:
    return np.stack([codes >> 16 & 255, codes >> 8 & 255, codes & 255], axis=1)


def png(image: Image.Image, dpi: float, **texts: str) -> bytes:
    """Return a picture as PNG of few colours, with its resolution and texts."""
    info, target = PngInfo(), io.BytesIO()
    for name, text in texts.items():
        info.add_itxt(name, text)
    quantised(image).save(target, format="PNG", optimize=True, dpi=(dpi, dpi), pnginfo=info)
    return target.getvalue()


def for_screen(picture: bytes) -> bytes:
    """Return a PNG at the resolution of a screen."""
    with Image.open(io.BytesIO(picture)) as image:
        part = SCREEN / image.info["dpi"][0]
        size = round(image.width * part), round(image.height * part)
        return png(image.convert("RGB").resize(size, Image.Resampling.LANCZOS), SCREEN)


def compact_svg(svg: str) -> str:
    """Return an SVG of matplotlib in hundredths of a point, and its glyphs in the font's own units."""
    svg = svg.replace("NotoSansSC-Regular-", "g")
    svg = re.sub(r'(?<= )d="([^"]*)" transform="scale\(0\.015625\)"', _glyph, svg)
    svg = re.sub(r'(?<=[ "])(d="|x="|y="|translate\()([^")]*)', lambda found: found[1] + _shortened(found[2]), svg)
    svg = re.sub(r'transform="translate\(([^ ]*) 0\)"/>', r'x="\1"/>', svg)  # of glyphs in a word
    return re.sub(r"\n\s+", "\n", svg)


def _glyph(found: re.Match) -> str:
    """Return an outline in thousandths of an em, as the font has it, each point by its step."""
    path, last, before = "", np.zeros(2, dtype=int), ""
    for command, numbers in re.findall(r"([A-Za-z])([^A-Za-z]*)", found[1]):
        points = np.rint(np.array(numbers.split(), dtype=float).reshape(-1, 2) / 6.4).astype(int)
        letter, step = (command, points) if command == "M" else (command.lower(), points - last)
        step = step.ravel()
        if letter == "l" and 0 in step:
            letter, step = ("h", step[:1]) if step[1] == 0 else ("v", step[1:])
        path += (" " if letter == before else letter) + " ".join(map(str, step))
        last, before = points[-1] if len(points) else last, letter
    return f'd="{path.replace(" -", "-")}" transform="scale(.1)"'


def _shortened(numbers: str) -> str:
    """Return numbers to two decimals, without the spaces that are not needed."""
    numbers = re.sub(r"-?\d+\.\d+", lambda found: f"{float(found[0]):.2f}".rstrip("0").rstrip("."), numbers)
    return re.sub(r"(?<=[A-Za-z]) | (?=[A-Za-z-]|$)", "", re.sub(r"\s+", " ", numbers))


def pdf_content(pdf: bytes) -> bytes:
    """Return what a PDF says: its streams decompressed, without lengths and the table of places at the end."""
    rest, parts = pdf[: pdf.rfind(b"\nxref\n")], []
    while (start := rest.find(b"stream\n")) >= 0:
        start += len(b"stream\n")
        stream = zlib.decompressobj()
        try:
            content = stream.decompress(rest[start:])
        except zlib.error:  # it is not compressed, as in files of other settings
            content, end = b"", start
        else:
            end = len(rest) - len(stream.unused_data)
        parts += [rest[:start], content]
        rest = rest[end:].replace(b"endstream", b"", 1)
    return re.sub(rb"\d+ 0 obj\n\d+\nendobj", b"", b"".join([*parts, rest]))
