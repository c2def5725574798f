"""The structs and numbers of ``oss_resumable.h``, which ``oss_util.h`` and ``oss_xml.h`` need too.

Different from the C SDK: ``parts`` is a list.
"""

from __future__ import annotations

from aos._c.strings import string_field
from aos._c.structs import CStruct, PointerField, int32_field, int64_field, uint64_field
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
OSS_CP_DOWNLOAD = 2


class oss_checkpoint_part_t(CStruct):
    """``oss_checkpoint_part_t``: one part of a resumable transfer, counted from 0; sizes in bytes."""

    index = int32_field()
    offset = int64_field()
    size = int64_field()
    completed = int32_field()
    etag = string_field()
    crc64 = uint64_field()


class oss_checkpoint_t(CStruct):
    """``oss_checkpoint_t``: the state of a resumable transfer; ``file_last_modified`` in microseconds."""

    md5 = string_field()
    cp_type = int32_field()
    thefile = PointerField(apr_file_t)
    file_path = string_field()
    file_size = int64_field()
    file_last_modified = int64_field()
    file_md5 = string_field()
    object_name = string_field()
    object_size = int64_field()
    object_last_modified = string_field()
    object_etag = string_field()
    upload_id = string_field()
    part_num = int32_field()
    part_size = int64_field()
    parts: PointerField[list[oss_checkpoint_part_t]] = PointerField(list)


class oss_part_task_result_t(CStruct):
    """``oss_part_task_result_t``: what became of one part."""

    part = PointerField(oss_checkpoint_part_t)
    s = PointerField(aos_status_t)
    etag = string_field()
    crc64 = uint64_field()
