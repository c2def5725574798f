"""Lists: what a loop over one yields."""

from oss.oss_api import *

params = oss_create_list_object_params(None)
for content in params.object_list:
    reveal_type(content)  # reveals: oss_list_object_content_t
    reveal_type(content.key.data)  # reveals: str | None
    content.key = "name"
    reveal_type(content.key)  # reveals: aos_string_t
    print(content.name)  # error: attr-defined, reportAttributeAccessIssue

for content in aos_list_for_each_entry(oss_list_object_content_t, params.object_list, "node"):
    reveal_type(content)  # reveals: oss_list_object_content_t
for tag in aos_list_for_each_entry(oss_tag_content_t, params.object_list):  # error: misc, reportArgumentType
    print(tag)

plain: aos_list_t = aos_list_t()
for entry in plain:
    reveal_type(entry)  # reveals: Any

keys: aos_list_t[oss_object_key_t] = aos_list_t()
for key in keys:
    reveal_type(key)  # reveals: oss_object_key_t
keys = params.object_list  # error: assignment, reportAssignmentType
