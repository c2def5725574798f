"""oss_resumable_download_file: what it fetches, writes, reports and leaves, when all goes well."""

from __future__ import annotations

import socket
import traceback
from typing import Any

import pytest
import requests
from requests.adapters import HTTPAdapter

from aos import aos_http_io
from aos._http import client
from aos.aos_crc64 import aos_crc64
from oss.local_server import Fault
from oss.oss_api import (
    AOSE_CRC_INCONSISTENT_ERROR,
    AOSE_INTERNAL_ERROR,
    AOSE_INVALID_ARGUMENT,
    aos_curl_http_transport_perform,
    aos_http_io_deinitialize,
    aos_http_transport_t,
    aos_status_t,
    aos_string_t,
    aos_table_t,
    oss_resumable_download_file,
    oss_resumable_download_file_internal,
)
from tests.resumable import DATA, KEY, PART, Download, pattern
from tests.service import BUCKET, table

# ---- sizes ----


@pytest.mark.parametrize("enable_checkpoint", [False, True])
@pytest.mark.parametrize(
    ("size", "part_size"),
    [
        *((0, PART), (1, PART), (1, 1)),
        *((PART - 1, PART), (PART, PART), (PART + 1, PART), (2 * PART, PART), (2 * PART - 1, PART)),
        *((5000, 1 << 62), (700_000, 300_000), (7, 3)),
    ],
)
def test_sizes(download: Download, size: int, part_size: int, enable_checkpoint: bool) -> None:
    data = download.put(pattern(size))
    download.part_size, download.enable_checkpoint = part_size, enable_checkpoint
    found = download()
    assert found.codes == (200, None)
    assert download.path.read_bytes() == data
    assert download.left() == (True, False, False)
    count = -(-size // part_size)
    assert found.fetched(part_size) == list(range(count))
    assert [done for done, _ in found.progress] == sorted(done for done, _ in found.progress)
    assert len(found.progress) == count
    assert not count or found.progress[-1] == (size, size)


@pytest.mark.parametrize("part_size", [0, -1, -(1 << 63)])
def test_a_part_size_that_is_none(download: Download, part_size: int) -> None:
    download.part_size = part_size
    found = download()
    assert (found.codes, "part_size" in str(found.status.error_msg)) == ((AOSE_INVALID_ARGUMENT, "ClientError"), True)
    assert not found.requests


@pytest.mark.parametrize(("threads", "most"), [(0, 1), (-1, 1), (1, 1), (2, 2), (1024, 5), (1025, 1)])
def test_thread_num(download: Download, threads: int, most: int) -> None:
    download.threads = threads
    aos_http_io_deinitialize()
    before = download.server.connections
    assert download().codes == (200, None)
    assert download.server.connections - before <= most + 1
    assert download.path.read_bytes() == DATA


def test_many_threads_are_quiet(download: Download, caplog: pytest.LogCaptureFixture) -> None:
    download.threads, download.part_size = 60, 100
    assert download().codes == (200, None)
    assert not [record for record in caplog.records if record.levelname == "WARNING"]


# ---- arguments ----


def _call(download: Download, clt_params: Any, **given: Any) -> aos_status_t:
    named: dict[str, Any] = {"headers": None, "params": None, "progress_callback": None, "resp_headers": None} | given
    return oss_resumable_download_file(
        download.options, BUCKET, KEY, str(download.path), clt_params=clt_params, **named
    )


def test_clt_params_null(download: Download) -> None:
    status = _call(download, None)
    assert (status.code, "clt_params" in str(status.error_msg)) == (AOSE_INVALID_ARGUMENT, True)


def test_everything_null_that_may_be(download: Download) -> None:
    assert _call(download, download.clt_params()).code == 200
    assert download.path.read_bytes() == DATA


def test_the_answer_is_the_heads(download: Download) -> None:
    found = download()
    assert found.requests[0].method == "HEAD"
    assert found.headers["Content-Length"] == str(len(DATA))
    assert found.headers["x-oss-hash-crc64ecma"] == str(aos_crc64(0, DATA, len(DATA)))
    assert found.status.req_id == found.headers["x-oss-request-id"]
    assert found.requests[-1].method == "GET"


def test_the_internal_function(download: Download) -> None:
    path, headers = str(download.path), aos_table_t()
    for checkpoint in (None, "", aos_string_t(), str(download.path.parent / "cp")):
        status = oss_resumable_download_file_internal(
            download.options, BUCKET, KEY, path, None, None, 2, PART, checkpoint, None, headers
        )
        assert (status.code, status.error_msg) == (200, None)
        assert [item.name for item in download.path.parent.iterdir()] == ["file"]


# ---- what goes with each request ----


def test_headers_and_params_go_with_every_part(download: Download) -> None:
    given = table(("x-oss-traffic-limit", "819200"), ("X-Oss-Request-Payer", "requester"), ("If-Match", "*"))
    params = table(versionId="null")
    download.headers, download.params = given.copy(), params.copy()
    found = download()
    assert found.codes == (200, None)
    for record in found.requests:
        sent = {name.lower(): value for name, value in record.headers}
        assert (sent["x-oss-traffic-limit"], sent["x-oss-request-payer"]) == ("819200", "requester")
        assert record.target.endswith("?versionId=null")
        assert ("if-match" in sent) == (record.method == "HEAD")
        assert len(sent) == len(record.headers), "no header twice"
    assert list(download.headers.items()) == list(given.items()), "the caller's tables are as they were"
    assert list(download.params.items()) == list(params.items())


def test_parts_share_connections(download: Download) -> None:
    aos_http_io_deinitialize()
    download.threads, download.part_size = 2, 100
    before = download.server.connections
    found = download()
    assert len(found.fetched(100)) == -(-len(DATA) // 100)
    assert download.server.connections - before <= 3


@pytest.mark.parametrize("version", [1, 4])
def test_signatures(download: Download, version: int) -> None:
    download.options.config.signature_version = version
    assert download().codes == (200, None)
    assert download.path.read_bytes() == DATA


@pytest.mark.parametrize("version", [1, 4])
def test_sts(download: Download, version: int) -> None:
    download.server.add_sts("token+/=", "sts-ak", "sts-sk")
    config = download.options.config
    config.access_key_id, config.access_key_secret, config.sts_token = "sts-ak", "sts-sk", "token+/="
    config.signature_version = version
    assert download().codes == (200, None)
    assert download.path.read_bytes() == DATA


def test_virtual_host(download: Download, monkeypatch: pytest.MonkeyPatch) -> None:
    resolve = socket.getaddrinfo
    monkeypatch.setattr(socket, "getaddrinfo", lambda host, *args, **kwds: resolve("127.0.0.1", *args, **kwds))
    download.options.config.endpoint = f"localhost:{download.server.port}"
    found = download()
    assert found.codes == (200, None)
    assert dict(found.requests[-1].headers)["Host"] == f"{BUCKET}.localhost:{download.server.port}"


def test_cname(download: Download, monkeypatch: pytest.MonkeyPatch) -> None:
    resolve = socket.getaddrinfo
    monkeypatch.setattr(socket, "getaddrinfo", lambda host, *args, **kwds: resolve("127.0.0.1", *args, **kwds))
    download.server.add_cname("img.example.com", BUCKET)
    download.options.config.endpoint, download.options.config.is_cname = f"img.example.com:{download.server.port}", 1
    found = download()
    assert found.codes == (200, None)
    assert dict(found.requests[-1].headers)["Host"] == f"img.example.com:{download.server.port}"


@pytest.mark.parametrize("key", ["a b+c%/d&e=f?g", "文件/<对象>\"'", "x" * 1023, "double//slash", "."])
def test_keys(download: Download, key: str) -> None:
    download.key = key
    download.put(DATA)
    assert download().codes == (200, None)
    assert download.path.read_bytes() == DATA


# ---- CRC64 ----


@pytest.mark.parametrize("enable_crc", [0, 1])
@pytest.mark.parametrize("action", ["none", "drop_header", "wrong_crc"])
def test_crc64_of_the_whole(download: Download, enable_crc: int, action: Any) -> None:
    if action != "none":
        header: dict[str, Any] = {"header": "x-oss-hash-crc64ecma"} if action == "drop_header" else {}
        download.server.add_fault(Fault({"method": "HEAD"}, action=action, **header))
    download.options.ctl.options.enable_crc = enable_crc
    found = download()
    if enable_crc and action == "wrong_crc":
        assert found.codes == (AOSE_CRC_INCONSISTENT_ERROR, "InconsistentError")
        assert download.left() == (False, False, False)
    else:
        assert found.codes == (200, None)
        assert download.path.read_bytes() == DATA


# ---- other transports ----


def test_a_replaced_transport_gets_every_part(download: Download, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []

    def perform(t: aos_http_transport_t) -> int:
        seen.append(t.req.headers.get("Range") or "")
        return aos_curl_http_transport_perform(t)

    monkeypatch.setattr(aos_http_io, "aos_http_transport_perform", perform)
    assert download().codes == (200, None)
    assert sorted(seen) == sorted(
        ["", *(f"bytes={o}-{min(o + PART, len(DATA)) - 1}" for o in range(0, len(DATA), PART))]
    )


def test_a_transport_that_knows_nothing_of_heads(download: Download, monkeypatch: pytest.MonkeyPatch) -> None:
    """It delivers another range: refused although the transport takes any."""

    def perform(t: aos_http_transport_t) -> int:
        return aos_curl_http_transport_perform(t)

    monkeypatch.setattr(aos_http_io, "aos_http_transport_perform", perform)
    assert download().codes == (200, None)
    download.server.add_fault(Fault({"method": "GET"}, action="wrong_range"))
    assert download().codes == (AOSE_INTERNAL_ERROR, "ServerError")


def test_a_foreign_adapter(download: Download) -> None:
    """Mounted on the session: a plain adapter of requests, which gets request after request."""

    class Counting(HTTPAdapter):
        count = 0

        def send(self, *args: Any, **kwds: Any) -> Any:
            self.count += 1
            return super().send(*args, **kwds)

    mounted = Counting()
    client.session().mount("http://127.0.0.1", mounted)
    try:
        assert download().codes == (200, None)
        assert download.path.read_bytes() == DATA
        assert mounted.count == 6
    finally:
        aos_http_io_deinitialize()


def test_an_exception_of_a_foreign_adapter(download: Download) -> None:
    """It reaches the caller, and no variable of the SDK's frames on its way has the signature in it."""
    signatures: list[str] = []

    class Failing(HTTPAdapter):
        def send(self, request: requests.PreparedRequest, *args: Any, **kwds: Any) -> Any:
            if "Range" in request.headers:
                signatures.append(request.headers["Authorization"].rpartition(":")[2])
                raise LookupError("mine")
            return super().send(request, *args, **kwds)

    client.session().mount("http://127.0.0.1", Failing())
    try:
        with pytest.raises(LookupError, match="mine") as raised:
            download()
    finally:
        aos_http_io_deinitialize()
    told = traceback.TracebackException.from_exception(raised.value, capture_locals=True)
    variables = [repr(frame.locals) for frame in told.stack if "/tests/" not in frame.filename]
    assert len(signatures[0]) > 20
    assert not [text for text in variables for signature in signatures if signature in text]
