"""The types of C, as far as a translation asks for them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

__all__ = [
    "BOOL",
    "CHAR",
    "DOUBLE",
    "INT",
    "LONG",
    "SIZE",
    "UCHAR",
    "UINT",
    "ULONG",
    "VOID",
    "Array",
    "CType",
    "Float",
    "Function",
    "Int",
    "Pointer",
    "Ref",
    "Std",
    "Struct",
    "Unknown",
    "Void",
    "called_as",
    "common",
    "is_char",
    "is_text",
    "is_byte",
    "opaque",
    "pointee",
    "promoted",
    "size_of",
]


@dataclass(frozen=True, slots=True)
class Int:
    """An integer; ``bits`` is 1 for ``_Bool``."""

    bits: int
    signed: bool
    name: str = "int"

    @property
    def low(self) -> int:
        return -(1 << (self.bits - 1)) if self.signed else 0

    @property
    def high(self) -> int:
        return (1 << (self.bits - self.signed)) - 1


@dataclass(frozen=True, slots=True)
class Float:
    bits: int


@dataclass(frozen=True, slots=True)
class Void:
    pass


@dataclass(frozen=True, slots=True)
class Unknown:
    """A type that no header declares; ``opaque``: a class of C++ that calls can give on, whatever it is."""

    name: str
    opaque: bool = False


@dataclass(frozen=True, slots=True)
class Std:
    """A class of C++'s library, with what it is a template of."""

    name: str
    of: tuple[CType, ...] = ()


@dataclass(frozen=True, slots=True)
class Ref:
    """A reference of C++."""

    to: CType
    const: bool = False
    rvalue: bool = False


@dataclass(frozen=True, slots=True)
class Pointer:
    to: CType
    const: bool = False  # what it points to may not be written through it


@dataclass(frozen=True, slots=True)
class Array:
    of: CType
    count: int | None


@dataclass(frozen=True, slots=True)
class Struct:
    name: str
    union: bool = False


@dataclass(frozen=True, slots=True)
class Function:
    result: CType
    params: tuple[CType, ...]
    variadic: bool = False


CType: TypeAlias = "Int | Float | Void | Unknown | Pointer | Array | Struct | Function | Std | Ref"

BOOL, CHAR, UCHAR = Int(1, False, "_Bool"), Int(8, True, "char"), Int(8, False, "unsigned char")
INT, UINT, LONG = Int(32, True), Int(32, False, "unsigned int"), Int(64, True, "long")
ULONG = SIZE = Int(64, False, "unsigned long")
DOUBLE, VOID = Float(64), Void()


def opaque(kind: CType) -> str:
    """The class of which nothing is known that a value is, or is made of, if there is one."""
    if isinstance(kind, Unknown):
        return kind.name if kind.opaque else ""
    inner = kind.of if isinstance(kind, Std) else (kind.of,) if isinstance(kind, Array) else ()
    return next((name for item in inner if (name := opaque(item))), "")


def pointee(kind: CType) -> CType | None:
    """What a pointer leads to, or an array holds."""
    if isinstance(kind, Pointer):
        return kind.to
    return kind.of if isinstance(kind, Array) else None


def is_char(kind: CType | None) -> bool:
    return isinstance(kind, Int) and kind.name == "char"


def is_byte(kind: CType | None) -> bool:
    return isinstance(kind, Int) and kind.bits == 8


def is_text(kind: CType) -> bool:
    """Whether a type is a pointer to bytes, or an array of them."""
    return is_byte(pointee(kind))


def promoted(kind: CType) -> CType:
    """The type in which C computes with a value of ``kind``."""
    return INT if isinstance(kind, Int) and kind.bits < 32 else kind


def common(left: CType, right: CType) -> CType:
    """The type of an arithmetic operation: C's usual arithmetic conversions."""
    if isinstance(left, Float) or isinstance(right, Float):
        return Float(max(kind.bits for kind in (left, right) if isinstance(kind, Float)))
    left, right = promoted(left), promoted(right)
    if not isinstance(left, Int) or not isinstance(right, Int):
        return left
    if left.bits == right.bits:
        return right if left.signed else left
    return left if left.bits > right.bits else right


def size_of(kind: CType) -> int | None:
    """``sizeof`` of what has the same size everywhere; None for structs and what is not known."""
    if isinstance(kind, (Int, Float)):
        return max(kind.bits, 8) // 8
    if isinstance(kind, (Pointer, Function)):
        return 8
    if isinstance(kind, Array) and kind.count is not None:
        one = size_of(kind.of)
        return None if one is None else one * kind.count
    return None


def called_as(kind: CType, wanted: CType, strict: bool = False) -> bool:
    """Whether a function may be called through a pointer to such a type; ``strict``: none is cast to another type."""
    if not isinstance(kind, Function) or not isinstance(wanted, Function) or len(kind.params) != len(wanted.params):
        return False
    if strict and isinstance(kind.result, Void) != isinstance(wanted.result, Void):
        return False
    rows = zip((kind.result, *kind.params), (wanted.result, *wanted.params), strict=True)
    if any(
        isinstance(one, (Pointer, Array)) != isinstance(other, (Pointer, Array))
        for one, other in zip(kind.params, wanted.params, strict=True)
    ):
        return False
    return all(_alike(pointee(one), pointee(other)) for one, other in rows)


def _alike(one: CType | None, other: CType | None) -> bool:
    """Whether pointers to the one may be handed on as pointers to the other."""
    return one == other or one is None or other is None or isinstance(one, Void) or isinstance(other, Void)
