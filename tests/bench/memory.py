"""Keeps a virtual machine's memory where it is while transfers are measured.

A host may take back what its guest has free (the balloon's free page reporting), and then each new page costs up to
four times as much, now for one contender and now for another. It takes whole blocks. So all the memory a run needs is
touched once and given back but for a page in every block: what is free is in pieces that are not worth taking.
"""

from __future__ import annotations

import contextlib
import mmap
import os
from collections.abc import Iterator

from tests.bench.shapes import MIB, SIZE

BLOCK = 1 << 16
NEEDED = 7 * SIZE
"""What is served, received and sent, each in a file of its own, and what the kernel has on the way."""


@contextlib.contextmanager
def kept() -> Iterator[None]:
    """While inside. Where there is not twice as much memory as is needed, or no such call, nothing is done."""
    if not hasattr(mmap, "MADV_DONTNEED") or os.sysconf("SC_AVPHYS_PAGES") * mmap.PAGESIZE < 2 * NEEDED:
        yield
        return
    with mmap.mmap(-1, NEEDED, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS) as memory:
        if hasattr(mmap, "MADV_NOHUGEPAGE"):
            memory.madvise(mmap.MADV_NOHUGEPAGE)
        for _ in range(NEEDED // MIB):
            memory.write(b"\1" * MIB)
        for block in range(0, NEEDED, BLOCK):
            memory.madvise(mmap.MADV_DONTNEED, block + mmap.PAGESIZE, BLOCK - mmap.PAGESIZE)
        yield
