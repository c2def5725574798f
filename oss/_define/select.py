"""The structs of ``oss_define.h`` for SQL on an object; programs take them from ``oss.oss_define``."""

from __future__ import annotations

from aos._c.strings import string_field
from aos._c.structs import CStruct, int32_field, struct_field, uint32_field, uint64_field

__all__ = [
    "oss_select_object_input_param_t",
    "oss_select_object_meta_params_t",
    "oss_select_object_option_param_t",
    "oss_select_object_output_param_t",
    "oss_select_object_params_t",
]


class oss_select_object_input_param_t(CStruct):
    """``oss_select_object_input_param_t``: how the CSV that SQL reads is laid out."""

    compression_type = string_field()
    """how the object is compressed: None or GZIP"""
    file_header_info = string_field()
    """what the first line is: None, Ignore or Use"""
    record_delimiter = string_field()
    """what ends a record; empty means a line feed"""
    field_delimiter = string_field()
    """what separates fields; empty means a comma"""
    quote_character = string_field()
    """what encloses a field; empty means a double quote"""
    comment_character = string_field()
    """what begins a comment line; empty means none"""
    range = string_field()
    """which part to read, such as ``line-range=10-20``"""


class oss_select_object_output_param_t(CStruct):
    """``oss_select_object_output_param_t``: how the result of SQL is laid out; -1 leaves a switch to the service."""

    record_delimiter = string_field()
    """what ends a record; empty leaves it to the service"""
    field_delimiter = string_field()
    """what separates fields; empty leaves it to the service"""
    keep_all_columns = int32_field()
    """1 to give empty fields for the columns that were not selected"""
    output_rawdata = int32_field()
    """1 to get the data without frames, and so without checksums"""
    enable_payload_crc = int32_field()
    """1 to get a CRC32 with each frame"""
    output_header = int32_field()
    """1 to begin with the names of the columns"""


class oss_select_object_option_param_t(CStruct):
    """``oss_select_object_option_param_t``: how SQL treats odd records."""

    skip_partial_data_record = int32_field()
    """1 to pass over records that lack fields"""


class oss_select_object_params_t(CStruct):
    """``oss_select_object_params_t``: all settings of a select."""

    input_param = struct_field(oss_select_object_input_param_t)
    """how the object is laid out"""
    output_param = struct_field(oss_select_object_output_param_t)
    """how the result is"""
    option_param = struct_field(oss_select_object_option_param_t)
    """what is done with odd records"""


class oss_select_object_meta_params_t(CStruct):
    """``oss_select_object_meta_params_t``: settings of a call that counts rows and columns, and the counts."""

    compression_type = string_field()
    """how the object is compressed: None is all that the service takes"""
    record_delimiter = string_field()
    """what ends a record; empty leaves it to the service"""
    field_delimiter = string_field()
    """what separates fields; empty leaves it to the service"""
    quote_character = string_field()
    """what encloses a field; empty leaves it to the service"""
    over_write_if_existing = int32_field()
    """1 to count anew although counts are there"""
    splits_count = uint32_field()
    """out: number of splits"""
    rows_count = uint64_field()
    """out: number of rows"""
    columns_count = uint32_field()
    """out: number of columns"""
