"""Answers as XML: the ``*_parse_from_body`` functions of ``oss_xml.h``, each a table of ``oss._xml.tables`` read.

``bc`` is the body, a list of buffers. They return AOSE_OK, AOSE_XML_PARSE_ERROR for a body that is not XML, and
AOSE_INVALID_ARGUMENT for a NULL body. A refused body changes nothing; elements that are missing, empty or not valid
leave their field as it was; lists grow at their end; for a NULL result nothing is read.

Different from the C SDK: elements are looked up by their path, not at any depth; a document without prolog, CDATA and
namespaces are read; DOCTYPE is refused; numbers out of range and numbers with other text behind them are not taken;
fields of list entries that the answer lacks are NULL; keys are URL-decoded only in answers that say so.
As in the C SDK, elements without a field are dropped: putting back what was got loses them.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from aos._c import xml
from aos._c.contract import check_arguments
from aos._c.refs import aos_ref_t
from aos.aos_define import AOSE_INVALID_ARGUMENT, AOSE_OK, AOSE_XML_PARSE_ERROR, aos_pool_t
from aos.aos_list import aos_list_t
from aos.aos_log import aos_error_log
from aos.aos_string import aos_string_t
from oss._define.live import oss_live_channel_configuration_t, oss_live_channel_stat_t
from oss._define.structs import (
    oss_bucket_info_t,
    oss_bucket_stat_t,
    oss_list_buckets_params_t,
    oss_logging_config_content_t,
    oss_referer_config_t,
    oss_website_config_t,
)
from oss._xml.rows import Document
from oss._xml.tables import (
    ACL,
    BUCKET_INFO,
    BUCKET_STAT,
    BUCKETS,
    CORS,
    DELETED,
    LIFECYCLE,
    LIVE_CHANNEL,
    LIVE_CHANNEL_STAT,
    LIVE_CHANNEL_URLS,
    LIVE_CHANNELS,
    LIVE_RECORDS,
    LOCATION,
    LOGGING,
    OBJECTS,
    PARTS,
    REFERER,
    STORAGE_CAPACITY,
    TAGGING,
    UPLOAD_ID,
    UPLOADS,
    WEBSITE,
)

__all__ = [
    "oss_acl_parse_from_body",
    "oss_location_parse_from_body",
    "oss_storage_capacity_parse_from_body",
    "oss_logging_parse_from_body",
    "oss_get_bucket_info_parse_from_body",
    "oss_get_bucket_stat_parse_from_body",
    "oss_get_bucket_website_parse_from_body",
    "oss_get_bucket_referer_config_parse_from_body",
    "oss_get_bucket_cors_parse_from_body",
    "oss_upload_id_parse_from_body",
    "oss_list_buckets_parse_from_body",
    "oss_list_objects_parse_from_body",
    "oss_list_parts_parse_from_body",
    "oss_list_multipart_uploads_parse_from_body",
    "oss_lifecycle_rules_parse_from_body",
    "oss_delete_objects_parse_from_body",
    "oss_create_live_channel_parse_from_body",
    "oss_live_channel_info_parse_from_body",
    "oss_live_channel_stat_parse_from_body",
    "oss_list_live_channel_parse_from_body",
    "oss_live_channel_history_parse_from_body",
    "oss_get_tagging_parse_from_body",
]


def _read(bc: aos_list_t | None, table: Document, into: Any) -> int:
    """Fills ``into``, unless it is NULL, from a document; AOSE_OK, AOSE_XML_PARSE_ERROR or AOSE_INVALID_ARGUMENT."""
    if bc is None:
        return AOSE_INVALID_ARGUMENT
    try:
        root = xml.parse(b"".join(buffer.data[buffer.pos : buffer.last] for buffer in bc))
    except xml.XmlError as error:
        aos_error_log("xml body: %s", str(error))
        return AOSE_XML_PARSE_ERROR
    if into is not None:
        table.read(root, into)
    return AOSE_OK


def _read_number(bc: aos_list_t | None, table: Document, into: Any, name: str, number: aos_ref_t[int] | None) -> int:
    """Fills ``into`` from a document, then ``number`` from its field ``name``; returns what :func:`_read` does."""
    res, value = _read(bc, table, into), getattr(into, name)
    if value is not None and number is not None:
        number.value = value
    return res


def oss_acl_parse_from_body(p: aos_pool_t | None, bc: aos_list_t, oss_acl: aos_string_t | None) -> int:
    """int oss_acl_parse_from_body(aos_pool_t *p, aos_list_t *bc, aos_string_t *oss_acl)

    Reads the ACL of a bucket or an object. Returns AOSE_OK; AOSE_XML_PARSE_ERROR for a text that is not XML;
    AOSE_INVALID_ARGUMENT without a list.

    :param oss_acl: gets private, public-read or public-read-write
    """
    return _read(bc, ACL, SimpleNamespace(oss_acl=oss_acl))


def oss_location_parse_from_body(p: aos_pool_t | None, bc: aos_list_t, oss_location: aos_string_t | None) -> int:
    """int oss_location_parse_from_body(aos_pool_t *p, aos_list_t *bc, aos_string_t *oss_location)

    Reads the region of a bucket. Returns AOSE_OK; AOSE_XML_PARSE_ERROR for a text that is not XML;
    AOSE_INVALID_ARGUMENT without a list.

    :param oss_location: gets the region
    """
    return _read(bc, LOCATION, SimpleNamespace(oss_location=oss_location))


def oss_storage_capacity_parse_from_body(
    p: aos_pool_t | None, bc: aos_list_t, storage_capacity: aos_ref_t[int] | None
) -> int:
    """int oss_storage_capacity_parse_from_body(aos_pool_t *p, aos_list_t *bc, long *storage_capacity)

    Reads how many GB a bucket may hold; -1 is no limit. Returns AOSE_OK; AOSE_XML_PARSE_ERROR for a text that is not
    XML; AOSE_INVALID_ARGUMENT without a list.

    :param storage_capacity: gets the capacity in GB, -1 for none
    """
    into = SimpleNamespace(storage_capacity=None)
    return _read_number(bc, STORAGE_CAPACITY, into, "storage_capacity", storage_capacity)


def oss_logging_parse_from_body(
    p: aos_pool_t | None, bc: aos_list_t, logging_content: oss_logging_config_content_t | None
) -> int:
    """int oss_logging_parse_from_body(aos_pool_t *p, aos_list_t *bc, oss_logging_config_content_t *logging_content)

    Reads where a bucket writes its access log. Returns AOSE_OK; AOSE_XML_PARSE_ERROR for a text that is not XML;
    AOSE_INVALID_ARGUMENT without a list.

    :param logging_content: gets where the access log goes
    """
    return _read(bc, LOGGING, logging_content)


def oss_get_bucket_info_parse_from_body(
    p: aos_pool_t | None, bc: aos_list_t, bucket_info: oss_bucket_info_t | None
) -> int:
    """int oss_get_bucket_info_parse_from_body(aos_pool_t *p, aos_list_t *bc, oss_bucket_info_t *bucket_info)

    Reads owner, ACL, storage class, region and endpoints of a bucket. Returns AOSE_OK; AOSE_XML_PARSE_ERROR for a text
    that is not XML; AOSE_INVALID_ARGUMENT without a list.

    :param bucket_info: gets what is known of the bucket
    """
    return _read(bc, BUCKET_INFO, bucket_info)


def oss_get_bucket_stat_parse_from_body(
    p: aos_pool_t | None, bc: aos_list_t, bucket_stat: oss_bucket_stat_t | None
) -> int:
    """int oss_get_bucket_stat_parse_from_body(aos_pool_t *p, aos_list_t *bc, oss_bucket_stat_t *bucket_stat)

    Reads how many bytes, objects and unfinished uploads a bucket holds. Returns AOSE_OK; AOSE_XML_PARSE_ERROR for a
    text that is not XML; AOSE_INVALID_ARGUMENT without a list.

    :param bucket_stat: gets how much the bucket holds
    """
    return _read(bc, BUCKET_STAT, bucket_stat)


def oss_get_bucket_website_parse_from_body(
    p: aos_pool_t | None, bc: aos_list_t, website_config: oss_website_config_t | None
) -> int:
    """int oss_get_bucket_website_parse_from_body(aos_pool_t *p, aos_list_t *bc, oss_website_config_t *website_config)

    Reads the index and error page of a bucket; routing rules are not read. Returns AOSE_OK; AOSE_XML_PARSE_ERROR for a
    text that is not XML; AOSE_INVALID_ARGUMENT without a list.
    """
    return _read(bc, WEBSITE, website_config)


def oss_get_bucket_referer_config_parse_from_body(
    p: aos_pool_t | None, bc: aos_list_t, referer_config: oss_referer_config_t | None
) -> int:
    """int oss_get_bucket_referer_config_parse_from_body(aos_pool_t *p, aos_list_t *bc, oss_referer_config_t
        *referer_config)

    Reads which referers may read a bucket; they are appended to ``referer_config.referer_list``. Returns AOSE_OK;
    AOSE_XML_PARSE_ERROR for a text that is not XML; AOSE_INVALID_ARGUMENT without a list.
    """
    return _read(bc, REFERER, referer_config)


def oss_get_bucket_cors_parse_from_body(p: aos_pool_t | None, bc: aos_list_t, rule_list: aos_list_t | None) -> int:
    """int oss_get_bucket_cors_parse_from_body(aos_pool_t *p, aos_list_t *bc, aos_list_t *rule_list)

    Appends the CORS rules of a bucket to ``rule_list``. Returns AOSE_OK; AOSE_XML_PARSE_ERROR for a text that is not
    XML; AOSE_INVALID_ARGUMENT without a list.
    """
    return _read(bc, CORS, SimpleNamespace(rule_list=rule_list))


def oss_upload_id_parse_from_body(p: aos_pool_t | None, bc: aos_list_t, upload_id: aos_string_t | None) -> int:
    """int oss_upload_id_parse_from_body(aos_pool_t *p, aos_list_t *bc, aos_string_t *upload_id)

    Reads the id of a new multipart upload. Returns AOSE_OK; AOSE_XML_PARSE_ERROR for a text that is not XML;
    AOSE_INVALID_ARGUMENT without a list.
    """
    return _read(bc, UPLOAD_ID, SimpleNamespace(upload_id=upload_id))


def oss_list_buckets_parse_from_body(
    p: aos_pool_t | None, bc: aos_list_t, params: oss_list_buckets_params_t | None
) -> int:
    """int oss_list_buckets_parse_from_body(aos_pool_t *p, aos_list_t *bc, oss_list_buckets_params_t *params)

    Reads a page of buckets, which are appended to ``params.bucket_list``. Returns AOSE_OK; AOSE_XML_PARSE_ERROR for a
    text that is not XML; AOSE_INVALID_ARGUMENT without a list.

    :param params: what to list; gets the page
    """
    return _read(bc, BUCKETS, params)


def oss_list_objects_parse_from_body(
    p: aos_pool_t | None,
    bc: aos_list_t,
    object_list: aos_list_t | None,
    common_prefix_list: aos_list_t | None,
    marker: aos_string_t | None,
    truncated: aos_ref_t[int] | None,
) -> int:
    """int oss_list_objects_parse_from_body(aos_pool_t *p, aos_list_t *bc, aos_list_t *object_list, aos_list_t
        *common_prefix_list, aos_string_t *marker, int *truncated)

    Reads a page of objects and common prefixes, which are appended to the lists. ``marker`` becomes where the next page
    starts, ``truncated`` whether there is one. Returns AOSE_OK; AOSE_XML_PARSE_ERROR for a text that is not XML;
    AOSE_INVALID_ARGUMENT without a list.

    :param common_prefix_list: gets the common prefixes, ``oss_list_object_common_prefix_t``
    :param marker: gets where the next page begins
    """
    into = SimpleNamespace(
        object_list=object_list, common_prefix_list=common_prefix_list, marker=marker, truncated=None
    )
    return _read_number(bc, OBJECTS, into, "truncated", truncated)


def oss_list_parts_parse_from_body(
    p: aos_pool_t | None,
    bc: aos_list_t,
    part_list: aos_list_t | None,
    part_number_marker: aos_string_t | None,
    truncated: aos_ref_t[int] | None,
) -> int:
    """int oss_list_parts_parse_from_body(aos_pool_t *p, aos_list_t *bc, aos_list_t *part_list, aos_string_t
        *part_number_marker, int *truncated)

    Reads a page of uploaded parts, which are appended to ``part_list``. ``part_number_marker`` becomes where the next
    page starts, ``truncated`` whether there is one. Returns AOSE_OK; AOSE_XML_PARSE_ERROR for a text that is not XML;
    AOSE_INVALID_ARGUMENT without a list.

    :param part_number_marker: gets where the next page begins
    """
    into = SimpleNamespace(part_list=part_list, part_number_marker=part_number_marker, truncated=None)
    return _read_number(bc, PARTS, into, "truncated", truncated)


def oss_list_multipart_uploads_parse_from_body(
    p: aos_pool_t | None,
    bc: aos_list_t,
    upload_list: aos_list_t | None,
    key_marker: aos_string_t | None,
    upload_id_marker: aos_string_t | None,
    truncated: aos_ref_t[int] | None,
) -> int:
    """int oss_list_multipart_uploads_parse_from_body(aos_pool_t *p, aos_list_t *bc, aos_list_t *upload_list,
        aos_string_t *key_marker, aos_string_t *upload_id_marker, int *truncated)

    Reads a page of unfinished uploads, which are appended to ``upload_list``. The markers become where the next page
    starts, ``truncated`` whether there is one. Returns AOSE_OK; AOSE_XML_PARSE_ERROR for a text that is not XML;
    AOSE_INVALID_ARGUMENT without a list.

    :param upload_list: gets the uploads, ``oss_list_multipart_upload_content_t``
    :param key_marker: gets where the next page begins
    :param upload_id_marker: gets where the next page begins
    """
    into = SimpleNamespace(
        upload_list=upload_list, key_marker=key_marker, upload_id_marker=upload_id_marker, truncated=None
    )
    return _read_number(bc, UPLOADS, into, "truncated", truncated)


def oss_lifecycle_rules_parse_from_body(
    p: aos_pool_t | None, bc: aos_list_t, lifecycle_rule_list: aos_list_t | None
) -> int:
    """int oss_lifecycle_rules_parse_from_body(aos_pool_t *p, aos_list_t *bc, aos_list_t *lifecycle_rule_list)

    Appends the lifecycle rules of a bucket to ``lifecycle_rule_list``; transitions, filters and version rules are not
    read. Returns AOSE_OK; AOSE_XML_PARSE_ERROR for a text that is not XML; AOSE_INVALID_ARGUMENT without a list.
    """
    return _read(bc, LIFECYCLE, SimpleNamespace(lifecycle_rule_list=lifecycle_rule_list))


def oss_delete_objects_parse_from_body(p: aos_pool_t | None, bc: aos_list_t, object_list: aos_list_t | None) -> int:
    """int oss_delete_objects_parse_from_body(aos_pool_t *p, aos_list_t *bc, aos_list_t *object_list)

    Appends the keys that were deleted to ``object_list``, decoded if the answer says that they are URL-encoded. Returns
    AOSE_OK; AOSE_XML_PARSE_ERROR for a text that is not XML; AOSE_INVALID_ARGUMENT without a list.
    """
    return _read(bc, DELETED, SimpleNamespace(object_list=object_list))


def oss_create_live_channel_parse_from_body(
    p: aos_pool_t | None, bc: aos_list_t, publish_url_list: aos_list_t | None, play_url_list: aos_list_t | None
) -> int:
    """int oss_create_live_channel_parse_from_body(aos_pool_t *p, aos_list_t *bc, aos_list_t *publish_url_list,
        aos_list_t *play_url_list)

    Appends the URLs to push a new live channel to, and those to play it from, to the lists. Returns AOSE_OK;
    AOSE_XML_PARSE_ERROR for a text that is not XML; AOSE_INVALID_ARGUMENT without a list.

    :param publish_url_list: gets the addresses to push to, ``oss_live_channel_publish_url_t``
    :param play_url_list: gets the addresses to play from, ``oss_live_channel_play_url_t``
    """
    return _read(bc, LIVE_CHANNEL_URLS, SimpleNamespace(publish_url_list=publish_url_list, play_url_list=play_url_list))


def oss_live_channel_info_parse_from_body(
    p: aos_pool_t | None, bc: aos_list_t, info: oss_live_channel_configuration_t | None
) -> int:
    """int oss_live_channel_info_parse_from_body(aos_pool_t *p, aos_list_t *bc, oss_live_channel_configuration_t *info)

    Reads the settings of a live channel; its name is not among them. Returns AOSE_OK; AOSE_XML_PARSE_ERROR for a text
    that is not XML; AOSE_INVALID_ARGUMENT without a list.

    :param info: gets the channel's settings
    """
    return _read(bc, LIVE_CHANNEL, info)


def oss_live_channel_stat_parse_from_body(
    p: aos_pool_t | None, bc: aos_list_t, stat: oss_live_channel_stat_t | None
) -> int:
    """int oss_live_channel_stat_parse_from_body(aos_pool_t *p, aos_list_t *bc, oss_live_channel_stat_t *stat)

    Reads whether a live channel is being pushed to, from where, and what its video and audio are. Returns AOSE_OK;
    AOSE_XML_PARSE_ERROR for a text that is not XML; AOSE_INVALID_ARGUMENT without a list.

    :param stat: gets the stream's state
    """
    return _read(bc, LIVE_CHANNEL_STAT, stat)


def oss_list_live_channel_parse_from_body(
    p: aos_pool_t | None,
    bc: aos_list_t,
    live_channel_list: aos_list_t | None,
    next_marker: aos_string_t | None,
    truncated: aos_ref_t[int] | None,
) -> int:
    """int oss_list_live_channel_parse_from_body(aos_pool_t *p, aos_list_t *bc, aos_list_t *live_channel_list,
        aos_string_t *next_marker, int *truncated)

    Reads a page of live channels, which are appended to ``live_channel_list``. ``next_marker`` becomes where the next
    page starts, ``truncated`` whether there is one. Returns AOSE_OK; AOSE_XML_PARSE_ERROR for a text that is not XML;
    AOSE_INVALID_ARGUMENT without a list.

    :param live_channel_list: gets the channels, ``oss_live_channel_content_t``
    :param next_marker: gets where the next page begins
    """
    into = SimpleNamespace(live_channel_list=live_channel_list, next_marker=next_marker, truncated=None)
    return _read_number(bc, LIVE_CHANNELS, into, "truncated", truncated)


def oss_live_channel_history_parse_from_body(
    p: aos_pool_t | None, bc: aos_list_t, live_record_list: aos_list_t | None
) -> int:
    """int oss_live_channel_history_parse_from_body(aos_pool_t *p, aos_list_t *bc, aos_list_t *live_record_list)

    Appends when, and from where, a live channel was pushed to, to ``live_record_list``. Returns AOSE_OK;
    AOSE_XML_PARSE_ERROR for a text that is not XML; AOSE_INVALID_ARGUMENT without a list.

    :param live_record_list: gets the pushes, ``oss_live_record_content_t``
    """
    return _read(bc, LIVE_RECORDS, SimpleNamespace(live_record_list=live_record_list))


def oss_get_tagging_parse_from_body(p: aos_pool_t | None, bc: aos_list_t, tag_list: aos_list_t | None) -> int:
    """int oss_get_tagging_parse_from_body(aos_pool_t *p, aos_list_t *bc, aos_list_t *tag_list)

    Appends the tags of an object to ``tag_list``. Returns AOSE_OK; AOSE_XML_PARSE_ERROR for a text that is not XML;
    AOSE_INVALID_ARGUMENT without a list.
    """
    return _read(bc, TAGGING, SimpleNamespace(tag_list=tag_list))


check_arguments(globals())
