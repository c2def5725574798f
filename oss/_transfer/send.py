"""A thread of the resumable upload: sends parts, and reads those that a checkpoint calls finished."""

from __future__ import annotations

from typing import Any

from aos import aos_http_io
from aos.aos_define import AOSE_CRC_INCONSISTENT_ERROR, AOSE_INTERNAL_ERROR, HTTP_PUT
from aos.aos_status import AOS_INCONSISTENT_ERROR_CODE, AOS_SERVER_ERROR_CODE, aos_status_t
from aos.aos_transport import BODY_IN_FILE, aos_http_request_t, aos_http_response_t
from aos.aos_util import aos_atoui64
from oss._call.api import Call
from oss._define.constants import OSS_HASH_CRC64_ECMA, OSS_PARTNUMBER, OSS_UPLOAD_ID
from oss._files.lock import PartFile
from oss._request.sign import SignedTemplate
from oss._request.signing import signed_series
from oss._transfer.threads import Outcome, status_of
from oss._transfer.transfer import PartWorker, Transfer, chosen
from oss.oss_util import is_enable_crc

__all__ = ["Sender"]

WITH_EVERY_PART = ("x-oss-traffic-limit", "x-oss-request-payer", "x-oss-server-side-encryption-customer-")


class Sender(PartWorker[SignedTemplate]):
    """A thread that sends parts."""

    def __init__(self, job: Transfer[Any], file: PartFile, upload_id: str) -> None:
        super().__init__(job, file)
        self.upload_id = upload_id
        self.headers = chosen(job.asked.headers, WITH_EVERY_PART)

    def try_once(self, part: int) -> Outcome:
        req, resp = self._request(part), self.emptied()
        status = self.send(req, resp)
        if status is None and resp.etag is not None:
            return Outcome(part, None, resp.etag, req.crc64)
        return Outcome(part, status or self._misfit(part, req, resp), resp.headers.get("ETag") or "", req.crc64)

    def new_series(self) -> SignedTemplate:
        """They differ in the part, its length and the signature."""
        asked = self.job.asked
        call = Call.object(asked.options, HTTP_PUT, asked.bucket, asked.object, self.headers)
        req = call.query((OSS_UPLOAD_ID, self.upload_id), (OSS_PARTNUMBER, "")).req
        return signed_series(req, asked.options.config, OSS_PARTNUMBER)

    def _request(self, part: int) -> aos_http_request_t:
        series = self.series()
        series.sign(part + 1)
        req, place = series.req, self.place_of(part)
        req.file_buf, req.type, req.read_body = place, BODY_IN_FILE, aos_http_io.aos_read_http_body_file
        req.body_len, req.crc64 = place.file_last - place.file_pos, 0
        return req

    def _misfit(self, part: int, req: aos_http_request_t, resp: aos_http_response_t) -> aos_status_t | None:
        """What is wrong with an answer that says OK."""
        what = f"part {part + 1} of {self.job.asked.object}"
        theirs = resp.headers.get(OSS_HASH_CRC64_ECMA)
        same = theirs in (None, str(req.crc64)) or aos_atoui64(str(theirs)) == req.crc64
        if not same and is_enable_crc(self.job.asked.options):
            message = f"{what}: CRC64 of the bytes sent is {req.crc64}, of those received {theirs}"
            return status_of(AOSE_CRC_INCONSISTENT_ERROR, AOS_INCONSISTENT_ERROR_CODE, message)
        if not resp.headers.get("ETag"):
            return status_of(AOSE_INTERNAL_ERROR, AOS_SERVER_ERROR_CODE, f"{what}: the answer has no ETag")
        return None
