"""The port: what a program written against ``oss_api.h`` does."""

import sys

from oss.oss_api import (
    aos_http_controller_create,
    aos_http_io_deinitialize,
    aos_http_io_initialize,
    aos_http_request_options_create,
    aos_status_is_ok,
    oss_config_create,
    oss_create_resumable_clt_params_content,
    oss_request_options_create,
    oss_request_options_t,
    oss_resumable_download_file,
    oss_resumable_upload_file,
)

ACCESS_KEY_ID, ACCESS_KEY_SECRET, BUCKET = "local-ak", "local-sk-secret", "bucket"
HAD_ENOUGH = 2 << 30


def options_for(endpoint: str, ca_file: str) -> oss_request_options_t:
    options = oss_request_options_create(None)
    options.config = oss_config_create(None)
    options.config.endpoint = endpoint
    options.config.access_key_id, options.config.access_key_secret = ACCESS_KEY_ID, ACCESS_KEY_SECRET
    options.ctl = aos_http_controller_create(None, 0)
    options.ctl.options = aos_http_request_options_create(None)
    if ca_file:
        options.ctl.options.ca_file = ca_file
    return options


def until_enough(consumed: int, total: int) -> None:
    if consumed >= HAD_ENOUGH:
        sys.exit()


def main(
    verb: str,
    endpoint: str,
    object: str,
    file: str,
    part_size: str,
    threads: str,
    cp: str,
    ca_file: str,
    *settings: str,
) -> None:
    aos_http_io_initialize(None, 0)
    options = options_for(endpoint, ca_file)
    clt_params = oss_create_resumable_clt_params_content(None, int(part_size), int(threads), int(cp), None)
    for name, _, value in (setting.partition("=") for setting in settings):
        setattr(clt_params, name, int(value))
    progress = until_enough if verb == "begin" else None
    if verb in ("download", "begin"):
        status = oss_resumable_download_file(options, BUCKET, object, file, None, None, clt_params, progress, None)
    elif verb == "upload":
        status = oss_resumable_upload_file(options, BUCKET, object, file, None, None, clt_params, None, None, None)
    else:
        return
    if not aos_status_is_ok(status):
        sys.exit(f"{status.code} {status.error_code} {status.error_msg}")
    aos_http_io_deinitialize()


if __name__ == "__main__":
    main(*sys.argv[1:])
