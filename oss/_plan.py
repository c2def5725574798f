"""How a transfer is cut into parts."""

from __future__ import annotations

__all__ = ["plan_t"]


class plan_t:
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
