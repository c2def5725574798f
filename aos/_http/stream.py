"""Bytes of a connection in the order in which they come: those that are in a buffer already, then the socket's."""

from __future__ import annotations

from collections.abc import Callable

__all__ = ["Stream"]


class Stream:
    """Reads through ``view``, whose first ``end`` bytes have come; ``receive`` fills a view and gives the count, 0 at
    the end of the connection. What lies between ``begin`` and ``end`` has come and was not asked for yet.
    """

    __slots__ = ("_receive", "begin", "end", "view")

    def __init__(self, view: memoryview, end: int, receive: Callable[[memoryview], int]) -> None:
        self.view, self.begin, self.end, self._receive = view, 0, end, receive

    def _more(self) -> bool:
        """Receives at least one byte more, behind what is there; whether the connection had one."""
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
        """From 1 to ``size`` bytes; b"" at the end of the connection."""
        if self.begin == self.end and not self._more():
            return b""
        last = min(self.begin + size, self.end)
        data = bytes(self.view[self.begin : last])
        self.begin = last
        return data

    def readline(self, limit: int) -> bytes:
        """Up to the next line end; less at the end of the connection, or where a line has ``limit`` bytes or more."""
        looked = 0
        while True:
            line = bytes(self.view[self.begin : min(self.end, self.begin + limit)])
            found = line.find(b"\n", looked)
            if found >= 0:
                line = line[: found + 1]
            looked = len(line)
            if found >= 0 or looked >= limit or not self._more():
                self.begin += looked
                return line
