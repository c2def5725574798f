"""Buckets (``oss_bucket.c``): the part of ``oss_api.h`` about buckets, their settings and what is in them.

The settings stand in ``oss._call.bucket_settings``.

Different from the C SDK: the Content-MD5 of a delete request is that of its body; ``oss_delete_objects_by_prefix``
fails when the service could not delete a key, instead of passing over it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from aos._c import xml
from aos.aos_buf import *
from aos.aos_list import *
from aos.aos_log import aos_warn_log
from aos.aos_status import *
from oss._call import bucket_settings
from oss._call.api import Call, api
from oss._call.bucket_settings import *
from oss.oss_util import *
from oss.oss_xml import *

if not TYPE_CHECKING:  # a type checker follows the star imports, and cannot evaluate this
    __all__ = [
        "oss_delete_objects",
        "oss_delete_objects_by_prefix",
        "oss_list_bucket",
        "oss_list_object",
    ]
    __all__ += bucket_settings.__all__


@api
def oss_list_object(
    options: oss_request_options_t,
    bucket: aos_text_t,
    params: oss_list_object_params_t,
    resp_headers: aos_table_t | None,
) -> aos_status_t:
    """aos_status_t *oss_list_object(const oss_request_options_t *options, const aos_string_t *bucket,
    oss_list_object_params_t *params, aos_table_t **resp_headers)

    Lists a page of a bucket's objects, which are appended to ``params.object_list`` and ``common_prefix_list``. While
    ``params.truncated``, the next page follows ``params.next_marker``; the caller sets ``marker`` and clears the lists.
    Returns a status: that of the service's answer, or a negative AOSE_* code for what failed on this side.

    :param params: what to list; gets the page
    """
    call = Call.bucket(options, HTTP_GET, bucket)
    call.query((OSS_PREFIX, params.prefix), (OSS_DELIMITER, params.delimiter))
    call.query((OSS_MARKER, params.marker), (OSS_MAX_KEYS, params.max_ret))
    found = (params.object_list, params.common_prefix_list, params.next_marker)
    return call.parse_page(resp_headers, oss_list_objects_parse_from_body, params, *found)


@api
def oss_list_bucket(
    options: oss_request_options_t,
    params: oss_list_buckets_params_t,
    resp_headers: aos_table_t | None,
) -> aos_status_t:
    """aos_status_t *oss_list_bucket(const oss_request_options_t *options, oss_list_buckets_params_t *params,
    aos_table_t **resp_headers)

    Lists a page of the caller's buckets, which are appended to ``params.bucket_list``. While ``params.truncated``, the
    next page follows ``params.next_marker``. Returns a status: that of the service's answer, or a negative AOSE_* code
    for what failed on this side.

    :param params: what to list; gets the page
    """
    call = Call.service(options, HTTP_GET)
    asked = ((OSS_PREFIX, params.prefix), (OSS_MARKER, params.marker), (OSS_MAX_KEYS, params.max_keys or ""))
    call.query(*(item for item in asked if str(item[1])))
    return call.parse(resp_headers, oss_list_buckets_parse_from_body, params)


@api
def oss_delete_objects(
    options: oss_request_options_t,
    bucket: aos_text_t,
    object_list: aos_list_t,
    is_quiet: int,
    resp_headers: aos_table_t | None,
    deleted_object_list: aos_list_t | None,
) -> aos_status_t:
    """aos_status_t *oss_delete_objects(const oss_request_options_t *options, const aos_string_t *bucket, aos_list_t
    *object_list, int is_quiet, aos_table_t **resp_headers, aos_list_t *deleted_object_list)

    Deletes at most 1000 objects at once. Unless ``is_quiet``, the keys that are gone are appended to
    ``deleted_object_list``; the service says 200 whether or not all of them are. Returns a status: that of the
    service's answer, or a negative AOSE_* code for what failed on this side.

    :param object_list: objects, ``oss_object_key_t``
    :param is_quiet: 1 to hear of failures only, 0 to get a list of what was deleted
    :param deleted_object_list: gets the objects that were deleted, ``oss_object_key_t``
    """
    call = _deletion(options, bucket, object_list, is_quiet)
    if is_quiet:
        return call.send(resp_headers)
    return call.parse(resp_headers, oss_delete_objects_parse_from_body, deleted_object_list)


@api
def oss_delete_objects_by_prefix(
    options: oss_request_options_t,
    bucket: aos_text_t,
    prefix: aos_text_t,
) -> aos_status_t:
    """aos_status_t *oss_delete_objects_by_prefix(oss_request_options_t *options, const aos_string_t *bucket, const
    aos_string_t *prefix)

    Deletes every object whose key begins with ``prefix``; an empty one, or one without a text, is the whole bucket. The
    status is that of the last request, or of the first that failed. A key that the service could not delete is
    AOSE_SERVICE_ERROR with the service's code and message. Returns a status: that of the service's answer, or a
    negative AOSE_* code for what failed on this side.

    :param prefix: what the names of the objects begin with
    """
    params = oss_create_list_object_params(options.pool)
    params.prefix = str(prefix)
    if not str(prefix):
        aos_warn_log("every object of the bucket %s is being deleted", str(bucket))
    while True:
        status = oss_list_object(options, bucket, params, None)
        if not aos_status_is_ok(status) or aos_list_empty(params.object_list):
            return status
        call = _deletion(options, bucket, params.object_list, 1)
        status = call.send()
        if not aos_status_is_ok(status) or _has_refusal(call, status) or not params.truncated:
            return status
        if params.next_marker.data is not None:
            params.marker = params.next_marker
        aos_list_init(params.object_list)


def _deletion(options: oss_request_options_t, bucket: aos_text_t, object_list: aos_list_t, is_quiet: int) -> Call:
    """Returns a request that deletes the objects of a list whose entries have a ``key``."""
    call = (
        Call.bucket(options, HTTP_POST, bucket, OSS_DELETE)
        .repeatable()
        .document(build_delete_objects_body, object_list, is_quiet)
    )
    return call.header(OSS_CONTENT_TYPE, OSS_MULTIPART_CONTENT_TYPE).checksum()


def _has_refusal(call: Call, status: aos_status_t) -> bool:
    """Tells whether the answer names a key that could not be deleted, and puts the reason into ``status``."""
    try:
        error = xml.parse(b"".join(bytes(buffer) for buffer in call.resp.body)).find("//Error")
    except xml.XmlError:  # no document, as after a quiet deletion
        return False
    if error is None:
        return False
    code, message, key = (found.text if (found := error.find(name)) else None for name in ("Code", "Message", "Key"))
    aos_status_set(status, AOSE_SERVICE_ERROR, code or AOS_UNKNOWN_ERROR_CODE, f"{key}: {message}")
    return True
