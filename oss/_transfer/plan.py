"""Plan of a transfer: what the caller asks for, how it is divided into parts, and the outcome of each part."""

from __future__ import annotations

from typing import NamedTuple

from aos._native import CancelFlag
from aos.aos_status import aos_status_t
from aos.apr_tables import aos_table_t
from oss._call.api import Progress
from oss._define.structs import oss_request_options_t

__all__ = ["Outcome", "Part", "Plan", "TransferRequest"]


class TransferRequest(NamedTuple):
    """Arguments of an upload or a download. ``checkpoint_path`` is None without a checkpoint; setting ``flag`` cancels
    the transfer; ``retry_times`` counts the tries after the first one of each request, and
    ``parts_per_request`` limits the parts that a download asks for at once."""

    options: oss_request_options_t
    bucket: str
    object: str
    filepath: str
    headers: aos_table_t | None
    params: aos_table_t | None
    thread_num: int
    part_size: int
    checkpoint_path: str | None
    progress_callback: Progress | None
    flag: CancelFlag
    retry_times: int = 0
    parts_per_request: int = 1
    durable: bool = False
    verify_file: bool = False


class Part(NamedTuple):
    """Part of an object: its number, from 0 on, and its offset and length in bytes, which are the same in the file."""

    number: int
    offset: int
    length: int


class Outcome(NamedTuple):
    """Outcome of a part: ``status`` is that of the failure, None for a part that is finished."""

    number: int
    status: aos_status_t | None
    etag: str
    crc64: int


class Plan:
    """Division of ``size`` bytes into parts of ``part_size`` bytes, of which the last may be shorter, and at least
    ``min_count`` parts. ``plan[number]`` is a part."""

    __slots__ = ("min_count", "part_size", "size")

    def __init__(self, size: int, part_size: int, min_count: int = 0) -> None:
        self.size, self.part_size, self.min_count = size, part_size, min_count

    @property
    def count(self) -> int:
        """Number of parts."""
        return max(self.min_count, -(-self.size // self.part_size))

    def __getitem__(self, number: int) -> Part:
        offset = number * self.part_size
        return Part(number, offset, min(self.part_size, self.size - offset))

    def joined(self, begin: int, end: int) -> Part:
        """Returns the parts from ``begin`` up to ``end`` as one."""
        offset = begin * self.part_size
        return Part(begin, offset, min(end * self.part_size, self.size) - offset)
