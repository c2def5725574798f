"""Answers that begin before the body of their request has been sent, and sockets that are written to meanwhile.

While a body is sent, its socket does not block: a write or read that would wait raises one of ``sockets.WOULD_BLOCK``.
No write sends SIGPIPE to the program.
"""

from __future__ import annotations

import functools
import re
import socket
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

from aos._http.sockets import WOULD_BLOCK, is_plain
from aos._native import PartBuffer, sigpipe_block, sigpipe_restore, sigpipe_state

__all__ = ["EarlyAnswer", "Refused", "SilentPipe", "writer_of"]

NO_SIGNAL = getattr(socket, "MSG_NOSIGNAL", 0)

_INTERIM = re.compile(rb"HTTP/1\.[01] 1(?!01)\d\d(?: .*)?\r?\n(?:.*\n)*?\r?\n")
_BEGINNING = len(b"HTTP/1.1 200")
_PASSED_OVER = re.compile(rb"HTTP/1\.[01] (?:2|1(?!01))")


P = ParamSpec("P")
T = TypeVar("T")


class Refused(Exception):
    """Ends the sending of a body: an answer has begun that does not depend on the rest of it."""


class EarlyAnswer:
    """Bytes that a server sends before it has all of a request: interim answers (1xx), and the start of a final one.

    ``data`` has the bytes, and ``interim`` counts those of complete interim answers.
    """

    data = b""
    interim = 0

    def add(self, data: bytes) -> None:
        """Takes the next bytes. Refused for a final answer other than 2xx, and for what is no answer."""
        self.data += data
        while complete := _INTERIM.match(self.data, self.interim):
            self.interim = complete.end()
        begun = self.data[self.interim : self.interim + _BEGINNING]
        if len(begun) == _BEGINNING and not _PASSED_OVER.match(begun):
            raise Refused

    @property
    def accepted(self) -> bool:
        """Whether a final answer has begun whose status is 2xx."""
        return self.data.startswith((b"HTTP/1.1 2", b"HTTP/1.0 2"), self.interim)

    @property
    def begun(self) -> bool:
        """Whether anything but complete interim answers has come."""
        return len(self.data) > self.interim

    def move_to(self, buffer: PartBuffer) -> int:
        """Copies the bytes to the start of the buffer. Returns how many."""
        buffer.view[: len(self.data)] = self.data
        return len(self.data)


class SilentPipe:
    """Calls functions that write to a socket without MSG_NOSIGNAL, as TLS does: no SIGPIPE of theirs reaches the
    program. A SIGPIPE that is somebody else's stays. For one thread at a time."""

    __slots__ = ("_state",)

    def __init__(self) -> None:
        self._state = sigpipe_state()

    def call(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Returns ``function(*args, **kwargs)``."""
        broken = False
        try:
            sigpipe_block(self._state)
            return function(*args, **kwargs)
        except WOULD_BLOCK:
            raise
        except BaseException:
            broken = True
            raise
        finally:
            sigpipe_restore(self._state, broken)


def writer_of(sock: Any, pipe: SilentPipe) -> Callable[[memoryview], int]:
    """Returns the function that writes some bytes, and returns how many. The bytes that it has not written, or that it
    would have to wait for, are to be given to it again."""
    if is_plain(sock):
        return lambda view: sock.send(view, NO_SIGNAL)
    if hasattr(sock, "sslobj"):
        return _TLSWithinTLS(sock, pipe).write
    return functools.partial(pipe.call, sock.send)


class _TLSWithinTLS:
    """Writer of a TLS connection within a TLS connection. urllib3's own loses bytes where the outer one has to wait."""

    def __init__(self, tls: Any, pipe: SilentPipe) -> None:
        self._tls, self._pipe = tls, pipe
        self._records = memoryview(b"")

    def write(self, view: memoryview) -> int:
        """Writes the bytes; returns their number once the last record of them is written, and 0 before."""
        if not self._records:
            self._tls.sslobj.write(view)
            self._records = memoryview(self._tls.outgoing.read())
        while self._records:
            self._records = self._records[self._pipe.call(self._tls.socket.send, self._records) :]
        return len(view)
