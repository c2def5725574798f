"""CRC-64 of objects, the only thing taken from the SDK: in pure Python a large object would take minutes."""

from __future__ import annotations

from aos.aos_crc64 import aos_crc64, aos_crc64_combine

__all__ = ["crc64", "crc64_combine"]

crc64_combine = aos_crc64_combine


def crc64(crc: int, data: bytes | bytearray | memoryview) -> int:
    """The CRC-64 of more data after that of which ``crc`` is the CRC-64; 0 at the beginning."""
    return aos_crc64(crc, data, len(data))
