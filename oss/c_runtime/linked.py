"""``std::list`` where places in it are kept: they stay what they are, whatever is put in or taken out around them.

``l.begin()`` is ``l.first()``, ``l.end()`` is ``l.end()``; a place is a value, ``at += 1`` makes another one, and
``at[0]`` is what is there. Else a linked list is used as a list of Python.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

__all__ = ["linked", "linked_place"]


class _Node:
    __slots__ = ("after", "before", "value")

    def __init__(self, value: Any = None) -> None:
        self.value = value
        self.before = self.after = self


class linked_place:
    """A place in a linked list."""

    __slots__ = ("_end", "_node")

    def __init__(self, node: _Node, end: _Node) -> None:
        self._node, self._end = node, end

    def __getitem__(self, index: int) -> Any:
        return (self + index)._there().value

    def __setitem__(self, index: int, value: Any) -> None:
        (self + index)._there().value = value

    value = property(lambda self: self[0], lambda self, value: self.__setitem__(0, value), doc="What is there.")

    def _there(self) -> _Node:
        if self._node is self._end or self._node.after is None:
            raise IndexError("the end of a list, or what was taken out of it")
        return self._node

    def __add__(self, count: int) -> linked_place:
        node = self._node
        for _ in range(abs(count)):
            node = node.after if count > 0 else node.before
            if node is None:
                raise IndexError("what was taken out of a list has no neighbours")
        return linked_place(node, self._end)

    def __sub__(self, other: Any) -> Any:
        """``at - n`` is a place, ``at - other`` how many steps lead from the other one here."""
        if isinstance(other, int):
            return self + -other
        count = 0
        while other != self:
            other, count = other + 1, count + 1
        return count

    def __eq__(self, other: object) -> bool:
        return isinstance(other, linked_place) and other._node is self._node

    def __hash__(self) -> int:
        return id(self._node)


class linked:
    """A linked list."""

    def __init__(self, items: Iterable[Any] = ()) -> None:
        self._end, self._count = _Node(), 0
        self.extend(items)

    def first(self) -> linked_place:
        """Returns the place of the first element."""
        return linked_place(self._end.after, self._end)

    def end(self) -> linked_place:
        """Returns the place behind the last element."""
        return linked_place(self._end, self._end)

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Any]:
        node = self._end.after
        while node is not self._end:
            yield node.value
            node = node.after

    def __reversed__(self) -> Iterator[Any]:
        node = self._end.before
        while node is not self._end:
            yield node.value
            node = node.before

    def __eq__(self, other: object) -> bool:
        return isinstance(other, linked) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]

    def __getitem__(self, index: int) -> Any:
        return (self.first() + index if index >= 0 else self.end() + index)[0]

    def __setitem__(self, index: int, value: Any) -> None:
        (self.first() + index if index >= 0 else self.end() + index)[0] = value

    def put(self, at: linked_place, value: Any) -> linked_place:
        """Puts a value before a place, and returns the place of it."""
        return self._joined(at._node, _Node(value))

    def _joined(self, after: _Node, node: _Node) -> linked_place:
        node.before, node.after = after.before, after
        after.before.after = after.before = node
        self._count += 1
        return linked_place(node, self._end)

    def take(self, at: linked_place, *, dead: bool = True) -> linked_place:
        """Takes out what is at a place, and returns the place behind it."""
        node = at._there()
        after = node.after
        node.before.after, after.before = after, node.before
        if dead:
            node.before = node.after = None  # type: ignore[assignment]  # nothing leads on from there
        self._count -= 1
        return linked_place(after, self._end)

    def splice(self, at: linked_place, other: linked, node: linked_place | None = None) -> None:
        """Moves one element of a list, or all of them, before a place of this one; the places of them stay."""
        rows = [node._there()] if node is not None else []
        while node is None and other._count:
            rows.append(other._end.after)
            other.take(other.first(), dead=False)
        for row in rows:
            if row is at._node:
                return
            if node is not None:
                other.take(node, dead=False)
            self._joined(at._node, row)

    def append(self, value: Any) -> None:
        """Puts a value behind the last one."""
        self.put(self.end(), value)

    def extend(self, values: Iterable[Any]) -> None:
        """Puts values behind the last one."""
        for value in list(values):
            self.append(value)

    def insert(self, index: int, value: Any) -> None:
        """Puts a value before the one with an index."""
        self.put(self.first() + index, value)

    def pop(self, index: int = -1) -> Any:
        """Takes out the element with an index, and returns it."""
        at = self.first() + index if index >= 0 else self.end() + index
        value = at[0]
        self.take(at)
        return value

    def clear(self) -> None:
        """Takes out all."""
        while self._count:
            self.pop(0)

    def remove_if(self, f: Callable[[Any], Any]) -> None:
        """Takes out each element for which a function is true."""
        at = self.first()
        while at != self.end():
            at = self.take(at) if f(at[0]) else at + 1

    def _rearranged(self, nodes: list[_Node]) -> None:
        self._end.before = self._end.after = self._end
        self._count = 0
        for node in nodes:
            self._joined(self._end, node)

    def _nodes(self) -> list[_Node]:
        rows, node = [], self._end.after
        while node is not self._end:
            rows.append(node)
            node = node.after
        return rows

    def sort(self, key: Callable[[Any], Any] = lambda item: item) -> None:
        """Sorts the elements, whose places stay with them."""
        self._rearranged(sorted(self._nodes(), key=lambda node: key(node.value)))

    def reverse(self) -> None:
        """Turns the order around."""
        self._rearranged(self._nodes()[::-1])
