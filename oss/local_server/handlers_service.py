"""Requests on the service itself."""

from __future__ import annotations

from oss.local_server.context import Call, iso_time
from oss.local_server.errors import OssError
from oss.local_server.http_message import Response
from oss.local_server.store import Bucket
from oss.local_server.xmldoc import Value

__all__ = ["list_buckets"]


def list_buckets(call: Call) -> Response:
    """GET / - the buckets of the sender, in order of name."""
    query = call.query
    prefix, marker = query.get("prefix", ""), query.get("marker", "")
    if prefix and not set(prefix) <= set("abcdefghijklmnopqrstuvwxyz0123456789-"):
        raise OssError("InvalidArgument", "The prefix is not valid.", ArgumentName="prefix", ArgumentValue=prefix)
    limit = call.number("max-keys", 100, 1, 1000)
    rows = call.store.rows(
        "SELECT * FROM buckets WHERE owner=? AND name>? AND substr(name,1,?)=? ORDER BY name LIMIT ?",
        call.owner,
        marker,
        len(prefix),
        prefix,
        limit + 1,
    )
    buckets = [Bucket(**dict(row)) for row in rows]
    truncated = len(buckets) > limit
    owner = [("ID", call.owner), ("DisplayName", call.owner)]
    paging: list[tuple[str, Value]] = []
    if truncated or {"prefix", "marker", "max-keys"} & set(query):
        paging = [
            ("Prefix", prefix),
            ("Marker", marker),
            ("MaxKeys", limit),
            ("IsTruncated", truncated),
            ("NextMarker", buckets[limit - 1].name if truncated else None),
        ]
    return call.reply(
        "ListAllMyBucketsResult",
        [*paging, ("Owner", owner), ("Buckets", [("Bucket", _bucket(call, b)) for b in buckets[:limit]])],
    )


def _bucket(call: Call, bucket: Bucket) -> Value:
    region = call.server.region
    return [
        ("CreationDate", iso_time(bucket.created)),
        ("ExtranetEndpoint", call.server.endpoint_host),
        ("IntranetEndpoint", call.server.endpoint_host),
        ("Location", f"oss-{region}"),
        ("Name", bucket.name),
        ("Region", region),
        ("StorageClass", bucket.storage_class),
    ]
