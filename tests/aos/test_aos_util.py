"""Times, encodings, numbers and hashes."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Callable
from urllib.parse import quote, unquote_to_bytes

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aos import apr_time
from aos._c.xml import Element
from aos.aos_util import (
    AOS_MAX_GMT_TIME_LEN,
    AOS_MAX_SHORT_TIME_LEN,
    AOSE_INTERNAL_ERROR,
    AOSE_INVALID_ARGUMENT,
    AOSE_OK,
    HMAC_SHA1,
    LLONG_MAX,
    LLONG_MIN,
    ULLONG_MAX,
    aos_atoi64,
    aos_atoui64,
    aos_base64_encode,
    aos_buf_pack,
    aos_convert_to_gmt_time,
    aos_convert_to_iso8601_time,
    aos_encode_hex,
    aos_get_gmt_str_time,
    aos_get_gmt_time_date,
    aos_get_iso8601_str_time,
    aos_get_iso8601_str_time_ex,
    aos_gnome_sort,
    aos_HMAC_SHA256,
    aos_http_method_to_string,
    aos_list_add_tail,
    aos_list_t,
    aos_md5,
    aos_parse_xml_body,
    aos_query_params_to_string,
    aos_ref_t,
    aos_SHA256,
    aos_string_t,
    aos_strtoll,
    aos_strtoull,
    aos_table_t,
    aos_url_decode,
    aos_url_encode,
    aos_url_encode_ex,
    apr_table_add,
    apr_time_exp_gmt,
    apr_time_exp_t,
)

NO_NUL = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))
SHORT = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=30)


def c_text(array: bytearray) -> str:
    return bytes(array[: array.index(0)]).decode("utf-8", "surrogateescape")


def test_times(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apr_time, "apr_time_now", lambda: 1_709_251_199_999_999)
    date = bytearray(AOS_MAX_GMT_TIME_LEN)
    assert aos_get_gmt_str_time(date) == AOSE_OK
    assert c_text(date) == "Thu, 29 Feb 2024 23:59:59 GMT"
    day = bytearray(AOS_MAX_SHORT_TIME_LEN)
    assert aos_get_gmt_time_date(c_text(date), day) == AOSE_OK
    assert c_text(day) == "20240229"
    assert aos_get_iso8601_str_time(date) == AOSE_OK
    assert c_text(date) == "20240229T235959Z"
    assert aos_get_iso8601_str_time_ex(date, 0) == AOSE_OK
    assert c_text(date) == "19700101T000000Z"


def test_time_formats() -> None:
    tm, date = apr_time_exp_t(), bytearray(128)
    apr_time_exp_gmt(tm, 0)
    assert aos_convert_to_gmt_time(date, "%s|%d|%s", tm) == AOSE_OK
    assert c_text(date) == "Thu|1|Jan"
    assert aos_convert_to_iso8601_time(date, "%d-%d%300d", tm) == AOSE_OK
    assert len(c_text(date)) == AOS_MAX_GMT_TIME_LEN - 1
    tm.tm_mon = 12
    assert aos_convert_to_gmt_time(date, "%s", tm) == AOSE_INVALID_ARGUMENT


def test_times_that_do_not_fit() -> None:
    small = bytearray(b"abc")
    assert aos_get_gmt_str_time(small) == aos_get_iso8601_str_time(small) == AOSE_INVALID_ARGUMENT
    assert aos_get_iso8601_str_time_ex(bytearray(128), 1 << 100) == AOSE_INVALID_ARGUMENT
    assert aos_get_gmt_time_date("Fri, 02 Jan 2026 03:04:05 GMT", small) == AOSE_INVALID_ARGUMENT
    assert small == b"abc"


@pytest.mark.parametrize("text", ["", "x", "Fri, 02 Foo 2026 03:04:05 GMT", "Fri, 02 Jan"])
def test_what_is_no_date(text: str) -> None:
    day = bytearray(AOS_MAX_SHORT_TIME_LEN)
    assert aos_get_gmt_time_date(text, day) == AOSE_INVALID_ARGUMENT
    assert aos_get_gmt_time_date(None, day) == AOSE_OK
    assert day == bytearray(AOS_MAX_SHORT_TIME_LEN)


@given(NO_NUL)
def test_url_encoding(text: str) -> None:
    size = len(text.encode())
    dest, out = bytearray(size * 3 + 1), bytearray(size + 1)
    assert aos_url_encode(dest, text, size) == AOSE_OK
    assert c_text(dest) == quote(text, safe="")
    assert aos_url_decode(c_text(dest), out) == AOSE_OK
    assert c_text(out) == text
    assert aos_url_encode_ex(dest, text, size, 1) == AOSE_OK
    assert c_text(dest) == quote(text, safe="/")


def test_url_encoding_has_limits() -> None:
    dest = bytearray(b"." * 8)
    assert aos_url_encode(dest, "a b", 2) == AOSE_INVALID_ARGUMENT
    assert c_text(dest) == "a%20"
    assert aos_url_encode(dest, "abcdefgh", 8) == AOSE_INVALID_ARGUMENT
    assert c_text(dest) == "a%20"
    assert aos_url_encode(dest, None, 8) == AOSE_INVALID_ARGUMENT  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="dest"):
        aos_url_encode("text", "x", 8)  # type: ignore[arg-type]


@given(st.text("a%+2fG", max_size=12))
def test_url_decoding_stops_at_a_bad_escape(text: str) -> None:
    out = bytearray(64)
    status = aos_url_decode(text, out)
    whole = unquote_to_bytes(text.replace("+", " ")).decode("utf-8", "surrogateescape")
    if status == AOSE_OK:
        assert c_text(out) == whole
    else:
        assert status == -1
        assert "%" in text
        assert whole.startswith(c_text(out))


def test_url_decoding_fits() -> None:
    out = bytearray(3)
    assert aos_url_decode("%41b", out) == AOSE_OK
    assert out == b"Ab\0"
    assert aos_url_decode("abc", out) == AOSE_INVALID_ARGUMENT
    assert aos_url_decode(None, out) == AOSE_OK
    assert out == b"\0b\0"


@given(st.binary())
def test_hexadecimal_and_base64(data: bytes) -> None:
    size, dest = aos_ref_t(0), bytearray(len(data) * 2 + 1)
    assert aos_encode_hex(dest, data, len(data), size) == AOSE_OK
    assert (c_text(dest), size.value) == (data.hex(), len(dest))
    assert aos_encode_hex(None, data, len(data), size) == AOSE_OK
    assert aos_encode_hex(None, None, 0, size) == AOSE_INVALID_ARGUMENT
    out = bytearray(len(data) * 2 + 4)
    length = aos_base64_encode(data, len(data), out)
    assert bytes(out[:length]) == base64.b64encode(data)


def test_encodings_that_do_not_fit() -> None:
    out = bytearray(b"abc")
    assert aos_base64_encode(b"x", 1, out) == AOSE_INVALID_ARGUMENT
    assert aos_encode_hex(out, b"xx", 2, None) == AOSE_INVALID_ARGUMENT
    assert out == b"abc"


def test_counts_beyond_the_data() -> None:
    with pytest.raises(ValueError, match="src"):
        aos_encode_hex(bytearray(9), b"x", 2, None)
    with pytest.raises(ValueError, match="in"):
        aos_base64_encode("x", 2, bytearray(9))
    with pytest.raises(ValueError, match="key"):
        HMAC_SHA1(bytearray(20), b"k", 2, b"m", 1)
    with pytest.raises(ValueError, match="message"):
        aos_SHA256(bytearray(32), b"m", -1)


@pytest.mark.parametrize("key_len", [0, 20, 64, 65, 200])
def test_hmacs_are_standard(key_len: int) -> None:
    key = bytes(range(200))[:key_len]
    for function, name, size in ((HMAC_SHA1, "sha1", 20), (aos_HMAC_SHA256, "sha256", 32)):
        out = bytearray(size)
        function(out, key, key_len, "message", 7)
        assert out == hmac.digest(key, b"message", name)
        with pytest.raises(ValueError, match="hmac"):
            function(bytearray(size - 1), key, key_len, "message", 7)


def test_hashes() -> None:
    out = bytearray(32)
    aos_SHA256(out, "abc", 3)
    assert out == hashlib.sha256(b"abc").digest()
    assert aos_md5(None, b"abc", 2) == hashlib.md5(b"ab").digest()


@given(st.dictionaries(SHORT.filter(len), SHORT, max_size=4))
def test_query(pairs: dict[str, str]) -> None:
    table, query = aos_table_t(), aos_string_t()
    for key, value in pairs.items():
        apr_table_add(table, key, value)
    assert aos_query_params_to_string(None, table, query) == AOSE_OK
    written = "&".join(quote(k, safe="") + ("=" + quote(v, safe="") if v else "") for k, v in pairs.items())
    assert query.data == ("?" + written if pairs else None)


@pytest.mark.parametrize(
    ("key", "value", "status"),
    [
        ("k" * 1024, None, AOSE_OK),
        ("k" * 1025, None, AOSE_INVALID_ARGUMENT),
        ("k", "v" * 1020, AOSE_OK),
        ("k", "v" * 1021, AOSE_INVALID_ARGUMENT),
        ("k", "é" * 171, AOSE_INVALID_ARGUMENT),
    ],
)
def test_query_limits(key: str, value: str | None, status: int) -> None:
    table, query = aos_table_t(), aos_string_t("before")
    assert aos_query_params_to_string(None, table, query) == AOSE_OK
    assert query.data == "before"
    apr_table_add(table, key, value)
    assert aos_query_params_to_string(None, table, query) == status
    assert (query.data is None) == (status != AOSE_OK)


def test_methods() -> None:
    assert [aos_http_method_to_string(m) for m in range(5)] == ["GET", "HEAD", "PUT", "POST", "DELETE"]
    assert aos_http_method_to_string(-1) == aos_http_method_to_string(5) == "UNKNOWN"


def test_sorting() -> None:
    names = ["b", "x-10", "A", "x-9", "a", "rest"]
    aos_gnome_sort(names, 5)
    assert names == ["a", "A", "b", "x-9", "x-10", "rest"]
    with pytest.raises(ValueError, match="size"):
        aos_gnome_sort(names, 7)


@pytest.mark.parametrize(
    ("text", "base", "value", "end"),
    [
        ("42", 10, 42, 2),
        (" \t\n+5x", 10, 5, 5),
        ("", 10, 0, 0),
        ("-", 10, 0, 0),
        ("0x1F", 0, 31, 4),
        ("0x1F", 16, 31, 4),
        ("0x1F", 10, 0, 1),
        ("0x", 0, 0, 0),
        ("0xg", 16, 0, 0),
        ("017", 0, 15, 3),
        ("089", 0, 0, 1),
        ("zz!", 36, 1295, 2),
        ("12\x003", 10, 12, 2),
        ("é1", 10, 0, 0),
        ("0" * 5000 + "7", 10, 7, 5001),
        (b"7\0", 10, 7, 1),
    ],
)
def test_numbers(text: str | bytes, base: int, value: int, end: int) -> None:
    for function in (aos_strtoll, aos_strtoull):
        endptr = aos_ref_t(-1)
        assert (function(text, endptr, base), endptr.value) == (value, end)


@pytest.mark.parametrize("function", [aos_strtoll, aos_strtoull])
def test_numbers_in_no_base(function: Callable[..., int]) -> None:
    for base in (1, 37, -2):
        with pytest.raises(ValueError, match="base"):
            function("1", None, base)
    with pytest.raises(ValueError, match="nptr"):
        function(None, None, 10)


@given(st.integers(-(2**66), 2**66), st.sampled_from([2, 8, 10, 16, 36]))
def test_numbers_saturate(number: int, base: int) -> None:
    digits, rest = "", abs(number)
    while rest or not digits:
        rest, digit = divmod(rest, base)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[digit] + digits
    text = "-" * (number < 0) + digits
    assert aos_strtoll(text, None, base) == max(min(number, LLONG_MAX), LLONG_MIN)
    assert aos_strtoull(text, None, base) == (number & ULLONG_MAX if abs(number) <= ULLONG_MAX else ULLONG_MAX)


@pytest.mark.parametrize(
    ("text", "signed", "unsigned"),
    [("-1", -1, 2**64 - 1), ("9223372036854775808", -(2**63), 2**63), ("9" * 99, -1, 2**64 - 1), ("x", 0, 0)],
)
def test_atoi(text: str, signed: int, unsigned: int) -> None:
    assert (aos_atoi64(text), aos_atoui64(text)) == (signed, unsigned)


def test_xml_bodies() -> None:
    body, root = aos_list_t(), aos_ref_t[Element | None](None)
    for part in (b"<A><B>", b"\xe4\xb8\xad</B></A>"):
        aos_list_add_tail(aos_buf_pack(None, part, len(part)).node, body)
    assert aos_parse_xml_body(body, root) == AOSE_OK
    assert root.value is not None
    found = root.value.find("B")
    assert found is not None
    assert found.text == "中"
    assert aos_parse_xml_body(aos_list_t(), root) == AOSE_INTERNAL_ERROR
    assert root.value is None
