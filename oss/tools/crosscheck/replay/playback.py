"""Chooses the scripted server's answer to each request of a case: the recorded one, or a plain service's."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable
from typing import Any

from aos.aos_crc64 import aos_crc64
from oss.tools.crosscheck.replay.corpus import body_of, bytes_of
from oss.tools.crosscheck.replay.server import Received, Script
from oss.tools.crosscheck.replay.show import canonical

__all__ = ["playback", "recorded_request"]

UNEXPECTED = {"status": 599, "reason": "Unexpected", "headers": [["Content-Length", "0"]]}


def recorded_request(exchange: dict[str, Any]) -> Received:
    request = exchange["request"]
    headers = [(name, canonical(value)) for name, value in request["headers"]]
    return Received(request["method"], request["target"], headers, body_of(request), request.get("body_sha256"))


def playback(case: dict[str, Any]) -> Script:
    """Plays each recorded answer once, to the request it was recorded for, or else to the next one of that method."""
    return _Player(case).play


class _Player:
    def __init__(self, case: dict[str, Any]) -> None:
        self.case = case
        self.waiting: list[tuple[Received, dict[str, Any]]] = []
        for exchange in case["exchanges"]:
            self.waiting.append((recorded_request(exchange), exchange))
        self.unanswered: tuple[Any, ...] | None = None

    def play(self, request: Received) -> dict[str, Any] | None:
        exchange = self._take(lambda r: r.key == request.key)
        if exchange is None and request.key == self.unanswered:
            return None  # sent again, and no further answer is recorded
        if exchange is None and request.method in ("GET", "HEAD"):
            exchange = self._take(lambda r: r.key_without_query == request.key_without_query)
        if exchange is None and (made := _improvised(self.case, request)) is not None:
            return made
        exchange = exchange or self._take(lambda r: r.method == request.method)
        if exchange is None:
            return UNEXPECTED
        response: dict[str, Any] | None = exchange.get("response", {})
        self.unanswered = request.key if response is None else None
        return response

    def _take(self, alike: Callable[[Received], bool]) -> dict[str, Any] | None:
        at = next((i for i, (recorded, _) in enumerate(self.waiting) if alike(recorded)), None)
        return None if at is None else self.waiting.pop(at)[1]


def _improvised(case: dict[str, Any], request: Received) -> dict[str, Any] | None:
    """The answer of a plain service: parts of a known object, and uploads whose exchanges were left out of the case."""
    if request.method in ("GET", "HEAD"):
        return _object(case["object"], request) if case.get("object") else None
    if "upload_file" not in case["function"]:
        return None
    query = request.target.partition("?")[2]
    if request.method == "PUT" and "partNumber=" in query:
        return _answer(
            200, _tags(f'"{hashlib.md5(request.body or b"").hexdigest().upper()}"', _crc(request.body or b"")), b""
        )
    if request.method == "POST" and query == "uploads":
        return _answer(
            200, [], b"<InitiateMultipartUploadResult><UploadId>IMPROVISED</UploadId></InitiateMultipartUploadResult>"
        )
    if request.method == "POST" and query.startswith("uploadId="):
        return _answer(200, [], b"<CompleteMultipartUploadResult/>")
    return _answer(204, [], b"") if request.method == "DELETE" and query.startswith("uploadId=") else None


def _object(served: dict[str, Any], request: Received) -> dict[str, Any]:
    content = bytes_of(served["content"])
    headers = _tags(served["etag"], served["crc64"])
    headers.append(["Last-Modified", served["last_modified"]])
    asked = re.fullmatch(r"bytes=(\d+)-(\d+)", request.header("Range") or "")
    if not asked or request.method == "HEAD":
        return _answer(200, headers, content)
    first, last = int(asked[1]), min(int(asked[2]), len(content) - 1)
    headers.append(["Content-Range", f"bytes {first}-{last}/{len(content)}"])
    return _answer(206, headers, content[first : last + 1])


def _crc(data: bytes) -> str:
    return str(aos_crc64(0, data, len(data)))


def _tags(etag: str, crc: str | None) -> list[list[str]]:
    return [["ETag", etag], *([["x-oss-hash-crc64ecma", crc]] if crc is not None else [])]


def _answer(status: int, headers: list[list[str]], body: bytes) -> dict[str, Any]:
    headers = [*headers, ["x-oss-request-id", "IMPROVISED"], ["Content-Length", str(len(body))]]
    return {"status": status, "reason": "OK", "headers": headers, "body_b64": base64.b64encode(body).decode()}
