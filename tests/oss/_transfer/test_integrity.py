"""Success means right: damage that no single answer shows, files that vanish or change, power cuts."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from aos import aos_http_io
from aos.aos_crc64 import aos_crc64
from oss._transfer.runs import Run
from oss._transfer.worker import PartWorker, Report
from oss.local_server import Fault, LocalServer
from oss.oss_api import (
    AOSE_ABORT_CALLBACK,
    AOSE_CRC_INCONSISTENT_ERROR,
    AOSE_FILE_WRITE_ERROR,
    AOSE_INVALID_ARGUMENT,
    AOSE_OPEN_FILE_ERROR,
    aos_curl_http_transport_perform,
    aos_http_transport_t,
    aos_pool_destroy,
)
from tests.resumable import DATA, KEY, PART, SIZE, Download, Upload, part_fault, pattern
from tests.service import BUCKET

INCONSISTENT = (AOSE_CRC_INCONSISTENT_ERROR, "InconsistentError")

pytestmark = pytest.mark.usefixtures("old_file")


WITH_AND_WITHOUT = pytest.mark.parametrize("enable_checkpoint", [False, True], ids=["nocp", "cp"])


def starts_clean(download: Download, data: bytes = DATA) -> None:
    """Nothing is left but the old file, and the next call does it all."""
    assert download.path.read_bytes() == b"old"
    assert download.left() == (True, False, False)
    download.server.clear_faults()
    download.on_progress = None
    again = download()
    assert (again.codes, again.fetched()) == ((200, None), [0, 1, 2, 3, 4])
    assert download.path.read_bytes() == data


# ---- the CRC64 of the whole ----


def wrong_crc64(part: int, times: int) -> Callable[[aos_http_transport_t], int]:
    """A transport after which a part's CRC64 is not that of its bytes, as if it had been damaged in memory."""
    seen: list[str] = []

    def perform(t: aos_http_transport_t) -> int:
        code = aos_curl_http_transport_perform(t)
        if (t.req.headers.get("Range") or "").startswith(f"bytes={part * PART}-") and len(seen) < times:
            seen.append("wrong")
            t.resp.crc64 ^= 1
        return code

    return perform


@WITH_AND_WITHOUT
def test_a_part_that_is_not_what_was_recorded_is_fetched_again(
    download: Download, monkeypatch: pytest.MonkeyPatch, enable_checkpoint: bool
) -> None:
    download.enable_checkpoint = enable_checkpoint
    monkeypatch.setattr(aos_http_io, "aos_http_transport_perform", wrong_crc64(3, 1))
    found = download()
    assert (found.codes, found.fetched()) == ((200, None), [0, 1, 2, 3, 3, 4]), "a bad part costs one part"
    assert download.path.read_bytes() == DATA
    assert download.left() == (True, False, False)


@WITH_AND_WITHOUT
def test_a_part_is_fetched_again_once(
    download: Download, monkeypatch: pytest.MonkeyPatch, enable_checkpoint: bool
) -> None:
    download.enable_checkpoint = enable_checkpoint
    with monkeypatch.context() as broken:
        broken.setattr(aos_http_io, "aos_http_transport_perform", wrong_crc64(3, 9))
        found = download()
    assert (found.codes, found.fetched()) == (INCONSISTENT, [0, 1, 2, 3, 3, 4])
    starts_clean(download)


@WITH_AND_WITHOUT
@pytest.mark.parametrize("part", [0, 2, 4])
def test_damage_before_the_crc64_was_taken(download: Download, part: int, enable_checkpoint: bool) -> None:
    """All parts are as they were received, so none can be blamed."""
    download.enable_checkpoint = enable_checkpoint
    download.server.add_fault(part_fault("flip", part, at=70))
    found = download()
    assert (found.codes, found.fetched()) == (INCONSISTENT, [0, 1, 2, 3, 4])
    starts_clean(download)


def test_another_object_with_the_same_etag(download: Download) -> None:
    """Replaced between two parts by a service that does not tell."""
    etag, new = download().headers["ETag"], pattern(SIZE, 5)
    download.path.write_bytes(b"old")
    download.threads = 1
    download.server.add_fault(part_fault("hook", 2, call=lambda call, server: server.put(BUCKET, KEY, new)))
    download.server.add_fault(Fault({"method": "GET"}, times=None, action="wrong_etag", value=etag))
    assert download().codes == INCONSISTENT
    starts_clean(download, new)


def test_without_a_crc64_of_the_service(download: Download) -> None:
    """Then it is ETag, Content-Range and the number of bytes that are checked, of each part."""
    download.server.add_fault(
        Fault({"method": "HEAD"}, times=None, action="drop_header", header="x-oss-hash-crc64ecma")
    )
    for action in ("wrong_etag", "wrong_range", "wrong_length", "short_body", "full_200"):
        download.server.add_fault(part_fault(action, 1))
        assert download().code != 200
        assert download.path.read_bytes() == b"old"
    assert download().codes == (200, None)
    assert download.path.read_bytes() == DATA


# ---- the bytes on the disk ----


def damaging(download: Download, part: int, times: int) -> Callable[[int, int], None]:
    """Loses the bytes of a part once it is finished."""
    left = [times]

    def progress(done: int, total: int) -> None:
        if left[0] and done > (part + 1) * PART:
            left[0] -= 1
            with open(download.temporary, "r+b") as file:
                file.seek(part * PART)
                file.write(bytes(PART))

    return progress


@WITH_AND_WITHOUT
@pytest.mark.parametrize("action", ["none", "drop_header"])
def test_verify_file(download: Download, action: Any, enable_checkpoint: bool) -> None:
    if action != "none":
        download.server.add_fault(Fault({"method": "HEAD"}, action=action, header="x-oss-hash-crc64ecma"))
    download.threads, download.enable_checkpoint, download.verify_file = 1, enable_checkpoint, 1
    download.on_progress = damaging(download, 1, 1)
    found = download()
    assert (found.codes, found.fetched()) == ((200, None), [0, 1, 1, 2, 3, 4])
    assert download.path.read_bytes() == DATA


def test_verify_file_gives_up(download: Download) -> None:
    download.threads, download.verify_file = 1, 1
    download.on_progress = damaging(download, 1, 99)
    found = download()
    assert (found.codes, found.fetched()) == (INCONSISTENT, [0, 1, 1, 2, 3, 4])
    assert "does not keep" in str(found.status.error_msg)
    starts_clean(download)


def test_verify_file_costs_no_request(download: Download) -> None:
    download.verify_file = 1
    found = download()
    assert (found.codes, found.fetched()) == ((200, None), [0, 1, 2, 3, 4])
    assert download.path.read_bytes() == DATA


def test_a_pool_that_is_destroyed_while_parts_are_read(download: Download, monkeypatch: pytest.MonkeyPatch) -> None:
    """Parts that were not read again do not count as right."""
    download.interrupted(DATA, missing=())
    pool, read = download.options.pool, PartWorker.read

    def last(worker: PartWorker, run: Run, report: Report) -> Any:
        aos_pool_destroy(pool)
        assert worker.cancelled.wait(10)
        return read(worker, run, report)

    download.threads = 1
    with monkeypatch.context() as destroying:
        destroying.setattr(PartWorker, "read", last)
        assert download().code == AOSE_ABORT_CALLBACK
    assert download.path.read_bytes() == b"old"
    download.options = Download(download.server, download.path).options
    assert download().codes == (200, None)
    assert download.path.read_bytes() == DATA


# ---- a death after the rename ----


def killed_after_the_rename(download: Download) -> None:
    download.interrupted(DATA, missing=())
    download.temporary.rename(download.path)


def test_a_death_between_the_name_and_the_end(download: Download) -> None:
    killed_after_the_rename(download)
    before = download.path.stat().st_ino
    found = download()
    assert (found.codes, found.fetched()) == ((200, None), [])
    assert (download.path.read_bytes(), download.path.stat().st_ino) == (DATA, before)
    assert download.left() == (True, False, False)


@pytest.mark.parametrize(
    "other", ["damaged", "forged", "overlapping", "shorter", "absent", "a folder", "another object"]
)
def test_a_file_that_is_not_what_the_checkpoint_says(download: Download, other: str) -> None:
    killed_after_the_rename(download)
    if other == "damaged":
        download.path.write_bytes(DATA[:-1] + bytes([DATA[-1] ^ 1]))
    elif other == "forged":  # file and checkpoint agree, and are not of the object
        piece = pattern(PART, 3)
        download.path.write_bytes(piece + DATA[PART:])
        old, new = (str(aos_crc64(0, data, PART)).encode() for data in (DATA, piece))
        download.checkpoint.write_bytes(download.checkpoint.read_bytes().replace(old, new))
    elif other == "overlapping":
        download.path.write_bytes(bytes(SIZE))
        parts = download.checkpoint.read_bytes().replace(b"<Offset>20000<", b"<Offset>10000<")
        download.checkpoint.write_bytes(parts)
    elif other == "shorter":
        download.path.write_bytes(DATA[:-1])
    elif other == "another object":
        download.put(pattern(SIZE, 8))
    else:
        download.path.unlink()
        if other == "a folder":
            download.path.mkdir()
    found = download()
    if other == "a folder":
        assert (found.codes, found.requests) == ((AOSE_OPEN_FILE_ERROR, "OpenFileFail"), [])
        return
    assert found.codes == (200, None)
    assert found.fetched() == [0, 1, 2, 3, 4]
    assert download.path.read_bytes() == download.server.get(BUCKET, KEY)


# ---- files that change hands ----


@WITH_AND_WITHOUT
@pytest.mark.parametrize("another", [b"", b"another's"])
def test_a_temporary_file_that_is_taken_away(download: Download, another: bytes, enable_checkpoint: bool) -> None:
    def progress(done: int, total: int) -> None:
        if done == total:
            download.temporary.unlink()
            if another:
                download.temporary.write_bytes(another)

    download.on_progress, download.enable_checkpoint = progress, enable_checkpoint
    assert download().codes == (AOSE_FILE_WRITE_ERROR, "RenameFileFail")
    assert download.path.read_bytes() == b"old"
    download.on_progress = None
    assert download().codes == (200, None)
    assert download.path.read_bytes() == DATA


@pytest.mark.parametrize(("transfer", "suffix"), [(Download, ""), (Download, ".tmp"), (Upload, "")])
def test_a_checkpoint_in_the_file_itself(server: LocalServer, tmp_path: Path, transfer: Any, suffix: str) -> None:
    made = transfer(server, tmp_path / "file")
    made.path.write_bytes(b"mine")
    made.checkpoint_path = tmp_path / "." / f"file{suffix}"
    found = made()
    assert (found.code, "checkpoint_path" in str(found.status.error_msg)) == (AOSE_INVALID_ARGUMENT, True)
    assert not found.requests
    assert made.path.read_bytes() == b"mine"


def test_an_upload_is_not_continued_as_another_object(upload: Upload) -> None:
    upload.threads = 1  # so that nothing of the first run is under way when the second begins
    upload.server.add_fault(Fault({"method": "PUT", "part": 3}, action="status"))
    assert upload().code == 500
    upload.key = "another"
    found = upload()
    assert (found.codes, found.sent()) == ((200, None), [1, 2, 3, 4, 5])
    assert upload.stored() == DATA


# ---- power cuts ----


class Disk:
    """What is asked of the disk, in its order; ``refuses`` names what fails, and with which error."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.events: list[str] = []
        self.refuses: dict[str, int] = {}
        fsync = os.fsync

        def synced(fd: int) -> None:
            name = os.path.basename(os.readlink(f"/proc/self/fd/{fd}"))
            self.events.append(f"sync {name}")
            if name in self.refuses:
                raise OSError(self.refuses[name], os.strerror(self.refuses[name]))
            fsync(fd)

        monkeypatch.setattr(os, "fsync", synced)
        for name in ("rename", "replace", "unlink"):
            monkeypatch.setattr(os, name, self._seen(name, getattr(os, name)))

    def _seen(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def seen(*args: Any) -> Any:
            self.events.append(f"{name} {os.fsdecode(os.path.basename(args[0]))}")
            return call(*args)

        return seen


@pytest.fixture
def disk(download: Download, monkeypatch: pytest.MonkeyPatch) -> Disk:
    folder = download.path.parent / "folder"
    folder.mkdir()
    download.path = folder / "file"
    download.path.write_bytes(b"old")
    return Disk(monkeypatch)


def test_durable(download: Download, disk: Disk) -> None:
    download.durable = 1
    assert download().codes == (200, None)
    assert disk.events == [
        *("sync file.dc~", "rename file.dc~", "sync folder"),
        *("sync file.tmp", "replace file.tmp", "unlink file.dcp", "sync folder"),
    ]
    assert download.path.read_bytes() == DATA


def test_without_durable_nothing_is_synced(download: Download, disk: Disk) -> None:
    assert download().codes == (200, None)
    assert disk.events == ["rename file.dc~", "replace file.tmp", "unlink file.dcp"]


@WITH_AND_WITHOUT
def test_what_cannot_be_synced_is_not_trusted(download: Download, disk: Disk, enable_checkpoint: bool) -> None:
    """After a failed sync the system may show bytes that the disk does not have."""
    download.durable, download.enable_checkpoint = 1, enable_checkpoint
    disk.refuses["file.tmp"] = errno.EIO
    found = download()
    assert (found.codes, os.strerror(errno.EIO) in str(found.status.error_msg)) == (
        (AOSE_FILE_WRITE_ERROR, "WriteFileFail"),
        True,
    )
    disk.refuses.clear()
    starts_clean(download)


@pytest.mark.parametrize(("error", "code"), [(errno.EIO, AOSE_FILE_WRITE_ERROR), (errno.EINVAL, 200)])
def test_a_name_that_cannot_be_synced(download: Download, disk: Disk, error: int, code: int) -> None:
    """EINVAL is a file system that cannot sync folders."""
    download.durable, download.enable_checkpoint, disk.refuses["folder"] = 1, False, error
    assert download().code == code
    assert download.path.read_bytes() == DATA


@pytest.mark.parametrize("durable", [0, 1])
def test_the_checkpoint_of_a_durable_upload(upload: Upload, disk: Disk, durable: int) -> None:
    upload.durable = durable
    assert upload().codes == (200, None)
    assert ("sync file.uc~" in disk.events) == bool(durable)
    assert upload.stored() == DATA
