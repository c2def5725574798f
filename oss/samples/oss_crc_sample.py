"""CRC64 of appended objects, and uploads and downloads without one (``oss_crc_sample.c``)."""

from __future__ import annotations

import sys

from oss.oss_api import *
from oss.samples.oss_config import *
from oss.samples.oss_sample_util import *


def append_object_from_buffer_with_crc() -> None:
    p = aos_pool_t()
    bucket, object_ = aos_string_t(), aos_string_t()
    str_ = "Time is a bird for ever on the wing."
    position = 0
    init_crc = 0
    headers = params = None
    resp_headers = aos_table_t()
    buffer = aos_list_t()
    aos_pool_create(p, None)
    options = oss_request_options_create(p)
    init_sample_request_options(options, 0)
    aos_str_set(bucket, BUCKET_NAME)
    aos_str_set(object_, OBJECT_NAME)
    s = oss_delete_object(options, bucket, object_, resp_headers)
    print_status("crc: delete object", s)
    for _ in range(2):
        aos_list_init(buffer)
        content = aos_buf_pack(p, str_, len(str_))
        aos_list_add_tail(content.node, buffer)
        s = oss_do_append_object_from_buffer(
            options, bucket, object_, position, init_crc, buffer, headers, params, None, resp_headers, None
        )
        print_status("crc: append object from buffer", s)
        position = aos_atoi64(apr_table_get(resp_headers, OSS_NEXT_APPEND_POSITION) or "0")
        init_crc = aos_atoui64(apr_table_get(resp_headers, OSS_HASH_CRC64_ECMA) or "0")
    aos_pool_destroy(p)


def append_object_from_file_with_crc() -> None:
    p = aos_pool_t()
    bucket, object_, append_file = aos_string_t(), aos_string_t(), aos_string_t()
    object_name = "oss_append_object.txt"
    position = 0
    init_crc = 0
    headers = params = None
    resp_headers = aos_table_t()
    aos_pool_create(p, None)
    options = oss_request_options_create(p)
    init_sample_request_options(options, 0)
    aos_str_set(bucket, BUCKET_NAME)
    aos_str_set(object_, object_name)
    aos_str_set(append_file, __file__)
    s = oss_delete_object(options, bucket, object_, resp_headers)
    print_status("crc: delete object", s)
    for _ in range(2):
        s = oss_do_append_object_from_file(
            options, bucket, object_, position, init_crc, append_file, headers, params, None, resp_headers, None
        )
        print_status("crc: append object from file", s)
        position = aos_atoi64(apr_table_get(resp_headers, OSS_NEXT_APPEND_POSITION) or "0")
        init_crc = aos_atoui64(apr_table_get(resp_headers, OSS_HASH_CRC64_ECMA) or "0")
    aos_pool_destroy(p)


def disable_crc() -> None:
    p = aos_pool_t()
    bucket, object_ = aos_string_t(), aos_string_t()
    str_ = "Sow nothing, reap nothing."
    headers = params = None
    resp_headers = aos_table_t()
    buffer = aos_list_t()
    aos_pool_create(p, None)
    options = oss_request_options_create(p)
    init_sample_request_options(options, 0)
    aos_str_set(bucket, BUCKET_NAME)
    aos_str_set(object_, OBJECT_NAME)
    options.ctl.options = aos_http_request_options_create(p)
    options.ctl.options.enable_crc = AOS_FALSE
    aos_list_init(buffer)
    content = aos_buf_pack(options.pool, str_, len(str_))
    aos_list_add_tail(content.node, buffer)
    s = oss_put_object_from_buffer(options, bucket, object_, buffer, headers, resp_headers)
    print_status("crc: put object from buffer without crc", s)
    aos_list_init(buffer)
    s = oss_get_object_to_buffer(options, bucket, object_, headers, params, buffer, resp_headers)
    print_status("crc: get object to buffer without crc", s)
    aos_pool_destroy(p)


def crc_sample() -> None:
    append_object_from_buffer_with_crc()
    append_object_from_file_with_crc()
    disable_crc()


if __name__ == "__main__":
    sys.exit(run_sample(crc_sample))
