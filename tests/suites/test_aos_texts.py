"""The C suite test_aos, by the names of its cases: texts, numbers, lists, buffers, logs, names and hosts.

Cases of functions that are not public here check their nearest counterpart. ``test_aos_requests`` has the other half.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from aos import aos_http_io, aos_log
from aos._c.refs import aos_ref_t
from aos._c.text import text_of
from aos.aos_fstack import *
from aos.aos_http_io import *
from aos.aos_log import *
from aos.aos_status import *
from aos.aos_util import *
from oss.oss_util import *
from oss.oss_xml import oss_acl_parse_from_body, oss_list_buckets_parse_from_body
from tests.service import INVALID_BUCKETS, new_list

INT64_MAX, INT64_MIN, UINT64_MAX = 2**63 - 1, -(2**63), 2**64 - 1


# ---- XML and lists ----


def test_get_xml_doc_with_empty_aos_list() -> None:
    assert oss_acl_parse_from_body(None, new_list(), aos_string_t()) == AOSE_XML_PARSE_ERROR
    params = oss_create_list_buckets_params(None)
    assert oss_list_buckets_parse_from_body(None, new_list(), params) == AOSE_XML_PARSE_ERROR


def test_aos_parse_xml_body_fail() -> None:
    root: aos_ref_t[Any] = aos_ref_t(None)
    assert aos_parse_xml_body(new_list("<a>", "<b/></a>"), root) == AOSE_OK
    assert root.value.name == "a"
    assert aos_parse_xml_body(new_list("invalid"), root) == AOSE_INTERNAL_ERROR
    assert root.value is None


def test_aos_list_movelist_with_empty_list() -> None:
    source, target = new_list(), new_list("forgotten")
    aos_list_movelist(source, target)
    assert target.prev is target
    assert target.next is target


def test_aos_fstack() -> None:
    called: list[object] = []

    def with_data(data: object) -> int:
        called.append(data)
        return 0

    def without() -> int:
        called.append("-")
        return 0

    func = aos_func_u()
    stack = aos_fstack_create(None, 5)
    func.func1 = with_data
    aos_fstack_push(stack, "one", func, 1)
    func.func2 = without
    aos_fstack_push(stack, None, func, 2)
    func.func3 = with_data
    aos_fstack_push(stack, "three", func, 3)
    func.func4 = without
    aos_fstack_push(stack, None, func, 4)
    aos_fstack_push(stack, None, func, 5)

    items = [aos_fstack_pop(stack) for _ in range(5)]
    assert [item and item.order for item in items] == [5, 4, 3, 2, 1]
    assert called == ["-", "three", "-", "one"], "an order that is none calls nothing"
    assert aos_fstack_pop(stack) is None


# ---- strings ----


def test_starts_with_failed() -> None:
    """The prefix that is looked for is the scheme of an endpoint."""
    options, req = oss_request_options_create(None), aos_http_request_create(None)
    options.config = oss_config_create(None)
    for endpoint, proto in {"hangzhou.city": "", "https://hangzhou.city": "https://", "xixihttp://a": ""}.items():
        options.config.endpoint = endpoint
        oss_get_service_uri(options, req)
        assert req.proto == proto, endpoint


def test_aos_unquote_str() -> None:
    text = aos_string('"abc"')
    aos_unquote_str(text)
    assert (text.data, text.len) == ("abc", 3)
    aos_str_set(text, "")
    aos_unquote_str(text)
    assert (text.data, text.len) == ("", 0)
    aos_str_set(text, "Aa")
    aos_string_tolower(text)
    assert text.data == "aa"


def test_aos_ends_with() -> None:
    text = aos_string("abc.mn.qp")
    assert aos_ends_with(text, aos_string(".qp")) == 1
    for suffix in (aos_string(".mn"), None, aos_string("abc.mn.qp.adfda")):
        assert aos_ends_with(text, suffix) == 0
    assert aos_ends_with(None, None) == 0


def test_aos_string_is_empty() -> None:
    assert [aos_string_is_empty(text) for text in (None, aos_string_t(), aos_string(""), aos_string("\0"))] == [1] * 4
    assert [aos_is_null_string(text) for text in (None, aos_string_t(), aos_string(""))] == [1] * 3
    assert [aos_string_is_empty(aos_string("a")), aos_is_null_string(aos_string("a"))] == [0, 0]


def test_aos_url_encode_failed() -> None:
    assert aos_url_encode(bytearray(1024), "/mingdi-hz-3/./xxx/./ddd/", 1) == AOSE_INVALID_ARGUMENT


def test_aos_url_encode_with_blank_char() -> None:
    source, dest = "abc.xx.com/a b~", bytearray(20)
    assert aos_url_encode(dest, source, len(source)) == AOSE_OK
    assert dest == b"abc.xx.com%2Fa%20b~\0"


def test_aos_url_encode_ex_with_blank_char() -> None:
    source, dest = "abc.xx.com/a b~//123/", bytearray(100)
    assert aos_url_encode_ex(dest, source, len(source), 0) == AOSE_OK
    assert text_of(dest) == "abc.xx.com%2Fa%20b~%2F%2F123%2F"
    assert aos_url_encode_ex(dest, source, len(source), 1) == AOSE_OK
    assert text_of(dest) == "abc.xx.com/a%20b~//123/"


def test_aos_url_decode_with_percent() -> None:
    out = bytearray(20)
    assert (aos_url_decode("abc.xx.com/a%20b", out), text_of(out)) == (AOSE_OK, "abc.xx.com/a b")
    assert (aos_url_decode(None, out), text_of(out)) == (AOSE_OK, "")


def test_aos_url_decode_with_add() -> None:
    out = bytearray(20)
    assert (aos_url_decode("abc.xx.com/a+b", out), text_of(out)) == (AOSE_OK, "abc.xx.com/a b")


def test_aos_url_decode_failed() -> None:
    assert aos_url_decode("abc.xx.com/a%xb", bytearray(20)) == -1


def test_aos_base64_encode() -> None:
    for data, text in {"abc": b"YWJj", "abcd": b"YWJjZA==", "abcde": b"YWJjZGU=", "": b"", "A": b"QQ=="}.items():
        out = bytearray(32)
        assert aos_base64_encode(data, len(data), out) == len(text)
        assert out == text.ljust(32, b"\0")


def test_aos_http_method_to_string() -> None:
    assert aos_http_method_to_string(10) == "UNKNOWN"
    assert aos_http_method_to_string(HTTP_DELETE) == "DELETE"


# ---- numbers ----

ANY_NUMBER = [
    ("0", 10, 0),
    ("9223372036854775807", 10, INT64_MAX),
    (" 1234", 0, 1234),
    ("0x1234Ac", 0, 1193132),
    ("0X1234", 0, 4660),
    ("0x1234", 16, 4660),
    ("0X1234", 16, 4660),
    ("01234", 0, 668),
]


def test_aos_strtoll() -> None:
    signed = [
        ("+9223372036854775807", 10, INT64_MAX),
        ("-9223372036854775808", 10, INT64_MIN),
        ("-92233720368547758080", 10, INT64_MIN),
        ("9223372036854775809", 10, INT64_MAX),
    ]
    for text, base, value in ANY_NUMBER + signed:
        assert aos_strtoll(text, None, base) == value, text
    end = aos_ref_t(0)
    assert aos_strtoll("2147483648ABC", end, 10) == 2147483648
    assert "2147483648ABC"[end.value :] == "ABC"
    for text, value in {"0": 0, "9223372036854775807": INT64_MAX, "-9223372036854775808": INT64_MIN}.items():
        assert aos_atoi64(text) == value


def test_aos_strtoull() -> None:
    unsigned = [("+922337203685477580", 10, 922337203685477580), ("18446744073709551615", 10, UINT64_MAX)]
    for text, base, value in ANY_NUMBER + unsigned:
        assert aos_strtoull(text, None, base) == value, text
    end = aos_ref_t(0)
    assert aos_strtoull("2147483648ABC", end, 10) == 2147483648
    assert "2147483648ABC"[end.value :] == "ABC"
    for text, value in {"0": 0, "9223372036854775807": INT64_MAX, "18446744073709551615": UINT64_MAX}.items():
        assert aos_atoui64(text) == value


# ---- statuses ----


def test_aos_should_retry() -> None:
    s = aos_status_create(None)
    for code, again in {500: 1, 505: 1, 400: 0, -992: 1, -995: 1, -998: 1, -986: 1, -993: 0, 0: 0, 200: 0}.items():
        aos_status_set(s, code, str(code), "")
        assert aos_should_retry(s) == again, code
    aos_status_set(s, 200, None, None)
    assert aos_should_retry(s) == 0
    assert aos_should_retry(None) == 0


def test_aos_status_parse_from_body_fail() -> None:
    assert aos_status_parse_from_body(None, None, 200, None).code == 200

    def parsed(document: str) -> tuple[str | None, str | None]:
        s = aos_status_parse_from_body(None, new_list(document), 400, None)
        assert s.code == 400
        return s.error_code, s.error_msg

    prolog = '<?xml version = "1.0" encoding = "UTF-8"?>\n'
    assert parsed("invalid") == (AOS_UNKNOWN_ERROR_CODE, None)
    assert parsed(prolog + "<BucketLoggingStatus></BucketLoggingStatus>") == (AOS_UNKNOWN_ERROR_CODE, None)
    assert parsed(prolog + "<Error><RequestId>aaaaa</RequestId></Error>") == (None, None)
    assert parsed(prolog + "<Error><Code>aaaaa</Code></Error>") == ("aaaaa", None)


# ---- logs and buffers ----


def test_aos_log_format_default(monkeypatch: pytest.MonkeyPatch) -> None:
    lines: list[str] = []
    monkeypatch.setattr(aos_log, "aos_log_print", lambda message, len: lines.append(message))
    aos_log_format_default(AOS_LOG_INFO, "/tmp/a", 10, "fun1", "%d-%d", 1, 2)
    assert [line.partition("] ")[2].partition(" ")[2] for line in lines] == ["/tmp/a:10 1-2\n"]


def test_aos_log_print_default_with_null_file(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(aos_http_io, "aos_stderr_file", None)
    aos_log_print_default("abc", 3)
    assert capsys.readouterr().err == "abc"
    file, path = apr_file_t(), tmp_path / "stderr_log_file"
    assert apr_file_open(file, path, APR_CREATE | APR_WRITE, APR_UREAD | APR_UWRITE | APR_GREAD, None) == APR_SUCCESS
    with file:
        aos_log_set_output(file)
        aos_log_print_default("abc", 3)
    assert (path.read_bytes(), capsys.readouterr().err) == (b"abc", "")


def test_aos_create_buf_fail() -> None:
    """Memory that cannot be had is NULL in C, an exception here."""
    with pytest.raises(ValueError):
        aos_create_buf(None, -100)


def test_oss_create_api_result_content() -> None:
    """As above."""
    with pytest.raises(ValueError):
        oss_create_api_result_content(None, -10)


def test_aos_buf_append_string_fail() -> None:
    missing: Any = None
    aos_buf_append_string(None, missing, missing, -1)
    buf = aos_create_buf(None, 10)
    aos_buf_append_string(None, buf, "abc", -1)
    assert bytes(buf) == b""


# ---- names and hosts ----


def test_is_valid_ip() -> None:
    assert [is_valid_ip(text) for text in ("140.205.63.8", "0.0.0.0", None, "")] == [1, 0, 0, 0]


def test_oss_is_valid_bucket_name() -> None:
    for name in (*INVALID_BUCKETS, aos_string_t(), "1234567890" * 6 + "1234"):
        assert oss_is_valid_bucket_name(name) == 0, name
    assert oss_is_valid_bucket_name("valid-bucket-name-1234") == 1


def test_oss_is_valid_object_name() -> None:
    for name in ("", aos_string_t(), None):
        assert oss_is_valid_object_name(name) == 0
        assert [oss_is_valid_object_name_ex(name, strict) for strict in (1, 0)] == [0, 0]
    assert oss_is_valid_object_name("?") == 1
    for name in ("?", "?123"):
        assert [oss_is_valid_object_name_ex(name, strict) for strict in (1, 0)] == [0, 1]


@pytest.mark.parametrize("authority", ["www.test.com", "192.168.1.1:8080", "192.168.1.1"])
def test_oss_preprocess_endpoint(authority: str) -> None:
    for rest in ("", "/abc", "/abc?test=1", "/abc?test=1#segment", "?test=1#segment", "#abc"):
        endpoint = aos_string(authority + rest)
        oss_preprocess_endpoint(endpoint)
        assert (endpoint.data, endpoint.len) == (authority, len(authority))
    empty = aos_string("")
    oss_preprocess_endpoint(empty)
    assert empty.len == 0


def test_oss_get_host_from_authority() -> None:
    options = oss_request_options_create(None)
    for host in ("www.test.com", "192.168.1.1"):
        for authority in (f"{host}:8192", host, f"test:test@{host}:80", f"test:test@{host}"):
            assert oss_get_host_from_authority(options, authority) == host
    assert oss_get_host_from_authority(options, aos_string("")) is None
    assert oss_get_host_from_authority(options, None) is None


def test_oss_is_valid_host() -> None:
    for host in ("www.test.com", "192.168.1.1"):
        for authority in (f"{host}:8192", host, f"test:test@{host}:80", f"test:test@{host}"):
            assert oss_is_valid_host(authority) == 1, authority
    assert [oss_is_valid_host(host) for host in ("www.test-inc_CN.com", "a")] == [1, 1]
    split = "www.test.com#www.test.cn"
    for bad in (f"{split}:8192", f"test:test@{split}:8192", split, "www.test.com\\www.test.cn", "", ":", "@:", None):
        assert oss_is_valid_host(bad) == 0, bad
