"""A lock that keeps a root to one server: held on a file in it, from the server's start to its end.

``flock`` excludes servers of the same process too, and ends with the process. A forked child would keep the lock of a
parent that has ended, so it closes its copies; a program that is started inherits none."""

from __future__ import annotations

import errno
import fcntl
import os
import threading
from pathlib import Path

__all__ = ["RootLock"]

_NAME = "lock"
_MUTEX = threading.Lock()  # also held around a fork, so that the child has the complete set
_HELD: set[RootLock] = set()


class RootLock:
    """A lock on a root, held from the start. Raises OSError (EBUSY), naming the process, when another server has it."""

    def __init__(self, root: Path) -> None:
        root.mkdir(parents=True, exist_ok=True)
        with _MUTEX:
            self._fd = os.open(root / _NAME, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            _HELD.add(self)
        try:
            self._take(root)
        except BaseException:
            self.release()
            raise

    def _take(self, root: Path) -> None:
        try:
            fcntl.flock(self._fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.pread(self._fd, 16, 0).decode("ascii", "replace").strip()
            message = f"another local server is using it, in process {holder or 'unknown'}"
            raise OSError(errno.EBUSY, message, str(root)) from None
        os.pwrite(self._fd, f"{os.getpid():<15}\n".encode(), 0)

    def release(self) -> None:
        with _MUTEX:
            if self not in _HELD:  # released before, or held by the process that this one was forked from
                return
            _HELD.remove(self)
            # Unlocked first, as a program that is just being started has a copy of the descriptor for a moment.
            fcntl.flock(self._fd, fcntl.LOCK_UN)
            os.close(self._fd)

    @staticmethod
    def forget() -> None:
        """Close a forked child's copies, which leaves the parent's locks alone."""
        for lock in _HELD:
            os.close(lock._fd)
        _HELD.clear()
        _MUTEX.release()


os.register_at_fork(before=_MUTEX.acquire, after_in_parent=_MUTEX.release, after_in_child=RootLock.forget)
