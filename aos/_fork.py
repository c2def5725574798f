"""What a forked child must not have of its parent: connections, locks, and calls under way.

Whatever belongs to one process registers here: a thing with an ``abandon`` method by :func:`owned`, the state of a
module by :func:`at_fork`. A child begins by abandoning all things, which closes descriptors without a word on the wire,
and by making the state anew. The parent does not notice.

A module that another thread is importing at the fork would never be ready in the child, which would wait for it. So the
fork waits until what somebody is :func:`importing` is there.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from itertools import count
from typing import Protocol, TypeVar
from weakref import ref

__all__ = ["at_fork", "generation", "importing", "owned"]


class ownable(Protocol):
    """Something that only the process which made it may use."""

    def abandon(self) -> None:
        """Called in a forked child: lets go of every descriptor, in silence."""


T = TypeVar("T", bound=ownable)
MANY = 4096
"""Registered things after which those that are no more are sorted out."""


class _state_t:
    """What is registered, and how many forks lie between the first process and this one."""

    def __init__(self) -> None:
        self.things: dict[int, ref[ownable]] = {}
        self.numbers = count()
        self.resets: list[Callable[[], None]] = []
        self.modules: set[str] = set()
        self.generation = 0


_state = _state_t()


def owned(thing: T) -> T:
    """Registers a thing for as long as it lives."""
    if len(_state.things) >= MANY:
        for number, known in list(_state.things.items()):  # one by one: other threads register meanwhile
            if known() is None:
                _state.things.pop(number, None)
    _state.things[next(_state.numbers)] = ref(thing)
    return thing


def at_fork(reset: Callable[[], None]) -> Callable[[], None]:
    """Registers what makes a module's state anew."""
    _state.resets.append(reset)
    return reset


def importing(module: str) -> None:
    """To be called where a function is about to import a module, which others may be forked amidst of."""
    _state.modules.add(module)


def generation() -> int:
    """How many forks lie between the first process and this one: another number, another process."""
    return _state.generation


def _in_child() -> None:
    _state.generation += 1
    things, _state.things = _state.things, {}
    for known in list(things.values()):
        thing = known()
        if thing is not None:
            thing.abandon()
    for reset in _state.resets:
        reset()


def _before() -> None:
    done = set[str]()
    while under_way := _state.modules - done:  # the thread that was waited for may import one more
        done |= under_way
        for module in under_way:
            with suppress(Exception):  # which is heard where the module is needed
                __import__(module)


os.register_at_fork(before=_before, after_in_child=_in_child)
