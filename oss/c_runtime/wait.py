"""``fork`` of ``unistd.h``, and ``sys/wait.h``: processes that a program starts, and how they ended.

What a parameter is:

:param pid: number of the process; -1 for any
:param status: gets how it ended; may be None
:param options: 0, or WNOHANG, which does not wait
"""

from __future__ import annotations

import os
from os import (
    WNOHANG,
    WUNTRACED,
)
from typing import Any

from aos._c.refs import aos_ref_t
from oss.c_runtime.errno import failed

__all__ = ["WEXITSTATUS", "WIFEXITED", "WIFSIGNALED", "WIFSTOPPED", "WTERMSIG", "fork", "wait", "waitpid"]
__all__ += [
    "WNOHANG",
    "WUNTRACED",
]


def fork() -> int:
    """Splits the program in two: 0 in the new process, its number in the old one, or -1 and errno."""
    try:
        return os.fork()
    except OSError as error:
        return failed(error)


def waitpid(pid: int, status: aos_ref_t[Any] | None, options: int) -> int:
    """Waits for a process to end: its number, 0 when none has with WNOHANG, or -1 and errno."""
    try:
        ended, how = os.waitpid(pid, options)
    except OSError as error:
        return failed(error)
    if status is not None and ended:
        status.value = how
    return ended


def wait(status: aos_ref_t[Any] | None) -> int:
    """Waits for any process as ``waitpid``."""
    return waitpid(-1, status, 0)


def WIFEXITED(how: int) -> int:
    """Whether a process ended by itself."""
    return int(os.WIFEXITED(how))


def WEXITSTATUS(how: int) -> int:
    """Its exit status, if it ended by itself."""
    return how >> 8 & 0xFF


def WIFSIGNALED(how: int) -> int:
    """Whether a signal ended a process."""
    return int(os.WIFSIGNALED(how))


def WTERMSIG(how: int) -> int:
    """The signal that ended it."""
    return how & 0x7F


def WIFSTOPPED(how: int) -> int:
    """Whether a process was stopped, and can go on."""
    return int(os.WIFSTOPPED(how))
