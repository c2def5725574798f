"""``stdio.h``: files, and what is printed.

A ``FILE`` has its own buffer, as in C: what is written reaches the file when the buffer is full, at ``fflush``,
``fclose``, a change of place, or the end of the program. ``stdout`` and ``stderr`` share Python's, so that ``print``
and ``printf`` keep their order. Text and binary modes are the same, as on every Unix.

What a parameter is, unless a function says otherwise:

:param f: the file
:param s: the text, or what is filled
:param size: how many bytes
:param format: a printf format
:param path: path of the file
"""

from __future__ import annotations

import atexit
import errno as names
import io
import os
import sys
from typing import TYPE_CHECKING, Any

from aos._c.refs import aos_ref_t
from aos._c.text import decode
from oss.c_runtime import formatting
from oss.c_runtime.arrays import array
from oss.c_runtime.errno import attempt, errno, failed
from oss.c_runtime.formatting import *
from oss.c_runtime.formatting import formatted
from oss.c_runtime.heap import realloc
from oss.c_runtime.numbers import char
from oss.c_runtime.pointers import Memory, Text, pointer_of, ptr, string_at
from oss.c_runtime.stdarg import va_list
from oss.c_runtime.stdlib import mkstemp

if not TYPE_CHECKING:  # a type checker follows the star imports, and cannot evaluate this
    __all__ = [
        "BUFSIZ",
        "EOF",
        "FILE",
        "SEEK_CUR",
        "SEEK_END",
        "SEEK_SET",
        "clearerr",
        "dprintf",
        "fclose",
        "fdopen",
        "feof",
        "ferror",
        "fflush",
        "fgetc",
        "fgetpos",
        "fgets",
        "fileno",
        "fopen",
        "fopen64",
        "fprintf",
        "fputc",
        "fputs",
        "fread",
        "freopen",
        "fseek",
        "fseeko",
        "fseeko64",
        "fsetpos",
        "ftell",
        "ftello",
        "ftello64",
        "fwrite",
        "getc",
        "getchar",
        "getdelim",
        "getline",
        "perror",
        "printf",
        "putc",
        "putchar",
        "puts",
        "remove",
        "rename",
        "rewind",
        "setbuf",
        "setvbuf",
        "stderr",
        "stdin",
        "stdout",
        "tmpfile",
        "ungetc",
        "vfprintf",
        "vprintf",
    ]
    __all__ += formatting.__all__

EOF = -1
BUFSIZ = 8192
SEEK_SET, SEEK_CUR, SEEK_END = os.SEEK_SET, os.SEEK_CUR, os.SEEK_END
_FULL, _BY_LINE, _NONE = 0, 1, 2
_BLOCK = 4096
_MODES = {"r": os.O_RDONLY, "w": os.O_WRONLY | os.O_CREAT | os.O_TRUNC, "a": os.O_WRONLY | os.O_CREAT | os.O_APPEND}


def _flags(mode: Text) -> int | None:
    """Returns the flags of ``open`` for a mode; None for one that is none."""
    text = string_at(mode).decode("latin-1")
    flags = _MODES.get(text[:1])
    if flags is None:
        return None
    if "+" in text:
        flags = flags & ~(os.O_RDONLY | os.O_WRONLY) | os.O_RDWR
    return flags | os.O_EXCL * ("x" in text) | os.O_CLOEXEC * ("e" in text)


class FILE:
    """An open file with a buffer: what was read ahead, or what waits to be written."""

    def __init__(self, fd: int, flags: int) -> None:
        access = flags & (os.O_RDONLY | os.O_WRONLY | os.O_RDWR)
        self.fd, self.reads, self.writes = fd, access != os.O_WRONLY, access != os.O_RDONLY
        self.at_end = self.in_error = False
        self.buffering = _FULL
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

    def getc(self) -> int:
        """Reads a byte; EOF when there is none."""
        found = self.read(1)
        return found[0] if found else EOF

    def ungetc(self, c: int) -> int:
        """Puts a byte back, which is read next; EOF cannot be."""
        if c == EOF:
            return EOF
        self._back.append(c & 0xFF)
        self.at_end = False
        return c & 0xFF

    # ---- writing ----

    def write(self, data: bytes) -> int:
        """Writes bytes, and returns how many; fewer after an error."""
        if not self.writes:
            errno.value, self.in_error = names.EBADF, True
            return 0
        if self._ahead or self._back:
            self._go_back()
        self._waiting += data
        due = self.buffering == _NONE or (self.buffering == _BY_LINE and b"\n" in data)
        return 0 if (due or len(self._waiting) >= _BLOCK) and self._drain() else len(data)

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
        attempt(os.lseek, self.fd, -len(self._ahead) - len(self._back), SEEK_CUR)
        self._ahead = b""
        self._back.clear()

    def seek(self, offset: int, whence: int) -> int:
        """Moves: 0, or -1 and errno."""
        if self.flush():
            return EOF
        if whence == SEEK_CUR:
            offset -= len(self._ahead) + len(self._back)
        status = attempt(os.lseek, self.fd, offset, whence)
        if status == 0:
            self.at_end, self._ahead = False, b""
            self._back.clear()
        return status

    def tell(self) -> int:
        """Returns where the program is, or -1 and errno."""
        self.flush()
        try:
            return os.lseek(self.fd, 0, SEEK_CUR) - len(self._ahead) - len(self._back)
        except OSError as error:
            return failed(error)

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
        self.buffering = _NONE  # for Python's buffer is the one

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
        if stream is sys.stderr or (b"\n" in data and stream.isatty()):
            stream.flush()

    def flush(self) -> int:
        status = self._drain()
        if status == 0 and self.writes and (stream := getattr(sys, self._name)) is not None:
            return attempt(stream.flush)
        return status


stdin = _Console("stdin", 0, os.O_RDONLY)
stdout = _Console("stdout", 1, os.O_WRONLY)
stderr = _Console("stderr", 2, os.O_WRONLY)


@atexit.register
def _flush_all() -> int:
    return max([file.flush() != 0 for file in [*_open_files.values()]], default=0) and EOF


# ---- opening and closing ----


def fopen(path: Text, mode: Text) -> FILE | None:
    """Opens a file; None and errno when that cannot be.

    :param mode: r, w or a, with + for both reading and writing; b, x and e as in glibc
    """
    flags = _flags(mode)
    if flags is None:
        errno.value = names.EINVAL
        return None
    try:
        file = FILE(os.open(string_at(path), flags, 0o666), flags)
    except OSError as error:
        failed(error)
        return None
    if flags & os.O_APPEND and not file.reads:
        file.seek(0, SEEK_END)
    return file


def fdopen(fd: int, mode: Text) -> FILE | None:
    """Makes a file of a descriptor, and owns it; None and errno when that cannot be.

    :param mode: as for ``fopen``
    """
    flags = _flags(mode)
    if flags is None:
        errno.value = names.EINVAL
        return None
    return None if attempt(os.fstat, fd) else FILE(fd, flags)


def freopen(path: Text, mode: Text, f: FILE) -> FILE | None:
    """Closes a file, and opens another one in its place; None and errno when that cannot be.

    :param mode: as for ``fopen``
    """
    f.flush()
    opened = fopen(path, mode)
    if opened is None:
        return None
    if attempt(os.dup2, opened.fd, f.fd):
        return None
    f.reads, f.writes = opened.reads, opened.writes
    f.seek(0, SEEK_CUR)
    clearerr(f)
    opened.close()
    return f


def tmpfile() -> FILE | None:
    """Opens a new file that has no name."""
    name = array(char, "/tmp/tmpfXXXXXX")
    fd = mkstemp(name)
    return None if fd < 0 or attempt(os.unlink, string_at(name)) else FILE(fd, os.O_RDWR)


def fclose(f: FILE) -> int:
    """Closes a file: 0, or EOF and errno when what waited could not be written."""
    return f.close()


def fflush(f: FILE | None) -> int:
    """Writes what waits in a file, or in all of them for None: 0, or EOF and errno."""
    return _flush_all() if f is None else f.flush()


# ---- reading ----


def fread(buf: Memory, size: int, count: int, f: FILE) -> int:
    """Reads elements, and returns how many whole ones there were.

    :param buf: what is filled
    :param size: bytes of an element
    :param count: how many elements
    """
    if not size * count:
        return 0
    data = f.read(size * count)
    pointer_of(buf).memory(len(data))[:] = data
    return len(data) // size


def fgetc(f: FILE) -> int:
    """Reads a byte; EOF when there is none."""
    return f.getc()


getc = fgetc


def getchar() -> int:
    """Reads a byte of stdin; EOF when there is none."""
    return stdin.getc()


def ungetc(c: int, f: FILE) -> int:
    """Puts a byte back, which is read next."""
    return f.ungetc(c)


def fgets(s: Memory, size: int, f: FILE) -> ptr[Any] | None:
    """Reads a line with its end, of at most ``size - 1`` bytes, and adds a NUL; None when nothing is left."""
    before, f.in_error = f.in_error, False
    line = f.read(size - 1, 0x0A)
    failed_now, f.in_error = f.in_error, f.in_error or before
    if size < 1 or failed_now or (not line and size > 1):
        return None
    to = pointer_of(s)
    to.memory(len(line) + 1)[:] = line + b"\0"
    return to


def getdelim(line: aos_ref_t[Any], size: aos_ref_t[int], delimiter: int, f: FILE) -> int:
    """Reads up to and with a byte into memory that grows as is needed; the number of bytes, -1 when nothing is left.

    :param line: the memory, or None; gets what it became
    :param size: how many bytes it has
    """
    data = f.read(sys.maxsize, delimiter & 0xFF)
    if not data:
        return -1
    if line.value is None or size.value <= len(data):
        wanted = max(120, len(data) + 1, 0 if line.value is None else 2 * size.value)
        made = realloc(line.value, wanted)
        assert made is not None, "it is never for 0 bytes"
        line.value, size.value = ptr(made.block, 0, char), wanted
    line.value.memory(len(data) + 1)[:] = data + b"\0"
    return len(data)


def getline(line: aos_ref_t[Any], size: aos_ref_t[int], f: FILE) -> int:
    """Reads a line as ``getdelim``.

    :param line: the memory, or None; gets what it became
    :param size: how many bytes it has
    """
    return getdelim(line, size, 0x0A, f)


# ---- writing ----


def fwrite(buf: Text, size: int, count: int, f: FILE) -> int:
    """Writes elements, and returns how many were written.

    :param buf: what is written
    :param size: bytes of an element
    :param count: how many elements
    """
    if not size * count:
        return 0
    return f.write(string_at(buf, size * count)) // size


def _put(data: bytes, f: FILE, status: int) -> int:
    """Writes, and returns the status; EOF after an error."""
    return status if f.write(data) == len(data) else EOF


def fputc(c: int, f: FILE) -> int:
    """Writes a byte, and returns it."""
    return _put(bytes([c & 0xFF]), f, c & 0xFF)


putc = fputc


def putchar(c: int) -> int:
    """Writes a byte to stdout, and returns it."""
    return fputc(c, stdout)


def fputs(s: Text, f: FILE) -> int:
    """Writes a text: 1, or EOF."""
    return _put(string_at(s), f, 1)


def puts(s: Text) -> int:
    """Writes a text and a line's end to stdout: how many bytes, or EOF."""
    data = string_at(s) + b"\n"
    return _put(data, stdout, len(data))


def fprintf(f: FILE, format: Text, *args: Any) -> int:
    """Writes a text: how many bytes, or -1."""
    data = formatted(format, *args)
    return _put(data, f, len(data))


def printf(format: Text, *args: Any) -> int:
    """Writes a text to stdout: how many bytes, or -1."""
    return fprintf(stdout, format, *args)


def vfprintf(f: FILE, format: Text, ap: va_list) -> int:
    """Does as ``fprintf``, with the arguments that are left."""
    return fprintf(f, format, *ap)


def vprintf(format: Text, ap: va_list) -> int:
    """Does as ``printf``, with the arguments that are left."""
    return fprintf(stdout, format, *ap)


def dprintf(fd: int, format: Text, *args: Any) -> int:
    """Writes a text to a descriptor: how many bytes, or -1 and errno."""
    try:
        return os.write(fd, formatted(format, *args))
    except OSError as error:
        return failed(error)


# ---- the place in a file, and its state ----


def fseek(f: FILE, offset: int, whence: int) -> int:
    """Moves to an offset from the start, here or the end: 0, or -1 and errno.

    :param offset: where to
    :param whence: SEEK_SET, SEEK_CUR or SEEK_END
    """
    return f.seek(offset, whence)


def ftell(f: FILE) -> int:
    """Returns where a file is read or written next, or -1 and errno."""
    return f.tell()


fopen64, fseeko, fseeko64, ftello, ftello64 = fopen, fseek, fseek, ftell, ftell


def rewind(f: FILE) -> None:
    """Moves to the start, and forgets an error."""
    f.seek(0, SEEK_SET)
    f.in_error = False


def fgetpos(f: FILE, place: aos_ref_t[Any]) -> int:
    """Stores where a file is: 0, or -1 and errno.

    :param place: gets where
    """
    place.value = f.tell()
    return 0 if place.value >= 0 else -1


def fsetpos(f: FILE, place: aos_ref_t[Any]) -> int:
    """Moves to where ``fgetpos`` said: 0, or -1 and errno.

    :param place: where to
    """
    return f.seek(place.value, SEEK_SET)


def feof(f: FILE) -> int:
    """Not 0 after the end was met."""
    return int(f.at_end)


def ferror(f: FILE) -> int:
    """Not 0 after an error."""
    return int(f.in_error)


def clearerr(f: FILE) -> None:
    """Forgets the end and an error."""
    f.at_end = f.in_error = False


def fileno(f: FILE) -> int:
    """Returns the descriptor."""
    return f.fd


def setvbuf(f: FILE, buf: Memory | None, mode: int, size: int) -> int:
    """Says when what is written goes to the file: 0 when the buffer is full, 1 at each line's end, 2 at once.

    :param buf: not used
    :param mode: _IOFBF 0, _IOLBF 1 or _IONBF 2
    """
    f.buffering = mode
    return 0


def setbuf(f: FILE, buf: Memory | None) -> None:
    """Writes at once from now on when ``buf`` is None.

    :param buf: not used
    """
    f.buffering = _NONE if buf is None else _FULL


# ---- files by name ----


def perror(s: Text | None) -> None:
    """Writes the words for ``errno`` to stderr, after a text if there is one."""
    head = string_at(s) if s is not None else b""
    stderr.write(head + b": " * bool(head) + os.strerror(errno.value).encode() + b"\n")


def remove(path: Text) -> int:
    """Deletes a file or an empty folder: 0, or -1 and errno."""
    name = string_at(path)
    return attempt(os.rmdir if os.path.isdir(name) and not os.path.islink(name) else os.unlink, name)


def rename(old: Text, new: Text) -> int:
    """Gives a file another name: 0, or -1 and errno.

    :param old: its name
    :param new: its new name
    """
    return attempt(os.rename, string_at(old), string_at(new))
