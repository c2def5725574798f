"""The files of a call by what they are: which names are one file, and what cannot become one."""

from __future__ import annotations

import os
import stat

from aos.aos_define import AOSE_OPEN_FILE_ERROR
from aos.aos_status import AOS_OPEN_FILE_ERROR_CODE
from oss._errors import invalid_argument, refusal

__all__ = ["check_apart", "check_target", "new_checkpoint_path"]

KINDS = {
    stat.S_IFDIR: "a folder",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
    stat.S_IFIFO: "a FIFO",
    stat.S_IFSOCK: "a socket",
}


def new_checkpoint_path(path: str) -> str:
    """Where a checkpoint is made before it gets its name: beside it, under a name that is no longer than its own."""
    return path[:-1] + ("~" if path[-1:] != "~" else "_")


def check_target(path: str) -> None:
    """Refuses, before anything is sent, a name that no file can have or that something else has."""
    if not path or path.endswith("/"):
        raise _not_a_file(path, "no name of a file")
    try:
        kind = stat.S_IFMT(os.stat(path).st_mode)
    except (OSError, ValueError):  # it is not there, or the system will say more when it is to be made
        return
    if kind != stat.S_IFREG:
        raise _not_a_file(path, KINDS.get(kind, "no plain file"))


def _not_a_file(path: str, what: str) -> refusal:
    message = f"{path!r} is {what}, and not replaced by a file"
    return refusal.of(AOSE_OPEN_FILE_ERROR, AOS_OPEN_FILE_ERROR_CODE, message)


def check_apart(*places: tuple[str, str]) -> None:
    """Refuses two of these files, each with what it is and its path, that are one."""
    seen: dict[object, tuple[str, str]] = {}
    for what, path in places:
        for mark in _marks(path):
            other, name = seen.setdefault(mark, (what, path))
            if other != what:
                raise invalid_argument(f"the {other} {name} and the {what} {path} are one file")


def _marks(path: str) -> set[object]:
    """What tells a file: its place in the real folder, and the inode, of a link and of what it leads to."""
    folder, name = os.path.split(path)
    marks: set[object] = {os.path.join(os.path.realpath(folder or "."), name), os.path.realpath(path)}
    for look in (os.stat, os.lstat):
        try:
            found = look(path)
        except (OSError, ValueError):
            continue
        marks.add((found.st_dev, found.st_ino))
    return marks
