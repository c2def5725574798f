"""Programs that gevent or eventlet has patched: every call works, others run meanwhile, and a kill leaves nothing."""

from __future__ import annotations

import importlib.util
import json
import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from oss.local_server import Fault, LocalServer
from tests.authority import Authority
from tests.resumable import KEY
from tests.service import BUCKET
from tests.waiting import PATIENCE, until

ROOT = Path(__file__).resolve().parents[2]
LIBRARIES = [
    pytest.param(name, marks=pytest.mark.skipif(importlib.util.find_spec(name) is None, reason=f"{name} is missing"))
    for name in ("gevent", "eventlet")
]
SIZE = 12 << 20
TURN = 1 << 18
"""The most bytes that one thread moves before others have their turn."""
THREADS = 3
CODES = {"put": 200, "put a file": 200, "get": 200, "get to file": 200, "head": 200, "list": 200, "none": 404}
ALL_CODES = CODES | {"upload": 200, "download": 200}

pytestmark = pytest.mark.parametrize("library", LIBRARIES)


class Patched:
    """A service, and the patched program that uses it."""

    def __init__(self, server: LocalServer, folder: Path, ca_file: str | None) -> None:
        self.server, self.folder = server, folder
        self.data = random.Random(5).randbytes(SIZE)
        (folder / "source").write_bytes(self.data)
        server.put(BUCKET, KEY, self.data)
        self.environment = {
            "OSS_ENDPOINT": server.endpoint,
            "OSS_ACCESS_KEY_ID": server.access_key_id,
            "OSS_ACCESS_KEY_SECRET": server.access_key_secret,
            "FOLDER": str(folder),
            "PYTHONPATH": str(ROOT),
            **({"CA_FILE": ca_file} if ca_file else {}),
        }

    @contextmanager
    def started(self, *words: str) -> Iterator[subprocess.Popen[str]]:
        """Starts the program in a folder of its own."""
        with subprocess.Popen(
            [sys.executable, "-m", "tests.green.program", *words],
            env=os.environ | self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        ) as program:
            yield program

    def run(self, *words: str) -> dict[str, Any]:
        """Runs the program. Returns what it has printed."""
        with self.started(*words) as program:
            return told(program)

    def stall(self) -> Fault:
        """Has the service say nothing to a GET, for longer than the test takes."""
        return self.server.add_fault(Fault({"method": "GET", "key": KEY}, action="stall", seconds=PATIENCE, times=None))


def told(program: subprocess.Popen[str]) -> dict[str, Any]:
    """Returns what a program has printed, once it has ended."""
    out, errors = program.communicate(timeout=PATIENCE)
    assert (program.returncode, "Error" in errors) == (0, False), errors
    found: dict[str, Any] = json.loads(out)
    return found


@pytest.fixture(params=["plain", "TLS"])
def patched(request: pytest.FixtureRequest, tmp_path: Path, authority: Authority) -> Iterator[Patched]:
    """The service for a program, with TLS or without."""
    tls = authority.files("127.0.0.1") if request.param == "TLS" else None
    with LocalServer(buckets=[BUCKET], tls=tls) as server:
        yield Patched(server, tmp_path, authority.file if tls else None)


@pytest.mark.parametrize("when", ["before", "after"])
def test_every_call_works(library: str, when: str, patched: Patched) -> None:
    assert patched.run(library, when, "green", "calls")["result"] == ALL_CODES


@pytest.mark.parametrize(("threads", "task"), [("threads", "calls"), ("green", "in a thread")])
def test_threads_of_the_system_beside_green_ones(library: str, threads: str, task: str, patched: Patched) -> None:
    assert patched.run(library, "before", threads, task)["result"] == ALL_CODES


@pytest.mark.parametrize("task", ["download", "upload"])
def test_others_have_their_turn_during_a_transfer(library: str, task: str, patched: Patched) -> None:
    found = patched.run(library, "before", "green", task)
    assert found["result"] == 200
    assert found["turns"] >= SIZE // TURN // THREADS


def test_a_green_thread_that_is_killed_leaves_nothing(library: str, patched: Patched) -> None:
    stalled = patched.stall()
    with patched.started(library, "before", "green", "kill") as program:
        until(lambda: stalled.seen)
        (patched.folder / "stalled").touch()
        assert told(program)["result"] == {"threads": 1, "open": []}


def test_an_interrupt_leaves_nothing(library: str, patched: Patched) -> None:
    stalled = patched.stall()
    with patched.started(library, "before", "green", "interrupt") as program:
        until(lambda: stalled.seen)
        program.send_signal(signal.SIGINT)
        out, _ = program.communicate(timeout=PATIENCE)
    assert json.loads(out)["result"] == {"threads": 1, "open": []}
