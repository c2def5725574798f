"""``string.h`` and ``strings.h``: memory and texts, counted in bytes.

A function that returns a ``char *`` returns a ptr into its argument, or None. A text to search is a ptr, bytes-like or
a str; one to fill a ptr or a bytearray. Filling more than there is room for is an IndexError. Comparisons give the
difference of the first bytes that differ.

What a parameter is, unless a function says otherwise:

:param dest: what is filled
:param src: what is read
:param s: the text, or the memory
:param n: how many bytes
:param c: the byte that is looked for
"""

from __future__ import annotations

import copy
import errno as names
import os
import signal
from typing import Any

from aos._c.refs import aos_ref_t
from oss.c_runtime.errno import strerror
from oss.c_runtime.heap import malloc
from oss.c_runtime.numbers import char
from oss.c_runtime.pointers import Memory, Text, pointer_of, ptr, string_at
from oss.c_runtime.structs import struct

__all__ = [
    "bcmp",
    "bcopy",
    "bzero",
    "ffs",
    "index",
    "memchr",
    "memcmp",
    "memcpy",
    "memmem",
    "memmove",
    "mempcpy",
    "memrchr",
    "memset",
    "rindex",
    "stpcpy",
    "strcasecmp",
    "strcasestr",
    "strcat",
    "strchr",
    "strchrnul",
    "strcmp",
    "strcoll",
    "strcpy",
    "strcspn",
    "strdup",
    "strerror",
    "strerror_r",
    "strlcat",
    "strlcpy",
    "strlen",
    "strncasecmp",
    "strncat",
    "strncmp",
    "strncpy",
    "strndup",
    "strnlen",
    "strpbrk",
    "strrchr",
    "strsep",
    "strsignal",
    "strspn",
    "strstr",
    "strtok",
    "strtok_r",
]


# ---- memory ----


def memmove(dest: Memory, src: Text | Memory, n: int) -> ptr[Any]:
    """Copies ``n`` bytes, or the structs and pointers that are so many bytes; they may overlap."""
    to, of = pointer_of(dest), pointer_of(src)
    if to.of.in_bytes:
        to.memory(n)[:] = bytes(of.memory(n))
    else:
        cells = of.cells(n)
        cells = [copy.copy(cell) for cell in cells] if isinstance(of.of.leaf.zeros(1)[0], struct) else cells
        for place, cell in enumerate(cells):
            to[place] = cell
    return to


memcpy = memmove


def mempcpy(dest: Memory, src: Text | Memory, n: int) -> ptr[Any]:
    """Copies as ``memcpy``, and returns what is after the copy."""
    to = memmove(dest, src, n)
    return ptr(to.block, to.at + n, to.of)


def memset(s: Memory, c: int, n: int) -> ptr[Any]:
    """Fills with a byte; structs and pointers only with 0."""
    to = pointer_of(s)
    if to.of.in_bytes:
        to.memory(n)[:] = bytes([c & 0xFF]) * n
    elif c:
        raise TypeError(f"{to.of} can be filled with 0 alone")
    else:
        for place in range(len(to.cells(n))):
            to[place] = to.of.make()  # type: ignore[attr-defined]  # a record, since it has no bytes
    return to


def memcmp(a: Text, b: Text, n: int) -> int:
    """Compares ``n`` bytes."""
    return _difference(bytes(pointer_of(a).memory(n)), bytes(pointer_of(b).memory(n)))


def memchr(s: Text, c: int, n: int) -> ptr[Any] | None:
    """Finds the first byte that is ``c``."""
    return _at(s, _until(s, n).find(c & 0xFF))


def memrchr(s: Text, c: int, n: int) -> ptr[Any] | None:
    """Finds the last byte that is ``c``."""
    return _at(s, bytes(pointer_of(s).memory(n)).rfind(c & 0xFF))


def memmem(haystack: Text, size: int, needle: Text, length: int) -> ptr[Any] | None:
    """Finds bytes in bytes."""
    found = bytes(pointer_of(haystack).memory(size)).find(bytes(pointer_of(needle).memory(length)))
    return _at(haystack, found)


def bcmp(a: Text, b: Text, n: int) -> int:
    """Compares as ``memcmp``."""
    return memcmp(a, b, n)


def bcopy(src: Text | Memory, dest: Memory, n: int) -> None:
    """Copies as ``memmove``, with the parameters the other way round."""
    memmove(dest, src, n)


def bzero(s: Memory, n: int) -> None:
    """Fills with 0."""
    memset(s, 0, n)


def ffs(n: int) -> int:
    """Returns the place of the lowest bit that is set, from 1; 0 when there is none."""
    return (n & -n).bit_length()


# ---- texts ----


def strlen(s: Text) -> int:
    """Returns how many bytes stand before the NUL."""
    return len(string_at(s))


def strnlen(s: Text, n: int) -> int:
    """Returns how many of the first ``n`` bytes stand before the NUL."""
    return len(_first(s, n))


def strcpy(dest: Memory, src: Text) -> ptr[Any]:
    """Copies a text and its NUL."""
    return _put(dest, 0, string_at(src) + b"\0")


def stpcpy(dest: Memory, src: Text) -> ptr[Any]:
    """Copies a text, and returns where its NUL is."""
    text = string_at(src)
    return _put(dest, 0, text + b"\0") + len(text)


def strncpy(dest: Memory, src: Text, n: int) -> ptr[Any]:
    """Fills ``n`` bytes with a text and NULs after it: without any when it has ``n`` bytes or more."""
    return _put(dest, 0, _first(src, n).ljust(n, b"\0"))


def strcat(dest: Memory, src: Text) -> ptr[Any]:
    """Appends a text."""
    return _put(dest, len(_content(dest)), string_at(src) + b"\0")


def strncat(dest: Memory, src: Text, n: int) -> ptr[Any]:
    """Appends at most ``n`` bytes of a text, and a NUL."""
    return _put(dest, len(_content(dest)), _first(src, n) + b"\0")


def strlcpy(dest: Memory, src: Text, size: int) -> int:
    """Copies what of a text fits into ``size`` bytes with a NUL, and returns the text's length."""
    text = string_at(src)
    if size:
        _put(dest, 0, text[: size - 1] + b"\0")
    return len(text)


def strlcat(dest: Memory, src: Text, size: int) -> int:
    """Appends what of a text fits into ``size`` bytes with a NUL, and returns the length that was wanted."""
    text, there = string_at(src), len(_first(pointer_of(dest), size))
    if there < size:
        _put(dest, there, text[: size - there - 1] + b"\0")
    return there + len(text)


def strdup(s: Text) -> ptr[Any]:
    """Copies a text to memory that is to be freed."""
    return _duplicate(string_at(s))


def strndup(s: Text, n: int) -> ptr[Any]:
    """Copies at most ``n`` bytes of a text to memory that is to be freed."""
    return _duplicate(_first(s, n))


def strcmp(a: Text, b: Text) -> int:
    """Compares two texts."""
    return _difference(string_at(a), string_at(b))


def strncmp(a: Text, b: Text, n: int) -> int:
    """Compares at most ``n`` bytes of two texts."""
    return _difference(_first(a, n), _first(b, n))


def strcoll(a: Text, b: Text) -> int:
    """Compares as ``strcmp``, as in C's own locale."""
    return strcmp(a, b)


def strcasecmp(a: Text, b: Text) -> int:
    """Compares two texts without regard to ASCII case."""
    return _difference(string_at(a).lower(), string_at(b).lower())


def strncasecmp(a: Text, b: Text, n: int) -> int:
    """Compares at most ``n`` bytes of two texts without regard to ASCII case."""
    return _difference(_first(a, n).lower(), _first(b, n).lower())


def strchr(s: Text, c: int) -> ptr[Any] | None:
    """Finds the first ``c``, which may be the NUL."""
    return _at(s, (string_at(s) + b"\0").find(c & 0xFF))


def strrchr(s: Text, c: int) -> ptr[Any] | None:
    """Finds the last ``c``, which may be the NUL."""
    return _at(s, (string_at(s) + b"\0").rfind(c & 0xFF))


def strchrnul(s: Text, c: int) -> ptr[Any]:
    """Finds the first ``c``, or the NUL."""
    text = string_at(s)
    found = text.find(c & 0xFF)
    return pointer_of(s) + (len(text) if found < 0 else found)


index, rindex = strchr, strrchr


def strstr(haystack: Text, needle: Text) -> ptr[Any] | None:
    """Finds a text in a text."""
    return _at(haystack, string_at(haystack).find(string_at(needle)))


def strcasestr(haystack: Text, needle: Text) -> ptr[Any] | None:
    """Finds a text in a text without regard to ASCII case."""
    return _at(haystack, string_at(haystack).lower().find(string_at(needle).lower()))


def strspn(s: Text, accept: Text) -> int:
    """Returns how many bytes at the start are in ``accept``."""
    text = string_at(s)
    return len(text) - len(text.lstrip(string_at(accept)))


def strcspn(s: Text, reject: Text) -> int:
    """Returns how many bytes at the start are not in ``reject``."""
    text, ends = string_at(s), {*string_at(reject)}
    return next((place for place, byte in enumerate(text) if byte in ends), len(text))


def strpbrk(s: Text, accept: Text) -> ptr[Any] | None:
    """Finds the first byte that is in ``accept``."""
    place = strcspn(s, accept)
    return None if place == strlen(s) else pointer_of(s) + place


def strtok_r(s: Memory | None, delimiters: Text, place: aos_ref_t[Any]) -> ptr[Any] | None:
    """Returns the next part of a text, which is cut there; ``place`` gets where to go on when ``s`` is None.

    :param place: where the next part begins
    """
    start = place.value if s is None else pointer_of(s)
    if start is None:
        return None
    start = start + strspn(start, delimiters)
    size = strcspn(start, delimiters)
    place.value = start + size
    if not size:
        return None
    if place.value[0]:
        place.value[0] = 0
        place.value += 1
    return start


_last: aos_ref_t[Any] = aos_ref_t(None)


def strtok(s: Memory | None, delimiters: Text) -> ptr[Any] | None:
    """Returns the next part of a text, which is cut there; goes on in the last text when ``s`` is None."""
    return strtok_r(s, delimiters, _last)


def strsep(place: aos_ref_t[Any], delimiters: Text) -> ptr[Any] | None:
    """Returns the text up to the next delimiter, which is cut there; it may be empty.

    :param place: the text; gets what is after the delimiter, None at the end
    """
    start = place.value
    if start is None:
        return None
    start = pointer_of(start)
    end = strpbrk(start, delimiters)
    if end is not None:
        end[0] = 0
    place.value = None if end is None else end + 1
    return start


def strerror_r(number: int, buf: Memory, size: int) -> int:
    """Stores the system's words for an error: 0, or ERANGE when they do not fit (POSIX's form, not GNU's)."""
    words = os.strerror(number)
    strlcpy(buf, words, size)
    return 0 if len(words.encode()) < size else names.ERANGE


def strsignal(number: int) -> ptr[Any]:
    """Returns the system's words for a signal."""
    return ptr(signal.strsignal(number) or f"Unknown signal {number}")


# ---- helpers ----


def _difference(a: bytes, b: bytes) -> int:
    """Returns the difference of the first bytes that differ; the end of a text counts as 0."""
    if a == b:
        return 0
    for one, other in zip(a + b"\0", b + b"\0", strict=False):
        if one != other:
            return one - other
    return 0


def _at(s: Text, place: int) -> ptr[Any] | None:
    """Returns a pointer to a place of a text, None for a place that was not found."""
    found = pointer_of(s)
    return None if place < 0 else ptr(found.block, found.at + place, found.of if found.of.stride == 1 else char)


def _until(s: Text, n: int) -> bytes:
    """Returns the first ``n`` bytes, or those that there are: a search may end before it has read them all."""
    whole = pointer_of(s)
    return bytes(whole.memory(min(n, len(whole.block) - whole.at)))


def _first(s: Text, n: int) -> bytes:
    """Returns at most ``n`` bytes of a text, which needs no NUL then."""
    head, _, _ = _until(s, n).partition(b"\0")
    return head if len(head) == n else string_at(s)


def _content(dest: Memory) -> bytes:
    return string_at(pointer_of(dest))


def _put(dest: Memory, offset: int, data: bytes) -> ptr[Any]:
    to = pointer_of(dest)
    (ptr(to.block, to.at + offset, to.of)).memory(len(data))[:] = data
    return to


def _duplicate(text: bytes) -> ptr[Any]:
    made = malloc(len(text) + 1)
    return _put(ptr(made.block, 0, char), 0, text + b"\0")
