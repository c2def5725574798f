"""``poll.h`` and ``sys/select.h``: which descriptors can be read or written without waiting.

What a parameter is:

:param fd: number of a descriptor
:param set: a set of descriptors
:param nfds: how many there are; for ``select``, a number above all of them
"""

from __future__ import annotations

import select as waiting
import time
from typing import Any

from oss.c_runtime.errno import failed
from oss.c_runtime.time import timeval

__all__ = [
    "FD_CLR",
    "FD_ISSET",
    "FD_SET",
    "FD_SETSIZE",
    "FD_ZERO",
    "POLLERR",
    "POLLHUP",
    "POLLIN",
    "POLLNVAL",
    "POLLOUT",
    "POLLPRI",
    "fd_set",
    "poll",
    "pollfd",
    "select",
]

POLLIN, POLLPRI, POLLOUT, POLLERR, POLLHUP, POLLNVAL = 1, 2, 4, 8, 16, 32
FD_SETSIZE = 1024


class pollfd:
    """``struct pollfd``: a descriptor, what is asked about it, and what is so."""

    def __init__(self, fd: int = 0, events: int = 0, revents: int = 0) -> None:
        self.fd, self.events, self.revents = fd, events, revents


def poll(fds: Any, nfds: int, timeout: int) -> int:
    """Waits until something can be done: for how many descriptors, 0 when it is too late, or -1 and errno.

    :param fds: a ``pollfd``, or an array of such; ``revents`` is set
    :param timeout: milliseconds; below 0 for as long as it takes
    """
    rows: list[pollfd] = [fds] if isinstance(fds, pollfd) else [fds[index] for index in range(nfds)]
    asked: dict[int, int] = {}
    for row in rows:
        if row.fd >= 0:
            asked[row.fd] = asked.get(row.fd, 0) | row.events
    poller = waiting.poll()
    for fd, events in asked.items():
        poller.register(fd, events)
    try:
        found = dict(poller.poll(None if timeout < 0 else timeout))
    except OSError as error:
        return failed(error)
    for row in rows:
        row.revents = found.get(row.fd, 0) & (row.events | POLLERR | POLLHUP | POLLNVAL)
    return sum(row.revents != 0 for row in rows)


class fd_set:
    """A set of descriptors."""

    def __init__(self) -> None:
        self.members: frozenset[int] = frozenset()


def FD_ZERO(set: fd_set) -> None:
    """Empties a set."""
    set.members = frozenset()


def FD_SET(fd: int, set: fd_set) -> None:
    """Puts a descriptor into a set."""
    set.members |= {fd}


def FD_CLR(fd: int, set: fd_set) -> None:
    """Takes a descriptor out of a set."""
    set.members -= {fd}


def FD_ISSET(fd: int, set: fd_set) -> int:
    """Whether a descriptor is in a set."""
    return int(fd in set.members)


def select(
    nfds: int, readfds: fd_set | None, writefds: fd_set | None, exceptfds: fd_set | None, timeout: timeval | None
) -> int:
    """Waits until something can be done: how many descriptors are left in the sets, 0 when it is too late.

    -1 and errno when it cannot be. As on Linux, ``timeout`` is what is left of it then.

    :param readfds: those to read from; may be None
    :param writefds: those to write to; may be None
    :param exceptfds: those that something odd may happen to; may be None
    :param timeout: how long; None for as long as it takes
    """
    sets = (readfds, writefds, exceptfds)
    reads, writes, odd = ([fd for fd in row.members if fd < nfds] if row is not None else [] for row in sets)
    limit = timeout.tv_sec + timeout.tv_usec / 1e6 if timeout is not None else None
    start = time.monotonic()
    try:
        found = waiting.select(reads, writes, odd, limit)
    except OSError as error:
        return failed(error)
    for row, ready in zip(sets, found, strict=True):
        if row is not None:
            row.members = frozenset(ready)
    if timeout is not None and limit is not None:
        left = max(0, round((limit - time.monotonic() + start) * 1e6)) if any(found) else 0
        timeout.tv_sec, timeout.tv_usec = divmod(left, 1_000_000)
    return sum(map(len, found))
