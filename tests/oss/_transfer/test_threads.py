"""The threads of a transfer: those that are started, and those that are not."""

from __future__ import annotations

import itertools
from collections.abc import Callable

from oss._transfer.plan import Outcome
from oss._transfer.runs import Run, Runs
from oss._transfer.threads import WorkerPool

MANY, STARTED = 50, 3


class Worker:
    """Counts what becomes of it."""

    def __init__(self) -> None:
        self.worked = self.closed = 0

    def cancel(self) -> None:
        pass

    def close(self) -> None:
        self.closed += 1


def test_no_thread_is_started_for_a_transfer_that_has_ended() -> None:
    """To start many takes its time; whoever ends the transfer meanwhile does not wait for it."""
    workers, looks = list[Worker](), itertools.count()

    def make() -> Worker:
        workers.append(Worker())
        return workers[-1]

    def work(worker: Worker, run: Run, report: Callable[[Outcome], None]) -> None:
        worker.worked += 1

    with WorkerPool(Runs(range(MANY), 1, MANY), MANY, make, work, lambda: next(looks) < STARTED) as pool:
        assert list(pool.results()) == []
    assert len(workers) == MANY
    assert [worker.closed for worker in workers] == [1] * MANY
    assert not any(worker.worked for worker in workers[STARTED:])
