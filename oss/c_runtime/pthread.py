"""``pthread.h``: threads, mutexes, conditions. A function returns 0 or the number of an error.

``pthread_t t`` is ``t = ref(None)``; a mutex is ``pthread_mutex_t()``, with a static initialiser or without. A thread
ends with the program, as in C, whatever it is doing.

What a parameter is, unless a function says otherwise:

:param thread: the thread
:param mutex: the mutex
:param condition: the condition
:param attributes: how it is to be; None for the usual
"""

from __future__ import annotations

import errno as names
import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Any, NoReturn

from aos._c.refs import aos_ref_t
from oss.c_runtime.per_thread import end_of_thread
from oss.c_runtime.time import timespec

__all__ = [
    "PTHREAD_CREATE_DETACHED",
    "PTHREAD_CREATE_JOINABLE",
    "PTHREAD_MUTEX_ERRORCHECK",
    "PTHREAD_MUTEX_NORMAL",
    "PTHREAD_MUTEX_RECURSIVE",
    "pthread_attr_destroy",
    "pthread_attr_init",
    "pthread_attr_setdetachstate",
    "pthread_attr_setstacksize",
    "pthread_attr_t",
    "pthread_cond_broadcast",
    "pthread_cond_destroy",
    "pthread_cond_init",
    "pthread_cond_signal",
    "pthread_cond_t",
    "pthread_cond_timedwait",
    "pthread_cond_wait",
    "pthread_create",
    "pthread_detach",
    "pthread_equal",
    "pthread_exit",
    "pthread_join",
    "pthread_mutex_destroy",
    "pthread_mutex_init",
    "pthread_mutex_lock",
    "pthread_mutex_t",
    "pthread_mutex_trylock",
    "pthread_mutex_unlock",
    "pthread_mutexattr_destroy",
    "pthread_mutexattr_init",
    "pthread_mutexattr_settype",
    "pthread_mutexattr_t",
    "pthread_once",
    "pthread_once_t",
    "pthread_self",
]

PTHREAD_CREATE_JOINABLE, PTHREAD_CREATE_DETACHED = 0, 1
PTHREAD_MUTEX_NORMAL, PTHREAD_MUTEX_RECURSIVE, PTHREAD_MUTEX_ERRORCHECK = 0, 1, 2


# ---- threads ----


class _EndOfThread(SystemExit):
    """Ends a thread with a result."""


class _Thread(threading.Thread):
    """A thread of the program; ``result`` is what its function returned."""

    def __init__(self, start: Callable[[Any], Any], argument: Any, detached: bool) -> None:
        super().__init__(daemon=True)
        self._function, self._argument = start, argument
        self.detached, self.result = detached, None

    def run(self) -> None:
        try:
            self.result = self._function(self._argument)
        except _EndOfThread as end:
            self.result = end.code  # type: ignore[assignment]
        end_of_thread()


class pthread_attr_t:
    """How a thread is to be."""

    def __init__(self) -> None:
        self.detached = False


def pthread_create(
    thread: aos_ref_t[Any], attributes: pthread_attr_t | None, start: Callable[[Any], Any], argument: Any
) -> int:
    """Starts a thread.

    :param thread: gets the thread
    :param start: its function
    :param argument: what the function is given
    """
    made = _Thread(start, argument, attributes is not None and attributes.detached)
    thread.value = made
    try:
        made.start()
    except RuntimeError:
        return names.EAGAIN
    return 0


def pthread_join(thread: Any, result: aos_ref_t[Any] | None) -> int:
    """Waits for the end of a thread.

    :param result: gets what its function returned; may be None
    """
    if thread is threading.current_thread():
        return names.EDEADLK
    if not isinstance(thread, _Thread) or thread.detached:
        return names.EINVAL
    thread.join()
    if result is not None:
        result.value = thread.result
    return 0


def pthread_detach(thread: Any) -> int:
    """Has nobody wait for a thread."""
    if isinstance(thread, _Thread):
        thread.detached = True
    return 0


def pthread_exit(result: Any) -> NoReturn:
    """Ends the thread; the main thread, after all others.

    :param result: what ``pthread_join`` gives
    """
    here = threading.current_thread()
    if here is threading.main_thread():
        for other in threading.enumerate():
            if isinstance(other, _Thread):
                other.join()
        end_of_thread()
        raise SystemExit(0)
    raise _EndOfThread(result)


def pthread_self() -> threading.Thread:
    """Returns the thread that runs this."""
    return threading.current_thread()


def pthread_equal(a: Any, b: Any) -> int:
    """1 for one and the same thread.

    :param a: a thread
    :param b: a thread
    """
    return int(a is b)


def pthread_attr_init(attributes: pthread_attr_t) -> int:
    """Makes attributes the usual ones."""
    attributes.detached = False
    return 0


def pthread_attr_destroy(attributes: pthread_attr_t) -> int:
    """Does nothing here."""
    return 0


def pthread_attr_setdetachstate(attributes: pthread_attr_t, state: int) -> int:
    """Says whether somebody may wait for the thread.

    :param state: PTHREAD_CREATE_JOINABLE or PTHREAD_CREATE_DETACHED
    """
    attributes.detached = state == PTHREAD_CREATE_DETACHED
    return 0


def pthread_attr_setstacksize(attributes: pthread_attr_t, size: int) -> int:
    """Does nothing here.

    :param size: bytes of the stack
    """
    return 0


class pthread_once_t:
    """Whether something was done."""

    def __init__(self) -> None:
        self.lock, self.is_done = threading.Lock(), False


def pthread_once(once: pthread_once_t, function: Callable[[], object]) -> int:
    """Calls a function, once in all.

    :param once: whether it was called
    :param function: what is called
    """
    with once.lock:
        if not once.is_done:
            function()
            once.is_done = True
    return 0


# ---- mutexes ----


class pthread_mutexattr_t:
    """How a mutex is to be."""

    def __init__(self) -> None:
        self.kind = PTHREAD_MUTEX_NORMAL


class pthread_mutex_t:
    """A mutex."""

    def __init__(self) -> None:
        self.lock, self.kind = threading.Lock(), PTHREAD_MUTEX_NORMAL
        self.owner: int | None = None
        self.depth = 0


def pthread_mutex_init(mutex: pthread_mutex_t, attributes: pthread_mutexattr_t | None) -> int:
    """Makes a mutex ready."""
    mutex.lock, mutex.owner, mutex.depth = threading.Lock(), None, 0
    mutex.kind = PTHREAD_MUTEX_NORMAL if attributes is None else attributes.kind
    return 0


def pthread_mutex_destroy(mutex: pthread_mutex_t) -> int:
    """Ends a mutex: EBUSY while it is locked."""
    return names.EBUSY if mutex.lock.locked() else 0


def _is_mine(mutex: pthread_mutex_t) -> bool:
    return mutex.owner == threading.get_ident()


def _acquire(mutex: pthread_mutex_t, wait: bool) -> int:
    if _is_mine(mutex) and mutex.kind == PTHREAD_MUTEX_RECURSIVE:
        mutex.depth += 1
        return 0
    if _is_mine(mutex) and mutex.kind == PTHREAD_MUTEX_ERRORCHECK and wait:
        return names.EDEADLK
    if not mutex.lock.acquire(wait):
        return names.EBUSY
    mutex.owner, mutex.depth = threading.get_ident(), 1
    return 0


def pthread_mutex_lock(mutex: pthread_mutex_t) -> int:
    """Locks a mutex, and waits for it if need be."""
    return _acquire(mutex, True)


def pthread_mutex_trylock(mutex: pthread_mutex_t) -> int:
    """Locks a mutex: EBUSY when it is locked."""
    return _acquire(mutex, False)


def pthread_mutex_unlock(mutex: pthread_mutex_t) -> int:
    """Unlocks a mutex; EPERM for somebody else's, where its kind checks that."""
    if mutex.kind != PTHREAD_MUTEX_NORMAL and not _is_mine(mutex):
        return names.EPERM
    mutex.depth -= 1
    if mutex.depth <= 0 and mutex.lock.locked():
        mutex.owner = None
        mutex.lock.release()
    return 0


def pthread_mutexattr_init(attributes: pthread_mutexattr_t) -> int:
    """Makes attributes the usual ones."""
    attributes.kind = PTHREAD_MUTEX_NORMAL
    return 0


def pthread_mutexattr_destroy(attributes: pthread_mutexattr_t) -> int:
    """Does nothing here."""
    return 0


def pthread_mutexattr_settype(attributes: pthread_mutexattr_t, kind: int) -> int:
    """Sets the kind of a mutex.

    :param kind: PTHREAD_MUTEX_NORMAL, PTHREAD_MUTEX_RECURSIVE or PTHREAD_MUTEX_ERRORCHECK
    """
    if not 0 <= kind <= 2:
        return names.EINVAL
    attributes.kind = kind
    return 0


# ---- conditions ----


class pthread_cond_t:
    """A condition: who waits for it, each at a lock of its own."""

    def __init__(self) -> None:
        self.waiting: deque[threading.Lock] = deque()


def pthread_cond_init(condition: pthread_cond_t, attributes: object) -> int:
    """Makes a condition ready."""
    condition.waiting.clear()
    return 0


def pthread_cond_destroy(condition: pthread_cond_t) -> int:
    """Ends a condition."""
    return 0


def _wait(condition: pthread_cond_t, mutex: pthread_mutex_t, timeout: float) -> int:
    here = threading.Lock()
    here.acquire()
    condition.waiting.append(here)
    pthread_mutex_unlock(mutex)
    try:
        woken = here.acquire(timeout=timeout)
        if not woken:
            try:
                condition.waiting.remove(here)
            except ValueError:  # woken after all
                woken = True
    finally:
        pthread_mutex_lock(mutex)
    return 0 if woken else names.ETIMEDOUT


def pthread_cond_wait(condition: pthread_cond_t, mutex: pthread_mutex_t) -> int:
    """Unlocks a mutex, waits for a condition, and locks the mutex again."""
    return _wait(condition, mutex, -1)


def pthread_cond_timedwait(condition: pthread_cond_t, mutex: pthread_mutex_t, until: timespec) -> int:
    """Waits as ``pthread_cond_wait``; ETIMEDOUT when it is too late.

    :param until: time of the day
    """
    return _wait(condition, mutex, max(0.0, until.tv_sec + until.tv_nsec / 1e9 - time.time()))


def pthread_cond_signal(condition: pthread_cond_t) -> int:
    """Wakes one of those that wait."""
    if condition.waiting:
        try:
            condition.waiting.popleft().release()
        except IndexError:  # it was the only one, and did not want to wait any longer
            pass
    return 0


def pthread_cond_broadcast(condition: pthread_cond_t) -> int:
    """Wakes all of those that wait."""
    while condition.waiting:
        pthread_cond_signal(condition)
    return 0
