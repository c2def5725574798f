"""Unions, structs in them, and structs that are read or written as bytes: their members lie in bytes as in C.

A class names its members with their types and places; those of a union all begin at 0::

    class value_t(shared, size=8):
        i = member(int32_t)
        d = member(double)
        text = member(char, 0, 8)
        name = member(pointer)

Numbers, arrays and structs of numbers may be read through another member than they were written by, as in C. A pointer
is there as long as its bytes are, and where they are copied to: reading one where something else was written since is
a ValueError, and so is a number where a pointer is. ``fwrite(&v, 8, 1, f)`` is ``fwrite(address_of(v), 8, 1, f)``,
and ``(value_t *)p`` is ``cast(p, value_t)``. A struct that ends with ``char data[]`` is made by
``sized(line_t, 8 + n)``.
"""

from __future__ import annotations

from typing import Any, TypeVar
from weakref import WeakValueDictionary

from oss.c_runtime.arrays import row
from oss.c_runtime.numbers import Block, CType, Integer, outside, uint64_t
from oss.c_runtime.pointers import ptr
from oss.c_runtime.structs import pointer, struct

S = TypeVar("S", bound="shared")

__all__ = ["address_of", "member", "place_of", "shared", "sized"]

_copied: dict[int, Any] = {}
"""What the pointers lead to that were copied as bytes, by their numbers."""
_seen: WeakValueDictionary[tuple[int, int, type[shared]], shared] = WeakValueDictionary()
"""The structs that lie in blocks, by the blocks, which they keep, and their places."""


class _Shared(bytearray):
    """The bytes of a union: ``held`` has what its pointers lead to, by their places."""

    freed = on_heap = False

    def __init__(self, size: int) -> None:
        super().__init__(size)
        self.held: dict[int, tuple[int, CType[Any], Any]] = {}

    def copied(self) -> None:
        """Keeps what the pointers lead to, since their bytes may be copied."""
        for number, _, value in self.held.values():
            if _copied.setdefault(number, value) is not value and _copied[number] != value:
                raise ValueError("the bytes of two pointers are the same")

    def pointer_within(self, start: int, end: int) -> CType[Any] | None:
        """Returns the pointer that lies in some of these bytes."""
        for at, (number, kind, _) in self.held.items():
            if at < end and start < at + kind.size and number and uint64_t.load(self, at) == number:
                return kind
        return None


class _Held(CType[Any]):
    """A pointer as a member: its bytes are a number that stands for the object it leads to."""

    def __init__(self, name: str) -> None:
        super().__init__(name, 8, 8)

    def load(self, block: Any, at: int) -> Any:
        number = uint64_t.load(block, at)
        found = _held(block).get(at)
        if found is not None and found[0] == number and found[1] is self:
            return found[2]
        if number in _copied:
            return _copied[number]
        if number:
            raise ValueError(f"{self.name} is read, but it is not what was written last")
        return None

    def store(self, block: Any, at: int, value: Any) -> None:
        number = 0 if value is None else value if isinstance(value, int) else _address(value)
        uint64_t.store(block, at, number)
        if isinstance(block, _Shared):
            block.held[at] = uint64_t(number), self, value
        elif value is not None:
            _copied[uint64_t(number)] = value


def _held(block: Any) -> dict[int, tuple[int, CType[Any], Any]]:
    return block.held if isinstance(block, _Shared) else {}


def _address(value: Any) -> int:
    return value.address if isinstance(value, ptr) else id(value)


class _Part(CType[Any]):
    """A struct as a member: it is seen in the bytes of the outer one."""

    def __init__(self, cls: type[shared]) -> None:
        super().__init__(cls.__name__, cls._size, cls._size)
        self.cls = cls

    def load(self, block: Any, at: int) -> shared:
        if not 0 <= at <= len(block) - self.size:
            raise outside(self.name, block, at)
        found = _seen.get((id(block), at, self.cls))
        if found is None:
            found = _seen[id(block), at, self.cls] = self.cls.__new__(self.cls)
            found._block, found._place = block, at
        return found

    def zeros(self, count: int) -> Block:
        return _Shared(count * self.size)

    def store(self, block: Any, at: int, value: shared) -> None:
        self.load(block, at)._copy_from(value)


class _Bits(CType[int]):
    """A bit field: so many bits, from one of a number on."""

    def __init__(self, of: Integer, first: int, width: int) -> None:
        super().__init__(of.name, of.size, of.stride)
        self.of, self.first, self.kind = Integer(of.bits, False), first, Integer(width, of.signed)
        self.mask = (1 << width) - 1

    def load(self, block: Any, at: int) -> int:
        return self.kind(self.of.load(block, at) >> self.first & self.mask)

    def store(self, block: Any, at: int, value: int) -> None:
        others = self.of.load(block, at) & ~(self.mask << self.first)
        self.of.store(block, at, others | (value & self.mask) << self.first)


class member:
    """A member of a union, or of a struct in one.

    :param of: its type: of a number, ``pointer``, or a class
    :param at: the byte that it begins at
    :param counts: how many there are, of an array
    :param bits: the first bit and the number of bits, of a bit field
    """

    def __init__(self, of: Any, at: int = 0, *counts: int, bits: tuple[int, int] | None = None) -> None:
        self.of, self.at, self.counts, self.bits = of, at, counts, bits

    def __set_name__(self, owner: type[shared], name: str) -> None:
        kind: CType[Any] = self.of
        if self.of is pointer:
            kind = _Held(f"{owner.__name__}.{name}")
        elif isinstance(self.of, type):
            kind = _Part(self.of)
        elif self.bits is not None:
            kind = _Bits(self.of, *self.bits)
        self.number = not (self.counts or isinstance(kind, (_Held, _Part)))
        for count in reversed(self.counts):
            kind = row(kind, count)
        self.kind, self.name = kind, f"{owner.__name__}.{name}"

    def __get__(self, owner: shared | None, cls: type[shared]) -> Any:
        if owner is None:
            return self
        at = owner._place + self.at
        if self.number and _held(owner._block):
            found = owner._block.pointer_within(at, at + self.kind.size)
            if found is not None:
                raise ValueError(f"{self.name} is read, but {found} was written last")
        return self.kind.load(owner._block, at)

    def __set__(self, owner: shared, value: Any) -> None:
        self.kind.store(owner._block, owner._place + self.at, value)


class shared(struct):
    """A union, or a struct that lies in bytes: ``size`` is its ``sizeof``; the members may be given by their names."""

    _in_bytes = True
    _size = 0
    _block: Any
    _place: int
    as_element: CType[Any]

    def __init_subclass__(cls, size: int) -> None:
        cls._size = size
        cls.as_element = _Part(cls)

    def __init__(self, **members: Any) -> None:
        self._block, self._place = _Shared(self._size), 0
        _seen[id(self._block), 0, type(self)] = self
        for name, value in members.items():
            setattr(self, name, value)

    def _copy_from(self, other: Any) -> None:
        """Takes over all bytes of another one of the same class, and what its pointers lead to."""
        start, end, by = other._place, other._place + self._size, self._place - other._place
        data = other._block[start:end]
        held = {at + by: kept for at, kept in _held(other._block).items() if start <= at < end}
        mine = _held(self._block)
        for at in [at for at in mine if start <= at - by < end]:
            del mine[at]
        self._block[self._place : self._place + self._size] = data
        mine |= held
        if not isinstance(self._block, _Shared) and isinstance(other._block, _Shared):
            other._block.copied()


def place_of(owner: shared, name: str) -> ptr[Any]:
    """Returns the address of a member: ``&v->n`` is ``place_of(v, "n")``."""
    found: member = getattr(type(owner), name)
    return ptr(owner._block, owner._place + found.at, found.kind)


def address_of(owner: S | None) -> ptr[S]:
    """Returns the address of a struct: ``&s``; None for NULL."""
    if owner is None:
        return None  # type: ignore[return-value]  # C's NULL
    if isinstance(owner._block, _Shared):
        owner._block.copied()
    return ptr(owner._block, owner._place, owner.as_element)


def sized(cls: type[S], size: int, old: S | None = None) -> S:
    """Returns a new struct that ends with an array of no length of its own: ``malloc(size)``, ``realloc(old, size)``.

    :param cls: its class
    :param size: how many bytes it has
    :param old: what it has the bytes of
    """
    made = cls.__new__(cls)
    made._block, made._place = _Shared(max(size, cls._size)), 0
    if old is not None:
        both = min(len(made._block), len(old._block))
        made._block[:both] = old._block[:both]
        made._block.held |= old._block.held
    _seen[id(made._block), 0, cls] = made
    return made
