"""Objects: put, get, head, delete, copy, ACL, symlinks, restore; one test a case of the C SDK's suite of that name."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from oss.local_server.faults import Fault
from oss.oss_api import (
    AOS_FALSE,
    AOS_TRUE,
    AOSE_CONNECTION_FAILED,
    AOSE_CRC_INCONSISTENT_ERROR,
    AOSE_FILE_WRITE_ERROR,
    AOSE_INVALID_ARGUMENT,
    AOSE_OPEN_FILE_ERROR,
    AOSE_OVER_MEMORY,
    AOSE_READ_BODY_ERROR,
    OSS_ACL_DEFAULT,
    OSS_ACL_PRIVATE,
    OSS_ACL_PUBLIC_READ,
    OSS_STORAGE_CLASS_ARCHIVE,
    OSS_STORAGE_CLASS_COLD_ARCHIVE,
    OSS_TIER_STANDARD,
    aos_status_t,
    aos_string_t,
    aos_table_t,
    oss_append_object_from_file,
    oss_copy_object,
    oss_create_bucket_with_storage_class,
    oss_create_list_object_params,
    oss_create_upload_file,
    oss_delete_object,
    oss_do_get_object_to_file,
    oss_do_put_object_from_buffer,
    oss_get_object_acl,
    oss_get_object_meta,
    oss_get_object_to_buffer,
    oss_get_object_to_file,
    oss_get_symlink,
    oss_head_object,
    oss_list_object,
    oss_put_object_acl,
    oss_put_object_from_buffer,
    oss_put_object_from_file,
    oss_put_symlink,
    oss_restore_object,
    oss_restore_object_with_tier,
    oss_upload_file,
    oss_upload_part_from_file,
)
from tests.service import Service, content, new_list, table


def test_put_object_from_buffer(service: Service) -> None:
    service.put("video.ts", "test oss c sdk", table(x_oss_meta_author="oss"))
    headers = service.head("video.ts")
    assert (headers["Content-Type"], headers["x-oss-meta-author"]) == ("video/MP2T", "oss")
    assert service.get("video.ts") == b"test oss c sdk"


def test_put_object_from_buffer_with_default_content_type(service: Service) -> None:
    service.put("key-without-suffix", "x")
    assert service.head("key-without-suffix")["Content-Type"] == "application/octet-stream"


def test_put_object_from_buffer_with_specified(service: Service) -> None:
    given = table(Content_Type="image/jpeg", x_oss_meta_author="oss")
    service.put("a.ts", "x", given)
    assert service.head("a.ts")["Content-Type"] == "image/jpeg"
    assert given.items() == [("Content-Type", "image/jpeg"), ("x-oss-meta-author", "oss")], "the caller's table changed"
    assert "expect" not in service.sent and "transfer-encoding" not in service.sent


def test_put_object_empties_the_buffer(service: Service) -> None:
    buffer, body = new_list("ab", "cd"), new_list("old")
    status = oss_do_put_object_from_buffer(*service.where, "k", buffer, None, None, None, service.headers, body)
    assert (status.code, len(buffer), content(body), service.get("k")) == (200, 0, b"", b"abcd")


def test_put_object_from_file(service: Service, tmp_path: Path) -> None:
    (tmp_path / "plain").write_bytes(b"from a file" * 1000)
    path = tmp_path / "plain"
    status = oss_put_object_from_file(*service.where, "k.txt", path, None, service.headers)
    assert (status.code, service.get("k.txt")) == (200, b"from a file" * 1000)
    assert service.head("k.txt")["Content-Type"] == "application/octet-stream", "the file's name decides"
    assert oss_put_object_from_file(service.options, service.no_bucket, "k", path, None, None).code == 404
    status = oss_put_object_from_file(*service.where, "k", tmp_path / "none", None, None)
    assert (status.code, status.error_code) == (AOSE_OPEN_FILE_ERROR, "OpenFileFail")


def test_a_folder_is_no_file_to_send(service: Service, tmp_path: Path) -> None:
    piece = oss_create_upload_file(None)
    piece.filename, piece.file_last = str(tmp_path), 4096
    sent = len(service.server.requests)
    for status in (
        oss_put_object_from_file(*service.where, "k", tmp_path, None, None),
        oss_append_object_from_file(*service.where, "k", 0, tmp_path, None, None),
        oss_upload_part_from_file(*service.where, "k", "id", 1, piece, None),
    ):
        assert (status.code, status.error_msg) == (
            AOSE_READ_BODY_ERROR,
            f"read body failure. {tmp_path}: Is a directory",
        )
    assert len(service.server.requests) == sent
    status = oss_upload_file(*service.where, "k", aos_string_t(), tmp_path, 102400, None)
    assert (status.code, status.error_msg) == (AOSE_READ_BODY_ERROR, f"read body failure. {tmp_path}: Is a directory")
    assert not any(request.method == "PUT" for request in list(service.server.requests)[sent:])


@pytest.mark.parametrize("name", [None, aos_string_t()], ids=["NULL", "null string"])
def test_a_download_to_no_file_is_refused(service: Service, name: aos_string_t | None) -> None:
    status = oss_get_object_to_file(*service.where, "k", None, None, name, None)
    assert (status.code, status.error_msg) == (AOSE_INVALID_ARGUMENT, "filename is NULL")
    assert not service.server.requests


def test_a_link_to_blanks_is_sent_without_its_header(service: Service) -> None:
    """As libcurl does; what is not sent is not signed, so the service says what is missing."""
    for target in ("", " \t"):
        oss_put_symlink(*service.where, "link", target, None)
        assert "x-oss-symlink-target" not in service.sent
        assert service.server.requests[-1].status == 400


def test_put_object_from_file_with_content_type(service: Service, tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(b"jpeg")
    oss_put_object_from_file(*service.where, "k", tmp_path / "a.jpg", None, None)
    assert service.head("k")["Content-Type"] == "image/jpeg"


def test_put_object_with_large_length_header(service: Service) -> None:
    value = "a" * 2000
    service.put("k", "x", table(x_oss_meta_author=value))
    assert service.head("k")["x-oss-meta-author"] == value


def test_put_object_whose_crc_differs(service: Service) -> None:
    service.server.add_fault(Fault(action="wrong_crc"))
    status = oss_put_object_from_buffer(*service.where, "k", new_list("x"), None, None)
    assert (status.code, status.error_code) == (AOSE_CRC_INCONSISTENT_ERROR, "InconsistentError")


def test_put_symlink_for_obj(service: Service) -> None:
    service.put("target", "content")
    status = oss_put_symlink(*service.where, "link", "target", service.headers)
    assert status.code == 200
    buffer = new_list()
    oss_get_object_to_buffer(*service.where, "link", None, None, buffer, None)
    assert content(buffer) == b"content"


def test_get_symlink_for_obj(service: Service) -> None:
    oss_put_symlink(*service.where, "link", "target", None)
    status = oss_get_symlink(*service.where, "link", service.headers)
    assert (status.code, service.headers["x-oss-symlink-target"]) == (200, "target")
    assert oss_get_symlink(*service.where, "none", None).code == 404


def archived(service: Service, storage_class: int) -> None:
    service.bucket = "archive-bucket"
    made = oss_create_bucket_with_storage_class(*service.where, OSS_ACL_PRIVATE, storage_class, service.headers)
    assert made.code == 200
    service.put("k", "content")
    buffer = new_list()
    status = oss_get_object_to_buffer(*service.where, "k", None, None, buffer, None)
    assert (status.code, status.error_code) == (403, "InvalidObjectState"), "not hidden by the CRC of another body"
    assert b"InvalidObjectState" in content(buffer)


def test_restore_obj(service: Service) -> None:
    archived(service, OSS_STORAGE_CLASS_ARCHIVE)
    given = table()
    assert oss_restore_object(*service.where, "k", given, service.headers).code == 202
    assert given.items() == []


def test_restore_object_with_tier(service: Service) -> None:
    archived(service, OSS_STORAGE_CLASS_COLD_ARCHIVE)
    params = oss_create_list_object_params(None)
    oss_list_object(*service.where, params, None)
    assert [str(entry.storage_class) for entry in params.object_list] == ["ColdArchive"]

    def restore(tier: int) -> aos_status_t:
        return oss_restore_object_with_tier(*service.where, "k", tier, 2, None, service.headers)

    assert restore(OSS_TIER_STANDARD).code == 202
    again = restore(OSS_TIER_STANDARD)
    assert (again.code, again.error_code) == (409, "RestoreAlreadyInProgress")
    assert (restore(7).code, restore(7).error_msg) == (AOSE_INVALID_ARGUMENT, "tier is 7")


def test_get_object_to_buffer(service: Service) -> None:
    service.put("a.txt", "test oss c sdk")
    buffer = new_list("what was there before")
    status = oss_get_object_to_buffer(*service.where, "a.txt", None, None, buffer, service.headers)
    assert (status.code, content(buffer), service.headers["Content-Type"]) == (200, b"test oss c sdk", "text/plain")
    assert oss_get_object_to_buffer(*service.where, "a.txt", None, None, None, None).code == 200


def test_get_object_to_buffer_with_range(service: Service) -> None:
    service.put("k", bytes(range(200)))
    buffer = new_list()
    status = oss_get_object_to_buffer(*service.where, "k", table(Range="bytes=5-13"), None, buffer, service.headers)
    assert (status.code, content(buffer), service.headers["Content-Length"]) == (206, bytes(range(5, 14)), "9")


def test_get_object_to_buffer_with_maxbuffersize(service: Service) -> None:
    service.put("k", bytes(1 << 20))
    service.options.ctl.options.max_memory_size = 4
    for service.options.ctl.options.enable_crc in (AOS_FALSE, AOS_TRUE):
        status = oss_get_object_to_buffer(*service.where, "k", None, None, new_list(), None)
        assert status.code == AOSE_OVER_MEMORY


@pytest.mark.parametrize("crc", [AOS_TRUE, AOS_FALSE])
def test_get_object_whose_body_is_cut_short(service: Service, tmp_path: Path, crc: int) -> None:
    service.put("k", bytes(1000))
    service.options.ctl.options.enable_crc = crc
    service.server.add_fault(Fault(action="short_body", after=400, times=2))
    status = oss_get_object_to_buffer(*service.where, "k", None, None, new_list(), None)
    assert (status.code, status.error_code) == (AOSE_CONNECTION_FAILED, "HttpIoError")
    assert "400 bytes received of 1000" in (status.error_msg or "")
    status = oss_get_object_to_file(*service.where, "k", None, None, tmp_path / "f", None)
    assert (status.code, os.listdir(tmp_path)) == (AOSE_CONNECTION_FAILED, [])


def test_get_object_whose_crc_differs(service: Service, tmp_path: Path) -> None:
    service.put("k", "content")
    service.server.add_fault(Fault(match={"method": "GET"}, action="flip", times=None))
    buffer = new_list()
    status = oss_get_object_to_buffer(*service.where, "k", None, None, buffer, None)
    assert status.code == AOSE_CRC_INCONSISTENT_ERROR
    status = oss_get_object_to_file(*service.where, "k", None, None, tmp_path / "f", None)
    assert (status.code, os.listdir(tmp_path)) == (AOSE_CRC_INCONSISTENT_ERROR, [])
    ranged = table(Range="bytes=0-6")
    assert oss_get_object_to_buffer(*service.where, "k", ranged, None, buffer, None).code == 206


def test_get_object_to_file(service: Service, tmp_path: Path) -> None:
    service.put("k", bytes(300_000))
    target = tmp_path / "down"
    status = oss_get_object_to_file(*service.where, "k", None, None, target, service.headers)
    assert (status.code, target.read_bytes(), os.listdir(tmp_path)) == (200, bytes(300_000), ["down"])
    status = oss_get_object_to_file(service.options, service.no_bucket, "k", None, None, target, None)
    assert (status.code, target.stat().st_size) == (404, 300_000)
    status = oss_get_object_to_file(*service.where, "k", None, None, tmp_path / "no" / "f", None)
    assert (status.code, status.error_code) == (AOSE_OPEN_FILE_ERROR, "OpenFileFail")


def test_get_object_to_file_that_cannot_be_renamed(service: Service, tmp_path: Path) -> None:
    service.put("k", "content")

    def becomes_a_folder(*_: int) -> None:
        (tmp_path / "d").mkdir(exist_ok=True)

    status = oss_do_get_object_to_file(*service.where, "k", None, None, tmp_path / "d", becomes_a_folder, None)
    assert (status.code, status.error_code) == (AOSE_FILE_WRITE_ERROR, "RenameFileFail")
    assert "Is a directory" in (status.error_msg or "") and (tmp_path / "d.tmp").read_bytes() == b"content"


def test_get_not_exist_object_to_file(service: Service, tmp_path: Path) -> None:
    status = oss_get_object_to_file(*service.where, "none", None, None, tmp_path / "f", None)
    assert (status.code, status.error_code, os.listdir(tmp_path)) == (404, "NoSuchKey", [])


def test_head_object(service: Service) -> None:
    service.put("k", "test oss c sdk", table(x_oss_meta_author="oss"))
    given = table()
    status = oss_head_object(*service.where, "k", given, service.headers)
    assert (status.code, service.headers["x-oss-meta-author"], given.items()) == (200, "oss", [])


def test_head_object_with_not_exist(service: Service) -> None:
    status = oss_head_object(*service.where, "none", None, service.headers)
    assert (status.code, status.error_code, status.error_msg) == (404, "NoSuchKey", "The specified key does not exist.")
    assert status.req_id == service.headers["x-oss-request-id"]


def test_get_object_meta(service: Service) -> None:
    service.put("k", "test oss c sdk")
    status = oss_get_object_meta(*service.where, "k", service.headers)
    assert (status.code, service.headers["Content-Length"]) == (200, "14")


def test_get_object_meta_not_exist(service: Service) -> None:
    status = oss_get_object_meta(*service.where, "none", service.headers)
    assert (status.code, status.error_code, bool(status.error_msg), bool(status.req_id)) == (
        404,
        "NoSuchKey",
        True,
        True,
    )


def test_get_object_acl_not_exist(service: Service) -> None:
    acl = aos_string_t("as it was")
    status = oss_get_object_acl(*service.where, "none", acl, service.headers)
    assert (status.code, status.error_code, str(acl)) == (404, "NoSuchKey", "as it was")


def refused(service: Service, status: aos_status_t) -> None:
    assert (status.code, status.error_code) == (AOSE_INVALID_ARGUMENT, "ObjectNameInvalidError")
    assert (service.headers.items(), len(service.server.requests)) == ([], 0)


def test_get_object_acl_object_empty(service: Service) -> None:
    acl = aos_string_t("as it was")
    refused(service, oss_get_object_acl(*service.where, "", acl, service.headers))
    assert str(acl) == "as it was"


@pytest.mark.parametrize("name", [None, aos_string_t()], ids=["NULL", "null string"])
def test_get_object_acl_object_null(service: Service, name: aos_string_t | None) -> None:
    acl = aos_string_t()
    refused(service, oss_get_object_acl(*service.where, name, acl, service.headers))


def test_put_object_acl_object_empty(service: Service) -> None:
    refused(service, oss_put_object_acl(*service.where, "", OSS_ACL_PRIVATE, service.headers))


@pytest.mark.parametrize("name", [None, aos_string_t()], ids=["NULL", "null string"])
def test_put_object_acl_object_null(service: Service, name: aos_string_t | None) -> None:
    refused(service, oss_put_object_acl(*service.where, name, OSS_ACL_PRIVATE, service.headers))


def test_get_object_acl(service: Service) -> None:
    service.put("k")
    acl = aos_string_t()
    assert oss_get_object_acl(*service.where, "k", acl, service.headers).code == 200
    assert str(acl) == "default"


def test_put_object_acl(service: Service) -> None:
    service.put("k")
    acl = aos_string_t()
    for value, name in (
        (OSS_ACL_PRIVATE, "private"),
        (OSS_ACL_PUBLIC_READ, "public-read"),
        (OSS_ACL_DEFAULT, "default"),
    ):
        assert oss_put_object_acl(*service.where, "k", value, service.headers).code == 200
        oss_get_object_acl(*service.where, "k", acl, None)
        assert str(acl) == name


def test_put_object_acl_invalid_acl(service: Service) -> None:
    service.put("k")
    status = oss_put_object_acl(*service.where, "k", OSS_ACL_DEFAULT + 1, service.headers)
    assert (status.code, status.error_code) == (400, "MissingArgument")


def test_delete_object(service: Service) -> None:
    service.put("k")
    assert oss_delete_object(*service.where, "k", service.headers).code == 204
    assert oss_delete_object(*service.where, "k", None).code == 204
    with pytest.raises(KeyError):
        service.get("k")


def copy(service: Service, source: str, headers: aos_table_t | None = None) -> aos_status_t:
    return oss_copy_object(*service.where, source, service.bucket, "copy.jpg", headers, service.headers)


def test_copy_object(service: Service) -> None:
    service.put("k", "content")
    given = table(x_oss_metadata_directive="REPLACE")
    assert copy(service, "k", given).code == 200
    assert (service.get("copy.jpg"), service.head("copy.jpg")["Content-Type"]) == (b"content", "image/jpeg")
    assert given.items() == [("x-oss-metadata-directive", "REPLACE")]


def test_copy_object_with_source_url_encode(service: Service) -> None:
    for key in ("+100/a b?c=d&e%.txt", "中文/ÿ", "a+b"):
        service.put(key, key)
        assert copy(service, key).code == 200
        assert service.get("copy.jpg") == key.encode()


def test_copy_object_negative(service: Service) -> None:
    status = copy(service, "A" * 1024)
    assert (status.code, status.error_code) == (400, "InvalidObjectName")
    status = copy(service, "A" * 1025)
    assert (status.code, status.error_code) == (AOSE_INVALID_ARGUMENT, "UrlEncodeFail")
    assert copy(service, "none").code == 404
