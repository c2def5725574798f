"""Endpoints, hosts, targets and signed URLs made of anything: a place, exactly, or a refusal."""

from __future__ import annotations

import re
from functools import partial
from urllib.parse import parse_qsl, unquote_to_bytes, urlsplit

from hypothesis import assume, example, given
from hypothesis import strategies as st

from aos._http.errors import ExchangeError as transport_refusal
from aos._http.request import _origin_of, _route_of, _signed_url
from aos.aos_util import (
    AOSE_INTERNAL_ERROR,
    AOSE_INVALID_ARGUMENT,
    AOSE_OK,
    aos_string_t,
    aos_url_decode,
    aos_url_encode_ex,
)
from oss._request.endpoint import is_sendable_host
from oss.oss_api import (
    aos_http_request_create,
    aos_http_request_options_create,
    is_oss_domain,
    is_valid_ip,
    oss_gen_signed_url,
    oss_get_bucket_uri,
    oss_get_object_uri,
    oss_get_rtmp_uri,
    oss_get_service_uri,
    oss_preprocess_endpoint,
    oss_request_options_t,
)
from tests.fuzz.amount import fuzz
from tests.service import options_at, table

TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
    st.binary(max_size=20).map(lambda data: data.decode("utf-8", "surrogateescape")),
    st.sampled_from(["", ".", "..", "../x", "//", "?", "#", "%", "%00", "a\r\nb", "a b", "\0", "x" * 2000]),
)
PIECES = [*"ab1.:@[]-_/?#%", "127.0.0.1", "::1", "8080", "x@y"]
AUTHORITIES = TEXTS | st.lists(st.sampled_from(PIECES), max_size=7).map("".join)
ENDPOINTS = st.tuples(st.sampled_from(["", "http://", "HTTPS://", "rtmp://", "ftp://", "http:", "//"]), AUTHORITIES)
SAFE_HOST = re.compile(r"(?:[^@]*@)?(?:[A-Za-z0-9_.-]+(?::.*)?|\[[0-9A-Fa-f:.%\w]+\](?::\d*)?)", re.DOTALL)
SAFE_TARGET = re.compile(r"[!-~]+")


def options_of(endpoint: str, version: int = 1, is_cname: int = 0) -> oss_request_options_t:
    return options_at(endpoint, region="region", signature_version=version, is_cname=is_cname)


@fuzz
@given(ENDPOINTS.map("".join), TEXTS, TEXTS, st.sampled_from([0, 1]))
@example("http://[::1", "b", "k", 0)
@example("http://user:pw@host:80/path?query#fragment", "b", "k", 0)
@example("http://[::1%25eth0]:80", "b", "k", 0)
def test_any_endpoint_is_a_place(endpoint: str, bucket: str, key: str, is_cname: int) -> None:
    options, req = options_of(endpoint, 1, is_cname), aos_http_request_create(None)
    for aim in (
        partial(oss_get_object_uri, options, bucket, key),
        partial(oss_get_bucket_uri, options, bucket),
        partial(oss_get_service_uri, options),
        partial(oss_get_rtmp_uri, options, bucket, key),
    ):
        aim(req)
        assert req.proto in ("", "http://", "https://", "rtmp://")
        host = req.host or ""
        assert not set("/?#") & set(host.removeprefix(f"{bucket}."))
        if is_sendable_host(host):
            assert SAFE_HOST.fullmatch(host)
    endpoint_text = aos_string_t(endpoint)
    oss_preprocess_endpoint(endpoint_text)
    assert endpoint.startswith(str(endpoint_text))
    assert is_valid_ip(endpoint) in (0, 1)
    assert is_oss_domain(endpoint) in (0, 1)


@fuzz
@given(st.sampled_from(["http", "https", "ftp", ""]), AUTHORITIES)
@example("http", "a:99999")
@example("http", "[::1")
@example("http", "a\u2100b")
def test_any_authority_is_an_origin_or_refused(scheme: str, authority: str) -> None:
    try:
        origin = _origin_of(scheme, authority, None, None, (), 1, None, None)
    except transport_refusal as why:
        assert why.code == AOSE_INTERNAL_ERROR
        return
    assert origin.host
    assert "@" not in origin.host
    assert origin.port is None or 0 <= origin.port <= 65535
    assert str(origin)


@fuzz
@given(TEXTS, st.lists(st.tuples(TEXTS, TEXTS), max_size=4))
@example(".", [])
@example("..", [("", "")])
@example("a\r\nb", [("a\r\n", "\0")])
def test_any_key_is_one_target(key: str, params: list[tuple[str, str]]) -> None:
    req = aos_http_request_create(None)
    req.host, req.uri = "host", key
    req.query_params.extend(params)
    try:
        target = _route_of(req, aos_http_request_options_create(None)).target
    except transport_refusal as why:
        assert why.code == AOSE_INVALID_ARGUMENT
        assert max(len(text.encode("utf-8", "surrogateescape")) for pair in [(key,), *params] for text in pair) > 300
        return
    assert SAFE_TARGET.fullmatch(target)
    path, _, query = target[1:].partition("?")
    assert unquote_to_bytes(path) == key.encode("utf-8", "surrogateescape")
    assert not {".", ".."} & set(path.split("/"))
    pairs = [piece.partition("=")[::2] for piece in query.split("&")] if query else []
    read = [tuple(unquote_to_bytes(text) for text in pair) for pair in pairs]
    given_pairs = [tuple(text.encode("utf-8", "surrogateescape") for text in pair) for pair in params]
    assert read == given_pairs or given_pairs == [(b"", b"")]


@fuzz
@given(st.tuples(st.sampled_from(["", "http://", "https://", "x://"]), AUTHORITIES, TEXTS).map("".join))
@example("http://h/a b")
@example("http://h/\x7f")
@example("http://h")
@example("http://h?x#y")
@example("http://h/ä?ü=\udcff")
def test_any_url_is_a_request_or_refused(url: str) -> None:
    try:
        _, authority, target = _signed_url(url)
    except transport_refusal as why:
        assert why.code == AOSE_INTERNAL_ERROR
        return
    assert SAFE_TARGET.fullmatch(target)
    assert target.startswith("/")
    assert not re.search(r"[\0-\x20\x7f/?#]", authority)
    if url.isascii() and "#" not in url and "://" in url:
        rest = url.partition("://")[2].removeprefix(authority)
        assert target == (rest if rest.startswith("/") else f"/{rest}")


@fuzz
@given(
    st.sampled_from([1, 4]),
    TEXTS.filter(bool),
    st.dictionaries(TEXTS.filter(bool), TEXTS, max_size=3),
    st.integers(-(2**70), 2**70),
    st.sampled_from([0, 1]),
)
@example(4, "k", {"x-oss-signature": "mine"}, 1 << 33, 0)
@example(1, "a/../b", {"Signature": "mine", "Expires": "1"}, 1 << 33, 1)
def test_a_signed_url_says_what_it_was_made_of(
    version: int, key: str, params: dict[str, str], expires: int, normalize: int
) -> None:
    options, req = options_of("http://127.0.0.1:80", version), aos_http_request_create(None)
    req.query_params, req.normalize_url = table(*params.items()), normalize
    assume("\0" not in key)
    try:
        url = oss_gen_signed_url(options, "bucket-a", key, expires, req)
    except ValueError:
        assert "\0" in key or not -(2**63) <= expires < 2**63
        return
    if url is None:
        assert max(map(len, [key, *params, *params.values()])) > 300 or key.startswith("?")
        return
    parts = urlsplit(url)
    assert SAFE_TARGET.fullmatch(url)
    assert (parts.scheme, parts.netloc) == ("http", "127.0.0.1:80")
    assert unquote_to_bytes(parts.path[1:]) == f"bucket-a/{key}".encode("utf-8", "surrogateescape")
    found = dict(parse_qsl(parts.query, keep_blank_values=True, errors="surrogateescape"))
    own = (
        {"OSSAccessKeyId", "Expires", "Signature"} if version == 1 else {name for name in found if name[:5] == "x-oss"}
    )
    lower = {name.lower() for name in own}
    assert {name: value for name, value in found.items() if name.lower() not in lower} == {
        name: value for name, value in params.items() if name.lower() not in lower
    }
    assert own <= set(found)


@fuzz
@given(TEXTS, st.sampled_from([0, 1]))
@example("%", 0)
@example("%zz", 1)
def test_encoding_and_back(text: str, slash: int) -> None:
    room = bytearray(20_000)
    raw = text.encode("utf-8", "surrogateescape").split(b"\0", 1)[0]
    assert aos_url_encode_ex(room, text, len(raw), slash) == AOSE_OK
    encoded = bytes(room).split(b"\0", 1)[0].decode()
    assert re.fullmatch(r"[A-Za-z0-9\-_.~%/]*", encoded)
    back = bytearray(20_000)
    assert aos_url_decode(encoded, back) == AOSE_OK
    assert bytes(back).split(b"\0", 1)[0] == raw
    assert aos_url_decode(text, back) in (AOSE_OK, -1)
