"""A limit to the time that reading one document may take."""

import ctypes
import threading
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


class _TimeIsUp(BaseException):
    """No Exception, so that no parser takes it for one of its own."""


def within(seconds: float, call: Callable[[], T]) -> T:
    """Return what a function returns, or raise a TimeoutError if it takes longer.

    It is stopped between two steps of Python code, in any thread; what a library written in C does at once is limited
    by the size of what it is given.
    """
    thread, lock, over = ctypes.c_ulong(threading.get_ident()), threading.Lock(), threading.Event()

    def interrupt() -> None:
        with lock:
            if not over.is_set():
                ctypes.pythonapi.PyThreadState_SetAsyncExc(thread, ctypes.py_object(_TimeIsUp))

    timer = threading.Timer(seconds, interrupt)
    timer.daemon = True
    try:
        try:
            timer.start()
            return call()
        finally:
            timer.cancel()
            with lock:  # whoever comes first: an interruption is raised here, within the outer try, or not at all
                over.set()
                ctypes.pythonapi.PyThreadState_SetAsyncExc(thread, None)
    except _TimeIsUp as signal:
        over.set()
        raise TimeoutError(f"not done in {seconds:g} seconds") from signal
