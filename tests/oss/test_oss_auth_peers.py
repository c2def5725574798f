"""The same requests signed here and by two other clients of the service."""

from __future__ import annotations

import datetime
import email.utils
import string
from typing import Any
from unittest import mock
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

import oss2  # type: ignore[import-untyped]
import oss2.http  # type: ignore[import-untyped]
import pytest
from alibabacloud_oss_v2.signer import SignerV1, SignerV4  # type: ignore[import-untyped]
from alibabacloud_oss_v2.types import Credentials, HttpRequest, SigningContext  # type: ignore[import-untyped]
from hypothesis import given, settings
from hypothesis import strategies as st

from aos import apr_time
from aos.aos_define import AOSE_OK, HTTP_DELETE, HTTP_GET, HTTP_HEAD, HTTP_POST, HTTP_PUT
from aos.aos_http_io import aos_http_request_create
from oss.oss_auth import aos_http_request_t, aos_string_t, oss_get_signed_url, oss_request_options_t, oss_sign_request
from oss.oss_util import oss_config_create, oss_request_options_create

METHODS = {"GET": HTTP_GET, "HEAD": HTTP_HEAD, "PUT": HTTP_PUT, "POST": HTTP_POST, "DELETE": HTTP_DELETE}
KEY_ID, SECRET, BUCKET, REGION = "an-id", "a-secret", "bucket", "cn-hangzhou"
NOW = 1767323045

KEYS = st.text("ab/ +%?&=#中é~-_.", min_size=1, max_size=12)
VALUES = st.text(string.ascii_letters + string.digits + "中é=/+,", min_size=1, max_size=8)
NAMES = st.sampled_from(["x-oss-meta-9", "x-oss-meta-10", "X-Oss-Meta-Upper", "x-oss-object-acl", "x-oss-a", "Accept"])
HEADERS = st.dictionaries(st.one_of(NAMES, st.sampled_from(["Content-Type", "Content-MD5"])), VALUES, max_size=5)
PARAMS = st.dictionaries(
    st.sampled_from(["acl", "uploadId", "partNumber", "prefix", "versionId", "x-oss-process", "append", "b c", "B"]),
    st.one_of(VALUES, st.just("")),
    max_size=5,
)
CASES = {
    "method": st.sampled_from(sorted(METHODS)),
    "key": KEYS,
    "headers": HEADERS,
    "params": PARAMS,
    "token": st.sampled_from([None, "a/token+="]),
}


def frozen(seconds: int) -> Any:
    return mock.patch.object(apr_time, "apr_time_now", lambda: seconds * 1_000_000)


def options_of(version: int, token: str | None) -> oss_request_options_t:
    options = oss_request_options_create(None)
    options.config = config = oss_config_create(None)
    config.access_key_id, config.access_key_secret, config.sts_token = KEY_ID, SECRET, token
    config.signature_version, config.region = version, REGION
    return options


def ours(method: str, key: str, headers: dict[str, str], params: dict[str, str]) -> Any:
    req = aos_http_request_create(None)
    req.method, req.resource, req.host, req.uri = METHODS[method], f"{BUCKET}/{key}", "h", key
    for name, value in headers.items():
        req.headers.add(name, value)
    for name, value in params.items():
        req.query_params.add(name, value)
    return req


def header_signature(version: int, seconds: int, token: str | None, req: aos_http_request_t) -> str:
    if token:
        req.headers["x-oss-security-token"] = token
    with frozen(seconds):
        assert oss_sign_request(req, options_of(version, token).config) == AOSE_OK
    return (req.headers["Authorization"] or "").replace(",", ", ")


def url_parameters(version: int, seconds: int, expires: int, token: str | None, req: Any) -> dict[str, str]:
    url = aos_string_t()
    with frozen(seconds):
        assert oss_get_signed_url(options_of(version, token), req, str(expires), url) == AOSE_OK
    return dict(parse_qsl(urlsplit(str(url)).query, keep_blank_values=True))


def oss2_auth(kind: Any, token: str | None) -> Any:
    return kind(oss2.credentials.StaticCredentialsProvider(KEY_ID, SECRET, token))


def oss2_request(method: str, headers: dict[str, str], params: dict[str, str]) -> oss2.http.Request:
    return oss2.http.Request(
        method, "http://h/k", params=dict(params), headers=dict(headers), region=REGION, product="oss"
    )


@settings(max_examples=60, deadline=None)
@given(**CASES)
def test_v1_header_as_oss2(
    method: str, key: str, headers: dict[str, str], params: dict[str, str], token: str | None
) -> None:
    theirs = oss2_request(method, headers, params)
    oss2_auth(oss2.ProviderAuth, token)._sign_request(theirs, BUCKET, key)
    seconds = int(email.utils.parsedate_to_datetime(theirs.headers["date"]).timestamp())
    signed = header_signature(1, seconds, token, ours(method, key, headers, params))
    assert signed == theirs.headers["authorization"]


@settings(max_examples=60, deadline=None)
@given(**CASES)
def test_v1_url_as_oss2(
    method: str, key: str, headers: dict[str, str], params: dict[str, str], token: str | None
) -> None:
    theirs = oss2_request(method, headers, params)
    oss2_auth(oss2.ProviderAuth, token)._sign_url(theirs, BUCKET, key, 60)
    expires = int(theirs.params["Expires"])
    assert url_parameters(1, NOW, expires, token, ours(method, key, headers, params)) == theirs.params


@pytest.mark.filterwarnings("ignore:datetime.datetime.utcnow:DeprecationWarning")
@settings(max_examples=60, deadline=None)
@given(**CASES)
def test_v4_header_as_oss2(
    method: str, key: str, headers: dict[str, str], params: dict[str, str], token: str | None
) -> None:
    theirs = oss2_request(method, headers, params)
    oss2_auth(oss2.ProviderAuthV4, token)._sign_request(theirs, BUCKET, key)
    signed = header_signature(4, seconds_of(theirs.headers["x-oss-date"]), token, ours(method, key, headers, params))
    assert signed == theirs.headers["authorization"]


@pytest.mark.filterwarnings("ignore:datetime.datetime.utcnow:DeprecationWarning")
@settings(max_examples=60, deadline=None)
@given(**CASES)
def test_v4_url_as_oss2(
    method: str, key: str, headers: dict[str, str], params: dict[str, str], token: str | None
) -> None:
    theirs = oss2_request(method, headers, params)
    oss2_auth(oss2.ProviderAuthV4, token)._sign_url(theirs, BUCKET, key, 60)
    seconds = seconds_of(theirs.params["x-oss-date"])
    assert url_parameters(4, seconds, seconds + 60, token, ours(method, key, headers, params)) == theirs.params


def seconds_of(stamp: str) -> int:
    moment = datetime.datetime.strptime(stamp, "%Y%m%dT%H%M%SZ").replace(tzinfo=datetime.timezone.utc)
    return int(moment.timestamp())


def signed_by_v2(
    signer: Any, method: str, key: str, headers: dict[str, str], params: dict[str, str], token: str | None, by_url: bool
) -> HttpRequest:
    now = datetime.datetime.fromtimestamp(NOW, datetime.timezone.utc)
    query = urlencode(params, quote_via=quote, safe="")
    request = HttpRequest(method, f"http://h/k?{query}" if query else "http://h/k", headers=dict(headers))
    context = SigningContext(
        product="oss",
        region=REGION,
        bucket=BUCKET,
        key=key,
        request=request,
        credentials=Credentials(KEY_ID, SECRET, token),
        signing_time=now,
    )
    context.auth_method_query = by_url
    context.expiration_time = now + datetime.timedelta(seconds=60)
    signer.sign(context)
    return request


@settings(max_examples=60, deadline=None)
@given(**CASES)
def test_v4_header_as_oss_v2(
    method: str, key: str, headers: dict[str, str], params: dict[str, str], token: str | None
) -> None:
    theirs = signed_by_v2(SignerV4(), method, key, headers, params, token, by_url=False)
    signed = header_signature(4, NOW, token, ours(method, key, headers, params))
    assert signed.replace(", ", ",") == theirs.headers["Authorization"].replace(", ", ",")


@settings(max_examples=60, deadline=None)
@given(**CASES)
def test_v4_url_as_oss_v2(
    method: str, key: str, headers: dict[str, str], params: dict[str, str], token: str | None
) -> None:
    theirs = signed_by_v2(SignerV4(), method, key, headers, params, token, by_url=True)
    found = url_parameters(4, NOW, NOW + 60, token, ours(method, key, headers, params))
    assert found == dict(parse_qsl(urlsplit(theirs.url).query, keep_blank_values=True))


@settings(max_examples=60, deadline=None)
@given(
    method=CASES["method"],
    key=KEYS,
    headers=HEADERS,
    params=PARAMS.map(lambda params: {name: value for name, value in params.items() if name != "x-oss-process"}),
)
def test_v1_header_as_oss_v2(method: str, key: str, headers: dict[str, str], params: dict[str, str]) -> None:
    """Without the sub-resource that this client does not know, and a token, which it sends by another name."""
    theirs = signed_by_v2(SignerV1(), method, key, headers, params, None, by_url=False)
    signed = header_signature(1, NOW, None, ours(method, key, headers, params))
    assert signed == theirs.headers["Authorization"]
