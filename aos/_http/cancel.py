"""How a call that waits is ended: by another thread, by a fork, or by the stall rule."""

from __future__ import annotations

__all__ = ["CANCELLED", "FORKED", "TICK", "CancelledError", "StalledError"]

TICK = 0.25
"""Seconds after which a waiting thread looks up."""

CANCELLED = "cancelled"
FORKED = "this process was forked during the call, which goes on in its parent"


class CancelledError(Exception):
    """The transfer was cancelled from another thread, or belongs to another process."""


class StalledError(Exception):
    """The transfer was slower than the stall rule allows."""
