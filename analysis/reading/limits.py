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


class _TimeIsUp(BaseException):
    """No Exception, so that no parser takes it for one of its own."""


def check_archive(path: Path, megabytes: float) -> None:
    """Refuse what is no zip archive or would unpack to too much, by its own list, before anything is unpacked."""
    try:
        with zipfile.ZipFile(path) as archive:
            size = sum(member.file_size for member in archive.infolist()) / 1e6
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise ValueError(f"{path} is no whole {path.suffix} file ({error}): fetch it again.") from error
    if size > megabytes:
        raise ValueError(f"{path} unpacks to {size:.0f} MB: allow so much with megabytes=, or take it away.")


def within(seconds: float, call: Callable[[], T]) -> T:
    """Return what a function returns, or raise a TimeoutError if it takes longer.

    It is stopped between two steps of Python code, in any thread; what a library written in C does at once is limited
    by the size of what it is given.
    """
    thread, lock = ctypes.c_ulong(threading.get_ident()), threading.Lock()
    state = {"over": False}  # and no Event, whose own lock an interruption could leave closed

    def interrupt() -> None:
        with lock:
            if not state["over"]:
                ctypes.pythonapi.PyThreadState_SetAsyncExc(thread, ctypes.py_object(_TimeIsUp))

    timer = threading.Timer(max(seconds, LEAST), interrupt)
    timer.daemon = True
    try:
        try:
            timer.start()
            return call()
        finally:
            timer.cancel()
            with lock:  # whoever comes first: an interruption is raised here, within the outer try, or not at all
                state["over"] = True
                ctypes.pythonapi.PyThreadState_SetAsyncExc(thread, None)
    except _TimeIsUp as signal:
        raise TimeoutError(f"not done in {seconds:g} seconds") from signal
