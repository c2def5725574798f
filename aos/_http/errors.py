"""What can go wrong in an exchange, and which AOSE_* code and words it becomes."""

from __future__ import annotations

import http.client
import os
import socket
import ssl
from collections.abc import Callable, Iterator
from typing import NamedTuple, TypeVar

from requests.exceptions import ConnectTimeout, ReadTimeout, RequestException
from urllib3.exceptions import ConnectTimeoutError, HTTPError, LocationParseError, NewConnectionError, ProxyError
from urllib3.util.ssl_match_hostname import CertificateError

from aos._c.redact import hide
from aos._http.cancel import CancelledError, StalledError
from aos._http.wrong_port import SPEAKS_HTTP, is_no_tls
from aos.aos_define import (
    AOSE_ABORT_CALLBACK,
    AOSE_CONNECTION_FAILED,
    AOSE_FAILED_CONNECT,
    AOSE_FAILED_VERIFICATION,
    AOSE_INTERNAL_ERROR,
    AOSE_NAME_LOOKUP_ERROR,
)

T = TypeVar("T")

__all__ = [
    "NETWORK_ERRORS",
    "CallbackError",
    "CutShort",
    "called",
    "from_the_caller",
    "ExchangeError",
    "NotConnected",
    "NotInTime",
    "SettingsError",
]


class SettingsError(Exception):
    """The options of a request cannot be used."""


class NotConnected(Exception):
    """No address of the host could be connected to; the cause is the system's error."""


class NotInTime(Exception):
    """The connection was not made within ``connect_timeout``."""


NETWORK_ERRORS = (
    OSError,
    HTTPError,
    RequestException,
    http.client.HTTPException,
    CancelledError,
    NotConnected,
    NotInTime,
    SettingsError,
    StalledError,
    UnicodeError,  # of a host name that DNS has no form for
)


OURS = frozenset({"aos", "oss", "http", "requests", "socket", "ssl", "urllib3"})


class ExchangeError(Exception):
    """Ends an exchange with an AOSE_* code and a reason."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code, self.reason = code, reason

    @classmethod
    def of(cls, error: BaseException, what: object, code: int = AOSE_INTERNAL_ERROR) -> ExchangeError:
        """For one of NETWORK_ERRORS. ``what`` begins the message; ``code`` is for those that have none of their own."""
        return cls(*_outcome(error, str(what), code))


class CutShort(NamedTuple):
    """The words for a body that ends early: what was being done, and how much came of how much."""

    what: object
    got: int
    length: int | None

    def __str__(self) -> str:
        of = "" if self.length is None else f" of {self.length}"
        return f"{self.what}: the body was cut short, {self.got} bytes received{of}"


class CallbackError(Exception):
    """Carries an exception of the caller's code through urllib3, which would take some for the network's own."""


def called(callback: Callable[[], T]) -> T:
    """Runs the caller's code where urllib3 is around it."""
    try:
        return callback()
    except Exception as error:
        raise CallbackError() from error


def from_the_caller(error: BaseException) -> BaseException:
    """An exception that leaves an exchange, without the frames above the caller's own code: their variables have signed
    headers, which tools that print variables would show. One of ours, a bug, keeps them all; a signal's keeps none."""
    trace = error.__traceback__
    while trace is not None and trace.tb_frame.f_globals.get("__name__", "").partition(".")[0] in OURS:
        trace = trace.tb_next
    if trace is not None:
        return error.with_traceback(trace)
    if not isinstance(error, Exception):
        error.__context__ = None
        return error.with_traceback(None)
    return error


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The error and what it was made of, the outermost first."""
    seen: set[int] = set()
    todo: list[object] = [error]
    while todo:
        item = todo.pop(0)
        if isinstance(item, BaseException) and id(item) not in seen:
            seen.add(id(item))
            yield item
            before = None if item.__suppress_context__ else item.__context__
            todo += [getattr(item, "original_error", None), *item.args, item.__cause__, before]


def _outcome(error: BaseException, what: str, code: int) -> tuple[int, str]:
    chain = list(_chain(error))

    def find(*kinds: type[BaseException]) -> BaseException | None:
        return next((item for item in chain if isinstance(item, kinds)), None)

    proxy = "the proxy: " if find(ProxyError) else ""
    if stalled := find(StalledError):
        return AOSE_CONNECTION_FAILED, f"{what}: too slow, {stalled}"
    if cancelled := find(CancelledError):
        return AOSE_ABORT_CALLBACK, f"{what}: {cancelled}"
    if problem := find(SettingsError):
        return AOSE_INTERNAL_ERROR, f"{what}: {problem}"
    if problem := find(ssl.SSLCertVerificationError, CertificateError):
        return (
            AOSE_FAILED_VERIFICATION,
            f"{what}: {proxy}the server's certificate is not accepted: {error_text(problem)}",
        )
    if problem := find(ssl.SSLError):
        why = SPEAKS_HTTP if is_no_tls(problem) else f"TLS failed: {error_text(problem)}"
        return AOSE_INTERNAL_ERROR, f"{what}: {proxy}{why}"
    if problem := find(socket.gaierror, UnicodeError, LocationParseError):
        return AOSE_NAME_LOOKUP_ERROR, f"{what}: {proxy}the host name was not found: {error_text(problem)}"
    if _not_connected(chain):
        return AOSE_CONNECTION_FAILED, f"{what}: {proxy}the connection was not made within connect_timeout"
    if find(ReadTimeout):
        return AOSE_CONNECTION_FAILED, f"{what}: {proxy}no answer in time"
    system = next((item for item in reversed(chain) if isinstance(item, OSError) and item.errno), None)
    if find(NewConnectionError, NotConnected):
        return AOSE_FAILED_CONNECT, f"{what}: {proxy}cannot connect: {error_text(system or error)}"
    return code, f"{what}: {proxy}{error_text(system or chain[-1])}"


def _not_connected(chain: list[BaseException]) -> bool:
    """Whether connecting took longer than allowed; the system's own ETIMEDOUT has a number and is another matter."""
    late = any(isinstance(item, (ConnectTimeoutError, ConnectTimeout, NotInTime)) for item in chain)
    silent = any(isinstance(item, TimeoutError) and not item.errno for item in chain)
    return (late or silent) and not any(isinstance(item, NewConnectionError) for item in chain)


def error_text(error: BaseException) -> str:
    """Returns what the system or the library said, in one line."""
    if isinstance(error, OSError) and error.errno and error.strerror:
        return error.strerror if isinstance(error, (ssl.SSLError, socket.gaierror)) else os.strerror(error.errno)
    return hide(" ".join(str(error).split())) or type(error).__name__
