"""What a server takes from the system: its root, threads, descriptors; and that it gives everything back."""

from __future__ import annotations

import errno
import multiprocessing
import os
import resource
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from oss.local_server import LocalServer
from tests.local_server.clients import talk
from tests.service import BUCKET

PING = b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
FOLDER = "/dev/fd"
SERVE = "from oss.local_server import LocalServer; server = LocalServer({!r}); print('serving', flush=True); input()"


def descriptors() -> set[str]:
    return set(os.listdir(FOLDER))


@contextmanager
def other_process(root: Path) -> Iterator[subprocess.Popen[str]]:
    """One that has a server on the root."""
    command = [sys.executable, "-c", SERVE.format(str(root))]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None and process.stdout.readline() == "serving\n"
        yield process


def refused(root: Path) -> str:
    """What a server is told that must not have the root."""
    before = descriptors()
    with pytest.raises(OSError) as caught:
        LocalServer(root)
    assert caught.value.errno == errno.EBUSY and descriptors() <= before
    return str(caught.value)


def test_a_root_has_one_server(tmp_path: Path) -> None:
    with LocalServer(tmp_path, buckets=[BUCKET]) as server:
        server.put(BUCKET, "k", b"data")
        assert f"in process {os.getpid()}: '{tmp_path}'" in refused(tmp_path)
        assert server.get(BUCKET, "k") == b"data"
    with LocalServer(tmp_path) as server:
        assert server.get(BUCKET, "k") == b"data"


def test_a_root_has_one_process(tmp_path: Path) -> None:
    with other_process(tmp_path) as process:
        assert f"in process {process.pid}: " in refused(tmp_path)
        process.kill()
        process.wait()
        LocalServer(tmp_path).stop()


def test_the_program_tells_who_has_the_root(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "oss.local_server", "--root", str(tmp_path), "--port", "0"]
    with LocalServer(tmp_path):
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1 and done.stderr.count("\n") == 1
    assert f"in process {os.getpid()}: " in done.stderr


@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_a_forked_child_neither_keeps_nor_ends_a_server(tmp_path: Path) -> None:
    server = LocalServer(tmp_path, buckets=[BUCKET], signature_required=False).start()
    may_end = multiprocessing.get_context("fork").Event()
    if (child := os.fork()) == 0:
        server.stop()
        may_end.wait()
        os._exit(0)
    try:
        assert talk(server, PING).startswith(b"HTTP/1.1 200 ")
        refused(tmp_path)
        server.stop()
        LocalServer(tmp_path).stop()
    finally:
        may_end.set()
        os.waitpid(child, 0)


def test_a_connection_without_a_thread_is_refused_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    start, without = threading.Thread.start, {"local-2", "local-3"}

    def limited(thread: threading.Thread) -> None:
        if thread.name in without:
            raise RuntimeError("can't start new thread")
        start(thread)

    monkeypatch.setattr(threading.Thread, "start", limited)
    with LocalServer(buckets=[BUCKET], signature_required=False) as server:
        assert [talk(server, PING, until_closed=False)[9:12] for _ in range(4)] == [b"200", b"503", b"503", b"200"]


def test_a_server_without_a_thread_gives_everything_back(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def start(_: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    before = descriptors()
    monkeypatch.setattr(threading.Thread, "start", start)
    with pytest.raises(RuntimeError, match="can't start new thread"):
        LocalServer(tmp_path).start()
    assert descriptors() <= before
    LocalServer(tmp_path).stop()


@pytest.mark.parametrize("settings", [{"buckets": ["B"]}, {"host": "192.0.2.1"}, {"tls": ("none", "none")}])
def test_a_server_that_cannot_be_gives_everything_back(settings: dict[str, object], tmp_path: Path) -> None:
    before = descriptors()
    with pytest.raises(Exception, match=r"bucket|assign|No such file"):
        LocalServer(tmp_path, **settings)  # type: ignore[arg-type]
    assert descriptors() <= before
    LocalServer(tmp_path).stop()


def test_connections_wait_for_descriptors() -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    with LocalServer(buckets=[BUCKET], signature_required=False) as server, ExitStack() as stack:
        waiting = [stack.enter_context(socket.socket()) for _ in range(3)]
        spare = [os.open(os.devnull, os.O_RDONLY) for _ in range(8)]
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(map(int, descriptors())) + 1, hard))
        try:
            full = [os.dup(spare[0]) for _ in range(_free_descriptors(spare[0]))]
            for sock in waiting:
                sock.connect((server.host, server.port))
                sock.sendall(PING)
            for fd in (*spare, *full):
                os.close(fd)
            for sock in waiting:
                sock.settimeout(20)
                assert sock.recv(100).startswith(b"HTTP/1.1 200 ")
        finally:
            resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def _free_descriptors(fd: int) -> int:
    """How many more the limit allows."""
    taken: list[int] = []
    try:
        while True:
            taken.append(os.dup(fd))
    except OSError as error:
        assert error.errno == errno.EMFILE
    for one in taken:
        os.close(one)
    return len(taken)


def test_too_many_connections() -> None:
    with LocalServer(buckets=[BUCKET], signature_required=False, max_connections=2) as server:
        with ExitStack() as stack:
            for _ in range(2):
                sock = stack.enter_context(socket.create_connection((server.host, server.port), timeout=20))
                sock.sendall(PING.replace(b"Connection: close\r\n", b""))
                assert sock.recv(100).startswith(b"HTTP/1.1 200 ")
            assert talk(server, PING).startswith(b"HTTP/1.1 503 ")
        while (answer := talk(server, PING)).startswith(b"HTTP/1.1 503 "):
            pass  # until the server has seen that they are closed
        assert answer.startswith(b"HTTP/1.1 200 ")


def test_stop_ends_everything() -> None:
    threads, fds = set(threading.enumerate()), descriptors()
    server = LocalServer(buckets=[BUCKET], signature_required=False).start()
    idle = [socket.create_connection((server.host, server.port), timeout=10) for _ in range(4)]
    idle[0].sendall(b"GET / HTTP/1.1\r\nHo")
    for _ in range(20):
        talk(server, PING)
    server.stop()
    server.stop()
    for sock in idle:
        sock.close()
    assert set(threading.enumerate()) <= threads
    assert descriptors() <= fds
    assert not server.root.exists()
