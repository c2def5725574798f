"""Fields: names that a struct does not have, and values that a field does not take."""

from oss.oss_api import *

clt_params = oss_create_resumable_clt_params_content(None, 1024 * 1024, 3, AOS_TRUE, None)
reveal_type(clt_params.part_size)  # reveals: int
reveal_type(clt_params.checkpoint_path)  # reveals: aos_string_t
clt_params.part_size = 2 * 1024 * 1024
clt_params.partsize = 1  # error: attr-defined, reportAttributeAccessIssue
clt_params.checkpoint_path = "folder"
reveal_type(clt_params.checkpoint_path)  # reveals: aos_string_t
clt_params.checkpoint_path = 3  # error: assignment, reportAttributeAccessIssue
clt_params.thread_num = "3"  # error: assignment, reportAttributeAccessIssue

options = oss_request_options_create(None)
options.config = oss_config_create(options.pool)
options.config.endpoint = "oss.example.com"
options.config.end_point = "oss.example.com"  # error: attr-defined, reportAttributeAccessIssue
options.config = options.ctl  # error: assignment, reportAttributeAccessIssue
options.ctl.options.speed_limit = None  # error: assignment, reportAttributeAccessIssue

status = oss_create_bucket(options, "bucket", OSS_ACL_PRIVATE, None)
reveal_type(status)  # reveals: aos_status_t
reveal_type(status.error_code)  # reveals: str | None
print(status.http_code)  # error: attr-defined, reportAttributeAccessIssue
