"""Calls about the account and about buckets."""

from __future__ import annotations

from oss.tools.crosscheck.scene import BUCKET, STS, Call, Row, Stored

__all__ = ["BUCKETS", "SERVICE"]

OTHER = "crosscheck-other"
ODD_KEY = "目录/名 字+100%?&=#<>\"'.txt"

SERVICE = (
    Row("oss_list_bucket", args={"params": {}}),
    Row(
        "oss_list_bucket",
        "page",
        {"params": {"prefix": "cross", "marker": "a", "max_keys": 1}},
        (Call("oss_create_bucket", {"bucket": OTHER, "oss_acl": 1}),),
    ),
    Row("oss_list_bucket", "wrong_secret", {"params": {}}, config={"access_key_secret": "another"}),
    Row("oss_list_bucket", "wrong_id", {"params": {}}, config={"access_key_id": "nobody"}),
    Row("oss_list_bucket", "sts", {"params": {}}, config=STS),
    Row("oss_list_bucket", "proxy", {"params": {}}, addresses=("proxy",)),
    Row(
        "oss_list_bucket",
        "status_503",
        {"params": {}},
        faults=({"action": "status", "status": 503, "code": "ServiceUnavailable"},),
    ),
    Row("oss_list_bucket", "cut", {"params": {}}, faults=({"action": "short_body", "after": 40},)),
    Row("oss_list_bucket", "closed", {"params": {}}, faults=({"action": "close"},)),
)

LIFECYCLE = [
    {"id": "first", "prefix": "logs/", "status": "Enabled", "days": 30},
    {"id": "second", "prefix": "old/", "status": "Disabled", "created_before_date": "2023-10-12T00:00:00.000Z"},
    {"id": "third", "prefix": "parts/", "status": "Enabled", "abort_multipart_upload_dt": {"days": 3}},
]
CORS = [
    {
        "allowed_origin_list": ["http://a.example.com", "*"],
        "allowed_method_list": ["GET", "PUT"],
        "allowed_head_list": ["Authorization"],
        "expose_head_list": ["x-oss-one", "x-oss-two"],
        "max_age_seconds": 60,
    },
    {"allowed_origin_list": ["*"], "allowed_method_list": ["DELETE"]},
]
REFERER = {"allow_empty_referer": 0, "referer_list": ["http://www.example.com", "https://?.example.com/*?a&b<c>"]}
WEBSITE = {"suffix_str": "index.html", "key_str": "error<404>&.html"}
LOGGING = {"target_bucket": BUCKET, "prefix": "log-"}
SEVERAL = (*tuple(Stored(f"dir/{name}") for name in ("a", "b/c", "b/d", "e")), Stored("other"))


def _set(function: str, **args: object) -> tuple[Call, ...]:
    return (Call(function, dict(args)),)


CONFIGURATIONS = (
    # what is set, how it is read and removed, the name of its parameter, a value
    ("cors", "rule_list", CORS),
    ("lifecycle", "lifecycle_rule_list", LIFECYCLE),
    ("referer", "referer_config", REFERER),
    ("website", "website_config", WEBSITE),
    ("logging", "content", LOGGING),
)
UNDELETABLE = ("referer",)

BUCKETS = (
    Row("oss_create_bucket", args={"bucket": OTHER, "oss_acl": 0}),
    Row("oss_create_bucket", "public", {"bucket": OTHER, "oss_acl": 2}),
    Row("oss_create_bucket", "again", {"oss_acl": 0}),
    Row("oss_create_bucket", "bad_name", {"bucket": "No_Bucket", "oss_acl": 0}),
    Row("oss_create_bucket_with_storage_class", args={"bucket": OTHER, "oss_acl": 1, "storage_class": 1}),
    Row("oss_delete_bucket"),
    Row("oss_delete_bucket", "not_empty", before=(Stored(),)),
    Row("oss_delete_bucket", "missing", {"bucket": OTHER}),
    Row("oss_delete_bucket", "short_name", {"bucket": "ab"}),
    *(Row("oss_put_bucket_acl", f"acl{acl}", {"oss_acl": acl}) for acl in range(3)),
    Row("oss_get_bucket_acl"),
    Row("oss_get_bucket_acl", "public", before=_set("oss_put_bucket_acl", oss_acl=1)),
    Row("oss_get_bucket_acl", "missing", {"bucket": OTHER}),
    Row("oss_head_bucket"),
    Row("oss_head_bucket", "missing", {"bucket": OTHER}),
    Row("oss_head_bucket", "cname", addresses=("cname",)),
    Row("oss_get_bucket_location"),
    Row("oss_get_bucket_info"),
    Row("oss_get_bucket_stat", before=SEVERAL),
    Row("oss_put_bucket_storage_capacity", args={"storage_capacity": 1000}),
    Row("oss_get_bucket_storage_capacity", before=_set("oss_put_bucket_storage_capacity", storage_capacity=5)),
    *(Row(f"oss_put_bucket_{what}", args={name: value}) for what, name, value in CONFIGURATIONS),
    *(Row(f"oss_get_bucket_{what}", "none") for what, _, _ in CONFIGURATIONS),
    *(
        Row(f"oss_get_bucket_{what}", "set", before=_set(f"oss_put_bucket_{what}", **{name: value}))
        for what, name, value in CONFIGURATIONS
    ),
    *(
        Row(f"oss_delete_bucket_{what}", before=_set(f"oss_put_bucket_{what}", **{name: value}))
        for what, name, value in CONFIGURATIONS
        if what not in UNDELETABLE
    ),
    Row("oss_list_object", "empty", {"params": {}}),
    Row("oss_list_object", "all", {"params": {}}, SEVERAL),
    Row("oss_list_object", "folders", {"params": {"prefix": "dir/", "delimiter": "/"}}, SEVERAL),
    Row("oss_list_object", "page", {"params": {"max_ret": 2, "marker": "dir/a"}}, SEVERAL),
    Row("oss_list_object", "odd_names", {"params": {"prefix": "目录/"}}, (Stored(ODD_KEY),)),
    Row("oss_list_object", "missing", {"bucket": OTHER, "params": {}}),
    Row("oss_list_object", "sts", {"params": {}}, SEVERAL, config=STS),
    Row("oss_list_object", "cut", {"params": {}}, SEVERAL, faults=({"action": "short_body", "after": 100},)),
    Row("oss_delete_objects", args={"object_list": ["dir/a", "none", "other"], "is_quiet": 0}, before=SEVERAL),
    Row("oss_delete_objects", "quiet", {"object_list": ["dir/a", "none"], "is_quiet": 1}, SEVERAL),
    Row("oss_delete_objects", "odd_names", {"object_list": [ODD_KEY], "is_quiet": 0}, (Stored(ODD_KEY),)),
    Row("oss_delete_objects_by_prefix", args={"prefix": "dir/"}, before=SEVERAL),
    Row("oss_delete_objects_by_prefix", "nothing", {"prefix": "none/"}, SEVERAL),
    Row("oss_delete_objects_by_prefix", "missing", {"bucket": OTHER, "prefix": "dir/"}),
)
