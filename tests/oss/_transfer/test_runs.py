"""How the parts of a transfer are dealt to its threads: each once, in shares, and away from a thread that is slow."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oss._transfer import runs as module
from oss._transfer.runs import QUICK, SHARES, WAITS, Run, Runs

PART = 1000


class Clock:
    """The time that runs are measured by."""

    def __init__(self) -> None:
        self.now = 1.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(module, "time", made)
    return made


def advance(run: Run) -> int:
    """Finishes a part of a run; returns its number."""
    number = run.begin
    with run.lock:
        run.begin += 1
    return number


def length(run: Run | None) -> int:
    assert run is not None
    return run.end - run.begin


def dealt(runs: Runs, threads: int, turn: Callable[[int], int]) -> tuple[list[int], list[int]]:
    """Parts in the order in which they are done by threads of which ``turn(count)`` chooses the next one, and the
    lengths of the runs in the order in which they are taken."""
    now: list[Run | None] = [None] * threads
    busy, done, lengths = list(range(threads)), list[int](), list[int]()
    while busy:
        thread = busy[turn(len(busy))]
        run = now[thread]
        if run is not None and run.begin < run.end:
            done.append(advance(run))
            continue
        now[thread] = run = runs.take(run)
        if run is None:
            busy.remove(thread)
        else:
            lengths.append(length(run))
    return done, lengths


@given(st.sets(st.integers(0, 200)), st.integers(1, 8), st.integers(0, 30), st.randoms(use_true_random=False))
def test_every_part_is_dealt_once(numbers: set[int], threads: int, longest: int, dice: random.Random) -> None:
    runs = Runs(sorted(numbers), PART, threads, longest)
    assert len(runs) == len(numbers)
    done, lengths = dealt(runs, threads, dice.randrange)
    assert sorted(done) == sorted(numbers)
    assert longest < 2 or max(lengths, default=0) <= longest
    assert not len(runs)


def test_every_part_is_dealt_once_to_threads() -> None:
    """While each takes from the others what it can."""
    runs, done = Runs(range(20_000), PART, 8, 0), list[int]()
    runs.saw(-1.0, 1e-9)

    def work() -> None:
        run = None
        while (run := runs.take(run)) is not None:
            while run.begin < run.end:
                done.append(advance(run))

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(done) == list(range(20_000))


@pytest.mark.parametrize("longest", [0, 1000])
def test_the_first_runs_are_shares(longest: int) -> None:
    runs = Runs(range(90), PART, 3, longest)
    assert [(run.begin, run.end) for run in (runs.take(), runs.take(), runs.take()) if run] == [
        (0, 30),
        (30, 60),
        (60, 90),
    ]


def test_runs_become_shorter_towards_the_end(clock: Clock) -> None:
    turns = iter(range(10_000))
    done, lengths = dealt(Runs(range(100), PART, 3, 16), 3, lambda count: next(turns) % count)
    assert sorted(done) == list(range(100))
    assert lengths[:3] == [16, 16, 16]
    assert lengths[-3:] < lengths[:3]
    assert min(lengths) < 4


def test_one_part_for_each_request_is_in_order(clock: Clock) -> None:
    done, lengths = dealt(Runs(range(50), PART, 4), 4, lambda count: 0)
    assert done == list(range(50))
    assert lengths[0] == 1


def test_as_many_as_come_quickly_are_dealt_at_once(clock: Clock) -> None:
    """One by one where each takes its time; and never more than a part of what is left for the threads."""
    for seconds, count in ((QUICK * 2, 1), (QUICK / 7.5, 7), (QUICK / 1e6, 10_000 // (3 * SHARES))):
        runs = Runs(range(10_000 + 1), PART, 3)
        run = runs.take()
        assert run is not None
        assert (length(run), run.one_by_one) == (1, True)
        clock.now += seconds
        advance(run)
        assert length(runs.take(run)) == count


def test_the_last_ones_are_dealt_one_at_a_time(clock: Clock) -> None:
    def turn(count: int) -> int:
        clock.now += 1e-9
        return 0

    done, lengths = dealt(Runs(range(1000), PART, 3), 1, turn)
    assert done == list(range(1000))
    assert max(lengths) > 50
    assert lengths[-6 * SHARES + 1 :] == [1] * (6 * SHARES - 1)


def test_what_is_given_back_is_dealt_to_others(clock: Clock) -> None:
    runs = Runs(range(100), PART, 2)
    run = runs.take()
    assert run is not None
    advance(run)
    clock.now += 1e-9
    run = runs.take(run)
    assert run is not None
    assert (run.begin, run.end) == (1, 1 + 99 // (2 * SHARES))
    advance(run)
    left = len(runs)
    run.give_back()
    assert (run.begin, run.end) == (2, 3)
    assert len(runs) == left + 99 // (2 * SHARES) - 2
    other = runs.take()
    assert other is not None
    assert other.begin == 3
    run.give_back()
    assert (run.begin, run.end) == (2, 3), "there is no more to be given"
    runs.clear()
    other.give_back()
    assert not len(runs)
    assert runs.take(run) is None


def test_parts_that_are_asked_for_together_are_not_given_back() -> None:
    runs = Runs(range(90), PART, 3, 0)
    run = runs.take()
    assert run is not None
    run.give_back()
    assert (run.begin, run.end, run.one_by_one) == (0, 30, False)


def test_gaps_are_runs_of_their_own() -> None:
    runs = Runs([0, 1, 2, 7, 8, 30], PART, 1, 0)
    found = [(run.begin, run.end) for run in iter(runs.take, None)]
    assert found == [(0, 3), (7, 9), (30, 31)]


def test_a_run_is_as_long_as_the_line_is_worth() -> None:
    """As long as it takes for the wait of its request to be a small share of it; never less than a part."""
    runs = Runs(range(10_000), PART, 1, 0)
    assert length(runs.take()) == 10_000
    for wait, seconds, most in (
        (0.1, 0.01, 10 * WAITS),
        (0.04, 0.02, 2 * WAITS),
        (0.001, 60.0, 1),
        (-5.0, 0.001, WAITS),
    ):
        runs = Runs(range(10_000), PART, 1, 0)
        runs.saw(wait, seconds)
        assert length(runs.take()) == most


def test_before_anything_is_known_a_run_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "FIRST_RUN", 40 * PART)
    assert length(Runs(range(10_000), PART, 3, 0).take()) == 40


def test_what_a_run_sees_of_the_line_counts_for_the_next(clock: Clock) -> None:
    runs = Runs(range(10_000), PART, 100, 0)
    run = runs.take()
    assert run is not None
    assert length(run) == 100
    run.asked()
    clock.now += 0.15  # for the first part: 0.05 until its first byte, and 0.1 as for any other
    run.begun()
    for _ in range(11):
        advance(run)
    clock.now += 1.0
    run.over()
    assert length(runs.take(run)) == WAITS // 2


def test_a_run_of_one_part_shows_nothing_of_the_line(clock: Clock) -> None:
    runs = Runs(range(3), PART, 3, 0)
    run = runs.take()
    assert run is not None
    run.asked()
    clock.now += 60
    run.begun()
    advance(run)
    run.over()
    assert length(runs.take(run)) == 1


def test_no_part_is_begun_once_no_more_are_dealt() -> None:
    runs = Runs(range(90), PART, 3, 0)
    first, second = runs.take(), runs.take()
    assert first is not None
    assert second is not None
    advance(first)
    runs.clear()
    assert (first.begin, first.end) == (1, 2)
    assert (second.begin, second.end) == (30, 31)
    assert runs.take(first) is None


class Division:
    """Two threads: the ``slow`` one has parts left when the other one asks for more."""

    def __init__(self, clock: Clock, done: int, seconds: float) -> None:
        self.runs = Runs(range(40), PART, 2, 0)
        slow, other = self.runs.take(), self.runs.take()
        assert slow is not None
        assert other is not None
        self.slow, self.other = slow, other
        slow.asked()
        for _ in range(done):
            advance(slow)
        clock.now += seconds
        while other.begin < other.end:
            advance(other)

    def take(self) -> Run | None:
        return self.runs.take(self.other)


def test_a_thread_without_parts_takes_half_of_those_of_a_slow_one(clock: Clock) -> None:
    found = Division(clock, 9, 90.0)
    taken = found.take()
    assert taken is not None
    assert (taken.begin, taken.end) == (15, 20), "10 follow the part at which the slow one is"
    assert (found.slow.begin, found.slow.end) == (9, 15)


def test_a_thread_that_has_not_finished_a_part_is_slow_too(clock: Clock) -> None:
    found = Division(clock, 0, 60.0)
    assert length(found.take()) == 10


def test_a_thread_whose_answer_is_on_its_way_is_not_slow(clock: Clock) -> None:
    """Its wait is no measure of the parts that are to come."""
    found = Division(clock, 0, 0.3)
    found.runs.saw(0.1, 0.001)
    assert found.take() is None
    found.slow.begun()
    clock.now += 0.01
    for _ in range(11):
        advance(found.slow)
    assert found.take() is None, "8 parts of a millisecond each are left"
    assert found.slow.end == 20


@pytest.mark.parametrize(("done", "seconds"), [(19, 1000.0), (10, 1e-5)])
def test_what_is_not_worth_a_request_is_left(clock: Clock, done: int, seconds: float) -> None:
    found = Division(clock, done, seconds)
    assert found.take() is None
    assert found.slow.end == 20


def test_after_a_failure_there_is_nothing_to_take(clock: Clock) -> None:
    found: Any = Division(clock, 1, 60.0)
    found.runs.clear()
    assert found.take() is None
    assert found.runs.take() is None
