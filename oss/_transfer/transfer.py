"""What a resumable upload and a resumable download have in common: the checkpoint, the threads, the parts' results."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from typing import Generic, TypeVar

from aos._c.text import encode
from aos._native import crc64_combine_parts
from aos.aos_define import AOSE_ABORT_CALLBACK, AOSE_FILE_WRITE_ERROR, AOSE_OPEN_FILE_ERROR
from aos.aos_log import aos_warn_log
from aos.aos_status import AOS_CLIENT_ERROR_CODE, AOS_OPEN_FILE_ERROR_CODE, AOS_WRITE_FILE_ERROR_CODE
from aos.apr_tables import aos_table_t
from oss._call.background import DESTROYED
from oss._define.checkpoint import oss_checkpoint_t
from oss._define.constants import OSS_MAX_PART_NUM
from oss._files.lock import PartFile
from oss._request.errors import StatusError
from oss._transfer.checkpoint import read_checkpoint
from oss._transfer.journal import Journal
from oss._transfer.plan import Outcome, Plan, TransferRequest
from oss._transfer.threads import WorkerPool
from oss._transfer.worker import Job, PartWorker

__all__ = ["Transfer", "chosen", "error_text"]


def chosen(headers: aos_table_t | None, names: tuple[str, ...]) -> aos_table_t:
    """Those of the caller's headers whose names begin with one of ``names``."""
    table = aos_table_t()
    for name, value in headers.items() if headers is not None else ():
        if name.lower().startswith(names):
            table.add(name, value)
    return table


W = TypeVar("W", bound=PartWorker)


class Transfer(Generic[W]):
    """A transfer under way: ``plan`` says where the parts lie, ``done``, ``etags`` and ``crcs`` how they stand."""

    plan: Plan
    file: PartFile

    def __init__(self, asked: TransferRequest) -> None:
        self.asked = asked
        self.journal: Journal | None = None

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
            self.journal = Journal(path)
        except (OSError, ValueError) as error:
            raise no_checkpoint(path, error) from error
        if not self.journal.known:
            return None
        checkpoint = oss_checkpoint_t()
        try:
            read_checkpoint(path, checkpoint)
            problem = self.mismatch(checkpoint) or self._gap(checkpoint)
        except (OSError, ValueError) as error:
            problem = f"it cannot be read: {error_text(error)}"
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
    def mismatch(self, checkpoint: oss_checkpoint_t) -> str | None:
        """Why a checkpoint is not this transfer's; None when it is."""

    def _gap(self, checkpoint: oss_checkpoint_t) -> str | None:
        """Why a checkpoint's parts are not those of the whole; None when they are."""
        plan = Plan(self.plan.size, checkpoint.part_size, self.plan.least)
        if plan.part_size <= 0 or plan.count != checkpoint.part_num or plan.count > OSS_MAX_PART_NUM:
            return f"{checkpoint.part_num} parts of {checkpoint.part_size} bytes do not make {plan.size} bytes"
        for index, part in enumerate(checkpoint.parts):
            if (index, part.offset, part.size) != plan[index] or part.completed not in (0, 1):
                return f"its part {index} is not where it should be"
        return None

    def begin_journal(self, checkpoint: oss_checkpoint_t) -> None:
        """Writes the checkpoint, where one is wanted, before any part starts."""
        if self.journal is None:
            return
        checkpoint.file_path = encode(self.asked.filepath).decode("utf-8", "replace")
        try:
            self.journal.begin(checkpoint, self.plan, self.done, self.etags, self.crcs, self.asked.durable)
        except (OSError, ValueError) as error:
            raise no_checkpoint(self.journal.path, error) from error

    @property
    def recorded(self) -> bool:
        """Whether the next call can continue what this one leaves."""
        return self.journal is not None and self.journal.begun

    def complete(self, result: Outcome) -> None:
        """By the part's thread. A record that cannot be written costs a part at the next run, not this run."""
        if self.journal is None:
            return
        try:
            self.journal.complete(result)
        except (OSError, ValueError) as error:
            aos_warn_log(
                "checkpoint %s: part %d is not recorded: %s", self.journal.path, result.number, error_text(error)
            )

    # ---- the parts ----

    def workers(self, finished: bool, work: Callable[[W, int], Outcome]) -> WorkerPool[W]:
        """Returns the threads, at work on the parts that are finished, or on those that are not."""
        todo = [index for index in range(self.plan.count) if self.done[index] == finished]
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

    def reread(self) -> list[Outcome]:
        """Reads the parts that are finished, all of them, and returns how they lie in the file."""
        with self.workers(True, PartWorker.read) as pool:
            found = list(pool.results())
        if len(found) != sum(self.done):
            raise destroyed()
        return found

    @abstractmethod
    def worker(self) -> W:
        """Returns what a thread works with."""

    def job(self, headers: aos_table_t) -> Job:
        """Returns what a worker has to know; ``headers`` are the caller's that go with each part."""
        asked = self.asked
        options, bucket, object, params = asked.options, asked.bucket, asked.object, asked.params
        return Job(options, bucket, object, headers, params, self.plan, self.file, asked.retry_times, self.complete)

    def move_parts(self) -> None:
        """Moves what is not done; the first failure ends it."""
        plan, first, progress_callback = self.plan, None, self.asked.progress_callback
        consumed = sum(plan[index].length for index in range(plan.count) if self.done[index])
        with self.workers(False, PartWorker.move) as pool:
            for index, status, etag, crc64 in pool.results():
                if status is not None:
                    first = first or status
                    pool.cancel()
                    continue
                self.done[index], self.etags[index], self.crcs[index] = 1, etag, crc64
                consumed += plan[index].length
                if first is None and progress_callback is not None:
                    progress_callback(consumed, plan.size)
        if first is not None:
            if first.code == AOSE_ABORT_CALLBACK and not self.alive():
                first.error_msg = f"{first.error_msg}, since {DESTROYED}"
            raise StatusError(first)
        if not all(self.done):
            raise destroyed()

    def crc64(self) -> int:
        """The CRC64 of the whole, from those of the parts in their order."""
        plan = self.plan
        return crc64_combine_parts(self.crcs, plan.part_size, plan[plan.count - 1].length) if plan.count else 0


def error_text(error: Exception) -> str:
    """What the system said."""
    return (isinstance(error, OSError) and error.strerror) or str(error)


def no_checkpoint(path: str, error: Exception) -> StatusError:
    """The checkpoint cannot be made: the system refuses it, another transfer holds it, or XML cannot carry a name."""
    message = f"checkpoint {path}: {error_text(error)}"
    if isinstance(error, OSError):
        code = AOSE_OPEN_FILE_ERROR if isinstance(error, BlockingIOError) else error.errno or AOSE_OPEN_FILE_ERROR
        return StatusError.of(code, AOS_OPEN_FILE_ERROR_CODE, message)
    return StatusError.of(AOSE_FILE_WRITE_ERROR, AOS_WRITE_FILE_ERROR_CODE, message)


def destroyed() -> StatusError:
    """The caller does not want the transfer any more."""
    return StatusError.of(AOSE_ABORT_CALLBACK, AOS_CLIENT_ERROR_CODE, DESTROYED)
