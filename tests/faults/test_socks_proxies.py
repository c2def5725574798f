"""SOCKS proxies: what they are told, both sorts of requests through them, and proxies that refuse or say nothing."""

from __future__ import annotations

import socket
import ssl
import struct
import sys
from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest

from aos._http.perform import connection_for
from aos.aos_http_io import (
    AOSE_ABORT_CALLBACK,
    AOSE_CONNECTION_FAILED,
    AOSE_INTERNAL_ERROR,
    AOSE_NAME_LOOKUP_ERROR,
    AOSE_OK,
    aos_http_io_deinitialize,
    aos_http_request_options_create,
)
from tests.authority import Authority
from tests.wire import Peer, WireServer, answer, cancelled, relay, request_to, say

pytestmark = pytest.mark.usefixtures("no_connections")

OK = (AOSE_OK, 200, b"hello")
HELLO = answer(b"hello")


class Told(NamedTuple):
    """What a proxy was told: the destination, and who asks."""

    host: str
    port: int
    user: str = ""
    password: str = ""


class Socks:
    """Script of a SOCKS proxy, which leads to the port ``far`` of this machine whatever it is told. ``login`` is the
    user and password that it wants, ``reply`` the code of its answer, or bytes in the place of that."""

    def __init__(self, far: int = 0, login: tuple[str, str] | None = None, reply: int | bytes = 0) -> None:
        self.far, self.login, self.reply = far, login, reply
        self.told: list[Told] = []

    def __call__(self, peer: Peer) -> None:
        self.sock: socket.socket = peer.sock
        version = self.receive(1)[0]
        accepted = self.socks4() if version == 4 else self.socks5()
        if isinstance(self.reply, bytes):
            peer.sock.sendall(self.reply)
            peer.wait()
        elif accepted and not self.reply:
            with socket.create_connection(("127.0.0.1", self.far)) as far:
                relay(peer.sock, far)

    def receive(self, count: int) -> bytes:
        return self.sock.recv(count, socket.MSG_WAITALL)

    def until_zero(self) -> str:
        text = b""
        while (byte := self.receive(1)) not in (b"\0", b""):
            text += byte
        return text.decode()

    def socks4(self) -> bool:
        _, port, address = struct.unpack(">BH4s", self.receive(7))
        user = self.until_zero()
        host = self.until_zero() if address[:3] == b"\0\0\0" else socket.inet_ntoa(address)
        self.told.append(Told(host, port, user))
        if isinstance(self.reply, int):
            self.sock.sendall(bytes([0, 90 + self.reply]) + bytes(6))
        return True

    def socks5(self) -> bool:
        methods = self.receive(self.receive(1)[0])
        method = 0 if self.login is None else 2 if 2 in methods else 255
        self.sock.sendall(bytes([5, method]))
        login = ("", "")
        if method == 2:
            assert self.receive(1) == b"\x01"
            login = (self.text(), self.text())
            self.sock.sendall(bytes([1, login != self.login]))
        if method == 255 or login != (self.login or login):
            return False
        assert self.receive(3) == b"\x05\x01\x00"
        kind = self.receive(1)[0]
        if kind == 3:
            host = self.text()
        else:
            family = socket.AF_INET if kind == 1 else socket.AF_INET6
            host = socket.inet_ntop(family, self.receive(4 if kind == 1 else 16))
        self.told.append(Told(host, int.from_bytes(self.receive(2), "big"), *login))
        if isinstance(self.reply, int):
            self.sock.sendall(bytes([5, self.reply, 0, 3, 4]) + b"name\0\0")
        return True

    def text(self) -> str:
        return self.receive(self.receive(1)[0]).decode()


@pytest.fixture
def server() -> Iterator[WireServer]:
    with WireServer(say(HELLO, HELLO)) as running:
        yield running


NAME = "oss.localhost"


@pytest.mark.parametrize(
    ("scheme", "host"), [("socks4", "127.0.0.1"), ("socks4a", NAME), ("socks5", "127.0.0.1"), ("socks5h", NAME)]
)
@pytest.mark.parametrize("variable", [None, "http_proxy", "all_proxy"])
def test_http(
    server: WireServer, monkeypatch: pytest.MonkeyPatch, scheme: str, host: str, variable: str | None
) -> None:
    """Names are looked up here for socks4 and socks5, there for the others; the proxy knows nothing of HTTP."""
    with WireServer(proxy := Socks(server.port)) as middle:
        options: dict[str, Any] = {"proxy_host": f"{scheme}://{middle.authority}"}
        if variable is not None:
            monkeypatch.setenv(variable, options.pop("proxy_host"))
        for _ in range(2):
            found = request_to(f"http://{NAME}:1234/a?b", **options)
            assert found.outcome == OK, found.reason
        assert (middle.connections, server.connections) == (1, 1)
        aos_http_io_deinitialize()
    assert proxy.told == [Told(host, 1234)]
    lines = server.peers[0].received.split(b"\r\n")
    assert lines[0] == b"GET /a?b HTTP/1.1"
    assert not any(line.lower().startswith(b"proxy-") for line in lines)


@pytest.mark.parametrize("scheme", ["socks4a", "socks5h"])
def test_https(authority: Authority, right: ssl.SSLContext, scheme: str) -> None:
    with WireServer(say(HELLO, HELLO), tls=right) as far, WireServer(proxy := Socks(far.port)) as middle:
        for _ in range(2):
            found = request_to(
                f"https://localhost:{far.port}/", proxy_host=f"{scheme}://{middle.authority}", ca_file=authority.file
            )
            assert found.outcome == OK, found.reason
        assert (middle.connections, far.connections) == (1, 1)
        aos_http_io_deinitialize()
    assert proxy.told == [Told("localhost", far.port)]


@pytest.mark.parametrize("in_url", [False, True])
@pytest.mark.parametrize("password", ["pä:ss", "p" * 127])
def test_a_login(server: WireServer, in_url: bool, password: str) -> None:
    with WireServer(proxy := Socks(server.port, ("user", password))) as middle:
        login = f"user:{password}"
        found = request_to(
            f"http://{NAME}/",
            proxy_host=f"socks5h://{login + '@' if in_url else ''}{middle.authority}",
            proxy_auth=None if in_url else login,
        )
        assert found.outcome == OK, found.reason
        aos_http_io_deinitialize()
    assert proxy.told == [Told(NAME, 80, "user", password)]


def test_a_user_of_socks4(server: WireServer) -> None:
    with WireServer(proxy := Socks(server.port)) as middle:
        assert request_to(f"http://{NAME}/", proxy_host=f"socks4a://user:pass@{middle.authority}").outcome == OK
        aos_http_io_deinitialize()
    assert proxy.told == [Told(NAME, 80, "user")]


@pytest.mark.parametrize("scheme", ["socks5", "socks5h"])
def test_ipv6(server: WireServer, scheme: str) -> None:
    try:
        middle = WireServer(proxy := Socks(server.port), host="::1")
    except OSError:
        pytest.skip("no IPv6 here")
    with middle:
        assert request_to("http://[2001:db8::1]/", proxy_host=f"{scheme}://{middle.authority}").outcome == OK
        aos_http_io_deinitialize()
    assert proxy.told == [Told("2001:db8::1", 80)]


def test_socks4_knows_no_ipv6() -> None:
    with WireServer(Socks()) as middle:
        found = request_to("http://[2001:db8::1]/", proxy_host=f"socks4://{middle.authority}")
        assert (found.code, middle.connections) == (AOSE_NAME_LOOKUP_ERROR, 0)
    assert "the proxy: " not in found.reason


@pytest.mark.parametrize("scheme", ["socks4", "socks4a", "socks5", "socks5h"])
@pytest.mark.parametrize("refusal", [1, 5, b"", b"HTTP/1.1 400 Bad Request\r\n\r\n"], ids=str)
def test_a_proxy_that_refuses(scheme: str, refusal: int | bytes) -> None:
    def no_socks(peer: Peer) -> None:
        peer.sock.recv(100)
        peer.sock.sendall(bytes(refusal))

    with WireServer(Socks(reply=refusal) if isinstance(refusal, int) else no_socks) as middle:
        found = request_to(f"http://{NAME}/", proxy_host=f"{scheme}://user:secret@{middle.authority}")
    assert (found.code, "the proxy: " in found.reason) == (AOSE_INTERNAL_ERROR, True), found.reason
    assert "secret" not in found.reason


@pytest.mark.parametrize("auth", [None, "user:another-secret"])
def test_a_proxy_that_wants_another_login(auth: str | None) -> None:
    with WireServer(proxy := Socks(login=("user", "secret"))) as middle:
        found = request_to(f"http://{NAME}/", proxy_host=f"socks5h://{middle.authority}", proxy_auth=auth)
    assert (found.code, proxy.told) == (AOSE_INTERNAL_ERROR, [])
    assert "the proxy: " in found.reason and "uthentication" in found.reason and "secret" not in found.reason


@pytest.mark.parametrize("options", [{"proxy_auth": "u:" + "secret" * 30}, {"proxy_auth": "u" * 128 + ":p"}, {}])
def test_a_text_that_is_too_long(options: dict[str, Any]) -> None:
    host = "h" if options else ".".join(["h" * 60] * 3)
    with WireServer(Socks()) as middle:
        found = request_to(f"http://{host}/", proxy_host=f"socks5h://{middle.authority}", **options)
        assert (found.code, middle.connections) == (AOSE_INTERNAL_ERROR, 0)
    assert "127 bytes" in found.reason and "secret" not in found.reason


@pytest.mark.parametrize(
    ("scheme", "reply"), [("socks4a", b""), ("socks4a", b"\0"), ("socks5h", b""), ("socks5h", b"\x05\0\0\x01")]
)
def test_a_proxy_that_says_nothing_more(scheme: str, reply: bytes) -> None:
    with WireServer(Socks(reply=reply)) as middle:
        found = request_to(f"http://{NAME}/", proxy_host=f"{scheme}://{middle.authority}", connect_timeout=1)
    assert (found.code, "the proxy: " in found.reason) == (AOSE_CONNECTION_FAILED, True)
    assert "connect_timeout" in found.reason


@pytest.mark.parametrize("scheme", ["socks4a", "socks5h"])
def test_cancelled_in_the_handshake(scheme: str) -> None:
    connection = connection_for(aos_http_request_options_create(None))
    connection.connect_timeout = 600
    with WireServer(proxy := Socks(reply=b"")) as middle:
        found = cancelled(
            connection,
            lambda: proxy.told,
            lambda: request_to(f"http://{NAME}/", proxy_host=f"{scheme}://{middle.authority}", connection=connection),
        )
        connection.close()
    assert (found.code, found.reason.rpartition(": ")[2]) == (AOSE_ABORT_CALLBACK, "cancelled")


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_without_pysocks(monkeypatch: pytest.MonkeyPatch, scheme: str) -> None:
    monkeypatch.delitem(sys.modules, "aos._http.socks_proxy", raising=False)
    monkeypatch.setitem(sys.modules, "socks", None)
    with WireServer(Socks()) as middle:
        found = request_to(f"{scheme}://{NAME}/", proxy_host=f"socks5h://{middle.authority}")
        assert (found.code, middle.connections) == (AOSE_INTERNAL_ERROR, 0)
    assert "pip install 'oss-c-sdk-python[socks]'" in found.reason
