"""Exceptions that come at any moment of a call, as those of signal handlers do, and what must be true afterwards.

``python -m tests.faults.interrupts lines|alarm COUNT`` makes each of the CALLS again and again. ``lines`` raises at the
line events of the package in the caller's thread, one after the other (COUNT of them, evenly spread; 0: every one).
``alarm`` raises COUNT times at random moments, every second time twice in quick succession. What is found broken is
printed as a JSON list.
"""

from __future__ import annotations

import gc
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

import aos
import oss
from oss.oss_api import (
    AOS_LOG_OFF,
    AOS_TRUE,
    aos_buf_pack,
    aos_http_controller_create,
    aos_http_io_deinitialize,
    aos_http_io_initialize,
    aos_list_add_tail,
    aos_list_init,
    aos_list_t,
    aos_log_set_level,
    aos_status_t,
    oss_config_create,
    oss_create_list_object_params,
    oss_create_resumable_clt_params_content,
    oss_get_object_to_buffer,
    oss_get_object_to_file,
    oss_list_object,
    oss_put_object_from_buffer,
    oss_put_object_from_file,
    oss_request_options_create,
    oss_request_options_t,
    oss_resumable_clt_params_t,
    oss_resumable_download_file,
    oss_resumable_upload_file,
)

BUCKET, DATA = "bucket-a", bytes(range(256)) * 200
PACKAGE = tuple(f"{Path(str(package.__file__)).parent}{os.sep}" for package in (aos, oss))
SERVER = f"""
import sys
from oss.local_server import LocalServer, handlers_multipart
handlers_multipart.MIN_PART = 1
with LocalServer(buckets=["{BUCKET}"]) as server:
    server.put("{BUCKET}", "key", bytes(range(256)) * 200)
    print(server.endpoint, server.region, server.access_key_id, server.access_key_secret, flush=True)
    sys.stdin.read()
"""
AT_ONCE = 5.0
"""Seconds within which an interrupted call ends; it takes one where something hangs, and the machine may be busy."""


class Stop(BaseException):
    """What a signal handler raises."""


class Calls:
    """The calls, with files in a folder of their own."""

    def __init__(self, folder: Path, endpoint: str, region: str, key_id: str, secret: str) -> None:
        self.folder, self.place = folder, (endpoint, region, key_id, secret)
        (folder / "source").write_bytes(DATA)

    def options(self) -> oss_request_options_t:
        made = oss_request_options_create(None)
        made.config = oss_config_create(None)
        made.config.endpoint, made.config.region, made.config.access_key_id, made.config.access_key_secret = self.place
        made.ctl = aos_http_controller_create(None, 0)
        return made

    def _params(self, parts_per_request: int = 1) -> oss_resumable_clt_params_t:
        params = oss_create_resumable_clt_params_content(None, 8000, 3, AOS_TRUE, None)
        params.parts_per_request = parts_per_request
        return params

    def _path(self, name: str) -> str:
        return str(self.folder / name)

    def download(self, parts_per_request: int = 1) -> aos_status_t:
        path, progress, params = self._path("target"), lambda done, total: None, self._params(parts_per_request)
        return oss_resumable_download_file(self.options(), BUCKET, "key", path, None, None, params, progress, None)

    def download_in_runs(self) -> aos_status_t:
        return self.download(0)

    def upload(self) -> aos_status_t:
        path, progress = self._path("source"), lambda done, total: None
        return oss_resumable_upload_file(
            self.options(), BUCKET, "up", path, None, None, self._params(), progress, None, None
        )

    def put_buffer(self) -> aos_status_t:
        body = aos_list_t()
        aos_list_init(body)
        aos_list_add_tail(aos_buf_pack(None, DATA, len(DATA)).node, body)
        return oss_put_object_from_buffer(self.options(), BUCKET, "put", body, None, None)

    def put_file(self) -> aos_status_t:
        return oss_put_object_from_file(self.options(), BUCKET, "put", self._path("source"), None, None)

    def get_buffer(self) -> aos_status_t:
        body = aos_list_t()
        aos_list_init(body)
        return oss_get_object_to_buffer(self.options(), BUCKET, "key", None, None, body, None)

    def get_file(self) -> aos_status_t:
        return oss_get_object_to_file(self.options(), BUCKET, "key", None, None, self._path("got"), None)

    def list(self) -> aos_status_t:
        return oss_list_object(self.options(), BUCKET, oss_create_list_object_params(None), None)

    def clean(self) -> None:
        for path in self.folder.iterdir():
            if path.name != "source":
                path.unlink()


CALLS = ("download", "download_in_runs", "upload", "put_buffer", "put_file", "get_buffer", "get_file", "list")


class LineEvents:
    """Raises at the n-th line event of the package in this thread; 0 only counts them."""

    def __init__(self, number: int) -> None:
        self.number, self.count, self.place = number, 0, ""

    def __enter__(self) -> None:
        sys.settrace(self._entered)

    def __exit__(self, *_: object) -> None:
        sys.settrace(None)

    def _entered(self, frame: FrameType, event: str, arg: object) -> Any:
        name = frame.f_code.co_filename
        return self._line if name.startswith(PACKAGE) and "local_server" not in name else None

    def _line(self, frame: FrameType, event: str, arg: object) -> Any:
        if event == "line":
            self.count += 1
            if self.count == self.number:
                self.place = f"{Path(frame.f_code.co_filename).name}:{frame.f_lineno}"
                raise Stop()
        return self._line


def inside(call: Callable[[], object]) -> None:
    """Where alarms ring: nothing of the tests is in here."""
    call()


class Alarm:
    """Raises after ``delay`` seconds, and again at once if it is to come ``twice``, while a call is :func:`inside`."""

    def __init__(self, delay: float, twice: bool) -> None:
        self.delay, self.left, self.twice, self.place = delay, 1 + twice, twice, f"{delay:.6f} s"
        signal.signal(signal.SIGALRM, self._raise)

    def _raise(self, number: int, frame: FrameType | None) -> None:
        while frame is not None and frame.f_code is not inside.__code__:
            frame = frame.f_back
        if frame is not None and self.left > 0:
            self.left -= 1
            raise Stop()

    def __enter__(self) -> None:
        signal.setitimer(signal.ITIMER_REAL, self.delay, 0.0007 if self.twice else 0)

    def __exit__(self, *_: object) -> None:
        signal.setitimer(signal.ITIMER_REAL, 0)


def descriptors() -> int:
    """How many are open, once no connection is kept."""
    gc.collect()
    aos_http_io_deinitialize()
    aos_http_io_initialize(None, 0)
    return len(os.listdir("/dev/fd"))


def threads() -> int:
    return len(os.listdir("/proc/self/task")) if os.path.isdir("/proc/self/task") else threading.active_count()


def broken_by(calls: Calls, call: Callable[[], aos_status_t], interrupt: Any) -> Iterator[str]:
    """Which of the promises do not hold after a call with an interrupt."""
    calls.clean()
    open_before, threads_before, begun = descriptors(), threads(), time.monotonic()
    try:
        with interrupt:
            inside(call)
    except Stop:
        pass
    if time.monotonic() - begun > AT_ONCE:
        yield "the call did not end"
    until = time.monotonic() + AT_ONCE
    while threads() > threads_before and time.monotonic() < until:
        time.sleep(0.002)  # a thread that has ended is there for a moment more
    if threads() > threads_before or len(threading.enumerate()) > 1:
        yield f"a thread is left: {threading.enumerate()}"
    if (calls.folder / "got.tmp").exists():
        yield "a temporary file is left"
    status = call()
    if status.code != 200:
        yield f"the next call: {status.code} {status.error_msg}"
    if descriptors() > open_before:
        yield "a descriptor is left"


def interrupts(how: str, count: int, calls: Calls, call: Callable[[], aos_status_t]) -> Iterator[Any]:
    """The interrupts for one call."""
    if how == "lines":
        call()  # what is made once in a process is there
        with (all_of_them := LineEvents(0)):
            call()
        step = max(all_of_them.count // count, 1) if count else 1
        yield from map(LineEvents, range(1, all_of_them.count + 1, step))
        return
    chance, begun = random.Random(count), time.monotonic()
    call()
    span = time.monotonic() - begun
    for number in range(count):
        yield Alarm(chance.uniform(0.00005, span * 1.1), bool(number % 2))


@contextmanager
def service() -> Iterator[list[str]]:
    """A local server in a process of its own: where it is and how to sign for it."""
    command = [sys.executable, "-c", SERVER]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None and process.stdin is not None
        try:
            yield process.stdout.readline().split()
        finally:
            process.stdin.close()


def main(how: str, count: int) -> int:
    aos_http_io_initialize(None, 0)
    aos_log_set_level(AOS_LOG_OFF)
    found = []
    with service() as place, tempfile.TemporaryDirectory() as folder:
        calls = Calls(Path(folder), *place)
        for name in CALLS:
            call = getattr(calls, name)
            for interrupt in interrupts(how, count, calls, call):
                found += [f"{name}, {interrupt.place}: {what}" for what in broken_by(calls, call, interrupt)]
    print(json.dumps(found))
    return bool(found)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2])))
