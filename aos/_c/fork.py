"""What a forked child must not have of its parent: connections, locks, and calls under way.

Whatever belongs to one process registers here: a thing with an ``abandon`` method by :func:`owned`, the state of a
module by :func:`at_fork`. A child begins by abandoning all things, which closes descriptors without a word on the wire,
and by making the state anew. The parent does not notice, except that a fork waits for what must not be halved by one
(:data:`unforked`).
"""

from __future__ import annotations

import contextlib
import importlib
import os
import threading
from collections.abc import Callable
from itertools import count
from typing import Any, Protocol, TypeVar
from weakref import ref

__all__ = ["at_fork", "generation", "imported", "let_forks_wait", "owned", "unforked"]

PATIENCE = 10.0
"""Seconds for which a fork waits for another thread, at most."""


class Ownable(Protocol):
    """Something that only the process which made it may use."""

    def abandon(self) -> None:
        """Closes every descriptor without sending anything. Called in a forked child."""
        ...


T = TypeVar("T", bound=Ownable)
MANY = 4096
"""Number of registered things from which on those that no longer exist are sorted out."""


class _State:
    """Holds what is registered, and how many forks lie between the first process and this one."""

    def __init__(self) -> None:
        self.things: dict[int, ref[Ownable]] = {}
        self.numbers = count()
        self.resets: list[Callable[[], None]] = []
        self.generation = 0
        self.waits = False


_state = _State()


def owned(thing: T) -> T:
    """Registers a thing for as long as it lives."""
    if len(_state.things) >= MANY:
        # A copy is made in one step; a list of pairs is not, since making a pair may start the garbage collector.
        for number, known in _state.things.copy().items():
            if known() is None:
                _state.things.pop(number, None)
    _state.things[next(_state.numbers)] = ref(thing)
    return thing


def at_fork(reset: Callable[[], None]) -> Callable[[], None]:
    """Registers a function that makes a module's state anew."""
    _state.resets.append(reset)
    return reset


def generation() -> int:
    """Returns how many forks lie between the first process and this one; another number is another process."""
    return _state.generation


class _WhileNoFork(contextlib.ContextDecorator):
    """Decorates a function during which no thread may fork: one that imports, or uses what OpenSSL has locks for.

    A child that was forked in the middle of it would have half of the modules, or the locks taken, and wait for ever.
    The lock is taken and left by steps of the interpreter alone, between which no exception comes.
    """

    lock: threading.RLock

    @classmethod
    def renew(cls) -> None:
        """Puts a lock that nobody holds in the place of the old one."""
        cls.lock = threading.RLock()
        cls.__enter__ = staticmethod(cls.lock.__enter__)  # type: ignore[attr-defined]
        cls.__exit__ = staticmethod(cls.lock.__exit__)  # type: ignore[attr-defined]


_WhileNoFork.renew()
unforked = _WhileNoFork()


@unforked
def imported(module: str) -> Any:
    """Imports the module of that name, while no fork can come."""
    let_forks_wait()
    return importlib.import_module(module)


def let_forks_wait() -> None:
    """Makes forks, from now on, wait for what is :data:`unforked`."""
    if not _state.waits:
        # A request imports logging anyway, which takes a lock of its own before a fork. Whoever holds ours may need
        # that one, so it has to come second: what is registered last is called first.
        import logging  # noqa: F401

        _state.waits = True
        os.register_at_fork(before=_before, after_in_parent=_in_parent)


def _before() -> None:
    _WhileNoFork.lock.acquire(timeout=PATIENCE)


def _in_parent() -> None:
    with contextlib.suppress(RuntimeError):  # the lock was not free in time
        _WhileNoFork.lock.release()


def _in_child() -> None:
    _state.generation += 1
    _WhileNoFork.renew()
    things, _state.things = _state.things, {}
    for thing in [known() for known in things.copy().values()]:
        with contextlib.suppress(OSError):  # a descriptor is closed all the same
            if thing is not None:
                thing.abandon()
    for reset in _state.resets:
        reset()


os.register_at_fork(after_in_child=_in_child)
