"""Deleting one object, and several at once (``oss_delete_object_sample.c``)."""

from __future__ import annotations

import sys

from oss.oss_api import *
from oss.samples.oss_config import *
from oss.samples.oss_sample_util import *


def delete_object() -> None:
    p = aos_pool_t()
    bucket, object_ = aos_string_t(), aos_string_t()
    resp_headers = aos_table_t()
    aos_pool_create(p, None)
    options = oss_request_options_create(p)
    init_sample_request_options(options, 0)
    aos_str_set(bucket, BUCKET_NAME)
    aos_str_set(object_, OBJECT_NAME)
    s = oss_delete_object(options, bucket, object_, resp_headers)
    print_status("delete object", s)
    aos_pool_destroy(p)


def delete_objects() -> None:
    p = aos_pool_t()
    bucket = aos_string_t()
    object_name1 = "oss_sample_object1"
    object_name2 = "oss_sample_object2"
    is_quiet = AOS_TRUE
    object_list, deleted_object_list = aos_list_t(), aos_list_t()
    resp_headers = aos_table_t()
    aos_pool_create(p, None)
    options = oss_request_options_create(p)
    init_sample_request_options(options, 0)
    aos_str_set(bucket, BUCKET_NAME)
    aos_list_init(object_list)
    aos_list_init(deleted_object_list)
    content1 = oss_create_oss_object_key(p)
    aos_str_set(content1.key, object_name1)
    aos_list_add_tail(content1.node, object_list)
    content2 = oss_create_oss_object_key(p)
    aos_str_set(content2.key, object_name2)
    aos_list_add_tail(content2.node, object_list)
    s = oss_delete_objects(options, bucket, object_list, is_quiet, resp_headers, deleted_object_list)
    print_status("delete objects", s)
    aos_pool_destroy(p)


def delete_object_sample() -> None:
    delete_object()
    delete_objects()


if __name__ == "__main__":
    sys.exit(run_sample(delete_object_sample))
