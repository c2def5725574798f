"""``stdarg.h``: the arguments of a variadic function, ``def log(fmt, *args)``.

``va_start(ap, fmt)`` is ``ap = va_list(args)``, ``va_arg(ap, int)`` is ``ap.arg(int32_t)``, ``va_arg(ap, char *)`` is
``ap.pointer()``, ``va_copy(b, a)`` is ``b = a.copy()``, ``va_end`` is nothing. A function that takes
a va_list goes on where it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from oss.c_runtime.numbers import Integer
from oss.c_runtime.pointers import pointer_of, ptr

__all__ = ["va_list"]


class va_list:
    """The arguments that are left."""

    def __init__(self, values: Iterable[Any]) -> None:
        self._left = list(values)

    def __iter__(self) -> Iterator[Any]:
        while self._left:
            yield self._left.pop(0)

    def arg(self, of: Integer | None = None) -> Any:
        """Takes the next argument, converted when it is an integer's type."""
        if not self._left:
            raise IndexError("no argument is left")
        value = self._left.pop(0)
        return value if of is None else of(value)

    def pointer(self) -> ptr[Any] | None:
        """Takes the next argument, which is a text or a pointer, as a pointer."""
        value = self.arg()
        return None if value is None else pointer_of(value)

    def copy(self) -> va_list:
        """Returns another one with the same arguments left."""
        return va_list(self._left)
