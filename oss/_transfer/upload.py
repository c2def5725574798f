"""The resumable upload: the initiation, the parts of the file, and the completion.

The differences from the C SDK are listed in ``oss.oss_resumable``.
"""

from __future__ import annotations

import contextlib
import copy
import os
import stat
from collections.abc import Iterator

from aos import aos_http_io
from aos._c.redact import SecretBytes
from aos._c.refs import aos_ref_t
from aos._c.text import decode, encode
from aos._http.perform import fill_and_log_head
from aos._http.request import FilePart
from aos._http.template import Template
from aos._http.types import BODY_IN_FILE, aos_http_request_t, aos_http_response_t
from aos._native import crc64_combine_parts
from aos.aos_define import (
    AOSE_CRC_INCONSISTENT_ERROR,
    AOSE_FILE_INFO_ERROR,
    AOSE_INTERNAL_ERROR,
    AOSE_OK,
    AOSE_OPEN_FILE_ERROR,
    AOSE_READ_BODY_ERROR,
    HTTP_PUT,
)
from aos.aos_list import aos_list_add_tail, aos_list_init, aos_list_t
from aos.aos_log import aos_warn_log
from aos.aos_status import (
    AOS_HTTP_IO_ERROR_CODE,
    AOS_INCONSISTENT_ERROR_CODE,
    AOS_OPEN_FILE_ERROR_CODE,
    AOS_SERVER_ERROR_CODE,
    aos_status_is_ok,
    aos_status_t,
)
from aos.aos_string import aos_string_t
from aos.aos_util import aos_atoui64
from aos.apr_tables import aos_table_t
from oss._call.api import Call
from oss._call.multipart import completion, initiation
from oss._define.checkpoint import OSS_CP_UPLOAD, oss_checkpoint_t
from oss._define.constants import OSS_CALLBACK, OSS_CALLBACK_VAR, OSS_HASH_CRC64_ECMA, OSS_PARTNUMBER, OSS_UPLOAD_ID
from oss._define.create import oss_create_complete_part_content, oss_create_list_upload_part_params
from oss._files.lock import PartFile, has_writer
from oss._request.endpoint import host_of_service
from oss._request.errors import StatusError, status_of
from oss._request.sign import NumberedRequests
from oss._request.signing import numbered_requests, sign_request
from oss._transfer.plan import Outcome, Part, Plan, TransferRequest
from oss._transfer.runs import Run
from oss._transfer.transfer import Transfer, error_text, select_headers
from oss._transfer.worker import Job, PartWorker, placeholder
from oss._xml.parse import oss_upload_id_parse_from_body
from oss.oss_multipart import oss_abort_multipart_upload, oss_list_upload_part
from oss.oss_object import oss_head_object
from oss.oss_util import is_enable_crc, oss_fill_read_response_body, oss_get_part_size

__all__ = ["Upload"]

NO_SUCH_UPLOAD = "NoSuchUpload"
CLIENT_ERRORS = range(400, 500)
WITH_EVERY_PART = ("x-oss-traffic-limit", "x-oss-request-payer", "x-oss-server-side-encryption-customer-")
WITH_COMPLETE = (OSS_CALLBACK, OSS_CALLBACK_VAR, "x-oss-forbid-overwrite", "x-oss-request-payer")
"""Beginnings of the names of the caller's headers that go with each part, and with the completion."""


class UploadWorker(PartWorker):
    """Worker of one thread of an upload."""

    def __init__(self, job: Job, upload_id: str) -> None:
        super().__init__(job)
        self.upload_id = upload_id
        self._signed: NumberedRequests | None = None

    def _request(self, number: str, length: int) -> aos_http_request_t:
        """Returns a request for a part of ``length`` bytes, not signed yet; the first part has the number 1 here."""
        job = self.job
        call = Call.object(job.options, HTTP_PUT, job.bucket, job.object, job.headers)
        req = call.query((OSS_UPLOAD_ID, self.upload_id), (OSS_PARTNUMBER, number)).req
        req.body_len = length
        return req

    def _new_template(self) -> Template:
        """Returns the template for requests that differ in the part's number, its length, and the signature."""
        number, length, authorization = placeholder(), placeholder(), placeholder()
        req = self._request("", length)
        config = self.job.options.config
        self._signed = numbered_requests(req, config, OSS_PARTNUMBER, (number, authorization))
        return self._template_of(self._signed.req, number, length, authorization)

    def _exchange(self, run: Run, template: Template) -> aos_status_t | None:
        """Sends the next part of a run. Returns the status of a failure. ExchangeError."""
        part = number, offset, length = self.plan[run.begin]
        assert self._signed is not None
        authorization = SecretBytes(encode(self._signed.authorization(number + 1)))
        head = template.fill(b"%d" % (number + 1), b"%d" % length, authorization)
        self._remember_secrets(template.route, head)
        body = FilePart(self.file, offset, length)
        found = self.connection.put_part(template.route, head, body)
        if isinstance(found, bytes):
            return self._finish(run, Outcome(number, None, decode(found), body.crc64))
        resp = aos_http_io.aos_http_response_create(None)
        fill_and_log_head(template.route, found, resp)
        self._receive(template.route, found, resp)
        return self._finish(run, self._outcome_of(part, resp, AOSE_OK, body.crc64))

    def _by_custom_transport(self, part: Part) -> Outcome:
        """Sends a part by a transport of the program's own."""
        req, resp = self._request(str(part.number + 1), part.length), aos_http_io.aos_http_response_create(None)
        sign_request(req, self.job.options.config)
        req.file_buf, req.type, req.read_body = self._range_of(part), BODY_IN_FILE, aos_http_io.aos_read_http_body_file
        return self._outcome_of(part, resp, self._send(req, resp), req.crc64)

    def _outcome_of(self, part: Part, resp: aos_http_response_t, code: int, crc64: int) -> Outcome:
        """Returns the outcome of a part, whose bytes have this CRC64, after an exchange that returned ``code``."""
        status = self._failure(resp, code) or self._mismatch(part, resp, crc64)
        return Outcome(part.number, status, resp.headers.get("ETag") or "", crc64)

    def _mismatch(self, part: Part, resp: aos_http_response_t, crc64: int) -> aos_status_t | None:
        """Returns the status for a 2xx without an ETag, or with another CRC64; None for one that confirms the part."""
        what = f"part {part.number + 1} of {self.job.object}"
        theirs = resp.headers.get(OSS_HASH_CRC64_ECMA)
        same = theirs in (None, str(crc64)) or aos_atoui64(str(theirs)) == crc64
        if not same and is_enable_crc(self.job.options):
            message = f"{what}: CRC64 of the bytes sent is {crc64}, of those received {theirs}"
            return status_of(AOSE_CRC_INCONSISTENT_ERROR, AOS_INCONSISTENT_ERROR_CODE, message)
        if not resp.headers.get("ETag"):
            return status_of(AOSE_INTERNAL_ERROR, AOS_SERVER_ERROR_CODE, f"{what}: the answer has no ETag")
        return None


class Upload(Transfer[UploadWorker]):
    """One call of ``oss_resumable_upload_file``.

    ``source`` has size and modification time of the file; ``had_writer`` says whether anybody had it open for writing
    at the start, and ``resumed`` that the upload of an earlier call is continued.
    """

    def __init__(self, request: TransferRequest) -> None:
        super().__init__(request)
        self.upload_id = ""
        self.resumed = self.had_writer = False

    def run(self, resp_headers: aos_table_t | None, resp_body: aos_list_t | None) -> aos_status_t:
        """Does the upload. Returns the status of the completion, or of the first failure."""
        answer = aos_table_t() if resp_headers is None else resp_headers
        try:
            self._open_source()
            try:
                return self._upload_or_begin_anew(answer, resp_body)
            except BaseException as end:
                self._clean_up(end)
                raise
            finally:
                with contextlib.suppress(OSError):  # the file was only read, so nothing is lost
                    self.file.release()
                if self.journal is not None:
                    self.journal.close()
        except StatusError as end:
            return end.status

    def _upload_or_begin_anew(self, resp_headers: aos_table_t, resp_body: aos_list_t | None) -> aos_status_t:
        """Does the upload, a second time if it is gone. Returns the status of the completion. StatusError."""
        try:
            return self._upload(resp_headers, resp_body)
        except UploadGone:
            aos_warn_log("upload %s of %s is gone, it begins anew", self.upload_id, self.request.object)
        self._forget()
        return self._upload(resp_headers, resp_body)

    def _upload(self, resp_headers: aos_table_t, resp_body: aos_list_t | None) -> aos_status_t:
        """Does the upload. Returns the status of the completion, or that of a HEAD where an earlier call has completed
        it. UploadGone where the service does not know the upload; StatusError."""
        self._plan()
        self._start()
        try:
            self.move_parts()
            self._check_bytes()
            self._check_source()
            return self._complete_upload(resp_headers, resp_body)
        except StatusError as end:
            if end.status.error_code != NO_SUCH_UPLOAD:
                raise
            status = self._completed_before(resp_headers)
            if status is None:
                raise UploadGone(end.status) from None
        self._forget()
        return status

    def _forget(self) -> None:
        """Removes the checkpoint of an upload that is gone."""
        self.upload_id, self.resumed = "", False
        if self.journal is not None:
            self.journal.remove()
            self.journal = None

    def worker(self) -> UploadWorker:
        """Returns the worker of a thread, with the caller's headers that go with every part."""
        return UploadWorker(self.job(select_headers(self.request.headers, WITH_EVERY_PART)), self.upload_id)

    def _open_source(self) -> None:
        """Opens the file. StatusError."""
        path = self.request.filepath
        try:
            self.file = PartFile(path, os.O_RDONLY | os.O_NONBLOCK)  # to open a FIFO would take for ever
        except (OSError, ValueError) as error:
            code = getattr(error, "errno", None) or AOSE_OPEN_FILE_ERROR
            raise StatusError.of(code, AOS_OPEN_FILE_ERROR_CODE, f"cannot open {path}: {error_text(error)}") from error

    def _plan(self) -> None:
        """Divides the file into parts. StatusError where it is no regular file."""
        self.source = self._stat_source()
        self.had_writer = has_writer(self.file.fd)
        part_size = aos_ref_t(self.request.part_size)
        oss_get_part_size(self.source[0], part_size)
        # The service refuses an upload without parts, so an empty file is one empty part.
        self.begin(Plan(self.source[0], part_size.value, min_count=1))

    def _stat_source(self) -> tuple[int, int]:
        """Returns size and modification time (microseconds) of the open file. StatusError."""
        try:
            found = os.fstat(self.file.fd)
        except OSError as error:
            message = f"cannot look at {self.request.filepath}: {error_text(error)}"
            raise StatusError.of(AOSE_FILE_INFO_ERROR, AOS_OPEN_FILE_ERROR_CODE, message) from error
        if not stat.S_ISREG(found.st_mode):
            raise StatusError.of(AOSE_READ_BODY_ERROR, AOS_HTTP_IO_ERROR_CODE, f"{self.request.filepath} is no file")
        return found.st_size, found.st_mtime_ns // 1000

    def _start(self) -> None:
        """Continues the upload of the checkpoint, or initiates one; then writes the checkpoint. StatusError."""
        found = self.resume()
        if found is not None:
            self.resumed, self.upload_id = True, str(found.upload_id)
            self._read_done_parts()
        else:
            self._initiate()
        checkpoint = oss_checkpoint_t()
        checkpoint.cp_type, checkpoint.upload_id = OSS_CP_UPLOAD, self.upload_id
        checkpoint.object_name = self.request.object
        checkpoint.bucket, checkpoint.endpoint = self.request.bucket, host_of_service(self.request.options)
        checkpoint.file_size, checkpoint.file_last_modified = self.source
        self.begin_journal(checkpoint)

    def is_foreign(self, checkpoint: oss_checkpoint_t) -> bool:
        """Tells whether a checkpoint is of an upload to another bucket, or to one of that name on another service; the
        C SDK does not record where an upload goes. StatusError."""
        bucket, endpoint = checkpoint.bucket.data, checkpoint.endpoint.data
        if checkpoint.cp_type != OSS_CP_UPLOAD or not bucket or not endpoint:
            return False
        if bucket != self.request.bucket:
            return True
        return endpoint != host_of_service(self.request.options) and not self._is_known(checkpoint)

    def _is_known(self, checkpoint: oss_checkpoint_t) -> bool:
        """Tells whether the service, which may have several names, knows the upload of a checkpoint, or has the object
        that it became. StatusError for a failure that says nothing of that."""
        request, params = self.request, oss_create_list_upload_part_params(None)
        params.max_ret = 1
        upload = str(checkpoint.object_name), str(checkpoint.upload_id)
        status = oss_list_upload_part(request.options, request.bucket, *upload, params, None)
        if not aos_status_is_ok(status) and status.code not in CLIENT_ERRORS:
            raise StatusError(status)
        return bool(aos_status_is_ok(status)) or self._became_object(checkpoint)

    def _became_object(self, checkpoint: oss_checkpoint_t) -> bool:
        """Tells whether all parts of a checkpoint are done, and the object is what they make up."""
        parts = checkpoint.parts
        if not parts or not all(part.completed for part in parts):
            return False
        crc64 = crc64_combine_parts([part.crc64 for part in parts], checkpoint.part_size, parts[-1].size)
        return self._head()[1].get(OSS_HASH_CRC64_ECMA) == str(crc64)

    def mismatch(self, checkpoint: oss_checkpoint_t) -> str | None:
        """Returns why a checkpoint is not of an upload of this file to this object; None if it is."""
        if checkpoint.cp_type != OSS_CP_UPLOAD:
            return "it is not an upload's"
        if (checkpoint.file_size, checkpoint.file_last_modified) != self.source:
            return "the file has changed since"
        key = str(checkpoint.object_name)
        if key.strip() and key != self.request.object:  # the C SDK does not write it
            return f"it is of the object {key}"
        if not checkpoint.upload_id.data:
            return "it has no upload id"
        if any(part.completed and not part.etag.data for part in checkpoint.parts):
            return "a finished part has no ETag"
        return None

    def _read_done_parts(self) -> None:
        """Reads the parts that an earlier call has sent, for their CRC64, which the C SDK's checkpoints do not have and
        the CRC64 of the whole needs. A part that has another CRC64 than the recorded one is sent again. StatusError.
        """
        if not (is_enable_crc(self.request.options) or self.request.verify_file):
            return
        for number, crc64 in self._crcs_in_file():
            recorded, self.crcs[number] = self.crcs[number], crc64
            if recorded not in (0, crc64):
                self.done[number] = 0
                aos_warn_log("part %d of %s was changed, it is sent again", number + 1, self.request.filepath)

    def _read_all_parts(self) -> None:
        """Reads the whole file, for the CRC64 of all of its parts. StatusError."""
        self.done = bytearray(b"\1" * self.plan.count)
        for number, crc64 in self._crcs_in_file():
            self.crcs[number] = crc64

    def _crcs_in_file(self) -> Iterator[tuple[int, int]]:
        """Yields number and CRC64 of each finished part as it is in the file now. StatusError where it cannot be
        read."""
        for number, status, _, crc64 in self.reread():
            if status is not None:
                raise StatusError(status)
            yield number, crc64

    def _initiate(self) -> None:
        """Initiates an upload. StatusError."""
        request, upload_id = self.request, aos_string_t()
        call = initiation(request.options, request.bucket, request.object, request.headers).repeatable()
        status = call.parse(None, oss_upload_id_parse_from_body, upload_id)
        if not aos_status_is_ok(status):
            raise StatusError(status)
        self.upload_id = str(upload_id)
        if not self.upload_id:
            raise StatusError.of(
                AOSE_INTERNAL_ERROR, AOS_SERVER_ERROR_CODE, "the answer to the initiation has no UploadId"
            )

    def _check_bytes(self) -> None:
        """Reads the file again with ``verify_file``, or where anybody has or had it open for writing: a change
        through a mapping need not change its modification time. StatusError where the content has changed."""
        if not (self.request.verify_file or self.had_writer or has_writer(self.file.fd)):
            return
        for number, crc64 in self._crcs_in_file():
            if crc64 != self.crcs[number] != 0:
                raise source_changed(f"part {number + 1} of {self.request.filepath}")

    def _check_source(self) -> None:
        """Raises SourceChanged if size or modification time of the file have changed."""
        if self._stat_source() != self.source:
            raise source_changed(self.request.filepath)

    def _complete_upload(self, resp_headers: aos_table_t, resp_body: aos_list_t | None) -> aos_status_t:
        """Completes the upload and compares the CRC64 of the object with the file's. Returns the status. StatusError
        where the completion fails."""
        request, parts = self.request, aos_list_t()
        aos_list_init(parts)
        for number, etag in enumerate(self.etags, 1):
            part = oss_create_complete_part_content(None)
            part.part_number, part.etag = str(number), etag
            aos_list_add_tail(part.node, parts)
        headers = select_headers(request.headers, WITH_COMPLETE)
        place = request.options, request.bucket, request.object
        call = completion(*place, self.upload_id, parts, headers, None).repeatable()
        status = call.send(resp_headers)
        oss_fill_read_response_body(call.resp, resp_body)
        if not aos_status_is_ok(status):
            raise StatusError(status)
        if self.journal is not None:
            self.journal.remove()
        theirs = resp_headers.get(OSS_HASH_CRC64_ECMA)
        if theirs is not None and is_enable_crc(request.options) and aos_atoui64(theirs) != (ours := self.crc64()):
            message = f"the CRC64 of the file is {ours}, that of the object {theirs}"
            return status_of(AOSE_CRC_INCONSISTENT_ERROR, AOS_INCONSISTENT_ERROR_CODE, message)
        return status

    def _completed_before(self, resp_headers: aos_table_t) -> aos_status_t | None:
        """Returns the status of a HEAD of the object, and fills ``resp_headers``, if the object has size and CRC64 of
        the file; else None. It has them if an earlier completion succeeded whose answer was lost, or whose call was
        killed: the service then knows the upload no more."""
        status, headers = self._head()
        theirs = headers.get(OSS_HASH_CRC64_ECMA)
        if theirs is None or headers.get("Content-Length") != str(self.plan.size):
            return None
        if not all(self.done):  # a part of it was refused
            self._read_all_parts()
        if theirs != str(self.crc64()):
            return None
        aos_warn_log("upload %s of %s was completed before", self.upload_id, self.request.object)
        resp_headers.clear()
        resp_headers.extend(headers.items())
        return status

    def _head(self) -> tuple[aos_status_t, aos_table_t]:
        """Sends a HEAD for the object. Returns its status, and the headers, none of which an error has."""
        request, headers = self.request, aos_table_t()
        status = oss_head_object(request.options, request.bucket, request.object, None, headers)
        return status, headers if aos_status_is_ok(status) else aos_table_t()

    def _clean_up(self, end: BaseException) -> None:
        """Removes what cannot be continued after the exception ``end``: the checkpoint of an upload that is gone or
        whose file has changed, and the parts of an upload without a checkpoint, for which the service charges."""
        gone = isinstance(end, UploadGone)
        changed = isinstance(end, SourceChanged)
        if self.journal is not None and (gone or changed):
            self.journal.remove()
        if self.upload_id and not gone and (changed or not (self.recorded or self.resumed)):
            self._abort()

    def _abort(self) -> None:
        """Aborts the upload, with timeouts of one second since the caller waits; a failure is only logged. An upload
        that was cancelled is aborted in one try; cancelling ends any other abort."""
        request, ctl = self.request, aos_http_io.aos_http_controller_create(None, 0)
        ctl.options = copy.copy(request.options.ctl.options)
        ctl.options.connect_timeout = ctl.options.speed_time = 1
        options = copy.copy(request.options)
        options.ctl = ctl
        if self.alive():
            ctl.flag = request.flag
        else:
            options.retry_times = 0
        try:
            status = oss_abort_multipart_upload(options, request.bucket, request.object, self.upload_id, None)
            problem = None if aos_status_is_ok(status) else str(status.code)
        except Exception as error:  # of the program's own transport; the first failure matters more
            problem = repr(error)
        if problem is not None:
            aos_warn_log("upload %s of %s is not aborted: %s", self.upload_id, request.object, problem)


class UploadGone(StatusError):
    """Raised where the service does not know the upload, and the object is not what it would have become."""


class SourceChanged(StatusError):
    """Raised where the file is not what it was when the upload began."""


def source_changed(what: str) -> SourceChanged:
    """Returns the error for ``what``, the file or a part of it, that has changed."""
    message = f"{what} was changed during the upload"
    return SourceChanged(status_of(AOSE_CRC_INCONSISTENT_ERROR, AOS_INCONSISTENT_ERROR_CODE, message))
