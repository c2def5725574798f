"""The structs of ``oss_define.h``; programs take them from ``oss.oss_define``."""

from __future__ import annotations

from aos._c.lists import list_field
from aos._c.strings import string_field
from aos._c.structs import (
    CStruct,
    PointerField,
    StructField,
    TextField,
    int32_field,
    int64_field,
    uint32_field,
    uint64_field,
)
from aos.aos_define import aos_pool_t
from aos.aos_transport import aos_http_controller_t

__all__ = [
    "oss_audio_stat_t",
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
    "oss_list_live_channel_params_t",
    "oss_list_multipart_upload_content_t",
    "oss_list_multipart_upload_params_t",
    "oss_list_object_common_prefix_t",
    "oss_list_object_content_t",
    "oss_list_object_params_t",
    "oss_list_part_content_t",
    "oss_list_upload_part_params_t",
    "oss_live_channel_configuration_t",
    "oss_live_channel_content_t",
    "oss_live_channel_play_url_t",
    "oss_live_channel_publish_url_t",
    "oss_live_channel_stat_t",
    "oss_live_channel_target_t",
    "oss_live_record_content_t",
    "oss_logging_config_content_t",
    "oss_object_key_t",
    "oss_referer_config_t",
    "oss_referer_t",
    "oss_request_options_t",
    "oss_resumable_clt_params_t",
    "oss_select_object_input_param_t",
    "oss_select_object_meta_params_t",
    "oss_select_object_option_param_t",
    "oss_select_object_output_param_t",
    "oss_select_object_params_t",
    "oss_sub_cors_rule_t",
    "oss_tag_content_t",
    "oss_upload_file_t",
    "oss_upload_part_copy_params_t",
    "oss_upload_part_t",
    "oss_video_stat_t",
    "oss_website_config_t",
]


class oss_config_t(CStruct):
    """``oss_config_t``: who signs, and where the service is. Texts not set stay NULL.

    ``signature_version`` 4 selects V4 signatures, which need ``region``; any other value means V1.
    """

    endpoint = string_field()
    access_key_id = string_field()
    access_key_secret = string_field(secret=True)
    sts_token = string_field(secret=True)
    is_cname = int32_field()
    proxy_host = string_field()
    proxy_port = int32_field()
    proxy_user = string_field()
    proxy_passwd = string_field(secret=True)
    signature_version = int32_field()
    region = string_field()
    cloudbox_id = string_field()


class oss_create_bucket_params_t(CStruct):
    """``oss_create_bucket_params_t``: how a bucket is made."""

    acl = int32_field()
    storage_class = int32_field()


class oss_request_options_t(CStruct):
    """``oss_request_options_t``: what every call takes first: configuration, controller, pool."""

    config = PointerField(oss_config_t)
    ctl = PointerField(aos_http_controller_t)
    pool = PointerField(aos_pool_t)


class oss_list_object_content_t(CStruct):
    """``oss_list_object_content_t``: one object of a listing; everything is text, as the service sent it."""

    node = list_field()
    key = string_field()
    last_modified = string_field()
    etag = string_field()
    size = string_field()
    owner_id = string_field()
    owner_display_name = string_field()
    storage_class = string_field()
    type = string_field()


class oss_list_bucket_content_t(CStruct):
    """``oss_list_bucket_content_t``: one bucket of a listing."""

    node = list_field()
    create_date = string_field()
    extranet_endpoint = string_field()
    intranet_endpoint = string_field()
    location = string_field()
    name = string_field()
    storage_class = string_field()


class oss_list_object_common_prefix_t(CStruct):
    """``oss_list_object_common_prefix_t``: one "directory" of a listing with a delimiter."""

    node = list_field()
    prefix = string_field()


class oss_list_multipart_upload_content_t(CStruct):
    """``oss_list_multipart_upload_content_t``: one unfinished upload of a listing."""

    node = list_field()
    key = string_field()
    upload_id = string_field()
    initiated = string_field()


class oss_list_part_content_t(CStruct):
    """``oss_list_part_content_t``: one uploaded part of a listing."""

    node = list_field()
    part_number = string_field()
    size = string_field()
    etag = string_field()
    last_modified = string_field()


class oss_complete_part_content_t(CStruct):
    """``oss_complete_part_content_t``: one part named when an upload is completed."""

    node = list_field()
    part_number = string_field()
    etag = string_field()


class oss_upload_part_t(CStruct):
    """``oss_upload_part_t``: part number and ETag."""

    part_num = int32_field()
    etag = TextField()


class oss_list_object_params_t(CStruct):
    """``oss_list_object_params_t``: what to list, and what was found."""

    prefix = string_field()
    marker = string_field()
    delimiter = string_field()
    max_ret = int32_field()
    truncated = int32_field()
    next_marker = string_field()
    object_list = list_field()
    common_prefix_list = list_field()


class oss_list_buckets_params_t(CStruct):
    """``oss_list_buckets_params_t``: which buckets to list, and what was found."""

    prefix = string_field()
    marker = string_field()
    max_keys = int32_field()
    truncated = int32_field()
    next_marker = string_field()
    owner_id = string_field()
    owner_name = string_field()
    bucket_list = list_field()


class oss_list_upload_part_params_t(CStruct):
    """``oss_list_upload_part_params_t``: which parts to list, and what was found."""

    part_number_marker = string_field()
    max_ret = int32_field()
    truncated = int32_field()
    next_part_number_marker = string_field()
    part_list = list_field()


class oss_list_multipart_upload_params_t(CStruct):
    """``oss_list_multipart_upload_params_t``: which uploads to list, and what was found."""

    prefix = string_field()
    key_marker = string_field()
    upload_id_marker = string_field()
    delimiter = string_field()
    max_ret = int32_field()
    truncated = int32_field()
    next_key_marker = string_field()
    next_upload_id_marker = string_field()
    upload_list = list_field()


class oss_upload_part_copy_params_t(CStruct):
    """``oss_upload_part_copy_params_t``: a part copied by the service; the range includes both ends."""

    source_bucket = string_field()
    source_object = string_field()
    dest_bucket = string_field()
    dest_object = string_field()
    upload_id = string_field()
    part_num = int32_field()
    range_start = int64_field()
    range_end = int64_field()


class oss_upload_file_t(CStruct):
    """``oss_upload_file_t``: a piece of a file: bytes ``file_pos`` up to, not including, ``file_last``."""

    filename = string_field()
    file_pos = int64_field()
    file_last = int64_field()


class oss_lifecycle_rule_date_t(CStruct):
    """``oss_lifecycle_rule_date_t``: when an unfinished upload expires; ``days`` INT_MAX means not set."""

    days = int32_field()
    created_before_date = string_field()


class oss_lifecycle_rule_content_t(CStruct):
    """``oss_lifecycle_rule_content_t``: one lifecycle rule; ``days`` INT_MAX means not set."""

    node = list_field()
    id = string_field()
    prefix = string_field()
    status = string_field()
    days = int32_field()
    date = string_field()
    created_before_date = string_field()
    abort_multipart_upload_dt = StructField(oss_lifecycle_rule_date_t)
    tag_list = list_field()


class oss_sub_cors_rule_t(CStruct):
    """``oss_sub_cors_rule_t``: one origin, method or header of a CORS rule."""

    node = list_field()
    rule = string_field()


class oss_cors_rule_t(CStruct):
    """``oss_cors_rule_t``: one CORS rule; ``max_age_seconds`` INT_MAX means not set."""

    node = list_field()
    allowed_origin_list = list_field()
    allowed_method_list = list_field()
    allowed_head_list = list_field()
    expose_head_list = list_field()
    max_age_seconds = int32_field()


class oss_referer_t(CStruct):
    """``oss_referer_t``: one allowed referer."""

    node = list_field()
    referer = string_field()


class oss_referer_config_t(CStruct):
    """``oss_referer_config_t``: the referer list of a bucket."""

    referer_list = list_field()
    allow_empty_referer = int32_field()


class oss_website_config_t(CStruct):
    """``oss_website_config_t``: index and error page of a bucket."""

    suffix_str = string_field()
    key_str = string_field()


class oss_logging_config_content_t(CStruct):
    """``oss_logging_config_content_t``: where the access log of a bucket goes."""

    node = list_field()
    target_bucket = string_field()
    prefix = string_field()
    logging_enabled = int32_field()


class oss_bucket_info_t(CStruct):
    """``oss_bucket_info_t``: what the service tells about a bucket."""

    created_date = string_field()
    extranet_endpoint = string_field()
    intranet_endpoint = string_field()
    location = string_field()
    owner_id = string_field()
    owner_name = string_field()
    acl = string_field()
    storage_class = string_field()


class oss_bucket_stat_t(CStruct):
    """``oss_bucket_stat_t``: how much a bucket holds."""

    storage_in_bytes = uint64_field()
    object_count = uint64_field()
    multipart_upload_count = uint64_field()


class oss_object_key_t(CStruct):
    """``oss_object_key_t``: one object key, e.g. to delete."""

    node = list_field()
    key = string_field()


class oss_content_type_t(CStruct):
    """``oss_content_type_t``: a file name suffix and its content type."""

    suffix = TextField()
    type = TextField()


class oss_resumable_clt_params_t(CStruct):
    """``oss_resumable_clt_params_t``: how a resumable transfer works: part size in bytes, threads, checkpoint.

    Python-only, and 0 as the C SDK does it: ``retry_times``, how often a part is tried again after a transport failure,
    a 5xx or a 429; ``verify_file``, whether a download reads its file again before it gets its name; ``durable``,
    whether a download's file and name are synced to the disk before success is reported, and a checkpoint when made.
    """

    part_size = int64_field()
    thread_num = int32_field()
    enable_checkpoint = int32_field()
    checkpoint_path = string_field()
    retry_times = int32_field(python_only=True)
    verify_file = int32_field(python_only=True)
    durable = int32_field(python_only=True)


class oss_live_channel_target_t(CStruct):
    """``oss_live_channel_target_t``: how a live channel is stored; durations in seconds."""

    type = string_field()
    frag_duration = int32_field()
    frag_count = int32_field()
    play_list_name = string_field()


class oss_live_channel_configuration_t(CStruct):
    """``oss_live_channel_configuration_t``: a live channel."""

    name = string_field()
    description = string_field()
    status = string_field()
    target = StructField(oss_live_channel_target_t)


class oss_live_channel_publish_url_t(CStruct):
    """``oss_live_channel_publish_url_t``: one address to push a stream to."""

    node = list_field()
    publish_url = string_field()


class oss_live_channel_play_url_t(CStruct):
    """``oss_live_channel_play_url_t``: one address to play a stream from."""

    node = list_field()
    play_url = string_field()


class oss_video_stat_t(CStruct):
    """``oss_video_stat_t``: the video of a live stream."""

    width = int32_field()
    height = int32_field()
    frame_rate = int32_field()
    band_width = int32_field()
    codec = string_field()


class oss_audio_stat_t(CStruct):
    """``oss_audio_stat_t``: the audio of a live stream."""

    band_width = int32_field()
    sample_rate = int32_field()
    codec = string_field()


class oss_live_channel_stat_t(CStruct):
    """``oss_live_channel_stat_t``: the state of a live stream."""

    pushflow_status = string_field()
    connected_time = string_field()
    remote_addr = string_field()
    video_stat = StructField(oss_video_stat_t)
    audio_stat = StructField(oss_audio_stat_t)


class oss_live_channel_content_t(CStruct):
    """``oss_live_channel_content_t``: one live channel of a listing."""

    node = list_field()
    name = string_field()
    description = string_field()
    status = string_field()
    last_modified = string_field()
    publish_url_list = list_field()
    play_url_list = list_field()


class oss_list_live_channel_params_t(CStruct):
    """``oss_list_live_channel_params_t``: which live channels to list, and what was found."""

    prefix = string_field()
    marker = string_field()
    max_keys = int32_field()
    truncated = int32_field()
    next_marker = string_field()
    live_channel_list = list_field()


class oss_live_record_content_t(CStruct):
    """``oss_live_record_content_t``: one push of a live channel."""

    node = list_field()
    start_time = string_field()
    end_time = string_field()
    remote_addr = string_field()


class oss_select_object_input_param_t(CStruct):
    """``oss_select_object_input_param_t``: how the CSV that SQL reads is laid out."""

    compression_type = string_field()
    file_header_info = string_field()
    record_delimiter = string_field()
    field_delimiter = string_field()
    quote_character = string_field()
    comment_character = string_field()
    range = string_field()


class oss_select_object_output_param_t(CStruct):
    """``oss_select_object_output_param_t``: how the result of SQL is laid out; -1 leaves a switch to the service."""

    record_delimiter = string_field()
    field_delimiter = string_field()
    keep_all_columns = int32_field()
    output_rawdata = int32_field()
    enable_payload_crc = int32_field()
    output_header = int32_field()


class oss_select_object_option_param_t(CStruct):
    """``oss_select_object_option_param_t``: how SQL treats odd records."""

    skip_partial_data_record = int32_field()


class oss_select_object_params_t(CStruct):
    """``oss_select_object_params_t``: all settings of a select."""

    input_param = StructField(oss_select_object_input_param_t)
    output_param = StructField(oss_select_object_output_param_t)
    option_param = StructField(oss_select_object_option_param_t)


class oss_select_object_meta_params_t(CStruct):
    """``oss_select_object_meta_params_t``: settings of a create-meta call, and what it counted."""

    compression_type = string_field()
    record_delimiter = string_field()
    field_delimiter = string_field()
    quote_character = string_field()
    over_write_if_existing = int32_field()
    splits_count = uint32_field()
    rows_count = uint64_field()
    columns_count = uint32_field()


class oss_tag_content_t(CStruct):
    """``oss_tag_content_t``: one tag."""

    node = list_field()
    key = string_field()
    value = string_field()
