"""Packages that only some readers need, imported when first used."""

from importlib import import_module
from types import ModuleType

PACKAGES = {"lxml.etree": "lxml", "lxml.html": "lxml"}


def extra(module: str) -> ModuleType:
    """Import a module of the optional extra ``reading``, or say how to install it."""
    try:
        return import_module(module)
    except ImportError as error:
        package = PACKAGES.get(module, module)
        command = "python -m pip install -e '.[reading]'"
        raise ImportError(f"This needs the package {package}: install the extra with {command}") from error
