"""The default readers and writers of bodies (``aos_http_io.h``); programs take them from ``aos.aos_http_io``."""

from __future__ import annotations

import errno
import os

from aos._c.contract import check_arguments
from aos._c.text import buffer_of, bytes_of
from aos._http.types import aos_http_request_t, aos_http_response_t
from aos.aos_buf import (
    FileError,
    aos_buf_pack,
    aos_buf_size,
    aos_buf_t,
    aos_create_file_buf,
    aos_file_buf_t,
    code_of,
    open_to_write,
)
from aos.aos_define import (
    AOSE_FILE_READ_ERROR,
    AOSE_FILE_WRITE_ERROR,
    AOSE_INVALID_ARGUMENT,
    AOSE_OK,
    AOSE_OPEN_FILE_ERROR,
)
from aos.aos_list import aos_list_add_tail, aos_list_del, aos_list_init
from aos.aos_log import aos_error_log

__all__ = [
    "aos_read_http_body_file",
    "aos_read_http_body_memory",
    "aos_write_http_body_file",
    "aos_write_http_body_memory",
]


def aos_read_http_body_memory(req: aos_http_request_t, buffer: bytearray, len: int) -> int:
    """int aos_read_http_body_memory(aos_http_request_t *req, char *buffer, int len)

    Moves at most ``len`` bytes from the request's list of buffers to ``buffer``. Returns how many; 0 at the end.
    """
    count, room = 0, buffer_of(buffer)
    for buf in req.body:
        step = min(aos_buf_size(buf), len - count)
        room[count : count + step] = buf.data[buf.pos : buf.pos + step]
        buf.pos += step
        count += step
        if aos_buf_size(buf):
            break
        aos_list_del(buf.node)
    return count


def rewind_body_memory(req: aos_http_request_t, positions: list[tuple[aos_buf_t, int]]) -> None:
    """Restores the request's list of buffers: ``positions`` are those it had, each with the position it was at."""
    aos_list_init(req.body)
    for buf, pos in positions:
        buf.pos = pos
        aos_list_add_tail(buf.node, req.body)


def aos_write_http_body_memory(
    resp: aos_http_response_t, buffer: bytes | bytearray | memoryview | str, len: int
) -> int:
    """int aos_write_http_body_memory(aos_http_response_t *resp, const char *buffer, int len)

    Appends a copy of the first ``len`` bytes of ``buffer`` to the answer's list of buffers. Returns ``len``.
    """
    data = buffer if isinstance(buffer, bytes) else bytes_of(buffer, len)
    aos_list_add_tail(aos_buf_pack(resp.pool, data, len).node, resp.body)
    resp.body_len += len
    return len


def aos_read_http_body_file(req: aos_http_request_t, buffer: bytearray, len: int) -> int:
    """int aos_read_http_body_file(aos_http_request_t *req, char *buffer, int len)

    Reads at most ``len`` bytes of the request's file, up to its ``file_last``, into ``buffer``. Returns how many, 0 at
    the end; AOSE_INVALID_ARGUMENT without a file; AOSE_FILE_READ_ERROR when it cannot be read.
    """
    file = req.file_buf
    if file is None or file.file is None:
        return AOSE_INVALID_ARGUMENT
    try:
        return read_body_file(file, buffer, len)
    except OSError as error:
        aos_error_log("reading %s: %s", file.file.fname, error.strerror)
        return AOSE_FILE_READ_ERROR


def read_body_file(file: aos_file_buf_t, buffer: bytearray, len: int) -> int:
    """Reads at most ``len`` bytes of a file, up to its ``file_last``, into ``buffer``. Returns how many. OSError."""
    want = min(len, max(file.file_last - file.file_pos, 0))
    count = os.preadv(file.file.fd, [memoryview(buffer_of(buffer))[:want]], file.file_pos)
    file.file_pos += count
    return count


def _open_for_writing(resp: aos_http_response_t) -> None:
    """Opens the file of an answer by its ``file_path``. FileError where it has none, or cannot be opened."""
    file = aos_create_file_buf(resp.pool)
    if resp.file_path is None:
        code = AOSE_INVALID_ARGUMENT if resp.file_buf is None else AOSE_OPEN_FILE_ERROR
        raise FileError(code, "open", None, errno.EINVAL)
    open_to_write(resp.pool, resp.file_path, file)
    file.file_last = 0  # no limit
    resp.file_buf = file


def aos_write_http_body_file(resp: aos_http_response_t, buffer: bytes | bytearray | memoryview | str, len: int) -> int:
    """int aos_write_http_body_file(aos_http_response_t *resp, const char *buffer, int len)

    Writes the first ``len`` bytes of ``buffer`` at the position of the answer's file, which is opened by its
    ``file_path`` if it is not open. Returns ``len``; AOSE_INVALID_ARGUMENT without a file; AOSE_OPEN_FILE_ERROR when it
    cannot be opened; AOSE_FILE_WRITE_ERROR when it cannot be written, or when the bytes would go beyond its
    ``file_last`` (0: no limit).
    """
    code = code_of(lambda: write_body_file(resp, buffer, len))
    return len if code == AOSE_OK else code


def write_body_file(resp: aos_http_response_t, buffer: bytes | bytearray | memoryview | str, len: int) -> None:
    """Writes the first ``len`` bytes of ``buffer`` at the position of the answer's file, opened if need be. FileError
    with the AOSE_* code that ``aos_write_http_body_file`` returns."""
    if resp.file_buf is None or resp.file_buf.file is None:
        _open_for_writing(resp)
    file = resp.file_buf
    if 0 < file.file_last < file.file_pos + len:
        raise FileError(AOSE_FILE_WRITE_ERROR, "write to", file.file.fname, errno.EFBIG)
    view = memoryview(bytes_of(buffer, len)) if isinstance(buffer, str) else memoryview(buffer_of(buffer))[:len]
    try:
        while view:
            count = os.pwrite(file.file.fd, view, file.file_pos)
            file.file_pos, view = file.file_pos + count, view[count:]
    except OSError as error:
        raise FileError(AOSE_FILE_WRITE_ERROR, "write to", file.file.fname, error.errno or 0) from error
    resp.body_len += len


check_arguments(globals(), late=("aos_write_http_body_memory",))
