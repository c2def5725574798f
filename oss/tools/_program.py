"""The end of a command-line program, the same for all of the tools."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

__all__ = ["end"]

PIPE_CLOSED = 141
"""What a shell tells of a program that SIGPIPE ended."""


def end(main: Callable[[], int]) -> None:
    """Runs ``main`` and leaves with its status; a reader that has had enough (``| head``) is no error to be told of."""
    try:
        status = main()
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # so that nothing is flushed into it at the end
        status = PIPE_CLOSED
    sys.exit(status)
