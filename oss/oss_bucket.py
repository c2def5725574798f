"""Buckets (``oss_bucket.c``): the part of ``oss_api.h`` about buckets, their settings and listings."""

from __future__ import annotations

from oss._api import *
from oss.oss_util import *

__all__ = [
    "oss_create_bucket",
    "oss_delete_bucket",
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

    Creates a bucket, or gives one that is the caller's already another ACL.
    """
    call = call_t.bucket(options, HTTP_PUT, bucket)
    return call.header(OSS_CANNONICALIZED_HEADER_ACL, get_oss_acl_str(oss_acl)).send(resp_headers)


@api
def oss_delete_bucket(
    options: oss_request_options_t,
    bucket: aos_text_t,
    resp_headers: aos_table_t | None,
) -> aos_status_t:
    """aos_status_t *oss_delete_bucket(const oss_request_options_t *options, const aos_string_t *bucket, aos_table_t
    **resp_headers)

    Deletes a bucket, which must be empty.
    """
    return call_t.bucket(options, HTTP_DELETE, bucket).send(resp_headers)
