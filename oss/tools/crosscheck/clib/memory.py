"""Reads texts of a C library whose pointers cannot be trusted: fields it never set, memory it gave back."""

from __future__ import annotations

import os
from typing import Any

__all__ = ["FILLER", "CMemory"]

FILLER = 0xA5
"""What memory holds that nobody has written to; see ``library``."""
PAGE = 4096
LONGEST = 1 << 26


class CMemory:
    """The memory of this process, read without a crash where the system allows that."""

    def __init__(self, ffi: Any) -> None:
        self._ffi = ffi
        try:
            self._file: int | None = os.open("/proc/self/mem", os.O_RDONLY)
        except OSError:
            self._file = None

    def unwritten(self, pointer: Any) -> bool:
        return bool(int(self._ffi.cast("uintptr_t", pointer)) == int.from_bytes(bytes([FILLER]) * 8, "little"))

    def bytes_at(self, pointer: Any, size: int) -> bytes | None:
        """``size`` bytes; None where there are none."""
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
        """A text up to its NUL."""
        found = b""
        while b"\0" not in found:
            address = int(self._ffi.cast("uintptr_t", pointer)) + len(found)
            more = self.bytes_at(self._ffi.cast("char *", address), PAGE - address % PAGE) if pointer else None
            if more is None or len(found) > LONGEST:
                return None
            found += more
        return found.partition(b"\0")[0].decode("utf-8", "surrogateescape")
