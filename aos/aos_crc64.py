"""Checksums (``aos_crc64.h``): CRC-64/XZ as the service uses it, and zlib's CRC-32. Each continues a running value.

Different from the C SDK: ``aos_crc64_test`` gives the same value for either byte order.

What a parameter is, unless a function says otherwise:

:param crc: value to continue; 0 at the beginning
:param buf: bytes whose CRC is computed
:param len: how many bytes
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

from aos import _native, aos_define
from aos._c.args import view_of
from aos._c.contract import check_arguments
from aos._c.structs import index_of
from aos.aos_define import *

if not TYPE_CHECKING:  # a type checker follows the star imports, and cannot evaluate this
    __all__ = ["aos_crc32", "aos_crc64", "aos_crc64_combine", "aos_crc64_test"]
    __all__ += aos_define.__all__


def aos_crc64(crc: int, buf: bytes | bytearray | memoryview | str, len: int) -> int:
    """uint64_t aos_crc64(uint64_t crc, void *buf, size_t len)

    Returns the CRC of what ``crc`` stands for followed by ``len`` bytes of ``buf``; start with 0.
    """
    return _native.crc64(index_of(crc, "crc") & ULLONG_MAX, view_of(buf, len, "buf"))


def aos_crc64_combine(crc1: int, crc2: int, len2: int) -> int:
    """uint64_t aos_crc64_combine(uint64_t crc1, uint64_t crc2, uintmax_t len2)

    Returns the CRC of two blocks one after the other, from the CRC of each and the length of the second in bytes.

    :param crc1: CRC64 of the first piece
    :param crc2: CRC64 of the second piece
    :param len2: how many bytes the second piece has
    """
    return _native.crc64_combine(
        index_of(crc1, "crc1") & ULLONG_MAX, index_of(crc2, "crc2") & ULLONG_MAX, index_of(len2, "len2") & ULLONG_MAX
    )


def aos_crc32(crc: int, buf: bytes | bytearray | memoryview | str, bufLen: int) -> int:
    """uint32_t aos_crc32(uint32_t crc, const void *buf, size_t bufLen)

    Returns the CRC-32 of what ``crc`` stands for followed by ``bufLen`` bytes of ``buf``; start with 0.

    :param bufLen: how many bytes
    """
    return zlib.crc32(view_of(buf, bufLen, "buf"), index_of(crc, "crc") & 0xFFFFFFFF)


def aos_crc64_test(crc: int, buf: bytes | bytearray | memoryview | str, len: int, little: int) -> int:
    """uint64_t aos_crc64_test(uint64_t crc, void *buf, size_t len, int little)

    Returns the value of ``aos_crc64``, which is the same for either byte order.

    :param little: 1 for the little-endian way, 0 for the other; the value is the same here
    """
    return aos_crc64(crc, buf, len)


check_arguments(
    globals(),
    late=(
        "aos_crc64",
        "aos_crc64_combine",
    ),
)
