"""Retries of a resumable transfer: each of its requests, the service's clock, and an upload that is gone."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from typing import Any

import pytest

from aos import apr_time
from oss._request import retry
from oss._transfer.plan import Outcome
from oss._transfer.transfer import Transfer as Moving
from oss.local_server import Fault
from oss.oss_api import AOSE_ABORT_CALLBACK, AOSE_SERVICE_ERROR, oss_abort_multipart_upload, oss_get_object_to_buffer
from tests.resumable import DATA, KEY, PART, Download, Transfer, Upload, pattern
from tests.service import BUCKET, content, new_list, table
from tests.wire import WireServer, answer, say

HOUR = 3600
REQUESTS: dict[str, Callable[[Any], bool]] = {
    "HEAD": lambda call: call.request.method == "HEAD",
    "part of a download": lambda call: call.request.method == "GET",
    "initiation": lambda call: call.request.method == "POST" and "uploads" in call.query,
    "part of an upload": lambda call: call.request.method == "PUT",
    "completion": lambda call: call.request.method == "POST" and "uploadId" in call.query,
    "abort": lambda call: call.request.method == "DELETE",
}
OF_A_DOWNLOAD, OF_AN_UPLOAD = ("HEAD", "part of a download"), ("initiation", "part of an upload", "completion")


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pause of the port's own takes no time."""
    monkeypatch.setattr(retry, "BACKOFF_FIRST", 0.0)


def refuse(transfer: Transfer, what: str, times: int | None = 2, status: int = 503, **more: Any) -> Fault:
    return transfer.server.add_fault(Fault(REQUESTS[what], times=times, action="status", status=status, **more))


def check(transfer: Transfer) -> None:
    """Makes a transfer that succeeds."""
    assert transfer().codes == (200, None)
    got = new_list()
    assert oss_get_object_to_buffer(transfer.options, BUCKET, KEY, None, None, got, None).code == 200
    assert transfer.path.read_bytes() == DATA == content(got)


@pytest.mark.parametrize("name", OF_A_DOWNLOAD)
def test_every_request_of_a_download_is_tried_again(download: Download, logged: list[str], name: str) -> None:
    download.threads, download.retry_times = 1, 2
    fault = refuse(download, name)
    check(download)
    assert (fault.fired, len(logged)) == (2, 2)
    assert all("503 " in line and "retry " in line for line in logged)


@pytest.mark.parametrize("name", OF_AN_UPLOAD)
def test_every_request_of_an_upload_is_tried_again(upload: Upload, logged: list[str], name: str) -> None:
    upload.threads, upload.retry_times = 1, 2
    fault = refuse(upload, name)
    check(upload)
    assert (fault.fired, len(logged), upload.begun()) == (2, 2, [])


@pytest.mark.parametrize("name", OF_AN_UPLOAD)
def test_no_request_is_tried_again_by_default(upload: Upload, name: str) -> None:
    upload.threads = 1
    fault = refuse(upload, name)
    assert (upload().code, fault.fired) == (503, 1)


def test_the_times_of_the_options_hold_for_a_transfer(download: Download) -> None:
    """The more of both; the caller's options stay as they are."""
    download.options.retry_times, download.retry_times = 3, 1
    fault = refuse(download, "HEAD", None)
    assert download().code == 503
    assert (fault.fired, download.options.retry_times) == (4, 3)


def test_an_abort_is_tried_again(upload: Upload) -> None:
    upload.threads, upload.retry_times, upload.enable_checkpoint = 1, 2, False
    refuse(upload, "part of an upload", None, 403)
    fault = refuse(upload, "abort")
    assert upload().code == 403
    assert (fault.fired, upload.begun()) == (2, [])


def test_the_abort_of_a_cancelled_upload_is_tried_once(upload: Upload) -> None:
    upload.threads, upload.retry_times, upload.enable_checkpoint = 1, 1000, False
    fault = refuse(upload, "abort", None)

    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    upload.on_progress = stop
    with pytest.raises(KeyboardInterrupt):
        upload()
    assert fault.fired == 1


@pytest.mark.parametrize("retry_times", [0, 1])
def test_a_completion_that_was_not_heard_of(upload: Upload, retry_times: int) -> None:
    """Its answer is lost and the service then knows the upload no more: the object tells that it was completed."""
    upload.retry_times = retry_times
    upload.server.add_fault(Fault(REQUESTS["completion"], times=1 + retry_times, action="reset"))
    found = upload()
    assert (found.codes, found.sent(), upload.stored()) == ((200, None), [1, 2, 3, 4, 5], DATA)


@pytest.mark.parametrize("what", ["HEAD", "part of a download"])
def test_retry_after(download: Download, monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    asked: list[float | None] = []

    def note(_who_waits: object, pause: float | None = None) -> bool:
        asked.append(pause)
        return False

    monkeypatch.setattr("oss._call.api.ended_within", note)
    monkeypatch.setattr("threading.Event.wait", note)
    download.threads = download.retry_times = 1
    refuse(download, what, 1, 429, headers=(("Retry-After", "7"),))
    check(download)
    assert 7.0 in asked


@pytest.mark.parametrize("what", OF_A_DOWNLOAD)
def test_a_pause_ends_with_the_call(download: Download, monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    """A cancelled transfer does not wait for its next try, which would be in twelve days."""
    monkeypatch.setattr(retry, "pause_after", lambda tries, headers: 1e6)
    pool = download.options.pool
    download.server.add_fault(Fault(REQUESTS[what], action="hook", call=lambda call, server: pool.destroy()))
    download.threads = download.retry_times = 1
    fault = refuse(download, what, None)
    assert download().code in (503, AOSE_ABORT_CALLBACK)
    assert fault.fired <= 1


# ---- the clock ----


@pytest.mark.parametrize("version", [1, 4])
@pytest.mark.parametrize("what", ["download", "upload"])
def test_a_transfer_by_a_wrong_clock(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, what: str, version: int
) -> None:
    transfer, right = request.getfixturevalue(what), apr_time.apr_time_now
    monkeypatch.setattr(apr_time, "apr_time_now", lambda: right() - HOUR * 1_000_000)
    transfer.options.config.signature_version = version
    assert transfer().codes == (403, "RequestTimeTooSkewed")
    transfer.options.config.adjust_clock = 1
    check(transfer)
    assert HOUR - 60 < transfer.options.config.clock_offset < HOUR + 60


def test_the_clock_goes_wrong_between_two_parts(download: Download, monkeypatch: pytest.MonkeyPatch) -> None:
    right, slow, complete = apr_time.apr_time_now, [0], Moving.complete
    monkeypatch.setattr(apr_time, "apr_time_now", lambda: right() - slow[0] * 1_000_000)
    download.threads, download.options.config.adjust_clock = 1, 1

    def complete_and_go_wrong(transfer: Moving[Any], result: Outcome) -> None:
        complete(transfer, result)
        slow[0] = HOUR

    monkeypatch.setattr(Moving, "complete", complete_and_go_wrong)
    found = download()
    assert (found.codes, len(found.fetched())) == ((200, None), 6)
    assert download.path.read_bytes() == DATA


# ---- an upload that is gone ----


def gone_during(upload: Upload, times: int) -> list[int]:
    """Lets somebody abort the upload when its parts are there, and count how often that is."""
    seen: list[int] = []

    def progress(done: int, total: int) -> None:
        if done == total and len(seen) < times:
            seen.append(done)
            (upload_id,) = upload.begun()
            assert oss_abort_multipart_upload(upload.options, BUCKET, KEY, upload_id, None).code == 204

    upload.on_progress = progress
    return seen


@pytest.mark.parametrize("enable_checkpoint", [False, True], ids=["nocp", "cp"])
def test_an_upload_that_is_gone_begins_anew(upload: Upload, logged: list[str], enable_checkpoint: bool) -> None:
    upload.enable_checkpoint = enable_checkpoint
    seen = gone_during(upload, 1)
    found = upload()
    assert (found.codes, found.sent(), len(seen)) == ((200, None), sorted([1, 2, 3, 4, 5] * 2), 1)
    assert (upload.stored(), upload.checkpoint.exists(), upload.begun()) == (DATA, False, [])
    assert ["is gone, it begins anew" in line for line in logged] == [True]


def test_an_upload_begins_anew_once(upload: Upload) -> None:
    seen = gone_during(upload, 9)
    assert upload().codes == (404, "NoSuchUpload")
    assert (len(seen), upload.checkpoint.exists(), upload.stored()) == (2, False, b"old")


def test_a_part_of_an_upload_that_was_completed(upload: Upload) -> None:
    """Its last record was lost with the call that completed it: the object is there, so that nothing is sent."""
    upload.threads = 1
    upload.server.add_fault(Fault({"method": "PUT", "part": 3}, action="status", status=403))
    assert upload().code == 403
    (upload_id,) = upload.begun()
    assert oss_abort_multipart_upload(upload.options, BUCKET, KEY, upload_id, None).code == 204
    upload.server.put(BUCKET, KEY, DATA)
    found = upload()
    assert (found.codes, found.sent(), found.requests[-1].method) == ((200, None), [3], "HEAD")
    assert (upload.checkpoint.exists(), found.headers["Content-Length"]) == (False, str(len(DATA)))


def test_the_file_is_another_when_the_upload_begins_anew(upload: Upload) -> None:
    """What is sent the second time is the file as it is then, in its own parts."""
    seen, new = gone_during(upload, 1), pattern(2 * PART, 3)
    upload.server.add_fault(
        Fault(REQUESTS["completion"], action="hook", call=lambda call, server: upload.path.write_bytes(new))
    )
    assert (upload().codes, len(seen), upload.stored()) == ((200, None), 1, new)


# ---- an error in a success ----


def test_a_completion_that_fails_late(upload: Upload) -> None:
    """The record outlives it, so that the next call only completes the upload."""
    refuse(upload, "completion", 1, 200, code="InternalError", message="too late")
    found = upload()
    assert (*found.codes, found.status.error_msg) == (AOSE_SERVICE_ERROR, "InternalError", "too late")
    assert upload.stored() == b"old"
    found = upload()
    assert (found.codes, found.sent(), upload.stored()) == ((200, None), [], DATA)


def test_a_completion_that_fails_late_is_tried_again(upload: Upload) -> None:
    upload.retry_times = 1
    fault = refuse(upload, "completion", 1, 200, code="InternalError")
    check(upload)
    assert fault.fired == 1


def test_a_callback_that_fails_is_told(upload: Upload) -> None:
    with WireServer(say(answer(b"", "502 Bad Gateway"))) as far:
        asked = {"callbackUrl": far.url, "callbackBody": "x"}
        upload.headers = table(("x-oss-callback", base64.b64encode(json.dumps(asked).encode()).decode()))
        found = upload()
    assert found.codes == (203, "CallbackFailed")
    assert "502" in str(found.status.error_msg)
    assert (upload.stored(), upload.checkpoint.exists()) == (DATA, False)
