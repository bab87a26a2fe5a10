"""Measure restoration and structure on pages and documents that they were not tuned on.

    python scripts/measure_documents.py ../shared

writes ``data/gold/checks.csv``, what notebook 01 reports: every other page of ``pages_more`` (the others were
looked at), every other law, report and regulation, and the half ``check`` of ``data/gold/written.jsonl``. Prints what
was changed in documents that are whole, to be read.
"""

import argparse
import csv
import gzip
import json
import random
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from analysis.corpus.recognition import recognise  # noqa: E402
from analysis.restoration import DAMAGES, Article, Paragraph, restore, scramble  # noqa: E402

WRITTEN = ROOT / "data" / "gold" / "written.jsonl"
TABLE = ROOT / "data" / "gold" / "checks.csv"
LEVELS = (0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 1.0)  # bounds of confidence
LONGEST = 1000  # lines of a document; longer ones take the same path and more time
DRAWS = 12  # damaged pages of each written newspaper page

Truth = tuple[set[tuple[int, int]], dict[int, int]]  # joins, and which block follows which


class Results:
    """Right results out of all, by measure and group, in the order of their first appearance."""

    def __init__(self) -> None:
        self.right: Counter[tuple[str, str]] = Counter()
        self.total: Counter[tuple[str, str]] = Counter()

    def add(self, measure: str, group: str, right: int, of: int = 1) -> None:
        self.right[measure, group] += right
        self.total[measure, group] += of

    def rows(self) -> list[tuple[str, str, int, int]]:
        return [(*key, self.right[key], of) for key, of in self.total.items()]


def truth_of(orders: list[list[int]], paragraphs: list[list[list[int]]]) -> Truth:
    """Joins and successors, from the reading order of each article and the blocks of its paragraphs."""
    joins = {pair for article in paragraphs for blocks in article for pair in pairwise(blocks)}
    return joins, dict(pairwise([block for order in orders for block in order]))


def damages_of(article: dict) -> set[str]:
    """What happened to an article of a page, from its answer."""
    found = {"two-line title"} if len(article["title_blocks"]) > 1 else set()
    for join in article["joins"]:
        found.add("broken paragraph")
        found |= {"characters printed twice"} if join["overlap"] else set()
        found |= {"boxed lead"} if join["b"] > join["a"] + 1 else {"late beginning"} if join["b"] < join["a"] else set()
    return found


def measure_pages(folders: list[Path], results: Results) -> None:
    """Pages with the right answer beside them."""
    for folder in folders:
        gold = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
        text = (folder / "page.txt").read_text(encoding="utf-8")
        articles = gold["articles"]
        joins, follows = truth_of([a["block_order"] for a in articles], [a["paragraphs"] for a in articles])
        found = restore(text)
        got = [(list(a.block_order), [list(p.blocks) for p in a.paragraphs], list(a.authors)) for a in found.articles]
        exact = got == [(a["block_order"], a["paragraphs"], a["authors"]) for a in articles]
        exact &= [a.text for a in found.articles] == [a["text"] for a in articles]
        results.add("pages restored exactly", gold["level"], exact)
        damages = set().union(*map(damages_of, articles)) - {"two-line title"}
        for damage in sorted(damages) if gold["level"] != "clean" else ["undamaged"]:
            results.add("pages restored exactly, with", damage, exact)
        made = set(found.operations.blocks[found.operations.kind == "join"])
        results.add("joins", "right among made", len(made & joins), len(made))
        results.add("joins", "made among right", len(made & joins), len(joins))
        measure_confidence(text, (joins, follows), results)


def measure_confidence(text: str, truth: Truth, results: Results) -> None:
    """How often joins and moves of a stated confidence are right, those that are proposed only among them."""
    joins, follows = truth
    found = restore(text, least=0.0)
    for repair in found.operations.itertuples():
        if repair.kind not in ("join", "move"):
            continue
        right = repair.blocks in joins if repair.kind == "join" else follows.get(repair.after) == repair.blocks[0]
        low, high = next(((a, b) for a, b in pairwise((0.0, *LEVELS)) if repair.confidence < b), (0.99, 1.0))
        results.add("confidence", f"{low:.2f}-{high:.2f}", right)


def measure_whole(group: str, documents: Iterator[tuple[str, list[str]]], results: Results) -> None:
    """Documents that are whole, a line to a block: nothing is to be done."""
    for name, lines in documents:
        if not 2 <= len(lines) <= LONGEST:
            continue
        operations = restore("\n\n".join(lines)).operations
        results.add("documents left unchanged", group, operations.empty)
        for repair in operations.itertuples():
            first, second = (lines[block] for block in (repair.blocks[0], repair.blocks[-1]))
            print(f"{group}: {name}: {repair.kind} {repair.confidence}: {first[-24:]} | {second[:24]}")


def lines_of(text: str) -> list[str]:
    """The lines of a document that have text."""
    return list(filter(None, map(str.strip, text.split("\n"))))


def read_texts(folder: Path) -> Iterator[tuple[str, list[str]]]:
    """Every other text below a folder, from the second."""
    for path in sorted(folder.rglob("*.txt"))[1::2]:
        yield path.stem, lines_of(path.read_text(encoding="utf-8"))


def read_laws(path: Path) -> Iterator[tuple[str, list[str]]]:
    """Every other law, from the second."""
    with gzip.open(path, "rt", encoding="utf-8") as rows:
        for number, row in enumerate(rows):
            if number % 2:
                law = json.loads(row)
                yield law["id"], lines_of(law["text"])


def measure_lines(documents: list[list[list]], results: Results) -> None:
    """Lines of documents by what they are; a title of another document counts as the annex that it opens."""
    for lines in documents:
        said = {}
        for line in recognise("\n".join(text for _, _, text in lines)):
            kind = "annex" if line.kind == "title" else line.kind
            said |= {(line.start, text.strip()): kind for text in line.text.split("\n")}
        found = [kind for (_, text), kind in sorted(said.items(), key=lambda row: row[0][0])]
        for (kind, _, _text), got in zip(lines, found, strict=True):
            results.add("lines recognised", kind, kind == got)
            results.add("lines rightly called", got, kind == got)


def measure_papers(papers: list[dict], results: Results) -> None:
    """Research papers as a PDF left them: broken paragraphs, and footnotes and running heads between."""
    for paper in papers:
        operations = restore("\n\n".join(block.strip() for block in paper["blocks"])).operations
        made, true = set(operations.blocks[operations.kind == "join"]), {tuple(pair) for pair in paper["joins"]}
        results.add("papers", "joins right among made", len(made & true), len(made))
        results.add("papers", "joins made among right", len(made & true), len(true))
        results.add("papers", "without a move or deletion", not {"move", "overlap removed"} & set(operations.kind))


def articles_of(page: dict) -> list[Article]:
    """The articles of a written newspaper page."""
    return [
        Article(
            " ".join(a["title"]) if isinstance(a["title"], list) else a["title"],
            a["byline"] or "",
            tuple(a["authors"]) if a["byline"] else (),
            a["note"] or "",
            tuple(Paragraph(p["text"], p["kind"], ()) for p in a["paragraphs"]),
            (),
        )
        for a in page["articles"]
    ]


def measure_newspapers(pages: list[dict], results: Results) -> None:
    """Newspaper pages, whole and damaged."""
    for page in pages:
        articles = articles_of(page)
        whole = scramble(articles, seed=0, damages=())
        results.add("documents left unchanged", "newspaper pages", restore(whole.page).operations.empty)
        for article in (a for a in articles if a.byline):
            found = [a.authors for a in restore(whole.page).articles if a.byline == article.byline]
            results.add("bylines read", "newspaper pages", (found or [()]) == [article.authors])
        for seed in range(DRAWS):
            damaged = scramble(articles, seed=seed, damages=random.Random(seed).choice([DAMAGES[:3], DAMAGES[:5]]))
            if damaged.damages:
                orders = [list(a.block_order) for a in damaged.articles]
                paragraphs = [[list(p.blocks) for p in a.paragraphs] for a in damaged.articles]
                truth = truth_of(orders, paragraphs)
                made = restore(damaged.page).operations
                joins = set(made.blocks[made.kind == "join"])
                results.add("newspaper joins", "right among made", len(joins & truth[0]), len(joins))
                results.add("newspaper joins", "made among right", len(joins & truth[0]), len(truth[0]))
                measure_confidence(damaged.page, truth, results)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("shared", type=Path)
    parser.add_argument("--half", choices=["tune", "check"], default="check", help="of what was written")
    options, results = parser.parse_args(), Results()
    shared = options.shared
    written = [json.loads(row) for row in WRITTEN.read_text(encoding="utf-8").splitlines()]
    written = [row for row in written if row["half"] == options.half]
    measure_pages(sorted((shared / "pages_more").iterdir())[1::2], results)
    measure_whole("laws and regulations", read_laws(shared / "scale" / "laws.jsonl.gz"), results)
    measure_whole("regulations to practise on", read_texts(shared / "practice"), results)
    measure_whole("government reports", read_texts(shared / "reference"), results)
    official = [row["lines"] for row in written if row["genre"] == "official"]
    texts = ((str(number), [text for _, _, text in lines]) for number, lines in enumerate(official))
    measure_whole("official documents", texts, results)
    measure_lines(official, results)
    measure_newspapers([row for row in written if row["genre"] == "newspaper"], results)
    measure_papers([row for row in written if row["genre"] == "paper"], results)
    with open(TABLE, "w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["measure", "group", "right", "of"])
        table.writerows(sorted(results.rows()))
    print(TABLE.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
