"""Run the notebooks with their figures going to a folder of their own, then compare them."""

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
_SCRATCH = os.environ["ANALYSIS_TEST_SCRATCH"]
os.environ["ANALYSIS_FIGURES"] = f"{_SCRATCH}/figures"
os.environ.update(private_settings(_SCRATCH))

COMMITTED = Path(__file__).resolve().parent.parent / "figures"


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


def stale_figures(drawn: Path, committed: Path) -> list[str]:
    """Name the files that the notebooks drew and that differ from those in ``figures/``.

    nbval compares what cells print and not what they draw or write; this does.
    """
    from analysis.reproduction import fingerprint

    return [path.name for path in sorted(drawn.glob("0*"))
            if not (committed / path.name).is_file()
            or fingerprint(path) != fingerprint(committed / path.name)]


def pytest_sessionfinish(session):
    if hasattr(session.config, "workerinput"):
        return
    stale = stale_figures(Path(_SCRATCH) / "figures", COMMITTED)
    if stale:
        reporter = session.config.pluginmanager.get_plugin("terminalreporter")
        reporter.write_line(f"\nThe notebooks draw other figures than those committed: {stale}; "
                            "run: make reproduce", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
    shutil.rmtree(_SCRATCH, ignore_errors=True)  # workers or kernels may still be closing files
