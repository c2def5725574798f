"""Waiting that a signal ends, as in C: ``sleep`` returns early when the program's handler has run."""

from __future__ import annotations

import threading
import time

__all__ = ["interrupt", "wait"]

_main_waits = False


class _InterruptedError(Exception):
    """A signal was handled while the main thread waited."""


def interrupt() -> None:
    """Ends the main thread's wait; called after a program's handler, in that thread."""
    if _main_waits:
        raise _InterruptedError


def wait(seconds: float) -> float:
    """Waits, and returns how many seconds were left when a signal ended it."""
    global _main_waits
    until = time.monotonic() + seconds
    is_main = threading.current_thread() is threading.main_thread()
    try:
        _main_waits = is_main or _main_waits
        time.sleep(seconds)
    except _InterruptedError:
        return max(0.0, until - time.monotonic())
    finally:
        if is_main:
            _main_waits = False
    return 0.0
