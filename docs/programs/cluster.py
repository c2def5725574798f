"""Downloads a prefix with the workers of a Dask cluster: ``cluster BUCKET PREFIX FOLDER [SCHEDULER]``.

Without the address of a scheduler the workers are processes of this machine.
"""

import sys
from os import environ
from pathlib import Path

from dask.distributed import Client, as_completed

import oss.oss_api as oss


def make_options(pool: oss.aos_pool_t) -> oss.oss_request_options_t:
    """Returns options from the environment of the process, which is a worker's own."""
    options = oss.oss_request_options_create(pool)
    options.config = config = oss.oss_config_create(pool)
    config.endpoint, config.region, config.signature_version = environ["OSS_ENDPOINT"], environ["OSS_REGION"], 4
    config.access_key_id, config.access_key_secret = environ["OSS_ACCESS_KEY_ID"], environ["OSS_ACCESS_KEY_SECRET"]
    options.ctl = oss.aos_http_controller_create(pool, 0)
    return options


def keys_of(bucket: str, prefix: str) -> list[str]:
    """Lists the objects below a prefix, a thousand with each request."""
    keys: list[str] = []
    with oss.aos_pool_t() as pool:
        options = make_options(pool)
        params = oss.oss_create_list_object_params(pool)
        params.prefix, params.max_ret, params.truncated = prefix, 1000, 1
        while params.truncated:
            oss.aos_list_init(params.object_list)
            oss.oss_list_object(options, bucket, params, None).raise_for_status()
            keys += [str(content.key) for content in params.object_list]
            params.marker = params.next_marker
    return keys


def fetch(bucket: str, key: str, path: Path) -> tuple[str, str]:
    """Downloads one object, on whichever machine. Returns its key and what went wrong, if anything did."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with oss.aos_pool_t() as pool:
        params = oss.oss_create_resumable_clt_params_content(pool, 8 << 20, 3, oss.AOS_TRUE, None)
        params.retry_times = 5
        status = oss.oss_resumable_download_file(make_options(pool), bucket, key, path, None, None, params, None, None)
        return key, "" if oss.aos_status_is_ok(status) else f"{status.code} {status.error_code}: {status.error_msg}"


def main(bucket: str, prefix: str, folder: str, scheduler: str | None = None) -> int:
    place, failed = Path(folder).resolve(), 0
    with Client(scheduler) if scheduler else Client(dashboard_address=None) as client:
        keys = [key for key in keys_of(bucket, prefix) if (place / key).resolve().is_relative_to(place)]
        tasks = client.map(fetch, [bucket] * len(keys), keys, [place / key for key in keys], pure=False)
        for _, (key, trouble) in as_completed(tasks, with_results=True):
            failed += bool(trouble)
            print(f"{key}: {trouble or 'done'}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
