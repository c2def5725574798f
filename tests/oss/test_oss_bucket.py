"""Buckets, listings and deleting many; one test a case of the C SDK's suite of that name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

import pytest

from aos import aos_http_io
from oss import oss_bucket
from oss.local_server.faults import Fault
from oss.oss_api import (
    AOSE_CONNECTION_FAILED,
    AOSE_INVALID_ARGUMENT,
    AOSE_SERVICE_ERROR,
    HTTP_POST,
    OSS_ACL_DEFAULT,
    OSS_ACL_PRIVATE,
    OSS_ACL_PUBLIC_READ,
    OSS_STORAGE_CLASS_ARCHIVE,
    OSS_STORAGE_CLASS_IA,
    OSS_STORAGE_CLASS_STANDARD,
    aos_curl_http_transport_perform,
    aos_http_transport_t,
    aos_list_add_tail,
    aos_list_init,
    aos_list_movelist,
    aos_list_t,
    aos_pool_t,
    aos_ref_t,
    aos_status_t,
    aos_string_t,
    oss_bucket_info_t,
    oss_bucket_stat_t,
    oss_cors_rule_t,
    oss_create_and_add_refer,
    oss_create_bucket,
    oss_create_bucket_info,
    oss_create_bucket_with_storage_class,
    oss_create_cors_rule,
    oss_create_lifecycle_rule_content,
    oss_create_list_buckets_params,
    oss_create_list_object_params,
    oss_create_logging_rule_content,
    oss_create_oss_object_key,
    oss_create_sub_cors_rule,
    oss_delete_bucket,
    oss_delete_bucket_cors,
    oss_delete_bucket_lifecycle,
    oss_delete_bucket_logging,
    oss_delete_bucket_website,
    oss_delete_object,
    oss_delete_objects,
    oss_delete_objects_by_prefix,
    oss_get_bucket_acl,
    oss_get_bucket_cors,
    oss_get_bucket_info,
    oss_get_bucket_lifecycle,
    oss_get_bucket_location,
    oss_get_bucket_logging,
    oss_get_bucket_referer,
    oss_get_bucket_stat,
    oss_get_bucket_storage_capacity,
    oss_get_bucket_website,
    oss_head_bucket,
    oss_head_object,
    oss_lifecycle_rule_content_t,
    oss_list_bucket,
    oss_list_object,
    oss_list_object_params_t,
    oss_put_bucket_acl,
    oss_put_bucket_cors,
    oss_put_bucket_lifecycle,
    oss_put_bucket_logging,
    oss_put_bucket_referer,
    oss_put_bucket_storage_capacity,
    oss_put_bucket_website,
    oss_referer_config_t,
    oss_website_config_t,
)
from tests.service import INVALID_BUCKETS, Service, new_list, texts


def test_create_bucket(service: Service) -> None:
    acl = aos_string_t()
    for value, name in (
        (OSS_ACL_PRIVATE, "private"),
        (OSS_ACL_PRIVATE, "private"),
        (OSS_ACL_PUBLIC_READ, "public-read"),
    ):
        assert oss_create_bucket(service.options, "new-bucket", value, service.headers).code == 200
        assert oss_get_bucket_acl(service.options, "new-bucket", acl, None).code == 200
        assert str(acl) == name


def test_create_bucket_with_storage_class(service: Service) -> None:
    def create(storage_class: int) -> aos_status_t:
        return oss_create_bucket_with_storage_class(
            service.options, "ia-bucket", OSS_ACL_PRIVATE, storage_class, service.headers
        )

    assert create(OSS_STORAGE_CLASS_IA).code == 200
    assert create(OSS_STORAGE_CLASS_ARCHIVE).code == 409
    assert create(OSS_STORAGE_CLASS_STANDARD).code == 409
    info = oss_bucket_info_t()
    oss_get_bucket_info(service.options, "ia-bucket", info, None)
    assert str(info.storage_class) == "IA"
    assert oss_delete_bucket(service.options, "ia-bucket", service.headers).code == 204


def test_get_bucket_info(service: Service) -> None:
    info = oss_create_bucket_info(None)
    assert oss_get_bucket_info(*service.where, info, service.headers).code == 200
    assert all(str(getattr(info, field.name)) for field in info.c_fields)
    assert (str(info.acl), str(info.storage_class)) == ("private", "Standard")


def test_get_bucket_stat(service: Service) -> None:
    service.put("k", "12345")
    stat = oss_bucket_stat_t()
    assert oss_get_bucket_stat(*service.where, stat, service.headers).code == 200
    assert (stat.object_count, stat.storage_in_bytes, stat.multipart_upload_count) == (1, 5, 0)


def website(service: Service, suffix: str, key: str | None) -> oss_website_config_t:
    made = oss_website_config_t()
    made.suffix_str, made.key_str = suffix, key
    assert oss_put_bucket_website(*service.where, made, service.headers).code == 200
    found = oss_website_config_t()
    assert oss_get_bucket_website(*service.where, found, service.headers).code == 200
    return found


def test_put_bucket_website(service: Service) -> None:
    assert str(website(service, "index.html", None).key_str) == ""


def test_get_bucket_website(service: Service) -> None:
    found = website(service, "index.html", "errors.html")
    assert (str(found.suffix_str), str(found.key_str)) == ("index.html", "errors.html")


def test_delete_bucket_website(service: Service) -> None:
    website(service, "index.html", "errors.html")
    assert oss_delete_bucket_website(*service.where, service.headers).code == 204
    status = oss_get_bucket_website(*service.where, oss_website_config_t(), None)
    assert (status.code, status.error_code) == (404, "NoSuchWebsiteConfiguration")


def referers(service: Service, allow_empty: int, *urls: str) -> oss_referer_config_t:
    made, found = oss_referer_config_t(), oss_referer_config_t()
    for config in (made, found):
        aos_list_init(config.referer_list)
    made.allow_empty_referer = allow_empty
    for url in urls:
        oss_create_and_add_refer(None, made, url)
    assert oss_put_bucket_referer(*service.where, made, service.headers).code == 200
    assert oss_get_bucket_referer(*service.where, found, service.headers).code == 200
    return found


def test_put_bucket_referer(service: Service) -> None:
    found = referers(service, 1)
    assert (found.allow_empty_referer, len(found.referer_list)) == (1, 0)


def test_get_bucket_referer(service: Service) -> None:
    found = referers(service, 0, "http://www.test1.com", "https://a&b")
    assert (found.allow_empty_referer, texts(found.referer_list, "referer")) == (
        0,
        ["http://www.test1.com", "https://a&b"],
    )


def test_put_bucket_logging(service: Service) -> None:
    made = oss_create_logging_rule_content(None)
    made.target_bucket, made.prefix = service.bucket, "logging-test"
    assert oss_put_bucket_logging(*service.where, made, service.headers).code == 200


def test_get_bucket_logging(service: Service) -> None:
    test_put_bucket_logging(service)
    found = oss_create_logging_rule_content(None)
    assert oss_get_bucket_logging(*service.where, found, service.headers).code == 200
    assert (str(found.target_bucket), str(found.prefix), found.logging_enabled) == (service.bucket, "logging-test", 1)


def test_delete_bucket_logging(service: Service) -> None:
    test_put_bucket_logging(service)
    assert oss_delete_bucket_logging(*service.where, service.headers).code == 204
    found = oss_create_logging_rule_content(None)
    assert oss_get_bucket_logging(*service.where, found, service.headers).code == 200
    assert (str(found.target_bucket), str(found.prefix), found.logging_enabled) == ("", "", 0)


def cors_rule(age: int, **lists: list[str]) -> oss_cors_rule_t:
    made = oss_create_cors_rule(None)
    made.max_age_seconds = age
    for name, values in lists.items():
        for value in values:
            oss_create_sub_cors_rule(None, getattr(made, f"{name}_list"), value)
    return made


FIRST = {
    "allowed_origin": ["allowed_origin_1_1", "allowed_origin_1_2"],
    "allowed_method": ["PUT", "GET"],
    "allowed_head": ["*"],
    "expose_head": ["expose_head_1_1"],
}
SECOND = {"allowed_origin": ["*"], "allowed_method": ["DELETE"], "allowed_head": [], "expose_head": []}


def cors(service: Service, *rules: oss_cors_rule_t) -> list[tuple[int, dict[str, list[str]]]]:
    found = new_list()
    assert oss_put_bucket_cors(*service.where, new_list(*rules), service.headers).code == 200
    assert oss_get_bucket_cors(*service.where, found, service.headers).code == 200
    return [
        (rule.max_age_seconds, {name: texts(getattr(rule, f"{name}_list"), "rule") for name in FIRST}) for rule in found
    ]


def test_put_bucket_cors(service: Service) -> None:
    assert cors(service, cors_rule(60, **FIRST)) == [(60, FIRST)]


def test_get_bucket_cors(service: Service) -> None:
    assert cors(service, cors_rule(60, **FIRST), cors_rule(100, **SECOND)) == [(60, FIRST), (100, SECOND)]


def test_delete_bucket_cors(service: Service) -> None:
    cors(service, cors_rule(60, **FIRST))
    assert oss_delete_bucket_cors(*service.where, service.headers).code == 204
    assert oss_get_bucket_cors(*service.where, new_list(), None).code == 404


def test_get_bucket_location(service: Service) -> None:
    location = aos_string_t()
    assert oss_get_bucket_location(*service.where, location, service.headers).code == 200
    assert str(location) == "oss-cn-hangzhou"


def test_put_bucket_storage_capacity(service: Service) -> None:
    capacity = aos_ref_t(0)
    for value in (108, -1):
        assert oss_put_bucket_storage_capacity(*service.where, value, service.headers).code == 200
        assert oss_get_bucket_storage_capacity(*service.where, capacity, service.headers).code == 200
        assert capacity.value == value


def test_get_bucket_storage_capacity(service: Service) -> None:
    capacity = aos_ref_t(7)
    assert oss_get_bucket_storage_capacity(service.options, service.no_bucket, capacity, None).code == 404
    assert capacity.value == 7
    assert oss_get_bucket_storage_capacity(*service.where, capacity, None).code == 200
    assert capacity.value == -1


def test_list_buckets(service: Service) -> None:
    params = oss_create_list_buckets_params(None)
    assert oss_list_bucket(service.options, params, service.headers).code == 200
    assert (texts(params.bucket_list, "name"), params.truncated) == ([service.bucket], 0)
    assert service.server.requests[-1].target == "/"


def test_list_buckets_with_invalid_prefix(service: Service) -> None:
    params = oss_create_list_buckets_params(None)
    params.max_keys, params.prefix = 1, "impossibleMatch"
    assert oss_list_bucket(service.options, params, service.headers).code == 400


def test_list_buckets_with_iterator(service: Service) -> None:
    for name in ("bucket-b", "bucket-c", "other"):
        service.server.create_bucket(name)
    params, found = oss_create_list_buckets_params(None), []
    params.max_keys, params.prefix, params.truncated = 1, "bucket-", 1
    while params.truncated:
        assert oss_list_bucket(service.options, params, None).code == 200
        found += texts(params.bucket_list, "name")
        params.marker = params.next_marker
        aos_list_init(params.bucket_list)
    assert found == ["bucket-a", "bucket-b", "bucket-c"]


def test_put_bucket_acl(service: Service) -> None:
    assert oss_put_bucket_acl(*service.where, OSS_ACL_PUBLIC_READ, service.headers).code == 200


def test_put_bucket_acl_invalid_acl(service: Service) -> None:
    status = oss_put_bucket_acl(*service.where, OSS_ACL_DEFAULT + 1, service.headers)
    assert status.code == 400 and "x-oss-acl" not in service.sent


def test_get_bucket_acl(service: Service) -> None:
    test_put_bucket_acl(service)
    acl = aos_string_t()
    assert oss_get_bucket_acl(*service.where, acl, service.headers).code == 200
    assert str(acl) == "public-read"


def test_oss_head_bucket(service: Service) -> None:
    assert oss_head_bucket(*service.where, service.headers).code == 200
    assert service.headers["x-oss-bucket-region"] == "oss-cn-hangzhou"
    status = oss_head_bucket(service.options, service.no_bucket, service.headers)
    assert (status.code, status.error_code, status.error_msg) == (
        404,
        "NoSuchBucket",
        "The specified bucket does not exist.",
    )


def test_delete_bucket(service: Service) -> None:
    service.put("k")
    status = oss_delete_bucket(*service.where, service.headers)
    assert (status.code, status.error_code) == (409, "BucketNotEmpty")
    oss_delete_object(*service.where, "k", None)
    assert oss_delete_bucket(*service.where, service.headers).code == 204


def lifecycle_rule(id_: str, **settings: Any) -> oss_lifecycle_rule_content_t:
    made = oss_create_lifecycle_rule_content(None)
    made.id, made.prefix, made.status = id_, f"pre{id_}", "Enabled"
    for name, value in settings.items():
        abort = name.startswith("abort_")
        setattr(made.abort_multipart_upload_dt if abort else made, name.removeprefix("abort_"), value)
    return made


def test_lifecycle(service: Service) -> None:
    bad = lifecycle_rule("")
    bad.status = ""
    assert oss_put_bucket_lifecycle(*service.where, new_list(bad), service.headers).code == 400
    before = "2017-10-11T00:00:00.000Z"
    rules = [
        lifecycle_rule("1", days=1),
        lifecycle_rule("2", date="2022-10-11T00:00:00.000Z"),
        lifecycle_rule("3", created_before_date=before, abort_days=1),
        lifecycle_rule("4", created_before_date=before, abort_created_before_date="2012-10-11T00:00:00.000Z"),
    ]
    assert oss_put_bucket_lifecycle(*service.where, new_list(*rules), service.headers).code == 200
    found = new_list()
    assert oss_get_bucket_lifecycle(*service.where, found, service.headers).code == 200

    def fields(rule: oss_lifecycle_rule_content_t) -> tuple[str | int, ...]:
        abort = rule.abort_multipart_upload_dt
        own = ("id", "prefix", "status", "date", "created_before_date")
        return *(str(getattr(rule, name)) for name in own), rule.days, abort.days, str(abort.created_before_date)

    assert [fields(rule) for rule in found] == [fields(rule) for rule in rules]
    assert oss_delete_bucket_lifecycle(*service.where, service.headers).code == 204
    assert oss_get_bucket_lifecycle(*service.where, new_list(), None).code == 404


# listing


def test_list_object(service: Service) -> None:
    for key in ("oss_test_object1", "oss_test_object2", "other"):
        service.put(key, "x")
    params = oss_create_list_object_params(None)
    params.max_ret, params.truncated, params.prefix = 1, 0, "oss_test_object"
    assert oss_list_object(*service.where, params, service.headers).code == 200
    assert (params.truncated, str(params.next_marker)) == (1, "oss_test_object1")
    (entry,) = params.object_list
    assert (str(entry.key), str(entry.size), str(entry.storage_class), str(entry.type)) == (
        *("oss_test_object1", "1", "Standard", "Normal"),
    )
    params.marker = params.next_marker
    assert oss_list_object(*service.where, params, service.headers).code == 200
    assert params.truncated == 0
    assert texts(params.object_list, "key") == ["oss_test_object1", "oss_test_object2"], "a page is appended"
    assert oss_list_object(service.options, service.no_bucket, params, service.headers).code == 404


def test_list_object_with_delimiter(service: Service) -> None:
    for key in ("fun/a", "fun/movie/1", "fun/movie/2", "top"):
        service.put(key)
    params = oss_create_list_object_params(None)
    params.delimiter = "/"
    assert oss_list_object(*service.where, params, service.headers).code == 200
    assert (texts(params.object_list, "key"), texts(params.common_prefix_list, "prefix")) == (["top"], ["fun/"])


# deleting many


def keys(*names: str) -> aos_list_t:
    made = new_list()
    for name in names:
        key = oss_create_oss_object_key(None)
        key.key = name
        aos_list_add_tail(key.node, made)
    return made


def remaining(service: Service) -> list[str]:
    params = oss_create_list_object_params(None)
    oss_list_object(*service.where, params, None)
    return texts(params.object_list, "key")


ODD = ["a b+c", "100%", "<&>", "中文"]


def delete_odd_keys(service: Service, is_quiet: int) -> list[str]:
    """What the function says was deleted."""
    for key in (*ODD, "kept"):
        service.put(key)
    gone = new_list()
    assert oss_delete_objects(*service.where, keys(*ODD), is_quiet, service.headers, gone).code == 200
    assert len(service.sent["content-md5"]) == 24, "16 bytes in base64"
    assert remaining(service) == ["kept"]
    assert oss_delete_objects(service.options, service.no_bucket, keys("k"), is_quiet, None, gone).code == 404
    return texts(gone, "key")


def test_delete_objects_quiet(service: Service) -> None:
    assert delete_odd_keys(service, 1) == []


def test_delete_objects_not_quiet(service: Service) -> None:
    assert sorted(delete_odd_keys(service, 0)) == sorted(ODD)


def test_delete_objects_whose_key_has_a_carriage_return(service: Service) -> None:
    """A bare one would be read as a line feed, and another object be gone."""
    for key in ("a\rb", "a\nb"):
        service.put(key)
    assert oss_delete_objects(*service.where, keys("a\rb"), 1, None, None).code == 200
    left = [oss_head_object(*service.where, key, None, None).code for key in ("a\rb", "a\nb")]
    assert left == [404, 200]


def test_delete_objects_with_a_key_that_xml_cannot_hold(service: Service) -> None:
    status = oss_delete_objects(*service.where, keys("a\x01b"), 0, None, None)
    assert (status.code, status.error_code, len(service.server.requests)) == (AOSE_INVALID_ARGUMENT, "ClientError", 0)


def test_delete_objects_by_prefix(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(5):
        service.put(f"dir/{number}")
        service.put(f"other/{number}")

    def pages_of_two(p: aos_pool_t | None) -> oss_list_object_params_t:
        params = oss_create_list_object_params(p)
        params.max_ret = 2
        return params

    monkeypatch.setattr(oss_bucket, "oss_create_list_object_params", pages_of_two)
    assert oss_delete_objects_by_prefix(*service.where, "dir/").code == 200
    assert remaining(service) == [f"other/{number}" for number in range(5)]
    assert oss_delete_objects_by_prefix(*service.where, "dir/").code == 200
    assert oss_delete_objects_by_prefix(*service.where, aos_string_t()).code == 200
    assert remaining(service) == []
    assert oss_delete_objects_by_prefix(service.options, service.no_bucket, "dir/").code == 404


def test_delete_objects_by_prefix_reports_what_stays(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    service.put("dir/a")
    document = (
        b"<DeleteResult><Error><Key>dir/a</Key><Code>AccessDenied</Code><Message>no</Message></Error></DeleteResult>"
    )

    def perform(transport: aos_http_transport_t) -> int:
        code = aos_curl_http_transport_perform(transport)
        if transport.req.method == HTTP_POST:
            aos_list_movelist(new_list(document), transport.resp.body)
        return code

    monkeypatch.setattr(aos_http_io, "aos_http_transport_perform", perform)
    status = oss_delete_objects_by_prefix(*service.where, "dir/")
    assert (status.code, status.error_code, status.error_msg) == (AOSE_SERVICE_ERROR, "AccessDenied", "dir/a: no")


# errors


def settings_calls(service: Service, bucket: str | None) -> Iterator[aos_status_t]:
    """Every function about a bucket, with nothing but this name."""
    options, headers, nothing = service.options, service.headers, cast(Any, None)
    for function in (oss_delete_bucket, oss_head_bucket, oss_delete_bucket_logging, oss_delete_bucket_cors):
        yield function(options, bucket, headers)
    yield oss_delete_bucket_website(options, bucket, headers)
    yield oss_delete_bucket_lifecycle(options, bucket, headers)
    yield oss_put_bucket_acl(options, bucket, OSS_ACL_DEFAULT, headers)
    for getter in (
        *(
            oss_get_bucket_acl,
            oss_get_bucket_location,
            oss_get_bucket_info,
            oss_get_bucket_stat,
            oss_get_bucket_website,
        ),
        *(oss_get_bucket_referer, oss_get_bucket_storage_capacity, oss_get_bucket_logging, oss_get_bucket_cors),
        oss_get_bucket_lifecycle,
    ):
        yield cast(Any, getter)(options, bucket, nothing, headers)


def test_bucket_that_is_not_there(service: Service) -> None:
    for status in settings_calls(service, service.no_bucket):
        assert status.code == 404, status


def test_bucket_invalid_parameter(service: Service) -> None:
    options, headers, nothing = service.options, service.headers, cast(Any, None)
    for name in INVALID_BUCKETS:
        for status in (
            *settings_calls(service, name),
            oss_create_bucket(options, name, OSS_ACL_DEFAULT, headers),
            oss_create_bucket_with_storage_class(options, name, OSS_ACL_DEFAULT, OSS_STORAGE_CLASS_STANDARD, headers),
            oss_put_bucket_storage_capacity(options, name, 1024, headers),
            oss_list_object(options, name, nothing, headers),
            oss_put_bucket_logging(options, name, nothing, headers),
            oss_put_bucket_lifecycle(options, name, nothing, headers),
            oss_put_bucket_cors(options, name, nothing, headers),
            oss_put_bucket_referer(options, name, nothing, headers),
            oss_put_bucket_website(options, name, nothing, headers),
            oss_delete_objects(options, name, nothing, 0, headers, nothing),
            oss_delete_objects_by_prefix(options, name, nothing),
        ):
            assert (status.code, status.error_code) == (AOSE_INVALID_ARGUMENT, "BucketNameInvalidError")
    assert not service.server.requests


def test_an_answer_that_cannot_be_read(service: Service) -> None:
    service.server.add_fault(Fault(action="short_body", after=0, times=None))
    acl = aos_string_t("as it was")
    status = oss_get_bucket_acl(*service.where, acl, service.headers)
    assert (status.code, str(acl)) == (AOSE_CONNECTION_FAILED, "as it was")
