"""Limits to the time that reading one document may take, and to what an archive may unpack to."""

import ctypes
import threading
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

MEGABYTES, SECONDS = 200.0, 120.0  # by default
LEAST = 0.05  # seconds: no interruption may come while the clock is set
T = TypeVar("T")


class TooLarge(ValueError):
    """A file that would unpack to more than is allowed."""


class _TimeIsUp(BaseException):
    """No Exception, so that no parser takes it for one of its own."""


def check_size(path: Path, archive: zipfile.ZipFile, megabytes: float) -> None:
    """Refuse an archive that would unpack to too much, by its own list."""
    size = sum(member.file_size for member in archive.infolist()) / 1e6
    if size > megabytes:
        fault = f"{path} unpacks to {size:,.0f} MB, more than the {megabytes:g} allowed"
        raise TooLarge(f"{fault}: if you trust it, raise megabytes=; if not, take it away.")


def check_archive(path: Path, megabytes: float) -> None:
    """Refuse what is no zip archive, or too large a one, before anything is unpacked."""
    try:
        with zipfile.ZipFile(path) as archive:
            check_size(path, archive, megabytes)
    except TooLarge:
        raise
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise ValueError(f"{path} is no whole {path.suffix} file ({error}): fetch it again.") from error


def within(seconds: float, call: Callable[[], T]) -> T:
    """Return what a function returns, or raise a TimeoutError if it takes longer.

    It is stopped between two steps of Python code, in any thread; what a library written in C does at once is limited
    by the size of what it is given.
    """
    thread, lock = ctypes.c_ulong(threading.get_ident()), threading.Lock()
    state = {"over": False, "sent": False}  # and no Event, whose own lock an interruption could leave closed

    def interrupt() -> None:
        with lock:
            if not state["over"]:
                state["sent"] = True
                ctypes.pythonapi.PyThreadState_SetAsyncExc(thread, ctypes.py_object(_TimeIsUp))

    timer = threading.Timer(max(seconds, LEAST), interrupt)
    timer.daemon = True
    try:
        try:
            timer.start()
            return call()
        finally:
            timer.cancel()
            with lock:
                state["over"] = True
            # What was sent and is still on its way is raised here. (To take it back would leave Python looking for it
            # at every step, and a profiler without end.)
            for _ in range(1000 if state["sent"] else 0):
                pass
    except _TimeIsUp as signal:
        raise TimeoutError(f"not done in {seconds:g} seconds") from signal
