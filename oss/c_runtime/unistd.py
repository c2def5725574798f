"""``unistd.h``, ``fcntl.h`` and ``libgen.h``: descriptors, files by name, the process, waiting.

A function that fails returns -1 and sets ``errno``.

What a parameter is, unless a function says otherwise:

:param fd: the descriptor
:param path: path of the file or folder
:param buf: what is filled, or written
:param size: how many bytes
:param offset: a place in the file
"""

from __future__ import annotations

import errno as names
import fcntl as control
import os
from collections.abc import Callable
from os import (
    F_OK,
    O_ACCMODE,
    O_APPEND,
    O_CLOEXEC,
    O_CREAT,
    O_DIRECTORY,
    O_DSYNC,
    O_EXCL,
    O_LARGEFILE,
    O_NOCTTY,
    O_NOFOLLOW,
    O_NONBLOCK,
    O_RDONLY,
    O_RDWR,
    O_SYNC,
    O_TRUNC,
    O_WRONLY,
    R_OK,
    W_OK,
    X_OK,
)
from typing import Any, NoReturn

from oss.c_runtime.errno import attempt, errno, failed
from oss.c_runtime.heap import malloc
from oss.c_runtime.interrupts import wait
from oss.c_runtime.pointers import Memory, Text, pointer_of, ptr, string_at

__all__ = [
    "access",
    "basename",
    "chdir",
    "close",
    "creat",
    "dirname",
    "dup",
    "dup2",
    "_exit",
    "fcntl",
    "fdatasync",
    "fsync",
    "ftruncate",
    "getcwd",
    "geteuid",
    "getgid",
    "gethostname",
    "getpid",
    "getppid",
    "getuid",
    "isatty",
    "link",
    "lseek",
    "lseek64",
    "open",
    "open64",
    "pipe",
    "pread",
    "pwrite",
    "read",
    "readlink",
    "rmdir",
    "sleep",
    "symlink",
    "sysconf",
    "truncate",
    "unlink",
    "usleep",
    "write",
]
__all__ += [
    "F_OK",
    "O_ACCMODE",
    "O_APPEND",
    "O_CLOEXEC",
    "O_CREAT",
    "O_DIRECTORY",
    "O_DSYNC",
    "O_EXCL",
    "O_LARGEFILE",
    "O_NOCTTY",
    "O_NOFOLLOW",
    "O_NONBLOCK",
    "O_RDONLY",
    "O_RDWR",
    "O_SYNC",
    "O_TRUNC",
    "O_WRONLY",
    "R_OK",
    "W_OK",
    "X_OK",
]


def number(function: Callable[..., int], *args: Any) -> int:
    """Calls a function of the system: what it returns, or -1 and ``errno``."""
    try:
        return function(*args)
    except (OSError, ValueError, OverflowError) as error:
        return failed(error)


# ---- descriptors ----


def open(path: Text, flags: int, mode: int = 0) -> int:
    """Opens a file: its descriptor.

    :param flags: O_RDONLY, O_WRONLY or O_RDWR, with others
    :param mode: permissions of a file that is made
    """
    fd = number(os.open, string_at(path), flags | os.O_CLOEXEC, mode)
    if fd >= 0 and not flags & os.O_CLOEXEC:
        os.set_inheritable(fd, True)
    return fd


open64 = open


def creat(path: Text, mode: int) -> int:
    """Makes a file, or empties it, to write to: its descriptor.

    :param mode: permissions of a file that is made
    """
    return open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)


def close(fd: int) -> int:
    """Closes a descriptor."""
    return attempt(os.close, fd)


def _received(function: Callable[..., bytes], fd: int, buf: Memory, size: int, *more: int) -> int:
    try:
        data = function(fd, size, *more)
    except OSError as error:
        return failed(error)
    pointer_of(buf).memory(len(data))[:] = data
    return len(data)


def read(fd: int, buf: Memory, size: int) -> int:
    """Reads bytes: how many, 0 at the end."""
    return _received(os.read, fd, buf, size)


def pread(fd: int, buf: Memory, size: int, offset: int) -> int:
    """Reads bytes from a place: how many, 0 at the end."""
    return _received(os.pread, fd, buf, size, offset)


def write(fd: int, buf: Text, size: int) -> int:
    """Writes bytes: how many."""
    return number(os.write, fd, string_at(buf, size))


def pwrite(fd: int, buf: Text, size: int, offset: int) -> int:
    """Writes bytes to a place: how many."""
    return number(os.pwrite, fd, string_at(buf, size), offset)


def lseek(fd: int, offset: int, whence: int) -> int:
    """Moves to a place: where it is, from the start.

    :param whence: SEEK_SET, SEEK_CUR or SEEK_END
    """
    return number(os.lseek, fd, offset, whence)


lseek64 = lseek


def fsync(fd: int) -> int:
    """Waits until a file's content is on the disk."""
    return attempt(os.fsync, fd)


def fdatasync(fd: int) -> int:
    """Waits until a file's data is on the disk."""
    return attempt(getattr(os, "fdatasync", os.fsync), fd)


def ftruncate(fd: int, size: int) -> int:
    """Gives a file a size."""
    return attempt(os.ftruncate, fd, size)


def dup(fd: int) -> int:
    """Makes another descriptor of the same file."""
    return number(os.dup, fd)


def dup2(fd: int, other: int) -> int:
    """Makes another descriptor, of a given number, of the same file.

    :param other: its number
    """
    return number(os.dup2, fd, other)


def pipe(ends: Memory) -> int:
    """Makes a pipe.

    :param ends: gets the descriptors to read from and to write to
    """
    try:
        ends[0], ends[1] = os.pipe()
    except OSError as error:
        return failed(error)
    return 0


def fcntl(fd: int, command: int, argument: int = 0) -> int:
    """Reads or sets the flags of a descriptor.

    :param command: F_GETFL, F_SETFL, F_GETFD or F_SETFD
    :param argument: the flags to set
    """
    return number(control.fcntl, fd, command, argument)


def isatty(fd: int) -> int:
    """1 for a terminal."""
    return int(os.isatty(fd))


# ---- files by name ----


def access(path: Text, mode: int) -> int:
    """Returns 0 where a file is there and may be used, -1 and errno otherwise.

    :param mode: F_OK, or R_OK, W_OK and X_OK
    """
    if not 0 <= mode <= 7:
        errno.value = names.EINVAL
        return -1
    if os.access(string_at(path), mode):
        return 0
    status = attempt(os.stat, string_at(path))
    if status == 0:
        errno.value = names.EACCES
    return -1


def unlink(path: Text) -> int:
    """Deletes a file."""
    return attempt(os.unlink, string_at(path))


def rmdir(path: Text) -> int:
    """Deletes an empty folder."""
    return attempt(os.rmdir, string_at(path))


def truncate(path: Text, size: int) -> int:
    """Gives a file a size."""
    return attempt(os.truncate, string_at(path), size)


def link(path: Text, new: Text) -> int:
    """Gives a file another name.

    :param new: the name
    """
    return attempt(os.link, string_at(path), string_at(new))


def symlink(target: Text, path: Text) -> int:
    """Makes a symbolic link.

    :param target: what it points to
    """
    return attempt(os.symlink, string_at(target), string_at(path))


def readlink(path: Text, buf: Memory, size: int) -> int:
    """Stores what a symbolic link points to, without a NUL: how many bytes."""
    try:
        target = os.readlink(string_at(path))[:size]
    except OSError as error:
        return failed(error)
    pointer_of(buf).memory(len(target))[:] = target
    return len(target)


def chdir(path: Text) -> int:
    """Goes to a folder."""
    return attempt(os.chdir, string_at(path))


def getcwd(buf: Memory | None, size: int) -> ptr[Any] | None:
    """Stores the path of the folder where the program is; None and errno where it does not fit.

    :param buf: what is filled; for None, memory that is to be freed
    """
    path = os.getcwdb() + b"\0"
    if 0 < size < len(path) or (buf is not None and size == 0):
        errno.value = names.ERANGE if size else names.EINVAL
        return None
    to = malloc(max(size, len(path))) if buf is None else pointer_of(buf)
    to.memory(len(path))[:] = path
    return to


def basename(path: Memory | None) -> ptr[Any]:
    """Returns the last name of a path; slashes after it are cut off in the path itself."""
    place, text = (None, b"") if path is None else (pointer_of(path), string_at(pointer_of(path)))
    if place is None or not text:
        return ptr(".")
    name = text.rstrip(b"/")
    if not name:
        return ptr("/")
    if len(name) < len(text):
        place[len(name)] = 0
    return place + (name.rfind(b"/") + 1)


def dirname(path: Memory | None) -> ptr[Any]:
    """Returns the folder of a path, which is cut there; ``.`` where the path names none."""
    text = b"" if path is None else string_at(pointer_of(path))
    name = text.rstrip(b"/") or text
    last = name.rfind(b"/")
    if path is None or last < 0:
        return ptr(".")
    place = pointer_of(path)
    place[len(text[:last].rstrip(b"/")) or (2 if last == 1 else 1)] = 0
    return place


# ---- the process ----


def getpid() -> int:
    """Returns the number of the process."""
    return os.getpid()


def getppid() -> int:
    """Returns the number of the process that started this one."""
    return os.getppid()


def getuid() -> int:
    """Returns the number of the user."""
    return os.getuid()


def geteuid() -> int:
    """Returns the number of the user whose rights the program has."""
    return os.geteuid()


def getgid() -> int:
    """Returns the number of the group."""
    return os.getgid()


def gethostname(name: Memory, size: int) -> int:
    """Stores the name of the machine.

    :param name: what is filled
    """
    text = os.uname().nodename.encode() + b"\0"
    if len(text) > size:
        errno.value = names.ENAMETOOLONG
        return -1
    pointer_of(name).memory(len(text))[:] = text
    return 0


_SYSCONF = {30: "SC_PAGESIZE", 83: "SC_NPROCESSORS_CONF", 84: "SC_NPROCESSORS_ONLN"}


def sysconf(name: int) -> int:
    """Returns a figure of the system.

    :param name: _SC_PAGESIZE, _SC_NPROCESSORS_CONF or _SC_NPROCESSORS_ONLN, as glibc numbers them
    """
    return number(os.sysconf, _SYSCONF.get(name, ""))


def _exit(status: int) -> NoReturn:
    """Ends the program at once: what waits to be written is lost."""
    os._exit(status & 0xFF)


def sleep(seconds: int) -> int:
    """Waits, and returns how many seconds were left when a signal ended it.

    :param seconds: how long
    """
    return round(wait(seconds))


def usleep(microseconds: int) -> int:
    """Waits: 0, or -1 and EINTR when a signal ended it.

    :param microseconds: how long
    """
    if wait(microseconds / 1e6):
        errno.value = names.EINTR
        return -1
    return 0
