"""``setjmp.h``: a jump out of functions, back to where ``setjmp`` was called.

``if (setjmp(env) == 0) first(); else second();`` is::

    jumped = 0
    while True:
        try:
            if jumped == 0:
                first()
            else:
                second()
            break
        except LongJump as jump:
            jumped = jump.to(env)
"""

from __future__ import annotations

from typing import NoReturn

__all__ = ["LongJump", "jmp_buf", "longjmp", "siglongjmp"]


class jmp_buf:
    """A place to jump back to."""

    def __copy__(self) -> jmp_buf:
        """Returns itself, for C hands on no copy of it."""
        return self


class LongJump(Exception):
    """A jump on its way."""

    def __init__(self, env: jmp_buf, value: int) -> None:
        super().__init__("a jump to a place that is not there any more")
        self.env, self.value = env, value

    def to(self, env: jmp_buf) -> int:
        """Returns what ``setjmp`` is to return; lets the jump go on where another place is meant.

        :param env: the place
        """
        if self.env is not env:
            raise self
        return self.value


def longjmp(env: jmp_buf, value: int) -> NoReturn:
    """Jumps.

    :param env: where to
    :param value: what ``setjmp`` returns there; 1 for 0
    """
    raise LongJump(env, value or 1)


siglongjmp = longjmp
