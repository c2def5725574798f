"""A thread of the resumable download: fetches parts, and reads those that a checkpoint calls finished."""

from __future__ import annotations

import re
from typing import Any

from aos import aos_http_io
from aos._c.text import encode
from aos._http.template import Template, mark
from aos.aos_define import AOSE_CONNECTION_FAILED, AOSE_CRC_INCONSISTENT_ERROR, AOSE_INTERNAL_ERROR, HTTP_GET
from aos.aos_status import (
    AOS_HTTP_IO_ERROR_CODE,
    AOS_INCONSISTENT_ERROR_CODE,
    AOS_SERVER_ERROR_CODE,
    aos_http_is_ok,
    aos_status_t,
)
from aos.aos_transport import BODY_IN_FILE, aos_http_request_t, aos_http_response_t
from oss._call.api import Call
from oss._define.constants import OSS_CANNONICALIZED_HEADER_PREFIX
from oss._files.lock import PartFile
from oss._request.signing import sign_request
from oss._transfer.threads import Outcome, status_of
from oss._transfer.transfer import PartWorker, Transfer, chosen

__all__ = ["PARTIAL_CONTENT", "PRECONDITION_FAILED", "Fetcher", "same_etag"]

PARTIAL_CONTENT, PRECONDITION_FAILED = 206, 412
CONTENT_RANGE = re.compile(r"[ \t]*(?i:bytes)[ \t]+([0-9]+-[0-9]+)/([0-9]+|\*)[ \t]*", re.ASCII)
"""RFC 9110, 14.4: the unit in any case; blanks around the value and after the unit."""


def same_etag(one: str | None, other: str | None) -> bool:
    """Whether two ETags name the same content; quotes and case do not matter."""
    return (one or "").strip('"').lower() == (other or "").strip('"').lower()


class Fetcher(PartWorker[Template]):
    """A thread that fetches parts."""

    def __init__(self, job: Transfer[Any], file: PartFile, etag: str) -> None:
        """``etag``: of the object that all parts must be of."""
        super().__init__(job, file)
        self.headers = chosen(job.asked.headers, (OSS_CANNONICALIZED_HEADER_PREFIX,))
        self.etag, self.etag_bytes = etag, encode(etag)

    def verify(self, part: int) -> Outcome:
        """Whether the bytes in the file have the CRC64 that was recorded."""
        result, recorded = self.read(part), self.job.crcs[part]
        if result.status is not None or result.crc64 == recorded:
            return result
        message = f"part {part} of {self.file.fname} has CRC64 {result.crc64} instead of {recorded}"
        return result._replace(status=status_of(AOSE_CRC_INCONSISTENT_ERROR, AOS_INCONSISTENT_ERROR_CODE, message))

    def try_once(self, part: int) -> Outcome:
        resp, looked, problem = self._response(part), False, None

        def check_head(resp: aos_http_response_t) -> tuple[int, str] | None:
            nonlocal looked, problem
            looked, problem = True, self._misfit(part, resp)
            return None if problem is None else (problem.code, str(problem.error_msg))

        resp.check_head = check_head
        status = self.send(self._request(part), resp)
        resp.check_head = None  # which holds this worker, and it the answer
        if status is None and not (looked or resp.etag is not None):  # by a transport that is not ours
            check_head(resp)
        if status is None and problem is None:
            problem = self._miscount(part, resp)
        return Outcome(part, problem or status, self.etag, resp.crc64)

    def _response(self, part: int) -> aos_http_response_t:
        """The worker's one answer, emptied, with the part's place in the file to go to."""
        resp, plan = self.emptied(), self.job.plan
        resp.file_buf, resp.type = self.place_of(part), BODY_IN_FILE
        resp.write_body = aos_http_io.aos_write_http_body_file
        resp.expected = encode(f"bytes {self._span(part)}/{plan.size}"), self.etag_bytes
        return resp

    def _span(self, part: int) -> str:
        plan = self.job.plan
        return f"{plan.offset(part)}-{plan.offset(part) + plan.length(part) - 1}"

    def new_series(self) -> Template:
        """One signature serves them all, since ``Range`` is not signed."""
        asked, place = self.job.asked, mark()
        req = Call.object(asked.options, HTTP_GET, asked.bucket, asked.object, self.headers, asked.params).req
        sign_request(req, asked.options.config)
        req.headers["Range"] = f"bytes={place}"
        return Template(req, place)

    def _request(self, part: int) -> aos_http_request_t:
        series = self.series()
        series.become(self._span(part))
        return series.req

    def _misfit(self, part: int, resp: aos_http_response_t) -> aos_status_t | None:
        """What is wrong with the head of an answer that says OK."""
        if not aos_http_is_ok(resp.status):
            return None
        plan, etag, given = self.job.plan, resp.headers.get("ETag"), resp.headers.get("Content-Range")
        span, what = self._span(part), f"part {part} of {self.job.asked.object}"
        if etag != self.etag and not same_etag(etag, self.etag):
            message = f"{what}: the object has changed, its ETag was {self.etag} and is {etag or 'not given'}"
            return status_of(PRECONDITION_FAILED, "PreconditionFailed", message)
        if resp.status == PARTIAL_CONTENT:
            found = CONTENT_RANGE.fullmatch(given or "")
            fits = found is not None and found[1] == span and found[2] in (str(plan.size), "*")
        else:
            fits = resp.status == 200 and given is None and plan.count == 1
        length = resp.headers.get("Content-Length")
        if fits and (length is None or length == str(plan.length(part))):
            return None
        got = f"{resp.status}, Content-Range {given or 'none'}, Content-Length {length or 'none'}"
        message = f"{what}: bytes {span}/{plan.size} were asked for, the answer is {got}"
        return status_of(AOSE_INTERNAL_ERROR, AOS_SERVER_ERROR_CODE, message)

    def _miscount(self, part: int, resp: aos_http_response_t) -> aos_status_t | None:
        wanted = self.job.plan.length(part)
        if resp.body_len == wanted:
            return None
        message = f"part {part} of {self.job.asked.object}: {resp.body_len} bytes received of {wanted}"
        return status_of(AOSE_CONNECTION_FAILED, AOS_HTTP_IO_ERROR_CODE, message)
