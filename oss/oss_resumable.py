"""Resumable transfers (``oss_resumable.h``): files in parts, by several threads, continued after an interruption.

Different from the C SDK:

* A part is accepted only when its answer is the range that was asked for, of the object the HEAD described, and all of
  it; an object that is replaced meanwhile gives 412 ``PreconditionFailed`` and drops checkpoint and temporary file.
* The checkpoint is on disk before the first part starts, and recording a part costs one small write (``oss._record``).
* Parts that a checkpoint calls finished are read again and compared with their recorded CRC64.
* A checkpoint of another object, or whose parts do not make the object, is not continued.
* The caller's ``x-oss-`` headers and ``params`` go with the HEAD and with every part.
* A failed rename is AOSE_FILE_WRITE_ERROR; without a checkpoint a failed download leaves no temporary file.
* An exception of the progress function, Ctrl-C among them, ends the transfer; the checkpoint stays valid.
* ``clt_params.retry_times`` (Python-only, default 0).
* Names that exist for APR's threads alone (``oss_build_thread_params``, ``oss_set_task_tracker``,
  ``oss_destroy_thread_pool``, ``upload_part``, ``download_part_thread``) do not exist.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from aos._text import text_of
from oss import _checkpoint, _checkpoint_types, oss_define
from oss._api import api, invalid_argument, progress_t
from oss._checkpoint import *
from oss._checkpoint_types import *
from oss._download import download_t
from oss.oss_util import *

if not TYPE_CHECKING:  # which follows the star imports, and cannot read this
    __all__ = ["oss_resumable_download_file", "oss_resumable_download_file_internal"]
    __all__ += _checkpoint.__all__
    __all__ += _checkpoint_types.__all__
    __all__ += oss_define.__all__


@api
def oss_resumable_download_file(
    options: oss_request_options_t,
    bucket: aos_text_t,
    object: aos_text_t,
    filepath: aos_text_t,
    headers: aos_table_t | None,
    params: aos_table_t | None,
    clt_params: oss_resumable_clt_params_t,
    progress_callback: progress_t | None,
    resp_headers: aos_table_t | None,
) -> aos_status_t:
    """aos_status_t *oss_resumable_download_file(oss_request_options_t *options, aos_string_t *bucket, aos_string_t
    *object, aos_string_t *filepath, aos_table_t *headers, aos_table_t *params, oss_resumable_clt_params_t *clt_params,
    oss_progress_callback progress_callback, aos_table_t **resp_headers)

    Downloads an object to ``filepath`` in parts of ``clt_params.part_size`` bytes by ``clt_params.thread_num`` threads.
    With ``clt_params.enable_checkpoint`` a call that failed is continued by the next one. After status 200 the file is
    the object whose ETag is in ``resp_headers``, those of the HEAD; until then a file of that name stays as it was.
    ``progress_callback(consumed, total)`` is called in this thread after each part.
    """
    checkpoint_path = aos_string_t()
    oss_get_download_checkpoint_path(clt_params, filepath, options.pool, checkpoint_path)
    if clt_params.part_size <= 0:
        raise invalid_argument(f"clt_params.part_size is {clt_params.part_size}")
    return download_t(
        options,
        bucket,
        object,
        filepath,
        headers,
        params,
        oss_get_thread_num(clt_params),
        clt_params.part_size,
        checkpoint_path.data,
        progress_callback,
        max(clt_params.retry_times, 0),
    ).run(resp_headers)


@api
def oss_resumable_download_file_internal(
    options: oss_request_options_t,
    bucket: aos_text_t,
    object: aos_text_t,
    filepath: aos_text_t,
    headers: aos_table_t | None,
    params: aos_table_t | None,
    thread_num: int,
    part_size: int,
    checkpoint_path: aos_text_t | None,
    progress_callback: progress_t | None,
    resp_headers: aos_table_t | None,
) -> aos_status_t:
    """aos_status_t *oss_resumable_download_file_internal(oss_request_options_t *options, aos_string_t *bucket,
    aos_string_t *object, aos_string_t *filepath, aos_table_t *headers, aos_table_t *params, int32_t thread_num, int64_t
    part_size, aos_string_t *checkpoint_path, oss_progress_callback progress_callback, aos_table_t **resp_headers)

    ``oss_resumable_download_file`` with its settings one by one; no checkpoint for a NULL ``checkpoint_path``.
    """
    if part_size <= 0:
        raise invalid_argument(f"part_size is {part_size}")
    path = text_of(checkpoint_path) or None
    return download_t(
        options, bucket, object, filepath, headers, params, thread_num, part_size, path, progress_callback
    ).run(resp_headers)
