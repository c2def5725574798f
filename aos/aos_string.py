"""Counted strings (``aos_string.h``).

``aos_string_t`` keeps its text as a str and counts in bytes of its UTF-8 form, as C does.
The char helpers take a one-character str or an int and give 1 or 0 (or the converted character).
"""

from __future__ import annotations

from typing import TypeAlias

from aos._struct import c_struct, field, index_of
from aos._text import decode, encode, text_of

__all__ = ["aos_null_string", "aos_str_null", "aos_str_set", "aos_string", "aos_string_t", "aos_text_t"]


class aos_string_t(c_struct):
    """``aos_string_t`` {len, data}: a text and its length in bytes; ``data`` None is NULL.

    ``aos_string_t(text, n)`` is C's ``{n, text}``. Setting ``data`` sets ``len``; setting ``len`` cuts ``data`` there.
    """

    __slots__ = ("_data",)

    def __init__(self, data: object = None, len: int | None = None) -> None:
        self.data = data
        if len is not None:
            self.len = len

    @property
    def data(self) -> str | None:
        return self._data

    @data.setter
    def data(self, value: object) -> None:
        self._data: str | None = text_of(value, "data")

    @property
    def len(self) -> int:
        return len(encode(self._data)) if self._data else 0

    @len.setter
    def len(self, value: int) -> None:
        value, raw = index_of(value, "len"), encode(self._data or "")
        if not 0 <= value <= len(raw):
            raise ValueError(f"len is {value}, but the text has {len(raw)} bytes")
        if value < len(raw):
            self._data = decode(raw[:value])

    def assign(self, other: object) -> None:
        """``*self = *other``; a plain str (or None) is taken for an ``aos_string_t``."""
        self._data = text_of(other, "an aos_string_t")

    def __str__(self) -> str:
        return self._data or ""

    def __repr__(self) -> str:
        return f"aos_string_t({self._data!r})"


aos_text_t: TypeAlias = "aos_string_t | str | None"
"""What an input ``aos_string_t *`` parameter accepts."""
