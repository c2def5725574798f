"""Worker pool: the threads of a transfer.

A thread records its part in the checkpoint before it begins another, so that a run that is killed loses no finished
part. The thread that made the pool takes the outcomes of all parts, so that it alone calls the progress function, whose
exception ends the transfer.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Iterator
from typing import Generic, Protocol, TypeAlias, TypeVar, cast

from aos._c.green import new_queue
from aos._http.cancel import TICK
from aos.aos_log import aos_warn_log
from oss._transfer.plan import Outcome
from oss._transfer.runs import Run, Runs

__all__ = ["WorkerPool"]

BURST, PAUSE = 16, 0.003
"""After BURST outcomes the pool waits at least PAUSE seconds before it looks for more: to wake up for each of many in
quick succession would slow the threads down."""
JOIN_TIMEOUT = 0.7
"""Seconds that the pool waits for cancelled threads; one that still waits for the disk or a resolver ends by itself."""


class Worker(Protocol):
    """Resources of one thread."""

    def cancel(self) -> None:
        """Ends what the worker does, from another thread."""
        ...

    def close(self) -> None:
        """Releases all resources, at the end of the thread."""
        ...


W = TypeVar("W", bound=Worker)
Work: TypeAlias = "Callable[[W, Run, Callable[[Outcome], None]], Outcome | None]"
"""Does the parts of a run by a worker, and reports the outcome of each; returns that of a part that failed, its last
one."""


class WorkerPool(Generic[W]):
    """Context manager with up to ``size`` threads, each with a worker of its own, which take runs of parts until none
    is left. Where the system refuses some threads, the others do the work; where it refuses all, the calling
    thread does. No part is begun after the work has returned one that failed.
    """

    def __init__(
        self,
        runs: Runs,
        size: int,
        make_worker: Callable[[], W],
        work: Work[W],
        alive: Callable[[], bool],
    ) -> None:
        """Makes the workers. ``runs`` has the parts, ``work`` does a run of them, and ``alive()`` tells whether the
        transfer goes on."""
        self._runs, self._work, self._alive = runs, work, alive
        self._results: queue.SimpleQueue[Outcome | BaseException | None] = new_queue()
        self._stop = threading.Event()
        self._threads: list[tuple[threading.Thread, W]] = []
        self._running, self._end = 0, 0.0
        self._inline_worker: W | None = None
        for _ in range(min(size, len(runs))):
            worker = make_worker()
            self._threads.append((threading.Thread(target=self._run, args=(worker,), daemon=True), worker))

    def __enter__(self) -> WorkerPool[W]:
        """Starts the threads, as long as the transfer goes on: many of them take their time."""
        wanted = len(self._threads)
        for thread, _worker in self._threads:
            if not self._alive():
                break
            try:
                thread.start()
            except RuntimeError as refusal:
                aos_warn_log("%d threads instead of %d: %s", self._running, wanted, refusal)
                break
            self._running += 1
        if self._running < wanted:
            self._continue_with_fewer()
        return self

    def _continue_with_fewer(self) -> None:
        """Closes the workers whose threads were not started; keeps one for the calling thread if none were."""
        spare = [worker for _thread, worker in self._threads[self._running :]]
        del self._threads[self._running :]
        if not self._threads:
            self._inline_worker = spare.pop()
        for worker in spare:
            worker.close()

    def __exit__(self, *_: object) -> None:
        """Cancels what is left, and waits for the threads, JOIN_TIMEOUT seconds at most."""
        self.cancel()
        for thread, _worker in self._threads:
            thread.join(max(0.0, self._end - time.monotonic()))

    def cancel(self) -> None:
        """Cancels the work: no other part is begun, and those under way end at once."""
        if self._stop.is_set():
            return
        self._end = time.monotonic() + JOIN_TIMEOUT
        self._stop.set()
        for thread, worker in self._threads:
            if thread.is_alive():
                worker.cancel()

    def results(self) -> Iterator[Outcome]:
        """Yields the outcomes as they come, also those that come after :meth:`cancel`. Raises what a thread raised."""
        if self._inline_worker is not None:
            yield from self._run_inline(self._inline_worker)
        last_look, received = 0.0, 0
        while self._running:
            if not self._alive():
                self.cancel()
            if self._results.empty():
                if received > BURST and time.monotonic() < last_look + PAUSE:
                    time.sleep(PAUSE)
                last_look = time.monotonic()
            try:
                result = self._results.get(timeout=TICK)
            except queue.Empty:
                if self._stop.is_set() and time.monotonic() > self._end:
                    return
                continue
            received += 1
            if result is None:
                self._running -= 1
            elif isinstance(result, BaseException):
                raise result
            else:
                yield result

    def _run_inline(self, worker: W) -> Iterator[Outcome]:
        """Does the parts one after the other in this thread, and yields their outcomes."""
        self._runs.longest, run = 1, None
        try:
            while self._alive() and not self._stop.is_set() and (run := self._runs.take(run)) is not None:
                if (failure := self._work(worker, run, self._results.put)) is not None:
                    self._fail(failure)
                while not self._results.empty():
                    yield cast("Outcome", self._results.get())
        finally:
            worker.close()

    def _fail(self, failure: Outcome) -> None:
        """Reports a part that failed. No others are begun then."""
        self._runs.clear()
        self._results.put(failure)

    def _run(self, worker: W) -> None:
        """Does parts in a thread of the pool. The queue of results gets each outcome or exception, and None last."""
        run = None
        try:
            while not self._stop.is_set() and (run := self._runs.take(run)) is not None:
                if (failure := self._work(worker, run, self._results.put)) is not None:
                    self._fail(failure)
        except BaseException as error:
            self._results.put(error)
        finally:
            worker.close()
            self._results.put(None)
