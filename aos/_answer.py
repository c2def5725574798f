"""The answer of an exchange: its head, and its body to be read or to be taken from the socket.

The head of a part's answer is read by a short, strict reader, :func:`plain_head`; whatever is not plainly such an
answer goes to ``http.client``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from aos._native import part_io
from aos._text import decode
from aos._watch import want_t, watched_stream

if TYPE_CHECKING:
    import requests

    from aos._lease import lease_t

__all__ = ["NOTHING", "answer_t", "foreign_source", "plain_head"]

READ_CHUNK = 1 << 18
NOTHING = slice(0, 0)
STORED, PARTIAL = 200, 206
HEADER = re.compile(r"\r\n([!-9;-~]+):([^\r\n\0]*)")
LENGTH = re.compile("[0-9]{1,18}")


def from_the_wire(text: str) -> str:
    """The reverse for a header that http.client has read."""
    return text if text.isascii() else text.encode("latin-1").decode("utf-8", "surrogateescape")


class answer_t:
    """The head of an answer, and its body: :meth:`read` it, or what is there :meth:`direct` and then the socket."""

    __slots__ = (
        *("_begun", "_clean", "_lease", "_source", "_stream"),
        *("etag", "headers", "left", "length", "status", "taken"),
    )

    def __init__(
        self,
        lease: lease_t,
        status: int,
        headers: Callable[[], Iterable[tuple[str, str]]],
        length: int | None,
        begun: slice = NOTHING,
    ) -> None:
        """``begun``: where in the lease's buffer the first bytes of the body are."""
        self._lease, self.status, self.headers, self.length, self._begun = lease, status, headers, length, begun
        self.left = length
        self.etag: str | None = None
        self.taken: tuple[part_io, int] | None = None
        self._source: Any = None
        self._stream: watched_stream | None = None
        self._clean: bool | None = None

    @classmethod
    def of(cls, lease: lease_t, source: Any, stream: watched_stream | None) -> answer_t:
        """From http.client's answer, or from what looks like one."""
        headers = [(name, from_the_wire(value).strip(" \t")) for name, value in source.headers.items()]
        self = cls(lease, source.status, lambda: headers, source.length)
        self._source, self._stream = source, stream
        return self

    @classmethod
    def wanted(cls, lease: lease_t, want: want_t, part: part_io, result: int) -> answer_t:
        """One whose body has been taken already, as far as it came: ``part`` and ``result`` tell."""
        self = cls(lease, PARTIAL, later_rows(lease, part), part.done + part.left)
        self.etag, self.taken, self.left = decode(want.etag), (part, result), part.left
        return self

    @classmethod
    def accepting(cls, lease: lease_t, part: part_io) -> answer_t:
        """One that accepts the body of the request, which ``part`` gave: the ``etag`` is there, the CRC64 is right."""
        self = cls(lease, STORED, later_rows(lease, part), 0)
        self.etag = decode(lease.buffer.view[part.etag])
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


def later_rows(lease: lease_t, part: part_io) -> Callable[[], list[tuple[str, str]]]:
    """The rows of a head that C has looked at, to be read when somebody else looks."""
    head = bytes(lease.buffer.view[: part.head])
    return lambda: rows_of(head)


def rows_of(head: bytes) -> list[tuple[str, str]]:
    """Name and value of each line that is a plain header."""
    return [(name, value.strip(" \t")) for name, value in HEADER.findall(decode(head))]


def plain_head(head: bytes, rest: int, status: int = 206) -> tuple[list[tuple[str, str]], int] | None:
    """Headers and body length when ``head``, with ``rest`` bytes behind it, is that of an ordinary answer, else None.

    Ordinary is: that status, no folded or repeated header, a Content-Length, no transfer coding, kept alive.
    """
    rows = rows_of(head)
    if not len(rows) == head.count(b"\r") == head.count(b"\n") or b"\0" in head:
        return None
    fields = {name.lower(): value for name, value in rows}
    if head[:13] != b"HTTP/1.1 %d " % status or len(fields) != len(rows) or "transfer-encoding" in fields:
        return None
    length = fields.get("content-length", "")
    usual = fields.get("connection", "keep-alive").lower() == "keep-alive"
    return (rows, int(length)) if usual and LENGTH.fullmatch(length) and rest <= int(length) else None


class foreign_source:
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
