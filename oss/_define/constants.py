"""The names and numbers of ``oss_define.h``; programs take them from ``oss.oss_define``."""

from __future__ import annotations

from typing import TypeAlias

__all__ = [
    "LIVE_CHANNEL_DEFAULT_FRAG_COUNT",
    "LIVE_CHANNEL_DEFAULT_FRAG_DURATION",
    "LIVE_CHANNEL_DEFAULT_PLAYLIST",
    "LIVE_CHANNEL_DEFAULT_TYPE",
    "LIVE_CHANNEL_STATUS_DISABLED",
    "LIVE_CHANNEL_STATUS_ENABLED",
    "LIVE_CHANNEL_STATUS_IDLE",
    "LIVE_CHANNEL_STATUS_LIVE",
    "MAX_SUFFIX_LEN",
    "OSS_ACCESSKEYID",
    "OSS_ACL",
    "OSS_ACL_DEFAULT",
    "OSS_ACL_PRIVATE",
    "OSS_ACL_PUBLIC_READ",
    "OSS_ACL_PUBLIC_READ_WRITE",
    "OSS_APPEND",
    "OSS_AUTHORIZATION",
    "OSS_BUCKETINFO",
    "OSS_BUCKETSTAT",
    "OSS_CALLBACK",
    "OSS_CALLBACK_VAR",
    "OSS_CANNONICALIZED_HEADER_ACL",
    "OSS_CANNONICALIZED_HEADER_COPY_SOURCE",
    "OSS_CANNONICALIZED_HEADER_DATE",
    "OSS_CANNONICALIZED_HEADER_OBJECT",
    "OSS_CANNONICALIZED_HEADER_OBJECT_ACL",
    "OSS_CANNONICALIZED_HEADER_PREFIX",
    "OSS_CANNONICALIZED_HEADER_REGION",
    "OSS_CANNONICALIZED_HEADER_SOURCE",
    "OSS_CANNONICALIZED_HEADER_STORAGE_CLASS",
    "OSS_CANNONICALIZED_HEADER_SYMLINK",
    "OSS_COMP",
    "OSS_CONTENT_LENGTH",
    "OSS_CONTENT_MD5",
    "OSS_CONTENT_SHA256",
    "OSS_CONTENT_TYPE",
    "OSS_COPY_SOURCE",
    "OSS_COPY_SOURCE_RANGE",
    "OSS_CORS",
    "OSS_CREDENTIAL",
    "OSS_DATE",
    "OSS_DELETE",
    "OSS_DELIMITER",
    "OSS_EXPECT",
    "OSS_EXPIRES",
    "OSS_EXPIRES_V4",
    "OSS_HASH_CRC64_ECMA",
    "OSS_INVALID_VALUE",
    "OSS_KEY_MARKER",
    "OSS_LIFECYCLE",
    "OSS_LIVE_CHANNEL",
    "OSS_LIVE_CHANNEL_END_TIME",
    "OSS_LIVE_CHANNEL_HISTORY",
    "OSS_LIVE_CHANNEL_START_TIME",
    "OSS_LIVE_CHANNEL_STAT",
    "OSS_LIVE_CHANNEL_STATUS",
    "OSS_LIVE_CHANNEL_VOD",
    "OSS_LOCATION",
    "OSS_LOGGING",
    "OSS_MARKER",
    "OSS_MAX_KEYS",
    "OSS_MAX_PARTS",
    "OSS_MAX_PART_NUM",
    "OSS_MAX_UPLOADS",
    "OSS_MULTIPART_CONTENT_TYPE",
    "OSS_NEXT_APPEND_POSITION",
    "OSS_OBJECT_META",
    "OSS_OBJECT_TYPE",
    "OSS_OBJECT_TYPE_APPENDABLE",
    "OSS_OBJECT_TYPE_NORMAL",
    "OSS_PARTNUMBER",
    "OSS_PART_NUMBER_MARKER",
    "OSS_PER_RET_NUM",
    "OSS_PLAY_LIST_NAME",
    "OSS_POSITION",
    "OSS_PREFIX",
    "OSS_PROCESS",
    "OSS_QOS",
    "OSS_REFERER",
    "OSS_RESTORE",
    "OSS_SECURITY_TOKEN",
    "OSS_SECURITY_TOKEN_V4",
    "OSS_SELECT_OBJECT_OUTPUT_RAW",
    "OSS_SIGNATURE",
    "OSS_SIGNATURE_V4",
    "OSS_SIGNATURE_VERSION",
    "OSS_SIGN_ORIGIN_ONLY",
    "OSS_STORAGE_CLASS_ARCHIVE",
    "OSS_STORAGE_CLASS_BUTT",
    "OSS_STORAGE_CLASS_COLD_ARCHIVE",
    "OSS_STORAGE_CLASS_IA",
    "OSS_STORAGE_CLASS_STANDARD",
    "OSS_STS_SECURITY_TOKEN",
    "OSS_SYMLINK",
    "OSS_TAGGING",
    "OSS_TIER_BULK",
    "OSS_TIER_EXPEDITED",
    "OSS_TIER_STANDARD",
    "OSS_UPLOADS",
    "OSS_UPLOAD_ID",
    "OSS_UPLOAD_ID_MARKER",
    "OSS_WEBSITE",
    "OSS_YES",
    "oss_acl_e",
    "oss_storage_class_type_e",
    "oss_tier_type_e",
]

OSS_CANNONICALIZED_HEADER_ACL = "x-oss-acl"
"""Header: ACL of a bucket."""
OSS_CANNONICALIZED_HEADER_STORAGE_CLASS = "StorageClass"
"""Element of a document: storage class of a bucket."""
OSS_CANNONICALIZED_HEADER_SOURCE = "x-oss-copy-source"  # no value in the C SDK
"""Declared without a value in the C SDK; here the header that names the source of a copy."""
OSS_CANNONICALIZED_HEADER_PREFIX = "x-oss-"
"""What the names of signed headers begin with."""
OSS_CANNONICALIZED_HEADER_DATE = "x-oss-date"
"""Header: date of the signature."""
OSS_CANNONICALIZED_HEADER_COPY_SOURCE = "x-oss-copy-source"
"""Header: source of a copy, ``/bucket/object``."""
OSS_CANNONICALIZED_HEADER_SYMLINK = "x-oss-symlink-target"
"""Header: the object a symbolic link points to."""
OSS_CANNONICALIZED_HEADER_OBJECT = "x-oss-object-type"  # no value in the C SDK
"""Declared without a value in the C SDK; here the header that names an object's type."""
OSS_CANNONICALIZED_HEADER_REGION = "x-oss-bucket-region"
"""Header: region of a bucket."""
OSS_CANNONICALIZED_HEADER_OBJECT_ACL = "x-oss-object-acl"
"""Header: ACL of an object."""
OSS_CONTENT_MD5 = "Content-MD5"
"""Header: MD5 of the body, in base64."""
OSS_CONTENT_TYPE = "Content-Type"
"""Header: content type."""
OSS_CONTENT_LENGTH = "Content-Length"
"""Header: length of the body in bytes."""
OSS_DATE = "Date"
"""Header: date of the request."""
OSS_AUTHORIZATION = "Authorization"
"""Header: the signature."""
OSS_ACCESSKEYID = "OSSAccessKeyId"
"""Query parameter of a V1 signed URL: id of the key."""
OSS_EXPECT = "Expect"
"""Header: Expect, which the C SDK sends empty."""
OSS_EXPIRES = "Expires"
"""Query parameter of a V1 signed URL: end of its validity, seconds since the epoch."""
OSS_SIGNATURE = "Signature"
"""Query parameter of a V1 signed URL: the signature."""
OSS_ACL = "acl"
"""Query parameter: a bucket's or an object's ACL."""
OSS_LOCATION = "location"
"""Query parameter: a bucket's region."""
OSS_BUCKETINFO = "bucketInfo"
"""Query parameter: what is known of a bucket."""
OSS_BUCKETSTAT = "stat"
"""Query parameter: how much a bucket holds."""
OSS_RESTORE = "restore"
"""Query parameter: restore an archived object."""
OSS_SYMLINK = "symlink"
"""Query parameter: a symbolic link."""
OSS_QOS = "qos"
"""Query parameter: a bucket's capacity."""
OSS_LOGGING = "logging"
"""Query parameter: a bucket's access log."""
OSS_PREFIX = "prefix"
"""Query parameter of a listing: what the names begin with."""
OSS_DELIMITER = "delimiter"
"""Query parameter of a listing: what groups the names."""
OSS_MARKER = "marker"
"""Query parameter of a listing: the name after which it begins."""
OSS_MAX_KEYS = "max-keys"
"""Query parameter of a listing: the most entries of a page."""
OSS_UPLOADS = "uploads"
"""Query parameter: begin a multipart upload, or list them."""
OSS_UPLOAD_ID = "uploadId"
"""Query parameter: id of a multipart upload."""
OSS_MAX_PARTS = "max-parts"
"""Query parameter: the most parts of a page."""
OSS_KEY_MARKER = "key-marker"
"""Query parameter: the object's name after which a list of uploads begins."""
OSS_UPLOAD_ID_MARKER = "upload-id-marker"
"""Query parameter: the upload's id after which a list of uploads begins."""
OSS_MAX_UPLOADS = "max-uploads"
"""Query parameter: the most uploads of a page."""
OSS_PARTNUMBER = "partNumber"
"""Query parameter: number of a part, from 1."""
OSS_PART_NUMBER_MARKER = "part-number-marker"
"""Query parameter: the number after which a list of parts begins."""
OSS_APPEND = "append"
"""Query parameter: append to an object."""
OSS_POSITION = "position"
"""Query parameter: where to append, in bytes."""
OSS_MULTIPART_CONTENT_TYPE = "application/x-www-form-urlencoded"
"""Content type of the requests of a multipart upload."""
OSS_COPY_SOURCE = "x-oss-copy-source"
"""Header: source of a copy, ``/bucket/object``."""
OSS_COPY_SOURCE_RANGE = "x-oss-copy-source-range"
"""Header: the bytes to copy, ``bytes=first-last``."""
OSS_SECURITY_TOKEN = "security-token"
"""Query parameter of a V1 signed URL: token of a temporary key."""
OSS_STS_SECURITY_TOKEN = "x-oss-security-token"
"""Header: token of a temporary key."""
OSS_OBJECT_TYPE = "x-oss-object-type"
"""Header: type of an object."""
OSS_NEXT_APPEND_POSITION = "x-oss-next-append-position"
"""Header: where to append next, in bytes."""
OSS_HASH_CRC64_ECMA = "x-oss-hash-crc64ecma"
"""Header: CRC64 of the whole object, a decimal number."""
OSS_CALLBACK = "x-oss-callback"
"""Header: whom the service calls after an upload."""
OSS_CALLBACK_VAR = "x-oss-callback-var"
"""Header: variables for that call."""
OSS_PROCESS = "x-oss-process"
"""Query parameter: what the service does with the object, such as scaling an image."""
OSS_LIFECYCLE = "lifecycle"
"""Query parameter: a bucket's lifecycle rules."""
OSS_REFERER = "referer"
"""Query parameter: who may link to a bucket."""
OSS_CORS = "cors"
"""Query parameter: a bucket's CORS rules."""
OSS_WEBSITE = "website"
"""Query parameter: a bucket's index and error page."""
OSS_DELETE = "delete"
"""Query parameter: delete many objects."""
OSS_YES = "yes"
"""Value: yes."""
OSS_OBJECT_TYPE_NORMAL = "Normal"
"""Type of an object that was put."""
OSS_OBJECT_TYPE_APPENDABLE = "Appendable"
"""Type of an object that can be appended to."""
OSS_LIVE_CHANNEL = "live"
"""Query parameter: live channels."""
OSS_LIVE_CHANNEL_STATUS = "status"
"""Query parameter: switch a live channel on or off."""
OSS_COMP = "comp"
"""Query parameter: what to know of a live channel."""
OSS_LIVE_CHANNEL_STAT = "stat"
"""Value of ``comp``: the stream's state."""
OSS_LIVE_CHANNEL_HISTORY = "history"
"""Value of ``comp``: the last pushes."""
OSS_LIVE_CHANNEL_VOD = "vod"
"""Query parameter: make a playlist of what was pushed."""
OSS_LIVE_CHANNEL_START_TIME = "startTime"
"""Query parameter: from when, seconds since the epoch."""
OSS_LIVE_CHANNEL_END_TIME = "endTime"
"""Query parameter: until when, seconds since the epoch."""
OSS_PLAY_LIST_NAME = "playlistName"
"""Query parameter of an RTMP address: name of the playlist."""
LIVE_CHANNEL_STATUS_DISABLED = "disabled"
"""Status of a live channel: no stream is taken."""
LIVE_CHANNEL_STATUS_ENABLED = "enabled"
"""Status of a live channel: streams are taken."""
LIVE_CHANNEL_STATUS_IDLE = "idle"
"""State of a stream: nothing comes in."""
LIVE_CHANNEL_STATUS_LIVE = "live"
"""State of a stream: it comes in."""
LIVE_CHANNEL_DEFAULT_TYPE = "HLS"
"""How a stream is stored unless changed."""
LIVE_CHANNEL_DEFAULT_PLAYLIST = "playlist.m3u8"
"""Name of the playlist unless changed."""
LIVE_CHANNEL_DEFAULT_FRAG_DURATION = 5
"""Length of a fragment in seconds unless changed."""
LIVE_CHANNEL_DEFAULT_FRAG_COUNT = 3
"""Fragments in a playlist unless changed."""
OSS_MAX_PART_NUM = 10000
"""The most parts of an upload, and of a resumable download."""
OSS_PER_RET_NUM = 1000
"""Entries of a page of a listing unless changed."""
MAX_SUFFIX_LEN = 1024
"""The longest suffix of a file's name, in bytes."""
OSS_OBJECT_META = "objectMeta"
"""Query parameter: an object's basic headers."""
OSS_SELECT_OBJECT_OUTPUT_RAW = "x-oss-select-output-raw"
"""Header of a select's answer: ``true`` when it has no frames."""
OSS_TAGGING = "tagging"
"""Query parameter: an object's tags."""
OSS_SIGN_ORIGIN_ONLY = "x-oss-sign-origin-only"
"""Query parameter that V1 signs."""
OSS_CONTENT_SHA256 = "x-oss-content-sha256"
"""Header of V4 signatures: UNSIGNED-PAYLOAD."""
OSS_SECURITY_TOKEN_V4 = "x-oss-security-token"
"""Header or query parameter of V4 signatures: token of a temporary key."""
OSS_SIGNATURE_VERSION = "x-oss-signature-version"
"""Query parameter of a V4 signed URL: how it is signed."""
OSS_CREDENTIAL = "x-oss-credential"
"""Query parameter of a V4 signed URL: who signed, for which day and region."""
OSS_EXPIRES_V4 = "x-oss-expires"
"""Query parameter of a V4 signed URL: for how many seconds it is valid."""
OSS_SIGNATURE_V4 = "x-oss-signature"
"""Query parameter of a V4 signed URL: the signature."""
OSS_INVALID_VALUE = -1
"""A switch that is not set."""

oss_acl_e: TypeAlias = int
OSS_ACL_PRIVATE = 0
"""The owner alone."""
OSS_ACL_PUBLIC_READ = 1
"""Everybody may read."""
OSS_ACL_PUBLIC_READ_WRITE = 2
"""Everybody may read and write."""
OSS_ACL_DEFAULT = 3
"""An object has its bucket's."""

oss_storage_class_type_e: TypeAlias = int
OSS_STORAGE_CLASS_STANDARD = 0
"""Standard: at hand at once."""
OSS_STORAGE_CLASS_IA = 1
"""Infrequent Access: at hand, reading costs."""
OSS_STORAGE_CLASS_ARCHIVE = 2
"""Archive: to be restored before it is read."""
OSS_STORAGE_CLASS_BUTT = 3
"""No storage class: the service decides."""
OSS_STORAGE_CLASS_COLD_ARCHIVE = 4
"""Cold Archive: restoring takes hours."""

oss_tier_type_e: TypeAlias = int
OSS_TIER_EXPEDITED = 0
"""Restored within an hour."""
OSS_TIER_STANDARD = 1
"""Restored within 2 to 5 hours."""
OSS_TIER_BULK = 2
"""Restored within 5 to 12 hours."""
