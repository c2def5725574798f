"""Whatever moment an exception comes at in the caller's thread: the call ends, and nothing of it is left."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from aos._native import crc64

ROOT = Path(__file__).resolve().parent.parent.parent
MANY = os.environ.get("OSS_INTERRUPTS")
"""``all`` for a night: every line, and 2,000 alarms a call."""

KEPT = """
import gc, signal
from aos.aos_crc64 import aos_crc64

class stop(Exception):
    pass

def stopped(*_):
    raise stop()

def interrupted(data):
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.01)
        while True:
            aos_crc64(0, memoryview(data), len(data))
    except stop as error:
        kept = error
        error.me = error  # a cycle, whose frames the garbage collector clears in an order of its own

signal.signal(signal.SIGALRM, stopped)
data = bytearray(30 << 20)
for _ in range(5):
    interrupted(data)
    gc.collect()
data.extend(b"x")  # which no buffer holds any more
print("alive")
"""


def run(*args: str, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *args],
        cwd=ROOT,
        env={**os.environ, **env},
        capture_output=True,
        text=True,
        timeout=4000 if MANY else 200,
        check=False,
    )


@pytest.mark.parametrize(("how", "few", "many"), [("lines", 25, 0), ("alarm", 25, 2000)])
def test_an_exception_at_any_moment(how: str, few: int, many: int) -> None:
    done = run("-m", "tests.faults.interrupts", how, str(many if MANY else few))
    assert done.stdout, done.stderr
    assert json.loads(done.stdout) == []


@pytest.mark.parametrize("kernel", ["auto", "portable"])
def test_an_exception_that_is_kept_holds_no_buffer(kernel: str) -> None:
    """A traceback keeps the variables of its frames, and none of them is a buffer of C over somebody's memoryview."""
    done = run("-c", KEPT, OSS_CRC64=kernel)
    assert (done.returncode, done.stdout) == (0, "alive\n"), done.stderr


def test_a_buffer_that_was_looked_at_can_grow() -> None:
    data = bytearray(1000)
    crc64(0, memoryview(data)[10:20])
    data.extend(b"x")
    assert len(data) == 1001
