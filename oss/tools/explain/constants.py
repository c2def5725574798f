"""What the constants, the enums and the types without a struct are for.

``name: meaning``, one a line; lines indented further go on with the one before. ``NAME*`` is the enum's members.
"""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import NamedTuple

__all__ = ["CONSTANTS", "ENUMS", "TYPES", "VARIABLES", "Enum", "members", "Type"]

_ERRORS = """
AOSE_OK: no error
AOSE_OUT_MEMORY: memory cannot be had; from a checkpoint function: the XML cannot be built
AOSE_OVER_MEMORY: a body is longer than `max_memory_size`
AOSE_FAILED_CONNECT: no connection could be made
AOSE_ABORT_CALLBACK: a callback, or the destruction of the pool, ended the transfer
AOSE_INTERNAL_ERROR: anything that has no code of its own
AOSE_REQUEST_TIMEOUT: too slow; a request that stalls is AOSE_CONNECTION_FAILED, as in the C SDK
AOSE_INVALID_ARGUMENT: an argument cannot be used; `error_msg` names it
AOSE_INVALID_OPERATION: declared, used by nobody
AOSE_CONNECTION_FAILED: the connection broke, was too slow for too long, or ended before the body was complete
AOSE_FAILED_INITIALIZE: the HTTP layer cannot be initialised
AOSE_NAME_LOOKUP_ERROR: a host's name cannot be resolved
AOSE_FAILED_VERIFICATION: the server's certificate is not trusted, or is another host's
AOSE_WRITE_BODY_ERROR: the received bytes cannot be stored
AOSE_READ_BODY_ERROR: the bytes to send cannot be read
AOSE_SERVICE_ERROR: the service did a part of what was asked; from `oss_delete_objects_by_prefix`
AOSE_OPEN_FILE_ERROR: a file cannot be opened
AOSE_FILE_SEEK_ERROR: a place in a file cannot be reached
AOSE_FILE_INFO_ERROR: size and time of a file cannot be had
AOSE_FILE_READ_ERROR: a file cannot be read
AOSE_FILE_WRITE_ERROR: a file cannot be written, or cannot be renamed
AOSE_XML_PARSE_ERROR: a document is not the XML it should be
AOSE_UTF8_ENCODE_ERROR: declared, used by nobody
AOSE_CRC_INCONSISTENT_ERROR: the CRC64 of what was moved is not the service's
AOSE_FILE_FLUSH_ERROR: written bytes cannot be flushed
AOSE_FILE_TRUNC_ERROR: a file cannot be given its size
AOSE_SELECT_OBJECT_CRC_ERROR: a frame of a select's answer has another CRC32 than it says
AOSE_UNKNOWN_ERROR: declared, used by nobody
AOS_XML_PARSE_ERROR_CODE: `error_code`: an answer is not the XML it should be
AOS_OPEN_FILE_ERROR_CODE: `error_code`: a file cannot be opened or used
AOS_WRITE_FILE_ERROR_CODE: `error_code`: a file cannot be written
AOS_RENAME_FILE_ERROR_CODE: `error_code`: the temporary file cannot be given its final name
AOS_HTTP_IO_ERROR_CODE: `error_code`: there was no complete answer; `error_msg` says why
AOS_UNKNOWN_ERROR_CODE: `error_code`: the service refused without a document that says why, as it does to a HEAD
AOS_CLIENT_ERROR_CODE: `error_code`: an argument cannot be used
AOS_SERVER_ERROR_CODE: `error_code`: an answer lacks what it must have
AOS_UTF8_ENCODE_ERROR_CODE: `error_code`: declared, used by nobody
AOS_URL_ENCODE_ERROR_CODE: `error_code`: a name is too long to be encoded
AOS_INCONSISTENT_ERROR_CODE: `error_code`: CRC64 values differ
AOS_CREATE_QUEUE_ERROR_CODE: `error_code`: a queue between threads cannot be made
AOS_CREATE_THREAD_POOL_ERROR_CODE: `error_code`: threads cannot be started
AOS_EMPTY_STRING_ERROR: `error_code`: a text must not be empty
AOS_SELECT_OBJECT_ERROR: `error_code`: a select failed after it had begun
AOS_SELECT_OBJECT_CRC_ERROR: `error_code`: a frame of a select's answer is damaged
AOS_CREATE_SELECT_OBJECT_META_ERROR: `error_code`: counting rows and columns failed after it had begun
AOS_BUCKET_NAME_INVALID_ERROR: `error_code`: a bucket's name is not valid
AOS_OBJECT_NAME_INVALID_ERROR: `error_code`: an object's name is not valid
"""

_BASE = """
HTTP_GET: read
HTTP_HEAD: read the headers only
HTTP_PUT: store
HTTP_POST: do something with what is there
HTTP_DELETE: remove
BODY_IN_MEMORY: in a list of buffers
BODY_IN_FILE: in a file
BODY_IN_CALLBACK: with a function of the caller's
TRANS_STATE_INIT: not begun
TRANS_STATE_HEADER: the answer's headers come in
TRANS_STATE_BODY_IN: the answer's body comes in
TRANS_STATE_BODY_OUT: the request's body goes out
TRANS_STATE_ABORT: ended by an error
TRANS_STATE_DONE: ended
AOS_LOG_OFF: nothing is logged
AOS_LOG_FATAL: what ends the program
AOS_LOG_ERROR: what ends a call
AOS_LOG_WARN: what a call gets over; the level unless changed
AOS_LOG_INFO: what is done
AOS_LOG_DEBUG: how it is done
AOS_LOG_TRACE: each step
AOS_LOG_ALL: everything
AOS_INIT_WINSOCK: flag for `aos_http_io_initialize`: initialise Windows sockets; no effect elsewhere
AOS_MD5_STRING_LEN: length of an MD5 in hexadecimal digits
AOS_MAX_URI_LEN: the most bytes of a path, before it is encoded
AOS_MAX_HEADER_LEN: the most bytes of a signed header in the C SDK; any length here
AOS_MAX_QUERY_ARG_LEN: the most bytes of a query parameter's name, of its value, and of both when encoded
AOS_MAX_GMT_TIME_LEN: room for a date, in bytes
AOS_MAX_SHORT_TIME_LEN: room for yyyymmdd, in bytes
AOS_MAX_XML_NODE_VALUE_LEN: room for a text of XML in the C SDK, which cuts longer ones; any length here
AOS_MAX_INT64_STRING_LEN: room for a signed number's digits, in bytes
AOS_MAX_UINT64_STRING_LEN: room for an unsigned number's digits, in bytes
AOS_CONNECT_TIMEOUT: default of `connect_timeout`, in seconds
AOS_DNS_CACHE_TIMOUT: default of `dns_cache_timeout`, in seconds
AOS_MIN_SPEED_LIMIT: default of `speed_limit`, in bytes per second
AOS_MIN_SPEED_TIME: default of `speed_time`, in seconds
AOS_MAX_MEMORY_SIZE: default of `max_memory_size`, in bytes
AOS_MAX_PART_SIZE: declared as the largest part, in bytes; used by nobody
AOS_DEFAULT_PART_SIZE: declared as a usual part, in bytes; used by nobody
AOS_REQUEST_STACK_SIZE: how many idle connections the C SDK keeps
AOS_VERSION: version of the SDK
AOS_VER: beginning of the User-Agent header
AOS_HTTP_PREFIX: scheme of an endpoint
AOS_HTTPS_PREFIX: scheme of an endpoint with TLS
AOS_RTMP_PREFIX: scheme of an address to push a stream to
AOS_TEMP_FILE_SUFFIX: what a download adds to the file's name until it is complete
AOS_FALSE: no
AOS_TRUE: yes
LF: line feed, as a number
CR: carriage return, as a number
CRLF: end of a line in HTTP
LLONG_MAX: the largest `long long`
LLONG_MIN: the smallest `long long`
ULLONG_MAX: the largest `unsigned long long`
APR_INT64_T_FMT: printf format of an `int64_t`, for `apr_psprintf`
APR_TIME_T_FMT: printf format of an `apr_time_t`, for `apr_psprintf`
APR_SUCCESS: 0, no error
APR_ENOENT: there is no such file or variable
APR_EOF: the file is at its end
APR_READ: flag of `apr_file_open`: for reading
APR_WRITE: flag of `apr_file_open`: for writing
APR_CREATE: flag of `apr_file_open`: make the file if it is not there
APR_APPEND: flag of `apr_file_open`: write at the end
APR_TRUNCATE: flag of `apr_file_open`: empty the file
APR_BINARY: flag of `apr_file_open`: no effect on POSIX systems
APR_EXCL: flag of `apr_file_open`: fail if the file is there
APR_BUFFERED: flag of `apr_file_open`: no effect here, nothing is buffered
APR_LARGEFILE: flag of `apr_file_open`: no effect on today's systems
APR_UREAD: permission: the owner may read
APR_UWRITE: permission: the owner may write
APR_UEXECUTE: permission: the owner may execute
APR_GREAD: permission: the group may read
APR_GWRITE: permission: the group may write
APR_GEXECUTE: permission: the group may execute
APR_WREAD: permission: everybody may read
APR_WWRITE: permission: everybody may write
APR_WEXECUTE: permission: everybody may execute
APR_OS_DEFAULT: permissions: what the system gives a new file
APR_SET: `apr_file_seek`: from the beginning
APR_CUR: `apr_file_seek`: from where the file stands
APR_END: `apr_file_seek`: from the end
APR_FINFO_MTIME: `apr_file_info_get`: time of the last change
APR_FINFO_CTIME: `apr_file_info_get`: time of the last change of the status
APR_FINFO_ATIME: `apr_file_info_get`: time of the last reading
APR_FINFO_SIZE: `apr_file_info_get`: size
"""

_SERVICE = """
OSS_ACL_PRIVATE: the owner alone
OSS_ACL_PUBLIC_READ: everybody may read
OSS_ACL_PUBLIC_READ_WRITE: everybody may read and write
OSS_ACL_DEFAULT: an object has its bucket's
OSS_STORAGE_CLASS_STANDARD: Standard: at hand at once
OSS_STORAGE_CLASS_IA: Infrequent Access: at hand, reading costs
OSS_STORAGE_CLASS_ARCHIVE: Archive: to be restored before it is read
OSS_STORAGE_CLASS_BUTT: none
OSS_STORAGE_CLASS_COLD_ARCHIVE: Cold Archive: restoring takes hours
OSS_TIER_EXPEDITED: restored within an hour
OSS_TIER_STANDARD: restored within 2 to 5 hours
OSS_TIER_BULK: restored within 5 to 12 hours
OSS_CANNONICALIZED_HEADER_ACL: header: ACL of a bucket
OSS_CANNONICALIZED_HEADER_STORAGE_CLASS: element of a document: storage class of a bucket
OSS_CANNONICALIZED_HEADER_SOURCE: declared without a value in the C SDK; here the header that names the source of a copy
OSS_CANNONICALIZED_HEADER_PREFIX: what the names of signed headers begin with
OSS_CANNONICALIZED_HEADER_DATE: header: date of the signature
OSS_CANNONICALIZED_HEADER_COPY_SOURCE: header: source of a copy, `/bucket/object`
OSS_CANNONICALIZED_HEADER_SYMLINK: header: the object a symbolic link points to
OSS_CANNONICALIZED_HEADER_OBJECT: declared without a value in the C SDK; here the header that names an object's type
OSS_CANNONICALIZED_HEADER_REGION: header: region of a bucket
OSS_CANNONICALIZED_HEADER_OBJECT_ACL: header: ACL of an object
OSS_CONTENT_MD5: header: MD5 of the body, in base64
OSS_CONTENT_TYPE: header: content type
OSS_CONTENT_LENGTH: header: length of the body in bytes
OSS_DATE: header: date of the request
OSS_AUTHORIZATION: header: the signature
OSS_ACCESSKEYID: query parameter of a V1 signed URL: id of the key
OSS_EXPIRES: query parameter of a V1 signed URL: end of its validity, seconds since the epoch
OSS_SIGNATURE: query parameter of a V1 signed URL: the signature
OSS_EXPECT: header: Expect, which the C SDK sends empty
OSS_ACL: query parameter: a bucket's or an object's ACL
OSS_LOCATION: query parameter: a bucket's region
OSS_BUCKETINFO: query parameter: what is known of a bucket
OSS_BUCKETSTAT: query parameter: how much a bucket holds
OSS_RESTORE: query parameter: restore an archived object
OSS_SYMLINK: query parameter: a symbolic link
OSS_QOS: query parameter: a bucket's capacity
OSS_LOGGING: query parameter: a bucket's access log
OSS_PREFIX: query parameter of a listing: what the names begin with
OSS_DELIMITER: query parameter of a listing: what groups the names
OSS_MARKER: query parameter of a listing: the name after which it begins
OSS_MAX_KEYS: query parameter of a listing: the most entries of a page
OSS_UPLOADS: query parameter: begin a multipart upload, or list them
OSS_UPLOAD_ID: query parameter: id of a multipart upload
OSS_MAX_PARTS: query parameter: the most parts of a page
OSS_KEY_MARKER: query parameter: the object's name after which a list of uploads begins
OSS_UPLOAD_ID_MARKER: query parameter: the upload's id after which a list of uploads begins
OSS_MAX_UPLOADS: query parameter: the most uploads of a page
OSS_PARTNUMBER: query parameter: number of a part, from 1
OSS_PART_NUMBER_MARKER: query parameter: the number after which a list of parts begins
OSS_APPEND: query parameter: append to an object
OSS_POSITION: query parameter: where to append, in bytes
OSS_MULTIPART_CONTENT_TYPE: content type of the requests of a multipart upload
OSS_COPY_SOURCE: header: source of a copy, `/bucket/object`
OSS_COPY_SOURCE_RANGE: header: the bytes to copy, `bytes=first-last`
OSS_SECURITY_TOKEN: query parameter of a V1 signed URL: token of a temporary key
OSS_STS_SECURITY_TOKEN: header: token of a temporary key
OSS_OBJECT_TYPE: header: type of an object
OSS_NEXT_APPEND_POSITION: header: where to append next, in bytes
OSS_HASH_CRC64_ECMA: header: CRC64 of the whole object, a decimal number
OSS_CALLBACK: header: whom the service calls after an upload
OSS_CALLBACK_VAR: header: variables for that call
OSS_PROCESS: query parameter: what the service does with the object, such as scaling an image
OSS_LIFECYCLE: query parameter: a bucket's lifecycle rules
OSS_REFERER: query parameter: who may link to a bucket
OSS_CORS: query parameter: a bucket's CORS rules
OSS_WEBSITE: query parameter: a bucket's index and error page
OSS_DELETE: query parameter: delete many objects
OSS_YES: value: yes
OSS_OBJECT_TYPE_NORMAL: type of an object that was put
OSS_OBJECT_TYPE_APPENDABLE: type of an object that can be appended to
OSS_LIVE_CHANNEL: query parameter: live channels
OSS_LIVE_CHANNEL_STATUS: query parameter: switch a live channel on or off
OSS_COMP: query parameter: what to know of a live channel
OSS_LIVE_CHANNEL_STAT: value of `comp`: the stream's state
OSS_LIVE_CHANNEL_HISTORY: value of `comp`: the last pushes
OSS_LIVE_CHANNEL_VOD: query parameter: make a playlist of what was pushed
OSS_LIVE_CHANNEL_START_TIME: query parameter: from when, seconds since the epoch
OSS_LIVE_CHANNEL_END_TIME: query parameter: until when, seconds since the epoch
OSS_PLAY_LIST_NAME: query parameter of an RTMP address: name of the playlist
LIVE_CHANNEL_STATUS_DISABLED: status of a live channel: no stream is taken
LIVE_CHANNEL_STATUS_ENABLED: status of a live channel: streams are taken
LIVE_CHANNEL_STATUS_IDLE: state of a stream: nothing comes in
LIVE_CHANNEL_STATUS_LIVE: state of a stream: it comes in
LIVE_CHANNEL_DEFAULT_TYPE: how a stream is stored unless changed
LIVE_CHANNEL_DEFAULT_PLAYLIST: name of the playlist unless changed
LIVE_CHANNEL_DEFAULT_FRAG_DURATION: length of a fragment in seconds unless changed
LIVE_CHANNEL_DEFAULT_FRAG_COUNT: fragments in a playlist unless changed
OSS_MAX_PART_NUM: the most parts of an upload, and of a resumable download
OSS_PER_RET_NUM: entries of a page of a listing unless changed
MAX_SUFFIX_LEN: the longest suffix of a file's name, in bytes
OSS_OBJECT_META: query parameter: an object's basic headers
OSS_SELECT_OBJECT_OUTPUT_RAW: header of a select's answer: `true` when it has no frames
OSS_TAGGING: query parameter: an object's tags
OSS_SIGN_ORIGIN_ONLY: query parameter that V1 signs
OSS_CONTENT_SHA256: header of V4 signatures: UNSIGNED-PAYLOAD
OSS_SECURITY_TOKEN_V4: header or query parameter of V4 signatures: token of a temporary key
OSS_SIGNATURE_VERSION: query parameter of a V4 signed URL: how it is signed
OSS_CREDENTIAL: query parameter of a V4 signed URL: who signed, for which day and region
OSS_EXPIRES_V4: query parameter of a V4 signed URL: for how many seconds it is valid
OSS_SIGNATURE_V4: query parameter of a V4 signed URL: the signature
OSS_INVALID_VALUE: a switch that is not set
OSS_CP_UPLOAD: type of a checkpoint: an upload's
OSS_CP_DOWNLOAD: type of a checkpoint: a download's
"""

_ENUMS = """
http_method_e: HTTP_*: method of a request
aos_error_code_e: AOSE_*: what a function returns, and what a status has for `code` when no answer of the service counts
aos_http_body_type_e: BODY_IN_*: where a body comes from or goes to
aos_transport_state_e: TRANS_STATE_*: how far an exchange is
aos_log_level_e: AOS_LOG_*: how much is logged; a message is written when its level is not above the one set
oss_acl_e: OSS_ACL_*: who may use a bucket or an object
oss_storage_class_type_e: OSS_STORAGE_CLASS_*: how objects are stored
oss_tier_type_e: OSS_TIER_*: how fast an object of Cold Archive is restored
"""

_TYPES = """
apr_time_t: typedef int64_t apr_time_t: microseconds since 1970-01-01 00:00 UTC; an int here
aos_func1_pt: typedef void (*aos_func1_pt)(void *): a function of the caller's for `aos_fstack_push`, order 1
aos_func2_pt: typedef void (*aos_func2_pt)(): a function of the caller's for `aos_fstack_push`, order 2
aos_func3_pt: typedef int (*aos_func3_pt)(void *): a function of the caller's for `aos_fstack_push`, order 3
aos_func4_pt: typedef int (*aos_func4_pt)(): a function of the caller's for `aos_fstack_push`, order 4
aos_log_print_pt: typedef void (*aos_log_print_pt)(const char *message, int len): receives each formatted message; any
  callable here
aos_log_format_pt: typedef void (*aos_log_format_pt)(int level, const char *file, int line, const char *function,
  const char *fmt, ...): formats a message; any callable here
oss_progress_callback: typedef void (*oss_progress_callback)(int64_t consumed_bytes, int64_t total_bytes): told how many
  bytes of how many have been moved. Any callable here; one that raises ends the transfer, and the exception reaches the
  caller
aos_read_http_body_pt: typedef int (*aos_read_http_body_pt)(aos_http_request_t *req, char *buffer, int len): puts at
  most `len` bytes of the body into `buffer`, here a bytearray; returns how many, 0 at the end, or an AOSE_* value
aos_write_http_body_pt: typedef int (*aos_write_http_body_pt)(aos_http_response_t *resp, const char *buffer, int len):
  takes `len` bytes of the body; returns `len`, or an AOSE_* value
aos_http_transport_create_pt: typedef aos_http_transport_t *(*aos_http_transport_create_pt)(aos_pool_t *p): makes a
  transport
aos_http_transport_perform_pt: typedef int (*aos_http_transport_perform_pt)(aos_http_transport_t *t): sends a
  request and receives its answer
"""

_VARIABLES = """
aos_global_pool: aos_pool_t *: pool of the process, from `aos_http_io_initialize` to `aos_http_io_deinitialize`
aos_stderr_file: apr_file_t *: where the log goes; NULL means standard error. A Python file object will do
aos_default_http_request_options: aos_http_request_options_t *: what new controllers share
aos_default_http_transport_options: aos_http_transport_options_t *: the user agent of all requests
aos_http_transport_create: aos_http_transport_create_pt: makes the transport of each request
aos_http_transport_perform: aos_http_transport_perform_pt: performs each request. Put a function of your own here to
  see, change or invent what goes over the wire
aos_log_level: aos_log_level_e: messages of a level above it are not written
aos_log_format: aos_log_format_pt: formats each message
aos_log_print: aos_log_print_pt: writes each message
"""


class Enum(NamedTuple):
    """An enum: the pattern its members' names fit, and what it is for."""

    pattern: str
    text: str


class Type(NamedTuple):
    """A type without fields, or a variable: its C declaration and what it is for."""

    declaration: str
    text: str


def _pairs(text: str) -> dict[str, str]:
    lines = text.replace("\n  ", " ").strip("\n").splitlines()
    return dict(line.split(": ", 1) for line in lines)


def members(enum: str) -> list[str]:
    """The names of an enum's members."""
    return [name for name in CONSTANTS if fnmatchcase(name, ENUMS[enum].pattern)]


CONSTANTS = _pairs(_ERRORS) | _pairs(_BASE) | _pairs(_SERVICE)
ENUMS = {name: Enum(*text.split(": ", 1)) for name, text in _pairs(_ENUMS).items()}
TYPES = {name: Type(*text.split(": ", 1)) for name, text in _pairs(_TYPES).items()}
VARIABLES = {name: Type(*text.split(": ", 1)) for name, text in _pairs(_VARIABLES).items()}
