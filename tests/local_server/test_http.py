"""Framing, limits and hostile bytes, over a raw socket."""

from __future__ import annotations

import socket

import pytest

from oss.local_server import LocalServer
from tests.local_server.clients import talk
from tests.service import BUCKET

HEAD = b"PUT /" + BUCKET.encode() + b"/k HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
GET = b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
CHUNKED_HEAD = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
CHUNKED = b"5;ext=1\r\nhello\r\n6\r\n world\r\n0\r\nTrailer: x\r\n\r\n"
BAD_SIZES = (b"zz", b"0x5", b"+5", b"-5", b"0_5", b" 5", b"5 ", b"", b"0" * 16 + b"5", b"5;" + b"x" * 5000, b"5\n5")


@pytest.mark.parametrize(
    ("rest", "stored"),
    [
        (b"Content-Length: 5\r\n\r\nhello", b"hello"),
        (b"Transfer-Encoding: chunked\r\n\r\n" + CHUNKED, b"hello world"),
        (b"transfer-encoding: Chunked\r\n\r\n" + CHUNKED, b"hello world"),
        (b"Content-Length: 0\r\n\r\n", b""),
    ],
    ids=["length", "chunked", "in any case", "empty"],
)
def test_request_bodies(open_server: LocalServer, rest: bytes, stored: bytes) -> None:
    assert talk(open_server, HEAD + rest).startswith(b"HTTP/1.1 200 OK\r\n")
    assert open_server.get(BUCKET, "k") == stored


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (b"nonsense\r\n\r\n", 400),
        (GET.replace(b"1.1", b"2.0") + b"\r\n", 400),
        (GET + b"no colon\r\n\r\n", 400),
        (GET + b"bad name: x\r\n\r\n", 400),
        (GET + b"A: b\rc\r\n\r\n", 400),
        (GET + b"A: b\nB: c\r\n\r\n", 400),
        (GET + b"A: b\0c\r\n\r\n", 400),
        (GET.replace(b"/ ", b"/\tk ") + b"\r\n", 400),
        (GET.replace(b"/ ", b"http://[bad/ ") + b"\r\n", 400),
        (GET.replace(b"/ ", b"http://a,b/ ") + b"\r\n", 400),
        (GET.replace(b"/ ", b"/" + b"x" * 20000 + b" ") + b"\r\n", 414),
        (GET + b"A: " + b"x" * 70000 + b"\r\n\r\n", 431),
        (GET + b"A: b\r\n" * 20000 + b"\r\n", 431),
        (b"GET / HTTP/1.1\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost:\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: a b\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: a:port\r\n\r\n", 400),
        (b"GET / HTTP/1.0\r\nHost: a/b\r\n\r\n", 400),
        (GET + b"Host: 127.0.0.1\r\n\r\n", 400),
        (HEAD + b"Content-Length: -1\r\n\r\n", 400),
        (HEAD + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\n", 400),
        (HEAD + b"Content-Length: 1\r\nContent-Length: 1\r\n\r\nx", 400),
        (HEAD + b"Content-Length: 11\r\nTransfer-Encoding: chunked\r\n\r\n" + CHUNKED, 400),
        (HEAD + b"Transfer-Encoding: gzip\r\n\r\n", 400),
        (HEAD + b"Transfer-Encoding: xchunked\r\n\r\n" + CHUNKED, 400),
        (HEAD + b"Transfer-Encoding: chunked, chunked\r\n\r\n" + CHUNKED, 400),
        (HEAD + b"Transfer-Encoding: chunked\r\n" * 2 + b"\r\n" + CHUNKED, 400),
        *((CHUNKED_HEAD + size + b"\r\nhello\r\n0\r\n\r\n", 400) for size in BAD_SIZES),
        (CHUNKED_HEAD + b"3\r\nabcd\r\n", 400),
        (CHUNKED_HEAD + b"0\r\nno trailer\r\n\r\n", 400),
        (HEAD + b"\r\n", 411),
        (GET.replace(b"/ ", b"/%ff%fe/k ") + b"\r\n", 400),
        (GET.replace(b"/ ", b"/?prefix=%ff ") + b"\r\n", 400),
        (b"GET /" + BUCKET.encode() + b"?list-type=2&continuation-token=\xf0\x9f\x98\x80 HTTP/1.0\r\n\r\n", 400),
        (GET.replace(b"GET", b"BREW") + b"\r\n", 405),
    ],
)
def test_bad_requests(open_server: LocalServer, request_: bytes, status: int) -> None:
    # The connection is over: what follows is not taken for a request.
    answer = talk(open_server, request_ + HEAD + b"Content-Length: 0\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 %d " % status) and answer.count(b"HTTP/1.1 ") == 1
    with pytest.raises(KeyError):
        open_server.get(BUCKET, "k")


def test_a_body_cut_short_is_not_stored(open_server: LocalServer) -> None:
    with socket.create_connection((open_server.host, open_server.port), timeout=10) as sock:
        sock.sendall(HEAD + b"Content-Length: 10\r\n\r\nhello")
        sock.shutdown(socket.SHUT_WR)
        assert sock.recv(100) == b""
    with pytest.raises(KeyError):
        open_server.get(BUCKET, "k")
    assert not [path for path in (open_server.root / "data").rglob("*") if path.is_file()]


def test_continue_comes_before_the_body_and_not_when_refused(server: LocalServer, open_server: LocalServer) -> None:
    expect = b"Expect: 100-continue\r\nContent-Length: 5\r\n\r\n"
    with socket.create_connection((open_server.host, open_server.port), timeout=10) as sock:
        sock.sendall(HEAD + expect)
        assert sock.recv(1000) == b"HTTP/1.1 100 Continue\r\n\r\n"
        sock.sendall(b"hello")
        assert sock.recv(1000).startswith(b"HTTP/1.1 200 ")
    refused = talk(server, HEAD.replace(b"Connection: close\r\n", b"") + expect)
    assert refused.startswith(b"HTTP/1.1 403 ")
    assert b"Connection: close" in refused


def test_keep_alive_and_pipelining(open_server: LocalServer) -> None:
    open_server.put(BUCKET, "k", b"0123456789")
    get = b"GET /bucket-a/k HTTP/1.1\r\nHost: 127.0.0.1\r\n"
    head = b"HEAD /bucket-a/k HTTP/1.1\r\nHost: 127.0.0.1\r\n"
    answer = talk(open_server, get + b"\r\n" + head + b"\r\n" + get + b"Connection: close\r\n\r\n")
    assert answer.count(b"HTTP/1.1 200 OK") == 3
    assert answer.count(b"0123456789") == 2
    assert answer.count(b"Content-Length: 10\r\n") == 3
    assert open_server.connections == 1
    assert [record.connection for record in open_server.requests] == [1, 1, 1]


def test_an_unread_body_does_not_spoil_the_next_request(open_server: LocalServer) -> None:
    refused = b"PUT /no-bucket/k HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5\r\n\r\nhello"
    listing = b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
    answer = talk(open_server, refused + listing)
    assert [int(text[:3]) for text in answer.split(b"HTTP/1.1 ")[1:]] == [404, 200]


def test_an_announced_body_that_does_not_come_is_not_waited_for(open_server: LocalServer) -> None:
    open_server.put(BUCKET, "k", b"data")
    head = HEAD.replace(b"PUT", b"GET").replace(b"Connection: close\r\n", b"")
    assert talk(open_server, head + b"Content-Length: 9\r\n\r\n").endswith(b"\r\n\r\ndata")


def test_old_clients_and_proxy_requests(open_server: LocalServer) -> None:
    open_server.put(BUCKET, "k", b"data")
    assert talk(open_server, b"GET /bucket-a/k HTTP/1.0\r\n\r\n").endswith(b"\r\n\r\ndata")
    target = f"http://127.0.0.1:{open_server.port}/bucket-a/k".encode()
    answer = talk(open_server, b"GET " + target + b" HTTP/1.1\r\nHost: other\r\nConnection: close\r\n\r\n")
    assert answer.endswith(b"\r\n\r\ndata")


@pytest.mark.parametrize(
    ("host", "path"),
    [
        ("127.0.0.1:80", "/bucket-a/k"),
        ("[::1]:80", "/bucket-a/k"),
        ("localhost", "/bucket-a/k"),
        ("bucket-a.localhost:8080", "/k"),
        ("BUCKET-A.LOCALHOST", "/k"),
        ("bucket-a.my.domain", "/k"),
        ("my.domain", "/bucket-a/k"),
        ("bucket-a.anything.example", "/k"),
        ("bucket-a.oss-cn-hangzhou.aliyuncs.com", "/k"),
        ("oss-cn-hangzhou.aliyuncs.com", "/bucket-a/k"),
        ("www.example.com", "/k"),
        ("localhost", "/bucket-a%2Fk"),
    ],
)
def test_addressing(host: str, path: str) -> None:
    with LocalServer(buckets=[BUCKET], signature_required=False, domains=["my.domain"]) as server:
        server.add_cname("www.example.com", BUCKET)
        server.put(BUCKET, "k", b"found")
        answer = talk(server, f"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
        assert answer.endswith(b"\r\n\r\nfound")


def test_the_longest_domain_wins() -> None:
    nested = [f"{'x.' * depth}my.domain" for depth in range(6)]
    with LocalServer(buckets=[BUCKET], signature_required=False, domains=nested) as server:
        server.put(BUCKET, "k", b"found")
        for domain in nested:
            answer = talk(server, f"GET /k HTTP/1.1\r\nHost: {BUCKET}.{domain}\r\nConnection: close\r\n\r\n".encode())
            assert answer.endswith(b"\r\n\r\nfound"), domain


def test_the_c_sdk_sends_a_length_beside_chunks() -> None:
    both = HEAD + b"Content-Length: 11\r\nTransfer-Encoding: chunked\r\n\r\n" + CHUNKED
    with LocalServer(buckets=[BUCKET], signature_required=False, length_beside_chunks=True) as server:
        assert talk(server, both).startswith(b"HTTP/1.1 200 OK\r\n")
        assert server.get(BUCKET, "k") == b"hello world"
