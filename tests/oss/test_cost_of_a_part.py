"""A part costs the same in a transfer of a hundred parts and in one of ten thousand.

Counted are the system calls on the connection, on the file and on the checkpoint, by a library slipped under the
program that downloads, and, by the system itself, the bytes that the program writes.
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

PROGRAM = """
import ctypes, json, sys
from collections import Counter
from oss.oss_api import *

endpoint, folder, part, counts = json.loads(sys.argv[1])
shim = ctypes.CDLL(None)
shim.shim_log.restype = ctypes.c_char_p
written = lambda: int(open("/proc/self/io").read().partition("wchar: ")[2].split()[0])
for count in counts:
    options = oss_request_options_create(None)
    options.config = oss_config_create(None)
    options.config.endpoint = endpoint
    options.config.access_key_id, options.config.access_key_secret = "id", "secret"
    options.ctl = aos_http_controller_create(None, 0)
    params = oss_create_resumable_clt_params_content(None, part, 1, 1, None)
    before = written()
    shim.shim_arm(folder.encode(), b"", ctypes.c_long(0), ctypes.c_long(0), 0, 0)
    s = oss_resumable_download_file(options, "bucket", str(count), f"{folder}/file", None, None, params, None, None)
    calls = Counter(shim.shim_log().decode().splitlines())
    print(json.dumps([s.code, s.error_msg, written() - before, calls]))
    aos_http_io_deinitialize()
"""


class Cost(NamedTuple):
    """Of a whole download: what the program wrote to files, and its system calls, each with what it was made on."""

    written: int
    calls: dict[str, int]


OBJECTS = {str(count): pattern(count * PART) for count in COUNTS}
CRCS = {name: aos_crc64(0, data, len(data)) for name, data in OBJECTS.items()}


def service(peer: Peer) -> None:
    """Objects of so many parts as their names say."""
    while request := peer.request().decode():
        name = request.partition("%2F")[2].split()[0]
        data, etag = OBJECTS[name], 'ETag: "1"'
        if request.startswith("HEAD"):
            head = (etag, f"x-oss-hash-crc64ecma: {CRCS[name]}", "Last-Modified: Thu, 01 Jan 1970 00:00:00 GMT")
            peer.send(answer(b"", "200 OK", *head, length=len(data)))
        else:
            first, last = (int(number) for number in re.findall(r"Range: bytes=(\d+)-(\d+)", request)[0])
            place = f"Content-Range: bytes {first}-{last}/{len(data)}"
            peer.send(answer(data[first : last + 1], "206 Partial Content", etag, place))


@pytest.fixture(scope="module")
def costs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[int, Cost]]:
    folder = tmp_path_factory.mktemp("cost")
    shim = built(folder)
    if shim is None or not os.path.exists("/proc/self/io"):
        pytest.skip("nothing counts system calls here")
    with WireServer(service) as server:
        told: list[Any] = [server.authority, str(folder), PART, COUNTS]
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM, json.dumps(told)],
            cwd=ROOT,
            env=os.environ | {"LD_PRELOAD": str(shim)},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
    assert done.returncode == 0, done.stderr
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row[:2] for row in found] == [[200, None]] * len(COUNTS)
    yield {count: Cost(written, calls) for count, (_, _, written, calls) in zip(COUNTS, found, strict=True)}


def by_part(values: list[int]) -> list[float]:
    """What each part more costs, from few parts to more and from more to many."""
    few, more, many = values
    return [(more - few) / (MORE - FEW), (many - more) / (MANY - MORE)]


def times(costs: dict[int, Cost], *calls: str) -> list[int]:
    return [sum(costs[count].calls.get(call, 0) for call in calls) for count in COUNTS]


def test_every_part_costs_the_same_calls(costs: dict[int, Cost]) -> None:
    waits = {"poll socket", "recv socket"}  # as many as it takes the answer to come
    for call in set().union(*(cost.calls for cost in costs.values())) - waits:
        first, later = by_part(times(costs, call))
        assert later == pytest.approx(first, abs=0.01), call
    for file in ("file.tmp", "file.dc~"):
        assert by_part(times(costs, f"pwrite {file}")) == [1, 1]
    assert by_part(times(costs, "send socket")) == [1, 1]


def test_every_part_waits_in_the_same_way(costs: dict[int, Cost]) -> None:
    polls, receives = times(costs, "poll socket"), times(costs, "recv socket")
    first, later = by_part([recv - poll for recv, poll in zip(receives, polls, strict=True)])  # a poll is one recv more
    assert later == pytest.approx(first, abs=0.01)
    assert all(by_part(polls)), "each part is waited for; how often depends on how the answer comes"


def test_every_part_writes_the_same_bytes(costs: dict[int, Cost]) -> None:
    first, later = by_part([costs[count].written for count in COUNTS])
    assert later == pytest.approx(first, abs=1)
    assert first < PART + 256 + 64, "itself, its record, and what of that is written again when it is done"
