"""Signature version 4: HMAC-SHA256 with a key of the day, region and product, for headers and URLs.

``oss.oss_auth`` lists what differs from the C SDK.
"""

from __future__ import annotations

import re
import time
from typing import NamedTuple

from aos._c.digest import hmac_of, sha256_of
from aos._c.redact import SecretBytes, SecretText
from aos._c.text import encode
from aos.aos_log import aos_warn_log
from aos.aos_transport import aos_http_request_t
from aos.aos_util import aos_http_method_to_string
from aos.apr_tables import aos_table_t
from oss._define.constants import (
    OSS_CANNONICALIZED_HEADER_DATE,
    OSS_CANNONICALIZED_HEADER_PREFIX,
    OSS_CONTENT_SHA256,
    OSS_CREDENTIAL,
    OSS_EXPIRES_V4,
    OSS_SECURITY_TOKEN_V4,
    OSS_SIGNATURE_V4,
    OSS_SIGNATURE_VERSION,
)
from oss._define.credentials import Credentials
from oss._define.structs import oss_config_t
from oss._request import sign
from oss._request.credentials import credentials_of, put_token
from oss._request.errors import invalid_argument
from oss._request.sign import ToSign, quoted

__all__ = ["prepared", "sign_url_query"]

ALGORITHM = "OSS4-HMAC-SHA256"
UNSIGNED_PAYLOAD = "UNSIGNED-PAYLOAD"
LONGEST_URL_LIFE = 7 * 24 * 3600

_TERMINATOR = "aliyun_v4_request"
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_GMT = rf"(?a)\w{{3}}, (\d\d) ({'|'.join(_MONTHS)}) (\d{{4}}) \d\d:\d\d:\d\d GMT"
_ISO = r"(?a)(\d{8})T\d{6}Z"


class _Scope(NamedTuple):
    """The scope of a signing key: one day, in one region, for one product."""

    date: str
    region: str
    product: str

    def __str__(self) -> str:
        return "/".join((*self, _TERMINATOR))

    def key(self, secret: bytes) -> bytes:
        """Returns the signing key for this scope, made from the access key's secret."""
        key = SecretBytes(b"aliyun_v4" + secret)
        for step in (*self, _TERMINATOR):
            key = SecretBytes(hmac_of(key, encode(step), "sha256"))
        return key


def _scope_of(config: oss_config_t, date: str) -> _Scope:
    if config.cloudbox_id.data:
        return _Scope(date, config.cloudbox_id.data, "oss-cloudbox")
    if not config.region.data:
        raise invalid_argument("region is missing from the configuration: a V4 signature needs it.")
    return _Scope(date, config.region.data, "oss")


def _day_of(stamp: str) -> str:
    """Returns the day of an x-oss-date as ``yyyymmdd``; StatusError for one that is no date."""
    iso = re.fullmatch(_ISO, stamp)
    if iso:
        return iso[1]
    gmt = re.fullmatch(_GMT, stamp)
    if gmt:
        return f"{gmt[3]}{_MONTHS.index(gmt[2]) + 1:02}{gmt[1]}"
    raise invalid_argument("x-oss-date is not a date.")


def _is_signed(name: str) -> bool:
    return name.startswith(OSS_CANNONICALIZED_HEADER_PREFIX) or name in ("content-type", "content-md5")


def _canonical_request(req: aos_http_request_t, headers: aos_table_t, params: aos_table_t) -> str:
    query = sorted((quoted(name), quoted(value)) for name, value in params.items())
    lines = [
        aos_http_method_to_string(req.method),
        quoted(sign.resource_path(req), "/"),
        "&".join(f"{name}={value}" if value else name for name, value in query),
        *(f"{name}:{value}" for name, value in sign.canonical_headers(headers.items(), _is_signed)),
        "",
        "",  # no additional headers
        headers.get(OSS_CONTENT_SHA256) or UNSIGNED_PAYLOAD,
    ]
    return "\n".join(lines)


def _signature(key: bytes, scope: _Scope, stamp: str, canonical_request: str) -> str:
    digest = sha256_of(encode(canonical_request)).hex()
    text = "\n".join((ALGORITHM, stamp, str(scope), digest))
    return SecretText(hmac_of(key, encode(text), "sha256").hex())


def _stamp_of(seconds: int) -> str:
    return time.strftime("%Y%m%dT%H%M%SZ", time.gmtime(seconds))


def prepared(req: aos_http_request_t, config: oss_config_t, credentials: Credentials) -> ToSign:
    """Returns a request about to be signed; its headers get an x-oss-content-sha256 and, if missing, an x-oss-date."""
    headers = sign.table_of(req.headers).copy()
    headers[OSS_CONTENT_SHA256] = UNSIGNED_PAYLOAD
    stamp = headers.get(OSS_CANNONICALIZED_HEADER_DATE)
    if not stamp:
        stamp = _stamp_of(sign.service_time(config))
        headers[OSS_CANNONICALIZED_HEADER_DATE] = stamp
    scope = _scope_of(config, _day_of(stamp))
    key = scope.key(credentials.secret)

    def authorize(text: str) -> str:
        signature = _signature(key, scope, stamp, text)
        return SecretText(f"{ALGORITHM} Credential={credentials.key_id}/{scope},Signature={signature}")

    return ToSign(headers, _canonical_request(req, headers, sign.table_of(req.query_params)), authorize)


def sign_url_query(req: aos_http_request_t, config: oss_config_t, expires: str) -> None:
    """Gives the request a query of its own, with token, scope, dates and signature."""
    credentials = credentials_of(config)
    life = _life_of(expires, sign.now_in_seconds())  # both by the clock of this machine
    stamp = _stamp_of(sign.service_time(config))
    scope = _scope_of(config, stamp[:8])
    params = sign.own_query(req)
    put_token(config, credentials, params, OSS_SECURITY_TOKEN_V4)
    if OSS_SIGNATURE_V4 in params:
        del params[OSS_SIGNATURE_V4]
    for name, value in (
        (OSS_SIGNATURE_VERSION, ALGORITHM),
        (OSS_CREDENTIAL, f"{credentials.key_id}/{scope}"),
        (OSS_CANNONICALIZED_HEADER_DATE, stamp),
        (OSS_EXPIRES_V4, str(life)),
    ):
        params[name] = value
    params[OSS_SIGNATURE_V4] = _signature(
        scope.key(credentials.secret), scope, stamp, _canonical_request(req, sign.table_of(req.headers), params)
    )


def _life_of(expires: str, now: int) -> int:
    """Returns the seconds until a URL expires.

    One that the service will not accept is warned of and signed all the same, since the clock here may be wrong.
    """
    if not expires:
        raise invalid_argument("expires is empty.")
    try:
        life = int(expires) - now
    except ValueError:
        raise invalid_argument("expires is not a number of seconds.") from None
    if not 0 < life <= LONGEST_URL_LIFE:
        aos_warn_log("a signed URL lives 1 to %d seconds, this one %lld", LONGEST_URL_LIFE, life)
    return life
