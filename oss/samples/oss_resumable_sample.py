"""Uploads and downloads in parts, by several threads, that can be continued (``oss_resumable_sample.c``).

``python -m oss.samples.oss_resumable_sample`` with nothing configured shows an interrupted download and how it is
continued, with a local server (``oss.samples._interruption``), after the functions of the C sample.
``python -m oss.samples.oss_resumable_sample BUCKET OBJECT FILE`` downloads an object from the service that the
environment names (``oss_config``); interrupted, the same command continues it.
"""

from __future__ import annotations

import sys

from oss._command.progress import progress
from oss.oss_api import *
from oss.samples import _service, oss_config
from oss.samples._resumable import completed_parts, interrupted_download, resumable_download
from oss.samples.oss_config import *
from oss.samples.oss_sample_util import *

USAGE = "usage: python -m oss.samples.oss_resumable_sample [BUCKET OBJECT FILE]"


def resumable_upload_with_multi_threads() -> None:
    p = aos_pool_t()
    bucket, object_, filename = aos_string_t(), aos_string_t(), aos_string_t()
    params = None
    resp_headers = aos_table_t()
    resp_body = aos_list_t()
    aos_pool_create(p, None)
    options = oss_request_options_create(p)
    init_sample_request_options(options, 0)
    headers = aos_table_make(p, 0)
    aos_str_set(bucket, BUCKET_NAME)
    aos_str_set(object_, "my_key_1.zip")
    aos_str_set(filename, "local_big_file.zip")
    aos_list_init(resp_body)
    clt_params = oss_create_resumable_clt_params_content(p, 1024 * 100, 3, AOS_FALSE, None)
    s = oss_resumable_upload_file(
        options, bucket, object_, filename, headers, params, clt_params, None, resp_headers, resp_body
    )
    print_status("resumable upload with multi threads", s)
    aos_pool_destroy(p)


def resumable_upload_with_resumable() -> None:
    p = aos_pool_t()
    bucket, object_, filename = aos_string_t(), aos_string_t(), aos_string_t()
    params = None
    resp_headers = aos_table_t()
    resp_body = aos_list_t()
    aos_pool_create(p, None)
    options = oss_request_options_create(p)
    init_sample_request_options(options, 0)
    headers = aos_table_make(p, 0)
    aos_str_set(bucket, BUCKET_NAME)
    aos_str_set(object_, "my_key_2.zip")
    aos_str_set(filename, "local_big_file.zip")
    aos_list_init(resp_body)
    clt_params = oss_create_resumable_clt_params_content(p, 1024 * 100, 3, AOS_TRUE, None)
    s = oss_resumable_upload_file(
        options, bucket, object_, filename, headers, params, clt_params, None, resp_headers, resp_body
    )
    print_status("resumable upload with resumable", s)
    aos_pool_destroy(p)


def resumable_upload_sample() -> None:
    resumable_upload_with_multi_threads()
    resumable_upload_with_resumable()


def resumable_download_with_multi_threads() -> None:
    p = aos_pool_t()
    bucket, object_, filename = aos_string_t(), aos_string_t(), aos_string_t()
    headers = params = None
    resp_headers = aos_table_t()
    aos_pool_create(p, None)
    options = oss_request_options_create(p)
    init_sample_request_options(options, 0)
    aos_str_set(bucket, BUCKET_NAME)
    aos_str_set(object_, "my_key_1.zip")
    aos_str_set(filename, "local_big_file_1.zip")
    clt_params = oss_create_resumable_clt_params_content(p, 1024 * 100, 3, AOS_FALSE, None)
    s = oss_resumable_download_file(
        options, bucket, object_, filename, headers, params, clt_params, percentage, resp_headers
    )
    print_status("resumable download with multi threads", s)
    aos_pool_destroy(p)


def resumable_download_with_resumable() -> None:
    p = aos_pool_t()
    bucket, object_, filename = aos_string_t(), aos_string_t(), aos_string_t()
    headers = params = None
    resp_headers = aos_table_t()
    aos_pool_create(p, None)
    options = oss_request_options_create(p)
    init_sample_request_options(options, 0)
    aos_str_set(bucket, BUCKET_NAME)
    aos_str_set(object_, "my_key_2.zip")
    aos_str_set(filename, "local_big_file_2.zip")
    clt_params = oss_create_resumable_clt_params_content(p, 1024 * 100, 3, AOS_TRUE, None)
    s = oss_resumable_download_file(options, bucket, object_, filename, headers, params, clt_params, None, resp_headers)
    print_status("resumable download with resumable", s)
    aos_pool_destroy(p)


def resumable_download_sample() -> None:
    resumable_download_with_multi_threads()
    resumable_download_with_resumable()


def resumable_sample() -> None:
    resumable_upload_sample()
    resumable_download_sample()
    if _service.server is not None:
        interrupted_download(_service.server)


def download(bucket: str, object_: str, file_: str) -> int:
    """The download that the command line asks for; the exit status of the program."""
    resp_headers = aos_table_t()
    aos_http_io_initialize(None, 0)
    try:
        with progress(f"downloading {object_}", stream=sys.stdout) as bar:
            s = resumable_download(bucket, object_, file_, bar, resp_headers)
    except KeyboardInterrupt:
        print(printable(f"interrupted, {completed_parts(file_)}; the same command continues"), file=sys.stderr)
        return INTERRUPTED
    finally:
        aos_http_io_deinitialize()
    if aos_status_is_ok(s):
        crc64 = apr_table_get(resp_headers, OSS_HASH_CRC64_ECMA)
        print(printable(f"{file_}: {get_file_size(file_)} bytes, CRC64 {crc64 or 'not given by the service'}"))
        return 0
    what = f"downloading {object_} of the bucket {bucket} to {file_} failed, {completed_parts(file_)}"
    print(printable(what), file=sys.stderr)
    print(f"  status code: {s.code}\n  error_code: {s.error_code}", file=sys.stderr)
    print(f"  message: {printable(s.error_msg)}\n  request id: {s.req_id}", file=sys.stderr)
    return 1


def main(arguments: list[str]) -> int:
    if not arguments:
        return run_sample(resumable_sample)
    problem = USAGE if len(arguments) != 3 else ""
    if not problem and not oss_config.OSS_ENDPOINT:
        problem = "OSS_ENDPOINT is not set"
    if not problem and (missing := oss_config.missing()):
        problem = f"OSS_ENDPOINT is set, but not {', '.join(missing)}"
    if problem:
        print(problem, file=sys.stderr)
        return 2
    return download(*arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
