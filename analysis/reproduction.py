"""Run every notebook, write every derivative, and say whether the results are the same."""

import base64
import hashlib
import io
import json
import os
import shutil
import signal
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor, as_completed, wait
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

import nbformat
import pandas as pd
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from PIL import Image
from tqdm import tqdm

from analysis import _paths as paths
from analysis._checks import strings
from analysis._claims import broken_claims
from analysis._machine import environment, list_fonts, private_settings
from analysis._tables import read_table, replacing
from analysis.corpus.loading import load_corpus
from analysis.figures.files import pdf_content
from analysis.figures.publishing import write_captions
from analysis.restoration import write_edition
from analysis.segmentation.lexicon import load_lexicon, load_stopwords
from analysis.segmentation.segment import segment

MANIFEST = paths.ROOT / "figures" / "manifest.json"
PACKAGES = "fonttools jieba matplotlib numpy pandas pillow rjieba scikit-learn scipy wordcloud zhplot".split()
DRAWN = {".pdf", ".svg", ".png", ".csv", ".md"}
INPUTS = ("raw", "gold", "reference")
PAGE = paths.DATA / "raw" / "theory-page.txt"


def reproduce(only: Iterable[str] = (), jobs: int | None = None) -> pd.DataFrame:
    """Write ``data/derived/``, run the notebooks in place and compare with the manifest.

    ``only``: beginnings of notebook names (``["03"]``), all of them if empty; ``jobs`` at a time, by default one per
    processor. Returns one row per difference, see :func:`compare`. A notebook that fails, or claims what does not
    hold, keeps its old outputs: a RuntimeError names it and what is wrong.
    """
    only = strings("only", only)
    write_derived()
    notebooks = [path for path in _notebooks() if path.name.startswith(tuple(only) or "")]
    if not notebooks:
        raise FileNotFoundError(f"No notebook in {paths.NOTEBOOKS} begins with {only}.")
    # A kernel that was stopped may still be writing while its folder is removed.
    scratch = TemporaryDirectory(ignore_cleanup_errors=True)
    with scratch as folder, environment(private_settings(folder)):
        list_fonts()
        _run_all(notebooks, Path(folder), jobs or os.cpu_count() or 1)
    write_captions(paths.FIGURES)
    return compare(read_manifest(), take_manifest())


def _notebooks() -> list[Path]:
    return [path for path in sorted(paths.NOTEBOOKS.rglob("*.ipynb")) if ".ipynb_checkpoints" not in path.parts]


def write_derived(folder: Path = paths.DATA / "derived") -> None:
    """Write the edition, and the corpus and its tokens for readers who use another language."""
    names = read_table(paths.EDITION / "names.csv", ["article"], ["article"])
    write_edition(PAGE, names.article, paths.EDITION)
    folder.mkdir(parents=True, exist_ok=True)
    corpus = load_corpus()
    lexicon, stopwords = load_lexicon(), load_stopwords()
    tokens = {
        level: segment(corpus.text, lexicon, stopwords=stopwords, level=level).str.join(" ")
        for level in ("word", "term")
    }
    tables = {"corpus": corpus.drop(columns=["title", "authors"]), "tokens": pd.DataFrame(tokens)}
    for name, table in tables.items():
        with replacing(folder / f"{name}.csv") as temporary:
            table.to_csv(temporary, lineterminator="\n")


def take_manifest() -> dict:
    """Fingerprint what goes in and what comes out, and note the packages' versions."""

    def prints(files: Iterable[Path]) -> dict[str, str]:
        return {_name(path): fingerprint(path) for path in sorted(files)}

    inputs = [path for name in INPUTS for path in (paths.DATA / name).rglob("*") if path.is_file()]
    inputs += [path for path in paths.LISTS.iterdir() if path.is_file()]
    figures = [path for path in (paths.ROOT / "figures").iterdir() if path.suffix in DRAWN]
    texts = [path for folder in (paths.DATA / "edition", paths.DATA / "derived") for path in folder.iterdir()]
    derived = [path for path in texts if path.suffix in {".csv", ".txt"}]
    return {
        "inputs": prints(inputs),
        "outputs": prints([*figures, *derived, *_notebooks()]),
        "packages": {name: version(name) for name in PACKAGES},
    }


def _name(path: Path) -> str:
    root = paths.ROOT if path.is_relative_to(paths.ROOT) else paths.PACKAGE.parent
    return path.relative_to(root).as_posix()


def read_manifest() -> dict:
    """Read the committed manifest."""
    if not MANIFEST.is_file():
        make = "restore it (git checkout), or make it from your own results with: python -m analysis accept"
        raise FileNotFoundError(f"{MANIFEST} is missing: {make}")
    return json.loads(MANIFEST.read_text(encoding="utf-8"))


def write_manifest() -> None:
    """Take the results as they are now for the ones to be reproduced."""
    text = json.dumps(take_manifest(), indent=1, ensure_ascii=False, sort_keys=True)
    with replacing(MANIFEST) as temporary:
        temporary.write_text(text + "\n", encoding="utf-8", newline="\n")


def compare(expected: dict, found: dict) -> pd.DataFrame:
    """List what differs between two manifests: ``part``, ``name``, ``what``, ``expected``, ``found``.

    The last two are versions, or the first 12 digits of the fingerprints.
    """
    rows = []
    for part in ("inputs", "outputs", "packages"):
        old, new = expected.get(part, {}), found.get(part, {})
        for name in sorted(set(old) | set(new)):
            if old.get(name) != new.get(name):
                what = "missing" if name not in new else "new" if name not in old else "differs"
                rows.append((part, name, what, old.get(name, "")[:12], new.get(name, "")[:12]))
    return pd.DataFrame(rows, columns=["part", "name", "what", "expected", "found"])


def fingerprint(path: Path) -> str:
    """Return a SHA-256 of what a file says.

    Of its bytes; but of the pixels of a PNG and the streams of a PDF, whose compression may differ between machines,
    and of a notebook's code and outputs with their pictures by pixels, so that better words or a reader's notes
    between them change no result, nor does saving it unchanged.
    """
    if path.suffix == ".png":
        return _pixels(path.read_bytes())
    if path.suffix == ".pdf":
        return hashlib.sha256(pdf_content(path.read_bytes())).hexdigest()
    if path.suffix != ".ipynb":
        return hashlib.sha256(path.read_bytes()).hexdigest()
    cells = [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
    said = [{name: cell[name] for name in ("source", "execution_count", "outputs")} for cell in cells]
    for output in (output for cell in said for output in cell["outputs"]):
        if picture := output.get("data", {}).get("image/png"):
            output["data"]["image/png"] = _pixels(base64.b64decode(picture))
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def _pixels(png: bytes) -> str:
    with Image.open(io.BytesIO(png)) as image:
        head = f"{image.size} {sorted(getattr(image, 'text', {}).items())}".encode()
        return hashlib.sha256(head + image.convert("RGBA").tobytes()).hexdigest()


class _Run:
    """Notebooks that are running, each in a folder of its own, and can be stopped at once."""

    def __init__(self, folder: Path):
        self.folder, self.stopped = folder, False
        self.clients: dict[str, NotebookClient] = {}

    def execute(self, path: Path) -> list[str]:
        """Run a notebook; if all that it claims holds, it and its figures take their places."""
        if self.stopped:
            return []
        notebook, scratch = nbformat.read(path, as_version=4), self.folder / path.stem
        scratch.mkdir()
        # Where a kernel is slow, the lines that a cell prints arrive in several pieces.
        client = self.clients[path.stem] = NotebookClient(
            notebook,
            timeout=600,
            kernel_name="python3",
            coalesce_streams=True,
            extra_arguments=["--log-level=ERROR"],
            resources={"metadata": {"path": str(scratch)}},
        )
        try:
            client.execute()
        finally:
            del self.clients[path.stem]
        if broken := [claim for cell in notebook.cells for claim in broken_claims(cell.get("outputs", []))]:
            return broken
        for drawn in sorted(scratch.glob("figures/*")):
            with replacing(paths.FIGURES / drawn.name) as temporary:
                shutil.copyfile(drawn, temporary)
        write_notebook(notebook, path)
        return []

    def stop(self) -> None:
        """End every kernel and what it has started."""
        self.stopped = True
        for client in list(self.clients.values()):
            if client.km and client.km.has_kernel and (process := getattr(client.km.provisioner, "process", None)):
                if hasattr(os, "killpg"):
                    with suppress(ProcessLookupError):  # it has ended by itself meanwhile
                        os.killpg(process.pid, signal.SIGKILL)  # it leads a session of its own
                else:
                    process.kill()


def write_notebook(notebook: nbformat.NotebookNode, path: Path) -> None:
    """Write a notebook without what names a time or this machine's Python."""
    notebook.metadata = nbformat.from_dict({
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    })
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
    text = nbformat.writes(notebook)
    with replacing(path) as temporary:
        temporary.write_text(text if text.endswith("\n") else text + "\n", encoding="utf-8", newline="\n")


def _run_all(notebooks: list[Path], folder: Path, jobs: int) -> None:
    run, failures = _Run(folder), []
    # The largest first: it takes longest, and should not be the last to begin.
    largest_first = sorted(notebooks, key=lambda path: (-path.stat().st_size, path.name))
    with ThreadPoolExecutor(jobs) as pool, tqdm(total=len(notebooks), unit="notebook") as bar:
        work = {pool.submit(run.execute, path): path for path in largest_first}
        try:
            for done in as_completed(work):
                error = done.exception()
                if isinstance(error, CellExecutionError):
                    failures.append(f"{work[done].name}: {error.ename}: {error.evalue}")
                elif error is not None:
                    raise error
                else:
                    failures += [f"{work[done].name}: does not hold: {claim}" for claim in done.result()]
                bar.update()
                bar.set_postfix_str(" ".join(sorted(run.clients)))
        except BaseException:
            # A kernel that is only starting now has to be met, too.
            while not_done := wait(work, timeout=0.2).not_done:
                for future in not_done:
                    future.cancel()
                run.stop()
            raise
    if failures:
        raise RuntimeError("These notebooks failed and keep their old outputs:\n  " + "\n  ".join(sorted(failures)))
