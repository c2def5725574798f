"""How every command-line program of the project begins and ends."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable

__all__ = ["end"]

PIPE_CLOSED = 141
"""The exit status that a shell reports for a program ended by SIGPIPE."""


def end(main: Callable[[], int]) -> None:
    """Runs ``main`` and exits with its status, also when standard output is closed.

    A reader that stops early (``| head``) is not reported as an error; a full disk is.
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
    """Replaces each closed standard stream (``>&-``) by the null device, so that no file gets its descriptor."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_RDWR), mode))


def _discard_output() -> None:
    """Redirects standard output to the null device, as the interpreter would fail again when it flushes at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
