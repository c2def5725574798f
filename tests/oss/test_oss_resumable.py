"""The C SDK's own cases of resumable downloads, by their names, against the loopback service."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from aos import aos_http_io
from oss.oss_api import (
    AOSE_CONNECTION_FAILED,
    AOSE_CRC_INCONSISTENT_ERROR,
    AOSE_INVALID_ARGUMENT,
    AOSE_OPEN_FILE_ERROR,
    aos_curl_http_transport_perform,
    aos_http_transport_t,
    oss_resumable_download_file,
)
from tests.resumable import DATA, PART, SIZE, Download, pattern
from tests.service import BUCKET


def complete(download: Download, data: bytes = DATA) -> None:
    assert download().codes == (200, None)
    assert download.path.read_bytes() == data
    assert download.left() == (True, False, False)


def test_resumable_download_without_checkpoint(download: Download) -> None:
    download.enable_checkpoint = False
    complete(download)


def test_resumable_download_with_checkpoint(download: Download) -> None:
    complete(download)


@pytest.mark.parametrize("target", ["no/such/folder/file", ""])
def test_resumable_download_without_checkpoint_target_invalid(
    download: Download, target: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    download.enable_checkpoint = False
    status = oss_resumable_download_file(
        download.options, BUCKET, download.key, target, None, None, download.clt_params(), None, None
    )
    assert (status.code, status.error_code) == (AOSE_OPEN_FILE_ERROR, "OpenFileFail")
    assert not list(tmp_path.iterdir())


def test_resumable_download_with_checkpoint_target_invalid(download: Download) -> None:
    download.path = download.path.parent / "no/such/folder/file"
    found = download()
    assert (found.code != 200, found.status.error_code) == (True, "OpenFileFail")


def test_resumable_download_partsize(download: Download) -> None:
    download.part_size = 10 << 20
    complete(download)


def test_resumable_download_small_partsize(download: Download) -> None:
    data = download.put(pattern(25_000))
    download.part_size = 1
    found = download()
    assert found.codes == (200, None)
    assert download.path.read_bytes() == data
    assert len(found.fetched(3)) == 8334


def test_resumable_download_threads(download: Download) -> None:
    download.threads = 10
    complete(download)


def test_resumable_download_with_checkpoint_format_invalid(download: Download) -> None:
    download.checkpoint.write_text("HI, OSS.")
    complete(download)


@pytest.mark.parametrize("what", ["size", "etag", "time", "key", "type", "part size"])
def test_resumable_download_with_checkpoint_info_invalid(download: Download, what: str) -> None:
    download.interrupted(DATA)
    old = download.checkpoint.read_bytes()
    new = {
        "size": (b"<Size>40077</Size>", b"<Size>40076</Size>"),
        "etag": (b"<ETag>&quot;", b"<ETag>&quot;0"),
        "time": (b" GMT", b" UTC"),
        "key": (b"<Key>dir", b"<Key>did"),
        "type": (b"<Type>2", b"<Type>1"),
        "part size": (b"<Size>10000</Size><Parts>", b"<Size>9999</Size><Parts>"),
    }[what]
    assert new[0] in old
    download.checkpoint.write_bytes(old.replace(*new))
    found = download()
    assert (found.codes, found.fetched()) == ((200, None), [0, 1, 2, 3, 4])
    assert download.path.read_bytes() == DATA


def test_resumable_download_with_checkpoint_info_valid(download: Download) -> None:
    download.interrupted(DATA, missing=(1, 3))
    found = download()
    assert (found.codes, found.fetched()) == ((200, None), [1, 3])
    assert download.path.read_bytes() == DATA
    assert found.progress == [(SIZE - PART, SIZE), (SIZE, SIZE)]


def test_resumable_download_with_checkpoint_path_invalid(download: Download) -> None:
    download.checkpoint_path = download.path.parent / "no/such/folder/cp"
    found = download()
    assert found.status.error_code == "OpenFileFail"
    assert download.left() == (False, False, False)


@pytest.mark.parametrize("change", [-1, 1])
def test_resumable_download_with_tmpfile_invalid(download: Download, change: int) -> None:
    download.interrupted(DATA)
    with open(download.temporary, "r+b") as file:
        file.truncate(SIZE + change)
    found = download()
    assert (found.codes, found.fetched()) == ((200, None), [0, 1, 2, 3, 4])
    assert download.path.read_bytes() == DATA


def test_resumable_download_with_tmpfile_not_found(download: Download) -> None:
    download.interrupted(DATA)
    download.temporary.unlink()
    found = download()
    assert (found.codes, found.fetched()) == ((200, None), [0, 1, 2, 3, 4])
    assert download.path.read_bytes() == DATA


@pytest.mark.parametrize(
    "enable_checkpoint",
    [False, True],
    ids=[
        "test_resumable_download_without_checkpoint_object_not_found",
        "test_resumable_download_with_checkpoint_object_not_found",
    ],
)
def test_resumable_download_object_not_found(download: Download, enable_checkpoint: bool) -> None:
    download.key, download.enable_checkpoint = "no/such/key", enable_checkpoint
    found = download()
    assert (found.code, len(found.requests)) == (404, 1)
    assert download.left() == (False, False, False)


@pytest.mark.parametrize(
    "enable_checkpoint",
    [False, True],
    ids=["test_resumable_download_progress_without_checkpoint", "test_resumable_download_progress_with_checkpoint"],
)
def test_resumable_download_progress(download: Download, enable_checkpoint: bool) -> None:
    download.enable_checkpoint, download.threads = enable_checkpoint, 1
    assert download().progress == [(min(end, SIZE), SIZE) for end in range(PART, SIZE + PART, PART)]


@pytest.mark.parametrize(
    "enable_checkpoint",
    [False, True],
    ids=[
        "test_resumable_download_without_checkpoint_random_failure",
        "test_resumable_download_with_checkpoint_random_failure",
    ],
)
def test_resumable_download_random_failure(
    download: Download, enable_checkpoint: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = download.put(pattern(40 * 1000))
    download.enable_checkpoint, download.part_size = enable_checkpoint, 1000
    dice = random.Random(3)

    def perform(t: aos_http_transport_t) -> int:
        if dice.random() < 0.25:
            t.controller.error_code, t.controller.reason = AOSE_CONNECTION_FAILED, "bad luck"
            return AOSE_CONNECTION_FAILED
        return aos_curl_http_transport_perform(t)

    with monkeypatch.context() as unlucky:
        unlucky.setattr(aos_http_io, "aos_http_transport_perform", perform)
        failed = [found.status for found in (download() for _ in range(3)) if found.code != 200]
    assert failed
    assert {(status.code, status.error_msg) for status in failed} == {(AOSE_CONNECTION_FAILED, "bad luck")}
    complete(download, data)


def test_resumable_download_with_checkpoint_crc64_mismatch(download: Download, monkeypatch: pytest.MonkeyPatch) -> None:
    def perform(t: aos_http_transport_t) -> int:
        code = aos_curl_http_transport_perform(t)
        t.resp.crc64 ^= 1
        return code

    with monkeypatch.context() as wrong:
        wrong.setattr(aos_http_io, "aos_http_transport_perform", perform)
        assert download().codes == (AOSE_CRC_INCONSISTENT_ERROR, "InconsistentError")
    assert download.left() == (False, False, False)
    complete(download)


@pytest.mark.parametrize("bucket", ["a", "Invalid_", "-a"])
def test_resumable_invalid_parameter(download: Download, bucket: str) -> None:
    status = oss_resumable_download_file(
        download.options, bucket, "key", str(download.path), None, None, download.clt_params(), None, None
    )
    assert status.code == AOSE_INVALID_ARGUMENT


def test_a_bucket_that_is_not_there(download: Download) -> None:
    status = oss_resumable_download_file(
        download.options, "no-such-bucket", "key", str(download.path), None, None, download.clt_params(), None, None
    )
    assert status.code == 404
