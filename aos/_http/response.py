"""The answer of an exchange: its head, and its body to be read or to be taken from the socket."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import requests

from aos._http.head import Chunks, read_head
from aos._http.stream import Stream

__all__ = ["NOTHING", "Response", "ForeignSource", "from_the_wire"]

READ_CHUNK = 1 << 18
NOTHING = slice(0, 0)
LENGTH = re.compile("[0-9]{1,18}")


def from_the_wire(text: str) -> str:
    """The text of a header that was read as latin-1."""
    return text if text.isascii() else text.encode("latin-1").decode("utf-8", "surrogateescape")


class Response:
    """The head of an answer, and its body: :meth:`read` it, or what is there :meth:`direct` and then the socket."""

    __slots__ = ("_chunks", "_keeps", "_source", "_stream", "headers", "left", "length", "status")

    def __init__(
        self,
        status: int,
        headers: list[tuple[str, str]],
        length: int | None,
        stream: Stream | None = None,
        keeps: bool = True,
    ) -> None:
        """``stream`` gives the body; the connection can be used again after it if it ``keeps``."""
        self.status, self.headers, self.length, self.left = status, headers, length, length
        self._stream, self._keeps = stream, keeps
        self._source: ForeignSource | None = None
        self._chunks: Chunks | None = None

    @classmethod
    def from_stream(cls, stream: Stream, method: str, whole: bool = True) -> Response:
        """Reads the head of an answer; ``whole``: the request was sent to its end."""
        head = read_head(stream)
        framing = head.framing(method)
        rows = [(name, from_the_wire(value)) for name, value in head.headers]
        self = cls(head.code, rows, framing.length, stream, framing.keeps and whole)
        if framing.chunked:
            self._chunks = Chunks(stream)
        return self

    @classmethod
    def foreign(cls, source: ForeignSource) -> Response:
        """Returns the answer of an adapter of somebody else's."""
        rows = [(name, from_the_wire(value).strip(" \t")) for name, value in source.headers.items()]
        self = cls(source.status, rows, source.length, keeps=False)
        self._source = source
        return self

    @property
    def finished(self) -> bool:
        """All of the body has been read."""
        if self._chunks is not None:
            return self._chunks.ended
        if self.left is not None:
            return not self.left
        return self._source is not None and self._source.ended

    def direct(self) -> slice | None:
        """Returns where in the connection's buffer the first bytes of the body are, for a body of known length whose
        rest the socket gives; else None.

        The caller then reads the socket, and says in ``left`` what is still to come.
        """
        if not self.left or self._stream is None:
            return None
        stream = self._stream
        begun = slice(stream.begin, min(stream.end, stream.begin + self.left))
        stream.begin = begun.stop
        return begun

    def read(self) -> bytes:
        """The next bytes of the body; b"" at its end, or where the connection ends before it."""
        if self.finished:
            return b""
        if self._source is not None:
            data = self._source.read()
        elif self._chunks is not None:
            data = self._chunks.read(READ_CHUNK)
        else:
            data = self._stream.read(READ_CHUNK if self.left is None else self.left) if self._stream else b""
            if not data and self.left is None:
                self.left = 0  # the body ends with the connection
        if self.left is not None:
            self.left -= len(data)
        return data

    def close(self) -> bool:
        """Ends it; whether it was read to its end, and not a byte came after it: then the connection can be kept."""
        if self._source is not None:
            self._source.close()
        whole = self._stream is None or self._stream.begin == self._stream.end
        return self._keeps and self.finished and whole


class ForeignSource:
    """The answer of an adapter of somebody else's: a requests.Response, and its body as it came on the wire."""

    def __init__(self, response: requests.Response, method: str) -> None:
        self.response, self.status, self.headers = response, response.status_code, response.headers
        self._pieces = _raw_pieces(response)
        length = response.headers.get("Content-Length", "")
        self.length = int(length) if LENGTH.fullmatch(length) else None
        if method == "HEAD" or self.status in (204, 304):
            self.length = 0
        self.ended = False

    def read(self) -> bytes:
        """The next bytes; b"" at the end."""
        data: bytes = next(self._pieces, b"")
        self.ended = not data
        return data

    def close(self) -> None:
        """Gives its connection back, or ends it."""
        self.response.close()


def _raw_pieces(response: requests.Response) -> Iterator[bytes]:
    """The body as it came: not decoded, where that can be had."""
    raw: Any = response.raw
    if hasattr(raw, "stream"):  # urllib3's
        return iter(raw.stream(READ_CHUNK, decode_content=False))
    if hasattr(raw, "read"):
        return iter(lambda: raw.read(READ_CHUNK), b"")
    return iter([response.content] if response.content else [])
