"""Compare the figures that the notebooks drew with those committed."""

import os
import shutil
import tempfile
from pathlib import Path

import pytest

from analysis._machine import list_fonts, private_settings

# Set before any kernel starts; workers inherit what the first process chose.
if "ANALYSIS_TEST_SCRATCH" not in os.environ:
    os.environ["ANALYSIS_TEST_SCRATCH"] = tempfile.mkdtemp(prefix="analysis-")
    os.environ.update(private_settings(os.environ["ANALYSIS_TEST_SCRATCH"]))
    list_fonts()
    Path(os.environ["ANALYSIS_TEST_SCRATCH"], "started").touch()
_SCRATCH = os.environ["ANALYSIS_TEST_SCRATCH"]
os.environ.update(private_settings(_SCRATCH))

ROOT = Path(__file__).resolve().parent.parent
DRAWN, COMMITTED = ROOT / "notebooks" / "figures", ROOT / "figures"


@pytest.fixture(scope="session")
def corpus():
    from analysis import load_corpus

    return load_corpus()


@pytest.fixture(scope="session")
def lexicon():
    from analysis import load_lexicon

    return load_lexicon()


@pytest.fixture(scope="session")
def tokens(corpus, lexicon):
    from analysis import load_stopwords, segment

    return segment(corpus.text, lexicon, stopwords=load_stopwords())


def stale_figures(drawn: Path, committed: Path, since: float = 0) -> list[str]:
    """Name the files that the notebooks drew since then and that differ from those committed.

    nbval compares what cells print and not what they draw or write; this does.
    """
    from analysis.reproduction import fingerprint

    return [
        path.name
        for path in sorted(drawn.glob("0*"))
        if path.stat().st_mtime >= since
        if not (committed / path.name).is_file() or fingerprint(path) != fingerprint(committed / path.name)
    ]


def pytest_sessionfinish(session):
    if hasattr(session.config, "workerinput"):
        return
    stale = stale_figures(DRAWN, COMMITTED, Path(_SCRATCH, "started").stat().st_mtime)
    if stale:
        reporter = session.config.pluginmanager.get_plugin("terminalreporter")
        reporter.write_line(
            f"\nThe notebooks draw other figures than those committed: {stale}; run: make reproduce", red=True
        )
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
    shutil.rmtree(_SCRATCH, ignore_errors=True)  # workers or kernels may still be closing files
