"""Listing a bucket (``oss_list_object_sample.c``)."""

from __future__ import annotations

import sys

from oss.oss_api import *
from oss.samples.oss_config import *
from oss.samples.oss_sample_util import *


def list_object() -> None:
    p = aos_pool_t()
    bucket = aos_string_t()
    size = 0
    aos_pool_create(p, None)
    options = oss_request_options_create(p)
    init_sample_request_options(options, 0)
    aos_str_set(bucket, BUCKET_NAME)
    params = oss_create_list_object_params(p)
    params.max_ret = 1000
    s = oss_list_object(options, bucket, params, None)
    print_status("list object", s)
    print("Object\tSize\tLastModified")
    for content in aos_list_for_each_entry(oss_list_object_content_t, params.object_list, "node"):
        size += 1
        print(f"{printable(content.key)}\t{content.size}\t{printable(content.last_modified)}")
    print(f"Total {size}")
    aos_pool_destroy(p)


def list_all_objects() -> None:
    p = aos_pool_t()
    bucket = aos_string_t()
    prefix = DIR_NAME
    next_marker = ""
    size = 0
    aos_pool_create(p, None)
    options = oss_request_options_create(p)
    init_sample_request_options(options, 0)
    aos_str_set(bucket, BUCKET_NAME)
    params = oss_create_list_object_params(p)
    params.max_ret = 10
    aos_str_set(params.prefix, prefix)
    aos_str_set(params.marker, next_marker)
    print("Object\tSize\tLastModified")
    while True:
        s = oss_list_object(options, bucket, params, None)
        if not aos_status_is_ok(s):
            break
        for content in aos_list_for_each_entry(oss_list_object_content_t, params.object_list, "node"):
            size += 1
            print(f"{printable(content.key)}\t{content.size}\t{printable(content.last_modified)}")
        next_marker = str(params.next_marker)
        aos_str_set(params.marker, next_marker)
        aos_list_init(params.object_list)
        if params.truncated != AOS_TRUE:
            break
    print(f"Total {size}")
    print_status("list all objects", s)
    aos_pool_destroy(p)


def list_objects_by_delimiter() -> None:
    p = aos_pool_t()
    bucket = aos_string_t()
    prefix = ""
    next_marker = ""
    delimiter = "/"
    aos_pool_create(p, None)
    options = oss_request_options_create(p)
    init_sample_request_options(options, 0)
    aos_str_set(bucket, BUCKET_NAME)
    params = oss_create_list_object_params(p)
    params.max_ret = 10
    aos_str_set(params.prefix, prefix)
    aos_str_set(params.delimiter, delimiter)
    aos_str_set(params.marker, next_marker)
    while True:
        s = oss_list_object(options, bucket, params, None)
        if not aos_status_is_ok(s):
            break
        for content in aos_list_for_each_entry(oss_list_object_content_t, params.object_list, "node"):
            print(f"object:{printable(content.key)}\t{content.size}\t{printable(content.last_modified)}")
        for common_prefix in aos_list_for_each_entry(
            oss_list_object_common_prefix_t, params.common_prefix_list, "node"
        ):
            print(f"common_prefix:{printable(common_prefix.prefix)}")
        next_marker = str(params.next_marker)
        aos_str_set(params.marker, next_marker)
        aos_list_init(params.object_list)
        aos_list_init(params.common_prefix_list)
        if params.truncated != AOS_TRUE:
            break
    print_status("list objects by delimiter", s)
    aos_pool_destroy(p)


def list_object_sample() -> None:
    list_object()
    list_all_objects()
    list_objects_by_delimiter()


if __name__ == "__main__":
    sys.exit(run_sample(list_object_sample))
