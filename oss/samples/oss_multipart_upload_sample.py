"""Uploading an object in parts (``oss_multipart_upload_sample.c``)."""

from __future__ import annotations

import sys

from oss.oss_api import *
from oss.samples.oss_config import *
from oss.samples.oss_sample_util import *


def multipart_upload_file_from_buffer() -> None:
    p = aos_pool_t()
    bucket, object_, upload_id = aos_string_t(), aos_string_t(), aos_string_t()
    headers = None
    resp_headers = aos_table_t()
    buffer, complete_part_list = aos_list_t(), aos_list_t()
    aos_pool_create(p, None)
    options = oss_request_options_create(p)
    init_sample_request_options(options, 0)
    aos_str_set(bucket, BUCKET_NAME)
    aos_str_set(object_, "multipart-key.1")
    s = oss_init_multipart_upload(options, bucket, object_, upload_id, headers, resp_headers)
    print_status(f"init multipart upload {upload_id}", s)
    make_random_body(p, 200, buffer)
    s = oss_upload_part_from_buffer(options, bucket, object_, upload_id, 1, buffer, resp_headers)
    print_status("upload multipart part", s)
    make_random_body(p, 100, buffer)
    s = oss_upload_part_from_buffer(options, bucket, object_, upload_id, 2, buffer, resp_headers)
    print_status("upload multipart part", s)
    params = oss_create_list_upload_part_params(p)
    params.max_ret = 1000
    aos_list_init(complete_part_list)
    s = oss_list_upload_part(options, bucket, object_, upload_id, params, None)
    print_status("list multipart", s)
    for part_content in aos_list_for_each_entry(oss_list_part_content_t, params.part_list, "node"):
        complete_content = oss_create_complete_part_content(p)
        aos_str_set(complete_content.part_number, part_content.part_number)
        aos_str_set(complete_content.etag, part_content.etag)
        aos_list_add_tail(complete_content.node, complete_part_list)
    complete_headers = aos_table_make(p, 1)
    apr_table_add(complete_headers, OSS_CONTENT_TYPE, "video/MP2T")
    s = oss_complete_multipart_upload(
        options, bucket, object_, upload_id, complete_part_list, complete_headers, resp_headers
    )
    print_status("complete multipart upload", s)
    aos_pool_destroy(p)


def multipart_upload_file_from_file() -> None:
    p = aos_pool_t()
    bucket, object_, upload_id = aos_string_t(), aos_string_t(), aos_string_t()
    part_num = 1
    part_size = 100 * 1024
    pos = 0
    headers = complete_headers = None
    resp_headers = aos_table_t()
    complete_part_list = aos_list_t()
    aos_pool_create(p, None)
    options = oss_request_options_create(p)
    init_sample_request_options(options, 0)
    aos_str_set(bucket, BUCKET_NAME)
    aos_str_set(object_, "multipart-key.2")
    s = oss_init_multipart_upload(options, bucket, object_, upload_id, headers, resp_headers)
    print_status(f"init multipart upload {upload_id}", s)
    file_length = get_file_size(MULTIPART_UPLOAD_FILE_PATH)
    while pos < file_length:
        upload_file = oss_create_upload_file(p)
        aos_str_set(upload_file.filename, MULTIPART_UPLOAD_FILE_PATH)
        upload_file.file_pos = pos
        pos += part_size
        upload_file.file_last = pos if pos < file_length else file_length
        s = oss_upload_part_from_file(options, bucket, object_, upload_id, part_num, upload_file, resp_headers)
        part_num += 1
        print_status("multipart upload part from file", s)
    params = oss_create_list_upload_part_params(p)
    params.max_ret = 1000
    aos_list_init(complete_part_list)
    s = oss_list_upload_part(options, bucket, object_, upload_id, params, None)
    print_status("list multipart", s)
    for part_content in aos_list_for_each_entry(oss_list_part_content_t, params.part_list, "node"):
        complete_content = oss_create_complete_part_content(p)
        aos_str_set(complete_content.part_number, part_content.part_number)
        aos_str_set(complete_content.etag, part_content.etag)
        aos_list_add_tail(complete_content.node, complete_part_list)
    s = oss_complete_multipart_upload(
        options, bucket, object_, upload_id, complete_part_list, complete_headers, resp_headers
    )
    print_status("complete multipart upload from file", s)
    aos_pool_destroy(p)


def abort_multipart_upload() -> None:
    p = aos_pool_t()
    bucket, object_, upload_id = aos_string_t(), aos_string_t(), aos_string_t()
    headers = None
    resp_headers = aos_table_t()
    aos_pool_create(p, None)
    options = oss_request_options_create(p)
    init_sample_request_options(options, 0)
    aos_str_set(bucket, BUCKET_NAME)
    aos_str_set(object_, OBJECT_NAME)
    s = oss_init_multipart_upload(options, bucket, object_, upload_id, headers, resp_headers)
    print_status(f"init multipart upload {upload_id}", s)
    s = oss_abort_multipart_upload(options, bucket, object_, upload_id, resp_headers)
    print_status("abort multipart upload", s)
    aos_pool_destroy(p)


def multipart_object_sample() -> None:
    multipart_upload_file_from_buffer()
    multipart_upload_file_from_file()
    abort_multipart_upload()


if __name__ == "__main__":
    sys.exit(run_sample(multipart_object_sample))
