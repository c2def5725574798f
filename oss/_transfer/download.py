"""The resumable download: a HEAD, the parts to ``<file>.tmp``, the CRC64 of the whole, and a rename.

The differences from the C SDK are listed in ``oss.oss_resumable``.
"""

from __future__ import annotations

import errno
import os
import re
import stat

from aos import aos_http_io
from aos._c.text import encode, path_bytes
from aos._http.connection import Expected, Route
from aos._http.errors import ExchangeError
from aos._http.perform import fill_and_log_head
from aos._http.response import Response
from aos._http.template import Template
from aos._http.types import BODY_IN_FILE, aos_http_request_t, aos_http_response_t
from aos._native import PartSeries
from aos.aos_define import (
    AOS_TEMP_FILE_SUFFIX,
    AOSE_CONNECTION_FAILED,
    AOSE_CRC_INCONSISTENT_ERROR,
    AOSE_FILE_TRUNC_ERROR,
    AOSE_FILE_WRITE_ERROR,
    AOSE_INTERNAL_ERROR,
    AOSE_OK,
    AOSE_OPEN_FILE_ERROR,
    HTTP_GET,
    HTTP_HEAD,
)
from aos.aos_log import AOS_LOG_DEBUG, aos_warn_log, is_logged
from aos.aos_status import (
    AOS_HTTP_IO_ERROR_CODE,
    AOS_INCONSISTENT_ERROR_CODE,
    AOS_OPEN_FILE_ERROR_CODE,
    AOS_RENAME_FILE_ERROR_CODE,
    AOS_SERVER_ERROR_CODE,
    AOS_WRITE_FILE_ERROR_CODE,
    aos_http_is_ok,
    aos_status_is_ok,
    aos_status_t,
)
from aos.aos_util import aos_atoui64
from aos.apr_tables import aos_table_t
from oss._call.api import Call
from oss._define.checkpoint import OSS_CP_DOWNLOAD, oss_checkpoint_t
from oss._define.constants import OSS_CANNONICALIZED_HEADER_PREFIX, OSS_HASH_CRC64_ECMA, OSS_MAX_PART_NUM
from oss._files.lock import MODE, PartFile, close_locked, is_at, open_locked, remove, sync_folder
from oss._request.errors import StatusError, status_of
from oss._request.signing import sign_request
from oss._transfer.plan import Outcome, Part, Plan, TransferRequest
from oss._transfer.runs import Run
from oss._transfer.transfer import Transfer, error_text, select_headers
from oss._transfer.worker import Job, PartWorker, placeholder
from oss.oss_util import is_enable_crc

__all__ = ["Download"]

LENGTH = re.compile(r"\d{1,18}", re.ASCII)
PARTIAL_CONTENT, PRECONDITION_FAILED = 206, 412
CONTENT_RANGE = re.compile(r"[ \t]*(?i:bytes)[ \t]+([0-9]+-[0-9]+)/([0-9]+|\*)[ \t]*", re.ASCII)
"""Value of Content-Range by RFC 9110, 14.4: the unit in any case; blanks around the value and after the unit."""


class DownloadWorker(PartWorker):
    """Worker of one thread of a download."""

    def __init__(self, job: Job, etag: str) -> None:
        """Makes a worker; ``etag`` is that of the object, which the answer for every part must have."""
        super().__init__(job)
        self.etag, self._etag_bytes, self._size = etag, encode(etag), job.plan.size
        self._one_by_one = False
        """Whether each part is requested alone, since an answer for several could not be divided."""

    def _request(self, span: str) -> aos_http_request_t:
        """Returns a signed request for the bytes ``span``, as in ``0-99``; ``Range`` is not part of what is signed."""
        job = self.job
        req = Call.object(job.options, HTTP_GET, job.bucket, job.object, job.headers, job.params).req
        sign_request(req, job.options.config)
        req.headers["Range"] = f"bytes={span}"
        return req

    def _new_template(self) -> Template:
        """Returns the template for requests that differ in their range."""
        span = placeholder()
        return self._template_of(self._request(str(span)), span)

    def _exchange(self, run: Run, template: Template) -> aos_status_t | None:
        """Requests the next part of a run, or all of its parts together, and moves the bytes to the file. Returns the
        status of a failure. ExchangeError."""
        several = run.end - run.begin > 1
        if several and run.one_by_one and self._has_quick_way():
            return self._exchange_series(run, template)
        part = asked = self.plan[run.begin]
        if several and not (run.one_by_one or self._one_by_one):
            asked = self.plan.joined(run.begin, run.end)
            run.asked()
        span, body = byte_range(asked).encode(), asked.length if asked is not part else 0
        whole = b"bytes %b/%d" % (span, self._size)
        expected = Expected(self.file, part.offset, part.length, whole, self._etag_bytes, body)
        found = self.connection.get_part(template.route, template.fill(span), expected)
        if isinstance(found, Response):
            outcome = self._read_answer(asked, template, found)
            if outcome is not None:
                return self._finish(run, outcome)
            if self._one_by_one:
                return None
            found = self.connection.get_next_part(template.route, expected)
        outcome = Outcome(part.number, None, self.etag, found.crc)
        if asked is part:
            return self._finish(run, outcome)
        self._finish_run(run, template.route, expected, outcome)
        return None

    def _has_quick_way(self) -> bool:
        """Tells whether C can request one part after the other: over a socket without TLS, where Python is not to do
        something about each."""
        wanted = self.job.options.config.credentials_callback is not None or is_logged(AOS_LOG_DEBUG)
        return self.connection.plain and not wanted

    def _exchange_series(self, run: Run, template: Template) -> aos_status_t | None:
        """Requests the parts of a run one after the other. Returns the status of a failure. ExchangeError."""
        plan, records = self.plan, self.job.records
        before, after = template.pieces
        where = None if records is None else (records.file.fd, records.places, records.end)
        etag, size = self._etag_bytes, self._size
        parts = PartSeries((before, after), etag, size, plan.part_size, run.begin, run.end, run.stop, where)

        def finished(crcs: list[int]) -> None:
            """Reports parts, which C has recorded; one that it could not record is recorded here, or the log says why
            not. The next one takes its time."""
            for crc in crcs:
                outcome = Outcome(run.begin, None, self.etag, crc)
                if parts.unrecorded and outcome.number + 1 == parts.number:
                    self.job.record(outcome)
                self._report(outcome)
                with run.lock:
                    run.begin += 1
            run.give_back()
            parts.end_soon()

        found = self.connection.get_series(template.route, parts, self.file, finished)
        if found is None:
            return None
        outcome = self._read_answer(plan[run.begin], template, found)
        return self._finish(run, outcome) if outcome is not None else None

    def _finish_run(self, run: Run, route: Route, expected: Expected, outcome: Outcome) -> None:
        """Finishes the first part of a run, and moves the bytes of the others to the file, one part after the other.
        ExchangeError."""
        run.begun()
        end = run.begin + -(-expected.body // self.plan.part_size)
        self._finish(run, outcome)
        while run.begin < run.end:
            number, offset, length = self.plan[run.begin]
            found = self.connection.get_next_part(route, expected._replace(offset=offset, length=length))
            self._finish(run, Outcome(number, None, self.etag, found.crc))
        run.over()
        if run.end < end:  # another thread has taken the rest
            self.connection.close(broken=True)

    def _read_answer(self, asked: Part, template: Template, found: Response) -> Outcome | None:
        """Reads an answer that is not plainly the one expected, to a request for a part, or for several as one. Returns
        None for a good one to several: its body is still to be read, unless each is now to be requested alone.
        ExchangeError."""
        resp = self._response(asked)
        fill_and_log_head(template.route, found, resp)
        if (problem := self._mismatch(asked, resp)) is not None:
            self.connection.close(broken=True)
            return Outcome(asked.number, problem, self.etag, 0)
        if asked != self.plan[asked.number] and aos_http_is_ok(resp.status):
            self._one_by_one = not self.connection.take_parts(found)
            if self._one_by_one:
                self.connection.close(broken=True)
            return None
        self._receive(template.route, found, resp)
        return self._outcome_of(asked, resp, AOSE_OK)

    def _by_custom_transport(self, part: Part) -> Outcome:
        """Requests a part by a transport of the program's own."""

        def check_head(resp: aos_http_response_t) -> None:
            """Ends an exchange of the default transport, which the program's may call, before any byte is written."""
            if (mismatch := self._mismatch(part, resp)) is not None:
                raise ExchangeError(mismatch.code, mismatch.error_msg or "")

        resp = self._response(part)
        self.connection.check_head = check_head
        code = self._send(self._request(byte_range(part)), resp)
        self.connection.check_head = None  # it refers to the worker
        return self._outcome_of(part, resp, code)

    def _response(self, part: Part) -> aos_http_response_t:
        """Returns an answer to be filled, whose body is written to the file at the offset of the part."""
        resp = aos_http_io.aos_http_response_create(None)
        resp.file_buf, resp.type = self._range_of(part), BODY_IN_FILE
        resp.write_body = aos_http_io.aos_write_http_body_file
        return resp

    def _outcome_of(self, part: Part, resp: aos_http_response_t, code: int) -> Outcome:
        """Returns the outcome of a part after an exchange that returned the AOSE_* ``code``."""
        mismatch = self._mismatch(part, resp)
        if mismatch is not None and mismatch.code == code:
            code = AOSE_OK  # there was an answer, and no other failure
        status = self._failure(resp, code) or mismatch or self._length_problem(part, resp)
        return Outcome(part.number, status, self.etag, resp.crc64)

    def _mismatch(self, part: Part, resp: aos_http_response_t) -> aos_status_t | None:
        """Returns the status for a 2xx whose head does not fit the part; None if it fits, or for any other answer."""
        if not aos_http_is_ok(resp.status):
            return None
        etag, given, span = resp.headers.get("ETag"), resp.headers.get("Content-Range"), byte_range(part)
        what = f"part {part.number} of {self.job.object}"
        if etag != self.etag and not same_etag(etag, self.etag):
            message = f"{what}: the object has changed, its ETag was {self.etag} and is {etag or 'not given'}"
            return status_of(PRECONDITION_FAILED, "PreconditionFailed", message)
        if resp.status == PARTIAL_CONTENT:
            found = CONTENT_RANGE.fullmatch(given or "")
            fits = found is not None and found[1] == span and found[2] in (str(self._size), "*")
        else:
            fits = resp.status == 200 and given is None and self.plan.count == 1
        length = resp.headers.get("Content-Length")
        if fits and (length is None or length == str(part.length)):
            return None
        got = f"{resp.status}, Content-Range {given or 'none'}, Content-Length {length or 'none'}"
        message = f"{what}: bytes {span}/{self._size} were asked for, the answer is {got}"
        return status_of(AOSE_INTERNAL_ERROR, AOS_SERVER_ERROR_CODE, message)

    def _length_problem(self, part: Part, resp: aos_http_response_t) -> aos_status_t | None:
        """Returns the status for a body that is longer or shorter than the part; None for one that is not."""
        if resp.body_len == part.length:
            return None
        message = f"part {part.number} of {self.job.object}: {resp.body_len} bytes received of {part.length}"
        return status_of(AOSE_CONNECTION_FAILED, AOS_HTTP_IO_ERROR_CODE, message)


def byte_range(part: Part) -> str:
    """Returns the positions of the first and the last byte of a part as in a Range header: ``0-99``."""
    return f"{part.offset}-{part.offset + part.length - 1}"


def same_etag(one: str | None, other: str | None) -> bool:
    """Tells whether two ETags name the same content; quotes and case do not matter."""
    return (one or "").strip('"').lower() == (other or "").strip('"').lower()


class Download(Transfer[DownloadWorker]):
    """One call of ``oss_resumable_download_file``.

    ``completed_before`` says that a run before this one was killed after its rename; ``renamed``, that this run's
    temporary file has its final name.
    """

    def __init__(self, request: TransferRequest) -> None:
        super().__init__(request)
        self.target, self.temporary = request.filepath, request.filepath + AOS_TEMP_FILE_SUFFIX
        self.renamed = self.completed_before = False

    def run(self, resp_headers: aos_table_t | None) -> aos_status_t:
        """Does the download. Returns the status of the HEAD if all went well, else that of the first failure."""
        request_id = None
        try:
            status = self._head(resp_headers)
            request_id = status.req_id
            if aos_status_is_ok(status):
                self._download()
        except StatusError as end:
            end.status.req_id = end.status.req_id or request_id
            return end.status
        return status

    def _download(self) -> None:
        """Downloads the object that the HEAD described. StatusError."""
        self._open_temporary()
        kept = self._has_bytes()
        try:
            kept = resumed = self.resume() is not None
            if resumed and self.completed_before:
                kept = resumed = False
                if self._target_is_complete():
                    self._remove_leftovers()
                    return
            if resumed:
                self._verify()
            else:
                self._start_over()
            self.begin_journal(self._checkpoint())
            self._download_parts()
            self._check_content()
            self._finish()
        finally:
            self._close(kept)

    def worker(self) -> DownloadWorker:
        """Returns the worker of a thread; the caller's ``x-oss-`` headers go with every part."""
        headers = select_headers(self.request.headers, (OSS_CANNONICALIZED_HEADER_PREFIX,))
        return DownloadWorker(self.job(headers), self.etag)

    def _head(self, resp_headers: aos_table_t | None) -> aos_status_t:
        """Sends the HEAD, and plans the parts by its answer. Returns its status. StatusError for an answer without
        what a download needs."""
        request = self.request
        call = Call.object(request.options, HTTP_HEAD, request.bucket, request.object, request.headers, request.params)
        status = call.send(resp_headers)
        if aos_status_is_ok(status):
            answer = call.resp.headers
            self.etag, self.last_modified = answer.get("ETag") or "", answer.get("Last-Modified") or ""
            self.object_crc64, length = answer.get(OSS_HASH_CRC64_ECMA), answer.get("Content-Length") or ""
            problem = _head_problem(status.code, self.etag, self.last_modified, length)
            if problem is not None:
                message = f"Unexpected response header: HEAD of {request.object}: {problem}"
                raise StatusError.of(AOSE_INTERNAL_ERROR, AOS_SERVER_ERROR_CODE, message)
            size = int(length)
            self.begin(Plan(size, max(request.part_size, -(-size // OSS_MAX_PART_NUM))), self.etag)
        return status

    def mismatch(self, checkpoint: oss_checkpoint_t) -> str | None:
        """Returns why a checkpoint is not of this object, or of this temporary file; None if it is of both."""
        size = self.plan.size
        if checkpoint.cp_type != OSS_CP_DOWNLOAD:
            return "it is not a download's"
        if str(checkpoint.object_name) != self.request.object:
            return f"it is of the object {checkpoint.object_name}"
        if checkpoint.object_size != size or str(checkpoint.object_last_modified) != self.last_modified:
            return "the object has changed since"
        if not same_etag(checkpoint.object_etag.data, self.etag):
            return "the object's ETag has changed since"
        found = os.fstat(self.file.fd).st_size
        if not found and size and all(part.completed for part in checkpoint.parts):
            self.completed_before = _file_size(self.target) == size
        if found == size or self.completed_before:
            return None
        return f"{self.temporary} has {found} bytes instead of {size}"

    def _target_is_complete(self) -> bool:
        """Tells whether the target has the object already: the last run was killed between the rename and its end."""
        temporary = self.file
        try:
            self.file = PartFile(self.target, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        except OSError:
            return False
        try:
            return self._verify() and self._crc64_agrees()
        finally:
            close_locked(self.file)
            self.file = temporary

    def _remove_leftovers(self) -> None:
        """Removes what a run that was killed after its rename has left."""
        self.begin_journal(self._checkpoint())
        self._remove_files()

    def _checkpoint(self) -> oss_checkpoint_t:
        """Returns the checkpoint of this download, without its parts."""
        checkpoint = oss_checkpoint_t()
        checkpoint.cp_type = OSS_CP_DOWNLOAD
        checkpoint.object_name, checkpoint.object_size = self.request.object, self.plan.size
        checkpoint.object_last_modified, checkpoint.object_etag = self.last_modified, self.etag
        return checkpoint

    def _open_temporary(self) -> None:
        """Opens and locks the temporary file, which is made if need be. StatusError."""
        self.check_not_cancelled()
        try:
            self.file = open_locked(self.temporary, MODE)
        except (OSError, ValueError) as error:
            message = f"cannot open {self.temporary}: {error_text(error)}"
            raise StatusError.of(AOSE_OPEN_FILE_ERROR, AOS_OPEN_FILE_ERROR_CODE, message) from error

    def _has_bytes(self) -> bool:
        """Tells whether an earlier call has left something in the temporary file, as far as can be seen."""
        try:
            return os.fstat(self.file.fd).st_size > 0
        except OSError:
            return True

    def _start_over(self) -> None:
        """Forgets what is done, and gives the temporary file the size of the object. StatusError."""
        self.begin(self.plan, self.etag)
        try:
            os.ftruncate(self.file.fd, 0)
            os.ftruncate(self.file.fd, self.plan.size)
        except OSError as error:
            message = f"{self.temporary} cannot have {self.plan.size} bytes: {error_text(error)}"
            raise StatusError.of(AOSE_FILE_TRUNC_ERROR, AOS_OPEN_FILE_ERROR_CODE, message) from error

    def _verify(self) -> bool:
        """Reads the finished parts in the file. One whose CRC64 is not the recorded one becomes unfinished. Tells
        whether all are as recorded."""
        intact = True
        for index, status, _, crc64 in self.reread():
            if status is None and crc64 == self.crcs[index]:
                continue
            intact, self.done[index] = False, 0
            why = status.error_msg if status is not None else self._damage_text(index, crc64)
            aos_warn_log("%s, it is fetched again", why)
        return intact

    def _damage_text(self, index: int, crc64: int) -> str:
        """Returns the message for a part that has this CRC64 in the file."""
        return f"part {index} of {self.file.fname} has CRC64 {crc64} instead of {self.crcs[index]}"

    def _download_parts(self) -> None:
        """Downloads the unfinished parts. StatusError; after a 412 nothing can be continued, so the files go."""
        try:
            self.move_parts(self.request.parts_per_request)
        except StatusError as end:
            if end.status.code == PRECONDITION_FAILED:
                self._remove_files()
            raise

    def _check_content(self) -> None:
        """Checks that the file is the object, by the CRC64 of the bytes received, and with ``verify_file`` by reading
        the file again. StatusError.

        If it is not, the parts that differ on the disk are downloaded again, once. If there are none, or that does not
        help, the damage cannot be found, so the files are removed, lest the next call fail in the same way.
        """
        for last in (False, True):
            agrees = self._crc64_agrees()
            if agrees and not self.request.verify_file:
                return
            intact = self._verify()
            if agrees and intact:
                return
            if intact or last:
                break
            self._download_parts()
        self._remove_files()
        message = f"{self.temporary} does not keep what is written to it"
        if not agrees:
            message = f"the CRC64 of the downloaded bytes is {self.crc64()}, the object's is {self.object_crc64}"
        raise StatusError.of(AOSE_CRC_INCONSISTENT_ERROR, AOS_INCONSISTENT_ERROR_CODE, message)

    def _crc64_agrees(self) -> bool:
        """Tells whether the CRC64 of the parts is the object's; True where there is nothing to compare."""
        if self.object_crc64 is None or not is_enable_crc(self.request.options):
            return True
        return self.crc64() == aos_atoui64(self.object_crc64)

    def _finish(self) -> None:
        """Gives the file its final name, and removes the checkpoint. StatusError."""
        fd, durable = self.file.fd, self.request.durable
        try:
            if durable:
                os.fsync(fd)
            os.close(os.dup(fd))  # reports failed writes as closing the file would, and keeps the lock
        except OSError as error:
            if durable:  # after a failed sync, what can be read need not be on the disk
                self._remove_files()
            message = f"cannot write {self.temporary}: {error_text(error)}"
            raise StatusError.of(AOSE_FILE_WRITE_ERROR, AOS_WRITE_FILE_ERROR_CODE, message) from error
        self.check_not_cancelled()
        try:
            if not is_at(fd, self.temporary):
                raise OSError(errno.ESTALE, "it was removed or replaced")
            os.replace(path_bytes(self.temporary), path_bytes(self.target))
        except OSError as error:
            message = f"{self.temporary} cannot be renamed to {self.target}: {error_text(error)}"
            raise StatusError.of(AOSE_FILE_WRITE_ERROR, AOS_RENAME_FILE_ERROR_CODE, message) from error
        self.renamed = True
        if self.journal is not None:
            self.journal.remove()
        if durable:
            self._sync_name()

    def _sync_name(self) -> None:
        """Syncs the folder of the target, so that its name outlasts a power cut. StatusError."""
        try:
            sync_folder(self.target)
        except OSError as error:
            message = f"cannot sync the folder of {self.target}: {error_text(error)}"
            raise StatusError.of(AOSE_FILE_WRITE_ERROR, AOS_WRITE_FILE_ERROR_CODE, message) from error

    def _remove_files(self) -> None:
        """Removes checkpoint and temporary file, so that the next call starts anew."""
        if self.journal is not None:
            self.journal.remove()
        remove(self.file.fd, self.temporary)

    def _close(self, kept: bool) -> None:
        """Closes checkpoint and temporary file. Without a checkpoint nothing can be continued, so the temporary file is
        removed; ``kept`` says that it has what an earlier call has left, whose checkpoint may still be valid."""
        if not (self.recorded or self.renamed or kept):
            remove(self.file.fd, self.temporary)
        if self.journal is not None:
            self.journal.close()
        close_locked(self.file)


def _head_problem(code: int, etag: str, last_modified: str, length: str) -> str | None:
    """Returns what is wrong with the answer to a HEAD, by which a download cannot be planned; None if nothing is."""
    if code == PARTIAL_CONTENT:
        return f"the status {code} is that of a part, not of the object"
    if not LENGTH.fullmatch(length):
        return f"the Content-Length {length!r} is no number of bytes" if length else "there is no Content-Length"
    missing = [name for name, value in (("ETag", etag), ("Last-Modified", last_modified)) if not value]
    return f"there is no {' and no '.join(missing)}" if missing else None


def _file_size(path: str) -> int | None:
    """Returns the size of a regular file in bytes; None for anything else, and where there is nothing."""
    try:
        found = os.lstat(path_bytes(path))
    except OSError:
        return None
    return found.st_size if stat.S_ISREG(found.st_mode) else None
