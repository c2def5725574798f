"""Names: those of the headers are known after a star import, and nothing else is."""

from aos.aos_http_io import *
from oss.oss_api import *

reveal_type(aos_http_io_initialize(None, 0))  # reveals: int
reveal_type(oss_config_t())  # reveals: oss_config_t
reveal_type(aos_pool_t())  # reveals: aos_pool_t
reveal_type(aos_string_t())  # reveals: aos_string_t
reveal_type(oss_is_valid_bucket_name("bucket"))  # reveals: int

code: int = AOSE_OK
name: str = OSS_CONTENT_TYPE
number: int = OSS_CONTENT_TYPE  # error: assignment, reportAssignmentType

print(oss_resumable_downlod_file)  # error: name-defined, reportUndefinedVariable
print(requests)  # error: name-defined, reportUndefinedVariable
