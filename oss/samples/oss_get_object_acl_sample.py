"""Reading an object's ACL (``oss_get_object_acl_sample.c``)."""

from __future__ import annotations

import sys

from oss.oss_api import *
from oss.samples.oss_config import *
from oss.samples.oss_sample_util import *


def get_object_acl() -> None:
    p = aos_pool_t()
    bucket, object_ = aos_string_t(), aos_string_t()
    oss_acl = aos_string_t()
    resp_headers = aos_table_t()
    aos_pool_create(p, None)
    options = oss_request_options_create(p)
    init_sample_request_options(options, 0)
    aos_str_set(bucket, BUCKET_NAME)
    aos_str_set(object_, OBJECT_NAME)
    s = oss_get_object_acl(options, bucket, object_, oss_acl, resp_headers)
    print_status("get object acl", s)
    print(f"object acl:{printable(oss_acl)}")
    aos_pool_destroy(p)


def get_object_acl_sample() -> None:
    get_object_acl()


if __name__ == "__main__":
    sys.exit(run_sample(get_object_acl_sample))
