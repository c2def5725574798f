"""What a resumable upload and a resumable download have in common: the checkpoint, the threads, the parts' results."""

from __future__ import annotations

import contextlib
import os
import random
import threading
from abc import abstractmethod
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from aos import aos_http_io, apr_time
from aos._c.text import encode
from aos._http.connection import Lease
from aos._http.template import Template
from aos._native import PART_DONE, CancelFlag, PartIO, crc64_combine_parts
from aos.aos_buf import aos_create_file_buf, aos_file_buf_t
from aos.aos_define import (
    AOSE_ABORT_CALLBACK,
    AOSE_CONNECTION_FAILED,
    AOSE_FAILED_CONNECT,
    AOSE_FILE_READ_ERROR,
    AOSE_FILE_WRITE_ERROR,
    AOSE_INTERNAL_ERROR,
    AOSE_NAME_LOOKUP_ERROR,
    AOSE_OK,
    AOSE_OPEN_FILE_ERROR,
)
from aos.aos_list import aos_list_init
from aos.aos_log import aos_warn_log
from aos.aos_status import (
    AOS_CLIENT_ERROR_CODE,
    AOS_HTTP_IO_ERROR_CODE,
    AOS_OPEN_FILE_ERROR_CODE,
    AOS_WRITE_FILE_ERROR_CODE,
    aos_http_is_ok,
    aos_should_retry,
    aos_status_t,
)
from aos.aos_transport import aos_http_request_t, aos_http_response_t
from aos.apr_tables import aos_table_t
from oss._call.background import DESTROYED
from oss._define.checkpoint import oss_checkpoint_t
from oss._define.constants import OSS_MAX_PART_NUM
from oss._files.lock import PartFile
from oss._request.request import outcome
from oss._transfer.checkpoint import read_checkpoint
from oss._transfer.journal import Journal
from oss._transfer.plan import Plan, TransferRequest
from oss._transfer.threads import Outcome, WorkerPool, failed, failure, status_of

__all__ = ["chosen", "PartWorker", "Transfer", "words"]

TOO_MANY_REQUESTS = 429
BACKOFF_FIRST, BACKOFF_LAST = 0.2, 10.0


def chosen(headers: aos_table_t | None, names: tuple[str, ...]) -> aos_table_t:
    """Those of the caller's headers whose names begin with one of ``names``."""
    table = aos_table_t()
    for name, value in headers.items() if headers is not None else ():
        if name.lower().startswith(names):
            table.add(name, value)
    return table


S = TypeVar("S", bound=Template)


class PartWorker(Generic[S]):
    """One thread's means: a connection of its own, a series of requests, and a place in the file."""

    job: Transfer[Any]

    def __init__(self, job: Transfer[Any], file: PartFile) -> None:
        self.job, self.file = job, file.share()
        given = job.asked.options.ctl
        self.controller = aos_http_io.aos_http_controller_create(None, 0)
        self.controller.options, self.controller.user_data = given.options, given.user_data
        self.lease = self.controller.lease = Lease(given.options, CancelFlag())
        self.cancelled = threading.Event()
        self._place = aos_create_file_buf(None)
        self._place.file = self.file
        self._series: tuple[int, S] | None = None
        self.resp = aos_http_io.aos_http_response_create(None)

    def cancel(self) -> None:
        """From another thread."""
        self.cancelled.set()
        self.lease.cancel()

    def close(self) -> None:
        """At the thread's end."""
        self.lease.close()
        with contextlib.suppress(OSError):  # of a thread that is late: nobody waits for it any more
            self.file.release()

    def move(self, part: int) -> Outcome:
        """One part, tried again as often as the caller allows, and recorded before the next is begun."""
        retry_times = self.job.asked.retry_times
        for tried in range(retry_times + 1):
            result = self.try_once(part)
            if result.status is None or tried == retry_times or not may_pass(result.status):
                break
            if self.cancelled.wait(min(BACKOFF_LAST, BACKOFF_FIRST * 2**tried) * random.uniform(0.5, 1)):
                break
        if result.status is None:
            self.job.complete(result)
        return result

    def series(self) -> S:
        """The requests of this second; each second has its own, since the date is signed."""
        second = apr_time.apr_time_now() // 1_000_000
        if self._series is None or self._series[0] != second:
            self._series = second, self.new_series()
        return self._series[1]

    @abstractmethod
    def new_series(self) -> S:
        """Requests that are signed now."""

    @abstractmethod
    def try_once(self, part: int) -> Outcome:
        """One request for a part, and whether it did what it should."""

    def place_of(self, part: int) -> aos_file_buf_t:
        """Where a part lies in the file; one object, moved from part to part."""
        plan, place = self.job.plan, self._place
        place.file_pos, place.file_last = plan.offset(part), plan.offset(part) + plan.length(part)
        return place

    def emptied(self) -> aos_http_response_t:
        """The worker's one answer, for the next part."""
        resp = self.resp
        resp.status, resp.body_len, resp.crc64, resp.etag = -1, 0, 0, None
        resp.headers.clear()
        aos_list_init(resp.body)
        return resp

    def read(self, part: int) -> Outcome:
        """The CRC64 of a part in the file; a status when it cannot be read."""
        plan = self.job.plan
        io = PartIO(plan.offset(part), plan.length(part), 0, self.lease.watch.flag)
        if io.verify(self.file.fd, self.lease.buffer) == PART_DONE:
            return Outcome(part, None, self.job.etags[part], io.crc)
        message = (
            f"part {part} of {self.file.fname} cannot be read: {os.strerror(io.errno) if io.errno else 'too short'}"
        )
        return Outcome(part, status_of(AOSE_FILE_READ_ERROR, AOS_OPEN_FILE_ERROR_CODE, message), "", 0)

    def send(self, req: aos_http_request_t, resp: aos_http_response_t) -> aos_status_t | None:
        """Sends a request; None for a 2xx."""
        code = aos_http_io.aos_http_send_request(self.controller, req, resp)
        if code == AOSE_OK and aos_http_is_ok(resp.status):
            return None
        return outcome(self.controller, resp, code)


def may_pass(status: aos_status_t) -> bool:
    """Whether the same request may succeed a little later."""
    transport = (AOSE_INTERNAL_ERROR, AOSE_CONNECTION_FAILED, AOSE_FAILED_CONNECT, AOSE_NAME_LOOKUP_ERROR)
    by_code = status.error_code == AOS_HTTP_IO_ERROR_CODE and status.code in transport
    return by_code or bool(aos_should_retry(status)) or status.code == TOO_MANY_REQUESTS


W = TypeVar("W", bound=PartWorker[Any])


class Transfer(Generic[W]):
    """A transfer under way: ``plan`` says where the parts lie, ``done``, ``etags`` and ``crcs`` how they stand."""

    plan: Plan
    file: PartFile

    def __init__(self, asked: TransferRequest) -> None:
        self.asked = asked
        self.record: Journal | None = None

    def begin(self, plan: Plan, etag: str = "") -> None:
        """No part is done yet."""
        self.plan, self.done = plan, bytearray(plan.count)
        self.etags, self.crcs = [etag] * plan.count, [0] * plan.count

    # ---- the checkpoint ----

    def resume(self) -> oss_checkpoint_t | None:
        """Holds the checkpoint, and takes it over where it fits; else says why not."""
        path = self.asked.checkpoint_path
        if path is None:
            return None
        self.check_wanted()
        try:
            self.record = Journal(path)
        except (OSError, ValueError) as error:
            raise no_checkpoint(path, error) from error
        if not self.record.known:
            return None
        checkpoint = oss_checkpoint_t()
        try:
            read_checkpoint(path, checkpoint)
            problem = self.misfit(checkpoint) or self._gap(checkpoint)
        except (OSError, ValueError) as error:
            problem = f"it cannot be read: {words(error)}"
        if problem is not None:
            aos_warn_log("checkpoint %s is not used, the transfer starts anew: %s", path, problem)
            return None
        self.begin(Plan(self.plan.size, checkpoint.part_size, self.plan.least), self.etags[0] if self.etags else "")
        for index, part in enumerate(checkpoint.parts):
            if part.completed:
                self.done[index], self.crcs[index] = 1, part.crc64
                self.etags[index] = part.etag.data or self.etags[index]
        return checkpoint

    @abstractmethod
    def misfit(self, checkpoint: oss_checkpoint_t) -> str | None:
        """Why a checkpoint is not this transfer's; None when it is."""

    def _gap(self, checkpoint: oss_checkpoint_t) -> str | None:
        """Why a checkpoint's parts are not those of the whole; None when they are."""
        plan = Plan(self.plan.size, checkpoint.part_size, self.plan.least)
        if plan.part_size <= 0 or plan.count != checkpoint.part_num or plan.count > OSS_MAX_PART_NUM:
            return f"{checkpoint.part_num} parts of {checkpoint.part_size} bytes do not make {plan.size} bytes"
        for index, part in enumerate(checkpoint.parts):
            if (part.offset, part.size) != (plan.offset(index), plan.length(index)) or part.completed not in (0, 1):
                return f"its part {index} is not where it should be"
        return None

    def begin_record(self, checkpoint: oss_checkpoint_t) -> None:
        """Writes the checkpoint, where one is wanted, before any part starts."""
        if self.record is None:
            return
        checkpoint.file_path = encode(self.asked.filepath).decode("utf-8", "replace")
        try:
            self.record.begin(checkpoint, self.plan, self.done, self.etags, self.crcs, self.asked.durable)
        except (OSError, ValueError) as error:
            raise no_checkpoint(self.record.path, error) from error

    @property
    def recorded(self) -> bool:
        """Whether the next call can continue what this one leaves."""
        return self.record is not None and self.record.begun

    def complete(self, result: Outcome) -> None:
        """By the part's thread. A record that cannot be written costs a part at the next run, not this run."""
        if self.record is None:
            return
        try:
            self.record.complete(result.part, result.etag, result.crc64)
        except (OSError, ValueError) as error:
            aos_warn_log("checkpoint %s: part %d is not recorded: %s", self.record.path, result.part, words(error))

    # ---- the parts ----

    def crew(self, finished: bool, work: Callable[[W, int], Outcome]) -> WorkerPool[W]:
        """The threads, at work on the parts that are finished, or on those that are not."""
        todo = [part for part in range(self.plan.count) if self.done[part] == finished]
        return WorkerPool(todo, self.asked.thread_num, self.worker, work, self.alive, tolerant=finished)

    def alive(self) -> bool:
        """Whether the caller still wants it."""
        pool = self.asked.options.pool
        return not self.asked.flag.is_set() and (pool is None or pool.is_open)

    def check_wanted(self) -> None:
        """Before a file is taken or gets its name: the caller may have gone, while the disk held this up, and a forked
        child must not take its parent's."""
        if not self.alive():
            raise destroyed()

    def reread(self, work: Callable[[W, int], Outcome]) -> list[Outcome]:
        """How the parts that are finished lie in the file: all of them."""
        with self.crew(True, work) as crew:
            found = list(crew.results())
        if len(found) != sum(self.done):
            raise destroyed()
        return found

    @abstractmethod
    def worker(self) -> W:
        """What a thread works with."""

    def move_parts(self) -> None:
        """Moves what is not done; the first failure ends it."""
        plan, first, progress_callback = self.plan, None, self.asked.progress_callback
        consumed = sum(plan.length(part) for part in range(plan.count) if self.done[part])
        with self.crew(False, PartWorker.move) as crew:
            for result in crew.results():
                if result.status is not None:
                    first = first or result.status
                    crew.cancel()
                    continue
                self.done[result.part] = 1
                self.etags[result.part], self.crcs[result.part] = result.etag, result.crc64
                consumed += plan.length(result.part)
                if first is None and progress_callback is not None:
                    progress_callback(consumed, plan.size)
        if first is not None:
            if first.code == AOSE_ABORT_CALLBACK and not self.alive():
                first.error_msg = f"{first.error_msg}, since {DESTROYED}"
            raise failure(first)
        if not all(self.done):
            raise destroyed()

    def crc64(self) -> int:
        """The CRC64 of the whole, from those of the parts in their order."""
        plan = self.plan
        return crc64_combine_parts(self.crcs, plan.part_size, plan.length(plan.count - 1)) if plan.count else 0


def words(error: Exception) -> str:
    """What the system said."""
    return (isinstance(error, OSError) and error.strerror) or str(error)


def no_checkpoint(path: str, error: Exception) -> failure:
    """The checkpoint cannot be made: the system refuses it, another transfer holds it, or XML cannot carry a name."""
    message = f"checkpoint {path}: {words(error)}"
    if isinstance(error, OSError):
        code = AOSE_OPEN_FILE_ERROR if isinstance(error, BlockingIOError) else error.errno or AOSE_OPEN_FILE_ERROR
        return failed(code, AOS_OPEN_FILE_ERROR_CODE, message)
    return failed(AOSE_FILE_WRITE_ERROR, AOS_WRITE_FILE_ERROR_CODE, message)


def destroyed() -> failure:
    """The caller does not want the transfer any more."""
    return failed(AOSE_ABORT_CALLBACK, AOS_CLIENT_ERROR_CODE, DESTROYED)
