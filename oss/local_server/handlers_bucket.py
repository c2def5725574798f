"""Buckets themselves and the listings of their objects."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable

from oss.local_server.context import STORAGE_CLASSES, Call, iso_time, quoted
from oss.local_server.errors import OssError
from oss.local_server.handlers_object import restore_state
from oss.local_server.http_message import Headers, Response
from oss.local_server.listing import Page, list_keys, text_encoder
from oss.local_server.store import Bucket, ObjectInfo
from oss.local_server.xmldoc import Value

__all__ = ["create_bucket", "delete_bucket", "head_bucket", "list_objects"]

BUCKET_NAME = re.compile(r"[a-z0-9]([a-z0-9-]{1,61}[a-z0-9])")
BUCKET_ACLS = ("private", "public-read", "public-read-write")


def bucket_acl(call: Call) -> str:
    """The ACL named by the request's header, or ''."""
    acl = call.header("x-oss-acl")
    if "x-oss-acl" in call.request.headers and acl not in BUCKET_ACLS:
        raise OssError(
            "InvalidArgument", "no such bucket access control exists", ArgumentName="x-oss-acl", ArgumentValue=acl
        )
    return acl


def create_bucket(call: Call) -> Response:
    """PUT bucket - also for one that exists, as long as its storage class is the same."""
    name, acl = call.bucket_name, bucket_acl(call)
    if not BUCKET_NAME.fullmatch(name):
        raise OssError("InvalidBucketName", BucketName=name)
    storage_class, redundancy = call.header("x-oss-storage-class") or None, "LRS"
    if call.request.body.declared and (body := call.request.body.read(1 << 20)):
        node = call.parse(body, "CreateBucketConfiguration")
        storage_class = node.value("StorageClass") or storage_class
        redundancy = node.value("DataRedundancyType") or redundancy
    if storage_class is not None and storage_class not in STORAGE_CLASSES:
        raise OssError("InvalidStorageClass", StorageClass=storage_class)
    owner = call.owner or ""
    bucket = Bucket(name, owner, acl or "private", call.now, storage_class or "Standard", redundancy)
    if not call.store.create_bucket(bucket):
        old = call.bucket()
        if old.owner != owner or (storage_class or "Standard") != old.storage_class:
            raise OssError("BucketAlreadyExists", BucketName=name)
        if acl:
            call.store.execute("UPDATE buckets SET acl=? WHERE name=?", acl, name)
    return Response(200, Headers([("Location", f"/{name}")]))


def head_bucket(call: Call) -> Response:
    return Response(200, Headers([("x-oss-bucket-region", f"oss-{call.server.region}")]))


def delete_bucket(call: Call) -> Response:
    if call.store.delete_bucket(call.bucket_name) is not None:
        raise OssError("BucketNotEmpty", BucketName=call.bucket_name)
    return Response(204)


def list_objects(call: Call) -> Response:
    """GET bucket - both versions of the listing."""
    return _list_v2(call) if call.query.get("list-type") == "2" else _list_v1(call)


def _page(call: Call, marker: str, default_limit: int) -> tuple[int, Page[ObjectInfo]]:
    limit = call.number("max-keys", default_limit, 1, 1000)

    def fetch(start: str, inclusive: bool, count: int) -> list[ObjectInfo]:
        return call.store.objects_after(call.bucket_name, start, inclusive, count)

    return limit, list_keys(fetch, call.query.get("prefix", ""), call.query.get("delimiter", ""), marker, limit)


def _list_v1(call: Call) -> Response:
    text, query = text_encoder(call), call.query
    limit, page = _page(call, query.get("marker", ""), 100)
    return call.reply(
        "ListBucketResult",
        [
            ("Name", call.bucket_name),
            ("Prefix", text(query.get("prefix", ""))),
            ("Marker", text(query.get("marker", ""))),
            ("MaxKeys", limit),
            ("Delimiter", text(query.get("delimiter", ""))),
            ("EncodingType", query.get("encoding-type") or None),
            ("IsTruncated", page.truncated),
            ("NextMarker", text(page.next_marker) if page.truncated else None),
            *_entries(call, page, text, with_owner=True),
        ],
    )


def _list_v2(call: Call) -> Response:
    text, query = text_encoder(call), call.query
    start_after, token = query.get("start-after", ""), query.get("continuation-token", "")
    try:
        marker = base64.urlsafe_b64decode(token).decode() if token else start_after
    except ValueError:  # no base64, or no UTF-8
        raise OssError(
            "InvalidArgument",
            "The continuation token provided is incorrect.",
            ArgumentName="continuation-token",
            ArgumentValue=token,
        ) from None
    limit, page = _page(call, marker, 100)
    following = base64.urlsafe_b64encode(page.next_marker.encode()).decode()
    return call.reply(
        "ListBucketResult",
        [
            ("Name", call.bucket_name),
            ("Prefix", text(query.get("prefix", ""))),
            ("StartAfter", text(start_after) if start_after else None),
            ("MaxKeys", limit),
            ("Delimiter", text(query.get("delimiter", ""))),
            ("EncodingType", query.get("encoding-type") or None),
            ("IsTruncated", page.truncated),
            ("ContinuationToken", token or None),
            ("NextContinuationToken", following if page.truncated else None),
            ("KeyCount", len(page)),
            *_entries(call, page, text, with_owner=query.get("fetch-owner") == "true"),
        ],
    )


def _entries(
    call: Call, page: Page[ObjectInfo], text: Callable[[str], str], with_owner: bool
) -> list[tuple[str, Value]]:
    owner_id = call.bucket().owner
    owner = [("ID", owner_id), ("DisplayName", owner_id)] if with_owner else None
    contents: list[tuple[str, Value]] = [
        (
            "Contents",
            [
                ("Key", text(info.key)),
                ("LastModified", iso_time(info.modified)),
                ("ETag", quoted(info.etag)),
                ("Type", info.kind),
                ("Size", info.size),
                ("StorageClass", info.storage_class),
                ("Owner", owner),
                ("RestoreInfo", restore_state(info, call.now) or None),
            ],
        )
        for info in page.items
    ]
    return contents + [("CommonPrefixes", [("Prefix", text(prefix))]) for prefix in page.prefixes]
