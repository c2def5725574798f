"""The printf family's texts, by the formatter of the port: ``stdio`` writes them.

Integers are cut to the size that the conversion says, ``%s`` of NULL is ``(null)``, ``%p`` of NULL ``(nil)``, widths
and precisions count bytes; ``%n`` is refused.
"""

from __future__ import annotations

import os
import re
from typing import Any

from aos._c.printf import format_bytes
from aos._c.refs import aos_ref_t
from oss.c_runtime.errno import errno
from oss.c_runtime.heap import malloc
from oss.c_runtime.numbers import char
from oss.c_runtime.pointers import Memory, Text, pointer_of, ptr, string_at
from oss.c_runtime.stdarg import va_list

__all__ = ["asprintf", "formatted", "snprintf", "sprintf", "vasprintf", "vsnprintf", "vsprintf"]


def formatted(format: Text, *args: Any) -> bytes:
    """Returns the bytes that ``printf`` would write."""
    template = _ERROR.sub(_error, string_at(format))
    return format_bytes(template, args, exact=True)


_ERROR = re.compile(rb"%(%|m)")


def _error(found: re.Match[bytes]) -> bytes:
    """The words for errno in place of glibc's ``%m``."""
    return b"%%" if found[1] == b"%" else os.strerror(errno.value).encode().replace(b"%", b"%%")


def snprintf(s: Memory | None, size: int, format: Text, *args: Any) -> int:
    """Stores what fits into ``size`` bytes with a NUL, and returns how many bytes the whole text has.

    :param s: what is filled; may be None when ``size`` is 0
    """
    text = formatted(format, *args)
    if size and s is not None:
        kept = text[: size - 1] + b"\0"
        pointer_of(s).memory(len(kept))[:] = kept
    return len(text)


def sprintf(s: Memory, format: Text, *args: Any) -> int:
    """Stores a text and a NUL, and returns how many bytes the text has; an IndexError where there is no room for it."""
    return snprintf(s, 1 << 63, format, *args)


def asprintf(s: aos_ref_t[Any], format: Text, *args: Any) -> int:
    """Makes a text in memory that is to be freed, and returns how many bytes it has.

    :param s: gets the text
    """
    text = formatted(format, *args)
    made = malloc(len(text) + 1)
    made.memory(len(text))[:] = text
    s.value = ptr(made.block, 0, char)
    return len(text)


def vsnprintf(s: Memory | None, size: int, format: Text, ap: va_list) -> int:
    """Does as ``snprintf``, with the arguments that are left."""
    return snprintf(s, size, format, *ap)


def vsprintf(s: Memory, format: Text, ap: va_list) -> int:
    """Does as ``sprintf``, with the arguments that are left."""
    return sprintf(s, format, *ap)


def vasprintf(s: aos_ref_t[Any], format: Text, ap: va_list) -> int:
    """Does as ``asprintf``, with the arguments that are left."""
    return asprintf(s, format, *ap)
