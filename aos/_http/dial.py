"""Opening a connection: name lookup, addresses, the TLS handshake.

All of it ends within a quarter of a second after a cancel, and ``connect_timeout`` bounds it as a whole. A name is
looked up in a thread of its own, which is left behind where the resolver does not answer. Addresses are tried as RFC
8305 says: the families in turn, the next one after 200 ms without an answer or as soon as one fails; the first that
answers is used, the others are closed.
"""

from __future__ import annotations

import _thread
import contextlib
import errno
import os
import queue
import select
import socket
import ssl
import time
from itertools import chain, zip_longest
from typing import Any, NamedTuple

from aos._c.fork import imported
from aos._http.cancel import TICK
from aos._http.deadline import Deadline
from aos._http.errors import NotConnected, NotInTime

__all__ = ["Address", "connect", "TimeLimit", "handshake", "look_up"]

NEXT_ADDRESS = 0.2
"""Seconds after which the next address is tried beside those that have not answered (libcurl's)."""


class Address(NamedTuple):
    """Address to connect to: its family, and as ``sockaddr`` what ``socket.connect`` takes."""

    family: socket.AddressFamily
    sockaddr: Any


class TimeLimit:
    """Limit of the time to connect: ``connect_timeout`` seconds, and a deadline that may be cancelled before."""

    def __init__(self, deadline: Deadline, seconds: float | None) -> None:
        """Starts the clock; ``seconds`` None means no limit."""
        self.deadline = deadline
        self._end = None if seconds is None else time.monotonic() + seconds

    def tick(self, at_most: float = TICK) -> float:
        """Returns how many seconds to wait before the next call, ``at_most`` so many. NotInTime, CancelledError."""
        self.deadline.check()
        if self._end is None:
            return at_most
        left = self._end - time.monotonic()
        if left <= 0:
            raise NotInTime()
        return min(left, at_most)

    def left(self) -> float | None:
        """Returns the seconds that are left, more than 0; None without a limit."""
        return None if self._end is None else max(self._end - time.monotonic(), 0.001)


def literal_address(host: str, port: int) -> Address | None:
    """Returns the address of a host that is written as an IP address; None for a name."""
    for family in (socket.AF_INET, socket.AF_INET6):
        with contextlib.suppress(OSError, ValueError):
            socket.inet_pton(family, host)
            return Address(family, (host, port))
    return None


def look_up(host: str, port: int, until: TimeLimit) -> list[Address]:
    """Returns the addresses of a host, the families in turn. OSError (gaierror) or UnicodeError where it has none;
    NotInTime, CancelledError."""
    known = literal_address(host, port)
    if known is not None:
        return [known]
    answers: queue.SimpleQueue[list[Any] | Exception] = queue.SimpleQueue()

    def resolve() -> None:
        try:
            answers.put(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        except Exception as error:
            answers.put(error)

    try:
        _thread.start_new_thread(resolve, ())
    except RuntimeError:  # no thread can be started
        resolve()
    while True:
        with contextlib.suppress(queue.Empty):
            return _interleave(answers.get(timeout=until.tick()))


def _interleave(answer: list[Any] | Exception) -> list[Address]:
    """Returns the addresses in a result of getaddrinfo, the families in turn; raises an exception that came instead."""
    if isinstance(answer, Exception):
        raise answer
    found = [Address(family, sockaddr) for family, _, _, _, sockaddr in answer]
    first = [item for item in found if item.family == found[0].family]
    others = [item for item in found if item.family != found[0].family]
    return [item for item in chain.from_iterable(zip_longest(first, others)) if item is not None]


class _Race:
    """Race of several connection attempts to one host: the first that succeeds wins."""

    def __init__(self) -> None:
        self.running: dict[int, socket.socket] = {}
        self.problem: OSError | None = None
        self._poll = select.poll()

    def start(self, address: Address) -> None:
        """Begins to connect to an address; a failure goes to ``problem``, which keeps the first one."""
        try:
            sock = socket.socket(address.family, socket.SOCK_STREAM)
        except OSError as problem:
            self.problem = self.problem or problem
            return
        self.running[sock.fileno()] = sock
        sock.setblocking(False)
        error = sock.connect_ex(address.sockaddr)
        if error in (0, errno.EINPROGRESS, errno.EINTR):
            self._poll.register(sock, select.POLLOUT)
        else:
            self._failed(error, self.running.pop(sock.fileno()))

    def _failed(self, error: int, sock: socket.socket) -> None:
        self.problem = self.problem or OSError(error, os.strerror(error))
        sock.close()

    def winner(self, seconds: float) -> socket.socket | None:
        """Returns the first socket that is connected within so many seconds; None without one."""
        for fd, _ in self._poll.poll(seconds * 1000):
            self._poll.unregister(fd)
            sock = self.running.pop(fd)
            error = sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
            if not error:
                return sock
            self._failed(error, sock)
        return None

    def close(self) -> None:
        """Closes the sockets that are not connected yet."""
        for sock in self.running.values():
            sock.close()


def connect(addresses: list[Address], until: TimeLimit) -> socket.socket:
    """Returns a socket connected to one of the addresses, with the timeout that a deadline needs. NotConnected,
    NotInTime, CancelledError."""
    race, todo, next_start = _Race(), addresses[::-1], 0.0
    try:
        while True:
            now = time.monotonic()
            if todo and (now >= next_start or not race.running):
                next_start = now + NEXT_ADDRESS
                race.start(todo.pop())
            if not todo and not race.running:
                raise NotConnected() from race.problem
            sock = race.winner(until.tick(min(TICK, max(next_start - now, 0)) if todo else TICK))
            if sock is not None:
                sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                sock.settimeout(TICK)
                return sock
    finally:
        race.close()


def handshake(sock: Any, context: ssl.SSLContext, host: str, until: TimeLimit) -> Any:
    """Returns a TLS socket over ``sock``, which it owns from now on; closes ``sock`` where that fails. ssl.SSLError,
    OSError, NotInTime, CancelledError."""
    host = host.rstrip(".")
    try:
        if isinstance(sock, ssl.SSLSocket):
            return _tls_in_tls(sock, context, host, until)
        sock = context.wrap_socket(sock, server_hostname=host, do_handshake_on_connect=False)
        while True:
            until.tick()
            with contextlib.suppress(TimeoutError):
                sock.do_handshake()
                return sock
    except BaseException:
        sock.close()
        raise


def _tls_in_tls(sock: ssl.SSLSocket, context: ssl.SSLContext, host: str, until: TimeLimit) -> Any:
    """Returns a TLS connection within the TLS connection to a proxy. A cancel does not end this handshake; only
    ``connect_timeout`` does."""
    SSLTransport = imported("urllib3.util.ssltransport").SSLTransport
    sock.settimeout(until.left())
    tls = SSLTransport(sock, context, host)
    sock.settimeout(TICK)
    return tls
