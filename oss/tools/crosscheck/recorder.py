"""A local server that records its requests and answers in the corpus' format."""

from __future__ import annotations

import base64
import itertools
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import responses
from typing import Any

from oss.local_server import LocalServer
from oss.local_server.delivery import Delivery
from oss.local_server.http_message import Request, Response
from oss.tools.crosscheck.replay.corpus import json_of_bytes
from oss.tools.crosscheck.replay.playback import recorded_request
from oss.tools.crosscheck.replay.server import Received

__all__ = ["Recorder", "body_fields"]

SHORT = 1 << 22
"""Largest body that is recorded."""


@dataclass
class _Exchange:
    request: Request
    body: bytearray = field(default_factory=bytearray)
    response: Response | None = None
    content: bytes = b""
    delivery: Delivery = field(default_factory=Delivery)

    def written(self) -> dict[str, Any]:
        request = {
            "method": self.request.method,
            "target": self.request.target,
            "headers": [list(pair) for pair in self.request.headers.items],
            **({"wire_chunked": True} if self.request.body.chunked else {}),
            **body_fields(bytes(self.body)),
        }
        return {"request": request, "response": self._answer()}

    def _answer(self) -> dict[str, Any] | None:
        if self.response is None or (self.delivery.end and self.delivery.end_after is None):
            return None  # closed without an answer
        answer = {
            "status": self.response.status,
            "reason": responses.get(self.response.status, "Status"),
            "headers": [list(pair) for pair in self.response.headers.items],
            **({} if self.request.method == "HEAD" else body_fields(self.content)),
        }
        how = {"cut": self.delivery.end_after} if self._is_cut() else {}
        how |= {"chunked": self.delivery.piece} if self.delivery.chunked else {}
        return answer | ({"transport": how} if how else {})

    def _is_cut(self) -> bool:
        """Whether bytes of the body were left out."""
        assert self.response is not None
        has_body = self.request.method != "HEAD" and self.delivery.end is not None
        return has_body and (self.delivery.end_after or 0) < self.response.length


def body_fields(data: bytes) -> dict[str, Any]:
    """A body as the corpus has it: in a field for text, or for base64."""
    text = json_of_bytes(data)
    return {"body": text} if isinstance(text, str) else {"body_b64": base64.b64encode(data).decode()}


def _as_sent(data: bytes, delivery: Delivery) -> bytes:
    at = delivery.flip_at
    return data if at is None or at >= len(data) else data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


class Recorder(LocalServer):
    """A recording server whose clock stands still and whose ids are counted, so that two of them answer alike."""

    def __init__(self, now: float, port: int = 0) -> None:
        numbers = itertools.count(1)
        self._exchanges: list[_Exchange] = []
        self._writing = threading.Lock()
        super().__init__(
            port=port, now=lambda: now, new_id=lambda: f"{next(numbers):08x}" * 4, length_beside_chunks=True
        )

    def _handle(self, request: Request) -> tuple[Response, Delivery]:
        seen = _Exchange(request)
        with self._writing:
            self._exchanges.append(seen)
        # Read at once, so that an answer does not depend on whether the client waits for a 100.
        for chunk in request.body.chunks():
            seen.body += chunk
        whole = iter([memoryview(seen.body)])
        request.body.chunks = lambda: whole  # type: ignore[method-assign]
        seen.response, seen.delivery = response, delivery = super()._handle(request)
        if response.length <= SHORT:
            seen.content = _as_sent(b"".join(response.chunks()), delivery)
        return response, delivery

    @contextmanager
    def unrecorded(self) -> Iterator[None]:
        """Leaves the requests made inside the block out of the record."""
        before = len(self._exchanges)
        try:
            yield
        finally:
            del self._exchanges[before:]

    @property
    def exchanges(self) -> list[dict[str, Any]]:
        """The requests and answers so far, in the corpus' format."""
        with self._writing:
            return [seen.written() for seen in self._exchanges]

    def __iter__(self) -> Iterator[Received]:
        """The requests so far."""
        return iter([recorded_request(exchange) for exchange in self.exchanges])
