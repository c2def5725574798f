"""The result of one replayed case."""

from __future__ import annotations

from dataclasses import dataclass, field

from aos._c.redact import escaped

__all__ = ["Verdict"]


@dataclass
class Verdict:
    """Result of one case: ``problems`` is what no documented difference explains."""

    case: str
    function: str
    problems: list[str] = field(default_factory=list)
    rules: list[str] = field(default_factory=list)
    missing: bool = False
    unplayable: bool = False

    def __str__(self) -> str:
        return "\n    ".join(map(escaped, [f"{self.case} ({self.function})", *self.problems]))
