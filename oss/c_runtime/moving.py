"""Vectors whose elements notice where they are: a ``std::vector`` of objects whose copies and ends can be seen."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

__all__ = ["erase_owned_if", "moving_list", "remove_owned_if"]

_T = TypeVar("_T")


class moving_list(list[_T]):
    """A list that grows as libstdc++'s vector does: its elements move to memory of twice the size, and end in the old.

    :param again: makes another object of an element: what C++ moves or copies it by
    :param items: the first elements
    :param each: whether each element ends before the next one moves; else all move first
    """

    def __init__(self, again: Callable[[_T], _T], items: Iterable[_T] = (), each: bool = False) -> None:
        super().__init__(items)
        self.again, self.each, self.capacity = again, each, len(self)

    def append(self, item: _T) -> None:
        """Puts an element behind the others, which move where there is no place for it."""
        if len(self) == self.capacity:
            self.reserve(max(1, 2 * len(self)))
        super().append(item)

    def reserve(self, capacity: int) -> None:
        """Moves the elements to memory for so many, unless they are there already."""
        if capacity <= self.capacity:
            return
        self.capacity = capacity
        if self.each:
            for index, old in enumerate(self):
                self[index] = self.again(old)
                _ended(old)
            return
        before = list(self)
        self[:] = [self.again(old) for old in before]
        for old in before:
            _ended(old)


def _ended(thing: Any) -> None:
    if hasattr(thing, "close"):
        thing.close()


def erase_owned_if(
    items: list[Any],
    test: Callable[[Any], Any],
    end: Callable[[Any], object],
    assign: Callable[[Any, Any], object] | None = None,
) -> None:
    """Takes elements out of a vector as ``v.erase(std::remove_if(v.begin(), v.end(), f), v.end())`` does.

    What stays moves to the front, over what does not, which ends by that; what is left behind it ends at last.

    :param items: the vector
    :param test: whether an element goes
    :param end: ends what an element owns, or the element
    :param assign: sets one element to another one, which moves; None for pointers, which leave None behind
    """
    out = next((index for index, item in enumerate(items) if test(item)), len(items))
    for index in range(out + 1, len(items)):
        if test(items[index]):
            continue
        if assign is not None:
            assign(items[out], items[index])
        else:
            gone, items[out], items[index] = items[out], items[index], None
            if gone is not None:
                end(gone)
        out += 1
    for item in items[out:]:
        if item is not None:
            end(item)
    del items[out:]


def remove_owned_if(items: list[Any], test: Callable[[Any], Any], end: Callable[[Any], object]) -> None:
    """Takes elements out of a list as ``l.remove_if(f)`` does: the last of them ends first.

    :param items: the list
    :param test: whether an element goes
    :param end: ends what an element owns, or the element
    """
    gone = [bool(test(item)) for item in items]
    ended = [item for item, goes in zip(items, gone, strict=True) if goes]
    items[:] = [item for item, goes in zip(items, gone, strict=True) if not goes]
    for item in reversed(ended):
        if item is not None:
            end(item)
