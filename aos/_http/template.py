"""Template for requests that differ in a few texts, as those for the parts of an object do.

One request is made and signed as any other, with a placeholder in the place of each such text: a number that occurs
nowhere else. The heads of the others are made from its head, by replacing the placeholders.
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
    """Head of a request, the request line and header lines, with placeholders to be filled; ``pieces`` has what stands
    around them."""

    __slots__ = ("_order", "pieces", "route")

    def __init__(self, request: Request, *placeholders: int) -> None:
        """Takes apart the head of ``request``, in which each of the placeholders stands once."""
        self.route = request.route
        places = sorted((request.head.index(b"%d" % number), index) for index, number in enumerate(placeholders))
        self._order = [index for _, index in places]
        ends = [0, *(place + len(str(placeholders[index])) for place, index in places)]
        starts = [*(place for place, _ in places), None]
        self.pieces = [SecretBytes(request.head[end:start]) for end, start in zip(ends, starts, strict=True)]

    def fill(self, *texts: bytes) -> SecretBytes:
        """Returns the head with these texts in place of the placeholders, in the same order. ExchangeError for a text
        with a line break or NUL."""
        pieces: list[bytes] = [self.pieces[0]]
        for index, piece in zip(self._order, self.pieces[1:], strict=True):
            text = texts[index]
            if LINE_END.search(text):
                raise ExchangeError(AOSE_INVALID_ARGUMENT, "a header contains a line break or NUL")
            pieces += [text, piece]
        return SecretBytes(b"".join(pieces))
