"""C++'s streams that are read, and those on files, as far as migrated programs use them.

``std::ofstream out(path)`` is ``with ofstream(path) as out:``, ``out << x`` the same; ``in >> n`` is
``n = in_.integer(n)``, ``while (std::getline(in, line))`` a loop over ``line = in_.getline()`` until ``in_.fail()``.
Bytes that are no UTF-8 survive.
"""

from __future__ import annotations

import os
import re
from types import TracebackType
from typing import Any

from oss.c_runtime import streams
from oss.c_runtime.errno import errno
from oss.c_runtime.iostream import ostream
from oss.c_runtime.pointers import ptr

__all__ = ["cin", "fstream", "ifstream", "istream", "istringstream", "ofstream", "stringstream"]

_SPACE = re.compile(rb"[ \t\n\v\f\r]*")
_WORD = re.compile(rb"[^ \t\n\v\f\r]+")
_QUOTED = re.compile(rb'"((?:[^"\\]|\\.)*)("?)', re.DOTALL)
_WHOLE = re.compile(rb"[+-]?[0-9]+")
_REAL = re.compile(rb"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_PARTS = {_WORD: _WORD, _WHOLE: re.compile(rb"[+-]?[0-9]*"), _REAL: re.compile(rb"[0-9+\-.eE]*")}


class istream:
    """A stream that is read."""

    def __init__(self, data: bytes | bytearray = b"") -> None:
        self._data: bytes | bytearray = data
        self._got, self._taken = 0, 0
        self._failed = self._ended = False

    def fail(self) -> int:
        """Returns 1 when the last piece was not there."""
        return int(self._failed)

    def set_fail(self) -> None:
        """Says that what was read is not what was wanted: ``is.setstate(std::ios::failbit)``."""
        self._failed = True

    def eof(self) -> int:
        """Returns 1 when the end was met."""
        return int(self._ended)

    def good(self) -> int:
        """Returns 1 while nothing failed, and the end was not met."""
        return int(not (self._failed or self._ended))

    def clear(self) -> None:
        """Forgets that something failed."""
        self._failed = self._ended = False

    def _ready(self) -> bool:
        """Whether something may be read."""
        if self._failed or self._ended:
            self._failed = True
            return False
        return True

    def getline(self, line: str = "", end: str = "\n") -> str:
        """Returns the text up to the next line's end, which is skipped; ``line``, where nothing may be read."""
        if not self._ready():
            return line
        if self._got >= len(self._data):
            self._failed = self._ended = True
            return ""
        stop = self._data.find(os.fsencode(end), self._got)
        self._ended = stop < 0
        found = self._data[self._got : stop if stop >= 0 else len(self._data)]
        self._got = stop + 1 if stop >= 0 else len(self._data)
        return os.fsdecode(bytes(found))

    def _matched(self, pattern: re.Pattern[bytes]) -> bytes | None:
        """The next piece, after spaces; None where nothing is left to read, empty where it is something else."""
        if not self._ready():
            return None
        space = _SPACE.match(self._data, self._got)
        self._got = space.end() if space else self._got
        if self._got >= len(self._data):
            self._failed = self._ended = True
            return None
        found = pattern.match(self._data, self._got)
        part = _PARTS[pattern].match(self._data, self._got)
        self._got = part.end() if part else self._got
        self._ended = self._got == len(self._data)
        self._failed = found is None or (part is not None and found.end() != part.end())
        return b"" if found is None or self._failed else bytes(found[0])

    def word(self, old: str = "") -> str:
        """Returns the next word."""
        found = self._matched(_WORD)
        return old if found is None else os.fsdecode(found)

    def quoted(self, old: str = "") -> str:
        """Returns the next text in quotes, or the next word where there are none."""
        if not self._ready():
            return old
        space = _SPACE.match(self._data, self._got)
        self._got = space.end() if space else self._got
        if self.peek() != ord('"'):
            return self.word(old)
        found = _QUOTED.match(self._data, self._got)
        assert found is not None
        self._got = found.end()
        self._failed = self._ended = not found[2]
        return os.fsdecode(re.sub(rb"\\(.)", rb"\1", found[1], flags=re.DOTALL))

    def integer(self, old: int = 0, low: int = -(1 << 31), high: int = (1 << 31) - 1) -> int:
        """Returns the next number, 0 where there is another text, ``old`` where nothing is left."""
        found = self._matched(_WHOLE)
        if found is None:
            return old
        number = int(found or b"0")
        if low == 0 and number < 0:
            number = number + high + 1 if number >= -high else high + 1
        self._failed |= not low <= number <= high
        return min(max(number, low), high)

    def truth(self, old: int = 0) -> int:
        """Returns the next number as a ``bool``; another one than 0 and 1 is true, and fails."""
        found = self._matched(_WHOLE)
        if found is None:
            return old
        number = int(found or b"0")
        self._failed |= number not in (0, 1)
        return int(number != 0)

    def real(self, old: float = 0.0) -> float:
        """Returns the next number with a fraction, 0 where there is another text, ``old`` where nothing is left."""
        found = self._matched(_REAL)
        return old if found is None else float(found or b"0")

    def letter(self, old: int = 0) -> int:
        """Returns the next letter that is no space."""
        if not self._ready():
            return old
        space = _SPACE.match(self._data, self._got)
        self._got = space.end() if space else self._got
        found = self.get()
        return old if found < 0 else found - 256 * (found > 127)

    def get(self) -> int:
        """Returns the next byte; -1 where there is none."""
        found = self.peek()
        self._taken = int(found >= 0)
        if found < 0:
            self._failed = True
            return -1
        self._got += 1
        return found

    def getc(self, old: int = 0) -> int:
        """Returns the next byte as a ``char``; ``old`` where there is none."""
        found = self.get()
        return old if found < 0 else found - 256 * (found > 127)

    def peek(self) -> int:
        """Returns the next byte, which stays; -1 where there is none."""
        if not self.good():
            return -1
        if self._got >= len(self._data):
            self._ended = True
            return -1
        return self._data[self._got]

    def ignore(self, count: int = 1, end: int = -1) -> None:
        """Skips so many bytes, or up to and with one."""
        if not self._ready():
            return
        stop = self._data.find(bytes([end & 0xFF]), self._got) if end >= 0 else -1
        last = min(self._got + count, len(self._data))
        if 0 <= stop < last:
            self._got = stop + 1
            return
        self._ended = self._got + count > len(self._data)
        self._got = last

    def read(self, into: Any, size: int, signed: bool = True) -> None:
        """Reads so many bytes into memory, or a list of letters."""
        self._taken = 0
        if not self._ready():
            return
        found = bytes(self._data[self._got : self._got + size])
        if isinstance(into, list):
            into[: len(found)] = [byte - 256 * (signed and byte > 127) for byte in found]
        else:
            memory = into.memory(len(found)) if isinstance(into, ptr) else memoryview(into)
            memory[: len(found)] = found
        self._got += len(found)
        self._taken = len(found)
        self._failed = self._ended = len(found) < size

    def rest(self) -> str:
        """Returns all that is left."""
        found = os.fsdecode(bytes(self._data[self._got :]))
        self._got = len(self._data)
        return found

    def gcount(self) -> int:
        """Returns how many bytes the last call has read."""
        return self._taken

    def tellg(self) -> int:
        """Returns the place that is read next, -1 after a failure."""
        return -1 if self._failed else self._got

    def seekg(self, offset: int, whence: int = 0) -> None:
        """Goes to a place: from the start, from here, from the end."""
        self._ended = False
        if not self._failed:
            self._got = offset + (0, self._got, len(self._data))[whence]


class istringstream(istream):
    """A text that is read."""

    def __init__(self, text: str = "") -> None:
        super().__init__(os.fsencode(text))

    def str(self, text: str | None = None) -> str:
        """Returns the text; sets it, where one is given."""
        if text is not None:
            self._data, self._got = os.fsencode(text), 0
        return os.fsdecode(bytes(self._data))


class stringstream(istream, ostream):
    """A text that is written and read."""

    def __init__(self, text: str = "") -> None:
        ostream.__init__(self)
        istream.__init__(self, bytearray(os.fsencode(text)))
        self._at = 0

    def _put(self, data: bytes) -> None:
        assert isinstance(self._data, bytearray)
        self._data[self._at : self._at + len(data)] = data
        self._at += len(data)

    def str(self, text: str | None = None) -> str:
        """Returns the text; sets it, where one is given."""
        if text is not None:
            self._data, self._got, self._at = bytearray(os.fsencode(text)), 0, 0
        return os.fsdecode(bytes(self._data))


class _Closing:
    """A file that is closed at the end of its block."""

    def __enter__(self) -> Any:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Closes the file."""
        raise NotImplementedError


class ofstream(_Closing, ostream):
    """A file that is written."""

    def __init__(self, path: str | None = None, mode: str = "w") -> None:
        super().__init__()
        self._file: Any = None
        if path is not None:
            self.open(path, mode)

    def open(self, path: str, mode: str = "w") -> None:
        """Opens a file."""
        self._failed = self._file is not None
        if self._failed:
            return
        try:
            self._file = open(path, f"{mode}b")  # noqa: SIM115 - closed by close()
        except OSError as error:
            self._failed, errno.value = True, error.errno or 0

    def is_open(self) -> int:
        """Returns 1 while the file is open."""
        return int(self._file is not None)

    def good(self) -> int:
        """Returns 1 while nothing failed."""
        return int(not self._failed)

    def _put(self, data: bytes) -> None:
        if self._file is None:
            self._failed = True
        elif not self._failed:
            self._file.write(data)

    def flush(self) -> ostream:
        if self._file is not None:
            self._file.flush()
        return self

    def tellp(self) -> int:
        """Returns the place that is written next."""
        return -1 if self._file is None or self._failed else int(self._file.tell())

    def seekp(self, offset: int, whence: int = 0) -> None:
        """Goes to a place: from the start, from here, from the end."""
        if self._file is not None:
            self._file.seek(offset, whence)

    def close(self) -> None:
        """Closes the file."""
        if self._file is None:
            self._failed = True
            return
        self._file.close()
        self._file = None


class ifstream(_Closing, istream):
    """A file that is read."""

    def __init__(self, path: str | None = None, mode: str = "r") -> None:
        super().__init__()
        self._open = False
        if path is not None:
            self.open(path, mode)

    def open(self, path: str, mode: str = "r") -> None:
        """Opens a file; ``end`` begins at its end."""
        self.clear()
        try:
            with open(path, "rb") as file:
                self._data = file.read()
        except IsADirectoryError:
            self._data = b""
        except OSError as error:
            self._failed, errno.value = True, error.errno or 0
            return
        self._open, self._got = True, len(self._data) if mode == "end" else 0

    def is_open(self) -> int:
        """Returns 1 while the file is open."""
        return int(self._open)

    def close(self) -> None:
        """Closes the file."""
        self._failed |= not self._open
        self._open, self._data = False, b""


class fstream(_Closing, istream, ostream):
    """A file that is written and read, both at one place."""

    def __init__(self, path: str | None = None, mode: str = "r+") -> None:
        ostream.__init__(self)
        istream.__init__(self)
        self._file: Any = None
        if path is not None:
            self.open(path, mode)

    def open(self, path: str, mode: str = "r+") -> None:
        """Opens a file."""
        self._failed = self._file is not None
        if self._failed:
            return
        try:
            self._file = open(path, f"{mode}b")  # noqa: SIM115 - closed by close()
            self._file.seek(0)
            self._data = bytearray(self._file.read() if self._file.readable() else b"")
        except OSError as error:
            self._file, self._failed, errno.value = None, True, error.errno or 0
        self._got, self._mode = 0, mode

    def is_open(self) -> int:
        """Returns 1 while the file is open."""
        return int(self._file is not None)

    def _ready(self) -> bool:
        if self._file is not None and not self._file.readable():
            self._failed = True
        return super()._ready()

    def _put(self, data: bytes) -> None:
        if self._file is None or self._failed or not self._file.writable():
            self._failed = True
            return
        if self._mode[0] == "a":
            self._file.seek(0, os.SEEK_END)
            self._got = self._file.tell()
        assert isinstance(self._data, bytearray)
        self._data[self._got : self._got + len(data)] = data
        self._file.seek(self._got)
        self._file.write(data)
        self._got += len(data)

    def flush(self) -> ostream:
        if self._file is not None:
            self._file.flush()
        return self

    tellp, seekp = istream.tellg, istream.seekg

    def close(self) -> None:
        """Closes the file."""
        self._failed |= self._file is None
        if self._file is not None:
            self._file.close()
        self._file, self._data = None, bytearray()


class _Standard(istream):
    """What the program is given on its standard input."""

    def _more(self) -> None:
        if not isinstance(self._data, bytearray):
            self._data = bytearray(streams.stdin.read(1 << 62))

    def _ready(self) -> bool:
        self._more()
        return super()._ready()

    def peek(self) -> int:
        self._more()
        return super().peek()


cin = _Standard()
