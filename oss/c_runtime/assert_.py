"""``assert.h``."""

from __future__ import annotations

import os
import sys

__all__ = ["assert_"]


def assert_(truth: object, expression: str) -> None:
    """Ends the program by SIGABRT where something is not true: what waits to be written is lost, as in C.

    :param truth: what must be true
    :param expression: how the program says it
    """
    if truth:
        return
    frame = sys._getframe(1)
    place = f"{frame.f_code.co_filename}:{frame.f_lineno}: {frame.f_code.co_name}"
    os.write(2, f"{sys.argv[0]}: {place}: Assertion `{expression}' failed.\n".encode("utf-8", "surrogateescape"))
    os.abort()
