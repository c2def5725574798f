"""Objects in: from memory, from a file, by a signed URL, and "directories" (``oss_put_object_sample.c``)."""

from __future__ import annotations

import sys

from oss.oss_api import *
from oss.samples.oss_config import *
from oss.samples.oss_sample_util import *


def put_object_from_buffer() -> None:
    p = aos_pool_t()
    bucket, object_ = aos_string_t(), aos_string_t()
    str_ = "test oss c sdk"
    buffer = aos_list_t()
    resp_headers = aos_table_t()
    aos_pool_create(p, None)
    options = oss_request_options_create(p)
    init_sample_request_options(options, 0)
    headers = aos_table_make(p, 1)
    apr_table_set(headers, "x-oss-meta-author", "oss")
    aos_str_set(bucket, BUCKET_NAME)
    aos_str_set(object_, OBJECT_NAME)
    aos_list_init(buffer)
    content = aos_buf_pack(options.pool, str_, len(str_))
    aos_list_add_tail(content.node, buffer)
    s = oss_put_object_from_buffer(options, bucket, object_, buffer, headers, resp_headers)
    print_status("put object from buffer", s)
    aos_pool_destroy(p)


def put_object_from_buffer_with_md5() -> None:
    p = aos_pool_t()
    bucket, object_ = aos_string_t(), aos_string_t()
    str_ = "test oss c sdk"
    buffer = aos_list_t()
    resp_headers = aos_table_t()
    aos_pool_create(p, None)
    options = oss_request_options_create(p)
    init_sample_request_options(options, 0)
    headers = aos_table_make(p, 2)
    apr_table_set(headers, "x-oss-meta-author", "oss")
    aos_str_set(bucket, BUCKET_NAME)
    aos_str_set(object_, OBJECT_NAME)
    aos_list_init(buffer)
    content = aos_buf_pack(options.pool, str_, len(str_))
    aos_list_add_tail(content.node, buffer)
    md5 = aos_md5(p, str_, len(str_))
    b64_value = aos_pcalloc(p, 25)
    b64_len = aos_base64_encode(md5, 16, b64_value)
    apr_table_set(headers, OSS_CONTENT_MD5, bytes(b64_value[:b64_len]).decode())
    s = oss_put_object_from_buffer(options, bucket, object_, buffer, headers, resp_headers)
    print_status("put object from buffer with md5", s)
    aos_pool_destroy(p)


def put_object_from_file() -> None:
    p = aos_pool_t()
    bucket, object_, file_ = aos_string_t(), aos_string_t(), aos_string_t()
    resp_headers = aos_table_t()
    aos_pool_create(p, None)
    options = oss_request_options_create(p)
    init_sample_request_options(options, 0)
    headers = aos_table_make(p, 1)
    apr_table_set(headers, OSS_CONTENT_TYPE, "image/jpeg")
    aos_str_set(bucket, BUCKET_NAME)
    aos_str_set(object_, OBJECT_NAME)
    aos_str_set(file_, __file__)
    s = oss_put_object_from_file(options, bucket, object_, file_, headers, resp_headers)
    print_status("put object from file", s)
    aos_pool_destroy(p)


def put_object_by_signed_url() -> None:
    p = aos_pool_t()
    bucket, object_, file_, url = aos_string_t(), aos_string_t(), aos_string_t(), aos_string_t()
    headers = None
    resp_headers = aos_table_t()
    aos_pool_create(p, None)
    options = oss_request_options_create(p)
    init_sample_request_options(options, 0)
    aos_str_set(bucket, BUCKET_NAME)
    aos_str_set(object_, OBJECT_NAME)
    aos_str_set(file_, __file__)
    req = aos_http_request_create(p)
    req.method = HTTP_PUT
    expires = apr_time_now() // 1000000 + 120
    url_str = oss_gen_signed_url(options, bucket, object_, expires, req)
    aos_str_set(url, url_str)
    print(f"signed put url : {url_str}")
    s = oss_put_object_from_file_by_url(options, url, file_, headers, resp_headers)
    print_status("put object by signed url", s)
    aos_pool_destroy(p)


def create_dir() -> None:
    p = aos_pool_t()
    bucket, object_ = aos_string_t(), aos_string_t()
    headers = None
    buffer = aos_list_t()
    resp_headers = aos_table_t()
    aos_pool_create(p, None)
    options = oss_request_options_create(p)
    init_sample_request_options(options, 0)
    aos_str_set(bucket, BUCKET_NAME)
    aos_str_set(object_, DIR_NAME)
    aos_list_init(buffer)
    s = oss_put_object_from_buffer(options, bucket, object_, buffer, headers, resp_headers)
    print_status("create dir", s)
    aos_pool_destroy(p)


def put_object_to_dir() -> None:
    p = aos_pool_t()
    bucket, object_, file_ = aos_string_t(), aos_string_t(), aos_string_t()
    headers = None
    resp_headers = aos_table_t()
    aos_pool_create(p, None)
    options = oss_request_options_create(p)
    init_sample_request_options(options, 0)
    aos_str_set(bucket, BUCKET_NAME)
    aos_str_set(object_, f"{DIR_NAME}{OBJECT_NAME}")
    aos_str_set(file_, __file__)
    s = oss_put_object_from_file(options, bucket, object_, file_, headers, resp_headers)
    print_status("put object to dir", s)
    aos_pool_destroy(p)


def put_object_sample() -> None:
    put_object_from_buffer()
    put_object_from_buffer_with_md5()
    put_object_from_file()
    put_object_by_signed_url()
    create_dir()
    put_object_to_dir()


if __name__ == "__main__":
    sys.exit(run_sample(put_object_sample))
