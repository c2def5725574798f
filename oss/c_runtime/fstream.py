"""C++'s streams on files and texts, as far as migrated programs use them; bytes that are no UTF-8 survive.

``std::ofstream out(path)`` is ``with ofstream(path) as out:``, ``out << x`` is ``out.write(f"{x}")``;
``while (std::getline(in, line))`` is a loop over ``line = in.getline()`` until ``in.fail()``.
"""

from __future__ import annotations

import os
import re
from types import TracebackType

__all__ = ["ifstream", "istringstream", "ofstream"]

_WORD = re.compile(rb"\s*(\S+)")
_WHOLE = re.compile(rb"\s*([+-]?\d+)")
_REAL = re.compile(rb"\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)")


class ofstream:
    """A file that is written."""

    def __init__(self, path: str, mode: str = "w") -> None:
        self._failed = False
        try:
            self._file = open(path, f"{mode}b")  # noqa: SIM115 - closed by close()
        except OSError:
            self._failed = True

    def __enter__(self) -> ofstream:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def is_open(self) -> int:
        """Returns 1 while the file is open."""
        return int(hasattr(self, "_file") and not self._file.closed)

    def fail(self) -> int:
        """Returns 1 when something failed."""
        return int(self._failed)

    def write(self, text: str) -> None:
        """Writes a text."""
        if self.is_open():
            self._file.write(os.fsencode(text))
        else:
            self._failed = True

    def flush(self) -> None:
        """Gives what was written to the system."""
        if self.is_open():
            self._file.flush()

    def close(self) -> None:
        """Closes the file."""
        if self.is_open():
            self._file.close()


class istringstream:
    """A text that is read piece by piece."""

    def __init__(self, text: str = "") -> None:
        self._data, self._at, self._failed, self._ended = os.fsencode(text), 0, False, False

    def fail(self) -> int:
        """Returns 1 when the last piece was not there."""
        return int(self._failed)

    def eof(self) -> int:
        """Returns 1 when the end was met."""
        return int(self._ended)

    def getline(self, end: str = "\n") -> str:
        """Returns the text up to the next line's end, which is skipped."""
        if self._failed or self._at >= len(self._data):
            self._failed = self._ended = True
            return ""
        stop = self._data.find(os.fsencode(end), self._at)
        self._ended = stop < 0
        line = self._data[self._at : stop if stop >= 0 else len(self._data)]
        self._at = stop + 1 if stop >= 0 else len(self._data)
        return os.fsdecode(line)

    def _matched(self, pattern: re.Pattern[bytes]) -> bytes:
        found = None if self._failed else pattern.match(self._data, self._at)
        if found is None:
            self._failed = True
            self._ended = not self._data[self._at :].strip()
            return b""
        self._at = found.end()
        self._ended = self._at == len(self._data)
        return found[1]

    def word(self) -> str:
        """Returns the next word."""
        return os.fsdecode(self._matched(_WORD))

    def integer(self) -> int:
        """Returns the next number, 0 where there is none."""
        return int(self._matched(_WHOLE) or b"0")

    def real(self) -> float:
        """Returns the next number with a fraction, 0 where there is none."""
        return float(self._matched(_REAL) or b"0")


class ifstream(istringstream):
    """A file that is read."""

    def __init__(self, path: str) -> None:
        super().__init__()
        self._open = False
        try:
            with open(path, "rb") as file:
                self._data = file.read()
            self._open = True
        except OSError:
            self._failed = True

    def __enter__(self) -> ifstream:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def is_open(self) -> int:
        """Returns 1 while the file is open."""
        return int(self._open)

    def close(self) -> None:
        """Closes the file."""
        self._open = False
