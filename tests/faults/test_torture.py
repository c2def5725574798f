"""Each system call of a transfer fails, each time it is made: no hang, no leak, no wrong bytes; the next run completes.

``python -m tests.faults`` prints the matrix; ``OSS_FAULTS=full`` tries every way of failing at every call.
"""

from __future__ import annotations

import functools
import importlib.util
import re
import shutil
import subprocess
import sys

import pytest

from tests.faults.bench import SHIM, Bench
from tests.faults.matrix import CALLS, SCENARIOS, cases, seen, tried

ON_EVERY_PATH = {"open", "pwrite", "write", "rename", "unlink", "close", "socket", "connect", "send", "recv", "poll"}
IO = re.compile(r"(p|f|_)?(open|read|write|send|recv|poll|select|sync|truncate|rename|unlink|close|connect|socket)")


@pytest.fixture
def bench(both: dict[bool, Bench], scenario: str) -> Bench:
    return both[SCENARIOS[scenario].secure]


@functools.cache
def calls_of(bench: Bench, scenario: str) -> list[str]:
    return seen(bench, scenario)


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("scenario", SCENARIOS)
def test_a_call_fails(bench: Bench, scenario: str, call: str) -> None:
    broken = [
        str(case)
        for case in (tried(bench, case) for case in cases(scenario, calls_of(bench, scenario), call))
        if case.broken
    ]
    assert not broken, "\n".join(broken)


@pytest.mark.parametrize("scenario", ["download", "upload"])
def test_what_is_tried_is_what_is_called(bench: Bench, scenario: str) -> None:
    names = {line.partition(" ")[0] for line in calls_of(bench, scenario)}
    assert names >= ON_EVERY_PATH
    assert names <= {*CALLS}, "each has its ways to fail"


def test_the_extension_calls_nothing_behind_the_shim() -> None:
    if shutil.which("nm") is None:
        pytest.skip("no nm")
    found = importlib.util.find_spec("aos._csrc")
    assert found is not None
    command = ["nm", "-D", "--undefined-only", str(found.origin)]
    listed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    used = {name for name in re.findall(r"U (\w+)", listed) if IO.match(name) and not name.startswith("Py")}
    assert {"recv", "send", "poll"} <= used
    assert used <= {*re.findall(r"\w+", SHIM.read_text())}


CIRCLE = """
import gc
from aos._native import PartBuffer

def circle():
    buffer = PartBuffer(64)
    view, circle = buffer.view, [buffer]
    del buffer
    gc.collect()  # of those that survive, the view now comes first
    circle.append(circle)

circle()
gc.collect()
"""


def test_the_collector_may_find_a_buffer_in_a_circle() -> None:
    """What dies with the thread that used it, dies in any order."""
    done = subprocess.run([sys.executable, "-c", CIRCLE], capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, "")
