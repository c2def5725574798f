"""Tables of the service's XML documents, except the checkpoint: one each, made of the rows of ``oss._xml.rows``.

A table with a root name can be written; those without one are answers, only read. A path that starts with ``//`` is
found at any depth, the shallowest first.
"""

from __future__ import annotations

from oss._define.live import (
    oss_live_channel_content_t,
    oss_live_channel_play_url_t,
    oss_live_channel_publish_url_t,
    oss_live_record_content_t,
)
from oss._define.structs import (
    oss_complete_part_content_t,
    oss_cors_rule_t,
    oss_lifecycle_rule_content_t,
    oss_list_bucket_content_t,
    oss_list_multipart_upload_content_t,
    oss_list_object_common_prefix_t,
    oss_list_object_content_t,
    oss_list_part_content_t,
    oss_object_key_t,
    oss_referer_t,
    oss_sub_cors_rule_t,
    oss_tag_content_t,
)
from oss._xml.rows import (
    INT64,
    UINT64,
    Base64Text,
    Document,
    FirstOf,
    Flag,
    Group,
    Integer,
    Many,
    Presence,
    Row,
    Text,
    Texts,
    Truncated,
)

_NOT_SET = 2**31 - 1
"""INT_MAX: what C programs put into a number of days or seconds that is not set."""

_TAG = (Text("Key", "key"), Text("Value", "value"))
_TRUNCATED = Truncated("IsTruncated", "truncated")
_OWNER: tuple[Row, ...] = (Text("ID", "owner_id"), Text("DisplayName", "owner_name"))


def _days(*rows: Row) -> FirstOf:
    """Returns the rows that say when a lifecycle rule applies: after days, or from a date on."""
    return FirstOf((Integer("Days", "days", absent=_NOT_SET), *rows, _CREATED_BEFORE))


_CREATED_BEFORE = Text("CreatedBeforeDate", "created_before_date", optional=True)

# Bucket settings

ACL = Document("", (Text("//Grant", "oss_acl"),))

LOCATION = Document("", (Text("//LocationConstraint", "oss_location"),))

STORAGE_CLASS = Document("CreateBucketConfiguration", (Text("StorageClass", "storage_class"),))

STORAGE_CAPACITY = Document("BucketUserQos", (Integer("StorageCapacity", "storage_capacity", INT64),))

BUCKET_INFO = Document(
    "",
    (
        Text("//CreationDate", "created_date"),
        Text("//ExtranetEndpoint", "extranet_endpoint"),
        Text("//IntranetEndpoint", "intranet_endpoint"),
        Text("//Location", "location"),
        Text("//DisplayName", "owner_name"),
        Text("//ID", "owner_id"),
        Text("//Grant", "acl"),
        Text("//StorageClass", "storage_class"),
    ),
)

BUCKET_STAT = Document(
    "",
    (
        Integer("Storage", "storage_in_bytes", UINT64),
        Integer("ObjectCount", "object_count", UINT64),
        Integer("MultipartUploadCount", "multipart_upload_count", UINT64),
    ),
)

LOGGING = Document(
    "BucketLoggingStatus",
    (
        Presence("LoggingEnabled", "logging_enabled"),
        Group(
            "LoggingEnabled",
            (Text("TargetBucket", "target_bucket", optional=True), Text("TargetPrefix", "prefix", optional=True)),
        ),
    ),
)

WEBSITE = Document(
    "WebsiteConfiguration",
    (
        Group("IndexDocument", (Text("Suffix", "suffix_str"),)),
        Group("ErrorDocument", (Text("Key", "key_str", optional=True),), optional=True),
    ),
)

REFERER = Document(
    "RefererConfiguration",
    (
        Flag("AllowEmptyReferer", "allow_empty_referer"),
        Group("RefererList", (Texts("Referer", "referer_list", oss_referer_t, "referer"),)),
    ),
)

CORS = Document(
    "CORSConfiguration",
    (
        Many(
            "CORSRule",
            "rule_list",
            oss_cors_rule_t,
            (
                Texts("AllowedOrigin", "allowed_origin_list", oss_sub_cors_rule_t, "rule"),
                Texts("AllowedMethod", "allowed_method_list", oss_sub_cors_rule_t, "rule"),
                Texts("AllowedHeader", "allowed_head_list", oss_sub_cors_rule_t, "rule"),
                Texts("ExposeHeader", "expose_head_list", oss_sub_cors_rule_t, "rule"),
                Integer("MaxAgeSeconds", "max_age_seconds", absent=_NOT_SET),
            ),
        ),
    ),
)

LIFECYCLE = Document(
    "LifecycleConfiguration",
    (
        Many(
            "Rule",
            "lifecycle_rule_list",
            oss_lifecycle_rule_content_t,
            (
                Text("ID", "id"),
                Text("Prefix", "prefix"),
                Text("Status", "status"),
                Group("Expiration", (_days(Text("Date", "date", optional=True)),)),
                Group("AbortMultipartUpload", (_days(),), "abort_multipart_upload_dt", optional=True),
                Many("Tag", "tag_list", oss_tag_content_t, _TAG),
            ),
        ),
    ),
)

TAGGING = Document("Tagging", (Group("TagSet", (Many("Tag", "tag_list", oss_tag_content_t, _TAG),)),))

# Objects and uploads

DELETE = Document(
    "Delete", (Text("Quiet", "quiet"), Many("Object", "object_list", oss_object_key_t, (Text("Key", "key"),)))
)

DELETED = Document("", (Many("Deleted", "object_list", oss_object_key_t, (Text("Key", "key", keys=True),)),))

UPLOAD_ID = Document("", (Text("UploadId", "upload_id"),))

COMPLETE = Document(
    "CompleteMultipartUpload",
    (
        Many(
            "Part", "part_list", oss_complete_part_content_t, (Text("PartNumber", "part_number"), Text("ETag", "etag"))
        ),
    ),
)

# Listings

BUCKETS = Document(
    "",
    (
        Group("Owner", _OWNER),
        Many(
            "Buckets/Bucket",
            "bucket_list",
            oss_list_bucket_content_t,
            (
                Text("Name", "name"),
                Text("CreationDate", "create_date"),
                Text("ExtranetEndpoint", "extranet_endpoint"),
                Text("IntranetEndpoint", "intranet_endpoint"),
                Text("Location", "location"),
                Text("StorageClass", "storage_class"),
            ),
        ),
        Text("NextMarker", "next_marker"),
        _TRUNCATED,
    ),
)

OBJECTS = Document(
    "",
    (
        Many(
            "Contents",
            "object_list",
            oss_list_object_content_t,
            (
                Text("Key", "key", keys=True),
                Text("LastModified", "last_modified"),
                Text("ETag", "etag"),
                Text("Size", "size"),
                Text("Owner/ID", "owner_id"),
                Text("Owner/DisplayName", "owner_display_name"),
                Text("StorageClass", "storage_class"),
                Text("Type", "type"),
            ),
        ),
        Many(
            "CommonPrefixes",
            "common_prefix_list",
            oss_list_object_common_prefix_t,
            (Text("Prefix", "prefix", keys=True),),
        ),
        Text("NextMarker", "marker", keys=True),
        _TRUNCATED,
    ),
)

UPLOADS = Document(
    "",
    (
        Many(
            "Upload",
            "upload_list",
            oss_list_multipart_upload_content_t,
            (Text("Key", "key", keys=True), Text("UploadId", "upload_id"), Text("Initiated", "initiated")),
        ),
        Text("NextKeyMarker", "key_marker", keys=True),
        Text("NextUploadIdMarker", "upload_id_marker"),
        _TRUNCATED,
    ),
)

PARTS = Document(
    "",
    (
        Many(
            "Part",
            "part_list",
            oss_list_part_content_t,
            (
                Text("PartNumber", "part_number"),
                Text("LastModified", "last_modified"),
                Text("ETag", "etag"),
                Text("Size", "size"),
            ),
        ),
        Text("NextPartNumberMarker", "part_number_marker"),
        _TRUNCATED,
    ),
)

# Live channels

_URLS = (
    Texts("PublishUrls/Url", "publish_url_list", oss_live_channel_publish_url_t, "publish_url", empty=True),
    Texts("PlayUrls/Url", "play_url_list", oss_live_channel_play_url_t, "play_url", empty=True),
)

LIVE_CHANNEL_URLS = Document("", _URLS)

LIVE_CHANNEL = Document(
    "LiveChannelConfiguration",
    (
        Text("Description", "description"),
        Text("Status", "status"),
        Group(
            "Target",
            (
                Text("Type", "type"),
                Integer("FragDuration", "frag_duration"),
                Integer("FragCount", "frag_count"),
                Text("PlaylistName", "play_list_name"),
            ),
            "target",
        ),
    ),
)

LIVE_CHANNEL_STAT = Document(
    "",
    (
        Text("Status", "pushflow_status"),
        Text("ConnectedTime", "connected_time"),
        Text("RemoteAddr", "remote_addr"),
        Group(
            "Video",
            (
                Integer("Width", "width"),
                Integer("Height", "height"),
                Integer("FrameRate", "frame_rate"),
                Integer("Bandwidth", "band_width"),
                Text("Codec", "codec"),
            ),
            "video_stat",
        ),
        Group(
            "Audio",
            (
                Integer("Bandwidth", "band_width"),
                Integer("SampleRate", "sample_rate"),
                Text("Codec", "codec"),
            ),
            "audio_stat",
        ),
    ),
)

LIVE_CHANNELS = Document(
    "",
    (
        Many(
            "LiveChannel",
            "live_channel_list",
            oss_live_channel_content_t,
            (
                Text("Name", "name"),
                Text("Description", "description", default=""),
                Text("Status", "status"),
                Text("LastModified", "last_modified"),
                *_URLS,
            ),
        ),
        Text("NextMarker", "next_marker"),
        _TRUNCATED,
    ),
)

LIVE_RECORDS = Document(
    "",
    (
        Many(
            "LiveRecord",
            "live_record_list",
            oss_live_record_content_t,
            (Text("StartTime", "start_time"), Text("EndTime", "end_time"), Text("RemoteAddr", "remote_addr")),
        ),
    ),
)

# SQL on objects

SELECT = Document(
    "SelectRequest",
    (
        Base64Text("Expression", "expression"),
        Group(
            "InputSerialization",
            (
                Text("CompressionType", "compression_type", optional=True),
                Group(
                    "CSV",
                    (
                        Text("FileHeaderInfo", "file_header_info", optional=True),
                        Base64Text("RecordDelimiter", "record_delimiter", optional=True),
                        Base64Text("FieldDelimiter", "field_delimiter", optional=True),
                        Base64Text("QuoteCharacter", "quote_character", optional=True),
                        Base64Text("CommentCharacter", "comment_character", optional=True),
                        Text("Range", "range", optional=True),
                    ),
                    optional=True,
                ),
            ),
            "input_param",
            optional=True,
        ),
        Group(
            "OutputSerialization",
            (
                Group(
                    "CSV",
                    (
                        Base64Text("RecordDelimiter", "record_delimiter", optional=True),
                        Base64Text("FieldDelimiter", "field_delimiter", optional=True),
                    ),
                    optional=True,
                ),
                Flag("KeepAllColumns", "keep_all_columns", absent=-1),
                Flag("OutputRawData", "output_rawdata", absent=-1),
                Flag("EnablePayloadCrc", "enable_payload_crc", absent=-1),
                Flag("OutputHeader", "output_header"),
            ),
            "output_param",
        ),
        Group("Options", (Flag("SkipPartialDataRecord", "skip_partial_data_record"),), "option_param"),
    ),
)

SELECT_META = Document(
    "CsvMetaRequest",
    (
        Group(
            "InputSerialization",
            (
                Text("CompressionType", "compression_type", default="None"),
                Group(
                    "CSV",
                    (
                        Base64Text("RecordDelimiter", "record_delimiter", optional=True),
                        Base64Text("FieldDelimiter", "field_delimiter", optional=True),
                        Base64Text("QuoteCharacter", "quote_character", optional=True),
                    ),
                    optional=True,
                ),
            ),
        ),
        Flag("OverwriteIfExists", "over_write_if_existing", absent=-1),
    ),
)
