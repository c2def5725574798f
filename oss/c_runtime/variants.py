"""``std::variant``: one of several types, and which of them; and ``std::bitset``.

``std::variant<int, std::string> v = 5`` is ``v = variant(0, 5)``; ``std::get<int>(v)`` is ``v.get(0)``.
"""

from __future__ import annotations

import copy
import operator
from collections.abc import Callable, Sequence
from typing import Any

from oss.c_runtime.exceptions import exception, invalid_argument, out_of_range, overflow_error
from oss.c_runtime.pointers import field

__all__ = ["bad_variant_access", "bitset", "variant", "visited"]


class bad_variant_access(exception):
    """A variant is asked for what it is not."""


class variant:
    """A value of one of several types: ``index`` says of which."""

    __slots__ = ("index", "value")

    def __init__(self, index: int, value: Any = None) -> None:
        self.index, self.value = index, value

    def get(self, index: int) -> Any:
        """Returns the value, if it is of that type."""
        if self.index != index:
            raise bad_variant_access("std::get: wrong index for variant")
        return self.value

    def place(self, index: int) -> field | None:
        """Returns the address of the value, or None if it is of another type."""
        return field(self, "value") if self.index == index else None

    def __copy__(self) -> variant:
        return variant(self.index, copy.copy(self.value))

    def become(self, other: variant) -> None:
        """Takes over the value of another one."""
        self.index, self.value = other.index, other.value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, variant) and other.index == self.index and bool(other.value == self.value)

    def __lt__(self, other: variant) -> bool:
        return self.index < other.index or (self.index == other.index and bool(self.value < other.value))

    __hash__ = None  # type: ignore[assignment]


def visited(v: variant, functions: Sequence[Callable[[Any], Any]]) -> Any:
    """Returns what the function for its type makes of a variant's value."""
    return functions[v.index](v.value)


class bitset:
    """So many bits: ``std::bitset<8> b(5)`` is ``b = bitset(8, 5)``."""

    __slots__ = ("_bits", "_count")

    def __init__(self, count: int, bits: int | str | bitset = 0) -> None:
        self._count = count
        if isinstance(bits, str):
            if bits.strip("01"):
                raise invalid_argument("bitset::_M_copy_from_ptr")
            bits = int(bits[:count] or "0", 2)
        self._bits: int = (bits._bits if isinstance(bits, bitset) else bits) & self._all

    @property
    def _all(self) -> int:
        return (1 << self._count) - 1

    def _checked(self, name: str, at: int) -> int:
        if not 0 <= at < self._count:
            raise out_of_range(f"bitset::{name}: __position (which is {at}) >= _Nb (which is {self._count})")
        return at

    def set(self, at: int | None = None, value: int = 1) -> bitset:
        """Sets one bit, or all."""
        if at is None:
            self._bits = self._all
        else:
            self[self._checked("set", at)] = value
        return self

    def reset(self, at: int | None = None) -> bitset:
        """Takes one bit away, or all."""
        if at is None:
            self._bits = 0
        else:
            self[self._checked("reset", at)] = 0
        return self

    def flip(self, at: int | None = None) -> bitset:
        """Turns one bit over, or all."""
        self._bits ^= self._all if at is None else 1 << self._checked("flip", at)
        return self

    def test(self, at: int) -> int:
        """Returns a bit that may not be there."""
        return self[self._checked("test", at)]

    def __getitem__(self, at: int) -> int:
        return self._bits >> at & 1

    def __setitem__(self, at: int, value: int) -> None:
        self._bits = self._bits & ~(1 << at) | (1 << at if value else 0)

    def __len__(self) -> int:
        return self._count

    def count(self) -> int:
        """Returns how many bits are set."""
        return self._bits.bit_count()

    def any(self) -> int:
        """Returns 1 if a bit is set."""
        return int(self._bits != 0)

    def none(self) -> int:
        """Returns 1 if no bit is set."""
        return int(self._bits == 0)

    def all(self) -> int:
        """Returns 1 if each bit is set."""
        return int(self._bits == self._all)

    def to_ulong(self) -> int:
        """Returns the bits as a number."""
        if self._bits >> 64:
            raise overflow_error("_Base_bitset::_M_do_to_ulong")
        return self._bits

    def to_ullong(self) -> int:
        """Returns the bits as a number."""
        if self._bits >> 64:
            raise overflow_error("_Base_bitset::_M_do_to_ullong")
        return self._bits

    def to_string(self) -> str:
        """Returns the bits as a text, the highest first."""
        return f"{self._bits:0{self._count}b}" if self._count else ""

    def _with(self, f: Callable[[int, int], int], other: int) -> bitset:
        return bitset(self._count, f(self._bits, other))

    def __and__(self, other: bitset) -> bitset:
        return self._with(operator.and_, other._bits)

    def __or__(self, other: bitset) -> bitset:
        return self._with(operator.or_, other._bits)

    def __xor__(self, other: bitset) -> bitset:
        return self._with(operator.xor, other._bits)

    def __lshift__(self, count: int) -> bitset:
        return self._with(operator.lshift, min(count, self._count))

    def __rshift__(self, count: int) -> bitset:
        return self._with(operator.rshift, count)

    def __invert__(self) -> bitset:
        return bitset(self._count, ~self._bits)

    def __copy__(self) -> bitset:
        return bitset(self._count, self)

    def become(self, other: bitset) -> None:
        """Takes over the bits of another one."""
        self._bits = other._bits

    def __eq__(self, other: object) -> bool:
        return isinstance(other, bitset) and other._bits == self._bits

    __hash__ = None  # type: ignore[assignment]
