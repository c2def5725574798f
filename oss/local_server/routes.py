"""Which handler answers which request: (method, level, sub-resources) -> handler, and the right that it takes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from oss.local_server import handlers_bucket as bucket
from oss.local_server import handlers_object as obj
from oss.local_server import handlers_service as service
from oss.local_server.auth import V1_SUBRESOURCES
from oss.local_server.context import Call
from oss.local_server.errors import OssError
from oss.local_server.http_message import Response

__all__ = ["Level", "Right", "Route", "find_route"]

Level = Literal["service", "bucket", "object"]
# signed: any account; create: an account, the bucket need not be there; owner: the bucket's owner;
# read, write: by the ACLs of object and bucket
Right = Literal["signed", "create", "owner", "read", "write"]
Handler = Callable[[Call], Response]


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
    _route("PUT", "object", "", obj.put_object, "write"),
    _route("GET", "object", "", obj.get_object, "read"),
    _route("HEAD", "object", "", obj.head_object, "read"),
    _route("HEAD", "object", "objectMeta", obj.object_meta, "read"),
    _route("DELETE", "object", "", obj.delete_object, "write"),
]

# Sub-resources that qualify a request without choosing what it does.
_QUALIFIERS_TEXT = """
callback callback-var continuation-token endTime partNumber position security-token sequential startTime status comp
versionId x-oss-ac-forward-allow x-oss-ac-source-ip x-oss-ac-subnet-mask x-oss-ac-vpc-id x-oss-process
x-oss-access-point-name x-oss-request-payer x-oss-sign-origin-only x-oss-traffic-limit
"""
_QUALIFIERS = frozenset(_QUALIFIERS_TEXT.split())


def find_route(method: str, level: Level, query: dict[str, str]) -> Route:
    """The most specific route; an error for operations that are not there."""
    candidates = [r for r in ROUTES if r.method == method and r.level == level and r.subresources <= set(query)]
    if not candidates:
        raise OssError("MethodNotAllowed", Method=method, ResourceType=level.upper())
    best = max(candidates, key=lambda route: len(route.subresources))
    asked = {name for name in query if name in V1_SUBRESOURCES and not name.startswith("response-")}
    if not best.subresources and asked - _QUALIFIERS:
        raise OssError("NotImplemented", Resource=sorted(asked - _QUALIFIERS)[0])
    return best
