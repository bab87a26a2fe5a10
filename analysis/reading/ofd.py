"""OFD, China's standard for documents of fixed layout (GB/T 33190), to text."""

from pathlib import Path

from analysis.reading.decoding import Decoded, filled
from analysis.reading.extras import extra
from analysis.reading.limits import check_archive
from analysis.reading.pdf.layout import Line, columns, paragraphs
from analysis.reading.pdf.margins import without_margins
from analysis.reading.wrapping import join_lines

ABOVE = 0.88  # of the size of type, what stands above the baseline


def ofd_document(path: Path, megabytes: float) -> Decoded:
    """Read the text of an OFD file as that of a PDF: columns one after the other, paragraphs joined.

    Running heads are left out. Seals and stamps are pictures and not read.
    """
    check_archive(path, megabytes)
    ofdkit = extra("ofdkit")
    try:
        with ofdkit.open(path) as document:
            pages = [_lines([run for run in page.runs if run.text.strip()]) for page in document.pages]
    except ofdkit.OFDError as error:
        raise ValueError(f"{path} is no whole OFD file ({error}): fetch it again.") from error
    text = "\n\n".join(paragraphs([column for page in without_margins(pages) if page for column in columns(page)]))
    empty = [str(number) for number, page in enumerate(pages, start=1) if not page]
    read = filled(text, path, "ofd", "Its pages are pictures: run OCR on them first.")
    missing = f"{path}: page(s) {', '.join(empty)} have no text and are missing: run OCR on them."
    return read._replace(notes=(missing,) if empty else ())


def _lines(runs: list) -> list[Line]:
    """Join the runs of a page that stand side by side on a line."""
    lines: list[Line] = []
    for run in sorted(runs, key=lambda run: (round(run.y, 1), run.x)):
        text = run.text.strip()
        new = Line(text, run.x, run.x + run.width, run.y - ABOVE * run.size, run.y + (1 - ABOVE) * run.size)
        last = lines[-1] if lines else None
        if last and abs(last.bottom - new.bottom) < 0.3 * new.size and -0.5 < (new.x0 - last.x1) / new.size < 0.95:
            top, bottom = min(last.top, new.top), max(last.bottom, new.bottom)
            lines[-1] = Line(join_lines(last.text, text), last.x0, new.x1, top, bottom)
        elif not (last and last.text == text and abs(last.x0 - new.x0) + abs(last.top - new.top) < 0.3 * new.size):
            lines.append(new)  # what is printed twice at one place is bold
    return lines
