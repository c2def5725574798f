"""One row of the table of documented differences."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

__all__ = ["Case", "Difference"]

Case = dict[str, Any]


@dataclass(frozen=True)
class Difference:
    """A documented difference. It applies to a case ``when``; ``adjust`` then changes what is expected, or ``instead``
    replaces the comparison and returns the problems."""

    name: str
    when: Callable[[Case], bool]
    adjust: Callable[[Case, Any], None] | None = None
    instead: Callable[[Case, Any], list[str]] | None = None
