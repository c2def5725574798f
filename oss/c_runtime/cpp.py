"""What C++'s library has and Python lacks: places in strings, numbers in strings, orders, threads.

A ``std::string`` is a str; places in it count the bytes of its UTF-8, as in C++.
"""

from __future__ import annotations

import functools
import math
import os
import re
from collections.abc import Callable, Iterable
from typing import Any

from aos._c.refs import aos_ref_t
from oss.c_runtime.exceptions import (
    bad_optional_access,
    exception,
    invalid_argument,
    length_error,
    logic_error,
    out_of_range,
    terminate,
    thrown,
)

__all__ = [
    "appended",
    "at",
    "c_str",
    "compare",
    "counted",
    "behind_last",
    "erased",
    "find",
    "find_first_not_of",
    "find_first_of",
    "find_if_letter",
    "find_if_not_letter",
    "find_letter",
    "find_last_not_of",
    "find_last_of",
    "given",
    "inserted",
    "joined",
    "key_of",
    "letter_at",
    "letters",
    "not_null",
    "overwritten",
    "replaced",
    "resized",
    "rfind",
    "scoped",
    "stod",
    "stoi",
    "stol",
    "stoll",
    "stoul",
    "stoull",
    "substr",
    "text_of",
    "value_at",
    "value_of",
    "with_letter",
]

_NPOS = (1 << 64) - 1
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_WHOLE = re.compile(r"[ \t\n\v\f\r]*([+-]?)(0[xX](?=[0-9a-fA-F]))?([0-9a-zA-Z]*)")
_REAL = re.compile(
    r"[ \t\n\v\f\r]*(?P<hex>[+-]?0x(?:[0-9a-f]+\.?[0-9a-f]*|\.[0-9a-f]+)(?:p[+-]?[0-9]+)?)"
    r"|[ \t\n\v\f\r]*(?P<real>[+-]?(?:(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:e[+-]?[0-9]+)?|inf(?:inity)?|nan))",
    re.IGNORECASE | re.ASCII,
)


def c_str(s: str) -> str:
    """Returns a string as a C text: it ends before its first zero."""
    return s.split("\0", 1)[0]


def find(s: str, part: str, start: int) -> int:
    """Returns the first place of a text that is not before ``start``."""
    return os.fsencode(s).find(os.fsencode(part), start) % (_NPOS + 1)


def rfind(s: str, part: str, start: int) -> int:
    """Returns the last place of a text that is not behind ``start``."""
    data = os.fsencode(part)
    return os.fsencode(s).rfind(data, 0, start + len(data)) % (_NPOS + 1)


def _places(s: str, letters: str, wanted: bool) -> list[int]:
    among = os.fsencode(letters)
    return [place for place, letter in enumerate(os.fsencode(s)) if (letter in among) is wanted]


def find_first_of(s: str, letters: str, start: int = 0) -> int:
    """Returns the first place of one of the letters."""
    return next((place for place in _places(s, letters, True) if place >= start), _NPOS)


def find_first_not_of(s: str, letters: str, start: int = 0) -> int:
    """Returns the first place of another letter."""
    return next((place for place in _places(s, letters, False) if place >= start), _NPOS)


def find_last_of(s: str, letters: str, start: int = _NPOS) -> int:
    """Returns the last place of one of the letters."""
    return next((place for place in reversed(_places(s, letters, True)) if place <= start), _NPOS)


def find_last_not_of(s: str, letters: str, start: int = _NPOS) -> int:
    """Returns the last place of another letter."""
    return next((place for place in reversed(_places(s, letters, False)) if place <= start), _NPOS)


def _beyond(name: str, at: int, size: int) -> out_of_range:
    return out_of_range(f"basic_string::{name}: __pos (which is {at}) > this->size() (which is {size})")


def counted(count: int, what: str = "cannot create std::vector larger than max_size()") -> int:
    """Returns how many elements there will be; a negative number is more than a container can have."""
    if count < 0:
        raise length_error(what)
    return count


def substr(s: str, at: int, count: int = _NPOS) -> str:
    """Returns so many bytes of a string from a place on."""
    data = os.fsencode(s)
    if at > len(data):
        raise _beyond("substr", at, len(data))
    return os.fsdecode(data[at : at + count])


def inserted(s: str, at: int, part: str) -> str:
    """Returns a string with another one at a place."""
    data = os.fsencode(s)
    if at > len(data):
        raise _beyond("insert", at, len(data))
    return os.fsdecode(data[:at] + os.fsencode(part) + data[at:])


def erased(s: str, at: int, count: int = _NPOS) -> str:
    """Returns a string without so many bytes from a place on."""
    data = os.fsencode(s)
    if at > len(data):
        raise _beyond("erase", at, len(data))
    return os.fsdecode(data[:at] + data[at + count :])


def replaced(s: str, at: int, count: int, part: str) -> str:
    """Returns a string with another one in the place of so many bytes."""
    data = os.fsencode(s)
    if at > len(data):
        raise _beyond("replace", at, len(data))
    return os.fsdecode(data[:at] + os.fsencode(part) + data[at + count :])


def resized(s: str, size: int, letter: str = "\0") -> str:
    """Returns a string that is cut, or filled up, to a size."""
    data = os.fsencode(s)
    return os.fsdecode(data[:size] + os.fsencode(letter) * (size - len(data)))


def appended(s: str, letter: int) -> str:
    """Returns a string and one more byte, which may complete a letter of UTF-8."""
    return s + chr(letter) if 0 <= letter < 128 else os.fsdecode(os.fsencode(s) + bytes([letter & 0xFF]))


def joined(*parts: str) -> str:
    """Returns strings one after the other; what is no letter by itself may be one together."""
    return os.fsdecode(b"".join(map(os.fsencode, parts)))


def letters(s: str) -> list[int]:
    """Returns each ``char`` of a string."""
    return [letter - 256 * (letter > 127) for letter in os.fsencode(s)]


def text_of(letters: Iterable[int]) -> str:
    """Returns the string of some letters."""
    return os.fsdecode(bytes(letter & 0xFF for letter in letters))


def find_letter(s: str, first: int, last: int, letter: int) -> int:
    """Returns the first place of a letter between two places, or the second of them."""
    return find_if_letter(s, first, last, lambda item: item == letter)


def find_if_letter(s: str, first: int, last: int, f: Callable[[int], Any]) -> int:
    """Returns the first place between two places for whose letter a function is true, or the second of them."""
    return next((place for place, letter in enumerate(letters(s)[first:last], first) if f(letter)), last)


def find_if_not_letter(s: str, first: int, last: int, f: Callable[[int], Any]) -> int:
    """Returns the first place between two places for whose letter a function is false, or the second of them."""
    return find_if_letter(s, first, last, lambda letter: not f(letter))


def behind_last(s: str, f: Callable[[int], Any], wanted: bool = True) -> int:
    """Returns the place behind the last letter for which a function is true, or is not; the start without one."""
    places = (place for place, letter in enumerate(letters(s), 1) if bool(f(letter)) is wanted)
    return max(places, default=0)


def letter_at(s: str, index: int) -> int:
    """Returns a ``char`` that may not be there."""
    data = os.fsencode(s)
    if not 0 <= index < len(data):
        raise out_of_range(f"basic_string::at: __n (which is {index}) >= this->size() (which is {len(data)})")
    return data[index] - 256 * (data[index] > 127)


def compare(a: str, b: str) -> int:
    """Returns less than 0, 0, or more, as two strings are in order: what they differ by."""
    one, other = os.fsencode(a), os.fsencode(b)
    return next((x - y for x, y in zip(one, other, strict=False) if x != y), len(one) - len(other))


def key_of(less: Callable[[Any, Any], Any]) -> Callable[[Any], Any]:
    """Returns the key that sorts as a comparison says."""
    return functools.cmp_to_key(lambda a, b: -1 if less(a, b) else int(bool(less(b, a))))


def at(items: list[Any], index: int) -> Any:
    """Returns an element that may not be there."""
    if not 0 <= index < len(items):
        raise out_of_range(f"vector::_M_range_check: __n (which is {index}) >= this->size() (which is {len(items)})")
    return items[index]


def value_at(items: dict[Any, Any], key: Any) -> Any:
    """Returns what a map has for a key that may not be there."""
    if key not in items:
        raise out_of_range("map::at")
    return items[key]


def value_of(value: Any) -> Any:
    """Returns what an optional has, which may be nothing."""
    if value is None:
        raise bad_optional_access("bad optional access")
    return value


def overwritten(s: str, letters: Iterable[int]) -> str:
    """Returns a string with other letters from its start on."""
    data = bytes(letter & 0xFF for letter in letters)
    return os.fsdecode(data + os.fsencode(s)[len(data) :])


def _whole(s: str, base: int, low: int, high: int, name: str, end: aos_ref_t[int] | None) -> int:
    """The number that a string begins with, as ``strtol`` reads it."""
    found = _WHOLE.match(s.split("\0", 1)[0])
    assert found is not None
    sign, prefix, rest = found.groups()
    prefix = prefix or ""
    if base == 0:
        base = 16 if prefix else 8 if rest.startswith("0") else 10
    if base != 16 and prefix:
        prefix, rest = "", "0"
    digits = ""
    for letter in rest.lower():
        if _DIGITS.index(letter) >= base:
            break
        digits += letter
    if not digits:
        raise invalid_argument(name)
    number = int(digits, base) * (-1 if sign == "-" else 1)
    if low == 0 and -high <= number < 0:
        number += high + 1
    if not low <= number <= high:
        raise out_of_range(name)
    if end is not None:
        end.value = found.start(1) + len(sign + prefix + digits)
    return number


def stoi(s: str, end: aos_ref_t[int] | None = None, base: int = 10) -> int:
    """Returns the ``int`` that a string begins with."""
    return _whole(s, base, -(1 << 31), (1 << 31) - 1, "stoi", end)


def stol(s: str, end: aos_ref_t[int] | None = None, base: int = 10) -> int:
    """Returns the ``long`` that a string begins with."""
    return _whole(s, base, -(1 << 63), (1 << 63) - 1, "stol", end)


def stoll(s: str, end: aos_ref_t[int] | None = None, base: int = 10) -> int:
    """Returns the ``long long`` that a string begins with."""
    return _whole(s, base, -(1 << 63), (1 << 63) - 1, "stoll", end)


def stoull(s: str, end: aos_ref_t[int] | None = None, base: int = 10) -> int:
    """Returns the ``unsigned long long`` that a string begins with."""
    return _whole(s, base, 0, _NPOS, "stoull", end)


def stoul(s: str, end: aos_ref_t[int] | None = None, base: int = 10) -> int:
    """Returns the ``unsigned long`` that a string begins with."""
    return _whole(s, base, 0, _NPOS, "stoul", end)


def stod(s: str, end: aos_ref_t[int] | None = None) -> float:
    """Returns the ``double`` that a string begins with."""
    found = _REAL.match(s)
    if found is None:
        raise invalid_argument("stod")
    if end is not None:
        end.value = found.end()
    value = float.fromhex(found["hex"]) if found["hex"] else float(found["real"])
    if math.isinf(value) and "n" not in found[0].lower():
        raise out_of_range("stod")
    return value


def given(text: str | None) -> str:
    """Returns the text that goes to a stream, which nothing is defined for when it is NULL."""
    if text is None:
        raise ValueError("NULL goes to a stream")
    return text


def not_null(text: str | None) -> str:
    """Returns the text that a string is made of; NULL is none."""
    if text is None:
        raise logic_error("basic_string: construction from null is not valid")
    return text


class scoped:
    """An object that cleans up, by ``close()``, at the end of a ``with``; not where the program ends by ``exit``."""

    caught = True
    """Whether the program catches anything; else what is thrown ends it before anything cleans up."""

    def __enter__(self) -> Any:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: object) -> None:
        if kind is not None and not self.caught and issubclass(kind, (exception, thrown)):
            terminate(error)
        if kind is None or not issubclass(kind, SystemExit):
            self.close()

    def close(self) -> None:
        """Does what the destructor does."""
        raise NotImplementedError


def with_letter(s: str, place: int, letter: int) -> str:
    """Returns a string with another letter at a place."""
    data = bytearray(os.fsencode(s))
    data[place] = letter & 0xFF
    return os.fsdecode(bytes(data))
