"""CRC-64 of objects. The one thing taken from the SDK: in pure Python a large object would take minutes."""

from aos._native import crc64, crc64_combine

__all__ = ["crc64", "crc64_combine"]
