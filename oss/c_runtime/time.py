"""``time.h`` and ``sys/time.h``: the calendar, the clocks, and waiting.

``gmtime`` and ``localtime`` return one and the same ``tm``, as in C. Names of days and months are C's own, English.

What a parameter is, unless a function says otherwise:

:param t: a time, seconds since 1970: the address of one, where C has a pointer
:param tm: a time of the calendar
"""

from __future__ import annotations

import copy
import errno as names
import re
import time as clock_of
from collections.abc import Callable
from typing import Any

from aos._c.refs import aos_ref_t
from oss.c_runtime.errno import errno
from oss.c_runtime.interrupts import wait
from oss.c_runtime.numbers import int64_t
from oss.c_runtime.pointers import Memory, Text, pointer_of, ptr, string_at

__all__ = [
    "CLOCKS_PER_SEC",
    "CLOCK_MONOTONIC",
    "CLOCK_PROCESS_CPUTIME_ID",
    "CLOCK_REALTIME",
    "asctime",
    "asctime_r",
    "clock",
    "clock_gettime",
    "ctime",
    "ctime_r",
    "difftime",
    "gettimeofday",
    "gmtime",
    "gmtime_r",
    "localtime",
    "localtime_r",
    "mktime",
    "nanosleep",
    "strftime",
    "time",
    "timegm",
    "timespec",
    "timeval",
    "tm",
    "tzset",
]

CLOCKS_PER_SEC = 1000000
CLOCK_REALTIME, CLOCK_MONOTONIC, CLOCK_PROCESS_CPUTIME_ID = 0, 1, 2
DAYS = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_DAY = 86400


class tm:
    """``struct tm``: months from 0, years from 1900, days of the week from Sunday, of the year from 0."""

    __slots__ = (
        *("tm_sec", "tm_min", "tm_hour", "tm_mday", "tm_mon", "tm_year", "tm_wday", "tm_yday", "tm_isdst"),
        *("tm_gmtoff", "tm_zone"),
    )

    def __init__(self, *values: int, **fields: int) -> None:
        self.tm_zone: Any = None
        for name, value in zip(self.__slots__[:-1], (*values, *[0] * 10), strict=False):
            setattr(self, name, fields.pop(name, value))
        for name in fields:
            raise TypeError(f"struct tm has no {name}")

    tm_sec: int
    tm_min: int
    tm_hour: int
    tm_mday: int
    tm_mon: int
    tm_year: int
    tm_wday: int
    tm_yday: int
    tm_isdst: int
    tm_gmtoff: int


class timespec:
    """``struct timespec``: seconds and nanoseconds."""

    def __init__(self, tv_sec: int = 0, tv_nsec: int = 0) -> None:
        self.tv_sec, self.tv_nsec = tv_sec, tv_nsec


class timeval:
    """``struct timeval``: seconds and microseconds."""

    def __init__(self, tv_sec: int = 0, tv_usec: int = 0) -> None:
        self.tv_sec, self.tv_usec = tv_sec, tv_usec


# ---- clocks ----


def time(t: aos_ref_t[int] | None = None) -> int:
    """Returns the seconds since 1970, and stores them in ``t`` unless that is None."""
    now = clock_of.time_ns() // 1_000_000_000
    if t is not None:
        t.value = now
    return now


def clock() -> int:
    """Returns the processor time of the program, in microseconds."""
    return clock_of.process_time_ns() // 1000


def difftime(later: int, earlier: int) -> float:
    """Returns the seconds between two times."""
    return float(later - earlier)


def clock_gettime(clock: int, now: timespec) -> int:
    """Reads a clock: 0, or -1 and EINVAL for one that there is not.

    :param clock: CLOCK_REALTIME, CLOCK_MONOTONIC or CLOCK_PROCESS_CPUTIME_ID
    :param now: gets the time
    """
    read = {0: clock_of.time_ns, 1: clock_of.monotonic_ns, 2: clock_of.process_time_ns}.get(clock)
    if read is None:
        errno.value = names.EINVAL
        return -1
    now.tv_sec, now.tv_nsec = divmod(read(), 1_000_000_000)
    return 0


def gettimeofday(now: timeval, zone: object = None) -> int:
    """Reads the time of the day, and returns 0.

    :param now: gets the time
    :param zone: not used
    """
    now.tv_sec, now.tv_usec = divmod(clock_of.time_ns() // 1000, 1_000_000)
    return 0


def nanosleep(wanted: timespec, left: timespec | None = None) -> int:
    """Waits: 0, or -1 and errno, EINTR when a signal ended it.

    :param wanted: how long
    :param left: gets what was left; may be None
    """
    if wanted.tv_sec < 0 or not 0 <= wanted.tv_nsec < 1_000_000_000:
        errno.value = names.EINVAL
        return -1
    rest = wait(wanted.tv_sec + wanted.tv_nsec / 1e9)
    if not rest:
        return 0
    if left is not None:
        left.tv_sec, left.tv_nsec = divmod(int(rest * 1e9), 1_000_000_000)
    errno.value = names.EINTR
    return -1


def tzset() -> None:
    """Reads the time zone, ``TZ``, anew."""
    clock_of.tzset()


# ---- the calendar ----

_shared = tm()


def _broken_down(read: Callable[[float], clock_of.struct_time], t: aos_ref_t[int], result: tm) -> tm | None:
    try:
        found = read(int64_t(t.value))
    except (OverflowError, OSError, ValueError):
        errno.value = names.EOVERFLOW
        return None
    result.tm_year, result.tm_mon, result.tm_mday = found.tm_year - 1900, found.tm_mon - 1, found.tm_mday
    result.tm_hour, result.tm_min, result.tm_sec = found.tm_hour, found.tm_min, found.tm_sec
    result.tm_wday, result.tm_yday, result.tm_isdst = (found.tm_wday + 1) % 7, found.tm_yday - 1, found.tm_isdst
    result.tm_gmtoff = found.tm_gmtoff
    result.tm_zone = ptr("GMT" if read is clock_of.gmtime else found.tm_zone)
    return result


def gmtime_r(t: aos_ref_t[int], result: tm) -> tm | None:
    """Stores a time as UTC's calendar has it; None and errno for one beyond the calendar.

    :param result: gets the time
    """
    return _broken_down(clock_of.gmtime, t, result)


def localtime_r(t: aos_ref_t[int], result: tm) -> tm | None:
    """Stores a time as the local calendar has it; None and errno for one beyond the calendar.

    :param result: gets the time
    """
    return _broken_down(clock_of.localtime, t, result)


def gmtime(t: aos_ref_t[int]) -> tm | None:
    """Returns a time as UTC's calendar has it, in the one ``tm`` that is shared."""
    return gmtime_r(t, _shared)


def localtime(t: aos_ref_t[int]) -> tm | None:
    """Returns a time as the local calendar has it, in the one ``tm`` that is shared."""
    return localtime_r(t, _shared)


def days_of(tm: tm) -> int:
    """Returns the days from 1970 to a date whose month and day may be beyond their ranges."""
    years, month = divmod(tm.tm_mon, 12)
    year = tm.tm_year + 1900 + years - (month < 2)
    from_march = (153 * ((month + 10) % 12) + 2) // 5
    return 365 * year + year // 4 - year // 100 + year // 400 + from_march + tm.tm_mday - 1 - 719468


def timegm(tm: tm) -> int:
    """Returns the time of UTC's calendar, and brings the fields into their ranges; -1 for one beyond the calendar."""
    seconds = days_of(tm) * _DAY + tm.tm_hour * 3600 + tm.tm_min * 60 + tm.tm_sec
    return -1 if gmtime_r(aos_ref_t(seconds), tm) is None else seconds


def mktime(tm: tm) -> int:
    """Returns the time of the local calendar, and brings the fields into their ranges; -1 for one beyond it."""
    plain = copy.copy(tm)
    if timegm(plain) == -1 and plain.tm_year != 69:
        return -1
    fields = (plain.tm_year + 1900, plain.tm_mon + 1, plain.tm_mday, plain.tm_hour, plain.tm_min, plain.tm_sec)
    try:
        found = int(clock_of.mktime((*fields, 0, 0, max(-1, min(tm.tm_isdst, 1)))))
    except (OverflowError, ValueError):
        errno.value = names.EOVERFLOW
        return -1
    return -1 if localtime_r(aos_ref_t(found), tm) is None else found


# ---- as text ----


def asctime_r(tm: tm, buf: Memory) -> ptr[Any]:
    """Stores a time in the form ``Thu Jan  1 00:00:00 1970`` and a line's end.

    :param buf: room for 26 bytes
    """
    return _stored(buf, _asctime(tm))


def _stored(buf: Memory, text: bytes) -> ptr[Any]:
    to = pointer_of(buf)
    to.memory(len(text) + 1)[:] = text + b"\0"
    return to


def _asctime(tm: tm) -> bytes:
    day, month = _name(DAYS, tm.tm_wday, "???")[:3], _name(MONTHS, tm.tm_mon, "???")[:3]
    when = f"{tm.tm_mday:3d} {tm.tm_hour:02d}:{tm.tm_min:02d}:{tm.tm_sec:02d} {1900 + tm.tm_year}"
    return f"{day} {month}{when}\n".encode()


_shared_text = bytearray(64)


def asctime(tm: tm) -> ptr[Any]:
    """Returns a time as ``asctime_r``, in the one text that is shared."""
    return asctime_r(tm, _shared_text)


def ctime(t: aos_ref_t[int]) -> ptr[Any] | None:
    """Returns a time as text, by the local calendar, in the one text that is shared."""
    found = localtime(t)
    return None if found is None else asctime(found)


def ctime_r(t: aos_ref_t[int], buf: Memory) -> ptr[Any] | None:
    """Stores a time as text, by the local calendar.

    :param buf: room for 26 bytes
    """
    found = localtime_r(t, tm())
    return None if found is None else asctime_r(found, buf)


def _name(of: tuple[str, ...], number: int, otherwise: str = "?") -> str:
    return of[number] if 0 <= number < len(of) else otherwise


def _iso_week(tm: tm) -> tuple[int, int]:
    """Returns the year and the number of the week by ISO 8601."""
    year, week_day = tm.tm_year + 1900, (tm.tm_wday + 6) % 7
    week = (tm.tm_yday - week_day + 10) // 7
    if week < 1:
        return year - 1, (tm.tm_yday - week_day + 10 + _length(year - 1)) // 7
    if week == 53 and tm.tm_yday - week_day + 3 >= _length(year):
        return year + 1, 1
    return year, week


def _length(year: int) -> int:
    return 366 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 365


def _hour12(tm: tm) -> int:
    return tm.tm_hour - 12 if tm.tm_hour > 12 else tm.tm_hour or 12


def _offset(tm: tm) -> str:
    minutes = abs(tm.tm_gmtoff) // 60
    return f"{'-' if tm.tm_gmtoff < 0 else '+'}{minutes // 60:02d}{minutes % 60:02d}"


# conversion: width, what fills it, and the number
_NUMBERS: dict[str, tuple[int, str, Callable[[tm], int]]] = {
    "C": (2, "0", lambda tm: (tm.tm_year + 1900) // 100),
    "d": (2, "0", lambda tm: tm.tm_mday),
    "e": (2, " ", lambda tm: tm.tm_mday),
    "g": (2, "0", lambda tm: _iso_week(tm)[0] % 100),
    "G": (1, "0", lambda tm: _iso_week(tm)[0]),
    "H": (2, "0", lambda tm: tm.tm_hour),
    "I": (2, "0", _hour12),
    "j": (3, "0", lambda tm: tm.tm_yday + 1),
    "k": (2, " ", lambda tm: tm.tm_hour),
    "l": (2, " ", _hour12),
    "m": (2, "0", lambda tm: tm.tm_mon + 1),
    "M": (2, "0", lambda tm: tm.tm_min),
    "s": (1, "0", lambda tm: mktime(copy.copy(tm))),
    "S": (2, "0", lambda tm: tm.tm_sec),
    "u": (1, "0", lambda tm: (tm.tm_wday + 6) % 7 + 1),
    "U": (2, "0", lambda tm: (tm.tm_yday - tm.tm_wday + 7) // 7),
    "V": (2, "0", lambda tm: _iso_week(tm)[1]),
    "w": (1, "0", lambda tm: tm.tm_wday),
    "W": (2, "0", lambda tm: (tm.tm_yday - (tm.tm_wday + 6) % 7 + 7) // 7),
    "y": (2, "0", lambda tm: tm.tm_year % 100),
    "Y": (1, "0", lambda tm: tm.tm_year + 1900),
}
_TEXTS: dict[str, Callable[[tm], str]] = {
    "a": lambda tm: _name(DAYS, tm.tm_wday)[:3],
    "A": lambda tm: _name(DAYS, tm.tm_wday),
    "b": lambda tm: _name(MONTHS, tm.tm_mon)[:3],
    "B": lambda tm: _name(MONTHS, tm.tm_mon),
    "h": lambda tm: _name(MONTHS, tm.tm_mon)[:3],
    "p": lambda tm: "PM" if tm.tm_hour > 11 else "AM",
    "P": lambda tm: "pm" if tm.tm_hour > 11 else "am",
    "n": lambda tm: "\n",
    "t": lambda tm: "\t",
    "z": _offset,
    "Z": lambda tm: str(tm.tm_zone or ("" if tm.tm_isdst < 0 else clock_of.tzname[tm.tm_isdst != 0])),
    "%": lambda tm: "%",
}
COMPOSED = {
    "c": "%a %b %e %H:%M:%S %Y",
    "D": "%m/%d/%y",
    "F": "%Y-%m-%d",
    "r": "%I:%M:%S %p",
    "R": "%H:%M",
    "T": "%H:%M:%S",
    "x": "%m/%d/%y",
    "X": "%H:%M:%S",
}
_SPEC = re.compile(r"%([_0^#+-]*)(\d*)([EO]?)(.)", re.DOTALL)


def expand(template: str, tm: tm) -> str:
    return _SPEC.sub(lambda spec: _conversion(spec, tm), template)


def _conversion(spec: re.Match[str], tm: tm) -> str:
    flags, width, _, kind = spec.groups()
    if kind == "z" and flags + width:
        raise ValueError("%z with a flag or a width")
    if kind in _NUMBERS:
        digits, filler, number = _NUMBERS[kind]
        text = _number(number(tm), int(width or digits), flags, filler).rjust(int(width or 0))
    elif kind in _TEXTS or kind in COMPOSED:
        text = _TEXTS[kind](tm) if kind in _TEXTS else expand(COMPOSED[kind], tm)
        text = text.rjust(int(width or 0), "0" if "0" in flags else " ")
    else:
        return spec[0]
    if "#" in flags and kind in "pZ":
        return text.lower()
    return text.upper() if ("^" in flags and kind != "P") or ("#" in flags and kind in "aAbBh") else text


def _number(number: int, digits: int, flags: str, filler: str) -> str:
    filler = {"_": " ", "0": "0", "+": "0"}.get(flags[-1:], filler)
    if "-" in flags:
        return str(number)
    sign, text = "-" if number < 0 else "", str(abs(number))
    if filler == " ":
        return (sign + text).rjust(digits)
    return sign + text.rjust(digits - len(sign), "0")


def strftime(s: Memory, size: int, format: Text, tm: tm) -> int:
    """Stores a time as a format says, and returns its length; 0 when it does not fit with a NUL.

    :param s: what is filled
    :param size: how many bytes of it may be filled
    :param format: a strftime format
    """
    text = expand(string_at(format).decode("latin-1"), tm).encode("latin-1")
    if len(text) >= size:
        return 0
    _stored(s, text)
    return len(text)
