"""Open files: ``FILE`` of ``stdio.h``, with a buffer of its own, and the three that are open from the start."""

from __future__ import annotations

import atexit
import errno as names
import functools
import io
import os
import sys
import threading
from collections.abc import Callable
from typing import Any, TypeVar

from aos._c.text import decode
from oss.c_runtime.errno import attempt, errno, failed
from oss.c_runtime.pointers import Text, string_at

__all__ = ["EOF", "FILE", "FULL", "NONE", "buffer_stdout", "flags_of", "flush_all", "stderr", "stdin", "stdout"]

EOF = -1
FULL, BY_LINE, NONE = 0, 1, 2
_BLOCK = 4096
_MODES = {"r": os.O_RDONLY, "w": os.O_WRONLY | os.O_CREAT | os.O_TRUNC, "a": os.O_WRONLY | os.O_CREAT | os.O_APPEND}


def flags_of(mode: Text) -> int | None:
    """Returns the flags of ``open`` for a mode; None for one that is none."""
    text = string_at(mode).decode("latin-1")
    flags = _MODES.get(text[:1])
    if flags is None:
        return None
    if "+" in text:
        flags = flags & ~(os.O_RDONLY | os.O_WRONLY) | os.O_RDWR
    return flags | os.O_EXCL * ("x" in text) | os.O_CLOEXEC * ("e" in text)


F = TypeVar("F", bound="Callable[..., Any]")


def _one_at_a_time(method: F) -> F:
    """Makes a method of FILE have the file to itself, as C's functions do, so that threads do not mix their texts."""

    @functools.wraps(method)
    def call(self: FILE, *args: Any) -> Any:
        with self.lock:
            return method(self, *args)

    return call  # type: ignore[return-value]


class FILE:
    """An open file with a buffer: what was read ahead, or what waits to be written."""

    def __init__(self, fd: int, flags: int) -> None:
        access = flags & (os.O_RDONLY | os.O_WRONLY | os.O_RDWR)
        self.fd, self.reads, self.writes = fd, access != os.O_WRONLY, access != os.O_RDONLY
        self.at_end = self.in_error = False
        self.buffering, self.lock = FULL, threading.RLock()
        self._ahead = b""
        self._back = bytearray()
        self._waiting = bytearray()
        _open_files[id(self)] = self

    # ---- what a kind of file does in its own way ----

    def _get(self) -> bytes:
        """Reads the next bytes of the file itself; raises OSError."""
        return os.read(self.fd, _BLOCK)

    def _put(self, data: bytearray) -> None:
        """Writes all of the bytes to the file itself; raises OSError."""
        while data:
            del data[: os.write(self.fd, data)]

    def buffer(self, mode: int) -> None:
        """Says when what is written goes to the file: FULL, BY_LINE or NONE."""
        self.buffering = mode

    # ---- reading ----

    def _more(self) -> bool:
        """Reads ahead, and says whether there was anything."""
        self.flush()
        if not self.reads:
            errno.value, self.in_error = names.EBADF, True
            return False
        if self.at_end:
            return False
        try:
            self._ahead = self._get()
        except OSError as error:
            failed(error)
            self.in_error = True
            return False
        self.at_end = not self._ahead
        return not self.at_end

    @_one_at_a_time
    def read(self, size: int, until: int = -1) -> bytes:
        """Reads so many bytes, or up to and with the byte ``until``; fewer at the end or after an error."""
        found = bytearray()
        while len(found) < size and (self._back or self._ahead or self._more()):
            if self._back:
                found.append(self._back.pop())
            else:
                stop = self._ahead.find(until) + 1 if until >= 0 else 0
                taken = self._ahead[: min(size - len(found), stop or size)]
                found += taken
                self._ahead = self._ahead[len(taken) :]
            if found[-1] == until:
                break
        return bytes(found)

    @_one_at_a_time
    def getc(self) -> int:
        """Reads a byte; EOF when there is none."""
        found = self.read(1)
        return found[0] if found else EOF

    @_one_at_a_time
    def ungetc(self, c: int) -> int:
        """Puts a byte back, which is read next; EOF cannot be."""
        if c == EOF:
            return EOF
        self._back.append(c & 0xFF)
        self.at_end = False
        return c & 0xFF

    # ---- writing ----

    @_one_at_a_time
    def write(self, data: bytes) -> int:
        """Writes bytes, and returns how many; fewer after an error."""
        if not self.writes:
            errno.value, self.in_error = names.EBADF, True
            return 0
        if self._ahead or self._back:
            self._go_back()
        self._waiting += data
        due = self.buffering == NONE or (self.buffering == BY_LINE and b"\n" in data)
        return 0 if (due or len(self._waiting) >= _BLOCK) and self._drain() else len(data)

    @_one_at_a_time
    def flush(self) -> int:
        """Writes what waits: 0, or EOF and errno."""
        return self._drain()

    def _drain(self) -> int:
        data, self._waiting = self._waiting, bytearray()
        if not data:
            return 0
        try:
            self._put(data)
        except OSError as error:
            self.in_error = True
            return failed(error)
        return 0

    # ---- the place in the file ----

    def _go_back(self) -> None:
        """Forgets what was read ahead, and goes to where the program is."""
        attempt(os.lseek, self.fd, -len(self._ahead) - len(self._back), os.SEEK_CUR)
        self._ahead = b""
        self._back.clear()

    @_one_at_a_time
    def seek(self, offset: int, whence: int) -> int:
        """Moves: 0, or -1 and errno."""
        if self.flush():
            return EOF
        if whence == os.SEEK_CUR:
            offset -= len(self._ahead) + len(self._back)
        status = attempt(os.lseek, self.fd, offset, whence)
        if status == 0:
            self.at_end, self._ahead = False, b""
            self._back.clear()
        return status

    @_one_at_a_time
    def tell(self) -> int:
        """Returns where the program is, or -1 and errno."""
        self.flush()
        try:
            return os.lseek(self.fd, 0, os.SEEK_CUR) - len(self._ahead) - len(self._back)
        except OSError as error:
            return failed(error)

    @_one_at_a_time
    def close(self) -> int:
        """Closes the file: 0, or EOF and errno when what waited could not be written."""
        if _open_files.pop(id(self), None) is None:
            raise ValueError("the FILE was closed already")
        status = self.flush()
        if self._ahead:
            self._go_back()
        closed = attempt(os.close, self.fd)
        self.reads = self.writes = False
        return status or closed


_open_files: dict[int, FILE] = {}


class _Console(FILE):
    """One of the three that are open from the start, by way of Python's own."""

    def __init__(self, name: str, fd: int, flags: int) -> None:
        super().__init__(fd, flags)
        self._name = name
        self.buffering = NONE  # for Python's buffer is the one

    def _get(self) -> bytes:
        if sys.stdout.isatty():
            sys.stdout.flush()
        stream = sys.stdin
        if hasattr(stream, "buffer"):
            read = getattr(stream.buffer, "read1", stream.buffer.read)
            return bytes(read(_BLOCK))
        return stream.read(_BLOCK).encode()

    def _put(self, data: bytearray) -> None:
        stream = getattr(sys, self._name)
        if isinstance(stream, io.TextIOWrapper):
            if not stream.write_through:
                stream.reconfigure(write_through=True)  # so that print() and this one keep their order
            stream.buffer.write(data)
        elif data:
            stream.write(decode(data))
        by_line = getattr(stream, "line_buffering", False) or stream.isatty()
        if stream is sys.stderr or (b"\n" in data and by_line):
            stream.flush()

    def buffer(self, mode: int) -> None:
        stream = getattr(sys, self._name)
        if not self.writes or not isinstance(stream, io.TextIOWrapper):
            return
        stream.flush()
        if mode != NONE:
            stream.reconfigure(line_buffering=mode == BY_LINE, write_through=True)
            return
        raw = open(stream.fileno(), "wb", 0, closefd=False)  # noqa: SIM115  # open until the program ends
        setattr(
            sys, self._name, io.TextIOWrapper(raw, stream.encoding, stream.errors, write_through=True)
        )  # as python -u does it

    @_one_at_a_time
    def flush(self) -> int:
        status = self._drain()
        if status == 0 and self.writes and (stream := getattr(sys, self._name)) is not None:
            return attempt(stream.flush)
        return status


stdin = _Console("stdin", 0, os.O_RDONLY)
stdout = _Console("stdout", 1, os.O_WRONLY)
stderr = _Console("stderr", 2, os.O_WRONLY)


def buffer_stdout() -> None:
    """Lets standard output wait as C's does: by line on a terminal, else by block, whatever PYTHONUNBUFFERED says.

    A program that ends by ``abort`` or ``_exit``, or that writes to the descriptor too, begins with it: what is lost,
    and what comes first, is then as in C.
    """
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.flush()
        raw = open(sys.stdout.fileno(), "wb", _BLOCK, closefd=False)  # noqa: SIM115  # open until the program ends
        sys.stdout = io.TextIOWrapper(
            raw, sys.stdout.encoding, sys.stdout.errors, line_buffering=raw.isatty(), write_through=True
        )


@atexit.register
def flush_all() -> int:
    """Writes what waits in all files: 0, or EOF."""
    return max([file.flush() != 0 for file in [*_open_files.values()]], default=0) and EOF
