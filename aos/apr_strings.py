"""Strings (``apr_strings.h``): formatting, copying, and natural order.

What a parameter is, unless a function says otherwise:

:param fmt: a printf format
:param a: the text that is less, equal or greater
:param b: the text it is compared with
"""

from __future__ import annotations

import re
from itertools import zip_longest

from aos._c.args import store
from aos._c.contract import check_arguments
from aos._c.printf import c_format
from aos._c.structs import index_of
from aos._c.text import encode, text_of
from aos.apr_pools import aos_pool_t

__all__ = [
    "APR_INT64_T_FMT",
    "APR_TIME_T_FMT",
    "apr_psprintf",
    "apr_pstrdup",
    "apr_snprintf",
    "apr_strnatcasecmp",
    "apr_strnatcmp",
]

APR_INT64_T_FMT = "ld"
"""Printf format of an ``int64_t``, for ``apr_psprintf``."""
APR_TIME_T_FMT = "ld"
"""Printf format of an ``apr_time_t``, for ``apr_psprintf``."""

_INVALID_ARGUMENT = -994
# C's white space separates tokens and counts for nothing; a run of digits is one token.
_TOKEN = rb"[ \t\n\v\f\r]*([0-9]+|[^ \t\n\v\f\r])"


def apr_psprintf(p: aos_pool_t | None, fmt: str, *args: object) -> str:
    """char *apr_psprintf(apr_pool_t *p, const char *fmt, ...)

    Returns the text of a C format and its arguments.
    """
    return c_format(fmt, *args)


def apr_snprintf(buf: bytearray, len: int, format: str, *args: object) -> int:
    """int apr_snprintf(char *buf, apr_size_t len, const char *format, ...)

    Fills ``buf`` with at most ``len - 1`` bytes of the text and a NUL. Returns the number of bytes before the NUL; with
    ``len`` 0, which stores nothing, how many bytes the text has; -994 where ``buf`` is smaller than what goes there.

    :param buf: room for the text; a bytearray
    :param len: how many bytes of ``buf`` may be filled
    :param format: a printf format
    """
    return _fill(buf, index_of(len, "len"), encode(c_format(format, *args)))


def _fill(buf: bytearray, size: int, data: bytes) -> int:
    if size < 0:
        raise ValueError("len must not be negative")
    if size:
        data = data[: size - 1]
        if not store(buf, data + b"\0", "buf"):
            return _INVALID_ARGUMENT
    return len(data)


def apr_pstrdup(p: aos_pool_t | None, s: str | None) -> str | None:
    """char *apr_pstrdup(apr_pool_t *p, const char *s)

    Returns the text; None stays None.

    :param s: text to duplicate; None stays None
    """
    return text_of(s, "s")


def apr_strnatcmp(a: str, b: str) -> int:
    """int apr_strnatcmp(char const *a, char const *b)

    Compares in natural order: runs of digits count as numbers (as fractions when one begins with 0), white space is
    skipped. Returns -1, 0 or 1.
    """
    return _natural_order(_bytes(a, "a"), _bytes(b, "b"))


def apr_strnatcasecmp(a: str, b: str) -> int:
    """int apr_strnatcasecmp(char const *a, char const *b)

    Compares in natural order, as ``apr_strnatcmp``, without regard to ASCII case. Returns -1, 0 or 1.
    """
    return _natural_order(_bytes(a, "a").upper(), _bytes(b, "b").upper())


def _bytes(value: object, what: str) -> bytes:
    text = text_of(value, what)
    if text is None:
        raise ValueError(f"{what} must not be None")
    return encode(text).split(b"\0", 1)[0]


def _natural_order(a: bytes, b: bytes) -> int:
    for one, other in zip_longest(re.findall(_TOKEN, a), re.findall(_TOKEN, b), fillvalue=b"\0"):
        if one != other:
            return -1 if _rank(one, other) < _rank(other, one) else 1
    return 0


def _rank(token: bytes, other: bytes) -> tuple[int, bytes]:
    """Returns what ``token`` is sorted by beside ``other``: the length of a number, then its digits; signed chars."""
    if token.isdigit() and other.isdigit():
        fractions = b"0" in (token[:1], other[:1])
        return (0 if fractions else len(token)), token
    code = token[0]
    return (code - 256 if code > 127 else code), b""


check_arguments(globals())
