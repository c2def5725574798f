"""Requests that differ in a few texts, as those for the parts of an object do.

One is made as any request, with a mark, a number, in the place of each such text. What is sent before the body of the
others differs from it there alone.
"""

from __future__ import annotations

import re

from aos._c.redact import SecretBytes
from aos._http.errors import ExchangeError
from aos._http.request import Request
from aos.aos_define import AOSE_INVALID_ARGUMENT

__all__ = ["Template"]

LINE_END = re.compile(rb"[\r\n\0]")


class Template:
    """What is sent of a request before its body, with holes where its ``marks`` stand, each once."""

    __slots__ = ("_holes", "_pieces", "route")

    def __init__(self, request: Request, *marks: int) -> None:
        self.route = request.route
        places = sorted((request.head.index(b"%d" % number), hole) for hole, number in enumerate(marks))
        self._holes = [hole for _, hole in places]
        self._pieces, end = [], 0
        for place, hole in places:
            self._pieces.append(request.head[end:place])
            end = place + len(str(marks[hole]))
        self._pieces.append(request.head[end:])

    def fill(self, *texts: bytes) -> SecretBytes:
        """Returns what is sent for the request with these texts in place of the marks. ExchangeError for a text that
        would end its line."""
        pieces = [self._pieces[0]]
        for hole, piece in zip(self._holes, self._pieces[1:], strict=True):
            text = texts[hole]
            if LINE_END.search(text):
                raise ExchangeError(AOSE_INVALID_ARGUMENT, "a header contains a line break or NUL")
            pieces += [text, piece]
        return SecretBytes(b"".join(pieces))
