"""Web pages to text: paragraphs separated by blank lines."""

import re
from pathlib import Path

from analysis.reading.decoding import Decoded, decode, filled
from analysis.reading.extras import extra

JUNK = "script style noscript template svg iframe button select textarea nav aside head object canvas audio video"
ROLES = ("navigation", "banner", "contentinfo", "search", "complementary")
BLOCKS = (
    "address article blockquote body caption center dd div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hr li main ol p pre section table tbody thead tfoot tr ul"
).split()
HAN = "[\u3400-\u9fff\u3000-\u303f\uff00-\uffef]"


def html_document(path: Path, encoding: str | None = None) -> Decoded:
    """Read the main text of a web page, its paragraphs kept; cells of a table row are separated by tabs.

    The main text is that of the one ``article`` or ``main`` that holds at least half of the page's, else of the
    body; without scripts, navigation, forms, hidden parts, and blocks that are mostly links. That is a judgement:
    read a few of the results before counting. Unless ``encoding`` is given the text decides it.
    """
    source = decode(path.read_bytes(), str(path), encoding)
    soup = extra("bs4").BeautifulSoup(source.text, extra("lxml").__name__)
    _drop(soup)
    root = soup.body or soup
    size = len(root.get_text(strip=True))
    parts = sorted(root.find_all(["article", "main"]), key=lambda part: -len(part.get_text()))
    if parts and len(parts[0].get_text(strip=True)) * 2 >= size:
        root = parts[0]
    advice = "The page may fetch its text with a script: save it from a browser as text."
    return filled(_html_text(root), path, f"html, {source.read_as}", advice)._replace(notes=source.notes)


def _drop(soup) -> None:
    from bs4 import Comment

    hidden = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
    comments = {"string": lambda string: isinstance(string, Comment)}
    for which in (comments, {"name": JUNK.split()}, {"hidden": True}, {"style": hidden}, {"role": ROLES}):
        for tag in soup.find_all(**which):
            tag.extract()
    for tag in soup.find_all(["header", "footer"]):
        if not tag.find_parent(["article", "main"]) and not tag.find("h1"):
            tag.extract()
    for tag in soup.find_all(["ul", "ol", "table", "div", "p", "form"]):
        links = tag.find_all("a")
        linked = sum(len(link.get_text(strip=True)) for link in links)
        if len(links) > 2 and linked * 3 > 2 * len(tag.get_text(strip=True)):
            tag.extract()


def _html_text(root) -> str:
    for pre in root.find_all("pre"):
        for string in pre.find_all(string=True):
            string.replace_with(string.replace("\n", "\v"))
    for string in root.find_all(string=True):
        # A line break in the source between two Chinese characters is no space.
        joined = re.sub(f"(?<={HAN})[ \t\r]*\n[ \t\r\n]*(?={HAN})", "", string)
        string.replace_with(re.sub("[ \t\r\n\f]+", " ", joined))
    for tag in root.find_all("br"):
        tag.replace_with("\v")
    for tag in root.find_all(["td", "th"]):
        tag.append("\t")
    for tag in root.find_all(BLOCKS):
        tag.insert_before("\n")
        tag.append("\n")
    lines = (line.strip(" \t\n\v") for line in root.get_text().split("\n"))
    return "\n\n".join(re.sub(" *\v *", "\n", line) for line in lines if line)
