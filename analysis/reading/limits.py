"""A limit to the time that reading one document may take."""

import ctypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class _TimeIsUp(BaseException):
    """No Exception, so that no parser takes it for one of its own."""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise a TimeoutError in this thread if what is done inside takes longer.

    It reaches Python code only, between two of its steps; what a library written in C does at once is limited by the
    size of what it is given.
    """
    thread, lock, state = ctypes.c_ulong(threading.get_ident()), threading.Lock(), {"over": False, "raised": False}

    def interrupt() -> None:
        with lock:
            if not state["over"]:
                state["raised"] = True
                ctypes.pythonapi.PyThreadState_SetAsyncExc(thread, ctypes.py_object(_TimeIsUp))

    timer = threading.Timer(seconds, interrupt)
    timer.daemon = True
    timer.start()
    try:
        yield
    except _TimeIsUp as signal:
        state["raised"] = False
        raise TimeoutError(f"not done in {seconds:g} seconds") from signal
    finally:
        with lock:
            state["over"] = True
            if state["raised"]:  # raised too late to be of use: take it back
                ctypes.pythonapi.PyThreadState_SetAsyncExc(thread, None)
        timer.cancel()
