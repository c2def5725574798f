"""Compressed answers, and answers without a Content-Length."""

from __future__ import annotations

import gzip

from oss.local_server.delivery import Delivery
from oss.local_server.http_message import FileSlice, Request, Response

__all__ = ["chunk", "compress", "compressible"]

_TYPES_TEXT = """
text/cache-manifest text/xml text/plain text/css application/javascript application/x-javascript application/rss+xml
application/json text/json
"""
_TYPES = frozenset(_TYPES_TEXT.split())
_SMALLEST, _LARGEST = 1 << 10, 64 << 20


def compressible(request: Request, response: Response) -> bool:
    """Whether the service compresses an answer: a whole text of some size, for a client that accepts gzip."""
    kind = response.headers.get("Content-Type").partition(";")[0].strip().lower()
    return (
        request.method == "GET"
        and request.version == "HTTP/1.1"
        and "gzip" in request.headers.get("Accept-Encoding").lower()
        and response.status == 200
        and isinstance(response.body, FileSlice)
        and _SMALLEST <= response.length <= _LARGEST
        and kind in _TYPES
        and "Content-Encoding" not in response.headers
    )


def compress(response: Response, delivery: Delivery) -> None:
    data = gzip.compress(b"".join(response.chunks()), mtime=0)
    response.close()
    response.body = data
    response.headers.set("Content-Encoding", "gzip")
    chunk(response, delivery)


def chunk(response: Response, delivery: Delivery) -> None:
    """Have an answer sent in chunks, without a Content-Length."""
    delivery.chunked = True
    response.headers.drop("Content-Length")
    response.headers.set("Transfer-Encoding", "chunked")
