"""Further operations on objects: copy, append, symlink, restore, ACL, tagging, delete many."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import quote, unquote

from oss.local_server.checksum import crc64_combine
from oss.local_server.context import Call, check_digest, check_key, iso_time, quoted, whole
from oss.local_server.errors import OssError
from oss.local_server.handlers_config import acl_document, tags_of
from oss.local_server.handlers_object import (
    FROZEN_CLASSES,
    check_overwrite,
    check_readable,
    new_object,
    object_acl,
    require_body,
    written_headers,
)
from oss.local_server.http_message import Headers, Response
from oss.local_server.listing import text_encoder
from oss.local_server.store import Blob, ObjectInfo
from oss.local_server.xmldoc import Value

__all__ = [
    "append_object",
    "copy_object",
    "copy_source",
    "delete_objects",
    "delete_tags",
    "get_object_acl",
    "get_symlink",
    "get_tags",
    "put_object_acl",
    "put_symlink",
    "put_tags",
    "restore_object",
    "source_chunks",
]

MAX_DELETE = 1000
_TIERS = ("Expedited", "Standard", "Bulk")


def copy_source(call: Call) -> ObjectInfo:
    """The object named by x-oss-copy-source, readable by the sender and meeting its conditions."""
    path = unquote(call.header("x-oss-copy-source").partition("?")[0], errors="surrogateescape")
    bucket_name, slash, key = path.removeprefix("/").partition("/")
    if not slash:
        raise OssError(
            "InvalidArgument",
            "Copy Source must mention the source bucket and key: /bucket/key.",
            ArgumentName="x-oss-copy-source",
            ArgumentValue=path,
        )
    check_key(key)
    call.server.authorize_read(call, call.bucket_named(bucket_name), key)
    info = call.object_named(bucket_name, key)
    if info.kind == "Symlink":
        info = call.object_named(bucket_name, info.target)
    check_readable(info, call)
    call.check_conditions(info, "x-oss-copy-source-")
    return info


def source_chunks(call: Call, info: ObjectInfo, offset: int = 0, length: int | None = None) -> Iterator[bytes]:
    try:
        body = call.store.slice(info, offset, length)
    except FileNotFoundError:  # replaced or deleted meanwhile
        raise OssError("NoSuchKey", Key=info.key) from None
    with body.file:
        yield from body.chunks()


def _directive(call: Call, name: str) -> bool:
    """Whether a directive of a copy is REPLACE, not COPY."""
    value = call.header(name).upper() or "COPY"
    if value not in ("COPY", "REPLACE"):
        raise OssError("InvalidArgument", ArgumentName=name, ArgumentValue=value)
    return value == "REPLACE"


def copy_object(call: Call) -> Response:
    check_key(call.key, new=True)
    check_overwrite(call)
    source = copy_source(call)
    target = new_object(call)
    if not _directive(call, "x-oss-metadata-directive"):
        target = replace(target, headers=source.headers)
    elif not call.header("Content-Type"):
        target.headers["Content-Type"] = source.headers["Content-Type"]
    if not _directive(call, "x-oss-tagging-directive"):
        target = replace(target, tags=source.tags)
    blob = call.store.receive(source_chunks(call, source))
    info = _named(call, target, blob)
    headers = written_headers(info)
    reply = call.reply("CopyObjectResult", [("ETag", quoted(info.etag)), ("LastModified", iso_time(info.modified))])
    reply.headers.items += [item for item in headers.items if item[0] != "Content-MD5"]
    return reply


def _named(call: Call, template: ObjectInfo, blob: Blob, **changes: Any) -> ObjectInfo:
    """Store an object whose content was received before."""
    info = replace(template, file=blob.file, etag=blob.md5, crc=blob.crc, size=blob.size, **changes)
    with call.store.exclusive(call.bucket_name, call.key):
        call.store.put_object(info)
    return info


# append


def _append_etag(size: int, crc: int) -> str:
    # An appended object's ETag changes with the content but is no MD5 of it.
    return hashlib.md5(f"{size}-{crc}".encode(), usedforsecurity=False).hexdigest().upper()


def append_object(call: Call) -> Response:
    check_key(call.key, new=True)
    require_body(call)
    position = call.number("position", -1, 0, 1 << 62)
    if position < 0:
        raise OssError("MissingArgument", ArgumentName="position")
    blob = call.store.receive(call.request.body.chunks())
    consumed = False
    try:
        check_digest(call.header("Content-MD5"), blob.md5)
        with call.store.exclusive(call.bucket_name, call.key):
            old = call.store.object(call.bucket_name, call.key)
            info = _appended(call, old, blob, position)
            call.store.put_object(info)
            consumed = info.file == blob.file
    finally:
        if not consumed:
            call.store.discard(blob.file)
    headers = written_headers(info)
    headers.items.append(("x-oss-next-append-position", str(info.size)))
    return Response(200, headers)


def _appended(call: Call, old: ObjectInfo | None, blob: Blob, position: int) -> ObjectInfo:
    size, crc = (old.size, old.crc) if old else (0, 0)
    if old is not None and old.kind != "Appendable":
        raise OssError("ObjectNotAppendable", ObjectName=call.key)
    if position != size:
        state = [("x-oss-next-append-position", str(size)), ("x-oss-hash-crc64ecma", str(crc))]
        raise OssError("PositionNotEqualToLength", headers=state, ObjectName=call.key, Position=position, Length=size)
    crc, size = crc64_combine(crc, blob.crc, blob.size), size + blob.size
    changes: dict[str, Any] = {"size": size, "crc": crc, "etag": _append_etag(size, crc), "modified": call.now}
    if old is None:
        return replace(new_object(call, "Appendable"), file=blob.file, **changes)
    call.store.extend(old, blob)
    return replace(old, **changes)


# symlink


def put_symlink(call: Call) -> Response:
    check_key(call.key, new=True)
    check_overwrite(call)
    target = unquote(call.header("x-oss-symlink-target"), errors="surrogateescape")
    if not target:
        raise OssError("MissingArgument", ArgumentName="x-oss-symlink-target")
    check_key(target, new=True)
    blob = call.store.receive([])
    info = _named(call, new_object(call, "Symlink"), blob, target=target)
    return Response(200, Headers([("ETag", quoted(info.etag))]))


def get_symlink(call: Call) -> Response:
    check_key(call.key)
    info = call.object()
    if info.kind != "Symlink":
        raise OssError("NotSymlink", Key=call.key)
    headers = [("x-oss-symlink-target", quote(info.target, safe="")), ("ETag", quoted(info.etag))]
    return Response(200, Headers([*headers, *info.headers.items()]))


# restore


def restore_object(call: Call) -> Response:
    check_key(call.key)
    days, tier = _restore_request(call)
    with call.store.exclusive(call.bucket_name, call.key):
        info = call.object()
        if info.storage_class not in FROZEN_CLASSES:
            raise OssError("OperationNotSupported", Resource=call.key)
        if tier and info.storage_class == "Archive":
            raise OssError("MalformedXML", ErrorDetail="Archive objects have no tiers")
        if call.now < info.ready:
            raise OssError("RestoreAlreadyInProgress", ObjectName=call.key)
        until = call.now + days * 86400
        if call.now < info.restored:
            call.store.update_object(info, restored=until)
            return Response(200)
        ready = call.now + call.server.restore_seconds
        call.store.update_object(info, ready=ready, restored=until)
    cold = info.storage_class != "Archive"
    return Response(202, Headers([("x-oss-object-restore-priority", tier or "Standard")] if cold else []))


def _restore_request(call: Call) -> tuple[int, str]:
    """Days and tier of a restore request; '' for no tier."""
    body = call.request.body.read(1 << 16)
    if not body:
        return 1, ""
    node = call.parse(body, "RestoreRequest")
    days, tier = whole(node.value("Days") or "1", 1, 365), node.value("JobParameters/Tier") or ""
    if days is None:
        raise OssError("MalformedXML", ErrorDetail="Days is not valid")
    if tier and tier not in _TIERS:
        raise OssError("InvalidArgument", ArgumentName="Tier", ArgumentValue=tier)
    return days, tier


# ACL and tags


def put_object_acl(call: Call) -> Response:
    check_key(call.key)
    if "x-oss-object-acl" not in call.request.headers:
        raise OssError("MissingArgument", ArgumentName="x-oss-object-acl")
    with call.store.exclusive(call.bucket_name, call.key):
        call.store.update_object(call.object(), acl=object_acl(call))
    return Response()


def get_object_acl(call: Call) -> Response:
    check_key(call.key)
    return acl_document(call, call.object().acl)


def _set_tags(call: Call, tags: list[tuple[str, str]], status: int) -> Response:
    check_key(call.key)
    with call.store.exclusive(call.bucket_name, call.key):
        call.store.update_object(call.object(), tags=tags)
    return Response(status)


def put_tags(call: Call) -> Response:
    return _set_tags(call, tags_of(call.xml("Tagging")), 200)


def delete_tags(call: Call) -> Response:
    return _set_tags(call, [], 204)


def get_tags(call: Call) -> Response:
    check_key(call.key)
    tags: Value = [("Tag", [("Key", name), ("Value", value)]) for name, value in call.object().tags]
    return call.reply("Tagging", [("TagSet", tags)])


# delete many


def delete_objects(call: Call) -> Response:
    """POST bucket?delete - several keys, also those that do not exist; the answer lists them unless quiet."""
    node = call.xml("Delete")
    keys = [key.text for entry in node.all("Object") for key in entry.all("Key")]
    if not 1 <= len(keys) <= MAX_DELETE:
        raise OssError("MalformedXML", ErrorDetail="between 1 and 1000 keys are required")
    for key in keys:
        check_key(key)
    for key in keys:
        with call.store.exclusive(call.bucket_name, key):
            call.store.delete_object(call.bucket_name, key)
    if (node.value("Quiet") or "").lower() == "true":
        return Response()
    text = text_encoder(call)
    encoding = ("EncodingType", call.query.get("encoding-type") or None)
    return call.reply("DeleteResult", [encoding, *(("Deleted", [("Key", text(key))]) for key in keys)])
