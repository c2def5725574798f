"""Multipart uploads; one test a case of the C SDK's suite of that name."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import pytest

from aos import aos_http_io
from oss.local_server.faults import Fault
from oss.oss_api import (
    AOSE_CRC_INCONSISTENT_ERROR,
    AOSE_INTERNAL_ERROR,
    AOSE_INVALID_ARGUMENT,
    AOSE_OK,
    AOSE_OPEN_FILE_ERROR,
    aos_http_transport_t,
    aos_list_init,
    aos_list_movelist,
    aos_ref_t,
    aos_status_t,
    aos_string_t,
    aos_table_t,
    oss_abort_multipart_upload,
    oss_complete_multipart_upload,
    oss_complete_part_content_t,
    oss_create_complete_part_content,
    oss_create_list_multipart_upload_params,
    oss_create_list_upload_part_params,
    oss_create_upload_file,
    oss_create_upload_part_copy_params,
    oss_do_upload_part_from_buffer,
    oss_get_sorted_uploaded_part,
    oss_init_multipart_upload,
    oss_list_multipart_upload,
    oss_list_upload_part,
    oss_upload_file,
    oss_upload_part_copy,
    oss_upload_part_from_buffer,
    oss_upload_part_from_file,
)
from tests.service import INVALID_BUCKETS, Service, content, new_list, table, texts

PART = 100 * 1024
BODY = bytes(range(256)) * 1000


def begin(service: Service, key: str = "k") -> aos_string_t:
    upload_id = aos_string_t()
    status = oss_init_multipart_upload(*service.where, key, upload_id, None, service.headers)
    assert status.code == 200 and str(upload_id), status
    return upload_id


def upload(service: Service, upload_id: aos_string_t, number: int, data: bytes) -> oss_complete_part_content_t:
    buffer = new_list(data)
    status = oss_upload_part_from_buffer(*service.where, "k", upload_id, number, buffer, service.headers)
    assert (status.code, len(buffer)) == (200, 0), status
    part = oss_create_complete_part_content(None)
    part.part_number, part.etag = str(number), service.headers["ETag"]
    return part


def complete(service: Service, upload_id: aos_string_t, *parts: oss_complete_part_content_t) -> aos_status_t:
    return oss_complete_multipart_upload(*service.where, "k", upload_id, new_list(*parts), None, service.headers)


def listed(service: Service, upload_id: aos_string_t) -> list[oss_complete_part_content_t]:
    """The parts that are there, ready to complete."""
    found, count = new_list(), aos_ref_t(-1)
    status = oss_get_sorted_uploaded_part(*service.where, "k", upload_id, found, count)
    assert (status.code, count.value) == (200, len(found)), status
    return list(found)


def test_init_abort_multipart_upload(service: Service) -> None:
    upload_id = begin(service)
    assert oss_abort_multipart_upload(*service.where, "k", upload_id, service.headers).code == 204
    status = oss_abort_multipart_upload(*service.where, "k", upload_id, service.headers)
    assert (status.code, status.error_code) == (404, "NoSuchUpload")


def test_list_multipart_upload(service: Service) -> None:
    ids = {key: str(begin(service, key)) for key in ("a/1", "a/2", "b")}
    params = oss_create_list_multipart_upload_params(None)
    params.max_ret, params.prefix = 1, "a/"
    found = []
    while params.truncated:
        assert oss_list_multipart_upload(*service.where, params, service.headers).code == 200
        found += [(str(entry.key), str(entry.upload_id)) for entry in params.upload_list]
        params.key_marker, params.upload_id_marker = params.next_key_marker, params.next_upload_id_marker
        aos_list_init(params.upload_list)
    assert found == [(key, ids[key]) for key in ("a/1", "a/2")]
    assert oss_list_multipart_upload(service.options, service.no_bucket, params, None).code == 404


def test_multipart_upload(service: Service) -> None:
    upload_id = aos_string_t()
    given = table(x_oss_meta_author="oss")
    oss_init_multipart_upload(*service.where, "k", upload_id, given, None)
    assert given.items() == [("x-oss-meta-author", "oss")]
    parts = [upload(service, upload_id, number, BODY) for number in (1, 2)]
    params = oss_create_list_upload_part_params(None)
    params.max_ret = 1
    assert oss_list_upload_part(*service.where, "k", upload_id, params, service.headers).code == 200
    assert (params.truncated, str(params.next_part_number_marker)) == (1, "1")
    params.part_number_marker = params.next_part_number_marker
    assert oss_list_upload_part(*service.where, "k", upload_id, params, service.headers).code == 200
    assert (params.truncated, texts(params.part_list, "part_number")) == (0, ["1", "2"])
    assert texts(params.part_list, "etag") == texts(new_list(*parts), "etag")
    assert complete(service, upload_id, *parts).code == 200
    headers = service.head("k")
    assert (headers["Content-Length"], headers["x-oss-meta-author"]) == (str(2 * len(BODY)), "oss")
    assert service.get("k") == BODY * 2


def test_multipart_upload_from_file(service: Service, tmp_path: Path) -> None:
    path = tmp_path / "f"
    path.write_bytes(BODY)
    upload_id, piece = begin(service), oss_create_upload_file(None)
    for number, first, last in ((1, 0, 200 * 1024), (2, 200 * 1024, 1 << 40)):
        piece.filename, piece.file_pos, piece.file_last = path, first, last
        status = oss_upload_part_from_file(*service.where, "k", upload_id, number, piece, service.headers)
        assert status.code == 200
        assert "content-type" not in service.sent
    assert complete(service, upload_id, *listed(service, upload_id)).code == 200
    assert service.get("k") == BODY
    status = oss_upload_part_from_file(service.options, service.no_bucket, "k", upload_id, 1, piece, None)
    assert status.code == 404
    piece.file_last = piece.file_pos - 1
    status = oss_upload_part_from_file(*service.where, "k", upload_id, 1, piece, None)
    assert (status.code, status.error_code) == (AOSE_INVALID_ARGUMENT, "ClientError")
    piece.filename = tmp_path / "none"
    piece.file_last = 1 << 40
    status = oss_upload_part_from_file(*service.where, "k", upload_id, 1, piece, None)
    assert (status.code, status.error_code) == (AOSE_OPEN_FILE_ERROR, "OpenFileFail")


# oss_upload_file


def requests_of(service: Service) -> list[str]:
    """What was asked since the last call of this."""
    made = [
        f"{request.method} {request.target.partition('partNumber=')[2] or request.target.partition('?')[2][:8]}"
        for request in service.server.requests
    ]
    service.server.requests.clear()
    return made


def upload_file(
    service: Service, path: Path, upload_id: aos_string_t, headers: aos_table_t | None = None
) -> aos_status_t:
    return oss_upload_file(*service.where, "k", upload_id, path, PART, headers)


@pytest.fixture
def big(tmp_path: Path) -> Path:
    path = tmp_path / "big"
    path.write_bytes(BODY)
    return path


def test_upload_file(service: Service, big: Path) -> None:
    upload_id, given = aos_string_t(), table()
    status = upload_file(service, big, upload_id, given)
    assert (status.code, service.get("k"), bool(status.req_id)) == (200, BODY, True)
    assert requests_of(service) == ["POST uploads", "PUT 1", "PUT 2", "PUT 3", "POST uploadId"]
    assert str(upload_id) and not len(given), "the id is the caller's to keep"


def test_upload_file_that_is_empty(service: Service, tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    assert upload_file(service, tmp_path / "empty", aos_string_t()).code == 200
    assert service.get("k") == b""


def test_upload_file_failed_without_uploadid(service: Service, big: Path) -> None:
    status = oss_upload_file(service.options, service.no_bucket, "k", aos_string_t(), big, PART, None)
    assert (status.code, status.error_code) == (404, "NoSuchBucket")
    upload_id = aos_string_t()
    status = upload_file(service, big.with_name("none"), upload_id)
    assert (status.code, status.error_code, bool(str(upload_id))) == (AOSE_OPEN_FILE_ERROR, "OpenFileFail", True)


def test_upload_file_from_recover(service: Service, big: Path) -> None:
    upload_id = begin(service)
    upload(service, upload_id, 1, BODY[:PART])
    requests_of(service)
    assert upload_file(service, big, upload_id).code == 200
    assert requests_of(service) == ["GET uploadId", "PUT 2", "PUT 3", "POST uploadId"]
    assert service.get("k") == BODY


def test_upload_file_from_recover_failed(service: Service, big: Path) -> None:
    status = upload_file(service, big, aos_string_t("bad-id"))
    assert (status.code, status.error_code) == (404, "NoSuchUpload")


@pytest.mark.parametrize(
    ("there", "asked"),
    [
        pytest.param({1: PART, 2: PART, 3: len(BODY) - 2 * PART}, [], id="all"),
        pytest.param({2: PART}, ["PUT 1", "PUT 3"], id="gap"),
        pytest.param({1: 200 * 1024, 2: 56_000}, ["PUT 1", "PUT 2", "PUT 3"], id="another part size"),
        pytest.param({1: PART, 7: PART}, ["PUT 2", "PUT 3"], id="a part too many"),
    ],
)
def test_upload_file_uploads_what_is_missing(
    service: Service, big: Path, there: dict[int, int], asked: list[str]
) -> None:
    upload_id = begin(service)
    for number, size in there.items():
        upload(service, upload_id, number, BODY[(number - 1) * PART :][:size].ljust(size, b"?"))
    requests_of(service)
    assert upload_file(service, big, upload_id).code == 200
    assert requests_of(service) == ["GET uploadId", *asked, "POST uploadId"]
    assert service.get("k") == BODY


def test_upload_file_goes_on_after_a_failure(service: Service, big: Path) -> None:
    service.server.add_fault(Fault(match={"part": 2}, action="status", status=503))
    upload_id = aos_string_t()
    assert upload_file(service, big, upload_id).code == 503
    requests_of(service)
    assert upload_file(service, big, upload_id).code == 200
    assert requests_of(service) == ["GET uploadId", "PUT 2", "PUT 3", "POST uploadId"]


def test_upload_file_whose_part_has_no_etag(service: Service, big: Path) -> None:
    service.server.add_fault(Fault(match={"part": 1}, action="drop_header", header="ETag"))
    status = upload_file(service, big, aos_string_t())
    assert (status.code, status.error_code, status.error_msg) == (
        *(AOSE_INTERNAL_ERROR, "ServerError", "part 1 has no ETag"),
    )


# parts copied by the service


def copy_parts(service: Service, source: str) -> bytes:
    service.put(source, BODY)
    upload_id, params = begin(service), oss_create_upload_part_copy_params(None)
    params.source_bucket, params.source_object = service.bucket, source
    params.dest_bucket, params.dest_object, params.upload_id = service.bucket, "k", upload_id
    for params.part_num, params.range_start, params.range_end in ((1, 0, 200_000), (2, 200_001, len(BODY) - 1)):
        given = table()
        assert oss_upload_part_copy(service.options, params, given, service.headers).code == 200
        assert not len(given)
    assert complete(service, upload_id, *listed(service, upload_id)).code == 200
    params.source_object = "none"
    assert oss_upload_part_copy(service.options, params, None, None).code == 404
    params.source_object = "A" * 1025
    status = oss_upload_part_copy(service.options, params, None, None)
    assert (status.code, status.error_code) == (AOSE_INVALID_ARGUMENT, "UrlEncodeFail")
    return service.get("k")


def test_upload_part_copy(service: Service) -> None:
    assert copy_parts(service, "source") == BODY


def test_upload_part_copy_with_special_char(service: Service) -> None:
    assert copy_parts(service, "a/b+c d%E4?中") == BODY


# the list of parts


def test_list_upload_part_with_empty(service: Service) -> None:
    upload_id, params = begin(service), oss_create_list_upload_part_params(None)
    assert oss_list_upload_part(*service.where, "k", upload_id, params, service.headers).code == 200
    assert (params.truncated, len(params.part_list)) == (0, 0)
    assert complete(service, upload_id).code in (200, 400), "the service decides"


def test_oss_get_sorted_uploaded_part(service: Service) -> None:
    upload_id = begin(service)
    for number in (10, 9):
        upload(service, upload_id, number, b"x")
    assert texts(new_list(*listed(service, upload_id)), "part_number") == ["9", "10"]


def test_oss_get_sorted_uploaded_part_with_empty(service: Service) -> None:
    assert listed(service, begin(service)) == []


def pages(monkeypatch: pytest.MonkeyPatch, *documents: str) -> None:
    """Lets each request get one of these as its answer."""
    rest = list(documents)

    def perform(transport: aos_http_transport_t) -> int:
        transport.resp.status = 200
        aos_list_movelist(new_list(f"<ListPartsResult>{rest.pop(0)}</ListPartsResult>"), transport.resp.body)
        return AOSE_OK

    monkeypatch.setattr(aos_http_io, "aos_http_transport_perform", perform)


def part_xml(number: int) -> str:
    return f"<Part><PartNumber>{number}</PartNumber><ETag>e{number}</ETag><Size>1</Size></Part>"


MORE = "<IsTruncated>true</IsTruncated>"


def test_sorted_parts_of_several_pages(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    marker = "<NextPartNumberMarker>3</NextPartNumberMarker>"
    pages(monkeypatch, MORE + marker + part_xml(11) + part_xml(3), "<IsTruncated>false</IsTruncated>" + part_xml(2))
    found = listed(service, aos_string_t("id"))
    assert [(str(part.part_number), str(part.etag)) for part in found] == [("2", "e2"), ("3", "e3"), ("11", "e11")]


def test_a_list_of_parts_without_an_end(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    pages(monkeypatch, MORE + part_xml(1))
    found, count = new_list(), aos_ref_t(-1)
    status = oss_get_sorted_uploaded_part(*service.where, "k", "id", found, count)
    assert (status.code, status.error_code, len(found), count.value) == (AOSE_INTERNAL_ERROR, "ServerError", 0, -1)


# errors


def test_a_part_whose_crc_differs(service: Service) -> None:
    service.server.add_fault(Fault(match={"part": 1}, action="wrong_crc"))
    body = new_list("old")
    status = oss_do_upload_part_from_buffer(
        *service.where, "k", begin(service), 1, new_list(BODY), None, None, None, service.headers, body
    )
    assert (status.code, status.error_code, content(body)) == (AOSE_CRC_INCONSISTENT_ERROR, "InconsistentError", b"")


def test_multipart_invalid_parameter(service: Service) -> None:
    options, headers, nothing = service.options, service.headers, cast(Any, None)
    copied = oss_create_upload_part_copy_params(None)

    def calls(bucket: str | None, key: str | None) -> list[aos_status_t]:
        copied.dest_bucket, copied.dest_object = bucket, key
        return [
            oss_init_multipart_upload(options, bucket, key, nothing, nothing, headers),
            oss_abort_multipart_upload(options, bucket, key, nothing, headers),
            oss_list_upload_part(options, bucket, key, nothing, nothing, headers),
            oss_complete_multipart_upload(options, bucket, key, nothing, nothing, nothing, headers),
            oss_upload_part_from_buffer(options, bucket, key, nothing, 1, nothing, headers),
            oss_upload_part_from_file(options, bucket, key, nothing, 1, nothing, headers),
            oss_upload_part_copy(options, copied, nothing, headers),
            oss_get_sorted_uploaded_part(options, bucket, key, nothing, nothing, nothing),
            oss_upload_file(options, bucket, key, nothing, nothing, 1024, nothing),
        ]

    for name in INVALID_BUCKETS:
        statuses = [*calls(name, None), oss_list_multipart_upload(options, name, nothing, headers)]
        assert {(status.code, status.error_code) for status in statuses} == {(-994, "BucketNameInvalidError")}
    for name in ("", None):
        assert {(s.code, s.error_code) for s in calls(service.bucket, name)} == {(-994, "ObjectNameInvalidError")}
    assert not service.server.requests
