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

import errno as names
import os
import sys
from typing import Any

from aos._c.refs import aos_ref_t
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
from oss.c_runtime.streams import EOF, FILE, FULL, NONE, flags_of, flush_all, stderr, stdin, stdout

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

BUFSIZ = 8192
SEEK_SET, SEEK_CUR, SEEK_END = os.SEEK_SET, os.SEEK_CUR, os.SEEK_END


# ---- opening and closing ----


def fopen(path: Text, mode: Text) -> FILE | None:
    """Opens a file; None and errno when that cannot be.

    :param mode: r, w or a, with + for both reading and writing; b, x and e as in glibc
    """
    flags = flags_of(mode)
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
    flags = flags_of(mode)
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
    return flush_all() if f is None else f.flush()


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
    f.buffer(mode)
    return 0


def setbuf(f: FILE, buf: Memory | None) -> None:
    """Writes at once from now on when ``buf`` is None.

    :param buf: not used
    """
    f.buffer(NONE if buf is None else FULL)


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
