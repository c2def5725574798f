"""The head of an answer: read strictly and within bounds, then handed to ``http.client`` for its framing.

``http.client`` stops at 100 lines, which an object with many ``x-oss-meta-`` headers has; it ends a head silently at
the first line that is no header, takes ``Content-Length: 5_0`` for 50 and any transfer coding but ``chunked`` for none.
Here a head may have :data:`MAX_LINES` lines in :data:`MAX_HEAD` bytes, interim answers before it and trailers after it
included, and what is not plainly a head is an ``http.client.HTTPException``. ``http.client`` is then given the status
line and the headers of framing alone.
"""

from __future__ import annotations

import http.client
import io
import re
from typing import Any, NamedTuple

__all__ = ["MAX_HEAD", "MAX_LINES", "final_answer", "head_t", "read_head"]

MAX_HEAD = 256 << 10  # user metadata is at most 8 KiB, but may be 4096 headers of 2 bytes
MAX_LINE = 64 << 10
MAX_LINES = 5000

_STATUS = re.compile(rb"HTTP/1\.[01] [1-9]\d\d(?: .*)?")
_INTERIM = re.compile(rb"HTTP/1\.[01] 1(?!01)")  # 101 answers a question we do not ask
_HEADER = re.compile(rb"([!-9;-~]+):[ \t]*(.*)", re.DOTALL)
_LENGTH = re.compile(r"[0-9]{1,18}", re.ASCII)
_FRAMING = frozenset({"connection", "content-length", "keep-alive", "proxy-connection", "transfer-encoding"})


class bad_head(http.client.HTTPException):
    """What came is no head of an answer, or too much of one."""


class head_t(NamedTuple):
    """A status line, and the headers as they came; both without line ends, as latin-1."""

    status: str
    headers: list[tuple[str, str]]

    def framing(self) -> bytes:
        """The head as far as it says where the body ends."""
        lines = [f"{name}: {value}" for name, value in self.headers if name.lower() in _FRAMING]
        lengths = {piece.strip() for value in self.values("content-length") for piece in value.split(",")}
        if len(lengths) > 1 or not all(map(_LENGTH.fullmatch, lengths)):
            raise bad_head("the answer has no usable Content-Length")
        if [value.lower() for value in self.values("transfer-encoding")] not in ([], ["chunked"], ["identity"]):
            raise bad_head("the answer has a transfer coding that is not known")
        if lengths:
            lines = [line for line in lines if not line.lower().startswith("content-length:")]
            lines.append(f"Content-Length: {lengths.pop()}")
        return "\r\n".join([self.status, *lines, "", ""]).encode("latin-1")

    def values(self, wanted: str) -> list[str]:
        """The values of a header, whose name is given in lower case."""
        return [value for name, value in self.headers if name.lower() == wanted]

    def message(self) -> http.client.HTTPMessage:
        """The headers as http.client has them."""
        made = http.client.HTTPMessage()
        for name, value in self.headers:
            made[name] = value
        return made


def read_head(stream: Any) -> head_t:
    """The final head of an answer; interim answers are passed over."""
    lines, status = MAX_LINES, _line(stream, first=True)
    while True:
        if not _STATUS.fullmatch(status):
            raise http.client.BadStatusLine(status[:80].decode("latin-1"))
        headers: list[tuple[str, str]] = []
        while line := _line(stream):
            lines -= 1
            if lines < 0:
                raise bad_head(f"the head of the answer has more than {MAX_LINES} lines")
            _add(headers, line)
        if not _INTERIM.match(status):
            return head_t(status.decode("latin-1"), headers)
        status = _line(stream)


def _line(stream: Any, first: bool = False) -> bytes:
    line: bytes = stream.readline(MAX_LINE + 1)
    if not line.endswith(b"\n"):
        if first and not line:
            raise http.client.RemoteDisconnected("the connection was closed before any byte of an answer")
        raise bad_head("a line of the head is too long" if len(line) > MAX_LINE else "the head was cut short")
    line = line[:-1].removesuffix(b"\r")
    if b"\r" in line or b"\0" in line:
        raise bad_head("a line of the head has a control character in it")
    return line


def _add(headers: list[tuple[str, str]], line: bytes) -> None:
    found = _HEADER.fullmatch(line)
    if found:
        headers.append((found[1].decode(), found[2].rstrip(b" \t").decode("latin-1")))
    elif headers and line[:1] in b" \t":  # folded
        name, value = headers[-1]
        headers[-1] = name, f"{value} {line.strip().decode('latin-1')}".strip(" ")
    else:
        raise bad_head("a line of the head is no header")


class _bounded:
    """A stream that gives at most ``MAX_HEAD`` bytes in lines before something else is read: heads and trailers."""

    def __init__(self, stream: Any) -> None:
        self.stream, self.left = stream, MAX_HEAD

    def readline(self, limit: int) -> bytes:
        line: bytes = self.stream.readline(limit)
        self.left -= len(line)
        if self.left < 0:
            raise bad_head(f"the head of the answer has more than {MAX_HEAD} bytes")
        return line

    def __getattr__(self, name: str) -> Any:
        if name.startswith(("read", "peek")):
            self.left = MAX_HEAD
        return getattr(self.stream, name)


class final_answer(http.client.HTTPResponse):
    """http.client's answer with a head of :func:`read_head`."""

    def __init__(self, sock: Any, *args: Any, **kwds: Any) -> None:
        super().__init__(sock, *args, **kwds)
        self.fp = _bounded(self.fp)  # type: ignore[assignment]  # what is asked of it is there

    def begin(self) -> None:
        stream, head = self.fp, read_head(self.fp)
        self.fp = io.BytesIO(head.framing())  # type: ignore[assignment]  # begin() reads lines
        try:
            super().begin()
        finally:
            self.fp = stream
        self.headers = self.msg = head.message()
