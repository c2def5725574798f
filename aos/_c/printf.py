"""C's printf formats, for ``apr_psprintf``, ``apr_snprintf`` and the log functions.

Widths and precisions of ``%s`` count bytes, None is ``(null)``, length modifiers say where unsigned values wrap.
A signed value is printed in full whatever its modifier, unless the text is to be exactly C's. Arguments left over are
ignored, as in C; a missing one is a TypeError.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from functools import partial

from aos._c.contract import NullError
from aos._c.structs import index_of
from aos._c.text import buffer_of, decode, encode, text_of

__all__ = ["c_format", "format_bytes"]

_SPEC = (
    rb"%(?P<flags>[-+ #0]*)(?P<width>\*|\d+)?(?:\.(?P<precision>\*|\d*))?"
    rb"(?P<length>hh?|ll?|q|j|z|t|L|I64|I32)?(?P<kind>[a-zA-Z%])"
)
_BITS = {b"hh": 8, b"h": 16, b"": 32, b"I32": 32}  # every other modifier is 64 bits wide
_TEXT_KINDS, _SIGNED_KINDS, _UNSIGNED_KINDS, _FLOAT_KINDS = b"sSc", b"di", b"uoxX", b"eEfFgG"


def c_format(fmt: object, *args: object) -> str:
    """Returns the text of a C format and its arguments."""
    template = text_of(fmt, "format")
    if template is None:
        raise NullError("format must not be None")
    return decode(format_bytes(encode(template), args))


def format_bytes(template: bytes, args: Iterable[object], exact: bool = False) -> bytes:
    """Returns the bytes of a C format and its arguments; ``exact`` cuts signed values to their size as well."""
    return re.sub(_SPEC, partial(_convert, values=iter(args), exact=exact), template)


def _convert(spec: re.Match[bytes], values: Iterator[object], exact: bool) -> bytes:
    flags, kind = spec["flags"], spec["kind"]
    if kind == b"%":
        return b"%"
    width, flags = _width(spec["width"], flags, values)
    precision = spec["precision"]
    if precision is not None:
        places = _star(precision, values)
        precision = None if places < 0 else b"%d" % places
    value = _next(values)
    if kind in _TEXT_KINDS:
        precision = None if kind == b"c" else precision
        text = _char(value) if kind == b"c" else _text(value, precision, exact)
        return _apply(b"s", flags, width, precision, text)
    if kind == b"p":
        nothing = b"(nil)" if exact else b"0x0"
        return _apply(
            b"s", flags, width, None, nothing if value is None else b"%#x" % getattr(value, "address", id(value))
        )
    if kind in _FLOAT_KINDS:
        return _float(kind, flags, width, precision, value)
    if kind not in _SIGNED_KINDS + _UNSIGNED_KINDS:
        raise ValueError(f"unknown conversion %{decode(kind)}")
    if exact and isinstance(value, bool):  # a comparison, which is an int in C
        value = int(value)
    number = index_of(value, f"the argument of {decode(spec[0])}")
    size = 1 << _BITS.get(spec["length"] or b"", 64)
    if kind in _UNSIGNED_KINDS:
        number %= size
    elif exact:
        number = (number + size // 2) % size - size // 2
    return _integer(kind, flags, width, precision, number)


def _integer(kind: bytes, flags: bytes, width: bytes, precision: bytes | None, number: int) -> bytes:
    """Writes an integer: its digits and what stands before them, where C and Python differ about zeros."""
    digits: bytes = (b"%" + (b"d" if kind in b"iu" else kind)) % abs(number)
    sign = b""
    if kind in _SIGNED_KINDS:
        sign = b"-" if number < 0 else b"+" if b"+" in flags else b" " if b" " in flags else b""
    elif b"#" in flags and kind in b"xX" and number:
        sign = b"0" + kind
    if precision is not None:
        digits = digits.rjust(int(precision), b"0") if number or int(precision) else b""
    if b"#" in flags and kind == b"o" and not digits.startswith(b"0"):
        digits = b"0" + digits
    if b"0" in flags and b"-" not in flags and precision is None:
        digits = digits.rjust(int(width or b"0") - len(sign), b"0")
    return _apply(b"s", b"-" if b"-" in flags else b"", width, None, sign + digits)


def _float(kind: bytes, flags: bytes, width: bytes, precision: bytes | None, value: object) -> bytes:
    """Writes a float; what is not finite is never filled up with zeros, and a NaN has a sign."""
    if not isinstance(value, float) or math.isfinite(value):
        return _apply(kind, flags, width, precision, value)
    sign = b"-" if math.copysign(1, value) < 0 else b"+" if b"+" in flags else b" " if b" " in flags else b""
    word = b"nan" if math.isnan(value) else b"inf"
    return _apply(b"s", flags, width, None, sign + (word.upper() if kind.isupper() else word))


def _apply(kind: bytes, flags: bytes, width: bytes, precision: bytes | None, value: object) -> bytes:
    point = b"" if precision is None else b"." + precision
    result: bytes = (b"%" + flags + width + point + kind) % value
    return result


def _width(width: bytes | None, flags: bytes, values: Iterator[object]) -> tuple[bytes, bytes]:
    """Returns the width and the flags; a negative width given by ``*`` adds the flag for left-justified."""
    if width is None:
        return b"", flags
    columns = _star(width, values)
    return b"%d" % abs(columns), flags + b"-" * (columns < 0)


def _star(digits: bytes, values: Iterator[object]) -> int:
    return index_of(_next(values), "*") if digits == b"*" else int(digits or b"0")


def _next(values: Iterator[object]) -> object:
    for value in values:
        return value
    raise TypeError("not enough arguments for the format")


def _text(value: object, precision: bytes | None, exact: bool) -> bytes:
    must_end = exact and precision is None
    if must_end and not isinstance(value, bytes) and 0 not in (buffer_of(value) or b"\0"):
        raise IndexError("text without a NUL in its block")
    if exact and value is None and precision is not None and int(precision) < len(b"(null)"):
        return b""  # as glibc, which shows no part of it
    text = text_of(value, "the argument of %s")
    return b"(null)" if text is None else encode(text)


def _char(value: object) -> bytes:
    return encode(value) if isinstance(value, str) else bytes([index_of(value, "the argument of %c") & 0xFF])
