"""Parts on a kept connection: answers that C takes to a file by itself, and bodies that it sends from one."""

from __future__ import annotations

import functools
import os
import re
import socket
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from aos._http.connection import Connection
from aos.aos_crc64 import aos_crc64
from aos.aos_http_io import (
    AOSE_ABORT_CALLBACK,
    AOSE_CONNECTION_FAILED,
    AOSE_INTERNAL_ERROR,
    AOSE_OK,
    AOSE_READ_BODY_ERROR,
    AOSE_WRITE_BODY_ERROR,
    BODY_IN_FILE,
    BODY_IN_MEMORY,
    HTTP_GET,
    HTTP_PUT,
    aos_create_file_buf,
    aos_http_request_t,
    aos_http_response_t,
    aos_open_file_for_range_read,
    aos_open_file_for_read,
    aos_open_file_for_write,
    aos_read_http_body_file,
    aos_write_http_body_file,
    aos_write_http_body_memory,
    apr_file_close,
    apr_table_add,
)
from tests.waiting import PATIENCE
from tests.wire import Peer, Result, WireServer, answer, request_to, say

BODY = bytes(range(256)) * 40
SPAN, ETAG = f"bytes 3-{len(BODY) + 2}/99999", '"e"'
OTHER = answer(b"hello", "206 Partial Content")
STORED = answer(b"", "200 OK", 'ETag: "s"')


def whole(*headers: str, body: bytes = BODY, length: int | None = -1) -> bytes:
    return answer(body, "206 Partial Content", f"Content-Range: {SPAN}", f"ETag: {ETAG}", *headers, length=length)


pytestmark = pytest.mark.usefixtures("no_connections")


class Place:
    """Where an answer's body goes to, or a request's comes from."""

    def __init__(self, path: Path) -> None:
        self.path, self.offset, self.expected = path, 3, (SPAN.encode(), ETAG.encode())
        self.looked = 0
        self.length, self.crc64 = len(BODY), 0

    def look(self, resp: aos_http_response_t) -> None:
        self.looked += 1

    def receive(self, req: aos_http_request_t, resp: aos_http_response_t) -> None:
        resp.file_buf = aos_create_file_buf(None)
        assert aos_open_file_for_write(None, str(self.path), resp.file_buf) == AOSE_OK
        resp.file_buf.file_pos, resp.file_buf.file_last = self.offset, self.offset + self.length
        resp.type, resp.write_body = BODY_IN_FILE, aos_write_http_body_file
        resp.expected, resp.check_head, resp.crc64 = self.expected, self.look, self.crc64

    def send(self, req: aos_http_request_t, resp: aos_http_response_t) -> None:
        req.file_buf = aos_create_file_buf(None)
        end = self.offset + self.length
        assert aos_open_file_for_range_read(None, str(self.path), self.offset, end, req.file_buf) == AOSE_OK
        req.body_len, req.type, req.read_body = self.length, BODY_IN_FILE, aos_read_http_body_file


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path / "f")


def second(server: WireServer, connection: Connection, prepare: Any, method: int = HTTP_GET) -> Result:
    """The second request of a connection; the first is an ordinary one."""
    assert request_to(server.url, connection=connection).code == AOSE_OK
    return request_to(server.url, method, connection=connection, prepare=prepare)


# ---- answers ----


def test_a_part_that_is_as_expected(connection: Connection, place: Place) -> None:
    place.crc64 = aos_crc64(0, b"before", 6)
    with WireServer(say(OTHER, whole("x-a: 1", "x-a: 2"), OTHER)) as server:
        found = second(server, connection, place.receive)
        after = request_to(server.url, connection=connection)
        assert server.connections == 1
    resp = found.resp
    assert (found.code, resp.status, resp.body_len, resp.content_length) == (AOSE_OK, 206, len(BODY), len(BODY))
    assert (resp.etag, place.looked, after.resp.etag) == (ETAG, 0, None)
    assert place.path.read_bytes() == b"\0\0\0" + BODY
    assert resp.crc64 == aos_crc64(0, b"before" + BODY, 6 + len(BODY))
    table = resp.headers  # filled only now, and the buffer has had another answer in it meanwhile
    apr_table_add(table, "later", "yes")
    assert table.items() == [
        ("Content-Length", str(len(BODY))),
        ("Content-Range", SPAN),
        ("ETag", ETAG),
        ("x-a", "1"),
        ("x-a", "2"),
        ("later", "yes"),
    ]


def test_the_headers_of_the_answer_before_do_not_stay(connection: Connection, place: Place) -> None:
    """An answer that is used again, whether anybody has looked at its headers or not."""
    kept: list[aos_http_response_t] = []

    def again(req: aos_http_request_t, resp: aos_http_response_t) -> None:
        place.receive(req, resp)
        resp.headers = kept[-1].headers if kept else resp.headers
        kept.append(resp)

    with WireServer(say(OTHER, *[whole(f"x-a: {number}") for number in range(3)])) as server:
        assert request_to(server.url, connection=connection).code == AOSE_OK
        for number in range(3):
            found = request_to(server.url, connection=connection, prepare=again)
            if number != 1:
                assert (found.resp.headers["x-a"], len(found.resp.headers)) == (str(number), 4)
    assert [resp.etag for resp in kept] == [ETAG] * 3


@pytest.mark.parametrize("why", ["not expected", "progress", "own function", "end not known", "to memory"])
def test_a_part_that_python_looks_after(connection: Connection, place: Place, why: str) -> None:
    calls: list[tuple[int, int]] = []

    def prepare(req: aos_http_request_t, resp: aos_http_response_t) -> None:
        place.receive(req, resp)
        if why == "not expected":
            resp.expected = None
        elif why == "progress":
            resp.progress_callback = lambda done, total: calls.append((done, total))
        elif why == "own function":
            resp.write_body = functools.partial(aos_write_http_body_file)
        elif why == "end not known":
            resp.file_buf.file_last = 0
        elif why == "to memory":
            resp.type, resp.write_body = BODY_IN_MEMORY, aos_write_http_body_memory

    with WireServer(say(whole(), whole())) as server:
        for number in range(2):
            found = request_to(server.url, connection=connection, prepare=prepare)
            assert (found.code, found.resp.body_len, found.resp.etag) == (AOSE_OK, len(BODY), None)
            assert place.looked == number + 1
    if why != "to memory":
        assert place.path.read_bytes() == b"\0\0\0" + BODY
    assert bool(calls) == (why == "progress")


def test_a_file_that_cannot_be_written(connection: Connection, place: Place) -> None:
    def prepare(req: aos_http_request_t, resp: aos_http_response_t) -> None:
        place.receive(req, resp)
        apr_file_close(resp.file_buf.file)
        place.path.touch()
        assert aos_open_file_for_read(None, str(place.path), resp.file_buf) == AOSE_OK
        resp.file_buf.file_pos, resp.file_buf.file_last = 3, 3 + len(BODY)

    with WireServer(say(OTHER, whole()), say(OTHER)) as server:
        found = second(server, connection, prepare)
        assert (found.code, found.reason) == (AOSE_WRITE_BODY_ERROR, f"writing {place.path}: Bad file descriptor")
        assert request_to(server.url, connection=connection).code == AOSE_OK, "by a new connection"
        assert server.connections == 2


@pytest.mark.parametrize("begun", [b"", b"HTTP/1.1 2", whole()[:-1000]], ids=["head", "in the head", "body"])
@pytest.mark.parametrize("end", ["cancel", "stall"])
def test_a_part_that_does_not_come(connection: Connection, place: Place, begun: bytes, end: str) -> None:
    asked = threading.Event()

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

    def prepare(req: aos_http_request_t, resp: aos_http_response_t) -> None:
        place.receive(req, resp)
        if end == "stall":
            connection.deadline.speed_limit, connection.deadline.speed_time = 1 << 30, 1

    canceller = threading.Thread(target=cancel if end == "cancel" else int)
    canceller.start()
    with WireServer(script) as server:
        found = second(server, connection, prepare)
    canceller.join()
    start, _, words = found.reason.partition(": ")
    assert start == f"GET {server.url}"
    if end == "cancel":
        assert (found.code, words.rpartition(": ")[2]) == (AOSE_ABORT_CALLBACK, "cancelled")
    else:
        assert found.code == AOSE_CONNECTION_FAILED
        assert words.endswith("too slow, less than 1073741824 bytes a second for 1 seconds")
    if len(begun) > 100:
        assert f"{len(BODY) - 1000} bytes received of {len(BODY)}" in words
        assert found.resp.crc64 == aos_crc64(0, BODY, len(BODY) - 1000)


# ---- bodies ----


@pytest.mark.parametrize("length", [0, 1, len(BODY), 3_000_000])
def test_a_file_is_sent(connection: Connection, place: Place, length: int) -> None:
    data, place.length = os.urandom(length + 9), length
    place.path.write_bytes(data)
    with WireServer(say(OTHER, STORED, STORED)) as server:
        found = second(server, connection, place.send, HTTP_PUT)
        assert (found.code, found.resp.status, found.req.consumed_bytes) == (AOSE_OK, 200, length)
        assert found.req.crc64 == aos_crc64(0, data[3 : 3 + length], length)
        assert request_to(server.url, HTTP_PUT, body=b"next", connection=connection).resp.status == 200
        assert server.connections == 1
        requests = server.peers[0].received
    sent = requests.split(b"PUT / HTTP/1.1\r\n")[1].partition(b"\r\n\r\n")
    assert b"Content-Length: %d\r\n" % length in sent[0] + b"\r\n"
    assert sent[2] == data[3 : 3 + length]


@pytest.mark.parametrize("odd", ["", "crc", "body", "no ETag", "201", "close"])
def test_an_answer_that_accepts_a_file(connection: Connection, place: Place, odd: str) -> None:
    """It is known as such in C; any other answer is read as ever, and says what it says."""
    place.path.write_bytes(bytes(3) + BODY)
    crc = aos_crc64(0, BODY, len(BODY)) ^ (odd == "crc")
    headers = [f"x-oss-hash-crc64ecma: {crc}", "x-oss-request-id: 7", *([] if odd == "no ETag" else ["ETag: e"])]
    status, body = "201 Created" if odd == "201" else "200 OK", b"why" if odd == "body" else b""
    reply = answer(body, status, *headers, *(["Connection: close"] if odd == "close" else []))
    with WireServer(say(OTHER, reply, OTHER)) as server:
        found = second(server, connection, place.send, HTTP_PUT)
        resp = found.resp
        assert request_to(server.url, connection=connection).code == AOSE_OK
        assert server.connections == 1 + (odd == "close")
    assert found.outcome == (AOSE_OK, int(status[:3]), body)
    assert resp.etag == ("e" if not odd else None)
    assert (resp.content_length, found.req.consumed_bytes) == (len(body), len(BODY))
    assert found.req.crc64 == aos_crc64(0, BODY, len(BODY))
    assert resp.headers.items()[:3] == [
        ("Content-Length", str(len(body))),
        *[(name, value) for name, _, value in (header.partition(": ") for header in headers[:2])],
    ]


def test_a_file_is_sent_again_where_the_connection_has_ended(connection: Connection, place: Place) -> None:
    """Between the requests, or while the second one is on its way: all of it once more, on one more connection."""
    place.path.write_bytes(bytes(3) + BODY)

    def ends(peer: Peer) -> None:
        peer.request()
        peer.send(OTHER)
        peer.request()

    def talks_first(peer: Peer) -> None:
        peer.request()
        peer.send(OTHER + answer(b"evil", "200 OK"))
        peer.wait()

    for script in (ends, say(OTHER, then=None), talks_first):
        with WireServer(script, say(STORED)) as server:
            found = second(server, connection, place.send, HTTP_PUT)
            assert (found.code, found.resp.status, found.req.consumed_bytes) == (AOSE_OK, 200, len(BODY))
            assert found.resp.headers["ETag"] == '"s"'
            assert found.req.crc64 == aos_crc64(0, BODY, len(BODY))
            assert server.connections == 2
        assert server.peers[1].received.endswith(b"\r\n\r\n" + BODY)


def test_a_body_of_the_caller_s_and_an_answer_nobody_asked_for(connection: Connection) -> None:
    """What came before the request is not the answer to it, also where the body is given in pieces."""
    talked = threading.Event()

    def talks_first(peer: Peer) -> None:
        peer.request()
        peer.send(OTHER)
        peer.send(answer(b"evil", "200 OK"))
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
        found = second(server, connection, prepare, HTTP_PUT)
        assert (found.code, found.resp.headers["ETag"], server.connections) == (AOSE_OK, '"s"', 2)
    assert server.peers[1].received.endswith(b"\r\n\r\nbody")


def test_a_file_that_is_too_short(connection: Connection, place: Place) -> None:
    place.path.write_bytes(bytes(3) + BODY)

    def prepare(req: aos_http_request_t, resp: aos_http_response_t) -> None:
        place.send(req, resp)
        os.truncate(place.path, 3 + 100)

    with WireServer(say(OTHER), say(OTHER)) as server:
        found = second(server, connection, prepare, HTTP_PUT)
        assert (found.code, found.reason) == (AOSE_READ_BODY_ERROR, "the request body ended after 100 bytes")
        assert found.req.consumed_bytes == 100
        assert request_to(server.url, connection=connection).code == AOSE_OK, "by a new connection"


def test_a_file_that_cannot_be_read(connection: Connection, place: Place) -> None:
    def prepare(req: aos_http_request_t, resp: aos_http_response_t) -> None:
        req.file_buf = aos_create_file_buf(None)
        assert aos_open_file_for_write(None, str(place.path), req.file_buf) == AOSE_OK
        req.file_buf.file_last = req.body_len = 9
        req.type, req.read_body = BODY_IN_FILE, aos_read_http_body_file

    with WireServer(say(OTHER)) as server:
        found = second(server, connection, prepare, HTTP_PUT)
    assert found.code == AOSE_READ_BODY_ERROR
    assert re.fullmatch(r"read body failure\. .*/f: Bad file descriptor", str(found.reason))


@pytest.mark.parametrize("first", [False, True])
@pytest.mark.parametrize("end", ["shutdown", "reset"])
def test_an_answer_that_does_not_wait_for_the_body(connection: Connection, place: Place, end: str, first: bool) -> None:
    """The server refuses and goes before it has the body, at once or with good manners: its answer is what is told."""
    place.length = 32 << 20
    with open(place.path, "wb") as file:
        file.truncate(3 + place.length)

    def script(peer: Peer) -> None:
        if not first:
            peer.request()
            peer.send(OTHER)
        peer.sock.recv(100)
        peer.send(answer(b"<Error><Code>AccessDenied</Code></Error>", "403 Forbidden"))
        if end == "shutdown":
            peer.sock.shutdown(socket.SHUT_WR)
        time.sleep(0.1)

    with WireServer(script) as server:
        if first:
            found = request_to(server.url, HTTP_PUT, connection=connection, prepare=place.send)
        else:
            found = second(server, connection, place.send, HTTP_PUT)
        assert server.connections == 1
    heard, reset = (AOSE_OK, 403), (AOSE_INTERNAL_ERROR, -1)
    # The first request of a connection is urllib3's to send, and an old one tells of the reset.
    assert (found.code, found.resp.status) in ([heard, reset] if first and end == "reset" else [heard])
    if found.code == AOSE_OK:
        assert b"AccessDenied" in b"".join(bytes(buf) for buf in found.resp.body)
