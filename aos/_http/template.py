"""Requests that differ in a few texts, as those for the parts of an object do.

One is made as any request, with a mark in the place of each such text; what goes on the wire for the others differs
from it there alone. Their tables are filled when somebody looks, and then the request is made as any.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Callable
from typing import TYPE_CHECKING

from aos._c.text import LINE_ENDS
from aos.apr_tables import Pair, aos_table_t

if TYPE_CHECKING:
    from aos.aos_transport import aos_http_request_t

__all__ = ["mark", "Template"]


def mark() -> str:
    """A text that stands nowhere else, and goes into a URL as it is."""
    return os.urandom(16).hex()


class Template:
    """The requests that ``req`` becomes one after the other; it has the ``marks`` in its headers or parameters."""

    def __init__(self, req: aos_http_request_t, *marks: str) -> None:
        self.req, self._marks = req, marks
        self._headers, self._params = req.headers.items(), req.query_params.items()
        self._tables = aos_table_t(), aos_table_t()
        self._made: dict[str, tuple[object, str]] = {}
        req.headers, req.query_params = self._tables
        req.series = self
        self._texts: tuple[str, ...] = marks

    def become(self, *texts: str) -> None:
        """Makes the request the one with these texts in place of the marks."""
        self.req.headers, self.req.query_params = self._tables
        self._fill(texts)
        if any(map(LINE_ENDS.search, texts)):  # to be refused as in any other request
            self._tables[0].items()

    def _fill(self, texts: tuple[str, ...]) -> None:
        self._texts = texts
        for table, pairs in zip(self._tables, (self._headers, self._params), strict=True):
            table.refill(functools.partial(self._pairs_of, pairs))

    def _pairs_of(self, marked: list[Pair]) -> list[Pair]:
        return [(name, value and self._replaced(value)) for name, value in marked]

    def _replaced(self, text: str) -> str:
        for place, own in zip(self._marks, self._texts, strict=True):
            text = text.replace(place, own)
        return text

    def text(self, what: str, key: object, make: Callable[[], str]) -> str:
        """``make()``, which makes ``what`` of the request and of ``key``: once, unless somebody has seen the tables."""
        headers, params = self._tables
        if self.req.headers is not headers or self.req.query_params is not params:
            return make()
        if not (headers.is_pending and params.is_pending):
            return make()
        if what not in self._made or self._made[what][0] != key:
            texts = self._texts
            self._fill(self._marks)
            self._made[what] = key, make()
            self._fill(texts)
        return self._replaced(self._made[what][1])
