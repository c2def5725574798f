"""Checkpoint functions of ``oss_resumable.h``. A transfer itself writes its checkpoint by ``oss._transfer.journal``."""

from __future__ import annotations

import errno
import os
import stat

from aos._c import xml
from aos._c.contract import check_arguments
from aos._c.refs import aos_ref_t
from aos._c.text import encode, path_bytes, text_of
from aos.aos_define import (
    AOS_FALSE,
    AOS_TRUE,
    AOSE_FILE_READ_ERROR,
    AOSE_FILE_TRUNC_ERROR,
    AOSE_FILE_WRITE_ERROR,
    AOSE_OK,
    AOSE_OPEN_FILE_ERROR,
    AOSE_OUT_MEMORY,
    AOSE_XML_PARSE_ERROR,
)
from aos.aos_log import aos_error_log
from aos.aos_string import aos_string_t, aos_text_t
from aos.apr_file_io import (
    APR_CREATE,
    APR_FINFO_MTIME,
    APR_FINFO_SIZE,
    APR_GREAD,
    APR_READ,
    APR_SUCCESS,
    APR_UREAD,
    APR_UWRITE,
    APR_WRITE,
    apr_file_info_get,
    apr_file_open,
    apr_file_t,
    apr_finfo_t,
)
from aos.apr_pools import aos_pool_t
from oss._define.checkpoint import OSS_CP_DOWNLOAD, OSS_CP_UPLOAD, oss_checkpoint_part_t, oss_checkpoint_t
from oss._define.constants import OSS_MAX_PART_NUM
from oss._define.structs import oss_resumable_clt_params_t
from oss._transfer.plan import Plan
from oss._xml.checkpoint import oss_build_checkpoint_xml, parse_checkpoint

__all__ = [
    "oss_build_download_checkpoint",
    "oss_build_parts",
    "oss_build_upload_checkpoint",
    "oss_does_file_exist",
    "oss_dump_checkpoint",
    "oss_get_checkpoint_todo_parts",
    "oss_get_download_checkpoint_path",
    "oss_get_file_info",
    "oss_get_part_num",
    "oss_get_thread_num",
    "oss_get_upload_checkpoint_path",
    "oss_is_download_checkpoint_valid",
    "oss_is_upload_checkpoint_valid",
    "oss_load_checkpoint",
    "oss_open_checkpoint_file",
    "oss_update_checkpoint",
    "oss_verify_checkpoint_md5",
]

MAX_THREADS = 1024
MAX_BYTES = (OSS_MAX_PART_NUM + 16) * 4096
"""The largest checkpoint: a record of 4096 bytes for each part, and what stands around them."""


def oss_get_thread_num(clt_params: oss_resumable_clt_params_t | None) -> int:
    """int32_t oss_get_thread_num(oss_resumable_clt_params_t *clt_params)

    Returns the number of threads; 1 if it is not between 1 and 1024, or ``clt_params`` is NULL.
    """
    wanted = clt_params.thread_num if clt_params is not None else 1
    return wanted if 1 <= wanted <= MAX_THREADS else 1


def _checkpoint_path(
    clt_params: oss_resumable_clt_params_t | None,
    filepath: aos_text_t,
    checkpoint_path: aos_string_t | None,
    suffix: str,
) -> None:
    """Sets ``checkpoint_path``, where a checkpoint is asked for: to its path, by default the file's with ``suffix``."""
    if checkpoint_path is None or clt_params is None or not clt_params.enable_checkpoint:
        return
    checkpoint_path.data = clt_params.checkpoint_path.data or (text_of(filepath, "filepath") or "") + suffix


def oss_get_upload_checkpoint_path(
    clt_params: oss_resumable_clt_params_t | None,
    filepath: aos_text_t,
    pool: aos_pool_t | None,
    checkpoint_path: aos_string_t | None,
) -> None:
    """void oss_get_upload_checkpoint_path(oss_resumable_clt_params_t *clt_params, const aos_string_t *filepath,
    aos_pool_t *pool, aos_string_t *checkpoint_path)

    Sets ``checkpoint_path`` to the path of an upload's checkpoint: that of ``clt_params``, else ``<filepath>.ucp``. It
    stays as it is where no checkpoint is asked for.
    """
    _checkpoint_path(clt_params, filepath, checkpoint_path, ".ucp")


def oss_get_download_checkpoint_path(
    clt_params: oss_resumable_clt_params_t | None,
    filepath: aos_text_t,
    pool: aos_pool_t | None,
    checkpoint_path: aos_string_t | None,
) -> None:
    """void oss_get_download_checkpoint_path(oss_resumable_clt_params_t *clt_params, const aos_string_t *filepath,
    aos_pool_t *pool, aos_string_t *checkpoint_path)

    Sets ``checkpoint_path`` to the path of a download's checkpoint: that of ``clt_params``, else ``<filepath>.dcp``. It
    stays as it is where no checkpoint is asked for.
    """
    _checkpoint_path(clt_params, filepath, checkpoint_path, ".dcp")


def oss_get_file_info(filepath: aos_text_t, pool: aos_pool_t | None, finfo: apr_finfo_t) -> int:
    """int oss_get_file_info(const aos_string_t *filepath, aos_pool_t *pool, apr_finfo_t *finfo)

    Fills ``finfo`` with size and modification time of a file, which is opened for that. Returns 0 or an errno.
    """
    with apr_file_t() as file:
        status = apr_file_open(file, text_of(filepath, "filepath"), APR_READ, APR_UREAD | APR_GREAD, None)
        if status == APR_SUCCESS:
            status = apr_file_info_get(finfo, APR_FINFO_SIZE | APR_FINFO_MTIME, file)
    if status != APR_SUCCESS:
        aos_error_log("%s: %s", text_of(filepath), os.strerror(status))
    return status


def oss_does_file_exist(filepath: aos_text_t, pool: aos_pool_t | None) -> int:
    """int oss_does_file_exist(const aos_string_t *filepath, aos_pool_t *pool)

    Returns 1 if the file can be opened for reading, else 0.
    """
    with apr_file_t() as file:
        flags = APR_UREAD | APR_GREAD
        return int(apr_file_open(file, text_of(filepath, "filepath"), APR_READ, flags, None) == APR_SUCCESS)


def oss_open_checkpoint_file(pool: aos_pool_t | None, checkpoint_path: aos_text_t, checkpoint: oss_checkpoint_t) -> int:
    """int oss_open_checkpoint_file(aos_pool_t *pool, aos_string_t *checkpoint_path, oss_checkpoint_t *checkpoint)

    Opens ``checkpoint.thefile`` for ``oss_dump_checkpoint``, or makes it; its content stays. The pool closes it.
    Returns 0 or an errno.
    """
    file, path = apr_file_t(), text_of(checkpoint_path, "checkpoint_path")
    status = apr_file_open(file, path, APR_CREATE | APR_WRITE, APR_UREAD | APR_UWRITE | APR_GREAD, pool)
    if status == APR_SUCCESS:
        checkpoint.thefile = file
    else:
        aos_error_log("%s: %s", path, os.strerror(status))
    return status


def oss_get_part_num(file_size: int, part_size: int) -> int:
    """int oss_get_part_num(int64_t file_size, int64_t part_size)

    Returns the number of parts of a file. ValueError for a part size that is not positive.
    """
    if part_size <= 0:
        raise ValueError(f"part_size is {part_size}")
    return Plan(file_size, part_size).count


def oss_build_parts(file_size: int, part_size: int, parts: list[oss_checkpoint_part_t]) -> None:
    """void oss_build_parts(int64_t file_size, int64_t part_size, oss_checkpoint_part_t *parts)

    Fills ``parts`` with offset and size of each part of a file, none of them completed. A list that is too short grows.
    """
    plan = Plan(file_size, part_size)
    for index in range(oss_get_part_num(file_size, part_size)):
        if index == len(parts):
            parts.append(oss_checkpoint_part_t())
        part = parts[index]
        part.index, part.offset, part.size = plan[index]
        part.completed = AOS_FALSE


def oss_verify_checkpoint_md5(pool: aos_pool_t | None, checkpoint: oss_checkpoint_t) -> int:
    """int oss_verify_checkpoint_md5(aos_pool_t *pool, const oss_checkpoint_t *checkpoint)

    Returns 1: the C SDK writes no digest, so there is none to verify.
    """
    return AOS_TRUE


def _plan_checkpoint(checkpoint: oss_checkpoint_t, size: int, part_size: int) -> None:
    """Fills in the parts of a checkpoint, none of them completed."""
    checkpoint.part_size, checkpoint.part_num = part_size, oss_get_part_num(size, part_size)
    if checkpoint.parts is None:
        checkpoint.parts = []
    oss_build_parts(size, part_size, checkpoint.parts)
    for part in checkpoint.parts[: checkpoint.part_num]:
        part.etag = ""


def oss_build_upload_checkpoint(
    pool: aos_pool_t | None,
    checkpoint: oss_checkpoint_t,
    file_path: aos_text_t,
    finfo: apr_finfo_t,
    upload_id: aos_text_t,
    part_size: int,
) -> None:
    """void oss_build_upload_checkpoint(aos_pool_t *pool, oss_checkpoint_t *checkpoint, aos_string_t *file_path,
    apr_finfo_t *finfo, aos_string_t *upload_id, int64_t part_size)

    Fills ``checkpoint`` for a new upload: no part is completed.
    """
    checkpoint.cp_type = OSS_CP_UPLOAD
    checkpoint.file_path, checkpoint.upload_id = file_path, upload_id
    checkpoint.file_size, checkpoint.file_last_modified = finfo.size, finfo.mtime
    _plan_checkpoint(checkpoint, finfo.size, part_size)


def oss_build_download_checkpoint(
    pool: aos_pool_t | None,
    checkpoint: oss_checkpoint_t,
    file_path: aos_text_t,
    object_name: aos_text_t,
    object_size: int,
    object_last_modified: aos_text_t,
    object_etag: aos_text_t,
    part_size: int,
) -> None:
    """void oss_build_download_checkpoint(aos_pool_t *pool, oss_checkpoint_t *checkpoint, aos_string_t *file_path, const
    char *object_name, int64_t object_size, const char *object_last_modified, const char *object_etag, int64_t
    part_size)

    Fills ``checkpoint`` for a new download: no part is completed.
    """
    checkpoint.cp_type, checkpoint.thefile = OSS_CP_DOWNLOAD, None
    checkpoint.file_path, checkpoint.object_name = file_path, object_name
    checkpoint.object_size = object_size
    checkpoint.object_last_modified, checkpoint.object_etag = object_last_modified, object_etag
    _plan_checkpoint(checkpoint, object_size, part_size)


def oss_dump_checkpoint(pool: aos_pool_t | None, checkpoint: oss_checkpoint_t) -> int:
    """int oss_dump_checkpoint(aos_pool_t *pool, const oss_checkpoint_t *checkpoint)

    Writes ``checkpoint`` to ``checkpoint.thefile`` in place of its content. Returns AOSE_OK; AOSE_OUT_MEMORY for a NULL
    pool, or a text that XML cannot have; AOSE_FILE_TRUNC_ERROR or AOSE_FILE_WRITE_ERROR.
    """
    if pool is None:
        return AOSE_OUT_MEMORY
    try:
        data = memoryview(encode(oss_build_checkpoint_xml(pool, checkpoint)))
    except ValueError as error:
        aos_error_log("checkpoint: %s", str(error))
        return AOSE_OUT_MEMORY
    fd = checkpoint.thefile.fd if checkpoint.thefile is not None else -1
    code = AOSE_FILE_TRUNC_ERROR
    try:
        os.ftruncate(fd, 0)
        code, offset = AOSE_FILE_WRITE_ERROR, 0
        while offset < len(data):
            offset += os.pwrite(fd, data[offset:], offset)
    except OSError as error:
        aos_error_log("checkpoint: %s", error.strerror)
        return code
    return AOSE_OK


def oss_load_checkpoint(pool: aos_pool_t | None, filepath: aos_text_t, checkpoint: oss_checkpoint_t) -> int:
    """int oss_load_checkpoint(aos_pool_t *pool, const aos_string_t *filepath, oss_checkpoint_t *checkpoint)

    Reads a checkpoint file, which is not trusted, into ``checkpoint``. Returns AOSE_OK, AOSE_OPEN_FILE_ERROR,
    AOSE_FILE_READ_ERROR or AOSE_XML_PARSE_ERROR; after an error ``checkpoint`` is as it was.

    :param filepath: path of the checkpoint file
    """
    path = text_of(filepath, "filepath")
    try:
        read_checkpoint(path or "", checkpoint)
    except (OSError, ValueError) as error:
        aos_error_log("checkpoint %s: %s", path, str(error))
        if not isinstance(error, OSError):
            return AOSE_XML_PARSE_ERROR
        return AOSE_FILE_READ_ERROR if isinstance(error, Unreadable) else AOSE_OPEN_FILE_ERROR
    return AOSE_OK


class Unreadable(OSError):
    """Raised for a file that was opened, but cannot be read, or is no regular file."""


def read_checkpoint(path: str, checkpoint: oss_checkpoint_t) -> None:
    """Reads a checkpoint file, which is not trusted, in bounded memory. OSError where it cannot be opened, its subclass
    :class:`Unreadable` where it cannot be read, ValueError where it is no checkpoint."""
    if "\0" in path:
        raise OSError(errno.EINVAL, "a NUL in its name")
    fd = os.open(path_bytes(path), os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)  # to open a FIFO would take for ever
    try:
        found = os.fstat(fd)
        if not stat.S_ISREG(found.st_mode):
            raise Unreadable(errno.EINVAL, "it is no file")
        if found.st_size > MAX_BYTES:
            raise xml.XmlError(f"{found.st_size} bytes are more than a checkpoint has")
        with open(fd, "rb", closefd=False) as file:
            body = file.read(found.st_size)
    except OSError as error:
        raise Unreadable(error.errno, error.strerror) from error
    finally:
        os.close(fd)
    parse_checkpoint(body.partition(b"\0")[0], checkpoint)  # a text in C ends at NUL


def oss_is_upload_checkpoint_valid(pool: aos_pool_t | None, checkpoint: oss_checkpoint_t, finfo: apr_finfo_t) -> int:
    """int oss_is_upload_checkpoint_valid(aos_pool_t *pool, oss_checkpoint_t *checkpoint, apr_finfo_t *finfo)

    Returns 1 if the checkpoint is of an upload, and the file still has the recorded size and modification time; else 0.
    """
    same_file = (checkpoint.file_size, checkpoint.file_last_modified) == (finfo.size, finfo.mtime)
    return int(checkpoint.cp_type == OSS_CP_UPLOAD and same_file)


def oss_is_download_checkpoint_valid(
    pool: aos_pool_t | None,
    checkpoint: oss_checkpoint_t,
    object_name: aos_text_t,
    object_size: int,
    object_last_modified: aos_text_t,
    object_etag: aos_text_t,
) -> int:
    """int oss_is_download_checkpoint_valid(aos_pool_t *pool, oss_checkpoint_t *checkpoint, const char *object_name,
    int64_t object_size, const char *object_last_modified, const char *object_etag)

    Returns 1 if the checkpoint is of a download, and the object still has the recorded size, time and ETag; else 0. The
    name is not compared, as in the C SDK; ``oss_resumable_download_file`` compares it itself.
    """
    return int(
        checkpoint.cp_type == OSS_CP_DOWNLOAD
        and checkpoint.object_size == object_size
        and str(checkpoint.object_last_modified) == text_of(object_last_modified)
        and str(checkpoint.object_etag).lower() == (text_of(object_etag) or "").lower()
    )


def oss_update_checkpoint(
    pool: aos_pool_t | None, checkpoint: oss_checkpoint_t, part_index: int, etag: aos_text_t, crc64: int
) -> None:
    """void oss_update_checkpoint(aos_pool_t *pool, oss_checkpoint_t *checkpoint, int32_t part_index, aos_string_t
    *etag, uint64_t crc64)

    Marks a part as completed, with its ETag and CRC64.

    :param part_index: number of the part, from 0
    :param etag: ETag of the part
    :param crc64: CRC64 of the part
    """
    part = checkpoint.parts[part_index]
    part.completed, part.etag, part.crc64 = AOS_TRUE, etag, crc64


def oss_get_checkpoint_todo_parts(
    checkpoint: oss_checkpoint_t, part_num: aos_ref_t[int], parts: list[oss_checkpoint_part_t]
) -> None:
    """void oss_get_checkpoint_todo_parts(oss_checkpoint_t *checkpoint, int *part_num, oss_checkpoint_part_t *parts)

    Fills ``parts`` with copies of the parts that are not completed, and ``part_num`` with their number.

    :param part_num: gets the number of parts
    """
    todo = [part for part in checkpoint.parts[: checkpoint.part_num] if not part.completed]
    for place, part in enumerate(todo):
        if place == len(parts):
            parts.append(oss_checkpoint_part_t())
        parts[place].assign(part)
    part_num.value = len(todo)


check_arguments(globals())
