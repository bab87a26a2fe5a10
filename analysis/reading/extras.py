"""Packages that only some readers need, imported when first used."""

from importlib import import_module
from types import ModuleType

PACKAGES = {
    "bs4": "beautifulsoup4",
    "docx": "python-docx",
    "lxml": "lxml",
    "opencc": "opencc",
    "pdfplumber": "pdfplumber",
}


def extra(module: str) -> ModuleType:
    """Import a module of the optional extra ``reading``.

    If it is not installed, an ImportError names the command that installs it.

    Examples
    --------
    >>> extra("docx").__name__
    'docx'
    """
    try:
        return import_module(module)
    except ImportError as error:
        raise ImportError(
            f"This needs the package {PACKAGES[module]}: install the extra with python -m pip install -e '.[reading]'"
        ) from error
