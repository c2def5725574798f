"""A program that gevent or eventlet has patched, as its first words say, before or after it has imported the SDK.

``program LIBRARY before|after TASK`` runs one of the tasks below against the service that the environment names, in a
greenlet beside one that ticks. It prints what has come of it, as JSON.
"""

# ruff: noqa: E402

from __future__ import annotations

import gc
import importlib
import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

LIBRARY, WHEN, TASK = sys.argv[1:]


def patch() -> None:
    """Has the library replace what waits in the standard library."""
    if LIBRARY == "gevent":
        importlib.import_module("gevent.monkey").patch_all()
    else:
        importlib.import_module("eventlet").monkey_patch()


if WHEN == "before":
    patch()
from oss.oss_api import *

if WHEN == "after":
    patch()

green: Any = importlib.import_module(LIBRARY)
BUCKET, KEY = "bucket-a", "dir/object.bin"
FOLDER = Path(os.environ["FOLDER"])


def options_of_environment() -> oss_request_options_t:
    """Returns options for the service that the environment names."""
    options = oss_request_options_create(None)
    options.config = oss_config_create(options.pool)
    options.config.endpoint = os.environ["OSS_ENDPOINT"]
    options.config.access_key_id = os.environ["OSS_ACCESS_KEY_ID"]
    options.config.access_key_secret = os.environ["OSS_ACCESS_KEY_SECRET"]
    options.ctl = aos_http_controller_create(options.pool, 0)
    options.ctl.options = aos_http_request_options_create(options.pool)
    options.ctl.options.ca_file = os.environ.get("CA_FILE")
    return options


def resumable(threads: int = 3) -> oss_resumable_clt_params_t:
    """Returns the settings of a transfer of several parts, which keeps a checkpoint."""
    return oss_create_resumable_clt_params_content(None, 1 << 20, threads, AOS_TRUE, None)


def every_call() -> dict[str, int]:
    """Makes a call of each kind. Returns their statuses' codes."""
    options, path, body = options_of_environment(), FOLDER / "some", b"x" * 300_000
    path.write_bytes(body)
    target, content = FOLDER / "got", aos_list_t()
    sent = aos_list_t()
    aos_list_init(content)
    aos_list_init(sent)
    aos_list_add_tail(aos_buf_pack(None, body, len(body)).node, sent)
    calls: dict[str, Callable[[], aos_status_t]] = {
        "put": lambda: oss_put_object_from_buffer(options, BUCKET, "small", sent, None, None),
        "put a file": lambda: oss_put_object_from_file(options, BUCKET, "small", path, None, None),
        "get": lambda: oss_get_object_to_buffer(options, BUCKET, "small", None, None, content, None),
        "get to file": lambda: oss_get_object_to_file(options, BUCKET, "small", None, None, target, None),
        "head": lambda: oss_head_object(options, BUCKET, "small", None, None),
        "list": lambda: oss_list_object(options, BUCKET, oss_create_list_object_params(None), None),
        "none": lambda: oss_head_object(options, BUCKET, "none", None, None),
        "upload": lambda: upload(options),
        "download": lambda: download(options),
    }
    codes = {name: code_of(call()) for name, call in calls.items()}
    assert b"".join(bytes(piece) for piece in content) == target.read_bytes() == body
    assert (FOLDER / "big").read_bytes() == (FOLDER / "source").read_bytes()
    return codes


def code_of(status: aos_status_t) -> int:
    """Returns a status's code; tells what failed."""
    if not aos_status_is_ok(status):
        print(status, file=sys.stderr)
    return status.code


def download(options: oss_request_options_t) -> aos_status_t:
    """Downloads the object in parts."""
    return oss_resumable_download_file(options, BUCKET, KEY, FOLDER / "big", None, None, resumable(), None, None)


def upload(options: oss_request_options_t) -> aos_status_t:
    """Uploads the file in parts."""
    return oss_resumable_upload_file(options, BUCKET, KEY, FOLDER / "source", None, None, resumable(), None, None, None)


def killed() -> dict[str, object]:
    """Kills a greenlet that downloads from a service that has stalled. Returns what is left of it after a second."""
    before = left()
    worker = green.spawn(download, options_of_environment())
    green.sleep(1)
    begun = left()
    worker.kill()
    end = time.monotonic() + 5
    while left() != before and time.monotonic() < end:
        green.sleep(0.01)
    return {"begun": begun != before, "left": left() == before, "soon": time.monotonic() < end - 4}


def left() -> list[int]:
    """Returns how many sockets and files are open, and how many threads run, green or not."""
    gc.collect()
    open_files = [path for fd in os.listdir("/proc/self/fd") if (path := target_of(fd)) and is_ours(path)]
    return [len(open_files)]


def target_of(fd: str) -> str:
    """Returns what a descriptor is open for."""
    try:
        return os.readlink(f"/proc/self/fd/{fd}")
    except OSError:
        return ""


def is_ours(path: str) -> bool:
    """Tells whether something open is a connection, or a file of a transfer."""
    return path.startswith(("socket:", str(FOLDER)))


class Ticker:
    """Greenlet that ticks, and measures the longest pause between two ticks."""

    def __init__(self) -> None:
        self.longest, self.ticks, self._last = 0.0, 0, time.monotonic()
        self._greenlet = green.spawn(self._tick)

    def _tick(self) -> None:
        while True:
            green.sleep(0.001)
            now = time.monotonic()
            self.longest, self.ticks, self._last = max(self.longest, now - self._last), self.ticks + 1, now


def main() -> None:
    aos_http_io_initialize(None, 0)
    task: dict[str, Callable[[], object]] = {
        "calls": every_call,
        "download": lambda: download(options_of_environment()).code,
        "upload": lambda: upload(options_of_environment()).code,
        "kill": killed,
    }
    ticker = Ticker()
    result = task[TASK]()
    print(json.dumps({"result": result, "longest": ticker.longest, "ticks": ticker.ticks}))


main()
