"""A part costs the same in a transfer of a hundred parts and in one of ten thousand.

So it does whether parts are requested one by one or together. Counted are the system calls on the connection, on the
file and on the checkpoint, by a library slipped under the program that downloads, and, by the system itself, the bytes
that the program writes. What a part costs in Python is counted too: the calls of the package's functions, and how many
of them lie between a worker's loop and C.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from aos.aos_crc64 import aos_crc64
from tests.faults.bench import built
from tests.resumable import pattern
from tests.wire import Peer, WireServer, answer

ROOT = Path(__file__).resolve().parent.parent.parent
PART = 64
FEW, MORE, MANY = COUNTS = (100, 1_000, 10_000)
CALLED = (200, 1_200)
MOST_CALLS, MOST_FRAMES = 45, 7

OPTIONS = """
from oss.oss_api import *

def options_for(endpoint):
    options = oss_request_options_create(None)
    options.config = oss_config_create(None)
    options.config.endpoint = endpoint
    options.config.access_key_id, options.config.access_key_secret = "id", "secret"
    options.ctl = aos_http_controller_create(None, 0)
    return options
"""

PROGRAM = """
import ctypes, json, sys
from collections import Counter

endpoint, folder, part, counts, together = json.loads(sys.argv[1])
shim = ctypes.CDLL(None)
shim.shim_log.restype = ctypes.c_char_p
written = lambda: int(open("/proc/self/io").read().partition("wchar: ")[2].split()[0])
for count in counts:
    options = options_for(endpoint)
    params = oss_create_resumable_clt_params_content(None, part, 1, 1, None)
    params.parts_per_request = together
    before = written()
    shim.shim_arm(folder.encode(), b"", ctypes.c_long(0), ctypes.c_long(0), 0, 0)
    s = oss_resumable_download_file(options, "bucket", str(count), f"{folder}/file", None, None, params, None, None)
    calls = Counter(shim.shim_log().decode().splitlines())
    print(json.dumps([s.code, s.error_msg, written() - before, calls]))
    aos_http_io_deinitialize()
"""


COUNTING = """
import json, os, sys, threading
import aos._native, aos.apr_time, oss
from oss._transfer.threads import WorkerPool

kind, endpoint, folder, part, counts = json.loads(sys.argv[1])
packages = tuple(os.path.dirname(package.__file__) + os.sep for package in (aos, oss))
native, now, calls, depths, progress = aos._native.C, aos.apr_time.apr_time_now(), [], set(), []
aos.apr_time.apr_time_now = lambda: now  # what is signed anew each second is no part's

class Watched:
    def __getattr__(self, name):
        if name in ("aos_get_part", "aos_put_part"):
            measure(sys._getframe(1))
        return getattr(native, name)

def measure(frame):
    depth = 0
    while frame.f_code is not WorkerPool._run.__code__:
        depth, frame = depth + 1, frame.f_back
    depths.add(depth)

def profile(frame, event, arg):
    if event == "call" and frame.f_code.co_filename.startswith(packages):
        calls.append(frame.f_code.co_name)

def transfer(count):
    options = options_for(endpoint)
    params = oss_create_resumable_clt_params_content(None, part, 2, 1, None)
    told = lambda done, total: progress.append(done)
    args = options, "bucket", str(count), f"{folder}/{kind}", None, None, params, told, None
    calls.clear()
    threading.setprofile(profile)
    sys.setprofile(profile)
    try:
        s = oss_resumable_download_file(*args) if kind == "download" else oss_resumable_upload_file(*args, None)
    finally:
        sys.setprofile(None)
        threading.setprofile(None)
    assert (s.code, len(progress)) == (200, count), (s.error_msg, len(progress))
    progress.clear()
    return len(calls)

aos._native.C = Watched()
found = []
for count in counts[:1] + counts:  # once for what is imported and made once
    if kind == "upload":
        with open(f"{folder}/{kind}", "wb") as file:
            file.truncate(count * part)
    found.append(transfer(count))
print(json.dumps([found[1:], sorted(depths)]))
"""


class Cost(NamedTuple):
    """Of a whole download: what the program wrote to files, and its system calls, each with what it was made on."""

    written: int
    calls: dict[str, int]


OBJECTS = {str(count): pattern(count * PART) for count in (*COUNTS, *CALLED)}
CRCS = {name: aos_crc64(0, data, len(data)) for name, data in OBJECTS.items()}
ZEROS = aos_crc64(0, bytes(PART), PART)


def service(peer: Peer) -> None:
    """Objects of so many parts as their names say; it takes uploads, too, and keeps nothing of them."""
    while request := peer.request().decode("latin-1"):
        name = re.split(r"[ ?]", request.partition("%2F")[2])[0]
        data, etag = OBJECTS[name], 'ETag: "1"'
        if request.startswith("POST"):
            peer.send(answer(b"<I><UploadId>u</UploadId><ETag>e</ETag></I>"))
        elif request.startswith("PUT"):
            peer.send(answer(b"", "200 OK", etag, f"x-oss-hash-crc64ecma: {ZEROS}"))
        elif request.startswith("HEAD"):
            head = (etag, f"x-oss-hash-crc64ecma: {CRCS[name]}", "Last-Modified: Thu, 01 Jan 1970 00:00:00 GMT")
            peer.send(answer(b"", "200 OK", *head, length=len(data)))
        else:
            first, last = (int(number) for number in re.findall(r"Range: bytes=(\d+)-(\d+)", request)[0])
            place = f"Content-Range: bytes {first}-{last}/{len(data)}"
            peer.send(answer(data[first : last + 1], "206 Partial Content", etag, place))


def run(program: str, *told: Any, **environment: str) -> str:
    """What a program prints that is told so much."""
    command = [sys.executable, "-c", OPTIONS + program, json.dumps(told)]
    env = os.environ | environment
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module", params=[1, 0], ids=["one by one", "together"])
def together(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.fixture(scope="module")
def costs(tmp_path_factory: pytest.TempPathFactory, together: int) -> Iterator[dict[int, Cost]]:
    folder = tmp_path_factory.mktemp("cost")
    shim = built(folder)
    if shim is None or not os.path.exists("/proc/self/io"):
        pytest.skip("nothing counts system calls here")
    with WireServer(service) as server:
        done = run(PROGRAM, server.authority, str(folder), PART, COUNTS, together, LD_PRELOAD=str(shim))
    found = [json.loads(line) for line in done.splitlines()]
    assert [row[:2] for row in found] == [[200, None]] * len(COUNTS)
    yield {count: Cost(written, calls) for count, (_, _, written, calls) in zip(COUNTS, found, strict=True)}


def by_part(values: list[int]) -> list[float]:
    """What each part more costs, from few parts to more and from more to many."""
    few, more, many = values
    return [(more - few) / (MORE - FEW), (many - more) / (MANY - MORE)]


def times(costs: dict[int, Cost], *calls: str) -> list[int]:
    return [sum(costs[count].calls.get(call, 0) for call in calls) for count in COUNTS]


def test_every_part_costs_the_same_calls(costs: dict[int, Cost], together: int) -> None:
    waits = {"poll socket", "recv socket"}  # as many as it takes the answer to come
    for call in set().union(*(cost.calls for cost in costs.values())) - waits:
        first, later = by_part(times(costs, call))
        assert later == pytest.approx(first, abs=0.01), call
    assert by_part(times(costs, "pwrite file.dc~")) == [1, 1]
    # Of parts that come together one may lie across the end of the buffer.
    assert by_part(times(costs, "pwrite file.tmp")) == pytest.approx([1, 1], abs=0 if together == 1 else 0.01)
    assert by_part(times(costs, "send socket")) == ([1, 1] if together == 1 else [0, 0])


def test_every_part_waits_in_the_same_way(costs: dict[int, Cost], together: int) -> None:
    polls, receives = times(costs, "poll socket"), times(costs, "recv socket")
    first, later = by_part([recv - poll for recv, poll in zip(receives, polls, strict=True)])  # a poll is one recv more
    if together != 1:
        assert max(first, later) <= 1, "what has come is received at once, at least a part"
        return
    assert later == pytest.approx(first, abs=0.01)
    assert all(by_part(polls)), "each part is waited for; how often depends on how the answer comes"


def test_every_part_writes_the_same_bytes(costs: dict[int, Cost]) -> None:
    first, later = by_part([costs[count].written for count in COUNTS])
    assert later == pytest.approx(first, abs=1)
    assert first < PART + 256 + 64, "itself, its record, and what of that is written again when it is done"


# ---- in Python ----


def in_python(kind: str, folder: Path) -> tuple[float, list[int]]:
    """The calls of the package's functions for each part more, by all threads, and the frames from loop to C."""
    with WireServer(service) as server:
        (few, more), frames = json.loads(run(COUNTING, kind, server.authority, str(folder), PART, CALLED))
    return (more - few) / (CALLED[1] - CALLED[0]), frames


def test_a_part_costs_few_calls_in_python(tmp_path: Path) -> None:
    calls, frames = in_python("download", tmp_path)
    assert 5 < calls <= MOST_CALLS
    assert frames == [max(frames)]
    assert max(frames) <= MOST_FRAMES


def test_a_part_that_is_sent_goes_as_straight_to_c(tmp_path: Path) -> None:
    """Its signature is its own, which costs calls, and the body is one object more on the way."""
    calls, frames = in_python("upload", tmp_path)
    assert calls > 5
    assert frames == [max(frames)]
