"""The locks of ``pthread.h`` that many may read under, and one write.

What a parameter is:

:param lock: the lock
:param attributes: of no account
"""

from __future__ import annotations

import errno as names
import threading
from collections.abc import Callable

__all__ = [
    "pthread_rwlock_destroy",
    "pthread_rwlock_init",
    "pthread_rwlock_rdlock",
    "pthread_rwlock_t",
    "pthread_rwlock_tryrdlock",
    "pthread_rwlock_trywrlock",
    "pthread_rwlock_unlock",
    "pthread_rwlock_wrlock",
]


class pthread_rwlock_t:
    """How many read, or who writes."""

    def __init__(self) -> None:
        self.changed = threading.Condition()
        self.readers, self.writer = 0, 0


def pthread_rwlock_init(lock: pthread_rwlock_t, attributes: object) -> int:
    """Makes a lock ready."""
    lock.readers, lock.writer = 0, 0
    return 0


def pthread_rwlock_destroy(lock: pthread_rwlock_t) -> int:
    """Ends a lock: EBUSY while it is held."""
    return names.EBUSY if lock.readers or lock.writer else 0


def _taken(lock: pthread_rwlock_t, free: Callable[[], bool], writing: bool, wait: bool) -> int:
    with lock.changed:
        if writing and wait and lock.writer == threading.get_ident():
            return names.EDEADLK
        if not wait and not free():
            return names.EBUSY
        lock.changed.wait_for(free)
        if writing:
            lock.writer = threading.get_ident()
        else:
            lock.readers += 1
    return 0


def _read(lock: pthread_rwlock_t, wait: bool) -> int:
    return _taken(lock, lambda: not lock.writer, False, wait)


def _write(lock: pthread_rwlock_t, wait: bool) -> int:
    return _taken(lock, lambda: not lock.writer and not lock.readers, True, wait)


def pthread_rwlock_rdlock(lock: pthread_rwlock_t) -> int:
    """Waits until nobody writes, and reads."""
    return _read(lock, True)


def pthread_rwlock_tryrdlock(lock: pthread_rwlock_t) -> int:
    """Reads: EBUSY while somebody writes."""
    return _read(lock, False)


def pthread_rwlock_wrlock(lock: pthread_rwlock_t) -> int:
    """Waits until nobody reads or writes, and writes."""
    return _write(lock, True)


def pthread_rwlock_trywrlock(lock: pthread_rwlock_t) -> int:
    """Writes: EBUSY while somebody reads or writes."""
    return _write(lock, False)


def pthread_rwlock_unlock(lock: pthread_rwlock_t) -> int:
    """Ends to read, or to write."""
    with lock.changed:
        if lock.writer:
            lock.writer = 0
        elif lock.readers:
            lock.readers -= 1
        lock.changed.notify_all()
    return 0
