"""Where a request goes: host, path and resource by the form of the endpoint."""

from __future__ import annotations

import pytest

from aos.aos_http_io import aos_http_request_create
from oss.oss_util import (
    aos_string_t,
    oss_get_bucket_uri,
    oss_get_host_from_authority,
    oss_get_object_uri,
    oss_get_rtmp_uri,
    oss_get_service_uri,
    oss_preprocess_endpoint,
)
from tests.service import options_at

OBJECT_PLACES = [
    # endpoint, is_cname -> proto, host, uri
    ("oss.com", 0, "", "b-1.oss.com", "k/1"),
    ("http://oss.com", 0, "http://", "b-1.oss.com", "k/1"),
    ("https://oss.com:8443/path?x#y", 0, "https://", "b-1.oss.com:8443", "k/1"),
    ("HTTPS://Oss.com", 0, "https://", "b-1.Oss.com", "k/1"),
    ("h", 0, "", "b-1.h", "k/1"),
    ("http:", 0, "", "b-1.http:", "k/1"),
    ("httpd.com", 0, "", "b-1.httpd.com", "k/1"),
    ("user:pw@oss.com:1", 0, "", "b-1.oss.com:1", "k/1"),
    ("http://img.example.com", 1, "http://", "img.example.com", "k/1"),
    ("127.0.0.1:80", 0, "", "127.0.0.1:80", "b-1/k/1"),
    ("127.0.0.1:80", 1, "", "127.0.0.1:80", "k/1"),
    ("http://[::1]:8080/", 0, "http://", "[::1]:8080", "b-1/k/1"),
    ("[fe80::1]", 0, "", "[fe80::1]", "b-1/k/1"),
    (None, 0, "", None, "k/1"),
]


@pytest.mark.parametrize(("endpoint", "is_cname", "proto", "host", "uri"), OBJECT_PLACES)
def test_object_uri(endpoint: str | None, is_cname: int, proto: str, host: str | None, uri: str) -> None:
    req = aos_http_request_create(None)
    oss_get_object_uri(options_at(endpoint, is_cname=is_cname), "b-1", "k/1", req)
    assert (req.proto, req.host, req.uri, req.resource) == (proto, host, uri, "b-1/k/1")


@pytest.mark.parametrize(
    ("endpoint", "is_cname", "host", "uri", "resource"),
    [
        ("http://oss.com", 0, "b-1.oss.com", "", "b-1/"),
        ("http://img.example.com", 1, "img.example.com", "b-1", "b-1/"),
        ("http://1.2.3.4", 0, "1.2.3.4", "b-1", "b-1"),
        ("http://1.2.3.4", 1, "1.2.3.4", "b-1", "b-1"),
        ("http://[::1]:1", 0, "[::1]:1", "b-1", "b-1"),
    ],
)
def test_bucket_uri(endpoint: str, is_cname: int, host: str, uri: str, resource: str) -> None:
    req = aos_http_request_create(None)
    oss_get_bucket_uri(options_at(endpoint, is_cname=is_cname), "b-1", req)
    assert (req.host, req.uri, req.resource) == (host, uri, resource)


def test_service_uri() -> None:
    req = aos_http_request_create(None)
    oss_get_service_uri(options_at("https://oss.com/x"), req)
    assert (req.proto, req.host, req.uri, req.resource) == ("https://", "oss.com", "", None)


@pytest.mark.parametrize(
    ("endpoint", "is_cname", "host", "uri"),
    [
        ("http://oss.com", 0, "b-1.oss.com", "live/ch"),
        ("https://oss.com", 0, "b-1.oss.com", "live/ch"),
        ("rtmp://oss.com", 0, "b-1.oss.com", "live/ch"),
        ("oss-cn.com", 0, "b-1.oss-cn.com", "live/ch"),
        ("img.example.com", 1, "img.example.com", "live/ch"),
        ("1.2.3.4:1", 0, "1.2.3.4:1", "b-1/live/ch"),
    ],
)
def test_rtmp_uri(endpoint: str, is_cname: int, host: str, uri: str) -> None:
    req = aos_http_request_create(None)
    oss_get_rtmp_uri(options_at(endpoint, is_cname=is_cname), "b-1", "ch", req)
    assert (req.proto, req.host, req.uri, req.resource) == ("rtmp://", host, uri, "b-1/ch")


def test_parts_of_an_endpoint() -> None:
    endpoint = aos_string_t("oss.com:80/a?b#c")
    oss_preprocess_endpoint(endpoint)
    assert (endpoint.data, endpoint.len) == ("oss.com:80", 10)
    authorities = {"h:80": "h", "u:p@h:80": "h", "@": "", "a@b@c:1": "b@c", "": None, "[::1]:80": "[::1]"}
    assert {text: oss_get_host_from_authority(options_at("x"), text) for text in authorities} == authorities
