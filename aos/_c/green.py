"""What gevent and eventlet put in the place of the standard library's sockets, threads and waits.

A program that they have patched runs many green threads in one thread of the system, and each wait must go through
what they have put there. Nothing of theirs is imported: what is asked is whether the standard library's own functions
are still where they belong. It is asked at each use, since a program may patch after it has imported this package.
"""

from __future__ import annotations

import _queue
import _socket
import _thread
import os
import queue
import select
import socket
import time
from collections.abc import Mapping
from select import POLLIN, POLLOUT
from types import BuiltinFunctionType
from typing import Any, cast

__all__ = ["is_systems", "let_others_run", "new_queue", "ready", "shut_down", "sockets_thread"]


def is_systems(sock: Any) -> bool:
    """Tells whether a socket is the standard library's, for which C may wait."""
    return isinstance(sock, _socket.socket)


def sockets_thread() -> int:
    """Returns the number of the one thread of the system that can use the sockets it makes now, as gevent has it; 0
    where every thread can."""
    return 0 if issubclass(socket.socket, _socket.socket) else _thread.get_native_id()


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
    green: Any = queue.Queue()  # with the methods that are used of the other
    return cast("queue.SimpleQueue[Any]", green)


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
