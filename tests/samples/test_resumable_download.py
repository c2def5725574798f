"""The resumable sample's plain download, and the program of the C documentation, from a service in the environment."""

from __future__ import annotations

import os
import random
import re
import signal
import sys
import time
from pathlib import Path

import pytest

from oss.local_server import Fault, LocalServer
from oss.oss_api import AOSE_OK, oss_create_checkpoint_content, oss_load_checkpoint
from tests.command.terminal import run_in_terminal
from tests.samples.running import BUCKET, LONGEST, OBJECT, ROOT, configuration, ended, environment, run_sample, start

MIB = 1 << 20
PARTS = 12
DATA = random.Random(7).randbytes(PARTS * MIB - 5)
SAMPLE = "oss_resumable_sample"


@pytest.fixture
def buckets() -> list[str]:
    return [BUCKET]


@pytest.fixture(autouse=True)
def stored(server: LocalServer) -> None:
    server.put(BUCKET, OBJECT, DATA)


def ranges(server: LocalServer) -> list[str]:
    return [value for request in server.requests for name, value in request.headers if name.lower() == "range"]


def completed_parts(checkpoint_path: Path) -> list[int]:
    """The parts that a checkpoint holds; none while there is none."""
    checkpoint = oss_create_checkpoint_content(None)
    if not checkpoint_path.exists() or oss_load_checkpoint(None, str(checkpoint_path), checkpoint) != AOSE_OK:
        return []
    return [part.index for part in checkpoint.parts[: checkpoint.part_num] if part.completed]


@pytest.mark.parametrize("region", [True, False], ids=["v4", "v1"])
def test_an_object_is_downloaded(server: LocalServer, tmp_path: Path, region: bool) -> None:
    configured = configuration(server, **({"OSS_REGION": server.region} if region else {}))
    status, out, err = run_sample(SAMPLE, BUCKET, OBJECT, str(tmp_path / "file"), **configured)
    assert (status, err) == (0, "")
    assert f"{len(DATA)} bytes, CRC64 {server.store.object(BUCKET, OBJECT).crc}" in out  # type: ignore[union-attr]
    assert re.search("^downloading folder/object.bin 100%  12.0 MiB of 12.0 MiB$", out, re.MULTILINE)
    assert (tmp_path / "file").read_bytes() == DATA
    assert os.listdir(tmp_path) == ["file"]


def test_a_temporary_key_works_with_its_token_only(server: LocalServer, tmp_path: Path) -> None:
    server.add_sts("token", "sts-ak", "sts-sk")
    keys = {"OSS_ACCESS_KEY_ID": "sts-ak", "OSS_ACCESS_KEY_SECRET": "sts-sk", "OSS_REGION": server.region}
    configured = {**configuration(server), **keys}
    command = (SAMPLE, BUCKET, OBJECT, str(tmp_path / "file"))
    assert run_sample(*command, **configured).status == 1
    assert run_sample(*command, **configured, OSS_SESSION_TOKEN="token").status == 0


@pytest.mark.parametrize(
    ("bucket", "object_", "secret", "code", "error_code"),
    [
        (BUCKET, OBJECT, "another", 403, "SignatureDoesNotMatch"),
        ("no-such-bucket", OBJECT, None, 404, "NoSuchBucket"),
        (BUCKET, "no-such-object", None, 404, "NoSuchKey"),
    ],
)
def test_a_refusal_is_told_in_full(
    server: LocalServer, tmp_path: Path, bucket: str, object_: str, secret: str | None, code: int, error_code: str
) -> None:
    configured = configuration(server) | ({"OSS_ACCESS_KEY_SECRET": secret} if secret else {})
    status, _, err = run_sample(SAMPLE, bucket, object_, str(tmp_path / "file"), **configured)
    assert status == 1
    assert re.search(
        rf"  status code: {code}\n  error_code: {error_code}\n  message: \S.*\n  request id: [0-9A-F]{{24}}\n", err
    )
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize("place", ["no-such-folder/file", "taken/file", "folder"])
def test_a_file_that_cannot_be_written_is_told(server: LocalServer, tmp_path: Path, place: str) -> None:
    (tmp_path / "taken").write_text("a file, not a folder")
    (tmp_path / "folder").mkdir()
    status, _, err = run_sample(SAMPLE, BUCKET, OBJECT, str(tmp_path / place), **configuration(server))
    assert status == 1
    assert re.search(r"  status code: -\d+\n  error_code: (Open|Rename)FileFail\n  message: \S", err)
    assert (tmp_path / "taken").read_text() == "a file, not a folder"


def test_a_service_that_is_not_there_is_told(tmp_path: Path) -> None:
    with LocalServer() as server:
        configured = configuration(server)
    status, _, err = run_sample(SAMPLE, BUCKET, OBJECT, str(tmp_path / "file"), **configured)
    assert status == 1
    assert re.search(r"  status code: -\d+\n  error_code: \w+\n  message: .*[Rr]efused", err)


@pytest.mark.parametrize("arguments", [["bucket"], ["bucket", "object", "file", "more"], ["--help"]])
def test_other_arguments_give_the_usage(arguments: list[str]) -> None:
    status, out, err = run_sample(SAMPLE, *arguments)
    assert (status, out) == (2, "")
    assert err == "usage: python -m oss.samples.oss_resumable_sample [BUCKET OBJECT FILE]\n"


def test_a_download_needs_an_endpoint() -> None:
    assert run_sample(SAMPLE, BUCKET, OBJECT, "file")[::2] == (2, "OSS_ENDPOINT is not set\n")


def test_ctrl_c_leaves_a_checkpoint_that_the_next_run_continues(server: LocalServer, tmp_path: Path) -> None:
    arrive = 5
    stall = Fault(lambda call: bool(call.header("Range")), nth=arrive + 1, times=None, action="stall", after=1000)
    server.add_fault(stall)
    file, checkpoint_path = tmp_path / "file", tmp_path / "file.dcp"
    arguments = ["-m", f"oss.samples.{SAMPLE}", BUCKET, OBJECT, str(file)]
    process = start(arguments, configuration(server))
    deadline = time.monotonic() + LONGEST
    while len(completed_parts(checkpoint_path)) < arrive and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    status, _, err = ended(process)
    assert status == 130
    assert f"interrupted, the checkpoint {checkpoint_path} holds {arrive} of {PARTS} parts" in err
    held = completed_parts(checkpoint_path)
    assert len(held) == arrive
    assert sorted(os.listdir(tmp_path)) == ["file.dcp", "file.tmp"]

    server.clear_faults()
    server.requests.clear()
    status, _, err = ended(start(arguments, configuration(server)))
    assert (status, err) == (0, "")
    assert file.read_bytes() == DATA
    assert os.listdir(tmp_path) == ["file"]
    again = {int(text.removeprefix("bytes=").partition("-")[0]) // MIB for text in ranges(server)}
    assert again == set(range(PARTS)) - set(held)


@pytest.mark.parametrize("width", [40, 80, 200])
def test_a_terminal_gets_a_bar_of_one_line(server: LocalServer, tmp_path: Path, width: int) -> None:
    command = [sys.executable, "-m", f"oss.samples.{SAMPLE}", BUCKET, OBJECT, "file"]
    configured = {**environment(configuration(server)), "PYTHONPATH": str(ROOT)}
    status, screen, _ = run_in_terminal(command, configured, tmp_path, width, all_of_it=True)
    assert status == 0
    text = "".join(screen.text[1:])  # a narrow terminal has the result in two lines
    assert re.search(r"12\.0 ?M", screen.text[0]) and re.match(rf"file: {len(DATA)} bytes, CRC64 \d+$", text)
    assert len(screen.text) == (3 if width < len(text) else 2)


# The program of the C SDK's documentation, line by line.
PROGRAM = """
import os
import sys

from oss.oss_api import *


def init_options(options: oss_request_options_t) -> None:
    options.config = oss_config_create(options.pool)
    aos_str_set(options.config.endpoint, os.environ["OSS_ENDPOINT"])
    aos_str_set(options.config.access_key_id, os.environ["OSS_ACCESS_KEY_ID"])
    aos_str_set(options.config.access_key_secret, os.environ["OSS_ACCESS_KEY_SECRET"])
    aos_str_set(options.config.region, os.environ["OSS_REGION"])
    options.config.signature_version = 4
    options.config.is_cname = 0
    options.ctl = aos_http_controller_create(options.pool, 0)


def main(bucket_name: str, object_name: str, local_filename: str) -> int:
    if aos_http_io_initialize(None, 0) != AOSE_OK:
        return 1
    pool = aos_pool_t()
    aos_pool_create(pool, None)
    oss_client_options = oss_request_options_create(pool)
    init_options(oss_client_options)
    bucket, object_, file_ = aos_string_t(), aos_string_t(), aos_string_t()
    headers = None
    resp_headers = None
    aos_str_set(bucket, bucket_name)
    aos_str_set(object_, object_name)
    aos_str_set(file_, local_filename)
    clt_params = oss_create_resumable_clt_params_content(pool, 1024 * 100, 3, AOS_TRUE, None)
    resp_status = oss_resumable_download_file(
        oss_client_options, bucket, object_, file_, headers, None, clt_params, None, resp_headers
    )
    if aos_status_is_ok(resp_status):
        print("download succeeded")
    else:
        print("download failed")
    aos_pool_destroy(pool)
    aos_http_io_deinitialize()
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
"""


@pytest.mark.parametrize(("object_", "said"), [(OBJECT, "download succeeded\n"), ("none", "download failed\n")])
def test_the_program_of_the_documentation(server: LocalServer, tmp_path: Path, object_: str, said: str) -> None:
    configured = configuration(server, OSS_REGION=server.region)
    status, out, _ = ended(start(["-c", PROGRAM, BUCKET, object_, str(tmp_path / "file")], configured))
    assert (status, out) == (0, said)
    assert os.listdir(tmp_path) == (["file"] if object_ == OBJECT else [])
    assert object_ != OBJECT or (tmp_path / "file").read_bytes() == DATA
