"""The resumable upload: initiate, parts from the file, complete.

``oss.oss_resumable`` says what differs from the C SDK.
"""

from __future__ import annotations

import contextlib
import copy
import os
import stat

from aos import aos_http_io
from aos._c.refs import aos_ref_t
from aos.aos_define import (
    AOSE_CRC_INCONSISTENT_ERROR,
    AOSE_FILE_INFO_ERROR,
    AOSE_INTERNAL_ERROR,
    AOSE_OPEN_FILE_ERROR,
    AOSE_READ_BODY_ERROR,
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
from oss._define.checkpoint import OSS_CP_UPLOAD, oss_checkpoint_t
from oss._define.constants import OSS_CALLBACK, OSS_CALLBACK_VAR, OSS_HASH_CRC64_ECMA
from oss._define.create import oss_create_complete_part_content
from oss._files.lock import PartFile, has_writer
from oss._transfer.plan import Plan, TransferRequest
from oss._transfer.send import Sender
from oss._transfer.threads import failed, failure, status_of
from oss._transfer.transfer import Transfer, chosen, words
from oss.oss_multipart import (
    oss_abort_multipart_upload,
    oss_do_complete_multipart_upload,
    oss_init_multipart_upload,
)
from oss.oss_object import oss_head_object
from oss.oss_util import is_enable_crc, oss_get_part_size

__all__ = ["Upload"]

NO_SUCH_UPLOAD = "NoSuchUpload"
WITH_COMPLETE = (OSS_CALLBACK, OSS_CALLBACK_VAR, "x-oss-forbid-overwrite", "x-oss-request-payer")


class Upload(Transfer[Sender]):
    """One call of ``oss_resumable_upload_file``."""

    def __init__(self, asked: TransferRequest) -> None:
        super().__init__(asked)
        self.upload_id = ""
        self.resumed = self.written = False

    def run(self, resp_headers: aos_table_t | None, resp_body: aos_list_t | None) -> aos_status_t:
        """The whole of it; the status is that of the completion, or of the first failure."""
        try:
            self._open_source()
            try:
                self._plan()
                self._start()
                self.move_parts()
                self._check_bytes()
                self._check_source()
                return self._complete_upload(aos_table_t() if resp_headers is None else resp_headers, resp_body)
            except BaseException as end:
                self._give_up(end)
                raise
            finally:
                with contextlib.suppress(OSError):  # it was read, and no more
                    self.file.release()
                if self.record is not None:
                    self.record.close()
        except failure as end:
            return end.status

    def worker(self) -> Sender:
        return Sender(self, self.file, self.upload_id)

    def _open_source(self) -> None:
        path = self.asked.filepath
        try:
            self.file = PartFile(path, os.O_RDONLY | os.O_NONBLOCK)  # a FIFO would never open
        except (OSError, ValueError) as error:
            code = getattr(error, "errno", None) or AOSE_OPEN_FILE_ERROR
            raise failed(code, AOS_OPEN_FILE_ERROR_CODE, f"cannot open {path}: {words(error)}") from error

    def _plan(self) -> None:
        self.source = self._look()
        self.written = has_writer(self.file.fd)
        part_size = aos_ref_t(self.asked.part_size)
        oss_get_part_size(self.source[0], part_size)
        # The service refuses an upload without parts, so an empty file is one empty part.
        self.begin(Plan(self.source[0], part_size.value, least=1))

    def _look(self) -> tuple[int, int]:
        """Size and modification time (microseconds) of the open file."""
        try:
            found = os.fstat(self.file.fd)
        except OSError as error:
            message = f"cannot look at {self.asked.filepath}: {words(error)}"
            raise failed(AOSE_FILE_INFO_ERROR, AOS_OPEN_FILE_ERROR_CODE, message) from error
        if not stat.S_ISREG(found.st_mode):
            raise failed(AOSE_READ_BODY_ERROR, AOS_HTTP_IO_ERROR_CODE, f"{self.asked.filepath} is no file")
        return found.st_size, found.st_mtime_ns // 1000

    def _start(self) -> None:
        known = self.resume()
        if known is not None:
            self.resumed, self.upload_id = True, str(known.upload_id)
            self._read_done_parts()
        else:
            self._initiate()
        checkpoint = oss_checkpoint_t()
        checkpoint.cp_type, checkpoint.upload_id = OSS_CP_UPLOAD, self.upload_id
        checkpoint.object_name = self.asked.object
        checkpoint.file_size, checkpoint.file_last_modified = self.source
        self.begin_record(checkpoint)

    def misfit(self, checkpoint: oss_checkpoint_t) -> str | None:
        if checkpoint.cp_type != OSS_CP_UPLOAD:
            return "it is not an upload's"
        if (checkpoint.file_size, checkpoint.file_last_modified) != self.source:
            return "the file has changed since"
        key = str(checkpoint.object_name)
        if key.strip() and key != self.asked.object:  # the C SDK leaves it out
            return f"it is of the object {key}"
        if not checkpoint.upload_id.data:
            return "it has no upload id"
        if any(part.completed and not part.etag.data for part in checkpoint.parts):
            return "a finished part has no ETag"
        return None

    def _read_done_parts(self) -> None:
        """The CRC64 of the parts sent before, for that of the whole and for later looks at the file; the C SDK's
        checkpoints do not have it.

        Where there is one and the file has another by now, the part is sent again.
        """
        if not (is_enable_crc(self.asked.options) or self.asked.verify_file):
            return
        for result in self.reread(Sender.read):
            if result.status is not None:
                raise failure(result.status)
            recorded, self.crcs[result.part] = self.crcs[result.part], result.crc64
            if recorded not in (0, result.crc64):
                self.done[result.part] = 0
                aos_warn_log("part %d of %s was changed, it is sent again", result.part + 1, self.asked.filepath)

    def _initiate(self) -> None:
        asked, upload_id = self.asked, aos_string_t()
        status = oss_init_multipart_upload(asked.options, asked.bucket, asked.object, upload_id, asked.headers, None)
        if not aos_status_is_ok(status):
            raise failure(status)
        self.upload_id = str(upload_id)
        if not self.upload_id:
            raise failed(AOSE_INTERNAL_ERROR, AOS_SERVER_ERROR_CODE, "the answer to the initiation has no UploadId")

    def _check_bytes(self) -> None:
        """Reads the file again where that was asked for, or where somebody who has it open for writing may change it
        without a trace: through a mapping its time stays."""
        if not (self.asked.verify_file or self.written or has_writer(self.file.fd)):
            return
        for result in self.reread(Sender.read):
            if result.status is not None:
                raise failure(result.status)
            if result.crc64 != self.crcs[result.part] != 0:
                raise changed(f"part {result.part + 1} of {self.asked.filepath}")

    def _check_source(self) -> None:
        if self._look() != self.source:
            raise changed(self.asked.filepath)

    def _complete_upload(self, resp_headers: aos_table_t, resp_body: aos_list_t | None) -> aos_status_t:
        asked, parts = self.asked, aos_list_t()
        aos_list_init(parts)
        for number, etag in enumerate(self.etags, 1):
            part = oss_create_complete_part_content(None)
            part.part_number, part.etag = str(number), etag
            aos_list_add_tail(part.node, parts)
        headers = chosen(asked.headers, WITH_COMPLETE)
        status = oss_do_complete_multipart_upload(
            asked.options, asked.bucket, asked.object, self.upload_id, parts, headers, None, resp_headers, resp_body
        )
        if status.error_code == NO_SUCH_UPLOAD:
            status = self._completed_before(resp_headers) or status
        if not aos_status_is_ok(status):
            raise failure(status)
        if self.record is not None:
            self.record.remove()
        theirs = resp_headers.get(OSS_HASH_CRC64_ECMA)
        if theirs is not None and is_enable_crc(asked.options) and aos_atoui64(theirs) != (ours := self.crc64()):
            message = f"the CRC64 of the file is {ours}, that of the object {theirs}"
            return status_of(AOSE_CRC_INCONSISTENT_ERROR, AOS_INCONSISTENT_ERROR_CODE, message)
        return status

    def _completed_before(self, resp_headers: aos_table_t) -> aos_status_t | None:
        """The answer to a completion may be lost, or a killed run have made it: then the upload is no more, and the
        object is there, with the file's CRC64. The status and the headers are those of its HEAD."""
        asked, headers = self.asked, aos_table_t()
        status = oss_head_object(asked.options, asked.bucket, asked.object, None, headers)
        theirs, size = headers.get(OSS_HASH_CRC64_ECMA), headers.get("Content-Length")
        if not aos_status_is_ok(status) or (theirs, size) != (str(self.crc64()), str(self.plan.size)):
            return None
        aos_warn_log("upload %s of %s was completed before", self.upload_id, asked.object)
        resp_headers.clear()
        resp_headers.extend(headers.items())
        return status

    def _give_up(self, end: BaseException) -> None:
        """Leaves a checkpoint that can be continued, or nothing: no record that fails again, no parts that cost."""
        gone = isinstance(end, failure) and end.status.error_code == NO_SUCH_UPLOAD
        changed = isinstance(end, SourceChanged)
        if self.record is not None and (gone or changed):
            self.record.remove()
        if self.upload_id and not gone and (changed or not (self.recorded or self.resumed)):
            self._abort()

    def _abort(self) -> None:
        """Within about a second, since the caller waits."""
        asked, ctl = self.asked, aos_http_io.aos_http_controller_create(None, 0)
        ctl.options = copy.copy(asked.options.ctl.options)
        ctl.options.connect_timeout = ctl.options.speed_time = 1
        options = copy.copy(asked.options)
        options.ctl = ctl
        try:
            status = oss_abort_multipart_upload(options, asked.bucket, asked.object, self.upload_id, None)
            problem = None if aos_status_is_ok(status) else str(status.code)
        except Exception as error:  # of a transport that is not ours; what ended the upload matters more
            problem = repr(error)
        if problem is not None:
            aos_warn_log("upload %s of %s is not aborted: %s", self.upload_id, asked.object, problem)


class SourceChanged(failure):
    """The file is not what it was when the upload began."""


def changed(what: str) -> SourceChanged:
    message = f"{what} was changed during the upload"
    return SourceChanged(status_of(AOSE_CRC_INCONSISTENT_ERROR, AOS_INCONSISTENT_ERROR_CODE, message))
