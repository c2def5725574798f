"""The service's own words for an error, also where the answer has no body to say them in."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from aos import aos_http_io
from oss.local_server import LocalServer
from oss.oss_api import (
    AOS_FALSE,
    AOSE_OK,
    aos_error,
    aos_http_transport_t,
    aos_status_dup,
    aos_status_t,
    aos_table_t,
    oss_create_resumable_clt_params_content,
    oss_get_object_to_buffer,
    oss_head_object,
    oss_resumable_download_file,
)
from tests.service import BUCKET, Service, new_list, options_at, options_for
from tests.wire import WireServer, answer, say

ERROR = "<Error><Code>NoSuchKey</Code><Message>It is gone.</Message>{more}</Error>"
ID, EC = "<RequestId>in the document</RequestId>", "<EC>0026-00000001</EC>"


def encoded(document: str) -> str:
    return "x-oss-err: " + base64.b64encode(document.encode()).decode()


def head(*headers: str) -> aos_status_t:
    """The status of a HEAD that is answered by 404 and these headers."""
    with WireServer(say(answer(b"", "404 Not Found", *headers, length=230))) as server:
        return oss_head_object(options_at(server.url, is_cname=1), BUCKET, "key", None, None)


@pytest.mark.parametrize(
    ("headers", "req_id", "ec"),
    [
        ((encoded(ERROR.format(more=ID + EC)),), "in the document", "0026-00000001"),
        ((encoded(ERROR.format(more=ID + EC)), "x-oss-request-id: of the header"), "of the header", "0026-00000001"),
        ((encoded(ERROR.format(more="")), "x-oss-ec: 0015-00000101"), "", "0015-00000101"),
        ((encoded('<?xml version="1.0" encoding="UTF-8"?>\n' + ERROR.format(more="")),), "", None),
    ],
)
def test_a_failed_head_tells_why(headers: tuple[str, ...], req_id: str, ec: str | None) -> None:
    s = head(*headers)
    assert (s.code, s.error_code, s.error_msg) == (404, "NoSuchKey", "It is gone.")
    assert (s.req_id, s.ec) == (req_id, ec)


NO_ERRORS = {
    "nothing": "x-oss-err: ",
    "no base64": "x-oss-err: <Error><Code>NoSuchKey</Code></Error>",
    "base64 cut short": encoded(ERROR.format(more=""))[:-3],
    "not ASCII": "x-oss-err: é",
    "no XML": encoded("not found"),
    "no Error": encoded("<Fault><Code>NoSuchKey</Code></Fault>"),
    "no Code": encoded("<Error></Error>"),
    "a DOCTYPE": encoded("<!DOCTYPE x><Error><Code>NoSuchKey</Code></Error>"),
    "deep": encoded("<a>" * 1000),
}


@pytest.mark.parametrize("header", NO_ERRORS.values(), ids=NO_ERRORS)
def test_a_header_that_is_no_error_is_unknown(header: str) -> None:
    s = head(header, "x-oss-request-id: R", "x-oss-ec: 0026-00000001")
    assert (s.code, s.error_code, s.error_msg) == (404, "UnknownError", None)
    assert (s.req_id, s.ec) == ("R", "0026-00000001")


def test_a_header_that_is_too_big_is_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    """More than the head of an answer may have; a transport of the program's own may give it all the same."""

    def perform(t: aos_http_transport_t) -> int:
        t.resp.status = 404
        t.resp.headers["x-oss-err"] = encoded(ERROR.format(more=" " * (1 << 20))).partition(": ")[2]
        return AOSE_OK

    monkeypatch.setattr(aos_http_io, "aos_http_transport_perform", perform)
    with WireServer(say()) as server:
        status = oss_head_object(options_at(server.url, is_cname=1), BUCKET, "key", None, None)
    assert status.error_code == "UnknownError"


def test_a_body_counts_before_the_header() -> None:
    body = ERROR.format(more=ID + EC).encode()
    with WireServer(say(answer(body, "404 Not Found", encoded("<Error><Code>Other</Code></Error>")))) as server:
        s = oss_get_object_to_buffer(options_at(server.url, is_cname=1), BUCKET, "key", None, None, new_list(), None)
    assert (s.error_code, s.error_msg, s.ec) == ("NoSuchKey", "It is gone.", "0026-00000001")


def test_an_answer_that_is_ok_has_no_ec() -> None:
    with WireServer(say(answer(b"", "200 OK", "x-oss-ec: 0026-00000001", encoded(ERROR)))) as server:
        s = oss_head_object(options_at(server.url, is_cname=1), BUCKET, "key", None, None)
    assert (s.code, s.error_code, s.ec) == (200, None, None)


def test_the_ec_is_in_the_exception_and_in_copies(service: Service) -> None:
    s = oss_head_object(service.options, BUCKET, "none", None, None)
    with pytest.raises(aos_error, match=rf"^404 NoSuchKey: .* \(request {s.req_id}, EC 0026-00000001\)$"):
        s.raise_for_status()
    assert aos_status_dup(None, s).ec == "0026-00000001"


@pytest.mark.parametrize(("bucket", "code"), [(BUCKET, "NoSuchKey"), ("c-sdk-no-exist", "NoSuchBucket")])
def test_a_resumable_download_of_nothing(service: Service, tmp_path: Path, bucket: str, code: str) -> None:
    params = oss_create_resumable_clt_params_content(None, 1 << 20, 1, AOS_FALSE, None)
    s = oss_resumable_download_file(
        service.options, bucket, "none", tmp_path / "file", None, None, params, None, aos_table_t()
    )
    assert (s.code, s.error_code) == (404, code)
    assert s.error_msg and "does not exist" in s.error_msg


def test_head_and_get_say_the_same() -> None:
    """Whatever the service refuses."""
    with LocalServer(buckets=[BUCKET]) as server:
        for spoil in ("access_key_id", "access_key_secret"):
            options = options_for(server)
            setattr(options.config, spoil, "another")
            told = [
                oss_head_object(options, BUCKET, "key", None, None),
                oss_get_object_to_buffer(options, BUCKET, "key", None, None, new_list(), None),
            ]
            assert told[0].error_code == told[1].error_code != "UnknownError"
            assert told[0].ec == told[1].ec is not None
