"""The resumable download: HEAD, parts to ``<file>.tmp``, CRC64 of the whole, rename.

``oss.oss_resumable`` says what differs from the C SDK.
"""

from __future__ import annotations

import contextlib
import functools
import os
import re
from collections.abc import Callable

from aos._text import encode
from aos.aos_crc64 import aos_crc64_combine
from aos.aos_log import aos_warn_log
from aos.aos_util import aos_atoui64
from oss._api import call_t, progress_t
from oss._checkpoint import oss_load_checkpoint
from oss._fetch import fetcher_t, same_etag
from oss._parts import crew_t, failed, failure, outcome_t, part_file_t, plan_t
from oss._record import record_t
from oss.oss_util import *

__all__ = ["download_t"]

PRECONDITION_FAILED = 412


class download_t:
    """One call of ``oss_resumable_download_file``."""

    def __init__(
        self,
        options: oss_request_options_t,
        bucket: aos_text_t,
        object: aos_text_t,
        filepath: aos_text_t,
        headers: aos_table_t | None,
        params: aos_table_t | None,
        thread_num: int,
        part_size: int,
        checkpoint_path: str | None,
        progress_callback: progress_t | None,
        retry_times: int = 0,
    ) -> None:
        self.options, self.bucket, self.object, self.params = options, str(bucket), str(object), params
        self.target, self.temporary = str(filepath), str(filepath) + AOS_TEMP_FILE_SUFFIX
        self.headers, self.thread_num, self.part_size = headers, thread_num, part_size
        self.checkpoint_path, self.progress_callback, self.retry_times = checkpoint_path, progress_callback, retry_times
        self.file: part_file_t
        self.record: record_t | None = None
        self.renamed = False

    def run(self, resp_headers: aos_table_t | None) -> aos_status_t:
        """The whole of it; the status is the HEAD's when all went well, else the first failure's."""
        try:
            status = self._head(resp_headers)
            if aos_status_is_ok(status):
                self._download()
        except failure as end:
            return end.status
        return status

    def _download(self) -> None:
        resumed = self._resume()
        self._open_temporary(resumed)
        try:
            if resumed:
                self._verify()
            self._open_record()
            self._fetch_parts()
            self._check_crc64()
            self._finish()
        finally:
            self._leave(resumed)

    # ---- what is to be fetched ----

    def _head(self, resp_headers: aos_table_t | None) -> aos_status_t:
        call = call_t.object(self.options, HTTP_HEAD, self.bucket, self.object, self.headers, self.params)
        status = call.send(resp_headers)
        if aos_status_is_ok(status):
            answer = call.resp.headers
            self.etag = answer.get("ETag") or ""
            self.last_modified = answer.get("Last-Modified") or ""
            self.crc64 = answer.get(OSS_HASH_CRC64_ECMA)
            length = answer.get("Content-Length") or ""
            if (
                not (self.etag and self.last_modified and re.fullmatch(r"\d{1,18}", length, re.ASCII))
                or status.code == 206
            ):
                raise failed(AOSE_INTERNAL_ERROR, AOS_SERVER_ERROR_CODE, "Unexpected response header")
            size = int(length)
            self.plan = plan_t(size, max(self.part_size, -(-size // OSS_MAX_PART_NUM)))
        return status

    def _resume(self) -> bool:
        """Takes over a checkpoint of this object, when the temporary file is there too."""
        self.done, self.crcs = bytearray(self.plan.count), [0] * self.plan.count
        path = self.checkpoint_path
        if path is None or not os.path.lexists(path):
            return False
        checkpoint = oss_checkpoint_t()
        code = oss_load_checkpoint(None, path, checkpoint)
        plan = plan_t(checkpoint.object_size, checkpoint.part_size)
        problem = f"it cannot be read ({code})" if code != AOSE_OK else self._misfit(checkpoint, plan)
        if problem is not None:
            aos_warn_log("checkpoint %s is not used, the download starts anew: %s", path, problem)
            return False
        self.plan = plan
        self.done = bytearray(part.completed for part in checkpoint.parts)
        self.crcs = [part.crc64 for part in checkpoint.parts]
        return True

    def _misfit(self, checkpoint: oss_checkpoint_t, plan: plan_t) -> str | None:
        """Why a checkpoint and the temporary file cannot be continued; None when they can."""
        if checkpoint.cp_type != OSS_CP_DOWNLOAD:
            return "it is not a download's"
        if str(checkpoint.object_name) != self.object:
            return f"it is of the object {checkpoint.object_name}"
        if checkpoint.object_size != self.plan.size or str(checkpoint.object_last_modified) != self.last_modified:
            return "the object has changed since"
        if not same_etag(checkpoint.object_etag.data, self.etag):
            return "the object's ETag has changed since"
        parts = checkpoint.parts
        if plan.part_size <= 0 or plan.count != checkpoint.part_num or plan.count > OSS_MAX_PART_NUM:
            return "its parts do not make the object"
        for index, part in enumerate(parts):
            if (part.offset, part.size) != (plan.offset(index), plan.length(index)) or part.completed not in (0, 1):
                return f"its part {index} is not where it should be"
        try:
            found = os.stat(self.temporary, follow_symlinks=False)
        except OSError as error:
            return f"{self.temporary}: {error.strerror}"
        if found.st_size != plan.size:
            return f"{self.temporary} has {found.st_size} bytes instead of {plan.size}"
        return None

    def _open_temporary(self, resumed: bool) -> None:
        try:
            self.file = part_file_t(self.temporary, os.O_RDWR | os.O_CREAT | (0 if resumed else os.O_TRUNC))
        except (OSError, ValueError) as error:
            raise failed(AOSE_OPEN_FILE_ERROR, AOS_OPEN_FILE_ERROR_CODE, f"{self.temporary}: {words(error)}") from error
        try:
            os.ftruncate(self.file.fd, self.plan.size)
        except OSError as error:
            self._leave(resumed)
            message = f"{self.temporary} cannot have {self.plan.size} bytes: {words(error)}"
            raise failed(AOSE_FILE_TRUNC_ERROR, AOS_OPEN_FILE_ERROR_CODE, message) from error

    def _open_record(self) -> None:
        path = self.checkpoint_path
        if path is None:
            return
        checkpoint = oss_checkpoint_t()
        checkpoint.cp_type = OSS_CP_DOWNLOAD
        checkpoint.file_path = encode(self.target).decode("utf-8", "replace")
        checkpoint.object_name, checkpoint.object_size = self.object, self.plan.size
        checkpoint.object_last_modified, checkpoint.object_etag = self.last_modified, self.etag
        try:
            self.record = record_t.create(path, checkpoint, self.plan, self.done, [self.etag], self.crcs)
        except OSError as error:
            code = error.errno or AOSE_OPEN_FILE_ERROR
            raise failed(code, AOS_OPEN_FILE_ERROR_CODE, f"checkpoint {path}: {words(error)}") from error
        except ValueError as error:
            raise failed(AOSE_FILE_WRITE_ERROR, AOS_WRITE_FILE_ERROR_CODE, f"checkpoint {path}: {error}") from error

    # ---- the parts ----

    def _crew(self, finished: bool, work: Callable[[fetcher_t, int], outcome_t]) -> crew_t[fetcher_t]:
        """The threads, at work on the parts that are finished, or on those that are not."""
        todo = [index for index in range(self.plan.count) if self.done[index] == finished]
        pool = self.options.pool
        alive = (lambda: True) if pool is None else (lambda: pool.is_open)
        return crew_t(todo, self.thread_num, lambda: fetcher_t(self, self.file), work, alive)

    def _verify(self) -> None:
        """Reads the parts that the checkpoint calls finished; those whose CRC64 is another are fetched again."""
        with self._crew(True, fetcher_t.verify) as crew:
            for result in crew.results():
                if result.status is not None:
                    self.done[result.part] = 0
                    aos_warn_log("%s: %s, it is fetched again", self.temporary, result.status.error_msg)

    def _fetch_parts(self) -> None:
        plan, first = self.plan, None
        consumed = sum(plan.length(index) for index in range(plan.count) if self.done[index])
        with self._crew(False, fetcher_t.fetch) as crew:
            for result in crew.results():
                if result.status is not None:
                    first = first or result.status
                    crew.cancel()
                    continue
                self.done[result.part], self.crcs[result.part] = 1, result.crc64
                self._complete(result)
                consumed += plan.length(result.part)
                if first is None and self.progress_callback is not None:
                    self.progress_callback(consumed, plan.size)
        if first is not None:
            if first.code == PRECONDITION_FAILED:
                self._drop()
            raise failure(first)
        if not all(self.done):
            raise failed(AOSE_ABORT_CALLBACK, AOS_CLIENT_ERROR_CODE, "the pool was destroyed during the download")

    def _complete(self, result: outcome_t) -> None:
        """A record that cannot be written costs a part at the next run, not this run."""
        if self.record is None:
            return
        try:
            self.record.complete(result.part, result.etag, result.crc64)
        except OSError as error:
            aos_warn_log("checkpoint %s: part %d is not recorded: %s", self.record.path, result.part, words(error))

    # ---- the end ----

    def _check_crc64(self) -> None:
        """The CRC64 of the whole against the service's; a mismatch leaves nothing behind that would fail again."""
        if self.crc64 is None or not is_enable_crc(self.options):
            return
        lengths = map(self.plan.length, range(self.plan.count))
        parts = zip(self.crcs, lengths, strict=True)
        crc64 = functools.reduce(lambda whole, part: aos_crc64_combine(whole, *part), parts, 0)
        if crc64 != aos_atoui64(self.crc64):
            self._drop()
            message = f"the CRC64 of the downloaded bytes is {crc64}, the object's is {self.crc64}"
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
        with contextlib.suppress(OSError):
            self.file.release()
        if self.record is not None:
            self.record.close()
        elif not self.renamed and not resumed:
            remove(self.temporary)


def words(error: Exception) -> str:
    """What the system said."""
    return (isinstance(error, OSError) and error.strerror) or str(error)


def remove(path: str) -> None:
    with contextlib.suppress(OSError):
        os.unlink(path)
