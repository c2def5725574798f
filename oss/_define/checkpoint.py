"""The structs and numbers of ``oss_resumable.h``, which ``oss_util.h`` and ``oss_xml.h`` need too.

Different from the C SDK: ``parts`` is a list.
"""

from __future__ import annotations

from aos._c.strings import string_field
from aos._c.structs import CStruct, PointerField, int32_field, int64_field, int_field, pointer_field, uint64_field
from aos.aos_status import aos_status_t
from aos.apr_file_io import apr_file_t

__all__ = [
    "OSS_CP_DOWNLOAD",
    "OSS_CP_UPLOAD",
    "oss_checkpoint_part_t",
    "oss_checkpoint_t",
    "oss_part_task_result_t",
]

OSS_CP_UPLOAD = 1
"""Type of a checkpoint: an upload's."""
OSS_CP_DOWNLOAD = 2
"""Type of a checkpoint: a download's."""


class oss_checkpoint_part_t(CStruct):
    """``oss_checkpoint_part_t``: one part of a resumable transfer."""

    index = int32_field()
    """number of the part, from 0"""
    offset = int64_field()
    """where the part begins in the object, in bytes"""
    size = int64_field()
    """length of the part in bytes"""
    completed = int_field()
    """1 when the part is done"""
    etag = string_field()
    """download: the object's ETag; upload: the part's"""
    crc64 = uint64_field()
    """CRC64 of the part's bytes; 0 until it is done"""


class oss_checkpoint_t(CStruct):
    """``oss_checkpoint_t``: the state of a resumable transfer."""

    md5 = string_field()
    """not used, always empty"""
    cp_type = int_field()
    """which way the transfer goes: OSS_CP_UPLOAD or OSS_CP_DOWNLOAD"""
    thefile = pointer_field(apr_file_t)
    """the open checkpoint file"""
    file_path = string_field()
    """upload: path of the local file"""
    file_size = int64_field()
    """upload: size of the file in bytes"""
    file_last_modified = int64_field(c_type="apr_time_t")
    """upload: when the file was changed, microseconds since the epoch"""
    file_md5 = string_field()
    """not used, always empty"""
    object_name = string_field()
    """download: name of the object"""
    object_size = int64_field()
    """download: size of the object in bytes"""
    object_last_modified = string_field()
    """download: the object's Last-Modified header"""
    object_etag = string_field()
    """download: the object's ETag header, with the quotes"""
    bucket = string_field(python_only=True)
    """upload: name of the bucket; NULL in a record of the C SDK, whose reader passes over it"""
    endpoint = string_field(python_only=True)
    """upload: host of the service; NULL in a record of the C SDK, whose reader passes over it too"""
    upload_id = string_field()
    """upload: id of the multipart upload"""
    part_num = int_field()
    """number of parts"""
    part_size = int64_field()
    """bytes in a part; the last one may have fewer"""
    parts: PointerField[list[oss_checkpoint_part_t]] = pointer_field(list, c_type="oss_checkpoint_part_t *")
    """the parts, in their order"""


class oss_part_task_result_t(CStruct):
    """``oss_part_task_result_t``: what became of one part."""

    part = pointer_field(oss_checkpoint_part_t)
    """part that the task moved"""
    s = pointer_field(aos_status_t)
    """how the part went"""
    etag = string_field()
    """ETag of the part"""
    crc64 = uint64_field()
    """CRC64 of the part's bytes"""
