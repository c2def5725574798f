"""Arguments: too few, too many, of a wrong type, and in a wrong order."""

from pathlib import Path

from oss.oss_api import *

options = oss_request_options_create(None)
clt_params = oss_create_resumable_clt_params_content(None, 1024 * 1024, 3, AOS_TRUE, None)

oss_resumable_download_file(options, "b", "k", Path("f"), None, None, clt_params, None, None)
oss_resumable_download_file(options, "b", "k", "f", None, None, clt_params)  # error: call-arg, reportCallIssue
oss_head_object(options, "b", 3, None, None)  # error: arg-type, reportArgumentType
oss_config_create(None, 1)  # error: call-arg, reportCallIssue
aos_list_init(oss_config_create(None))  # error: arg-type, reportArgumentType
aos_table_make(5, options.pool)  # error: arg-type, reportArgumentType

headers = aos_table_make(options.pool, 1)
reveal_type(headers)  # reveals: aos_table_t
apr_table_set(headers, "x-oss-object-acl", 1)  # error: arg-type, reportArgumentType
oss_head_object(options, "b", "k", {"If-Match": "etag"}, None)  # error: arg-type, reportArgumentType

number = aos_ref_t(0)
reveal_type(number.value)  # reveals: int
size: str = number.value  # error: assignment, reportAssignmentType
