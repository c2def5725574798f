"""How a call ends early: an exception that carries the status which the call returns."""

from __future__ import annotations

from aos.aos_define import AOSE_INVALID_ARGUMENT
from aos.aos_status import AOS_CLIENT_ERROR_CODE, aos_status_create, aos_status_set, aos_status_t

__all__ = ["invalid_argument", "StatusError", "status_of"]


def status_of(code: int, error_code: str, message: str | None = None) -> aos_status_t:
    """A status made here."""
    status = aos_status_create(None)
    aos_status_set(status, code, error_code, message)
    return status


class StatusError(Exception):
    """Carries the status that says why a call goes no further; :func:`api` returns it."""

    def __init__(self, status: aos_status_t) -> None:
        super().__init__(status.error_msg)
        self.status = status

    @classmethod
    def of(cls, code: int, error_code: str, error_msg: str | None = None) -> StatusError:
        """With a new status."""
        return cls(status_of(code, error_code, error_msg))


def invalid_argument(message: str) -> StatusError:
    """For an argument that cannot be used."""
    return StatusError.of(AOSE_INVALID_ARGUMENT, AOS_CLIENT_ERROR_CODE, message)
