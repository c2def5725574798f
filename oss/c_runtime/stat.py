"""``sys/stat.h``: what the system knows of a file, permissions, new folders.

``struct stat`` is ``stat_t``, for ``stat`` is the function. A function that fails returns -1 and sets ``errno``.

What a parameter is:

:param path: path of the file or folder
:param fd: the descriptor
:param info: gets what is known
:param mode: permissions
:param m: the ``st_mode`` of a file
"""

from __future__ import annotations

import os
import stat as modes
from collections.abc import Callable
from stat import (
    S_IFBLK,
    S_IFCHR,
    S_IFDIR,
    S_IFIFO,
    S_IFLNK,
    S_IFREG,
    S_IFSOCK,
    S_IRGRP,
    S_IROTH,
    S_IRUSR,
    S_IRWXG,
    S_IRWXO,
    S_IRWXU,
    S_IWGRP,
    S_IWOTH,
    S_IWUSR,
    S_IXGRP,
    S_IXOTH,
    S_IXUSR,
)

from oss.c_runtime.errno import attempt, failed
from oss.c_runtime.pointers import Text, string_at
from oss.c_runtime.time import timespec

__all__ = ["S_ISBLK", "S_ISCHR", "S_ISDIR", "S_ISFIFO", "S_ISLNK", "S_ISREG", "S_ISSOCK", "chmod", "fchmod", "fstat",
           "lstat", "mkdir", "stat", "stat_t", "umask"]  # fmt: skip
__all__ += [
    "S_IFBLK",
    "S_IFCHR",
    "S_IFDIR",
    "S_IFIFO",
    "S_IFLNK",
    "S_IFREG",
    "S_IFSOCK",
    "S_IRGRP",
    "S_IROTH",
    "S_IRUSR",
    "S_IRWXG",
    "S_IRWXO",
    "S_IRWXU",
    "S_IWGRP",
    "S_IWOTH",
    "S_IWUSR",
    "S_IXGRP",
    "S_IXOTH",
    "S_IXUSR",
]

_NUMBERS = (
    *("st_dev", "st_ino", "st_nlink", "st_mode", "st_uid", "st_gid", "st_rdev", "st_size", "st_blksize", "st_blocks"),
    *("st_atime", "st_mtime", "st_ctime"),
)


class stat_t:
    """``struct stat``: times in seconds (``st_mtime``) and as a timespec (``st_mtim``)."""

    def __init__(self) -> None:
        self.st_dev = self.st_ino = self.st_nlink = self.st_mode = self.st_uid = self.st_gid = self.st_rdev = 0
        self.st_size = self.st_blksize = self.st_blocks = self.st_atime = self.st_mtime = self.st_ctime = 0
        self.st_atim, self.st_mtim, self.st_ctim = timespec(), timespec(), timespec()


def S_ISREG(m: int) -> int:
    """Whether it is an ordinary file."""
    return int(modes.S_ISREG(m))


def S_ISDIR(m: int) -> int:
    """Whether it is a folder."""
    return int(modes.S_ISDIR(m))


def S_ISLNK(m: int) -> int:
    """Whether it is a symbolic link."""
    return int(modes.S_ISLNK(m))


def S_ISCHR(m: int) -> int:
    """Whether it is a device that is read letter by letter."""
    return int(modes.S_ISCHR(m))


def S_ISBLK(m: int) -> int:
    """Whether it is a device that is read in blocks."""
    return int(modes.S_ISBLK(m))


def S_ISFIFO(m: int) -> int:
    """Whether it is a pipe."""
    return int(modes.S_ISFIFO(m))


def S_ISSOCK(m: int) -> int:
    """Whether it is a socket."""
    return int(modes.S_ISSOCK(m))


def _fill(info: stat_t, read: Callable[..., os.stat_result], file: bytes | int) -> int:
    try:
        found = read(file)
    except OSError as error:
        return failed(error)
    for name in _NUMBERS:
        setattr(info, name, int(getattr(found, name)))
    times = (found.st_atime_ns, found.st_mtime_ns, found.st_ctime_ns)
    info.st_atim, info.st_mtim, info.st_ctim = (timespec(*divmod(time, 1_000_000_000)) for time in times)
    return 0


def stat(path: Text, info: stat_t) -> int:
    """Examines a file, or what a link points to."""
    return _fill(info, os.stat, string_at(path))


def lstat(path: Text, info: stat_t) -> int:
    """Examines a file, or a link itself."""
    return _fill(info, os.lstat, string_at(path))


def fstat(fd: int, info: stat_t) -> int:
    """Examines an open file."""
    return _fill(info, os.fstat, fd)


def mkdir(path: Text, mode: int) -> int:
    """Makes a folder."""
    return attempt(os.mkdir, string_at(path), mode)


def chmod(path: Text, mode: int) -> int:
    """Sets permissions."""
    return attempt(os.chmod, string_at(path), mode)


def fchmod(fd: int, mode: int) -> int:
    """Sets permissions of an open file."""
    return attempt(os.fchmod, fd, mode)


def umask(mode: int) -> int:
    """Sets which permissions new files do not get, and returns what it was."""
    return os.umask(mode)
