"""SQL over a CSV object (``oss_select_object_sample.c``)."""

from __future__ import annotations

import sys

from oss.oss_api import *
from oss.samples.oss_config import *
from oss.samples.oss_sample_util import *


def select_object_to_buffer() -> None:
    p = aos_pool_t()
    bucket, object_, select_sql = aos_string_t(), aos_string_t(), aos_string_t()
    resp_headers = aos_table_t()
    buffer = aos_list_t()
    aos_pool_create(p, None)
    options = oss_request_options_create(p)
    init_sample_request_options(options, 0)
    aos_str_set(bucket, BUCKET_NAME)
    aos_str_set(object_, "city_sample_data.csv")
    aos_list_init(buffer)
    aos_str_set(select_sql, "select * from ossobject limit 10")
    select_params = oss_create_select_object_params(p)
    s = oss_select_object_to_buffer(options, bucket, object_, select_sql, select_params, buffer, resp_headers)
    print_status("select object to buffer", s)
    print(printable(aos_buf_list_content(p, buffer), lines=True), end="")
    aos_pool_destroy(p)


def select_object_to_file() -> None:
    p = aos_pool_t()
    bucket, object_, select_sql, filename = aos_string_t(), aos_string_t(), aos_string_t(), aos_string_t()
    resp_headers = aos_table_t()
    aos_pool_create(p, None)
    options = oss_request_options_create(p)
    init_sample_request_options(options, 0)
    aos_str_set(bucket, BUCKET_NAME)
    aos_str_set(object_, "city_sample_data.csv")
    aos_str_set(filename, "city_sample_data_part.csv")
    aos_str_set(select_sql, "select * from ossobject limit 10")
    select_params = oss_create_select_object_params(p)
    s = oss_select_object_to_file(options, bucket, object_, select_sql, select_params, filename, resp_headers)
    print_status("select object to file", s)
    print(f"{get_file_size(str(filename))} bytes in {filename}")
    aos_pool_destroy(p)


def create_select_object_meta() -> None:
    p = aos_pool_t()
    bucket, object_ = aos_string_t(), aos_string_t()
    resp_headers = aos_table_t()
    aos_pool_create(p, None)
    options = oss_request_options_create(p)
    init_sample_request_options(options, 0)
    aos_str_set(bucket, BUCKET_NAME)
    aos_str_set(object_, "city_sample_data.csv")
    meta_params = oss_create_select_object_meta_params(p)
    s = oss_create_select_object_meta(options, bucket, object_, meta_params, resp_headers)
    print_status("create select object meta", s)
    print(f"splits:{meta_params.splits_count}, rows:{meta_params.rows_count}, columns:{meta_params.columns_count}")
    aos_pool_destroy(p)


def select_object_sample() -> None:
    select_object_to_buffer()
    select_object_to_file()
    create_select_object_meta()


if __name__ == "__main__":
    sys.exit(run_sample(select_object_sample))
