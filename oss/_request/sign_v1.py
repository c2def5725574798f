"""Signature version 1: HMAC-SHA1 over headers and sub-resources, for headers, URLs and RTMP.

``oss.oss_auth`` lists what differs from the C SDK.
"""

from __future__ import annotations

import base64
import functools

from aos._c.digest import hmac_of
from aos._c.fork import imported
from aos._c.redact import SecretText
from aos._c.text import encode
from aos.aos_define import AOS_MAX_QUERY_ARG_LEN, AOS_MAX_URI_LEN
from aos.aos_transport import aos_http_request_t
from aos.aos_util import aos_http_method_to_string, too_long
from aos.apr_tables import aos_table_t
from oss._define.constants import (
    OSS_ACCESSKEYID,
    OSS_CANNONICALIZED_HEADER_DATE,
    OSS_CANNONICALIZED_HEADER_PREFIX,
    OSS_CONTENT_MD5,
    OSS_CONTENT_TYPE,
    OSS_DATE,
    OSS_EXPIRES,
    OSS_PLAY_LIST_NAME,
    OSS_SECURITY_TOKEN,
    OSS_SIGNATURE,
)
from oss._define.credentials import Credentials
from oss._define.structs import oss_config_t
from oss._request import sign
from oss._request.credentials import credentials_of, put_token
from oss._request.errors import invalid_argument
from oss._request.sign import BLANKS, ToSign

__all__ = [
    "authorization",
    "prepared",
    "rtmp_string_to_sign",
    "sign_rtmp_query",
    "sign_url_query",
    "string_to_sign",
]

_SUB_RESOURCE_NAMES = """
    accessPoint accessPointPolicy acl append asyncFetch bucketArchiveDirectRead bucketInfo callback callback-var
    cloudboxes cname comp continuation-token cors delete encryption endTime group httpsConfig inventory inventoryId
    lifecycle link live location logging metaQuery objectInfo objectMeta partNumber policy position
    publicAccessBlock qos qosInfo qosRequester redundancyTransition referer regionList replication
    replicationLocation replicationProgress requestPayment requesterQosInfo resourceGroup resourcePool
    resourcePoolBuckets resourcePoolInfo response-cache-control response-content-disposition
    response-content-encoding response-content-language response-content-type response-expires restore
    security-token sequential startTime stat status style styleName symlink tagging transferAcceleration uploadId
    uploads versionId versioning versions vod website worm wormExtend wormId x-oss-ac-forward-allow
    x-oss-ac-source-ip x-oss-ac-subnet-mask x-oss-ac-vpc-id x-oss-access-point-name x-oss-async-process
    x-oss-process x-oss-redundancy-transition-taskid x-oss-request-payer x-oss-sign-origin-only
    x-oss-target-redundancy-type x-oss-traffic-limit x-oss-write-get-object-response
"""
SUB_RESOURCES = frozenset(_SUB_RESOURCE_NAMES.split())


def signature(secret: bytes, text: str) -> str:
    """Returns the HMAC-SHA1 of a text in base64."""
    return SecretText(base64.b64encode(hmac_of(secret, encode(text), "sha1")).decode())


def authorization(key_id: str, secret: bytes, text: str) -> str:
    """Returns the header Authorization for a text to sign."""
    return SecretText(f"OSS {key_id}:{signature(secret, text)}")


def string_to_sign(method: int, date: str, headers: aos_table_t, resource: str, params: aos_table_t | None) -> str:
    """Returns the text to sign: method, three headers, the x-oss- headers, the resource with its sub-resources.

    Of a header that is given twice, the first value that is sent is signed, twice if it is one of x-oss-.
    """
    sent = [(name.lower(), value) for name, value in headers.items() if value and value.strip(BLANKS)]
    first = dict(reversed(sent))
    lines = [
        aos_http_method_to_string(method),
        first.get(OSS_CONTENT_MD5.lower(), ""),
        first.get(OSS_CONTENT_TYPE.lower(), ""),
        date,
        *(f"{name}:{first[name].strip(BLANKS)}" for name, _ in sign.canonical_headers(sent, _is_oss_header)),
        resource + _sub_resources(params),
    ]
    return "\n".join(lines)


def _is_oss_header(name: str) -> bool:
    return name.startswith(OSS_CANNONICALIZED_HEADER_PREFIX)


def _sub_resources(params: aos_table_t | None) -> str:
    pairs = [(name, value) for name, value in sign.table_of(params).items() if name in SUB_RESOURCES]
    first = dict(reversed(pairs))  # by exact name, while a table takes x and X for one
    pieces = [_piece(name, first[name]) for name in sorted(name for name, _ in pairs)]
    return "?" + "&".join(pieces) if pieces else ""


def _piece(name: str, value: str | None) -> str:
    """Returns a sub-resource as it is signed; StatusError for one that is longer than the C SDK's limit, which does not
    hold for a token."""
    piece = f"{name}={value}" if value else name
    if len(encode(piece)) + 1 >= AOS_MAX_QUERY_ARG_LEN and name != OSS_SECURITY_TOKEN:
        raise invalid_argument(f"the parameter {name} is too long: {too_long(piece, AOS_MAX_QUERY_ARG_LEN - 2)}")
    return piece


@functools.lru_cache(maxsize=2)
def _http_date(seconds: int) -> str:
    made: str = imported("email.utils").formatdate(seconds, usegmt=True)  # imported late: it brings random and socket
    return made


def prepared(req: aos_http_request_t, config: oss_config_t, credentials: Credentials) -> ToSign:
    """Returns a request about to be signed; its headers get a Date unless they have an x-oss-date."""
    if len(encode(req.resource or "")) >= AOS_MAX_URI_LEN - 1:
        raise invalid_argument(
            f"the name of bucket and object is too long: {too_long(req.resource, AOS_MAX_URI_LEN - 2)}"
        )
    headers = sign.table_of(req.headers).copy()
    date = headers.get(OSS_CANNONICALIZED_HEADER_DATE)
    if not date:
        date = _http_date(sign.service_time(config))
        headers[OSS_DATE] = date
    text = string_to_sign(req.method, date, headers, sign.resource_path(req), req.query_params)
    return ToSign(headers, text, functools.partial(authorization, credentials.key_id, credentials.secret))


def sign_url_query(req: aos_http_request_t, config: oss_config_t, expires: str) -> None:
    """Gives the request a query of its own, with token, key, expiry and signature."""
    credentials = credentials_of(config)
    params = sign.own_query(req)
    put_token(config, credentials, params, OSS_SECURITY_TOKEN)
    result = signature(credentials.secret, url_string_to_sign(req, expires))
    _add_signature(params, credentials.key_id, expires, result)


def _add_signature(params: aos_table_t, key_id: str, expires: str, result: str) -> None:
    for name, value in ((OSS_ACCESSKEYID, key_id), (OSS_EXPIRES, expires), (OSS_SIGNATURE, result)):
        params[name] = value


def url_string_to_sign(req: aos_http_request_t, expires: str) -> str:
    """Returns the text to sign for a URL: that of a request whose date is the expiry.

    The request gets a copy of its headers with the expiry as their Date.
    """
    if not expires:
        raise invalid_argument("expires is empty.")
    req.headers = sign.table_of(req.headers).copy()
    req.headers[OSS_DATE] = expires
    return string_to_sign(req.method, expires, req.headers, sign.resource_path(req), req.query_params)


def sign_rtmp_query(
    req: aos_http_request_t, config: oss_config_t, expires: str, playlist: str, extra: aos_table_t | None
) -> None:
    """Gives the request for a stream a query of its own, with key, expiry and signature.

    All other parameters are signed; a token is not used.
    """
    credentials = credentials_of(config)
    params = sign.own_query(req)
    for name, value in sign.table_of(extra).items():
        params[name] = value
    params[OSS_PLAY_LIST_NAME] = playlist
    result = signature(credentials.secret, rtmp_string_to_sign(expires, sign.resource_path(req), params))
    _add_signature(params, credentials.key_id, expires, result)


def rtmp_string_to_sign(expires: str, resource: str, params: aos_table_t | None) -> str:
    """Returns the text to sign for a stream: expiry, parameters, channel."""
    pairs = sorted(sign.table_of(params).items(), key=lambda pair: encode(pair[0]))
    return "\n".join([expires, *(f"{name}:{(value or '').strip(BLANKS)}" for name, value in pairs), resource])
