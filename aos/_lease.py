"""A leased connection: all requests of a transfer's worker on one socket.

The first request goes through the pool's ``urlopen`` (TLS, proxy and CONNECT are urllib3's); the lease keeps the
connection and sends further requests on its socket. The head of a further answer is read by a short, strict reader;
whatever is not plainly a part's answer with a length goes to ``http.client``. A request that finds its kept-alive
connection dead before any byte of an answer is sent again once, as libcurl does.
"""

from __future__ import annotations

import contextlib
import functools
import http.client
import select
import socket
import ssl
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import requests
from requests.structures import CaseInsensitiveDict
from urllib3.exceptions import HTTPError, ProtocolError
from urllib3.exceptions import SSLError as TLSError
from urllib3.response import HTTPHeaderDict  # type: ignore[attr-defined]  # where 1.26 and 2 both have it
from urllib3.util import SKIP_HEADER, Timeout

from aos import _http
from aos._answer import answer_t, foreign_source, plain_head
from aos._native import cancel_flag, part_buffer, part_io
from aos._redact import redact
from aos._text import encode
from aos._watch import NO_ANSWER, TICK, want_t, watch_t, watched_stream

if TYPE_CHECKING:
    from aos.aos_transport import aos_http_request_options_t

__all__ = ["body_t", "headers_t", "lease_t", "route_t"]

BUFFER_SIZE = 1 << 18
HEAD_LIMIT = 1 << 13
ORDINARY = {"GET": 206, "PUT": 200}
"""What the answer to a part looks like."""
NO_TIMEOUT = 1e6
DEAD = (ProtocolError, ConnectionError, http.client.BadStatusLine, ssl.SSLError, TLSError)


def on_the_wire(text: str) -> str:
    """A str whose latin-1 bytes, which is what http.client sends, are the text's UTF-8 bytes."""
    return encode(text).decode("latin-1")


class headers_t(NamedTuple):
    """The headers of a request as they are sent."""

    text: str

    @property
    def lines(self) -> list[tuple[str, str]]:
        """Name and value of each."""
        parted = (line.partition(": ") for line in self.text.split("\r\n")[:-1])
        return [(name, value) for name, _, value in parted]

    def __repr__(self) -> str:
        return f"headers_t({[(name, redact(name, value)) for name, value in self.lines]!r})"


class route_t(NamedTuple):
    """Where a request goes: ``method`` and ``target`` as in the request line, ``extra`` header lines for the proxy."""

    origin: _http.origin_t
    method: str
    target: str
    extra: str

    @classmethod
    def of(cls, origin: _http.origin_t, method: str, target: str) -> route_t:
        """``target`` begins with a slash."""
        extra = "".join(f"{name}: {value}\r\n" for name, value in origin.proxy_headers().items())
        return cls(origin, method, target, extra)

    def __str__(self) -> str:
        """What is done to what, for messages; without the query, which may hold a signature."""
        return f"{self.method} {self.origin.text}{self.target.partition('?')[0]}"

    def __repr__(self) -> str:
        return str(self)


class body_t(Protocol):
    """What an exchange sends: chunks, again from the start when asked to."""

    def __iter__(self) -> Iterator[Any]: ...
    def rewind(self) -> bool: ...
    def give(self, watch: watch_t, sock: Any, request: bytes, buffer: part_buffer) -> part_io | None:
        """Sends the request and all of the body to a socket without TLS, and receives the first bytes of the answer,
        where it can do better than to give chunks."""


class lease_t:
    """One connection, kept from request to request while they go to the same origin, until :meth:`close`."""

    origin: _http.origin_t

    def __init__(self, options: aos_http_request_options_t, flag: cancel_flag | None = None) -> None:
        self.watch = watch_t(flag or cancel_flag(), options.speed_limit, options.speed_time)
        self.connect_timeout = float(options.connect_timeout) or None
        self.sock: Any = None
        self.plain = False
        self._readable = select.poll()
        self._raw: Any = None
        self._conn: Any = None
        self._answer: answer_t | None = None

    @functools.cached_property
    def buffer(self) -> part_buffer:
        """The worker's one buffer."""
        return part_buffer(BUFFER_SIZE)

    def exchange(
        self, route: route_t, headers: headers_t, body: body_t | None = None, want: want_t | None = None
    ) -> answer_t:
        """Sends one request and gives the head of its answer. The answer before must have been read, or is dropped.

        The body of an answer that is as ``want`` says may go to its file at once: the answer is ``taken`` then.
        """
        if self._answer is not None and (not self._answer.close() or route.origin is not self.origin):
            self.close()
        self.origin, watch = route.origin, self.watch
        try:
            watch.restart(route.origin.target(route.target))
            try:
                self._answer = self._send(route, headers, body, want)
            except DEAD:
                if not watch.reused or watch.received or not (body is None or body.rewind()):
                    raise
                self.close(broken=True)
                watch.restart(watch.target)
                self._answer = self._send(route, headers, body, want)
            return self._answer
        except BaseException:
            self.close(broken=True)
            raise

    def _send(self, route: route_t, headers: headers_t, body: body_t | None, want: want_t | None) -> answer_t:
        if self._conn is not None and self._conn.sock is not None and (self.plain or self._is_idle()):
            return self._send_again(route, headers, body, want)
        self.close()
        pool = _http.pool_for(self.origin)
        if pool is None:
            return self._send_elsewhere(route, headers, body)
        fields = HTTPHeaderDict()
        for name, value in headers.lines:
            fields.add(on_the_wire(name), on_the_wire(value))
        for name in ("Accept-Encoding", "User-Agent"):  # which urllib3 would add
            fields.setdefault(name, SKIP_HEADER)
        with self.watch:
            self._raw = pool.urlopen(
                route.method,
                self.watch.target,
                body=iter(body) if body is not None else None,
                headers=fields,
                retries=False,
                redirect=False,
                assert_same_host=False,
                timeout=Timeout(connect=self.connect_timeout, read=TICK),
                preload_content=False,
                decode_content=False,
            )
        self._conn = self._raw.connection
        self.sock = self._conn.stream.sock
        self.plain = isinstance(self.sock, socket.socket) and not isinstance(self.sock, ssl.SSLSocket)
        self._readable = select.poll()
        self._readable.register(self.sock, select.POLLIN)
        return answer_t.of(self, self._conn.answer, self._conn.stream)

    def _is_idle(self) -> bool:
        """Nothing has come, and not the end, since the last answer. What is sent in C is preceded by such a look."""
        return not self._readable.poll(0)

    def _send_again(self, route: route_t, headers: headers_t, body: body_t | None, want: want_t | None) -> answer_t:
        watch, whole = self.watch, True
        watch.opened(self.sock)
        request = encode(f"{route.method} {watch.target} HTTP/1.1\r\n{headers.text}{route.extra}\r\n")
        if want is not None and self.plain:
            part, result = watch.fetch(self.sock, request, self.buffer, want)
            if part.head:
                return answer_t.wanted(self, want, part, result)
            count = part.heard
        else:
            count, whole, given = self._ask(request, body)
            if given is not None and given.head:
                return answer_t.accepting(self, given)
        return self._read_head(route.method, count, whole)

    def _read_head(self, method: str, count: int, whole: bool) -> answer_t:
        """Of the answer whose first ``count`` bytes are in the buffer; ``whole``: the request was sent to its end."""
        view = self.buffer.view
        head, gap, _ = bytes(view[: min(count, HEAD_LIMIT)]).partition(b"\r\n\r\n")
        begin, status = len(head) + len(gap), ORDINARY.get(method)
        plain = plain_head(head, count - begin, status) if gap and status and whole else None
        if status and plain is not None:
            return answer_t(self, status, lambda: plain[0], plain[1], slice(begin, count))
        stream = watched_stream(self.sock, self.watch, bytes(view[:count]))
        unusual = _http.final_answer(stream, method=method)
        unusual.begin()
        if unusual.will_close or not whole:
            self._conn.close()
        return answer_t.of(self, unusual, stream)

    def _ask(self, request: bytes, body: body_t | None) -> tuple[int, bool, part_io | None]:
        """Sends a request; how many bytes of its answer are in the buffer, whether all of the body was sent, and what
        did so in C."""
        watch, sock, buffer = self.watch, self.sock, self.buffer
        if body is None and self.plain:
            return watch.ask(sock, request, buffer), True, None
        try:
            given = body.give(watch, sock, request, buffer) if body is not None and self.plain else None
            if given is not None:
                return given.heard, True, given
            if not self._is_idle():
                raise http.client.RemoteDisconnected(NO_ANSWER)
            watch.sendall(sock, request)
            for chunk in body or ():
                watch.sendall(sock, chunk)
        except http.client.RemoteDisconnected:  # before the request: what is there to be heard is no answer to it
            raise
        except (BrokenPipeError, ConnectionResetError):  # the server may have answered before it had all of the body
            return watch.hear(sock, buffer), False, None
        return watch.hear(sock, buffer), True, None

    def _send_elsewhere(self, route: route_t, headers: headers_t, body: body_t | None) -> answer_t:
        """Through an adapter that somebody else mounted on the session."""
        request = requests.PreparedRequest()
        request.method = route.method
        request.url = f"{self.origin.scheme}://{self.origin.authority}{route.target}"
        request.headers = CaseInsensitiveDict((on_the_wire(name), on_the_wire(value)) for name, value in headers.lines)
        request.body = b"".join(bytes(chunk) for chunk in body) if body is not None else None
        adapter = _http.session().get_adapter(request.url)
        proxy = _http.proxy_url(self.origin)
        response = adapter.send(
            request,
            stream=True,
            timeout=(self.connect_timeout or NO_TIMEOUT, self.watch.speed_time or NO_TIMEOUT),
            verify=(self.origin.ca_file or self.origin.ca_path or True) if self.origin.verify else False,
            proxies={self.origin.scheme: proxy} if proxy else {},
        )
        return answer_t.of(self, foreign_source(response, route.method), None)

    def close(self, broken: bool = False) -> None:
        """Gives the connection back; one that is not at the end of an answer is closed first."""
        answer, self._answer = self._answer, None
        raw, self._raw = self._raw, None
        conn, self._conn = self._conn, None
        self.sock = self.watch.sock = None
        clean = answer is not None and answer.close()
        if conn is not None and (broken or not clean):
            conn.close()
        if raw is not None:
            with contextlib.suppress(HTTPError, OSError):
                raw.release_conn()

    def cancel(self) -> None:
        """From another thread: ends whatever the lease waits for."""
        self.watch.flag.set()
        self.watch.cancel()
