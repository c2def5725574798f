"""No text that a program gives to the SDK can end a line of a request, add one, or begin another request.

Every function of ``oss_api.h`` is called with hostile texts in every place that takes one; what a socket then receives
is looked at byte by byte. A text may be refused, or go out encoded; never as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from aos import aos_http_io
from oss.oss_api import (
    AOSE_INVALID_ARGUMENT,
    AOSE_OK,
    aos_http_controller_create,
    aos_http_io_initialize,
    aos_http_request_create,
    aos_http_request_options_create,
    aos_http_request_t,
    aos_http_response_create,
    aos_http_response_t,
    aos_http_send_request,
    oss_head_object,
    oss_request_options_t,
)
from tests.fuzz.every_call import FUNCTIONS, call_of
from tests.service import options_at
from tests.wire import Peer, WireServer, answer

ANOTHER = "a\r\nX-Evil: 1\r\n\r\nGET /evil HTTP/1.1\r\nHost: evil\r\n\r\n"
HOSTILE = [ANOTHER, "a\nX-Evil: 1", "a\rX-Evil: 1", "a\0b"]
DOCUMENT = (  # names that the service tells are as hostile
    b"<R><UploadId>u&#13;&#10;X-Evil: 1</UploadId><Bucket>b</Bucket>"
    b"<Contents><Key>k&#13;&#10;X-Evil: 1</Key></Contents><IsTruncated>false</IsTruncated></R>"
)
LINE = re.compile(rb"[!-9;-~]+: [^\r\n\0]*")


def serve(peer: Peer) -> None:
    while data := peer.request():
        reply = answer(DOCUMENT, "200 OK", 'ETag: "e"', "Last-Modified: Thu, 01 Jan 1970 00:00:00 GMT")
        peer.send(reply.removesuffix(DOCUMENT) if data.startswith(b"HEAD") else reply)


@pytest.fixture(scope="module")
def server() -> Iterator[WireServer]:
    with WireServer(serve) as running:
        yield running


@pytest.fixture(scope="module")
def options(server: WireServer) -> oss_request_options_t:
    return options_at(server.url, region="region")


def requests_of(server: WireServer) -> list[bytes]:
    """What has arrived since the last time."""
    found = [peer.received for peer in server.peers if peer.received]
    for peer in server.peers:
        peer.received = b""
    return found


def look_at(stream: bytes) -> int:
    """Takes a connection's bytes apart strictly; the number of requests."""
    count = 0
    while stream:
        head, gap, stream = stream.partition(b"\r\n\r\n")
        first, *lines = head.split(b"\r\n")
        assert gap
        assert re.fullmatch(rb"(GET|HEAD|PUT|POST|DELETE) [!-~]+ HTTP/1\.1", first), first
        assert b"/evil HTTP" not in first
        assert all(map(LINE.fullmatch, lines)), lines
        fields = dict(line.lower().split(b": ", 1) for line in lines)
        assert len(fields) == len(lines), lines
        assert not any(name.startswith((b"x-evil", b"transfer-encoding")) for name in fields), lines
        stream = stream[int(fields.get(b"content-length", b"0")) :]
        count += 1
    return count


@pytest.mark.parametrize("name", FUNCTIONS)
def test_no_text_splits_a_request(
    name: str, server: WireServer, options: oss_request_options_t, tmp_path: Path
) -> None:
    requests_of(server)
    for version in (1, 4):
        options.config.signature_version = version
        call_of(name, options, server.url, tmp_path)()
        sent = [look_at(stream) for stream in requests_of(server)]
        assert sent or name in ("oss_gen_signed_url", "oss_gen_rtmp_signed_url")
    made = call_of(name, options, server.url, tmp_path)
    own, shared = list(made.own_spots()), list(made.shared_spots())
    for place, _ in enumerate(own + shared):
        for number, text in enumerate(HOSTILE if place < len(own) else HOSTILE[place % 2 :: 2]):
            options.config.signature_version = 4 if number % 2 else 1
            call = call_of(name, options, server.url, tmp_path)
            spot = [*call.own_spots(), *call.shared_spots()][place]
            try:
                spot.put(text)
                call()
            except ValueError:
                assert name.startswith("oss_gen_"), f"{name}, {spot.name}: a status is promised"
            for stream in requests_of(server):
                look_at(stream)


@pytest.mark.parametrize("text", HOSTILE)
def test_no_user_agent_splits_a_request(text: str, server: WireServer, options: oss_request_options_t) -> None:
    requests_of(server)
    before = aos_http_io.aos_default_http_transport_options
    aos_http_io_initialize(text, 0)
    try:
        options.ctl = aos_http_controller_create(None, 0)
        assert oss_head_object(options, "bucket-a", "key", None, None).code == AOSE_INVALID_ARGUMENT
    finally:
        aos_http_io.aos_default_http_transport_options = before
    assert not requests_of(server)


@pytest.mark.parametrize("text", HOSTILE)
def test_no_part_of_a_bare_request_splits_it(text: str, server: WireServer) -> None:
    """Below ``oss``, where a program makes its requests by hand."""
    requests_of(server)
    for field in ("host", "proto", "uri", "resource"):
        req, resp, ctl = aos_http_request_t(), aos_http_response_t(), aos_http_controller_create(None, 0)
        req.assign(aos_http_request_create(None))
        resp.assign(aos_http_response_create(None))
        ctl.options = aos_http_request_options_create(None)
        req.proto, req.host, req.uri = "http://", server.authority, "key"
        setattr(req, field, (getattr(req, field) or "") + text)
        code = aos_http_send_request(ctl, req, resp)
        sent = [look_at(stream) for stream in requests_of(server)]
        assert sent == ([1] if code == AOSE_OK else [])
