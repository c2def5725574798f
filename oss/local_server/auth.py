"""Authentication of requests: V1 and V4 signatures, in the Authorization header or in the URL, with STS tokens."""

from __future__ import annotations

import base64
import hashlib
import hmac
import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime
from urllib.parse import quote

from oss.local_server.errors import OssError
from oss.local_server.http_message import Request
from oss.local_server.xmldoc import Value

__all__ = ["Authenticator", "Credentials", "Identity"]

MAX_SKEW = 15 * 60
MAX_EXPIRES = 7 * 24 * 3600
_REGION_IN_URL = "The signing region in credential is invalid."
V4_ALGORITHM = "OSS4-HMAC-SHA256"

# Query parameters that belong to the V1 canonical resource.
_V1_SUBRESOURCES_TEXT = """
accessPoint accessPointPolicy acl append asyncFetch bucketArchiveDirectRead bucketInfo callback callback-var
cloudboxes cname comp continuation-token cors delete encryption endTime group httpsConfig img inventory inventoryId
lifecycle link live location logging metaQuery objectInfo objectMeta partNumber policy position publicAccessBlock
qos qosInfo qosRequester redundancyTransition referer regionList replication replicationLocation replicationProgress
requestPayment requesterQosInfo resourceGroup resourcePool resourcePoolBuckets resourcePoolInfo
response-cache-control response-content-disposition response-content-encoding response-content-language
response-content-type response-expires restore security-token sequential startTime stat status style styleName
symlink tagging transferAcceleration uploadId uploads versionId versioning versions vod website worm wormExtend
wormId x-oss-ac-forward-allow x-oss-ac-source-ip x-oss-ac-subnet-mask x-oss-ac-vpc-id x-oss-access-point-name
x-oss-async-process x-oss-process x-oss-redundancy-transition-taskid x-oss-request-payer x-oss-sign-origin-only
x-oss-target-redundancy-type x-oss-traffic-limit x-oss-write-get-object-response
"""
V1_SUBRESOURCES = frozenset(_V1_SUBRESOURCES_TEXT.split())


@dataclass(frozen=True)
class Identity:
    """The key and the account that a request was signed with."""

    access_key_id: str
    owner: str


@dataclass(frozen=True)
class Credentials:
    secret: str
    owner: str
    token: str | None = None
    expires: float = math.inf


@dataclass(frozen=True)
class _Claim:
    """A signature as presented: whose it is, and how to compute the right one."""

    access_key_id: str
    signature: str
    # (secret, resource) -> (signature, text that was signed, canonical request of V4)
    compute: Callable[[str, str], tuple[str, str, str]]


class Authenticator:
    """Checks the signatures of requests against a set of keys."""

    def __init__(self, region: str, now: Callable[[], float]) -> None:
        self.region = region
        self._now = now
        self._keys: dict[str, Credentials] = {}

    def add(self, access_key_id: str, credentials: Credentials) -> None:
        self._keys[access_key_id] = credentials

    def identify(self, request: Request, query: dict[str, str], resources: list[str]) -> Identity | None:
        """The sender, or None for an anonymous request; ``resources`` are the paths that may have been signed."""
        claim = self._claim(request, query)
        if claim is None:
            return None
        credentials = self._keys.get(claim.access_key_id)
        if credentials is None:
            raise OssError("InvalidAccessKeyId", OSSAccessKeyId=claim.access_key_id)
        self._check_token(request, query, credentials)
        signed = to_sign = canonical = ""
        for resource in reversed(resources):
            signed, to_sign, canonical = claim.compute(credentials.secret, resource)
            if hmac.compare_digest(signed.encode(), claim.signature.encode("utf-8", "surrogateescape")):
                return Identity(claim.access_key_id, credentials.owner)
        detail: list[tuple[str, Value]] = [
            ("OSSAccessKeyId", claim.access_key_id),
            ("SignatureProvided", claim.signature),
            ("StringToSign", _printable(to_sign)),
            ("StringToSignBytes", _encoded(to_sign).hex(" ").upper()),
        ]
        if canonical:
            detail.append(("CanonicalRequest", _printable(canonical)))
        raise OssError("SignatureDoesNotMatch", detail=detail)

    def _check_token(self, request: Request, query: dict[str, str], credentials: Credentials) -> None:
        presented = (
            request.headers.get("x-oss-security-token")
            or request.headers.get("security-token")
            or query.get("x-oss-security-token")
            or query.get("security-token")
        )
        if credentials.token is None and not presented:
            return
        if credentials.token is not None and not presented:
            raise OssError("InvalidAccessKeyId")
        if presented != credentials.token:
            raise OssError("InvalidSecurityToken")
        if self._now() >= credentials.expires:
            raise OssError("SecurityTokenExpired")

    def _claim(self, request: Request, query: dict[str, str]) -> _Claim | None:
        headers = request.headers.all("Authorization")
        if len(headers) > 1 or (headers and ("Signature" in query or "x-oss-signature" in query)):
            raise OssError("InvalidArgument", "Only one auth mechanism allowed.")
        if headers:
            value = headers[0]
            if value.startswith(V4_ALGORITHM + " "):
                return self._v4_header(request, value[len(V4_ALGORITHM) + 1 :])
            if value.startswith("OSS "):
                return self._v1_header(request, value[4:])
            raise OssError(
                "InvalidArgument",
                "Authorization header is invalid.",
                ArgumentName="Authorization",
                ArgumentValue=value,
            )
        if "x-oss-signature" in query or "x-oss-signature-version" in query:
            return self._v4_query(request, query)
        if "Signature" in query or "OSSAccessKeyId" in query:
            return self._v1_query(request, query)
        return None

    # V1

    def _v1_header(self, request: Request, value: str) -> _Claim:
        access_key_id, colon, signature = value.strip().partition(":")
        if not colon or not access_key_id or not signature:
            raise OssError(
                "InvalidArgument", "Authorization header is invalid.", ArgumentName="Authorization", ArgumentValue=value
            )
        date = request.headers.get("x-oss-date") or request.headers.get("Date")
        self._check_skew(_parse_date(date))
        return _Claim(access_key_id, signature, lambda secret, resource: _v1(request, date, secret, resource))

    def _v1_query(self, request: Request, query: dict[str, str]) -> _Claim:
        missing = [name for name in ("OSSAccessKeyId", "Expires", "Signature") if not query.get(name)]
        if missing:
            raise OssError("AccessDenied", f"Query-string authentication requires the {missing[0]} parameter.")
        expires = query["Expires"]
        if not re.fullmatch(r"-?\d{1,18}", expires):
            raise OssError("AccessDenied", "Invalid date (should be seconds since epoch)")
        self._check_expiry(float(expires))
        return _Claim(
            query["OSSAccessKeyId"],
            query["Signature"],
            lambda secret, resource: _v1(request, expires, secret, resource),
        )

    # V4

    def _v4_header(self, request: Request, value: str) -> _Claim:
        fields = {name.strip(): text.strip() for name, _, text in (item.partition("=") for item in value.split(","))}
        if not fields.get("Credential") or not fields.get("Signature"):
            raise OssError(
                "InvalidArgument", "Authorization header is invalid.", ArgumentName="Authorization", ArgumentValue=value
            )
        date = request.headers.get("x-oss-date") or request.headers.get("Date")
        moment = _parse_date(date)
        self._check_skew(moment)
        if not request.headers.get("x-oss-content-sha256"):
            raise OssError("InvalidArgument", "Missing x-oss-content-sha256 header.")
        return self._v4_claim(
            request, fields["Credential"], date, moment, fields.get("AdditionalHeaders", ""), fields["Signature"]
        )

    def _v4_query(self, request: Request, query: dict[str, str]) -> _Claim:
        names = ("version", "credential", "date", "expires")
        keys = ["x-oss-signature-version", *(f"x-oss-{name}" for name in names[1:]), "x-oss-signature"]
        for key in keys:
            if not query.get(key):
                raise OssError("AccessDenied", f"Query-string authentication requires the {key} parameter.")
        if query["x-oss-signature-version"] != V4_ALGORITHM:
            raise OssError("InvalidArgument", "Unknown signature version.", ArgumentName="x-oss-signature-version")
        moment = _parse_date(query["x-oss-date"])
        expires = query["x-oss-expires"]
        if not re.fullmatch("[0-9]{1,18}", expires) or not 0 < int(expires) <= MAX_EXPIRES:
            raise OssError(
                "InvalidArgument",
                "The value of x-oss-expires must be between 1 and 604800.",
                ArgumentName="x-oss-expires",
                ArgumentValue=expires,
            )
        if moment > self._now() + MAX_SKEW:
            raise OssError("AccessDenied", "The request is not yet valid.")
        self._check_expiry(moment + int(expires))
        return self._v4_claim(
            request,
            query["x-oss-credential"],
            query["x-oss-date"],
            moment,
            query.get("x-oss-additional-headers", ""),
            query["x-oss-signature"],
        )

    def _v4_claim(
        self, request: Request, credential: str, date: str, moment: float, additional: str, signature: str
    ) -> _Claim:
        scope = credential.split("/")
        if len(scope) != 5 or scope[4] != "aliyun_v4_request" or scope[3] not in ("oss", "oss-cloudbox"):
            raise OssError(
                "InvalidArgument", "Invalid signing credential.", ArgumentName="Credential", ArgumentValue=credential
            )
        access_key_id, day, region, product, _ = scope
        if day != datetime.fromtimestamp(moment, timezone.utc).strftime("%Y%m%d"):
            raise OssError("InvalidArgument", "Invalid signing date in Authorization header.")
        if product == "oss" and region != self.region:
            in_header = "Authorization" in request.headers
            message = "Invalid signing region in Authorization header." if in_header else _REGION_IN_URL
            raise OssError("InvalidArgument", message, Region=self.region)

        def compute(secret: str, resource: str) -> tuple[str, str, str]:
            return _v4(request, date, scope[1:], additional, secret, resource)

        return _Claim(access_key_id, signature, compute)

    # time

    def _check_skew(self, moment: float) -> None:
        now = self._now()
        if abs(now - moment) > MAX_SKEW:
            raise OssError(
                "RequestTimeTooSkewed",
                MaxAllowedSkewMilliseconds=MAX_SKEW * 1000,
                RequestTime=_iso(moment),
                ServerTime=_iso(now),
            )

    def _check_expiry(self, moment: float) -> None:
        now = self._now()
        if now > moment:
            raise OssError("AccessDenied", "Request has expired.", Expires=_iso(moment), ServerTime=_iso(now))


def _iso(moment: float) -> str:
    try:
        return datetime.fromtimestamp(moment, timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.000Z")
    except (ValueError, OverflowError, OSError):
        return str(moment)


def _parse_date(text: str) -> float:
    try:
        if re.fullmatch(r"\d{8}T\d{6}Z", text):
            return datetime.strptime(text, "%Y%m%dT%H%M%SZ").replace(tzinfo=timezone.utc).timestamp()
        moment = parsedate_to_datetime(text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)).timestamp()
    except (TypeError, ValueError, IndexError, OverflowError) as error:
        raise OssError("AccessDenied", "OSS authentication requires a valid Date.") from error


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


def _printable(text: str) -> str:
    return _encoded(text).decode("utf-8", "replace")


def _oss_headers(request: Request, accepted: Callable[[str], bool]) -> str:
    fields: dict[str, list[str]] = {}
    for name, value in request.headers.items:
        if accepted(name.lower()):
            fields.setdefault(name.lower(), []).append(value)
    return "".join(f"{name}:{','.join(fields[name])}\n" for name in sorted(fields))


def _v1(request: Request, date: str, secret: str, resource: str) -> tuple[str, str, str]:
    pairs = sorted((name, value) for name, value in request.query_pairs if name in V1_SUBRESOURCES)
    query = "&".join(f"{name}={value}" if value else name for name, value in pairs)
    to_sign = "\n".join(
        [
            request.method,
            request.headers.get("Content-MD5"),
            request.headers.get("Content-Type"),
            date,
            _oss_headers(request, lambda name: name.startswith("x-oss-")) + resource + ("?" + query if query else ""),
        ]
    )
    digest = hmac.new(_encoded(secret), _encoded(to_sign), hashlib.sha1).digest()
    return base64.b64encode(digest).decode(), to_sign, ""


def _v4(
    request: Request, date: str, scope: list[str], additional: str, secret: str, resource: str
) -> tuple[str, str, str]:
    extra = sorted({name.strip().lower() for name in additional.split(";") if name.strip()})
    signed = {"content-type", "content-md5", *extra}
    pairs = sorted(
        (quote(_encoded(name), safe=""), quote(_encoded(value), safe=""))
        for name, value in request.query_pairs
        if name != "x-oss-signature"
    )
    canonical = "\n".join(
        [
            request.method,
            quote(_encoded(resource), safe="/"),
            "&".join(f"{name}={value}" if value else name for name, value in pairs),
            _oss_headers(request, lambda name: name.startswith("x-oss-") or name in signed),
            ";".join(extra),
            request.headers.get("x-oss-content-sha256") or "UNSIGNED-PAYLOAD",
        ]
    )
    digest = hashlib.sha256(_encoded(canonical)).hexdigest()
    to_sign = "\n".join([V4_ALGORITHM, date, "/".join(scope), digest])
    key = _encoded("aliyun_v4" + secret)
    for step in scope:
        key = hmac.new(key, _encoded(step), hashlib.sha256).digest()
    return hmac.new(key, _encoded(to_sign), hashlib.sha256).hexdigest(), to_sign, canonical
