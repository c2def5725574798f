"""Counted strings, secret ones too, and the fields of structs in which they stand."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeAlias

from aos._c.redact import SecretText, hide, kept_secret
from aos._c.structs import CStruct, IntegerField, StructField, TextField, text_field
from aos._c.text import decode, encode, text_of

__all__ = ["SecretString", "StringField", "aos_string_t", "aos_text_t", "string_field"]


class _LengthField(IntegerField):
    """The length of ``data`` in bytes. Setting it cuts ``data`` there."""

    def bind(self, name: str) -> None:
        self.name, self.slot = name, "_data"

    def getter(self) -> Callable[[Any], int]:
        return lambda string: len(encode(string._data)) if string._data else 0

    def __set__(self, instance: Any, value: int) -> None:
        length, text = self.fitted(instance, value), instance._data or ""
        data = encode(text)
        if not 0 <= length <= len(data):
            raise ValueError(f"len is {length}, but the text has {len(data)} bytes")
        if length < len(data):
            instance.data = type(text)(decode(data[:length]))


class aos_string_t(CStruct):
    """``aos_string_t`` {len, data}: a text and its length in bytes; ``data`` None is NULL.

    ``aos_string_t(text, n)`` is C's ``{n, text}``. Setting ``data`` sets ``len``; setting ``len`` cuts ``data`` there.
    """

    len = _LengthField(32, True, "int")
    """length in bytes, without a closing NUL"""
    data: TextField = text_field()
    """the text; NULL in a string that was never set"""
    _data: str | None

    def __init__(self, data: object = None, len: int | None = None) -> None:
        self.data = data
        if len is not None:
            self.len = len

    def assign(self, other: object) -> None:
        """``*self = *other``; a plain str (or None) is taken for an ``aos_string_t``."""
        self.data = text_of(other, "an aos_string_t")

    def __str__(self) -> str:
        return self._data or ""

    def __repr__(self) -> str:
        plain = self._data and not isinstance(self._data, SecretText)
        return f"aos_string_t({hide(self._data or '') if plain else self._data!r})"


class SecretString(aos_string_t):
    """An ``aos_string_t`` in a struct's secret field: no repr of it or of its text gives it away."""

    data: TextField = text_field(secret=True)
    """the text"""


aos_text_t: TypeAlias = "aos_string_t | str | bytes | bytearray | os.PathLike[str] | None"
"""What an input ``aos_string_t *`` parameter accepts."""


class StringField(StructField[aos_string_t]):
    """A string by value; any text may be assigned."""

    if TYPE_CHECKING:

        def __get__(self, instance: CStruct, owner: type) -> aos_string_t: ...
        def __set__(self, instance: CStruct, value: aos_text_t) -> None: ...


class _SecretStringField(StringField):
    """A string by value, which no repr gives away."""

    def make(self, instance: object) -> aos_string_t:
        return SecretString()

    def __set__(self, instance: CStruct, value: aos_text_t) -> None:
        value = kept_secret(value)  # before anything fails
        super().__set__(instance, value)


def string_field(*, secret: bool = False, python_only: bool = False) -> StringField:
    """Declares an ``aos_string_t``, to which a plain str (or None) may be assigned. No repr shows a ``secret`` one."""
    return (_SecretStringField if secret else StringField)(aos_string_t, python_only)
