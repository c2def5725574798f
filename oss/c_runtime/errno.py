"""``errno.h``: ``errno`` is ``errno.value``, one for each thread; its names are in Python's module ``errno``."""

from __future__ import annotations

import errno as names
import os
import threading
from collections.abc import Callable
from typing import Any

from oss.c_runtime.pointers import ptr

__all__ = ["errno", "strerror"]


class _Errno(threading.local):
    value = 0


errno = _Errno()
"""The number of the last error: ``errno.value``."""


def failed(error: OSError | ValueError | OverflowError) -> int:
    """Sets ``errno`` to what an exception means, and returns -1."""
    number = error.errno if isinstance(error, OSError) else None
    errno.value = number or (names.EBADF if isinstance(error, OSError) else names.EINVAL)
    return -1


def attempt(function: Callable[..., Any], *args: Any) -> int:
    """Calls a function of the system: 0, or -1 and ``errno``."""
    try:
        function(*args)
    except OSError as error:
        return failed(error)
    return 0


def strerror(number: int) -> ptr[int]:
    """Returns the system's words for an error."""
    return ptr(os.strerror(number))
