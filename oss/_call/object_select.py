"""Calls that run SQL over CSV objects; ``oss.oss_object`` has them."""

from __future__ import annotations

from aos.aos_define import HTTP_POST
from aos.aos_list import aos_list_t
from aos.aos_status import aos_status_t
from aos.aos_string import aos_text_t
from aos.apr_tables import aos_table_t
from oss._call.api import Call, Progress, api
from oss._define.constants import OSS_CONTENT_TYPE, OSS_MULTIPART_CONTENT_TYPE, OSS_PROCESS
from oss._define.select import oss_select_object_meta_params_t, oss_select_object_params_t
from oss._define.structs import oss_request_options_t
from oss._request.select_frames import (
    oss_check_create_select_object_meta_status,
    oss_check_select_object_status,
    oss_init_create_select_object_meta_read_response_body,
    oss_init_select_object_read_response_body,
)
from oss._xml.build import oss_build_create_select_object_meta_body, oss_build_select_object_body
from oss.oss_util import oss_fill_read_response_body

__all__ = [
    "oss_create_select_object_meta",
    "oss_do_select_object_to_buffer",
    "oss_do_select_object_to_file",
    "oss_select_object_to_buffer",
    "oss_select_object_to_file",
]


@api
def oss_select_object_to_buffer(
    options: oss_request_options_t,
    bucket: aos_text_t,
    object: aos_text_t,
    expression: aos_text_t,
    select_params: oss_select_object_params_t | None,
    buffer: aos_list_t | None,
    resp_headers: aos_table_t | None,
) -> aos_status_t:
    """aos_status_t *oss_select_object_to_buffer(const oss_request_options_t *options, const aos_string_t *bucket, const
    aos_string_t *object, const aos_string_t *expression, oss_select_object_params_t *select_params, aos_list_t *buffer,
    aos_table_t **resp_headers)

    Runs the SQL ``expression`` over a CSV object; its result goes to ``buffer``, in place of what the list held. The
    status is what the service says at the end of the result: an error there is ``SelectObjectError``. Returns a status:
    that of the service's answer, or a negative AOSE_* code for what failed on this side.
    """
    return oss_do_select_object_to_buffer(
        options, bucket, object, expression, select_params, None, None, buffer, None, resp_headers
    )


@api
def oss_do_select_object_to_buffer(
    options: oss_request_options_t,
    bucket: aos_text_t,
    object: aos_text_t,
    expression: aos_text_t,
    select_params: oss_select_object_params_t | None,
    headers: aos_table_t | None,
    params: aos_table_t | None,
    buffer: aos_list_t | None,
    progress_callback: Progress | None,
    resp_headers: aos_table_t | None,
) -> aos_status_t:
    """aos_status_t *oss_do_select_object_to_buffer(const oss_request_options_t *options, const aos_string_t *bucket,
    const aos_string_t *object, const aos_string_t *expression, oss_select_object_params_t *select_params, aos_table_t
    *headers, aos_table_t *params, aos_list_t *buffer, oss_progress_callback progress_callback, aos_table_t
    **resp_headers)

    Runs the SQL ``expression`` over a CSV object; its result goes to ``buffer``, in place of what the list held.
    ``headers`` and ``params`` go with the request, whose sending ``progress_callback`` reports. The status is what the
    service says at the end of the result: an error there is ``SelectObjectError``. Returns a status: that of the
    service's answer, or a negative AOSE_* code for what failed on this side.
    """
    call = _select(options, bucket, object, expression, select_params, headers, params, progress_callback)
    status = _selected(call, resp_headers)
    oss_fill_read_response_body(call.resp, buffer)
    return status


@api
def oss_select_object_to_file(
    options: oss_request_options_t,
    bucket: aos_text_t,
    object: aos_text_t,
    expression: aos_text_t,
    select_params: oss_select_object_params_t | None,
    filename: aos_text_t,
    resp_headers: aos_table_t | None,
) -> aos_status_t:
    """aos_status_t *oss_select_object_to_file(const oss_request_options_t *options, const aos_string_t *bucket, const
    aos_string_t *object, const aos_string_t *expression, oss_select_object_params_t *select_params, aos_string_t
    *filename, aos_table_t **resp_headers)

    Runs the SQL ``expression`` over a CSV object; its result goes to ``<filename>.tmp``, which gets the name
    ``filename`` once it is complete. The status is what the service says at the end of the result: an error there is
    ``SelectObjectError``. Returns a status: that of the service's answer, or a negative AOSE_* code for what failed on
    this side.
    """
    return oss_do_select_object_to_file(
        options, bucket, object, expression, select_params, None, None, filename, None, resp_headers
    )


@api
def oss_do_select_object_to_file(
    options: oss_request_options_t,
    bucket: aos_text_t,
    object: aos_text_t,
    expression: aos_text_t,
    select_params: oss_select_object_params_t | None,
    headers: aos_table_t | None,
    params: aos_table_t | None,
    filename: aos_text_t,
    progress_callback: Progress | None,
    resp_headers: aos_table_t | None,
) -> aos_status_t:
    """aos_status_t *oss_do_select_object_to_file(const oss_request_options_t *options, const aos_string_t *bucket,
    const aos_string_t *object, const aos_string_t *expression, oss_select_object_params_t *select_params, aos_table_t
    *headers, aos_table_t *params, aos_string_t *filename, oss_progress_callback progress_callback, aos_table_t
    **resp_headers)

    Runs the SQL ``expression`` over a CSV object; its result goes to ``<filename>.tmp``, which gets the name
    ``filename`` once it is complete. ``headers`` and ``params`` go with the request, whose sending
    ``progress_callback`` reports. The status is what the service says at the end of the result: an error there is
    ``SelectObjectError``. Returns a status: that of the service's answer, or a negative AOSE_* code for what failed on
    this side.
    """
    call = _select(options, bucket, object, expression, select_params, headers, params, progress_callback)
    return call.to_file(filename, lambda: _selected(call, resp_headers))


@api
def oss_create_select_object_meta(
    options: oss_request_options_t,
    bucket: aos_text_t,
    object: aos_text_t,
    meta_params: oss_select_object_meta_params_t | None,
    resp_headers: aos_table_t | None,
) -> aos_status_t:
    """aos_status_t *oss_create_select_object_meta(const oss_request_options_t *options, const aos_string_t *bucket,
    const aos_string_t *object, oss_select_object_meta_params_t *meta_params, aos_table_t **resp_headers)

    Has the service index a CSV object, which a select by ranges of lines or splits needs; ``meta_params`` gets the
    counts of splits, rows and columns. An error at the end of the answer is ``CreateSelectObjectMetaError``. Returns a
    status: that of the service's answer, or a negative AOSE_* code for what failed on this side.

    :param meta_params: settings of the call; gets the counts
    """
    call = _process(Call.object(options, HTTP_POST, bucket, object), "csv/meta")
    call.document(oss_build_create_select_object_meta_body, meta_params).checksum()
    oss_init_create_select_object_meta_read_response_body(options.pool, call.resp)
    status = call.send(resp_headers)
    oss_check_create_select_object_meta_status(call.resp, status, meta_params)
    return status


def _process(call: Call, what: str) -> Call:
    """Adds to a request what the service is to do with the object."""
    return call.query((OSS_PROCESS, what)).header(OSS_CONTENT_TYPE, OSS_MULTIPART_CONTENT_TYPE)


def _select(
    options: oss_request_options_t,
    bucket: aos_text_t,
    object: aos_text_t,
    expression: aos_text_t,
    select_params: oss_select_object_params_t | None,
    headers: aos_table_t | None,
    params: aos_table_t | None,
    progress_callback: Progress | None,
) -> Call:
    """Returns a request that runs SQL over an object."""
    call = Call.object(options, HTTP_POST, bucket, object, headers, params, progress_callback)
    return _process(call, "csv/select").document(oss_build_select_object_body, expression, select_params).checksum()


def _selected(call: Call, resp_headers: aos_table_t | None) -> aos_status_t:
    """Sends a request that runs SQL, and returns the status at the end of its result."""
    oss_init_select_object_read_response_body(call.options.pool, call.resp)
    status = call.send(resp_headers)
    oss_check_select_object_status(call.resp, status)
    return status
