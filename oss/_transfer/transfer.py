"""Base of a resumable upload and a resumable download: the checkpoint, the threads, and the outcomes of the parts."""

from __future__ import annotations

from abc import abstractmethod
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
from oss._transfer.runs import Runs
from oss._transfer.threads import Work, WorkerPool
from oss._transfer.worker import Job, PartWorker

__all__ = ["Transfer", "select_headers", "error_text"]


def select_headers(headers: aos_table_t | None, names: tuple[str, ...]) -> aos_table_t:
    """Returns a new table of those headers whose names, in lower case, begin with one of ``names``."""
    table = aos_table_t()
    for name, value in headers.items() if headers is not None else ():
        if name.lower().startswith(names):
            table.add(name, value)
    return table


W = TypeVar("W", bound=PartWorker)


class Transfer(Generic[W]):
    """Transfer under way. For each part of ``plan``, ``done`` says whether it is finished (1) or not (0), and ``etags``
    and ``crcs`` have its ETag and CRC64."""

    plan: Plan
    file: PartFile

    def __init__(self, request: TransferRequest) -> None:
        self.request = request
        self.journal: Journal | None = None

    def begin(self, plan: Plan, etag: str = "") -> None:
        """Sets a plan of which no part is finished; ``etag`` is that of every part of a download."""
        self.plan, self.done = plan, bytearray(plan.count)
        self.etags, self.crcs = [etag] * plan.count, [0] * plan.count

    # ---- the checkpoint ----

    def resume(self) -> oss_checkpoint_t | None:
        """Locks the checkpoint, and takes over what it says is finished. Returns it; None without one, or for one that
        does not fit, which the log then tells. StatusError where the file cannot be used."""
        path = self.request.checkpoint_path
        if path is None:
            return None
        self.check_not_cancelled()
        try:
            self.journal = Journal(path)
        except (OSError, ValueError) as error:
            raise checkpoint_error(path, error) from error
        if not self.journal.existed:
            return None
        checkpoint = oss_checkpoint_t()
        try:
            read_checkpoint(path, checkpoint)
            if self.is_foreign(checkpoint):
                self._leave(checkpoint)
                return None
            problem = self.mismatch(checkpoint) or self._parts_problem(checkpoint)
        except (OSError, ValueError) as error:
            problem = f"it cannot be read: {error_text(error)}"
        if problem is not None:
            aos_warn_log("checkpoint %s is not used, the transfer starts anew: %s", path, problem)
            return None
        self.begin(Plan(self.plan.size, checkpoint.part_size, self.plan.min_count), self.etags[0] if self.etags else "")
        for index, part in enumerate(checkpoint.parts):
            if part.completed:
                self.done[index], self.crcs[index] = 1, part.crc64
                self.etags[index] = part.etag.data or self.etags[index]
        return checkpoint

    def is_foreign(self, checkpoint: oss_checkpoint_t) -> bool:
        """Tells whether a checkpoint is to be left alone, as one that can still be continued elsewhere."""
        return False

    def _leave(self, checkpoint: oss_checkpoint_t) -> None:
        """Goes on without a checkpoint, since there is one that belongs to a transfer elsewhere."""
        place = f"{checkpoint.bucket} at {checkpoint.endpoint}"
        aos_warn_log(
            "checkpoint %s is kept: it is of an upload to %s; this one has none", self.request.checkpoint_path, place
        )
        if self.journal is not None:
            self.journal.close()
            self.journal = None

    @abstractmethod
    def mismatch(self, checkpoint: oss_checkpoint_t) -> str | None:
        """Returns why a checkpoint is not of this transfer; None if it is."""

    def _parts_problem(self, checkpoint: oss_checkpoint_t) -> str | None:
        """Returns why the parts of a checkpoint do not make up the object; None if they do."""
        plan = Plan(self.plan.size, checkpoint.part_size, self.plan.min_count)
        if plan.part_size <= 0 or plan.count != checkpoint.part_num or plan.count > OSS_MAX_PART_NUM:
            return f"{checkpoint.part_num} parts of {checkpoint.part_size} bytes do not make {plan.size} bytes"
        for index, part in enumerate(checkpoint.parts):
            if (index, part.offset, part.size) != plan[index] or part.completed not in (0, 1):
                return f"its part {index} is not where it should be"
        return None

    def begin_journal(self, checkpoint: oss_checkpoint_t) -> None:
        """Writes the checkpoint, where one is asked for; called before any part is begun. StatusError."""
        if self.journal is None:
            return
        checkpoint.file_path = encode(self.request.filepath).decode("utf-8", "replace")
        try:
            self.journal.begin(checkpoint, self.plan, self.done, self.etags, self.crcs, self.request.durable)
        except (OSError, ValueError) as error:
            raise checkpoint_error(self.journal.path, error) from error

    @property
    def recorded(self) -> bool:
        """Whether there is a checkpoint of this call, which the next one can continue."""
        return self.journal is not None and self.journal.begun

    def complete(self, result: Outcome) -> None:
        """Records a finished part; called in the thread of the part. A failure is only logged: the next call then moves
        the part again."""
        if self.journal is None:
            return
        try:
            self.journal.complete(result)
        except (OSError, ValueError) as error:
            aos_warn_log(
                "checkpoint %s: part %d is not recorded: %s", self.journal.path, result.number, error_text(error)
            )

    # ---- the parts ----

    def workers(self, finished: bool, work: Work[W], longest_run: int = 1) -> WorkerPool[W]:
        """Returns a worker pool that does ``work`` with the finished parts, or with the others, in runs of so many."""
        threads = self.request.thread_num
        todo = [index for index in range(self.plan.count) if self.done[index] == finished]
        runs = Runs(todo, self.plan.part_size, threads, longest_run)
        return WorkerPool(runs, threads, self.worker, work, self.alive)

    def alive(self) -> bool:
        """Tells whether the transfer goes on: it is not cancelled, and the pool of the options is not destroyed."""
        pool = self.request.options.pool
        return not self.request.flag.is_set() and (pool is None or pool.is_open)

    def check_not_cancelled(self) -> None:
        """Raises StatusError if the transfer was cancelled. Called before a file is locked or renamed: the disk may
        have delayed this thread beyond its call, and a forked child must not use the files of its parent."""
        if not self.alive():
            raise cancelled_error()

    def reread(self) -> list[Outcome]:
        """Reads all finished parts in the file. Returns their outcomes, with the CRC64 that was read. StatusError."""
        with self.workers(True, PartWorker.read) as pool:
            found = list(pool.results())
        if len(found) != sum(self.done):
            raise cancelled_error()
        return found

    @abstractmethod
    def worker(self) -> W:
        """Returns the worker of a thread."""

    def job(self, headers: aos_table_t) -> Job:
        """Returns the job that all workers share; ``headers`` are those that go with each part."""
        request = self.request
        options, bucket, object, params = request.options, request.bucket, request.object, request.params
        records = self.journal.records if self.journal is not None else None
        return Job(options, bucket, object, headers, params, self.plan, self.file, self.complete, records)

    def move_parts(self, longest_run: int = 1) -> None:
        """Moves the unfinished parts, in runs of so many, and calls the progress function. StatusError with the first
        failure, which ends it."""
        plan, first, progress_callback = self.plan, None, self.request.progress_callback
        consumed = sum(plan[index].length for index in range(plan.count) if self.done[index])
        with self.workers(False, PartWorker.move, longest_run) as pool:
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
            raise cancelled_error()

    def crc64(self) -> int:
        """Returns the CRC64 of the whole, combined from those of the parts."""
        plan = self.plan
        return crc64_combine_parts(self.crcs, plan.part_size, plan[plan.count - 1].length) if plan.count else 0


def error_text(error: Exception) -> str:
    """Returns the message of the system, or that of the exception."""
    return (isinstance(error, OSError) and error.strerror) or str(error)


def checkpoint_error(path: str, error: Exception) -> StatusError:
    """Returns the error for a checkpoint that cannot be made: the system refuses it, another transfer has it locked, or
    XML cannot have a name in it."""
    message = f"checkpoint {path}: {error_text(error)}"
    if isinstance(error, OSError):
        code = AOSE_OPEN_FILE_ERROR if isinstance(error, BlockingIOError) else error.errno or AOSE_OPEN_FILE_ERROR
        return StatusError.of(code, AOS_OPEN_FILE_ERROR_CODE, message)
    return StatusError.of(AOSE_FILE_WRITE_ERROR, AOS_WRITE_FILE_ERROR_CODE, message)


def cancelled_error() -> StatusError:
    """Returns the error for a transfer that was cancelled."""
    return StatusError.of(AOSE_ABORT_CALLBACK, AOS_CLIENT_ERROR_CODE, DESTROYED)
