"""A worker's connection: all requests of a transfer's worker on one socket.

A request finds a connection that the process has kept, or one is opened for it. The head of a part's answer is read by
a short, strict reader; whatever is not plainly a part's answer with a length is looked at closely. A request that finds
its kept-alive connection dead before any byte of an answer is sent again once, as libcurl does.
"""

from __future__ import annotations

import http.client
import ssl
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import requests
from requests.structures import CaseInsensitiveDict

from aos._c.fork import owned
from aos._c.redact import redact
from aos._c.text import encode
from aos._http import client
from aos._http.deadline import NO_ANSWER, Deadline, Expected
from aos._http.response import ForeignSource, Response, plain_head
from aos._http.stream import Stream
from aos._native import CancelFlag, PartBuffer, PartIO

if TYPE_CHECKING:
    from aos.aos_transport import aos_http_request_options_t

__all__ = ["Body", "Headers", "Lease", "Route"]

BUFFER_SIZE = 1 << 18
HEAD_LIMIT = 1 << 13
ORDINARY = {"GET": 206, "PUT": 200}
"""What the answer to a part looks like."""
NO_TIMEOUT = 1e6
DEAD = (ConnectionError, http.client.BadStatusLine, ssl.SSLError)


def on_the_wire(text: str) -> str:
    """A str whose latin-1 bytes, which is what http.client sends, are the text's UTF-8 bytes."""
    return encode(text).decode("latin-1")


class Headers(NamedTuple):
    """The headers of a request as they are sent."""

    text: str

    @property
    def lines(self) -> list[tuple[str, str]]:
        """Name and value of each."""
        parted = (line.partition(": ") for line in self.text.split("\r\n")[:-1])
        return [(name, value) for name, _, value in parted]

    def __repr__(self) -> str:
        return f"Headers({[(name, redact(name, value)) for name, value in self.lines]!r})"


class Route(NamedTuple):
    """Where a request goes: ``method`` and ``target`` as in the request line, ``extra`` header lines for the proxy."""

    origin: client.Origin
    method: str
    target: str
    extra: str

    @classmethod
    def of(cls, origin: client.Origin, method: str, target: str) -> Route:
        """``target`` begins with a slash."""
        extra = "".join(f"{name}: {value}\r\n" for name, value in origin.proxy_headers().items())
        return cls(origin, method, target, extra)

    def __str__(self) -> str:
        """What is done to what, for messages; without the query, which may hold a signature."""
        return f"{self.method} {self.origin.text}{self.target.partition('?')[0]}"

    def __repr__(self) -> str:
        return str(self)


class Body(Protocol):
    """What an exchange sends: chunks, again from the start when asked to."""

    def __iter__(self) -> Iterator[Any]: ...
    def rewind(self) -> bool: ...
    def give(self, watch: Deadline, sock: Any, request: bytes, buffer: PartBuffer) -> PartIO | None:
        """Sends the request and all of the body to a socket without TLS, and receives the first bytes of the answer,
        where it can do better than to give chunks."""


class Lease:
    """One connection, kept from request to request while they go to the same origin, until :meth:`close`."""

    origin: client.Origin

    def __init__(self, options: aos_http_request_options_t, flag: CancelFlag | None = None) -> None:
        self.watch = Deadline(flag or CancelFlag(), options.speed_limit, options.speed_time)
        self.connect_timeout = float(options.connect_timeout) or None
        self._buffer: PartBuffer | None = None
        self._connection: client.Connection | None = None
        self._answer: Response | None = None
        owned(self)

    @property
    def buffer(self) -> PartBuffer:
        """The worker's one buffer."""
        if self._buffer is None:
            self._buffer = PartBuffer(BUFFER_SIZE)
        return self._buffer

    @property
    def sock(self) -> Any:
        """The connection's socket."""
        return self._connection.sock if self._connection is not None else None

    @property
    def plain(self) -> bool:
        """Whether the socket carries no TLS, so that C can use it."""
        return self._connection is not None and self._connection.plain

    def exchange(
        self, route: Route, headers: Headers, body: Body | None = None, want: Expected | None = None
    ) -> Response:
        """Sends one request and gives the head of its answer. The answer before must have been read, or is dropped.

        The body of an answer that is as ``want`` says may go to its file at once: the answer is ``taken`` then.
        """
        if self._answer is not None and (not self._answer.close() or route.origin is not self.origin):
            self.close()
        self.origin, watch = route.origin, self.watch
        try:
            watch.restart(route.origin.target(route.target))
            if self._connection is None and not client.is_ours(route.origin):
                self._answer = self._send_elsewhere(route, headers, body)
                return self._answer
            try:
                self._connect(again=True)
                self._answer = self._send(route, headers, body, want)
            except DEAD:
                if not watch.reused or watch.received or not (body is None or body.rewind()):
                    raise
                self.close(broken=True)
                watch.restart(watch.target)
                self._connect(again=False)
                self._answer = self._send(route, headers, body, want)
            return self._answer
        except BaseException:
            self.close(broken=True)
            raise

    def _connect(self, again: bool) -> None:
        """Has a connection: this one, one that was kept (where one may be used ``again``), or a new one."""
        known = self._connection
        if known is not None and not (known.plain or known.is_idle()):  # what is sent in C is preceded by such a look
            self.close(broken=True)
        if self._connection is None and again:
            self._connection = known = client.kept(self.origin)
        reused = self._connection is not None
        if self._connection is None:
            self._connection = client.dial(self.origin, self.watch, self.connect_timeout)
        self.watch.opened(self._connection.sock, reused)

    def _send(self, route: Route, headers: Headers, body: Body | None, want: Expected | None) -> Response:
        watch, whole = self.watch, True
        request = encode(f"{route.method} {watch.target} HTTP/1.1\r\n{headers.text}{route.extra}\r\n")
        if want is not None and self.plain:
            part, result = watch.fetch(self.sock, request, self.buffer, want)
            if part.head:
                return Response.wanted(self, want, part, result)
            count = part.heard
        else:
            count, whole, given = self._ask(request, body)
            if given is not None and given.head:
                return Response.accepting(self, given)
        return self._read_head(route.method, count, whole)

    def _read_head(self, method: str, count: int, whole: bool) -> Response:
        """Of the answer whose first ``count`` bytes are in the buffer; ``whole``: the request was sent to its end."""
        view, sock, watch = self.buffer.view, self.sock, self.watch
        head, gap, _ = bytes(view[: min(count, HEAD_LIMIT)]).partition(b"\r\n\r\n")
        begin, status = len(head) + len(gap), ORDINARY.get(method)
        plain = plain_head(head, count - begin, status) if gap and status and whole else None
        stream = Stream(view, count, lambda room: watch.recv_into(sock, room))
        if not status or plain is None:
            return Response.from_stream(stream, method, whole)
        stream.begin = begin
        return Response(status, lambda: plain[0], plain[1], stream)

    def _ask(self, request: bytes, body: Body | None) -> tuple[int, bool, PartIO | None]:
        """Sends a request; how many bytes of its answer are in the buffer, whether all of the body was sent, and what
        did so in C."""
        watch, sock, buffer = self.watch, self.sock, self.buffer
        if body is None and self.plain:
            return watch.ask(sock, request, buffer), True, None
        try:
            given = body.give(watch, sock, request, buffer) if body is not None and self.plain else None
            if given is not None:
                return given.heard, True, given
            if watch.reused and self._connection is not None and not self._connection.is_idle():
                raise http.client.RemoteDisconnected(NO_ANSWER)
            watch.sendall(sock, request)
            for chunk in body or ():
                watch.sendall(sock, chunk)
        except http.client.RemoteDisconnected:  # before the request: what is there to be heard is no answer to it
            raise
        except (BrokenPipeError, ConnectionResetError):  # the server may have answered before it had all of the body
            return watch.hear(sock, buffer), False, None
        return watch.hear(sock, buffer), True, None

    def _send_elsewhere(self, route: Route, headers: Headers, body: Body | None) -> Response:
        """Through an adapter that somebody else mounted on the session."""
        request = requests.PreparedRequest()
        request.method = route.method
        request.url = f"{self.origin.scheme}://{self.origin.authority}{route.target}"
        request.headers = CaseInsensitiveDict((on_the_wire(name), on_the_wire(value)) for name, value in headers.lines)
        request.body = b"".join(bytes(chunk) for chunk in body) if body is not None else None
        adapter = client.session().get_adapter(request.url)
        proxy = client.proxy_url(self.origin)
        response = adapter.send(
            request,
            stream=True,
            timeout=(self.connect_timeout or NO_TIMEOUT, self.watch.speed_time or NO_TIMEOUT),
            verify=(self.origin.ca_file or self.origin.ca_path or True) if self.origin.verify else False,
            proxies={self.origin.scheme: proxy} if proxy else {},
        )
        return Response.foreign(ForeignSource(response, route.method))

    def close(self, broken: bool = False) -> None:
        """Gives the connection back; one that is not at the end of an answer is closed."""
        answer, self._answer = self._answer, None
        connection, self._connection = self._connection, None
        self.watch.sock = None
        clean = answer is not None and answer.close()
        if connection is None:
            return
        if clean and not broken and not self.watch.flag.is_set():  # from now on nobody who cancels finds the socket
            client.keep(connection)
        else:
            connection.close()

    def cancel(self) -> None:
        """From another thread: ends whatever the lease waits for."""
        self.watch.flag.set()
        self.watch.cancel()

    def abandon(self) -> None:
        """In a forked child: a call that was under way ends, and its connection is no more."""
        self._connection = None
        self.watch.forked()
