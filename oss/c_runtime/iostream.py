"""C++'s streams that are written: ``cout << setw(6) << n << endl`` is Python, too.

What is written is told by its Python type: a ``str`` is a text or a letter, a ``bool`` what ``boolalpha`` shows.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any, TypeAlias

from oss.c_runtime import streams
from oss.c_runtime.time import expand, tm

__all__ = [
    "cerr",
    "clog",
    "cout",
    "endl",
    "flush",
    "ios",
    "narrow",
    "ostream",
    "ostringstream",
    "put_time",
    "quoted",
    "setfill",
    "setprecision",
    "setw",
    "wide",
]


class wide(int):
    """A number of 64 bits, so that a negative one has so many in other bases than ten."""

    bits = 64


class narrow(int):
    """A number of 16 bits."""

    bits = 16


class ostream:
    """A stream that is written, with its format."""

    def __init__(self) -> None:
        self._base, self._precision, self._width, self._fill = 10, 6, 0, " "
        self._real, self._side, self._sign = "", "", ""
        self._words = self._upper = self._prefix = self._point = False
        self._failed = False

    def _put(self, data: bytes) -> None:
        """Writes bytes."""
        raise NotImplementedError

    def flush(self) -> ostream:
        """Gives what was written to the system."""
        return self

    def __lshift__(self, value: object) -> ostream:
        if isinstance(value, manipulator):
            value.change(self)
        else:
            self._put(os.fsencode(self._padded(*self._shown(value))))
        return self

    def _shown(self, value: object) -> tuple[str, str]:
        """The sign or prefix of a value, and the rest of its text."""
        if isinstance(value, str):
            return "", value
        if isinstance(value, bool) and self._words:
            return "", "true" if value else "false"
        if isinstance(value, int):
            return self._whole(value)
        if isinstance(value, float):
            text = self._number(value)
            return (text[0], text[1:]) if text[0] in "+-" else ("", text)
        raise TypeError(f"{type(value).__name__} goes to a stream")

    def _whole(self, value: int) -> tuple[str, str]:
        if self._base == 10:
            return ("-" if value < 0 else self._sign), str(abs(int(value)))
        if value < 0:
            value += 1 << getattr(value, "bits", 32)
        text = f"{value:{'x' if self._base == 16 else 'o'}}"
        head = ("0x" if self._base == 16 else "0") if self._prefix and value else ""
        return (head.upper(), text.upper()) if self._upper else (head, text)

    def _number(self, value: float) -> str:
        precision = self._precision if self._real or self._precision else 1
        text = f"{value:{self._sign}{'#' * self._point}.{precision}{self._real or 'g'}}"
        return text.upper() if self._upper else text

    def _padded(self, head: str, text: str) -> str:
        width, self._width = self._width, 0
        room = width - len(os.fsencode(head + text))
        if room <= 0:
            return head + text
        fill = self._fill * room
        if self._side == "internal":
            return head + fill + text
        return head + text + fill if self._side == "left" else fill + head + text

    def put(self, letter: int) -> ostream:
        """Writes a letter."""
        self._put(bytes([letter & 0xFF]))
        return self

    def write(self, data: Any, size: int | None = None) -> ostream:
        """Writes so many bytes of what is at a place, or a text as it is."""
        if isinstance(data, str):
            self._put(os.fsencode(data)[:size])
        elif isinstance(data, (bytes, bytearray, memoryview)):
            self._put(bytes(data[:size]))
        else:
            self._put(bytes(data.memory(size)))
        return self

    def flags(self, wanted: int | None = None) -> int:
        """Returns how things are shown, as the bits of libstdc++; sets it, where it is given."""
        found = sum(bit for bit, (name, value) in _BITS.items() if getattr(self, f"_{name}") == value)
        if wanted is not None:
            for bit, (name, value) in _BITS.items():
                setattr(self, f"_{name}", value if wanted & bit else _PLAIN.get(name, False))
            for name in ("base", "real", "side"):
                chosen = [value for bit, (of, value) in _BITS.items() if of == name and wanted & bit]
                setattr(self, f"_{name}", chosen[0] if len(chosen) == 1 else _PLAIN[name])
        return found

    def setf(self, flags: int, mask: int | None = None) -> int:
        """Sets flags, those of ``mask`` among them or not."""
        old = self.flags()
        self.flags((old & ~(flags if mask is None else mask)) | (flags if mask is None else flags & mask))
        return old

    def unsetf(self, flags: int) -> None:
        """Takes flags away."""
        self.flags(self.flags() & ~flags)

    def width(self, width: int | None = None) -> int:
        """Returns the width of what comes next; sets it, where it is given."""
        old = self._width
        self._width = old if width is None else width
        return old

    def precision(self, precision: int | None = None) -> int:
        """Returns how many digits a number with a fraction has; sets it, where it is given."""
        old = self._precision
        self._precision = old if precision is None else precision
        return old

    def fill(self, letter: str | None = None) -> int:
        """Returns the ``char`` that stands in front of what is too short; sets it, where it is given."""
        old = os.fsencode(self._fill)[0]
        self._fill = self._fill if letter is None else letter
        return old - 256 * (old > 127)

    def fail(self) -> int:
        """Returns 1 when something failed."""
        return int(self._failed)


_BITS = {
    1: ("words", True), 2: ("base", 10), 4: ("real", "f"), 8: ("base", 16), 16: ("side", "internal"),
    32: ("side", "left"), 64: ("base", 8), 128: ("side", "right"), 256: ("real", "e"), 512: ("prefix", True),
    1024: ("point", True), 2048: ("sign", "+"), 16384: ("upper", True),
}  # fmt: skip
"""What the flags of a stream are in libstdc++."""
_PLAIN = {"base": 10, "real": "", "side": "", "sign": ""}


class manipulator:
    """What changes the format of a stream when it is written to it."""

    def __init__(self, change: Callable[[ostream], object]) -> None:
        self.change = change


def _setting(**values: object) -> manipulator:
    def change(stream: ostream) -> None:
        for name, value in values.items():
            setattr(stream, f"_{name}", value)

    return manipulator(change)


class ios:
    """The manipulators that are no functions."""

    dec, hex, oct = _setting(base=10), _setting(base=16), _setting(base=8)
    fixed, scientific, defaultfloat = _setting(real="f"), _setting(real="e"), _setting(real="")
    left, right, internal = _setting(side="left"), _setting(side="right"), _setting(side="internal")
    boolalpha, noboolalpha = _setting(words=True), _setting(words=False)
    uppercase, nouppercase = _setting(upper=True), _setting(upper=False)
    showbase, noshowbase = _setting(prefix=True), _setting(prefix=False)
    showpoint, noshowpoint = _setting(point=True), _setting(point=False)
    showpos, noshowpos = _setting(sign="+"), _setting(sign="")


def _end(stream: ostream) -> None:
    stream._put(b"\n")
    stream.flush()


endl = manipulator(_end)
flush = manipulator(lambda stream: stream.flush())


def setw(width: int) -> manipulator:
    """Sets the width of what comes next."""
    return _setting(width=width)


def setfill(letter: str) -> manipulator:
    """Sets what stands in front of what is too short."""
    return _setting(fill=letter)


def setprecision(digits: int) -> manipulator:
    """Sets how many digits a number with a fraction has."""
    return _setting(precision=digits)


def quoted(text: str) -> str:
    """Returns a text in quotes, with a backslash before those in it."""
    inner = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{inner}"'


def put_time(time: tm, format: str) -> str:
    """Returns a time as a strftime format says."""
    return expand(format, time)


class _Console(ostream):
    """A stream to one of the three files that are open from the start."""

    def __init__(self, file: streams.FILE, at_once: bool) -> None:
        super().__init__()
        self._file, self._at_once = file, at_once

    def _put(self, data: bytes) -> None:
        self._file.write(data)

    def flush(self) -> ostream:
        self._file.flush()
        return self


class ostringstream(ostream):
    """A stream to a text."""

    def __init__(self, text: str = "") -> None:
        super().__init__()
        self._data, self._at = bytearray(os.fsencode(text)), 0

    def _put(self, data: bytes) -> None:
        self._data[self._at : self._at + len(data)] = data
        self._at += len(data)

    def str(self, text: _Text | None = None) -> _Text:
        """Returns what was written; sets it, where a text is given."""
        if text is not None:
            self._data, self._at = bytearray(os.fsencode(text)), 0
        return os.fsdecode(bytes(self._data))


_Text: TypeAlias = str
cout, cerr, clog = _Console(streams.stdout, False), _Console(streams.stderr, True), _Console(streams.stderr, True)
