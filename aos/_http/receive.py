"""The answer's side of an exchange: its head, and its body to memory, to a file or to the caller's function.

A body that goes to a file by the default writer takes the hot path: socket, CRC and file in one call of the C
extension, without the GIL; over TLS Python fills the same buffer and one call does CRC and file.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from aos import aos_http_io
from aos._http.connection import Lease
from aos._http.deadline import Expected
from aos._http.errors import NETWORK_ERRORS, ExchangeError
from aos._http.response import NOTHING, Response
from aos._native import PART_CANCELLED, PART_DONE, PART_EOF, PART_FILE, PART_STALLED, PartIO
from aos.aos_buf import FileError
from aos.aos_crc64 import aos_crc64
from aos.aos_define import *
from aos.aos_status import AOS_SELECT_OBJECT_CRC_ERROR

if TYPE_CHECKING:
    from aos.aos_buf import aos_file_buf_t
    from aos.aos_transport import aos_http_response_t, aos_http_transport_t

__all__ = ["receive", "Result", "take_head", "wanted"]

ERROR_BODY_LIMIT = 1 << 20
PROGRESS_STEP = 1 << 18


def take_head(resp: aos_http_response_t, answer: Response) -> None:
    """Status and headers."""
    resp.status, resp.etag = answer.status, answer.etag
    resp.headers.refill(answer.headers)
    if answer.length or answer.etag is not None:
        resp.content_length = answer.length or 0
        return
    length = apr_table_get(resp.headers, "Content-Length") or ""
    resp.content_length = int(length) if length.isascii() and length.isdigit() and len(length) < 19 else 0


class Result:
    """What became of one exchange, for the controller in the end."""

    __slots__ = ("code", "first_byte_time", "reason")

    def __init__(self) -> None:
        self.code, self.first_byte_time = AOSE_OK, 0
        self.reason: str | None = None


def receive(t: aos_http_transport_t, lease: Lease, answer: Response, what: object, result: Result) -> None:
    """The body. ``what`` begins every message."""
    resp = t.resp
    if answer.taken is not None:
        return _taken(resp, lease, answer, what, *answer.taken)
    if not 200 <= resp.status <= 299:
        return _error_to_memory(t.resp, answer, what, result)
    if _goes_to_file(resp) and _fits(resp.file_buf, answer):
        begun = answer.direct()
        if begun is not None:
            return _to_file(resp, lease, answer, what, begun)
    return _by_chunks(t, answer, what)


def _goes_to_file(resp: aos_http_response_t) -> bool:
    """To one that is open, by the default writer, whose work can be done in C."""
    by_default = resp.type == aos_http_io.BODY_IN_FILE and resp.write_body is aos_http_io.aos_write_http_body_file
    return by_default and resp.file_buf is not None


def _fits(file: aos_file_buf_t, answer: Response) -> bool:
    """Whether the body ends within what the file may hold; the default writer says so of one that does not."""
    return not 0 < file.file_last < file.file_pos + (answer.left or 0)


def _chunks(answer: Response, what: object) -> Iterator[bytes]:
    got = 0
    while True:
        try:
            data = answer.read()
        except NETWORK_ERRORS as error:
            raise ExchangeError.of(error, _short(what, got, answer.length), AOSE_CONNECTION_FAILED) from error
        if not data:
            break
        got += len(data)
        yield data
    if not answer.finished:
        raise ExchangeError(AOSE_CONNECTION_FAILED, str(_short(what, got, answer.length)))


class _short(NamedTuple):
    """The words for a body that ends early."""

    what: object
    got: int
    length: int | None

    def __str__(self) -> str:
        of = "" if self.length is None else f" of {self.length}"
        return f"{self.what}: the body was cut short, {self.got} bytes received{of}"


def _error_to_memory(resp: aos_http_response_t, answer: Response, what: object, result: Result) -> None:
    """The document that says what was wrong, as far as it comes and is of a sensible size.

    One that is cut short is no failure: the status is known, and tells more than the cut. The reason is still told.
    """
    try:
        for data in _chunks(answer, what):
            aos_http_io.aos_write_http_body_memory(resp, data, len(data))
            if resp.body_len >= ERROR_BODY_LIMIT:
                return
    except ExchangeError as cut:
        if cut.code != AOSE_CONNECTION_FAILED:
            raise
        result.reason = cut.reason


def _by_chunks(t: aos_http_transport_t, answer: Response, what: object) -> None:
    resp, limit = t.resp, t.controller.options.max_memory_size
    for data in _chunks(answer, what):
        if resp.type == aos_http_io.BODY_IN_MEMORY and resp.body_len + len(data) > limit:
            raise ExchangeError(
                AOSE_OVER_MEMORY,
                f"receive body too big, current body size: {resp.body_len}, max memory size: {limit}",
            )
        _write(resp, data, what)
        if resp.progress_callback is not None:
            resp.progress_callback(resp.body_len, resp.content_length)
        resp.crc64 = aos_crc64(resp.crc64, data, len(data))


def _write(resp: aos_http_response_t, data: bytes, what: object) -> None:
    if resp.write_body is aos_http_io.aos_write_http_body_file:
        try:
            aos_http_io.write_body_file(resp, data, len(data))
        except FileError as problem:
            raise ExchangeError(AOSE_WRITE_BODY_ERROR, f"write body failure. {problem}") from problem
        return
    written = resp.write_body(resp, data, len(data))
    if written == AOSE_SELECT_OBJECT_CRC_ERROR:
        raise ExchangeError(AOSE_SELECT_OBJECT_CRC_ERROR, f"{AOS_SELECT_OBJECT_CRC_ERROR}: {what}")
    if written < 0:
        raise ExchangeError(AOSE_WRITE_BODY_ERROR, f"write body failure. {what}: write_body gave {written}")


def _taken(resp: aos_http_response_t, lease: Lease, answer: Response, what: object, part: PartIO, result: int) -> None:
    """The body is in the file already, as far as it came."""
    resp.file_buf.file_pos += part.done
    resp.body_len, resp.crc64 = resp.body_len + part.done, part.crc
    if result != PART_DONE:
        raise _failed(result, part, lease, resp.file_buf.file.fname, _short(what, part.done, answer.length))


def wanted(resp: aos_http_response_t) -> Expected | None:
    """What the answer has to be for its body to go to the file without anyone looking at the head."""
    file = resp.file_buf
    if resp.expected is None or resp.progress_callback is not None or not _goes_to_file(resp):
        return None
    if file.file is None or file.file_last <= file.file_pos:
        return None
    return Expected(file.file.fd, file.file_pos, file.file_last - file.file_pos, resp.crc64, *resp.expected)


def _to_file(resp: aos_http_response_t, lease: Lease, answer: Response, what: object, begun: slice) -> None:
    """``begun``: where in the lease's buffer the body's first bytes are."""
    file, progress, got = resp.file_buf, resp.progress_callback, 0
    while answer.left:
        _still_ours(lease, what)
        step = min(answer.left, max(PROGRESS_STEP, begun.stop)) if progress is not None else answer.left
        io = PartIO(file.file_pos, step, resp.crc64, lease.watch.flag, lease.watch.rule, got, begun)
        try:
            if lease.plain:
                result = io.recv(lease.sock.fileno(), file.file.fd, lease.buffer)
            else:
                result = _move_tls(io, lease, file.file.fd, begun)
        except NETWORK_ERRORS as error:
            raise ExchangeError.of(error, _short(what, io.done, answer.length), AOSE_CONNECTION_FAILED) from error
        finally:
            moved, got, begun = io.done - got, io.done, NOTHING
            file.file_pos += moved
            resp.body_len += moved
            resp.crc64 = io.crc
            answer.left -= moved
        if result != PART_DONE:
            raise _failed(result, io, lease, file.file.fname, _short(what, got, answer.length))
        if progress is not None:
            progress(resp.body_len, resp.content_length)


def _still_ours(lease: Lease, what: object) -> None:
    """A progress function may have forked: the child does not go on."""
    try:
        lease.watch.check()
    except NETWORK_ERRORS as error:
        raise ExchangeError.of(error, what) from error


def _move_tls(io: PartIO, lease: Lease, fd: int, begun: slice) -> int:
    view, watch = lease.buffer.view, lease.watch
    result = io.write(fd, view[begun])
    while io.left and result == PART_DONE:
        filled = watch.fill(lease.sock, view[: min(io.left, len(view))])
        result = io.write(fd, view[:filled]) if filled else PART_EOF
    return result


def _failed(result: int, io: PartIO, lease: Lease, path: str | None, what: object) -> ExchangeError:
    if result == PART_FILE:
        return ExchangeError(AOSE_WRITE_BODY_ERROR, f"writing {path}: {os.strerror(io.errno)}")
    if result == PART_STALLED:
        return ExchangeError(AOSE_CONNECTION_FAILED, f"{what}: too slow, {lease.watch.stalled()}")
    if result == PART_CANCELLED:
        return ExchangeError(AOSE_ABORT_CALLBACK, f"{what}: {lease.watch.why}")
    return ExchangeError(
        AOSE_CONNECTION_FAILED, str(what) if result == PART_EOF else f"{what}: {os.strerror(io.errno)}"
    )
