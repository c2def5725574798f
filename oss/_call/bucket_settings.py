"""Calls that make and delete buckets, and read and write their settings; ``oss.oss_bucket`` has them."""

from __future__ import annotations

from aos._c.refs import aos_ref_t
from aos.aos_define import HTTP_DELETE, HTTP_GET, HTTP_HEAD, HTTP_PUT
from aos.aos_list import aos_list_t
from aos.aos_status import aos_status_t
from aos.aos_string import aos_string_t, aos_text_t
from aos.apr_tables import aos_table_t
from oss._call.api import Call, api
from oss._define.constants import (
    OSS_ACL,
    OSS_BUCKETINFO,
    OSS_BUCKETSTAT,
    OSS_CANNONICALIZED_HEADER_ACL,
    OSS_CORS,
    OSS_LIFECYCLE,
    OSS_LOCATION,
    OSS_LOGGING,
    OSS_QOS,
    OSS_REFERER,
    OSS_STORAGE_CLASS_BUTT,
    OSS_WEBSITE,
)
from oss._define.names import get_oss_acl_str
from oss._define.structs import (
    oss_bucket_info_t,
    oss_bucket_stat_t,
    oss_logging_config_content_t,
    oss_referer_config_t,
    oss_request_options_t,
    oss_website_config_t,
)
from oss._xml.build import (
    build_bucket_logging_body,
    build_bucket_storage_capacity_body,
    build_bucket_storage_class,
    build_cors_rule_body,
    build_lifecycle_body,
    build_referer_config_body,
    build_website_config_body,
)
from oss._xml.parse import (
    oss_acl_parse_from_body,
    oss_get_bucket_cors_parse_from_body,
    oss_get_bucket_info_parse_from_body,
    oss_get_bucket_referer_config_parse_from_body,
    oss_get_bucket_stat_parse_from_body,
    oss_get_bucket_website_parse_from_body,
    oss_lifecycle_rules_parse_from_body,
    oss_location_parse_from_body,
    oss_logging_parse_from_body,
    oss_storage_capacity_parse_from_body,
)

__all__ = [
    "oss_create_bucket",
    "oss_create_bucket_with_storage_class",
    "oss_delete_bucket",
    "oss_delete_bucket_cors",
    "oss_delete_bucket_lifecycle",
    "oss_delete_bucket_logging",
    "oss_delete_bucket_website",
    "oss_get_bucket_acl",
    "oss_get_bucket_cors",
    "oss_get_bucket_info",
    "oss_get_bucket_lifecycle",
    "oss_get_bucket_location",
    "oss_get_bucket_logging",
    "oss_get_bucket_referer",
    "oss_get_bucket_stat",
    "oss_get_bucket_storage_capacity",
    "oss_get_bucket_website",
    "oss_head_bucket",
    "oss_put_bucket_acl",
    "oss_put_bucket_cors",
    "oss_put_bucket_lifecycle",
    "oss_put_bucket_logging",
    "oss_put_bucket_referer",
    "oss_put_bucket_storage_capacity",
    "oss_put_bucket_website",
]


@api
def oss_create_bucket(
    options: oss_request_options_t,
    bucket: aos_text_t,
    oss_acl: int,
    resp_headers: aos_table_t | None,
) -> aos_status_t:
    """aos_status_t *oss_create_bucket(const oss_request_options_t *options, const aos_string_t *bucket, oss_acl_e
    oss_acl, aos_table_t **resp_headers)

    Creates a bucket, or gives another ACL to one that is the caller's already. For an ``oss_acl`` that is no ACL the
    service decides. Returns a status: that of the service's answer, or a negative AOSE_* code for what failed on this
    side.
    """
    return oss_create_bucket_with_storage_class(options, bucket, oss_acl, OSS_STORAGE_CLASS_BUTT, resp_headers)


@api
def oss_create_bucket_with_storage_class(
    options: oss_request_options_t,
    bucket: aos_text_t,
    oss_acl: int,
    storage_class: int,
    resp_headers: aos_table_t | None,
) -> aos_status_t:
    """aos_status_t *oss_create_bucket_with_storage_class(const oss_request_options_t *options, const aos_string_t
    *bucket, oss_acl_e oss_acl, oss_storage_class_type_e storage_class, aos_table_t **resp_headers)

    Creates a bucket of a storage class, which it keeps, or gives another ACL to one that is the caller's already. For
    an ``oss_acl`` or a ``storage_class`` that is none the service decides. Returns a status: that of the service's
    answer, or a negative AOSE_* code for what failed on this side.

    :param storage_class: how the objects of a bucket are stored
    """
    call = Call.bucket(options, HTTP_PUT, bucket).header(OSS_CANNONICALIZED_HEADER_ACL, get_oss_acl_str(oss_acl))
    return call.document(build_bucket_storage_class, storage_class).send(resp_headers)


@api
def oss_delete_bucket(
    options: oss_request_options_t,
    bucket: aos_text_t,
    resp_headers: aos_table_t | None,
) -> aos_status_t:
    """aos_status_t *oss_delete_bucket(const oss_request_options_t *options, const aos_string_t *bucket, aos_table_t
    **resp_headers)

    Deletes a bucket, which must be empty. Returns a status: that of the service's answer, or a negative AOSE_* code for
    what failed on this side.
    """
    return Call.bucket(options, HTTP_DELETE, bucket).send(resp_headers)


@api
def oss_head_bucket(
    options: oss_request_options_t,
    bucket: aos_text_t,
    resp_headers: aos_table_t | None,
) -> aos_status_t:
    """aos_status_t *oss_head_bucket(const oss_request_options_t *options, const aos_string_t *bucket, aos_table_t
    **resp_headers)

    Checks that a bucket exists; 404 where it does not. Its region is in the header ``x-oss-bucket-region``. Returns a
    status: that of the service's answer, or a negative AOSE_* code for what failed on this side.
    """
    return Call.bucket(options, HTTP_HEAD, bucket).send(resp_headers)


@api
def oss_put_bucket_acl(
    options: oss_request_options_t,
    bucket: aos_text_t,
    oss_acl: int,
    resp_headers: aos_table_t | None,
) -> aos_status_t:
    """aos_status_t *oss_put_bucket_acl(const oss_request_options_t *options, const aos_string_t *bucket, oss_acl_e
    oss_acl, aos_table_t **resp_headers)

    Sets who may read and write a bucket: one of the OSS_ACL_* numbers. Returns a status: that of the service's answer,
    or a negative AOSE_* code for what failed on this side.
    """
    call = Call.bucket(options, HTTP_PUT, bucket, OSS_ACL)
    return call.header(OSS_CANNONICALIZED_HEADER_ACL, get_oss_acl_str(oss_acl)).send(resp_headers)


@api
def oss_get_bucket_acl(
    options: oss_request_options_t,
    bucket: aos_text_t,
    oss_acl: aos_string_t | None,
    resp_headers: aos_table_t | None,
) -> aos_status_t:
    """aos_status_t *oss_get_bucket_acl(const oss_request_options_t *options, const aos_string_t *bucket, aos_string_t
    *oss_acl, aos_table_t **resp_headers)

    Gets who may use a bucket: ``private``, ``public-read`` or ``public-read-write``. Returns a status: that of the
    service's answer, or a negative AOSE_* code for what failed on this side.

    :param oss_acl: gets private, public-read or public-read-write
    """
    call = Call.bucket(options, HTTP_GET, bucket, OSS_ACL)
    return call.parse(resp_headers, oss_acl_parse_from_body, oss_acl)


@api
def oss_get_bucket_location(
    options: oss_request_options_t,
    bucket: aos_text_t,
    oss_location: aos_string_t | None,
    resp_headers: aos_table_t | None,
) -> aos_status_t:
    """aos_status_t *oss_get_bucket_location(const oss_request_options_t *options, const aos_string_t *bucket,
    aos_string_t *oss_location, aos_table_t **resp_headers)

    Gets the region of a bucket, such as ``oss-cn-hangzhou``. Returns a status: that of the service's answer, or a
    negative AOSE_* code for what failed on this side.

    :param oss_location: gets the region
    """
    call = Call.bucket(options, HTTP_GET, bucket, OSS_LOCATION)
    return call.parse(resp_headers, oss_location_parse_from_body, oss_location)


@api
def oss_get_bucket_info(
    options: oss_request_options_t,
    bucket: aos_text_t,
    bucket_info: oss_bucket_info_t | None,
    resp_headers: aos_table_t | None,
) -> aos_status_t:
    """aos_status_t *oss_get_bucket_info(const oss_request_options_t *options, const aos_string_t *bucket,
    oss_bucket_info_t *bucket_info, aos_table_t **resp_headers)

    Gets owner, ACL, storage class, region and endpoints of a bucket. Returns a status: that of the service's answer, or
    a negative AOSE_* code for what failed on this side.

    :param bucket_info: gets what is known of the bucket
    """
    call = Call.bucket(options, HTTP_GET, bucket, OSS_BUCKETINFO)
    return call.parse(resp_headers, oss_get_bucket_info_parse_from_body, bucket_info)


@api
def oss_get_bucket_stat(
    options: oss_request_options_t,
    bucket: aos_text_t,
    bucket_stat: oss_bucket_stat_t | None,
    resp_headers: aos_table_t | None,
) -> aos_status_t:
    """aos_status_t *oss_get_bucket_stat(const oss_request_options_t *options, const aos_string_t *bucket,
    oss_bucket_stat_t *bucket_stat, aos_table_t **resp_headers)

    Gets how many bytes, objects and unfinished uploads a bucket holds. Returns a status: that of the service's answer,
    or a negative AOSE_* code for what failed on this side.

    :param bucket_stat: gets how much the bucket holds
    """
    call = Call.bucket(options, HTTP_GET, bucket, OSS_BUCKETSTAT)
    return call.parse(resp_headers, oss_get_bucket_stat_parse_from_body, bucket_stat)


@api
def oss_put_bucket_storage_capacity(
    options: oss_request_options_t,
    bucket: aos_text_t,
    storage_capacity: int,
    resp_headers: aos_table_t | None,
) -> aos_status_t:
    """aos_status_t *oss_put_bucket_storage_capacity(const oss_request_options_t *options, const aos_string_t *bucket,
    long storage_capacity, aos_table_t **resp_headers)

    Limits what a bucket may hold to ``storage_capacity`` GB; -1 is no limit. Returns a status: that of the service's
    answer, or a negative AOSE_* code for what failed on this side.

    :param storage_capacity: capacity in GB, -1 for none
    """
    call = Call.bucket(options, HTTP_PUT, bucket, OSS_QOS)
    return call.document(build_bucket_storage_capacity_body, storage_capacity).send(resp_headers)


@api
def oss_get_bucket_storage_capacity(
    options: oss_request_options_t,
    bucket: aos_text_t,
    storage_capacity: aos_ref_t[int] | None,
    resp_headers: aos_table_t | None,
) -> aos_status_t:
    """aos_status_t *oss_get_bucket_storage_capacity(const oss_request_options_t *options, const aos_string_t *bucket,
    long *storage_capacity, aos_table_t **resp_headers)

    Gets how many GB a bucket may hold; -1 is no limit. Returns a status: that of the service's answer, or a negative
    AOSE_* code for what failed on this side.

    :param storage_capacity: gets the capacity in GB, -1 for none
    """
    call = Call.bucket(options, HTTP_GET, bucket, OSS_QOS)
    return call.parse(resp_headers, oss_storage_capacity_parse_from_body, storage_capacity)


@api
def oss_put_bucket_referer(
    options: oss_request_options_t,
    bucket: aos_text_t,
    referer_config: oss_referer_config_t,
    resp_headers: aos_table_t | None,
) -> aos_status_t:
    """aos_status_t *oss_put_bucket_referer(const oss_request_options_t *options, const aos_string_t *bucket,
    oss_referer_config_t *referer_config, aos_table_t **resp_headers)

    Replaces the list of referers that may read a bucket. Returns a status: that of the service's answer, or a negative
    AOSE_* code for what failed on this side.
    """
    call = Call.bucket(options, HTTP_PUT, bucket, OSS_REFERER)
    return call.document(build_referer_config_body, referer_config).send(resp_headers)


@api
def oss_get_bucket_referer(
    options: oss_request_options_t,
    bucket: aos_text_t,
    referer_config: oss_referer_config_t | None,
    resp_headers: aos_table_t | None,
) -> aos_status_t:
    """aos_status_t *oss_get_bucket_referer(const oss_request_options_t *options, const aos_string_t *bucket,
    oss_referer_config_t *referer_config, aos_table_t **resp_headers)

    Gets which referers may read a bucket; they are appended to ``referer_config.referer_list``. Returns a status: that
    of the service's answer, or a negative AOSE_* code for what failed on this side.
    """
    call = Call.bucket(options, HTTP_GET, bucket, OSS_REFERER)
    return call.parse(resp_headers, oss_get_bucket_referer_config_parse_from_body, referer_config)


@api
def oss_put_bucket_logging(
    options: oss_request_options_t,
    bucket: aos_text_t,
    content: oss_logging_config_content_t,
    resp_headers: aos_table_t | None,
) -> aos_status_t:
    """aos_status_t *oss_put_bucket_logging(const oss_request_options_t *options, const aos_string_t *bucket,
    oss_logging_config_content_t *content, aos_table_t **resp_headers)

    Sets where the access log of a bucket goes; without a target bucket it is turned off. Returns a status: that of the
    service's answer, or a negative AOSE_* code for what failed on this side.

    :param content: where the access log goes
    """
    call = Call.bucket(options, HTTP_PUT, bucket, OSS_LOGGING)
    return call.document(build_bucket_logging_body, content).send(resp_headers)


@api
def oss_get_bucket_logging(
    options: oss_request_options_t,
    bucket: aos_text_t,
    logging_content: oss_logging_config_content_t | None,
    resp_headers: aos_table_t | None,
) -> aos_status_t:
    """aos_status_t *oss_get_bucket_logging(const oss_request_options_t *options, const aos_string_t *bucket,
    oss_logging_config_content_t *logging_content, aos_table_t **resp_headers)

    Gets where the access log of a bucket goes. Returns a status: that of the service's answer, or a negative AOSE_*
    code for what failed on this side.

    :param logging_content: gets where the access log goes
    """
    call = Call.bucket(options, HTTP_GET, bucket, OSS_LOGGING)
    return call.parse(resp_headers, oss_logging_parse_from_body, logging_content)


@api
def oss_delete_bucket_logging(
    options: oss_request_options_t,
    bucket: aos_text_t,
    resp_headers: aos_table_t | None,
) -> aos_status_t:
    """aos_status_t *oss_delete_bucket_logging(const oss_request_options_t *options, const aos_string_t *bucket,
    aos_table_t **resp_headers)

    Turns the access log of a bucket off. Returns a status: that of the service's answer, or a negative AOSE_* code for
    what failed on this side.
    """
    return Call.bucket(options, HTTP_DELETE, bucket, OSS_LOGGING).send(resp_headers)


@api
def oss_put_bucket_lifecycle(
    options: oss_request_options_t,
    bucket: aos_text_t,
    lifecycle_rule_list: aos_list_t,
    resp_headers: aos_table_t | None,
) -> aos_status_t:
    """aos_status_t *oss_put_bucket_lifecycle(const oss_request_options_t *options, const aos_string_t *bucket,
    aos_list_t *lifecycle_rule_list, aos_table_t **resp_headers)

    Replaces all lifecycle rules of a bucket, those made by other programs too. Returns a status: that of the service's
    answer, or a negative AOSE_* code for what failed on this side.
    """
    call = Call.bucket(options, HTTP_PUT, bucket, OSS_LIFECYCLE)
    return call.document(build_lifecycle_body, lifecycle_rule_list).send(resp_headers)


@api
def oss_get_bucket_lifecycle(
    options: oss_request_options_t,
    bucket: aos_text_t,
    lifecycle_rule_list: aos_list_t | None,
    resp_headers: aos_table_t | None,
) -> aos_status_t:
    """aos_status_t *oss_get_bucket_lifecycle(const oss_request_options_t *options, const aos_string_t *bucket,
    aos_list_t *lifecycle_rule_list, aos_table_t **resp_headers)

    Gets the lifecycle rules of a bucket, which are appended to the list. Settings without a field in the struct are not
    read. Returns a status: that of the service's answer, or a negative AOSE_* code for what failed on this side.
    """
    call = Call.bucket(options, HTTP_GET, bucket, OSS_LIFECYCLE)
    return call.parse(resp_headers, oss_lifecycle_rules_parse_from_body, lifecycle_rule_list)


@api
def oss_delete_bucket_lifecycle(
    options: oss_request_options_t,
    bucket: aos_text_t,
    resp_headers: aos_table_t | None,
) -> aos_status_t:
    """aos_status_t *oss_delete_bucket_lifecycle(const oss_request_options_t *options, const aos_string_t *bucket,
    aos_table_t **resp_headers)

    Removes the lifecycle rules of a bucket. Returns a status: that of the service's answer, or a negative AOSE_* code
    for what failed on this side.
    """
    return Call.bucket(options, HTTP_DELETE, bucket, OSS_LIFECYCLE).send(resp_headers)


@api
def oss_put_bucket_cors(
    options: oss_request_options_t,
    bucket: aos_text_t,
    rule_list: aos_list_t,
    resp_headers: aos_table_t | None,
) -> aos_status_t:
    """aos_status_t *oss_put_bucket_cors(const oss_request_options_t *options, const aos_string_t *bucket, aos_list_t
    *rule_list, aos_table_t **resp_headers)

    Replaces the CORS rules of a bucket. Returns a status: that of the service's answer, or a negative AOSE_* code for
    what failed on this side.
    """
    call = Call.bucket(options, HTTP_PUT, bucket, OSS_CORS)
    return call.document(build_cors_rule_body, rule_list).send(resp_headers)


@api
def oss_get_bucket_cors(
    options: oss_request_options_t,
    bucket: aos_text_t,
    rule_list: aos_list_t | None,
    resp_headers: aos_table_t | None,
) -> aos_status_t:
    """aos_status_t *oss_get_bucket_cors(const oss_request_options_t *options, const aos_string_t *bucket, aos_list_t
    *rule_list, aos_table_t **resp_headers)

    Gets the CORS rules of a bucket, which are appended to the list. Returns a status: that of the service's answer, or
    a negative AOSE_* code for what failed on this side.
    """
    call = Call.bucket(options, HTTP_GET, bucket, OSS_CORS)
    return call.parse(resp_headers, oss_get_bucket_cors_parse_from_body, rule_list)


@api
def oss_delete_bucket_cors(
    options: oss_request_options_t,
    bucket: aos_text_t,
    resp_headers: aos_table_t | None,
) -> aos_status_t:
    """aos_status_t *oss_delete_bucket_cors(const oss_request_options_t *options, const aos_string_t *bucket,
    aos_table_t **resp_headers)

    Removes the CORS rules of a bucket. Returns a status: that of the service's answer, or a negative AOSE_* code for
    what failed on this side.
    """
    return Call.bucket(options, HTTP_DELETE, bucket, OSS_CORS).send(resp_headers)


@api
def oss_put_bucket_website(
    options: oss_request_options_t,
    bucket: aos_text_t,
    website_config: oss_website_config_t,
    resp_headers: aos_table_t | None,
) -> aos_status_t:
    """aos_status_t *oss_put_bucket_website(const oss_request_options_t *options, const aos_string_t *bucket,
    oss_website_config_t *website_config, aos_table_t **resp_headers)

    Makes a bucket a website, and sets its index and error page. Returns a status: that of the service's answer, or a
    negative AOSE_* code for what failed on this side.
    """
    call = Call.bucket(options, HTTP_PUT, bucket, OSS_WEBSITE)
    return call.document(build_website_config_body, website_config).send(resp_headers)


@api
def oss_get_bucket_website(
    options: oss_request_options_t,
    bucket: aos_text_t,
    website_config: oss_website_config_t | None,
    resp_headers: aos_table_t | None,
) -> aos_status_t:
    """aos_status_t *oss_get_bucket_website(const oss_request_options_t *options, const aos_string_t *bucket,
    oss_website_config_t *website_config, aos_table_t **resp_headers)

    Gets the index and error page of a bucket that is a website. Returns a status: that of the service's answer, or a
    negative AOSE_* code for what failed on this side.
    """
    call = Call.bucket(options, HTTP_GET, bucket, OSS_WEBSITE)
    return call.parse(resp_headers, oss_get_bucket_website_parse_from_body, website_config)


@api
def oss_delete_bucket_website(
    options: oss_request_options_t,
    bucket: aos_text_t,
    resp_headers: aos_table_t | None,
) -> aos_status_t:
    """aos_status_t *oss_delete_bucket_website(const oss_request_options_t *options, const aos_string_t *bucket,
    aos_table_t **resp_headers)

    Makes a bucket a website no more. Returns a status: that of the service's answer, or a negative AOSE_* code for what
    failed on this side.
    """
    return Call.bucket(options, HTTP_DELETE, bucket, OSS_WEBSITE).send(resp_headers)
