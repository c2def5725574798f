"""``semaphore.h``: semaphores between threads.

What a parameter is, unless a function says otherwise:

:param sem: the semaphore
"""

from __future__ import annotations

import errno as names
import threading
import time
from typing import Any

from aos._c.refs import aos_ref_t
from oss.c_runtime.errno import errno
from oss.c_runtime.time import timespec

__all__ = ["sem_destroy", "sem_getvalue", "sem_init", "sem_post", "sem_t", "sem_timedwait", "sem_trywait", "sem_wait"]


class sem_t:
    """A semaphore."""

    def __init__(self) -> None:
        self.changed, self.value = threading.Condition(), 0


def sem_init(sem: sem_t, shared: int, value: int) -> int:
    """Makes a semaphore ready.

    :param shared: whether processes share it; of no account here
    :param value: what it begins with
    """
    sem.value = value
    return 0


def sem_destroy(sem: sem_t) -> int:
    """Ends a semaphore."""
    return 0


def _take(sem: sem_t, timeout: float | None, otherwise: int) -> int:
    with sem.changed:
        if not sem.changed.wait_for(lambda: sem.value > 0, timeout):
            errno.value = otherwise
            return -1
        sem.value -= 1
    return 0


def sem_wait(sem: sem_t) -> int:
    """Counts down, and waits until that can be done."""
    return _take(sem, None, 0)


def sem_trywait(sem: sem_t) -> int:
    """Counts down: -1 and EAGAIN when it is at 0."""
    return _take(sem, 0, names.EAGAIN)


def sem_timedwait(sem: sem_t, until: timespec) -> int:
    """Waits as ``sem_wait``; -1 and ETIMEDOUT when it is too late.

    :param until: time of the day
    """
    return _take(sem, max(0.0, until.tv_sec + until.tv_nsec / 1e9 - time.time()), names.ETIMEDOUT)


def sem_post(sem: sem_t) -> int:
    """Counts up, and wakes one of those that wait."""
    with sem.changed:
        sem.value += 1
        sem.changed.notify()
    return 0


def sem_getvalue(sem: sem_t, value: aos_ref_t[Any]) -> int:
    """Tells where it is.

    :param value: gets the count
    """
    value.value = sem.value
    return 0
