"""Progress of uploads and downloads (``oss_progress_sample.c``)."""

from __future__ import annotations

import sys

from oss.oss_api import *
from oss.samples.oss_config import *
from oss.samples.oss_sample_util import *


def put_and_get_from_buffer_with_progress() -> None:
    p = aos_pool_t()
    bucket, object_ = aos_string_t(), aos_string_t()
    str_ = "oss c sdk"
    params = None
    resp_headers = aos_table_t()
    buffer, resp_body = aos_list_t(), aos_list_t()
    aos_pool_create(p, None)
    options = oss_request_options_create(p)
    init_sample_request_options(options, 0)
    aos_str_set(bucket, BUCKET_NAME)
    aos_str_set(object_, OBJECT_NAME)
    aos_list_init(resp_body)
    aos_list_init(buffer)
    content = aos_buf_pack(options.pool, str_, len(str_))
    aos_list_add_tail(content.node, buffer)
    headers = aos_table_make(p, 1)
    apr_table_set(headers, "x-oss-meta-author", "oss")
    s = oss_do_put_object_from_buffer(
        options, bucket, object_, buffer, headers, params, percentage, resp_headers, resp_body
    )
    print_status("put object from buffer", s)
    aos_list_init(buffer)
    s = oss_do_get_object_to_buffer(options, bucket, object_, None, params, buffer, percentage, resp_headers)
    print_status("get object to buffer", s)
    aos_pool_destroy(p)


def put_and_get_from_file_with_progress() -> None:
    p = aos_pool_t()
    bucket, object_, filename = aos_string_t(), aos_string_t(), aos_string_t()
    download_filename = "get_object_to_local_file.txt"
    headers = params = None
    resp_headers = aos_table_t()
    resp_body = aos_list_t()
    aos_pool_create(p, None)
    options = oss_request_options_create(p)
    init_sample_request_options(options, 0)
    aos_str_set(bucket, BUCKET_NAME)
    aos_str_set(object_, OBJECT_NAME)
    aos_list_init(resp_body)
    aos_str_set(filename, __file__)
    s = oss_do_put_object_from_file(
        options, bucket, object_, filename, headers, params, percentage, resp_headers, resp_body
    )
    print_status("put object from file", s)
    aos_str_set(filename, download_filename)
    s = oss_do_get_object_to_file(options, bucket, object_, headers, params, filename, percentage, resp_headers)
    print_status("get object to file", s)
    aos_pool_destroy(p)


def append_object_with_progress() -> None:
    p = aos_pool_t()
    bucket, object_, append_file = aos_string_t(), aos_string_t(), aos_string_t()
    object_name = "oss_append_object.ts"
    str_ = "oss c sdk"
    position = 0
    init_crc = 0
    params = None
    resp_headers = aos_table_t()
    buffer, resp_body = aos_list_t(), aos_list_t()
    aos_pool_create(p, None)
    options = oss_request_options_create(p)
    init_sample_request_options(options, 0)
    aos_str_set(bucket, BUCKET_NAME)
    aos_str_set(object_, object_name)
    aos_list_init(resp_body)
    s = oss_delete_object(options, bucket, object_, resp_headers)
    print_status("progress: delete object", s)
    aos_list_init(buffer)
    content = aos_buf_pack(options.pool, str_, len(str_))
    aos_list_add_tail(content.node, buffer)
    headers = aos_table_make(p, 1)
    apr_table_set(headers, "x-oss-meta-author", "oss")
    s = oss_do_append_object_from_buffer(
        options, bucket, object_, position, init_crc, buffer, headers, params, percentage, resp_headers, resp_body
    )
    print_status("progress: append object from buffer", s)
    position = aos_atoi64(apr_table_get(resp_headers, OSS_NEXT_APPEND_POSITION) or "0")
    init_crc = aos_atoui64(apr_table_get(resp_headers, OSS_HASH_CRC64_ECMA) or "0")
    aos_str_set(append_file, __file__)
    s = oss_do_append_object_from_file(
        options, bucket, object_, position, init_crc, append_file, None, params, percentage, resp_headers, resp_body
    )
    print_status("progress: append object from file", s)
    aos_pool_destroy(p)


def multipart_upload_from_buffer_with_progress() -> None:
    p = aos_pool_t()
    bucket, object_, upload_id = aos_string_t(), aos_string_t(), aos_string_t()
    headers = params = None
    resp_headers = aos_table_t()
    buffer, resp_body, complete_part_list = aos_list_t(), aos_list_t(), aos_list_t()
    aos_pool_create(p, None)
    options = oss_request_options_create(p)
    init_sample_request_options(options, 0)
    aos_str_set(bucket, BUCKET_NAME)
    aos_str_set(object_, OBJECT_NAME)
    aos_list_init(resp_body)
    s = oss_init_multipart_upload(options, bucket, object_, upload_id, headers, resp_headers)
    print_status(f"init multipart upload {upload_id}", s)
    make_random_body(p, 200, buffer)
    s = oss_do_upload_part_from_buffer(
        options, bucket, object_, upload_id, 1, buffer, percentage, headers, params, resp_headers, resp_body
    )
    print_status("upload multipart part", s)
    make_random_body(p, 100, buffer)
    s = oss_do_upload_part_from_buffer(
        options, bucket, object_, upload_id, 2, buffer, percentage, headers, params, resp_headers, resp_body
    )
    print_status("upload multipart part", s)
    list_params = oss_create_list_upload_part_params(p)
    list_params.max_ret = 1000
    aos_list_init(complete_part_list)
    s = oss_list_upload_part(options, bucket, object_, upload_id, list_params, None)
    print_status("list multipart", s)
    for part_content in aos_list_for_each_entry(oss_list_part_content_t, list_params.part_list, "node"):
        complete_content = oss_create_complete_part_content(p)
        aos_str_set(complete_content.part_number, part_content.part_number)
        aos_str_set(complete_content.etag, part_content.etag)
        aos_list_add_tail(complete_content.node, complete_part_list)
    s = oss_complete_multipart_upload(options, bucket, object_, upload_id, complete_part_list, headers, resp_headers)
    print_status("complete multipart upload", s)
    aos_pool_destroy(p)


def multipart_upload_from_file_with_progress() -> None:
    p = aos_pool_t()
    bucket, object_, upload_id = aos_string_t(), aos_string_t(), aos_string_t()
    headers = params = None
    resp_headers = aos_table_t()
    resp_body, complete_part_list = aos_list_t(), aos_list_t()
    aos_pool_create(p, None)
    options = oss_request_options_create(p)
    init_sample_request_options(options, 0)
    aos_str_set(bucket, BUCKET_NAME)
    aos_str_set(object_, OBJECT_NAME)
    aos_list_init(resp_body)
    s = oss_init_multipart_upload(options, bucket, object_, upload_id, headers, resp_headers)
    print_status(f"init multipart upload {upload_id}", s)
    upload_file = oss_create_upload_file(p)
    aos_str_set(upload_file.filename, MULTIPART_UPLOAD_FILE_PATH)
    upload_file.file_pos = 0
    upload_file.file_last = get_file_size(MULTIPART_UPLOAD_FILE_PATH)
    s = oss_do_upload_part_from_file(
        options, bucket, object_, upload_id, 1, upload_file, percentage, headers, params, resp_headers, resp_body
    )
    print_status("upload multipart part", s)
    list_params = oss_create_list_upload_part_params(p)
    list_params.max_ret = 1000
    aos_list_init(complete_part_list)
    s = oss_list_upload_part(options, bucket, object_, upload_id, list_params, None)
    print_status("list multipart", s)
    for part_content in aos_list_for_each_entry(oss_list_part_content_t, list_params.part_list, "node"):
        complete_content = oss_create_complete_part_content(p)
        aos_str_set(complete_content.part_number, part_content.part_number)
        aos_str_set(complete_content.etag, part_content.etag)
        aos_list_add_tail(complete_content.node, complete_part_list)
    s = oss_complete_multipart_upload(options, bucket, object_, upload_id, complete_part_list, headers, resp_headers)
    print_status("complete multipart upload", s)
    aos_pool_destroy(p)


def progress_sample() -> None:
    put_and_get_from_buffer_with_progress()
    put_and_get_from_file_with_progress()
    append_object_with_progress()
    multipart_upload_from_buffer_with_progress()
    multipart_upload_from_file_with_progress()


if __name__ == "__main__":
    sys.exit(run_sample(progress_sample))
