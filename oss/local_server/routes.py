"""The table of operations: method, level and sub-resources of a request, its handler, and the right that it takes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from oss.local_server import handlers_bucket as bucket
from oss.local_server import handlers_config as config
from oss.local_server import handlers_live as live
from oss.local_server import handlers_multipart as multipart
from oss.local_server import handlers_object as obj
from oss.local_server import handlers_select as sql
from oss.local_server import handlers_service as service
from oss.local_server import handlers_write as write
from oss.local_server.auth import V1_SUBRESOURCES
from oss.local_server.context import Call
from oss.local_server.errors import OssError
from oss.local_server.http_message import Response

__all__ = ["Level", "Right", "Route", "find_route"]

Level = Literal["service", "bucket", "object"]
# signed: any account; create: any account, the bucket need not exist; owner: the bucket's owner;
# read, write: by the ACLs of object and bucket
Right = Literal["signed", "create", "owner", "read", "write"]
Handler = Callable[[Call], Response]


COPY = "x-oss-copy-source"  # the one header that chooses an operation; it counts as a sub-resource


@dataclass(frozen=True)
class Route:
    method: str
    level: Level
    subresources: frozenset[str]
    handler: Handler
    right: Right


def _route(method: str, level: Level, subresources: str, handler: Handler, right: Right) -> Route:
    return Route(method, level, frozenset(subresources.split()), handler, right)


ROUTES = [
    _route("GET", "service", "", service.list_buckets, "signed"),
    _route("PUT", "bucket", "", bucket.create_bucket, "create"),
    _route("HEAD", "bucket", "", bucket.head_bucket, "owner"),
    _route("DELETE", "bucket", "", bucket.delete_bucket, "owner"),
    _route("GET", "bucket", "", bucket.list_objects, "owner"),
    _route("GET", "bucket", "acl", config.get_acl, "owner"),
    _route("PUT", "bucket", "acl", config.put_acl, "owner"),
    _route("GET", "bucket", "location", config.get_location, "owner"),
    _route("GET", "bucket", "bucketInfo", config.get_info, "owner"),
    _route("GET", "bucket", "stat", config.get_stat, "owner"),
    *(_route("PUT", "bucket", kind.kind, kind.put, "owner") for kind in config.CONFIGS),
    *(_route("GET", "bucket", kind.kind, kind.get, "owner") for kind in config.CONFIGS),
    *(_route("DELETE", "bucket", kind.kind, kind.delete, "owner") for kind in config.CONFIGS if kind.deletable),
    _route("GET", "bucket", "uploads", multipart.list_uploads, "owner"),
    _route("GET", "bucket", "live", live.list_channels, "owner"),
    _route("POST", "bucket", "delete", write.delete_objects, "write"),
    _route("PUT", "object", "", obj.put_object, "write"),
    _route("PUT", "object", COPY, write.copy_object, "write"),
    _route("GET", "object", "", obj.get_object, "read"),
    _route("HEAD", "object", "", obj.head_object, "read"),
    _route("HEAD", "object", "objectMeta", obj.object_meta, "read"),
    _route("DELETE", "object", "", obj.delete_object, "write"),
    _route("POST", "object", "append", write.append_object, "write"),
    _route("PUT", "object", "symlink", write.put_symlink, "write"),
    _route("GET", "object", "symlink", write.get_symlink, "read"),
    _route("POST", "object", "restore", write.restore_object, "owner"),
    _route("PUT", "object", "acl", write.put_object_acl, "owner"),
    _route("GET", "object", "acl", write.get_object_acl, "owner"),
    _route("PUT", "object", "tagging", write.put_tags, "owner"),
    _route("GET", "object", "tagging", write.get_tags, "owner"),
    _route("DELETE", "object", "tagging", write.delete_tags, "owner"),
    _route("POST", "object", "uploads", multipart.initiate_upload, "write"),
    _route("PUT", "object", "uploadId", multipart.put_part, "write"),
    _route("PUT", "object", f"uploadId {COPY}", multipart.copy_part, "write"),
    _route("GET", "object", "uploadId", multipart.list_parts, "owner"),
    _route("POST", "object", "uploadId", multipart.complete_upload, "write"),
    _route("DELETE", "object", "uploadId", multipart.abort_upload, "write"),
    _route("PUT", "object", "live", live.put_channel, "owner"),
    _route("PUT", "object", "live status", live.put_status, "owner"),
    _route("GET", "object", "live", live.get_channel, "owner"),
    _route("DELETE", "object", "live", live.delete_channel, "owner"),
    _route("POST", "object", "vod", live.post_playlist, "owner"),
    _route("GET", "object", "vod", live.get_playlist, "owner"),
    _route("POST", "object", "x-oss-process", sql.process_object, "read"),
]

# Sub-resources that qualify a request without choosing what it does.
_QUALIFIERS_TEXT = """
callback callback-var continuation-token endTime partNumber position security-token sequential startTime status comp
versionId x-oss-ac-forward-allow x-oss-ac-source-ip x-oss-ac-subnet-mask x-oss-ac-vpc-id x-oss-process
x-oss-access-point-name x-oss-request-payer x-oss-sign-origin-only x-oss-traffic-limit
"""
_QUALIFIERS = frozenset(_QUALIFIERS_TEXT.split())


def find_route(method: str, level: Level, query: dict[str, str], copying: bool = False) -> Route:
    """The route that matches most sub-resources. Raises OssError for an operation that does not exist here."""
    given = set(query) | ({COPY} if copying else set())
    candidates = [r for r in ROUTES if r.method == method and r.level == level and r.subresources <= given]
    asked = {name for name in query if name in V1_SUBRESOURCES and not name.startswith("response-")} - _QUALIFIERS
    best = max(candidates, key=lambda route: len(route.subresources), default=None)
    if best is None or asked - best.subresources:
        known = any(r.level == level and asked and asked <= r.subresources for r in ROUTES)
        if best is None or known:
            raise OssError("MethodNotAllowed", Method=method, ResourceType=level.upper())
        raise OssError("NotImplemented", Resource=sorted(asked)[0])
    return best
