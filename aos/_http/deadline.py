"""Waiting for a socket: bounded, cancellable, and by libcurl's rule for transfers that are too slow.

A :class:`Deadline` belongs to one worker. Whatever a connection sends or receives passes through it, so that the stall
rule (``speed_limit`` bytes a second over ``speed_time`` seconds) and the cancel flag also hold while a request is sent
and while the head of the answer is awaited. Sockets have a timeout of :data:`TICK`.
"""

from __future__ import annotations

import contextlib
import http.client
import os
import socket
import ssl
import time
from typing import Any

from aos._http.cancel import CANCELLED, FORKED, TICK, CancelledError, StalledError
from aos._http.errors import ExchangeError
from aos._native import (
    PART_CANCELLED,
    PART_DONE,
    PART_EOF,
    PART_FILE,
    PART_STALLED,
    CancelFlag,
    PartBuffer,
    PartIO,
    StallRule,
)
from aos.aos_define import AOSE_ABORT_CALLBACK, AOSE_CONNECTION_FAILED, AOSE_WRITE_BODY_ERROR

__all__ = ["NO_ANSWER", "Deadline"]

SEND_CHUNK = 1 << 16
NO_ANSWER = "the connection was closed before any byte of an answer"
QUICK_ACK = getattr(socket, "TCP_QUICKACK", None)
"""A server that corks its last segment (nginx with tcp_nopush) waits for our delayed acknowledgment: 40 ms a part."""


def reader_of(sock: Any) -> Any:
    """What receives so many bytes into a view. The recv_into of TLS does no more than to call its read."""
    return sock.read if isinstance(sock, ssl.SSLSocket) else lambda size, view: sock.recv_into(view, size)


class Deadline:
    """The wait of one worker.

    ``reused`` and ``received`` tell what the connection in use has been through, ``why`` what a cancelled call says.
    """

    __slots__ = ("done", "flag", "received", "reused", "rule", "sock", "speed_limit", "speed_time", "why")

    def __init__(self, flag: CancelFlag, speed_limit: int = 0, speed_time: int = 0) -> None:
        self.flag, self.speed_limit, self.speed_time = flag, speed_limit, speed_time
        self.sock: Any = None
        self.why = CANCELLED
        self.restart()

    def restart(self) -> None:
        """Begins a new exchange: the stall rule's clock starts at 0."""
        self.rule, self.done = StallRule(self.speed_limit, self.speed_time), 0
        self.received, self.reused = 0, False

    def check(self) -> None:
        """Raises when cancelled."""
        if self.flag.is_set():
            raise CancelledError(self.why)

    def opened(self, sock: Any, reused: bool) -> None:
        """A connection is about to be used; from now on :meth:`cancel` reaches it."""
        self.sock, self.reused = sock, reused
        self.check()

    def forked(self) -> None:
        """In a forked child: what is under way ends, without a word to the peer."""
        self.why, self.sock = FORKED, None
        self.flag.set()

    def cancel(self) -> None:
        """Called from another thread: whatever waits on the socket returns at once."""
        sock = self.sock
        if sock is not None:
            with contextlib.suppress(OSError):
                # Not sock.shutdown(): an SSLSocket's drops its TLS state under the thread that is using it.
                socket.socket.shutdown(sock, socket.SHUT_RDWR)

    def moved(self, count: int) -> None:
        """Counts bytes and applies the rules."""
        self.check()
        self.done += count
        if self.rule.check(self.done):
            raise self.stalled()

    def stalled(self) -> StalledError:
        return StalledError(f"less than {self.speed_limit} bytes a second for {self.speed_time} seconds")

    # ---- in C, for sockets without TLS ----

    def settle(self, part: PartIO, result: int) -> int:
        """Counts what ``part`` has moved, and raises what its result stands for; the bytes of an answer received."""
        self.done = part.done
        if result == PART_DONE:
            self.received = part.buffered
            return self.received
        if result == PART_CANCELLED:
            self.check()
        if result == PART_STALLED:
            raise self.stalled()
        if result == PART_EOF:
            raise http.client.RemoteDisconnected(NO_ANSWER)
        raise OSError(part.errno, os.strerror(part.errno))

    def part(self, offset: int = 0, length: int = 0, crc: int = 0) -> PartIO:
        """What moves bytes in C under this watch."""
        return PartIO(offset, length, crc, self.flag, self.rule, self.done)

    def exchange(self, sock: Any, request: bytes, buffer: PartBuffer) -> int:
        """Sends a request and receives the first bytes of its answer; how many."""
        part = self.part()
        return self.settle(part, part.exchange(sock.fileno(), request, buffer))

    def failure(self, result: int, io: PartIO, path: str | None, what: object) -> ExchangeError:
        """Returns what a part's ``result`` other than PART_DONE stands for: ``path`` is the file's name, ``what`` says
        what was being done, and how far it came."""
        if result == PART_FILE:
            return ExchangeError(AOSE_WRITE_BODY_ERROR, f"writing {path}: {os.strerror(io.errno)}")
        if result == PART_STALLED:
            return ExchangeError(AOSE_CONNECTION_FAILED, f"{what}: too slow, {self.stalled()}")
        if result == PART_CANCELLED:
            return ExchangeError(AOSE_ABORT_CALLBACK, f"{what}: {self.why}")
        why = str(what) if result == PART_EOF else f"{what}: {os.strerror(io.errno)}"
        return ExchangeError(AOSE_CONNECTION_FAILED, why)

    # ---- in Python, for any socket ----

    def sendall(self, sock: Any, data: Any) -> None:
        """Sends all of ``data``."""
        view = memoryview(data).cast("B")
        while view:
            try:
                count = sock.send(view[:SEND_CHUNK])
            except TimeoutError:
                count = 0
            except OSError:
                self.check()  # who cancels ends the connection
                raise
            self.moved(count)
            view = view[count:]

    def recv_head(self, sock: Any, buffer: PartBuffer) -> int:
        """Receives the first bytes of an answer; how many."""
        if QUICK_ACK is not None:
            sock.setsockopt(socket.IPPROTO_TCP, QUICK_ACK, 1)
        count = self.recv_into(sock, buffer.view)
        if not count:
            raise http.client.RemoteDisconnected(NO_ANSWER)
        return count

    def recv_into(self, sock: Any, buffer: Any) -> int:
        """Receives at least one byte, or gives 0 at the end."""
        while True:
            try:
                count: int = sock.recv_into(buffer)
            except TimeoutError:
                self.moved(0)
                continue
            except OSError:
                self.check()
                raise
            self.received += count
            self.moved(count)
            return count

    def fill(self, sock: Any, view: memoryview) -> int:
        """Receives until ``view`` is full or the connection ends; how many bytes. The rules are looked at every TICK:
        a TLS record is small, and to look after each would cost more than to receive it."""
        filled, counted, size, look = 0, 0, len(view), time.monotonic() + TICK
        read = reader_of(sock)
        try:
            while filled < size:
                try:
                    count = read(size - filled, view[filled:])
                except TimeoutError:
                    count = -1
                filled += max(count, 0)
                if count < 0 or time.monotonic() >= look:
                    self.moved(filled - counted)
                    look, counted = time.monotonic() + TICK, filled
                if not count:
                    break
        except OSError:
            self.check()
            raise
        self.received += filled
        self.moved(filled - counted)
        return filled

    def recv_to_file(self, io: PartIO, sock: Any, fd: int, buffer: PartBuffer, first: slice) -> int:
        """Does what ``PartIO.recv`` does, for a socket with TLS; ``first``: where in the buffer the first bytes are."""
        view = buffer.view
        result = io.write(fd, view[first])
        while io.left and result == PART_DONE:
            filled = self.fill(sock, view[: min(io.left, len(view))])
            result = io.write(fd, view[:filled]) if filled else PART_EOF
        return result
