"""Multipart uploads (``oss_multipart.c``): the part of ``oss_api.h`` about objects uploaded in parts.

The calls that are one request each stand in ``oss._call.multipart``.

Different from the C SDK:

* The object's name must not be empty, which would address the bucket.
* ``oss_get_sorted_uploaded_part``, in none of the C headers, sorts over all pages, and gives up when a page says that
  there are more parts but not after which.
* ``oss_upload_file`` gives the id of a new upload back, whatever becomes of it. Continuing one, it uploads every part
  that is not there with its number and size, and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from aos._c.text import text_of
from aos.aos_buf import aos_create_file_buf, open_to_read
from aos.aos_list import *
from aos.aos_status import *
from aos.aos_util import aos_atoi64
from oss._call import multipart
from oss._call.api import api, opened, refuse_folder
from oss._call.multipart import *
from oss._request.errors import StatusError
from oss.oss_util import *

if not TYPE_CHECKING:  # a type checker follows the star imports, and cannot evaluate this
    __all__ = [
        "oss_get_sorted_uploaded_part",
        "oss_upload_file",
    ]
    __all__ += multipart.__all__


@api
def oss_get_sorted_uploaded_part(
    options: oss_request_options_t,
    bucket: aos_text_t,
    object: aos_text_t,
    upload_id: aos_text_t,
    complete_part_list: aos_list_t,
    part_count: aos_ref_t[int] | None,
) -> aos_status_t:
    """aos_status_t *oss_get_sorted_uploaded_part(oss_request_options_t *options, const aos_string_t *bucket, const
    aos_string_t *object, const aos_string_t *upload_id, aos_list_t *complete_part_list, int *part_count)

    Appends all parts of an upload to ``complete_part_list``, ready to complete it, in the order of their numbers;
    ``part_count`` is how many there are. The status is that of the last listing, or of the first that failed. Returns a
    status: that of the service's answer, or a negative AOSE_* code for what failed on this side.

    :param complete_part_list: gets the parts, ``oss_complete_part_content_t``
    :param part_count: gets the number of parts
    """
    found: list[oss_list_part_content_t] = []
    status = _list_all(options, bucket, object, upload_id, found)
    if aos_status_is_ok(status):
        for part in sorted(found, key=_number):
            _name_part(complete_part_list, _number(part), part.etag.data)
        if part_count is not None:
            part_count.value = len(found)
    return status


@api
def oss_upload_file(
    options: oss_request_options_t,
    bucket: aos_text_t,
    object: aos_text_t,
    upload_id: aos_string_t,
    filename: aos_text_t,
    part_size: int,
    headers: aos_table_t | None,
) -> aos_status_t:
    """aos_status_t *oss_upload_file(oss_request_options_t *options, const aos_string_t *bucket, const aos_string_t
    *object, aos_string_t *upload_id, aos_string_t *filename, int64_t part_size, aos_table_t *headers)

    Uploads a file in parts of ``part_size`` bytes, or more if there would be more than 10000. An ``upload_id`` without
    a text begins an upload and gets its id; with one that upload is continued. ``headers`` go out with the request that
    completes. A failure ends it with that request's status; nothing is aborted. Returns a status: that of the service's
    answer, or a negative AOSE_* code for what failed on this side.

    :param upload_id: id of an upload to continue; gets that of a new one
    :param part_size: bytes in a part
    """
    found: list[oss_list_part_content_t] = []
    if upload_id.data is None:
        status = oss_init_multipart_upload(options, bucket, object, upload_id, None, None)
    else:
        status = _list_all(options, bucket, object, upload_id, found)
    if not aos_status_is_ok(status):
        return status
    parts = aos_list_t()
    aos_list_init(parts)
    there = {(_number(part), aos_atoi64(str(part.size))): part.etag.data for part in found}
    for number, piece in enumerate(_pieces(options, filename, part_size), 1):
        etag = there.get((number, piece.file_last - piece.file_pos))
        if etag is None:
            answer = aos_table_t()
            status = oss_upload_part_from_file(options, bucket, object, upload_id, number, piece, answer)
            if not aos_status_is_ok(status):
                return status
            etag = apr_table_get(answer, "ETag")
        _name_part(parts, number, etag)
    return oss_complete_multipart_upload(options, bucket, object, upload_id, parts, headers, None)


def _number(part: oss_list_part_content_t) -> int:
    """Returns the number of a part, which the service sends as a text."""
    return aos_atoi64(str(part.part_number))


def _name_part(parts: aos_list_t, number: int, etag: str | None) -> None:
    """Appends a part to the list that completes an upload."""
    if etag is None:
        raise _odd_answer(f"part {number} has no ETag")
    part = oss_create_complete_part_content(None)
    part.part_number, part.etag = str(number), etag
    aos_list_add_tail(part.node, parts)


def _odd_answer(message: str) -> StatusError:
    """Returns the error for a 2xx answer that lacks what it must have."""
    return StatusError.of(AOSE_INTERNAL_ERROR, AOS_SERVER_ERROR_CODE, message)


def _list_all(
    options: oss_request_options_t,
    bucket: aos_text_t,
    object: aos_text_t,
    upload_id: aos_text_t,
    found: list[oss_list_part_content_t],
) -> aos_status_t:
    """Adds all parts of an upload to ``found``, page by page; returns the status of the last page."""
    params = oss_create_list_upload_part_params(options.pool)
    while True:
        aos_list_init(params.part_list)
        status = oss_list_upload_part(options, bucket, object, upload_id, params, None)
        found += params.part_list
        if not aos_status_is_ok(status) or not params.truncated:
            return status
        if str(params.next_part_number_marker) == str(params.part_number_marker):
            raise _odd_answer("the list of parts is not complete, and there is no next marker")
        params.part_number_marker = params.next_part_number_marker


def _pieces(options: oss_request_options_t, filename: aos_text_t, part_size: int) -> Iterator[oss_upload_file_t]:
    """Yields the pieces of a file that are one part each; an empty file is one piece."""
    source = aos_create_file_buf(options.pool)
    opened(lambda: open_to_read(options.pool, text_of(filename), source))
    refuse_folder(source, filename)
    apr_file_close(source.file)
    size = source.file_last
    step = aos_ref_t(part_size)
    oss_get_part_size(size, step)
    for start in range(0, max(size, 1), max(step.value, 1)):
        piece = oss_create_upload_file(options.pool)
        piece.filename, piece.file_pos, piece.file_last = filename, start, min(start + step.value, size)
        yield piece
