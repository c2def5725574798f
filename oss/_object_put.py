"""Objects in: put and append, from memory, from a file, by a signed URL. Part of ``oss.oss_object``."""

from __future__ import annotations

from collections.abc import Callable

from oss._api import *
from oss.oss_util import *

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

source_t = Callable[[aos_http_request_t], int]


def _buffer(buffer: aos_list_t) -> source_t:
    """The body is the caller's list, which is empty afterwards."""

    def take(req: aos_http_request_t) -> int:
        oss_write_request_body_from_buffer(buffer, req)
        return AOSE_OK

    return take


def _file(filename: aos_text_t) -> source_t:
    return lambda req: oss_write_request_body_from_file(req.pool, filename, req)


def upload(call: call_t, source: source_t, resp_headers: aos_table_t | None, resp_body: aos_list_t | None) -> aos_status_t:
    """Sends a body and compares its CRC64 with the service's."""
    code = source(call.req)
    if code != AOSE_OK:
        status = aos_status_create(call.options.pool)
        aos_file_error_status_set(status, code)
        status.error_msg = f"{call.req.file_path} cannot be opened for reading"
        return status
    status = call.send(resp_headers)
    oss_fill_read_response_body(call.resp, resp_body)
    call.check_crc(call.req.crc64)
    return status


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

    Stores the bytes of ``buffer``, which is empty afterwards, as an object.
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
    progress_callback: progress_t | None,
    resp_headers: aos_table_t | None,
    resp_body: aos_list_t | None,
) -> aos_status_t:
    """aos_status_t *oss_do_put_object_from_buffer(const oss_request_options_t *options, const aos_string_t *bucket,
    const aos_string_t *object, aos_list_t *buffer, aos_table_t *headers, aos_table_t *params, oss_progress_callback
    progress_callback, aos_table_t **resp_headers, aos_list_t *resp_body)

    The same with query parameters, progress, and the answer's body (of an upload callback).
    """
    call = call_t.object(options, HTTP_PUT, bucket, object, headers, params, progress_callback)
    set_content_type(None, text_of(object), call.req.headers)
    return upload(call, _buffer(buffer), resp_headers, resp_body)


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

    Stores a file as an object.
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
    progress_callback: progress_t | None,
    resp_headers: aos_table_t | None,
    resp_body: aos_list_t | None,
) -> aos_status_t:
    """aos_status_t *oss_do_put_object_from_file(const oss_request_options_t *options, const aos_string_t *bucket, const
    aos_string_t *object, const aos_string_t *filename, aos_table_t *headers, aos_table_t *params, oss_progress_callback
    progress_callback, aos_table_t **resp_headers, aos_list_t *resp_body)

    The same with query parameters, progress, and the answer's body.
    """
    call = call_t.object(options, HTTP_PUT, bucket, object, headers, params, progress_callback)
    set_content_type(text_of(filename), text_of(object), call.req.headers)
    return upload(call, _file(filename), resp_headers, resp_body)


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

    Appends the bytes of ``buffer`` at ``position``, the object's present length; the next one comes back in
    ``x-oss-next-append-position``. The CRC64 is not compared, since it is not known what it started from.
    """
    call = _append(options, bucket, object, position, 0, headers, None, None)
    set_content_type(None, text_of(object), call.req.headers)
    return _sent_unchecked(call, _buffer(buffer), resp_headers)


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
    progress_callback: progress_t | None,
    resp_headers: aos_table_t | None,
    resp_body: aos_list_t | None,
) -> aos_status_t:
    """aos_status_t *oss_do_append_object_from_buffer(const oss_request_options_t *options, const aos_string_t *bucket,
    const aos_string_t *object, int64_t position, uint64_t init_crc, aos_list_t *buffer, aos_table_t *headers,
    aos_table_t *params, oss_progress_callback progress_callback, aos_table_t **resp_headers, aos_list_t *resp_body)

    The same with the CRC64 compared: ``init_crc`` is that of the object so far, 0 for a new one.
    """
    call = _append(options, bucket, object, position, init_crc, headers, params, progress_callback)
    set_content_type(None, text_of(object), call.req.headers)
    return upload(call, _buffer(buffer), resp_headers, resp_body)
