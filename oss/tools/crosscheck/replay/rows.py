"""What a row of the table of differences is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

__all__ = ["Case", "Difference"]

Case = dict[str, Any]


@dataclass(frozen=True)
class Difference:
    """A row: ``adjust`` changes the expectation; ``instead`` replaces the comparison and gives the problems."""

    name: str
    when: Callable[[Case], bool]
    adjust: Callable[[Case, Any], None] | None = None
    instead: Callable[[Case, Any], list[str]] | None = None
