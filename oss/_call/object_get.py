"""Calls that read objects: get, head and meta, by name and by a signed URL; ``oss.oss_object`` has them."""

from __future__ import annotations

from aos.aos_define import AOSE_OK, HTTP_GET, HTTP_HEAD
from aos.aos_list import aos_list_t
from aos.aos_status import aos_status_t
from aos.aos_string import aos_string_t, aos_text_t
from aos.aos_transport import aos_http_request_t
from aos.apr_tables import aos_table_t
from oss._call.api import Call, Progress, api
from oss._define.constants import OSS_OBJECT_META
from oss._define.structs import oss_request_options_t
from oss._request.endpoint import oss_get_object_uri
from oss.oss_auth import oss_get_signed_url
from oss.oss_util import is_verify_object_strict, oss_is_valid_bucket_name, oss_is_valid_object_name_ex

__all__ = [
    "oss_do_get_object_to_buffer",
    "oss_do_get_object_to_file",
    "oss_gen_signed_url",
    "oss_get_object_meta",
    "oss_get_object_meta_by_url",
    "oss_get_object_to_buffer",
    "oss_get_object_to_buffer_by_url",
    "oss_get_object_to_file",
    "oss_get_object_to_file_by_url",
    "oss_head_object",
    "oss_head_object_by_url",
]


@api
def oss_gen_signed_url(
    options: oss_request_options_t,
    bucket: aos_text_t,
    object: aos_text_t,
    expires: int,
    req: aos_http_request_t,
) -> str | None:
    """char *oss_gen_signed_url(const oss_request_options_t *options, const aos_string_t *bucket, const aos_string_t
    *object, int64_t expires, aos_http_request_t *req)

    Returns a URL with which anyone can make the request ``req`` (method, headers, query_params, normalize_url) until
    ``expires``, in seconds since 1970. None for names that are not valid and for what cannot be signed.

    :param req: the request to sign
    """
    strict = is_verify_object_strict(options)
    if not (oss_is_valid_bucket_name(bucket) and oss_is_valid_object_name_ex(object, strict)):
        return None
    url = aos_string_t()
    oss_get_object_uri(options, bucket, object, req)
    return url.data if oss_get_signed_url(options, req, str(expires), url) == AOSE_OK else None


@api
def oss_get_object_to_buffer(
    options: oss_request_options_t,
    bucket: aos_text_t,
    object: aos_text_t,
    headers: aos_table_t | None,
    params: aos_table_t | None,
    buffer: aos_list_t | None,
    resp_headers: aos_table_t | None,
) -> aos_status_t:
    """aos_status_t *oss_get_object_to_buffer(const oss_request_options_t *options, const aos_string_t *bucket, const
    aos_string_t *object, aos_table_t *headers, aos_table_t *params, aos_list_t *buffer, aos_table_t **resp_headers)

    Downloads an object into ``buffer``, in place of what the list held; after an HTTP error it holds the error's
    document. A CRC64 that differs from the service's is AOSE_CRC_INCONSISTENT_ERROR. Returns a status: that of the
    service's answer, or a negative AOSE_* code for what failed on this side.
    """
    return oss_do_get_object_to_buffer(options, bucket, object, headers, params, buffer, None, resp_headers)


@api
def oss_do_get_object_to_buffer(
    options: oss_request_options_t,
    bucket: aos_text_t,
    object: aos_text_t,
    headers: aos_table_t | None,
    params: aos_table_t | None,
    buffer: aos_list_t | None,
    progress_callback: Progress | None,
    resp_headers: aos_table_t | None,
) -> aos_status_t:
    """aos_status_t *oss_do_get_object_to_buffer(const oss_request_options_t *options, const aos_string_t *bucket, const
    aos_string_t *object, aos_table_t *headers, aos_table_t *params, aos_list_t *buffer, oss_progress_callback
    progress_callback, aos_table_t **resp_headers)

    Downloads an object into ``buffer``, in place of what the list held; after an HTTP error it holds the error's
    document. ``progress_callback`` is called with 0 for the total when the service does not say how long the object is.
    A CRC64 that differs from the service's is AOSE_CRC_INCONSISTENT_ERROR. Returns a status: that of the service's
    answer, or a negative AOSE_* code for what failed on this side.
    """
    call = Call.object(options, HTTP_GET, bucket, object, headers, params, progress_callback)
    return call.to_buffer(buffer, resp_headers)


@api
def oss_get_object_to_file(
    options: oss_request_options_t,
    bucket: aos_text_t,
    object: aos_text_t,
    headers: aos_table_t | None,
    params: aos_table_t | None,
    filename: aos_text_t,
    resp_headers: aos_table_t | None,
) -> aos_status_t:
    """aos_status_t *oss_get_object_to_file(const oss_request_options_t *options, const aos_string_t *bucket, const
    aos_string_t *object, aos_table_t *headers, aos_table_t *params, aos_string_t *filename, aos_table_t **resp_headers)

    Downloads an object into ``<filename>.tmp``, which gets the name ``filename`` once it is complete and checked; until
    then a file of that name stays as it is. After a failure the temporary file is removed, except where it could not be
    renamed. Returns a status: that of the service's answer, or a negative AOSE_* code for what failed on this side.

    :status -978: ``InconsistentError``: the CRC64 of what came is not the service's
    :status -981: ``RenameFileFail``: the temporary file cannot be given its name
    :status -985: ``OpenFileFail``: the temporary file cannot be made
    """
    return oss_do_get_object_to_file(options, bucket, object, headers, params, filename, None, resp_headers)


@api
def oss_do_get_object_to_file(
    options: oss_request_options_t,
    bucket: aos_text_t,
    object: aos_text_t,
    headers: aos_table_t | None,
    params: aos_table_t | None,
    filename: aos_text_t,
    progress_callback: Progress | None,
    resp_headers: aos_table_t | None,
) -> aos_status_t:
    """aos_status_t *oss_do_get_object_to_file(const oss_request_options_t *options, const aos_string_t *bucket, const
    aos_string_t *object, aos_table_t *headers, aos_table_t *params, aos_string_t *filename, oss_progress_callback
    progress_callback, aos_table_t **resp_headers)

    Downloads an object into ``<filename>.tmp``, which gets the name ``filename`` once it is complete and checked; until
    then a file of that name stays as it is. ``progress_callback`` is called with 0 for the total when the service does
    not say how long the object is. After a failure the temporary file is removed, except where it could not be renamed:
    AOSE_FILE_WRITE_ERROR, ``RenameFileFail``. A file that cannot be opened is AOSE_OPEN_FILE_ERROR, a CRC64 that
    differs from the service's AOSE_CRC_INCONSISTENT_ERROR. Returns a status: that of the service's answer, or a
    negative AOSE_* code for what failed on this side.
    """
    call = Call.object(options, HTTP_GET, bucket, object, headers, params, progress_callback)
    return call.to_file(filename, lambda: call.download(resp_headers))


@api
def oss_get_object_to_buffer_by_url(
    options: oss_request_options_t,
    signed_url: aos_text_t,
    headers: aos_table_t | None,
    params: aos_table_t | None,
    buffer: aos_list_t | None,
    resp_headers: aos_table_t | None,
) -> aos_status_t:
    """aos_status_t *oss_get_object_to_buffer_by_url(const oss_request_options_t *options, const aos_string_t
    *signed_url, aos_table_t *headers, aos_table_t *params, aos_list_t *buffer, aos_table_t **resp_headers)

    Downloads from a signed URL, which is used as it is, into ``buffer``, in place of what the list held. With
    ``x-oss-process`` in the URL or in ``params`` the CRC64 is not compared. Returns a status: that of the service's
    answer, or a negative AOSE_* code for what failed on this side.
    """
    return Call.signed(options, HTTP_GET, signed_url, headers, params).to_buffer(buffer, resp_headers)


@api
def oss_get_object_to_file_by_url(
    options: oss_request_options_t,
    signed_url: aos_text_t,
    headers: aos_table_t | None,
    params: aos_table_t | None,
    filename: aos_text_t,
    resp_headers: aos_table_t | None,
) -> aos_status_t:
    """aos_status_t *oss_get_object_to_file_by_url(const oss_request_options_t *options, const aos_string_t *signed_url,
    aos_table_t *headers, aos_table_t *params, aos_string_t *filename, aos_table_t **resp_headers)

    Downloads from a signed URL, which is used as it is, into ``<filename>.tmp``, which gets the name ``filename`` once
    it is complete and checked. With ``x-oss-process`` in the URL or in ``params`` the CRC64 is not compared. Returns a
    status: that of the service's answer, or a negative AOSE_* code for what failed on this side.
    """
    call = Call.signed(options, HTTP_GET, signed_url, headers, params)
    return call.to_file(filename, lambda: call.download(resp_headers))


@api
def oss_head_object(
    options: oss_request_options_t,
    bucket: aos_text_t,
    object: aos_text_t,
    headers: aos_table_t | None,
    resp_headers: aos_table_t | None,
) -> aos_status_t:
    """aos_status_t *oss_head_object(const oss_request_options_t *options, const aos_string_t *bucket, const
    aos_string_t *object, aos_table_t *headers, aos_table_t **resp_headers)

    Gets what the service knows of an object: size, ETag, metadata ..., all in ``resp_headers``. An error whose reason
    is in no header either has the code ``UnknownError``. Returns a status: that of the service's answer, or a negative
    AOSE_* code for what failed on this side.
    """
    return Call.object(options, HTTP_HEAD, bucket, object, headers).send(resp_headers)


@api
def oss_head_object_by_url(
    options: oss_request_options_t,
    signed_url: aos_text_t,
    headers: aos_table_t | None,
    resp_headers: aos_table_t | None,
) -> aos_status_t:
    """aos_status_t *oss_head_object_by_url(const oss_request_options_t *options, const aos_string_t *signed_url,
    aos_table_t *headers, aos_table_t **resp_headers)

    Gets what the service knows of an object by a URL that was signed for HEAD: size, ETag, metadata ..., all in
    ``resp_headers``. Returns a status: that of the service's answer, or a negative AOSE_* code for what failed on this
    side.
    """
    return Call.signed(options, HTTP_HEAD, signed_url, headers).send(resp_headers)


@api
def oss_get_object_meta(
    options: oss_request_options_t,
    bucket: aos_text_t,
    object: aos_text_t,
    resp_headers: aos_table_t | None,
) -> aos_status_t:
    """aos_status_t *oss_get_object_meta(const oss_request_options_t *options, const aos_string_t *bucket, const
    aos_string_t *object, aos_table_t **resp_headers)

    Gets an object's size, ETag and time of modification, and no more, in ``resp_headers``. Returns a status: that of
    the service's answer, or a negative AOSE_* code for what failed on this side.
    """
    call = Call.object(options, HTTP_HEAD, bucket, object)
    return call.query((OSS_OBJECT_META, "")).send(resp_headers)


@api
def oss_get_object_meta_by_url(
    options: oss_request_options_t,
    signed_url: aos_text_t,
    resp_headers: aos_table_t | None,
) -> aos_status_t:
    """aos_status_t *oss_get_object_meta_by_url(const oss_request_options_t *options, const aos_string_t *signed_url,
    aos_table_t **resp_headers)

    Gets an object's size, ETag and time of modification, in ``resp_headers``, by a URL that was signed for HEAD with
    the query parameter ``objectMeta``. The C SDK declares this function without having it. Returns a status: that of
    the service's answer, or a negative AOSE_* code for what failed on this side.
    """
    return Call.signed(options, HTTP_HEAD, signed_url).send(resp_headers)
