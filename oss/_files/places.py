"""The files of a call by what they are: which names are one file, and what cannot become one."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator

from aos.aos_define import AOSE_OPEN_FILE_ERROR
from aos.aos_status import AOS_OPEN_FILE_ERROR_CODE
from oss._request.errors import StatusError, invalid_argument

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


def _not_a_file(path: str, what: str) -> StatusError:
    message = f"{path!r} is {what}, and not replaced by a file"
    return StatusError.of(AOSE_OPEN_FILE_ERROR, AOS_OPEN_FILE_ERROR_CODE, message)


def check_apart(*places: tuple[str, str]) -> None:
    """Refuses two of these files, each with what it is and its path, that are one.

    A link counts as itself, since it is replaced and not followed, and what it leads to must not be another of them.
    """
    known = [(what, path, _own(path), _behind(path)) for what, path in places]
    for index, (what, path, own, behind) in enumerate(known):
        for other, name, others_own, others_behind in known[:index]:
            if own & (others_own | others_behind) or others_own & behind:
                raise invalid_argument(f"{other} {name} and {what} {path} are one file")


def _own(path: str) -> set[object]:
    """A name's place in the real folder, and the inode that has it."""
    folder, name = os.path.split(path)
    return {os.path.join(os.path.realpath(folder or "."), name), *_inode(path, follow=False)}


def _behind(path: str) -> set[object]:
    """The place and the inode that a name leads to."""
    return {os.path.realpath(path), *_inode(path, follow=True)}


def _inode(path: str, follow: bool) -> Iterator[object]:
    try:
        found = os.stat(path, follow_symlinks=follow)
    except (OSError, ValueError):
        return
    yield found.st_dev, found.st_ino
