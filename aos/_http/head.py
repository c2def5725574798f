"""Head of an answer and framing of its body, read strictly and within limits.

A head may have :data:`MAX_LINES` lines in :data:`MAX_HEAD` bytes, interim answers before it included, and so may the
trailers after a chunked body. Whatever is not plainly a head, a length or a chunk raises :class:`BadHead`,
and so do two headers that contradict each other where the difference matters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple, Protocol

from aos._c.redact import beginning
from aos._http.wrong_port import SPEAKS_TLS, is_tls

__all__ = [
    "BadHead",
    "BadStatusLine",
    "NoAnswer",
    "LENGTH",
    "MAX_HEAD",
    "MAX_LINES",
    "Chunks",
    "Framing",
    "Head",
    "read_head",
]

MAX_HEAD = 256 << 10  # user metadata is at most 8 KiB, but may be 4096 headers of 2 bytes
MAX_LINE = 64 << 10
MAX_LINES = 5000

_STATUS = re.compile(rb"HTTP/1\.[01] [1-9]\d\d(?: .*)?")
_INTERIM = re.compile(rb"HTTP/1\.[01] 1(?!01)")  # 101 is final, and answers an Upgrade, which is never sent
_HEADER = re.compile(rb"([!-9;-~]+):[ \t]*(.*)", re.DOTALL)
LENGTH = re.compile("[0-9]{1,18}")
"""Content-Length that a number of 64 bits can hold."""
_CHUNK = re.compile(rb"([0-9A-Fa-f]{1,15})(?:[ \t]*;.*)?", re.DOTALL)
_BODILESS = frozenset({204, 304})
_SINGLE = frozenset({"content-range", "etag", "last-modified", "x-oss-hash-crc64ecma"})
"""Headers that describe the body: each may be repeated with the same value only."""


class LineSource(Protocol):
    """Source of lines."""

    def readline(self, limit: int, /) -> bytes:
        """Returns the next line with its end, but at most ``limit`` bytes; less at the end of the source."""
        ...


class ByteSource(LineSource, Protocol):
    """Source of lines and bytes."""

    def read(self, size: int, /) -> bytes:
        """Returns from 1 to ``size`` bytes; b"" at the end."""
        ...


class BadHead(Exception):
    """Raised for a head that is malformed or too long, and for a body whose framing is malformed."""


class BadStatusLine(BadHead):
    """Raised for an answer that does not begin as one."""


class NoAnswer(ConnectionResetError, BadStatusLine):
    """Raised for a connection that was closed before any byte of an answer."""

    def __init__(self) -> None:
        super().__init__("the connection was closed before any byte of an answer")


class Framing(NamedTuple):
    """End of a body: after ``length`` bytes; with its last chunk if it is ``chunked``; otherwise (``length`` None) with
    the connection. ``keep_alive`` says whether the connection can be used again after it."""

    length: int | None
    chunked: bool
    keep_alive: bool


class Head(NamedTuple):
    """Status line of an answer, and its headers (name, value) in their order; decoded as latin-1, without line ends."""

    status: str
    headers: list[tuple[str, str]]

    @property
    def code(self) -> int:
        """HTTP status as a number."""
        return int(self.status[9:12])

    def values(self, wanted: str) -> list[str]:
        """Returns the values of all headers of a name, which is given in lower case."""
        return [value for name, value in self.headers if name.lower() == wanted]

    def _list_values(self, wanted: str) -> list[str]:
        """Returns the values of a header that may be a list, such as ``a, b``: each one alone, in lower case."""
        return [piece.strip(" \t").lower() for value in self.values(wanted) for piece in value.split(",")]

    def framing(self, method: str) -> Framing:
        """Returns the framing of the body of the answer to a request with this ``method``. BadHead."""
        lengths, codings = {*self._list_values("content-length")}, self._list_values("transfer-encoding")
        if len(lengths) > 1 or not all(map(LENGTH.fullmatch, lengths)):
            raise BadHead("the answer has no usable Content-Length")
        if codings not in ([], ["chunked"], ["identity"]):
            raise BadHead("the answer has a transfer coding that is not known")
        chunked = codings == ["chunked"]
        if chunked and lengths:
            raise BadHead("the answer has both a Content-Length and a Transfer-Encoding")
        length = int(lengths.pop()) if lengths else None
        if method == "HEAD" or self.code in _BODILESS:
            length, chunked = 0, False
        return Framing(length, chunked, self._keeps_alive() and (chunked or length is not None))

    def _keeps_alive(self) -> bool:
        """Tells whether the server keeps the connection open after this answer."""
        options = self._list_values("connection") + self._list_values("proxy-connection")
        if self.status.startswith("HTTP/1.0"):
            return "keep-alive" in options and "close" not in options
        return "close" not in options

    def contradiction(self) -> str | None:
        """Returns the name of a header that is repeated with another value, though only one can be true; else None."""
        seen: dict[str, str] = {}
        for name, value in self.headers:
            key = name.lower()
            if key in _SINGLE and seen.setdefault(key, value) != value:
                return name
        return None


def read_head(stream: LineSource) -> Head:
    """Reads the head of an answer, and skips the interim ones (1xx) before it. BadHead."""
    lines = _BoundedLines(stream)
    status = _status_line(stream)
    while True:
        if not _STATUS.fullmatch(status):
            raise BadStatusLine(beginning(status, 80))
        headers: list[tuple[str, str]] = []
        for line in lines:
            _add_header(headers, line)
        if not _INTERIM.match(status):
            break
        status = lines.next_line()
    head = Head(status.decode("latin-1"), headers)
    repeated = head.contradiction()
    if repeated is not None:
        raise BadHead(f"the answer has two {repeated} headers that contradict each other")
    return head


class _BoundedLines:
    """Lines of one or more heads. Iterating yields those up to the next empty one. BadHead for more lines or bytes, all
    together, than a head may have."""

    def __init__(self, stream: LineSource) -> None:
        self._stream, self._lines, self._bytes = stream, MAX_LINES + 1, MAX_HEAD

    def __iter__(self) -> Iterator[bytes]:
        while line := self.next_line():
            yield line

    def next_line(self) -> bytes:
        """Returns the next line, which may be empty, without its end."""
        line = _line(self._stream)
        self._lines -= 1
        self._bytes -= len(line)
        if self._lines < 0:
            raise BadHead(f"the head of the answer has more than {MAX_LINES} lines")
        if self._bytes < 0:
            raise BadHead(f"the head of the answer has more than {MAX_HEAD} bytes")
        return line


def _status_line(stream: LineSource) -> bytes:
    """Reads the first line of an answer. NoAnswer where there is none."""
    line = stream.readline(MAX_LINE + 1)
    if not line:
        raise NoAnswer()
    if is_tls(line):
        raise BadHead(SPEAKS_TLS)
    return _strip_line_end(line)


def _line(stream: LineSource) -> bytes:
    """Reads a line and returns it without its end."""
    return _strip_line_end(stream.readline(MAX_LINE + 1))


def _strip_line_end(line: bytes) -> bytes:
    """Returns a line without its end. BadHead for one without an end, or with a CR or NUL in it."""
    if not line.endswith(b"\n"):
        raise BadHead("a line of the head is too long" if len(line) > MAX_LINE else "the head was cut short")
    line = line[:-1].removesuffix(b"\r")
    if b"\r" in line or b"\0" in line:
        raise BadHead("a line of the head has a control character in it")
    return line


def _add_header(headers: list[tuple[str, str]], line: bytes) -> None:
    """Adds a header line to ``headers``; a folded line continues the value of the last one."""
    found = _HEADER.fullmatch(line)
    if found:
        headers.append((found[1].decode(), found[2].rstrip(b" \t").decode("latin-1")))
    elif headers and line[:1] in b" \t":  # folded
        name, value = headers[-1]
        headers[-1] = name, f"{value} {line.strip().decode('latin-1')}".strip(" ")
    else:
        raise BadHead("a line of the head is no header")


class Chunks:
    """Chunked body of an answer; ``ended`` once its last chunk and the trailers have been read."""

    def __init__(self, stream: ByteSource) -> None:
        self._stream, self._left, self._started = stream, 0, False
        self.ended = False

    def read(self, size: int) -> bytes:
        """Returns from 1 to ``size`` bytes; b"" at the end, or where the connection ends before it. BadHead."""
        if not self._left and not self.ended:
            self._next()
        if self.ended:
            return b""
        data = self._stream.read(min(size, self._left))
        self._left -= len(data)
        return data

    def _next(self) -> None:
        """Reads the size of the next chunk; after the last one the trailers, which are dropped."""
        if self._started and _line(self._stream):
            raise BadHead("a chunk of the answer is longer than its size says")
        self._started, line = True, _line(self._stream)
        size = _CHUNK.fullmatch(line)
        if size is None:
            raise BadHead(f"the answer has a chunk whose size is {beginning(line, 20)!r}")
        self._left = int(size[1], 16)
        if not self._left:
            for _ in _BoundedLines(self._stream):
                pass
            self.ended = True
