"""Calls of multipart uploads, one request each; ``oss.oss_multipart`` has them."""

from __future__ import annotations

from aos.aos_define import HTTP_DELETE, HTTP_GET, HTTP_POST, HTTP_PUT
from aos.aos_list import aos_list_t
from aos.aos_status import aos_status_t
from aos.aos_string import aos_string_t, aos_text_t
from aos.apr_tables import aos_table_t
from oss._call.api import Call, Progress, api, valid_name
from oss._define.constants import (
    OSS_CONTENT_TYPE,
    OSS_COPY_SOURCE_RANGE,
    OSS_DELIMITER,
    OSS_KEY_MARKER,
    OSS_MAX_PARTS,
    OSS_MAX_UPLOADS,
    OSS_MULTIPART_CONTENT_TYPE,
    OSS_PART_NUMBER_MARKER,
    OSS_PARTNUMBER,
    OSS_PREFIX,
    OSS_UPLOAD_ID,
    OSS_UPLOAD_ID_MARKER,
    OSS_UPLOADS,
)
from oss._define.structs import (
    oss_list_multipart_upload_params_t,
    oss_list_upload_part_params_t,
    oss_request_options_t,
    oss_upload_file_t,
    oss_upload_part_copy_params_t,
)
from oss._xml.build import build_complete_multipart_upload_body
from oss._xml.parse import (
    oss_list_multipart_uploads_parse_from_body,
    oss_list_parts_parse_from_body,
    oss_upload_id_parse_from_body,
)
from oss.oss_util import oss_fill_read_response_body

__all__ = [
    "oss_abort_multipart_upload",
    "oss_complete_multipart_upload",
    "oss_do_complete_multipart_upload",
    "oss_do_upload_part_from_buffer",
    "oss_do_upload_part_from_file",
    "oss_init_multipart_upload",
    "oss_list_multipart_upload",
    "oss_list_upload_part",
    "oss_upload_part_copy",
    "oss_upload_part_from_buffer",
    "oss_upload_part_from_file",
]


@api
def oss_init_multipart_upload(
    options: oss_request_options_t,
    bucket: aos_text_t,
    object: aos_text_t,
    upload_id: aos_string_t | None,
    headers: aos_table_t | None,
    resp_headers: aos_table_t | None,
) -> aos_status_t:
    """aos_status_t *oss_init_multipart_upload(const oss_request_options_t *options, const aos_string_t *bucket, const
    aos_string_t *object, aos_string_t *upload_id, aos_table_t *headers, aos_table_t **resp_headers)

    Begins an upload. ``headers`` (content type, metadata ...) are those of the object; ``upload_id`` gets the id that
    all further calls take. Returns a status: that of the service's answer, or a negative AOSE_* code for what failed on
    this side.

    :param upload_id: gets the id of the new upload
    """
    call = initiation(options, bucket, object, headers)
    return call.parse(resp_headers, oss_upload_id_parse_from_body, upload_id)


def initiation(
    options: oss_request_options_t, bucket: aos_text_t, object: aos_text_t, headers: aos_table_t | None
) -> Call:
    """Returns a request that begins an upload."""
    return Call.object(options, HTTP_POST, bucket, object, headers).query((OSS_UPLOADS, "")).typed(object)


@api
def oss_upload_part_from_buffer(
    options: oss_request_options_t,
    bucket: aos_text_t,
    object: aos_text_t,
    upload_id: aos_text_t,
    part_num: int,
    buffer: aos_list_t,
    resp_headers: aos_table_t | None,
) -> aos_status_t:
    """aos_status_t *oss_upload_part_from_buffer(const oss_request_options_t *options, const aos_string_t *bucket, const
    aos_string_t *object, const aos_string_t *upload_id, int part_num, aos_list_t *buffer, aos_table_t **resp_headers)

    Uploads the bytes of ``buffer``, which is empty afterwards, as part ``part_num`` (1 to 10000), in place of the part
    that had this number. The header ``ETag`` of the answer is needed to complete the upload. A CRC64 that differs from
    the service's is AOSE_CRC_INCONSISTENT_ERROR. Returns a status: that of the service's answer, or a negative AOSE_*
    code for what failed on this side.
    """
    return oss_do_upload_part_from_buffer(
        options, bucket, object, upload_id, part_num, buffer, None, None, None, resp_headers, None
    )


@api
def oss_do_upload_part_from_buffer(
    options: oss_request_options_t,
    bucket: aos_text_t,
    object: aos_text_t,
    upload_id: aos_text_t,
    part_num: int,
    buffer: aos_list_t,
    progress_callback: Progress | None,
    headers: aos_table_t | None,
    params: aos_table_t | None,
    resp_headers: aos_table_t | None,
    resp_body: aos_list_t | None,
) -> aos_status_t:
    """aos_status_t *oss_do_upload_part_from_buffer(const oss_request_options_t *options, const aos_string_t *bucket,
    const aos_string_t *object, const aos_string_t *upload_id, int part_num, aos_list_t *buffer, oss_progress_callback
    progress_callback, aos_table_t *headers, aos_table_t *params, aos_table_t **resp_headers, aos_list_t *resp_body)

    Uploads the bytes of ``buffer``, which is empty afterwards, as part ``part_num`` (1 to 10000), in place of the part
    that had this number. The header ``ETag`` of the answer is needed to complete the upload; ``resp_body`` gets the
    answer's body. A CRC64 that differs from the service's is AOSE_CRC_INCONSISTENT_ERROR. Returns a status: that of the
    service's answer, or a negative AOSE_* code for what failed on this side.
    """
    call = _part(options, bucket, object, upload_id, part_num, headers, params, progress_callback)
    return call.buffer(buffer).upload(resp_headers, resp_body)


@api
def oss_upload_part_from_file(
    options: oss_request_options_t,
    bucket: aos_text_t,
    object: aos_text_t,
    upload_id: aos_text_t,
    part_num: int,
    upload_file: oss_upload_file_t,
    resp_headers: aos_table_t | None,
) -> aos_status_t:
    """aos_status_t *oss_upload_part_from_file(const oss_request_options_t *options, const aos_string_t *bucket, const
    aos_string_t *object, const aos_string_t *upload_id, int part_num, oss_upload_file_t *upload_file, aos_table_t
    **resp_headers)

    Uploads the bytes of a file from ``file_pos`` up to, but not including, ``file_last`` as part ``part_num`` (1 to
    10000); both are clamped to the file's size. The header ``ETag`` of the answer is needed to complete the upload. A
    file that cannot be opened is AOSE_OPEN_FILE_ERROR, a CRC64 that differs from the service's
    AOSE_CRC_INCONSISTENT_ERROR. Returns a status: that of the service's answer, or a negative AOSE_* code for what
    failed on this side.
    """
    return oss_do_upload_part_from_file(
        options, bucket, object, upload_id, part_num, upload_file, None, None, None, resp_headers, None
    )


@api
def oss_do_upload_part_from_file(
    options: oss_request_options_t,
    bucket: aos_text_t,
    object: aos_text_t,
    upload_id: aos_text_t,
    part_num: int,
    upload_file: oss_upload_file_t,
    progress_callback: Progress | None,
    headers: aos_table_t | None,
    params: aos_table_t | None,
    resp_headers: aos_table_t | None,
    resp_body: aos_list_t | None,
) -> aos_status_t:
    """aos_status_t *oss_do_upload_part_from_file(const oss_request_options_t *options, const aos_string_t *bucket,
    const aos_string_t *object, const aos_string_t *upload_id, int part_num, oss_upload_file_t *upload_file,
    oss_progress_callback progress_callback, aos_table_t *headers, aos_table_t *params, aos_table_t **resp_headers,
    aos_list_t *resp_body)

    Uploads the bytes of a file from ``file_pos`` up to, but not including, ``file_last`` as part ``part_num`` (1 to
    10000); both are clamped to the file's size. ``resp_body`` gets the answer's body. A file that cannot be opened is
    AOSE_OPEN_FILE_ERROR, a CRC64 that differs from the service's AOSE_CRC_INCONSISTENT_ERROR. Returns a status: that of
    the service's answer, or a negative AOSE_* code for what failed on this side.
    """
    call = _part(options, bucket, object, upload_id, part_num, headers, params, progress_callback)
    return call.file_range(upload_file).upload(resp_headers, resp_body)


@api
def oss_upload_part_copy(
    options: oss_request_options_t,
    params: oss_upload_part_copy_params_t,
    headers: aos_table_t | None,
    resp_headers: aos_table_t | None,
) -> aos_status_t:
    """aos_status_t *oss_upload_part_copy(const oss_request_options_t *options, oss_upload_part_copy_params_t *params,
    aos_table_t *headers, aos_table_t **resp_headers)

    Has the service copy bytes ``range_start`` to ``range_end``, both included, of another object as a part. A source
    key of more than 1024 bytes is -994 ``UrlEncodeFail``. Returns a status: that of the service's answer, or a negative
    AOSE_* code for what failed on this side.

    :param params: what to copy, and to which part
    """
    bucket = valid_name("dest_bucket", params.dest_bucket)
    object = valid_name("dest_object", params.dest_object)
    call = _part(options, bucket, object, params.upload_id, params.part_num, headers, None, None)
    call.copied_from(params.source_bucket, params.source_object)
    return call.header(OSS_COPY_SOURCE_RANGE, f"bytes={params.range_start}-{params.range_end}").send(resp_headers)


@api
def oss_complete_multipart_upload(
    options: oss_request_options_t,
    bucket: aos_text_t,
    object: aos_text_t,
    upload_id: aos_text_t,
    part_list: aos_list_t,
    headers: aos_table_t | None,
    resp_headers: aos_table_t | None,
) -> aos_status_t:
    """aos_status_t *oss_complete_multipart_upload(const oss_request_options_t *options, const aos_string_t *bucket,
    const aos_string_t *object, const aos_string_t *upload_id, aos_list_t *part_list, aos_table_t *headers, aos_table_t
    **resp_headers)

    Completes an upload: makes an object of the parts in ``part_list``, in the order of the list. Returns a status: that
    of the service's answer, or a negative AOSE_* code for what failed on this side.
    """
    return oss_do_complete_multipart_upload(
        options, bucket, object, upload_id, part_list, headers, None, resp_headers, None
    )


@api
def oss_do_complete_multipart_upload(
    options: oss_request_options_t,
    bucket: aos_text_t,
    object: aos_text_t,
    upload_id: aos_text_t,
    part_list: aos_list_t,
    headers: aos_table_t | None,
    params: aos_table_t | None,
    resp_headers: aos_table_t | None,
    resp_body: aos_list_t | None,
) -> aos_status_t:
    """aos_status_t *oss_do_complete_multipart_upload(const oss_request_options_t *options, const aos_string_t *bucket,
    const aos_string_t *object, const aos_string_t *upload_id, aos_list_t *part_list, aos_table_t *headers, aos_table_t
    *params, aos_table_t **resp_headers, aos_list_t *resp_body)

    Completes an upload: makes an object of the parts in ``part_list``, in the order of the list. ``resp_body`` gets the
    answer's body, such as that of an upload callback. Returns a status: that of the service's answer, or a negative
    AOSE_* code for what failed on this side.
    """
    call = completion(options, bucket, object, upload_id, part_list, headers, params)
    status = call.send(resp_headers)
    oss_fill_read_response_body(call.resp, resp_body)
    return status


def completion(
    options: oss_request_options_t,
    bucket: aos_text_t,
    object: aos_text_t,
    upload_id: aos_text_t,
    part_list: aos_list_t,
    headers: aos_table_t | None,
    params: aos_table_t | None,
) -> Call:
    """Returns a request that completes an upload."""
    call = Call.object(options, HTTP_POST, bucket, object, headers, params).query((OSS_UPLOAD_ID, upload_id))
    call.header(OSS_CONTENT_TYPE, OSS_MULTIPART_CONTENT_TYPE)
    return call.document(build_complete_multipart_upload_body, part_list)


@api
def oss_abort_multipart_upload(
    options: oss_request_options_t,
    bucket: aos_text_t,
    object: aos_text_t,
    upload_id: aos_text_t,
    resp_headers: aos_table_t | None,
) -> aos_status_t:
    """aos_status_t *oss_abort_multipart_upload(const oss_request_options_t *options, const aos_string_t *bucket, const
    aos_string_t *object, aos_string_t *upload_id, aos_table_t **resp_headers)

    Ends an upload without making an object, and removes its parts. Returns a status: that of the service's answer, or a
    negative AOSE_* code for what failed on this side.
    """
    call = Call.object(options, HTTP_DELETE, bucket, object)
    return call.query((OSS_UPLOAD_ID, upload_id)).send(resp_headers)


@api
def oss_list_upload_part(
    options: oss_request_options_t,
    bucket: aos_text_t,
    object: aos_text_t,
    upload_id: aos_text_t,
    params: oss_list_upload_part_params_t,
    resp_headers: aos_table_t | None,
) -> aos_status_t:
    """aos_status_t *oss_list_upload_part(const oss_request_options_t *options, const aos_string_t *bucket, const
    aos_string_t *object, const aos_string_t *upload_id, oss_list_upload_part_params_t *params, aos_table_t
    **resp_headers)

    Lists a page of an upload's parts, which are appended to ``params.part_list``. While ``params.truncated``, the next
    page follows ``params.next_part_number_marker``; the caller sets ``part_number_marker`` and clears the list. Returns
    a status: that of the service's answer, or a negative AOSE_* code for what failed on this side.

    :param params: what to list; gets the page
    """
    call = Call.object(options, HTTP_GET, bucket, object).query((OSS_UPLOAD_ID, upload_id))
    call.query((OSS_MAX_PARTS, params.max_ret), (OSS_PART_NUMBER_MARKER, params.part_number_marker))
    found = (params.part_list, params.next_part_number_marker)
    return call.parse_page(resp_headers, oss_list_parts_parse_from_body, params, *found)


@api
def oss_list_multipart_upload(
    options: oss_request_options_t,
    bucket: aos_text_t,
    params: oss_list_multipart_upload_params_t,
    resp_headers: aos_table_t | None,
) -> aos_status_t:
    """aos_status_t *oss_list_multipart_upload(const oss_request_options_t *options, const aos_string_t *bucket,
    oss_list_multipart_upload_params_t *params, aos_table_t **resp_headers)

    Lists a page of a bucket's unfinished uploads, which are appended to ``params.upload_list``. While
    ``params.truncated``, the next page follows ``params.next_key_marker`` and ``next_upload_id_marker``. Returns a
    status: that of the service's answer, or a negative AOSE_* code for what failed on this side.

    :param params: what to list; gets the page
    """
    call = Call.bucket(options, HTTP_GET, bucket, OSS_UPLOADS)
    call.query((OSS_PREFIX, params.prefix), (OSS_DELIMITER, params.delimiter))
    call.query((OSS_KEY_MARKER, params.key_marker), (OSS_UPLOAD_ID_MARKER, params.upload_id_marker))
    call.query((OSS_MAX_UPLOADS, params.max_ret))
    found = (params.upload_list, params.next_key_marker, params.next_upload_id_marker)
    return call.parse_page(resp_headers, oss_list_multipart_uploads_parse_from_body, params, *found)


def _part(
    options: oss_request_options_t,
    bucket: aos_text_t,
    object: aos_text_t,
    upload_id: aos_text_t,
    part_num: int,
    headers: aos_table_t | None,
    params: aos_table_t | None,
    progress_callback: Progress | None,
) -> Call:
    """Returns a request that sends a part of an upload."""
    call = Call.object(options, HTTP_PUT, bucket, object, headers, params, progress_callback)
    return call.query((OSS_UPLOAD_ID, upload_id), (OSS_PARTNUMBER, part_num))
