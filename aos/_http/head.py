"""The head of an answer and the framing of its body, read strictly and within bounds.

A head may have :data:`MAX_LINES` lines in :data:`MAX_HEAD` bytes, interim answers before it included, and so may the
trailers behind a body in chunks. What is not plainly a head, a length or a chunk is an ``http.client.HTTPException``;
so are two headers that contradict each other where the difference matters.
"""

from __future__ import annotations

import http.client
import re
from collections.abc import Iterator
from typing import NamedTuple, Protocol

from aos._c.redact import beginning
from aos._http.wrong_port import SPEAKS_TLS, is_tls

__all__ = ["BAD_HEAD", "MAX_HEAD", "MAX_LINES", "Chunks", "Framing", "Head", "read_head"]

MAX_HEAD = 256 << 10  # user metadata is at most 8 KiB, but may be 4096 headers of 2 bytes
MAX_LINE = 64 << 10
MAX_LINES = 5000
BAD_HEAD = http.client.HTTPException
"""What reading a head raises, beside what receiving does."""

_STATUS = re.compile(rb"HTTP/1\.[01] [1-9]\d\d(?: .*)?")
_INTERIM = re.compile(rb"HTTP/1\.[01] 1(?!01)")  # 101 answers a question we do not ask
_HEADER = re.compile(rb"([!-9;-~]+):[ \t]*(.*)", re.DOTALL)
_LENGTH = re.compile(r"[0-9]{1,18}", re.ASCII)
_CHUNK = re.compile(rb"([0-9A-Fa-f]{1,15})(?:[ \t]*;.*)?", re.DOTALL)
_BODILESS = frozenset({204, 304})
_SINGLE = frozenset({"content-range", "etag", "last-modified", "x-oss-hash-crc64ecma"})
"""Headers that say what the body is: they may be repeated, not contradicted."""


class LineSource(Protocol):
    """Where lines come from: a stream of bytes."""

    def readline(self, limit: int, /) -> bytes:
        """Up to the next line end, and no more than so many bytes; less at the end."""
        ...


class ByteSource(LineSource, Protocol):
    """Where lines and bytes come from."""

    def read(self, size: int, /) -> bytes:
        """Up to so many bytes; none at the end."""
        ...


class BadHead(http.client.HTTPException):
    """What came is no head of an answer, or too much of one."""


class Framing(NamedTuple):
    """Where the body ends: after ``length`` bytes, with the last of its chunks, or (None) with the connection, which is
    of further use if it ``keeps``."""

    length: int | None
    chunked: bool
    keeps: bool


class Head(NamedTuple):
    """A status line, and the headers as they came; both without line ends, as latin-1."""

    status: str
    headers: list[tuple[str, str]]

    @property
    def code(self) -> int:
        """The status as a number."""
        return int(self.status[9:12])

    def values(self, wanted: str) -> list[str]:
        """The values of a header, whose name is given in lower case."""
        return [value for name, value in self.headers if name.lower() == wanted]

    def _pieces(self, wanted: str) -> list[str]:
        """The values of a header that may be a list."""
        return [piece.strip(" \t").lower() for value in self.values(wanted) for piece in value.split(",")]

    def framing(self, method: str) -> Framing:
        """The framing of the body; ``method`` is the request's."""
        lengths, codings = {*self._pieces("content-length")}, self._pieces("transfer-encoding")
        if len(lengths) > 1 or not all(map(_LENGTH.fullmatch, lengths)):
            raise BadHead("the answer has no usable Content-Length")
        if codings not in ([], ["chunked"], ["identity"]):
            raise BadHead("the answer has a transfer coding that is not known")
        chunked = codings == ["chunked"]
        if chunked and lengths:
            raise BadHead("the answer has both a Content-Length and a Transfer-Encoding")
        length = int(lengths.pop()) if lengths else None
        if method == "HEAD" or self.code in _BODILESS:
            length, chunked = 0, False
        return Framing(length, chunked, self._keeps() and (chunked or length is not None))

    def _keeps(self) -> bool:
        """Whether the connection goes on after this answer."""
        options = self._pieces("connection") + self._pieces("proxy-connection")
        if self.status.startswith("HTTP/1.0"):
            return "keep-alive" in options and "close" not in options
        return "close" not in options

    def contradiction(self) -> str | None:
        """The name of a header that stands there twice with different values, though only one can be true."""
        seen: dict[str, str] = {}
        for name, value in self.headers:
            key = name.lower()
            if key in _SINGLE and seen.setdefault(key, value) != value:
                return name
        return None


def read_head(stream: LineSource) -> Head:
    """The final head of an answer; interim answers are passed over."""
    lines = _BoundedLines(stream)
    status = _status_line(stream)
    while True:
        if not _STATUS.fullmatch(status):
            raise http.client.BadStatusLine(beginning(status, 80))
        headers: list[tuple[str, str]] = []
        for line in lines:
            _add(headers, line)
        if not _INTERIM.match(status):
            break
        status = lines.take()
    head = Head(status.decode("latin-1"), headers)
    doubtful = head.contradiction()
    if doubtful is not None:
        raise BadHead(f"the answer has two {doubtful} headers that contradict each other")
    return head


class _BoundedLines:
    """The lines up to each empty one; all together there may be so many."""

    def __init__(self, stream: LineSource) -> None:
        self._stream, self._lines, self._bytes = stream, MAX_LINES + 1, MAX_HEAD

    def __iter__(self) -> Iterator[bytes]:
        while line := self.take():
            yield line

    def take(self) -> bytes:
        """The next line, which may be empty."""
        line = _line(self._stream)
        self._lines -= 1
        self._bytes -= len(line)
        if self._lines < 0:
            raise BadHead(f"the head of the answer has more than {MAX_LINES} lines")
        if self._bytes < 0:
            raise BadHead(f"the head of the answer has more than {MAX_HEAD} bytes")
        return line


def _status_line(stream: LineSource) -> bytes:
    line = stream.readline(MAX_LINE + 1)
    if not line:
        raise http.client.RemoteDisconnected("the connection was closed before any byte of an answer")
    if is_tls(line):
        raise BadHead(SPEAKS_TLS)
    return _text_of(line)


def _line(stream: LineSource) -> bytes:
    return _text_of(stream.readline(MAX_LINE + 1))


def _text_of(line: bytes) -> bytes:
    """A line without its end."""
    if not line.endswith(b"\n"):
        raise BadHead("a line of the head is too long" if len(line) > MAX_LINE else "the head was cut short")
    line = line[:-1].removesuffix(b"\r")
    if b"\r" in line or b"\0" in line:
        raise BadHead("a line of the head has a control character in it")
    return line


def _add(headers: list[tuple[str, str]], line: bytes) -> None:
    found = _HEADER.fullmatch(line)
    if found:
        headers.append((found[1].decode(), found[2].rstrip(b" \t").decode("latin-1")))
    elif headers and line[:1] in b" \t":  # folded
        name, value = headers[-1]
        headers[-1] = name, f"{value} {line.strip().decode('latin-1')}".strip(" ")
    else:
        raise BadHead("a line of the head is no header")


class Chunks:
    """A body in chunks; ``ended`` once its last chunk and the trailers have come."""

    def __init__(self, stream: ByteSource) -> None:
        self._stream, self._left, self._begun = stream, 0, False
        self.ended = False

    def read(self, size: int) -> bytes:
        """From 1 to ``size`` bytes; b"" at the end, or where the connection ends before it."""
        if not self._left and not self.ended:
            self._next()
        if self.ended:
            return b""
        data = self._stream.read(min(size, self._left))
        self._left -= len(data)
        return data

    def _next(self) -> None:
        if self._begun and _line(self._stream):
            raise BadHead("a chunk of the answer is longer than its size says")
        self._begun, line = True, _line(self._stream)
        size = _CHUNK.fullmatch(line)
        if size is None:
            raise BadHead(f"the answer has a chunk whose size is {beginning(line, 20)!r}")
        self._left = int(size[1], 16)
        if not self._left:
            for _ in _BoundedLines(self._stream):
                pass
            self.ended = True
