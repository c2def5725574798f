"""Expectations that are not one value: any text that fits a pattern, one of several values."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

__all__ = ["ANYTHING", "ANY_TEXT", "a_text", "Fits", "one_of"]


@dataclass(frozen=True)
class Fits:
    """An expectation that any value meets which ``test`` accepts."""

    what: str
    test: Callable[[Any], bool]

    def __repr__(self) -> str:
        return f"<{self.what}>"


ANYTHING = Fits("anything", lambda value: True)
ANY_TEXT = Fits("some text", lambda value: isinstance(value, str) and value != "")


def a_text(pattern: str) -> Fits:
    return Fits(f"a text like {pattern}", lambda value: isinstance(value, str) and bool(re.search(pattern, value)))


def one_of(*values: Any) -> Fits:
    return Fits(f"one of {values}", lambda value: value in values)
