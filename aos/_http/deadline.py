"""Deadlines: every wait for a socket can be cancelled, and ends when the transfer is too slow by libcurl's rule.

A :class:`Deadline` belongs to one worker. Whatever a connection sends or receives passes through it, so that the stall
rule (``speed_limit`` bytes a second over ``speed_time`` seconds) and the cancel flag also hold while a request is sent
and while the head of the answer is awaited. Sockets have a timeout of :data:`TICK`. While a body is sent, the socket is
watched for an answer that does not wait for its end.
"""

from __future__ import annotations

import contextlib
import os
import select
import socket
import ssl
import struct
import time
from collections.abc import Callable, Iterable
from typing import Any

from aos._c.fork import unforked
from aos._c.green import let_others_run
from aos._http.cancel import CANCELLED, FORKED, TICK, CancelledError, StalledError
from aos._http.early import EarlyAnswer, Refused, SilentPipe, writer_of
from aos._http.errors import ExchangeError
from aos._http.head import NoAnswer
from aos._http.sockets import WOULD_BLOCK, is_plain, not_blocking, raw_socket, ready, shut_down, tls_step
from aos._native import (
    PART_CANCELLED,
    PART_DONE,
    PART_EARLY,
    PART_EOF,
    PART_FILE,
    PART_STALLED,
    CancelFlag,
    PartBuffer,
    PartIO,
    StallRule,
)
from aos.aos_define import AOSE_ABORT_CALLBACK, AOSE_CONNECTION_FAILED, AOSE_WRITE_BODY_ERROR

__all__ = ["Deadline"]

SEND_CHUNK = 1 << 16
LISTEN_CHUNK, LISTEN_LIMIT = 1 << 14, 1 << 16
"""Bytes that are received at once, and in all, before the body of a request has been sent."""
QUICK_ACK = getattr(socket, "TCP_QUICKACK", None)
"""Socket option that acknowledges at once. A server that holds back its last segment (nginx with tcp_nopush) waits for
an acknowledgment, which would cost each part 40 ms."""

UNSENT_LIMIT = getattr(socket, "TCP_NOTSENT_LOWAT", None)
MOST_UNSENT = 1 << 17
"""Socket option for the most bytes that wait in the system to be sent. All of them are sent, whatever is answered."""


def reader_of(sock: Any) -> Any:
    """Returns the function that receives at most ``size`` bytes into ``view``, called as ``(size, view)``: for TLS its
    ``read``, which ``recv_into`` would only call."""
    return sock.read if isinstance(sock, ssl.SSLSocket) else lambda size, view: sock.recv_into(view, size)


def _write_some(write: Callable[[memoryview], int], view: memoryview) -> int:
    """Writes what the socket takes at once of some bytes. Returns how many."""
    try:
        return write(view)
    except WOULD_BLOCK:
        return 0


class Deadline:
    """Stall rule and cancel flag of one worker, for all that its connection sends and receives.

    In the present exchange ``done`` bytes were moved; ``received`` are those of the answer, and ``reused`` says whether
    the socket had a request before. ``cancel_reason`` is the error text of a cancelled call.
    """

    __slots__ = (
        "cancel_reason",
        "done",
        "flag",
        "pipe",
        "received",
        "reused",
        "rule",
        "sock",
        "speed_limit",
        "speed_time",
    )

    def __init__(self, flag: CancelFlag, speed_limit: int = 0, speed_time: int = 0) -> None:
        """Takes the stall rule: ``speed_limit`` bytes a second over ``speed_time`` seconds; 0 for either means none."""
        self.flag, self.speed_limit, self.speed_time = flag, speed_limit, speed_time
        self.sock: Any = None
        self.cancel_reason, self.pipe = CANCELLED, SilentPipe()
        self.restart()

    def restart(self) -> None:
        """Begins a new exchange: the stall rule's clock starts at 0."""
        self.rule, self.done = StallRule(self.speed_limit, self.speed_time), 0
        self.received, self.reused = 0, False

    def check(self) -> None:
        """Raises CancelledError if the cancel flag is set."""
        if self.flag.is_set():
            raise CancelledError(self.cancel_reason)

    def attach(self, sock: Any, reused: bool) -> None:
        """Takes the socket of the present exchange, which :meth:`cancel` reaches from now on. CancelledError."""
        self.sock, self.reused = sock, reused
        if not reused and UNSENT_LIMIT is not None:
            with contextlib.suppress(OSError):  # such as that of a socket that is not TCP's
                raw_socket(sock).setsockopt(socket.IPPROTO_TCP, UNSENT_LIMIT, MOST_UNSENT)
        self.check()

    def abandon(self) -> None:
        """Ends what is under way in a forked child, without sending anything: the socket is the parent's."""
        self.cancel_reason, self.sock = FORKED, None
        self.flag.set()

    def cancel(self) -> None:
        """Shuts the socket down, from another thread, so that whatever waits for it returns at once."""
        sock = self.sock
        if sock is not None:
            with contextlib.suppress(OSError):
                shut_down(raw_socket(sock))

    def count_bytes(self, count: int) -> None:
        """Counts bytes that were moved. CancelledError, StalledError."""
        let_others_run()
        self.check()
        self.done += count
        if self.rule.check(self.done):
            raise self.stall_error()

    def stall_error(self) -> StalledError:
        """Returns the error for a transfer that is too slow."""
        return StalledError(f"less than {self.speed_limit} bytes a second for {self.speed_time} seconds")

    # ---- in C, for sockets without TLS ----

    def check_result(self, part: PartIO, result: int) -> int:
        """Takes over the count of a C call that has sent a request. Returns how many bytes of the answer it received,
        none where it has seen an answer before the body was sent. Raises the error that any other ``PART_*`` result
        stands for."""
        self.done = part.done
        if result in (PART_DONE, PART_EARLY):
            self.received = part.buffered
            return self.received
        if result == PART_CANCELLED:
            self.check()
        if result == PART_STALLED:
            raise self.stall_error()
        if result == PART_EOF:
            raise NoAnswer()
        raise OSError(part.errno, os.strerror(part.errno))

    def part_io(
        self, offset: int = 0, length: int = 0, crc: int = 0, buffered: slice = slice(0, 0), body: int = 0
    ) -> PartIO:
        """Returns the state of a C call, which obeys this deadline, for ``length`` bytes of a file at ``offset``;
        ``crc`` is the CRC64 of the bytes before them. ``buffered`` and ``body`` are for answers with several parts."""
        return PartIO(offset, length, crc, self.flag, self.rule, self.done, buffered, body)

    def exchange(self, sock: Any, request: bytes, buffer: PartBuffer) -> int:
        """Sends a request without a body, and receives the first bytes of its answer. Returns how many."""
        part = self.part_io()
        return self.check_result(part, part.exchange(sock.fileno(), request, buffer))

    def failure(self, result: int, io: PartIO, path: str | None, what: object) -> ExchangeError:
        """Returns the error that a ``PART_*`` result other than PART_DONE stands for. ``path`` is the file's name;
        ``what`` begins the error text, and says what was being done and how far it came."""
        if result == PART_FILE:
            return ExchangeError(AOSE_WRITE_BODY_ERROR, f"writing {path}: {os.strerror(io.errno)}")
        if result == PART_STALLED:
            return ExchangeError(AOSE_CONNECTION_FAILED, f"{what}: too slow, {self.stall_error()}")
        if result == PART_CANCELLED:
            return ExchangeError(AOSE_ABORT_CALLBACK, f"{what}: {self.cancel_reason}")
        why = str(what) if result == PART_EOF else f"{what}: {os.strerror(io.errno)}"
        return ExchangeError(AOSE_CONNECTION_FAILED, why)

    # ---- in Python, for any socket ----

    def sendall(self, sock: Any, data: Any) -> None:
        """Sends all of ``data``. OSError, CancelledError, StalledError."""
        write, view = writer_of(sock, self.pipe), memoryview(data).cast("B")
        while view:
            try:
                count = write(view[:SEND_CHUNK])
            except TimeoutError:
                count = 0
            except OSError:
                self.check()  # a cancel shuts the socket down
                raise
            self.count_bytes(count)
            view = view[count:]

    def send_body(self, sock: Any, chunks: Iterable[memoryview], early: EarlyAnswer) -> None:
        """Sends the body of a request, and receives into ``early`` what the server says meanwhile. Refused where that
        ends the sending; what ``chunks`` raise; OSError, CancelledError, StalledError."""
        write, wanted = writer_of(sock, self.pipe), {sock: select.POLLIN | select.POLLOUT}
        try:
            with not_blocking(sock):
                for chunk in chunks:
                    view = chunk
                    while view:
                        (_, events), *_ = ready(wanted, TICK) or [(0, 0)]
                        if events & select.POLLIN and not self._listen(sock, early):
                            wanted[sock] = select.POLLOUT
                        count = _write_some(write, view) if events & ~select.POLLIN else 0
                        self.count_bytes(count)
                        view = view[count:]
        except OSError:
            self.check()  # a cancel shuts the socket down
            raise

    def _listen(self, sock: Any, early: EarlyAnswer) -> bool:
        """Receives what is there. Tells whether more is to be received before the body is sent. Refused; OSError."""
        try:
            while not early.accepted and len(early.data) < LISTEN_LIMIT:
                data = sock.recv(LISTEN_CHUNK) if is_plain(sock) else self.pipe.call(unforked(sock.recv), LISTEN_CHUNK)
                if not data:
                    raise Refused  # nothing more will be answered
                self.received += len(data)
                early.add(data)
        except WOULD_BLOCK:
            return True
        return False

    def discard_unsent(self) -> None:
        """Has the system forget what it has not sent yet when the socket is closed."""
        with contextlib.suppress(OSError):
            raw_socket(self.sock).setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    def recv_head(self, sock: Any, buffer: PartBuffer) -> int:
        """Receives the first bytes of an answer into the buffer. Returns how many. NoAnswer without any."""
        if QUICK_ACK is not None:
            raw_socket(sock).setsockopt(socket.IPPROTO_TCP, QUICK_ACK, 1)
        count = self.recv_into(sock, buffer.view)
        if not count:
            raise NoAnswer()
        return count

    def recv_into(self, sock: Any, buffer: Any) -> int:
        """Receives at least one byte into ``buffer``. Returns how many, 0 at the end of the connection."""
        while True:
            try:
                count = self._recv_some(sock, buffer)
            except TimeoutError:
                self.count_bytes(0)
                continue
            except OSError:
                self.check()
                raise
            self.received += count
            self.count_bytes(count)
            return count

    def _recv_some(self, sock: Any, buffer: Any) -> int:
        """Receives what there is, or comes within TICK."""
        if is_plain(sock):
            return int(sock.recv_into(buffer))
        if self.reused or self.received:
            return int(self.pipe.call(sock.recv_into, buffer))
        return int(self.pipe.call(tls_step, sock, sock.recv_into, buffer, tick=self._tick))

    def _tick(self) -> float:
        """Returns how many seconds to wait until this is called again. CancelledError, StalledError."""
        self.count_bytes(0)
        return TICK

    def fill(self, sock: Any, view: memoryview) -> int:
        """Receives until ``view`` is full or the connection ends. Returns the number of bytes.

        Cancel flag and stall rule are checked every TICK: a TLS record is small, and a check after each would cost more
        than to receive it.
        """
        return self.pipe.call(self._fill, sock, view)

    def _fill(self, sock: Any, view: memoryview) -> int:
        """Receives as :meth:`fill` says."""
        filled, counted, size, next_check = 0, 0, len(view), time.monotonic() + TICK
        read = reader_of(sock)
        try:
            while filled < size:
                try:
                    count = read(size - filled, view[filled:])
                except TimeoutError:
                    count = -1
                filled += max(count, 0)
                if count < 0 or time.monotonic() >= next_check:
                    self.count_bytes(filled - counted)
                    next_check, counted = time.monotonic() + TICK, filled
                if not count:
                    break
        except OSError:
            self.check()
            raise
        finally:
            self.received += filled
        self.count_bytes(filled - counted)
        return filled

    def recv_to_file(self, io: PartIO, sock: Any, fd: int, buffer: PartBuffer, first: slice) -> int:
        """Receives the bytes that ``io`` has left, by a TLS socket, and writes them to a file. ``first`` says where in
        the buffer the first of them already are. Returns a ``PART_*`` result; raises what receiving raises."""
        view = buffer.view
        result = io.write(fd, view[first])
        while io.left and result == PART_DONE:
            before = self.received
            try:
                filled = self.fill(sock, view[: min(io.left, len(view))])
            finally:  # what came before a failure is told with it
                result = io.write(fd, view[: self.received - before])
            if not filled:
                result = PART_EOF
        return result
