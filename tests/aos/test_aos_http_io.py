"""aos_http_io.h: initialising, controllers, bodies, callbacks, and the transport's replacement."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import requests
import urllib3
from requests.adapters import BaseAdapter

from aos import aos_http_io
from aos._http import client
from aos.aos_crc64 import aos_crc64
from aos.aos_http_io import (
    AOSE_CONNECTION_FAILED,
    AOSE_FILE_READ_ERROR,
    AOSE_FILE_WRITE_ERROR,
    AOSE_INTERNAL_ERROR,
    AOSE_INVALID_ARGUMENT,
    AOSE_OK,
    AOSE_OPEN_FILE_ERROR,
    AOSE_OVER_MEMORY,
    AOSE_READ_BODY_ERROR,
    AOSE_SELECT_OBJECT_CRC_ERROR,
    AOSE_WRITE_BODY_ERROR,
    BODY_IN_FILE,
    HTTP_GET,
    HTTP_HEAD,
    HTTP_POST,
    HTTP_PUT,
    aos_buf_pack,
    aos_create_file_buf,
    aos_curl_http_transport_create,
    aos_curl_http_transport_perform,
    aos_http_controller_create,
    aos_http_controller_get_reason,
    aos_http_io_deinitialize,
    aos_http_io_initialize,
    aos_http_request_create,
    aos_http_request_options_create,
    aos_http_request_t,
    aos_http_response_create,
    aos_http_response_t,
    aos_http_transport_t,
    aos_list_add_tail,
    aos_list_empty,
    aos_open_file_for_range_read,
    aos_open_file_for_write,
    aos_read_http_body_file,
    aos_read_http_body_memory,
    aos_set_default_request_options,
    aos_write_http_body_file,
    aos_write_http_body_memory,
    apr_file_close,
)
from tests.wire import Peer, WireServer, answer, body_of, request_to, say

OK = (AOSE_OK, 200, b"hello")
HELLO = answer(b"hello")


pytestmark = pytest.mark.usefixtures("no_connections")


class Trouble(OSError):
    """An exception of the caller's own, of a kind that the network raises too."""


TROUBLES = [Trouble(104, "mine"), ConnectionResetError(104, "mine"), TimeoutError("mine"), ValueError("mine")]


# ---- life ----


def test_initialising_and_ending_twice() -> None:
    for _ in range(2):
        assert aos_http_io_initialize("tester/1.0", 0) == AOSE_OK
    agent = aos_http_io.aos_default_http_transport_options.user_agent
    assert agent == "aliyun-sdk-c/3.11.2(Compatible tester/1.0)"
    for _ in range(2):
        aos_http_io_deinitialize()
    assert aos_http_io.aos_global_pool is None
    with WireServer(say(HELLO)) as server:
        assert request_to(server.url).outcome == OK, "a program that forgot to initialise"


def test_a_long_user_agent_is_cut() -> None:
    aos_http_io_initialize("x" * 1000, 0)
    assert len(aos_http_io.aos_default_http_transport_options.user_agent or "") == 254


def test_controllers_share_the_default_options() -> None:
    mine = aos_http_request_options_create(None)
    before = aos_http_io.aos_default_http_request_options
    aos_set_default_request_options(mine)
    assert aos_http_controller_create(None, 1).options is mine
    aos_set_default_request_options(before)
    ctl = aos_http_controller_create(None, 0)
    assert (ctl.options, ctl.owner, aos_http_controller_get_reason(ctl)) == (before, 0, None)
    assert ctl.pool.is_open


def test_default_options() -> None:
    options = aos_http_request_options_create(None)
    seen = {field.name: getattr(options, field.name) for field in options.c_fields}
    assert seen == {
        "speed_limit": 1024,
        "speed_time": 15,
        "dns_cache_timeout": 60,
        "connect_timeout": 10,
        "max_memory_size": 1 << 30,
        "enable_crc": 1,
        "proxy_host": None,
        "proxy_auth": None,
        "verify_ssl": 1,
        "ca_path": None,
        "ca_file": None,
        "verify_object_strict": 1,
        "use_env_proxy": 1,
    }


def test_secrets_do_not_show() -> None:
    options = aos_http_request_options_create(None)
    options.proxy_auth = "user:secret"
    req = aos_http_request_create(None)
    req.signed_url = "http://host/key?Signature=secret"
    req.headers["Authorization"] = "OSS id:secret"
    assert "secret" not in repr(options) + repr(req) + repr(req.headers)


# ---- replaceable ----


def test_the_transport_can_be_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Any] = []

    def create(p: Any) -> aos_http_transport_t:
        seen.append("create")
        return aos_curl_http_transport_create(p)

    def perform(t: aos_http_transport_t) -> int:
        seen.append(t.req.signed_url)
        t.resp.status, t.controller.error_code, t.controller.reason = 299, -5, "because"
        return -5

    monkeypatch.setattr(aos_http_io, "aos_http_transport_create", create)
    monkeypatch.setattr(aos_http_io, "aos_http_transport_perform", perform)
    found = request_to("http://nowhere/")
    assert (found.code, found.resp.status, found.reason) == (-5, 299, "because")
    assert seen == ["create", "http://nowhere/"]


def test_the_default_transport_can_be_wrapped(monkeypatch: pytest.MonkeyPatch) -> None:
    def perform(t: aos_http_transport_t) -> int:
        t.req.headers["x-added"] = "1"
        return aos_curl_http_transport_perform(t)

    monkeypatch.setattr(aos_http_io, "aos_http_transport_perform", perform)
    with WireServer(say(HELLO)) as server:
        assert request_to(server.url).outcome == OK
    assert b"x-added: 1" in server.peers[0].received


class MockAdapter(BaseAdapter):
    """An adapter that somebody else mounts."""

    def __init__(self, **headers: str) -> None:
        super().__init__()
        self.given = headers
        self.seen: list[requests.PreparedRequest] = []

    def send(self, request: requests.PreparedRequest, **_: Any) -> requests.Response:  # type: ignore[override]
        self.seen.append(request)
        response = requests.Response()
        response.status_code, response.raw = 200, io.BytesIO(b"" if request.method == "HEAD" else b"hello")
        response.headers.update(self.given)
        return response

    def close(self) -> None: ...


@pytest.mark.parametrize("headers", [{"Content-Length": "5"}, {}], ids=["length", "no length"])
@pytest.mark.parametrize("method", [HTTP_GET, HTTP_HEAD, HTTP_PUT])
def test_a_foreign_adapter(method: int, headers: dict[str, str]) -> None:
    mock = MockAdapter(**headers)
    client.session().mount("http://mock.example", mock)
    found = request_to("http://mock.example/a%2fb?c", method, body=b"123" if method == HTTP_PUT else None)
    assert found.outcome == (AOSE_OK, 200, b"" if method == HTTP_HEAD else b"hello"), found.reason
    assert mock.seen[0].url == "http://mock.example/a%2fb?c"
    assert mock.seen[0].body == (b"123" if method == HTTP_PUT else None)


def test_a_foreign_adapter_whose_body_is_cut_short() -> None:
    mock = MockAdapter(**{"Content-Length": "6"})
    client.session().mount("http://mock.example", mock)
    assert request_to("http://mock.example/").code == AOSE_CONNECTION_FAILED


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (requests.ConnectionError("no"), AOSE_INTERNAL_ERROR),
        (requests.ConnectTimeout("no"), AOSE_CONNECTION_FAILED),
        (requests.ReadTimeout("no"), AOSE_CONNECTION_FAILED),
    ],
)
def test_a_foreign_adapter_that_fails(monkeypatch: pytest.MonkeyPatch, error: Exception, code: int) -> None:
    def send(*_: Any, **__: Any) -> Any:
        raise error

    mock = MockAdapter()
    monkeypatch.setattr(mock, "send", send)
    client.session().mount("http://mock.example", mock)
    assert request_to("http://mock.example/").code == code


def test_a_foreign_adapter_whose_body_cannot_be_begun(monkeypatch: pytest.MonkeyPatch) -> None:
    def stream(*_: Any, **__: Any) -> Any:
        raise urllib3.exceptions.DecodeError("no")

    raw, mock = urllib3.HTTPResponse(b"hello"), MockAdapter()
    monkeypatch.setattr(raw, "stream", stream)
    monkeypatch.setattr(mock, "send", lambda *_, **__: _answer_of(raw))
    client.session().mount("http://mock.example", mock)
    assert request_to("http://mock.example/").code == AOSE_INTERNAL_ERROR


def _answer_of(raw: urllib3.HTTPResponse) -> requests.Response:
    response = requests.Response()
    response.status_code, response.raw = 200, raw
    return response


# ---- callbacks ----

Body = Callable[[aos_http_request_t, aos_http_response_t], object]


def _raiser(error: Exception) -> Callable[..., Any]:
    def callback(*_: Any) -> Any:
        raise error

    return callback


WHERE: dict[str, Callable[[Any, Any, Any], None]] = {
    "read_body": lambda req, resp, f: setattr(req, "read_body", f),
    "write_body": lambda req, resp, f: setattr(resp, "write_body", f),
    "progress of a download": lambda req, resp, f: setattr(resp, "progress_callback", f),
    "progress of an upload": lambda req, resp, f: setattr(req, "progress_callback", f),
}


@pytest.mark.parametrize("error", TROUBLES, ids=lambda error: type(error).__name__)
@pytest.mark.parametrize("where", WHERE)
def test_an_exception_of_a_callback_reaches_the_caller(where: str, error: Exception) -> None:
    cause = KeyError("why")
    error.__cause__ = cause
    with WireServer(say(HELLO), say(HELLO)) as server:
        with pytest.raises(type(error)) as raised:
            request_to(
                server.url, HTTP_POST, body=b"123", prepare=lambda req, resp: WHERE[where](req, resp, _raiser(error))
            )
        assert raised.value is error
        assert error.__cause__ is cause
        assert request_to(server.url).outcome == OK
        assert server.connections == 2, "the connection was in the middle of something"


def test_ctrl_c_in_a_callback() -> None:
    def stop(*_: Any) -> None:
        raise KeyboardInterrupt

    with WireServer(say(HELLO)) as server, pytest.raises(KeyboardInterrupt):
        request_to(server.url, HTTP_PUT, body=b"1", prepare=lambda req, resp: setattr(req, "read_body", stop))


@pytest.mark.parametrize(
    ("name", "result", "code"),
    [
        ("read_body", -1, AOSE_READ_BODY_ERROR),
        ("read_body", 0, AOSE_READ_BODY_ERROR),
        ("write_body", -1, AOSE_WRITE_BODY_ERROR),
        ("write_body", AOSE_SELECT_OBJECT_CRC_ERROR, AOSE_SELECT_OBJECT_CRC_ERROR),
    ],
)
def test_a_callback_that_fails(name: str, result: int, code: int) -> None:
    with WireServer(say(HELLO)) as server:
        found = request_to(
            server.url, HTTP_PUT, body=b"123", prepare=lambda req, resp: WHERE[name](req, resp, lambda *_: result)
        )
    assert found.code == code


def test_progress_and_crc_of_a_body() -> None:
    calls: list[tuple[int, int]] = []
    data = bytes(range(256)) * 1000

    def prepare(req: aos_http_request_t, resp: aos_http_response_t) -> None:
        req.progress_callback = lambda done, total: calls.append((done, total))

    with WireServer(say(HELLO)) as server:
        found = request_to(server.url, HTTP_PUT, body=data, prepare=prepare)
    assert calls[-1] == (len(data), len(data))
    assert found.req.crc64 == aos_crc64(0, data, len(data))
    assert server.peers[0].received.endswith(data)


# ---- memory ----


@pytest.mark.parametrize(
    ("size", "limit", "code"),
    [
        (1 << 20, 1, AOSE_OVER_MEMORY),
        (70_000, 1000, AOSE_OVER_MEMORY),
        (1001, 1000, AOSE_OVER_MEMORY),
        (1000, 1000, AOSE_OK),
        (1 << 20, 1 << 20, AOSE_OK),
    ],
)
def test_max_memory_size(size: int, limit: int, code: int) -> None:
    """However the body arrives, whether it fits is a question of its size."""
    with WireServer(say(answer(b"x" * size))) as server:
        found = request_to(server.url, max_memory_size=limit)
    assert found.code == code
    if code != AOSE_OK:
        assert found.reason.endswith(f", max memory size: {limit}")


def test_a_body_that_is_too_big_is_not_read_to_its_end() -> None:
    sent = 0

    def endless(peer: Peer) -> None:
        nonlocal sent
        peer.request()
        peer.send(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            peer.send(b"x" * (1 << 16))
            sent += 1 << 16

    with WireServer(endless) as server:
        assert request_to(server.url, max_memory_size=1 << 20).code == AOSE_OVER_MEMORY
    assert sent < 64 << 20


# ---- the default readers and writers ----


def test_reading_a_body_from_memory() -> None:
    req, buffer = aos_http_request_create(None), bytearray(4)
    for data in (b"abc", b"", b"defg"):
        aos_list_add_tail(aos_buf_pack(None, data, len(data)).node, req.body)
    counts = []
    while count := aos_read_http_body_memory(req, buffer, 4):
        counts.append(bytes(buffer[:count]))
    assert counts == [b"abcd", b"efg"]
    assert aos_list_empty(req.body)


def test_writing_a_body_to_memory() -> None:
    resp = aos_http_response_create(None)
    assert [aos_write_http_body_memory(resp, data, 2) for data in (b"abc", bytearray(b"de"), "fg")] == [2, 2, 2]
    assert (body_of(resp), resp.body_len) == (b"abdefg", 6)


def test_reading_a_body_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "f").write_bytes(b"0123456789")
    req, buffer = aos_http_request_create(None), bytearray(8)
    assert aos_read_http_body_file(req, buffer, 8) == AOSE_INVALID_ARGUMENT
    req.file_buf = aos_create_file_buf(None)
    assert aos_open_file_for_range_read(None, str(tmp_path / "f"), 3, 7, req.file_buf) == AOSE_OK
    assert (aos_read_http_body_file(req, buffer, 8), bytes(buffer[:4])) == (4, b"3456")
    assert aos_read_http_body_file(req, buffer, 8) == 0
    apr_file_close(req.file_buf.file)
    req.file_buf.file_pos = 0
    assert aos_read_http_body_file(req, buffer, 8) == AOSE_FILE_READ_ERROR


def test_writing_a_body_to_a_file_that_is_not_open_yet(tmp_path: Path) -> None:
    resp = aos_http_response_create(None)
    resp.file_path = tmp_path / "none" / "f"
    assert aos_write_http_body_file(resp, b"abc", 3) == AOSE_OPEN_FILE_ERROR
    resp.file_path = str(tmp_path / "f")
    assert [aos_write_http_body_file(resp, b"abc", 3), aos_write_http_body_file(resp, b"de", 2)] == [3, 2]
    assert resp.file_buf.owner == 1
    apr_file_close(resp.file_buf.file)
    assert (tmp_path / "f").read_bytes() == b"abcde"


def test_writing_a_body_to_a_file(tmp_path: Path) -> None:
    resp = aos_http_response_create(None)
    assert aos_write_http_body_file(resp, b"abc", 3) == AOSE_INVALID_ARGUMENT
    resp.file_buf = aos_create_file_buf(None)
    assert aos_write_http_body_file(resp, b"abc", 3) == AOSE_OPEN_FILE_ERROR
    assert aos_open_file_for_write(None, str(tmp_path / "f"), resp.file_buf) == AOSE_OK
    assert [aos_write_http_body_file(resp, b"abc", 3), aos_write_http_body_file(resp, "de", 2)] == [3, 2]
    assert ((tmp_path / "f").read_bytes(), resp.body_len) == (b"abcde", 5)
    apr_file_close(resp.file_buf.file)
    assert aos_write_http_body_file(resp, b"abc", 3) == AOSE_FILE_WRITE_ERROR


def test_a_file_of_the_transports_own_is_closed(tmp_path: Path) -> None:
    opened: list[Any] = []

    def prepare(req: aos_http_request_t, resp: aos_http_response_t) -> None:
        resp.file_buf = aos_create_file_buf(None)
        assert aos_open_file_for_write(None, str(tmp_path / "f"), resp.file_buf) == AOSE_OK
        opened.append(resp.file_buf.file)
        resp.type, resp.write_body = BODY_IN_FILE, aos_write_http_body_file

    with WireServer(say(HELLO, b"garbage\r\n\r\n")) as server:
        request_to(server.url, prepare=prepare)
        request_to(server.url, prepare=prepare)
    assert [file.fd for file in opened] == [-1, -1]


def test_times() -> None:
    with WireServer(say(HELLO)) as server:
        ctl = request_to(server.url).ctl
    assert 0 < ctl.start_time <= ctl.first_byte_time <= ctl.finish_time
