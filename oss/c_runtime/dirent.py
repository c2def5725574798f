"""``dirent.h``: the names in a folder, ``.`` and ``..`` among them, in the system's own order.

What a parameter is, unless a function says otherwise:

:param path: path of the folder
:param folder: the open folder
"""

from __future__ import annotations

import ctypes
import errno as names
import os
import sys
from collections.abc import Callable
from typing import Any

from aos._c.refs import aos_ref_t
from oss.c_runtime.arrays import array
from oss.c_runtime.errno import errno, failed
from oss.c_runtime.heap import malloc
from oss.c_runtime.numbers import char
from oss.c_runtime.pointers import Text, ptr, string_at
from oss.c_runtime.sorting import qsort
from oss.c_runtime.string import strcmp
from oss.c_runtime.structs import pointer, struct

__all__ = [
    "DIR",
    "DT_DIR",
    "DT_LNK",
    "DT_REG",
    "DT_UNKNOWN",
    "alphasort",
    "closedir",
    "dirent",
    "opendir",
    "readdir",
    "rewinddir",
    "scandir",
]

DT_UNKNOWN, DT_FIFO, DT_CHR, DT_DIR, DT_BLK, DT_REG, DT_LNK, DT_SOCK = 0, 1, 2, 4, 6, 8, 10, 12


class dirent(struct):
    """``struct dirent``: one name, ``d_name``, with its inode and kind."""

    by_value = ("d_name",)

    def __init__(self) -> None:
        self.d_ino = self.d_off = self.d_reclen = self.d_type = 0
        self.d_name: ptr[int] = array(char, 256)


class _Raw(ctypes.Structure):
    """``struct dirent`` of 64-bit Linux."""

    _fields_ = (
        ("d_ino", ctypes.c_uint64),
        ("d_off", ctypes.c_int64),
        ("d_reclen", ctypes.c_ushort),
        ("d_type", ctypes.c_ubyte),
        ("d_name", ctypes.c_char * 256),
    )


def _listed(path: bytes) -> list[tuple[bytes, int, int]]:
    """Returns names, inodes and kinds in the system's order, which only its own ``readdir`` tells; raises OSError."""
    if not sys.platform.startswith("linux"):
        entries = [(entry.name, entry.inode(), DT_DIR if entry.is_dir() else DT_REG) for entry in os.scandir(path)]
        return [(b".", 0, DT_DIR), (b"..", 0, DT_DIR), *entries]
    library = ctypes.CDLL(None, use_errno=True)
    library.opendir.restype, library.readdir.restype = ctypes.c_void_p, ctypes.POINTER(_Raw)
    folder = ctypes.c_void_p(library.opendir(path))
    if not folder:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    found = []
    while entry := library.readdir(folder):
        found.append((entry.contents.d_name, entry.contents.d_ino, entry.contents.d_type))
    library.closedir(folder)
    return found


class DIR:
    """An open folder. Its names are those that were there when it was opened."""

    def __init__(self, path: bytes) -> None:
        self.names, self.next, self.entry = _listed(path), 0, dirent()


def opendir(path: Text) -> DIR | None:
    """Opens a folder; None and errno when that cannot be."""
    try:
        return DIR(string_at(path))
    except OSError as error:
        failed(error)
        return None


def readdir(folder: DIR) -> dirent | None:
    """Returns the next entry, in the one struct that the folder has; None after the last."""
    if folder.next == len(folder.names):
        return None
    _fill(folder.entry, *folder.names[folder.next])
    folder.next += 1
    return folder.entry


def _fill(entry: dirent, name: bytes, inode: int, kind: int) -> None:
    entry.d_ino, entry.d_type = inode, kind
    entry.d_name.memory()[:] = name.ljust(256, b"\0")


def rewinddir(folder: DIR) -> None:
    """Begins with the first entry again."""
    folder.next = 0


def closedir(folder: DIR) -> int:
    """Closes a folder, and returns 0."""
    if folder.next < 0:
        errno.value = names.EBADF
        return -1
    folder.next = -1
    return 0


def alphasort(a: Any, b: Any) -> int:
    """Compares the names of two entries.

    :param a: pointer to one
    :param b: pointer to the other
    """
    return strcmp(a[0].d_name, b[0].d_name)


def scandir(
    path: Text,
    entries: aos_ref_t[Any],
    accepts: Callable[[dirent], int] | None,
    compare: Callable[[Any, Any], int] | None,
) -> int:
    """Lists a folder: how many entries, or -1 and errno.

    :param entries: gets an array of entries, which is to be freed
    :param accepts: says which are wanted; None for all
    :param compare: says how to sort them; None for not at all
    """
    folder = opendir(path)
    if folder is None:
        return -1
    found = []
    for row in folder.names:
        entry = dirent()
        _fill(entry, *row)
        if accepts is None or accepts(entry):
            found.append(entry)
    made = malloc(len(found), pointer)
    for place, entry in enumerate(found):
        made[place] = entry
    if compare is not None:
        qsort(made, len(found), pointer.size, compare)
    entries.value = made
    return len(found)
