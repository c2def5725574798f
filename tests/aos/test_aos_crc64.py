"""Checksums."""

from __future__ import annotations

import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aos.aos_crc64 import aos_crc32, aos_crc64, aos_crc64_combine, aos_crc64_test


def test_vectors() -> None:
    assert aos_crc64(0, "123456789", 9) == 0x995DC9BBDF1939FA
    assert aos_crc64_test(0, b"123456789", 9, 0) == aos_crc64_test(0, b"123456789", 9, 1) == 0x995DC9BBDF1939FA
    assert aos_crc32(0, "123456789", 9) == 0xCBF43926


@given(st.binary(max_size=300), st.binary(max_size=300))
def test_running_and_combined(a: bytes, b: bytes) -> None:
    whole = aos_crc64(0, a + b, len(a + b))
    assert aos_crc64(aos_crc64(0, a, len(a)), bytearray(b), len(b)) == whole
    assert aos_crc64_combine(aos_crc64(0, a, len(a)), aos_crc64(0, b, len(b)), len(b)) == whole
    assert aos_crc32(aos_crc32(0, a, len(a)), memoryview(b), len(b)) == zlib.crc32(a + b)


def test_counts() -> None:
    assert aos_crc64(0, b"abc", 2) == aos_crc64(0, b"ab", 2)
    assert aos_crc64(5, b"", 0) == 5
    for count in (4, -1):
        with pytest.raises(ValueError, match="buf has 3 bytes"):
            aos_crc64(0, b"abc", count)
        with pytest.raises(ValueError, match="buf has 3 bytes"):
            aos_crc32(0, b"abc", count)
    with pytest.raises(TypeError):
        aos_crc64(0, b"abc", 1.0)  # type: ignore[arg-type]
