"""The limit of the time to connect, which all steps on the way to a connection share."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from typing import Any, TypeVar

from aos._http.cancel import TICK
from aos._http.deadline import Deadline
from aos._http.errors import NotInTime

__all__ = ["TimeLimit"]

T = TypeVar("T")


class TimeLimit:
    """Limit of the time to connect: ``connect_timeout`` seconds, and a deadline that may be cancelled before."""

    def __init__(self, deadline: Deadline, seconds: float | None) -> None:
        """Starts the clock; ``seconds`` None means no limit."""
        self.deadline = deadline
        self._end = None if seconds is None else time.monotonic() + seconds

    def tick(self, at_most: float = TICK) -> float:
        """Returns how many seconds to wait before the next call, ``at_most`` so many. NotInTime, CancelledError."""
        self.deadline.check()
        if self._end is None:
            return at_most
        left = self._end - time.monotonic()
        if left <= 0:
            raise NotInTime()
        return min(left, at_most)

    def wait_for(self, move: Callable[..., T], *args: Any) -> T:
        """Returns what ``move(*args)`` returns, which is called again whenever a socket's timeout of TICK ends it."""
        while True:
            self.tick()
            with contextlib.suppress(TimeoutError):
                return move(*args)
