"""The threads of a transfer.

A thread records its part in the checkpoint before it begins another, so that a run that is killed loses no finished
part. The calling thread alone takes the results, so that the progress function is called in order and in the caller's
thread, where an exception ends the transfer.
"""

from __future__ import annotations

import queue
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import Generic, Protocol, TypeVar

from aos._http.cancel import TICK
from aos.aos_log import aos_warn_log
from oss._transfer.plan import Outcome

__all__ = ["WorkerPool"]

A_FEW, NAP = 16, 0.003
"""Seconds between looks at results when there are more than a few, in quick succession: to wake up for each would slow
the threads down."""
PATIENCE = 0.7
"""Seconds a cancelled thread is waited for; one that is held up in the disk or by a resolver then ends by itself."""


class Worker(Protocol):
    """What one thread works with."""

    def cancel(self) -> None:
        """Ends what the worker does, from another thread."""
        ...

    def close(self) -> None:
        """Gives everything back, at the thread's end."""
        ...


W = TypeVar("W", bound=Worker)


class WorkerPool(Generic[W]):
    """Up to ``size`` threads, each with its own worker, that take parts from ``todo`` until none is left. Where the
    system refuses some, the others do the work; where it refuses all, the calling thread does.

    Unless they are ``tolerant``, none is left after the first that fails.
    """

    def __init__(
        self,
        todo: Iterable[int],
        size: int,
        make_worker: Callable[[], W],
        work: Callable[[W, int], Outcome],
        alive: Callable[[], bool],
        tolerant: bool,
    ) -> None:
        self._todo, self._work, self._alive, self._tolerant = deque(todo), work, alive, tolerant
        self._results: queue.SimpleQueue[Outcome | BaseException | None] = queue.SimpleQueue()
        self._stop = threading.Event()
        self._threads: list[tuple[threading.Thread, W]] = []
        self._running, self._end = 0, 0.0
        self._alone: W | None = None
        for _ in range(min(size, len(self._todo))):
            worker = make_worker()
            self._threads.append((threading.Thread(target=self._run, args=(worker,), daemon=True), worker))

    def __enter__(self) -> WorkerPool[W]:
        """Starts the threads."""
        for thread, _worker in self._threads:
            try:
                thread.start()
            except RuntimeError as refusal:
                self._do_with_fewer(str(refusal))
                break
            self._running += 1
        return self

    def _do_with_fewer(self, why: str) -> None:
        wanted = len(self._threads)
        spare = [worker for _thread, worker in self._threads[self._running :]]
        del self._threads[self._running :]
        if not self._threads:
            self._alone = spare.pop()
        for worker in spare:
            worker.close()
        aos_warn_log("%d threads instead of %d: %s", self._running, wanted, why)

    def __exit__(self, *_: object) -> None:
        self.cancel()
        for thread, _worker in self._threads:
            thread.join(max(0.0, self._end - time.monotonic()))

    def cancel(self) -> None:
        """No part is begun any more, and those under way end at once."""
        if self._stop.is_set():
            return
        self._end = time.monotonic() + PATIENCE
        self._stop.set()
        for thread, worker in self._threads:
            if thread.is_alive():
                worker.cancel()

    def results(self) -> Iterator[Outcome]:
        """The outcomes as they come; after :meth:`cancel` those of the parts that were done all the same."""
        if self._alone is not None:
            yield from self._by_itself(self._alone)
        looked, taken = 0.0, 0
        while self._running:
            if not self._alive():
                self.cancel()
            if self._results.empty():
                if taken > A_FEW and time.monotonic() < looked + NAP:
                    time.sleep(NAP)
                looked = time.monotonic()
            try:
                result = self._results.get(timeout=TICK)
            except queue.Empty:
                if self._stop.is_set() and time.monotonic() > self._end:
                    return
                continue
            taken += 1
            if result is None:
                self._running -= 1
            elif isinstance(result, BaseException):
                raise result
            else:
                yield result

    def _by_itself(self, worker: W) -> Iterator[Outcome]:
        """The parts one after the other in this thread, where the system refuses any other."""
        try:
            while self._todo and self._alive() and not self._stop.is_set():
                yield self._judged(self._work(worker, self._todo.popleft()))
        finally:
            worker.close()

    def _judged(self, result: Outcome) -> Outcome:
        """Returns what became of a part; unless failures are tolerated, no part is left after one that fails."""
        if result.status is not None and not self._tolerant:
            self._todo.clear()
        return result

    def _run(self, worker: W) -> None:
        try:
            while not self._stop.is_set() and self._todo:
                try:
                    index = self._todo.popleft()
                except IndexError:  # another thread took the last one
                    break
                result = self._work(worker, index)
                self._results.put(result if result.status is None else self._judged(result))
        except BaseException as error:
            self._results.put(error)
        finally:
            worker.close()
            self._results.put(None)
