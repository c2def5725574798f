"""Files that one transfer alone uses: two transfers at once, planted files, who may read what."""

from __future__ import annotations

import errno
import fcntl
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from oss._files.lock import close_locked, is_at, open_locked
from oss.local_server import Fault
from oss.oss_api import AOSE_OPEN_FILE_ERROR
from tests.resumable import DATA, Download, Outcome, Upload, part_fault
from tests.waiting import until

IN_USE = "another transfer is using it"


# ---- two at once ----


def beside(first: Any, second: Any) -> tuple[Outcome, Outcome]:
    """Both outcomes of two transfers, the second of which begins while the first is under way."""
    found: list[Outcome] = []

    def progress(done: int, total: int) -> None:
        if not found:
            found.append(second())

    first.on_progress = progress
    return first(), found[0]


@pytest.mark.parametrize("enable_checkpoint", [False, True], ids=["nocp", "cp"])
def test_two_downloads_to_one_file(download: Download, enable_checkpoint: bool) -> None:
    other = Download(download.server, download.path)
    download.enable_checkpoint = other.enable_checkpoint = enable_checkpoint
    one, two = beside(download, other)
    assert two.codes == (AOSE_OPEN_FILE_ERROR, "OpenFileFail")
    assert IN_USE in str(two.status.error_msg)
    assert (one.codes, one.fetched()) == ((200, None), [0, 1, 2, 3, 4])
    assert download.path.read_bytes() == DATA
    assert [item.name for item in download.path.parent.iterdir()] == ["file"]
    assert other().codes == (200, None), "once the other is done"


@pytest.mark.parametrize("transfer", [Download, Upload])
def test_two_transfers_with_one_checkpoint(
    download: Download, small_parts: None, tmp_path: Path, transfer: type[Any]
) -> None:
    first, second = transfer(download.server, tmp_path / "file"), transfer(download.server, tmp_path / "other")
    first.checkpoint_path = second.checkpoint_path = tmp_path / "cp"
    if transfer is Upload:
        first.path.write_bytes(DATA)
        second.path.write_bytes(DATA)
    one, two = beside(first, second)
    assert two.codes == (AOSE_OPEN_FILE_ERROR, "OpenFileFail")
    assert IN_USE in str(two.status.error_msg)
    asked = [request.method for request in two.requests if request.method in ("HEAD", "POST")]
    assert asked == (["HEAD"] if transfer is Download else []), "no upload is begun that nobody would complete"
    assert one.codes == (200, None)
    assert second().codes == (200, None)
    assert {item.name for item in tmp_path.iterdir()} == {"file", "other"}


CHILD = """
import sys
from oss.oss_api import *
endpoint, path = sys.argv[1:]
aos_http_io_initialize(None, 0)
options = oss_request_options_create(None)
options.config = oss_config_create(None)
options.config.endpoint = endpoint
options.config.access_key_id, options.config.access_key_secret = "local-ak", "local-sk-secret"
options.ctl = aos_http_controller_create(None, 0)
params = oss_create_resumable_clt_params_content(None, 10000, 1, 1, None)
progress = lambda done, total: print(done, flush=True)
oss_resumable_download_file(options, "bucket-a", "dir/object.bin", path, None, None, params, progress, None)
"""


def test_two_processes(download: Download) -> None:
    """And a lock does not outlive its process."""
    stalled = download.server.add_fault(part_fault("stall", 2))
    command = [sys.executable, "-c", CHILD, download.server.endpoint, str(download.path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as child:
        try:
            assert child.stdout is not None
            assert [child.stdout.readline() for _ in range(2)] == [b"10000\n", b"20000\n"]
            until(lambda: stalled.fired)
            found = download()
        finally:
            child.kill()
    assert found.codes == (AOSE_OPEN_FILE_ERROR, "OpenFileFail")
    assert IN_USE in str(found.status.error_msg)
    again = download()
    assert (again.codes, again.fetched()) == ((200, None), [2, 3, 4])
    assert download.path.read_bytes() == DATA


def test_the_lock_ends_with_the_call(download: Download) -> None:
    """Though somebody, a thread that is late or a forked process, still has the file open."""
    copies: list[int] = []

    def progress(done: int, total: int) -> None:
        for name in os.listdir("/proc/self/fd"):
            if os.path.realpath(f"/proc/self/fd/{name}") in (str(download.temporary), str(download.checkpoint)):
                copies.append(os.dup(int(name)))

    download.on_progress = progress
    download.server.add_fault(part_fault("status", 3))
    try:
        assert download().code == 500
        assert copies
        download.on_progress = None
        assert download().codes == (200, None)
    finally:
        for fd in copies:
            os.close(fd)


def test_a_file_system_without_locks(download: Download, monkeypatch: pytest.MonkeyPatch, logged: list[str]) -> None:
    def refuse(fd: int, how: int) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", refuse)
    assert download().codes == (200, None)
    assert download.path.read_bytes() == DATA
    assert any("file.tmp cannot be locked" in line for line in logged)


@pytest.mark.parametrize("what", ["renamed", "removed", "replaced"])
def test_a_file_that_goes_before_it_is_locked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    path, lock = tmp_path / "file", fcntl.flock
    path.write_bytes(b"first")

    def late(fd: int, how: int) -> None:
        monkeypatch.setattr(fcntl, "flock", lock)
        path.rename(tmp_path / "away") if what == "renamed" else path.unlink()
        if what == "replaced":
            path.write_bytes(b"second")
        lock(fd, how)

    monkeypatch.setattr(fcntl, "flock", late)
    file = open_locked(str(path), 0o600)
    assert is_at(file.fd, str(path))
    assert os.pread(file.fd, 9, 0) == (b"second" if what == "replaced" else b"")
    with pytest.raises(BlockingIOError, match=IN_USE):
        open_locked(str(path), 0o600)
    close_locked(file.share())
    with pytest.raises(BlockingIOError, match=IN_USE):  # while it has a user
        open_locked(str(path), 0o600)
    file.release()
    open_locked(str(path), 0o600).release()


# ---- planted files ----


def plant(path: Path, kind: str) -> Path:
    victim = path.with_name("victim")
    victim.write_bytes(b"mine")
    path.symlink_to(victim) if kind == "symlink" else path.hardlink_to(victim)
    return victim


@pytest.mark.parametrize("suffix", [".tmp", ".dcp", ".dc~"])
@pytest.mark.parametrize("kind", ["symlink", "hard link"])
def test_a_planted_link_is_replaced(download: Download, logged: list[str], kind: str, suffix: str) -> None:
    victim = plant(Path(f"{download.path}{suffix}"), kind)
    assert download().codes == (200, None)
    assert victim.read_bytes() == b"mine"
    assert (victim.stat().st_nlink, download.path.read_bytes()) == (1, DATA)
    assert any(f"file{suffix} is a link" in line for line in logged)
    assert {item.name for item in download.path.parent.iterdir()} == {"file", "victim"}


@pytest.mark.parametrize("suffix", [".ucp", ".uc~"])
@pytest.mark.parametrize("kind", ["symlink", "hard link"])
def test_a_planted_link_beside_an_upload(upload: Upload, kind: str, suffix: str) -> None:
    victim = plant(Path(f"{upload.path}{suffix}"), kind)
    assert upload().codes == (200, None)
    assert (victim.read_bytes(), upload.stored()) == (b"mine", DATA)
    assert {item.name for item in upload.path.parent.iterdir()} == {"file", "victim"}


def test_a_planted_link_at_the_target(download: Download) -> None:
    """The name is replaced, not what it leads to."""
    victim = plant(download.path, "symlink")
    assert download().codes == (200, None)
    assert (victim.read_bytes(), download.path.read_bytes()) == (b"mine", DATA)
    assert not download.path.is_symlink()


@pytest.mark.parametrize("suffix", [".tmp", ".dcp", ".dc~"])
def test_a_planted_fifo(download: Download, suffix: str) -> None:
    planted = Path(f"{download.path}{suffix}")
    os.mkfifo(planted)
    found = download()
    assert found.status.error_code == "OpenFileFail"
    assert planted.is_fifo()
    assert [item.name for item in download.path.parent.iterdir()] == [planted.name]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
@pytest.mark.parametrize(("folder", "used"), [(0o777, True), (0o1777, False)])
def test_another_users_file(tmp_path: Path, folder: int, used: bool) -> None:
    """In a folder like /tmp it may be there to be read, or changed, by whoever made it."""
    path = tmp_path / "file"
    path.write_bytes(b"theirs")
    os.chown(path, 12345, 12345)
    tmp_path.chmod(folder)
    file = open_locked(str(path), 0o600)
    assert os.fstat(file.fd).st_size == (6 if used else 0)
    file.release()


# ---- who may read what ----


@pytest.mark.parametrize(("umask", "mode"), [(0o022, 0o640), (0o077, 0o600), (0o000, 0o640)])
def test_modes(download: Download, umask: int, mode: int) -> None:
    """The file's is the C SDK's, from the start; a checkpoint is its owner's alone."""
    seen: set[tuple[int, int]] = set()

    def progress(done: int, total: int) -> None:
        seen.add((download.temporary.stat().st_mode & 0o777, download.checkpoint.stat().st_mode & 0o777))

    download.on_progress, before = progress, os.umask(umask)
    try:
        assert download().codes == (200, None)
    finally:
        os.umask(before)
    assert seen == {(mode, 0o600)}
    assert download.path.stat().st_mode & 0o777 == mode


def test_the_mode_of_an_uploads_checkpoint(upload: Upload) -> None:
    upload.server.add_fault(Fault({"method": "PUT", "part": 2}, action="status"))
    assert upload().code == 500
    assert upload.checkpoint.stat().st_mode & 0o777 == 0o600
    assert upload().codes == (200, None)
