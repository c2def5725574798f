"""What gevent and eventlet put in the place of the standard library's sockets, threads and waits.

A program that they have patched runs many green threads in one thread of the system, and each wait must go through
what they have put there. Nothing of theirs is imported: what is asked is whether the standard library's own functions
are still where they belong. It is asked at each use, since a program may patch after it has imported this package.
"""

from __future__ import annotations

import _queue
import _socket
import _thread
import queue
import select
import socket
import ssl
import time
from collections.abc import Mapping
from types import BuiltinFunctionType
from typing import Any

__all__ = ["is_systems", "let_others_run", "new_queue", "ready", "shut_down"]


def is_systems(sock: Any) -> bool:
    """Tells whether a socket is the standard library's, for which C may wait."""
    return isinstance(sock, _socket.socket)


def let_others_run() -> None:
    """Gives the other green threads a turn, where there are any. A socket that always has data never waits, so that it
    would not give them one."""
    if not isinstance(time.sleep, BuiltinFunctionType):
        time.sleep(0)


def new_queue() -> queue.SimpleQueue[Any]:
    """Returns a queue between threads as ``threading`` starts them. The system's are used by the queue that no
    exception of a signal handler can break; eventlet does not replace it, and gevent does even without its threads."""
    if isinstance(_thread.start_new_thread, BuiltinFunctionType):
        return _queue.SimpleQueue()
    green: Any = queue.Queue()
    return green  # type: ignore[no-any-return]


def ready(wanted: Mapping[Any, int], seconds: float) -> list[tuple[int, int]]:
    """Waits until one of the sockets, or descriptors, is ready for what is ``wanted`` of it, POLLIN or POLLOUT or both.
    Returns the descriptors that are, each with its events; none after so many seconds."""
    if hasattr(select, "poll"):
        poll = select.poll()
        for sock, events in wanted.items():
            poll.register(sock, events)
        return poll.poll(seconds * 1000)
    # eventlet has none, and its select takes any number of a descriptor
    events_of = {sock if isinstance(sock, int) else sock.fileno(): events for sock, events in wanted.items()}
    kinds = (select.POLLIN, select.POLLOUT)
    reading, writing = ([fd for fd, events in events_of.items() if events & kind] for kind in kinds)
    found = select.select(reading, writing, [], seconds)
    return [
        (fd, events) for fd in events_of if (events := sum(k for k, fds in zip(kinds, found, strict=False) if fd in fds))
    ]


def shut_down(sock: Any) -> None:
    """Shuts a socket down, for whichever thread waits for it. OSError.

    The method of a TLS socket would discard the state that the other thread is using.
    """
    if is_systems(sock):
        _socket.socket.shutdown(sock, socket.SHUT_RDWR)
    elif isinstance(sock, ssl.SSLSocket):  # gevent's, whose base is none of the standard library's
        socket.socket.shutdown(sock, socket.SHUT_RDWR)
    else:
        sock.shutdown(socket.SHUT_RDWR)
