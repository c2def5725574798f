"""One kept connection: all requests of a worker on one socket.

A request finds a connection that the process has kept, or one is opened for it. A part's head is compared by the C
extension with the one expected; any other answer is read by ``aos._http.head``. A request that finds its kept-alive
connection dead before any byte of an answer is sent again once, as libcurl does.
"""

from __future__ import annotations

import http.client
import ssl
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple, ParamSpec, Protocol, TypeVar

import requests
from requests.structures import CaseInsensitiveDict

from aos._c.fork import owned
from aos._c.redact import SecretBytes
from aos._http import client
from aos._http.deadline import NO_ANSWER, Deadline
from aos._http.errors import NETWORK_ERRORS, ExchangeError, Short, of_part
from aos._http.response import ForeignSource, Response
from aos._http.stream import Stream
from aos._native import PART_DONE, PART_EOF, PART_HEAD, CancelFlag, PartBuffer, PartIO, part_head_fits
from aos.aos_define import AOSE_CONNECTION_FAILED

__all__ = ["Body", "Connection", "Exchanged", "Expected", "OpenFile", "Route"]

BUFFER_SIZE = 1 << 18
HEAD_LIMIT = 1 << 13
HEAD_END = b"\r\n\r\n"
NO_TIMEOUT = 1e6
DEAD = (ConnectionError, http.client.BadStatusLine, ssl.SSLError)

P = ParamSpec("P")
T = TypeVar("T")


class Route(NamedTuple):
    """Where a request goes: ``method`` and ``target`` as in the request line, ``extra`` header lines for the proxy."""

    origin: client.Origin
    method: str
    target: str
    extra: str

    @classmethod
    def of(cls, origin: client.Origin, method: str, target: str) -> Route:
        """Returns the route to an origin; ``target`` begins with a slash."""
        extra = "".join(f"{name}: {value}\r\n" for name, value in origin.proxy_headers().items())
        return cls(origin, method, target, extra)

    def __str__(self) -> str:
        """Says what is done to what, for messages; without the query, which may hold a signature."""
        return f"{self.method} {self.origin.text}{self.target.partition('?')[0]}"

    def __repr__(self) -> str:
        return str(self)


class OpenFile(Protocol):
    """An open file: its number, and its name for messages."""

    @property
    def fd(self) -> int: ...
    @property
    def fname(self) -> str | None: ...


class Expected(NamedTuple):
    """The answer that is expected to a request for a part, and where in a file its body belongs."""

    file: OpenFile
    offset: int
    length: int
    content_range: bytes
    etag: bytes


class Body(Protocol):
    """What an exchange sends after the head: chunks, again from the start when asked to."""

    def __iter__(self) -> Iterator[Any]: ...
    def rewind(self) -> bool: ...
    def put(self, deadline: Deadline, sock: Any, head: bytes, buffer: PartBuffer) -> PartIO | None:
        """Sends head and body to a socket without TLS in one call of C, and receives the first bytes of the answer;
        None where only chunks can be had."""


class Exchanged(NamedTuple):
    """What came of a part: ``io`` has moved its bytes. ``answer`` is None where C has found all as expected; else it is
    an answer that must be looked at, whose body is still to be read."""

    io: PartIO
    answer: Response | None


class Connection:
    """One connection, kept from request to request while they go to the same origin, until :meth:`close`."""

    origin: client.Origin

    def __init__(self, connect_timeout: int, deadline: Deadline) -> None:
        """``connect_timeout`` is in seconds; 0: as long as it takes."""
        self.deadline, self.connect_timeout = deadline, float(connect_timeout) or None
        self._buffer: PartBuffer | None = None
        self._open: client.OpenSocket | None = None
        self._answer: Response | None = None
        self._at_rest = False
        owned(self)

    @property
    def buffer(self) -> PartBuffer:
        """The worker's one buffer."""
        if self._buffer is None:
            self._buffer = PartBuffer(BUFFER_SIZE)
        return self._buffer

    @property
    def sock(self) -> Any:
        """The connection's socket; None: it has none."""
        return self._open.sock if self._open is not None else None

    @property
    def plain(self) -> bool:
        """Whether the socket carries no TLS, so that C can use it."""
        return self._open is not None and self._open.plain

    def exchange(self, route: Route, head: SecretBytes, body: Body | None = None) -> Response:
        """Sends a request and returns its answer, whose body is to be read. What is left of the answer before is
        dropped. ExchangeError."""
        again = body.rewind if body is not None else _yes
        self._answer = answer = self._talk(route, again, self._exchange, route, head, body)
        return answer

    def get_part(self, route: Route, head: SecretBytes, expected: Expected) -> Exchanged:
        """Sends a request for a part of an object and moves the part to its file. ExchangeError."""
        found = self._talk(route, _yes, self._get_part, route, head, expected)
        self._answer, self._at_rest = found.answer, found.answer is None
        return found

    def put_part(self, route: Route, head: SecretBytes, file: OpenFile, offset: int, length: int) -> Exchanged:
        """Sends a request whose body is a part of a file. ExchangeError."""
        found = self._talk(route, _yes, self._put_part, route, head, file, offset, length)
        self._answer, self._at_rest = found.answer, found.answer is None
        return found

    def _talk(
        self, route: Route, again: Callable[[], bool], talk: Callable[P, T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Runs ``talk`` on a connection; on a new one where a kept one turns out to be dead and it may be run
        ``again``."""
        if route.origin is not getattr(self, "origin", None) or not self._is_at_rest():
            self.close()
        self.origin, self._at_rest, deadline = route.origin, False, self.deadline
        try:
            deadline.restart()
            try:
                self._connect(kept=True)
                return talk(*args, **kwargs)
            except DEAD:
                if not deadline.reused or deadline.received or not again():
                    raise
                self.close(broken=True)
                deadline.restart()
                self._connect(kept=False)
                return talk(*args, **kwargs)
        except NETWORK_ERRORS as error:
            self.close(broken=True)
            raise ExchangeError.of(error, route) from error
        except BaseException:
            self.close(broken=True)
            raise

    def _is_at_rest(self) -> bool:
        """Tells whether the last answer was read to its end and nothing came after it."""
        answer, self._answer = self._answer, None
        return self._at_rest or (answer is not None and answer.close())

    def _connect(self, kept: bool) -> None:
        """Makes sure of a socket: this one, one that the process keeps (if one that was ``kept`` may be used), or a new
        one; none where an adapter of somebody else's is to send the request."""
        known = self._open
        if known is not None and not (known.plain or known.is_idle()):  # what C sends is preceded by such a look
            self.close(broken=True)
        if self._open is None:
            if not client.is_ours(self.origin):
                return
            self._open = client.kept(self.origin) if kept else None
        else:
            kept = True
        reused = self._open is not None
        if self._open is None:
            self._open = client.dial(self.origin, self.deadline, self.connect_timeout)
        self.deadline.opened(self._open.sock, reused)

    def _exchange(self, route: Route, head: SecretBytes, body: Body | None) -> Response:
        if self._open is None:
            return self._send_elsewhere(route, head, body)
        count, whole = self._send(head, body)
        return self._read_head(route.method, count, whole)

    def _read_head(self, method: str, count: int, whole: bool) -> Response:
        """Reads the head of the answer, of which ``count`` bytes are in the buffer; ``whole``: the request was sent to
        its end."""
        sock, deadline = self.sock, self.deadline
        stream = Stream(self.buffer.view, count, lambda room: deadline.recv_into(sock, room))
        return Response.from_stream(stream, method, whole)

    def _send(self, head: SecretBytes, body: Body | None) -> tuple[int, bool]:
        """Sends a request; returns how many bytes of its answer are in the buffer, and whether all of the body was
        sent."""
        deadline, sock, buffer = self.deadline, self.sock, self.buffer
        if body is None and self.plain:
            return deadline.exchange(sock, head, buffer), True
        try:
            put = body.put(deadline, sock, head, buffer) if body is not None and self.plain else None
            if put is not None:
                return put.buffered, True
            self._check_idle()
            deadline.sendall(sock, head)
            for chunk in body or ():
                deadline.sendall(sock, chunk)
        except http.client.RemoteDisconnected:  # before the request: what is there to be read is no answer to it
            raise
        except (BrokenPipeError, ConnectionResetError):  # the server may have answered before it had all of the body
            return deadline.recv_head(sock, buffer), False
        return deadline.recv_head(sock, buffer), True

    def _check_idle(self) -> None:
        """Raises when a kept connection has something to say, or has ended, before it is asked."""
        if self.deadline.reused and self._open is not None and not self._open.is_idle():
            raise http.client.RemoteDisconnected(NO_ANSWER)

    def _get_part(self, route: Route, head: SecretBytes, expected: Expected) -> Exchanged:
        if self._open is None:
            return Exchanged(self.deadline.part(), self._send_elsewhere(route, head, None))
        file, offset, length, content_range, etag = expected
        io, buffer = self.deadline.part(offset, length), self.buffer
        if self._open.plain:
            result = io.get_part(self.deadline.sock.fileno(), file.fd, head, buffer, content_range, etag)
        else:
            result = self._get_part_by_tls(io, head, expected)
        if io.head:
            if result == PART_DONE:
                return Exchanged(io, None)
            raise of_part(result, io, self.deadline, file.fname, Short(route, io.done, length))
        count = self.deadline.settle(io, PART_DONE if result == PART_HEAD else result)
        return Exchanged(io, self._read_head(route.method, count, whole=True))

    def _get_part_by_tls(self, io: PartIO, head: SecretBytes, expected: Expected) -> int:
        """Does what ``PartIO.get_part`` does, by a socket that C cannot use."""
        sock, deadline, view = self.sock, self.deadline, self.buffer.view
        self._check_idle()
        deadline.sendall(sock, head)
        io.buffered = deadline.recv_head(sock, self.buffer)
        size = bytes(view[: min(io.buffered, HEAD_LIMIT)]).find(HEAD_END) + len(HEAD_END)
        fits = size >= len(HEAD_END) and io.buffered - size <= expected.length
        if not fits or not part_head_fits(
            bytes(view[:size]), expected.length, expected.content_range, expected.etag
        ):
            return PART_HEAD
        io.head = size
        try:
            return move_tls(io, self, expected.file.fd, slice(size, io.buffered))
        except NETWORK_ERRORS as error:
            what = Short("the part", io.done, expected.length)
            raise ExchangeError.of(error, what, AOSE_CONNECTION_FAILED) from error
