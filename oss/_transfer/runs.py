"""Runs: the unfinished parts of a transfer, dealt to its threads as neighbours that one request asks for together.

Each request waits a round trip for its first byte; a run waits once for all of its parts. A thread gets a run no longer
than its share of all that is left, so that the threads end together, and the runs become shorter towards the end. A
thread that finds no more parts takes the second half of the run that will take the longest, where that is worth a
request (compare Blumofe and Leiserson, "Scheduling Multithreaded Computations by Work Stealing", 1999).

Where each part is to be asked for alone, a run has as many as take :data:`QUICK` seconds, often one.

Without a limit of the caller's a run is as long as the line is worth: :data:`WAITS` times the bytes in flight, which
are the speed of a thread times the time to the first byte. Of the time of such a run 1 / WAITS is waiting.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Iterable

from aos._native import CancelFlag

__all__ = ["Run", "Runs"]

WAITS = 50
QUICK = 0.01
"""Seconds for which parts that are asked for one by one are dealt at once: a thread has one of them at a time where
each takes longer."""
SHARES = 4
"""A thread gets so many times less than its share of them at once: should one hang, few others wait for it."""
FIRST_RUN = 1 << 30
"""The most bytes of a run before anything is known of the line."""
SHORTEST_WAIT = 0.001
"""Seconds that a request costs at least, whatever the line."""
WORTH = 4
"""A run is divided where what is taken away would last WORTH times as long as a request waits."""


class Run:
    """Neighbouring parts, the numbers from ``begin`` up to ``end``, that one thread has. The thread is at ``begin``;
    another one may take parts at the end away, so that both change it with the ``lock`` held."""

    __slots__ = ("_came", "_first", "_runs", "_since", "begin", "end", "lock")

    def __init__(self, runs: Runs, begin: int, end: int) -> None:
        self._runs, self.lock, self.begin, self.end = runs, runs.lock, begin, end
        self._first, self._since = begin, time.monotonic()
        self._came = self._since

    @property
    def one_by_one(self) -> bool:
        """Whether each part is to be asked for alone."""
        return self._runs.longest == 1

    def asked(self) -> None:
        """Notes that the parts are being asked for now."""
        self._first, self._since = self.begin, time.monotonic()

    def begun(self) -> None:
        """Notes that the first part has come."""
        self._came = time.monotonic()

    def over(self) -> None:
        """Takes what was seen of the line for the next runs: how much longer the first part took than the others."""
        count = self.begin - self._first - 1
        if count > 0:
            seconds = (time.monotonic() - self._came) / count
            self._runs.saw(self._came - self._since - seconds, seconds)

    @property
    def stop(self) -> CancelFlag:
        """Is set once no more parts are to be begun."""
        return self._runs.stop

    def give_back(self) -> None:
        """Leaves the parts after the present one to other threads, where each is asked for alone: it takes longer than
        was expected when they were dealt."""
        if self.one_by_one:
            self._runs.take_back(self)

    def seconds_a_part(self) -> float:
        """Returns how many seconds each of the parts took so far, one or more."""
        return (time.monotonic() - self._since) / max(self.begin - self._first, 1)

    def time_left(self, patience: float) -> float:
        """Returns about how many seconds the parts after the present one will take, by those that have come after the
        first one. Until there are some, it is nothing for so long as ``patience``: the answer is on its way."""
        now, rest, count = time.monotonic(), self.end - self.begin - 1, self.begin - self._first - 1
        if count > 0:
            return rest * (now - self._came) / count
        waited = now - self._since
        return rest * waited if waited > patience else 0.0


class Runs:
    """The parts that no thread has yet, and the runs under way."""

    def __init__(self, numbers: Iterable[int], part_size: int, threads: int, longest: int = 1) -> None:
        """Takes the numbers of the parts, in ascending order. One request asks for ``longest`` parts at most; 0: for as
        many as the line is worth. The last part may be shorter than ``part_size`` bytes."""
        self.lock, self.stop = threading.Lock(), CancelFlag()
        self.longest, self._part_size, self._threads = longest, part_size, threads
        self._gaps = deque(_neighbours(numbers))
        self._left = sum(end - begin for begin, end in self._gaps)
        self._under_way: set[Run] = set()
        self._wait, self._seconds = SHORTEST_WAIT, 0.0

    def __len__(self) -> int:
        """Returns how many parts no thread has yet."""
        return self._left

    def take(self, last: Run | None = None) -> Run | None:
        """Returns a run for a thread whose ``last`` one is over; None where there is none left."""
        with self.lock:
            if last is not None:
                self._under_way.discard(last)
                if last.one_by_one:
                    self._seconds = last.seconds_a_part()
            run = self._deal() if self._gaps else self._divide()
            if run is not None:
                self._under_way.add(run)
            return run

    def clear(self) -> None:
        """Deals no more parts, and leaves to the runs under way only the parts that they are at."""
        with self.lock:
            self.stop.set()
            self._gaps.clear()
            self._left = 0
            for run in self._under_way:
                run.end = min(run.end, run.begin + 1)
            self._under_way.clear()

    def take_back(self, run: Run) -> None:
        """Takes the parts after the present one of a run back, unless no more are to be dealt."""
        with self.lock:
            rest = run.begin + 1, run.end
            if run in self._under_way and rest[0] < rest[1]:
                run.end = rest[0]
                self._gaps.appendleft(rest)
                self._left += rest[1] - rest[0]

    def saw(self, wait: float, seconds: float) -> None:
        """Takes over how many seconds a request waited for its first byte, and how many a part then took."""
        self._wait, self._seconds = max(wait, SHORTEST_WAIT), seconds

    def _deal(self) -> Run:
        """Returns a run from the first gap."""
        begin, end = self._gaps.popleft()
        middle = min(end, begin + self._length())
        if middle < end:
            self._gaps.appendleft((middle, end))
        self._left -= middle - begin
        return Run(self, begin, middle)

    def _length(self) -> int:
        """Returns how many parts the next run may have."""
        if self.longest == 1:
            quick = int(QUICK / self._seconds) if self._seconds else 1
            return max(1, min(quick, self._left // (self._threads * SHARES)))
        outstanding = self._left + sum(run.end - run.begin for run in self._under_way)
        share = -(-outstanding // self._threads)
        return min(share, self.longest or self._worth())

    def _worth(self) -> int:
        """Returns how many parts a run is worth by what was seen of the line."""
        count = WAITS * self._wait / self._seconds if self._seconds else FIRST_RUN / self._part_size
        return max(1, round(count))

    def _divide(self) -> Run | None:
        """Takes the second half of the parts away from the run that will take the longest; None where no run is long
        enough for that to be worth a request, and where each part is asked for alone, quickly."""
        if self.longest == 1:
            return None
        worth = WORTH * self._wait
        longest = max(self._under_way, key=lambda run: run.time_left(worth), default=None)
        if longest is None or longest.end - longest.begin < 2 or longest.time_left(worth) < worth:
            return None
        middle = longest.begin + 1 + (longest.end - longest.begin - 1) // 2
        run = Run(self, middle, longest.end)
        longest.end = middle
        return run


def _neighbours(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Returns the intervals, each from its first number up to the one after its last, that ascending numbers make."""
    intervals: list[tuple[int, int]] = []
    for number in numbers:
        if intervals and intervals[-1][1] == number:
            intervals[-1] = (intervals[-1][0], number + 1)
        else:
            intervals.append((number, number + 1))
    return intervals
