"""Where the project keeps its things. Everything else asks here."""

import os
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "data"
NOTEBOOKS = ROOT / "notebooks"
# Tests run the notebooks with their figures going elsewhere, so that they change nothing.
FIGURES = Path(os.environ.get("ANALYSIS_FIGURES", ROOT / "figures"))


def font_path() -> Path:
    """Return the path of Noto Sans SC Regular (SIL Open Font License).

    The file is part of the ``zhplot`` wheel, which is located but not imported, because
    importing it changes matplotlib's settings.

    Raises
    ------
    FileNotFoundError
        If the package or its font is not installed.

    Examples
    --------
    >>> font_path().name
    'NotoSansSC-Regular.ttf'
    """
    spec = find_spec("zhplot")
    places = spec.submodule_search_locations if spec else []
    for place in places or []:
        path = Path(place) / "fonts" / "NotoSansSC-Regular.ttf"
        if path.is_file():
            return path
    raise FileNotFoundError(
        "The Chinese font is missing: install the package zhplot at the version in "
        "requirements.lock (pip install --require-hashes -r requirements.lock)."
    )
