"""Opening a connection: names, addresses, a proxy's tunnel, the TLS handshake.

All of it ends within a quarter of a second after a cancel, and ``connect_timeout`` bounds it as a whole.
A name is looked up in a thread of its own, which is left behind where the resolver does not answer. Addresses are tried
as RFC 8305 says: the families in turn, the next one after 200 ms without an answer or as soon as one fails; the first
that answers is taken, the others are closed.
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
    """Where to connect to."""

    family: socket.AddressFamily
    place: Any


class TimeLimit:
    """``connect_timeout``, and the deadline that may end the waiting before it."""

    def __init__(self, deadline: Deadline, seconds: float | None) -> None:
        self.deadline = deadline
        self._end = None if seconds is None else time.monotonic() + seconds

    def tick(self, at_most: float = TICK) -> float:
        """Seconds to wait before the next look. Raises when the waiting is over."""
        self.deadline.check()
        if self._end is None:
            return at_most
        left = self._end - time.monotonic()
        if left <= 0:
            raise NotInTime()
        return min(left, at_most)

    def left(self) -> float | None:
        """Seconds until the end."""
        return None if self._end is None else max(self._end - time.monotonic(), 0.001)


def literal(host: str, port: int) -> Address | None:
    """The address that a host name spells out."""
    for family in (socket.AF_INET, socket.AF_INET6):
        with contextlib.suppress(OSError, ValueError):
            socket.inet_pton(family, host)
            return Address(family, (host, port))
    return None


def look_up(host: str, port: int, until: TimeLimit) -> list[Address]:
    """The addresses of a host, the families in turn. OSError (gaierror) or UnicodeError where it has none."""
    known = literal(host, port)
    if known is not None:
        return [known]
    answers: queue.SimpleQueue[list[Any] | Exception] = queue.SimpleQueue()

    def ask() -> None:
        try:
            answers.put(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        except Exception as error:
            answers.put(error)

    try:
        _thread.start_new_thread(ask, ())
    except RuntimeError:  # no thread is to be had
        ask()
    while True:
        with contextlib.suppress(queue.Empty):
            return _in_turn(answers.get(timeout=until.tick()))


def _in_turn(answer: list[Any] | Exception) -> list[Address]:
    if isinstance(answer, Exception):
        raise answer
    found = [Address(family, place) for family, _, _, _, place in answer]
    first = [item for item in found if item.family == found[0].family]
    others = [item for item in found if item.family != found[0].family]
    return [item for item in chain.from_iterable(zip_longest(first, others)) if item is not None]


class _Race:
    """Connections that are being made side by side."""

    def __init__(self) -> None:
        self.running: dict[int, socket.socket] = {}
        self.problem: OSError | None = None
        self._poll = select.poll()

    def start(self, address: Address) -> None:
        """Begins to connect."""
        try:
            sock = socket.socket(address.family, socket.SOCK_STREAM)
        except OSError as problem:
            self.problem = self.problem or problem
            return
        self.running[sock.fileno()] = sock
        sock.setblocking(False)
        error = sock.connect_ex(address.place)
        if error in (0, errno.EINPROGRESS, errno.EINTR):
            self._poll.register(sock, select.POLLOUT)
        else:
            self._failed(error, self.running.pop(sock.fileno()))

    def _failed(self, error: int, sock: socket.socket) -> None:
        self.problem = self.problem or OSError(error, os.strerror(error))
        sock.close()

    def winner(self, seconds: float) -> socket.socket | None:
        """The first connection that is made within that time."""
        for fd, _ in self._poll.poll(seconds * 1000):
            self._poll.unregister(fd)
            sock = self.running.pop(fd)
            error = sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
            if not error:
                return sock
            self._failed(error, sock)
        return None

    def end(self) -> None:
        """Gives up what is not made yet."""
        for sock in self.running.values():
            sock.close()


def connect(addresses: list[Address], until: TimeLimit) -> socket.socket:
    """A connection to one of the addresses, with the timeout that the waits of a deadline need."""
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
        race.end()


def handshake(sock: Any, context: ssl.SSLContext, host: str, until: TimeLimit) -> Any:
    """TLS over a connection, whose socket belongs to what is returned. ssl.SSLError, OSError."""
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
    """Behind a proxy that speaks TLS itself; the one handshake that a cancel does not end before its time."""
    SSLTransport = imported("urllib3.util.ssltransport").SSLTransport
    sock.settimeout(until.left())
    tls = SSLTransport(sock, context, host)
    sock.settimeout(TICK)
    return tls
