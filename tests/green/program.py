"""A program that gevent or eventlet has patched, as its first words say, before or after it has imported the SDK.

``program LIBRARY before|after green|threads TASK`` runs one of the tasks below against the service that the environment
names, beside a greenlet that counts its turns. It prints what has come of it, as JSON.
"""

# ruff: noqa: E402

from __future__ import annotations

import gc
import importlib
import json
import os
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

LIBRARY, WHEN, THREADS, TASK = sys.argv[1:]


def patch() -> None:
    """Has the library replace what waits in the standard library, but for threads where the first words say so."""
    kept = {"thread": False} if THREADS == "threads" else {}
    if LIBRARY == "gevent":
        importlib.import_module("gevent.monkey").patch_all(**kept)
    else:
        importlib.import_module("eventlet.tpool")
        importlib.import_module("eventlet").monkey_patch(**kept)


if WHEN == "before":
    patch()
from oss.oss_api import (
    AOS_TRUE,
    aos_buf_pack,
    aos_http_controller_create,
    aos_http_io_deinitialize,
    aos_http_io_initialize,
    aos_http_request_options_create,
    aos_list_add_tail,
    aos_list_init,
    aos_list_t,
    aos_status_is_ok,
    aos_status_t,
    oss_config_create,
    oss_create_list_object_params,
    oss_create_resumable_clt_params_content,
    oss_get_object_to_buffer,
    oss_get_object_to_file,
    oss_head_object,
    oss_list_object,
    oss_put_object_from_buffer,
    oss_put_object_from_file,
    oss_request_options_create,
    oss_request_options_t,
    oss_resumable_clt_params_t,
    oss_resumable_download_file,
    oss_resumable_upload_file,
)

if WHEN == "after":
    patch()

green: Any = importlib.import_module(LIBRARY)
BUCKET, KEY = "bucket-a", "dir/object.bin"
FOLDER = Path(os.environ["FOLDER"])
STALLED = FOLDER / "stalled"  # made once the service has stalled


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
    return oss_create_resumable_clt_params_content(None, 4 << 20, threads, AOS_TRUE, None)


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
    worker = green.spawn(download, options_of_environment())
    while not STALLED.exists():
        green.sleep(0.01)
    worker.kill()
    if LIBRARY == "eventlet":  # whose kill does not wait
        while not worker.dead:
            green.sleep(0.01)
    return {"threads": threads(), "open": open_things()}


def interrupted() -> dict[str, object]:
    """Downloads in the main greenlet, until an interrupt of the program ends it. Returns what is left of it."""
    try:
        download(options_of_environment())
    except KeyboardInterrupt:
        return {"threads": threads(), "open": open_things()}
    raise AssertionError("it was not interrupted")


def threads() -> int:
    """Returns how many threads run, green ones too."""
    return sum(not thread.name.startswith("Dummy") for thread in threading.enumerate())


def open_things() -> list[str]:
    """Returns what connections and files of transfers are open, but for idle connections."""
    aos_http_io_deinitialize()
    gc.collect()
    return [path for fd in os.listdir("/proc/self/fd") if (path := target_of(fd)) and is_ours(path)]


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
    """Greenlet that counts its turns, and measures the most CPU time that others use between two of them."""

    def __init__(self) -> None:
        self.longest, self.turns, self._last = 0.0, 0, time.thread_time()
        green.spawn(self._tick)

    def _tick(self) -> None:
        while True:
            green.sleep(0)
            now = time.thread_time()
            self.longest, self.turns, self._last = max(self.longest, now - self._last), self.turns + 1, now


def in_a_thread() -> dict[str, int]:
    """Makes the calls in a thread of the system, and then others here."""
    pool: Any = green.get_hub().threadpool.apply if LIBRARY == "gevent" else green.tpool.execute
    calls: dict[str, int] = pool(every_call)
    return calls if calls == every_call() else {}


TASKS: dict[str, Callable[[], object]] = {
    "calls": every_call,
    "in a thread": in_a_thread,
    "download": lambda: code_of(download(options_of_environment())),
    "upload": lambda: code_of(upload(options_of_environment())),
    "kill": killed,
    "interrupt": interrupted,
}


def main() -> None:
    aos_http_io_initialize(None, 0)
    code_of(oss_head_object(options_of_environment(), BUCKET, KEY, None, None))  # a first request imports much
    if TASK in ("download", "upload"):
        TASKS[TASK]()  # so does a first transfer
    ticker = Ticker()
    result = TASKS[TASK]()
    print(json.dumps({"result": result, "turns": ticker.turns, "longest": ticker.longest}))


main()
