"""Runs many transfers at the same time, with a common limit of connections, and counts the outcomes."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from typing import NamedTuple

from aos.aos_http_io import aos_pool_create, aos_pool_destroy, aos_pool_t
from oss._command.progress import Progress
from oss._command.text import Failure, bytes_text, printable

__all__ = ["DONE", "FAILED", "SKIPPED", "THERE", "Item", "Stopped", "Many", "status_of", "summary"]

DONE, THERE, SKIPPED, FAILED = "done", "there already", "skipped", "failed"
PATIENCE = 3.0  # seconds for transfers that are cancelled


class Item(NamedTuple):
    """A transfer to be made. One with a ``problem`` is only reported; ``harmless`` when nothing is lost thereby."""

    name: str
    size: int
    work: Callable[[int, Callable[[int, int], None], aos_pool_t], str] | None = None
    problem: str = ""
    harmless: bool = False


class Stopped(Exception):
    """Raised in a progress callback to end a transfer that is cancelled."""


class Many:
    """Runs transfers until there are no more; ``outcomes`` counts what became of them.

    ``threads`` connections are shared: a small object has one, and no object more than half, so that there are always
    several on the way. Ctrl-C ends all at once.
    """

    def __init__(self, items: Iterator[Item], threads: int, part_size: int, display: Progress, quiet: bool) -> None:
        self.items, self.threads, self.part_size, self.display, self.quiet = items, threads, part_size, display, quiet
        self.outcomes: Counter[str] = Counter()
        self.problem: BaseException | None = None
        self.bytes = 0
        self._connections = threading.Semaphore(threads)
        self._take, self._count = threading.Lock(), threading.Lock()
        self._pools: set[aos_pool_t] = set()
        self._stopped = False

    def run(self) -> None:
        """Makes all transfers. Raises Failure when the listing fails; KeyboardInterrupt once the others have ended."""
        workers: list[threading.Thread] = []
        try:
            self._start(workers)
            for worker in workers:
                worker.join()
        except KeyboardInterrupt:
            self._stop(workers)
            raise
        if self.problem is not None:
            raise self.problem

    def _start(self, workers: list[threading.Thread]) -> None:
        """Starts the threads; when the system refuses some, the others do all the work."""
        for _ in range(self.threads):
            worker = threading.Thread(target=self._worker, daemon=True)
            try:
                worker.start()
            except RuntimeError as refusal:
                if workers:
                    return
                raise Failure(f"no thread can be started: {refusal}") from None
            workers.append(worker)

    def _stop(self, workers: list[threading.Thread]) -> None:
        self._stopped = True
        with self._count:
            for pool in self._pools:
                aos_pool_destroy(pool)
        end = time.monotonic() + PATIENCE
        for worker in workers:
            worker.join(max(0.0, end - time.monotonic()))

    def _worker(self) -> None:
        try:
            self._work()
        except BaseException as problem:  # raised again by run(), which ends all transfers
            self.problem = problem

    def _work(self) -> None:
        while True:
            with (
                self._take
            ):  # held while waiting, or small objects would keep a large one from ever getting its connections
                item = self._next()
                if item is None:
                    return
                share = self._share(item)
                for _ in range(share):
                    self._connections.acquire()
            try:
                self._one(item, share)
            finally:
                self._connections.release(share)

    def _next(self) -> Item | None:
        return None if self._stopped or self.problem is not None else next(self.items, None)

    def _share(self, item: Item) -> int:
        parts = -(-item.size // self.part_size)
        return max(1, min(parts, self.threads // 2))

    def _one(self, item: Item, share: int) -> None:
        if item.work is None:
            self._report(item, SKIPPED, item.problem)
            return
        pool = aos_pool_t()
        aos_pool_create(pool, None)
        with self._count:
            self._pools.add(pool)
        try:
            outcome, problem = item.work(share, self._counter(), pool), ""
        except Stopped:
            return
        except Failure as error:
            outcome, problem = FAILED, str(error)
        except OSError as error:
            outcome, problem = FAILED, f"{printable(item.name)}: {error.strerror or error}"
        finally:
            with self._count:
                self._pools.discard(pool)
            aos_pool_destroy(pool)
        if not self._stopped:
            self._report(item, outcome, problem)

    def _counter(self) -> Callable[[int, int], None]:
        """A progress callback for one transfer, which adds the bytes moved to the common display."""
        before: int | None = None

        def moved(consumed: int, _total: int) -> None:
            nonlocal before
            if self._stopped:
                raise Stopped
            with self._count:  # the first call also reports the parts of an earlier run
                self.bytes += min(consumed, self.part_size) if before is None else consumed - before
            before = consumed
            with self.display.lock:
                self.display.show(self.bytes, None)

        return moved

    def _report(self, item: Item, outcome: str, problem: str) -> None:
        with self._count:
            self.outcomes[outcome if not item.harmless else "harmless"] += 1
            count = sum(self.outcomes.values())
        self.display.rename(f"{count} file{'s' if count != 1 else ''}")
        if problem:
            if not (item.harmless and self.quiet):
                self.display.note(f"{printable(item.name)}: {outcome}: {problem}" if outcome == SKIPPED else problem)
        elif not self.quiet:
            self.display.finished(item.name, f"{outcome}, {bytes_text(item.size)}")


def summary(outcomes: Counter[str]) -> str:
    """The counts of all outcomes, in one line."""
    counts = [(DONE, outcomes[DONE]), (THERE, outcomes[THERE])]
    counts += [(name, outcomes[name]) for name in (SKIPPED, FAILED) if outcomes[name]]
    return ", ".join(f"{count} {name}" for name, count in counts)


def status_of(outcomes: Counter[str]) -> int:
    """The exit status for these outcomes."""
    return 3 if outcomes[SKIPPED] or outcomes[FAILED] else 0
