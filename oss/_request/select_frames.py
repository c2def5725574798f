"""Framed answers of select and create-meta: the reader of their frames, and the status that their end frame gives.

The public functions are those of ``oss_util.h`` for ``select_object``. A frame is version (1),
type (3), payload length (4), header checksum (4), payload (8 bytes of offset, then data), payload checksum (4).

Different from the C SDK: an answer without a complete end frame, an empty one too, is AOSE_CONNECTION_FAILED with a
message instead of code 0 (or success); a frame too short for its offset or longer than 2 GiB fails instead of losing
step; the end frame ends the stream; its message is kept up to 64 KiB and is read from its true start in create-meta.
As in the C SDK, data is handed on before its frame's checksum is known: only the status says whether it can be used.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator

from aos._c.contract import check_arguments
from aos._c.text import text_of
from aos.aos_define import AOSE_CONNECTION_FAILED, AOSE_OK, AOSE_SELECT_OBJECT_CRC_ERROR, AOSE_WRITE_BODY_ERROR
from aos.aos_status import (
    AOS_CREATE_SELECT_OBJECT_META_ERROR,
    AOS_HTTP_IO_ERROR_CODE,
    AOS_SELECT_OBJECT_ERROR,
    aos_http_is_ok,
    aos_status_is_ok,
    aos_status_set,
    aos_status_t,
)
from aos.aos_transport import BODY_IN_CALLBACK, aos_http_response_t
from aos.apr_pools import aos_pool_t
from oss._define.constants import OSS_SELECT_OBJECT_OUTPUT_RAW
from oss._define.select import oss_select_object_meta_params_t
from oss._request.errors import StatusError

__all__ = [
    "oss_check_create_select_object_meta_status",
    "oss_check_select_object_status",
    "oss_init_create_select_object_meta_read_response_body",
    "oss_init_select_object_read_response_body",
]

_DATA, _SELECT_END, _META_END = 0x800001, 0x800005, 0x800006
_MESSAGE_AT = {_SELECT_END: 12, _META_END: 28}
_HEAD, _OFFSET, _TAIL = 20, 8, 4
_MAX_END = 64 << 10
_MAX_FRAME = 2**31 - 1


class FrameReader:
    """Reads frames from chunks of any size; ``ended`` is set by a complete end frame."""

    __slots__ = ("crc", "end", "ended", "head", "kind", "left", "tail")

    def __init__(self) -> None:
        self.head, self.tail, self.end = bytearray(), bytearray(), bytearray()
        self.kind = self.left = self.crc = 0
        self.ended = False

    def feed(self, chunk: memoryview) -> Iterator[memoryview]:
        """Yields the data in the next chunk of the stream; StatusError for a frame that is damaged."""
        while chunk and not self.ended:
            if len(self.head) < _HEAD:
                chunk = self._gather(self.head, _HEAD, chunk)
                if len(self.head) == _HEAD:
                    self._start_frame()
            elif self.left:
                data, chunk = chunk[: self.left], chunk[self.left :]
                self.left -= len(data)
                self.crc = zlib.crc32(data, self.crc)
                if self.kind == _DATA:
                    yield data
                elif self.kind in _MESSAGE_AT:
                    self._gather(self.end, _MAX_END, data)
            else:
                chunk = self._gather(self.tail, _TAIL, chunk)
                if len(self.tail) == _TAIL:
                    self._end_frame()

    @staticmethod
    def _gather(into: bytearray, size: int, chunk: memoryview) -> memoryview:
        take = size - len(into)
        into += chunk[:take]
        return chunk[take:]

    def _start_frame(self) -> None:
        """Reads the head of a frame; StatusError for a length that none can have."""
        length = int.from_bytes(self.head[4:8], "big")
        if not _OFFSET <= length <= _MAX_FRAME:
            raise _damaged(AOSE_WRITE_BODY_ERROR, f"a frame of {length} bytes cannot be")
        self.kind, self.left = int.from_bytes(self.head[1:4], "big"), length - _OFFSET
        self.crc = zlib.crc32(self.head[12:])
        self.end.clear()

    def _end_frame(self) -> None:
        """Reads the tail of a frame; StatusError for a checksum that is not that of its bytes."""
        checksum = int.from_bytes(self.tail, "big")
        if checksum not in (0, self.crc):  # 0: the service was not asked for checksums
            message = f"a frame says that its checksum is {checksum:08x}, that of its bytes is {self.crc:08x}"
            raise _damaged(AOSE_SELECT_OBJECT_CRC_ERROR, message)
        self.ended = self.kind in _MESSAGE_AT
        self.head.clear()
        self.tail.clear()

    def number(self, start: int, size: int) -> int:
        """Returns a number of the end frame, 0 for one that the frame is too short for."""
        return int.from_bytes(self.end[start : start + size].ljust(size, b"\0"), "big")

    def message(self) -> str | None:
        """Returns the message of the end frame; None for an empty one."""
        return text_of(self.end[_MESSAGE_AT[self.kind] :]) or None


def _damaged(code: int, message: str) -> StatusError:
    return StatusError.of(code, AOS_HTTP_IO_ERROR_CODE, message)


class _FramedBody:
    """Stands as ``write_body`` and ``user_data`` of a response, and gives the data to the ``write_body`` that was
    there."""

    def __init__(self, write: Callable[[aos_http_response_t, memoryview, int], int], may_be_raw: bool) -> None:
        self.write, self.may_be_raw, self.reader = write, may_be_raw, FrameReader()
        self.problem: str | None = None

    def is_raw(self, resp: aos_http_response_t) -> bool:
        """Tells whether the answer is data without frames."""
        asked = resp.headers.get(OSS_SELECT_OBJECT_OUTPUT_RAW) if self.may_be_raw and resp.headers is not None else None
        return bool(asked) and str(asked).lower().startswith("true")

    def __call__(self, resp: aos_http_response_t, buffer: bytes | bytearray | memoryview, len: int) -> int:
        chunk = memoryview(buffer)[:len]
        if self.is_raw(resp):
            return self.write(resp, chunk, len)
        try:
            for data in self.reader.feed(chunk):
                written = self.write(resp, data, data.nbytes)
                if written != data.nbytes:
                    return written
        except StatusError as error:
            self.problem = str(error)
            return error.status.code
        return len


def _read_frames(resp: aos_http_response_t | None, may_be_raw: bool) -> int:
    """Has the body of an answer read as frames; AOSE_OK."""
    if resp is not None and resp.type != BODY_IN_CALLBACK:
        inner = resp.write_body
        resp.write_body = body = _FramedBody(inner.write if isinstance(inner, _FramedBody) else inner, may_be_raw)
        resp.user_data = body
    return AOSE_OK


def _check_end(resp: aos_http_response_t | None, s: aos_status_t | None, error_code: str) -> FrameReader | None:
    """Makes ``s`` what the end frame says. Returns the reader when that is success."""
    body = resp.user_data if resp is not None else None
    if resp is None or s is None or not isinstance(body, _FramedBody):
        return None
    if body.problem is not None:
        s.error_msg = f"{s.error_msg}: {body.problem}"
    if not aos_status_is_ok(s) or body.is_raw(resp):
        return None
    reader = body.reader
    if not reader.ended:
        aos_status_set(s, AOSE_CONNECTION_FAILED, error_code, "the answer stopped before its end frame")
        return None
    code = (reader.number(8, 4) ^ 2**31) - 2**31  # a C int
    if not aos_http_is_ok(code):
        aos_status_set(s, code, error_code, reader.message() or f"the end frame says {code}, without a word")
        return None
    s.code = code
    return reader


def oss_init_select_object_read_response_body(p: aos_pool_t | None, resp: aos_http_response_t | None) -> int:
    """int oss_init_select_object_read_response_body(aos_pool_t *p, aos_http_response_t *resp)

    Lets only the data in the frames of an answer reach its body or file; called after ``resp`` has been told which. An
    answer with ``x-oss-select-output-raw: true`` has no frames. A body that goes to a callback is left as it is.
    Returns AOSE_OK.
    """
    return _read_frames(resp, may_be_raw=True)


def oss_check_select_object_status(resp: aos_http_response_t | None, s: aos_status_t | None) -> None:
    """void oss_check_select_object_status(aos_http_response_t *resp, aos_status_t *s)

    Makes ``s``, after a 2xx answer, what the end frame says: 200, or an error ``SelectObjectError``. An answer without
    an end frame is AOSE_CONNECTION_FAILED.
    """
    _check_end(resp, s, AOS_SELECT_OBJECT_ERROR)


def oss_init_create_select_object_meta_read_response_body(
    p: aos_pool_t | None, resp: aos_http_response_t | None
) -> int:
    """int oss_init_create_select_object_meta_read_response_body(aos_pool_t *p, aos_http_response_t *resp)

    Has the body of a create-meta answer read as frames. A body that goes to a callback is left as it is. Returns
    AOSE_OK.
    """
    return _read_frames(resp, may_be_raw=False)


def oss_check_create_select_object_meta_status(
    resp: aos_http_response_t | None, s: aos_status_t | None, meta_params: oss_select_object_meta_params_t | None
) -> None:
    """void oss_check_create_select_object_meta_status(aos_http_response_t *resp, aos_status_t *s,
        oss_select_object_meta_params_t *meta_params)

    Makes ``s``, after a 2xx answer, what the end frame says: 200, or an error ``CreateSelectObjectMetaError``. On
    success ``meta_params``, unless NULL, gets the counts of splits, rows and columns. An answer without an end frame is
    AOSE_CONNECTION_FAILED.

    :param meta_params: settings of the call; gets the counts
    """
    reader = _check_end(resp, s, AOS_CREATE_SELECT_OBJECT_META_ERROR)
    if reader is not None and meta_params is not None:
        meta_params.splits_count = reader.number(12, 4)
        meta_params.rows_count = reader.number(16, 8)
        meta_params.columns_count = reader.number(24, 4)


check_arguments(globals())
