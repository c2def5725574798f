"""Objects with several owners: ``shared_ptr`` and ``weak_ptr``, where a program can see when the last owner goes.

Both are the object itself, or None. How many own it is counted here, and the program says where an owner comes and
goes: ``p = owned(Thing(), Thing.close)``, ``q = held(p)``, ``released(q)``. The last one that goes ends the object, in
that moment. As in C++, objects that own each other never end.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import Any, Generic, TypeVar

from oss.c_runtime.cpp import scoped

__all__ = ["at_end", "expired", "held", "locked", "owned", "owning", "released", "use_count"]

_T = TypeVar("_T")


@dataclass
class _Owned:
    thing: Any  # which stays what it is, so that its id is no other's
    end: Callable[[Any], object] | None
    count: int = 1


_owned: dict[int, _Owned] = {}
_lock = Lock()


def owned(thing: _T, end: Callable[[_T], object] | None = None) -> _T:
    """Returns a new object, which has one owner from now on; None stays None.

    :param thing: the object
    :param end: what is done with it when its last owner goes
    """
    if thing is None:
        return thing
    with _lock:
        if id(thing) in _owned:
            raise ValueError("an object that has owners gets others that do not know of them")
        _owned[id(thing)] = _Owned(thing, end)
    return thing


def held(thing: _T) -> _T:
    """Returns an object, which has one owner more; None stays None.

    :param thing: what has owners already
    """
    if thing is not None:
        with _lock:
            _owner_of(thing).count += 1
    return thing


def released(thing: Any) -> None:
    """Ends an owner, and the object with its last one.

    :param thing: what has owners; None is nothing to end
    """
    if thing is None:
        return
    with _lock:
        row = _owner_of(thing)
        row.count -= 1
        last = row.count == 0
        if last:
            del _owned[id(thing)]
    if last and row.end is not None:
        row.end(thing)


def use_count(thing: Any) -> int:
    """Returns how many own an object; 0 when it has ended, or is None."""
    row = _owned.get(id(thing))
    return row.count if row is not None else 0


def expired(thing: Any) -> bool:
    """Returns whether nobody owns what a ``weak_ptr`` leads to."""
    return use_count(thing) == 0


def locked(thing: _T | None) -> _T | None:
    """Returns what a ``weak_ptr`` leads to, which has one owner more; None when it has ended."""
    with _lock:
        row = _owned.get(id(thing))
        if row is None:
            return None
        row.count += 1
    return thing


class owning(scoped, Generic[_T]):
    """An owner for one statement, by a ``with``.

    :param thing: what was ``held`` or ``locked``, or is new
    :param caught: whether the program catches anything
    """

    def __init__(self, thing: _T, caught: bool = True) -> None:
        self.thing, self.caught = thing, caught

    def __enter__(self) -> _T:
        return self.thing

    def close(self) -> None:
        """Ends the owner."""
        released(self.thing)


class at_end(scoped):
    """What is done at the end of a block, by a ``with``; not where the program ends by ``exit``.

    :param end: what is done
    :param caught: whether the program catches anything
    """

    def __init__(self, end: Callable[[], object], caught: bool = True) -> None:
        self.end, self.caught = end, caught

    def close(self) -> None:
        """Does it."""
        self.end()


def _owner_of(thing: Any) -> _Owned:
    row = _owned.get(id(thing))
    if row is None:
        raise ValueError(f"{thing!r} has no owner")
    return row
