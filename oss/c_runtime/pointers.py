"""Pointers: a place in a block of memory, and what is found there.

A block is a bytearray, bytes, a memoryview, or a list for what is no number: structs and pointers. ``char a[64]`` is
``a = array(char, 64)``, which is a pointer to its first element, as arrays are in C; ``&a[3]`` is ``a + 3``.
``ptr(b)`` points to the start of a bytearray or a list that the program has already, ``ptr("text")`` into a literal.

A local whose address is taken is ``n = ref(0)``, then ``n.value``; where its bytes are wanted too (``memcpy(&n, …)``),
it is ``array(int32_t, [0])``, which has ``.value`` as well. ``&s->n`` is ``field(s, "n")``. All of them are taken
where the SDK asks for an ``aos_ref_t``.
"""

from __future__ import annotations

import ctypes
import functools
from typing import Any, TypeAlias, TypeVar, overload

from aos._c.refs import aos_ref_t
from aos._c.text import decode, encode
from oss.c_runtime.numbers import Block, CType, char, outside
from oss.c_runtime.structs import anything

T = TypeVar("T")

__all__ = ["Memory", "Text", "cast", "field", "pointer_of", "ptr", "ref", "string_at", "text_from"]


class ptr(aos_ref_t[T]):
    """A pointer: ``block`` and the place ``at`` in it, with elements of type ``of``.

    A pointer is a value: ``p += 1`` makes another one, and what was copied from ``p`` stays where it was.
    """

    __slots__ = ("at", "block", "of")
    __iter__ = None

    @overload
    def __init__(self, block: Block | str, at: int, of: CType[T]) -> None: ...

    @overload
    def __init__(self: ptr[int], block: str | bytes | bytearray | memoryview, at: int = 0) -> None: ...

    @overload
    def __init__(self, block: list[T], at: int = 0) -> None: ...

    @overload
    def __init__(self: ptr[Any], block: Block | str, at: int = 0, of: CType[Any] | None = None) -> None: ...

    def __init__(self, block: Block | str, at: int = 0, of: CType[Any] | None = None) -> None:
        self.block: Any = _literal(block) if isinstance(block, str) else block
        self.at = at
        self.of: CType[Any] = of or (anything if isinstance(block, list) else char)

    def __getitem__(self, index: int) -> T:
        found: T = self.of.load(self.block, self.at + index * self.of.stride)
        return found

    def __setitem__(self, index: int, value: T) -> None:
        self.of.store(self.block, self.at + index * self.of.stride, value)

    @property
    def value(self) -> T:
        """What it points to."""
        return self[0]

    @value.setter
    def value(self, value: T) -> None:
        self.of.store(self.block, self.at, value)

    @property
    def address(self) -> int:
        """A number that no other place has while the block is there: what ``%p`` shows, and ``(uintptr_t)p`` is."""
        base = id(self.block)
        if isinstance(self.block, bytearray) and self.block:
            base = ctypes.addressof(ctypes.c_char.from_buffer(self.block))
        return base + self.at * (self.of.size or 8) // self.of.stride

    def __add__(self, count: int) -> ptr[T]:
        return ptr(self.block, self.at + count * self.of.stride, self.of)

    __radd__ = __add__

    def __sub__(self, other: Any) -> Any:
        """``p - n`` is a pointer, ``p - q`` a number of elements."""
        if isinstance(other, ptr):
            return (self.at - self._place(other)) // self.of.stride
        return ptr(self.block, self.at - other * self.of.stride, self.of)

    def _place(self, other: ptr[Any] | None) -> int:
        """Returns where another pointer is in the same block; NULL is before every place."""
        if other is None:
            return self.at - 1
        if other.block is not self.block:
            raise ValueError("pointers into different blocks have no order and no distance")
        return other.at

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ptr) and other.block is self.block and other.at == self.at

    def __hash__(self) -> int:
        return hash((id(self.block), self.at))

    def __lt__(self, other: ptr[Any] | None) -> bool:
        return self.at < self._place(other)

    def __le__(self, other: ptr[Any] | None) -> bool:
        return self.at <= self._place(other)

    def __gt__(self, other: ptr[Any] | None) -> bool:
        return self.at > self._place(other)

    def __ge__(self, other: ptr[Any] | None) -> bool:
        return self.at >= self._place(other)

    def __bool__(self) -> bool:
        return True

    def __str__(self) -> str:
        return decode(string_at(self))

    def __repr__(self) -> str:
        return f"<ptr to {self.of} at {self.at} of {len(self.block)}>"

    def __buffer__(self, flags: int = 0) -> memoryview:
        """What is there, up to the end of the block: how the SDK reads and fills it."""
        return self.memory()

    def memory(self, count: int | None = None) -> memoryview:
        """Returns so many bytes from here on, not copied; all of the block when ``count`` is None."""
        if not self.of.in_bytes:
            raise TypeError(f"{self.of} has no bytes here")
        end = len(self.block) if count is None else self.at + count
        if not 0 <= self.at <= end <= len(self.block) or getattr(self.block, "freed", False):
            raise outside(f"{end - self.at} bytes", self.block, self.at)
        if hasattr(self.block, "copied"):
            self.block.copied()
        return memoryview(self.block)[self.at : end]

    def refill(self, other: ptr[T]) -> None:
        """Copies a whole array into this one, as the assignment of a struct does with the arrays in it."""
        if self.of.in_bytes:
            self.block[:] = other.block
        else:
            for index, value in enumerate(other.block):
                self.of.leaf.store(self.block, index, value)

    def cells(self, size: int) -> list[T]:
        """Returns the elements, objects that have no bytes, that ``size`` bytes of them are."""
        count, rest = divmod(size, self.of.size or 1)
        if rest or not self.of.size:
            raise TypeError(f"{size} bytes are no whole number of {self.of} (size {self.of.size or 'unknown'})")
        return [self[index] for index in range(count)]


class ref(aos_ref_t[T]):
    """A local whose address is taken, or the address itself: ``n.value``, and ``n[0]`` as through any pointer."""

    __slots__ = ()

    def __getitem__(self, index: int) -> T:
        if index:
            raise IndexError(f"[{index}] of the address of one variable")
        return self.value

    def __setitem__(self, index: int, value: T) -> None:
        if index:
            raise IndexError(f"[{index}] of the address of one variable")
        self.value = value

    @property
    def address(self) -> int:
        """A number that no other variable has while this one is there."""
        return id(self)

    def seen_as(self, of: CType[Any]) -> Any:
        """Returns itself for a type that the variable may have: what is no byte of it."""
        if of.size == 1:
            raise TypeError("the bytes of one variable")
        return self


class field(ref[Any]):
    """The address of a struct's field: ``&s->n`` is ``field(s, "n")``."""

    __slots__ = ("name", "owner")

    def __init__(self, owner: object, name: str) -> None:
        self.owner, self.name = owner, name

    @property
    def value(self) -> Any:
        """What the field holds."""
        return getattr(self.owner, self.name)

    @value.setter
    def value(self, value: Any) -> None:
        setattr(self.owner, self.name, value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, field) and other.owner is self.owner and other.name == self.name

    def __hash__(self) -> int:
        return hash((id(self.owner), self.name))

    def __repr__(self) -> str:
        return f"<address of {type(self.owner).__name__}.{self.name}>"


@functools.lru_cache(maxsize=1024)
def _literal(text: str) -> bytes:
    """Returns the block of a literal: the same for the same text, as compilers do it."""
    return encode(text) + b"\0"


Text: TypeAlias = "ptr[Any] | str | bytes | bytearray | memoryview"
"""What is taken where C reads a text, or bytes."""

Memory: TypeAlias = "ptr[Any] | bytearray | memoryview | list[Any]"
"""What is taken where C fills memory."""


def pointer_of(place: Any, of: CType[Any] | None = None) -> ptr[Any]:
    """Returns the pointer for what is taken as one: a ptr itself, a text or bytes with a NUL after them."""
    if isinstance(place, ptr):
        return place
    if isinstance(place, bytes):
        place += b"\0"
    if not isinstance(place, (str, bytes, bytearray, memoryview, list)):
        raise TypeError(f"a pointer is wanted, not {type(place).__name__}")
    return ptr(place, 0, of)


def cast(place: Any, of: CType[T] | type[T]) -> ptr[T]:
    """Returns C's ``(of *)place``, which is None for NULL.

    Bytes may be seen as elements of any number type, or as structs that lie in bytes. Objects in a list stay what they
    are.
    """
    of = of if isinstance(of, CType) else of.as_element  # type: ignore[attr-defined]  # of a struct in bytes
    if place is None:
        return None  # type: ignore[return-value]  # C's NULL, which has every pointer type
    if isinstance(place, ref):
        same: ptr[T] = place.seen_as(of)
        return same
    seen = pointer_of(place)
    if not seen.of.in_bytes:
        if of.in_bytes and of.name != "void":
            raise TypeError(f"{seen.of} cannot be seen as {of}: it has no bytes here")
        return seen
    if not of.in_bytes:
        raise TypeError(f"bytes cannot be seen as {of}")
    return ptr(seen.block, seen.at, of)


def string_at(place: Text, size: int | None = None) -> bytes:
    """Returns the bytes up to the NUL, or ``size`` bytes; without a NUL in its block it is an IndexError."""
    if size is not None:
        return bytes(pointer_of(place).memory(size))
    if isinstance(place, ptr):
        return text_from(place.block, place.at, isinstance(place.block, bytes))
    if isinstance(place, str):
        place = encode(place)
    return text_from(place, 0, isinstance(place, bytes))


def text_from(block: Any, at: int, open_ended: bool = False) -> bytes:
    """Returns the text that begins at a place of a block of bytes."""
    if isinstance(block, memoryview):
        block = bytes(block)
    if not isinstance(block, (bytes, bytearray)):
        raise TypeError("a text is wanted, not objects")
    if not 0 <= at <= len(block) or getattr(block, "freed", False):
        raise outside("text", block, at)
    end = block.find(0, at)
    if end < 0 and not open_ended:
        raise IndexError("text without a NUL in its block")
    return bytes(block[at:] if end < 0 else block[at:end])
