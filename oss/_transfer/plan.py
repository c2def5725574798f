"""What a transfer is asked to do, and how it is cut into parts."""

from __future__ import annotations

from typing import NamedTuple

from aos._native import CancelFlag
from aos.apr_tables import aos_table_t
from oss._call.api import Progress
from oss._define.structs import oss_request_options_t

__all__ = ["Plan", "TransferRequest"]


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


class Plan:
    """``size`` bytes in parts of ``part_size``, the last one shorter; at ``least`` so many parts."""

    __slots__ = ("least", "part_size", "size")

    def __init__(self, size: int, part_size: int, least: int = 0) -> None:
        self.size, self.part_size, self.least = size, part_size, least

    @property
    def count(self) -> int:
        return max(self.least, -(-self.size // self.part_size))

    def offset(self, index: int) -> int:
        return index * self.part_size

    def length(self, index: int) -> int:
        return min(self.part_size, self.size - index * self.part_size)
