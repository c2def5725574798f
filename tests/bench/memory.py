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

from tests.bench.shapes import MIB

BLOCK = 1 << 16
FOLD = 7
"""How much more than an object is needed: what is served, received and sent, each in a file of its own, and what the
kernel has on the way."""


@contextlib.contextmanager
def kept(size: int) -> Iterator[None]:
    """While inside, for an object of a size. Where there is not twice as much memory as is needed, or no such call,
    nothing is done."""
    needed = FOLD * size
    if not hasattr(mmap, "MADV_DONTNEED") or os.sysconf("SC_AVPHYS_PAGES") * mmap.PAGESIZE < 2 * needed:
        yield
        return
    with mmap.mmap(-1, needed, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS) as memory:
        if hasattr(mmap, "MADV_NOHUGEPAGE"):
            memory.madvise(mmap.MADV_NOHUGEPAGE)
        for _ in range(needed // MIB):
            memory.write(b"\1" * MIB)
        for block in range(0, needed, BLOCK):
            memory.madvise(mmap.MADV_DONTNEED, block + mmap.PAGESIZE, BLOCK - mmap.PAGESIZE)
        yield
