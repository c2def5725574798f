"""Places in C++'s maps and sets, and the queue by priority.

A ``std::map`` is a dict, a ``std::set`` a set; their order is made where it is asked for. ``m.find(k)`` is
``found_spot(m, k)``, ``m.begin()`` is ``first_spot(m)``, ``m.end()`` is ``spot(m)``; a place of a list is a ``ptr``.
"""

from __future__ import annotations

import bisect
from collections.abc import Callable, Iterable
from typing import Any

__all__ = [
    "added_key",
    "assigned_pair",
    "map_entry",
    "part_of",
    "erase_spot",
    "first_spot",
    "found_spot",
    "inserted_pair",
    "lower_spot",
    "priority_queue",
    "second_of",
    "spot",
    "upper_spot",
]


class spot:
    """A place in a map or a set: its key, or None for the end. A spot is a value: ``it += 1`` makes another one."""

    __slots__ = ("key", "owner")

    def __init__(self, owner: Any, key: Any = None) -> None:
        self.owner, self.key = owner, key

    @property
    def value(self) -> Any:
        """The key of a map's place, what a set has there."""
        if self.key is None:
            raise IndexError("the end of a map or a set has no value")
        return self.key

    @property
    def second(self) -> Any:
        """What a map has there."""
        return self.owner[self.value]

    @second.setter
    def second(self, value: Any) -> None:
        self.owner[self.value] = value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, spot) and other.owner is self.owner and other.key == self.key

    __hash__ = None  # type: ignore[assignment]

    def __add__(self, count: int) -> spot:
        keys = sorted(self.owner)
        at = (len(keys) if self.key is None else bisect.bisect_left(keys, self.key)) + count
        if not 0 <= at <= len(keys):
            raise IndexError("a place outside of a map or a set")
        return spot(self.owner, keys[at] if at < len(keys) else None)

    def __sub__(self, other: Any) -> Any:
        """``at - n`` is a place, ``at - other`` how many steps lead from the other one here."""
        if isinstance(other, int):
            return self + -other
        keys = sorted(self.owner)
        one, two = (len(keys) if at.key is None else bisect.bisect_left(keys, at.key) for at in (self, other))
        return one - two

    def __getitem__(self, index: int) -> Any:
        """What is there: a key, or a key and its value."""
        at = self + index if index else self
        return (at.value, at.second) if isinstance(self.owner, dict) else at.value


def first_spot(owner: Any) -> spot:
    """Returns the place of the least key."""
    return spot(owner, min(owner, default=None))


def found_spot(owner: Any, key: Any) -> spot:
    """Returns the place of a key, or the end."""
    return spot(owner, key if key in owner else None)


def lower_spot(owner: Any, key: Any) -> spot:
    """Returns the place of the first key that is not less."""
    return spot(owner, min((item for item in owner if not item < key), default=None))


def upper_spot(owner: Any, key: Any) -> spot:
    """Returns the place of the first key that is more."""
    return spot(owner, min((item for item in owner if key < item), default=None))


def erase_spot(at: spot) -> spot:
    """Takes out what is at a place, and returns the next place."""
    after = at + 1
    if isinstance(at.owner, dict):
        del at.owner[at.value]
    else:
        at.owner.discard(at.value)
    return after


def inserted_pair(owner: dict[Any, Any], key: Any, value: Any) -> tuple[spot, int]:
    """Puts a value into a map that has no such key, and returns the place, and whether it was put there."""
    fresh = key not in owner
    owner.setdefault(key, value)
    return spot(owner, key), int(fresh)


def assigned_pair(owner: dict[Any, Any], key: Any, value: Any) -> tuple[spot, int]:
    """Puts a value into a map, whatever it has for the key, and returns the place, and whether the key is new."""
    fresh = key not in owner
    owner[key] = value
    return spot(owner, key), int(fresh)


def added_key(owner: set[Any], key: Any) -> tuple[spot, int]:
    """Puts a key into a set, and returns the place, and whether it is new there."""
    fresh = key not in owner
    owner.add(key)
    return spot(owner, key), int(fresh)


class _reference:
    """What a reference or a pointer leads to: ``value`` reads and sets it."""

    __slots__ = ()
    value: Any

    def _where(self) -> tuple[Any, Any]:
        """What holds it, and where in that."""
        raise NotImplementedError

    def __getitem__(self, index: int) -> Any:
        if index:
            raise IndexError("a pointer behind what it leads to")
        return self.value

    def __setitem__(self, index: int, value: Any) -> None:
        if index:
            raise IndexError("a pointer behind what it leads to")
        self.value = value

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, _reference):
            return False
        (one, place), (two, there) = self._where(), other._where()
        return (one is two or (type(one) not in (dict, list) and one == two)) and bool(place == there)

    __hash__ = None  # type: ignore[assignment]


class map_entry(_reference):
    """What a map has for a key, as a reference."""

    __slots__ = ("key", "owner")

    def __init__(self, owner: dict[Any, Any], key: Any) -> None:
        self.owner, self.key = owner, key

    @property
    def value(self) -> Any:
        """What the map has there."""
        return self.owner[self.key]

    @value.setter
    def value(self, value: Any) -> None:
        self.owner[self.key] = value

    def _where(self) -> tuple[Any, Any]:
        return self.owner, self.key


class second_of(_reference):
    """The value at a place in a map, as a reference."""

    __slots__ = ("place",)

    def __init__(self, place: Any) -> None:
        self.place = place

    @property
    def value(self) -> Any:
        """What the map has there."""
        return self.place.second

    @value.setter
    def value(self, value: Any) -> None:
        self.place.second = value

    def _where(self) -> tuple[Any, Any]:
        return (self.place.owner, self.place.key) if isinstance(self.place, spot) else (self.place, 1)


class part_of(_reference):
    """A part of the pair at a place in a list, as a reference."""

    __slots__ = ("index", "place")

    def __init__(self, place: Any, index: int) -> None:
        self.place, self.index = place, index

    @property
    def value(self) -> Any:
        """That part of the pair."""
        return self.place[0][self.index]

    @value.setter
    def value(self, value: Any) -> None:
        parts = list(self.place[0])
        parts[self.index] = value
        self.place[0] = tuple(parts)

    def _where(self) -> tuple[Any, Any]:
        return self.place, self.index


class priority_queue:
    """A queue whose greatest element comes first; equal ones come in the order that the heap of libstdc++ gives."""

    def __init__(self, less: Callable[[Any, Any], Any] | None = None, items: Iterable[Any] = ()) -> None:
        self._less = less or (lambda a, b: a < b)
        self._heap: list[Any] = []
        for item in items:
            self.push(item)

    def __len__(self) -> int:
        return len(self._heap)

    def __copy__(self) -> priority_queue:
        made = priority_queue(self._less)
        made._heap = list(self._heap)
        return made

    def top(self) -> Any:
        """Returns the greatest element."""
        return self._heap[0]

    def push(self, item: Any) -> None:
        """Puts in an element."""
        self._heap.append(item)
        self._rise(len(self._heap) - 1, 0, item)

    def _rise(self, hole: int, top: int, item: Any) -> None:
        while hole > top and self._less(self._heap[(hole - 1) // 2], item):
            self._heap[hole] = self._heap[(hole - 1) // 2]
            hole = (hole - 1) // 2
        self._heap[hole] = item

    def pop(self) -> None:
        """Takes out the greatest element."""
        item = self._heap.pop()
        size = len(self._heap)
        if not size:
            return
        hole, child = 0, 0
        while child < (size - 1) // 2:
            child = 2 * (child + 1)
            child -= bool(self._less(self._heap[child], self._heap[child - 1]))
            self._heap[hole] = self._heap[child]
            hole = child
        if size % 2 == 0 and child == (size - 2) // 2:
            child = 2 * (child + 1)
            self._heap[hole] = self._heap[child - 1]
            hole = child - 1
        self._rise(hole, 0, item)
