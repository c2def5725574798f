"""The head of an answer from anyone: strict, bounded in bytes and lines, and never the place of a surprise."""

from __future__ import annotations

import gzip
import io
import ssl
import tracemalloc
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from requests.adapters import HTTPAdapter

from aos._http import client
from aos._http.head import MAX_HEAD, MAX_LINES, BadHead, read_head
from aos._http.perform import connection_for
from aos._native import part_head_matches
from aos.aos_http_io import (
    AOSE_CONNECTION_FAILED,
    AOSE_INTERNAL_ERROR,
    AOSE_OK,
    HTTP_DELETE,
    HTTP_GET,
    HTTP_HEAD,
    HTTP_POST,
    HTTP_PUT,
    aos_http_request_options_create,
    aos_table_t,
)
from oss.oss_api import oss_get_object_to_buffer
from tests.authority import Authority
from tests.fuzz.amount import fuzz
from tests.resumable import IMPATIENT
from tests.service import running
from tests.wire import Peer, WireServer, answer, request_to, say

OK = (AOSE_OK, 200, b"hello")


@pytest.fixture(autouse=True)
def fresh(no_connections: None) -> Iterator[None]:
    yield


def result_of(data: bytes, **options: Any) -> Any:
    with WireServer(say(data, then=None)) as server:
        return request_to(server.url, **options)


# ---- bounds ----


def test_a_head_of_many_metadata() -> None:
    """More lines than http.client takes, by the transport and by each way of a kept connection."""
    metas = [f"x-oss-meta-{number}: {number}" for number in range(1000)]
    connection = connection_for(aos_http_request_options_create(None))
    with WireServer(say(*[answer(b"hello", "200 OK", *metas)] * 3)) as server:
        for kept in (None, connection, connection):
            found = request_to(server.url, connection=kept)
            assert (found.outcome, found.resp.headers["x-oss-meta-999"]) == (OK, "999")
        connection.close()


def test_metadata_of_an_object() -> None:
    with running() as service:
        headers = aos_table_t()
        for number in range(400):
            headers[f"x-oss-meta-n{number}"] = f"{number:04}"
        service.put("key", b"data", headers)
        found = service.head("key")
        assert [found[f"x-oss-meta-n{number}"] for number in range(400)] == [f"{number:04}" for number in range(400)]


ENDLESS = {
    "lines": b"a: b\r\n",
    "long lines": b"a: " + b"b" * 60_000 + b"\r\n",
    "one line": b"a" * 100,
    "interim answers": b"HTTP/1.1 100 Continue\r\n\r\n",
    "interim answers with long reasons": b"HTTP/1.1 100 " + b"C" * 60_000 + b"\r\n\r\n",
    "folded": b" a\r\n",
}


@pytest.mark.parametrize("what", [*ENDLESS, "trailers", "chunk extensions"])
@pytest.mark.parametrize("kept", [False, True])
def test_a_head_without_an_end(what: str, kept: bool) -> None:
    piece = ENDLESS.get(what, b"a: b\r\n")
    block = piece * (1 + 60_000 // len(piece))
    begin = b"HTTP/1.1 200 OK\r\n"
    if what in ("trailers", "chunk extensions"):
        begin += b"Transfer-Encoding: chunked\r\n\r\n" + (b"0\r\n" if what == "trailers" else b"1;")
    elif what.startswith("interim answers"):
        begin = b""
    elif what == "folded":
        begin += b"a: b\r\n"
    sent = 0

    def script(peer: Peer) -> None:
        nonlocal sent
        if kept:
            peer.request()
            peer.send(answer(b"hello"))
        peer.request()
        peer.send(begin)
        while sent < 1 << 25:
            sent += len(block)
            peer.send(block)

    connection = connection_for(aos_http_request_options_create(None)) if kept else None
    with WireServer(script) as server:
        if kept:
            assert request_to(server.url, connection=connection).outcome == OK
        tracemalloc.start()
        found = request_to(server.url, connection=connection)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert found.code in (AOSE_INTERNAL_ERROR, AOSE_CONNECTION_FAILED), found.reason
    assert sent < 1 << 25, "it was given up early"
    assert peak < 8 << 20
    if connection is not None:
        connection.close()


def test_the_bounds_themselves() -> None:
    assert len(read_head(io.BytesIO(b"HTTP/1.1 200 OK\r\n" + b"a: b\r\n" * MAX_LINES + b"\r\n")).headers) == MAX_LINES
    with pytest.raises(BadHead, match="lines"):
        read_head(io.BytesIO(b"HTTP/1.1 200 OK\r\n" + b"a: b\r\n" * (MAX_LINES + 1) + b"\r\n"))
    big = b"a: " + b"b" * 50_000 + b"\r\n"
    assert result_of(b"HTTP/1.1 200 OK\r\n" + big * (MAX_HEAD // len(big) - 1) + b"\r\nhello").outcome == OK
    assert "bytes" in result_of(b"HTTP/1.1 200 OK\r\n" + big * (MAX_HEAD // len(big) + 1) + b"\r\nhello").reason


# ---- what is no head ----

REFUSED = {
    "another length too": b"Content-Length: 5\r\nContent-Length: 6",
    "a list of lengths": b"Content-Length: 5, 6",
    "a signed length": b"Content-Length: +5",
    "a negative length": b"Content-Length: -5",
    "a length with underscores": b"Content-Length: 0_5",
    "a length in other digits": "Content-Length: \u0665".encode(),
    "a hexadecimal length": b"Content-Length: 0x5",
    "an empty length": b"Content-Length:",
    "a length beyond all": b"Content-Length: 99999999999999999999",
    "a coding that is not known": b"Transfer-Encoding: gzip, chunked",
    "a coding that is no coding": b"Transfer-Encoding: xchunked\r\nContent-Length: 5",
    "a length beside chunks": b"Transfer-Encoding: chunked\r\nContent-Length: 5",
    "two ETags": b'ETag: "a"\r\netag: "b"\r\nContent-Length: 5',
    "two ranges": b"Content-Range: bytes 0-4/9\r\nContent-Range: bytes 1-5/9\r\nContent-Length: 5",
    "chunked twice": b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
    "a blank before the colon": b"Content-Length : 5",
    "no colon": b"garbage\r\nContent-Length: 5",
    "no name": b": a\r\nContent-Length: 5",
    "a NUL": b"a: b\0c\r\nContent-Length: 5",
    "a bare carriage return": b"a: b\rContent-Length: 6\r\nContent-Length: 5",
    "folded at once": b" a\r\nContent-Length: 5",
    "a name of another script": "é: a\r\nContent-Length: 5".encode(),
}


@pytest.mark.parametrize("name", REFUSED)
@pytest.mark.parametrize("kept", [False, True])
def test_heads_that_are_refused(name: str, kept: bool) -> None:
    """http.client would take some of these for a shorter, longer or unframed body."""
    bad = b"HTTP/1.1 200 OK\r\n" + REFUSED[name] + b"\r\n\r\nhello"
    if not kept:
        assert result_of(bad).code == AOSE_INTERNAL_ERROR
        return
    connection = connection_for(aos_http_request_options_create(None))
    with WireServer(say(answer(b"hello"), bad, then=None)) as server:
        found = [request_to(server.url, connection=connection).code for _ in range(2)]
        connection.close()
    assert found == [AOSE_OK, AOSE_INTERNAL_ERROR]


@pytest.mark.parametrize(
    "lines",
    [
        b"Content-Length: 5\r\nContent-Length: 5",
        b"Content-Length: 5, 5",
        b"Content-Length: 005",
        b"Transfer-Encoding: identity\r\nContent-Length: 5",
        b"a:\r\nb: \r\nContent-Length:5",
        b'ETag: "a"\r\netag: "a"\r\nContent-Length: 5',
        b"a: b:c\r\nContent-Length:\t 5 \t",
    ],
)
def test_heads_that_are_odd_but_clear(lines: bytes) -> None:
    assert result_of(b"HTTP/1.1 200 OK\r\n" + lines + b"\r\n\r\nhello").outcome == OK


@pytest.mark.parametrize(
    "line", ["HTTP/1.1 20 OK", "HTTP/1.1 2000 OK", "HTTP/2 200 OK", "HTTP/1.1 -200", "http/1.1 200 OK"]
)
def test_status_lines_that_are_none(line: str) -> None:
    """Refused at once, not when the connection ends."""
    with WireServer(say(line.encode() + b"\r\n")) as server:
        assert request_to(server.url).code == AOSE_INTERNAL_ERROR


# ---- chunks ----


def chunked(size: str, data: bytes = b"x" * 1000) -> bytes:
    """An answer of one chunk."""
    return b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + size.encode() + b"\r\n" + data + b"\r\n0\r\n\r\n"


@pytest.mark.parametrize("size", ["0x3e8", "+3e8", "3_e8", " 3e8 ", "-3e8", "", ";a=b", "3e7", "f" * 16])
def test_chunks_that_are_refused(size: str) -> None:
    """Among them one that is longer than its size says."""
    found = result_of(chunked(size))
    assert found.code in (AOSE_INTERNAL_ERROR, AOSE_CONNECTION_FAILED), found.reason
    assert "chunk" in found.reason


@pytest.mark.parametrize("size", ["3e8", "3E8", "003e8", "3e8;a=b", "3e8 ; a"])
def test_chunks_that_are_odd_but_clear(size: str) -> None:
    assert result_of(chunked(size)).outcome == (AOSE_OK, 200, b"x" * 1000)


# ---- what comes behind an answer ----


@pytest.mark.parametrize("behind", [b"\r\n", answer(b"evil!")])
@pytest.mark.parametrize("kept", [False, True])
@pytest.mark.parametrize("tls", [False, True])
def test_bytes_behind_an_answer_open_another_connection(
    authority: Authority, right: ssl.SSLContext, tls: bool, kept: bool, behind: bytes
) -> None:
    connection = connection_for(aos_http_request_options_create(None)) if kept else None
    with WireServer(say(answer(b"hello") + behind), say(*[answer(b"hello")] * 2), tls=right if tls else None) as server:
        options: dict[str, Any] = {"ca_file": authority.file, "connection": connection}
        assert [request_to(server.url, **options).outcome for _ in range(3)] == [OK] * 3
        assert server.connections == 2
        if connection is not None:
            connection.close()


def test_a_foreign_adapter_gives_the_bytes_as_they_came() -> None:
    data = gzip.compress(b"hello")
    with WireServer(say(answer(data, "200 OK", "Content-Encoding: gzip"))) as server:
        client.session().mount("http://127.0.0.1", HTTPAdapter())
        assert request_to(server.url).outcome == (AOSE_OK, 200, data)


# ---- an error's document that is cut ----


@pytest.mark.parametrize("end", ["close", "reset", "stall"])
def test_a_status_is_told_though_its_document_is_cut(end: str) -> None:
    document = b"<?xml version='1.0'?><Error><Code>AccessDenied</Code>"

    def script(peer: Peer) -> None:
        peer.request()
        peer.send(answer(document, "403 Forbidden", "x-oss-request-id: id", length=500))
        if end == "reset":
            peer.reset()
        elif end == "stall":
            peer.wait()

    with running() as service, WireServer(script) as server:
        service.options.config.endpoint = server.url
        if end == "stall":
            service.options.ctl.options.speed_limit, service.options.ctl.options.speed_time = 1000, IMPATIENT
        status = oss_get_object_to_buffer(*service.where, "key", None, None, None, None)
    assert (status.code, status.error_code, status.req_id) == (403, "UnknownError", "id")
    assert "cut short" in (status.error_msg or "") or "too slow" in (status.error_msg or "")


# ---- redirects ----


@pytest.mark.parametrize("code", [300, 301, 302, 303, 305, 307, 308])
@pytest.mark.parametrize("method", [HTTP_GET, HTTP_HEAD, HTTP_PUT, HTTP_POST, HTTP_DELETE])
@pytest.mark.parametrize("kept", [False, True])
def test_no_redirect_is_followed(code: int, method: int, kept: bool) -> None:
    connection = connection_for(aos_http_request_options_create(None)) if kept else None
    secret = (("Authorization", "OSS id:signature"), ("x-oss-security-token", "token"))
    with WireServer(say(answer(b"stolen"))) as thief:
        moved = answer(b"", f"{code} Moved", f"Location: {thief.url}")
        with WireServer(say(moved, moved)) as server:
            for _ in range(2):
                found = request_to(server.url, method, headers=secret, connection=connection)
                assert found.outcome == (AOSE_OK, code, b"")
                assert found.resp.headers["Location"] == thief.url
            if connection is not None:
                connection.close()
        assert thief.connections == 0


# ---- anything ----

LINES = st.one_of(
    st.binary(max_size=40),
    st.sampled_from([line for lines in REFUSED.values() for line in lines.split(b"\r\n")]),
    st.from_regex(rb"[a-z-]{1,9}: ?[ -~]{0,9}", fullmatch=True),
    st.sampled_from(
        [b"Content-Length: 3", b"Transfer-Encoding: chunked", b"Connection: close", b"HTTP/1.1 100 C", b""]
    ),
)
HEADS = st.builds(
    lambda first, lines, end: first + end + end.join(lines) + end + end + b"abc",
    st.sampled_from([b"HTTP/1.1 200 OK", b"HTTP/1.1 206 P", b"HTTP/1.0 404", b"HTTP/1.1 100 C", b"junk", b""]),
    st.lists(LINES, max_size=8),
    st.sampled_from([b"\r\n", b"\n"]),
)


@fuzz
@given(HEADS | st.binary(max_size=200))
@example(b"HTTP/1.1 200 OK\r\n\r\n")
@example(b"HTTP/1.1 100 C\r\n\r\nHTTP/1.1 200 OK\r\na: b\r\n c\r\n\r\n")
@example(b"HTTP/1.1 206 P\r\na: b\nContent-Length: 4\r\nContent-Length: 3\r\n\r\nabc")
@example(b"HTTP/1.1 206 P\r\nx-oss-meta-a: \xc3\xa9 \xff\t\r\nContent-Length: 3\r\n\r\nabc")
@example(b"HTTP/1.1 206 P\r\nContent-Length: " + b"9" * 5000 + b"\r\n\r\nabc")
@example(b"HTTP/1.1 206 P\r\na\0: b\r\nContent-Length: 3\r\n\r\nabc")
def test_any_head_is_read_or_refused(data: bytes) -> None:
    stream = io.BytesIO(data)
    try:
        head = read_head(stream)
        framing = head.framing("GET")
    except BadHead:
        return
    assert int(head.status[9:12]) >= 200 or head.status[9:12] == "101"
    assert data[: stream.tell()].endswith((b"\n\r\n", b"\n\n"))
    assert framing.length is None or 0 <= framing.length < 10**18
    assert not (framing.chunked and framing.length is not None)
    assert head.framing("HEAD")[:2] == (0, False)
    for name, value in head.headers:
        assert not set("\r\n\0") & set(name + value)


RANGE, TAG = "bytes 0-2/9", '"e"'
EXPECTED = [b"Content-Length: 3", b"Content-Range: bytes 0-2/9", b'ETag: "e"']
PART_HEADS = st.builds(
    lambda first, lines, end: end.join([first, *lines, b"", b""]),
    st.sampled_from([b"HTTP/1.1 206 P", b"HTTP/1.1 206 ", b"HTTP/1.1 206 P\n", b"HTTP/1.0 206 P", b"HTTP/1.1 2060 P"]),
    st.lists(LINES, max_size=3).flatmap(lambda lines: st.permutations([*EXPECTED, *lines])),
    st.sampled_from([b"\r\n", b"\r\n", b"\n"]),
)


@fuzz
@given(PART_HEADS)
@example(b"\r\n".join([b"HTTP/1.1 206 P", *EXPECTED, b"", b""]))
@example(b"\r\n".join([b"HTTP/1.1 206 P", *EXPECTED, b"a: b\nContent-Length: 4", b"", b""]))
@example(b"\r\n".join([b"HTTP/1.1 206 P", *EXPECTED, b"Content-Length: 3", b"", b""]))
@example(b"\r\n".join([b"HTTP/1.1 206 P", *EXPECTED, b" folded", b"", b""]))
def test_the_recogniser_agrees_with_the_strict_reader(head: bytes) -> None:
    """What the C extension takes for the head it expects says exactly that to the strict reader."""
    if not part_head_matches(head, 3, RANGE.encode(), TAG.encode()):
        assert head != b"\r\n".join([b"HTTP/1.1 206 P", *EXPECTED, b"", b""])
        return
    strict = read_head(stream := io.BytesIO(head))
    assert stream.tell() == len(head)
    assert strict.status.startswith("HTTP/1.1 206 ")
    assert [int(value) for value in strict.values("content-length")] == [3]
    assert (strict.values("content-range"), strict.values("etag")) == ([RANGE], [TAG])
    assert strict.values("transfer-encoding") == []
    assert [value.lower() for value in strict.values("connection")] in ([], ["keep-alive"])
