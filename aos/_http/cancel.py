"""How a call that waits is ended: by another thread, by a fork, or by the stall rule."""

from __future__ import annotations

__all__ = ["CANCELLED", "FORKED", "TICK", "cancelled_error", "stalled_error"]

TICK = 0.25
"""Seconds after which a waiting thread looks up."""

CANCELLED = "cancelled"
FORKED = "this process was forked during the call, which goes on in its parent"


class cancelled_error(Exception):
    """The transfer was cancelled from another thread, or belongs to another process."""


class stalled_error(Exception):
    """The transfer was slower than the stall rule allows."""
