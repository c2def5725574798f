"""oss_resumable_upload_file: the C SDK's own cases by their names, faults, and what goes with which request."""

from __future__ import annotations

import base64
import contextlib
import fcntl
import json
import os
import re
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from aos import aos_http_io
from aos.aos_crc64 import aos_crc64
from oss.local_server import Fault
from oss.oss_api import (
    AOSE_CONNECTION_FAILED,
    AOSE_CRC_INCONSISTENT_ERROR,
    AOSE_INTERNAL_ERROR,
    AOSE_INVALID_ARGUMENT,
    AOSE_READ_BODY_ERROR,
    aos_curl_http_transport_perform,
    aos_http_transport_t,
    aos_list_t,
    aos_table_t,
    apr_finfo_t,
    oss_abort_multipart_upload,
    oss_get_file_info,
    oss_head_object,
    oss_resumable_clt_params_t,
    oss_resumable_upload_file,
    oss_resumable_upload_file_with_cp,
    oss_resumable_upload_file_without_cp,
)
from tests.resumable import DATA, IMPATIENT, KEY, PART, PATIENT, SIZE, Upload, pattern
from tests.service import BUCKET, content, table
from tests.wire import WireServer, answer, say

WITH_AND_WITHOUT = pytest.mark.parametrize("enable_checkpoint", [False, True], ids=["nocp", "cp"])


def complete(upload: Upload, data: bytes = DATA) -> None:
    assert upload().codes == (200, None)
    assert upload.stored() == data
    assert not upload.checkpoint.exists()
    assert not upload.begun()


def part(number: int, action: Any, **settings: Any) -> Fault:
    return Fault({"method": "PUT", "part": number}, action=action, **settings)


COMPLETE = {"method": "POST", "query": {"uploadId": None}}
INITIATE = {"method": "POST", "query": {"uploads": None}}


# ---- the C SDK's cases ----


@pytest.mark.parametrize(
    "enable_checkpoint",
    [False, True],
    ids=["test_resumable_upload_without_checkpoint", "test_resumable_upload_with_checkpoint"],
)
def test_resumable_upload(upload: Upload, enable_checkpoint: bool) -> None:
    upload.enable_checkpoint = enable_checkpoint
    complete(upload)


@pytest.mark.parametrize("part_size", [10 << 20, 200 << 10, 4321, 1 << 62])
def test_resumable_upload_partsize(upload: Upload, part_size: int) -> None:
    upload.part_size = part_size
    complete(upload)


@pytest.mark.parametrize("threads", [-1, 0, 1, 5, 10, 2000])
def test_resumable_upload_threads(upload: Upload, threads: int) -> None:
    upload.threads = threads
    complete(upload)


@pytest.mark.parametrize("text", ["", "HI, OSS. 中文", "<Checkpoint/>", "<Checkpoint><Type>2</Type></Checkpoint>"])
def test_resumable_upload_with_checkpoint_format_invalid(upload: Upload, text: str) -> None:
    upload.checkpoint.write_text(text)
    complete(upload)


def test_resumable_upload_with_checkpoint_path_invalid(upload: Upload) -> None:
    upload.checkpoint_path = upload.path.parent / "no/such/folder/cp"
    found = upload()
    assert found.status.error_code == "OpenFileFail"
    assert not upload.begun()


def interrupted(upload: Upload, number: int = 2) -> list[int]:
    """An upload whose part ``number`` failed; the numbers of the parts that are done."""
    fault = upload.server.add_fault(part(number, "status", status=403, code="AccessDenied"))
    threads, upload.threads = upload.threads, 1
    assert upload().codes == (403, "AccessDenied")
    assert fault.fired == 1
    upload.threads = threads
    upload.server.clear_faults()
    return [index + 1 for index in upload.done()]


@pytest.mark.parametrize("what", ["size", "time", "type"])
def test_resumable_upload_with_file_size_unavailable(upload: Upload, what: str) -> None:
    interrupted(upload)
    old = upload.checkpoint.read_bytes()
    new = {
        "size": re.sub(rb"<Size>\d+", b"<Size>7", old, count=1),
        "time": re.sub(rb"<LastModified>\d+", b"<LastModified>7", old, count=1),
        "type": old.replace(b"<Type>1", b"<Type>2"),
    }[what]
    assert new != old
    upload.checkpoint.write_bytes(new)
    found = upload()
    assert (found.codes, found.sent()) == ((200, None), [1, 2, 3, 4, 5])
    assert upload.stored() == DATA


def test_resumable_upload_with_uploadid_unavailable(upload: Upload) -> None:
    """The service knows nothing of the upload: it is begun anew in the same call."""
    interrupted(upload, 4)
    (upload_id,) = upload.begun()
    assert oss_abort_multipart_upload(upload.options, BUCKET, KEY, upload_id, None).code == 204
    upload.threads = 1
    found = upload()
    assert (found.codes, found.sent()) == ((200, None), [1, 2, 3, 4, 4, 5])
    assert upload.stored() == DATA
    assert not upload.checkpoint.exists() and not upload.begun()


@pytest.mark.parametrize("number", [1, 2, 5])
def test_resumable_upload_with_uploadid_available(upload: Upload, number: int) -> None:
    done = interrupted(upload, number)
    assert done == list(range(1, number))
    found = upload()
    assert (found.codes, found.sent()) == ((200, None), list(range(number, 6)))
    assert found.progress[-1] == (SIZE, SIZE)
    assert upload.stored() == DATA


@WITH_AND_WITHOUT
@pytest.mark.parametrize("path", ["missing", "no/such/folder/file"])
def test_resumable_upload_with_file_path_invalid(upload: Upload, path: str, enable_checkpoint: bool) -> None:
    upload.path, upload.enable_checkpoint = upload.path.parent / path, enable_checkpoint
    found = upload()
    assert (found.codes, found.requests) == ((2, "OpenFileFail"), [])


@WITH_AND_WITHOUT
@pytest.mark.parametrize("kind", ["folder", "fifo"])
def test_what_is_no_file(upload: Upload, tmp_path: Path, kind: str, enable_checkpoint: bool) -> None:
    upload.path, upload.enable_checkpoint = tmp_path / "it", enable_checkpoint
    os.mkdir(upload.path) if kind == "folder" else os.mkfifo(upload.path)
    found = upload()
    assert (found.codes, found.requests) == ((AOSE_READ_BODY_ERROR, "HttpIoError"), [])


@pytest.mark.parametrize(
    "enable_checkpoint",
    [False, True],
    ids=["test_resumable_upload_progress_without_checkpoint", "test_resumable_upload_progress_with_checkpoint"],
)
def test_resumable_upload_progress(upload: Upload, enable_checkpoint: bool) -> None:
    upload.threads, upload.enable_checkpoint = 1, enable_checkpoint
    assert upload().progress == [(min(end, SIZE), SIZE) for end in range(PART, SIZE + PART, PART)]


@pytest.mark.parametrize(
    ("key", "file", "kind"),
    [
        ("a.txt", "file", "text/plain"),
        ("a", "f.html", "application/octet-stream"),
        ("a.jpg", "f.html", "image/jpeg"),
        ("a.ts", "f.html", "video/MP2T"),
        ("a", "f", "application/octet-stream"),
    ],
)
def test_resumable_upload_content_type(upload: Upload, key: str, file: str, kind: str) -> None:
    upload.path = upload.path.rename(upload.path.parent / file)
    upload.key = key
    assert upload().codes == (200, None)
    headers = aos_table_t()
    assert oss_head_object(upload.options, BUCKET, key, None, headers).code == 200
    assert headers["Content-Type"] == kind


def test_resumable_invalid_parameter(upload: Upload) -> None:
    for bucket in ("a", "Not_valid"):
        params = upload.clt_params()
        status = oss_resumable_upload_file(
            upload.options, bucket, KEY, str(upload.path), None, None, params, None, None, None
        )
        assert status.code == AOSE_INVALID_ARGUMENT


@pytest.mark.parametrize(
    "checkpoint",
    [False, True],
    ids=["test_oss_resumable_upload_file_without_cp_negative", "test_oss_resumable_upload_file_with_cp_negative"],
)
def test_oss_resumable_upload_file_negative(upload: Upload, checkpoint: bool) -> None:
    """The functions that take the settings one by one, and a bucket that is not there."""
    finfo = apr_finfo_t()
    assert oss_get_file_info(str(upload.path), None, finfo) == 0
    before: tuple[Any, ...] = (upload.options, "no-such-bucket", KEY, str(upload.path), None, None, 2, PART)
    after: tuple[Any, ...] = (finfo, None, aos_table_t(), aos_list_t())
    with_cp: Any = oss_resumable_upload_file_with_cp
    without_cp: Any = oss_resumable_upload_file_without_cp
    status = with_cp(*before, str(upload.checkpoint), *after) if checkpoint else without_cp(*before, *after)
    assert (status.code, status.error_code) == (404, "NoSuchBucket")
    assert not upload.checkpoint.exists()


def test_clt_params(upload: Upload) -> None:
    bad: list[tuple[Any, str]] = [(None, "clt_params"), (oss_resumable_clt_params_t(), "part_size")]
    for clt_params, name in bad:
        status = oss_resumable_upload_file(
            upload.options, BUCKET, KEY, str(upload.path), None, None, clt_params, None, None, None
        )
        assert (status.code, name in str(status.error_msg)) == (AOSE_INVALID_ARGUMENT, True)


# ---- sizes ----


@WITH_AND_WITHOUT
@pytest.mark.parametrize("size", [0, 1, PART - 1, PART, PART + 1, 2 * PART])
def test_sizes(upload: Upload, size: int, enable_checkpoint: bool) -> None:
    upload.path.write_bytes(data := pattern(size))
    upload.enable_checkpoint = enable_checkpoint
    found = upload()
    assert found.codes == (200, None)
    assert upload.stored() == data
    assert found.sent() == list(range(1, max(1, -(-size // PART)) + 1))
    assert found.headers["x-oss-hash-crc64ecma"] == str(aos_crc64(0, data, size))


# ---- headers ----


def _sent(found: Any, method: str) -> list[dict[str, str]]:
    return [{name.lower(): value for name, value in r.headers} for r in found.requests if r.method == method]


def test_headers_go_where_they_belong(upload: Upload) -> None:
    upload.headers = table(
        ("x-oss-meta-a", "b"),
        ("x-oss-traffic-limit", "819200"),
        ("x-oss-request-payer", "requester"),
        ("Cache-Control", "no-cache"),
    )
    before = list(upload.headers.items())
    found = upload()
    assert found.codes == (200, None)
    initiate, finish = _sent(found, "POST")
    assert (initiate["x-oss-meta-a"], initiate["cache-control"]) == ("b", "no-cache")
    assert "x-oss-meta-a" not in finish
    for sent in _sent(found, "PUT"):
        assert (sent["x-oss-traffic-limit"], "x-oss-meta-a" in sent) == ("819200", False)
    assert list(upload.headers.items()) == before


def test_forbid_overwrite(upload: Upload) -> None:
    upload.headers = table(("x-oss-forbid-overwrite", "true"))
    found = upload()
    assert found.codes == (409, "FileAlreadyExists")
    assert upload.stored() == b"old"


@pytest.mark.parametrize(
    "enable_checkpoint",
    [False, True],
    ids=["test_resumable_upload_callback_without_checkpoint", "test_resumable_upload_callback_with_checkpoint"],
)
def test_resumable_upload_callback(upload: Upload, enable_checkpoint: bool) -> None:
    upload.enable_checkpoint = enable_checkpoint
    with WireServer(say(answer(b'{"a": "b"}', "200 OK", "Content-Type: application/json"))) as far:
        asked = {"callbackUrl": far.url, "callbackBody": "size=${size}&x:a=${x:a}"}
        upload.headers = table(
            ("x-oss-callback", base64.b64encode(json.dumps(asked).encode()).decode()),
            ("x-oss-callback-var", base64.b64encode(b'{"x:a": "1"}').decode()),
        )
        found = upload()
    assert found.codes == (200, None)
    assert content(found.body) == b'{"a": "b"}'
    assert far.peers[0].received.endswith(f"size={SIZE}&x:a=1".encode())


@pytest.mark.parametrize("times", [1, 2])
def test_complete_whose_answer_is_lost(upload: Upload, times: int) -> None:
    """The object is there: who asks again hears that the upload is no more, and looks at the object's CRC64."""
    upload.server.add_fault(Fault(COMPLETE, times=times, action="reset"))
    first = upload()
    assert upload.stored() == DATA
    if times == 2:  # also the request that is sent again
        assert first.codes == (AOSE_INTERNAL_ERROR, "HttpIoError")
        first = upload()
    assert (first.codes, upload.checkpoint.exists()) == ((200, None), False)
    assert (first.requests[-1].method, [first.sent(), []][times - 1]) == ("HEAD", first.sent())


@pytest.mark.parametrize("stored", [None, DATA[:-1] + b"?", DATA[:-1]])
def test_complete_of_an_upload_that_is_no_more(upload: Upload, stored: bytes | None) -> None:
    """Another object of the name, or none, is not the upload's."""

    def abort(done: int, total: int) -> None:
        if done == total:
            (upload_id,) = upload.begun()
            assert oss_abort_multipart_upload(upload.options, BUCKET, KEY, upload_id, None).code == 204
            if stored is not None:
                upload.server.put(BUCKET, KEY, stored)

    upload.on_progress = abort
    assert upload().codes == (404, "NoSuchUpload")
    assert not upload.checkpoint.exists()


# ---- faults ----

FAULTS: dict[str, tuple[Fault, int, str | None]] = {
    "a part is refused": (part(2, "status", status=403, code="AccessDenied"), 403, "AccessDenied"),
    "a part fails": (part(2, "status", status=500), 500, "InternalError"),
    "a part is not answered": (part(2, "hang_before_head"), AOSE_CONNECTION_FAILED, "HttpIoError"),
    "the connection ends": (part(2, "reset", times=2), AOSE_INTERNAL_ERROR, "HttpIoError"),
    "another CRC64": (part(2, "wrong_crc"), AOSE_CRC_INCONSISTENT_ERROR, "InconsistentError"),
    "no ETag": (part(2, "no_etag"), AOSE_INTERNAL_ERROR, "ServerError"),
    "complete fails": (Fault(COMPLETE, action="status", status=500), 500, "InternalError"),
    "initiate fails": (Fault(INITIATE, action="status", status=503), 503, None),
}


@WITH_AND_WITHOUT
@pytest.mark.parametrize("name", FAULTS)
def test_a_fault(upload: Upload, name: str, enable_checkpoint: bool) -> None:
    fault, code, error_code = FAULTS[name]
    fault.seen = fault.fired = 0
    upload.server.add_fault(fault)
    upload.threads, upload.enable_checkpoint = 1, enable_checkpoint
    upload.patience = IMPATIENT if fault.action == "hang_before_head" else PATIENT
    found = upload()
    upload.patience = PATIENT
    assert found.code == code, found.status
    assert error_code in (None, found.status.error_code)
    assert upload.stored() == b"old"
    upload.server.clear_faults()
    begun = name != "initiate fails"
    assert upload.checkpoint.exists() == (enable_checkpoint and begun)
    assert len(upload.begun()) == (enable_checkpoint and begun), "what cannot be continued is aborted"
    again = upload()
    assert again.codes == (200, None)
    first = (2 if "complete" not in name else 6) if enable_checkpoint and begun else 1
    assert again.sent() == list(range(first, 6))
    assert upload.stored() == DATA


def test_the_crc64_of_the_whole(upload: Upload) -> None:
    upload.server.add_fault(Fault(COMPLETE, action="wrong_crc"))
    assert upload().codes == (AOSE_CRC_INCONSISTENT_ERROR, "InconsistentError")
    upload.server.add_fault(Fault(COMPLETE, action="wrong_crc"))
    upload.options.ctl.options.enable_crc = 0
    assert upload().codes == (200, None)


def test_retry_times(upload: Upload) -> None:
    fault = upload.server.add_fault(part(2, "status", status=503, times=2))
    upload.retry_times = 2
    complete(upload)
    assert fault.fired == 2


# ---- the file changes ----


def _during(upload: Upload, change: Callable[[], object]) -> None:
    upload.threads = 1
    upload.server.add_fault(Fault({"method": "PUT", "part": 2}, action="hook", call=lambda call, server: change()))


@WITH_AND_WITHOUT
@pytest.mark.parametrize("new", [DATA + b"more", DATA[:-1], DATA[: PART + 1], pattern(SIZE, 9)])
def test_the_file_changes_during_the_upload(upload: Upload, new: bytes, enable_checkpoint: bool) -> None:
    upload.enable_checkpoint = enable_checkpoint
    os.utime(upload.path, ns=(10**18, 10**18))
    _during(upload, lambda: upload.path.write_bytes(new))
    found = upload()
    assert found.code < 0
    assert upload.stored() == b"old"
    upload.server.clear_faults()
    again = upload()
    assert (again.codes, {*again.sent()}) == ((200, None), {*range(1, -(-len(new) // PART) + 1)})
    assert upload.stored() == new


def leases_are_told(path: Path) -> bool:
    """Whether the system tells who has this file open for writing."""
    with path.open("rb") as file:
        try:
            return not fcntl.fcntl(file, fcntl.F_SETLEASE, fcntl.F_RDLCK)
        except (AttributeError, OSError):
            return False


@pytest.mark.parametrize("how", ["a writer", "verify_file"])
def test_a_change_without_a_trace(upload: Upload, how: str) -> None:
    """Size and time stay, as with a mapping: a writer who is there is reason enough to read the file again."""
    if how == "a writer" and not leases_are_told(upload.path):
        pytest.skip("this file system has no leases")
    upload.verify_file = int(how == "verify_file")
    old = upload.path.stat().st_mtime_ns

    def change() -> None:
        with upload.path.open("r+b") as file:
            file.write(b"X" + DATA[1:2])
        os.utime(upload.path, ns=(old, old))

    _during(upload, change)
    with upload.path.open("r+b") if how == "a writer" else contextlib.nullcontext():
        assert upload().codes == (AOSE_CRC_INCONSISTENT_ERROR, "InconsistentError")
    assert upload.stored() == b"old"


def test_a_changed_part_is_sent_again(upload: Upload) -> None:
    """Same size, same time, other bytes: told by the CRC64 that was recorded."""
    assert interrupted(upload, 4) == [1, 2, 3]
    time = upload.path.stat().st_mtime_ns
    new = DATA[:PART] + b"X" + DATA[PART + 1 :]
    upload.path.write_bytes(new)
    os.utime(upload.path, ns=(time, time))
    found = upload()
    assert (found.codes, found.sent()) == ((200, None), [2, 4, 5])
    assert upload.stored() == new


# ---- cancelling ----


class Stop(Exception):
    """The caller's."""


@WITH_AND_WITHOUT
@pytest.mark.parametrize("error", [Stop("now"), KeyboardInterrupt()], ids=repr)
def test_progress_cancels(upload: Upload, error: BaseException, enable_checkpoint: bool) -> None:
    def progress(done: int, total: int) -> None:
        raise error

    upload.threads, upload.on_progress, upload.enable_checkpoint = 1, progress, enable_checkpoint
    with pytest.raises(type(error)) as raised:
        upload()
    assert raised.value is error
    assert len(upload.begun()) == enable_checkpoint
    assert upload.checkpoint.exists() == enable_checkpoint
    done = upload.done() if enable_checkpoint else []
    upload.on_progress = None
    found = upload()
    assert (found.codes, {*found.sent()}) == ((200, None), {1, 2, 3, 4, 5} - {index + 1 for index in done})
    assert upload.stored() == DATA


def test_a_transport_that_raises(upload: Upload, monkeypatch: pytest.MonkeyPatch) -> None:
    begun = threading.Event()

    def perform(t: aos_http_transport_t) -> int:
        if "uploadId" in t.req.query_params:
            begun.set()
            raise Stop("whatever is sent")
        return aos_curl_http_transport_perform(t)

    upload.enable_checkpoint = False
    with monkeypatch.context() as raising, pytest.raises(Stop) as raised:
        raising.setattr(aos_http_io, "aos_http_transport_perform", perform)
        upload()
    assert begun.is_set()
    assert raised.value.__context__ is None, "the abort's own trouble is not the caller's"
