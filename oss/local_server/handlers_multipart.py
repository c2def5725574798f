"""Multipart uploads: begin, parts (sent or copied), listings, complete, abort."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, replace

from oss.local_server.callback import answer_with_callback, check_callback
from oss.local_server.checksum import crc64_combine
from oss.local_server.context import Call, check_digest, check_key, iso_time, quoted, whole
from oss.local_server.errors import OssError
from oss.local_server.handlers_object import (
    byte_range,
    check_overwrite,
    new_object,
    object_acl,
    require_body,
    written_headers,
)
from oss.local_server.handlers_write import copy_source, source_chunks
from oss.local_server.http_message import Response
from oss.local_server.listing import Page, common_prefix, text_encoder
from oss.local_server.store import Blob, ObjectInfo, object_from_text, object_to_text
from oss.local_server.xmldoc import Value

__all__ = [
    "abort_upload",
    "complete_upload",
    "copy_part",
    "initiate_upload",
    "list_parts",
    "list_uploads",
    "put_part",
]

MAX_PARTS = 10_000
MIN_PART = 100 << 10


def initiate_upload(call: Call) -> Response:
    check_key(call.key, new=True)
    check_overwrite(call)
    template = new_object(call, "Multipart")
    if "sequential" in call.query:
        template.headers["Content-MD5"] = (
            ""  # filled in at the end: sequential parts come in order, and the object then has an MD5
        )
    # Identifiers in the order of time, so that a listing of one key's uploads is, too.
    upload = f"{int(call.now * 1e9):016X}{call.server.new_id()[:16].upper()}"
    call.store.execute(
        "INSERT INTO uploads VALUES(?,?,?,?,?)",
        upload,
        call.bucket_name,
        call.key,
        call.now,
        object_to_text(template),
    )
    text = text_encoder(call)
    return call.reply(
        "InitiateMultipartUploadResult",
        [
            ("EncodingType", call.query.get("encoding-type") or None),
            ("Bucket", call.bucket_name),
            ("Key", text(call.key)),
            ("UploadId", upload),
        ],
    )


def _upload(call: Call) -> sqlite3.Row:
    check_key(call.key)
    upload = call.query.get("uploadId", "")
    row = call.store.row("SELECT * FROM uploads WHERE id=? AND bucket=? AND key=?", upload, call.bucket_name, call.key)
    if row is None:
        raise OssError("NoSuchUpload", UploadId=upload)
    return row


# parts


def _part_number(call: Call) -> int:
    if not call.query.get("partNumber"):
        raise OssError("MissingArgument", ArgumentName="partNumber")
    return call.number("partNumber", 0, 1, MAX_PARTS)


def _keep_part(call: Call, number: int, blob: Blob) -> None:
    """Store a part under its number; an earlier one of the same number is replaced."""
    store, upload = call.store, call.query["uploadId"]
    try:
        with store.transaction():
            row = _upload(call)  # it may have been completed or aborted while the body came in
            _check_sequence(call, row, number)
            old = store.row("SELECT file FROM parts WHERE upload=? AND number=?", upload, number)
            store.execute(
                "REPLACE INTO parts VALUES(?,?,?,?,?,?,?)",
                upload,
                number,
                blob.file,
                blob.size,
                blob.md5,
                str(blob.crc),
                call.now,
            )
    except BaseException:
        store.discard(blob.file)
        raise
    if old:
        store.discard(old["file"])


def _check_sequence(call: Call, row: sqlite3.Row, number: int) -> None:
    if "Content-MD5" in object_from_text(row["object"]).headers:
        last = call.store.row("SELECT MAX(number) FROM parts WHERE upload=?", row["id"])
        if number > 1 + (last[0] or 0 if last else 0):
            raise OssError("PartNotSequential", UploadId=row["id"], PartNumber=number)


def put_part(call: Call) -> Response:
    number = _part_number(call)
    _upload(call)
    require_body(call)
    blob = call.store.receive(call.request.body.chunks())
    try:
        check_digest(call.header("Content-MD5"), blob.md5)
    except OssError:
        call.store.discard(blob.file)
        raise
    _keep_part(call, number, blob)
    return Response(200, written_headers(_as_object(call, blob)))


def _as_object(call: Call, blob: Blob) -> ObjectInfo:
    return ObjectInfo(call.bucket_name, call.key, blob.file, blob.size, blob.md5, blob.crc, call.now)


def copy_part(call: Call) -> Response:
    """PUT with x-oss-copy-source: a part, or a range, of another object."""
    number = _part_number(call)
    _upload(call)
    source = copy_source(call)
    span = byte_range(call.header("x-oss-copy-source-range"), source.size) or (0, source.size)
    blob = call.store.receive(source_chunks(call, source, *span))
    _keep_part(call, number, blob)
    reply = call.reply("CopyPartResult", [("LastModified", iso_time(call.now)), ("ETag", quoted(blob.md5))])
    reply.headers.items += [("ETag", quoted(blob.md5)), ("x-oss-hash-crc64ecma", str(blob.crc))]
    return reply


def list_parts(call: Call) -> Response:
    row = _upload(call)
    limit = call.number("max-parts", 1000, 1, 1000)
    marker = call.number("part-number-marker", 0, 0, MAX_PARTS, clamp=True)
    text = text_encoder(call)
    parts = call.store.rows(
        "SELECT * FROM parts WHERE upload=? AND number>? ORDER BY number LIMIT ?", row["id"], marker, limit + 1
    )
    truncated, parts = len(parts) > limit, parts[:limit]
    return call.reply(
        "ListPartsResult",
        [
            ("EncodingType", call.query.get("encoding-type") or None),
            ("Bucket", call.bucket_name),
            ("Key", text(call.key)),
            ("UploadId", row["id"]),
            ("StorageClass", object_from_text(row["object"]).storage_class),
            ("PartNumberMarker", marker),
            ("NextPartNumberMarker", parts[-1]["number"] if parts else ""),
            ("MaxParts", limit),
            ("IsTruncated", truncated),
            *(("Part", _part_entry(part)) for part in parts),
        ],
    )


def _part_entry(part: sqlite3.Row) -> Value:
    return [
        ("PartNumber", part["number"]),
        ("LastModified", iso_time(part["modified"])),
        ("ETag", quoted(part["etag"])),
        ("HashCrc64ecma", part["crc"]),
        ("Size", part["size"]),
    ]


def list_uploads(call: Call) -> Response:
    """GET bucket?uploads - by key, and by identifier within a key."""
    query = call.query
    prefix, delimiter = query.get("prefix", ""), query.get("delimiter", "")
    after = (query.get("key-marker", ""), query.get("upload-id-marker", ""))
    limit, text = call.number("max-uploads", 1000, 1, 1000), text_encoder(call)
    rows = call.store.rows(
        "SELECT * FROM uploads WHERE bucket=? AND key>=? AND substr(key,1,?)=? ORDER BY key, id",
        call.bucket_name,
        after[0],
        len(prefix),
        prefix,
    )
    page = _uploads_page(rows, prefix, delimiter, after, limit)
    return call.reply(
        "ListMultipartUploadsResult",
        [
            ("EncodingType", query.get("encoding-type") or None),
            ("Bucket", call.bucket_name),
            ("KeyMarker", text(after[0])),
            ("UploadIdMarker", after[1]),
            ("NextKeyMarker", text(page.next_marker)),
            ("NextUploadIdMarker", page.next_upload),
            ("Delimiter", text(delimiter)),
            ("Prefix", text(prefix)),
            ("MaxUploads", limit),
            ("IsTruncated", page.truncated),
            *(("Upload", _upload_entry(row, text)) for row in page.items),
            *(("CommonPrefixes", [("Prefix", text(group))]) for group in page.prefixes),
        ],
    )


@dataclass
class _UploadsPage(Page[sqlite3.Row]):
    """One page of a listing of uploads; ``next_upload`` is the id of the last one, or empty after a common prefix."""

    next_upload: str = ""


def _uploads_page(
    rows: list[sqlite3.Row], prefix: str, delimiter: str, after: tuple[str, str], limit: int
) -> _UploadsPage:
    """The page of at most ``limit`` uploads and common prefixes after a key and an upload id."""
    page = _UploadsPage()
    for row in rows:
        group = common_prefix(row["key"], prefix, delimiter)
        if _before(row, group, after) or group in page.prefixes[-1:]:
            continue
        if len(page) == limit:
            page.truncated = True
            break
        if group is None:
            page.items.append(row)
            page.next_marker, page.next_upload = row["key"], row["id"]
        else:
            page.prefixes.append(group)
            page.next_marker, page.next_upload = group, ""
    return page


def _before(row: sqlite3.Row, group: str | None, after: tuple[str, str]) -> bool:
    """Whether an upload, or the common prefix it is listed under, is on an earlier page."""
    if not after[0]:
        return False
    if group and after[0].startswith(group):
        return True
    same_key = row["key"] == after[0]
    return bool(same_key and (not after[1] or row["id"] <= after[1]))


def _upload_entry(row: sqlite3.Row, text: Callable[[str], str]) -> Value:
    return [
        ("Key", text(row["key"])),
        ("UploadId", row["id"]),
        ("StorageClass", object_from_text(row["object"]).storage_class),
        ("Initiated", iso_time(row["initiated"])),
    ]


# the end


def _chosen_parts(call: Call, body: bytes) -> list[sqlite3.Row]:
    """The parts that the body names, checked; with x-oss-complete-all every part."""
    rows = call.store.rows("SELECT * FROM parts WHERE upload=? ORDER BY number", call.query["uploadId"])
    if call.header("x-oss-complete-all").lower() == "yes":
        if body:
            raise OssError("InvalidArgument", "No body is allowed with x-oss-complete-all.")
        return rows
    known = {row["number"]: row for row in rows}
    chosen: list[sqlite3.Row] = []
    last = 0
    for part in call.parse(body, "CompleteMultipartUpload").all("Part"):
        number = part.value("PartNumber") or ""
        index = whole(number, 1, MAX_PARTS)
        if index is None:
            raise OssError("InvalidArgument", ArgumentName="PartNumber", ArgumentValue=number)
        if index <= last:
            raise OssError("InvalidPartOrder", UploadId=call.query["uploadId"])
        last = index
        etag = (part.value("ETag") or "").strip('"').upper()
        if last not in known or known[last]["etag"] != etag:
            raise OssError("InvalidPart", UploadId=call.query["uploadId"], PartNumber=number, PartEtag=etag)
        chosen.append(known[last])
    return chosen


def complete_upload(call: Call) -> Response:
    _upload(call)
    check_callback(call)
    body = call.request.body.read(8 << 20)
    with call.store.exclusive(call.bucket_name, call.key):
        row = _upload(call)
        parts = _chosen_parts(call, body)
        for part in parts[:-1]:
            if part["size"] < MIN_PART:
                raise OssError("EntityTooSmall", MinSizeAllowed=MIN_PART, ProposedSize=part["size"])
        info = _assembled(call, row, parts)
        _forget(call, row["id"])
    text = text_encoder(call)
    reply = call.reply(
        "CompleteMultipartUploadResult",
        [
            ("EncodingType", call.query.get("encoding-type") or None),
            ("Location", f"{call.server.scheme}://{call.request.host}{call.request.target.partition('?')[0]}"),
            ("Bucket", call.bucket_name),
            ("Key", text(call.key)),
            ("ETag", quoted(info.etag)),
        ],
    )
    reply.headers.items += written_headers(info).items
    return answer_with_callback(call, info, reply)


def _assembled(call: Call, row: sqlite3.Row, parts: list[sqlite3.Row]) -> ObjectInfo:
    digest, crc, size = hashlib.md5(usedforsecurity=False), 0, 0
    for part in parts:
        digest.update(bytes.fromhex(part["etag"]))
        crc = crc64_combine(crc, int(part["crc"]), part["size"])
        size += part["size"]
    template, file = object_from_text(row["object"]), call.store.concatenate(part["file"] for part in parts)
    if "x-oss-object-acl" in call.request.headers:
        template = replace(template, acl=object_acl(call))
    if "Content-MD5" in template.headers:
        template.headers["Content-MD5"] = call.store.digest(file)
    info = replace(
        template,
        file=file,
        etag=f"{digest.hexdigest().upper()}-{len(parts)}",
        crc=crc,
        size=size,
        modified=call.now,
    )
    try:
        check_overwrite(call)
        call.store.put_object(info)
    except BaseException:
        call.store.discard(info.file)
        raise
    return info


def _forget(call: Call, upload: str) -> None:
    with call.store.transaction():
        files = [part["file"] for part in call.store.rows("SELECT file FROM parts WHERE upload=?", upload)]
        call.store.execute("DELETE FROM parts WHERE upload=?", upload)
        call.store.execute("DELETE FROM uploads WHERE id=?", upload)
    call.store.discard(*files)


def abort_upload(call: Call) -> Response:
    with call.store.exclusive(call.bucket_name, call.key):
        _forget(call, _upload(call)["id"])
    return Response(204)
