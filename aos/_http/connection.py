"""One kept-alive connection: all requests of a worker on one socket.

A request finds a connection that the process has kept, or one is opened for it. A part's head is compared by the C
extension with the one expected; any other answer is read by ``aos._http.head``. A request whose kept-alive connection
turns out to be closed, before any byte of an answer, is sent a second time on a new connection, as libcurl does.
"""

from __future__ import annotations

import os
import ssl
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple, ParamSpec, Protocol, TypeAlias, TypeVar

from aos import aos_log
from aos._c.fork import owned
from aos._c.redact import SecretBytes
from aos._c.text import path_bytes
from aos._http import client
from aos._http.deadline import Deadline
from aos._http.early import EarlyAnswer, Refused
from aos._http.errors import NETWORK_ERRORS, CutShort, ExchangeError
from aos._http.head import BadHead, BadStatusLine, NoAnswer
from aos._http.response import Response, decode_header
from aos._http.stream import Stream
from aos._http.types import aos_http_response_t
from aos._native import PART_AGAIN, PART_DONE, PART_HEAD, PartBuffer, PartIO, PartSeries, part_head_matches
from aos.aos_define import AOSE_CONNECTION_FAILED

if TYPE_CHECKING:
    import requests

__all__ = ["Body", "Connection", "Expected", "OpenFile", "Route"]

BUFFER_SIZE = 1 << 18
HEAD_LIMIT = 1 << 13
HEAD_END = b"\r\n\r\n"
NO_TIMEOUT = 1e6  # seconds
REQUEST_ID = "x-oss-request-id"
GONE = (BrokenPipeError, ConnectionResetError, ssl.SSLEOFError)
"""What sending raises once the server receives no more; a TLS socket of Python before 3.12 has an error of its own."""
DEAD = (ConnectionError, BadStatusLine, ssl.SSLError)
"""What is raised on a kept-alive connection that the server has closed."""

P = ParamSpec("P")
T = TypeVar("T")
Bytes: TypeAlias = "bytes | memoryview"
Finished: TypeAlias = "Callable[[list[int]], None]"


class Route(NamedTuple):
    """Origin, method and target (path and query) of a request; ``extra`` has the header lines for the proxy."""

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
        """Returns method and URL for messages, without the query, which may have a signature in it."""
        return f"{self.method} {self.origin.text}{self.target.partition('?')[0]}"

    def __repr__(self) -> str:
        return str(self)


class OpenFile(Protocol):
    """Open file: its descriptor, and its name for messages. It stays the caller's."""

    @property
    def fd(self) -> int: ...
    @property
    def fname(self) -> str | None: ...


class Expected(NamedTuple):
    """Answer that is expected to a request for a part: a 206 with this ``content_range`` and ``etag``, whose body of
    ``length`` bytes belongs at ``offset`` in ``file``. A body of more bytes, ``body``, goes on with the parts after
    it."""

    file: OpenFile
    offset: int
    length: int
    content_range: bytes
    etag: bytes
    body: int = 0


class Rest(NamedTuple):
    """What is still to come of an answer with several parts: ``left`` bytes, the first of which are ``buffered``. Its
    ``headers``, and whether the connection can be used again after it."""

    left: int
    buffered: slice
    headers: list[tuple[str, str]]
    reusable: bool = True


class Body(Protocol):
    """Body of a request."""

    def __iter__(self) -> Iterator[Any]:
        """Yields the bytes in chunks."""
        ...

    def rewind(self) -> bool:
        """Goes back to the first byte, to be sent again. Returns False where that is not possible."""
        ...

    def put(self, deadline: Deadline, sock: Any, head: bytes, buffer: PartBuffer) -> PartIO | None:
        """Sends head and body to a socket without TLS in one call of C, and receives the first bytes of the answer.
        Returns the state of that call; None, and nothing is sent, where the body can only be had in chunks.

        Where the server does not wait for the end of the body, nothing is received; what is not sent yet is what
        iterating yields from now on."""
        ...


class Sent(NamedTuple):
    """Request that was sent, with ``buffered`` bytes of its answer in the buffer. ``complete`` says whether all of it
    was sent, and ``early`` whether its answer began before; ``io`` is the state of the C call that sent the body."""

    buffered: int
    complete: bool = True
    early: bool = False
    io: PartIO | None = None


class Connection:
    """Connection for one request after another. Its socket is used again while the requests go to the same origin, and
    goes back to the process's idle connections at :meth:`close`.

    ``check_head``, where it is not None, is called by ``aos._http.perform`` with an answer of which only the head has
    been received; an ExchangeError of it ends the exchange.
    """

    origin: client.Origin

    def __init__(self, connect_timeout: int, deadline: Deadline) -> None:
        """Opens nothing yet. ``connect_timeout`` is in seconds, 0 for no limit."""
        self.deadline, self.connect_timeout = deadline, float(connect_timeout) or None
        self.check_head: Callable[[aos_http_response_t], None] | None = None
        self._buffer: PartBuffer | None = None
        self._open: client.OpenSocket | None = None
        self._answer: Response | None = None
        self._answer_complete = False
        self._rest: Rest | None = None
        owned(self)

    @property
    def buffer(self) -> PartBuffer:
        """Buffer that all requests of this connection share, made when it is first needed."""
        if self._buffer is None:
            self._buffer = PartBuffer(BUFFER_SIZE)
        return self._buffer

    @property
    def sock(self) -> Any:
        """Socket of the connection; None while it has none."""
        return self._open.sock if self._open is not None else None

    @property
    def plain(self) -> bool:
        """Whether there is a socket without TLS, which C can use."""
        return self._open is not None and self._open.plain

    def exchange(self, route: Route, head: SecretBytes, body: Body | None = None) -> Response:
        """Sends a request. Returns its answer, whose body is the caller's to read: what it leaves is lost with the next
        request. ExchangeError."""
        rewind = body.rewind if body is not None else _nothing_to_rewind
        return self._send_with_retry(route, rewind, self._exchange, route, head, body)

    def get_part(self, route: Route, head: SecretBytes, expected: Expected) -> PartIO | Response:
        """Sends a request for a part of an object, and writes the body of the answer to the file.

        Returns the state of the C call that did so, with the part's CRC64; or, where the answer is not plainly the one
        expected, that answer, of whose body nothing is written yet. ExchangeError.
        """
        return self._send_with_retry(route, _nothing_to_rewind, self._get_part, route, head, expected)

    def take_parts(self, answer: Response) -> bool:
        """Takes an answer of :meth:`get_part`, for :meth:`get_next_part` to read all of its body. Returns False for one
        whose length is not known, or that does not come from a socket."""
        size, buffered = answer.length, answer.take_buffered()
        if size is None or buffered is None:
            return False
        self._answer, self._rest = None, Rest(size, buffered, answer.headers, answer.reusable)
        return True

    def get_next_part(self, route: Route, expected: Expected) -> PartIO:
        """Writes the next part in the body of the answer to :meth:`get_part` to the file. Returns the state of the C
        call that did so. ExchangeError."""
        rest, sock, fd = self._rest, self.sock, expected.file.fd
        assert rest is not None
        io = self.deadline.part_io(expected.offset, expected.length, buffered=rest.buffered)
        try:
            if self.plain:
                result = io.recv(sock.fileno(), fd, self.buffer)
                self.deadline.done, buffered = io.done, io.rest
            else:
                result, buffered = self._recv_by_tls(route, io, expected, rest.buffered)
            if result != PART_DONE:
                raise self._failure(io, result, route, expected)
        except BaseException as error:
            self.close(broken=True)
            if isinstance(error, ExchangeError):
                error.headers = rest.headers
            raise
        self._keep_rest(rest._replace(left=rest.left - expected.length, buffered=buffered))
        return io

    def get_series(self, route: Route, series: PartSeries, file: OpenFile, finished: Finished) -> Response | None:
        """Downloads parts in a row to a file, each by a request of its own, on a connection without TLS.

        Calls ``finished`` a few times a second with the CRC64 of the parts that are in the file and recorded since the
        last time. Returns None once there are no more, or after some time; or an answer that is not plainly the one
        expected to the request for the next part. ExchangeError, for the next part.
        """
        return self._send_with_retry(route, _nothing_to_rewind, self._get_series, route, series, file, finished)

    def put_part(self, route: Route, head: SecretBytes, body: Body) -> bytes | Response:
        """Sends a part of an object. Returns the part's ETag if the answer plainly says that the part is stored, with
        the CRC64 of the bytes sent; otherwise the answer. ExchangeError."""
        return self._send_with_retry(route, body.rewind, self._put_part, route, head, body)

    def _send_with_retry(
        self, route: Route, rewind: Callable[[], bool], send: Callable[P, T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Calls ``send(*args)`` with a socket to the route's origin. Where a kept-alive socket turns out to be closed
        by the server, and ``rewind()`` returns True, it is called once more with a new socket. Returns what it returns:
        an answer is still to be read, anything else means that it is complete. ExchangeError."""
        if route.origin is not getattr(self, "origin", None) or not self._finish_answer():
            self.close()
        self.origin, self._answer_complete, self._rest, deadline = route.origin, False, None, self.deadline
        try:
            deadline.restart()
            try:
                self._connect(kept=True)
                found = send(*args, **kwargs)
            except DEAD:
                if not deadline.reused or deadline.received or not rewind():
                    raise
                self.close(broken=True)
                deadline.restart()
                self._connect(kept=False)
                found = send(*args, **kwargs)
        except NETWORK_ERRORS as error:
            self.close(broken=True)
            raise ExchangeError.of(error, route) from error
        except BaseException:
            self.close(broken=True)
            raise
        if isinstance(found, Response):
            self._answer = found
        else:
            self._answer_complete = self._rest is None
        return found

    def _keep_rest(self, rest: Rest) -> None:
        """Notes what is still to come of an answer with several parts."""
        self._rest = rest if rest.left else None
        self._answer_complete = self._rest is None and rest.reusable

    def _finish_answer(self) -> bool:
        """Closes the last answer. Tells whether it was read to its end and nothing came after it."""
        answer, self._answer = self._answer, None
        return self._answer_complete or (answer is not None and answer.close())

    def _connect(self, kept: bool) -> None:
        """Makes sure that there is a socket: the present one, else an idle one of the process's if ``kept`` is true,
        else a new one. There is none where an adapter that the program has mounted sends the request."""
        known = self._open
        if known is not None and not (known.plain or known.is_idle()):  # without TLS, C looks before it sends
            self.close(broken=True)
        elif known is not None:
            self.deadline.reused = True
            return
        if self._open is None:
            if not client.uses_default_adapter(self.origin):
                return
            self._open = client.idle_connection(self.origin) if kept else None
        reused = self._open is not None
        if self._open is None:
            self._open = self.deadline.pipe.call(client.dial, self.origin, self.deadline, self.connect_timeout)
        self.deadline.attach(self._open.sock, reused)

    def _exchange(self, route: Route, head: SecretBytes, body: Body | None) -> Response:
        """Sends a request on the present socket and reads the head of its answer."""
        if self._open is None:
            return self._send_by_mounted_adapter(route, head, body)
        return self._read_head(route.method, self._send(head, body))

    def _read_head(self, method: str, sent: Sent) -> Response:
        """Reads the head of the answer to a request. The socket is not used again where the answer came too early.
        BadHead for a success of which the server cannot know."""
        sock, deadline = self.sock, self.deadline
        stream = Stream(self.buffer.view, sent.buffered, lambda room: deadline.recv_into(sock, room))
        answer = Response.from_stream(stream, method, not sent.early)
        if not sent.complete and answer.status < 300:
            raise BadHead(f"the server answered {answer.status} before it had all of the body")
        return answer

    def _send(self, head: SecretBytes, body: Body | None) -> Sent:
        """Sends a request, and receives the first bytes of its answer."""
        deadline, sock, buffer = self.deadline, self.sock, self.buffer
        if body is None and self.plain:
            return Sent(deadline.exchange(sock, head, buffer))
        early, complete = EarlyAnswer(), True
        try:
            io = body.put(deadline, sock, head, buffer) if body is not None and self.plain else None
            if io is not None and (count := io.buffered):
                return Sent(count, io=io)
            if io is None:
                self._check_idle()
                deadline.sendall(sock, head)
            if body is not None:
                deadline.send_body(sock, body, early)
        except NoAnswer:  # closed before the request: bytes in the socket do not answer it
            raise
        except (*GONE, Refused):  # the server may have answered before it had all of the body
            complete = False
            deadline.discard_unsent()
        count = early.move_to(buffer) or deadline.recv_head(sock, buffer)
        return Sent(count, complete, early.begun or not complete)

    def _check_idle(self) -> None:
        """Raises NoAnswer for a kept-alive socket that the server has closed, or has sent something to."""
        if self.deadline.reused and self._open is not None and not self._open.is_idle():
            raise NoAnswer()

    def _get_part(self, route: Route, head: SecretBytes, expected: Expected) -> PartIO | Response:
        """Sends a request for a part on the present socket, and moves the body of the expected answer to the file."""
        if self._open is None:
            return self._send_by_mounted_adapter(route, head, None)
        io, buffer = self.deadline.part_io(expected.offset, expected.length, body=expected.body), self.buffer
        if not self._open.plain:
            return self._get_part_by_tls(route, head, expected, io)
        sock, fd, content_range, etag = self._open.sock, expected.file.fd, expected.content_range, expected.etag
        result = io.get_part(sock.fileno(), fd, head, buffer, content_range, etag)
        if not io.head:
            return self._read_other_head(route, io, result)
        received = buffer.view[: io.head]
        log_part(route, received)
        if result != PART_DONE:
            raise self._part_failure(io, result, route, expected)
        if expected.body:
            self.deadline.done = io.done
            self._keep_rest(Rest(expected.body - expected.length, io.rest, headers_of(received)))
        return io

    def _get_series(self, route: Route, series: PartSeries, file: OpenFile, finished: Finished) -> Response | None:
        """Downloads parts in a row by the present socket."""
        if not self.plain:  # the one before was closed meanwhile
            return None
        io, fileno, buffer, result = self.deadline.part_io(), self.sock.fileno(), self.buffer, PART_AGAIN
        series.restart()
        while result == PART_AGAIN:
            result = io.get_series(fileno, file.fd, buffer, series)
            crcs = series.take()
            self.deadline.reused = self.deadline.reused or bool(crcs)
            finished(crcs)
        if result == PART_DONE:
            return None
        if not io.head:
            return self._read_other_head(route, io, result)
        raise self._part_failure(io, result, route, Expected(file, *series.place(), b"", b""))

    def _read_other_head(self, route: Route, io: PartIO, result: int) -> Response:
        """Reads the head of an answer that C has not found to be the one expected, and of which it has received what is
        in the buffer. Raises what any other result stands for."""
        count = self.deadline.check_result(io, PART_DONE if result == PART_HEAD else result)
        return self._read_head(route.method, Sent(count))

    def _part_failure(self, io: PartIO, result: int, route: Route, expected: Expected) -> ExchangeError:
        """Returns the error for a part whose head is in the buffer, and whose body has not come."""
        failure = self._failure(io, result, route, expected)
        failure.headers = headers_of(self.buffer.view[: io.head])
        return failure

    def _get_part_by_tls(self, route: Route, head: SecretBytes, expected: Expected, io: PartIO) -> PartIO | Response:
        """Gets a part by a TLS socket, which C cannot use: Python receives, C compares the head and writes the file."""
        sent = self._send(head, None)
        count = sent.buffered
        begin, size = head_size(self.buffer, count), expected.body or expected.length
        start = bytes(self.buffer.view[:begin])
        if count - begin > size or not part_head_matches(start, size, expected.content_range, expected.etag):
            return self._read_head(route.method, sent)
        log_part(route, start)
        try:
            result, buffered = self._recv_by_tls(route, io, expected, slice(begin, count))
            if result != PART_DONE:
                raise self._failure(io, result, route, expected)
        except ExchangeError as failure:
            failure.headers = headers_of(start)
            raise
        if expected.body:
            self._keep_rest(Rest(expected.body - expected.length, buffered, headers_of(start)))
        return io

    def _recv_by_tls(self, route: Route, io: PartIO, expected: Expected, buffered: slice) -> tuple[int, slice]:
        """Receives a part by a TLS socket, after the bytes that are ``buffered`` already. Returns the ``PART_*`` result
        and where those bytes are that came after it. ExchangeError."""
        try:
            result = self.deadline.recv_to_file(io, self.sock, expected.file.fd, self.buffer, buffered)
        except NETWORK_ERRORS as error:
            raise ExchangeError.of(error, cut_short(route, io, expected), AOSE_CONNECTION_FAILED) from error
        return result, slice(min(buffered.start + expected.length, buffered.stop), buffered.stop)

    def _failure(self, io: PartIO, result: int, route: Route, expected: Expected) -> ExchangeError:
        """Returns the error for a part of which the head and not all of the body was received, by the ``PART_*`` result
        of the C call."""
        return self.deadline.failure(result, io, expected.file.fname, cut_short(route, io, expected))

    def _put_part(self, route: Route, head: SecretBytes, body: Body) -> bytes | Response:
        """Sends a part on the present socket. Returns its ETag, or an answer that does not plainly confirm it."""
        if self._open is None:
            return self._send_by_mounted_adapter(route, head, body)
        sent = self._send(head, body)
        if (io := sent.io) is not None and io.head:
            log_part(route, self.buffer.view[: io.head])
            return bytes(self.buffer.view[io.etag])
        return self._read_head(route.method, sent)

    def _send_by_mounted_adapter(self, route: Route, head: SecretBytes, body: Body | None) -> Response:
        """Sends a request by the adapter that the program has mounted on the session for this URL. Its exceptions go to
        the program with this frame, so no variable here has a secret in its repr."""
        send, request = client.session().send_by_adapter, self._prepare(route, head, body)
        return Response.from_foreign(self.deadline.pipe.call(send, request, self._adapter_settings))

    def _adapter_settings(self) -> dict[str, Any]:
        """Returns timeouts, authorities and the proxy on the way to the origin as an adapter takes them."""
        proxy = client.proxy_url(self.origin)
        return {
            "timeout": (self.connect_timeout or NO_TIMEOUT, self.deadline.speed_time or NO_TIMEOUT),
            "verify": self._verify(),
            "proxies": {self.origin.scheme: proxy} if proxy else {},
        }

    def _prepare(self, route: Route, head: SecretBytes, body: Body | None) -> requests.PreparedRequest:
        """Returns a request as an adapter takes it."""
        line, *lines = head[: -len(route.extra) - 2].decode("latin-1").split("\r\n")[:-1]
        target, parted = line.split(" ")[1], (line.partition(": ") for line in lines)
        # The request line has the whole target, a route only what all parts share; a proxy's request line has the URL.
        url = f"{self.origin.scheme}://{self.origin.authority}{target}" if target.startswith("/") else target
        data = b"".join(bytes(chunk) for chunk in body) if body is not None else None
        return client.session().prepared(route.method, url, ((name, value) for name, _, value in parted), data)

    def _verify(self) -> bool | str:
        """Returns what ``requests`` is to verify the service's certificate by; a path as Python names files."""
        authorities = self.origin.ca_file or self.origin.ca_path
        return os.fsdecode(path_bytes(authorities)) if self.origin.verify and authorities else self.origin.verify

    def close(self, broken: bool = False) -> None:
        """Gives the socket back to the process's idle ones; closes one that is ``broken``, or whose answer was not read
        to its end."""
        reusable = self._finish_answer()
        found, self._open = self._open, None
        self.deadline.sock = None
        if found is None:
            return
        if reusable and not broken and not self.deadline.flag.is_set():
            client.keep(found)  # a cancel cannot reach the socket any more
        else:
            found.close()

    def cancel(self) -> None:
        """Ends, from another thread, whatever the connection waits for; its calls then raise ExchangeError."""
        self.deadline.flag.set()
        self.deadline.cancel()

    def abandon(self) -> None:
        """Ends a call that was under way when the process was forked; called in the child, which has no connection."""
        self._open = None
        self.deadline.abandon()


def log_answer(route: Route, status: int, request_id: str | None) -> None:
    """Logs an answer at AOS_LOG_DEBUG."""
    aos_log.aos_debug_log("%s: %d, request id %s", str(route), status, request_id)


def cut_short(route: Route, io: PartIO, expected: Expected) -> CutShort:
    """Returns the error text for a part of whose body only some has come."""
    return CutShort(route, expected.length - io.left, expected.length)


def headers_of(head: Bytes) -> list[tuple[str, str]]:
    """Returns the headers (name, value) in a head that C has found to be as expected. Unlike ``read_head`` this refuses
    nothing: what is logged must not decide over a part that C has accepted."""
    lines = bytes(head).decode("latin-1").split("\r\n")[1:-2]
    rows = (line.partition(":") for line in lines)
    return [(name, decode_header(value.strip(" \t"))) for name, _, value in rows]


def log_part(route: Route, head: Bytes) -> None:
    """Logs the answer to a part, whose head C has found to be as expected."""
    if aos_log.is_logged(aos_log.AOS_LOG_DEBUG):
        request_ids = (value for name, value in headers_of(head) if name.lower() == REQUEST_ID)
        log_answer(route, int(head[9:12]), next(request_ids, None))


def head_size(buffer: PartBuffer, count: int) -> int:
    """Returns the size, with the empty line, of the head at the start of the buffer, which has ``count`` bytes in it; 0
    where its end is not among the first ``HEAD_LIMIT``."""
    end = bytes(buffer.view[: min(count, HEAD_LIMIT)]).find(HEAD_END)
    return end + len(HEAD_END) if end >= 0 else 0


def _nothing_to_rewind() -> bool:
    """Stands for ``Body.rewind`` of a request without a body, which can always be sent again."""
    return True
