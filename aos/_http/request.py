"""Request as it is sent: the request line, the headers and the body.

Differences from the C SDK: each body is sent plainly after a ``Content-Length``, without ``Expect``; a body that ends
early is a failure; and a line break or NUL in a header is refused.
"""

from __future__ import annotations

import functools
import os
import re
from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import quote, urlsplit

from aos._c.redact import SecretBytes
from aos._c.text import LINE_ENDS, encode
from aos._http.bodies import aos_read_http_body_file, aos_read_http_body_memory, read_body_file, rewind_body_memory
from aos._http.client import DEFAULT_PORTS, Origin
from aos._http.connection import OpenFile, Route
from aos._http.deadline import Deadline
from aos._http.errors import ExchangeError, SettingsError, run_callback
from aos._http.proxy import Environment, environment, is_direct, proxy_in
from aos._http.types import aos_http_request_options_t, aos_http_request_t
from aos._native import PART_EOF, PART_FILE, PartBuffer, PartIO
from aos.aos_crc64 import aos_crc64
from aos.aos_define import (
    AOS_HTTP_PREFIX,
    AOS_MAX_URI_LEN,
    AOSE_INTERNAL_ERROR,
    AOSE_INVALID_ARGUMENT,
    AOSE_READ_BODY_ERROR,
    HTTP_POST,
    HTTP_PUT,
)
from aos.aos_string import aos_string_t
from aos.aos_util import aos_http_method_to_string, aos_query_params_to_string, query_problem, too_long

__all__ = ["FilePart", "Request", "RequestBody", "request_of"]

SEND_CHUNK = 1 << 16
FRAMING = frozenset({"transfer-encoding", "expect"})
FRAMING_WITH_BODY = FRAMING | {"content-length"}
NAME = re.compile(r"[!-9;-~]+")
URL_PARTS = re.compile(r"([^/?#\0-\x20\x7f]*)([^#\0-\x20\x7f]*)(?:#.*)?")
ASCII = "".join(map(chr, range(0x21, 0x7F)))


class Request(NamedTuple):
    """Request without its body: its route, and as ``head`` the request line and the header lines."""

    route: Route
    head: SecretBytes


def request_of(req: aos_http_request_t, options: aos_http_request_options_t, user_agent: str | None) -> Request:
    """Returns the request that is sent for ``req``. ExchangeError where something in it cannot be sent."""
    route = _route_of(req, options)
    line = f"{route.method} {route.origin.target(route.target)} HTTP/1.1\r\n"
    return Request(route, SecretBytes(encode(f"{line}{_header_lines(req, route.origin, user_agent)}{route.extra}\r\n")))


def _route_of(req: aos_http_request_t, options: aos_http_request_options_t) -> Route:
    """Returns the route of a request. ExchangeError where its URL or its proxy is not usable."""
    route = _route(
        req.method,
        req.signed_url,
        req.proto,
        req.host,
        req.uri,
        options.proxy_host,
        options.proxy_auth,
        environment(options.proxy_host) if options.use_env_proxy else (),
        options.verify_ssl,
        options.ca_file,
        options.ca_path,
    )
    if req.signed_url is not None or req.query_params is None:
        return route
    query = _query_of(req)
    return Route(route.origin, route.method, route.target + query, route.extra) if query else route


def _query_of(req: aos_http_request_t) -> str:
    """Returns the query of a request, ``?k=v&k2``, percent-encoded; empty without parameters. ExchangeError."""
    query = aos_string_t()
    if problem := query_problem(req.query_params):
        raise ExchangeError(AOSE_INVALID_ARGUMENT, f"query params invalid argument: {problem}")
    aos_query_params_to_string(None, req.query_params, query)
    return query.data or ""


@functools.lru_cache(maxsize=64)
def _route(method: int, url: str | None, proto: str | None, host: str | None, uri: str | None, *options: Any) -> Route:
    """Returns a route without its query, since that alone differs between the parts of an object; with ``url``, a
    signed URL, proto, host and uri do not count. ``options`` are those of :func:`_route_of`."""
    if url is not None:
        scheme, authority, target = _signed_url(url)
    else:
        scheme, authority = (proto or AOS_HTTP_PREFIX).partition(":")[0].lower(), host or ""
        target = _path(uri or "")
    origin = _origin_of(scheme, authority, *options)
    try:
        return Route.of(origin, aos_http_method_to_string(method), target)
    except SettingsError as problem:
        raise ExchangeError(AOSE_INTERNAL_ERROR, f"{origin}: {problem}") from problem


def _path(uri: str) -> str:
    """Returns ``/`` and the percent-encoded ``uri``. ExchangeError where it is too long."""
    raw = encode(uri)
    if len(raw) > AOS_MAX_URI_LEN:
        problem = f"the path is too long: {too_long(uri, AOS_MAX_URI_LEN)}"
        raise ExchangeError(AOSE_INVALID_ARGUMENT, f"uri invalid argument: {problem}")
    path = quote(raw, safe="-_.~")
    if path in (".", ".."):
        path = path.replace(".", "%2E")  # a path segment of dots would be resolved on the way
    return f"/{path}"


def _signed_url(url: str) -> tuple[str, str, str]:
    """Returns scheme, authority and target of a signed URL, which is changed only where it is not ASCII.
    ExchangeError."""
    scheme, rest = url.split("://", 1) if "://" in url else ("http", url)
    place = URL_PARTS.fullmatch(rest)
    if place is None:
        raise ExchangeError(AOSE_INTERNAL_ERROR, "the signed URL has a space or a control character in it")
    target = quote(encode(place[2]), safe=ASCII)
    return scheme.lower(), place[1], target if target.startswith("/") else "/" + target


@functools.lru_cache(maxsize=64)
def _origin_of(
    scheme: str, authority: str, proxy: str | None, proxy_auth: str | None, known: Environment, *tls: Any
) -> Origin:
    """Returns the origin of a URL's scheme and authority; ``known`` is the environment that names its proxy where
    ``proxy`` is None. ExchangeError where they name no http or https host."""
    place = authority.rpartition("@")[2]
    try:
        parts = urlsplit(f"//{authority}")
        host, port = _as_given(place, parts.hostname or ""), parts.port
    except ValueError as problem:
        raise ExchangeError(AOSE_INTERNAL_ERROR, f"endpoint {scheme}://{place}: {problem}") from None
    if scheme not in DEFAULT_PORTS or not host:
        raise ExchangeError(AOSE_INTERNAL_ERROR, f"endpoint {scheme}://{place} is not an http or https host")
    if proxy is None:
        proxy, proxy_auth = proxy_in(known, scheme), None
    if proxy and is_direct(known, host):
        proxy = None
    return Origin.of(scheme, host, port, proxy, proxy_auth, *tls)


def _as_given(place: str, host: str) -> str:
    """Returns the host at the beginning of ``place``, where ``host`` is it in lower case: its letters go into the Host
    header as the caller wrote them, as in C."""
    begin = place.startswith("[")
    found = place[begin : begin + len(host)]
    return found if found.lower() == host else host


def _header_lines(req: aos_http_request_t, origin: Origin, user_agent: str | None) -> str:
    """Returns the header lines in the order in which libcurl sends them. An entry of ``req.headers`` without a value
    removes the header that is sent by default."""
    own = (
        ("Host", origin.authority),
        ("User-Agent", user_agent),
        ("Accept", "*/*"),
        ("Proxy-Connection", "Keep-Alive" if origin.is_forwarded else None),
    )
    table = req.headers.items() if req.headers is not None else []
    given = {name.lower() for name, value in table if value or name.lower() != "host"}  # Host is always sent
    framing = FRAMING
    lines = [(name, value) for name, value in own if value and name.lower() not in given]
    if req.method in (HTTP_PUT, HTTP_POST):
        lines.append(("Content-Length", str(req.body_len)))
        framing = FRAMING_WITH_BODY
    lines += [(name, value) for name, value in table if value and value.strip(" \t") and name.lower() not in framing]
    return "".join([_line(pair) for pair in lines])


@functools.lru_cache(maxsize=256)
def _line(header: tuple[str, str]) -> str:
    """Returns a header (name, value) as a line. ExchangeError where it cannot be sent."""
    name, value = header
    if LINE_ENDS.search(name) or LINE_ENDS.search(value):
        raise ExchangeError(AOSE_INVALID_ARGUMENT, f"header {name!r} contains a line break or NUL")
    if NAME.fullmatch(name) is None:
        raise ExchangeError(AOSE_INVALID_ARGUMENT, f"{name!r} is no name of a header")
    return f"{name}: {value}\r\n"


class RequestBody:
    """Body of a request, read by ``req.read_body``. Its ``crc64`` and ``consumed_bytes`` follow what is read, and its
    progress function is called."""

    def __init__(self, req: aos_http_request_t) -> None:
        self.req = req
        self.started = False
        self.crc64, req.consumed_bytes = req.crc64, 0
        self.positions = [(buf, buf.pos) for buf in req.body] if req.read_body is aos_read_http_body_memory else None
        self.file_pos = req.file_buf.file_pos if req.read_body is aos_read_http_body_file else None

    def rewind(self) -> bool:
        """Goes back to the first byte. Returns False for a reader of the caller's that has been called already."""
        if not self.started:
            return True
        if self.positions is not None:
            rewind_body_memory(self.req, self.positions)
        elif self.file_pos is not None:
            self.req.file_buf.file_pos = self.file_pos
        else:
            return False
        self.req.consumed_bytes, self.req.crc64 = 0, self.crc64
        return True

    def put(self, deadline: Deadline, sock: Any, head: bytes, buffer: PartBuffer) -> PartIO | None:
        """Sends head and body in one call of C where the body is a part of a file and there is no progress function;
        else returns None."""
        req, file = self.req, self.req.file_buf
        if self.file_pos is None or req.progress_callback is not None or file is None or file.file is None:
            return None
        if file.file_last - file.file_pos != req.body_len:
            return None
        self.started, part = True, FilePart(file.file, file.file_pos, req.body_len, req.crc64)
        try:
            return part.put(deadline, sock, head, buffer)
        finally:
            req.consumed_bytes, req.crc64 = part.sent, part.crc64
            file.file_pos = self.file_pos + part.sent

    def _read(self, buffer: bytearray) -> int:
        """Reads the next bytes into ``buffer``. Returns how many, 0 at the end, or a negative AOSE_* code."""
        req, file = self.req, self.req.file_buf
        if self.file_pos is None or file is None or file.file is None:
            count: int = run_callback(lambda: req.read_body(req, buffer, len(buffer)))
            return count
        try:
            return read_body_file(file, buffer, len(buffer))
        except OSError as error:
            raise _unreadable(file.file, error.errno or 0) from error

    def __iter__(self) -> Iterator[memoryview]:
        """Yields the body in chunks. ExchangeError where it is not ``req.body_len`` bytes long, or cannot be read."""
        req = self.req
        buffer = bytearray(min(SEND_CHUNK, max(req.body_len, 1)))
        self.started = True
        while True:
            count = self._read(buffer)
            if count < 0:
                raise ExchangeError(AOSE_READ_BODY_ERROR, f"read body failure. The request's read_body gave {count}")
            req.consumed_bytes += count
            if req.progress_callback is not None:
                run_callback(lambda: req.progress_callback(req.consumed_bytes, req.body_len))
            req.crc64 = aos_crc64(req.crc64, buffer, count)
            if req.consumed_bytes > req.body_len or (not count and req.consumed_bytes < req.body_len):
                there = "ended after" if not count else "has more than the announced"
                raise ExchangeError(
                    AOSE_READ_BODY_ERROR, f"the request body {there} {min(req.consumed_bytes, req.body_len)} bytes"
                )
            if not count:
                return
            yield memoryview(buffer)[:count]


class FilePart:
    """Body of a request that is ``length`` bytes of a file from ``offset`` on. ``sent`` counts the bytes sent so far,
    and ``crc64`` is their CRC64."""

    __slots__ = ("_crc64", "crc64", "file", "length", "offset", "sent")

    def __init__(self, file: OpenFile, offset: int, length: int, crc64: int = 0) -> None:
        """Takes the range of the file; ``crc64`` is that of the bytes before it, if the body's is to include them."""
        self.file, self.offset, self.length, self._crc64 = file, offset, length, crc64
        self.sent, self.crc64 = 0, crc64

    def rewind(self) -> bool:
        """Goes back to the first byte; always True."""
        self.sent, self.crc64 = 0, self._crc64
        return True

    def put(self, deadline: Deadline, sock: Any, head: bytes, buffer: PartBuffer) -> PartIO:
        """Sends head and body to a socket without TLS in one call of C, and receives the first bytes of the answer;
        none where the server does not wait for the end of the body. Returns the state of that call. ExchangeError where
        the file is too short or cannot be read; NETWORK_ERRORS."""
        io = deadline.part_io(self.offset, self.length, self._crc64)
        result = io.put_part(sock.fileno(), self.file.fd, head, buffer)
        self.sent, self.crc64 = self.length - io.left, io.crc
        if result == PART_FILE:
            raise _unreadable(self.file, io.errno)
        if result == PART_EOF and io.request_sent and io.left:
            raise _too_short(self.sent)
        deadline.check_result(io, result)
        return io

    def __iter__(self) -> Iterator[memoryview]:
        """Yields the bytes in chunks. ExchangeError where the file is too short or cannot be read."""
        buffer = bytearray(min(SEND_CHUNK, max(self.length, 1)))
        while self.sent < self.length:
            view = memoryview(buffer)[: self.length - self.sent]
            try:
                count = os.preadv(self.file.fd, [view], self.offset + self.sent)
            except OSError as error:
                raise _unreadable(self.file, error.errno or 0) from error
            if not count:
                raise _too_short(self.sent)
            self.crc64 = aos_crc64(self.crc64, buffer, count)
            self.sent += count
            yield view[:count]


def _too_short(sent: int) -> ExchangeError:
    """Returns the error for a file that ends after ``sent`` bytes of the body."""
    return ExchangeError(AOSE_READ_BODY_ERROR, f"the request body ended after {sent} bytes")


def _unreadable(file: OpenFile, error: int) -> ExchangeError:
    """Returns the error for a file that cannot be read; ``error`` is the errno."""
    return ExchangeError(AOSE_READ_BODY_ERROR, f"read body failure. {file.fname}: {os.strerror(error)}")
