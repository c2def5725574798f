"""Answer of an exchange: its head, and its body, which is read here or received from the socket by the caller."""

from __future__ import annotations

from typing import Any, Protocol

from aos._http.head import Chunks, read_head
from aos._http.stream import Stream

__all__ = ["NOTHING", "READ_CHUNK", "Foreign", "Response", "decode_header"]

READ_CHUNK = 1 << 18
NOTHING = slice(0, 0)


def decode_header(text: str) -> str:
    """Returns the text of a header that was decoded as latin-1 and is UTF-8."""
    return text if text.isascii() else text.encode("latin-1").decode("utf-8", "surrogateescape")


class Foreign(Protocol):
    """Answer of an adapter that the program has mounted; ``length`` is that of its body, None where it is not known."""

    status: int
    headers: Any
    """Mapping of names to values."""
    length: int | None
    ended: bool

    def read(self) -> bytes:
        """Reads the next bytes of the body; b"" at the end."""
        ...

    def close(self) -> None:
        """Closes the answer."""
        ...


class Response:
    """Answer: its head, and its body of ``length`` bytes (None: unknown), of which ``left`` are still to be read.

    The body comes from :meth:`read`, or from :meth:`take_buffered` and then the socket.
    """

    __slots__ = ("_chunks", "_source", "_stream", "headers", "keep_alive", "left", "length", "status")

    def __init__(
        self,
        status: int,
        headers: list[tuple[str, str]],
        length: int | None,
        stream: Stream | None = None,
        keep_alive: bool = True,
    ) -> None:
        """Takes the head; ``stream`` gives the body, and the connection can be used after it if ``keep_alive``."""
        self.status, self.headers, self.length, self.left = status, headers, length, length
        self._stream, self.keep_alive = stream, keep_alive
        self._source: Foreign | None = None
        self._chunks: Chunks | None = None

    @classmethod
    def from_stream(cls, stream: Stream, method: str, reusable: bool = True) -> Response:
        """Reads the head of the answer to a request. The connection is not used again unless it is ``reusable``.
        BadHead, and what receiving raises."""
        head = read_head(stream)
        framing = head.framing(method)
        rows = [(name, decode_header(value)) for name, value in head.headers]
        self = cls(head.code, rows, framing.length, stream, framing.keep_alive and reusable)
        if framing.chunked:
            self._chunks = Chunks(stream)
        return self

    @classmethod
    def from_foreign(cls, source: Foreign) -> Response:
        """Returns the answer of an adapter that the program has mounted."""
        rows = [(name, decode_header(value).strip(" \t")) for name, value in source.headers.items()]
        self = cls(source.status, rows, source.length, keep_alive=False)
        self._source = source
        return self

    @property
    def finished(self) -> bool:
        """Whether the body has been read to its end."""
        if self._chunks is not None:
            return self._chunks.ended
        if self.left is not None:
            return not self.left
        return self._source is not None and self._source.ended

    @property
    def reusable(self) -> bool:
        """Whether the connection can be used again after the body: it is kept alive, and no byte that is not taken has
        come, such as one after the body."""
        return self.keep_alive and (self._stream is None or self._stream.begin == self._stream.end)

    def take_buffered(self) -> slice | None:
        """Returns where in the connection's buffer the first bytes of the body are; None for a body whose length is not
        known, or that does not come from a socket.

        The caller takes those bytes, receives the rest from the socket, and counts all of them down in ``left``.
        """
        if not self.left or self._stream is None:
            return None
        stream = self._stream
        buffered = slice(stream.begin, min(stream.end, stream.begin + self.left))
        stream.begin = buffered.stop
        return buffered

    def read(self) -> bytes:
        """Reads the next bytes of the body; b"" at its end, or where the connection ends before it."""
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
        """Closes the answer. Tells whether its connection can be used again: it is kept alive, the body was read to its
        end, and no byte came after it."""
        if self._source is not None:
            self._source.close()
        return self.reusable and self.finished
