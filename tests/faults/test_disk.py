"""A download and what it may find, and lack, on its own machine: files of all kinds, room, threads."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from oss.oss_api import (
    AOSE_FILE_TRUNC_ERROR,
    AOSE_INTERNAL_ERROR,
    AOSE_OPEN_FILE_ERROR,
    AOSE_WRITE_BODY_ERROR,
    aos_http_io_deinitialize,
)
from tests.resumable import DATA, Download, Upload, part_fault, pattern


@pytest.mark.skipif(os.geteuid() == 0, reason="everything is writable for root")
@pytest.mark.parametrize("mode", [0o555, 0o000])
def test_a_folder_that_cannot_be_written(download: Download, tmp_path: Path, mode: int) -> None:
    folder = tmp_path / "closed"
    folder.mkdir(mode)
    download.path = folder / "file"
    assert download().codes == (AOSE_OPEN_FILE_ERROR, "OpenFileFail")
    folder.chmod(0o755)
    assert not list(folder.iterdir())


@pytest.mark.parametrize("name", ["x" * 251, "x" * 255, "é" * 127])
def test_names_that_leave_no_room_for_an_ending(download: Download, tmp_path: Path, name: str) -> None:
    download.path = tmp_path / name
    found = download()
    assert found.codes[1] in (None, "OpenFileFail")
    if found.code == 200:
        assert download.path.read_bytes() == DATA
    else:
        assert not list(tmp_path.iterdir())


# ---- no room ----


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=32k", "tmpfs", str(folder)]
    if shutil.which("mount") is None or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("no file system can be mounted here")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.mark.parametrize("enable_checkpoint", [False, True], ids=["nocp", "cp"])
def test_a_full_disk(download: Download, small_disk: Path, enable_checkpoint: bool) -> None:
    download.put(data := pattern(200_000))
    download.path, download.enable_checkpoint, download.threads = small_disk / "file", enable_checkpoint, 1
    found = download()
    assert (found.code < 0 or found.code == 28, "No space left on device" in str(found.status.error_msg)) == (
        True,
        True,
    )
    assert not download.path.exists()
    download.path = small_disk.parent / "file"
    assert download().codes == (200, None)
    assert download.path.read_bytes() == data


LIMITED = """
import resource, sys
from aos import aos_http_io
from oss.oss_api import *
endpoint, path, when = sys.argv[1:]
aos_http_io_initialize(None, 0)
options = oss_request_options_create(None)
options.config = oss_config_create(None)
options.config.endpoint = endpoint
options.config.access_key_id, options.config.access_key_secret = "local-ak", "local-sk-secret"
options.ctl = aos_http_controller_create(None, 0)
params = oss_create_resumable_clt_params_content(None, 10000, 1, 1, None)

def limited(t):
    if when == "before" or str(apr_table_get(t.req.headers, "Range")).startswith("bytes=10000-"):
        resource.setrlimit(resource.RLIMIT_FSIZE, (15000, 15000))
    return aos_curl_http_transport_perform(t)

aos_http_io.aos_http_transport_perform = limited
status = oss_resumable_download_file(options, "bucket-a", "dir/object.bin", path, None, None, params, None, None)
print(status.code, status.error_code, status.error_msg)
"""


@pytest.mark.parametrize(
    ("when", "code", "error_code"),
    [("before", AOSE_FILE_TRUNC_ERROR, "OpenFileFail"), ("meanwhile", AOSE_WRITE_BODY_ERROR, "HttpIoError")],
)
def test_a_file_that_may_not_grow(download: Download, when: str, code: int, error_code: str) -> None:
    command = [sys.executable, "-c", LIMITED, download.server.endpoint, str(download.path), when]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    assert done.stdout.startswith(f"{code} {error_code} "), done
    assert done.stdout.endswith("File too large\n")
    assert not download.path.exists()
    if when == "meanwhile":
        assert download.done() == [0]
    found = download()
    assert (found.codes, found.fetched()) == ((200, None), [1, 2, 3, 4] if when == "meanwhile" else [0, 1, 2, 3, 4])
    assert download.path.read_bytes() == DATA


def test_no_descriptors_left(download: Download) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    assert download().codes == (200, None)  # everything is imported
    aos_http_io_deinitialize()
    lowest = os.open("/dev/null", os.O_RDONLY)
    os.close(lowest)
    resource.setrlimit(resource.RLIMIT_NOFILE, (lowest, hard))
    try:
        found = download()
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    assert (found.code < 0, "Too many open files" in str(found.status.error_msg)) == (True, True), found.status
    assert download().codes == (200, None)


# ---- no threads ----


@pytest.mark.parametrize("transfer", [Download, Upload])
@pytest.mark.parametrize("refused", [0, 1, 2])
def test_too_few_threads(
    download: Download, small_parts: None, monkeypatch: pytest.MonkeyPatch, refused: int, transfer: Any
) -> None:
    made = transfer(download.server, download.path)
    if transfer is Upload:
        made.path.write_bytes(DATA)
    start, started = threading.Thread.start, [0]

    def limited(thread: threading.Thread) -> None:
        ours = "_run" in thread.name
        if ours and started[0] >= refused:
            raise RuntimeError("can't start new thread")
        started[0] += ours
        start(thread)

    with monkeypatch.context() as few:
        few.setattr(threading.Thread, "start", limited)
        found = made()
    if refused:
        assert found.codes == (200, None)
    else:
        assert found.codes == (AOSE_INTERNAL_ERROR, "CreateThreadPoolFail")
        assert made().codes == (200, None)
    assert Path(made.path).read_bytes() == DATA


def test_a_failure_in_a_thread_of_ours_is_not_hidden(download: Download, monkeypatch: pytest.MonkeyPatch) -> None:
    """What cannot be foreseen in a thread is raised in the caller's."""

    def broken(*_: Any) -> Any:
        raise ZeroDivisionError("unforeseen")

    with monkeypatch.context() as bug, pytest.raises(ZeroDivisionError):
        bug.setattr("oss._transfer.download.sign_request", broken)
        download()
    download.server.add_fault(part_fault("status", 1))
    assert download().code == 500
    download.server.clear_faults()
    assert download().codes == (200, None)
