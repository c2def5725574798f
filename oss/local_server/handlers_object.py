"""Objects: put, get, head, delete."""

from __future__ import annotations

import base64
import re
from dataclasses import replace
from email.utils import formatdate
from urllib.parse import parse_qsl

from oss.local_server.callback import answer_with_callback, check_callback
from oss.local_server.context import STORAGE_CLASSES, Call, check_digest, check_key, kept_headers, quoted
from oss.local_server.errors import OssError
from oss.local_server.http_message import FileSlice, Headers, Response
from oss.local_server.store import ObjectInfo

__all__ = ["delete_object", "get_object", "head_object", "object_meta", "put_object"]

MAX_PUT = 5 << 30
OBJECT_ACLS = ("private", "public-read", "public-read-write", "default")
FROZEN_CLASSES = ("Archive", "ColdArchive", "DeepColdArchive")
_OVERRIDES = {
    f"response-{name}": name.title()
    for name in (
        "content-type",
        "content-language",
        "expires",
        "cache-control",
        "content-disposition",
        "content-encoding",
    )
}
TAG_TEXT = re.compile(r"[\w +=.:/-]*")
_RANGE = re.compile(r"bytes=(?:(\d{1,18})-(\d{0,18})|-(\d{1,18}))", re.IGNORECASE)


# what the headers of a write say


def object_acl(call: Call) -> str:
    """The ACL named by the request's header; 'default' when there is none."""
    acl = call.header("x-oss-object-acl") or "default"
    if acl not in OBJECT_ACLS:
        raise OssError(
            "InvalidArgument",
            "no such object access control exists",
            ArgumentName="x-oss-object-acl",
            ArgumentValue=acl,
        )
    return acl


def storage_class(call: Call) -> str:
    """The class named by the request's header, or else the bucket's."""
    name = call.header("x-oss-storage-class") or call.bucket().storage_class
    if name not in STORAGE_CLASSES:
        raise OssError("InvalidArgument", ArgumentName="x-oss-storage-class", ArgumentValue=name)
    return name


def check_tags(tags: list[tuple[str, str]], of_bucket: bool = False) -> list[tuple[str, str]]:
    """The tags themselves, checked: at most ten for an object, keys unique and up to 128 characters, values up to 256.

    A bucket may have twenty, of any characters."""
    if len(tags) > (20 if of_bucket else 10) or len({name for name, _ in tags}) < len(tags):
        raise OssError("InvalidTag", "The number of tags or their names are not valid.")
    for name, value in tags:
        allowed = of_bucket or TAG_TEXT.fullmatch(name + value)
        if not 1 <= len(name) <= 128 or len(value) > 256 or not allowed:
            raise OssError("InvalidTag", "The TagKey or the TagValue you have provided is invalid.")
    return tags


def header_tags(call: Call) -> list[tuple[str, str]]:
    return check_tags(parse_qsl(call.header("x-oss-tagging"), keep_blank_values=True))


def check_overwrite(call: Call) -> None:
    if call.header("x-oss-forbid-overwrite").lower() == "true" and call.store.object(call.bucket_name, call.key):
        raise OssError("FileAlreadyExists", ObjectName=call.key)


def require_body(call: Call) -> None:
    body = call.request.body
    if not body.declared:
        raise OssError("MissingContentLength")
    if (body.length or 0) > MAX_PUT:
        raise OssError("EntityTooLarge", MaxSizeAllowed=MAX_PUT, ProposedSize=body.length)


def written_headers(info: ObjectInfo) -> Headers:
    """The headers that answer a write."""
    headers = Headers([("ETag", quoted(info.etag)), ("x-oss-hash-crc64ecma", str(info.crc))])
    if info.kind == "Normal":
        headers.items.append(("Content-MD5", base64.b64encode(bytes.fromhex(info.etag)).decode()))
    return headers


def new_object(call: Call, kind: str = "Normal") -> ObjectInfo:
    """A new object with what the request's headers say, still without content."""
    return ObjectInfo(
        call.bucket_name,
        call.key,
        file="",
        size=0,
        etag="",
        crc=0,
        modified=call.now,
        kind=kind,
        storage_class=storage_class(call),
        headers=kept_headers(call.request.headers),
        acl=object_acl(call),
        tags=header_tags(call),
    )


def put_object(call: Call) -> Response:
    check_key(call.key, new=True)
    require_body(call)
    check_overwrite(call)
    template = new_object(call)
    check_callback(call)
    blob = call.store.receive(call.request.body.chunks())
    try:
        check_digest(call.header("Content-MD5"), blob.md5)
        info = replace(template, file=blob.file, size=blob.size, etag=blob.md5, crc=blob.crc)
        with call.store.exclusive(call.bucket_name, call.key):
            call.bucket()  # it may have been deleted while the body came in
            check_overwrite(call)
            call.store.put_object(info)
    except BaseException:
        call.store.discard(blob.file)
        raise
    return answer_with_callback(call, info, Response(200, written_headers(info)))


# reading


def is_frozen(info: ObjectInfo, now: float) -> bool:
    """Whether an object is archived and has no restored copy."""
    return info.storage_class in FROZEN_CLASSES and not info.ready <= now < info.restored


def check_readable(info: ObjectInfo, call: Call) -> None:
    if is_frozen(info, call.now):
        raise OssError("InvalidObjectState", headers=[("x-oss-hash-crc64ecma", str(info.crc))], ObjectName=info.key)


def described(info: ObjectInfo, call: Call) -> Headers:
    """The headers of an object, as GET and HEAD give them."""
    headers = Headers(
        [
            ("Accept-Ranges", "bytes"),
            ("ETag", quoted(info.etag)),
            ("Last-Modified", formatdate(int(info.modified), usegmt=True)),
            ("x-oss-object-type", info.kind),
            ("x-oss-hash-crc64ecma", str(info.crc)),
            ("x-oss-storage-class", info.storage_class),
        ]
    )
    headers.items += info.headers.items()
    if info.kind == "Normal":
        headers.set("Content-MD5", base64.b64encode(bytes.fromhex(info.etag)).decode())
    if info.kind == "Appendable":
        headers.items.append(("x-oss-next-append-position", str(info.size)))
    if info.tags:
        headers.items.append(("x-oss-tagging-count", str(len(info.tags))))
    if state := restore_state(info, call.now):
        headers.items.append(("x-oss-restore", state))
    return headers


def restore_state(info: ObjectInfo, now: float) -> str:
    """The x-oss-restore header of an archived object; '' when no restore was requested."""
    if info.storage_class not in FROZEN_CLASSES or now >= info.restored:
        return ""
    if now < info.ready:
        return 'ongoing-request="true"'
    return f'ongoing-request="false", expiry-date="{formatdate(int(info.restored), usegmt=True)}"'


def byte_range(header: str, size: int) -> tuple[int, int] | None:
    """Offset and length of a single range; None when the header has no valid one, which is then ignored."""
    match = _RANGE.fullmatch(header.replace(" ", ""))
    if not match:
        return None
    first, last, suffix = match.groups()
    start = int(first) if first else max(0, size - int(suffix))
    end = min(int(last), size - 1) if last else size - 1
    if first and last and int(last) < int(first):
        return None
    if start >= size or (suffix and int(suffix) == 0):
        raise OssError(
            "InvalidRange",
            headers=[("Content-Range", f"bytes */{size}")],
            ActualObjectSize=size,
            RangeRequested=header.partition("=")[2],
        )
    return start, end - start + 1


def get_object(call: Call) -> Response:
    check_key(call.key)
    if "x-oss-process" in call.query:
        raise OssError(
            "InvalidArgument",
            "The object processing that was asked for is not supported.",
            ArgumentName="x-oss-process",
            ArgumentValue=call.query["x-oss-process"],
        )
    for attempt in range(3):
        info = call.object(follow=True)
        check_readable(info, call)
        call.check_conditions(info)
        try:
            return _answer(call, info, call.store.slice(info))
        except FileNotFoundError:  # replaced between the two look-ups
            if attempt == 2:
                raise
    raise AssertionError("unreachable")


def _answer(call: Call, info: ObjectInfo, body: FileSlice) -> Response:
    headers = described(info, call)
    status = 200
    try:
        _override(call, headers)
        if span := byte_range(call.header("Range"), info.size):
            body.offset, body.length = span
            status = 206
            headers.drop("Content-MD5")
            headers.set("Content-Range", f"bytes {span[0]}-{sum(span) - 1}/{info.size}")
    except OssError:
        body.file.close()
        raise
    return Response(status, headers, body)


def _override(call: Call, headers: Headers) -> None:
    for name, header in _OVERRIDES.items():
        if name in call.query:
            if call.identity is None:
                raise OssError(
                    "InvalidRequest", "Request specific response headers cannot be used for anonymous GET requests."
                )
            headers.set(header, call.query[name])


def head_object(call: Call) -> Response:
    check_key(call.key)
    info = call.object(follow=True)
    call.check_conditions(info)
    headers = described(info, call)
    headers.set("Content-Length", str(info.size))
    return Response(200, headers)


def object_meta(call: Call) -> Response:
    """HEAD object?objectMeta - size, ETag, time and CRC-64."""
    check_key(call.key)
    info = call.object()
    headers = Headers(
        [
            ("Content-Length", str(info.size)),
            ("ETag", quoted(info.etag)),
            ("Last-Modified", formatdate(int(info.modified), usegmt=True)),
            ("x-oss-hash-crc64ecma", str(info.crc)),
        ]
    )
    return Response(200, headers)


def delete_object(call: Call) -> Response:
    """DELETE object - also of one that does not exist."""
    check_key(call.key)
    with call.store.exclusive(call.bucket_name, call.key):
        call.store.delete_object(call.bucket_name, call.key)
    return Response(204)
