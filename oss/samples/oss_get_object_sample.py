"""Objects out: to memory, to a file, in part, by URL, a whole "directory" (``oss_get_object_sample.c``)."""

from __future__ import annotations

import sys

from oss.oss_api import *
from oss.samples.oss_config import *
from oss.samples.oss_sample_util import *


def get_object_to_buffer() -> None:
    p = aos_pool_t()
    bucket, object_ = aos_string_t(), aos_string_t()
    headers = params = None
    resp_headers = aos_table_t()
    buffer = aos_list_t()
    aos_pool_create(p, None)
    options = oss_request_options_create(p)
    init_sample_request_options(options, 0)
    aos_str_set(bucket, BUCKET_NAME)
    aos_str_set(object_, OBJECT_NAME)
    aos_list_init(buffer)
    s = oss_get_object_to_buffer(options, bucket, object_, headers, params, buffer, resp_headers)
    print_status("get object to buffer", s)
    len_ = sum(aos_buf_size(content) for content in aos_list_for_each_entry(aos_buf_t, buffer, "node"))
    buf, pos = aos_pcalloc(p, len_ + 1), 0
    for content in aos_list_for_each_entry(aos_buf_t, buffer, "node"):
        size = aos_buf_size(content)
        buf[pos : pos + size] = content.data[content.pos : content.last]
        pos += size
    print(f"{pos} bytes in memory")
    aos_pool_destroy(p)


def get_object_to_local_file() -> None:
    p = aos_pool_t()
    bucket, object_, file_ = aos_string_t(), aos_string_t(), aos_string_t()
    download_filename = "get_object_to_local_file.txt"
    headers = params = None
    resp_headers = aos_table_t()
    aos_pool_create(p, None)
    options = oss_request_options_create(p)
    init_sample_request_options(options, 0)
    aos_str_set(bucket, BUCKET_NAME)
    aos_str_set(object_, OBJECT_NAME)
    aos_str_set(file_, download_filename)
    s = oss_get_object_to_file(options, bucket, object_, headers, params, file_, resp_headers)
    print_status("get object to local file", s)
    print(f"{get_file_size(download_filename)} bytes in {download_filename}")
    aos_pool_destroy(p)


def get_object_to_buffer_with_range() -> None:
    p = aos_pool_t()
    bucket, object_ = aos_string_t(), aos_string_t()
    params = None
    resp_headers = aos_table_t()
    buffer = aos_list_t()
    aos_pool_create(p, None)
    options = oss_request_options_create(p)
    init_sample_request_options(options, 0)
    aos_str_set(bucket, BUCKET_NAME)
    aos_str_set(object_, OBJECT_NAME)
    aos_list_init(buffer)
    headers = aos_table_make(p, 1)
    apr_table_set(headers, "Range", "bytes=20-100")
    s = oss_get_object_to_buffer(options, bucket, object_, headers, params, buffer, resp_headers)
    print_status("get object to buffer with range", s)
    print(f"{aos_buf_list_len(buffer)} bytes in memory")
    aos_pool_destroy(p)


def get_object_to_local_file_with_range() -> None:
    p = aos_pool_t()
    bucket, object_, file_ = aos_string_t(), aos_string_t(), aos_string_t()
    download_filename = "get_object_to_local_file.txt"
    params = None
    resp_headers = aos_table_t()
    aos_pool_create(p, None)
    options = oss_request_options_create(p)
    init_sample_request_options(options, 0)
    aos_str_set(bucket, BUCKET_NAME)
    aos_str_set(object_, OBJECT_NAME)
    aos_str_set(file_, download_filename)
    headers = aos_table_make(p, 1)
    apr_table_set(headers, "Range", "bytes=20-100")
    s = oss_get_object_to_file(options, bucket, object_, headers, params, file_, resp_headers)
    print_status("get object to local file with range", s)
    print(f"{get_file_size(download_filename)} bytes in {download_filename}")
    aos_pool_destroy(p)


def get_object_by_signed_url() -> None:
    p = aos_pool_t()
    bucket, object_, url = aos_string_t(), aos_string_t(), aos_string_t()
    headers = params = None
    resp_headers = aos_table_t()
    buffer = aos_list_t()
    aos_pool_create(p, None)
    options = oss_request_options_create(p)
    init_sample_request_options(options, 0)
    aos_str_set(bucket, BUCKET_NAME)
    aos_str_set(object_, OBJECT_NAME)
    aos_list_init(buffer)
    req = aos_http_request_create(p)
    req.method = HTTP_GET
    expires = apr_time_now() // 1000000 + 120
    signed_url = oss_gen_signed_url(options, bucket, object_, expires, req)
    aos_str_set(url, signed_url)
    print(f"signed get url : {signed_url}")
    s = oss_get_object_to_buffer_by_url(options, url, headers, params, buffer, resp_headers)
    print_status("get object by signed url", s)
    print(f"{aos_buf_list_len(buffer)} bytes in memory")
    aos_pool_destroy(p)


def get_oss_dir_to_local_dir() -> None:
    parent_pool = aos_pool_t()
    bucket, object_, file_ = aos_string_t(), aos_string_t(), aos_string_t()
    aos_pool_create(parent_pool, None)
    options = oss_request_options_create(parent_pool)
    init_sample_request_options(options, 0)
    aos_str_set(bucket, BUCKET_NAME)
    params = oss_create_list_object_params(parent_pool)
    aos_str_set(params.prefix, DIR_NAME)
    params.truncated = 1
    while params.truncated:
        aos_list_init(params.object_list)
        list_s = oss_list_object(options, bucket, params, None)
        if not aos_status_is_ok(list_s):
            print_status(f"list objects of dir[{DIR_NAME}]", list_s)
            aos_pool_destroy(parent_pool)
            return
        for list_content in aos_list_for_each_entry(oss_list_object_content_t, params.object_list, "node"):
            name = str(list_content.key)
            if ".." in name.split("/"):  # it would leave the directory
                continue
            if name.endswith("/"):
                apr_dir_make_recursive(name, APR_OS_DEFAULT, parent_pool)
                continue
            apr_dir_make_recursive(name.rpartition("/")[0], APR_OS_DEFAULT, parent_pool)
            aos_str_set(object_, name)
            aos_str_set(file_, name)
            s = oss_get_object_to_file(options, bucket, object_, None, None, file_, None)
            print_status(f"get object[{object_}]", s)
        aos_str_set(params.marker, params.next_marker)
    print_status("get dir", list_s)
    aos_pool_destroy(parent_pool)


def get_object_sample() -> None:
    get_object_to_buffer()
    get_object_to_local_file()
    get_object_to_buffer_with_range()
    get_object_to_local_file_with_range()
    get_object_by_signed_url()
    get_oss_dir_to_local_dir()


if __name__ == "__main__":
    sys.exit(run_sample(get_object_sample))
