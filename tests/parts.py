"""An object in three parts, on servers whose answers a test scripts: for downloads and uploads by one thread."""

from __future__ import annotations

import re
import ssl
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from aos.aos_crc64 import aos_crc64
from tests.resumable import PART, Download, Upload, pattern
from tests.wire import Peer, WireServer, answer

__all__ = [
    "COUNT",
    "CRC64",
    "DATA",
    "ETAG",
    "IO",
    "SIZE",
    "Asked",
    "Object",
    "Reply",
    "Store",
    "before",
    "chunked",
    "closing",
    "cut",
    "cut_chunk",
    "gone",
    "in_pieces",
    "raw",
    "refused",
    "said",
    "stored",
    "usually",
    "whole",
]

COUNT = 3
SIZE = (COUNT - 1) * PART + 77
DATA = pattern(SIZE)
ETAG = '"5B3C1A2E053D763E1B002CC607C5A0FE"'
CRC64 = str(aos_crc64(0, DATA, SIZE))
IO = "HttpIoError"


# ---- downloads ----


class Asked(NamedTuple):
    """A part that is asked for, or several beside each other."""

    start: int
    body: bytes

    @classmethod
    def of(cls, number: int) -> Asked:
        return cls(number * PART, DATA[number * PART : (number + 1) * PART])

    @property
    def span(self) -> str:
        return f"{self.start}-{self.start + len(self.body) - 1}"

    def answer(self, *more: str, status: str = "206 Partial Content", **instead: str) -> bytes:
        """The usual answer, but for what is said otherwise; "" leaves a header out."""
        fields = {
            "Server": "AliyunOSS",
            "Content-Length": str(len(self.body)),
            "Connection": "keep-alive",
            "Content-Range": f"bytes {self.span}/{SIZE}",
            "ETag": ETAG,
            "x-oss-request-id": f"id-{self.start // PART}",
        }
        fields |= {name.replace("_", "-"): value for name, value in instead.items()}
        lines = [f"{name}: {value}" for name, value in fields.items() if value]
        return answer(self.body, status, *lines, *more, length=None)


Reply = Callable[[Peer, Asked], object]
"""Answers a part; a result that is true ends the connection."""


def usually(peer: Peer, asked: Asked) -> None:
    peer.send(asked.answer())


class Object(WireServer):
    """A server with the object; a request for part ``odd`` is answered by ``reply``, the first ``times`` times."""

    def __init__(self, odd: int, reply: Reply, times: int = 1, tls: ssl.SSLContext | None = None) -> None:
        self.odd, self.reply, self.times = odd, reply, times
        self.asked: list[tuple[int, int]] = []
        """Connection and first part of each request."""
        self.spans: list[tuple[int, int]] = []
        """First and last part of each request."""
        super().__init__(self._speak, tls=tls)

    def _speak(self, peer: Peer) -> None:
        connection = len(self.peers)
        while request := peer.request():
            if request.startswith(b"HEAD"):
                fields = (f"ETag: {ETAG}", "Last-Modified: Thu, 01 Jan 1970 00:00:01 GMT")
                peer.send(answer(b"", "200 OK", *fields, f"x-oss-hash-crc64ecma: {CRC64}", length=SIZE))
                continue
            found = re.search(rb"\r\nRange: bytes=(\d+)-(\d+)", request)
            assert found is not None
            start, last = int(found[1]), int(found[2])
            number, end = start // PART, last // PART
            self.asked.append((connection, number))
            self.spans.append((number, end))
            reply = self.reply if number <= self.odd <= end and self.times > 0 else usually
            self.times -= reply is not usually
            if reply(peer, Asked(start, DATA[start : last + 1])):
                return

    def to(self, path: Path) -> Download:
        """A download from here, by one thread."""
        made = Download(_nobody, path)
        made.options.config.endpoint = self.url
        made.threads = 1
        return made


class _NoService:
    endpoint, region, access_key_id, access_key_secret = "http://127.0.0.1:1", "cn-hangzhou", "id", "secret"
    requests: tuple[()] = ()


_nobody: Any = _NoService()


def said(*more: str, **instead: str) -> Reply:
    """The usual answer with other headers."""
    return lambda peer, asked: peer.send(asked.answer(*more, **instead))


def raw(data: bytes) -> Reply:
    def reply(peer: Peer, asked: Asked) -> bool:
        peer.send(data)
        return True

    return reply


def before(data: bytes) -> Reply:
    return lambda peer, asked: peer.send(data + asked.answer())


def in_pieces(*sizes: int) -> Reply:
    """The usual answer, each piece in a segment of its own."""

    def reply(peer: Peer, asked: Asked) -> None:
        rest = asked.answer()
        for size in (*sizes, len(rest)):
            peer.send(rest[:size])
            rest = rest[size:]
            if rest:
                time.sleep(0.02)  # it is read meanwhile

    return reply


def whole(peer: Peer, asked: Asked) -> None:
    peer.send(answer(DATA, "200 OK", f"ETag: {ETAG}"))


def refused(peer: Peer, asked: Asked) -> None:
    document = b"<Error><Code>InvalidRange</Code><Message>no such range</Message></Error>"
    peer.send(answer(document, "416 Requested Range Not Satisfiable", "x-oss-request-id: id-416"))


CHUNK_END = b"\r\n0\r\n\r\n"


def in_a_chunk(asked: Asked) -> bytes:
    """The usual answer, chunked."""
    head, _, body = asked.answer("Transfer-Encoding: chunked", Content_Length="").partition(b"\r\n\r\n")
    return head + b"\r\n\r\n%x\r\n" % len(body) + body + CHUNK_END


def chunked(peer: Peer, asked: Asked) -> None:
    peer.send(in_a_chunk(asked))


def closing(**instead: str) -> Reply:
    return lambda peer, asked: raw(asked.answer(Connection="close", **instead))(peer, asked)


def cut(count: int, reset: bool = False) -> Reply:
    def reply(peer: Peer, asked: Asked) -> bool:
        peer.send(asked.answer()[: -len(asked.body)] + asked.body[:count])
        if reset:
            time.sleep(0.02)  # it is read meanwhile
            peer.reset()
        return True

    return reply


def cut_chunk(peer: Peer, asked: Asked) -> bool:
    peer.send(in_a_chunk(asked)[: -len(asked.body + CHUNK_END)] + asked.body[:9])
    return True


def gone(peer: Peer, asked: Asked) -> bool:
    return True


# ---- uploads ----


def stored(number: int, body: bytes, *more: str) -> bytes:
    """The usual answer to a part that is sent."""
    return answer(b"", "200 OK", f'ETag: "{number}"', f"x-oss-hash-crc64ecma: {aos_crc64(0, body, len(body))}", *more)


class Store(WireServer):
    """Takes an upload in parts; part ``odd`` is answered by ``reply`` instead, once."""

    def __init__(
        self, odd: int = -1, reply: Callable[[Peer], object] = Peer.wait, tls: ssl.SSLContext | None = None
    ) -> None:
        self.odd, self.reply = odd, reply
        self.parts: list[tuple[int, int, list[bytes], bytes]] = []
        """Connection, number, head lines and body of each part."""
        super().__init__(self._speak, tls=tls)

    def _speak(self, peer: Peer) -> None:
        connection = len(self.peers)
        while request := peer.request():
            head, _, body = request.partition(b"\r\n\r\n")
            found = re.search(rb"partNumber=(\d+)", head)
            if head.startswith(b"PUT") and found is not None:
                number = int(found[1])
                self.parts.append((connection, number, head.split(b"\r\n"), body))
                if number == self.odd:
                    self.odd = -1
                    if self.reply(peer):
                        return
                    continue
                peer.send(stored(number, body, f"x-oss-request-id: id-{number}"))
            elif b"?uploads" in head:
                peer.send(answer(b"<I><UploadId>u</UploadId></I>"))
            else:
                peer.send(answer(b"<C><ETag>e</ETag></C>"))

    def to(self, path: Path) -> Upload:
        """An upload to here, by one thread."""
        path.write_bytes(DATA)
        made = Upload(_nobody, path)
        made.options.config.endpoint = self.url
        made.threads = 1
        return made
