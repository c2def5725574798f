"""One thread of a download: asks for a part, checks the head of the answer, lets the body go to the file.

All parts of a thread go over one connection, and one signature serves all parts of one second, since ``Range`` is not
signed.
"""

from __future__ import annotations

import random
import re
import threading
from typing import TYPE_CHECKING

from aos import aos_http_io, apr_time
from aos._lease import lease_t
from aos._native import PART_DONE, cancel_flag, part_io
from oss._api import call_t
from oss._parts import outcome_t, part_file_t, status_of
from oss._request import outcome
from oss.oss_auth import sign_request
from oss.oss_util import *

if TYPE_CHECKING:
    from oss._download import download_t

__all__ = ["fetcher_t", "same_etag"]

CONTENT_RANGE = re.compile(r"bytes (\d{1,19})-(\d{1,19})/(\d{1,19}|\*)", re.ASCII)
PRECONDITION_FAILED = 412
TOO_MANY_REQUESTS = 429
BACKOFF_FIRST, BACKOFF_LAST = 0.2, 10.0


def same_etag(one: str | None, other: str | None) -> bool:
    """Whether two ETags name the same content; quotes and case do not matter."""
    return (one or "").strip('"').lower() == (other or "").strip('"').lower()


class fetcher_t:
    """The worker."""

    def __init__(self, job: download_t, file: part_file_t) -> None:
        self.job, self.file = job, file.share()
        self.controller = aos_http_io.aos_http_controller_create(None, 0)
        self.controller.options = job.options.ctl.options
        self.controller.user_data = job.options.ctl.user_data
        self.lease = self.controller.lease = lease_t(self.controller.options, cancel_flag())
        self.cancelled = threading.Event()
        self.headers = aos_table_t()
        for name, value in job.headers.items() if job.headers is not None else ():
            if name.lower().startswith(OSS_CANNONICALIZED_HEADER_PREFIX):
                self.headers.add(name, value)
        self.req, self.second = aos_http_request_t(), -1
        self.problem: aos_status_t | None = None

    def cancel(self) -> None:
        """From another thread."""
        self.cancelled.set()
        self.lease.cancel()

    def close(self) -> None:
        """At the thread's end."""
        self.lease.close()
        self.file.release()

    def fetch(self, index: int) -> outcome_t:
        """One part from the service to the file, tried again as often as the caller allows."""
        for times_left in range(self.job.retry_times, -1, -1):
            result = self._try(index)
            if result.status is None or not times_left or not may_pass(result.status):
                break
            wait = min(BACKOFF_LAST, BACKOFF_FIRST * 2 ** (self.job.retry_times - times_left))
            if self.cancelled.wait(wait * random.uniform(0.5, 1)):
                break
        return result

    def verify(self, index: int) -> outcome_t:
        """Whether the bytes in the file have the CRC64 that was recorded."""
        plan, recorded = self.job.plan, self.job.crcs[index]
        io = part_io(plan.offset(index), plan.length(index), 0, self.lease.watch.flag)
        if io.verify(self.file.fd, self.lease.buffer) == PART_DONE and io.crc == recorded:
            return outcome_t(index, None, self.job.etag, recorded)
        message = f"part {index} has CRC64 {io.crc} instead of {recorded}"
        return outcome_t(index, status_of(AOSE_CRC_INCONSISTENT_ERROR, AOS_INCONSISTENT_ERROR_CODE, message), "", 0)

    def _try(self, index: int) -> outcome_t:
        plan = self.job.plan
        resp = aos_http_io.aos_http_response_create(None)
        resp.file_buf = aos_create_file_buf(None)
        resp.file_buf.file, resp.file_buf.file_pos = self.file, plan.offset(index)
        resp.file_buf.file_last = plan.offset(index) + plan.length(index)
        resp.type, resp.write_body = BODY_IN_FILE, aos_http_io.aos_write_http_body_file
        self.problem = None

        def check_head(resp: aos_http_response_t) -> tuple[int, str] | None:
            self.problem = self._misfit(index, resp)
            return None if self.problem is None else (AOSE_INVALID_OPERATION, str(self.problem.error_msg))

        resp.check_head = check_head
        code = aos_http_io.aos_http_send_request(self.controller, self._request(index), resp)
        if self.problem is None and code == AOSE_OK and aos_http_is_ok(resp.status):
            # A transport that is not ours may know nothing of check_head, and may not count.
            self.problem = self._misfit(index, resp) or self._miscount(index, resp)
            if self.problem is None:
                return outcome_t(index, None, self.job.etag, resp.crc64)
        return outcome_t(index, self.problem or outcome(self.controller, resp, code), "", 0)

    def _request(self, index: int) -> aos_http_request_t:
        second, plan = apr_time.apr_time_now() // 1_000_000, self.job.plan
        if second == self.second:
            oss_headers_add_range(None, self.req.headers, plan.offset(index), plan.length(index))
            return self.req
        job = self.job
        req = call_t.object(job.options, HTTP_GET, job.bucket, job.object, self.headers, job.params).req
        oss_headers_add_range(None, req.headers, plan.offset(index), plan.length(index))
        sign_request(req, job.options.config)
        self.req, self.second = req, second
        return req

    def _misfit(self, index: int, resp: aos_http_response_t) -> aos_status_t | None:
        """What is wrong with the head of an answer that says OK."""
        if not aos_http_is_ok(resp.status):
            return None
        plan, what = self.job.plan, f"part {index} of {self.job.object}"
        first, last = plan.offset(index), plan.offset(index) + plan.length(index) - 1
        etag = resp.headers.get("ETag")
        if not same_etag(etag, self.job.etag):
            message = f"{what}: the object has changed, its ETag was {self.job.etag} and is {etag or 'not given'}"
            return status_of(PRECONDITION_FAILED, "PreconditionFailed", message)
        asked = f"bytes {first}-{last}/{plan.size}"
        given = resp.headers.get("Content-Range")
        found = CONTENT_RANGE.fullmatch(given or "")
        if resp.status == 206 and found is not None:
            fits = (int(found[1]), int(found[2])) == (first, last) and found[3] in (str(plan.size), "*")
        else:
            fits = resp.status == 200 and given is None and plan.count == 1
        length = resp.headers.get("Content-Length")
        if fits and (length is None or length == str(plan.length(index))):
            return None
        got = f"{resp.status}, Content-Range {given or 'none'}, Content-Length {length or 'none'}"
        return status_of(
            AOSE_INTERNAL_ERROR, AOS_SERVER_ERROR_CODE, f"{what}: {asked} was asked for, the answer is {got}"
        )

    def _miscount(self, index: int, resp: aos_http_response_t) -> aos_status_t | None:
        wanted = self.job.plan.length(index)
        if resp.body_len == wanted:
            return None
        message = f"part {index} of {self.job.object}: {resp.body_len} bytes received of {wanted}"
        return status_of(AOSE_CONNECTION_FAILED, AOS_HTTP_IO_ERROR_CODE, message)


def may_pass(status: aos_status_t) -> bool:
    """Whether the same request may succeed a little later."""
    transport = (AOSE_INTERNAL_ERROR, AOSE_CONNECTION_FAILED, AOSE_FAILED_CONNECT, AOSE_NAME_LOOKUP_ERROR)
    by_code = status.error_code == AOS_HTTP_IO_ERROR_CODE and status.code in transport
    return by_code or bool(aos_should_retry(status)) or status.code == TOO_MANY_REQUESTS
