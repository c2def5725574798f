"""Checks of arguments: what must not be NULL, how many bytes there are, and whether a ``char a[N]`` has room."""

from __future__ import annotations

from typing import TypeVar

from aos._c.contract import ArgumentError, NullError
from aos._c.structs import index_of
from aos._c.text import buffer_of, encode

T = TypeVar("T")

__all__ = ["not_null", "required", "store", "store_or_raise", "store_text", "view_of"]


def required(value: object, kind: type[T], what: str) -> T:
    """Returns an argument that C would dereference; NULL is a ValueError, a wrong type a TypeError."""
    if isinstance(value, kind):
        return value
    not_null(value, what)
    raise ArgumentError(f"{what} must be {kind.__name__}, not {type(value).__name__}")


def not_null(value: T | None, what: str) -> T:
    """Returns an argument of any type; NULL is a ValueError."""
    if value is None:
        raise NullError(f"{what} must not be None")
    return value


def view_of(data: bytes | bytearray | memoryview | str, count: int, what: str) -> memoryview:
    """Returns the first ``count`` bytes of a byte argument, not copied; more than there are is a ValueError."""
    view = memoryview(encode(data) if isinstance(data, str) else buffer_of(data) or data).cast("B")
    if not 0 <= index_of(count, f"the size of {what}") <= len(view):
        raise ValueError(f"{what} has {len(view)} bytes, not {count}")
    return view[:count]


def store(dest: object, data: bytes, what: str) -> bool:
    """Copies ``data`` to the start of a ``char`` array; False, and nothing touched, when it is NULL or too small."""
    if dest is None:
        return False
    room = None if isinstance(dest, bytes) else buffer_of(dest)
    if room is None or isinstance(room, bytes):
        raise ArgumentError(f"{what} must be a bytearray, not {type(dest).__name__}")
    if len(room) < len(data):
        return False
    room[: len(data)] = data
    return True


def store_text(dest: object, text: str, what: str) -> bool:
    """Copies a text and a NUL to the start of a ``char`` array; False, and nothing touched, when they do not fit."""
    return store(dest, encode(text) + b"\0", what)


def store_or_raise(dest: object, data: bytes, what: str) -> None:
    """Copies ``data`` to the start of a ``char`` array; a ValueError when it is NULL or too small."""
    if not store(dest, data, what):
        raise ValueError(f"{what} must be a bytearray of at least {len(data)} bytes")
