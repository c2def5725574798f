"""Resumable transfers (``oss_resumable.h``): files in parts, by several threads, continued after an interruption.

Different from the C SDK:

* A part is accepted only when its answer is the range that was asked for, of the object the HEAD described, and all of
  it. If the object is replaced during the download, the status is 412 ``PreconditionFailed``, and checkpoint and
  temporary file are removed.
* The checkpoint is on disk before the first part starts. Recording a part costs one small write
  (``oss._transfer.journal``), and the part's thread does it before it begins another: a kill costs each thread one
  part. A download that was killed after its rename only has its file read again.
* Parts that a checkpoint calls finished are read again and compared with their recorded CRC64. If the CRC64 of the
  whole is not the object's, all parts are compared, and those that differ are downloaded again, once. If none differs,
  the damage came before the CRC64 was computed: checkpoint and temporary file are removed, and the status is -978. The
  bytes that this call downloads are checked as they are received, and not read back, unless ``clt_params.verify_file``
  (Python-only, default 0) is 1: then the whole file is read again before it gets its name. Without a CRC64 from the
  service, or with ``enable_crc`` off, only ETag, ``Content-Range`` and length of each part are checked.
* A checkpoint of another object, or whose parts do not make up the object, is not continued. The checkpoint of an
  upload has the names of its object, bucket and endpoint in it; one of another bucket or service is neither continued
  nor replaced: the upload then has no checkpoint.
* Temporary file and checkpoint are locked while they are in use: a second transfer that uses one of them fails with
  AOSE_OPEN_FILE_ERROR at once (``oss._files.lock``). Links found in their place are removed, not followed. A
  checkpoint is readable for its owner alone; the temporary file has the mode of the finished one, 0640 less the umask.
* ``clt_params.durable`` (Python-only, default 0): the file is synced before it gets its name, and its folder before
  success is reported; after a failed sync checkpoint and temporary file are removed. The order of data and records on
  the disk does not matter, since recorded parts are read again.
* An upload whose checkpoint cannot be made is not initiated. A checkpoint whose path is that of the file is a -994.
* The caller's ``x-oss-`` headers and ``params`` go with the HEAD and with every part.
* An upload compares the CRC64 of the whole too; a file that is changed during the upload is an error; an empty file is
  one empty part. The checkpoint stays until the completion has succeeded or the service says that the upload is gone.
  Without a checkpoint a failed upload is aborted. The caller's headers for callbacks, overwriting, traffic limit,
  requester pays and customer keys go also with those parts, or with the completion, that they are for.
* A failed rename is AOSE_FILE_WRITE_ERROR; without a checkpoint a failed download leaves no temporary file.
* An exception of the progress function, Ctrl-C among them, ends the transfer; the checkpoint stays valid.
* ``clt_params.retry_times`` (Python-only, default 0) is how often each request of a transfer is tried again after a
  failure that may pass (``oss._request.retry``). An upload that the service does not know any more is begun anew in the
  same call, once, unless the object has size and CRC64 of the file: then it was completed before.
* Names that exist for APR's threads alone (``oss_build_thread_params``, ``oss_set_task_tracker``,
  ``oss_destroy_thread_pool``, ``upload_part``, ``download_part_thread``) do not exist.

What a parameter is, unless a function says otherwise:

:param thread_num: how many threads move parts at a time
:param part_size: bytes in a part
:param checkpoint_path: path of the checkpoint file
:param finfo: size and times of the file
:param checkpoint: what the checkpoint file holds
:param file_path: path of the local file
:param object_name: name of the object
:param object_size: size of the object in bytes
:param object_last_modified: Last-Modified header of the object
:param object_etag: ETag header of the object
:param file_size: size of the file in bytes
:param parts: list of ``oss_checkpoint_part_t``, one for each part
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from aos._c.fork import imported
from aos._c.text import text_of
from aos._native import CancelFlag
from aos.apr_file_io import apr_finfo_t
from oss import oss_define
from oss._call.api import Progress, api
from oss._call.background import Background, in_background
from oss._define import checkpoint as structs
from oss._define.checkpoint import *
from oss._files.places import check_apart, check_target, new_checkpoint_path
from oss._request.errors import invalid_argument
from oss._transfer import checkpoint
from oss._transfer.checkpoint import *
from oss._transfer.plan import TransferRequest
from oss.oss_util import *

if not TYPE_CHECKING:  # a type checker follows the star imports, and cannot evaluate this
    __all__ = [
        "oss_resumable_download_file",
        "oss_resumable_download_file_internal",
        "oss_resumable_upload_file",
        "oss_resumable_upload_file_with_cp",
        "oss_resumable_upload_file_without_cp",
    ]
    __all__ += checkpoint.__all__
    __all__ += structs.__all__
    __all__ += oss_define.__all__


def _transfer_request(
    options: oss_request_options_t,
    bucket: aos_text_t,
    object: aos_text_t,
    filepath: aos_text_t,
    headers: aos_table_t | None,
    params: aos_table_t | None,
    clt_params: oss_resumable_clt_params_t,
    progress_callback: Progress | None,
    find_checkpoint: Callable[..., None],
) -> TransferRequest:
    """Returns what a caller asks for; StatusError for a part size of 0 or less."""
    if clt_params.part_size <= 0:
        raise invalid_argument(f"clt_params.part_size is {clt_params.part_size}")
    checkpoint_path = aos_string_t()
    find_checkpoint(clt_params, filepath, options.pool, checkpoint_path)
    return TransferRequest(
        options,
        str(bucket),
        str(object),
        str(filepath),
        headers,
        params,
        oss_get_thread_num(clt_params),
        clt_params.part_size,
        checkpoint_path.data,
        progress_callback,
        CancelFlag(),
        max(clt_params.retry_times, options.retry_times),
        clt_params.parts_per_request if clt_params.parts_per_request >= 0 else 1,
        bool(clt_params.durable),
        bool(clt_params.verify_file),
    )


def _request_one_by_one(
    options: oss_request_options_t,
    bucket: aos_text_t,
    object: aos_text_t,
    filepath: aos_text_t,
    headers: aos_table_t | None,
    params: aos_table_t | None,
    thread_num: int,
    part_size: int,
    checkpoint_path: aos_text_t | None,
    progress_callback: Progress | None,
) -> TransferRequest:
    """Returns what a caller asks for by settings of its own instead of a struct."""
    path = text_of(checkpoint_path) or None
    clt_params = oss_create_resumable_clt_params_content(None, part_size, thread_num, int(path is not None), path)
    find = oss_get_download_checkpoint_path
    return _transfer_request(options, bucket, object, filepath, headers, params, clt_params, progress_callback, find)


def _in_background(request: TransferRequest, run: Callable[[TransferRequest], aos_status_t]) -> aos_status_t:
    """Does ``run`` in a thread of its own, which is told to stop when the caller's thread is interrupted."""

    def work(background: Background[aos_status_t], options: oss_request_options_t) -> aos_status_t:
        progress_callback = background.caller(request.progress_callback)
        options.retry_times = request.retry_times
        return run(request._replace(options=options, flag=background.flag, progress_callback=progress_callback))

    return in_background(request.options, work)


def _checkpoint_files(request: TransferRequest) -> list[tuple[str, str]]:
    """Returns the paths of the checkpoint, and of the one that is being made, each after what it is."""
    path = request.checkpoint_path
    return [("checkpoint_path", path), ("the new checkpoint", new_checkpoint_path(path))] if path else []


def _download(request: TransferRequest, resp_headers: aos_table_t | None) -> aos_status_t:
    check_target(request.filepath)
    temporary = request.filepath + AOS_TEMP_FILE_SUFFIX
    check_apart(("filepath", request.filepath), ("the temporary file", temporary), *_checkpoint_files(request))

    def run(request: TransferRequest) -> aos_status_t:
        # imported late: it brings all that a transfer needs, requests and threads among it
        status: aos_status_t = imported("oss._transfer.download").Download(request).run(resp_headers)
        return status

    return _in_background(request, run)


def _upload(request: TransferRequest, resp_headers: aos_table_t | None, resp_body: aos_list_t | None) -> aos_status_t:
    check_apart(("filepath", request.filepath), *_checkpoint_files(request))

    def run(request: TransferRequest) -> aos_status_t:
        status: aos_status_t = imported("oss._transfer.upload").Upload(request).run(resp_headers, resp_body)
        return status

    return _in_background(request, run)


@api
def oss_resumable_download_file(
    options: oss_request_options_t,
    bucket: aos_text_t,
    object: aos_text_t,
    filepath: aos_text_t,
    headers: aos_table_t | None,
    params: aos_table_t | None,
    clt_params: oss_resumable_clt_params_t,
    progress_callback: Progress | None,
    resp_headers: aos_table_t | None,
) -> aos_status_t:
    """aos_status_t *oss_resumable_download_file(oss_request_options_t *options, aos_string_t *bucket, aos_string_t
    *object, aos_string_t *filepath, aos_table_t *headers, aos_table_t *params, oss_resumable_clt_params_t *clt_params,
    oss_progress_callback progress_callback, aos_table_t **resp_headers)

    Downloads an object to ``filepath`` in parts of ``clt_params.part_size`` bytes by ``clt_params.thread_num`` threads.
    With ``clt_params.enable_checkpoint`` a call that failed is continued by the next one. After status 200 the file is
    the object whose ETag is in ``resp_headers``, those of the HEAD; until then a file of that name stays as it was.
    ``progress_callback(consumed, total)`` is called in this thread after each part. Returns a status: that of the
    service's answer, or a negative AOSE_* code for what failed on this side.

    :status 412: ``PreconditionFailed``: the object was replaced meanwhile; the next call begins anew
    :status -976: ``OpenFileFail``: the temporary file cannot have the size of the object
    :status -978: ``InconsistentError``: the CRC64 of the whole is not the service's; nothing is kept
    :status -981: ``RenameFileFail``, ``WriteFileFail``: the file cannot be written, or not be renamed
    :status -985: ``OpenFileFail``: the temporary file or the checkpoint cannot be made
    :status -992: ``HttpIoError``: a part was cut short; the next call goes on if there is a checkpoint
    :status -996: ``ServerError``: the HEAD lacks what is needed, or a part is not the range asked for
    :status -997: the pool was destroyed during the download
    """
    find = oss_get_download_checkpoint_path
    request = _transfer_request(options, bucket, object, filepath, headers, params, clt_params, progress_callback, find)
    return _download(request, resp_headers)


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
    progress_callback: Progress | None,
    resp_headers: aos_table_t | None,
) -> aos_status_t:
    """aos_status_t *oss_resumable_download_file_internal(oss_request_options_t *options, aos_string_t *bucket,
    aos_string_t *object, aos_string_t *filepath, aos_table_t *headers, aos_table_t *params, int32_t thread_num, int64_t
    part_size, aos_string_t *checkpoint_path, oss_progress_callback progress_callback, aos_table_t **resp_headers)

    Downloads an object to ``filepath`` in parts of ``part_size`` bytes by ``thread_num`` threads. With a
    ``checkpoint_path`` a call that failed is continued by the next one. After status 200 the file is the object whose
    ETag is in ``resp_headers``, those of the HEAD; until then a file of that name stays as it was.
    ``progress_callback(consumed, total)`` is called in this thread after each part. Returns a status: that of the
    service's answer, or a negative AOSE_* code for what failed on this side.
    """
    request = _request_one_by_one(
        options, bucket, object, filepath, headers, params, thread_num, part_size, checkpoint_path, progress_callback
    )
    return _download(request, resp_headers)


@api
def oss_resumable_upload_file(
    options: oss_request_options_t,
    bucket: aos_text_t,
    object: aos_text_t,
    filepath: aos_text_t,
    headers: aos_table_t | None,
    params: aos_table_t | None,
    clt_params: oss_resumable_clt_params_t,
    progress_callback: Progress | None,
    resp_headers: aos_table_t | None,
    resp_body: aos_list_t | None,
) -> aos_status_t:
    """aos_status_t *oss_resumable_upload_file(oss_request_options_t *options, aos_string_t *bucket, aos_string_t
    *object, aos_string_t *filepath, aos_table_t *headers, aos_table_t *params, oss_resumable_clt_params_t *clt_params,
    oss_progress_callback progress_callback, aos_table_t **resp_headers, aos_list_t *resp_body)

    Uploads a file in parts of ``clt_params.part_size`` bytes by ``clt_params.thread_num`` threads. ``headers`` are
    those of the object, a callback's go with the completion, whose answer is in ``resp_headers`` and ``resp_body``.
    With ``clt_params.enable_checkpoint`` a call that failed is continued by the next one; without, a failed upload is
    aborted. ``progress_callback(consumed, total)`` is called in this thread after each part. Returns a status: that of
    the service's answer, or a negative AOSE_* code for what failed on this side.

    :status -978: ``InconsistentError``: the file was changed meanwhile, or a CRC64 is not the service's
    :status -985: ``OpenFileFail``: the file cannot be opened, or the checkpoint cannot be made
    :status -992: ``HttpIoError``: a part was not taken; the next call goes on if there is a checkpoint
    """
    find = oss_get_upload_checkpoint_path
    request = _transfer_request(options, bucket, object, filepath, headers, params, clt_params, progress_callback, find)
    return _upload(request, resp_headers, resp_body)


@api
def oss_resumable_upload_file_without_cp(
    options: oss_request_options_t,
    bucket: aos_text_t,
    object: aos_text_t,
    filepath: aos_text_t,
    headers: aos_table_t | None,
    params: aos_table_t | None,
    thread_num: int,
    part_size: int,
    finfo: apr_finfo_t | None,
    progress_callback: Progress | None,
    resp_headers: aos_table_t | None,
    resp_body: aos_list_t | None,
) -> aos_status_t:
    """aos_status_t *oss_resumable_upload_file_without_cp(oss_request_options_t *options, aos_string_t *bucket,
    aos_string_t *object, aos_string_t *filepath, aos_table_t *headers, aos_table_t *params, int32_t thread_num, int64_t
    part_size, apr_finfo_t *finfo, oss_progress_callback progress_callback, aos_table_t **resp_headers, aos_list_t
    *resp_body)

    Uploads a file in parts of ``part_size`` bytes by ``thread_num`` threads; a failed upload is aborted. Size and time
    are those of the opened file, not of ``finfo``. ``headers`` are those of the object, a callback's go with the
    completion, whose answer is in ``resp_headers`` and ``resp_body``. ``progress_callback(consumed, total)`` is called
    in this thread after each part. Returns a status: that of the service's answer, or a negative AOSE_* code for what
    failed on this side.
    """
    request = _request_one_by_one(
        options, bucket, object, filepath, headers, params, thread_num, part_size, None, progress_callback
    )
    return _upload(request, resp_headers, resp_body)


@api
def oss_resumable_upload_file_with_cp(
    options: oss_request_options_t,
    bucket: aos_text_t,
    object: aos_text_t,
    filepath: aos_text_t,
    headers: aos_table_t | None,
    params: aos_table_t | None,
    thread_num: int,
    part_size: int,
    checkpoint_path: aos_text_t,
    finfo: apr_finfo_t | None,
    progress_callback: Progress | None,
    resp_headers: aos_table_t | None,
    resp_body: aos_list_t | None,
) -> aos_status_t:
    """aos_status_t *oss_resumable_upload_file_with_cp(oss_request_options_t *options, aos_string_t *bucket,
    aos_string_t *object, aos_string_t *filepath, aos_table_t *headers, aos_table_t *params, int32_t thread_num, int64_t
    part_size, aos_string_t *checkpoint_path, apr_finfo_t *finfo, oss_progress_callback progress_callback, aos_table_t
    **resp_headers, aos_list_t *resp_body)

    Uploads a file in parts of ``part_size`` bytes by ``thread_num`` threads; a call that failed is continued by the
    next one with the same ``checkpoint_path``. Size and time are those of the opened file, not of ``finfo``.
    ``headers`` are those of the object, a callback's go with the completion, whose answer is in ``resp_headers`` and
    ``resp_body``. ``progress_callback(consumed, total)`` is called in this thread after each part. Returns a status:
    that of the service's answer, or a negative AOSE_* code for what failed on this side.
    """
    request = _request_one_by_one(
        options, bucket, object, filepath, headers, params, thread_num, part_size, checkpoint_path, progress_callback
    )
    return _upload(request, resp_headers, resp_body)
