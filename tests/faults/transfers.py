"""Transfers as the programs make them that run under faults."""

from __future__ import annotations

from oss._call.api import Progress
from oss.oss_api import (
    aos_http_controller_create,
    aos_http_request_options_create,
    aos_status_t,
    oss_config_create,
    oss_create_resumable_clt_params_content,
    oss_request_options_create,
    oss_request_options_t,
    oss_resumable_download_file,
    oss_resumable_upload_file,
)
from tests.faults.jobs import Job

__all__ = ["BUCKET", "KEY", "options_for", "transfer"]

KEY, BUCKET = "dir/object.bin", "bucket-a"


def options_for(job: Job) -> oss_request_options_t:
    options = oss_request_options_create(None)
    options.config = oss_config_create(None)
    options.config.endpoint, options.config.is_cname = job.endpoint, job.is_cname
    options.config.access_key_id, options.config.access_key_secret = job.access_key_id, "local-sk-secret"
    options.ctl = aos_http_controller_create(None, 0)
    options.ctl.options = aos_http_request_options_create(None)
    options.ctl.options.speed_limit, options.ctl.options.speed_time = 1000, job.speed_time
    options.ctl.options.connect_timeout = job.speed_time
    if job.ca_file:
        options.ctl.options.ca_file = job.ca_file
    return options


def transfer(
    job: Job, progress: Progress | None = None, options: oss_request_options_t | None = None, key: str = KEY
) -> aos_status_t:
    params = oss_create_resumable_clt_params_content(None, job.part_size, job.threads, int(job.checkpoint), None)
    params.durable, params.parts_per_request = job.durable, job.parts_per_request
    asked = options or options_for(job), BUCKET, key, job.path, None, None, params, progress, None
    return oss_resumable_download_file(*asked) if job.what == "download" else oss_resumable_upload_file(*asked, None)
