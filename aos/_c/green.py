"""Green threads: waits that go through what gevent and eventlet put in the place of the standard library's.

A program that they have patched runs many green threads in one thread of the system. Nothing of theirs is imported;
what is asked is whether the standard library's own functions are still where they belong. It is asked at each use,
since a program may patch after it has imported this package.
"""

from __future__ import annotations

import _queue
import _thread
import queue
import time
from types import BuiltinFunctionType
from typing import Any, cast

__all__ = ["let_others_run", "new_queue"]


def let_others_run() -> None:
    """Gives the other green threads a turn, where there are any. A socket that always has data never waits, so that it
    would not give them one."""
    if not isinstance(time.sleep, BuiltinFunctionType):
        time.sleep(0)


def new_queue() -> queue.SimpleQueue[Any]:
    """Returns a queue between threads of the kind that the program starts.

    The one for the system's threads cannot be broken by the exception of a signal handler. It is taken from where
    nobody replaces it: gevent's does not work between threads of the system. Eventlet has none of this name.
    """
    if isinstance(_thread.start_new_thread, BuiltinFunctionType):
        return _queue.SimpleQueue()
    green: Any = queue.Queue()  # with the methods that are used of the other
    return cast("queue.SimpleQueue[Any]", green)
