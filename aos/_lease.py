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
import re
import select
import ssl
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import requests
from requests.structures import CaseInsensitiveDict
from urllib3.exceptions import HTTPError, ProtocolError
from urllib3.exceptions import SSLError as TLSError
from urllib3.response import HTTPHeaderDict  # type: ignore[attr-defined]  # where 1.26 and 2 both have it
from urllib3.util import SKIP_HEADER, Timeout

from aos import _http
from aos._native import cancel_flag, part_buffer
from aos._redact import redact
from aos._text import encode
from aos._watch import TICK, watch_t, watched_stream

if TYPE_CHECKING:
    from aos.aos_transport import aos_http_request_options_t

__all__ = ["NOTHING", "answer_t", "body_t", "headers_t", "lease_t"]

BUFFER_SIZE = 1 << 18
READ_CHUNK = 1 << 18
HEAD_LIMIT = 1 << 13
ORDINARY = {"GET": 206, "PUT": 200}
"""What the answer to a part looks like."""
NO_TIMEOUT = 1e6
NOTHING = slice(0, 0)
HEADER_NAME = re.compile("[!-9;-~]+")
LENGTH = re.compile("[0-9]{1,18}")
STRAY = re.compile(rb"\0|\r(?!\n)")
DEAD = (ProtocolError, ConnectionError, http.client.BadStatusLine, ssl.SSLError, TLSError)


def on_the_wire(text: str) -> str:
    """A str whose latin-1 bytes, which is what http.client sends, are the text's UTF-8 bytes."""
    return encode(text).decode("latin-1")


def from_the_wire(text: str) -> str:
    """The reverse for a header that http.client has read."""
    return text if text.isascii() else text.encode("latin-1").decode("utf-8", "surrogateescape")


class headers_t(NamedTuple):
    """The headers of a request, one by one and as they are sent."""

    lines: Sequence[tuple[str, str]]
    text: str

    def __repr__(self) -> str:
        return f"headers_t({[(name, redact(name, value)) for name, value in self.lines]!r})"


class body_t(Protocol):
    """What an exchange sends: chunks, again from the start when asked to."""

    def __iter__(self) -> Iterator[Any]: ...
    def rewind(self) -> bool: ...


class answer_t:
    """The head of an answer, and its body: :meth:`read` it, or what is there :meth:`direct` and then the socket."""

    __slots__ = ("_begun", "_clean", "_lease", "_source", "_stream", "headers", "left", "length", "status")

    def __init__(self, lease: lease_t, status: int, headers: Sequence[tuple[str, str]], length: int | None) -> None:
        self._lease, self.status, self.headers, self.length = lease, status, headers, length
        self.left = length
        self._begun = NOTHING
        self._source: Any = None
        self._stream: watched_stream | None = None
        self._clean: bool | None = None

    @classmethod
    def of(cls, lease: lease_t, source: Any, stream: watched_stream | None) -> answer_t:
        """From http.client's answer, or from what looks like one."""
        headers = [(name, from_the_wire(value).strip(" \t")) for name, value in source.headers.items()]
        self = cls(lease, source.status, headers, source.length)
        self._source, self._stream = source, stream
        return self

    @property
    def finished(self) -> bool:
        """All of the body has been read."""
        return not self.left if self.left is not None else self._source.isclosed()

    def direct(self) -> slice | None:
        """Where in the lease's buffer the first bytes of the body are, its socket giving the rest, for a body of known
        length; else None.

        The caller then reads the socket, and says in ``left`` what is still to come.
        """
        if not self.left:
            return None
        if self._source is not None:
            if self._stream is None or self._source.chunked:
                return None
            begun = self._stream.drain()
            self._stream.excess = len(begun) > self.left
            self._begun = slice(0, len(begun))
            self._lease.buffer.view[self._begun] = begun
        return self._begun

    def read(self) -> bytes:
        """The next bytes of the body; b"" at its end, or where the connection ends before it."""
        if self.finished:
            return b""
        if self._source is not None:
            data: bytes = self._source.read1(READ_CHUNK)
        elif self._begun.stop:
            data, self._begun = bytes(self._lease.buffer.view[self._begun]), NOTHING
        else:
            view = self._lease.buffer.view[: self.left]
            data = bytes(view[: self._lease.watch.recv_into(self._lease.sock, view)])
        if self.left is not None:
            self.left -= len(data)
        return data

    def close(self) -> bool:
        """Ends it; whether it was read to its end, and not a byte came after it: then the connection can be kept."""
        if self._clean is None:
            self._clean = self.finished
            if self._source is not None:
                self._source.close()
            if self._stream is not None:
                self._clean = self._clean and not self._stream.excess
        return self._clean


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
        self, origin: _http.origin_t, method: str, target: str, headers: headers_t, body: body_t | None = None
    ) -> answer_t:
        """Sends one request and gives the head of its answer. The answer before must have been read, or is dropped."""
        if self._answer is not None and (not self._answer.close() or origin is not self.origin):
            self.close()
        self.origin, self.watch.target = origin, origin.target(target)
        self.watch.restart()
        try:
            return self._try(method, target, headers, body)
        except DEAD:
            watch = self.watch
            if not watch.reused or watch.received or not (body is None or body.rewind()):
                raise
        watch.restart()
        return self._try(method, target, headers, body)

    def _try(self, method: str, target: str, headers: headers_t, body: body_t | None) -> answer_t:
        try:
            with self.watch:
                self._answer = self._send(method, target, headers, body)
                return self._answer
        except BaseException:
            self.close(broken=True)
            raise

    def _send(self, method: str, target: str, headers: headers_t, body: body_t | None) -> answer_t:
        if self._conn is not None and self._conn.sock is not None and not self._readable.poll(0):
            return self._send_again(method, headers, body)
        self.close()
        pool = _http.pool_for(self.origin)
        if pool is None:
            return self._send_elsewhere(method, target, headers, body)
        fields = HTTPHeaderDict()
        for name, value in headers.lines:
            fields.add(on_the_wire(name), on_the_wire(value))
        for name in ("Accept-Encoding", "User-Agent"):  # which urllib3 would add
            fields.setdefault(name, SKIP_HEADER)
        self._raw = pool.urlopen(
            method,
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
        self.plain = not isinstance(self.sock, ssl.SSLSocket)
        self._readable = select.poll()
        self._readable.register(self.sock, select.POLLIN)
        return answer_t.of(self, self._conn.answer, self._conn.stream)

    def _send_again(self, method: str, headers: headers_t, body: body_t | None) -> answer_t:
        watch, view = self.watch, self.buffer.view
        watch.opened(self.sock)
        proxy = "".join([f"{name}: {value}\r\n" for name, value in self.origin.proxy_headers().items()])
        count, whole = self._ask(encode(f"{method} {watch.target} HTTP/1.1\r\n{headers.text}{proxy}\r\n"), body)
        head, gap, _ = bytes(view[: min(count, HEAD_LIMIT)]).partition(b"\r\n\r\n")
        begin, status = len(head) + len(gap), ORDINARY.get(method)
        plain = plain_head(head, count - begin, status) if gap and status and whole else None
        if status and plain is not None:
            answer = answer_t(self, status, *plain)
            answer._begun = slice(begin, count)
            return answer
        begun = bytes(view[:count])
        stream = watched_stream(self.sock, watch, begun)
        unusual = _http.final_answer(stream, method=method)
        unusual.begin()
        if unusual.will_close or not whole:
            self._conn.close()
        return answer_t.of(self, unusual, stream)

    def _ask(self, request: bytes, body: body_t | None) -> tuple[int, bool]:
        """Sends a request; how many bytes of its answer are in the buffer, and whether all of the body was sent."""
        watch, sock, whole = self.watch, self.sock, True
        if self.plain and body is None:
            return watch.ask(sock, request, self.buffer), True
        watch.sendall(sock, request)
        try:
            for chunk in body or ():
                watch.sendall(sock, chunk)
        except BrokenPipeError:  # the server has its answer ready before it has all of the body
            whole = False
        return watch.hear(sock, self.buffer.view), whole

    def _send_elsewhere(self, method: str, target: str, headers: headers_t, body: body_t | None) -> answer_t:
        """Through an adapter that somebody else mounted on the session."""
        request = requests.PreparedRequest()
        request.method, request.url = method, f"{self.origin.scheme}://{self.origin.authority}{target}"
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
        return answer_t.of(self, _foreign_source(response, method), None)

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


@functools.lru_cache(maxsize=256)
def plain_line(line: bytes) -> tuple[str, tuple[str, str]] | None:
    """The name in lower case, and name and value, of a header line; most lines of a part's answer are the last's."""
    name, colon, value = line.decode("latin-1").partition(":")
    return (name.lower(), (name, from_the_wire(value.strip(" \t")))) if colon and HEADER_NAME.fullmatch(name) else None


def plain_head(head: bytes, rest: int, status: int = 206) -> tuple[list[tuple[str, str]], int] | None:
    """Headers and body length when ``head``, with ``rest`` bytes behind it, is that of an ordinary answer, else None.

    Ordinary is: that status, no folded or repeated header, a Content-Length, no transfer coding, kept alive.
    """
    lines = head.split(b"\r\n")
    if lines[0][:13] != b"HTTP/1.1 %d " % status or head.count(b"\n") != len(lines) - 1 or STRAY.search(head):
        return None
    rows = [row for line in lines[1:] if (row := plain_line(line)) is not None]
    fields = {name: pair[1] for name, pair in rows}
    if len(fields) != len(lines) - 1:
        return None
    length = fields.get("content-length", "")
    usual = "transfer-encoding" not in fields and fields.get("connection", "keep-alive").lower() == "keep-alive"
    if not usual or not LENGTH.fullmatch(length) or rest > int(length):
        return None
    return [pair for _, pair in rows], int(length)


class _foreign_source:
    """An adapter's requests.Response with the reading interface of http.client's."""

    def __init__(self, response: requests.Response, method: str) -> None:
        self.response, self.status, self.headers = response, response.status_code, response.headers
        length = response.headers.get("Content-Length", "")
        self.chunks = response.iter_content(READ_CHUNK)
        self.length = int(length) if LENGTH.fullmatch(length) and "Content-Encoding" not in response.headers else None
        if method == "HEAD" or self.status in (204, 304):
            self.length = 0
        self.chunked = self.ended = False

    def read1(self, _: int) -> bytes:
        data = next(self.chunks, b"")
        self.ended = not data
        return data

    def isclosed(self) -> bool:
        return self.ended

    def close(self) -> None:
        self.response.close()
