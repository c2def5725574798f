"""An independent signer, written from the service's definition of both signature versions.

Where the C SDK signs what the service would refuse, this module computes the right signature. For all other recorded
requests it must compute the recorded signature, which ``tests/test_golden.py`` checks.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import time
from typing import Any
from urllib.parse import quote, unquote_to_bytes

from oss._request.sign_v1 import SUB_RESOURCES
from oss.tools.crosscheck.replay.corpus import text_of
from oss.tools.crosscheck.replay.server import Received

__all__ = ["authorization", "quoted_query", "resign", "resigned_query", "resource_of", "string_to_sign"]

Pairs = list[tuple[str, str]]
Config = dict[str, Any]


_IP = re.compile(r"(?:https?://)?(?:[^/?#]*@)?[0-9.]+(?::\d*)?(?:[/?#]|$)")


def _hmac(key: bytes, text: str, digest: str) -> bytes:
    return hmac.digest(key, text.encode("utf-8", "surrogateescape"), digest)


def _bytes(config: Config, name: str) -> bytes:
    return (text_of(config.get(name)) or "").encode("utf-8", "surrogateescape")


def _quote(text: str, safe: str = "") -> str:
    return quote(text.encode("utf-8", "surrogateescape"), safe)


def resource_of(case: dict[str, Any]) -> str:
    """The path ``/bucket/key`` of the resource that a call's arguments name."""
    args = {**case["args"], **(case["args"].get("params") or {})} if _has_struct(case) else case["args"]
    bucket = text_of(args.get("dest_bucket") or args.get("bucket"))
    names = ("dest_object", "object", "sym_object", "live_channel")
    key = next((text_of(args[name]) for name in names if args.get(name) is not None), "")
    if key == "" and isinstance(case["args"].get("config"), dict):
        key = text_of(case["args"]["config"].get("name"))  # a live channel that is created
    if bucket is None:
        return "/"
    if key == "" and _IP.match(text_of(case["config"].get("endpoint")) or ""):
        return f"/{bucket}"
    listed = case["function"] == "oss_gen_vod_play_list" and text_of(args.get("play_list_name"))
    return f"/{bucket}/{key}/{listed}" if listed else f"/{bucket}/{key}"


def _has_struct(case: dict[str, Any]) -> bool:
    return isinstance(case["args"].get("params"), dict)


def _parameters(query: str) -> Pairs:
    pairs = (piece.partition("=") for piece in query.split("&") if piece)
    return [(_unquoted(name), _unquoted(value)) for name, _, value in pairs]


def quoted_query(pairs: Pairs) -> str:
    return "&".join(f"{_quote(name)}={_quote(value)}" if value else _quote(name) for name, value in pairs)


def _unquoted(text: str) -> str:
    return unquote_to_bytes(text).decode("utf-8", "surrogateescape")


def _canonical(headers: Pairs, signed: tuple[str, ...] = ()) -> list[str]:
    """The signed headers in order, one line each."""
    found = sorted(((name.lower(), value.strip(" \t")) for name, value in headers), key=lambda pair: pair[0])
    return [f"{name}:{value}" for name, value in found if value and (name.startswith("x-oss-") or name in signed)]


def string_to_sign(method: str, headers: Pairs, date: str, resource: str, parameters: Pairs) -> str:
    """The text that a signature of version 1 is computed over."""
    headers = [(name, value) for name, value in headers if value.strip(" \t")]  # others are not sent
    first, subs = dict(reversed([(name.lower(), value) for name, value in headers])), dict(reversed(parameters))
    headers = [(name, first[name.lower()]) for name, _ in headers]  # of repeated names, the first one counts
    pieces = sorted((name, subs[name]) for name, _ in parameters if name in SUB_RESOURCES)
    query = "&".join(f"{name}={value}" if value else name for name, value in pieces)
    lines = [method, first.get("content-md5", ""), first.get("content-type", ""), date, *_canonical(headers)]
    return "\n".join([*lines, resource + ("?" + query if query else "")])


def _v1(config: Config, method: str, headers: Pairs, date: str, resource: str, parameters: Pairs) -> str:
    text = string_to_sign(method, headers, date, resource, parameters)
    return base64.b64encode(_hmac(_bytes(config, "access_key_secret"), text, "sha1")).decode()


def _scope(config: Config, stamp: str) -> str:
    if not re.match(r"\d{8}T", stamp):
        stamp = time.strftime("%Y%m%d", time.strptime(stamp, "%a, %d %b %Y %H:%M:%S GMT"))
    cloudbox = text_of(config.get("cloudbox_id"))
    place = f"{cloudbox}/oss-cloudbox" if cloudbox else f"{text_of(config.get('region'))}/oss"
    return f"{stamp[:8]}/{place}/aliyun_v4_request"


def _v4(config: Config, method: str, headers: Pairs, stamp: str, resource: str, parameters: Pairs) -> str:
    query = sorted((_quote(name), _quote(value)) for name, value in parameters)
    payload = next((value for name, value in headers if name.lower() == "x-oss-content-sha256"), "UNSIGNED-PAYLOAD")
    lines = [
        method,
        _quote(resource, "/"),
        "&".join(f"{name}={value}" if value else name for name, value in query),
        *_canonical(headers, ("content-type", "content-md5")),
        "",
        "",
        payload,
    ]
    request = hashlib.sha256("\n".join(lines).encode("utf-8", "surrogateescape")).hexdigest()
    scope, key = _scope(config, stamp), b"aliyun_v4" + _bytes(config, "access_key_secret")
    for step in scope.split("/"):
        key = _hmac(key, step, "sha256")
    return _hmac(key, "\n".join(["OSS4-HMAC-SHA256", stamp, scope, request]), "sha256").hex()


def authorization(config: Config, request: Received, resource: str, parameters: Pairs | None = None) -> str:
    """The Authorization header that a request should carry."""
    if parameters is None:
        parameters = _parameters(request.target.partition("?")[2])
    headers = [(name, value) for name, value in request.headers if name != "Authorization"]
    date = request.header("x-oss-date") or request.header("Date") or ""
    key_id = text_of(config.get("access_key_id"))
    if config.get("signature_version") == 4:
        signature = _v4(config, request.method, headers, date, resource, parameters)
        return f"OSS4-HMAC-SHA256 Credential={key_id}/{_scope(config, date)},Signature={signature}"
    return f"OSS {key_id}:{_v1(config, request.method, headers, date, resource, parameters)}"


def resigned_query(config: Config, method: str, headers: Pairs, resource: str, query: Pairs) -> Pairs:
    """A signed URL's query with the signature it should carry."""
    unsigned = [(name, value) for name, value in query if name not in ("Signature", "x-oss-signature")]
    values = dict(unsigned)
    if "Expires" in values:
        own = [(name, value) for name, value in unsigned if name not in ("OSSAccessKeyId", "Expires")]
        return [*unsigned, ("Signature", _v1(config, method, headers, values["Expires"], resource, own))]
    return [*unsigned, ("x-oss-signature", _v4(config, method, headers, values["x-oss-date"], resource, unsigned))]


def resign(case: dict[str, Any], expected: Any) -> None:
    """Gives every request of an expectation, or the URL it returns, the signature it should carry."""
    for request in (*expected.requests, *expected.somewhere):
        if request.header("Authorization"):
            right = authorization(case["config"], request, resource_of(case))
            request.headers = [(name, right if name == "Authorization" else value) for name, value in request.headers]
    if isinstance(expected.out.get("req"), dict):
        _resign_url(case, expected)


def _resign_url(case: dict[str, Any], expected: Any) -> None:
    asked, signed = case["args"]["req"], expected.out["req"]
    method = ("GET", "HEAD", "PUT", "POST", "DELETE")[asked.get("method", 0)]
    headers = [(text_of(name) or "", text_of(value) or "") for name, value in asked.get("headers") or []]
    query = [(name, value) for name, value in signed["query_params"]]
    pairs = resigned_query(case["config"], method, headers, resource_of(case), query)
    signed["query_params"] = [list(pair) for pair in pairs]
    if isinstance(expected.returned, str):
        expected.returned = expected.returned.partition("?")[0] + "?" + quoted_query(pairs)
