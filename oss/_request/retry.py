"""Retries: which requests are tried again after which failures, how long to wait before, and what they start from.

A request is tried again where its failure may pass and where to repeat it does no harm:

* a GET, HEAD, PUT or DELETE, and the POST that deletes objects. Not other POSTs: an append that was done but not
  answered would fail the second time, or be done twice. Not a PUT with ``x-oss-forbid-overwrite``, which would meet its
  own object, or with a callback, which would be made twice. A bucket with versions may get one version or delete marker
  more than was asked for. A resumable upload also repeats its beginning, of which an upload without parts may be left,
  and its completion, whose success it can tell by the object's CRC64.
* whose body is in memory or in a file; a ``read_body`` of the program's cannot go back. Its progress starts anew.
* and whose answer's body has not begun to go to a function of the program's, a ``write_body`` or a progress function.
  In memory or in a file it starts anew.
"""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable

from aos._c.fork import imported
from aos._http.bodies import (
    aos_read_http_body_file,
    aos_read_http_body_memory,
    aos_write_http_body_file,
    aos_write_http_body_memory,
    rewind_body_memory,
)
from aos._http.types import aos_http_request_t, aos_http_response_t
from aos.aos_buf import aos_file_buf_t
from aos.aos_define import (
    AOSE_CONNECTION_FAILED,
    AOSE_FAILED_CONNECT,
    AOSE_FILE_TRUNC_ERROR,
    AOSE_INTERNAL_ERROR,
    AOSE_NAME_LOOKUP_ERROR,
    HTTP_POST,
    HTTP_PUT,
)
from aos.aos_list import aos_list_init
from aos.aos_log import aos_warn_log
from aos.aos_status import (
    AOS_HTTP_IO_ERROR_CODE,
    AOS_WRITE_FILE_ERROR_CODE,
    aos_http_is_ok,
    aos_should_retry,
    aos_status_t,
)
from aos.apr_file_io import apr_file_close
from aos.apr_tables import aos_table_t
from oss._define.structs import oss_config_t, oss_request_options_t
from oss._request.errors import StatusError
from oss._request.sign import now_in_seconds

__all__ = ["Retries", "Snapshot", "ended_within"]

TOO_MANY_REQUESTS = 429
SKEWED = "RequestTimeTooSkewed"
BACKOFF_FIRST, BACKOFF_LAST = 0.2, 10.0
"""Seconds of the first pause and of the longest one: each is twice as long as the one before, less up to a half."""
LONGEST_ASKED_FOR = 60.0
"""Seconds of the longest pause that a service gets by a Retry-After."""
STEP = 0.05
"""Seconds between two looks at whether the call goes on."""

_TRANSPORT = (AOSE_INTERNAL_ERROR, AOSE_CONNECTION_FAILED, AOSE_FAILED_CONNECT, AOSE_NAME_LOOKUP_ERROR)
_JITTER_BYTES = 4


def is_transient(status: aos_status_t) -> bool:
    """Tells whether the same request may succeed a little later."""
    by_transport = status.error_code == AOS_HTTP_IO_ERROR_CODE and status.code in _TRANSPORT
    return by_transport or bool(aos_should_retry(status)) or status.code == TOO_MANY_REQUESTS


def pause_after(tries: int, headers: aos_table_t) -> float:
    """Returns the seconds to wait after ``tries`` pauses: with jitter, or as long as the answer asks for."""
    jitter = int.from_bytes(os.urandom(_JITTER_BYTES), "big") / 256**_JITTER_BYTES
    own: float = min(BACKOFF_LAST, BACKOFF_FIRST * (1 << min(tries, 16))) * (1 - jitter / 2)
    return max(own, min(_asked_for(headers), LONGEST_ASKED_FOR))


def _asked_for(headers: aos_table_t) -> float:
    """Returns the seconds that a Retry-After names, as a number or by a date; 0 for none, or for what is neither."""
    asked = (headers.get("Retry-After") or "").strip()
    if asked.isascii() and asked.isdigit():
        return float(asked[:9])
    date = _seconds_of(asked)
    return 0.0 if date is None else float(date - (_seconds_of(headers.get("Date")) or now_in_seconds()))


def _seconds_of(date: str | None) -> int | None:
    """Returns an HTTP date in seconds since 1970; None for what is no date."""
    email_utils = imported("email.utils")  # late: it brings random and socket
    with contextlib.suppress(ValueError, OverflowError, TypeError, IndexError):
        return int(email_utils.parsedate_to_datetime(date or "").timestamp())
    return None


def ended_within(options: oss_request_options_t, seconds: float) -> bool:
    """Waits. Returns True, at once, where the call is cancelled or the pool of the options is destroyed meanwhile."""
    end = time.monotonic() + seconds
    while not _has_ended(options):
        left = end - time.monotonic()
        if left <= 0:
            return False
        time.sleep(min(left, STEP))
    return True


def _has_ended(options: oss_request_options_t) -> bool:
    flag, pool = options.ctl.flag, options.pool
    return (flag is not None and flag.is_set()) or (pool is not None and not pool.is_open)


class Retries:
    """Tries of one request after the first one."""

    def __init__(self, config: oss_config_t | None, times: int, what: str, wait: Callable[[float], bool]) -> None:
        """Allows ``times`` tries after failures that may pass, and one after a wrong clock, where ``config`` asks for
        that; without one the request cannot be signed anew. ``what`` names the request in the log. ``wait(seconds)``
        waits and returns whether the call has ended meanwhile."""
        self._config, self._times, self._what, self._wait = config, times, what, wait
        self._tried, self._adjusted = 0, False

    def again(self, status: aos_status_t, headers: aos_table_t) -> bool:
        """Tells whether the request is to be sent again after ``status``, whose answer had ``headers``; waits before,
        and logs the reason."""
        if self._adjusts_clock(status, headers):
            pause, what = 0.0, "once more by the service's clock"
        elif self._tried < self._times and is_transient(status):
            pause = pause_after(self._tried, headers)
            self._tried += 1
            what = f"retry {self._tried} of {self._times} in {pause:.1f} s"
        else:
            return False
        reason = status.error_msg or status.error_code or ""
        aos_warn_log("%s: %d %s; %s", self._what, status.code, reason, what)
        return not self._wait(pause)

    def _adjusts_clock(self, status: aos_status_t, headers: aos_table_t) -> bool:
        """Tells whether the request was refused for its time, for the first time; ``config`` then has the service's."""
        if self._config is None or not self._config.adjust_clock or self._adjusted or status.error_code != SKEWED:
            return False
        theirs = _seconds_of(headers.get("Date"))
        if theirs is None:
            return False
        self._adjusted = True
        self._config.clock_offset = theirs - now_in_seconds()
        return True


class Snapshot:
    """State of a request and its answer before they are sent, to which they can be put back. Until :meth:`close` the
    body's file stays open, which a transport would close."""

    def __init__(self, req: aos_http_request_t, resp: aos_http_response_t) -> None:
        self._req, self._resp, self._headers, self._crc64 = req, resp, req.headers, req.crc64
        self._received_crc64 = resp.crc64
        self._positions = [(buf, buf.pos) for buf in req.body]
        self._source, self._target = req.file_buf, resp.file_buf
        self._owner = 0
        if self._source is not None:
            self._owner, self._source.owner, self._source_pos = self._source.owner, 0, self._source.file_pos
        if self._target is not None:
            self._target_pos = self._target.file_pos

    def can_restore(self) -> bool:
        """Tells whether the body can be read again, and whether what was received is not the program's already."""
        req, resp = self._req, self._resp
        from_memory = req.read_body is aos_read_http_body_memory
        if req.method in (HTTP_PUT, HTTP_POST) and not (from_memory or self._reads_file()):
            return False
        to_memory = resp.write_body is aos_write_http_body_memory
        to_file = resp.write_body is aos_write_http_body_file and self._target is not None
        return not aos_http_is_ok(resp.status) or (resp.progress_callback is None and (to_memory or to_file))

    def _reads_file(self) -> bool:
        return self._req.read_body is aos_read_http_body_file and self._source is not None

    def restore(self) -> None:
        """Puts request and answer back. StatusError where the answer's file cannot be cut."""
        req, resp = self._req, self._resp
        req.headers, req.crc64, req.consumed_bytes, req.file_buf = self._headers, self._crc64, 0, self._source
        rewind_body_memory(req, self._positions)
        if self._source is not None:
            self._source.file_pos = self._source_pos
        resp.status, resp.headers, resp.body_len, resp.content_length = -1, aos_table_t(), 0, 0
        resp.crc64 = self._received_crc64
        aos_list_init(resp.body)
        if self._target is not None:
            self._cut(self._target, self._target_pos)

    def _cut(self, target: aos_file_buf_t, pos: int) -> None:
        """Cuts the answer's file where its body began."""
        target.file_pos = pos
        try:
            os.ftruncate(target.file.fd, pos)
        except OSError as error:
            message = f"cannot cut {target.file.fname} to {pos} bytes: {error.strerror}"
            raise StatusError.of(AOSE_FILE_TRUNC_ERROR, AOS_WRITE_FILE_ERROR_CODE, message) from error

    def close(self) -> None:
        """Closes the body's file, if that was left to the transport."""
        if self._source is not None and self._owner:
            self._source.owner = 0
            apr_file_close(self._source.file)
