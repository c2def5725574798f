"""Connections that are kept: by the session from call to call, by a worker from part to part."""

from __future__ import annotations

import functools
import gc
import os
import socket
import threading
from pathlib import Path
from typing import Any

import pytest

from aos._http.cancel import TICK, CancelledError
from aos._http.connection import Connection
from aos._http.deadline import Deadline
from aos._native import CancelFlag, PartIO
from aos.aos_crc64 import aos_crc64
from aos.aos_http_io import (
    AOSE_ABORT_CALLBACK,
    AOSE_CONNECTION_FAILED,
    AOSE_INTERNAL_ERROR,
    AOSE_OK,
    AOSE_WRITE_BODY_ERROR,
    BODY_IN_FILE,
    HTTP_GET,
    HTTP_PUT,
    aos_create_file_buf,
    aos_http_io_deinitialize,
    aos_http_request_t,
    aos_http_response_t,
    aos_open_file_for_range_read,
    aos_open_file_for_read,
    aos_open_file_for_write,
    aos_read_http_body_file,
    aos_write_http_body_file,
)
from tests.waiting import until
from tests.wire import Peer, Script, WireServer, answer, body_of, cancelled, request_to, say

OK = (AOSE_OK, 200, b"hello")
HELLO = answer(b"hello")
PART = answer(b"hello", "206 Partial Content", "Connection: keep-alive")


pytestmark = pytest.mark.usefixtures("no_connections")


def one_then_close(peer: Peer) -> None:
    """Answers once, and is gone when the next request comes."""
    peer.request()
    peer.send(PART)
    peer.request()


def one_then_reset(peer: Peer) -> None:
    one_then_close(peer)
    peer.reset()


def one_then_garbage(peer: Peer) -> None:
    one_then_close(peer)
    peer.send(b"HT")


def gone_before_the_next(peer: Peer) -> None:
    peer.request()
    peer.send(PART)


def talks_between_requests(peer: Peer) -> None:
    peer.request()
    peer.send(PART + b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil")
    peer.wait()


# ---- the session's connections ----


@pytest.mark.parametrize("extra", [b"", b"HTTP/1.1 100 Continue\r\n\r\n"])
def test_calls_share_a_connection(extra: bytes) -> None:
    with WireServer(say(*[extra + HELLO] * 5)) as server:
        assert [request_to(server.url).outcome for _ in range(5)] == [OK] * 5
        assert server.connections == 1


@pytest.mark.parametrize(
    "first",
    [
        answer(b"hello", "200 OK", "Connection: close"),
        b"HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\nhello",
        b"HTTP/1.1 200 OK\r\n\r\nhello",
    ],
)
def test_a_connection_that_ends_is_not_kept(first: bytes) -> None:
    with WireServer(say(first, then=None), say(HELLO)) as server:
        assert [request_to(server.url).outcome for _ in range(2)] == [OK] * 2
        assert server.connections == 2


@pytest.mark.parametrize("script", [one_then_close, one_then_reset, gone_before_the_next])
@pytest.mark.parametrize("method", [HTTP_GET, HTTP_PUT])
def test_a_stale_connection_is_opened_again(script: Script, method: int) -> None:
    body = b"12345" if method == HTTP_PUT else None
    with WireServer(script, say(HELLO)) as server:
        assert request_to(server.url).resp.status == 206
        found = request_to(server.url, method, body=body)
        assert found.outcome == OK
        assert found.req.consumed_bytes == (5 if body else 0)
        assert server.connections == 2
    assert server.peers[1].received.endswith(body or b"\r\n\r\n")


def test_a_stale_connection_is_opened_again_once() -> None:
    with WireServer(one_then_close, lambda peer: peer.request(), say(HELLO)) as server:
        request_to(server.url)
        assert request_to(server.url).code == AOSE_INTERNAL_ERROR
        assert server.connections == 2


def test_not_when_a_byte_of_the_answer_has_come() -> None:
    with WireServer(one_then_garbage, say(HELLO)) as server:
        request_to(server.url)
        assert request_to(server.url).code == AOSE_INTERNAL_ERROR
        assert server.connections == 1


def test_not_when_the_body_cannot_be_had_again() -> None:
    def once(req: aos_http_request_t, buffer: bytearray, room: int) -> int:
        if req.consumed_bytes:
            return 0
        buffer[:3] = b"abc"
        return 3

    def prepare(req: aos_http_request_t, resp: aos_http_response_t) -> None:
        req.read_body, req.body_len = once, 3

    with WireServer(one_then_close, say(HELLO)) as server:
        request_to(server.url)
        assert request_to(server.url, HTTP_PUT, prepare=prepare).code == AOSE_INTERNAL_ERROR
        assert server.connections == 1


def test_a_file_is_read_again(tmp_path: Path) -> None:
    (tmp_path / "f").write_bytes(b"0123456789")

    def prepare(req: aos_http_request_t, resp: aos_http_response_t) -> None:
        req.file_buf = aos_create_file_buf(None)
        assert aos_open_file_for_range_read(None, str(tmp_path / "f"), 2, 7, req.file_buf) == AOSE_OK
        req.body_len, req.type, req.read_body = 5, BODY_IN_FILE, aos_read_http_body_file

    with WireServer(one_then_close, say(HELLO)) as server:
        request_to(server.url)
        found = request_to(server.url, HTTP_PUT, prepare=prepare)
        assert found.outcome == OK
    assert server.peers[1].received.endswith(b"\r\n\r\n23456")
    assert found.req.crc64 == aos_crc64(0, b"23456", 5)


def test_more_than_was_announced_is_no_answer_to_the_next() -> None:
    with WireServer(talks_between_requests, say(HELLO)) as server:
        assert request_to(server.url).resp.status == 206
        assert request_to(server.url).outcome == OK


# ---- a worker's connection ----


def _parts(server: WireServer, connection: Connection, count: int) -> list[tuple[int, int, bytes]]:
    return [request_to(server.url, connection=connection).outcome for _ in range(count)]


def test_a_worker_keeps_its_connection(connection: Connection) -> None:
    unusual = (
        answer(b"hello", "206 Partial Content", "Content-Length: 5"),
        answer(b"hello", "206 Partial Content", "A: b", " folded"),
        b"HTTP/1.1 206 P\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
        b"HTTP/1.1 100 Continue\r\n\r\n" + PART,
        b"HTTP/1.1 103 Early Hints\r\n\r\n" + PART,
        b"HTTP/1.1 206 \r\nContent-Length: 5\r\n\r\nhello",
    )
    with WireServer(say(PART, *unusual, PART)) as server:
        assert _parts(server, connection, len(unusual) + 2) == [(AOSE_OK, 206, b"hello")] * (len(unusual) + 2)
        assert server.connections == 1


@pytest.mark.parametrize("name", ["plain", "long"])
def test_a_head_in_single_bytes(connection: Connection, name: str) -> None:
    slow = answer(b"hello", "206 Partial Content", *(["h: " + "x" * 3000] if name == "long" else []))

    def script(peer: Peer) -> None:
        for _ in range(2):
            peer.request()
            peer.send(slow, 50 if name == "long" else 1)
        peer.wait()

    with WireServer(script) as server:
        assert _parts(server, connection, 2) == [(AOSE_OK, 206, b"hello")] * 2


@pytest.mark.parametrize(
    "script", [one_then_close, one_then_reset, gone_before_the_next, talks_between_requests], ids=lambda s: s.__name__
)
def test_a_workers_stale_connection_is_opened_again(connection: Connection, script: Script) -> None:
    with WireServer(script, say(PART)) as server:
        assert _parts(server, connection, 2) == [(AOSE_OK, 206, b"hello")] * 2
        assert server.connections == 2


def test_a_workers_stale_connection_is_opened_again_once(connection: Connection) -> None:
    with WireServer(one_then_close, lambda peer: peer.request(), say(PART)) as server:
        assert [code for code, _, _ in _parts(server, connection, 3)] == [AOSE_OK, AOSE_INTERNAL_ERROR, AOSE_OK]
        assert server.connections == 3


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        (b"HTTP/1.1 206 P\r\nContent-Length: 9\r\n\r\nhello", AOSE_CONNECTION_FAILED),
        (b"HTTP/1.1 206", AOSE_INTERNAL_ERROR),
        (b"garbage\r\n\r\n", AOSE_INTERNAL_ERROR),
    ],
)
def test_a_connection_survives_a_bad_answer(connection: Connection, bad: bytes, code: int) -> None:
    with WireServer(say(PART, bad, then=None), say(PART)) as server:
        assert [found for found, _, _ in _parts(server, connection, 3)] == [AOSE_OK, code, AOSE_OK]
        assert server.connections == 2


def test_an_error_document_is_capped(connection: Connection) -> None:
    big = answer(b"x" * (8 << 20), "500 Internal Server Error")
    with WireServer(say(big), say(PART)) as server:
        found = request_to(server.url, connection=connection)
        assert (found.code, found.resp.status) == (AOSE_OK, 500)
        assert 1 << 20 <= found.resp.body_len <= 2 << 20
        assert _parts(server, connection, 1) == [(AOSE_OK, 206, b"hello")]


def test_another_origin_is_another_connection(connection: Connection) -> None:
    with WireServer(say(PART)) as one, WireServer(say(PART)) as other:
        assert _parts(one, connection, 1) == _parts(other, connection, 1) == [(AOSE_OK, 206, b"hello")]


# ---- cancelling ----


def _stall(after: bytes) -> Script:
    def script(peer: Peer) -> None:
        peer.request()
        peer.send(after)
        peer.wait()

    return script


@pytest.mark.parametrize("to_file", [False, True])
@pytest.mark.parametrize("data", [b"", b"HTTP/1.1 2", answer(b"hell", length=5)], ids=["head", "in head", "body"])
def test_cancel_from_another_thread(connection: Connection, tmp_path: Path, data: bytes, to_file: bool) -> None:
    prepare = (lambda req, resp: into_file(resp, tmp_path / "f")) if to_file else None
    with WireServer(_stall(data)) as server:
        found = cancelled(
            connection,
            lambda: server.connections > 0,
            lambda: request_to(server.url, connection=connection, prepare=prepare),
        )
    assert (found.code, found.reason.rpartition(": ")[2]) == (AOSE_ABORT_CALLBACK, "cancelled")


def test_the_end_of_a_cancelled_connection_is_a_cancel() -> None:
    """Whatever the system says of the connection: it was the canceller that ended it."""

    class Ended:
        def gettimeout(self) -> float:
            return TICK

        def recv_into(self, buffer: Any) -> int:
            raise ConnectionResetError(104, "Connection reset by peer")

        send = recv_into

    deadline = Deadline(flag := CancelFlag())
    deadline.reused = True
    for use in (deadline.recv_into, deadline.sendall):
        with pytest.raises(ConnectionResetError):
            use(Ended(), bytearray(1))
    flag.set()
    for use in (deadline.recv_into, deadline.sendall):
        with pytest.raises(CancelledError):
            use(Ended(), bytearray(1))


def test_nothing_is_sent_after_cancel(connection: Connection) -> None:
    with WireServer(say(PART)) as server:
        connection.cancel()
        assert request_to(server.url, connection=connection).code == AOSE_ABORT_CALLBACK
    assert not any(peer.received for peer in server.peers)


# ---- to a file ----


def into_file(resp: aos_http_response_t, path: Path, offset: int = 0, last: int = 0) -> None:
    resp.file_buf = aos_create_file_buf(None)
    assert aos_open_file_for_write(None, str(path), resp.file_buf) == AOSE_OK
    resp.file_buf.file_pos, resp.file_buf.file_last = offset, last
    resp.type, resp.write_body = BODY_IN_FILE, aos_write_http_body_file


@pytest.mark.parametrize("way", ["default", "end known", "own function", "progress"])
@pytest.mark.parametrize("framing", ["length", "chunked", "close"])
def test_a_body_into_a_file(connection: Connection, tmp_path: Path, framing: str, way: str) -> None:
    """Whoever moves it: C, or Python where somebody wants to see it, or where its end is not known before."""
    data, calls = os.urandom(700_001), list[tuple[int, int]]()
    whole = {
        "length": answer(data, "206 P"),
        "chunked": b"HTTP/1.1 206 P\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%b\r\n0\r\n\r\n" % (len(data), data),
        "close": b"HTTP/1.1 206 P\r\n\r\n" + data,
    }[framing]

    def prepare(req: aos_http_request_t, resp: aos_http_response_t) -> None:
        calls.clear()
        into_file(resp, tmp_path / "f", 3, last=3 + len(data) if way == "end known" else 0)
        if way == "own function":
            resp.write_body = functools.partial(aos_write_http_body_file)
        elif way == "progress":
            resp.progress_callback = lambda done, total: calls.append((done, total))

    with WireServer(say(whole, then=None)) as server:
        for _ in range(2):
            found = request_to(server.url, connection=connection, prepare=prepare)
            assert (found.code, found.resp.status) == (AOSE_OK, 206)
            assert (tmp_path / "f").read_bytes() == b"\0\0\0" + data
            assert (found.resp.crc64, found.resp.body_len) == (aos_crc64(0, data, len(data)), len(data))
            assert calls == sorted(set(calls))
            last = (len(data), len(data) if framing == "length" else 0)
            assert calls[-1:] == ([last] if way == "progress" else [])


def test_no_byte_beyond_the_end_of_a_piece(tmp_path: Path) -> None:
    (tmp_path / "f").write_bytes(b"")

    with WireServer(say(answer(b"0123456789"))) as server:
        found = request_to(server.url, prepare=lambda req, resp: into_file(resp, tmp_path / "f", 2, 6))
    assert found.code == AOSE_WRITE_BODY_ERROR
    assert (tmp_path / "f").read_bytes() == b""


def test_a_file_that_cannot_be_written(connection: Connection, tmp_path: Path) -> None:
    (tmp_path / "f").write_bytes(b"")

    def prepare(req: aos_http_request_t, resp: aos_http_response_t) -> None:
        resp.file_buf = aos_create_file_buf(None)
        assert aos_open_file_for_read(None, str(tmp_path / "f"), resp.file_buf) == AOSE_OK
        resp.type, resp.write_body = BODY_IN_FILE, aos_write_http_body_file

    with WireServer(say(HELLO)) as server:
        found = request_to(server.url, connection=connection, prepare=prepare)
    assert found.code == AOSE_WRITE_BODY_ERROR
    assert found.reason == f"writing {tmp_path / 'f'}: Bad file descriptor"


def test_the_stall_rule_counts_on_from_step_to_step(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A rate that divides the steps between progress calls evenly is no stall."""
    seen: list[int] = []

    class Spy(PartIO):
        __slots__ = ()

        def __init__(self, *args: Any) -> None:
            super().__init__(*args)
            seen.append(self.done)

    monkeypatch.setattr("aos._http.receive.PartIO", Spy)

    def prepare(req: aos_http_request_t, resp: aos_http_response_t) -> None:
        into_file(resp, tmp_path / "f")
        resp.progress_callback = lambda done, total: None

    with WireServer(say(answer(b"x" * (5 << 17)))) as server:
        assert request_to(server.url, prepare=prepare).code == AOSE_OK
    assert seen == [0, 1 << 18, 2 << 18]


# ---- nothing is left behind ----


def test_no_descriptor_and_no_thread_is_left(tmp_path: Path) -> None:
    outcomes = [HELLO, b"garbage", answer(b"hell", length=5), b"HTTP/1.1 200 OK\r\n\r\nhello", b""]

    def run() -> None:
        for data in outcomes:
            with WireServer(say(data, then=None)) as server:
                request_to(server.url)
                request_to(server.url, prepare=lambda req, resp: into_file(resp, tmp_path / "f"))
        aos_http_io_deinitialize()

    def count() -> tuple[int, int]:
        gc.collect()  # what other tests left
        return len(os.listdir("/proc/self/fd")), threading.active_count()

    run()
    descriptors, threads = count()
    gc.disable()
    try:
        for _ in range(5):
            run()
        # Without the garbage collector; the server's threads may be a little late.
        until(lambda: len(os.listdir("/proc/self/fd")) <= descriptors)
    finally:
        gc.enable()
    until(lambda: count()[1] <= threads)


def test_the_connection_is_closed_with_its_socket(connection: Connection) -> None:
    with WireServer(say(PART)) as server:
        found = request_to(server.url, connection=connection)
        assert body_of(found.resp) == b"hello"
        assert isinstance(connection.sock, socket.socket)
        connection.close()
        assert connection.sock is None
