"""The surroundings of a recorded call: a clock that stands still, the network it was recorded in, a folder."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import signal
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest import mock

from aos import apr_time
from aos._http import dial
from oss.tools.crosscheck.replay.corpus import bytes_of, content_of, json_of_bytes

__all__ = [
    "bounded",
    "clock",
    "fetched_part_way",
    "files_before",
    "files_in",
    "listing_of",
    "network",
    "working_folder",
    "write_files",
]

CLOSED, UNKNOWN = 0, -1
"""Routes besides a port of the scripted server: nobody listens, and the name is not known."""


@contextlib.contextmanager
def bounded(seconds: float) -> Iterator[None]:
    """Interrupts the block with a TimeoutError when it runs longer; works in the main thread only."""

    def too_long(*_: Any) -> None:
        raise TimeoutError(f"still running after {seconds} s")

    before = signal.signal(signal.SIGALRM, too_long)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@contextlib.contextmanager
def clock(microseconds: int) -> Iterator[None]:
    """Stops the clock that the SDK reads at a time."""
    real, apr_time.apr_time_now = apr_time.apr_time_now, lambda: microseconds
    try:
        yield
    finally:
        apr_time.apr_time_now = real


def _route(case: dict[str, Any], port: int) -> int:
    """Where the connections of a case lead, judged by the status that the C SDK returned."""
    code = (case["result"].get("status") or {}).get("code")
    if case["exchanges"]:
        return port
    return UNKNOWN if code == -990 else CLOSED if code == -998 else port


@contextlib.contextmanager
def network(case: dict[str, Any], port: int) -> Iterator[None]:
    """Sets up the network that a call was recorded in, of which the recording has only what came of it: every host name
    leads to the scripted server, nowhere, or to a port where nobody listens.

    Only for recordings: where both sides are run, each has the network as it is, and what comes of it is compared."""
    route = _route(case, port)
    with contextlib.ExitStack() as stack:
        if route == CLOSED:
            bound = stack.enter_context(socket.socket())
            bound.bind(("127.0.0.1", 0))  # bound and not listening: refuses, and nobody else gets the port
            target = bound.getsockname()
        else:
            target = ("127.0.0.1", port)

        def look_up(host: str, port: int, until: object) -> list[dial.Address]:
            if route == UNKNOWN:
                raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
            return [dial.Address(socket.AF_INET, target)]

        stack.enter_context(mock.patch("aos._http.dial.look_up", look_up))
        yield


def write_files(folder: Path, files: dict[str, Any]) -> None:
    """Writes recorded files below a folder, with their modification times."""
    for file, recorded in files.items():
        path = folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content_of(recorded))
        if isinstance(recorded, dict) and recorded.get("mtime") is not None:
            os.utime(path, ns=(recorded["mtime"] * 1000,) * 2)


@contextlib.contextmanager
def working_folder(files: dict[str, Any]) -> Iterator[Path]:
    """Runs the block in a new working directory with the recorded files in it."""
    back = os.getcwd()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_files(folder, files)
        os.chdir(folder)
        try:
            yield folder
        finally:
            os.chdir(back)


def files_before(case: dict[str, Any], checkpoints: dict[str, bytes]) -> dict[str, Any]:
    """The files a case starts with; its note may name a checkpoint of the corpus among them."""
    files = dict(case.get("files_before") or {})
    named = re.search(r"checkpoints/(\S+) as ([^\s,;]+)", case.get("note") or "")
    if named and named[1] in checkpoints:
        files[named[2]] = json_of_bytes(checkpoints[named[1]])
        if case.get("object"):
            files[named[2].removesuffix(".dcp") + ".tmp"] = fetched_part_way(case["object"], checkpoints[named[1]])
    return files


def fetched_part_way(served: dict[str, Any], checkpoint: bytes) -> dict[str, Any]:
    """The temporary file of an interrupted download: the finished parts of the object, zeros elsewhere."""
    content = bytes_of(served["content"])
    found = bytearray(len(content))
    for part in re.findall(rb"<Part>.*?</Part>", checkpoint):
        offset, size = (int(re.search(rb"<%b>(\d+)<" % name, part)[1]) for name in (b"Offset", b"Size"))  # type: ignore[index]
        if b"<Completed>1<" in part:
            found[offset : offset + size] = content[offset : offset + size]
    return {"content": json_of_bytes(bytes(found))}


def listing_of(data: bytes) -> dict[str, Any]:
    """A file as the corpus lists it."""
    return {"size": len(data), "sha256": hashlib.sha256(data).hexdigest(), "content": json_of_bytes(data)}


def files_in(folder: Path) -> dict[str, dict[str, Any]]:
    """All files below a folder."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {str(path.relative_to(folder)): listing_of(path.read_bytes()) for path in files}
