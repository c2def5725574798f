"""HTTP/1.1 messages: reading request heads and bodies from a socket, with limits; the response type."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.client import responses
from typing import BinaryIO
from urllib.parse import unquote_to_bytes, urlsplit

__all__ = ["Body", "Disconnected", "FileSlice", "Headers", "HttpError", "Request", "Response", "SocketReader"]

MAX_REQUEST_LINE = 16 << 10
MAX_HEAD = 64 << 10
MAX_CHUNK_LINE = 4 << 10
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_REQUEST_LINE = _TOKEN, re.compile(r"[^\x00-\x20\x7f]+"), re.compile(r"HTTP/1\.[01]")
_HOST = re.compile(r"(?:\[[0-9A-Fa-f:.]+\]|[0-9A-Za-z._-]+)(?::[0-9]{1,5})?")
_CHUNK = re.compile(rb"([0-9A-Fa-f]{1,15})(?:;.*)?")
_BAD_VALUE = re.compile("[\x00\r\n]")


class Disconnected(ConnectionError):
    """Raised when the client closed the connection, possibly in the middle of a message."""


class HttpError(Exception):
    """Raised for an HTTP request that is not acceptable: ``status`` is sent, and the connection is closed."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


class Headers:
    """Header fields in order; the case of names does not matter."""

    def __init__(self, items: list[tuple[str, str]] | None = None) -> None:
        self.items = items if items is not None else []

    def get(self, name: str, default: str = "") -> str:
        wanted = name.lower()
        return next((value for key, value in self.items if key.lower() == wanted), default)

    def all(self, name: str) -> list[str]:
        wanted = name.lower()
        return [value for key, value in self.items if key.lower() == wanted]

    def __contains__(self, name: str) -> bool:
        return bool(self.all(name))

    def set(self, name: str, value: str) -> None:
        self.drop(name)
        self.items.append((name, value))

    def drop(self, name: str) -> None:
        wanted = name.lower()
        self.items = [item for item in self.items if item[0].lower() != wanted]


class SocketReader:
    """Reads a socket through one reused buffer, so a chunk is valid until the next read."""

    def __init__(self, sock: socket.socket, size: int = 128 << 10) -> None:
        self._sock = sock
        self._bytes = bytearray(size)
        self._view = memoryview(self._bytes)
        self._pos = self._end = 0

    def _fill(self) -> bool:
        self._pos = 0
        self._end = self._sock.recv_into(self._view)
        return self._end > 0

    def read(self, limit: int) -> memoryview:
        """At least 1 and at most ``limit`` bytes; none at the end of the stream."""
        if self._pos == self._end and not self._fill():
            return self._view[:0]
        chunk = self._view[self._pos : min(self._end, self._pos + limit)]
        self._pos += len(chunk)
        return chunk

    def readline(self, limit: int, too_long: int = 431) -> bytes:
        """A line without its CRLF; raises ``Disconnected`` at the end of the stream.

        A CR or LF alone and a NUL are refused, as readers do not agree on whether they end a line."""
        line = bytearray()
        while not line.endswith(b"\n"):
            if self._pos == self._end and not self._fill():
                raise Disconnected("end of stream")
            newline = self._bytes.find(b"\n", self._pos, self._end)
            stop = self._end if newline < 0 else newline + 1
            line += self._view[self._pos : stop]
            self._pos = stop
            if len(line) > limit + 2:
                raise HttpError(too_long, "line too long")
        content = bytes(line[:-2])
        if not line.endswith(b"\r\n") or b"\r" in content or b"\0" in content:
            raise HttpError(400, "bad line")
        return content


class Body:
    """A request body, decoded from its framing; chunks take precedence over a Content-Length."""

    def __init__(
        self, reader: SocketReader, sock: socket.socket, headers: Headers, length_beside_chunks: bool = False
    ) -> None:
        self._reader = reader
        self._sock = sock
        codings, lengths = headers.all("Transfer-Encoding"), headers.all("Content-Length")
        self.chunked = bool(codings)
        if self.chunked and [coding.lower() for coding in codings] != ["chunked"]:
            raise HttpError(400, "the transfer coding is not chunked, once")
        if self.chunked and lengths and not length_beside_chunks:
            raise HttpError(400, "Content-Length beside Transfer-Encoding")
        if len(lengths) > 1 or any(not (v.isascii() and v.isdigit() and len(v) < 19) for v in lengths):
            raise HttpError(400, "bad Content-Length")
        self.length = None if self.chunked else int(lengths[0]) if lengths else 0
        self.declared = bool(codings or lengths)
        self.expects = headers.get("Expect").lower() == "100-continue"
        self.received = 0
        self._left = self.length or 0
        self.done = not self.chunked and self._left == 0

    def chunks(self) -> Iterator[memoryview]:
        """The bytes of the body; each chunk is valid until the next one is asked for."""
        if self.done:
            return
        if self.expects:
            self._sock.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
            self.expects = False
        if self.chunked:
            while self._left or self._next_chunk():
                yield from self._take()
                if self._reader.readline(MAX_CHUNK_LINE, too_long=400):
                    raise HttpError(400, "bad chunk end")
        else:
            yield from self._take()
        self.done = True

    def _take(self) -> Iterator[memoryview]:
        while self._left:
            chunk = self._reader.read(self._left)
            if not chunk:
                raise Disconnected("body cut short")
            self._left -= len(chunk)
            self.received += len(chunk)
            yield chunk

    def _next_chunk(self) -> bool:
        line = _CHUNK.fullmatch(self._reader.readline(MAX_CHUNK_LINE, too_long=400))
        if line is None:
            raise HttpError(400, "bad chunk size")
        self._left = int(line[1], 16)
        if not self._left:
            _read_headers(self._reader)  # the trailers
        return self._left > 0

    def read(self, limit: int) -> bytes:
        """The whole body, at most ``limit`` bytes."""
        data = bytearray()
        for chunk in self.chunks():
            data += chunk
            if len(data) > limit:
                raise HttpError(413, "body too large")
        return bytes(data)

    def drain(self, limit: int) -> bool:
        """Read and drop the rest, so that the connection can be used again; False when the rest is too long."""
        if self.expects or (not self.done and (self.length or 0) - self.received > limit):
            return self.done
        return all(self.received <= limit for _ in self.chunks())


@dataclass
class Request:
    """A request head as received, and its body."""

    method: str
    target: str
    version: str
    headers: Headers
    body: Body
    connection: int
    path: str
    query_pairs: list[tuple[str, str]]
    host: str

    @property
    def keep_alive(self) -> bool:
        tokens = self.headers.get("Connection").lower()
        return "close" not in tokens if self.version == "HTTP/1.1" else "keep-alive" in tokens


def _decode(text: str, plus: bool = False) -> str:
    raw = text.replace("+", " ") if plus else text
    return unquote_to_bytes(raw.encode("utf-8", "surrogateescape")).decode("utf-8", "surrogateescape")


def _split_query(query: str) -> list[tuple[str, str]]:
    pairs = (item.partition("=") for item in query.split("&") if item)
    return [(_decode(name, plus=True), _decode(value, plus=True)) for name, _, value in pairs]


def read_request(
    reader: SocketReader, sock: socket.socket, connection: int, length_beside_chunks: bool = False
) -> Request:
    """Read one request head. Raises ``Disconnected`` when there is none."""
    method, target, version = _read_request_line(reader)
    headers = _read_headers(reader)
    host, path, query = _split_target(target, _host(headers, version))
    body = Body(reader, sock, headers, length_beside_chunks)
    return Request(method, target, version, headers, body, connection, _decode(path), _split_query(query), host)


def _read_request_line(reader: SocketReader) -> list[str]:
    line = b""
    for _ in range(3):  # blank lines before a request are tolerated
        line = reader.readline(MAX_REQUEST_LINE, too_long=414)
        if line:
            break
    words = line.decode("utf-8", "surrogateescape").split(" ")
    if len(words) != 3 or not all(form.fullmatch(word) for form, word in zip(_REQUEST_LINE, words, strict=True)):
        raise HttpError(400, "bad request line")
    return words


def _split_target(target: str, host: str) -> tuple[str, str, str]:
    """Host, path and query of a request target; in the absolute form, as sent to a proxy, it contains the host."""
    path, _, query = target.partition("#")[0].partition("?")
    if path.startswith("/"):
        return host, path, query
    try:
        parts = urlsplit(target)
    except ValueError as error:
        raise HttpError(400, "bad request target") from error
    host = parts.netloc.rpartition("@")[2]
    if parts.scheme not in ("http", "https") or not _HOST.fullmatch(host):
        raise HttpError(400, "bad request target")
    return host, parts.path or "/", parts.query


def _host(headers: Headers, version: str) -> str:
    """The Host header, which only HTTP/1.0 may lack."""
    hosts = headers.all("Host")
    if not hosts and version == "HTTP/1.0":
        return ""
    if len(hosts) != 1 or not _HOST.fullmatch(hosts[0]):
        raise HttpError(400, "no Host, several, or none that names one")
    return hosts[0]


def _read_headers(reader: SocketReader) -> Headers:
    headers = Headers()
    size = 0
    while line := reader.readline(MAX_HEAD):
        size += len(line)
        if size > MAX_HEAD:
            raise HttpError(431, "headers too large")
        name, colon, value = line.decode("utf-8", "surrogateescape").partition(":")
        if not colon or not _TOKEN.fullmatch(name):
            raise HttpError(400, "bad header line")
        headers.items.append((name, value.strip(" \t")))
    return headers


@dataclass
class FileSlice:
    """A span of an open file, which is closed once the span is sent."""

    file: BinaryIO
    offset: int
    length: int

    def chunks(self, size: int = 256 << 10) -> Iterator[bytes]:
        position, end = self.offset, self.offset + self.length
        self.file.seek(position)
        while position < end:
            chunk = self.file.read(min(size, end - position))
            if not chunk:
                raise Disconnected("file shorter than promised")
            position += len(chunk)
            yield chunk


@dataclass
class Response:
    """An answer; of a body for a HEAD request only the length is sent."""

    status: int = 200
    headers: Headers = field(default_factory=Headers)
    body: bytes | FileSlice = b""

    @property
    def length(self) -> int:
        return len(self.body) if isinstance(self.body, bytes) else self.body.length

    def chunks(self) -> Iterator[bytes]:
        if isinstance(self.body, bytes):
            yield self.body
        else:
            yield from self.body.chunks()

    def head(self) -> bytes:
        lines = [f"HTTP/1.1 {self.status} {responses.get(self.status, 'Status')}"]
        lines += [f"{name}: {_BAD_VALUE.sub(' ', value)}" for name, value in self.headers.items]
        return "\r\n".join([*lines, "", ""]).encode("utf-8", "surrogateescape")

    def close(self) -> None:
        if isinstance(self.body, FileSlice):
            self.body.file.close()
