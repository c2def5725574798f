"""Multipart uploads: rules, listings, copies, and other people's clients doing whole uploads."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

import alibabacloud_oss_v2 as v2  # type: ignore[import-untyped]
import oss2  # type: ignore[import-untyped]
import pytest

from oss.local_server import LocalServer
from tests.local_server.clients import Answer, Client, Clients
from tests.service import BUCKET

PART = 100 << 10
PATH = f"/{BUCKET}/big"


def begin(client: Client, path: str = PATH, headers: dict[str, str] | None = None) -> str:
    answer = client("POST", path, "uploads", headers=headers)
    assert answer.status == 200
    return str(answer.xml.value("UploadId"))


def put_part(client: Client, upload: str, number: int | str, data: bytes, path: str = PATH) -> Answer:
    return client("PUT", path, f"partNumber={number}&uploadId={upload}", data, {"Content-Length": str(len(data))})


def complete(client: Client, upload: str, parts: list[tuple[int, str]], path: str = PATH) -> Answer:
    inner = "".join(f"<Part><PartNumber>{n}</PartNumber><ETag>{etag}</ETag></Part>" for n, etag in parts)
    body = f"<CompleteMultipartUpload>{inner}</CompleteMultipartUpload>".encode()
    return client("POST", path, f"uploadId={upload}", body)


def etag_of(data: bytes) -> str:
    return f'"{hashlib.md5(data).hexdigest().upper()}"'


def test_upload_from_beginning_to_end(server: LocalServer, client: Client) -> None:
    upload = begin(client, headers={"x-oss-meta-a": "1", "Content-Type": "a/b", "x-oss-tagging": "k=v"})
    pieces = [b"a" * PART, b"b" * (PART + 1), b"c" * 10]
    for number, piece in zip((1, 5, 10000), pieces, strict=True):
        answer = put_part(client, upload, number, piece)
        assert answer.headers["ETag"] == etag_of(piece)
        assert answer.headers["x-oss-hash-crc64ecma"].isdigit()
    put_part(client, upload, 5, pieces[1])
    done = complete(client, upload, [(n, etag_of(p)) for n, p in zip((1, 5, 10000), pieces, strict=True)])
    digest = hashlib.md5(b"".join(hashlib.md5(piece).digest() for piece in pieces)).hexdigest().upper()
    assert done.xml.value("ETag") == f'"{digest}-3"'
    assert done.xml.value("Key") == "big"
    assert server.get(BUCKET, "big") == b"".join(pieces)
    head = client("HEAD", PATH).headers
    assert head["x-oss-hash-crc64ecma"] == str(server.put(BUCKET, "same", b"".join(pieces)).crc)
    assert (head["x-oss-object-type"], head["x-oss-meta-a"], head["Content-Type"]) == ("Multipart", "1", "a/b")
    assert head["x-oss-tagging-count"] == "1"
    assert complete(client, upload, []).code == "NoSuchUpload"
    files = [path for path in (server.root / "data").rglob("*") if path.is_file()]
    assert len(files) == 2


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ([(2, "b"), (1, "a")], "InvalidPartOrder"),
        ([(1, "a"), (1, "a")], "InvalidPartOrder"),
        ([(1, "b")], "InvalidPart"),
        ([(3, "a")], "InvalidPart"),
        ([(0, "a")], "InvalidArgument"),
        ([(1, "a"), (2, "b")], "EntityTooSmall"),
    ],
)
def test_refused_completes(client: Client, parts: list[tuple[int, str]], code: str) -> None:
    upload = begin(client)
    for number, text in ((1, b"a"), (2, b"b")):
        put_part(client, upload, number, text)
    answer = complete(client, upload, [(number, etag_of(text.encode())) for number, text in parts])
    assert (answer.status, answer.code) == (400, code)
    assert client("GET", PATH, f"uploadId={upload}").status == 200


@pytest.mark.parametrize("body", [b"", b"<x", b"<Other/>", b'<!DOCTYPE a [<!ENTITY b "c">]><CompleteMultipartUpload/>'])
def test_malformed_complete(client: Client, body: bytes) -> None:
    assert client("POST", PATH, f"uploadId={begin(client)}", body).code == "MalformedXML"


def test_an_empty_list_makes_an_empty_object(server: LocalServer, client: Client) -> None:
    upload = begin(client)
    assert client("GET", PATH, f"uploadId={upload}").xml.value("NextPartNumberMarker") == ""
    assert complete(client, upload, []).status == 200
    assert server.get(BUCKET, "big") == b""


@pytest.mark.parametrize(
    ("number", "code"), [("0", "InvalidArgument"), ("10001", "InvalidArgument"), ("x", "InvalidArgument")]
)
def test_part_numbers(client: Client, number: str, code: str) -> None:
    assert put_part(client, begin(client), number, b"x").code == code


def test_abort_and_unknown_uploads(server: LocalServer, client: Client) -> None:
    upload = begin(client)
    put_part(client, upload, 1, b"x")
    assert client("DELETE", PATH, f"uploadId={upload}").status == 204
    for answer in (
        client("DELETE", PATH, f"uploadId={upload}"),
        put_part(client, upload, 1, b"x"),
        complete(client, upload, []),
        client("GET", PATH, f"uploadId={upload}"),
        client("GET", f"/{BUCKET}/other", f"uploadId={begin(client)}"),
    ):
        assert (answer.status, answer.code) == (404, "NoSuchUpload")
    assert not [path for path in (server.root / "data").rglob("*") if path.is_file()]


def test_list_parts_in_pages(client: Client) -> None:
    upload, seen, marker = begin(client), [], ""
    for number in (1, 2, 3, 7, 9):
        put_part(client, upload, number, b"x" * number)
    while True:
        page = client("GET", PATH, f"max-parts=2&part-number-marker={marker}&uploadId={upload}").xml
        seen += [(part.value("PartNumber"), part.value("Size")) for part in page.all("Part")]
        if page.value("IsTruncated") == "false":
            break
        marker = page.value("NextPartNumberMarker") or ""
    assert seen == [(str(n), str(n)) for n in (1, 2, 3, 7, 9)]


@pytest.mark.parametrize("size", [1, 2, 100])
def test_list_uploads_in_pages(client: Client, size: int) -> None:
    for key in ("a", "a", "b/1", "b/2", "c"):
        begin(client, f"/{BUCKET}/{key}")
    found: list[str | None] = []
    markers = ""
    for _ in range(10):
        page = client("GET", f"/{BUCKET}", f"delimiter=%2F{markers}&max-uploads={size}&uploads").xml
        found += [node.value("Key") for node in page.all("Upload")]
        found += [node.value("Prefix") for node in page.all("CommonPrefixes")]
        if page.value("IsTruncated") == "false":
            break
        markers = f"&key-marker={page.value('NextKeyMarker')}&upload-id-marker={page.value('NextUploadIdMarker')}"
    assert sorted(str(key) for key in found) == ["a", "a", "b/", "c"]
    assert len(client("GET", f"/{BUCKET}", "prefix=b&uploads").xml.all("Upload")) == 2
    assert len(client("GET", f"/{BUCKET}", "key-marker=a&uploads").xml.all("Upload")) == 3
    assert client("DELETE", f"/{BUCKET}/").code == "BucketNotEmpty"


def test_part_copies(server: LocalServer, client: Client) -> None:
    data = bytes(range(256)) * 1000
    server.put(BUCKET, "source ä", data)
    upload = begin(client)
    etags = []
    for number, span in ((1, f"bytes=0-{PART - 1}"), (2, f"bytes={PART}-{len(data) - 1}")):
        headers = {"x-oss-copy-source": f"/{BUCKET}/source%20%C3%A4", "x-oss-copy-source-range": span}
        answer = client("PUT", PATH, f"partNumber={number}&uploadId={upload}", headers=headers)
        etags.append((number, str(answer.xml.value("ETag"))))
    assert complete(client, upload, etags).status == 200
    assert server.get(BUCKET, "big") == data
    missing = {"x-oss-copy-source": f"/{BUCKET}/nothing"}
    assert client("PUT", PATH, f"partNumber=1&uploadId={begin(client)}", headers=missing).code == "NoSuchKey"
    beyond = {"x-oss-copy-source": f"/{BUCKET}/big", "x-oss-copy-source-range": f"bytes={len(data)}-"}
    assert client("PUT", PATH, f"partNumber=1&uploadId={begin(client)}", headers=beyond).code == "InvalidRange"


def test_forbid_overwrite(server: LocalServer, client: Client) -> None:
    server.put(BUCKET, "big", b"old")
    answer = client("POST", PATH, "uploads", headers={"x-oss-forbid-overwrite": "true"})
    assert (answer.status, answer.code) == (409, "FileAlreadyExists")


def test_whole_uploads_of_others(server: LocalServer, clients: Clients, bucket: oss2.Bucket, tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.write_bytes(bytes(range(256)) * 2000)
    store = oss2.ResumableStore(root=str(tmp_path))
    oss2.resumable_upload(bucket, "one", str(source), store=store, multipart_threshold=1, part_size=PART, num_threads=3)
    uploader = clients.v2().uploader(part_size=PART, parallel_num=3)
    uploader.upload_file(v2.PutObjectRequest(bucket=BUCKET, key="two"), filepath=str(source))
    downloader = clients.v2().downloader(part_size=PART, parallel_num=3)
    downloader.download_file(v2.GetObjectRequest(bucket=BUCKET, key="two"), str(tmp_path / "target"))
    assert server.get(BUCKET, "one") == server.get(BUCKET, "two") == source.read_bytes()
    assert (tmp_path / "target").read_bytes() == source.read_bytes()


def test_one_lock_an_object_is_enough(server: LocalServer, client: Client) -> None:
    """Objects share locks, so an operation that took two could wait for itself."""
    del server.store._stripes[1:]
    upload = begin(client)
    put_part(client, upload, 1, b"x")
    assert complete(client, upload, [(1, etag_of(b"x"))]).status == 200
    assert client("DELETE", PATH, f"uploadId={begin(client)}").status == 204
    assert client("PUT", f"/{BUCKET}/copy", headers={"x-oss-copy-source": PATH}).status == 200
    assert client("POST", f"/{BUCKET}/log", "append&position=0", b"x").status == 200


def test_a_sequential_upload_has_a_digest(client: Client) -> None:
    data = b"a" * PART
    upload = client("POST", PATH, "sequential&uploads").xml.value("UploadId")
    assert client("PUT", PATH, f"partNumber=2&uploadId={upload}", data).code == "PartNotSequential"
    for number in (1, 2, 1):
        assert client("PUT", PATH, f"partNumber={number}&uploadId={upload}", data).status == 200
    headers = {"x-oss-complete-all": "yes", "x-oss-object-acl": "private"}
    assert client("POST", PATH, f"uploadId={upload}", headers=headers).status == 200
    assert client("GET", PATH, "acl").xml.value("AccessControlList/Grant") == "private"
    assert client("GET", PATH).headers["Content-MD5"] == base64.b64encode(hashlib.md5(data * 2).digest()).decode()
