"""What C++'s library has and Python lacks: places in strings, numbers in strings, orders, threads.

A ``std::string`` is a str; places in it count the bytes of its UTF-8, as in C++.
"""

from __future__ import annotations

import functools
import os
import re
import threading
from collections.abc import Callable
from typing import Any

from oss.c_runtime.exceptions import invalid_argument, out_of_range

__all__ = [
    "at",
    "compare",
    "find_first_not_of",
    "find_first_of",
    "find_last_not_of",
    "find_last_of",
    "key_of",
    "stod",
    "stoi",
    "stol",
    "thread",
    "with_letter",
]

_NPOS = (1 << 64) - 1
_WHOLE = re.compile(r"[ \t\n\v\f\r]*([+-]?[0-9]+)")
_REAL = re.compile(r"[ \t\n\v\f\r]*([+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)")


def _places(s: str, letters: str, wanted: bool) -> list[int]:
    among = os.fsencode(letters)
    return [place for place, letter in enumerate(os.fsencode(s)) if (letter in among) is wanted]


def find_first_of(s: str, letters: str, start: int = 0) -> int:
    """Returns the first place of one of the letters."""
    return next((place for place in _places(s, letters, True) if place >= start), _NPOS)


def find_first_not_of(s: str, letters: str, start: int = 0) -> int:
    """Returns the first place of another letter."""
    return next((place for place in _places(s, letters, False) if place >= start), _NPOS)


def find_last_of(s: str, letters: str) -> int:
    """Returns the last place of one of the letters."""
    return next(reversed(_places(s, letters, True)), _NPOS)


def find_last_not_of(s: str, letters: str) -> int:
    """Returns the last place of another letter."""
    return next(reversed(_places(s, letters, False)), _NPOS)


def compare(a: str, b: str) -> int:
    """Returns less than 0, 0, or more, as two strings are in order."""
    one, other = os.fsencode(a), os.fsencode(b)
    return (one > other) - (one < other)


def key_of(less: Callable[[Any, Any], Any]) -> Callable[[Any], Any]:
    """Returns the key that sorts as a comparison says."""
    return functools.cmp_to_key(lambda a, b: -1 if less(a, b) else int(bool(less(b, a))))


def at(items: list[Any], index: int) -> Any:
    """Returns an element that may not be there."""
    if not 0 <= index < len(items):
        raise out_of_range(f"vector::_M_range_check: __n (which is {index}) >= this->size() (which is {len(items)})")
    return items[index]


def _whole(s: str, bits: int, name: str) -> int:
    found = _WHOLE.match(s)
    if found is None:
        raise invalid_argument(name)
    number = int(found[1])
    if not -(1 << bits - 1) <= number < 1 << bits - 1:
        raise out_of_range(name)
    return number


def stoi(s: str) -> int:
    """Returns the ``int`` that a string begins with."""
    return _whole(s, 32, "stoi")


def stol(s: str) -> int:
    """Returns the ``long`` that a string begins with."""
    return _whole(s, 64, "stol")


def stod(s: str) -> float:
    """Returns the ``double`` that a string begins with."""
    found = _REAL.match(s)
    if found is None:
        raise invalid_argument("stod")
    return float(found[1])


def thread(function: Callable[..., object], *arguments: object) -> threading.Thread:
    """Starts a thread."""
    made = threading.Thread(target=function, args=arguments)
    made.start()
    return made


def with_letter(s: str, place: int, letter: int) -> str:
    """Returns a string with another letter at a place."""
    data = bytearray(os.fsencode(s))
    data[place] = letter & 0xFF
    return os.fsdecode(bytes(data))
