"""The fault matrix: each system call of a transfer, each time it is made, fails in each way; what holds all the same.

``CALLS`` says how calls fail, ``SCENARIOS`` what is transferred; which calls there are is found out by looking.
"""

from __future__ import annotations

import errno
import os
import socket
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from tests.faults.bench import OLD, Bench, full
from tests.faults.jobs import Deed, Report, Run, SystemFault

__all__ = ["CALLS", "FOREVER", "SCENARIOS", "Case", "cases", "seen", "settled", "tried", "Way"]

FOREVER = 1 << 30


class Way(NamedTuple):
    """How a call fails."""

    name: str
    deed: Deed = "fail"
    error: int = 0
    times: int = 1


def failing(*names: str, times: int = 1) -> tuple[Way, ...]:
    ending = "" if times == 1 else " for good"
    return tuple(Way(name + ending, "fail", getattr(errno, name), times) for name in names)


def looked_up(*names: str) -> tuple[Way, ...]:
    return tuple(Way(name, "fail", getattr(socket, name)) for name in names)


SHORT, END = Way("short", "short"), Way("ends", "end")
CALLS: dict[str, tuple[Way, ...]] = {
    "open": (*failing("EIO", "EMFILE", "EACCES", "EINTR", "ENOSPC"), *failing("EMFILE", "EROFS", times=FOREVER)),
    "stat": failing("EIO", "EACCES", "ENOMEM"),
    "lock": failing("EINTR", "ENOLCK", "EIO"),
    "chmod": failing("EPERM", "EIO"),
    "ftruncate": failing("EIO", "ENOSPC", "EFBIG", "EINTR"),
    "read": (*failing("EIO", "EINTR"), SHORT, END),
    "pread": (*failing("EIO", "EINTR"), SHORT, END),
    "write": (*failing("EIO", "ENOSPC", "EINTR"), SHORT, *failing("ENOSPC", "EDQUOT", times=FOREVER)),
    "pwrite": (*failing("EIO", "ENOSPC", "EINTR"), SHORT, *failing("ENOSPC", "EFBIG", times=FOREVER)),
    "fsync": failing("EIO", "ENOSPC", "EINTR"),
    "link": failing("EIO", "EPERM", "EEXIST"),
    "rename": failing("EIO", "EACCES", "ENOSPC", "EXDEV"),
    "unlink": failing("EIO", "EACCES", "EROFS"),
    "close": failing("EIO", "EINTR", "ENOSPC"),
    "getaddrinfo": looked_up("EAI_AGAIN", "EAI_NONAME", "EAI_MEMORY", "EAI_FAIL"),
    "socket": failing("EMFILE", "ENOBUFS", "EACCES"),
    "connect": (
        *failing("ECONNREFUSED", "ENETUNREACH", "ETIMEDOUT", "EINTR", "EADDRNOTAVAIL"),
        *failing("ECONNREFUSED", times=FOREVER),
    ),
    "getsockopt": failing("ENOBUFS", "EINVAL"),
    "setsockopt": failing("ENOBUFS", "EINVAL"),
    "send": (*failing("ECONNRESET", "EPIPE", "EINTR", "EAGAIN"), SHORT, *failing("EPIPE", times=FOREVER)),
    "recv": (*failing("ECONNRESET", "ETIMEDOUT", "EINTR", "EAGAIN"), SHORT, END, *failing("ECONNRESET", times=FOREVER)),
    "poll": (*failing("EINTR", "ENOMEM", "EINVAL"), END),
    "thread": failing("EAGAIN"),
}
HARMLESS = ("EINTR", "EAGAIN", "short")
"""What no caller may ever hear of, except where EAGAIN is the want of threads."""


NO_FAULT = SystemFault()


class Scenario(NamedTuple):
    what: Any
    resumed: bool = False
    checkpoint: bool = True
    threads: int = 1
    secure: bool = False
    parts_per_request: int = 1
    every: int = 3
    """Which of the calls fail, unless everything is asked for."""

    def run(self, bench: Bench, fault: SystemFault = NO_FAULT) -> Report:
        settings = {"checkpoint": self.checkpoint, "threads": self.threads}
        return bench.work(self.what, fault, parts_per_request=self.parts_per_request, **settings)


SCENARIOS = {
    "download": Scenario("download", every=1),
    "download continued": Scenario("download", resumed=True),
    "download without checkpoint": Scenario("download", checkpoint=False),
    "download with three threads": Scenario("download", threads=3),
    "download over TLS": Scenario("download", secure=True),
    "download in runs": Scenario("download", parts_per_request=0),
    "download in runs over TLS": Scenario("download", secure=True, parts_per_request=0),
    "upload": Scenario("upload", every=1),
    "upload continued": Scenario("upload", resumed=True),
    "upload without checkpoint": Scenario("upload", checkpoint=False),
    "upload with three threads": Scenario("upload", threads=3),
    "upload over TLS": Scenario("upload", secure=True),
}
KEPT = {"download": {"file.tmp", "file.dcp"}, "upload": {"file.ucp"}}


@dataclass
class Case:
    """One call that failed once, what came of it, and which promises that broke."""

    scenario: str
    call: str
    nth: int
    way: Way
    on: str = ""
    told: str = ""
    message: str = ""
    seconds: float = 0.0
    fired: int = 0
    next_run: str = ""
    broken: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        where = f"{self.scenario}: {self.call} no. {self.nth} ({self.on}) {self.way.name}"
        return f"{where}: {self.told} {self.message!r}, then {self.next_run}: {'; '.join(self.broken) or 'as promised'}"


def seen(bench: Bench, scenario: str) -> list[str]:
    """The calls of a scenario without a fault, each with what it is made on."""
    given = SCENARIOS[scenario]
    bench.begin(given.what, given.resumed)
    (found,) = given.run(bench).runs
    assert (found.code, bench.left()) == (200, set()), found
    return found.calls


def cases(scenario: str, calls: list[str], only: str | None = None) -> Iterator[Case]:
    """What is to be tried; some calls, each in another way, unless everything is asked for."""
    counted: Counter[str] = Counter()
    every, turn = 1 if full() else SCENARIOS[scenario].every, list(SCENARIOS).index(scenario)
    for line in calls:
        call, _, on = line.partition(" ")
        counted[call] += 1
        ways, nth = CALLS[call], counted[call]
        if only in (None, call) and not (nth - 1) % every:
            for way in ways if full() else [ways[(turn + nth // every) % len(ways)]]:
                yield Case(scenario, call, nth, way, on)


def tried(bench: Bench, case: Case) -> Case:
    """Carries a case out and fills in what became of it."""
    given, way = SCENARIOS[case.scenario], case.way
    bench.begin(given.what, given.resumed)
    return settled(bench, case, given.run(bench, SystemFault(case.call, case.nth, way.deed, way.error, way.times)))


def settled(bench: Bench, case: Case, report: Report) -> Case:
    """Fills in what became of the case, and whether the next run, with nothing in its way, completes the transfer."""
    if not report.runs:
        case.told = report.told
        case.broken.append("it must come back")
        return case
    (run,) = report.runs
    case.told, case.message, case.seconds, case.fired = run.told, run.message, run.seconds, run.fired
    case.broken += _unkept(bench, case, run)
    bench.server.clear_faults()
    _again(bench, case)
    return case


def _unkept(bench: Bench, case: Case, run: Run) -> list[str]:
    """The promises that a run under a fault did not keep."""
    what, checkpoint = SCENARIOS[case.scenario].what, SCENARIOS[case.scenario].checkpoint
    ok, found, left = run.code // 100 == 2, bench.result(what), bench.left()
    kept = KEPT[what] if checkpoint and not ok else set()
    promises = {
        "it raises nothing": not run.raised,
        "success means the right bytes": not ok or found == bench.data,
        "the old target stays until success": ok or found == OLD or (what == "upload" and found == bench.data),
        "no thread is left": run.threads == 0,
        f"no descriptor is left: {run.descriptors}": not run.descriptors,
        f"no other file is left: {left}": left <= kept or case.call in ("unlink", "stat"),
        "a failure has a code and a text": ok or (run.code != 0 and run.error_code and run.message),
        "what is harmless is not told": ok or case.way.name not in HARMLESS or case.call in ("thread", "close"),
        "a failure says what the system said": ok or _says(case, run.message),
    }
    return [promise for promise, holds in promises.items() if not holds]


def _says(case: Case, message: str) -> bool:
    in_other_words = case.call in ("getaddrinfo", "thread", "connect", "send", "recv", "poll")
    return in_other_words or not case.way.error or case.way.deed != "fail" or os.strerror(case.way.error) in message


def _again(bench: Bench, case: Case) -> None:
    """The next run."""
    given = SCENARIOS[case.scenario]
    case.next_run = given.run(bench).told
    if case.next_run != "200":
        case.broken.append("the next run completes it")
    elif bench.result(given.what) != bench.data:
        case.broken.append("the next run is right")
    if bench.left():
        case.broken.append(f"the next run leaves nothing: {bench.left()}")
