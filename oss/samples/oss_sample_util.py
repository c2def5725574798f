"""What the samples share (``oss_sample_util.h``), and how each of them is run.

Python-only: ``print_status``, ``printable``, ``check`` and ``run_sample``.
"""

from __future__ import annotations

import contextlib
import os
import random
import string
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from aos._c.redact import escaped
from oss.oss_api import *
from oss.samples import _service, oss_config
from oss.samples._service import local_service, make_sample_files, make_sample_objects

__all__ = [
    "INTERRUPTED",
    "check",
    "get_file_size",
    "init_sample_config",
    "init_sample_request_options",
    "make_rand_string",
    "make_random_body",
    "make_random_buf",
    "percentage",
    "print_status",
    "printable",
    "run_sample",
]

BUF_SIZE = 1024
INTERRUPTED = 130  # the exit status of a program that Ctrl-C ended

failures: list[str] = []


def make_rand_string(p: aos_pool_t, len: int, data: aos_string_t) -> None:
    """Makes ``data`` a text of ``len`` random letters."""
    aos_str_set(data, "".join(random.choices(string.ascii_letters, k=len)))


def make_random_buf(p: aos_pool_t, len: int) -> aos_buf_t:
    """A buffer of ``len`` random letters."""
    data = aos_string_t()
    make_rand_string(p, len, data)
    return aos_buf_pack(p, str(data), len)


def make_random_body(p: aos_pool_t, count: int, bc: aos_list_t) -> None:
    """Makes ``bc`` a list of ``count`` buffers of 1 KiB each."""
    aos_list_init(bc)
    for _ in range(count):
        aos_list_add_tail(make_random_buf(p, BUF_SIZE).node, bc)


def init_sample_config(config: oss_config_t, is_cname: int) -> None:
    """Where the service is and who signs."""
    aos_str_set(config.endpoint, oss_config.OSS_ENDPOINT)
    aos_str_set(config.access_key_id, oss_config.ACCESS_KEY_ID)
    aos_str_set(config.access_key_secret, oss_config.ACCESS_KEY_SECRET)
    aos_str_set(config.sts_token, oss_config.SESSION_TOKEN or None)
    config.is_cname = is_cname
    if oss_config.REGION:
        aos_str_set(config.region, oss_config.REGION)
        config.signature_version = 4


def init_sample_request_options(options: oss_request_options_t, is_cname: int) -> None:
    """The configuration, and a controller of one's own."""
    options.config = oss_config_create(options.pool)
    init_sample_config(options.config, is_cname)
    options.ctl = aos_http_controller_create(options.pool, 0)


def get_file_size(file_path: str) -> int:
    """The size of a file in bytes; -1 when there is none."""
    try:
        return os.path.getsize(file_path)
    except OSError:
        return -1


def percentage(consumed_bytes: int, total_bytes: int) -> None:
    """A progress function: how much of the whole is done."""
    print(f"{consumed_bytes * 100 // total_bytes if total_bytes else 100}%")


def printable(text: object, *, lines: bool = False) -> str:
    """A name, or a peer's words, as a terminal may have it: control characters are escaped, line feeds too unless it
    may have ``lines``."""
    return escaped(str(text), lines=lines)


def print_status(what: str, s: aos_status_t, expected_locally: int = 0) -> None:
    """What became of a call. A failure makes the exit status 1, but for the one that the local server is bound to."""
    if aos_status_is_ok(s):
        print(printable(f"{what} succeeded"))
        return
    told = f"error_code:{s.error_code}, error_msg:{s.error_msg}, request_id:{s.req_id}"
    print(printable(f"{what} failed, code:{s.code}, {told}"), flush=True)
    if _service.server is None or s.code != expected_locally:
        failures.append(what)


def check(what: str, kept: object) -> None:
    """Whether a promise was kept; a broken one makes the exit status 1."""
    print(f"{'as promised' if kept else 'NOT AS PROMISED'}: {what}")
    if not kept:
        failures.append(what)


def run_sample(sample: Callable[[], None]) -> int:
    """Runs a sample in a temporary folder, with its files in it; the exit status of the program."""
    if missing := oss_config.missing("OSS_BUCKET"):
        print(f"OSS_ENDPOINT is set, but not {', '.join(missing)}", file=sys.stderr)
        return 2
    failures.clear()
    try:
        with contextlib.ExitStack() as stack:
            folder = stack.enter_context(temporary_folder())
            make_sample_files(folder)
            if not oss_config.OSS_ENDPOINT:
                make_sample_objects(stack.enter_context(local_service()), folder)
            aos_http_io_initialize(None, 0)
            stack.callback(aos_http_io_deinitialize)
            sample()
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return INTERRUPTED
    return 1 if failures else 0


@contextlib.contextmanager
def temporary_folder() -> Iterator[Path]:
    """A new folder, the current one meanwhile."""
    before = Path.cwd()
    with tempfile.TemporaryDirectory(prefix="oss-sample-") as folder:
        os.chdir(folder)
        try:
            yield Path(folder)
        finally:
            os.chdir(before)
