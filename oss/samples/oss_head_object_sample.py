"""What is known of an object (``oss_head_object_sample.c``)."""

from __future__ import annotations

import sys

from oss.oss_api import *
from oss.samples.oss_config import *
from oss.samples.oss_get_object_meta_sample import get_object_meta
from oss.samples.oss_sample_util import *


def head_object() -> None:
    p = aos_pool_t()
    bucket, object_ = aos_string_t(), aos_string_t()
    headers = None
    resp_headers = aos_table_t()
    aos_pool_create(p, None)
    options = oss_request_options_create(p)
    init_sample_request_options(options, 0)
    aos_str_set(bucket, BUCKET_NAME)
    aos_str_set(object_, OBJECT_NAME)
    s = oss_head_object(options, bucket, object_, headers, resp_headers)
    print_status("head object", s)
    if aos_status_is_ok(s):
        content_length = aos_atoi64(apr_table_get(resp_headers, OSS_CONTENT_LENGTH) or "0")
        object_type = apr_table_get(resp_headers, OSS_OBJECT_TYPE)
        print(f"object type:{printable(object_type)}, content length:{content_length}")
    aos_pool_destroy(p)


def head_object_sample() -> None:
    head_object()
    get_object_meta()


if __name__ == "__main__":
    sys.exit(run_sample(head_object_sample))
