"""Answers that do not wait for the end of the request's body, however the body is sent."""

from __future__ import annotations

import select
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from aos._http.connection import Connection
from aos._http.early import EarlyAnswer, Refused
from aos.aos_crc64 import aos_crc64
from aos.aos_http_io import (
    AOSE_ABORT_CALLBACK,
    AOSE_INTERNAL_ERROR,
    AOSE_OK,
    BODY_IN_FILE,
    HTTP_PUT,
    aos_create_file_buf,
    aos_http_request_t,
    aos_http_response_t,
    aos_open_file_for_range_read,
    aos_read_http_body_file,
)
from tests.authority import Authority
from tests.waiting import PATIENCE
from tests.wire import Peer, Result, Script, Tunnel, WireServer, answer, cancelled, request_to, say

LENGTH = 24 << 20
MOST_AFTER = 1 << 20
"""More than a server may see of a body after it has refused it."""
DOCUMENT = b"<Error><Code>AccessDenied</Code></Error>"
REFUSAL = answer(DOCUMENT, "403 Forbidden")
CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"
HINTS = b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\nLink: </b>\r\n\r\n"
STORED = answer(b"", "200 OK", 'ETag: "s"')
SMALL = 1 << 16

pytestmark = pytest.mark.usefixtures("no_connections")


# ---- bodies ----


def in_memory(length: int, folder: Path) -> dict[str, Any]:
    return {"body": bytes(length)}


def in_a_file(length: int, folder: Path) -> dict[str, Any]:
    with open(folder / "body", "wb") as file:
        file.truncate(length)

    def prepare(req: aos_http_request_t, resp: aos_http_response_t) -> None:
        req.file_buf = aos_create_file_buf(None)
        assert aos_open_file_for_range_read(None, str(folder / "body"), 0, length, req.file_buf) == AOSE_OK
        req.body_len, req.type, req.read_body = length, BODY_IN_FILE, aos_read_http_body_file

    return {"prepare": prepare}


def by_a_function(length: int, folder: Path) -> dict[str, Any]:
    def read_body(req: aos_http_request_t, buffer: bytearray, len: int) -> int:
        return min(len, length - req.consumed_bytes)

    def prepare(req: aos_http_request_t, resp: aos_http_response_t) -> None:
        req.body_len, req.read_body = length, read_body

    return {"prepare": prepare}


Body = Callable[[int, Path], dict[str, Any]]
all_bodies = pytest.mark.parametrize("body", [in_memory, in_a_file, by_a_function])


# ---- ways to the server ----


class Way:
    """How a test's requests get to its server: with TLS or without, through a proxy or not."""

    def __init__(self, name: str, authority: Authority, right: ssl.SSLContext) -> None:
        self.tls = right if name.startswith("TLS") else None
        self.proxy_tls = right if name.endswith("TLS proxy") else None
        self.has_proxy = name.endswith("proxy")
        self.options: dict[str, Any] = {"ca_file": authority.file}
        self.proxy: WireServer | None = None

    def server(self, *scripts: Script) -> WireServer:
        """Returns a server whose system receives little before the script does."""
        server = WireServer(*scripts, tls=self.tls)
        server.listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, SMALL)
        return server

    def put(self, server: WireServer, **how: Any) -> Result:
        """Makes a request; the first one opens the proxy."""
        if self.has_proxy and self.proxy is None:
            self.proxy = WireServer(Tunnel(server), tls=self.proxy_tls)
            self.proxy.listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, SMALL)
            self.proxy.__enter__()
            scheme = "https://" if self.proxy_tls else ""
            self.options["proxy_host"] = f"{scheme}{self.proxy.authority}"
        return request_to(server.url, HTTP_PUT, **self.options, **how)


@pytest.fixture(params=["plain", "TLS", "proxy", "TLS by proxy", "TLS by TLS proxy"])
def way(request: pytest.FixtureRequest, authority: Authority, right: ssl.SSLContext) -> Iterator[Way]:
    made = Way(request.param, authority, right)
    yield made
    if made.proxy is not None:
        made.proxy.__exit__()


# ---- what a server does that does not wait ----


def head_of(peer: Peer) -> bytes:
    """Receives the head of a request. Returns what has come of its body."""
    data = b""
    while b"\r\n\r\n" not in data:
        data += (more := peer.sock.recv(1000))
        if not more:
            raise ConnectionError
    return data.partition(b"\r\n\r\n")[2]


def rest_of(peer: Peer, length: int, begun: bytes) -> None:
    """Receives the rest of a body."""
    left = length - len(begun)
    while left:
        left -= (count := len(peer.sock.recv(min(left, SMALL))))
        if not count:
            raise ConnectionError


class Refusal:
    """Script of a server that refuses a request when it has the head, and then does ``end``. ``after`` counts what it
    has seen of the body since."""

    def __init__(self, end: str, data: bytes = REFUSAL) -> None:
        self.end, self.data, self.after, self.over = end, data, 0, threading.Event()

    def __call__(self, peer: Peer) -> None:
        try:
            head_of(peer)
            peer.send(self.data)
            if self.end == "shutdown":
                socket.socket.shutdown(peer.sock, socket.SHUT_WR)
            if self.end == "reset":
                peer.reset()
            elif self.end == "deaf":
                (end := select.poll()).register(peer.sock, 0)
                end.poll(PATIENCE * 1000)
            else:
                self.read(peer)
        finally:
            self.over.set()

    def read(self, peer: Peer) -> None:
        """Reads what comes until the client ends the connection."""
        while data := peer.sock.recv(1 << 12):
            self.after += len(data)
            if self.end == "slow":
                time.sleep(0.001)


@pytest.mark.parametrize("end", ["reset", "shutdown", "deaf", "slow", "at once"])
@all_bodies
def test_a_refusal_ends_the_sending(way: Way, body: Body, end: str, tmp_path: Path) -> None:
    """It is the call's answer, the connection is not used again, and the server is spared most of the body."""
    script = Refusal(end)
    with way.server(script, say(STORED)) as server:
        found = way.put(server, **body(LENGTH, tmp_path))
        assert found.outcome == (AOSE_OK, 403, DOCUMENT), found.reason
        assert found.req.consumed_bytes < LENGTH
        sent = found.req.consumed_bytes
        assert found.req.crc64 == aos_crc64(0, bytes(sent), sent)
        assert end in ("reset", "deaf") or script.over.wait(PATIENCE)
        assert way.put(server, body=b"next").resp.status == 200
        assert server.connections == 2
    assert script.after < MOST_AFTER


@all_bodies
def test_little_waits_to_be_sent(body: Body, tmp_path: Path) -> None:
    """What the system has taken is sent, whatever is answered; so it is not given all that it would take."""

    def script(peer: Peer) -> None:
        head_of(peer)
        time.sleep(0.1)  # for the client to send what it can
        peer.send(REFUSAL)
        peer.wait()

    with WireServer(script) as server:
        server.listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, SMALL)
        found = request_to(server.url, HTTP_PUT, **body(1 << 20, tmp_path))
        assert found.outcome == (AOSE_OK, 403, DOCUMENT), found.reason
        assert found.req.consumed_bytes < 1 << 19


@all_bodies
def test_interim_answers_are_passed_over(way: Way, body: Body, tmp_path: Path) -> None:
    """The sending goes on, and so does the connection."""
    length = 3 << 20

    def script(peer: Peer) -> None:
        while True:
            begun = head_of(peer)
            peer.send(CONTINUE + HINTS[:20])
            peer.send(HINTS[20:])
            rest_of(peer, length, begun)
            peer.send(CONTINUE + STORED)

    with way.server(script) as server:
        for _ in range(2):
            found = way.put(server, **body(length, tmp_path))
            assert found.outcome == (AOSE_OK, 200, b""), found.reason
            assert (found.req.consumed_bytes, found.req.crc64) == (length, aos_crc64(0, bytes(length), length))
        assert server.connections == 1 + (way.proxy_tls is not None), "which is never known to be idle"


@all_bodies
@pytest.mark.parametrize("data", [STORED, answer(b"x" * 300_000, "200 OK")], ids=["no document", "a long one"])
def test_an_early_success_is_believed_once_all_is_sent(way: Way, body: Body, data: bytes, tmp_path: Path) -> None:
    """The connection is not used again: it is the answer to a request that the server had not read."""

    def script(peer: Peer) -> None:
        begun = head_of(peer)
        sender = threading.Thread(target=peer.send, args=(data,))
        sender.start() if way.tls is None else sender.run()
        rest_of(peer, LENGTH, begun)
        peer.wait()

    with way.server(script, say(STORED)) as server:
        found = way.put(server, **body(LENGTH, tmp_path))
        assert (found.code, found.resp.status) == (AOSE_OK, 200), found.reason
        assert (found.req.consumed_bytes, found.req.crc64) == (LENGTH, aos_crc64(0, bytes(LENGTH), LENGTH))
        assert way.put(server, body=b"next").outcome == (AOSE_OK, 200, b"")
        assert server.connections == 2


@all_bodies
@pytest.mark.parametrize("interim", [b"", CONTINUE])
def test_an_early_success_is_not_believed_of_half_a_body(way: Way, body: Body, interim: bytes, tmp_path: Path) -> None:
    script = Refusal("reset", interim + answer(b"", "200 OK", "Connection: close"))
    with way.server(script) as server:
        found = way.put(server, **body(LENGTH, tmp_path))
        assert (found.code, found.resp.status) == (AOSE_INTERNAL_ERROR, -1)
        assert found.reason.endswith("/: the server answered 200 before it had all of the body")


@all_bodies
@pytest.mark.parametrize("garbage", [b"SSH-2.0-OpenSSH_9.2\r\n", b"HTTP/1.1 101 Switching Protocols\r\n\r\n"])
def test_what_is_no_answer_ends_the_sending_too(way: Way, body: Body, garbage: bytes, tmp_path: Path) -> None:
    script = Refusal("at once", garbage)
    with way.server(script) as server:
        found = way.put(server, **body(LENGTH, tmp_path))
        assert script.over.wait(PATIENCE)
    assert (found.code, found.resp.status) in ((AOSE_INTERNAL_ERROR, -1), (AOSE_OK, 101))
    assert script.after < MOST_AFTER


@all_bodies
def test_an_end_without_an_answer_is_known_at_once(way: Way, body: Body, tmp_path: Path) -> None:
    """A kept connection may just have been too old: the request is sent again, if its body can be had again."""
    length = 3 << 20

    def script(peer: Peer) -> None:
        peer.request()
        peer.send(STORED)
        head_of(peer)
        socket.socket.shutdown(peer.sock, socket.SHUT_WR)
        Refusal("at once").read(peer)

    with way.server(script, say(STORED)) as server:
        assert way.put(server, body=b"first").resp.status == 200
        found = way.put(server, **body(length, tmp_path))
        again = body is not by_a_function or way.proxy_tls is not None  # whose connections are not kept
        assert (found.code, server.connections) == (AOSE_OK if again else AOSE_INTERNAL_ERROR, 1 + again)
    assert not again or server.peers[1].received.endswith(bytes(length))


@pytest.mark.parametrize("status", ["403 Forbidden", "200 OK"])
def test_an_answer_before_the_last_byte_ends_the_connection(way: Way, status: str) -> None:
    """Though all of the body fits into the line: the one piece of it waits for the answer."""
    answered = threading.Event()

    def script(peer: Peer) -> None:
        begun = head_of(peer)
        peer.send(answer(b"", status))
        answered.set()
        rest_of(peer, 3, begun)
        peer.wait()

    def prepare(req: aos_http_request_t, resp: aos_http_response_t) -> None:
        def read_body(req: aos_http_request_t, buffer: bytearray, len: int) -> int:
            assert answered.wait(PATIENCE)
            time.sleep(0.1 if way.has_proxy else 0.02)  # on its way
            return 3 - req.consumed_bytes

        req.body_len, req.read_body = 3, read_body

    with way.server(script, say(STORED)) as server:
        found = way.put(server, prepare=prepare)
        assert found.outcome == (AOSE_OK, int(status[:3]), b"")
        assert way.put(server, body=b"next").resp.status == 200
        assert server.connections == 2


def test_a_deaf_server_can_be_left(way: Way, connection: Connection) -> None:
    """A cancel also ends a sending that waits."""
    script = Refusal("deaf", HINTS)
    with way.server(script) as server:
        found = cancelled(
            connection, lambda: server.connections, lambda: way.put(server, body=bytes(LENGTH), connection=connection)
        )
    assert found.code == AOSE_ABORT_CALLBACK


# ---- byte by byte ----


@pytest.mark.parametrize("interim", [b"", CONTINUE, HINTS, CONTINUE.replace(b"\r", b"") + HINTS])
@pytest.mark.parametrize("step", [1, 7, 1000])
def test_an_early_answer_in_pieces(interim: bytes, step: int) -> None:
    early, data, seen = EarlyAnswer(), interim + REFUSAL, 0
    with pytest.raises(Refused):
        for seen in range(0, len(data), step):
            early.add(data[seen : seen + step])
            assert not early.accepted
    assert seen < len(interim) + len("HTTP/1.1 403") <= seen + step, "as soon as the status is known"
    assert (early.interim, early.begun) == (len(interim), True)


def test_interim_answers_alone_begin_nothing() -> None:
    early = EarlyAnswer()
    for byte in CONTINUE + HINTS:
        early.add(bytes([byte]))
    assert (early.interim, early.begun, early.accepted) == (len(CONTINUE + HINTS), False, False)
    early.add(STORED[:10])
    assert (early.begun, early.accepted) == (True, True)


def test_endless_interim_answers_are_not_collected(way: Way, tmp_path: Path) -> None:
    def script(peer: Peer) -> None:
        begun = head_of(peer)
        peer.send(HINTS * (100_000 // len(HINTS)))
        rest_of(peer, LENGTH, begun)
        while True:
            peer.send(HINTS * 1000)

    with way.server(script) as server:
        found = way.put(server, **in_a_file(LENGTH, tmp_path))
    assert (found.code, "the head of the answer has more than" in found.reason) == (AOSE_INTERNAL_ERROR, True)
