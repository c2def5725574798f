"""Names, options, bodies and checksums of ``oss_util.h``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from aos import aos_http_io
from aos.aos_buf import aos_buf_pack
from aos.aos_define import (
    AOSE_CRC_INCONSISTENT_ERROR,
    AOSE_INVALID_ARGUMENT,
    AOSE_OK,
    AOSE_OPEN_FILE_ERROR,
    aos_pool_create,
    aos_pool_t,
    aos_ref_t,
    aos_table_t,
)
from aos.aos_http_io import (
    aos_http_request_create,
    aos_http_response_create,
    aos_http_response_t,
)
from oss.oss_util import (
    BODY_IN_FILE,
    aos_list_add_tail,
    aos_list_init,
    aos_list_t,
    aos_status_create,
    aos_string_t,
    aos_table_create_if_null,
    get_oss_acl_str,
    get_oss_storage_class_str,
    get_oss_tier_type_str,
    has_crc_in_response,
    has_range_or_process_in_request,
    is_enable_crc,
    is_oss_domain,
    is_valid_ip,
    is_verify_object_strict,
    oss_check_crc_consistent,
    oss_config_resolve,
    oss_create_upload_file,
    oss_fill_read_response_body,
    oss_fill_read_response_header,
    oss_get_bucket_name_invalid_error,
    oss_get_object_name_invalid_error,
    oss_get_part_size,
    oss_get_temporary_file_name,
    oss_headers_add_range,
    oss_init_read_response_body_to_file,
    oss_is_valid_bucket_name,
    oss_is_valid_host,
    oss_is_valid_object_name,
    oss_is_valid_object_name_ex,
    oss_request_options_create,
    oss_temp_file_rename,
    oss_upload_part_t,
    oss_write_request_body_from_buffer,
    oss_write_request_body_from_file,
    oss_write_request_body_from_upload_file,
    part_sort_cmp,
)
from tests.service import options_at

# --- names


@pytest.mark.parametrize("name", ["abc", "a" * 63, "a-b", "123", "a--b", aos_string_t("abc")])
def test_good_bucket_names(name: Any) -> None:
    assert oss_is_valid_bucket_name(name) == 1


@pytest.mark.parametrize(
    "name", [None, "", "ab", "a" * 64, "-ab", "ab-", "ABC", "a_b", "a.b", "中文字", "a b", "abc\n", "ab\0c"]
)
def test_bad_bucket_names(name: str | None) -> None:
    assert oss_is_valid_bucket_name(name) == 0


def test_object_names() -> None:
    assert [oss_is_valid_object_name(name) for name in ("?", "a", "", None)] == [1, 1, 0, 0]
    assert [oss_is_valid_object_name_ex("?a", strict) for strict in (0, 1)] == [1, 0]
    assert oss_is_valid_object_name_ex("a?", 1) == 1


def test_invalid_name_statuses_are_new_objects() -> None:
    one, other = oss_get_bucket_name_invalid_error(), oss_get_bucket_name_invalid_error()
    assert one is not other
    assert (one.code, one.error_code, one.req_id) == (AOSE_INVALID_ARGUMENT, "BucketNameInvalidError", None)
    assert oss_get_object_name_invalid_error().error_msg == "The object name is invalid, please check."


@pytest.mark.parametrize(
    ("name", "valid"),
    [
        ("1.2.3.4", 1),
        ("127.1", 1),
        ("0x7f000001", 1),
        ("0.0.0.0", 0),
        ("255.255.255.255", 0),
        ("256.1.1.1", 0),
        ("::1", 0),
        ("a.b", 0),
        ("1.2.3.4\0", 0),
        ("", 0),
        (None, 0),
    ],
)
def test_ip_addresses(name: str | None, valid: int) -> None:
    assert is_valid_ip(name) == valid


@pytest.mark.parametrize("host", ["a", "www.test-inc_CN.com", "u:p@1.2.3.4:80", "h:", "-"])
def test_good_hosts(host: str) -> None:
    assert oss_is_valid_host(host) == 1


@pytest.mark.parametrize("host", [None, "", ":", "@:", "a#b", "a\\b", "a b", "[::1]", "中文", "a\n", "a@b@c"])
def test_bad_hosts(host: str | None) -> None:
    assert oss_is_valid_host(host) == 0


def test_domains_of_the_service() -> None:
    hosts = ("oss-cn-hangzhou.aliyuncs.com", "ALIYUNCS.com", "aliyuncs.com.evil.org", "notaliyuncs.com", "")
    assert [is_oss_domain(host) for host in hosts] == [1, 1, 0, 0, 0]


def test_words_for_enums() -> None:
    assert [get_oss_acl_str(n) for n in range(-1, 5)] == [
        None,
        "private",
        "public-read",
        "public-read-write",
        "default",
        None,
    ]
    assert [get_oss_storage_class_str(n) for n in range(6)] == ["Standard", "IA", "Archive", None, "ColdArchive", None]
    assert [get_oss_tier_type_str(n) for n in range(4)] == ["Expedited", "Standard", "Bulk", None]


# --- options


def test_config_resolve_leaves_the_shared_options_alone() -> None:
    options = options_at("oss.com")
    shared = options.ctl.options
    config = options.config
    oss_config_resolve(None, config, options.ctl)
    assert options.ctl.options is shared
    config.proxy_host, config.proxy_port, config.proxy_user, config.proxy_passwd = "proxy", 3128, "u", "p"
    oss_config_resolve(None, config, options.ctl)
    assert (options.ctl.options.proxy_host, options.ctl.options.proxy_auth) == ("proxy:3128", "u:p")
    assert shared.proxy_host is None
    config.proxy_port = 0
    oss_config_resolve(None, config, options.ctl)
    assert options.ctl.options.proxy_host == "proxy"


def test_options_are_read_where_they_are() -> None:
    options = options_at("oss.com")
    assert (is_enable_crc(options), is_verify_object_strict(options)) == (1, 1)
    options.config.signature_version = 4
    assert is_verify_object_strict(options) == 0


def test_request_options_have_a_pool() -> None:
    assert isinstance(oss_request_options_create(None).pool, aos_pool_t)
    pool = aos_pool_t()
    aos_pool_create(pool, None)
    assert oss_request_options_create(pool).pool is pool


def test_table_create_if_null() -> None:
    table = aos_table_t()
    assert aos_table_create_if_null(options_at("x"), table, 0) is table
    assert len(aos_table_create_if_null(options_at("x"), None, 5)) == 0


# --- bodies


def test_a_buffer_becomes_the_body() -> None:
    req, buffer = aos_http_request_create(None), aos_list_t()
    aos_list_init(buffer)
    for data in (b"ab", b"cde"):
        aos_list_add_tail(aos_buf_pack(None, data, len(data)).node, buffer)
    oss_write_request_body_from_buffer(buffer, req)
    assert (req.body_len, len(req.body), len(buffer)) == (5, 2, 0)


def test_a_file_becomes_the_body(tmp_path: Path) -> None:
    path = tmp_path / "文件"
    path.write_bytes(b"0123456789")
    req = aos_http_request_create(None)
    assert oss_write_request_body_from_file(None, str(path), req) == AOSE_OK
    assert (req.body_len, req.type, req.file_path) == (10, BODY_IN_FILE, str(path))
    aos_http_io.apr_file_close(req.file_buf.file)
    piece = oss_create_upload_file(None)
    piece.filename, piece.file_pos, piece.file_last = str(path), 3, 99
    assert oss_write_request_body_from_upload_file(None, piece, req) == AOSE_OK
    assert req.body_len == 7
    aos_http_io.apr_file_close(req.file_buf.file)


def test_a_missing_file_is_a_code(tmp_path: Path) -> None:
    req, piece = aos_http_request_create(None), oss_create_upload_file(None)
    piece.filename = str(tmp_path / "no")
    assert oss_write_request_body_from_file(None, str(tmp_path / "no"), req) == AOSE_OPEN_FILE_ERROR
    assert oss_write_request_body_from_upload_file(None, piece, req) == AOSE_OPEN_FILE_ERROR
    resp = aos_http_response_create(None)
    assert oss_init_read_response_body_to_file(None, str(tmp_path / "no" / "f"), resp) == AOSE_OPEN_FILE_ERROR
    assert resp.file_buf is None


def test_an_answer_can_go_to_a_file(tmp_path: Path) -> None:
    resp = aos_http_response_create(None)
    assert oss_init_read_response_body_to_file(None, str(tmp_path / "f"), resp) == AOSE_OK
    assert (resp.type, resp.file_path) == (BODY_IN_FILE, str(tmp_path / "f"))
    assert resp.write_body(resp, b"abc", 3) == 3
    aos_http_io.apr_file_close(resp.file_buf.file)
    assert (tmp_path / "f").read_bytes() == b"abc"


def test_filling_the_callers_tables_and_lists() -> None:
    resp, headers, buffer = aos_http_response_create(None), aos_table_t(), aos_list_t()
    headers.add("old", "1")
    resp.headers.add("a", "1")
    resp.headers.add("A", "2")
    oss_fill_read_response_header(resp, headers)
    assert headers.items() == [("a", "1"), ("A", "2")]
    oss_fill_read_response_header(resp, None)
    oss_fill_read_response_header(None, headers)
    assert len(headers) == 2
    aos_list_add_tail(aos_buf_pack(None, b"x", 1).node, resp.body)
    oss_fill_read_response_body(resp, None)
    oss_fill_read_response_body(resp, buffer)
    assert (len(buffer), len(resp.body)) == (1, 0)


# --- sizes and checksums


@pytest.mark.parametrize(
    ("size", "part", "wanted"), [(100000, 9, 11), (49999, 2, 5), (10**8, 1, 10001), (10, 1, 1), (1, 0, 1), (0, 0, 0)]
)
def test_part_size(size: int, part: int, wanted: int) -> None:
    part_size = aos_ref_t(part)
    oss_get_part_size(size, part_size)
    assert part_size.value == wanted


def test_part_order() -> None:
    one, two = oss_upload_part_t(), oss_upload_part_t()
    one.part_num, two.part_num = 1, 2
    assert (part_sort_cmp(two, one), part_sort_cmp(one, two), part_sort_cmp(one, one)) == (1, -1, -1)


def test_range_header() -> None:
    headers = aos_table_t()
    oss_headers_add_range(None, headers, 5, 10)
    oss_headers_add_range(None, headers, 0, 1)
    assert headers.items() == [("Range", "bytes=0-0")]


@pytest.mark.parametrize(("theirs", "code"), [(None, 0), ("5", 0), (" 5", 0), ("6", AOSE_CRC_INCONSISTENT_ERROR)])
def test_crc_comparison(theirs: str | None, code: int) -> None:
    headers, status = aos_table_t(), aos_status_create(None)
    if theirs is not None:
        headers["X-Oss-Hash-Crc64ecma"] = theirs
    assert oss_check_crc_consistent(5, headers, status) == code == status.code
    assert status.error_code == ("InconsistentError" if code else None)


def test_what_makes_a_crc_comparable() -> None:
    req, resp = aos_http_request_create(None), aos_http_response_create(None)
    assert (has_range_or_process_in_request(req), has_crc_in_response(resp)) == (0, 0)
    req.query_params["x-oss-process"] = "image/info"
    resp.headers["x-oss-hash-crc64ecma"] = "1"
    assert (has_range_or_process_in_request(req), has_crc_in_response(resp)) == (1, 1)
    del req.query_params["x-oss-process"]
    req.headers["range"] = "bytes=0-0"
    assert has_range_or_process_in_request(req) == 1


# --- temporary files


def test_temporary_name() -> None:
    name = aos_string_t()
    assert oss_get_temporary_file_name(None, "dir/文件.bin", name) == 19
    assert name.data == "dir/文件.bin.tmp"
    assert oss_get_temporary_file_name(None, None, name) == AOSE_INVALID_ARGUMENT


def test_temporary_file_is_renamed_or_removed(tmp_path: Path) -> None:
    status, source, target = aos_status_create(None), tmp_path / "f.tmp", tmp_path / "f"
    source.write_text("new")
    target.write_text("old")
    assert oss_temp_file_rename(None, str(source), str(target), None) == -1
    status.code = 404
    assert oss_temp_file_rename(status, str(source), str(target), None) == 0
    assert (target.read_text(), source.exists()) == ("old", False)
    source.write_text("new")
    status.code = 200
    assert oss_temp_file_rename(status, str(source), str(target), None) == 0
    assert (target.read_text(), source.exists()) == ("new", False)
    assert oss_temp_file_rename(status, str(source), str(target), None) == 2  # ENOENT


def test_an_answer_without_headers_empties_the_callers() -> None:
    headers = aos_table_t()
    headers["a"] = "b"
    oss_fill_read_response_header(aos_http_response_t(), headers)
    assert headers.items() == []
