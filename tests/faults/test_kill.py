"""SIGKILL at any moment: what is under the final name is right or as before, and the next call completes it."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from oss.local_server import LocalServer
from oss.oss_api import *
from tests.resumable import PART, download_t, part_fault, pattern, upload_t
from tests.service import BUCKET

PARTS = 60
DATA = pattern(PARTS * PART)

CHILD = """
import sys
from oss.oss_api import *
endpoint, path, what = sys.argv[1:]
aos_http_io_initialize(None, 0)
options = oss_request_options_create(None)
options.config = oss_config_create(None)
options.config.endpoint = endpoint
options.config.access_key_id, options.config.access_key_secret = "local-ak", "local-sk-secret"
options.ctl = aos_http_controller_create(None, 0)
params = oss_create_resumable_clt_params_content(None, 10000, 3, 1, None)

def progress(done, total):
    print(done, flush=True)

print("ready", flush=True)
if what == "download":
    args = options, "bucket-a", "dir/object.bin", path, None, None, params, progress, None
    oss_resumable_download_file(*args)
else:
    args = options, "bucket-a", "dir/object.bin", path, None, None, params, progress, None, None
    oss_resumable_upload_file(*args)
"""


@pytest.fixture(scope="module")
def server() -> Iterator[LocalServer]:
    with LocalServer(buckets=[BUCKET]) as running:
        yield running


def killed(server: LocalServer, path: Path, what: str, lines: int, then: float) -> None:
    """Runs a transfer in a child that is killed ``then`` seconds after that many calls of progress."""
    command = [sys.executable, "-c", CHILD, server.endpoint, str(path), what]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        for _ in range(lines + 1):
            child.stdout.readline()
        time.sleep(then)
        child.kill()


MOMENTS = [(0, 0.0), (0, 0.004), (1, 0.0), (7, 0.001), (20, 0.0), (40, 0.002), (PARTS - 1, 0.0), (PARTS, 0.0)]


@pytest.mark.parametrize(("lines", "then"), MOMENTS)
def test_a_killed_download(server: LocalServer, tmp_path: Path, lines: int, then: float) -> None:
    download = download_t(server, tmp_path / "file")
    download.put(DATA)
    download.path.write_bytes(b"old")
    slow = server.add_fault(part_fault("slow_rate", random.Random(lines).randrange(PARTS), rate=300_000))
    killed(server, download.path, "download", lines, then)
    server.clear_faults()
    assert download.path.read_bytes() in (b"old", DATA), slow
    done = download.done() if download.checkpoint.exists() else []
    assert download.path.read_bytes() == DATA or len(done) >= lines, "what progress told is recorded"
    found = download()
    assert found.told == (200, None)
    assert download.path.read_bytes() == DATA
    assert not done or len({*found.fetched()} & {*done}) == 0, "nothing that is done is fetched again"
    assert download.left() == (True, False, False)


@pytest.mark.parametrize(("lines", "then"), MOMENTS[1:6])
def test_a_killed_upload(
    server: LocalServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lines: int, then: float
) -> None:
    monkeypatch.setattr("oss.local_server.handlers_multipart.MIN_PART", 1)
    server.put(BUCKET, "dir/object.bin", b"old")
    upload = upload_t(server, tmp_path / "file")
    upload.path.write_bytes(DATA)
    killed(server, upload.path, "upload", lines, then)
    assert upload.stored() in (b"old", DATA)
    done = [index + 1 for index in upload.done()] if upload.checkpoint.exists() else []
    assert upload.stored() == DATA or len(done) >= lines
    found = upload()
    assert found.told in ((200, None), (404, "NoSuchUpload"))
    if found.code != 200:
        assert upload().told == (200, None), "it was killed between the completion and the record's removal"
    assert upload.stored() == DATA
    assert not upload.checkpoint.exists()


def test_a_death_between_the_last_part_and_the_name(server: LocalServer, tmp_path: Path) -> None:
    download = download_t(server, tmp_path / "file")
    download.interrupted(DATA, missing=())
    found = download()
    assert (found.told, found.fetched()) == ((200, None), [])
    assert download.path.read_bytes() == DATA


def test_a_half_made_checkpoint_is_in_nobodys_way(server: LocalServer, tmp_path: Path) -> None:
    """The file that would have become the checkpoint, left by a kill."""
    download = download_t(server, tmp_path / "file")
    download.put(DATA)
    Path(f"{download.checkpoint}.new").write_bytes(b"<?xml version")
    assert download().told == (200, None)
    assert [item.name for item in tmp_path.iterdir()] == ["file"]
