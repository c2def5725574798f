"""``signal.h``: handlers, which run in the main thread, and signals sent.

``struct sigaction`` is ``sigaction_t``, for ``sigaction`` is the function; C's ``raise`` is ``raise_``.

What a parameter is, unless a function says otherwise:

:param number: the signal
:param set: a set of signals
"""

from __future__ import annotations

import errno as names
import os
import signal as python
from collections.abc import Callable
from signal import (
    SIGABRT,
    SIGALRM,
    SIGBUS,
    SIGCHLD,
    SIGCONT,
    SIGFPE,
    SIGHUP,
    SIGILL,
    SIGINT,
    SIGKILL,
    SIGPIPE,
    SIGQUIT,
    SIGSEGV,
    SIGSTOP,
    SIGTERM,
    SIGTRAP,
    SIGTSTP,
    SIGTTIN,
    SIGTTOU,
    SIGUSR1,
    SIGUSR2,
)
from types import FrameType
from typing import Any, TypeAlias

from oss.c_runtime.errno import attempt, errno
from oss.c_runtime.interrupts import interrupt

__all__ = [
    "SIG_BLOCK",
    "SIG_DFL",
    "SIG_ERR",
    "SIG_IGN",
    "SIG_SETMASK",
    "SIG_UNBLOCK",
    "alarm",
    "kill",
    "raise_",
    "sigaction",
    "sigaction_t",
    "sigaddset",
    "sigdelset",
    "sigemptyset",
    "sigfillset",
    "sigismember",
    "signal",
    "sigpending",
    "sigprocmask",
    "sigset_t",
    "sysv_signal",
    "pause",
]
__all__ += [
    "SIGABRT",
    "SIGALRM",
    "SIGBUS",
    "SIGCHLD",
    "SIGCONT",
    "SIGFPE",
    "SIGHUP",
    "SIGILL",
    "SIGINT",
    "SIGKILL",
    "SIGPIPE",
    "SIGQUIT",
    "SIGSEGV",
    "SIGSTOP",
    "SIGTERM",
    "SIGTRAP",
    "SIGTSTP",
    "SIGTTIN",
    "SIGTTOU",
    "SIGUSR1",
    "SIGUSR2",
]

SIG_DFL, SIG_IGN, SIG_ERR = None, 1, -1
SIG_BLOCK, SIG_UNBLOCK, SIG_SETMASK = 0, 1, 2
Handler: TypeAlias = "Callable[[int], object] | int | None"


class sigset_t:
    """A set of signals."""

    def __init__(self) -> None:
        self.numbers: set[int] = set()

    def __copy__(self) -> sigset_t:
        made = sigset_t()
        made.numbers = set(self.numbers)
        return made


class sigaction_t:
    """``struct sigaction``: a handler; mask and flags are kept and have no effect."""

    def __init__(self, sa_handler: Handler = SIG_DFL, sa_flags: int = 0) -> None:
        self.sa_handler = sa_handler
        self.sa_mask, self.sa_flags = sigset_t(), sa_flags


_handlers: dict[int, Handler] = {}


def _python_handler(handler: Handler) -> Any:
    if handler is None or isinstance(handler, int):
        return python.SIG_IGN if handler == SIG_IGN else python.SIG_DFL

    def handle(number: int, frame: FrameType | None) -> None:
        handler(number)
        interrupt()

    return handle


def signal(number: int, handler: Handler) -> Handler:
    """Sets what a signal does, and returns what it did; SIG_ERR and errno for one that cannot be handled.

    :param handler: a function of the number, SIG_DFL or SIG_IGN
    """
    try:
        python.signal(number, _python_handler(handler))
    except (OSError, ValueError):
        errno.value = names.EINVAL
        return SIG_ERR
    before = _handlers.get(number, SIG_DFL)
    _handlers[number] = handler
    return before


def sysv_signal(number: int, handler: Handler) -> Handler:
    """Sets what a signal does once, as ``signal`` of programs that ask for POSIX alone: then it is SIG_DFL again.

    :param handler: a function of the number, SIG_DFL or SIG_IGN
    """
    if handler is None or isinstance(handler, int):
        return signal(number, handler)

    def once(number: int) -> None:
        signal(number, SIG_DFL)
        handler(number)

    before = signal(number, once)
    if before != SIG_ERR:
        _handlers[number] = handler
    return before


def sigaction(number: int, action: sigaction_t | None, old: sigaction_t | None) -> int:
    """Sets what a signal does: 0, or -1 and errno.

    :param action: what it is to do; None changes nothing
    :param old: gets what it did; may be None
    """
    before = _handlers.get(number, SIG_DFL)
    if action is not None and signal(number, action.sa_handler) == SIG_ERR:
        return -1
    if old is not None:
        old.sa_handler, old.sa_mask, old.sa_flags = before, sigset_t(), 0
    return 0


def sigemptyset(set: sigset_t) -> int:
    """Removes all signals, and returns 0."""
    set.numbers.clear()
    return 0


def sigfillset(set: sigset_t) -> int:
    """Adds all signals, and returns 0."""
    set.numbers.update(range(1, 65))
    return 0


def sigaddset(set: sigset_t, number: int) -> int:
    """Adds a signal, and returns 0."""
    set.numbers.add(number)
    return 0


def sigdelset(set: sigset_t, number: int) -> int:
    """Removes a signal, and returns 0."""
    set.numbers.discard(number)
    return 0


def sigismember(set: sigset_t, number: int) -> int:
    """Whether a signal is in a set."""
    return int(number in set.numbers)


def sigprocmask(how: int, set: sigset_t | None, old: sigset_t | None) -> int:
    """Sets which signals wait until they are let through: 0, or -1 and errno.

    :param how: SIG_BLOCK and SIG_UNBLOCK change some, SIG_SETMASK all
    :param set: which; None changes nothing
    :param old: gets those that waited before; may be None
    """
    if set is not None and how not in (SIG_BLOCK, SIG_UNBLOCK, SIG_SETMASK):
        errno.value = names.EINVAL
        return -1
    before = python.pthread_sigmask(how if set is not None else SIG_BLOCK, set.numbers if set is not None else ())
    if old is not None:
        old.numbers = {int(number) for number in before}
    return 0


def sigpending(set: sigset_t) -> int:
    """Gets the signals that wait, and returns 0."""
    set.numbers = {int(number) for number in python.sigpending()}
    return 0


def kill(pid: int, number: int) -> int:
    """Sends a signal to a process: 0, or -1 and errno.

    :param pid: number of the process
    """
    return attempt(os.kill, pid, number)


def raise_(number: int) -> int:
    """Sends a signal to the program itself: 0, or -1 and errno."""
    try:
        python.raise_signal(number)
    except (OSError, ValueError):
        errno.value = names.EINVAL
        return -1
    return 0


def alarm(seconds: int) -> int:
    """Sends SIGALRM after so many seconds, 0 never; returns how many were left of those before."""
    return python.alarm(seconds)


def pause() -> int:
    """Waits for a signal, and returns -1 with ``errno`` EINTR."""
    python.pause()
    errno.value = names.EINTR
    return -1
