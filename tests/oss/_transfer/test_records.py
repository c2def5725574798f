"""The record of an upload names where the upload goes: one that goes elsewhere leaves it alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from oss._request.endpoint import host_of_service
from oss.local_server import Fault, LocalServer
from oss.oss_api import oss_abort_multipart_upload, oss_checkpoint_t
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


def renamed(upload: Upload, begun: bytes) -> None:
    """Lets the record name its service in another way."""
    upload.checkpoint.write_bytes(re.sub(rb"<Endpoint>.*?<", b"<Endpoint>internal.example.com<", begun))


def test_the_same_service_by_another_name(upload: Upload, begun: bytes) -> None:
    """Who knows the upload is asked, since a service may have several names."""
    renamed(upload, begun)
    found = upload()
    assert (found.codes, found.sent(), upload.checkpoint.exists()) == ((200, None), [4, 5], False)
    assert [request.method for request in found.requests].count("GET") == 1


@pytest.mark.parametrize("whole", [True, False])
def test_an_upload_that_became_an_object_by_another_name(upload: Upload, begun: bytes, whole: bool) -> None:
    """An upload that was completed is known no more: the object tells of it, if the record has all parts."""
    (upload_id,) = upload.begun()
    upload.server.clear_faults()
    if whole:
        upload.server.add_fault(Fault({"method": "POST"}, action="status", status=403))
        assert upload().code == 403
    renamed(upload, upload.checkpoint.read_bytes())
    assert oss_abort_multipart_upload(upload.options, BUCKET, KEY, upload_id, None).code == 204
    upload.server.put(BUCKET, KEY, DATA)
    found = upload()
    assert (found.codes, found.sent() == [], upload.checkpoint.exists()) == ((200, None), whole, not whole)


@pytest.mark.parametrize(("status", "told"), [(403, 200), (404, 200), (500, 500)])
def test_a_service_that_does_not_say_what_it_knows(upload: Upload, begun: bytes, status: int, told: int) -> None:
    renamed(upload, begun)
    before = upload.checkpoint.read_bytes()
    upload.server.add_fault(Fault({"method": "GET"}, action="status", status=status))
    found = upload()
    assert (found.code, found.sent()) == (told, [1, 2, 3, 4, 5] if told == 200 else [])
    assert upload.checkpoint.read_bytes() == before


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
    ("endpoint", "host"),
    [
        ("http://127.0.0.1:1", "127.0.0.1:1"),
        ("https://user@Example.com:443/path", "example.com"),
        ("example.com:80", "example.com"),
        ("[::1]:80", "[::1]"),
        ("[::1]", "[::1]"),
    ],
)
def test_the_host_of_a_service(endpoint: str, host: str) -> None:
    assert host_of_service(options_at(endpoint)) == host
