"""Sockets as the program has them: the standard library's, or those that gevent or eventlet has put in their place.

The latter let other green threads run while one waits, so that Python has to wait for them, never C. A socket of TLS
has locks of OpenSSL's in a handshake, and in the first read after it.
"""

from __future__ import annotations

import _socket
import _thread
import os
import select
import socket
import ssl
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from select import POLLIN, POLLOUT
from typing import Any, TypeVar

from aos._c.fork import unforked
from aos._http.cancel import TICK

__all__ = [
    "WOULD_BLOCK",
    "is_plain",
    "is_systems",
    "not_blocking",
    "raw_socket",
    "ready",
    "shut_down",
    "sockets_thread",
    "tls_step",
]

WOULD_BLOCK = (BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError)
"""What a socket that does not block raises where it would wait."""

T = TypeVar("T")


def is_plain(sock: Any) -> bool:
    """Tells whether a socket has no TLS."""
    return isinstance(sock, socket.socket) and not isinstance(sock, ssl.SSLSocket)


def raw_socket(sock: Any) -> Any:
    """Returns the socket that a TLS connection within another one goes through; any other one itself."""
    return getattr(sock, "socket", sock)


def is_systems(sock: Any) -> bool:
    """Tells whether a socket is the standard library's, for which C may wait."""
    return isinstance(sock, _socket.socket)


def sockets_thread() -> int:
    """Returns the number of the one thread of the system that can use the sockets it makes now, as gevent has it; 0
    where every thread can."""
    return 0 if issubclass(socket.socket, _socket.socket) else _thread.get_native_id()


def ready(wanted: Mapping[Any, int], seconds: float) -> list[tuple[int, int]]:
    """Waits until one of the sockets, or descriptors, is ready for what is ``wanted`` of it, POLLIN or POLLOUT or both.
    Returns the descriptors that are, each with its events; none after so many seconds."""
    if hasattr(select, "poll"):
        poll = select.poll()
        for sock, events in wanted.items():
            poll.register(sock, events)
        return poll.poll(seconds * 1000)
    # eventlet takes it away, and has a select for descriptors of any number
    events_of = {sock if isinstance(sock, int) else sock.fileno(): events for sock, events in wanted.items()}
    reading, writing = ([fd for fd, events in events_of.items() if events & kind] for kind in (POLLIN, POLLOUT))
    readable, writable, _ = select.select(reading, writing, [], seconds)
    return [(fd, POLLIN * (fd in readable) | POLLOUT * (fd in writable)) for fd in {*readable, *writable}]


@contextmanager
def not_blocking(sock: Any) -> Iterator[None]:
    """Lets a socket raise one of :data:`WOULD_BLOCK` instead of waiting; afterwards it waits for TICK at most."""
    raw = raw_socket(sock)
    raw.setblocking(False)
    try:
        yield
    finally:
        raw.setblocking(True)  # before it has a timeout, or eventlet's TLS never waits again
        raw.settimeout(TICK)


def tls_step(sock: Any, step: Callable[..., T], *args: Any, tick: Callable[[], float]) -> T:
    """Calls ``step(*args)``, a handshake or a read of a socket of TLS, as often as it would wait, and returns what it
    returns. A process is forked only between the calls: OpenSSL's locks would be taken in the child for ever. ``tick``
    returns how many seconds to wait, and raises where it is enough."""
    undivided = unforked(step)
    with not_blocking(sock):
        while True:
            try:
                return undivided(*args)
            except ssl.SSLWantReadError:
                event = POLLIN
            except ssl.SSLWantWriteError:
                event = POLLOUT
            ready({raw_socket(sock): event}, tick())


def shut_down(sock: Any) -> None:
    """Shuts a socket down, for whichever thread waits for it. OSError.

    The method of a TLS socket would discard the state that the other thread is using, and gevent's wakes greenlets up,
    which only the thread that they run in may do.
    """
    if is_systems(sock):
        _socket.socket.shutdown(sock, socket.SHUT_RDWR)
        return
    twin = _socket.socket(fileno=os.dup(sock.fileno()))
    try:
        twin.shutdown(socket.SHUT_RDWR)
    finally:
        twin.close()
