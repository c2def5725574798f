"""The context of a request: what every handler needs to know about it, and checks that several handlers make."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass, replace
from datetime import datetime, timezone
from email.utils import formatdate, parsedate_to_datetime
from typing import Protocol

from oss.local_server.auth import Identity
from oss.local_server.errors import OssError
from oss.local_server.http_message import Headers, Request, Response
from oss.local_server.store import Bucket, ObjectInfo, Store
from oss.local_server.xmldoc import Node, Value, XmlError, document, parse

__all__ = [
    "OWNER",
    "STORAGE_CLASSES",
    "Call",
    "check_digest",
    "check_key",
    "iso_time",
    "kept_headers",
    "quoted",
    "whole",
]

OWNER = "1000000000000001"
STORAGE_CLASSES = ("Standard", "IA", "Archive", "ColdArchive", "DeepColdArchive")
MAX_XML = 2 << 20
MAX_KEY = 1023
MAX_USER_META = 8 << 10
_KEPT = (
    "Content-Type",
    "Content-Encoding",
    "Content-Language",
    "Content-Disposition",
    "Cache-Control",
    "Expires",
)
_ETAG_LIST = re.compile(r'"[^"]*"|[^\s,]+')


def iso_time(moment: float) -> str:
    """A time in the form ``2026-11-21T01:39:04.000Z``."""
    return datetime.fromtimestamp(moment, timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def quoted(etag: str) -> str:
    return f'"{etag}"'


def whole(text: str, low: int, high: int) -> int | None:
    """The decimal number in a text; None when it is none, or out of bounds."""
    if not re.fullmatch("-?[0-9]{1,19}", text):
        return None
    return value if low <= (value := int(text)) <= high else None


def check_key(key: str, new: bool = False) -> None:
    """Check a key: 1 to 1023 bytes of UTF-8; that of a ``new`` object does not begin with a slash or a backslash."""
    try:
        size = len(key.encode("utf-8"))
    except UnicodeEncodeError:
        raise OssError("InvalidObjectName", ObjectName=key.encode("utf-8", "replace").decode()) from None
    if not 1 <= size <= MAX_KEY or (new and key[0] in "/\\"):
        raise OssError("InvalidObjectName", ObjectName=key)


def check_digest(expected: str, md5_hex: str, tolerant: bool = False) -> None:
    """Compare a Content-MD5 header; ``tolerant`` takes a value with bytes after the digest."""
    if not expected:
        return
    try:
        digest = base64.b64decode(expected, validate=True)
    except (binascii.Error, ValueError):
        digest = b""
    if len(digest) != 16 and not (tolerant and len(digest) > 16):
        raise OssError("InvalidDigest", detail=[("Content-MD5", expected)])
    if digest[:16].hex().upper() != md5_hex:
        raise OssError(
            "InvalidDigest",
            "The Content-MD5 you specified did not match what we received.",
            detail=[("Content-MD5", expected)],
        )


def kept_headers(headers: Headers) -> dict[str, str]:
    """The request headers that are stored with an object."""
    kept = {name: headers.get(name) for name in _KEPT if headers.get(name)}
    kept.setdefault("Content-Type", "application/octet-stream")
    meta = {name.lower(): value for name, value in headers.items if name.lower().startswith("x-oss-meta-")}
    if sum(len(name) + len(value.encode("utf-8", "surrogateescape")) for name, value in meta.items()) > MAX_USER_META:
        raise OssError("InvalidArgument", "The total size of user metadata is larger than 8KB.")
    return kept | meta


class Service(Protocol):
    """The interface of the server to handlers, implemented by :class:`~oss.local_server.server.LocalServer`."""

    region: str
    restore_seconds: float

    @property
    def scheme(self) -> str:
        """The scheme of the server's URLs, ``http`` or ``https``."""
        ...

    @property
    def endpoint_host(self) -> str:
        """The server's host and port."""
        ...

    def stopping(self) -> bool:
        """Whether the server is about to stop."""
        ...

    def new_id(self) -> str:
        """A new unique identifier."""
        ...

    def authorize_read(self, call: Call, bucket: Bucket, key: str) -> None:
        """Raise an OssError, unless the sender may read the object."""
        ...


@dataclass
class Call:
    """A request with what is known about it before its handler runs."""

    server: Service
    store: Store
    request: Request
    bucket_name: str
    key: str
    query: dict[str, str]
    request_id: str
    now: float
    identity: Identity | None = None
    by_host: bool = False  # the bucket stood in the host's name, not in the path

    def header(self, name: str) -> str:
        return self.request.headers.get(name)

    @property
    def owner(self) -> str | None:
        return self.identity.owner if self.identity else None

    def bucket(self) -> Bucket:
        return self.bucket_named(self.bucket_name)

    def bucket_named(self, name: str) -> Bucket:
        bucket = self.store.bucket(name)
        if bucket is None:
            raise OssError("NoSuchBucket", BucketName=name)
        return bucket

    def object(self, follow: bool = False) -> ObjectInfo:
        """The object that the request names; with ``follow`` the target of a symlink."""
        info = self.object_named(self.bucket_name, self.key)
        if not follow or info.kind != "Symlink":
            return info
        target = self.store.object(self.bucket_name, info.target)
        if target is None:
            raise OssError("SymlinkTargetNotExist", Key=self.key)
        if target.kind == "Symlink":
            raise OssError("InvalidTargetType", Key=self.key)
        # The content and its description are the target's, the user's metadata the link's own.
        own = {name: value for name, value in info.headers.items() if name.startswith("x-oss-meta-")}
        its = {name: value for name, value in target.headers.items() if not name.startswith("x-oss-meta-")}
        return replace(target, headers=its | own)

    def object_named(self, bucket: str, key: str) -> ObjectInfo:
        self._check_version(self.query.get("versionId"))
        info = self.store.object(bucket, key)
        if info is None:
            raise OssError("NoSuchKey", Key=key)
        return info

    @staticmethod
    def _check_version(version: str | None) -> None:
        # Buckets have no versions here: "null" is the only one an object can have; others are ignored.
        if version is not None and len(version) > 1024:
            raise OssError("IllegalVersionIdArgument")

    def number(self, name: str, default: int, low: int, high: int, clamp: bool = False) -> int:
        """An integer parameter of the query, checked against its bounds or with ``clamp`` moved into them."""
        text = self.query.get(name, "")
        if not text:
            return default
        value = whole(text, *((0, 1 << 62) if clamp else (low, high)))
        if value is None:
            raise OssError(
                "InvalidArgument",
                f"Argument {name} must be an integer between {low} and {high}.",
                ArgumentName=name,
                ArgumentValue=text,
            )
        return min(max(value, low), high)

    def xml(self, *roots: str) -> Node:
        """The parsed body of the request; its Content-MD5 is checked when there is one."""
        return self.parse(self.request.body.read(MAX_XML), *roots)

    def parse(self, body: bytes, *roots: str) -> Node:
        """The parsed form of a body that was read before; its Content-MD5 is checked when there is one."""
        check_digest(self.header("Content-MD5"), hashlib.md5(body, usedforsecurity=False).hexdigest().upper(), True)
        try:
            return parse(body, roots or None)
        except XmlError as error:
            raise OssError("MalformedXML", ErrorDetail=str(error)) from error

    def reply(self, root: str, children: Value, status: int = 200) -> Response:
        return Response(status, Headers([("Content-Type", "application/xml")]), document(root, children))

    # conditions

    def check_conditions(self, info: ObjectInfo, prefix: str = "") -> None:
        """Check If-Match and the other conditions; ``prefix`` is ``x-oss-copy-source-`` for the source of a copy."""
        modified = int(info.modified)
        if match := self.header(prefix + "If-Match"):
            self._require(_names(match, info.etag), "If-Match")
        elif (moment := _moment(self.header(prefix + "If-Unmodified-Since"))) is not None:
            self._require(modified <= moment, "If-Unmodified-Since")
        if none := self.header(prefix + "If-None-Match"):
            unchanged = _names(none, info.etag)
        else:
            moment = _moment(self.header(prefix + "If-Modified-Since"))
            unchanged = moment is not None and modified <= moment
        if unchanged:
            raise OssError(
                "NotModified",
                headers=[("ETag", quoted(info.etag)), ("Last-Modified", formatdate(modified, usegmt=True))],
            )

    @staticmethod
    def _require(condition: bool, name: str) -> None:
        if not condition:
            raise OssError("PreconditionFailed", Condition=name)


def _names(header: str, etag: str) -> bool:
    wanted = [item.removeprefix("W/").strip('"').upper() for item in _ETAG_LIST.findall(header)]
    return "*" in wanted or etag.upper() in wanted


def _moment(text: str) -> float | None:
    try:
        return parsedate_to_datetime(text).timestamp() if text else None
    except (TypeError, ValueError, IndexError, OverflowError):
        return None  # a date that cannot be read is ignored
