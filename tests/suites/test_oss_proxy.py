"""The C suite test_oss_proxy, by the names of its cases: the service through a proxy that asks for a password."""

from __future__ import annotations

import base64
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from oss.local_server import LocalServer
from oss.oss_api import *
from tests.resumable import pattern
from tests.service import BUCKET, Service, content, new_list, options_for, table, texts
from tests.wire import Peer, WireServer, answer

KEY = "oss_test_proxy_put_object.txt"
TEXT = "Sow nothing, reap nothing."
CREDENTIALS = b"Basic " + base64.b64encode(b"tester:secret")


class Proxy:
    """Hands on one request a connection, without what was meant for it; refuses who does not know the password."""

    def __init__(self) -> None:
        self.passed: list[bytes] = []
        """The request lines of the requests handed on."""

    def __call__(self, peer: Peer) -> None:
        head, _, body = peer.request().partition(b"\r\n\r\n")
        line, *fields = head.split(b"\r\n")
        mine = [field for field in fields if field.lower().startswith(b"proxy-")]
        if [field.partition(b": ")[2] for field in mine if b"-authorization" in field.lower()] != [CREDENTIALS]:
            peer.send(answer(b"", "407 Proxy Authentication Required", "Connection: close"))
            return
        self.passed.append(line)
        method, url, version = line.split(b" ")
        authority, _, path = url.removeprefix(b"http://").partition(b"/")
        host, _, port = authority.decode().partition(":")
        others = [field for field in fields if field not in mine and not field.lower().startswith(b"connection:")]
        lines = [b" ".join((method, b"/" + path, version)), *others, b"Connection: close", b"", b""]
        with socket.create_connection((host, int(port)), timeout=10) as far:
            far.sendall(b"\r\n".join(lines) + body)
            while data := far.recv(65536):
                peer.send(data)


class Proxied(Service):
    """A service whose options go through a proxy, by oss_config_resolve."""

    def __init__(self, server: LocalServer, proxy: Proxy, port: int) -> None:
        super().__init__(server)
        self.proxy = proxy
        config = self.options.config
        config.proxy_host, config.proxy_port = "127.0.0.1", port
        config.proxy_user, config.proxy_passwd = "tester", "secret"
        oss_config_resolve(self.options.pool, config, self.options.ctl)


@pytest.fixture
def service(no_connections: None) -> Iterator[Proxied]:
    with LocalServer(buckets=[BUCKET]) as server, WireServer(proxy := Proxy()) as middle:
        yield (made := Proxied(server, proxy, middle.port))
        assert len(server.requests) == len(proxy.passed), "nothing went past the proxy"
        assert all(f" {server.endpoint}/" in line.decode() for line in proxy.passed)
        sent = {name.lower() for request in server.requests for name, _ in request.headers}
        assert not any(name.startswith("proxy") for name in sent)
        assert made.options.ctl.options.proxy_auth == "tester:secret"


def test_proxy_put_object_from_buffer(service: Proxied) -> None:
    service.put(KEY, TEXT, table(("Expect", ""), ("Transfer-Encoding", "")))
    buffer = new_list()
    status = oss_get_object_to_buffer(*service.where, KEY, None, None, buffer, None)
    assert (status.code, content(buffer).decode()) == (200, TEXT)
    assert [line.split()[0] for line in service.proxy.passed] == [b"PUT", b"GET"]


def test_proxy_list_object(service: Proxied) -> None:
    for key in (KEY, KEY + "2", "another"):
        service.server.put(BUCKET, key, TEXT.encode())
    params = oss_create_list_object_params(None)
    params.max_ret, params.prefix = 1, "oss_test_proxy_"
    assert oss_list_object(*service.where, params, service.headers).code == 200
    assert texts(params.object_list, "key") == [KEY]


def test_proxy_resumable_upload(service: Proxied, tmp_path: Path) -> None:
    data = pattern(350_000)
    (file := tmp_path / "file").write_bytes(data)
    params = oss_create_resumable_clt_params_content(None, 1024 * 100, 3, AOS_FALSE, None)
    key, body = "test_proxy_resumable_upload.jpg", new_list()
    status = oss_resumable_upload_file(*service.where, key, str(file), None, None, params, None, service.headers, body)
    assert status.code == 200, status
    assert len(service.proxy.passed) == 1 + 4 + 1
    assert service.get(key) == data
    head = aos_table_t()
    assert oss_head_object(*service.where, key, None, head).code == 200
    assert head["Content-Length"] == str(len(data))


def test_a_wrong_password(service: Proxied) -> None:
    """That the proxy of these tests does ask."""
    options = options_for(service.server)
    options.ctl.options.proxy_host, options.ctl.options.proxy_auth = service.options.ctl.options.proxy_host, "a:b"
    assert oss_head_object(options, BUCKET, KEY, None, None).code == 407
