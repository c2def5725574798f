"""Many transfers in one process, many processes on one server: nothing grows, and connections are used again.

``OSS_TEST_FULL=1`` runs 1,000 transfers instead of 120.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from oss.local_server import Fault, LocalServer
from oss.oss_api import AOSE_CONNECTION_FAILED, aos_http_io_deinitialize
from tests.resumable import KEY, Download, Upload, pattern
from tests.service import BUCKET

TRANSFERS = 1000 if os.environ.get("OSS_TEST_FULL") else 120
PROCESSES, THREADS = 8, 8
PART = 10_000
DATA = pattern(6 * PART - 77)
MIB = 1 << 20

pytestmark = pytest.mark.usefixtures("small_parts")

# Transfers files of its own, up and down, some of which fail, and prints what the process holds now and then.
CHILD = """
import json, os, sys, threading
from oss.oss_api import *
endpoint, folder, name, transfers, threads = *sys.argv[1:4], int(sys.argv[4]), int(sys.argv[5])
aos_http_io_initialize(None, 0)
aos_log_set_level(AOS_LOG_OFF)
source, target = f"{folder}/{name}.source", f"{folder}/{name}.target"

def transfer(number, up):
    pool, body = aos_pool_t(), aos_list_t()
    aos_pool_create(pool, None)
    options = oss_request_options_create(pool)
    options.config = oss_config_create(pool)
    options.config.endpoint = endpoint
    options.config.access_key_id, options.config.access_key_secret = "local-ak", "local-sk-secret"
    options.ctl = aos_http_controller_create(pool, 0)
    params = oss_create_resumable_clt_params_content(pool, 10000, threads, number % 2, None)
    if up:
        status = oss_resumable_upload_file(options, "bucket-a", name, source, None, None, params, None, None, body)
    else:
        status = oss_resumable_download_file(options, "bucket-a", name, target, None, None, params, None, None)
    aos_pool_destroy(pool)
    return status.code

codes = {}
for number in range(transfers):
    for up in (True, False):
        code = transfer(number, up)
        codes[code] = codes.get(code, 0) + 1
    if number % 10 == 9 or number == transfers - 1:
        pages = int(open("/proc/self/statm").read().split()[1])
        held = {"rss": pages * os.sysconf("SC_PAGE_SIZE"), "descriptors": len(os.listdir("/proc/self/fd")),
                "threads": threading.active_count(), "codes": codes}
        print(json.dumps(held), flush=True)
assert open(source, "rb").read() == open(target, "rb").read()
"""


def child(server: LocalServer, folder: Path, name: str, transfers: int, threads: int) -> subprocess.Popen[str]:
    (folder / f"{name}.source").write_bytes(DATA)
    command = [sys.executable, "-c", CHILD, server.endpoint, str(folder), name, str(transfers), str(threads)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def held(process: subprocess.Popen[str]) -> list[dict[str, Any]]:
    output = process.communicate(timeout=600)[0]
    assert process.returncode == 0
    return [json.loads(line) for line in output.splitlines()]


def test_many_transfers_in_one_process(server: LocalServer, tmp_path: Path) -> None:
    """Every seventh part is refused, so that a good many fail."""
    refused = {"method": "PUT", "part": 5}
    for nth in range(2, TRANSFERS, 7):
        server.add_fault(Fault(refused, nth=nth, action="status"))
        server.add_fault(Fault({"method": "GET", "part": 3, "part_size": PART}, nth=nth, action="reset", after=9))
    found = held(child(server, tmp_path, "file", TRANSFERS, 3))
    codes, (first, *_, last) = found[-1]["codes"], found[2:]
    assert sum(codes.values()) == 2 * TRANSFERS
    assert codes["200"] >= TRANSFERS
    assert codes["500"] >= TRANSFERS // 8
    assert codes[str(AOSE_CONNECTION_FAILED)] >= TRANSFERS // 8
    assert last["rss"] - first["rss"] < 4 * MIB
    assert last["threads"] == first["threads"] == 1
    assert last["descriptors"] <= first["descriptors"] + 3, "kept connections come and go"
    assert sorted(item.name for item in tmp_path.iterdir()) == ["file.source", "file.target"]
    broken = codes[str(AOSE_CONNECTION_FAILED)] + codes["500"]
    assert server.connections <= 4 + 3 * broken, "a connection lasts from call to call"


def test_many_processes_on_one_server(server: LocalServer, tmp_path: Path) -> None:
    processes = [child(server, tmp_path, f"file{n}", 2, THREADS) for n in range(PROCESSES)]
    assert [held(process)[-1]["codes"] for process in processes] == [{"200": 4}] * PROCESSES
    for n in range(PROCESSES):
        assert server.get(BUCKET, f"file{n}") == DATA
        assert (tmp_path / f"file{n}.target").read_bytes() == DATA
    assert server.connections <= PROCESSES * (THREADS + 1)


def waiting(port: int) -> set[str]:
    """The connections of a port that are in TIME_WAIT, by their two addresses."""
    ends = (line.split()[1:4] for line in Path("/proc/net/tcp").read_text().splitlines()[1:])
    mark = f":{port:04X}"
    return {f"{here} {there}" for here, there, state in ends if state == "06" and mark in (here[8:], there[8:])}


@pytest.mark.parametrize("transfer", [Download, Upload])
def test_sockets_do_not_grow_with_parts(server: LocalServer, tmp_path: Path, transfer: type[Any]) -> None:
    made = transfer(server, tmp_path / "file")
    others = waiting(server.port)  # somebody else had the port a little earlier
    opened: list[int] = []
    for parts in (10, 1000):
        data = pattern(parts * 50)
        server.put(BUCKET, KEY, data)
        made.path.write_bytes(data if transfer is Upload else b"")
        made.part_size, made.threads = 50, 4
        aos_http_io_deinitialize()
        before = server.connections
        assert made().codes == (200, None)
        opened.append(server.connections - before)
    assert max(opened) <= made.threads + 1, "one for each thread, and one for the calls around them"
    aos_http_io_deinitialize()
    assert len(waiting(server.port) - others) <= sum(opened)
