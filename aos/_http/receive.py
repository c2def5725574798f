"""The answer's side of an exchange: its head, and its body to memory, to a file or to the caller's function.

A body that goes to a file by the default writer takes the hot path: socket, CRC and file in one call of the C
extension, without the GIL; over TLS Python fills the same buffer and one call does CRC and file.
"""

from __future__ import annotations

from collections.abc import Iterator

from aos._http.bodies import aos_write_http_body_file, aos_write_http_body_memory, write_body_file
from aos._http.connection import Connection
from aos._http.deadline import Deadline
from aos._http.errors import NETWORK_ERRORS, CutShort, ExchangeError
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

__all__ = ["Result", "receive", "take_head"]

ERROR_BODY_LIMIT = 1 << 20
PROGRESS_STEP = 1 << 18


def take_head(resp: aos_http_response_t, answer: Response) -> None:
    """Status and headers."""
    resp.status = answer.status
    resp.headers.clear()
    resp.headers.extend(answer.headers)
    if answer.length:
        resp.content_length = answer.length
        return
    length = apr_table_get(resp.headers, "Content-Length") or ""
    resp.content_length = int(length) if length.isascii() and length.isdigit() and len(length) < 19 else 0


class Result:
    """What became of one exchange, for the controller in the end."""

    __slots__ = ("code", "first_byte_time", "reason")

    def __init__(self) -> None:
        self.code, self.first_byte_time = AOSE_OK, 0
        self.reason: str | None = None


def receive(
    resp: aos_http_response_t, limit: int, connection: Connection, answer: Response, what: object, result: Result
) -> None:
    """Receives the body: in memory at most ``limit`` bytes of it. ``what`` begins every message."""
    if not 200 <= resp.status <= 299:
        return _error_to_memory(resp, answer, what, result)
    if _goes_to_file(resp) and _fits(resp.file_buf, answer):
        first = answer.direct()
        if first is not None:
            return _to_file(resp, connection, answer, what, first)
    return _by_chunks(resp, limit, answer, what)


def _goes_to_file(resp: aos_http_response_t) -> bool:
    """To one that is open, by the default writer, whose work can be done in C."""
    by_default = resp.type == BODY_IN_FILE and resp.write_body is aos_write_http_body_file
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
            raise ExchangeError.of(error, CutShort(what, got, answer.length), AOSE_CONNECTION_FAILED) from error
        if not data:
            break
        got += len(data)
        yield data
    if not answer.finished:
        raise ExchangeError(AOSE_CONNECTION_FAILED, str(CutShort(what, got, answer.length)))


def _error_to_memory(resp: aos_http_response_t, answer: Response, what: object, result: Result) -> None:
    """The document that says what was wrong, as far as it comes and is of a sensible size.

    One that is cut short is no failure: the status is known, and tells more than the cut. The reason is still told.
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
    """Moves the body from the socket to the file; ``first``: where in the connection's buffer its first bytes are."""
    file, progress, got, deadline = resp.file_buf, resp.progress_callback, 0, connection.deadline
    while answer.left:
        _still_ours(deadline, what)
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


def _still_ours(deadline: Deadline, what: object) -> None:
    """Raises in a child that a progress function has forked: it does not go on."""
    try:
        deadline.check()
    except NETWORK_ERRORS as error:
        raise ExchangeError.of(error, what) from error
