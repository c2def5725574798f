"""Waiting for other threads and processes, without an assumption about how fast the machine is."""

from __future__ import annotations

import time
from collections.abc import Callable

__all__ = ["PATIENCE", "until"]

PATIENCE = 60.0
"""Seconds after which something counts as hanging, on however busy a machine."""


def until(condition: Callable[[], object]) -> None:
    """Waits until ``condition()`` is true. AssertionError after PATIENCE seconds."""
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.01)
