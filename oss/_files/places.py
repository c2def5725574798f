"""Paths of a call: which of them are one file, and which cannot become a file."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator

from aos._c.text import path_bytes
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
    """Returns the path at which a checkpoint is made before it gets its name: beside it, and no longer."""
    return path[:-1] + ("~" if path[-1:] != "~" else "_")


def check_target(path: str) -> None:
    """Refuses a path that no file can have, or at which there is a folder, a device, a FIFO or a socket.

    The StatusError is AOSE_OPEN_FILE_ERROR.
    """
    if not path or path.endswith("/"):
        raise _not_a_file(path, "no name of a file")
    try:
        kind = stat.S_IFMT(os.stat(path_bytes(path)).st_mode)
    except (OSError, ValueError):  # nothing is there, or opening it will say more
        return
    if kind != stat.S_IFREG:
        raise _not_a_file(path, KINDS.get(kind, "no plain file"))


def _not_a_file(path: str, what: str) -> StatusError:
    """Returns the error for a path at which there is no file but ``what``."""
    message = f"{path!r} is {what}, and not replaced by a file"
    return StatusError.of(AOSE_OPEN_FILE_ERROR, AOS_OPEN_FILE_ERROR_CODE, message)


def check_apart(*places: tuple[str, str]) -> None:
    """Refuses files of which two are one; each is given as what it is and its path.

    A link counts as a file of its own, since it is replaced and not followed, but what it leads to must not be another
    of the files. The StatusError is AOSE_INVALID_ARGUMENT.
    """
    known = [(what, path, _own(path), _behind(path)) for what, path in places]
    for index, (what, path, own, behind) in enumerate(known):
        for other, name, others_own, others_behind in known[:index]:
            if own & (others_own | others_behind) or others_own & behind:
                raise invalid_argument(f"{other} {name} and {what} {path} are one file")


def _own(path: str) -> set[object]:
    """Returns the path of a file or link in its real folder, and its inode."""
    folder, name = os.path.split(path_bytes(path))
    return {os.path.join(os.path.realpath(folder or b"."), name), *_inode(path, follow=False)}


def _behind(path: str) -> set[object]:
    """Returns the path and the inode that a path leads to, through links."""
    return {os.path.realpath(path_bytes(path)), *_inode(path, follow=True)}


def _inode(path: str, follow: bool) -> Iterator[object]:
    """Yields the device and inode number at a path, if anything is there."""
    try:
        found = os.stat(path_bytes(path), follow_symlinks=follow)
    except (OSError, ValueError):
        return
    yield found.st_dev, found.st_ino
