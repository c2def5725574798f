"""The resumable download: HEAD, parts to ``<file>.tmp``, CRC64 of the whole, rename.

``oss.oss_resumable`` says what differs from the C SDK.
"""

from __future__ import annotations

import contextlib
import os
import re

from aos import aos_http_io, apr_time
from aos.aos_log import aos_warn_log
from aos.aos_util import aos_atoui64
from oss._api import call_t
from oss._parts import failed, failure, outcome_t, part_file_t, plan_t, status_of
from oss._transfer import chosen, part_worker_t, remove, request_t, transfer_t, words
from oss.oss_auth import sign_request
from oss.oss_util import *

__all__ = ["download_t"]

CONTENT_RANGE = re.compile(r"bytes (\d{1,19})-(\d{1,19})/(\d{1,19}|\*)", re.ASCII)
LENGTH = re.compile(r"\d{1,18}", re.ASCII)
PARTIAL_CONTENT, PRECONDITION_FAILED = 206, 412
OPEN_FLAGS = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW


def same_etag(one: str | None, other: str | None) -> bool:
    """Whether two ETags name the same content; quotes and case do not matter."""
    return (one or "").strip('"').lower() == (other or "").strip('"').lower()


class fetcher_t(part_worker_t):
    """A thread that fetches parts."""

    job: download_t

    def __init__(self, job: download_t, file: part_file_t) -> None:
        super().__init__(job, file)
        self.headers = chosen(job.asked.headers, (OSS_CANNONICALIZED_HEADER_PREFIX,))
        self.req, self.second = aos_http_request_t(), -1
        self.resp = aos_http_io.aos_http_response_create(None)

    def verify(self, part: int) -> outcome_t:
        """Whether the bytes in the file have the CRC64 that was recorded."""
        result, recorded = self.read(part), self.job.crcs[part]
        if result.status is not None or result.crc64 == recorded:
            return result
        message = f"part {part} of {self.file.fname} has CRC64 {result.crc64} instead of {recorded}"
        return result._replace(status=status_of(AOSE_CRC_INCONSISTENT_ERROR, AOS_INCONSISTENT_ERROR_CODE, message))

    def try_once(self, part: int) -> outcome_t:
        resp, looked, problem = self._response(part), False, None

        def check_head(resp: aos_http_response_t) -> tuple[int, str] | None:
            nonlocal looked, problem
            looked, problem = True, self._misfit(part, resp)
            return None if problem is None else (problem.code, str(problem.error_msg))

        resp.check_head = check_head
        status = self.send(self._request(part), resp)
        if status is None and not looked:  # by a transport that is not ours
            check_head(resp)
        if status is None and problem is None:
            problem = self._miscount(part, resp)
        return outcome_t(part, problem or status, self.job.etag, resp.crc64)

    def _response(self, part: int) -> aos_http_response_t:
        """The worker's one answer, emptied, with the part's place in the file to go to."""
        resp = self.resp
        resp.status, resp.body_len, resp.crc64 = -1, 0, 0
        resp.headers.clear()
        aos_list_init(resp.body)
        resp.file_buf = self.place_of(part)
        resp.type, resp.write_body = BODY_IN_FILE, aos_http_io.aos_write_http_body_file
        return resp

    def _request(self, part: int) -> aos_http_request_t:
        """One signature serves all parts of a second, since ``Range`` is not signed."""
        second, plan, asked = apr_time.apr_time_now() // 1_000_000, self.job.plan, self.job.asked
        fresh = second != self.second
        if fresh:
            call = call_t.object(asked.options, HTTP_GET, asked.bucket, asked.object, self.headers, asked.params)
            self.req, self.second = call.req, second
        oss_headers_add_range(None, self.req.headers, plan.offset(part), plan.length(part))
        if fresh:
            sign_request(self.req, asked.options.config)
        return self.req

    def _misfit(self, part: int, resp: aos_http_response_t) -> aos_status_t | None:
        """What is wrong with the head of an answer that says OK."""
        if not aos_http_is_ok(resp.status):
            return None
        plan, what = self.job.plan, f"part {part} of {self.job.asked.object}"
        first, last = plan.offset(part), plan.offset(part) + plan.length(part) - 1
        etag = resp.headers.get("ETag")
        if not same_etag(etag, self.job.etag):
            message = f"{what}: the object has changed, its ETag was {self.job.etag} and is {etag or 'not given'}"
            return status_of(PRECONDITION_FAILED, "PreconditionFailed", message)
        given = resp.headers.get("Content-Range")
        found = CONTENT_RANGE.fullmatch(given or "")
        if resp.status == PARTIAL_CONTENT and found is not None:
            fits = (int(found[1]), int(found[2])) == (first, last) and found[3] in (str(plan.size), "*")
        else:
            fits = resp.status == 200 and given is None and plan.count == 1
        length = resp.headers.get("Content-Length")
        if fits and (length is None or length == str(plan.length(part))):
            return None
        got = f"{resp.status}, Content-Range {given or 'none'}, Content-Length {length or 'none'}"
        message = f"{what}: bytes {first}-{last}/{plan.size} were asked for, the answer is {got}"
        return status_of(AOSE_INTERNAL_ERROR, AOS_SERVER_ERROR_CODE, message)

    def _miscount(self, part: int, resp: aos_http_response_t) -> aos_status_t | None:
        wanted = self.job.plan.length(part)
        if resp.body_len == wanted:
            return None
        message = f"part {part} of {self.job.asked.object}: {resp.body_len} bytes received of {wanted}"
        return status_of(AOSE_CONNECTION_FAILED, AOS_HTTP_IO_ERROR_CODE, message)


class download_t(transfer_t[fetcher_t]):
    """One call of ``oss_resumable_download_file``."""

    def __init__(self, asked: request_t) -> None:
        super().__init__(asked)
        self.target, self.temporary = asked.filepath, asked.filepath + AOS_TEMP_FILE_SUFFIX
        self.renamed = False

    def run(self, resp_headers: aos_table_t | None) -> aos_status_t:
        """The whole of it; the status is the HEAD's when all went well, else the first failure's."""
        request_id = None
        try:
            status = self._head(resp_headers)
            request_id = status.req_id
            if aos_status_is_ok(status):
                self._download()
        except failure as end:
            end.status.req_id = end.status.req_id or request_id
            return end.status
        return status

    def _download(self) -> None:
        resumed = self.resume() is not None
        self._open_temporary(resumed)
        try:
            if resumed:
                self._verify()
            self.open_record(self._checkpoint())
            self._fetch()
            self._check_crc64()
            self._finish()
        finally:
            self._leave(resumed)

    def worker(self) -> fetcher_t:
        return fetcher_t(self, self.file)

    def _head(self, resp_headers: aos_table_t | None) -> aos_status_t:
        asked = self.asked
        call = call_t.object(asked.options, HTTP_HEAD, asked.bucket, asked.object, asked.headers, asked.params)
        status = call.send(resp_headers)
        if aos_status_is_ok(status):
            answer = call.resp.headers
            self.etag, self.last_modified = answer.get("ETag") or "", answer.get("Last-Modified") or ""
            self.object_crc64, length = answer.get(OSS_HASH_CRC64_ECMA), answer.get("Content-Length") or ""
            complete = self.etag and self.last_modified and LENGTH.fullmatch(length)
            if not complete or status.code == PARTIAL_CONTENT:
                raise failed(AOSE_INTERNAL_ERROR, AOS_SERVER_ERROR_CODE, "Unexpected response header")
            size = int(length)
            self.begin(plan_t(size, max(asked.part_size, -(-size // OSS_MAX_PART_NUM))), self.etag)
        return status

    def misfit(self, checkpoint: oss_checkpoint_t) -> str | None:
        size = self.plan.size
        if checkpoint.cp_type != OSS_CP_DOWNLOAD:
            return "it is not a download's"
        if str(checkpoint.object_name) != self.asked.object:
            return f"it is of the object {checkpoint.object_name}"
        if checkpoint.object_size != size or str(checkpoint.object_last_modified) != self.last_modified:
            return "the object has changed since"
        if not same_etag(checkpoint.object_etag.data, self.etag):
            return "the object's ETag has changed since"
        try:
            found = os.stat(self.temporary, follow_symlinks=False).st_size
        except OSError as error:
            return f"{self.temporary}: {error.strerror}"
        return None if found == size else f"{self.temporary} has {found} bytes instead of {size}"

    def _checkpoint(self) -> oss_checkpoint_t:
        checkpoint = oss_checkpoint_t()
        checkpoint.cp_type = OSS_CP_DOWNLOAD
        checkpoint.object_name, checkpoint.object_size = self.asked.object, self.plan.size
        checkpoint.object_last_modified, checkpoint.object_etag = self.last_modified, self.etag
        return checkpoint

    def _open_temporary(self, resumed: bool) -> None:
        try:
            self.file = part_file_t(self.temporary, OPEN_FLAGS | (0 if resumed else os.O_TRUNC))
        except (OSError, ValueError) as error:
            message = f"{self.temporary}: {words(error)}"
            raise failed(AOSE_OPEN_FILE_ERROR, AOS_OPEN_FILE_ERROR_CODE, message) from error
        try:
            os.ftruncate(self.file.fd, self.plan.size)
        except OSError as error:
            self._leave(resumed)
            message = f"{self.temporary} cannot have {self.plan.size} bytes: {words(error)}"
            raise failed(AOSE_FILE_TRUNC_ERROR, AOS_OPEN_FILE_ERROR_CODE, message) from error

    def _verify(self) -> None:
        """Reads the parts that the checkpoint calls finished; those whose CRC64 is another are fetched again."""
        with self.crew(True, fetcher_t.verify) as crew:
            for result in crew.results():
                if result.status is not None:
                    self.done[result.part] = 0
                    aos_warn_log("%s, it is fetched again", result.status.error_msg)

    def _fetch(self) -> None:
        try:
            self.move_parts()
        except failure as end:
            if end.status.code == PRECONDITION_FAILED:
                self._drop()
            raise

    def _check_crc64(self) -> None:
        """The CRC64 of the whole against the service's; a mismatch leaves nothing behind that would fail again."""
        if self.object_crc64 is None or not is_enable_crc(self.asked.options):
            return
        crc64 = self.crc64()
        if crc64 != aos_atoui64(self.object_crc64):
            self._drop()
            message = f"the CRC64 of the downloaded bytes is {crc64}, the object's is {self.object_crc64}"
            raise failed(AOSE_CRC_INCONSISTENT_ERROR, AOS_INCONSISTENT_ERROR_CODE, message)

    def _finish(self) -> None:
        """The file gets its name, and the checkpoint goes."""
        try:
            self.file.release()
        except OSError as error:
            message = f"{self.temporary}: {words(error)}"
            raise failed(AOSE_FILE_WRITE_ERROR, AOS_WRITE_FILE_ERROR_CODE, message) from error
        try:
            os.replace(self.temporary, self.target)
        except OSError as error:
            message = f"{self.temporary} cannot be renamed to {self.target}: {words(error)}"
            raise failed(AOSE_FILE_WRITE_ERROR, AOS_RENAME_FILE_ERROR_CODE, message) from error
        self.renamed = True
        if self.record is not None:
            self.record.remove()

    def _drop(self) -> None:
        """Nothing of this run is of use to the next one."""
        if self.record is not None:
            self.record.remove()
        remove(self.temporary)

    def _leave(self, resumed: bool) -> None:
        """Closes what is open; without a record the temporary file could never be continued, so it goes."""
        if self.file.fd >= 0:
            with contextlib.suppress(OSError):
                self.file.release()
        if self.record is not None:
            self.record.close()
        elif not self.renamed and not resumed:
            remove(self.temporary)
