"""What the scripted server answers to each request of a case: the recorded answer, or one made from the object served."""

from __future__ import annotations

import base64
import hashlib
import re
from typing import Any

from aos.aos_crc64 import aos_crc64
from tests.replay.corpus import body_of, bytes_of
from tests.replay.server import received, script
from tests.replay.show import canonical

__all__ = ["playback", "recorded_request"]

UNEXPECTED = {"status": 599, "reason": "Unexpected", "headers": [["Content-Length", "0"]]}


def recorded_request(exchange: dict[str, Any]) -> received:
    request = exchange["request"]
    headers = [(name, canonical(value)) for name, value in request["headers"]]
    return received(request["method"], request["target"], headers, body_of(request), request.get("body_sha256"))


def playback(case: dict[str, Any]) -> script:
    """Plays each recorded answer once, to the request it was recorded for, or else to the next one of that method."""
    waiting = [(recorded_request(exchange), exchange) for exchange in case["exchanges"]]

    def play(request: received) -> dict[str, Any] | None:
        for alike in (lambda r: r.key == request.key, lambda r: r.method == request.method):
            for i, (recorded, exchange) in enumerate(waiting):
                if alike(recorded):
                    del waiting[i]
                    return exchange.get("response", {})
            if (answer := _improvised(case, request)) is not None:
                return answer
        return UNEXPECTED

    return play


def _improvised(case: dict[str, Any], request: received) -> dict[str, Any] | None:
    """The answer of a plain service: parts of the object served, parts of an upload whose exchanges were left out."""
    if request.method in ("GET", "HEAD"):
        return _object(case["object"], request) if case.get("object") else None
    if "exchanges_omitted" not in case:
        return None
    if request.method == "PUT":
        return _answer(
            200, _tags(f'"{hashlib.md5(request.body or b"").hexdigest().upper()}"', _crc(request.body or b"")), b""
        )
    return _answer(200, [], b"<CompleteMultipartUploadResult/>")


def _object(served: dict[str, Any], request: received) -> dict[str, Any]:
    content = bytes_of(served["content"])
    headers = _tags(served["etag"], served["crc64"])
    headers.append(["Last-Modified", served["last_modified"]])
    asked = re.fullmatch(r"bytes=(\d+)-(\d+)", request.header("Range") or "")
    if not asked:
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
