"""An answer that begins as a success and ends as an error: a 200, or a 203, whose document is an Error."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from oss.oss_api import (
    AOSE_SERVICE_ERROR,
    aos_list_t,
    aos_status_is_ok,
    aos_status_t,
    aos_string_t,
    aos_table_t,
    oss_complete_multipart_upload,
    oss_copy_object,
    oss_create_complete_part_content,
    oss_do_put_object_from_buffer,
    oss_get_object_acl,
    oss_get_object_to_buffer,
    oss_list_object,
    oss_request_options_t,
)
from oss.oss_util import oss_create_list_object_params
from tests.service import content, new_list, options_at
from tests.wire import WireServer, answer, say

ERROR = b"<?xml version='1.0'?>\n<Error><Code>InternalError</Code><Message>too late</Message><EC>7</EC></Error>"
ID = "x-oss-request-id: 1"
Made = Callable[[oss_request_options_t], aos_status_t]


def _complete(options: oss_request_options_t) -> aos_status_t:
    part = oss_create_complete_part_content(None)
    part.part_number, part.etag = "1", "e"
    return oss_complete_multipart_upload(options, "bucket", "key", "id", new_list(part), None, None)


def _put(options: oss_request_options_t, body: aos_list_t | None = None) -> aos_status_t:
    return oss_do_put_object_from_buffer(options, "bucket", "key", new_list("x"), None, None, None, aos_table_t(), body)


CALLS: dict[str, Made] = {
    "a completion": _complete,
    "a copy": lambda options: oss_copy_object(options, "bucket", "key", "bucket", "copy", None, None),
    "an upload": _put,
    "a list": lambda options: oss_list_object(options, "bucket", oss_create_list_object_params(None), None),
    "a setting": lambda options: oss_get_object_acl(options, "bucket", "key", aos_string_t(), None),
}


@pytest.mark.parametrize("name", CALLS)
@pytest.mark.parametrize("before", [b"", b" \r\n" * 2000], ids=["at once", "after a long wait"])
def test_a_late_error(name: str, before: bytes) -> None:
    with WireServer(say(answer(before + ERROR, "200 OK", ID))) as far:
        status = CALLS[name](options_at(far.url))
    assert (status.code, status.error_code, status.error_msg, status.ec, status.req_id) == (
        AOSE_SERVICE_ERROR,
        "InternalError",
        "too late",
        "7",
        "1",
    )


@pytest.mark.parametrize("body", [b"<Errors/>", b"<A><Error><Code>C</Code></Error></A>", b"<Error>", b"{}", b""])
def test_what_is_no_error(body: bytes) -> None:
    said = aos_list_t()
    with WireServer(say(answer(body))) as far:
        status = _put(options_at(far.url), said)
    assert (status.code, status.error_code, content(said)) == (200, None, body)


def test_an_object_may_be_an_error() -> None:
    got = new_list()
    with WireServer(say(answer(ERROR))) as far:
        status = oss_get_object_to_buffer(options_at(far.url), "bucket", "key", None, None, got, None)
    assert (status.code, status.error_code, content(got)) == (200, None, ERROR)


def test_a_copy_is_tried_again() -> None:
    with WireServer(say(answer(ERROR), answer(b"<CopyObjectResult/>"))) as far:
        options = options_at(far.url)
        options.retry_times = 1
        assert CALLS["a copy"](options).code == 200


def test_a_callback_that_failed() -> None:
    """The object is stored, so the status is a success; it says what became of the callback."""
    said, document = aos_list_t(), b"<Error><Code>CallbackFailed</Code><Message>Error status : 502.</Message></Error>"
    with WireServer(say(answer(document, "203 Non-Authoritative Information"))) as far:
        status = _put(options_at(far.url), said)
    assert aos_status_is_ok(status)
    assert (status.code, status.error_code, status.error_msg) == (203, "CallbackFailed", "Error status : 502.")
    assert content(said) == document
