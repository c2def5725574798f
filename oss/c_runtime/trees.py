"""C++'s maps and sets with keys that Python cannot find, an order of their own, or several values for a key.

``ordered_map`` and ``ordered_set`` are ``std::map`` and ``std::set``; keys are the same where neither is less.
``multimap`` and ``multiset`` have several of the same. A place stays what it is while others come and go.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Iterator
from typing import Any

__all__ = ["multimap", "multiset", "ordered_map", "ordered_set"]


class _Entry:
    __slots__ = ("key", "value")

    def __init__(self, key: Any, value: Any) -> None:
        self.key, self.value = key, value


class _Place:
    """A place, or the end: a value, so that ``at += 1`` makes another one."""

    __slots__ = ("_entry", "_owner")

    def __init__(self, owner: _Tree, entry: _Entry | None) -> None:
        self._owner, self._entry = owner, entry

    def _there(self) -> _Entry:
        if self._entry is None:
            raise IndexError("the end of a map or a set has no value")
        return self._entry

    @property
    def value(self) -> Any:
        """The key."""
        return self._there().key

    @property
    def second(self) -> Any:
        """What a map has there."""
        return self._there().value

    @second.setter
    def second(self, value: Any) -> None:
        self._there().value = value

    def _index(self) -> int:
        rows = self._owner._entries
        return next((at for at, row in enumerate(rows) if row is self._entry), len(rows))

    def __add__(self, count: int) -> _Place:
        return self._owner._at(self._index() + count)

    def __sub__(self, other: Any) -> Any:
        return self + -other if isinstance(other, int) else self._index() - other._index()

    def __getitem__(self, index: int) -> Any:
        at = (self + index)._there()
        return (at.key, at.value) if isinstance(self._owner, ordered_map) else at.key

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Place) and other._owner is self._owner and other._entry is self._entry

    __hash__ = None  # type: ignore[assignment]


class _Tree:
    several = False

    def __init__(self, less: Callable[[Any, Any], Any] | None = None, items: Iterable[Any] = ()) -> None:
        self.less = less or operator.lt
        self._entries: list[_Entry] = []
        self._fill(items)

    def _fill(self, items: Iterable[Any]) -> None:
        for item in items:
            self.insert(item)

    def _bound(self, key: Any, *, above: bool) -> int:
        low, high = 0, len(self._entries)
        while low < high:
            middle = (low + high) // 2
            row = self._entries[middle].key
            before = not self.less(key, row) if above else self.less(row, key)
            low, high = (middle + 1, high) if before else (low, middle)
        return low

    def _at(self, index: int) -> _Place:
        if not 0 <= index <= len(self._entries):
            raise IndexError("a place outside of a map or a set")
        return _Place(self, self._entries[index] if index < len(self._entries) else None)

    def _found(self, key: Any) -> _Entry | None:
        at = self._bound(key, above=False)
        row = self._entries[at] if at < len(self._entries) else None
        return None if row is None or self.less(key, row.key) else row

    def __len__(self) -> int:
        return len(self._entries)

    def __iter__(self) -> Iterator[Any]:
        return iter([row.key for row in self._entries])

    def __contains__(self, key: object) -> bool:
        return self._found(key) is not None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Tree) and self.items() == other.items()

    __hash__ = None  # type: ignore[assignment]

    def items(self) -> list[tuple[Any, Any]]:
        """Returns the keys and values in their order."""
        return [(row.key, row.value) for row in self._entries]

    def insert(self, key: Any, value: Any = None) -> Any:
        """Puts in a key and a value, and returns the place, and whether they are new there."""
        found = None if self.several else self._found(key)
        if found is None:
            row = _Entry(key, value)
            self._entries.insert(self._bound(key, above=True), row)
            return _Place(self, row) if self.several else (_Place(self, row), 1)
        return _Place(self, found), 0

    def update(self, items: Iterable[Any]) -> None:
        """Puts in several keys."""
        self._fill(items)

    def first(self) -> _Place:
        """Returns the place of the first key."""
        return self._at(0)

    def end(self) -> _Place:
        """Returns the place behind the last key."""
        return _Place(self, None)

    def find(self, key: Any) -> _Place:
        """Returns the place of a key, or the end."""
        return _Place(self, self._found(key))

    def lower_bound(self, key: Any) -> _Place:
        """Returns the place of the first key that is not less."""
        return self._at(self._bound(key, above=False))

    def upper_bound(self, key: Any) -> _Place:
        """Returns the place of the first key that is more."""
        return self._at(self._bound(key, above=True))

    def equal_range(self, key: Any) -> tuple[_Place, _Place]:
        """Returns where a key begins, and where it ends."""
        return self.lower_bound(key), self.upper_bound(key)

    def count(self, key: Any) -> int:
        """Returns how often a key is there."""
        return self._bound(key, above=True) - self._bound(key, above=False)

    def erase(self, key: Any) -> int:
        """Takes out a key, and returns how often it was there."""
        start, stop = self._bound(key, above=False), self._bound(key, above=True)
        del self._entries[start:stop]
        return stop - start

    def take(self, at: _Place) -> _Place:
        """Takes out what is at a place, and returns the place behind it."""
        at._there()
        index = at._index()
        del self._entries[index]
        return self._at(index)

    def clear(self) -> None:
        """Takes out all."""
        self._entries.clear()


class ordered_set(_Tree):
    """A ``std::set``."""


class multiset(_Tree):
    """A ``std::multiset``."""

    several = True


class ordered_map(_Tree):
    """A ``std::map``."""

    def _fill(self, items: Iterable[Any]) -> None:
        for key, value in items:
            self.insert(key, value)

    def __getitem__(self, key: Any) -> Any:
        found = self._found(key)
        if found is None:
            raise KeyError(key)
        return found.value

    def __setitem__(self, key: Any, value: Any) -> None:
        self.setdefault(key, value)
        self.find(key).second = value

    def insert_or_assign(self, key: Any, value: Any) -> tuple[_Place, int]:
        """Puts in a value, for a new key or one that is there, and returns the place, and whether it is new."""
        made: tuple[_Place, int] = self.insert(key, value)
        made[0].second = value
        return made

    def setdefault(self, key: Any, value: Any) -> Any:
        """Returns what there is for a key; where there is none, a value goes there."""
        return self.insert(key, value)[0].second


class multimap(ordered_map):
    """A ``std::multimap``."""

    several = True
