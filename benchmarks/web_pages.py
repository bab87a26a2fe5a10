"""Web pages of the shapes that Chinese public sites have, and how much of each article a reader finds.

python benchmarks/web_pages.py [--kept-back] [--trafilatura recall] [--pages]

The pages are made in ``web_page_shapes.py``: ⟦ ⟧ stand round the paragraphs of an article, ⟪ ⟫ round its title,
number, source and date; the rest of what a browser shows is furniture. Half of the pages were looked at while the
rules were made, the others (``--kept-back``) were counted when they were done.
"""

import argparse
import html
import re
import sys
import tempfile
import unicodedata
import warnings
from collections.abc import Callable
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from web_page_shapes import PAGES  # noqa: E402


class Truth(NamedTuple):
    """What one page holds, without white space."""

    source: str
    paragraphs: list[str]
    facts: list[str]
    furniture: int


def plain(source: str) -> str:
    """The characters of a piece of a page."""
    source = re.sub(r"(?s)<(script|style|textarea|select|title)\b.*?</\1>|<!--.*?-->|<!DOCTYPE.*?>", "", source)
    return close_up(html.unescape(re.sub("<[^>]*>", "", source)))


def close_up(text: str) -> str:
    """Take white space away, and write raised figures as others."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def truth(marked: str) -> Truth:
    """Part a marked page."""
    body = marked.partition("<body")[2]
    paragraphs = [plain(piece) for piece in re.findall("(?s)⟦(.*?)⟧", body)]
    facts = [plain(piece) for piece in re.findall("(?s)⟪(.*?)⟫", body)]
    furniture = len(plain(re.sub("(?s)⟦.*?⟧|⟪.*?⟫", "", "<body" + body)))
    return Truth(re.sub("[⟦⟧⟪⟫]", "", marked), paragraphs, facts, furniture)


def count(found: str, page: Truth) -> dict[str, float]:
    """Compare the text that a reader found with what the page holds."""
    lines = [close_up(line) for line in re.split(r"[\n\t]", found)]
    rest, result = (
        "".join(lines),
        dict.fromkeys("characters found lost apart order facts told kept furniture".split(), 0.0),
    )
    place, starts = 0, "".join(lines)
    for paragraph in page.paragraphs:
        pieces = re.findall("[^。，、]+[。，、]?", paragraph)
        here = [piece for piece in pieces if piece in starts]
        result["characters"] += len(paragraph)
        result["found"] += len(paragraph) if paragraph in starts else sum(map(len, here))
        result["lost"] += not here
        result["apart"] += paragraph not in lines
        at = starts.find(paragraph, place)
        result["order"] += at < 0 and paragraph in starts
        place = max(place, at + len(paragraph) if at >= 0 else 0)
    result["facts"], result["told"] = len(page.facts), sum(fact in starts for fact in page.facts)
    for piece in sorted(page.paragraphs + page.facts, key=len, reverse=True):
        rest = rest.replace(piece, "\n", 1)
    result["kept"], result["furniture"] = len(re.sub(r"\s", "", rest)), page.furniture
    return result


def ours(path: Path) -> tuple[str, int]:
    """Read with this package; count the notes."""
    from analysis.reading.web.document import html_document

    document = html_document(path)
    return document.text, len(document.notes)


def theirs(path: Path, favour: str) -> tuple[str, int]:
    """Read with trafilatura (in an environment of its own), for most text or for least furniture."""
    import trafilatura

    source = path.read_text(encoding="utf-8")
    more = {f"favor_{favour}": True}
    return trafilatura.extract(source, include_comments=False, include_tables=True, **more) or "", 0


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kept-back", action="store_true", help="the pages that were not looked at")
    parser.add_argument("--trafilatura", choices=("recall", "precision"), help="instead of this package")
    parser.add_argument("--pages", action="store_true", help="a line for each page")
    options = parser.parse_args()
    reader: Callable[[Path], tuple[str, int]] = ours
    if options.trafilatura:
        reader = partial(theirs, favour=options.trafilatura)
    sums: dict[str, float] = {}
    took = 0.0
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name, (marked, kept_back) in PAGES.items():
            if kept_back != options.kept_back:
                continue
            page, path = truth(marked), Path(folder, "page.html")
            path.write_text(page.source, encoding="utf-8")
            reader(path)  # imports and caches
            start = perf_counter()
            found, notes = reader(path)
            took += perf_counter() - start
            counts = count(found, page) | {"notes": notes}
            if options.pages:
                print(name, {key: int(number) for key, number in counts.items()})
            sums = {key: sums.get(key, 0) + number for key, number in counts.items()}
    print(
        f"characters found: {sums['found'] / sums['characters']:.1%} of {sums['characters']:.0f}; paragraphs lost:"
        f" {sums['lost']:.0f}, not apart: {sums['apart']:.0f}, out of order: {sums['order']:.0f}; titles, numbers,"
        f" sources, dates: {sums['told']:.0f} of {sums['facts']:.0f}; furniture kept:"
        f" {sums['kept'] / sums['furniture']:.1%} of {sums['furniture']:.0f}; notes: {sums['notes']:.0f}; {took:.2f} s"
    )


if __name__ == "__main__":
    main()
