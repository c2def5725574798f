"""Building, signing and sending requests, with a transport that only records them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from aos import aos_http_io
from aos.aos_buf import aos_buf_pack
from aos.aos_define import (
    AOSE_CONNECTION_FAILED,
    AOSE_INVALID_ARGUMENT,
    AOSE_OK,
    HTTP_GET,
    HTTP_HEAD,
    HTTP_POST,
    HTTP_PUT,
    aos_table_t,
)
from aos.aos_http_io import aos_http_request_create, aos_http_response_create
from oss import oss_util
from oss.oss_util import (
    aos_http_request_t,
    aos_http_response_t,
    aos_http_transport_t,
    aos_list_add_tail,
    aos_status_t,
    oss_init_bucket_request,
    oss_init_live_channel_request,
    oss_init_object_request,
    oss_init_service_request,
    oss_init_signed_url_request,
    oss_process_request,
    oss_process_signed_request,
    oss_request_options_t,
)

Answer = Callable[[aos_http_transport_t], int]


class Recorder:
    """Stands in for ``aos_http_transport_perform``: keeps what it is given, answers what it is told."""

    def __init__(self) -> None:
        self.sent: list[aos_http_request_t] = []
        self.answer: Answer = lambda t: self.reply(t, 200)

    def __call__(self, t: aos_http_transport_t) -> int:
        self.sent.append(t.req)
        return self.answer(t)

    @staticmethod
    def reply(t: aos_http_transport_t, status: int, body: bytes = b"", **headers: str) -> int:
        t.resp.status = status
        for name, value in headers.items():
            t.resp.headers.add(name.replace("_", "-"), value)
        if body:
            aos_list_add_tail(aos_buf_pack(None, body, len(body)).node, t.resp.body)
        return AOSE_OK


@pytest.fixture
def transport(monkeypatch: pytest.MonkeyPatch) -> Iterator[Recorder]:
    aos_http_io.aos_http_io_initialize(None, 0)
    record = Recorder()
    monkeypatch.setattr(aos_http_io, "aos_http_transport_perform", record)
    yield record


def table(**entries: str) -> aos_table_t:
    made = aos_table_t()
    for name, value in entries.items():
        made[name.replace("_", "-")] = value
    return made


def get_object(options: oss_request_options_t, **headers: str) -> aos_status_t:
    req, resp = aos_http_request_t(), aos_http_response_t()
    oss_init_object_request(options, "bucket", "key", HTTP_GET, req, None, table(**headers), None, 0, resp)
    return oss_process_request(options, req, resp)


def test_a_request_is_signed_on_copies(options: oss_request_options_t, transport: Recorder) -> None:
    options.config.sts_token = "token"
    headers, params = table(x_oss_meta_a="1"), table(acl="")
    req, resp = aos_http_request_t(), aos_http_response_t()
    oss_init_object_request(options, "bucket", "key", HTTP_PUT, req, params, headers, None, 7, resp)
    assert oss_process_request(options, req, resp).code == 200
    assert (headers.items(), params.items()) == ([("x-oss-meta-a", "1")], [("acl", "")])
    (sent,) = transport.sent
    assert [name for name, _ in sent.headers.items()] == [
        "x-oss-meta-a",
        "x-oss-security-token",
        "Date",
        "Authorization",
    ]
    assert (sent.crc64, sent.host, sent.uri) == (7, "bucket.oss.example.com", "key")


def test_a_request_can_be_processed_again(options: oss_request_options_t, transport: Recorder) -> None:
    req, resp = aos_http_request_t(), aos_http_response_t()
    oss_init_bucket_request(options, "bucket", HTTP_GET, req, None, None, resp)
    oss_process_request(options, req, resp)
    oss_process_request(options, req, resp)
    assert transport.sent[1].headers.keys().count("Authorization") == 1


def test_an_empty_token_is_no_token(options: oss_request_options_t, transport: Recorder) -> None:
    options.config.sts_token = ""
    get_object(options)
    assert "x-oss-security-token" not in transport.sent[0].headers


def test_progress_goes_to_the_side_that_carries_the_object(options: oss_request_options_t) -> None:
    def progress(consumed: int, total: int) -> None: ...

    for method, on_req, on_resp in ((HTTP_GET, None, progress), (HTTP_POST, progress, None), (HTTP_HEAD, None, None)):
        req, resp = aos_http_request_t(), aos_http_response_t()
        oss_init_object_request(options, "bucket", "key", method, req, None, None, progress, 0, resp)
        assert (req.progress_callback, resp.progress_callback) == (on_req, on_resp)


def test_requests_for_service_channel_and_url(options: oss_request_options_t) -> None:
    req, resp = aos_http_request_t(), aos_http_response_t()
    oss_init_service_request(options, HTTP_GET, req, None, None, resp)
    assert (req.host, req.uri, req.resource) == ("oss.example.com", "", None)
    oss_init_live_channel_request(options, "bucket", "chan", HTTP_PUT, req, None, None, resp)
    assert (req.method, req.resource) == (HTTP_PUT, "bucket/chan")
    options.config.sts_token = "token"
    oss_init_signed_url_request(options, "http://h/k?Signature=1", HTTP_HEAD, req, None, table(a="1"), resp)
    assert (req.signed_url, req.host, req.headers.items()) == ("http://h/k?Signature=1", None, [("a", "1")])


def test_a_signed_url_is_sent_as_it_is(options: oss_request_options_t, transport: Recorder) -> None:
    options.config.access_key_id = None
    req, resp = aos_http_request_t(), aos_http_response_t()
    oss_init_signed_url_request(options, "http://h/k", HTTP_GET, req, None, None, resp)
    assert oss_process_signed_request(options, req, resp).code == 200
    assert transport.sent[0].headers.items() == []


# --- outcomes


def test_success_has_the_request_id(options: oss_request_options_t, transport: Recorder) -> None:
    transport.answer = lambda t: transport.reply(t, 206, x_oss_request_id="R1")
    status = get_object(options)
    assert (status.code, status.error_code, status.error_msg, status.req_id) == (206, None, None, "R1")
    transport.answer = lambda t: transport.reply(t, 200, x_img_request_id="R2")
    assert get_object(options).req_id == "R2"
    transport.answer = lambda t: transport.reply(t, 200)
    assert get_object(options).req_id == ""


def test_an_error_document_is_read(options: oss_request_options_t, transport: Recorder) -> None:
    body = b'<?xml version="1.0"?><Error><Code>NoSuchKey</Code><Message>gone</Message></Error>'
    transport.answer = lambda t: transport.reply(t, 404, body, x_oss_request_id="R")
    status = get_object(options)
    assert (status.code, status.error_code, status.error_msg, status.req_id) == (404, "NoSuchKey", "gone", "R")


@pytest.mark.parametrize("body", [b"", b"<html>", b"not xml at all"])
def test_an_error_without_a_document_is_unknown(
    options: oss_request_options_t, transport: Recorder, body: bytes
) -> None:
    transport.answer = lambda t: transport.reply(t, 503, body)
    status = get_object(options)
    assert (status.code, status.error_code) == (503, "UnknownError")


def test_a_transport_failure(options: oss_request_options_t, transport: Recorder) -> None:
    def fail(t: aos_http_transport_t) -> int:
        t.controller.error_code, t.controller.reason = AOSE_CONNECTION_FAILED, "cut"
        return AOSE_CONNECTION_FAILED

    transport.answer = fail
    status = get_object(options)
    found = (status.code, status.error_code, status.error_msg, status.req_id)
    assert found == (AOSE_CONNECTION_FAILED, "HttpIoError", "cut", "")


# --- refusals: nothing is sent


def refusal(status: aos_status_t) -> str | None:
    assert (status.code, status.error_code, status.req_id) == (AOSE_INVALID_ARGUMENT, "ClientError", None)
    return status.error_msg


OTHER = "has a host with more in it than letters, digits, '-', '.' and '_'"
BAD_ENDPOINTS = {
    "http://bad host": "'http://bad host' has a blank or a line break in it",
    "oss cn.com": "'oss cn.com' has a blank or a line break in it",
    "中文.com": f"'中文.com' {OTHER}",
    "@": "'***@' has no host",
    "user:pw@": "'***@' has no host",
    "a*b": f"'a*b' {OTHER}",
    "[::g]": f"'[::g]' {OTHER}",
    None: "'' is empty",
}


@pytest.mark.parametrize(("endpoint", "words"), BAD_ENDPOINTS.items())
def test_bad_endpoints(options: oss_request_options_t, transport: Recorder, endpoint: str | None, words: str) -> None:
    options.config.endpoint = endpoint
    assert refusal(get_object(options)) == f"The endpoint is invalid: {words}"
    assert transport.sent == []


def test_an_ipv6_endpoint_is_fine(options: oss_request_options_t, transport: Recorder) -> None:
    options.config.endpoint = "http://[::1]:8080"
    assert get_object(options).code == 200
    assert (transport.sent[0].host, transport.sent[0].uri) == ("[::1]:8080", "bucket/key")


@pytest.mark.parametrize("name", ["access_key_id", "access_key_secret"])
@pytest.mark.parametrize("value", [None, ""])
def test_missing_credentials(options: oss_request_options_t, transport: Recorder, name: str, value: str | None) -> None:
    setattr(options.config, name, value)
    assert name in (refusal(get_object(options)) or "")
    assert transport.sent == []


@pytest.mark.parametrize("region", [None, ""])
def test_v4_without_region(options: oss_request_options_t, transport: Recorder, region: str | None) -> None:
    options.config.signature_version, options.config.region = 4, region
    assert "region" in (refusal(get_object(options)) or "")


@pytest.mark.parametrize("bad", ["\0", "\r", "\n", "a\r\nX-Evil: 1"])
def test_headers_that_would_split_the_request(options: oss_request_options_t, transport: Recorder, bad: str) -> None:
    for headers in ({"x_oss_meta_a": f"v{bad}"}, {f"x_oss_meta_a{bad}": "v"}):
        message = refusal(get_object(options, **headers)) or ""
        assert "x-oss-meta-a" in message
        assert "\n" not in message
    assert transport.sent == []


def change(**fields: Any) -> Callable[[aos_http_request_t], None]:
    def apply(req: aos_http_request_t) -> None:
        for name, value in fields.items():
            setattr(req, name, value)

    return apply


@pytest.mark.parametrize(
    ("spoil", "named"),
    [
        (change(uri="a\0b"), "object key"),
        (change(proto="http://\n"), "scheme"),
        (change(method=9), "method"),
        (change(query_params=table(a="x\0")), "'a'"),
        (change(host=None, signed_url="http://h/\r\nx"), "URL"),
    ],
)
def test_other_texts_that_would_spoil_a_request(
    options: oss_request_options_t, transport: Recorder, spoil: Callable[[aos_http_request_t], None], named: str
) -> None:
    req, resp = aos_http_request_t(), aos_http_response_t()
    oss_init_object_request(options, "bucket", "key", HTTP_GET, req, None, None, None, 0, resp)
    spoil(req)
    assert named in (refusal(oss_process_signed_request(options, req, resp)) or "")
    assert transport.sent == []


def test_line_breaks_that_are_encoded_are_fine(options: oss_request_options_t, transport: Recorder) -> None:
    req, resp = aos_http_request_t(), aos_http_response_t()
    oss_init_object_request(options, "bucket", "a\nb", HTTP_GET, req, table(prefix="\r\n"), None, None, 0, resp)
    assert oss_process_request(options, req, resp).code == 200


@pytest.mark.parametrize("name", ["config", "ctl"])
def test_options_without_a_part(options: oss_request_options_t, transport: Recorder, name: str) -> None:
    req, resp = aos_http_request_create(None), aos_http_response_create(None)
    oss_init_object_request(options, "bucket", "key", HTTP_GET, req, None, None, None, 0, resp)
    setattr(options, name, None)
    assert f"options.{name}" in (refusal(oss_process_request(options, req, resp)) or "")


def test_everything_declared_is_there() -> None:
    names = set(vars(oss_util)["__all__"])
    assert all(hasattr(oss_util, name) for name in names)
    assert {"aos_str_set", "oss_config_t", "oss_checkpoint_t", "OSS_CP_UPLOAD", "aos_status_is_ok"} <= names
