"""Processes that are forked at any moment: none uses what is another's, none ends it, and none waits for a thread that
it has not got."""

from __future__ import annotations

import json
import os
import re
import signal
import ssl
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import trustme

from oss.local_server import LocalServer
from oss.oss_api import AOSE_ABORT_CALLBACK
from tests.faults.forking import KINDS, SMALL, WORKERS
from tests.faults.jobs import Job
from tests.resumable import KEY, Download, part_fault, pattern
from tests.service import BUCKET
from tests.waiting import PATIENCE, until
from tests.wire import Peer, WireServer, answer

FORKED = "this process was forked during the call, which goes on in its parent"
DATA = pattern(700_000)
NAME = re.compile(rb"GET /bucket-a%2F((\d+)-\d+) ")
OURS = {"exit": "os.fork and sys.exit", "_exit": "os.fork and os._exit"}
ALL = (*OURS, "fork", "spawn", "forkserver")


def started(name: str, job: Job, how: str, **settings: Any) -> subprocess.Popen[str]:
    quiet = "-Wignore:This process:DeprecationWarning"  # that a program with threads forks: it is what is tried
    command = [sys.executable, quiet, "-m", "tests.faults.forking", name, job.dump(), how]
    root = Path(__file__).parent.parent.parent
    return subprocess.Popen(command, cwd=root, text=True, start_new_session=True, **settings)


def run(name: str, job: Job, how: str) -> dict[int, list[Any]]:
    """What each process of a program had to say; the program's own report is under 0."""
    with started(name, job, how, stderr=subprocess.PIPE) as program:
        try:
            problems = program.communicate(timeout=PATIENCE)[1]
        finally:
            if program.returncode != 0:
                os.killpg(program.pid, signal.SIGKILL)
    assert (program.returncode, problems) == (0, "")
    reports = {int(path.stem): path.read_text() for path in Path(job.folder).glob("*.report")}
    return {pid if pid != program.pid else 0: [*map(json.loads, text.splitlines())] for pid, text in reports.items()}


# ---- kept connections ----


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


def by_name(peer: Peer) -> None:
    """Answers each request with the name that it asks for."""
    while found := NAME.match(peer.request()):
        peer.send(answer(found[1]))


@pytest.fixture(params=["plain", "TLS"])
def wire(request: pytest.FixtureRequest, authority: trustme.CA, tmp_path: Path) -> Iterator[tuple[WireServer, Job]]:
    context, ca_file = None, ""
    if request.param == "TLS":
        context, ca_file = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), str(tmp_path / "ca")
        authority.cert_pem.write_to_path(ca_file)
        authority.issue_cert("127.0.0.1").configure_cert(context)
    with WireServer(by_name, tls=context) as server:
        yield server, Job("download", server.url.rstrip("/"), "", str(tmp_path), ca_file=ca_file)


@pytest.mark.parametrize(("name", "how"), [*(("workers", how) for how in ALL), *(("adapters", how) for how in OURS)])
def test_everybody_has_connections_of_his_own(wire: tuple[WireServer, Job], name: str, how: str) -> None:
    server, job = wire
    reports = run(name, job, how)
    assert len(reports) == 1 + 2 * WORKERS
    assert not [said["wrong"] for report in reports.values() for said in report if said["wrong"]]
    users = [{int(pid) for _, pid in NAME.findall(peer.received)} for peer in server.peers]
    assert all(len(pids) == 1 for pids in users), "a connection is one process's"
    assert len(users) == len(reports), "and a process's is one, also the parent's, which no child has ended"


# ---- other threads ----


@pytest.fixture
def job(server: LocalServer, tmp_path: Path, small_parts: None) -> Job:
    server.put(BUCKET, KEY, DATA)
    server.put(BUCKET, SMALL, SMALL.encode())
    made = Job("download", server.endpoint, str(tmp_path / "file"), str(tmp_path), part_size=100_000)
    Path(made.path).write_bytes(DATA)
    return made


def test_a_fork_during_the_first_call(wire: tuple[WireServer, Job]) -> None:
    reports = run("first_calls", wire[1], "_exit")
    assert [report for report in reports.values() if report != [{"calls": 1, "wrong": []}]] == []


@pytest.mark.parametrize("wire", ["TLS"], indirect=True)
def test_no_fork_while_openssl_may_have_a_lock(wire: tuple[WireServer, Job]) -> None:
    calls, found = run("handshake", wire[1], "_exit")[0]
    assert not calls["wrong"]
    assert len(found["during"]) <= 2, "only in the record of the request, and its type: they are sent without a lock"
    assert {"CLIENT_HELLO", "CERTIFICATE_VERIFY", "FINISHED", "NEWSESSION_TICKET"} <= set(found["messages"])


@pytest.mark.parametrize("how", OURS)
def test_forks_during_transfers(job: Job, server: LocalServer, how: str) -> None:
    reports = run("transfers", job, how)
    own = {said["what"]: said["told"] for said in reports.pop(0)}
    assert own == {"download": [[200, "None"]], "upload": [[200, "None"]]}
    assert all(report == [{"call": [200, "", SMALL]}] for report in reports.values())
    assert Path(f"{job.path}.download").read_bytes() == server.get(BUCKET, "uploaded") == DATA


def test_a_fork_while_another_thread_logs(job: Job) -> None:
    assert run("logs", job, "_exit") == {0: [{"log": ["two"]}]}


# ---- in a progress function ----


LEFT: dict[str, dict[str, bool]] = defaultdict(
    dict,
    {
        "resumable download": {".tmp": True, ".dcp": True},
        "resumable upload": {".ucp": True},
        "get to a file": {".tmp": True},
    },
)
"""The files that there are during a call, which are locked."""


@pytest.mark.parametrize("kind", KINDS)
def test_a_fork_in_a_progress_function(job: Job, server: LocalServer, kind: str) -> None:
    reports = run("in_progress", job, kind)
    assert len(reports) == 2
    (own, again), (child, new) = reports.pop(0), reports.popitem()[1]
    assert (own["code"], again["call"]) == (200, [200, "", SMALL])
    assert own["left"] == LEFT[kind] | {"": False}, "after the child's end"
    assert (child["code"], child["error_code"]) == (AOSE_ABORT_CALLBACK, "HttpIoError")
    assert FORKED in child["message"]
    assert new["call"] == [200, "", SMALL]
    assert Path(job.path).read_bytes() == server.get(BUCKET, KEY) == DATA


def test_a_lock_ends_with_its_process_though_a_forked_one_lives(job: Job, server: LocalServer) -> None:
    download = Download(server, Path(job.path))
    download.part_size = job.part_size
    stalled = server.add_fault(part_fault("stall", 2, job.part_size))
    with started("helper", job, "", stdin=subprocess.PIPE, stdout=subprocess.PIPE) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == "ready\n"
        until(lambda: stalled.fired and 0 in download.done())
        program.kill()
        program.wait(PATIENCE)
        assert program.stdout.fileno() >= 0  # the helper lives: it has the other end
        found = download()
    assert found.codes == (200, None), found.status.error_msg
    assert 0 not in found.fetched(job.part_size), "what was done is taken over"
    assert download.path.read_bytes() == DATA
