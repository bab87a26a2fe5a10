"""Files are small and say the same: colours, outlines, and a PDF however it was compressed."""

import re
import zlib

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from fontTools.pens.recordingPen import RecordingPen
from fontTools.svgLib.path.parser import parse_path
from PIL import Image

from analysis import figure, save_figure
from analysis.figures import files, publishing

TABLE = pd.DataFrame({"term": ["创新"], "count": [3]})


@pytest.fixture
def drawn(tmp_path, monkeypatch):
    """A figure as it was written, and its SVG before it was made small."""
    before = []
    compact = files.compact_svg
    monkeypatch.setattr(publishing.files, "compact_svg", lambda svg: before.append(svg) or compact(svg))
    fig, ax = figure("single", 50)
    ax.imshow(np.arange(400).reshape(20, 20), cmap="Blues")
    ax.set(title="京津冀 0.123456 $5", xlabel="x$y")
    save_figure(fig, "x", TABLE, "A caption.", folder=tmp_path)
    plt.close("all")
    return tmp_path, before[0]


def outline(path):
    pen = RecordingPen()
    parse_path(path, pen)
    return pen.value


def test_glyphs_keep_their_outline_in_the_units_of_the_font(drawn):
    folder, before = drawn
    old = re.findall(r'<path id="NotoSansSC-Regular-(\w+)" d="([^"]*)"', before)
    new = re.findall(r'<path id="g(\w+)" d="([^"]*)"', (folder / "x.svg").read_text(encoding="utf-8"))
    assert len(old) == len(new) > 10
    for (name, path), (short, shorter) in zip(old, new, strict=True):
        assert name == short and len(shorter) < 0.7 * len(path)
        for (kind, points), (same, near) in zip(outline(path), outline(shorter), strict=True):
            assert kind == same
            assert np.abs(np.array(points) / 6.4 - np.array(near)).max(initial=0) <= 0.5


def test_a_dollar_sign_is_drawn_and_no_mathematics(drawn):
    folder, _ = drawn
    assert "<!-- 京津冀 0.123456 $5 -->" in (folder / "x.svg").read_text(encoding="utf-8")


def test_most_colours_stay_and_no_other_is_far(drawn):
    rng = np.random.default_rng(1)
    picture = rng.integers(0, 256, (60, 60, 3), dtype=np.uint8)
    picture[:30] = (0, 114, 178)
    found = np.asarray(files.quantised(Image.fromarray(picture)).convert("RGB"))
    assert (found[:30] == (0, 114, 178)).all()
    scale = np.repeat(np.arange(256, dtype=np.uint8), 3).reshape(1, 256, 3)
    assert (np.asarray(files.quantised(Image.fromarray(scale)).convert("RGB")) == scale).all()


def test_a_notebook_shows_the_picture_at_the_resolution_of_a_screen(drawn):
    folder, _ = drawn
    large, small = (folder / "x.png").read_bytes(), files.for_screen((folder / "x.png").read_bytes())
    assert len(small) < len(large) and small == files.for_screen(large)
    shown = publishing.SavedFigure(folder / "x", "c")._repr_mimebundle_()
    assert shown["image/png"] == small


def test_a_pdf_is_compared_by_what_it_says_and_not_by_its_compression(drawn):
    pdf = (drawn[0] / "x.pdf").read_bytes()

    def compressed(level, change=lambda content: content):
        rest, parts = pdf, []
        while (start := rest.find(b"stream\n") + 7) > 6:
            stream = zlib.decompressobj()
            content = stream.decompress(rest[start:])
            parts += [rest[:start], zlib.compress(change(content), level)]
            rest = stream.unused_data
            end = rest.find(b"endstream") + len(b"endstream")
            parts, rest = [*parts, rest[:end]], rest[end:]
        return b"".join([*parts, rest])

    assert compressed(1) != compressed(9)
    assert files.pdf_content(compressed(1)) == files.pdf_content(compressed(9)) == files.pdf_content(pdf)
    changed = compressed(9, lambda content: content.replace(b" m\n", b" l\n"))
    assert files.pdf_content(changed) != files.pdf_content(pdf)
    assert b"/CreationDate" not in files.pdf_content(pdf) and b"BT" in files.pdf_content(pdf)
