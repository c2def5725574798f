"""Odd object keys: each names exactly one object, in every way of addressing and signing, or is refused as OSS does."""

from __future__ import annotations

import socket
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest

from oss.oss_api import (
    AOSE_INVALID_ARGUMENT,
    HTTP_GET,
    aos_http_request_create,
    aos_list_t,
    aos_string_t,
    aos_table_t,
    apr_time_now,
    oss_config_t,
    oss_copy_object,
    oss_create_list_object_params,
    oss_delete_object,
    oss_delete_objects_by_prefix,
    oss_gen_signed_url,
    oss_get_object_to_buffer,
    oss_get_object_to_buffer_by_url,
    oss_head_object,
    oss_list_object,
    oss_put_object_from_buffer,
    oss_resumable_clt_params_t,
    oss_resumable_download_file,
)
from tests.service import Service, content, new_list, running, texts

GOOD = [
    *("../x", "..", ".", "./x", "a/../b", "a/./b", "a/..", "a//b", "a/", "a//", "../../../etc/passwd", "a\\..\\b"),
    *(
        "%2e%2e",
        "%2F",
        "%",
        "%zz",
        "a%00b",
        "a+b",
        "a b",
        " a",
        "a ",
        "a?q=1",
        "a#f",
        "a&b=c",
        "a;b",
        "a:b@c",
        "~",
        "*'()!",
    ),
    *("\x01", "a\tb", "a\nb", "a\rb", "a\r\nX: y", "\x7f", "\u0085", "\u2028", "\ufeff", "\ufffd", "a\u0301", "á"),
    *("\U0001d11e", "\U0010ffff", "中文/键", "x" * 1023, "中" * 341, "\U0001d11e" * 255 + "xyz", "\r" * 1023),
]
REFUSED: list[str | bytes] = [
    "/",
    "//",
    "/x",
    "\\",
    "\\x",
    "x" * 1024,
    "中" * 341 + "x",
    b"a\xffb",
    b"\xed\xa0\x80",
    b"\xc0\xaf",
    b"\xf5\x80",
]


@pytest.fixture(scope="module")
def service() -> Iterator[Service]:
    with running() as made:
        made.server.add_cname("img.example.com", made.bucket)
        yield made


@pytest.fixture(params=["path", "host", "cname"])
def style(request: pytest.FixtureRequest, service: Service, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    resolve, config = socket.getaddrinfo, service.options.config
    monkeypatch.setattr(socket, "getaddrinfo", lambda host, *args, **kwds: resolve("127.0.0.1", *args, **kwds))
    host = {"path": "127.0.0.1", "host": "localhost", "cname": "img.example.com"}[request.param]
    config.endpoint, config.is_cname = f"http://{host}:{service.server.port}", int(request.param == "cname")
    yield request.param
    config.endpoint, config.is_cname = service.server.endpoint, 0


@pytest.mark.parametrize("version", [1, 4])
def test_a_key_names_one_object(service: Service, style: str, version: int) -> None:
    service.options.config.signature_version = version
    where = service.where
    service.put("other", b"untouched")
    for key in GOOD:
        data = key.encode()
        service.put(key, data)
        assert service.get(key) == data, "from behind the service"
        assert service.head(key)["Content-Length"] == str(len(data))
        assert content(_got(service, key)) == data
        for normalize in (0, 1):
            assert _by_url(service, key, normalize) == data, (key, normalize)
        copied = oss_copy_object(*where, key, service.bucket, "copy", None, None)
        assert (copied.code, service.get("copy")) == (200, data), copied
        assert oss_delete_object(*where, key, None).code == 204
        assert oss_head_object(*where, key, None, None).code == 404
        assert service.get("other") == b"untouched"


def _got(service: Service, key: str) -> aos_list_t:
    buffer = new_list()
    status = oss_get_object_to_buffer(*service.where, key, None, None, buffer, None)
    assert status.code == 200, (key, status)
    return buffer


def _by_url(service: Service, key: str, normalize: int) -> bytes:
    req = aos_http_request_create(None)
    req.method, req.normalize_url = HTTP_GET, normalize
    url = oss_gen_signed_url(service.options, service.bucket, key, apr_time_now() // 1_000_000 + 60, req)
    assert url is not None
    buffer = new_list()
    status = oss_get_object_to_buffer_by_url(service.options, url, None, None, buffer, None)
    assert status.code == 200, (url, status)
    return content(buffer)


@pytest.mark.parametrize("key", ["a b", "%2e%2e", "中文/键", "\U0001d11e", "a?q=1", "a+b", "a//b"])
@pytest.mark.parametrize("version", [1, 4])
def test_a_signed_url_serves_any_client(service: Service, version: int, key: str) -> None:
    service.options.config.signature_version = version
    service.put(key, b"data")
    req = aos_http_request_create(None)
    url = oss_gen_signed_url(service.options, service.bucket, key, apr_time_now() // 1_000_000 + 60, req) or ""
    with urllib.request.urlopen(url, timeout=10) as answer:
        assert answer.read() == b"data"


@pytest.mark.parametrize("version", [1, 4])
def test_a_key_that_oss_refuses(service: Service, style: str, version: int) -> None:
    service.options.config.signature_version = version
    for key in REFUSED:
        status = oss_put_object_from_buffer(*service.where, key, new_list(b"data"), None, None)
        assert (status.code, status.error_code) == (400, "InvalidObjectName"), (key, status)


def test_keys_come_back_from_a_listing(service: Service) -> None:
    expected = ["list/" + key for key in GOOD if key.isprintable() and len(key.encode()) < 1000]
    for key in expected:
        service.put(key, b"")
    params = oss_create_list_object_params(None)
    params.prefix, params.max_ret = "list/", 1000
    assert oss_list_object(*service.where, params, None).code == 200
    assert sorted(texts(params.object_list, "key")) == sorted(expected)


def test_an_empty_key_is_refused_here(service: Service) -> None:
    for key in ("", b"", aos_string_t("")):
        status = oss_delete_object(*service.where, key, None)
        assert (status.code, status.error_code) == (AOSE_INVALID_ARGUMENT, "ObjectNameInvalidError")


@pytest.mark.parametrize("text", ["\ud800", "a\udfffb"[:1] + "\udbff", "\ud83d"])
def test_half_a_surrogate_pair_is_no_text(service: Service, text: str) -> None:
    """Where it enters: a status where there is one, else a ValueError. (U+DC80 to U+DCFF stand for bytes.)"""
    calls: list[Any] = [
        oss_put_object_from_buffer(*service.where, text, new_list(b""), None, None),
        oss_delete_objects_by_prefix(*service.where, text),
        oss_get_object_to_buffer_by_url(service.options, service.server.endpoint + "/" + text, None, None, None, None),
        oss_resumable_download_file(*service.where, "key", text, None, None, oss_resumable_clt_params_t(), None, None),
    ]
    assert [(status.code, "U+D" in status.error_msg) for status in calls] == [(AOSE_INVALID_ARGUMENT, True)] * 4
    table, config = aos_table_t(), oss_config_t()
    with pytest.raises(ValueError, match=r"U\+D"):
        table["x-oss-meta-a"] = text
    with pytest.raises(ValueError, match=r"U\+D"):
        table[text] = "a"
    with pytest.raises(ValueError, match=r"U\+D"):
        config.region = text
