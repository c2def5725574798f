"""The constructors of the service's structs; programs take them from ``oss.oss_util``.

What a constructor sets besides zero stands in one table. Different from the C SDK: fields it leaves uninitialised are
NULL or 0, every embedded list starts empty, and ``p`` may be None.
"""

from __future__ import annotations

from typing import Any, TypeVar

from aos._c.args import required
from aos._c.contract import check_arguments
from aos._c.structs import CStruct
from aos.aos_define import aos_palloc, aos_pool_t
from aos.aos_list import aos_list_add_tail, aos_list_init, aos_list_t
from oss._define.checkpoint import oss_checkpoint_part_t, oss_checkpoint_t
from oss._define.constants import (
    LIVE_CHANNEL_DEFAULT_FRAG_COUNT,
    LIVE_CHANNEL_DEFAULT_FRAG_DURATION,
    LIVE_CHANNEL_DEFAULT_PLAYLIST,
    LIVE_CHANNEL_DEFAULT_TYPE,
    LIVE_CHANNEL_STATUS_ENABLED,
    OSS_INVALID_VALUE,
    OSS_MAX_PART_NUM,
    OSS_PER_RET_NUM,
)
from oss._define.live import (
    oss_list_live_channel_params_t,
    oss_live_channel_configuration_t,
    oss_live_channel_content_t,
    oss_live_channel_play_url_t,
    oss_live_channel_publish_url_t,
    oss_live_record_content_t,
)
from oss._define.select import oss_select_object_meta_params_t, oss_select_object_params_t
from oss._define.structs import (
    oss_bucket_info_t,
    oss_complete_part_content_t,
    oss_config_t,
    oss_cors_rule_t,
    oss_lifecycle_rule_content_t,
    oss_list_bucket_content_t,
    oss_list_buckets_params_t,
    oss_list_multipart_upload_content_t,
    oss_list_multipart_upload_params_t,
    oss_list_object_common_prefix_t,
    oss_list_object_content_t,
    oss_list_object_params_t,
    oss_list_part_content_t,
    oss_list_upload_part_params_t,
    oss_logging_config_content_t,
    oss_object_key_t,
    oss_referer_config_t,
    oss_referer_t,
    oss_resumable_clt_params_t,
    oss_sub_cors_rule_t,
    oss_tag_content_t,
    oss_upload_file_t,
    oss_upload_part_copy_params_t,
)

T = TypeVar("T", bound=CStruct)

__all__ = [
    "oss_config_create",
    "oss_create_and_add_refer",
    "oss_create_api_result_content",
    "oss_create_bucket_info",
    "oss_create_checkpoint_content",
    "oss_create_complete_part_content",
    "oss_create_cors_rule",
    "oss_create_lifecycle_rule_content",
    "oss_create_list_bucket_content",
    "oss_create_list_buckets_params",
    "oss_create_list_live_channel_content",
    "oss_create_list_live_channel_params",
    "oss_create_list_multipart_upload_content",
    "oss_create_list_multipart_upload_params",
    "oss_create_list_object_common_prefix",
    "oss_create_list_object_content",
    "oss_create_list_object_params",
    "oss_create_list_part_content",
    "oss_create_list_upload_part_params",
    "oss_create_live_channel_configuration_content",
    "oss_create_live_channel_play_url",
    "oss_create_live_channel_publish_url",
    "oss_create_live_record_content",
    "oss_create_logging_rule_content",
    "oss_create_oss_object_key",
    "oss_create_resumable_clt_params_content",
    "oss_create_select_object_meta_params",
    "oss_create_select_object_params",
    "oss_create_sub_cors_rule",
    "oss_create_tag_content",
    "oss_create_upload_file",
    "oss_create_upload_part_copy_params",
]

_INT_MAX = 2**31 - 1

_DEFAULTS: dict[type[CStruct], dict[str, Any]] = {
    oss_list_object_params_t: {
        "prefix": "",
        "marker": "",
        "delimiter": "",
        "truncated": 1,
        "max_ret": OSS_PER_RET_NUM,
    },
    oss_list_buckets_params_t: {"prefix": "", "marker": "", "next_marker": "", "owner_id": "", "owner_name": ""},
    oss_list_upload_part_params_t: {"part_number_marker": "", "truncated": 1, "max_ret": OSS_PER_RET_NUM},
    oss_list_multipart_upload_params_t: {
        "prefix": "",
        "key_marker": "",
        "upload_id_marker": "",
        "delimiter": "",
        "truncated": 1,
        "max_ret": OSS_PER_RET_NUM,
    },
    oss_list_live_channel_params_t: {"prefix": "", "marker": "", "truncated": 1, "max_keys": OSS_PER_RET_NUM},
    oss_lifecycle_rule_content_t: {
        "id": "",
        "prefix": "",
        "status": "",
        "days": _INT_MAX,
        "date": "",
        "created_before_date": "",
        "abort_multipart_upload_dt": {"days": _INT_MAX, "created_before_date": ""},
    },
    oss_cors_rule_t: {"max_age_seconds": _INT_MAX},
    oss_logging_config_content_t: {"target_bucket": "", "prefix": ""},
    oss_live_channel_configuration_t: {
        "name": "",
        "description": "",
        "status": LIVE_CHANNEL_STATUS_ENABLED,
        "target": {
            "type": LIVE_CHANNEL_DEFAULT_TYPE,
            "frag_duration": LIVE_CHANNEL_DEFAULT_FRAG_DURATION,
            "frag_count": LIVE_CHANNEL_DEFAULT_FRAG_COUNT,
            "play_list_name": LIVE_CHANNEL_DEFAULT_PLAYLIST,
        },
    },
    oss_checkpoint_t: {
        "md5": "",
        "file_path": "",
        "file_md5": "",
        "object_name": "",
        "object_last_modified": "",
        "object_etag": "",
        "upload_id": "",
    },
    oss_select_object_params_t: {
        "input_param": {
            "compression_type": "",
            "file_header_info": "",
            "record_delimiter": "",
            "field_delimiter": "",
            "quote_character": "",
            "comment_character": "",
            "range": "",
        },
        "output_param": {
            "record_delimiter": "",
            "field_delimiter": "",
            "keep_all_columns": OSS_INVALID_VALUE,
            "output_rawdata": OSS_INVALID_VALUE,
            "enable_payload_crc": OSS_INVALID_VALUE,
        },
    },
    oss_select_object_meta_params_t: {
        "compression_type": "None",
        "record_delimiter": "",
        "field_delimiter": "",
        "quote_character": "",
        "over_write_if_existing": OSS_INVALID_VALUE,
    },
}


def new_struct(kind: type[T]) -> T:
    """Makes a struct with its defaults, and its lists empty."""
    made = kind()
    for item in kind.c_fields:
        value = getattr(made, item.name)
        if isinstance(value, aos_list_t):
            aos_list_init(value)
    _set(made, _DEFAULTS.get(kind, {}))
    return made


def _set(target: CStruct, values: dict[str, Any]) -> None:
    for name, value in values.items():
        if isinstance(value, dict):
            _set(getattr(target, name), value)
        else:
            setattr(target, name, value)


def oss_create_api_result_content(p: aos_pool_t | None, size: type[T] | int) -> T | bytearray:
    """void *oss_create_api_result_content(aos_pool_t *p, size_t size)

    Returns a new list element of the struct type given as ``size``, or ``size`` bytes.

    :param size: a struct type for ``sizeof`` it, or how many bytes
    """
    return new_struct(size) if isinstance(size, type) else aos_palloc(p, size)


def oss_config_create(p: aos_pool_t | None) -> oss_config_t:
    """oss_config_t *oss_config_create(aos_pool_t *p)

    Returns an empty configuration.
    """
    return new_struct(oss_config_t)


def oss_create_list_object_content(p: aos_pool_t | None) -> oss_list_object_content_t:
    """oss_list_object_content_t *oss_create_list_object_content(aos_pool_t *p)

    Returns an element of an object listing.
    """
    return new_struct(oss_list_object_content_t)


def oss_create_list_object_common_prefix(p: aos_pool_t | None) -> oss_list_object_common_prefix_t:
    """oss_list_object_common_prefix_t *oss_create_list_object_common_prefix(aos_pool_t *p)

    Returns an element of the common prefixes of an object listing.
    """
    return new_struct(oss_list_object_common_prefix_t)


def oss_create_list_part_content(p: aos_pool_t | None) -> oss_list_part_content_t:
    """oss_list_part_content_t *oss_create_list_part_content(aos_pool_t *p)

    Returns an element of a part listing.
    """
    return new_struct(oss_list_part_content_t)


def oss_create_list_multipart_upload_content(p: aos_pool_t | None) -> oss_list_multipart_upload_content_t:
    """oss_list_multipart_upload_content_t *oss_create_list_multipart_upload_content(aos_pool_t *p)

    Returns an element of an upload listing.
    """
    return new_struct(oss_list_multipart_upload_content_t)


def oss_create_complete_part_content(p: aos_pool_t | None) -> oss_complete_part_content_t:
    """oss_complete_part_content_t *oss_create_complete_part_content(aos_pool_t *p)

    Returns a part to name when an upload is completed.
    """
    return new_struct(oss_complete_part_content_t)


def oss_create_list_bucket_content(p: aos_pool_t | None) -> oss_list_bucket_content_t:
    """oss_list_bucket_content_t *oss_create_list_bucket_content(aos_pool_t *p)

    Returns an element of a bucket listing.
    """
    return new_struct(oss_list_bucket_content_t)


def oss_create_bucket_info(p: aos_pool_t | None) -> oss_bucket_info_t:
    """oss_bucket_info_t *oss_create_bucket_info(aos_pool_t *p)

    Returns an empty description of a bucket.
    """
    return new_struct(oss_bucket_info_t)


def oss_create_list_object_params(p: aos_pool_t | None) -> oss_list_object_params_t:
    """oss_list_object_params_t *oss_create_list_object_params(aos_pool_t *p)

    Returns settings that list all objects, 1000 entries a call; ``truncated`` starts as 1, for a ``while`` loop.
    """
    return new_struct(oss_list_object_params_t)


def oss_create_list_buckets_params(p: aos_pool_t | None) -> oss_list_buckets_params_t:
    """oss_list_buckets_params_t *oss_create_list_buckets_params(aos_pool_t *p)

    Returns settings that list all buckets; ``max_keys`` 0 leaves the count to the service, ``truncated`` starts as 0.
    """
    return new_struct(oss_list_buckets_params_t)


def oss_create_list_upload_part_params(p: aos_pool_t | None) -> oss_list_upload_part_params_t:
    """oss_list_upload_part_params_t *oss_create_list_upload_part_params(aos_pool_t *p)

    Returns settings that list all parts, 1000 entries a call; ``truncated`` starts as 1, for a ``while`` loop.
    """
    return new_struct(oss_list_upload_part_params_t)


def oss_create_list_multipart_upload_params(p: aos_pool_t | None) -> oss_list_multipart_upload_params_t:
    """oss_list_multipart_upload_params_t *oss_create_list_multipart_upload_params(aos_pool_t *p)

    Returns settings that list all uploads, 1000 entries a call; ``truncated`` starts as 1, for a ``while`` loop.
    """
    return new_struct(oss_list_multipart_upload_params_t)


def oss_create_list_live_channel_params(p: aos_pool_t | None) -> oss_list_live_channel_params_t:
    """oss_list_live_channel_params_t *oss_create_list_live_channel_params(aos_pool_t *p)

    Returns settings that list all channels, 1000 entries a call; ``truncated`` starts as 1, for a ``while`` loop.
    """
    return new_struct(oss_list_live_channel_params_t)


def oss_create_upload_part_copy_params(p: aos_pool_t | None) -> oss_upload_part_copy_params_t:
    """oss_upload_part_copy_params_t *oss_create_upload_part_copy_params(aos_pool_t *p)

    Returns an empty description of a part to copy.
    """
    return new_struct(oss_upload_part_copy_params_t)


def oss_create_upload_file(p: aos_pool_t | None) -> oss_upload_file_t:
    """oss_upload_file_t *oss_create_upload_file(aos_pool_t *p)

    Returns an empty piece of a file.
    """
    return new_struct(oss_upload_file_t)


def oss_create_lifecycle_rule_content(p: aos_pool_t | None) -> oss_lifecycle_rule_content_t:
    """oss_lifecycle_rule_content_t *oss_create_lifecycle_rule_content(aos_pool_t *p)

    Returns an empty lifecycle rule; days not set are INT_MAX.
    """
    return new_struct(oss_lifecycle_rule_content_t)


def oss_create_cors_rule(p: aos_pool_t | None) -> oss_cors_rule_t:
    """oss_cors_rule_t *oss_create_cors_rule(aos_pool_t *p)

    Returns an empty CORS rule; ``max_age_seconds`` not set is INT_MAX.
    """
    return new_struct(oss_cors_rule_t)


def oss_create_logging_rule_content(p: aos_pool_t | None) -> oss_logging_config_content_t:
    """oss_logging_config_content_t *oss_create_logging_rule_content(aos_pool_t *p)

    Returns an empty logging rule.
    """
    return new_struct(oss_logging_config_content_t)


def oss_create_oss_object_key(p: aos_pool_t | None) -> oss_object_key_t:
    """oss_object_key_t *oss_create_oss_object_key(aos_pool_t *p)

    Returns an empty object key.
    """
    return new_struct(oss_object_key_t)


def oss_create_live_channel_publish_url(p: aos_pool_t | None) -> oss_live_channel_publish_url_t:
    """oss_live_channel_publish_url_t *oss_create_live_channel_publish_url(aos_pool_t *p)

    Returns an empty publishing address.
    """
    return new_struct(oss_live_channel_publish_url_t)


def oss_create_live_channel_play_url(p: aos_pool_t | None) -> oss_live_channel_play_url_t:
    """oss_live_channel_play_url_t *oss_create_live_channel_play_url(aos_pool_t *p)

    Returns an empty playing address.
    """
    return new_struct(oss_live_channel_play_url_t)


def oss_create_list_live_channel_content(p: aos_pool_t | None) -> oss_live_channel_content_t:
    """oss_live_channel_content_t *oss_create_list_live_channel_content(aos_pool_t *p)

    Returns an element of a live channel listing.
    """
    return new_struct(oss_live_channel_content_t)


def oss_create_live_record_content(p: aos_pool_t | None) -> oss_live_record_content_t:
    """oss_live_record_content_t *oss_create_live_record_content(aos_pool_t *p)

    Returns an element of a live channel's history.
    """
    return new_struct(oss_live_record_content_t)


def oss_create_live_channel_configuration_content(p: aos_pool_t | None) -> oss_live_channel_configuration_t:
    """oss_live_channel_configuration_t *oss_create_live_channel_configuration_content(aos_pool_t *p)

    Returns a live channel with the service's usual settings: HLS, enabled, 3 fragments of 5 seconds.
    """
    return new_struct(oss_live_channel_configuration_t)


def oss_create_select_object_params(p: aos_pool_t | None) -> oss_select_object_params_t:
    """oss_select_object_params_t *oss_create_select_object_params(aos_pool_t *p)

    Returns settings of a select from a plain CSV, all left to the service.
    """
    return new_struct(oss_select_object_params_t)


def oss_create_select_object_meta_params(p: aos_pool_t | None) -> oss_select_object_meta_params_t:
    """oss_select_object_meta_params_t *oss_create_select_object_meta_params(aos_pool_t *p)

    Returns settings of a call that counts rows and columns, all left to the service.
    """
    return new_struct(oss_select_object_meta_params_t)


def oss_create_tag_content(p: aos_pool_t | None) -> oss_tag_content_t:
    """oss_tag_content_t *oss_create_tag_content(aos_pool_t *p)

    Returns an empty tag.
    """
    return new_struct(oss_tag_content_t)


def oss_create_checkpoint_content(p: aos_pool_t | None) -> oss_checkpoint_t:
    """oss_checkpoint_t *oss_create_checkpoint_content(aos_pool_t *p)

    Returns an empty checkpoint with room for 10000 parts.
    """
    checkpoint = new_struct(oss_checkpoint_t)
    checkpoint.parts = [oss_checkpoint_part_t() for _ in range(OSS_MAX_PART_NUM)]
    return checkpoint


def oss_create_resumable_clt_params_content(
    p: aos_pool_t | None, part_size: int, thread_num: int, enable_checkpoint: int, checkpoint_path: str | None
) -> oss_resumable_clt_params_t:
    """oss_resumable_clt_params_t *oss_create_resumable_clt_params_content(aos_pool_t *p, int64_t part_size, int32_t
    thread_num, int enable_checkpoint, const char *checkpoint_path)

    Returns settings of a resumable transfer; a path without ``enable_checkpoint`` is dropped, a checkpoint without a
    path lies beside the file.

    :param part_size: bytes in a part
    :param thread_num: how many threads move parts at a time
    :param enable_checkpoint: AOS_TRUE to record progress in a checkpoint file
    :param checkpoint_path: path of the checkpoint file
    """
    params = new_struct(oss_resumable_clt_params_t)
    params.part_size, params.thread_num, params.enable_checkpoint = part_size, thread_num, enable_checkpoint
    if enable_checkpoint:
        params.checkpoint_path = checkpoint_path
    return params


def oss_create_sub_cors_rule(p: aos_pool_t | None, list: aos_list_t, rule_content: str | None) -> None:
    """void oss_create_sub_cors_rule(aos_pool_t *p, aos_list_t *list, char *rule_content)

    Appends an origin, method or header to a list of a CORS rule.

    :param list: the list to append to
    :param rule_content: an origin, method or header
    """
    rule = new_struct(oss_sub_cors_rule_t)
    rule.rule = rule_content
    aos_list_add_tail(rule.node, required(list, aos_list_t, "list"))


def oss_create_and_add_refer(
    p: aos_pool_t | None, refer_config: oss_referer_config_t, refer_str: str | None
) -> oss_referer_t:
    """oss_referer_t *oss_create_and_add_refer(aos_pool_t *p, oss_referer_config_t *refer_config, char *refer_str)

    Appends a referer to a bucket's list. Returns the new entry.

    :param refer_config: the list to add to
    :param refer_str: a referer; ``*`` and ``?`` match
    """
    refer = new_struct(oss_referer_t)
    refer.referer = refer_str
    aos_list_add_tail(refer.node, required(refer_config, oss_referer_config_t, "refer_config").referer_list)
    return refer


check_arguments(globals())
