"""Stream of the bytes of a connection: first those that are buffered already, then those of the socket."""

from __future__ import annotations

from collections.abc import Callable

__all__ = ["Stream"]


class Stream:
    """Stream over the buffer ``view``. The bytes from ``begin`` to ``end`` are received and not read yet."""

    __slots__ = ("_receive", "begin", "end", "view")

    def __init__(self, view: memoryview, end: int, receive: Callable[[memoryview], int]) -> None:
        """Takes a buffer, of which the first ``end`` bytes are received already. ``receive`` receives at least one more
        into a view, and returns how many; 0 at the end of the connection."""
        self.view, self.begin, self.end, self._receive = view, 0, end, receive

    def _receive_more(self) -> bool:
        """Receives more bytes after those in the buffer. Tells whether there were any."""
        if self.begin == self.end:
            self.begin = self.end = 0
        elif self.end == len(self.view):
            rest = bytes(self.view[self.begin : self.end])
            self.view[: len(rest)] = rest
            self.begin, self.end = 0, len(rest)
        count = self._receive(self.view[self.end :])
        self.end += count
        return count > 0

    def read(self, size: int) -> bytes:
        """Reads from 1 to ``size`` bytes; b"" at the end of the connection."""
        if self.begin == self.end and not self._receive_more():
            return b""
        last = min(self.begin + size, self.end)
        data = bytes(self.view[self.begin : last])
        self.begin = last
        return data

    def readline(self, limit: int) -> bytes:
        """Reads a line with its end, but at most ``limit`` bytes; less at the end of the connection."""
        searched = 0
        while True:
            line = bytes(self.view[self.begin : min(self.end, self.begin + limit)])
            found = line.find(b"\n", searched)
            if found >= 0:
                line = line[: found + 1]
            searched = len(line)
            if found >= 0 or searched >= limit or not self._receive_more():
                self.begin += searched
                return line
