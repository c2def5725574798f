"""Text between C and Python: one place that says what may stand for a ``char *`` and how bytes become str.

Bytes that are not UTF-8 round-trip by surrogateescape, so that any object key a service can return can be sent back.
"""

from __future__ import annotations

import os
import re
from typing import Any

from aos._c.contract import ArgumentError
from aos._c.redact import SecretText

__all__ = ["LINE_ENDS", "buffer_of", "bytes_of", "decode", "encode", "path_bytes", "text_of"]

LINE_ENDS = re.compile(r"[\0\r\n]")
"""Characters that would end a text early or add a line to a request."""


def decode(data: bytes | bytearray | memoryview) -> str:
    """Returns the str for bytes from the wire or the disk."""
    return bytes(data).decode("utf-8", "surrogateescape")


def encode(text: str) -> bytes:
    """Returns the bytes of a str that :func:`decode` or a program made."""
    return text.encode("utf-8", "surrogateescape")


def path_bytes(path: str) -> bytes:
    """The name by which the system knows a file: the bytes that a C program would pass, whatever the locale is."""
    return encode(path)


def _must_be_utf8(text: str, what: str) -> None:
    try:
        encode(text)
    except UnicodeEncodeError as error:
        raise ValueError(f"{what} has U+{ord(text[error.start]):04X} in it, which is no character") from None


def buffer_of(value: Any) -> Any:
    """Returns what is bytes-like, an object with ``__buffer__`` as the view that it gives; None for anything else.

    Python itself knows ``__buffer__`` from 3.12 on; it is how a pointer of a program that was C is taken for bytes.
    """
    if isinstance(value, (bytes, bytearray, memoryview)):
        return value
    return value.__buffer__(0) if hasattr(value, "__buffer__") else None


def text_of(value: Any, what: str = "text") -> str | None:
    """Returns the str behind a ``char *``: a str as it is, bytes-like to its first NUL, a path or an aos_string_t.

    A str that is no text (it has half a surrogate pair in it) is a ValueError. A ``SecretText`` stays one.
    """
    if value is None:
        return None
    if isinstance(value, str):
        if not value.isascii():
            _must_be_utf8(value, what)
        return value if isinstance(value, SecretText) else str(value)
    if (buffer := buffer_of(value)) is not None:
        return decode(bytes(buffer).split(b"\0", 1)[0])
    if isinstance(value, os.PathLike):
        return text_of(os.fspath(value), what)
    if hasattr(value, "len") and hasattr(value, "data"):  # an aos_string_t, whose module imports this one
        return text_of(value.data, what)
    raise ArgumentError(f"{what} must be text, not {type(value).__name__}")


def bytes_of(value: object, count: int | None = None, what: str = "buffer") -> bytes:
    """Returns the first ``count`` bytes of bytes or of a str as UTF-8; more than there are is a ValueError."""
    if isinstance(value, str):
        data = encode(value)
    elif (buffer := buffer_of(value)) is not None:
        data = bytes(buffer)
    else:
        raise ArgumentError(f"{what} must be bytes-like or text, not {type(value).__name__}")
    if count is None:
        return data
    if not 0 <= count <= len(data):
        raise ValueError(f"{what}: {count} bytes asked for, {len(data)} there")
    return data[:count]
