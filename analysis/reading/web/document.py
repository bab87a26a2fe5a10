"""Web pages to text: the article, its paragraphs separated by blank lines."""

import json
from email import message_from_bytes
from pathlib import Path

from analysis.reading.decoding import Decoded, decode, filled
from analysis.reading.web.article import find_article
from analysis.reading.web.blocks import parse


def html_document(path: Path, encoding: str | None = None) -> Decoded:
    """Read the article of a web page, its paragraphs kept; cells of a row of a table are separated by tabs.

    The article is what stands from the title to the end of the place that holds nine tenths of the page's
    sentences. Before and after its sentences, links, buttons and the owner of the site are left out; between them
    nothing is but what is hidden. A note tells of sentences that are left out. Unless ``encoding`` is given the
    text decides it, whatever the page says.

    On 16 page shapes kept back (``benchmarks/web_pages.py``) no paragraph is lost and 9.5 % of the furniture stays;
    trafilatura 2.3.1 loses 3 paragraphs and keeps 47 %, or loses 6 and keeps 26 %.
    """
    source = decode(path.read_bytes(), str(path), encoding)
    return _read(source, path, f"html, {source.read_as}")


def mht_document(path: Path, encoding: str | None = None) -> Decoded:
    """Read a web page that a browser saved with its pictures in one file, as :func:`html_document` does."""
    try:
        parts = [part for part in message_from_bytes(path.read_bytes()).walk() if not part.is_multipart()]
        pages = [bytes(part.get_payload(decode=True)) for part in parts if part.get_content_type() == "text/html"]
        data = max(pages, key=len) if b"<frameset" in pages[0].lower() else pages[0]
    except (LookupError, RecursionError, TypeError, ValueError) as error:
        fault = f"{path} is no web page saved in one file"
        raise ValueError(f"{fault}: save it anew from a browser, as .html or .txt.") from error
    source = decode(data, f"{path} (its page)", encoding)
    return _read(source, path, f"mht, {source.read_as}")


def _read(source: Decoded, path: Path, read_as: str) -> Decoded:
    page = parse(source.text, path)
    kept, notes = find_article(page)
    text = "\n\n".join(block.text for block in kept)
    if not any(block.prose for block in kept) and (told := _told(page.scripts)):
        return Decoded(told, read_as, source.notes)
    advice = "The page may fetch its text with a script: save it from a browser as text."
    if any(block.linked for block in page.blocks):
        advice = "It has links and no text beside them: read the pages they lead to."
    if page.frames and not any(block.prose for block in kept):
        advice = f"Its text may be in its frames ({', '.join(page.frames[:3])}): read those."
        notes.append(f"holds frames and no sentence: its text may be in {', '.join(page.frames[:3])}; read those.")
    notes = [f"{path} {note}" for note in notes]
    return filled(text, path, read_as, advice)._replace(notes=(*source.notes, *notes))


def _told(scripts: list[list[str]]) -> str:
    """Find the text in the data that a page gives to search engines (JSON-LD)."""
    for parts in scripts:
        try:
            data = json.loads("".join(parts))
        except (ValueError, RecursionError):
            continue
        queue = [data]
        for item in queue:
            if isinstance(item, list):
                queue.extend(item)
            elif isinstance(item, dict):
                if isinstance(item.get("articleBody"), str) and item["articleBody"].strip():
                    lines = [str(item.get("headline") or ""), *item["articleBody"].splitlines()]
                    return "\n\n".join(line.strip() for line in lines if line.strip())
                queue.append(item.get("@graph"))
    return ""
