"""Select object and its CSV index: the request documents, ranges of lines, and the frames of the answer."""

from __future__ import annotations

import base64
import binascii
import gzip
import io
import json
import struct
import zlib
from collections.abc import Iterator
from itertools import islice

from oss.local_server.context import Call, check_key, whole
from oss.local_server.csv_select import SelectError, Selection, select
from oss.local_server.csv_text import CsvFormat
from oss.local_server.errors import OssError
from oss.local_server.handlers_object import check_readable
from oss.local_server.http_message import Headers, Response
from oss.local_server.store import ObjectInfo
from oss.local_server.xmldoc import Node

__all__ = ["process_object"]

MAX_INPUT = 256 << 20
AUTO_RAW = 64 << 10
DATA, SELECT_END, META_END = 0x800001, 0x800005, 0x800006
OUTPUT = "OutputSerialization"
_PIECE = 1 << 20
_SPLIT_ROWS = 1000
_MAX_LINE = 1 << 50


def process_object(call: Call) -> Response:
    """POST object?x-oss-process=..."""
    check_key(call.key)
    action = call.query.get("x-oss-process", "").partition(",")[0]
    if action == "csv/select":
        return _select(call)
    if action == "csv/meta":
        return _create_meta(call)
    raise OssError(
        "InvalidArgument",
        "The object processing that was asked for is not supported.",
        ArgumentName="x-oss-process",
        ArgumentValue=action,
    )


# frames


def _frame(kind: int, offset: int, data: bytes, with_crc: bool) -> bytes:
    payload = struct.pack(">Q", offset) + data
    crc = zlib.crc32(payload) if with_crc else 0
    return struct.pack(">III", 0x01 << 24 | kind, len(payload), 0) + payload + struct.pack(">I", crc)


# the request


def _text(node: Node, path: str, default: str) -> str:
    """A text that the request has in base64."""
    value = node.value(path)
    if value is None:
        return default
    try:
        return base64.b64decode(value, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        raise OssError("InvalidArgument", ArgumentName=path, ArgumentValue=value) from None


def _flag(node: Node, path: str) -> bool:
    return (node.value(path) or "").lower() == "true"


def _format(node: Node, path: str, fallback: CsvFormat) -> CsvFormat:
    """The delimiters below an element of the request."""
    read = CsvFormat(
        _text(node, f"{path}/RecordDelimiter", fallback.record) or fallback.record,
        _text(node, f"{path}/FieldDelimiter", fallback.field) or fallback.field,
        _text(node, f"{path}/QuoteCharacter", fallback.quote) or fallback.quote,
        _text(node, f"{path}/CommentCharacter", fallback.comment),
    )
    if len(read.quote) != 1 or len(read.comment) > 1 or len(read.record) > 2 or len(read.field) > 2:
        raise OssError("InvalidArgument", "The CSV delimiters are not valid.")
    return read


def _content(call: Call, info: ObjectInfo, compression: str) -> str:
    if info.size > MAX_INPUT:
        raise OssError("EntityTooLarge", MaxSizeAllowed=MAX_INPUT)
    body = call.store.slice(info)
    with body.file:
        data = b"".join(body.chunks())
    if compression.upper() == "GZIP":
        try:
            with gzip.GzipFile(fileobj=io.BytesIO(data)) as packed:
                data = packed.read(MAX_INPUT + 1)
        except (OSError, EOFError, zlib.error):
            raise OssError("InvalidArgument", "The object is not in GZIP format.") from None
        if len(data) > MAX_INPUT:
            raise OssError("EntityTooLarge", MaxSizeAllowed=MAX_INPUT)
    elif compression.upper() not in ("", "NONE"):
        raise OssError("InvalidArgument", ArgumentName="CompressionType", ArgumentValue=compression)
    return data.decode("utf-8", "surrogateescape")


def _source(call: Call) -> ObjectInfo:
    info = call.object(follow=True)
    check_readable(info, call)
    return info


# select


def _select(call: Call) -> Response:
    node = call.xml("SelectRequest")
    info = _source(call)
    source_format = _format(node, "InputSerialization/CSV", CsvFormat())
    target_format = _format(node, f"{OUTPUT}/CSV", source_format)
    text = _content(call, info, node.value("InputSerialization/CompressionType") or "")
    rows, problems = source_format.rows(text), list[str]()
    use = _header_use(node)
    header = next(rows, None) if use != "NONE" else None
    rows = _ranged(call, info, node.value("InputSerialization/CSV/Range") or "", rows)
    if _flag(node, "Options/SkipPartialDataRecord"):
        allowed = whole(node.value("Options/MaxSkippedRecordsAllowed") or "0", 0, 1 << 62) or 0
        rows = _complete_rows(rows, header, allowed, problems)
    try:
        found = select(_text(node, "Expression", ""), header if use == "USE" else None, rows, call.server.stopping)
    except SelectError as error:
        raise OssError("InvalidSqlParameter", str(error)) from error
    lines = map(target_format.line, _output_rows(node, header, found))
    return _framed(node, info, "".join(lines).encode("utf-8", "surrogateescape"), problems)


def _header_use(node: Node) -> str:
    """How the first row is used: USE and IGNORE for one with names, NONE for a row like the others."""
    use = (node.value("InputSerialization/CSV/FileHeaderInfo") or "NONE").upper()
    if use not in ("USE", "IGNORE", "NONE"):
        raise OssError("InvalidArgument", ArgumentName="FileHeaderInfo", ArgumentValue=use)
    return use


def _output_rows(node: Node, header: list[str] | None, found: Selection) -> Iterator[list[str]]:
    """The rows of the answer, with a header if requested; each has all columns of the source, or the selected ones."""
    keep_all = _flag(node, f"{OUTPUT}/KeepAllColumns") and None not in found.indexes
    if _flag(node, f"{OUTPUT}/OutputHeader") and header is not None:
        yield header if keep_all else found.names
    for row in found.rows:
        values = [_written(value) for value in row]
        if not keep_all:
            yield values
            continue
        spread = [""] * found.width
        for index, value in zip(found.indexes, values, strict=True):
            spread[index or 0] = value
        yield spread


def _written(value: object) -> str:
    """The text of a value in the answer."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        value = int(value)
    return "" if value is None else str(value)


def _framed(node: Node, info: ObjectInfo, data: bytes, problems: list[str]) -> Response:
    with_crc = _flag(node, f"{OUTPUT}/EnablePayloadCrc")
    asked = node.value(f"{OUTPUT}/OutputRawData")
    # Unless the request says which, a large result is sent raw.
    raw = asked.lower() == "true" if asked else len(data) > AUTO_RAW and not with_crc and not problems
    headers = Headers(
        [("Content-Type", "application/octet-stream"), ("x-oss-select-output-raw", "true" if raw else "false")]
    )
    if raw and problems:
        raise OssError("InvalidCsvLine", problems[0])
    if not raw:
        pieces = [data[i : i + _PIECE] for i in range(0, len(data), _PIECE)]
        frames = [_frame(DATA, info.size, piece, with_crc) for piece in pieces]
        result = struct.pack(">QI", info.size, 400 if problems else 200) + "".join(problems).encode()
        end = _frame(SELECT_END, info.size, result, with_crc)
        data = b"".join([*frames, end])
    return Response(206, headers, data)


def _complete_rows(
    rows: Iterator[list[str]], header: list[str] | None, allowed: int, problems: list[str]
) -> Iterator[list[str]]:
    """The rows that lack no columns; after too many that do, they end, and the reason is added to ``problems``."""
    width = len(header) if header else 0
    for row in rows:
        width = width or len(row)
        if len(row) >= width:
            yield row
            continue
        allowed -= 1
        if allowed < 0:
            problems.append("InvalidCsvLine.A line of the CSV lacks columns.")
            return


def _ranged(call: Call, info: ObjectInfo, text: str, rows: Iterator[list[str]]) -> Iterator[list[str]]:
    """The rows of ``line-range=a-b`` or ``split-range=a-b``, counted from 0, both ends included."""
    if not text:
        return rows
    kind, _, span = text.partition("=")
    first, dash, last = span.partition("-")
    start, end = whole(first or "0", 0, _MAX_LINE), whole(last or str(_MAX_LINE), 0, _MAX_LINE)
    if kind not in ("line-range", "split-range") or not dash or not first + last or start is None or end is None:
        raise OssError("InvalidArgument", ArgumentName="Range", ArgumentValue=text)
    if _stored_meta(call, info) is None:
        raise OssError("InvalidSelectMeta", "The range needs select meta, which was not created.", status=400)
    unit = 1 if kind == "line-range" else _SPLIT_ROWS
    return islice(rows, start * unit, (end + 1) * unit)


# the index


def _meta_kind(info: ObjectInfo) -> str:
    return f"csv-meta:{info.key}"


def _stored_meta(call: Call, info: ObjectInfo) -> list[int] | None:
    """The numbers of splits, rows and columns in an object's index; None without an index of the current content."""
    stored = call.store.config(info.bucket, _meta_kind(info))
    meta = json.loads(stored) if stored else None
    return meta["counts"] if meta and meta["file"] == info.file else None


def _create_meta(call: Call) -> Response:
    node = call.xml("CsvMetaRequest")
    info = _source(call)
    csv = _format(node, "InputSerialization/CSV", CsvFormat())
    counts = None if _flag(node, "OverwriteIfExists") else _stored_meta(call, info)
    if counts is None:
        text = _content(call, info, node.value("InputSerialization/CompressionType") or "")
        rows, columns = 0, 0
        for row in csv.rows(text):
            columns = max(columns, len(row))
            rows += 1
        counts = [max(1, -(-rows // _SPLIT_ROWS)), rows, columns]
        stored = json.dumps({"file": info.file, "counts": counts}).encode()
        call.store.set_config(info.bucket, _meta_kind(info), stored)
    end = struct.pack(">QIIQI", info.size, 200, *counts)
    return Response(
        200, Headers([("Content-Type", "application/octet-stream")]), _frame(META_END, info.size, end, True)
    )
