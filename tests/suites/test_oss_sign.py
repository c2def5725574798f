"""The C suite test_oss_sign, by the names of its cases: V4 signatures as they arrive at a service that checks them.

The C SDK's cases get 403 from the real service, which does not know their key; the local one does, and lets them pass.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timezone
from urllib.parse import parse_qsl, urlsplit

import pytest

from aos import apr_time
from oss.local_server import LocalServer
from oss.oss_api import *
from tests.service import content, new_list, options_for, table

BUCKET = "oss-bucket-test"
KEY = "test-sign-V4/-!@#$%^&*()/abcdefjhijklmnoqprstuvwxyz/123456789"
HEADERS = [(name, "value") for name in ("x-oss-head1", "abc", "ZAbc", "XYZ")]
PARAMS = [
    *(("param1", "value1"), ("|param1", "value4"), ("+param1", "value3")),
    *(("+param2", ""), ("|param2", ""), ("param2", "")),
]


def seconds(date: str) -> float:
    return datetime.strptime(date, "%Y%m%dT%H%M%SZ").replace(tzinfo=timezone.utc).timestamp()


@contextmanager
def service_at(date: str, bucket: str = BUCKET) -> Iterator[tuple[LocalServer, oss_request_options_t]]:
    """A service in whose view it is ``date``, and options that sign with V4."""
    now = seconds(date)
    with LocalServer(buckets=[bucket], access_key_id="ak", access_key_secret="sk", now=lambda: now) as server:
        options = options_for(server)
        options.config.signature_version = 4
        yield server, options


def authorization(
    server: LocalServer, options: oss_request_options_t, date: str, headers: list[tuple[str, str]], params: bool
) -> tuple[int, str]:
    """The status of a PUT, and the Authorization that the service got."""
    given, query = table(*headers, (OSS_CANNONICALIZED_HEADER_DATE, date)), table(*PARAMS) if params else None
    before = list(given.items())
    status = oss_do_put_object_from_buffer(options, BUCKET, KEY, new_list(""), given, query, None, None, None)
    assert list(given.items()) == before, "the caller's table is not signed, as the C SDK's is"
    sent = {name.lower(): value for name, value in server.requests[-1].headers}
    assert sent["x-oss-date"] == date
    return status.code, sent["authorization"]


def test_sign_v4_object_full() -> None:
    date = "20221016T040719Z"
    with service_at(date) as (server, options):
        assert authorization(server, options, date, HEADERS, True) == (
            200,
            "OSS4-HMAC-SHA256 Credential=ak/20221016/cn-hangzhou/oss/aliyun_v4_request,"
            "Signature=16e58322c5aafb55edd82813b02d6521caab8194882c786bf0e77b7987a63979",
        )


def test_sign_v4_object_without_query() -> None:
    date = "20221016T091431Z"
    with service_at(date) as (server, options):
        assert authorization(server, options, date, HEADERS[:1], False) == (
            200,
            "OSS4-HMAC-SHA256 Credential=ak/20221016/cn-hangzhou/oss/aliyun_v4_request,"
            "Signature=5028172a0a3806285979896982bee6e36e915cbf428ee7100a809e1f0ff43b64",
        )


def test_sign_v4_object_cloudbox_id_full() -> None:
    date = "20221016T091831Z"
    with service_at(date) as (server, options):
        options.config.cloudbox_id = "cloudbox-id"
        assert authorization(server, options, date, HEADERS, True) == (
            200,
            "OSS4-HMAC-SHA256 Credential=ak/20221016/cloudbox-id/oss-cloudbox/aliyun_v4_request,"
            "Signature=939eae7d5012d444c8d1dd8c68811275928f780a859e41ddbe52cf10a100adb4",
        )


def test_sign_v4_with_gmt_datefomat() -> None:
    with service_at("20150319T180000Z") as (server, options):
        options.config.cloudbox_id = "cloudbox-id"
        assert authorization(server, options, "Thu, 19 Mar 2015 18:00:00 GMT", HEADERS, True) == (
            200,
            "OSS4-HMAC-SHA256 Credential=ak/20150319/cloudbox-id/oss-cloudbox/aliyun_v4_request,"
            "Signature=ecf8b39fea153950a97e9f01ac541b097c840911759abadd14b26216ea84f892",
        )


def test_sign_v4_presign(monkeypatch: pytest.MonkeyPatch) -> None:
    """The C SDK's case is empty; here the URL's parameters and their order, and that the service lets it pass."""
    date, key = "20261121T013904Z", "dir/k y"
    now = int(seconds(date))
    monkeypatch.setattr(apr_time, "apr_time_now", lambda: now * 1_000_000)
    with service_at(date, "bucket-a") as (server, options):
        server.put("bucket-a", key, b"hello")
        buffer, req = new_list(), aos_http_request_create(None)
        url = oss_gen_signed_url(options, "bucket-a", key, now + 600, req)
        status = oss_get_object_to_buffer_by_url(options, url or "", None, None, buffer, None)
        assert (status.code, content(buffer)) == (200, b"hello")
        (request,) = server.requests
        assert "Authorization" not in dict(request.headers)
        *pairs, (name, signature) = parse_qsl(urlsplit(request.target).query)
        assert pairs == [
            ("x-oss-signature-version", "OSS4-HMAC-SHA256"),
            ("x-oss-credential", "ak/20261121/cn-hangzhou/oss/aliyun_v4_request"),
            ("x-oss-date", date),
            ("x-oss-expires", "600"),
        ]
        assert (name, len(signature)) == ("x-oss-signature", 64)
        options.config.endpoint, options.config.sts_token = "https://oss-cn-hangzhou.aliyuncs.com", "tok"
        apr_table_set(req.query_params, OSS_PROCESS, "image/info")
        vector = oss_gen_signed_url(options, "bucket-a", key, now + 600, req)
    assert vector is not None
    assert vector.endswith("=200a7bb3d45bf9fbf464e829fd110392d863530a91c814609ce2bbefc6710ced")
