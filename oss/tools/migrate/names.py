"""What the names of C are called in Python."""

from __future__ import annotations

import builtins
import keyword

from oss.tools.migrate import known
from oss.tools.migrate.c_types import Array, CType, Float, Function, Int, Pointer, Struct, Void

__all__ = ["MODULES", "element_type", "python_field", "python_name", "type_name"]

MODULES = ("copy", "io", "math", "os", "re", "sys", "time", "threading")
"""Modules that a translation may use."""

_TAKEN = {*keyword.kwlist, *dir(builtins), *MODULES, "_"}
_NUMBERS = {(8, True): "int8_t", (8, False): "uint8_t", (16, True): "int16_t", (16, False): "uint16_t",
            (32, True): "int32_t", (32, False): "uint32_t", (64, True): "int64_t", (64, False): "uint64_t",
            (1, False): "bool_"}  # fmt: skip


def python_name(name: str) -> str:
    """A variable's or a function's name; what is a keyword, a builtin or a name of the runtime gets a ``_``."""
    return f"{name}_" if name in _TAKEN or name in known.runtime() else name


def python_field(name: str) -> str:
    return f"{name}_" if keyword.iskeyword(name) else name


def type_name(kind: Int) -> str:
    """The runtime's name of a type of numbers."""
    return _NUMBERS[kind.bits, kind.signed]


def element_type(kind: CType) -> str:
    """The runtime's name of what an array holds."""
    if isinstance(kind, Int):
        if kind.name == "pthread_t":
            return "pointer"
        return "char" if kind.name == "char" else type_name(kind)
    if isinstance(kind, Float):
        return "float_" if kind.bits == 32 else "double"
    if isinstance(kind, (Pointer, Function)):
        return "pointer"
    if isinstance(kind, Array):
        return f"row({element_type(kind.of)}, {kind.count})"
    if isinstance(kind, Void):
        return "char"
    assert isinstance(kind, Struct)
    return kind.name
