"""Statuses, and reading one from an answer."""

from __future__ import annotations

import pytest

from aos.aos_buf import aos_buf_pack
from aos.aos_status import (
    aos_error,
    aos_http_is_ok,
    aos_list_add_tail,
    aos_list_init,
    aos_list_t,
    aos_should_retry,
    aos_status_create,
    aos_status_dup,
    aos_status_is_ok,
    aos_status_parse_from_body,
    aos_status_set,
    aos_status_t,
)

PROLOG = b'<?xml version="1.0" encoding="UTF-8"?>\n'


def status(code: int, error_code: str | None = None, error_msg: str | None = None) -> aos_status_t:
    s = aos_status_create(None)
    aos_status_set(s, code, error_code, error_msg)
    return s


def body(*parts: bytes) -> aos_list_t:
    head = aos_list_t()
    aos_list_init(head)
    for part in parts:
        aos_list_add_tail(aos_buf_pack(None, part, len(part)).node, head)
    return head


@pytest.mark.parametrize(("code", "ok"), [(199, 0), (200, 1), (299, 1), (300, 0), (0, 0), (-200, 0), (-994, 0)])
def test_ok(code: int, ok: int) -> None:
    assert aos_status_is_ok(status(code)) == aos_http_is_ok(code) == ok


@pytest.mark.parametrize(
    ("code", "retry"), [(200, 0), (404, 0), (429, 0), (500, 1), (599, 1), (600, 0), (-992, 1), (-995, 1), (-994, 0)]
)
def test_should_retry(code: int, retry: int) -> None:
    assert aos_should_retry(status(code)) == retry


def test_nothing_to_ask() -> None:
    assert aos_should_retry(None) == 0
    with pytest.raises(ValueError, match="s must not be None"):
        aos_status_is_ok(None)  # type: ignore[arg-type]


def test_set_keeps_the_request_id() -> None:
    s = status(200)
    s.req_id = "R"
    aos_status_set(s, -994, "C", "M")
    assert (s.code, s.error_code, s.error_msg, s.req_id) == (-994, "C", "M", "R")
    twin = aos_status_dup(None, s)
    assert twin is not s
    assert (twin.code, twin.error_code, twin.error_msg, twin.req_id) == (-994, "C", "M", "R")


def test_raising() -> None:
    status(204).raise_for_status()
    s = status(404, "NoSuchKey", "gone")
    s.req_id = "R"
    with pytest.raises(aos_error, match=r"^404 NoSuchKey: gone \(request R\)$") as caught:
        s.raise_for_status()
    assert caught.value.status is s
    with pytest.raises(aos_error, match=r"^-996 UnknownError$"):
        status(-996).raise_for_status()


def test_texts_are_fit_to_be_printed() -> None:
    """Of one line each, but for the message of a service; nothing in them tells a terminal anything."""
    s = status(404, "No\nSuch\x1b[31m", "the file a\r\n\x9bb")
    s.req_id = "R\u2028\x7f"
    assert (s.error_code, s.error_msg, s.req_id) == (r"No\nSuch\x1b[31m", r"the file a\r\n\x9bb", r"R\u2028\x7f")
    document = b"<Error><Code>No\nSuch</Code><Message>one\ntwo\tthree&#13;\xc2\x9b</Message></Error>"
    s = aos_status_parse_from_body(None, body(PROLOG, document), 404, None)
    assert (s.error_code, s.error_msg) == (r"No\nSuch", "one\ntwo\\tthree\\r\\x9b")
    assert str(aos_error(s)) == r"404 No\nSuch: one\ntwo\tthree\r\x9b"


@pytest.mark.parametrize("prolog", [b"", PROLOG])
def test_an_error_is_read(prolog: bytes) -> None:
    parts = body(prolog, b"<Error><Code>No", b"Such</Code><Message>a &lt; b</Message></Error>")
    s = aos_status_parse_from_body(None, parts, 404, None)
    assert (s.code, s.error_code, s.error_msg, s.req_id) == (404, "NoSuch", "a < b", None)


@pytest.mark.parametrize(
    "content", [b"", b"x", b"<a></b>", b"<A/>", b"<!DOCTYPE x><Error><Code>C</Code></Error>", b"<Error>" * 200_000]
)
def test_what_is_no_error_is_unknown(content: bytes, logged: list[str]) -> None:
    s = aos_status_t()
    assert aos_status_parse_from_body(None, body(content), 500, s) is s
    assert (s.code, s.error_code, s.error_msg) == (500, "UnknownError", None)


def test_a_body_that_is_logged_is_cut(logged: list[str]) -> None:
    aos_status_parse_from_body(None, body(b"<A>" + b"x" * 5000 + b"</A>"), 500, None)
    assert len(logged[-1]) < 1500
    assert "xxx" in logged[-1]


def test_ok_needs_no_body() -> None:
    s = aos_status_parse_from_body(None, body(b"<Error><Code>C</Code></Error>"), 200, None)
    assert (s.code, s.error_code) == (200, None)
    assert aos_status_parse_from_body(None, None, 404, None).error_code == "UnknownError"


def test_missing_elements_leave_nothing() -> None:
    s = aos_status_parse_from_body(None, body(b"<Error><Code></Code></Error>"), 403, None)
    assert (s.error_code, s.error_msg) == (None, None)
    s = aos_status_parse_from_body(None, body(b"<X><Error><Code>n</Code></Error></X>"), 404, None)
    assert s.error_code == "n"
