"""Pictures processed on their way out (``oss_image_sample.c``).

The local server does not process pictures: it answers 400, which is shown, and is no failure of the sample there.
"""

from __future__ import annotations

import sys

from oss.oss_api import *
from oss.samples.oss_config import *
from oss.samples.oss_sample_util import *

IMAGE_FILE = "example.png"
SAMPLE_IMAGE = "example.png"
NOT_PROCESSED = 400


def put_sample_image() -> None:
    put_image(SAMPLE_IMAGE)


def put_example_image() -> None:
    put_image("example-new.png")


def put_image(name: str) -> None:
    p = aos_pool_t()
    bucket, object_, file_ = aos_string_t(), aos_string_t(), aos_string_t()
    headers = None
    resp_headers = aos_table_t()
    aos_pool_create(p, None)
    options = oss_request_options_create(p)
    init_sample_request_options(options, 0)
    aos_str_set(bucket, BUCKET_NAME)
    aos_str_set(object_, name)
    aos_str_set(file_, IMAGE_FILE)
    s = oss_put_object_from_file(options, bucket, object_, file_, headers, resp_headers)
    print_status("put object from file", s)
    aos_pool_destroy(p)


def process_to_file(process: str, file_name: str) -> None:
    p = aos_pool_t()
    bucket, object_, filename = aos_string_t(), aos_string_t(), aos_string_t()
    headers = None
    resp_headers = aos_table_t()
    aos_pool_create(p, None)
    options = oss_request_options_create(p)
    init_sample_request_options(options, 0)
    aos_str_set(bucket, BUCKET_NAME)
    aos_str_set(object_, SAMPLE_IMAGE)
    aos_str_set(filename, file_name)
    params = aos_table_make(p, 1)
    apr_table_set(params, OSS_PROCESS, process)
    s = oss_get_object_to_file(options, bucket, object_, headers, params, filename, resp_headers)
    print_status(f"get object to file ({process})", s, NOT_PROCESSED)
    aos_pool_destroy(p)


def process_to_buffer(process: str, what: str) -> None:
    p = aos_pool_t()
    bucket, object_ = aos_string_t(), aos_string_t()
    headers = None
    resp_headers = aos_table_t()
    buffer = aos_list_t()
    aos_pool_create(p, None)
    options = oss_request_options_create(p)
    init_sample_request_options(options, 0)
    aos_str_set(bucket, BUCKET_NAME)
    aos_str_set(object_, SAMPLE_IMAGE)
    aos_list_init(buffer)
    params = aos_table_make(p, 1)
    apr_table_set(params, OSS_PROCESS, process)
    s = oss_get_object_to_buffer(options, bucket, object_, headers, params, buffer, resp_headers)
    print_status(f"get object to buffer ({process})", s, NOT_PROCESSED)
    if aos_status_is_ok(s):
        print(f"{what}:{printable(aos_buf_list_content(p, buffer))}")
    aos_pool_destroy(p)


def image_resize() -> None:
    process_to_file("image/resize,m_fixed,w_100,h_100", "example-new.png")


def image_crop() -> None:
    process_to_file("image/crop,w_100,h_100,x_100,y_100,r_1", "example-new.png")


def image_rotate() -> None:
    process_to_file("image/rotate,90", "example-new.png")


def image_sharpen() -> None:
    process_to_file("image/sharpen,100", "example-new.png")


def image_watermark() -> None:
    process_to_file("image/watermark,text_SGVsbG8g5Zu-54mH5pyN5YqhIQ", "example-new.png")


def image_format() -> None:
    process_to_file("image/format,jpg", "example-new.jpg")


def image_info() -> None:
    process_to_buffer("image/info", "image info")


def image_tones() -> None:
    process_to_buffer("image/average-hue", "image tone")


def image_sample() -> None:
    put_example_image()
    put_sample_image()
    image_resize()
    image_crop()
    image_rotate()
    image_sharpen()
    image_watermark()
    image_format()
    image_info()
    image_tones()


if __name__ == "__main__":
    sys.exit(run_sample(image_sample))
