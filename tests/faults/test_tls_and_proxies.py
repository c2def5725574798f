"""HTTPS with certificates of all kinds, and both sorts of requests through a proxy."""

from __future__ import annotations

import base64
import contextlib
import os
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from aos._http.perform import connection_for
from aos.aos_http_io import (
    AOSE_ABORT_CALLBACK,
    AOSE_CONNECTION_FAILED,
    AOSE_FAILED_CONNECT,
    AOSE_FAILED_VERIFICATION,
    AOSE_INTERNAL_ERROR,
    AOSE_NAME_LOOKUP_ERROR,
    AOSE_OK,
    BODY_IN_FILE,
    aos_create_file_buf,
    aos_http_io_deinitialize,
    aos_http_request_options_create,
    aos_http_request_t,
    aos_http_response_t,
    aos_open_file_for_write,
    aos_write_http_body_file,
)
from tests.authority import Authority
from tests.wire import Peer, Script, WireServer, answer, cancelled, relay, request_to, say

OK = (AOSE_OK, 200, b"hello")
HELLO = answer(b"hello")


pytestmark = pytest.mark.usefixtures("no_connections")


# ---- certificates ----


def test_our_own_authority(authority: Authority, right: ssl.SSLContext) -> None:
    with WireServer(say(HELLO, HELLO), tls=right) as server:
        assert [request_to(server.url, ca_file=authority.file).outcome for _ in range(2)] == [OK, OK]
        assert server.connections == 1


def test_an_unknown_authority(right: ssl.SSLContext) -> None:
    with WireServer(say(HELLO), tls=right) as server:
        found = request_to(server.url)
        assert (found.code, "certificate" in found.reason) == (AOSE_FAILED_VERIFICATION, True)
        assert request_to(server.url, verify_ssl=0).outcome == OK


def test_the_wrong_name(authority: Authority) -> None:
    with WireServer(say(HELLO), tls=authority.server("other.example")) as server:
        found = request_to(server.url, ca_file=authority.file)
        assert (found.code, "certificate" in found.reason) == (AOSE_FAILED_VERIFICATION, True)
        assert request_to(server.url, ca_file=authority.file, verify_ssl=0).outcome == OK


def test_unverified_connections_are_not_used_for_verified_requests(right: ssl.SSLContext) -> None:
    with WireServer(say(HELLO), tls=right) as server:
        assert request_to(server.url, verify_ssl=0).outcome == OK
        assert request_to(server.url).code == AOSE_FAILED_VERIFICATION


@pytest.mark.parametrize("content", [None, "no certificate"])
def test_a_bad_file_of_authorities(right: ssl.SSLContext, tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "bad.pem"
    if content is not None:
        path.write_text(content)
    with WireServer(say(HELLO), tls=right) as server:
        found = request_to(server.url, ca_file=str(path))
        assert (found.code, str(path) in found.reason) == (AOSE_INTERNAL_ERROR, True)
        assert request_to(server.url, ca_file=str(path), verify_ssl=0).outcome == OK


def test_a_server_without_tls(authority: Authority) -> None:
    def script(peer: Peer) -> None:
        peer.sock.recv(1000)
        peer.send(b"HTTP/1.1 400 Bad Request\r\n\r\n")

    with WireServer(script) as server:
        assert request_to(f"https://{server.authority}/", ca_file=authority.file).code == AOSE_INTERNAL_ERROR


def test_a_handshake_that_is_never_answered(authority: Authority) -> None:
    with WireServer(Peer.wait) as server:
        found = request_to(f"https://{server.authority}/", ca_file=authority.file, connect_timeout=1)
    assert (found.code, "connect_timeout" in found.reason) == (AOSE_CONNECTION_FAILED, True)


# ---- a worker's connection ----


def gone(peer: Peer) -> None:
    """Answers once; when the next request comes, the TCP connection ends without a word of TLS."""
    peer.request()
    peer.send(HELLO)
    peer.request()
    socket.socket.shutdown(peer.sock, socket.SHUT_RDWR)


def reset(peer: Peer) -> None:
    peer.request()
    peer.send(HELLO)
    peer.request()
    peer.reset()


def silent(peer: Peer) -> None:
    peer.request()


@pytest.mark.parametrize("kept", [False, True])
@pytest.mark.parametrize("script", [gone, reset], ids=lambda script: script.__name__)
def test_a_stale_connection(authority: Authority, right: ssl.SSLContext, script: Script, kept: bool) -> None:
    connection = connection_for(aos_http_request_options_create(None)) if kept else None
    with WireServer(script, say(HELLO), tls=right) as server:
        for _ in range(2):
            assert request_to(server.url, ca_file=authority.file, connection=connection).outcome == OK
        assert server.connections == 2
        if connection is not None:
            connection.close()


def test_a_fresh_connection_is_not_tried_twice(authority: Authority, right: ssl.SSLContext) -> None:
    with WireServer(silent, say(HELLO), tls=right) as server:
        assert request_to(server.url, ca_file=authority.file).code == AOSE_INTERNAL_ERROR
        assert server.connections == 1


@pytest.mark.parametrize("progress", [False, True])
def test_a_body_into_a_file(authority: Authority, right: ssl.SSLContext, tmp_path: Path, progress: bool) -> None:
    data, calls = os.urandom(900_001), []
    connection = connection_for(aos_http_request_options_create(None))

    def prepare(req: aos_http_request_t, resp: aos_http_response_t) -> None:
        resp.file_buf = aos_create_file_buf(None)
        assert aos_open_file_for_write(None, str(tmp_path / "f"), resp.file_buf) == AOSE_OK
        resp.type, resp.write_body = BODY_IN_FILE, aos_write_http_body_file
        if progress:
            resp.progress_callback = lambda done, total: calls.append(done)

    with WireServer(say(*[answer(data, "206 P")] * 3), tls=right) as server:
        for _ in range(3):
            found = request_to(server.url, ca_file=authority.file, connection=connection, prepare=prepare)
            assert (found.code, found.resp.body_len) == (AOSE_OK, len(data))
            assert (tmp_path / "f").read_bytes() == data
        assert server.connections == 1
        connection.close()
    assert not progress or calls[-1] == len(data)


@pytest.mark.parametrize("to_file", [False, True])
@pytest.mark.parametrize("what", ["cancel", "stall", "short"])
def test_a_body_that_does_not_come(
    authority: Authority, right: ssl.SSLContext, tmp_path: Path, what: str, to_file: bool
) -> None:
    connection = connection_for(aos_http_request_options_create(None))
    if what == "stall":
        connection.deadline.speed_limit, connection.deadline.speed_time = 1000, 1

    def prepare(req: aos_http_request_t, resp: aos_http_response_t) -> None:
        if to_file:
            resp.file_buf = aos_create_file_buf(None)
            assert aos_open_file_for_write(None, str(tmp_path / "f"), resp.file_buf) == AOSE_OK
            resp.type, resp.write_body = BODY_IN_FILE, aos_write_http_body_file

    def script(peer: Peer) -> None:
        peer.request()
        peer.send(answer(b"hell", length=5))
        if what != "short":
            peer.wait()

    timer = threading.Timer(0.2, connection.cancel)
    with WireServer(script, tls=right) as server:
        if what == "cancel":
            timer.start()
        found = request_to(server.url, ca_file=authority.file, connection=connection, prepare=prepare)
        timer.cancel()
        connection.close()
    assert found.code == (AOSE_ABORT_CALLBACK if what == "cancel" else AOSE_CONNECTION_FAILED), found.reason


# ---- proxies ----


class Proxy:
    """A proxy for both sorts of requests; ``wait`` seconds pass between a CONNECT's answer and the tunnel."""

    def __init__(
        self, answer_to_connect: bytes = b"HTTP/1.1 200 Connection established\r\n\r\n", wait: float = 0
    ) -> None:
        self.answer_to_connect, self.wait = answer_to_connect, wait
        self.heads: list[list[str]] = []

    def __call__(self, peer: Peer) -> None:
        while head := peer.request():
            self.heads.append(head.decode("latin-1").split("\r\n\r\n")[0].split("\r\n"))
            if not head.startswith(b"CONNECT "):
                peer.send(HELLO)
                continue
            peer.send(self.answer_to_connect)
            if b" 200 " not in self.answer_to_connect:
                return
            time.sleep(self.wait)
            host, _, port = head.split()[1].decode().rpartition(":")
            with socket.create_connection((host, int(port))) as far:
                relay(peer.sock, far)
            return


def _credentials(user: str) -> str:
    return "Basic " + base64.b64encode(user.encode()).decode()


AUTH = [(None, None), ("user:pä:ss", "user:pä:ss"), ("user", "user:"), ("用户:密码", "用户:密码")]


@pytest.mark.parametrize(("given", "told"), AUTH, ids=["none", "password", "user alone", "any script"])
@pytest.mark.parametrize("kept", [False, True])
def test_http_through_a_proxy(given: str | None, told: str | None, kept: bool) -> None:
    connection = connection_for(aos_http_request_options_create(None)) if kept else None
    with WireServer(proxy := Proxy()) as server:
        for _ in range(2):
            found = request_to(
                "http://oss.example/a%2Fb?c", proxy_host=server.authority, proxy_auth=given, connection=connection
            )
            assert found.outcome == OK, found.reason
        if connection is not None:
            connection.close()
        assert server.connections == 1
    for head in proxy.heads:
        fields = {name.lower(): value for name, _, value in (line.partition(": ") for line in head[1:])}
        assert head[0] == "GET http://oss.example/a%2Fb?c HTTP/1.1"
        assert len(fields) == len(head) - 1
        assert fields["host"] == "oss.example"
        assert fields.get("proxy-authorization") == (told and _credentials(told))


@pytest.mark.parametrize(("given", "told"), AUTH[:2], ids=["none", "password"])
def test_https_through_a_proxy(
    authority: Authority, right: ssl.SSLContext, given: str | None, told: str | None
) -> None:
    settings: dict[str, Any] = {"ca_file": authority.file, "proxy_auth": given}
    with WireServer(say(HELLO, HELLO), tls=right) as server, WireServer(proxy := Proxy()) as middle:
        for _ in range(2):
            found = request_to(server.url, proxy_host=middle.authority, **settings)
            assert found.outcome == OK, found.reason
        assert (server.connections, middle.connections) == (1, 1)
        aos_http_io_deinitialize()
    assert b"roxy-" not in server.peers[0].received, "the service learns nothing of the proxy"
    names = [line.partition(":")[0] for line in proxy.heads[0][1:] if not line.startswith("Proxy-Authorization")]
    assert proxy.heads[0][0] == f"CONNECT {server.authority} HTTP/1.1"
    assert names == ["Host", "Proxy-Connection"]
    assert (told is None) == (not any(line.lower().startswith("proxy-authorization") for line in proxy.heads[0]))


def test_a_handshake_behind_a_proxy_has_its_time(authority: Authority, right: ssl.SSLContext) -> None:
    with WireServer(say(HELLO), tls=right) as server, WireServer(Proxy(wait=0.6)) as middle:
        found = request_to(server.url, proxy_host=middle.authority, ca_file=authority.file)
        assert found.outcome == OK, found.reason
        aos_http_io_deinitialize()


@pytest.mark.parametrize(
    "refusal",
    [b"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n", b"HTTP/1.1 502 Bad Gateway\r\n\r\n", b"?\r\n\r\n"],
)
def test_a_proxy_that_refuses(refusal: bytes) -> None:
    with WireServer(Proxy(refusal)) as middle:
        found = request_to("https://oss.example/", proxy_host=middle.authority, proxy_auth="user:secret")
    assert found.code == AOSE_INTERNAL_ERROR
    assert "proxy" in found.reason
    assert "secret" not in found.reason + repr(found.ctl)


@pytest.mark.parametrize(
    ("proxy_host", "code"),
    [("127.0.0.1:{closed}", AOSE_FAILED_CONNECT), ("no-such-proxy.invalid", AOSE_NAME_LOOKUP_ERROR)],
)
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_proxy_that_is_not_there(scheme: str, proxy_host: str, code: int) -> None:
    with WireServer(say()) as server:
        closed = server.port
    url = f"{scheme}://oss.example/"
    found = request_to(url, proxy_host=proxy_host.format(closed=closed), proxy_auth="user:secret")
    assert (found.code, "secret" in found.reason) == (code, False), found.reason


def test_credentials_in_the_name_of_a_proxy_are_not_told() -> None:
    with WireServer(say()) as server:
        closed = server.port
    found = request_to("http://oss.example/", proxy_host=f"user:secret@127.0.0.1:{closed}")
    assert found.code == AOSE_FAILED_CONNECT
    assert "secret" not in found.reason


# ---- proxies of the environment ----


def fields_of(head: list[str]) -> dict[str, str]:
    return {name.lower(): value for name, _, value in (line.partition(": ") for line in head[1:])}


@pytest.fixture
def proxies() -> Iterator[list[tuple[WireServer, Proxy]]]:
    with contextlib.ExitStack() as stack:
        made = [Proxy(), Proxy()]
        yield [(stack.enter_context(WireServer(proxy)), proxy) for proxy in made]
        aos_http_io_deinitialize()


Proxies = list[tuple[WireServer, Proxy]]


def test_the_environment_names_a_proxy_for_each_request(proxies: Proxies, monkeypatch: pytest.MonkeyPatch) -> None:
    for server, _ in proxies * 2:
        monkeypatch.setenv("http_proxy", server.url)
        assert request_to("http://oss.example/a").outcome == OK
    for server, proxy in proxies:
        assert [head[0] for head in proxy.heads] == ["GET http://oss.example/a HTTP/1.1"] * 2
        assert server.connections == 1


def test_credentials_in_the_environment(proxies: Proxies, monkeypatch: pytest.MonkeyPatch) -> None:
    """proxy_auth is the password of another proxy."""
    (server, proxy), _ = proxies
    for credentials in ("", "us%3Aer:p%40ss@"):
        monkeypatch.setenv("http_proxy", f"http://{credentials}{server.authority}/path")
        assert request_to("http://oss.example/", proxy_auth="other:secret").outcome == OK
    assert [fields_of(head).get("proxy-authorization") for head in proxy.heads] == [None, _credentials("us:er:p@ss")]


def test_https_through_a_proxy_of_the_environment(
    authority: Authority, right: ssl.SSLContext, proxies: Proxies, monkeypatch: pytest.MonkeyPatch
) -> None:
    (middle, proxy), _ = proxies
    monkeypatch.setenv("HTTPS_PROXY", f"http://user:pass@{middle.authority}")
    with WireServer(say(HELLO), tls=right) as server:
        assert request_to(server.url, ca_file=authority.file).outcome == OK
        aos_http_io_deinitialize()
        assert b"roxy-" not in server.peers[0].received, "the service learns nothing of the proxy"
    assert proxy.heads[0][0] == f"CONNECT {server.authority} HTTP/1.1"
    assert fields_of(proxy.heads[0])["proxy-authorization"] == _credentials("user:pass")


@pytest.mark.parametrize(
    ("variables", "options"),
    [
        ({"no_proxy": "*"}, {}),
        ({"NO_PROXY": "127.0.0.0/8"}, {}),
        ({"no_proxy": "127.0.0.1"}, {"proxy_host": "{proxy}"}),
        ({}, {"proxy_host": ""}),
        ({}, {"use_env_proxy": 0}),
    ],
    ids=str,
)
def test_no_proxy(
    proxies: Proxies, monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], options: dict[str, Any]
) -> None:
    """As in libcurl, no_proxy holds for proxy_host too."""
    (middle, _), _ = proxies
    for name, value in {"http_proxy": middle.url, **variables}.items():
        monkeypatch.setenv(name, value)
    given = {name: value.format(proxy=middle.url) if name == "proxy_host" else value for name, value in options.items()}
    with WireServer(say(HELLO)) as server:
        assert request_to(server.url, **given).outcome == OK
        assert (server.connections, middle.connections) == (1, 0)


@pytest.mark.parametrize("variable", ["http_proxy", "all_proxy"])
def test_an_option_names_another_proxy(proxies: Proxies, monkeypatch: pytest.MonkeyPatch, variable: str) -> None:
    (named, _), (other, _) = proxies
    monkeypatch.setenv(variable, other.url)
    monkeypatch.setenv("no_proxy", "*")
    assert request_to("http://oss.example/", proxy_host=named.url, use_env_proxy=0).outcome == OK
    monkeypatch.setenv("no_proxy", "elsewhere.example")
    assert request_to("http://oss.example/", proxy_host=named.url).outcome == OK
    assert (named.connections, other.connections) == (1, 0)


@pytest.mark.parametrize("value", ["http://user:secret@{closed}", "ftp://user:secret@host", "http://user:secret@h:x"])
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_the_environments_passwords_are_not_told(
    scheme: str, value: str, monkeypatch: pytest.MonkeyPatch, logged: list[str]
) -> None:
    with WireServer(say()) as server:
        closed = server.authority
    monkeypatch.setenv("all_proxy", value.format(closed=closed))
    found = request_to(f"{scheme}://oss.example/")
    assert found.code in (AOSE_FAILED_CONNECT, AOSE_INTERNAL_ERROR)
    assert "proxy" in found.reason
    assert "secret" not in found.reason + repr(found.ctl) + "".join(logged)


# ---- proxies that are spoken to by TLS ----


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_the_certificate_of_a_proxy(authority: Authority, right: ssl.SSLContext, scheme: str) -> None:
    with (
        WireServer(say(HELLO), tls=right if scheme == "https" else None) as server,
        WireServer(proxy := Proxy(), tls=right) as middle,
    ):
        untold = request_to(server.url, proxy_host=middle.url)
        assert (untold.code, proxy.heads) == (AOSE_FAILED_VERIFICATION, [])
        assert request_to(server.url, proxy_host=middle.url, ca_file=authority.file).outcome == OK
        aos_http_io_deinitialize()
    assert len(proxy.heads) == 1


def test_cancelled_in_a_handshake_within_tls(authority: Authority, right: ssl.SSLContext) -> None:
    options = aos_http_request_options_create(None)
    connection = connection_for(options)
    with WireServer(Peer.wait) as server, WireServer(proxy := Proxy(), tls=right) as middle:
        found = cancelled(
            connection,
            lambda: server.connections,
            lambda: request_to(
                f"https://{server.authority}/",
                proxy_host=middle.url,
                ca_file=authority.file,
                connect_timeout=600,
                connection=connection,
            ),
        )
        connection.close()
    assert (found.code, len(proxy.heads)) == (AOSE_ABORT_CALLBACK, 1)
