"""Numbers in texts: ``strtol`` and its relatives of ``stdlib.h``.

What a parameter is:

:param s: the text
:param end: gets where the number ended; may be None
:param base: 2 to 36, or 0 for C's prefixes
"""

from __future__ import annotations

import errno as names
import math
import re
import struct
from fractions import Fraction
from typing import Any

from aos._c.refs import aos_ref_t
from oss.c_runtime.errno import errno
from oss.c_runtime.numbers import float_, int32_t
from oss.c_runtime.pointers import Text, pointer_of, string_at

__all__ = [
    "atof",
    "atoi",
    "atol",
    "atoll",
    "strtod",
    "strtof",
    "strtoimax",
    "strtol",
    "strtoll",
    "strtoul",
    "strtoull",
    "strtoumax",
]

_INTEGER = re.compile(rb"[ \t\n\v\f\r]*([+-]?)(0[xX](?=[0-9a-fA-F]))?([0-9a-zA-Z]*)")
_FLOAT = re.compile(
    rb"[ \t\n\v\f\r]*([+-]?)(?:(0x(?:[0-9a-f]+\.?[0-9a-f]*|\.[0-9a-f]+)(?:p[+-]?[0-9]+)?)"
    rb"|((?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:e[+-]?[0-9]+)?)|(infinity|inf)|(nan(?:\([0-9a-z_]*\))?))",
    re.IGNORECASE,
)
_SMALLEST_NORMAL = 2.0**-1022


def _leave_end(s: Text, end: aos_ref_t[Any] | None, place: int) -> None:
    if end is not None:
        end.value = pointer_of(s) + place


def _digits(text: bytes, base: int) -> bytes:
    """Returns the digits at the start that the base has."""
    known = b"0123456789abcdefghijklmnopqrstuvwxyz"[:base]
    return text[: len(text) - len(text.lower().lstrip(known))]


def integer_at(s: Text, end: aos_ref_t[Any] | None, base: int) -> int:
    """Returns the integer at the start of a text, of any size; 0 where there is none."""
    if base == 1 or not 0 <= base <= 36:
        errno.value = names.EINVAL
        return 0
    found = _INTEGER.match(string_at(s))
    assert found is not None, "it matches nothing, too"
    sign, prefix, rest = found.groups()
    start = found.start(3)
    if prefix and base not in (0, 16):
        start, rest, prefix = found.start(2), prefix + rest, None
    base = base or (16 if prefix else 8 if rest.startswith(b"0") else 10)
    digits = _digits(rest, base)
    _leave_end(s, end, start + len(digits) if digits else 0)
    return int(sign + digits, base) if digits else 0


def strtol(s: Text, end: aos_ref_t[Any] | None, base: int) -> int:
    """Returns the ``long`` at the start of a text; the nearest there is, and ERANGE, for one too large."""
    value = integer_at(s, end, base)
    nearest = min(max(value, -(1 << 63)), (1 << 63) - 1)
    if value != nearest:
        errno.value = names.ERANGE
    return nearest


def strtoul(s: Text, end: aos_ref_t[Any] | None, base: int) -> int:
    """Returns the ``unsigned long`` at the start of a text, negated after a minus; the largest, and ERANGE, for one
    too large."""
    value = integer_at(s, end, base)
    if abs(value) >= 1 << 64:
        errno.value = names.ERANGE
        return (1 << 64) - 1
    return value & (1 << 64) - 1


strtoll = strtoimax = strtol
strtoull = strtoumax = strtoul


def atol(s: Text) -> int:
    """Returns the decimal ``long`` at the start of a text."""
    return strtol(s, None, 10)


atoll = atol


def atoi(s: Text) -> int:
    """Returns the decimal ``int`` at the start of a text."""
    return int32_t(strtol(s, None, 10))


def strtod(s: Text, end: aos_ref_t[Any] | None) -> float:
    """Returns the ``double`` at the start of a text: decimal, hexadecimal, ``inf`` or ``nan``."""
    value, exact = _float_at(s, end)
    _check_range(value, exact, _SMALLEST_NORMAL)
    return value


def strtof(s: Text, end: aos_ref_t[Any] | None) -> float:
    """Returns the ``float`` at the start of a text."""
    value, exact = _float_at(s, end)
    halfway = int.from_bytes(struct.pack("<d", value), "little") & 0x1FFFFFFF == 0x10000000
    if exact is not None and halfway and exact != Fraction(value):  # rounded once already, and not to be twice
        value = math.nextafter(value, math.inf if exact > value else -math.inf)
    value = float_(value)
    _check_range(value, exact, 2.0**-126)
    return value


def atof(s: Text) -> float:
    """Returns the ``double`` at the start of a text."""
    return strtod(s, None)


def _float_at(s: Text, end: aos_ref_t[Any] | None) -> tuple[float, Fraction | None]:
    """Returns the number at the start of a text, and exactly what stands there unless that is not finite or beyond."""
    found = _FLOAT.match(string_at(s))
    _leave_end(s, end, found.end() if found else 0)
    if found is None:
        return 0.0, None
    sign, hexadecimal, decimal, infinite, _ = found.groups()
    negative = -1.0 if sign == b"-" else 1.0
    if hexadecimal:
        return _hexadecimal(sign + hexadecimal)
    if decimal:
        value = float(decimal)
        is_zero = not decimal.lower().partition(b"e")[0].strip(b"0.")
        if value == 0 or math.isinf(value):
            return math.copysign(value, negative), None if is_zero else Fraction(1, 3)
        return value * negative, Fraction(decimal.decode()) * int(negative)
    return (math.inf if infinite else math.nan) * negative, None


def _hexadecimal(text: bytes) -> tuple[float, Fraction | None]:
    digits, _, power = text.lower().partition(b"p")
    try:
        value = float.fromhex(text.decode())
    except OverflowError:
        return math.inf * (-1 if text.startswith(b"-") else 1), Fraction(1, 3)
    whole, _, part = digits.partition(b".")
    if value == 0 or abs(int(power or b"0")) > 9999:
        return value, Fraction(1, 3) if (whole + part).strip(b"+-0x") else None
    return value, Fraction(int(whole + part, 16)) * Fraction(2) ** (int(power or b"0") - 4 * len(part))


def _check_range(value: float, exact: Fraction | None, smallest: float) -> None:
    """Sets ERANGE for what was too large, or too small to be kept exactly."""
    if exact is not None and (math.isinf(value) or (abs(value) < smallest and Fraction(value) != exact)):
        errno.value = names.ERANGE
