"""An object's size, ETag and time (``oss_get_object_meta_sample.c``)."""

from __future__ import annotations

import sys

from oss.oss_api import *
from oss.samples.oss_config import *
from oss.samples.oss_sample_util import *


def get_object_meta() -> None:
    p = aos_pool_t()
    bucket, object_ = aos_string_t(), aos_string_t()
    resp_headers = aos_table_t()
    aos_pool_create(p, None)
    options = oss_request_options_create(p)
    init_sample_request_options(options, 0)
    aos_str_set(bucket, BUCKET_NAME)
    aos_str_set(object_, OBJECT_NAME)
    s = oss_get_object_meta(options, bucket, object_, resp_headers)
    print_status("get object meta", s)
    if aos_status_is_ok(s):
        content_length = aos_atoi64(apr_table_get(resp_headers, OSS_CONTENT_LENGTH) or "0")
        etag = apr_table_get(resp_headers, "ETag")
        last_modified = apr_table_get(resp_headers, "Last-Modified")
        print(printable(f"content length:{content_length}, etag:{etag}, last modified:{last_modified}"))
    aos_pool_destroy(p)


def get_object_meta_sample() -> None:
    get_object_meta()


if __name__ == "__main__":
    sys.exit(run_sample(get_object_meta_sample))
