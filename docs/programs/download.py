"""Downloads an object so that an interrupted run can be continued."""

import sys
from os import getenv

from aos.aos_http_io import *
from oss.oss_api import *

PART_SIZE = 100 * 1024
THREADS = 3


def show_progress(consumed_bytes: int, total_bytes: int) -> None:
    print(f"{consumed_bytes} of {total_bytes} bytes")


def make_options(pool: aos_pool_t) -> oss_request_options_t:
    options = oss_request_options_create(pool)
    config = oss_config_create(pool)

    aos_str_set(config.endpoint, getenv("OSS_ENDPOINT"))
    aos_str_set(config.region, getenv("OSS_REGION"))
    aos_str_set(config.access_key_id, getenv("OSS_ACCESS_KEY_ID"))
    aos_str_set(config.access_key_secret, getenv("OSS_ACCESS_KEY_SECRET"))
    config.signature_version = 4
    config.is_cname = 0
    options.config = config

    limits = aos_http_request_options_create(pool)
    limits.connect_timeout = 5  # seconds
    limits.speed_limit = 1024  # fewer bytes a second ...
    limits.speed_time = 10  # ... for so many seconds
    options.ctl = aos_http_controller_create(pool, 0)
    options.ctl.options = limits
    return options


def print_objects(
    options: oss_request_options_t,
    bucket_name: str,
    prefix: str,
) -> None:
    bucket = aos_string_t()

    aos_str_set(bucket, bucket_name)
    params = oss_create_list_object_params(options.pool)
    aos_str_set(params.prefix, prefix)
    s = oss_list_object(options, bucket, params, None)
    if not aos_status_is_ok(s):
        print(f"cannot list: {s.code} {s.error_code}")
        return
    for content in aos_list_for_each_entry(
        oss_list_object_content_t,
        params.object_list,
        "node",
    ):
        print(f"{content.key} has {content.size} bytes")


def download(
    options: oss_request_options_t,
    bucket_name: str,
    object_name: str,
    path: str,
) -> int:
    bucket, object_, file_ = aos_string_t(), aos_string_t(), aos_string_t()
    resp_headers = aos_table_t()

    aos_str_set(bucket, bucket_name)
    aos_str_set(object_, object_name)
    aos_str_set(file_, path)
    headers = aos_table_make(options.pool, 1)
    apr_table_set(headers, "x-oss-request-payer", "requester")
    clt_params = oss_create_resumable_clt_params_content(
        options.pool,
        PART_SIZE,
        THREADS,
        AOS_TRUE,
        None,
    )

    s = oss_resumable_download_file(
        options,
        bucket,
        object_,
        file_,
        headers,
        None,
        clt_params,
        show_progress,
        resp_headers,
    )
    if not aos_status_is_ok(s):
        print(f"not downloaded: {s.code} {s.error_code}")
        return 1
    print(f"downloaded, ETag {apr_table_get(resp_headers, 'ETag')}")
    return 0


def main(argv: list[str]) -> int:
    if len(argv) != 4:
        print("usage: download BUCKET OBJECT FILE", file=sys.stderr)
        return 2
    if aos_http_io_initialize(None, 0) != AOSE_OK:
        return 1
    pool = aos_pool_t()
    aos_pool_create(pool, None)
    options = make_options(pool)
    print_objects(options, argv[1], argv[2])
    result = download(options, argv[1], argv[2], argv[3])
    aos_pool_destroy(pool)
    aos_http_io_deinitialize()
    return result


if __name__ == "__main__":
    sys.exit(main(sys.argv))
