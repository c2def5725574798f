"""Files that one transfer alone uses while it lasts: a download's temporary file, and the checkpoint.

Whoever uses one holds a lock on it (``flock``: between processes, and between threads of one), from before its content
counts until it has been renamed or closed. A file that was renamed or removed between opening and locking is not the
one at the path any more, so both are compared. A lock lasts as long as the file is open: none is left by a process that
dies, a forked child has none, and a thread that comes late, held up in the disk, keeps it until it has let go of the
file. Where the file system knows no locks there is a warning, and no protection. The C SDK does not lock.

What somebody may have planted is not used: a link is removed instead of followed, and so is a second name of another
file; in a folder like /tmp, where anybody may make files, also another user's file.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import signal
import stat
import threading

from aos._c.fork import owned
from aos._c.text import path_bytes
from aos.aos_log import aos_warn_log
from aos.apr_file_io import apr_file_t

__all__ = ["MODE", "PartFile", "close_locked", "has_writer", "is_at", "open_locked", "remove", "sync_folder"]

FLAGS = os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK  # to open a FIFO would take for ever
TRIES = 10  # others may replace the file between its opening and its locking
MODE = 0o640
"""Mode of a temporary file, and so of the finished one, less the process's umask; as in the C SDK."""


class PartFile(apr_file_t):
    """A file that several threads use. The last of them to release it unlocks and closes it, so that a late thread
    never writes to a file that was opened since.
    """

    __slots__ = ("_lock", "_users")

    def __init__(self, path: str, flags: int, mode: int = 0o640) -> None:
        super().__init__()
        self._lock = threading.Lock()
        self._users = 1
        owned(self)  # before it is open: a fork may come at any moment
        self._descriptor.open(path_bytes(path), flags, mode)
        self.fd, self.fname = self._descriptor.number, path

    def share(self) -> PartFile:
        """Adds a user, who calls :meth:`release` in the end, and returns this file."""
        with self._lock:
            self._users += 1
        return self

    def release(self) -> None:
        """Takes a user away; the last one closes the file. OSError where closing fails."""
        with self._lock:
            self._users = max(self._users - 1, 0)
            last, fd = not self._users and self.fd >= 0, self.fd
            if last:
                self.fd = -1
        if last:
            with contextlib.suppress(OSError):
                fcntl.flock(fd, fcntl.LOCK_UN)  # a child forked at this very moment still has it open
            error = self._descriptor.close()
            if error:
                raise OSError(error, os.strerror(error))

    def abandon(self) -> None:
        """Closes the file in a forked child, while the parent keeps the lock."""
        self.fd = -1
        self._descriptor.close()


def open_locked(path: str, mode: int | None = None) -> PartFile:
    """Opens and locks a file, which is made if a ``mode`` is given. OSError: EAGAIN when another transfer uses it."""
    flags = FLAGS if mode is None else FLAGS | os.O_CREAT
    for _ in range(TRIES):
        _make_way(path)
        file = PartFile(path, flags, mode or 0)
        try:
            _lock(file.fd, path)
            if is_at(file.fd, path):
                return file
        except BaseException:
            close_locked(file)
            raise
        close_locked(file)
    raise _in_use()


def _in_use() -> OSError:
    """Returns the error for a file that another transfer uses."""
    return OSError(errno.EAGAIN, "another transfer is using it")


def _make_way(path: str) -> None:
    """Removes a link, and a file that somebody else may have put there. OSError for a device, a FIFO or a socket."""
    try:
        found = os.lstat(path_bytes(path))
    except FileNotFoundError:
        return
    kind = stat.S_IFMT(found.st_mode)
    if kind not in (stat.S_IFREG, stat.S_IFLNK, stat.S_IFDIR):  # a folder cannot be opened to write
        raise OSError(errno.EINVAL, "it is there, and no file")
    planted = kind == stat.S_IFLNK or (kind == stat.S_IFREG and (found.st_nlink > 1 or _is_strange(path, found)))
    if planted:
        aos_warn_log("%s is a link, or another user's, and is replaced", path)
        os.unlink(path_bytes(path))


def _is_strange(path: str, found: os.stat_result) -> bool:
    """Tells whether a file is another user's, in a folder where anybody may make files.

    Elsewhere the owner says nothing: some file systems have one owner for all files.
    """
    if found.st_uid == os.geteuid():
        return False
    folder = os.stat(path_bytes(os.path.dirname(path) or "."))
    return bool(folder.st_mode & stat.S_ISVTX) and found.st_uid != folder.st_uid


def _lock(fd: int, path: str) -> None:
    """Locks an open file; a warning where it cannot be locked. OSError: EAGAIN when another transfer uses it."""
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise _in_use() from None
    except OSError as error:
        aos_warn_log("%s cannot be locked, another transfer may use it too: %s", path, error.strerror)


def has_writer(fd: int) -> bool:
    """Tells whether anybody has a file open for writing, or mapped so; False where the system does not say.

    The file is open for reading here. Linux refuses a read lease while there is a writer. The lease is given back at
    once; should another program open the file at that very moment, the signal for it is one that is ignored.
    """
    try:
        fcntl.fcntl(fd, fcntl.F_SETSIG, signal.SIGURG)
        fcntl.fcntl(fd, fcntl.F_SETLEASE, fcntl.F_RDLCK)
        fcntl.fcntl(fd, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    except BlockingIOError:
        return True
    except (AttributeError, OSError):  # not Linux, another user's file, a file system without leases
        return False
    return False


def is_at(fd: int, path: str) -> bool:
    """Tells whether an open file is the one at the path, which may have been renamed, removed or replaced."""
    try:
        return os.path.samestat(os.fstat(fd), os.lstat(path_bytes(path)))
    except FileNotFoundError:
        return False


def remove(fd: int, path: str) -> None:
    """Deletes the file at the path if it is the open one; a warning where that fails."""
    try:
        if is_at(fd, path):
            os.unlink(path_bytes(path))
    except OSError as error:
        aos_warn_log("%s cannot be removed: %s", path, error.strerror)


def close_locked(file: PartFile) -> None:
    """Releases a file; a warning where closing it fails."""
    try:
        file.release()
    except OSError as error:
        aos_warn_log("closing %s: %s", file.fname, error.strerror)


def sync_folder(path: str) -> None:
    """Makes the names in the folder of ``path`` outlast a power cut; OSError where that fails."""
    fd = os.open(path_bytes(os.path.dirname(path) or "."), os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(fd)
    except OSError as error:
        if error.errno != errno.EINVAL:  # a file system that cannot, and need not
            raise
    finally:
        os.close(fd)
