"""The default transport, on the wire: what is sent, which answers are understood, and what becomes of the others."""

from __future__ import annotations

import errno
import threading
from typing import Any

import pytest

from aos import aos_http_io
from aos._http import client
from aos._http.errors import ExchangeError
from aos.aos_http_io import (
    AOSE_CONNECTION_FAILED,
    AOSE_FAILED_CONNECT,
    AOSE_INTERNAL_ERROR,
    AOSE_INVALID_ARGUMENT,
    AOSE_NAME_LOOKUP_ERROR,
    AOSE_OK,
    HTTP_DELETE,
    HTTP_GET,
    HTTP_HEAD,
    HTTP_POST,
    HTTP_PUT,
    aos_curl_response_headers_parse,
    aos_http_controller_get_reason,
    aos_http_response_create,
    aos_http_send_request,
    aos_table_t,
)
from tests.waiting import PATIENCE
from tests.wire import Peer, Script, WireServer, answer, request_to, say, silent_host

OK = (AOSE_OK, 200, b"hello")
HELLO = answer(b"hello")
SLOW: dict[str, Any] = {"speed_limit": 1000, "speed_time": 1}


pytestmark = pytest.mark.usefixtures("no_connections")


def sent(peer: Peer) -> list[str]:
    return peer.received.decode("latin-1").split("\r\n\r\n")[0].split("\r\n")


# ---- what is sent ----


def test_header_order_is_libcurls() -> None:
    with WireServer(say(HELLO)) as server:
        table = (("Zeta", "1"), ("Date", "now"), ("Authorization", "OSS a:b"), ("alpha", "ü"))
        request_to(server.url + "dir%2fkey?a=b%2B&c", HTTP_PUT, body=b"12345", headers=table)
    agent = aos_http_io.aos_default_http_transport_options.user_agent
    assert sent(server.peers[0]) == [
        "PUT /dir%2fkey?a=b%2B&c HTTP/1.1",
        f"Host: 127.0.0.1:{server.port}",
        f"User-Agent: {agent}",
        "Accept: */*",
        "Content-Length: 5",
        "Zeta: 1",
        "Date: now",
        "Authorization: OSS a:b",
        "alpha: ü".encode().decode("latin-1"),
    ]
    assert server.peers[0].received.endswith(b"\r\n\r\n12345")


def test_a_header_without_a_value_takes_that_header_away() -> None:
    with WireServer(say(HELLO)) as server:
        request_to(server.url, headers=(("User-Agent", ""), ("accept", ""), ("x-oss-meta-a", ""), ("Host", "")))
    assert sent(server.peers[0]) == ["GET / HTTP/1.1", f"Host: 127.0.0.1:{server.port}"]


def test_the_framing_is_the_transports_own() -> None:
    given = (("Transfer-Encoding", "chunked"), ("Expect", "100-continue"), ("Content-Length", "99"))
    with WireServer(say(HELLO)) as server:
        request_to(server.url, HTTP_POST, body=b"abc", headers=given)
    lines = sent(server.peers[0])
    assert "Content-Length: 3" in lines
    assert not any(line.lower().startswith(("transfer-encoding", "expect")) for line in lines)
    assert len([line for line in lines if line.lower().startswith("content-length")]) == 1


@pytest.mark.parametrize("method", [HTTP_GET, HTTP_HEAD, HTTP_DELETE, HTTP_PUT, HTTP_POST])
def test_methods(method: int) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"
    with WireServer(say(head if method == HTTP_HEAD else HELLO)) as server:
        found = request_to(server.url, method)
    name = ["GET", "HEAD", "PUT", "POST", "DELETE"][method]
    assert sent(server.peers[0])[0] == f"{name} / HTTP/1.1"
    assert found.outcome == (AOSE_OK, 200, b"" if method == HTTP_HEAD else b"hello")


@pytest.mark.parametrize(
    ("name", "value"),
    [("a", "b\r\nEvil: 1"), ("a", "b\nc"), ("a", "b\0c"), ("a\r\nb", "c"), ("a b", "c"), ("a:b", "c"), ("", "c")],
)
def test_what_would_split_a_request_is_refused(name: str, value: str) -> None:
    with WireServer(say(HELLO)) as server:
        assert request_to(server.url, headers=((name, value),)).code == AOSE_INVALID_ARGUMENT
        assert server.connections == 0


def test_ipv6() -> None:
    try:
        server = WireServer(say(HELLO), host="::1")
    except OSError:
        pytest.skip("no IPv6 here")
    with server:
        assert request_to(server.url).outcome == OK
    assert sent(server.peers[0])[1] == f"Host: [::1]:{server.port}"


def test_the_letters_of_a_host_are_sent_as_they_are_given() -> None:
    with WireServer(say(answer())) as server:
        request_to(f"http://user@A.LocalHost:{server.port}/")
    assert sent(server.peers[0])[1] == f"Host: A.LocalHost:{server.port}"


def test_netrc_is_not_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    """As in the C SDK, whose keys come from its config."""
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login me password secret\n")
    monkeypatch.setenv("HOME", str(tmp_path))
    with WireServer(say(HELLO)) as server:
        assert request_to(server.url).outcome == OK
    assert not any("uthorization" in line for line in sent(server.peers[0]))


def test_redirects_are_not_followed() -> None:
    with WireServer(say(answer(b"", "302 Found", "Location: /elsewhere"))) as server:
        assert request_to(server.url).outcome == (AOSE_OK, 302, b"")
        assert server.connections == 1
    assert len(sent(server.peers[0])[0].split()) == 3


# ---- answers that are understood ----

LONG = "x" * 20_000
UNDERSTOOD = {
    "plain": HELLO,
    "no length": b"HTTP/1.1 200 OK\r\n\r\nhello",
    "HTTP/1.0": b"HTTP/1.0 200 OK\r\n\r\nhello",
    "HTTP/1.0 with length": b"HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\nhello",
    "close": answer(b"hello", "200 OK", "Connection: close"),
    "chunked": b"HTTP/1.1 200 OK\r\ntransfer-encoding: Chunked\r\n\r\n2;a=b\r\nhe\r\n3\r\nllo\r\n0\r\nA: 1\r\n\r\n",
    "continue": b"HTTP/1.1 100 Continue\r\n\r\n" + HELLO,
    "early hints": b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n" + HELLO,
    "no reason": b"HTTP/1.1 200\r\nContent-Length: 5\r\n\r\nhello",
    "bare line feeds": b"HTTP/1.1 200 OK\nContent-Length: 5\n\nhello",
    "folded": b"HTTP/1.1 200 OK\r\nA: b\r\n c\r\nContent-Length: 5\r\n\r\nhello",
    "long header": answer(b"hello", "200 OK", *(f"h{n}: {LONG}" for n in range(3))),
    "longer than announced": HELLO + b"more",
}


@pytest.mark.parametrize("piece", [0, 1])
@pytest.mark.parametrize("name", UNDERSTOOD)
def test_answers_understood(name: str, piece: int) -> None:
    data = UNDERSTOOD[name]

    def script(peer: Peer) -> None:
        peer.request()
        peer.send(data, piece and 1 + len(data) // 2000)

    with WireServer(script) as server:
        assert request_to(server.url).outcome == OK
        assert server.connections == 1


def test_headers_as_received() -> None:
    head = answer(b"", "200 OK", "X-A:  one\t", "x-a: two", 'ETag: "q"', "x-oss-meta-u: \u00fc")
    with WireServer(say(head)) as server:
        headers = request_to(server.url).resp.headers
    assert list(headers.items()) == [
        ("Content-Length", "0"),
        ("X-A", "one"),
        ("x-a", "two"),
        ("ETag", '"q"'),
        ("x-oss-meta-u", "ü"),
    ]


# ---- answers that are not ----

CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
FAILING = {
    "closed before the head": (b"", AOSE_INTERNAL_ERROR),
    "half a status line": (b"HTTP/1.1 2", AOSE_INTERNAL_ERROR),
    "garbage": (b"garbage\r\n\r\n", AOSE_INTERNAL_ERROR),
    "a status that is none": (b"HTTP/1.1 abc OK\r\n\r\n", AOSE_INTERNAL_ERROR),
    "another protocol": (b"SSH-2.0-OpenSSH_9.2\r\n", AOSE_INTERNAL_ERROR),
    "an endless header": (b"HTTP/1.1 200 OK\r\na: " + b"b" * 100_000 + b"\r\n\r\n", AOSE_INTERNAL_ERROR),
    "headers without end": (b"HTTP/1.1 200 OK\r\n" + b"a: b\r\n" * 1000, AOSE_INTERNAL_ERROR),
    "cut between headers": (b"HTTP/1.1 200 OK\r\nA: b\r\n", AOSE_INTERNAL_ERROR),
    "cut in a header": (b"HTTP/1.1 200 OK\r\nContent-Len", AOSE_INTERNAL_ERROR),
    "cut after an interim answer": (b"HTTP/1.1 100 Continue\r\n\r\n", AOSE_INTERNAL_ERROR),
    "a body cut short": (answer(b"hell", length=5), AOSE_CONNECTION_FAILED),
    "no body at all": (answer(length=5), AOSE_CONNECTION_FAILED),
    "cut between chunks": (CHUNKED + b"2\r\nhe\r\n", AOSE_CONNECTION_FAILED),
    "cut in a chunk": (CHUNKED + b"5\r\nhe", AOSE_CONNECTION_FAILED),
    "no chunk size": (CHUNKED + b"zz\r\nhello\r\n", AOSE_CONNECTION_FAILED),
}


@pytest.mark.parametrize("end", ["close", "reset"])
@pytest.mark.parametrize("name", FAILING)
def test_answers_that_fail(name: str, end: str) -> None:
    data, code = FAILING[name]

    def script(peer: Peer) -> None:
        peer.request()
        peer.send(data)
        if end == "reset":
            threading.Event().wait(0.05)  # so that what was sent is read before the reset overtakes it
            peer.reset()

    with WireServer(script) as server:
        found = request_to(server.url + "key?Signature=hidden")
        assert found.code == found.ctl.error_code == code, found.reason
        assert found.reason.startswith(f"GET http://127.0.0.1:{server.port}/key: ")
        assert "hidden" not in found.reason
        assert server.connections == 1, "a fresh connection is not tried twice"


def test_how_much_of_the_body_came() -> None:
    with WireServer(say(answer(b"hell", length=5), then=None)) as server:
        assert "4 bytes received of 5" in request_to(server.url).reason


def test_a_controller_starts_each_request_anew() -> None:
    with WireServer(say(b"garbage\r\n\r\n", then=None), say(HELLO)) as server:
        found = request_to(server.url)
        resp = aos_http_response_create(None)
        assert found.code != AOSE_OK
        assert aos_http_send_request(found.ctl, found.req, resp) == AOSE_OK
        assert (found.ctl.error_code, aos_http_controller_get_reason(found.ctl)) == (AOSE_OK, None)


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://127.0.0.1:{closed}/", AOSE_FAILED_CONNECT),
        ("http://no-such-host.invalid/", AOSE_NAME_LOOKUP_ERROR),
        ("http://" + "a" * 64 + ".example/", AOSE_NAME_LOOKUP_ERROR),
        ("ftp://127.0.0.1/", AOSE_INTERNAL_ERROR),
        ("http://127.0.0.1:99999/", AOSE_INTERNAL_ERROR),
    ],
)
def test_no_connection(url: str, code: int) -> None:
    with WireServer(say()) as server:
        closed = server.port
    found = request_to(url.format(closed=closed))
    assert found.code == code, found.reason


# ---- time ----


def _stalling(data: bytes) -> Script:
    def script(peer: Peer) -> None:
        peer.request()
        peer.send(data)
        peer.wait()

    return script


def _trickling(peer: Peer) -> None:
    peer.request()
    peer.send(answer(length=10_000))
    while True:
        peer.send(b"x")
        threading.Event().wait(0.05)


@pytest.mark.parametrize(
    "script",
    [_stalling(b""), _stalling(b"HTTP/1.1 200 O"), _stalling(answer(b"hell", length=5)), _trickling],
    ids=["before the head", "in the head", "in the body", "trickle"],
)
def test_a_stalled_answer_is_given_up(script: Script) -> None:
    with WireServer(script) as server:
        found = request_to(server.url, **SLOW)
    assert found.code == AOSE_CONNECTION_FAILED
    assert "less than 1000 bytes a second for 1 seconds" in found.reason


def test_a_stalled_upload_is_given_up() -> None:
    done = threading.Event()
    with WireServer(lambda peer: done.wait(PATIENCE)) as server:
        found = request_to(server.url, HTTP_PUT, body=b"x" * (16 << 20), **SLOW)
        done.set()
    assert found.code == AOSE_CONNECTION_FAILED
    assert "too slow" in found.reason


def test_a_connection_that_is_not_answered_is_given_up() -> None:
    with silent_host() as url:
        found = request_to(url, connect_timeout=1)
    assert (found.code, "connect_timeout" in found.reason) == (AOSE_CONNECTION_FAILED, True)


def test_a_timeout_of_the_system_in_mid_transfer_is_told_as_that() -> None:
    error = TimeoutError(errno.ETIMEDOUT, "Connection timed out")
    found = ExchangeError.of(error, "GET x", AOSE_CONNECTION_FAILED)
    assert (found.code, found.reason) == (AOSE_CONNECTION_FAILED, "GET x: Connection timed out")


# ---- early answers ----


def test_an_answer_before_all_of_the_body_was_sent() -> None:
    def script(peer: Peer) -> None:
        peer.sock.recv(1000)
        peer.send(answer(b"<Error/>", "403 Forbidden", "Connection: close"))
        peer.sock.shutdown(1)
        peer.wait()

    with WireServer(script) as server:
        found = request_to(server.url, HTTP_PUT, body=b"x" * (4 << 20))
    assert found.outcome == (AOSE_OK, 403, b"<Error/>")


def test_the_session_is_kept_and_closed() -> None:
    with WireServer(say(HELLO, HELLO), say(HELLO)) as server:
        assert [request_to(server.url).outcome for _ in range(2)] == [OK, OK]
        assert server.connections == 1
        client.close()
        assert request_to(server.url).outcome == OK
        assert server.connections == 2


def test_aos_curl_response_headers_parse() -> None:
    table = aos_table_t()
    for line in (b"Name:  value \r\n", b"no colon\r\n", b"name: other\r\n", b"Empty:\r\n"):
        aos_curl_response_headers_parse(None, table, line, len(line))
    assert list(table.items()) == [("Name", "value"), ("name", "other"), ("Empty", "")]
