"""Where things lie. Everything else asks here."""

from importlib.util import find_spec
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
LISTS = PACKAGE / "data"  # what the program itself needs: they are installed with it


def _project() -> Path:
    """Return the checkout that holds the articles: around the package, or the working folder."""
    here = Path.cwd()
    return next(
        (folder for folder in (PACKAGE.parent, here, *here.parents) if (folder / "data" / "edition").is_dir()), here
    )


ROOT = _project()
DATA = ROOT / "data"
EDITION = DATA / "edition"
NOTEBOOKS = ROOT / "notebooks"
FIGURES = ROOT / "figures"


def font_path() -> Path:
    """Return the path of Noto Sans SC Regular (SIL Open Font License).

    It is in the wheel ``zhplot``, which is not imported: that would change matplotlib's settings.
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
