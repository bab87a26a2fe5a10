"""What a run whose results are compared takes from itself, and not from the machine or its user."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

# Modules of others that warn where they do not like the machine: no shared memory for processes,
# one build of a library. Results do not depend on it. That physical cores cannot be counted
# (no lscpu) is printed as a traceback; nobody counts them where OMP_NUM_THREADS is set.
_WARNING = ("joblib._multiprocessing_helpers", "sklearn.cluster._kmeans")


def private_settings(folder: str) -> dict[str, str]:
    """Return environment variables that keep the user's settings and the machine's quirks out.

    Set them before a kernel starts or matplotlib is imported. Jupyter, IPython and matplotlib then write into
    ``folder`` (which exists), so that a home that is missing or cannot be written does not matter.
    """
    return {
        "IPYTHONDIR": f"{folder}/ipython",
        "JUPYTER_CONFIG_DIR": f"{folder}/config",
        "JUPYTER_DATA_DIR": f"{folder}/data",
        "JUPYTER_RUNTIME_DIR": f"{folder}/runtime",
        "JUPYTER_PREFER_ENV_PATH": "1",
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "MPLCONFIGDIR": f"{folder}/matplotlib",
        "OMP_NUM_THREADS": "1",
        "PYTHONUTF8": "1",
        "PYTHONWARNINGS": ",".join(f"ignore::UserWarning:{module}" for module in _WARNING),
    }


def list_fonts() -> None:
    """Let matplotlib look for the machine's fonts now: where that is slow, it says so on stderr."""
    subprocess.run([sys.executable, "-c", "import matplotlib.font_manager"], check=True, capture_output=True)


@contextmanager
def environment(settings: dict[str, str]) -> Iterator[None]:
    """Set environment variables, and set them back."""
    before = {name: os.environ.get(name) for name in settings}
    os.environ.update(settings)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
