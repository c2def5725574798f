"""Appending to an object (``oss_append_object_sample.c``)."""

from __future__ import annotations

import sys

from oss.oss_api import *
from oss.samples.oss_config import *
from oss.samples.oss_sample_util import *


def append_object_from_buffer() -> None:
    p = aos_pool_t()
    bucket, object_ = aos_string_t(), aos_string_t()
    str_ = "test oss c sdk"
    position = 0
    headers = None
    buffer = aos_list_t()
    resp_headers = aos_table_t()
    aos_pool_create(p, None)
    options = oss_request_options_create(p)
    init_sample_request_options(options, 0)
    aos_str_set(bucket, BUCKET_NAME)
    aos_str_set(object_, OBJECT_NAME)
    oss_delete_object(options, bucket, object_, resp_headers)
    s = oss_head_object(options, bucket, object_, headers, resp_headers)
    if aos_status_is_ok(s):
        object_type = apr_table_get(resp_headers, OSS_OBJECT_TYPE)
        if object_type != OSS_OBJECT_TYPE_APPENDABLE:
            print(f"object[{OBJECT_NAME}]'s type[{printable(object_type)}] is not Appendable")
            aos_pool_destroy(p)
            return
        position = aos_atoi64(apr_table_get(resp_headers, OSS_NEXT_APPEND_POSITION) or "0")
    aos_list_init(buffer)
    content = aos_buf_pack(p, str_, len(str_))
    aos_list_add_tail(content.node, buffer)
    s = oss_append_object_from_buffer(options, bucket, object_, position, buffer, headers, resp_headers)
    print_status("append object from buffer", s)
    aos_pool_destroy(p)


def append_object_from_file() -> None:
    p = aos_pool_t()
    bucket, object_, append_file = aos_string_t(), aos_string_t(), aos_string_t()
    filename = __file__
    position = 0
    headers = None
    resp_headers = aos_table_t()
    aos_pool_create(p, None)
    options = oss_request_options_create(p)
    init_sample_request_options(options, 0)
    aos_str_set(bucket, BUCKET_NAME)
    aos_str_set(object_, OBJECT_NAME)
    aos_str_set(append_file, filename)
    s = oss_head_object(options, bucket, object_, headers, resp_headers)
    if aos_status_is_ok(s):
        object_type = apr_table_get(resp_headers, OSS_OBJECT_TYPE)
        if object_type != OSS_OBJECT_TYPE_APPENDABLE:
            print(f"object[{OBJECT_NAME}]'s type[{printable(object_type)}] is not Appendable")
            aos_pool_destroy(p)
            return
        position = aos_atoi64(apr_table_get(resp_headers, OSS_NEXT_APPEND_POSITION) or "0")
    s = oss_append_object_from_file(options, bucket, object_, position, append_file, headers, resp_headers)
    print_status("append object from file", s)
    aos_pool_destroy(p)


def append_object_sample() -> None:
    append_object_from_buffer()
    append_object_from_file()


if __name__ == "__main__":
    sys.exit(run_sample(append_object_sample))
