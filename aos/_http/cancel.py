"""The reasons for which a waiting call ends early: another thread's cancel, a fork, or the stall rule."""

from __future__ import annotations

__all__ = ["CANCELLED", "FORKED", "TICK", "CancelledError", "StalledError"]

TICK = 0.25
"""Seconds between the moments at which a waiting thread checks its cancel flag and the stall rule."""

CANCELLED = "cancelled"
FORKED = "this process was forked during the call, which goes on in its parent"


class CancelledError(Exception):
    """The transfer was cancelled from another thread, or belongs to another process."""


class StalledError(Exception):
    """The transfer was slower than the stall rule allows: libcurl's, by ``speed_limit`` and ``speed_time``."""
