"""The checkpoint of a resumable transfer as XML (the checkpoint functions of ``oss_xml.h``).

Different from the C SDK: no text is cut at 1023 bytes and NULL is an empty text; a file whose parts are not numbered 0
to n - 1, once each, or whose numbers do not fit their fields is refused instead of written past the end of an array,
and a refused file leaves the checkpoint as it was. That of an upload names bucket and endpoint too, in elements that
the C SDK passes over. Whether offsets and sizes make sense is for who resumes to say.
"""

from __future__ import annotations

from typing import Any

from aos._c import xml
from aos._c.args import required
from aos._c.contract import check_arguments
from aos._c.text import encode, text_of
from aos.aos_define import AOSE_INVALID_ARGUMENT, AOSE_OK, AOSE_XML_PARSE_ERROR, aos_pool_t
from aos.aos_log import aos_error_log
from aos.aos_string import aos_text_t
from oss._define.checkpoint import oss_checkpoint_part_t, oss_checkpoint_t
from oss._define.constants import OSS_MAX_PART_NUM
from oss._xml.rows import INT32, INT64, UINT64, Document, Group, Integer, Row, Text, whole_number

__all__ = ["oss_build_checkpoint_xml", "oss_checkpoint_parse_from_body"]


class _TaggedText(Text):
    """A text with both its tags even where it is empty, as the C SDK writes it."""

    def content(self, value: str | None) -> str | None:
        return value or ""


_PART: tuple[Row, ...] = (
    Integer("Index", "index"),
    Integer("Offset", "offset", INT64),
    Integer("Size", "size", INT64),
    Integer("Completed", "completed"),
    _TaggedText("ETag", "etag"),
    Integer("Crc64", "crc64", UINT64),
)
_PART_NUMBERS = {item.path: item for item in _PART if isinstance(item, Integer)}


class _Parts:
    """The parts, one after the other; only written, since :func:`_read_part` reads them."""

    def read(self, node: xml.Element, into: Any, url: bool) -> None: ...

    def write(self, source: Any) -> str:
        parts = source.parts[: source.part_num] if source.part_num > 0 else ()
        return "".join(xml.branch("Part", *(item.write(part) for item in _PART)) for part in parts)


_LOCAL_FILE: tuple[Row, ...] = (
    _TaggedText("Path", "file_path"),
    Integer("Size", "file_size", INT64),
    Integer("LastModified", "file_last_modified", INT64),
    _TaggedText("MD5", "file_md5"),
)
_OBJECT: tuple[Row, ...] = (
    _TaggedText("Key", "object_name"),
    Integer("Size", "object_size", INT64),
    _TaggedText("LastModified", "object_last_modified"),
    _TaggedText("ETag", "object_etag"),
    # of the port alone: the C SDK, which looks for the elements that it knows, passes over these
    Text("Bucket", "bucket", optional=True),
    Text("Endpoint", "endpoint", optional=True),
)
_NUMBER = Integer("Number", "part_num", INT32)

CHECKPOINT = Document(
    "Checkpoint",
    (
        _TaggedText("MD5", "md5"),
        Integer("Type", "cp_type"),
        Group("LocalFile", _LOCAL_FILE),
        Group("Object", _OBJECT),
        _TaggedText("UploadId", "upload_id"),
        Group("CPParts", (_NUMBER, Integer("Size", "part_size", INT64), Group("Parts", (_Parts(),)))),
    ),
)


def _read_part(fields: dict[str, str], parts: dict[int, oss_checkpoint_part_t]) -> None:
    """Adds a part, given as the texts of its elements; XmlError for one without a number or with that of another."""
    part = oss_checkpoint_part_t()
    for path, value in fields.items():
        number = _PART_NUMBERS.get(path)
        if path == "ETag":
            part.etag.data = value or None
        elif number and value:
            setattr(part, number.name, _fitting(value, number))
    if part.index in parts or not fields.get("Index") or len(parts) >= OSS_MAX_PART_NUM:
        raise xml.XmlError(f"part {part.index} twice, without a number, or one too many")
    parts[part.index] = part


def _fitting(value: str, item: Integer) -> int:
    """Returns a number of a part; XmlError for one that its field cannot hold."""
    number = whole_number(value, item.within)
    if number is None:
        raise xml.XmlError(f"{item.path} of a part is not a number that fits")
    return number


def parse_checkpoint(data: bytes, checkpoint: oss_checkpoint_t) -> None:
    """Fills ``checkpoint`` from the bytes of a checkpoint file; an XmlError leaves it as it was."""
    parts: dict[int, oss_checkpoint_part_t] = {}
    root = xml.parse(data, record="Part", on_record=lambda fields: _read_part(fields, parts))
    number = root.find("CPParts/Number")
    count = whole_number(number.text, INT32) if number else 0
    order = sorted(parts)
    if count != len(parts) or order != [*range(len(parts))]:
        raise xml.XmlError(f"{len(parts)} parts do not make 0 to {count} - 1")
    CHECKPOINT.read(root, checkpoint)
    checkpoint.parts = [parts[index] for index in order]


def oss_build_checkpoint_xml(p: aos_pool_t | None, checkpoint: oss_checkpoint_t) -> str:
    """char *oss_build_checkpoint_xml(aos_pool_t *p, const oss_checkpoint_t *checkpoint)

    Returns the text of a checkpoint file; ValueError for a name that XML cannot carry.
    """
    return CHECKPOINT.write(required(checkpoint, oss_checkpoint_t, "checkpoint"))


def oss_checkpoint_parse_from_body(
    p: aos_pool_t | None, xml_body: aos_text_t, checkpoint: oss_checkpoint_t | None
) -> int:
    """int oss_checkpoint_parse_from_body(aos_pool_t *p, const char *xml_body, oss_checkpoint_t *checkpoint)

    Fills ``checkpoint`` from the text of a checkpoint file; missing elements keep their field. Returns AOSE_OK;
    AOSE_XML_PARSE_ERROR for a text that is no checkpoint; AOSE_INVALID_ARGUMENT for NULL.

    :param xml_body: text of the checkpoint file
    """
    try:
        body = text_of(xml_body, "xml_body")
        if body is None or checkpoint is None:
            return AOSE_INVALID_ARGUMENT
        parse_checkpoint(encode(body), checkpoint)
    except ValueError as error:
        aos_error_log("checkpoint: %s", str(error))
        return AOSE_XML_PARSE_ERROR
    return AOSE_OK


check_arguments(globals())
