"""Opening a connection: name lookup, addresses, the TLS handshake.

All of it ends within a quarter of a second after a cancel, and ``connect_timeout`` bounds it as a whole. A name is
looked up in a thread of its own, which is left behind where the resolver does not answer; names in ``localhost`` are
this machine's without being looked up. Addresses are tried as RFC 8305 says: the families in turn, the next one after
200 ms without an answer or as soon as one fails; the first that answers is used, the others are closed, and its family
is the first to be tried for the next ten minutes.

What is known of families takes no lock, as in ``aos._http.client``: each change is a single step of the interpreter. A
forked child has its parent's knowledge, which holds for it too.
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
from aos._c.green import new_queue
from aos._http.cancel import TICK
from aos._http.errors import NotConnected
from aos._http.limit import TimeLimit
from aos._http.sockets import ready, tls_step

__all__ = ["Address", "connect_to", "handshake", "look_up", "numeric_address"]

NEXT_ADDRESS = 0.2
"""Seconds after which the next address is tried beside those that have not answered (libcurl's)."""
FAMILY_KEPT = 600.0
"""Seconds for which the family that connected to a host is tried first (RFC 8305's)."""
HOSTS_KNOWN = 256
LOCALHOST = "localhost"


class Address(NamedTuple):
    """Address to connect to: its family, and as ``sockaddr`` what ``socket.connect`` takes."""

    family: socket.AddressFamily
    sockaddr: Any


def numeric_address(host: str) -> tuple[socket.AddressFamily, bytes] | None:
    """Returns family and bytes of an IP address; None for a name."""
    for family in (socket.AF_INET, socket.AF_INET6):
        with contextlib.suppress(OSError, ValueError):
            return family, socket.inet_pton(family, host)
    return None


def known_addresses(host: str, port: int) -> list[Address]:
    """Returns the addresses of a host that needs no resolver: an IP address, or a name in ``localhost``, which is
    loopback (RFC 6761), IPv4 first as in libcurl. Empty for any other."""
    name = host.rstrip(".").lower()
    if name == LOCALHOST or name.endswith(f".{LOCALHOST}"):
        return [Address(socket.AF_INET, ("127.0.0.1", port)), Address(socket.AF_INET6, ("::1", port))]
    numeric = numeric_address(host)
    return [] if numeric is None else [Address(numeric[0], (host, port))]


def look_up(host: str, port: int, until: TimeLimit) -> list[Address]:
    """Returns the addresses of a host, the best one first. OSError (gaierror) or UnicodeError where it has none;
    NotInTime, CancelledError."""
    if known := known_addresses(host, port):
        return known
    answers: queue.SimpleQueue[list[Any] | Exception] = new_queue()

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
            answer = answers.get(timeout=until.tick())
            if isinstance(answer, Exception):
                raise answer
            return [Address(family, sockaddr) for family, _, _, _, sockaddr in answer]


class _Winner(NamedTuple):
    """Family of the address that connected to a host, and when."""

    family: int
    time: float


_winners: dict[str, _Winner] = {}


def _remember_family(host: str, family: int) -> None:
    """Notes which family has connected to a host."""
    if len(_winners) >= HOSTS_KNOWN:
        _winners.clear()
    _winners[host] = _Winner(family, time.monotonic())


def _in_turn(host: str, addresses: list[Address]) -> list[Address]:
    """Returns the addresses of a host in the order in which to try them: the families in turn, and first the one that
    connected to the host lately."""
    latest = _winners.get(host)
    first = addresses[0].family
    if latest is not None and time.monotonic() < latest.time + FAMILY_KEPT:
        first = next((item.family for item in addresses if item.family == latest.family), first)
    sides = ([item for item in addresses if (item.family == first) == is_first] for is_first in (True, False))
    return [item for item in chain.from_iterable(zip_longest(*sides)) if item is not None]


class _Race:
    """Race of several connection attempts to one host: the first that succeeds wins."""

    def __init__(self, addresses: list[Address]) -> None:
        self._todo = addresses[::-1]
        self._running: dict[int, socket.socket] = {}
        self._next_start = 0.0
        self._problem: OSError | None = None

    def start(self) -> float:
        """Begins to connect to the next address, if it is time to. Returns the seconds until the one after it has its
        turn, TICK at most. NotConnected where all have failed."""
        now = time.monotonic()
        if self._todo and now >= self._next_start:
            self._next_start = now + NEXT_ADDRESS
            self._try(self._todo.pop())
        if not self._todo:
            if not self._running:
                raise NotConnected() from self._problem
            return TICK
        return min(max(self._next_start - now, 0), TICK)

    def _try(self, address: Address) -> None:
        """Begins to connect to an address."""
        try:
            sock = socket.socket(address.family, socket.SOCK_STREAM)
        except OSError as problem:
            self._failed(problem)
            return
        self._running[sock.fileno()] = sock
        sock.setblocking(False)
        error = sock.connect_ex(address.sockaddr)
        if error not in (0, errno.EINPROGRESS, errno.EINTR):
            self._running.pop(sock.fileno()).close()
            self._failed(OSError(error, os.strerror(error)))

    def _failed(self, problem: OSError) -> None:
        """Notes a failure, the first of which is told, and that the next address has its turn."""
        self._problem = self._problem or problem
        self._next_start = 0.0

    def winner(self, seconds: float) -> socket.socket | None:
        """Returns the first socket that is connected within so many seconds; None without one."""
        for fd, _ in ready(dict.fromkeys(self._running, select.POLLOUT), seconds):
            sock = self._running.pop(fd)
            error = sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
            if not error:
                return sock
            sock.close()
            self._failed(OSError(error, os.strerror(error)))
        return None

    def close(self) -> None:
        """Closes the sockets that are not connected yet."""
        for sock in self._running.values():
            sock.close()


def connect_to(host: str, port: int, until: TimeLimit) -> socket.socket:
    """Returns a socket connected to a host, with the timeout that a deadline needs. OSError (gaierror) or UnicodeError
    for a name without an address; NotConnected, NotInTime, CancelledError."""
    race = _Race(_in_turn(host, look_up(host, port, until)))
    try:
        while True:
            sock = race.winner(until.tick(race.start()))
            if sock is not None:
                _remember_family(host, sock.family)
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
            return imported("aos._http.tls_in_tls").InnerTls(sock, context, host, until)
        sock = context.wrap_socket(sock, server_hostname=host, do_handshake_on_connect=False)
        tls_step(sock, sock.do_handshake, tick=until.tick)
        return sock
    except BaseException:
        sock.close()
        raise
