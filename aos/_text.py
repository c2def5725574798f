"""Text between C and Python: one place that says what may stand for a ``char *`` and how bytes become str.

Bytes that are not UTF-8 round-trip by surrogateescape, so that any object key a service can return can be sent back.
"""

from __future__ import annotations

import os

__all__ = ["decode", "encode", "text_of"]


def decode(data: bytes | bytearray | memoryview) -> str:
    """The str for bytes from the wire or the disk."""
    return bytes(data).decode("utf-8", "surrogateescape")


def encode(text: str) -> bytes:
    """The bytes of a str made by :func:`decode` or by a program."""
    return text.encode("utf-8", "surrogateescape")


def text_of(value: object, what: str = "text") -> str | None:
    """The str behind a ``char *`` argument: str as it is, bytes-like to its first NUL, a path or an aos_string_t."""
    if value is None or type(value) is str:
        return value
    if isinstance(value, str):
        return str(value)
    if isinstance(value, (bytes, bytearray, memoryview)):
        return decode(bytes(value).split(b"\0", 1)[0])
    if isinstance(value, os.PathLike):
        return text_of(os.fspath(value), what)
    if hasattr(value, "len") and hasattr(value, "data"):  # an aos_string_t, whose module imports this one
        return text_of(value.data, what)
    raise TypeError(f"{what} must be text, not {type(value).__name__}")
