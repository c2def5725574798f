"""Signatures against published vectors, and what is not signed."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from urllib.parse import parse_qsl, urlsplit

import pytest

from aos import aos_log, apr_time
from aos._c.text import decode
from aos.aos_define import AOSE_INVALID_ARGUMENT, AOSE_OK, HTTP_GET, HTTP_PUT, aos_table_t
from aos.aos_http_io import aos_http_request_create
from oss.oss_auth import (
    aos_http_request_t,
    aos_string_t,
    get_oss_request_signature,
    get_oss_rtmp_request_signature,
    oss_config_t,
    oss_get_rtmp_signed_url,
    oss_get_rtmp_string_to_sign,
    oss_get_signed_headers,
    oss_get_signed_url,
    oss_get_string_to_sign,
    oss_request_options_t,
    oss_sign_headers,
    oss_sign_request,
)
from oss.oss_util import oss_config_create, oss_get_object_uri, oss_get_rtmp_uri, oss_request_options_create

Pairs = Sequence[tuple[str, str | None]]

V1_ID, V1_SECRET = "44CF9590006BF252F707", "OtxrzxIsfpFjA7SwPzILwy8Bw21TLhquhboDYROV"
DATE = "Thu, 17 Nov 2005 18:49:58 GMT"
V4_KEY = "test-sign-V4/-!@#$%^&*()/abcdefjhijklmnoqprstuvwxyz/123456789"


def table(pairs: Pairs = ()) -> aos_table_t:
    made = aos_table_t()
    for name, value in pairs:
        made.add(name, value)
    return made


def config_of(**fields: str | int) -> oss_config_t:
    config = oss_config_create(None)
    config.access_key_id, config.access_key_secret = V1_ID, V1_SECRET
    for name, value in fields.items():
        setattr(config, name, value)
    return config


def options_of(**fields: str | int) -> oss_request_options_t:
    options = oss_request_options_create(None)
    options.config = config_of(**fields)
    return options


def request(method: int, resource: str | None, headers: Pairs = (), params: Pairs = ()) -> aos_http_request_t:
    req = aos_http_request_create(None)
    req.method, req.resource, req.headers, req.query_params = method, resource, table(headers), table(params)
    return req


def freeze(monkeypatch: pytest.MonkeyPatch, seconds: int) -> None:
    monkeypatch.setattr(apr_time, "apr_time_now", lambda: seconds * 1_000_000)


def string_to_sign(headers: Pairs, params: Pairs = (), method: int = HTTP_PUT) -> str:
    text = aos_string_t()
    assert oss_get_string_to_sign(None, method, "/b/o", table(headers), table(params), text) == AOSE_OK
    return str(text)


# --- V1

NELSON = [
    ("Content-MD5", "ODBGOERFMDMzQTczRUY3NUE3NzA5QzdFNUYzMDQxNEM="),
    ("Content-Type", "text/html"),
    ("Date", DATE),
    ("x-oss-meta-author", " foo@bar.com "),
    ("x-oss-magic", "abracadabra"),
]


def test_v1_string_and_signature() -> None:
    text, headers = aos_string_t(), table(NELSON)
    params = table([("uploadId", "U"), ("partNumber", "3"), ("prefix", "zz"), ("acl", "")])
    assert oss_get_string_to_sign(None, HTTP_PUT, "/oss-example/nelson", headers, params, text) == AOSE_OK
    assert text.data == (
        f"PUT\n{NELSON[0][1]}\ntext/html\n{DATE}\nx-oss-magic:abracadabra\nx-oss-meta-author:foo@bar.com\n"
        "/oss-example/nelson?acl&partNumber=3&uploadId=U"
    )
    signed = aos_table_t()
    oss_sign_headers(None, text, V1_ID, V1_SECRET, signed)
    assert signed.items() == [("Authorization", f"OSS {V1_ID}:KB0+0SvhVjtCsfLH+xKIs+Xuyck=")]
    req = request(HTTP_PUT, None, NELSON, params.items())
    assert oss_get_signed_headers(None, V1_ID, V1_SECRET, "/oss-example/nelson", req) == AOSE_OK
    assert req.headers["Authorization"] == signed["Authorization"]


@pytest.mark.parametrize("headers", [[], [("Date", "")], [("x-oss-date", ""), ("Date", DATE)]])
def test_v1_needs_a_date(headers: Pairs) -> None:
    text = aos_string_t("before")
    assert oss_get_string_to_sign(None, HTTP_GET, "/", table(headers), None, text) == AOSE_INVALID_ARGUMENT
    assert text.data is None


@pytest.mark.parametrize(
    ("headers", "lines"),
    [
        ([("X-OSS-META-Z", "UP"), ("X-oss-Meta-y", "y")], ["x-oss-meta-y:y", "x-oss-meta-z:UP"]),
        ([("x-oss-meta-9", "b"), ("x-oss-meta-10", "a")], ["x-oss-meta-10:a", "x-oss-meta-9:b"]),
        ([("x-oss-meta-a", "\t tab "), ("x-oss-meta-b", " "), ("x-oss-meta-c", "")], ["x-oss-meta-a:tab"]),
        ([("x-oss-meta-cn", "中"), ("x-os", "no")], ["x-oss-meta-cn:中"]),
        ([("x-oss-meta-long", "v" * 9000)], ["x-oss-meta-long:" + "v" * 9000]),
        ([("x-oss-meta-a", " "), ("x-oss-meta-A", "b")], ["x-oss-meta-a:b"]),
        ([("x-oss-meta-a", "a"), ("x-oss-meta-a", "b")], ["x-oss-meta-a:a", "x-oss-meta-a:a"]),
    ],
)
def test_v1_headers(headers: Pairs, lines: list[str]) -> None:
    assert string_to_sign([("Date", DATE), *headers]).split("\n")[4:-1] == lines


@pytest.mark.parametrize(
    ("values", "signed"), [(["", "b"], "b"), ([" ", "b"], "b"), (["a", "b"], "a"), (["", ""], ""), ([" "], "")]
)
def test_v1_signs_the_value_that_is_sent(values: list[str], signed: str) -> None:
    given = [(name, value) for name in ("Content-MD5", "Content-Type") for value in values]
    assert string_to_sign([("Date", DATE), *given]).split("\n")[1:3] == [signed, signed]


@pytest.mark.parametrize(
    ("params", "tail"),
    [
        ([("partnumber", "7"), ("partNumber", "3")], "?partNumber=3"),
        ([("partNumber", "7"), ("partNumber", "3")], "?partNumber=7&partNumber=7"),
        ([("uploads", ""), ("acl", "x")], "?acl=x&uploads"),
        ([("versionId", "1"), ("policy", None)], "?policy&versionId=1"),
        ([("x-oss-traffic-limit", "819200")], "?x-oss-traffic-limit=819200"),
        ([("ACL", ""), (" acl", ""), ("prefix", "a")], ""),
        ([("response-content-type", "a b/é")], "?response-content-type=a b/é"),
        ([("security-token", "t" * 3000)], "?security-token=" + "t" * 3000),
    ],
)
def test_v1_sub_resources(params: Pairs, tail: str) -> None:
    assert string_to_sign([("Date", DATE)], params).split("\n")[-1] == "/b/o" + tail


def test_v1_limits() -> None:
    long = request(HTTP_GET, "b/" + "k" * 2045)
    assert oss_sign_request(long, config_of()) == AOSE_INVALID_ARGUMENT
    assert oss_sign_request(request(HTTP_GET, "b/" + "k" * 2044), config_of()) == AOSE_OK
    for size, code in ((1008, AOSE_OK), (1009, AOSE_INVALID_ARGUMENT)):
        req = request(HTTP_GET, "b/k", params=[("x-oss-process", "v" * size)])
        assert oss_sign_request(req, config_of()) == code
        assert ("Authorization" in req.headers) == (code == AOSE_OK)


def test_v1_sets_the_date_unless_there_is_an_oss_date(monkeypatch: pytest.MonkeyPatch) -> None:
    freeze(monkeypatch, 1767323045)
    req = request(HTTP_GET, "b/o", [("Date", "old")])
    assert oss_sign_request(req, config_of()) == AOSE_OK
    assert req.headers["Date"] == "Fri, 02 Jan 2026 03:04:05 GMT"
    req = request(HTTP_GET, "b/o", [("x-oss-date", DATE)])
    assert oss_sign_request(req, config_of()) == AOSE_OK
    assert "Date" not in req.headers


def test_long_keys_are_hashed() -> None:
    """Case 6 of RFC 2202."""
    headers, text = aos_table_t(), "Test Using Larger Than Block-Size Key - Hash Key First"
    oss_sign_headers(None, text, "id", decode(b"\xaa" * 80), headers)
    digest = bytes.fromhex("aa4ae5e15272d00e95705637ce8a3b55ed402112")
    assert headers["Authorization"] == f"OSS id:{base64.b64encode(digest).decode()}"


# --- V4

V4_HEADERS = [(name, "value") for name in ("x-oss-head1", "abc", "ZAbc", "XYZ")]
V4_PARAMS: Pairs = [
    ("param1", "value1"),
    ("|param1", "value4"),
    ("+param1", "value3"),
    ("+param2", ""),
    ("|param2", ""),
    ("param2", ""),
]


@pytest.mark.parametrize(
    ("date", "cloudbox", "small", "signature"),
    [
        ("20221016T040719Z", None, False, "16e58322c5aafb55edd82813b02d6521caab8194882c786bf0e77b7987a63979"),
        ("20221016T091431Z", None, True, "5028172a0a3806285979896982bee6e36e915cbf428ee7100a809e1f0ff43b64"),
        ("20221016T091831Z", "cloudbox-id", False, "939eae7d5012d444c8d1dd8c68811275928f780a859e41ddbe52cf10a100adb4"),
        (
            "Thu, 19 Mar 2015 18:00:00 GMT",
            "cloudbox-id",
            False,
            "ecf8b39fea153950a97e9f01ac541b097c840911759abadd14b26216ea84f892",
        ),
    ],
)
def test_v4_signatures(date: str, cloudbox: str | None, small: bool, signature: str) -> None:
    headers = V4_HEADERS[:1] if small else V4_HEADERS
    dated = [*headers, ("Content-Type", "application/octet-stream"), ("x-oss-date", date)]
    req = request(HTTP_PUT, f"oss-bucket-test/{V4_KEY}", dated, [] if small else V4_PARAMS)
    config = config_of(access_key_id="ak", access_key_secret="sk", signature_version=4, region="cn-hangzhou")
    config.cloudbox_id = cloudbox
    assert oss_sign_request(req, config) == AOSE_OK
    day = "20150319" if date.endswith("GMT") else date[:8]
    place = "cloudbox-id/oss-cloudbox" if cloudbox else "cn-hangzhou/oss"
    scope = f"ak/{day}/{place}/aliyun_v4_request"
    assert req.headers["Authorization"] == f"OSS4-HMAC-SHA256 Credential={scope},Signature={signature}"
    assert req.headers["x-oss-content-sha256"] == "UNSIGNED-PAYLOAD"


def v4_signature(headers: Pairs = (), params: Pairs = (), **fields: str) -> str:
    req = request(HTTP_GET, "b/o", [("x-oss-date", "20260102T030405Z"), *headers], params)
    assert oss_sign_request(req, config_of(signature_version=4, region="cn-hangzhou", **fields)) == AOSE_OK
    return (req.headers["Authorization"] or "").rpartition("=")[2]


def test_v4_signs_what_the_service_signs() -> None:
    plain = v4_signature()
    assert v4_signature([("Content-Type-Extra", "1"), ("content-md5-x", "1"), ("Accept", "x")]) == plain
    assert v4_signature([("x-oss-meta-e", "")]) == plain
    assert v4_signature([("CONTENT-MD5", "1")]) == v4_signature([("content-md5", " 1\t")]) != plain
    assert v4_signature(params=[("A", "1"), ("a", "2")]) == v4_signature(params=[("a", "2"), ("A", "1")])
    assert v4_signature(params=[("A", "1"), ("a", "2")]) != v4_signature(params=[("a", "2")])
    assert v4_signature(params=[("a", None)]) == v4_signature(params=[("a", "")]) != plain
    assert v4_signature(params=[("k", "é" * 2000)]) != plain


@pytest.mark.parametrize("date", ["GMT", "2024", "yesterday", "Thu, 19 Foo 2015 18:00:00 GMT", "20260102"])
def test_v4_needs_a_real_date(date: str) -> None:
    req = request(HTTP_GET, "b/o", [("x-oss-date", date)])
    assert oss_sign_request(req, config_of(signature_version=4, region="r")) == AOSE_INVALID_ARGUMENT
    assert "Authorization" not in req.headers


def test_v4_dates_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    freeze(monkeypatch, 1767323045)
    req = request(HTTP_GET, None)
    assert oss_sign_request(req, config_of(signature_version=4, region="r")) == AOSE_OK
    assert req.headers["x-oss-date"] == "20260102T030405Z"


# --- what both refuse, and what they leave alone


@pytest.mark.parametrize("version", [0, 1, 4])
@pytest.mark.parametrize("name", ["access_key_id", "access_key_secret"])
def test_missing_credentials(version: int, name: str) -> None:
    config = config_of(signature_version=version, region="r")
    setattr(config, name, None)
    assert oss_sign_request(request(HTTP_GET, None), config) == AOSE_INVALID_ARGUMENT


def test_missing_arguments() -> None:
    assert oss_sign_request(None, config_of()) == AOSE_INVALID_ARGUMENT  # type: ignore[arg-type]
    assert oss_sign_request(request(HTTP_GET, None), None) == AOSE_INVALID_ARGUMENT  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="config"):
        oss_sign_request(request(HTTP_GET, None), "x")  # type: ignore[arg-type]


@pytest.mark.parametrize("version", [1, 4])
def test_the_callers_tables_are_left_alone(version: int) -> None:
    headers, params = table([("x-oss-meta-a", "1")]), table([("acl", "")])
    options, url = options_of(signature_version=version, region="r", sts_token="t"), aos_string_t()
    req = request(HTTP_GET, "b/o")
    req.host, req.uri, req.headers, req.query_params = "h", "o", headers, params
    assert oss_sign_request(req, options.config) == AOSE_OK
    assert oss_get_signed_url(options, req, "1999999999", url) == AOSE_OK
    assert (headers.items(), params.items()) == ([("x-oss-meta-a", "1")], [("acl", "")])


def test_secrets_are_not_logged() -> None:
    messages: list[str] = []
    aos_log.aos_log_set_print(lambda message, size: messages.append(str(message)))
    level = aos_log.aos_log_level
    try:
        aos_log.aos_log_set_level(aos_log.AOS_LOG_DEBUG)
        req = request(HTTP_GET, "b/o", [("x-oss-security-token", "tokentoken")])
        oss_sign_request(req, config_of())
        oss_sign_request(req, config_of(signature_version=4))
    finally:
        aos_log.aos_log_set_level(level)
        aos_log.aos_log_set_print(aos_log.aos_log_print_default)
    assert any("region" in message for message in messages)
    assert not [message for message in messages if V1_SECRET in message or "tokentoken" in message]


# --- URLs


def signed_url(
    options: oss_request_options_t, req: aos_http_request_t, key: str, bucket: str, expires: int | str
) -> str | None:
    url = aos_string_t()
    oss_get_object_uri(options, bucket, key, req)
    code = oss_get_signed_url(options, req, str(expires), url)
    assert (code == AOSE_OK) == (url.data is not None)
    return url.data


EXAMPLE = "http://oss-example.oss-cn-hangzhou.aliyuncs.com/"
ENDPOINT = "http://oss-cn-hangzhou.aliyuncs.com"


def test_v1_url() -> None:
    url = signed_url(
        options_of(endpoint=ENDPOINT), request(HTTP_GET, None), "dir/a b+c中.txt", "oss-example", 1141889120
    )
    assert url == (
        f"{EXAMPLE}dir%2Fa%20b%2Bc%E4%B8%AD.txt?OSSAccessKeyId={V1_ID}&Expires=1141889120"
        "&Signature=52Yu3Fk7KZGg5HaqR4hbBfN82Kk%3D"
    )


def test_v1_url_with_everything() -> None:
    req = request(HTTP_PUT, None, [("Content-Type", "text/plain")], [("x-oss-process", "image/resize,h_100")])
    req.normalize_url = 1
    options = options_of(endpoint=ENDPOINT, sts_token="tok")
    assert signed_url(options, req, "dir/a b+c中.txt", "oss-example", 1141889120) == (
        f"{EXAMPLE}dir/a%20b%2Bc%E4%B8%AD.txt?x-oss-process=image%2Fresize%2Ch_100&security-token=tok"
        f"&OSSAccessKeyId={V1_ID}&Expires=1141889120&Signature=Z6ZN65A5OI5GLOsIarKGVCg209s%3D"
    )
    assert req.query_params["Expires"] == "1141889120"


def test_v1_url_signs_the_expiry_whatever_the_headers_say() -> None:
    options, signature = options_of(), aos_string_t()
    dated = request(HTTP_GET, "b/o", [("x-oss-date", DATE)])
    assert get_oss_request_signature(options, dated, "100", signature) == AOSE_OK
    text = string_to_sign([("Date", "100")], method=HTTP_GET).replace("100\n", f"100\nx-oss-date:{DATE}\n")
    headers = aos_table_t()
    oss_sign_headers(None, text, V1_ID, V1_SECRET, headers)
    assert headers["Authorization"] == f"OSS {V1_ID}:{signature}"


def test_v4_url(monkeypatch: pytest.MonkeyPatch) -> None:
    freeze(monkeypatch, 1795225144)  # 20261121T013904Z
    options = options_of(
        endpoint="https://oss-cn-hangzhou.aliyuncs.com", signature_version=4, region="cn-hangzhou", sts_token="tok"
    )
    options.config.access_key_id, options.config.access_key_secret = "ak", "sk"
    req = request(HTTP_GET, None, params=[("x-oss-process", "image/info")])
    for _ in range(2):  # signing again starts from the same parameters
        url = signed_url(options, req, "dir/k y", "bucket-a", 1795225144 + 600)
        parts = urlsplit(url or "")
        assert (parts.scheme, parts.path) == ("https", "/dir%2Fk%20y")
        assert parse_qsl(str(parts.query)) == [
            ("x-oss-process", "image/info"),
            ("x-oss-security-token", "tok"),
            ("x-oss-signature-version", "OSS4-HMAC-SHA256"),
            ("x-oss-credential", "ak/20261121/cn-hangzhou/oss/aliyun_v4_request"),
            ("x-oss-date", "20261121T013904Z"),
            ("x-oss-expires", "600"),
            ("x-oss-signature", "200a7bb3d45bf9fbf464e829fd110392d863530a91c814609ce2bbefc6710ced"),
        ]


def test_a_long_token_fits_into_a_url() -> None:
    for version, name in ((1, "security-token"), (4, "x-oss-security-token")):
        options = options_of(endpoint="oss.com", signature_version=version, region="r", sts_token="t" * 2000)
        url = signed_url(options, request(HTTP_GET, None), "k", "bucket", 1999999999)
        assert f"{name}={'t' * 2000}&" in (url or "")


@pytest.mark.parametrize(
    ("key", "expires", "params", "endpoint"),
    [
        ("k" * 2049, 100, (), ENDPOINT),
        ("k", "", (), ENDPOINT),
        ("k", 100, (("p", "v" * 1100),), ENDPOINT),
        ("k", 100, (), "http://a\r\nb"),
        ("k", 100, (), None),
    ],
)
@pytest.mark.parametrize("version", [1, 4])
def test_urls_that_are_refused(key: str, expires: int | str, params: Pairs, endpoint: str | None, version: int) -> None:
    options = options_of(signature_version=version, region="r")
    options.config.endpoint = endpoint
    assert signed_url(options, request(HTTP_GET, None, params=params), key, "bucket", expires) is None


def test_a_v4_url_needs_a_number() -> None:
    options = options_of(endpoint=ENDPOINT, signature_version=4, region="r")
    assert signed_url(options, request(HTTP_GET, None), "k", "bucket", "soon") is None


# --- RTMP


def test_rtmp_url() -> None:
    options, req, url = (
        options_of(endpoint=ENDPOINT, sts_token="ignored"),
        aos_http_request_create(None),
        aos_string_t(),
    )
    oss_get_rtmp_uri(options, "oss-example", "chan", req)
    assert oss_get_rtmp_signed_url(options, req, "1459922563", "pl.m3u8", None, url) == AOSE_OK
    assert url.data == (
        f"rtmp://oss-example.oss-cn-hangzhou.aliyuncs.com/live%2Fchan?playlistName=pl.m3u8&OSSAccessKeyId={V1_ID}"
        "&Expires=1459922563&Signature=wHjA1aFdg7m2yEfCrdPDJAuFhGI%3D"
    )


def test_rtmp_string_has_every_parameter_in_order() -> None:
    text = aos_string_t()
    params = table([("b", "2"), ("a10", " 1 "), ("a9", ""), ("playlistName", "p")])
    assert oss_get_rtmp_string_to_sign(None, "0", "/b/c", params, text) == AOSE_OK
    assert text.data == "0\na10:1\na9:\nb:2\nplaylistName:p\n/b/c"


def test_rtmp_signature_is_that_of_the_url() -> None:
    options, signature, url = options_of(endpoint=ENDPOINT), aos_string_t(), aos_string_t()
    req, same = aos_http_request_create(None), aos_http_request_create(None)
    for each in (req, same):
        oss_get_rtmp_uri(options, "oss-example", "chan", each)
    same.query_params = table([("x", "1"), ("playlistName", "p")])
    assert get_oss_rtmp_request_signature(options, same, "9", signature) == AOSE_OK
    assert oss_get_rtmp_signed_url(options, req, "9", "p", table([("x", "1")]), url) == AOSE_OK
    assert dict(parse_qsl(urlsplit(str(url)).query))["Signature"] == signature.data
