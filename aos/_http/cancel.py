"""The reasons for which a waiting call ends early: another thread's cancel, a fork, or the stall rule."""

from __future__ import annotations

__all__ = ["CANCELLED", "FORKED", "TICK", "CancelledError", "StalledError"]

TICK = 0.25
"""Seconds between the moments at which a waiting thread checks its cancel flag and the stall rule."""

CANCELLED = "cancelled"
FORKED = "this process was forked during the call, which goes on in its parent"


class CancelledError(Exception):
    """Raised where the transfer was cancelled from another thread, or belongs to the process that forked this one."""


class StalledError(Exception):
    """Raised for a transfer that is slower than libcurl's stall rule allows: ``speed_limit`` over ``speed_time``."""
