"""Sending answers: as fast as possible without a fault, byte by byte as prescribed with one."""

from __future__ import annotations

import socket
import ssl
import struct
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from oss.local_server.http_message import Disconnected, FileSlice, Response

__all__ = ["Delivery", "reset", "send"]


@dataclass
class Delivery:
    """How the bytes of an answer are sent: at which body byte they stop, and how fast."""

    end: Literal["close", "reset"] | None = None
    end_after: int | None = None  # body bytes; None with ``end`` = before the head
    stall_after: int | None = None
    stall_seconds: float | None = None  # None = until the server stops
    rate: float | None = None  # bytes a second
    piece: int = 64 << 10
    chunked: bool = False
    flip_at: int | None = None
    sent: int = 0  # body bytes handed to the system so far

    @property
    def plain(self) -> bool:
        return self == Delivery()


# Sleeps; True when the server stopped meanwhile.
Wait = Callable[[float | None], bool]
_SMALL = 32 << 10


def send(sock: socket.socket, response: Response, with_body: bool, delivery: Delivery, wait: Wait) -> None:
    """Send ``response``, counting in ``delivery.sent``. Raises ``Disconnected`` where a fault ends the connection."""
    try:
        if delivery.plain:
            _send_plain(sock, response, with_body, delivery)
        else:
            _send_faulty(sock, response, with_body, delivery, wait)
    finally:
        response.close()


def reset(sock: socket.socket) -> None:
    """End the connection with RST instead of FIN."""
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def _send_plain(sock: socket.socket, response: Response, with_body: bool, delivery: Delivery) -> None:
    head, body = response.head(), response.body
    if not with_body or response.length == 0:
        sock.sendall(head)
    elif isinstance(body, FileSlice) and body.length > _SMALL and not isinstance(sock, ssl.SSLSocket):
        sock.sendall(head)
        try:
            sock.sendfile(body.file, body.offset, body.length)
        finally:
            delivery.sent = body.file.tell() - body.offset
        if delivery.sent < body.length:
            raise Disconnected("file shorter than promised")
    else:
        for chunk in response.chunks():
            delivery.sent += len(chunk)  # counted first, as the client may look as soon as it has them
            sock.sendall(head + chunk if head else chunk)
            head = b""


def _send_faulty(sock: socket.socket, response: Response, with_body: bool, delivery: Delivery, wait: Wait) -> None:
    if delivery.end and delivery.end_after is None:
        _finish(sock, delivery)
    sock.sendall(response.head())
    if with_body:
        _send_pieces(sock, response, delivery, wait)
    if delivery.end:
        _finish(sock, delivery)


def _send_pieces(sock: socket.socket, response: Response, delivery: Delivery, wait: Wait) -> None:
    started = time.monotonic()
    for piece in _pieces(response, delivery):
        if delivery.sent == delivery.end_after:
            _finish(sock, delivery)
        _stall(wait, delivery)
        delivery.sent += len(piece)
        sock.sendall(b"%x\r\n%b\r\n" % (len(piece), piece) if delivery.chunked else piece)
        if delivery.rate:
            _pause(wait, max(0.0, started + delivery.sent / delivery.rate - time.monotonic()))
    _stall(wait, delivery)
    if delivery.chunked and not delivery.end:
        sock.sendall(b"0\r\n\r\n")


def _stall(wait: Wait, delivery: Delivery) -> None:
    """Wait, if the answer is to stall before the next byte."""
    if delivery.sent == delivery.stall_after:
        _pause(wait, delivery.stall_seconds)


def _pause(wait: Wait, seconds: float | None) -> None:
    if wait(seconds):
        raise Disconnected("the server stopped")


def _finish(sock: socket.socket, delivery: Delivery) -> None:
    if delivery.end == "reset":
        reset(sock)
    raise Disconnected("ended by a fault")


def _pieces(response: Response, delivery: Delivery) -> Iterator[bytes]:
    """The body in pieces that begin wherever a fault takes effect."""
    marks = sorted({mark for mark in (delivery.end_after, delivery.stall_after) if mark})
    position = 0
    for data in response.chunks():
        chunk = bytearray(data)
        if delivery.flip_at is not None and position <= delivery.flip_at < position + len(chunk):
            chunk[delivery.flip_at - position] ^= 0x01
        begin = 0
        while begin < len(chunk):
            limits = [begin + delivery.piece, len(chunk), *(mark - position for mark in marks)]
            stop = min(limit for limit in limits if limit > begin)
            yield bytes(chunk[begin:stop])
            begin = stop
        position += len(chunk)
