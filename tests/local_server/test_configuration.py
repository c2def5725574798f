"""What is configured on buckets and objects: ACLs, documents, tags, symlinks, archives; append, copy, delete many."""

from __future__ import annotations

import base64
import hashlib

import oss2  # type: ignore[import-untyped]
import pytest

from oss.local_server import LocalServer
from tests.local_server.clients import Client
from tests.service import BUCKET

B, K = f"/{BUCKET}", f"/{BUCKET}/k"


@pytest.mark.parametrize(
    ("kind", "body", "missing", "back"),
    [
        (
            "website",
            "<WebsiteConfiguration><IndexDocument><Suffix>i.html</Suffix></IndexDocument></WebsiteConfiguration>",
            "NoSuchWebsiteConfiguration",
            {"IndexDocument/Suffix": "i.html"},
        ),
        (
            "cors",
            "<CORSConfiguration><CORSRule><AllowedOrigin>*</AllowedOrigin><AllowedMethod>PUT</AllowedMethod>"
            "<AllowedHeader>Authorization</AllowedHeader></CORSRule></CORSConfiguration>",
            "NoSuchCORSConfiguration",
            {"CORSRule/AllowedMethod": "PUT", "CORSRule/AllowedHeader": "authorization"},
        ),
        (
            "lifecycle",
            "<LifecycleConfiguration><Rule><ID>1</ID><Prefix/><Status>Enabled</Status><Expiration><Days>3</Days>"
            "</Expiration><Tag><Key>&#x4E2D;</Key><Value>v</Value></Tag></Rule></LifecycleConfiguration>",
            "NoSuchLifecycle",
            {"Rule/Expiration/Days": "3", "Rule/Tag/Key": "中", "Rule/Prefix": ""},
        ),
        (
            "logging",
            f"<BucketLoggingStatus><LoggingEnabled><TargetBucket>{BUCKET}</TargetBucket><TargetPrefix>p-</TargetPrefix>"
            "</LoggingEnabled></BucketLoggingStatus>",
            None,
            {"LoggingEnabled/TargetPrefix": "p-"},
        ),
        (
            "referer",
            "<RefererConfiguration><AllowEmptyReferer>false</AllowEmptyReferer><RefererList><Referer>http://a</Referer>"
            "</RefererList></RefererConfiguration>",
            None,
            {"AllowEmptyReferer": "false", "RefererList/Referer": "http://a"},
        ),
        (
            "qos",
            "<BucketUserQos><StorageCapacity>10</StorageCapacity></BucketUserQos>",
            None,
            {"StorageCapacity": "10"},
        ),
        (
            "tagging",
            "<Tagging><TagSet><Tag><Key>a</Key><Value>b</Value></Tag></TagSet></Tagging>",
            None,
            {"TagSet/Tag/Key": "a"},
        ),
    ],
)
def test_documents(client: Client, kind: str, body: str, missing: str | None, back: dict[str, str]) -> None:
    before = client("GET", B + "/", kind)
    assert before.code == missing if missing else before.status == 200
    assert client("PUT", B + "/", kind, body.encode()).status == 200
    document = client("GET", B + "/", kind).xml
    for path, value in back.items():
        assert document.value(path) == value
    for bad in (b"<", b"<Wrong/>", b'<!DOCTYPE x [<!ENTITY e "e">]><x>&e;</x>'):
        assert client("PUT", B + "/", kind, bad).code == "MalformedXML"
    if kind in ("referer", "qos"):
        assert client("DELETE", B + "/", kind).status == 405
    else:
        assert client("DELETE", B + "/", kind).status == 204
        assert client("GET", B + "/", kind).body == before.body or missing
    assert client("GET", "/no-such-bucket/", kind).code == "NoSuchBucket"


def rule(actions: str) -> str:
    return f"<LifecycleConfiguration><Rule><Status>Enabled</Status>{actions}</Rule></LifecycleConfiguration>"


def moves(days: int, storage_class: str) -> str:
    return f"<Transition><Days>{days}</Days><StorageClass>{storage_class}</StorageClass></Transition>"


def expires(days: int | str) -> str:
    return f"<Expiration><Days>{days}</Days></Expiration>"


@pytest.mark.parametrize(
    ("kind", "body", "code"),
    [
        ("lifecycle", "<LifecycleConfiguration/>", "MalformedXML"),
        (
            "lifecycle",
            "<LifecycleConfiguration><Rule><Status>On</Status></Rule></LifecycleConfiguration>",
            "MalformedXML",
        ),
        ("lifecycle", rule(expires(3) + "<Tag><Key>%</Key><Value>v</Value></Tag>"), "InvalidTag"),
        ("lifecycle", rule(expires("\u00b2")), "InvalidArgument"),
        ("lifecycle", rule(expires("9" * 5000)), "InvalidArgument"),
        ("lifecycle", rule(moves(5, "IA") + expires(5)), "InvalidArgument"),
        ("lifecycle", rule(moves(5, "IA") + moves(2, "Archive") + expires(6)), "InvalidArgument"),
        ("lifecycle", rule(moves(5, "Standard")), "InvalidArgument"),
        ("lifecycle", rule(moves(5, "IA") + "<Expiration><Date>x</Date></Expiration>"), "InvalidRequest"),
        ("cors", "<CORSConfiguration/>", "MalformedXML"),
        ("website", "<WebsiteConfiguration/>", "MalformedXML"),
        (
            "logging",
            "<BucketLoggingStatus><LoggingEnabled><TargetBucket>nope</TargetBucket></LoggingEnabled></BucketLoggingStatus>",
            "InvalidTargetBucketForLogging",
        ),
        *(
            ("qos", f"<BucketUserQos><StorageCapacity>{size}</StorageCapacity></BucketUserQos>", "InvalidArgument")
            for size in ("-2", "--5", "\u00b2", "9" * 5000)
        ),
        ("cors", '<?xml version="1.0" encoding="no-such"?><CORSConfiguration/>', "MalformedXML"),
        ("tagging", "<Tagging><TagSet><Tag><Value>b</Value></Tag></TagSet></Tagging>", "InvalidTag"),
    ],
)
def test_refused_documents(client: Client, kind: str, body: str, code: str) -> None:
    assert client("PUT", B + "/", kind, body.encode()).code == code


def test_what_a_document_may_leave_out(client: Client) -> None:
    cors = "<CORSRule><AllowedOrigin>*</AllowedOrigin><AllowedMethod>GET</AllowedMethod></CORSRule>"
    client("PUT", B + "/", "cors", f"<CORSConfiguration>{cors}</CORSConfiguration>".encode())
    assert client("GET", B + "/", "cors").xml.value("ResponseVary") == "false"
    body = "<AllowEmptyReferer>true</AllowEmptyReferer><RefererList/>"
    client("PUT", B + "/", "referer", f"<RefererConfiguration>{body}</RefererConfiguration>".encode())
    assert client("GET", B + "/", "referer").xml.value("AllowTruncateQueryString") == "true"
    body = rule(moves(9, "Archive") + moves(5, "IA") + expires(10))
    assert client("PUT", B + "/", "lifecycle", body.encode()).status == 200
    tag_set = "".join(f"<Tag><Key>%{i}</Key><Value>@</Value></Tag>" for i in range(20))
    body = f"<Tagging><TagSet>{tag_set}</TagSet></Tagging>"
    assert client("PUT", B + "/", "tagging", body.encode()).status == 200


def test_bucket_facts(server: LocalServer, client: Client) -> None:
    server.put(BUCKET, "k", b"12345")
    assert client("GET", B + "/", "location").xml.text == "oss-cn-hangzhou"
    info = client("GET", B + "/", "bucketInfo").xml
    assert info.value("Bucket/Name") == BUCKET
    assert info.value("Bucket/AccessControlList/Grant") == "private"
    stat = client("GET", B + "/", "stat").xml
    assert (stat.value("Storage"), stat.value("ObjectCount")) == ("5", "1")
    assert client("PUT", B + "/", "acl").code == "InvalidArgument"
    assert client("PUT", B + "/", "acl", headers={"x-oss-acl": "public-read"}).status == 200
    assert client("GET", B + "/", "acl").xml.value("AccessControlList/Grant") == "public-read"


def test_object_acl(server: LocalServer, client: Client) -> None:
    assert client("GET", K, "acl").code == "NoSuchKey"
    server.put(BUCKET, "k", b"x")
    assert client("GET", K, "acl").xml.value("AccessControlList/Grant") == "default"
    assert client("PUT", K, "acl").code == "MissingArgument"
    assert client("PUT", K, "acl", headers={"x-oss-object-acl": "x"}).code == "InvalidArgument"
    assert client("PUT", K, "acl", headers={"x-oss-object-acl": "public-read"}).status == 200
    assert client("GET", K, signed=False).body == b"x"


def tags(client: Client, path: str = K) -> dict[str | None, str | None]:
    found = client("GET", path, "tagging").xml.find("TagSet")
    assert found is not None
    return {tag.value("Key"): tag.value("Value") for tag in found.all("Tag")}


def test_tagging(server: LocalServer, client: Client) -> None:
    assert client("GET", K, "tagging").code == "NoSuchKey"
    client("PUT", K, body=b"x", headers={"x-oss-tagging": "a%2B=b%20%E4%B8%AD&d"})
    assert tags(client) == {"a+": "b 中", "d": ""}
    copy = {"x-oss-copy-source": K}
    client("PUT", K + "2", headers=copy)
    assert tags(client, K + "2") == tags(client)
    client("PUT", K + "2", headers=copy | {"x-oss-tagging-directive": "Replace", "x-oss-tagging": "n=1"})
    assert tags(client, K + "2") == {"n": "1"}
    body = b"<Tagging><TagSet><Tag><Key>k</Key></Tag></TagSet></Tagging>"
    assert client("PUT", K, "tagging", body).status == 200
    assert tags(client) == {"k": ""}
    assert client("DELETE", K, "tagging").status == 204
    assert tags(client) == {}
    too_many = "&".join(f"t{i}=1" for i in range(11))
    for refused in (too_many, "a=%26", "%40=b", "=b", "a" * 129, "a=" + "b" * 257, "a=1&a=2"):
        assert client("PUT", K, body=b"x", headers={"x-oss-tagging": refused}).code == "InvalidTag"


def test_symlink(server: LocalServer, client: Client) -> None:
    server.put(BUCKET, "target ä", b"x")
    assert client("GET", K, "symlink").code == "NoSuchKey"
    assert client("PUT", K, "symlink").code == "MissingArgument"
    made = client("PUT", K, "symlink", headers={"x-oss-symlink-target": "target%20%C3%A4", "x-oss-meta-a": "1"})
    assert made.status == 200
    assert client("GET", K, "symlink").headers["x-oss-symlink-target"] == "target%20%C3%A4"
    assert client("GET", K).body == b"x"
    assert client("HEAD", K).headers["x-oss-meta-a"] == "1"
    assert client("GET", f"{B}/target ä", "symlink").code == "NotSymlink"
    client("PUT", f"{B}/twice", "symlink", headers={"x-oss-symlink-target": "k"})
    assert client("GET", f"{B}/twice").code == "InvalidTargetType"
    client("DELETE", f"{B}/target ä")
    assert client("GET", K).code == "SymlinkTargetNotExist"


def test_archive() -> None:
    clock = [1_900_000_000.0]
    with LocalServer(signature_required=False, now=lambda: clock[0], restore_seconds=60) as server:
        server.create_bucket("cold", storage_class="ColdArchive")
        client = Client(server)
        server.put("cold", "k", b"x", storage_class="Archive")
        server.put("cold", "warm", b"x")
        assert client("POST", "/cold/warm", "restore").code == "OperationNotSupported"
        frozen = client("GET", "/cold/k")
        assert (frozen.status, frozen.code) == (403, "InvalidObjectState")
        assert "x-oss-hash-crc64ecma" in frozen.headers
        body = b"<RestoreRequest><Days>2</Days><JobParameters><Tier>Standard</Tier></JobParameters></RestoreRequest>"
        server.put("cold", "colder", b"x", storage_class="ColdArchive")
        assert client("POST", "/cold/colder", "restore", body.replace(b"Standard", b"Fast")).code == "InvalidArgument"
        assert client("POST", "/cold/k", "restore", body).code == "MalformedXML"
        restoring = client("POST", "/cold/colder", "restore", body)
        assert (restoring.status, restoring.headers["x-oss-object-restore-priority"]) == (202, "Standard")
        body = b"<RestoreRequest><Days>2</Days></RestoreRequest>"
        assert client("POST", "/cold/k", "restore", body).status == 202
        assert client("HEAD", "/cold/k").headers["x-oss-restore"] == 'ongoing-request="true"'
        assert client("POST", "/cold/k", "restore").code == "RestoreAlreadyInProgress"
        clock[0] += 61
        assert client("GET", "/cold/k").body == b"x"
        assert 'ongoing-request="false"' in client("HEAD", "/cold/k").headers["x-oss-restore"]
        assert client("POST", "/cold/k", "restore").status == 200
        clock[0] += 3 * 86400
        assert client("GET", "/cold/k").code == "InvalidObjectState"


def test_append(server: LocalServer, client: Client, bucket: oss2.Bucket) -> None:
    first = bucket.append_object("k", 0, b"hello ", init_crc=0)
    assert first.next_position == 6
    second = bucket.append_object("k", 6, b"world", init_crc=first.crc)
    assert server.get(BUCKET, "k") == b"hello world"
    assert second.crc == server.put(BUCKET, "same", b"hello world").crc
    head = client("HEAD", K).headers
    assert (head["x-oss-object-type"], head["x-oss-next-append-position"]) == ("Appendable", "11")
    wrong = client("POST", K, "append&position=3", b"x", {"Content-Length": "1"})
    assert (wrong.status, wrong.code) == (409, "PositionNotEqualToLength")
    assert wrong.headers["x-oss-next-append-position"] == "11"
    bad_md5 = {"Content-MD5": base64.b64encode(hashlib.md5(b"other").digest()).decode()}
    assert client("POST", K, "append&position=11", b"x", bad_md5).code == "InvalidDigest"
    assert client("POST", f"{B}/same", "append&position=11", b"x").code == "ObjectNotAppendable"
    assert client("POST", f"{B}/new", "append&position=1", b"x").code == "PositionNotEqualToLength"
    assert client("POST", f"{B}/new", "append", b"x").code == "MissingArgument"
    assert client("POST", K, "append&position=11", b"!").status == 200
    assert server.get(BUCKET, "k") == b"hello world!"


@pytest.mark.parametrize(
    ("headers", "status", "code"),
    [
        ({"x-oss-copy-source": f"/{BUCKET}/src%2Bdir/%C3%A4"}, 200, None),
        ({"x-oss-copy-source": f"{BUCKET}/src%2Bdir/%C3%A4"}, 200, None),
        ({"x-oss-copy-source": "nothing"}, 400, "InvalidArgument"),
        ({"x-oss-copy-source": f"/{BUCKET}/nothing"}, 404, "NoSuchKey"),
        ({"x-oss-copy-source": "/no-such-bucket/x"}, 404, "NoSuchBucket"),
        ({"x-oss-copy-source": f"/{BUCKET}/" + "A" * 1024}, 400, "InvalidObjectName"),
        ({"x-oss-copy-source": "/others/x"}, 403, "AccessDenied"),
        ({"x-oss-copy-source-if-match": "other"}, 412, "PreconditionFailed"),
        ({"x-oss-copy-source-if-none-match": "*"}, 304, None),
        ({"x-oss-metadata-directive": "what"}, 400, "InvalidArgument"),
        ({"x-oss-forbid-overwrite": "true"}, 409, "FileAlreadyExists"),
    ],
)
def test_copy(server: LocalServer, client: Client, headers: dict[str, str], status: int, code: str | None) -> None:
    server.put(BUCKET, "src+dir/ä", b"data", {"x-oss-meta-a": "1", "Content-Type": "a/b"})
    server.put(BUCKET, "k", b"old")
    server.add_user("other-ak", "other-sk", "2000")
    Client(server, ("other-ak", "other-sk"))("PUT", "/others/")
    answer = client("PUT", K, headers={"x-oss-copy-source": f"/{BUCKET}/src%2Bdir/%C3%A4"} | headers)
    assert answer.status == status
    if code:
        assert answer.code == code
    if status == 200:
        assert answer.xml.value("ETag") == client("HEAD", K).headers["ETag"]
        assert client("HEAD", K).headers["x-oss-meta-a"] == "1"


def test_copy_replaces_metadata(server: LocalServer, client: Client) -> None:
    server.put(BUCKET, "k", b"data", {"x-oss-meta-a": "1", "Content-Type": "a/b"})
    headers = {"x-oss-copy-source": K, "x-oss-metadata-directive": "REPLACE", "x-oss-meta-b": "2"}
    client("PUT", K, headers=headers)
    head = client("HEAD", K).headers
    assert "x-oss-meta-a" not in head and (head["x-oss-meta-b"], head["Content-Type"]) == ("2", "a/b")
    assert server.get(BUCKET, "k") == b"data"


def test_delete_many(server: LocalServer, client: Client, bucket: oss2.Bucket) -> None:
    for key in ("a", "b c", "<&>", "d"):
        server.put(BUCKET, key, b"")
    assert set(bucket.batch_delete_objects(["a", "b c", "none"]).deleted_keys) == {"a", "b c", "none"}
    body = b"<Delete><Quiet>true</Quiet><Object><Key>&lt;&amp;&gt;</Key></Object></Delete>"
    digest = hashlib.md5(body).digest()
    for extra in (b"", b"\0\0\0\0"):  # the C SDK sends four bytes after the digest
        md5 = base64.b64encode(digest + extra).decode()
        answer = client("POST", B + "/", "delete", body, {"Content-MD5": md5})
        assert (answer.status, answer.body) == (200, b"")
    wrong = base64.b64encode(bytes(16)).decode()
    assert client("POST", B + "/", "delete", body, {"Content-MD5": wrong}).code == "InvalidDigest"
    assert client("POST", B + "/", "delete", b"<Delete/>").code == "MalformedXML"
    for spelled in (b"\x0c", b"&#12;", b"&#x0C;"):  # no XML can hold this key, but the service takes it
        server.put(BUCKET, "a\x0cb", b"")
        client("POST", B + "/", "delete", b"<Delete><Object><Key>a%bb</Key></Object></Delete>" % spelled)
        with pytest.raises(KeyError):
            server.get(BUCKET, "a\x0cb")
    assert [info.key for info in oss2.ObjectIterator(bucket)] == ["d"]


def test_listing_of_xml_unfriendly_keys(server: LocalServer, client: Client) -> None:
    for key in ("a\x01b", "c\rd", 'e"<&>'):
        server.put(BUCKET, key, b"")
    plain = [node.value("Key") for node in client("GET", B + "/").xml.all("Contents")]
    assert plain == ["a\ufffdb", "c\rd", 'e"<&>']
