"""``popen`` and ``pclose`` of ``stdio.h``: a shell command, and a file to or from it."""

from __future__ import annotations

import errno as names
import os
import subprocess

from oss.c_runtime.errno import errno, failed
from oss.c_runtime.pointers import Text, string_at
from oss.c_runtime.streams import FILE

__all__ = ["pclose", "popen"]


class _Stream(FILE):
    """The end of a pipe to or from a command."""

    def __init__(self, command: bytes, reads: bool) -> None:
        given, printed = (None, subprocess.PIPE) if reads else (subprocess.PIPE, None)
        self.process = subprocess.Popen([b"/bin/sh", b"-c", command], bufsize=0, stdin=given, stdout=printed)
        pipe = self.process.stdout if reads else self.process.stdin
        assert pipe is not None
        fd = os.dup(pipe.fileno())
        pipe.close()
        super().__init__(fd, os.O_RDONLY if reads else os.O_WRONLY)


def popen(command: Text, mode: Text) -> FILE | None:
    """Runs a command by the shell; None and errno when that cannot be.

    :param command: the command
    :param mode: r to read what it prints, w to write what it reads
    """
    kind = string_at(mode).decode("latin-1").replace("e", "")
    if kind not in ("r", "w"):
        errno.value = names.EINVAL
        return None
    try:
        return _Stream(string_at(command), kind == "r")
    except OSError as error:
        failed(error)
        return None


def pclose(f: FILE) -> int:
    """Closes the file, waits for the command, and returns how it ended, as ``wait`` tells it."""
    if not isinstance(f, _Stream):
        raise ValueError("the FILE is not from popen")
    f.close()
    ended = f.process.wait()
    return -ended if ended < 0 else ended << 8
