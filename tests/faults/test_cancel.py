"""A transfer that is told to stop: from the keyboard, by a signal that a program makes an exception, by its progress.

It ends at once (its stall rule would take ten minutes), the checkpoint holds what is done, and the next run continues.
"""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
from collections.abc import Callable
from typing import NamedTuple

import pytest

from oss.local_server import Fault
from tests.resumable import DATA, Download, Transfer, Upload
from tests.waiting import PATIENCE, until

DONE = 2
"""Of an object of five parts two pass, the others stall."""
CHILD = """
import fcntl, signal, sys, termios
from oss.oss_api import *
endpoint, path, what, how = sys.argv[1:]

def stop(*_):
    raise ArithmeticError("stop")

def progress(done, total):
    if how == "progress" and done >= 20000:
        print("ready", flush=True)
        stop()

signal.signal(signal.SIGINT, signal.default_int_handler)
signal.signal(signal.SIGTERM, stop)
if how == "terminal":
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
aos_http_io_initialize(None, 0)
options = oss_request_options_create(None)
options.config = oss_config_create(None)
options.config.endpoint = endpoint
options.config.access_key_id, options.config.access_key_secret = "local-ak", "local-sk-secret"
options.ctl = aos_http_controller_create(None, 0)
options.ctl.options = aos_http_request_options_create(None)
options.ctl.options.speed_limit, options.ctl.options.speed_time = 1000, 600
params = oss_create_resumable_clt_params_content(None, 10000, 2, 1, None)
given = options, "bucket-a", "dir/object.bin", path, None, None, params, progress, None
try:
    if what == "download":
        oss_resumable_download_file(*given)
    else:
        oss_resumable_upload_file(*given, None)
except BaseException as error:
    print(type(error).__name__, flush=True)
"""


class Way(NamedTuple):
    """How it is stopped, given the process and the terminal, and what comes out of the call."""

    stop: Callable[[subprocess.Popen[str], int], object]
    raised: str


WAYS = {
    "terminal": Way(lambda _child, terminal: os.write(terminal, b"\x03"), "KeyboardInterrupt"),
    "signal": Way(lambda child, _terminal: child.send_signal(signal.SIGTERM), "ArithmeticError"),
    "progress": Way(lambda _child, _terminal: None, "ArithmeticError"),
}


def stopped(transfer: Transfer, what: str, how: str) -> str:
    """Runs a transfer until two parts are under way that go nowhere, and stops it; what it raised."""
    method, action = ("GET", "stall") if what == "download" else ("PUT", "hang_before_head")
    script = transfer.server.add_fault(Fault({"method": method}, 1 + DONE, None, action))  # type: ignore[arg-type]
    terminal, inside = pty.openpty()
    command = [sys.executable, "-c", CHILD, transfer.server.endpoint, str(transfer.path), what, how]
    with subprocess.Popen(command, stdin=inside, stdout=subprocess.PIPE, text=True, start_new_session=True) as child:
        os.close(inside)
        try:
            assert child.stdout is not None
            if how == "progress":
                assert child.stdout.readline() == "ready\n"
            else:
                until(lambda: script.fired >= 2 or child.poll() is not None)
            WAYS[how].stop(child, terminal)
            child.wait(PATIENCE)
            raised = child.stdout.readline().strip()
        finally:
            child.kill()
            os.close(terminal)
    transfer.server.clear_faults()
    return raised


@pytest.mark.parametrize("how", WAYS)
def test_a_download_is_stopped(download: Download, old_file: None, how: str) -> None:
    assert stopped(download, "download", how) == WAYS[how].raised
    assert (download.path.read_bytes(), download.left()) == (b"old", (True, True, True))
    assert len(done := download.done()) == DONE
    found = download()
    assert (found.codes, set(found.fetched())) == ((200, None), {*range(5)} - {*done})
    assert download.path.read_bytes() == DATA
    assert download.left() == (True, False, False)


@pytest.mark.parametrize("how", WAYS)
def test_an_upload_is_stopped(upload: Upload, how: str) -> None:
    assert stopped(upload, "upload", how) == WAYS[how].raised
    assert (upload.stored(), len(upload.done())) == (b"old", DONE)
    done = upload.done()
    found = upload()
    assert (found.codes, set(found.sent())) == ((200, None), {*range(1, 6)} - {part + 1 for part in done})
    assert upload.stored() == DATA
    assert not upload.checkpoint.exists()
