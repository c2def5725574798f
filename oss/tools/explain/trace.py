"""Records what a download does as it happens: ``with Trace() as trace: oss_resumable_download_file(...)``.

Nothing is assumed of who does what: each step is noted where it is made, by the thread that makes it. Inside the block,
functions that note stand in the place of those that make the steps, and call them: the requests of a connection, the
record of a part, the system calls on the files, the CRC64 of the whole. Outside of it nothing is different. It is for
one download at a time. Signatures and keys are not noted.

When the first byte of a part arrives is only known inside the C call that moves it, so another thread looks at that
call every millisecond.
"""

from __future__ import annotations

import contextlib
import functools
import os
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple, TypeAlias

from aos._c.redact import SecretBytes, hide
from aos._c.text import path_bytes
from aos._http import client, connection
from aos._http.connection import REQUEST_ID, Connection, Expected, Route, headers_of
from aos._http.deadline import Deadline
from aos._http.errors import ExchangeError
from aos._http.response import Response
from aos._native import PartIO
from aos.aos_status import aos_status_t
from oss._call.background import Background
from oss._files.places import new_checkpoint_path
from oss._request.retry import Retries
from oss._transfer import transfer
from oss._transfer.download import Download, DownloadWorker
from oss._transfer.journal import Journal
from oss._transfer.plan import Outcome, Plan
from oss._transfer.runs import Run
from oss._transfer.transfer import Transfer
from oss._transfer.worker import PartWorker, Report

__all__ = ["Event", "Trace"]

LOOK = 0.001
"""Seconds between two looks at whether a first byte has come."""

Function: TypeAlias = "Callable[..., Any]"


class Event(NamedTuple):
    """A step: after how many seconds, in which thread (``caller``, ``call``, ``thread 1`` ...), what, and the facts.

    ===========  ==================================================================================================
    begun        bucket, object, file, threads, parts_per_request
    connected
    asked        line, host, range; of a GET for parts the numbers of the first one and of the one after the last
    first        the first byte of the answer has come
    answered     status, request_id
    failed       code, reason
    retry        code, reason
    planned      size, part_size, parts
    sized        path, size
    renamed      path, target
    removed      path
    checkpoint   path, parts, done: it has its name
    got          part, size, crc64: all bytes are in the file
    recorded     part, record, offset: the record is in the checkpoint
    read         part, crc64: what an earlier call has left in the file
    crc64        parts: that of the whole, by those of the parts; object: the service's
    progress     consumed, total
    returned     code, error_code, message
    ===========  ==================================================================================================
    """

    time: float
    thread: str
    what: str
    facts: dict[str, Any]


class Trace:
    """Context manager: the steps of a download that is made inside of it, in ``events``."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self._start, self._lock = time.monotonic(), threading.RLock()
        self._own, self._count = threading.local(), 0
        self._download: Download | None = None
        self._paths: set[bytes] = set()
        self._awaited: dict[PartIO, str] = {}
        self._undo = contextlib.ExitStack()

    def __enter__(self) -> Trace:
        self._own.name, self._start = "caller", time.monotonic()
        for owner, name, step in STEPS:
            original = getattr(owner, name)
            self._undo.callback(setattr, owner, name, original)
            setattr(owner, name, _around(functools.partial(step, self), original))
        over = threading.Event()
        watcher = threading.Thread(target=self._watch, args=(over,), daemon=True)
        watcher.start()
        self._undo.callback(watcher.join)
        self._undo.callback(over.set)
        return self

    def __exit__(self, *_: object) -> None:
        self._undo.close()

    def note(self, what: str, more: Any = None, thread: str | None = None, **facts: Any) -> None:
        """Adds a step, of this thread unless another one is named. What there is ``more`` of it is told, and not kept:
        the headers of an answer, the CRC64 and the size of each part."""
        with self._lock:
            event = Event(time.monotonic() - self._start, thread or self._name(), what, facts)
            self.events.append(event)
            self.tell(event, more)

    def tell(self, event: Event, more: Any) -> None:
        """Is called with each step at once; in the thread that made it, but for ``first``."""

    def _name(self) -> str:
        if not hasattr(self._own, "name"):
            self._count += 1
            self._own.name = f"thread {self._count}"
        return str(self._own.name)

    # ---- the call ----

    def _run(self, run: Function, download: Download, *rest: Any) -> aos_status_t:
        self._own.name, self._download, request = "call", download, download.request
        paths = [download.target, download.temporary]
        if (path := request.checkpoint_path) is not None:
            paths += [path, new_checkpoint_path(path)]
        self._paths = {path_bytes(path) for path in paths}
        names = {"bucket": request.bucket, "object": request.object, "file": request.filepath}
        self.note("begun", **names, threads=request.thread_num, parts_per_request=request.parts_per_request)
        status: aos_status_t = run(download, *rest)
        self.note("returned", code=status.code, error_code=status.error_code, message=status.error_msg)
        return status

    def _begin(self, begin: Function, download: Download, plan: Plan, *rest: Any) -> None:
        begin(download, plan, *rest)
        self.note("planned", size=plan.size, part_size=plan.part_size, parts=plan.count)

    def _call(self, call: Function, background: Background[Any], function: Function, *args: Any) -> Any:
        """Notes the progress function, which the thread of the call has the caller's call."""

        def noted(*args: Any) -> Any:
            if len(args) == 2:
                self.note("progress", consumed=args[0], total=args[1])
            return function(*args)

        return call(background, noted, *args)

    def _combine(self, combine: Function, crcs: list[int], size: int, last: int) -> int:
        whole = int(combine(crcs, size, last))
        theirs = self._download.object_crc64 if self._download is not None else None
        sizes = [size] * (len(crcs) - 1) + [last]
        self.note("crc64", list(zip(crcs, sizes, strict=True)), parts=str(whole), object=theirs)
        return whole

    # ---- requests ----

    def _dial(self, dial: Function, *args: Any) -> Any:
        found = dial(*args)
        self.note("connected")
        return found

    def _exchange(self, exchange: Function, one: Connection, route: Route, head: SecretBytes, *rest: Any) -> Response:
        self._asked(head)
        with self._failure():
            answer: Response = exchange(one, route, head, *rest)
        self._answered(answer.status, answer.headers)
        return answer

    def _get_part(self, get: Function, one: Connection, route: Route, head: SecretBytes, expected: Expected) -> Any:
        size = self._download.plan.part_size if self._download is not None else 1
        end = expected.offset + (expected.body or expected.length)
        self._asked(head, first=expected.offset // size, end=-(-end // size))
        with self._failure():
            found = get(one, route, head, expected)
        if isinstance(found, Response):
            self._answered(found.status, found.headers)
        return found

    def _next_part(self, get: Function, *args: Any) -> Any:
        with self._failure():
            return get(*args)

    def _asked(self, head: SecretBytes, **parts: Any) -> None:
        line, *lines = head.decode("latin-1").split("\r\n")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
        self.note("asked", line=hide(line), host=headers.get("host"), range=headers.get("range"), **parts)

    def _answered(self, status: int, headers: list[tuple[str, str]]) -> None:
        found = {name.lower(): value for name, value in headers}
        self.note("answered", headers, status=status, request_id=found.get(REQUEST_ID))

    def _log_part(self, log: Function, route: Route, head: Any) -> None:
        """Notes an answer that is the one expected, of which nothing else is seen but its log line."""
        self._answered(int(bytes(head[9:12])), headers_of(head))
        log(route, head)

    @contextlib.contextmanager
    def _failure(self) -> Iterator[None]:
        try:
            yield
        except ExchangeError as error:
            self.note("failed", code=error.code, reason=error.reason)
            raise

    def _again(self, again: Function, retries: Retries, status: aos_status_t, *rest: Any) -> bool:
        repeated = bool(again(retries, status, *rest))
        if repeated:
            self.note("retry", code=status.code, reason=status.error_msg or status.error_code)
        return repeated

    def _has_quick_way(self, *_: object) -> bool:
        """Has each part requested in Python, where it can be seen."""
        return False

    # ---- the first byte ----

    def _received(self, receive: Function, *args: Any) -> Any:
        found = receive(*args)
        self.note("first")
        return found

    def _get_by_c(self, get: Function, io: PartIO, *args: Any) -> int:
        self._awaited[io] = self._name()
        try:
            return int(get(io, *args))
        finally:
            self._look(io)
            self._awaited.pop(io, None)

    def _watch(self, over: threading.Event) -> None:
        while not over.wait(LOOK):
            for io in list(self._awaited):
                self._look(io)

    def _look(self, io: PartIO) -> None:
        """Notes, once, that there are bytes of the answer."""
        with self._lock:
            if io.buffered and (thread := self._awaited.pop(io, None)) is not None:
                self.note("first", thread=thread)

    # ---- parts and files ----

    def _complete(self, complete: Function, download: Download, result: Outcome) -> None:
        self.note("got", part=result.number, size=download.plan[result.number].length, crc64=str(result.crc64))
        complete(download, result)

    def _record(self, complete: Function, journal: Journal, result: Outcome) -> None:
        self._own.part = result.number
        try:
            complete(journal, result)
        finally:
            self._own.part = None

    def _pwrite(self, pwrite: Function, fd: int, data: bytes, offset: int) -> int:
        count = int(pwrite(fd, data, offset))
        if (part := getattr(self._own, "part", None)) is not None:
            self.note("recorded", part=part, record=bytes(data).decode().strip(), offset=offset)
        return count

    def _read(self, read: Function, worker: PartWorker, run: Run, report: Report) -> None:
        def noted(outcome: Outcome) -> None:
            self.note("read", part=outcome.number, crc64=str(outcome.crc64))
            report(outcome)

        read(worker, run, noted)

    def _begin_journal(self, begin: Function, journal: Journal, checkpoint: Any, plan: Plan, *rest: Any) -> None:
        begin(journal, checkpoint, plan, *rest)
        self.note("checkpoint", path=journal.path, parts=plan.count, done=sum(rest[0]))

    def _ftruncate(self, ftruncate: Function, *args: Any, **kwds: Any) -> None:
        ftruncate(*args, **kwds)
        file = getattr(self._download, "file", None)
        if file is not None and args[:1] == (file.fd,) and args[1]:
            self.note("sized", path=file.fname, size=args[1])

    def _rename(self, rename: Function, *args: Any, **kwds: Any) -> None:
        rename(*args, **kwds)
        if args and args[0] in self._paths:
            self.note("renamed", path=os.fsdecode(args[0]), target=os.fsdecode(args[1]))

    def _unlink(self, unlink: Function, *args: Any, **kwds: Any) -> None:
        unlink(*args, **kwds)
        if args and args[0] in self._paths:
            self.note("removed", path=os.fsdecode(args[0]))


def _around(step: Function, original: Function) -> Function:
    """Returns a function that ``step`` is called for, with the original one and the arguments."""

    @functools.wraps(original)
    def call(*args: Any, **kwds: Any) -> Any:
        return step(original, *args, **kwds)

    return call


STEPS: tuple[tuple[Any, str, Function], ...] = (
    (Download, "run", Trace._run),
    (Transfer, "begin", Trace._begin),
    (Background, "call", Trace._call),
    (transfer, "crc64_combine_parts", Trace._combine),
    (client, "dial", Trace._dial),
    (Connection, "exchange", Trace._exchange),
    (Connection, "get_part", Trace._get_part),
    (Connection, "get_next_part", Trace._next_part),
    (connection, "log_part", Trace._log_part),
    (Retries, "again", Trace._again),
    (DownloadWorker, "_has_quick_way", Trace._has_quick_way),
    (Deadline, "exchange", Trace._received),
    (Deadline, "recv_head", Trace._received),
    (PartIO, "get_part", Trace._get_by_c),
    (Transfer, "complete", Trace._complete),
    (Journal, "complete", Trace._record),
    (Journal, "begin", Trace._begin_journal),
    (PartWorker, "read", Trace._read),
    (os, "pwrite", Trace._pwrite),
    (os, "ftruncate", Trace._ftruncate),
    (os, "rename", Trace._rename),
    (os, "replace", Trace._rename),
    (os, "unlink", Trace._unlink),
)
"""What is replaced inside the block: where a function is, its name, and the method that notes what it does."""
