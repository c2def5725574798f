"""The frames of select and create-meta answers, cut anywhere, and what becomes of broken ones."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aos.aos_define import (
    AOSE_CONNECTION_FAILED,
    AOSE_FILE_WRITE_ERROR,
    AOSE_OK,
    AOSE_SELECT_OBJECT_CRC_ERROR,
    AOSE_WRITE_BODY_ERROR,
    aos_table_t,
)
from aos.aos_status import aos_status_t
from aos.aos_transport import BODY_IN_CALLBACK, aos_http_response_t
from oss import oss_util
from oss._define.select import oss_select_object_meta_params_t
from oss.oss_util import (
    oss_check_create_select_object_meta_status,
    oss_check_select_object_status,
    oss_init_create_select_object_meta_read_response_body,
    oss_init_select_object_read_response_body,
)

DATA, CONTINUE, SELECT_END, META_END = 0x800001, 0x800004, 0x800005, 0x800006


def frame(kind: int, data: bytes, *, checksum: int | None = None, length: int | None = None, version: int = 1) -> bytes:
    payload = struct.pack(">Q", 7) + data
    head = struct.pack(">BB H I I", version, kind >> 16, kind & 0xFFFF, len(payload) if length is None else length, 0)
    return head + payload + struct.pack(">I", zlib.crc32(payload) if checksum is None else checksum)


def select_end(code: int = 200, message: bytes = b"") -> bytes:
    return frame(SELECT_END, struct.pack(">QI", 25, code) + message)


def meta_end(code: int = 200, message: bytes = b"") -> bytes:
    return frame(META_END, struct.pack(">QIIQI", 25, code, 3, 2**40, 5) + message)


class Answer:
    """A response whose body goes through the frame reader, and the status of its call."""

    def __init__(self, meta: bool = False, raw: str | None = None) -> None:
        self.body = bytearray()
        self.resp, self.s, self.params = aos_http_response_t(), aos_status_t(), oss_select_object_meta_params_t()
        self.resp.headers = aos_table_t()
        if raw is not None:
            self.resp.headers["x-oss-select-output-raw"] = raw
        self.resp.write_body = self.write
        self.meta, self.s.code = meta, 206
        if meta:
            oss_init_create_select_object_meta_read_response_body(None, self.resp)
        else:
            oss_init_select_object_read_response_body(None, self.resp)

    def write(self, resp: aos_http_response_t, buffer: memoryview, len: int) -> int:
        assert resp is self.resp
        self.body += buffer[:len]
        return len

    def feed(self, chunks: Sequence[bytes]) -> int:
        for chunk in chunks:
            written: int = self.resp.write_body(self.resp, chunk, len(chunk))
            if written != len(chunk):
                return written
        return 0

    def end(self) -> tuple[int, str | None, str | None]:
        if self.meta:
            oss_check_create_select_object_meta_status(self.resp, self.s, self.params)
        else:
            oss_check_select_object_status(self.resp, self.s)
        return self.s.code, self.s.error_code, self.s.error_msg


STREAM = frame(CONTINUE, b"") + frame(DATA, b"a,b\n") + frame(0x800009, b"??") + frame(DATA, b"c") + select_end()


@pytest.mark.parametrize("at", range(len(STREAM) + 1))
def test_frames_may_be_cut_anywhere(at: int) -> None:
    got = Answer()
    assert got.feed([STREAM[:at], STREAM[at:]]) == 0
    assert (bytes(got.body), got.end()) == (b"a,b\nc", (200, None, None))


def test_frames_may_come_byte_by_byte() -> None:
    got = Answer()
    assert got.feed([STREAM[at : at + 1] for at in range(len(STREAM))]) == 0
    assert (bytes(got.body), got.end()) == (b"a,b\nc", (200, None, None))


@settings(deadline=None)
@given(st.lists(st.binary(max_size=40), max_size=8), st.lists(st.integers(1, 50), min_size=1, max_size=9))
def test_any_data_in_any_chunks(pieces: list[bytes], sizes: list[int]) -> None:
    stream, at = b"".join(frame(DATA, piece) for piece in pieces) + select_end(), 0
    chunks: list[bytes] = []
    while at < len(stream):
        size = sizes[len(chunks) % len(sizes)]
        chunks.append(stream[at : at + size])
        at += size
    got = Answer()
    assert got.feed(chunks) == 0
    assert (bytes(got.body), got.end()) == (b"".join(pieces), (200, None, None))


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_at_all_do_no_more_than_fail(data: bytes) -> None:
    got = Answer()
    assert got.feed([data]) in (0, AOSE_WRITE_BODY_ERROR, AOSE_SELECT_OBJECT_CRC_ERROR)
    got.end()


def test_the_end_frame_gives_status_and_message() -> None:
    got = Answer()
    assert got.feed([frame(DATA, b"x") + select_end(400, "InvalidSql.é".encode())]) == 0
    assert got.end() == (400, "SelectObjectError", "InvalidSql.é")


def test_a_long_message_is_kept() -> None:
    got = Answer()
    got.feed([select_end(400, b"M" * 5000)])
    assert got.end()[2] == "M" * 5000


def test_a_partial_result_is_its_own_status() -> None:
    got = Answer()
    got.feed([select_end(206)])
    assert got.end() == (206, None, None)


def test_an_end_code_that_is_no_http_status_stays_an_int() -> None:
    got = Answer()
    got.feed([select_end(2**32 - 1)])
    assert got.end() == (-1, "SelectObjectError", "the end frame says -1, without a word")


@pytest.mark.parametrize("meta", [False, True])
@pytest.mark.parametrize("keep", [0, 30, len(frame(DATA, b"x"))])
def test_an_answer_without_its_end_frame_is_an_error(meta: bool, keep: int) -> None:
    got = Answer(meta)
    got.feed([(frame(DATA, b"x") + meta_end())[:keep]])
    code, error_code, error_msg = got.end()
    assert (code, error_msg) == (AOSE_CONNECTION_FAILED, "the answer stopped before its end frame")
    assert error_code == ("CreateSelectObjectMetaError" if meta else "SelectObjectError")


def test_an_end_frame_cut_in_its_checksum_does_not_count() -> None:
    got = Answer()
    got.feed([select_end()[:-1]])
    assert got.end()[0] == AOSE_CONNECTION_FAILED


def test_a_wrong_checksum_stops_the_body() -> None:
    got = Answer()
    assert got.feed([frame(DATA, b"good"), frame(DATA, b"bad", checksum=1)]) == AOSE_SELECT_OBJECT_CRC_ERROR
    assert Answer().feed([select_end()[:-4] + b"\0\0\0\1"]) == AOSE_SELECT_OBJECT_CRC_ERROR


def test_a_checksum_of_zero_means_none() -> None:
    got = Answer()
    assert got.feed([frame(DATA, b"x", checksum=0), select_end()]) == 0
    assert got.end()[0] == 200


@pytest.mark.parametrize("length", [0, 7, 2**31, 2**32 - 1])
def test_a_frame_of_impossible_length_stops_the_body(length: int) -> None:
    assert Answer().feed([frame(DATA, b"", length=length)]) == AOSE_WRITE_BODY_ERROR


def test_nothing_counts_after_the_end_frame() -> None:
    got = Answer()
    assert got.feed([select_end() + b"trailing", frame(DATA, b"late")]) == 0
    assert (bytes(got.body), got.end()[0]) == (b"", 200)


def test_the_version_does_not_matter() -> None:
    got = Answer()
    got.feed([frame(DATA, b"x", version=2) + select_end()])
    assert (bytes(got.body), got.end()[0]) == (b"x", 200)


def test_a_body_that_cannot_be_written_stops() -> None:
    got = Answer()
    got.resp.write_body = lambda resp, buffer, len: AOSE_FILE_WRITE_ERROR
    oss_init_select_object_read_response_body(None, got.resp)
    assert got.feed([frame(DATA, b"x")]) == AOSE_FILE_WRITE_ERROR


@pytest.mark.parametrize("raw", ["true", "TRUE", "TrueX"])
def test_a_raw_answer_is_the_data(raw: str) -> None:
    got = Answer(raw=raw)
    assert got.feed([b"a,", b"b\n"]) == 0
    assert (bytes(got.body), got.end()) == (b"a,b\n", (206, None, None))


def test_an_empty_raw_answer_is_an_empty_result() -> None:
    assert Answer(raw="true").end() == (206, None, None)


@pytest.mark.parametrize("raw", ["false", "yes", "", None])
def test_any_other_answer_is_framed(raw: str | None) -> None:
    got = Answer(raw=raw)
    got.feed([STREAM])
    assert bytes(got.body) == b"a,b\nc"


def test_meta_counts() -> None:
    got = Answer(meta=True, raw="true")
    assert got.feed([frame(CONTINUE, b"") + meta_end()]) == 0
    assert got.end() == (200, None, None)
    assert (got.params.splits_count, got.params.rows_count, got.params.columns_count) == (3, 2**40, 5)


def test_a_failed_meta_gives_its_message_and_no_counts() -> None:
    got = Answer(meta=True)
    got.feed([meta_end(400, b"bad csv")])
    assert got.end() == (400, "CreateSelectObjectMetaError", "bad csv")
    assert got.params.rows_count == 0


def test_a_select_end_in_a_meta_answer_counts_nothing() -> None:
    got = Answer(meta=True)
    got.feed([select_end()])
    assert (got.end()[0], got.params.splits_count) == (200, 0)


def test_a_failed_answer_keeps_its_status() -> None:
    got = Answer()
    got.s.code, got.s.error_code = 404, "NoSuchKey"
    assert got.end() == (404, "NoSuchKey", None)


def test_null_arguments_and_callbacks_are_left_alone() -> None:
    got = Answer()
    assert oss_init_select_object_read_response_body(None, None) == AOSE_OK
    oss_check_select_object_status(None, got.s)
    oss_check_select_object_status(got.resp, None)
    resp = aos_http_response_t()
    resp.type = BODY_IN_CALLBACK
    assert oss_init_select_object_read_response_body(None, resp) == AOSE_OK
    assert resp.user_data is None
    oss_check_create_select_object_meta_status(resp, got.s, None)
    assert got.s.code == 206


def test_meta_counts_may_be_unwanted() -> None:
    got = Answer(meta=True)
    got.feed([meta_end()])
    oss_check_create_select_object_meta_status(got.resp, got.s, None)
    assert got.s.code == 200


def test_preparing_a_response_again_starts_again() -> None:
    got = Answer()
    got.feed([frame(DATA, b"lost")[:25]])
    oss_init_select_object_read_response_body(None, got.resp)
    assert got.feed([STREAM]) == 0
    assert bytes(got.body).endswith(b"a,b\nc")


def test_programs_take_the_functions_from_oss_util() -> None:
    assert "oss_check_select_object_status" in vars(oss_util)["__all__"]
