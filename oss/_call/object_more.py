"""Calls that delete, copy and restore objects, and set their ACLs, links and tags; ``oss.oss_object`` has them."""

from __future__ import annotations

from aos.aos_define import HTTP_DELETE, HTTP_GET, HTTP_POST, HTTP_PUT
from aos.aos_list import aos_list_t
from aos.aos_status import aos_status_t
from aos.aos_string import aos_string_t, aos_text_t
from aos.apr_tables import aos_table_t
from oss._call.api import Call, api
from oss._define.constants import (
    OSS_ACL,
    OSS_CANNONICALIZED_HEADER_OBJECT_ACL,
    OSS_CANNONICALIZED_HEADER_SYMLINK,
    OSS_RESTORE,
    OSS_SYMLINK,
    OSS_TAGGING,
)
from oss._define.names import get_oss_acl_str, get_oss_tier_type_str
from oss._define.structs import oss_request_options_t
from oss._request.errors import invalid_argument
from oss._xml.build import build_object_tagging_body, oss_build_restore_object_body
from oss._xml.parse import oss_acl_parse_from_body, oss_get_tagging_parse_from_body

__all__ = [
    "oss_copy_object",
    "oss_delete_object",
    "oss_delete_object_tagging",
    "oss_do_put_symlink",
    "oss_get_object_acl",
    "oss_get_object_tagging",
    "oss_get_symlink",
    "oss_put_object_acl",
    "oss_put_object_tagging",
    "oss_put_symlink",
    "oss_restore_object",
    "oss_restore_object_with_tier",
]


@api
def oss_delete_object(
    options: oss_request_options_t,
    bucket: aos_text_t,
    object: aos_text_t,
    resp_headers: aos_table_t | None,
) -> aos_status_t:
    """aos_status_t *oss_delete_object(const oss_request_options_t *options, const aos_string_t *bucket, const
    aos_string_t *object, aos_table_t **resp_headers)

    Deletes an object; one that is not there is success too. Returns a status: that of the service's answer, or a
    negative AOSE_* code for what failed on this side.
    """
    return Call.object(options, HTTP_DELETE, bucket, object).send(resp_headers)


@api
def oss_copy_object(
    options: oss_request_options_t,
    source_bucket: aos_text_t,
    source_object: aos_text_t,
    dest_bucket: aos_text_t,
    dest_object: aos_text_t,
    headers: aos_table_t | None,
    resp_headers: aos_table_t | None,
) -> aos_status_t:
    """aos_status_t *oss_copy_object(const oss_request_options_t *options, const aos_string_t *source_bucket, const
    aos_string_t *source_object, const aos_string_t *dest_bucket, const aos_string_t *dest_object, aos_table_t *headers,
    aos_table_t **resp_headers)

    Copies an object within the service. ``headers`` may say how, as ``x-oss-metadata-directive`` does. A source key of
    more than 1024 bytes is -994 ``UrlEncodeFail``. Returns a status: that of the service's answer, or a negative AOSE_*
    code for what failed on this side.

    :param source_bucket: bucket to copy from
    :param source_object: object to copy from
    :param dest_bucket: bucket to copy to
    :param dest_object: object to copy to
    """
    call = Call.object(options, HTTP_PUT, dest_bucket, dest_object, headers)
    return call.copied_from(source_bucket, source_object).typed(dest_object).send(resp_headers)


@api
def oss_restore_object(
    options: oss_request_options_t,
    bucket: aos_text_t,
    object: aos_text_t,
    headers: aos_table_t | None,
    resp_headers: aos_table_t | None,
) -> aos_status_t:
    """aos_status_t *oss_restore_object(const oss_request_options_t *options, const aos_string_t *bucket, const
    aos_string_t *object, aos_table_t *headers, aos_table_t **resp_headers)

    Asks for an archived object to be readable for a while, which takes some time: the answer is 202. Returns a status:
    that of the service's answer, or a negative AOSE_* code for what failed on this side.
    """
    call = Call.object(options, HTTP_POST, bucket, object, headers)
    return call.query((OSS_RESTORE, "")).typed(object).send(resp_headers)


@api
def oss_restore_object_with_tier(
    options: oss_request_options_t,
    bucket: aos_text_t,
    object: aos_text_t,
    tier: int,
    day: int,
    headers: aos_table_t | None,
    resp_headers: aos_table_t | None,
) -> aos_status_t:
    """aos_status_t *oss_restore_object_with_tier(const oss_request_options_t *options, const aos_string_t *bucket,
    const aos_string_t *object, oss_tier_type_e tier, int day, aos_table_t *headers, aos_table_t **resp_headers)

    Asks for an object in cold archive to be readable for ``day`` days, as soon as ``tier``, one of the OSS_TIER_*
    numbers, says: the answer is 202. Any other tier is -994. Returns a status: that of the service's answer, or a
    negative AOSE_* code for what failed on this side.

    :param tier: how fast an object is restored
    :param day: for how many days an object stays restored
    """
    if get_oss_tier_type_str(tier) is None:
        raise invalid_argument(f"tier is {tier}")
    call = Call.object(options, HTTP_POST, bucket, object, headers).query((OSS_RESTORE, "")).typed(object)
    return call.document(oss_build_restore_object_body, tier, day).send(resp_headers)


@api
def oss_put_object_acl(
    options: oss_request_options_t,
    bucket: aos_text_t,
    object: aos_text_t,
    oss_acl: int,
    resp_headers: aos_table_t | None,
) -> aos_status_t:
    """aos_status_t *oss_put_object_acl(const oss_request_options_t *options, const aos_string_t *bucket, const
    aos_string_t *object, oss_acl_e oss_acl, aos_table_t **resp_headers)

    Sets who may read and write an object: one of the OSS_ACL_* numbers. Returns a status: that of the service's answer,
    or a negative AOSE_* code for what failed on this side.
    """
    call = Call.object(options, HTTP_PUT, bucket, object).query((OSS_ACL, ""))
    return call.header(OSS_CANNONICALIZED_HEADER_OBJECT_ACL, get_oss_acl_str(oss_acl)).send(resp_headers)


@api
def oss_get_object_acl(
    options: oss_request_options_t,
    bucket: aos_text_t,
    object: aos_text_t,
    oss_acl: aos_string_t | None,
    resp_headers: aos_table_t | None,
) -> aos_status_t:
    """aos_status_t *oss_get_object_acl(const oss_request_options_t *options, const aos_string_t *bucket, const
    aos_string_t *object, aos_string_t *oss_acl, aos_table_t **resp_headers)

    Gets who may use an object: ``default`` (as the bucket says), ``private``, ``public-read`` or ``public-read-write``.
    Returns a status: that of the service's answer, or a negative AOSE_* code for what failed on this side.

    :param oss_acl: gets private, public-read or public-read-write
    """
    call = Call.object(options, HTTP_GET, bucket, object).query((OSS_ACL, ""))
    return call.parse(resp_headers, oss_acl_parse_from_body, oss_acl)


@api
def oss_put_symlink(
    options: oss_request_options_t,
    bucket: aos_text_t,
    sym_object: aos_text_t,
    target_object: aos_text_t,
    resp_headers: aos_table_t | None,
) -> aos_status_t:
    """aos_status_t *oss_put_symlink(const oss_request_options_t *options, const aos_string_t *bucket, const
    aos_string_t *sym_object, const aos_string_t *target_object, aos_table_t **resp_headers)

    Makes ``sym_object`` a link to ``target_object``, a key of the same bucket, percent-encoded by the caller. Returns a
    status: that of the service's answer, or a negative AOSE_* code for what failed on this side.
    """
    return oss_do_put_symlink(options, bucket, sym_object, target_object, None, resp_headers)


@api
def oss_do_put_symlink(
    options: oss_request_options_t,
    bucket: aos_text_t,
    sym_object: aos_text_t,
    target_object: aos_text_t,
    headers: aos_table_t | None,
    resp_headers: aos_table_t | None,
) -> aos_status_t:
    """aos_status_t *oss_do_put_symlink(const oss_request_options_t *options, const aos_string_t *bucket, const
    aos_string_t *sym_object, const aos_string_t *target_object, aos_table_t *headers, aos_table_t **resp_headers)

    Makes ``sym_object`` a link to ``target_object``, a key of the same bucket, percent-encoded by the caller.
    ``headers`` (metadata, ACL ...) are those of the link. Returns a status: that of the service's answer, or a negative
    AOSE_* code for what failed on this side.
    """
    call = Call.object(options, HTTP_PUT, bucket, sym_object, headers).query((OSS_SYMLINK, ""))
    return call.header(OSS_CANNONICALIZED_HEADER_SYMLINK, target_object).send(resp_headers)


@api
def oss_get_symlink(
    options: oss_request_options_t,
    bucket: aos_text_t,
    sym_object: aos_text_t,
    resp_headers: aos_table_t | None,
) -> aos_status_t:
    """aos_status_t *oss_get_symlink(const oss_request_options_t *options, const aos_string_t *bucket, const
    aos_string_t *sym_object, aos_table_t **resp_headers)

    Gets the key that a link points to, in the header ``x-oss-symlink-target``. Returns a status: that of the service's
    answer, or a negative AOSE_* code for what failed on this side.
    """
    call = Call.object(options, HTTP_GET, bucket, sym_object)
    return call.query((OSS_SYMLINK, "")).send(resp_headers)


@api
def oss_put_object_tagging(
    options: oss_request_options_t,
    bucket: aos_text_t,
    object: aos_text_t,
    tag_list: aos_list_t,
    resp_headers: aos_table_t | None,
) -> aos_status_t:
    """aos_status_t *oss_put_object_tagging(const oss_request_options_t *options, const aos_string_t *bucket, const
    aos_string_t *object, aos_list_t *tag_list, aos_table_t **resp_headers)

    Replaces the tags of an object. Returns a status: that of the service's answer, or a negative AOSE_* code for what
    failed on this side.
    """
    call = Call.object(options, HTTP_PUT, bucket, object).query((OSS_TAGGING, ""))
    return call.document(build_object_tagging_body, tag_list).send(resp_headers)


@api
def oss_get_object_tagging(
    options: oss_request_options_t,
    bucket: aos_text_t,
    object: aos_text_t,
    tag_list: aos_list_t | None,
    resp_headers: aos_table_t | None,
) -> aos_status_t:
    """aos_status_t *oss_get_object_tagging(const oss_request_options_t *options, const aos_string_t *bucket, const
    aos_string_t *object, aos_list_t *tag_list, aos_table_t **resp_headers)

    Gets the tags of an object, which are appended to the list. Returns a status: that of the service's answer, or a
    negative AOSE_* code for what failed on this side.
    """
    call = Call.object(options, HTTP_GET, bucket, object).query((OSS_TAGGING, ""))
    return call.parse(resp_headers, oss_get_tagging_parse_from_body, tag_list)


@api
def oss_delete_object_tagging(
    options: oss_request_options_t,
    bucket: aos_text_t,
    object: aos_text_t,
    resp_headers: aos_table_t | None,
) -> aos_status_t:
    """aos_status_t *oss_delete_object_tagging(const oss_request_options_t *options, const aos_string_t *bucket, const
    aos_string_t *object, aos_table_t **resp_headers)

    Removes the tags of an object. Returns a status: that of the service's answer, or a negative AOSE_* code for what
    failed on this side.
    """
    call = Call.object(options, HTTP_DELETE, bucket, object)
    return call.query((OSS_TAGGING, "")).send(resp_headers)
