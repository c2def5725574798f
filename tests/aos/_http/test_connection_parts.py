"""Parts on a kept connection: answers that go to a file by themselves, and bodies that are sent from one."""

from __future__ import annotations

import functools
import os
import socket
import ssl
import threading
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from requests.adapters import HTTPAdapter

from aos._http import client
from aos._http.connection import Connection, Expected
from aos._http.errors import ExchangeError
from aos._http.request import FilePart, Request, request_of
from aos._http.response import Response
from aos._native import PartIO
from aos.aos_crc64 import aos_crc64
from aos.aos_http_io import (
    AOSE_ABORT_CALLBACK,
    AOSE_CONNECTION_FAILED,
    AOSE_INTERNAL_ERROR,
    AOSE_OK,
    AOSE_READ_BODY_ERROR,
    AOSE_WRITE_BODY_ERROR,
    BODY_IN_FILE,
    HTTP_GET,
    HTTP_PUT,
    aos_create_file_buf,
    aos_file_buf_t,
    aos_http_request_create,
    aos_http_request_options_create,
    aos_http_request_t,
    aos_http_response_t,
    aos_open_file_for_read,
    aos_open_file_for_write,
    aos_read_http_body_file,
)
from tests.authority import Authority
from tests.waiting import PATIENCE
from tests.wire import Peer, Result, Script, WireServer, answer, request_to, say

BODY = bytes(range(256)) * 40
OFFSET = 3
SPAN, ETAG = f"bytes {OFFSET}-{OFFSET + len(BODY) - 1}/99999", '"e"'
OTHER = answer(b"hello", "206 Partial Content")
STORED = answer(b"", "200 OK", 'ETag: "s"')
EVIL = answer(b"evil", "200 OK", 'ETag: "evil"')

pytestmark = pytest.mark.usefixtures("no_connections")


def whole(*headers: str, status: str = "206 Partial Content", span: str = SPAN, etag: str = ETAG) -> bytes:
    """The expected answer, but for what is said otherwise."""
    return answer(BODY, status, f"Content-Range: {span}", f"ETag: {etag}", *headers)


def opened(path: Path, how: Callable[..., int] = aos_open_file_for_write) -> aos_file_buf_t:
    file = aos_create_file_buf(None)
    assert how(None, str(path), file) == AOSE_OK
    return file


class Sent(NamedTuple):
    """What became of a file that was sent."""

    code: int
    reason: str | None
    answer: tuple[int, str | None, bytes]
    """Status, ETag and body."""
    sent: int
    crc64: int

    @property
    def told(self) -> tuple[int, int, str | None]:
        return self.code, *self.answer[:2]


def body_of(answered: Response) -> bytes:
    return b"".join(iter(answered.read, b""))


class Client:
    """How a test speaks with its server: by one connection, with TLS or without."""

    def __init__(self, connection: Connection, tls: ssl.SSLContext | None, ca_file: str) -> None:
        self.connection, self.tls = connection, tls
        self.options = aos_http_request_options_create(None)
        self.options.ca_file = ca_file

    def server(self, *scripts: Script) -> WireServer:
        return WireServer(*scripts, tls=self.tls)

    def request(self, server: WireServer, method: int = HTTP_GET, length: int = 0) -> Request:
        req = aos_http_request_create(None)
        req.method, req.signed_url, req.body_len = method, server.url, length
        return request_of(req, self.options, None)

    def ordinary(self, server: WireServer, method: int = HTTP_GET, body: bytes | None = None) -> Result:
        """A request that is no part's, on the same connection."""
        ca_file = self.options.ca_file
        return request_to(server.url, method, body=body, connection=self.connection, ca_file=ca_file)

    def get(self, server: WireServer, file: aos_file_buf_t) -> PartIO | Response:
        """Asks for the part."""
        expected = Expected(file.file, OFFSET, len(BODY), SPAN.encode(), ETAG.encode())
        return self.connection.get_part(*self.request(server), expected)

    def put(self, server: WireServer, file: aos_file_buf_t, length: int = len(BODY)) -> Sent:
        """Sends a piece of a file as a part."""
        body = FilePart(file.file, OFFSET, length)
        try:
            found = self.connection.put_part(*self.request(server, HTTP_PUT, length), body)
        except ExchangeError as error:
            return Sent(error.code, error.reason, (-1, None, b""), body.sent, body.crc64)
        if not isinstance(found, Response):
            return Sent(AOSE_OK, None, (200, found.decode(), b""), body.sent, body.crc64)
        told = found.status, dict(found.headers).get("ETag"), body_of(found)
        return Sent(AOSE_OK, None, told, body.sent, body.crc64)

    def put_by_request(self, server: WireServer, file: aos_file_buf_t, length: int = len(BODY)) -> Sent:
        """Sends a piece of a file as the body of an ordinary request."""

        def prepare(req: aos_http_request_t, resp: aos_http_response_t) -> None:
            req.file_buf, req.body_len, req.type, req.read_body = file, length, BODY_IN_FILE, aos_read_http_body_file
            file.file_pos, file.file_last = OFFSET, OFFSET + length

        found = request_to(
            server.url, HTTP_PUT, connection=self.connection, ca_file=self.options.ca_file, prepare=prepare
        )
        told = found.resp.status, found.resp.headers.get("ETag"), found.outcome[2]
        return Sent(found.code, found.ctl.reason, told, found.req.consumed_bytes, found.req.crc64)


@pytest.fixture(params=["plain", "TLS"])
def wire(request: pytest.FixtureRequest, connection: Connection, authority: Authority, right: ssl.SSLContext) -> Client:
    return Client(connection, right if request.param == "TLS" else None, authority.file)


Put = Callable[[Client, WireServer, aos_file_buf_t, int], Sent]
both_puts = pytest.mark.parametrize("put", [Client.put, Client.put_by_request], ids=["part", "request"])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "f"


def content(path: Path) -> bytes:
    """What an answer wrote, from the part's offset on."""
    data = path.read_bytes()
    assert data[:OFFSET] in (b"", bytes(OFFSET))
    return data[OFFSET:]


# ---- answers ----


def test_a_part_that_is_as_expected(wire: Client, path: Path) -> None:
    """On a fresh connection and on one that has been used; other requests come between."""
    with wire.server(say(whole(), OTHER, whole("x-a: 1", "x-a: 2", "Connection: keep-alive"), OTHER)) as server:
        for _ in range(2):
            io = wire.get(server, opened(path))
            assert isinstance(io, PartIO)
            assert (io.left, io.done, io.crc) == (0, len(BODY), aos_crc64(0, BODY, len(BODY)))
            assert content(path) == BODY
            assert wire.ordinary(server).outcome == (AOSE_OK, 206, b"hello")
        assert server.connections == 1


@pytest.mark.parametrize("piece", [1, 60, 1000])
def test_a_part_in_pieces(wire: Client, path: Path, piece: int) -> None:
    """Whether its head comes in one piece decides who looks after it, not what comes of it."""

    def script(peer: Peer) -> None:
        for _ in range(2):
            peer.request()
            peer.send(whole()[:300], piece)
            peer.send(whole()[300:])

    with wire.server(script) as server:
        for _ in range(2):
            found, written = wire.get(server, opened(path)), True
            if isinstance(found, Response):
                assert (found.status, body_of(found)) == (206, BODY)
                written = False
            assert content(path) == (BODY if written else b"")
        assert server.connections == 1


ODD = {
    "the whole object": (whole(status="200 OK"), 200, BODY),
    "another range": (whole(span=SPAN.replace("3-", "4-")), 206, BODY),
    "another ETag": (whole(etag='"E"'), 206, BODY),
    "a second ETag": (whole(f"ETag: {ETAG}"), 206, BODY),
    "shorter": (answer(BODY[1:], "206 P", f"Content-Range: {SPAN}", f"ETag: {ETAG}"), 206, BODY[1:]),
    "folded": (whole("a: b", " c"), 206, BODY),
    "interim": (b"HTTP/1.1 100 Continue\r\n\r\n" + whole(), 206, BODY),
    "a long head": (whole("a: " + "b" * 9000), 206, BODY),
    "chunked": (
        whole("Transfer-Encoding: chunked").partition(b"\r\n\r\n")[0].replace(b"Content-Length: 10240\r\n", b"")
        + b"\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
        206,
        b"hello",
    ),
    "nothing": (answer(b"", "204 No Content", length=None), 204, b""),
    "refused": (answer(b"<Error/>", "403 Forbidden"), 403, b"<Error/>"),
}
LAST = {
    "closes": (whole("Connection: close"), 206, BODY),
    "HTTP/1.0": (whole().replace(b"/1.1", b"/1.0", 1), 206, BODY),
    "bytes after it": (whole() + EVIL, 206, BODY),
}


@pytest.mark.parametrize("name", [*ODD, *LAST])
def test_an_answer_that_is_not_plainly_the_expected_one(wire: Client, path: Path, name: str) -> None:
    """It is there to be read, to its last byte; nothing of it is in the file."""
    odd, status, body = (ODD | LAST)[name]
    with wire.server(say(OTHER, odd, whole()), say(whole())) as server:
        assert wire.ordinary(server).code == AOSE_OK
        found = wire.get(server, opened(path))
        assert isinstance(found, Response)
        assert (found.status, body_of(found)) == (status, body)
        head = odd.removeprefix(b"HTTP/1.1 100 Continue\r\n\r\n").partition(b"\r\n\r\n")[0].decode().split("\r\n")[1:]
        assert ([f"{header}: {value}" for header, value in found.headers] == head) == (name != "folded")
        assert content(path) == b""
        assert isinstance(wire.get(server, opened(path)), PartIO)
        assert content(path) == BODY
        assert server.connections == 1 + (name in LAST)


def test_an_answer_that_nobody_reads_is_dropped_with_its_connection(wire: Client, path: Path) -> None:
    with wire.server(say(answer(bytes(1 << 20), "503 Busy"), whole()), say(whole())) as server:
        refused = wire.get(server, opened(path))
        assert isinstance(refused, Response)
        assert refused.status == 503
        assert isinstance(wire.get(server, opened(path)), PartIO)
        assert (server.connections, content(path)) == (2, BODY)


def test_a_file_that_cannot_be_written(wire: Client, path: Path) -> None:
    path.touch()
    with wire.server(say(OTHER, whole()), say(whole())) as server:
        assert wire.ordinary(server).code == AOSE_OK
        with pytest.raises(ExchangeError) as raised:
            wire.get(server, opened(path, aos_open_file_for_read))
        assert (raised.value.code, raised.value.reason) == (
            AOSE_WRITE_BODY_ERROR,
            f"writing {path}: Bad file descriptor",
        )
        assert isinstance(wire.get(server, opened(path)), PartIO), "by a new connection"
        assert server.connections == 2


@pytest.mark.parametrize("count", [0, 1, len(BODY) - 1])
def test_a_part_that_is_cut_short(wire: Client, path: Path, count: int) -> None:
    short = whole()[: len(whole()) - len(BODY) + count]
    with wire.server(say(OTHER, short, then=None), say(whole())) as server:
        assert wire.ordinary(server).code == AOSE_OK
        with pytest.raises(ExchangeError) as raised:
            wire.get(server, opened(path))
        assert raised.value.code == AOSE_CONNECTION_FAILED
        words = f"GET {server.url}: the body was cut short, {count} bytes received of {len(BODY)}"
        assert raised.value.reason == words
        assert content(path) == BODY[:count]
        assert isinstance(wire.get(server, opened(path)), PartIO), "by a new connection"


@pytest.mark.parametrize("begun", [b"", b"HTTP/1.1 2", whole()[:-1000]], ids=["head", "in the head", "body"])
@pytest.mark.parametrize("end", ["cancel", "stall"])
def test_a_part_that_does_not_come(wire: Client, path: Path, begun: bytes, end: str) -> None:
    asked, connection = threading.Event(), wire.connection

    def script(peer: Peer) -> None:
        peer.request()
        peer.send(OTHER)
        peer.request()
        peer.send(begun)
        asked.set()
        peer.wait()

    def cancel() -> None:
        assert asked.wait(PATIENCE)
        time.sleep(0.05)  # it is likely to wait by then
        connection.cancel()

    canceller = threading.Thread(target=cancel if end == "cancel" else int)
    canceller.start()
    with wire.server(script) as server:
        assert wire.ordinary(server).code == AOSE_OK
        if end == "stall":
            connection.deadline.speed_limit, connection.deadline.speed_time = 1 << 30, 1
        with pytest.raises(ExchangeError) as raised:
            wire.get(server, opened(path))
    canceller.join()
    start, words = f"GET {server.url}: ", "too slow, less than 1073741824 bytes a second for 1 seconds"
    if len(begun) > 100:
        start += f"the body was cut short, {len(BODY) - 1000} bytes received of {len(BODY)}: "
    if end == "cancel":
        words = "cancelled"
    assert raised.value.code == (AOSE_ABORT_CALLBACK if end == "cancel" else AOSE_CONNECTION_FAILED)
    assert raised.value.reason == start + words


def test_nothing_is_asked_for_or_sent_after_cancel(wire: Client, path: Path) -> None:
    path.write_bytes(bytes(OFFSET) + BODY)
    with wire.server(say(OTHER, whole())) as server:
        assert wire.ordinary(server).code == AOSE_OK
        wire.connection.cancel()
        with pytest.raises(ExchangeError) as raised:
            wire.get(server, opened(path))
        assert raised.value.code == AOSE_ABORT_CALLBACK
        assert wire.put(server, opened(path, aos_open_file_for_read)).code == AOSE_ABORT_CALLBACK
    assert [peer.received.count(b"HTTP/1.1\r\n") for peer in server.peers if peer.received] == [1]


# ---- connections that have ended ----


def _one_then(end: Callable[[Peer], object]) -> Script:
    def script(peer: Peer) -> None:
        peer.request()
        peer.send(OTHER)
        peer.request()
        end(peer)

    return script


STALE = {
    "ends": _one_then(lambda peer: socket.socket.shutdown(peer.sock, socket.SHUT_RDWR)),
    "is reset": _one_then(Peer.reset),
    "has ended": say(OTHER, then=None),
    "talks": say(OTHER + EVIL),
}


@pytest.mark.parametrize("name", STALE)
def test_a_part_is_asked_for_again_once(wire: Client, path: Path, name: str) -> None:
    with wire.server(STALE[name], say(whole())) as server:
        assert wire.ordinary(server).code == AOSE_OK
        assert isinstance(wire.get(server, opened(path)), PartIO)
        assert (server.connections, content(path)) == (2, BODY)


@both_puts
@pytest.mark.parametrize("name", STALE)
def test_a_file_is_sent_again_once(wire: Client, path: Path, name: str, put: Put) -> None:
    path.write_bytes(bytes(OFFSET) + BODY)
    with wire.server(STALE[name], say(STORED)) as server:
        assert wire.ordinary(server).code == AOSE_OK
        found = put(wire, server, opened(path, aos_open_file_for_read), len(BODY))
        assert found.told == (AOSE_OK, 200, '"s"')
        assert (found.sent, found.crc64) == (len(BODY), aos_crc64(0, BODY, len(BODY)))
        assert server.connections == 2
    assert server.peers[1].received.endswith(b"\r\n\r\n" + BODY), "all of it"


def test_neither_is_asked_for_or_sent_a_third_time(wire: Client, path: Path) -> None:
    """A connection that was opened for the request is not tried again."""
    path.write_bytes(bytes(OFFSET) + BODY)
    file, gone = opened(path, aos_open_file_for_read), "the connection was closed before any byte of an answer"

    def ask(server: WireServer) -> tuple[int, str | None]:
        with pytest.raises(ExchangeError) as raised:
            wire.get(server, opened(path.parent / "other"))
        return raised.value.code, raised.value.reason

    def send(server: WireServer) -> tuple[int, str | None]:
        return wire.put(server, file)[:2]

    for method, attempt in (("GET", ask), ("PUT", send)):
        with wire.server(STALE["ends"], lambda peer: peer.request(), say(OTHER)) as server:
            assert wire.ordinary(server).code == AOSE_OK
            code, reason = attempt(server)
            assert (code, server.connections) == (AOSE_INTERNAL_ERROR, 2)
            assert reason == f"{method} {server.url}: {gone}" or "TLS failed" in (reason or "")
            assert wire.ordinary(server).code == AOSE_OK


def test_a_part_is_not_asked_for_again_once_a_byte_has_come(wire: Client, path: Path) -> None:
    with wire.server(_one_then(lambda peer: peer.send(b"HT")), say(whole())) as server:
        assert wire.ordinary(server).code == AOSE_OK
        with pytest.raises(ExchangeError) as raised:
            wire.get(server, opened(path))
        assert (raised.value.code, server.connections) == (AOSE_INTERNAL_ERROR, 1)


# ---- bodies ----


@both_puts
@pytest.mark.parametrize("length", [0, 1, len(BODY), 3_000_000])
def test_a_file_is_sent(wire: Client, path: Path, length: int, put: Put) -> None:
    data = os.urandom(length + 9)
    path.write_bytes(data)
    body = data[OFFSET : OFFSET + length]
    with wire.server(say(STORED, OTHER, STORED, OTHER)) as server:
        for _ in range(2):
            found = put(wire, server, opened(path, aos_open_file_for_read), length)
            assert found.told == (AOSE_OK, 200, '"s"')
            assert (found.sent, found.crc64) == (length, aos_crc64(0, body, length))
            assert wire.ordinary(server, HTTP_PUT, b"next").resp.status == 206
        assert server.connections == 1
    first, between, second, last = server.peers[0].received.split(b"PUT / HTTP/1.1\r\n")[1:]
    head, _, sent = first.partition(b"\r\n\r\n")
    assert b"Content-Length: %d\r\n" % length in head + b"\r\n"
    assert sent == body
    assert second == first
    assert between == last


@pytest.mark.parametrize("odd", ["", "crc", "no crc", "body", "no ETag", "201", "close"])
def test_an_answer_that_accepts_a_part(wire: Client, path: Path, odd: str) -> None:
    """It is known as such in C, on a socket that C can use; any other answer is there to be read."""
    path.write_bytes(bytes(OFFSET) + BODY)
    crc = aos_crc64(0, BODY, len(BODY)) ^ (odd == "crc")
    headers = ["x-oss-request-id: 7", f"{'x' if odd == 'no crc' else 'x-oss-hash-crc64ecma'}: {crc}"]
    headers += ["ETag: e"] * (odd != "no ETag") + ["Connection: close"] * (odd == "close")
    status, body = "201 Created" if odd == "201" else "200 OK", b"why" if odd == "body" else b""
    with wire.server(say(OTHER, answer(body, status, *headers), OTHER), say(OTHER)) as server:
        assert wire.ordinary(server).code == AOSE_OK
        part = FilePart(opened(path, aos_open_file_for_read).file, OFFSET, len(BODY))
        found = wire.connection.put_part(*wire.request(server, HTTP_PUT, len(BODY)), part)
        assert (part.sent, part.crc64) == (len(BODY), aos_crc64(0, BODY, len(BODY)))
        if isinstance(found, Response):
            assert (found.status, body_of(found)) == (int(status[:3]), body)
            assert [f"{name}: {value}" for name, value in found.headers][1:] == headers
        else:
            assert found == b"e"
        assert isinstance(found, bytes) == (not odd and wire.tls is None)
        assert wire.ordinary(server).code == AOSE_OK
        assert server.connections == 1 + (odd == "close")


@both_puts
def test_a_file_that_is_too_short(wire: Client, path: Path, put: Put) -> None:
    path.write_bytes(bytes(OFFSET) + BODY[:100])
    with wire.server(say(OTHER), say(OTHER)) as server:
        assert wire.ordinary(server).code == AOSE_OK
        found = put(wire, server, opened(path, aos_open_file_for_read), len(BODY))
        assert found[:2] == (AOSE_READ_BODY_ERROR, "the request body ended after 100 bytes")
        assert (found.sent, found.crc64) == (100, aos_crc64(0, BODY, 100))
        assert wire.ordinary(server).code == AOSE_OK, "by a new connection"
        assert server.connections == 2


@both_puts
def test_a_file_that_cannot_be_read(wire: Client, path: Path, put: Put) -> None:
    with wire.server(say(OTHER), say(OTHER)) as server:
        assert wire.ordinary(server).code == AOSE_OK
        found = put(wire, server, opened(path), 9)
        assert found[:2] == (AOSE_READ_BODY_ERROR, f"read body failure. {path}: Bad file descriptor")
        assert wire.ordinary(server).code == AOSE_OK, "by a new connection"


@both_puts
@pytest.mark.parametrize("first", [False, True])
@pytest.mark.parametrize("end", ["shutdown", "reset"])
def test_an_answer_that_does_not_wait_for_the_body(wire: Client, path: Path, end: str, first: bool, put: Put) -> None:
    """The server refuses and goes before it has the body, at once or with good manners: its answer is what is told."""
    length, document = 32 << 20, b"<Error><Code>AccessDenied</Code></Error>"
    with open(path, "wb") as file:
        file.truncate(OFFSET + length)

    def script(peer: Peer) -> None:
        if not first:
            peer.request()
            peer.send(OTHER)
        peer.sock.recv(100)
        peer.send(answer(document, "403 Forbidden"))
        if end == "shutdown":
            socket.socket.shutdown(peer.sock, socket.SHUT_WR)
        time.sleep(0.1)

    with wire.server(script, say(OTHER)) as server:
        if not first:
            assert wire.ordinary(server).code == AOSE_OK
        found = put(wire, server, opened(path, aos_open_file_for_read), length)
        assert server.connections == 1
        assert found[:3] == (AOSE_OK, None, (403, None, document))
        assert found.sent < length
        assert wire.ordinary(server).code == AOSE_OK
        assert server.connections == 2, "the request was not sent to its end"


@pytest.mark.parametrize("why", ["progress", "another length", "own function"])
def test_a_file_whose_bytes_somebody_looks_at(wire: Client, path: Path, why: str) -> None:
    """What C would not tell, or would not do, is done in Python."""
    path.write_bytes(bytes(OFFSET) + BODY + b"more")
    calls: list[tuple[int, int]] = []

    def prepare(req: aos_http_request_t, resp: aos_http_response_t) -> None:
        req.file_buf, req.body_len, req.type = opened(path, aos_open_file_for_read), len(BODY), BODY_IN_FILE
        req.file_buf.file_pos, req.file_buf.file_last = OFFSET, OFFSET + len(BODY) + (why == "another length")
        req.read_body = aos_read_http_body_file
        if why == "progress":
            req.progress_callback = lambda done, total: calls.append((done, total))
        elif why == "own function":
            req.read_body = functools.partial(aos_read_http_body_file)

    with wire.server(say(STORED)) as server:
        ca_file = wire.options.ca_file
        found = request_to(server.url, HTTP_PUT, connection=wire.connection, ca_file=ca_file, prepare=prepare)
    if why == "another length":
        words = f"the request body has more than the announced {len(BODY)} bytes"
        assert (found.code, found.reason) == (AOSE_READ_BODY_ERROR, words)
        return
    assert (found.code, found.resp.headers["ETag"]) == (AOSE_OK, '"s"')
    assert (found.req.consumed_bytes, found.req.crc64) == (len(BODY), aos_crc64(0, BODY, len(BODY)))
    assert server.peers[0].received.endswith(b"\r\n\r\n" + BODY)
    assert set(calls) == ({(len(BODY), len(BODY))} if why == "progress" else set())


def test_a_body_of_the_caller_s_and_an_answer_nobody_asked_for(connection: Connection) -> None:
    """What came before the request is not the answer to it, also where the body is given in pieces."""
    talked = threading.Event()

    def talks_first(peer: Peer) -> None:
        peer.request()
        peer.send(OTHER)
        peer.send(EVIL)
        talked.set()
        peer.wait()

    def prepare(req: aos_http_request_t, resp: aos_http_response_t) -> None:
        left = [b"body"]

        def read_body(req: aos_http_request_t, buffer: bytearray, len: int) -> int:
            piece = left.pop() if left else b""
            buffer[:4] = piece.ljust(4)
            return 4 if piece else 0

        req.body_len, req.read_body = 4, read_body
        assert talked.wait(PATIENCE)

    with WireServer(talks_first, say(STORED)) as server:
        assert request_to(server.url, connection=connection).code == AOSE_OK
        found = request_to(server.url, HTTP_PUT, connection=connection, prepare=prepare)
        assert (found.code, found.resp.headers["ETag"], server.connections) == (AOSE_OK, '"s"', 2)
    assert server.peers[1].received.endswith(b"\r\n\r\nbody")


# ---- an adapter of somebody else's ----


def test_parts_by_a_mounted_adapter(connection: Connection, authority: Authority, path: Path) -> None:
    """Whatever it gives is an answer to be read; nothing is taken for a part, or for the ETag of one."""
    wire, stored = Client(connection, None, authority.file), path.parent / "stored"
    stored.write_bytes(bytes(OFFSET) + BODY)
    part = FilePart(opened(stored, aos_open_file_for_read).file, OFFSET, len(BODY))
    with wire.server(say(whole(), STORED)) as server:
        client.session().mount("http://127.0.0.1", HTTPAdapter())
        got = wire.get(server, opened(path))
        assert isinstance(got, Response)
        assert (got.status, body_of(got), content(path)) == (206, BODY, b"")
        put = wire.connection.put_part(*wire.request(server, HTTP_PUT, len(BODY)), part)
        assert isinstance(put, Response)
        assert (put.status, dict(put.headers)["ETag"], body_of(put)) == (200, '"s"', b"")
    assert server.peers[0].received.endswith(b"\r\n\r\n" + BODY)


def test_an_exception_of_a_mounted_adapter_shows_no_password(connection: Connection, authority: Authority) -> None:
    """No variable of a frame between the caller and the adapter has the proxy's in it."""

    class Failing(HTTPAdapter):
        def send(self, *args: Any, **kwds: Any) -> Any:
            assert "sesame" in kwds["proxies"]["http"]
            raise LookupError

    wire = Client(connection, None, authority.file)
    wire.options.proxy_host, wire.options.proxy_auth = "127.0.0.1:1", "user:sesame"
    with wire.server(say()) as server:
        client.session().mount("http://127.0.0.1", Failing())
        with pytest.raises(LookupError) as raised:
            connection.exchange(*wire.request(server))
    told = traceback.TracebackException.from_exception(raised.value, capture_locals=True)
    ours = [frame for frame in told.stack if "/tests/" not in frame.filename]
    assert ours
    assert not [frame.name for frame in ours if "sesame" in repr(frame.locals)]
