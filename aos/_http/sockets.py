"""Sockets as the program has them: the standard library's, or those that gevent or eventlet has put in their place.

The latter let other green threads run while one waits, so that Python has to wait for them, never C.
"""

from __future__ import annotations

import _socket
import _thread
import os
import select
import socket
from collections.abc import Mapping
from select import POLLIN, POLLOUT
from typing import Any

__all__ = ["is_systems", "ready", "shut_down", "sockets_thread"]


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
