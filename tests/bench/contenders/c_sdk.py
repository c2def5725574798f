"""The C SDK, through cffi's ABI mode in an interpreter that loads next to nothing else.

``prepare`` writes the module ``oss_c_sdk_abi``, so that no declaration is parsed while the clock runs.
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:  # the interpreter's start is in the clock
    from typing import Any

DECLARATIONS = """
typedef struct apr_pool_t apr_pool_t;
typedef struct apr_table_t apr_table_t;
typedef struct { int len; char *data; } aos_string_t;
typedef struct aos_list_s { struct aos_list_s *next, *prev; } aos_list_t;
typedef struct {
    int speed_limit, speed_time, dns_cache_timeout, connect_timeout;
    int64_t max_memory_size;
    int enable_crc;
    char *proxy_host, *proxy_auth;
    int verify_ssl;
    char *ca_path, *ca_file;
} aos_http_request_options_t;
typedef struct { aos_http_request_options_t *options; } aos_http_controller_t;
typedef struct {
    aos_string_t endpoint, access_key_id, access_key_secret, sts_token;
    int is_cname;
} oss_config_t;
typedef struct { oss_config_t *config; aos_http_controller_t *ctl; apr_pool_t *pool; } oss_request_options_t;
typedef struct { int code; char *error_code, *error_msg, *req_id; } aos_status_t;

int apr_pool_create_ex(apr_pool_t **, apr_pool_t *, void *, void *);
int aos_http_io_initialize(const char *, int);
void aos_http_io_deinitialize(void);
oss_request_options_t *oss_request_options_create(apr_pool_t *);
oss_config_t *oss_config_create(apr_pool_t *);
aos_http_controller_t *aos_http_controller_create(apr_pool_t *, int);
aos_http_request_options_t *aos_http_request_options_create(apr_pool_t *);
void *oss_create_resumable_clt_params_content(apr_pool_t *, int64_t, int32_t, int, const char *);
aos_status_t *oss_resumable_download_file(oss_request_options_t *, aos_string_t *, aos_string_t *, aos_string_t *,
    apr_table_t *, apr_table_t *, void *, void *, apr_table_t **);
aos_status_t *oss_resumable_upload_file(oss_request_options_t *, aos_string_t *, aos_string_t *, aos_string_t *,
    apr_table_t *, apr_table_t *, void *, void *, apr_table_t **, aos_list_t *);
"""
NEEDED = ("libapr-1.so.0", "libaprutil-1.so.0", "libmxml.so.1", "libcurl.so.4")
"""A library that was linked without naming them finds them when they are there before it."""


def prepare(folder: str) -> None:
    from cffi import FFI

    ffi = FFI()
    ffi.cdef(DECLARATIONS)
    ffi.set_source("oss_c_sdk_abi", None)
    ffi.compile(folder)


def main(verb: str, endpoint: str, object: str, file: str, part_size: str, threads: str, cp: str, ca_file: str) -> None:
    sys.path += os.environ["OSS_BENCH_C_SDK_PATH"].split(os.pathsep)
    from oss_c_sdk_abi import ffi  # type: ignore[import-not-found]

    kept, null = [], ffi.NULL
    for name in NEEDED:
        try:
            kept.append(ffi.dlopen(name, ffi.RTLD_GLOBAL | ffi.RTLD_LAZY))
        except OSError:
            pass
    kept.append(ffi.dlopen(os.environ["OSS_C_SDK_LIB"], ffi.RTLD_GLOBAL | ffi.RTLD_LAZY))
    c = ffi.dlopen(None)

    def text(value: str) -> Any:
        data = ffi.new("char[]", value.encode())
        kept.append(data)
        return ffi.new("aos_string_t *", {"len": len(value.encode()), "data": data})

    if c.aos_http_io_initialize(null, 0) != 0:
        sys.exit("aos_http_io_initialize failed")
    pools = ffi.new("apr_pool_t **")
    c.apr_pool_create_ex(pools, null, null, null)
    pool = pools[0]
    options = c.oss_request_options_create(pool)
    options.config, options.ctl = c.oss_config_create(pool), c.aos_http_controller_create(pool, 0)
    options.ctl.options = c.aos_http_request_options_create(pool)
    config = options.config
    config.endpoint, config.access_key_id = text(endpoint)[0], text("local-ak")[0]
    config.access_key_secret, config.is_cname = text("local-sk-secret")[0], 0
    if ca_file:
        options.ctl.options.ca_file = text(ca_file).data
    clt_params = c.oss_create_resumable_clt_params_content(pool, int(part_size), int(threads), int(cp), null)
    names = text("bucket"), text(object), text(file)
    headers = ffi.new("apr_table_t **")
    if verb == "download":
        status = c.oss_resumable_download_file(options, *names, null, null, clt_params, null, headers)
    elif verb == "upload":
        body = ffi.new("aos_list_t *")
        body.next = body.prev = body
        status = c.oss_resumable_upload_file(options, *names, null, null, clt_params, null, headers, body)
    else:
        return
    if status.code // 100 != 2:
        sys.exit(f"{status.code} {[ffi.string(t) for t in (status.error_code, status.error_msg) if t]}")
    c.aos_http_io_deinitialize()


if __name__ == "__main__":
    main(*sys.argv[1:])
