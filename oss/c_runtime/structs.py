"""A program's structs, and other objects that are elements of arrays: they have no bytes here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from aos._c.structs import CStruct
from oss.c_runtime.numbers import Block, CType, outside

T = TypeVar("T")

__all__ = ["anything", "assign", "contain", "outer_of", "pointer", "record", "struct"]


class struct:
    """A struct of a program. ``copy.copy`` and :func:`assign` copy it as C does: what it holds by value, deeply.

    A class names in ``by_value`` the fields that are arrays or structs in C, not pointers to such::

        class item_t(struct):
            by_value = ("name", "where")

            def __init__(self) -> None:
                self.name = array(char, 32)
                self.where = point_t()
                self.next: item_t | None = None
    """

    by_value: tuple[str, ...] = ()
    _in_bytes = False

    def _copy_from(self, other: Any) -> None:
        """Takes over another one, where all of it lies in bytes."""
        raise NotImplementedError

    def __copy__(self: T) -> T:
        return assign(type(self)(), self)


def assign(dest: T, src: T) -> T:
    """Does C's ``*dest = *src`` for structs of the program or of the SDK, and returns ``dest``."""
    if isinstance(dest, CStruct):
        for item in dest.c_fields:
            item.copy(dest, src)
    elif isinstance(dest, struct) and dest._in_bytes:
        dest._copy_from(src)
    elif dest is not src:
        inside = getattr(dest, "by_value", ())
        for name, value in vars(src).items():
            if name in inside:
                _refill(getattr(dest, name), value)
            elif name != _AROUND:
                setattr(dest, name, value)
    return dest


def contain(outer: object, name: str) -> None:
    """Lets the struct in a field know the one that it stands in, for :func:`outer_of`."""
    setattr(getattr(outer, name), _AROUND, outer)


def outer_of(inner: object, kind: type[T]) -> T:
    """Returns the struct of a class that another one stands in, as ``container_of`` does; None for NULL.

    :param inner: the struct in a field, or in a field of one in a field
    :param kind: the class of the outer struct
    """
    found = inner
    while found is not None and (found is inner or not isinstance(found, kind)):
        found = getattr(found, _AROUND)
    return found  # type: ignore[return-value]  # None has every pointer type


_AROUND = "_around"
"""What a struct in a field knows the outer one by; it stays as it is when another struct is copied there."""


def _refill(here: Any, value: Any) -> None:
    if hasattr(here, "refill"):
        here.refill(value)
    elif isinstance(here, (bytearray, list)):
        here[:] = value
    elif isinstance(here, (dict, set)):
        kept = value.copy()
        here.clear()
        here.update(kept)
    else:
        assign(here, value)


class record(CType[T]):
    """A struct, or anything else that is an object here: elements of a list, made by ``make``.

    Storing one copies it into the element that is there, as C does; ``size``, C's ``sizeof``, is wanted by what counts
    bytes.
    """

    in_bytes = False

    def __init__(self, make: Callable[[], T], size: int = 0, name: str = "") -> None:
        super().__init__(name or getattr(make, "__name__", "record"), size, 1)
        self.make = make

    def load(self, block: Any, at: int) -> T:
        if not 0 <= at < len(block):
            raise outside(self.name, block, at)
        found: T = block[at]
        return found

    def store(self, block: Any, at: int, value: T) -> None:
        assign(self.load(block, at), value)

    def zeros(self, count: int) -> Block:
        return [self.make() for _ in range(count)]


class _Pointer(record[Any]):
    """What is stored as it is: a pointer, or a number in a list that the program has already."""

    def store(self, block: Any, at: int, value: Any) -> None:
        if not 0 <= at < len(block):
            raise outside(self.name, block, at)
        block[at] = value


pointer: record[Any] = _Pointer(lambda: None, 8, "pointer")
"""A pointer, of whatever type: an element of ``char *names[]``."""

anything: record[Any] = _Pointer(lambda: None, 0, "object")
"""What is in a list of which nothing else is known."""
