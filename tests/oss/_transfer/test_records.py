"""The record of an upload names where the upload goes: one that goes elsewhere leaves it alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from oss._request.endpoint import host_of_service, is_same_service
from oss.local_server import Fault, LocalServer
from oss.oss_api import oss_checkpoint_t
from oss.oss_xml import oss_build_checkpoint_xml
from tests.resumable import DATA, KEY, Upload
from tests.service import BUCKET, options_at

OTHER = "bucket-b"


@pytest.fixture
def buckets() -> list[str]:
    return [BUCKET, OTHER]


@pytest.fixture
def begun(upload: Upload) -> bytes:
    """The record of an upload to BUCKET whose parts 1 to 3 are there."""
    upload.threads = 1
    refused = {"method": "PUT", "part": 4, "bucket": BUCKET}
    upload.server.add_fault(Fault(refused, action="status", status=403))
    assert upload().code == 403
    assert upload.done() == [0, 1, 2]
    return upload.checkpoint.read_bytes()


def to(upload: Upload, bucket: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets the upload go to a bucket."""
    monkeypatch.setattr("tests.resumable.BUCKET", bucket)


def test_a_record_names_its_place(upload: Upload, begun: bytes) -> None:
    found = upload.load()
    assert (str(found.bucket), str(found.endpoint)) == (BUCKET, upload.server.endpoint.removeprefix("http://"))


def test_an_upload_to_another_bucket_leaves_the_record(
    upload: Upload, begun: bytes, logged: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    to(upload, OTHER, monkeypatch)
    found = upload()
    assert (found.codes, found.sent()) == ((200, None), [1, 2, 3, 4, 5])
    assert upload.server.get(OTHER, KEY) == DATA
    assert upload.checkpoint.read_bytes() == begun
    (line,) = logged
    assert str(upload.checkpoint) in line and f"is kept: it is of an upload to {BUCKET} at 127.0.0.1" in line
    to(upload, BUCKET, monkeypatch)
    found = upload()
    assert (found.codes, found.sent(), upload.checkpoint.exists()) == ((200, None), [4, 5], False)


def test_an_upload_to_another_bucket_that_fails_leaves_the_record(
    upload: Upload, begun: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It has no record itself, so that it is aborted."""
    to(upload, OTHER, monkeypatch)
    upload.server.add_fault(Fault({"method": "PUT", "bucket": OTHER}, nth=3, action="status", status=403))
    assert upload().code == 403
    assert (upload.begun(), upload.checkpoint.read_bytes()) == ([], begun)
    assert not Path(f"{upload.path}.uc~").exists()


def test_an_upload_to_another_service_leaves_the_record(upload: Upload, begun: bytes) -> None:
    with LocalServer(buckets=[BUCKET]) as elsewhere:
        config, here = upload.options.config, upload.server
        upload.server, config.endpoint = elsewhere, elsewhere.endpoint
        assert upload().codes == (200, None)
        assert elsewhere.get(BUCKET, KEY) == DATA
    assert upload.checkpoint.read_bytes() == begun
    upload.server, config.endpoint = here, here.endpoint
    assert upload().sent() == [4, 5]


NAMES = re.compile(rb"<(Bucket|Endpoint)>.*?</\1>")
OLDER: dict[str, Callable[[bytes], bytes]] = {
    "without names": lambda record: NAMES.sub(b"", record),
    "with empty names": lambda record: NAMES.sub(rb"<\1></\1>", record),
    "of a bucket, but of no service": lambda record: record.replace(b"Endpoint>", b"Elsewhere>"),
}


@pytest.mark.parametrize("name", OLDER)
def test_a_record_that_names_no_place_is_continued(upload: Upload, begun: bytes, name: str) -> None:
    older = OLDER[name](begun)
    assert older != begun
    upload.checkpoint.write_bytes(older)
    found = upload()
    assert (found.codes, found.sent()) == ((200, None), [4, 5])


def test_the_c_sdks_document_is_as_it_was() -> None:
    """A checkpoint without the names is written byte for byte as before."""
    checkpoint = oss_checkpoint_t()
    assert not NAMES.search(oss_build_checkpoint_xml(None, checkpoint).encode())
    checkpoint.bucket, checkpoint.endpoint = BUCKET, "host"
    assert f"<Bucket>{BUCKET}</Bucket><Endpoint>host</Endpoint></Object>" in oss_build_checkpoint_xml(None, checkpoint)


@pytest.mark.parametrize(
    ("endpoint", "other", "same"),
    [
        ("http://127.0.0.1:1", "127.0.0.1:1", True),
        ("http://127.0.0.1:1", "http://127.0.0.1:2", False),
        ("http://Example.com:80/", "https://user@example.com:443", True),
        ("http://example.com", "http://example.org", False),
        ("oss-cn-hangzhou.aliyuncs.com", "https://oss-cn-hangzhou-internal.aliyuncs.com", True),
        ("oss-cn-hangzhou.aliyuncs.com", "oss-accelerate.aliyuncs.com:80", True),
        ("oss-cn-hangzhou.aliyuncs.com", "cb-1.cn-hangzhou.oss-cloudbox.aliyuncs.com", False),
        ("oss-cn-hangzhou.aliyuncs.com", "oss-cn-hangzhou.aliyuncs.com.example.org", False),
        ("[::1]:80", "[::1]", True),
        ("[::1]:8080", "[::1]", False),
    ],
)
def test_names_of_one_service(endpoint: str, other: str, same: bool) -> None:
    hosts = [host_of_service(options_at(one)) for one in (endpoint, other)]
    assert is_same_service(*hosts) == is_same_service(*reversed(hosts)) == same
