"""Buffers in memory and on disk."""

from __future__ import annotations

import copy
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aos.aos_buf import (
    AOSE_FILE_INFO_ERROR,
    AOSE_FILE_SEEK_ERROR,
    AOSE_OK,
    AOSE_OPEN_FILE_ERROR,
    aos_buf_append_string,
    aos_buf_list_content,
    aos_buf_list_len,
    aos_buf_pack,
    aos_buf_size,
    aos_buf_t,
    aos_create_buf,
    aos_create_file_buf,
    aos_list_add_tail,
    aos_list_empty,
    aos_list_init,
    aos_list_t,
    aos_open_file_for_all_read,
    aos_open_file_for_range_read,
    aos_open_file_for_read,
    aos_open_file_for_write,
    aos_open_file_for_write_notrunc,
    aos_pool_t,
)


def chain(*parts: bytes) -> aos_list_t:
    head = aos_list_t()
    aos_list_init(head)
    for part in parts:
        aos_list_add_tail(aos_buf_pack(None, part, len(part)).node, head)
    return head


def test_create_and_fill() -> None:
    b = aos_create_buf(None, 8)
    assert (b.start, b.pos, b.last, b.end, aos_buf_size(b)) == (0, 0, 0, 8, 0)
    b.data[b.last : b.last + 3] = b"abc"
    b.last += 3
    b.pos += 1
    assert (bytes(b), aos_buf_size(b), b.end - b.last) == (b"bc", 2, 5)
    assert aos_list_empty(b.node)


def test_pack_shares_the_bytes() -> None:
    data = bytearray(b"abcdef")
    b = aos_buf_pack(None, data, 4)
    data[0] = ord("X")
    assert (bytes(b), b.end) == (b"Xbcd", 4)
    assert bytes(aos_buf_pack(None, "é", 2)) == "é".encode()
    for size in (7, -1):
        with pytest.raises(ValueError, match="data has 6 bytes"):
            aos_buf_pack(None, data, size)


def test_a_copy_shares_the_memory_and_not_the_offsets() -> None:
    b = aos_buf_pack(None, bytearray(b"abc"), 3)
    twin = copy.copy(b)
    b.pos = 1
    b.data[2] = ord("X")
    assert (bytes(b), bytes(twin)) == (b"bX", b"abX")
    zero = aos_buf_t()
    assert (bytes(zero), zero.end, zero.node.owner is zero) == (b"", 0, True)


@given(st.lists(st.binary(max_size=20), max_size=5))
def test_lists(parts: list[bytes]) -> None:
    head = chain(*parts)
    assert aos_buf_list_len(head) == len(b"".join(parts))
    assert aos_buf_list_content(None, head).encode("utf-8", "surrogateescape") == b"".join(parts)


@given(st.lists(st.binary(min_size=1, max_size=200)), st.integers(0, 300))
def test_appending_keeps_what_is_there(parts: list[bytes], room: int) -> None:
    b = aos_create_buf(None, room)
    for part in parts:
        aos_buf_append_string(None, b, part, len(part))
        assert b.start <= b.pos <= b.last <= b.end == len(b.data)
    assert bytes(b) == b"".join(parts)


def test_appending_nothing_or_too_much() -> None:
    b = aos_create_buf(None, 1)
    aos_buf_append_string(None, b, "x", 0)
    aos_buf_append_string(None, b, "x", -1)
    assert aos_buf_size(b) == 0
    with pytest.raises(ValueError, match="str"):
        aos_buf_append_string(None, b, "x", 2)


@pytest.mark.parametrize(
    ("pos", "last", "expected"),
    [(0, 99, (0, 10)), (3, 7, (3, 7)), (-5, 10, (0, 10)), (50, 60, (10, 10)), (2, 1, (2, 1))],
)
def test_ranges_are_clamped(tmp_path: Path, pos: int, last: int, expected: tuple[int, int]) -> None:
    path = tmp_path / "f"
    path.write_bytes(b"0123456789")
    fb = aos_create_file_buf(None)
    assert aos_open_file_for_range_read(None, path, pos, last, fb) == AOSE_OK
    with fb.file:
        assert ((fb.file_pos, fb.file_last), fb.owner) == (expected, 1)
        assert os.lseek(fb.file.fd, 0, os.SEEK_CUR) == expected[0]


def test_reading_all(tmp_path: Path) -> None:
    path = tmp_path / "f"
    path.write_bytes(b"abc")
    for function in (aos_open_file_for_read, aos_open_file_for_all_read):
        fb = aos_create_file_buf(None)
        with aos_pool_t() as pool:
            assert function(pool, path, fb) == AOSE_OK
            assert (fb.file_pos, fb.file_last, os.read(fb.file.fd, 9)) == (0, 3, b"abc")
        assert fb.file.fd == -1


def test_writing(tmp_path: Path) -> None:
    path, fb = tmp_path / "f", aos_create_file_buf(None)
    assert aos_open_file_for_write(None, path, fb) == AOSE_OK
    with fb.file:
        os.write(fb.file.fd, b"abcdef")
    assert aos_open_file_for_write_notrunc(None, path, fb) == AOSE_OK
    with fb.file:
        os.write(fb.file.fd, b"X")
    assert path.read_bytes() == b"Xbcdef"
    assert aos_open_file_for_write(None, path, fb) == AOSE_OK
    fb.file.close()
    assert path.read_bytes() == b""


@pytest.mark.parametrize("path", ["absent/f", None, "a\0b"])
def test_what_cannot_be_opened(tmp_path: Path, path: str | None) -> None:
    where = path if path is None else os.path.join(tmp_path, path)
    for function in (aos_open_file_for_read, aos_open_file_for_write, aos_open_file_for_write_notrunc):
        fb = aos_create_file_buf(None)
        assert function(None, where, fb) == AOSE_OPEN_FILE_ERROR
        assert not fb.file and fb.owner == 0
    assert aos_open_file_for_range_read(None, where, 0, 1, fb) == AOSE_OPEN_FILE_ERROR


def test_what_has_no_positions_has_no_ranges(tmp_path: Path) -> None:
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    other_end = os.open(fifo, os.O_RDWR)
    try:
        assert aos_open_file_for_range_read(None, fifo, 0, 1, aos_create_file_buf(None)) == AOSE_FILE_SEEK_ERROR
    finally:
        os.close(other_end)


def test_a_failing_stat_is_reported_and_closes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, opened, real_open = tmp_path / "f", list[int](), os.open
    path.touch()

    def remember(*args: object) -> int:
        opened.append(real_open(*args))  # type: ignore[arg-type]
        return opened[-1]

    def fail(fd: int) -> os.stat_result:
        raise OSError(5, "I/O error")

    with monkeypatch.context() as patch:
        patch.setattr(os, "open", remember)
        patch.setattr(os, "fstat", fail)
        status = aos_open_file_for_read(None, path, aos_create_file_buf(None))
    assert status == AOSE_FILE_INFO_ERROR
    with pytest.raises(OSError, match="Bad file"):
        os.fstat(opened[0])


@pytest.mark.parametrize("value", [1.5, None, "text", object(), [1]])
def test_the_memory_of_a_buffer_is_bytes(value: Any) -> None:
    buffer = aos_buf_pack(None, b"bytes", 5)
    with pytest.raises(TypeError, match=r"aos_buf_t\.data must be bytes-like"):
        buffer.data = value
    buffer.data = bytearray(b"other")
    assert bytes(buffer) == b"other"
