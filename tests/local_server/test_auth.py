"""Who may do what: signatures in every form, their failures, and ACLs."""

from __future__ import annotations

import time
from datetime import datetime, timedelta, timezone
from email.utils import formatdate
from typing import Any

import alibabacloud_oss_v2 as v2  # type: ignore[import-untyped]
import oss2  # type: ignore[import-untyped]
import pytest
import requests

from oss.local_server import LocalServer
from tests.local_server.clients import Client, Clients
from tests.service import BUCKET


@pytest.mark.parametrize("make", [oss2.Auth, oss2.AuthV4])
def test_oss2_signs(server: LocalServer, clients: Clients, make: Any) -> None:
    bucket = clients.oss2(make(server.access_key_id, server.access_key_secret))
    key = "dir/a b+c&d=e?中\U0001f600.txt"
    bucket.put_object(key, b"text", headers={"x-oss-meta-Name": "value", "Content-Type": "text/x"})
    assert bucket.get_object(key).read() == b"text"
    part = bucket.get_object(key, params={"response-content-type": "a/b"}, headers={"Range": "bytes=0-1"})
    assert part.read() == b"te"
    assert requests.get(bucket.sign_url("GET", key, 60, slash_safe=True), timeout=10).content == b"text"
    headers = {"Content-Type": "text/y", "x-oss-meta-b": "c"}
    url = bucket.sign_url("PUT", key, 60, headers=headers)
    assert requests.put(url, b"new", headers=headers, timeout=10).status_code == 200
    assert bucket.head_object(key).headers["x-oss-meta-b"] == "c"
    assert [info.key for info in oss2.ObjectIteratorV2(bucket, prefix="dir/a b")] == [key]


@pytest.mark.parametrize("version", ["v1", "v4"])
def test_v2_signs(clients: Clients, version: str) -> None:
    client = clients.v2(version, additional_headers=["range", "host"])
    key = "dir/a b+c&中.txt"
    client.put_object(v2.PutObjectRequest(bucket=BUCKET, key=key, body=b"text", metadata={"a": "b"}))
    got = client.get_object(v2.GetObjectRequest(bucket=BUCKET, key=key, range_header="bytes=1-2"))
    assert got.body is not None and got.body.read() == b"ex"
    assert client.is_object_exist(BUCKET, key)
    url = client.presign(v2.GetObjectRequest(bucket=BUCKET, key=key), expires=timedelta(seconds=60)).url
    assert requests.get(str(url), timeout=10).content == b"text"


@pytest.mark.parametrize("style", ["v1", "v4", "oss2", "url1", "url4"])
def test_sts(server: LocalServer, clients: Clients, style: str) -> None:
    server.add_sts("token+/=", "sts-ak", "sts-sk")
    server.put(BUCKET, "k", b"data")
    if style in ("v1", "v4"):
        got = clients.v2(style, key="sts-ak", secret="sts-sk", token="token+/=").get_object(
            v2.GetObjectRequest(bucket=BUCKET, key="k")
        )
        assert got.body is not None and got.body.read() == b"data"
        return
    version = oss2.AUTH_VERSION_4 if style == "url4" else oss2.AUTH_VERSION_1
    bucket = clients.oss2(oss2.StsAuth("sts-ak", "sts-sk", "token+/=", version))
    if style == "oss2":
        assert bucket.get_object("k").read() == b"data"
    else:
        assert requests.get(bucket.sign_url("GET", "k", 60), timeout=10).content == b"data"


def test_sts_refusals(server: LocalServer) -> None:
    server.add_sts("token", "sts-ak", "sts-sk")
    sts = Client(server, ("sts-ak", "sts-sk"))
    assert sts("GET", "/").code == "InvalidAccessKeyId"
    assert sts("GET", "/", headers={"x-oss-security-token": "other"}).code == "InvalidSecurityToken"
    assert sts("GET", "/", headers={"x-oss-security-token": "token"}).status == 200
    assert Client(server)("GET", "/", headers={"x-oss-security-token": "x"}).code == "InvalidSecurityToken"


def test_a_token_expires() -> None:
    clock = [time.time()]
    with LocalServer(now=lambda: clock[0]) as server:
        server.add_sts("token", "sts-ak", "sts-sk", expires=clock[0] + 60)
        sts = Client(server, ("sts-ak", "sts-sk"))
        assert sts("GET", "/", headers={"x-oss-security-token": "token"}).status == 200
        clock[0] += 60
        assert sts("GET", "/", headers={"x-oss-security-token": "token"}).code == "SecurityTokenExpired"


def test_wrong_signature_tells_what_was_expected(server: LocalServer) -> None:
    answer = Client(server, (server.access_key_id, "wrong"))("GET", f"/{BUCKET}/k")
    assert answer.status == 403
    assert answer.body.startswith(b'<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>SignatureDoesNotMatch</Code>')
    document = answer.xml
    assert document.value("RequestId") == answer.headers["x-oss-request-id"]
    assert document.value("HostId") == server.endpoint_host
    assert document.value("OSSAccessKeyId") == server.access_key_id
    text = document.value("StringToSign") or ""
    assert text.startswith("GET\n\n\n") and text.endswith(f"\n/{BUCKET}/k")
    assert bytes.fromhex(document.value("StringToSignBytes") or "").decode() == text


@pytest.mark.parametrize("make", [oss2.Auth, oss2.AuthV4])
def test_tampering_is_noticed(server: LocalServer, clients: Clients, make: Any) -> None:
    bucket = clients.oss2(make(server.access_key_id, server.access_key_secret))
    url = bucket.sign_url("GET", "k", 60)
    server.put(BUCKET, "k", b"data")
    server.put(BUCKET, "other", b"data")
    assert requests.get(url, timeout=10).status_code == 200
    for changed in (url.replace("/k?", "/other?"), url + "&versionId=1", url + "x"):
        assert b"SignatureDoesNotMatch" in requests.get(changed, timeout=10).content
    assert requests.put(url, b"", timeout=10).status_code == 403


def _v4(credential: str = "local-ak/{day}/cn-hangzhou/oss/aliyun_v4_request", signature: str = "00") -> str:
    day = datetime.now(timezone.utc).strftime("%Y%m%d")
    return f"OSS4-HMAC-SHA256 Credential={credential.format(day=day)},Signature={signature}"


def _stamp(shift: float = 0) -> str:
    return (datetime.now(timezone.utc) + timedelta(seconds=shift)).strftime("%Y%m%dT%H%M%SZ")


@pytest.mark.parametrize(
    ("headers", "status", "code"),
    [
        ({}, 403, "AccessDenied"),
        ({"Authorization": "Basic abc"}, 400, "InvalidArgument"),
        ({"Authorization": "OSS nothing"}, 400, "InvalidArgument"),
        ({"Authorization": "OSS local-ak:x", "Date": "nonsense"}, 403, "AccessDenied"),
        ({"Authorization": "OSS nobody:x"}, 403, "InvalidAccessKeyId"),
        ({"Authorization": "OSS local-ak:x"}, 403, "SignatureDoesNotMatch"),
        ({"Authorization": "OSS local-ak:x", "Date": formatdate(time.time() - 1000)}, 403, "RequestTimeTooSkewed"),
        ({"Authorization": "OSS local-ak:x", "x-oss-date": formatdate(1)}, 403, "RequestTimeTooSkewed"),
        ({"Authorization": "OSS4-HMAC-SHA256 Credential=a"}, 400, "InvalidArgument"),
        ({"Authorization": _v4("local-ak/{day}/cn-hangzhou/s3/aliyun_v4_request")}, 400, "InvalidArgument"),
        ({"Authorization": _v4("local-ak/{day}/cn-beijing/oss/aliyun_v4_request")}, 400, "InvalidArgument"),
        ({"Authorization": _v4("local-ak/20200101/cn-hangzhou/oss/aliyun_v4_request")}, 400, "InvalidArgument"),
        ({"Authorization": _v4(), "x-oss-date": _stamp(-1000)}, 403, "RequestTimeTooSkewed"),
        ({"Authorization": _v4()}, 403, "SignatureDoesNotMatch"),
        ({"Authorization": _v4(), "x-oss-content-sha256": ""}, 400, "InvalidArgument"),
    ],
)
def test_header_refusals(server: LocalServer, headers: dict[str, str], status: int, code: str) -> None:
    defaults = {"Date": formatdate(usegmt=True), "x-oss-content-sha256": "UNSIGNED-PAYLOAD"}
    if "OSS4" in headers.get("Authorization", ""):
        defaults["x-oss-date"] = _stamp()
    answer = Client(server)("GET", f"/{BUCKET}", headers=defaults | headers, signed=False)
    assert (answer.status, answer.code) == (status, code)


V4_QUERY = (
    "x-oss-signature-version=OSS4-HMAC-SHA256&x-oss-credential=local-ak/{day}/cn-hangzhou/oss/aliyun_v4_request"
    "&x-oss-date={date}&x-oss-expires={expires}&x-oss-signature=0"
)


@pytest.mark.parametrize(
    ("query", "code", "message"),
    [
        ("OSSAccessKeyId=local-ak&Signature=x", "AccessDenied", "Expires"),
        ("OSSAccessKeyId=local-ak&Signature=x&Expires=soon", "AccessDenied", "Invalid date"),
        ("OSSAccessKeyId=local-ak&Signature=x&Expires=1", "AccessDenied", "Request has expired."),
        ("OSSAccessKeyId=local-ak&Signature=x&Expires=9999999999", "SignatureDoesNotMatch", ""),
        (V4_QUERY.replace("&x-oss-signature=0", ""), "AccessDenied", "x-oss-signature"),
        (V4_QUERY.replace("HMAC", "H"), "InvalidArgument", ""),
        (V4_QUERY.replace("{expires}", "604801"), "InvalidArgument", "x-oss-expires"),
        (V4_QUERY.replace("{expires}", "%C2%B2"), "InvalidArgument", "x-oss-expires"),
        (V4_QUERY.replace("{expires}", "1"), "AccessDenied", "Request has expired."),
        (V4_QUERY.replace("{expires}", "600"), "SignatureDoesNotMatch", ""),
    ],
)
def test_url_refusals(server: LocalServer, query: str, code: str, message: str) -> None:
    now = time.time()
    server.now = lambda: now + 10
    server._auth._now = server.now
    stamp = datetime.fromtimestamp(now, timezone.utc)
    query = query.format(day=stamp.strftime("%Y%m%d"), date=stamp.strftime("%Y%m%dT%H%M%SZ"), expires=60)
    answer = Client(server)("GET", f"/{BUCKET}/k", query, signed=False)
    assert answer.code == code
    assert message in (answer.xml.value("Message") or "")


def test_two_signatures_are_one_too_many(server: LocalServer) -> None:
    answer = Client(server)("GET", f"/{BUCKET}/k", "Signature=x&Expires=1&OSSAccessKeyId=a")
    assert answer.code == "InvalidArgument"


@pytest.mark.parametrize(
    ("acl", "object_acl", "who", "method", "status"),
    [
        ("private", "default", "anonymous", "GET", 403),
        ("private", "default", "stranger", "GET", 403),
        ("private", "default", "owner", "GET", 200),
        ("public-read", "default", "anonymous", "GET", 200),
        ("public-read", "default", "stranger", "GET", 200),
        ("public-read", "private", "anonymous", "GET", 403),
        ("private", "public-read", "anonymous", "GET", 200),
        ("public-read", "default", "anonymous", "PUT", 403),
        ("public-read-write", "default", "anonymous", "PUT", 200),
        ("public-read-write", "default", "stranger", "DELETE", 204),
        ("public-read-write", "private", "stranger", "PUT", 403),
    ],
)
def test_acl(server: LocalServer, acl: str, object_acl: str, who: str, method: str, status: int) -> None:
    server.add_user("other-ak", "other-sk", "2000")
    server.create_bucket("acl-bucket", acl)
    owner = Client(server)
    created = owner("PUT", "/acl-bucket/k", body=b"x", headers={"x-oss-object-acl": object_acl, "Content-Length": "1"})
    assert created.status == 200
    client = owner if who == "owner" else Client(server, ("other-ak", "other-sk"))
    body = b"new" if method == "PUT" else b""
    answer = client(method, "/acl-bucket/k", body=body, signed=who != "anonymous")
    assert answer.status == status
    for path, query in (("/acl-bucket", ""), ("/acl-bucket", "acl"), ("/acl-bucket/k", "acl")):
        listing = client("GET", path, query, signed=who != "anonymous")
        assert (listing.status == 200) == (who == "owner")


def test_anonymous_may_not_override_headers(server: LocalServer) -> None:
    server.create_bucket("open-bucket", "public-read")
    server.put("open-bucket", "k", b"x")
    answer = Client(server)("GET", "/open-bucket/k", "response-content-type=a/b", signed=False)
    assert (answer.status, answer.code) == (400, "InvalidRequest")


def test_buckets_of_others(server: LocalServer) -> None:
    server.add_user("other-ak", "other-sk", "2000")
    other = Client(server, ("other-ak", "other-sk"))
    assert other("PUT", f"/{BUCKET}/", body=b"").code == "BucketAlreadyExists"
    assert other("PUT", "/theirs/").status == 200
    assert other("GET", "/").xml.value("Buckets/Bucket/Name") == "theirs"
