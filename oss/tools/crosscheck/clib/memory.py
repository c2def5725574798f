"""Reads memory through pointers of a C library that may be invalid: fields never set, memory already freed."""

from __future__ import annotations

import os
from typing import Any

__all__ = ["FILLER", "CMemory"]

FILLER = 0xA5
"""The byte with which the memory of a call is filled beforehand, so that a field still holding it was never set."""
PAGE = 4096
LONGEST = 1 << 26


class CMemory:
    """The memory of this process; where the system has ``/proc/self/mem``, an invalid pointer is no crash."""

    def __init__(self, ffi: Any) -> None:
        self._ffi = ffi
        try:
            self._file: int | None = os.open("/proc/self/mem", os.O_RDONLY)
        except OSError:
            self._file = None

    def unwritten(self, pointer: Any) -> bool:
        return bool(int(self._ffi.cast("uintptr_t", pointer)) == int.from_bytes(bytes([FILLER]) * 8, "little"))

    def bytes_at(self, pointer: Any, size: int) -> bytes | None:
        """``size`` bytes from a pointer; None when it does not lead to so many."""
        if not pointer or not 0 <= size <= LONGEST or self.unwritten(pointer):
            return None
        if self._file is None:
            return bytes(self._ffi.buffer(self._ffi.cast("char *", pointer), size))
        try:
            data = os.pread(self._file, size, int(self._ffi.cast("uintptr_t", pointer)))
        except (OSError, OverflowError):
            return None
        return data if len(data) == size else None

    def text_at(self, pointer: Any) -> str | None:
        """The text that a pointer leads to, up to its NUL; None when it leads to none."""
        found = b""
        while b"\0" not in found:
            address = int(self._ffi.cast("uintptr_t", pointer)) + len(found)
            more = self.bytes_at(self._ffi.cast("char *", address), PAGE - address % PAGE) if pointer else None
            if more is None or len(found) > LONGEST:
                return None
            found += more
        return found.partition(b"\0")[0].decode("utf-8", "surrogateescape")
