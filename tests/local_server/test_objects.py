"""Buckets, objects, listings, ranges and conditions, as independent clients and raw requests see them."""

from __future__ import annotations

import base64
import gzip
import hashlib
import threading
from pathlib import Path

import oss2  # type: ignore[import-untyped]
import pytest
import trustme

from oss.local_server import LocalServer
from tests.local_server.clients import Client, Clients
from tests.service import BUCKET

DATA = bytes(range(256)) * 4


def test_put_get_head_delete(bucket: oss2.Bucket) -> None:
    put = bucket.put_object("k", DATA, headers={"x-oss-meta-a": "1", "Cache-Control": "no-cache"})
    md5 = hashlib.md5(DATA).hexdigest().upper()
    assert put.etag == md5 and put.headers["ETag"] == f'"{md5}"'
    assert put.headers["x-oss-hash-crc64ecma"] == str(put.crc)
    got = bucket.get_object("k")
    assert got.read() == DATA
    head = bucket.head_object("k")
    for answer in (got, head):
        assert answer.headers["Server"] == "AliyunOSS"
        assert answer.headers["x-oss-meta-a"] == "1"
        assert answer.headers["Cache-Control"] == "no-cache"
        assert answer.headers["x-oss-object-type"] == "Normal"
        assert answer.headers["x-oss-storage-class"] == "Standard"
        assert answer.headers["Accept-Ranges"] == "bytes"
        assert answer.content_length == len(DATA)
    meta = bucket.get_object_meta("k")
    assert meta.content_length == len(DATA) and "Content-Type" not in meta.headers
    bucket.delete_object("k")
    bucket.delete_object("k")
    with pytest.raises(oss2.exceptions.NoSuchKey):
        bucket.get_object("k").close()
    with pytest.raises(oss2.exceptions.NotFound):
        bucket.head_object("k")


@pytest.mark.parametrize(
    ("header", "status", "expected"),
    [
        ("bytes=0-0", 206, DATA[:1]),
        ("bytes=10-19", 206, DATA[10:20]),
        ("bytes=1000-", 206, DATA[1000:]),
        ("bytes=1000-5000", 206, DATA[1000:]),
        ("bytes=-24", 206, DATA[-24:]),
        ("bytes=-5000", 206, DATA),
        ("bytes=1024-", 416, None),
        ("bytes=2000-3000", 416, None),
        ("bytes=-0", 416, None),
        ("bytes=9-8", 200, DATA),
        ("bytes=0-1,3-4", 200, DATA),
        ("lines=0-1", 200, DATA),
    ],
)
def test_ranges(server: LocalServer, client: Client, header: str, status: int, expected: bytes | None) -> None:
    info = server.put(BUCKET, "k", DATA)
    answer = client("GET", f"/{BUCKET}/k", headers={"Range": header})
    assert answer.status == status
    if expected is None:
        assert answer.code == "InvalidRange"
        assert answer.xml.value("ActualObjectSize") == "1024"
        assert answer.headers["Content-Range"] == "bytes */1024"
        return
    assert answer.body == expected
    assert answer.headers["x-oss-hash-crc64ecma"] == str(info.crc)
    if status == 206:
        start = DATA.index(expected) if expected != DATA[:1] else 0
        if expected == DATA[1000:]:
            start = 1000
        if expected == DATA[-24:]:
            start = 1000
        assert answer.headers["Content-Range"] == f"bytes {start}-{start + len(expected) - 1}/1024"


OLD, NEW = "Sat, 01 Jan 2000 00:00:00 GMT", "Fri, 01 Jan 2100 00:00:00 GMT"


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"If-Match": "{etag}"}, 200),
        ({"If-Match": '"{etag}"'}, 200),
        ({"If-Match": "*"}, 200),
        ({"If-Match": '"other"'}, 412),
        ({"If-None-Match": '"{etag}"'}, 304),
        ({"If-None-Match": '"a", "{etag}"'}, 304),
        ({"If-None-Match": '"other"'}, 200),
        ({"If-Modified-Since": OLD}, 200),
        ({"If-Modified-Since": NEW}, 304),
        ({"If-Modified-Since": "nonsense"}, 200),
        ({"If-Unmodified-Since": OLD}, 412),
        ({"If-Unmodified-Since": NEW}, 200),
        ({"If-Match": "{etag}", "If-Unmodified-Since": OLD}, 200),
        ({"If-None-Match": "other", "If-Modified-Since": NEW}, 200),
    ],
)
def test_conditions(server: LocalServer, client: Client, method: str, headers: dict[str, str], status: int) -> None:
    etag = server.put(BUCKET, "k", DATA).etag
    answer = client(method, f"/{BUCKET}/k", headers={k: v.format(etag=etag) for k, v in headers.items()})
    assert answer.status == status
    if status == 304:
        assert answer.body == b"" and "Content-Length" not in answer.headers
        assert answer.headers["ETag"] == f'"{etag}"'
    if status == 412 and method == "GET":
        assert answer.code == "PreconditionFailed"
        assert answer.xml.value("Condition") in headers


def test_response_overrides(server: LocalServer, client: Client) -> None:
    server.put(BUCKET, "k", DATA)
    answer = client(
        "GET", f"/{BUCKET}/k", "response-content-type=a/b&response-cache-control=no-store&response-expires=x"
    )
    assert answer.headers["Content-Type"] == "a/b"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Expires"] == "x"


@pytest.mark.parametrize(
    ("md5", "code"),
    [
        (base64.b64encode(hashlib.md5(b"data").digest()).decode(), None),
        (base64.b64encode(hashlib.md5(b"other").digest()).decode(), "InvalidDigest"),
        ("not base64!", "InvalidDigest"),
        ("QUJD", "InvalidDigest"),
    ],
)
def test_content_md5(server: LocalServer, client: Client, md5: str, code: str | None) -> None:
    answer = client("PUT", f"/{BUCKET}/k", body=b"data", headers={"Content-MD5": md5})
    if code is None:
        assert answer.status == 200
    else:
        assert (answer.status, answer.code) == (400, code)
        with pytest.raises(KeyError):
            server.get(BUCKET, "k")


@pytest.mark.parametrize(
    "key",
    ["../x", "../../etc/passwd", "a//b", "a/./b", "..", ".", "x" * 1023, "\U0001f600" * 255, "a\nb\rc\td", "a%2Fb"],
)  # fmt: skip
def test_odd_keys_stay_inside_the_root(tmp_path: Path, key: str) -> None:
    with LocalServer(tmp_path / "deep" / "root", buckets=[BUCKET]) as server:
        client = Client(server)
        assert client("PUT", f"/{BUCKET}/{key}", body=b"data").status == 200
        assert client("GET", f"/{BUCKET}/{key}").body == b"data"
        listing = client("GET", f"/{BUCKET}", "encoding-type=url").xml
        assert oss2.compat.urlunquote(listing.value("Contents/Key")) == key
        assert [path.name for path in tmp_path.iterdir()] == ["deep"]
        assert [path.name for path in (tmp_path / "deep").iterdir()] == ["root"]
        assert all(len(path.name) == 32 for path in (server.root / "data").glob("*/*"))


@pytest.mark.parametrize("key", ["/x", "\\x", "x" * 1024, "\U0001f600" * 256])
def test_illegal_keys(client: Client, key: str) -> None:
    assert client("PUT", f"/{BUCKET}/{key}", body=b"data").code == "InvalidObjectName"
    assert client("GET", f"/{BUCKET}/{key}").code == ("NoSuchKey" if len(key) < 10 else "InvalidObjectName")


KEYS = ["a", "a/1", "a/2", "a/b/1", "a/b/2", "b/1", "b/2", "c", "ä", "\U0001f600"]


@pytest.mark.parametrize("delimiter", ["", "/"])
@pytest.mark.parametrize("prefix", ["", "a", "a/", "b/", "zz"])
@pytest.mark.parametrize("size", [1, 2, 3, 100])
@pytest.mark.parametrize("version", [1, 2])
def test_listings(server: LocalServer, client: Client, delimiter: str, prefix: str, size: int, version: int) -> None:
    for key in KEYS:
        server.put(BUCKET, key, b"")
    found: list[str] = []
    query = f"max-keys={size}&prefix={prefix}&delimiter={delimiter}" + ("&list-type=2" if version == 2 else "")
    page = query
    for _ in range(30):
        document = client("GET", f"/{BUCKET}", page).xml
        entries = [node.value("Key") for node in document.all("Contents")]
        entries += [node.value("Prefix") for node in document.all("CommonPrefixes")]
        assert len(entries) <= size
        found += sorted(str(entry) for entry in entries)
        if document.value("IsTruncated") == "false":
            break
        name = "marker" if version == 1 else "continuation-token"
        following = document.value("NextMarker" if version == 1 else "NextContinuationToken") or ""
        page = f"{query}&{name}={oss2.compat.urlquote(following, '')}"
    matching = [key for key in KEYS if key.startswith(prefix)]
    expected = set()
    for key in matching:
        end = key.find(delimiter, len(prefix)) if delimiter else -1
        expected.add(key if end < 0 else key[: end + 1])
    assert found == sorted(expected)


@pytest.mark.parametrize("query", ["max-keys=0", "max-keys=1001", "max-keys=x", "encoding-type=other"])
def test_listing_arguments(client: Client, query: str) -> None:
    assert client("GET", f"/{BUCKET}", query).code == "InvalidArgument"


def test_buckets(server: LocalServer, client: Client, clients: Clients) -> None:
    bucket = clients.oss2(oss2.Auth(server.access_key_id, server.access_key_secret))
    service = oss2.Service(bucket.auth, server.endpoint, session=bucket.session)
    assert [b.name for b in service.list_buckets().buckets] == [BUCKET]
    assert client("PUT", "/Bad_Name/").code == "InvalidBucketName"
    assert client("PUT", "/new-one/", headers={"x-oss-acl": "what"}).code == "InvalidArgument"
    assert client("HEAD", "/new-one/").status == 404
    assert client("PUT", "/new-one/").status == 200
    assert client("HEAD", "/new-one/").headers["x-oss-bucket-region"] == "oss-cn-hangzhou"
    assert client("PUT", "/new-one/", headers={"x-oss-acl": "public-read"}).status == 200
    body = b"<CreateBucketConfiguration><StorageClass>IA</StorageClass></CreateBucketConfiguration>"
    assert client("PUT", "/new-one/", body=body).code == "BucketAlreadyExists"
    assert [b.name for b in oss2.BucketIterator(service, max_keys=1)] == [BUCKET, "new-one"]
    server.put("new-one", "k", b"")
    assert client("DELETE", "/new-one/").code == "BucketNotEmpty"
    assert client("DELETE", "/new-one/k").status == 204
    assert client("DELETE", "/new-one/").status == 204
    missing = client("GET", "/new-one/")
    assert (missing.status, missing.code, missing.xml.value("BucketName")) == (404, "NoSuchBucket", "new-one")


def test_errors_of_head_have_no_body(client: Client) -> None:
    answer = client("HEAD", f"/{BUCKET}/nothing")
    assert (answer.status, answer.body) == (404, b"")
    document = base64.b64decode(answer.headers["x-oss-err"])
    assert b"<Code>NoSuchKey</Code>" in document and b"<EC>0026-00000001</EC>" in document
    assert answer.headers["x-oss-ec"] == "0026-00000001"


def test_unknown_operations(client: Client) -> None:
    assert client("GET", f"/{BUCKET}", "policy").status == 501
    assert client("POST", "/").status == 405
    assert client("GET", f"/{BUCKET}/k", "x-oss-process=image/resize,w_1").status == 400


def test_restart_keeps_everything(tmp_path: Path) -> None:
    with LocalServer(tmp_path, buckets=[BUCKET]) as server:
        Client(server)("PUT", f"/{BUCKET}/k", body=DATA, headers={"x-oss-meta-a": "1"})
        first = Client(server)("HEAD", f"/{BUCKET}/k").headers
    orphan = tmp_path / "data" / "ab" / ("ab" * 16)
    orphan.parent.mkdir(exist_ok=True)
    orphan.write_bytes(b"left by a crash")
    with LocalServer(tmp_path) as server:
        answer = Client(server)("GET", f"/{BUCKET}/k")
        assert answer.body == DATA
        for name in ("ETag", "Last-Modified", "x-oss-meta-a", "x-oss-hash-crc64ecma"):
            assert answer.headers[name] == first[name]
        assert not orphan.exists()


def test_replaced_while_read(server: LocalServer) -> None:
    """Readers see one object or the other, never a mixture, never an error."""
    stop = threading.Event()
    contents = [bytes([i]) * 300_000 for i in range(2)]

    def replacer() -> None:
        while not stop.is_set():
            for content in contents:
                server.replace(BUCKET, "k", content)

    server.put(BUCKET, "k", contents[0])
    thread = threading.Thread(target=replacer)
    thread.start()
    try:
        client = Client(server)
        for _ in range(40):
            assert client("GET", f"/{BUCKET}/k").body in contents
    finally:
        stop.set()
        thread.join()


def test_resumable_download_and_upload_of_oss2(server: LocalServer, bucket: oss2.Bucket, tmp_path: Path) -> None:
    data = DATA * 2000
    server.put(BUCKET, "big", data)
    target = tmp_path / "target"
    store = oss2.ResumableDownloadStore(root=str(tmp_path))
    oss2.resumable_download(
        bucket, "big", str(target), multiget_threshold=1, part_size=200_000, num_threads=4, store=store
    )
    assert target.read_bytes() == data


def test_https(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    authority = trustme.CA()
    certificate = authority.issue_cert("127.0.0.1", "localhost")
    chain, key, root = tmp_path / "chain.pem", tmp_path / "key.pem", tmp_path / "ca.pem"
    chain.write_bytes(b"".join(blob.bytes() for blob in certificate.cert_chain_pems))
    certificate.private_key_pem.write_to_path(key)
    authority.cert_pem.write_to_path(root)
    with LocalServer(buckets=[BUCKET], tls=(str(chain), str(key))) as server:
        assert server.endpoint.startswith("https://")
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(root))
        auth = oss2.AuthV4(server.access_key_id, server.access_key_secret)
        clients = Clients(server)
        bucket = clients.oss2(auth)
        bucket.put_object("k", DATA * 1000)
        assert bucket.get_object("k").read() == DATA * 1000
        assert bucket.get_object("k", byte_range=(5, 9)).read() == DATA[5:10]
        clients.closers.close()


@pytest.mark.parametrize(
    ("size", "kind", "asked", "compressed"),
    [
        (2048, "text/plain; charset=utf-8", "gzip, deflate", True),
        (2048, "text/plain", "identity", False),
        (2048, "image/png", "gzip", False),
        (1023, "text/plain", "gzip", False),
    ],
)
def test_texts_are_compressed_on_demand(
    server: LocalServer, client: Client, size: int, kind: str, asked: str, compressed: bool
) -> None:
    server.put(BUCKET, "k", b"x" * size, {"Content-Type": kind})
    answer = client("GET", f"/{BUCKET}/k", headers={"Accept-Encoding": asked})
    assert ("Content-Length" in answer.headers) != compressed
    assert (answer.headers.get("Content-Encoding") == "gzip") == compressed
    assert (gzip.decompress(answer.body) if compressed else answer.body) == b"x" * size
    ranged = client("GET", f"/{BUCKET}/k", headers={"Accept-Encoding": asked, "Range": "bytes=0-1999"})
    assert "Content-Encoding" not in ranged.headers
