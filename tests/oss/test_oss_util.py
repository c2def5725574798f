"""Names, endpoints, constructors, content types, bodies and checksums of ``oss_util.h``."""

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
from aos.aos_http_io import aos_http_controller_create, aos_http_request_create, aos_http_response_create
from oss import oss_util
from oss._define import create
from oss.oss_util import (
    BODY_IN_FILE,
    aos_list_add_tail,
    aos_list_init,
    aos_list_t,
    aos_status_create,
    aos_string_t,
    aos_table_create_if_null,
    get_content_type,
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
    oss_config_create,
    oss_config_resolve,
    oss_create_and_add_refer,
    oss_create_api_result_content,
    oss_create_checkpoint_content,
    oss_create_cors_rule,
    oss_create_lifecycle_rule_content,
    oss_create_live_channel_configuration_content,
    oss_create_resumable_clt_params_content,
    oss_create_select_object_params,
    oss_create_sub_cors_rule,
    oss_create_upload_file,
    oss_fill_read_response_body,
    oss_fill_read_response_header,
    oss_get_bucket_name_invalid_error,
    oss_get_bucket_uri,
    oss_get_host_from_authority,
    oss_get_object_name_invalid_error,
    oss_get_object_uri,
    oss_get_part_size,
    oss_get_rtmp_uri,
    oss_get_service_uri,
    oss_get_temporary_file_name,
    oss_headers_add_range,
    oss_init_read_response_body_to_file,
    oss_is_valid_bucket_name,
    oss_is_valid_host,
    oss_is_valid_object_name,
    oss_is_valid_object_name_ex,
    oss_object_key_t,
    oss_preprocess_endpoint,
    oss_referer_config_t,
    oss_referer_t,
    oss_request_options_create,
    oss_request_options_t,
    oss_temp_file_rename,
    oss_upload_part_t,
    oss_write_request_body_from_buffer,
    oss_write_request_body_from_file,
    oss_write_request_body_from_upload_file,
    part_sort_cmp,
    set_content_type,
)

INT_MAX = 2**31 - 1


@pytest.fixture(autouse=True)
def initialized() -> Any:
    aos_http_io.aos_http_io_initialize(None, 0)


def options_for(endpoint: str | None, is_cname: int = 0) -> oss_request_options_t:
    options = oss_request_options_create(None)
    options.config = oss_config_create(options.pool)
    options.config.endpoint = endpoint
    options.config.is_cname = is_cname
    options.ctl = aos_http_controller_create(options.pool, 0)
    return options


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


# --- endpoints

OBJECT_PLACES = [
    # endpoint, is_cname -> proto, host, uri
    ("oss.com", 0, "", "b-1.oss.com", "k/1"),
    ("http://oss.com", 0, "http://", "b-1.oss.com", "k/1"),
    ("https://oss.com:8443/path?x#y", 0, "https://", "b-1.oss.com:8443", "k/1"),
    ("HTTPS://Oss.com", 0, "https://", "b-1.Oss.com", "k/1"),
    ("h", 0, "", "b-1.h", "k/1"),
    ("http:", 0, "", "b-1.http:", "k/1"),
    ("httpd.com", 0, "", "b-1.httpd.com", "k/1"),
    ("user:pw@oss.com:1", 0, "", "b-1.oss.com:1", "k/1"),
    ("http://img.example.com", 1, "http://", "img.example.com", "k/1"),
    ("127.0.0.1:80", 0, "", "127.0.0.1:80", "b-1/k/1"),
    ("127.0.0.1:80", 1, "", "127.0.0.1:80", "k/1"),
    ("http://[::1]:8080/", 0, "http://", "[::1]:8080", "b-1/k/1"),
    ("[fe80::1]", 0, "", "[fe80::1]", "b-1/k/1"),
    (None, 0, "", None, "k/1"),
]


@pytest.mark.parametrize(("endpoint", "is_cname", "proto", "host", "uri"), OBJECT_PLACES)
def test_object_uri(endpoint: str | None, is_cname: int, proto: str, host: str | None, uri: str) -> None:
    req = aos_http_request_create(None)
    oss_get_object_uri(options_for(endpoint, is_cname), "b-1", "k/1", req)
    assert (req.proto, req.host, req.uri, req.resource) == (proto, host, uri, "b-1/k/1")


@pytest.mark.parametrize(
    ("endpoint", "is_cname", "host", "uri", "resource"),
    [
        ("http://oss.com", 0, "b-1.oss.com", "", "b-1/"),
        ("http://img.example.com", 1, "img.example.com", "b-1", "b-1/"),
        ("http://1.2.3.4", 0, "1.2.3.4", "b-1", "b-1"),
        ("http://1.2.3.4", 1, "1.2.3.4", "b-1", "b-1"),
        ("http://[::1]:1", 0, "[::1]:1", "b-1", "b-1"),
    ],
)
def test_bucket_uri(endpoint: str, is_cname: int, host: str, uri: str, resource: str) -> None:
    req = aos_http_request_create(None)
    oss_get_bucket_uri(options_for(endpoint, is_cname), "b-1", req)
    assert (req.host, req.uri, req.resource) == (host, uri, resource)


def test_service_uri() -> None:
    req = aos_http_request_create(None)
    oss_get_service_uri(options_for("https://oss.com/x"), req)
    assert (req.proto, req.host, req.uri, req.resource) == ("https://", "oss.com", "", None)


@pytest.mark.parametrize(
    ("endpoint", "is_cname", "host", "uri"),
    [
        ("http://oss.com", 0, "b-1.oss.com", "live/ch"),
        ("https://oss.com", 0, "b-1.oss.com", "live/ch"),
        ("rtmp://oss.com", 0, "b-1.oss.com", "live/ch"),
        ("oss-cn.com", 0, "b-1.oss-cn.com", "live/ch"),
        ("img.example.com", 1, "img.example.com", "live/ch"),
        ("1.2.3.4:1", 0, "1.2.3.4:1", "b-1/live/ch"),
    ],
)
def test_rtmp_uri(endpoint: str, is_cname: int, host: str, uri: str) -> None:
    req = aos_http_request_create(None)
    oss_get_rtmp_uri(options_for(endpoint, is_cname), "b-1", "ch", req)
    assert (req.proto, req.host, req.uri, req.resource) == ("rtmp://", host, uri, "b-1/ch")


def test_parts_of_an_endpoint() -> None:
    endpoint = aos_string_t("oss.com:80/a?b#c")
    oss_preprocess_endpoint(endpoint)
    assert (endpoint.data, endpoint.len) == ("oss.com:80", 10)
    authorities = {"h:80": "h", "u:p@h:80": "h", "@": "", "a@b@c:1": "b@c", "": None, "[::1]:80": "[::1]"}
    assert {text: oss_get_host_from_authority(options_for("x"), text) for text in authorities} == authorities


# --- constructors

DEFAULTS: dict[str, dict[str, Any]] = {
    "oss_create_list_object_params": {"prefix": "", "max_ret": 1000, "truncated": 1, "next_marker": None},
    "oss_create_list_buckets_params": {"max_keys": 0, "truncated": 0, "next_marker": "", "owner_id": ""},
    "oss_create_list_live_channel_params": {"max_keys": 1000, "truncated": 1, "next_marker": None},
    "oss_create_lifecycle_rule_content": {"id": "", "days": INT_MAX, "date": ""},
    "oss_create_cors_rule": {"max_age_seconds": INT_MAX},
    "oss_create_live_channel_configuration_content": {"name": "", "status": "enabled"},
    "oss_create_select_object_meta_params": {"compression_type": "None", "over_write_if_existing": -1},
    "oss_create_oss_object_key": {"key": None},
    "oss_create_list_object_content": {"key": None, "storage_class": None},
}


@pytest.mark.parametrize("function", DEFAULTS)
def test_defaults(function: str) -> None:
    made = getattr(oss_util, function)(None)
    found = {name: getattr(made, name) for name in DEFAULTS[function]}
    assert {name: v.data if isinstance(v, aos_string_t) else v for name, v in found.items()} == DEFAULTS[function]


def test_defaults_of_embedded_structs() -> None:
    rule, other = oss_create_lifecycle_rule_content(None), oss_create_lifecycle_rule_content(None)
    rule.abort_multipart_upload_dt.days = 3
    assert other.abort_multipart_upload_dt.days == INT_MAX
    target = oss_create_live_channel_configuration_content(None).target
    assert (str(target.type), target.frag_duration, target.frag_count) == ("HLS", 5, 3)
    output = oss_create_select_object_params(None).output_param
    assert (output.keep_all_columns, output.output_header, output.record_delimiter.data) == (-1, 0, "")


def test_every_constructor_starts_with_empty_lists() -> None:
    for name in create.__all__:
        if name.startswith("oss_create_list_") or name == "oss_create_cors_rule":
            made = getattr(create, name)(None)
            lists = [v for v in (getattr(made, f.name) for f in made.c_fields) if isinstance(v, aos_list_t)]
            assert all(head.next is head for head in lists), name


def test_checkpoint_and_client_parameters() -> None:
    checkpoint = oss_create_checkpoint_content(None)
    assert (len(checkpoint.parts), checkpoint.parts[9999].index, checkpoint.upload_id.data) == (10000, 0, "")
    with_path = oss_create_resumable_clt_params_content(None, 1 << 20, 3, 1, "x.cp")
    without = oss_create_resumable_clt_params_content(None, 1 << 20, 3, 0, "x.cp")
    assert (with_path.part_size, with_path.thread_num, with_path.checkpoint_path.data) == (1 << 20, 3, "x.cp")
    assert without.checkpoint_path.data is None


def test_elements_that_append_themselves() -> None:
    config = oss_referer_config_t()
    refer = oss_create_and_add_refer(None, config, "http://x")
    assert [item.referer.data for item in config.referer_list] == ["http://x"]
    assert isinstance(refer, oss_referer_t)
    rule = oss_create_cors_rule(None)
    oss_create_sub_cors_rule(None, rule.allowed_method_list, "GET")
    oss_create_sub_cors_rule(None, rule.allowed_method_list, "PUT")
    assert [item.rule.data for item in rule.allowed_method_list] == ["GET", "PUT"]
    with pytest.raises(ValueError, match="refer_config"):
        oss_create_and_add_refer(None, None, "x")  # type: ignore[arg-type]


def test_create_by_size() -> None:
    assert isinstance(oss_create_api_result_content(None, oss_object_key_t), oss_object_key_t)
    assert oss_create_api_result_content(None, 3) == bytearray(3)


# --- content types


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.html", "text/html"),
        ("a.HTML", "text/html"),
        ("a.doc", "application/msword"),
        ("a.tar.gz", "application/octet-stream"),
        ("a.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("a.js", "application/x-javascript"),
        ("dir.html/x", "application/octet-stream"),
        ("a.", "application/octet-stream"),
        ("plain", None),
    ],
)
def test_content_types(name: str, kind: str | None) -> None:
    assert get_content_type(name) == kind


def test_a_content_type_is_added_only_once() -> None:
    headers = aos_table_t()
    set_content_type(None, "a.png", headers)
    set_content_type("b.txt", "a.png", headers)
    assert headers.items() == [("Content-Type", "image/png")]
    unknown = aos_table_t()
    set_content_type("b", "a.png", unknown)
    assert unknown["content-type"] == "application/octet-stream"
    with pytest.raises(ValueError, match="name"):
        get_content_type(None)  # type: ignore[arg-type]


# --- options


def test_config_resolve_leaves_the_shared_options_alone() -> None:
    options = options_for("oss.com")
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
    options = options_for("oss.com")
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
    assert aos_table_create_if_null(options_for("x"), table, 0) is table
    assert len(aos_table_create_if_null(options_for("x"), None, 5)) == 0


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
