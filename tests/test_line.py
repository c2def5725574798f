"""The benchmark's line: bytes, ends and resets pass unchanged, each round trip is waited for, and none is in the way of
what is already under way. Upper limits are a fraction of what it would take to wait for each piece by itself."""

from __future__ import annotations

import random
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from oss.oss_api import OSS_ACL_PUBLIC_READ, oss_put_object_acl
from tests.bench import line as bench
from tests.bench import relay
from tests.bench.measure import measure
from tests.bench.shapes import MIB
from tests.service import Service
from tests.waiting import PATIENCE
from tests.wire import Peer, Script, WireServer, answer

REQUEST = b"GET / HTTP/1.1\r\n\r\n"
OK = answer(b"whole")
ROUND_TRIP = 0.05

Line = Callable[..., socket.socket]
"""Connects to a server that runs a script, on a line with the round trip and rate that are given."""


@pytest.fixture(scope="module")
def programs(tmp_path_factory: pytest.TempPathFactory) -> dict[Path, Path]:
    if why := relay.missing():
        pytest.skip(why)
    folder = tmp_path_factory.mktemp("programs")
    return {source: relay.compiled(source, folder) for source in (relay.RELAY, relay.STREAMS)}


@pytest.fixture
def line(programs: dict[Path, Path]) -> Iterator[Line]:
    with ExitStack() as stack:

        def connect(script: Script, round_trip: float = 0.0, rate: int = 0) -> socket.socket:
            server = stack.enter_context(WireServer(script))
            port = stack.enter_context(relay.relay(programs[relay.RELAY], server.port, round_trip, rate))
            return stack.enter_context(socket.create_connection(("127.0.0.1", port), PATIENCE))

        yield connect


def serve(peer: Peer) -> None:
    """Answers each REQUEST that comes, however many come together."""
    received = answered = 0
    while data := peer.sock.recv(1 << 16):
        received += len(data)
        whole = received // len(REQUEST)
        peer.send(OK * (whole - answered))
        answered = whole


def echo(peer: Peer) -> None:
    """Sends back what comes, while it comes."""
    while data := peer.sock.recv(1 << 16):
        peer.sock.sendall(data)


def exactly(sock: socket.socket, size: int) -> bytes:
    data = bytearray()
    while len(data) < size:
        data += (more := sock.recv(size - len(data)))
        assert more, f"ended after {len(data)} bytes"
    return bytes(data)


def rest(sock: socket.socket) -> bytes:
    """What comes until the end."""
    return b"".join(iter(lambda: sock.recv(1 << 16), b""))


@pytest.mark.parametrize("round_trip", [0.0, ROUND_TRIP])
@pytest.mark.parametrize("rate", [0, 64 << 20])
def test_bytes_pass_unchanged_both_ways_at_once(line: Line, round_trip: float, rate: int) -> None:
    data = random.Random(0).randbytes(8 << 20)
    sock = line(echo, round_trip, rate)

    def send() -> None:
        sock.sendall(data)
        sock.shutdown(socket.SHUT_WR)

    sender = threading.Thread(target=send)
    sender.start()
    assert rest(sock) == data
    sender.join(PATIENCE)


@pytest.mark.parametrize("round_trip", [0.0, ROUND_TRIP])
def test_the_end_of_one_direction_leaves_the_other(line: Line, round_trip: float) -> None:
    def script(peer: Peer) -> None:
        received = rest(peer.sock)
        peer.send(received[::-1])

    sock = line(script, round_trip)
    sock.sendall(b"abc")
    sock.shutdown(socket.SHUT_WR)
    assert rest(sock) == b"cba"


def test_the_servers_end_leaves_the_clients_direction(line: Line) -> None:
    received: list[bytes] = []
    done = threading.Event()

    def script(peer: Peer) -> None:
        peer.sock.shutdown(socket.SHUT_WR)
        received.append(rest(peer.sock))
        done.set()

    sock = line(script, ROUND_TRIP)
    assert rest(sock) == b""
    sock.sendall(b"more")
    sock.shutdown(socket.SHUT_WR)
    assert done.wait(PATIENCE)
    assert received == [b"more"]


def test_a_reset_comes_after_what_was_sent_before_it(line: Line) -> None:
    def script(peer: Peer) -> None:
        peer.request()
        peer.send(OK)
        peer.reset()

    sock = line(script, ROUND_TRIP)
    sock.sendall(REQUEST)
    assert exactly(sock, len(OK)) == OK
    with pytest.raises(ConnectionResetError):
        sock.recv(1)


def test_the_server_learns_that_a_client_is_gone(line: Line) -> None:
    stopped = threading.Event()

    def script(peer: Peer) -> None:
        try:
            while True:
                peer.send(bytes(1 << 20))
        except OSError:
            stopped.set()

    sock = line(script, ROUND_TRIP)
    exactly(sock, 1)
    sock.close()
    assert stopped.wait(PATIENCE)


def test_requests_one_after_the_other_take_a_round_trip_each_and_connecting_one_more(line: Line) -> None:
    sock = line(serve, ROUND_TRIP)
    begin = time.monotonic()
    for count in range(1, 5):
        sock.sendall(REQUEST)
        assert exactly(sock, len(OK)) == OK
        assert time.monotonic() - begin >= (1 + count) * ROUND_TRIP


def test_requests_that_are_sent_together_share_a_round_trip(line: Line) -> None:
    count, round_trip = 200, 0.1
    sock = line(serve, round_trip)
    begin = time.monotonic()
    for _ in range(count):
        sock.sendall(REQUEST)
        time.sleep(0.001)  # so that they are pieces of their own
    assert exactly(sock, count * len(OK)) == count * OK
    assert time.monotonic() - begin < count * round_trip / 2


def test_what_comes_through_does_not_depend_on_the_round_trip(line: Line) -> None:
    size, round_trip = 32 << 20, 0.1

    def script(peer: Peer) -> None:
        peer.request()
        peer.send(bytes(size))

    sock = line(script, round_trip)
    begin = time.monotonic()
    sock.sendall(REQUEST)
    exactly(sock, size)
    assert time.monotonic() - begin < size / (1 << 16) * round_trip / 2


def test_a_limited_line_takes_its_time(line: Line) -> None:
    size, rate = 1 << 20, 4 << 20

    def script(peer: Peer) -> None:
        peer.request()
        peer.send(bytes(size))

    sock = line(script, 0.0, rate)
    begin = time.monotonic()
    sock.sendall(REQUEST)
    exactly(sock, size)
    assert time.monotonic() - begin >= size / rate


def test_the_limit_program_gets_the_whole_object(programs: dict[Path, Path], service: Service, tmp_path: Path) -> None:
    data = random.Random(0).randbytes(1_000_003)
    service.put("object", data)
    assert oss_put_object_acl(*service.where, "object", OSS_ACL_PUBLIC_READ, None).code == 200
    with relay.relay(programs[relay.RELAY], service.server.port, ROUND_TRIP) as port:
        target, file = f"/{service.bucket}/object", tmp_path / "file"
        command = [str(programs[relay.STREAMS]), str(port), target, str(file), str(len(data)), "3"]
        subprocess.run(command, check=True, timeout=PATIENCE)
    assert file.read_bytes() == data


def test_what_is_past_the_line_may_be_absent(programs: dict[Path, Path]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    with (
        relay.relay(programs[relay.RELAY], port) as near,
        socket.create_connection(("127.0.0.1", near), PATIENCE) as sock,
    ):
        assert rest(sock) == b""


def test_the_bench_prints_a_row_for_each_contender(
    programs: dict[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    what = ["--round-trips", "2", "--part-kib", "100", "--threads", "2", "--contenders", "port", "limit", "python"]
    bench.main([*what, "--mib", "1", "--rounds", "1"])
    *_, shape, port, limit, python = capsys.readouterr().out.splitlines()
    assert shape == "2 ms, parts of 100 KiB, 2 threads"
    median, least, speed, ratio = port.split()[3:7]
    assert port.split()[:3] == ["port", "1", "1"]
    assert median == least
    assert float(median) > 6 * 0.002  # eleven parts, two at a time
    assert float(speed) > 0 < float(ratio)
    assert (limit.split()[:4], python.split()[:3]) == (["line's", "limit", "1", "1"], ["bare", "python", "1"])


@pytest.mark.parametrize(
    ("name", "size"),
    [("port", 64 * MIB), ("c", 64 * MIB), ("runs", 256 * MIB), ("curl", 256 * MIB), ("python", 0)],
)
def test_who_waits_for_each_part_too_long_gets_a_smaller_object(name: str, size: int) -> None:
    line = bench.Line(round_trip=0.1, part_size=100 << 10, threads=3)  # 256 MiB: 87 s, 128 MiB: 44 s, 64 MiB: 22 s
    entry = bench.CONTENDERS[name]
    assert line.size(entry, 256 * MIB, 30) == size
    assert line.size(entry, 256 * MIB, 90) == (256 * MIB if size else 0)


def test_what_takes_too_long_is_ended() -> None:
    with pytest.raises(RuntimeError, match="ended after 1 s"):
        measure(["sleep", "60"], {}, 1)
