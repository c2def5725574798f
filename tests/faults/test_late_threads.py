"""What is held up by the disk, by the resolver, by a host that does not answer. A call that is ended ends all the same,
and what comes late harms nobody.

The stall rule and ``connect_timeout`` are at ten minutes: what ends here, ends because it was told to.
"""

from __future__ import annotations

import contextlib
import json
import os
import socket
import ssl
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import trustme

from aos._http.connection import Connection
from aos._http.perform import connection_for
from oss.local_server import LocalServer
from oss.oss_api import (
    AOSE_ABORT_CALLBACK,
    AOSE_OPEN_FILE_ERROR,
    aos_http_request_options_create,
    aos_pool_create,
    aos_pool_destroy,
    aos_pool_t,
)
from tests.faults.jobs import Job
from tests.faults.transfers import options_for, transfer
from tests.resumable import KEY, PART, pattern
from tests.service import BUCKET
from tests.waiting import until
from tests.wire import Peer, Result, WireServer, answer, cancelled, request_to, silent_host

DATA, NEW = pattern(4 * PART), pattern(4 * PART, 2)
FOREVER = 600
ROOT = Path(__file__).parent.parent.parent


class Told(NamedTuple):
    code: int
    message: str


class Program:
    """A program with the shim, that waits for a word before each line after the first."""

    def __init__(self, running: subprocess.Popen[str]) -> None:
        assert running.stdin is not None and running.stdout is not None
        self._to, self._from = running.stdin, running.stdout

    def hear(self) -> Told:
        return Told(**json.loads(self._from.readline()))

    def go_on(self) -> Told:
        print(file=self._to, flush=True)
        return self.hear()


@contextlib.contextmanager
def program(shim: Path, name: str, job: Job, how: str) -> Iterator[Program]:
    command = [sys.executable, "-m", "tests.faults.late", name, job.dump(), how]
    settings: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, cwd=ROOT, env=os.environ | {"LD_PRELOAD": str(shim)}, **settings) as running:
        try:
            yield Program(running)
        finally:
            running.kill()


ENDS = {
    "pool": Told(AOSE_ABORT_CALLBACK, "the pool was destroyed during the transfer"),
    "signal": Told(0, "KeyboardInterrupt"),
    "get": Told(0, "KeyboardInterrupt"),
}


# ---- the disk ----


@pytest.mark.parametrize(
    ("how", "settings"),
    [
        ("pool", {}),
        ("signal", {}),
        ("signal", {"checkpoint": False}),
        ("signal", {"checkpoint": False, "durable": 1}),
        ("get", {}),
    ],
    ids=str,
)
def test_the_disk_outlives_a_call(
    shim: Path, server: LocalServer, tmp_path: Path, how: str, settings: dict[str, Any]
) -> None:
    server.put(BUCKET, KEY, DATA)
    path = tmp_path / "file"
    job = Job("download", server.endpoint, str(path), str(tmp_path), speed_time=FOREVER, **settings)
    with program(shim, "disk", job, how) as running:
        assert running.hear() == ENDS[how]
        server.put(BUCKET, KEY, NEW)
        meanwhile = running.go_on()
        if meanwhile.code == 200:  # a file of its own
            assert path.read_bytes() == NEW
        else:
            assert meanwhile.code == AOSE_OPEN_FILE_ERROR
            assert "another transfer is using it" in meanwhile.message
            assert not path.exists()
        assert running.go_on().message == "it is written"
        assert path.read_bytes() == NEW if meanwhile.code == 200 else not path.exists()
        assert running.go_on().code == 200
    assert path.read_bytes() == NEW
    assert [item.name for item in tmp_path.iterdir()] == ["file"]


# ---- the resolver ----


def head_alone(peer: Peer) -> None:
    """Answers the HEAD of a download, and no part."""
    peer.request()
    peer.send(answer(b"", "200 OK", 'ETag: "E1"', "Last-Modified: today", length=len(DATA)))
    peer.wait()


@pytest.mark.parametrize("nth", [1, 2], ids=["HEAD", "workers"])
@pytest.mark.parametrize("how", ["pool", "signal"])
def test_a_resolver_that_does_not_answer(shim: Path, tmp_path: Path, nth: int, how: str) -> None:
    with WireServer(head_alone) as server:
        endpoint, path = f"http://127.1:{server.port}", str(tmp_path / "file")  # a name for the resolver
        job = Job("download", endpoint, path, str(tmp_path), threads=3, speed_time=FOREVER, is_cname=1)
        with program(shim, "lookup", job, f"{nth} {how}") as running:
            ended = running.hear()
            assert ended.code == ENDS[how].code, ended
            assert running.hear().message == "no thread is left"
    assert not Path(path).exists()


# ---- a host ----


@pytest.fixture
def connection() -> Iterator[Connection]:
    options = aos_http_request_options_create(None)
    options.connect_timeout = options.speed_time = FOREVER
    made = connection_for(options)
    yield made
    made.close()


def is_cancelled(found: Result) -> bool:
    return (found.code, found.reason.rpartition(": ")[2]) == (AOSE_ABORT_CALLBACK, "cancelled")


def test_cancelled_while_it_connects(connection: Connection) -> None:
    with silent_host() as url:
        assert is_cancelled(cancelled(connection, lambda: True, lambda: request_to(url, connection=connection)))


@pytest.mark.parametrize("proxy", [False, True])
def test_cancelled_in_a_handshake(connection: Connection, proxy: bool) -> None:
    """Or while a proxy is asked for its tunnel."""
    with WireServer(Peer.wait) as server:
        options: dict[str, Any] = {"proxy_host": server.authority} if proxy else {}
        url = f"https://{'oss.example' if proxy else server.authority}/"
        found = cancelled(
            connection, lambda: server.connections, lambda: request_to(url, connection=connection, **options)
        )
    assert is_cancelled(found)


def test_cancelled_while_a_name_is_looked_up(connection: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    asked, may = threading.Event(), threading.Event()

    def slow(*given: Any, **more: Any) -> Any:
        asked.set()
        may.wait()
        raise socket.gaierror(socket.EAI_NONAME, "it came late")

    monkeypatch.setattr(socket, "getaddrinfo", slow)
    try:
        assert is_cancelled(
            cancelled(connection, asked.is_set, lambda: request_to("http://oss.example/", connection=connection))
        )
    finally:
        may.set()


def workers() -> list[threading.Thread]:
    """The threads of transfers."""
    return [thread for thread in threading.enumerate() if "(_run)" in thread.name]


def test_a_transfer_ends_while_its_threads_are_in_a_handshake(tmp_path: Path) -> None:
    authority, context = trustme.CA(), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    authority.cert_pem.write_to_path(str(tmp_path / "ca"))

    def first(peer: Peer) -> None:
        peer.sock = context.wrap_socket(peer.sock, server_side=True)
        head_alone(peer)

    pool = aos_pool_t()
    aos_pool_create(pool, None)
    with WireServer(first, Peer.wait) as server:
        job = Job("download", f"https://{server.authority}", str(tmp_path / "file"), str(tmp_path), threads=3)
        options = options_for(job)
        options.pool, options.ctl.options.ca_file = pool, str(tmp_path / "ca")
        options.ctl.options.connect_timeout = options.ctl.options.speed_time = FOREVER

        def end() -> None:
            until(lambda: server.connections >= 3)
            aos_pool_destroy(pool)

        thread = threading.Thread(target=end)
        thread.start()
        status = transfer(job, options=options)
        thread.join()
        until(lambda: not workers())
    assert status.code == ENDS["pool"].code
