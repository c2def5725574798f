"""Lets the C SDK or the port begin a resumable transfer, kills it, and lets the other one finish."""

from __future__ import annotations

import re
import tempfile
import time
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from oss.local_server import Fault
from oss.tools.crosscheck.cases.transfer import DOWN, FILE, HERE, PART, THERE, UP, clt_params
from oss.tools.crosscheck.clib.worker import Worker
from oss.tools.crosscheck.comparison import Comparison
from oss.tools.crosscheck.recorder import Recorder
from oss.tools.crosscheck.replay.corpus import bytes_of, json_of_bytes
from oss.tools.crosscheck.replay.odd_vectors import parsed_checkpoint
from oss.tools.crosscheck.replay.world import write_files
from oss.tools.crosscheck.scene import BUCKET, KEY, Row, Scene
from oss.tools.crosscheck.stage import staged

__all__ = ["handed_over", "handovers"]

PARTS = -(-len(bytes_of(FILE)) // PART)
PATIENCE = 5.0
KILLED_AT = 3
"""The part during which the first side is killed."""
ROWS = {
    "download": Row("oss_resumable_download_file", "handover", DOWN | clt_params(), HERE),
    "upload": Row("oss_resumable_upload_file", "handover", UP | clt_params(), files=THERE),
}
METHOD = {"download": "GET", "upload": "PUT"}
CHECKPOINT = {"download": "down.bin.dcp", "upload": "up.bin.ucp"}
DIRECTIONS = ("c_to_port", "port_to_c")


def handovers(only: str = "*") -> Iterator[tuple[str, str, Scene]]:
    """All handovers whose name matches: download or upload, who begins, and the scene."""
    for kind, what in ROWS.items():
        for direction in DIRECTIONS:
            for made in what.scenes("handover"):
                name = f"handover/{kind}.{direction}.{made.signature}.{made.address}"
                if fnmatch(name, only):
                    yield kind, direction, Scene(name, what, made.signature, made.address)


def handed_over(kind: str, direction: str, what: Scene, c_library: Worker, port: Worker) -> Comparison:
    """Makes one handover: a side begins and is killed during a part, the other one finishes; what differs is noted."""
    found = Comparison(what.id, what.row.function)
    first, second = (c_library, port) if direction == "c_to_port" else (port, c_library)
    now = int(time.time())
    with staged(what, now) as (server, case), tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_files(folder, case["files_before"])
        first.start()
        record = folder / CHECKPOINT[kind]

        def kill(*_: object) -> None:
            _wait_for_parts(record, KILLED_AT - 1)
            first.kill()

        server.add_fault(Fault({"method": METHOD[kind]}, KILLED_AT, action="hook", call=kill))
        begun = first.perform(folder, case)
        if "outcome" not in begun:
            found.problems["status"] = [f"was to be killed, and ended: {begun}"]
            return found
        missing = _missing_parts(record)
        with server.unrecorded():
            asked = len(server.exchanges)
            finished = second.perform(folder, case)
            sent = server.exchanges[asked:]
        _check(kind, folder, server, missing, sent, finished, found)
    return found


def _wait_for_parts(record: Path, count: int) -> None:
    """Waits until the checkpoint has that many parts: the C SDK writes it after it has begun the next one."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        missing = _missing_parts(record)
        if missing is not None and PARTS - len(missing) >= count:
            return
        time.sleep(0.002)


def _missing_parts(record: Path) -> list[int] | None:
    """The parts that a checkpoint does not have; None when it cannot be read."""
    if not record.exists():
        return None
    code, checkpoint = parsed_checkpoint(json_of_bytes(record.read_bytes()))
    return None if code else [part.index for part in checkpoint.parts if not part.completed]


def _check(
    kind: str,
    folder: Path,
    server: Recorder,
    missing: list[int] | None,
    sent: list[dict[str, Any]],
    finished: dict[str, Any],
    found: Comparison,
) -> None:
    content = bytes_of(FILE)
    status = (finished.get("result") or finished).get("status") or finished
    if status.get("code") != 200:
        found.problems["status"] = [f"finishing it ended with {status}"]
    moved = sorted(part for one in sent if (part := _part_of(kind, one["request"])) is not None)
    if missing is None or not 0 < len(missing) < PARTS:
        found.problems["files"] = [f"the first side left no checkpoint to go on with: missing {missing} of {PARTS}"]
    elif moved != missing:
        found.problems["requests"] = [f"parts {missing} were missing, parts {moved} were moved"]
    result = (folder / "down.bin").read_bytes() if kind == "download" and (folder / "down.bin").exists() else b""
    if kind == "upload":
        result = _stored(server)
    left = [path.name for path in folder.iterdir() if path.suffix in (".tmp", ".dcp", ".ucp")]
    problems = [] if result == content else ["what arrived is not what was sent"]
    found.problems |= {"files": lines} if (lines := problems + [f"{name} is left" for name in left]) else {}


def _part_of(kind: str, request: dict[str, Any]) -> int | None:
    """The part, from 0, that a request moves."""
    if request["method"] != METHOD[kind]:
        return None
    asked = dict(request["headers"]).get("Range", "") if kind == "download" else request["target"]
    number = re.search(r"bytes=(\d+)-|partNumber=(\d+)", asked)
    if number is None:
        return None
    return int(number[1]) // PART if number[1] else int(number[2]) - 1


def _stored(server: Recorder) -> bytes:
    try:
        return server.get(BUCKET, KEY)
    except KeyError:
        return b""
