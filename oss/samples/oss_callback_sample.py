"""Uploads that make the service call a URL (``oss_callback_sample.c``)."""

from __future__ import annotations

import sys

from oss.oss_api import *
from oss.samples import oss_config
from oss.samples.oss_config import *
from oss.samples.oss_sample_util import *


def callback_text() -> str:
    """What the service is to call, in JSON."""
    return (
        "{"
        f'"callbackUrl":"{oss_config.CALLBACK_URL}",'
        '"callbackBody":"bucket=${bucket}&object=${object}&size=${size}&mimeType=${mimeType}",'
        '"callbackBodyType":"application/x-www-form-urlencoded"'
        "}"
    )


def put_object_from_buffer_with_callback() -> None:
    p = aos_pool_t()
    bucket, object_ = aos_string_t(), aos_string_t()
    str_ = "test oss c sdk"
    params = None
    progress_callback = None
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
    callback = callback_text()
    b64_buf = aos_pcalloc(p, 1024)
    b64_len = aos_base64_encode(callback, len(callback), b64_buf)
    headers = aos_table_make(p, 1)
    apr_table_set(headers, OSS_CALLBACK, bytes(b64_buf[:b64_len]).decode())
    s = oss_do_put_object_from_buffer(
        options, bucket, object_, buffer, headers, params, progress_callback, resp_headers, resp_body
    )
    print_status("put object from buffer with callback", s)
    print(f"callback answered {printable(aos_buf_list_content(p, resp_body))}")
    aos_pool_destroy(p)


def multipart_from_buffer_with_callback() -> None:
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
    s = oss_upload_part_from_buffer(options, bucket, object_, upload_id, 1, buffer, resp_headers)
    print_status("upload multipart part", s)
    make_random_body(p, 100, buffer)
    s = oss_upload_part_from_buffer(options, bucket, object_, upload_id, 2, buffer, resp_headers)
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
    callback = callback_text()
    b64_buf = aos_pcalloc(p, 1024)
    b64_len = aos_base64_encode(callback, len(callback), b64_buf)
    complete_headers = aos_table_make(p, 1)
    apr_table_set(complete_headers, OSS_CALLBACK, bytes(b64_buf[:b64_len]).decode())
    s = oss_do_complete_multipart_upload(
        options, bucket, object_, upload_id, complete_part_list, complete_headers, params, resp_headers, resp_body
    )
    print_status("complete multipart upload with callback", s)
    print(f"callback answered {printable(aos_buf_list_content(p, resp_body))}")
    aos_pool_destroy(p)


def callback_sample() -> None:
    put_object_from_buffer_with_callback()
    multipart_from_buffer_with_callback()


if __name__ == "__main__":
    sys.exit(run_sample(callback_sample))
