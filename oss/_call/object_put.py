"""Calls that write objects: put and append, from memory, from a file, by a signed URL; ``oss.oss_object`` has them."""

from __future__ import annotations

from aos.aos_define import HTTP_POST, HTTP_PUT
from aos.aos_list import aos_list_t
from aos.aos_status import aos_status_t
from aos.aos_string import aos_text_t
from aos.apr_tables import aos_table_t
from oss._call.api import Call, Progress, api
from oss._define.constants import OSS_APPEND, OSS_POSITION
from oss._define.structs import oss_request_options_t

__all__ = [
    "oss_append_object_from_buffer",
    "oss_append_object_from_file",
    "oss_do_append_object_from_buffer",
    "oss_do_append_object_from_file",
    "oss_do_put_object_from_buffer",
    "oss_do_put_object_from_file",
    "oss_put_object_from_buffer",
    "oss_put_object_from_buffer_by_url",
    "oss_put_object_from_file",
    "oss_put_object_from_file_by_url",
]


@api
def oss_put_object_from_buffer(
    options: oss_request_options_t,
    bucket: aos_text_t,
    object: aos_text_t,
    buffer: aos_list_t,
    headers: aos_table_t | None,
    resp_headers: aos_table_t | None,
) -> aos_status_t:
    """aos_status_t *oss_put_object_from_buffer(const oss_request_options_t *options, const aos_string_t *bucket, const
    aos_string_t *object, aos_list_t *buffer, aos_table_t *headers, aos_table_t **resp_headers)

    Stores the bytes of ``buffer``, which is empty afterwards, as an object. A CRC64 that differs from the service's is
    AOSE_CRC_INCONSISTENT_ERROR. Returns a status: that of the service's answer, or a negative AOSE_* code for what
    failed on this side.
    """
    return oss_do_put_object_from_buffer(options, bucket, object, buffer, headers, None, None, resp_headers, None)


@api
def oss_do_put_object_from_buffer(
    options: oss_request_options_t,
    bucket: aos_text_t,
    object: aos_text_t,
    buffer: aos_list_t,
    headers: aos_table_t | None,
    params: aos_table_t | None,
    progress_callback: Progress | None,
    resp_headers: aos_table_t | None,
    resp_body: aos_list_t | None,
) -> aos_status_t:
    """aos_status_t *oss_do_put_object_from_buffer(const oss_request_options_t *options, const aos_string_t *bucket,
    const aos_string_t *object, aos_list_t *buffer, aos_table_t *headers, aos_table_t *params, oss_progress_callback
    progress_callback, aos_table_t **resp_headers, aos_list_t *resp_body)

    Stores the bytes of ``buffer``, which is empty afterwards, as an object. ``resp_body`` gets the answer's body: that
    of an upload callback, or an error's document. A CRC64 that differs from the service's is
    AOSE_CRC_INCONSISTENT_ERROR. Returns a status: that of the service's answer, or a negative AOSE_* code for what
    failed on this side.
    """
    call = Call.object(options, HTTP_PUT, bucket, object, headers, params, progress_callback)
    return call.typed(object).buffer(buffer).upload(resp_headers, resp_body)


@api
def oss_put_object_from_file(
    options: oss_request_options_t,
    bucket: aos_text_t,
    object: aos_text_t,
    filename: aos_text_t,
    headers: aos_table_t | None,
    resp_headers: aos_table_t | None,
) -> aos_status_t:
    """aos_status_t *oss_put_object_from_file(const oss_request_options_t *options, const aos_string_t *bucket, const
    aos_string_t *object, const aos_string_t *filename, aos_table_t *headers, aos_table_t **resp_headers)

    Stores a file as an object. Returns a status: that of the service's answer, or a negative AOSE_* code for what
    failed on this side.

    :status -978: ``InconsistentError``: the CRC64 of what was sent is not the service's
    :status -985: ``OpenFileFail``: the file cannot be opened
    """
    return oss_do_put_object_from_file(options, bucket, object, filename, headers, None, None, resp_headers, None)


@api
def oss_do_put_object_from_file(
    options: oss_request_options_t,
    bucket: aos_text_t,
    object: aos_text_t,
    filename: aos_text_t,
    headers: aos_table_t | None,
    params: aos_table_t | None,
    progress_callback: Progress | None,
    resp_headers: aos_table_t | None,
    resp_body: aos_list_t | None,
) -> aos_status_t:
    """aos_status_t *oss_do_put_object_from_file(const oss_request_options_t *options, const aos_string_t *bucket, const
    aos_string_t *object, const aos_string_t *filename, aos_table_t *headers, aos_table_t *params, oss_progress_callback
    progress_callback, aos_table_t **resp_headers, aos_list_t *resp_body)

    Stores a file as an object. ``resp_body`` gets the answer's body: that of an upload callback, or an error's
    document. A file that cannot be opened is AOSE_OPEN_FILE_ERROR, a CRC64 that differs from the service's
    AOSE_CRC_INCONSISTENT_ERROR. Returns a status: that of the service's answer, or a negative AOSE_* code for what
    failed on this side.
    """
    call = Call.object(options, HTTP_PUT, bucket, object, headers, params, progress_callback)
    return call.typed(object, filename).file(filename).upload(resp_headers, resp_body)


@api
def oss_put_object_from_buffer_by_url(
    options: oss_request_options_t,
    signed_url: aos_text_t,
    buffer: aos_list_t,
    headers: aos_table_t | None,
    resp_headers: aos_table_t | None,
) -> aos_status_t:
    """aos_status_t *oss_put_object_from_buffer_by_url(const oss_request_options_t *options, const aos_string_t
    *signed_url, aos_list_t *buffer, aos_table_t *headers, aos_table_t **resp_headers)

    Stores the bytes of ``buffer``, which is empty afterwards, at a signed URL; the headers must be those signed.
    Returns a status: that of the service's answer, or a negative AOSE_* code for what failed on this side.
    """
    return Call.signed(options, HTTP_PUT, signed_url, headers).buffer(buffer).upload(resp_headers)


@api
def oss_put_object_from_file_by_url(
    options: oss_request_options_t,
    signed_url: aos_text_t,
    filename: aos_text_t,
    headers: aos_table_t | None,
    resp_headers: aos_table_t | None,
) -> aos_status_t:
    """aos_status_t *oss_put_object_from_file_by_url(const oss_request_options_t *options, const aos_string_t
    *signed_url, aos_string_t *filename, aos_table_t *headers, aos_table_t **resp_headers)

    Stores a file at a signed URL; the headers must be those signed. Returns a status: that of the service's answer, or
    a negative AOSE_* code for what failed on this side.
    """
    return Call.signed(options, HTTP_PUT, signed_url, headers).file(filename).upload(resp_headers)


@api
def oss_append_object_from_buffer(
    options: oss_request_options_t,
    bucket: aos_text_t,
    object: aos_text_t,
    position: int,
    buffer: aos_list_t,
    headers: aos_table_t | None,
    resp_headers: aos_table_t | None,
) -> aos_status_t:
    """aos_status_t *oss_append_object_from_buffer(const oss_request_options_t *options, const aos_string_t *bucket,
    const aos_string_t *object, int64_t position, aos_list_t *buffer, aos_table_t *headers, aos_table_t **resp_headers)

    Appends the bytes of ``buffer``, which is empty afterwards, at ``position``, which must be the object's length in
    bytes, 0 for a new one; the next position is in the header ``x-oss-next-append-position``. The CRC64 is not
    compared, since that of the object so far is not known. Returns a status: that of the service's answer, or a
    negative AOSE_* code for what failed on this side.
    """
    call = _append(options, bucket, object, position, 0, headers, None, None)
    return call.typed(object).buffer(buffer).send(resp_headers)


@api
def oss_do_append_object_from_buffer(
    options: oss_request_options_t,
    bucket: aos_text_t,
    object: aos_text_t,
    position: int,
    init_crc: int,
    buffer: aos_list_t,
    headers: aos_table_t | None,
    params: aos_table_t | None,
    progress_callback: Progress | None,
    resp_headers: aos_table_t | None,
    resp_body: aos_list_t | None,
) -> aos_status_t:
    """aos_status_t *oss_do_append_object_from_buffer(const oss_request_options_t *options, const aos_string_t *bucket,
    const aos_string_t *object, int64_t position, uint64_t init_crc, aos_list_t *buffer, aos_table_t *headers,
    aos_table_t *params, oss_progress_callback progress_callback, aos_table_t **resp_headers, aos_list_t *resp_body)

    Appends the bytes of ``buffer``, which is empty afterwards, at ``position``, which must be the object's length in
    bytes; ``init_crc`` is the CRC64 of the object so far. Both are 0 for a new object. The next position is in the
    header ``x-oss-next-append-position``; ``resp_body`` gets the answer's body. A CRC64 that differs from the service's
    is AOSE_CRC_INCONSISTENT_ERROR. Returns a status: that of the service's answer, or a negative AOSE_* code for what
    failed on this side.
    """
    call = _append(options, bucket, object, position, init_crc, headers, params, progress_callback)
    return call.typed(object).buffer(buffer).upload(resp_headers, resp_body)


@api
def oss_append_object_from_file(
    options: oss_request_options_t,
    bucket: aos_text_t,
    object: aos_text_t,
    position: int,
    append_file: aos_text_t,
    headers: aos_table_t | None,
    resp_headers: aos_table_t | None,
) -> aos_status_t:
    """aos_status_t *oss_append_object_from_file(const oss_request_options_t *options, const aos_string_t *bucket, const
    aos_string_t *object, int64_t position, const aos_string_t *append_file, aos_table_t *headers, aos_table_t
    **resp_headers)

    Appends a file at ``position``, which must be the object's length in bytes, 0 for a new one; the next position is in
    the header ``x-oss-next-append-position``. The CRC64 is not compared, since that of the object so far is not known.
    Returns a status: that of the service's answer, or a negative AOSE_* code for what failed on this side.
    """
    call = _append(options, bucket, object, position, 0, headers, None, None)
    return call.typed(object, append_file).file(append_file).send(resp_headers)


@api
def oss_do_append_object_from_file(
    options: oss_request_options_t,
    bucket: aos_text_t,
    object: aos_text_t,
    position: int,
    init_crc: int,
    append_file: aos_text_t,
    headers: aos_table_t | None,
    params: aos_table_t | None,
    progress_callback: Progress | None,
    resp_headers: aos_table_t | None,
    resp_body: aos_list_t | None,
) -> aos_status_t:
    """aos_status_t *oss_do_append_object_from_file(const oss_request_options_t *options, const aos_string_t *bucket,
    const aos_string_t *object, int64_t position, uint64_t init_crc, const aos_string_t *append_file, aos_table_t
    *headers, aos_table_t *params, oss_progress_callback progress_callback, aos_table_t **resp_headers, aos_list_t
    *resp_body)

    Appends a file at ``position``, which must be the object's length in bytes; ``init_crc`` is the CRC64 of the object
    so far. Both are 0 for a new object. The next position is in the header ``x-oss-next-append-position``;
    ``resp_body`` gets the answer's body. A CRC64 that differs from the service's is AOSE_CRC_INCONSISTENT_ERROR.
    Returns a status: that of the service's answer, or a negative AOSE_* code for what failed on this side.
    """
    call = _append(options, bucket, object, position, init_crc, headers, params, progress_callback)
    return call.typed(object, append_file).file(append_file).upload(resp_headers, resp_body)


def _append(
    options: oss_request_options_t,
    bucket: aos_text_t,
    object: aos_text_t,
    position: int,
    init_crc: int,
    headers: aos_table_t | None,
    params: aos_table_t | None,
    progress_callback: Progress | None,
) -> Call:
    """Returns a request that appends to an object."""
    call = Call.object(options, HTTP_POST, bucket, object, headers, params, progress_callback, init_crc)
    return call.query((OSS_APPEND, ""), (OSS_POSITION, position))
