"""The beginning and the end of a command-line program, the same for all of them."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable

__all__ = ["end"]

PIPE_CLOSED = 141
"""What a shell tells of a program that SIGPIPE ended."""


def end(main: Callable[[], int]) -> None:
    """Runs ``main`` and leaves with its status, also where its output has nowhere to go.

    A reader that has had enough (``| head``) is no error to be told of; a full disk is.
    """
    _open_what_is_closed()
    try:
        status = main()
        sys.stdout.flush()
    except BrokenPipeError:
        status = PIPE_CLOSED
        _discard_output()
    except OSError as error:
        status = 1
        _discard_output()
        with contextlib.suppress(OSError):
            print(f"{error.filename or 'standard output'}: {error.strerror or error}", file=sys.stderr)
    sys.exit(status)


def _open_what_is_closed() -> None:
    """Makes a stream that is closed (``>&-``) the null device, so that no file takes its place."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_RDWR), mode))


def _discard_output() -> None:
    """Lets what is still to be written go nowhere, as the interpreter would fail at it again at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
