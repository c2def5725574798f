"""Tags; one test a case of the C SDK's suite of that name."""

from __future__ import annotations

from oss.oss_api import (
    aos_list_add_tail,
    aos_status_t,
    aos_string_t,
    aos_table_t,
    oss_append_object_from_buffer,
    oss_complete_multipart_upload,
    oss_copy_object,
    oss_create_complete_part_content,
    oss_create_lifecycle_rule_content,
    oss_create_tag_content,
    oss_delete_bucket_lifecycle,
    oss_delete_object_tagging,
    oss_do_put_symlink,
    oss_get_bucket_lifecycle,
    oss_get_object_tagging,
    oss_init_multipart_upload,
    oss_put_bucket_lifecycle,
    oss_put_object_tagging,
    oss_tag_content_t,
    oss_upload_part_from_buffer,
)
from tests.service import Service, new_list, table

TWO = [("key1", "value1"), ("key2", "value2")]


def tag(key: str, value: str = "") -> oss_tag_content_t:
    made = oss_create_tag_content(None)
    made.key, made.value = key, value
    return made


def tags_of(service: Service, key: str) -> list[tuple[str, str]]:
    found = new_list()
    status = oss_get_object_tagging(*service.where, key, found, service.headers)
    assert status.code == 200, status
    return [(str(item.key), str(item.value)) for item in found]


def put_tags(service: Service, key: str, *tags: oss_tag_content_t) -> aos_status_t:
    return oss_put_object_tagging(*service.where, key, new_list(*tags), service.headers)


def test_object_tagging_basic(service: Service) -> None:
    service.put("k")
    assert tags_of(service, "k") == []
    assert put_tags(service, "k", *(tag(*pair) for pair in TWO)).code == 200
    assert tags_of(service, "k") == TWO
    assert oss_delete_object_tagging(*service.where, "k", service.headers).code == 204
    assert tags_of(service, "k") == []
    found = new_list()
    status = oss_get_object_tagging(*service.where, "none", found, None)
    assert (status.code, status.error_code, len(found)) == (404, "NoSuchKey", 0)


def test_object_tagging_tag_list(service: Service) -> None:
    service.put("k")
    assert put_tags(service, "k", tag("key1", "value1")).code == 200
    assert put_tags(service, "k", tag("only-a-key")).code == 200
    assert put_tags(service, "k", tag("", "only-a-value")).code == 400
    assert tags_of(service, "k") == [("only-a-key", "")]


def test_object_tagging_put_object(service: Service) -> None:
    service.put("k", "x", table(x_oss_tagging="key1=value1&key2=value2"))
    assert tags_of(service, "k") == TWO


def test_object_tagging_append_object(service: Service) -> None:
    headers = table(x_oss_tagging="key1=value1&key2=value2")
    assert oss_append_object_from_buffer(*service.where, "k", 0, new_list("x"), headers, None).code == 200
    assert tags_of(service, "k") == TWO


def test_object_tagging_put_symlink(service: Service) -> None:
    service.put("k", "x", table(x_oss_tagging="key3=value3"))
    assert oss_do_put_symlink(*service.where, "link", "k", table(x_oss_tagging="key1=value1"), None).code == 200
    assert tags_of(service, "link") == [("key1", "value1")]


def test_object_tagging_copy_object(service: Service) -> None:
    service.put("k", "x", table(x_oss_tagging="key3=value3"))

    def copied(headers: aos_table_t) -> list[tuple[str, str]]:
        status = oss_copy_object(service.options, service.bucket, "k", service.bucket, "copy", headers, None)
        assert status.code == 200, status
        return tags_of(service, "copy")

    assert copied(table(x_oss_tagging_directive="Copy")) == [("key3", "value3")]
    assert copied(table(x_oss_tagging_directive="Replace", x_oss_tagging="key1=value1&key2=value2")) == TWO


def test_object_tagging_multipart_upload(service: Service) -> None:
    upload_id = aos_string_t()
    oss_init_multipart_upload(*service.where, "k", upload_id, table(x_oss_tagging="key1=value1&key2=value2"), None)
    parts = new_list()
    for number in (1, 2):
        data = bytes(200 * 1024)
        status = oss_upload_part_from_buffer(*service.where, "k", upload_id, number, new_list(data), service.headers)
        assert status.code == 200
        part = oss_create_complete_part_content(None)
        part.part_number, part.etag = str(number), service.headers["ETag"]
        aos_list_add_tail(part.node, parts)
    given = table(Content_Type="video/MP2T")
    assert oss_complete_multipart_upload(*service.where, "k", upload_id, parts, given, None).code == 200
    assert given.items() == [("Content-Type", "video/MP2T")] and tags_of(service, "k") == TWO


def test_lifecycle_tag(service: Service) -> None:
    rule = oss_create_lifecycle_rule_content(None)
    rule.id, rule.prefix, rule.status, rule.days = "1", "pre1", "Enabled", 1
    for pair in TWO:
        aos_list_add_tail(tag(*pair).node, rule.tag_list)
    assert oss_put_bucket_lifecycle(*service.where, new_list(rule), service.headers).code == 200
    found = new_list()
    assert oss_get_bucket_lifecycle(*service.where, found, service.headers).code == 200
    (rule,) = found
    assert [(str(item.key), str(item.value)) for item in rule.tag_list] == TWO
    assert oss_delete_bucket_lifecycle(*service.where, None).code == 204
