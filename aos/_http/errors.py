"""Errors of an exchange, and the AOSE_* code and error text that each becomes."""

from __future__ import annotations

import os
import socket
import ssl
from collections.abc import Callable, Iterator
from typing import NamedTuple, TypeVar

from aos._c.redact import hide
from aos._http.cancel import CancelledError, StalledError
from aos._http.head import BadHead
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
    "run_callback",
    "without_our_frames",
    "ExchangeError",
    "ForeignError",
    "NotConnected",
    "NotInTime",
    "ProxyError",
    "SettingsError",
    "add_meanings",
]


class ForeignError(Exception):
    """Raised for an exception of urllib3's or http.client's, its ``__cause__``."""


class ProxyError(Exception):
    """Raised for what a proxy on the way causes; ``__cause__`` is the error."""


class SettingsError(Exception):
    """Raised for an option of a request that cannot be used; the message says which, and why."""


class NotConnected(Exception):
    """Raised where no address of the host can be connected to; ``__cause__`` is the system's first error."""


class NotInTime(Exception):
    """Raised where a connection is not made within ``connect_timeout``."""


NETWORK_ERRORS = (
    OSError,
    ForeignError,
    ProxyError,
    BadHead,
    CancelledError,
    NotConnected,
    NotInTime,
    SettingsError,
    StalledError,
    UnicodeError,  # of a host name that DNS has no form for
)
"""What connecting, sending and receiving raise."""


OUR_PACKAGES = frozenset({"aos", "oss", "http", "requests", "socket", "ssl", "urllib3"})
"""Packages whose frames are no caller's."""


class ExchangeError(Exception):
    """Ends an exchange with an AOSE_* code and a reason. ``headers`` (name, value) are those of the answer, where the
    exchange failed after its head."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code, self.reason = code, reason
        self.headers: list[tuple[str, str]] = []

    @classmethod
    def of(cls, error: BaseException, what: object, code: int = AOSE_INTERNAL_ERROR) -> ExchangeError:
        """Returns the error for one of NETWORK_ERRORS. ``what`` begins the error text; ``code`` is for an error without
        an AOSE_* code of its own."""
        return cls(*_code_and_reason(error, str(what), code))


class CutShort(NamedTuple):
    """Error text for a body that ends early: what was being done, and how many bytes were received of how many (None
    where that is not known)."""

    what: object
    got: int
    length: int | None

    def __str__(self) -> str:
        of = "" if self.length is None else f" of {self.length}"
        return f"{self.what}: the body was cut short, {self.got} bytes received{of}"


class CallbackError(Exception):
    """Carries an exception of the caller's function, its ``__cause__``, through an exchange, where it could be mistaken
    for one of the network."""


def run_callback(callback: Callable[[], T]) -> T:
    """Calls a function of the caller's and returns its result. CallbackError for an exception of it."""
    try:
        return callback()
    except Exception as error:
        raise CallbackError() from error


def without_our_frames(error: BaseException) -> BaseException:
    """Returns an exception of the caller's function without the frames above that function. Their variables have signed
    headers in them, which tools that print variables would show.

    An exception without a frame of the caller's keeps all of its frames, since it is a bug of ours; but one that is no
    Exception, such as a signal handler's KeyboardInterrupt, keeps none.
    """
    trace = error.__traceback__
    while trace is not None and trace.tb_frame.f_globals.get("__name__", "").partition(".")[0] in OUR_PACKAGES:
        trace = trace.tb_next
    if trace is not None:
        return error.with_traceback(trace)
    if not isinstance(error, Exception):
        error.__context__ = None
        return error.with_traceback(None)
    return error


def _chain(error: BaseException) -> Iterator[BaseException]:
    """Yields an error and the errors behind it (arguments, cause, context), the outermost first, each once."""
    seen: set[int] = set()
    todo: list[object] = [error]
    while todo:
        item = todo.pop(0)
        if isinstance(item, BaseException) and id(item) not in seen:
            seen.add(id(item))
            yield item
            before = None if item.__suppress_context__ else item.__context__
            todo += [getattr(item, "original_error", None), *item.args, item.__cause__, before]


def _tls_text(error: BaseException) -> str:
    """Returns the error text for a failure of TLS that is not about a certificate."""
    return SPEAKS_HTTP if is_no_tls(error) else f"TLS failed: {error_text(error)}"


Kinds = tuple[type[BaseException], ...]

_MEANINGS: dict[str, Kinds] = {
    "stalled": (StalledError,),
    "cancelled": (CancelledError,),
    "settings": (SettingsError,),
    "certificate": (ssl.SSLCertVerificationError,),
    "tls": (ssl.SSLError,),
    "name": (socket.gaierror, UnicodeError),
    "late": (NotInTime,),
    "silent": (),
    "unconnected": (NotConnected,),
    "proxy": (ProxyError,),
}
"""Errors by what they mean."""

_ENDS: dict[str, tuple[int, Callable[[BaseException], str]]] = {
    "stalled": (AOSE_CONNECTION_FAILED, lambda error: f"too slow, {error}"),
    "cancelled": (AOSE_ABORT_CALLBACK, str),
    "settings": (AOSE_INTERNAL_ERROR, str),
    "certificate": (
        AOSE_FAILED_VERIFICATION,
        lambda error: f"the server's certificate is not accepted: {error_text(error)}",
    ),
    "tls": (AOSE_INTERNAL_ERROR, _tls_text),
    "name": (AOSE_NAME_LOOKUP_ERROR, lambda error: f"the host name was not found: {error_text(error)}"),
}
"""The AOSE_* code and the text for a meaning, in the order in which they are looked for in a chain of errors."""


def add_meanings(**kinds: Kinds) -> None:
    """Adds errors of other packages that mean the same as ours."""
    for meaning, more in kinds.items():
        _MEANINGS[meaning] += more


def _code_and_reason(error: BaseException, what: str, code: int) -> tuple[int, str]:
    """Returns the AOSE_* code and the error text, which ``what`` begins; ``code`` where no error has its own."""
    chain = list(_chain(error))

    def find(meaning: str) -> BaseException | None:
        return next((item for item in chain if isinstance(item, _MEANINGS[meaning])), None)

    proxy = "the proxy: " if find("proxy") else ""
    for meaning, (its_code, text_of) in _ENDS.items():
        if problem := find(meaning):
            return its_code, f"{what}: {proxy}{text_of(problem)}"
    # the system's own ETIMEDOUT, a TimeoutError with an errno, is a failure to connect
    late = find("late") or any(isinstance(item, TimeoutError) and not item.errno for item in chain)
    if late and not find("unconnected"):
        return AOSE_CONNECTION_FAILED, f"{what}: {proxy}the connection was not made within connect_timeout"
    if find("silent"):
        return AOSE_CONNECTION_FAILED, f"{what}: {proxy}no answer in time"
    system = next((item for item in reversed(chain) if isinstance(item, OSError) and item.errno), None)
    if find("unconnected"):
        return AOSE_FAILED_CONNECT, f"{what}: {proxy}cannot connect: {error_text(system or error)}"
    return code, f"{what}: {proxy}{error_text(system or chain[-1])}"


def error_text(error: BaseException) -> str:
    """Returns the message of the system or of a library in one line, without secrets."""
    if isinstance(error, OSError) and error.errno and error.strerror:
        return error.strerror if isinstance(error, (ssl.SSLError, socket.gaierror)) else os.strerror(error.errno)
    return hide(" ".join(str(error).split())) or type(error).__name__
