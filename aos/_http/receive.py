"""Receiving an answer: its head, and its body to memory, to a file or to the caller's function.

A body that the default writer writes to a file is moved without the GIL: one call of the C extension receives it,
computes its CRC64 and writes it. Over TLS Python receives, and C computes and writes.
"""

from __future__ import annotations

from collections.abc import Iterator

from aos._http.bodies import aos_write_http_body_file, aos_write_http_body_memory, write_body_file
from aos._http.connection import Connection
from aos._http.deadline import Deadline
from aos._http.errors import NETWORK_ERRORS, CutShort, ExchangeError
from aos._http.head import LENGTH
from aos._http.response import NOTHING, Response
from aos._http.types import BODY_IN_FILE, BODY_IN_MEMORY, aos_http_response_t
from aos._native import PART_DONE, PartIO
from aos.aos_buf import FileError, aos_file_buf_t
from aos.aos_crc64 import aos_crc64
from aos.aos_define import (
    AOSE_CONNECTION_FAILED,
    AOSE_OK,
    AOSE_OVER_MEMORY,
    AOSE_SELECT_OBJECT_CRC_ERROR,
    AOSE_WRITE_BODY_ERROR,
)
from aos.aos_status import AOS_SELECT_OBJECT_CRC_ERROR
from aos.apr_tables import apr_table_get

__all__ = ["Result", "receive", "fill_head"]

ERROR_BODY_LIMIT = 1 << 20
"""Bytes of an error answer's body that are kept."""
PROGRESS_STEP = 1 << 18
"""Bytes between two calls of a progress function, where C moves the body."""


def fill_head(resp: aos_http_response_t, answer: Response) -> None:
    """Copies status, headers and content length of an answer to ``resp``."""
    resp.status = answer.status
    resp.headers.clear()
    resp.headers.extend(answer.headers)
    if answer.length:
        resp.content_length = answer.length
        return
    length = apr_table_get(resp.headers, "Content-Length") or ""
    resp.content_length = int(length) if LENGTH.fullmatch(length) else 0


class Result:
    """Result of one exchange, which the controller gets at its end; ``first_byte_time`` is in microseconds."""

    __slots__ = ("code", "first_byte_time", "reason")

    def __init__(self) -> None:
        self.code, self.first_byte_time = AOSE_OK, 0
        self.reason: str | None = None


def receive(
    resp: aos_http_response_t, limit: int, connection: Connection, answer: Response, what: object, result: Result
) -> None:
    """Receives the body of an answer as ``resp`` asks for it; to memory at most ``limit`` bytes. ``what``, method and
    URL, begins every error text. ExchangeError."""
    if not 200 <= resp.status <= 299:
        return _error_to_memory(resp, answer, what, result)
    if _goes_to_file(resp) and _fits(resp.file_buf, answer):
        first = answer.take_buffered()
        if first is not None:
            return _to_file(resp, connection, answer, what, first)
    return _by_chunks(resp, limit, answer, what)


def _goes_to_file(resp: aos_http_response_t) -> bool:
    """Tells whether the default writer would write the body to a file that is open, which C can do in its place."""
    by_default = resp.type == BODY_IN_FILE and resp.write_body is aos_write_http_body_file
    return by_default and resp.file_buf is not None


def _fits(file: aos_file_buf_t, answer: Response) -> bool:
    """Tells whether a body of known length ends before ``file_last``; the default writer refuses one that does not."""
    return not 0 < file.file_last < file.file_pos + (answer.left or 0)


def _chunks(answer: Response, what: object) -> Iterator[bytes]:
    """Yields the body of an answer. ExchangeError where it is cut short."""
    got = 0
    while True:
        try:
            data = answer.read()
        except NETWORK_ERRORS as error:
            raise ExchangeError.of(error, CutShort(what, got, answer.length), AOSE_CONNECTION_FAILED) from error
        if not data:
            break
        got += len(data)
        yield data
    if not answer.finished:
        raise ExchangeError(AOSE_CONNECTION_FAILED, str(CutShort(what, got, answer.length)))


def _error_to_memory(resp: aos_http_response_t, answer: Response, what: object, result: Result) -> None:
    """Receives the body of an error answer to memory, up to about ERROR_BODY_LIMIT bytes of it.

    A body that is cut short only gives ``result`` its reason, and is no failure: the status says more.
    """
    try:
        for data in _chunks(answer, what):
            aos_write_http_body_memory(resp, data, len(data))
            if resp.body_len >= ERROR_BODY_LIMIT:
                return
    except ExchangeError as cut:
        if cut.code != AOSE_CONNECTION_FAILED:
            raise
        result.reason = cut.reason


def _by_chunks(resp: aos_http_response_t, limit: int, answer: Response, what: object) -> None:
    """Receives the body of an answer by ``resp.write_body``, with progress and CRC64."""
    for data in _chunks(answer, what):
        if resp.type == BODY_IN_MEMORY and resp.body_len + len(data) > limit:
            raise ExchangeError(
                AOSE_OVER_MEMORY,
                f"receive body too big, current body size: {resp.body_len}, max memory size: {limit}",
            )
        _write(resp, data, what)
        if resp.progress_callback is not None:
            resp.progress_callback(resp.body_len, resp.content_length)
        resp.crc64 = aos_crc64(resp.crc64, data, len(data))


def _write(resp: aos_http_response_t, data: bytes, what: object) -> None:
    """Gives ``data`` to ``resp.write_body``. ExchangeError where that fails."""
    if resp.write_body is aos_write_http_body_file:
        try:
            write_body_file(resp, data, len(data))
        except FileError as problem:
            raise ExchangeError(AOSE_WRITE_BODY_ERROR, f"write body failure. {problem}") from problem
        return
    written = resp.write_body(resp, data, len(data))
    if written == AOSE_SELECT_OBJECT_CRC_ERROR:
        raise ExchangeError(AOSE_SELECT_OBJECT_CRC_ERROR, f"{AOS_SELECT_OBJECT_CRC_ERROR}: {what}")
    if written < 0:
        raise ExchangeError(AOSE_WRITE_BODY_ERROR, f"write body failure. {what}: write_body gave {written}")


def _to_file(resp: aos_http_response_t, connection: Connection, answer: Response, what: object, first: slice) -> None:
    """Moves the body of an answer from the socket to the file of ``resp``; ``first`` says where in the connection's
    buffer its first bytes are."""
    file, progress, got, deadline = resp.file_buf, resp.progress_callback, 0, connection.deadline
    while answer.left:
        _check_not_cancelled(deadline, what)
        step = min(answer.left, max(PROGRESS_STEP, first.stop)) if progress is not None else answer.left
        io = PartIO(file.file_pos, step, resp.crc64, deadline.flag, deadline.rule, got, first)
        try:
            if connection.plain:
                result = io.recv(connection.sock.fileno(), file.file.fd, connection.buffer)
            else:
                result = deadline.recv_to_file(io, connection.sock, file.file.fd, connection.buffer, first)
        except NETWORK_ERRORS as error:
            raise ExchangeError.of(error, CutShort(what, io.done, answer.length), AOSE_CONNECTION_FAILED) from error
        finally:
            moved, got, first = io.done - got, io.done, NOTHING
            file.file_pos += moved
            resp.body_len += moved
            resp.crc64 = io.crc
            answer.left -= moved
        if result != PART_DONE:
            raise deadline.failure(result, io, file.file.fname, CutShort(what, got, answer.length))
        if progress is not None:
            progress(resp.body_len, resp.content_length)


def _check_not_cancelled(deadline: Deadline, what: object) -> None:
    """Raises ExchangeError where the transfer was cancelled, or a progress function has forked this process."""
    try:
        deadline.check()
    except NETWORK_ERRORS as error:
        raise ExchangeError.of(error, what) from error
