"""Objects by signed URL, by bad endpoints, tokens and names."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, cast

import pytest

from oss.local_server.faults import Fault
from oss.oss_api import (
    AOS_FALSE,
    AOS_TRUE,
    AOSE_CRC_INCONSISTENT_ERROR,
    AOSE_FAILED_CONNECT,
    AOSE_INVALID_ARGUMENT,
    AOSE_NAME_LOOKUP_ERROR,
    AOSE_OPEN_FILE_ERROR,
    HTTP_GET,
    HTTP_HEAD,
    HTTP_PUT,
    OSS_ACL_DEFAULT,
    OSS_TIER_BULK,
    aos_http_request_create,
    aos_status_t,
    aos_table_t,
    apr_time_now,
    oss_append_object_from_buffer,
    oss_append_object_from_file,
    oss_copy_object,
    oss_create_select_object_meta,
    oss_delete_object,
    oss_delete_object_tagging,
    oss_do_append_object_from_buffer,
    oss_do_append_object_from_file,
    oss_do_get_object_to_buffer,
    oss_do_get_object_to_file,
    oss_do_put_object_from_buffer,
    oss_do_put_object_from_file,
    oss_do_put_symlink,
    oss_do_select_object_to_buffer,
    oss_do_select_object_to_file,
    oss_gen_signed_url,
    oss_get_object_acl,
    oss_get_object_meta,
    oss_get_object_meta_by_url,
    oss_get_object_tagging,
    oss_get_object_to_buffer,
    oss_get_object_to_buffer_by_url,
    oss_get_object_to_file,
    oss_get_object_to_file_by_url,
    oss_get_symlink,
    oss_head_object,
    oss_head_object_by_url,
    oss_put_object_acl,
    oss_put_object_from_buffer,
    oss_put_object_from_buffer_by_url,
    oss_put_object_from_file,
    oss_put_object_from_file_by_url,
    oss_put_object_tagging,
    oss_put_symlink,
    oss_restore_object,
    oss_restore_object_with_tier,
    oss_select_object_to_buffer,
    oss_select_object_to_file,
)
from tests.service import INVALID_BUCKETS, Service, content, new_list, table

KEY = "oss_test_object_by_url/123"


def signed(
    service: Service,
    method: int,
    key: str = KEY,
    bucket: str | None = None,
    query: aos_table_t | None = None,
    **more: int,
) -> str | None:
    """A URL good for two minutes."""
    req = aos_http_request_create(None)
    req.method, req.query_params = method, query or aos_table_t()
    for name, value in more.items():
        setattr(req, name, value)
    expires = apr_time_now() // 1_000_000 + 120
    return oss_gen_signed_url(service.options, bucket or service.bucket, key, expires, req)


@pytest.mark.parametrize("version", [1, 4])
def test_object_by_url(service: Service, tmp_path: Path, version: int) -> None:
    options = service.options
    options.config.signature_version = version
    (tmp_path / "up").write_bytes(b"from a file")
    url = signed(service, HTTP_PUT) or ""
    assert "oss_test_object_by_url%2F123" in url
    assert oss_put_object_from_buffer_by_url(options, url, new_list("memory"), None, service.headers).code == 200
    assert service.get(KEY) == b"memory"
    assert oss_put_object_from_file_by_url(options, url, tmp_path / "up", None, service.headers).code == 200
    assert service.get(KEY) == b"from a file"
    url = signed(service, HTTP_GET, normalize_url=1) or ""
    assert "oss_test_object_by_url/123" in url
    buffer, params = new_list(), table()
    assert oss_get_object_to_buffer_by_url(options, url, None, params, buffer, service.headers).code == 200
    assert content(buffer) == b"from a file"
    assert oss_get_object_to_file_by_url(options, url, None, params, tmp_path / "down", service.headers).code == 200
    assert (tmp_path / "down").read_bytes() == b"from a file"
    url = signed(service, HTTP_HEAD) or ""
    assert oss_head_object_by_url(options, url, None, service.headers).code == 200
    assert "authorization" not in service.sent
    url = signed(service, HTTP_HEAD, query=table(objectMeta="")) or ""
    assert oss_get_object_meta_by_url(options, url, service.headers).code == 200
    assert service.headers["Content-Length"] == "11"


def test_object_by_url_that_cannot_be_made_or_used(service: Service, tmp_path: Path) -> None:
    assert signed(service, HTTP_PUT, bucket="InvalidBucketName") is None
    assert signed(service, HTTP_PUT, key="") is None
    url = signed(service, HTTP_PUT) or ""
    status = oss_put_object_from_file_by_url(service.options, url, tmp_path / "none", None, None)
    assert (status.code, status.error_code) == (AOSE_OPEN_FILE_ERROR, "OpenFileFail")
    url = signed(service, HTTP_GET) or ""
    status = oss_get_object_to_file_by_url(service.options, url, None, None, tmp_path / "no" / "f", None)
    assert status.code == AOSE_OPEN_FILE_ERROR
    status = oss_get_object_to_file_by_url(service.options, url + "0", None, None, tmp_path / "f", None)
    assert (status.code, status.error_code) == (403, "SignatureDoesNotMatch")


def test_a_file_survives_a_failed_download_by_url(service: Service, tmp_path: Path) -> None:
    target = tmp_path / "f"
    target.write_bytes(b"precious")
    status = oss_get_object_to_file_by_url(service.options, signed(service, HTTP_GET), None, None, target, None)
    assert (status.code, target.read_bytes(), os.listdir(tmp_path)) == (404, b"precious", ["f"])
    (tmp_path / "f.tmp").write_bytes(b"a stale temporary file")
    service.put(KEY, "fresh")
    status = oss_get_object_to_file_by_url(service.options, signed(service, HTTP_GET), None, None, target, None)
    assert (status.code, target.read_bytes(), os.listdir(tmp_path)) == (200, b"fresh", ["f"])


def test_the_crc_of_a_processed_object_is_not_compared(service: Service) -> None:
    service.put(KEY, "content")
    service.server.add_fault(Fault(action="wrong_crc", times=None))

    def get(url: str | None, params: aos_table_t | None) -> int:
        return oss_get_object_to_buffer_by_url(service.options, url, None, params, None, None).code

    url = signed(service, HTTP_GET)
    assert get(url, None) == AOSE_CRC_INCONSISTENT_ERROR
    assert get(url, table(x_oss_process="image/info")) == 200
    assert (
        get(signed(service, HTTP_GET, query=table(("x-oss-process", "style/none"))), None)
        != AOSE_CRC_INCONSISTENT_ERROR
    )


def test_put_object_from_buffer_with_invalid_endpoint(service: Service) -> None:
    service.options.config.endpoint = "127.0.0.1:1"
    status = oss_put_object_from_buffer(*service.where, "k", new_list("x"), None, None)
    assert (status.code, status.error_code) == (AOSE_FAILED_CONNECT, "HttpIoError")


def test_object_with_invalid_endpoint(service: Service) -> None:
    for endpoint in (
        "www.test.com\\www.aliyuncs.com",
        "www.test-inc.com\\oss-cn-hangzhou.aliyuncs.com",
        "http://www#x",
    ):
        service.options.config.endpoint = endpoint
        if "#" in endpoint:
            continue  # cut there
        status = oss_get_object_to_buffer(*service.where, "k", None, None, new_list(), None)
        assert (status.code, status.error_code) == (AOSE_INVALID_ARGUMENT, "ClientError")
        assert str(status.error_msg).startswith(
            f"The endpoint is invalid: {endpoint!r} has a host with more in it than "
        )
    service.options.config.endpoint = "no-such-host.invalid"
    status = oss_get_object_to_buffer(*service.where, "k", None, None, new_list(), None)
    assert (status.code, status.error_code) == (AOSE_NAME_LOOKUP_ERROR, "HttpIoError")


def test_get_object_to_buffer_use_invalid_sts(service: Service) -> None:
    service.put("k", "x")
    service.options.config.sts_token = "invalid-sts"
    status = oss_get_object_to_buffer(*service.where, "k", None, None, new_list(), None)
    assert status.code == 403


def test_object_verify_strict(service: Service) -> None:
    for key in ("?123", "?"):
        assert signed(service, HTTP_PUT, key) is None
    assert signed(service, HTTP_PUT, "123?123")
    service.options.ctl.options.verify_object_strict = AOS_FALSE
    assert "%3F123" in (signed(service, HTTP_PUT, "?123") or "")
    service.options.ctl.options.verify_object_strict = AOS_TRUE
    service.options.config.signature_version = 4
    assert "%3F123" in (signed(service, HTTP_PUT, "?123") or "")


def calls(service: Service, bucket: str | None, key: str | None) -> list[aos_status_t]:
    """Every function about an object, with nothing but these names."""
    options, headers, nothing = service.options, service.headers, cast(Any, None)
    return [
        oss_put_object_from_buffer(options, bucket, key, nothing, nothing, headers),
        oss_do_put_object_from_buffer(options, bucket, key, nothing, nothing, nothing, nothing, headers, nothing),
        oss_put_object_from_file(options, bucket, key, nothing, nothing, headers),
        oss_do_put_object_from_file(options, bucket, key, nothing, nothing, nothing, nothing, headers, nothing),
        oss_get_object_to_buffer(options, bucket, key, nothing, nothing, nothing, headers),
        oss_do_get_object_to_buffer(options, bucket, key, nothing, nothing, nothing, nothing, headers),
        oss_get_object_to_file(options, bucket, key, nothing, nothing, nothing, headers),
        oss_do_get_object_to_file(options, bucket, key, nothing, nothing, nothing, nothing, headers),
        oss_restore_object(options, bucket, key, nothing, headers),
        oss_restore_object_with_tier(options, bucket, key, OSS_TIER_BULK, 1, nothing, headers),
        oss_head_object(options, bucket, key, nothing, headers),
        oss_get_object_meta(options, bucket, key, headers),
        oss_put_object_acl(options, bucket, key, OSS_ACL_DEFAULT, headers),
        oss_get_object_acl(options, bucket, key, nothing, headers),
        oss_put_symlink(options, bucket, key, nothing, headers),
        oss_do_put_symlink(options, bucket, key, nothing, nothing, headers),
        oss_get_symlink(options, bucket, key, headers),
        oss_delete_object(options, bucket, key, headers),
        oss_copy_object(options, nothing, nothing, bucket, key, nothing, headers),
        oss_append_object_from_buffer(options, bucket, key, 1024, nothing, nothing, headers),
        oss_do_append_object_from_buffer(
            options, bucket, key, 0, 0, nothing, nothing, nothing, nothing, headers, nothing
        ),
        oss_append_object_from_file(options, bucket, key, 1024, nothing, nothing, headers),
        oss_do_append_object_from_file(
            options, bucket, key, 0, 0, nothing, nothing, nothing, nothing, headers, nothing
        ),
        oss_select_object_to_buffer(options, bucket, key, nothing, nothing, nothing, headers),
        oss_do_select_object_to_buffer(
            options, bucket, key, nothing, nothing, nothing, nothing, nothing, nothing, headers
        ),
        oss_select_object_to_file(options, bucket, key, nothing, nothing, nothing, headers),
        oss_do_select_object_to_file(
            options, bucket, key, nothing, nothing, nothing, nothing, nothing, nothing, headers
        ),
        oss_create_select_object_meta(options, bucket, key, nothing, headers),
        oss_put_object_tagging(options, bucket, key, nothing, headers),
        oss_get_object_tagging(options, bucket, key, nothing, headers),
        oss_delete_object_tagging(options, bucket, key, headers),
    ]


def test_object_invalid_parameter(service: Service) -> None:
    for name in INVALID_BUCKETS:
        for status in calls(service, name, None):
            assert (status.code, status.error_code) == (AOSE_INVALID_ARGUMENT, "BucketNameInvalidError")
    for name in ("", None):
        for status in calls(service, service.bucket, name):
            assert (status.code, status.error_code) == (AOSE_INVALID_ARGUMENT, "ObjectNameInvalidError")
    assert not service.server.requests and not len(service.headers)


def test_null_where_the_c_sdk_would_crash(service: Service) -> None:
    options, bucket = service.where
    nothing: Any = None
    for status, problem in (
        (oss_put_object_from_buffer(options, bucket, "k", nothing, None, None), "buffer is NULL"),
        (oss_put_object_from_file(options, bucket, "k", None, None, None), "filename is NULL"),
        (oss_get_object_to_file(options, bucket, "k", None, None, None, None), "filename is NULL"),
        (oss_get_object_to_buffer(nothing, bucket, "k", None, None, None, None), "options is NULL"),
        (oss_put_symlink(options, bucket, "k", None, None), "target_object is NULL"),
        (oss_put_object_tagging(options, bucket, "k", nothing, None), "tag_list is NULL"),
        (oss_put_symlink(options, bucket, "k", "a\0b", None), "target_object has a NUL in it"),
    ):
        assert (status.code, status.error_code, status.error_msg) == (AOSE_INVALID_ARGUMENT, "ClientError", problem)
    with pytest.raises(ValueError, match="req is NULL"):
        oss_gen_signed_url(options, bucket, "k", 0, None)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="headers must be an aos_table_t, not dict"):
        oss_head_object(options, bucket, "k", {}, None)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="position must be an int, not float"):
        oss_append_object_from_buffer(options, bucket, "k", 1.0, new_list(), None, None)  # type: ignore[arg-type]
    assert not service.server.requests
