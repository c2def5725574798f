"""Every XML document of the service but the checkpoint, one table each; see ``oss._xml.rows`` for what a row does.

A table with a root name can be written; those without one are answers, only read. A path that starts with ``//`` is
found at any depth, the shallowest first.
"""

from __future__ import annotations

from oss._define.structs import (
    oss_complete_part_content_t,
    oss_cors_rule_t,
    oss_lifecycle_rule_content_t,
    oss_list_bucket_content_t,
    oss_list_multipart_upload_content_t,
    oss_list_object_common_prefix_t,
    oss_list_object_content_t,
    oss_list_part_content_t,
    oss_live_channel_content_t,
    oss_live_channel_play_url_t,
    oss_live_channel_publish_url_t,
    oss_live_record_content_t,
    oss_object_key_t,
    oss_referer_t,
    oss_sub_cors_rule_t,
    oss_tag_content_t,
)
from oss._xml.rows import (
    INT64,
    UINT64,
    base64_text,
    document,
    first_of,
    flag,
    group,
    integer,
    lines,
    many,
    more,
    presence,
    row,
    text,
)

_NOT_SET = 2**31 - 1
"""INT_MAX, what C programs put into a number of days or seconds that does not apply."""

_TAG = (text("Key", "key"), text("Value", "value"))
_TRUNCATED = more("IsTruncated", "truncated")
_OWNER: tuple[row, ...] = (text("ID", "owner_id"), text("DisplayName", "owner_name"))


def _days(*rows: row) -> first_of:
    return first_of((integer("Days", "days", absent=_NOT_SET), *rows, _CREATED_BEFORE))


_CREATED_BEFORE = text("CreatedBeforeDate", "created_before_date", optional=True)

# Bucket settings

ACL = document("", (text("//Grant", "oss_acl"),))

LOCATION = document("", (text("//LocationConstraint", "oss_location"),))

STORAGE_CLASS = document("CreateBucketConfiguration", (text("StorageClass", "storage_class"),))

STORAGE_CAPACITY = document("BucketUserQos", (integer("StorageCapacity", "storage_capacity", INT64),))

BUCKET_INFO = document(
    "",
    (
        text("//CreationDate", "created_date"),
        text("//ExtranetEndpoint", "extranet_endpoint"),
        text("//IntranetEndpoint", "intranet_endpoint"),
        text("//Location", "location"),
        text("//DisplayName", "owner_name"),
        text("//ID", "owner_id"),
        text("//Grant", "acl"),
        text("//StorageClass", "storage_class"),
    ),
)

BUCKET_STAT = document(
    "",
    (
        integer("Storage", "storage_in_bytes", UINT64),
        integer("ObjectCount", "object_count", UINT64),
        integer("MultipartUploadCount", "multipart_upload_count", UINT64),
    ),
)

LOGGING = document(
    "BucketLoggingStatus",
    (
        presence("LoggingEnabled", "logging_enabled"),
        group(
            "LoggingEnabled",
            (text("TargetBucket", "target_bucket", optional=True), text("TargetPrefix", "prefix", optional=True)),
        ),
    ),
)

WEBSITE = document(
    "WebsiteConfiguration",
    (
        group("IndexDocument", (text("Suffix", "suffix_str"),)),
        group("ErrorDocument", (text("Key", "key_str", optional=True),), optional=True),
    ),
)

REFERER = document(
    "RefererConfiguration",
    (
        flag("AllowEmptyReferer", "allow_empty_referer"),
        group("RefererList", (lines("Referer", "referer_list", oss_referer_t, "referer"),)),
    ),
)

CORS = document(
    "CORSConfiguration",
    (
        many(
            "CORSRule",
            "rule_list",
            oss_cors_rule_t,
            (
                lines("AllowedOrigin", "allowed_origin_list", oss_sub_cors_rule_t, "rule"),
                lines("AllowedMethod", "allowed_method_list", oss_sub_cors_rule_t, "rule"),
                lines("AllowedHeader", "allowed_head_list", oss_sub_cors_rule_t, "rule"),
                lines("ExposeHeader", "expose_head_list", oss_sub_cors_rule_t, "rule"),
                integer("MaxAgeSeconds", "max_age_seconds", absent=_NOT_SET),
            ),
        ),
    ),
)

LIFECYCLE = document(
    "LifecycleConfiguration",
    (
        many(
            "Rule",
            "lifecycle_rule_list",
            oss_lifecycle_rule_content_t,
            (
                text("ID", "id"),
                text("Prefix", "prefix"),
                text("Status", "status"),
                group("Expiration", (_days(text("Date", "date", optional=True)),)),
                group("AbortMultipartUpload", (_days(),), "abort_multipart_upload_dt", optional=True),
                many("Tag", "tag_list", oss_tag_content_t, _TAG),
            ),
        ),
    ),
)

TAGGING = document("Tagging", (group("TagSet", (many("Tag", "tag_list", oss_tag_content_t, _TAG),)),))

# Objects and uploads

DELETE = document(
    "Delete", (text("Quiet", "quiet"), many("Object", "object_list", oss_object_key_t, (text("Key", "key"),)))
)

DELETED = document("", (many("Deleted", "object_list", oss_object_key_t, (text("Key", "key", keys=True),)),))

UPLOAD_ID = document("", (text("UploadId", "upload_id"),))

COMPLETE = document(
    "CompleteMultipartUpload",
    (
        many(
            "Part", "part_list", oss_complete_part_content_t, (text("PartNumber", "part_number"), text("ETag", "etag"))
        ),
    ),
)

# Listings

BUCKETS = document(
    "",
    (
        group("Owner", _OWNER),
        many(
            "Buckets/Bucket",
            "bucket_list",
            oss_list_bucket_content_t,
            (
                text("Name", "name"),
                text("CreationDate", "create_date"),
                text("ExtranetEndpoint", "extranet_endpoint"),
                text("IntranetEndpoint", "intranet_endpoint"),
                text("Location", "location"),
                text("StorageClass", "storage_class"),
            ),
        ),
        text("NextMarker", "next_marker"),
        _TRUNCATED,
    ),
)

OBJECTS = document(
    "",
    (
        many(
            "Contents",
            "object_list",
            oss_list_object_content_t,
            (
                text("Key", "key", keys=True),
                text("LastModified", "last_modified"),
                text("ETag", "etag"),
                text("Size", "size"),
                text("Owner/ID", "owner_id"),
                text("Owner/DisplayName", "owner_display_name"),
                text("StorageClass", "storage_class"),
                text("Type", "type"),
            ),
        ),
        many(
            "CommonPrefixes",
            "common_prefix_list",
            oss_list_object_common_prefix_t,
            (text("Prefix", "prefix", keys=True),),
        ),
        text("NextMarker", "marker", keys=True),
        _TRUNCATED,
    ),
)

UPLOADS = document(
    "",
    (
        many(
            "Upload",
            "upload_list",
            oss_list_multipart_upload_content_t,
            (text("Key", "key", keys=True), text("UploadId", "upload_id"), text("Initiated", "initiated")),
        ),
        text("NextKeyMarker", "key_marker", keys=True),
        text("NextUploadIdMarker", "upload_id_marker"),
        _TRUNCATED,
    ),
)

PARTS = document(
    "",
    (
        many(
            "Part",
            "part_list",
            oss_list_part_content_t,
            (
                text("PartNumber", "part_number"),
                text("LastModified", "last_modified"),
                text("ETag", "etag"),
                text("Size", "size"),
            ),
        ),
        text("NextPartNumberMarker", "part_number_marker"),
        _TRUNCATED,
    ),
)

# Live channels

_URLS = (
    lines("PublishUrls/Url", "publish_url_list", oss_live_channel_publish_url_t, "publish_url", empty=True),
    lines("PlayUrls/Url", "play_url_list", oss_live_channel_play_url_t, "play_url", empty=True),
)

LIVE_CHANNEL_URLS = document("", _URLS)

LIVE_CHANNEL = document(
    "LiveChannelConfiguration",
    (
        text("Description", "description"),
        text("Status", "status"),
        group(
            "Target",
            (
                text("Type", "type"),
                integer("FragDuration", "frag_duration"),
                integer("FragCount", "frag_count"),
                text("PlaylistName", "play_list_name"),
            ),
            "target",
        ),
    ),
)

LIVE_CHANNEL_STAT = document(
    "",
    (
        text("Status", "pushflow_status"),
        text("ConnectedTime", "connected_time"),
        text("RemoteAddr", "remote_addr"),
        group(
            "Video",
            (
                integer("Width", "width"),
                integer("Height", "height"),
                integer("FrameRate", "frame_rate"),
                integer("Bandwidth", "band_width"),
                text("Codec", "codec"),
            ),
            "video_stat",
        ),
        group(
            "Audio",
            (
                integer("Bandwidth", "band_width"),
                integer("SampleRate", "sample_rate"),
                text("Codec", "codec"),
            ),
            "audio_stat",
        ),
    ),
)

LIVE_CHANNELS = document(
    "",
    (
        many(
            "LiveChannel",
            "live_channel_list",
            oss_live_channel_content_t,
            (
                text("Name", "name"),
                text("Description", "description", default=""),
                text("Status", "status"),
                text("LastModified", "last_modified"),
                *_URLS,
            ),
        ),
        text("NextMarker", "next_marker"),
        _TRUNCATED,
    ),
)

LIVE_RECORDS = document(
    "",
    (
        many(
            "LiveRecord",
            "live_record_list",
            oss_live_record_content_t,
            (text("StartTime", "start_time"), text("EndTime", "end_time"), text("RemoteAddr", "remote_addr")),
        ),
    ),
)

# SQL on objects

SELECT = document(
    "SelectRequest",
    (
        base64_text("Expression", "expression"),
        group(
            "InputSerialization",
            (
                text("CompressionType", "compression_type", optional=True),
                group(
                    "CSV",
                    (
                        text("FileHeaderInfo", "file_header_info", optional=True),
                        base64_text("RecordDelimiter", "record_delimiter", optional=True),
                        base64_text("FieldDelimiter", "field_delimiter", optional=True),
                        base64_text("QuoteCharacter", "quote_character", optional=True),
                        base64_text("CommentCharacter", "comment_character", optional=True),
                        text("Range", "range", optional=True),
                    ),
                    optional=True,
                ),
            ),
            "input_param",
            optional=True,
        ),
        group(
            "OutputSerialization",
            (
                group(
                    "CSV",
                    (
                        base64_text("RecordDelimiter", "record_delimiter", optional=True),
                        base64_text("FieldDelimiter", "field_delimiter", optional=True),
                    ),
                    optional=True,
                ),
                flag("KeepAllColumns", "keep_all_columns", absent=-1),
                flag("OutputRawData", "output_rawdata", absent=-1),
                flag("EnablePayloadCrc", "enable_payload_crc", absent=-1),
                flag("OutputHeader", "output_header"),
            ),
            "output_param",
        ),
        group("Options", (flag("SkipPartialDataRecord", "skip_partial_data_record"),), "option_param"),
    ),
)

SELECT_META = document(
    "CsvMetaRequest",
    (
        group(
            "InputSerialization",
            (
                text("CompressionType", "compression_type", default="None"),
                group(
                    "CSV",
                    (
                        base64_text("RecordDelimiter", "record_delimiter", optional=True),
                        base64_text("FieldDelimiter", "field_delimiter", optional=True),
                        base64_text("QuoteCharacter", "quote_character", optional=True),
                    ),
                    optional=True,
                ),
            ),
        ),
        flag("OverwriteIfExists", "over_write_if_existing", absent=-1),
    ),
)
