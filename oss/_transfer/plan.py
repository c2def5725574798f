"""What a transfer is asked to do, how it is cut into parts, and what becomes of each."""

from __future__ import annotations

from typing import NamedTuple

from aos._native import CancelFlag
from aos.aos_status import aos_status_t
from aos.apr_tables import aos_table_t
from oss._call.api import Progress
from oss._define.structs import oss_request_options_t

__all__ = ["Outcome", "Part", "Plan", "TransferRequest"]


class TransferRequest(NamedTuple):
    """What the caller asked for; the same for both directions."""

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
    durable: bool = False
    verify_file: bool = False


class Part(NamedTuple):
    """Where a part lies, in the object and in the file alike; the first is number 0."""

    number: int
    offset: int
    length: int


class Outcome(NamedTuple):
    """What became of a part: ``status`` is None for one that is done."""

    number: int
    status: aos_status_t | None
    etag: str
    crc64: int


class Plan:
    """``size`` bytes in parts of ``part_size``, the last one shorter; at ``least`` so many parts."""

    __slots__ = ("least", "part_size", "size")

    def __init__(self, size: int, part_size: int, least: int = 0) -> None:
        self.size, self.part_size, self.least = size, part_size, least

    @property
    def count(self) -> int:
        """The number of parts."""
        return max(self.least, -(-self.size // self.part_size))

    def __getitem__(self, number: int) -> Part:
        offset = number * self.part_size
        return Part(number, offset, min(self.part_size, self.size - offset))
