"""Errors of a call: what is raised in the depths carries the status that the call returns."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from aos.aos_define import AOSE_INVALID_ARGUMENT, AOSE_OK
from aos.aos_log import aos_error_log
from aos.aos_status import AOS_CLIENT_ERROR_CODE, aos_status_create, aos_status_set, aos_status_t

__all__ = ["invalid_argument", "require", "returns_code", "returns_status", "StatusError", "status_of"]

P = ParamSpec("P")
T = TypeVar("T")


def status_of(code: int, error_code: str, message: str | None = None) -> aos_status_t:
    """Returns the status of an error that was found here: an AOSE_* or HTTP code, its name, and a message."""
    status = aos_status_create(None)
    aos_status_set(status, code, error_code, message)
    return status


class StatusError(Exception):
    """Ends a call, which returns ``status``."""

    def __init__(self, status: aos_status_t) -> None:
        super().__init__(status.error_msg)
        self.status = status

    @classmethod
    def of(cls, code: int, error_code: str, message: str | None = None) -> StatusError:
        """Makes the error and its status at once."""
        return cls(status_of(code, error_code, message))


def invalid_argument(message: str) -> StatusError:
    """Returns the error for an argument that cannot be used: -994 ``ClientError``."""
    return StatusError.of(AOSE_INVALID_ARGUMENT, AOS_CLIENT_ERROR_CODE, message)


def require(value: T | None, what: str) -> T:
    """Returns an argument that must not be NULL; refuses NULL with a message that begins with ``what``."""
    if value is None:
        raise invalid_argument(f"{what} is NULL")
    return value


def returns_status(function: Callable[P, aos_status_t]) -> Callable[P, aos_status_t]:
    """Lets a function that raises StatusError return the status."""

    @functools.wraps(function)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> aos_status_t:
        try:
            return function(*args, **kwargs)
        except StatusError as error:
            return error.status

    return wrapper


def returns_code(function: Callable[P, None]) -> Callable[P, int]:
    """Lets a function that raises StatusError return an ``int``: AOSE_OK or the status' code; logs the message."""

    @functools.wraps(function)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> int:
        try:
            function(*args, **kwargs)
        except StatusError as error:
            aos_error_log("%s: %s", function.__name__, str(error))
            return error.status.code
        return AOSE_OK

    return wrapper
