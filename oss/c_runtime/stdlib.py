"""``stdlib.h``: memory, numbers in texts, sorting, random numbers, the environment, the end of the program."""

from __future__ import annotations

import atexit as at_exit
import errno as names
import os
import string
import sys
import threading
from collections.abc import Callable
from typing import Any, NoReturn

from aos._c.refs import aos_ref_t
from oss.c_runtime import convert, heap, sorting
from oss.c_runtime.convert import *
from oss.c_runtime.errno import attempt, errno, failed
from oss.c_runtime.heap import *
from oss.c_runtime.numbers import char, idiv, imod
from oss.c_runtime.pointers import Memory, Text, pointer_of, ptr, string_at
from oss.c_runtime.sorting import *

__all__ = [
    "RAND_MAX",
    "_Exit",
    "abort",
    "atexit",
    "div",
    "div_t",
    "exit",
    "getenv",
    "ldiv",
    "lldiv",
    "mkdtemp",
    "mkstemp",
    "putenv",
    "rand",
    "rand_r",
    "random",
    "realpath",
    "setenv",
    "srand",
    "srandom",
    "system",
    "unsetenv",
]
__all__ += convert.__all__
__all__ += heap.__all__
__all__ += sorting.__all__

RAND_MAX = 2147483647


# ---- arithmetic ----


class div_t:
    """A quotient and what is left."""

    def __init__(self, quot: int = 0, rem: int = 0) -> None:
        self.quot, self.rem = quot, rem


def div(a: int, b: int) -> div_t:
    """Divides towards zero."""
    return div_t(idiv(a, b), imod(a, b))


ldiv = lldiv = div


# ---- random numbers ----


class _Random:
    """glibc's generator: each number is the sum of the third and the thirty-first before it."""

    def __init__(self, seed: int) -> None:
        last = [seed & 0xFFFFFFFF or 1]
        for _ in range(30):
            number = last[-1] - (1 << 32) if last[-1] >> 31 else last[-1]
            # as C's signed division: 16807 * n mod 2^31 - 1, by Schrage's way
            high, low = idiv(number, 127773), imod(number, 127773)
            number = 16807 * low - 2836 * high
            last.append(number + 2147483647 if number < 0 else number)
        self._last = last[3:] + last[:3]
        for _ in range(310):
            self.next()

    def next(self) -> int:
        number = (self._last[-31] + self._last[-3]) & 0xFFFFFFFF
        self._last = [*self._last[1:], number]
        return number >> 1


_random = _Random(1)


def srand(seed: int) -> None:
    """Begins the sequence of a seed."""
    global _random
    _random = _Random(seed)


def rand() -> int:
    """Returns the next number of the sequence, which is glibc's."""
    return _random.next()


srandom, random = srand, rand


def rand_r(seed: aos_ref_t[int]) -> int:
    """Returns the next number of a sequence whose state is ``seed``.

    :param seed: the state; changes
    """
    state, result = seed.value, 0
    for mask in (2047, 1023, 1023):
        state = (state * 1103515245 + 12345) & 0xFFFFFFFF
        result = result << 10 ^ (state >> 16 & mask)
    seed.value = state
    return result


# ---- the environment ----


def getenv(name: Text) -> ptr[Any] | None:
    """Returns a variable's text, None when it is not set."""
    found = os.environb.get(string_at(name))
    return None if found is None else pointer_of(found)


def setenv(name: Text, value: Text, overwrite: int) -> int:
    """Sets a variable: 0, or -1 and EINVAL for a name that cannot be.

    :param overwrite: 0 leaves a variable that is set
    """
    key = string_at(name)
    if not key or b"=" in key:
        errno.value = names.EINVAL
        return -1
    if overwrite or key not in os.environb:
        os.environb[key] = string_at(value)
    return 0


def unsetenv(name: Text) -> int:
    """Removes a variable: 0, or -1 and EINVAL for a name that cannot be."""
    key = string_at(name)
    if not key or b"=" in key:
        errno.value = names.EINVAL
        return -1
    os.environb.pop(key, None)
    return 0


def putenv(text: Text) -> int:
    """Sets a variable by ``NAME=value``, removes one by ``NAME``."""
    name, equals, value = string_at(text).partition(b"=")
    return setenv(name, value, 1) if equals else unsetenv(name)


# ---- files ----


_LETTERS = (string.ascii_letters + string.digits).encode()


def mkstemp(name: Memory) -> int:
    """Makes a file of a new name: its descriptor, or -1 and errno.

    :param name: path that ends in XXXXXX, which gets the new name's letters
    """
    opened: list[int] = []
    if _new_name(name, lambda path: opened.append(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))):
        return -1
    return opened[0]


def mkdtemp(name: Memory) -> ptr[Any] | None:
    """Makes a folder of a new name: ``name``, or None and errno.

    :param name: path that ends in XXXXXX, which gets the new name's letters
    """
    return None if _new_name(name, lambda path: os.mkdir(path, 0o700)) else pointer_of(name)


def _new_name(name: Memory, make: Callable[[bytes], object]) -> int:
    place, path = pointer_of(name), string_at(pointer_of(name))
    if not path.endswith(b"XXXXXX"):
        errno.value = names.EINVAL
        return -1
    for _ in range(10_000):
        made = path[:-6] + bytes(_LETTERS[byte % len(_LETTERS)] for byte in os.urandom(6))
        status = attempt(make, made)
        if status == 0:
            place.memory(len(made))[:] = made
        if status == 0 or errno.value != names.EEXIST:
            return status
    return -1


def realpath(path: Text, resolved: Memory | None) -> ptr[Any] | None:
    """Returns the path without links, ``.`` and ``..``: in ``resolved``, or in memory that is to be freed.

    :param resolved: room for 4096 bytes; may be None
    """
    try:
        found = os.path.realpath(string_at(path), strict=True) + b"\0"
    except OSError as error:
        failed(error)
        return None
    to = malloc(len(found), char) if resolved is None else pointer_of(resolved)
    to.memory(len(found))[:] = found
    return to


# ---- the end, and other programs ----


def exit(status: int) -> NoReturn:
    """Ends the program, from any thread, after what was registered with ``atexit``."""
    if threading.current_thread() is threading.main_thread():
        raise SystemExit(status & 0xFF)
    at_exit._run_exitfuncs()  # which Python runs only where the main thread ends
    sys.stdout.flush()
    os._exit(status & 0xFF)


def _Exit(status: int) -> NoReturn:
    """Ends the program at once: what waits to be written is lost."""
    os._exit(status & 0xFF)


def abort() -> NoReturn:
    """Ends the program by SIGABRT."""
    os.abort()


def atexit(function: Callable[[], object]) -> int:
    """Has a function called at the end of the program."""
    at_exit.register(function)
    return 0


def system(command: Text | None) -> int:
    """Runs a command by the shell, and returns its status as ``wait`` tells it; 1 for None."""
    return 1 if command is None else os.system(string_at(command))
