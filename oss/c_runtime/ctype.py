"""``ctype.h``, in C's own locale: only ASCII characters are of a class. A class has glibc's number for "yes"."""

from __future__ import annotations

import string

__all__ = [
    "isalnum",
    "isalpha",
    "isascii",
    "isblank",
    "iscntrl",
    "isdigit",
    "isgraph",
    "islower",
    "isprint",
    "ispunct",
    "isspace",
    "isupper",
    "isxdigit",
    "toascii",
    "tolower",
    "toupper",
]

_CLASSES = (
    (0x0100, string.ascii_uppercase),
    (0x0200, string.ascii_lowercase),
    (0x0400, string.ascii_letters),
    (0x0800, string.digits),
    (0x1000, string.hexdigits),
    (0x2000, string.whitespace),
    (0x4000, "".join(map(chr, range(0x20, 0x7F)))),
    (0x8000, "".join(map(chr, range(0x21, 0x7F)))),
    (0x0001, " \t"),
    (0x0002, "".join(map(chr, [*range(0x20), 0x7F]))),
    (0x0004, string.punctuation),
    (0x0008, string.ascii_letters + string.digits),
)
_BITS = [sum(bit for bit, members in _CLASSES if chr(code) in members) for code in range(128)] + [0] * 128


def _class(c: int, bit: int) -> int:
    if not -128 <= c <= 255:
        raise ValueError(f"{c} is no character")
    return _BITS[c & 0xFF] & bit


def isupper(c: int) -> int:
    """Not 0 for A to Z."""
    return _class(c, 0x0100)


def islower(c: int) -> int:
    """Not 0 for a to z."""
    return _class(c, 0x0200)


def isalpha(c: int) -> int:
    """Not 0 for letters."""
    return _class(c, 0x0400)


def isdigit(c: int) -> int:
    """Not 0 for 0 to 9."""
    return _class(c, 0x0800)


def isxdigit(c: int) -> int:
    """Not 0 for digits of hexadecimal numbers."""
    return _class(c, 0x1000)


def isspace(c: int) -> int:
    """Not 0 for white space."""
    return _class(c, 0x2000)


def isprint(c: int) -> int:
    """Not 0 for what is seen, and for the space."""
    return _class(c, 0x4000)


def isgraph(c: int) -> int:
    """Not 0 for what is seen."""
    return _class(c, 0x8000)


def isblank(c: int) -> int:
    """Not 0 for space and tab."""
    return _class(c, 0x0001)


def iscntrl(c: int) -> int:
    """Not 0 for control characters."""
    return _class(c, 0x0002)


def ispunct(c: int) -> int:
    """Not 0 for what is seen and is no letter or digit."""
    return _class(c, 0x0004)


def isalnum(c: int) -> int:
    """Not 0 for letters and digits."""
    return _class(c, 0x0008)


def isascii(c: int) -> int:
    """1 for codes up to 127."""
    return int(0 <= c <= 127)


def toascii(c: int) -> int:
    """Returns the lower seven bits."""
    return c & 0x7F


def tolower(c: int) -> int:
    """Returns a letter's lower case, anything else as it is."""
    return c + 32 if 65 <= c <= 90 else c


def toupper(c: int) -> int:
    """Returns a letter's upper case, anything else as it is."""
    return c - 32 if 97 <= c <= 122 else c
