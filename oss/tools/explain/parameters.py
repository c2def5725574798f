"""What the parameters of the functions are for.

``name: meaning`` holds wherever a parameter has that name, ``name (C type): meaning`` where it has that type too,
``function.name: meaning`` for one function. The most exact one counts.
"""

from __future__ import annotations

__all__ = ["ERRORS", "FUNCTIONS", "PARAMETERS"]

_TEXT = """
options: configuration, controller and pool of the call
p (aos_pool_t *): pool of what is made; here it may be None
pool: pool of what is made; here it may be None
p (apr_pool_t *): pool of what is made; here it may be None
bucket: name of the bucket: 3 to 63 of a-z, 0-9 and -, no - at either end
object: name of the object, 1 to 1023 bytes of UTF-8; no slash in front
filename: path of the local file
filepath: path of the local file
append_file: path of the local file
oss_load_checkpoint.filepath: path of the checkpoint file
headers: headers to send along; None for none. Not changed here
params: query parameters to send along; None for none. Not changed here
resp_headers: gets the headers of the answer
resp_body: gets the body of the answer, as a list of `aos_buf_t`
progress_callback: called with the bytes moved and the bytes in all; may be None
cb: called with the bytes moved and the bytes in all; may be None
clt_params: part size, threads and checkpoint
checkpoint_path: path of the checkpoint file
part_size: bytes in a part
part_size (int64_t *): bytes in a part; raised when there would be too many parts
thread_num: how many threads move parts at a time
enable_checkpoint: AOS_TRUE to record progress in a checkpoint file
upload_id: id of the multipart upload
oss_init_multipart_upload.upload_id: gets the id of the new upload
oss_upload_file.upload_id: id of an upload to continue; gets that of a new one
part_num: number of the part, 1 to 10000
part_num (int *): gets the number of parts
part_list: `oss_complete_part_content_t` or `oss_list_part_content_t`, in the order of their numbers
upload_file: file, first byte, and the byte after the last
buffer (aos_list_t *): the body as a list of `aos_buf_t`
buffer (const char *): the bytes
buffer (char *): room for the bytes; here a bytearray
position: offset at which to append: the object's present size, in bytes
init_crc: CRC64 of what the object holds already
initcrc: CRC64 to start from
signed_url: a URL that carries its signature
expires: end of its validity, seconds since the epoch
expires (const aos_string_t *): end of its validity, seconds since the epoch, as a decimal text
method: HTTP_GET, HTTP_PUT, ...
oss_acl: who may use it
storage_class: how its objects are stored
oss_acl (aos_string_t *): gets private, public-read or public-read-write
oss_location: gets the region
bucket_info: gets what is known of the bucket
bucket_stat: gets how much the bucket holds
storage_capacity: capacity in GB, -1 for none
storage_capacity (long *): gets the capacity in GB, -1 for none
content: what is built or read
logging_content: gets where the access log goes
oss_put_bucket_logging.content: where the access log goes
website_config: index and error page
referer_config: who may link to the bucket
refer_config: the list to add to
refer_str: a referer; `*` and `?` match
rule_list: rules, `oss_cors_rule_t`
rule_content: an origin, method or header
lifecycle_rule_list: rules, `oss_lifecycle_rule_content_t`
tag_list: tags, `oss_tag_content_t`
object_list: objects, `oss_object_key_t`
deleted_object_list: gets the objects that were deleted, `oss_object_key_t`
is_quiet: 1 to hear of failures only, 0 to get a list of what was deleted
quiet: `true` or `false`
prefix: what the names begin with
common_prefix_list: gets the common prefixes, `oss_list_object_common_prefix_t`
source_bucket: bucket to copy from
source_object: object to copy from
dest_bucket: bucket to copy to
dest_object: object to copy to
sym_object: name of the symbolic link
target_object: the object it points to
tier: how fast it is restored
day: for how many days it stays restored
days: for how many days it stays restored
expression: the SQL
select_params: how the CSV and the result are laid out; None for the service's ways
meta_params: settings of the call; gets the counts
live_channel: name of the live channel
live_channel_id: name of the live channel
live_channel_status: `enabled` or `disabled`
publish_url_list: gets the addresses to push to, `oss_live_channel_publish_url_t`
play_url_list: gets the addresses to play from, `oss_live_channel_play_url_t`
live_channel_list: gets the channels, `oss_live_channel_content_t`
live_record_list: gets the pushes, `oss_live_record_content_t`
play_list_name: name of the playlist
start_time: from when, seconds since the epoch
end_time: until when, seconds since the epoch
config (oss_live_channel_configuration_t *): the channel
config: who signs, and where the service is
info: gets the channel's settings
stat: gets the stream's state
upload_list: gets the uploads, `oss_list_multipart_upload_content_t`
upload_id_marker: gets where the next page begins
key_marker: gets where the next page begins
part_number_marker: gets where the next page begins
marker: gets where the next page begins
next_marker: gets where the next page begins
truncated: gets 1 when there are more entries, else 0
params (oss_list_object_params_t *): what to list; gets the page
params (oss_list_buckets_params_t *): what to list; gets the page
params (oss_list_upload_part_params_t *): what to list; gets the page
params (oss_list_multipart_upload_params_t *): what to list; gets the page
params (oss_list_live_channel_params_t *): what to list; gets the page
params (oss_upload_part_copy_params_t *): what to copy, and to which part
upload_part_list: the parts, `oss_upload_part_t`
total_part_count: gets the number of parts
uploaded_part_list: gets the parts
ctl: controller: how requests are made, and how the last one went
req: the request
req (aos_http_request_t **): gets the request
resp: the answer
resp (aos_http_response_t **): gets the answer
t (aos_http_transport_t *): the exchange: request, answer, controller
t: the table
t (apr_interval_time_t): how long, in microseconds
op: the new defaults; they are shared, not copied
owner: kept for the caller; 0 will do
user_agent_info: goes into the User-Agent header; None for `Unknown`
flag: AOS_INIT_WINSOCK on Windows, else 0
s (aos_status_t *): the status
s (aos_string_t *): the string
s (const aos_string_t *): the string
s: how many bytes, or a struct type for `sizeof` it
src (aos_status_t *): the status to copy
src: the bytes to encode
srclen: how many bytes
dest: room for the result; here a bytearray
maxSrcSize: the most bytes of `src` that are allowed
slash: 1 to encode `/` too
in: the bytes
inLen: how many bytes
in_len: how many bytes
out: room for the result; here a bytearray
st: HTTP status
code: HTTP status
bc: the answer's body, a list of `aos_buf_t`
body: gets the document, as a list of `aos_buf_t`
xml_body: the document
c: a character: one byte of text, or its number
aos_status_set.c: HTTP status or AOSE_* value
ec: error code, a text or None
es: error message, a text or None
str: the string
str (char *): the text
str (const char *): the text
text: its new text; None for NULL
suffix: what it is to end with
suffix (const char *): suffix of a file's name, without the dot
oss_is_valid_object_name_ex.strict: 1 to refuse a name that begins with `?`
strict: 1 to refuse a name that begins with `?`
authority: host of an endpoint, with or without user and port
host: a host's name
endpoint: an endpoint; its scheme is taken off
aos_buf_append_string.b: the buffer to append to
b: the buffer
list: list of `aos_buf_t`
oss_create_sub_cors_rule.list: the list to append to
aos_list_movelist.list: the list to empty
new_list: gets its entries
head: head of the list
entry: the node
node: the node
postp: C's loop variable; `T` in Python, the type of the entries
ptr: the node, or the list's head
type: type of the struct
member: name of the struct's field that is the node
pos: the loop's variable; in Python the iterator gives it
n: see the text
aos_pool_create.n: the pool to open
aos_pool_create.p: its parent; None for none
aos_pool_destroy.p: the pool
data (void *): what the function gets
data (const void *): the bytes
func: the function
order: which kind of function it is, 1 to 4
fstack: the stack
size (size_t): how many bytes
size: how many bytes
aos_fstack_create.size: how many entries to make room for
len: how many bytes
aos_buf_append_string.len: how many bytes
aos_strlchr.last: the byte after the last one
last: the byte after the last one
len2: how many bytes the second piece has
crc: value to continue; 0 at the beginning
crc1: CRC64 of the first piece
crc2: CRC64 of the second piece
buf: the bytes
bufLen: how many bytes
little: 1 for the little-endian way, 0 for the other; the value is the same here
fb: the file buffer
file_pos: offset of the first byte
file_last: offset at which to stop, not included
path: path of the file
from_path: path of the temporary file
to_path: path it shall have
temp_file_name: gets the path of the temporary file
level: AOS_LOG_* value
aos_log_to_logging.name: name of a logger; None for the SDK's own log
file: name of the source file that logs
line: its line
function: its function
fmt: printf format
format: strftime format
output: an open `apr_file_t`, or a Python file object; None for standard error
message: the text
message (const unsigned char *): the bytes
message_len: how many bytes
p (aos_log_print_pt): the function
p (aos_log_format_pt): the function
key: the key
key (const char *): the name
key (const unsigned char *): the key's bytes
key_len: how many bytes the key has
hash: gets the 32 bytes
hmac: gets the digest
nptr: the digits
endptr: gets what follows the digits
base: 0, or 2 to 36
date: room for the date; here a bytearray
datestr: room for the date; here a bytearray
gmt: a date as in HTTP
now: time, microseconds since the epoch
tm: the time in its parts
value: the value
value (aos_ref_t): gets the value
query_params: names and values
querystr: gets `?name=value&...`, encoded
a: one of the two
canon_res: the resource that is signed: `/bucket/object`
access_key_id: id of the key
access_key_secret: the key
signstr: what is signed
signature: gets the signature
auth_url: gets the signed URL
table: the table, or None
table_size: how many entries to make room for
name: a file's name
offset: offset of the first byte
filesize: size of the file in bytes
file_size: size of the file in bytes
file_path: path of the local file
finfo: size and times of the file
object_name: name of the object
object_size: its size in bytes
object_last_modified: its Last-Modified header
object_etag: its ETag header
checkpoint: the checkpoint
parts: the parts
etag: its ETag
crc64: its CRC64
part_index: number of the part, from 0
thefile: the file
val1: a value
val2: another value
envvar: name of the variable
val: its value
nelts: how many entries to make room for
result: gets the parts
input: time, microseconds since the epoch
sec: seconds
perm: permissions, APR_UREAD and others
wanted: APR_FINFO_* flags
newf: gets the open file
fname: path of the file
flag (apr_int32_t): APR_READ and others
nbytes: how many bytes; gets how many were moved
where: APR_SET, APR_CUR or APR_END
apr_file_seek.offset: where to; gets where the file stands
aos_strlchr.p: where to begin
p: pool of what is made
root: gets the document's root
STATUS: the status
RES: AOSE_* value
complete_part_list: gets the parts, `oss_complete_part_content_t`
part_count: gets the number of parts
"""

_FUNCTIONS = """
aos_abs: The value without its sign.
aos_max: The larger of two values.
aos_min: The smaller of two values.
aos_fatal_log: Logs what ends the program, when the level is AOS_LOG_FATAL or above.
aos_error_log: Logs what ends a call, when the level is AOS_LOG_ERROR or above.
aos_warn_log: Logs what a call gets over, when the level is AOS_LOG_WARN or above.
aos_info_log: Logs what is done, when the level is AOS_LOG_INFO or above.
aos_debug_log: Logs how it is done, when the level is AOS_LOG_DEBUG or above.
aos_trace_log: Logs each step, when the level is AOS_LOG_TRACE or above.
"""

_ERRORS = """
oss_resumable_download_file: 412: ``PreconditionFailed``: the object was replaced meanwhile; the next call begins anew
oss_resumable_download_file: -976: ``OpenFileFail``: the temporary file cannot have the size of the object
oss_resumable_download_file: -978: ``InconsistentError``: the CRC64 of the whole is not the service's; nothing is kept
oss_resumable_download_file: -981: ``RenameFileFail``, ``WriteFileFail``: the file cannot be written, or not be renamed
oss_resumable_download_file: -985: ``OpenFileFail``: the temporary file or the checkpoint cannot be made
oss_resumable_download_file: -992: ``HttpIoError``: a part was cut short; the next call goes on if there is a checkpoint
oss_resumable_download_file: -996: ``ServerError``: the HEAD lacks what is needed, or a part is not the range asked for
oss_resumable_download_file: -997: the pool was destroyed during the download
oss_resumable_upload_file: -978: ``InconsistentError``: the file was changed meanwhile, or a CRC64 is not the service's
oss_resumable_upload_file: -985: ``OpenFileFail``: the file cannot be opened, or the checkpoint cannot be made
oss_resumable_upload_file: -992: ``HttpIoError``: a part was not taken; the next call goes on if there is a checkpoint
oss_get_object_to_file: -978: ``InconsistentError``: the CRC64 of what came is not the service's
oss_get_object_to_file: -981: ``RenameFileFail``: the temporary file cannot be given its name
oss_get_object_to_file: -985: ``OpenFileFail``: the temporary file cannot be made
oss_put_object_from_file: -978: ``InconsistentError``: the CRC64 of what was sent is not the service's
oss_put_object_from_file: -985: ``OpenFileFail``: the file cannot be opened
"""


def _read(text: str) -> dict[str, str]:
    return dict(line.split(": ", 1) for line in text.strip("\n").splitlines())


PARAMETERS = _read(_TEXT)
ERRORS = [tuple(line.split(": ", 2)) for line in _ERRORS.strip("\n").splitlines()]
"""Function, code and meaning of the errors that a function has of its own."""
FUNCTIONS = _read(_FUNCTIONS)
"""What functions are for whose docstring has nothing but their prototype."""
