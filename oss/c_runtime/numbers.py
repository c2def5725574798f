"""C's number types: how a value is converted to one, how large it is, and how it lies in memory.

A type is called to convert a value, as a cast or an assignment does in C: ``uint8_t(300)`` is 44, ``int32_t(2.9)`` is
2. Arithmetic is Python's, which never overflows; what C would store is the conversion of its result:
``c = a + b`` for ``uint32_t`` is ``c = uint32_t(a + b)``, a shift is ``uint32_t(a << n)``.

``int`` is ``int32_t``, ``long`` and ``long long`` are ``int64_t``; bytes are in little-endian order.
"""

from __future__ import annotations

import math
import struct
from typing import Any, Generic, TypeAlias, TypeVar

T = TypeVar("T")

Block: TypeAlias = "bytes | bytearray | memoryview | list[Any]"
"""What has addresses: bytes, or a list for what has no bytes here, such as structs and pointers."""

__all__ = [
    "Block",
    "CType",
    "Integer",
    "bool_",
    "char",
    "double",
    "float_",
    "idiv",
    "imod",
    "int8_t",
    "int16_t",
    "int32_t",
    "int64_t",
    "outside",
    "size_t",
    "ssize_t",
    "uint8_t",
    "uint16_t",
    "uint32_t",
    "uint64_t",
    "void",
]


def outside(what: str, block: Any, at: int) -> IndexError:
    """Returns the error of an access outside of a block, or to one that was freed."""
    freed = ", which was freed" if getattr(block, "freed", False) else ""
    return IndexError(f"{what} at {at} of a block of {len(block)}{freed}")


class CType(Generic[T]):
    """A C type: ``size`` is its ``sizeof``, ``stride`` how many places of a block an element takes."""

    in_bytes = True

    def __init__(self, name: str, size: int, stride: int) -> None:
        self.name, self.size, self.stride = name, size, stride
        self.leaf: CType[Any] = self

    def load(self, block: Any, at: int) -> T:
        """Returns the element that begins at a place of a block."""
        raise NotImplementedError

    def store(self, block: Any, at: int, value: T) -> None:
        """Puts an element at a place of a block."""
        raise NotImplementedError

    def zeros(self, count: int) -> Block:
        """Returns a new block of so many zeroed elements."""
        return bytearray(count * self.stride)

    def __repr__(self) -> str:
        return self.name


class _Packed(CType[T]):
    """A number, which lies in bytes."""

    def __init__(self, name: str, layout: str) -> None:
        self.layout = struct.Struct("<" + layout)
        super().__init__(name, self.layout.size, self.layout.size)

    def __call__(self, value: float) -> T:
        """Converts a number, as C's assignment does."""
        raise NotImplementedError

    def load(self, block: Any, at: int) -> T:
        if not 0 <= at <= len(block) - self.size:
            raise outside(self.name, block, at)
        found: T = self.layout.unpack_from(block, at)[0]
        return found

    def store(self, block: Any, at: int, value: Any) -> None:
        if not 0 <= at <= len(block) - self.size:
            raise outside(self.name, block, at)
        self.layout.pack_into(block, at, self(value))


class Integer(_Packed[int]):
    """An integer of so many bits. ``Integer(3, signed=False)`` is the type of a bit field."""

    def __init__(self, bits: int, signed: bool, name: str = "") -> None:
        layout = {1: "b", 2: "h", 4: "i"}.get((bits + 7) // 8, "q")
        super().__init__(name or f"{'' if signed else 'u'}int{bits}", layout if signed else layout.upper())
        self.bits, self.signed = bits, signed
        self._mask, self._half = (1 << bits) - 1, 1 << bits - 1 if signed else 0

    def __call__(self, value: float) -> int:
        if isinstance(value, float):
            whole = int(value)
            if not -self._half <= whole <= self._mask - self._half:
                raise OverflowError(f"{value} does not fit into {self.name}")
            return whole
        return ((value + self._half) & self._mask) - self._half


class _Bool(Integer):
    """``bool``: whatever is not zero is 1."""

    def __call__(self, value: object) -> int:
        return int(value != 0 and value is not None)


class _Real(_Packed[float]):
    """``double`` and, rounded to its precision, ``float``."""

    def __call__(self, value: float) -> float:
        try:
            found: float = self.layout.unpack(self.layout.pack(value))[0]
        except OverflowError:
            return math.copysign(math.inf, value)
        return found


char = Integer(8, True, "char")
int8_t, uint8_t = Integer(8, True, "int8_t"), Integer(8, False, "uint8_t")
int16_t, uint16_t = Integer(16, True, "int16_t"), Integer(16, False, "uint16_t")
int32_t, uint32_t = Integer(32, True, "int32_t"), Integer(32, False, "uint32_t")
int64_t, uint64_t = Integer(64, True, "int64_t"), Integer(64, False, "uint64_t")
ssize_t, size_t = Integer(64, True, "ssize_t"), Integer(64, False, "size_t")
bool_ = _Bool(8, False, "bool")
float_, double = _Real("float", "f"), _Real("double", "d")
void = Integer(8, False, "void")


def idiv(a: int, b: int) -> int:
    """Returns C's ``a / b``, which rounds towards zero."""
    quotient = abs(a) // abs(b)
    return -quotient if (a < 0) != (b < 0) else quotient


def imod(a: int, b: int) -> int:
    """Returns C's ``a % b``, which has the sign of ``a``."""
    rest = abs(a) % abs(b)
    return -rest if a < 0 else rest
