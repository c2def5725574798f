"""aos._native: CRC-64 against its definition and liblzma, part I/O with real sockets and files."""

import ctypes
import ctypes.util
import errno
import os
import random
import runpy
import select
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aos import _native
from aos._native import (
    PART_CANCELLED,
    PART_DONE,
    PART_EARLY,
    PART_EOF,
    PART_FILE,
    PART_SOCKET,
    PART_STALLED,
    CancelFlag,
    PartBuffer,
    PartIO,
    StallRule,
    crc64,
    crc64_combine,
    crc64_combine_parts,
    crc64_kernel,
    crc64_use,
)
from tests.waiting import PATIENCE, until

CSRC = Path(__file__).parents[2] / "csrc"
DATA = random.Random(1).randbytes(1_000_003)


def by_definition(data: bytes, crc: int = 0) -> int:
    crc ^= 0xFFFFFFFFFFFFFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = (crc >> 1) ^ (0xC96C5795D7870F42 if crc & 1 else 0)
    return crc ^ 0xFFFFFFFFFFFFFFFF


# ---- CRC-64 ----


@pytest.fixture(params=["portable", "pclmul", "vpclmul", "avx512"])
def kernel(request: pytest.FixtureRequest) -> Iterator[str]:
    before = crc64_kernel()
    try:
        crc64_use(request.param)
    except ValueError:
        pytest.skip(f"this CPU has no {request.param}")
    yield request.param
    crc64_use(before)


def test_vectors(kernel: str) -> None:
    assert crc64_kernel() == kernel
    assert crc64(0, b"") == 0
    assert crc64(0, b"123456789") == 0x995DC9BBDF1939FA
    assert crc64(0, b"This is a test of the emergency broadcast system.") == 0x27DB187FC15BBC72


def test_kernels_agree_with_the_definition(kernel: str) -> None:
    rng = random.Random(2)
    view = memoryview(DATA)
    for length in (*range(40), 255, 256, 511, 512, 1023, 1024, 4097, *(rng.randrange(3000) for _ in range(20))):
        start = rng.randrange(len(DATA) - length)
        crc = rng.getrandbits(64)
        assert crc64(crc, view[start : start + length]) == by_definition(DATA[start : start + length], crc), length


def test_kernels_agree_with_liblzma(kernel: str) -> None:
    name = ctypes.util.find_library("lzma")
    if name is None:
        pytest.skip("no liblzma")
    lzma_crc64 = ctypes.CDLL(name).lzma_crc64
    lzma_crc64.restype = ctypes.c_uint64
    lzma_crc64.argtypes = [ctypes.c_char_p, ctypes.c_size_t, ctypes.c_uint64]
    rng = random.Random(3)
    for length in (len(DATA), *(rng.randrange(len(DATA)) for _ in range(50))):
        start = rng.randrange(len(DATA) - length + 1)
        piece = DATA[start : start + length]
        assert crc64(0, piece) == lzma_crc64(piece, length, 0)


@given(st.binary(max_size=5000), st.data())
def test_pieces_make_the_whole(data: bytes, draw: st.DataObject) -> None:
    cut = draw.draw(st.integers(0, len(data)))
    whole = crc64(0, data)
    assert crc64(crc64(0, data[:cut]), data[cut:]) == whole
    assert crc64_combine(crc64(0, data[:cut]), crc64(0, data[cut:]), len(data) - cut) == whole


@given(st.integers(0, 2**64 - 1), st.integers(0, 2**62), st.integers(0, 2**62))
def test_combining_with_zeros_adds_up(crc: int, first: int, second: int) -> None:
    assert crc64_combine(crc64_combine(crc, 0, first), 0, second) == crc64_combine(crc, 0, first + second)


def test_combine_with_nothing_is_the_first() -> None:
    assert crc64_combine(5, 7, 0) == 5


@given(st.binary(max_size=3000), st.integers(1, 999))
def test_parts_make_the_whole(data: bytes, size: int) -> None:
    parts = [data[start : start + size] for start in range(0, len(data), size)]
    crcs = [crc64(0, part) for part in parts]
    assert crc64_combine_parts(crcs, size, len(parts[-1]) if parts else 0) == crc64(0, data)


@given(st.lists(st.integers(0, 2**64 - 1), max_size=20), st.integers(1, 2**64 - 1), st.integers(0, 2**64 - 1))
def test_parts_of_any_size_are_combined_as_if_one_by_one(crcs: list[int], size: int, last: int) -> None:
    whole = 0
    for crc, length in zip(crcs, [size] * (len(crcs) - 1) + [last], strict=False):
        whole = crc64_combine(whole, crc, length)
    assert crc64_combine_parts(crcs, size, last) == whole


@pytest.mark.parametrize("data", [bytearray(b"123456789"), memoryview(b"123456789"), memoryview(b"0123456789")[1:]])
def test_anything_with_a_buffer_will_do(data: bytearray | memoryview) -> None:
    assert crc64(0, data) == 0x995DC9BBDF1939FA


def test_what_is_refused() -> None:
    with pytest.raises(TypeError):
        crc64(0, "text")  # type: ignore[arg-type]
    for crc in (-1, 1 << 64):
        with pytest.raises(OverflowError):
            crc64(crc, b"")
    with pytest.raises(OverflowError):
        crc64_combine(0, 0, -1)
    with pytest.raises(ValueError, match="no CRC-64 kernel 'fastest'"):
        crc64_use("fastest")


@pytest.mark.parametrize(
    ("setting", "portable"), [("portable", True), ("auto", False), ("nonsense", False), (None, False)]
)
def test_the_environment_chooses_the_kernel(setting: str | None, portable: bool) -> None:
    env = {name: value for name, value in os.environ.items() if name != "OSS_CRC64"}
    if setting is not None:
        env["OSS_CRC64"] = setting
    script = "from aos._native import *; print(crc64_kernel()); crc64_use('auto'); print(crc64_kernel())"
    done = subprocess.run(
        [sys.executable, "-c", script], env=env, capture_output=True, text=True, timeout=60, check=True
    )
    chosen, best = done.stdout.split()
    assert chosen == ("portable" if portable else best)


def test_the_constants_are_what_their_generator_makes() -> None:
    header = runpy.run_path(str(CSRC / "crc64_consts_gen.py"))["header"]
    assert (CSRC / "crc64_consts.h").read_text(encoding="ascii") == header()


# ---- files ----


@pytest.fixture
def file_fd(tmp_path: Path) -> Iterator[int]:
    fd = os.open(tmp_path / "file", os.O_RDWR | os.O_CREAT)
    yield fd
    os.close(fd)


def verified(fd: int, offset: int, length: int, buffer: PartBuffer | None = None, crc: int = 0) -> tuple[int, int, int]:
    """The result of `verify`, the CRC and the number of bytes read."""
    io = PartIO(offset, length, crc)
    return io.verify(fd, buffer or PartBuffer()), io.crc, io.done


def test_write_then_verify(file_fd: int) -> None:
    io = PartIO(5, len(DATA))
    assert io.write(file_fd, memoryview(DATA)[:1000]) == PART_DONE
    assert (io.done, io.left, io.crc) == (1000, len(DATA) - 1000, crc64(0, DATA[:1000]))
    assert io.write(file_fd, DATA[1000:]) == PART_DONE
    assert (io.done, io.left, io.crc) == (len(DATA), 0, crc64(0, DATA))
    assert os.pread(file_fd, len(DATA) + 10, 0) == bytes(5) + DATA
    for size in (1 << 16, 1 << 20, 4093):
        assert verified(file_fd, 5, len(DATA), PartBuffer(size)) == (PART_DONE, crc64(0, DATA), len(DATA))
    assert verified(file_fd, 5, 0, crc=77) == (PART_DONE, 77, 0)


def test_verify_says_where_the_file_ends(file_fd: int) -> None:
    os.pwrite(file_fd, DATA[:100], 0)
    assert verified(file_fd, 10, 1000, PartBuffer(64)) == (PART_EOF, crc64(0, DATA[10:100]), 90)
    assert verified(file_fd, 1000, 1) == (PART_EOF, 0, 0)


def test_offsets_beyond_4_gib(file_fd: int) -> None:
    offset = (1 << 32) + 7
    assert PartIO(offset, 8).write(file_fd, b"far away") == PART_DONE
    assert os.fstat(file_fd).st_size == offset + 8
    assert verified(file_fd, offset, 8) == (PART_DONE, crc64(0, b"far away"), 8)


def test_file_errors_have_an_errno(tmp_path: Path) -> None:
    for number in (-1, 1 << 20):
        io = PartIO(0, 1)
        assert (io.write(number, b"x"), io.errno) == (PART_FILE, errno.EBADF)
        io = PartIO(0, 1)
        assert (io.verify(number, PartBuffer()), io.errno) == (PART_FILE, errno.EBADF)
    folder = os.open(tmp_path, os.O_RDONLY)
    io = PartIO(0, 1)
    assert (io.verify(folder, PartBuffer()), io.errno) == (PART_FILE, errno.EISDIR)
    os.close(folder)


@pytest.fixture
def full_disk() -> Iterator[int]:
    if not os.path.exists("/dev/full"):
        pytest.skip("no /dev/full")
    fd = os.open("/dev/full", os.O_RDWR)
    yield fd
    os.close(fd)


def test_full_disk(full_disk: int) -> None:
    io = PartIO(0, 10)
    assert io.write(full_disk, b"x") == PART_FILE
    assert (io.errno, io.done, io.left, io.crc) == (errno.ENOSPC, 0, 10, 0)


def test_verify_can_be_cancelled(file_fd: int) -> None:
    flag = CancelFlag()
    flag.set()
    assert PartIO(0, 10, cancel=flag).verify(file_fd, PartBuffer()) == PART_CANCELLED


def test_impossible_parts_are_refused() -> None:
    for offset, length in ((-1, 0), (0, -1)):
        with pytest.raises(ValueError, match="negative"):
            PartIO(offset, length)
    with pytest.raises(OverflowError):
        PartIO(0, 1 << 63)
    with pytest.raises(ValueError, match="positive"):
        PartBuffer(0)


# ---- sockets ----


@pytest.fixture
def pair() -> Iterator[tuple[socket.socket, socket.socket]]:
    """Our end of a connection and the peer's."""
    ours, theirs = socket.socketpair()
    ours.settimeout(PATIENCE)
    theirs.settimeout(PATIENCE)
    yield ours, theirs
    ours.close()
    theirs.close()


Pair = tuple[socket.socket, socket.socket]
Call = Callable[[PartIO, socket.socket, int], int]
REQUEST = b"PUT /key HTTP/1.1\r\n\r\n"
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nETag: e1\r\nx-oss-hash-crc64ecma: %d\r\n\r\n"


def recv(io: PartIO, sock: socket.socket, file_fd: int) -> int:
    return io.recv(sock.fileno(), file_fd, PartBuffer())


def put(io: PartIO, sock: socket.socket, file_fd: int) -> int:
    return io.put_part(sock.fileno(), file_fd, REQUEST, PartBuffer())


def in_thread(work: Callable[..., object], *args: object) -> threading.Thread:
    thread = threading.Thread(target=work, args=args, daemon=True)
    thread.start()
    return thread


def test_recv(pair: Pair, file_fd: int) -> None:
    ours, theirs = pair
    thread = in_thread(theirs.sendall, DATA + b"the next answer")
    io = PartIO(3, len(DATA) - 100, crc=crc64(0, b"abc"))
    assert io.write(file_fd, DATA[:0]) == PART_DONE
    assert io.recv(ours.fileno(), file_fd, PartBuffer(10_007)) == PART_DONE
    assert (io.done, io.left) == (len(DATA) - 100, 0)
    assert io.crc == crc64(0, b"abc" + DATA[:-100])
    assert os.pread(file_fd, len(DATA) * 2, 3) == DATA[:-100]
    assert ours.recv(115, socket.MSG_WAITALL) == DATA[-100:] + b"the next answer"
    thread.join(PATIENCE)


def test_recv_after_what_came_with_the_head(pair: Pair, file_fd: int) -> None:
    ours, theirs = pair
    theirs.sendall(DATA[10:50])
    io = PartIO(0, 50)
    assert io.write(file_fd, DATA[:10]) == PART_DONE
    assert (io.done, io.left) == (10, 40)
    assert io.recv(ours.fileno(), file_fd, PartBuffer(16)) == PART_DONE
    assert os.pread(file_fd, 100, 0) == DATA[:50]
    assert io.crc == crc64(0, DATA[:50])


def test_write_takes_no_more_than_is_left(file_fd: int) -> None:
    io = PartIO(0, 5)
    assert io.write(file_fd, b"1234567") == PART_DONE
    assert (io.done, io.left, os.pread(file_fd, 10, 0)) == (5, 0, b"12345")


def test_recv_waits_for_a_slow_peer(pair: Pair, file_fd: int) -> None:
    ours, theirs = pair

    def trickle() -> None:
        for i in range(6):
            theirs.sendall(DATA[i * 7 : i * 7 + 7])
            time.sleep(0.06)

    thread = in_thread(trickle)
    io = PartIO(0, 42)
    assert io.recv(ours.fileno(), file_fd, PartBuffer()) == PART_DONE
    assert os.pread(file_fd, 100, 0) == DATA[:42]
    thread.join(PATIENCE)


def test_recv_of_nothing_touches_nothing() -> None:
    assert PartIO(0, 0).recv(-1, -1, PartBuffer(1)) == PART_DONE


def test_recv_peer_closes_early(pair: Pair, file_fd: int) -> None:
    ours, theirs = pair
    theirs.sendall(DATA[:33])
    theirs.close()
    io = PartIO(0, 100)
    assert io.recv(ours.fileno(), file_fd, PartBuffer()) == PART_EOF
    assert (io.done, io.left, io.crc) == (33, 67, crc64(0, DATA[:33]))
    assert os.pread(file_fd, 100, 0) == DATA[:33]


def test_recv_reset_by_peer(file_fd: int) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        ours = socket.create_connection(server.getsockname(), timeout=PATIENCE)
        theirs, _ = server.accept()
        theirs.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        theirs.close()  # lingering for no time: RST
        select.select([ours], [], [], PATIENCE)
        io = PartIO(0, 100)
        assert io.recv(ours.fileno(), file_fd, PartBuffer()) == PART_SOCKET
        assert io.errno == errno.ECONNRESET
        ours.close()


def test_recv_bad_descriptors(pair: Pair, full_disk: int) -> None:
    ours, theirs = pair
    theirs.sendall(b"x")
    io = PartIO(0, 1)
    assert io.recv(-1, full_disk, PartBuffer()) == PART_SOCKET
    assert io.errno == errno.EBADF
    assert io.recv(ours.fileno(), full_disk, PartBuffer()) == PART_FILE
    assert (io.errno, io.done) == (errno.ENOSPC, 0)


@pytest.mark.parametrize("call", [recv, put])
def test_cancel_from_another_thread(pair: Pair, file_fd: int, call: Call) -> None:
    ours, _theirs = pair
    os.ftruncate(file_fd, 1 << 30)
    flag, results = CancelFlag(), []
    io = PartIO(0, 1 << 30, cancel=flag)

    def work() -> None:
        results.append(call(io, ours, file_fd))

    thread = in_thread(work)
    thread.join(0.1)
    assert thread.is_alive()  # that this thread runs shows that the other one waits without the GIL
    assert not flag.is_set()
    flag.set()
    assert flag.is_set()
    thread.join(PATIENCE)
    assert results == [PART_CANCELLED]


@pytest.mark.parametrize(("cancelled", "result"), [(False, PART_EOF), (True, PART_CANCELLED)])
def test_shutdown_from_another_thread(pair: Pair, file_fd: int, cancelled: bool, result: int) -> None:
    ours, _theirs = pair
    flag = CancelFlag()

    def stop() -> None:
        if cancelled:
            flag.set()
        ours.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(0.05, stop)
    timer.start()
    assert PartIO(0, 10, cancel=flag).recv(ours.fileno(), file_fd, PartBuffer()) == result
    timer.join(PATIENCE)


@pytest.mark.parametrize(("call", "received"), [(recv, DATA[:10]), (put, b"")], ids=["recv", "put"])
def test_stall(pair: Pair, file_fd: int, call: Call, received: bytes) -> None:
    ours, theirs = pair
    os.ftruncate(file_fd, 1 << 26)
    theirs.sendall(received)
    io = PartIO(0, 1 << 26, stall=StallRule(1 << 40, 1))
    assert call(io, ours, file_fd) == PART_STALLED
    assert io.done > 0


def test_stall_rule_while_waiting_in_python() -> None:
    rule = StallRule(10, 1)
    assert not rule.check(0)
    until(lambda: rule.check(0))
    assert not StallRule(0, 1).check(0)


def test_ctrl_c_ends_a_call_in_the_main_thread(pair: Pair, file_fd: int) -> None:
    if threading.current_thread() is not threading.main_thread():
        pytest.skip("signals are handled in the main thread")
    ours, _theirs = pair

    def handler(_signum: int, _frame: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGALRM, handler)
    try:
        with pytest.raises(KeyboardInterrupt):
            signal.setitimer(signal.ITIMER_REAL, 0.05)
            PartIO(0, 10).recv(ours.fileno(), file_fd, PartBuffer())
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def answer(sock: socket.socket, count: int, into: bytearray) -> None:
    """Receives a request of `count` bytes and confirms its body."""
    while len(into) < count and (data := sock.recv(1 << 16)):
        into += data
    sock.sendall(ANSWER % crc64(0, into[len(REQUEST) :]))


def test_put_part(pair: Pair, file_fd: int) -> None:
    ours, theirs = pair
    os.pwrite(file_fd, DATA, 0)
    got, buffer, body = bytearray(), PartBuffer(10_007), DATA[10:]
    thread = in_thread(answer, theirs, len(REQUEST + body), got)
    io = PartIO(10, len(body))
    assert io.put_part(ours.fileno(), file_fd, REQUEST, buffer) == PART_DONE
    thread.join(PATIENCE)
    assert bytes(got) == REQUEST + body
    assert (io.left, io.crc, io.request_sent) == (0, crc64(0, body), len(REQUEST))
    assert buffer.view[: io.head] == ANSWER % io.crc
    assert (io.buffered, bytes(buffer.view[io.etag])) == (io.head, b"e1")
    assert io.done == len(REQUEST) + len(body) + io.head


def test_put_part_file_too_short(pair: Pair, file_fd: int) -> None:
    ours, theirs = pair
    os.pwrite(file_fd, DATA[:20], 0)
    io = PartIO(0, 21)
    assert put(io, ours, file_fd) == PART_EOF
    assert (io.left, io.request_sent) == (1, len(REQUEST))
    ours.close()
    assert theirs.recv(100, socket.MSG_WAITALL) == REQUEST + DATA[:20]


def test_put_part_to_a_closed_peer(pair: Pair, file_fd: int) -> None:
    ours, theirs = pair
    theirs.close()
    io = PartIO(0, 10)
    assert put(io, ours, file_fd) == PART_EOF
    assert io.request_sent == 0


def test_put_part_to_a_peer_that_stops_reading(pair: Pair, file_fd: int) -> None:
    ours, theirs = pair
    os.ftruncate(file_fd, 1 << 26)

    def work() -> None:
        theirs.recv(len(REQUEST))
        theirs.close()

    thread = in_thread(work)
    io = PartIO(0, 1 << 26)
    result = put(io, ours, file_fd)
    assert result == PART_EARLY or (result == PART_SOCKET and io.errno in (errno.EPIPE, errno.ECONNRESET))
    assert io.left > 0
    thread.join(PATIENCE)


def test_put_part_to_a_peer_that_does_not_wait(pair: Pair, file_fd: int) -> None:
    """What it says stays in the socket, and what was sent is counted."""
    ours, theirs = pair
    os.ftruncate(file_fd, 1 << 26)

    def work() -> None:
        theirs.recv(len(REQUEST))
        theirs.sendall(b"HTTP/1.1 403 ")

    thread = in_thread(work)
    io = PartIO(0, 1 << 26)
    assert put(io, ours, file_fd) == PART_EARLY
    assert (io.buffered, ours.recv(100)) == (0, b"HTTP/1.1 403 ")
    assert io.left > 0
    assert io.crc == crc64(0, bytes((1 << 26) - io.left))
    thread.join(PATIENCE)


def test_put_part_unreadable_file(pair: Pair, tmp_path: Path) -> None:
    ours, _theirs = pair
    fd = os.open(tmp_path / "w", os.O_WRONLY | os.O_CREAT)
    io = PartIO(0, 1)
    assert (put(io, ours, fd), io.errno) == (PART_FILE, errno.EBADF)
    os.close(fd)


def test_a_missing_compiler_says_what_to_install(tmp_path: Path) -> None:
    pytest.importorskip("setuptools")
    command = [sys.executable, "setup.py", "build_ext", f"--build-lib={tmp_path}", f"--build-temp={tmp_path}"]
    env = {**os.environ, "CC": "no-such-compiler"}
    done = subprocess.run(command, cwd=CSRC.parent, env=env, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode != 0
    assert "apt-get install gcc python3-dev" in done.stderr
    assert "no-such-compiler" in done.stderr.partition("apt-get")[0]


def test_only_this_module_knows_the_extension() -> None:
    root = CSRC.parent
    users = [
        path.relative_to(root).as_posix()
        for folder in ("aos", "oss")
        for path in (root / folder).rglob("*.py")
        if "aos._csrc" in path.read_text(encoding="utf-8")
    ]
    assert users == ["aos/_native.py"]
    assert set(_native.__all__) <= set(vars(_native))
