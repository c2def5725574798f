"""SIGKILL at any moment: what is under the final name is right or as before, and the next calls complete it.

Killed are downloads and uploads: before each of their file calls (so between any two of them, at each record and
throughout the ending), in the middle of each write, and at random moments until they are done. ``OSS_FAULTS=full``
makes it 500 kills and more.
"""

from __future__ import annotations

import functools
import random
from pathlib import Path

import pytest

from tests.faults.bench import DATA, OLD, Bench, full
from tests.faults.jobs import Report, Run, SystemFault
from tests.resumable import PART, Download, pattern

PARTS, THREADS = 30, 3
MANY = pattern(PARTS * PART - 77)
BOTH = ("download", "upload")
MOMENTS = ("time", "file", "recv")
"""A random time, or a random call on a file or of recv."""
LOST_BY_A_KILL = PART
"""Bytes for each thread."""
RANDOM_KILLS = {False: 8, True: 90}
"""For each direction and each of three sorts of moments, unless everything is asked for, and when it is."""


def finish(bench: Bench, what: str, threads: int) -> None:
    """The call that nothing disturbs, also where an upload was complete without knowing it."""
    (run,) = bench.work(what, threads=threads).runs
    assert run.told == "200", run
    assert bench.result(what) == bench.data
    assert bench.left() == set()


def killed(bench: Bench, what: str, report: Report) -> bool:
    """Whether it was; then nobody sees what is not complete."""
    if report.killed:
        assert bench.result(what) in (OLD, bench.data)
        assert not report.hung
    return report.killed


def file_calls(run: Run) -> list[str]:
    return [line for line in run.calls if line.split()[1] not in ("socket", "process")]


def twice(bench: Bench, what: str) -> int:
    """Bytes that were moved more than once."""
    return max(bench.moved(what) - len(bench.data), 0)


@pytest.mark.parametrize("what", BOTH)
@pytest.mark.parametrize("resumed", [False, True], ids=["anew", "continued"])
def test_killed_before_each_file_call(bench: Bench, what: str, resumed: bool) -> None:
    bench.data = DATA
    bench.begin(what, resumed)
    (run,) = bench.work(what).runs
    calls, needed = file_calls(run), bench.moved(what)
    assert len(calls) > 15
    for nth in range(1, len(calls) + 1):
        bench.begin(what, resumed)
        assert killed(bench, what, bench.work(what, SystemFault("file", nth, "kill"))), calls[nth - 1]
        complete = bench.result(what) == bench.data
        finish(bench, what, 1)
        assert complete or bench.moved(what) - needed <= LOST_BY_A_KILL, calls[nth - 1]


@pytest.mark.parametrize("what", BOTH)
@pytest.mark.parametrize("call", ["write", "pwrite"])
def test_killed_in_the_middle_of_each_write(bench: Bench, what: str, call: str) -> None:
    bench.data, nth = DATA, 0
    while True:
        nth += 1
        bench.begin(what)
        if not killed(bench, what, bench.work(what, SystemFault(call, nth, "tear"))):
            break
        finish(bench, what, 1)
    assert nth > (1 if call == "write" else 3)


def killed_until_it_is_done(bench: Bench, what: str, moment: str, parts_per_request: int = 1) -> None:
    bench.data, dice, kills, most = MANY, random.Random(f"{what} {moment}"), 0, 0.0
    work = functools.partial(bench.work, what, threads=THREADS, parts_per_request=parts_per_request)
    bench.begin(what)
    (run,) = work().runs
    most_calls = {
        "file": 3 * len(file_calls(run)),
        "recv": len([line for line in run.calls if line.startswith("recv")]),
    }
    while kills < RANDOM_KILLS[full()]:
        bench.begin(what)
        in_this, done = 0, False
        while not done:
            if moment == "time":
                report = work(kill_after=dice.uniform(0, 1.5 * run.seconds))
            else:
                fault = SystemFault(moment, dice.randint(1, most_calls[moment]), "kill")
                report = work(fault)
            in_this += (again := killed(bench, what, report))
            assert in_this < 300, "it gets nowhere"
            done = not again or bench.result(what) == bench.data
        lost = twice(bench, what)
        if parts_per_request == 1:  # else the server also counts what was on the way to the process
            assert lost <= in_this * THREADS * LOST_BY_A_KILL, f"{lost} bytes were moved again after {in_this} kills"
        finish(bench, what, THREADS)
        kills += in_this
        most = max(most, lost / max(in_this, 1))
    print(f"{what}, {moment}: {kills} kills, at most {most / PART:.1f} parts moved again for each")


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_killed_download(bench: Bench, moment: str) -> None:
    killed_until_it_is_done(bench, "download", moment)


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_killed_download_in_runs(bench: Bench, moment: str) -> None:
    killed_until_it_is_done(bench, "download", moment, parts_per_request=0)


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_killed_upload(bench: Bench, moment: str) -> None:
    killed_until_it_is_done(bench, "upload", moment)


# ---- what a kill may leave ----


def test_a_death_between_the_last_part_and_the_name(download: Download) -> None:
    download.interrupted(DATA, missing=())
    found = download()
    assert (found.codes, found.fetched()) == ((200, None), [])
    assert download.path.read_bytes() == DATA


def test_a_half_made_checkpoint_is_in_nobodys_way(download: Download, tmp_path: Path) -> None:
    """The file that would have become the checkpoint, left by a kill."""
    download.put(DATA)
    download.checkpoint.with_suffix(".dc~").write_bytes(b"<?xml version")
    assert download().codes == (200, None)
    assert [item.name for item in tmp_path.iterdir()] == ["file"]
