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

from aos import aos_log
from aos._c.fork import owned
from aos._c.redact import SecretBytes
from aos._http import client
from aos._http.deadline import NO_ANSWER, Deadline
from aos._http.errors import NETWORK_ERRORS, CutShort, ExchangeError
from aos._http.head import read_head
from aos._http.response import ForeignSource, Response
from aos._http.stream import Stream
from aos._native import PART_DONE, PART_HEAD, PartBuffer, PartIO, part_head_matches
from aos.aos_define import AOSE_CONNECTION_FAILED

__all__ = ["Body", "Connection", "Expected", "OpenFile", "Route"]

BUFFER_SIZE = 1 << 18
HEAD_LIMIT = 1 << 13
HEAD_END = b"\r\n\r\n"
NO_TIMEOUT = 1e6
REQUEST_ID = "x-oss-request-id"
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
    """What an exchange sends after the head."""

    def __iter__(self) -> Iterator[Any]:
        """Yields its bytes in chunks."""
        ...

    def rewind(self) -> bool:
        """Goes back to the first byte; False where that cannot be."""
        ...

    def put(self, deadline: Deadline, sock: Any, head: bytes, buffer: PartBuffer) -> PartIO | None:
        """Sends head and body to a socket without TLS in one call of C, and receives the first bytes of the answer;
        None where only chunks can be had."""
        ...


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
        self._answer = self._talk(route, again, self._exchange, route, head, body)
        return self._answer

    def get_part(self, route: Route, head: SecretBytes, expected: Expected) -> PartIO | Response:
        """Sends a request for a part of an object. Returns what has moved it to its file; or the answer, where it is
        not plainly the one expected. ExchangeError."""
        found = self._talk(route, _yes, self._get_part, route, head, expected)
        self._rests_with(found)
        return found

    def put_part(self, route: Route, head: SecretBytes, body: Body) -> bytes | Response:
        """Sends a part of an object. Returns its ETag where the answer plainly says that all of it is stored, with the
        CRC64 it has here; else the answer. ExchangeError."""
        found = self._talk(route, body.rewind, self._put_part, route, head, body)
        self._rests_with(found)
        return found

    def _rests_with(self, found: object) -> None:
        """Keeps an answer that is still to be read; without one the connection is at rest."""
        if isinstance(found, Response):
            self._answer = found
        else:
            self._at_rest = True

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
        reused = self._open is not None
        if self._open is None:
            self._open = client.dial(self.origin, self.deadline, self.connect_timeout)
        self.deadline.opened(self._open.sock, reused)

    def _exchange(self, route: Route, head: SecretBytes, body: Body | None) -> Response:
        if self._open is None:
            return self._send_elsewhere(route, head, body)
        count, whole, _io = self._send(head, body)
        return self._read_head(route.method, count, whole)

    def _read_head(self, method: str, count: int, whole: bool = True) -> Response:
        """Reads the head of the answer, of which ``count`` bytes are in the buffer; ``whole``: the request was sent to
        its end."""
        sock, deadline = self.sock, self.deadline
        stream = Stream(self.buffer.view, count, lambda room: deadline.recv_into(sock, room))
        return Response.from_stream(stream, method, whole)

    def _send(self, head: SecretBytes, body: Body | None) -> tuple[int, bool, PartIO | None]:
        """Sends a request. Returns how many bytes of its answer are in the buffer, whether all of the body was sent,
        and what has done so in one call of C."""
        deadline, sock, buffer = self.deadline, self.sock, self.buffer
        if body is None and self.plain:
            return deadline.exchange(sock, head, buffer), True, None
        try:
            io = body.put(deadline, sock, head, buffer) if body is not None and self.plain else None
            if io is not None:
                return io.buffered, True, io
            if deadline.reused and self._open is not None and not self._open.is_idle():
                raise http.client.RemoteDisconnected(NO_ANSWER)
            deadline.sendall(sock, head)
            for chunk in body or ():
                deadline.sendall(sock, chunk)
        except http.client.RemoteDisconnected:  # before the request: what is there to be read is no answer to it
            raise
        except (BrokenPipeError, ConnectionResetError):  # the server may have answered before it had all of the body
            return deadline.recv_head(sock, buffer), False, None
        return deadline.recv_head(sock, buffer), True, None

    def _get_part(self, route: Route, head: SecretBytes, expected: Expected) -> PartIO | Response:
        if self._open is None:
            return self._send_elsewhere(route, head, None)
        io, buffer = self.deadline.part(expected.offset, expected.length), self.buffer
        if not self._open.plain:
            return self._get_part_by_tls(route, head, expected, io)
        sock, fd, content_range, etag = self._open.sock, expected.file.fd, expected.content_range, expected.etag
        result = io.get_part(sock.fileno(), fd, head, buffer, content_range, etag)
        if size := io.head:
            self._log_part(route, size)
            if result != PART_DONE:
                raise self._failure(io, result, route, expected)
            return io
        count = self.deadline.settle(io, PART_DONE if result == PART_HEAD else result)
        return self._read_head(route.method, count)

    def _get_part_by_tls(self, route: Route, head: SecretBytes, expected: Expected, io: PartIO) -> PartIO | Response:
        """Does what ``PartIO.get_part`` does, by a socket that C cannot use."""
        count, _, _ = self._send(head, None)
        begin, size = head_size(self.buffer, count), expected.length
        start = bytes(self.buffer.view[:begin])
        if count - begin > size or not part_head_matches(start, size, expected.content_range, expected.etag):
            return self._read_head(route.method, count)
        self._log_part(route, begin)
        try:
            result = self.deadline.recv_to_file(io, self.sock, expected.file.fd, self.buffer, slice(begin, count))
        except NETWORK_ERRORS as error:
            raise ExchangeError.of(error, CutShort(route, io.done, size), AOSE_CONNECTION_FAILED) from error
        if result != PART_DONE:
            raise self._failure(io, result, route, expected)
        return io

    def _log_part(self, route: Route, size: int) -> None:
        """Tells the log of an answer whose head, of ``size`` bytes, C has found as expected."""
        if aos_log.is_logged(aos_log.AOS_LOG_DEBUG):
            head = read_head(Stream(self.buffer.view, size, lambda room: 0))
            log_answer(route, head.code, next(iter(head.values(REQUEST_ID)), None))

    def _failure(self, io: PartIO, result: int, route: Route, expected: Expected) -> ExchangeError:
        """Returns why not all of a part was moved."""
        what = CutShort(route, io.done, expected.length)
        return self.deadline.failure(result, io, expected.file.fname, what)

    def _put_part(self, route: Route, head: SecretBytes, body: Body) -> bytes | Response:
        if self._open is None:
            return self._send_elsewhere(route, head, body)
        count, whole, io = self._send(head, body)
        if io is not None and io.head:
            self._log_part(route, io.head)
            return bytes(self.buffer.view[io.etag])
        return self._read_head(route.method, count, whole)

    def _send_elsewhere(self, route: Route, head: SecretBytes, body: Body | None) -> Response:
        """Sends a request through an adapter that somebody else mounted on the session."""
        lines = head[: -len(route.extra) - 2].decode("latin-1").split("\r\n")[1:-1]
        parted = (line.partition(": ") for line in lines)
        request = requests.PreparedRequest()
        request.method = route.method
        request.url = f"{self.origin.scheme}://{self.origin.authority}{route.target}"
        request.headers = CaseInsensitiveDict((name, value) for name, _, value in parted)
        request.body = b"".join(bytes(chunk) for chunk in body) if body is not None else None
        adapter = client.session().get_adapter(request.url)
        proxy = client.proxy_url(self.origin)
        response = adapter.send(
            request,
            stream=True,
            timeout=(self.connect_timeout or NO_TIMEOUT, self.deadline.speed_time or NO_TIMEOUT),
            verify=(self.origin.ca_file or self.origin.ca_path or True) if self.origin.verify else False,
            proxies={self.origin.scheme: proxy} if proxy else {},
        )
        return Response.foreign(ForeignSource(response, route.method))

    def close(self, broken: bool = False) -> None:
        """Gives the socket back; one that is not at the end of an answer, or is ``broken``, is closed."""
        at_rest = self._is_at_rest()
        found, self._open = self._open, None
        self.deadline.sock = None
        if found is None:
            return
        if at_rest and not broken and not self.deadline.flag.is_set():
            client.keep(found)  # nobody who cancels finds the socket from now on
        else:
            found.close()

    def cancel(self) -> None:
        """Ends whatever the connection waits for, from another thread."""
        self.deadline.flag.set()
        self.deadline.cancel()

    def abandon(self) -> None:
        """Ends a call that was under way, in a forked child; its connection is no more."""
        self._open = None
        self.deadline.forked()


def log_answer(route: Route, status: int, request_id: str | None) -> None:
    """Tells the log, at AOS_LOG_DEBUG, of an answer."""
    aos_log.aos_debug_log("%s: %d, request id %s", str(route), status, request_id)


def head_size(buffer: PartBuffer, count: int) -> int:
    """Returns the size of the head at the buffer's start, with its empty line; 0 where it does not end within a
    part's usual size."""
    end = bytes(buffer.view[: min(count, HEAD_LIMIT)]).find(HEAD_END)
    return end + len(HEAD_END) if end >= 0 else 0


def _yes() -> bool:
    return True
