"""Every fault of a part: the right status, nothing wrong under the final name, and a next call that makes it good."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from typing import Any

import pytest

from aos import aos_http_io
from oss._files.lock import PartFile, open_locked
from oss.local_server import Fault
from oss.oss_api import (
    AOS_LOG_DEBUG,
    AOS_LOG_WARN,
    AOSE_ABORT_CALLBACK,
    AOSE_CONNECTION_FAILED,
    AOSE_CRC_INCONSISTENT_ERROR,
    AOSE_INTERNAL_ERROR,
    aos_curl_http_transport_perform,
    aos_http_io_deinitialize,
    aos_http_transport_t,
    aos_log_print_default,
    aos_log_set_level,
    aos_log_set_print,
    aos_pool_destroy,
)
from tests.resumable import DATA, IMPATIENT, KEY, PART, PATIENT, SIZE, Download, part_fault, pattern
from tests.service import BUCKET
from tests.waiting import PATIENCE, until

IO = "HttpIoError"

pytestmark = pytest.mark.usefixtures("old_file")


FAULTS: dict[str, tuple[dict[str, Any], int, str]] = {
    "reset before the head": ({"action": "reset", "times": 3}, AOSE_INTERNAL_ERROR, IO),
    "close before the head": ({"action": "close", "times": 3}, AOSE_INTERNAL_ERROR, IO),
    "reset in the body": ({"action": "reset", "after": 5}, AOSE_CONNECTION_FAILED, IO),
    "short body": ({"action": "short_body"}, AOSE_CONNECTION_FAILED, IO),
    "one byte short": ({"action": "short_body", "after": PART - 1}, AOSE_CONNECTION_FAILED, IO),
    "stall at once": ({"action": "hang_before_head"}, AOSE_CONNECTION_FAILED, IO),
    "stall": ({"action": "stall", "after": 100}, AOSE_CONNECTION_FAILED, IO),
    "trickle": ({"action": "trickle"}, AOSE_CONNECTION_FAILED, IO),
    "403": ({"action": "status", "status": 403, "code": "AccessDenied"}, 403, "AccessDenied"),
    "500": ({"action": "status", "status": 500}, 500, "InternalError"),
    "503": ({"action": "status", "status": 503, "code": "ServiceUnavailable"}, 503, "ServiceUnavailable"),
    "416": ({"action": "status", "status": 416, "code": "InvalidRange"}, 416, "InvalidRange"),
    "wrong range": ({"action": "wrong_range"}, AOSE_INTERNAL_ERROR, "ServerError"),
    "no range": ({"action": "drop_header", "header": "Content-Range"}, AOSE_INTERNAL_ERROR, "ServerError"),
    "another total": (
        {"action": "wrong_range", "value": f"bytes {PART}-{2 * PART - 1}/{SIZE + 1}"},
        AOSE_INTERNAL_ERROR,
        "ServerError",
    ),
    "longer": ({"action": "wrong_length"}, AOSE_INTERNAL_ERROR, "ServerError"),
    "shorter": ({"action": "wrong_length", "delta": -1}, AOSE_INTERNAL_ERROR, "ServerError"),
    "the whole object": ({"action": "full_200"}, AOSE_INTERNAL_ERROR, "ServerError"),
    "gzip": ({"action": "gzip"}, AOSE_CONNECTION_FAILED, IO),
    "wrong ETag": ({"action": "wrong_etag"}, 412, "PreconditionFailed"),
    "no ETag": ({"action": "no_etag"}, 412, "PreconditionFailed"),
    "a flipped byte": ({"action": "flip", "at": 7}, AOSE_CRC_INCONSISTENT_ERROR, "InconsistentError"),
}
SLOW = ("stall at once", "stall", "trickle")
STARTS_ANEW = ("wrong ETag", "no ETag", "a flipped byte")


@pytest.mark.parametrize("enable_checkpoint", [False, True], ids=["nocp", "cp"])
@pytest.mark.parametrize("name", FAULTS)
def test_a_faulty_part(download: Download, name: str, enable_checkpoint: bool) -> None:
    fault, code, error_code = FAULTS[name]
    download.enable_checkpoint, download.threads = enable_checkpoint, 1
    download.server.add_fault(part_fault(part=1, **fault))
    download.patience = IMPATIENT if name in SLOW else PATIENT
    found = download()
    download.patience = PATIENT
    assert found.codes == (code, error_code), found.status
    assert download.path.read_bytes() == b"old"
    kept = enable_checkpoint and name not in STARTS_ANEW
    assert download.left() == (True, kept, kept)
    download.server.clear_faults()
    if kept:
        assert download.done() == [0]
    again = download()
    assert again.codes == (200, None)
    assert again.fetched() == ([1, 2, 3, 4] if kept else [0, 1, 2, 3, 4])
    assert download.path.read_bytes() == DATA
    assert download.left() == (True, False, False)


@pytest.mark.parametrize(
    "settings",
    [
        {"action": "chunked"},
        {"action": "slow_rate", "rate": 200_000},
        {"action": "set_header", "header": "Content-Encoding", "value": "gzip"},
        {"action": "set_header", "header": "Content-Range", "value": f"bytes {PART}-{2 * PART - 1}/*"},
        {"action": "set_header", "header": "Connection", "value": "close"},
        {"action": "wrong_crc"},
        {"action": "drop_header", "header": "x-oss-request-id"},
    ],
    ids=lambda settings: "-".join(str(value) for value in settings.values()),
)
def test_what_is_no_fault(download: Download, settings: dict[str, Any]) -> None:
    fault = download.server.add_fault(part_fault(part=1, **settings))
    assert download().codes == (200, None)
    assert fault.fired == 1
    assert download.path.read_bytes() == DATA


@pytest.mark.parametrize("change", [str.lower, lambda etag: etag.strip('"')], ids=["case", "quotes"])
def test_the_same_etag_in_other_spellings(download: Download, change: Callable[[str], str]) -> None:
    headers = download().headers
    other = change(headers["ETag"] or "")
    assert other != headers["ETag"]
    download.server.add_fault(part_fault("wrong_etag", 1, value=other))
    assert download().codes == (200, None)
    download.interrupted(DATA)
    download.server.add_fault(Fault({"method": "HEAD"}, action="wrong_etag", value=other))
    found = download()
    assert (found.codes, found.fetched()) == ((200, None), [2])


def test_etags_of_two_lengths(download: Download) -> None:
    """A long ETag makes longer records; the next download of another length starts anew."""
    long = '"' + "E" * 300 + '"'
    download.server.add_fault(Fault({"method": "HEAD"}, action="wrong_etag", value=long))
    download.server.add_fault(Fault({"method": "GET"}, times=None, action="wrong_etag", value=long))
    download.server.add_fault(part_fault("status", 3, status=500))
    download.threads = 1
    assert download().code == 500
    assert download.done() == [0, 1, 2]
    download.server.clear_faults()
    assert (found := download()).codes == (200, None)
    assert found.fetched() == [0, 1, 2, 3, 4]
    assert download.path.read_bytes() == DATA


# ---- the first failure counts ----


@pytest.mark.parametrize("threads", [1, 3])
def test_after_the_first_failure_nothing_new_is_begun(download: Download, threads: int) -> None:
    download.part_size, download.threads = 100, threads
    download.server.add_fault(part_fault("status", 5, 100, status=403, code="AccessDenied"))
    found = download()
    assert found.codes == (403, "AccessDenied")
    assert len(found.fetched(100)) < 200
    assert [done for done, _ in found.progress] == [100 * (n + 1) for n in range(len(found.progress))]


@pytest.mark.parametrize(
    ("method", "action", "settings", "told"),
    [
        ("HEAD", "status", {"status": 403}, (403, None)),
        ("HEAD", "no_etag", {}, (AOSE_INTERNAL_ERROR, "ServerError")),
        ("HEAD", "drop_header", {"header": "Last-Modified"}, (AOSE_INTERNAL_ERROR, "ServerError")),
        ("HEAD", "set_header", {"header": "Content-Length", "value": "-1"}, (AOSE_INTERNAL_ERROR, None)),
        ("HEAD", "set_header", {"header": "Content-Length", "value": "9" * 30}, (AOSE_INTERNAL_ERROR, None)),
        ("HEAD", "close", {}, (AOSE_INTERNAL_ERROR, IO)),
    ],
)
def test_a_faulty_head(
    download: Download, method: str, action: Any, settings: dict[str, Any], told: tuple[int, str | None]
) -> None:
    aos_http_io_deinitialize()  # on a kept connection a request would be sent again
    download.server.add_fault(Fault({"method": method}, action=action, **settings))
    found = download()
    assert found.code == told[0]
    assert told[1] in (None, found.status.error_code)
    assert download.left() == (True, False, False)


# ---- retries ----


@pytest.mark.parametrize("name", ["reset in the body", "500", "503", "short body", "gzip"])
def test_retry_times(download: Download, name: str) -> None:
    download.retry_times, download.threads = 1, 2
    fault = download.server.add_fault(part_fault(part=1, **FAULTS[name][0]))
    found = download()
    assert found.codes == (200, None)
    assert (fault.fired, found.fetched()) == (1, [0, 1, 1, 2, 3, 4])
    assert download.path.read_bytes() == DATA


@pytest.mark.parametrize("name", ["403", "416", "wrong range", "wrong ETag"])
def test_what_is_not_tried_again(download: Download, name: str) -> None:
    download.retry_times, download.threads = 5, 1
    download.server.add_fault(part_fault(part=1, **FAULTS[name][0]))
    assert download().fetched() == [0, 1]


def test_retries_end(download: Download) -> None:
    download.retry_times, download.threads = 2, 1
    fault = download.server.add_fault(part_fault("status", 1, times=None, status=503))
    assert download().code == 503
    assert fault.fired == 3


# ---- the object changes ----


def test_the_object_is_replaced_between_parts(download: Download) -> None:
    new, threads = pattern(SIZE, 2), download.threads
    download.threads = 1
    download.server.add_fault(part_fault("hook", 2, call=lambda call, server: server.put(BUCKET, KEY, new)))
    found = download()
    assert found.codes == (412, "PreconditionFailed")
    assert str(found.status.error_msg).count('"') == 4, "both ETags are told"
    assert download.left() == (True, False, False)
    assert download.path.read_bytes() == b"old"
    download.threads = threads
    again = download()
    assert (again.codes, again.fetched()) == ((200, None), [0, 1, 2, 3, 4])
    assert download.path.read_bytes() == new


def test_the_object_is_removed_between_parts(download: Download) -> None:
    download.threads = 1
    gone = part_fault("status", 2, status=404, code="NoSuchKey")
    download.server.add_fault(gone)
    assert download().codes == (404, "NoSuchKey")
    assert download().codes == (200, None)


# ---- the bytes on disk ----


@pytest.mark.parametrize("enable_crc", [0, 1])
@pytest.mark.parametrize("damaged", [(0,), (0, 3, 4)])
def test_damaged_bytes_are_fetched_again(download: Download, damaged: tuple[int, ...], enable_crc: int) -> None:
    download.options.ctl.options.enable_crc = enable_crc
    download.interrupted(DATA)
    with open(download.temporary, "r+b") as file:
        for part in damaged:
            file.seek(part * PART + 50)
            file.write(b"\xff\x00\xff")
    found = download()
    assert (found.codes, found.fetched()) == ((200, None), sorted((2, *damaged)))
    assert download.path.read_bytes() == DATA


def test_a_download_that_was_complete_is_only_renamed(download: Download) -> None:
    download.interrupted(DATA, missing=())
    found = download()
    assert (found.codes, found.fetched(), found.progress) == ((200, None), [], [])
    assert download.path.read_bytes() == DATA


# ---- secrets ----


def test_secrets_are_told_nobody(download: Download) -> None:
    config, logged = download.options.config, list[str]()
    download.server.add_sts("sts-token-secret", "sts-ak", "sts-sk-secret")
    config.access_key_id, config.access_key_secret, config.sts_token = "sts-ak", "sts-sk-secret", "sts-token-secret"
    aos_log_set_print(lambda text, length: logged.append(text))
    aos_log_set_level(AOS_LOG_DEBUG)
    try:
        outcomes = [download()]
        for name in ("403", "reset in the body", "wrong ETag", "wrong range"):
            download.server.add_fault(part_fault(part=1, **FAULTS[name][0]))
            outcomes.append(download())
    finally:
        aos_log_set_level(AOS_LOG_WARN)
        aos_log_set_print(aos_log_print_default)
    assert [found.code for found in outcomes] == [200, 403, AOSE_CONNECTION_FAILED, 412, AOSE_INTERNAL_ERROR]
    told = " ".join([*logged, *(repr(found.status) for found in outcomes), repr(download.options)])
    signatures = [v for found in outcomes for r in found.requests for n, v in r.headers if n == "Authorization"]
    assert len(logged) > 5
    assert signatures
    for secret in ("-secret", *(signature.rpartition(":")[2] for signature in signatures)):
        assert secret not in told


# ---- cancelling ----


class Stop(Exception):
    """The caller's."""


@pytest.mark.parametrize("error", [Stop("now"), OSError(28, "mine"), KeyboardInterrupt()], ids=repr)
@pytest.mark.parametrize("enable_checkpoint", [False, True], ids=["nocp", "cp"])
def test_progress_cancels(download: Download, error: BaseException, enable_checkpoint: bool) -> None:
    def progress(done: int, total: int) -> None:
        if done >= 2 * PART:
            raise error

    download.threads, download.on_progress, download.enable_checkpoint = 1, progress, enable_checkpoint
    download.server.add_fault(part_fault("stall", 3))
    with pytest.raises(type(error)) as raised:
        download()
    assert raised.value is error
    assert download.path.read_bytes() == b"old"
    assert download.left() == (True, enable_checkpoint, enable_checkpoint)
    done = download.done() if enable_checkpoint else []
    assert not enable_checkpoint or {0, 1} <= set(done)
    download.on_progress = None
    download.server.clear_faults()
    found = download()
    assert (found.codes, {*found.fetched()}) == ((200, None), {*range(5)} - {*done})
    assert download.path.read_bytes() == DATA


def test_a_transport_that_raises(download: Download, monkeypatch: pytest.MonkeyPatch) -> None:
    def perform(t: aos_http_transport_t) -> int:
        if "Range" in t.req.headers:
            raise Stop("in a thread")
        return aos_curl_http_transport_perform(t)

    with monkeypatch.context() as raising, pytest.raises(Stop):
        raising.setattr(aos_http_io, "aos_http_transport_perform", perform)
        download()
    assert download().codes == (200, None)


def test_a_cancel_before_the_checkpoint_is_read(download: Download, monkeypatch: pytest.MonkeyPatch) -> None:
    """What an earlier call has finished is still there for the next one."""
    download.interrupted(DATA, missing=(3,))
    pool = download.options.pool

    def opened(path: str, mode: int) -> PartFile:
        found = open_locked(path, mode)
        aos_pool_destroy(pool)
        return found

    with monkeypatch.context() as patch:
        patch.setattr("oss._transfer.download.open_locked", opened)
        assert download().code == AOSE_ABORT_CALLBACK
    again = Download(download.server, download.path)()
    assert (again.codes, again.fetched()) == ((200, None), [3])
    assert download.path.read_bytes() == DATA


def test_a_pool_that_is_destroyed_elsewhere(download: Download) -> None:
    pool = download.options.pool
    stalled = [download.server.add_fault(part_fault("stall", part)) for part in range(3)]

    def destroy() -> None:
        until(lambda: all(fault.fired for fault in stalled))
        aos_pool_destroy(pool)

    thread = threading.Thread(target=destroy)
    thread.start()
    found = download()
    thread.join()
    assert found.code == AOSE_ABORT_CALLBACK
    assert str(found.status.error_msg).endswith("the pool was destroyed during the transfer")
    assert download.path.read_bytes() == b"old"


def test_no_descriptor_and_no_thread_is_left(download: Download) -> None:
    def run() -> None:
        for name in ("none", "reset in the body", "403", "wrong ETag", "stall"):
            download.server.clear_faults()
            if name != "none":
                download.server.add_fault(part_fault(part=2, **FAULTS[name][0]))
            download.patience = IMPATIENT if name in SLOW else PATIENT
            download()
        download.server.clear_faults()
        assert download().codes == (200, None)
        aos_http_io_deinitialize()

    run()
    mine = f"/proc/{os.getpid()}/fd"
    path = str(download.path.parent)

    def ours() -> list[str]:
        links = (os.path.join(mine, name) for name in os.listdir(mine))
        return [
            link for link in (os.readlink(item) for item in links if os.path.lexists(item)) if link.startswith(path)
        ]

    assert not ours()
    assert not [thread for thread in threading.enumerate() if "_run" in thread.name]


INTERRUPTED = """
import signal, sys
from oss.oss_api import *
signal.signal(signal.SIGINT, signal.default_int_handler)  # in the background of a shell it is ignored
endpoint, path = sys.argv[1:]
aos_http_io_initialize(None, 0)
options = oss_request_options_create(None)
options.config = oss_config_create(None)
options.config.endpoint = endpoint
options.config.access_key_id, options.config.access_key_secret = "local-ak", "local-sk-secret"
options.ctl = aos_http_controller_create(None, 0)
params = oss_create_resumable_clt_params_content(None, 10000, 3, 1, None)
print("ready", flush=True)
oss_resumable_download_file(options, "bucket-a", "dir/object.bin", path, None, None, params, None, None)
"""


def test_ctrl_c_ends_the_program(download: Download) -> None:
    stalled = [download.server.add_fault(part_fault("stall", part, after=10)) for part in range(2, 5)]
    command = [sys.executable, "-c", INTERRUPTED, download.server.endpoint, str(download.path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as child:
        try:
            until(lambda: all(fault.fired for fault in stalled) or child.poll() is not None)
            child.send_signal(signal.SIGINT)
            child.wait(PATIENCE)
        finally:
            child.kill()
        assert child.stderr is not None
        assert b"KeyboardInterrupt" in child.stderr.read()
    assert set(download.done()) == {0, 1}
    assert download().fetched() == [2, 3, 4]
    assert download.path.read_bytes() == DATA
