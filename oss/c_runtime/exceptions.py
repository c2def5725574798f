"""C++'s exceptions: ``catch (const std::exception &e)`` is ``except exception as e:``, ``e.what()`` is its text."""

from __future__ import annotations

__all__ = [
    "domain_error",
    "exception",
    "invalid_argument",
    "length_error",
    "logic_error",
    "out_of_range",
    "overflow_error",
    "range_error",
    "runtime_error",
    "underflow_error",
]


class exception(Exception):
    """What every class of the library's exceptions is; so can be those of a program."""

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
