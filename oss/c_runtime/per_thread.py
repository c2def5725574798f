"""What each thread has for itself: ``_Thread_local`` variables, and the values of ``pthread_key_create``.

``static _Thread_local int depth = 1;`` is ``depth = per_thread(lambda: 1)``, then ``depth.value``; ``&depth`` is
``depth.own``, which other threads may use too.
"""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from aos._c.refs import aos_ref_t

T = TypeVar("T")

__all__ = [
    "end_of_thread",
    "per_thread",
    "pthread_getspecific",
    "pthread_key_create",
    "pthread_key_delete",
    "pthread_setspecific",
]

_ROUNDS = 4
"""How often the values that destructors leave behind are destroyed: PTHREAD_DESTRUCTOR_ITERATIONS."""


class per_thread(threading.local, Generic[T]):
    """A variable of each thread: ``make`` gives the value that it begins with."""

    def __init__(self, make: Callable[[], T]) -> None:
        self.own = aos_ref_t(make())

    @property
    def value(self) -> T:
        """What this thread has."""
        return self.own.value

    @value.setter
    def value(self, value: T) -> None:
        self.own.value = value


class _Specific(threading.local):
    """What a thread has for each key."""

    def __init__(self) -> None:
        self.of: dict[int, Any] = {}


_specific = _Specific()
_numbers = itertools.count()
_destructors: dict[int, Callable[[Any], object] | None] = {}


def pthread_key_create(key: aos_ref_t[int], destructor: Callable[[Any], object] | None) -> int:
    """Makes a key, for which each thread has a value that begins with NULL.

    :param key: gets the key
    :param destructor: is called with the value of each thread that ends, unless that is NULL
    """
    key.value = next(_numbers)
    _destructors[key.value] = destructor
    return 0


def pthread_key_delete(key: int) -> int:
    """Ends a key; no destructor is called."""
    _destructors.pop(key, None)
    return 0


def pthread_setspecific(key: int, value: Any) -> int:
    """Sets the value that this thread has for a key.

    :param value: what it is
    """
    _specific.of[key] = value
    return 0


def pthread_getspecific(key: int) -> Any:
    """Returns the value that this thread has for a key."""
    return _specific.of.get(key)


def end_of_thread() -> None:
    """Calls the destructors of what the thread that ends has."""
    for _ in range(_ROUNDS):
        for key, destructor in sorted(_destructors.items()):
            value = _specific.of.pop(key, None)
            if destructor is not None and value is not None:
                destructor(value)
