"""``strptime`` of ``time.h``, which reads what :func:`oss.c_runtime.time.strftime` writes."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from aos._c.refs import aos_ref_t
from oss.c_runtime.pointers import Text, pointer_of, ptr, string_at
from oss.c_runtime.time import COMPOSED, DAYS, MONTHS, days_of, localtime_r, tm

__all__ = ["strptime"]


class _NoMatchError(Exception):
    """The text is not what the format says."""


class _Reader:
    """Where in the text the reading is, and what was read that has to be put together at the end."""

    def __init__(self, text: bytes, tm: tm) -> None:
        self.text, self.at, self.tm = text, 0, tm
        self.is_afternoon = self.is_12_hours = False
        self.known: set[str] = set()

    def match(self, pattern: bytes) -> bytes:
        found = re.compile(pattern, re.IGNORECASE).match(self.text, self.at)
        if found is None:
            raise _NoMatchError
        self.at = found.end()
        return found[0]

    def number(self, low: int, high: int, digits: int) -> int:
        """Reads a number of at most so many digits, which is no longer than the highest value allows."""
        self.match(rb" *")
        if not self.text[self.at : self.at + 1].isdigit():
            raise _NoMatchError
        value = 0
        while digits and self.text[self.at : self.at + 1].isdigit():
            value = value * 10 + self.text[self.at] - 48
            self.at, digits = self.at + 1, digits - 1
            if value * 10 > high:
                break
        if not low <= value <= high:
            raise _NoMatchError
        return value

    def name(self, names: Sequence[str]) -> int:
        for place, name in enumerate(names):
            for form in (name, name[:3]):
                if self.text[self.at :].lower().startswith(form.lower().encode()):
                    self.at += len(form)
                    return place
        raise _NoMatchError


def _set(field: str, low: int, high: int, digits: int, offset: int = 0) -> Callable[[_Reader], None]:
    def read(reader: _Reader) -> None:
        setattr(reader.tm, field, reader.number(low, high, digits) - offset)
        reader.known.add(field)

    return read


def _named(field: str, names: Sequence[str]) -> Callable[[_Reader], None]:
    def read(reader: _Reader) -> None:
        setattr(reader.tm, field, reader.name(names))
        reader.known.add(field)

    return read


def _hour12(reader: _Reader) -> None:
    reader.tm.tm_hour, reader.is_12_hours = reader.number(1, 12, 2) % 12, True


def _hour24(reader: _Reader) -> None:
    reader.tm.tm_hour, reader.is_12_hours = reader.number(0, 23, 2), False


def _half(reader: _Reader) -> None:
    reader.is_afternoon = reader.match(rb"am|pm").lower() == b"pm"


def _short_year(reader: _Reader) -> None:
    year = reader.number(0, 99, 2)
    reader.tm.tm_year = year if year >= 69 else year + 100
    reader.known.add("tm_year")


def _week_day(reader: _Reader) -> None:
    reader.tm.tm_wday = reader.number(1, 7, 1) % 7
    reader.known.add("tm_wday")


def _seconds(reader: _Reader) -> None:
    localtime_r(aos_ref_t(int(reader.match(rb"[0-9]+"))), reader.tm)


def _offset(reader: _Reader) -> None:
    reader.match(rb" *")
    found = reader.match(rb"Z|[+-][0-9]{2}(?::?[0-9]{2})?")
    digits = found[1:].replace(b":", b"").ljust(4, b"0")
    minutes = 0 if found in b"Zz" else int(digits[:2]) * 60 + int(digits[2:])
    if minutes % 60 != int(digits[2:] if found not in b"Zz" else b"0") or minutes > 1400:
        raise _NoMatchError
    reader.tm.tm_gmtoff = minutes * (-60 if found.startswith(b"-") else 60)


_READERS: dict[str, Callable[[_Reader], object]] = {
    **dict.fromkeys("aA", _named("tm_wday", DAYS)),
    **dict.fromkeys("bBh", _named("tm_mon", MONTHS)),
    **dict.fromkeys("de", _set("tm_mday", 1, 31, 2)),
    **dict.fromkeys("Hk", _hour24),
    **dict.fromkeys("Il", _hour12),
    "j": _set("tm_yday", 1, 366, 3, 1),
    "m": _set("tm_mon", 1, 12, 2, 1),
    "M": _set("tm_min", 0, 59, 2),
    **dict.fromkeys("nt", lambda reader: reader.match(rb"[ \t-\r]*")),
    **dict.fromkeys("pP", _half),
    "s": _seconds,
    "S": _set("tm_sec", 0, 61, 2),
    "u": _week_day,
    "w": _set("tm_wday", 0, 6, 1),
    "y": _short_year,
    "Y": _set("tm_year", 0, 9999, 4, 1900),
    "z": _offset,
    "Z": lambda reader: None,  # glibc reads nothing
    "%": lambda reader: reader.match(b"%"),
}


def _read(reader: _Reader, template: str) -> None:
    for space, kind, plain in re.findall(r"([ \t-\r]+)|%[EO_0^#-]*(.)|(.)", template, re.DOTALL):
        if space:
            reader.match(rb"[ \t-\r]*")
        elif plain:
            reader.match(re.escape(plain.encode("latin-1")))
        elif kind in COMPOSED:
            _read(reader, COMPOSED[kind])
        elif kind in _READERS:
            _READERS[kind](reader)
        else:
            raise ValueError(f"unknown conversion %{kind}")


def _complete(reader: _Reader) -> None:
    """Works out what the fields that were read say of others: the day of the week and of the year."""
    tm, known = reader.tm, reader.known
    if reader.is_12_hours and reader.is_afternoon:
        tm.tm_hour += 12
    if not known & {"tm_year", "tm_mon", "tm_mday"}:
        return
    if "tm_wday" not in known:
        if "tm_yday" in known:
            _date_of_year_day(tm, known)
        tm.tm_wday = (days_of(tm) + 4) % 7
    if "tm_yday" not in known:
        tm.tm_yday = days_of(tm) - _first_day(tm, 0)


def _date_of_year_day(tm: tm, known: set[str]) -> None:
    """Sets of month and day what was not read."""
    first = _first_day(tm, 0)
    month = next(month for month in range(11, -1, -1) if _first_day(tm, month) - first <= tm.tm_yday)
    if "tm_mon" not in known:
        tm.tm_mon = month
    if "tm_mday" not in known:
        tm.tm_mday = tm.tm_yday - (_first_day(tm, month) - first) + 1


def _first_day(of: tm, month: int) -> int:
    return days_of(tm(0, 0, 0, 1, month, of.tm_year))


def strptime(s: Text, format: Text, tm: tm) -> ptr[Any] | None:
    """Reads a time as a format says, and returns what is after it; None where the text is something else.

    :param s: the text
    :param format: a strftime format
    :param tm: gets the fields that were read, and the days of the week and of the year
    """
    reader = _Reader(string_at(s), tm)
    try:
        _read(reader, string_at(format).decode("latin-1"))
    except _NoMatchError:
        return None
    _complete(reader)
    return pointer_of(s) + reader.at
