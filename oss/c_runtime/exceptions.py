"""C++'s exceptions: ``catch (const std::exception &e)`` is ``except exception as e:``, ``e.what()`` is its text.

Other values are thrown as ``thrown.of("int")(42)``, and caught by ``except thrown.of("int") as e:``, ``e.value``.
One that nobody catches ends the program by SIGABRT, without what waits to be written, as C++ does.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Any, ClassVar, NoReturn

__all__ = [
    "bad_alloc",
    "bad_optional_access",
    "domain_error",
    "exception",
    "invalid_argument",
    "length_error",
    "logic_error",
    "out_of_range",
    "overflow_error",
    "range_error",
    "run_main",
    "runtime_error",
    "terminate",
    "thrown",
    "underflow_error",
]


class thrown(Exception):
    """What is thrown, but no exception of the library: a class of the program, or the ``value`` of another type."""

    _kinds: ClassVar[dict[str, type[thrown]]] = {}

    def __init__(self, value: object = None) -> None:
        super().__init__(value)
        self.value: Any = value

    @classmethod
    def of(cls, kind: str) -> type[thrown]:
        """Returns the class for values of a type of C++."""
        return cls._kinds.setdefault(kind, type(kind, (thrown,), {}))


def terminate(error: BaseException | None = None) -> NoReturn:
    """Ends the program by SIGABRT, as an exception that nobody catches does."""
    what = error.what() if isinstance(error, exception) else None
    print(
        f"terminate called after throwing an instance of '{type(error).__name__}'"
        if error is not None
        else "terminate called without an active exception",
        *([f"\n  what():  {what}"] if what is not None else []),
        file=sys.stderr,
        flush=True,
    )
    os.abort()


def run_main(main: Callable[..., int], *arguments: object) -> int:
    """Runs a program's ``main``; what it does not catch ends it before Python writes what waits."""
    try:
        return main(*arguments)
    except (exception, thrown) as error:
        terminate(error)


def _uncaught(kind: type[BaseException], error: BaseException | None, at: TracebackType | None) -> None:
    if issubclass(kind, (exception, thrown)):
        terminate(error)
    sys.__excepthook__(kind, error if error is not None else kind(), at)


def _uncaught_in_thread(found: threading.ExceptHookArgs) -> None:
    if issubclass(found.exc_type, SystemExit):
        return
    _uncaught(found.exc_type, found.exc_value, found.exc_traceback)


sys.excepthook = _uncaught
threading.excepthook = _uncaught_in_thread


class exception(Exception):
    """What every class of the library's exceptions is; so can be those of a program."""

    def __copy__(self) -> exception:
        made = type(self).__new__(type(self))  # whose constructor may take something else than the text
        made.args = self.args
        made.__dict__.update(self.__dict__)
        return made

    def what(self) -> str:
        """Returns what is wrong."""
        return str(self.args[0]) if self.args else "std::exception"


class logic_error(exception):
    """A fault of the program."""


class invalid_argument(logic_error):
    """An argument that is not accepted."""


class domain_error(logic_error):
    """An argument outside of what a function is defined for."""


class length_error(logic_error):
    """Something would be too long."""


class out_of_range(logic_error):
    """A place that does not exist."""


class runtime_error(exception):
    """A fault that only a run can show."""


class range_error(runtime_error):
    """A result that cannot be represented."""


class overflow_error(runtime_error):
    """A result that is too large."""


class underflow_error(runtime_error):
    """A result that is too small."""


class bad_alloc(exception):
    """There is no more memory."""

    def what(self) -> str:
        return "std::bad_alloc"


class bad_optional_access(exception):
    """An optional has no value."""
