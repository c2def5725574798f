"""Counted strings (``aos_string.h``).

``aos_string_t`` keeps its text as a str and counts in bytes of its UTF-8 form, as C does.
The char helpers take a one-byte str or an int and give 1 or 0 (or the converted character, of the type they got).

Kept from the C SDK: ``aos_trip_space_and_cntrl`` and ``aos_is_space_or_cntrl`` take every byte from 128 on for a
control character, as a signed char is one. Different: ``aos_string(text)`` has the text's length whatever it is given.

What a parameter is, unless a function says otherwise:

:param str: text that is looked at, or changed in place
:param c: a character: one byte of text, or its number
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar, overload

from aos import aos_define
from aos._c.args import required
from aos._c.contract import check_arguments
from aos._c.strings import aos_string_t as aos_string_t  # noqa: PLC0414  # "as" gives it on, for type checkers
from aos._c.strings import aos_text_t as aos_text_t  # noqa: PLC0414
from aos._c.structs import index_of
from aos._c.text import decode, encode, text_of
from aos.aos_define import *

if not TYPE_CHECKING:  # a type checker follows the star imports, and cannot evaluate this
    __all__ = [
        "aos_ends_with",
        "aos_is_null_string",
        "aos_is_quote",
        "aos_is_space",
        "aos_is_space_or_cntrl",
        "aos_null_string",
        "aos_pstrdup",
        "aos_str_null",
        "aos_str_set",
        "aos_string",
        "aos_string_is_empty",
        "aos_string_t",
        "aos_string_tolower",
        "aos_strip_space",
        "aos_strlchr",
        "aos_text_t",
        "aos_tolower",
        "aos_toupper",
        "aos_trip_space_and_cntrl",
        "aos_unquote_str",
    ]
    __all__ += aos_define.__all__

_CharT = TypeVar("_CharT", str, int)

_SPACE = b" \t"
_QUOTE = b'"'
_SPACE_OR_CNTRL = bytes(range(33)) + bytes(range(128, 256))


def aos_string(str: str | None) -> aos_string_t:
    """aos_string(str)

    Returns a text as an ``aos_string_t``.
    """
    return aos_string_t(str)


def aos_null_string() -> aos_string_t:
    """aos_null_string

    Returns the empty string {0, NULL}.
    """
    return aos_string_t()


def aos_str_set(str: aos_string_t, text: aos_text_t) -> None:
    """aos_str_set(str, text)

    Makes ``str`` this text; None is ``aos_str_null``.

    :param text: its new text; None for NULL
    """
    required(str, aos_string_t, "str").data = text


def aos_str_null(str: aos_string_t) -> None:
    """aos_str_null(str)

    Makes ``str`` {0, NULL}.
    """
    required(str, aos_string_t, "str").data = None


def _byte(c: str | int) -> int:
    """Returns the one byte of a char argument."""
    if not isinstance(c, str):
        return index_of(c, "c") & 0xFF
    data = encode(c)
    if len(data) != 1:
        raise ValueError(f"c must be one byte, not {len(data)}")
    return data[0]


@overload
def _mapped(c: str, byte: int) -> str: ...
@overload
def _mapped(c: int, byte: int) -> int: ...
def _mapped(c: str | int, byte: int) -> str | int:
    return decode(bytes([byte])) if isinstance(c, str) else byte


def aos_tolower(c: _CharT) -> _CharT:
    """aos_tolower(c)

    Returns an ASCII capital as its small letter; anything else as it is.
    """
    return _mapped(c, bytes([_byte(c)]).lower()[0])


def aos_toupper(c: _CharT) -> _CharT:
    """aos_toupper(c)

    Returns a small ASCII letter as its capital; anything else as it is.
    """
    return _mapped(c, bytes([_byte(c)]).upper()[0])


def aos_is_quote(c: str | int) -> int:
    """int aos_is_quote(char c)

    Returns 1 for a double quote, else 0.
    """
    return int(_byte(c) in _QUOTE)


def aos_is_space(c: str | int) -> int:
    """int aos_is_space(char c)

    Returns 1 for a space or a tab, else 0.
    """
    return int(_byte(c) in _SPACE)


def aos_is_space_or_cntrl(c: str | int) -> int:
    """int aos_is_space_or_cntrl(char c)

    Returns 1 for a space, a control character, or a byte from 128 on; else 0.
    """
    return int(_byte(c) in _SPACE_OR_CNTRL)


def aos_string_is_empty(str: aos_text_t) -> int:
    """int aos_string_is_empty(const aos_string_t *str)

    Returns 1 for None, no text, and a text that is empty or begins with a NUL; else 0.
    """
    text = text_of(str, "str")
    return int(not text or text[0] == "\0")


def aos_is_null_string(str: aos_text_t) -> int:
    """int aos_is_null_string(aos_string_t *str)

    Returns 1 for None, no text, and an empty one; else 0.
    """
    return int(not text_of(str, "str"))


def aos_string_tolower(str: aos_string_t) -> None:
    """void aos_string_tolower(aos_string_t *str)

    Makes ASCII capitals small, in place.
    """
    _apply(str, bytes.lower)


def aos_strip_space(str: aos_string_t) -> None:
    """void aos_strip_space(aos_string_t *str)

    Takes spaces and tabs off both ends, in place.
    """
    _apply(str, lambda data: data.strip(_SPACE))


def aos_trip_space_and_cntrl(str: aos_string_t) -> None:
    """void aos_trip_space_and_cntrl(aos_string_t *str)

    Takes what ``aos_is_space_or_cntrl`` names off both ends, in place.
    """
    _apply(str, lambda data: data.strip(_SPACE_OR_CNTRL))


def aos_unquote_str(str: aos_string_t) -> None:
    """void aos_unquote_str(aos_string_t *str)

    Takes double quotes off both ends, any number of them, in place.
    """
    _apply(str, lambda data: data.strip(_QUOTE))


def _apply(string: aos_string_t, change: Callable[[bytes], bytes]) -> None:
    text = required(string, aos_string_t, "str").data
    if text:
        string.data = type(text)(decode(change(encode(text))))


def aos_strlchr(p: str | bytes | bytearray, last: int | None, c: str | int) -> int | None:
    """char *aos_strlchr(char *p, char *last, char c)

    Returns the index in ``p`` of the first ``c`` before the index ``last`` (None: the end); None where there is none.

    :param p: where to begin
    :param last: the byte after the last one
    """
    end = len(p) if last is None else index_of(last, "last")
    if end > len(p):
        raise ValueError(f"last is {end}, but p ends at {len(p)}")
    byte = _byte(c)
    found = p[: max(end, 0)].find(decode(bytes([byte])) if isinstance(p, str) else bytes([byte]))  # type: ignore[arg-type]
    return None if found < 0 else found


def aos_pstrdup(p: aos_pool_t | None, s: aos_text_t) -> str | None:
    """char *aos_pstrdup(aos_pool_t *p, const aos_string_t *s)

    Returns the text of ``s``.

    :param s: string whose text is duplicated
    """
    if s is None:
        raise ValueError("s must not be None")
    return text_of(s, "s")


def aos_ends_with(str: aos_text_t, suffix: aos_text_t) -> int:
    """int aos_ends_with(const aos_string_t *str, const aos_string_t *suffix)

    Returns 1 when ``str`` ends with ``suffix``; 0 when either is None.

    :param suffix: what it may end with
    """
    if str is None or suffix is None:
        return 0
    return int(encode(text_of(str, "str") or "").endswith(encode(text_of(suffix, "suffix") or "")))


check_arguments(globals())
