"""The structs of ``oss_define.h`` that most programs need; programs take them from ``oss.oss_define``.

Those for live channels and for SQL have modules of their own beside this one.
"""

from __future__ import annotations

from aos._c.lists import list_field, node_field
from aos._c.strings import string_field
from aos._c.structs import (
    CStruct,
    int32_field,
    int64_field,
    int_field,
    pointer_field,
    struct_field,
    text_field,
    uint64_field,
)
from aos.aos_define import aos_pool_t
from aos.aos_transport import aos_http_controller_t
from oss._define.credentials import credentials_field

__all__ = [
    "oss_bucket_info_t",
    "oss_bucket_stat_t",
    "oss_complete_part_content_t",
    "oss_config_t",
    "oss_content_type_t",
    "oss_cors_rule_t",
    "oss_create_bucket_params_t",
    "oss_lifecycle_rule_content_t",
    "oss_lifecycle_rule_date_t",
    "oss_list_bucket_content_t",
    "oss_list_buckets_params_t",
    "oss_list_multipart_upload_content_t",
    "oss_list_multipart_upload_params_t",
    "oss_list_object_common_prefix_t",
    "oss_list_object_content_t",
    "oss_list_object_params_t",
    "oss_list_part_content_t",
    "oss_list_upload_part_params_t",
    "oss_logging_config_content_t",
    "oss_object_key_t",
    "oss_referer_config_t",
    "oss_referer_t",
    "oss_request_options_t",
    "oss_resumable_clt_params_t",
    "oss_sub_cors_rule_t",
    "oss_tag_content_t",
    "oss_upload_file_t",
    "oss_upload_part_copy_params_t",
    "oss_upload_part_t",
    "oss_website_config_t",
]


class oss_config_t(CStruct):
    """``oss_config_t``: who signs, and where the service is. Texts not set stay NULL."""

    endpoint = string_field()
    """where the service is: ``http://`` or ``https://`` and a host; without a scheme ``http://`` is meant"""
    access_key_id = string_field()
    """id of the key that signs"""
    access_key_secret = string_field(secret=True)
    """the key that signs; never sent, logged or shown"""
    sts_token = string_field(secret=True)
    """token of a temporary key; empty or NULL for a permanent one"""
    is_cname = int_field()
    """1 when the endpoint is the bucket's own domain, so that the bucket's name is not put in front of it"""
    proxy_host = string_field()
    """host of the proxy; ``oss_config_resolve`` hands it to a controller"""
    proxy_port = int_field()
    """port of the proxy; 0 when it stands in ``proxy_host``"""
    proxy_user = string_field()
    """user for the proxy"""
    proxy_passwd = string_field(secret=True)
    """password for the proxy; never shown"""
    signature_version = int_field()
    """4 for V4 signatures, anything else for V1"""
    region = string_field()
    """region such as ``cn-hangzhou``; V4 signatures need it"""
    cloudbox_id = string_field()
    """id of a CloudBox, which V4 signs instead of the region"""
    adjust_clock = int_field(python_only=True)
    """1: after RequestTimeTooSkewed the service's clock is read from the answer's Date, and the request is signed and
    sent once more; 0, never, is the C SDK's way
    """
    clock_offset = int64_field(python_only=True)
    """seconds by which the service's clock is ahead of this machine's, added to the time of every signature; set by
    ``adjust_clock``, for all calls with this configuration, in any thread
    """
    credentials_callback = credentials_field()
    """a function that returns id, secret, token (or None) and expiry (seconds since 1970, or None), which are used
    instead of those above; asked again before they expire
    """


class oss_create_bucket_params_t(CStruct):
    """``oss_create_bucket_params_t``: how a bucket is made."""

    acl = int_field(c_type="oss_acl_e")
    """who may use the bucket"""
    storage_class = int_field(c_type="oss_storage_class_type_e")
    """how the bucket's objects are stored"""


class oss_request_options_t(CStruct):
    """``oss_request_options_t``: what every call takes first: configuration, controller, pool."""

    config = pointer_field(oss_config_t)
    """who signs, and where the service is"""
    ctl = pointer_field(aos_http_controller_t)
    """how requests are made, and how the last one went"""
    pool = pointer_field(aos_pool_t)
    """what a request allocates comes from here in C; here a pool that is destroyed ends a transfer"""
    retry_times = int32_field(python_only=True)
    """how often an idempotent request is tried again after a transport failure, a 5xx or a 429, with growing pauses
    (``oss._request.retry`` says which requests are); 0, never, is the C SDK's way
    """


class oss_list_object_content_t(CStruct):
    """``oss_list_object_content_t``: one object of a listing; everything is text, as the service sent it."""

    node = node_field()
    """its place in ``object_list``"""
    key = string_field()
    """name of the object"""
    last_modified = string_field()
    """time of the last change, ISO 8601"""
    etag = string_field()
    """ETag of the object, in double quotes"""
    size = string_field()
    """size in bytes, as a decimal text"""
    owner_id = string_field()
    """id of the owner"""
    owner_display_name = string_field()
    """name of the owner"""
    storage_class = string_field()
    """how the object is stored, such as Standard, IA or Archive"""
    type = string_field()
    """kind of object: Normal, Multipart, Appendable or Symlink"""


class oss_list_bucket_content_t(CStruct):
    """``oss_list_bucket_content_t``: one bucket of a listing."""

    node = node_field()
    """its place in ``bucket_list``"""
    create_date = string_field()
    """when the bucket was made, ISO 8601"""
    extranet_endpoint = string_field()
    """host for access over the internet"""
    intranet_endpoint = string_field()
    """host for access from the same region"""
    location = string_field()
    """region of the data, such as ``oss-cn-hangzhou``"""
    name = string_field()
    """name of the bucket"""
    storage_class = string_field()
    """how objects are stored unless they say otherwise, such as Standard, IA or Archive"""


class oss_list_object_common_prefix_t(CStruct):
    """``oss_list_object_common_prefix_t``: one "directory" of a listing with a delimiter."""

    node = node_field()
    """its place in ``common_prefix_list``"""
    prefix = string_field()
    """what the names of a group of objects begin with, up to the delimiter"""


class oss_list_multipart_upload_content_t(CStruct):
    """``oss_list_multipart_upload_content_t``: one unfinished upload of a listing."""

    node = node_field()
    """its place in ``upload_list``"""
    key = string_field()
    """name of the object"""
    upload_id = string_field()
    """id of the upload"""
    initiated = string_field()
    """when the upload was begun, ISO 8601"""


class oss_list_part_content_t(CStruct):
    """``oss_list_part_content_t``: one uploaded part of a listing."""

    node = node_field()
    """its place in ``part_list``"""
    part_number = string_field()
    """number of the part, from 1, as a decimal text"""
    size = string_field()
    """size in bytes, as a decimal text"""
    etag = string_field()
    """ETag of the part, in double quotes"""
    last_modified = string_field()
    """when the part was uploaded, ISO 8601"""


class oss_complete_part_content_t(CStruct):
    """``oss_complete_part_content_t``: one part named when an upload is completed."""

    node = node_field()
    """its place in the list given to ``oss_complete_multipart_upload``"""
    part_number = string_field()
    """number of the part, from 1, as a decimal text"""
    etag = string_field()
    """ETag that the service gave for the part"""


class oss_upload_part_t(CStruct):
    """``oss_upload_part_t``: one part of an upload."""

    part_num = int_field()
    """number of the part, from 1"""
    etag = text_field()
    """ETag that the service gave for the part"""


class oss_list_object_params_t(CStruct):
    """``oss_list_object_params_t``: what to list, and what was found."""

    prefix = string_field()
    """list only names that begin with this"""
    marker = string_field()
    """list only names after this one; ``next_marker`` of the page before"""
    delimiter = string_field()
    """names with this text after the prefix are grouped; usually ``/``"""
    max_ret = int_field()
    """the most entries in a page, up to 1000"""
    truncated = int_field()
    """out: 1 when there are more entries"""
    next_marker = string_field()
    """out: where the next page begins"""
    object_list = list_field(oss_list_object_content_t)
    """out: the objects; a further page's are appended"""
    common_prefix_list = list_field(oss_list_object_common_prefix_t)
    """out: the groups of names; a further page's are appended"""


class oss_list_buckets_params_t(CStruct):
    """``oss_list_buckets_params_t``: which buckets to list, and what was found."""

    prefix = string_field()
    """list only names that begin with this"""
    marker = string_field()
    """list only names after this one"""
    max_keys = int_field()
    """the most entries in a page; 0 leaves it to the service"""
    truncated = int_field()
    """out: 1 when there are more entries"""
    next_marker = string_field()
    """out: where the next page begins"""
    owner_id = string_field()
    """out: id of the account"""
    owner_name = string_field()
    """out: name of the account"""
    bucket_list = list_field(oss_list_bucket_content_t)
    """out: the buckets; a further page's are appended"""


class oss_list_upload_part_params_t(CStruct):
    """``oss_list_upload_part_params_t``: which parts to list, and what was found."""

    part_number_marker = string_field()
    """list only parts after this number"""
    max_ret = int_field()
    """the most entries in a page, up to 1000"""
    truncated = int_field()
    """out: 1 when there are more parts"""
    next_part_number_marker = string_field()
    """out: where the next page begins"""
    part_list = list_field(oss_list_part_content_t)
    """out: the parts; a further page's are appended"""


class oss_list_multipart_upload_params_t(CStruct):
    """``oss_list_multipart_upload_params_t``: which uploads to list, and what was found."""

    prefix = string_field()
    """list only names that begin with this"""
    key_marker = string_field()
    """list only uploads of names after this one"""
    upload_id_marker = string_field()
    """of the name ``key_marker``, only uploads after this id"""
    delimiter = string_field()
    """names with this text after the prefix are grouped"""
    max_ret = int_field()
    """the most entries in a page, up to 1000"""
    truncated = int_field()
    """out: 1 when there are more uploads"""
    next_key_marker = string_field()
    """out: ``key_marker`` of the next page"""
    next_upload_id_marker = string_field()
    """out: ``upload_id_marker`` of the next page"""
    upload_list = list_field(oss_list_multipart_upload_content_t)
    """out: the uploads; a further page's are appended"""


class oss_upload_part_copy_params_t(CStruct):
    """``oss_upload_part_copy_params_t``: a part copied by the service."""

    source_bucket = string_field()
    """bucket to copy from"""
    source_object = string_field()
    """object to copy from"""
    dest_bucket = string_field()
    """bucket of the upload"""
    dest_object = string_field()
    """object of the upload"""
    upload_id = string_field()
    """id of the upload"""
    part_num = int_field()
    """number of the part, from 1"""
    range_start = int64_field()
    """first byte to copy"""
    range_end = int64_field()
    """last byte to copy, included"""


class oss_upload_file_t(CStruct):
    """``oss_upload_file_t``: a piece of a file."""

    filename = string_field()
    """path of the file"""
    file_pos = int64_field()
    """offset of the first byte to send, in bytes"""
    file_last = int64_field()
    """offset at which to stop, in bytes, not included"""


class oss_tag_content_t(CStruct):
    """``oss_tag_content_t``: one tag."""

    node = node_field()
    """its place in a list of tags"""
    key = string_field()
    """name of the tag"""
    value = string_field()
    """value of the tag"""


class oss_lifecycle_rule_date_t(CStruct):
    """``oss_lifecycle_rule_date_t``: when an unfinished upload expires."""

    days = int_field()
    """days after which an unfinished upload is removed; INT_MAX means not set"""
    created_before_date = string_field()
    """uploads begun before this time (ISO 8601) are removed; empty means not set"""


class oss_lifecycle_rule_content_t(CStruct):
    """``oss_lifecycle_rule_content_t``: one lifecycle rule."""

    node = node_field()
    """its place in the list of rules"""
    id = string_field()
    """name of the rule"""
    prefix = string_field()
    """holds for objects whose names begin with this; empty for all"""
    status = string_field()
    """whether the rule holds: Enabled or Disabled"""
    days = int_field()
    """days after their last change at which objects expire; INT_MAX means not set"""
    date = string_field()
    """time (ISO 8601) at which objects expire; empty means not set"""
    created_before_date = string_field()
    """objects older than this time (ISO 8601) expire; empty means not set"""
    abort_multipart_upload_dt = struct_field(oss_lifecycle_rule_date_t)
    """when unfinished uploads expire"""
    tag_list = list_field(oss_tag_content_t)
    """tags that an object must have"""


class oss_sub_cors_rule_t(CStruct):
    """``oss_sub_cors_rule_t``: one origin, method or header of a CORS rule."""

    node = node_field()
    """its place in a list of an ``oss_cors_rule_t``"""
    rule = string_field()
    """one origin, method or header"""


class oss_cors_rule_t(CStruct):
    """``oss_cors_rule_t``: one CORS rule."""

    node = node_field()
    """its place in the list of rules"""
    allowed_origin_list = list_field(oss_sub_cors_rule_t)
    """origins that may ask"""
    allowed_method_list = list_field(oss_sub_cors_rule_t)
    """methods they may use"""
    allowed_head_list = list_field(oss_sub_cors_rule_t)
    """headers they may send"""
    expose_head_list = list_field(oss_sub_cors_rule_t)
    """headers that scripts may read"""
    max_age_seconds = int_field()
    """how long a browser may keep the answer, in seconds; INT_MAX means not set"""


class oss_referer_t(CStruct):
    """``oss_referer_t``: one allowed referer."""

    node = node_field()
    """its place in ``referer_list``"""
    referer = string_field()
    """an address that may link to the bucket; ``*`` stands for any text, ``?`` for one character"""


class oss_referer_config_t(CStruct):
    """``oss_referer_config_t``: the referer list of a bucket."""

    referer_list = list_field(oss_referer_t)
    """who may link to the bucket"""
    allow_empty_referer = int_field()
    """1 when requests without a referer are allowed"""


class oss_website_config_t(CStruct):
    """``oss_website_config_t``: index and error page of a bucket."""

    suffix_str = string_field()
    """name of the index page, such as ``index.html``"""
    key_str = string_field()
    """name of the error page"""


class oss_logging_config_content_t(CStruct):
    """``oss_logging_config_content_t``: where the access log of a bucket goes."""

    node = node_field()
    """not used"""
    target_bucket = string_field()
    """bucket that gets the access logs"""
    prefix = string_field()
    """what the names of the logs begin with"""
    logging_enabled = int_field()
    """1 when access is logged"""


class oss_bucket_info_t(CStruct):
    """``oss_bucket_info_t``: what the service tells about a bucket."""

    created_date = string_field()
    """when the bucket was made, ISO 8601"""
    extranet_endpoint = string_field()
    """host for access over the internet"""
    intranet_endpoint = string_field()
    """host for access from the same region"""
    location = string_field()
    """region of the data"""
    owner_id = string_field()
    """id of the owner"""
    owner_name = string_field()
    """name of the owner"""
    acl = string_field()
    """who may use it: private, public-read or public-read-write"""
    storage_class = string_field()
    """how objects are stored unless they say otherwise, such as Standard, IA or Archive"""


class oss_bucket_stat_t(CStruct):
    """``oss_bucket_stat_t``: how much a bucket holds."""

    storage_in_bytes = uint64_field()
    """bytes that all of its objects take"""
    object_count = uint64_field()
    """number of objects"""
    multipart_upload_count = uint64_field()
    """number of unfinished uploads"""


class oss_object_key_t(CStruct):
    """``oss_object_key_t``: one object's name, as in a list of objects to delete."""

    node = node_field()
    """its place in a list of keys"""
    key = string_field()
    """name of an object"""


class oss_content_type_t(CStruct):
    """``oss_content_type_t``: a file name suffix and its content type."""

    suffix = text_field()
    """what follows the last dot of a file's name"""
    type = text_field()
    """content type of the files whose names end so"""


class oss_resumable_clt_params_t(CStruct):
    """``oss_resumable_clt_params_t``: how a resumable transfer works: parts, threads, checkpoint, checks."""

    part_size = int64_field()
    """bytes in a part; must be more than 0. It is raised where needed so that there are at most OSS_MAX_PART_NUM
    (10000) parts
    """
    thread_num = int32_field()
    """how many threads move parts at a time; outside 1 to 1024 it counts as 1"""
    enable_checkpoint = int_field()
    """1 to record progress in a checkpoint file, so that a run that failed is continued"""
    checkpoint_path = string_field()
    """path of the checkpoint file; when not set, the local file's with ``.dcp`` (download) or ``.ucp`` (upload) added
    """
    retry_times = int32_field(python_only=True)
    """how often each request of the transfer, a part's or another, is tried again after a transport failure, a 5xx or a
    429; the options' ``retry_times`` if that is more; 0, never, is the C SDK's way
    """
    parts_per_request = int32_field(python_only=True, default=1)
    """how many parts that lie beside each other one request of a download asks for, at most; each is still written,
    recorded and told by itself. 0: as many as serve the line best; 1 is the C SDK's way. Less than 0 counts as 1
    """
    verify_file = int32_field(python_only=True)
    """1 to read a downloaded file again before it gets its name; 0 is the C SDK's way"""
    durable = int32_field(python_only=True)
    """1 to sync a downloaded file and its name to the disk before success is reported, and a checkpoint when it is
    made; 0 is the C SDK's way
    """
